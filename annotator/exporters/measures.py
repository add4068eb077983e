"""How tall the parts of a report are on paper, in points, and the measures all who set them share.

Heights are expected ones, from the mean width of a letter in each style: good enough to fill a page and to say which
page something comes to stand on, before anybody breaks lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from annotator.exporters.document import (
    Beside,
    Cell,
    Chart,
    Column,
    Contents,
    KeyFigures,
    Link,
    NumberedLines,
    Paragraph,
    Part,
    Table,
    Text,
    WebLink,
)

ROOM = {"A4": 714.0, "Letter": 664.0}
"""Height of a page's text by paper."""
PADS = {"rows": (2.6, 3.0), "tight": (2.0, 2.2), "facts": (0.0, 1.0), "legend": (3.0, 4.0), "form": (12.0, 2.0)}
"""Room above and below what a cell holds, by the look of its table."""
KEPT = 7
"""A table of so many rows, its head among them, stays on one page; a longer one leaves no lone row at either end."""
BAR_WIDTH, BAR_HEIGHT = 4.6, 3.2
"""Width (cm) and height (points) of the bar below a key figure."""
MM = 72 / 25.4
CM = 10 * MM

_WIDTH = 16.0 * CM
_HAIRLINE = 0.5
_HEAD = 16.0
_FIGURE_ROW = 58.0
_CAPTION = 28.0
_LINE, _BETWEEN = 19.0, 9.0
_GAP = 8.0
_LOOKS = {
    "Title": (29, 7, 13.0), "Lead": (17, 24, 5.9), "Heading1": (19, 29, 7.6), "Heading2": (14, 18, 5.3),
    "ArticleHeadline": (30, 12, 12.0), "ArticleStandfirst": (19, 12, 6.3), "ArticleBody": (19.5, 9.5, 5.8),
    "Note": (12.3, 1.5, 4.6), "NoteHead": (12.3, 9.5, 5.0), "Quote": (15.5, 5, 5.6), "TableQuote": (13.5, 0, 4.7),
    "TableText": (12, 0, 4.25), "TableNote": (11, 2, 4.0), "TableHead": (11, 0, 4.3), "Small": (12, 9, 4.05),
    "Facts": (13, 0, 4.3), "Contents1": (14, 4, 5), "Contents2": (14, 1, 4.8), "CodedHead": (12.3, 13, 5.2),
    "CodedQuote": (15, 4, 5.2), "Coded": (12, 1, 4.6), "NoteAsked": (12.3, 7, 4.6), "NoteAnswer": (12.3, 7, 4.6),
    "SectionNote": (12.5, 7, 4.6), "Caption": (12, 15, 4.8), "Overline": (11, 5, 6),
}  # fmt: skip
"""Height of a line, room around, mean width of a letter, by style."""
_PLAIN = (13.5, 4.0, 5.0)
_INSETS = {
    "Quote": 67.0, "Note": 27.0, "NoteAsked": 67.0, "NoteAnswer": 67.0, "Coded": 94.0, "CodedQuote": 94.0, "SectionNote": 28.0
}  # fmt: skip
"""What a style's lines are shorter than the text is wide."""


def height(parts: Iterable[Part]) -> float:
    """Return how much of a page parts take, one below the other."""
    return sum(map(_part, parts))


def paragraph(p: Paragraph, width: float = _WIDTH) -> float:
    """Return the height of a paragraph, the room around it included."""
    line, around, letter = _LOOKS.get(p.style, _PLAIN)
    letters = 0
    for inline in p.inlines:
        if isinstance(inline, Text):
            letters += len(inline.text)
        elif isinstance(inline, Link | WebLink):
            letters += len(inline.words.text)
    inset = 71.0 if p.style.startswith("Article") else _INSETS.get(p.style, 0.0)
    lines = ceil(letters * letter / max(20.0, width - inset))
    return around + line * (lines or 1)


def head(table: Table) -> float:
    """Return the height of a table's head; 0 where it has none."""
    return _HEAD if table.has_head else 0.0


def row(columns: Sequence[Column], cells: Sequence[Cell], look: str) -> float:
    """Return the height of a table's row."""
    tallest = max(
        sum(paragraph(p, column.width * CM - _GAP) for p in cell) for column, cell in zip(columns, cells, strict=True)
    )
    return sum(PADS[look]) + _HAIRLINE + tallest


def picture(chart: Chart) -> float:
    """Return the height of a picture with its caption."""
    return chart.height * MM + _CAPTION


def figures(grid: KeyFigures) -> float:
    """Return the height of a grid of key figures."""
    return _FIGURE_ROW * ceil(len(grid.figures) / 3) + _GAP


def numbered_line(*, first: bool) -> float:
    """Return the height of a numbered line; ``first``: a paragraph begins there."""
    return _LINE + _BETWEEN * first


def _part(part: Part) -> float:
    match part:
        case Paragraph():
            return paragraph(part)
        case Table():
            return head(part) + sum(row(part.columns, cells, part.look) for cells in part.rows)
        case Chart():
            return picture(part)
        case KeyFigures():
            return figures(part)
        case Beside():
            return beside(part)
        case NumberedLines():
            return sum(numbered_line(first=line.first) for line in part.lines)
        case Contents():
            return sum(paragraph(Paragraph(f"Contents{min(e.level, 1) + 1}", e.words)) for e in part.entries)


def beside(part: Beside) -> float:
    """Return the height of parts side by side: that of the tallest column."""
    return max((height(parts) for _, parts in part.columns), default=0.0)
