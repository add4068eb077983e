"""The watchdog sees what holds the thread, and nothing else."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("PySide6.QtTest")

from tests.bench.slots import LIMIT, Watchdog


def _busy(ms: float) -> None:
    end = time.perf_counter() + ms / 1000
    while time.perf_counter() < end:
        pass


def test_only_what_takes_too_long_is_remembered_and_whether_it_was_the_first_time() -> None:
    dog = Watchdog()
    dog.watch("quick", lambda: None)
    dog.watch("slow", lambda: _busy(LIMIT + 20))
    dog.watch("slow", lambda: _busy(LIMIT + 20))
    dog.end()
    assert [(s.what, s.first) for s in dog.slow] == [("slow", True), ("slow", False)]
    assert all(s.ms > LIMIT and s.seen for s in dog.slow)
