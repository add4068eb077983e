"""Options from words, and the errors that tell what is possible."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.exporters import KINDS, ReportOptions, formats_of, options_from
from annotator.exporters.options import OPTIONS, TASKS, options_of


def test_options_come_from_words() -> None:
    given = {"comments": "no", "unresolved-first": "off", "paper": "letter", "notes": "YES"}
    made = options_from("annotated", None, given)
    assert made == ReportOptions(comments=False, unresolved_first=False, paper="Letter")


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("poster", {}, "There is: annotated"),
        ("annotated", {"colour": "red"}, "It has: comments"),
        ("annotated", {"notes": "perhaps"}, "is yes or no"),
        ("annotated", {"paper": "B5"}, "A4, Letter"),
    ],
)
def test_what_is_unknown_is_told(kind: str, given: dict[str, str], words: str) -> None:
    with pytest.raises(AnnotatorError, match=words):
        options_from(kind, None, given)


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="was not found"):
        options_from("annotated", tmp_path / "none.docx", {})


def test_options_of_several_kinds_of_value_come_from_words() -> None:
    made = options_from("worksheet", None, {"tasks": "who, trace", "trace": "7", "hide": "none", "both": "on"})
    wanted = {"tasks": frozenset({"who", "trace"}), "trace": 7, "hide": frozenset(), "both": True}
    assert made == ReportOptions(kind="worksheet", **wanted)  # type: ignore[arg-type]
    assert options_from("worksheet", None, {"tasks": "ALL"}).tasks == frozenset(TASKS)


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("audit", {"comments": "no"}, "does not belong to the report “audit”. It has: findings, tables, method, paper"),
        ("worksheet", {"trace": "0"}, "a number from 1 to 20, not “0”"),
        ("worksheet", {"trace": "٣"}, "a number from 1 to 20"),
        ("worksheet", {"trace": "9" * 5000}, "a number from 1 to 20"),
        ("worksheet", {"tasks": "who,sing"}, "“sing” is not among the tasks: mark, who"),
    ],
)
def test_what_makes_no_sense_to_a_kind_is_told(kind: str, given: dict[str, str], words: str) -> None:
    with pytest.raises(AnnotatorError, match=words):
        options_from(kind, None, given)


def test_every_option_of_the_table_is_a_field_and_every_kind_has_some() -> None:
    fields = {f.name for f in dataclasses.fields(ReportOptions)}
    assert {option.name for option in OPTIONS} == fields - {"kind", "paper", "format", "template"}
    for kind in KINDS:
        names = [option.name for option in options_of(kind)]
        assert names and len(names) == len(set(names)) and "docx" in formats_of(kind)


def test_options_are_kept_and_come_back(tmp_path: Path) -> None:
    made = ReportOptions(
        kind="worksheet", trace=9, hide=frozenset({"sources"}), tasks=frozenset(), paper="Letter", format="pdf",
        template=tmp_path / "house.docx", both=True,
    )  # fmt: skip
    assert ReportOptions().with_json(made.to_json()) == made


@pytest.mark.parametrize(
    "kept", ["", "[1]", "null", "{", "[" * 100_000, '{"kind": "poster", "trace": true, "hide": 3, "unknown": 1}']
)
def test_kept_options_nobody_understands_are_passed_over(kept: str) -> None:
    own = ReportOptions(paper="Letter")
    assert own.with_json(kept) == own


def test_of_kept_choices_those_that_are_gone_are_left_out() -> None:
    assert ReportOptions().with_json('{"hide": ["marks", "ghosts", 3], "trace": 5000}').hide == {"marks"}
