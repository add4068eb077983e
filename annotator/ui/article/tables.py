"""Rows of a table as aligned columns: where the tab stops of each run of rows stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from annotator.ui.article import typesetting
from annotator.ui.article.typesetting import Measure, Style
from annotator.ui.theme import font

GAP = 18
"""Between two columns, px."""
MEASURED_ROWS = 200
"""The first rows of a table decide how wide its columns are."""
LEAST_CELL = 40
MOST_HANG = 0.6
"""A line that does not fit begins no further in than this share of the room."""
LONGEST_CELL = 120
"""So many letters of a cell are measured."""


@dataclass(frozen=True)
class Stops:
    """Where each column but the first begins, px, and where a line goes on that does not fit."""

    at: tuple[float, ...] = ()
    hang: float = 0.0


def stops(rows: Sequence[str], face: QFont, room: float) -> Stops:
    """Return the columns of a table, so that all fit into ``room`` as far as they can."""
    metrics = QFontMetricsF(face)
    widths: list[float] = []
    for row in rows[:MEASURED_ROWS]:
        for at, cell in enumerate(row.split("\t")):
            width = metrics.horizontalAdvance(cell[:LONGEST_CELL])
            if at == len(widths):
                widths.append(width)
            else:
                widths[at] = max(widths[at], width)
    if len(widths) < 2:
        return Stops()
    share = (room - GAP * (len(widths) - 1)) / len(widths)
    fair = max(float(LEAST_CELL), share)
    spare = sum(max(0.0, fair - width) for width in widths)
    wide = sum(1 for width in widths if width > fair)
    most = fair + (spare / wide if wide else 0.0)
    out: list[float] = []
    at = 0.0
    for width in widths[:-1]:
        at += min(width, most) + GAP
        out.append(round(at))
    longest = max(range(len(widths)), key=widths.__getitem__)
    hang = out[longest - 1] if longest and out[longest - 1] <= room * MOST_HANG else 0.0
    return Stops(tuple(out), hang)


def set_stops(made: QTextBlockFormat, columns: Stops, *, rtl: bool) -> None:
    """Give a row its tab stops; what does not fit goes on under the widest column.

    Not where it runs from right to left: there Qt moves a line that begins before its margin out of sight.
    """
    if not columns.at:
        return
    kind = QTextOption.TabType.RightTab if rtl else QTextOption.TabType.LeftTab
    made.setTabPositions([QTextOption.Tab(x, kind) for x in columns.at])
    if not rtl:
        made.setLeftMargin(made.leftMargin() + columns.hang)
        made.setTextIndent(-columns.hang)


def end_table(made: QTextBlockFormat, measured: Measure) -> None:
    """Let the last row of a table stand as far from what follows as a paragraph does."""
    made.setBottomMargin(round(typesetting.BODY.bottom * measured.scale))


def set_all(
    document: QTextDocument, styles: Sequence[Style], measured: Measure, room: float, words: Callable[[int], str]
) -> None:
    """Set the tables of a document: each run of rows by its own cells. ``words`` returns those of a paragraph."""
    k = 0
    while k < len(styles):
        if not styles[k].is_row:
            k += 1
            continue
        first = k
        while k < len(styles) and styles[k].is_row:
            k += 1
        found = typesetting.setting(styles[first], measured)
        rows = [words(n) for n in range(first, min(k, first + MEASURED_ROWS))]
        made = typesetting.block_format(found, measured)
        begin = document.findBlockByNumber(first)
        rtl = begin.textDirection() == Qt.LayoutDirection.RightToLeft
        set_stops(made, stops(rows, font("article", px=found.px), room), rtl=rtl)
        cursor = QTextCursor(begin)
        cursor.setPosition(document.findBlockByNumber(k - 1).position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setBlockFormat(made)
        end_table(made, measured)
        last = QTextCursor(document.findBlockByNumber(k - 1))
        last.setBlockFormat(made)
