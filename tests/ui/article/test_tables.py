"""Tables in the article's text: cells under each other, in the room there is."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from annotator.model import Block
from annotator.ui.article import tables
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.typesetting import has_own_mark, measure
from annotator.ui.theme import LIGHT, font

ROWS = ("Year\tRise\tReason", "2022\t3.1 %\tenergy", "2025\t6.5 %\tageing network, and a reserve for repairs")


def blocks_of(text: str, kinds: list[str]) -> tuple[Block, ...]:
    out: list[Block] = []
    at = 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        out.append(Block(at, at + len(line), kind))
        at += len(line) + 1
    return tuple(out)


def test_columns_are_as_wide_as_their_cells_where_there_is_room(qtbot: QtBot) -> None:
    found = tables.stops(ROWS, font("article", px=16), 600)
    assert len(found.at) == 2 and 40 < found.at[0] < 80 and found.hang == found.at[1]
    narrow = tables.stops(ROWS, font("article", px=16), 200)
    assert narrow.at[-1] < 200


def test_one_column_needs_no_stop(qtbot: QtBot) -> None:
    assert tables.stops(("alone", "alone too"), font("article", px=16), 600) == tables.Stops()


def test_the_article_sets_each_table_by_its_own_cells(qtbot: QtBot) -> None:
    text = MarkedText(LIGHT)
    qtbot.addWidget(text)
    words = "\n".join(("Before", *ROWS, "Between", "a very long first cell\tb"))
    kinds = ["paragraph", "table_row", "table_row", "table_row", "paragraph", "table_row"]
    text.set_column(600)
    text.load(words, blocks_of(words, kinds), measure(1400, "editor", 100))
    stops = [_stops(text.document(), k) for k in range(6)]
    assert stops[0] == stops[4] == [] and stops[1] == stops[2] == stops[3] != stops[5]
    text.set_blocks(blocks_of(words, ["paragraph"] * 6))
    assert _stops(text.document(), 1) == []


def _stops(document: QTextDocument, k: int) -> list[float]:
    return [tab.position for tab in document.findBlockByNumber(k).blockFormat().tabPositions()]  # type: ignore[attr-defined]


def test_a_list_item_that_begins_with_its_mark_gets_no_other() -> None:
    assert all(map(has_own_mark, ("- one", "• one", "1. one", "(a) one", "iv) one")))
    assert not any(map(has_own_mark, ("one", "In 2031 it", "–")))
