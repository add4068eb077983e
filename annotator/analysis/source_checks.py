"""Sourcing checks about sources and passages: how one is named, on what terms, how it is introduced, what rests on it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from annotator import vocabulary
from annotator.analysis.asking import ARTICLE, Asked, Case, called, listed
from annotator.analysis.audits import FEW
from annotator.analysis.claim_checks import Check
from annotator.analysis.tallying import is_near
from annotator.language import tr, trn
from annotator.model import Annotation, Claim, Id, Source
from annotator.model.values import NOT_STATED
from annotator.vocabulary import HouseRule

_PART = re.compile(r"\w+(?:[’'\-]\w+)*")


def long_passage(case: Case, rule: HouseRule) -> Iterator[Asked]:
    """Ask about the longest passage without a source, where it is longer than the limit; of an unmarked article nothing."""
    longest, unspaced = case.longest if case.it.claims else (None, False)
    limit = rule.limit("words", 100)
    if longest is not None and longest.words > limit:
        words = tr(
            "For {words} in a row no source is named; the house rule asks beyond {limit}.",
            words=vocabulary.word_count(longest.words, unspaced=unspaced),
            limit=f"{limit:,}",
        )
        yield Asked(ARTICLE, words, (longest.span,))


def few_first_hand(case: Case, rule: HouseRule) -> Iterator[Asked]:
    """Ask where few attributed claims come from somebody who was there; not while what is not filled in could change it."""
    nears: Counter[int] = Counter()
    opens: Counter[int] = Counter()
    far: list[Claim] = []
    for claim in case.it.claims:
        sources = case.behind.get(claim.id, ())
        count = sum(map(is_near, sources))
        nears[len(sources)] += count
        opens[len(sources)] += sum(map(_is_open, sources))
        if sources and not count:
            far.append(claim)
    # Each claim counts once, shared out among its sources.
    near, open_ = (sum((Fraction(n, of or 1) for of, n in found.items()), Fraction()) for found in (nears, opens))
    of, limit = len(case.behind), rule.limit("per_cent", 25)
    if of >= FEW and (near + open_) * 100 < limit * of:
        words = tr(
            "{n} of {of} claims with a source come from somebody who saw it, did it or has its record; the house rule "
            "asks below {limit} %.",
            n=f"{round(float(near), 1):g}",
            of=f"{of:,}",
            limit=limit,
        )
        yield Asked(ARTICLE, words, case.spans(far))


def _is_open(source: Source) -> bool:
    filled = source.proximity or source.class_ or "proximity" in source.not_stated
    return source.kind != "unstated" and not filled


def single_source(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about each source on which claims worth checking rest alone; what an unnamed one alone is asked about is left out."""
    alone: dict[str, list[Claim]] = defaultdict(list)
    behind: dict[str, dict[Id, Source]] = defaultdict(dict)
    for claim in case.worthy:
        sources = case.sources_for(claim)
        groups = case.groups(sources)
        if len(groups) != 1 or ("unnamed_single_source" in case.on and case.only_unnamed(claim)):
            continue
        (key,) = groups
        alone[key].append(claim)
        behind[key].update((s.id, s) for s in sources)
    for key, claims in alone.items():
        sources = sorted(behind[key].values(), key=case.it.first_named)
        who = called(sources[0])
        if len(sources) > 1:
            who = tr(
                "{sources}, who count as one ({group})",
                sources=listed([called(s) for s in sources]),
                group=sources[0].independence_group,
            )
        words = trn(
            "{n} claim worth checking rests on one source: {source}.", "{n} claims worth checking rest on one source: {source}.",
            len(claims), source=who,
        )  # fmt: skip
        subject, *others = sorted(behind[key])
        yield Asked(subject, words, case.spans(claims), others=tuple(others))


# -- how a source is named, and on what terms it spoke


