"""A project as plain values, to compare states by; and an independent, simple model of marks and links."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import regex

from annotator.model import AnnotatedArticle, Attribution, Cue, Entity, FindingAnswer, Id, Ledger, Source, Term
from annotator.project import EntitySummary, Project
from annotator.vocabulary import HouseRule

Span = tuple[int, int]


@dataclass(frozen=True)
class Picture:
    """Everything a reader of the project can see."""

    summaries: tuple[Any, ...]
    articles: dict[Id, AnnotatedArticle]
    sources: dict[Id, tuple[Source, ...]]
    entities: tuple[EntitySummary, ...]
    terms: tuple[Term, ...]
    originals: dict[Id, bytes]
    found: tuple[Any, ...]
    evidence: dict[Id, Any]
    ledger: dict[Id, Ledger]
    answers: dict[Id, FindingAnswer]
    rules: tuple[HouseRule, ...]

    def entity(self) -> dict[Id, Entity]:
        return {e.entity.id: e.entity for e in self.entities}


def picture(project: Project) -> Picture:
    """Read the whole project through its public face."""
    summaries = project.articles()
    ids = [s.article.id for s in summaries]
    originals = {i: project.original(i) for i in ids}
    return Picture(
        # Coverage is counted when it is asked for: it is compared on its own.
        summaries=tuple(replace(s, accounted=None, sentences=None) for s in summaries),
        articles={i: project.annotated(i) for i in ids},
        sources={i: tuple(project.sources(i)) for i in ids},
        entities=tuple(project.entities()),
        terms=(*project.terms("tag"), *project.terms("article_tag")),
        originals={i: o.content for i, o in originals.items() if o},
        found=tuple(
            sorted((h.article, h.where, h.snippet) for q in ("ferry", "étude", "note") for h in project.search(q))
        ),
        evidence={u.evidence.id: u for u in project.all_evidence()},
        ledger={entry.id: entry for entry in project.ledger()},
        answers={a.id: a for a in project.finding_answers(ids)},
        rules=project.code_book.house_rules(),
    )


def must_be_told(before: Picture, after: Picture) -> dict[str, set[Id]]:
    """Return, per field of Changes, the ids that differ between two pictures: each must be in the notice."""
    told: dict[str, set[Id]] = {
        "articles": set(),
        "marks": set(),
        "links": set(),
        "registers": set(),
        "verification": set(),
        "ledger": _differing(before.ledger, after.ledger),
        # An answer may be told to be about another source because that was merged; the answer itself is as it was.
        "answers": _differing(*({i: a.changed(subject="") for i, a in s.answers.items()} for s in (before, after))),
    }
    touched: set[Id] = set()
    told["registers"] |= _differing(before.entity(), after.entity())
    tags = [{s.article.id: s.tags for s in seen.summaries} for seen in (before, after)]
    told["articles"] |= _differing(*tags)
    for article in before.articles.keys() | after.articles.keys():
        old, new = before.articles.get(article), after.articles.get(article)
        if old is None or new is None or (old.article, old.blocks) != (new.article, new.blocks):
            told["articles"].add(article)
        if old is None or new is None or _of_article(old) != _of_article(new):
            touched.add(article)
        if old is not None and new is not None:
            told["marks"] |= _differing(old.by_id, new.by_id)
            told["links"] |= _differing(old.attributions_by_id, new.attributions_by_id)
            told["verification"] |= _differing(old.verifications, new.verifications)
            told["verification"] |= _with_other_evidence(old, new)
        told["registers"] |= _differing(_by_id(before.sources.get(article, ())), _by_id(after.sources.get(article, ())))
    touched |= {s.answers[i].article or "" for i in told["answers"] for s in (before, after) if i in s.answers}
    told["touched_articles"] = touched
    return told


def _with_other_evidence(old: AnnotatedArticle, new: AnnotatedArticle) -> set[Id]:
    """Return the claims of both that were checked against something else, or against what is described otherwise now."""
    were, are = (
        {c.id: [(link, a.evidence[link.evidence]) for link in a.evidence_of(c.id)] for c in a.claims}
        for a in (old, new)
    )
    return _differing({i: v for i, v in were.items() if i in are}, {i: v for i, v in are.items() if i in were})


def _of_article(seen: AnnotatedArticle) -> AnnotatedArticle:
    """Leave out what belongs to the project and not to the article."""
    return seen.changed(coders={}, code_book=None)


def _by_id(records: Iterable[Source]) -> dict[Id, Source]:
    return {r.id: r for r in records}


def _differing(old: Any, new: Any) -> set[Id]:
    return {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}


def tidied(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Trim, widen to grapheme clusters and join spans, in the plainest way; () where nothing is left."""
    clusters = [m.span() for m in regex.finditer(r"\X", text)]
    kept: list[Span] = []
    for start, end in spans:
        inside = [i for i in range(max(0, start), min(len(text), end)) if not text[i].isspace()]
        if inside:
            touched = [c for c in clusters if c[0] <= inside[-1] and inside[0] < c[1]]
            kept.append((touched[0][0], touched[-1][1]))
    out: list[Span] = []
    for start, end in sorted(kept):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


