"""One project file: opening it safely, one transaction per action, undo, copies.

What the file promises: nothing acknowledged is lost when the process is killed, the power fails or the disk is full; a
file that is newer, foreign or damaged is refused and its bytes stay as they are.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from annotator.errors import ChangedElsewhere, NotAProject, ProjectError, ReadOnlyProject, StorageFull
from annotator.model import Id, Record, now
from annotator.storage import history, integrity
from annotator.storage.articles import Articles
from annotator.storage.changes import Changes, Telling, to_id
from annotator.storage.lock import Held, Lock
from annotator.storage.records import Records
from annotator.storage.schema import APPLICATION_ID, FINGERPRINT, LATEST, fingerprint

HISTORY_STEPS = 10_000
HISTORY_BYTES = 64 * 1024 * 1024
_MAGIC = b"SQLite format 3\x00"
_FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
               sqlite3.SQLITE_CANTOPEN}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One named action of the history. ``article`` is where it happened, if in an article."""

    n: int
    name: str
    coder: Id | None
    at: str
    article: Id | None
    undone: bool


class Store:
    """An open project file. One connection, used from the thread that opened it."""

    def __init__(self, path: Path, db: sqlite3.Connection, *, read_only: bool, why: str, lock: Lock | None) -> None:
        self.path = path
        self.read_only = read_only
        self.why_read_only = why
        self.records = Records(db)
        self.articles = Articles(db, self.records)
        self.db = db
        self.before_commit: Callable[[Changes], None] | None = None
        """Called inside each step's transaction, after its last recorded change: for counts kept beside."""
        self._lock = lock
        self._tables = history.shapes(db)
        self._seen = _identity(path)
        self._revision = self._read_revision()
        if not read_only:
            history.make_triggers(db, self._tables)

    # -- opening and closing

    @classmethod
    def create(cls, path: Path, *, records: Iterable[Record] = (), meta: Mapping[str, str] | None = None) -> Self:
        """Make a new project file that holds these records and settings; whole, or not at all.

        Raises ProjectError where the place is taken or cannot be written.
        """
        if path.exists():
            raise ProjectError(f"“{path.name}” is there already. Choose another name, or open it.")
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            db = _connect(temporary, "rwc")
            try:
                _migrate(db)
                _fill(db, records, meta or {})
            finally:
                db.close()
            _move_into_place(temporary, path)
        except FileExistsError as error:
            raise ProjectError(f"“{path.name}” is there already. Choose another name, or open it.") from error
        except (OSError, sqlite3.Error) as error:
            raise ProjectError(f"“{path.name}” cannot be made in “{path.parent}”: {_reason(error)}.") from error
        finally:
            temporary.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project file; for reading only where it cannot be written or somebody else has it open.

        Raises NotAProject for a newer, foreign or damaged file (its bytes stay as they are), ProjectError where it
        cannot be read.
        """
        _examine_header(path)
        why, lock = ("You opened it for reading only.", None) if read_only else _hold(path)
        try:
            db = _connect(path, "ro" if why and not os.access(path, os.W_OK) else "rw")
        except sqlite3.Error as error:
            if lock is not None:
                lock.release()
            raise _refusal(path, error) from error
        try:
            _guard(db, path)
            if why:
                db.execute("PRAGMA query_only = ON")
            db.execute("PRAGMA trusted_schema = ON")
            return cls(path, db, read_only=bool(why), why=why, lock=lock)
        except BaseException as error:
            db.close()
            if lock is not None:
                lock.release()
            if isinstance(error, sqlite3.Error):
                raise _refusal(path, error) from error
            raise

    def close(self) -> None:
        """Close the file and let go of it; safe to call twice."""
        self.db.close()
        if self._lock is not None:
            self._lock.release()

    # -- writing

    @contextmanager
    def step(self, name: str, *, coder: Id | None = None, initiator: object | None = None) -> Generator[Written]:
        """Do one action: one transaction, one undo step. The yielded Written holds its Changes once it is committed.

        Raises ReadOnlyProject, ChangedElsewhere or StorageFull; then, as after any error inside, nothing was written.
        """
        written = Written()
        with self._transaction():
            self._drop_undone()
            cursor = self.db.execute(
                "INSERT INTO step(name, coder, at) VALUES (?, ?, ?)",
                [name, self.records.key("coder", coder) if coder else None, now()],
            )
            n = int(cursor.lastrowid or 0)
            history.record_into(self.db, n)
            yield written
            history.record_into(self.db, None)
            written.changes = self._finish(n, name, undone=False, initiator=initiator)

    @contextmanager
    def unrecorded(self) -> Generator[None]:
        """Write in one transaction outside the history: counts, the coder a new project begins with."""
        with self._transaction():
            yield

    def undo(self, initiator: object | None = None) -> Changes | None:
        """Take back the last step; None where there is none."""
        return self._replay("SELECT n, name FROM step WHERE NOT undone ORDER BY n DESC LIMIT 1", True, initiator)

    def redo(self, initiator: object | None = None) -> Changes | None:
        """Do the last step taken back again; None where there is none."""
        return self._replay("SELECT n, name FROM step WHERE undone ORDER BY n LIMIT 1", False, initiator)

    def _replay(self, query: str, undone: bool, initiator: object | None) -> Changes | None:
        with self._transaction():
            found = self.db.execute(query).fetchone()
            if found is None:
                return None
            try:
                history.replay(self.db, found[0], self._tables)
            except history.DAMAGED as error:
                raise ProjectError(
                    f"“{found[1]}” cannot be taken back or done again: its record is damaged. Nothing was changed."
                ) from error
            self.db.execute("UPDATE step SET undone = ? WHERE n = ?", [int(undone), found[0]])
            return self._finish(found[0], found[1], undone=True, initiator=initiator)

    def set_meta(self, key: str, value: str | None) -> None:
        """Write a setting of this project; outside the history."""
        with self.unrecorded():
            if value is None:
                self.db.execute("DELETE FROM meta WHERE key = ?", [key])
            else:
                self.db.execute(
                    "INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", [key, value]
                )

    def meta(self, key: str) -> str | None:
        """Return a setting of this project, or None."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def _transaction(self) -> Generator[None]:
        if self.read_only:
            raise ReadOnlyProject(f"{self.why_read_only} Save a copy to go on in.")
        self._check_place()
        try:
            self.db.execute("BEGIN IMMEDIATE")
            if self._read_revision() != self._revision:
                raise ChangedElsewhere(
                    f"“{self.path.name}” was changed by another program while it was open here. Save a copy, then open the file again."
                )
            yield
            if not self.db.in_transaction:
                return
            revision = _next_revision(self._revision)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", [revision])
            self._check_place()
            self.db.execute("COMMIT")
            self._revision = revision
        except BaseException as error:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                told = self._explain(error)
                if told is not None:
                    raise told from error
            raise

    @contextmanager
    def reading(self) -> Generator[None]:
        """Turn what befell the file while it is read into the user's error. Raises ChangedElsewhere."""
        try:
            yield
        except sqlite3.Error as error:
            told = self._explain(error)
            if told is None:
                raise
            raise told from error

    def _explain(self, error: sqlite3.Error) -> ProjectError | None:
        """Return the user's error for what the disk or another program did; None for a fault of this program."""
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)) or (
            code == sqlite3.SQLITE_ERROR
            and "no such table: main." not in str(error)
            and "no such table: meta" not in str(error)
        ):
            return None
        if code in _FULL_CODES or (isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_FULL):
            return StorageFull(
                f"“{self.path.name}” could not be written: {_reason(error)}. Nothing was lost; make room and try again, or save a copy elsewhere."
            )
        if code is not None and code & 0xFF == sqlite3.SQLITE_READONLY:
            return ReadOnlyProject(f"“{self.path.name}” can no longer be written. Save a copy elsewhere to go on.")
        if code is not None and code & 0xFF == sqlite3.SQLITE_BUSY:
            return ChangedElsewhere(f"“{self.path.name}” is being written by another program. Try again in a moment.")
        return ChangedElsewhere(
            f"“{self.path.name}” was damaged or replaced while it was open ({_reason(error)}). Save a copy elsewhere, or open a backup."
        )

    def _check_place(self) -> None:
        if _identity(self.path) != self._seen:
            raise ChangedElsewhere(
                f"“{self.path.name}” was moved, deleted or replaced by another program while it was open here. "
                "Save a copy elsewhere; nothing you did is lost."
            )

    def _finish(self, step: int, name: str, *, undone: bool, initiator: object | None) -> Changes | None:
        telling = Telling(self.db, history.changes(self.db, step, self._tables))
        size = self.db.execute("SELECT total(length(row)) FROM history WHERE step = ?", [step]).fetchone()[0]
        if not size:
            self.db.execute("ROLLBACK")
            return None
        self.db.execute("UPDATE step SET bytes = ?, article = ? WHERE n = ?", [int(size), telling.article(), step])
        self._bound_history()
        told = telling.notice(name, undone=undone, initiator=initiator)
        if self.before_commit is not None:
            self.before_commit(told)
        return told

    def _drop_undone(self) -> None:
        if self.db.execute("SELECT 1 FROM step WHERE undone LIMIT 1").fetchone():
            self.db.execute("DELETE FROM history WHERE step IN (SELECT n FROM step WHERE undone)")
            self.db.execute("DELETE FROM step WHERE undone")

    def _bound_history(self) -> None:
        """Forget the oldest steps beyond the bound; the newest always stays."""
        count, total = self.db.execute("SELECT count(*), total(bytes) FROM step").fetchone()
        # Steps taken back are the way of redo, which has no gaps; the next new step forgets them all.
        newest = self.db.execute("SELECT max(n) FROM step WHERE NOT undone").fetchone()[0]
        oldest = "SELECT n, bytes FROM step WHERE NOT undone AND n < ? ORDER BY n LIMIT 1"
        while count > HISTORY_STEPS or total > HISTORY_BYTES:
            found = self.db.execute(oldest, [newest]).fetchone()
            if found is None:
                return
            n, size = found
            self.db.execute("DELETE FROM history WHERE step = ?", [n])
            self.db.execute("DELETE FROM step WHERE n = ?", [n])
            count, total = count - 1, total - size

    # -- reading

    def steps(self) -> list[Step]:
        """Return the history, oldest first."""
        return [
            Step(n, name, to_id(coder) if coder else None, at, to_id(article) if article else None, bool(undone))
            for n, name, coder, at, article, undone in self.db.execute(
                "SELECT s.n, s.name, c.uid, s.at, a.uid, s.undone FROM step s LEFT JOIN coder c ON c.n = s.coder "
                "LEFT JOIN article a ON a.n = s.article ORDER BY s.n"
            )
        ]

    def next_step(self, *, undone: bool) -> Step | None:
        """Return the step that undo (redo: ``undone``) would replay; None where there is none."""
        found = self.db.execute(
            f"SELECT s.n, s.name, c.uid, s.at, a.uid FROM step s LEFT JOIN coder c ON c.n = s.coder LEFT JOIN article a ON a.n = s.article "
            f"WHERE s.undone = ? ORDER BY s.n {'ASC' if undone else 'DESC'} LIMIT 1",
            [int(undone)],
        ).fetchone()
        if found is None:
            return None
        n, name, coder, at, article = found
        return Step(n, name, to_id(coder) if coder else None, at, to_id(article) if article else None, undone)

    def check(self) -> list[integrity.Fault]:
        """Return every fault found in the file; writes nothing."""
        return integrity.check(self.db, expected_schema())

    def _read_revision(self) -> str:
        return self.meta("revision") or ""


