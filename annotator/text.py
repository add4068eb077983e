"""The one door for text: cleaning with an offset map, words, sentences, graphemes, code points to UTF-16 and back.

Offsets are code points, zero-based, end exclusive, unless a name says UTF-16.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Any

from annotator.language import tr

RULES = 1
"""Version of the cleaning rules below; stored with each text, so that an old text's rules stay known."""

REPLACEMENT = "\ufffd"
_MARK = "\ufeff"
"""The byte order mark."""

_LINE_ENDS = "\r\u2028\u2029\x0b\x0c\x85\x1c\x1d\x1e\x1f"
_BAD = re.compile(r"[\x00-\x08\x0e-\x1b\ufdd0\ufdd1\ufffc\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile(rf"\r\n|[{_LINE_ENDS}]")
_NAMES = {
    "\r\n": tr("line ends CR LF made LF"),
    "\r": tr("line ends CR made LF"),
    "\u2028": tr("line separators made LF"),
    "\u2029": tr("paragraph separators made LF"),
    "\x0b": tr("vertical tabs made LF"),
    "\x0c": tr("form feeds made LF"),
    "\x85": tr("next-line characters made LF"),
    "\x1c": tr("file separators made LF"),
    "\x1d": tr("group separators made LF"),
    "\x1e": tr("record separators made LF"),
    "\x1f": tr("unit separators made LF"),
}


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text, what was changed in it (name: count), and where its characters were before."""

    text: str
    counts: dict[str, int] = field(default_factory=dict)
    removed: tuple[int, ...] = ()
    """Offsets, in the text before, of characters that are gone (byte order marks, the LF of a CR LF)."""

    def to_clean(self, before: int) -> int:
        """Map an offset in the text before cleaning to one in the clean text."""
        return before - bisect_left(self.removed, before)


def clean(raw: str) -> Cleaned:
    """Make a text canonical: line ends become LF, byte order marks go, what no text may hold becomes U+FFFD.

    No Unicode normalisation: NBSP, tabs, soft hyphens and bidi marks stay. Idempotent; every change is counted.
    """
    counts: Counter[str] = Counter()
    # Byte order marks go first: one between CR and LF would join them once it is gone.
    marks = [i for i, c in enumerate(raw) if c == _MARK] if _MARK in raw else []
    text = raw.replace(_MARK, "")
    if marks:
        counts[tr("byte order marks removed")] = len(marks)
    gone: list[int] = []
    for match in _LINE_END.finditer(text):
        found = match.group()
        counts[_NAMES[found]] += 1
        if found == "\r\n":
            gone.append(match.start() + 1)
    if marks and gone:
        kept = [i for i, c in enumerate(raw) if c != _MARK]
        gone = [kept[i] for i in gone]
    text = _LINE_END.sub("\n", text)
    text, bad = _BAD.subn(REPLACEMENT, text)
    if bad:
        counts[tr("characters no text may hold, replaced by U+FFFD")] = bad
    return Cleaned(text, dict(counts), tuple(sorted([*marks, *gone])))


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Utf16Map:
    """Positions of one text in code points and in UTF-16 units (Qt's), in both directions; O(log astral characters)."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._astral = [m.start() for m in _ASTRAL.finditer(text)] if not text.isascii() else []
        self._units = [at + n for n, at in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def to_code_point(self, position: int) -> int:
        """Return the code point offset of a UTF-16 position; inside a surrogate pair, that of the pair's start."""
        return position - bisect_left(self._units, position)

    def to_code_point_up(self, position: int) -> int:
        """Return the same, but inside a surrogate pair the offset after the pair."""
        astral = bisect_left(self._units, position)
        inside = astral > 0 and self._units[astral - 1] == position - 1
        return position - astral + inside


_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
_GRAPHEME = r"\X"
_PLAIN_PAIR = r"[\p{GCB=Other}\p{GCB=Control}\p{GCB=LF}]{2}"
"""Two code points with a grapheme boundary between them whatever stands around them (UAX #29, GB4, GB5, GB999)."""

_PART = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d\u00ad]*+"
_WORD = rf"{_PART}(?:[’'\-]{_PART})*+"
"""One repeated set, not a repeated group: of a word of millions of letters each turn of a group would be remembered."""
_NO_SPACES = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}"
    r"\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}"
    r"\uff9e\uff9f"  # half-width voicing marks: letters of script Common that are part of the kana before them
)
_HAS_NO_SPACES = rf"[{_NO_SPACES}]"
_PART_SPACED = (
    rf"[[\p{{L}}\p{{N}}]--[{_NO_SPACES}]]"
    rf"[[[\p{{L}}\p{{N}}]--[{_NO_SPACES}]]\p{{M}}\u200c\u200d\u00ad]*+"
)
_WORD_SPACED = rf"(?V1){_PART_SPACED}(?:[’'\-]{_PART_SPACED})*+"
_LETTER_OR_DIGIT = r"[\p{L}\p{N}]"
_MORE_THAN_PLAIN = re.compile(r"[^\x00-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
"""The same as ``_WORD`` in texts of Latin letters without marks of their own, in a tenth of the time."""


@cache
def _compiled(pattern: str) -> Any:
    """Return a compiled pattern; what knows graphemes and scripts is imported when it is first wanted."""
    import regex

    return regex.compile(pattern)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each word of text[start:end]; in scripts without spaces each lettered grapheme is one."""
    end = len(text) if end is None else end
    if not _compiled(_HAS_NO_SPACES).search(text, start, end):
        for m in _compiled(_WORD).finditer(text, start, end):
            yield m.span()
        return
    spans = [m.span() for m in _compiled(_WORD_SPACED).finditer(text, start, end)]
    for m in _compiled(_GRAPHEME).finditer(text, start, end):
        if _compiled(_HAS_NO_SPACES).match(m.group()) and _compiled(_LETTER_OR_DIGIT).search(m.group()):
            spans.append(m.span())
    yield from sorted(spans)


def count_words(text: str) -> int:
    """Return how many words a text has."""
    if not _MORE_THAN_PLAIN.search(text):
        return len(_PLAIN_WORD.findall(text))
    if not _compiled(_HAS_NO_SPACES).search(text):
        return len(_compiled(_WORD).findall(text))
    return sum(1 for _ in words(text))


def has_unspaced_script(text: str) -> bool:
    """Say whether any word counted in this text would be a character of a script without spaces."""
    return _compiled(_HAS_NO_SPACES).search(text) is not None


def initials(name: str) -> str:
    """Return the first letter of up to three words of a name, in upper case; "?" where it has no letter."""
    found = (_compiled(_LETTER_OR_DIGIT).search(part) for part in name.split()[:3])
    return "".join(letter.group().upper() for letter in found if letter) or "?"


def is_grapheme_boundary(text: str, offset: int) -> bool:
    """Say whether no grapheme cluster is cut at this offset."""
    return snap(text, offset, up=False) == offset


def snap(text: str, offset: int, *, up: bool) -> int:
    """Return the nearest grapheme boundary at or below (``up``: at or above) an offset."""
    if offset <= 0 or offset >= len(text):
        return min(max(offset, 0), len(text))
    if _compiled(_PLAIN_PAIR).match(text, offset - 1):
        return offset
    at = _cluster_origin(text, offset)
    for m in _compiled(_GRAPHEME).finditer(text, at):
        if m.end() == offset:
            return offset
        if m.end() > offset:
            return m.end() if up else m.start()
    return offset


def _cluster_origin(text: str, offset: int) -> int:
    """Return a grapheme boundary before ``offset`` to start counting from: the last one known by two code points."""
    at = offset - 1
    while at > 0 and not _compiled(_PLAIN_PAIR).match(text, at - 1):
        at -= 1
    return at


def shortened(words: str, most: int) -> str:
    """Return words cut to at most so many code points, an ellipsis for what is left out; no grapheme is cut in two."""
    if len(words) <= most:
        return words
    return words[: snap(words, most - 1, up=False)].rstrip() + "…"


def tidy(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Trim white space at a span's edges and widen it to whole grapheme clusters; None where nothing is left."""
    start, end = max(0, start), min(len(text), end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return snap(text, start, up=False), snap(text, end, up=True)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each line, its line end left out; an empty text is one empty line."""
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


PYSBD_LIMIT = 4_000
"""Longest piece of a paragraph, in code points, handed to pysbd: its patterns are not linear."""

_BLOCKS_KEPT = 1_024
"""Paragraphs whose sentences are remembered: some megabytes at most."""

GAP_LIMIT = 400
"""Farthest, in code points, a sentence of pysbd's is looked for behind the one before it."""

_SIMPLE_END = r"[.!?…。！？؟۔]+[\"'’”»)\]]*(?=\s|$)|[。！？]+[」』”’）]*"
_SURE_END = r"(?<=\p{Ll}{4})[.!?…]+[\"'’”»)\]]*\s+(?=[\p{Lu}“‘«])|[。！？]+[」』”’）]*|[؟۔।]+\s+"
"""An end of a sentence that no abbreviation can look like."""

_TITLE_BEFORE = re.compile(r"(?<!\w)(?:Del|Insp|Amb|Pvt|Fr|Hon|Pres|Treas|Atty|Mme|Mlle|Msgr|Supt)\.\s*$")
"""Titles before a name after which pysbd's English rules would end a sentence."""

PYSBD_LANGUAGES = frozenset(
    {"en", "hi", "mr", "zh", "es", "am", "ar", "hy", "bg", "ur", "ru", "pl"}
    | {"fa", "nl", "da", "fr", "my", "el", "it", "ja", "de", "kk", "sk"}
)


def sentences(text: str, start: int, end: int, language: str | None = None) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence inside one block, white space trimmed.

    pysbd's rules where it knows the language (else its English ones); nothing of the block is left out: words pysbd
    changed on its way, so that they are not found again, join the sentence before them. No grapheme is cut.
    """
    block = text[start:end]
    if not block.strip():
        return []
    cuts: list[int] = []
    for a, b in pairwise(_pieces(block)):
        found_cuts = _simple_cuts(block[a:b]) if b - a > PYSBD_LIMIT else _pysbd_cuts(block[a:b], language)
        cuts += [a, *(a + cut for cut in found_cuts)]
    edges = [start, *sorted({snap(text, start + cut, up=True) for cut in cuts} - {start, end}), end]
    found: list[tuple[int, int]] = []
    for a, b in pairwise(edges):
        span = tidy(text, a, b)
        if span is not None:
            found.append(span)
    return found


def _pieces(block: str) -> list[int]:
    """Return the edges of a block's pieces: cut at sure ends of sentences, so that each is short if it can be."""
    edges = [0]
    while len(block) - edges[-1] > PYSBD_LIMIT:
        at = edges[-1]
        sure = _compiled(_SURE_END)
        ends = [*sure.finditer(block, at, at + PYSBD_LIMIT)] or [*islice(sure.finditer(block, at), 1)]
        if not ends:
            break
        edges.append(ends[-1].end())
    return [*edges, len(block)] if edges[-1] < len(block) else edges


@lru_cache(maxsize=_BLOCKS_KEPT)
def _pysbd_cuts(block: str, language: str | None) -> tuple[int, ...]:
    """Return where pysbd's sentences begin, the first left out; each is found behind the one before it.

    Those of the last blocks are kept: a report, its preview and the audit ask again for what the window has found.

    Not by pysbd's own spans: these are looked for from the beginning each time, which is quadratic and mistakes a
    short sentence for the end of an earlier one. One segmenter per call, for it keeps the text it works on.
    """
    import pysbd  # slow to import; only needed once a text is counted

    code = (language or "en").split("-")[0].split("_")[0].lower()
    segmenter = pysbd.Segmenter(language=code if code in PYSBD_LANGUAGES else "en", clean=False)
    cuts: list[int] = []
    at = 0
    for sentence in segmenter.processor(block).process():
        found = block.find(sentence, at, at + len(sentence) + GAP_LIMIT)
        if not sentence or found < 0:
            continue
        if (
            found > 0
            and at > 0
            and not (segmenter.language == "en" and _TITLE_BEFORE.search(block, max(0, at - 9), at))
        ):
            cuts.append(found)
        at = found + len(sentence)
    return tuple(cuts)


def _simple_cuts(block: str) -> list[int]:
    return [m.end() for m in _compiled(_SIMPLE_END).finditer(block) if m.end() < len(block)]
