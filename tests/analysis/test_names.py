"""Where names stand, and whom a sentence begins with."""

from __future__ import annotations

import pytest

from annotator.analysis.names import names, people, subject


def test_names_by_their_capitals() -> None:
    text = "The Tarn Water Board met Ain al-Moor and Ida’s sister. Meanwhile rain fell in Tollmouth. Tollmouth slept."
    found = [text[a:b] for a, b in names(text, 0, len(text))]
    assert found == ["Tarn Water Board", "Ain al-Moor", "Ida", "Tollmouth", "Tollmouth"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The wall fell in March and again on 3 April.", []),
        ("They met, said April Moor, in late May.", ["April Moor"]),
        ("The wall, said March, fell.", ["March"]),
    ],
)
def test_a_month_is_no_name(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in names(text, 0, len(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Brook, the auditor, disagrees.", "Ida Brook"),
        ("But Ida Brook disagrees.", "Ida Brook"),
        ("The flood reached Ida Brook.", None),
        ("Ida Brook’s books are gone.", None),
        ("Ida Brook and Old Tom disagree.", None),
    ],
)
def test_the_name_a_sentence_begins_with(text: str, found: str | None) -> None:
    span = subject(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deputy mayor Ida Brook defended it.", "Ida Brook"),
        ("The former minister of rivers Ida Brook defended it.", "Ida Brook"),
        ("The flood reached mayor Ida Brook.", None),
        ("A letter from mayor Ida Brook came.", None),
    ],
)
def test_what_somebody_is_may_stand_before_the_name(text: str, found: str | None) -> None:
    span = subject(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was read by Prof. Anna Reed.", ["Prof. Anna Reed"]),
        (
            "They asked Professor Dr. Anna Reed and Gov. Lt. Tom Marsh.",
            ["Professor Dr. Anna Reed", "Gov. Lt. Tom Marsh"],
        ),
        ("They met the Prof and the Dr, then left.", []),
        ("They drove to Harbour St. Rain fell.", ["Harbour St"]),
    ],
)
def test_a_title_belongs_to_its_name_and_is_none_alone(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in names(text, 0, len(text))] == found


def test_people_are_known_by_title_and_by_what_they_are() -> None:
    text = "It was read by mayor Ida Brook, Prof. Anna Reed and Tarn Works in Tollmouth Bay."
    assert [text[a:b] for a, b in people(text, 0, len(text))] == ["Ida Brook", "Prof. Anna Reed"]


def test_a_title_with_its_stop_belongs_to_the_name() -> None:
    text = "It fell, said Prof. Anna Reed and Mr. Moor."
    assert [text[a:b] for a, b in names(text, 0, len(text))] == ["Prof. Anna Reed", "Mr. Moor"]
