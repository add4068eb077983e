"""One go over some files: read in the background, a few ahead of what is added."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Semaphore
from time import monotonic
from typing import TYPE_CHECKING

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers.limits import default_jobs
from annotator.project.importing import Importing
from annotator.ui.import_items import DONE, Item

if TYPE_CHECKING:
    from annotator.importers import Draft, ReadOptions
    from annotator.importers.sandbox import Pool

AHEAD = 24
"""So many drafts may wait to be added; reading goes on when there is room."""
LEFT_AFTER = 2.0
"""Seconds after which one can say how long it takes."""

Tell = Callable[[Item, "Draft | ReadError", str, int], object]
"""What is told of each file that was read: what came of it, its text's checksum and number of words."""


@dataclass(eq=False)
class Run:
    """Files being read, those that wait to be added or to be looked at, and what they are added with."""

    items: list[Item]
    options: ReadOptions | None
    look: bool
    room: Semaphore = field(default_factory=lambda: Semaphore(AHEAD))
    """Taken for each file that is read, given back when it is added or looked at."""
    began: float = field(default_factory=monotonic)
    came: int = 0
    pending: deque[tuple[Item, Draft]] = field(default_factory=deque[tuple[Item, "Draft"]])
    looks: deque[tuple[Item, Draft]] = field(default_factory=deque[tuple[Item, "Draft"]])
    texts: dict[str, Item] = field(default_factory=dict[str, Item])
    """Items by the checksum of their text, those not yet added too."""
    batches: Importing | None = None
    read: bool = False
    """Whether every file has been read."""
    stopped: bool = False
    pool: Pool | None = None

    def read_all(self, cancelled: Callable[[], bool], tell: Tell) -> None:
        """Read the files, telling of each; on a worker thread. Waits where too many are not yet added."""
        from annotator.importers.sandbox import Pool  # only now: the window starts without it

        with Pool(default_jobs()) as pool:
            self.pool = pool
            if self.stopped:
                return
            outcomes = pool.read_all([item.path for item in self.items], self.options)
            for item, (_, outcome) in zip(self.items, outcomes, strict=False):  # fewer where the pool was closed
                text = "" if isinstance(outcome, ReadError) else outcome.text
                sha, words = texts.sha256(text), texts.count_words(text)
                while not self.room.acquire(timeout=0.2):
                    if self.stopped or cancelled():
                        return
                if self.stopped or cancelled():
                    return
                tell(item, outcome, sha, words)

    def end(self) -> None:
        """End what is being read at once; whoever waits for it is told that it is over."""
        self.stopped = True
        self.pending.clear()
        self.looks.clear()
        if self.pool is not None:
            self.pool.close()

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take, where that can be said."""
        took, done = monotonic() - self.began, sum(item.state in DONE for item in self.items)
        if took < LEFT_AFTER or not done:
            return None
        return took / done * (len(self.items) - done)
