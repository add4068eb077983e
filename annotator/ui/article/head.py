"""The line above the text: how much is marked, what the keys do now, and an accent line while the text has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle
from annotator.ui.actions import with_key
from annotator.ui.labels import Hints, painter, plain_tip
from annotator.ui.paint import Box, advance, focus_ring, glyph
from annotator.ui.theme import Theme, font, icon

HEIGHT = 40
_SIDE = 16
_GAP = 18

Counts = tuple[tuple[str, int], ...]
"""Kind of mark (for its glyph) and how many, in the order shown."""


def _counted(kind: str, n: int) -> str:
    return {
        "claim": trn("{n} claim", "{n} claims", n),
        "source": trn("{n} source", "{n} sources", n),
        "entity": trn("{n} entity", "{n} entities", n),
        "cue": trn("{n} cue", "{n} cues", n),
    }[kind]


def counts_of(annotated: AnnotatedArticle) -> dict[str, int]:
    """Return how many claims, sources somebody may hold to account, entities and cues an article has."""
    return {
        "claim": len(annotated.claims),
        "source": annotated.sources_named,
        "entity": annotated.entities_named,
        "cue": len(annotated.cues),
    }


class LibraryButton(QAbstractButton):
    """Brings the folded library back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(tr("Library"))
        self.setAccessibleName(tr("Show the library"))
        self.setToolTip(plain_tip(with_key(tr("Show the library"), "view.library")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(self.sizeHint())

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room icon and word take."""
        return QSize(int(advance(font("small"), self.text())) + 38, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and word."""
        p = painter(self)
        box = Box(self.rect(), self.isRightToLeft())
        if self.underMouse() or self.isDown():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(self._theme.hover))
            p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        p.drawPixmap(box.rc(7, 6, 16, 16).toRect(), icon("panel-left", self._theme.muted))
        box.text(p, self.text(), 29, 0, box.w - 32, box.h, font("small"), self._theme.muted)
        if self.hasFocus():
            focus_ring(p, self.rect(), self._theme)
        p.end()


class Head(QWidget):
    """Counts at the start, hints at the end; a hint that does not fit is left out whole."""

    library_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: dict[str, int] = {}
        self._profile = "editor"
        self._lit = False
        self.setFixedHeight(HEIGHT)
        self.library = LibraryButton(theme, self)
        self.library.clicked.connect(self.library_asked)
        self.library.hide()
        self.hints = Hints(theme, at_end=True)
        self.hints.setParent(self)
        self._tell()

    @property
    def shown(self) -> Counts:
        """What is counted: a teacher sees three kinds of marks."""
        kinds = ("claim", "source", "entity") if self._profile == "teacher" else ("claim", "source", "entity", "cue")
        return tuple((kind, self._counts[kind]) for kind in kinds if kind in self._counts)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show these counts; empty: no article."""
        if counts != self._counts:
            self._counts = counts
            self._tell()

    def set_profile(self, profile: str) -> None:
        """Show what a profile counts."""
        self._profile = profile
        self._tell()

    def set_hints(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these keys and what they do now, at most four."""
        self.hints.set_pairs(list(pairs)[:4])

    def set_folded(self, folded: bool) -> None:
        """Offer the library while it is folded."""
        self.library.setVisible(folded)
        self._share()

    def set_lit(self, lit: bool) -> None:
        """Show whether the text has the keyboard."""
        self._lit = lit
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.library.set_theme(theme)
        self.hints.set_theme(theme)
        self.update()

    def _tell(self) -> None:
        words = ", ".join(_counted(kind, n) for kind, n in self.shown)
        self.setAccessibleName(tr("Marked: {counts}", counts=words) if words else tr("No article"))
        self._share()
        self.update()

    def _start(self) -> float:
        return _SIDE if self.library.isHidden() else 8 + self.library.width() + 12

    @staticmethod
    def _words(kind: str, n: int) -> tuple[str, str]:
        """Return a count's figure and its noun."""
        figure, _, noun = _counted(kind, n).partition(" ")
        return figure, noun

    def _used(self) -> float:
        width = self._start()
        for kind, n in self.shown:
            figure, noun = self._words(kind, n)
            width += _GAP + advance(font("small", 600), figure + " ") + advance(font("small"), noun) + _GAP
        return width

    def _share(self) -> None:
        """Give the hints what the counts leave."""
        box = Box(self.rect(), self.isRightToLeft())
        used = self._used()
        room = max(0.0, box.w - used - _SIDE)
        self.hints.setGeometry(box.rc(used, 8, room, 24).toRect())
        self.library.move(box.rc(8, 6, self.library.width(), 28).topLeft().toPoint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Share out the room anew where the window is mirrored."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._share()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the counts and the line below."""
        p = painter(self)
        theme = self._theme
        box = Box(self.rect(), self.isRightToLeft())
        p.fillRect(self.rect(), QColor(theme.page))
        p.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), QColor(theme.line))
        if self._lit:
            p.fillRect(QRectF(0, HEIGHT - 2, self.width(), 2), QColor(theme.accent))
        x = self._start()
        for kind, n in self.shown:
            sign = box.rc(x, 15, 10, 10)
            glyph(p, kind, sign.x(), sign.y(), theme)
            x += _GAP
            figure, noun = self._words(kind, n)
            strong = font("small", 600)
            width = advance(strong, figure + " ")
            box.text(p, figure, x, 0, width + 2, HEIGHT, strong, theme.ink)
            x += width
            width = advance(font("small"), noun)
            box.text(p, noun, x, 0, width + 2, HEIGHT, font("small"), theme.muted)
            x += width + _GAP
        p.end()
