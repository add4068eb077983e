"""Making and shaping marks: what is kept, what goes with what, and what is refused."""

from __future__ import annotations

import pytest

from annotator.errors import RuleBroken
from annotator.model import Cue, Id
from annotator.project import Project
from annotator.project.marks import unquoted
from tests.project.conftest import Mark
from tests.project.drafts import FAMILY, HARD, PLAIN, draft, span


def quotes(project: Project, article: Id) -> list[str]:
    seen = project.annotated(article)
    return [a.quote(seen.text) for a in seen.annotations]


def test_a_span_is_trimmed_and_never_cuts_a_grapheme(project: Project) -> None:
    article = project.add_article(draft(HARD))
    at = HARD.index(FAMILY)
    project.mark(article, "claim", [(at - 1, at + 1)])
    project.mark(article, "claim", [(HARD.index("e\u0301tude"), HARD.index("e\u0301tude") + 1)])
    assert sorted(quotes(project, article)) == ["e\u0301", FAMILY]


@pytest.mark.parametrize("spans", [[], [(5, 5)], [(9, 3)], [(27, 28)], [(-9, 0)], [(100_000, 100_009)]])
def test_no_words_no_mark(project: Project, article: Id, spans: list[tuple[int, int]]) -> None:
    with pytest.raises(RuleBroken, match="no words"):
        project.mark(article, "claim", spans)
    assert project.undo_step is not None
    assert project.undo_step.name.startswith("add article")


def test_parts_with_only_white_space_between_them_are_one(project: Project, article: Id) -> None:
    a, b = span(PLAIN, "It did"), span(PLAIN, "not sail")
    project.mark(article, "claim", [b, a])
    assert quotes(project, article) == ["It did not sail"]


def test_a_mention_meets_its_register_entry_by_name_or_alias(project: Project, article: Id, mark: Mark) -> None:
    first = mark("mention", "Oda Lien")
    entity = project.annotated(article).mentions[0].entity
    assert entity is not None
    project.edit_entity(entity, aliases=("Nobody",))
    second = mark("mention", "Nobody")
    assert {m.id: m.entity for m in project.annotated(article).mentions} == {first: entity, second: entity}


def test_two_entries_of_one_name_are_not_guessed_between(project: Project, article: Id, mark: Mark) -> None:
    twins = {project.add_entity("Oda Lien"), project.add_entity("oda  LIEN")}
    mark("mention", "Oda Lien")
    (mention,) = project.annotated(article).mentions
    assert mention.entity not in twins
    assert len(project.entities()) == 3


def test_a_source_of_another_article_is_another_source(project: Project, article: Id, mark: Mark) -> None:
    mark("source_mention", "Oda Lien")
    other = project.add_article(draft(PLAIN))
    project.mark(other, "source_mention", [span(PLAIN, "Oda Lien")])
    assert [s.label for s in project.sources(other)].count("Oda Lien") == 1
    assert [s.label for s in project.sources(article)].count("Oda Lien") == 1


def test_an_entry_nobody_described_goes_with_its_last_mention(project: Project, article: Id, mark: Mark) -> None:
    gone, stays = mark("mention", "Oda Lien"), mark("mention", "The harbour office")
    described = next(m.entity for m in project.annotated(article).mentions if m.id == stays)
    assert described is not None
    project.edit_entity(described, kind="organisation")
    project.unmark(gone, stays)
    assert [e.entity.id for e in project.entities()] == [described]


def test_entries_go_with_their_article_too(project: Project, article: Id, mark: Mark) -> None:
    mark("mention", "Oda Lien")
    mark("mention", "The harbour office")
    kept = project.add_entity("The harbour office in town", kind="place")
    project.delete_article(article)
    assert [e.entity.id for e in project.entities()] == [kept]
    project.undo()
    assert len(project.entities()) == 3


def test_a_claim_and_its_cue_are_removed_together_in_any_order(project: Project, article: Id, claim: Id) -> None:
    for order in (1, -1):
        project.link_new(claim, "Oda Lien", cue=span(PLAIN, "said Oda"))
        (cue,) = project.annotated(article).cues
        project.unmark(*[claim, cue.id, claim][::order])
        assert not project.annotated(article).annotations
        project.undo()
        project.undo()
    assert project.check() == []


