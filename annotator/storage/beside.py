"""A project file read beside whoever has it open: by a connection of its own, for one thread, ended from any other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Self, TypeVar

from annotator.errors import ChangedElsewhere
from annotator.language import tr
from annotator.storage import opening
from annotator.storage.articles import Articles
from annotator.storage.claims import Claims
from annotator.storage.records import Records
from annotator.storage.search import Search

T = TypeVar("T")


class Read:
    """What a file holds at one moment, from when this is entered on."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.records = Records(db)
        self.articles = Articles(db, self.records)

    def __enter__(self) -> Self:
        self._db.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """Return a setting of the project, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])


class Beside:
    """Entered by the thread that reads; ``stop`` ends what it does, and whatever would follow."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self.stopped = False
        """Whether nobody waits for an answer any more."""

    def __enter__(self) -> Self:
        """Open the file for reading. Raises ChangedElsewhere where it is gone."""
        try:
            db = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=3)
            self._db = db
            for pragma in ("query_only = ON", "mmap_size = 0", "temp_store = MEMORY"):
                db.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            self.__exit__()
            raise self._gone(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        db, self._db = self._db, None
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()

    def stop(self) -> None:
        """End what is under way at once."""
        self.stopped = True
        db = self._db
        if db is not None:
            with suppress(sqlite3.ProgrammingError):  # it may be closed at this very moment
                db.interrupt()

    @contextmanager
    def reading(self) -> Generator[Read]:
        """Give what reads records, all of one moment; ends without a word where it was stopped. Raises ChangedElsewhere.

        Whoever writes waits as long as it lasts.
        """
        with self._with(Read) as read, read:
            yield read

    def searching(self) -> AbstractContextManager[Search]:
        """Give what searches; ends without a word where it was stopped. Raises ChangedElsewhere."""
        return self._with(Search)

    def claims(self) -> AbstractContextManager[Claims]:
        """Give what finds claims over all articles; ends without a word where it was stopped. Raises ChangedElsewhere."""
        return self._with(lambda db: Claims(db, Records(db)))

    @contextmanager
    def _with(self, make: Callable[[sqlite3.Connection], T]) -> Generator[T]:
        if self._db is None:
            raise RuntimeError("a file is entered before it is read")
        try:
            yield make(self._db)
        except sqlite3.Error as error:
            if not self.stopped:
                raise self._gone(error) from error

    def _gone(self, error: sqlite3.Error) -> ChangedElsewhere:
        why = opening.reason(error)
        return ChangedElsewhere(
            tr("“{name}” cannot be read now: {why}. Try again in a moment.", name=self._path.name, why=why)
        )
