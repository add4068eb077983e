"""The few things every picture is drawn with: bars with their figure beside them, a key of fills, cells of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar, overload

from annotator.analysis.sourcing import Span
from annotator.exporters import cells
from annotator.exporters.document import Cell, Column, Paragraph, Table, Text
from annotator.exporters.letter_widths import width
from annotator.exporters.marks import is_rtl
from annotator.exporters.shapes import Box, Colour, Fill, Line, Shape, Words

SIZE = 8.0
"""Size of labels and figures, points."""
SMALL = 7.5
"""Size of what stands beside them, points."""
TINY = 7.2
KEY_HEIGHT = 5.6
_PATCH_WIDTH, _PATCH_HEIGHT = 4.0, 2.5
_MOST_SPANS = 2000
T = TypeVar("T")


class Look(NamedTuple):
    """How a bar is filled, and what that means in words."""

    colour: Colour
    fill: Fill
    words: str


class Stretch(NamedTuple):
    """A stretch of a bar: how much, in which look, the passages it stands for, its figure in words."""

    amount: float
    look: Look
    spans: tuple[Span, ...] = ()
    tip: str = ""


class Drawing:
    """Shapes collected from top to bottom; ``y`` is where the next row begins, mm."""

    def __init__(self, width_: float) -> None:
        self.width = width_
        self.y = 0.0
        self.shapes: list[Shape] = []

    def box(
        self, x: float, y: float, w: float, h: float, look: Look, tip: str = "", spans: tuple[Span, ...] = ()
    ) -> None:
        """Draw a filled rectangle."""
        self.shapes.append(
            Box(_mm(x), _mm(y), _mm(max(w, 0.05)), _mm(h), look.colour, look.fill, tip, spans[:_MOST_SPANS])
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: Colour = "ink", thick: float = 0.25) -> None:
        """Draw a straight line."""
        self.shapes.append(Line(_mm(x1), _mm(y1), _mm(x2), _mm(y2), colour, thick))

    def words(
        self, x: float, y: float, words: str, size: float = SIZE, *, colour: Colour = "ink", bold: bool = False
    ) -> float:
        """Write words from ``x`` on; return where they end."""
        self.shapes.append(Words(_mm(x), _mm(y), words, size, bold, colour))
        return x + width(words, size, bold=bold)

    def words_before(self, x: float, y: float, words: str, size: float = SIZE, *, colour: Colour = "ink") -> None:
        """Write words that end at ``x``."""
        self.shapes.append(Words(_mm(x), _mm(y), words, size, False, colour, "end"))

    def words_about(
        self, x: float, y: float, words: str, size: float = SIZE, *, colour: Colour = "ink", bold: bool = False
    ) -> None:
        """Write words with their middle at ``x``."""
        self.shapes.append(Words(_mm(x), _mm(y), words, size, bold, colour, "middle"))

    def key(self, looks: Iterable[Look], left: float = 0.0) -> None:
        """Write what the fills mean, from ``left`` on, on as many lines as they need."""
        x = left
        for look in looks:
            needed = _PATCH_WIDTH + 1.2 + width(look.words, SMALL)
            if x > left and x + needed > self.width:
                x, self.y = left, self.y + 4.4
            self.box(x, self.y + 0.6, _PATCH_WIDTH, _PATCH_HEIGHT, look)
            x = self.words(x + _PATCH_WIDTH + 1.2, self.y + 2.85, look.words, SMALL, colour="muted") + 4
        self.y += KEY_HEIGHT

    def height(self) -> float:
        """Return how high the picture has become, mm."""
        return round(self.y, 2)


def label_room(labels: Sequence[str], width_: float, most: float) -> float:
    """Return how much room the labels before the bars take: what the longest needs, at most that share of the width."""
    needed = max((width(label[:200], SIZE) for label in labels), default=0.0)
    return min(needed, width_ * most)


def bar(
    drawing: Drawing, x: float, y: float, h: float, unit: float, parts: Sequence[Stretch], *, gap: float = 0.3
) -> float:
    """Draw the parts of one bar end to end, ``unit`` mm to one; return where it ends."""
    for part in parts:
        if part.amount <= 0:
            continue
        wide = part.amount * unit
        drawing.box(x, y, max(wide - gap, wide * 0.5), h, part.look, part.tip, part.spans)
        x += wide
    return x - gap if any(p.amount > 0 for p in parts) else x


def _cell(shown: Shown) -> Cell:
    if isinstance(shown, Paragraph):
        return (shown,)
    if isinstance(shown, int):
        return (cells.number(shown),)
    return (Paragraph("TableText", (Text(shown),), rtl=is_rtl(shown)),)


Shown = str | int | Paragraph
"""What stands in a cell: words, a count, or a paragraph made before."""


class _Rows(Sequence[tuple[Cell, ...]], Generic[T]):
    """Rows of a table that are made when they are read: behind a picture of ten bars may lie thousands."""

    def __init__(self, things: Sequence[T], told: Callable[[T], Sequence[Shown]]) -> None:
        self._things = things
        self._told = told

    def __len__(self) -> int:
        return len(self._things)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash(len(self))

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[Cell, ...], ...]: ...

    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | tuple[tuple[Cell, ...], ...]:
        if isinstance(index, slice):
            return tuple(self[n] for n in range(len(self))[index])
        return tuple(map(_cell, self._told(self._things[index])))


def table(
    title: str,
    heads: Sequence[tuple[str, float]],
    things: Sequence[T],
    told: Callable[[T], Sequence[Shown]],
    *,
    numbers: Iterable[int] = (),
    described: str = "",
) -> Table:
    """Return a table with a row for each thing, made when it is read; ``told`` gives what stands in its cells.

    ``heads`` are words and widths in cm, ``numbers`` the columns of figures.
    """
    figures = frozenset(numbers)
    columns = tuple(Column(head, wide, align_end=n in figures) for n, (head, wide) in enumerate(heads))
    return Table(columns, _Rows(things, told), title, described, look="tight")


def _mm(value: float) -> float:
    return round(value, 3)
