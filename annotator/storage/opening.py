"""The file before it is a project: made, examined, guarded, held, and refused in one sentence where it is not ours.

Nothing here changes a byte of a file that is newer, foreign or damaged.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.errors import NotAProject, ProjectError
from annotator.language import tr
from annotator.model import Record
from annotator.storage.lock import Held, Lock
from annotator.storage.records import Records
from annotator.storage.schema import APPLICATION_ID, FINGERPRINT, FINGERPRINTS, LATEST, fingerprint

BUSY_SECONDS = 3.0
"""How long another program's write is waited for."""

_MAGIC = b"SQLite format 3\x00"


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Connect with the modes of a project file: rollback journal, synced to the directory, nothing shared or mapped."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    modes = ["trusted_schema = OFF", "synchronous = EXTRA", "locking_mode = NORMAL", "foreign_keys = ON", "cell_size_check = ON",
             "mmap_size = 0", "secure_delete = ON", "recursive_triggers = ON", "temp_store = MEMORY"]  # fmt: skip
    if sys.platform == "darwin":
        modes.append("fullfsync = ON")
    try:
        for pragma in modes:
            db.execute(f"PRAGMA {pragma}")
        if mode != "ro":
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:
        db.close()
        raise
    return db


def migrate(db: sqlite3.Connection) -> None:
    """Apply all pending migrations in one transaction, which is kept only where every foreign key and the schema are right."""
    # Slow to import, and an up-to-date file needs neither.
    from sqlite_utils import Database

    from annotator.storage.migrations import migrations

    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(db, use_counts_table=False))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {LATEST}")
        row = db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        db.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", [next_revision(row[0] if row else "")])
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(tr("a foreign key leads nowhere"))
        if fingerprint(db) != FINGERPRINT:
            raise sqlite3.IntegrityError(tr("its tables are not as they should be"))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("PRAGMA foreign_keys = ON")


def next_revision(revision: str) -> str:
    """Return what a file's revision becomes with the next write: one more, and a word nobody else has."""
    counter = revision.partition(":")[0]
    return f"{int(counter) + 1 if counter.isascii() and counter.isdigit() else 1}:{os.urandom(8).hex()}"


def fill(db: sqlite3.Connection, records: Iterable[Record], meta: Mapping[str, str]) -> None:
    """Write what a new file begins with, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    kept = Records(db)
    for record in records:
        kept.put(record)
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    db.execute("COMMIT")


def refusal(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> ProjectError:
    """Return the user's error for a file SQLite would not open or read."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code & 0xFF == sqlite3.SQLITE_BUSY:
        return ProjectError(tr("“{name}” is being written by another program. Try again in a moment.", name=path.name))
    journal = path.resolve().with_name(f"{path.resolve().name}-journal")
    if code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and journal.exists():
        return ProjectError(
            tr(
                "“{name}” was cut off while it was written, and cannot be mended where nothing may be "
                "written. Copy it together with “{journal}” to another folder and open it there.",
                name=path.name,
                journal=journal.name,
            )
        )
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return ProjectError(
            tr(
                "“{name}” cannot be opened: {why}. Close it where else it is open, or open a backup of it.",
                name=path.name,
                why=reason(error),
            )
        )
    return NotAProject(
        tr("“{name}” is damaged ({why}). It was left as it is; open a backup of it.", name=path.name, why=reason(error))
    )


def examine_header(path: Path) -> None:
    """Look at the first 100 bytes before SQLite touches the file. Raises NotAProject or ProjectError."""
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # to open a pipe would wait for ever
            raise NotAProject(tr("“{name}” is not an ordinary file, and no project.", name=path.name))
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise ProjectError(tr("There is no file “{path}”. Look whether it was moved or renamed.", path=path)) from error
    except IsADirectoryError as error:
        raise ProjectError(tr("“{name}” is a folder, not a project. Choose a file in it.", name=path.name)) from error
    except OSError as error:
        raise ProjectError(
            tr(
                "“{name}” cannot be read: {why}. Look whether you may read it, or copy it to another folder.",
                name=path.name,
                why=error.strerror or error,
            )
        ) from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NotAProject(tr("“{name}” is not an Article Annotator project.", name=path.name))
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAProject(
            tr(
                "“{name}” is another program’s file, not an Article Annotator project. It was left as it is.",
                name=path.name,
            )
        )
    version = int.from_bytes(head[60:64], "big")
    if version > LATEST:
        raise NotAProject(
            tr(
                "“{name}” was made by a newer Article Annotator. Update the program to open it; the file "
                "was left as it is.",
                name=path.name,
            )
        )
    if head[18] != 1 or head[19] != 1 or version < 1:
        raise NotAProject(
            tr(
                "“{name}” was altered by another program and cannot be opened safely. It was left as it is; open a backup of it.",
                name=path.name,
            )
        )


def guard(db: sqlite3.Connection, path: Path) -> None:
    """Raise NotAProject unless the schema is exactly that of its version and SQLite finds no damage."""
    if fingerprint(db) != FINGERPRINTS.get(version(db)):
        raise NotAProject(
            tr(
                "“{name}” holds tables that are not ours and cannot be opened safely. It was left as it is; open a backup of it.",
                name=path.name,
            )
        )
    verdict = " ".join(db.execute("PRAGMA quick_check(1)").fetchone()[0].split())
    if verdict != "ok":
        raise NotAProject(
            tr(
                "“{name}” is damaged ({why}). It was left as it is; open a backup of it.",
                name=path.name,
                why=verdict,
            )
        )


def version(db: sqlite3.Connection) -> int:
    """Return how many migrations a file has been through."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def expected_schema() -> frozenset[tuple[str, str, str, str | None]]:
    """Return what sqlite_master holds in a file of this version."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(db)
        return frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())
    finally:
        db.close()


def hold(path: Path) -> tuple[str, Lock | None]:
    """Take hold of a file for writing; else return the sentence why it is opened for reading only."""
    if not os.access(path, os.W_OK):
        return tr("The file may not be written."), None
    if not os.access(path.resolve().parent, os.W_OK):
        return tr("Its folder may not be written."), None
    try:
        return "", Lock.take(path)
    except Held as held:
        return tr("It is open in {who}.", who=held), None
    except OSError as error:
        return tr("Its folder may not be written ({why}).", why=error.strerror or error), None


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one under the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def move_into_place(made: Path, path: Path) -> None:
    """Give a finished file its name without overwriting one; where links are unknown, by renaming."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        made.rename(path)


def reason(error: BaseException) -> str:
    """Return why the system or SQLite refused, in words."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_FULL:
            return tr("the disk is full")
        return " ".join(str(error).split())
    if isinstance(error, UnicodeDecodeError):  # SQLite quotes what it found, which may be no text
        return tr("its tables cannot be read")
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
