"""Coverage, as its definition says: a sentence of zone body is accounted for by a claim's word or a person's mark."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from annotator import text as texts
from annotator.analysis.coverage import Coverage, body_sentences, coverage_of
from annotator.model import Block, SentenceMark

TEXT = "A headline. Of two.\nIt fell. Dr. Berg saw it.\nA caption. Not counted.\n\nLast one"
ZONES = ("headline", "body", "caption", "body", "body")
BLOCKS = tuple(Block(a, b, zone=zone) for (a, b), zone in zip(texts.lines(TEXT), ZONES, strict=True))
SENTENCES = [(20, 28), (29, 45), (len(TEXT) - 8, len(TEXT))]


def states(claims: list[tuple[int, int]], marks: list[tuple[int, int]] = []) -> list[bool]:  # noqa: B006
    made = Coverage(SENTENCES)
    for n, span in enumerate([*claims, *marks]):
        made.put(str(n), [span])
    return made.states


def test_only_sentences_of_zone_body_count_and_none_crosses_a_block() -> None:
    assert body_sentences(TEXT, BLOCKS, "en") == SENTENCES


def test_an_unknown_language_falls_back_to_english() -> None:
    assert body_sentences(TEXT, BLOCKS, "xx-YY") == body_sentences(TEXT, BLOCKS, None)


def test_a_claim_accounts_for_each_sentence_it_touches_with_a_code_point() -> None:
    assert states([(27, 30)]) == [True, True, False]
    assert states([(28, 29)]) == [False, False, False]
    split = Coverage(SENTENCES)
    split.put("c", [(21, 22), (len(TEXT) - 3, len(TEXT))])
    assert split.states == [True, False, True]
    assert (split.accounted, split.open) == (2, [29])


def test_a_mark_that_is_gone_or_moved_counts_no_longer_where_it_was() -> None:
    made = Coverage(SENTENCES)
    made.put("c", [(20, 28)])
    made.put("other", [(22, 24)])
    made.put("c", [(29, 30)])
    assert made.states == [True, True, False]
    made.put("other", [])
    assert made.states == [False, True, False]
    assert made.open == [20, len(TEXT) - 8]


def test_it_is_counted_from_values_alone() -> None:
    mark = SentenceMark(version="v", layer="l", start=29, end=45)
    made = coverage_of(TEXT, BLOCKS, "en", [("c", [(20, 21)])], [mark])
    assert (made.sentences, made.states) == (SENTENCES, [True, True, False])


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda t: (t[0], t[0] + t[1])), max_size=8)
STEPS = st.lists(st.tuples(st.sampled_from("abcd"), SPANS), max_size=12)


@given(st.lists(st.integers(1, 8), max_size=8), STEPS)
def test_it_is_what_counting_code_points_says(
    lengths: list[int], steps: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    ends = list(accumulate(lengths))
    sentences = [(end - n, end) for n, end in zip(lengths, ends, strict=True)]
    made, now = Coverage(sentences), {}
    for mark, spans in steps:
        made.put(mark, spans)
        now[mark] = spans
        covered = {i for spans in now.values() for a, b in spans for i in range(a, b)}
        assert made.states == [not covered.isdisjoint(range(a, b)) for a, b in sentences]
        assert made.open == [a for (a, _), done in zip(sentences, made.states, strict=True) if not done]
        assert made.accounted == sum(made.states)
