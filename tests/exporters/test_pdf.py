"""Every kind of report as a PDF: made of words chosen to do harm, with links that all lead somewhere, and read again."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.exporters import KINDS, ReportOptions
from annotator.exporters.document import Report
from annotator.model import AnnotatedArticle, Claim
from annotator.ui.pages import Pages
from annotator.ui.render import QtRenderer
from tests.exporters.test_hostile import hostile

MakeReport = Callable[..., Report]
DESTINATION = re.compile(rb"/Dest \(\xfe\xff((?:\\.|[^)])*)\)", re.DOTALL)


@pytest.fixture(autouse=True)
def application(qtbot: QtBot) -> None:
    """Fonts and painting want the application."""


def pdf(report: Report, **options: object) -> bytes:
    return QtRenderer().pdf(report, replace(ReportOptions(), **options))  # type: ignore[arg-type]


def read(data: bytes, tmp_path: Path) -> str:
    """Return the words of a PDF as another program reads them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here")
    (tmp_path / "out.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", tmp_path / "out.pdf", "-"], capture_output=True, check=True)
    assert not done.stderr
    return done.stdout.decode()


def shorter(annotated: AnnotatedArticle) -> AnnotatedArticle:
    """Return an article whose notes fill pages, but not thousands of them."""
    marks = [replace(m, note=m.note[:20_000]) if isinstance(m, Claim) and m.note else m for m in annotated.annotations]
    return annotated.changed(annotations=marks)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_chosen_to_do_harm_stays_words(make_report: MakeReport, kind: str) -> None:
    data = pdf(make_report(shorter(hostile()), kind=kind), kind=kind)
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    for danger in (b"/JavaScript", b"/Launch", b"/GoToR", b"/EmbeddedFile", b"/OpenAction"):
        assert danger not in data, danger
    # The title may hold anything: it is words. Only where a link leads matters.
    assert set(re.findall(rb"/S /(\w+)\n/U", data)) <= {b"URI"}
    assert all(re.match(rb"https?://|mailto:", address) for address in re.findall(rb"/URI \((.*?)\)", data))


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_to_a_place_that_is_there(make_report: MakeReport, kind: str) -> None:
    report = make_report(kind=kind)
    data = pdf(report, kind=kind)
    pages = Pages(report, ReportOptions(kind=kind))
    pages.lay_out()
    found = {raw.replace(b"\x00", b"").decode("ascii") for raw in DESTINATION.findall(data)}
    lost = [name for name in found if not pages.page_of(name)]
    assert not lost
    assert found or kind in ("worksheet", "answer-key")


@pytest.mark.parametrize("kind", ["annotated", "audit", "claims"])
def test_the_words_of_a_report_can_be_read_again(make_report: MakeReport, tmp_path: Path, kind: str) -> None:
    report = make_report(kind=kind)
    words = read(pdf(report, kind=kind), tmp_path)
    assert " ".join(report.title.split())[:20] in " ".join(words.split())
    assert re.search(r"Page 1 of \d+", words)


def test_a_worksheet_as_a_pdf_tells_no_answer(make_report: MakeReport, tmp_path: Path) -> None:
    report = make_report(kind="worksheet")
    words = read(pdf(report, kind="worksheet"), tmp_path)
    assert not re.search(r"\bC\d+\b", words) and not re.search(r"\bS\d+\b", words)
    key = read(pdf(make_report(kind="answer-key"), kind="answer-key"), tmp_path)
    assert re.search(r"\bC\d+\b", key)
