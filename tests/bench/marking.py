"""Add a mark, remove a mark: key press to painted and committed, with 100 to 100,000 marks there already."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from tests.bench import corpus
from tests.bench.measure import Profiler, Row, Run, median, p95, timed
from tests.bench.stage import Stage, bare_commits

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 40
FLAT = 1.3
_STEP = 37
_LENGTH = 30


@dataclass
class _Times:
    """Milliseconds of each act: to painted and committed, and until everything beside the text has followed."""

    add: list[float] = field(default_factory=list[float])
    remove: list[float] = field(default_factory=list[float])
    add_followed: list[float] = field(default_factory=list[float])
    remove_followed: list[float] = field(default_factory=list[float])
    add_work: list[float] = field(default_factory=list[float])
    remove_work: list[float] = field(default_factory=list[float])
    """Of the first, what the processor worked for it: no disk, no other program."""
    bare: list[float] = field(default_factory=list[float])


def rows(run: Run) -> list[Row]:
    """Return a row for each act at each number of marks, and for each act one that says how flat it is.

    In each round every size has its turn, then the bare limit: a slow spell of the machine meets all of them.
    """
    plain, commit = Stage(run.folder, corpus.stored(0).path), bare_commits(run.folder)
    plain.go(corpus.PAGE[0])
    plain.rest()
    stages = {marks: Stage(run.folder, corpus.stored(marks).path) for marks in run.sizes or SIZES}
    found = {marks: _Times() for marks in stages}
    for stage in stages.values():
        stage.go(corpus.PAGE[0])
        stage.rest()
    for n in range(-2, ROUNDS):  # the first ones load what is made when first asked for
        for marks, stage in stages.items():
            _round(stage, found[marks] if n >= 0 else _Times(), n + 2, run.timer if n >= 0 else None)
            bare = timed(commit) + timed(plain.window.grab)
            if n >= 0:
                found[marks].bare.append(bare)
    for stage in (plain, *stages.values()):
        stage.close()
    return [row for act in ("add", "remove") for row in _rows_of(act, found)]


def _rows_of(act: str, found: dict[int, _Times]) -> list[Row]:
    limit = "a bare commit + a bare paint of the window without marks"
    made: list[Row] = []
    for marks, times in found.items():
        ours, followed = getattr(times, act), getattr(times, f"{act}_followed")
        work = getattr(times, f"{act}_work")
        note = f"the processor works {median(work):.1f} ms of it, p95 {p95(work):.1f} ms; until everything beside the text has followed: {median(followed):.1f} ms, p95 {p95(followed):.1f} ms"
        what = f"{act} one mark, key press to painted and committed, {marks:,} present"
        made.append(Row(what, median(ours), limit, median(times.bare), 4, p95(ours), 16, p95(times.bare), note=note))
    values = {marks: median(getattr(times, act)) for marks, times in found.items()}
    if len(values) > 1:
        most, least = max(values, key=lambda m: values[m]), min(values, key=lambda m: values[m])
        what = f"{act}: slowest of these numbers of marks ({most:,})"
        made.append(Row(what, values[most], f"fastest ({least:,})", values[least], FLAT))
    return made


def _round(stage: Stage, times: _Times, n: int, profile: Profiler | None) -> None:
    start = corpus.PAGE[0] + 40 + n * _STEP
    stage.front()
    stage.window.column.select(start, start + _LENGTH)
    stage.settle()
    for key, ours, works, followed in (
        (Qt.Key.Key_C, times.add, times.add_work, times.add_followed),
        (Qt.Key.Key_Delete, times.remove, times.remove_work, times.remove_followed),
    ):
        first, work, all_ = _act(stage, key, profile)
        works.append(work)
        ours.append(first)
        followed.append(all_)


def _act(stage: Stage, key: Qt.Key, profile: Profiler | None) -> tuple[float, float, float]:
    """Press a key that writes; return ms to painted and committed, of it at work, and ms until all has followed."""
    before, seen = stage.project().step_count(), stage.paints.seen
    begun = time.thread_time()
    first = (profile or timed)(lambda: stage.press(key))
    work = (time.thread_time() - begun) * 1000
    if stage.project().step_count() == before or stage.paints.seen == seen:
        raise RuntimeError("the key wrote nothing, or nothing was painted")
    return first, work, first + timed(stage.settle)
