"""A report as one HTML file: whole, offline, in order for readers who hear it, and safe from what others wrote."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator

import pytest
from lxml import html as lxml_html

from annotator.exporters import KINDS, ReportOptions, charts
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
from annotator.exporters.html import document
from annotator.model import AnnotatedArticle
from tests.exporters.audits import full

MakeReport = Callable[..., Report]
OPTIONS = ReportOptions()


def report_of(*parts: Part, comments: tuple[Comment, ...] = (), **fields: object) -> Report:
    given: dict[str, object] = {
        "kind": "Sourcing audit",
        "title": "The bridge",
        "author": "Ada Reader",
        "made": datetime.date(2026, 3, 1),
        "language": "en-GB",
        "footer": "Counts, not judgements",
        **fields,
    }
    return Report(parts=parts, comments=comments, **given)


def page(report: Report) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(document(report, OPTIONS).decode("utf-8").split("\n", 1)[1])


def p(words: str, style: str = "Normal", **fields: object) -> Paragraph:
    return Paragraph(style, (Text(words),), **fields)


def every_part() -> Iterator[Part]:
    yield p("Sourcing audit", "Overline")
    yield p("The bridge", "Title")
    yield KeyFigures(
        (KeyFigure("15", "20", "75 %", "claims say who", 0.75, "claims"), KeyFigure("none", "", "", "x", None))
    )
    yield Contents((Entry((Text("Claims"),), "claims"), Entry((Text("One"),), "one", 1)))
    yield Paragraph("Heading1", (AnchorStart("claims"), Text("Claims"), AnchorEnd("claims")))
    yield Paragraph("Heading2", (AnchorStart("one"), Text("One"), AnchorEnd("one")))
    chart = charts.who_speaks(full(), 160)
    other = charts.types_by_status(full(), 72)
    assert chart is not None
    assert other is not None
    yield chart
    yield Beside(((8.0, (other,)), (8.0, (p("beside"),))))
    columns = Column("No.", 1), Column("Claims", 3, align_end=True)
    yield Table(columns, (((p("C1", "TableText"),), (p("7", "TableText"),)),), "Claims", "Every claim")
    yield NumberedLines((NumberedLine("5", (Text("a line"),), (Text("C1"),), first=True),), 4.3, "The lines")
    yield Paragraph("WritingLine")


@pytest.fixture
def whole() -> Report:
    return report_of(*every_part())


def test_every_part_is_there(whole: Report) -> None:
    found = page(whole)
    assert found.get("lang") == "en-GB"
    assert [e.tag for e in found.iter("h1", "h2", "h3")] == ["h1", "h2", "h3"]
    assert "".join(found.find(".//li/span").itertext()) == "15 of 20 75 %"
    assert found.find(".//li//span[@class='bar']/span").get("style") == "width:75%"
    assert len(found.findall(".//figure//details//table")) == 2
    assert found.find(".//table[@class='lines']//th").text == "5"
    assert [a.get("href") for a in found.iter("a")][:2] == ["#the-report", "#claims"]
    assert found.find(".//p[@class='WritingLine']") is not None


def test_facts_for_machines(whole: Report) -> None:
    found = page(whole)
    meta = {m.get("name"): m.get("content") for m in found.iter("meta")}
    assert found.findtext(".//title") == "The bridge – Sourcing audit"
    assert (meta["author"], meta["dcterms.date"]) == ("Ada Reader", "2026-03-01")


def test_the_file_needs_nothing_else_and_runs_nothing(whole: Report) -> None:
    data = document(whole, OPTIONS).decode("utf-8")
    found = page(whole)
    assert "default-src 'none'" in data
    assert list(found.iter("script", "link", "img", "iframe", "object", "embed", "form", "base")) == []
    assert not [
        e
        for e in found.iter()
        for name in e.attrib
        if name in ("src", "srcset", "data", "action") or name.startswith("on")
    ]
    assert "@import" not in data
    assert not re.search(r"url\((?!#)", data)
    assert len(data) < 60_000


def test_tables_say_what_they_are(whole: Report) -> None:
    for table in page(whole).iter("table"):
        assert table.findtext("caption")
        if table.find("thead") is not None:
            assert all(th.get("scope") == "col" for th in table.iterfind("thead//th"))
            assert all(row.find("th").get("scope") == "row" for row in table.iterfind("tbody/tr"))


def test_every_picture_is_told(whole: Report) -> None:
    found = page(whole)
    ids = {e.get("id"): e.text for e in found.iter() if e.get("id")}
    drawn = list(found.iter("svg"))
    assert len(drawn) == 2
    for svg in drawn:
        title, alt = (ids[i] for i in svg.get("aria-labelledby").split())
        assert title
        assert len(alt) > 50


def sound(found: lxml_html.HtmlElement) -> None:
    """Hold that ids are met once, links lead somewhere, and headings follow each other."""
    ids = [e.get("id") for e in found.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href")[1:] for a in found.iter("a") if a.get("href").startswith("#")} <= set(ids)
    levels = [int(e.tag[1]) for e in found.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("articles", [1, 2])
def test_every_kind_is_sound(make_report: MakeReport, annotated: AnnotatedArticle, kind: str, articles: int) -> None:
    report = make_report(*[annotated] * articles, kind=kind)
    sound(page(report))


def test_less_is_sound_too(make_report: MakeReport, whole: Report) -> None:
    sound(page(whole))
    sound(page(make_report(notes=False, tables=False)))
    sound(page(report_of(p("Deep", "Heading2"), p("Deeper", "ArticleHeading3"), p("Top", "Heading1"))))


def test_several_articles_are_chapters_in_order(make_report: MakeReport, annotated: object) -> None:
    found = page(make_report(annotated, annotated))
    levels = [int(e.tag[1]) for e in found.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert len(found.findall(".//article")) == 2


def test_the_article_stands_as_it_was_printed(make_report: MakeReport) -> None:
    found = page(make_report(comments=False))
    article = found.find(".//article")
    for label in [*article.iter("sup"), *article.findall(".//span[@class='hung']")]:
        label.drop_tree()
    words = [" ".join("".join(e.itertext()).split()) for e in article]
    assert "The Quay Board says the bridge carries nine thousand carts a day. Nobody counted them." in words
    assert "“We stopped in spring,” said Ilva Marr, who kept the book, “and the page is blank.” It rained." in words


def test_marks_look_and_can_be_told_without_colour(make_report: MakeReport) -> None:
    article = page(make_report()).find(".//article")
    marks = ["".join(m.itertext()) for m in article.iter("mark")]
    assert "It rained." in marks
    assert any(m.get("class", "").startswith("ClaimOverlap") for m in article.iter("mark"))
    assert {c for e in article.iter() for c in (e.get("class") or "").split()} >= {
        "Source",
        "Cue",
        "Entity",
        "ClaimMark",
        "SourceMark",
    }
    assert [e.get("data-claim") for e in article.findall(".//span[@class='end']")].count("C1") == 1
    labels = {a.get("href") for a in article.iter("a") if a.find("sup") is not None}
    assert labels >= {"#note_C1", "#src_S1"}


def test_notes_stand_behind_their_paragraph_and_lead_back(make_report: MakeReport) -> None:
    report = make_report()
    found = page(report)
    notes = found.findall(".//article/div[@role='group']")
    assert sum(len(n.findall("div")) for n in notes) == len(report.comments)
    first = notes[0]
    assert first.getprevious().get("class") == "ArticleBody"
    assert first.find(".//a").get("href") == "#text_C1"
    assert "Claim 1" in first.text_content()
    assert first.get("aria-label")


def test_right_to_left_paragraphs_are_turned_and_told(make_report: MakeReport) -> None:
    article = page(make_report()).find(".//article")
    turned = [e for e in article if e.get("dir") == "rtl"]
    assert len(turned) == 1
    assert {e.get("lang") for e in turned[0].iter() if e.get("lang")} == {"ar-SA"}
    assert "ja-JP" in {e.get("lang") for e in article.iter()}


def test_a_report_in_a_language_from_right_to_left_is_turned() -> None:
    assert page(report_of(p("x"), language="ar-SA")).get("dir") == "rtl"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        " javascript:x",
        "data:text/html,x",
        "\\\\host\\share",
        "//host/share",
        "file:///etc/passwd",
        "vbscript:x",
        "http://",
        "https://[",
        "ms-word:ofe|u|http://a.example",
        "http:/" + "x" * 3000,
    ],
)
def test_dangerous_addresses_are_only_words(url: str) -> None:
    found = page(report_of(Paragraph("Normal", (WebLink(url, Text(url)),))))
    assert [a.get("href") for a in found.iter("a")] == ["#the-report"]
    assert url.strip()[:20] in found.text_content()


def test_plain_addresses_are_links_that_tell_nothing_of_the_reader() -> None:
    url = 'https://lantern.example/a?b=1&c="><script>'
    (_, link) = page(report_of(Paragraph("Normal", (WebLink(url, Text(url)),)))).iter("a")
    assert link.get("href") == "https://lantern.example/a?b=1&c=%22%3E%3Cscript%3E"
    assert "noreferrer" in link.get("rel")


NASTY = "</style></p><script>alert(1)</script><img src=x onerror=alert(1)>&quot;\"'\x00\x1b\ud800"


def nasty_parts() -> tuple[Part, ...]:
    text = Text(NASTY, ("Strong",), 0, "", '"><script>')
    paragraph = Paragraph(
        "Normal", (text, Link("claims", Text(NASTY), NASTY), AnchorStart('"><script>'), CommentStart(0), CommentEnd(0))
    )
    cell = (Paragraph("TableText", (text,)),)
    table = Table((Column(NASTY, 1), Column(NASTY, 1)), ((cell, cell),), NASTY, NASTY)
    return (
        paragraph,
        Paragraph('"><script>', (text,)),
        table,
        Chart("k", NASTY, NASTY, 10, 10, (), table),
        KeyFigures((KeyFigure(NASTY, NASTY, NASTY, NASTY, 0.5, NASTY),)),
        NumberedLines((NumberedLine(NASTY, (text,), (text,), style=NASTY),), 4, NASTY),
        Contents((Entry((text,), NASTY),)),
        Paragraph("ArticleBody", (text,)),
    )


def test_whatever_others_wrote_is_words() -> None:
    comment = Comment(NASTY, NASTY, NASTY, ((Text(NASTY),),))
    report = report_of(
        *nasty_parts(), comments=(comment,), title=NASTY, author=NASTY, footer=NASTY, kind=NASTY, language=NASTY
    )
    found = page(report)
    assert list(found.iter("script", "img")) == []
    assert len(list(found.iter("style"))) == 1
    assert not [name for e in found.iter() for name in e.attrib if name.startswith("on")]
    assert not re.search("[\x00\x1b]", document(report, OPTIONS).decode("utf-8"))


def test_words_that_turn_others_round_are_kept_apart() -> None:
    found = page(report_of(Paragraph("Normal", (Text("S1 \u202eenod"), Text(", and on")))))
    assert found.find(".//bdi").text == "S1 \u202eenod"


def test_a_note_of_two_megabytes_and_a_long_title() -> None:
    note = Comment("A", "A", "2026-01-01T00:00:00Z", ((Text("x <b> " * 350_000),),))
    body = Paragraph("ArticleBody", (CommentStart(0), Text("words"), CommentEnd(0)))
    report = report_of(p("t" * 300, "Title"), body, comments=(note,), title="t" * 300)
    assert len(document(report, OPTIONS)) > 2_000_000
    assert page(report).find(".//div[@role='group']") is not None


def test_only_several_authors_are_named_under_their_notes() -> None:
    def notes(*authors: str) -> str:
        comments = tuple(Comment(a, "A", "2026-01-02T00:00:00Z", ((Text("n"),),), done=True) for a in authors)
        marks = [i for n in range(len(authors)) for i in (CommentStart(n), Text("w"), CommentEnd(n))]
        return (
            page(report_of(Paragraph("ArticleBody", tuple(marks)), comments=comments))
            .find(".//div[@role='group']")
            .text_content()
        )

    assert notes("Ada", "Ada") == "ndonendone"
    assert "Ada · 2 January 2026 · done" in notes("Ada", "Bo")


def test_an_empty_report_has_a_title() -> None:
    assert page(report_of()).findtext(".//h1") == "The bridge"


def test_every_style_of_the_report_has_a_look() -> None:
    from annotator import paths
    from annotator.exporters.word.styles import STYLES

    css = paths.resource("report", "report.css").read_text("utf-8")
    elsewhere = {
        "Header",
        "Footer",
        "CommentText",
        "CommentReference",
        "DefaultParagraphFont",
        "TableHead",
        "TableText",
    }
    elsewhere |= {"Picture", "BarText", "Figure", "FigureLabel", "FigureWhole", "FigureShare", "Contents1", "Contents2"}
    elsewhere |= {"NumberedLine", "NumberedMargin", "Claim"}
    missing = [s.id for s in STYLES if s.id not in elsewhere and not re.search(rf"\.{s.id}\b", css)]
    assert missing == []
