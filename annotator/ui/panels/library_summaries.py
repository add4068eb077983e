"""What the library knows of every article: read once, then brought up to each action for the articles it touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from annotator.analysis.coverage import Coverage
from annotator.model import AnnotatedArticle, Id
from annotator.project import ArticleSummary, Project


class Renewed(NamedTuple):
    """What an action did to the summaries: pairs of old and new ones, and whether articles came or went."""

    pairs: Sequence[tuple[ArticleSummary, ArticleSummary]] = ()
    came_or_went: bool = False


class Summaries:
    """Every article of a project, in the order they were added, with its counts in the current layer."""

    def __init__(self) -> None:
        self.all: list[ArticleSummary] = []
        self._at: dict[Id, int] = {}
        self.layer = ""
        """The layer they were counted in; empty where none were read."""

    def read(self, project: Project | None) -> None:
        """Read all of them."""
        self.all = project.articles() if project is not None else []
        self.layer = project.layer.id if project is not None else ""
        self._index()

    def clear(self) -> None:
        """Know nothing."""
        self.all, self._at, self.layer = [], {}, ""

    def __contains__(self, article: object) -> bool:
        return article in self._at

    def of(self, articles: Iterable[Id]) -> list[ArticleSummary]:
        """Return those of some articles; what is gone is left out."""
        return [self.all[self._at[id_]] for id_ in articles if id_ in self._at]

    def recount(self, annotated: AnnotatedArticle, coverage: Coverage | None) -> Renewed:
        """Count an article again from what is at hand: a library of thousands is not read for one mark."""
        at = self._at.get(annotated.article.id)
        if at is None:
            return Renewed()
        return Renewed([self._put(counted_again(self.all[at], annotated, coverage))])

    def renew(self, project: Project, touched: frozenset[Id]) -> Renewed | None:
        """Read some articles again; new ones come at the end. None: one is back in its old place, so read all."""
        there = [project.article_summary(id_) for id_ in touched if project.has_article(id_)]
        gone = self._at.keys() & (touched - {s.article.id for s in there})
        new = sorted((s for s in there if s.article.id not in self._at), key=lambda s: s.added)
        if new and self.all and new[0].added < self.all[-1].added:
            return None
        pairs = [self._put(s) for s in there if s.article.id in self._at]
        if gone:
            self.all = [s for s in self.all if s.article.id not in gone]
        self.all += new
        if gone or new:
            self._index()
        return Renewed(pairs, bool(gone or new))

    def _put(self, new: ArticleSummary) -> tuple[ArticleSummary, ArticleSummary]:
        at = self._at[new.article.id]
        old, self.all[at] = self.all[at], new
        return old, new

    def _index(self) -> None:
        self._at = {s.article.id: n for n, s in enumerate(self.all)}


def counted_again(old: ArticleSummary, annotated: AnnotatedArticle, coverage: Coverage | None) -> ArticleSummary:
    """Return a summary brought up to the marks at hand; no coverage where not all sentences are known."""
    known = coverage if coverage is not None and coverage.complete else None
    return replace(
        old,
        article=annotated.article,
        claims=len(annotated.claims),
        sources=annotated.sources_named,
        entities=annotated.entities_named,
        attributions=len(annotated.attributions),
        accounted=known.accounted if known else old.accounted,
        sentences=len(known.sentences) if known else old.sentences,
    )
