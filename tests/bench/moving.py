"""Scroll, jump and resize beside the same window without marks; find what lies under the mouse."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.bench import corpus
from tests.bench.marking import FLAT, SIZES
from tests.bench.measure import Row, Run, median, p95, timed
from tests.bench.stage import SIZE, Stage

MARKS = 10_000
PAGES = 60
JUMPS = 60
STEPS = 24
POINTS = 150


def rows(run: Run) -> list[Row]:
    """Return the rows of scrolling, jumping and resizing; p95 of ours beside p95 of the same without marks."""
    plain, stage = Stage(run.folder, corpus.stored(0).path), Stage(run.folder, corpus.stored(MARKS).path)
    for each in (plain, stage):
        each.text.document().documentLayout().documentSize()
        each.rest()
    chance = random.Random(3)
    most = stage.text.verticalScrollBar().maximum()
    pages = [2_000 + n * int(stage.text.viewport().height() * 0.9) for n in range(PAGES)]
    jumps = [chance.randrange(most) for _ in range(JUMPS)]
    widths = [SIZE[0] - 12 * (n if n < STEPS / 2 else STEPS - n) for n in range(1, STEPS)]
    found = [
        _row(run, f"scroll a page, {MARKS:,} marks, p95", 3, stage, plain, [_scroll(at) for at in pages]),
        _row(run, f"far jump, {MARKS:,} marks, p95", 3, stage, plain, [_scroll(at) for at in jumps]),
        _row(run, f"resize step, {MARKS:,} marks, p95", 2, stage, plain, [_resize(width) for width in widths]),
    ]
    for each in (plain, stage):
        each.close()
    return found


def _scroll(to: int) -> Callable[[Stage], object]:
    def act(stage: Stage) -> None:
        stage.text.verticalScrollBar().setValue(to)
        stage.app.qt.sendPostedEvents()

    return act


def _resize(width: int) -> Callable[[Stage], object]:
    def act(stage: Stage) -> None:
        stage.window.resize(width, SIZE[1])
        stage.app.qt.sendPostedEvents()

    return act


def _row(run: Run, what: str, at_most: float, stage: Stage, plain: Stage, acts: list[Callable[[Stage], object]]) -> Row:
    ours: list[float] = []
    bare: list[float] = []
    for n, act in enumerate(acts):
        seen = stage.paints.seen
        mine = (run.timer if n else timed)(lambda act=act: act(stage))
        if stage.paints.seen == seen:
            raise RuntimeError(f"{what}: nothing was painted")
        ours.append(mine)
        bare.append(timed(lambda act=act: act(plain)))
        stage.settle()
        plain.settle()
    note = f"median {median(ours):.1f} ms beside {median(bare):.1f} ms"
    return Row(what, p95(ours[1:]), "the same window and text without marks, p95", p95(bare[1:]), at_most, note=note)


def hover(run: Run) -> list[Row]:
    """Return the row of the mouse moving over a page that holds the same marks, whatever the rest holds."""
    stages = {marks: Stage(run.folder, corpus.stored(marks).path) for marks in run.sizes or SIZES}
    found: dict[int, list[float]] = {marks: [] for marks in stages}
    for stage in stages.values():
        stage.go(corpus.PAGE[0] + 1_000)
    chance = random.Random(5)
    for _ in range(POINTS):
        x, y = chance.random(), chance.random()
        for marks, stage in stages.items():
            view = stage.text.viewport()
            point = QPointF(x * view.width(), y * view.height())
            none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(QEvent.Type.MouseMove, point, view.mapToGlobal(point), none, none, no_keys)
            found[marks].append(run.timer(lambda event=event, view=view: QApplication.sendEvent(view, event)))
            stage.app.qt.sendPostedEvents()
    for stage in stages.values():
        stage.close()
    values = {marks: median(times) for marks, times in found.items()}
    most, least = max(values, key=lambda m: values[m]), min(values, key=lambda m: values[m])
    note = ", ".join(f"{marks:,}: {median(times):.2f} ms, p95 {p95(times):.2f}" for marks, times in found.items())
    what = f"what lies under the mouse: slowest of these numbers of marks ({most:,})"
    return [Row(what, values[most], f"fastest ({least:,})", values[least], FLAT, note=note)]
