"""The renderer: pictures of their true size, lines that hold every letter, a PDF with its words and links."""

from __future__ import annotations

import itertools
import re
import threading
import zlib
from datetime import date

import pytest
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Chart,
    Column,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.shapes import Box, Line, Words
from annotator.exporters.word.styles import SERIF
from annotator.ui import render
from annotator.ui.paper import styles
from annotator.ui.paper.styles import MM, Face
from annotator.ui.render import QtRenderer, renderer
from annotator.ui.theme import font

SHAPES = (
    Box(0, 0, 40, 10, "source"),
    Box(40, 0, 20, 10, "claim", "hatched"),
    Line(0, 12, 60, 12, "ink", 0.4),
    Words(30, 18, "Port authority", anchor="middle"),
)
CHART = Chart("who", "Who speaks", "40 of 60", 60, 20, SHAPES, Table((Column("", 2),), (), "Who speaks"))


def report(*parts: Part, title: str = "Bridge to close") -> Report:
    return Report("Annotated article", title, "Ida Vennemark", date(2026, 1, 1), "en-GB", "by Ida", parts)


def pdf(*parts: Part, title: str = "Bridge to close") -> bytes:
    return QtRenderer().pdf(report(*parts, title=title), ReportOptions())


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """Fonts and painting want the application."""


def test_a_picture_has_its_true_size_and_its_colours() -> None:
    image = QImage.fromData(QtRenderer().picture(CHART, 192))
    assert (image.width(), image.height()) == (round(60 / 25.4 * 192), round(20 / 25.4 * 192))
    assert image.dotsPerMeterX() == round(192 / 0.0254)
    at = image.pixelColor(image.width() // 4, image.height() // 4)
    assert at.blue() > 150 > at.red() and image.pixelColor(5, image.height() - 5).name() == "#ffffff"


@pytest.mark.parametrize(
    "text",
    [
        "The port authority said the harbour wall was good for another forty years. " * 6,
        "قالت الوزارة إن تقديرات الفاقد من المياه في الدلتا استندت إلى مسح أجري قبل عشر سنوات. " * 4,
        "日本の研究者も同じ数字を引用したが、元の調査は十年以上前のものである。" * 5,
        "\U0001f30a waves \U0001f9d1\u200d\U0001f33e and farmers " * 12,
        "x" * 400,
        "first\nsecond\n\nthird",
        "one word",
        " ",
    ],
)
def test_lines_hold_every_letter_once_and_in_order(text: str) -> None:
    lines = QtRenderer().lines(text, 100, 11, rtl=text[0] > "\u0590")
    assert lines[0][0] == 0 and lines[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(lines))
    assert all(start < end for start, end in lines)
    wide = QFontMetricsF(Face((SERIF.latin, SERIF.arabic, SERIF.east_asian), 220).font)
    assert all(wide.horizontalAdvance(text[a:b].rstrip()) <= 100 * MM * 1.01 for a, b in lines)


def test_lines_of_nothing_are_none() -> None:
    assert [(a, b) for a, b in QtRenderer().lines("", 100, 11, rtl=False) if a < b] == []


def test_a_paragraph_without_end_is_broken_piece_by_piece_as_if_at_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The port authority said the harbour wall \U0001f30a was good for another forty years. " * 60
    whole = QtRenderer().lines(text, 100, 11, rtl=False)
    monkeypatch.setattr(render, "_LONG", 200)
    assert QtRenderer().lines(text, 100, 11, rtl=False) == whole
    monkeypatch.setattr(render, "_LONG", 10)  # shorter than a line
    pieces = QtRenderer().lines(text, 100, 11, rtl=False)
    assert pieces[0][0] == 0 and pieces[-1][1] == len(text)


def test_a_narrower_column_takes_more_lines() -> None:
    text = "The port authority said the harbour wall was good for another forty years. " * 6
    assert len(QtRenderer().lines(text, 60, 11, rtl=False)) > len(QtRenderer().lines(text, 120, 11, rtl=False))


def _anchored(words: str, name: str) -> Paragraph:
    return Paragraph("Normal", (AnchorStart(name), Text(words), AnchorEnd(name)))


def test_a_pdf_has_links_in_both_directions_and_says_what_it_is() -> None:
    data = pdf(
        Paragraph("Normal", (Link("there", Text("go there")), WebLink("https://example.org/a?b=c", Text("outside")))),
        _anchored("here it is", "there"),
    )
    destination = "there".encode("utf-16-be")
    assert data.startswith(b"%PDF-") and data.count(b"/Subtype /Link") == 2
    assert data.count(destination) >= 2, "a link and the place it leads to"
    assert b"https://example.org/a?b=c" in data
    assert "Ida Vennemark".encode("utf-16-be") in data and "Bridge to close".encode("utf-16-be") in data


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", r"\\host\share", "data:text/html,x", "https://[", ""]
)
def test_a_pdf_links_to_nothing_dangerous(url: str) -> None:
    data = pdf(Paragraph("Normal", (WebLink(url, Text("words")),)))
    assert b"/Subtype /Link" not in data and b"/URI" not in data


