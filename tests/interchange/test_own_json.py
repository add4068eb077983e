"""Our own JSON: out, in, out again, the same bytes; and what is wrong in a file is listed by its line."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.interchange import own_json
from annotator.project import Project
from tests.interchange import rows
from tests.interchange.conftest import NewProject
from tests.interchange.projects import marked

EVERY = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.integers(0, 2**32))
@EVERY
def test_a_project_goes_out_and_comes_back_the_same(seed: int) -> None:
    with TemporaryDirectory() as folder:
        made = Path(folder)
        first = Project.create(made / "first.annot")
        random = rows.lists(Random(seed))
        first.take_rows("make", random, {"layer": random["layers"][0]["id"], "profile": "researcher"})
        assert first.check() == []
        wanted = own_json.write(first)
        for article in (None, *first.article_ids()):
            there = made / "there.json"
            there.write_bytes(own_json.write(first, article))
            second = Project.create(made / f"{article}.annot")
            plan = own_json.plan(second, [there])
            assert plan.problems == []
            plan.take(second)
            assert own_json.write(second, article) == there.read_bytes()
            assert second.check() == []
            assert own_json.plan(second, [there]).is_empty
            second.undo()
            assert second.check() == [] and second.article_ids() == []
            second.redo()
            assert own_json.write(second, article) == there.read_bytes()
            second.close()
        assert own_json.write(first) == wanted
        first.close()


def test_what_is_there_and_says_something_else_stays_and_is_told(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = marked(project)
    there = tmp_path / "there.json"
    there.write_bytes(own_json.write(project, article))
    claim = project.annotated(article).claims[0]
    project.set_note(claim.id, "Meanwhile.")
    project.mark(article, "cue", [(3, 6)])
    plan = own_json.plan(project, [there])
    assert plan.is_empty and [(p.kept, "note" in p.why) for p in plan.problems] == [(True, True)]
    plan.take(project)
    assert project.annotated(article).claims[0].note == "Meanwhile."


def test_what_was_removed_comes_back_with_all_that_hangs_on_it(new_project: NewProject, tmp_path: Path) -> None:
    project = new_project("first")
    article = marked(project)
    there = tmp_path / "there.json"
    there.write_bytes(own_json.write(project))
    project.unmark(project.annotated(article).claims[0].id)
    plan = own_json.plan(project, [there])
    assert plan.counts["claims"].new == 1 and plan.counts["attributions"].new == 1 and not plan.problems
    plan.take(project)
    assert project.check() == []
    assert len(project.annotated(article).claims) == 4


def test_settings_of_whoever_looks_stay_behind(new_project: NewProject) -> None:
    project = new_project("first")
    project.set_meta("last_article", "x")
    assert b"last_article" not in own_json.write(project)
