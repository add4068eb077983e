"""Adding tallies of articles up to one sourcing audit."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from annotator.analysis.audits import FIGURES, OPEN_ENDS, Audit, Diversity, Figure, LoadedTerms, Span, Speaker
from annotator.analysis.tallying import NOBODY, AccountableSource, Cluster, Tally, folded, most_open
from annotator.model import Id

T = TypeVar("T", bound=Hashable)


def audit(tallies: Iterable[Tally]) -> Audit:
    """Add tallies of one basis up. Raises ValueError where there is none."""
    parts = list(tallies)
    if not parts:
        raise ValueError("an audit is of one article at least")
    attributed = sum(t.attributed for t in parts)
    accountable = _by_identity(parts)
    somebody = {who: same for who, same in accountable.items() if who != NOBODY}
    bodies = _sums(t.by_affiliation for t in parts)
    spelled = {folded(name): name for name in bodies}
    belongs = {who: spelled.get(_affiliation(same)) for who, same in somebody.items()}
    weights = [(_label(same), sum((g.weight for g in same), Fraction())) for same in somebody.values()]
    return Audit(
        articles=tuple(t.article for t in parts),
        basis=parts[0].basis,
        claims=sum(t.claims for t in parts),
        attributed=attributed,
        body_words=sum(t.body_words for t in parts),
        unspaced=any(t.unspaced for t in parts),
        figures=_figures(parts),
        by_affiliation=_diversity(bodies.items(), attributed),
        by_source=_diversity(weights, attributed),
        by_side=_diversity(_sums(t.by_side for t in parts).items(), attributed),
        longest=max((t.longest for t in parts if t.longest), key=lambda passage: passage.words, default=None),
        speakers=_speakers(list(somebody.values())),
        cues=tuple(cue for t in parts for cue in t.cues),
        loaded_terms=_loaded_terms(parts),
        open_ends={name: _sum([t.open_ends[name] for t in parts]) for name in OPEN_ENDS},
        silent=tuple(span for t in parts for span in t.silent),
        types=_count(t.types for t in parts),
        namings=Counter(_naming(same) for same in accountable.values()),
        affiliations=Counter(belongs.values()),
        type_spans=_together(part for t in parts for part in t.type_spans.items()),
        naming_spans=_together([(_naming(same), _named(same)) for same in accountable.values()]),
        affiliation_spans=_together([(belongs[who], _named(same)) for who, same in somebody.items()]),
        contested_without_reply=tuple(span for t in parts for span in t.contested_without_reply),
        strips=tuple(t.strip for t in parts if t.strip is not None),
        formless=_sum([t.formless for t in parts]),
    )


def _figures(parts: Sequence[Tally]) -> dict[str, Figure]:
    found = {name: _sum([t.figures[name] for t in parts]) for name in FIGURES}
    first_hand = found["first_hand_share"]
    n = sum((t.first_hand for t in parts), Fraction())
    found["first_hand_share"] = Figure(_number(n), first_hand.of, first_hand.spans, first_hand.rest)
    entries: dict[Id, list[Cluster]] = defaultdict(list)
    for t in parts:
        for entry, cluster in t.clusters.items():
            entries[entry].append(cluster)
    for name, of in (("single_source_share", "sources"), ("single_affiliation_share", "affiliations")):
        found[name] = _with_clusters(found[name], entries.values(), of)
    return found


def _with_clusters(alone: Figure, entries: Iterable[Sequence[Cluster]], of: str) -> Figure:
    """Add claims that share an entry of the ledger, over articles, to those that stand alone."""
    inside: list[Span] = list(alone.spans)
    rest: list[Span] = list(alone.rest)
    n, whole = alone.n, alone.of
    for clusters in entries:
        known = len({name for cluster in clusters for name in getattr(cluster, of)})
        n, whole = n + (known == 1), whole + (known >= 1)
        if known:
            (inside if known == 1 else rest).extend(span for cluster in clusters for span in cluster.spans)
    return Figure(n, whole, tuple(inside), tuple(rest))


def _sum(figures: Sequence[Figure]) -> Figure:
    if len(figures) == 1:
        return figures[0]
    return Figure(
        sum(f.n for f in figures),
        sum(f.of for f in figures),
        tuple(span for f in figures for span in f.spans),
        tuple(span for f in figures for span in f.rest),
    )


def _number(exact: Fraction) -> float:
    return exact.numerator if exact.denominator == 1 else float(exact)


def _sums(weights: Iterable[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Add weights by name up; names that differ in case or spaces alone are one, in the spelling met first."""
    spelled: dict[str, str] = {}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for each in weights:
        for name, weight in each.items():
            found[spelled.setdefault(folded(name), name)] += weight
    return found


