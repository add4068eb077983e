"""Finding what another file says was marked."""

from __future__ import annotations

import pytest

from annotator.anchoring import Selector, anchor, describe
from annotator.model import Segment

TEXT = "He said no. She said no. They said 👩‍👩‍👧 yes."


@pytest.mark.parametrize(
    ("wanted", "outcome", "found"),
    [
        (Selector(3, 7, "said"), "exact", (3, 7)),
        (Selector(3, 7), "exact", (3, 7)),
        (Selector(2, 8, " said "), "exact", (3, 7)),
        (Selector(4, 8, "said"), "moved", (3, 7)),
        (Selector(15, 19, "said"), "moved", (16, 20)),
        (Selector(quote="yes"), "exact", (41, 44)),
        (Selector(quote="said", prefix="They "), "exact", (30, 34)),
        (Selector(quote="said"), "orphan", None),
        (Selector(quote="said", suffix=" no. S"), "exact", (3, 7)),
        (Selector(9, 9, ""), "orphan", None),
        (Selector(-4, 3, "nothing"), "orphan", None),
        (Selector(9, 3), "orphan", None),
        (Selector(7, 8), "orphan", None),
        (Selector(36, 37), "exact", (35, 40)),
        (Selector(10**15, 10**16, "yes"), "moved", (41, 44)),
        (Selector(), "orphan", None),
    ],
)
def test_words_first_then_context_then_the_nearest(
    wanted: Selector, outcome: str, found: tuple[int, int] | None
) -> None:
    got = anchor(TEXT, wanted)
    assert got.segment == (Segment(*found) if found else None)
    if wanted.prefix or wanted.suffix:
        outcome = "moved"
    assert got.outcome == outcome


def test_between_two_as_near_none_is_taken() -> None:
    assert anchor("no xx no", Selector(3, 5, "no")).outcome == "orphan"
    assert anchor("no x no", Selector(2, 4, "no")).segment == Segment(0, 2)


def test_thousands_of_places_are_too_many_to_tell() -> None:
    assert anchor("a " * 5_000, Selector(2, 4, "a b")).outcome == "orphan"
    assert anchor("a " * 5_000, Selector(3, 4, "a")).outcome == "orphan"


def test_what_was_described_is_found_again_in_another_wording() -> None:
    wanted = describe(TEXT, Segment(16, 20))
    assert anchor("Anew. " + TEXT, wanted).segment == Segment(22, 26)
