"""Killed at any moment: nothing that was acknowledged is lost, and the loop that says so can see a loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kill.loop import Tally, one_round, start


def test_one_kill(tmp_path: Path) -> None:
    path = tmp_path / "kill.annot"
    start(path)
    tally = Tally()
    one_round(path, 3, tally)
    assert (tally.losses, tally.faults) == ([], [])


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "kill.annot"
    start(path)
    tally = Tally()
    for seed in range(100, 106):
        one_round(path, seed, tally)
    assert (tally.losses, tally.faults) == ([], [])
    assert tally.acknowledged > 0


@pytest.mark.slow
def test_a_promise_before_commit_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "kill.annot"
    start(path)
    tally = Tally()
    for seed in range(200, 260):
        one_round(path, seed, tally, broken=True)
        if tally.losses:
            return
    pytest.fail(f"no loss seen: {tally}")
