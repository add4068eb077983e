"""The beginnings of very large articles: enough to look at pages before the whole report is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model import AnnotatedArticle, Attribution

LARGE = 3_000
"""Marks from which on a report takes longer to make than one would wait for a look at it."""
_SHOWN = 200
"""So many marks of a large article are shown."""
_LONG = 400_000
"""Code points from which on an article is large, however few marks it has."""
_SHOWN_LENGTH = 20_000


def is_large(annotated: AnnotatedArticle) -> bool:
    """Say whether a report of an article takes long to make."""
    return _are_large([annotated])


def of_large(articles: Sequence[AnnotatedArticle]) -> dict[int, AnnotatedArticle]:
    """Return the beginnings of those articles, by their place, for which a report of all of them takes long to make."""
    if not _are_large(articles):
        return {}
    return {n: beginning(a) for n, a in enumerate(articles) if _are_large([a] * len(articles))}


def _are_large(articles: Sequence[AnnotatedArticle]) -> bool:
    return sum(len(a.annotations) for a in articles) > LARGE or sum(len(a.text) for a in articles) > _LONG


def beginning(annotated: AnnotatedArticle) -> AnnotatedArticle:
    """Return an article that ends early, with the marks up to there and all that belongs to them."""
    marks = annotated.annotations[:_SHOWN]
    last = max((mark.end for mark in marks), default=0)
    if len(marks) == len(annotated.annotations):
        last = _SHOWN_LENGTH
    end = next((b.end for b in annotated.blocks if b.end >= last), len(annotated.text))
    kept = {mark.id: mark for mark in marks if mark.end <= end}

    def linked(link: Attribution) -> Attribution:
        mention = link.source_mention if link.source_mention in kept else None
        return replace(link, source_mention=mention, cue=link.cue if link.cue in kept else None)

    return AnnotatedArticle(
        article=annotated.article,
        version=replace(annotated.version, text=annotated.text[:end]),
        blocks=[b for b in annotated.blocks if b.end <= end],
        layer=annotated.layer,
        coders=annotated.coders,
        annotations=kept.values(),
        sources=annotated.sources,
        entities=annotated.entities,
        attributions=[linked(link) for link in annotated.attributions if link.claim in kept],
        verifications={claim: events for claim, events in annotated.verifications.items() if claim in kept},
        evidence=annotated.evidence,
        claim_evidence=[link for link in annotated.claim_evidence if link.claim in kept],
        relations=[r for r in annotated.relations if {r.from_claim, r.to_claim} <= kept.keys() | annotated.far.keys()],
        far=annotated.far,
        sentence_marks=[mark for mark in annotated.sentence_marks if mark.end <= end],
        orphans=annotated.orphans,
        code_book=annotated.code_book,
    )
