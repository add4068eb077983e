"""The library follows an action without reading every article again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.analysis.coverage import Coverage
from annotator.project import Project
from annotator.ui.panels.library import Library, _counted_again
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path) -> Iterator[Library]:
    project = Project.create(tmp_path / "many.annot")
    project.add_articles(
        importers.draft_from_text(f"Bridge {n} closes\n\nThe town said bridge {n} closes.") for n in range(30)
    )
    project.close()
    workspace = Workspace(backs_up=lambda: False)
    made = Library(workspace, LIGHT)
    qtbot.addWidget(made)
    assert workspace.open(tmp_path / "many.annot")
    yield made
    workspace.wait_for_jobs()
    workspace.close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which lists of every article were read."""
    told: list[str] = []
    whole = Project.articles

    def articles(project: Project) -> object:
        told.append("all")
        return whole(project)

    monkeypatch.setattr(Project, "articles", articles)
    return told


def test_a_mark_renews_one_row(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    shown = workspace.article
    assert shown is not None
    workspace.do(lambda p: p.mark(shown, "claim", [(20, 28)]))
    assert library.model.rows[0].claims == 1
    workspace.undo()
    assert library.model.rows[0].claims == 0
    assert not reads


def test_what_happens_to_another_article_renews_its_row(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    other = library.model.rows[20].article.id
    workspace.do(lambda p: p.edit_article(other, title="A tunnel opens"))
    assert library.model.rows[20].article.title == "A tunnel opens"
    workspace.do(lambda p: p.mark(other, "claim", [(20, 28)]))
    assert library.model.rows[20].claims == 1
    assert not reads


def test_articles_that_come_or_go_make_the_list_anew(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    gone = library.model.rows[3].article.id
    workspace.do(lambda p: p.delete_article(gone))
    assert len(library.model.rows) == 29
    workspace.do(lambda p: p.add_article(importers.draft_from_text("New\n\nWords.")))
    assert len(library.model.rows) == 30
    assert reads == ["all", "all"]


def test_a_summary_of_one_is_the_row_of_the_list(library: Library) -> None:
    project = library._workspace.project
    assert project is not None
    rows = project.articles()
    assert project.article_summary(rows[7].article.id) == rows[7]
    assert project.article_ids() == [row.article.id for row in rows]


def test_sentences_found_nearby_are_not_all_there_are(marked) -> None:
    annotated, project = marked.workspace.annotated, marked.project
    old = next(s for s in project.articles() if s.article.id == marked.article)
    near = Coverage([(0, 10)], complete=False)
    assert _counted_again(old, annotated, near).sentences == old.sentences
    assert _counted_again(old, annotated, Coverage([(0, 10)])).sentences == 1
