"""Counting one article for the sourcing audit."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from annotator.analysis.audits import EVERY_CLAIM, Basis, CueUse, Figure, LoadedTerms, Passage, Run, Span, Strip
from annotator.analysis.counting import BodyWords, Range, runs, size, without
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, LoadedTerm, Source
from annotator.model.code_book import LISTS

NOBODY = "not stated"
"""The identity of every article's *not stated* source: who is not named in two articles is not two sources."""

UNNAMED = frozenset({"anonymous", "role_only", "collective", "unstated"})
"""Namings that the figure of unnamed sources counts."""
_OPEN = ("named", "role_only", "collective", "anonymous", "unstated")
"""Namings of sources, the most open one first."""
_VERBATIM = frozenset({"direct", "mixed"})
_REPORTED = frozenset({"indirect"})
_NEAR = frozenset({"first_hand", "party_to_event"})


@dataclass(frozen=True, slots=True)
class AccountableSource:
    """An accountable source in one article: its weight over attributed claims, and the words it is given.

    ``entity`` is the name of the one it is; ``named_spans`` are its mentions, or else its claims.
    """

    source: Id
    label: str
    naming: str | None
    affiliation: str | None
    entity: str | None
    weight: Fraction
    verbatim: int
    reported: int
    spans: tuple[Span, ...] = ()
    verbatim_spans: tuple[Span, ...] = ()
    reported_spans: tuple[Span, ...] = ()
    named_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The claims of one entry of the ledger in one article: who stands behind them, and (folded) whom those belong to."""

    sources: tuple[Id, ...]
    affiliations: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article adds to an audit: small, so that those of thousands can be kept and added up.

    ``figures`` and ``open_ends`` add up by themselves. ``first_hand`` and the weights by affiliation and side are exact
    parts of claims, of each in one spelling. ``accountable`` are by identity (the entity where a source has one),
    ``clusters`` by ledger entry: claims of one entry in several articles are counted once.
    """

    article: Id
    basis: Basis
    claims: int
    attributed: int
    body_words: int
    unspaced: bool
    figures: Mapping[str, Figure]
    first_hand: Fraction
    clusters: Mapping[Id, Cluster]
    accountable: Mapping[Id, AccountableSource]
    by_affiliation: Mapping[str, Fraction]
    by_side: Mapping[str, Fraction]
    longest: Passage | None
    cues: tuple[CueUse, ...]
    loaded_terms: LoadedTerms
    open_ends: Mapping[str, Figure]
    silent: tuple[Span, ...]
    types: Mapping[tuple[str | None, str], int]
    type_spans: Mapping[tuple[str | None, str], tuple[Span, ...]]
    contested_without_reply: tuple[Span, ...]
    strip: Strip | None
    formless: Figure


def tally(
    annotated: AnnotatedArticle, basis: Basis = EVERY_CLAIM, *, spans: bool = True, words: BodyWords | None = None
) -> Tally:
    """Count one article; without ``spans`` the passages behind the figures are left out. May run in any thread.

    ``words`` are those of its body where they are known from the last time: half of the work.
    """
    return _Count(annotated, basis, spans=spans, words=words).tally()


def identity(source: Source) -> Id:
    """Return what tells givers of information apart over articles: the entity a source is, else the source itself."""
    return NOBODY if source.kind == "unstated" else source.entity or source.id


def behind(annotated: AnnotatedArticle, claim: Id) -> dict[Id, Source]:
    """Return who is accountable for a claim by identity, in the order of its attributions: the first of those that are one."""
    found: dict[Id, Source] = {}
    for source in annotated.sources_of(claim):
        found.setdefault(identity(source), source)
    return found


def is_near(source: Source) -> bool:
    """Say whether a source saw it, did it or is its primary record; nobody did who is not named."""
    return source.kind != "unstated" and (source.proximity in _NEAR or source.class_ == "primary")


