"""Mark-up to lines: what a browser shows is kept, at any depth; everything else is told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.importers.web import tree as web_tree
from annotator.importers.web.page import Page


def lines(page: str) -> list[tuple[str, str, int]]:
    return [(line.text, line.kind, line.level) for line in web_tree.parse(page).lines]


def texts(page: str) -> list[str]:
    return [line.text for line in web_tree.parse(page).lines]


def left(page: Page) -> list[tuple[str, str]]:
    return [(one.what, one.text) for one in page.left]


def test_headings_paragraphs_quotes_and_captions():
    page = """<h2>One</h2><p>a  <b>b</b>
    c</p>text<blockquote><p>said</p></blockquote><figure><img alt="A boat"><figcaption>The boat</figcaption></figure>
    <div role="heading" aria-level="4">Four</div><div class="wp-caption-text">Under it</div>"""
    assert lines(page) == [
        ("One", "heading", 2),
        ("a b c", "paragraph", 0),
        ("text", "paragraph", 0),
        ("said", "quote", 1),
        ("The boat", "caption", 0),
        ("Four", "heading", 4),
        ("Under it", "caption", 0),
    ]


def test_lists_keep_their_numbers_and_their_depth():
    page = """<ol start="3"><li>three<li><p>four</p><p>more of four</p><ul><li>inner</ul><li value="9">nine</ol>
    <ol type="a"><li>first</ol><ol reversed start=2><li>two<li>one</ol>"""
    assert lines(page) == [
        ("3. three", "list", 1),
        ("4. four", "list", 1),
        ("more of four", "list", 1),
        ("inner", "list", 2),
        ("9. nine", "list", 1),
        ("a. first", "list", 1),
        ("2. two", "list", 1),
        ("1. one", "list", 1),
    ]


def test_the_number_of_an_item_stands_before_its_heading():
    assert texts("<ol><li><h2>One walk</h2><p>Along the dyke.</p><li><h2>Another</h2></ol>") == [
        "1. One walk", "Along the dyke.", "2. Another",
    ]  # fmt: skip


def test_rows_of_a_table_are_cells_parted_by_tabs():
    page = (
        "<table><caption>Costs</caption><tr><th>Item<th>Sum<tr><td>Fuel<td><p>41</p><p>(est.)</p><tr><td><td>7</table>"
    )
    assert lines(page) == [
        ("Costs", "caption", 0),
        ("Item\tSum", "table_row", 0),
        ("Fuel\t41 (est.)", "table_row", 0),
        ("\t7", "table_row", 0),
    ]


def test_a_table_that_lays_out_the_page_is_no_table():
    long = "A sentence of the article that goes on for a while. " * 10
    page = f"<table><tr><td><a href=a>News</a><td><h1>Head</h1><p>{long}</p></table>"
    assert [kind for _, kind, _ in lines(page)] == ["paragraph", "heading", "paragraph"]


def test_white_space_as_a_browser_shows_it():
    assert texts("<p>a\n\t b&nbsp;&nbsp;c<br>\n d\u00ad</p>") == ["a b\xa0\xa0c", "d\u00ad"]
    assert texts("<pre>\n one\n   two\n\nthree</pre>") == [" one", "   two", "three"]
    assert texts("<p style='white-space: pre-wrap'>a\n  b</p>") == ["a", "  b"]
    assert texts("<p>渡し船は\n  冬の間</p><p>river\nbank</p>") == ["渡し船は冬の間", "river bank"]
    assert texts("<p>\u200fמאת\u200e 12</p>") == ["\u200fמאת\u200e 12"]


def test_entities_as_browsers_read_them():
    assert texts("<p>&#146;&#128;&amp;lt;&eacute;&notit;&#x1F62D;&#0;&#xFFFFFFF;") == ["’€&lt;é¬it;😭\ufffd\ufffd"]


def test_quotation_marks_a_browser_sets():
    page = web_tree.parse("<p>He said <q>she said <q>no</q></q>.</p>")
    assert [line.text for line in page.lines] == ["He said “she said ‘no’”."]
    assert page.lines[0].made == {"q": 4}


def test_what_is_not_shown_is_left_out_and_told():
    page = web_tree.parse(
        """<p>shown</p><div hidden>one <p>two</p></div><p style="display:none">three</p><span class="sr-only">four</span>
        <template><p>five</p></template><noscript>six</noscript><div aria-hidden="true">seven</div>
        <select><option>eight</select><button>nine</button><textarea>ten</textarea><iframe src="x">eleven</iframe>
        <svg><text>twelve</text></svg><math alttext="x^2"><mi>x</mi></math><script>no()</script><style>p{}</style>
        <!-- said --><img alt="thirteen"><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>"""
    )
    assert [line.text for line in page.lines] == ["shown", "漢字"]
    assert left(page) == [
        ("hidden", "one · two"), ("hidden", "three"), ("hidden", "four"), ("hidden", "five"), ("hidden", "six"),
        ("hidden", "seven"), ("form", "eight"), ("form", "nine"), ("form", "ten"), ("frame", "eleven"),
        ("picture", "twelve"), ("formula", "x^2"), ("picture", "thirteen"), ("reading", "("), ("reading", "かんじ"),
        ("reading", ")"),
    ]  # fmt: skip
    assert page.counts["script"] == 2
    assert page.counts["comment"] == 1


def test_what_is_for_browsers_without_scripts_is_taken_where_there_is_nothing_else():
    assert texts("<noscript><p>Turn scripts on.</p></noscript><script>draw()</script>") == ["Turn scripts on."]


def test_what_a_page_hides_is_taken_where_it_shows_hardly_anything():
    hidden = f"<p>Please wait.</p><article style='display: none'><p>{'A sentence of it. ' * 200}</p></article>"
    page = web_tree.parse(hidden)
    assert (len(page.lines), page.with_hidden) == (2, True)
    assert not web_tree.parse(hidden + f"<p>{'A sentence that is shown. ' * 100}</p>").with_hidden


def test_what_a_component_shows_in_its_shadow_is_shown():
    assert texts("<x-note><template shadowrootmode=open><p>in the shadow</p></template></x-note>") == ["in the shadow"]


def test_words_of_elements_side_by_side_stay_apart():
    page = web_tree.parse(
        "<p><span>The pier.</span><span>Photograph: Post</span> <a>12</a><a>3</a> <span>T</span><span>he</span> "
        "<b>H</b><sub>2</sub>O <span>un</span><span>likely</span></p>"
    )
    assert [line.text for line in page.lines] == ["The pier. Photograph: Post 12 3 The H2O unlikely"]
    assert page.lines[0].made == {"space": 2}


def test_an_attribute_megabytes_long_costs_nothing():
    page = web_tree.parse(f'<p><img alt="boat" src="data:image/png;base64,{"A" * 3_000_000}">kept</p>')
    assert [line.text for line in page.lines] == ["kept"]
    assert left(page) == [("picture", "boat")]


def test_links_are_counted_where_they_stand():
    page = web_tree.parse("<p><a href=x>all of it</a></p><p>some <a href=y>of</a> <a>it</a></p>")
    assert [(line.linked, line.addresses) for line in page.lines] == [(9, 1), (2, 1)]


def test_what_stands_in_the_head():
    page = web_tree.parse(
        """<!-- saved from url=(0026)https://post.example/ferry --><html lang="en-GB"><head><title>A
        &amp; B</title><base href="https://post.example/"><meta property="og:title dc:title" content="T">
        <meta name=author content="Ana"><link rel="Canonical" href="/ferry"><script type="application/ld+json">{"a": 1}
        </script></head><body>x"""
    )
    assert (page.title, page.language, page.base) == ("A & B", "en-GB", "https://post.example/")
    assert page.saved_from == "https://post.example/ferry"
    assert page.metas == [("property:og:title", "T"), ("property:dc:title", "T"), ("name:author", "Ana")]
    assert ("canonical", "/ferry") in page.links
    assert [piece.strip() for piece in page.json_ld] == ['{"a": 1}']


def test_empty_elements_of_xhtml_hold_nothing():
    page = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head>
    <body><p>one<a id="x"/> two</p><div/><p>three</p></body></html>"""
    assert texts(page) == ["one two", "three"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "kept" + "</div>" * 100_000,
        "<b>" * 100_000 + "kept",
        "<ul><li>" * 30_000 + "kept",
        "<blockquote><table><tr><td>" * 20_000 + "kept",
        "<!-- a -->" * 200_000 + "kept",
        "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">kept",
        "</p></div></b>" * 50_000 + "kept",
    ],
    ids=["nested", "inline", "lists", "tables", "comments", "attributes", "ends"],
)
def test_no_depth_and_no_number_loses_text_or_hangs(page: str):
    started = time.process_time()
    assert texts(page)[-1].endswith("kept")
    assert time.process_time() - started < 8


def test_an_unclosed_comment_swallows_the_rest_as_in_a_browser():
    assert texts("<p>before</p>" + "<!--" * 200_000 + "after") == ["before"]


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<b>",
        "</b>",
        "<q>",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text("abc xyz", min_size=1, max_size=8)), max_size=60))
@settings(max_examples=150, deadline=None)
def test_every_letter_that_is_shown_comes_out(pieces: list[str]):
    said = "".join("".join(p.split()) for p in pieces if not p.startswith("<"))
    got = "".join("".join(text.split()) for text in texts("".join(pieces)))
    assert got.translate({ord(c): None for c in "“”‘’"}) == said
