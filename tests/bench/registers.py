"""Link, unlink, rename a source that is named everywhere, merge two entries: beside one bare commit of the same rows."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.model import Id, SourceMention
from annotator.project import Project
from annotator.storage import history
from tests.bench import corpus
from tests.bench.measure import Row, Run, median, p95, timed
from tests.bench.stage import MODES, Stage

MARKS = 10_000
ROUNDS = 15
MERGES = 5
Statement = tuple[str, list[Any]]


def rows(run: Run) -> list[Row]:
    """Return a row for each verb: through the window, every view told, beside its rows in one bare transaction."""
    stage = Stage(run.folder, corpus.stored(MARKS).path)
    stage.go(corpus.PAGE[0])
    stage.rest()
    annotated = stage.workspace.annotated
    if annotated is None:
        raise RuntimeError("no article is shown")
    named = Counter(m.source for m in annotated.annotations if isinstance(m, SourceMention) and m.source)
    (busy, mentions), (other, others) = named.most_common(2)
    free = [c.id for c in annotated.claims if not annotated.attributions_of.get(c.id)][: ROUNDS + 1]
    links: list[Id] = []
    names = [f"Renamed {n}" for n in range(ROUNDS + 1)]
    made = _Verbs(run, stage)
    made.measure("link a claim to a source", [lambda p, c=c: links.append(p.link(c, busy)) for c in free])
    made.measure("unlink it", [lambda p, k=k: p.unlink(links[k]) for k in range(len(free))])
    made.measure(
        f"rename a source with {mentions:,} mentions", [lambda p, n=n: p.edit_source(busy, label=n) for n in names]
    )
    merge: Callable[[Project], object] = lambda p: p.merge_sources(other, [busy])  # noqa: E731
    made.measure(f"merge it into one with {others:,}", [merge] * (MERGES + 1), after=lambda: stage.workspace.undo())
    stage.close()
    return made.rows


class _Verbs:
    def __init__(self, run: Run, stage: Stage) -> None:
        self._run, self._stage = run, stage
        self.rows: list[Row] = []

    def measure(
        self, what: str, verbs: list[Callable[[Project], object]], after: Callable[[], object] | None = None
    ) -> None:
        """Do each verb through the window and its rows in a bare file; the first of each is not counted."""
        ours: list[float] = []
        bare: list[float] = []
        followed: list[float] = []
        count = 0
        for n, verb in enumerate(verbs):
            before = self._stage.project().step_count()
            source = self._copy()
            ours.append((self._run.timer if n else timed)(lambda verb=verb: self._stage.workspace.do(verb)))
            if self._stage.project().step_count() == before:
                raise RuntimeError(f"{what}: nothing was written")
            statements = _statements(self._stage.project())
            count = len(statements)
            followed.append(timed(self._stage.settle))
            bare.append(_bare(source, statements))
            source.unlink()
            if after is not None:
                after()
                self._stage.settle()
        rest = [a + b for a, b in zip(ours[1:], followed[1:], strict=True)]
        note = f"{count:,} rows; until everything in the window has followed: {median(rest):.1f} ms, p95 {p95(rest):.1f} ms"
        limit = "one bare commit of the same rows"
        self.rows.append(
            Row(what, median(ours[1:]), limit, median(bare[1:]), 3, p95(ours[1:]), bare_p95=p95(bare[1:]), note=note)
        )

    def _copy(self) -> Path:
        """Return a copy of the project as it is now, all of it on the disk."""
        path = self._run.folder / "rows.annot"
        shutil.copyfile(self._stage.project().path, path)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        return path


def _statements(project: Project) -> list[Statement]:
    """Return what the last step did to rows as plain statements, in its order."""
    db = project._store.db  # pyright: ignore[reportPrivateUsage]
    tables = history.shapes(db)
    step = db.execute("SELECT max(n) FROM step").fetchone()[0]
    found: list[Statement] = []
    for change in history.changes(db, step, tables):
        shape = tables[change.kind]
        key = [change.row[c] for c in shape.key]
        where = " AND ".join(f'"{c}" = ?' for c in shape.key)
        row = db.execute(f'SELECT * FROM main."{change.kind}" WHERE {where}', key).fetchone()
        if change.op == "D" or row is None:
            found.append((f'DELETE FROM "{change.kind}" WHERE {where}', key))
        elif change.op == "I":
            found.append((f'INSERT OR REPLACE INTO "{change.kind}" VALUES ({", ".join("?" * len(row))})', list(row)))
        else:
            sets = ", ".join(f'"{c}" = ?' for c in shape.columns)
            found.append((f'UPDATE "{change.kind}" SET {sets} WHERE {where}', [*row, *key]))
    return found


def _bare(path: Path, statements: list[Statement]) -> float:
    """Return ms of one transaction with these statements, in a connection with a project's modes and nothing else."""
    db = sqlite3.connect(path, isolation_level=None)
    for mode in MODES:
        db.execute(f"PRAGMA {mode}")
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def act() -> None:
        db.execute("BEGIN IMMEDIATE")
        db.execute("PRAGMA defer_foreign_keys = ON")
        for statement, values in statements:
            db.execute(statement, values)
        db.execute("COMMIT")

    took = timed(act)
    db.close()
    return took
