"""The numbers of Word's lists, which stand nowhere in the file and are counted as Word counts them."""

from __future__ import annotations

import pytest

from annotator.importers import word
from annotator.model import Draft, ReadOptions
from tests.importers.known_word import NUMBERING, level, num, p, package, r


def drafted(data: bytes) -> Draft:
    return word.read(data, "a.docx", ReadOptions(), lambda: None)


def text_of(body: str, numbering: str = NUMBERING) -> str:
    return drafted(package(body, numbering=numbering)).text


def lines(draft: Draft) -> list[tuple[str, str, int]]:
    return [(draft.text[b.start : b.end], b.kind, b.level) for b in draft.blocks]


def items(*places: tuple[int, int]) -> str:
    return "".join(p(r("x"), more=num(list_, at)) for list_, at in places)


def numbers(numbering: str, *places: tuple[int, int]) -> list[str]:
    return [line.removesuffix("x").strip() for line in text_of(items(*places), numbering=numbering).split("\n")]


def numbered(*levels: str, uses: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{uses}'


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", ["1", "2", "3"]),
        ("upperRoman", ["I", "II", "III"]),
        ("lowerLetter", ["a", "b", "c"]),
        ("decimalZero", ["01", "02", "03"]),
        ("ordinal", ["1st", "2nd", "3rd"]),
        ("decimalEnclosedCircle", ["①", "②", "③"]),
        ("chineseCounting", ["一", "二", "三"]),
        ("hebrew1", ["א", "ב", "ג"]),
        ("bullet", ["", "", ""]),
        ("none", ["", "", ""]),
        ("of a later Word", ["1", "2", "3"]),
    ],
)
def test_numbers_in_their_forms(form: str, shown: list[str]):
    assert numbers(numbered(level(0, form, "%1")), (1, 0), (1, 0), (1, 0)) == shown


def test_numbers_of_several_levels_begin_anew_below():
    style = numbered(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    places = (1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2)
    assert numbers(style, *places) == ["I.", "I.1", "I.2", "II.", "II.1", "2.1.1"]


def test_a_level_may_go_on_counting_under_the_next_item():
    style = numbered(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'))
    assert numbers(style, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1.", "a)", "2.", "b)"]


def test_a_second_use_of_a_list_goes_on_or_begins_where_it_says():
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    use = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'.format
    style = numbered(level(0, "decimal", "%1."), uses=use(1, "") + use(2, "") + use(3, start))
    assert numbers(style, (1, 0), (2, 0), (3, 0), (3, 0)) == ["1.", "2.", "5.", "6."]


def test_a_style_puts_its_paragraphs_in_a_list_and_zero_takes_them_out():
    body = p(r("in"), style="Nummer") + p(r("out"), style="Nummer", more=num(0)) + p(r("in"), style="Nummer")
    assert [text for text, *_ in lines(drafted(package(body)))] == ["1. in", "out", "2. in"]


def test_an_empty_item_is_counted_as_word_counts_it():
    assert text_of(p(r("a"), more=num(2)) + p(more=num(2)) + p(r("b"), more=num(2))) == "1. a\n3. b"


def test_a_numbered_heading_shows_its_number():
    body = p(r("Costs"), style="berschrift2", more=num(2)) + p(r("words " * 30))
    assert lines(drafted(package(p(r("words " * 50)) + body)))[1] == ("1. Costs", "heading", 2)
