"""The code book: a term renamed, merged or removed is so everywhere, in one step that undo takes back."""

from __future__ import annotations

import pytest

from annotator.errors import RuleBroken
from annotator.model import Id
from annotator.project import Project
from annotator.storage.schema import RECORDED
from tests.project.conftest import Mark
from tests.project.drafts import PLAIN, draft


def rows(project: Project) -> dict[str, set[tuple[object, ...]]]:
    """Return every recorded row of the file."""
    return {table: set(project._store.db.execute(f'SELECT * FROM "{table}"')) for table in RECORDED}


def labels(project: Project, list_: str) -> list[str]:
    return [t.label for t in project.terms(list_)]


def test_a_list_is_the_shipped_one_until_somebody_changes_it(project: Project) -> None:
    assert labels(project, "verdict")[0] == "supported"
    assert project.code_book.own == {}
    project.edit_term("verdict", "5", definition="Three documents say so.")
    assert [t.key for t in project.terms("verdict")] == ["5", "4", "3", "2", "1", "none"]
    assert project.code_book.tip("verdict", "5") == "Three documents say so."
    assert project.code_book.own.keys() == {"verdict"}
    project.undo()
    assert project.code_book.own == {}


def test_a_verdict_keeps_its_number_under_other_words(project: Project, claim: Id) -> None:
    project.add_evidence(claim, "supports", title="The log of the quay")
    project.verify(claim, "checked", verdict="5")
    project.rename_term("verdict", "5", "borne out")
    assert project.code_book.title("verdict", "5") == "Borne out"
    assert project.term_uses("verdict") == {"5": 1}
    with pytest.raises(RuleBroken, match="fixed"):
        project.remove_term("verdict", "4")


def test_a_tag_is_renamed_on_every_claim(project: Project, article: Id, claim: Id, mark: Mark) -> None:
    other = mark("claim", "forty tickets were sold")
    project.set_tags(claim, ["money"])
    project.set_tags(other, ["money", "later"])
    assert project.rename_term("tag", "money", "Cash") == "cash"
    marks = project.annotated(article).by_id
    assert (marks[claim].tags, marks[other].tags) == (("Cash",), ("Cash", "later"))
    assert project.term_uses("tag") == {"cash": 2, "later": 1}


def test_an_affiliation_is_renamed_in_the_sources_of_all_articles(project: Project, article: Id) -> None:
    second = project.add_article(draft(PLAIN, byline="Bo"))
    ids = [project.add_source(a, "Oda", affiliation=w) for a, w in ((article, "the  harbour"), (second, "The Harbour"))]
    assert labels(project, "affiliation") == ["The Harbour"]
    changes = []
    project.subscribe(changes.append)
    project.rename_term("affiliation", "the harbour", "Harbour Office")
    found = {s.id: s.affiliation for a in (article, second) for s in project.sources(a)}
    assert [found[i] for i in ids] == ["Harbour Office"] * 2
    assert [c.touched_articles for c in changes] == [frozenset({article, second})]
    project.undo()
    assert labels(project, "affiliation") == ["The Harbour"]


def test_an_affiliation_typed_at_a_source_is_in_the_list(project: Project, article: Id) -> None:
    project.add_term("affiliation", "Rowers’ Guild", definition="Everybody with an oar.")
    project.add_source(article, "Oda", affiliation="The quay")
    assert labels(project, "affiliation") == ["Rowers’ Guild", "The quay"]
    assert [t.label for t in project.terms("affiliation")] == ["Rowers’ Guild", "The quay"]


@pytest.mark.parametrize("list_", ["tag", "affiliation", "entity_kind"])
def test_merging_two_terms_moves_what_they_were_used_for(project: Project, article: Id, claim: Id, list_: str) -> None:
    if list_ == "tag":
        project.set_tags(claim, ["one", "two"])
        pair = "one", "two"
    elif list_ == "affiliation":
        project.add_source(article, "A", affiliation="one")
        project.add_source(article, "B", affiliation="two")
        pair = "one", "two"
    else:
        pair = project.add_term("entity_kind", "ship"), "other"
        project.add_entity("Gull", kind=pair[0])
    before = project.term_uses(list_)
    project.merge_terms(list_, *pair)
    after = project.term_uses(list_)
    assert after == {pair[1]: 1 if list_ == "tag" else sum(before.values())}
    assert pair[0] not in project.code_book.keys(list_)


def test_a_used_term_is_not_removed(project: Project, claim: Id) -> None:
    project.set_tags(claim, ["money"])
    with pytest.raises(RuleBroken, match="used once"):
        project.remove_term("tag", "money")
    project.set_tags(claim, [])
    project.remove_term("tag", "money")
    assert project.tags() == []


