"""Rows of the article's own tables as tables of the report: a column for each cell, the paragraph's number before them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.exporters.document import Cell, Column, Inline, Link, Paragraph, Part, Table, Text
from annotator.language import tr

NUMBER = 1.1
"""Width of the column of paragraph numbers, cm: that of the margin they hang in elsewhere."""
WIDTH = 13.5
"""Width of all other columns together, cm: that of the article."""
LEAST = 1.4
MOST_COLUMNS = 9
"""A row of more cells stays one paragraph: so narrow columns cannot be read."""
_LONGEST = 60
"""So many letters of a cell count when the width is shared."""


def tabled(is_row: Sequence[bool], paragraphs: Sequence[Paragraph]) -> list[Part]:
    """Return the paragraphs of an article, runs of rows of several cells as tables."""
    out: list[Part] = []
    rows: list[tuple[Cell, ...]] = []
    for row, paragraph in zip(is_row, paragraphs, strict=True):
        cells = _cells(paragraph) if row else ()
        if 2 < len(cells) <= MOST_COLUMNS + 1:
            rows.append(cells)
            continue
        if rows:
            _close(out, rows)
            out.append(Paragraph("Small"))  # what follows a table stands off from it
        out.append(paragraph)
    _close(out, rows)
    return out


def _close(out: list[Part], rows: list[tuple[Cell, ...]]) -> None:
    """Add the rows collected as a table, and empty them."""
    if not rows:
        return
    count = max(map(len, rows))
    empty: Cell = (Paragraph("TableText"),)
    full = tuple((*row, *[empty] * (count - len(row))) for row in rows)
    lengths = [max(min(_LONGEST, _length(row[n])) for row in full) + 4 for n in range(1, count)]
    spare = WIDTH - LEAST * len(lengths)
    widths = [NUMBER, *(round(LEAST + spare * length / sum(lengths), 2) for length in lengths)]
    title = tr("Table of the article")
    out.append(Table(tuple(Column("", width) for width in widths), full, title, look="tight"))
    rows.clear()


def _cells(paragraph: Paragraph) -> tuple[Cell, ...]:
    """Return what stands between the tabs of a row; the first is the paragraph's number."""
    cells: list[list[Inline]] = [[]]
    for inline in paragraph.inlines:
        words = inline if isinstance(inline, Text) else inline.words if isinstance(inline, Link) else None
        if words is None or "\t" not in words.text:
            cells[-1].append(inline)
            continue
        for n, piece in enumerate(words.text.split("\t")):
            if n:
                cells.append([])
            if piece:
                part = words._replace(text=piece)
                cells[-1].append(inline._replace(words=part) if isinstance(inline, Link) else part)
    return tuple((Paragraph("TableText", tuple(cell), rtl=paragraph.rtl),) for cell in cells)


def _length(cell: Cell) -> int:
    return sum(
        len(i.text if isinstance(i, Text) else i.words.text)
        for p in cell
        for i in p.inlines
        if isinstance(i, Text | Link)
    )
