"""A part of the hostile files and changes, quickly; all of them, and a look at what the system is asked for, slowly."""

from __future__ import annotations

import re
import shutil
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import annotator
from tests.hostile import seeds
from tests.hostile.cases import Case, Place
from tests.hostile.check import check
from tests.hostile.every import every, formats
from tests.hostile.fuzz import changed, fuzz
from tests.hostile.project import untouched
from tests.hostile.traced import reaching
from tests.hostile.watch import Bait

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = Place("file:///nowhere/secret.txt", "http://127.0.0.1:9/")
QUICK = (
    "seed.", "bomb.docx", "part-twice.docx", "billion-laughs.", "entity-file.", "empty.", "png-called.", "encrypted.docx", "deep-300.",
    "word-null.", "locked.", "scanned.", "form-of-itself.", "copy-protected.", "utf16-le-no-mark.", "cesu8.", "50001-paragraphs.txt",
    "flate-bomb.", "bin-lies-huge.", "forwarded-20.", "reaches-out.", "spine-climbing.", "json-ld-context",
)  # fmt: skip


def _files(cases: list[Case], folder: Path):
    for case in cases:
        path = folder / case.name
        path.write_bytes(case.make())
        yield case, path


def test_there_are_files_of_every_format() -> None:
    counted = formats(every(NOWHERE))
    assert sum(counted.values()) >= 150
    assert min(counted[name.rpartition(".")[2]] for name in seeds.seeds()) >= 20


def test_some_files_are_read_or_refused_as_they_should_be(tmp_path: Path) -> None:
    bait = Bait(tmp_path / "beside")
    cases = [case for case in every(bait.place) if case.name.startswith(QUICK)]
    results = list(check(_files(cases, tmp_path)))
    bait.close()
    assert [str(r) for r in results if r.faults] == []
    assert bait.came == 0
    assert len(results) > 50


def test_a_refused_file_leaves_the_project_alone(tmp_path: Path) -> None:
    cases = [
        case for case in every(NOWHERE) if case.name.startswith(("empty.", "png-called.", "encrypted.", "locked."))
    ]
    assert untouched(cases, tmp_path) == ""


@pytest.mark.parametrize("ending", [name.rpartition(".")[2] for name in seeds.seeds()])
def test_some_changes(ending: str) -> None:
    tally = fuzz(ending, 12, 7)
    assert sum(tally.faults.values()) == 0, str(tally)


def test_a_changed_file_is_made_again_from_its_number() -> None:
    for name in seeds.seeds():
        ending = name.rpartition(".")[2]
        made = [changed(ending, 3, n) for n in range(8)]
        assert made == [changed(ending, 3, n) for n in range(8)]
        assert len(set(made)) > 4


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_warm_process_opens_nothing_and_calls_nobody(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    log = tmp_path / "strace.log"
    command = [
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=open,openat,openat2,socket,connect,execve",
        "-o",
        log,
        sys.executable,
        "-m",
        "tests.hostile.traced",
        tmp_path,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr.casefold() or not log.exists():
        pytest.skip(f"strace may not look here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 2 * len(reaching(NOWHERE))
    lines = log.read_text("utf-8", "replace").splitlines()
    begin, end = (
        next(n for n, line in enumerate(lines) if f'"{tmp_path}/{mark}"' in line) for mark in ("begin", "end")
    )
    parent = lines[begin].split()[0]
    children = {line.split()[0] for line in lines if "execve(" in line and "annotator.importers.worker" in line} - {
        parent
    }
    theirs = [(n, line) for n, line in enumerate(lines) if line.split()[0] in children]
    assert theirs
    assert [line for _, line in theirs if "socket(" in line or "connect(" in line] == []
    opened = {
        (n, found[1])
        for n, line in theirs
        if (found := re.search(r'open(?:at2?)?\([^"]*"([^"]+)"', line)) and "= -1" not in line and "O_PATH" not in line
    }
    assert [path for _, path in opened if not path.startswith(_own_folders())] == []
    assert [path for n, path in opened if begin < n < end and not path.startswith(_code_folders())] == []


def _code_folders() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"], *site.getsitepackages(), str(Path(annotator.__file__).parent)]
    return (*folders, *(str(Path(folder).resolve()) for folder in folders), "/proc/self/statm")


def _own_folders() -> tuple[str, ...]:
    """Return where a child may open files while it starts: the code, the system's libraries and their settings."""
    return (*_code_folders(), "/lib", "/usr/lib", "/usr/local/lib", "/etc/ld.so.cache", "/dev/null", "/proc/", "/sys/", sys.prefix, sys.base_prefix, "/usr/share/locale",
            "/usr/share/zoneinfo", "/etc/localtime", str(ROOT / "resources"), str(ROOT))  # fmt: skip
