"""What every group plays on: a real window with the large article, the same without marks, and bare limits beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator import paths
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.main_window import MainWindow
from annotator.ui.workspace import Workspace

SIZE = (1440, 900)
MODES = ("synchronous = EXTRA", "journal_mode = DELETE", "secure_delete = ON", "foreign_keys = ON")
PATIENCE = 120
"""Seconds something may take to come to rest."""
_application: Application | None = None


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a paint and let it happen."""
        if event.type() == QEvent.Type.Paint:
            self.seen += 1
        return False


def application(folder: Path) -> Application:
    """Return the one application of this process; its own folders lie in ``folder``."""
    global _application
    if _application is None:
        os.environ["ANNOTATOR_HOME"] = str(folder / "home")
        settings = Settings.load(paths.config())
        settings.put(theme="light", tour_done=True, daily_backup=False, coder_name="Me")
        _application = Application()
    return _application


class Stage:
    """A main window on a copy of a project in ``folder``."""

    def __init__(self, folder: Path, project: Path | None = None) -> None:
        self.app = application(folder)
        self.folder = folder
        self.workspace = Workspace(backs_up=lambda: False)
        self.window = MainWindow(
            self.workspace, self.app.settings, self.app.state, self.app.theme, self.app.follow_look
        )
        self.window.resize(*SIZE)
        self.window.show()
        self.text = self.window.column.text
        self.paints = Paints(self.text.viewport())
        self.app.qt.processEvents()
        if project is not None:
            self.open(self.copy(project))
            self.rest()

    def copy(self, project: Path) -> Path:
        """Return a copy of a project that may be written."""
        path = self.folder / f"{id(self)}-{project.name}"
        shutil.copyfile(project, path)
        return path

    def open(self, path: Path) -> None:
        """Open a project, until its text is painted."""
        if not self.workspace.open(path):
            raise RuntimeError(f"{path} was not opened")
        self.until_painted()

    def until_painted(self) -> None:
        """Let Qt work until the text was painted."""
        seen, limit = self.paints.seen, time.monotonic() + PATIENCE
        self.text.viewport().update()
        while self.paints.seen == seen:
            self.app.qt.sendPostedEvents()
            if time.monotonic() > limit:
                raise RuntimeError("nothing was painted")

    def front(self) -> None:
        """Give the text the keyboard, as a window manager would."""
        self.window.activateWindow()
        self.text.setFocus()
        self.app.qt.processEvents()
        if not QTest.qWaitForWindowActive(self.window):
            raise RuntimeError("the window does not become active")

    def go(self, offset: int) -> None:
        """Bring an offset to where a reader would have it."""
        self.window.column.set_caret(offset)
        self.settle()

    def rest(self) -> None:
        """Wait until the sentences are counted: for some seconds after a long article is opened a thread is busy with them."""
        limit = time.monotonic() + PATIENCE
        while self.workspace.coverage is None or not self.workspace.coverage.complete:
            if time.monotonic() > limit:
                raise RuntimeError("the sentences were not found")
            self.app.qt.processEvents()
            time.sleep(0.001)
        self.settle()

    def settle(self) -> None:
        """Let everything that waits for its turn have it; not what has a time set."""
        for _ in range(4):
            self.app.qt.processEvents()

    def longest_hold(self, seconds: float) -> float:
        """Let the window live for some seconds; return the longest time, ms, in which it could not have answered a key."""
        longest, limit = 0.0, time.monotonic() + seconds
        while time.monotonic() < limit:
            start = time.perf_counter()
            self.app.qt.processEvents()
            longest = max(longest, (time.perf_counter() - start) * 1000)
            time.sleep(0.001)  # the worker threads want the interpreter too
        return longest

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the text and paint what came of it."""
        QTest.keyClick(self.text, key, modifiers)
        self.app.qt.sendPostedEvents()

    def project(self) -> Project:
        """Return the open project."""
        if self.workspace.project is None:
            raise RuntimeError("no project is open")
        return self.workspace.project

    def close(self) -> None:
        """Close the project and the window."""
        self.workspace.wait_for_jobs()
        path = self.workspace.project.path if self.workspace.project is not None else None
        self.workspace.close()
        self.window.close()
        self.window.deleteLater()
        self.app.qt.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.app.qt.processEvents()
        if path is not None and path.parent == self.folder:
            path.unlink(missing_ok=True)


def plain_text(stage: Stage, text: str) -> QTextEdit:
    """Return a bare text field with the same words, font, line height and width as the article; not yet shown."""
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    edit.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
    edit.setLineWrapColumnOrWidth(stage.text.lineWrapColumnOrWidth())
    edit.document().setDefaultFont(stage.text.document().defaultFont())
    edit.resize(stage.text.size())
    edit.setPlainText(text)
    block = QTextBlockFormat()
    block.setLineHeight(line_height(stage.text), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(edit.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(block)
    return edit


def line_height(text: QTextEdit) -> float:
    """Return the line height of running text, px."""
    return text.document().findBlockByNumber(text.document().blockCount() - 1).blockFormat().lineHeight() or 30.0


def bare_commits(folder: Path) -> Callable[[], object]:
    """Return an act that commits one small row, with the modes of a project file, on the same disk."""
    db = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    for mode in MODES:
        db.execute(f"PRAGMA {mode}")
    db.execute("CREATE TABLE IF NOT EXISTS t (a TEXT)")
    return lambda: db.execute("INSERT INTO t VALUES ('x')")
