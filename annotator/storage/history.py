"""Undo that lives in the file: TEMP triggers write the inverse of each row change into ``history``.

The technique of sqlite.org/undoredo.html, but an inverse is data (a JSON array of the row as it was), never SQL: a project
file may come from anybody. Undo replays a step's inverses, newest first, in one transaction with foreign keys deferred;
while it does, the same triggers record the way back, so redo is the same act again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from annotator.storage.schema import COME_WITH_ANOTHER, RECORDED, SEARCHED

_AT_ONCE = 1000
BLOB_COLUMNS = frozenset({"uid", "now"})
DAMAGED = (KeyError, ValueError, TypeError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
"""What replaying a record that is not ours, or no longer whole, raises."""


@dataclass(frozen=True)
class Shape:
    """The columns of a recorded table and which of them are its key."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


class RowChange(NamedTuple):
    """One recorded change: the table, how it was changed (I, U, D) and its row as it was (I: its key only)."""

    kind: str
    op: str
    row: dict[str, object]


def shapes(db: sqlite3.Connection) -> dict[str, Shape]:
    """Read the shape of every recorded table from the file."""
    found: dict[str, Shape] = {}
    for table in RECORDED:
        info = db.execute("SELECT name, pk FROM pragma_table_info(?)", [table]).fetchall()
        key = tuple(name for name, pk in sorted(info, key=lambda r: r[1]) if pk)
        found[table] = Shape(tuple(name for name, _ in info), key)
    return found


def make_triggers(db: sqlite3.Connection, tables: dict[str, Shape]) -> None:
    """Make the TEMP triggers of this connection: history for every recorded table, full-text indexes beside it."""
    db.execute("CREATE TEMP TABLE recording (step INTEGER)")
    for table, shape in tables.items():
        whole, key = _array("old", shape.columns), _array("new", shape.key)
        for event, op, row in (("INSERT", "I", key), ("UPDATE", "U", whole), ("DELETE", "D", whole)):
            if op == "I" and table in COME_WITH_ANOTHER:
                continue
            db.execute(
                f'CREATE TEMP TRIGGER "record_{table}_{op}" AFTER {event} ON main."{table}" BEGIN '
                f"INSERT INTO history(step, kind, op, row) SELECT step, '{table}', '{op}', {row} FROM recording; END"
            )
    for table, (index, columns) in SEARCHED.items():
        rowid = tables[table].key[0]
        names = ", ".join(columns)
        old, new = (", ".join(f"{side}.{c}" for c in columns) for side in ("old", "new"))
        add = f"INSERT INTO {index}(rowid, {names}) VALUES (new.{rowid}, {new});"
        drop = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.{rowid}, {old});"
        differs = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
        db.execute(f'CREATE TEMP TRIGGER "index_{table}_I" AFTER INSERT ON main."{table}" BEGIN {add} END')
        db.execute(f'CREATE TEMP TRIGGER "index_{table}_D" AFTER DELETE ON main."{table}" BEGIN {drop} END')
        db.execute(
            f'CREATE TEMP TRIGGER "index_{table}_U" AFTER UPDATE ON main."{table}" WHEN {differs} BEGIN {drop} {add} END'
        )


def _array(side: str, columns: tuple[str, ...]) -> str:
    values = (f'hex({side}."{c}")' if c in BLOB_COLUMNS else f'{side}."{c}"' for c in columns)
    return f"json_array({', '.join(values)})"


def record_into(db: sqlite3.Connection, step: int | None) -> None:
    """Say which step row changes are recorded in from now on; None: none."""
    db.execute("DELETE FROM recording")
    if step is not None:
        db.execute("INSERT INTO recording VALUES (?)", [step])


def changes(db: sqlite3.Connection, step: int, tables: dict[str, Shape], since: int = 0) -> Iterator[RowChange]:
    """Yield the recorded changes of a step, oldest first; ``since``: only those after this one."""
    found = db.execute("SELECT kind, op, row FROM history WHERE step = ? AND n > ? ORDER BY n", [step, since])
    while part := found.fetchmany(_AT_ONCE):
        # Many rows are read by one call: for a step of thousands that is most of the time.
        values = json.loads(f"[{','.join(row for _, _, row in part)}]")
        for (kind, op, _), row in zip(part, values, strict=True):
            shape = tables[kind]
            yield RowChange(kind, op, _row(shape.key if op == "I" else shape.columns, row))


def replay(db: sqlite3.Connection, step: int, tables: dict[str, Shape]) -> None:
    """Take back a step's changes, newest first, recording the way back under the same step. Needs a transaction."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    inverses = list(changes(db, step, tables))
    db.execute("DELETE FROM history WHERE step = ?", [step])
    record_into(db, step)
    for change in reversed(inverses):
        _apply(db, tables[change.kind], change)
    record_into(db, None)


def _apply(db: sqlite3.Connection, shape: Shape, change: RowChange) -> None:
    statement, columns = _inverse(change.kind, change.op, shape)
    db.execute(statement, [change.row[c] for c in columns])


@cache
def _inverse(table: str, op: str, shape: Shape) -> tuple[str, tuple[str, ...]]:
    """Return what takes back a change of a row, and the columns it is given."""
    where = " AND ".join(f'"{c}" = ?' for c in shape.key)
    if op == "I":
        return f'DELETE FROM main."{table}" WHERE {where}', shape.key
    if op == "D":
        names, marks = ", ".join(f'"{c}"' for c in shape.columns), ", ".join("?" * len(shape.columns))
        # A cascade may have been recorded before its cause: the row can be back already.
        return f'INSERT OR REPLACE INTO main."{table}" ({names}) VALUES ({marks})', shape.columns
    sets = ", ".join(f'"{c}" = ?' for c in shape.columns)
    return f'UPDATE main."{table}" SET {sets} WHERE {where}', (*shape.columns, *shape.key)


def _row(columns: tuple[str, ...], values: list[object]) -> dict[str, object]:
    row = dict(zip(columns, values, strict=True))
    for column in BLOB_COLUMNS:
        value = row.get(column)
        if isinstance(value, str):
            row[column] = bytes.fromhex(value)
    return row
