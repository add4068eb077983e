"""The same words in another text of the document: by what stands around them, honestly not there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.same_words import LONG, find_same, missing

TEXT = "The ferry was late. Nobody said why.\nThe mayor was late. Everybody said why."


def words_of(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def test_of_several_places_the_one_with_the_same_surroundings_is_found() -> None:
    other = "Home | News\n\n" + TEXT.replace("\n", "\n\n") + "\n\nwas late: all articles"
    start, end = words_of(TEXT, "was late", 1)
    found = find_same(TEXT, start, end, other)
    assert found is not None and found.exact
    assert other[found.start - 10 : found.end] == "The mayor was late"


def test_white_space_of_any_kind_is_alike() -> None:
    other = TEXT.replace(" ", " \n ")
    found = find_same(TEXT, *words_of(TEXT, "Nobody said why."), other)
    assert found is not None and other[found.start : found.end].split() == ["Nobody", "said", "why."]


def test_long_words_with_a_running_head_between_them_are_found() -> None:
    text = " ".join(f"word{n}" for n in range(3 * LONG))
    other = text.replace("word60", "The Quay, page 7 word60")
    found = find_same(text, 0, len(text), other)
    assert found is not None and (found.start, found.end) == (0, len(other))


def test_where_the_words_are_not_there_those_beside_them_are_shown() -> None:
    other = TEXT.replace("Nobody", "Somebody")
    found = find_same(TEXT, *words_of(TEXT, "Nobody"), other)
    assert found is not None and not found.exact
    assert other[found.start : found.end] == "The ferry was late."


def test_the_marks_of_notes_are_left_aside() -> None:
    other = "The ferry[1] was late.[2]\nNobody said [3] why.\n[1] The ferry of the evening."
    assert missing(other.split("\n"), TEXT) == {2}
    for words, there in (
        ("was late. Nobody", "was late.[2]\nNobody"),
        ("ferry was", "ferry[1] was"),
        ("late.", "late."),
        ("said why.", "said [3] why."),
    ):
        found = find_same(TEXT, *words_of(TEXT, words), other)
        assert found is not None and found.exact and other[found.start : found.end] == there
        back = find_same(other, *words_of(other, there), TEXT)
        assert back is not None and back.exact and TEXT[back.start : back.end].split() == words.split()


def test_what_is_nowhere_is_not_found() -> None:
    assert find_same(TEXT, 0, 9, "Something else altogether.") is None
    assert find_same("   ", 0, 3, TEXT) is None


@given(st.text(), st.text(), st.integers(0, 50), st.integers(0, 50))
def test_any_texts_are_compared(text: str, other: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = find_same(text, start, end, other)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(other)


def test_among_very_many_the_right_one_is_found() -> None:
    text = "\n".join(f"{n} The harbour was late again." for n in range(30_000))
    other = "Home\nNews\n" + text.replace("\n", "\n\n")
    for n in (3, 15_000, 29_999):
        _, end = words_of(text, f"{n} The harbour")
        found = find_same(text, end - len("harbour"), end, other)
        assert found is not None and other[found.start - 5 - len(str(n)) : found.end].split()[-3:] == [
            str(n),
            "The",
            "harbour",
        ]


def test_words_cut_out_of_others_are_found_in_them() -> None:
    text = "the “ageing network” of pipes"
    found = find_same(text, *words_of(text, "geing net"), "and the\n“ageing network”\nof pipes")
    assert found is not None and found.exact and found.start == 10


def test_lines_that_stand_nowhere_in_the_other_text_are_told() -> None:
    other = "The ferry was late.\nNobody said\twhy. The mayor was late."
    lines = ["Home  News", "The  ferry was late.", "", "Nobody said why.", "The mayor was late.", "Subscribe!"]
    assert missing(lines, other) == {0, 5}
    assert missing(["a", "b"] * 1000, "a") == {n for n in range(2000) if n % 2}
