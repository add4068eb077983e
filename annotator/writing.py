"""Putting a file on disk whole or not at all: written beside its place, synced, and only then moved there."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from annotator.errors import WriteError
from annotator.language import tr


def replace(out: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file, whole or not at all. Raises WriteError."""
    try:
        place = _place(out)
    except OSError as error:
        raise WriteError(_reason(out, error)) from error
    beside = place.parent / f".annotator-{secrets.token_hex(6)}.tmp"
    try:
        _write_synced(beside, data)
        beside.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise WriteError(_reason(out, error)) from error
    _sync_folder(place.parent)


def _place(out: Path) -> Path:
    """Return the file to replace, at the end of links. Raises WriteError where it may not be one, OSError."""
    try:
        place = out.resolve() if out.is_symlink() else out
    except RuntimeError:  # a link that leads to itself, before Python 3.13
        place = out
    if place.is_symlink():
        raise WriteError(tr("“{name}” is a link that leads nowhere. Choose another name.", name=out.name))
    if place.is_dir():
        raise WriteError(tr("“{name}” is a folder. Choose another name.", name=out.name))
    if place.exists() and not place.is_file():
        raise WriteError(tr("“{name}” is not an ordinary file. Choose another name.", name=out.name))
    if not place.parent.is_dir():
        raise WriteError(tr("The folder “{name}” is not there. Make it, or choose another one.", name=place.parent))
    return place


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the move itself last; where folders cannot be opened or synced (Windows, some networks) it has to do."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(out: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return tr("“{name}” could not be written: the disk is full. Make room, or choose another place.", name=out.name)
    if isinstance(error, PermissionError):
        return tr(
            "“{name}” could not be written: the folder is read-only, or the file is open in another "
            "program. Close it there, or choose another place.",
            name=out.name,
        )
    return tr(
        "“{name}” could not be written ({why}). Choose another place.", name=out.name, why=error.strerror or error
    )
