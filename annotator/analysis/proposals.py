"""Who may have said a claim: source mentions ranked by nearness, each with its cue; names found by typing."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

import regex

from annotator.model import AnnotatedArticle, Claim, Id, SourceMention
from annotator.vocabulary import CueVerb

NEAR_SENTENCES = 3
"""Farther than this many sentences away a mention is no longer proposed, unless nothing nearer is known."""

REACH = 48
"""How many code points beyond a source mention a cue is looked for ("according to …", "…, the ministry said")."""

FUZZY_AT_LEAST = 72.0
"""Similarity (0 to 100) from which a name with a typing error still counts as found."""


@dataclass(frozen=True)
class FoundCue:
    """A cue word near a source mention: where it stands, the load and function it is proposed to carry.

    ``annotation`` names the cue's mark where the article has one already.
    """

    start: int
    end: int
    text: str
    load: str
    function: str = "assertion"
    annotation: Id | None = None


@dataclass(frozen=True)
class Proposal:
    """A source mention that may stand behind a claim; ``source`` is None where the mention has no source yet."""

    source_mention: Id
    source: Id | None
    label: str
    where: str
    sentences_away: int
    cues: tuple[FoundCue, ...] = ()

    @property
    def cue(self) -> FoundCue | None:
        """The likeliest cue, or None where no cue was found."""
        return self.cues[0] if self.cues else None


@dataclass(frozen=True)
class Name:
    """Something that can be found by its name: a label and other names of it."""

    id: Id
    label: str
    aliases: tuple[str, ...] = ()


def propose(
    annotated: AnnotatedArticle,
    claim_id: Id,
    sentences: Sequence[tuple[int, int]],
    cue_verbs: Sequence[CueVerb],
    *,
    limit: int = 4,
) -> list[Proposal]:
    """Return the source mentions nearest to a claim, the likeliest first, each source once.

    Same sentence before neighbouring ones, before the claim rather than after it, with a cue rather than without, and
    a source named inside the claim's own words last: such a name is mostly what the claim is about.
    """
    claim = annotated.by_id.get(claim_id)
    if not isinstance(claim, Claim):
        return []
    units = _units(annotated, sentences)
    ranked: list[tuple[tuple[int, int, int, int], Proposal]] = []
    for mention in annotated.source_mentions:
        proposal = _proposal(annotated, claim, mention, units, tuple(cue_verbs))
        if proposal is not None:
            ranked.append((_rank(claim, mention, proposal), proposal))
    ranked.sort(key=lambda pair: pair[0])
    return _nearest_of_each([p for _, p in ranked], limit)


def find_names(query: str, names: Iterable[Name], *, limit: int = 8) -> list[Name]:
    """Return the names that fit what was typed: its start first, then a word's start, any part, then near misses."""
    wanted = _folded(query)
    if not wanted:
        return []
    scored: list[tuple[float, str, Name]] = []
    for name in names:
        score = max(_score(wanted, text) for text in (name.label, *name.aliases))
        if score > 0:
            scored.append((-score, name.label.casefold(), name))
    scored.sort(key=lambda item: item[:2])
    return [name for _, _, name in scored[:limit]]


def _folded(text: str) -> str:
    """Return a text as names are compared when typed: no case, no accents, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def _score(wanted: str, text: str) -> float:
    folded = _folded(text)
    if folded == wanted:
        return 500.0
    at = folded.find(wanted)
    if at == 0:
        return 400.0
    if at > 0:
        return 300.0 if not folded[at - 1].isalnum() else 200.0
    if len(wanted) < 3:
        return 0.0
    from rapidfuzz import fuzz  # only now: the window starts without it

    similarity = max((fuzz.ratio(wanted, part[: len(wanted) + 1]) for part in (folded, *folded.split())), default=0.0)
    return similarity if similarity >= FUZZY_AT_LEAST else 0.0


def _nearest_of_each(proposals: list[Proposal], limit: int) -> list[Proposal]:
    """Keep the best proposal of each source; far ones only where nothing is near."""
    seen: set[Id] = set()
    once: list[Proposal] = []
    for proposal in proposals:
        key = proposal.source or proposal.source_mention
        if key not in seen:
            seen.add(key)
            once.append(proposal)
    near = [p for p in once if p.sentences_away <= NEAR_SENTENCES]
    return (near or once[:1])[:limit]


def _units(annotated: AnnotatedArticle, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sentences, and each block that holds none (a headline) as one unit, in order."""
    starts = sorted(s for s, _ in sentences)
    found = list(sentences)
    for block in annotated.blocks:
        if block.end > block.start and bisect_left(starts, block.start) == bisect_left(starts, block.end):
            found.append((block.start, block.end))
    return sorted(found)


def _proposal(
    annotated: AnnotatedArticle,
    claim: Claim,
    mention: SourceMention,
    units: list[tuple[int, int]],
    cue_verbs: tuple[CueVerb, ...],
) -> Proposal | None:
    source = annotated.sources.get(mention.source or "")
    if source is not None and not source.accountable:
        return None
    away = _sentences_away(claim, mention, units)
    cues = tuple(_cues(annotated, claim, mention, units, cue_verbs)) if abs(away) <= 1 else ()
    return Proposal(
        source_mention=mention.id,
        source=mention.source,
        label=source.label if source is not None else mention.quote(annotated.text),
        where=_where(away),
        sentences_away=abs(away),
        cues=cues,
    )


