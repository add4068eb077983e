"""Where marks of a file are in a text of ours: taken as they stand where every word is right, else found again and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from annotator import text as texts
from annotator.anchoring import Selector, anchor
from annotator.interchange.fields import LARGEST, is_uuid
from annotator.language import tr
from annotator.model import Segment
from annotator.model.exchange import OUTCOMES, Row

_SHOWN = 40


@dataclass(frozen=True)
class Placed:
    """Where a mark of several stretches is: segments in order, apart from each other; and what was not found."""

    outcome: str
    segments: tuple[Segment, ...]
    lost: tuple[Selector, ...] = ()

    def rows(self, text: str) -> list[list[Any]]:
        """Return the segments as an exchange file has them: start, end, words."""
        return [[s.start, s.end, s.quote(text)] for s in self.segments]


def placed(text: str, wanted: Sequence[Selector], told: Callable[[str], None]) -> Placed:
    """Place the stretches of one mark; whatever is not as they say is told: moved, widened, joined, not found.

    The mark is exact, moved where any stretch is elsewhere, and an orphan where none was found.
    """
    outcome, kept, lost = "exact", list[Segment](), list[Selector]()
    for each in wanted:
        found = anchor(text, each)
        if found.segment is None:
            lost.append(each)
            told(_not_found(text, each, found.places))
            continue
        if found.outcome == "moved":
            outcome = "moved"
        if each.start is not None and (found.segment.start, found.segment.end) != (each.start, each.end):
            told(_is_elsewhere(text, each, found.segment))
        kept.append(found.segment)
    joined = _joined(text, kept)
    if len(joined) != len(kept):
        told(tr("parts of it overlap or touch, and are one now."))
    return Placed(outcome if joined else "orphan", joined, tuple(lost))


def place_of(given: object) -> Row | None:
    """Return a place of an exchange file with fields that are what they should be; None where it has others."""
    if not isinstance(given, dict):
        return None
    row = cast("dict[str, Any]", given)
    version, segments, outcome, by = (row.get(n) for n in ("version", "segments", "outcome", "confirmed_by"))
    if not is_uuid(version) or not isinstance(segments, list) or outcome not in (None, *OUTCOMES):
        return None
    if by is not None and not is_uuid(by):
        return None
    parts = cast("list[Any]", segments)
    if not parts and outcome != "orphan":
        return None
    if not all(_is_segment(part) for part in parts):
        return None
    return {"version": version.lower(), "segments": parts, "outcome": outcome, "confirmed_by": by and by.lower()}


def _is_segment(part: object) -> bool:
    if not isinstance(part, list) or len(cast("list[Any]", part)) != 3:
        return False
    start, end, words = cast("list[Any]", part)
    return type(start) is int and type(end) is int and isinstance(words, str) and abs(start) + abs(end) < LARGEST


def are_exact(text: str, segments: Iterable[tuple[int, int, str]]) -> bool:
    """Say whether segments [start, end, words] are what they say, in order, apart, and cut nothing in two."""
    last = -1
    for start, end, words in segments:
        if (
            not last < start < end <= len(text)
            or text[start:end] != words
            or texts.tidy(text, start, end) != (start, end)
        ):
            return False
        last = end
    return True


def _joined(text: str, found: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return segments in order; of those that overlap, or have nothing but white space between them, one is made."""
    out: list[Segment] = []
    for segment in sorted(found):
        if out and not text[out[-1].end : segment.start].strip():
            out[-1] = Segment(out[-1].start, max(out[-1].end, segment.end))
        else:
            out.append(segment)
    return tuple(out)


def shown(words: str | None) -> str:
    """Return words of a file as they stand in a sentence."""
    plain = " ".join((words or "").encode("utf-8", "replace").decode("utf-8").split())
    return texts.shortened(plain, _SHOWN)


def _where(start: int | None, end: int | None) -> str:
    return f"({start}, {end})"


def _is_elsewhere(text: str, wanted: Selector, found: Segment) -> str:
    there = shown(wanted.quote if wanted.quote is not None else text[found.start : found.end])
    return tr("“{words}” of {place} is at {here} here.", words=there, place=_where(wanted.start, wanted.end),
              here=_where(found.start, found.end))  # fmt: skip


def _not_found(text: str, wanted: Selector, places: int) -> str:
    place = _where(wanted.start, wanted.end)
    start, end = wanted.start, wanted.end
    if places > 1:
        return tr("“{words}” of {place} stands in several places, and nothing says in which; it has no place.",
                  words=shown(wanted.quote), place=place)  # fmt: skip
    if start is not None and end is not None and 0 <= start == end:
        return tr("{place} has no width; it has no place.", place=place)
    if start is None or end is None or not 0 <= start < end <= len(text):
        return tr("{place} is no place of the text, which has {n:,} characters, and “{words}” is nowhere in it.",
                  place=place, n=len(text), words=shown(wanted.quote))  # fmt: skip
    if wanted.quote is None or not wanted.quote.strip():
        return tr("{place} holds nothing but white space; it has no place.", place=place)
    return tr("{place} holds “{here}”, not “{words}”, which is nowhere in the text.", place=place,
              here=shown(text[start:end]), words=shown(wanted.quote))  # fmt: skip
