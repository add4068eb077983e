"""The sourcing audit once more, in the plainest way: each word and each claim looked at by itself, nothing sorted or kept.

Written from the definitions (docs/CONTEXT.md, *sourcing audit*) and from nothing else; only the rule of what a word is
is shared, which has tests of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from annotator import text as texts
from annotator.analysis.sourcing import Basis
from annotator.model import AnnotatedArticle, Annotation, Attribution, Claim, Id, LoadedTerm, Source

Said = tuple[AnnotatedArticle, Claim]
Word = tuple[int, int]


def claims(articles: Sequence[AnnotatedArticle], basis: Basis) -> list[Said]:
    found: list[Said] = []
    for a in articles:
        for c in a.annotations:
            if not isinstance(c, Claim) or c.status != "accepted":
                continue
            zone = next(b.zone for b in reversed(a.blocks) if b.start <= c.segments[0].start)
            if basis.zones and zone not in basis.zones:
                continue
            if basis.tags and not set(c.tags) & basis.tags:
                continue
            if basis.check_worthy and c.check_worthy != basis.check_worthy:
                continue
            found.append((a, c))
    return found


def links(a: AnnotatedArticle, c: Claim) -> list[Attribution]:
    return [link for link in a.attributions_of.get(c.id, ()) if link.claim == c.id]


def accountable(a: AnnotatedArticle, link: Attribution) -> Source | None:
    outer = next((other for other in a.attributions if other.id == link.via), None)
    found = accountable(a, outer) if outer is not None else None
    if found is not None:
        return found
    source = a.sources[link.source]
    return None if source.kind in ("author", "publication") else source


def who(source: Source) -> str:
    return "nobody" if source.kind == "unstated" else source.entity or source.id


def behind(said: Said) -> list[Source]:
    """S(c): who answers for a claim, each giver of information once."""
    found: list[Source] = []
    for link in links(*said):
        source = accountable(said[0], link)
        if source is not None and who(source) not in [who(other) for other in found]:
            found.append(source)
    return found


def body_words(a: AnnotatedArticle) -> list[Word]:
    body = [b for b in a.blocks if b.zone == "body"]
    return [w for w in texts.words(a.text) if any(b.start <= w[0] and w[1] <= b.end for b in body)]


def inside(word: Word, marks: Iterable[Annotation]) -> bool:
    return any(s.start <= word[0] and word[1] <= s.end for mark in marks for s in mark.segments)


def attribution_marks(a: AnnotatedArticle, found: list[Said]) -> list[Annotation]:
    marks: list[Annotation] = []
    for other, c in found:
        if other is a and behind((a, c)):
            marks.append(c)
            for link in links(a, c):
                marks += [m for m in a.annotations if m.id in (link.cue, link.source_mention)]
    return marks


def status(said: Said) -> str:
    events = said[0].verifications.get(said[1].id, ())
    return events[-1].status if events else "not_checked"


def counts(a: AnnotatedArticle, claim: Id) -> bool:
    return claim in a.far or claim in [c.id for c in a.annotations if isinstance(c, Claim)]


def contested(said: Said) -> bool:
    a, c = said
    return any(
        r.kind == "contradicts"
        and c.id in (r.from_claim, r.to_claim)
        and counts(a, r.from_claim)
        and counts(a, r.to_claim)
        for r in a.relations
    )


def plainly(words: str | None) -> str | None:
    """Affiliations and sides are told apart by their words alone."""
    return " ".join(words.casefold().split()) if words else None


def near(source: Source) -> bool:
    close = source.proximity in ("first_hand", "party_to_event") or source.class_ == "primary"
    return who(source) != "nobody" and close


def clusters(found: list[Said]) -> list[list[Said]]:
    groups: dict[str, list[Said]] = {}
    for said in found:
        groups.setdefault(said[1].ledger or said[1].id, []).append(said)
    return list(groups.values())


def figures(articles: Sequence[AnnotatedArticle], basis: Basis) -> dict[str, tuple[float, int]]:
    """Return (n, of) of every figure that is "n of N"."""
    every = claims(articles, basis)
    attributed = [said for said in every if behind(said)]
    worthy = [said for said in every if said[1].check_worthy == "yes"]

    def share(whole: list[Said], counts: Callable[[Said], object]) -> tuple[int, int]:
        return sum(1 for said in whole if counts(said)), len(whole)

    def single(of: Callable[[Source], str | None]) -> tuple[int, int]:
        names = [{of(s) for said in group for s in behind(said)} - {None} for group in clusters(every)]
        return sum(len(n) == 1 for n in names), sum(len(n) >= 1 for n in names)

    def all_in(*namings: str) -> tuple[int, int]:
        return share(attributed, lambda said: all(s.naming in namings for s in behind(said)))

    words = [(a, w) for a in articles for w in body_words(a)]
    covered = [w for a, w in words if inside(w, attribution_marks(a, every))]
    cues = cue_table(articles, every)
    shares = [Fraction(sum(near(s) for s in behind(said)), len(behind(said))) for said in attributed]
    return {
        "attribution_share": share(every, behind),
        "attribution_share_excluding_nested": share([s for s in every if not any(x.via for x in links(*s))], behind),
        "body_words_in_attributions": (len(covered), len(words)),
        "check_worthy_unattributed": share(worthy, lambda said: not behind(said)),
        "single_source_share": single(who),
        "single_affiliation_share": single(lambda s: plainly(s.affiliation)),
        "anonymous_share": all_in("anonymous"),
        "unnamed_share": all_in("anonymous", "role_only", "collective", "unstated"),
        "loaded_cue_share": (sum(bool(loads - {None, "neutral"}) for loads in cues.values()), len(cues)),
        "claims_without_evidence": share(worthy, lambda said: not list(said[0].evidence_of(said[1].id))),
        "unchecked": share(worthy, lambda said: status(said) == "not_checked"),
        "contested_share": share(every, contested),
        "first_hand_share": (float(sum(shares)), len(attributed)),
    }


def cue_table(articles: Sequence[AnnotatedArticle], found: list[Said]) -> dict[Any, set[str | None]]:
    """Return the loads of each distinct cue span."""
    cues: dict[Any, set[str | None]] = {}
    for a, c in found:
        for link in links(a, c):
            for mark in a.annotations:
                if mark.id == link.cue:
                    cues.setdefault((a.article.id, mark.segments), set()).add(link.load)
    return cues


def diversity(articles: Sequence[AnnotatedArticle], basis: Basis, of: Callable[[Source], str | None]) -> dict[str, Any]:
    """Return the parts of the attributed claims by what ``of`` tells of a source, and what is made of them."""
    attributed = [said for said in claims(articles, basis) if behind(said)]
    weights: dict[str, Fraction] = {}
    for said in attributed:
        for source in behind(said):
            name = of(source)
            if name and who(source) != "nobody":
                weights[name] = weights.get(name, Fraction()) + Fraction(1, len(behind(said)))
    p = [float(weight / len(attributed)) for weight in weights.values()]
    return {
        "known": float(sum(weights.values())),
        "of": len(attributed),
        "parts": sorted(p, reverse=True),
        "effective_number": math.exp(sum(-x * math.log(x) for x in p)) if p else None,
        "gini_simpson": 1 - sum(x * x for x in p) if p else None,
        "top": [name for name in weights if weights[name] == max(weights.values())],
    }


def longest(articles: Sequence[AnnotatedArticle], basis: Basis) -> tuple[int, Id, int, int] | None:
    """Return words, article, start and end of the longest run of words no attribution covers."""
    every = claims(articles, basis)
    best: tuple[int, Id, int, int] | None = None
    for a in articles:
        marks = attribution_marks(a, every)
        run: list[Word] = []
        for word in body_words(a):
            run = [] if inside(word, marks) else [*run, word]
            if run and (best is None or len(run) > best[0]):
                best = len(run), a.article.id, run[0][0], run[-1][1]
    return best


def words_apart(articles: Sequence[AnnotatedArticle], basis: Basis) -> set[tuple[Id, Word]]:
    """Return the words of the bodies that lie in no attribution."""
    every = claims(articles, basis)
    return {
        (a.article.id, word)
        for a in articles
        for word in body_words(a)
        if not inside(word, attribution_marks(a, every))
    }


def who_speaks(articles: Sequence[AnnotatedArticle], basis: Basis) -> dict[str, tuple[int, int]]:
    """Return, per giver of information, the words of the body said in its words, and those only reported."""
    found: dict[str, tuple[int, int]] = {}
    every = [said for said in claims(articles, basis) if behind(said)]
    for source in [s for said in every for s in behind(said)]:
        if who(source) == "nobody":
            continue
        verbatim = reported = 0
        for a in articles:
            own = [c for other, c in every if other is a and who(source) in [who(s) for s in behind((a, c))]]
            for word in body_words(a):
                if inside(word, [c for c in own if c.form in ("direct", "mixed")]):
                    verbatim += 1
                elif inside(word, [c for c in own if c.form == "indirect"]):
                    reported += 1
        found[who(source)] = verbatim, reported
    return found


def loaded_terms(articles: Sequence[AnnotatedArticle], basis: Basis) -> tuple[int, int, int]:
    """Return how many loaded words stand in the author's voice, in attributed claims, and elsewhere."""
    every = claims(articles, basis)
    own = attributed = elsewhere = 0
    for a in articles:
        for term in (t for t in a.annotations if isinstance(t, LoadedTerm)):

            def holds(marks: list[Claim], term: LoadedTerm = term) -> bool:
                return all(inside((s.start, s.end), marks) for s in term.segments)

            if holds([c for other, c in every if other is a and behind((a, c))]):
                attributed += 1
            elif holds([c for other, c in every if other is a and not behind((a, c))]):
                own += 1
            else:
                elsewhere += 1
    return own, attributed, elsewhere


