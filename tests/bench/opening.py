"""Open the large article, from the file to painted."""

from __future__ import annotations

from tests.bench import corpus
from tests.bench.measure import Row, Run, median, p95, timed
from tests.bench.stage import Stage, plain_text

ROUNDS = 7
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
    ours: list[float] = []
    others: list[float] = []
    for n in range(ROUNDS + 1):
        mine = (run.timer if n else timed)(lambda: stage.open(path))
        if n == 0:
            stage.rest()
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
    return [
        Row(
            f"open {corpus.LARGE:,} characters with {MARKS:,} marks, file to painted", median(ours),
            "bare QTextEdit: same text, font, line height; fully laid out, painted", median(others), 2, p95(ours),
            bare_p95=p95(others),
        )
    ]  # fmt: skip
