"""The inside of a child process: what it may not do, how much time and memory each of its tasks may take.

Linux, macOS and other Unix systems set the limits themselves; where one of them does not know a limit (the memory on
macOS, both on Windows), a thread of the child looks ten times a second and ends it. In any case the parent ends a child
that is silent for too long (``annotator.child``).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, Protocol

from annotator.child import TOO_LONG, TOO_MUCH, Talk
from annotator.landlock import shut_in

_DATA_SHARE = 7 / 16
"""How much of the address space a task may take may be memory that is written to."""
_COMPLAINTS = 1 << 20
_LOOK_SECONDS = 0.1

_FORBIDDEN = frozenset((
    "ctypes", "ftplib", "glob", "http", "imaplib", "nntplib", "poplib", "shutil", "smtplib", "socket", "sqlite3",
    "subprocess", "syslog", "telnetlib", "tempfile", "urllib", "webbrowser", "winreg", "_winapi", "pty", "fcntl",
))  # fmt: skip
"""Rooms of the library whose audited acts nothing in a child has any business with."""

_ITSELF = ("ctypes.dlopen", (None,))
"""What an import of ctypes does: it opens no library, but the program that runs."""

_HARMLESS = frozenset(("os.putenv", "os.unsetenv", "os.add_dll_directory"))
_LISTINGS = frozenset(("os.listdir", "os.scandir"))
_CODE = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib")
_SYSTEM = ("/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo/", "/var/db/timezone/", "/dev/null", "/dev/urandom")
_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache")
"""Where what is written in C, for an import, finds what it is linked with."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Serving(Protocol):
    """A module that runs in a child."""

    def serve(self, talk: Talk, means: Means) -> None:
        """Hear tasks and answer them until no more comes."""


def run(module: str) -> NoReturn:
    """Be the child: give up what no task needs, then serve; the process ends with it."""
    import logging
    import signal
    import warnings

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends its children
    sys.dont_write_bytecode = True
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    talk = Talk(sys.stdin.buffer, sys.stdout.buffer)
    sys.stdout = sys.stderr  # what a library prints is no answer
    means = Means()
    shut_in([*_library(), *sys.path, *_SYSTEM, *_SYSTEM_LIBRARIES])
    forbid(sys.path)
    serving: Serving = import_module(module)  # type: ignore[assignment]
    serving.serve(talk, means)
    sys.stderr.flush()
    os._exit(0)  # no library's last wishes


