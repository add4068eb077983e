"""The report's lists: facts, claims with who says them, sources, entities, evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from annotator import text as text_rules
from annotator import vocabulary
from annotator.exporters import wording
from annotator.model import AnnotatedArticle, Attribution, Block, Claim, Id, Source, Verification

_UNNUMBERED = ("masthead", "headline", "standfirst", "byline")


@dataclass(frozen=True)
class Fact:
    """A fact about the article; ``missing`` says that there is none, and why."""

    name: str
    value: str
    missing: bool = False
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Where something stands: words for paper (¶ 6, headline) and the bookmark to go to."""

    words: str
    target: str


@dataclass(frozen=True)
class Speaker:
    """An accountable source of a claim, as its rows show it."""

    number: int
    label: str
    unstated: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Comment:
    """A native comment: who, when (ISO, UTC, may be empty), its lines."""

    author: str
    initials: str
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ClaimEntry:
    """A claim with everything the report says of it; words for people, numbers for links."""

    number: int
    short: str
    quote: str
    type: str
    form: str
    worth: str
    speakers: tuple[Speaker, ...]
    nobody: str
    cues: tuple[str, ...]
    status: str
    verdict: str
    score: str
    note: tuple[str, ...]
    tags: tuple[str, ...]
    evidence: tuple[int, ...]
    relations: tuple[tuple[str, int], ...]
    place: Place
    comment: Comment
    is_open: bool

    @property
    def urgency(self) -> int:
        """Order of the open claims: nobody has looked, no one named, the rest."""
        if self.speakers and not all(s.unstated for s in self.speakers):
            return 2
        return 1 if self.speakers or self.nobody.startswith("Author") else 0


@dataclass(frozen=True)
class SourceEntry:
    """A source of the register; ``target`` is its first place in the text, empty where it is never named."""

    number: int
    label: str
    naming: str
    kind: str
    role: str
    affiliation: str
    closeness: str
    notes: tuple[str, ...]
    claims: tuple[int, ...]
    target: str


@dataclass(frozen=True)
class EntityEntry:
    """An entity of the index with its places in reading order."""

    number: int
    name: str
    kind: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class EvidenceEntry:
    """A piece of evidence with the claims it bears on: (claim number, stance)."""

    number: int
    title: str
    details: str
    kind: str
    url: str
    claims: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Places:
    """Paragraph numbers and bookmarks of an article's shown blocks."""

    blocks: Sequence[Block]
    prefix: str
    numbers: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for block in self.blocks:
            if block.zone not in _UNNUMBERED and block.kind != "heading":
                self.numbers[block.start] = len(self.numbers) + 1

    def target(self, start: int) -> str:
        """Return the bookmark of the block that starts here."""
        number = self.numbers.get(start)
        return f"{self.prefix}para_{number}" if number else f"{self.prefix}block_{start}"

    def at(self, offset: int) -> Place:
        """Return the place of an offset."""
        index = bisect_right(self.blocks, offset, key=lambda b: b.start) - 1
        if index < 0:
            return Place("", "")
        block = self.blocks[index]
        number = self.numbers.get(block.start)
        words = f"¶\u00a0{number}" if number else block.zone if block.zone in _UNNUMBERED else "heading"
        return Place(words, self.target(block.start))


