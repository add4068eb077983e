"""What others say about the files: two validators, and LibreOffice."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.exporters import KINDS, ReportOptions, write
from annotator.exporters.document import Chart, Report
from annotator.exporters.word import template
from annotator.model import AnnotatedArticle
from tests.exporters.test_audit import many_claims

MakeReport = Callable[..., Report]
pytestmark = pytest.mark.slow


class Pictures:
    """A renderer that paints every picture white, and breaks lines after a few words."""

    def picture(self, chart: Chart, dpi: int) -> bytes:
        width, height = (max(1, round(mm / 25.4 * dpi)) for mm in (chart.width, chart.height))
        rows = zlib.compress((b"\x00" + b"\xff" * width) * height)
        head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
        packed = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
        return b"\x89PNG\r\n\x1a\n" + b"".join(packed)

    def lines(self, text: str, width: float, size: float, *, rtl: bool) -> list[tuple[int, int]]:
        ends = [m.end() for m in re.finditer(r"\s+", text)][5::6]
        return list(zip([0, *ends], [*ends, len(text)], strict=True))

    def pdf(self, report: Report, options: ReportOptions) -> bytes:
        raise NotImplementedError


@pytest.fixture
def files(make_report: MakeReport, annotated: AnnotatedArticle, tmp_path: Path) -> list[Path]:
    other = annotated.changed(article=replace(annotated.article, id="other"))
    out: list[Path] = []
    for kind in KINDS:
        for name, articles, options, renderer in (
            ("one", (annotated,), ReportOptions(kind=kind), None),
            ("drawn", (many_claims(24, 5, 4),), ReportOptions(kind=kind), Pictures()),
            ("two", (annotated, other), ReportOptions(kind=kind, paper="Letter"), Pictures()),
        ):
            path = tmp_path / f"{kind}-{name}.docx"
            write(make_report(*articles, kind=kind, paper=options.paper), path, options, renderer)
            out.append(path)
    bare = tmp_path / "template.docx"
    bare.write_bytes(template.build())
    return [*out, bare]


def tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("command", [("openxml-audit",), ("ooxml-integrity", "check")])
def test_validators_find_nothing(files: list[Path], command: tuple[str, ...]) -> None:
    program = tool(command[0])
    for file in files:
        done = subprocess.run(
            [program, *command[1:], str(file)], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"{file.name}: {done.stdout}"


def converted(files: list[Path], kind: str, folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    arguments = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([tool("soffice"), *arguments, *map(str, files)], capture_output=True, timeout=180, check=True)


def test_libreoffice_opens_them_and_keeps_the_comments(
    files: list[Path], annotated: AnnotatedArticle, tmp_path: Path
) -> None:
    converted(files, "fodt", tmp_path)
    for file in files:
        kept = file.with_suffix(".fodt").read_text("utf-8").count("<office:annotation ")
        of = {"annotated-one": 1, "annotated-two": 2}.get(file.stem, 0) * len(annotated.claims)
        assert kept == (24 if file.stem == "annotated-drawn" else of), file.name


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_audits_first_page_is_one_page(make_report: MakeReport, tmp_path: Path, paper: str) -> None:
    pages = tool("pdftotext")
    made: list[Path] = []
    for n, article in enumerate((many_claims(12), many_claims(60, 10, 30), many_claims(90, 30, 60))):
        options = ReportOptions(kind="audit", paper=paper)
        made.append(tmp_path / f"{n}.docx")
        write(make_report(article, kind="audit", paper=paper), made[-1], options, Pictures())
    converted(made, "pdf", tmp_path)
    for file in made:
        arguments = [pages, "-f", "2", "-l", "2", str(file.with_suffix(".pdf")), "-"]
        second = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=True).stdout
        assert "\nFindings\n" in f"\n{second[:200]}", second[:300]
