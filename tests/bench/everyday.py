"""An ordinary day's figures: start the program, open and mark an article of 5,000 characters, write its report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from datetime import date

from annotator import exporters
from annotator.exporters.material import Material
from annotator.project import Project
from tests.bench import corpus
from tests.bench.measure import Row, Run, alternate, median, p95, timed

LENGTH = 5_000
MARKS = 60


def start(run: Run) -> list[Row]:
    """Process start to painted window, sample project."""
    folder = run.folder
    env = {**os.environ, "ANNOTATOR_HOME": str(folder / "started")}
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
    what = "process start to painted window, sample project"
    return [Row(what, ours, "import PySide6, show an empty QMainWindow", bare, 3)]


def small(run: Run) -> list[Row]:
    """Open a short article from the file to painted marks; add one mark, key press to painted and committed."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QTextEdit

    from tests.bench.stage import Stage, bare_commits

    folder, profile = run.folder, run.timer
    path = folder / "small.annot"
    corpus.project(path, LENGTH, MARKS)
    stage, text = Stage(folder), corpus.text(LENGTH)

    def open_bare() -> None:
        edit = QTextEdit()
        edit.resize(stage.text.size())
        edit.setPlainText(text)
        edit.show()
        stage.app.qt.processEvents()
        edit.viewport().repaint()
        edit.deleteLater()

    opened: list[float] = []
    bare: list[float] = []
    for n in range(15):
        stage.workspace.close()
        stage.settle()
        ours, other = (profile if n else timed)(lambda: stage.open(path)), timed(open_bare)
        opened.append(ours)
        bare.append(other)
    stage.rest()
    commit = bare_commits(folder)
    added: list[float] = []
    limits: list[float] = []
    for n in range(40):
        stage.front()
        stage.window.column.select(100 + n * 37, 130 + n * 37)
        stage.settle()
        before = stage.project().step_count()
        added.append(profile(lambda: stage.press(Qt.Key.Key_C)))
        if stage.project().step_count() == before:
            raise RuntimeError("the key made no mark")
        limits.append(timed(commit) + timed(stage.window.grab))
    stage.close()
    return [
        Row(f"open {LENGTH:,} characters with {MARKS} marks, file to painted", median(opened[1:]),
            "bare QTextEdit, same text, set and painted", median(bare[1:]), 4),
        Row(f"add one mark, key press to painted and committed, {MARKS} present", median(added[1:]),
            "a bare commit + a bare paint of the window", median(limits[1:]), 4, p95(added[1:]), 16),
    ]  # fmt: skip


def report(run: Run) -> list[Row]:
    """Annotated Word report of the same article."""
    folder, profile = run.folder, run.timer
    path = folder / "report.annot"
    article = corpus.project(path, LENGTH, MARKS)
    project = Project.open(path, read_only=True)
    annotated = project.annotated(article)
    project.close()
    options = exporters.options_from("annotated", None, {})

    def ours() -> None:
        built = exporters.build(Material((annotated,)), options, coder="Me", today=date(2026, 1, 1))
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

    mine, other = alternate(ours, bare, 15, profile)
    limit = "the same words and comments as strings into a zip"
    return [Row("annotated Word report of that article", median(mine), limit, median(other), 25)]
