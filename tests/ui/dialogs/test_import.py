"""Import: the text as it will be kept, the guess shown as one, another encoding tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.importers import Draft
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.theme import DARK

RAW = "Café prices rise\n\nBy Zoë Ürgen\n\nThe “price” of coffee rose – said Åsa Böhm.\n\nNobody asked the cafés.\n"


def draft(tmp_path: Path) -> tuple[Path, Draft]:
    file = tmp_path / "café.txt"
    file.write_bytes(RAW.encode("cp1252"))
    return file, importers.read(file)


def test_a_guess_is_shown_as_a_guess_and_another_encoding_can_be_tried(qtbot: QtBot, tmp_path: Path) -> None:
    file, read = draft(tmp_path)
    asked: list[str] = []

    def reread(encoding: str, hand_over: Callable[[Draft], None]) -> None:
        asked.append(encoding)
        hand_over(importers.read(file, importers.ReadOptions(encoding=encoding)))

    dialog = ImportDialog(DARK, read, None, reread=reread)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._guess.isVisible() and "guess" in dialog.encoding.currentText()
    assert "Åsa Böhm" in dialog._preview.toPlainText()
    dialog.encoding.picked.emit("koi8-r")
    assert asked == ["koi8-r"] and "Åsa Böhm" not in dialog._preview.toPlainText()
    assert not dialog._guess.isVisible()


def test_facts_typed_here_go_into_the_draft(qtbot: QtBot, tmp_path: Path) -> None:
    _, read = draft(tmp_path)
    dialog = ImportDialog(DARK, read, None, more=2)
    qtbot.addWidget(dialog)
    dialog.form.fields["title"].setText("Coffee")
    dialog.form.fields["publication"].setText("The Vale Post")
    dialog.form.ticks["date"].setChecked(True)
    made = dialog.result_draft()
    assert (made.title, made.facts["publication"]) == ("Coffee", "The Vale Post")
    assert "date" not in made.facts and dialog.not_stated() == {"date": "not_stated"}
    assert made.text == read.text and made.original == read.original


def test_mark_up_in_a_text_is_shown_as_it_is(qtbot: QtBot) -> None:
    text = "A title\n\n<b>bold</b> <img src='file:///etc/passwd'>"
    dialog = ImportDialog(DARK, importers.draft_from_text(text), None)
    qtbot.addWidget(dialog)
    assert "<b>bold</b>" in dialog._preview.toPlainText()
