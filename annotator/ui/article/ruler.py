"""The ruler beside the scroll bar: where in the whole article marks are, and what of it is in sight."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from annotator.ui.article.marked_text import MarkedText
from annotator.ui.highlights import STRIPED
from annotator.ui.paint import smooth
from annotator.ui.theme import Theme

WIDTH = 16
_REDRAW_MS = 200
_ROW = 3


class Ruler(QWidget):
    """Claims tick to the left, sources to the right; the ticks are redrawn at most every 200 ms."""

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._ticks: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REDRAW_MS)
        self._timer.timeout.connect(self._drop)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Overview of the marks")

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self._drop()

    def marks_changed(self) -> None:
        """Redraw the ticks soon."""
        if not self._timer.isActive():
            self._timer.start()

    def _drop(self) -> None:
        self._ticks = None
        self.update()

    def _total(self) -> float:
        bar = self._text.verticalScrollBar()
        return max(1.0, float(bar.maximum() + bar.pageStep()))

    def _rows(self) -> Counter[tuple[int, str]]:
        """Count, for each row of the ruler, how many claims and sources begin there."""
        rows: Counter[tuple[int, str]] = Counter()
        document = self._text.document()
        layout = document.documentLayout()
        paragraphs = self._text.index.paragraphs
        factor = self.height() / self._total() / _ROW
        for k in self._text.index.marked:
            rect = layout.blockBoundingRect(document.findBlockByNumber(k))
            length = max(1, paragraphs.ends[k] - paragraphs.starts[k])
            for span in self._text.index.spans(k):
                if span.kind in STRIPED and span.start >= paragraphs.starts[k]:
                    y = rect.y() + rect.height() * (span.start - paragraphs.starts[k]) / length
                    rows[int(y * factor), span.kind] += 1
        return rows

    def _draw_ticks(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(WIDTH * ratio), max(1, round(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        rows = self._rows()
        most = max(rows.values(), default=1)
        p = QPainter(made)
        middle = WIDTH / 2
        for (row, kind), n in rows.items():
            width = 2.5 + 3.5 * n / most
            if kind == "claim":
                p.fillRect(QRectF(middle - 0.5 - width, row * _ROW, width, 2), QColor(self._theme.claim))
            else:
                p.fillRect(QRectF(middle + 0.5, row * _ROW, width, 2), QColor(self._theme.source))
        p.end()
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, the ticks, and the chosen mark."""
        if self._ticks is None or self._ticks.deviceIndependentSize().height() != self.height():
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
