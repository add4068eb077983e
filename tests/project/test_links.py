"""Who said what, the registers and the checking of claims."""

from __future__ import annotations

import pytest

from annotator.errors import RuleBroken
from annotator.model import Attribution, Id, Source
from annotator.project import Changes, Project
from tests.project.conftest import Mark
from tests.project.drafts import PLAIN, draft, span


def source(project: Project, article: Id, **equal: object) -> Source:
    return next(s for s in project.sources(article) if all(getattr(s, k) == v for k, v in equal.items()))


def only_link(project: Project, article: Id) -> Attribution:
    (link,) = project.annotated(article).attributions
    return link


def test_a_source_takes_the_place_of_the_authors_voice_and_back(project: Project, article: Id, claim: Id) -> None:
    project.link_author(claim)
    assert project.annotated(article).is_author_voice(claim)
    project.link_new(claim, "Oda Lien")
    project.link_not_stated(claim)
    assert [s.label for s in project.annotated(article).sources_of(claim)] == ["Oda Lien", "not stated"]
    project.link_author(claim)
    assert project.annotated(article).is_author_voice(claim)


def test_the_same_source_twice_is_one_link_brought_up_to_date(project: Project, article: Id, claim: Id) -> None:
    oda = project.add_source(article, "Oda Lien")
    first = project.link(claim, oda, load="doubt", cue=span(PLAIN, "said Oda"))
    second = project.link(claim, oda, function="belief", cue=span(PLAIN, "According"))
    assert first == second
    link = only_link(project, article)
    assert (link.load, link.function) == ("doubt", "belief")
    assert [c.quote(PLAIN) for c in project.annotated(article).cues] == ["According"]


def test_a_cue_moves_along_when_the_source_is_replaced(project: Project, article: Id, claim: Id) -> None:
    project.link(claim, source(project, article, kind="author").id, cue=span(PLAIN, "said Oda"))
    (cue,) = project.annotated(article).cues
    project.link(claim, project.add_source(article, "Oda Lien"), cue=cue.id)
    assert only_link(project, article).cue == cue.id
    project.link_author(claim)
    assert not project.annotated(article).cues


def test_not_stated_is_one_source_per_article(project: Project, article: Id, claim: Id, mark: Mark) -> None:
    project.link_not_stated(claim)
    project.link_not_stated(mark("claim", "Nobody has asked"))
    assert [s.kind for s in project.sources(article)].count("unstated") == 1


def test_links_stay_inside_their_article(project: Project, article: Id, claim: Id) -> None:
    other = project.add_article(draft(PLAIN))
    there = project.mark(other, "claim", [span(PLAIN, "It did not sail.")])
    elsewhere = project.link_new(there, "Una")
    cue = project.mark(other, "cue", [span(PLAIN, "According")])
    with pytest.raises(RuleBroken, match="own article"):
        project.link(claim, source(project, other, label="Una").id)
    with pytest.raises(RuleBroken, match="same article"):
        project.link(claim, project.add_source(article, "Oda"), via=elsewhere)
    with pytest.raises(RuleBroken, match="one article"):
        project.link(claim, project.add_source(article, "Ida"), cue=cue)
    assert not project.annotated(article).attributions


def test_no_attribution_leads_back_to_itself(project: Project, article: Id, claim: Id) -> None:
    links = [project.link_new(claim, name) for name in ("Oda", "Ida", "Una")]
    project.edit_attribution(links[0], via=links[1])
    project.edit_attribution(links[1], via=links[2])
    for outer in links:
        with pytest.raises(RuleBroken, match="lead back to itself"):
            project.edit_attribution(links[2], via=outer)
    project.unlink(links[1])
    assert {a.via for a in project.annotated(article).attributions} == {None}


def test_a_mention_that_names_nobody_yet_links_nothing(project: Project, claim: Id, mark: Mark) -> None:
    mention = mark("source_mention", "Oda Lien")
    project.assign(mention, None)
    with pytest.raises(RuleBroken, match="which source it names"):
        project.link_mention(claim, mention)


def test_a_deleted_source_takes_its_links_or_hands_them_on(
    project: Project, article: Id, claim: Id, mark: Mark
) -> None:
    oda, ida = project.add_source(article, "Oda"), project.add_source(article, "Ida")
    mention = mark("source_mention", "Oda Lien", source=oda)
    project.link(claim, oda, source_mention=mention)
    project.delete_source(oda, move_to=ida)
    assert only_link(project, article).source == ida
    assert project.annotated(article).source_mentions[0].source == ida
    project.delete_source(ida)
    seen = project.annotated(article)
    assert not seen.attributions
    assert [c.id for c in seen.claims] == [claim]
    assert seen.source_mentions[0].source is None


