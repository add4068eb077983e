"""Words shipped with the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator import vocabulary
from annotator.errors import RuleBroken
from annotator.vocabulary import SEVERITIES, count, cue_verbs, house_rules, label, read_house_rules, title


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


# -- house rules

RULE = """
[far]
title = "Far"
about = "Who said it stands far away."
origin = "AP: name the source in the same sentence."
severity = "look"
"""


def test_each_house_rule_says_what_it_asks_and_whose_standard_it_follows() -> None:
    assert len(house_rules()) == len({rule.title for rule in house_rules()}) >= 15
    for rule in house_rules():
        assert rule.severity in SEVERITIES and rule.on, rule.key
        assert rule.about.endswith((".", "?")) and rule.origin.endswith("."), rule.key
        assert ":" in rule.origin, rule.key
        assert len(rule.title) < 45, rule.key
    severities = [SEVERITIES.index(rule.severity) for rule in house_rules()]
    assert severities == sorted(severities)


def test_a_house_rule_is_on_and_without_limits_unless_it_says_otherwise() -> None:
    (rule,) = read_house_rules(RULE)
    assert (rule.on, rule.limits, rule.words) == (True, (), ())
    (rule,) = read_house_rules(RULE + 'on = false\nlimits = { words = 3 }\nwords = ["a"]')
    assert (rule.on, rule.limits, rule.words) == (False, (("words", 3),), ("a",))
    assert (rule.limit("words", 9), rule.limit("metres", 9)) == (3, 9)
    assert read_house_rules("# nobody asks anything") == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[far", "cannot be read"),
        ('[far]\ntitle = "x"\ntitle = "y"', "cannot be read"),
        ("far = 1", "“far” is not a rule"),
        (RULE.replace('"look"', '"red"'), "“severity” of “far”"),
        (RULE.replace('title = "Far"', ""), "“title” of “far”"),
        (RULE.replace('"Far"', "7"), "“title” of “far”"),
        (RULE.replace('"Far"', '""'), "“title” of “far”"),
        (RULE + 'on = "yes"', "“on” of “far”"),
        (RULE + "limits = 3", "“limits” of “far”"),
        (RULE + "limits = { words = -1 }", "“limits” of “far”"),
        (RULE + "limits = { words = true }", "“limits” of “far”"),
        (RULE + "limits = { words = 1_000_000_000 }", "“limits” of “far”"),
        (RULE + "limits = { words = " + "9" * 5_000 + " }", "cannot be read"),
        (RULE + "words = " + "[" * 5_000 + "]" * 5_000, "cannot be read"),
        (RULE + 'words = "a source"', "“words” of “far”"),
        (RULE + "words = [1]", "“words” of “far”"),
    ],
)
def test_a_file_of_house_rules_that_was_edited_wrongly_says_where(written: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        read_house_rules(written)


@pytest.fixture
def no_rules_known() -> Iterator[None]:
    vocabulary._house_rules.cache_clear()
    yield
    vocabulary._house_rules.cache_clear()


@pytest.mark.usefixtures("no_rules_known")
def test_a_newsrooms_own_file_takes_the_place_of_the_shipped_one() -> None:
    own = vocabulary.own_house_rules()
    own.parent.mkdir(parents=True)
    own.write_text(RULE, "utf-8")
    assert [rule.key for rule in house_rules()] == ["far"]
    assert vocabulary.house_rules_fault() == ""


@pytest.mark.usefixtures("no_rules_known")
@pytest.mark.parametrize(
    "content",
    [b"[far", b"\xff\xfe", RULE.replace("look", "red").encode(), b"# \n" * 400_000, b"\0", b"a = " + b"[" * 5_000],
)
def test_an_own_file_with_a_fault_is_not_used_and_that_is_said(content: bytes) -> None:
    own = vocabulary.own_house_rules()
    own.parent.mkdir(parents=True)
    own.write_bytes(content)
    assert len(house_rules()) > 10
    assert vocabulary.house_rules_fault().startswith(f"“{own}” is not used: ")


def test_the_guide_tells_of_every_house_rule() -> None:
    page = (Path(__file__).parents[1] / "docs" / "guide" / "house-rules.md").read_text("utf-8")
    told = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert told == [(rule.title, rule.about, rule.origin) for rule in house_rules()]
