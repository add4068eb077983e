"""Memory: a process with the window on the large article, beside one with a bare text field.

``python -m tests.bench.memory ours PROJECT | bare TEXT WIDTH LINE PX`` prints the bytes it takes once all is quiet.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

if __name__ != "__main__":  # the bare process loads nothing of this program
    from tests.bench.measure import Row, Run

MARKS = 10_000
QUIET = 1_500
"""Milliseconds a process is left in peace before it is asked."""


def rows(run: Run) -> list[Row]:
    """Return the row; each process is started three times, in turn, the median counts."""
    from tests.bench import corpus
    from tests.bench.measure import Row, median
    from tests.bench.stage import Stage, line_height

    stage = Stage(run.folder, corpus.stored(100).path)
    width, line = stage.text.lineWrapColumnOrWidth(), line_height(stage.text)
    px = stage.text.document().defaultFont().pixelSize()
    project = stage.copy(corpus.stored(MARKS).path)
    stage.close()
    text = run.folder / "text.txt"
    text.write_text(corpus.mixed_text(), "utf-8")
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(3):
        ours.append(_asked(run.folder, "ours", str(project)))
        bare.append(_asked(run.folder, "bare", str(text), str(width), str(line), str(px)))
    what = f"memory of a process, window with {corpus.LARGE:,} characters and {MARKS:,} marks"
    return [Row(what, median(ours), "a process with a bare QTextEdit, same text", median(bare), 2.5, unit="MB")]


def _asked(folder: Path, *words: str) -> float:
    env = {**os.environ, "ANNOTATOR_HOME": str(folder / "remembered")}
    command = [sys.executable, "-m", "tests.bench.memory", *words]
    told = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, timeout=120)
    return int(told.stdout) / 1e6


def _resident() -> int:
    """Return the bytes this process holds in memory now; where the system does not say, the most it has held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _ours(project: str) -> int:
    from PySide6.QtTest import QTest

    from tests.bench.stage import Stage

    path = Path(project)
    stage = Stage(path.parent / "memory")
    stage.open(path)
    stage.rest()
    QTest.qWait(QUIET)
    stage.window.grab()
    found = _resident()
    stage.workspace.wait_for_jobs()
    stage.workspace.close()
    return found


def _bare(text: str, width: str, line: str, px: str) -> int:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtGui import QTextBlockFormat, QTextCursor
    from PySide6.QtWidgets import QApplication, QTextEdit

    QApplication([])
    edit = QTextEdit()
    edit.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
    edit.setLineWrapColumnOrWidth(int(width))
    face = edit.font()
    face.setPixelSize(int(px))
    edit.document().setDefaultFont(face)
    edit.resize(1440, 900)
    edit.setPlainText(Path(text).read_text("utf-8"))
    cursor = QTextCursor(edit.document())
    cursor.select(QTextCursor.SelectionType.Document)
    block = QTextBlockFormat()
    block.setLineHeight(float(line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(block)
    edit.document().documentLayout().documentSize()
    edit.show()
    loop = QEventLoop()
    QTimer.singleShot(QUIET, loop.quit)
    loop.exec()
    edit.grab()
    return _resident()


if __name__ == "__main__":
    print(_ours(*sys.argv[2:]) if sys.argv[1] == "ours" else _bare(*sys.argv[2:]), flush=True)
