"""What the dialogs of the registers are asked with: whose names a place may be, and who may be the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QWidget

from annotator.project import Project
from annotator.ui import register_commands
from annotator.ui.dialogs.merge import MergeCandidate
from annotator.ui.register_commands import RegisterCommands
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import EntryTask, Workspace
from tests.project.drafts import draft

TEXT = "Gen. Soto spoke. Soto left. Maria Soto stayed."


@pytest.fixture
def project(tmp_path: Path) -> Any:
    made = Project.create(tmp_path / "valley.annot", coder="Ana Reed")
    yield made
    made.close()


@pytest.fixture
def soto(project: Project) -> Any:
    """Two entities: one called Soto, and another whose other name is that of a general."""
    article = project.add_article(draft(TEXT))
    project.add_entity("Maria Soto", aliases=("Gen. Soto",))
    short = project.add_entity("Soto")
    return project.annotated(article), project.find_entity(short)


def test_an_entity_named_once_here_and_often_elsewhere_is_split(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    workspace = Workspace()
    assert workspace.create(tmp_path / "valley.annot", coder="Ana Reed")
    project = workspace.project
    assert project is not None
    here, elsewhere = project.add_article(draft("Ola left. Bo stayed.")), project.add_article(draft("Ola left. Ola."))
    mention = project.mark(here, "mention", [(0, 3)])
    entity = project.annotation(mention).entity  # type: ignore[union-attr]
    project.mark_mentions(elsewhere, entity, [(0, 3), (10, 13)])
    bo = project.annotation(project.mark(here, "mention", [(10, 12)])).entity  # type: ignore[union-attr]
    workspace.show_article(here)
    side, column, said = QWidget(), Mock(), list[str]()
    for widget in (window := QWidget(), side):
        qtbot.addWidget(widget)
    commands = RegisterCommands(window, workspace, side, Mock(), column, lambda: LIGHT, said.append)

    def review(dialog: Any) -> bool:
        dialog.name.setText("Another Ola")
        dialog.places.tick_all()
        return True

    monkeypatch.setattr(commands, "_review", review)
    commands.do(EntryTask("split", bo))
    assert "one place only" in said.pop()
    commands.do(EntryTask("split", entity))
    made = project.annotation(mention).entity  # type: ignore[union-attr]
    assert (made != entity, project.entity(entity).mentions, len(said)) == (True, 2, 1)
    workspace.close()
    workspace.wait_for_jobs()


def test_a_place_that_says_another_entitys_other_name_is_not_offered(project: Project, soto: Any) -> None:
    rows = register_commands._others(project, *soto)
    assert [(r.start, r.words, r.ticked) for r in rows] == [(TEXT.index("Soto left"), "Soto", True)]


def test_whom_to_merge_with_is_found_by_another_name(project: Project, soto: Any) -> None:
    (other,) = register_commands._candidates(MergeCandidate, project, *soto)
    assert (other.label, other.aliases) == ("Maria Soto", ("Gen. Soto",))
