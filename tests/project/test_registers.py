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
