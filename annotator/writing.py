"""Putting files on disk whole or not at all: written beside their places, synced, and only then moved there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Generator, Mapping
from pathlib import Path

from annotator.errors import WriteError
from annotator.language import tr, trn

_OURS = re.compile(r"\.annotator-[0-9a-f]{12}\.tmp")
_LEFT = 3_600.0
"""Seconds after which nobody writes a file beside its place any more."""


def replace(out: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file, whole or not at all. Raises WriteError."""
    replace_all({out: data})


def replace_all(files: Mapping[Path, bytes]) -> None:
    """Put files in their places: every one of them whole, or none. Raises WriteError, which names the first refused."""
    places: dict[Path, Path] = {}
    for out in files:
        with _told(out, files):
            places[out] = _place(out)
    with contextlib.ExitStack() as beside:
        written: dict[Path, Path] = {}
        for out, data in files.items():
            with _told(out, files):
                written[out] = _beside(places[out], beside)
                _write_synced(written[out], data)
        _move_all(written, places, beside)
    for folder in {place.parent for place in places.values()}:
        _sync_folder(folder)
        _sweep(folder)


def _move_all(written: Mapping[Path, Path], places: Mapping[Path, Path], beside: contextlib.ExitStack) -> None:
    """Move files to their places; those already moved are taken back where one is refused."""
    kept: dict[Path, Path | None] = {}
    if len(written) > 1:
        for out in written:
            with _told(out, written):
                kept[out] = _kept(places[out], beside)
    with contextlib.ExitStack() as moved:
        for out, new in written.items():
            with _told(out, written):
                new.replace(places[out])
            moved.callback(_take_back, places[out], kept.get(out))
        moved.pop_all()


def _sweep(folder: Path) -> None:
    """Remove what a writing that was killed left in a folder; what is being written at this moment is younger."""
    with contextlib.suppress(OSError):
        for found in folder.glob(".annotator-*.tmp"):
            if _OURS.fullmatch(found.name):
                with contextlib.suppress(OSError):
                    age = found.lstat()
                    if time.time() - max(age.st_mtime, age.st_ctime) > _LEFT:
                        found.unlink()


def _beside(place: Path, stack: contextlib.ExitStack) -> Path:
    """Return a new name in the folder of a place; whatever still has it at the end is removed."""
    path = place.parent / f".annotator-{secrets.token_hex(6)}.tmp"
    stack.callback(_remove, path)
    return path


def _kept(place: Path, stack: contextlib.ExitStack) -> Path | None:
    """Give what stands in a place a second name, to be taken back by; None where nothing stands there."""
    if not place.exists():
        return None
    path = _beside(place, stack)
    try:
        os.link(place, path)
    except OSError:  # sticks and some networks know one name for a file
        shutil.copy2(place, path)
    return path


def _take_back(place: Path, kept: Path | None) -> None:
    if kept is None:
        _remove(place)
    else:
        with contextlib.suppress(OSError):
            kept.replace(place)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def check_place(out: Path) -> None:
    """Look whether a file may be put there, before much work is done for it. Raises WriteError."""
    with _told(out):
        _place(out)


@contextlib.contextmanager
def _told(out: Path, among: Mapping[Path, object] | None = None) -> Generator[None]:
    """Raise WriteError, in a sentence about ``out``, for what the disk refuses."""
    try:
        yield
    except OSError as error:
        words = [_reason(out, error)]
        if among is not None and len(among) > 1:
            words.append(trn("The {n} file is as it was.", "All {n} files are as they were.", len(among)))
        raise WriteError(" ".join(words)) from error


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
