"""The large article is what the figures say it is."""

from __future__ import annotations

import pytest

from tests.bench import corpus


def test_the_text_is_as_long_as_said_and_the_same_each_time() -> None:
    made = corpus.mixed_text(50_000)
    assert len(made) == 50_000
    assert made == corpus.mixed_text(50_000)


@pytest.mark.parametrize("count", [100, 1_000, 10_000])
def test_the_marks_overlap_as_said(count: int) -> None:
    found = corpus.spans(count)
    shape = corpus.shape(found)
    assert shape.count == count
    assert 0.5 < shape.overlapping < 0.62
    assert shape.depth <= corpus.DEPTH
    assert all(0 <= low < high <= corpus.LARGE for low, high in found)


def test_the_page_holds_the_same_marks_however_many_there_are() -> None:
    low, high = corpus.PAGE
    pages = [[s for s in corpus.spans(n) if low <= s[0] < high] for n in (100, 1_000, 10_000)]
    assert len(pages[0]) == corpus.PAGE_MARKS
    assert pages[0] == pages[1] == pages[2]
