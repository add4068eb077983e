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


def test_what_a_killed_writing_left_is_swept_but_nothing_else(tmp_path: Path) -> None:
    left, now, other = (
        tmp_path / name for name in (f".annotator-{'a' * 12}.tmp", f".annotator-{'b' * 12}.tmp", ".annotator-mine.tmp")
    )
    for path in (left, now, other):
        path.write_bytes(b"words")
    before = writing.time.time
    with pytest.MonkeyPatch.context() as later:
        later.setattr(writing.time, "time", lambda: before() + 3_700)
        os.utime(now, (before() + 3_700, before() + 3_700))
        writing.replace(tmp_path / "a.txt", b"new")
    assert sorted(tmp_path.iterdir()) == sorted([now, other, tmp_path / "a.txt"])


def a_set(folder: Path) -> dict[Path, bytes]:
    """Return three files to write, the second of which stands there already."""
    (folder / "b.csv").write_bytes(b"old")
    return {folder / f"{name}.csv": b"new" for name in "abc"}


def as_it_was(folder: Path) -> bool:
    return list(folder.iterdir()) == [folder / "b.csv"] and (folder / "b.csv").read_bytes() == b"old"


def test_several_are_all_written(tmp_path: Path) -> None:
    files = a_set(tmp_path)
    writing.replace_all(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_where_the_disk_is_full_at_the_last_of_several_none_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, synced = a_set(tmp_path), iter(range(2))

    def full_at_the_third(_: int) -> None:
        if next(synced, None) is None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_at_the_third)
    with pytest.raises(
        WriteError, match=r"“c\.csv” could not be written: the disk is full.* All 3 files are as they were"
    ):
        writing.replace_all(files)
    assert as_it_was(tmp_path)


@pytest.mark.parametrize("links", [True, False])
def test_where_the_last_place_is_refused_the_moved_ones_are_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    files, move = a_set(tmp_path), Path.replace

    def held(self: Path, to: Path) -> Path:
        if to.name == "c.csv":
            raise PermissionError(13, "open in another program")
        return move(self, to)

    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "replace", held)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(WriteError, match=r"“c\.csv” could not be written.*open in another"):
        writing.replace_all(files)
    assert as_it_was(tmp_path)
