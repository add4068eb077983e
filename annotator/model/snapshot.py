"""An article as it was at one moment, for a thread that reads it while the window goes on."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from annotator.model.annotated import AnnotatedArticle
from annotator.model.lookups import ends_of, mentions_in
from annotator.model.records import Annotation, Attribution, Id, Relation


class Snapshot(AnnotatedArticle):
    """An article as it was at one moment; nothing is put into it."""

    _COPIED = (
        "coders", "annotations", "sources", "entities", "verifications", "evidence", "_links_of", "_evidence_of", "_relations",
        "_sentence_marks",
    )  # fmt: skip
    _MADE_WHEN_ASKED = ("by_id", "_mentions", "_links", "_links_with", "_relations_of", "_said", "_evidence_uses")

    def __init__(self, of: AnnotatedArticle) -> None:
        self.__dict__.update(of.__dict__)
        for name in self._COPIED:
            self.__dict__[name] = self.__dict__[name].copy()
        for name in self._MADE_WHEN_ASKED:
            self.__dict__.pop(name, None)
        self._of_kind = defaultdict(list, {kind: marks.copy() for kind, marks in of._of_kind.items()})
        self._firsts = {}

    @cached_property
    def by_id(self) -> dict[Id, Annotation]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Annotations by id."""
        return {a.id: a for a in self.annotations}

    @cached_property
    def _mentions(self) -> dict[Id, list[Annotation]]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return mentions_in(self.annotations)

    @cached_property
    def _links(self) -> dict[Id, Attribution]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return {link.id: link for links in self._links_of.values() for link in links}

    @cached_property
    def _links_with(self) -> dict[Id, dict[Id, Attribution]]:  # pyright: ignore[reportIncompatibleVariableOverride]
        found: dict[Id, dict[Id, Attribution]] = defaultdict(dict)
        for link in self._links.values():
            for end in ends_of(link):
                found[end][link.id] = link
        return found

    @cached_property
    def _relations_of(self) -> dict[Id, dict[Id, Relation]]:  # pyright: ignore[reportIncompatibleVariableOverride]
        found: dict[Id, dict[Id, Relation]] = defaultdict(dict)
        for relation in self._relations.values():
            for end in (relation.from_claim, relation.to_claim):
                found[end][relation.id] = relation
        return found

    @cached_property
    def _said(self) -> list[tuple[int, int, Id]]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return sorted((mark.start, mark.end, mark.id) for mark in self._sentence_marks.values())

    @cached_property
    def _evidence_uses(self) -> Counter[Id]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return Counter(link.evidence for link in self.claim_evidence)

    def snapshot(self) -> AnnotatedArticle:
        """Return this one: it does not change."""
        return self
