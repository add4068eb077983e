"""Many articles added in batches: each batch is in the file when it is acknowledged, all of them are one undo step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Draft, Id

if TYPE_CHECKING:
    from annotator.project.library import Library
    from annotator.storage import Step

T = TypeVar("T")

BATCH = 200
BATCH_SECONDS = 1.0
BATCH_BYTES = 64 << 20
"""What a batch holds at most: so much waits in memory, and so much is lost where the program is killed."""


class TakenBack(RuleBroken):
    """What was imported so far was taken back meanwhile."""


class Importing:
    """An import under way. Other actions may come between its batches: then what follows is a further step."""

    def __init__(self, project: Library, initiator: object | None) -> None:
        self._project = project
        self._initiator = initiator
        self._step: Step | None = None
        self._in_step = 0
        self._last: Id | None = None
        self.count = 0
        """Articles added so far."""

    def put(self, drafts: Sequence[Draft]) -> list[Id]:
        """Add a batch, all or nothing; returns its ids when it is in the file, and one notice was told.

        Raises TakenBack, and adds nothing, where a batch before it was taken back meanwhile; else what a verb raises.
        """
        if not drafts:
            return []
        state = self._project.state_of(self._step) if self._step is not None else "none"
        if state == "undone" or (
            state == "gone" and self._last is not None and not self._project.has_article(self._last)
        ):
            raise TakenBack(
                tr("What was imported so far was taken back, and so the import ends. Begin it again to go on.")
            )
        if state != "newest":
            self._step, self._in_step = None, 0
        ids, self._step = self._project.put_batch(drafts, self._step, self._in_step + len(drafts), self._initiator)
        self._in_step += len(ids)
        self.count += len(ids)
        self._last = ids[-1]
        return ids


def batched(
    told: Iterable[T],
    size: Callable[[T], int] = lambda _: 0,
    *,
    most: int = BATCH,
    seconds: float = BATCH_SECONDS,
    most_bytes: int = BATCH_BYTES,
) -> Iterator[list[T]]:
    """Yield what comes in lists of at most so many and of about so many bytes, or what came in about so many seconds."""
    part: list[T] = []
    since, held = time.monotonic(), 0
    for one in told:
        part.append(one)
        held += size(one)
        if len(part) >= most or held >= most_bytes or time.monotonic() - since >= seconds:
            yield part
            part = []
            since, held = time.monotonic(), 0
    if part:
        yield part
