"""Which marks lie in which paragraph, in which lane, and what changed between two sets of them. No widget, no Qt.

An annotation has one or more segments; each becomes a *span*. Spans are kept in buckets, one per paragraph touched, so
that whatever is asked costs what is in those paragraphs, never what is in the whole article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model import Annotation, Id
from annotator.text import Utf16Map

RULED = frozenset({"claim", "source_mention", "cue", "loaded_term"})
"""Kinds drawn with a rule below the words: they take lanes. An entity is an outline and needs none."""

STRIPED = frozenset({"claim", "source_mention"})
"""Kinds with a stripe in the gutter and a tick in the ruler."""


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """One segment of an annotation. Two spans are the same only if they are the same object."""

    annotation: Annotation
    id: Id
    kind: str
    start: int
    end: int
    part: int

    @property
    def order(self) -> tuple[int, int, Id]:
        """Key to lay spans out by: start, the longer first, id."""
        return self.start, -self.end, self.id


class Paragraphs:
    """The lines of a text, which are the blocks of the document that shows it, in code points and in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units = Utf16Map(text)
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for line in text.split("\n"):
            self.starts.append(at)
            self.ends.append(at + len(line))
            at += len(line) + 1
        self.starts16 = [self.units.to_utf16(start) for start in self.starts]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Return the number of the paragraph an offset (code points) lies in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def touched(self, start: int, end: int) -> range:
        """Return the numbers of the paragraphs [start, end) lies in."""
        return range(self.at(start), self.at(max(start, end - 1)) + 1)

    def line(self, k: int) -> str:
        """Return the words of a paragraph."""
        return self.text[self.starts[k] : self.ends[k]]

    def local16(self, start: int, end: int, k: int) -> tuple[int, int]:
        """Return the part of [start, end) inside paragraph k, in UTF-16 units from the paragraph's start."""
        origin = self.starts16[k]
        first = max(start, self.starts[k])
        last = max(first, min(end, self.ends[k]))
        return self.units.to_utf16(first) - origin, self.units.to_utf16(last) - origin


