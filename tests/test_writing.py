"""A file is written whole or not at all, and never in the place of something that is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import writing
from annotator.errors import WriteError


def test_what_stood_there_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "a.txt"
    out.write_bytes(b"old")
    writing.replace(out, b"new")
    assert out.read_bytes() == b"new" and list(tmp_path.iterdir()) == [out]


def test_where_the_disk_refuses_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.txt"
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="the disk is full"):
        writing.replace(out, b"new")
    assert out.read_bytes() == b"old" and list(tmp_path.iterdir()) == [out]


def test_a_folder_and_a_place_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="is a folder"):
        writing.replace(tmp_path, b"")
    with pytest.raises(WriteError, match="is not there"):
        writing.replace(tmp_path / "no" / "a.txt", b"")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_followed(tmp_path: Path) -> None:
    out, link = tmp_path / "a.txt", tmp_path / "link.txt"
    out.write_bytes(b"old")
    link.symlink_to(out)
    writing.replace(link, b"new")
    assert link.is_symlink() and out.read_bytes() == b"new"
    (tmp_path / "lost.txt").symlink_to(tmp_path / "lost.txt")
    with pytest.raises(WriteError, match="leads nowhere"):
        writing.replace(tmp_path / "lost.txt", b"")
