"""The walls between the rooms, as the interpreter and import-linter see them; and what the window's toolkit must not leak."""

from __future__ import annotations

import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import annotator

ROOT = Path(__file__).resolve().parents[1]


def modules() -> list[str]:
    """Return every module of the package outside the window."""
    found = pkgutil.walk_packages(annotator.__path__, "annotator.", onerror=lambda _: None)
    return [m.name for m in found if not m.name.startswith("annotator.ui")]


def loaded_after(*imported: str) -> set[str]:
    code = f"import sys, {', '.join(imported)}; print(*sys.modules, sep='\\n')"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_nothing_outside_the_window_loads_the_toolkit() -> None:
    rooms = modules()
    assert {"annotator.cli", "annotator.project", "annotator.storage.store"} <= set(rooms)
    loaded = loaded_after(*rooms)
    assert set(rooms) <= loaded
    assert not [m for m in loaded if m.partition(".")[0] in ("PySide6", "shiboken6") or m.startswith("annotator.ui")]


def test_the_model_and_the_text_load_no_storage() -> None:
    loaded = loaded_after("annotator.model", "annotator.text", "annotator.analysis.coverage")
    assert not loaded & {"sqlite3", "sqlite_utils", "annotator.storage", "annotator.project"}


def test_opening_a_project_loads_nothing_slow() -> None:
    """Sentence rules and migrations are imported when they are needed, not when the window waits for its first article."""
    loaded = loaded_after("annotator.project")
    assert not loaded & {"sqlite_utils", "pysbd", "docx", "lxml", "charset_normalizer"}


def test_import_contracts() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    if linter is None:
        pytest.skip("import-linter is not installed: pip install -e '.[dev]'")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_lose_no_reference(qapp: object) -> None:
    """PySide6 6.12.0 lost one with each call on Python 3.11, until the process was aborted."""
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    widget.update()
    before = sys.getrefcount(None)
    for _ in range(200):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 50
