"""A project made by an earlier version of the program is brought up to this one: a checked copy first, then all or nothing."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import NamedTuple

from annotator import paths
from annotator.errors import NotAProject, StorageFull
from annotator.language import tr
from annotator.storage import copies, opening
from annotator.storage.schema import LATEST


class Updated(NamedTuple):
    """The connection to go on with, why it is for reading only (empty: it is not), and what to tell the user.

    ``lent`` is the folder of a copy that is removed when the project is closed.
    """

    db: sqlite3.Connection
    why: str
    told: str = ""
    lent: Path | None = None


def up_to_date(db: sqlite3.Connection, path: Path, why: str) -> Updated:
    """Bring an open project up to this version; one that may not be written (``why``) is shown from a copy brought up.

    Where the update fails the file is as it was and shown the same way. Raises StorageFull or NotAProject where even
    that is impossible.
    """
    if not why:
        try:
            kept = _keep_copy(db, path)
            opening.migrate(db)
            told = tr(
                "“{name}” was brought up to this version of the program. A copy of it as it was is kept as “{copy}”.",
                name=path.name,
                copy=kept,
            )
            return Updated(db, "", told)
        except (OSError, StorageFull, sqlite3.Error) as error:
            why = tr(
                "It was made by an earlier version of the program and could not be brought up to this one; nothing in it was changed ({why}).",
                why=_reason(error),
            )
    return _lent(db, path, why)


def _keep_copy(db: sqlite3.Connection, path: Path) -> Path:
    """Write a checked copy of a project to its backups, else beside it; returns where it is."""
    folder = paths.backups(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = _free(folder, path.stem)
        copies.copy(db, kept)
    except (OSError, StorageFull):
        kept = _free(path.resolve().parent, path.stem)
        copies.copy(db, kept)
    return kept


def _free(folder: Path, stem: str) -> Path:
    n, name = 1, tr("{name} before version {n}", name=stem, n=LATEST)
    found = folder / f"{name}.annot"
    while found.exists():
        n += 1
        found = folder / f"{name} {n}.annot"
    return found


def _lent(db: sqlite3.Connection, path: Path, why: str) -> Updated:
    try:
        folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    except OSError as error:
        raise _no_room(path, error) from error
    made: sqlite3.Connection | None = None
    try:
        copies.copy(db, folder / path.name)
        made = opening.connect(folder / path.name, "rw")
        opening.migrate(made)
    except BaseException as error:
        if made is not None:
            made.close()
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, sqlite3.IntegrityError):
            raise NotAProject(
                tr("“{name}” is damaged ({why}). It was left as it is; open a backup of it.", name=path.name, why=error)
            ) from error
        if isinstance(error, OSError | sqlite3.Error | StorageFull):
            raise _no_room(path, error) from error
        raise
    db.close()
    return Updated(made, why, lent=folder)


def _no_room(path: Path, error: BaseException) -> StorageFull:
    return StorageFull(
        tr(
            "“{name}” was made by an earlier version of the program, and there is no place for a copy to show: {why}. Make room and open it again.",
            name=path.name,
            why=_reason(error),
        )
    )


def _reason(error: BaseException) -> str:
    """Return why the system refused, without what a copy that failed advises."""
    return opening.reason(error.__cause__ or error) if isinstance(error, StorageFull) else opening.reason(error)
