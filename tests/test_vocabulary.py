"""Words shipped with the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import annotator
from annotator.vocabulary import count, cue_verbs, label, title


@pytest.mark.parametrize("language", ["", "xx", "x" * 5000, "../cues-en", "x/../en", "\0", "\ud800"])
def test_any_language_has_a_cue_list(language: str) -> None:
    assert cue_verbs(language) == cue_verbs("en") != ()


def test_every_noun_counted_in_the_program_is_known() -> None:
    package = Path(annotator.__file__).parent
    nouns = {
        node.args[1].value
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "count"
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    }
    assert "claim" in nouns
    for noun in nouns:
        assert count(2, noun).startswith("2 ")


def test_values_and_counts_have_words() -> None:
    assert label("role_only") == "role only"
    assert title("3") == "Mixed or lacks context"
    assert label(None) == ""
    assert (count(1, "entity"), count(2105, "word")) == ("1 entity", "2,105 words")
