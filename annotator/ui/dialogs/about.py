"""About the program: version, licence, where the user's files are."""

from __future__ import annotations

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator import __version__, paths
from annotator.language import tr
from annotator.ui.controls import Button, Label
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.theme import Theme, font


class AboutDialog(Sheet):
    """What it is and where it keeps things."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, tr("About Article Annotator"), parent, main=tr("Close"), cancel="")
        body = QVBoxLayout()
        body.setContentsMargins(24, 22, 24, 18)
        body.setSpacing(6)
        name = Label(theme, tr("Article Annotator"), "display")
        name.setFont(font("display", px=26))
        body.addWidget(name)
        body.addWidget(
            Label(theme, tr("Version {version}, on Qt {qt}", version=__version__, qt=qVersion()), "small", muted=True)
        )
        body.addSpacing(8)
        text = tr(
            "Marks claims, sources and entities in articles, links who said what, and hands over a Word report. "
            "It counts and shows; what is true is for people to say. Nothing leaves this computer."
        )
        body.addWidget(Label(theme, text, "body", wrap=True))
        body.addSpacing(8)
        licence = tr("MIT Licence. Typefaces: Charis SIL and Inter (SIL Open Font Licence). Icons: Lucide (ISC).")
        body.addWidget(Label(theme, licence, "small", muted=True, wrap=True))
        body.addSpacing(8)
        for words, place in (
            (tr("Settings"), paths.config()),
            (tr("Backups and the sample"), paths.data()),
            (tr("Log"), paths.log_file()),
        ):
            line = Label(theme, tr("{what}: {place}", what=words, place=place), "small", muted=True, wrap=True)
            line.setTextInteractionFlags(line.textInteractionFlags().TextSelectableByMouse)
            body.addWidget(line)
        body.addStretch(1)
        self.set_body(body)
        folder = Button(theme, tr("Open the backups"), "quiet")
        folder.clicked.connect(_open_backups)
        self.foot_start.addWidget(folder)
        self.foot_start.addStretch(1)
        self.resize(520, 380)


def _open_backups() -> None:
    folder = paths.data() / "backups"
    shown = folder if folder.is_dir() else paths.data()
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))
