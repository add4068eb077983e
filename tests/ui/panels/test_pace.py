"""What costs much is done for a small part of the time."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.ui.panels.pace import Pace


def made(cost: float) -> tuple[Pace, list[int]]:
    done: list[int] = []

    def act() -> float:
        done.append(1)
        return cost

    owner = QObject()
    pace = Pace(act, owner)
    pace._owner = owner  # type: ignore[attr-defined]
    return pace, done


def test_what_is_quick_is_done_each_time() -> None:
    pace, done = made(0.0)
    for _ in range(5):
        pace.soon()
    assert len(done) == 5 and not pace.waits


def test_what_costs_much_waits_and_is_done_once_for_all_who_asked(qtbot: QtBot) -> None:
    pace, done = made(0.02)
    for _ in range(5):
        pace.soon()
    assert len(done) == 1 and pace.waits
    began = perf_counter()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert perf_counter() - began > 0.05 and not pace.waits


def test_it_can_be_done_at_once_and_no_more(qtbot: QtBot) -> None:
    pace, done = made(60.0)
    pace.soon()
    pace.soon()
    assert pace._timer.interval() <= 1001
    pace.now()
    assert len(done) == 2 and not pace.waits
    pace.after(0)
    pace.stop()
    pace.after(0)
    qtbot.waitUntil(lambda: len(done) == 3)
