"""A short article written for a test of the audit: what is marked in it is given as its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotator.analysis import sourcing
from annotator.analysis.sourcing import Audit
from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Attribution,
    Claim,
    ClaimEvidence,
    Cue,
    Entity,
    Evidence,
    Id,
    LoadedTerm,
    Relation,
    Segment,
    Source,
    SourceMention,
    Verification,
)
from tests.analysis.audited import article


class Story:
    """Marks are found by their words; the second of two that read the same is written ``words@2``."""

    def __init__(self, text: str, *, id_: Id = "a", zones: Sequence[str] = ()) -> None:
        self._text, self._id, self._zones = text, id_, zones
        self._marks: list[Annotation] = []
        self._links: list[Attribution] = []
        self._relations: list[Relation] = []
        self._far: dict[Id, tuple[Source, ...]] = {}
        self._events: dict[Id, tuple[Verification, ...]] = {}
        self._evidence: list[ClaimEvidence] = []
        self._entities: dict[Id, Entity] = {}
        self._sources: dict[Id, Source] = {}
        self.source("the author", kind="author")
        self.source("the publication", kind="publication")

    def place(self, words: str) -> tuple[int, int]:
        """Return where words stand."""
        words, _, n = words.partition("@")
        at = -1
        for _ in range(int(n or 1)):
            at = self._text.index(words, at + 1)
        return at, at + len(words)

    def source(self, label: str, *, is_: str | None = None, **fields: Any) -> Id:
        """Add a source; ``is_`` is the name of the entity it is."""
        if is_ is not None:
            self._entities[is_] = Entity(id=is_, name=is_)
            fields["entity"] = is_
        made = Source(id=f"{self._id} {label}", article=self._id, label=label, **fields)
        self._sources[made.id] = made
        return made.id

    def not_stated(self) -> Id:
        """Add the source of what nobody is named for."""
        return self.source("not stated", kind="unstated", naming="unstated")

    def mark(self, kind: type[Annotation], *words: str, **fields: Any) -> Id:
        """Mark words, one segment for each text given."""
        segments = tuple(Segment(*self.place(each)) for each in words)
        made = kind(id=f"{self._id} {words[0]}", layer="l", article=self._id, segments=segments, **fields)
        if made.id not in {mark.id for mark in self._marks}:
            self._marks.append(made)
        return made.id

    def claim(self, *words: str, **fields: Any) -> Id:
        """Mark a claim."""
        return self.mark(Claim, *words, **fields)

    def term(self, *words: str) -> Id:
        """Mark a loaded word."""
        return self.mark(LoadedTerm, *words)

    def link(
        self,
        claim: Id,
        source: Id,
        *,
        by: str = "",
        cue: str = "",
        load: str | None = None,
        function: str | None = None,
        via: Id | None = None,
    ) -> Id:
        """Say that a source stands behind a claim: named by these words, introduced by that cue."""
        made = Attribution(
            layer="l",
            claim=claim,
            source=source,
            source_mention=self.mark(SourceMention, by, source=source) if by else None,
            cue=self.mark(Cue, cue) if cue else None,
            load=load,
            function=function,
            via=via,
        )
        self._links.append(made)
        return made.id

    def relate(self, claim: Id, to: Id, kind: str) -> None:
        """Say how a claim stands to another."""
        self._relations.append(Relation(from_claim=claim, to_claim=to, kind=kind))

    def elsewhere(self, claim: Id, *sources: Source) -> Id:
        """Add an accepted claim of another article, and who stands behind it there."""
        self._far[claim] = sources
        return claim

    def check(self, claim: Id, status: str, *, with_evidence: bool | None = None, **fields: Any) -> None:
        """Set a claim's status, with evidence where it is checked."""
        self._events[claim] = (Verification(claim=claim, status=status, **fields),)
        if with_evidence is True or (with_evidence is None and status == "checked"):
            self._evidence.append(ClaimEvidence(claim=claim, evidence="e", stance="supports"))

    def made(self) -> AnnotatedArticle:
        """Return the article."""
        return article(
            self._text, id=self._id, zones=self._zones, annotations=self._marks, sources=self._sources.values(),
            entities=self._entities, attributions=self._links, relations=self._relations, far=self._far, verifications=self._events,
            evidence={"e": Evidence(id="e", title="A register")}, claim_evidence=self._evidence,
        )  # fmt: skip


def audit(*stories: Story) -> Audit:
    """Audit stories together."""
    return sourcing.audit([sourcing.tally(story.made()) for story in stories])
