"""A project into which hostile files are imported stays as it is, byte for byte."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import redirect_stderr
from pathlib import Path

from annotator import cli
from annotator.project import Project
from tests.hostile.cases import Case

PORTION = 100
"""Files on one command line."""


def untouched(cases: Sequence[Case], folder: Path) -> str:
    """Import files that cannot be read from the command line; return what is wrong then, empty where nothing is."""
    path = folder / "untouched.annot"
    path.unlink(missing_ok=True)
    Project.create(path, coder="Tester").close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    faults: list[str] = []
    for at in range(0, len(cases), PORTION):
        files = [folder / case.name for case in cases[at : at + PORTION]]
        for file, case in zip(files, cases[at : at + PORTION], strict=True):
            file.write_bytes(case.make())
        with redirect_stderr(io.StringIO()):
            code = cli.run(["import", str(path), *map(str, files)], lambda _: 0)
        for file in files:
            file.unlink(missing_ok=True)
        if code != 1:
            faults.append(f"the import ended with {code}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != before:
        faults.append("the project is not as it was")
    return "; ".join(faults)
