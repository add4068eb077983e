"""What a filter does to the text, the margin, the ruler and the way from mark to mark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from annotator.ui.article.cards import Cards
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article_view import ArticleColumn
from annotator.ui.filters import Filter

from .conftest import TEXT, Sample


def text_of(column: ArticleColumn) -> MarkedText:
    assert isinstance(column.text, MarkedText)
    return column.text


def lit(column: ArticleColumn, sample: Sample) -> set[str]:
    return {name for name, mark in sample.marks.items() if text_of(column).stands_out(mark)}


def only(**facets: str) -> Filter:
    return Filter(**{facet: frozenset({value}) for facet, value in facets.items()})


def test_the_bar_is_made_when_it_is_asked_for(column: ArticleColumn) -> None:
    assert column.filtering._bar is None
    column.filtering.ask()
    assert column.filtering.open
    assert column.filtering.bar.chips["kind"].hasFocus()


def test_without_an_article_there_is_nothing_to_filter(empty_column: ArticleColumn) -> None:
    empty_column.filtering.ask()
    assert not empty_column.filtering.open


def test_marks_that_do_not_match_are_set_back(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.filtering.ask()
    column.filtering.set(only(link="unlinked"))
    assert lit(column, sample) == {"inner", "arabic"}
    column.choose(sample.marks["lamp"].id)
    assert "lamp" in lit(column, sample)  # what is chosen is always seen
    bar = column.filtering.bar
    qtbot.waitUntil(lambda: bar.count.text() == f"2 of {len(sample.marks)} shown")
    column.filtering.clear()
    assert lit(column, sample) == set(sample.marks)


def test_a_filter_follows_what_changes(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.filtering.ask()
    column.filtering.set(only(kind="claim"))
    column.refresh(sample.with_marks(without="inner"), marks=[sample.marks["inner"].id])
    qtbot.waitUntil(lambda: column.filtering.bar.count.text() == f"5 of {len(sample.marks) - 1} shown")


def test_dimming_paints_no_band_and_hiding_paints_nothing(column: ArticleColumn, sample: Sample) -> None:
    text = text_of(column)

    def painted(words: str) -> set[str]:
        image = text.viewport().grab().toImage()
        rect = column.anchor_rect(TEXT.index(words), TEXT.index(words) + len(words))
        at = text.viewport().mapFromGlobal(rect.topLeft())
        ratio = image.devicePixelRatio()
        return {
            image.pixelColor(int((at.x() + x) * ratio), int((at.y() + y) * ratio)).name()
            for x in range(4, rect.width() - 4)
            for y in range(2, rect.height())
        }

    theme = text.theme
    words = "The lamp was lit on Tuesday."
    assert {theme.band, theme.claim} <= painted(words)
    column.filtering.set(only(kind="cue"))
    assert not {theme.band, theme.claim} & painted(words)
    dim = painted(words)
    column.filtering.set_hiding(True)
    assert painted(words) < dim


def test_the_way_from_mark_to_mark_is_narrowed(column: ArticleColumn, sample: Sample) -> None:
    column.filtering.set(only(kind="source_mention"))
    column.set_caret(0)
    assert column.next_annotation() == sample.marks["board"].id
    assert column.next_annotation() == sample.marks["varga"].id
    assert column.next_annotation() is None
    assert column.next_annotation(-1) == sample.marks["board"].id


def test_cards_of_others_are_gone(column: ArticleColumn, sample: Sample, qtbot) -> None:
    cards = column.cards
    assert isinstance(cards, Cards)
    column.filtering.set(only(link="unlinked"))
    cards.grab()
    shown = [n for n in range(6) if cards.visualRect(cards.model().index(n, 0)).isValid()]
    assert [cards.model().index(n, 0).data(Qt.ItemDataRole.UserRole) for n in shown] == [
        sample.marks["inner"].id,
        sample.marks["arabic"].id,
    ]
    column.choose(sample.marks["inner"].id)
    cards.setFocus()
    qtbot.waitUntil(cards.hasFocus)
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    assert column.chosen == sample.marks["arabic"].id


def test_the_ruler_counts_what_stands_out(column: ArticleColumn, sample: Sample, qtbot) -> None:
    ruler = column._ruler
    ruler.grab()

    def kinds() -> dict[str, int]:
        return {kind: n for (_, kind), n in (+(ruler._cells or {})).items()} if ruler._cells else {}

    assert set(kinds()) == {"claim", "source_mention"}
    column.filtering.set(only(kind="source_mention"))
    qtbot.waitUntil(lambda: set(kinds()) == {"source_mention"})
    column.filtering.clear()
    qtbot.waitUntil(lambda: not ruler.grab().isNull() and set(kinds()) == {"claim", "source_mention"})


def test_hidden_marks_are_out_of_reach(column: ArticleColumn, sample: Sample, qtbot) -> None:
    text = text_of(column)
    column.set_caret(TEXT.index("Ines Varga") + 2)
    both = {sample.marks["varga"].id, sample.marks["person"].id}
    column.filtering.set(only(kind="mention"))
    assert set(text.in_reach(text.index.beside(column.caret()))) == both
    column.filtering.set_hiding(True)
    assert text.in_reach(text.index.beside(column.caret())) == [sample.marks["person"].id]


def test_by_keyboard_alone(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.filtering.ask()
    bar = column.filtering.bar
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Right)
    assert bar.chips["type"].hasFocus()
    qtbot.keyClick(bar.chips["type"], Qt.Key.Key_Left)
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert column.filtering.filter == only(kind="source_mention")
    qtbot.keyClick(popup, Qt.Key.Key_3)
    assert column.filtering.filter.kind == {"source_mention", "mention"}
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Delete)
    assert not column.filtering.filter
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Escape)
    assert not column.filtering.open and column.text.hasFocus()


def test_escape_in_the_text_ends_the_filter_last(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.filtering.ask()
    column.filtering.set(only(kind="claim"))
    column.text.setFocus()
    column.choose(sample.marks["lamp"].id)
    qtbot.keyClick(column.text, Qt.Key.Key_Escape)
    assert column.chosen is None and column.filtering.open
    qtbot.keyClick(column.text, Qt.Key.Key_Escape)
    assert not column.filtering.open
    with qtbot.waitSignal(column.escaped):
        qtbot.keyClick(column.text, Qt.Key.Key_Escape)


def test_another_article_keeps_the_filter_but_not_its_sources(column: ArticleColumn, sample: Sample) -> None:
    column.filtering.ask()
    source = next(iter(sample.annotated.sources))
    column.filtering.set(Filter(kind=frozenset({"claim"}), source=frozenset({source})))
    column.show_article(sample.annotated)
    assert column.filtering.filter == only(kind="claim")
    assert column.filtering.open
    column.show_article(None)
    assert not column.filtering.open


@pytest.mark.parametrize("width", [420, 760, 1200])
def test_the_bar_cuts_nothing(column: ArticleColumn, qtbot, width: int) -> None:
    column.filtering.ask()
    bar = column.filtering.bar
    column.resize(width, 500)
    qtbot.waitUntil(lambda: bar.width() == width)
    bar.show_filter(only(kind="claim", link="unlinked"))
    parts = [c for c in (*bar.chips.values(), bar.rest, bar.count, bar.clear, bar.shut) if c.isVisible()]
    for part in parts:
        assert bar.rect().contains(part.geometry()), part.accessibleName()
        others = [p for p in parts if p is not part]
        assert not any(part.geometry().intersects(other.geometry()) for other in others)


def test_a_list_of_coinciding_marks(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.text.setFocus()
    column.set_caret(TEXT.index("invoice 👩🏽‍🔬"))
    assert column.list_here()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert text_of(column).hover == [sample.marks["inner"].id]
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert text_of(column).hover == [sample.marks["invoice"].id]
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert column.chosen == sample.marks["invoice"].id
    assert text_of(column).hover == []
    column.list_here()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    with qtbot.waitSignal(column.activated) as told:
        qtbot.keyClick(popup, Qt.Key.Key_2)
    assert told.args == [sample.marks["invoice"].id]
    column.set_caret(0)
    assert not column.list_here()


def test_marks_without_a_lane_are_counted_at_the_end_of_the_line(column: ArticleColumn, sample: Sample, qtbot) -> None:
    from annotator.model import Claim, Segment

    start = TEXT.index("Nobody asked")
    layers = [
        Claim(article=sample.annotated.article.id, layer="l", segments=(Segment(start, start + 6 + n),))
        for n in range(5)
    ]
    column.show_article(sample.with_marks(*layers))
    text = text_of(column)
    line = text.viewport().mapFromGlobal(column.anchor_rect(start, start + 5).center())
    found = [
        (x, y)
        for y in range(line.y(), line.y() + 24, 2)
        for x in range(0, text.viewport().width(), 4)
        if text.crowd_at(QPoint(x, y).toPointF())
    ]
    assert found
    with qtbot.waitSignal(text.listed) as told:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(*found[0]))
    assert len(told.args[0]) == 2


def test_the_ruler_follows_what_passes(column: ArticleColumn, sample: Sample, qtbot) -> None:
    ruler = column._ruler

    def ticks() -> int:
        return sum((+(ruler._cells or {})).values()) if ruler._cells else 0

    column.filtering.set(only(kind="claim"))
    claims = [m for m in sample.marks.values() if m.kind == "claim"]
    qtbot.waitUntil(lambda: ticks() == sum(len(c.segments) for c in claims))
    before = ticks()
    column.refresh(sample.with_marks(without="inner"), marks=[sample.marks["inner"].id])
    assert ticks() == before - 1
    column.refresh(sample.with_marks(without="varga"), marks=[sample.marks["inner"].id, sample.marks["varga"].id])
    assert ticks() == before


def test_a_new_height_counts_nothing_and_a_new_layout_only_what_passes(
    column: ArticleColumn, sample: Sample, qtbot
) -> None:
    ruler = column._ruler
    ruler.grab()
    counted = ruler._cells
    column.resize(1000, 300)
    ruler._drop()
    assert counted is not None and ruler._cells is counted
    column.filtering.set(only(kind="source_mention"))
    column.set_zoom(130)
    ruler._drop()
    qtbot.waitUntil(lambda: bool(ruler._cells) and {kind for _, kind in ruler._cells} == {"source_mention"})
    assert sum(ruler._cells.values()) == 2


def test_esc_in_the_bar_keeps_the_filter_and_shift_delete_shows_all(
    column: ArticleColumn, sample: Sample, qtbot
) -> None:
    column.filtering.ask()
    bar = column.filtering.bar
    column.filtering.set(only(kind="cue"))
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None and column.filtering.filter == only(kind="cue")
    qtbot.keyClick(bar.chips["kind"], Qt.Key.Key_Escape)
    assert column.text.hasFocus() and column.filtering.open and column.filtering.filter == only(kind="cue")
    column.filtering.ask()
    qtbot.keyClick(bar.chips["type"], Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert column.filtering.open and not column.filtering.filter
    column.filtering.set(only(kind="cue"))
    bar.shut.click()
    assert not column.filtering.open and not column.filtering.filter and column.text.hasFocus()
