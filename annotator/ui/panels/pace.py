"""Doing what costs much again and again, for a small part of the time at most."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SHARE = 8
"""It is done for one part in so many of the time at most."""
LONGEST = 1.0
"""Seconds a person may see what is no longer so."""
QUICK = 0.01
"""What took less than so many seconds is done again at once."""


class Pace(QObject):
    """Does something at once, unless it was just done and took long: then in a moment, once for all who asked.

    ``act`` returns what it will still cost, in seconds, once it was done.
    """

    def __init__(self, act: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self.last = (0.0, 0.0)
        """When it was done last, and what it cost, in seconds."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)

    @property
    def waits(self) -> bool:
        """Whether it is about to be done."""
        return self._timer.isActive()

    def now(self) -> None:
        """Do it."""
        self._timer.stop()
        began = perf_counter()
        later = self._act()
        self.last = (perf_counter(), perf_counter() - began + later)

    def soon(self) -> None:
        """Do it now, or when it is time."""
        at, cost = self.last
        wait = at + min(SHARE * cost, LONGEST) - perf_counter() if cost > QUICK else 0.0
        if wait <= 0:
            self.now()
        elif not self.waits:
            self._timer.start(int(wait * 1000) + 1)

    def after(self, ms: int) -> None:
        """Do it in so many milliseconds."""
        self._timer.start(ms)

    def stop(self) -> None:
        """Do it no more, until it is asked for again."""
        self._timer.stop()
