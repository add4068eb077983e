"""Growing a selection, and finding words."""

from __future__ import annotations

import pytest

from annotator.ui.article import growth
from annotator.ui.highlights import Paragraphs

TEXT = "One two three. Four “five” six.\nSeven eight."


def words(start: int, end: int) -> list[tuple[int, int]]:
    return growth.units(Paragraphs(TEXT), (), "word", start, end)


@pytest.mark.parametrize(
    ("start", "end", "step", "edge", "quote"),
    [
        (4, 7, 1, "end", "two three"),
        (4, 13, -1, "end", "two"),
        (4, 7, -1, "end", "two"),
        (4, 7, 1, "start", "One two"),
        (0, 7, -1, "start", "two"),
        (28, 31, 1, "end", "ix.\nSeven"),
    ],
)
def test_an_edge_moves_by_a_word(start: int, end: int, step: int, edge: str, quote: str) -> None:
    low, high = growth.grown(words(start, end), start, end, step, edge)
    assert TEXT[low:high] == quote


def test_sentences_come_from_the_list_or_from_the_text() -> None:
    given = [(0, 14), (15, 31), (32, 44)]
    assert growth.units(Paragraphs(TEXT), given, "sentence", 20, 20) == given
    assert growth.units(Paragraphs(TEXT), (), "sentence", 20, 20) == given


def test_unit_at_a_caret() -> None:
    found = words(0, 0)
    assert growth.unit_at(found, 5) == (4, 7)
    assert growth.unit_at(found, 7) == (4, 7)
    assert growth.unit_at([], 3) is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("FIVE", 1),
        ('"five"', 1),
        ("six.  seven", 1),
        ("straße", 1),
        ("STRASSE", 1),
        ("(", 1),
        ("  ", 0),
        ("absent", 0),
        ("🌊", 2),
    ],
)
def test_find_disregards_case_quotes_and_line_ends(query: str, count: int) -> None:
    text = TEXT + " Die Straße ( 🌊🌊"
    found = growth.find(text, query)
    assert len(found) == count
    assert all(0 <= s < e <= len(text) for s, e in found)
