"""Who has a project open: a small file beside it, held by an operating-system lock that ends with its process.

The lock file's text names the holder for people; the lock itself decides. Locks of another host on a network drive are
only seen where the file system passes them on.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from annotator.language import tr

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> None:
        file.seek(1 << 20)  # far behind the text, so that others can read who holds it
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Somebody else holds the lock; the argument says who, in words."""


class Lock:
    """An exclusive hold on a project, from ``take`` to ``release`` or the end of the process."""

    def __init__(self, file: IO[str], path: Path) -> None:
        self._file, self._path = file, path

    @classmethod
    def take(cls, project: Path) -> Self:
        """Hold the project. Raises Held where somebody else does, OSError where the folder cannot be written."""
        path = lock_path(project.resolve())
        while True:
            file = path.open("a+", encoding="utf-8", errors="replace")
            try:
                _try_lock(file)
            except OSError as error:
                file.seek(0)
                words = _holder(file.read(4096))
                file.close()
                raise Held(words) from error
            if _still_there(file, path):
                break
            file.close()  # its last holder removed it between our opening and our locking it
        file.seek(0)
        file.truncate()
        json.dump({"host": platform.node(), "pid": os.getpid()}, file)
        file.flush()
        return cls(file, path)

    def release(self) -> None:
        """Let go and remove the lock file; safe to call twice."""
        if not self._file.closed:
            if sys.platform == "win32":
                self._file.close()  # an open file cannot be removed there
            # A lock file that stays behind holds nobody up: the lock itself ends here.
            with suppress(OSError):
                self._path.unlink()
            self._file.close()


def _still_there(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def lock_path(project: Path) -> Path:
    """Return the lock file's path: hidden, beside the project."""
    return project.with_name(f".{project.name}.lock")


def _holder(text: str) -> str:
    try:
        told = json.loads(text)
        host, pid = " ".join(str(told["host"]).split())[:80], int(told["pid"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return tr("another program")
    if host == platform.node():
        return tr("another window on this computer (process {pid})", pid=pid)
    return tr("another window on {host} (process {pid})", host=host, pid=pid)