class Numbers:
    """Numbers the report gives to sources, entities and evidence: shown in the text and in the registers."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        cited = {a.source for a in annotated.attributions}
        named = {m.source for m in annotated.source_mentions}
        shown = [s for s in annotated.source_order if s.id in cited or s.id in named]
        self.sources: dict[Id, int] = {s.id: n for n, s in enumerate(shown, 1)}
        mentioned = {m.entity for m in annotated.mentions}
        entities = [e for e in annotated.entities.values() if e.id in mentioned]
        entities.sort(key=lambda e: (e.name.casefold(), e.id))
        self.entities: dict[Id, int] = {e.id: n for n, e in enumerate(entities, 1)}
        self.evidence: dict[Id, int] = {}
        order = annotated.claim_numbers
        for used in sorted(annotated.claim_evidence, key=lambda x: order.get(x.claim, 0)):
            if used.claim in order and used.evidence in annotated.evidence:
                self.evidence.setdefault(used.evidence, len(self.evidence) + 1)


def facts(annotated: AnnotatedArticle, blocks: Sequence[Block], coder: str, made: date) -> tuple[Fact, ...]:
    """Return the title block's facts; what the text does not say is told apart from what nobody filled in."""
    article = annotated.article

    def fact(name: str, field_: str, words: str) -> Fact:
        value = getattr(article, field_)
        if field_ in article.not_stated:
            return Fact(name, "Not stated in the text", missing=True)
        if not value or not value.strip():
            return Fact(name, "Not filled in", missing=True)
        return Fact(name, words, url=value if field_ == "url" else "")

    body = [b for b in blocks if b.zone not in _UNNUMBERED]
    words = sum(1 for b in blocks for _ in text_rules.words(annotated.text, b.start, b.end))
    unit = "words and characters" if text_rules.has_unspaced_script(annotated.text) else "words"
    length = f"{words:,} {unit}" if words != 1 else "1 word"
    out = [
        fact("Publication", "publication", article.publication or ""),
        fact("Date", "date", wording.written_date(article.date or "")),
        fact("Byline", "byline", article.byline or ""),
        fact("Address", "url", article.url or ""),
        fact("Language", "language", wording.language(article.language or "")),
        Fact("Length", f"{length} in {vocabulary.count(len(body), 'paragraph')}"),
    ]
    if article.licence_note:
        out.append(Fact("Licence", article.licence_note))
    return (*out, Fact("Annotated", f"{coder}, {wording.day(made)}"))


def lead(claims: Sequence[ClaimEntry], unresolved: Sequence[ClaimEntry]) -> str:
    """Return the sentence that sums the article up."""
    if not claims:
        return "No claim is marked in this article yet."
    attributed = sum(bool(c.speakers) for c in claims)
    said = "say who is speaking" if len(claims) > 1 else "says who is speaking"
    first = f"{attributed:,} of {vocabulary.count(len(claims), 'claim')} {said}."
    worth = [c for c in claims if c.worth == "worth checking"]
    if not worth:
        return f"{first} {_open_words(len(unresolved))}"
    alone = sum(not c.speakers for c in worth)
    unchecked = sum(c.is_open for c in worth)
    have = "has" if alone == 1 else "have"
    still = "is" if unchecked == 1 else "are"
    return (
        f"{first} Of {vocabulary.count(len(worth), 'claim')} worth checking, {alone:,} {have} nobody behind "
        f"{'it' if alone == 1 else 'them'} and {unchecked:,} {still} still open."
    )


def _open_words(unresolved: int) -> str:
    if unresolved == 0:
        return "None is left open."
    return f"{unresolved:,} {'is' if unresolved == 1 else 'are'} still open."


def claim_entries(
    annotated: AnnotatedArticle, numbers: Numbers, places: Places, coder: str
) -> tuple[ClaimEntry, ...]:
    """Return the claims in reading order."""
    evidence: dict[Id, list[int]] = {}
    for used in annotated.claim_evidence:
        if used.evidence in numbers.evidence:
            evidence.setdefault(used.claim, []).append(numbers.evidence[used.evidence])
    relations = _relations(annotated)
    return tuple(
        _claim(annotated, claim, numbers, places, coder, sorted(set(evidence.get(claim.id, ()))), relations)
        for claim in annotated.claims
    )


def _claim(
    annotated: AnnotatedArticle,
    claim: Claim,
    numbers: Numbers,
    places: Places,
    coder: str,
    evidence: Sequence[int],
    relations: dict[Id, list[tuple[str, int]]],
) -> ClaimEntry:
    links = annotated.attributions_of.get(claim.id, ())
    verification = annotated.verification(claim.id)
    status, verdict, score = _state(claim, verification)
    return ClaimEntry(
        number=annotated.claim_numbers[claim.id],
        short=wording.in_short(claim, annotated.text),
        quote=wording.quote(claim, annotated.text),
        type=vocabulary.title(claim.type),
        form=vocabulary.label(claim.form),
        worth=_WORTH.get(claim.check_worthy or "", ""),
        speakers=_speakers(annotated, claim, links, numbers),
        nobody=wording.nobody(annotated, claim),
        cues=wording.cue_words(annotated, links),
        status=status,
        verdict=verdict,
        score=score,
        note=tuple(wording.note_lines(claim.note)),
        tags=claim.tags,
        evidence=tuple(evidence),
        relations=tuple(relations.get(claim.id, ())),
        place=places.at(claim.start),
        comment=_comment(annotated, claim, coder),
        is_open=_is_open(annotated, claim, verification),
    )


