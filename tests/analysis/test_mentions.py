"""Other places of a name: whole words, the longest name first, nobody else's; and names that may be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import text as texts
from annotator.analysis import mentions
from annotator.analysis.mentions import NAME, PART, alike, other_places, parts_of, tellers


def found(text, *names, taken=(), others=None, parts=()):
    return [text[p.start : p.end] for p in other_places(text, names, taken, others, parts=parts)]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Soto said Soto’s men", "Soto", ["Soto", "Soto"]),
        ("Sotomayor, pro-Soto, Soto-men, Soto2", "Soto", []),
        ("O’Soto left; l’Élysée stayed", "Soto", []),
        ("l’Élysée", "Élysée", ["Élysée"]),
        ("Maria\u00a0Soto and Maria  Soto", "Maria Soto", ["Maria\u00a0Soto", "Maria  Soto"]),
        ("Maria\nSoto", "Maria Soto", []),
        ("Zoe\u0308 and Zo\u00eb", "Zo\u00eb", ["Zoe\u0308", "Zo\u00eb"]),
        ("the U.S. and U.S. ships", "U.S.", ["U.S.", "U.S."]),
        ("the readers' union, the readers’ union", "the readers’ union", ["the readers' union", "the readers’ union"]),
        ("港口办公室说，港口办公室", "办公室", ["办公室", "办公室"]),
        ("Straße, STRASSE", "Straße", ["Straße", "STRASSE"]),
        ("قال عمر إن عمر هنا", "عمر", ["عمر", "عمر"]),
    ],
)
def test_a_name_is_found_as_whole_words(text, name, wanted):
    assert found(text, name) == wanted


def test_the_longest_name_wins_and_marked_places_stay_out():
    text = "Gen. Maria Soto said. Maria Soto left. Soto is back."
    assert found(text, "Soto", "Maria Soto", "Gen. Maria Soto") == ["Gen. Maria Soto", "Maria Soto", "Soto"]
    assert found(text, "Soto", "Maria Soto", taken=[(5, 15)]) == ["Maria Soto", "Soto"]


def test_inside_a_longer_name_of_another_it_is_not_ours():
    text = "The Soto Valley is not Soto."
    assert found(text, "Soto", others={"Soto Valley": "Soto Valley", "Pedro Soto": "Pedro Soto"}) == ["Soto"]


def test_what_is_unsure_is_not_ticked():
    text = "Maria Soto. MARIA SOTO. maria soto. Soto. The office. apple"
    places = other_places(text, ["Maria Soto", "the office", "Apple"], [], {"Apple": "Apple Inc."}, parts=["Soto"])
    assert [(text[p.start : p.end], p.how, p.sure) for p in places] == [
        ("Maria Soto", NAME, True),
        ("MARIA SOTO", NAME, True),
        ("maria soto", NAME, False),
        ("Soto", PART, False),
        ("The office", NAME, True),
        ("apple", NAME, False),
    ]
    assert places[-1].also == ("Apple Inc.",)


def test_persons_are_called_by_their_last_word():
    assert parts_of(["Maria Soto", "Gen. Soto", "Oda Lien"]) == ("Soto", "Lien")
    assert parts_of(["Soto", "Maria Soto"]) == ()


@given(st.text(alphabet="aA bé\u0301-’.\n港", max_size=40), st.text(alphabet="aA bé\u0301", min_size=1, max_size=4))
def test_places_are_tidy_spans_that_say_the_name(text, name):
    for place in other_places(text, [name], []):
        assert texts.tidy(text, place.start, place.end) == (place.start, place.end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gen. Soto", "Maria Soto"),
        ("M. Soto", "Maria Soto"),
        ("UN", "United Nations"),
        ("Maria Sotto", "Maria Soto"),
        ("Oda Lein", "Oda Lien"),
        ("Water Ministry", "Ministry of Water"),
        ("the Ministry of Water", "Ministry of Water"),
        ("María Soto", "maria soto"),
    ],
)
def test_names_that_may_be_one_are_proposed(one, other):
    assert alike([one], {"x": [other]}) == ["x"]
    assert alike([other], {"x": [one]}) == ["x"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Soto", "Mario Soto"),
        ("Pedro Soto", "Maria Soto"),
        ("East Bank", "West Bank"),
        ("Soto", "Soto Valley"),
        ("a spokesman", "a spokeswoman"),
        ("Report 2019", "Report 2018"),
        ("", "Maria Soto"),
    ],
)
def test_names_that_are_not_one_are_not(one, other):
    assert alike([one], {"x": [other]}) == []


def test_the_likeliest_comes_first():
    assert alike(["Maria Soto"], {"a": ["Soto"], "b": ["Maria Sotto"], "c": ["MARIA SOTO"]})[0] == "c"


def test_a_name_is_looked_for_by_its_words_and_initials():
    assert tellers("Gen. Maria Soto") == ["maria", "soto", "ms"]


def test_words_inside_a_long_mark_are_left_out_however_many_short_ones_begin_after_it():
    text = "one two three four five six seven eight nine ten Soto"
    short = [(i, i + 3) for i in range(4, 44, 4)]
    assert found(text, "Soto", taken=[(0, len(text)), *short]) == []


def test_a_place_of_two_entries_is_not_sure():
    (place,) = other_places("Then Soto left.", ["Soto"], (), {"Soto": "Maria Soto"})
    assert (place.also, place.sure) == (("Maria Soto",), False)
    (alone,) = other_places("Then Soto left.", ["Soto"], ())
    assert alone.sure


def test_however_many_longer_names_there_are_only_our_own_are_looked_for(monkeypatch):
    looked = []
    made = mentions._pattern
    monkeypatch.setattr(mentions, "_pattern", lambda names: looked.append(names) or made(names))
    text = "Soto left. “Ada7 Soto’s men” came; Gen. Ada8\u00a0Soto, and Ada9\nSoto. Ada77-Soto Soto Fund"
    others = {f"Ada{n} Soto": "x" for n in range(50)} | {"Soto Fund": "y", "Gen. Soto": "z"}
    places = [p.start for p in other_places(text, ["Soto"], (), others)]
    assert places == [0, text.index("\nSoto") + 1]
    assert looked == [("soto",)]


def test_a_name_as_long_as_a_page_is_not_looked_for():
    long = "Soto " * 100
    assert other_places(long, [long.strip()], ()) == []
    assert found("Soto left", "Soto", others={long: "x"}) == ["Soto"]
