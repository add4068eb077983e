"""Selecting, copying, clicking and keys in the text; offsets are code points throughout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QTextDocument, QTextOption

from annotator import text as texts
from annotator.model import Block
from annotator.ui.article import typesetting
from annotator.ui.article.text import ArticleText
from annotator.ui.article_view import ArticleColumn

from .conftest import TEXT, Sample


def test_selections_round_trip_over_emoji_and_arabic(column: ArticleColumn) -> None:
    for quote in ("paid for 🌊", "👩🏽‍🔬 for", "تقديرات Varga", "Tuesday. The", "🌊\nThe lamp"):
        start = TEXT.index(quote)
        column.select(start, start + len(quote))
        assert column.selection() == (start, start + len(quote))
        assert column.text.textCursor().selectedText().replace("\u2029", "\n") == quote


def test_a_selection_never_cuts_an_emoji(column: ArticleColumn) -> None:
    start = TEXT.index("👩🏽‍🔬")
    column.select(start + 1, start + 3)
    assert column.selection() == (start, start + 4)


def test_every_offset_is_reached_and_told(column: ArticleColumn, qtbot) -> None:
    with qtbot.waitSignal(column.caret_moved) as told:
        column.set_caret(TEXT.index("for it"))
    assert told.args == [TEXT.index("for it")]
    assert column.caret() == TEXT.index("for it")


def test_shift_arrows_select_natively(column: ArticleColumn, qtbot) -> None:
    start = TEXT.index("invoice 👩🏽‍🔬") + len("invoice ")
    column.set_caret(start)
    qtbot.keyClick(column.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert TEXT[slice(*column.selection())] == "👩🏽‍🔬"


def test_ctrl_and_up_and_down_go_by_paragraphs_and_select_with_shift(column: ArticleColumn, qtbot) -> None:
    held, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    starts = [0]
    for line in TEXT.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    filled = [at for at in starts[:-1] if TEXT[at : at + 1] not in ("", "\n")]
    column.set_caret(filled[1])
    qtbot.keyClick(column.text, Qt.Key.Key_Down, held)
    assert column.caret() == filled[2]
    qtbot.keyClick(column.text, Qt.Key.Key_Up, held)
    qtbot.keyClick(column.text, Qt.Key.Key_Down, held | shift)
    assert column.selection() == (filled[1], filled[2])
    column.set_caret(filled[1] + 3)
    qtbot.keyClick(column.text, Qt.Key.Key_Up, held)
    assert column.caret() == filled[1]


def test_copy_gives_the_canonical_words_and_nothing_else(column: ArticleColumn) -> None:
    quote = "🌊\nThe lamp"
    start = TEXT.index(quote)
    column.select(start, start + len(quote))
    column.text.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == quote
    assert not data.hasHtml()


def test_nothing_goes_into_the_text(column: ArticleColumn) -> None:
    data = QMimeData()
    data.setHtml("<img src='file:///etc/hostname'>")
    data.setUrls([QUrl("file:///etc/hostname")])
    assert not column.text.canInsertFromMimeData(data)
    assert not column.text.acceptDrops()
    column.text.insertFromMimeData(data)
    assert column.text.document().toPlainText() == TEXT
    assert column.text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("file:///etc/hostname")) is None


def test_mark_up_in_an_article_is_words(empty_column: ArticleColumn, sample: Sample) -> None:
    text = "<b>bold</b> & <img src=x>"
    version = sample.annotated.version.changed(text=text)
    empty_column.show_article(sample.annotated.changed(version=version, blocks=(), annotations=()))
    assert empty_column.text.document().toPlainText() == text


def centre_of(column: ArticleColumn, quote: str) -> QPoint:
    start = TEXT.index(quote)
    rect = column.anchor_rect(start, start + len(quote))
    return column.text.viewport().mapFromGlobal(rect.center())


def test_a_click_chooses_the_smallest_and_again_the_next(column: ArticleColumn, sample: Sample, qtbot) -> None:
    at = centre_of(column, "an invoice")
    qtbot.mouseClick(column.text.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column.chosen == sample.marks["inner"].id
    with qtbot.waitSignal(column.chosen_changed) as told:
        qtbot.mouseClick(column.text.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [sample.marks["invoice"].id]


def test_a_click_beside_the_text_chooses_nothing(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.choose(sample.marks["lamp"].id)
    right = QPoint(column.text.viewport().width() - 2, centre_of(column, "The lamp was lit").y())
    qtbot.mouseClick(column.text.viewport(), Qt.MouseButton.LeftButton, pos=right)
    assert column.chosen is None


@pytest.mark.parametrize("quote", ["تقديرات", "الفاقد", "Varga الفاقد"])
def test_a_click_on_right_to_left_words(column: ArticleColumn, sample: Sample, qtbot, quote: str) -> None:
    qtbot.mouseClick(column.text.viewport(), Qt.MouseButton.LeftButton, pos=centre_of(column, quote))
    assert column.chosen == sample.marks["arabic"].id


def test_enter_says_what_is_here_and_escape_goes_back(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.text.setFocus()
    column.set_caret(TEXT.index("invoice 👩🏽‍🔬"))
    qtbot.keyClick(column.text, Qt.Key.Key_Return)
    assert column.chosen == sample.marks["inner"].id
    assert isinstance(column.text, ArticleText)
    with qtbot.waitSignal(column.text.listed) as told:
        qtbot.keyClick(column.text, Qt.Key.Key_Return)
    assert told.args[0] == [sample.marks["inner"].id, sample.marks["invoice"].id]
    qtbot.keyClick(column.text, Qt.Key.Key_Escape)
    assert column.chosen is None


def test_enter_on_the_chosen_mark_opens_it(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.choose(sample.marks["lamp"].id)
    with qtbot.waitSignal(column.activated) as told:
        qtbot.keyClick(column.text, Qt.Key.Key_Return)
    assert told.args == [sample.marks["lamp"].id]


def test_single_letters_reach_their_actions(column: ArticleColumn, qtbot) -> None:
    action = QAction("Claim", column.text)
    action.setShortcut(QKeySequence("C"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    column.text.addAction(action)
    column.text.setFocus()
    qtbot.waitUntil(column.text.hasFocus)
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(column.text, Qt.Key.Key_C)
    assert column.text.document().toPlainText() == TEXT


def test_tab_leaves_the_text(column: ArticleColumn, qtbot) -> None:
    column.text.setFocus()
    qtbot.waitUntil(column.text.hasFocus)
    qtbot.keyClick(column.text, Qt.Key.Key_Tab)
    assert column.cards.hasFocus()


def test_the_menu_key_asks_for_what_is_at_the_caret(column: ArticleColumn, sample: Sample, qtbot) -> None:
    from PySide6.QtGui import QContextMenuEvent

    column.set_caret(TEXT.index("was lit"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(column.context_requested) as told:
        column.text.contextMenuEvent(event)
    assert told.args[1] == [sample.marks["lamp"].id]


def test_the_text_can_be_read_and_not_written(column: ArticleColumn, qtbot) -> None:
    column.text.setFocus()
    qtbot.keyClicks(column.text, "xyz")
    qtbot.keyClick(column.text, Qt.Key.Key_Delete)
    assert column.text.isReadOnly()
    assert column.text.document().toPlainText() == TEXT
    assert column.text.accessibleName() == "Article text: A lighthouse nobody paid for"


def test_a_word_without_end_is_broken_anywhere(empty_column: ArticleColumn) -> None:
    """Qt looks for a place to break as far as the word goes, again for each line of it: minutes for a long one."""
    for text, mode in (
        ("Ferry.\n" + "a" * 100_000, QTextOption.WrapMode.WrapAnywhere),
        ("Ferry.\n" + "渡" * 6_000, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere),
        ("Ferry.\n" + "ferry " * 2_000, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere),
    ):
        blocks = tuple(Block(start, end) for start, end in texts.lines(text))
        empty_column.text.load(text, blocks, typesetting.measure(1280, "editor", 100))
        assert empty_column.text.wordWrapMode() == mode
