"""What the sourcing checks look at: an article's claims with the sources that count, and the words to ask about them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator import text as texts
from annotator import vocabulary
from annotator.analysis import sourcing
from annotator.analysis.audits import Audit, Passage, Span
from annotator.analysis.tallying import UNNAMED, behind, identity
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Source

ARTICLE = "article"
"""The subject of what is asked about an article as a whole."""
_BODIES = frozenset({"institution", "document", "media"})
_QUOTE = 70
_LABEL = 60
_NAMES = 4
"""So many names stand in one sentence."""
_SINGLE = str.maketrans("“”„", "‘’‚")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: whom or what it is about, in one sentence, where that stands in the text, and a claim's own words.

    ``others`` are subjects that count as one with it: an answer to any of them is an answer to this.
    """

    subject: str
    words: str
    spans: tuple[Span, ...]
    quote: str = ""
    others: tuple[str, ...] = ()


class Case:
    """One article while the checks look at it. ``on`` are the keys of the rules that ask."""

    def __init__(
        self,
        annotated: AnnotatedArticle,
        sentences: Sequence[tuple[int, int]],
        on: Iterable[str],
        audit: Audit | None = None,
    ) -> None:
        self.it = annotated
        self.on = frozenset(on)
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._audit = audit
        self._quotes: dict[Id, str] = {}

    # -- who stands behind what

    @cached_property
    def behind(self) -> dict[Id, tuple[Source, ...]]:
        """The accountable sources of each claim, one of those that are the same entity; claims without one are missing."""
        found = ((claim, tuple(behind(self.it, claim).values())) for claim in self.it.attributions_of)
        return {claim: sources for claim, sources in found if sources}

    @cached_property
    def worthy(self) -> list[Claim]:
        """The claims worth checking."""
        return [claim for claim in self.it.claims if claim.check_worthy == "yes"]

    @cached_property
    def claims_by_source(self) -> dict[Id, list[Claim]]:
        """The claims each accountable source stands behind, in reading order; sources without one are missing."""
        found: dict[Id, list[Claim]] = defaultdict(list)
        for claim in self.it.claims:
            for source in self.behind.get(claim.id, ()):
                found[source.id].append(claim)
        return dict(found)

    @cached_property
    def speaking(self) -> list[Source]:
        """The accountable sources that stand behind a claim, in the order they are first named; *not stated* left out."""
        order = self.it.source_order
        return [s for s in order if s.id in self.claims_by_source and s.kind != "unstated"]

    @cached_property
    def _same(self) -> dict[Id, list[Claim]]:
        found: dict[Id, list[Claim]] = defaultdict(list)
        for claim in self.it.claims:
            if claim.ledger is not None:
                found[claim.ledger].append(claim)
        return found

    def sources_for(self, claim: Claim) -> tuple[Source, ...]:
        """Return the sources of a claim and of those of this article that say the same (one entry of the ledger)."""
        same = self._same[claim.ledger] if claim.ledger is not None else [claim]
        return tuple({s.id: s for each in (claim, *same) for s in self.behind.get(each.id, ())}.values())

    def groups(self, sources: Iterable[Source]) -> dict[str, list[Source]]:
        """Return sources by what counts as one: a group of dependent sources, else each source by itself.

        Only the group a person filled in: two who share an affiliation may know a thing independently, and often do.
        """
        found: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            group = " ".join((source.independence_group or "").casefold().split())
            found[f"group {group}" if group else identity(source)].append(source)
        return dict(found)

    def only_unnamed(self, claim: Claim) -> tuple[Source, ...]:
        """Return the sources of a claim where they count as one and nobody could find any of them; else none.

        A body or a document that is known by its role ("the county auditor") can be found, a person cannot.
        """
        sources = self.sources_for(claim)
        hidden = len(self.groups(sources)) == 1 and all(source.naming in UNNAMED for source in sources)
        found = any(source.naming == "role_only" and source.kind in _BODIES for source in sources)
        return sources if hidden and not found else ()

    # -- where

    def span(self, mark: Annotation) -> Span:
        """Return the span of a mark, from its first part to its last."""
        return Span(self.it.article.id, mark.start, mark.end, mark.id)

    def spans(self, marks: Iterable[Annotation]) -> tuple[Span, ...]:
        """Return the spans of marks."""
        return tuple(map(self.span, marks))

    def spans_of(self, source: Source) -> tuple[Span, ...]:
        """Return where a source is named, or else what it says."""
        return self.spans(self.it.mentions_of_source(source.id) or self.claims_by_source.get(source.id, ()))

    def sentences_of(self, mark: Annotation) -> tuple[int, int] | None:
        """Return the numbers of the first and the last sentence of the body a mark stands in; None: it stands outside."""
        first, last = self._sentence_at(mark.start), self._sentence_at(mark.end - 1)
        return (first, last) if first is not None and last is not None else None

    def _sentence_at(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        return at if at >= 0 and offset < self._sentences[at][1] else None

    @cached_property
    def longest(self) -> tuple[Passage | None, bool]:
        """The longest passage without a source, and whether characters of a script without spaces are counted in it."""
        audit = self._audit
        if audit is None or audit.articles != (self.it.article.id,) or audit.basis != sourcing.EVERY_CLAIM:
            audit = sourcing.audit([sourcing.tally(self.it, spans=False)])
        return audit.longest, audit.unspaced

    # -- in words

    def about(self, claim: Claim, words: str, *others: Annotation) -> Asked:
        """Return a question about a claim; other marks it touches stand behind it in the list of places."""
        return Asked(claim.id, words, self.spans((claim, *others)), self.quote(claim))

    def quote(self, claim: Annotation) -> str:
        """Return a claim's words as they stand in quotation marks of ours, cut short."""
        if claim.id not in self._quotes:
            self._quotes[claim.id] = self._quoted(claim)
        return self._quotes[claim.id]

    def _quoted(self, claim: Annotation) -> str:
        words = " ".join(claim.quote(self.it.text, " … ").split())
        if words[:1] == "“" and words.endswith(("”", ",”")) and "“" not in words[1:]:
            words = words[1:-1].rstrip(",")
        return texts.shortened(words.translate(_SINGLE), _QUOTE)

    def load(self, load: str | None) -> str:
        """Return what the project calls a load."""
        return self.it.code_book.label("load", load)


def called(source: Source) -> str:
    """Return a source's label, cut short."""
    return texts.shortened(" ".join(source.label.split()), _LABEL)


def listed(names: Sequence[str]) -> str:
    """Return some names as they stand in a sentence: of many the first ones, and how many more."""
    if len(names) <= _NAMES:
        return vocabulary.listed(names)
    rest = len(names) - _NAMES + 1
    return vocabulary.listed([*names[: _NAMES - 1], trn("{n} more", "{n} more", rest)])


def naming(source: Source) -> str:
    """Return how a source is named, in words."""
    return vocabulary.label(source.naming) or tr("not filled in")
