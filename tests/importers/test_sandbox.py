"""Whatever a file makes a library do, the reader's process ends in one sentence that names the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import importers
from annotator.child import Child, Message
from annotator.errors import ReadError
from annotator.importers import limits, sandbox


@pytest.fixture
def naughty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")

    def ask(words: str) -> str:
        with pytest.raises(ReadError) as caught:
            importers.read(_naughty(tmp_path, words))
        text = str(caught.value)
        assert text.startswith("“a.naughty” ")
        assert "\n" not in text
        return text

    return ask


def _naughty(folder: Path, words: str, name: str = "a") -> Path:
    file = folder / f"{name}.naughty"
    file.write_text(words)
    return file


def test_a_reader_that_runs_on_is_ended_by_its_processor_time(naughty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    assert "too long" in naughty("spin")


def test_a_reader_that_says_nothing_is_ended(naughty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "SILENT_SECONDS", 0.5)
    assert "too long" in naughty("sleep")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell whether a process is at work")
def test_a_reader_that_works_on_without_a_word_has_its_processor_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    monkeypatch.setattr(limits, "SILENT_SECONDS", 0.2)
    assert importers.read(_naughty(tmp_path, "work 1.5")).text == "work 1.5"


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


def test_a_reader_opens_no_file_but_what_it_is_given(naughty, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("words")
    assert "may not do this: open another file" in naughty(f"look {tmp_path / 'secret.txt'}")
    assert "may not do this: os.listdir" in naughty(f"list {tmp_path}")
    assert "may not do this: ctypes" in naughty("reach")


def test_the_child_loads_neither_window_nor_database():
    names = "{'PySide6', 'sqlite3', 'sqlite_utils', 'pysbd', 'charset_normalizer', 'docx', 'subprocess', 'lxml'}"
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
    (tmp_path / "a.xyz").write_bytes(b"\x00\x01\x02\x03words")
    with pytest.raises(ReadError, match=r"reads \.txt, .*\.md"):
        importers.read(tmp_path / "a.xyz")


def test_an_unknown_encoding_is_told_before_anything_is_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text("words")
    for name in ("nonsense", "hex", "rot13", "punycode", "idna"):
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


# -- many files, one process after another


def test_a_warm_process_reads_file_after_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    with sandbox.Pool() as pool:
        first, second = (pool.read(_naughty(tmp_path, "process")).text for _ in range(2))
        assert first == second
        assert pool.read_bytes(b"process", "other.naughty").text == first


@pytest.mark.parametrize("how", ["crash", "leave", "raise", "stay", "eat-quietly"])
def test_a_process_that_came_to_harm_is_replaced(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    with sandbox.Pool() as pool:
        before = pool.read(_naughty(tmp_path, "process")).text
        for _ in pool.read_all([_naughty(tmp_path, how, "harm")]):
            pass
        assert pool.read(_naughty(tmp_path, "process")).text != before


def test_a_process_is_replaced_after_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    monkeypatch.setattr(sandbox, "FILES_A_WORKER", 2)
    with sandbox.Pool() as pool:
        a, b, c = (pool.read(_naughty(tmp_path, "process")).text for _ in range(3))
    assert a == b != c


def test_a_file_is_not_blamed_for_what_the_one_before_it_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    with sandbox.Pool() as pool:
        with pytest.raises(ReadError, match="makes no sense"):
            pool.read(_naughty(tmp_path, "half"))
        assert pool.read(_naughty(tmp_path, "process", "b")).text.startswith("Process")


@pytest.mark.slow
def test_each_file_has_its_own_time_and_pages_prolong_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    monkeypatch.setattr(limits, "CPU_SECONDS", 1)
    with sandbox.Pool() as pool:
        text = pool.read(_naughty(tmp_path, "pages 2.5")).text
        assert text == "pages 2.5"
        monkeypatch.setattr(limits, "TOTAL_SECONDS", 2)
        with pytest.raises(ReadError, match="too long"):
            pool.read(_naughty(tmp_path, "pages 9"))


def test_many_are_read_at_a_time_and_told_in_their_order(tmp_path: Path):
    files = [tmp_path / f"{n}.txt" for n in range(30)]
    for n, file in enumerate(files):
        file.write_text(f"Text {n}" if n % 7 else "")
    with sandbox.Pool(2) as pool:
        told = list(pool.read_all(files))
    assert [path for path, _ in told] == files
    assert [str(got) if isinstance(got, ReadError) else got.text for _, got in told] == [
        f"Text {n}" if n % 7 else f"“{n}.txt” has no text: the file is empty." for n in range(30)
    ]


def test_closing_the_many_early_ends_what_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    files = [_naughty(tmp_path, "process", "0"), *(_naughty(tmp_path, "sleep", str(n)) for n in range(1, 9))]
    with sandbox.Pool(2) as pool:
        told = pool.read_all(files)
        assert next(told)[0] == files[0]
        begin = time.monotonic()
        told.close()
        assert time.monotonic() - begin < 5
        assert pool.read(files[0]).text.startswith("Process")


def test_reading_can_be_stopped_from_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    pool = sandbox.Pool()
    for end, go_on in ((pool.stop, True), (pool.close, False)):
        with ThreadPoolExecutor() as threads:
            reading = threads.submit(pool.read, _naughty(tmp_path, "sleep"))
            while not pool.is_reading:
                pass
            end()
            with pytest.raises(ReadError, match="reading was stopped"):
                reading.result(10)
        if go_on:
            assert pool.read(_naughty(tmp_path, "process", "b")).text.startswith("Process")
    with pytest.raises(ReadError, match="reading was stopped"):
        pool.read(_naughty(tmp_path, "process", "b"))


def test_stopping_ends_the_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WORKER", "tests.importers.naughty")
    files = [_naughty(tmp_path, "process", "0"), *(_naughty(tmp_path, "sleep", str(n)) for n in range(1, 9))]
    with sandbox.Pool(2) as pool:
        told = pool.read_all(files)
        assert next(told)[0] == files[0]
        threading.Timer(0.2, pool.stop).start()
        assert list(told) == []


def test_no_process_is_left_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made: list[sandbox.Child] = []

    def counted(module: str) -> sandbox.Child:
        made.append(Child(module))
        return made[-1]

    monkeypatch.setattr(sandbox, "Child", counted)
    (tmp_path / "a.txt").write_text("words")
    with sandbox.Pool(2) as pool:
        list(pool.read_all([tmp_path / "a.txt"] * 6))
        assert all(child.is_running for child in made)
    assert made
    assert not any(child.is_running for child in made)


def test_the_file_s_name_cannot_break_the_sentence(tmp_path: Path):
    file = tmp_path / "a{n}\nb.txt"
    file.write_bytes(b"")
    with pytest.raises(ReadError) as caught:
        importers.read(file)
    assert str(caught.value) == "“a{n} b.txt” has no text: the file is empty."


# -- what a process says is not trusted

SAID = {
    "title": "Words",
    "blocks": [[0, 5, "heading", 1, "headline"], [6, 10, "paragraph", 0, "body"]],
    "facts": {"byline": "Ida"},
    "media_type": "text/plain",
    "report": {
        "encoding": "utf-8",
        "how": "utf-8",
        "changes": {"a": 1},
        "left_out": ["b"],
        "notes": [],
        "facts_from": {},
    },
    "can": ["encoding"],
    "chapters": [["1", "One", 3]],
    "passages": [["a note", "words"]],
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def _draft_of(said: object, text: bytes = b"Words\nmore") -> importers.Draft:
    return sandbox._draft(Message({"draft": said}, text), b"original", "a.txt", importers.ReadOptions())


def test_a_sound_answer_becomes_a_draft():
    draft = _draft_of(SAID)
    assert (draft.title, draft.text, draft.original) == ("Words", "Words\nmore", b"original")
    assert [b.kind for b in draft.blocks] == ["heading", "paragraph"]


@given(st.sampled_from([*SAID, ""]), ANYTHING)
def test_any_other_answer_is_a_draft_or_makes_no_sense(field: str, value: object):
    said = {**SAID, field: value} if field else value
    try:
        draft = _draft_of(said)
    except ReadError as error:
        assert "makes no sense" in str(error)
        return
    json.dumps(draft.report.to_json()).encode()
    "".join([draft.title, *draft.facts.values(), *(w for p in draft.passages for w in p)]).encode()


@pytest.mark.parametrize(
    "text", [b"Words\n\xffore", b"Words\r\nmore", b"Words more", b"Words\nmore\n", b"Wor\x00s\nmore", b""]
)
def test_a_text_that_is_not_what_was_said_makes_no_sense(text: bytes):
    with pytest.raises(ReadError, match="makes no sense"):
        _draft_of(SAID, text)
