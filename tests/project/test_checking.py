"""Checking claims: what a status, a verdict and its evidence need, and what is kept of each change."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from annotator.analysis import sourcing
from annotator.errors import RuleBroken
from annotator.model import Id, Layer
from annotator.project import Changes, Project
from tests.project.conftest import Mark
from tests.project.drafts import PLAIN, draft, span


@pytest.fixture
def told(project: Project) -> list[Changes]:
    """The notices from here on."""
    found: list[Changes] = []
    project.subscribe(found.append)
    return found


@pytest.fixture
def other(project: Project, article: Id) -> Id:
    """A claim of another article."""
    second = project.add_article(draft(PLAIN, title="The ferry, a year on"))
    return project.mark(second, "claim", [span(PLAIN, "forty tickets were sold")])


def events(project: Project, article: Id, claim: Id) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(e.status, e.verdict, e.person, e.why) for e in project.annotated(article).verifications.get(claim, ())]


# -- status and verdict


def test_a_verdict_needs_evidence_and_a_checked_claim(project: Project, claim: Id) -> None:
    with pytest.raises(RuleBroken, match="at least one piece of evidence"):
        project.verify(claim, "checked", verdict="5")
    project.add_evidence(claim, "supports", title="Log")
    with pytest.raises(RuleBroken, match="belongs to a checked claim"):
        project.verify(claim, "in_progress", verdict="5")
    project.verify(claim, "checked", verdict="5")


def test_an_opinion_takes_no_verdict_and_is_told_why(project: Project, claim: Id) -> None:
    project.edit_claim(claim, type="opinion")
    project.add_evidence(claim, "supports", title="Log")
    with pytest.raises(RuleBroken, match="cannot be checked as true or false"):
        project.verify(claim, "checked", verdict="5")


def test_not_enough_evidence_may_have_a_note_instead(project: Project, article: Id, claim: Id) -> None:
    with pytest.raises(RuleBroken, match="evidence"):
        project.verify(claim, "checked", verdict="none", why=" ")
    project.verify(claim, "checked", verdict="none", why="no log is kept")
    assert events(project, article, claim) == [("checked", "none", "Tess Ek", "no log is kept")]
    with pytest.raises(RuleBroken, match="evidence"):
        project.explain(claim, "")


def test_every_change_keeps_who_and_why(project: Project, article: Id, claim: Id) -> None:
    project.verify(claim, "in_progress", why="asked the office")
    project.add_evidence(claim, "supports", title="Log")
    project.set_coder_name("Bo Lind")
    project.verify(claim, "checked", verdict="5")
    assert events(project, article, claim) == [
        ("in_progress", None, "Tess Ek", "asked the office"),
        ("checked", "5", "Bo Lind", None),
    ]


def test_the_same_again_is_nothing(project: Project, article: Id, claim: Id, told: list[Changes]) -> None:
    project.verify(claim, "not_checked")
    assert told == []
    project.verify(claim, "in_progress")
    project.verify(claim, "in_progress")
    assert len(told) == 1
    project.verify(claim, "in_progress", why="a second call")
    project.set_coder_name("Bo Lind")
    project.verify(claim, "in_progress")  # another person says so too
    assert [e[2] for e in events(project, article, claim)] == ["Tess Ek", "Tess Ek", "Bo Lind"]


def test_the_verdict_stays_his_who_gave_it(project: Project, article: Id, claim: Id) -> None:
    evidence = project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="4")
    project.verify(claim, "checked", verdict="5")
    given = project.annotated(article).verdict_given(claim)
    project.set_coder_name("Bo Lind")
    project.verify(claim, "checked", verdict="5", why="read it again")
    project.edit_evidence(evidence, publisher="Harbour office")
    assert given is not None and given.verdict == "5"
    assert project.annotated(article).verdict_given(claim) == given
    project.verify(claim, "in_progress")
    assert project.annotated(article).verdict_given(claim) is None
    assert events(project, article, claim)[1][1:3] == ("5", "Tess Ek")


def test_why_is_said_after_it_as_a_part_of_the_same_step(project: Project, article: Id, claim: Id) -> None:
    project.verify(claim, "in_progress")
    n, name = len(project.steps()), project.steps()[-1].name
    before = project.annotated(article).verification(claim)
    project.explain(claim, "asked the office")
    after = project.annotated(article).verification(claim)
    assert before is not None and after is not None
    assert (after.id, after.at, after.person, after.why) == (before.id, before.at, before.person, "asked the office")
    assert (len(project.steps()), project.steps()[-1].name) == (n, name)
    project.undo()
    assert events(project, article, claim) == []
    with pytest.raises(RuleBroken, match="Nobody has checked"):
        project.explain(claim, "x")


def test_what_was_said_before_stays_with_who_said_it(project: Project, article: Id, claim: Id) -> None:
    project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="5", why="the log says so")
    project.set_note(claim, "meanwhile")
    project.explain(claim, "asked twice")
    assert events(project, article, claim) == [
        ("checked", "5", "Tess Ek", "the log says so"),
        ("checked", "5", "Tess Ek", "asked twice"),
    ]
    project.undo()
    assert [event[3] for event in events(project, article, claim)] == ["the log says so"]


def test_nobody_is_given_the_words_of_another(project: Project, article: Id, claim: Id) -> None:
    project.verify(claim, "in_progress", why="calling the port")
    project._coder = replace(project.coder, name="Bo Lind")  # pyright: ignore[reportPrivateUsage]
    project.explain(claim, "never called")
    assert events(project, article, claim) == [
        ("in_progress", None, "Tess Ek", "calling the port"),
        ("in_progress", None, "Bo Lind", "never called"),
    ]


# -- evidence


def test_evidence_is_kept_once_and_used_for_claims_of_all_articles(
    project: Project, article: Id, claim: Id, other: Id
) -> None:
    log = project.add_evidence(
        claim, "supports", quoted="no entry", independent=True, note="p. 4", title="  Log\nof the office ", publisher="Port",
        url="https://port.example/log", citation="Vol. 2", date="1923", accessed="2025-01-02",
        archive_url="https://archive.example/1", is_primary=True,
    )  # fmt: skip
    assert project.add_evidence(other, "contradicts", evidence=log) == log
    seen = project.annotated(article)
    (link,) = seen.evidence_of(claim)
    assert (link.stance, link.quoted, link.independent, link.note) == ("supports", "no entry", True, "p. 4")
    assert (seen.coder_name(link.coder), bool(link.at)) == ("Tess Ek", True)
    assert seen.evidence[log].title == "Log of the office"
    (use,) = project.all_evidence()
    assert (use.evidence, use.claims, use.articles) == (seen.evidence[log], 2, 2)
    assert [f.claim for f in project.evidence_uses(log)] == [claim, other]


def test_evidence_is_edited_for_all_and_its_bearing_for_one(
    project: Project, article: Id, claim: Id, other: Id, told: list[Changes]
) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    project.add_evidence(other, "supports", evidence=log)
    told.clear()
    project.edit_evidence(log, title="Log of 1923", url="https://port.example")
    (notice,) = told
    assert notice.verification == {claim, other}
    assert notice.touched_articles == set(project.article_ids())
    project.edit_claim_evidence(claim, log, stance="context", quoted="one line", independent=False)
    assert told[-1].verification == {claim}
    mine, its = (project.annotated(i) for i in project.article_ids())
    assert (mine.evidence_of(claim)[0].stance, its.evidence_of(other)[0].stance) == ("context", "supports")
    assert mine.evidence == its.evidence
    told.clear()
    project.edit_evidence(log, title="Log of 1923")
    project.edit_claim_evidence(claim, log, stance="context")
    assert told == []


def test_what_evidence_is_not(project: Project, claim: Id, other: Id) -> None:
    with pytest.raises(RuleBroken, match="title, a citation or an address"):
        project.add_evidence(claim, "supports", publisher="Port")
    with pytest.raises(RuleBroken, match="supports, contradicts or gives context"):
        project.add_evidence(claim, "proves", title="Log")
    log = project.add_evidence(claim, "supports", title="Log")
    with pytest.raises(RuleBroken, match="title, a citation or an address"):
        project.edit_evidence(log, title=" ")
    with pytest.raises(TypeError):
        project.edit_evidence(log, blob="x")
    with pytest.raises(TypeError):
        project.edit_claim_evidence(claim, log, claim=other)
    with pytest.raises(RuleBroken, match="no longer the claim"):
        project.edit_claim_evidence(other, log, stance="context")
    assert len(project.all_evidence()) == 1


def test_the_last_evidence_of_a_verdict_stays(project: Project, claim: Id) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    project.verify(claim, "checked", verdict="5")
    with pytest.raises(RuleBroken, match="verdict rests on this evidence"):
        project.remove_evidence(claim, log)
    project.add_evidence(claim, "supports", title="Photograph")
    project.remove_evidence(claim, log)
    assert [u.evidence.title for u in project.all_evidence()] == ["Photograph"]


def test_evidence_is_found_by_typing(project: Project, claim: Id, other: Id) -> None:
    log = project.add_evidence(claim, "supports", title="Log of the Harbour Office", publisher="Port")
    project.add_evidence(claim, "supports", citation="港口年报")
    project.add_evidence(other, "supports", evidence=log)
    project.add_evidence(other, "context", url="https://port.example/table")

    def found(typed: str) -> list[str | None]:
        return [u.evidence.title or u.evidence.citation or u.evidence.url for u in project.find_evidence(typed)]

    assert found("port") == ["Log of the Harbour Office", "https://port.example/table"]
    assert found("office har") == ["Log of the Harbour Office"]
    assert found("年报") == ["港口年报"]
    assert found("") == found("'\"; --") == found("nothing of it") == []
    assert len(project.find_evidence("port", most=1)) == 1


def test_typing_counts_only_what_fits(project: Project, claim: Id, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        project.add_evidence(claim, "supports", title=f"Log {n}")
    project.add_evidence(claim, "supports", title="Register")
    asked: list[str] = []
    project._store.db.set_trace_callback(asked.append)  # pyright: ignore[reportPrivateUsage]
    (found,) = project.find_evidence("regis")
    project._store.db.set_trace_callback(None)  # pyright: ignore[reportPrivateUsage]
    assert found.claims == 1
    counts = [query for query in asked if "count(*)" in query]
    assert counts and all(" IN (" in query for query in counts)
    monkeypatch.setattr("annotator.storage.claims.FITTING", 2)
    assert [u.evidence.name for u in project.find_evidence("log")] == ["Log 2", "Log 3"]


def test_evidence_that_is_there_is_described_by_its_own_verb(project: Project, claim: Id, other: Id) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    with pytest.raises(TypeError, match="title"):
        project.add_evidence(other, "supports", evidence=log, title="Another")


def test_removing_what_a_claim_has_not_is_no_step(project: Project, claim: Id, other: Id) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    n = len(project.steps())
    project.remove_evidence(other, log)
    assert (len(project.steps()), len(project.all_evidence())) == (n, 1)


def test_a_file_is_kept_with_evidence(project: Project, claim: Id, told: list[Changes]) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    assert project.attached(log) is None
    content = b"%PDF-1.7 \x00\xff"
    project.attach(log, content, "log 1923.pdf", "application/pdf")
    assert claim in told[-1].verification
    kept = project.attached(log)
    assert kept is not None
    assert (kept.content, kept.name, kept.media_type) == (content, "log 1923.pdf", "application/pdf")
    assert project.all_evidence()[0].evidence.blob == hashlib.sha256(content).hexdigest()
    n = len(project.steps())
    project.attach(log, content, "again.pdf")
    assert len(project.steps()) == n
    project.detach(log)
    assert project.attached(log) is None
    project.undo()
    assert project.attached(log) == kept
    project.undo()
    assert project.attached(log) is None
    with pytest.raises(RuleBroken, match="empty"):
        project.attach(log, b"", "x")
    assert project.check() == []


def test_a_copy_for_others_has_the_file_too(project: Project, claim: Id) -> None:
    log = project.add_evidence(claim, "supports", title="Log")
    project.attach(log, b"what the log says", "log.txt", "text/plain")
    copy = project.path.with_name("copy.annot")
    project.backup(copy, clean=True)
    opened = Project.open(copy, read_only=True)
    try:
        kept = opened.attached(log)
        assert kept is not None and kept.content == b"what the log says"
    finally:
        opened.close()


# -- relations


def test_claims_of_different_articles_are_related(
    project: Project, article: Id, claim: Id, other: Id, told: list[Changes]
) -> None:
    relation = project.relate(other, claim, "replies_to", note="asked in writing")
    assert told[-1].touched_articles == set(project.article_ids())
    here, there = (project.annotated(i) for i in project.article_ids())
    (seen,) = here.relations_of(claim)
    assert seen in there.relations_of(other) and seen.at and here.coder_name(seen.coder) == "Tess Ek"
    place = project.far_claims([seen.from_claim]).get(seen.from_claim)
    assert place is not None
    assert (place.title, place.number, place.quote) == ("The ferry, a year on", 1, "forty tickets were sold")
    project.unmark(other)
    assert project.annotated(article).relations_of(claim) == ()
    assert project.far_claims([other]) == {}
    project.undo()
    assert [r.id for r in project.annotated(article).relations_of(claim)] == [relation]


def test_what_is_shown_follows_a_relation_from_another_article(
    project: Project, article: Id, claim: Id, other: Id, told: list[Changes]
) -> None:
    seen = project.annotated(article)
    relation = project.relate(other, claim, "contradicts")
    seen = project.renewed(seen, told[-1])
    assert seen == project.annotated(article) and len(seen.relations) == 1
    project.unrelate(relation)
    seen = project.renewed(seen, told[-1])
    assert seen == project.annotated(article) and not seen.relations
    project.undo()
    seen = project.renewed(seen, told[-1])
    project.unmark(other)
    assert project.renewed(seen, told[-1]) == project.annotated(article)


def test_a_relation_counts_while_the_claim_at_its_other_end_does(
    project: Project, article: Id, claim: Id, other: Id, told: list[Changes]
) -> None:
    seen = project.annotated(article)

    def contested() -> tuple[float, dict[Id, list[str]]]:
        nonlocal seen
        seen = project.renewed(seen, told[-1])
        anew = project.annotated(article)
        with project.auditor() as auditor:
            beside = auditor.annotated(article)
        assert seen == anew == beside and article in told[-1].touched_articles
        share = sourcing.audit([sourcing.tally(seen)]).figures["contested_share"]
        return share.n, {id_: [s.label for s in sources] for id_, sources in seen.far.items()}

    project.relate(other, claim, "contradicts")
    assert contested() == (1, {other: []})
    link = project.link_new(other, "Ada Voss")
    assert contested() == (1, {other: ["Ada Voss"]})
    project.edit_source(project.annotated(there(project, other)).attributions_by_id[link].source, label="Ada V.")
    assert contested() == (1, {other: ["Ada V."]})
    mark = project.annotated(there(project, other)).by_id[other]
    with project._action("reject", None) as records:  # pyright: ignore[reportPrivateUsage]
        records.put(mark.changed(status="rejected"))
    assert contested() == (0, {})
    project.undo()
    assert contested() == (1, {other: ["Ada V."]})


def test_who_stands_behind_a_claim_elsewhere_is_the_outermost_there(
    project: Project, article: Id, claim: Id, other: Id
) -> None:
    project.relate(other, claim, "supports")
    second = there(project, other)
    told = project.mark(second, "claim", [span(PLAIN, "It did not sail.")])
    outer, inner = project.link_new(told, "The Ministry"), project.link_new(other, "A neighbour")
    project.edit_attribution(inner, via=outer)
    assert [s.label for s in project.annotated(article).far[other]] == ["The Ministry"]


def test_a_claim_without_a_place_or_of_another_layer_does_not_count(
    project: Project, article: Id, claim: Id, other: Id
) -> None:
    project.relate(other, claim, "contradicts")
    assert set(project.annotated(article).far) == {other}
    second = project.annotated(there(project, other)).by_id[other]
    layer = Layer(coder=project.coder.id, kind="import", name="Theirs")
    for gone in (second.changed(layer=layer.id), second.changed(status="draft")):
        with project._action("change", None) as records:  # pyright: ignore[reportPrivateUsage]
            records.put(layer)
            records.put(gone)
        assert project.annotated(article).far == {}
        project.undo()
    articles = project._store.articles  # pyright: ignore[reportPrivateUsage]
    with project._store.unrecorded():  # pyright: ignore[reportPrivateUsage]
        project._store.db.execute("DELETE FROM segment WHERE version = (SELECT max(version) FROM segment)")  # pyright: ignore[reportPrivateUsage]
    assert articles.far_sources([other], article, project.layer.id) == {}


def there(project: Project, claim: Id) -> Id:
    place = project.far_claims([claim]).get(claim)
    assert place is not None
    return place.article


def test_a_claim_is_not_related_to_itself(project: Project, claim: Id) -> None:
    with pytest.raises(RuleBroken, match="Two different claims"):
        project.relate(claim, claim, "supports")


def test_evidence_of_two_articles_undoes_whole(project: Project, mark: Mark, claim: Id, other: Id) -> None:
    with project.one_step("check both"):
        log = project.add_evidence(claim, "supports", title="Log")
        project.add_evidence(other, "supports", evidence=log)
        project.verify(claim, "checked", verdict="5")
    project.undo()
    assert project.all_evidence() == []
    project.redo()
    assert project.all_evidence()[0].claims == 2
