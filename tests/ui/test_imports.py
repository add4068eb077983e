"""Bringing one article in: what could not be read is told, with a way to try again; nothing is stored before it is added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.model import ReadOptions
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.imports import LONG_TEXT
from annotator.ui.main_window import MainWindow
from annotator.ui.pasting import fragment


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


def acts(window: MainWindow) -> list[QPushButton]:
    return [b for b in window.notices.findChildren(QPushButton) if b.text() and b.isVisibleTo(window)]


def test_a_page_that_scripts_fill_is_told_and_nothing_is_offered_that_does_not_help(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><div id=app></div><script>fill()</script></body></html>", "utf-8")
    window.imports.add_files([page])
    qtbot.waitUntil(lambda: "scripts fill the page" in "".join(window.notices.texts), timeout=15_000)
    assert not acts(window)


def test_of_a_text_in_no_known_encoding_one_can_be_chosen(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = seen(monkeypatch, 0)
    file = tmp_path / "odd.txt"
    file.write_bytes((b"It rained in the Vale.\n" + bytes(range(0x80, 0x100))) * 4)
    window.imports.add_files([file])
    qtbot.waitUntil(lambda: "choose its encoding" in "".join(window.notices.texts), timeout=15_000)
    qtbot.waitUntil(lambda: bool(acts(window)), timeout=5_000)
    acts(window)[0].click()
    menu = next(m for m in window.findChildren(QMenu) if "odd.txt" in m.accessibleName())
    next(a for a in menu.actions() if a.text().startswith("mac-roman, Western")).trigger()
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert looks[0].draft.options == ReadOptions(encoding="mac-roman") and not window.notices.texts
    menu.close()


@pytest.mark.parametrize(
    ("page", "words", "title", "where"),
    [
        ("<p>It rained.</p><h2>The Vale</h2>", "It rained. The Vale", "The Vale", "the first heading"),
        ("<p>It rained in the Vale.</p><p>It rained on.</p>", "It rained", "It rained in the Vale.", "the first words"),
        ("", "It rained in the Vale, and on.", "It rained in the Vale, and on.", "the first words"),
    ],
)
def test_what_was_pasted_is_named_by_its_own_words(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: str, words: str, title: str, where: str
) -> None:
    looks: list[tuple[str, str, bool]] = []

    def answer(dialog: ImportDialog) -> int:
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        looks.append((dialog.form.values()["title"] or "", dialog.form.found["title"].text(), "pasted" in str(labels)))
        return 0

    monkeypatch.setattr(ImportDialog, "exec", answer)
    data = QMimeData()
    data.setText(words)
    if page:
        data.setHtml(page)
    window.imports._take(data)
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=15_000)
    assert looks == [(title, f"from {where}", False)]


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


def test_lines_of_what_was_pasted_can_be_joined(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []

    def answer(dialog: ImportDialog) -> int:
        dialog.show()
        dialog.options.ticks["join_lines"].click()
        qtbot.waitUntil(lambda: dialog.draft.options.join_lines, timeout=15_000)
        found.append(dialog.draft.text)
        return 0

    monkeypatch.setattr(ImportDialog, "exec", answer)
    lines = ["It rained in the Vale, the council said, and it would", "go on until the end of the week at the very"]
    window.imports.add_text("\n".join([*lines, *lines]))
    assert found == [" ".join([*lines, *lines])]


def test_what_stands_around_what_was_copied_is_left() -> None:
    assert fragment("<html><!--StartFragment--> <p>a</p> <!--EndFragment--></html>") == "<p>a</p>"
    assert fragment("<p>a</p>") == "<p>a</p>" and fragment("<!--EndFragment--><!--StartFragment-->a") != ""
