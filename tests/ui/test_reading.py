"""Reading for the window: one pool, made when wanted, stopped when nobody waits, ended at rest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import ReadError
from annotator.ui.reading import Reading
from annotator.ui.workspace import Workspace


class FakePool:
    """Stands for the pool: ``read`` waits until it is let go or stopped."""

    made: ClassVar[list[FakePool]] = []

    def __init__(self) -> None:
        self.let_go, self.began, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.stopped = False
        self.made.append(self)

    def read(self, words: str) -> str:
        self.began.set()
        assert self.let_go.wait(10)
        if self.stopped:
            raise ReadError("was not read: reading was stopped.")
        return words

    def stop(self) -> None:
        self.stopped = True
        self.let_go.set()

    def close(self) -> None:
        self.stop()
        self.ended.set()


@pytest.fixture
def workspace(qtbot: QtBot) -> Iterator[Workspace]:
    made = Workspace()
    yield made
    made.wait_for_jobs()


@pytest.fixture
def reading(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reading]:
    FakePool.made = []
    monkeypatch.setattr("annotator.importers.sandbox.Pool", FakePool)
    made = Reading(workspace)
    yield made
    made.close()


def test_one_pool_serves_all_and_is_ended_at_rest(reading: Reading, qtbot: QtBot) -> None:
    came: list[str] = []
    assert not FakePool.made
    for words in ("one", "two"):
        reading.run("Reading", lambda pool, words=words: pool.read(words), came.append, quiet=True)
    qtbot.waitUntil(lambda: bool(FakePool.made))
    (pool,) = FakePool.made
    pool.let_go.set()
    qtbot.waitUntil(lambda: sorted(came) == ["one", "two"])
    qtbot.waitUntil(reading._rest.isActive)
    reading._rest.timeout.emit()
    assert pool.ended.wait(5)
    reading.run("Reading", lambda pool: pool.let_go.set() or pool.read("three"), came.append, quiet=True)
    qtbot.waitUntil(lambda: "three" in came)
    assert len(FakePool.made) == 2


def test_what_is_stopped_comes_to_nobody(reading: Reading, workspace: Workspace, qtbot: QtBot) -> None:
    came: list[object] = []
    job = reading.run("Reading", lambda pool: pool.read("one"), came.append, came.append, quiet=True)
    qtbot.waitUntil(lambda: bool(FakePool.made) and FakePool.made[0].began.is_set())
    with qtbot.waitSignal(job.ended):
        reading.stop(job)
    assert FakePool.made[0].stopped and not came


def test_what_others_wait_for_goes_on_when_one_stops(reading: Reading, qtbot: QtBot) -> None:
    came: list[str] = []
    one = reading.run("Reading", lambda pool: pool.read("one"), came.append, quiet=True)
    reading.run("Reading", lambda pool: pool.read("two"), came.append, quiet=True)
    qtbot.waitUntil(lambda: bool(FakePool.made))
    reading.stop(one)
    assert not FakePool.made[0].stopped
    FakePool.made[0].let_go.set()
    qtbot.waitUntil(lambda: came == ["two"])


def test_closing_ends_the_child_and_what_it_reads(reading: Reading, workspace: Workspace, qtbot: QtBot) -> None:
    came: list[object] = []
    job = reading.run("Reading", lambda pool: pool.read("one"), came.append, came.append, quiet=True)
    qtbot.waitUntil(lambda: bool(FakePool.made) and FakePool.made[0].began.is_set())
    with qtbot.waitSignal(job.ended):
        reading.close()
    assert FakePool.made[0].ended.wait(5) and not came
