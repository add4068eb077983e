"""The registers: who is in them, which mention names whom, and what follows a mention that turns out to be another's."""

from __future__ import annotations

import pytest

from annotator.errors import RuleBroken
from annotator.model.values import NOT_STATED
from tests.project.drafts import PLAIN, draft, span


@pytest.fixture
def lien(project, mark):
    return project.annotation(mark("source_mention", "Oda Lien")).source


def test_claims_linked_through_a_mention_follow_it(project, article, mark, claim, lien):
    mention = mark("source_mention", "Nobody", source=lien)
    other = mark("claim", "forty tickets were sold")
    through = project.link(claim, lien, source_mention=mention, cue=span(PLAIN, "said Oda"))
    kept = project.link(other, lien)
    clerk = project.add_source(article, "A clerk")
    project.assign(mention, clerk)
    links = project.annotated(article).attributions_by_id
    assert (links[through].source, links[kept].source) == (clerk, lien)
    project.undo()
    assert project.annotated(article).attributions_by_id[through].source == lien


def test_where_whom_it_names_now_said_it_too_one_link_is_left(project, article, mark, claim, lien):
    mention = mark("source_mention", "Nobody", source=lien)
    clerk = project.add_source(article, "A clerk")
    project.link(claim, lien, source_mention=mention, load="doubt")
    project.link(claim, clerk)
    project.assign(mention, clerk)
    (link,) = project.annotated(article).attributions_of[claim]
    assert (link.source, link.source_mention, link.load) == (clerk, mention, "doubt")


def test_a_mention_of_nobody_leaves_the_claim_its_source(project, article, mark, claim, lien):
    mention = mark("source_mention", "Nobody", source=lien)
    project.link(claim, lien, source_mention=mention)
    project.assign(mention, None)
    assert [a.source for a in project.annotated(article).attributions_of[claim]] == [lien]


def test_deleting_a_source_into_another_loses_no_field_of_a_shared_claim(project, article, claim, lien):
    clerk = project.add_source(article, "A clerk")
    project.link(claim, lien, load="doubt")
    project.link(claim, clerk)
    project.delete_source(lien, move_to=clerk)
    (link,) = project.annotated(article).attributions_of[claim]
    assert (link.source, link.load) == (clerk, "doubt")


def test_one_entity_is_read_with_its_counts(project, article, mark):
    first = mark("mention", "Oda Lien")
    entity = project.annotation(first).entity
    other = project.add_article(draft(PLAIN))
    project.mark(other, "mention", [span(PLAIN, "Oda Lien")])
    source = project.add_source(article, "Oda Lien", entity=entity)
    assert project.entity(entity) == project.entities()[0]
    assert (project.entity(entity).mentions, project.entity(entity).articles) == (2, 2)
    assert project.entity(entity).source_ids == (source,)
    assert project.entity_index() == [(entity, "Oda Lien", None)]


def test_an_entity_that_was_merged_away_is_found_by_its_old_id_only_where_that_is_meant(project):
    one, two = project.add_entity("Maria Soto"), project.add_entity("Gen. Soto")
    project.merge_entities(one, [two])
    assert project.find_entity(two) is None
    assert project.entity(two).entity.id == one


def test_names_are_needed_and_stay_one_line(project, article, lien):
    with pytest.raises(RuleBroken):
        project.edit_source(lien, label="  ")
    with pytest.raises(RuleBroken):
        project.add_entity("")
    project.edit_source(lien, label=" Oda\n Lien ", role=NOT_STATED, aliases=("O. L.", " O. L. ", ""))
    source = project.annotated(article).sources[lien]
    assert (source.label, source.aliases, source.role) == ("Oda Lien", ("O. L.",), None)
    assert "role" in source.not_stated


# -- the register as a person types into it


def test_an_alias_typed_for_a_mention_finds_the_entry(project, mark):
    entity = project.add_entity("Oda Lien", aliases=("Zo\u00eb",))
    mention = mark("mention", "tickets")
    project.assign_named(mention, "ZOE\u0308")
    assert project.annotation(mention).entity == entity
    assert len(project.entity_entries()) == 1


def test_a_name_nobody_has_makes_an_entry_in_one_step(project, article, mark, lien):
    mention = mark("source_mention", "Nobody", source=lien)
    project.assign_named(mention, "A clerk")
    made = project.annotation(mention).source
    assert next(s.label for s in project.sources(article) if s.id == made) == "A clerk"
    project.undo()
    assert project.annotation(mention).source == lien
    assert "A clerk" not in {s.label for s in project.sources(article)}


def test_of_two_entries_with_a_name_none_is_taken_silently(project, mark):
    project.add_entity("Ida Brook")
    other = project.add_entity("Ida Brook")
    mention = mark("mention", "tickets")
    with pytest.raises(RuleBroken, match="Several entries"):
        project.assign_named(mention, "ida brook")
    project.edit_entity(other, name="Ida B. Brook", aliases=("Ida Brook",))
    project.assign_named(mention, "ida brook")  # whose own name it is comes before whom it is another name of
    assert project.annotation(mention).entity not in (None, other)


def test_the_publication_is_found_by_its_name(project, article, mark):
    project.edit_article(article, publication="The Quay")
    mention = mark("source_mention", "Nobody")
    project.assign_named(mention, "the quay")
    found = {s.id: s for s in project.sources(article)}[project.annotation(mention).source]
    assert found.kind == "publication"


def test_a_source_is_the_entity_called_so(project, article, lien):
    entity = project.add_entity("Oda Lien", aliases=("Mrs Lien",))
    project.identify(lien, "mrs lien")
    assert {s.id: s.entity for s in project.sources(article)}[lien] == entity
    project.identify(lien, "The rowers")
    assert [e.name for e in project.entity_entries()] == ["Oda Lien", "The rowers"]
    project.identify(lien, None)
    assert {s.id: s.entity for s in project.sources(article)}[lien] is None


# -- within one step


def test_an_entry_is_found_by_its_names_in_the_step_that_made_renamed_or_merged_it(project, article, mark, lien):
    harbour = project.add_entity("Harbour")
    mark("mention", "tickets", entity=harbour)  # the names are known from here on
    with project.one_step("several"):
        made = project.add_entity("Oda Lien")
        assert project.annotation(mark("mention", "Oda Lien")).entity == made
        project.edit_entity(made, name="Lien", aliases=())
        assert project.annotation(mark("mention", "Oda Lien")).entity != made
        project.merge_entities(harbour, [made])
        mention = mark("mention", "tickets")
        project.assign_named(mention, "Lien")
        assert project.annotation(mention).entity == harbour
        clerk = project.add_source(article, "A clerk")
        project.identify(clerk, "Harbour")
        assert project.annotation(mark("source_mention", "Oda Lien")).source == lien
        other = project.annotation(mark("source_mention", "Nobody", source=clerk))
        project.assign_named(other.id, "Lien")
        assert project.annotation(other.id).source == clerk
        project.delete_entity(harbour)
        project.assign_named(other.id, "Lien")
        assert project.annotation(other.id).source != clerk
