"""A text beside or before the article: parts of it are loaded, offsets are right in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import text as texts
from annotator.model import Block
from annotator.ui.article.blocks_text import BlocksText
from annotator.ui.article.pieces import PART, UNBROKEN, Pieces
from annotator.ui.theme import DARK, LIGHT


def blocks_of(text: str, kind: str = "paragraph") -> list[Block]:
    return [Block(start, end, kind) for start, end in texts.lines(text)]


@pytest.fixture
def shown(qtbot: QtBot) -> BlocksText:
    made = BlocksText(LIGHT, "Text")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


LONG = "\n".join(f"{n} 🌊 the wave came and went, said nobody." for n in range(3000))


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, len(LONG) - 40), length=st.integers(1, 39))
def test_any_place_of_a_long_text_can_be_shown(qapp: QApplication, at: int, length: int) -> None:
    made = BlocksText(LIGHT, "Text")
    made.resize(500, 400)
    made.show_text(LONG, blocks_of(LONG))
    made.reveal(at, at + length)
    assert made.selection() == LONG[at : at + length]
    assert len(made.toPlainText()) < 4 * PART
    made.deleteLater()


def test_it_grows_upwards_without_moving_what_is_read(shown: BlocksText, qtbot: QtBot) -> None:
    shown.show_text(LONG, blocks_of(LONG))
    at = LONG.index("2000 🌊")
    shown.reveal(at, at + 6)
    loaded = shown._low
    shown.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: shown._low < loaded)
    assert shown.selection() == "2000 🌊"
    for _ in range(200):
        if shown._low == 0:
            break
        shown.verticalScrollBar().setValue(0)
        qtbot.waitUntil(lambda before=shown._low: shown._low < before or shown._low == 0)
    assert shown.toPlainText().startswith("0 🌊")


def test_a_paragraph_longer_than_a_part_is_shown_in_pieces(shown: BlocksText) -> None:
    text = "word " * PART
    shown.show_text(text, blocks_of(text))
    assert shown.toPlainText().replace("\n", "") == text[: len(shown.toPlainText().replace("\n", ""))]
    shown.reveal(len(text) - 5, len(text) - 1)
    assert shown.selection() == "word" and shown.current() == 0


def test_a_word_without_an_end_is_cut_where_it_can_be_laid_out() -> None:
    text = f"A word:\n{'a' * 30_000}\nsaid {'b' * 12_000}\n{'渡輪晚點' * 3000}"
    pieces = Pieces(text, blocks_of(text))
    assert "".join(text[p.start : p.end] for p in pieces.all) == text.replace("\n", "")
    assert max(p.end - p.start for p in pieces.all if p.block == 1) == UNBROKEN
    assert [p.first for p in pieces.all].count(True) == 4 and len([p for p in pieces.all if p.block == 3]) == 1


def test_places_found_are_outlined_and_the_present_one_shown(shown: BlocksText) -> None:
    shown.show_text(LONG, blocks_of(LONG))
    found = [(m, m + 4) for m in range(len(LONG)) if LONG.startswith("wave", m)]
    shown.show_found(found, 1500)
    assert shown.selection() == "wave" and shown._offset(shown.textCursor().selectionStart()) == found[1500][0]
    assert 0 < len(shown.extraSelections()) <= 500
    shown.show_found((), None)
    assert not shown.extraSelections()


def test_tables_are_set_anew_when_the_width_changes(shown: BlocksText, qtbot: QtBot) -> None:
    text = "\n".join(["Before"] + ["a cell\tanother cell with many words in it\tc"] * 60 + ["After"])
    kinds = ["paragraph", *["table_row"] * 60, "paragraph"]
    blocks = [Block(b.start, b.end, k) for b, k in zip(blocks_of(text), kinds, strict=True)]
    for width in (500, 300, 800, 200):
        shown.show_text(text[:20], blocks_of(text[:20]))  # the scroll bar goes
        shown.show_text(text, blocks)
        shown.resize(width, 400)
        qtbot.wait(1)
    stops = shown.document().findBlockByNumber(1).blockFormat().tabPositions()
    assert len(stops) == 2
    shown.set_theme(DARK)
    assert len(shown.document().findBlockByNumber(1).blockFormat().tabPositions()) == 2


def test_the_keys_that_go_to_the_ends_go_to_those_of_the_whole_text(shown: BlocksText) -> None:
    shown.show_text(LONG, blocks_of(LONG))
    QTest.keyClick(shown, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert shown.current() == 2999
    QTest.keyClick(shown, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert shown.current() == 0


def test_an_empty_text_does_no_harm(shown: BlocksText) -> None:
    shown.show_text("", blocks_of(""))
    assert shown.chosen() == [] and shown.selection() == ""
    shown.show_found((), None)
