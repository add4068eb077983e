"""Cut an article's blocks at the edges of its marks: one sweep, linear in the text and the number of marks.

The result says what stands where, in no format: words under marks, labels, and where a claim opens and closes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator import text as text_rules
from annotator.exporters.document import Script
from annotator.model import AnnotatedArticle, Block, Claim, Cue, Id, Mention, SourceMention

_RTL = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_CJK = "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003ffff"
LEFT_TO_RIGHT = "\u200e"
"""Ends a right-to-left stretch: what follows, figures too, reads from the left again."""
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what stands around them, and are not seen."""
BULLET = "•\u00a0"
OWN_MARK = re.compile(r"\s*(?:[-*•‣–—·▪◦]|\(?\w{1,4}[.)])\s")
"""What a list item's words begin with where its mark or number is part of the text."""
_FOREIGN = re.compile(f"[{_RTL}{_CJK}]")
_IS_RTL = re.compile(f"[{_RTL}]")
_IS_CJK = re.compile(f"[{_CJK}]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7ff]")
_HEBREW = re.compile("[\u0590-\u05ff]")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the article's text under the same marks.

    ``claims`` is how many claims lie over it, ``entity`` the bookmark of the entity named, ``script`` "" (Latin and
    others written alike), "rtl" or "cjk", ``language`` the language of such a script.
    """

    text: str
    claims: int = 0
    source: bool = False
    cue: bool = False
    entity: str = ""
    script: Script = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A number set into the text that is not the article's; ``claims`` lie over the place where it stands."""

    text: str
    kind: str
    target: str
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """Here the words of claim ``number`` begin."""

    number: int


