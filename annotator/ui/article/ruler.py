"""The ruler beside the scroll bar: where in the whole article marks and open sentences are, and what is in sight."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.model import Annotation
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.highlights import STRIPED
from annotator.ui.labels import plain_tip
from annotator.ui.paint import smooth
from annotator.ui.theme import Theme

WIDTH = 16
_REDRAW_MS = 200
_PIECE = 0.008
"""Seconds of laying out at a time."""
_PARAGRAPHS = 8
_ROW = 3
_CELLS = 512
"""Into so many parts of one height an article is cut to count its marks: the ruler's height does not matter then."""
_GAP = 2.5
"""From the middle to the ticks on either side, px; the line of open sentences stands between."""
_LONG = 200
"""Paragraphs from which on a text's marks are counted after it was painted."""

Cells = Counter[tuple[int, str]]
"""How many spans of a kind begin in a cell."""


class Ruler(QWidget):
    """Claims tick to the left, sources to the right, and a line between them runs where no sentence was looked at.

    They are redrawn at most every 200 ms.
    """

    lost = Signal()
    """What a filter lets stand out is to be counted anew: ``sift`` and ``exchange``."""

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._ticks: QPixmap | None = None
        self._cells: Cells | None = None
        self._open: list[int] = []
        self._sentences: Sequence[tuple[int, int]] = ()
        self._open_rows: list[int] | None = None
        self._edges: list[int] | None = None
        """Which offset begins the line of each row."""
        self._laid = 0
        """Number of the paragraph up to which the text is known to be laid out."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._drop)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Overview of the marks"))
        tip = tr(
            "Claims to the left, sources to the right; the line between: sentences not looked at. A click goes there."
        )
        self.setToolTip(plain_tip(tip))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self._drop()

    def forget(self) -> None:
        """Count all marks anew and redraw soon: they are others."""
        self._cells = None
        self._redraw_soon()

    def sift(self) -> None:
        """Begin to count only what a filter lets stand out; ``exchange`` brings it in pieces."""
        self._cells = Counter()
        self._redraw_soon()

    def exchange(self, gone: Iterable[Annotation | None], come: Iterable[Annotation | None]) -> None:
        """Redraw the ticks soon, with some marks in the place of others."""
        if self._cells is not None:
            for marks, step in ((gone, -1), (come, 1)):
                for mark in marks:
                    self._count(mark, step, self._cells)
        self._redraw_soon()

    def set_open(self, starts: Sequence[int], sentences: Sequence[tuple[int, int]]) -> None:
        """Say which of all sentences nobody has looked at, by where they begin, in order; code points."""
        self._sentences = sentences
        if self._open != list(starts):
            self._open = list(starts)
            self._open_rows = None
            self._redraw_soon()

    def relaid(self) -> None:
        """Count anew once the text has come to rest; until then the ticks stay as they were."""
        self._cells = self._open_rows = self._edges = None
        self._laid = 0
        self._timer.start(_REDRAW_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the rows of open sentences over the new height, and count them once it has come to rest."""
        super().resizeEvent(event)
        old, new = event.oldSize().height(), event.size().height()
        if old != new and self._open_rows is not None:
            self._open_rows = sorted({row * new // max(1, old) for row in self._open_rows})
            self._edges = None
            self._timer.start(_REDRAW_MS)

    def _redraw_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start(_REDRAW_MS)

    def _drop(self) -> None:
        if not self._lay_on():
            self._timer.start(0)
            return
        self._bring_up()
        self._ticks = None
        self.update()

    def _lay_on(self) -> bool:
        """Lay out a piece more of the text, so that nobody waits for all of a long one; say whether it is done."""
        document = self._text.document()
        end = time.perf_counter() + _PIECE
        while self._laid < document.blockCount() - 1:
            self._laid = min(self._laid + _PARAGRAPHS, document.blockCount() - 1)
            document.documentLayout().blockBoundingRect(document.findBlockByNumber(self._laid))
            if time.perf_counter() > end:
                return False
        return True

    def _bring_up(self) -> tuple[Cells, list[int]]:
        """Return the counted marks and the rows of open sentences, counted where they are not known."""
        if self._cells is None or self._edges is None:
            self._text.document().size()  # lays out all of it: rows are parts of the whole
        if self._cells is None and self._text.passes is None:
            self._cells = self._counted()
        elif self._cells is None:
            self._cells = Counter()
            self.lost.emit()
        if self._open_rows is None or self._edges is None:
            self._open_rows = self._count_open()
        return self._cells, self._open_rows

    def _total(self) -> float:
        bar = self._text.verticalScrollBar()
        return max(1.0, float(bar.maximum() + bar.pageStep()))

    def _count(self, mark: Annotation | None, step: int, cells: Cells) -> None:
        if mark is None or mark.kind not in STRIPED:
            return
        for segment in mark.segments:
            k = self._text.index.paragraphs.at(segment.start)
            cells[self._cell(k, segment.start), mark.kind] += step

    def _cell(self, k: int, start: int) -> int:
        """Return the cell of an offset in paragraph k."""
        paragraphs = self._text.index.paragraphs
        top, height = self._extent(k)
        share = height / max(1, paragraphs.ends[k] - paragraphs.starts[k])
        return int(top + share * (start - paragraphs.starts[k]))

    def _extent(self, k: int) -> tuple[float, float]:
        """Return where paragraph k begins and how high it is, in cells."""
        document = self._text.document()
        rect = document.documentLayout().blockBoundingRect(document.findBlockByNumber(k))
        factor = _CELLS / self._total()
        return rect.y() * factor, rect.height() * factor

    def _counted(self) -> Cells:
        """Count, for each cell of the article, how many claims and sources begin there.

        A paragraph within one cell is counted by the figures kept for it, so that many marks cost no more than few.
        """
        cells: Cells = Counter()
        index = self._text.index
        for k in index.marked:
            top, height = self._extent(k)
            if int(top) == int(top + height):
                for kind in STRIPED:
                    cells[int(top), kind] += index.beginning(k).get(kind, 0)
                continue
            start = index.paragraphs.starts[k]
            share = height / max(1, index.paragraphs.ends[k] - start)
            for span in index.spans(k):
                if span.kind in STRIPED and span.start >= start:
                    cells[int(top + share * (span.start - start)), span.kind] += 1
        return cells

    def _count_open(self) -> list[int]:
        """Return the rows in which a sentence lies that nobody has looked at; looks at rows, not at sentences."""
        if not self._open:
            return []
        if self._edges is None:
            self._edges = [self._offset(row) for row in range(self.height() // _ROW)]
        rows: list[int] = []
        for row, low in enumerate(self._edges):
            after = bisect_right(self._edges, low)  # one line may be several rows high
            before = (
                bisect_left(self._open, self._edges[after]) - 1 if after < len(self._edges) else len(self._open) - 1
            )
            if before >= 0 and self._end(self._open[before]) > low:
                rows.append(row)
        return rows

    def _offset(self, row: int) -> int:
        """Return the offset that stands where the line of a row begins."""
        y = row * _ROW / max(1, self.height()) * self._total()
        x = self._text.document().size().width() if self._text.isRightToLeft() else 0
        unit = self._text.document().documentLayout().hitTest(QPointF(x, y), Qt.HitTestAccuracy.FuzzyHit)
        return self._text.index.paragraphs.units.to_code_point(max(0, unit))

    def _end(self, start: int) -> int:
        """Return where the sentence ends that begins at an offset."""
        at = bisect_left(self._sentences, (start, start))
        return self._sentences[at][1] if at < len(self._sentences) else start

    def _draw_ticks(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(WIDTH * ratio), max(1, round(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        if self._cells is None or self._open_rows is None:
            self._bring_up()
        rows, high = Cells(), self.height() // _ROW
        for (cell, kind), n in (self._cells or {}).items():
            if n > 0:
                rows[cell * high // _CELLS, kind] += n
        most = max(rows.values(), default=1)
        p = QPainter(made)
        middle = WIDTH / 2
        for (row, kind), n in rows.items():
            width = 2.5 + 3 * n / most
            if kind == "claim":
                p.fillRect(QRectF(middle - _GAP - width, row * _ROW, width, 2), QColor(self._theme.claim))
            else:
                p.fillRect(QRectF(middle + _GAP, row * _ROW, width, 2), QColor(self._theme.source))
        for row in self._open_rows or ():
            p.fillRect(QRectF(middle - 1, row * _ROW, 2, _ROW), QColor(self._theme.muted))
        p.end()
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, the ticks, and the chosen mark."""
        if self._cells is None and len(self._text.index.paragraphs) > _LONG:
            self._redraw_soon()  # to know where a long text's marks are, all of it must be laid out: not before it is seen
        elif self._ticks is None or self._ticks.deviceIndependentSize().height() != self.height():
            self._ticks = self._draw_ticks()
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(self._theme.page))
        smooth(p)
        bar = self._text.verticalScrollBar()
        total = self._total()
        if bar.maximum() > 0:
            top = bar.value() / total * self.height()
            seen = QRectF(0.5, top + 0.5, WIDTH - 1, max(8.0, bar.pageStep() / total * self.height() - 1))
            p.setPen(QPen(QColor(self._theme.edge), 1))
            p.setBrush(QColor(self._theme.panel))
            p.drawRoundedRect(seen, 3, 3)
        if self._ticks is not None:
            p.drawPixmap(0, 0, self._ticks)
        self._draw_chosen(p, total)
        p.end()

    def _draw_chosen(self, p: QPainter, total: float) -> None:
        chosen = self._text.index.annotations.get(self._text.chosen or "")
        if chosen is not None:
            y = (self._text.line_rect(chosen.start).center().y() + self._text.scrolled.y()) / total * self.height()
            p.fillRect(QRectF(2, y - 1, WIDTH - 4, 2.5), QColor(self._theme.ink))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place clicked."""
        self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag."""
        if event.buttons():
            self._go(event.position().y())

    def _go(self, y: float) -> None:
        bar = self._text.verticalScrollBar()
        bar.setValue(round(y / max(1, self.height()) * self._total() - bar.pageStep() / 2))
