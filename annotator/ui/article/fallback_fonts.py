"""Fonts for other scripts: the system is slow to find one when it is first needed, so they are asked for at idle."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont, QImage, QPainter

PAUSE = 300
"""Milliseconds from showing a text until its fonts are asked for."""
_LATIN = 0x250
"""Code points below this the article's own font has."""
_PAGE = 128
"""Code points that are taken to need one font."""


class FallbackFonts(QObject):
    """Draws one character of each script a text holds, unseen and one at a time, so that scrolling to it does not halt."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: set[int] = set()
        self._text = ""
        self._wanted: list[str] = []
        self._font = QFont()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_one)

    def expect(self, text: str, font: QFont) -> None:
        """Ask soon for the fonts of a text that will be shown in this font."""
        self._text, self._font = text, font
        self._wanted = []
        self._timer.start(PAUSE)

    def _draw_one(self) -> None:
        if self._text:
            self._wanted, self._text = samples(self._text, self._known), ""
        if not self._wanted:
            return
        sample = self._wanted.pop()
        self._known.add(ord(sample) // _PAGE)
        image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
        p = QPainter(image)
        p.setFont(self._font)
        p.drawText(8, 48, sample)
        p.end()
        self._timer.start(0)


def samples(text: str, known: set[int]) -> list[str]:
    """Return one character for each range of code points beyond Latin that a text uses and nobody knows yet."""
    if text.isascii():
        return []
    by_page = {ord(c) // _PAGE: c for c in sorted(set(text)) if ord(c) >= _LATIN and not c.isspace()}
    return [c for page, c in by_page.items() if page not in known]
