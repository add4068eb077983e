"""Six hundred actions by key and mouse without a pause: which slots hold the window's thread, and what they do then."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench import corpus
from tests.bench.measure import Row, Run
from tests.bench.stage import Stage

MARKS = 10_000
ACTIONS = 600
LIMIT = 50.0
"""Milliseconds a person does not notice."""
_LOOKS = 0.004
"""Seconds between two looks of the watchdog."""
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Slow:
    """A slot that took too long: what was done, how long, and the lines it was most often seen in."""

    what: str
    ms: float
    at_work: float
    """Of these, how many the processor worked for this thread: the rest it waited, for the disk or for its turn."""
    first: bool
    seen: Counter[str] = field(default_factory=Counter[str])

    @property
    def cause(self) -> str:
        """Where most of the looks found it."""
        return self.seen.most_common(1)[0][0] if self.seen else "between two looks"


class Watchdog:
    """Looks at the window's thread from another one, while an act lasts."""

    def __init__(self) -> None:
        self.slow: list[Slow] = []
        self._done: set[str] = set()
        self._thread = threading.get_ident()
        self._now: Counter[str] | None = None
        self._ended = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()

    def watch(self, what: str, act: Callable[[], object]) -> None:
        """Do an act and remember it where it took too long."""
        seen: Counter[str] = Counter()
        self._now = seen
        start, work = time.perf_counter(), time.thread_time()
        act()
        took, worked = (time.perf_counter() - start) * 1000, (time.thread_time() - work) * 1000
        self._now = None
        if took > LIMIT:
            self.slow.append(Slow(what, took, worked, what not in self._done, seen))
        self._done.add(what)

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._looker.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOKS):
            seen = self._now
            frame = sys._current_frames().get(self._thread)  # pyright: ignore[reportPrivateUsage]
            if seen is not None and frame is not None:
                seen[_place(frame)] += 1


