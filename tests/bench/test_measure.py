"""A bound that is broken is told."""

from __future__ import annotations

from dataclasses import replace

from tests.bench.measure import Row, p95, table


def test_a_row_is_kept_only_within_both_of_its_bounds() -> None:
    assert Row("open", 20, "bare", 10, 2).kept
    assert not Row("open", 21, "bare", 10, 2).kept
    assert not Row("add", 10, "bare", 10, 4, p95=17, p95_at_most=16).kept
    assert Row("told only", 99, "bare", 1, None).kept


def test_the_table_says_which_bound_is_broken() -> None:
    lines = table([Row("open", 21, "bare", 10, 2), Row("add", 10, "bare", 10, 4, note="why")]).splitlines()
    assert lines[2].endswith("| NOT KEPT |")
    assert lines[3].endswith("| kept |")
    assert lines[-1] == "- add: why"


def test_p95_is_the_value_that_one_in_twenty_exceeds() -> None:
    assert p95([float(n) for n in range(1, 101)]) == 95


def test_a_noisy_machine_is_told_from_a_slow_program() -> None:
    row = Row("x", ours=25.0, limit="y", bare=5.0, at_most=4, p95=30.0, p95_at_most=16)
    assert not row.within(1)
    assert row.within(2)
    assert not replace(row, ours=41.0).within(2)
