"""Projects: new, open, the sample, recent ones, and what is said when one is opened for reading only."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from annotator import paths
from annotator.errors import AnnotatorError
from annotator.language import tr
from annotator.ui.labels import plain_tip
from annotator.ui.notices import NoticeBar
from annotator.ui.recent import RecentProjects
from annotator.ui.workspace import Workspace

SUFFIX = ".annot"
PROJECTS = tr("Article Annotator projects (*{suffix})", suffix=SUFFIX)


class Projects:
    """The verbs of the File menu about whole projects. ``before_leaving`` writes what was typed and not yet written."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        notices: NoticeBar,
        recent: RecentProjects,
        *,
        before_leaving: Callable[[], None],
        add_files: Callable[[list[Path]], object],
        new_coder: Callable[[], str],
        new_profile: Callable[[], str],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._notices = notices
        self._recent = recent
        self._before_leaving = before_leaving
        self._add_files = add_files
        self._new_coder = new_coder
        self._new_profile = new_profile
        workspace.opened.connect(self._opened)
        workspace.closed.connect(self._closed)

    # -- opening

    def new(self) -> None:
        """Ask for a name and make a project of it."""
        folder = documents_folder()
        start = str(free_name(folder, tr("New project")))
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("New project"), start, PROJECTS, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if name:
            path = Path(name)
            self.create(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def create(self, path: Path) -> bool:
        """Make a project and open it."""
        self._leave()
        return self._workspace.create(path, coder=self._new_coder(), profile=self._new_profile())

    def open(self) -> None:
        """Ask for a project, or for articles to add."""
        from annotator import importers  # only now: the window starts without it

        everything = tr(
            "Projects and articles ({kinds})", kinds=" ".join(f"*{e}" for e in (SUFFIX, *importers.EXTENSIONS))
        )
        filters = ";;".join((everything, PROJECTS, importers.file_filter(), tr("All files (*)")))
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open"), str(documents_folder()), filters)
        self.open_files([Path(n) for n in names])

    def open_files(self, files: list[Path]) -> None:
        """Open the first project among some files and add the others as articles."""
        project = next((f for f in files if f.suffix == SUFFIX), None)
        if project is not None and not self.open_project(project):
            return
        articles = [f for f in files if f.suffix != SUFFIX]
        if articles:
            self._add_files(articles)

    def open_project(self, path: Path) -> bool:
        """Open a project in place of the present one."""
        self._leave()
        if self._workspace.project is not None and _same(self._workspace.project.path, path):
            return True
        return self._workspace.open(path)

    def recent_menu(self, file_menu: QMenu, before: QAction) -> QMenu:
        """Put the recent projects into the File menu, read anew each time it opens."""
        menu = QMenu(tr("Open &recent"), file_menu)
        menu.setToolTipsVisible(True)
        file_menu.insertMenu(before, menu)

        def fill() -> None:
            menu.clear()
            for recent in self._recent.all():
                action = menu.addAction(recent.path.stem.replace("&", "&&"), partial(self.open_project, recent.path))
                action.setToolTip(plain_tip(str(recent.path)))
            menu.setEnabled(not menu.isEmpty())

        file_menu.aboutToShow.connect(fill)
        return menu

    def open_sample(self) -> bool:
        """Open the user's copy of the sample, made where there is none."""
        copy = paths.data() / "Sample.annot"
        shipped = paths.resource("sample.annot")
        if not copy.is_file():
            try:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(shipped, copy)
            except OSError as error:
                self._notices.warn(
                    tr(
                        "The sample could not be copied to “{folder}”: {why}. Make room there, or let the folder be written, and try again.",
                        folder=copy.parent,
                        why=error.strerror,
                    )
                )
                return False
        return self.open_project(copy)

    def close(self) -> None:
        """Close the project; the start page shows."""
        self._leave()
        self._workspace.close()

    def _leave(self) -> None:
        """Write what was typed in the present project and note its counts."""
        self._before_leaving()
        self.remember()

    def need(self, title: str) -> bool:
        """Make a project named after an article where none is open; False where that failed."""
        if self._workspace.project is not None:
            return True
        return self.create(free_name(documents_folder(), title))

    # -- what is said

    def _opened(self) -> None:
        project = self._workspace.project
        if project is None:
            return
        self.remember()
        for key in ("read-only", "problem", "updated"):
            self._notices.dismiss(key)
        if project.updated:
            self._notices.offer(project.updated, [], "updated")
        if project.read_only:
            self._notices.warn(
                tr("Open for reading only. {why}", why=project.why_read_only),
                [(tr("Save a copy…"), self.offer_copy)],
                "read-only",
                may_close=False,
            )

    def _closed(self) -> None:
        self._notices.dismiss("read-only")

    def offer_copy(self) -> None:
        """Write a copy of a project that can only be read, and go on in it."""
        project = self._workspace.project
        if project is None:
            return
        start = str(free_name(documents_folder(), tr("{name} copy", name=project.name)))
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save a copy"), start, PROJECTS)
        if not name:
            self._opened()
            return
        self.go_on_in_copy(Path(name))

    def go_on_in_copy(self, dest: Path) -> bool:
        """Write a copy of what is open, from the very file that is open, and open the copy; False where that failed."""
        project = self._workspace.project
        if project is None:
            return False
        try:
            project.backup(dest)
        except AnnotatorError as error:
            self._notices.warn(str(error), [(tr("Try another place…"), self.offer_copy)], "problem")
            return False
        return self._workspace.open(dest)

    def reopen(self) -> None:
        """Read the project's file again, as it is now."""
        project = self._workspace.project
        if project is not None:
            path = project.path
            self._workspace.close()  # first: this very window holds the file
            self._workspace.open(path)

    def remember(self) -> None:
        """Put the open project on top of the recent ones, with its counts."""
        project = self._workspace.project
        if project is not None:
            self._recent.remember(project.path, *project.totals())


def documents_folder() -> Path:
    """Return the folder new files are offered in, made where it is missing."""
    folder = paths.documents()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path.home()
    return folder


def free_name(folder: Path, title: str) -> Path:
    """Return a file name made of a title that is not taken yet in a folder."""
    stem = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", title)
    stem = " ".join(stem.split())[:80].strip(" .") or tr("Project")
    n, path = 1, folder / f"{stem}{SUFFIX}"
    while path.exists():
        n += 1
        path = folder / f"{stem} {n}{SUFFIX}"
    return path


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
