"""A reader that does what a bad file might make a library do: the file's words say what."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from annotator.child import Talk
from annotator.confined import Means
from annotator.importers import plain, worker
from annotator.importers.readers import READERS, Reader
from annotator.model import Draft, ReadOptions

HOLD: list[bytes] = []


def serve(talk: Talk, means: Means) -> None:
    READERS["naughty"] = Reader("naughty", "Naughty", (".naughty",), __name__)
    worker.serve(talk, means)


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    what, _, argument = data.decode().partition(" ")
    if what == "spin":
        while True:
            pass
    elif what == "sleep":
        time.sleep(600)
    elif what == "eat":
        while True:
            HOLD.append(b"x" * 10_000_000)
    elif what == "eat-quietly":
        return _eat()
    elif what == "leave":
        os._exit(7)
    elif what == "crash":
        os.abort()
    elif what == "raise":
        raise KeyError("inside a library")
    elif what == "recurse":
        return read(data, file_name, options, progress)
    elif what == "call-home":
        socket.create_connection(("127.0.0.1", 9))
    elif what == "write":
        Path(argument).write_text("written")
    elif what == "run":
        os.system("true")
    elif what == "look":
        Path(argument).read_bytes()
    elif what == "list":
        os.listdir(argument)  # noqa: PTH208 - as a library does
    elif what == "reach":
        import ctypes

        ctypes.CDLL("libc.so.6")
    elif what == "stay":
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        return plain.read(data, file_name, options, progress)
    elif what == "work":
        _pages(float(argument), lambda: None)
        return plain.read(data, file_name, options, progress)
    elif what == "pages":
        _pages(float(argument), progress)
        return plain.read(data, file_name, options, progress)
    elif what == "process":
        return plain.read(f"Process {os.getpid()}".encode(), file_name, options, progress)
    elif what == "chatter":
        print('{"draft": {}}')
        os.write(1, b"nonsense\n")
    elif what == "half":
        os.write(1, b'{"number": 1, "bytes": 3, "draft": {"title": "x", "blocks": [[0, 99, "a", 0, "b"]]}}\nabc')
        sys.exit(0)
    elif what == "wrong-blocks":
        os.write(
            1,
            b'{"number": 1, "bytes": 3, "draft": {"title": "x", "blocks": [[0, 2, "paragraph", 0, "body"]], "facts": {}, '
            b'"can": [], "chapters": [], "passages": [], '
            b'"media_type": "text/plain", "report": {"encoding": "utf-8", "how": "utf-8"}}}\nabc',
        )
        sys.exit(0)
    raise AssertionError(what)


def _eat() -> Draft:
    try:
        while True:
            HOLD.append(b"x" * 10_000_000)
    finally:
        HOLD.clear()


def _pages(seconds: float, progress: Callable[[], None]) -> None:
    """Take processor time, a quarter of a second for each page."""
    begin = time.process_time()
    turned = begin
    while time.process_time() - begin < seconds:
        if time.process_time() - turned > 0.25:
            turned = time.process_time()
            progress()
