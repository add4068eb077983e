"""What Linux refuses a process that shut itself in, whoever in it asks; where Linux cannot, nothing is claimed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.child import Child

HOME = str(Path(annotator.__file__).resolve().parents[1])
SHUT = "import sys; from annotator.landlock import shut_in; done = shut_in([*sys.path, sys.base_prefix, sys.argv[1]])\n"


def _ask(code: str, *arguments: object) -> str:
    command = [sys.executable, "-c", f"import os, socket\n{SHUT}{code}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOME)
    return done.stdout.strip()


@pytest.fixture(scope="module", autouse=True)
def _can_be_shut_in() -> None:
    if _ask("print(done)", "/nowhere") != "True":
        pytest.skip("this system shuts no process in")


def _attempt(act: str, *arguments: object) -> str:
    return _ask(f"try:\n    {act}\n    print('done')\nexcept OSError as e:\n    print(type(e).__name__)", *arguments)


def test_only_what_was_named_is_read(tmp_path: Path):
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("words")
    opened = tmp_path / "open"
    assert _attempt("open(sys.argv[2]).read()", opened, opened / "a.txt") == "done"
    assert _attempt("open(sys.argv[2]).read()", opened, tmp_path / "shut" / "a.txt") == "PermissionError"
    assert _attempt("open(sys.argv[2], 'w')", opened, opened / "b.txt") == "PermissionError"
    assert _attempt("os.remove(sys.argv[2])", opened, opened / "a.txt") == "PermissionError"


def test_no_program_is_run(tmp_path: Path):
    assert _attempt("os.execv('/bin/true', ['true'])", "/bin") == "PermissionError"


def test_nobody_is_called(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        came = _attempt("socket.create_connection(('127.0.0.1', int(sys.argv[2])))", "/nowhere", port)
    if came == "done" and tuple(int(n) for n in os.uname().release.split(".")[:2]) < (6, 7):
        pytest.skip("this Linux shuts in files only")
    assert came == "PermissionError"


def test_a_child_is_shut_in_for_libraries_in_c_too(tmp_path: Path):
    (tmp_path / "secret.xml").write_text("<a>words</a>")
    child = Child("tests.test_child")
    try:
        child.say({"do": "parse", "path": str(tmp_path / "secret.xml")})
        assert child.hear(30).values == {"parsed": False}
    finally:
        child.end()
