"""The dialog of keys: finding, changing, conflicts named, giving back, printing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.actions import COMMANDS
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.theme import LIGHT

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Opened:
    """The dialog and what it told."""

    def __init__(self, qtbot: QtBot, *lines: str) -> None:
        self.told: list[tuple[str, ...]] = []
        self.dialog = KeysDialog(LIGHT, lines, "A4", self.told.append, None)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)

    def find(self, words: str) -> None:
        self.dialog.search.setFocus()
        self.dialog.search.clear()
        QTest.keyClicks(self.dialog.search, words)
        self.press(Qt.Key.Key_Down)

    @property
    def rows(self) -> list[str]:
        return [row.id for row in self.dialog.list.rows_model.rows if row.id]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot)


def test_it_lists_every_command_and_finds_by_words_and_by_key(opened: Opened) -> None:
    assert sorted(opened.rows) == sorted(c.id for c in COMMANDS)
    opened.find("ctrl+l")
    assert "span.sentence" in opened.rows and "mark.claim" not in opened.rows
    opened.find("not a clai")
    assert opened.rows == ["mark.not_a_claim"] and opened.dialog.list.current == "mark.not_a_claim"


def test_enter_and_a_key_change_it_at_once_and_delete_takes_it_away(opened: Opened) -> None:
    opened.find("not a clai")
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_Q)
    assert opened.told[-1] == ("mark.not_a_claim Q",)
    opened.press(Qt.Key.Key_Return, SHIFT)
    opened.press(Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.AltModifier)
    assert opened.told[-1] == ("mark.not_a_claim Q Ctrl+Alt+P",)
    opened.press(Qt.Key.Key_Delete)
    assert opened.told[-1] == ("mark.not_a_claim",)
    opened.press(Qt.Key.Key_Backspace)
    assert opened.told[-1] == ()


def test_enter_in_the_field_waits_for_the_key_at_once(opened: Opened) -> None:
    opened.dialog.search.setFocus()
    opened.dialog.search.setText("not a clai")
    opened.press(Qt.Key.Key_Return)
    assert opened.dialog.list.waiting == "mark.not_a_claim"
    opened.press(Qt.Key.Key_Q)
    assert opened.told[-1] == ("mark.not_a_claim Q",) and opened.dialog.search.text() == "not a clai"


def test_a_conflict_is_named_and_never_silent(opened: Opened) -> None:
    opened.find("not a clai")
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_L, CTRL)
    assert opened.dialog.said.text() == "Ctrl+L is “Select the sentence”. Take it from there?" and not opened.told
    opened.dialog.leave.click()
    assert not opened.told
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_L, CTRL)
    assert QApplication.focusWidget() is opened.dialog.take
    opened.press(Qt.Key.Key_Return)
    assert opened.told == [("mark.not_a_claim Ctrl+L", "span.sentence")]
    assert "“Select the sentence” has no key now." in opened.dialog.said.text()
    opened.find("select the sent")
    opened.press(Qt.Key.Key_Backspace)
    assert "belongs to “Sentence is not a claim”" in opened.dialog.said.text()
    opened.press(Qt.Key.Key_Return)
    assert opened.told[-1] == ("mark.not_a_claim",)


def test_what_cannot_be_a_key_says_why(opened: Opened) -> None:
    opened.find("export report")
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_R)
    assert "types into fields" in opened.dialog.said.text()
    opened.press(Qt.Key.Key_Z, CTRL)  # it goes on waiting: the sentence asks for another key
    assert opened.dialog.said.text().startswith("Ctrl+Z is always “Undo”")
    opened.press(Qt.Key.Key_Tab)
    assert "moves the caret" in opened.dialog.said.text()
    opened.press(Qt.Key.Key_Dead_Acute)
    assert "keyboard’s own" in opened.dialog.said.text()
    opened.press(Qt.Key.Key_Escape)
    opened.find("undo")
    opened.press(Qt.Key.Key_Return)
    assert "keeps its keys" in opened.dialog.said.text() and not opened.told


def test_esc_leaves_the_key_as_it_is_and_only_then_the_dialog(opened: Opened) -> None:
    opened.find("not a clai")
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_Escape)
    assert opened.dialog.isVisible() and not opened.dialog.list.waiting and not opened.told
    opened.press(Qt.Key.Key_Escape)
    assert not opened.dialog.isVisible()


def test_all_own_keys_go_only_after_a_question(qtbot: QtBot) -> None:
    opened = Opened(qtbot, "mark.claim Q")
    opened.dialog.reset_all()
    assert not opened.told
    opened.dialog.take.click()
    assert opened.told == [()]


def test_the_card_is_written_and_trouble_is_told(opened: Opened, tmp_path: Path) -> None:
    opened.dialog.write_pdf(tmp_path / "keys.pdf")
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF")
    opened.dialog.write_pdf(tmp_path / "nowhere" / "keys.pdf")
    assert "cannot be written. Choose another folder" in opened.dialog.said.text()
