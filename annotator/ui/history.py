"""Undo and redo over all articles: named, said aloud, and reached from every field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from annotator.language import tr
from annotator.project import Step
from annotator.ui.actions import is_window_key
from annotator.ui.touched import Column, go_to_any
from annotator.ui.waiting import working
from annotator.ui.workspace import Workspace


class History:
    """The two verbs. ``before`` writes what was typed and not yet written, so that it is a step of its own.

    The column moves to what they touch, and so does it after a jump in the list of steps.
    """

    def __init__(
        self, workspace: Workspace, before: Callable[[], None], say: Callable[[str], None], column: Column
    ) -> None:
        self._workspace = workspace
        self._before = before
        self._say = say
        self._column = column
        workspace.replayed.connect(self._show)

    def _show(self, touched: set[tuple[int, int]]) -> None:
        go_to_any(self._column, touched)

    def undo(self) -> None:
        """Take back the last step, in whichever article it was."""
        self._before()
        project = self._workspace.project
        self._run(self._workspace.undo, project.undo_step if project is not None else None, undone=True)

    def redo(self) -> None:
        """Do the last step taken back again."""
        self._before()
        project = self._workspace.project
        self._run(self._workspace.redo, project.redo_step if project is not None else None, undone=False)

    def _run(self, verb: Callable[[], None], step: Step | None, *, undone: bool) -> None:
        if step is None:
            return
        here, project = self._workspace.article, self._workspace.project
        with working(self._say, long=project is not None and project.is_long(step)):
            verb()
        annotated = self._workspace.annotated
        elsewhere = annotated is not None and self._workspace.article != here
        title = annotated.article.title if annotated is not None and elsewhere else ""
        if title and undone:
            self._say(tr("Taken back in “{article}”: {step}", article=title, step=step.name))
        elif title:
            self._say(tr("Done again in “{article}”: {step}", article=title, step=step.name))
        elif undone:
            self._say(tr("Taken back: {step}", step=step.name))
        else:
            self._say(tr("Done again: {step}", step=step.name))


class UndoEverywhere(QObject):
    """Lets the window's keys through from a field, and undo where the field has nothing of its own to undo.

    Qt on X11 would give some of them to the field: Ctrl+E goes to the line's end there, Ctrl+K removes up to it. It watches only the field that has the keyboard: a filter on every event of the program would cost every paint.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._watch)

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit | QPlainTextEdit | QTextEdit):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass a key on to the window where the field cannot use it or must not."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if is_window_key(QKeySequence(event.keyCombination())):
                event.ignore()
                return True
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo or redo) and not _can(watched, undo=undo):
                event.ignore()
                return True
        return False


def _can(field: QObject, *, undo: bool) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if undo else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        document = field.document()
        return document.isUndoAvailable() if undo else document.isRedoAvailable()
    return False
