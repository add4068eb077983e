"""Who may have said a claim: who speaks beside it, then source mentions by nearness, each with its cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

import regex

from annotator.analysis.name_search import folded
from annotator.analysis.names import may_mean, names, people, subject
from annotator.analysis.registered import known, taken_up
from annotator.analysis.speakers import FoundCue, Speaker, listed_cues, speakers
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Attribution, Claim, Id, Segment, SourceMention
from annotator.vocabulary import CueVerb

__all__ = ["FoundCue", "Proposal", "find_words", "propose"]

NEAR_SENTENCES = 3
"""Farther than this many sentences away a mention is no longer proposed, unless nothing nearer is known."""

REACH = 48
"""How many code points beyond a source mention a cue is looked for ("according to …", "…, the ministry said")."""

BESIDE = 12
"""How near, in code points, a cue is to a typed name in another sentence: farther off it has a speaker of its own."""

INSIDE = 200
"""How much farther, in code points, a speaker inside a claim's own words counts to be: mostly the claim is about them."""

QUOTES = ("“", "„", "«", "‘", '"')
"""What the words of a quote begin with: it goes on where its sentence names nobody."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Proposal:
    """Somebody who may stand behind a claim; ``source`` is None where no source of the register is meant yet.

    ``source_mention`` names the mark that names them, or else ``words`` the words that do and are not marked yet.
    ``nobody`` says that the words name nobody ("it is believed"). ``speaks`` says that the cue is theirs by the grammar
    of the sentence, not by nearness alone. ``apart`` says that it stands in another paragraph than a claim in whose
    sentence nobody speaks.
    """

    label: str
    where: str
    sentences_away: int
    source: Id | None = None
    source_mention: Id | None = None
    words: Span | None = None
    nobody: bool = False
    speaks: bool = False
    apart: bool = False
    cues: tuple[FoundCue, ...] = ()

    @property
    def cue(self) -> FoundCue | None:
        """The likeliest cue, or None where no cue was found."""
        return self.cues[0] if self.cues else None


def propose(
    annotated: AnnotatedArticle,
    claim_id: Id,
    sentences: Sequence[Span],
    cue_verbs: Sequence[CueVerb],
    *,
    limit: int = 4,
) -> list[Proposal]:
    """Return who may stand behind a claim, the likeliest first, each source once.

    First who speaks in the claim's sentence, marked already or not, or the words there that name nobody; then source
    mentions: same sentence before neighbouring ones, with a cue rather than without, before the claim rather than
    after it, and a source named inside the claim's own words last: such a name is mostly what the claim is about.
    Looks at the neighbourhood of the claim alone, however long the article is.
    """
    claim = annotated.by_id.get(claim_id)
    if not isinstance(claim, Claim):
        return []
    around = _Around(annotated, claim, sentences, tuple(cue_verbs))
    ranked = [(_rank(claim, m, p), p) for m in around.mentions() if (p := around.proposal(m)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    near = [p for _, p in ranked]
    return _nearest_of_each([*around.spoken(near), *near], limit)


def find_words(
    annotated: AnnotatedArticle, claim_id: Id, sentences: Sequence[Span], cue_verbs: Sequence[CueVerb], words: str
) -> Proposal | None:
    """Return a name as a proposal where it stands in a claim's sentence or beside it and is marked as no source yet."""
    claim = annotated.by_id.get(claim_id)
    if not isinstance(claim, Claim) or not words.strip():
        return None
    around = _Around(annotated, claim, sentences, tuple(cue_verbs))
    return around.named(" ".join(words.split())) if around.units else None


def _nearest_of_each(proposals: list[Proposal], limit: int) -> list[Proposal]:
    """Keep the best proposal of each source; far ones only where nothing is near."""
    seen: set[str] = set()
    once: list[Proposal] = []
    for proposal in proposals:
        key = proposal.source or proposal.source_mention or ("" if proposal.nobody else folded(proposal.label))
        if key not in seen:
            seen.add(key)
            once.append(proposal)
    near = [p for p in once if p.sentences_away <= NEAR_SENTENCES]
    return (near or once[:1])[:limit]


