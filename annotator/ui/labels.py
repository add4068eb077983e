"""Words and small drawings of the window: labels, lines, key caps, notes in a dashed frame, and their layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.ui.paint import Box, advance, keycap
from annotator.ui.theme import Theme, font

LABEL_WIDTH = 96
Words = str | Callable[[], str]
"""Words, or what makes them anew whenever the look or the keys change."""
Pairs = Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]]
"""Keys with what they do; the same."""


@runtime_checkable
class Themed(Protocol):
    """A widget that can be given another theme while it is shown."""

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        ...


def retheme(root: QWidget, theme: Theme) -> None:
    """Give every themed widget below ``root`` another theme."""
    for child in root.findChildren(QWidget):
        if isinstance(child, Themed):
            child.set_theme(theme)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it is, wrapped, whatever mark-up it may hold."""
    for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(mark, written)
    return f"<qt>{text.replace(chr(10), '<br>')}</qt>" if text else ""


def painter(widget: QWidget) -> QPainter:
    """Return an antialiasing painter on a widget."""
    made = QPainter(widget)
    made.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return made


def set_tone(widget: QWidget, color: str) -> None:
    """Set the colour of a widget's words."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(color))
    palette.setColor(QPalette.ColorRole.Text, QColor(color))
    widget.setPalette(palette)


def row(*items: QWidget | int | None, gap: int = 8) -> QHBoxLayout:
    """Return a row of widgets; a number is a gap in px, None takes what is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addWidget(item)
    return layout


def column(parent: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """Give a widget a vertical layout and return it."""
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    return layout


class Label(QLabel):
    """Plain words in one of the type roles; muted or ink."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        *,
        muted: bool = False,
        wrap: bool = False,
        italic: bool = False,
    ) -> None:
        super().__init__(text)
        self._muted = muted
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role, italic=italic))
        self.setWordWrap(wrap)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's ink."""
        set_tone(self, theme.muted if self._muted else theme.ink)


class ElidedLabel(Label):
    """One line of words cut at the end where they do not fit; the tool tip then tells the rest."""

    def __init__(self, theme: Theme, text: str = "", role: str = "body", *, muted: bool = False) -> None:
        super().__init__(theme, text, role, muted=muted)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return a size that lets the label shrink to an ellipsis."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, cut."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        color = self.palette().color(QPalette.ColorRole.WindowText).name()
        box.text(p, self.text(), 0, 0, box.w, box.h, self.font(), color)
        p.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the tool tip only where the words are cut."""
        super().resizeEvent(event)
        self._explain()

    def setText(self, text: str) -> None:
        """Set the words."""
        super().setText(text)
        self._explain()

    def _explain(self) -> None:
        cut = advance(self.font(), self.text()) > self.width()
        self.setToolTip(plain_tip(self.text()) if cut else "")


class Line(QWidget):
    """A thin horizontal line; decoration only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedHeight(1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's line colour."""
        self._color = QColor(theme.line)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the line."""
        p = QPainter(self)
        p.fillRect(self.rect(), self._color)
        p.end()


class Painted(QWidget):
    """A small drawing with a text alternative."""

    def __init__(self, theme: Theme, draw: Callable[[QPainter, Box, Theme], None], alt: str, size: QSize) -> None:
        super().__init__()
        self._theme = theme
        self._draw = draw
        self.setFixedSize(size)
        self.setAccessibleName(alt)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        p = painter(self)
        self._draw(p, Box(QRectF(self.rect()), self.isRightToLeft()), self._theme)
        p.end()


class KeyCap(Painted):
    """One key as a cap; ``key`` may be a command's, asked for anew when keys change."""

    def __init__(self, theme: Theme, key: Words) -> None:
        self._key = key
        super().__init__(theme, self._draw_cap, "", QSize(18, 20))
        self.set_theme(theme)

    @property
    def _words(self) -> str:
        return self._key if isinstance(self._key, str) else self._key()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and the key as it is now."""
        words = self._words
        self.setFixedSize(int(max(18.0, advance(font("key"), words) + 10)) + 2, 20)
        self.setAccessibleName(tr("Key {key}", key=words))
        super().set_theme(theme)

    def _draw_cap(self, p: QPainter, box: Box, theme: Theme) -> None:
        if self._words:
            keycap(p, box, self._words, 0, 1, theme)


class Hints(QWidget):
    """A line of key caps with what each does; a hint that does not fit is left out whole."""

    GAP = 14

    def __init__(self, theme: Theme, pairs: Pairs = (), *, at_end: bool = False) -> None:
        super().__init__()
        self._made = pairs
        self._theme = theme
        self._at_end = at_end
        self._pairs: list[tuple[str, str]] = []
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_pairs(pairs() if callable(pairs) else pairs)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these keys and what they do."""
        self._pairs = list(pairs)
        self.setAccessibleName(tr("Keys: {keys}", keys=", ".join(f"{key} {words}" for key, words in self._pairs)))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        if callable(self._made):
            self.set_pairs(self._made())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room all hints take."""
        return QSize(int(self._need(self._pairs)) + 2, 24)

    def minimumSizeHint(self) -> QSize:
        """Let the line shrink: hints are dropped from the end."""
        return QSize(0, 24)

    def _need(self, pairs: Sequence[tuple[str, str]]) -> float:
        return sum(_hint_width(key, words) + self.GAP for key, words in pairs) - self.GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hints that fit."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        pairs = list(self._pairs)
        while pairs and self._need(pairs) > box.w:
            pairs.pop()
        x = box.w - self._need(pairs) if self._at_end else 0.0
        for key, words in pairs:
            x += keycap(p, box, key, x, 3, self._theme) + 6
            width = advance(font("small"), words)
            box.text(p, words, x, 0, width + 2, 24, font("small"), self._theme.muted)
            x += width + self.GAP
        p.end()


def _hint_width(key: str, words: str) -> float:
    return max(18.0, advance(font("key"), key) + 10) + 6 + advance(font("small"), words)


class EmptyNote(Label):
    """An empty place says what to do, in a dashed frame."""

    def __init__(self, theme: Theme, text: Words) -> None:
        self._made = text
        super().__init__(theme, text if isinstance(text, str) else "", "small", muted=True, wrap=True)
        self._theme = theme
        self.setContentsMargins(12, 10, 12, 10)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        super().set_theme(theme)
        if not isinstance(self._made, str):
            self.setText(self._made())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame behind the words."""
        p = painter(self)
        p.setPen(QPen(QColor(self._theme.edge), 1, Qt.PenStyle.DashLine))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.end()
        super().paintEvent(event)


class ShyScrollBar(QScrollBar):
    """A scroll bar that always keeps its place but shows only where there is something to scroll.

    A bar that comes and goes would wrap the words beside it anew.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw where there is a way to go."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)