def _rank(claim: Claim, mention: SourceMention, proposal: Proposal) -> tuple[int, int, int, int]:
    inside = any(s.start <= mention.start and mention.end <= s.end for s in claim.segments)
    distance = proposal.sentences_away + (2 if inside else 0)
    gap = min(_gap(s.start, s.end, mention.start, mention.end) for s in claim.segments)
    return distance, 0 if proposal.cues else 1, 0 if mention.start < claim.start else 1, gap


def _gap(a: int, b: int, c: int, d: int) -> int:
    return max(0, c - b, a - d)


def _unit_of(offset: int, units: list[tuple[int, int]]) -> int:
    """Return the number of the unit an offset stands in, or of the nearest one before it."""
    return max(0, bisect_right(units, offset, key=itemgetter(0)) - 1)


def _sentences_away(claim: Claim, mention: SourceMention, units: list[tuple[int, int]]) -> int:
    """Return how many sentences the mention stands before (negative) or after the nearest part of the claim."""
    there = _unit_of(mention.start, units)
    first = _unit_of(claim.start, units)
    last = _unit_of(max(claim.start, claim.end - 1), units)
    if there < first:
        return there - first
    return max(0, there - last)


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _where(away: int) -> str:
    if away == 0:
        return "same sentence"
    if away == -1:
        return "sentence before"
    if away == 1:
        return "sentence after"
    many = _NUMBERS[abs(away)] if abs(away) < len(_NUMBERS) else str(abs(away))
    return f"{many} sentences {'before' if away < 0 else 'after'}"


def _cues(
    annotated: AnnotatedArticle,
    claim: Claim,
    mention: SourceMention,
    units: list[tuple[int, int]],
    cue_verbs: tuple[CueVerb, ...],
) -> list[FoundCue]:
    """Return the cues around a mention that lie outside the claim's and the mention's own words, the nearest first."""
    start, end = _reach(claim, mention, units, len(annotated.text))
    found = _marked_cues(annotated, start, end) + _listed_cues(annotated.text, start, end, cue_verbs)
    taken = [(s.start, s.end) for s in (*claim.segments, *mention.segments)]
    free: list[FoundCue] = []
    for cue in found:
        if any(s < cue.end and cue.start < e for s, e in (*taken, *((f.start, f.end) for f in free))):
            continue
        free.append(cue)
    if not free:
        free = _colon(annotated.text, claim, mention)
    between = _between(claim, mention)
    free.sort(key=lambda c: (not _lies_in(c, between), _gap(c.start, c.end, mention.start, mention.end)))
    return free


def _lies_in(cue: FoundCue, spans: list[tuple[int, int]]) -> bool:
    return any(s <= cue.start and cue.end <= e for s, e in spans)


def _between(claim: Claim, mention: SourceMention) -> list[tuple[int, int]]:
    """Return the gaps between the mention and the claim's parts next to it."""
    before = [s.end for s in claim.segments if s.end <= mention.start]
    after = [s.start for s in claim.segments if s.start >= mention.end]
    spans: list[tuple[int, int]] = []
    if before:
        spans.append((max(before), mention.start))
    if after:
        spans.append((mention.end, min(after)))
    return spans


def _reach(claim: Claim, mention: SourceMention, units: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Return where a cue is looked for: from mention to claim and a little around the mention, inside its sentence."""
    first, last = units[_unit_of(mention.start, units)] if units else (0, length)
    last = max(last, mention.end)
    start = max(first, mention.start - REACH)
    end = min(last, mention.end + REACH)
    for low, high in _between(claim, mention):
        start = min(start, low)
        end = max(end, high)
    return start, end


def _marked_cues(annotated: AnnotatedArticle, start: int, end: int) -> list[FoundCue]:
    """Return the cues marked in the stretch; a marked one carries the load it was given in a link, else neutral."""
    loads = {a.cue: (a.load, a.function) for a in annotated.attributions if a.cue}
    found: list[FoundCue] = []
    for cue in annotated.cues:
        if start <= cue.start and cue.end <= end:
            load, function = loads.get(cue.id, (None, None))
            words = annotated.text[cue.start : cue.end]
            found.append(FoundCue(cue.start, cue.end, words, load or "neutral", function or "assertion", cue.id))
    return found


def _listed_cues(text: str, start: int, end: int, cue_verbs: tuple[CueVerb, ...]) -> list[FoundCue]:
    if not cue_verbs:
        return []
    pattern, by_text = _pattern(cue_verbs)
    found: list[FoundCue] = []
    for match in pattern.finditer(text, start, end):
        verb = by_text[" ".join(match.group().casefold().split())]
        found.append(FoundCue(match.start(), match.end(), match.group(), verb.load, verb.function))
    return found


@lru_cache(maxsize=8)
def _pattern(cue_verbs: tuple[CueVerb, ...]) -> tuple[regex.Pattern[str], dict[str, CueVerb]]:
    """Return one pattern for all cues, the longest first, and the cue by its folded words."""
    by_text = {" ".join(v.text.casefold().split()): v for v in reversed(cue_verbs)}
    alternatives = sorted(by_text, key=lambda t: (-len(t), t))
    words = "|".join(r"\s+".join(regex.escape(w) for w in a.split()) for a in alternatives)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{words})(?![\p{{L}}\p{{N}}])", regex.IGNORECASE), by_text


_COLON = regex.compile(r"\s*([:：])\s*")


def _colon(text: str, claim: Claim, mention: SourceMention) -> list[FoundCue]:
    """Return the colon that hands a quote over ("Okonkwo: “…”"), where nothing else stands between the two."""
    for start, end in _between(claim, mention):
        match = _COLON.fullmatch(text, start, end)
        if match is not None:
            return [FoundCue(match.start(1), match.end(1), match.group(1), "neutral")]
    return []
