"""Undo that lives in the file: bounds, redo, damage, and what a notice tells."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.project import Changes, Project
from annotator.storage import store
from tests.project.drafts import PLAIN, draft, span
from tests.project.picture import picture


def names(project: Project) -> list[str]:
    return [s.name for s in project.steps()]


def test_a_step_has_a_readable_name_a_coder_and_a_place(project: Project, article: str, claim: str) -> None:
    project.set_note(claim, "x")
    assert names(project) == [
        "add article “The ferry that never sailed”",
        "mark claim “It did not sail.”",
        "write the note of claim “It did not sail.”",
    ]
    assert {s.article for s in project.steps()} == {article}
    assert {s.coder for s in project.steps()} == {project.coder.id}


def test_a_new_step_forgets_those_taken_back(project: Project, claim: str) -> None:
    project.set_note(claim, "one")
    project.undo()
    assert project.redo_step is not None
    project.set_note(claim, "two")
    assert project.redo_step is None
    assert project.redo() is None
    assert sum("note" in n for n in names(project)) == 1


def test_to_learn_that_nothing_is_taken_back_costs_the_same_however_much_is_kept(project: Project, claim: str) -> None:
    db, asked = project._store.db, []
    many = "WITH RECURSIVE k(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM k WHERE n < 5000)"
    db.execute(f"{many} INSERT INTO step (n, name, at) SELECT n, 'a step', '2031-04-09T10:00:00Z' FROM k")
    db.set_progress_handler(lambda: asked.append(1), 100)
    assert project.redo_step is None
    db.set_progress_handler(None, 0)
    assert len(asked) < 5


def test_an_action_that_changes_nothing_is_no_step_and_keeps_redo(project: Project, claim: str) -> None:
    project.set_note(claim, "one")
    project.undo()
    project.set_note(claim, None)
    project.unmark()
    project.add_articles([])
    assert project.redo() is not None


def test_undo_survives_closing_and_goes_to_the_start(project: Project, path: Path, article: str, claim: str) -> None:
    project.delete_article(article)
    project.close()
    opened = Project.open(path)
    for _ in range(3):
        assert opened.undo() is not None
    assert opened.articles() == []
    assert opened.undo() is None
    for _ in range(2):
        opened.redo()
    assert opened.annotated(article).claims[0].id == claim
    assert opened.check() == []
    opened.close()


def test_the_history_is_bounded_by_steps(project: Project, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "HISTORY_STEPS", 3)
    for n in range(6):
        project.set_note(claim, f"note {n}")
    assert len(names(project)) == 3
    while project.undo():
        pass
    note = project.annotation(claim)
    assert note is not None
    assert note.note == "note 2"


def test_the_history_is_bounded_by_bytes_but_keeps_the_newest(
    project: Project, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "HISTORY_BYTES", 1)
    project.set_note(claim, "one")
    assert len(names(project)) == 1
    assert project.undo() is not None


def test_the_bound_never_tears_the_way_of_redo(project: Project, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        project.set_note(claim, f"note {n}")
    for _ in range(3):
        project.undo()
    monkeypatch.setattr(store, "HISTORY_BYTES", 1)
    while project.undo():
        pass
    while project.redo():
        pass
    seen = project.annotation(claim)
    assert seen is not None
    assert seen.note == "note 3"
    assert project.check() == []


def test_a_new_row_that_reuses_a_number_does_not_confuse_undo(project: Project, article: str) -> None:
    first = project.mark(article, "claim", [(0, 3)])
    project.unmark(first)
    second = project.mark(article, "claim", [(4, 9)])
    project.undo()
    project.undo()
    assert [c.id for c in project.annotated(article).claims] == [first]
    project.redo()
    project.redo()
    assert [c.id for c in project.annotated(article).claims] == [second]


def test_all_that_hung_on_a_thing_comes_back_with_it(project: Project, article: str, claim: str) -> None:
    source = project.add_source(article, "Oda", aliases=("O.", "Ms Lien"), note="n")
    mention = project.mark(article, "source_mention", [span(PLAIN, "Oda Lien")], source=source)
    entity = project.add_entity("Quay", aliases=("the quay",))
    project.edit_source(source, entity=entity)
    project.mark(article, "mention", [span(PLAIN, "The harbour office")], entity=entity)
    project.link(claim, source, source_mention=mention, cue=span(PLAIN, "said Oda"))
    project.set_tags(claim, ["one", "two"])
    project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="5")
    project.mark_sentence(article, *span(PLAIN, "It did not sail."))
    removals = (
        lambda: project.delete_source(source),
        lambda: project.delete_entity(entity),
        lambda: project.unmark(claim, mention),
        lambda: project.change_kind(claim, "cue"),
        lambda: project.edit_source(source, aliases=()),
        lambda: project.delete_article(article),
    )
    before = picture(project)
    for remove in removals:
        remove()
        after = picture(project)
        assert after != before
        project.undo()
        assert picture(project) == before
        project.redo()
        assert picture(project) == after
        project.undo()
    assert project.check() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("row", "[]"), ("row", "not json"), ("row", "7"), ("row", '[{"a": 1}]'), ("kind", "sqlite_master"), ("op", "U")],
)
def test_a_damaged_record_is_refused_whole(project: Project, path: Path, claim: str, column: str, value: str) -> None:
    project.close()
    db = sqlite3.connect(path)
    db.execute(f"UPDATE history SET {column} = ? WHERE step = (SELECT max(n) FROM step) AND kind = 'claim'", [value])
    db.commit()
    db.close()
    opened = Project.open(path)
    with pytest.raises(ProjectError, match="record is damaged"):
        opened.undo()
    assert opened.annotation(claim) is not None
    assert not opened._store.db.in_transaction
    opened.set_note(claim, "work goes on")
    assert opened.check() == []
    opened.close()


# -- what a notice tells


@pytest.fixture
def told(project: Project) -> list[Changes]:
    found: list[Changes] = []
    project.subscribe(found.append)
    return found


def test_one_notice_per_action_says_who_and_what(project: Project, article: str, told: list[Changes]) -> None:
    mention = project.mark(article, "source_mention", [span(PLAIN, "Oda Lien")], initiator="me")
    (change,) = told
    assert change.marks == {mention}
    assert change.touched_articles == {article}
    assert {s.id for s in project.sources(article) if s.label == "Oda Lien"} == change.registers
    assert (change.initiator, change.undone, change.links) == ("me", False, frozenset())


def test_undo_and_redo_tell_the_same_things(project: Project, claim: str, told: list[Changes]) -> None:
    project.link_new(claim, "Oda Lien")
    project.undo(initiator="u")
    project.redo()
    made, undone, redone = told
    assert undone.undone
    assert undone.initiator == "u"
    for field in ("marks", "links", "registers", "verification", "touched_articles"):
        assert getattr(made, field) == getattr(undone, field) == getattr(redone, field)


def test_checking_is_told_by_claim(project: Project, claim: str, article: str, told: list[Changes]) -> None:
    project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="4")
    assert [c.verification for c in told] == [{claim}, {claim}]
    assert {a for c in told for a in c.touched_articles} == {article}


def test_a_relation_touches_the_article_of_its_claims(
    project: Project, claim: str, article: str, told: list[Changes]
) -> None:
    project.relate(claim, project.mark(article, "claim", [(0, 3)]), "supports")
    assert told[-1].touched_articles == {article}


def test_an_entity_touches_every_article_it_is_named_in(project: Project, article: str, told: list[Changes]) -> None:
    other = project.add_article(draft(PLAIN))
    third = project.add_article(draft(PLAIN))
    entity = project.add_entity("Oda Lien")
    for where in (article, other):
        project.mark(where, "mention", [span(PLAIN, "Oda Lien")])
    project.edit_source(project.sources(third)[0].id, entity=entity)
    del told[:]
    project.edit_entity(entity, kind="person")
    project.delete_entity(entity)
    project.undo()
    assert [c.touched_articles for c in told] == [{article, other, third}] * 3


def test_a_zone_is_told_as_a_change_of_the_article(project: Project, article: str, told: list[Changes]) -> None:
    project.set_zone(article, 0, "masthead")
    assert told[0].articles == {article}


def test_a_deleted_article_is_told_with_all_it_held(
    project: Project, article: str, claim: str, told: list[Changes]
) -> None:
    project.delete_article(article)
    (change,) = told
    assert change.articles == {article}
    assert change.marks == {claim}


def test_the_coder_is_code_book(project: Project, told: list[Changes]) -> None:
    project.set_coder_name("Una Sol")
    assert told[0].code_book
    assert project.coder.name == "Una Sol"
    project.undo()
    assert project.coder.name == "Tess Ek"
