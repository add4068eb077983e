"""JSONL for training: tokens give the text back, spans are whole tokens, and what is not is listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator import interchange
from annotator.interchange.jsonl import tokens
from annotator.project import Project
from tests.interchange.conftest import NewProject
from tests.interchange.projects import TEXT, add, marked
from tests.project.drafts import HARD, PLAIN, span


def lines(project: Project, folder: Path) -> tuple[list[dict[str, Any]], Sequence[Any]]:
    found = interchange.export(project, folder / "out.jsonl", "jsonl")
    return [json.loads(line) for line in found.files[0].read_text("utf-8").splitlines()], found.problems


def char_span(line: dict[str, Any], start: int, end: int) -> tuple[int, int] | None:
    """Return the tokens of a span, by spaCy's rule (Doc.char_span, strict): None where it begins or ends inside one."""
    starts = {t["start"]: t["id"] for t in line["tokens"]}
    ends = {t["end"]: t["id"] for t in line["tokens"]}
    return None if start not in starts or end not in ends else (starts[start], ends[end])


@pytest.mark.parametrize(
    "text", [PLAIN, HARD, TEXT, "", " ", "a  b \n\n c ", "\na", "...", "สวัสดี 你好", "e\u0301\u0301 👩‍👩‍👧", " a "]
)
def test_tokens_give_the_text_back(text: str) -> None:
    made = tokens(text)
    words = [text[a:b] + (" " if text[b : b + 1] == " " and not text[a].isspace() else "") for a, b in made]
    assert "".join(words) == text
    assert all(a < b for a, b in made)
    assert not [t for a, b in made if (t := text[a:b]).strip() != t and t.strip()]


def test_every_span_is_of_whole_tokens_and_says_what_it_is(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = marked(project)
    (line,), problems = lines(project, tmp_path)
    assert not problems
    assert line["text"] == TEXT and line["meta"]["text_sha256"] == project.version(article).sha256
    for s in line["spans"]:
        assert char_span(line, s["start"], s["end"]) == (s["token_start"], s["token_end"])
        words = line["text"][s["start"] : s["end"]]
        assert words == words.strip()
    assert line["label"] == [[s["start"], s["end"], s["label"]] for s in line["spans"]]
    split = [line["text"][s["start"] : s["end"]] for s in line["spans"] if s["parts"] == 2]
    assert split == ["We had no crew", "and no fuel"]
    assert {s["label"] for s in line["spans"]} == {"CLAIM", "SOURCE", "CUE", "ENTITY"}
    assert [t["text"] for t in line["tokens"]] == [line["text"][t["start"] : t["end"]] for t in line["tokens"]]


def test_spans_inside_a_token_are_listed(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = add(project)
    a, b = span(TEXT, "harbour")
    project.mark(article, "claim", [(a, b - 2)])
    (line,), problems = lines(project, tmp_path)
    assert line["spans"] == [] and line["meta"]["layer"] == project.layer.id
    assert "harbo" in problems[0].why and problems[0].line == 1


def test_an_article_without_a_mark_is_a_line_too(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    add(project)
    assert [line["meta"]["layer"] for line in lines(project, tmp_path)[0]] == [None]