@lru_cache(maxsize=4096)
def folded(words: str | None) -> str:
    """Return what tells affiliations, or sides, apart: as in the code book not case and not spaces; "" where there is none."""
    return sys.intern(LISTS["affiliation"].key_of(words or ""))


def body_of(source: Source) -> str:
    """Return the affiliation of a source as it is told apart; empty where it has none."""
    return folded(source.affiliation)


def most_open(namings: Iterable[str | None]) -> str | None:
    """Return how a source is named that is named in several ways: the most open one, whichever comes first."""
    found = dict.fromkeys(naming for naming in namings if naming is not None)
    return next((naming for naming in (*_OPEN, *found) if naming in found), None)


def is_contested(annotated: AnnotatedArticle, claim: Id) -> bool:
    """Say whether a claim that counts contradicts this one, or is contradicted by it."""
    return any(r.kind == "contradicts" and annotated.stands(r) for r in annotated.relations_of(claim))


class _Count:
    """One article while it is counted."""

    def __init__(self, annotated: AnnotatedArticle, basis: Basis, *, spans: bool, words: BodyWords | None) -> None:
        self._it = annotated
        self._basis = basis
        self._shows = spans
        self._made: dict[Id, Span] = {}
        starts = [block.start for block in annotated.blocks]
        zones = [block.zone for block in annotated.blocks]

        def zone(claim: Claim) -> str:
            at = bisect_right(starts, claim.start) - 1
            return zones[at] if at >= 0 else "body"

        self.claims = [c for c in annotated.claims if _is_counted(c, basis, zone)]
        self.behind = {c.id: behind(annotated, c.id) for c in self.claims}
        self.attributed = [c for c in self.claims if self.behind[c.id]]
        self.words = words or BodyWords(annotated.text, annotated.blocks)
        self._marks = self._attribution_marks()
        self._covered = self.words.ranges((s.start, s.end) for mark in self._marks for s in mark.segments)

        self.cues = self._cues()

    def tally(self) -> Tally:
        """Put everything together."""
        it = self._it
        types = self._types()
        return Tally(
            article=it.article.id,
            basis=self._basis,
            claims=len(self.claims),
            attributed=len(self.attributed),
            body_words=len(self.words),
            unspaced=self.words.unspaced,
            figures=self._figures(),
            first_hand=_weight(self._first_hand()),
            clusters=self._clusters(),
            accountable=self._accountable(),
            by_affiliation=self._weights(lambda source: source.affiliation),
            by_side=self._weights(lambda source: source.side),
            longest=self._longest(),
            cues=self.cues,
            loaded_terms=self._loaded_terms(),
            open_ends=self._open_ends(),
            silent=self._spans(m for m in it.source_mentions if m.role == "declined_or_silent"),
            types={kind: len(claims) for kind, claims in types.items()},
            type_spans={kind: self._spans(claims) for kind, claims in types.items()} if self._shows else {},
            contested_without_reply=self._spans(
                c for c in self.claims if self._is_contested(c) and not self._has_reply(c)
            ),
            strip=self._strip() if self._shows else None,
            formless=self._formless(),
        )

    # -- parts of figures

    def _spans(self, marks: Iterable[Annotation]) -> tuple[Span, ...]:
        """Return a span for each mark; a mark that is in a dozen figures has one for all of them."""
        if not self._shows:
            return ()
        made, article = self._made, self._it.article.id
        found: list[Span] = []
        for mark in marks:
            span = made.get(mark.id)
            if span is None:
                span = made[mark.id] = Span(article, mark.start, mark.end, mark.id)
            found.append(span)
        return tuple(found)

    def _share(self, whole: Iterable[Annotation], counts: Callable[[Claim], bool]) -> Figure:
        """Count those of some claims for which something holds."""
        inside: list[Annotation] = []
        rest: list[Annotation] = []
        for mark in whole:
            (inside if isinstance(mark, Claim) and counts(mark) else rest).append(mark)
        return Figure(len(inside), len(inside) + len(rest), self._spans(inside), self._spans(rest))

    def _some(self, marks: Iterable[Annotation], of: int) -> Figure:
        found = list(marks)
        return Figure(len(found), of, self._spans(found))

    def _run_spans(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        if not self._shows:
            return ()
        return tuple(Span(self._it.article.id, *self.words.span(r)) for r in ranges)

    # -- figures

    def _figures(self) -> dict[str, Figure]:
        it, behind = self._it, self.behind
        not_nested = [c for c in self.claims if not any(a.via for a in it.attributions_of.get(c.id, ()))]
        worthy = [c for c in self.claims if c.check_worthy == "yes"]
        single = [c for c in self.attributed if c.ledger is None]
        affiliated = [c for c in single if self._affiliations(c)]

        def all_named(claim: Claim, namings: frozenset[str]) -> bool:
            return all(source.naming in namings for source in behind[claim.id].values())

        return {
            "attribution_share": self._share(self.claims, lambda c: bool(behind[c.id])),
            "attribution_share_excluding_nested": self._share(not_nested, lambda c: bool(behind[c.id])),
            "body_words_in_attributions": self._words_in_attributions(),
            "check_worthy_unattributed": self._share(worthy, lambda c: not behind[c.id]),
            "single_source_share": self._share(single, lambda c: len(behind[c.id]) == 1),
            "single_affiliation_share": self._share(affiliated, lambda c: len(self._affiliations(c)) == 1),
            "anonymous_share": self._share(self.attributed, lambda c: all_named(c, frozenset({"anonymous"}))),
            "unnamed_share": self._share(self.attributed, lambda c: all_named(c, UNNAMED)),
            "loaded_cue_share": self._loaded_cues(),
            "claims_without_evidence": self._share(worthy, lambda c: not it.evidence_of(c.id)),
            "unchecked": self._share(worthy, lambda c: self._status(c) == "not_checked"),
            "contested_share": self._share(self.claims, self._is_contested),
            "first_hand_share": self._share(self.attributed, lambda c: self._near(c) > 0),
        }

    def _words_in_attributions(self) -> Figure:
        article = self._it.article.id
        spans = (Span(article, s.start, s.end, mark.id) for mark in self._marks for s in mark.segments)
        return Figure(
            size(self._covered),
            len(self.words),
            tuple(spans) if self._shows else (),
            self._run_spans(self.words.outside(self._covered)),
        )

    def _attribution_marks(self) -> list[Annotation]:
        """Return the attributed claims, and the cues and source mentions used with them, in reading order."""
        it = self._it
        found: dict[Id, Annotation] = {}
        for claim in self.attributed:
            found[claim.id] = claim
            for link in it.attributions_of[claim.id]:
                for end in (link.cue, link.source_mention):
                    mark = it.by_id.get(end or "")
                    if mark is not None:
                        found[mark.id] = mark
        return sorted(found.values(), key=lambda mark: (mark.start, mark.end, mark.id))

    def _affiliations(self, claim: Claim) -> frozenset[str]:
        return frozenset(body for s in self.behind[claim.id].values() if (body := body_of(s)))

    def _status(self, claim: Claim) -> str:
        event = self._it.verification(claim.id)
        return event.status if event is not None else "not_checked"

    def _is_contested(self, claim: Claim) -> bool:
        return is_contested(self._it, claim.id)

    def _has_reply(self, claim: Claim) -> bool:
        """Say whether a claim of this article replies to this one, or is replied to by it."""
        here = self._it.by_id
        return any(
            relation.kind == "replies_to" and relation.from_claim in here and relation.to_claim in here
            for relation in self._it.relations_of(claim.id)
        )

    def _near(self, claim: Claim) -> int:
        """Return how many of a claim's sources saw it, did it or are its primary record."""
        return sum(map(is_near, self.behind[claim.id].values()))

    def _first_hand(self) -> Counter[int]:
        """Return, by how many sources a claim has, how many of such sources are near."""
        found: Counter[int] = Counter()
        for claim in self.attributed:
            found[len(self.behind[claim.id])] += self._near(claim)
        return found

    def _types(self) -> dict[tuple[str | None, str], list[Claim]]:
        found: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[_one(claim.type), sys.intern(self._status(claim))].append(claim)
        return found

    # -- sources

    def _clusters(self) -> dict[Id, Cluster]:
        said: dict[Id, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.ledger is not None:
                said[claim.ledger].append(claim)
        return {
            entry: Cluster(
                tuple({who: None for c in claims for who in self.behind[c.id]}),
                tuple({body: None for c in claims for body in self._affiliations(c)}),
                self._spans(claims),
            )
            for entry, claims in said.items()
        }

    def _weights(self, value: Callable[[Source], str | None]) -> dict[str, Fraction]:
        """Return the weight of each affiliation or side, in the spelling met first."""
        found: dict[str, tuple[str, Counter[int]]] = {}
        for claim in self.attributed:
            sources = self.behind[claim.id]
            for who, source in sources.items():
                name = value(source) if who != NOBODY else None
                if name and folded(name):
                    found.setdefault(folded(name), (sys.intern(name), Counter()))[1][len(sources)] += 1
        return {name: _weight(shared) for name, shared in found.values()}

    def _accountable(self) -> dict[Id, AccountableSource]:
        said: dict[Id, list[Claim]] = defaultdict(list)
        for claim in self.attributed:
            for who in self.behind[claim.id]:
                said[who].append(claim)
        return {who: self._accountable_source(who, claims) for who, claims in said.items()}

    def _accountable_source(self, who: Id, claims: Sequence[Claim]) -> AccountableSource:
        same = list({s.id: s for s in (self.behind[c.id][who] for c in claims)}.values())
        source = same[0]
        entity = self._it.entities.get(source.entity or "")
        quoting, reporting = ([c for c in claims if c.form in forms] for forms in (_VERBATIM, _REPORTED))
        verbatim = self._words_of(quoting)
        return AccountableSource(
            source.id,
            source.label,
            most_open(s.naming for s in same),
            _one(next((s.affiliation for s in same if body_of(s)), None)),
            entity.name if entity is not None else None,
            _weight(Counter(len(self.behind[c.id]) for c in claims)),
            size(verbatim),
            size(without(self._words_of(reporting), verbatim)),
            self._spans(claims),
            self._spans(quoting),
            self._spans(reporting),
            self._spans(self._it.mentions_of_source(source.id) or claims),
        )

    def _formless(self) -> Figure:
        said = [c for c in self.attributed if self.behind[c.id].keys() != {NOBODY}]
        lacking = [c for c in said if c.form is None]
        return Figure(len(lacking), len(said), self._spans(lacking), self._spans(c for c in said if c.form is not None))

    def _words_of(self, marks: Iterable[Annotation]) -> list[Range]:
        return self.words.ranges((s.start, s.end) for mark in marks for s in mark.segments)

    # -- passages

    def _longest(self) -> Passage | None:
        longest = max(self.words.outside(self._covered), key=lambda r: r[1] - r[0], default=None)
        if longest is None:
            return None
        return Passage(longest[1] - longest[0], Span(self._it.article.id, *self.words.span(longest)))

    def _strip(self) -> Strip:
        article, span = self._it.article.id, self.words.span
        return Strip(
            article,
            tuple(
                (
                    Span(article, block.start, block.end),
                    tuple(
                        Run(last - first, inside, *span((first, last)))
                        for (first, last), inside in runs(whole, self._covered)
                    ),
                )
                for block, whole in self.words.paragraphs
            ),
        )

    # -- words that weigh

    def _cues(self) -> tuple[CueUse, ...]:
        it, article = self._it, self._it.article.id
        uses: dict[tuple[tuple[int, int], ...], tuple[Annotation, list[str | None], dict[str, None]]] = {}
        for claim in self.claims:
            for link in it.attributions_of.get(claim.id, ()):
                cue = it.by_id.get(link.cue or "")
                if cue is None:
                    continue
                place = tuple((s.start, s.end) for s in cue.segments)
                _, loads, speakers = uses.setdefault(place, (cue, [], {}))
                loads.append(link.load)
                source = it.sources.get(link.source)
                if source is not None:
                    speakers[source.label] = None
        return tuple(
            CueUse(
                sys.intern(cue.quote(it.text)),
                _one(_heaviest(loads)),
                tuple(speakers),
                Span(article, cue.start, cue.end, cue.id),
            )
            for _, (cue, loads, speakers) in sorted(uses.items())
        )

    def _loaded_cues(self) -> Figure:
        cues = self.cues
        inside = [cue.span for cue in cues if cue.is_loaded]
        rest = [cue.span for cue in cues if not cue.is_loaded]
        shown = (tuple(inside), tuple(rest)) if self._shows else ((), ())
        return Figure(len(inside), len(cues), *shown)

    def _loaded_terms(self) -> LoadedTerms:
        terms = [a for a in self._it.annotations if isinstance(a, LoadedTerm)]
        if not terms:
            return LoadedTerms()
        attributed = _Within(self.attributed)
        own = _Within([c for c in self.claims if not self.behind[c.id]])
        where = Counter("attributed" if attributed.holds(t) else "own" if own.holds(t) else "elsewhere" for t in terms)
        return LoadedTerms(where["own"], where["attributed"], where["elsewhere"], self._spans(terms))

    # -- open ends

    def _open_ends(self) -> dict[str, Figure]:
        it, claims = self._it, len(self.claims)
        sources = [s for s in it.sources.values() if s.accountable and s.kind != "unstated"]
        silent = [s for s in sources if not it.attributions_with(s.id)]
        named = [mention for s in silent for mention in it.mentions_of_source(s.id)]
        return {
            "claims_not_looked_at": self._some((c for c in self.claims if not it.attributions_of.get(c.id)), claims),
            "source_mentions_without_source": self._some(
                (m for m in it.source_mentions if m.source is None), len(it.source_mentions)
            ),
            "sources_without_claim": Figure(len(silent), len(sources), self._spans(named)),
            "mentions_without_entity": self._some((m for m in it.mentions if m.entity is None), len(it.mentions)),
            "check_worthy_undecided": self._some((c for c in self.claims if c.check_worthy == "undecided"), claims),
            "failed_anchors": Figure(it.orphans, it.orphans + len(it.annotations)),
        }


class _Within:
    """Segments of claims, to be asked which marks lie inside them."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        segments = sorted((s.start, s.end) for c in claims for s in c.segments)
        self._starts = [start for start, _ in segments]
        self._farthest = list(accumulate((end for _, end in segments), max))

    def holds(self, mark: Annotation) -> bool:
        """Say whether each segment of a mark lies wholly inside one segment of these claims."""
        return all(
            (at := bisect_right(self._starts, s.start) - 1) >= 0 and s.end <= self._farthest[at] for s in mark.segments
        )


def _is_counted(claim: Claim, basis: Basis, zone: Callable[[Claim], str]) -> bool:
    return (
        (not basis.zones or zone(claim) in basis.zones)
        and (not basis.tags or not basis.tags.isdisjoint(claim.tags))
        and (basis.check_worthy is None or claim.check_worthy == basis.check_worthy)
    )


def _one(words: str | None) -> str | None:
    """Return words that stand in thousands of tallies: the same object for all of them, which keeps these small."""
    return words if words is None else sys.intern(words)


def _weight(shared: Mapping[int, int]) -> Fraction:
    """Return the sum of claims that are shared by so many sources: by that number, how many."""
    return sum((Fraction(n, of) for of, n in shared.items()), Fraction())


def _heaviest(loads: Iterable[str | None]) -> str | None:
    """Return the load of a cue used several times: one that is not neutral where there is one, the first."""
    given = [load for load in loads if load is not None]
    return next((load for load in given if load != "neutral"), given[0] if given else None)
