"""The code book through the real window, by keyboard: a tag renamed everywhere, taken back whole, handed over as a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from annotator.ui.controls import QuietCombo
from annotator.ui.dialogs.code_book import CodeBookDialog
from annotator.ui.dialogs.import_article import ImportDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

FERRY = "Ferry late again\n\nThe evening ferry left nine minutes late, skippers said. Nobody keeps the list.\n"


@pytest.fixture
def driver(begin: Begin, tmp_path: Path) -> Driver:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, "utf-8")
    made = begin()
    made.answer(ImportDialog, made.accept, lambda: made.drop(path))
    made.until(lambda: made.window.workspace.sentences)
    made.until(made.window.column.text.hasFocus)
    return made


def in_the_code_book(driver: Driver, act: object) -> None:
    def work(dialog: CodeBookDialog) -> None:
        act(dialog)  # type: ignore[operator]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.answer(CodeBookDialog, work, lambda: driver.run("project.code_book"))


def test_a_tag_is_renamed_everywhere_and_taken_back_in_one_step(driver: Driver) -> None:
    first = driver.mark("C", "The evening ferry left nine minutes late")
    driver.project.set_tags(first, ["time"])
    second = driver.mark("C", "Nobody keeps the list.")
    driver.project.set_tags(second, ["time"])

    def rename(dialog: CodeBookDialog) -> None:
        QTest.keyClick(dialog.shelves, Qt.Key.Key_Home)
        dialog.view.setFocus()
        QTest.keyClick(dialog.view, Qt.Key.Key_F2)
        field = dialog.view.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, "timetable")
        QTest.keyClick(field, Qt.Key.Key_Return)

    in_the_code_book(driver, rename)
    driver.until(lambda: [c.tags for c in driver.annotated.claims] == [("timetable",)] * 2)
    driver.to_text()
    driver.press("Ctrl+Z")
    assert [c.tags for c in driver.annotated.claims] == [("time",)] * 2


def test_a_new_kind_of_entity_is_offered_at_once(driver: Driver) -> None:
    def add(dialog: CodeBookDialog) -> None:
        for _ in range(dialog.shelves.model().rowCount()):
            if dialog.shelves.currentIndex().data() != "Kinds of entities":
                QTest.keyClick(dialog.shelves, Qt.Key.Key_Down)
        QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(dialog.new, "ship")
        QTest.keyClick(dialog.new, Qt.Key.Key_Return)

    in_the_code_book(driver, add)
    mention = driver.mark("E", "ferry", nth=1)
    driver.press("Return")
    driver.to_panel()
    driver.pick("Kind", "Ship")
    entity = driver.annotated.by_id[mention].entity  # type: ignore[attr-defined]
    assert driver.annotated.entities[entity].kind == "ship"
    assert isinstance(driver.focus(), QuietCombo)


def test_the_code_book_is_handed_over_as_a_document(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dest = tmp_path / "book.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(dest), ""))
    in_the_code_book(driver, lambda dialog: dialog.export.click())
    driver.until(dest.is_file)
    from docx import Document

    words = "\n".join(p.text for p in Document(str(dest)).paragraphs)
    assert "Kinds of entities" in words
    assert "Cue words: English" in words
