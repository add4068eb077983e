"""Numbered lines: every word once, in lines that agree whatever is marked, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import text as texts
from annotator.exporters.numbered import broken, lines_of, printed
from annotator.model import Article, Block
from tests.analysis.audited import annotated_texts, article
from tests.exporters.conftest import Maker
from tests.exporters.lessons import bare

WIDTH, SIZE = 103.0, 11.0
LONG = (
    "On a grey morning in March the keeper of the bridge unfolded a photocopied table on the bonnet of her car and "
    "pointed at a single cell, which said that nine thousand carts had crossed it on a well-remembered day in spring. "
)


class _Narrow:
    """A renderer that breaks after ten code points."""

    def lines(self, text: str, width: float, size: float, *, rtl: bool) -> list[tuple[int, int]]:
        return [(at, min(at + 10, len(text))) for at in range(0, len(text), 10)]


@given(st.text(st.sampled_from("aé -\u2003—橋。「」สว\u0e31قا\u064e👨\u200d👩x,"), max_size=200))
def test_lines_together_are_the_text_and_cut_no_grapheme(text: str) -> None:
    found = broken(text, WIDTH, SIZE)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(a < b for a, b in found)
    assert all(texts.is_grapheme_boundary(text, a) for a, _ in found)


def test_a_line_is_full_but_not_overfull() -> None:
    found = [LONG[a:b] for a, b in broken(LONG, WIDTH, SIZE)]
    assert all(line.endswith(" ") for line in found)
    assert all(38 <= len(line) <= 60 for line in found[:-1])


def test_a_line_may_end_after_a_hyphen_and_not_before_one() -> None:
    found = [LONG[a:b] for a, b in broken(LONG.replace(" ", "-"), WIDTH, SIZE)]
    assert len(found) > 3
    assert not any(line.startswith("-") for line in found)


@pytest.mark.parametrize("sign", ["x", "橋", "ส", "👩🏽‍🔧", "W"])
def test_a_word_without_an_end_is_cut_to_lines(sign: str) -> None:
    text = sign * 300
    found = broken(text, WIDTH, SIZE)
    assert 3 < len(found) < 60
    assert max(b - a for a, b in found) <= 120 * len(sign)


def test_east_asian_marks_do_not_begin_a_line() -> None:
    text = "橋は安全だと委員会は述べた。「" * 30
    assert not any(text[a] in "。」" for a, _ in broken(text, WIDTH, SIZE))


def test_a_sign_wider_than_the_column_still_stands() -> None:
    assert broken("WW", 1.0, 20.0) == [(0, 1), (1, 2)]


def test_breaking_is_linear() -> None:
    assert len(broken("word " * 40_000, WIDTH, SIZE)) > 2_000


def test_every_word_of_the_article_stands_in_a_line() -> None:
    annotated = Maker().annotated()
    lines = lines_of(annotated)
    shown = [annotated.text[line.start : line.end] for line in lines]
    assert "".join("".join(shown).split()) == "".join(annotated.text.split())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert not any(words != words.rstrip() or not words for words in shown)


def test_headline_heading_byline_and_caption_have_their_looks() -> None:
    text = "By Ilva Marr\nHow it began\nA picture\nWords"
    zones = ["byline", "body", "caption"]
    made = article(text, zones=zones)
    kinds = ["paragraph", "heading", "caption", "paragraph"]
    blocks = [Block(b.start, b.end, kind, 0, b.zone) for b, kind in zip(made.blocks, kinds, strict=True)]
    found = [line.style for line in lines_of(made.changed(blocks=blocks))]
    assert found == ["NumberedSmall", "NumberedHeading", "NumberedSmall", "NumberedLine"]
    assert lines_of(Maker().annotated())[0].style == "NumberedHeadline"


def test_every_fifth_number_and_the_first_are_printed() -> None:
    lines = lines_of(article("\n".join("abcdefghijk")))
    assert [line.shown for line in lines] == ["1", "", "", "", "5", "", "", "", "", "10", ""]


def test_a_line_knows_which_way_its_paragraph_runs() -> None:
    text = "قالت الهيئة إن الجسر آمن " * 8 + "2024\nThe bridge"
    lines = lines_of(article(text))
    assert [line.rtl for line in lines] == [True] * (len(lines) - 1) + [False]
    assert len(lines) > 2


def test_cells_of_a_table_are_parted_by_a_bar() -> None:
    assert printed("Year\tCarts") == "Year | Carts"


def test_a_list_has_bullets_only_where_the_text_has_none() -> None:
    made = article("One\n• Two\n3. Three")
    blocks = [Block(b.start, b.end, "list", 1, b.zone) for b in made.blocks]
    assert [line.bullet for line in lines_of(made.changed(blocks=blocks))] == [True, False, False]


def test_an_offset_leads_to_its_line() -> None:
    lines = lines_of(article("one\n\ntwo"))
    assert [lines.number(at) for at in (0, 3, 5, 99)] == [1, 1, 2, 2]
    assert lines_of(article("")).number(3) == 0


def test_the_renderer_breaks_where_there_is_one() -> None:
    found = lines_of(article("x" * 25), _Narrow())  # type: ignore[arg-type]
    assert [(line.start, line.end) for line in found] == [(0, 10), (10, 20), (20, 25)]


@settings(deadline=None, max_examples=40)
@given(annotated_texts())
def test_marks_do_not_move_lines(annotated: object) -> None:
    assert list(lines_of(annotated)) == list(lines_of(bare(annotated)))  # type: ignore[arg-type]


def test_an_article_named_by_nobody_has_lines() -> None:
    made = article("Words").changed(article=Article(id="a", title=""), blocks=())
    assert len(lines_of(made)) == 1
