"""The parts of a report as strips of pages: tables, key figures, pictures, numbered lines, contents."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from annotator.exporters import measures
from annotator.exporters.document import (
    Beside,
    Cell,
    Chart,
    Contents,
    Entry,
    KeyFigure,
    KeyFigures,
    Link,
    NumberedLine,
    NumberedLines,
    Paragraph,
    Part,
    Table,
    Text,
)
from annotator.exporters.manners import manner
from annotator.exporters.word.markup import FAINT, INK, RULE
from annotator.exporters.word.styles import TEXT_WIDTH
from annotator.ui.charting import PRINT, paint
from annotator.ui.paper.styles import CM, MM, Face, metrics
from annotator.ui.paper.words import Strip, Words

_WIDTH = TEXT_WIDTH * CM
_GAP = 159.0
"""Space at the right of a cell."""
_PADS = {look: (round(top * 20), round(bottom * 20)) for look, (top, bottom) in measures.PADS.items()}
_RULED = frozenset({"rows", "tight"})
_HAIR, _HEAVY = 10.0, 20.0
_TALL = 4800.0
"""A row higher than this may be cut: a third of a page."""
_BAR_WIDTH, _BAR_HEIGHT = measures.BAR_WIDTH * CM, measures.BAR_HEIGHT * 20
_BETWEEN = 180.0
"""Room between the paragraphs of numbered lines."""


def print_face(px: float, bold: bool) -> QFont:
    """Return the face of words in pictures on paper."""
    return Face(size=px, bold=bold).font


@dataclass(frozen=True)
class Parts:
    """Sets parts; ``page_of`` tells on which page an anchor came to stand, 0 while that is not known."""

    words: Words
    page_of: Callable[[str], int]

    def strips(self, parts: Iterable[Part]) -> Iterator[Strip]:
        """Yield the strips of parts, one below the other."""
        after_table = False
        for part in parts:
            if after_table and not isinstance(part, Paragraph):
                yield from self.words.strips(Paragraph("Small"), _WIDTH)
            after_table = isinstance(part, Table | NumberedLines | KeyFigures)
            yield from self._part(part, 0.0, _WIDTH)

    def _part(self, part: Part, x: float, width: float) -> Iterator[Strip]:
        match part:
            case Paragraph():
                yield from self.words.strips(part, width, x=x)
            case Table():
                yield from self._table(part, x)
            case Chart():
                yield from self._chart(part, x, width)
            case KeyFigures():
                yield from self._figures(part, x)
            case Beside():
                yield from self._beside(part, x)
            case NumberedLines():
                yield from self._lines(part)
            case Contents():
                for entry in part.entries:
                    yield from self._entry(entry, x, width)

    # -- tables

    def _table(self, table: Table, x: float) -> Iterator[Strip]:
        head: Strip | None = None
        if table.has_head:
            heads = tuple((Paragraph("TableHead", (Text(c.head),)),) for c in table.columns)
            head = self._head(table, heads, x)
            yield head
        rows = len(table.rows)
        for n, cells in enumerate(table.rows):
            strips = self._row(table, cells, x)
            if table.look in _RULED or (table.look == "form" and n == rows - 1):
                _rule(strips[-1], x, sum(c.width for c in table.columns) * CM, _HAIR, RULE)
            is_short = rows + table.has_head <= measures.KEPT and not table.parted
            keep = n < rows - 1 if is_short else n in (0, rows - 2)
            for strip in strips:
                strip.head = head
                strip.keep = keep and len(strips) == 1
                yield strip

    def _head(self, table: Table, cells: Sequence[Cell], x: float) -> Strip:
        made = self._cells(table, cells, x)
        height = max((_height(c) for c in made), default=0.0)
        inner = [_lowered(c, height - _height(c)) for c in made]
        head = _whole(inner, height, 40.0, 60.0)
        _rule(head, x, sum(c.width for c in table.columns) * CM, _HEAVY, INK)
        head.keep = True
        return head

    def _row(self, table: Table, cells: Sequence[Cell], x: float) -> list[Strip]:
        """Return a row as one strip; a very tall one as several, cut between the lines of its cells."""
        top, bottom = _PADS[table.look]
        made = self._cells(table, cells, x)
        height = max((_height(c) for c in made), default=0.0)
        if height <= _TALL:
            return [_whole(made, height, top, bottom)]
        out: list[Strip] = []
        while any(made):
            taken = [_taken(c, _TALL / 8) for c in made]
            made = [c[len(t) :] for c, t in zip(made, taken, strict=True)]
            tallest = max(_height(t) for t in taken)
            out.append(_whole(taken, tallest, 0.0 if out else top, bottom if not any(made) else 0.0))
        return out

    def _cells(self, table: Table, cells: Sequence[Cell], x: float) -> list[list[Strip]]:
        out: list[list[Strip]] = []
        for column, cell in zip(table.columns, cells, strict=True):
            width = column.width * CM
            lines: list[Strip] = []
            for p in cell:
                lines += self.words.strips(p, width - _GAP, x=x, end=column.align_end)
            out.append(lines)
            x += width
        return out

    # -- pictures and figures

    def _chart(self, chart: Chart, x: float, width: float) -> Iterator[Strip]:
        yield from self.words.strips(Paragraph("Caption", (Text(chart.title),)), width, x=x)

        def draw(p: QPainter, left: float, top: float) -> None:
            p.save()
            p.translate(left + x, top)
            paint(p, chart.shapes, PRINT, MM, face=print_face)
            p.restore()

        yield Strip(chart.height * MM, draw, after=40.0)

    def _figures(self, grid: KeyFigures, x: float) -> Iterator[Strip]:
        width = _WIDTH / 3
        for n in range(0, len(grid.figures), 3):
            cells = [self._figure(f, x + width * k, width) for k, f in enumerate(grid.figures[n : n + 3])]
            height = max(_height(c) for c in cells)
            yield _whole(cells, height, 60.0, 120.0)

    def _figure(self, figure: KeyFigure, x: float, width: float) -> list[Strip]:
        filled = _BAR_WIDTH * min(1.0, max(0.0, figure.share or 0.0))

        def bar(p: QPainter, left: float, top: float) -> None:
            p.fillRect(QRectF(left + x, top, _BAR_WIDTH, _BAR_HEIGHT), QColor(f"#{FAINT}"))
            p.fillRect(QRectF(left + x, top, filled, _BAR_HEIGHT), QColor(f"#{INK}"))

        return [
            *self.words.strips(Paragraph("Figure", figure.inlines()), width - _GAP, x=x),
            *((Strip(_BAR_HEIGHT, bar),) if figure.share is not None else ()),
            *self.words.strips(Paragraph("FigureLabel", (Text(figure.words),)), width - _GAP, x=x),
        ]

    def _beside(self, beside: Beside, x: float) -> Iterator[Strip]:
        columns: list[list[Strip]] = []
        at = x
        for width, parts in beside.columns:
            inner = [s for part in parts for s in self._part(part, at, width * CM)]
            columns.append(inner)
            at += width * CM
        height = max((_height(c) for c in columns), default=0.0)
        if height < 13_000:
            yield _whole(columns, height, 0.0, 0.0)
            return
        for column in columns:  # higher than a page: one below the other
            yield from column

    # -- numbered lines, contents

    def _lines(self, lines: NumberedLines) -> Iterator[Strip]:
        number, margin = CM, lines.margin * CM
        middle = _WIDTH - number - margin
        for n, line in enumerate(lines.lines):
            yield self._numbered(line, (number, middle, margin), _BETWEEN if line.first and n else 0.0)

    def _numbered(self, line: NumberedLine, widths: tuple[float, float, float], above: float) -> Strip:
        number, middle, margin = widths
        told = Paragraph("NumberedMargin", (Text(line.number, ("Paragraph Number",)),) if line.number else ())
        inset = 0.3 * CM
        cells = [
            self.words.strips(told, number),
            # Words from right to left begin at the hairline: a little room keeps them off it.
            self.words.strips(Paragraph(line.style, line.inlines, rtl=line.rtl), middle - inset * line.rtl, x=number),
            self.words.strips(Paragraph("NumberedMargin", line.margin), margin - inset, x=number + middle + inset),
        ]
        height = max(_height(c) for c in cells)
        made = _whole(cells, height, above, 0.0)
        inner, total = made.paint, made.height

        def draw(p: QPainter, left: float, top: float) -> None:
            inner(p, left, top)
            p.setPen(QPen(QColor(f"#{RULE}"), _HAIR))
            x = left + number + middle
            p.drawLine(QLineF(x, top, x, top + total))

        made.paint = draw
        made.keep = manner(line.style).leads
        return made

    def _entry(self, entry: Entry, x: float, width: float) -> Iterator[Strip]:
        style = f"Contents{min(entry.level, 1) + 1}"
        linked = tuple(Link(entry.anchor, i) if isinstance(i, Text) else i for i in entry.words)
        strips = self.words.strips(Paragraph(style, linked), width, x=x)
        last = strips[-1]
        inner, baseline = last.paint, last.baseline
        face = self.words.styles.paragraph(style).face
        numbered = replace(face, bold=False)
        said = Paragraph(style, (*linked, Text("\u2002")))
        begin = self.words.end_of(said, width)

        def draw(p: QPainter, left: float, top: float) -> None:
            inner(p, left, top)
            page = self.page_of(entry.anchor)
            if not page:
                return
            p.setFont(numbered.font)
            p.setPen(QColor(face.colour))
            end = left + x + width - metrics(numbered).horizontalAdvance(str(page))
            p.drawText(QPointF(end, top + baseline), str(page))
            dots = QPen(QColor(f"#{RULE}"), 14)
            dots.setDashPattern([1, 4])
            p.setPen(dots)
            if end - 120 > left + x + begin:
                p.drawLine(QLineF(end - 80, top + baseline, left + x + begin, top + baseline))

        last.paint = draw
        yield from strips


def _nothing(p: QPainter, left: float, top: float) -> None:
    """Paint nothing: room above a head that is lower than its neighbours."""


def _height(strips: Sequence[Strip]) -> float:
    """Return how high strips stand one below the other."""
    return sum(s.height for s in strips) + sum(_between(a, b) for a, b in itertools.pairwise(strips))


def _between(above: Strip, below: Strip) -> float:
    return max(above.after, below.before)


def _taken(strips: list[Strip], room: float) -> list[Strip]:
    """Return the first strips that fit in a room; at least one where there is any."""
    height = 0.0
    for n, strip in enumerate(strips):
        height += strip.height + (_between(strips[n - 1], strip) if n else 0.0)
        if height > room and n:
            return strips[:n]
    return strips


def _lowered(strips: list[Strip], by: float) -> list[Strip]:
    """Return strips that stand lower in their cell."""
    return [Strip(by, _nothing), *strips] if by > 0 and strips else strips


def _whole(cells: Sequence[Sequence[Strip]], height: float, above: float, below: float) -> Strip:
    """Return cells side by side as one strip."""
    every = [s for cell in cells for s in cell]
    return Strip(
        height + above + below,
        partial(_paint_cells, cells, above),
        anchors=tuple(name for s in every for name in s.anchors),
        comments=tuple(number for s in every for number in s.comments),
    )


def _paint_cells(cells: Sequence[Sequence[Strip]], above: float, p: QPainter, left: float, top: float) -> None:
    for cell in cells:
        y = top + above
        last: Strip | None = None
        for strip in cell:
            y += _between(last, strip) if last is not None else 0.0
            strip.paint(p, left, y)
            y += strip.height
            last = strip


def _rule(strip: Strip, x: float, width: float, thick: float, colour: str) -> None:
    """Draw a line below a strip."""
    inner, height = strip.paint, strip.height

    def draw(p: QPainter, left: float, top: float) -> None:
        inner(p, left, top)
        p.fillRect(QRectF(left + x, top + height - thick / 2, width, thick), QColor(f"#{colour}"))

    strip.paint = draw
