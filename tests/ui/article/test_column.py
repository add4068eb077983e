"""The column as others use it: refreshing, choosing, moving on, coverage, finding, themes, zoom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor

from annotator.analysis.coverage import Coverage
from annotator.model import Claim, Segment
from annotator.ui.article.gutter import Gutter, Stripe
from annotator.ui.article.head import Head
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.marks import _rule
from annotator.ui.article.typesetting import measure
from annotator.ui.article_view import ArticleColumn
from annotator.ui.theme import DARK

from .conftest import TEXT, Sample


def text_of(column: ArticleColumn) -> MarkedText:
    assert isinstance(column.text, MarkedText)
    return column.text


def test_a_refresh_lays_out_only_what_changed(column: ArticleColumn, sample: Sample, monkeypatch) -> None:
    column.grab()
    text = text_of(column)
    laid_out: list[int] = []
    real = text.geometry_._lay_out
    monkeypatch.setattr(text.geometry_, "_lay_out", lambda block, k: (laid_out.append(k), real(block, k))[1])
    column.refresh(sample.annotated, sample.coverage)
    column.grab()
    assert laid_out == []
    start = TEXT.index("Nobody asked")
    fresh = Claim(article=sample.annotated.article.id, layer="l", segments=(Segment(start, start + 12),))
    column.refresh(sample.with_marks(fresh), sample.coverage)
    column.grab()
    assert laid_out == [3]


def test_a_refresh_repaints_the_strip_of_what_changed(spread_out, empty_column: ArticleColumn, monkeypatch) -> None:
    annotated = spread_out(12)
    empty_column.grab()
    asked: list[QRect] = []
    text = text_of(empty_column)
    monkeypatch.setattr(text, "update_paragraphs", lambda ks: asked.append(set(ks)))
    empty_column.refresh(annotated.changed(annotations=annotated.annotations[:3] + annotated.annotations[4:]))
    assert asked == [{3}]


def test_choosing_scrolls_and_says_so_once(spread_out, empty_column: ArticleColumn, qtbot) -> None:
    last = spread_out(60).annotations[-1]
    told: list[object] = []
    empty_column.chosen_changed.connect(told.append)
    empty_column.choose(last.id)
    empty_column.choose(last.id)
    assert told == [last.id]
    view = empty_column.text.viewport()
    rect = empty_column.anchor_rect(last.start, last.end)
    assert view.rect().contains(view.mapFromGlobal(rect.center()))
    assert empty_column.caret() == last.start


def test_choosing_keeps_a_selection(column: ArticleColumn, sample: Sample) -> None:
    column.select(0, 5)
    column.choose(sample.marks["cost"].id)
    assert column.selection() == (0, 5)


def test_a_mark_that_is_gone_is_no_longer_chosen(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.choose(sample.marks["inner"].id)
    with qtbot.waitSignal(column.chosen_changed) as told:
        column.refresh(sample.with_marks(without="inner"))
    assert told.args == [None]


def test_what_is_tied_to_the_chosen_claim(column: ArticleColumn, sample: Sample) -> None:
    column.choose(sample.marks["quote"].id)
    assert text_of(column).linked == {sample.marks["varga"].id, sample.marks["said"].id}
    column.choose(sample.marks["board"].id)
    assert text_of(column).linked == {sample.marks["invoice"].id}


def test_walking_through_the_marks(column: ArticleColumn, sample: Sample) -> None:
    column.set_caret(0)
    names = {mark.id: name for name, mark in sample.marks.items()}
    walked = [names[column.next_annotation(1) or ""] for _ in range(5)]
    assert walked == ["lamp", "board", "says", "invoice", "inner"]
    assert names[column.next_annotation(-1) or ""] == "invoice"
    column.set_caret(len(TEXT))
    assert column.next_annotation(1) is None


def test_walking_through_open_sentences(column: ArticleColumn, sample: Sample) -> None:
    open_starts = sample.coverage.open
    assert [TEXT[s : s + 6] for s in open_starts] == ["Nobody", "The ke"]
    column.choose(sample.marks["lamp"].id)
    assert column.next_open_sentence(1)
    assert (column.caret(), column.chosen) == (open_starts[0], None)
    assert column.next_open_sentence(1)
    assert not column.next_open_sentence(1)
    assert column.next_open_sentence(-1)
    assert column.caret() == open_starts[0]


def test_a_dot_for_every_open_sentence(column: ArticleColumn, sample: Sample) -> None:
    gutter = column.findChild(Gutter)
    assert len(gutter.dots()) == 2
    for n, sentence in enumerate(sample.sentences):
        sample.coverage.put(str(n), [sentence])
    column.refresh(sample.annotated, sample.coverage)
    assert gutter.dots() == []
    column.set_coverage(Coverage(sample.sentences))
    assert len(gutter.dots()) == len(sample.sentences)


def test_stripes_share_no_lane_on_a_line(column: ArticleColumn) -> None:
    stripes = column.findChild(Gutter).stripes()
    assert len(stripes) == 9
    for a in stripes:
        for b in stripes:
            if a is not b and a.lane == b.lane:
                assert a.bottom <= b.top or b.bottom <= a.top


def test_the_head_counts_in_good_grammar(column: ArticleColumn) -> None:
    head = column.findChild(Head)
    assert head.accessibleName() == "Marked: 6 claims, 2 sources, 1 entity, 2 cues"
    column.set_profile("teacher")
    assert head.accessibleName() == "Marked: 6 claims, 2 sources, 1 entity"


def test_a_teacher_sees_no_cues(column: ArticleColumn, sample: Sample) -> None:
    at = TEXT.index("says")
    assert column.annotations_at(at) == [sample.marks["says"].id]
    column.set_profile("teacher")
    assert column.annotations_at(at) == []


def test_growing_from_nothing_and_by_words(column: ArticleColumn) -> None:
    column.set_caret(TEXT.index("lit on"))
    column.grow(1)
    column.grow(1)
    column.grow(1, edge="start")
    assert TEXT[slice(*column.selection())] == "was lit on"
    column.grow(1, "sentence")
    assert TEXT[slice(*column.selection())] == "was lit on Tuesday."
    column.grow(-1)
    assert TEXT[slice(*column.selection())] == "was lit on Tuesday"


def test_find_counts_walks_and_returns_to_the_text(column: ArticleColumn, qtbot) -> None:
    column.text.setFocus()
    column.open_find()
    bar = column._find
    qtbot.waitUntil(bar.field.hasFocus)
    qtbot.keyClicks(bar.field, "VARGA")
    assert bar.place.text() == "1 of 2"
    assert TEXT[slice(*column.selection())] == "Varga"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.place.text() == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.place.text() == "1 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.place.text() == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert column.text.hasFocus()
    assert TEXT[slice(*column.selection())] == "Varga"
    assert not bar.isVisible()
    second = column.selection()
    column.find_next()
    assert column.selection() != second and TEXT[slice(*column.selection())] == "Varga"
    assert column.text.hasFocus() and not bar.isVisible()


def test_find_across_a_paragraph_and_find_nothing(column: ArticleColumn, qtbot) -> None:
    column.open_find()
    column._find.field.setText("again. it is")
    assert column._find.place.text() == "1 of 1"
    column._find.field.setText("nowhere to be seen")
    assert column._find.place.text() == "Not in this article"
    assert not column._find.forth.isEnabled()


def test_a_theme_changes_colours_and_moves_nothing(column: ArticleColumn, sample: Sample) -> None:
    column.choose(sample.marks["quote"].id)
    before = [column.anchor_rect(m.start, m.end) for m in sample.annotated.annotations]
    light = column.grab().toImage()
    column.set_theme(DARK)
    dark = column.grab().toImage()
    assert light.pixelColor(5, 200) != dark.pixelColor(5, 200) == QColor(DARK.page)
    assert [column.anchor_rect(m.start, m.end) for m in sample.annotated.annotations] == before


@pytest.mark.parametrize(("asked", "given"), [(150, 150), (500, 200), (10, 70)])
def test_zoom_keeps_offsets_and_its_limits(column: ArticleColumn, qtbot, asked: int, given: int) -> None:
    height = column.anchor_rect(0, 3).height()
    with qtbot.waitSignal(column.zoom_changed) as told:
        column.set_zoom(asked)
    assert told.args == [given] == [column.zoom]
    assert (column.anchor_rect(0, 3).height() > height) == (given > 100)
    column.select(3, 9)
    assert column.selection() == (3, 9)


def test_zones_are_formats_only(column: ArticleColumn, sample: Sample) -> None:
    blocks = list(sample.annotated.blocks)
    before = column.anchor_rect(blocks[1].start, blocks[1].start + 3).height()
    blocks[1] = replace(blocks[1], kind="heading", level=1)
    column.refresh(sample.annotated.changed(blocks=tuple(blocks)), sample.coverage)
    assert column.anchor_rect(blocks[1].start, blocks[1].start + 3).height() != before
    assert column.text.document().toPlainText() == TEXT


def test_proposals_and_the_place_for_a_card(column: ArticleColumn, sample: Sample) -> None:
    mark = sample.marks["varga"]
    plain = column.grab().toImage()
    column.propose([(mark.start, mark.end)])
    assert column.grab().toImage() != plain
    column.propose([])
    assert column.grab().toImage() == plain


def test_no_article_says_what_to_do(column: ArticleColumn, sample: Sample, qtbot) -> None:
    column.choose(sample.marks["lamp"].id)
    with qtbot.waitSignal(column.chosen_changed):
        column.show_article(None)
    assert not column.text.isVisible()
    assert column.findChild(Head).accessibleName() == "No article"
    column.open_find()
    assert not column._find.isVisible()
    assert column.selection() == (0, 0)


def test_a_narrow_column_gives_the_room_to_the_text(column: ArticleColumn) -> None:
    column.resize(480, 420)
    assert not column.cards.isVisible()
    column.resize(1000, 420)
    assert column.cards.isVisible()


def test_a_folded_library_can_be_asked_for(column: ArticleColumn, qtbot) -> None:
    column.set_folded(True)
    with qtbot.waitSignal(column.library_requested):
        qtbot.mouseClick(column.findChild(Head).library, Qt.MouseButton.LeftButton)


def test_focus_shows(column: ArticleColumn, qtbot) -> None:
    column.cards.setFocus()
    before = column.grab().toImage()
    column.text.setFocus()
    qtbot.waitUntil(column.text.hasFocus)
    after = column.grab().toImage()
    assert sum(before.pixel(x, 39) != after.pixel(x, 39) for x in range(0, 1000, 10)) == 100


def test_sizes_by_window_and_profile(qapp) -> None:
    editor, wide, teacher = measure(1280, "editor", 100), measure(1440, "editor", 100), measure(1280, "teacher", 100)
    assert [(m.px, m.line) for m in (editor, wide, teacher)] == [(17, 29), (18, 31), (20, 34)]
    assert measure(1280, "editor", 200).px == 34
    assert 450 < editor.column < 500


def test_the_ruler_shows_where_sentences_are_open(column: ArticleColumn, sample: Sample) -> None:
    ruler, text = column._ruler, column._text
    rows = ruler._bring_up()[1]

    def row_of(offset: int) -> int:
        y = text.line_rect(offset).center().y() + text.scrolled.y()
        return int(y / ruler._total() * ruler.height() / 3)

    opened = [row_of(at) for start, end in sample.sentences for at in (start, end - 1) if start in sample.coverage.open]
    assert set(opened) <= set(rows)
    lamp = row_of(TEXT.index("The lamp was lit"))
    assert lamp not in rows  # it is a claim, and nothing else stands in its line
    ruler._drop()
    image = ruler.grab().toImage()
    at = image.width() // 2, int((rows[0] * 3 + 1) * image.devicePixelRatio())
    assert image.pixelColor(*at).name() == column._text.theme.muted
    column.set_coverage(None)
    assert ruler._bring_up()[1] == []


def test_lanes_draw_nearer_in_small_letters(column: ArticleColumn, sample: Sample) -> None:
    lines = {}
    for zoom in (70, 100, 200):
        column.set_zoom(zoom)
        text = column._text
        run = text.geometry_.runs(text.document().findBlockByNumber(1))[0]
        rules = [_rule(run._replace(lane=lane), text.theme) - run.base for lane in range(3)]
        lines[zoom] = rules[2], rules[1] - rules[0], run.height
    assert lines[70][1] < lines[100][1] <= lines[200][1]
    assert lines[70][0] < lines[70][2] / 2  # the third rule stays nearer to its own line than to the next


def test_what_is_counted_in_the_gutter_stands_off_the_edge(column: ArticleColumn, sample: Sample) -> None:
    gutter = column._gutter
    span = gutter.stripes()[0].span
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        gutter.setLayoutDirection(direction)
        rect = gutter._rest([Stripe(span, 10, 20, 4)])[0][0]
        assert min(rect.left(), gutter.width() - rect.right()) >= 3