def test_claims_are_not_handed_on_to_just_anybody(project: Project, article: Id, claim: Id) -> None:
    oda = project.add_source(article, "Oda")
    project.link(claim, oda)
    elsewhere = source(project, project.add_article(draft(PLAIN)), kind="author").id
    for target in (oda, elsewhere, source(project, article, kind="author").id):
        with pytest.raises(RuleBroken, match="another source of the same article"):
            project.delete_source(oda, move_to=target)
    assert only_link(project, article).source == oda


def test_author_and_publication_stay_what_they_are(project: Project, article: Id, claim: Id) -> None:
    author = source(project, article, kind="author").id
    oda = project.add_source(article, "Oda", kind="person")
    with pytest.raises(RuleBroken):
        project.delete_source(author)
    for verb in (
        lambda: project.edit_source(author, kind="person"),
        lambda: project.edit_source(oda, kind="author"),
        lambda: project.add_source(article, "x", kind="publication"),
    ):
        with pytest.raises(RuleBroken, match="one author, one publication"):
            verb()
    project.edit_source(author, kind="author", role="correspondent")
    project.link_author(claim)


def test_a_name_is_needed(project: Project, article: Id, claim: Id) -> None:
    oda = project.add_source(article, "Oda")
    for verb in (
        lambda: project.add_source(article, " "),
        lambda: project.add_entity("\n"),
        lambda: project.edit_source(oda, label=""),
        lambda: project.edit_source(oda, label=None),
        lambda: project.link_new(claim, "  "),
    ):
        with pytest.raises(RuleBroken, match="name"):
            verb()


# -- checking


def test_a_verdict_has_evidence_a_person_and_a_checked_claim(project: Project, article: Id, claim: Id) -> None:
    with pytest.raises(RuleBroken, match="evidence"):
        project.verify(claim, "checked", verdict="5")
    with pytest.raises(RuleBroken, match="checked claim"):
        project.verify(claim, "in_progress", verdict="5")
    with pytest.raises(RuleBroken, match="evidence"):
        project.verify(claim, "checked", verdict="none", why="  ")
    project.verify(claim, "checked", verdict="none", why="nobody answers")
    project.add_evidence(claim, "contradicts", title="Log")
    project.verify(claim, "checked", verdict="1")
    seen = project.annotated(article)
    assert [(e.status, e.verdict, e.person) for e in seen.verifications[claim]] == [
        ("checked", "none", "Tess Ek"),
        ("checked", "1", "Tess Ek"),
    ]


def test_opinions_take_no_verdict(project: Project, claim: Id, mark: Mark) -> None:
    project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="5")
    with pytest.raises(RuleBroken, match="has a verdict"):
        project.edit_claim(claim, type="opinion")
    opinion = mark("claim", "Nobody has asked", type="value")
    project.add_evidence(opinion, "supports", title="Log")
    with pytest.raises(RuleBroken, match="takes no verdict"):
        project.verify(opinion, "checked", verdict="5")


@pytest.mark.parametrize(("verdict", "why", "held"), [("4", "x", True), ("none", None, True), ("none", "x", False)])
def test_evidence_a_verdict_rests_on_stays(
    project: Project, claim: Id, verdict: str, why: str | None, held: bool
) -> None:
    one = project.add_evidence(claim, "supports", title="Log")
    two = project.add_evidence(claim, "context", url="https://example.org")
    project.verify(claim, "checked", verdict=verdict, why=why)
    project.remove_evidence(claim, two)
    project.remove_evidence(claim, two)
    if held:
        with pytest.raises(RuleBroken, match="rests on this evidence"):
            project.remove_evidence(claim, one)
    else:
        project.remove_evidence(claim, one)
    assert project.check() == []


def test_the_same_evidence_twice_is_one_link_brought_up_to_date(project: Project, article: Id, claim: Id) -> None:
    one = project.add_evidence(claim, "supports", title="Log")
    assert project.add_evidence(claim, "contradicts", evidence=one, quoted="not in May") == one
    (link,) = project.annotated(article).claim_evidence
    assert (link.stance, link.quoted) == ("contradicts", "not in May")


# -- an article kept up to date by notices alone


