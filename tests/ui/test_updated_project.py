"""A project of an earlier version opens in the window, brought up, and the window says where the old one is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.settings import Settings
from annotator.storage import schema
from annotator.ui.application import Application

OLD = Path(__file__).parents[1] / "data" / "schema-1.annot"


@pytest.fixture
def application(qtbot: QtBot, own_folders: Path) -> Iterator[Application]:
    Settings.load(paths.config()).put(theme="light", tour_done=True)
    made = Application()
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.workspace.wait_for_jobs()
    made.workspace.close()


def test_the_window_says_where_the_old_one_is(application: Application, tmp_path: Path) -> None:
    window, path = application.window, Path(shutil.copy(OLD, tmp_path / "old.annot"))
    assert window.projects.open_project(path)
    (said,) = [text for text in window.notices.texts if "brought up" in text]
    assert f"before version {schema.LATEST}" in said
    assert window.workspace.annotated is not None
    window.projects.close()
    assert window.projects.open_project(path)
    assert not [text for text in window.notices.texts if "brought up" in text]
