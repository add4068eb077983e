"""A quiet button that folds what belongs to it away, and shows it again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from annotator.language import tr
from annotator.ui.theme import Theme, font, icon


class Fold(QPushButton):
    """Shows by its sign whether something is folded; what that is, is its owner's to hide and show. It writes nothing."""

    turned = Signal(bool)
    """A person opened or folded it."""

    def __init__(self, theme: Theme, words: str, opened_words: str = "") -> None:
        super().__init__(words)
        self._words = (words, opened_words or words)
        self._theme = theme
        self.opened = False
        self.setFont(font("body", 500))
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._turn)
        self.open(False)

    def set_words(self, words: str) -> None:
        """Say something else, open or not."""
        self._words = (words, words)
        self.open(self.opened)

    def open(self, opened: bool) -> None:
        """Show the sign and words of one state."""
        self.opened = opened
        self.setText(self._words[opened])
        self.setAccessibleName(self._words[opened])
        self.setAccessibleDescription(tr("open; Enter folds") if opened else tr("folded; Enter opens"))
        self.set_theme(self._theme)

    def _turn(self) -> None:
        self.open(not self.opened)
        self.turned.emit(self.opened)

    def set_theme(self, theme: Theme) -> None:
        """Colour the sign."""
        self._theme = theme
        way = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self.setIcon(QIcon(icon("chevron-down" if self.opened else way, theme.accent)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter turn it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
