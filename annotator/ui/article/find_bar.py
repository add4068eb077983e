"""The bar for finding words in the article shown: the words, "3 of 12", forwards and backwards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QWidget

from annotator.language import tr, trn
from annotator.ui.labels import Label, painter
from annotator.ui.paint import focus_ring
from annotator.ui.theme import Theme, font, icon, sheet

HEIGHT = 44


class SymbolButton(QAbstractButton):
    """A button that is an icon; its name is read aloud and shown in a tool tip."""

    def __init__(self, theme: Theme, symbol: str, name: str, turn: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._symbol = symbol
        self._turn = turn
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the button's size."""
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        p = painter(self)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(self._theme.hover))
            p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        p.translate(14, 14)
        p.rotate(self._turn)
        p.drawPixmap(-8, -8, icon(self._symbol, self._theme.ink if self.isEnabled() else self._theme.faint))
        p.resetTransform()
        if self.hasFocus():
            focus_ring(p, self.rect(), self._theme)
        p.end()


class FindBar(QWidget):
    """Asks; whoever owns it finds and answers with ``show_place``."""

    typed = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Find"))
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setPlaceholderText(tr("Find in this article"))
        self.field.setAccessibleName(tr("Find in this article"))
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(320)
        self._search = self.field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setText(tr("Search"))
        self.place = Label(theme, "", "small", muted=True)
        self.back = SymbolButton(theme, "chevron-down", tr("Previous place (Shift+Enter)"), 180)
        self.forth = SymbolButton(theme, "chevron-down", tr("Next place (Enter)"))
        self.shut = SymbolButton(theme, "x", tr("Close (Esc)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 12, 7)
        layout.setSpacing(4)
        layout.addWidget(self.field, 3)
        for widget in (self.back, self.forth, self.place):
            layout.addWidget(widget)
        layout.insertSpacing(1, 4)
        layout.insertSpacing(4, 8)
        layout.addStretch(1)
        layout.addWidget(self.shut)
        self.field.textChanged.connect(self.typed)
        self.back.clicked.connect(self.previous_asked)
        self.forth.clicked.connect(self.next_asked)
        self.shut.clicked.connect(self.closed)
        self.set_theme(theme)
        self.show_place(None, 0)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.field.setStyleSheet(sheet(theme))
        self._search.setIcon(QIcon(icon("search", theme.muted)))
        for widget in (self.place, self.back, self.forth, self.shut):
            widget.set_theme(theme)
        self.update()

    def open_with(self, words: str) -> None:
        """Take the keyboard, with some words to begin with."""
        if words:
            self.field.setText(words)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_place(self, at: int | None, total: int) -> None:
        """Say which of how many places is shown; ``at`` counts from 0."""
        if not self.field.text().strip():
            words = ""
        elif total == 0:
            words = tr("Not in this article")
        elif at is None:
            words = trn("{n} found", "{n} found", total)
        else:
            words = tr("{n} of {total}", n=f"{at + 1:,}", total=f"{total:,}")
        self.place.setText(words)
        self.place.setAccessibleName(words)
        self.back.setEnabled(total > 0)
        self.forth.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter go on, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_asked if back else self.next_asked).emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below."""
        p = painter(self)
        p.fillRect(self.rect(), QColor(self._theme.panel))
        p.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), QColor(self._theme.line))
        p.end()
