"""Names, notes and addresses that want to be markup, formulas, links or fields: words in every kind of every format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from annotator.exporters import KINDS, ReportOptions, write
from annotator.exporters.document import Report
from annotator.model import AnnotatedArticle, Claim, ClaimEvidence, Cue, Evidence, SourceMention, Verification
from tests.exporters.conftest import Maker
from tests.test_tables import Book

MakeReport = Callable[..., Report]
NAME = "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e]]>&#x3c; \x1b\ud800👩‍👩‍👧"
ADDRESS = "\\\\host\\share\\x.html"


@pytest.fixture(autouse=True)
def long_fields() -> Iterator[None]:
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


@pytest.fixture(scope="module")
def nasty() -> AnnotatedArticle:
    made = Maker()
    made.article = replace(
        made.article, title=NAME + "t" * 300, publication=NAME, url="javascript:alert(1)", byline=NAME
    )
    made.article = replace(made.article, licence_note=NAME, not_stated=frozenset())
    made.source(
        "board", NAME, naming="anonymous", kind="person", role=NAME, affiliation="@SUM(A1)", note="\n".join([NAME] * 3)
    )
    board = made.add(SourceMention, "The Quay Board", source="board")
    says = made.add(Cue, "says")
    claim = made.add(
        Claim,
        "the bridge carries nine thousand carts a day",
        type="factual",
        form="direct",
        check_worthy="yes",
        note=f'{NAME}\n+1\n{{ HYPERLINK "x" }}\n' + "long <b> " * 200_000,
        short_text=NAME,
        tags=("=1", "<i>"),
    )
    made.link(claim, "board", source_mention=board, cue=says, load="doubt")
    made.evidence["e"] = Evidence(id="e", title=NAME, url=ADDRESS, citation=NAME, publisher=NAME, date="=1")
    made.claim_evidence.append(ClaimEvidence(claim=claim, evidence="e", stance="supports", quoted=NAME))
    made.verifications[claim] = (Verification(claim=claim, status="checked", verdict="2", why=NAME),)
    return made.annotated()


@pytest.mark.parametrize("kind", KINDS)
def test_a_web_page_runs_and_links_nothing(
    make_report: MakeReport, nasty: AnnotatedArticle, kind: str, tmp_path: Path
) -> None:
    (path,) = write(make_report(nasty, kind=kind), tmp_path / "r.html", ReportOptions(kind=kind))
    data = path.read_text("utf-8")
    page = lxml_html.document_fromstring(data.split("\n", 1)[1])
    assert list(page.iter("script", "img", "iframe", "i")) == []
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]
    assert all(a.get("href").startswith(("#", "https://")) for a in page.iter("a"))
    assert "<script" not in data
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", data)


@pytest.mark.parametrize("kind", KINDS)
def test_spreadsheets_hold_words(make_report: MakeReport, nasty: AnnotatedArticle, kind: str, tmp_path: Path) -> None:
    report = make_report(nasty, kind=kind)
    (path,) = write(report, tmp_path / "r.xlsx", ReportOptions(kind=kind))
    book = Book(path.read_bytes())
    for n in range(1, len(book.names) + 1):
        book.rows(n)  # which refuses formulas
        assert b"<hyperlink" not in book.parts[f"xl/worksheets/sheet{n}.xml"]
    for file in write(report, tmp_path / "r.csv", ReportOptions(kind=kind)):
        cells = [c for row in csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")) for c in row]
        assert not [c for c in cells if re.match(r"\s*[=+\-@]|[\t\r\n]", c) and not re.fullmatch(r"-?\d+(\.\d+)?", c)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_article_without_marks_is_written_in_every_format(
    make_report: MakeReport, kind: str, tmp_path: Path
) -> None:
    bare = Maker().annotated()
    for ending in ("html", "xlsx", "csv", "docx"):
        assert write(make_report(bare, kind=kind), tmp_path / f"r.{ending}", ReportOptions(kind=kind))
