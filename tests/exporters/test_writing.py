"""A report is on disk whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from annotator.errors import WriteError
from annotator.exporters import ReportOptions, write, write_reports
from annotator.exporters.document import Report
from annotator.exporters.material import Material
from annotator.model import AnnotatedArticle

MakeReport = Callable[..., Report]


def test_an_unknown_ending_is_told(make_report: MakeReport, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"must end in \.csv, \.docx, \.html, \.pdf, \.xlsx"):
        write(make_report(), tmp_path / "report.odt", ReportOptions())
    assert list(tmp_path.glob("*.odt")) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_failed_write_leaves_the_old_file(
    make_report: MakeReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "report.docx"
    out.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WriteError, match=r"report\.docx"):
        write(make_report(), out, ReportOptions())
    assert out.read_bytes() == b"old"
    assert list(folder.iterdir()) == [out]


def test_a_worksheet_and_its_key_are_written_both_or_neither(
    annotated: AnnotatedArticle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, move = tmp_path / "out", Path.replace
    folder.mkdir()
    out, key = folder / "sheet.html", folder / "sheet-answer-key.html"
    out.write_bytes(b"old sheet")
    key.write_bytes(b"old key")

    def held(self: Path, to: Path) -> Path:
        if to == key:
            raise PermissionError(13, "open in another program")
        return move(self, to)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(WriteError, match=r"answer-key\.html.*All 2 files are as they were"):
        options = ReportOptions(kind="worksheet", both=True)
        write_reports(Material((annotated,)), out, options, coder="Ada", today=date(2026, 3, 1))
    assert (out.read_bytes(), key.read_bytes()) == (b"old sheet", b"old key") and len(list(folder.iterdir())) == 2


def test_a_folder_that_is_not_there(make_report: MakeReport, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="not there"):
        write(make_report(), tmp_path / "none" / "report.docx", ReportOptions())
    with pytest.raises(WriteError, match="is a folder"):
        (tmp_path / "a.docx").mkdir()
        write(make_report(), tmp_path / "a.docx", ReportOptions())


def test_a_link_stays_a_link(make_report: MakeReport, tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(b"old")
    link = tmp_path / "link.docx"
    try:
        link.symlink_to(tmp_path / "real.docx")
    except OSError:
        pytest.skip("no symbolic links here")
    write(make_report(), link, ReportOptions())
    assert link.is_symlink()
    assert (tmp_path / "real.docx").read_bytes().startswith(b"PK")


def test_a_link_that_leads_to_itself(make_report: MakeReport, tmp_path: Path) -> None:
    link = tmp_path / "link.docx"
    try:
        link.symlink_to(link)
    except OSError:
        pytest.skip("no symbolic links here")
    with pytest.raises(WriteError, match="leads nowhere"):
        write(make_report(), link, ReportOptions())


def test_a_name_that_is_too_long(make_report: MakeReport, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="could not be written"):
        write(make_report(), tmp_path / f"{'x' * 300}.docx", ReportOptions())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_stays_a_pipe(make_report: MakeReport, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    with pytest.raises(WriteError, match="not an ordinary file"):
        write(make_report(), tmp_path / "pipe.docx", ReportOptions())
    assert (tmp_path / "pipe.docx").is_fifo()


def test_the_template_is_not_overwritten(make_report: MakeReport, tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    write(make_report(), template, ReportOptions())
    before = template.read_bytes()
    with pytest.raises(WriteError, match="template itself"):
        write(make_report(), template, ReportOptions(template=template))
    assert template.read_bytes() == before
