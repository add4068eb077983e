"""What a report is made from, read once: articles with their marks, the audit, the findings, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from annotator.analysis import sourcing, standards
from annotator.analysis.coverage import body_sentences
from annotator.model import AnnotatedArticle, Claim, FindingAnswer, Id, Ledger
from annotator.project import FoundClaim, Project

LONG = 40_000
"""From so many code points on, the sentences of an article are not looked for where their number is enough."""


@dataclass(frozen=True)
class Repeated:
    """An entry of the ledger: one proposition, and the claims that make it, each with its article."""

    entry: Ledger
    claims: tuple[tuple[AnnotatedArticle, Claim], ...]


@dataclass(frozen=True)
class Material:
    """Articles to report on in one layer, in the order of the report; what is computed is computed when first asked for."""

    articles: tuple[AnnotatedArticle, ...]
    project: str = ""
    answers: tuple[FindingAnswer, ...] = ()
    ledger: Mapping[Id, Ledger] = field(default_factory=dict[Id, Ledger])
    far: Mapping[Id, FoundClaim] = field(default_factory=dict[Id, FoundClaim])
    """Claims of articles that are not reported on, to which claims here have a relation."""
    counted: Mapping[Id, tuple[int, int]] = field(default_factory=dict[Id, tuple[int, int]])
    """Sentences accounted for, and all of them, of articles so long that looking for them would take too long."""

    @classmethod
    def read(
        cls,
        project: Project,
        articles: Sequence[Id],
        layer: Id | None = None,
        told: Callable[[int], object] = lambda _: None,
    ) -> Material:
        """Read what a report on these articles needs; ``told`` hears how many were read, and may raise to end it."""
        read: list[AnnotatedArticle] = []
        for id_ in articles:
            read.append(project.annotated(id_, layer))
            told(len(read))
        return cls.of(project, read, layer)

    @classmethod
    def of(cls, project: Project, read: Sequence[AnnotatedArticle], layer: Id | None = None) -> Material:
        """Return what a report on articles needs that were read before."""
        here = {claim.id for a in read for claim in a.claims}
        ends = {end for a in read for r in a.relations for end in (r.from_claim, r.to_claim)}
        mine = layer in (None, project.layer.id)
        return cls(
            counted={
                a.article.id: n for a in read if mine and len(a.text) > LONG and (n := _counted(project, a.article.id))
            },
            far=project.far_claims(ends - here),
            articles=tuple(read),
            project=project.name,
            answers=tuple(project.finding_answers([a.article.id for a in read])),
            ledger={entry.id: entry for entry in project.ledger([a.article.id for a in read])},
        )

    @cached_property
    def tallies(self) -> Mapping[Id, sourcing.Tally]:
        """What each article adds to the audit."""
        return {a.article.id: sourcing.tally(a) for a in self.articles}

    @cached_property
    def audit(self) -> sourcing.Audit:
        """The audit of all the articles together."""
        return sourcing.audit(self.tallies.values())

    def audit_of(self, article: Id) -> sourcing.Audit:
        """Return the audit of one article."""
        return sourcing.audit([self.tallies[article]])

    @cached_property
    def sentences(self) -> Mapping[Id, Sequence[tuple[int, int]]]:
        """The sentences of each article's body."""
        return {a.article.id: body_sentences(a.text, a.blocks, a.article.language) for a in self.articles}

    @cached_property
    def findings(self) -> Mapping[Id, tuple[standards.Finding, ...]]:
        """What the house rules ask about each article."""
        answers: dict[Id, list[FindingAnswer]] = {}
        for answer in self.answers:
            answers.setdefault(answer.article or "", []).append(answer)
        return {
            id_: standards.findings(
                a, self.sentences[id_], a.code_book.house_rules(), answers.get(id_, ()), audit=self.audit_of(id_)
            )
            for a in self.articles
            for id_ in (a.article.id,)
        }

    @cached_property
    def repeated(self) -> tuple[Repeated, ...]:
        """The ledger's entries that claims here belong to, in the order they are first made."""
        found: dict[Id, list[tuple[AnnotatedArticle, Claim]]] = {}
        for annotated in self.articles:
            for claim in annotated.claims:
                if claim.ledger in self.ledger:
                    found.setdefault(claim.ledger or "", []).append((annotated, claim))
        return tuple(Repeated(self.ledger[id_], tuple(claims)) for id_, claims in found.items())


def _counted(project: Project, article: Id) -> tuple[int, int] | None:
    """Return what is stored of an article's coverage; None where it was not counted yet."""
    found = project.article_summary(article)
    return (found.accounted or 0, found.sentences) if found.sentences else None