def test_another_kind_takes_its_links_and_their_cues_along(project: Project, article: Id, claim: Id) -> None:
    project.link_new(claim, "Oda Lien", cue=span(PLAIN, "said Oda"))
    project.set_tags(claim, ["a"])
    project.change_kind(claim, "mention")
    seen = project.annotated(article)
    assert [(a.id, a.kind, a.tags) for a in seen.annotations] == [(claim, "mention", ("a",))]
    assert not seen.attributions
    project.undo()
    assert [a.kind for a in project.annotated(article).annotations] == ["claim", "cue"]


def test_a_cue_that_becomes_something_else_is_no_longer_a_cue(project: Project, article: Id, claim: Id) -> None:
    project.link_new(claim, "Oda Lien", cue=span(PLAIN, "said Oda"))
    (cue,) = project.annotated(article).cues
    project.change_kind(cue.id, "mention")
    (link,) = project.annotated(article).attributions
    assert link.cue is None


def test_split_keeps_fields_and_links_on_both_sides(project: Project, article: Id, claim: Id) -> None:
    project.edit_claim(claim, type="factual")
    project.link_new(claim, "Oda Lien")
    second = project.split(claim, span(PLAIN, "not sail.")[0])
    seen = project.annotated(article)
    assert [c.quote(seen.text) for c in seen.claims] == ["It did", "not sail."]
    assert [c.type for c in seen.claims] == ["factual", "factual"]
    assert seen.sources_of(claim) == seen.sources_of(second) != ()


def test_a_split_inside_a_grapheme_goes_before_it(project: Project) -> None:
    article = project.add_article(draft(HARD))
    at = HARD.index("Zoe\u0308")
    mark = project.mark(article, "claim", [(at, at + 4)])
    project.split(mark, at + 3)
    assert sorted(quotes(project, article)) == ["Zo", "e\u0308"]


def test_cutting_words_out_leaves_two_parts(project: Project, article: Id, mark: Mark) -> None:
    quote = mark("claim", "“We had no crew,” said Oda Lien, “and no fuel.”")
    project.cut_out(quote, *span(PLAIN, " said Oda Lien, "))
    assert quotes(project, article) == ["“We had no crew,” […] “and no fuel.”"]
    with pytest.raises(RuleBroken):
        project.cut_out(quote, 0, len(PLAIN))


def test_tags_join_the_code_book_once(project: Project, claim: Id, mark: Mark) -> None:
    project.set_tags(claim, ["Baseline", " ask  again ", "baseline", ""])
    other = mark("claim", "Nobody has asked")
    project.set_tags(other, ["BASELINE"])
    assert project.tags() == ["ask again", "Baseline"]
    found = project.annotation(other)
    assert found is not None
    assert found.tags == ("Baseline",)
    steps = len(project.steps())
    project.set_tags(other, ["baseline"])
    assert len(project.steps()) == steps


def test_what_is_typed_is_cleaned_as_a_text_is(project: Project, article: Id, claim: Id) -> None:
    project.set_note(claim, "  a\u0000b \ud800\r\nc  ")
    entity = project.add_entity(" N\u0000 ", note="x\u0000y", aliases=(" a \n b ", ""))
    source = project.add_source(article, "S", role="\ud800", note="n\r\nm")
    project.delete_entity(entity)
    project.undo()
    project.delete_source(source)
    project.undo()
    note = project.annotation(claim)
    assert note is not None
    assert note.note == "a\ufffdb \ufffd\nc"
    (summary,) = project.entities()
    assert (summary.entity.name, summary.entity.note, summary.entity.aliases) == ("N\ufffd", "x\ufffdy", ("a b",))
    found = next(s for s in project.sources(article) if s.id == source)
    assert (found.role, found.note) == ("\ufffd", "n\nm")


def test_many_verbs_as_one_step(project: Project, article: Id) -> None:
    told = []
    project.subscribe(told.append)
    with project.one_step("mark three"):
        made = [project.mark(article, "claim", [(n * 4, n * 4 + 3)]) for n in range(3)]
        project.set_note(made[0], "x")
    assert [c.step for c in told] == ["mark three"]
    assert told[0].marks == set(made)
    project.undo()
    assert not project.annotated(article).annotations


def test_many_verbs_are_all_or_nothing(project: Project, article: Id, claim: Id) -> None:
    told = []
    project.subscribe(told.append)
    with pytest.raises(RuleBroken), project.one_step("mark three"):
        project.mark(article, "claim", [(0, 3)])
        project.mark(article, "claim", [])
    assert told == []
    assert [a.id for a in project.annotated(article).annotations] == [claim]
    project.set_note(claim, "work goes on")
    assert not [a for a in project.annotated(article).annotations if isinstance(a, Cue)]


