"""Copies of a project: a checked backup, a copy for others, one backup for each day of use, thinned with time."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from annotator.errors import StorageFull
from annotator.language import tr
from annotator.paths import is_there
from annotator.storage.schema import APPLICATION_ID, SEARCHED

_HISTORY_TABLES = ("history", "step")


def copy(db: sqlite3.Connection, dest: Path, *, clean: bool = False, pages: int = -1) -> None:
    """Write a whole copy of an open project to ``dest``; the name is given only to a file that was checked.

    ``clean`` leaves out the history and what only the history still names. Raises StorageFull where it cannot be
    written; what stood at ``dest`` is then intact. ``pages`` at a time; between them others may write.
    """
    if is_there(dest) and not dest.is_file():  # a pipe or a device would be replaced by a file
        what = tr("it is a folder") if dest.is_dir() else tr("it is not an ordinary file")
        raise StorageFull(
            tr(
                "A copy could not be written to “{place}”: {why}. Choose another folder, or make room there.",
                place=dest,
                why=what,
            )
        )
    temporary = dest.with_name(f".{dest.name}.{os.urandom(4).hex()}.part")
    try:
        made = sqlite3.connect(temporary, isolation_level=None)
        try:
            db.backup(made, pages=pages, sleep=0.001)
            made.execute("PRAGMA journal_mode = DELETE")
            if clean:
                _clean(made)
            verdict = " ".join(made.execute("PRAGMA integrity_check(1)").fetchone()[0].split())
            if made.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                verdict = tr("the file is no project any more")
        finally:
            made.close()
        if verdict != "ok":
            raise StorageFull(tr("The copy was not kept: {why}. Try again, or choose another folder.", why=verdict))
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(dest)
        sync_folder(dest.parent)
    except (OSError, sqlite3.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise StorageFull(
            tr(
                "A copy could not be written to “{place}”: {why}. Choose another folder, or make room there.",
                place=dest,
                why=reason,
            )
        ) from error
    finally:
        for left in (temporary, Path(f"{temporary}-journal")):
            with suppress(OSError):
                left.unlink()


def _clean(db: sqlite3.Connection) -> None:
    from annotator.storage.query import is_spread, spread  # only now: the window starts without it

    db.execute("PRAGMA secure_delete = ON")
    db.execute("BEGIN IMMEDIATE")
    for table in _HISTORY_TABLES:
        db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM evidence WHERE n NOT IN (SELECT evidence FROM claim_evidence)")
    sweep(db)
    db.execute("COMMIT")
    for index in ("text_fts", *(index for index, _ in SEARCHED.values())):
        db.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    db.execute("INSERT INTO unspaced_fts(unspaced_fts) VALUES ('delete-all')")
    for (n,) in db.execute("SELECT n FROM text").fetchall():
        (text,) = db.execute("SELECT text FROM text WHERE n = ?", [n]).fetchone()
        if is_spread(text):
            db.execute("INSERT INTO unspaced_fts(rowid, text) VALUES (?, ?)", [n, spread(text)])
    db.execute("VACUUM")


def sweep(db: sqlite3.Connection) -> None:
    """Remove texts and originals that neither a row nor the history names any more. Needs a transaction."""
    from annotator.storage.query import is_spread, spread  # only now: the window starts without it

    text, original = (_in_history(db, "article_version", column) for column in ("text", "original"))
    unnamed = f"SELECT n FROM text WHERE n NOT IN (SELECT text FROM article_version UNION {text})"
    for (n,) in db.execute(unnamed).fetchall():
        (text,) = db.execute("SELECT text FROM text WHERE n = ?", [n]).fetchone()
        db.execute("INSERT INTO text_fts(text_fts, rowid, text) VALUES ('delete', ?, ?)", [n, text])
        if is_spread(text):
            db.execute("INSERT INTO unspaced_fts(unspaced_fts, rowid, text) VALUES ('delete', ?, ?)", [n, spread(text)])
        db.execute("DELETE FROM text WHERE n = ?", [n])
    db.execute(
        "DELETE FROM blob WHERE n NOT IN (SELECT original FROM article_version WHERE original IS NOT NULL "
        f"UNION SELECT blob FROM evidence WHERE blob IS NOT NULL UNION {original} "
        f"UNION {_in_history(db, 'evidence', 'blob')})"
    )


def _in_history(db: sqlite3.Connection, table: str, column: str) -> str:
    """Return a query for the values a column had in rows that undo or redo would bring back."""
    columns = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])]
    value = f"json_extract(row, '$[{columns.index(column)}]')"
    return f"SELECT {value} FROM history WHERE kind = '{table}' AND op <> 'I' AND {value} IS NOT NULL"


def daily_backup(project: Path, folder: Path, today: date) -> Path | None:
    """Write today's backup unless it is there already, and thin the older ones; return its path if one was made.

    Opens the file itself, for reading, and lets go of it between pages: to be called from any thread while the project
    is in use. Raises StorageFull where the backup cannot be written or checked; older ones are then left alone.
    """
    dest = folder / f"{project.stem} {today.isoformat()}.annot"
    if is_there(dest):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(f"{project.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StorageFull(
            tr(
                "Today’s backup of “{name}” was not made: {why}. The project itself is saved; make room in your data folder.",
                name=project.name,
                why=error,
            )
        ) from error
    with closing(db):
        copy(db, dest, pages=256)
    for old in superfluous(list(folder.glob(f"{_escaped(project.stem)} ????-??-??.annot")), project.stem, today):
        old.unlink(missing_ok=True)
    return dest


def superfluous(backups: list[Path], name: str, today: date) -> list[Path]:
    """Say which backups go: kept are those of 7 days, the last of each of 8 weeks and of each month."""
    kept: dict[tuple[str, int, int], Path] = {}
    dated: list[tuple[date, Path]] = []
    for path in backups:
        try:
            dated.append((date.fromisoformat(path.stem[len(name) + 1 :]), path))
        except ValueError:
            continue
    for day, path in sorted(dated):
        age = (today - day).days
        if age <= 7:
            kept["day", day.toordinal(), 0] = path
        elif age <= 56:
            kept["week", *day.isocalendar()[:2]] = path
        else:
            kept["month", day.year, day.month] = path
    stay = set(kept.values())
    return [path for _, path in sorted(dated) if path not in stay]


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