@dataclass
class Written:
    """The outcome of a step: its Changes after the commit; None where nothing was changed."""

    changes: Changes | None = None


# -- the file itself


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Connect with the modes of a project file: rollback journal, synced to the directory, nothing shared or mapped."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=3.0)
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


def _migrate(db: sqlite3.Connection) -> None:
    """Apply all pending migrations in one transaction, then check every foreign key."""
    # Slow to import, and an up-to-date file needs neither.
    from sqlite_utils import Database

    from annotator.storage.migrations import migrations

    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(db, use_counts_table=False))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {LATEST}")
        db.execute("INSERT INTO meta VALUES ('revision', ?)", [f"1:{secrets.token_hex(8)}"])
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError("a foreign key leads nowhere")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    db.execute("PRAGMA foreign_keys = ON")


def _fill(db: sqlite3.Connection, records: Iterable[Record], meta: Mapping[str, str]) -> None:
    """Write what a new file begins with, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    kept = Records(db)
    for record in records:
        kept.put(record)
    db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    db.execute("COMMIT")


def _next_revision(revision: str) -> str:
    counter = revision.partition(":")[0]
    return f"{int(counter) + 1 if counter.isascii() and counter.isdigit() else 1}:{secrets.token_hex(8)}"


def _refusal(path: Path, error: sqlite3.Error) -> ProjectError:
    """Return the user's error for a file SQLite would not open or read."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code & 0xFF == sqlite3.SQLITE_BUSY:
        return ProjectError(f"“{path.name}” is being written by another program. Try again in a moment.")
    journal = path.resolve().with_name(f"{path.resolve().name}-journal")
    if code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and journal.exists():
        return ProjectError(
            f"“{path.name}” was cut off while it was written, and cannot be mended where nothing may be written. "
            f"Copy it together with “{journal.name}” to another folder and open it there."
        )
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return ProjectError(f"“{path.name}” cannot be opened: {_reason(error)}.")
    return NotAProject(f"“{path.name}” is damaged ({_reason(error)}). It was left as it is.")


