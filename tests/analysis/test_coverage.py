"""Coverage, as its definition says: a sentence of zone body is accounted for by a claim's word or a person's mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator import text as texts
from annotator.analysis import coverage
from annotator.model import Block, Claim, Segment, SentenceMark

TEXT = "A headline. Of two.\nIt fell. Dr. Berg saw it.\nA caption. Not counted.\n\nLast one"
ZONES = ("headline", "body", "caption", "body", "body")
BLOCKS = tuple(Block(a, b, zone=zone) for (a, b), zone in zip(texts.lines(TEXT), ZONES, strict=True))
SENTENCES = [(20, 28), (29, 45), (len(TEXT) - 8, len(TEXT))]


def claim(*spans: tuple[int, int], status: str = "accepted") -> Claim:
    return Claim(layer="l", article="a", status=status, segments=tuple(Segment(*s) for s in spans))


def test_only_sentences_of_zone_body_count_and_none_crosses_a_block() -> None:
    assert coverage.body_sentences(TEXT, BLOCKS, "en") == SENTENCES


def test_an_unknown_language_falls_back_to_english() -> None:
    assert coverage.body_sentences(TEXT, BLOCKS, "xx-YY") == coverage.body_sentences(TEXT, BLOCKS, None)


def test_a_claim_accounts_for_each_sentence_it_touches_with_a_code_point() -> None:
    assert coverage.accounted(SENTENCES, [claim((27, 30))], []) == [True, True, False]
    assert coverage.accounted(SENTENCES, [claim((28, 29))], []) == [False, False, False]
    assert coverage.accounted(SENTENCES, [claim((21, 22), (len(TEXT) - 3, len(TEXT)))], []) == [True, False, True]


def test_only_accepted_claims_count() -> None:
    for status in ("draft", "rejected"):
        assert coverage.accounted(SENTENCES, [claim((20, 46), status=status)], []) == [False] * 3


def test_a_mark_of_a_person_accounts_for_its_sentence() -> None:
    mark = SentenceMark(version="v", layer="l", start=29, end=45)
    assert coverage.accounted(SENTENCES, [], [mark]) == [False, True, False]


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda t: (t[0], t[0] + t[1])), max_size=8)


@given(SPANS, SPANS, SPANS)
def test_it_is_what_counting_code_points_says(
    sentences: list[tuple[int, int]], claims: list[tuple[int, int]], marks: list[tuple[int, int]]
) -> None:
    covered = {i for a, b in (*claims, *marks) for i in range(a, b)}
    found = coverage.accounted(
        sentences, [claim(c) for c in claims], [SentenceMark(version="v", layer="l", start=a, end=b) for a, b in marks]
    )
    assert found == [not covered.isdisjoint(range(a, b)) for a, b in sentences]
