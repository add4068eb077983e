"""Who speaks in a sentence, who is named by nobody, and where names stand."""

from __future__ import annotations

import pytest

from annotator.analysis.speakers import is_quotation, speakers
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
    ("text", "who", "cue"),
    [
        ("It will stop, according to a draft budget seen by this newspaper.", "a draft budget", "according to"),
        ("It will stop, said people briefed on the talks.", "people", "said"),
        ("Two clerks employed at the works said it fell.", "Two clerks", "said"),
        ("It fell, according to an unnamed official in Tarn.", "an unnamed official", "according to"),
        ("It fell, according to documents obtained by the Lantern.", "documents", "according to"),
    ],
)
def test_a_name_has_no_participle(text: str, who: str, cue: str) -> None:
    assert said(text) == [("name", who, cue)]


@pytest.mark.parametrize(
    ("text", "who", "cue"),
    [
        ("It carried 410,000, figures from the transport authority show.",
         "figures from the transport authority", "show"),
        ("Figures from the board show it fell.", "Figures from the board", "show"),
        ("A study published in the Journal of Rivers in 2024 found that it fell.", "A study", "found"),
        ("The budget shows that it fell.", "The budget", "shows"),
        ("A report by the water board shows it fell.", "A report by the water board", "shows"),
        ("They did not answer about the tolls, which the budget puts at €14.2 million.", "the budget", "puts"),
        ("It depends, as one clerk put it, “on four people”.", "one clerk", "put it"),
        ("A man who the minister said was late came.", "the minister", "said"),
    ],
)  # fmt: skip
def test_a_document_and_a_clause_of_its_own_speak(text: str, who: str, cue: str) -> None:
    assert said(text) == [("name", who, cue)]


@pytest.mark.parametrize(
    "text", ["The table shows what it paid.", "She put it on the quay.", "The board reports to nobody on the show."]
)
def test_no_document_speaks_here(text: str) -> None:
    assert [s for s in said(text) if s[2] in ("shows", "put it", "show")] == []


@pytest.mark.parametrize(
    ("text", "words", "is_one"),
    [
        ("“It fell,” she said.", "“It fell,” she said.", True),
        ("She came. “It fell,” she said.", "It fell", True),
        ("She said: “It fell into the river.”", "She said: “It fell into the river.”", True),
        ("The “green” ferry fell.", "The “green” ferry fell.", False),
        ('"It fell" is all.', '"It fell" is all.', True),
        ("The clerks’ books fell.", "The clerks’ books fell.", False),
    ],
)
def test_what_is_a_quotation(text: str, words: str, is_one: bool) -> None:
    start = text.index(words)
    assert is_quotation(text, [(start, start + len(words))]) is is_one
