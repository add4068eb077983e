"""Handing over: the Word report, copies of the project, and a look whether the file is as it should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.model import Id
from annotator.project import Fault, Project
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import PROJECTS, free_name
from annotator.ui.theme import Theme
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import count

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

    def export(self, article: Id | None = None) -> None:
        """Open the export dialog for an article, the one shown unless named."""
        from annotator.ui.dialogs.export import ExportDialog  # only now: the window starts without it

        self._before()
        project, id_ = self._workspace.project, article or self._workspace.article
        if project is None or id_ is None:
            return
        ids = [s.article.id for s in project.articles()]
        dialog = ExportDialog(
            self._theme(), project.annotated(id_), len(ids), self._options(), self._folder(), self._window
        )
        said = dialog.exec() == QDialog.DialogCode.Accepted
        dest, options, chosen = dialog.dest, dialog.options(), ids if dialog.whole_project else [id_]
        dialog.deleteLater()
        if said and dest is not None:
            self._keep_options(options, dest.parent)
            self.write_report(chosen, options, dest)

    def write_report(self, articles: list[Id], options: ReportOptions, dest: Path) -> Job | None:
        """Write a report in the background and offer to open it."""
        from annotator import exporters  # only now: the window starts without it

        project = self._workspace.project
        if project is None:
            return None
        annotated = [project.annotated(i) for i in articles]
        coder = project.coder.name

        def work(_: object) -> Path:
            exporters.write(exporters.build(annotated, options, coder=coder, today=date.today()), dest, options)
            return dest

        return self._workspace.run_job(f"Writing “{dest.name}”", work, self._offer_report)

    def _offer_report(self, path: Path) -> None:
        self._written()
        acts = [("Open report", lambda: _show_file(path)), ("Open folder", lambda: _show_file(path.parent))]
        self._notices.offer(f"Wrote “{path.name}” in {path.parent}.", acts, "report")

    def save_copy(self) -> None:
        """Write a checked copy of the project."""
        self._copy("Save a copy", "copy", clean=False)

    def save_copy_for_others(self) -> None:
        """Write a copy without the history."""
        self._copy("Save a copy for others", "for others", clean=True)

    def _copy(self, title: str, suffix: str, *, clean: bool) -> None:
        self._before()
        project = self._workspace.project
        if project is None:
            return
        start = str(free_name(project.path.parent, f"{project.name} {suffix}"))
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

        what = "The history is not in it." if clean else "It was checked."
        self._workspace.run_job(
            "Writing the copy", work, lambda path: self._notices.say(f"Wrote “{path.name}”. {what}")
        )

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

        self._workspace.run_job("Checking the project", work, self._tell_faults)

    def _tell_faults(self, faults: list[Fault]) -> None:
        if not faults:
            self._notices.say("Everything in the project is as it should be.")
            return
        rest = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        text = f"{count(len(faults), 'fault')} found: {faults[0].text}{rest}. Save a copy, and keep this file as it is."
        self._notices.warn(text, [("Save a copy…", self.save_copy)], "faults")


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
