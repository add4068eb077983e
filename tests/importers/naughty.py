"""A reader that does what a bad file might make a library do: the file's words say what."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from annotator.model import Draft, ReadOptions

HOLD: list[bytes] = []


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
    elif what == "chatter":
        print('{"draft": {}}')
        os.write(1, b"nonsense\n")
    elif what == "half":
        os.write(1, b'{"draft": {"title": "x", "text": "abc", "blocks": [[0, 99, "a", 0, "b"]]}}\n')
        sys.exit(0)
    elif what == "wrong-blocks":
        os.write(
            1,
            b'{"draft": {"title": "x", "text": "abc", "blocks": [[0, 2, "paragraph", 0, "body"]], "facts": {}, '
            b'"media_type": "text/plain", "report": {"encoding": "utf-8", "how": "utf-8"}}}\n',
        )
        sys.exit(0)
    raise AssertionError(what)


def _eat() -> Draft:
    try:
        while True:
            HOLD.append(b"x" * 10_000_000)
    finally:
        HOLD.clear()
