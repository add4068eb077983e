"""The short tour in the sample: three things to do, each said in one line and followed by the next once it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.model import Claim
from annotator.project import Changes
from annotator.ui.notices import NoticeBar
from annotator.ui.workspace import Workspace

KEY = "tour"


@dataclass(frozen=True)
class Stop:
    """One thing to do."""

    text: str
    done: Callable[[Workspace, Changes], bool]


def _claim_marked(workspace: Workspace, changes: Changes) -> bool:
    marks = workspace.annotated.by_id if workspace.annotated is not None else {}
    return not changes.undone and any(isinstance(marks.get(m), Claim) for m in changes.marks)


def _linked(_: Workspace, changes: Changes) -> bool:
    return bool(changes.links) and not changes.undone


STOPS = (
    Stop("1 of 3. Press J: it goes to a sentence nobody has looked at. Press C, and it is a claim.", _claim_marked),
    Stop("2 of 3. Press L: who says it? Type a few letters, or press Enter for the source proposed.", _linked),
    Stop("3 of 3. Press Ctrl+E to hand it over as a Word report. Ctrl+Z takes everything back, Ctrl+K finds everything.",
         lambda _workspace, _changes: False),
)  # fmt: skip


class Tour:
    """Shows the stops in the notice bar. ``ended`` is called once, when the last was passed or the tour was left."""

    def __init__(self, workspace: Workspace, notices: NoticeBar, ended: Callable[[], object]) -> None:
        self._workspace = workspace
        self._notices = notices
        self._ended = ended
        self._at = -1
        workspace.changed.connect(self._changed)
        workspace.closed.connect(self._leave)

    def start(self) -> None:
        """Begin with the first stop."""
        self._at = 0
        self._show()

    @property
    def running(self) -> bool:
        """Whether a stop is shown."""
        return self._at >= 0

    def _show(self) -> None:
        last = self._at == len(STOPS) - 1
        acts = [("Done", self._end)] if last else [("Skip this", self._next), ("End the tour", self._end)]
        self._notices.offer(STOPS[self._at].text, acts, KEY, may_close=False)

    def _changed(self, changes: Changes) -> None:
        if self.running and STOPS[self._at].done(self._workspace, changes):
            self._next()

    def _next(self) -> None:
        self._at += 1
        self._show()

    def report_written(self) -> None:
        """Pass the last stop."""
        if self.running and self._at == len(STOPS) - 1:
            self._end()

    def _end(self) -> None:
        self._leave()
        self._ended()

    def _leave(self) -> None:
        self._at = -1
        self._notices.dismiss(KEY)
