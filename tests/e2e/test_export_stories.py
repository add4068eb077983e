"""Exporting as people meet it: by keyboard alone, with the pages in sight, and remembered for the next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from annotator.ui.dialogs.export import ExportDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver


@pytest.fixture
def driver(begin: Begin) -> Driver:
    made = begin()
    made.window.projects.open_sample()
    made.until(lambda: made.window.workspace.coverage is not None and made.window.workspace.coverage.complete)
    return made


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_an_editor_makes_a_pdf_of_the_audit_by_keyboard(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "audit.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))

    def choose(dialog: ExportDialog) -> None:
        dialog.activateWindow()
        driver.until(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is dialog.kinds)
        press(Qt.Key.Key_Down)
        assert dialog.options().kind == "audit"
        driver.until(lambda: dialog.preview.kind == "audit" and dialog.preview.is_counted)
        assert dialog.preview.pages > 2
        press(Qt.Key.Key_PageDown)
        driver.until(lambda: dialog.preview.page_shown == 1)
        dialog.format.setFocus()
        dialog.format.setCurrentIndex(dialog.format.findData("pdf"))
        dialog.format.activated.emit(dialog.format.currentIndex())
        assert dialog.file_name() == "the-ferry-that-is-always-on-time-sourcing-audit.pdf"

    def export(dialog: ExportDialog) -> None:
        try:
            choose(dialog)
        except BaseException:
            dialog.reject()  # else the window waits for an answer that never comes
            raise
        driver.accept(dialog)

    driver.answer(ExportDialog, export, lambda: driver.press("Ctrl+E"))
    driver.until(lambda: any(words.startswith("Wrote “audit.pdf”") for words in driver.window.notices.texts))
    assert out.read_bytes().startswith(b"%PDF-")

    def again(dialog: ExportDialog) -> None:
        assert (dialog.options().kind, dialog.options().format) == ("audit", "pdf")
        dialog.reject()

    driver.answer(ExportDialog, again, lambda: driver.press("Ctrl+E"))


def test_escape_leaves_the_dialog_while_its_pages_are_still_being_made(driver: Driver) -> None:
    for _ in range(3):
        driver.answer(ExportDialog, lambda dialog: press_escape(dialog), lambda: driver.press("Ctrl+E"))
    assert not driver.window.notices.texts or "Wrote" not in driver.window.notices.texts[-1]


def press_escape(dialog: ExportDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_every_control_of_the_dialog_has_a_name_and_can_be_reached(driver: Driver) -> None:
    def look(dialog: ExportDialog) -> None:
        for kind in range(5):
            dialog.kinds.choose(kind)
            for field in (*dialog.form.ticks.values(), *dialog.form.numbers.values(), dialog.format, dialog.size_):
                assert field.accessibleName() and field.focusPolicy() & Qt.FocusPolicy.TabFocus
            labels = [label.text() for label in dialog.findChildren(QLabel)]
            assert not [words for words in labels if words.startswith("<")]
        dialog.reject()

    driver.answer(ExportDialog, look, lambda: driver.press("Ctrl+E"))
