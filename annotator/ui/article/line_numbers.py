"""Line numbers beside the text, every fifth, as on a worksheet: a class finds a place by its number.

Lines of words are counted as they are laid out now; a blank line between paragraphs is none. Counted once per layout,
and no further than what is in sight.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.paint import advance
from annotator.ui.theme import Theme, font

EVERY = 5
_SIDE = 6
"""Room beside the longest number, px."""
_LETTERS = 30
"""Hardly any line has fewer letters: what numbers there may be is known before the lines are."""


class LineNumbers(QWidget):
    """A strip at the start side of the gutter."""

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._before = [0]
        """How many lines stand before each paragraph, as far as they were counted."""
        text.relaid.connect(self._forget)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Line numbers"))

    @property
    def room(self) -> int:
        """How wide the strip is, px: as wide as the longest number there may be."""
        paragraphs = self._text.index.paragraphs
        most = len(paragraphs.text) // _LETTERS + len(paragraphs)
        return round(advance(font("small"), "0" * max(2, len(f"{most}")))) + 2 * _SIDE

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def numbers(self) -> list[tuple[float, int]]:
        """Return the middle (px) and the number of every line in sight."""
        out: list[tuple[float, int]] = []
        paragraphs = self._text.index.paragraphs
        for block, at in self._text.in_sight(0, self.height()):
            k = block.blockNumber()
            if paragraphs.starts[k] == paragraphs.ends[k]:
                continue
            self._text.document().documentLayout().blockBoundingRect(block)  # makes Qt lay out up to here
            first = self._lines_before(k) + 1
            scale = self._text.geometry_.settings[k].scale
            layout = block.layout()
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                middle = at.y() + line.y() + line.ascent() - 5 * scale
                if -20 < middle < self.height() + 20:
                    out.append((middle, first + i))
        return out

    def _forget(self) -> None:
        self._before = [0]
        if self.isVisible():
            self.update()

    def _lines_before(self, k: int) -> int:
        paragraphs = self._text.index.paragraphs
        n = len(self._before) - 1
        block = self._text.document().findBlockByNumber(n)
        while n < k:
            blank = paragraphs.starts[n] == paragraphs.ends[n]
            self._before.append(self._before[-1] + (0 if blank else block.layout().lineCount()))
            n += 1
            block = block.next()
        return self._before[k]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every fifth number."""
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(self._theme.page))
        p.setFont(font("small"))
        p.setPen(QColor(self._theme.muted))
        side = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
        flags = int((side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute).value)
        for middle, number in self.numbers():
            if number % EVERY == 0:
                p.drawText(QRectF(_SIDE, middle - 9, self.width() - 2 * _SIDE, 18), flags, f"{number}")
        p.end()
