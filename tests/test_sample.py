"""The shipped sample project is the one its article and marks make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator import paths
from annotator.model import AnnotatedArticle, LoadedTerm
from annotator.model.values import CHECK_STATUSES
from annotator.project import Project
from tests import sample


def picture(path: Path) -> dict[str, Any]:
    """Everything of the one article but ids and times."""
    project = Project.open(path, read_only=True)
    try:
        (summary,) = project.articles()
        a = project.annotated(summary.article.id)
        assert project.check() == []
        return {
            "facts": {k: v for k, v in vars(a.article).items() if k != "id"},
            "text": a.version.sha256,
            "blocks": a.blocks,
            "claims": [claim(a, c.id) for c in a.claims],
            "sources": sorted(
                (s.label, s.naming or "", s.role or "", s.independence_group or "", len(a.mentions_of_source(s.id)))
                for s in a.sources.values()
            ),
            "entities": sorted(
                (e.name, e.kind or "", e.aliases, len(a.mentions_of_entity(e.id))) for e in a.entities.values()
            ),
            "loaded": [a.by_id[m.id].segments for m in a.annotations if isinstance(m, LoadedTerm)],
            "related": sorted(
                (r.kind, a.claim_numbers[r.from_claim], a.claim_numbers[r.to_claim], r.note or "") for r in a.relations
            ),
            "answers": [
                (f.rule, a.claim_numbers.get(f.subject), f.answer, f.words)
                for f in project.finding_answers([a.article.id])
            ],
            "coverage": (summary.accounted, summary.sentences),
            "steps": project.steps(),
        }
    finally:
        project.close()


def claim(a: AnnotatedArticle, id_: str) -> tuple[object, ...]:
    c = next(c for c in a.claims if c.id == id_)
    links = [
        (a.sources[x.source].label, a.by_id[x.cue].quote(a.text) if x.cue else None, x.load, x.function, bool(x.via))
        for x in a.attributions_of.get(id_, ())
    ]
    return (
        c.segments,
        c.type,
        c.form,
        c.check_worthy,
        c.note,
        c.tags,
        tuple(links),
        tuple((e.status, e.verdict, e.person, e.why) for e in a.verifications.get(id_, ())),
        tuple(
            (e.stance, e.quoted, e.independent, e.note, a.evidence[e.evidence].changed(id=""))
            for e in a.evidence_of(id_)
        ),
    )


def test_the_shipped_sample_is_what_its_parts_make(tmp_path: Path) -> None:
    sample.build(tmp_path / "sample.annot")
    assert picture(tmp_path / "sample.annot") == picture(paths.resource("sample.annot"))


def test_the_sample_has_what_it_is_meant_to_show(tmp_path: Path) -> None:
    project = Project.open(paths.resource("sample.annot"), read_only=True)
    a = project.annotated(project.articles()[0].article.id)
    assert 600 <= project.articles()[0].words <= 900
    project.close()
    assert "made-up" in a.text
    assert any(len(c.segments) == 2 for c in a.claims)
    assert any(x.via for x in a.attributions)
    assert any(s.naming == "anonymous" for s in a.sources.values())
    assert any(s.kind == "unstated" and s.naming == "unstated" for s in a.sources.values())
    assert any(a.is_author_voice(c.id) for c in a.claims)
    assert sum(c.id not in a.attributions_of for c in a.claims) >= 3
    assert any(ord(ch) > 0xFFFF or ch == "⛴" for ch in a.text)
    assert any(not e.name.isascii() for e in a.entities.values())
    assert {(e.status if (e := a.verification(c.id)) else "not_checked") for c in a.claims} == set(CHECK_STATUSES)
    assert any(len(events) > 1 for events in a.verifications.values())
    assert {r.kind for r in a.relations} == {"contradicts", "replies_to"}
    assert any(x.function == "accusation" for x in a.attributions)
    groups = [s.independence_group for s in a.sources.values() if s.independence_group]
    assert len(groups) == 2 and len(set(groups)) == 1
    assert {link.stance for link in a.claim_evidence} == {"supports", "contradicts", "context"}
    assert all(link.quoted and link.coder and link.at for link in a.claim_evidence)
    assert any(a.evidence[link.evidence].url for link in a.claim_evidence)
    nested = next(x for x in a.attributions if x.via)
    assert a.accountable_source(nested) == a.sources[a.attributions_by_id[nested.via or ""].source]
