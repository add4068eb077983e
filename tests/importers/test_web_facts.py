"""Facts of a page: where each is looked for, in which order, and when nothing is better than something."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotator.importers.web import facts as web_facts
from annotator.importers.web import json_ld as web_json_ld
from annotator.importers.web import tree as web_tree
from annotator.importers.web.bylines import signature


def found(head: str) -> dict[str, tuple[str, str]]:
    page = web_tree.parse(f"<html><head>{head}</head><body><p>x")
    facts = web_facts.of_head(page)
    web_facts.settle_title(facts, page, "")
    return facts.values


def linked(*values: Any) -> web_json_ld.LinkedData:
    return web_json_ld.find([v if isinstance(v, str) else json.dumps(v) for v in values])


def test_json_ld_comes_before_opengraph_and_that_before_other_meta_elements():
    data = {"@type": "NewsArticle", "headline": "From JSON-LD", "author": {"name": "Ana Reed"}}
    both = f"""<script type="application/ld+json">{json.dumps(data)}</script><title>Title</title>
    <meta property="og:title" content="From OpenGraph"><meta name="author" content="Tom Hill">
    <meta property="article:published_time" content="2025-10-12T08:00:00Z"><meta name="date" content="2020-01-01">
    <meta property="og:site_name" content="The Valley Post"><meta name="dc.language" content="en">"""
    assert found(both) == {
        "title": ("From JSON-LD", "the page’s data (JSON-LD)"),
        "byline": ("Ana Reed", "the page’s data (JSON-LD)"),
        "date": ("2025-10-12", "the page’s head (OpenGraph)"),
        "publication": ("The Valley Post", "the page’s head (OpenGraph)"),
        "language": ("en", "the page’s head (meta)"),
    }


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Ferry to close for winter | The Post</title>", "Ferry to close for winter"),
        ("<title>Ferry to close for winter – The Valley Post</title>", "Ferry to close for winter"),
        ("<title>Ferry: it closes for the winter</title>", "Ferry: it closes for the winter"),
        ("<title>On - off</title>", "On - off"),
        ("<title>A well-known ferry-man retires</title>", "A well-known ferry-man retires"),
        ("<title>The Post | Ferry</title><meta property='og:site_name' content='The Post'>", "Ferry"),
        ("<meta property='og:title' content='Ferry - Post'><meta property='og:site_name' content='Post'>", "Ferry"),
        ("<title>One &amp;amp; two</title>", "One & two"),
    ],
)
def test_a_title_loses_the_name_of_the_site(head: str, title: str):
    assert found(head)["title"][0] == title


def test_the_headline_settles_what_of_the_title_element_is_the_title():
    page = web_tree.parse("<title>Ferry - A Free Encyclopedia of It All</title><p>x")
    facts = web_facts.of_head(page)
    web_facts.settle_title(facts, page, "Ferry")
    assert facts.values["title"] == ("Ferry", "the headline")


@pytest.mark.parametrize(
    ("title", "headline", "kept"),
    [
        ("Slipway to stay shut", "Slipway to stay shut until autumn", "Slipway to stay shut until autumn"),
        ("Slipway to stay shut…", "Slipway to stay shut until autumn", "Slipway to stay shut until autumn"),
        ("shut until autumn", "Slipway is to stay shut until autumn", "Slipway is to stay shut until autumn"),
        ("Slipway to stay shut", "Ferry politics: Slipway to stay shut", "Slipway to stay shut"),
        ("Slipway to stay shut until autumn", "Slipway to stay shut", "Slipway to stay shut until autumn"),
        ("Slip", "Slipway to stay shut", "Slip"),
        ("Another", "Slipway to stay shut", "Another"),
        ("SLIPWAY TO STAY SHUT", "Slipway to stay shut", "SLIPWAY TO STAY SHUT"),
    ],
)
def test_a_title_that_is_a_part_of_the_headline_gives_way_to_it(title: str, headline: str, kept: str):
    page = web_tree.parse(f"<meta property='og:title' content='{title}'><p>x")
    facts = web_facts.of_head(page)
    web_facts.settle_title(facts, page, headline)
    assert facts.value("title") == kept


@pytest.mark.parametrize(
    ("said", "kept"), [("en-us", "en-US"), ("de_DE", "de-DE"), ("English", "en"), ("zh-hant-tw", "zh-Hant-TW")]
)
def test_a_language_is_a_code_as_the_library_groups_by_it(said: str, kept: str):
    facts = web_facts.of_head(web_tree.parse(f'<html lang="{said}"><p>x'))
    assert facts.values["language"] == (kept, "the page’s language setting")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="https://social.example/ana">',
        '<meta name="author" content="">',
        '<meta property="article:published_time" content="soon">',
        '<meta name="date" content="03/04/2025">',
        '<link rel="canonical" href="/only/a/path">',
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="http://[bad">',
        '<base href="http://["><link rel="canonical" href="/ferry">',
        '<meta property="og:locale" content="not a language">',
    ],
)
def test_nothing_is_better_than_a_guess(head: str):
    assert found(head) == {}


def test_an_address_is_made_whole_by_the_page_it_stands_on():
    head = '<link rel="canonical" href="/ferry"><meta property="og:url" content="https://post.example/x">'
    assert found(head)["url"] == ("https://post.example/ferry", "the page’s head (canonical link)")
    saved = "<!-- saved from url=(0028)https://post.example/ferry -->"
    assert found(saved)["url"] == ("https://post.example/ferry", "the browser that saved it")


def test_persons_are_looked_up_within_the_graph():
    data = linked(
        {"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Site", "@id": "#s"},
            {"@type": ["Article", "NewsArticle"], "headline": "H", "author": [{"@id": "#a"}, "Tom Hill"],
             "publisher": {"@id": "#o"}, "mainEntityOfPage": {"@id": "https://post.example/h"}},
            {"@type": "Person", "@id": "#a", "name": "Ana Reed"},
            {"@type": "Organization", "@id": "#o", "name": "The Post"},
        ]}
    )  # fmt: skip
    assert (data.authors, data.publisher, data.url) == (("Ana Reed", "Tom Hill"), "The Post", "https://post.example/h")


def test_other_articles_in_the_data_are_not_the_page():
    data = linked(
        {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]},
        {
            "@type": "LiveBlogPosting",
            "headline": "Mine",
            "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Part"}],
        },
    )
    assert data.headline == "Mine"


def test_damaged_json_ld_is_mended_where_it_is_plain_how_and_else_passed_over():
    wrapped = '//<![CDATA[\n{"@type": "Article", "headline": "A &#8217; B",}\n//]]>'
    assert linked(wrapped).headline == "A ’ B"
    assert linked('<![CDATA[ {"@type": "Article", "headline": "C"} ]]>').headline == "C"
    data = linked('{"@type": "Article", "headline": "cut', "[" * 100_000, {"@type": "Article", "headline": "whole"})
    assert (data.headline, data.damaged) == ("whole", 2)
    assert linked({"@type": 7, "headline": ["x"]}, [[], None, 3], "").damaged == 0


@pytest.mark.parametrize(
    ("line", "who", "date"),
    [
        ("By Ana Reed", "Ana Reed", ""),
        ("By Ana Reed and Tom Hill | 3 June 2025", "Ana Reed and Tom Hill", "2025-06-03"),
        ("By Ana Reed, 12 October 2025, 6:40 pm", "Ana Reed", "2025-10-12"),
        ("Posted by Jonas Weil on 7 November 2025", "Jonas Weil", "2025-11-07"),
        ("Published 3 September 2025 • Updated 5 September 2025", "", "2025-09-03"),
        ("作者：林晓舟", "林晓舟", ""),
        ("בקול: x", "", ""),
        ("מאת: נועה בר", "נועה בר", ""),
        ("บ่าย โดย กานดา", "", ""),
        ("Von Hamburg nach München in zwei Stunden", "", ""),
        ("By Tuesday the town had changed its mind", "", ""),
        ("The boat left on 12 October 2025", "", ""),
    ],
)
def test_lines_that_sign(line: str, who: str, date: str):
    assert signature(line) == (who, date)


def test_a_bare_name_signs_where_the_page_says_it_is_a_byline():
    assert signature("Mira Solt") == ("", "")
    assert signature("Mira Solt", said=True) == ("Mira Solt", "")
    assert signature("Von Jana Falk", said=True) == ("Jana Falk", "")
    assert signature("كتبت سلمى النورس", said=True) == ("سلمى النورس", "")
    assert signature("كتب كريم النورس", said=True) == ("كريم النورس", "")
    assert signature("Share this article now!", said=True) == ("", "")