def no_reason_for_anonymity(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about anonymous sources of which nobody reads why they are so."""
    for source in _anonymous(case):
        if source.anonymity_reason in ("yes", "not_applicable"):
            continue
        words = tr("Whether the article says why {source} stays unnamed is not filled in.", source=called(source))
        if source.anonymity_reason == "no" or "anonymity_reason" in source.not_stated:
            words = tr("The article does not say why {source} stays unnamed.", source=called(source))
        yield Asked(source.id, words, case.spans_of(source))


def ground_rules_not_stated(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about anonymous sources of which nobody knows on what terms they spoke."""
    for source in _anonymous(case):
        not_stated = source.ground_rules == NOT_STATED or "ground_rules" in source.not_stated
        if source.ground_rules is not None and not not_stated:
            continue
        words = tr("On what terms {source} spoke is not filled in.", source=called(source))
        if not_stated:
            words = tr("The article does not say on what terms {source} spoke.", source=called(source))
        yield Asked(source.id, words, case.spans_of(source))


def bare_label(case: Case, rule: HouseRule) -> Iterator[Asked]:
    """Ask about unnamed sources of which all one learns is that they are sources."""
    for source in case.speaking:
        if _is_bare(source, rule):
            words = tr("The article says no more than “{source}” about who this is.", source=called(source))
            yield Asked(source.id, words, case.spans_of(source))


def _is_bare(source: Source, rule: HouseRule) -> bool:
    parts = _PART.findall(source.label.casefold())
    unsaid = source.naming in ("anonymous", "collective") and not (source.role or source.affiliation)
    return unsaid and bool(parts) and set(parts) <= {word.casefold() for word in rule.words}


def unnamed_without_role(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about anonymous persons of whom neither role nor affiliation is told."""
    for source in _anonymous(case):
        if source.kind in ("person", "group", None) and not (source.role or source.affiliation):
            yield Asked(source.id, _no_role(source), case.spans_of(source))


def named_without_role(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about named persons of whom neither role nor affiliation is told."""
    for source in case.speaking:
        if (source.naming, source.kind) == ("named", "person") and not (source.role or source.affiliation):
            yield Asked(source.id, _no_role(source), case.spans_of(source))


def _no_role(source: Source) -> str:
    if {"role", "affiliation"} <= source.not_stated:
        return tr("The article gives neither role nor affiliation of {source}.", source=called(source))
    return tr("Neither role nor affiliation of {source} is filled in.", source=called(source))


def _anonymous(case: Case) -> list[Source]:
    return [source for source in case.speaking if source.naming == "anonymous"]


# -- how it is introduced


def loaded_cues(case: Case, _: HouseRule) -> Iterator[Asked]:
    """Ask about each source that words introduce which do more than that."""
    for source in case.it.source_order:
        cues: dict[tuple[int, int], tuple[Annotation, str | None]] = {}
        for link in case.it.attributions_with(source.id) if source.accountable else ():
            cue = case.it.by_id.get(link.cue or "")
            if cue is not None and link.source == source.id:
                known = cues.get((cue.start, cue.end), (cue, None))[1]
                cues[cue.start, cue.end] = cue, known if known not in (None, "neutral") else link.load
        loaded = [(cue, load) for _, (cue, load) in sorted(cues.items()) if load not in (None, "neutral")]
        if loaded:
            told = {
                "source": called(source),
                "cues": listed([f"{case.quote(cue)} ({case.load(load)})" for cue, load in loaded]),
            }
            words = trn(
                "{n} of the {of} words that introduce {source} does more than introduce: {cues}.",
                "{n} of the {of} words that introduce {source} do more than introduce: {cues}.",
                len(loaded),
                of=f"{len(cues):,}",
                **told,
            )
            if len(loaded) == len(cues):
                words = trn(
                    "The word that introduces {source} does more than introduce: {cues}.",
                    "All {n} words that introduce {source} do more than introduce: {cues}.",
                    len(loaded),
                    **told,
                )
            if source.kind == "unstated":
                words = trn(
                    "Where nobody is named, {n} word does more than introduce: {cues}.",
                    "Where nobody is named, {n} words do more than introduce: {cues}.",
                    len(loaded),
                    cues=told["cues"],
                )
            yield Asked(source.id, words, case.spans(cue for cue, _ in loaded))


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        long_passage,
        few_first_hand,
        single_source,
        no_reason_for_anonymity,
        ground_rules_not_stated,
        bare_label,
        unnamed_without_role,
        named_without_role,
        loaded_cues,
    )
}
"""By the key of their rule."""
