"""Work on the window's thread that one would wait for: the cursor says so, and so does the status line, before it begins."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.language import tr

MANY = 300
"""Articles from which on doing something with all of them takes a time one would notice."""


@contextmanager
def working(say: Callable[[str], object], *, long: bool = True) -> Generator[None]:
    """Show that the window is at work while it cannot answer; where it is not ``long``, show nothing."""
    if not long:
        yield
        return
    say(tr("Working…"))
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.repaint()  # nothing is painted by itself before the work is done
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
        say("")
