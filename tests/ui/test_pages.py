"""A report as pages: every part of it set, heads repeated, contents numbered, nothing lost and nothing over the edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Beside,
    Chart,
    Column,
    Comment,
    CommentEnd,
    CommentStart,
    Contents,
    Entry,
    KeyFigure,
    KeyFigures,
    Link,
    NumberedLine,
    NumberedLines,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.shapes import Box, Words
from annotator.ui import pages as pages_module
from annotator.ui.pages import BOTTOM, TOP, Pages
from annotator.ui.paper import margin
from annotator.ui.previewing import painted

COMMENT = Comment(
    "Ida", "I", "2026-01-01T00:00:00Z", ((Text("Claim 1", ("Strong",)), Text(" factual")), (Text("a note"),))
)
TABLE = Table((Column("No.", 1), Column("Words", 8), Column("n", 2, align_end=True)), (), "Words")
CHART = Chart("who", "Who speaks", "all", 70, 20, (Box(0, 0, 40, 10, "source"), Words(0, 18, "Port")), TABLE)


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """Fonts and painting want the application."""


def report(*parts: Part, comments: tuple[Comment, ...] = ()) -> Report:
    return Report("Sourcing audit", "Bridge to close", "Ida", date(2026, 1, 1), "en-GB", "by Ida", parts, comments)


def laid(*parts: Part, **options: str) -> Pages:
    made = Pages(report(*parts), ReportOptions(**options))  # type: ignore[arg-type]
    made.lay_out()
    return made


def lines(n: int, style: str = "ArticleBody") -> tuple[Paragraph, ...]:
    return tuple(Paragraph(style, (Text(f"Line {k}"),)) for k in range(n))


def rows(n: int) -> tuple[tuple[tuple[Paragraph, ...], ...], ...]:
    def cell(words: str) -> tuple[Paragraph, ...]:
        return (Paragraph("TableText", (Text(words),)),)

    return tuple((cell(str(k)), cell(f"Row {k}"), cell("1")) for k in range(n))


def every_part() -> tuple[Part, ...]:
    anchored = (AnchorStart("a"), Text("one claim", ("Source",), 1), AnchorEnd("a"))
    both = (
        Text("قالت الوزارة", ("Entity",), 2, "rtl"),
        Text(" then English, "),
        Text("日本の研究者", ("Cue",), 0, "cjk"),
    )
    return (
        Paragraph("Overline", (Text("Audit"),)),
        Paragraph("Title", (Text("Bridge to close"),)),
        Contents((Entry((Text("Here"),), "a"), Entry((Text("Deeper"),), "a", 1))),
        KeyFigures(
            (
                *(KeyFigure(str(n), "20", "75 %", "claims say who is speaking", n / 20, "a" * (n % 2)) for n in range(7)),
                KeyFigure("none", "", "", "nothing to count", None),
            )
        ),
        CHART,
        Beside(((8.0, (CHART,)), (8.0, (Paragraph("Normal", (Text("beside"),)), CHART)))),
        Paragraph("ArticleBody", (Text("1", ("Paragraph Number",)), Text("\t"), *anchored)),
        Paragraph("ArticleBody", both, rtl=True),
        Paragraph("NoteHead", (Link("a", Text("C1"), "tip"), Text("\t"), WebLink("https://example.org", Text("there")), Text("\t¶ 1"))),
        Paragraph("Quote", (Text("a quotation behind a bar"),)),
        Paragraph("WritingLine"),
        Paragraph("A style nobody knows", (Text("set as usual text", ("No look",)),)),
        replace(TABLE, rows=rows(4)),
        replace(TABLE, rows=rows(4), look="form", parted=True),
        NumberedLines((NumberedLine("1", (Text("first line"),), first=True), NumberedLine("", (Text("السطر"),), rtl=True)), 4.3, "Article"),
        Paragraph("Normal", (CommentStart(0), Text("end"), CommentEnd(0))),
    )  # fmt: skip


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_part_is_set_and_painted(paper: str) -> None:
    made = Pages(report(*every_part(), comments=(COMMENT,)), ReportOptions(paper=paper), with_margin=True)
    made.lay_out()
    assert made.complete and made.count >= 2 and made.page_of("a") >= 1
    assert made.width > made.height * 0.85, "the comments stand beside the page"
    for n in range(made.count):
        assert _dark(painted(made, n, 500)) > 20


def test_nothing_stands_over_the_edge() -> None:
    made = laid(*every_part(), *lines(200), replace(TABLE, rows=rows(200)))
    for n in range(made.count):
        for placed in made._page(n):
            assert placed.y >= TOP - 1
            assert placed.y + placed.strip.height <= made.height - BOTTOM + 1


def test_no_line_is_lost_and_none_comes_twice() -> None:
    names = [f"a{n}" for n in range(500)]
    made = laid(*(Paragraph("Normal", (AnchorStart(n), Text(n), AnchorEnd(n))) for n in names))
    there = [name for n in range(made.count) for placed in made._page(n) for name in placed.strip.anchors]
    assert there == names
    assert [made.page_of(n) for n in names] == sorted(made.page_of(n) for n in names)


def test_a_table_repeats_its_head_on_every_page() -> None:
    made = laid(replace(TABLE, rows=rows(200)))
    heads = {id(made._page(n)[0].strip) for n in range(made.count)}
    assert made.count > 3 and len(heads) == 1


def test_a_heading_goes_with_what_follows() -> None:
    for room in range(20, 60):
        made = laid(*lines(room), Paragraph("Heading1", (AnchorStart("h"), Text("Claims"), AnchorEnd("h"))),
                    Paragraph("Normal", (AnchorStart("p"), Text("words"), AnchorEnd("p"))))  # fmt: skip
        assert made.page_of("h") == made.page_of("p")


def test_a_short_table_stays_on_one_page() -> None:
    for room in range(24, 34):
        table = replace(TABLE, rows=rows(5))
        made = laid(*lines(room), table)
        pages = {n for n in range(made.count) for placed in made._page(n) if placed.strip.head is not None}
        assert len(pages) == 1


def test_a_new_page_is_one() -> None:
    made = laid(*lines(2), Paragraph("Title", (AnchorStart("t"), Text("Next"), AnchorEnd("t")), new_page=True))
    assert made.count == 2 and made.page_of("t") == 2
    assert laid(Paragraph("Title", (Text("First"),), new_page=True)).count == 1


def test_a_note_without_end_goes_over_many_pages() -> None:
    words = Text("The wall was good for another forty years. " * 6_000)
    table = replace(TABLE, rows=((*rows(1)[0][:1], (Paragraph("TableText", (words,)),), *rows(1)[0][2:]),))
    made = laid(table)
    assert made.count > 40
    made = laid(Paragraph("Note", (words,)))
    assert made.count > 30


def test_a_word_without_end_is_broken() -> None:
    made = laid(Paragraph("ArticleBody", (Text("x" * 50_000),)))
    assert made.count > 10


@pytest.mark.parametrize("words", ["\x00\x01\x1f", "a\tb\nc\r\nd", "\u202e\u2066\ufffc", "\ud800", "", " " * 5000])
def test_any_words_can_be_set(words: str) -> None:
    made = laid(Paragraph("ArticleBody", (Text(words, ("Entity",), 1),)), Paragraph("Note", (Text(words),), rtl=True))
    assert made.complete and painted(made, 0, 300).width() == 300


def test_an_empty_report_is_one_page() -> None:
    made = laid()
    assert made.count == 1 and _dark(painted(made, 0, 1600)) > 0  # its foot


def test_pages_that_were_not_kept_are_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    body = lines(400)
    whole = laid(*body)
    monkeypatch.setattr(pages_module, "KEPT", 2)
    made = laid(*body)
    assert made.count == whole.count > 6
    for n in (5, 6, 3, 1, 5, made.count - 1):
        assert [p.y for p in made._page(n)] == [p.y for p in whole._page(n)]
        assert painted(made, n, 300) == painted(whole, n, 300)


def test_the_first_page_is_there_before_the_others() -> None:
    made = Pages(report(*lines(2_000)), ReportOptions())
    assert made.lay_out(1) and made.count == 1 and not made.complete
    made.lay_out()
    assert made.complete and made.count > 50


def test_words_from_right_to_left_begin_at_the_right() -> None:
    made = laid(Paragraph("ArticleBody", (Text("قالت"),), rtl=True))
    image = painted(made, 0, 800)
    band = [x for x in range(image.width()) for y in range(80, 130) if image.pixelColor(x, y).lightness() < 120]
    assert band and min(band) > image.width() / 2


def test_the_number_of_a_paragraph_from_right_to_left_hangs_at_its_own_side() -> None:
    number = Text("4", ("Paragraph Number",))
    made = laid(Paragraph("ArticleBody", (number, Text("\t"), Text("قالت الوزارة " * 20)), rtl=True))
    image = painted(made, 0, 1600)
    dark = {x for x in range(1000, 1450) for y in range(175, 205) if image.pixelColor(x, y).lightness() < 150}
    number_at = max(dark)
    text_at = max(x for x in dark if x < number_at - 20)
    assert 1340 < number_at < 1400 and 1270 < text_at < 1310


def test_the_margin_is_only_there_where_there_are_comments() -> None:
    plain = Pages(report(*lines(3)), ReportOptions(), with_margin=True)
    assert plain.width < plain.height


@pytest.mark.parametrize("most", [2, 3, 5, 9])
@pytest.mark.parametrize(
    "told", [("short",), ("long words " * 40,), ("one", "two", "three", "four", "five", "six"), ("x" * 3000,), ("",)]
)
def test_a_comment_takes_no_more_lines_than_it_may(told: tuple[str, ...], most: int) -> None:
    words = laid()._words
    comment = Comment("Ida Vennemark", "I", "", tuple((Text(line),) for line in told))
    assert 1 <= len(margin._lines(words, comment, most)) <= most
    assert len(margin._lines(words, comment, 1_000)) >= len(told)


def test_comments_that_find_no_room_are_counted() -> None:
    many = tuple(Paragraph("Normal", (CommentStart(n), Text(f"claim {n}"), CommentEnd(n))) for n in range(40))
    made = Pages(report(*many, comments=(COMMENT,) * 40), ReportOptions(), with_margin=True)
    assert _dark(painted(made, 0, 700)) > 0


def _dark(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 160
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_painting_leaves_the_painter_as_it_was() -> None:
    made = laid(*every_part())
    image = QImage(400, 560, QImage.Format.Format_RGB32)
    p = QPainter(image)
    p.scale(0.03, 0.03)
    before = p.transform()
    made.paint(p, 0)
    assert p.transform() == before
    p.end()
