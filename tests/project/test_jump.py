"""Jumping in the history: many steps as one act, forward and back, across restarts, all or nothing."""

from __future__ import annotations

import pytest

from annotator.errors import ProjectError, RuleBroken
from annotator.project import Changes, Project
from annotator.storage.schema import RECORDED
from tests.project.conftest import Mark


def picture(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table the history records."""
    return {t: sorted(project._store.db.execute(f'SELECT * FROM "{t}"').fetchall(), key=repr) for t in RECORDED}


def steps(project: Project) -> list[int]:
    return [s.n for s in project.steps()]


def test_a_jump_is_the_same_as_many_undos_and_redos(project: Project, claim: str, mark: Mark) -> None:
    pictures = {steps(project)[-1]: picture(project)}
    for n in range(5):
        project.set_note(claim, f"note {n}")
        pictures[steps(project)[-1]] = picture(project)
    mark("mention", "Oda Lien")
    pictures[steps(project)[-1]] = picture(project)
    order = list(pictures)
    for there in (order[2], order[-1], order[0], order[4], order[1]):
        project.jump(there)
        assert picture(project) == pictures[there]
        assert project.undo_step is not None and project.undo_step.n == there
    assert project.check() == []


def test_a_jump_tells_once_of_everything_it_touched(project: Project, claim: str, article: str, mark: Mark) -> None:
    before = steps(project)[-1]
    other = mark("claim", "The ferry that never sailed")
    project.set_note(claim, "one")
    heard: list[Changes] = []
    project.subscribe(heard.append)
    project.jump(before)
    assert len(heard) == 1 and heard[0].undone
    assert {claim, other} <= heard[0].marks and heard[0].touched_articles == {article}
    assert project.jump(before) is None and len(heard) == 1


def test_a_jump_before_everything_and_back_survives_a_restart(project: Project, claim: str, article: str) -> None:
    whole, last = picture(project), steps(project)[-1]
    project.jump(0)
    assert project.articles() == [] and project.undo_step is None
    project.close()
    opened = Project.open(project.path)
    assert opened.step_count() == (len(steps(opened)), len(steps(opened)))
    step = opened.jump(last)
    assert step is not None and step.article == article
    assert picture(opened) == whole and opened.redo_step is None
    opened.close()


def test_steps_are_read_in_pieces_newest_first(project: Project, claim: str) -> None:
    for n in range(7):
        project.set_note(claim, f"note {n}")
    every = steps(project)[::-1]
    assert [s.n for s in project.latest_steps(0, 4)] == every[:4]
    assert [s.n for s in project.latest_steps(4, 4)] == every[4:8]
    assert project.step_count() == (len(every), 0)
    project.undo()
    assert project.step_count() == (len(every), 1)


def test_a_damaged_record_on_the_way_changes_nothing(project: Project, claim: str) -> None:
    start = steps(project)[-1]
    for n in range(3):
        project.set_note(claim, f"note {n}")
    middle = steps(project)[-2]
    with project._store.unrecorded():
        project._store.db.execute("UPDATE history SET row = '[1]' WHERE step = ?", [middle])
    before = picture(project)
    heard: list[Changes] = []
    project.subscribe(heard.append)
    with pytest.raises(ProjectError, match="damaged"):
        project.jump(start)
    assert picture(project) == before and heard == []
    assert project.step_count()[1] == 0


def test_a_step_no_longer_kept_is_refused(project: Project, claim: str) -> None:
    with pytest.raises(RuleBroken, match="no longer kept"):
        project.jump(9999)
