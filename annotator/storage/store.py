"""One project file: opening it safely, one transaction per action, undo, copies.

What the file promises: nothing acknowledged is lost when the process is killed, the power fails or the disk is full; a
file that is newer, foreign or damaged is refused and its bytes stay as they are.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from annotator.errors import ChangedElsewhere, ProjectError, ReadOnlyProject
from annotator.language import tr
from annotator.model import Id, Record, now
from annotator.paths import is_there
from annotator.storage import copies, faults, history, integrity, opening
from annotator.storage.articles import Articles
from annotator.storage.changes import Changes, Telling, to_id
from annotator.storage.library import Library
from annotator.storage.lock import Lock
from annotator.storage.records import Records
from annotator.storage.registers import Registers
from annotator.storage.schema import LATEST
from annotator.storage.terms import Terms

if TYPE_CHECKING:
    from annotator.storage.search import Search

HISTORY_STEPS = 10_000
HISTORY_BYTES = 64 * 1024 * 1024


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

    def __init__(
        self,
        path: Path,
        db: sqlite3.Connection,
        *,
        read_only: bool,
        why: str,
        lock: Lock | None,
        updated: str = "",
        lent: Path | None = None,
    ) -> None:
        self.path = path
        self.updated = updated
        """A sentence for the user where the file was brought up to this version; else empty."""
        self._lent = lent
        self.read_only = read_only
        self.why_read_only = why
        self.records = Records(db)
        self.articles = Articles(db, self.records)
        self.library = Library(db, self.records)
        self.registers = Registers(db, self.records)
        self.terms = Terms(db)
        self.db = db
        self.before_commit: Callable[[Changes], None] | None = None
        """Called inside each step's transaction, after its last recorded change: for counts kept beside."""
        self._lock = lock
        self._holds = 0
        self._tables = history.shapes(db)
        self._seen = opening.identity(path)
        self._revision = self._read_revision()
        self._others_seen = self._others_wrote()
        if not read_only:
            history.make_triggers(db, self._tables)

    # -- opening and closing

    @classmethod
    def create(cls, path: Path, *, records: Iterable[Record] = (), meta: Mapping[str, str] | None = None) -> Self:
        """Make a new project file that holds these records and settings; whole, or not at all.

        Raises ProjectError where the place is taken or cannot be written.
        """
        if is_there(path):
            raise ProjectError(tr("“{name}” is there already. Choose another name, or open it.", name=path.name))
        temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
        try:
            db = opening.connect(temporary, "rwc")
            try:
                opening.migrate(db)
                opening.fill(db, records, meta or {})
            finally:
                db.close()
            opening.move_into_place(temporary, path)
        except FileExistsError as error:
            raise ProjectError(
                tr("“{name}” is there already. Choose another name, or open it.", name=path.name)
            ) from error
        except (OSError, sqlite3.Error) as error:
            raise ProjectError(
                tr(
                    "“{name}” cannot be made in “{folder}”: {why}.",
                    name=path.name,
                    folder=path.parent,
                    why=opening.reason(error),
                )
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a project file; for reading only where it cannot be written or somebody else has it open.

        Raises NotAProject for a newer, foreign or damaged file (its bytes stay as they are), ProjectError where it
        cannot be read.
        """
        opening.examine_header(path)
        why, lock = (tr("You opened it for reading only."), None) if read_only else opening.hold(path)
        try:
            db = opening.connect(path, "ro" if why and not os.access(path, os.W_OK) else "rw")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if lock is not None:
                lock.release()
            raise opening.refusal(path, error) from error
        try:
            opening.guard(db, path)
            told, lent = "", None
            if opening.version(db) < LATEST:
                from annotator.storage import updating  # only now: nearly every file is of this version

                db, why, told, lent = updating.up_to_date(db, path, why)
                if why and lock is not None:
                    lock.release()
                    lock = None
            if why:
                db.execute("PRAGMA query_only = ON")
            db.execute("PRAGMA trusted_schema = ON")
            return cls(path, db, read_only=bool(why), why=why, lock=lock, updated=told, lent=lent)
        except BaseException as error:
            db.close()
            if lock is not None:
                lock.release()
            if isinstance(error, sqlite3.Error | UnicodeDecodeError):
                raise opening.refusal(path, error) from error
            raise

    def close(self) -> None:
        """Close the file and let go of it; safe to call twice."""
        self.db.close()
        if self._lent is not None:
            shutil.rmtree(self._lent, ignore_errors=True)
        if self._lock is not None:
            self._lock.release()

    def search(self) -> Search:
        """Return what searches through this connection."""
        from annotator.storage.search import Search  # only now: the window starts without it

        return Search(self.db)

    @property
    def file(self) -> Path:
        """Where what is shown is read from: of an older file that may not be written it is a copy."""
        return self.path if self._lent is None else self._lent / self.path.name

    # -- writing

    @contextmanager
    def step(
        self, name: str, *, coder: Id | None = None, initiator: object | None = None, goes_on: int | None = None
    ) -> Generator[Written]:
        """Do one action: one transaction, one undo step. The yielded Written holds its Changes once it is committed.

        ``goes_on``: the newest step, which becomes longer by this action and gets its name. Raises ReadOnlyProject,
        ChangedElsewhere or StorageFull; then, as after any error inside, nothing was written.
        """
        written = Written()
        with self._transaction():
            self._drop_undone()
            n, since = goes_on, 0
            if n is None:
                key = self.records.key("coder", coder) if coder else None
                n = (
                    self.db.execute("INSERT INTO step(name, coder, at) VALUES (?, ?, ?)", [name, key, now()]).lastrowid
                    or 0
                )
            else:
                # Appended to an older one, undo would take rows back in another order than they were made in.
                if n != self.newest_step():
                    raise ValueError("only the newest step goes on")
                since = int(
                    self.db.execute("SELECT coalesce(max(n), 0) FROM history WHERE step = ?", [n]).fetchone()[0]
                )
            history.record_into(self.db, n)
            yield written
            history.record_into(self.db, None)
            written.changes = self._finish(n, name, undone=False, initiator=initiator, since=since)

    @contextmanager
    def unrecorded(self) -> Generator[None]:
        """Write in one transaction outside the history: counts and settings."""
        with self._transaction():
            yield

    def undo(self, initiator: object | None = None) -> Changes | None:
        """Take back the last step; None where there is none."""
        return self._replay(undone=False, initiator=initiator)

    def redo(self, initiator: object | None = None) -> Changes | None:
        """Do the last step taken back again; None where there is none."""
        return self._replay(undone=True, initiator=initiator)

    def _replay(self, *, undone: bool, initiator: object | None) -> Changes | None:
        with self._transaction():
            step = self.next_step(undone=undone)
            if step is None:
                return None
            self._replay_one(step.n, step.name, undone=undone)
            return self._finish(step.n, step.name, undone=True, initiator=initiator)

    def _replay_one(self, n: int, name: str, *, undone: bool) -> None:
        try:
            history.replay(self.db, n, self._tables)
        except history.DAMAGED as error:
            raise ProjectError(
                tr(
                    "“{step}” cannot be taken back or done again: its record is damaged. Nothing was changed; go on from here.",
                    step=name,
                )
            ) from error
        self.db.execute("UPDATE step SET undone = ? WHERE n = ?", [int(not undone), n])

    def jump(self, to: int, initiator: object | None = None) -> Changes | None:
        """Take back or do again whatever lies between now and just after a step (0: before the first one), as one act.

        Returns one notice of everything touched, None where nothing lies between. Raises ProjectError where a record on
        the way is damaged; then nothing was changed.
        """
        with self._transaction():
            undoing = "SELECT n, name FROM step WHERE NOT undone AND n > ? ORDER BY n DESC"
            redoing = "SELECT n, name FROM step WHERE undone AND n <= ? ORDER BY n"
            way = [(n, name, False) for n, name in self.db.execute(undoing, [to])]
            way = way or [(n, name, True) for n, name in self.db.execute(redoing, [to])]
            if not way:
                self.db.execute("ROLLBACK")
                return None
            for n, name, undone in way:
                self._replay_one(n, name, undone=undone)
            steps = [n for n, _, _ in way]
            told = self._tell_of(steps).notice(way[-1][1], undone=True, initiator=initiator)
            if self.before_commit is not None:
                self.before_commit(told)
            return told

    def _tell_of(self, steps: Iterable[int]) -> Telling:
        """Return what steps just replayed touched, and note how much room each takes now."""
        size = "UPDATE step SET bytes = (SELECT coalesce(sum(length(row)), 0) FROM history WHERE step = step.n) WHERE n = ?"
        kept = list(steps)
        self.db.executemany(size, [(n,) for n in kept])
        return Telling(self.db, (c for n in kept for c in history.changes(self.db, n, self._tables)))

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
            raise ReadOnlyProject(tr("{why} Save a copy to go on in.", why=self.why_read_only))
        self._check_place()
        self._end_reading()
        try:
            self.db.execute("BEGIN IMMEDIATE")
            self._check_revision()
            yield
            if not self.db.in_transaction:
                return
            revision = opening.next_revision(self._revision)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", [revision])
            self._check_place()
            self.db.execute("COMMIT")
            self._revision = revision
        except BaseException as error:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                told = faults.explained(error, self.path.name)
                if told is not None:
                    raise told from error
            raise
        finally:
            self._begin_reading()

    @contextmanager
    def held(self) -> Generator[None]:
        """Let all that is read meanwhile, before and after an action, be read under one lock and not under one each.

        SQLite looks for the file, its journal and its changes at each lock: for many small reads that is most of the time.
        """
        self._holds += 1
        self._begin_reading()
        try:
            yield
        finally:
            self._holds -= 1
            if not self._holds:
                self._end_reading()

    def _begin_reading(self) -> None:
        if self._holds and not self.db.in_transaction:
            self.db.execute("BEGIN")

    def _end_reading(self) -> None:
        if self.db.in_transaction:
            self.db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Generator[None]:
        """Turn what befell the file while it is read into the user's error. Raises ChangedElsewhere."""
        try:
            yield
        except sqlite3.Error as error:
            told = faults.explained(error, self.path.name)
            if told is None:
                raise
            raise told from error

    def must_be_unchanged(self) -> None:
        """Raise ChangedElsewhere where somebody else wrote, moved or replaced the file; in a file only read, nothing is."""
        if not self.read_only:
            self._check_place()
            self._check_revision()

    def _check_revision(self) -> None:
        if self._read_revision() != self._revision or self._others_wrote() != self._others_seen:
            raise ChangedElsewhere(
                tr(
                    "“{name}” was changed by another program while it was open here. Save a copy, then open the file again.",
                    name=self.path.name,
                )
            )

    def _check_place(self) -> None:
        if opening.identity(self.path) != self._seen:
            raise ChangedElsewhere(
                tr(
                    "“{name}” was moved, deleted or replaced by another program while it was open here. Save a copy elsewhere; nothing you did is lost.",
                    name=self.path.name,
                )
            )

    def _finish(
        self, step: int, name: str, *, undone: bool, initiator: object | None, since: int = 0
    ) -> Changes | None:
        """Note how large a step is, and tell what it touched; of one that goes on, what came after ``since``."""
        telling = Telling(self.db, history.changes(self.db, step, self._tables, since))
        size = "SELECT total(length(row)), count(*) FROM history WHERE step = ? AND n > ?"
        added, count = self.db.execute(size, [step, since]).fetchone()
        if not count:
            self.db.execute("ROLLBACK")
            return None
        before = (
            self.db.execute("SELECT bytes, article FROM step WHERE n = ?", [step]).fetchone() if since else (0, None)
        )
        self.db.execute(
            "UPDATE step SET name = ?, bytes = ?, article = ? WHERE n = ?",
            [name, int(added) + before[0], before[1] or telling.article(), step],
        )
        self._bound_history()
        told = telling.notice(name, undone=undone, initiator=initiator)
        if self.before_commit is not None:
            self.before_commit(told)
        return told

    def _drop_undone(self) -> None:
        if self._has_undone():
            self._forget(n for (n,) in self.db.execute("SELECT n FROM step WHERE undone").fetchall())

    def _has_undone(self) -> bool:
        """Say whether steps are taken back: they are the newest always, so that one look tells, however many are kept."""
        newest = self.db.execute("SELECT undone FROM step ORDER BY n DESC LIMIT 1").fetchone()
        return newest is not None and bool(newest[0])

    def _forget(self, steps: Iterable[int]) -> None:
        """Forget steps; where one of them brought or took an article's text, so goes what nothing names any more."""
        texts = False
        for n in steps:
            named = "SELECT 1 FROM history WHERE step = ? AND kind IN ('article_version', 'evidence') LIMIT 1"
            texts = texts or self.db.execute(named, [n]).fetchone() is not None
            self.db.execute("DELETE FROM history WHERE step = ?", [n])
            self.db.execute("DELETE FROM step WHERE n = ?", [n])
        if texts:
            copies.sweep(self.db)
            self.records.forget_text()

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
            self._forget([n])
            count, total = count - 1, total - size

    # -- reading

    def steps(self) -> list[Step]:
        """Return the history, oldest first."""
        return self._steps("ORDER BY s.n")

    def step_count(self) -> tuple[int, int]:
        """Return how many steps are kept, and how many of them are taken back."""
        kept, undone = self.db.execute("SELECT count(*), total(undone) FROM step").fetchone()
        return int(kept), int(undone)

    def latest_steps(self, skip: int, most: int) -> list[Step]:
        """Return some steps, the newest first, after leaving out as many of the newest."""
        return self._steps("ORDER BY s.n DESC LIMIT ? OFFSET ?", most, skip)

    def newest_step(self) -> int:
        """Return the number of the newest step that is not taken back; 0 where there is none."""
        return int(self.db.execute("SELECT coalesce(max(n), 0) FROM step WHERE NOT undone").fetchone()[0])

    def state_of(self, step: Step) -> str:
        """Say how a step stands: newest (of those not taken back), older, undone, or gone."""
        row = self.db.execute("SELECT name, at, undone FROM step WHERE n = ?", [step.n]).fetchone()
        if row is None or row[:2] != (step.name, step.at):  # its number may be another one's by now
            return "gone"
        return "undone" if row[2] else "newest" if step.n == self.newest_step() else "older"

    def has_step(self, n: int) -> bool:
        """Say whether a step is still kept."""
        return self.db.execute("SELECT 1 FROM step WHERE n = ?", [n]).fetchone() is not None

    def next_step(self, *, undone: bool) -> Step | None:
        """Return the step that undo (redo: ``undone``) would replay; None where there is none."""
        with self.reading():
            if undone and not self._has_undone():
                return None
            found = self._steps(f"WHERE s.undone = ? ORDER BY s.n {'ASC' if undone else 'DESC'} LIMIT 1", undone)
        return found[0] if found else None

    def _steps(self, rest: str, *values: object) -> list[Step]:
        query = (
            "SELECT s.n, s.name, c.uid, s.at, a.uid, s.undone FROM step s LEFT JOIN coder c ON c.n = s.coder "
            f"LEFT JOIN article a ON a.n = s.article {rest}"
        )
        return [
            Step(n, name, to_id(coder) if coder else None, at, to_id(article) if article else None, bool(undone))
            for n, name, coder, at, article, undone in self.db.execute(query, values)
        ]

    def check(self) -> list[integrity.Fault]:
        """Return every fault found in the file; writes nothing."""
        return integrity.check(self.db, opening.expected_schema())

    def _others_wrote(self) -> int:
        """Return a number that changes with each commit of another connection, whatever it wrote."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def _read_revision(self) -> str:
        return self.meta("revision") or ""


@dataclass
class Written:
    """The outcome of a step: its Changes after the commit; None where nothing was changed."""

    changes: Changes | None = None