class Means:
    """The processor time and the memory of the task under way; ``renew`` begins one, ``more`` prolongs it."""

    def __init__(self) -> None:
        self._until = self._last = 0.0
        self._most_memory = 0
        self._watching: threading.Thread | None = None
        self._is_limited = sys.platform == "linux"
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if self._is_limited else -1
        if sys.platform != "win32":
            import resource

            _limit(resource.RLIMIT_CORE, 0)
            _limit(resource.RLIMIT_FSIZE, _COMPLAINTS)

    def renew(self, seconds: float, most_seconds: float, memory: int, held: int | None = None) -> None:
        """Begin a task: processor seconds at first and at most, bytes of address space beyond what is used now.

        ``held``: the memory before the task was heard, where its bytes are to count among what it takes.
        """
        now = time.process_time()
        self._until, self._last = now + seconds, now + most_seconds
        held = self.memory() if held is None else held
        self._most_memory = held + int(memory * _DATA_SHARE)
        self._apply()
        if self._is_limited:
            import resource

            _limit(resource.RLIMIT_AS, self._pages()[0] * os.sysconf("SC_PAGE_SIZE") + memory)
            _limit(resource.RLIMIT_DATA, self._most_memory)  # from what is held: what was given back may be taken again
        elif self._watching is None:
            self._watching = threading.Thread(target=self._watch, daemon=True)
            self._watching.start()

    def more(self, seconds: float = 1.0) -> None:
        """Give the task more processor time, never beyond its most."""
        if self._until < self._last:
            self._until = min(self._until + seconds, self._last)
            self._apply()

    def memory(self) -> int:
        """Return how many bytes of memory the process holds now; where that is not told, the most it ever held."""
        if self._is_limited:
            return self._pages()[1] * os.sysconf("SC_PAGE_SIZE")
        if sys.platform == "win32":
            return _windows_memory()
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    @property
    def threads(self) -> int:
        """How many threads run beside those of ours; after a task there should be none."""
        return threading.active_count() - 1 - (self._watching is not None)

    def _pages(self) -> list[int]:
        return [int(n) for n in os.pread(self._statm, 200, 0).split()]

    def _apply(self) -> None:
        if sys.platform != "win32":
            import resource

            _limit(resource.RLIMIT_CPU, int(self._until) + 1)  # whole seconds are all it knows

    def _watch(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            if time.process_time() > self._until:
                os._exit(TOO_LONG)
            if self.memory() > self._most_memory:
                os._exit(TOO_MUCH)


def _limit(kind: int, value: int) -> None:
    """Set one soft limit, as far as the hard one lets it; a system that does not know it keeps its own."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, hard))
    except (ValueError, OSError) as error:
        print(f"limit {kind} stays as it was: {error}", file=sys.stderr)  # noqa: T201 - the parent's log


def _windows_memory() -> int:
    if sys.platform != "win32":
        return 0
    counters = _COUNTERS()
    ask = _WINDOWS.kernel32.K32GetProcessMemoryInfo
    ask(_WINDOWS.kernel32.GetCurrentProcess(), _BYREF(counters), counters.cb)
    return int(counters.PrivateUsage)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    # Found before the guard stands: afterwards nothing reaches into the system's libraries.
    _WINDOWS, _BYREF = ctypes.windll, ctypes.byref
    _WINDOWS.kernel32.GetCurrentProcess.restype = wintypes.HANDLE
    _WINDOWS.kernel32.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)

    class _COUNTERS(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS_EX."""

        _fields_ = (
            ("cb", wintypes.DWORD), ("PageFaultCount", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in (
                "PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage", "QuotaPagedPoolUsage",
                "QuotaPeakNonPagedPoolUsage", "QuotaNonPagedPoolUsage", "PagefileUsage", "PeakPagefileUsage",
                "PrivateUsage",
            )),
        )  # fmt: skip

        def __init__(self) -> None:
            super().__init__(cb=ctypes.sizeof(type(self)))


def forbid(search: Sequence[str]) -> None:
    """Refuse, from now on, network, other programs, changes to the disk, and files that are no part of the program.

    ``search``: where modules are found. Folders of libraries may be read whole; elsewhere only code, for an import.
    Acts of libraries written in C are not seen here, but by the system itself where it can (``annotator.landlock``).
    """
    entries = [_folder(Path(p)) for p in search if p]
    libraries = [e for e in entries if e.rstrip(os.sep).endswith(("site-packages", "dist-packages"))]
    whole = (*_library(), *libraries, *_SYSTEM)
    code = tuple(entries)

    def is_allowed(path: Any, *, listed: bool) -> bool:
        if isinstance(path, int):
            return not listed  # a file that is open already
        real = os.path.realpath(os.fsdecode(path))
        if f"{real}{os.sep}".startswith(whole):
            return True
        return f"{real}{os.sep}".startswith(code) and (listed or real.endswith(_CODE))

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITES):
                _refuse(f"{event} to write")
            if not is_allowed(path, listed=False):
                _refuse(f"{event} another file")
            return
        room, _, act = event.partition(".")
        if room in _FORBIDDEN and act and (event, arguments) != _ITSELF:
            _refuse(event)
        if room == "os" and event not in _HARMLESS:
            where = arguments[0] if arguments and event in _LISTINGS else None
            if where is None or not is_allowed(where, listed=True):
                _refuse(event)

    sys.addaudithook(guard)


def _library() -> tuple[str, str]:
    """Return the folders of Python's own library and of this program's code."""
    return _folder(Path(os.__file__).parent), _folder(Path(__file__).parent)


def _folder(path: Path) -> str:
    return os.path.join(os.path.realpath(path), "")  # noqa: PTH118 - with a separator at its end


def _refuse(what: str) -> NoReturn:
    raise PermissionError(f"a child may not do this: {what}")
