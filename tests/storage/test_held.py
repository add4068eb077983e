"""Reading under one lock: what is read and written meanwhile is as without, and nothing stays locked."""

from __future__ import annotations

import sqlite3

import pytest

from annotator.errors import RuleBroken
from annotator.project import Project


def _another_may_write(project: Project) -> bool:
    other = sqlite3.connect(project.path, isolation_level=None, timeout=0)
    try:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_actions_and_reading_go_on_under_it(project: Project, article: str) -> None:
    told: list[int] = []
    project.subscribe(lambda changes: told.append(len(project.annotated(article).claims)))
    with project.held():
        before = len(project.annotated(article).claims)
        assert not _another_may_write(project)
        project.mark(article, "claim", [(0, 4)])
        with project.held():
            project.mark(article, "claim", [(5, 9)])
        project.undo()
    assert told == [before + 1, before + 2, before + 1]
    assert _another_may_write(project)


def test_a_refused_action_leaves_nothing_locked(project: Project, article: str) -> None:
    with pytest.raises(RuleBroken), project.held():
        project.mark(article, "claim", [(3, 3)])
    assert _another_may_write(project)
    assert not project._store.db.in_transaction


def test_an_action_that_changes_nothing_leaves_nothing_locked(project: Project, article: str) -> None:
    with project.held(), project.one_step("nothing"):
        pass
    assert _another_may_write(project)
