"""Handing over: reports, copies of the project, and a look whether the file is as it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Id
from annotator.project import Fault, Project
from annotator.ui.notices import NoticeBar
from annotator.ui.projects import PROJECTS, free_name
from annotator.ui.theme import Theme
from annotator.ui.workspace import Cancelled, Job, Workspace
from annotator.vocabulary import listed

if TYPE_CHECKING:
    from annotator.exporters.material import Material
    from annotator.exporters.options import ReportOptions
    from annotator.ui.previewing import Made


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
        author: Callable[[], str] = lambda: "",
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
        self._author = author

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
        maker = PreviewMaker(project, scopes, self._author(), self._snapshot())
        dialog = ExportDialog(
            self._theme(), _title_of(project, id_), Reach(project.name, len(scopes["all"]), len(among), article is not None),
            kept_options(project, self._options()), self._folder(), self._window,
            maker=maker, ask_name=self._name_to_ask(),
        )  # fmt: skip
        said = dialog.exec() == QDialog.DialogCode.Accepted
        maker.leave()
        name = dialog.coder_name
        dest, options, chosen = dialog.dest, dialog.options(), scopes[dialog.scope.value or "one"]
        dialog.deleteLater()
        if said and dest is not None:
            if name:
                self._name_coder(name)  # first: the report and its comments carry it
            self._keep_options(options, dest.parent)
            keep_options(project, options)
            self.write_report(chosen, options, dest)

    def _snapshot(self) -> AnnotatedArticle | None:
        shown = self._workspace.annotated
        return shown.snapshot() if shown is not None else None

    def write_report(self, articles: list[Id], options: ReportOptions, dest: Path) -> Job | None:
        """Write a report in the background, through a connection of its own, and offer to open it."""
        project = self._workspace.project
        if project is None:
            return None
        source, coder = project.path, self._author() or project.coder.name

        def work(job: Job) -> tuple[Sequence[Path], Sequence[Path]]:
            from annotator import exporters  # only now: the window starts without it

            written = _written(job, source, articles, options, dest, coder)
            return written, exporters.left_there(dest, written)

        return self._workspace.run_job(tr("Writing “{name}”", name=dest.name), work, self._offer_report)

    def _offer_report(self, files: tuple[Sequence[Path], Sequence[Path]]) -> None:
        self._written()
        paths, left = files
        first = paths[0]
        if left:
            told = trn(
                "{n} table beside the new ones is not of them, perhaps of an earlier report: {names}.",
                "{n} tables beside the new ones are not of them, perhaps of an earlier report: {names}.",
                len(left), names=_names(left),
            )  # fmt: skip
            self._notices.warn(told, [(tr("Open folder"), lambda: _show_file(first.parent))], "left")
        if len(paths) == 1:
            self._offer(first)
            return
        acts = [
            (tr("Open folder"), lambda: _show_file(first.parent)),
            (tr("Open the first"), lambda: _show_file(first)),
        ]
        told = trn(
            "Wrote {n} file in {parent}: {names}.", "Wrote {n} files in {parent}: {names}.", len(paths),
            parent=first.parent, names=_names(paths),
        )  # fmt: skip
        self._notices.offer(told, acts, "report")

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

    def house_rules(self) -> None:
        """Show which sourcing checks are made, to switch and weigh them."""
        from annotator.ui.dialogs.house_rules import HouseRulesDialog  # only now: the window starts without it

        self._before()
        if self._workspace.project is not None:
            dialog = HouseRulesDialog(self._workspace, self._theme(), self._window)
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
            listed(project),
            project.code_book,
            project=project.name,
            coder=self._author() or project.coder.name,
            today=date.today(),
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


class PreviewMaker:
    """Builds the reports the preview shows, on its thread; what was read of the project is kept as long as it asks.

    Of many articles the first are shown, of very large ones their beginnings: a look is not worth waiting for.
    ``shown`` is the article in the window as it is now; it need not be read.
    """

    def __init__(
        self,
        project: Project,
        scopes: Mapping[str, Sequence[Id]],
        author: str = "",
        shown: AnnotatedArticle | None = None,
    ) -> None:
        self._path, self._scopes, self._shown = project.path, scopes, shown
        self._coder = author or project.coder.name
        self._left = False
        self.read: dict[str, tuple[Material, str]] = {}

    def leave(self) -> None:
        """Read no more, from any thread; what is asked for after that, and not read yet, raises Cancelled."""
        self._left = True

    def __call__(self, options: ReportOptions, scope: str) -> Made:
        """Build the report of a scope, and say how much of it this is."""
        from annotator import exporters  # only now: the window starts without it
        from annotator.ui.previewing import Made
        from annotator.ui.render import QtRenderer

        if scope not in self.read:
            self.read[scope] = self._material(self._scopes[scope])
        material, told = self.read[scope]
        made = exporters.build(material, options, coder=self._coder, today=date.today(), renderer=QtRenderer())
        return Made(made, told)

    def _material(self, articles: Sequence[Id]) -> tuple[Material, str]:
        from annotator.exporters import beginning
        from annotator.exporters.material import Material

        first, shown = articles[:PREVIEWED], self._shown
        reader = Project.open(self._path, read_only=True)
        try:
            if shown is not None and list(first) == [shown.article.id]:
                material = Material.of(reader, [shown])
            else:
                material = Material.read(reader, first, told=self._look)
        finally:
            reader.close()
        told: list[str] = []
        if len(articles) > len(first):
            told.append(tr("Shown here: the first {n} of {all:,} articles.", n=len(first), all=len(articles)))
        if cut := beginning.of_large(material.articles):
            material = replace(material, articles=tuple(cut.get(n, a) for n, a in enumerate(material.articles)))
            told.append(
                trn(
                    "Shown here: the beginning of the article, with its own figures; the file has all of it.",
                    "Shown here: the beginnings of {n} articles, with their own figures; the file has all of them.",
                    len(cut),
                )
            )
        return material, " ".join(told)

    def _look(self, _: int) -> None:
        if self._left:
            raise Cancelled


PREVIEWED = 12
"""So many articles of a larger report are shown before it is written."""
_READ, _BUILT = 0.4, 0.5
"""How much of the work is done when all was read, and when the report was built."""


def _written(
    job: Job, source: Path, articles: Sequence[Id], options: ReportOptions, dest: Path, coder: str
) -> tuple[Path, ...]:
    """Read, build and write a report on a worker's thread; ends early, with nothing written, where the job was cancelled."""
    from annotator import exporters  # only now: the window starts without it
    from annotator.exporters.material import Material
    from annotator.ui.render import QtRenderer

    def told(share: float) -> None:
        look()
        job.progressed.emit(share)

    def look() -> None:
        if job.cancelled:
            raise Cancelled

    renderer = QtRenderer(lambda share: told(_BUILT + (1 - _BUILT) * share))
    with exporters.undisturbed():
        reader = Project.open(source, read_only=True)
        try:
            material = Material.read(reader, articles, told=lambda n: told(_READ * n / max(1, len(articles))))
        finally:
            reader.close()
        told(_READ)
        return exporters.write_reports(
            material, dest, options, coder=coder, today=date.today(), renderer=renderer, before_step=look
        )


def kept_options(project: Project, options: ReportOptions) -> ReportOptions:
    """Return options as they were last used in a project."""
    kept = project.meta(_KEPT)
    return options.with_json(kept) if kept else options


def keep_options(project: Project, options: ReportOptions) -> None:
    """Remember options in a project; not where the template lies: projects are mailed, folders tell of their owner."""
    if project.read_only:
        return
    with suppress(AnnotatorError):  # not worth a message: the report is what was wanted
        project.set_meta(_KEPT, replace(options, template=None).to_json())


def _names(paths: Sequence[Path]) -> str:
    """Return the first files by name."""
    named = [f"“{path.name}”" for path in paths[:_NAMED]]
    return listed(named if len(paths) <= _NAMED else [*named, tr("others")])


_KEPT = "report_options"
_NAMED = 4


def _title_of(project: Project, article: Id) -> str:
    return project.article(article).title


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
