"""Who speaks in a sentence, who is named by nobody, and where names stand."""

from __future__ import annotations

import pytest

from annotator.analysis.speakers import names, speakers, subject
from annotator.vocabulary import cue_verbs

VERBS = cue_verbs("en")


def said(text: str) -> list[tuple[str, str, str]]:
    """Return (kind, who, cue) of every speaker."""
    return [(s.kind, text[s.start : s.end], s.cue.text) for s in speakers(text, 0, len(text), VERBS)]


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        ("Ida Brook said rain fell.", "Ida Brook", "said"),
        ("Rain fell, the council said.", "the council", "said"),
        ("But the harbour office also says that rain fell.", "the harbour office", "says"),
        ("Ida Brook, who kept the books, said rain fell.", "Ida Brook", "said"),
        ("Ida Brook, head of the water board and a member of the council, said rain fell.", "Ida Brook", "said"),
        ("Tarn Works’s director, Ida Brook, has denied it.", "Ida Brook", "denied"),
        ("“Rain fell,” said Gen. Oskar Lind, who watched.", "Gen. Oskar Lind", "said"),
        ("According to the water board, rain fell.", "the water board", "According to"),
        ("A spokesperson for the ministry told the valley that rain fell.", "A spokesperson for the ministry", "told"),
        ("Ida Brook (1901) repeatedly warned of rain.", "Ida Brook", "warned"),
        ("The board on Monday announced rain.", "The board", "announced"),
        ("Officials said rain fell.", "Officials", "said"),
        ("Rain fell over the hills, critics say.", "critics", "say"),
    ],
)
def test_names_beside_a_cue(text: str, who: str, cue: str) -> None:
    assert said(text) == [("name", who, cue)]


def test_who_spoke_before_in_the_sentence_speaks_on() -> None:
    text = "The auditor stated that rain fell, warning that it would go on."
    assert said(text) == [("name", "The auditor", "stated"), ("name", "The auditor", "warning")]


def test_a_pronoun_is_told_from_a_name() -> None:
    assert said("He added that rain fell.") == [("pronoun", "He", "added")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is widely believed that rain fell.", "It is widely believed"),
        ("The board is said to have hidden it.", "is said to"),
        ("The board has been accused of hiding it.", "has been accused"),
        ("Rain reportedly fell.", "reportedly"),
        ("There were allegations of theft.", "There were allegations"),
        ("According to reports, rain fell.", "According to reports"),
    ],
)
def test_words_that_name_nobody(text: str, words: str) -> None:
    kinds = speakers(text, 0, len(text), VERBS)
    assert kinds[0].kind == "nobody"
    assert text[kinds[0].start : kinds[0].end] == words


def test_a_verb_with_its_subject_names_somebody() -> None:
    assert said("Ida Brook claims that rain fell.") == [("name", "Ida Brook", "claims")]


@pytest.mark.parametrize(
    "text",
    ["A visit meant to show unity.", "It fell at Ida Brook’s request.", "Rain fell.", "Divers found two cracks in it."],
)
def test_nobody_speaks_here(text: str) -> None:
    assert said(text) == []


def test_english_wording_is_english_only() -> None:
    text = "It is believed that rain fell."
    assert speakers(text, 0, len(text), (), "nl") == []


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
    ("text", "who"),
    [
        ("An engineer at the plant, who asked not to be named because he fears for his job, said it fell.",
         "An engineer at the plant"),
        ("An engineer who worked there, and who hid because he fears for his job, said it fell.", "An engineer"),
        ("Two clerks who kept the books said it fell.", "Two clerks"),
        ("An engineer who built it said it fell.", "An engineer"),
        ("The minister, the paper says, repeatedly denied it.", "The minister"),
        ("The minister, according to the paper, denied it.", "The minister"),
        ("Rain fell, the paper says, warning of more.", "the paper"),
        ("He himself said it fell.", "He"),
        ("She thinks Ida Brook said it fell.", "Ida Brook"),
    ],
)  # fmt: skip
def test_what_stands_between_a_name_and_its_cue_is_no_name(text: str, who: str) -> None:
    assert said(text)[-1][1] == who


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
