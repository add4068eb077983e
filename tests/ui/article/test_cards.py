"""The margin is a real list: names, order, who says it, keys, and rows that stand beside their lines."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from annotator.ui.article import voices
from annotator.ui.article.cards import GAP, ROW, Cards, spread
from annotator.ui.article_view import ArticleColumn

from .conftest import Sample


def cards_of(column: ArticleColumn) -> Cards:
    assert isinstance(column.cards, Cards)
    return column.cards


def names(cards: Cards) -> list[str]:
    model = cards.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_names_say_number_words_speaker_and_status(column: ArticleColumn) -> None:
    found = names(cards_of(column))
    assert found[0] == "Claim 1, The lamp was lit on Tuesday., author’s voice, not checked"
    assert found[1] == "Claim 2, No invoice, The harbour board, not checked"
    assert found[2].endswith("not linked, not checked")
    assert found[4].endswith("Ines Varga, checked, mostly supported")
    assert found[5].endswith("not stated, not checked")


def test_it_is_a_list_to_assistive_technology(column: ArticleColumn) -> None:
    face = QAccessible.queryAccessibleInterface(column.cards)
    assert face.role() == QAccessible.Role.List
    assert face.childCount() == 6
    assert face.child(1).text(QAccessible.Text.Name).startswith("Claim 2")


def test_the_three_kinds_of_nobody_are_told_apart(sample: Sample) -> None:
    kinds = {name: voices.voice_of(sample.annotated, sample.marks[name].id).kind for name in ("lamp", "inner", "cost")}
    assert kinds == {"lamp": voices.AUTHOR, "inner": voices.OPEN, "cost": voices.NOBODY}


def test_a_card_stands_at_its_line(column: ArticleColumn, sample: Sample) -> None:
    cards = cards_of(column)
    cards.grab()
    mark = sample.marks["cost"]
    rect = cards.visualRect(cards.model().index(5, 0))
    line = column.anchor_rect(mark.start, mark.end)
    y = cards.viewport().mapToGlobal(rect.center()).y()
    assert line.top() <= y <= line.bottom()


def test_a_click_chooses(column: ArticleColumn, sample: Sample, qtbot) -> None:
    cards = cards_of(column)
    cards.grab()
    at = cards.visualRect(cards.model().index(5, 0)).center()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column.chosen == sample.marks["cost"].id
    assert cards.currentIndex().row() == 5


def test_arrows_choose_and_enter_opens(column: ArticleColumn, sample: Sample, qtbot) -> None:
    cards = cards_of(column)
    column.choose(sample.marks["lamp"].id)
    cards.setFocus()
    qtbot.waitUntil(cards.hasFocus)
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert column.chosen == sample.marks["invoice"].id
    with qtbot.waitSignal(column.activated) as told:
        qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert told.args == [sample.marks["invoice"].id]
    qtbot.keyClick(cards, Qt.Key.Key_End)
    assert column.chosen == sample.marks["cost"].id
    qtbot.keyClick(cards, Qt.Key.Key_Escape)
    assert column.text.hasFocus()


def test_focus_is_never_on_nothing(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.cards.setFocus()
    qtbot.waitUntil(column.cards.hasFocus)
    assert column.chosen == sample.marks["lamp"].id


def test_a_claim_made_is_a_row_made(column: ArticleColumn, sample: Sample, qtbot) -> None:
    cards = cards_of(column)
    with qtbot.waitSignal(cards.model().rowsRemoved):
        column.refresh(sample.with_marks(without="inner"))
    assert len(names(cards)) == 5
    with qtbot.waitSignal(cards.model().rowsInserted):
        column.refresh(sample.annotated)
    assert len(names(cards)) == 6


def test_cards_never_overlap_and_the_chosen_one_is_level() -> None:
    wanted = [("a", 10.0), ("b", 12.0), ("c", 14.0), ("d", 200.0)]
    free = spread(wanted, None)
    assert free["a"].top == 10 and free["d"].top == 200
    held = spread(wanted, "c")
    assert held["c"].top == 14
    tops = sorted(slot.top for slot in held.values())
    assert all(b - a >= ROW + GAP - 0.01 for a, b in pairwise(tops))
