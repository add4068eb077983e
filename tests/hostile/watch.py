"""Looks at what reading a file costs and leads to: time, memory, faults of readers, reaching out."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator import child
from annotator.importers import sandbox
from tests.hostile.cases import SECRET, Place

MOST_BYTES = 512 << 20
"""How much a file may make the reading process grow."""
_STATUS = Path("/proc/self/status")


@dataclass
class Seen:
    """What was seen while one file was read: seconds, bytes grown by, and what readers had not foreseen."""

    seconds: float = 0.0
    grown: int = 0
    unforeseen: list[str] = field(default_factory=list)


class _WatchedChild(child.Child):
    """A child whose highest memory since it was last spoken to is kept."""

    seen = Seen()
    base = 0

    def say(self, values, payload=b""):
        if _STATUS.exists():
            self.base = _memory(self.id, "VmRSS")
            Path(f"/proc/{self.id}/clear_refs").write_text("5")
        super().say(values, payload)

    def hear(self, seconds):
        try:
            return super().hear(seconds)
        finally:
            if _STATUS.exists():
                grown = _memory(self.id, "VmHWM") - self.base
                _WatchedChild.seen.grown = max(_WatchedChild.seen.grown, grown)


def _memory(pid: int, what: str) -> int:
    """Return a figure of a process's memory in bytes; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(what)), 0)


class _Log(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("reading"):
            _WatchedChild.seen.unforeseen.append(record.getMessage())


@contextmanager
def watched() -> Generator[None]:
    """Watch every file that is read from now on, one at a time; see ``seeing``."""
    handler, former = _Log(), sandbox.Child
    logging.getLogger("annotator").addHandler(logging.NullHandler())  # how a process ended is in its file's sentence
    logger = logging.getLogger(sandbox.__name__)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    sandbox.Child = _WatchedChild
    try:
        yield
    finally:
        sandbox.Child = former
        logger.removeHandler(handler)
        logger.propagate = True


@contextmanager
def seeing() -> Generator[Seen]:
    """See what happens while one file is read."""
    seen = _WatchedChild.seen = Seen()
    begin = time.monotonic()
    try:
        yield seen
    finally:
        seen.seconds = time.monotonic() - begin


class Bait:
    """A file beside and a server behind an address, both holding a secret; who comes to the server is counted."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "secret.txt"
        self.file.write_text(f"{SECRET}\n")
        self.came = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.place = Place(self.file.as_uri(), f"http://127.0.0.1:{self._server.getsockname()[1]}/")
        self._waiter = threading.Thread(target=self._wait, daemon=True)
        self._waiter.start()

    def close(self) -> None:
        self._server.close()

    def _wait(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.came += 1
            connection.close()