_WORTH = {"yes": "worth checking", "no": "not worth checking", "undecided": "worth undecided"}


def _state(claim: Claim, verification: Verification | None) -> tuple[str, str, str]:
    """Return a claim's status, verdict and the verdict's number on its scale."""
    if verification is None:
        return ("Takes no verdict" if wording.takes_no_verdict(claim) else "Not checked"), "", ""
    verdict = verification.verdict or ""
    score = f"{verdict} of 5" if verdict.isdigit() else ""
    return vocabulary.title(verification.status), vocabulary.title(verdict), score


def _is_open(annotated: AnnotatedArticle, claim: Claim, verification: Verification | None) -> bool:
    """Say whether somebody still has to act: worth checking and not done, or nobody behind it and nobody decided."""
    if verification is not None and verification.status in ("checked", "cannot_check"):
        return False
    if claim.check_worthy == "no":
        return False
    if claim.check_worthy == "yes":
        return True
    sources = annotated.sources_of(claim.id)
    unnamed = all(wording.is_unstated(s) for s in sources)
    return unnamed and not (wording.takes_no_verdict(claim) and annotated.is_author_voice(claim.id))


def _speakers(
    annotated: AnnotatedArticle, claim: Claim, links: Sequence[Attribution], numbers: Numbers
) -> tuple[Speaker, ...]:
    found: list[Speaker] = []
    for source in annotated.sources_of(claim.id):
        inner = {
            annotated.sources[a.source].label: None
            for a in links
            if a.source != source.id and a.source in annotated.sources and annotated.accountable_source(a) == source
        }
        detail = f"quoting {wording.listed(list(inner))}" if inner else ""
        unstated = wording.is_unstated(source)
        label = "Not stated in the text" if unstated else source.label
        found.append(Speaker(numbers.sources.get(source.id, 0), label, unstated, detail))
    return tuple(found)


def _comment(annotated: AnnotatedArticle, claim: Claim, coder: str) -> Comment:
    person = annotated.coders.get(claim.coder or "")
    name = (person.name if person else "") or coder or "Me"
    short = (person.initials if person else "") or wording.initials(name)
    when = wording.moment(claim.modified) or wording.moment(claim.created)
    return Comment(name, short, when, wording.comment_lines(annotated, claim))


def _relations(annotated: AnnotatedArticle) -> dict[Id, list[tuple[str, int]]]:
    """Return the relations of each claim as words and the other claim's number, both ways, and its ledger twins."""
    out: dict[Id, list[tuple[str, int]]] = {}
    order = annotated.claim_numbers
    for relation in annotated.relations:
        here, there = relation.from_claim, relation.to_claim
        if here in order and there in order:
            words = vocabulary.title(relation.kind)
            out.setdefault(here, []).append((words, order[there]))
            if relation.kind == "contradicts":
                out.setdefault(there, []).append((words, order[here]))
    ledgers: dict[Id, list[Id]] = {}
    for claim in annotated.claims:
        if claim.ledger:
            ledgers.setdefault(claim.ledger, []).append(claim.id)
    for twins in ledgers.values():
        for claim in twins:
            out.setdefault(claim, []).extend(("Same as", order[other]) for other in twins if other != claim)
    return out


