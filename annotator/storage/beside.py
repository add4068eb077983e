"""A project file read beside whoever has it open: by a connection of its own, for one thread, ended from any other."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from annotator.errors import ChangedElsewhere
from annotator.language import tr
from annotator.storage import opening
from annotator.storage.search import Search


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
    def searching(self) -> Generator[Search]:
        """Give what searches; ends without a word where it was stopped. Raises ChangedElsewhere."""
        if self._db is None:
            raise RuntimeError("a file is entered before it is searched")
        try:
            yield Search(self._db)
        except sqlite3.Error as error:
            if not self.stopped:
                raise self._gone(error) from error

    def _gone(self, error: sqlite3.Error) -> ChangedElsewhere:
        why = opening.reason(error)
        return ChangedElsewhere(
            tr("“{name}” cannot be searched now: {why}. Try again in a moment.", name=self._path.name, why=why)
        )
