"""Bringing articles in: files, dropped files, pasted text. Reading runs in the background, one document at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Project
from annotator.ui.actions import caps
from annotator.ui.notices import NoticeBar
from annotator.ui.theme import Theme
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import count

if TYPE_CHECKING:
    from annotator.importers import Draft

ASK_FOR = 5
"""More documents than this are added as they are, without a look at each."""

Outcome = tuple[list["Draft"], list[str]]


class Imports:
    """Reads documents and adds them; makes a project first where none is open."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        need_project: Callable[[str], bool],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._notices = notices
        self._theme = theme
        self._need_project = need_project

    # -- ways in

    def add_files(self, files: list[Path]) -> Job | None:
        """Read files in the background, then show each before it is added."""
        if not files:
            return None
        name = f"“{files[0].name}”" if len(files) == 1 else count(len(files), "file")
        return self._workspace.run_job(
            tr("Reading {name}", name=name),
            lambda job: _read_all(files, job),
            lambda outcome: self._came_soon(outcome, files),
        )

    def paste(self) -> None:
        """Make an article of the clipboard's text; where there is none, ask for a text."""
        from annotator.ui.dialogs.import_article import PasteDialog  # only now: the window starts without it

        text = QGuiApplication.clipboard().text()
        if not text.strip():
            dialog = PasteDialog(self._theme(), self._window)
            text = dialog.text.toPlainText() if dialog.exec() else ""
            dialog.deleteLater()
        if text.strip():
            self.add_text(text)

    def add_text(self, text: str) -> None:
        """Make an article of a text."""
        from annotator import importers  # only now: the window starts without it

        try:
            draft = importers.draft_from_text(text)
        except AnnotatorError as error:
            self._notices.warn(str(error))
            return
        self._offer([draft], [None])

    @staticmethod
    def accepts(data: QMimeData) -> bool:
        """Say whether something dragged over the window can be dropped: files, or plain text."""
        return any(url.isLocalFile() for url in data.urls()) or data.hasText()

    def drop(self, data: QMimeData, open_project: Callable[[Path], object]) -> None:
        """Take what was dropped: a project is opened, files and text become articles."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        project = next((f for f in files if f.suffix == ".annot"), None)
        if project is not None:
            open_project(project)
        elif files:
            self.add_files(files)
        elif data.hasText() and not data.urls():
            self.add_text(data.text())
        else:
            self._notices.warn(tr("Only files and text can be dropped here; an address on the web is not fetched."))

    # -- showing and adding

    def _came_soon(self, outcome: Outcome, files: list[Path]) -> None:
        """Let the job end, and its progress go, before a dialog waits for an answer."""
        QTimer.singleShot(0, self._window, lambda: self._came(outcome, files))

    def _came(self, outcome: Outcome, files: list[Path]) -> None:
        drafts, failed = outcome
        for sentence in failed[:3]:
            self._notices.warn(sentence)
        if len(failed) > 3:
            self._notices.warn(
                trn("{n} further file could not be read.", "{n} further files could not be read.", len(failed) - 3)
            )
        by_name = {f.name: f for f in files}
        if len(drafts) > ASK_FOR:
            self._add_all(drafts)
        else:
            self._offer(drafts, [by_name.get(d.file_name) for d in drafts])

    def _offer(self, drafts: list[Draft], files: list[Path | None]) -> None:
        """Show each draft in turn; "add all" takes the rest as they are."""
        from annotator.ui.dialogs.import_article import ImportDialog  # only now: the window starts without it

        for at, draft in enumerate(drafts):
            place = draft.file_name
            if len(drafts) > 1:
                place = tr("{file}, {at} of {n}", file=draft.file_name, at=at + 1, n=len(drafts))
            dialog = ImportDialog(
                self._theme(),
                draft,
                self._window,
                place=place,
                more=len(drafts) - at - 1,
                reread=self._rereader(files[at]),
            )
            said = dialog.exec() == QDialog.DialogCode.Accepted
            taken, unstated, everything = dialog.result_draft(), dialog.not_stated(), dialog.take_all
            dialog.deleteLater()
            if said:
                self._add(taken, unstated)
            if said and everything:
                self._add_all(drafts[at + 1 :])
                return

    def _rereader(self, file: Path | None) -> Callable[[str, Callable[[Draft], None]], None] | None:
        if file is None:
            return None
        from annotator import importers  # only now: the window starts without it

        def reread(encoding: str, hand_over: Callable[[Draft], None]) -> None:
            self._workspace.run_job(
                tr("Reading “{name}” as {encoding}", name=file.name, encoding=encoding),
                lambda _: importers.read(file, importers.ReadOptions(encoding=encoding)),
                hand_over,
            )

        return reread

    def _add(self, draft: Draft, unstated: dict[str, str]) -> Id | None:
        fresh = self._workspace.project is None
        if not self._need_project(draft.title):
            return None
        made = self._workspace.do(lambda p: _put(p, draft, unstated))
        if made is None:
            return None
        self._workspace.show_article(made)
        self._tell(
            tr("Added “{title}”", title=draft.title),
            fresh,
            tr("Select words and press {claim}, {source} or {entity} to mark them.", **caps()),
        )
        return made

    def _add_all(self, drafts: list[Draft]) -> None:
        fresh = self._workspace.project is None
        if not drafts or not self._need_project(drafts[0].title):
            return
        made = self._workspace.do(lambda p: p.add_articles(drafts))
        if made:
            self._workspace.show_article(made[0])
            guessed = sum(1 for d in drafts if d.report.how == "guess")
            note = ""
            if guessed:
                note = trn(
                    "The encoding of {n} was a guess: please check it.",
                    "The encoding of {n} was a guess: please check them.",
                    guessed,
                )
            self._tell(trn("Added {n} article", "Added {n} articles", len(made)), fresh, note)

    def _tell(self, what: str, fresh: bool, more: str) -> None:
        """Say what was added; where a project was made for it, say where that is."""
        project = self._workspace.project
        if fresh and project is not None:
            self._notices.say(tr("{what} to a new project: {path}", what=what, path=project.path))
        else:
            self._notices.say(f"{what}. {more}".rstrip())


def _put(project: Project, draft: Draft, unstated: dict[str, str]) -> Id:
    """Add an article with what its text does not state, as one step."""
    with project.one_step(tr("add article “{title}”", title=draft.title[:40])):
        made = project.add_article(draft)
        if unstated:
            project.edit_article(made, **unstated)
    return made


def _read_all(files: list[Path], job: Job) -> Outcome:
    """Read files one by one; runs off the window's thread."""
    from annotator import importers  # only now: the window starts without it

    drafts: list[Draft] = []
    failed: list[str] = []
    for at, file in enumerate(files):
        if job.cancelled:
            break
        try:
            drafts.append(importers.read(file))
        except AnnotatorError as error:
            failed.append(str(error))
        if len(files) > 1:
            job.progressed.emit((at + 1) / len(files))
    return drafts, failed
