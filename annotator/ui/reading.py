"""Reading originals for the window: one warm child process, made when first wanted and ended after a minute at rest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from annotator.ui.workspace import Cancelled, Job, Workspace

if TYPE_CHECKING:
    from annotator.importers.sandbox import Pool

REST_MS = 60_000
"""So long the child process stays warm after it was last used."""

T = TypeVar("T")


class Reading(QObject):
    """Runs what reads originals in the background, with the one pool of the window."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pool: Pool | None = None
        self._making = threading.Lock()
        self._running: set[Job] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._end_pool)

    def run(
        self,
        title: str,
        work: Callable[[Pool], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        quiet: bool = False,
    ) -> Job:
        """Let ``work`` read with the pool off the window's thread; ``quiet``: whoever asked shows the progress."""
        self._rest.stop()
        job = self._workspace.run_job(title, lambda job: work(self._ready(job)), done, failed, quiet=quiet)
        self._running.add(job)
        job.stopped.connect(self._stop_reading)
        job.ended.connect(lambda: self._ended(job))
        return job

    def _ready(self, job: Job) -> Pool:
        """Return the pool, made now where there is none; called on worker threads, for what reads takes time to load."""
        if job.cancelled:
            raise Cancelled
        with self._making:
            if self._pool is None:
                from annotator.importers.sandbox import Pool  # only now: the window starts without it

                self._pool = Pool()
            return self._pool

    def _ended(self, job: Job) -> None:
        self._running.discard(job)
        if not self._running:
            self._rest.start()

    def stop(self, job: Job) -> None:
        """Read no further for a job: its outcome is dropped, and what is read is ended where it is for nobody else."""
        job.cancel()

    def _stop_reading(self) -> None:
        pool = self._pool
        if pool is not None and all(job.cancelled for job in self._running):
            pool.stop()  # at once: what is read next would else be stopped with it

    def close(self) -> None:
        """End the child process, and what is read by it."""
        self._rest.stop()
        for job in self._running:
            job.cancel()
        self._end_pool()

    def _end_pool(self) -> None:
        """End it on a thread of its own: a process takes a moment to go."""
        with self._making:
            pool, self._pool = self._pool, None
        if pool is not None:
            threading.Thread(target=pool.close, name="reading.end").start()
