"""Handing over: the Word report, copies of the project, and a look whether the file is as it should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Fault, Project
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import PROJECTS, free_name
from annotator.ui.theme import Theme
from annotator.ui.workspace import Job, Workspace

if TYPE_CHECKING:
    from annotator.exporters.options import ReportOptions


class Handover:
    """Verbs that write something beside the project. ``before`` writes what was typed and not yet written."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        before: Callable[[], None],
        options: Callable[[], ReportOptions],
        keep_options: Callable[[ReportOptions, Path], object],
        folder: Callable[[], Path],
        written: Callable[[], object],
        name_to_ask: Callable[[], str | None] = lambda: None,
        name_coder: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._notices = notices
        self._theme = theme
        self._before = before
        self._options = options
        self._keep_options = keep_options
        self._folder = folder
        self._written = written
        self._name_to_ask = name_to_ask
        self._name_coder = name_coder

    def export(self, article: Id | None = None, among: Sequence[Id] = ()) -> None:
        """Open the export dialog for an article, the one shown unless named.

        ``among``: those chosen in the library, which are meant where an article is named, and only offered where none is.
        """
        from annotator.ui.dialogs.export import ExportDialog, Reach  # only now: the window starts without it

        self._before()
        project, id_ = self._workspace.project, article or self._workspace.article
        if project is None or id_ is None:
            return
        scopes = {"one": [id_], "chosen": list(among), "all": project.article_ids()}
        dialog = ExportDialog(
            self._theme(), project.annotated(id_), Reach(project.name, len(scopes["all"]), len(among), article is not None),
            self._options(), self._folder(), self._window, ask_name=self._name_to_ask(),
        )  # fmt: skip
        said = dialog.exec() == QDialog.DialogCode.Accepted
        name = dialog.coder_name
        dest, options, chosen = dialog.dest, dialog.options(), scopes[dialog.scope.value or "one"]
        dialog.deleteLater()
        if said and dest is not None:
            if name:
                self._name_coder(name)  # first: the report and its comments carry it
            self._keep_options(options, dest.parent)
            self.write_report(chosen, options, dest)

    def write_report(self, articles: list[Id], options: ReportOptions, dest: Path) -> Job | None:
        """Write a report in the background and offer to open it."""
        from annotator import exporters  # only now: the window starts without it
        from annotator.exporters.material import Material

        project = self._workspace.project
        if project is None:
            return None
        material = Material.read(project, articles)
        coder = project.coder.name

        def work(_: object) -> Path:
            exporters.write(exporters.build(material, options, coder=coder, today=date.today()), dest, options)
            return dest

        return self._workspace.run_job(tr("Writing “{name}”", name=dest.name), work, self._offer_report)

    def _offer_report(self, path: Path) -> None:
        self._written()
        self._offer(path)

    def _offer(self, path: Path) -> None:
        acts = [(tr("Open report"), lambda: _show_file(path)), (tr("Open folder"), lambda: _show_file(path.parent))]
        self._notices.offer(tr("Wrote “{name}” in {parent}.", name=path.name, parent=path.parent), acts, "report")

    def code_book(self) -> None:
        """Show the project's lists of terms, to change, define and hand over."""
        from annotator.ui.dialogs.code_book import CodeBookDialog  # only now: the window starts without it

        self._before()
        if self._workspace.project is not None:
            dialog = CodeBookDialog(self._workspace, self._theme(), self._window, export=self.export_code_book)
            dialog.exec()
            dialog.deleteLater()

    def export_code_book(self) -> Job | None:
        """Ask where to, and write the code book as a Word document; None where nobody said where."""
        project = self._workspace.project
        if project is None:
            return None
        name = tr("{project} code book", project=project.name)
        start = str(self._folder() / f"{name}.docx")
        parent = QApplication.activeModalWidget() or self._window
        dest, _ = QFileDialog.getSaveFileName(parent, tr("Export the code book"), start, tr("Word documents (*.docx)"))
        if not dest:
            return None
        return self.write_code_book(Path(dest if dest.lower().endswith(".docx") else f"{dest}.docx"))

    def write_code_book(self, dest: Path) -> Job | None:
        """Write the code book in the background and offer to open it."""
        from annotator import exporters  # only now: the window starts without it
        from annotator.exporters.code_book import build, listed

        project = self._workspace.project
        if project is None:
            return None
        report = build(
            listed(project), project.code_book, project=project.name, coder=project.coder.name, today=date.today()
        )
        options = self._options()

        def work(_: object) -> Path:
            exporters.write(report, dest, options)
            return dest

        return self._workspace.run_job(tr("Writing “{name}”", name=dest.name), work, self._offer)

    def save_copy(self) -> None:
        """Write a checked copy of the project."""
        self._copy(tr("Save a copy"), clean=False)

    def save_copy_for_others(self) -> None:
        """Write a copy without the history."""
        self._copy(tr("Save a copy for others"), clean=True)

    def _copy(self, title: str, *, clean: bool) -> None:
        self._before()
        project = self._workspace.project
        if project is None:
            return
        called = tr("{name} for others", name=project.name) if clean else tr("{name} copy", name=project.name)
        start = str(free_name(project.path.parent, called))
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, PROJECTS)
        if name:
            self.write_copy(Path(name), clean=clean)

    def write_copy(self, dest: Path, *, clean: bool) -> None:
        """Write the copy in the background, through a connection of its own."""
        project = self._workspace.project
        if project is None:
            return
        source = project.path

        def work(_: object) -> Path:
            reader = Project.open(source, read_only=True)
            try:
                reader.backup(dest, clean=clean)
            finally:
                reader.close()
            return dest

        def written(path: Path) -> None:
            if clean:
                self._notices.say(tr("Wrote “{name}”. The history is not in it.", name=path.name))
            else:
                self._notices.say(tr("Wrote “{name}”. It was checked.", name=path.name))

        self._workspace.run_job(tr("Writing the copy"), work, written)

    def check(self) -> None:
        """Look over the file in the background and tell what was found."""
        self._before()
        project = self._workspace.project
        if project is None:
            return
        source = project.path

        def work(_: object) -> list[Fault]:
            reader = Project.open(source, read_only=True)
            try:
                return reader.check()
            finally:
                reader.close()

        self._workspace.run_job(tr("Checking the project"), work, self._tell_faults)

    def _tell_faults(self, faults: list[Fault]) -> None:
        if not faults:
            self._notices.say(tr("Everything in the project is as it should be."))
            return
        text = trn(
            "{n} fault found: {first} Save a copy, and keep this file as it is.",
            "{n} faults found, the first: {first} Save a copy, and keep this file as it is.",
            len(faults),
            first=faults[0].text,
        )
        self._notices.warn(text, [(tr("Save a copy…"), self.save_copy)], "faults")


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
