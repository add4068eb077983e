"""Who holds a project: the second one reads, and is told who the first one is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import ReadOnlyProject
from annotator.project import Project
from annotator.storage.lock import Held, Lock, lock_path

HOLD = """
import sys
from pathlib import Path
from annotator.project import Project
project = Project.open(Path(sys.argv[1]))
print("open", project.read_only, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(closed: Path):
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open False\n"
    yield child
    child.kill()
    child.communicate()


def test_the_second_one_reads_and_is_told_who_holds_it(closed: Path, holder: subprocess.Popen[str]) -> None:
    second = Project.open(closed)
    assert second.read_only
    assert f"process {holder.pid}" in second.why_read_only
    assert "on this computer" in second.why_read_only
    (article,) = second.articles()
    assert second.annotated(article.article.id).claims
    assert second.sentences(article.article.id)
    with pytest.raises(ReadOnlyProject, match=r"Save a copy"):
        second.set_note(second.annotated(article.article.id).claims[0].id, "x")
    second.close()
    assert lock_path(closed).exists(), "the lock of the first one stays"


def test_a_killed_holder_holds_nobody_up(closed: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert lock_path(closed).exists()
    after = Project.open(closed)
    assert not after.read_only
    after.close()
    assert not lock_path(closed).exists()


def test_closing_lets_the_next_one_in(closed: Path) -> None:
    first = Project.open(closed)
    assert Project.open(closed).read_only
    first.close()
    first.close()
    second = Project.open(closed)
    assert not second.read_only
    second.close()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00damaged",
        b"[1, 2]",
        b'{"host": 3}',
        b'{"host": "h", "pid": 1e999}',
        b"[" * 4096,
        b'{"host": "h", "pid": null}',
        b"null",
    ],
)
def test_a_damaged_lock_file_never_crashes(closed: Path, text: bytes) -> None:
    lock_path(closed).write_bytes(text)
    alone = Project.open(closed)
    assert not alone.read_only
    lock_path(closed).write_bytes(text)  # damaged while it is held
    with pytest.raises(Held, match="another program"):
        Lock.take(closed)
    assert Project.open(closed).why_read_only == "It is open in another program."
    alone.close()


def test_another_host_is_named_on_one_line(closed: Path) -> None:
    lock = Lock.take(closed)
    lock_path(closed).write_text(json.dumps({"host": "far\n\naway", "pid": 7}), "utf-8")
    with pytest.raises(Held, match=r"another window on far away \(process 7\)"):
        Lock.take(closed)
    lock.release()


def test_a_link_to_the_project_is_the_same_project(closed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.annot"
    link.symlink_to(closed)
    first = Project.open(closed)
    second = Project.open(link)
    assert second.read_only
    first.close()
    second.close()


def test_a_lock_file_that_is_no_file(closed: Path) -> None:
    lock_path(closed).mkdir()
    opened = Project.open(closed)
    assert opened.read_only
    assert "folder" in opened.why_read_only
    opened.close()


def test_a_lock_is_let_go_when_opening_fails(closed: Path) -> None:
    with closed.open("r+b") as file:
        file.truncate(9000)
    with pytest.raises(Exception, match="damaged"):
        Project.open(closed)
    assert not lock_path(closed).exists()
    Lock.take(closed).release()


def test_a_lock_file_somebody_removed_is_made_anew(closed: Path) -> None:
    lock = Lock.take(closed)
    lock_path(closed).unlink()
    lock.release()
    lock.release()
    again = Lock.take(closed)
    assert lock_path(closed).exists()
    again.release()
