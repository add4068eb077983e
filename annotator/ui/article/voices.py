"""What a card says about a claim: who says it, what it is called, how its checking stands. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Attribution, Claim, Id, Mention, SourceMention
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
    if any(s.kind != "unstated" for s in sources):
        said = said_by(annotated, claim)
        return Voice(SPEAKER, said[0] + (f" +{len(said) - 1}" if len(said) > 1 else ""))
    if sources:
        return Voice(NOBODY, tr("not stated"))
    if annotated.is_author_voice(claim):
        return Voice(AUTHOR, tr("author’s voice"))
    return Voice(OPEN, tr("not linked"))


def chain_of(annotated: AnnotatedArticle, link: Attribution) -> list[Attribution]:
    """Return an attribution and those it is known through, from the inside out."""
    chain = [link]
    while (outer := annotated.attributions_by_id.get(chain[-1].via or "")) is not None and outer not in chain:
        chain.append(outer)
    return chain


def said_by(annotated: AnnotatedArticle, claim: Id) -> list[str]:
    """Return who says a claim, each with those they are known through ("the minister ← the paper"); named ones first."""
    links = annotated.attributions_of.get(claim, ())
    outer = {link.via for link in links if link.via}
    found: dict[str, bool] = {}
    for link in links:
        chain = [annotated.sources.get(a.source) for a in chain_of(annotated, link)]
        named = [s for s in chain if s is not None and s.accountable]
        if named and link.id not in outer:
            found[" ← ".join(s.label for s in named)] = all(s.kind == "unstated" for s in named)
    return sorted(found, key=lambda words: found[words])


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
    parts = [tr("Claim {n}", n=number), short_of(annotated, claim), voice_of(annotated, claim.id).words]
    verdict = verdict_of(annotated, claim.id)
    return ", ".join(
        [
            *parts,
            label(status_of(annotated, claim.id)),
            *([annotated.code_book.label("verdict", verdict)] if verdict else []),
        ]
    )


def mark_name(annotated: AnnotatedArticle, mark: Annotation, number: int | None) -> str:
    """Return what a screen reader says of a chosen mark."""
    if isinstance(mark, Claim) and number is not None:
        return card_name(annotated, mark, number)
    words = " ".join(mark.quote(annotated.text, " … ").split())
    entry = ""
    if isinstance(mark, SourceMention):
        source = annotated.sources.get(mark.source or "")
        entry = source.label if source else tr("in no register yet")
    elif isinstance(mark, Mention):
        entity = annotated.entities.get(mark.entity or "")
        entry = entity.name if entity else tr("in no register yet")
    return ", ".join(part for part in (title(mark.kind), words, entry if entry != words else "") if part)


def tied_to(annotated: AnnotatedArticle, mark: Annotation) -> frozenset[Id]:
    """Return the marks tied to one by attributions: a claim's source mention and cue, or their claims."""
    claimed = annotated.attributions_of.get(mark.id, ())
    tied = {end for a in claimed for end in (a.source_mention, a.cue) if end}
    return frozenset(tied | {a.claim for a in annotated.attributions_with(mark.id)})
