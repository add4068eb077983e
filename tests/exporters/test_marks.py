"""The sweep over an article: whatever the marks, the words stay and every claim opens and closes once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exporters import marks
from annotator.model import Claim, Segment, SourceMention
from tests.exporters.conftest import TEXT, Maker

_edges = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6, unique=True).map(sorted)


def _segments(edges: list[int]) -> tuple[Segment, ...]:
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Segment(a, b) for a, b in pairs if TEXT[a:b].strip())


@settings(max_examples=60, deadline=None)
@given(st.lists(_edges, max_size=6), st.lists(_edges, max_size=4))
def test_no_word_is_lost_and_ranges_are_whole(claims: list[list[int]], sources: list[list[int]]) -> None:
    made = Maker()
    for kind, spans in ((Claim, claims), (SourceMention, sources)):
        for n, edges in enumerate(spans):
            if _segments(edges):
                id_ = f"{kind.__name__}{n}"
                made.annotations.append(kind(id=id_, layer="layer", article="article", segments=_segments(edges)))
    annotated = made.annotated()
    blocks = marks.shown_blocks(annotated)
    sweep = marks.Sweep(annotated, blocks, marks.Names("", "note", {}, {}))
    opened, closed = Counter[int](), Counter[int]()
    for block in blocks:
        words = ""
        for piece in sweep.pieces(block):
            match piece:
                case marks.Words():
                    words += piece.text
                    at = block.start + len(words) - len(piece.text)
                    over = sum(any(s.start <= at < s.end for s in c.segments) for c in annotated.claims)
                    assert piece.claims == over
                case marks.Open(number):
                    opened[number] += 1
                case marks.Close(number):
                    assert opened[number] == 1
                    closed[number] += 1
                case _:
                    pass
        assert words == TEXT[block.start : block.end]
    assert opened == closed == Counter(range(1, len(annotated.claims) + 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("plain", [("plain", "", "")]),
        ("says الجسر آمن now", [("says ", "", ""), ("الجسر آمن ", "rtl", "ar-SA"), ("now", "", "")]),
        ("橋は安全", [("橋は安全", "cjk", "ja-JP")]),
        ("三角洲", [("三角洲", "cjk", "zh-CN")]),
    ],
)
def test_words_are_cut_where_the_script_changes(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert list(marks.scripts(text, marks.is_rtl(text), "en")) == wanted
