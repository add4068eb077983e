"""Putting a report on disk: made whole in memory, written beside its place, synced, and only then moved there."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from annotator.errors import WriteError
from annotator.exporters.document import Report
from annotator.exporters.options import ReportOptions
from annotator.exporters.word import body as word
from annotator.language import tr

Writer = Callable[[Report, ReportOptions], bytes]

WRITERS: dict[str, Writer] = {"docx": word.document}
"""What makes the bytes of a file, by the ending of its name."""


def write(report: Report, out: Path, options: ReportOptions) -> None:
    """Write a report in the format its name asks for.

    Raises WriteError where the ending is unknown or the disk refuses; what stood there before is then intact.
    """
    writer = WRITERS.get(out.suffix.lower().lstrip("."))
    if writer is None:
        known = ", ".join(f".{suffix}" for suffix in sorted(WRITERS))
        raise WriteError(
            tr("A report cannot be written as “{name}”: its name must end in {known}.", name=out.name, known=known)
        )
    if options.template is not None and _same(out, options.template):
        raise WriteError(tr("“{name}” is the template itself. Choose another name for the report.", name=out.name))
    replace(out, writer(report, options))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


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
        raise WriteError(
            tr("“{name}” is a link that leads nowhere. Choose another name for the report.", name=out.name)
        )
    if place.is_dir():
        raise WriteError(tr("“{name}” is a folder. Choose a name for the report.", name=out.name))
    if place.exists() and not place.is_file():
        raise WriteError(tr("“{name}” is not an ordinary file. Choose another name for the report.", name=out.name))
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
