"""What befell an open file, in the user's words: the disk, another program, damage."""

from __future__ import annotations

import sqlite3

from annotator.errors import ChangedElsewhere, ProjectError, ReadOnlyProject, StorageFull
from annotator.language import tr
from annotator.storage import opening

_FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
               sqlite3.SQLITE_CANTOPEN}  # fmt: skip


def explained(error: sqlite3.Error, name: str) -> ProjectError | None:
    """Return the user's error for what the disk or another program did; None for a fault of this program."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)) or (
        code == sqlite3.SQLITE_ERROR and "no such table" not in str(error)  # they were there when it was opened
    ):
        return None
    if code in _FULL_CODES or (isinstance(code, int) and code & 0xFF == sqlite3.SQLITE_FULL):
        return StorageFull(
            tr(
                "“{name}” could not be written: {why}. Nothing was lost; make room and try again, or save a copy elsewhere.",
                name=name,
                why=opening.reason(error),
            )
        )
    if code is not None and code & 0xFF == sqlite3.SQLITE_READONLY:
        return ReadOnlyProject(tr("“{name}” can no longer be written. Save a copy elsewhere to go on.", name=name))
    if code is not None and code & 0xFF == sqlite3.SQLITE_BUSY:
        return ChangedElsewhere(tr("“{name}” is being written by another program. Try again in a moment.", name=name))
    return ChangedElsewhere(
        tr(
            "“{name}” was damaged or replaced while it was open ({why}). Save a copy elsewhere, or open a backup.",
            name=name,
            why=opening.reason(error),
        )
    )
