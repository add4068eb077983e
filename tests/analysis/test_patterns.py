"""The pure part of the search by pattern: what a pattern is, and where it matches."""

from __future__ import annotations

import pytest

from annotator.analysis.patterns import compiled, places
from annotator.errors import RuleBroken


def test_matches_in_code_points_line_by_line_and_never_empty() -> None:
    found = compiled(r"^\w+|🏠", ignore_case=True)
    assert places(found, "One 🏠\ntwo", 10) == [(0, 3), (4, 5), (6, 9)]
    assert places(found, "One 🏠\ntwo", 2) == [(0, 3), (4, 5)]
    assert places(compiled("x*", ignore_case=True), "abc", 10) == []


@pytest.mark.parametrize("pattern", ["(", "[", "a**", "(?P<n>", "\\", "(?<=a", "*", "x" * 6000, ""])
def test_what_is_no_pattern_is_one_sentence(pattern: str) -> None:
    with pytest.raises(RuleBroken) as error:
        compiled(pattern, ignore_case=False)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_the_clock_ends_what_has_no_end() -> None:
    with pytest.raises(TimeoutError):
        places(compiled("(x+x+)+y", ignore_case=False), "x" * 5000, 10, seconds=0.2)
