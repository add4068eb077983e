"""Finding again, in a text, what another file says was marked: the words first, the place second; never in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator import text as texts
from annotator.model import Segment

Outcome = Literal["exact", "moved", "orphan"]
CONTEXT = 32
"""Code points of context that go with a quote, before and behind it."""
MOST_PLACES = 1000
"""Places of a quote that are weighed against each other; of more, nobody can say which is meant."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a file says a stretch of text is: offsets in code points, end exclusive, its words, and those around them.

    What a file does not say is None, or empty.
    """

    start: int | None = None
    end: int | None = None
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a selector was found.

    exact: where it says, or the only such words where it names no place; moved: elsewhere (``segment``), to be
    looked at by a person; orphan: nowhere, ``segment`` is None. ``places``: how many places the words have.
    ``widened``: blanks at its edges are trimmed, or a grapheme it cuts is whole now.
    """

    outcome: Outcome
    segment: Segment | None
    places: int = 0
    widened: bool = False


def anchor(text: str, wanted: Selector) -> Anchored:
    """Find a selector's words in a text; of several places the one whose context, then whose offset is nearest.

    Where two are as near, none is taken. A span of no width, or of nothing but blanks, is an orphan.
    """
    start, end = wanted.start, wanted.end
    within = start is not None and end is not None and 0 <= start < end <= len(text)
    if within and start is not None and end is not None and wanted.quote in (None, text[start:end]):
        return _tidied(text, start, end, "exact", 1)
    quote = (wanted.quote or "").strip()
    if not quote:
        return Anchored("orphan", None)
    places = _places(text, quote)
    best = _nearest(text, quote, places, wanted)
    if best is None:
        return Anchored("orphan", None, len(places))
    outcome: Outcome = "exact" if start is None and len(places) == 1 else "moved"
    return _tidied(text, best, best + len(quote), outcome, len(places))


def describe(text: str, segment: Segment) -> Selector:
    """Return a segment with its words and those around it, for a file that leaves the program."""
    before, behind = max(0, segment.start - CONTEXT), segment.end + CONTEXT
    return Selector(
        segment.start, segment.end, segment.quote(text), text[before : segment.start], text[segment.end : behind]
    )


def _tidied(text: str, start: int, end: int, outcome: Outcome, places: int) -> Anchored:
    tidy = texts.tidy(text, start, end)
    if tidy is None:
        return Anchored("orphan", None)
    return Anchored(outcome, Segment(*tidy), places, tidy != (start, end))


def _places(text: str, quote: str) -> list[int]:
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < MOST_PLACES:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _nearest(text: str, quote: str, places: list[int], wanted: Selector) -> int | None:
    if len(places) < 2:
        return places[0] if places else None
    ranked = sorted((_distance(text, at, len(quote), wanted), at) for at in places)
    return ranked[0][1] if ranked[0][0] < ranked[1][0] and len(places) < MOST_PLACES else None


def _distance(text: str, at: int, length: int, wanted: Selector) -> tuple[int, int]:
    """Return how much of the context differs, then how far the place is from where it should be."""
    prefix, suffix = wanted.prefix[-CONTEXT:], wanted.suffix[:CONTEXT]
    before, behind = text[max(0, at - len(prefix)) : at], text[at + length : at + length + len(suffix)]
    same = _alike(prefix[::-1], before[::-1]) + _alike(suffix, behind)
    return len(prefix) + len(suffix) - same, abs(at - wanted.start) if wanted.start is not None else 0


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))
