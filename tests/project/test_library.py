"""Articles as wholes, many at once: one step each, told, undoable; and the rows of the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.errors import RuleBroken
from annotator.model import Id
from annotator.project import ArticleSummary, Changes, Project
from tests.project.drafts import PLAIN, draft, span


@pytest.fixture
def many(project: Project) -> list[Id]:
    return project.add_articles(draft(f"Report {n}\n\nFerry number {n}.", byline="Ina Berg") for n in range(4))


@pytest.fixture
def told(project: Project, many: list[Id]) -> list[Changes]:
    found: list[Changes] = []
    project.subscribe(found.append)
    return found


def row(project: Project, article: Id) -> ArticleSummary:
    return project.article_summary(article)


VERBS: dict[str, tuple[Callable[[Project, list[Id]], object], str, Callable[[ArticleSummary], object], object]] = {
    "group": (lambda p, ids: p.set_group(ids, " Round  1 "), "put 2 articles into group “Round 1”", lambda s: s.group, "Round 1"),
    "archive": (lambda p, ids: p.archive(ids), "archive 2 articles", lambda s: s.archived, True),
    "tag": (lambda p, ids: p.tag_articles(ids, "Ports"), "tag 2 articles with “Ports”", lambda s: s.tags, ("Ports",)),
    "facts": (
        lambda p, ids: p.edit_articles(ids, publication="The Quay", date="not_stated"),
        "describe 2 articles",
        lambda s: (s.article.publication, s.article.date, s.article.not_stated),
        ("The Quay", None, frozenset({"date"})),
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_many_at_once_are_one_step(project: Project, many: list[Id], told: list[Changes], verb: str) -> None:
    do, name, look, wanted = VERBS[verb]
    before = project.articles()
    do(project, [*many[:2], many[0], "00000000-0000-4000-8000-000000000000"])
    assert [look(s) for s in project.articles()][:2] == [wanted, wanted]
    assert project.articles()[2:] == before[2:]
    assert project.undo_step is not None and project.undo_step.name == name
    assert [c.articles for c in told] == [set(many[:2])]
    do(project, many[:2])
    assert len(told) == 1, "nothing differs, nothing is written"
    project.undo()
    assert project.articles() == before
    project.redo()
    assert look(row(project, many[0])) == wanted
    do(project, many)
    assert told[-1].articles == set(many[2:])
    assert project.check() == []


def test_one_alone_is_called_by_its_title(project: Project, many: list[Id]) -> None:
    project.set_group(many[:1], "A {b}")
    project.archive(many[:1])
    project.tag_articles(many[:1], "x {y}")
    project.edit_articles(many[:1], language="en")
    project.archive(many[:1], on=False)
    project.tag_articles(many[:1], "X {Y}", on=False)
    project.set_group(many[:1], None)
    project.delete_articles(many[:1])
    assert [s.name for s in project.steps()[1:]] == [
        "put article “Report 0” into group “A {b}”",
        "archive article “Report 0”",
        "tag article “Report 0” with “x {y}”",
        "describe article “Report 0”",
        "bring article “Report 0” back from the archive",
        "take tag “x {y}” from article “Report 0”",
        "take article “Report 0” out of its group",
        "delete article “Report 0”",
    ]


def test_groups_are_renamed_joined_and_dissolved(project: Project, many: list[Id]) -> None:
    project.set_group(many[:2], "b")
    project.set_group(many[2:], "A")
    assert project.groups() == [("A", 2), ("b", 2)]
    project.rename_group("b", "A")
    assert project.groups() == [("A", 4)]
    project.undo()
    project.rename_group("b", None)
    assert project.groups() == [("A", 2)]
    assert [s.group for s in project.articles()] == [None, None, "A", "A"]
    steps = project.step_count()
    project.rename_group("A", "A")
    project.rename_group("nobody", "C")
    assert project.step_count() == steps


def test_a_group_is_the_same_in_any_case_and_has_a_name_one_can_see(project: Project, many: list[Id]) -> None:
    project.set_group(many[:1], "News")
    project.set_group(many[1:2], " news ")
    assert project.groups() == [("News", 2)]
    project.set_group(many[:2], "\u200b")
    assert project.groups() == []


def test_tags_of_articles_are_a_list_of_the_code_book(project: Project, many: list[Id], told: list[Changes]) -> None:
    project.tag_articles(many, "Ports")
    project.tag_articles(many[:1], "PORTS")  # the same one
    project.tag_articles(many[1:], "to check")
    assert project.article_tags() == ["Ports", "to check"]
    assert project.term_uses("article_tag") == {"ports": 4, "to check": 3}
    assert project.tags() == []
    project.rename_term("article_tag", "ports", "Harbours")
    assert row(project, many[1]).tags == ("Harbours", "to check")
    assert told[-1].articles == set(many)
    with pytest.raises(RuleBroken, match="is used 3 times"):
        project.remove_term("article_tag", "to check")
    project.merge_terms("article_tag", "to check", "harbours")
    assert [s.tags for s in project.articles()] == [("Harbours",)] * 4
    project.undo()
    assert [s.tags for s in project.articles()] == [("Harbours",)] + [("Harbours", "to check")] * 3
    with pytest.raises(RuleBroken, match="needs a word"):
        project.tag_articles(many, "  ")
    assert project.check() == []


def test_facts_of_many_take_author_and_publication_along(project: Project, many: list[Id]) -> None:
    project.edit_articles(many[1:], byline="Oda Lien", publication="The Quay")
    labels = [{s.kind: s.label for s in project.sources(i)} for i in many]
    assert labels[0] == {"author": "Ina Berg", "publication": "the publication"}
    assert labels[1:] == [{"author": "Oda Lien", "publication": "The Quay"}] * 3
    with pytest.raises(RuleBroken, match="a title of its own"):
        project.edit_articles(many, title="One for all")


def test_deleted_together_they_come_back_together(project: Project, many: list[Id], article: Id) -> None:
    project.mark(article, "mention", [span(PLAIN, "Oda Lien")])
    project.tag_articles([article], "x")
    before, names = project.articles(), project.entity_names()
    project.delete_articles([article, *many[:2]])
    assert [s.article.id for s in project.articles()] == many[2:]
    assert project.entity_names() == []
    assert project.undo_step is not None and project.undo_step.name == "delete 3 articles"
    project.undo()
    assert (project.articles(), project.entity_names()) == (before, names)
    project.delete_articles([])
    project.delete_articles(["00000000-0000-4000-8000-000000000000"])
    assert project.articles() == before


def test_what_is_said_of_articles_leaves_their_coverage_alone(project: Project, article: Id, claim: Id) -> None:
    project.coverage(article)
    counted = row(project, article)
    assert counted.accounted == 1
    for verb in (
        lambda: project.set_group([article], "A"),
        lambda: project.tag_articles([article], "A"),
        lambda: project.archive([article]),
        lambda: project.edit_articles([article], publication="Other"),
        lambda: project.add_source(article, "Somebody"),
        lambda: project.undo(),
    ):
        verb()
        assert (row(project, article).accounted, row(project, article).sentences) == (1, counted.sentences)
    project.edit_articles([article], language="de")  # its sentences may end elsewhere now
    assert row(project, article).sentences is None


def test_coverage_of_an_article_not_looked_at_now_is_counted_anew(project: Project, path: Any, article: Id) -> None:
    project.coverage(article)
    project._coverage.clear()  # as if it were opened again
    project.add_entity("Somebody")
    project.set_note(project.mark(article, "claim", [span(PLAIN, "It did not sail.")]), "x")
    assert row(project, article).sentences is None


@pytest.fixture
def path(project: Project) -> Any:
    return project.path


def test_the_rows_of_the_list(project: Project, many: list[Id], article: Id, claim: Id) -> None:
    mine = row(project, article)
    assert (mine.claims, mine.open_claims, mine.sources, mine.attributions, mine.orphans) == (1, 1, 0, 0, 0)
    assert (mine.added, mine.media_type, mine.status) == (5, "text/plain", "in_progress")
    assert [s.added for s in project.articles()] == [1, 2, 3, 4, 5]
    author = next(s.id for s in project.sources(article) if s.kind == "author")
    project.link(claim, author)
    assert (row(project, article).open_claims, row(project, article).sources) == (0, 0)
    project.unlink(next(iter(project.annotated(article).attributions)).id)
    project.link_words(claim, span(PLAIN, "Oda Lien"))
    assert (row(project, article).open_claims, row(project, article).sources) == (0, 1)
    assert project.articles()[-1] == row(project, article)
    assert row(project, many[0]).status == "not_started"
    for start, end in project.sentences(article):
        project.mark_sentence(article, start, end)
    assert row(project, article).status == "complete"


def test_totals_are_those_of_the_list(project: Project, many: list[Id], claim: Id) -> None:
    rows = project.articles()
    assert project.totals() == (len(rows), sum(r.claims for r in rows)) and project.totals()[1] > 0


def test_marks_without_a_place_in_a_newer_text_are_counted(
    project: Project, many: list[Id], article: Id, claim: Id
) -> None:
    with project._store.unrecorded():
        db = project._store.db
        db.execute("UPDATE article_version SET current = 0 WHERE article = 5")
        db.execute(
            "INSERT INTO article_version(uid, article, no, text, words, code_points, rules, media_type) "
            "SELECT randomblob(16), article, 2, text, words, code_points, rules, media_type FROM article_version WHERE article = 5"
        )
    assert [s.orphans for s in project.articles()] == [0, 0, 0, 0, 1]
    assert row(project, article).orphans == 1


def test_what_is_there_already_is_noticed(project: Project, many: list[Id]) -> None:
    there = draft("Report 1\n\nFerry number 1.")
    assert project.same_content(there) == many[1]
    assert project.same_content(draft("Report 9\n\nFerry number 1.")) is None
    from dataclasses import replace

    assert project.same_content(replace(there, text="read in another way")) == many[1]  # from the same bytes
    assert project.alike(draft("Report 1\n\nReworded.")) is None  # a title alone says little
    project.edit_articles(many, publication="The Quay", date="2026-05-02")
    assert project.alike(draft("Report 1\n\nReworded.", publication="The Quay", date="2026-05-02")) == many[1]
    assert project.alike(draft("Report 1\n\nReworded.", publication="The Quay")) is None
    assert project.alike(draft("Report 1\n\nReworded.", date="2026-05-02")) == many[1]  # where it appeared is not known
    assert project.alike(draft("Report 1\n\nReworded.", publication="The Lantern", date="2026-05-02")) is None
    project.edit_article(many[2], url="https://quay.example/2")
    assert project.alike(draft("Another title\n\nText.", url="https://quay.example/2")) == many[2]
    assert project.alike(draft("Another title\n\nText.", url="")) is None
    project.delete_articles(many)
    assert project.same_content(there) is None


def test_a_fact_the_original_does_not_state_is_kept_as_such(project: Project) -> None:
    made = project.add_article(draft(PLAIN, date="not_stated", publication="The Quay"))
    assert project.article(made).date is None
    assert project.article(made).not_stated == {"date"}


def test_an_article_read_anew_takes_the_place_of_the_old_one(project: Project, many: list[Id]) -> None:
    old = many[1]
    project.set_group([old], "Round 1")
    project.tag_articles([old], "Ports")
    project.archive([old])
    made = project.read_anew(old, draft("Report 1\n\nFérry number 1."))
    found = row(project, made)
    assert (found.group, found.tags, found.archived) == ("Round 1", ("Ports",), True)
    assert not project.has_article(old)
    project.undo()
    assert project.has_article(old) and not project.has_article(made)
    assert project.check() == []


@pytest.mark.parametrize("what", ["mark", "sentence"])
def test_an_article_somebody_worked_on_stays_when_it_is_read_anew(project: Project, article: Id, what: str) -> None:
    if what == "mark":
        project.mark(article, "mention", [span(PLAIN, "Oda Lien")])
    else:
        project.mark_sentence(article, *project.sentences(article)[0])
    project.read_anew(article, draft(PLAIN))
    assert project.has_article(article)


def test_thousands_are_deleted_by_few_statements(project: Project) -> None:
    ids = project.add_articles(draft(f"Report {n}\n\nFerry number {n}.") for n in range(60))
    told: list[str] = []

    def deleted(some: list[Id]) -> int:
        told.clear()
        project._store.db.set_trace_callback(told.append)
        project.delete_articles(some)
        project._store.db.set_trace_callback(None)
        return sum(said.startswith("SELECT") and "main'." not in said for said in told)  # not those of the indexes

    assert deleted(ids[:50]) <= deleted(ids[50:52])
