"""The program as it starts, in folders of its own, with a person at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.settings import Settings
from annotator.ui.application import Application
from tests.e2e.driver import Driver

Begin = Callable[..., Driver]


def close(driver: Driver) -> None:
    """Close the window as its cross does, and let its background work end."""
    driver.window.close()
    driver.application.workspace.wait_for_jobs()


@pytest.fixture
def begin(qtbot: QtBot, own_folders: Path) -> Iterator[Begin]:
    """Start the program; again: after it was closed, as another run of it."""
    running: list[Driver] = []

    def start(*files: Path, first: bool = False) -> Driver:
        if not first:
            Settings.load(paths.config()).put(theme="light", tour_done=True)
        application = Application()
        window = application.window
        qtbot.addWidget(window)
        application.start(files)
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        driver = Driver(application, qtbot)
        driver.activate()
        running.append(driver)
        return driver

    yield start
    for driver in running:
        close(driver)
    QGuiApplication.clipboard().clear()  # what a test put there would outlive the interpreter
