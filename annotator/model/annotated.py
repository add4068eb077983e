"""An article with one layer's marks: what the audit, the reports and the lists read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotator.model.records import (
    Annotation,
    Article,
    Attribution,
    Block,
    Claim,
    ClaimEvidence,
    Coder,
    Cue,
    Entity,
    Evidence,
    Id,
    Layer,
    Mention,
    Relation,
    SentenceMark,
    Source,
    SourceMention,
    Verification,
    Version,
)


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Return the key claims are numbered by: start, end, id."""
    return annotation.start, annotation.end, annotation.id


@dataclass(frozen=True)
class AnnotatedArticle:
    """One article, one version of its text, one layer; accepted annotations only, in reading order."""

    article: Article
    version: Version
    blocks: tuple[Block, ...]
    layer: Layer
    coders: Mapping[Id, Coder]
    annotations: tuple[Annotation, ...]
    sources: Mapping[Id, Source]
    entities: Mapping[Id, Entity]
    attributions: tuple[Attribution, ...] = ()
    verifications: Mapping[Id, tuple[Verification, ...]] = field(default_factory=dict[Id, tuple[Verification, ...]])
    evidence: Mapping[Id, Evidence] = field(default_factory=dict[Id, Evidence])
    claim_evidence: tuple[ClaimEvidence, ...] = ()
    relations: tuple[Relation, ...] = ()
    sentence_marks: tuple[SentenceMark, ...] = ()
    orphans: int = 0

    @property
    def text(self) -> str:
        """The canonical text the offsets count in."""
        return self.version.text

    @cached_property
    def by_id(self) -> dict[Id, Annotation]:
        """Annotations by id."""
        return {a.id: a for a in self.annotations}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims in reading order: claim number n stands at index n - 1."""
        return tuple(sorted((a for a in self.annotations if isinstance(a, Claim)), key=reading_order))

    @cached_property
    def claim_numbers(self) -> dict[Id, int]:
        """Claim number by claim id; counted from 1, never stored."""
        return {c.id: n for n, c in enumerate(self.claims, 1)}

    @cached_property
    def source_mentions(self) -> tuple[SourceMention, ...]:
        """Source mentions in reading order."""
        return tuple(sorted((a for a in self.annotations if isinstance(a, SourceMention)), key=reading_order))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Entity mentions in reading order."""
        return tuple(sorted((a for a in self.annotations if isinstance(a, Mention)), key=reading_order))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Cues in reading order."""
        return tuple(sorted((a for a in self.annotations if isinstance(a, Cue)), key=reading_order))

    @cached_property
    def attributions_by_id(self) -> dict[Id, Attribution]:
        """Attributions by id."""
        return {a.id: a for a in self.attributions}

    @cached_property
    def attributions_of(self) -> dict[Id, tuple[Attribution, ...]]:
        """Attributions by claim id, in the order they were made; a claim without one is missing."""
        found: dict[Id, list[Attribution]] = defaultdict(list)
        for a in self.attributions:
            found[a.claim].append(a)
        return {claim: tuple(list_) for claim, list_ in found.items()}

    def accountable_source(self, attribution: Attribution) -> Source | None:
        """Follow ``via`` to the outermost attribution, then take the first source inwards that is accountable."""
        chain = [attribution]
        while (outer := self.attributions_by_id.get(chain[-1].via or "")) is not None and outer not in chain:
            chain.append(outer)
        for link in reversed(chain):
            source = self.sources.get(link.source)
            if source is not None and source.accountable:
                return source
        return None

    def sources_of(self, claim: Id) -> tuple[Source, ...]:
        """Return S(c): the accountable sources of a claim, each once, in the order of its attributions."""
        found: dict[Id, Source] = {}
        for a in self.attributions_of.get(claim, ()):
            source = self.accountable_source(a)
            if source is not None:
                found[source.id] = source
        return tuple(found.values())

    def is_author_voice(self, claim: Id) -> bool:
        """Say whether a person declared the claim the author's own, and nobody else stands behind it."""
        return claim in self.attributions_of and not self.sources_of(claim)

    @cached_property
    def source_order(self) -> tuple[Source, ...]:
        """Sources in the order of their first mention or claim; the author and the publication last."""
        first: dict[Id, int] = {}
        for m in self.source_mentions:
            if m.source:
                first.setdefault(m.source, m.start)
        for a in self.attributions:
            claim = self.by_id.get(a.claim)
            if claim is not None:
                first[a.source] = min(first.get(a.source, claim.start), claim.start)
        far = len(self.text) + 1
        return tuple(
            sorted(self.sources.values(), key=lambda s: (not s.accountable, first.get(s.id, far), s.label.casefold()))
        )

    def claims_of(self, source: Id) -> tuple[Claim, ...]:
        """Return the claims with an attribution to this source, in reading order."""
        ids = {a.claim for a in self.attributions if a.source == source}
        return tuple(c for c in self.claims if c.id in ids)

    def mentions_of_source(self, source: Id) -> tuple[SourceMention, ...]:
        """Return the spans that name this source."""
        return tuple(m for m in self.source_mentions if m.source == source)

    def mentions_of_entity(self, entity: Id) -> tuple[Mention, ...]:
        """Return the spans that name this entity."""
        return tuple(m for m in self.mentions if m.entity == entity)

    def verification(self, claim: Id) -> Verification | None:
        """Return the last verification event of a claim, which is its state; None: not checked."""
        events = self.verifications.get(claim, ())
        return events[-1] if events else None

    def coder_name(self, coder: Id | None) -> str:
        """Return a coder's name, or an empty text."""
        found = self.coders.get(coder or "")
        return found.name if found else ""


def spans_union(annotations: Iterable[Annotation]) -> list[tuple[int, int]]:
    """Return the union of the annotations' segments as ordered, disjoint (start, end) pairs that do not touch."""
    return merged((s.start, s.end) for a in annotations for s in a.segments)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of spans as ordered, disjoint (start, end) pairs that do not touch."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out
