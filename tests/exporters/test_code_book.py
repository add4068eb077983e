"""The printed code book, and what a report takes from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.exporters import ReportOptions, method, wording
from annotator.exporters.code_book import build, listed
from annotator.exporters.word import body as word
from annotator.model import CodeBook, Term, Verification
from annotator.project import Project
from tests.exporters.reading import Docx, style, words

TODAY = datetime.date(2026, 3, 1)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "Quay.annot", coder="Ada Reader")
    made.add_term("tag", "call back", definition="Somebody is to be asked <again>.", example="Line 4 & 5")
    made.add_term("entity_kind", "ship")
    made.rename_term("verdict", "5", "borne out")
    made.add_term("cue", "beweert", value="doubt", language="nl")
    yield made
    made.close()


def printed(project: Project) -> Docx:
    report = build(listed(project), project.code_book, project=project.name, coder="Ada Reader", today=TODAY)
    return Docx(word.document(report, ReportOptions()))


def lines(docx: Docx) -> list[str]:
    return [
        "".join(words(p)) for p in docx.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    ]


def test_every_list_is_printed_with_definitions_and_examples(project: Project) -> None:
    found = lines(printed(project))
    assert {
        "Tags",
        "Verdicts",
        "Kinds of entities",
        "Cue words: English",
        "Cue words: Dutch",
        "Types of claims",
    } <= set(found)
    assert "Somebody is to be asked <again>." in found
    assert "Example: Line 4 & 5" in found
    assert "5\u2002Borne out" in found
    assert "Ship" in found
    assert "Sides" not in found


def test_lists_are_headings_of_the_first_level(project: Project) -> None:
    docx = printed(project)
    heads = [
        "".join(words(p))
        for p in docx.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
        if style(p) == "Heading1"
    ]
    assert heads[0] == "Tags"
    assert heads[-2:] == ["Cue words: English", "Cue words: Dutch"]


def test_a_report_calls_verdicts_and_loads_as_the_project_does() -> None:
    book = CodeBook({"verdict": (Term(list="verdict", key="5", label="borne out"),)})
    assert wording.checking(Verification(claim="c", status="checked", verdict="5"), book) == "Checked: borne out"


def test_the_method_note_prints_the_lists_that_were_used(annotated: object) -> None:
    terms = Term(list="cue", key="en:let on", label="let on", value="doubt assertion", language="en")
    verdict = Term(list="verdict", key="5", label="borne out", definition="By two papers.")
    annotated.code_book = CodeBook({"cue": (terms,), "verdict": (verdict,)})  # type: ignore[attr-defined]
    passages = {p.head: p.words for p in method.passages([annotated], "1")}  # type: ignore[list-item]
    assert passages["Words taken as cues, with the load proposed for them"] == "Doubt: let on."
    assert passages["Verdicts"] == "borne out: By two papers."
    assert passages["Vocabularies"].endswith("Verdict: 5 borne out.")