def _count(counts: Iterable[Mapping[tuple[str | None, str], int]]) -> dict[tuple[str | None, str], int]:
    found: Counter[tuple[str | None, str]] = Counter()
    for each in counts:
        found.update(each)
    return dict(found)


def _diversity(weights: Iterable[tuple[str, Fraction]], attributed: int) -> Diversity:
    found = sorted(weights, key=lambda part: (-part[1], part[0].casefold(), part[0]))
    known = _number(sum((weight for _, weight in found), Fraction()))
    if not found:
        return Diversity(known, attributed)
    parts = tuple((name, float(weight / attributed)) for name, weight in found)
    return Diversity(
        known,
        attributed,
        parts,
        tuple(name for name, weight in found if weight == found[0][1]),
        parts[0][1],
        math.exp(-math.fsum(p * math.log(p) for _, p in parts)),
        1 - math.fsum(p * p for _, p in parts),
    )


# -- who speaks


def _by_identity(parts: Iterable[Tally]) -> dict[Id, list[AccountableSource]]:
    found: dict[Id, list[AccountableSource]] = defaultdict(list)
    for t in parts:
        for who, source in t.accountable.items():
            found[who].append(source)
    return found


def _label(same: Sequence[AccountableSource]) -> str:
    """Return the label all articles give to a source, else the name of the entity it is."""
    labels = {source.label for source in same}
    return same[0].label if len(labels) == 1 else same[0].entity or same[0].label


def _affiliation(same: Sequence[AccountableSource]) -> str:
    return next((body for source in same if (body := folded(source.affiliation))), "")


def _naming(same: Sequence[AccountableSource]) -> str | None:
    return most_open(source.naming for source in same)


def _named(same: Sequence[AccountableSource]) -> tuple[Span, ...]:
    return tuple(span for source in same for span in source.named_spans)


def _together(spans: Iterable[tuple[T, tuple[Span, ...]]]) -> dict[T, tuple[Span, ...]]:
    """Return the spans of each key, those of one key one after the other; a key without any is left out."""
    found: dict[T, list[Span]] = defaultdict(list)
    for key, each in spans:
        if each:
            found[key] += each
    return {key: tuple(each) for key, each in found.items()}


def _speakers(accountable: Sequence[Sequence[AccountableSource]]) -> tuple[Speaker, ...]:
    words = [sum(g.verbatim + g.reported for g in same) for same in accountable]
    total = sum(words)
    speaking = sorted(zip(words, accountable, strict=True), key=lambda each: -each[0])
    return tuple(
        Speaker(
            source=same[0].source,
            label=_label(same),
            naming=_naming(same),
            verbatim_words=sum(g.verbatim for g in same),
            reported_words=sum(g.reported for g in same),
            share=n / total if total else None,
            spans=tuple(span for g in same for span in g.spans),
            verbatim_spans=tuple(span for g in same for span in g.verbatim_spans),
            reported_spans=tuple(span for g in same for span in g.reported_spans),
        )
        for n, same in speaking
    )


def _loaded_terms(parts: Sequence[Tally]) -> LoadedTerms:
    return LoadedTerms(
        sum(t.loaded_terms.author_voice for t in parts),
        sum(t.loaded_terms.attributed for t in parts),
        sum(t.loaded_terms.elsewhere for t in parts),
        tuple(span for t in parts for span in t.loaded_terms.spans),
    )
