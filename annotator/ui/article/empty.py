"""What stands where an article will be: a dashed frame that says how to get one there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.ui.actions import said_key
from annotator.ui.labels import painter
from annotator.ui.paint import Box, advance, dashed_frame, keycap, keycap_width
from annotator.ui.theme import Theme, font

_TITLE = tr("No article yet")


def _ways() -> tuple[tuple[str, str], ...]:
    return (
        (said_key("project.open"), tr("add a web page, Word file, PDF, mail…")),
        (said_key("article.paste"), tr("paste what you copied")),
        (tr("Drop"), tr("files, a folder or selected text in this window")),
    )


_WIDTH = 432
_HEIGHT = 168
_ROW = 30


class EmptyPage(QWidget):
    """Says what to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and the keys as they are now."""
        self._theme = theme
        ways = "; ".join(f"{key}: {what}" for key, what in _ways())
        self.setAccessibleName(tr("{title}. {ways}", title=_TITLE, ways=ways))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the ways to an article."""
        p = painter(self)
        theme = self._theme
        p.fillRect(self.rect(), QColor(theme.page))
        width = min(_WIDTH, self.width() - 32)
        top = max(24.0, (self.height() - _HEIGHT) * 0.4)
        frame = QRectF((self.width() - width) / 2, top, width, _HEIGHT)
        dashed_frame(p, frame, theme)
        box = Box(frame.adjusted(24, 20, -24, -20), self.isRightToLeft())
        box.text(p, _TITLE, 0, 0, box.w, 24, font("title"), theme.ink)
        ways = _ways()
        caps = max(keycap_width(key) for key, _ in ways)
        for n, (key, what) in enumerate(ways):
            y = 38 + n * _ROW
            keycap(p, box, key, 0, y, theme)
            room = box.w - caps - 12
            face = font("body")
            lines = 2 if advance(face, what) > room else 1
            box.text(p, what, caps + 12, y - 1, room, 20 * lines, face, theme.muted, wrap=lines > 1)
        p.setPen(Qt.PenStyle.NoPen)
        p.end()
