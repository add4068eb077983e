"""The short tour in the sample: three things to do, each said in one line, and the next once it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.language import tr
from annotator.model import Id
from annotator.project import Changes
from annotator.ui.actions import caps
from annotator.ui.notices import NoticeBar
from annotator.ui.workspace import Workspace

KEY = "tour"


@dataclass(frozen=True)
class Stop:
    """One thing to do: its words, made anew each time as keys may have changed, and what appears once it was done.

    ``made`` returns the ids of such things there are now.
    """

    words: Callable[[], str]
    made: Callable[[Workspace], Iterable[Id]]


def _mark() -> str:
    return tr(
        "1 of 3. Press {next_open}: it goes to a sentence nobody has looked at. Press {claim}, and it is a claim.",
        **caps(),
    )


def _link() -> str:
    return tr(
        "2 of 3. Press {link}: who says it? Type a few letters, or press Enter for the source proposed.", **caps()
    )


def _report() -> str:
    return tr(
        "3 of 3. Press {export} to hand it over as a Word report. {undo} takes everything back, {palette} finds everything.",
        **caps(),
    )


def _claims(workspace: Workspace) -> Iterable[Id]:
    return (c.id for c in workspace.annotated.claims) if workspace.annotated is not None else ()


def _links(workspace: Workspace) -> Iterable[Id]:
    return (a.id for a in workspace.annotated.attributions) if workspace.annotated is not None else ()


STOPS = (
    Stop(_mark, _claims),
    Stop(_link, _links),
    Stop(_report, lambda _: ()),  # the report is no change of the project: see report_written
)


class Tour:
    """Shows the stops in the notice bar, and waits at each for the user's own action.

    ``ended`` is called once the last was passed, ``left`` when the tour is left before, ``reached`` with each stop, so
    that it can go on there another day.
    """

    def __init__(
        self,
        workspace: Workspace,
        notices: NoticeBar,
        ended: Callable[[], object],
        *,
        left: Callable[[], object] = lambda: None,
        reached: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._workspace = workspace
        self._notices = notices
        self._ended = ended
        self._left = left
        self._reached = reached
        self._at = -1
        self._waits = False
        self._there: set[Id] = set()
        """What the stop's action makes and was there when the stop began."""
        workspace.changed.connect(self._changed)
        workspace.closed.connect(self._stop)

    def start(self, at: int = 0, first: Callable[[Callable[[], object]], object] | None = None) -> None:
        """Begin with a stop. ``first`` asks something before that, and calls what it is given when it was answered."""
        self._begin(at if 0 <= at < len(STOPS) else 0)
        self._waits = first is not None
        if first is not None:
            first(self._go_on)
        else:
            self._show()

    @property
    def running(self) -> bool:
        """Whether the tour is under way."""
        return self._at >= 0

    def refresh(self) -> None:
        """Say the stop again: a key in it has changed."""
        if self.running and not self._waits:
            self._show()

    def _go_on(self) -> None:
        self._waits = False
        if self.running:
            self._show()

    def _show(self) -> None:
        last = self._at == len(STOPS) - 1
        leave = (tr("Leave the tour"), self._leave)
        acts = [(tr("Done"), self._end)] if last else [(tr("Skip this"), self._next), leave]
        self._notices.offer(STOPS[self._at].words(), acts, KEY, may_close=False)

    def _changed(self, changes: Changes) -> None:
        """Go on where the action made something new; undoing makes nothing."""
        if self.running and not changes.undone and (changes.marks or changes.links):
            made = set(STOPS[self._at].made(self._workspace))
            if (made & (changes.marks | changes.links)) - self._there:
                self._next()

    def _begin(self, at: int) -> None:
        self._at = at
        self._there = set(STOPS[at].made(self._workspace))

    def _next(self) -> None:
        self._begin(self._at + 1)
        self._reached(self._at)
        if not self._waits:
            self._show()

    def report_written(self) -> None:
        """Pass the last stop."""
        if self.running and self._at == len(STOPS) - 1:
            self._end()

    def _end(self) -> None:
        self._stop()
        self._reached(0)
        self._ended()

    def _leave(self) -> None:
        self._stop()
        self._left()

    def _stop(self) -> None:
        self._at = -1
        self._notices.dismiss(KEY)