def test_renewed_is_what_reading_anew_gives(project: Project, article: Id, claim: Id, mark: Mark) -> None:
    other = project.add_article(draft(PLAIN))
    project.mark(other, "mention", [span(PLAIN, "Oda Lien")])
    (entity,) = [e.entity.id for e in project.entities()]
    kept = [project.annotated(article)]

    def renew(changes: Changes) -> None:
        kept.append(project.renewed(kept[-1], changes))
        assert kept[-1] == project.annotated(article), changes.step

    project.subscribe(renew)
    second = mark("claim", "Nobody has asked")
    mark("mention", "Oda Lien")
    project.relate(claim, second, "supports")
    project.assign(mark("mention", "The harbour office"), entity)
    project.link_mention(claim, mark("source_mention", "Oda Lien"), cue=span(PLAIN, "said Oda"))
    project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="5")
    project.edit_entity(entity, kind="person")
    project.split(claim, span(PLAIN, "not sail.")[0])
    project.mark_sentence(article, *span(PLAIN, "It did not sail."))
    project.set_coder_name("Una")
    project.unmark(second)
    project.delete_entity(entity)
    steps = 0
    while project.undo_step is not None and not project.undo_step.name.startswith("add article"):
        project.undo()
        steps += 1
    for _ in range(steps):
        project.redo()
    assert len(kept) > 40


def test_words_that_name_the_source_are_marked_and_linked_in_one_step(project: Project, article: Id, claim: Id) -> None:
    before = len(project.steps())
    project.link_words(claim, span(PLAIN, "The harbour office"), cue=span(PLAIN, "said the"), load="neutral")
    assert len(project.steps()) == before + 1
    annotated, link = project.annotated(article), only_link(project, article)
    (mention,) = annotated.source_mentions
    assert (mention.id, mention.source) == (link.source_mention, link.source)
    assert annotated.sources[link.source].label == "The harbour office"
    project.undo()
    assert not project.annotated(article).source_mentions and not project.annotated(article).attributions


def test_words_may_name_a_source_that_is_known(project: Project, article: Id, claim: Id) -> None:
    oda = project.add_source(article, "Oda Lien")
    project.link_words(claim, span(PLAIN, "The harbour office"), source=oda)
    assert only_link(project, article).source == oda


def test_a_voice_known_through_another_is_a_chain(project: Project, article: Id, claim: Id) -> None:
    inner = project.link_new(claim, "Oda Lien")
    before = len(project.steps())
    outer = project.link_through(inner, None, label="The Lantern")
    assert len(project.steps()) == before + 1
    annotated = project.annotated(article)
    assert annotated.attributions_by_id[inner].via == outer
    assert [s.label for s in annotated.sources_of(claim)] == ["The Lantern"]
    with pytest.raises(RuleBroken, match="lead back to itself"):
        project.link_through(outer, annotated.attributions_by_id[inner].source)
    with pytest.raises(RuleBroken, match="lead back to itself"):
        project.link_through(inner, annotated.attributions_by_id[inner].source)


def test_links_made_through_a_mention_go_where_it_goes(project: Project, article: Id, claim: Id, mark: Mark) -> None:
    mention = mark("source_mention", "Oda Lien")
    link = project.link_mention(claim, mention)
    by_hand = project.link(mark("claim", "forty tickets were sold"), only_link(project, article).source)
    other = project.add_source(article, "The cook")
    project.assign(mention, other)
    links = project.annotated(article).attributions_by_id
    assert links[link].source == other
    assert links[by_hand].source != other
    project.undo()
    assert project.annotated(article).attributions_by_id[link].source != other


def test_a_load_a_person_gives_is_no_longer_the_word_lists(project: Project, article: Id, claim: Id) -> None:
    link = project.link_new(claim, "Oda Lien", cue=span(PLAIN, "said Oda"), load="doubt", load_from="list")
    project.edit_attribution(link, function="assertion")
    assert only_link(project, article).load_from == "list"
    project.edit_attribution(link, load="doubt")
    assert only_link(project, article).load_from is None
    project.edit_attribution(link, load="neutral", load_from="list")
    assert only_link(project, article).load_from == "list"


def test_nobody_may_be_said_instead_of_somebody(project: Project, article: Id, claim: Id) -> None:
    project.link_new(claim, "Oda Lien", cue=span(PLAIN, "said Oda"))
    steps = len(project.steps())
    project.link_not_stated(claim, instead=True)
    project.link_not_stated(claim, instead=True)
    seen = project.annotated(article)
    assert [s.kind for s in seen.sources_of(claim)] == ["unstated"]
    assert not seen.cues
    project.undo()
    assert len(project.steps()) == steps + 1
    assert [s.label for s in project.annotated(article).sources_of(claim)] == ["Oda Lien"]


def test_the_standing_answers_are_named_as_such_in_the_history(project: Project, claim: Id) -> None:
    project.link_author(claim)
    project.link_not_stated(claim)
    names = [step.name for step in project.steps()][-2:]
    assert names == ["link claim to the author’s own voice", "link claim to nobody who is named"]
