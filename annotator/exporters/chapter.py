"""One article of a report as it was printed, with its marks, numbers and comments; and the words all sections share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator import text as texts
from annotator.exporters import marks, wording
from annotator.exporters.article_tables import tabled
from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Comment,
    CommentEnd,
    CommentStart,
    Inline,
    Link,
    Paragraph,
    Part,
    Script,
    Text,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.places import Places
from annotator.language import tr
from annotator.model import (
    AnnotatedArticle,
    Block,
    Claim,
    ClaimEvidence,
    Entity,
    Evidence,
    Id,
    Mention,
    Source,
)
from annotator.project import FoundClaim

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ZONES = {
    "masthead": "ArticleMasthead",
    "headline": "ArticleHeadline",
    "standfirst": "ArticleStandfirst",
    "byline": "ArticleByline",
    "caption": "ArticleCaption",
    "box": "ArticleBox",
    "correction": "ArticleCorrection",
}
MOST_DEEP = 5
_KINDS = {"caption": "ArticleCaption", "quote": "ArticleQuote", "list": "ArticleList"}
_DEEPEST = 3


@dataclass(frozen=True)
class Place:
    """Where something stands in the article, for people and for links: "¶ 6", "headline"."""

    words: str
    anchor: str


class Chapter:
    """One article with the numbers and anchors of its claims, sources, entities and evidence.

    ``prefix`` keeps the anchors of several articles apart, ``first_comment`` is the number of its first comment,
    ``depth`` how deep in the outline its sections stand. ``home``: where a claim's number leads to ("text", "row",
    "claim"); ``series`` stands before every claim's number ("A2-"). ``far``: how to name a claim of another article.
    """

    def __init__(
        self,
        annotated: AnnotatedArticle,
        options: ReportOptions,
        *,
        coder: str,
        language: str,
        prefix: str = "",
        first_comment: int = 0,
        depth: int = 0,
        home: str = "text",
        series: str = "",
        far: Callable[[Id], Inline | None] = lambda _: None,
    ) -> None:
        self.annotated = annotated
        self.options = options
        self.prefix = prefix
        self.depth = depth
        self.home = home
        self.series = series
        self.far = far
        self._who: dict[Id, tuple[Inline, ...]] = {}
        self._chains: dict[Id, list[tuple[Source, ...]]] = {}
        self._cues: dict[Id, tuple[str, ...]] = {}
        self.anchors: set[str] = set()
        self._coder = coder
        self._first_comment = first_comment
        given = annotated.article.language or ""
        self._tongue = given if _TAG.fullmatch(given) and given != language else ""
        self._where = Places(annotated)
        self._blocks = self._where.blocks
        self._styles = [_style(b) for b in self._blocks]
        self._places = [
            Place(words, f"{prefix}para_{number}" if number else f"{prefix}part_{n}")
            for n, (words, number) in enumerate(zip(self._where.words, self._where.numbers, strict=True), 1)
        ]

    # -- numbers

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources with a number of their own, in the order of the text."""
        named = {m.source for m in self.annotated.source_mentions}
        return tuple(
            s for s in self.annotated.source_order if (s.accountable and not wording.is_unstated(s)) or s.id in named
        )

    @cached_property
    def source_numbers(self) -> dict[Id, int]:
        """Number of each source, from 1."""
        return {s.id: n for n, s in enumerate(self.sources, 1)}

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities this article names, by name."""
        named = {m.entity for m in self.annotated.mentions if m.entity}
        found = [e for e in self.annotated.entities.values() if e.id in named]
        return tuple(sorted(found, key=lambda e: (e.name.casefold(), e.id)))

    @cached_property
    def entity_numbers(self) -> dict[Id, int]:
        """Number of each entity, from 1."""
        return {e.id: n for n, e in enumerate(self.entities, 1)}

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence used for this article's claims, in the order of the claims."""
        return tuple(self.annotated.evidence[id_] for id_ in self.claims_by_evidence)

    @cached_property
    def evidence_numbers(self) -> dict[Id, int]:
        """Number of each piece of evidence, from 1."""
        return {e.id: n for n, e in enumerate(self.evidence, 1)}

    @property
    def paragraphs(self) -> int:
        """How many paragraphs hold the article's words: its head is counted, as its words are."""
        return len(self._blocks)

    # -- lookups, made once: the sections ask for every source, entity and claim

    @cached_property
    def claims_by_source(self) -> dict[Id, list[Claim]]:
        """Claims with an attribution to each source, in reading order."""
        found: dict[Id, list[Claim]] = {}
        for claim in self.annotated.claims:
            for source in dict.fromkeys(a.source for a in self.annotated.attributions_of.get(claim.id, ())):
                found.setdefault(source, []).append(claim)
        return found

    @cached_property
    def mentions_by_entity(self) -> dict[Id, list[Mention]]:
        """Mentions of each entity, in reading order."""
        found: dict[Id, list[Mention]] = {}
        for mention in self.annotated.mentions:
            found.setdefault(mention.entity or "", []).append(mention)
        return found

    @cached_property
    def evidence_by_claim(self) -> dict[Id, list[ClaimEvidence]]:
        """How each claim was checked against what."""
        found: dict[Id, list[ClaimEvidence]] = {}
        for link in self.annotated.claim_evidence:
            if link.evidence in self.annotated.evidence:
                found.setdefault(link.claim, []).append(link)
        return found

    @cached_property
    def claims_by_evidence(self) -> dict[Id, list[tuple[Claim, ClaimEvidence]]]:
        """The claims each piece of evidence was used for, in reading order."""
        found: dict[Id, list[tuple[Claim, ClaimEvidence]]] = {}
        for claim in self.annotated.claims:
            for link in self.evidence_by_claim.get(claim.id, ()):
                found.setdefault(link.evidence, []).append((claim, link))
        return found

    # -- places

    def place(self, offset: int) -> Place | None:
        """Return where an offset (code points) stands; None in an article without words."""
        at = self._where.index(offset)
        return None if at is None else self._places[at]

    def place_words(self, offset: int) -> str:
        """Return where an offset stands in words; empty in an article without any."""
        return self._where[offset]

    def place_link(self, offset: int, *looks: str) -> tuple[Inline, ...]:
        """Return a link to the paragraph of an offset."""
        place = self.place(offset)
        if place is None:
            return ()
        words = Text(place.words, looks)
        return (Link(place.anchor, words) if place.anchor in self.anchors else words,)

    # -- words

    def foreign(self, words: str, *looks: str) -> tuple[Text, ...]:
        """Return words somebody wrote, each script a stretch of its own."""
        return self._split(words, looks, "")

    def quoted(self, words: str, *looks: str) -> tuple[Text, ...]:
        """Return words of the article, in the article's language."""
        return self._split(words, looks, self._tongue)

    def _split(self, words: str, looks: tuple[str, ...], tongue: str) -> tuple[Text, ...]:
        if marks.one_script(words):
            return (Text(words, looks, 0, "", tongue),) if words else ()
        stretches = marks.scripts(words, marks.is_rtl(words), self.annotated.article.language)
        return tuple(Text(t, looks, 0, s, spoken or tongue) for t, s, spoken in stretches if t)

    def anchored(self, name: str, *inlines: Inline) -> tuple[Inline, ...]:
        """Return inlines as a place that links lead to."""
        full = self.prefix + name
        self.anchors.add(full)
        return AnchorStart(full), *inlines, AnchorEnd(full)

    def to(self, name: str, words: str, *looks: str) -> Inline:
        """Return a link to a place of this chapter; plain words where the place is not in the report."""
        full = self.prefix + name
        return Link(full, Text(words, looks)) if full in self.anchors else Text(words, looks)

    def claim_link(self, claim: Claim, where: str = "") -> Inline:
        """Return "C7" as a link to the claim's words (or its note, its row)."""
        number = self.annotated.claim_numbers[claim.id]
        return self.to(f"{where or self.home}_C{number}", f"{self.series}C{number}", "Claim Number")

    def who(self, claim: Claim) -> tuple[Inline, ...]:
        """Return who says a claim: numbers and labels of its sources with whom they cite, or the words for nobody."""
        known = self._who.get(claim.id)
        if known is not None:
            return known
        found = self.chains(claim)
        if found:
            told = listed([self._chain(chain) for chain in found], "; ")
        else:
            told = (Text(wording.nobody(self.annotated, claim), ("Strong",)),)
        self._who[claim.id] = told
        return told

    def chains(self, claim: Claim) -> list[tuple[Source, ...]]:
        """Return who stands behind a claim (``wording.chains``), found once."""
        known = self._chains.get(claim.id)
        if known is None:
            known = self._chains[claim.id] = wording.chains(self.annotated, claim.id)
        return known

    def cues(self, claim: Claim) -> tuple[str, ...]:
        """Return the words that hand a claim over (``wording.cue_words``), found once."""
        known = self._cues.get(claim.id)
        if known is None:
            known = self._cues[claim.id] = wording.cue_words(self.annotated, claim)
        return known

    def _chain(self, chain: Sequence[Source]) -> tuple[Inline, ...]:
        """Return "S8 Northern Wire, citing S7 the minister"; the words between are those of the comment."""
        if len(chain) == 1:
            return self.source(chain[0])
        keys = [f"\ufdd0{n}\ufdd1" for n in range(len(chain))]
        told = wording.chain_words(chain, lambda s: keys[chain.index(s)])
        out: list[Inline] = []
        for n, piece in enumerate(re.split("\ufdd0(\\d+)\ufdd1", told)):
            out += self.source(chain[int(piece)]) if n % 2 else ((Text(piece),) if piece else ())
        return tuple(out)

    def source(self, source: Source) -> tuple[Inline, ...]:
        """Return "S1 Ministry of Water"."""
        if wording.is_unstated(source):
            return (Text(tr("Not stated"), ("Strong",)),)
        number = self.source_numbers.get(source.id)
        label = self.foreign(source.label)
        return label if number is None else (self.to(f"src_S{number}", f"S{number}\u00a0", "Source Number"), *label)

    def place_anchors(self) -> None:
        """Announce the anchors of the tables and notes, which other sections link to before they are made."""
        names: list[str] = []
        if self.options.notes:
            names += [f"note_C{n}" for n in range(1, len(self.annotated.claims) + 1)]
        if self.options.tables:
            names += [f"row_C{n}" for n in range(1, len(self.annotated.claims) + 1)]
            names += [f"src_S{n}" for n in self.source_numbers.values()]
            names += [f"ent_{n}" for n in self.entity_numbers.values()]
            names += [f"ev_E{n}" for n in self.evidence_numbers.values()]
        self.anchors.update(self.prefix + name for name in names)

    # -- the article

    def article(self) -> list[Part]:
        """Return the article as it was printed; paragraph numbers hang in the margin, so that paper can say "¶ 6".

        Rows of a table become one.
        """
        target = "note" if self.options.notes else "row"
        names = marks.Names(self.prefix, target, self.source_numbers, self.entity_numbers)
        sweep = marks.Sweep(self.annotated, self._blocks, names)
        out: list[Paragraph] = []
        for n, (block, style) in enumerate(zip(self._blocks, self._styles, strict=True)):
            words = self._words(sweep.pieces(block))
            rtl = marks.is_rtl(self.annotated.text[block.start : block.end])
            place = self._places[n]
            self.anchors.add(place.anchor)
            lead: tuple[Inline, ...] = ()
            if self._where.numbers[n]:
                number = f"{self._where.numbers[n]}\t"
                script: Script = "rtl" if rtl else ""
                lead = (
                    AnchorStart(place.anchor),
                    Text(number, ("Paragraph Number",), 0, script),
                    AnchorEnd(place.anchor),
                )
            else:
                lead = AnchorStart(place.anchor), AnchorEnd(place.anchor)
            level = _level(style, self.depth)
            deeper = 0
            if style == "ArticleList":
                deeper = min(max(0, block.level - 1), MOST_DEEP)
                if not marks.OWN_MARK.match(self.annotated.text, block.start, block.end):
                    lead = (*lead, Text(marks.BULLET, (), 0, "rtl" if rtl else ""))
            out.append(Paragraph(style, (*lead, *words), rtl=rtl, level=level, deeper=deeper))
        return tabled([b.kind == "table_row" for b in self._blocks], out)

    def _words(self, pieces: Sequence[marks.Piece]) -> list[Inline]:
        """Return a block's pieces; at each cut ends come first, then labels, then starts, so ranges hold words only."""
        out: list[Inline] = []
        ends: list[Inline] = []
        between: list[Inline] = []
        starts: list[Inline] = []
        for piece in pieces:
            match piece:
                case marks.Words():
                    out += [*ends, *between, *starts, self._marked(piece)]
                    ends, between, starts = [], [], []
                case marks.Label():
                    between.append(self._label(piece))
                case marks.Open(number):
                    starts += self._opened(number)
                case marks.Close(number):
                    ends += self._closed(number)
                case marks.Spot(name):
                    self.anchors.add(name)
                    between += [AnchorStart(name), AnchorEnd(name)]
        return [*out, *ends, *between, *starts]

    def _marked(self, words: marks.Words) -> Inline:
        looks: list[str] = []
        if words.source:
            looks.append("Source")
        elif words.cue:
            looks.append("Cue")
        if words.entity:
            looks.append("Entity")
        text = Text(words.text, tuple(looks), words.claims, words.script, words.language or self._tongue)
        if words.entity not in self.anchors:
            return text
        return Link(words.entity, text, self._tip(words.entity))

    def _tip(self, anchor: str) -> str:
        entity = self.entities[int(anchor.rpartition("_")[2]) - 1]
        kind = self.annotated.code_book.label("entity_kind", entity.kind)
        return f"{entity.name} ({kind})" if kind else entity.name

    def _label(self, label: marks.Label) -> Inline:
        look = "Claim Mark" if label.kind == "claim" else "Source Mark"
        text = Text(label.text, (look,), label.claims)
        return Link(label.target, text) if label.target in self.anchors else text

    def _opened(self, number: int) -> list[Inline]:
        name = f"{self.prefix}text_C{number}"
        self.anchors.add(name)
        start: list[Inline] = [AnchorStart(name)]
        return [*start, CommentStart(self._comment(number))] if self.options.comments else start

    def _closed(self, number: int) -> list[Inline]:
        end: list[Inline] = [AnchorEnd(f"{self.prefix}text_C{number}")]
        return [CommentEnd(self._comment(number)), *end] if self.options.comments else end

    def _comment(self, number: int) -> int:
        return self._first_comment + number - 1

    # -- comments

    def comments(self) -> list[Comment]:
        """Return a comment for each claim, in the order of their numbers."""
        return [self._comment_of(c) for c in self.annotated.claims] if self.options.comments and self._blocks else []

    def _comment_of(self, claim: Claim) -> Comment:
        coder = self.annotated.coders.get(claim.coder or "") or self.annotated.coders.get(
            self.annotated.layer.coder or ""
        )
        author = (coder.name if coder else "") or self._coder
        initials = (coder.initials if coder else "") or texts.initials(author)
        verdicts = self.options.verdicts
        lines = wording.comment_lines(self.annotated, claim, self.chains(claim), verdicts=verdicts)
        at = wording.moment(claim.modified) or wording.moment(claim.created) or "2000-01-01T00:00:00Z"
        event = self.annotated.verification(claim.id) if verdicts else None
        done = event is not None and event.status == "checked"
        return Comment(author, initials, at, tuple(self.foreign(line) for line in lines), done)


