"""Counting words in spans: which words of an article's body lie in a set of marks, by their order and never one by one.

A word is in a set of spans when it lies wholly inside at least one *segment*; segments are not glued, each word counts once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from annotator import text as texts
from annotator.model import Block, merged

Range = tuple[int, int]
"""Words by their place in the body: first, and one past the last."""


class BodyWords:
    """The words of the blocks of zone body, in order; a *range* counts words, a *span* code points."""

    def __init__(self, text: str, blocks: Iterable[Block]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.unspaced = False
        """Whether some of the words are characters of a script without spaces."""
        self.paragraphs: list[tuple[Block, Range]] = []
        some = texts.has_unspaced_script(text)
        for block in blocks:
            if block.zone == "body":
                first = len(self.starts)
                spans = list(texts.words(text, block.start, block.end))
                self.starts += [start for start, _ in spans]
                self.ends += [end for _, end in spans]
                self.paragraphs.append((block, (first, len(self.starts))))
                if some and not self.unspaced:
                    self.unspaced = texts.has_unspaced_script(text[block.start : block.end])

    def __len__(self) -> int:
        return len(self.starts)

    def ranges(self, spans: Iterable[tuple[int, int]]) -> list[Range]:
        """Return the words that lie wholly inside one of the spans, as ordered ranges that do not touch."""
        found = ((bisect_left(self.starts, start), bisect_right(self.ends, end)) for start, end in spans)
        return merged((first, last) for first, last in found if first < last)

    def span(self, range_: Range) -> tuple[int, int]:
        """Return the span from the first to the last word of a range that holds one."""
        return self.starts[range_[0]], self.ends[range_[1] - 1]

    def outside(self, ranges: Sequence[Range]) -> Iterator[Range]:
        """Yield the runs of words that lie in none of these ranges, in order."""
        return gaps((0, len(self)), ranges)


def gaps(whole: Range, ranges: Iterable[Range]) -> Iterator[Range]:
    """Yield what of ``whole`` lies in none of these ordered, disjoint ranges inside it, in order."""
    at = whole[0]
    for first, last in ranges:
        if at < first:
            yield at, first
        at = max(at, last)
    if at < whole[1]:
        yield at, whole[1]


def size(ranges: Iterable[Range]) -> int:
    """Return how many words disjoint ranges hold."""
    return sum(last - first for first, last in ranges)


def without(ranges: Iterable[Range], taken: Sequence[Range]) -> list[Range]:
    """Return ordered, disjoint ranges less the words of others of that kind."""
    left: list[Range] = []
    at = 0
    for first, last in ranges:
        while at < len(taken) and taken[at][1] <= first:
            at += 1
        cut = at
        while cut < len(taken) and taken[cut][0] < last:
            if first < taken[cut][0]:
                left.append((first, taken[cut][0]))
            first = max(first, taken[cut][1])
            cut += 1
        if first < last:
            left.append((first, last))
    return left


def runs(whole: Range, ranges: Sequence[Range]) -> Iterator[tuple[Range, bool]]:
    """Yield each run of words of ``whole`` that lie in one of these ordered, disjoint ranges, or outside; True: inside."""
    at, end = whole
    first = bisect_right(ranges, at, key=lambda r: r[1])
    while at < end:
        start, stop = ranges[first] if first < len(ranges) else (end, end)
        if at < start:
            yield (at, min(start, end)), False
        if start < end:
            yield (max(start, at), min(stop, end)), True
        at, first = min(stop, end), first + 1
