"""Answers to findings, and the house rules as a project has them."""

from __future__ import annotations

import pytest

from annotator.analysis import standards
from annotator.errors import RuleBroken
from annotator.model import FindingAnswer, Id, Term
from annotator.model.code_book import LISTS
from annotator.project import Changes, Project
from annotator.vocabulary import HouseRule, house_rules
from tests.project.conftest import Mark


@pytest.fixture
def told(project: Project) -> list[Changes]:
    found: list[Changes] = []
    project.subscribe(found.append)
    return found


def found(project: Project, article: Id, rule: str) -> list[standards.Finding]:
    seen = project.annotated(article)
    asked = standards.findings(
        seen, project.sentences(article), seen.code_book.house_rules(), project.finding_answers([article])
    )
    return [f for f in asked if f.rule.key == rule]


def rule(project: Project, key: str) -> HouseRule:
    return next(r for r in project.code_book.house_rules() if r.key == key)


# -- answers


def test_an_answer_is_kept_with_who_and_when(project: Project, article: Id, claim: Id, told: list[Changes]) -> None:
    project.edit_claim(claim, check_worthy="yes")
    (asked,) = found(project, article, "unattributed")
    answer = project.answer_finding(
        "unattributed", claim, article, " Accepted, because\nI saw it. ", words=asked.sentence
    )
    assert told[-1].answers == {answer}
    assert told[-1].touched_articles == {article}
    (asked,) = found(project, article, "unattributed")
    assert asked.answer is not None
    assert (asked.answer.answer, asked.answer.coder) == ("Accepted, because\nI saw it.", project.coder.id)
    assert asked.answer.words == "“It did not sail.”: Worth checking; no source is linked to it."
    project.undo()
    assert found(project, article, "unattributed")[0].answer is None
    project.redo()
    project.take_back_answer(answer)
    assert found(project, article, "unattributed")[0].answer is None
    assert told[-1].answers == {answer}
    project.undo()
    assert found(project, article, "unattributed")[0].answer is not None


def test_a_second_answer_takes_the_place_of_the_first(project: Project, article: Id, claim: Id) -> None:
    first = project.answer_finding("unattributed", claim, article, "Seen.", words="what was found")
    steps = len(project.steps())
    assert project.answer_finding("unattributed", claim, article, "Seen.") == first
    assert len(project.steps()) == steps
    assert project.answer_finding("unattributed", claim, article, "Seen twice.") == first
    (answer,) = project.finding_answers([article])
    assert (answer.answer, answer.words) == ("Seen twice.", "what was found")
    project.answer_finding("far_attribution", claim, article, "Clear enough.")
    assert len(project.finding_answers([article])) == 2


def test_an_answer_needs_words_and_an_article(project: Project, article: Id, claim: Id) -> None:
    with pytest.raises(RuleBroken, match="needs words"):
        project.answer_finding("unattributed", claim, article, " \n")
    with pytest.raises(RuleBroken, match="no longer in the project"):
        project.answer_finding("unattributed", claim, claim, "Seen.")
    with pytest.raises(RuleBroken):
        project.take_back_answer(claim)


def test_an_answer_outlives_its_question_and_goes_with_its_article(project: Project, article: Id, claim: Id) -> None:
    project.answer_finding("unattributed", claim, article, "Seen.")
    project.unmark(claim)
    (answer,) = project.finding_answers([article])
    assert standards.no_longer_raised(found(project, article, "unattributed"), [answer]) == (answer,)
    project.delete_article(article)
    assert project.finding_answers([article]) == []
    project.undo()
    assert project.finding_answers([article]) == [answer]


def test_an_answer_about_a_source_goes_on_with_the_one_it_became(project: Project, article: Id, mark: Mark) -> None:
    claim = mark("claim", "It did not sail.", check_worthy="yes")
    going = project.add_source(article, "O. Lien", naming="named")
    stays = project.add_source(article, "Oda Lien", naming="named")
    project.link(claim, going)
    project.answer_finding("single_source", going, article, "She alone was there.")
    project.merge_sources(stays, [going])
    (asked,) = found(project, article, "single_source")
    assert asked.subject == stays
    assert asked.answer is not None and asked.answer.answer == "She alone was there."
    assert project.answer_finding("single_source", stays, article, "Still so.") == asked.answer.id