def source_entries(
    annotated: AnnotatedArticle, numbers: Numbers, claims: Sequence[ClaimEntry]
) -> tuple[SourceEntry, ...]:
    """Return the register of sources, in the order of their numbers."""
    of: dict[Id, list[int]] = {}
    for link in annotated.attributions:
        number = annotated.claim_numbers.get(link.claim)
        accountable = annotated.accountable_source(link)
        if number:
            for source in {link.source, accountable.id if accountable else link.source}:
                of.setdefault(source, []).append(number)
    named = {m.source for m in annotated.source_mentions}
    out: list[SourceEntry] = []
    for id_, number in numbers.sources.items():
        source = annotated.sources[id_]
        target = f"text_S{number}_1" if id_ in named else ""
        out.append(_source(source, number, tuple(sorted(set(of.get(id_, ())))), target))
    return tuple(out)


def _source(source: Source, number: int, claims: tuple[int, ...], target: str) -> SourceEntry:
    def stated(name: str, value: str | None) -> str:
        return "Not stated" if name in source.not_stated else (value or "")

    notes: list[str] = []
    for words, value in (
        ("Side", stated("side", source.side)),
        ("Ground rules", stated("ground_rules", vocabulary.label(source.ground_rules))),
        ("Reason for anonymity given", stated("anonymity_reason", vocabulary.label(source.anonymity_reason))),
        ("Knows what others know", source.independence_group or ""),
    ):
        if value:
            notes.append(f"{words}: {value[0].lower() if value == 'Not stated' else value[0]}{value[1:]}.")
    notes += wording.note_lines(source.note)
    return SourceEntry(
        number=number,
        label="Not stated in the text" if wording.is_unstated(source) else source.label,
        naming=stated("naming", vocabulary.title(source.naming)),
        kind="" if wording.is_unstated(source) else vocabulary.label(source.kind),
        role=stated("role", source.role),
        affiliation=stated("affiliation", source.affiliation),
        closeness=stated("proximity", vocabulary.label(source.proximity)),
        notes=tuple(notes),
        claims=claims,
        target=target,
    )


def entity_entries(annotated: AnnotatedArticle, numbers: Numbers, places: Places) -> tuple[EntityEntry, ...]:
    """Return the index of entities by name."""
    found: dict[Id, list[Place]] = {}
    for mention in annotated.mentions:
        if mention.entity in numbers.entities:
            mine = found.setdefault(mention.entity, [])
            name = f"ent_{numbers.entities[mention.entity]}_{len(mine) + 1}"
            mine.append(Place(places.at(mention.start).words, name))
    return tuple(
        EntityEntry(n, annotated.entities[id_].name, vocabulary.label(annotated.entities[id_].kind), tuple(found[id_]))
        for id_, n in numbers.entities.items()
    )


def evidence_entries(annotated: AnnotatedArticle, numbers: Numbers) -> tuple[EvidenceEntry, ...]:
    """Return the evidence in the order of its first use."""
    used: dict[Id, list[tuple[int, str]]] = {}
    for use in annotated.claim_evidence:
        number = annotated.claim_numbers.get(use.claim)
        if number:
            used.setdefault(use.evidence, []).append((number, vocabulary.label(use.stance)))
    out: list[EvidenceEntry] = []
    for id_, number in numbers.evidence.items():
        item = annotated.evidence[id_]
        title = item.title or item.citation or item.url or "Untitled"
        details = [x for x in (item.citation if item.title else "", item.publisher) if x]
        details += [wording.written_date(item.date)] if item.date else []
        details += [f"read {wording.written_date(item.accessed)}"] if item.accessed else []
        kind = "" if item.is_primary is None else "primary" if item.is_primary else "secondary"
        out.append(EvidenceEntry(number, title, ", ".join(details), kind, item.url or "", tuple(sorted(used[id_]))))
    return tuple(out)


def loose_ends(annotated: AnnotatedArticle) -> tuple[str, ...]:
    """Return sentences on what is not linked yet, for the register's foot."""
    unlinked = sum(m.source is None for m in annotated.source_mentions)
    unnamed = sum(m.entity is None for m in annotated.mentions)
    out: list[str] = []
    if unlinked:
        out.append(f"{vocabulary.count(unlinked, 'source mention')} not linked to a source yet.")
    if unnamed:
        out.append(f"{vocabulary.count(unnamed, 'mention')} not linked to an entity yet.")
    if annotated.orphans:
        out.append(f"{vocabulary.count(annotated.orphans, 'annotation')} without a place in this version of the text.")
    return tuple(out)