def test_an_address_cannot_break_out_of_its_string() -> None:
    data = pdf(Paragraph("Normal", (WebLink("https://example.org/) >> /A << /S /JavaScript /JS (x", Text("words")),)))
    assert b"/JavaScript" not in data.replace(b"%20/S%20/JavaScript%20/JS", b"")
    (address,) = re.findall(rb"/URI \((.*?)\)", data)
    assert b"(" not in address and b"%29" in address


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("ArticleBody", "office affluent fish"),
        ("Title", "-> 12:30, 15 of 20."),
        ("Normal", "12:30 x 2031, 15 of 20; 3x4 -> (A)"),
    ],
)
def test_words_and_figures_in_a_pdf_can_be_searched(style: str, words: str) -> None:
    """A shape of several letters, or of a figure as wide as the others, has no letter a reader could find."""
    data = pdf(Paragraph(style, (Text(words),)))
    codes = {int(a, 16) for a in re.findall(rb"<([0-9a-fA-F]{4})>", b"".join(_streams(data)))}
    assert {ord(c) for c in words if c != " "} <= codes


def test_figures_in_a_pdf_can_be_searched_whatever_the_windows_type_does(qapp: QApplication) -> None:
    """The window sets figures of one width; what is printed beside it takes nothing of that over."""
    before = qapp.font()
    qapp.setFont(font("body"))
    styles._font.cache_clear()
    try:
        test_words_and_figures_in_a_pdf_can_be_searched("Normal", "12:30 x 2031, 15 of 20; 3x4 -> (A)")
    finally:
        qapp.setFont(before)
        styles._font.cache_clear()


def _streams(data: bytes) -> list[bytes]:
    found: list[bytes] = []
    for raw in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(raw.strip(b"\r\n")))
        except zlib.error:
            found.append(raw)
    return found


@pytest.mark.parametrize("title", ["x" * 300, "=cmd|' /C calc'!A0", "<b>bold</b>", "line\nbreak\x00\u202e", "العنوان"])
def test_a_title_may_be_anything(title: str) -> None:
    assert pdf(Paragraph("Title", (Text(title),)), title=title).startswith(b"%PDF-")


def test_a_pdf_is_made_on_a_thread_of_its_own_and_tells_how_far_it_is() -> None:
    told: list[float] = []
    made: list[bytes] = []
    body = tuple(Paragraph("ArticleBody", (Text(f"Paragraph {n}. " * 20),)) for n in range(100))

    def work() -> None:
        made.append(QtRenderer(told.append).pdf(report(*body), ReportOptions(paper="Letter")))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert made[0].count(b"/Type /Page\n") > 5 and told[-1] == 1.0 and told == sorted(told)


def test_work_on_a_pdf_can_be_ended() -> None:
    class Enough(Exception):
        pass

    def stop(_: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        QtRenderer(stop).pdf(report(*(Paragraph("Normal", (Text("words"),), new_page=True),) * 30), ReportOptions())


def test_the_application_that_is_there_is_used() -> None:
    before = QGuiApplication.instance()
    renderer()
    assert QGuiApplication.instance() is before
