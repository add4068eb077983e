"""The file kept with a piece of evidence: a scan, a saved page, a table; chosen in its form, written out again from its menu."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.errors import AnnotatorError, RuleBroken
from annotator.language import tr
from annotator.ui.controls import Button, row
from annotator.ui.labels import ElidedLabel
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.model import Id
    from annotator.project import Project
    from annotator.ui.workspace import Workspace


class KeptFile(QWidget):
    """The name of the file, and a button that chooses one or takes it away; nothing is read before the form is kept."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen: Path | None = None
        self.dropped = False
        self._had = ""
        self._name = ElidedLabel(theme, "", "body")
        self._button = Button(theme, "", "quiet")
        self._button.clicked.connect(self._press)
        layout = row(self._name, self._button, gap=4)
        layout.setStretch(0, 1)
        layout.setAlignment(self._button, Qt.AlignmentFlag.AlignLeading)
        self.setLayout(layout)
        self.show_name("")

    def show_name(self, name: str) -> None:
        """Show the file a piece has; empty: it has none."""
        self.chosen, self.dropped, self._had = None, False, name
        self._follow()

    @property
    def changed(self) -> bool:
        """Whether another file was chosen, or the one there is to go."""
        return self.chosen is not None or self.dropped

    @property
    def named(self) -> str:
        """The name of the file as it is to be."""
        return self.chosen.name if self.chosen is not None else "" if self.dropped else self._had

    def _follow(self) -> None:
        name = self.named
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._button.setText(tr("Remove") if name else tr("Choose a file…"))
        self._button.setAccessibleName(
            tr("Remove the file {name}", name=name) if name else tr("Keep a file with this evidence")
        )

    def _press(self) -> None:
        if self.named:
            self.chosen, self.dropped = None, bool(self._had)
            self._follow()
            return
        name, _ = QFileDialog.getOpenFileName(self.window(), tr("A file to keep with this evidence"))
        if name:
            self.chosen, self.dropped = Path(name), False
            self._follow()


def keep_file(project: Project, evidence: Id, file: Path) -> None:
    """Keep a file's bytes with a piece of evidence. Raises RuleBroken where it cannot be read, is empty or too large."""
    from annotator.project.evidence import LARGEST_FILE  # only now: most pieces have no file

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise RuleBroken(tr("“{name}” cannot be read: {why}. Choose another file.", name=file.name, why=why)) from error
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    project.attach(evidence, content, file.name, media_type)


def save_file(workspace: Workspace, evidence: Id, window: QWidget | None) -> None:
    """Write the file of a piece of evidence to a place a person chooses, byte for byte."""
    from annotator import paths, writing  # only now: most files are never written out

    kept = workspace.project.attached(evidence) if workspace.project is not None else None
    if kept is None:
        return
    start = str(paths.documents() / Path(kept.name).name)
    name, _ = QFileDialog.getSaveFileName(window, tr("Save the file as"), start)
    if name:
        try:
            writing.replace(Path(name), kept.content)
        except AnnotatorError as error:
            workspace.failed.emit(error, None)