def test_a_title_may_not_be_left_open(project: Project, article: Id) -> None:
    for title in ("", "  ", None, "not_stated"):
        with pytest.raises(RuleBroken, match="needs a title"):
            project.edit_article(article, title=title)


def test_not_stated_is_a_value_of_its_own(project: Project, article: Id) -> None:
    project.edit_article(article, date="not_stated", byline="not_stated")
    seen = project.article(article)
    assert (seen.date, seen.byline, seen.not_stated) == (None, None, {"date", "byline"})
    project.edit_article(article, date="2024")
    assert project.article(article).not_stated == {"byline"}


def test_the_author_source_follows_the_byline_until_somebody_renames_it(project: Project, article: Id) -> None:
    def author() -> str:
        return next(s.label for s in project.sources(article) if s.kind == "author")

    project.edit_article(article, byline="Ina B. Berg")
    assert author() == "Ina B. Berg"
    project.edit_article(article, byline=None)
    assert author() == "the author"
    project.edit_source(next(s.id for s in project.sources(article) if s.kind == "author"), label="our own reporter")
    project.edit_article(article, byline="Una")
    assert author() == "our own reporter"


def test_coverage_is_stored_with_each_action(project: Project, article: Id, claim: Id) -> None:
    assert project.articles()[0].sentences is None
    sentences = project.sentences(article)
    project.mark_sentence(article, *sentences[0])

    def stored() -> tuple[int | None, int | None]:
        summary = project.articles()[0]
        return summary.accounted, summary.sentences

    assert (
        stored()
        == (2, len(sentences))
        == (project.coverage(article).accounted, len(project.coverage(article).sentences))
    )
    project.mark_sentence(article, *sentences[0], None)
    assert stored() == (1, len(sentences))
    project.unmark(claim)
    assert stored() == (0, len(sentences))
    project.undo()
    assert stored() == (1, len(sentences))
    project.set_zone(article, project.blocks(article)[1].start, "box")
    assert stored() == (None, None)
    assert len(project.coverage(article).sentences) < len(sentences)


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', "* OR", "a AND", "NEAR(", "\x00", "\ud800", "-", "ferry*", "title:ferry", "💥", "عمر", "(" * 5000],
)
def test_any_text_is_a_query(project: Project, article: Id, query: str) -> None:
    assert isinstance(project.search(query), list)


def test_search_of_a_page_pasted_by_mistake(project: Project, article: Id) -> None:
    assert isinstance(project.search(" ".join(f"word{n}" for n in range(20_000))), list)


def test_search_shows_where_in_a_long_text(project: Project) -> None:
    made = project.add_article(draft("Tide tables\n\n" + "tide and tide again. " * 20_000))
    hits = [h for h in project.search("tide") if h.article == made and h.where == "text"]
    assert [h.start for h in hits] == [0]
    assert hits[0].snippet.startswith("Tide tables") and len(hits[0].snippet) < 200


def test_search_says_where(project: Project, article: Id, claim: Id) -> None:
    project.set_note(claim, "ask the harbour")
    project.edit_claim(claim, short_text="harbour was shut")
    found = {h.where: h for h in project.search("HARB")}
    assert set(found) == {"text", "note", "claim"}
    assert found["text"].start == PLAIN.index("harbour")
    assert project.search("ferry sail") != []
    project.set_note(claim, None)
    assert "note" not in {h.where for h in project.search("harbour")}


def test_what_is_gone_is_said_in_one_sentence(project: Project, article: Id, claim: Id) -> None:
    project.unmark(claim)
    with pytest.raises(RuleBroken, match="no longer in the project"):
        project.set_note(claim, "x")
    project.delete_article(article)
    for verb in (project.annotated, project.version, project.blocks, project.sentences, project.delete_article):
        with pytest.raises(RuleBroken, match="no longer in the project"):
            verb(article)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("“I have a list.”", "I have a list."),
        ("“I have", "I have"),
        ("“I have”, she said, “a list”", "‘I have’, she said, ‘a list’"),
        ("He has “a list”", "He has ‘a list’"),
        ("the Rowers’", "the Rowers’"),
        ("“", ""),
    ],
)
def test_words_are_put_in_quotation_marks_once(quote: str, said: str) -> None:
    assert unquoted(quote) == said
