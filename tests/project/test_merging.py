"""Entries that become one, and one that becomes two: mentions and claims stay, old ids lead on, undo brings all back."""

from __future__ import annotations

import pytest

from annotator.errors import RuleBroken
from annotator.model import Attribution, Source
from annotator.model.values import NOT_STATED
from annotator.project import Conflict
from tests.project.drafts import PLAIN, draft, span


def content(project):
    """Return every row of every recorded table."""
    db, tables = project._store.db, project._store._tables
    return {t: db.execute(f'SELECT * FROM "{t}" ORDER BY 1, 2').fetchall() for t in tables}


def links_of(project, article, claim):
    return project.annotated(article).attributions_of.get(claim, ())


@pytest.fixture
def lien(project, mark):
    return project.annotation(mark("source_mention", "Oda Lien")).source


@pytest.fixture
def office(project, mark):
    return project.annotation(mark("source_mention", "The harbour office")).source


def test_the_one_that_stays_keeps_its_name_and_takes_what_it_lacks(project, article, lien, office):
    project.edit_source(lien, naming="named", role="clerk", affiliation=NOT_STATED)
    project.edit_source(office, naming="role_only", affiliation="Harbour", side="port", aliases=("O. Lien", "oda lien"))
    merged = project.merge_sources(lien, [office])
    stays = project.annotated(article).sources[lien]
    assert (stays.label, stays.naming, stays.role, stays.side) == ("Oda Lien", "named", "clerk", "port")
    assert stays.affiliation is None and "affiliation" in stays.not_stated
    assert stays.aliases == ("The harbour office", "O. Lien")
    assert merged.conflicts == (
        Conflict("naming", "named", ("role_only",)),
        Conflict("affiliation", NOT_STATED, ("Harbour",)),
    )


def test_where_they_disagree_a_person_may_choose(project, article, lien, office):
    project.edit_source(lien, affiliation="Ledger")
    project.edit_source(office, affiliation="Harbour")
    project.merge_sources(lien, [office], affiliation="Harbour")
    assert project.annotated(article).sources[lien].affiliation == "Harbour"


def test_mentions_and_claims_move_and_the_old_id_leads_on(project, article, claim, lien, office):
    before = content(project)
    mentions = {m.id for m in project.annotated(article).source_mentions}
    project.link(claim, office)
    linked = content(project)
    project.merge_sources(lien, [office])
    seen = project.annotated(article)
    assert {m.id for m in seen.mentions_of_source(lien)} == mentions
    assert [a.source for a in links_of(project, article, claim)] == [lien]
    assert project._records.get(Source, office).id == lien
    assert office not in seen.sources
    assert project.check() == []
    after = content(project)
    project.undo()
    assert content(project) == linked
    project.undo()
    assert content(project) == before
    project.redo()
    project.redo()
    assert content(project) == after


def test_what_is_shown_follows_a_merge(project, article, claim, lien, office):
    project.link(claim, office)
    shown, told = project.annotated(article), []
    project.subscribe(told.append)
    project.merge_sources(lien, [office])
    shown = project.renewed(shown, told[-1])
    fresh = project.annotated(article)
    assert shown.sources == fresh.sources
    assert shown.by_id == fresh.by_id
    assert dict(shown.attributions_of) == dict(fresh.attributions_of)


def test_two_attributions_of_one_claim_become_one_that_has_all(project, article, claim, lien, office):
    mention = project.annotated(article).mentions_of_source(office)[0].id
    project.link(claim, lien)
    project.link(claim, office, source_mention=mention, cue=span(PLAIN, "said Oda"), load="doubt")
    project.merge_sources(lien, [office])
    (link,) = links_of(project, article, claim)
    assert (link.source, link.source_mention, link.load) == (lien, mention, "doubt")
    assert link.cue is not None


def test_a_cue_nobody_uses_any_more_goes(project, article, claim, lien, office):
    project.link(claim, lien, cue=span(PLAIN, "said Oda"))
    project.link(claim, office, cue=span(PLAIN, "said the ferry"))
    project.merge_sources(lien, [office])
    assert [c.quote(PLAIN) for c in project.annotated(article).cues] == ["said Oda"]


def test_an_attribution_never_leads_back_to_itself(project, article, claim, lien, office):
    paper = project.add_source(article, "The Ledger")
    outermost = project.link(claim, paper)
    outer = project.link(claim, office, via=outermost)
    project.link(claim, lien, via=outer)
    project.merge_sources(lien, [office])
    by_source = {a.source: a for a in links_of(project, article, claim)}
    assert by_source[lien].via == outermost
    assert by_source[paper].via is None
    assert project.check() == []


def test_a_ring_of_three_is_opened_where_the_two_became_one(project, article, claim, lien, office):
    clerk = project.add_source(article, "A clerk")
    outer = project.link(claim, office)
    middle = project.link(claim, clerk, via=outer)
    inner = project.link(claim, lien, via=middle)
    project.merge_sources(lien, [office])
    assert {a.id: a.via for a in links_of(project, article, claim)} == {middle: inner, inner: None}
    assert project.check() == []


def test_who_was_known_through_one_is_known_through_the_one_that_stayed(project, article, claim, lien, office):
    clerk = project.add_source(article, "A clerk")
    kept = project.link(claim, lien)
    outer = project.link(claim, office)
    project.link(claim, clerk, via=outer)
    project.merge_sources(lien, [office])
    assert {a.source: a.via for a in links_of(project, article, claim)} == {lien: None, clerk: kept}


