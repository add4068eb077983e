"""Bringing one article in: what could not be read is told, with a way to try again; nothing is stored before it is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator import importers, paths
from annotator.errors import ReadError
from annotator.model import ReadOptions
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.imports import LONG_TEXT, _fragment
from annotator.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    Settings.load(paths.config()).put(tour_done=True)
    made = Application()
    qtbot.addWidget(made.window)
    made.window.show()
    yield made.window
    made.window.imports.reading.close()
    made.workspace.wait_for_jobs()
    made.workspace.close()


def seen(monkeypatch: pytest.MonkeyPatch, result: int) -> list[ImportDialog]:
    """Answer every look with one result, and return the dialogs."""
    found: list[ImportDialog] = []

    def answer(dialog: ImportDialog) -> int:
        found.append(dialog)
        return result

    monkeypatch.setattr(ImportDialog, "exec", answer)
    return found


def test_nothing_is_stored_where_it_is_skipped(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = seen(monkeypatch, 0)
    file = tmp_path / "rain.txt"
    file.write_text("Rain at last\n\nIt rained in the Vale.\n", "utf-8")
    window.imports.add_files([file])
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert window.workspace.project is None and not list(tmp_path.rglob("*.annot"))


def test_a_page_without_text_can_be_read_whole(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ReadOptions | None] = []

    def read(_pool: object, path: Path, options: ReadOptions | None = None) -> importers.Draft:
        asked.append(options)
        if options is None:
            raise ReadError(f"“{path.name}” has no text.")
        return importers.draft_from_text("All of the page.")

    monkeypatch.setattr("annotator.importers.sandbox.Pool.read", read)
    looks = seen(monkeypatch, 0)
    window.imports.add_files([tmp_path / "page.html"])
    qtbot.waitUntil(lambda: bool(window.notices.texts) and "no text" in window.notices.texts[-1], timeout=15_000)
    next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Read the whole page").click()
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert asked == [None, ReadOptions(whole_page=True)]


def test_a_very_long_text_is_looked_at_off_the_windows_thread(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = seen(monkeypatch, 0)
    window.imports.add_text("It rained in the Vale. \n" * (LONG_TEXT // 20))
    assert not looks
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)


def test_mark_up_without_words_falls_back_to_the_words(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = seen(monkeypatch, 0)
    data = QMimeData()
    data.setHtml("<meta charset='utf-8'><img src='x.png'>")
    data.setText("It rained in the Vale.")
    window.imports._take(data)
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert looks[0].draft.text == "It rained in the Vale."


def test_rich_text_keeps_its_form_where_there_is_no_page(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[tuple[str, bool]] = []

    def answer(dialog: ImportDialog) -> int:
        looks.append((dialog.draft.text, dialog.options.plain.isVisibleTo(dialog)))
        return 0

    monkeypatch.setattr(ImportDialog, "exec", answer)
    data = QMimeData()
    data.setData("text/rtf", rb"{\rtf1\ansi It rained in the {\b Vale}.\par It rained on.\par}" + b"\0")
    data.setText("It rained in the Vale. It rained on.")
    assert window.imports.accepts(data)
    window.imports._take(data)
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert looks == [("It rained in the Vale.\nIt rained on.", True)]


def test_what_stands_around_what_was_copied_is_left() -> None:
    assert _fragment("<html><!--StartFragment--> <p>a</p> <!--EndFragment--></html>") == "<p>a</p>"
    assert _fragment("<p>a</p>") == "<p>a</p>" and _fragment("<!--EndFragment--><!--StartFragment-->a") != ""
