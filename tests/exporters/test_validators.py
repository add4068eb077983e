"""What others say about the files: two validators, and LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.exporters import ReportOptions, write
from annotator.exporters.document import Report
from annotator.exporters.word import template
from annotator.model import AnnotatedArticle

MakeReport = Callable[..., Report]
pytestmark = pytest.mark.slow


@pytest.fixture
def files(make_report: MakeReport, annotated: AnnotatedArticle, tmp_path: Path) -> list[Path]:
    one, two, bare = tmp_path / "one.docx", tmp_path / "two.docx", tmp_path / "template.docx"
    write(make_report(), one, ReportOptions())
    write(make_report(annotated, annotated, paper="Letter"), two, ReportOptions(paper="Letter"))
    bare.write_bytes(template.build())
    return [one, two, bare]


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
        assert done.returncode == 0, done.stdout


def test_libreoffice_opens_it_and_keeps_the_comments(
    files: list[Path], annotated: AnnotatedArticle, tmp_path: Path
) -> None:
    program = tool("soffice")
    profile = (tmp_path / "profile").as_uri()
    arguments = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path)]
    subprocess.run([program, *arguments, str(files[0])], capture_output=True, timeout=120, check=True)
    kept = (tmp_path / "one.fodt").read_text("utf-8")
    assert kept.count("<office:annotation ") == len(annotated.claims)
