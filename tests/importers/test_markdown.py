"""Markdown: mark-up goes, words stay; what is left out is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import importers
from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import front_matter, markdown
from annotator.model import Draft

ARTICLE = """---
title: "The borrowed bridge"
author: [Ana Reed, Tom Hill]
date: 2025-10-12
url: https://post.example/bridge
publication: The Valley Post
language: en
tags:
  - bridges
---
# The borrowed bridge

The board *has told* the [council](https://council.example) **four times**:

> “Nobody counted
> again,” she said.

## Who counted

1. Piet Moor
2. Ida Brook
   - with `books`

| place | trucks |
|---|---|
| north | 9 |

![A bridge in fog](fog.jpg)

    a table kept
    in typewriter

Two lines\\
of verse &amp; <b>loud</b> words.<!-- hidden -->
"""


def drafted(source: str) -> Draft:
    return markdown.read(source.encode("utf-8"), "a.md", importers.ReadOptions(), lambda: None)


def test_the_text_is_what_a_reader_reads():
    draft = drafted(ARTICLE)
    assert [(b.kind, b.level, b.zone, draft.text[b.start : b.end]) for b in draft.blocks] == [
        ("heading", 1, "headline", "The borrowed bridge"),
        ("paragraph", 0, "body", "The board has told the council four times:"),
        ("quote", 1, "body", "“Nobody counted again,” she said."),
        ("heading", 2, "body", "Who counted"),
        ("list", 1, "body", "1. Piet Moor"),
        ("list", 1, "body", "2. Ida Brook"),
        ("list", 2, "body", "with books"),
        ("table_row", 0, "body", "place\ttrucks"),
        ("table_row", 0, "body", "north\t9"),
        ("caption", 0, "caption", "A bridge in fog"),
        ("paragraph", 0, "body", "a table kept"),
        ("paragraph", 0, "body", "in typewriter"),
        ("paragraph", 0, "body", "Two lines"),
        ("paragraph", 0, "body", "of verse & loud words."),
    ]
    assert draft.media_type == "text/markdown"


def test_front_matter_gives_the_facts_and_what_it_gives_no_place_is_listed():
    draft = drafted(ARTICLE)
    assert draft.title == "The borrowed bridge"
    assert draft.facts == {
        "byline": "Ana Reed and Tom Hill",
        "date": "2025-10-12",
        "url": "https://post.example/bridge",
        "publication": "The Valley Post",
        "language": "en",
    }
    assert set(draft.report.facts_from.values()) == {"the front matter"}
    assert draft.report.left_out == (
        "1 address of a link",
        "1 picture",
        "2 HTML tags",
        "1 HTML comment",
        "front matter: tags",
    )


def test_toml_front_matter():
    found = front_matter.parse('+++\ntitle = "A"\ndate = 2025-10-12\nauthors = ["B", "C", "D"]\n+++\nText')
    assert found.facts == {"title": "A", "date": "2025-10-12", "byline": "B, C and D"}


@pytest.mark.parametrize(
    "source",
    ["---\nA line of prose\n---\nText", "---\ntitle: A\nText that goes on", "+++\nnot toml\n+++\nText", "Text"],
)
def test_what_is_no_front_matter_stays_text(source: str):
    assert front_matter.parse(source) == front_matter.FrontMatter()


def test_a_head_without_front_matter_is_found_as_in_plain_text():
    draft = drafted("# The borrowed bridge\n\nHow a count spread\n\n*By Ana Reed*\n\nThe board has told it four times.")
    assert [b.zone for b in draft.blocks] == ["headline", "standfirst", "byline", "body"]
    assert draft.facts == {"byline": "Ana Reed"}


def test_quotes_in_quotes_too_deep_to_follow_are_read_as_plain_text():
    source = ">" * 300 + " deep words\n\nMore words."
    draft = drafted(source)
    assert "deep words" in draft.text
    assert "More words." in draft.text
    assert any("too deep" in note for note in draft.report.notes)


def test_comments_without_an_end_are_text_and_take_no_time(tmp_path: Path):
    (tmp_path / "a.md").write_text("<!--" * 50_000)
    assert importers.read(tmp_path / "a.md").text.count("<!--") == 50_000


def test_less_than_signs_in_html_are_no_tags():
    assert drafted("<div>\nif 3 < 4 and 5 > 2 <br> then\n</div>").text == "if 3 < 4 and 5 > 2  then"


def test_only_mark_up_is_no_text():
    for source in ("<!-- nothing -->", "---\ntitle: A\n---\n", "***\n\n---\n", "[a]: http://b.example"):
        with pytest.raises(ReadError, match="has no text"):
            drafted(source)


WORDS = st.text("abcXYZéß漢字0", min_size=1, max_size=6)
MARKS = st.sampled_from(
    ["\n", "\n\n", " ", "> ", "- ", "1. ", "# ", "*", "**", "`", "```\n", "    ", "[", "](x)", "|", "<b>"]
)


@given(st.lists(st.one_of(WORDS, MARKS), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(source: str):
    source = regex.sub("```+", "```\n", source)  # what stands beside a fence is mark-up: the name of a language
    try:
        draft = drafted(source)
    except ReadError:
        return
    kept = regex.findall(r"[\p{L}\p{N}]", draft.text)
    for letter in set(regex.findall(r"[éßXYZ漢字]", source)):
        assert kept.count(letter) == source.count(letter)
    assert [(b.start, b.end) for b in draft.blocks] == list(texts.lines(draft.text))
    assert texts.clean(draft.text).text == draft.text


def test_scripts_and_styles_are_left_out_and_said_so() -> None:
    draft = markdown.read(
        b"# Ferry\n\n<script>\nalert(1)\n</script>\n\nIt was late.\n", "a.md", importers.ReadOptions(), lambda: None
    )
    assert "alert" not in draft.text
    assert "It was late." in draft.text
    assert any("script" in what for what in draft.report.left_out)


def test_the_language_of_the_front_matter_is_a_code_or_nothing():
    for said, kept in (("english", "en"), ("pt_br", "pt-BR"), ("both of them", None)):
        draft = drafted(f"---\ntitle: T\nlanguage: {said}\n---\n\nSome words.\n")
        assert draft.facts.get("language") == kept


def test_what_only_looks_like_the_definition_of_an_address_is_text():
    draft = drafted("# Interview\n\n[Question]: Why?\n\n> [Answer]: Because.\n\nIt goes on.\n\n[Note]: Retracted.\n")
    assert draft.text.split("\n") == [
        "Interview", "[Question]: Why?", "[Answer]: Because.", "It goes on.", "[Note]: Retracted.",
    ]  # fmt: skip
    assert [b.kind for b in draft.blocks] == ["heading", "paragraph", "quote", "paragraph", "paragraph"]


def test_definitions_of_addresses_are_left_out_with_their_words():
    draft = drafted('See [the bill][b].\n\n[b]: https://a.example "What it cost"\n[c]: ../c.html "Never used"\n')
    assert draft.text == "See the bill."
    assert draft.report.left_out == ("2 addresses of links",)
    assert [words for _, words in draft.passages] == ["What it cost", '[c]: ../c.html "Never used"']


def test_cells_beyond_the_columns_of_a_table_are_text():
    draft = drafted("> | a | b |\n> |---|---|\n> | 1 | 2 | *three* | four\\|five |\n> | 6 |\n")
    assert [line.rstrip("\t") for line in draft.text.split("\n")] == ["a\tb", "1\t2\tthree\tfour|five", "6"]


def test_signs_of_life_are_given_while_it_is_read():
    signs: list[int] = []
    source = "A line of words.\n\n" * 3_000
    markdown.read(source.encode(), "a.md", importers.ReadOptions(), lambda: signs.append(1))
    assert len(signs) >= 6


def test_words_in_a_definition_the_text_refers_to_are_told():
    draft = drafted("As [Reed] said.\n\n[Reed]: Nonsense\n")
    assert draft.text == "As Reed said."
    assert [words for _, words in draft.passages] == ["[Reed]: Nonsense"]


def test_signs_of_life_are_given_in_one_long_paragraph(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markdown, "_INLINE_SIGNS", 1_000)
    signs: list[int] = []
    source = "*a* " * 5_000
    markdown.read(source.encode(), "a.md", importers.ReadOptions(), lambda: signs.append(1))
    assert len(signs) >= 4
