"""A fresh interpreter of limited means that runs one of our modules and is talked to in messages.

A message is a line of JSON, an object; where it has ``"bytes": n``, n raw bytes follow. Inside the child the module's
``serve(talk, means)`` is called (``annotator.confined``); it ends when nothing more is heard. Never a fork of the
window, never pickle: whatever the child says is a value of JSON or bytes, and may be nonsense.
"""

from __future__ import annotations

import json
import logging
import queue
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from annotator import language

if TYPE_CHECKING:
    import subprocess

_LOG = logging.getLogger(__name__)
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from annotator import language; language.speak(*json.loads(sys.argv[2])); "
    "from annotator.confined import run; run(sys.argv[3])"
)
MOST_BYTES = 160_000_000
"""A child that says more than this in one message is not listened to any longer."""
_AT_ONCE = 1 << 15
"""What is no longer than this is handed over without a thread: the pipe, or a child that waits for it, takes it."""

TOO_LONG, TOO_MUCH = 71, 72
"""Exit codes of a child that ended itself over its time, or its memory, where the system sets no limit to them."""


class Message(NamedTuple):
    """What one side says: values of JSON, and raw bytes."""

    values: dict[str, Any]
    payload: bytes = b""


class Silent(Exception):
    """The child said nothing for as long as was waited."""


class Ended(Exception):
    """The child ended, or talked nonsense. ``why``: time, memory, crash or words; ``said``: its own last words."""

    def __init__(self, why: str, said: str) -> None:
        super().__init__(f"{why}: {said}")
        self.why, self.said = why, said


class Talk:
    """One end of the talk between two processes."""

    def __init__(self, hears: IO[bytes], says: IO[bytes]) -> None:
        self._hears, self._says = hears, says

    def say(self, values: Mapping[str, Any], payload: bytes = b"") -> None:
        """Send a message. Raises OSError or ValueError where the other side is gone."""
        head = {**values, "bytes": len(payload)} if payload else values
        self._says.write(json.dumps(head).encode("ascii") + b"\n")
        if payload:
            self._says.write(payload)
        self._says.flush()

    def hear(self, most: int = MOST_BYTES) -> Message | None:
        """Return the next message, None where no more comes. Raises ValueError where it is none, or a longer one."""
        line = self._hears.readline(most)
        if not line:
            return None
        values: Any = json.loads(line)
        if not isinstance(values, dict):
            raise ValueError("not a message")  # noqa: TRY004 - one error for every kind of nonsense
        size = values.pop("bytes", 0)
        if not isinstance(size, int) or not 0 <= size <= most:
            raise ValueError("a message of no possible size")
        payload = self._hears.read(size) if size else b""
        if len(payload) < size:
            raise ValueError("half a message")
        return Message(values, payload)


class Child:
    """A child process that runs a module's ``serve``. Raises OSError or ValueError where it cannot be started."""

    def __init__(self, module: str) -> None:
        import tempfile  # with subprocess below, only where there is something to start

        self._heard: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        try:
            self._process = _start(module, self._complaints)
        except BaseException:
            self._complaints.close()
            raise
        hears, says = self._process.stdout, self._process.stdin
        if hears is None or says is None:
            raise ValueError("a child without pipes")
        self._talk = Talk(hears, says)
        self._feeder: threading.Thread | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._ending = threading.Lock()
        self._closed = False

    @property
    def id(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    @property
    def is_at_work(self) -> bool:
        """Whether the process computes, or would if the machine were less busy; False where the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace")
        except OSError:
            return False
        return told.rpartition(")")[2].split()[:1] in (["R"], ["D"])

    def say(self, values: Mapping[str, Any], payload: bytes = b"") -> None:
        """Send the child a message; one that is gone is told by ``hear``."""
        if self._feeder is not None:
            self._feeder.join()
            self._feeder = None
        if len(payload) <= _AT_ONCE:
            self._feed(values, payload)
            return
        self._feeder = threading.Thread(target=self._feed, args=(values, payload), daemon=True)
        self._feeder.start()

    def hear(self, seconds: float) -> Message:
        """Return what the child says next. Raises Silent after so many seconds, Ended where no more will come."""
        try:
            message = self._heard.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise Silent from None
        if message is None:
            self._heard.put(None)
            raise self._why()
        return message

    def forget_complaints(self) -> None:
        """Let go of what the child wrote to standard error so far; call it between two tasks."""
        if self._complaints.tell():
            self._complaints.seek(0)
            self._complaints.truncate()

    def kill(self) -> None:
        """End the process at once, from any thread; whoever listens hears that it ended."""
        self._process.kill()

    def end(self) -> None:
        """End the process, and whatever it is doing, for certain. May be called again."""
        with self._ending:
            if self._closed:
                return
            self._closed = True
        self._process.kill()
        self._process.wait()
        if self._feeder is not None:
            self._feeder.join()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError as error:  # what was still to be written to it is lost with it
                _LOG.debug("a pipe to a child that ended: %s", error)

    def _feed(self, values: Mapping[str, Any], payload: bytes) -> None:
        try:
            self._talk.say(values, payload)
        except (OSError, ValueError) as error:  # the child is gone; what it said is what counts
            _LOG.debug("a child took no more: %s", error)

    def _listen(self) -> None:
        try:
            while (message := self._talk.hear()) is not None:
                self._heard.put(message)
        except (OSError, ValueError, RecursionError) as error:
            _LOG.warning("a child said what makes no sense: %s", error)
        self._heard.put(None)

    def _why(self) -> Ended:
        """Return why the child ended; one that talks nonsense is given a second to end by itself."""
        deadline = time.monotonic() + 1.0  # its own way of ending says more than being killed
        while self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        self._process.kill()
        code = self._process.wait()
        self._complaints.seek(0)
        said = self._complaints.read(1 << 16).decode("utf-8", "replace").strip()
        _LOG.warning("a child ended with %s: %s", code, said[-2_000:])
        last = said.rsplit("\n", 1)[-1][:200]
        return Ended(_reason(code, last), last or _signal_name(code))


def _start(module: str, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    import subprocess

    home = str(Path(__file__).resolve().parents[1])
    search = list(dict.fromkeys([*(p for p in sys.path if p and Path(p).is_absolute()), home]))
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    command = [sys.executable, "-I", "-S", "-c", _BEGIN, json.dumps(search), json.dumps(language.asked()), module]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, creationflags=flags
    )


def _reason(code: int, last: str) -> str:
    import signal

    if code == TOO_LONG or -code == getattr(signal, "SIGXCPU", 0):
        return "time"
    if code == TOO_MUCH or "MemoryError" in last:
        return "memory"
    return "words" if last else "crash"


def _signal_name(code: int) -> str:
    import signal

    if code >= 0:
        return ""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
