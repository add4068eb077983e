"""A person brings articles in: looks before adding, changes what a paragraph is, pastes, and looks at the original."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from annotator.ui.controls import Tick
from annotator.ui.dialogs.import_article import ImportDialog, PasteDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

FERRY = """# Ferry late again

By Ana Reed

The evening ferry left nine minutes late, skippers said.

- the engine is old
- the harbour is narrow

> Nobody apologised.

| Day | Minutes |
|---|---|
| Monday | 9 |
| Tuesday | 12 |

Subscribe to our newsletter!
"""
WIRE = """Mayor quits after audit

The mayor of Holm resigned on Wednesday after an
audit found that three million had been spent with-
out a tender. “I did nothing wrong,” he said.

“He did,” said councillor Ines Roy. The audit, which
the Post has seen, runs to 212 pages.
"""
COPIED = """<html><body><!--StartFragment--><h1>Ferry late again</h1><p>The evening ferry left
<b>nine minutes</b> late.</p><ul><li>the engine is old</li><li>the harbour is narrow</li></ul><!--EndFragment-->
</body></html>"""
COPIED_WORDS = "Ferry late again\nThe evening ferry left nine minutes late.\nthe engine is old\nthe harbour is narrow\n"


def ferry(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.md"
    file.write_text(FERRY, "utf-8")
    return file


def kinds(driver: Driver) -> list[tuple[str, str]]:
    return [(b.kind, driver.text()[b.start : b.end]) for b in driver.annotated.blocks]


def test_what_is_added_is_what_was_looked_at(begin: Begin, tmp_path: Path) -> None:
    driver = begin()

    def look(dialog: ImportDialog) -> None:
        dialog.activateWindow()
        driver.until(dialog.isActiveWindow)
        driver.tab_to(QLineEdit, "Byline")
        assert dialog.form.found["byline"].text() == "from the line “by …”"
        dialog._preview.text.setFocus()
        driver.press("Ctrl+End")
        assert dialog._preview.text.current() == len(dialog._preview.blocks) - 1
        driver.press("Del")
        for _ in range(3):
            driver.press("Up")
        driver.press("Z")
        driver.until(lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        driver.press("Return")

    driver.answer(ImportDialog, look, lambda: driver.drop(ferry(tmp_path)))
    driver.until(lambda: driver.window.workspace.article)
    assert "Subscribe" not in driver.text()
    assert kinds(driver)[3:] == [
        ("list", "the engine is old"),
        ("list", "the harbour is narrow"),
        ("quote", "Nobody apologised."),
        ("table_row", "Day\tMinutes"),
        ("table_row", "Monday\t9"),
        ("table_row", "Tuesday\t12"),
    ]
    driver.press("Ctrl+Z")
    assert not driver.project.article_ids()


def test_a_file_that_is_there_already_is_told_and_opened(begin: Begin, tmp_path: Path) -> None:
    driver = begin()
    file = ferry(tmp_path)
    driver.answer(ImportDialog, driver.accept, lambda: driver.drop(file))
    driver.until(lambda: driver.window.workspace.article)
    first = driver.window.workspace.article

    def open_it(dialog: ImportDialog) -> None:
        assert dialog.ok.text() == "Add anyway"
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open it").click()

    driver.answer(ImportDialog, open_it, lambda: driver.drop(file))
    assert driver.window.workspace.article == first and len(driver.project.article_ids()) == 1


def test_what_was_copied_of_a_page_keeps_its_form_or_not(begin: Begin) -> None:
    driver = begin()
    data = QMimeData()
    data.setHtml(COPIED)
    data.setText(COPIED_WORDS)
    QGuiApplication.clipboard().setMimeData(data)
    driver.answer(ImportDialog, driver.accept, lambda: driver.press("Ctrl+Shift+V"))
    driver.until(lambda: driver.window.workspace.article)
    assert [k for k, _ in kinds(driver)] == ["heading", "paragraph", "list", "list"]
    assert driver.annotated.article.title == "Ferry late again"

    def plain(dialog: ImportDialog) -> None:
        dialog.options.plain.choose(1)
        driver.until(lambda: dialog.draft.media_type == "text/plain")
        driver.accept(dialog)

    data = QMimeData()
    data.setHtml(COPIED.replace("nine", "ten"))
    data.setText(COPIED_WORDS.replace("nine", "ten"))
    driver.answer(ImportDialog, plain, lambda: driver.drop_data(data))
    driver.until(lambda: "ten minutes" in driver.text())
    assert "list" not in [k for k, _ in kinds(driver)]


def test_a_picture_on_the_clipboard_is_said_to_have_no_text(begin: Begin) -> None:
    driver = begin()
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    seen: list[str] = []

    def look(dialog: PasteDialog) -> None:
        seen.extend(label.text() for label in dialog.findChildren(type(dialog._note)) if "picture" in label.text())
        dialog.reject()

    driver.answer(PasteDialog, look, lambda: driver.press("Ctrl+Shift+V"))
    assert seen and driver.window.workspace.project is None


def test_lines_are_joined_before_a_text_is_kept_and_its_original_is_read_the_same_way(
    begin: Begin, tmp_path: Path
) -> None:
    driver = begin()
    file = tmp_path / "wire.txt"
    file.write_text(WIRE, "utf-8")

    def look(dialog: ImportDialog) -> None:
        dialog.activateWindow()
        driver.until(dialog.isActiveWindow)
        driver.tab_to(Tick, "Lines joined to paragraphs")
        driver.press("Space")
        driver.until(lambda: dialog.draft.options.join_lines and dialog.ok.isEnabled())
        dialog._preview.text.setFocus()
        driver.press("Ctrl+End", "Up", "Del")
        assert dialog._preview.edits.is_made
        driver.press("Ctrl+Z", "Return")

    driver.answer(ImportDialog, look, lambda: driver.drop(file))
    driver.until(lambda: driver.window.workspace.article)
    assert "had been spent without a tender." in driver.text() and driver.text().endswith("212 pages.\n")
    driver.to_text()
    driver.press("Ctrl+Shift+O")
    panel = driver.window.originals.panel
    driver.until(lambda: panel.legend.text() == "Every paragraph of it is in the article.")
    panel.switch.choose(2)
    assert panel.report.toPlainText().startswith("Read with\nLines joined to paragraphs\n")


def test_the_original_is_read_beside_the_article(begin: Begin, tmp_path: Path) -> None:
    driver = begin()
    driver.answer(ImportDialog, driver.accept, lambda: driver.drop(ferry(tmp_path)))
    driver.until(lambda: driver.window.workspace.sentences)
    driver.find("nine minutes")
    driver.press("O")
    panel = driver.window.originals.panel
    driver.until(lambda: panel.text.selection() == "nine minutes")
    assert driver.window.column.text.hasFocus()
    driver.to_panel()
    assert panel.text.hasFocus()
    driver.press("Escape")
    assert driver.window.column.text.hasFocus()
    driver.to_panel()
    driver.press("Ctrl+Shift+O")
    assert driver.window.side.panel is not panel
    driver.until(driver.window.column.text.hasFocus)
