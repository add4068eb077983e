"""The margin is a real list: names, order, who says it, keys, and rows that stand beside their lines."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from annotator import text as texts
from annotator.model import AnnotatedArticle, Article, Block, Claim, Layer, Segment, Version
from annotator.ui.article import voices
from annotator.ui.article.card_places import MOST_STACKED, ROW, room_below, row_height, shares, spread, stacked
from annotator.ui.article.cards import Cards
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
        column.refresh(sample.with_marks(without="inner"), marks=[sample.marks["inner"].id])
    assert len(names(cards)) == 5
    with qtbot.waitSignal(cards.model().rowsInserted):
        column.refresh(sample.annotated, marks=[sample.marks["inner"].id])
    assert len(names(cards)) == 6


def test_cards_never_overlap_and_the_chosen_one_is_level() -> None:
    wanted = [("a", 10.0), ("b", 12.0), ("c", 14.0), ("d", 200.0)]
    free = spread(wanted, None)
    assert free["a"] == 10 and free["d"] == 200
    held = spread(wanted, "c")
    assert held["c"] == 14
    for found in (free, held):
        tops = sorted(found.values())
        assert all(b - a >= ROW for a, b in pairwise(tops))


def test_rows_are_as_high_as_the_lines_let_them() -> None:
    assert row_height([]) == row_height([0, 100]) == ROW
    assert row_height([0, 100, 125]) == 24
    assert row_height([0, 2]) == 18


def test_claims_that_begin_on_one_line_share_its_row() -> None:
    assert shares(["a"], 180, None) == ([("a", 180)], [])
    assert [round(w) for _, w in shares(["a", "b"], 260, None)[0]] == [128, 128]
    assert shares(["a", "b"], 180, "b") == ([("a", 30), ("b", 147)], [])
    cells, rest = shares(["a", "b", "c"], 120, "b")
    assert rest == [] and dict(cells)["b"] > dict(cells)["a"] == dict(cells)["c"]
    cells, rest = shares([str(n) for n in range(9)], 120, "8")
    assert len(rest) == 9 - len(cells) and "8" in dict(cells)
    assert sum(w for _, w in cells) + 3 * len(cells) + 26 <= 120


def test_claims_that_begin_on_one_line_stand_below_each_other_where_there_is_room() -> None:
    assert stacked(["a", "b"], 180, 3) == [["a"], ["b"]]
    assert stacked(["a", "b"], 180, 1) == [["a", "b"]]
    assert stacked(["a", "b"], 400, 3) == [["a", "b"]]
    assert stacked(["a", "b", "c", "d", "e"], 180, 2) == [["a", "b", "c"], ["d", "e"]]
    assert room_below(0, 32, 28) == 1 and room_below(0, 57, 28) == 2 and room_below(0, 96, 28) == 3
    assert room_below(0, None, 28) == room_below(0, 900, 28) == MOST_STACKED


def test_forty_claims_on_a_screen_stand_level_with_their_lines(empty_column: ArticleColumn) -> None:
    text = "\n".join(" ".join(["harbour"] * 24) for _ in range(10))
    article, layer = Article(title="Dense"), Layer()
    claims = tuple(
        Claim(article=article.id, layer=layer.id, segments=(Segment(start + at, start + at + 7),))
        for start, _ in texts.lines(text)
        for at in (0, 8, 16, 120)
    )
    version = Version(article=article.id, text=text, sha256=texts.sha256(text))
    blocks = tuple(Block(s, e) for s, e in texts.lines(text))
    annotated = AnnotatedArticle(
        article=article, version=version, blocks=blocks, layer=layer, coders={}, annotations=claims, sources={}, entities={}
    )  # fmt: skip
    empty_column.resize(1000, 900)
    empty_column.show_article(annotated)
    cards = cards_of(empty_column)
    for chosen in (None, claims[17].id):
        empty_column.choose(chosen)
        empty_column.text.verticalScrollBar().setValue(40)
        cards.grab()
        level = 0
        for claim in claims:
            rect = cards.visualRect(cards.model().index(cards.row_of(claim.id), 0))
            line = empty_column.anchor_rect(claim.start, claim.end)
            middle = cards.viewport().mapFromGlobal(line.center()).y()
            if rect.isValid() and 0 < middle < cards.height():
                level += 1
                assert abs(rect.center().y() - middle) <= 4
        assert level > 20
