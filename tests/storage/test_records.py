"""Every kind of record goes into the file and comes out as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import model as m
from annotator.model import Record, Segment
from annotator.project import Project
from annotator.storage.records import TABLES
from tests.project.drafts import PLAIN


def samples(project: Project, article: str) -> list[Record]:
    """One of each kind, with every field filled in; in an order in which each may be written."""
    layer, version = project.layer.id, project.version(article).id
    shared = {"layer": layer, "article": article, "coder": project.coder.id, "note": "n\n“ö”", "tags": ("zinc", "Ö")}
    coder = m.Coder(name="Una", initials="U", merged_into=project.coder.id)
    entity = m.Entity(name="Quay", kind="place", aliases=("the quay", "Å"), note="n", external="Q1")
    source = m.Source(
        article=article, label="Oda", naming="named", kind="person", aliases=("O.",), entity=entity.id, role="r", affiliation="a", side="s",
        proximity="expert", class_="primary", ground_rules="on_record", anonymity_reason="no", independence_group="g",
        not_stated=frozenset({"role", "side"}), note="n",
    )  # fmt: skip
    ledger = m.Ledger(wording="It did not sail.")
    claim = m.Claim(
        **shared, segments=(Segment(0, 3), Segment(5, 9)), type="factual", form="mixed", check_worthy="yes",
        reasons=frozenset({"harm", "verifiable"}), short_text="s", ledger=ledger.id, status="draft",
    )  # fmt: skip
    other = m.Claim(**shared, segments=(Segment(0, 3),), ledger=ledger.id)
    named = m.SourceMention(**shared, segments=(Segment(1, 4),), source=source.id, role="speaker")
    cue = m.Cue(**shared, segments=(Segment(4, 5),))
    outer = m.Attribution(layer=layer, claim=claim.id, source=source.id)
    evidence = m.Evidence(
        url="https://example.org",
        citation="c",
        title="t",
        publisher="p",
        date="2024",
        accessed="2025",
        archive_url="a",
        is_primary=False,
    )
    return [
        coder,
        m.Layer(coder=coder.id, kind="key", name="Key", rule="r", locked=True),
        m.Article(title="T", publication="p", byline="b", date="d", url="u", language="en", licence_note="l", not_stated=frozenset({"date"}),
                  archived=True, group_name="g"),
        m.SentenceMark(version=version, layer=layer, start=3, end=9),
        entity, m.Entity(name="Q"), source, ledger, claim, other, named, cue,
        m.Mention(**shared, segments=(Segment(2, 4),), entity=entity.id, form="name", loaded=False, whose_word="author"),
        m.LoadedTerm(**shared, segments=(Segment(2, 4),)),
        outer,
        m.Attribution(layer=layer, claim=other.id, source=source.id, source_mention=named.id, cue=cue.id, function="assertion", load="doubt",
                      load_from="l", via=outer.id, polarity="negative", determinacy="indefinite", stance="opposes"),
        m.Relation(from_claim=claim.id, to_claim=other.id, kind="contradicts", note="n", coder=coder.id),
        m.Verification(claim=claim.id, status="checked", verdict="2", person="Una", why="w"),
        evidence,
        m.ClaimEvidence(claim=claim.id, evidence=evidence.id, stance="context", quoted="q", independent=True, note="n"),
        m.FindingAnswer(rule="r", subject="s", article=article, answer="a", coder=coder.id),
        m.Term(list="verdict", key="5", label="five", value="5", language="en", position=3, definition="d", example="e"),
    ]  # fmt: skip


def test_every_kind_is_sampled(project: Project, article: str) -> None:
    kinds = {type(r) for r in samples(project, article)}
    assert set(TABLES) <= kinds
    assert {m.Claim, m.SourceMention, m.Mention, m.Cue, m.LoadedTerm} <= kinds


def test_round_trip(project: Project, article: str) -> None:
    made = samples(project, article)
    records = project._store.records
    project._store.before_commit = None  # an article without a text is no work of a project
    with project._store.step("write"):
        for record in made:
            records.put(record)
    for record in made:
        assert records.get(type(record), record.id) == record
    assert project.check() == []


def test_empty_fields_stay_empty(project: Project, article: str) -> None:
    bare = [
        m.Entity(name="x"),
        m.Source(article=article, label="y"),
        m.Evidence(),
        m.Term(list="tag", key="k", label="k"),
    ]
    with project._store.step("write"):
        for record in bare:
            project._store.records.put(record)
    for record in bare:
        assert project._store.records.get(type(record), record.id) == record


def test_writing_what_is_there_changes_nothing(project: Project, article: str) -> None:
    made = samples(project, article)
    project._store.before_commit = None
    with project._store.step("write"):
        for record in made:
            project._store.records.put(record)
    with project._store.step("write again") as written:
        for record in made:
            project._store.records.put(record)
    assert written.changes is None
    assert project.steps()[-1].name == "write"


def test_a_change_is_kept(project: Project, claim: str) -> None:
    records = project._store.records
    old = records.get(m.Claim, claim)
    assert old is not None
    new = replace(old, segments=(Segment(0, 3),), tags=("one",), type="value")
    with project._store.step("change"):
        records.put(new)
    assert records.get(m.Claim, claim) == new


def test_find_filters_by_fields_and_references(project: Project, article: str) -> None:
    records = project._store.records
    (author,) = records.find(m.Source, article=article, kind="author")
    assert author.label == "Ina Berg"
    assert records.find(m.Source, entity=None) == project.sources(article)


def test_unknown_ids(project: Project) -> None:
    records = project._store.records
    nobody = m.new_id()
    assert records.get(m.Claim, nobody) is None
    with pytest.raises(KeyError):
        records.required("article", nobody)
    with pytest.raises(KeyError):
        records.delete(m.Source, nobody)


def test_an_id_that_was_merged_away_leads_to_the_one_that_stayed(project: Project) -> None:
    kept, gone = m.Entity(name="kept"), m.new_id()
    with project._store.step("merge"):
        project._store.records.put(kept)
        project._store.db.execute("INSERT INTO old_uid VALUES (?, ?)", [m_uid(gone), m_uid(kept.id)])
    assert project._store.records.get(m.Entity, gone) == kept


def m_uid(id_: str) -> bytes:
    return bytes.fromhex(id_.replace("-", ""))


def test_many_entries_with_aliases(project: Project) -> None:
    made = [m.Entity(name=f"e{i}", aliases=(f"a{i}",)) for i in range(1200)]
    with project._store.step("many"):
        for entity in made:
            project._store.records.put(entity)
    assert project._store.records.find(m.Entity) == made


def test_segments_of_a_mark_are_read_from_the_current_version(project: Project, article: str, claim: str) -> None:
    assert len(PLAIN) == project.articles()[0].code_points
    seen = project.annotated(article)
    assert [a.quote(seen.text) for a in seen.annotations] == ["It did not sail."]
