"""A running text with tables in it: what is counted against the limit, and what becomes of rows."""

from __future__ import annotations

import pytest

from annotator.errors import ReadError
from annotator.importers import limits
from annotator.importers.story import Piece, Story


def _rows(story: Story, n: int, cells: int) -> None:
    for _ in range(n):
        story.begin_row()
        for cell in range(cells):
            story.hold()
            story.put(Piece(f"{cell}"))
            story.end_cell()
        story.end_row()


def test_a_row_counts_once_however_many_cells_it_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PARAGRAPHS", 20)
    taken: list[Piece] = []
    story = Story(taken.append)
    _rows(story, 20, 8)
    assert [piece.text for piece in taken] == ["\t".join("01234567")] * 20
    with pytest.raises(ReadError, match="more than 20 paragraphs"):
        story.put(Piece("One more."))


def test_more_rows_than_an_article_may_have_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PARAGRAPHS", 20)
    with pytest.raises(ReadError, match="more than 20 paragraphs"):
        _rows(Story(lambda _: None), 21, 2)
