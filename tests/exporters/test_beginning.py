"""The beginning of an article is an article: its marks keep their words, and every report can be made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotator import exporters, paths
from annotator.exporters import KINDS, ReportOptions, beginning
from annotator.exporters.material import Material
from annotator.model import AnnotatedArticle
from annotator.project import Project


@pytest.fixture
def whole(tmp_path: Path) -> AnnotatedArticle:
    copy = tmp_path / "sample.annot"
    copy.write_bytes(paths.resource("sample.annot").read_bytes())
    project = Project.open(copy, read_only=True)
    try:
        return project.annotated(project.article_ids()[0])
    finally:
        project.close()


@pytest.mark.parametrize("marks", [0, 1, 7, 20, 10_000])
def test_the_beginning_holds_the_first_marks_and_what_belongs_to_them(
    whole: AnnotatedArticle, monkeypatch: pytest.MonkeyPatch, marks: int
) -> None:
    monkeypatch.setattr(beginning, "_SHOWN", marks)
    cut = beginning.beginning(whole)
    assert whole.text.startswith(cut.text) and len(cut.annotations) <= marks
    assert [m.quote(cut.text) for m in cut.annotations] == [
        m.quote(whole.text) for m in whole.annotations[: len(cut.annotations)]
    ]
    assert all(link.claim in cut.by_id for link in cut.attributions)
    assert all(b.end <= len(cut.text) for b in cut.blocks)
    for kind in KINDS:
        made = exporters.build(Material((cut,)), ReportOptions(kind=kind), coder="Ida", today=date(2026, 1, 1))
        assert made.parts


def test_an_article_of_usual_size_is_not_large(whole: AnnotatedArticle, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not beginning.is_large(whole)
    monkeypatch.setattr(beginning, "LARGE", 3)
    assert beginning.is_large(whole)


def test_of_many_articles_that_are_large_together_the_larger_are_cut(
    whole: AnnotatedArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "_SHOWN", 2)
    small = beginning.beginning(whole)
    many = [whole, small, whole]
    assert beginning.of_large(many) == {}
    monkeypatch.setattr(beginning, "LARGE", len(whole.annotations) + 2)
    assert not beginning.is_large(whole)
    cut = beginning.of_large(many)
    assert list(cut) == [0, 2] and all(len(a.annotations) == len(small.annotations) for a in cut.values())