def test_a_kind_of_entity_renamed_frees_its_words(project: Project) -> None:
    first = project.add_term("entity_kind", "ship")
    project.rename_term("entity_kind", first, "boat")
    second = project.add_term("entity_kind", "Ship")
    assert first != second
    assert labels(project, "entity_kind")[-2:] == ["boat", "Ship"]


def test_terms_stand_in_the_order_they_are_put(project: Project) -> None:
    for name in ("b", "c", "a"):
        project.add_term("tag", name)
    assert project.tags() == ["a", "b", "c"]
    project.move_term("tag", "c", 0)
    assert project.tags() == ["c", "a", "b"]
    project.add_term("tag", "0")
    assert project.tags() == ["c", "a", "b", "0"]


def test_two_terms_never_have_the_same_words(project: Project) -> None:
    project.add_term("tag", "Money")
    for act in (
        lambda: project.add_term("tag", " money "),
        lambda: project.rename_term("entity_kind", "place", "Person"),
        lambda: project.add_term("verdict", "perhaps"),
        lambda: project.rename_term("claim_type", "factual", "fact"),
        lambda: project.add_term("tag", "  "),
    ):
        before = rows(project)
        with pytest.raises(RuleBroken):
            act()
        assert rows(project) == before


def test_cue_words_are_the_projects_own_once_changed(project: Project) -> None:
    assert project.cue_verbs("en-GB") is project.cue_verbs("en")
    project.edit_term("cue", "en:said", value="doubt")
    project.add_term("cue", "let slip", value="accusing", language="en-US")
    project.remove_term("cue", "en:according to")
    verbs = {v.text: v.load for v in project.cue_verbs("en")}
    assert (verbs["said"], verbs["let slip"], "according to" in verbs) == ("doubt", "accusing", False)
    assert "called on" in verbs
    functions = {v.text: v.function for v in project.cue_verbs("en")}
    assert functions["called on"] == "directive"


def test_a_language_without_a_shipped_list_uses_the_english_one_until_it_has_its_own(project: Project) -> None:
    assert project.cue_verbs("nl") == project.cue_verbs("en")
    assert project.terms("cue", "nl") == ()
    project.add_term("cue", "beweert", value="doubt", language="nl")
    assert [v.text for v in project.cue_verbs("nl-BE")] == ["beweert"]
    assert len(project.cue_verbs("en")) > 100
    assert project.languages() == ["en", "nl"]


def test_every_verb_is_one_step_that_undo_and_redo_take_whole(project: Project, article: Id, claim: Id) -> None:
    project.set_tags(claim, ["one", "two"])
    project.add_source(article, "A", affiliation="Quay")
    project.add_entity("Gull", kind="other")
    for act in (
        lambda: project.add_term("tag", "three", definition="The third."),
        lambda: project.rename_term("tag", "one", "first"),
        lambda: project.edit_term("affiliation", "quay", example="the ferry’s office"),
        lambda: project.move_term("entity_kind", "work", 0),
        lambda: project.rename_term("affiliation", "quay", "The Quay"),
        lambda: project.merge_terms("tag", "first", "two"),
        lambda: project.merge_terms("entity_kind", "other", "group"),
        lambda: project.remove_term("tag", "three"),
    ):
        before, steps = rows(project), len(project.steps())
        act()
        after = rows(project)
        assert len(project.steps()) == steps + 1
        project.undo()
        assert rows(project) == before
        project.redo()
        assert rows(project) == after


def test_renamed_twice_in_one_step(project: Project) -> None:
    project.add_term("tag", "a")
    with project.one_step("twice"):
        key = project.rename_term("tag", "a", "b")
        project.rename_term("tag", key, "c")
    assert project.tags() == ["c"]


def test_a_kind_that_came_from_elsewhere_is_in_the_list(project: Project) -> None:
    project.add_entity("Gull", kind="fishing_boat")
    assert labels(project, "entity_kind")[-1] == "fishing boat"
    project.rename_term("entity_kind", "fishing_boat", "smack")
    assert project.code_book.label("entity_kind", "fishing_boat") == "smack"


def test_a_renamed_tag_tells_of_the_marks_that_read_differently(project: Project, claim: Id, mark: Mark) -> None:
    other = mark("claim", "forty tickets were sold")
    project.set_tags(claim, ["money"])
    project.set_tags(other, ["later"])
    told = []
    project.subscribe(told.append)
    project.rename_term("tag", "money", "Cash")
    project.undo()
    assert [changes.marks for changes in told] == [{claim}, {claim}]


def test_the_last_term_of_a_list_stays(project: Project) -> None:
    first, *others = [t.key for t in project.terms("entity_kind")]
    for key in others:
        project.remove_term("entity_kind", key)
    with pytest.raises(RuleBroken, match="last term"):
        project.remove_term("entity_kind", first)
    assert [t.key for t in project.terms("entity_kind")] == [first]