def linked(chapters: Sequence[Chapter], far: Mapping[Id, FoundClaim]) -> None:
    """Let each chapter name the claims of the others, and (``far``) those of articles that are not in the report."""
    here = {claim.id: (n, chapter) for n, chapter in enumerate(chapters, 1) for claim in chapter.annotated.claims}

    def named(claim: Id) -> Inline | None:
        if claim in here:
            n, chapter = here[claim]
            number = chapter.annotated.claim_numbers[claim]
            where = "note" if chapter.options.notes else chapter.home
            return chapter.to(f"{where}_C{number}", f"A{n}-C{number}", "Claim Number")
        away = far.get(claim)
        if away is None:
            return None
        return Text(tr("C{n} of “{title}”", n=away.number, title=" ".join(away.title.split())))

    for chapter in chapters:
        chapter.far = named


def listed(items: Sequence[tuple[Inline, ...]], between: str = ", ") -> tuple[Inline, ...]:
    """Return groups of inlines with a comma between them; a dash for none."""
    if not items:
        return (Text("–", ("Quiet",)),)
    out: list[Inline] = []
    for n, item in enumerate(items):
        if n:
            out.append(Text(between))
        out += item
    return tuple(out)


def _style(block: Block) -> str:
    if block.zone in _ZONES and not (block.zone in ("box", "correction") and block.kind != "paragraph"):
        return _ZONES[block.zone]
    if block.kind == "heading":
        return f"ArticleHeading{min(max(block.level, 1), _DEEPEST)}"
    return _KINDS.get(block.kind, "ArticleBody")


def _level(style: str, depth: int) -> int | None:
    """Return a heading's place in the outline where the article is a chapter; else the style tells it."""
    if not depth:
        return None
    if style == "ArticleHeadline":
        return depth
    return depth + int(style[-1]) if style.startswith("ArticleHeading") else None
