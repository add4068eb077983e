"""The ledger: claims that say the same, over all articles; and claims found by typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.errors import RuleBroken
from annotator.model import Id
from annotator.project import Changes, Project
from tests.project.drafts import HARD, PLAIN, draft, span

Said = Callable[[int, str], Id]


@pytest.fixture
def articles(project: Project) -> list[Id]:
    return [project.add_article(draft(PLAIN, title=f"Day {n}", byline="Ina Berg")) for n in (1, 2, 3)]


@pytest.fixture
def said(project: Project, articles: list[Id]) -> Said:
    """Marks words of an article as a claim."""
    return lambda n, words: project.mark(articles[n], "claim", [span(PLAIN, words)])


@pytest.fixture
def told(project: Project) -> list[Changes]:
    found: list[Changes] = []
    project.subscribe(found.append)
    return found


def wordings(project: Project) -> dict[str, int]:
    """Return the entries' wordings, each with how many claims it has."""
    sizes = project.ledger_sizes()
    return {entry.wording: sizes[entry.id][0] for entry in project.ledger()}


def test_two_claims_make_an_entry(project: Project, articles: list[Id], said: Said, told: list[Changes]) -> None:
    one, two = said(0, "It did not sail."), said(1, "It did not sail.")
    project.edit_claim(two, short_text="The ferry never sailed")
    entry = project.same_as(one, two)
    assert wordings(project) == {"The ferry never sailed": 2}
    assert project.ledger_sizes() == {entry: (2, 2)}
    assert told[-1].ledger == {entry} and told[-1].marks == {one, two}
    assert told[-1].touched_articles == set(articles[:2]) and not told[-1].code_book
    steps = len(project.steps())
    assert project.same_as(two, one) == entry
    assert len(project.steps()) == steps
    project.undo()
    assert project.ledger() == [] and project.annotated(articles[0]).claims[0].ledger is None
    project.redo()
    assert project.annotated(articles[0]).claims[0].ledger == entry


def test_without_a_short_wording_the_claims_words_are_proposed(project: Project, said: Said) -> None:
    project.same_as(said(0, "“We had no crew,”"), said(1, "“We had no crew,”"))
    assert list(wordings(project)) == ["We had no crew,"]


def test_a_third_joins_and_two_entries_become_one(project: Project, said: Said) -> None:
    a, b, c = (said(n, "It did not sail.") for n in range(3))
    d, e = said(0, "forty tickets were sold"), said(1, "forty tickets were sold")
    first = project.same_as(a, b)
    assert project.same_as(c, a) == first
    second = project.same_as(d, e)
    project.rename_ledger(second, "Forty tickets")
    assert project.same_as(d, c) == first  # the entry of the claim it is the same as stays
    assert wordings(project) == {"It did not sail.": 5}
    assert len(project.ledger_claims(second)) == 5  # the old id leads to the one that stayed
    project.undo()
    assert wordings(project) == {"It did not sail.": 3, "Forty tickets": 2}
    assert project.check() == []


def test_an_entry_of_one_goes(project: Project, said: Said, articles: list[Id]) -> None:
    a, b, c = (said(n, "It did not sail.") for n in range(3))
    project.same_as(a, b)
    entry = project.same_as(c, a)
    project.leave_ledger(b)
    assert project.ledger_sizes() == {entry: (2, 2)}
    project.leave_ledger(a)
    assert project.ledger() == []
    assert all(not project.annotated(i).claims[0].ledger for i in articles)
    steps = len(project.steps())
    project.leave_ledger(c)
    assert len(project.steps()) == steps
    project.undo()
    assert project.ledger_sizes() == {entry: (2, 2)}


LOSSES: list[tuple[str, Callable[[Project, list[Id], list[Id]], object]]] = [
    ("its mark is removed", lambda p, claims, _: p.unmark(claims[0])),
    ("all are removed", lambda p, claims, _: p.unmark(*claims)),
    ("it becomes something else", lambda p, claims, _: p.change_kind(claims[0], "mention")),
    ("its article is deleted", lambda p, _, articles: p.delete_article(articles[0])),
    ("all articles are deleted", lambda p, _, articles: p.delete_articles(articles)),
]


@pytest.mark.parametrize(("how", "lose"), LOSSES, ids=[how for how, _ in LOSSES])
def test_an_entry_goes_with_the_last_but_one_of_its_claims(
    project: Project, said: Said, articles: list[Id], how: str, lose: Callable[[Project, list[Id], list[Id]], object]
) -> None:
    claims = [said(n, "It did not sail.") for n in (0, 1)]
    entry = project.same_as(*claims)
    lose(project, claims, articles)
    assert project.ledger() == [], how
    assert project.check() == []
    project.undo()
    assert project.ledger_sizes() == {entry: (2, 2)}
    assert project.check() == []


def test_an_entry_is_worded_anew(project: Project, articles: list[Id], said: Said, told: list[Changes]) -> None:
    entry = project.same_as(said(0, "It did not sail."), said(2, "It did not sail."))
    project.rename_ledger(entry, "  The ferry\nnever sailed ")
    assert list(wordings(project)) == ["The ferry never sailed"]
    assert (told[-1].ledger, told[-1].touched_articles) == ({entry}, {articles[0], articles[2]})
    with pytest.raises(RuleBroken, match="needs a wording"):
        project.rename_ledger(entry, " ")


def test_a_claim_is_not_the_same_as_itself(project: Project, said: Said) -> None:
    claim = said(0, "It did not sail.")
    with pytest.raises(RuleBroken, match="Choose another"):
        project.same_as(claim, claim)