def _examine_header(path: Path) -> None:
    """Look at the first 100 bytes before SQLite touches the file. Raises NotAProject or ProjectError."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise ProjectError(f"There is no file “{path}”.") from error
    except IsADirectoryError as error:
        raise ProjectError(f"“{path.name}” is a folder, not a project.") from error
    except OSError as error:
        raise ProjectError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NotAProject(f"“{path.name}” is not an Article Annotator project.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAProject(
            f"“{path.name}” is another program’s file, not an Article Annotator project. It was left as it is."
        )
    version = int.from_bytes(head[60:64], "big")
    if version > LATEST:
        raise NotAProject(
            f"“{path.name}” was made by a newer Article Annotator. Update the program to open it; the file was left as it is."
        )
    if head[18] != 1 or head[19] != 1 or version < 1:
        raise NotAProject(
            f"“{path.name}” was altered by another program and cannot be opened safely. It was left as it is."
        )


def _guard(db: sqlite3.Connection, path: Path) -> None:
    """Raise NotAProject unless the schema is exactly ours and SQLite finds no damage."""
    if fingerprint(db) != FINGERPRINT:
        raise NotAProject(
            f"“{path.name}” holds tables that are not ours and cannot be opened safely. It was left as it is."
        )
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise NotAProject(f"“{path.name}” is damaged ({verdict}). It was left as it is; open a backup of it.")


def expected_schema() -> frozenset[tuple[str, str, str, str | None]]:
    """Return what sqlite_master holds in a file of this version."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _migrate(db)
        return frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())
    finally:
        db.close()


def _hold(path: Path) -> tuple[str, Lock | None]:
    """Take hold of a file for writing; else return the sentence why it is opened for reading only."""
    if not os.access(path, os.W_OK):
        return "The file may not be written.", None
    if not os.access(path.resolve().parent, os.W_OK):
        return "Its folder may not be written.", None
    try:
        return "", Lock.take(path)
    except Held as held:
        return f"It is open in {held}.", None
    except OSError as error:
        return f"Its folder may not be written ({error.strerror or error}).", None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _move_into_place(made: Path, path: Path) -> None:
    """Give a finished file its name without overwriting one; where links are unknown, by renaming."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        made.rename(path)


def _reason(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_FULL:
            return "the disk is full"
        return str(error)
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