@dataclass(frozen=True, slots=True)
class Close:
    """Here the words of claim ``number`` end."""

    number: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that links lead to."""

    name: str


Piece = Words | Label | Open | Close | Spot


@dataclass(frozen=True, slots=True)
class Names:
    """How the sweep names things: bookmarks and numbers of sources and entities, made by the report."""

    prefix: str
    claim_target: str
    source_numbers: Mapping[Id, int]
    entity_numbers: Mapping[Id, int]


@dataclass(slots=True)
class _Edges:
    """What begins and ends at one offset."""

    closing: list[tuple[int, bool]] = field(default_factory=list)
    opening: list[tuple[int, int]] = field(default_factory=list)
    sources_end: list[SourceMention] = field(default_factory=list)
    sources_start: list[SourceMention] = field(default_factory=list)
    entities_start: list[Mention] = field(default_factory=list)
    source_ends: int = 0
    source_starts: int = 0
    cue_ends: int = 0
    cue_starts: int = 0
    entity_stops: list[Id] = field(default_factory=list)
    entity_goes: list[tuple[Id, str]] = field(default_factory=list)


class Sweep:
    """One pass over an article's blocks, in order."""

    def __init__(self, annotated: AnnotatedArticle, blocks: Sequence[Block], names: Names) -> None:
        self._annotated = annotated
        self._names = names
        self._blocks = [b for b in blocks if b.end > b.start]
        self._block_ends = [b.end for b in self._blocks]
        self._block_starts = [b.start for b in self._blocks]
        self._edges: defaultdict[int, _Edges] = defaultdict(_Edges)
        self._collect()
        self._order = sorted(self._edges)
        self._claims = 0
        self._sources = 0
        self._cues = 0
        self._entities: dict[Id, str] = {}
        self._seen: defaultdict[str, int] = defaultdict(int)

    def pieces(self, block: Block) -> list[Piece]:
        """Return the pieces of one block; call it for every block that is not empty, in order."""
        text = self._annotated.text
        rtl = is_rtl(text[block.start : block.end])
        low = bisect_left(self._order, block.start)
        high = bisect_left(self._order, block.end)
        cuts = [at for at in self._order[low:high] if at > block.start]
        out: list[Piece] = []
        for start, end in zip([block.start, *cuts], [*cuts, block.end], strict=True):
            self._begin(start, out)
            out += self._words(text[start:end], rtl)
            self._finish(end, out)
        return out

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a span with its edges moved into the blocks; None where there are none."""
        if not self._blocks:
            return None
        first = min(bisect_left(self._block_ends, start + 1), len(self._blocks) - 1)
        last = max(bisect_left(self._block_starts, end) - 1, 0)
        start = max(start, self._block_starts[first])
        end = min(end, self._block_ends[last])
        return start, max(end, start + 1)

    def _collect(self) -> None:
        for claim in self._annotated.claims:
            self._collect_claim(claim)
        for mark in self._annotated.annotations:
            spans = [found for s in mark.segments if (found := self._span(s.start, s.end))]
            if not spans:
                continue
            if isinstance(mark, SourceMention):
                self._edges[spans[0][0]].sources_start.append(mark)
                self._edges[spans[-1][1]].sources_end.append(mark)
            elif isinstance(mark, Mention) and mark.entity in self._names.entity_numbers:
                self._edges[spans[0][0]].entities_start.append(mark)
            for start, end in spans:
                self._collect_span(mark, start, end)

    def _collect_span(self, mark: object, start: int, end: int) -> None:
        if isinstance(mark, SourceMention):
            self._edges[start].source_starts += 1
            self._edges[end].source_ends += 1
        elif isinstance(mark, Cue):
            self._edges[start].cue_starts += 1
            self._edges[end].cue_ends += 1
        elif isinstance(mark, Mention):
            number = self._names.entity_numbers.get(mark.entity or "")
            self._edges[start].entity_goes.append((mark.id, self._name(f"ent_{number}") if number else "?"))
            self._edges[end].entity_stops.append(mark.id)

    def _collect_claim(self, claim: Claim) -> None:
        number = self._annotated.claim_numbers[claim.id]
        spans = [found for s in claim.segments if (found := self._span(s.start, s.end))]
        for n, (start, end) in enumerate(spans):
            self._edges[start].opening.append((number, n))
            self._edges[end].closing.append((number, n == len(spans) - 1))

    def _name(self, name: str) -> str:
        return self._names.prefix + name

    def _claim_label(self, words: str, number: int) -> Label:
        return Label(words, "claim", self._name(f"{self._names.claim_target}_C{number}"), self._claims)

    def _begin(self, at: int, out: list[Piece]) -> None:
        edges = self._edges.get(at)
        if edges is None:
            return
        opened = 0
        for number, part in sorted(edges.opening):
            if part == 0:
                out.append(Open(number))
            # A label takes the shading of the claims it stands inside of, not of the one it announces.
            out.append(self._claim_label(f"C{number}\u00a0" if part == 0 else f"C{number}…\u00a0", number))
            opened += 1
        self._claims += opened
        for mention in edges.entities_start:
            out.append(Spot(self._numbered(f"ent_{self._names.entity_numbers[mention.entity or '']}")))
        for mention in edges.sources_start:
            number = self._names.source_numbers.get(mention.source or "")
            if number:
                out.append(Spot(self._numbered(f"text_S{number}")))
        self._sources += edges.source_starts
        self._cues += edges.cue_starts
        for mark, target in edges.entity_goes:
            self._entities[mark] = target

    def _numbered(self, name: str) -> str:
        self._seen[name] += 1
        return self._name(f"{name}_{self._seen[name]}")

    def _finish(self, at: int, out: list[Piece]) -> None:
        edges = self._edges.get(at)
        if edges is None:
            return
        self._claims -= len(edges.closing)
        meets = self._claims > 0
        beginning = {number for number, _ in edges.opening}
        for number, is_last in sorted(edges.closing):
            if meets or beginning - {number}:
                out.append(self._claim_label(f"C{number}]", number))
            if is_last:
                out.append(Close(number))
        for mention in edges.sources_end:
            number = self._names.source_numbers.get(mention.source or "")
            if number:
                out.append(Label(f"\u00a0S{number}", "source", self._name(f"src_S{number}"), self._claims))
        self._sources -= edges.source_ends
        self._cues -= edges.cue_ends
        for mark in edges.entity_stops:
            self._entities.pop(mark, None)

    def _words(self, text: str, rtl: bool) -> Iterator[Words]:
        entity = next(reversed(self._entities.values())) if self._entities else ""
        for piece, script, language in scripts(text, rtl, self._annotated.article.language):
            yield Words(piece, self._claims, self._sources > 0, self._cues > 0, entity, script, language)


def one_script(text: str) -> bool:
    """Say at a glance that no right-to-left or East Asian script can be in a text: all stands before Hebrew."""
    return text.isascii() or (max(text) < "\u0590") or not _FOREIGN.search(text)


def scripts(text: str, rtl: bool, language: str | None) -> Iterator[tuple[str, Script, str]]:
    """Yield (words, script, language) of a text, cut where Latin meets a right-to-left or East Asian script.

    In a right-to-left paragraph (``rtl``) stretches without a letter belong to it.
    """
    if not rtl and not _FOREIGN.search(text):
        yield text, "", ""
        return
    start = 0
    last = ""
    for at, char in enumerate(text):
        kind = _script(char)
        if kind and last and kind != last:
            yield text[start:at], *_spoken(text[start:at], last, language)
            start = at
        last = kind or last
    yield text[start:], *_spoken(text[start:], last or ("rtl" if rtl else ""), language)


def _script(char: str) -> str:
    if _IS_RTL.match(char):
        return "rtl"
    if _IS_CJK.match(char):
        return "cjk"
    return "latin" if char.isalpha() or char == LEFT_TO_RIGHT else ""


def _spoken(text: str, script: str, language: str | None) -> tuple[Script, str]:
    given = (language or "").lower()
    if script == "rtl":
        if given[:2] in ("ar", "fa", "ur", "ps", "he", "yi"):
            return script, language or ""
        return script, "he-IL" if _HEBREW.search(text) else "ar-SA"
    if script == "cjk":
        if given[:2] in ("ja", "zh", "ko"):
            return script, _regional(language or "")
        if _KANA.search(text):
            return script, "ja-JP"
        return script, "ko-KR" if _HANGUL.search(text) else "zh-CN"
    return "", ""


def _regional(language: str) -> str:
    return {"ja": "ja-JP", "zh": "zh-CN", "ko": "ko-KR"}.get(language.lower(), language)


def is_rtl(text: str) -> bool:
    """Say whether the first letter with a direction is a right-to-left one."""
    if text.isascii():
        return False
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def shown_blocks(annotated: AnnotatedArticle) -> tuple[Block, ...]:
    """Return the blocks that hold words; where the article has no blocks, its lines."""
    blocks = annotated.blocks or tuple(Block(a, b) for a, b in text_rules.lines(annotated.text))
    return tuple(b for b in blocks if annotated.text[b.start : b.end].strip())
