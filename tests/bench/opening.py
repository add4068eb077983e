"""Open the large article, from the file to painted."""

from __future__ import annotations

from tests.bench import corpus
from tests.bench.measure import Row, Run, median, p95, timed
from tests.bench.stage import Stage, plain_text

ROUNDS = 7
AFTER = 2.0
"""Seconds after the first paint in which what was put off is done."""
MARKS = 10_000


def rows(run: Run) -> list[Row]:
    """Return the row: a project with the article in a window that is there already, beside the bare text fully laid out."""
    stage = Stage(run.folder)
    path = stage.copy(corpus.stored(MARKS).path)
    text = corpus.mixed_text()

    def bare() -> None:
        edit = plain_text(stage, text)
        edit.document().documentLayout().documentSize()
        edit.show()
        edit.viewport().repaint()
        edit.deleteLater()
        kept.append(edit)

    kept: list[object] = []
    held: list[float] = []
    ours: list[float] = []
    others: list[float] = []
    for n in range(ROUNDS + 1):
        mine = (run.timer if n else timed)(lambda: stage.open(path))
        held.append(stage.longest_hold(AFTER))
        stage.workspace.close()
        stage.settle()
        other = timed(bare)
        kept.clear()
        stage.settle()
        if n:
            ours.append(mine)
            others.append(other)
    stage.close()
    path.unlink(missing_ok=True)
    note = f"in the {AFTER:g} s after the first paint the thread is held at most {median(held):.0f} ms at a time"
    what = f"open {corpus.LARGE:,} characters with {MARKS:,} marks, file to painted"
    limit = "bare QTextEdit: same text, font, line height; fully laid out, painted"
    return [Row(what, median(ours), limit, median(others), 2, p95(ours), bare_p95=p95(others), note=note)]
