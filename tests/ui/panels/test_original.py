"""The original beside the article: its text, its source, its report, and the same place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator import importers, paths
from annotator.model import ImportReport, ReadOptions
from annotator.project import Original, Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.main_window import MainWindow
from annotator.ui.panels.original import OriginalPanel, everything
from annotator.ui.panels.source_text import SOURCE_BYTES, source_of

FERRY = """---
publication: The Quay
---
# Ferry late again

The ferry was *late*, the skippers said. [The table](https://quay.example/table) says so.

The mayor was late. Nobody said why.
"""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    Settings.load(paths.config()).put(tour_done=True)
    file = tmp_path / "ferry.md"
    file.write_text(FERRY, "utf-8")
    project = Project.create(tmp_path / "ferry.annot")
    project.add_article(importers.read(file))
    project.close()
    made = Application()
    qtbot.addWidget(made.window)
    made.window.resize(1400, 900)
    made.window.show()
    assert made.workspace.open(tmp_path / "ferry.annot")
    yield made.window
    made.window.imports.reading.close()
    made.workspace.wait_for_jobs()
    made.workspace.close()


def shown(window: MainWindow, qtbot: QtBot) -> OriginalPanel:
    """Show the original and wait until it was read."""
    window.actions_["article.original"].trigger()
    panel = window.originals.panel
    qtbot.waitUntil(lambda: panel._draft is not None, timeout=20_000)
    return panel


def select(window: MainWindow, words: str) -> None:
    annotated = window.workspace.annotated
    assert annotated is not None
    at = annotated.text.index(words)
    window.column.select(at, at + len(words))


def test_it_stands_beside_the_article_and_goes_again(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    assert window.side.panel is panel and window.side.tabs.isHidden() and panel.width() > 400
    assert panel.name.text() == "ferry.md" and panel.about.text().startswith("Markdown · ")
    assert "The ferry was late" in panel.text.toPlainText()
    window.actions_["article.original"].trigger()
    assert window.side.panel is not panel and window.side.tabs.isVisible()
    window.actions_["article.original"].trigger()
    assert window.side.panel is panel and panel._draft is not None
    window.actions_["panel.claims"].trigger()
    assert panel.isHidden() and window.side.tabs.isVisible()


def test_what_is_selected_in_the_article_is_selected_in_the_original(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    select(window, "was late")
    qtbot.waitUntil(lambda: panel.text.selection() == "was late", timeout=5000)
    assert "selected here" in panel.told.text()
    select(window, "mayor was late")
    qtbot.waitUntil(lambda: panel.text.selection() == "mayor was late", timeout=5000)
    panel.switch.choose(1)
    assert panel.source.textCursor().selectedText() == "mayor was late"
    select(window, "was late, the skippers")
    qtbot.waitUntil(lambda: "very words" in panel.told.text(), timeout=5000)


def test_the_place_at_the_caret_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    annotated = window.workspace.annotated
    assert annotated is not None
    window.column.set_caret(annotated.text.index("Nobody said"))
    window.actions_["article.original_place"].trigger()
    panel = window.originals.panel
    qtbot.waitUntil(lambda: panel.text.selection() == "Nobody said why.", timeout=20_000)


def test_what_is_selected_in_the_original_is_shown_in_the_article(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    annotated = window.workspace.annotated
    assert annotated is not None and panel._draft is not None
    at = panel._draft.text.index("mayor was")
    panel.text.reveal(at, at + 5)
    window.activateWindow()
    panel.text.setFocus()
    QTest.keyClick(panel.text, Qt.Key.Key_O)
    start, end = window.column.selection()
    assert annotated.text[start : end + 4] == "mayor was" and window.column.text.hasFocus()
    panel.text.copy()
    assert QGuiApplication.clipboard().text() == "mayor"
    panel.switch.choose(1)
    at = panel._source.index("https")
    panel.source.reveal(at, at + 5)
    panel.source.setFocus()
    QTest.keyClick(panel.source, Qt.Key.Key_O)
    assert "not in the article" in panel.told.text()


def test_what_is_not_in_the_article_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Project.original
    longer = FERRY + "\nSubscribe to our letter!\n"

    def other(self: Project, article: str) -> Original | None:
        found = real(self, article)
        assert found is not None
        return replace(found, content=longer.encode())

    monkeypatch.setattr(Project, "original", other)
    panel = shown(window, qtbot)
    assert panel.legend.text().startswith("1 paragraph is not in the article") and panel.legend.isVisible()
    assert [panel.text.pale(n) for n in range(len(panel.text.blocks))] == [False, False, False, True]
    panel.switch.choose(2)
    assert not panel.legend.isVisible()


def test_the_report_of_reading_is_there(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    panel.switch.choose(2)
    told = panel.report.toPlainText()
    assert "1 address of a link" in told and "Publication: from the front matter" in told
    panel.copy.click()
    assert len(QGuiApplication.clipboard().text()) == 64


def test_it_is_read_as_the_article_was_and_the_report_says_how(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "café.txt"
    file.write_bytes("Пристань закрыта\n\nПаром снова опоздал.\n".encode("koi8-r"))
    draft = importers.read(file, ReadOptions(encoding="koi8-r", columns=2))
    made = window.workspace.do(lambda p: p.add_article(draft))
    window.workspace.show_article(made)
    panel = shown(window, qtbot)
    assert panel.legend.text() == "Every paragraph of it is in the article."
    assert "Паром" in panel._source and "koi8-r, given by you" in panel.about.text()
    assert panel.report.toPlainText().split("\n")[:3] == ["Read with", "Encoding koi8-r", "2 columns on each page"]
    assert panel._draft is not None and panel._draft.options == everything(draft.report)


def test_an_older_record_says_how_it_was_read_by_its_encoding() -> None:
    asked = everything(ImportReport("koi8-r", "given"))
    assert asked == ReadOptions("koi8-r", whole_page=True, page_furniture=True, footnotes=True)
    assert everything(ImportReport("utf-8", "utf-8")).encoding is None


def test_words_are_found_in_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = shown(window, qtbot)
    panel.field.setText("was late")
    assert panel.place.text() == "1 of 2"
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.place.text() == "2 of 2" and panel.text.selection() == "was late"
    panel.field.setText("nowhere")
    assert panel.place.text() == "not here" and not panel.forth.isEnabled()


def test_the_original_is_saved_byte_for_byte(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "back.md"), ""))
    panel = shown(window, qtbot)
    panel.save.click()
    assert (tmp_path / "back.md").read_bytes() == FERRY.encode() and "byte for byte" in panel.told.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "back.md"), ""))
    panel.save.click()
    assert "is not there" in window.notices.texts[-1]


def test_an_article_without_an_original_says_so(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "original", lambda *_: None)
    window.actions_["article.original"].trigger()
    assert "no original" in window.originals.panel.note.text()


def test_an_original_that_can_no_longer_be_read_says_why(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Project.original

    def damaged(self: Project, article: str) -> Original | None:
        found = real(self, article)
        assert found is not None
        return replace(found, content=b"\0\1\2" * 900)

    monkeypatch.setattr(Project, "original", damaged)
    window.actions_["article.original"].trigger()
    panel = window.originals.panel
    qtbot.waitUntil(lambda: "ferry.md" in panel.note.text(), timeout=20_000)


def test_the_source_is_shown_as_it_is_in_lines_that_can_be_laid_out() -> None:
    long = "<p>" + "word " * 1000
    source = source_of(Original("", "a.html", "text/html", long.encode()), "utf-8")
    assert source.replace("\n", "") == long and max(map(len, source.split("\n"))) <= 1000
    assert source_of(Original("", "a.pdf", "application/pdf", b"%PDF-1.7"), "") == ""
    assert len(source_of(Original("", "a.txt", "text/plain", b"a\n" * SOURCE_BYTES), "utf-8")) == SOURCE_BYTES
    assert source_of(Original("", "a.txt", "text/plain", b"\xff"), "no such encoding") == "\ufffd"