# -- rules


def test_a_rule_is_switched_weighed_and_limited_for_this_project(
    project: Project, article: Id, claim: Id, told: list[Changes]
) -> None:
    project.edit_claim(claim, check_worthy="yes")
    project.set_house_rule("unattributed", on=False)
    assert told[-1].rules and told[-1].code_book
    assert found(project, article, "unattributed") == []
    project.set_house_rule("unattributed", on=True, severity="first")
    assert found(project, article, "unattributed")[0].rule.severity == "first"
    project.set_house_rule("long_passage", limits={"words": 7})
    assert rule(project, "long_passage").limits == (("words", 7),)
    assert found(project, article, "long_passage")
    project.undo()
    assert rule(project, "long_passage") == next(r for r in house_rules() if r.key == "long_passage")
    assert project.check() == []


def test_what_is_as_shipped_again_is_not_kept(project: Project, told: list[Changes]) -> None:
    shipped = rule(project, "unattributed")
    project.set_house_rule("unattributed", on=shipped.on, severity=shipped.severity)
    assert told == []
    project.set_house_rule("unattributed", severity="note")
    project.set_house_rule("unattributed", severity=shipped.severity)
    assert project.code_book.own.get("house_rule", ()) == ()
    project.set_house_rule("unattributed", severity="note")
    project.set_house_rule("single_source", on=False)
    project.reset_house_rules()
    assert project.code_book.house_rules() == house_rules()
    steps = len(project.steps())
    project.reset_house_rules()
    assert len(project.steps()) == steps
    project.undo()
    assert not rule(project, "single_source").on


def test_other_changes_do_not_say_that_rules_changed(project: Project, claim: Id, told: list[Changes]) -> None:
    project.set_tags(claim, ["money"])
    assert told[-1].code_book and not told[-1].rules


def test_what_is_no_rule_is_refused(project: Project) -> None:
    with pytest.raises(RuleBroken, match="not one of the house rules"):
        project.set_house_rule("nothing", on=False)
    with pytest.raises(RuleBroken, match="asked first"):
        project.set_house_rule("unattributed", severity="red")
    for limits in ({"metres": 3}, {"words": -1}):
        with pytest.raises(RuleBroken, match="no such limit"):
            project.set_house_rule("long_passage", limits=limits)


def test_switches_show_in_no_list_of_the_code_book(project: Project) -> None:
    project.set_house_rule("unattributed", on=False)
    assert all(term.list != "house_rule" for list_ in LISTS for term in project.terms(list_))


@pytest.mark.parametrize(
    "subject", ["article", "", "x" * 36, "zzzzzzzz-0000-0000-0000-000000000000", "-" * 36, "\u0661" * 36]
)
def test_an_answer_about_anything_is_read(project: Project, article: Id, subject: str) -> None:
    project.answer_finding("long_passage", subject, article, "Yes.")
    assert [a.subject for a in project.finding_answers([article])] == [subject]


def test_an_answer_that_another_program_wrote_without_words_is_read(project: Project, article: Id) -> None:
    with project.one_step("put"):
        project._records.put(
            FindingAnswer(rule="of another version", subject="article", article=article, answer="Yes.")
        )
    (answer,) = project.finding_answers([article])
    project.take_back_answer(answer.id)
    assert project.finding_answers([article]) == []


@pytest.mark.parametrize(
    "value", [None, "", "on off", "red", "words=x", "words=" + "9" * 5000, "words=-1", "= = =", "\u0661"]
)
def test_what_a_file_says_of_a_rule_is_never_more_than_a_switch(project: Project, value: str | None) -> None:
    with project.one_step("put"):
        project._records.put(Term(list="house_rule", key="long_passage", label="x", value=value))
        project._records.put(Term(list="house_rule", key="of another version", label="y", value="off"))
    found_rule = rule(project, "long_passage")
    shipped = next(r for r in house_rules() if r.key == "long_passage")
    assert (found_rule.title, found_rule.severity, found_rule.limits) == (
        shipped.title,
        shipped.severity,
        shipped.limits,
    )
    assert len(project.code_book.house_rules()) == len(house_rules())
