"""What a folder holds for the reader: in a person's order, without what is no original."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator import importers


def _make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words")


def _names(folder: Path) -> list[str]:
    return [f.relative_to(folder).as_posix() for f in importers.files_in(folder).files]


def test_numbers_are_counted_and_folders_come_after_files(tmp_path: Path):
    _make(tmp_path, "10.txt", "2.TXT", "a/3.md", "a/b/1.html", "B.txt", "1 a.txt", "02.txt")
    assert _names(tmp_path) == ["1 a.txt", "02.txt", "2.TXT", "10.txt", "B.txt", "a/3.md", "a/b/1.html"]


def test_others_are_counted_and_what_is_hidden_is_not(tmp_path: Path):
    _make(tmp_path, "a.txt", "b.jpg", "c.exe", "sub/d.xlsx", ".hidden.txt", ".git/x.txt", "~$a.docx", "e.pdf.part")
    found = importers.files_in(tmp_path)
    assert ([f.name for f in found.files], len(found.others)) == (["a.txt"], 3)


def test_what_a_browser_keeps_beside_a_page_is_left_alone(tmp_path: Path):
    _make(tmp_path, "page.html", "page_files/frame.html", "page_files/a.js", "other_files/real.html")
    assert _names(tmp_path) == ["page.html", "other_files/real.html"]


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need a privilege here")
def test_a_link_back_is_not_followed_for_ever(tmp_path: Path):
    _make(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert _names(tmp_path) == ["gone.txt", "sub/a.txt"]


def test_a_folder_that_is_none_holds_nothing(tmp_path: Path):
    assert importers.files_in(tmp_path / "none") == importers.Found((), ())


def test_a_walk_can_be_given_up(tmp_path: Path):
    _make(tmp_path, "a/1.txt", "b/2.txt")
    assert importers.files_in(tmp_path, is_cancelled=lambda: True).files == ()


def test_any_name_has_its_place(tmp_path: Path):
    _make(tmp_path, "٣.txt", "²3.txt", "1.txt", "é.txt")
    assert sorted(_names(tmp_path)) == sorted(["٣.txt", "²3.txt", "1.txt", "é.txt"])


def test_what_may_not_be_looked_at_is_no_folder_or_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _make(tmp_path, "a.txt", "shut/b.txt")
    assert not importers.is_folder(tmp_path / ("x" * 5000)) and not importers.is_folder(Path("a\0b"))
    scan = os.scandir

    def refused(place: Path):
        if place == tmp_path / "shut":
            raise PermissionError(13, "Permission denied")
        return scan(place)

    monkeypatch.setattr(os, "scandir", refused)
    found = importers.files_in(tmp_path)
    assert [f.name for f in found.files] == ["a.txt"] and found.closed == (tmp_path / "shut",)
