"""``python -m tests.bench [--json FILE] [--readme]``: print the table; with --readme also put it into README.md."""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from annotator import exporters, paths
from annotator.project import Project
from tests.bench import corpus
from tests.bench.measure import Row, alternate, machine, median, p95, table, times, write_json

MODES = ("synchronous = EXTRA", "journal_mode = DELETE", "secure_delete = ON", "foreign_keys = ON")


def bare_commit(folder: Path) -> sqlite3.Connection:
    """Return a connection with the modes of a project file and one small table, for a bare commit."""
    db = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    for mode in MODES:
        db.execute(f"PRAGMA {mode}")
    db.execute("CREATE TABLE IF NOT EXISTS t (a TEXT)")
    return db


def start(folder: Path) -> Row:
    """Process start to painted window, sample project."""
    home = folder / "home"
    env = {**os.environ, "ANNOTATOR_HOME": str(home)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode

    def until_painted(which: str) -> float:
        command = [sys.executable, "-m", "tests.bench.start", which]
        begin = time.perf_counter()
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as process:
            told = process.stdout.readline() if process.stdout else b""
            took = (time.perf_counter() - begin) * 1000
        if told != b"painted\n" or process.returncode:
            raise RuntimeError(f"{which} was not painted")
        return took

    until_painted("ours")  # the first start copies the sample; measured are the later ones
    pairs = [(until_painted("ours"), until_painted("bare")) for _ in range(7)]
    ours, bare = median([a for a, _ in pairs]), median([b for _, b in pairs])
    return Row(
        "process start to painted window, sample project", ours, "import PySide6, show an empty QMainWindow", bare, 3
    )


def open_and_add(folder: Path) -> list[Row]:
    """Open an article from the file to painted marks; add one mark, key press to painted and committed."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QTextEdit

    from annotator.ui.application import Application

    os.environ["ANNOTATOR_HOME"] = str(folder / "window")
    path = folder / "five.annot"
    corpus.project(path, 5_000, 60)
    application = Application()
    window, workspace = application.window, application.workspace
    window.resize(1440, 900)
    window.show()
    application.qt.processEvents()
    application.settle()
    text = corpus.text(5_000)

    def open_ours() -> None:
        workspace.open(path)
        application.qt.processEvents()
        window.column.text.viewport().repaint()

    def open_bare() -> None:
        edit = QTextEdit()
        edit.resize(window.column.text.size())
        edit.setPlainText(text)
        edit.show()
        application.qt.processEvents()
        edit.viewport().repaint()
        edit.deleteLater()

    ours: list[float] = []
    bare: list[float] = []
    for _ in range(15):
        workspace.close()
        application.qt.processEvents()
        ours += times(open_ours, 1)
        bare += times(open_bare, 1)
    ours, bare = ours[1:], bare[1:]
    opened = Row(
        "open 5,000 characters with 60 marks, file to painted",
        median(ours),
        "bare QTextEdit, same text, set and painted",
        median(bare),
        4,
    )
    workspace.wait_for_jobs()
    QTest.qWait(50)
    application.qt.processEvents()

    db = bare_commit(folder)
    column, at = window.column, iter(range(100, 4_800, 37))
    window.activateWindow()
    column.text.setFocus()
    QTest.qWaitForWindowActive(window)

    def select() -> None:
        start = next(at)
        application.qt.processEvents()
        column.select(start, start + 30)
        application.qt.processEvents()

    def add() -> None:
        QTest.keyClick(column.text, Qt.Key.Key_C)
        application.qt.sendPostedEvents()  # the paint; panels beside the text pull after it

    before = workspace.project.undo_step if workspace.project else None
    adds = times(add, 40, before=select)
    after = workspace.project.undo_step if workspace.project else None
    if before == after:
        raise RuntimeError("the key made no mark")
    commits = times(lambda: db.execute("INSERT INTO t VALUES ('x')"), 40)
    paints = times(window.grab, 40)
    bare_ms = median(commits) + median(paints)
    added = Row(
        "add one mark, key press to painted and committed, 60 present",
        median(adds),
        "a bare commit + a bare paint of the window",
        bare_ms,
        4,
        p95(adds),
        16,
    )
    workspace.wait_for_jobs()
    workspace.close()
    window.close()
    return [opened, added]


def report(folder: Path) -> Row:
    """Annotated Word report of the same article."""
    path = folder / "report.annot"
    article = corpus.project(path, 5_000, 60)
    project = Project.open(path, read_only=True)
    annotated = project.annotated(article)
    project.close()
    options = exporters.options_from("annotated", None, {})

    def ours() -> None:
        built = exporters.build([annotated], options, coder="Me", today=date(2026, 1, 1))
        exporters.write(built, folder / "out.docx", options)

    ours()
    with zipfile.ZipFile(folder / "out.docx") as archive:
        words, comments = (
            re.findall("<w:t[^>]*>([^<]*)</w:t>", archive.read(f"word/{part}.xml").decode())
            for part in ("document", "comments")
        )

    def bare() -> None:
        with zipfile.ZipFile(folder / "bare.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "\n".join(words))
            archive.writestr("word/comments.xml", "\n".join(comments))

    mine, other = alternate(ours, bare, 15)
    return Row(
        "annotated Word report of that article",
        median(mine),
        "the same words and comments as strings into a zip",
        median(other),
        25,
    )


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-"))
    try:
        rows = [start(folder), *open_and_add(folder), report(folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    out = io.StringIO()
    out.write(
        f"{table(rows)}\n\n{machine()}, {date.today().isoformat()}. Medians; each limit is measured in the same run.\n"
    )
    sys.stdout.write(out.getvalue())
    if given.json:
        write_json(rows, given.json)
    if given.readme:
        readme = paths.resources().parent / "README.md"
        head, _, rest = readme.read_text("utf-8").partition("<!-- bench -->")
        tail = rest.partition("<!-- /bench -->")[2]
        readme.write_text(f"{head}<!-- bench -->\n{out.getvalue()}<!-- /bench -->{tail}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
