"""What a sourcing audit holds: how many claims say who speaks, in whose words, and where nobody is named.

It counts and never judges. Every figure carries the passages behind it. Formulas: docs/CONTEXT.md, *sourcing audit*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.model import Id

FIGURES = (
    "attribution_share",
    "attribution_share_excluding_nested",
    "body_words_in_attributions",
    "check_worthy_unattributed",
    "single_source_share",
    "single_affiliation_share",
    "anonymous_share",
    "unnamed_share",
    "loaded_cue_share",
    "claims_without_evidence",
    "unchecked",
    "contested_share",
    "first_hand_share",
)
"""The figures that are "n of N", by the names programs know them by, in the order people see them."""

FEW = 10
"""Under so many attributed claims an article is short: counts are shown, and no diversity."""


@dataclass(frozen=True, slots=True)
class Span:
    """A passage behind a figure: code points, end exclusive; ``annotation`` is None for words under no mark."""

    article: Id
    start: int
    end: int
    annotation: Id | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of a whole: ``n`` of ``of``; ``n`` is a fraction where claims are shared out among their sources.

    ``spans`` are the passages counted in ``n``, ``rest`` those of the whole that are not: of claims one span each, of
    words one for each segment, or run of words.
    """

    n: float
    of: int
    spans: tuple[Span, ...] = ()
    rest: tuple[Span, ...] = ()

    @property
    def share(self) -> float | None:
        """The part of the whole, 0 to 1; None where the whole is nothing."""
        return self.n / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Diversity:
    """How attributed claims are spread over affiliations, sources or sides.

    ``known`` of ``of`` claims (in weight) have one; the others are left out of the parts, which then do not add up to 1.
    A claim of several sources is shared out among them. ``parts`` are the names with their share of the attributed claims,
    largest first; ``top`` names all that share the first place. The last three are None where ``parts`` is empty.
    """

    known: float
    of: int
    parts: tuple[tuple[str, float], ...] = ()
    top: tuple[str, ...] = ()
    top_share: float | None = None
    effective_number: float | None = None
    gini_simpson: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all claims have one. Where not, the parts do not add up to 1, and the last two say little."""
        return self.known == self.of


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words of the body that no attribution covers."""

    words: int
    span: Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """An accountable source with the words of the body it is given: verbatim ones, and those only reported.

    ``share`` is its part of the words of all sources, None where they have none. ``source`` is that of the first article
    it speaks in; an entity that speaks in several is one speaker. ``spans`` are the claims that rest on it, among them
    those that quote it and those that report it.
    """

    source: Id
    label: str
    naming: str | None
    verbatim_words: int
    reported_words: int
    share: float | None
    spans: tuple[Span, ...] = ()
    verbatim_spans: tuple[Span, ...] = ()
    reported_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CueUse:
    """A cue word as it stands, its load, and who is introduced by it."""

    words: str
    load: str | None
    speakers: tuple[str, ...]
    span: Span

    @property
    def is_loaded(self) -> bool:
        """Whether it does more than hand a claim over."""
        return self.load not in (None, "neutral")


@dataclass(frozen=True, slots=True)
class LoadedTerms:
    """Loaded words: in the author's voice, in attributed claims, and elsewhere."""

    author_voice: int = 0
    attributed: int = 0
    elsewhere: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def n(self) -> int:
        """All of them."""
        return self.author_voice + self.attributed + self.elsewhere


OPEN_ENDS = (
    "claims_not_looked_at",
    "source_mentions_without_source",
    "sources_without_claim",
    "mentions_without_entity",
    "check_worthy_undecided",
    "failed_anchors",
)


class Run(NamedTuple):
    """Words of a paragraph, one after the other, that all lie in attributions or all outside; where, in code points."""

    words: int
    attributed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Strip:
    """An article's body as a strip, the picture of where nobody is named: each paragraph with its runs, in order."""

    article: Id
    paragraphs: tuple[tuple[Span, tuple[Run, ...]], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Which claims an audit counts: those of these zones, with one of these tags, of this worth; empty means any."""

    zones: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    check_worthy: str | None = None


EVERY_CLAIM = Basis()


@dataclass(frozen=True)
class Audit:
    """The audit of one article or of many in one layer.

    ``body_words`` counts words of zone body; ``unspaced``: some of them are characters of a script without spaces, so
    figures of words say "words and characters". ``types`` is a table of (type, status of checking) to number of claims;
    ``namings`` and ``affiliations`` count the sources claims rest on, an entity once over all articles: under the most open
    of its namings, and an affiliation however it is spelled. The spans beside them are where they are named, or else what
    they say. ``strips`` has one entry for each article. Spans and strips are there only where asked for.
    """

    articles: tuple[Id, ...]
    basis: Basis
    claims: int
    attributed: int
    body_words: int
    unspaced: bool
    figures: Mapping[str, Figure]
    by_affiliation: Diversity
    by_source: Diversity
    by_side: Diversity
    longest: Passage | None
    speakers: tuple[Speaker, ...]
    cues: tuple[CueUse, ...]
    loaded_terms: LoadedTerms
    open_ends: Mapping[str, Figure]
    silent: tuple[Span, ...]
    types: Mapping[tuple[str | None, str], int] = field(default_factory=dict[tuple[str | None, str], int])
    namings: Mapping[str | None, int] = field(default_factory=dict[str | None, int])
    affiliations: Mapping[str | None, int] = field(default_factory=dict[str | None, int])
    type_spans: Mapping[tuple[str | None, str], tuple[Span, ...]] = field(
        default_factory=dict[tuple[str | None, str], tuple[Span, ...]]
    )
    naming_spans: Mapping[str | None, tuple[Span, ...]] = field(default_factory=dict[str | None, tuple[Span, ...]])
    affiliation_spans: Mapping[str | None, tuple[Span, ...]] = field(default_factory=dict[str | None, tuple[Span, ...]])
    contested_without_reply: tuple[Span, ...] = ()
    strips: tuple[Strip, ...] = ()
    formless: Figure = Figure(0, 0)
    """Claims that rest on somebody and whose form is not filled in: their words are nobody's in ``speakers``."""

    @property
    def is_short(self) -> bool:
        """Whether there are so few attributed claims that only counts are shown."""
        return self.attributed < FEW
