"""The audit is kept right beside the window: only while somebody looks, only where something changed, the newest wins."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from annotator.analysis import sourcing
from annotator.analysis.standards import findings
from annotator.model import AnnotatedArticle
from annotator.ui import auditing
from annotator.ui.auditing import PROJECT, SELECTION, Auditing
from annotator.ui.workspace import Workspace
from tests.ui.panels.conftest import Marked, made_article, marked, workspace

__all__ = ["marked", "workspace"]


@pytest.fixture
def kept(qtbot: QtBot, workspace: Workspace, marked: Marked) -> Auditing:
    made = Auditing(workspace)
    made.show(True)
    qtbot.waitUntil(lambda: not made.stale and not made.counting)
    return made


def settled(qtbot: QtBot, kept: Auditing) -> None:
    qtbot.waitUntil(lambda: not kept.stale and not kept.counting)


def test_it_is_the_audit_of_the_article_shown_with_what_the_rules_ask(kept: Auditing, marked: Marked) -> None:
    annotated = marked.annotated
    counted = sourcing.audit([sourcing.tally(annotated)])
    assert kept.outcome.article == marked.article and kept.outcome.audit == counted
    sentences = marked.project.sentences(marked.article)
    assert kept.outcome.findings == findings(annotated, sentences, annotated.code_book.house_rules())


def test_a_step_makes_it_old_until_it_is_counted_again(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    assert kept.outcome.audit is not None
    before = kept.outcome.audit.attributed
    marked.workspace.do(lambda p: p.link(marked.ids["count"], marked.ids["board_source"]))
    assert kept.stale and kept.outcome.audit.attributed == before
    settled(qtbot, kept)
    assert kept.outcome.audit.attributed == before + 1
    marked.workspace.undo()
    settled(qtbot, kept)
    assert kept.outcome.audit.attributed == before


def test_hidden_nothing_is_counted(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("counted though nobody looks")

    kept.show(False)
    with monkeypatch.context() as patch:
        patch.setattr(sourcing, "tally", never)
        marked.workspace.do(lambda p: p.edit_claim(marked.ids["count"], check_worthy="yes"))
        qtbot.wait(30)
        assert kept.stale and not kept.counting
    kept.show(True)
    settled(qtbot, kept)
    assert kept.outcome.audit is not None and kept.outcome.audit.figures["check_worthy_unattributed"].n == 1


def test_steps_elsewhere_are_of_no_concern(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    assert not kept.stale
    marked.project.mark(other, "claim", [(15, 22)])
    assert not kept.stale and not kept.counting


def test_steps_in_a_row_are_counted_once_and_the_newest_wins(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    go, real = Event(), sourcing.tally

    def slow(annotated: AnnotatedArticle, *args: object, **named: object) -> sourcing.Tally:
        counted.append(len(annotated.claims))
        go.wait(5)
        return real(annotated, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(auditing.sourcing, "tally", slow)
    start = len(marked.annotated.claims)
    for at in range(3):
        marked.workspace.do(lambda p, at=at: p.mark(marked.article, "claim", [(at * 4, at * 4 + 3)]))
        qtbot.waitUntil(lambda: kept._job is not None)
    go.set()
    settled(qtbot, kept)
    assert kept.outcome.audit is not None and kept.outcome.audit.claims == start + 3
    assert counted == [start + 1, start + 3]


def test_another_article_is_counted_when_it_is_shown(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    marked.workspace.show_article(other)
    settled(qtbot, kept)
    assert kept.outcome.article == other and kept.outcome.audit is not None and not kept.outcome.audit.claims


def test_several_are_added_up_and_only_touched_ones_counted_again(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = marked.project
    others = [project.add_article(made_article(f"Bridge {n}\nNobody said a word of it.")) for n in range(3)]
    for other in others:
        project.edit_claim(project.mark(other, "claim", [(9, 15)]), check_worthy="yes")
    kept.set_scope(PROJECT)
    settled(qtbot, kept)
    everything = [sourcing.tally(project.annotated(id_)) for id_ in project.article_ids()]
    assert kept.outcome.audit == sourcing.audit(everything)
    assert kept.outcome.findings is not None and {f.article for f in kept.outcome.findings} >= set(others)
    counted: list[str] = []
    real = sourcing.tally

    def noted(annotated: object, *args: object, **named: object) -> sourcing.Tally:
        counted.append(annotated.article.id)  # type: ignore[attr-defined]
        return real(annotated, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(auditing.sourcing, "tally", noted)
    marked.workspace.do(lambda p: p.link_author(project.annotated(others[1]).claims[0].id))
    settled(qtbot, kept)
    assert counted == [others[1]]
    one = kept.audit_of(others[1])
    assert one is not None and one.claims == 1


def test_what_was_counted_before_it_was_stopped_is_not_counted_again(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        marked.project.add_article(made_article(f"Bridge {n}\nNobody said a word of it."))
    counted: list[str] = []
    held, go, real = Event(), Event(), sourcing.tally

    def slow(annotated: AnnotatedArticle, *args: object, **named: object) -> sourcing.Tally:
        counted.append(annotated.article.id)
        if len(counted) == 3:
            held.set()
            go.wait(5)
        return real(annotated, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(auditing.sourcing, "tally", slow)
    kept.set_scope(PROJECT)
    qtbot.waitUntil(held.is_set)
    kept.cancel()
    go.set()
    marked.workspace.wait_for_jobs()
    assert kept.stale and not kept.counting
    kept.show(True)
    settled(qtbot, kept)
    assert sorted(counted[3:]) == sorted(set(marked.project.article_ids()) - set(counted[:2]))


def test_a_selection_is_what_is_chosen_in_the_library(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    kept.set_scope(SELECTION)
    settled(qtbot, kept)
    assert kept.outcome.articles == () and kept.outcome.audit is None
    marked.workspace.picked = lambda: [marked.article, other]
    marked.workspace.picked_changed.emit()
    settled(qtbot, kept)
    assert kept.outcome.articles == (marked.article, other)


def test_of_too_many_the_figures_are_counted_and_the_checks_left_out(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    monkeypatch.setattr(auditing, "CHECKED", 1)
    kept.set_scope(PROJECT)
    settled(qtbot, kept)
    assert kept.outcome.findings is None and kept.outcome.audit is not None and len(kept.outcome.articles) == 2


def test_an_article_that_goes_is_counted_no_more(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    kept.set_scope(PROJECT)
    settled(qtbot, kept)
    assert len(kept.outcome.articles) == 2
    marked.workspace.do(lambda p: p.delete_article(other))
    settled(qtbot, kept)
    assert kept.outcome.articles == (marked.article,)


def test_a_rule_switched_off_asks_no_more(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    assert kept.outcome.findings
    rule = kept.outcome.findings[0].rule.key
    marked.workspace.do(lambda p: p.set_house_rule(rule, on=False))
    settled(qtbot, kept)
    assert kept.outcome.findings is not None and all(f.rule.key != rule for f in kept.outcome.findings)


def test_answers_stand_with_their_findings(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    assert kept.outcome.findings
    asked = kept.outcome.findings[0]
    marked.workspace.do(
        lambda p: p.answer_finding(
            asked.rule.key, asked.subject, asked.article, "The clerk said so.", words=asked.words
        )
    )
    settled(qtbot, kept)
    answered = [f for f in kept.outcome.findings if f.answer is not None]
    assert [(f.rule.key, f.answer.answer) for f in answered if f.answer] == [(asked.rule.key, "The clerk said so.")]


def test_what_cannot_be_read_is_told_and_the_figures_stay(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    told: list[object] = []
    marked.workspace.failed.connect(lambda error, _: told.append(error))
    marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    before = kept.outcome
    path: Path = marked.project.path
    away = path.with_suffix(".away")
    path.rename(away)
    try:
        kept.set_scope(PROJECT)
        qtbot.waitUntil(lambda: bool(told))
    finally:
        away.rename(path)
    assert kept.outcome is before and not kept.counting


def test_closing_the_project_forgets_everything(qtbot: QtBot, kept: Auditing, marked: Marked) -> None:
    marked.workspace.close()
    assert kept.outcome.audit is None and not kept.counting


def test_rules_changed_while_several_are_counted_leave_nothing_of_the_old_ones(
    qtbot: QtBot, kept: Auditing, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, inside = Event(), Event()
    real = auditing._kept_of

    def slow(*given: object) -> object:
        made = real(*given)  # type: ignore[arg-type]
        inside.set()
        assert gate.wait(5)
        return made

    monkeypatch.setattr(auditing, "_kept_of", slow)
    kept.set_scope(PROJECT)
    qtbot.waitUntil(inside.is_set)
    with marked.project.one_step("switch all rules off"):
        for rule in marked.project.code_book.house_rules():
            marked.project.set_house_rule(rule.key, on=False)
    gate.set()
    settled(qtbot, kept)
    assert kept.outcome.scope == PROJECT and kept.outcome.findings == ()
