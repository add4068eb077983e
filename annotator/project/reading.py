"""Reading an article with all its marks, and bringing what was read up to an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Article,
    Attribution,
    Claim,
    ClaimEvidence,
    CodeBook,
    Coder,
    Entity,
    Id,
    Layer,
    Mention,
    SentenceMark,
    Source,
    SourceMention,
    Version,
)
from annotator.project.checking import Checking
from annotator.project.core import reads
from annotator.storage import Changes
from annotator.storage.articles import Articles
from annotator.storage.records import Records

E = TypeVar("E", Source, Entity)
T = TypeVar("T", Attribution, ClaimEvidence)

MANY = 500
"""Touched marks beyond which reading an article anew is the shorter way."""


class Reading(Checking):
    """What views and reports read."""

    @reads
    def annotated(self, article: Id, layer: Id | None = None) -> AnnotatedArticle:
        """Return an article with its accepted marks in a layer, the current one unless given. Raises RuleBroken where it is gone."""
        self._need(Article, article)  # its text may be known though another window removed it
        version, in_layer = self.version(article), self._need(Layer, layer) if layer else self.layer
        coders = {c.id: c for c in self._records.find(Coder)}
        return with_marks(self._records, self._store.articles, version, in_layer, coders, self.code_book)

    @reads
    def renewed(self, old: AnnotatedArticle, changes: Changes) -> AnnotatedArticle:
        """Return what ``annotated`` would after an action, reading only what its notice says was touched.

        That is ``old`` itself, brought up to it; where nearly everything was touched, another one.
        """
        article = old.article.id
        many = len(changes.marks) > MANY and 2 * len(changes.marks) > len(old.annotations)
        if many or (article in changes.articles and self.version(article).id != old.version.id):
            return self.annotated(article, old.layer.id)
        if article in changes.articles:
            old.article, old.blocks = self._need(Article, article), self._store.articles.blocks(old.version.id)
        if changes.code_book:
            old.layer = self._need(Layer, old.layer.id)
            old.coders = {c.id: c for c in self._records.find(Coder)}
            old.code_book = self.code_book
        named = self._renew_marks(old, changes)
        self._renew_registers(old, changes, named)
        self._renew_links(old, changes)
        for id_ in changes.sentences:
            said = self._records.get(SentenceMark, id_)
            here = said is not None and (said.version, said.layer) == (old.version.id, old.layer.id)
            old.take_sentence_mark(id_, said if here else None)
        if changes.touched_articles - {article} or changes.links or changes.code_book:
            _with_far_ends(old, self._store.articles)
        return old

    def _renew_marks(self, old: AnnotatedArticle, changes: Changes) -> set[Id]:
        """Put in the marks that changed; returns the entities they named and name."""
        wanted = old.article.id, old.layer.id, "accepted"
        now = self._marks_now(changes) | self._mentions_now(old, changes.mentions)
        named: set[Id] = set()
        taken: dict[Id, Annotation | None] = {}
        for id_ in changes.marks:
            was, new = old.by_id.get(id_), now.get(id_)
            if new is not None and (new.article, new.layer, new.status) != wanted:
                new = None
            named |= {m.entity for m in (was, new) if isinstance(m, Mention) and m.entity}
            taken[id_] = new
        old.take_marks(taken)
        return named

    def _mentions_now(self, old: AnnotatedArticle, ids: frozenset[Id]) -> dict[Id, Annotation]:
        """Return mentions of which only their own fields changed: what else they are is here already."""
        found: dict[Id, Annotation] = {}
        for kind in (SourceMention, Mention):
            known = {id_: mark for id_ in ids if isinstance(mark := old.by_id.get(id_), kind)}
            now = self._records.mentions(kind, known) if known else {}
            found |= {id_: known[id_].changed(**own) for id_, own in now.items()}
        return found

    def _renew_registers(self, old: AnnotatedArticle, changes: Changes, named: set[Id]) -> None:
        """Put in the register entries that changed, and the entities that are named now or no more."""
        for id_ in changes.registers:
            was = old.sources.get(id_)
            new = self._entry_now(Source, id_)
            if was is not None or (new is not None and new.article == old.article.id):
                old.take_entry(id_, new)
                named |= {s.entity for s in (was, new) if s is not None and s.entity}
        for id_ in named | (changes.registers - old.sources.keys()):
            new = self._entry_now(Entity, id_)
            if new is not None and not old.mentions_of_entity(id_):
                new = new if self._records.find(Source, article=old.article.id, entity=id_) else None
            old.take_entry(id_, new)

    def _entry_now(self, kind: type[E], id_: Id) -> E | None:
        """Return an entry by its own id; the one it was merged into is another."""
        found = self._records.get(kind, id_)
        return found if found is not None and found.id == id_ else None

    def _renew_links(self, old: AnnotatedArticle, changes: Changes) -> None:
        """Put in what hangs on the claims that changed, and the attributions that did."""
        links, relations = self._store.articles.links(changes.links) if changes.links else ([], [])
        now = {link.id: link for link in links}
        anew = {*(changes.marks - changes.mentions), *changes.verification}
        edited: dict[Id, dict[Id, Attribution]] = defaultdict(dict)
        for id_ in changes.links:
            was, new = old.attributions_by_id.get(id_), now.get(id_)
            if was is not None and new is not None and was.claim == new.claim:
                edited[was.claim][id_] = new
            else:  # one more or one less: their order is the file's to tell
                anew |= {link.claim for link in (was, new) if link is not None}
        self._renew_claims(old, anew)
        for claim in edited.keys() - anew:
            old.take_links(claim, [edited[claim].get(link.id, link) for link in old.attributions_of[claim]])
        of_here = {r.id: r for r in relations if r.from_claim in old.by_id or r.to_claim in old.by_id}
        for id_ in changes.links - now.keys():
            old.take_relation(id_, of_here.get(id_))

    def _renew_claims(self, old: AnnotatedArticle, ids: set[Id]) -> None:
        """Read anew all that hangs on these claims; the ids of what is no claim, or no more, are welcome."""
        detail = self._store.articles.details_of([id_ for id_ in ids if isinstance(old.by_id.get(id_), Claim)])
        attributions = _by_claim(detail.attributions)
        evidence = _by_claim(detail.claim_evidence)
        for id_ in ids:
            old.take_links(id_, attributions.get(id_, ()))
            old.take_checking(id_, detail.verifications.get(id_, ()), evidence.get(id_, ()), detail.evidence)


def with_marks(
    records: Records,
    articles: Articles,
    version: Version,
    layer: Layer,
    coders: Mapping[Id, Coder],
    code_book: CodeBook,
) -> AnnotatedArticle:
    """Read an article with its accepted marks in a layer, through whatever connection. Raises KeyError where it is gone.

    It costs what the article holds, however many others there are.
    """
    article = version.article
    facts = records.get(Article, article)
    if facts is None:
        raise KeyError(article)
    found = records.annotations(article=records.required("article", article), layer=records.required("layer", layer.id))
    marks = {a.id: a for a in found if a.status == "accepted"}
    sources = {s.id: s for s in records.find(Source, article=article)}
    named = {m.entity for m in marks.values() if isinstance(m, Mention) and m.entity}
    named |= {s.entity for s in sources.values() if s.entity}
    detail = articles.details(article, layer.id)
    annotated = AnnotatedArticle(
        article=facts,
        version=version,
        blocks=articles.blocks(version.id),
        layer=layer,
        coders=coders,
        annotations=marks.values(),
        sources=sources,
        entities={e.id: e for e in records.some(Entity, named)},
        attributions=[a for a in detail.attributions if a.claim in marks],
        verifications=detail.verifications,
        evidence=detail.evidence,
        claim_evidence=detail.claim_evidence,
        relations=detail.relations,
        orphans=articles.orphans(article, layer.id),
        sentence_marks=articles.sentence_marks(version.id, layer.id),
        code_book=code_book,
    )
    return _with_far_ends(annotated, articles)


def _with_far_ends(annotated: AnnotatedArticle, articles: Articles) -> AnnotatedArticle:
    """Put in which claims at the other ends of relations count in their articles, and who stands behind them."""
    ends = annotated.far_ends()
    annotated.far = articles.far_sources(ends, annotated.article.id, annotated.layer.id) if ends else {}
    return annotated


def _by_claim(links: Iterable[T]) -> dict[Id, list[T]]:
    found: dict[Id, list[T]] = defaultdict(list)
    for link in links:
        found[link.claim].append(link)
    return found
