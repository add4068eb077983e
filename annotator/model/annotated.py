"""An article with one layer's marks: what the audit, the reports and the lists read."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from annotator.model.code_book import CodeBook
from annotator.model.lookups import accountable, ends_of, entry_of, grouped, mentions_in, put_in_place, reading_order
from annotator.model.records import (
    Annotation,
    Article,
    Attribution,
    Block,
    Claim,
    ClaimEvidence,
    Coder,
    Cue,
    Entity,
    Evidence,
    Id,
    Layer,
    Mention,
    Relation,
    SentenceMark,
    Source,
    SourceMention,
    Verification,
    Version,
)

A = TypeVar("A", bound=Annotation)

_ONE_BY_ONE = 50
"""Where fewer than one mark in so many changed, each is put in its place by itself; else all are gone through."""


class AnnotatedArticle:
    """One article, one version of its text, one layer; accepted annotations only, in reading order.

    Read it as a value. The project that made it may put in later what an action changed (``take_mark`` and the verbs
    beside it), at a cost of what changed and not of what is there; so keep ids, not copies of its lists.
    """

    def __init__(
        self,
        *,
        article: Article,
        version: Version,
        blocks: Sequence[Block],
        layer: Layer,
        coders: Mapping[Id, Coder],
        annotations: Iterable[Annotation],
        sources: Mapping[Id, Source],
        entities: Mapping[Id, Entity],
        attributions: Iterable[Attribution] = (),
        verifications: Mapping[Id, Sequence[Verification]] | None = None,
        evidence: Mapping[Id, Evidence] | None = None,
        claim_evidence: Iterable[ClaimEvidence] = (),
        relations: Iterable[Relation] = (),
        far: Mapping[Id, tuple[Source, ...]] | None = None,
        sentence_marks: Iterable[SentenceMark] = (),
        orphans: int = 0,
        code_book: CodeBook | None = None,
    ) -> None:
        self.article = article
        self.version = version
        self.blocks = tuple(blocks)
        self.layer = layer
        self.coders = dict(coders)
        self.sources = dict(sources)
        self.entities = dict(entities)
        self.verifications = {claim: tuple(events) for claim, events in (verifications or {}).items()}
        self.evidence = dict(evidence or {})
        self._relations: dict[Id, Relation] = {}
        self._relations_of: dict[Id, dict[Id, Relation]] = defaultdict(dict)
        for relation in relations:
            self.take_relation(relation.id, relation)
        self.far: Mapping[Id, tuple[Source, ...]] = dict(far or {})
        """Claims of other articles that relations lead to and that count there, each with who is accountable for it."""
        self._sentence_marks: dict[Id, SentenceMark] = {}
        self._said: list[tuple[int, int, Id]] = []
        for mark in sentence_marks:
            self.take_sentence_mark(mark.id, mark)
        self.orphans = orphans
        self.code_book = code_book or CodeBook()
        self.annotations: list[Annotation] = sorted(annotations, key=reading_order)
        self.by_id: dict[Id, Annotation] = {a.id: a for a in self.annotations}
        self._of_kind: dict[str, list[Annotation]] = defaultdict(list)
        self._mentions: dict[Id, list[Annotation]] = mentions_in(self.annotations)
        for a in self.annotations:
            self._of_kind[a.kind].append(a)
        self._links: dict[Id, Attribution] = {}
        self._links_of: dict[Id, tuple[Attribution, ...]] = {}
        self._links_with: dict[Id, dict[Id, Attribution]] = defaultdict(dict)
        self._evidence_of: dict[Id, tuple[ClaimEvidence, ...]] = {}
        self._evidence_uses: Counter[Id] = Counter()
        self._numbers: dict[Id, int] | None = None
        self._order: tuple[Source, ...] | None = None
        self._firsts: dict[Id, tuple[bool, int, str, Id]] = {}
        for claim, links in grouped(attributions, lambda link: link.claim).items():
            self.take_links(claim, links)
        for claim, links in grouped(claim_evidence, lambda link: link.claim).items():
            self._take_evidence(claim, links)

    def changed(self, **values: Any) -> AnnotatedArticle:
        """Return an article made anew from what is here, with these arguments in place of what is here."""
        kept = self._content()
        for name in ("attributions", "claim_evidence"):
            kept[name] = [link for links in kept[name].values() for link in links]
        for name in ("relations", "sentence_marks"):
            kept[name] = kept[name].values()
        return AnnotatedArticle(**kept | values)  # a snapshot is one only of what is there

    def snapshot(self) -> AnnotatedArticle:
        """Return what is here now, for a thread that reads it while this one is brought up to the next action.

        It costs copies of a dozen flat lists; what else is looked things up in, the other thread makes when it asks.
        """
        from annotator.model.snapshot import Snapshot  # only now: it is a kind of this class

        return Snapshot(self)

    def __eq__(self, other: object) -> bool:
        """Say whether another one holds the same."""
        return self._content() == other._content() if isinstance(other, AnnotatedArticle) else NotImplemented

    __hash__ = None  # pyright: ignore[reportAssignmentType] - it changes

    def _content(self) -> dict[str, Any]:
        return {
            "article": self.article, "version": self.version, "blocks": self.blocks, "layer": self.layer, "coders": self.coders,
            "annotations": self.annotations, "sources": self.sources, "entities": self.entities, "attributions": self._links_of,
            "verifications": self.verifications, "evidence": self.evidence, "claim_evidence": self._evidence_of,
            "relations": self._relations, "far": self.far, "sentence_marks": self._sentence_marks, "orphans": self.orphans,
            "code_book": self.code_book,
        }  # fmt: skip

    # -- marks

    @property
    def text(self) -> str:
        """The canonical text the offsets count in."""
        return self.version.text

    @property
    def claims(self) -> Sequence[Claim]:
        """Claims in reading order: claim number n stands at index n - 1."""
        return self._kind(Claim)

    @property
    def source_mentions(self) -> Sequence[SourceMention]:
        """Source mentions in reading order."""
        return self._kind(SourceMention)

    @property
    def mentions(self) -> Sequence[Mention]:
        """Entity mentions in reading order."""
        return self._kind(Mention)

    @property
    def cues(self) -> Sequence[Cue]:
        """Cues in reading order."""
        return self._kind(Cue)

    def _kind(self, kind: type[A]) -> list[A]:
        return cast("list[A]", self._of_kind[kind.kind])

    def claim_number(self, claim: Id) -> int:
        """Return the number of a claim, counted from 1, never stored. Raises KeyError for what is no claim here."""
        found = self.by_id[claim]
        if not isinstance(found, Claim):
            raise KeyError(claim)
        return bisect_left(self.claims, reading_order(found), key=reading_order) + 1

    @property
    def claim_numbers(self) -> Mapping[Id, int]:
        """Claim number by claim id, for who goes through all of them; for one, ``claim_number``."""
        if self._numbers is None:
            self._numbers = {c.id: n for n, c in enumerate(self.claims, 1)}
        return self._numbers

    def mentions_of_source(self, source: Id) -> Sequence[SourceMention]:
        """Return the spans that name this source, in reading order."""
        return cast("list[SourceMention]", self._mentions.get(source, []))

    def mentions_of_entity(self, entity: Id) -> Sequence[Mention]:
        """Return the spans that name this entity, in reading order."""
        return cast("list[Mention]", self._mentions.get(entity, []))

    # -- who says what

    @property
    def attributions(self) -> Collection[Attribution]:
        """Every attribution of a claim here, in no order."""
        return self._links.values()

    @property
    def attributions_by_id(self) -> Mapping[Id, Attribution]:
        """Attributions by id."""
        return self._links

    @property
    def attributions_of(self) -> Mapping[Id, tuple[Attribution, ...]]:
        """Attributions by claim id, in the order they were made; a claim without one is missing."""
        return self._links_of

    def attributions_with(self, id_: Id) -> Collection[Attribution]:
        """Return the attributions to a source, or through a source mention or a cue; in no order."""
        return self._links_with[id_].values() if id_ in self._links_with else ()

    def accountable_source(self, attribution: Attribution) -> Source | None:
        """Follow ``via`` to the outermost attribution, then take the first source inwards that is accountable."""
        return accountable(attribution, self._links, self.sources)

    def sources_of(self, claim: Id) -> tuple[Source, ...]:
        """Return S(c): the accountable sources of a claim, each once, in the order of its attributions."""
        found: dict[Id, Source] = {}
        for a in self._links_of.get(claim, ()):
            source = self.accountable_source(a)
            if source is not None:
                found[source.id] = source
        return tuple(found.values())

    def is_author_voice(self, claim: Id) -> bool:
        """Say whether a person declared the claim the author's own, and nobody else stands behind it."""
        return claim in self._links_of and not self.sources_of(claim)

    def claims_of(self, source: Id) -> tuple[Claim, ...]:
        """Return the claims with an attribution to this source, in reading order."""
        found = {a.claim: self.by_id.get(a.claim) for a in self.attributions_with(source)}
        return tuple(sorted((c for c in found.values() if isinstance(c, Claim)), key=reading_order))

    def is_named(self, source: Id) -> bool:
        """Say whether a mention or an attribution names this source."""
        return source in self._mentions or source in self._links_with

    @property
    def sources_named(self) -> int:
        """How many sources that somebody may hold to account are named by a mention or an attribution."""
        return sum(s.accountable and s.kind != "unstated" and self.is_named(s.id) for s in self.sources.values())

    @property
    def entities_named(self) -> int:
        """How many entities are named by a mention."""
        return sum(id_ in self._mentions for id_ in self.entities)

    @property
    def source_order(self) -> tuple[Source, ...]:
        """Sources in the order of their first mention or claim; the author and the publication last."""
        if self._order is None:
            self._order = tuple(sorted(self.sources.values(), key=self.first_named))
        return self._order

    def first_named(self, source: Source) -> tuple[bool, int, str, Id]:
        """Return what sources are ordered by: accountable ones first, then where each is first named, its label, its id."""
        if source.id not in self._firsts:
            self._firsts[source.id] = self._find_first(source)
        return self._firsts[source.id]

    def _find_first(self, source: Source) -> tuple[bool, int, str, Id]:
        places = [m.start for m in self._mentions.get(source.id, ())[:1]]
        places += [self.by_id[a.claim].start for a in self.attributions_with(source.id) if a.claim in self.by_id]
        return not source.accountable, min(places, default=len(self.text) + 1), source.label.casefold(), source.id

    @property
    def relations(self) -> Collection[Relation]:
        """Relations with a claim here at either end."""
        return self._relations.values()

    def relations_of(self, claim: Id) -> Collection[Relation]:
        """Return the relations with this claim at either end, in the order they came."""
        return self._relations_of[claim].values() if claim in self._relations_of else ()

    def stands(self, relation: Relation) -> bool:
        """Say whether both claims of a relation count: accepted ones with a place, of this layer, here or elsewhere."""
        return all(
            isinstance(self.by_id.get(c), Claim) or c in self.far for c in (relation.from_claim, relation.to_claim)
        )

    def far_ends(self) -> set[Id]:
        """Return the ends of relations that are no claims here: of other articles, or such as do not count."""
        ends = {end for r in self._relations.values() for end in (r.from_claim, r.to_claim)}
        return {end for end in ends if not isinstance(self.by_id.get(end), Claim)}

    @property
    def sentence_marks(self) -> Collection[SentenceMark]:
        """What persons said of sentences."""
        return self._sentence_marks.values()

    @property
    def sentence_marks_by_id(self) -> Mapping[Id, SentenceMark]:
        """The same by id."""
        return self._sentence_marks

    def sentence_marks_in(self, start: int, end: int) -> list[SentenceMark]:
        """Return what persons said of the sentences that touch [start, end); such marks never overlap each other."""
        found: list[SentenceMark] = []
        for at in range(bisect_left(self._said, (end, -1, "")) - 1, -1, -1):
            if self._said[at][1] <= start:
                break
            found.append(self._sentence_marks[self._said[at][2]])
        return found

    # -- checking

    @property
    def claim_evidence(self) -> Iterable[ClaimEvidence]:
        """What was found for or against the claims."""
        return (link for links in self._evidence_of.values() for link in links)

    def evidence_of(self, claim: Id) -> Sequence[ClaimEvidence]:
        """Return what was found for or against a claim, in the order it was added."""
        return self._evidence_of.get(claim, ())

    def verification(self, claim: Id) -> Verification | None:
        """Return the last verification event of a claim, which is its state; None: not checked."""
        events = self.verifications.get(claim, ())
        return events[-1] if events else None

    def verdict_given(self, claim: Id) -> Verification | None:
        """Return the event by which the verdict that stands now was given, whatever was said of it since; None: no verdict."""
        events = self.verifications.get(claim, ())
        given: Verification | None = None
        for event in reversed(events):
            if event.verdict is None or event.verdict != events[-1].verdict:
                break
            given = event
        return given

    def coder_name(self, coder: Id | None) -> str:
        """Return a coder's name, or an empty text."""
        found = self.coders.get(coder or "")
        return found.name if found else ""

    # -- what an action changed

    def _reorder(self, sources: Iterable[Id | None]) -> None:
        """Sort the sources again when next asked for, these by where they are named now."""
        self._order = None
        for source in sources:
            self._firsts.pop(source or "", None)

    def take_mark(self, id_: Id, new: Annotation | None) -> None:
        """Put a mark in the place of the one with this id; None: it is gone."""
        old = self.by_id.pop(id_, None)
        if new is not None:
            self.by_id[id_] = new
        put_in_place(self.annotations, self.annotations, old, new)
        was_kind, now_kind = (self._of_kind[a.kind] if a is not None else [] for a in (old, new))
        put_in_place(was_kind, now_kind, old, new)
        was, now = (entry_of(a) if a is not None else None for a in (old, new))
        was_named, now_named = (self._mentions[entry] if entry is not None else [] for entry in (was, now))
        put_in_place(was_named, now_named, old if was else None, new if now else None)
        if was is not None and not was_named:
            del self._mentions[was]
        self._reorder([was, now, *(link.source for link in self._links_of.get(id_, ()))])
        if Claim.kind in {a.kind for a in (old, new) if a is not None}:
            self._numbers = None

    def take_marks(self, marks: Mapping[Id, Annotation | None]) -> None:
        """Put marks in the places of those with these ids; None: it is gone."""
        if len(marks) * _ONE_BY_ONE < len(self.annotations) or not self._keep_places(marks):
            for id_, new in marks.items():
                self.take_mark(id_, new)
            return
        fresh = cast("dict[Id, Annotation]", marks)
        entries = {e for a in (*(self.by_id[i] for i in fresh), *fresh.values()) if (e := entry_of(a)) is not None}
        self.by_id.update(fresh)
        for list_ in (self.annotations, *(self._of_kind[k] for k in {a.kind for a in fresh.values()})):
            list_[:] = [fresh.get(a.id, a) for a in list_]
        now: dict[Id | None, list[Annotation]] = defaultdict(list)
        for new in fresh.values():
            now[entry_of(new)].append(new)
        for entry in entries:
            rest = (a for a in self._mentions.pop(entry, ()) if a.id not in fresh)
            named = sorted((*rest, *now[entry]), key=reading_order)
            if named:
                self._mentions[entry] = named
        self._reorder(entries)
        self._numbers = None

    def _keep_places(self, marks: Mapping[Id, Annotation | None]) -> bool:
        """Say whether marks only differ in what they say: none comes or goes, moves or becomes another kind."""
        pairs = ((self.by_id.get(id_), new) for id_, new in marks.items())
        return all(
            old is not None and new is not None and old.kind == new.kind and old.segments == new.segments
            for old, new in pairs
        )

    def take_links(self, claim: Id, links: Sequence[Attribution]) -> None:
        """Make these, in the order they were made, the attributions of a claim."""
        gone = self._links_of.pop(claim, ())
        for old in gone:
            self._links.pop(old.id, None)
            for end in ends_of(old):
                self._links_with[end].pop(old.id, None)
                if not self._links_with[end]:
                    del self._links_with[end]
        if links:
            self._links_of[claim] = tuple(links)
        for link in links:
            self._links[link.id] = link
            for end in ends_of(link):
                self._links_with[end][link.id] = link
        self._reorder(link.source for link in (*gone, *links))

    def take_checking(
        self,
        claim: Id,
        events: Sequence[Verification],
        links: Sequence[ClaimEvidence],
        evidence: Mapping[Id, Evidence],
    ) -> None:
        """Make these the verification events of a claim and what was found for or against it, with its evidence."""
        if events:
            self.verifications[claim] = tuple(events)
        else:
            self.verifications.pop(claim, None)
        self.evidence.update({link.evidence: evidence[link.evidence] for link in links})
        self._take_evidence(claim, links)

    def _take_evidence(self, claim: Id, links: Sequence[ClaimEvidence]) -> None:
        was = self._evidence_of.pop(claim, ())
        if links:
            self._evidence_of[claim] = tuple(links)
        self._evidence_uses.update(link.evidence for link in links)
        for link in was:
            self._evidence_uses[link.evidence] -= 1
            if not self._evidence_uses[link.evidence]:
                self.evidence.pop(link.evidence, None)

    def take_relation(self, id_: Id, relation: Relation | None) -> None:
        """Put a relation in the place of the one with this id; None: it is gone, or not of claims here."""
        old = self._relations.pop(id_, None)
        for end in (old.from_claim, old.to_claim) if old is not None else ():
            self._relations_of[end].pop(id_, None)
            if not self._relations_of[end]:
                del self._relations_of[end]
        if relation is not None:
            self._relations[id_] = relation
            for end in (relation.from_claim, relation.to_claim):
                self._relations_of[end][id_] = relation

    def take_sentence_mark(self, id_: Id, mark: SentenceMark | None) -> None:
        """Put what a person said of a sentence in the place of what has this id; None: it was taken back."""
        old = self._sentence_marks.pop(id_, None)
        if old is not None:
            del self._said[bisect_left(self._said, (old.start, old.end, id_))]
        if mark is not None:
            self._sentence_marks[id_] = mark
            insort(self._said, (mark.start, mark.end, id_))

    def take_entry(self, id_: Id, entry: Source | Entity | None) -> None:
        """Put an entry of the registers in the place of the one with this id; None: it is gone."""
        self.sources.pop(id_, None)
        self.entities.pop(id_, None)
        if isinstance(entry, Source):
            self.sources[entry.id] = entry  # an id that was merged away leads to the one that stayed
        elif entry is not None:
            self.entities[entry.id] = entry
        self._reorder([id_])