def test_merging_twice_leads_all_old_ids_to_the_last(project, article, lien, office):
    third = project.add_source(article, "Lien")
    project.merge_sources(office, [lien])
    project.merge_sources(third, [office])
    assert {project._records.get(Source, id_).id for id_ in (lien, office)} == {third}


def test_author_publication_and_not_stated_are_never_merged(project, article, claim, lien):
    project.link_not_stated(claim)
    for source in project.sources(article):
        if not source.accountable or source.kind == "unstated":
            for pair in ((lien, source.id), (source.id, lien)):
                with pytest.raises(RuleBroken):
                    project.merge_sources(pair[0], [pair[1]])
    other = project.add_article(draft(PLAIN))
    with pytest.raises(RuleBroken):
        project.merge_sources(lien, [project.add_source(other, "X")])
    with pytest.raises(RuleBroken):
        project.merge_sources(lien, [lien])


def test_entities_merge_over_articles_and_sources_follow(project, article, mark, lien):
    other = project.add_article(draft(PLAIN))
    one = project.annotation(mark("mention", "Oda Lien")).entity
    two = project.add_entity("O. Lien", kind="person", note="the clerk")
    there = project.mark(other, "mention", [span(PLAIN, "Oda Lien")], entity=two)
    project.edit_source(lien, entity=two)
    before = content(project)
    project.merge_entities(one, [two])
    assert project.annotation(there).entity == one
    assert project.annotated(article).sources[lien].entity == one
    (left,) = project.entities()
    assert (left.entity.kind, left.entity.note, left.entity.aliases) == ("person", "the clerk", ("O. Lien",))
    assert (left.mentions, left.articles) == (2, 2)
    project.undo()
    assert content(project) == before


def test_a_split_takes_the_links_made_through_its_mentions(project, article, mark, claim, lien):
    second = mark("source_mention", "Nobody", source=lien)
    other = mark("claim", "forty tickets were sold")
    project.link(claim, lien, source_mention=second)
    kept = project.link(other, lien)
    before = content(project)
    made = project.split_source(lien, "  A clerk ", [second])
    seen = project.annotated(article)
    assert [m.id for m in seen.mentions_of_source(made)] == [second]
    assert [a.source for a in seen.attributions_of[claim]] == [made]
    assert [a.source for a in seen.attributions_of[other]] == [lien]
    assert seen.sources[made].label == "A clerk"
    project.split_source(made, "Another", attributions=[seen.attributions_of[claim][0].id])
    with pytest.raises(RuleBroken):
        project.split_source(made, "Wrong", attributions=[kept])
    with pytest.raises(RuleBroken):
        project.split_source(lien, "Nothing")
    with pytest.raises(RuleBroken):
        project.split_source(lien, "  ", attributions=[kept])
    project.undo()
    project.undo()
    assert content(project) == before


def test_a_split_entity_keeps_every_mention(project, article, mark):
    first, second = mark("mention", "The ferry that"), mark("mention", "the ledger")
    one = project.annotation(first).entity
    project.assign(second, one)
    made = project.split_entity(one, "The ledger", [second])
    assert project.annotation(first).entity == one
    assert project.annotation(second).entity == made


def test_many_mentions_are_marked_in_one_step(project, article, lien):
    spans = [span(PLAIN, "Nobody"), span(PLAIN, "the ledger"), span(PLAIN, "Nobody")]
    made = project.mark_mentions(article, lien, spans)
    assert len(made) == 2
    assert set(made) < {m.id for m in project.annotated(article).mentions_of_source(lien)}
    assert project.undo_step.name == "mark 2 mentions of Oda Lien"
    project.undo()
    assert len(project.annotated(article).mentions_of_source(lien)) == 1


def test_entities_that_may_be_the_same_are_found_by_name(project):
    one = project.add_entity("Maria Soto", kind="person")
    general = project.add_entity("Gen. Soto")
    project.add_entity("Soto Valley", kind="place")
    project.add_entity("Pedro Soto", kind="person")
    assert [e.id for e in project.entities_like(one)] == [general]
    who = project.add_entity("World Health Organization")
    short = project.add_entity("WHO")
    assert [e.id for e in project.entities_like(short)] == [who]
    assert [e.id for e in project.entities_like(who)] == [short]


def test_attributions_stay_one_per_claim_and_source(project, article, mark, claim, lien, office):
    other = mark("claim", "forty tickets were sold")
    for said in (claim, other):
        for source in (lien, office):
            project.link(said, source)
    project.merge_sources(lien, [office])
    found = project._records.find(Attribution)
    assert sorted((a.claim, a.source) for a in found) == sorted((c, lien) for c in (claim, other))


def test_the_old_id_of_a_merged_entity_leads_on_until_it_is_taken_back(project, article, mark):
    kept = project.add_entity("Oda Lien")
    gone = project.annotation(mark("mention", "Oda Lien", entity=project.add_entity("O. Lien"))).entity
    project.merge_entities(kept, [gone])
    assert project.entity(gone).entity.id == kept
    assert project.find_entity(gone) is None
    project.undo()
    assert project.entity(gone).entity.name == "O. Lien"