@dataclass
class Model:
    """Marks and links as two plain tables. Cues that come and go with links are left out."""

    marks: dict[Id, tuple[Id, str, tuple[Span, ...]]] = field(default_factory=dict)
    links: set[tuple[Id, Id]] = field(default_factory=set)
    standing: set[Id] = field(default_factory=set)

    def copy(self) -> Model:
        return Model(dict(self.marks), set(self.links), copy.copy(self.standing))

    def link(self, claim: Id, source: Id) -> None:
        """Link; the author's voice and a source of its own exclude each other."""
        kind = source in self.standing
        self.links = {(c, s) for c, s in self.links if c != claim or (s in self.standing) == kind} | {(claim, source)}

    def drop_claim(self, claim: Id) -> None:
        self.links = {(c, s) for c, s in self.links if c != claim}

    def drop_article(self, article: Id) -> None:
        for id_ in [i for i, (where, _, _) in self.marks.items() if where == article]:
            del self.marks[id_]
            self.drop_claim(id_)

    def drop_source(self, source: Id, move_to: Id | None) -> None:
        moved = {(c, move_to) for c, s in self.links if s == source and move_to}
        self.links = {(c, s) for c, s in self.links if s != source} | moved

    def merge_sources(self, keep: Id, gone: set[Id]) -> None:
        self.links = {(c, keep if s in gone else s) for c, s in self.links}

    def agrees_with(self, seen: Picture) -> None:
        """Compare with what the project shows."""
        marks = {
            a.id: (a.article, a.kind, tuple((s.start, s.end) for s in a.segments))
            for article in seen.articles.values()
            for a in article.annotations
        }
        cues = {i for article in seen.articles.values() for i, a in article.by_id.items() if isinstance(a, Cue)}
        assert {i: m for i, m in marks.items() if i not in cues} == {
            i: m for i, m in self.marks.items() if m[1] != "cue"
        }
        links = [a for article in seen.articles.values() for a in article.attributions]
        # A cue nobody made by hand stands only as long as a link uses it.
        assert cues - {a.cue for a in links} <= self.marks.keys()
        assert len(links) == len({(a.claim, a.source) for a in links})
        assert {(a.claim, a.source) for a in links} == self.links


def keeps_the_rules(seen: AnnotatedArticle) -> None:
    """Look at what must hold in every article after every action."""
    for mark in seen.annotations:
        assert mark.segments, mark
        assert all(a.end <= b.start for a, b in pairwise(mark.segments))
        assert tidied(seen.text, [(s.start, s.end) for s in mark.segments]) == tuple(
            (s.start, s.end) for s in mark.segments
        )
    for link in seen.attributions:
        _leads_somewhere(seen, link)


def _leads_somewhere(seen: AnnotatedArticle, link: Attribution) -> None:
    assert link.source in seen.sources
    assert link.cue is None or isinstance(seen.by_id[link.cue], Cue)
    assert link.source_mention is None or seen.by_id[link.source_mention].kind == "source_mention"
    at, seen_links = link, {link.id}
    while at.via is not None:
        assert at.via not in seen_links
        at = seen.attributions_by_id[at.via]
        seen_links.add(at.id)
