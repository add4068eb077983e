"""Sourcing checks about claims: who stands behind one, how near, whether somebody replied, whether a check left a trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from annotator import vocabulary
from annotator.analysis.asking import Asked, Case, called, listed, naming
from annotator.analysis.tallying import body_of
from annotator.language import tr, trn
from annotator.model import Annotation, Attribution, Claim, Id, Source
from annotator.model.values import NO_VERDICT_TYPES
from annotator.vocabulary import HouseRule

Check = Callable[[Case, HouseRule], Iterator[Asked]]
OPINIONS = frozenset({"opinion", "value"})
INTERPRETING = OPINIONS | {"interpretation"}


def unattributed(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims worth checking that nobody is named for."""
    for claim in case.worthy:
        if claim.id not in case.behind:
            words = tr("Worth checking; no source is linked to it.")
            if case.it.is_author_voice(claim.id):
                words = tr("Worth checking; it stands in the author’s own voice.")
            yield case.about(claim, words)


def unnamed_single_source(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims worth checking that rest on one source which is not named."""
    for claim in case.worthy:
        sources = case.only_unnamed(claim)
        if sources:
            who = listed([called(s) for s in sources])
            words = tr("Rests on one source, not named: {source} ({naming}).", source=who, naming=naming(sources[0]))
            if sources[0].kind == "unstated":
                words = tr("Rests on nobody who is named.")
            yield case.about(claim, words)


def far_attribution(case: Case, rule: HouseRule) -> Iterator[Asked]:
    """Ask about claims whose source is named more than so many sentences away."""
    limit = rule.limit("sentences", 1)
    for claim in case.it.claims:
        at = case.sentences_of(claim)
        if claim.id not in case.behind or at is None:
            continue
        found: list[tuple[int, Source, Annotation]] = []
        for link in case.it.attributions_of[claim.id]:
            mention = case.it.by_id.get(link.source_mention or "")
            there = case.sentences_of(mention) if mention is not None else None
            if mention is not None and there is not None:
                away = max(0, there[0] - at[1], at[0] - there[1])
                found.append((away, case.it.sources[link.source], mention))
        away, source, mention = min(found, key=lambda each: each[0], default=(0, None, None))
        if away > limit and source is not None and mention is not None:
            words = trn(
                "Stands {n} sentence away from the words that name its source, {source}.",
                "Stands {n} sentences away from the words that name its source, {source}.",
                away,
                source=called(source),
            )
            yield case.about(claim, words, mention)


def anonymous_opinion(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about opinions and values an anonymous source is given for."""
    for claim in case.it.claims:
        hidden = [s for s in case.behind.get(claim.id, ()) if s.naming == "anonymous"]
        if claim.type in OPINIONS and hidden:
            who = listed([called(s) for s in hidden])
            words = tr(
                "Coded as {type}; its source stays anonymous: {source}.", type=vocabulary.label(claim.type), source=who
            )
            yield case.about(claim, words)


def opinion_in_authors_voice(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about judgements in the author's voice: declared so by a person, or narrated and linked to nobody."""
    for claim in case.it.claims:
        if claim.type not in INTERPRETING or claim.id in case.behind:
            continue
        type_ = vocabulary.label(claim.type)
        if case.it.is_author_voice(claim.id):
            yield case.about(claim, tr("Coded as {type}; it stands in the author’s own voice.", type=type_))
        elif claim.form == "narration":
            yield case.about(claim, tr("Coded as {type}; it stands in the article’s own words.", type=type_))


def one_affiliation(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims worth checking whose several sources all belong to one body."""
    for claim in case.worthy:
        sources = case.sources_for(claim)
        bodies = {body_of(s) for s in sources}
        if len(case.groups(sources)) > 1 and len(bodies) == 1 and "" not in bodies:
            who = listed([called(s) for s in sources])
            words = tr("All of its sources belong to {body}: {sources}.", body=sources[0].affiliation, sources=who)
            yield case.about(claim, words)


# -- who replied


def accusation_without_reply(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about accusations to which no reply is marked, and which no second, independent source supports."""
    silent = {m.source for m in case.it.source_mentions if m.role == "declined_or_silent"}
    names = sorted(called(case.it.sources[id_]) for id_ in silent if id_ in case.it.sources)
    for claim in case.it.claims:
        links = [a for a in case.it.attributions_of.get(claim.id, ()) if a.function == "accusation"]
        if not links or _is_replied_to(case, claim.id) or _has_second_source(case, claim):
            continue
        source = listed(_labels(case, links))
        words = tr("An accusation by {source}, with no reply and no second source.", source=source)
        if names:
            words = tr(
                "An accusation by {source}, with no reply and no second source; {silent} did not answer or declined.",
                source=source,
                silent=listed(names),
            )
        yield case.about(claim, words)


def _labels(case: Case, links: list[Attribution]) -> list[str]:
    return list(dict.fromkeys(called(case.it.sources[link.source]) for link in links))


def _is_replied_to(case: Case, claim: Id) -> bool:
    replies = (r for r in case.it.relations_of(claim) if (r.kind, r.to_claim) == ("replies_to", claim))
    return any(map(case.it.stands, replies))


def _has_second_source(case: Case, claim: Claim) -> bool:
    """Say whether two independent sources stand behind a claim, one of them perhaps behind a claim that supports it.

    Of the claims that support it those count that are accepted, here or in another article, each with its own sources.
    """
    sources = list(case.sources_for(claim))
    for relation in case.it.relations_of(claim.id):
        if (relation.kind, relation.to_claim) == ("supports", claim.id) and case.it.stands(relation):
            sources += case.it.far.get(relation.from_claim) or case.behind.get(relation.from_claim, ())
    return len(case.groups(s for s in sources if s.kind != "unstated")) > 1


def contested_without_reply(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims that contradict each other where one of them is in no reply, given or had."""
    against: dict[Id, list[Id]] = defaultdict(list)
    for claim in case.it.claims:
        for relation in case.it.relations_of(claim.id):
            if relation.kind == "contradicts" and case.it.stands(relation):
                other = relation.to_claim if relation.from_claim == claim.id else relation.from_claim
                if other not in against[claim.id]:
                    against[claim.id].append(other)
    raised: set[Id] = set()
    for claim in case.it.claims:
        others = against.get(claim.id, [])
        if not others or _takes_part_in_reply(case, claim.id) or any(other in raised for other in others):
            continue
        raised.add(claim.id)
        here = [o for id_ in others if isinstance(o := case.it.by_id.get(id_), Claim)]
        words = tr("Contradicted by a claim of another article; no reply is marked.")
        if here:
            words = tr("Contradicts “{other}”; no reply is marked.", other=case.quote(here[0]))
        yield case.about(claim, words, *here)


def _takes_part_in_reply(case: Case, claim: Id) -> bool:
    here = case.it.by_id
    return any(
        r.kind == "replies_to" and r.from_claim in here and r.to_claim in here for r in case.it.relations_of(claim)
    )


# -- what a check left behind


def checked_without_evidence(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims set to checked with nothing kept they were checked against."""
    for claim, person, verdict, why in _checked(case):
        if not case.it.evidence_of(claim.id) and not (verdict == "none" and why):
            yield case.about(claim, tr("Set to checked by {person}; no evidence is kept.", person=person))


def checked_without_verdict(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about claims set to checked with evidence and no verdict."""
    for claim, person, verdict, _why in _checked(case):
        n = len(case.it.evidence_of(claim.id))
        if verdict is None and n:
            words = trn(
                "Set to checked by {person} with {n} piece of evidence; no verdict is given.",
                "Set to checked by {person} with {n} pieces of evidence; no verdict is given.",
                n,
                person=person,
            )
            yield case.about(claim, words)


def _checked(case: Case) -> Iterator[tuple[Claim, str, str | None, str | None]]:
    """Yield the claims that take a verdict and are set to checked, by whom, with which verdict and why."""
    for claim in case.it.claims:
        event = case.it.verification(claim.id)
        if event is not None and event.status == "checked" and claim.type not in NO_VERDICT_TYPES:
            yield claim, event.person or tr("somebody"), event.verdict, event.why


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        unattributed,
        unnamed_single_source,
        far_attribution,
        anonymous_opinion,
        opinion_in_authors_voice,
        one_affiliation,
        accusation_without_reply,
        contested_without_reply,
        checked_without_evidence,
        checked_without_verdict,
    )
}
"""By the key of their rule."""
