"""The index of marks: paragraphs, lanes, and what a change touches."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Claim, Cue, Mention, Segment
from annotator.ui.highlights import Index, Paragraphs

COMMON = {"article": "a", "layer": "l"}


def claim(*spans: tuple[int, int], id_: str = "") -> Claim:
    made = Claim(segments=tuple(Segment(s, e) for s, e in spans), **COMMON)
    return made.changed(id=id_) if id_ else made


def test_only_touched_paragraphs_are_named() -> None:
    index = Index("one two\nthree four\nfive six\nseven")
    first, second = claim((0, 3)), claim((8, 13))
    assert index.update([first, second]) == {0, 1}
    assert index.update([first, second]) == set()
    assert index.update([first, second, claim((19, 23))]) == {2}
    assert index.update([first]) == {1, 2}


def test_a_note_touches_nothing_a_segment_does() -> None:
    index = Index("one two\nthree four")
    mark = claim((0, 3))
    index.update([mark])
    assert index.update([mark.changed(note="look again")]) == set()
    assert index.annotations[mark.id].note == "look again"
    assert index.update([mark.changed(segments=(Segment(8, 13),))]) == {0, 1}
    assert index.at(9) == [mark.id]


def test_a_mark_over_a_paragraph_border_lies_in_both_and_keeps_its_lane() -> None:
    index = Index("one two\nthree four\nfive")
    long, inner = claim((0, 12)), claim((4, 10))
    index.update([long, inner])
    above, below = index.lanes(0), index.lanes(1)
    lanes = {span.id: lane for span, lane in above.items()}
    assert lanes == {long.id: 0, inner.id: 1}
    assert {span.id: lane for span, lane in below.items()} == lanes


def test_a_change_above_reaches_as_far_as_its_marks_flow() -> None:
    index = Index("one two\nthree four\nfive six")
    index.update([claim((0, 21))])
    assert index.update([*index.annotations.values(), claim((4, 7))]) == {0, 1, 2}


def test_smallest_first_and_a_caret_at_the_end() -> None:
    index = Index("one two three")
    outer, inner = claim((0, 13)), claim((4, 7))
    index.update([outer, inner])
    assert index.at(5) == [inner.id, outer.id]
    assert index.at(13) == []
    assert index.beside(13) == [outer.id]


def test_reading_order_counts_claims_alone() -> None:
    index = Index("one two three")
    late, early = claim((8, 13)), claim((0, 3))
    cue = Cue(segments=(Segment(4, 7),), **COMMON)
    index.update([late, cue, early])
    assert [id_ for _, _, id_ in index.reading] == [early.id, cue.id, late.id]
    assert index.claim_number(late.id) == 2
    assert index.claim_number(cue.id) is None
    index.update([late, cue])
    assert index.claim_number(late.id) == 1


def test_entities_take_no_lane() -> None:
    index = Index("one two three")
    index.update([Mention(segments=(Segment(0, 3),), **COMMON)])
    assert index.lanes(0) == {}


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab 🌊é\nع"), max_size=40), st.data())
def test_local_positions_cut_exactly_the_span(text: str, data: st.DataObject) -> None:
    paragraphs = Paragraphs(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = []
    for k in paragraphs.touched(start, end):
        low, high = paragraphs.local16(start, end, k)
        line = paragraphs.line(k).encode("utf-16-le")
        cut.append(line[2 * low : 2 * high].decode("utf-16-le"))
    assert "\n".join(cut) == text[start:end].removesuffix("\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 28), st.integers(1, 12)), max_size=9), st.data())
def test_an_updated_index_equals_a_fresh_one(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    text = "one two\nthree four\nfive six\nseven eight"
    marks = [claim((s, min(s + n, len(text))), id_=f"m{i}") for i, (s, n) in enumerate(spans)]
    kept = data.draw(st.lists(st.sampled_from(marks), unique_by=lambda m: m.id)) if marks else []
    index = Index(text)
    index.update(marks)
    for k in range(4):
        index.lanes(k)
    index.update(kept)
    fresh = Index(text)
    fresh.update(kept)
    for k in range(4):
        as_ids = sorted((s.id, lane) for s, lane in index.lanes(k).items())
        assert as_ids == sorted((s.id, lane) for s, lane in fresh.lanes(k).items())
    assert index.reading == fresh.reading