class Index:
    """The marks of one text. ``update`` compares with what is there and says which paragraphs are touched."""

    def __init__(self, text: str) -> None:
        self.paragraphs = Paragraphs(text)
        self.annotations: dict[Id, Annotation] = {}
        self.reading: list[tuple[int, int, Id]] = []
        """(start, end, id) of every mark in reading order."""
        self.claims: list[tuple[int, int, Id]] = []
        """The same of claims alone: claim number n stands at index n - 1."""
        self._buckets: dict[int, list[Span]] = {}
        self._beginning: dict[int, Counter[str]] = {}
        self._lanes: dict[int, dict[Span, int]] = {}

    def update(self, annotations: Iterable[Annotation]) -> set[int]:
        """Show these marks and no others; return the numbers of the paragraphs that must be laid out anew.

        Only kind and segments count: a note or a tag changes nothing here.
        """
        fresh = {a.id: a for a in annotations}
        return self.take({id_: fresh.get(id_) for id_ in [*self.annotations, *fresh]})

    def take(self, changed: Mapping[Id, Annotation | None]) -> set[int]:
        """Put marks in the place of those with their ids (None: gone); return what ``update`` does."""
        gone: list[Annotation] = []
        come: list[Annotation] = []
        for id_, new in changed.items():
            old = self.annotations.get(id_)
            if new is old:
                continue
            if new is None or old is None or new.segments != old.segments or new.kind != old.kind:
                gone += [old] if old is not None else []
                come += [new] if new is not None else []
            if new is not None:
                self.annotations[id_] = new
            else:
                del self.annotations[id_]
        touched: set[int] = set()
        for annotation in gone:
            touched |= self._remove(annotation)
        many = len(come) > 100
        for annotation in come:
            touched |= self._add(annotation, sorted_later=many)
        if many:
            self.reading.sort()
            self.claims.sort()
        touched = self._with_flow(touched)
        for k in touched:
            self._lanes.pop(k, None)
        return touched

    def _add(self, annotation: Annotation, *, sorted_later: bool) -> set[int]:
        place = (annotation.start, annotation.end, annotation.id)
        for order in (self.reading, self.claims) if annotation.kind == "claim" else (self.reading,):
            if sorted_later:
                order.append(place)
            else:
                insort(order, place)
        touched: set[int] = set()
        for part, segment in enumerate(annotation.segments):
            span = Span(annotation, annotation.id, annotation.kind, segment.start, segment.end, part)
            for k in self.paragraphs.touched(span.start, span.end):
                self._buckets.setdefault(k, []).append(span)
                touched.add(k)
            self._beginning.setdefault(self.paragraphs.at(span.start), Counter())[span.kind] += 1
        return touched

    def _remove(self, annotation: Annotation) -> set[int]:
        place = (annotation.start, annotation.end, annotation.id)
        for order in (self.reading, self.claims) if annotation.kind == "claim" else (self.reading,):
            del order[bisect_left(order, place)]
        touched = {k for s in annotation.segments for k in self.paragraphs.touched(s.start, s.end)}
        for segment in annotation.segments:
            self._beginning[self.paragraphs.at(segment.start)][annotation.kind] -= 1
        for k in touched:
            left = [span for span in self._buckets[k] if span.id != annotation.id]
            if left:
                self._buckets[k] = left
            else:
                del self._buckets[k]
        return touched

    def _with_flow(self, touched: set[int]) -> set[int]:
        """Add the paragraphs below that marks of the touched ones flow into: their lanes may move."""
        out = set(touched)
        for k in touched:
            while k + 1 not in out and any(
                s.start < self.paragraphs.starts[k + 1] for s in self._buckets.get(k + 1, ())
            ):
                k += 1
                out.add(k)
        return out

    def spans(self, k: int) -> list[Span]:
        """Return the spans in paragraph k, in no order."""
        return self._buckets.get(k, [])

    def beginning(self, k: int) -> Mapping[str, int]:
        """Return how many spans of each kind begin in paragraph k."""
        return self._beginning.get(k, {})

    @property
    def marked(self) -> list[int]:
        """Numbers of the paragraphs with marks, in order."""
        return sorted(self._buckets)

    def at(self, offset: int) -> list[Id]:
        """Return the marks on the character at an offset (code points), the smallest first."""
        found = {s.id: s.annotation for s in self.spans(self.paragraphs.at(offset)) if s.start <= offset < s.end}
        return smallest_first(found.values())

    def beside(self, offset: int) -> list[Id]:
        """Return the marks a caret at an offset stands in; where there is none, those that end there."""
        found = self.at(offset)
        if found or offset == 0:
            return found
        ending = {s.id: s.annotation for s in self.spans(self.paragraphs.at(offset)) if s.end == offset}
        return smallest_first(ending.values())

    def claim_number(self, id_: Id | None) -> int | None:
        """Return the number of a claim, counted from 1; None for any other mark."""
        mark = self.annotations.get(id_ or "")
        if mark is None or mark.kind != "claim":
            return None
        return bisect_left(self.claims, (mark.start, mark.end, mark.id)) + 1

    def lanes(self, k: int) -> dict[Span, int]:
        """Return the rule lane of every ruled span in paragraph k; those flowing in keep the lane they had above."""
        got = self._lanes.get(k)
        if got is not None:
            return got
        top = self.paragraphs.at(min((s.start for s in self.spans(k)), default=self.paragraphs.starts[k]))
        missing = k
        while missing > top and missing - 1 not in self._lanes:
            missing -= 1
        for i in range(missing, k + 1):
            self._lanes[i] = self._lay_lanes(i)
        return self._lanes[k]

    def _lay_lanes(self, k: int) -> dict[Span, int]:
        start = self.paragraphs.starts[k]
        above = self._lanes.get(k - 1, {})
        out: dict[Span, int] = {}
        ends: list[int] = []
        for span in sorted((s for s in self.spans(k) if s.kind in RULED), key=lambda s: s.order):
            lane = above.get(span, 0) if span.start < start else free_lane(ends, span.start)
            occupy(ends, lane, span.end)
            out[span] = lane
        return out


def free_lane(ends: list[int], start: int) -> int:
    """Return the first lane whose last occupant ended at or before ``start``; may be one more than there are."""
    return next((lane for lane, end in enumerate(ends) if end <= start), len(ends))


def occupy(ends: list[int], lane: int, end: int) -> None:
    """Note that a lane is taken up to ``end``."""
    while len(ends) <= lane:
        ends.append(-1)
    ends[lane] = max(ends[lane], end)


def smallest_first(annotations: Iterable[Annotation]) -> list[Id]:
    """Return the ids of marks, those over the fewest characters first."""

    def size(annotation: Annotation) -> tuple[int, int, Id]:
        return sum(s.end - s.start for s in annotation.segments), annotation.start, annotation.id

    return [a.id for a in sorted(annotations, key=size)]
