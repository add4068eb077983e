"""A screen nobody sees, with a window manager, and a person at it: the program is driven from outside, by xdotool alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

TOOLS = ("Xvfb", "openbox", "xdotool")
POLL_S = 0.05
LIMIT_S = 30.0
NAME = "Article Annotator"


def missing() -> list[str]:
    """Return which of the programs this needs are not installed."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def until(condition: Callable[[], object], what: str, limit: float = LIMIT_S) -> None:
    """Wait until something is so. Raises AssertionError with ``what`` after ``limit`` seconds."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit:.0f} s for: {what}"
        time.sleep(POLL_S)


class Screen:
    """A screen of its own. Everything started on it is ended with it."""

    def __init__(self, size: str = "1440x900", shots: Path | None = None) -> None:
        self._size = size
        self._shots = shots
        self._taken = 0
        self._started: list[subprocess.Popen[bytes]] = []
        self._environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        self._start(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()  # Xvfb looks for a free number and says it once it is ready
        assert number, "Xvfb did not start"
        self._environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "x11"}
        self._start(["openbox", "--sm-disable"])
        until(lambda: "_NET_SUPPORTING_WM_CHECK" in self._root_properties(), "the window manager")
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for process in reversed(self._started):
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        made = subprocess.Popen(
            command,
            env=self._environment or None,
            pass_fds=pass_fds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._started.append(made)
        return made

    def _root_properties(self) -> str:
        if shutil.which("xprop") is None:  # then trust that it comes up in time: windows are waited for anyway
            return "_NET_SUPPORTING_WM_CHECK"
        asked = subprocess.run(["xprop", "-root"], env=self._environment, capture_output=True, text=True, check=False)
        return asked.stdout

    def run(self, *arguments: str, home: Path) -> subprocess.Popen[bytes]:
        """Start the program with its folders in ``home``."""
        self._environment["ANNOTATOR_HOME"] = str(home)
        return self._start([sys.executable, "-m", "annotator", *arguments])

    # -- looking

    def windows(self, title: str) -> list[str]:
        """Return the visible windows with these words in their title."""
        return self._xdotool("search", "--onlyvisible", "--name", title, check=False).split()

    def wait_for(self, title: str, count: int = 1) -> None:
        """Wait until a window shows and has the keyboard."""
        until(lambda: len(self.windows(title)) >= count, f"a window called {title}")
        until(lambda: title in self._focused(), f"{title} has the keyboard")

    def wait_gone(self, title: str) -> None:
        """Wait until no such window shows."""
        until(lambda: not self.windows(title), f"{title} is closed")

    def _focused(self) -> str:
        return self._xdotool("getwindowfocus", "getwindowname", check=False)

    def shot(self, name: str) -> None:
        """Keep a picture of the screen, where a folder for them is given."""
        if self._shots is None or shutil.which("import") is None:
            return
        self._shots.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        path = self._shots / f"{self._taken:02}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment, check=True)

    # -- keys and mouse

    def press(self, *keys: str) -> None:
        """Press keys, in xdotool's names: "ctrl+f", "Escape", "bracketright"."""
        self._xdotool("key", "--delay", "8", *keys)

    def type(self, words: str) -> None:
        """Type ASCII words."""
        self._xdotool("type", "--delay", "6", "--", words)

    def click(self, x: int, y: int) -> None:
        """Click a point of the screen."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout
