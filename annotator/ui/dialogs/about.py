"""About the program: version, licence, where the user's files are; and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from annotator import __version__, paths
from annotator.ui.controls import Button, Label
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.theme import Theme, font


class AboutDialog(Sheet):
    """What it is and where it keeps things."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, "About Article Annotator", parent, main="Close", cancel="")
        body = QVBoxLayout()
        body.setContentsMargins(24, 22, 24, 18)
        body.setSpacing(6)
        name = Label(theme, "Article Annotator", "display")
        name.setFont(font("display", px=26))
        body.addWidget(name)
        body.addWidget(Label(theme, f"Version {__version__}, on Qt {qVersion()}", "small", muted=True))
        body.addSpacing(8)
        text = (
            "Marks claims, sources and entities in articles, links who said what, and hands over a Word report. "
            "It counts and shows; what is true is for people to say. Nothing leaves this computer."
        )
        body.addWidget(Label(theme, text, "body", wrap=True))
        body.addSpacing(8)
        licence = "MIT Licence. Typefaces: Charis SIL and Inter (SIL Open Font Licence). Icons: Lucide (ISC)."
        body.addWidget(Label(theme, licence, "small", muted=True, wrap=True))
        body.addSpacing(8)
        for words, place in (
            ("Settings", paths.config()),
            ("Backups and the sample", paths.data()),
            ("Log", paths.log_file()),
        ):
            line = Label(theme, f"{words}: {place}", "small", muted=True, wrap=True)
            line.setTextInteractionFlags(line.textInteractionFlags().TextSelectableByMouse)
            body.addWidget(line)
        body.addStretch(1)
        self.set_body(body)
        folder = Button(theme, "Open the backups", "quiet")
        folder.clicked.connect(_open_backups)
        self.foot_start.addWidget(folder)
        self.foot_start.addStretch(1)
        self.resize(520, 380)


def _open_backups() -> None:
    folder = paths.data() / "backups"
    shown = folder if folder.is_dir() else paths.data()
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))


class KeysDialog(Sheet):
    """Every key, as text."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None) -> None:
        super().__init__(theme, "Keys", parent, main="Close", cancel="")
        view = QPlainTextEdit(keys)
        view.setReadOnly(True)
        view.setAccessibleName("Keys")
        view.setTabChangesFocus(True)
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(13)
        view.setFont(face)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(10)
        body.addWidget(Label(theme, "Keys", "title"))
        body.addWidget(view, 1)
        self.set_body(body)
        copy = Button(theme, "Copy the list", "quiet")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(keys))
        self.foot_start.addWidget(copy)
        self.foot_start.addStretch(1)
        self.resize(620, 640)