class _Around:
    """A claim's neighbourhood: its sentences and those beside them, and what is marked there."""

    def __init__(
        self, annotated: AnnotatedArticle, claim: Claim, sentences: Sequence[Span], verbs: tuple[CueVerb, ...]
    ) -> None:
        self.annotated = annotated
        self.claim = claim
        self.verbs = verbs
        self._sentences = sentences
        self.units = list(_units(annotated, claim, sentences))

    # -- marked mentions

    def mentions(self) -> list[SourceMention]:
        """Return the source mentions in the neighbourhood; where there is none, the last before and the first after."""
        found = self.annotated.source_mentions
        low, high = (self.units[0][0], self.units[-1][1]) if self.units else (self.claim.start, self.claim.end)
        first = bisect_left(found, low, key=lambda m: m.start)
        last = bisect_left(found, high, key=lambda m: m.start)
        return list(found[first:last]) or list(found[max(0, first - 1) : first + 1])

    def proposal(self, mention: SourceMention) -> Proposal | None:
        """Return the proposal to take the source a mention names; None for the author and the publication."""
        source = self.annotated.sources.get(mention.source or "")
        if source is not None and not source.accountable:
            return None
        away = self.away(mention.start)
        return Proposal(
            label=source.label if source is not None else mention.quote(self.annotated.text),
            where=_where(away),
            sentences_away=abs(away),
            source=mention.source,
            source_mention=mention.id,
            apart=away != 0 and not self._has_cue and self._in_another_block(mention.start),
            cues=self._cues_of(mention) if abs(away) <= 1 else (),
        )

    @cached_property
    def _has_cue(self) -> bool:
        """Whether a sentence of the claim holds a cue, marked or of the list."""
        text = self.annotated.text
        parts = [self.units[at] for at in {*self._ends()}] if self.units else []
        return any(_marked_cues(self.annotated, *p) or listed_cues(text, *p, self.verbs) for p in parts)

    def _in_another_block(self, offset: int) -> bool:
        ends = (self.claim.start, max(self.claim.start, self.claim.end - 1))
        return not self._block_of(ends[0]) <= self._block_of(offset) <= self._block_of(ends[1])

    def _ends(self) -> tuple[int, int]:
        """Return the numbers of the first and the last sentence of the claim."""
        ends = (self.claim.start, max(self.claim.start, self.claim.end - 1))
        return _unit_of(ends[0], self.units), _unit_of(ends[1], self.units)

    def _cues_of(self, mention: Annotation) -> tuple[FoundCue, ...]:
        """Return the cues about a mention, without those of another sentence that another claim stands in."""
        found = _cues(self.annotated, self.claim, mention, self.units, self.verbs)
        return tuple(cue for cue in found if self.away(cue.start) == 0 or not self._is_taken(cue))

    def _is_taken(self, cue: FoundCue) -> bool:
        start, end = self.units[_unit_of(cue.start, self.units)]
        claims = self.annotated.claims
        low, high = (bisect_left(claims, at, key=lambda c: c.start) for at in (start, end))
        return any(c.id != self.claim.id for c in claims[low:high])

    def named(self, words: str) -> Proposal | None:
        """Return the place where words stand, whole, in the claim's sentence or one beside it; None for none."""
        whole = r"\s+".join(regex.escape(w) for w in words.split())
        pattern = regex.compile(rf"(?<!\w){whole}(?!\w)", regex.IGNORECASE)
        first, last = self._ends()
        low, high = self.units[max(0, first - 1)][0], self.units[min(last + 1, len(self.units) - 1)][1]
        found = [m.span() for m in pattern.finditer(self.annotated.text, low, high)]
        free = [span for span in found if not any(m.start < span[1] and span[0] < m.end for m in self.mentions())]
        if not free:
            return None

        def far(span: Span) -> tuple[int, int]:  # a name in the claim's own words comes last, as in what is proposed
            return abs(self.away(span[0])), min(_gap(s.start, s.end, *span) for s in self.claim.segments) or REACH

        start, end = min(free, key=far)
        unmarked = replace(self.claim, segments=(Segment(start, end),))
        away = self.away(start)
        cues = [c for c in self._cues_of(unmarked) if self.away(c.start) == away]
        if away:
            cues = [c for c in cues if _gap(c.start, c.end, start, end) <= BESIDE]
        return Proposal(words, _where(away), abs(away), words=(start, end), cues=tuple(cues))

    def away(self, offset: int) -> int:
        """Return how many sentences before (negative) or after the nearest part of the claim an offset stands."""
        claim, units = self.claim, self.units
        if units and not units[0][0] <= offset <= units[-1][1]:
            units = self._sentences
        there = _unit_of(offset, units)
        first = _unit_of(claim.start, units)
        last = _unit_of(max(claim.start, claim.end - 1), units)
        if there < first:
            return there - first
        return max(0, there - last)

    # -- who speaks

    def spoken(self, near: Sequence[Proposal]) -> list[Proposal]:
        """Return proposals for who speaks in the sentences of the claim, the one next to its words first."""
        first, last = self._ends()
        found: list[tuple[int, Proposal]] = []
        for at in sorted({first, last}) if self.units else ():
            found += self._spoken_in(at, near)
        silent = bool(self.units) and not any(self._speakers(at) for at in {first, last})
        if silent and self.claim.quote(self.annotated.text).lstrip()[:1] in QUOTES:
            beside = [at for at in (first - 1, last + 1) if 0 <= at < len(self.units)]
            found = next((said for at in beside if (said := self._spoken_in(at, near))), [])
        found.sort(key=lambda pair: pair[0])
        return [p for _, p in found]

    def _spoken_in(self, at: int, near: Sequence[Proposal]) -> list[tuple[int, Proposal]]:
        found: list[tuple[int, Proposal]] = []
        for speaker in self._speakers(at):
            said = self._proposal_of(speaker, at, near)
            same = self._same_unnamed(said) if said is not None else None
            found += [(_distance(self.claim, speaker), p) for p in (same, said) if p is not None]
        return found

    def _same_unnamed(self, said: Proposal) -> Proposal | None:
        """Return somebody unnamed of the register whom "the person" takes up: "a person who works in the town hall"."""
        if said.source is not None or said.words is None:
            return None
        source = taken_up(self.annotated, said.label)
        if source is None:
            return None
        where = tr("the text says “{words}”, {where}", words=said.label, where=said.where)
        return replace(said, label=self.annotated.sources[source].label, source=source, where=where)

    def _speakers(self, at: int) -> list[Speaker]:
        return speakers(self.annotated.text, *self.units[at], self.verbs, self.annotated.article.language or "en")

    def _proposal_of(self, speaker: Speaker, at: int, near: Sequence[Proposal]) -> Proposal | None:
        cue = self._as_marked(speaker.cue)
        if speaker.kind == "nobody":
            label = tr("Nobody is named")
            return Proposal(label, _where(0), 0, nobody=True, speaks=True, cues=(cue,))
        if speaker.kind == "pronoun":
            meant = self._meant(speaker, at, near)
            return replace(meant, speaks=True, cues=_with(cue, meant.cues)) if meant is not None else None
        return self._proposal_at(speaker.start, speaker.end, near, cue)

    def _proposal_at(self, start: int, end: int, near: Sequence[Proposal], cue: FoundCue | None) -> Proposal | None:
        """Return a proposal for words that name somebody: their mention, their entry in the register, or a new source."""
        cues = (cue,) if cue is not None else ()
        for proposal in near:
            mention = self.annotated.by_id.get(proposal.source_mention or "")
            if mention is not None and any(s.start < end and start < s.end for s in mention.segments):
                return replace(proposal, speaks=True, cues=_with(cue, proposal.cues))
        if any(m.start < end and start < m.end for m in self.mentions()):
            return None  # marked as the author or the publication
        words = " ".join(self.annotated.text[start:end].split())
        source = known(self.annotated, words)
        label = self.annotated.sources[source].label if source else words
        away = self.away(start)
        return Proposal(label, _where(away), abs(away), source=source, words=(start, end), speaks=True, cues=cues)

    def _meant(self, pronoun: Speaker, at: int, near: Sequence[Proposal]) -> Proposal | None:
        """Return whom a pronoun means: who spoke last before it, or begins a sentence of its paragraph.

        Where a name stands before it in its paragraph and nothing tells whether that is meant, nobody is, rather than
        somebody of the paragraph before: a wrong name is worse than none.
        """
        text = self.annotated.text
        said = text[pronoun.start : pronoun.end]
        block = self._block_of(pronoun.start)
        others = bool(names(text, max(block, self.units[0][0]), self.units[at][0]))
        for back in range(at, max(-1, at - NEAR_SENTENCES - 1), -1):
            start, end = self.units[back]
            if start < block and others:
                break
            spoke = [(s.start, s.end) for s in self._speakers(back) if s.kind == "name" and s.end <= pronoun.start]
            named = [span for span in spoke if may_mean(said, text[slice(*span)])]
            if not named and block <= start and back < at:
                named = self._subject(said, start, end) or self._person(said, start, end)
            if named:
                return self._proposal_at(*named[-1], near, None)
        before = [
            (m.start, p) for p in near if (m := self.annotated.by_id[p.source_mention or ""]).end <= pronoun.start
        ]
        start, meant = max(before, key=itemgetter(0), default=(0, None))
        fits = meant is not None and may_mean(said, meant.label) and (block <= start or not others)
        return meant if fits else None

    def _subject(self, pronoun: str, start: int, end: int) -> list[Span]:
        """Return the name a sentence begins with where it is a person's by its words, or a source's already."""
        found = subject(self.annotated.text, start, end) if pronoun.casefold() in ("he", "she") else None
        if found is None:
            return []
        words = self.annotated.text[slice(*found)]
        marked = any(m.start < found[1] and found[0] < m.end for m in self.mentions())
        person = len(words.split()) > 1 or marked or known(self.annotated, words) is not None
        return [found] if person and may_mean(pronoun, words) else []

    def _person(self, pronoun: str, start: int, end: int) -> list[Span]:
        """Return the one person a sentence names, by a title or by what they are: "mayor Ida Brook"."""
        found = people(self.annotated.text, start, end) if pronoun.casefold() in ("he", "she") else []
        return found if len(found) == 1 else []

    def _block_of(self, offset: int) -> int:
        """Return where the paragraph of an offset begins."""
        blocks = self.annotated.blocks
        return blocks[max(0, bisect_right(blocks, offset, key=lambda b: b.start) - 1)].start if blocks else 0

    def _as_marked(self, cue: FoundCue) -> FoundCue:
        """Return a cue as its mark where the article has it already."""
        marked = _marked_cues(self.annotated, cue.start, cue.end)
        return next((m for m in marked if (m.start, m.end) == (cue.start, cue.end)), cue)


