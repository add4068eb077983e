"""What a card says about a claim: who says it, what it is called, how its checking stands. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Mention, SourceMention
from annotator.vocabulary import label, title

SPEAKER = "speaker"
AUTHOR = "author"
NOBODY = "nobody"
OPEN = "open"


class Voice(NamedTuple):
    """Who says a claim: a named speaker, the author, nobody the text names, or not linked yet."""

    kind: str
    words: str


def voice_of(annotated: AnnotatedArticle, claim: Id) -> Voice:
    """Return who says a claim. The three kinds of nobody are told apart."""
    sources = annotated.sources_of(claim)
    named = [s for s in sources if s.kind != "unstated"]
    if named:
        more = len(sources) - 1
        return Voice(SPEAKER, named[0].label + (f" +{more}" if more else ""))
    if sources:
        return Voice(NOBODY, "not stated")
    if annotated.is_author_voice(claim):
        return Voice(AUTHOR, "author’s voice")
    return Voice(OPEN, "not linked")


def status_of(annotated: AnnotatedArticle, claim: Id) -> str:
    """Return the status of checking of a claim."""
    last = annotated.verification(claim)
    return last.status if last is not None else "not_checked"


def verdict_of(annotated: AnnotatedArticle, claim: Id) -> str | None:
    """Return the verdict on a claim, or None."""
    last = annotated.verification(claim)
    return last.verdict if last is not None else None


def short_of(annotated: AnnotatedArticle, claim: Claim) -> str:
    """Return a claim's short text, or else its words in one line."""
    return claim.short_text or " ".join(claim.quote(annotated.text, " … ").split())


def card_name(annotated: AnnotatedArticle, claim: Claim, number: int) -> str:
    """Return what a screen reader says of a claim's card."""
    parts = [f"Claim {number}", short_of(annotated, claim), voice_of(annotated, claim.id).words]
    verdict = verdict_of(annotated, claim.id)
    return ", ".join([*parts, label(status_of(annotated, claim.id)), *([label(verdict)] if verdict else [])])


def mark_name(annotated: AnnotatedArticle, mark: Annotation, number: int | None) -> str:
    """Return what a screen reader says of a chosen mark."""
    if isinstance(mark, Claim) and number is not None:
        return card_name(annotated, mark, number)
    words = " ".join(mark.quote(annotated.text, " … ").split())
    entry = ""
    if isinstance(mark, SourceMention):
        source = annotated.sources.get(mark.source or "")
        entry = source.label if source else "in no register yet"
    elif isinstance(mark, Mention):
        entity = annotated.entities.get(mark.entity or "")
        entry = entity.name if entity else "in no register yet"
    return ", ".join(part for part in (title(mark.kind), words, entry if entry != words else "") if part)


def tied_to(annotated: AnnotatedArticle, mark: Annotation) -> frozenset[Id]:
    """Return the marks tied to one by attributions: a claim's source mention and cue, or their claims."""
    tied: set[Id] = set()
    for a in annotated.attributions:
        if a.claim == mark.id:
            tied.update(id_ for id_ in (a.source_mention, a.cue) if id_)
        elif mark.id in (a.source_mention, a.cue):
            tied.add(a.claim)
    return frozenset(tied)
