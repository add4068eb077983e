"""What is typed into a search box: any text is a query, and its words are found where a person sees them."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.query import LONGEST, MOST_TERMS, excerpt, has_unspaced, is_spread, parsed, spread

TEXT = "Zoe\u0308 said it’s the Étude: tables, TABLE and stable. 港口办公室说Tokyo渡轮。\nชายคนหนึ่งกินข้าวและดื่มน้ำ\n"


def found(typed: str, text: str = TEXT) -> list[str]:
    query = parsed(typed)
    assert query is not None
    return [text[a:b] for a, b in query.places(text)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("table", ["table", "TABLE"]),
        ('"table"', ["TABLE"]),
        ("zoe", ["Zoe\u0308"]),
        ("zoë", ["Zoe\u0308"]),
        ("étude", ["Étude"]),
        ("etu", ["Étu"]),
        ("it's", ["it’s"]),
        ("“the etude”", ["the Étude"]),
        ("said the", ["said", "the"]),
        ("办公室", ["办公室"]),
        ("口办", ["口办"]),
        ("室办", []),
        ("tokyo", ["Tokyo"]),
        ("渡轮", ["渡轮"]),
        ("说tokyo", ["说Tokyo"]),
        ("กินข้าว", ["กินข้าว"]),
        ("-table zoe", ["Zoe\u0308"]),
        ("able", []),
    ],
)
def test_words_are_found_as_a_person_sees_them(typed: str, words: list[str]) -> None:
    assert found(typed) == words


@pytest.mark.parametrize("typed", ["", " ", '"', '""', "-", "--", "-word", "…", "* ( ) ^ : +", "\x00", "💥"])
def test_without_a_word_there_is_no_query(typed: str) -> None:
    assert parsed(typed) is None


def test_what_is_excluded_and_what_is_unfinished() -> None:
    query = parsed('ferry -sail "no crew" har')
    assert query is not None
    assert [(t.raw, t.unfinished) for t in query.wanted] == [("ferry", False), ("no crew", False), ("har", True)]
    assert [t.raw for t in query.unwanted] == ["sail"]
    assert query.match() == '("ferry" AND "no crew" AND "har" *) NOT ("sail")'
    assert query.fits("The harbour: no crew, no ferry") and not query.fits("no crew, no ferry, no sail, harbour")
    assert parsed("well-known") is not None  # a hyphen inside a word excludes nothing


@pytest.mark.parametrize("typed", ["Bundeskanzler", "bundes\u00adkanz", '"bundeskanzler sagte"'])
def test_a_word_is_found_though_signs_nobody_sees_stand_in_it(typed: str) -> None:
    text = "Der Bundes\u00adkanz\u200bler sagte nichts."
    query = parsed(typed)
    assert query is not None and query.fits(text)
    assert is_spread(text) and "Bundeskanzler" in spread(text)


def test_a_phrase_is_found_while_it_is_typed() -> None:
    typed, closed = parsed('"no cre'), parsed('"no cre"')
    assert typed is not None and closed is not None
    assert typed.fits("no crew") and not closed.fits("no crew")


def test_a_page_pasted_by_mistake_is_cut_short() -> None:
    query = parsed(" ".join(f"w{n}" for n in range(5000)))
    assert query is not None
    assert len(query.wanted) <= MOST_TERMS
    assert len(query.match()) < 10 * LONGEST


def test_scripts_without_spaces_are_spread_over_words() -> None:
    assert has_unspaced(TEXT) and not has_unspaced("Zoë said") and not has_unspaced("다리는 안전하다")
    assert spread("港a口").split() == ["x06e2f", "a", "x053e3"]


def test_the_place_with_most_of_the_words_is_shown() -> None:
    text = "ferry " * 60 + "and then the ferry left the old harbour."
    query = parsed("old ferry")
    assert query is not None
    places = query.places(text)
    assert text[slice(*places[query.best(text, places)])] == "ferry"
    assert text[places[query.best(text, places)][0] :].startswith("ferry left the old") or query.best(text, places) > 0


@given(st.text(max_size=60), st.text(max_size=300))
def test_any_text_is_a_query_and_its_places_hold_its_words(typed: str, text: str) -> None:
    query = parsed(typed)
    if query is None:
        return
    text += typed
    places = query.places(text)
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(x[1] <= y[0] for x, y in pairwise(places))
    assert 0 <= query.best(text, places) <= max(0, len(places) - 1)


@given(
    st.lists(st.sampled_from([*"abcÅéÉßıİ港口กิ", "e\u0301", "ffi", "Ǆ", "ά", "Й"]), min_size=1, max_size=6).map("".join)
)
def test_a_word_is_found_in_itself_in_any_case(word: str) -> None:
    query = parsed(word)
    if query is None:
        return
    for form in {word, unicodedata.normalize("NFC", word)}:
        assert query.places(f"so {form} it is"), (word, form)


@given(
    st.text(alphabet="ab \n\t港", max_size=300),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=5),
)
def test_an_excerpt_is_one_line_and_says_where_the_words_are(text: str, spans: list[tuple[int, int]]) -> None:
    places = sorted({(min(a, len(text)), min(a + n, len(text))) for a, n in spans if a < len(text)})
    at = places[0][0] if places else 0
    snippet, inside = excerpt(text, places, at)
    assert "\n" not in snippet and "\t" not in snippet
    assert all(0 <= a <= b <= len(snippet) for a, b in inside)
    if places and len(text[at:]) < 80:
        words = text[slice(*places[0])].replace("\t", " ").replace("\n", " ¶ ")
        assert snippet[slice(*inside[0])] == words


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "a " * 100_000, "(" * 200_000, "a-" * 100_000, "\u0301" * 200_000, " " * 200_000]
)
@pytest.mark.parametrize("typed", ["a", '"a b"', "a-a-a-b", "aaaaaaaaaab"])
def test_no_text_takes_long(typed: str, text: str) -> None:
    query = parsed(typed)
    assert query is not None
    start = time.process_time()
    query.places(text)
    assert time.process_time() - start < 1.5
