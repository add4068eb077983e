"""Says what went wrong and what can be done about it; the window goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.errors import AnnotatorError, ChangedElsewhere, ReadOnlyProject, StorageFull
from annotator.language import tr
from annotator.ui.notices import Act, NoticeBar
from annotator.ui.projects import Projects
from annotator.ui.workspace import Workspace


class Troubles:
    """Hears what the workspace could not do."""

    def __init__(self, workspace: Workspace, notices: NoticeBar, projects: Projects) -> None:
        self._workspace = workspace
        self._notices = notices
        self._projects = projects
        self.failed = False
        """Whether something failed since this was last set to False."""
        workspace.failed.connect(self._tell)

    def _tell(self, error: AnnotatorError, retry: Callable[[], object] | None) -> None:
        self.failed = True
        acts: list[Act] = []
        if isinstance(error, StorageFull) and retry is not None:
            acts.append((tr("Try again"), retry))
        if isinstance(error, StorageFull | ChangedElsewhere | ReadOnlyProject) and self._workspace.project is not None:
            acts.append((tr("Save a copy…"), self._projects.offer_copy))
        if isinstance(error, ChangedElsewhere):
            acts.append((tr("Open it again"), self._projects.reopen))
        self._notices.warn(str(error), acts, "problem" if retry is not None else "trouble")

    def tell_unexpected(self, words: str, log: Path) -> None:
        """Say that something broke that should not have."""
        copy: Act = (tr("Copy the log’s path"), lambda: QApplication.clipboard().setText(str(log)))
        said = tr(
            "Something went wrong that should not have: {error} Your work is saved. The details are in {log}.",
            error=words, log=log,
        )  # fmt: skip
        self._notices.warn(said, [copy], "unexpected")
