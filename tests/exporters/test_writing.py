"""A report is on disk whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import WriteError
from annotator.exporters import ReportOptions, write
from annotator.exporters.document import Report

MakeReport = Callable[..., Report]


def test_an_unknown_ending_is_told(make_report: MakeReport, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"must end in \.docx"):
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