def _with(cue: FoundCue | None, others: tuple[FoundCue, ...]) -> tuple[FoundCue, ...]:
    if cue is None:
        return others
    return (cue, *(o for o in others if o.end <= cue.start or cue.end <= o.start))


def _distance(claim: Claim, speaker: Speaker) -> int:
    """Return how far a speaker is from the claim's words, in code points."""
    start, end = speaker.cue.start, speaker.cue.end
    low, high = min(speaker.start, start), max(speaker.end, end)
    if not any(low < s.end and s.start < high for s in claim.segments):  # else who spoke before in the sentence
        start, end = low, high
    elif start >= claim.end:  # "…, warning that …" hands over what comes next
        return REACH + start - claim.end
    if any(s.start <= speaker.cue.start and speaker.cue.end <= s.end for s in claim.segments):
        # "The minister denied it, the paper says": the one it begins with is nearer to it than the one it ends with.
        return INSIDE + min(max(0, low - claim.start) // 10, 10 + max(0, claim.end - end))
    return min(_gap(s.start, s.end, start, end) for s in claim.segments)


def _units(annotated: AnnotatedArticle, claim: Claim, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences about a claim, and each block that holds none (a headline) as one unit, in order."""
    blocks = annotated.blocks
    first = max(0, bisect_right(blocks, claim.start, key=lambda b: b.start) - 1)
    last = max(first, bisect_left(blocks, claim.end, key=lambda b: b.start) - 1)
    for block in blocks[max(0, first - NEAR_SENTENCES - 1) : last + NEAR_SENTENCES + 2]:
        low, high = bisect_left(sentences, (block.start, 0)), bisect_left(sentences, (block.end, 0))
        if low == high and block.end > block.start:
            yield block.start, block.end
            continue
        # A block of thousands of sentences is one place too: no more than what is near the claim counts.
        low = max(low, bisect_right(sentences, (claim.start, claim.start)) - NEAR_SENTENCES - 2)
        high = min(high, bisect_left(sentences, (claim.end, 0)) + NEAR_SENTENCES + 1)
        yield from sentences[low : max(low, high)]


def _rank(claim: Claim, mention: SourceMention, proposal: Proposal) -> tuple[int, int, int, int]:
    inside = any(s.start <= mention.start and mention.end <= s.end for s in claim.segments)
    distance = proposal.sentences_away + (2 if inside else 0)
    gap = min(_gap(s.start, s.end, mention.start, mention.end) for s in claim.segments)
    return distance, 0 if proposal.cues else 1, 0 if mention.start < claim.start else 1, gap


def _gap(a: int, b: int, c: int, d: int) -> int:
    return max(0, c - b, a - d)


def _unit_of(offset: int, units: Sequence[Span]) -> int:
    """Return the number of the unit an offset stands in, or of the nearest one before it."""
    return max(0, bisect_right(units, offset, key=itemgetter(0)) - 1)


def _where(away: int) -> str:
    if away == 0:
        return tr("same sentence")
    if abs(away) == 1:
        return tr("sentence before") if away < 0 else tr("sentence after")
    if away < 0:
        return trn("{n} sentence before", "{n} sentences before", -away)
    return trn("{n} sentence after", "{n} sentences after", away)


def _cues(
    annotated: AnnotatedArticle,
    claim: Claim,
    mention: Annotation,
    units: Sequence[Span],
    cue_verbs: tuple[CueVerb, ...],
) -> list[FoundCue]:
    """Return the cues around a mention that lie outside the claim's and the mention's own words, the nearest first."""
    start, end = _reach(claim, mention, units, len(annotated.text))
    found = _marked_cues(annotated, start, end) + listed_cues(annotated.text, start, end, cue_verbs)
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


def _lies_in(cue: FoundCue, spans: list[Span]) -> bool:
    return any(s <= cue.start and cue.end <= e for s, e in spans)


def _between(claim: Claim, mention: Annotation) -> list[Span]:
    """Return the gaps between the mention and the claim's parts next to it."""
    before = [s.end for s in claim.segments if s.end <= mention.start]
    after = [s.start for s in claim.segments if s.start >= mention.end]
    spans: list[Span] = []
    if before:
        spans.append((max(before), mention.start))
    if after:
        spans.append((mention.end, min(after)))
    return spans


def _reach(claim: Claim, mention: Annotation, units: Sequence[Span], length: int) -> tuple[int, int]:
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
    found: list[FoundCue] = []
    first = bisect_left(annotated.cues, start, key=lambda c: c.start)
    for cue in annotated.cues[first:]:
        if cue.start >= end:
            break
        if cue.end <= end:
            used: Attribution | None = next(iter(annotated.attributions_with(cue.id)), None)
            load, function = (used.load, used.function) if used is not None else (None, None)
            words = annotated.text[cue.start : cue.end]
            found.append(FoundCue(cue.start, cue.end, words, load or "neutral", function or "assertion", cue.id))
    return found


_COLON = regex.compile(r"\s*([:：])\s*")


def _colon(text: str, claim: Claim, mention: Annotation) -> list[FoundCue]:
    """Return the colon that hands a quote over ("Okonkwo: “…”"), where nothing else stands between the two."""
    for start, end in _between(claim, mention):
        match = _COLON.fullmatch(text, start, end)
        if match is not None:
            return [FoundCue(match.start(1), match.end(1), match.group(1), "neutral")]
    return []