def open_ends(articles: Sequence[AnnotatedArticle], basis: Basis) -> dict[str, tuple[int, int]]:
    """Return (n, of) of what was left open."""
    every = claims(articles, basis)
    mentions = [m for a in articles for m in a.annotations if m.kind == "source_mention"]
    named = [m for a in articles for m in a.annotations if m.kind == "mention"]
    sources = [
        (a, s) for a in articles for s in a.sources.values() if s.kind not in ("author", "publication", "unstated")
    ]
    orphans = sum(a.orphans for a in articles)
    return {
        "claims_not_looked_at": (sum(not links(*said) for said in every), len(every)),
        "source_mentions_without_source": (sum(getattr(m, "source", 0) is None for m in mentions), len(mentions)),
        "sources_without_claim": (
            sum(all(link.source != s.id for link in a.attributions) for a, s in sources),
            len(sources),
        ),
        "mentions_without_entity": (sum(getattr(m, "entity", 0) is None for m in named), len(named)),
        "check_worthy_undecided": (sum(c.check_worthy == "undecided" for _, c in every), len(every)),
        "failed_anchors": (orphans, orphans + sum(len(a.annotations) for a in articles)),
    }


def types(articles: Sequence[AnnotatedArticle], basis: Basis) -> Counter[tuple[str | None, str]]:
    """Return how many claims are of a type and a status of checking."""
    return Counter((said[1].type, status(said)) for said in claims(articles, basis))


def without_reply(articles: Sequence[AnnotatedArticle], basis: Basis) -> set[Id]:
    """Return the contested claims that neither get a reply in their article nor are one."""
    found: set[Id] = set()
    for a, c in claims(articles, basis):
        here = {other.id for other in a.annotations}
        replies = [
            r
            for r in a.relations
            if r.kind == "replies_to" and c.id in (r.from_claim, r.to_claim) and {r.from_claim, r.to_claim} <= here
        ]
        if contested((a, c)) and not replies:
            found.add(c.id)
    return found