def _place(frame: FrameType | None) -> str:
    """Return the innermost line of the program, and who called it, each as "file:line function"."""
    found: list[str] = []
    while frame is not None and len(found) < 3:
        file = frame.f_code.co_filename
        if "/annotator/" in file:
            short = file.rpartition("/annotator/")[2]
            found.append(f"{short}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or "Qt alone"


class _Person:
    """Presses keys on whatever has the keyboard, as fast as the window takes them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.dog = Watchdog()
        self._chance = random.Random(17)
        self._at = corpus.PAGE[0]
        self.done = 0

    def act(self, what: str, do: Callable[[], object]) -> None:
        """Do one thing, then let it be painted, then let what waits have its turn: three slots, each watched."""
        self.dog.watch(what, do)
        self.dog.watch(f"{what}: paint", self.stage.app.qt.sendPostedEvents)
        self.dog.watch(f"{what}: what follows", self.stage.app.qt.processEvents)
        self.done += 1

    def press(self, what: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key where the keyboard is."""
        self.act(what, lambda: QTest.keyClick(_focus(self.stage), key, modifiers))

    def words(self) -> None:
        """Select some words further on, by hand."""
        self._at = corpus.PAGE[0] + (self._at - corpus.PAGE[0] + 61) % 6_000
        low = self._at
        self.act("select words", lambda: self.stage.window.column.select(low, low + self._chance.randint(12, 90)))

    def back_to_text(self) -> None:
        """Close what popped up and give the text the keyboard; not counted."""
        for _ in range(3):
            popup = QApplication.activePopupWidget()
            if popup is not None:
                QTest.keyClick(popup, Qt.Key.Key_Escape)
        self.stage.window.activateWindow()
        self.stage.text.setFocus()
        self.stage.settle()

    def round(self) -> None:
        """Mark, link, take back, choose, find, filter, scroll and jump."""
        for key, name in ((Qt.Key.Key_C, "a claim"), (Qt.Key.Key_S, "a source"), (Qt.Key.Key_E, "an entity")):
            self.words()
            self.press(f"mark {name}", key)
        self.words()
        self.press("mark a claim", Qt.Key.Key_C)
        self.press("open the link card", Qt.Key.Key_L)
        self.press("accept the first offer", Qt.Key.Key_Return)
        self.back_to_text()
        for name, key, modifiers in (
            ("undo", Qt.Key.Key_Z, _CTRL), ("undo", Qt.Key.Key_Z, _CTRL), ("redo", Qt.Key.Key_Z, _CTRL | _SHIFT),
            ("next mark", Qt.Key.Key_BracketRight, _NONE), ("next mark", Qt.Key.Key_BracketRight, _NONE),
            ("move its end", Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier), ("delete it", Qt.Key.Key_Delete, _NONE),
            ("previous mark", Qt.Key.Key_BracketLeft, _NONE), ("next open sentence", Qt.Key.Key_J, _NONE),
            ("not a claim", Qt.Key.Key_X, _NONE), ("page down", Qt.Key.Key_PageDown, _NONE),
            ("page down", Qt.Key.Key_PageDown, _NONE),
        ):  # fmt: skip
            self.press(name, key, modifiers)
        self._jump()
        self._find()
        self._filter()
        self._mouse()

    def _jump(self) -> None:
        bar = self.stage.text.verticalScrollBar()
        self.act("far jump", lambda: bar.setValue(self._chance.randrange(bar.maximum())))
        self.press("to the end", Qt.Key.Key_End, _CTRL)
        self.act("back to the page", lambda: self.stage.window.column.set_caret(self._at))

    def _find(self) -> None:
        self.press("open find", Qt.Key.Key_F, _CTRL)
        for key in (Qt.Key.Key_Q, Qt.Key.Key_U, Qt.Key.Key_A, Qt.Key.Key_Y):
            self.press("find: type a letter", key)
        self.press("find next", Qt.Key.Key_Return)
        self.press("find next", Qt.Key.Key_Return)
        self.press("close find", Qt.Key.Key_Escape)
        self.back_to_text()

    def _filter(self) -> None:
        self.press("open the filter", Qt.Key.Key_D, _CTRL)
        self.press("hide the rest", Qt.Key.Key_D, _CTRL | _SHIFT)
        self.press("close the filter", Qt.Key.Key_Escape)
        self.back_to_text()

    def _mouse(self) -> None:
        view = self.stage.text.viewport()
        point = QPoint(self._chance.randrange(60, view.width() - 60), self._chance.randrange(60, view.height() - 60))
        self.act("move the mouse", lambda: QTest.mouseMove(view, point))
        self.act("click", lambda: QTest.mouseClick(view, Qt.MouseButton.LeftButton, _NONE, point))
        self.back_to_text()


def _focus(stage: Stage) -> QWidget:
    return QApplication.activePopupWidget() or QApplication.focusWidget() or stage.text


def _said(ones: list[Slow]) -> str:
    worst = max(ones, key=lambda s: s.at_work)
    use = ", at its first use alone" if len(ones) == 1 and worst.first else f", {len(ones)} times"
    return f"{worst.ms:.0f} ms, {worst.at_work:.0f} of them at work{use}, in {worst.cause}"


def rows(run: Run) -> list[Row]:
    """Return the row that says how many slots were slow; its note has each with its worst time and the cause of that."""
    stage = Stage(run.folder, corpus.stored(MARKS).path)
    stage.front()
    stage.go(corpus.PAGE[0])
    person, before = _Person(stage), stage.project().step_count()[0]
    while person.done < ACTIONS:
        person.round()
    person.dog.end()
    written = stage.project().step_count()[0] - before
    if written < person.done / 10:
        raise RuntimeError(f"{person.done} actions wrote only {written} steps: they did not do what they say")
    stage.close()
    slow: dict[str, list[Slow]] = {}
    for one in person.dog.slow:
        slow.setdefault(one.what, []).append(one)
    listed = sorted(slow.items(), key=lambda found: -max(s.at_work for s in found[1]))
    causes = "".join(f"\n  - {what}: {_said(ones)}" for what, ones in listed)
    at_work = sum(s.at_work > LIMIT for s in person.dog.slow)
    what = f"slots over {LIMIT:g} ms in {person.done} scripted actions without pauses"
    return [
        Row(
            what,
            len(person.dog.slow),
            "actions",
            person.done,
            None,
            unit="",
            note=f"{at_work} of them at work for longer than that{causes}",
        )
    ]
