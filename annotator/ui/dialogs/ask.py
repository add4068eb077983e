"""What dialogs share: their ground and foot, and a short question with a verb on its button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.ui.controls import Button, Label
from annotator.ui.labels import Line
from annotator.ui.theme import Theme, sheet


def fill(widget: QWidget, color: str) -> None:
    """Give a widget a ground of one colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(color))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


class Sheet(QDialog):
    """A dialog with a body and a foot: words at its start, buttons at its end, the main one pressed by Enter.

    ``cancel`` names the other button; "": there is none.
    """

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None, *, main: str, cancel: str | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle(title)
        self.setStyleSheet(sheet(theme))
        fill(self, theme.page)
        self.ok = Button(theme, main, "primary")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        words = tr("Cancel") if cancel is None else cancel
        self.cancel = Button(theme, words) if words else None
        start = QWidget()
        self.foot_start = QHBoxLayout(start)
        self.foot_start.setContentsMargins(0, 0, 0, 0)
        self.foot_start.setSpacing(8)
        self.foot_end = foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 20, 14)
        foot.setSpacing(8)
        foot.addWidget(start, 1)
        if self.cancel is not None:
            self.cancel.clicked.connect(self.reject)
            foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(Line(theme))
        self._lines.addLayout(foot)

    def set_body(self, body: QLayout | QWidget) -> None:
        """Put what the dialog is about above the foot."""
        if isinstance(body, QWidget):
            self._lines.insertWidget(0, body, 1)
        else:
            self._lines.insertLayout(0, body, 1)


class Question(Sheet):
    """A sentence and a button that says what will happen."""

    def __init__(self, theme: Theme, title: str, text: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(theme, title, parent, main=verb)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(8)
        body.addWidget(Label(theme, title, "title"))
        words = Label(theme, text, "body", wrap=True)
        words.setMinimumWidth(420)
        body.addWidget(words)
        self.set_body(body)


def confirm(parent: QWidget | None, theme: Theme, title: str, text: str, verb: str) -> bool:
    """Ask before something is done; True where the user said so."""
    dialog = Question(theme, title, text, verb, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    said = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return said
