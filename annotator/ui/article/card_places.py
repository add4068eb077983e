"""Where cards stand in the margin: level with their lines, those of one line below each other or beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.model import Id
from annotator.ui.paint import Box

ROW = 28
"""Height of a card, px, where lines stand far enough apart; on denser lines it is lower, but never below LEAST_ROW."""
LEAST_ROW = 18
NAMED = 84
"""Narrower cards show their number alone, px."""
READABLE = 120
"""From this width on, px, a card tells who says it in words that can be read, and how the checking stands."""
BESIDE = 136
"""Cards of one line that would not all be so wide, px, stand below each other where the lines leave room."""
MOST_STACKED = 4
BETWEEN = 3
REST = 26
"""Width of the "+3" of a row, px."""
_SMALL = 30


class Slot(NamedTuple):
    """Where a card stands: the middle of its line, its own top and height, and its place along the row, px."""

    line: float
    top: float
    height: float = ROW
    x: float = 0
    width: float = 0

    def rect(self, box: Box) -> QRectF:
        """Return it inside the margin."""
        return box.rc(self.x, self.top, self.width, self.height)


class Rest(NamedTuple):
    """Claims of a line for whose cards the margin is too narrow: "+3"."""

    slot: Slot
    ids: tuple[Id, ...]


def row_height(middles: Sequence[float]) -> float:
    """Return how high cards may be so that each finds room at its line, px."""
    least = min((b - a for a, b in pairwise(middles)), default=float(ROW + 1))
    return max(float(LEAST_ROW), min(float(ROW), least - 1))


def room_below(top: float, following: float | None, row: float) -> int:
    """Return how many rows fit from the top of one to that of the next line's; without a next line, the most there are."""
    if following is None:
        return MOST_STACKED
    return max(1, min(MOST_STACKED, int((following - top + 1) // (row + 1))))


def stacked(ids: Sequence[Id], room: float, most: int) -> list[list[Id]]:
    """Share the claims that begin on one line out on up to so many rows: as many as give their cards room."""
    beside = max(1, int((room + BETWEEN) // (BESIDE + BETWEEN)))
    rows = max(1, min(-(-len(ids) // beside), most))
    each = -(-len(ids) // rows)
    return [list(ids[n : n + each]) for n in range(0, len(ids), each)]


def shares(ids: Sequence[Id], room: float, chosen: Id | None) -> tuple[list[tuple[Id, float]], list[Id]]:
    """Share the width of a row among the claims that begin on its line; returns (claim, width), and those left over.

    Where names do not fit beside each other, one card keeps its name: the chosen one, else the first.
    """
    n = len(ids)
    even = (room - (n - 1) * BETWEEN) / n
    if n == 1 or even >= READABLE:
        return [(id_, even) for id_ in ids], []
    fit = int((room + BETWEEN) // (_SMALL + BETWEEN))
    if n > fit:
        fit = max(1, int((room - REST) // (_SMALL + BETWEEN)))
    kept = list(ids[:fit])
    if chosen in ids and chosen not in kept:
        kept[-1] = str(chosen)
    rest = [id_ for id_ in ids if id_ not in kept]
    wide = room - (len(kept) - 1) * (_SMALL + BETWEEN) - (REST + BETWEEN if rest else 0)
    named = chosen if chosen in kept else kept[0]
    return [(id_, wide if id_ == named else float(_SMALL)) for id_ in kept], rest


def spread(wanted: Sequence[tuple[Id, float]], chosen: Id | None, row: float = ROW) -> dict[Id, float]:
    """Return the top of each row so that none overlap; that of the chosen card stands exactly where it wants to."""
    step = row + 1
    tops: list[float] = []
    least = -1e9
    for _, top in wanted:
        tops.append(max(top, least))
        least = tops[-1] + step
    held = next((i for i, (id_, _) in enumerate(wanted) if id_ == chosen), None)
    if held is not None:
        tops[held] = wanted[held][1]
        for i in range(held - 1, -1, -1):
            tops[i] = min(tops[i], tops[i + 1] - step)
        for i in range(held + 1, len(tops)):
            tops[i] = max(wanted[i][1], tops[i - 1] + step)
    return {id_: top for (id_, _), top in zip(wanted, tops, strict=True)}
