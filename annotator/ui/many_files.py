"""Many files for the window: the sheet that shows them, what is told of them, and what happens when one leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from annotator.language import tr, trn
from annotator.model import Id
from annotator.ui.import_items import ADDED, DONE, FAILED, SKIPPED, STOPPED, THERE
from annotator.ui.import_queue import ImportQueue
from annotator.ui.notices import NoticeBar
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.importers import Draft
    from annotator.ui.dialogs.import_queue import ImportQueueSheet
    from annotator.ui.imports import Look

KEY = "import"
TELL_MS = 400
"""While the sheet is hidden, what is told of it is brought up so often."""


class ManyFiles:
    """Adds many files while one works on."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        notices: NoticeBar,
        theme: Callable[[], Theme],
        need_project: Callable[[str], bool],
        look: Callable[[Draft, str, int], Look],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._notices = notices
        self._theme = theme
        self._sheet: ImportQueueSheet | None = None
        self.queue = ImportQueue(workspace, need_project, look, window)
        self.queue.began.connect(self._began)
        self.queue.ended.connect(self._ended)
        self.queue.changed.connect(self._show_first)
        self._tick = QTimer(window)
        self._tick.setSingleShot(True)
        self._tick.setInterval(TELL_MS)
        self._tick.timeout.connect(self._retell)
        workspace.closed.connect(self._closed)

    def start(self, files: list[Path]) -> None:
        """Add files and folders, and show how far it is."""
        if self._sheet is not None and not self.queue.running:
            self._sheet.filter.choose(0)  # another time one looked at those that failed
        self.queue.start(files)

    @property
    def sheet(self) -> ImportQueueSheet:
        """The sheet, made when it is first shown."""
        if self._sheet is None:
            from annotator.ui.dialogs.import_queue import ImportQueueSheet  # only now: the window starts without it

            self._sheet = ImportQueueSheet(self._theme(), self.queue, self._window, self._show_article)
            self._sheet.finished.connect(self._hidden)
        return self._sheet

    def show(self) -> None:
        """Show the sheet."""
        self._notices.dismiss(KEY)
        self.sheet.show()
        self.sheet.raise_()
        self.sheet.activateWindow()
        self.sheet.list.setFocus()

    def may_leave(self) -> bool:
        """Ask before files that are being added are left; where the person goes, end it. True: go."""
        if not self.queue.running:
            return True
        from annotator.ui.dialogs.ask import confirm  # only now: few leave while files are added

        n = len(self.queue.items) - self.queue.count(*DONE)
        text = trn(
            "{n} file is not added yet. What was added stays.", "{n} files are not added yet. What was added stays.", n
        )
        if not confirm(self._window, self._theme(), tr("Stop adding files?"), text, tr("Stop and close")):
            return False
        self.queue.cancel()
        return True

    # -- following

    def _show_article(self, article: Id) -> None:
        project = self._workspace.project
        if project is not None and project.has_article(article):
            self._workspace.show_article(article)

    def _began(self) -> None:
        if self._sheet is None or not self._sheet.isVisible():
            self.show()

    def _show_first(self) -> None:
        """Show the first article that was added where none is shown: one can begin while the others come."""
        if self._workspace.project is not None and self._workspace.article is None:
            first = next((item.article for item in self.queue.items if item.state == ADDED), None)
            if first is not None:
                self._show_article(first)

    def _hidden(self, _: int) -> None:
        """Say where to find what goes on."""
        if self.queue.running:
            self._notices.offer(self._so_far(), [(tr("Show the list"), self.show)], KEY)
            self._tick.start()

    def _so_far(self) -> str:
        """Return in a sentence how far it is."""
        queue = self.queue
        done, n, failed = queue.count(*DONE), len(queue.items), queue.count(FAILED)
        if failed:
            return trn(
                "Adding files: {done} of {of}, {n} failed", "Adding files: {done} of {of}, {n} failed", failed,
                done=f"{done:,}", of=f"{n:,}",
            )  # fmt: skip
        return tr("Adding files: {done} of {n}", done=f"{done:,}", n=f"{n:,}")

    def _retell(self) -> None:
        """Bring the notice up to how far it is, as long as it goes on."""
        if self.queue.running:
            self._notices.retell(self._so_far(), KEY)
            self._tick.start()

    def _ended(self) -> None:
        """Tell what came of it; nobody need close a sheet that has nothing more to say."""
        self._notices.dismiss(KEY)
        queue = self.queue
        self._show_first()
        if queue.items:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, queue.told()))
        nothing_to_see = queue.items and queue.count(ADDED, SKIPPED) == len(queue.items) and queue.looks
        if nothing_to_see and self._sheet is not None:
            self._sheet.hide()
        elif queue.looks and self._sheet is not None and self._sheet.isVisible():
            self.show()  # the keyboard was in what was looked at, and would go to the window behind
        if not queue.items or (self._sheet is not None and self._sheet.isVisible()):
            return
        if queue.count(FAILED, THERE, STOPPED):
            self._notices.offer(tr("{what}.", what=queue.told()), [(tr("Show the list"), self.show)], KEY)
        else:
            self._notices.say(tr("{what}.", what=queue.told()))

    def _closed(self) -> None:
        """Hide what belongs to a project that is closed."""
        self._notices.dismiss(KEY)
        if self._sheet is not None:
            self._sheet.hide()
