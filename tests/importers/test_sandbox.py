"""Whatever a file makes a library do, the reader's process ends in one sentence that names the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import importers
from annotator.errors import ReadError
from annotator.importers import limits, sandbox
from annotator.importers.readers import Reader

NAUGHTY = Reader("naughty", "Naughty", (".naughty",), "tests.importers.naughty")


@pytest.fixture
def naughty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "reader_for", lambda name: NAUGHTY)

    def ask(words: str) -> str:
        file = tmp_path / "a.naughty"
        file.write_text(words)
        with pytest.raises(ReadError) as caught:
            importers.read(file)
        text = str(caught.value)
        assert text.startswith("“a.naughty” ")
        assert "\n" not in text
        return text

    return ask


def test_a_reader_that_runs_on_is_ended_by_its_processor_time(naughty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    assert "too long" in naughty("spin")


def test_a_reader_that_says_nothing_is_ended(naughty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SILENT_SECONDS", 0.5)
    assert "too long" in naughty("sleep")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the address space")
@pytest.mark.parametrize("how", ["eat", "eat-quietly"])
def test_a_reader_that_takes_all_memory_is_ended(naughty, monkeypatch: pytest.MonkeyPatch, how: str):
    monkeypatch.setattr(limits, "MEMORY_BYTES", 300_000_000)
    assert "memory" in naughty(how)


@pytest.mark.parametrize("how", ["leave", "crash", "raise", "chatter", "half", "wrong-blocks"])
def test_a_reader_that_breaks_is_told_in_one_sentence(naughty, how: str):
    assert "could not be read" in naughty(how)


def test_a_reader_that_goes_too_deep_is_told(naughty):
    assert "nested too deeply" in naughty("recurse")


def test_a_reader_reaches_no_network_no_file_and_no_program(naughty, tmp_path: Path):
    assert "may not do this: socket." in naughty("call-home")
    assert "may not do this: open to write" in naughty(f"write {tmp_path / 'out'}")
    assert not (tmp_path / "out").exists()
    assert "may not do this: os.system" in naughty("run")


def test_the_child_loads_neither_window_nor_database():
    names = "{'PySide6', 'sqlite3', 'sqlite_utils', 'pysbd', 'charset_normalizer', 'docx'}"
    code = f"import sys, annotator.importers.worker, annotator.importers.plain; print({names} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "set()"


def test_a_folder_a_missing_file_and_a_device_are_told_apart(tmp_path: Path):
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "none.txt", "was not found")):
        with pytest.raises(ReadError, match=words):
            importers.read(path)
    if Path("/dev/null").exists():
        (tmp_path / "device.txt").symlink_to("/dev/null")
        with pytest.raises(ReadError, match="not an ordinary file"):
            importers.read(tmp_path / "device.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_one_may_not_read(tmp_path: Path):
    file = tmp_path / "mine.txt"
    file.write_text("words")
    file.chmod(0)
    with pytest.raises(ReadError, match="no permission"):
        importers.read(file)


def test_a_file_too_large_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.truncate(limits.FILE_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("was opened"))
    with pytest.raises(ReadError, match=r"“huge\.txt” is 100 MB large"):
        importers.read(file)


def test_a_kind_nobody_reads_is_told_with_what_is_read(tmp_path: Path):
    (tmp_path / "a.xyz").write_text("words")
    with pytest.raises(ReadError, match=r"reads \.txt, .*\.md"):
        importers.read(tmp_path / "a.xyz")


def test_an_unknown_encoding_is_told_before_anything_is_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text("words")
    for name in ("nonsense", "hex", "rot13"):
        with pytest.raises(ReadError, match="not the name of a text encoding"):
            importers.read(tmp_path / "a.txt", importers.ReadOptions(encoding=name))


def test_a_file_name_that_is_no_text_makes_no_trouble(tmp_path: Path):
    if sys.platform != "linux":
        pytest.skip("file names are text here")
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    file.write_text("A headline\n\nSome words.")
    draft = importers.read(file)
    draft.file_name.encode("utf-8")
    assert draft.title == "A headline"
