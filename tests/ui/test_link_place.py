"""Where the link card lies: never over the claim, nor over what it proposes where there is room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from annotator.ui.link_place import place

CARD = QSize(432, 280)
ROOM = QRect(0, 0, 1280, 800)
LINE = 24


def lines(top: int, count: int, left: int = 300, width: int = 400) -> list[QRect]:
    return [QRect(left, top + n * LINE, width, LINE) for n in range(count)]


@pytest.mark.parametrize(
    ("claim", "words", "side"),
    [
        (lines(200, 3), [], "below"),
        (lines(600, 3), [], "above"),
        (lines(200, 1), lines(224, 1), "below"),
        (lines(500, 1), lines(440, 1), "above"),
        (lines(280, 12), [], "beside"),
        (lines(320, 5), lines(290, 1), "below"),
    ],
)
def test_it_hides_neither_the_claim_nor_the_words(claim, words, side) -> None:
    found = place(CARD, ROOM, claim, words)
    assert found is not None and found[0] == side
    card = QRect(found[1], CARD)
    assert ROOM.contains(card)
    assert not any(card.intersects(rect) for rect in [*claim, *words])


def test_words_give_way_before_the_claim_does() -> None:
    narrow = QRect(0, 0, 800, 800)
    found = place(CARD, narrow, lines(350, 1), [*lines(100, 1), *lines(700, 1), *lines(320, 1), *lines(374, 1)])
    assert found is not None
    assert not QRect(found[1], CARD).intersects(lines(350, 1)[0])


def test_it_stays_on_its_side_where_it_can() -> None:
    claim = lines(390, 1)
    assert place(CARD, ROOM, claim, [], "above") == ("above", QPoint(300, 390 - 10 - 280))
    below = place(CARD, ROOM, claim, [], "below")
    assert below is not None and below[0] == "below"


def test_where_there_is_no_room_it_says_so() -> None:
    assert place(CARD, QRect(0, 0, 800, 500), lines(200, 6), []) is None
