"""A question in place: one line of words and a field under what was just done; never in the way, never a window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.language import tr
from annotator.ui.controls import Label, column
from annotator.ui.theme import Theme, font


class AskLine(QWidget):
    """Asks for one line. Enter keeps it, Esc leaves it out; what is asked about is the asker's to know."""

    said = Signal(str)
    """What was typed, spaces tidied; empty where nothing was."""
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = Label(theme, "", "small", muted=True, wrap=True)
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setAccessibleName(tr("Answer"))
        self.field.returnPressed.connect(self._say)
        self._words.setBuddy(self.field)
        layout = column(self, (0, 4, 0, 6), 4)
        layout.addWidget(self._words)
        layout.addWidget(self.field)
        self.hide()

    def ask(self, words: str, hint: str, typed: str = "", *, enter: bool) -> None:
        """Ask something; ``enter``: the keyboard goes into the field, else it stays where it is."""
        self._words.setText(words)
        self.field.setAccessibleName(words)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleDescription(hint)
        self.field.setText(typed)
        self.field.selectAll()
        self.show()
        if enter:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> str:
        """What stands in the field, spaces tidied."""
        return " ".join(self.field.text().split())

    def leave(self) -> None:
        """Ask no more."""
        self.hide()
        self.field.clear()

    def _say(self) -> None:
        self.said.emit(self.typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question unanswered; Enter was taken by the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
