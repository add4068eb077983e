"""The entry point: what opens a window, what does not, and what a machine without Qt's libraries is told."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotator import __main__ as entry
from annotator.errors import AnnotatorError


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    calls: list[list[Path]] = []
    fake = ModuleType("annotator.ui.application")
    fake.run = lambda files, ready=None: calls.append(files) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "annotator.ui.application", fake)
    return calls


def test_no_arguments_and_open_show_the_window(opened: list[list[Path]]) -> None:
    assert entry.main([]) == 0 and entry.main(["open", "a.annot", "b.txt"]) == 0
    assert opened == [[], [Path("a.annot"), Path("b.txt")]]


def test_other_commands_are_the_command_lines(opened: list[list[Path]], tmp_path: Path) -> None:
    assert entry.main(["new", str(tmp_path / "new.annot")]) == 0
    assert (tmp_path / "new.annot").is_file() and not opened
    assert entry.main(["nonsense"]) == 2


def test_a_missing_library_is_one_sentence_with_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def broken(name: str, *rest: Any) -> Any:
        if name == "annotator.ui.application":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", broken)
    assert entry.open_window([]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "libEGL.so.1" in told and "libgl1 libegl1 libxkbcommon0" in told


def test_a_qt_that_ends_the_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 11, 9))
    assert "<6.12" in entry._unfit("6.12.0")
    assert entry._unfit("6.11.3") == ""
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    assert entry._unfit("6.12.0") == ""


def test_without_a_screen_one_sentence_says_so(
    opened: list[list[Path]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert entry.open_window([]) == 1 and not opened
    assert "no screen here" in capsys.readouterr().err


def test_without_qt_a_renderer_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise ImportError("No module named 'PySide6'")

    monkeypatch.setattr(entry, "_installed", missing)
    with pytest.raises(AnnotatorError, match=r"needs PySide6\. Install it: pip install"):
        entry.make_renderer()


def test_a_version_of_qt_that_must_not_be_used_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "_unfit", lambda _found: "PySide6 9 ends every program.")
    with pytest.raises(AnnotatorError, match="PySide6 9 ends"):
        entry.make_renderer()
