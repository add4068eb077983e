"""Plain text: every character comes through, the head is found where it is one, and nothing is guessed in the body."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import importers
from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import limits, plain
from annotator.importers.blocks import byline
from annotator.importers.dates import iso_date
from annotator.model import Draft, ImportReport

LONG = "The council met on Tuesday and heard what had been measured at the bridge over eleven years of counting. " * 4
ARTICLE = f"""THE VALLEY POST

The newspaper of a valley that is not on any map

The borrowed bridge

How one count became the number everybody uses

By Ana Reed and Tom van Hill

12 October 2025

{LONG}

Who counted

{LONG}
"""


def drafted(text: str) -> Draft:
    return plain.read(text.encode("utf-8"), "a.txt", importers.ReadOptions(), lambda: None)


def zones(draft: Draft) -> list[tuple[str, str]]:
    shapes = [(b.zone if b.kind != "heading" or b.zone != "body" else "subhead", b) for b in draft.blocks]
    return [(zone, draft.text[b.start : b.end]) for zone, b in shapes if b.end > b.start and zone != "body"]


def test_the_head_of_an_article_is_found():
    draft = drafted(ARTICLE)
    assert zones(draft) == [
        ("masthead", "THE VALLEY POST"),
        ("masthead", "The newspaper of a valley that is not on any map"),
        ("headline", "The borrowed bridge"),
        ("standfirst", "How one count became the number everybody uses"),
        ("byline", "By Ana Reed and Tom van Hill"),
        ("byline", "12 October 2025"),
        ("subhead", "Who counted"),
    ]
    assert draft.title == "The borrowed bridge"
    assert draft.facts == {
        "publication": "THE VALLEY POST",
        "byline": "Ana Reed and Tom van Hill",
        "date": "2025-10-12",
    }
    assert set(draft.report.facts_from) == {"title", *draft.facts}


def test_a_text_without_a_head_is_all_body_and_named_by_its_first_words():
    draft = drafted(LONG + "\n\n" + LONG)
    assert zones(draft) == []
    assert draft.title.startswith("The council met on Tuesday")
    assert draft.title.endswith("…")
    assert draft.facts == {}


def test_a_lone_sentence_is_body():
    assert zones(drafted("Nobody counted again.")) == []
    assert drafted("Nobody counted again.").title == "Nobody counted again."


def test_the_first_line_of_a_wrapped_paragraph_is_no_headline():
    draft = drafted("The council met on Tuesday and heard what had been\nmeasured at the bridge over eleven years.\n")
    assert zones(draft) == []


def test_broken_lines_are_told_and_left_as_they_are():
    text = "\n".join(
        ["The council met on Tuesday and heard what had been", "measured at the bridge over eleven years of"] * 8
    )
    draft = drafted(text)
    assert draft.text == text
    assert any("broken at one width" in note for note in draft.report.notes) and "join_lines" in draft.can


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ana Reed", "Ana Reed"),
        ("BY ANA REED, STAFF WRITER", "ANA REED, STAFF WRITER"),
        ("by our valley affairs correspondent", "our valley affairs correspondent"),
        ("By Tuesday the town had changed its mind", None),
        ("By the time they came it was over", None),
        ("Bypass opens", None),
        ("By any measure a success!", None),
        ("By", None),
    ],
)
def test_bylines(line: str, who: str | None):
    assert byline(line) == who


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 October 2025", "2025-10-12"),
        ("Sunday, October 12th, 2025", "2025-10-12"),
        ("Published: 3 Jun 2024, 10:15 GMT", "2024-06-03"),
        ("2025-10-12T08:00:00Z", "2025-10-12"),
        ("03/04/2025", None),
        ("31 February 2025", None),
        ("On 12 October 2025 the bridge was closed", None),
    ],
)
def test_dates(line: str, date: str | None):
    assert iso_date(line) == date


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=300))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_blocks_are_the_lines(raw: str):
    try:
        draft = importers.draft_from_text(raw)
    except ReadError:
        assert not texts.clean(raw).text.strip()
        return
    assert draft.text == texts.clean(raw).text
    assert [(b.start, b.end) for b in draft.blocks] == list(texts.lines(draft.text))
    assert draft.title.strip()
    assert "\n" not in draft.title
    assert draft.original == raw.encode("utf-8")
    assert ImportReport.from_json(draft.report.to_json()) == draft.report


def test_what_was_changed_is_counted(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfA headline\r\n\r\nWords\x0bmore\0 words\xe2\x80\xa8end")
    draft = importers.read(file)
    assert draft.text == "A headline\n\nWords\nmore\ufffd words\nend"
    assert draft.original == file.read_bytes()
    assert (draft.file_name, draft.media_type) == ("a.txt", "text/plain")
    assert draft.report.how == "bom"
    assert draft.report.changes == {
        "byte order marks removed": 1,
        "line ends CR LF made LF": 2,
        "vertical tabs made LF": 1,
        "line separators made LF": 1,
        "characters no text may hold, replaced by U+FFFD": 1,
    }


def test_a_pasted_text_may_have_a_title_and_lone_surrogates():
    draft = importers.draft_from_text("Half \ud83d a pair", title="  My\ntitle ")
    assert draft.title == "My title"
    assert draft.text == "Half \ufffd a pair"
    assert draft.report.facts_from["title"] == "given"


@pytest.mark.parametrize("raw", ["", "   \n\t\n", "\ufeff", "\u2028"])
def test_a_text_without_words_is_refused(raw: str):
    with pytest.raises(ReadError, match="has no text"):
        importers.draft_from_text(raw)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(ReadError, match=r"“a\.txt” has no text"):
        importers.read(tmp_path / "a.txt")


def test_limits_of_an_article():
    plain.check("a\n" * limits.PARAGRAPHS)
    with pytest.raises(ReadError, match="50,001 paragraphs"):
        plain.check("a\n" * (limits.PARAGRAPHS + 1))
    with pytest.raises(ReadError, match="lines"):
        plain.check("a" + "\n" * limits.LINES)
    with pytest.raises(ReadError, match="5,000,001 characters"):
        plain.check("a" * (limits.TEXT_CODE_POINTS + 1))
    with pytest.raises(ReadError, match="may have 5,000,000"):
        importers.draft_from_text("a" * (limits.TEXT_CODE_POINTS + 1))


def test_the_file_dialogue_offers_what_is_read():
    assert importers.file_filter().startswith("Articles (*.txt *.text *.md *.markdown *.html ")
    assert ";;Plain text (*.txt *.text);;" in importers.file_filter()
    assert {".txt", ".md", ".html", ".mhtml", ".docx", ".odt", ".rtf", ".pdf", ".epub", ".eml"} <= set(
        importers.EXTENSIONS
    )


def test_real_articles_have_heads():
    folder = Path(__file__).parents[3] / "shared" / "data" / "articles"
    if not folder.is_dir():
        pytest.skip("the folder of real articles is not here")
    for file in sorted(folder.glob("*.txt")):
        draft = plain.read(file.read_bytes(), file.name, importers.ReadOptions(), lambda: None)
        assert draft.report.facts_from["title"] == "the headline", file.name