def test_the_claims_of_an_entry_with_who_says_each(project: Project, articles: list[Id], said: Said) -> None:
    said(0, "the ferry would sail in May")
    one, two = said(0, "It did not sail."), said(1, "It did not sail.")
    link = project.link_new(one, "Oda Lien", load="doubt")
    project.edit_attribution(link, stance="opposes")
    project.link_author(two)
    project.verify(two, "in_progress")
    entry = project.same_as(one, two)
    first, second = project.ledger_claims(entry)
    assert (first.place.claim, first.place.article, first.place.title) == (one, articles[0], "Day 1")
    assert (first.place.number, first.place.quote) == (2, "It did not sail.")
    assert [(s.label, s.stance, s.load, s.accountable) for s in first.said] == [("Oda Lien", "opposes", "doubt", True)]
    assert first.verification is None
    assert [(s.label, s.accountable) for s in second.said] == [("Ina Berg", False)]
    assert second.verification is not None and second.verification.status == "in_progress"
    assert len(project.ledger_claims(entry, most=1)) == 1


def test_an_entry_with_one_claim_is_a_fault(project: Project, said: Said) -> None:
    one, two = said(0, "It did not sail."), said(1, "It did not sail.")
    project.same_as(one, two)
    project.edit_claim(two, ledger=None)  # around the verbs that keep the promise
    assert [f.check for f in project.check()] == ["ledger"]


# -- found by typing


def found(project: Project, typed: str, near: Id | None = None, most: int = 12) -> list[tuple[str, int]]:
    return [(f.title, f.number) for f in project.find_claims(typed, most, near=near)]


def test_claims_are_found_by_their_words_and_their_short_wording(
    project: Project, articles: list[Id], said: Said
) -> None:
    said(0, "It did not sail.")
    said(1, "forty tickets were sold")
    wording = said(2, "Nobody has asked")
    project.edit_claim(wording, short_text="The tickets were never refunded")
    assert sorted(found(project, "tickets")) == [("Day 2", 1), ("Day 3", 1)]
    assert found(project, "sold forty") == [("Day 2", 1)]
    assert found(project, "tickets sail") == []  # both stand in the text, in no claim
    assert found(project, "tick") and found(project, "refu") == [("Day 3", 1)]
    for typed in ("", " ", "'; DROP TABLE claim; --", '"', "-", "%", "()", "NEAR("):
        assert found(project, typed) == []


def test_a_word_that_stands_everywhere_is_found_at_the_end_too(project: Project) -> None:
    text = "Title\n" + "ferry " * 500 + "ferry sailed"
    article = project.add_article(draft(text))
    project.mark(article, "claim", [span(text, "sailed")])
    project.mark(article, "claim", [(len(text) - len("ferry sailed"), len(text))])
    assert [f.quote for f in project.find_claims("ferry")] == ["ferry sailed"]


def test_those_of_the_article_one_is_in_come_first(project: Project, articles: list[Id], said: Said) -> None:
    for n in range(3):
        said(n, "It did not sail.")
    assert found(project, "sail", near=articles[2])[0] == ("Day 3", 1)
    assert len(found(project, "sail", most=2)) == 2


def test_a_number_finds_the_claim_of_that_number(project: Project, articles: list[Id], said: Said) -> None:
    said(1, "It did not sail.")
    said(1, "forty tickets were sold")
    assert found(project, "2", near=articles[1]) == found(project, "#2", near=articles[1]) == [("Day 2", 2)]
    assert found(project, "2") == found(project, "7", near=articles[1]) == []


def test_claims_in_scripts_without_spaces_are_found(project: Project) -> None:
    article = project.add_article(draft(HARD, title="Hard"))
    project.mark(article, "claim", [span(HARD, "渡轮五月开航")])
    short = project.mark(article, "claim", [span(HARD, "The roof 🏠 held.")])
    project.edit_claim(short, short_text="屋顶没事")
    assert found(project, "五月") == [("Hard", 2)]
    assert found(project, "屋顶") == [("Hard", 1)]
    assert found(project, "roof") == [("Hard", 1)]
    assert project.find_claims("roof")[0].quote == "The roof 🏠 held."


def test_a_claim_in_parts_is_found_and_told_in_parts(project: Project, articles: list[Id]) -> None:
    project.mark(articles[0], "claim", [span(PLAIN, "“We had no crew,”"), span(PLAIN, "“and no fuel.”")])
    (place,) = project.find_claims("crew fuel")
    assert place.quote == "“We had no crew,” … “and no fuel.”"
    assert place.start, place.end == (span(PLAIN, "“We had no crew,”")[0], span(PLAIN, "“and no fuel.”")[1])


def test_a_long_claim_is_cut_short(project: Project) -> None:
    text = "Title\n" + "word " * 2000
    article = project.add_article(draft(text))
    project.mark(article, "claim", [(6, len(text))])
    (place,) = project.find_claims("word")
    assert len(place.quote) < 410 and place.quote.endswith("…")


def test_they_are_found_beside_the_window_too(project: Project, articles: list[Id], said: Said) -> None:
    said(0, "It did not sail.")
    with project.finder() as finder:
        assert [f.title for f in finder.find_claims("sail", project.layer.id)] == ["Day 1"]
        finder.stop()
        assert finder.find_claims("sail", project.layer.id) == []


def test_where_claims_stand_is_told_by_their_ids(project: Project, articles: list[Id], said: Said) -> None:
    claims = [said(n, "It did not sail.") for n in (2, 0)]
    project.unmark(claims[1])
    assert list(project.far_claims([claims[1], claims[0]])) == [claims[0]]
    assert project.far_claims([]) == {}
