"""Unions of spans."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.records import Annotation


def spans_union(annotations: Iterable[Annotation]) -> list[tuple[int, int]]:
    """Return the union of the annotations' segments as ordered, disjoint (start, end) pairs that do not touch."""
    return merged((s.start, s.end) for a in annotations for s in a.segments)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of spans as ordered, disjoint (start, end) pairs that do not touch."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
