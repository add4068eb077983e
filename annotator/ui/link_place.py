"""Where the link card may lie: beside the claim it asks about and the words it proposes, never over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize

GAP = 10
EDGE = 8


def place(size: QSize, room: QRect, claim: Sequence[QRect], words: Sequence[QRect], side: str = "") -> tuple[str, QPoint] | None:  # fmt: skip
    """Return the side ("below", "above", "beside") and the corner of a card of this size; None where it has no room.

    ``claim`` holds the claim's lines, ``words`` what is proposed. Words that leave no room are hidden before the claim
    is. ``side`` is where the card lies already: it stays there where it can.
    """
    inner = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    order = sorted(("below", "above", "beside"), key=lambda name: name != side)
    for kept in ([*claim, *words], list(claim)):
        for name in order:
            for corner in _corners(name, size, inner, claim, kept):
                card = QRect(corner, size)
                if inner.contains(card) and not any(card.intersects(rect) for rect in kept):
                    return name, corner
    return None


def whole(rects: Sequence[QRect]) -> QRect:
    """Return the rectangle around others."""
    found = QRect()
    for rect in rects:
        found = found.united(rect)
    return found


def clamp(size: QSize, room: QRect, claim: Sequence[QRect]) -> QPoint:
    """Return a corner inside the window, under the claim as far as that goes."""
    return QPoint(
        _x(size, room, claim), max(EDGE, min(whole(claim).bottom() + GAP, room.height() - size.height() - EDGE))
    )


def _corners(side: str, size: QSize, inner: QRect, claim: Sequence[QRect], kept: Sequence[QRect]) -> Iterator[QPoint]:
    """Yield the places on a side: next to the claim, then beyond the proposed words."""
    x = _x(size, inner, claim)
    for near in (whole(claim), whole(kept)):
        y = max(inner.top(), min(near.top(), inner.bottom() - size.height() + 1))
        if side == "below":
            yield QPoint(x, near.bottom() + GAP)
        elif side == "above":
            yield QPoint(x, near.top() - GAP - size.height())
        else:
            yield QPoint(near.right() + GAP, y)
            yield QPoint(near.left() - GAP - size.width(), y)


def _x(size: QSize, inner: QRect, claim: Sequence[QRect]) -> int:
    last = max(claim, key=QRect.bottom)
    return max(inner.left(), min(last.left(), inner.right() - size.width() + 1))
