"""OpenDocument: the text as a word processor shows it, structure as blocks, everything else listed with its words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ReadError
from annotator.importers import opendocument
from annotator.model import Draft, ReadOptions
from tests.importers import known
from tests.importers.known_open import article, flat, p, package
from tests.importers.known_word import unzipped, zipped


def drafted(data: bytes, *, footnotes: bool = False) -> Draft:
    return opendocument.read(data, "a.odt", ReadOptions(footnotes=footnotes), lambda: None)


def text_of(body: str, styles: str = "") -> str:
    return drafted(package(body, styles=styles)).text


def lines(draft: Draft) -> list[tuple[str, str, int]]:
    return [(draft.text[b.start : b.end], b.kind, b.level) for b in draft.blocks]


def passages(draft: Draft) -> list[str]:
    return [words for _, words in draft.passages]


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        drafted(data)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
    return str(caught.value)


# -- the known article


@pytest.mark.parametrize("write", [package, flat])
def test_the_known_article_is_read_to_its_last_character(write: Callable[..., bytes]):
    draft = drafted(article(write))
    assert draft.text == known.TEXT
    assert [(b.kind, b.zone) for b in draft.blocks] == [(p.kind, p.zone) for p in known.PIECES]
    assert [b.level for b in draft.blocks if b.kind != "quote"] == [p.level for p in known.PIECES if p.kind != "quote"]


def test_what_is_left_out_of_it_is_listed_with_its_words():
    draft = drafted(article())
    shown = " | ".join(passages(draft))
    assert all(words.strip() in shown for kinds in known.LEFT_OUT.values() for words in kinds)
    assert set(draft.report.left_out) == {
        "2 footnotes and endnotes",
        "1 comment in the margin",
        "1 passage deleted as a tracked change",
        "1 passage that is not shown",
        "1 address of a link",
    }
    assert "Ida Brook: Where does this number come from?" in passages(draft)
    assert passages(draft)[-1] == known.LINK


def test_its_facts_are_found_with_where_they_were():
    draft = drafted(article())
    assert draft.title == known.TITLE
    assert draft.facts == {"byline": known.AUTHOR, "date": "2025-06-03", "language": "en-GB"}


def test_notes_are_kept_at_the_end_on_demand():
    draft = drafted(article(), footnotes=True)
    assert "footnotes" in draft.can and "The builder[1] counted" in draft.text
    assert draft.text.split("\n")[-2:] == [f"[{n}] {words}" for n, words in enumerate(known.LEFT_OUT["note"], 1)]


# -- characters


def test_blanks_are_one_and_further_ones_are_said():
    assert text_of(p("  a  b\n  <text:span> c</text:span><text:s text:c='2'/>d ")) == "a b c  d"


def test_tabs_and_line_ends():
    assert text_of(p("a<text:tab/>b<text:line-break/>c")) == "a\tb\nc"


def test_what_stands_between_paragraphs_is_no_text():
    assert text_of("\n  " + p("a") + "\n   " + p("b")) == "a\nb"


def test_shown_values_of_fields_are_text():
    assert (
        text_of(p('page <text:page-number>3</text:page-number>, <text:sequence text:name="F">2</text:sequence>'))
        == "page 3, 2"
    )


def test_elements_nobody_knows_keep_their_words():
    assert text_of(p('<x:later xmlns:x="urn:x">kept</x:later>')) == "kept"


# -- changes and hidden words

CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c1">{}</text:changed-region></text:tracked-changes>'.format
)


def test_deleted_paragraphs_stand_with_the_change():
    gone = CHANGED(
        f"<text:deletion><office:change-info><dc:creator>Ida</dc:creator></office:change-info>{p('gone')}</text:deletion>"
    )
    draft = drafted(package(gone + p('a<text:change text:change-id="c1"/>b')))
    assert draft.text == "ab" and passages(draft) == ["gone"]


def test_deleted_words_may_stand_in_the_text():
    gone = CHANGED("<text:deletion><office:change-info/></text:deletion>")
    marks = '<text:change-{} text:change-id="c1"/>'.format
    draft = drafted(package(gone + p(f"a{marks('start')}gone") + p(f"gone too{marks('end')}b")))
    assert draft.text == "ab" and passages(draft) == ["gone", "gone too"]


def test_insertions_are_text_and_told():
    draft = drafted(package(CHANGED("<text:insertion/>") + p("all")))
    assert draft.text == "all" and "tracked changes" in draft.report.notes[0]


HIDDEN = (
    '<style:style style:name="{0}" style:family="{1}"><style:text-properties text:display="none"/></style:style>'.format
)


@pytest.mark.parametrize(
    "body",
    [
        f"<text:section text:display='none'>{p('gone')}</text:section>",
        p("<text:hidden-text text:is-hidden='true'>gone</text:hidden-text>"),
        p("gone<text:hidden-paragraph text:is-hidden='true'/>"),
        p("<text:variable-set text:display='none'>gone</text:variable-set>"),
        p("<text:span text:style-name='H'>gone</text:span>"),
        p("gone", style="HP"),
    ],
)
def test_hidden_words_are_left_out_and_listed(body: str):
    draft = drafted(package(p("seen") + body, styles=HIDDEN("H", "text") + HIDDEN("HP", "paragraph")))
    assert draft.text == "seen" and passages(draft) == ["gone"]


def test_placeholders_readings_and_scripts_are_left_out():
    ruby = "<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>"
    draft = drafted(
        package(p(f"{ruby}<text:placeholder>&lt;name&gt;</text:placeholder><text:script>x()</text:script>"))
    )
    assert draft.text == "東京" and passages(draft) == ["とうきょう", "<name>"]
    assert "1 script or style" in draft.report.left_out


# -- boxes, tables, lists


def box(inside: str) -> str:
    return f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"


def test_a_text_box_comes_behind_its_paragraph():
    draft = drafted(package(p(f"before {box(p('inside'))}after") + p("next")))
    assert draft.text == "before after\ninside\nnext" and [b.zone for b in draft.blocks] == ["body", "box", "body"]


def test_a_box_fixed_to_a_page_comes_last_and_a_shape_may_hold_words():
    shape = f"<draw:custom-shape>{p('shape')}</draw:custom-shape>"
    assert text_of(box(p("page")) + p(f"first{shape}") + p("second")) == "first\nshape\nsecond\npage"


def cells(*texts: str) -> str:
    inner = "".join(f"<table:table-cell>{p(text)}</table:table-cell>" for text in texts)
    return f"<table:table-row>{inner}</table:table-row>"


def test_a_table_is_rows_of_cells():
    wide = f"<table:table-row><table:table-cell table:number-columns-spanned='2'>{p('wide')}</table:table-cell>"
    wide += f"<table:covered-table-cell/><table:table-cell>{p('c')}</table:table-cell></table:table-row>"
    head = f"<table:table-header-rows>{cells('h', 'i', 'j')}</table:table-header-rows>"
    draft = drafted(package(f"<table:table>{head}{wide}{cells('', 'b')}</table:table>"))
    assert draft.text == "h\ti\tj\nwide\t\tc\n\tb" and {b.kind for b in draft.blocks} == {"table_row"}


def test_repeated_empty_cells_keep_the_columns_in_place_within_reason():
    row = f"<table:table-row><table:table-cell table:number-columns-repeated='1000000'/><table:table-cell>{p('x')}</table:table-cell></table:table-row>"
    assert text_of(f"<table:table>{row}</table:table>") == "\t" * 64 + "x"


LISTS = (
    '<text:list-style style:name="N">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    '<text:list-style style:name="P"><text:list-level-style-number text:level="1" style:num-format="I" '
    'loext:num-list-format="§ %1%:"/></text:list-style>'
)


def list_of(*items: str, style: str = "N", more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item if item.startswith('<') else p(item)}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def test_lists_show_their_numbers_and_levels():
    inner = list_of("x", "y" + list_of("deep"))
    draft = drafted(package(list_of("one", p("two") + inner, "three"), styles=LISTS))
    assert lines(draft)[:2] == [("1. one", "list", 1), ("2. two", "list", 1)]
    assert ("(a) x", "list", 2) in lines(draft) and ("3. three", "list", 1) in lines(draft)


def test_levels_above_may_be_shown():
    deep = list_of(p("a") + list_of(p("b") + list_of("c")))
    assert text_of(deep, LISTS).split("\n") == ["1. a", "(a) b", "1.a.i c"]


def test_the_pattern_of_newer_files_is_followed():
    assert text_of(list_of("a", "b", style="P"), LISTS) == "§ I: a\n§ II: b"


def test_bullets_are_not_written():
    assert text_of(list_of("a", style="B"), LISTS) == "a"


def test_an_item_has_one_number_and_a_list_header_none():
    header = f"<text:list text:style-name='N'><text:list-header>{p('head')}</text:list-header></text:list>"
    draft = drafted(package(list_of(p("a<text:line-break/>line") + p("more"), "b") + header, styles=LISTS))
    assert draft.text == "1. a\nline\nmore\n2. b\nhead"
    assert [b.kind for b in draft.blocks] == ["list", "paragraph", "paragraph", "list", "paragraph"]


@pytest.mark.parametrize(
    ("more", "shown"),
    [("", "1. c"), ("text:continue-numbering='true'", "3. c"), ("text:continue-list='first'", "3. c")],
)
def test_a_list_may_go_on_from_another(more: str, shown: str):
    body = list_of("a", "b", more="xml:id='first'") + p("between") + list_of("c", more=more)
    assert text_of(body, LISTS).split("\n")[-1] == shown


def test_a_nested_list_may_go_on_without_its_item():
    body = list_of(p("a") + list_of("x")) + p("between")
    body += f"<text:list text:style-name='N' text:continue-numbering='true'><text:list-item>{list_of('y')}</text:list-item></text:list>"
    assert text_of(body, LISTS) == "1. a\n(a) x\nbetween\n(b) y"


def test_an_item_may_say_its_number():
    body = f"<text:list text:style-name='N'><text:list-item text:start-value='7'>{p('a')}</text:list-item></text:list>"
    assert text_of(body, LISTS) == "7. a"


def test_headings_show_the_numbers_of_the_outline():
    outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style>'
    heading = "<text:h text:outline-level='1' text:is-list-header='{}'>{}</text:h>".format
    body = p("words " * 60) + heading("false", "One") + heading("true", "None") + heading("false", "Two")
    assert lines(drafted(package(body, styles=outline)))[1:] == [
        ("1 One", "heading", 1),
        ("None", "heading", 1),
        ("2 Two", "heading", 1),
    ]


# -- kinds


def test_styles_by_their_names_and_those_they_build_upon():
    own = (
        '<style:style style:name="Quotations" style:family="paragraph"/>'
        '<style:style style:name="My_20_Quote" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="My_20_Quote"/>'
    )
    assert lines(drafted(package(p("words " * 60) + p("said", style="P1"), styles=own)))[1] == ("said", "quote", 1)


def test_a_short_bold_line_between_paragraphs_is_a_subhead():
    bold = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    long = p(
        "A paragraph of words that is long enough to be one, with more than twenty words in it, as articles have them."
    )
    body = long + p('<text:span text:style-name="T1">Who counted</text:span>') + long
    assert [b.kind for b in drafted(package(body, styles=bold)).blocks] == ["paragraph", "heading", "paragraph"]


# -- things


def test_pictures_objects_and_formulas_are_listed():
    def frame(inside: str) -> str:
        return p(f"<draw:frame>{inside}</draw:frame>")

    picture = "<draw:image xlink:href='Pictures/1.svg'/><draw:image xlink:href='Pictures/1.png'/><svg:desc>A bridge</svg:desc>"
    formula = "<draw:object xlink:href='./Object 1'/><draw:image xlink:href='x'/>"
    sum_ = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>E</mi><annotation>E = m c^2</annotation></semantics></math>'
    body = p("words") + frame(picture) + frame(formula) + frame("<draw:object xlink:href='./Object 2'/>")
    draft = drafted(package(body, more={"Object 1/content.xml": sum_.encode()}))
    assert draft.text == "words" and passages(draft) == ["A bridge", "E = m c^2"]
    assert set(draft.report.left_out) == {"1 picture", "1 formula", "1 embedded object"}


def test_a_formula_within_a_flat_file_is_no_text():
    sum_ = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>E</mi><annotation>E = m</annotation></semantics></math>'
    draft = drafted(flat(p(f"a<draw:frame><draw:object>{sum_}</draw:object></draw:frame>b")))
    assert draft.text == "ab" and passages(draft) == ["E = m"]


def test_pictures_within_a_flat_file_are_no_text():
    frame = "<draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image></draw:frame>"
    assert drafted(flat(p(f"a{frame}b"))).text == "ab"


def test_running_heads_are_listed():
    head = f"<style:master-page style:name='S'><style:header>{p('The Valley Post')}</style:header></style:master-page>"
    draft = drafted(package(p("words"), masters=head))
    assert draft.text == "words" and passages(draft) == ["The Valley Post"]


def test_a_table_of_contents_is_left_out_as_one_passage():
    index = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Contents</text:index-title-template>"
        f"</text:table-of-content-source><text:index-body>{p('One<text:tab/>3')}</text:index-body></text:table-of-content>"
    )
    draft = drafted(package(index + p("words")))
    assert draft.text == "words" and passages(draft) == ["One 3"]


def test_properties_are_a_suggestion():
    meta = "<dc:title>On bridges</dc:title><meta:initial-creator>Ana Reed</meta:initial-creator><dc:creator>Last Editor</dc:creator>"
    draft = drafted(package(p("A long first paragraph of words that is no headline. " * 9), meta=meta))
    assert (draft.title, draft.facts["byline"]) == ("On bridges", "Ana Reed")


# -- packages


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"just words", "no zip container"),
        (zipped({"mimetype": b"x"}), "part with its text is missing"),
        (zipped({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "password"),
        (zipped({"encrypted-package": b"x"}), "password"),
        (package("", kind="spreadsheet"), "spreadsheet"),
        (package("<text:p"), "“content.xml” cannot be read"),
        (package(""), "has no text"),
        (b"<html><body>words</body></html>", "is no OpenDocument text"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "entities"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, words: str):
    assert words in refused(data)


@pytest.mark.parametrize("part", ["meta.xml", "styles.xml"])
def test_the_text_is_read_without_a_part_that_is_damaged(part: str):
    parts = unzipped(article())
    parts[part] = parts[part][:-40]
    draft = drafted(zipped(parts))
    assert draft.text and draft.report.notes[0].startswith(f"It is damaged: “{part}”")


def test_a_flat_file_may_be_in_utf_16():
    assert drafted(flat(p("words")).decode().replace("UTF-8", "UTF-16").encode("utf-16")).text == "words"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<text:section>", "</text:section>"),
        ("<text:list><text:list-item>", "</text:list-item></text:list>"),
        ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>"),
        ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
    ],
)
def test_nothing_is_lost_at_any_depth(begin: str, end: str):
    assert text_of(begin * 20_000 + p("deep") + end * 20_000) == "deep"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_broken_in_a_part_only_a_read_error_comes_out(data: st.DataObject):
    parts = unzipped(article())
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    at = data.draw(st.integers(0, len(content)))
    gone = data.draw(st.integers(0, 30))
    put = data.draw(
        st.sampled_from(
            [b"", b"<text:p>", b"</text:p>", b"<text:list/>", b"<table:table-cell/>", b"\x00", b"<text:note-body/>"]
        )
    )
    parts[name] = content[:at] + put + content[at + gone :]
    with suppress(ReadError):
        drafted(zipped(parts))


def test_a_picture_is_told_by_its_title_and_its_description():
    picture = (
        "<draw:frame><draw:image/><svg:title>The lock</svg:title><svg:desc>Seen from the pier</svg:desc></draw:frame>"
    )
    draft = drafted(package(p("before") + p(picture) + p("after")))
    assert draft.passages == (("picture", "The lock: Seen from the pier"),)
