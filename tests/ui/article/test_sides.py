"""How the room beside the text is shared: widths, cards, line numbers, mirrored texts."""

from __future__ import annotations

import pytest

from annotator import text as texts
from annotator.model import AnnotatedArticle, Article, Block, Claim, Layer, Segment, Version
from annotator.ui.article.line_numbers import LineNumbers
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.sides import COMFORT
from annotator.ui.article.typesetting import measure
from annotator.ui.article_view import ArticleColumn
from annotator.ui.paint import advance
from annotator.ui.theme import font

from .conftest import Sample


def text_of(column: ArticleColumn) -> MarkedText:
    assert isinstance(column.text, MarkedText)
    return column.text


def article_of(text: str, *claims: str) -> AnnotatedArticle:
    article, layer = Article(title="Made up"), Layer()
    marks = [
        Claim(article=article.id, layer=layer.id, segments=(Segment(text.index(c), text.index(c) + len(c)),))
        for c in claims
    ]
    return AnnotatedArticle(
        article=article, version=Version(article=article.id, text=text, sha256=texts.sha256(text)),
        blocks=tuple(Block(s, e) for s, e in texts.lines(text)), layer=layer, coders={}, annotations=marks,
        sources={}, entities={},
    )  # fmt: skip


def test_a_wide_column_holds_more_letters_than_a_narrow_one(qapp) -> None:
    narrow, usual, wide = (measure(1440, "editor", 100, width).column for width in ("narrow", "usual", "wide"))
    assert narrow < usual < wide
    assert measure(1920, "editor", 100).column > measure(1440, "editor", 100).column
    assert measure(1920, "editor", 100, "narrow").column == narrow


@pytest.mark.parametrize("profile", ["teacher", "editor"])
def test_in_a_narrow_window_cards_keep_room_for_names(column: ArticleColumn, profile: str) -> None:
    column.set_profile(profile)
    column.resize(735, 600)
    assert column.cards.isVisible()
    assert column.cards.width() >= min(COMFORT, 140)
    column.set_width("wide")
    assert column.cards.width() < COMFORT


def test_a_column_never_leaves_the_window(column: ArticleColumn) -> None:
    for width in ("narrow", "usual", "wide"):
        column.set_width(width)
        for room in (360, 600, 900, 1600):
            column.resize(room, 400)
            view = text_of(column).viewport().geometry()
            assert view.left() >= 0 and view.right() <= column.width()


def numbers(column: ArticleColumn) -> list[int]:
    strip = column.findChild(LineNumbers)
    assert strip is not None
    column.grab()
    return [n for _, n in strip.numbers()]


def test_line_numbers_count_lines_of_words(empty_column: ArticleColumn) -> None:
    words = " ".join(["harbour"] * 60)
    empty_column.show_article(article_of(f"Head\n\n{words}\n\n\nTail"))
    assert empty_column.findChild(LineNumbers) is None  # made when first wanted
    empty_column.set_numbered(True)
    assert empty_column.numbered
    found = numbers(empty_column)
    lines = text_of(empty_column).document().findBlockByNumber(2).layout().lineCount()
    assert lines > 3
    assert found == list(range(1, lines + 3))
    empty_column.set_zoom(150)
    assert numbers(empty_column)[:4] == [1, 2, 3, 4]
    empty_column.set_numbered(False)
    assert not empty_column.numbered


def test_line_numbers_go_on_where_the_text_was_scrolled_to(spread_out, empty_column: ArticleColumn) -> None:
    spread_out(60)
    empty_column.set_numbered(True)
    whole = numbers(empty_column)
    bar = text_of(empty_column).verticalScrollBar()
    bar.setValue(bar.maximum())
    last = numbers(empty_column)
    assert last[0] > whole[-1]
    assert last == list(range(last[0], last[0] + len(last)))
    document = text_of(empty_column).document()
    assert last[-1] == sum(document.findBlockByNumber(k).layout().lineCount() for k in range(60))


def test_a_text_written_from_right_to_left_is_mirrored(empty_column: ArticleColumn, sample: Sample) -> None:
    arabic = article_of("قالت سلمى إن العبّارة تأخرت تسع دقائق يوم الثلاثاء.", "تأخرت تسع دقائق")
    empty_column.show_article(arabic)
    text = text_of(empty_column)
    gutter, cards = empty_column._gutter, empty_column.cards
    assert gutter.geometry().left() > text.viewport().geometry().right()
    assert cards.geometry().right() < text.viewport().geometry().left()
    empty_column.set_numbered(True)
    strip = empty_column.findChild(LineNumbers)
    assert strip is not None and strip.geometry().left() > gutter.geometry().left()
    empty_column.show_article(sample.annotated)
    assert gutter.geometry().right() < text.viewport().geometry().left()


def test_line_numbers_have_room_for_all_their_figures(spread_out, empty_column: ArticleColumn) -> None:
    spread_out(60)
    empty_column.set_numbered(True)
    strip = empty_column.findChild(LineNumbers)
    assert strip is not None
    narrow = strip.width()
    spread_out(3000)
    assert strip.width() > narrow
    assert advance(font("small"), "9999") <= strip.width() - 12
