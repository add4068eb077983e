"""Options from words, and the errors that tell what is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.exporters import ReportOptions, options_from


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
