"""Where the same words stand in another text of the same document: by the words, and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONG = 40
"""Words of more than this many are found by their beginning and their end."""
ENDS = 14
"""So many words are a beginning, an end, or what stands before and behind."""
AROUND = 120
"""So many code points around a place are compared."""
FEW = 60
"""So many code points before and behind shorter words are looked for with them."""
MOST_LOOKED, LEAST_LOOKED, BUDGET = 500, 10, 50_000_000
"""So many lines that are none of the other's are looked for inside its lines: fewer where those are long."""
MOST = 2_000
"""So many places with the same words are compared, those nearest to where they are expected."""
_SPACE = re.compile(r"\s+")
_NOTE = re.compile(r"\[\d{1,5}\]")
"""A mark that leads to a note: one reading of a document has it, another leaves notes and marks out."""
_NOTES = rf"(?:{_NOTE.pattern})*"
_GAP = rf"{_NOTES}\s+(?:{_NOTE.pattern}\s*)*"
_TAIL = re.compile(r"(?<=\w)\W+$")


@dataclass(frozen=True)
class Same:
    """A place in the other text. Not ``exact``: the words are not there, but those around them are."""

    start: int
    end: int
    exact: bool = True


def find_same(text: str, start: int, end: int, other: str) -> Same | None:
    """Return where the words of ``text[start:end]`` stand in ``other``; None where neither they nor those around do.

    Of several places with the same words the one whose surroundings are most alike is taken, then the one that is
    about as far into its text. White space counts alike, whatever it is; marks of notes do not count.
    """
    words = _words(text[start:end])
    if not words:
        return None
    wanted = round(start / len(text) * len(other))
    found = _with_surroundings(text, start, end, other, wanted)
    if found is None:
        near = sorted(_places(words, other, end - start), key=lambda place: abs(place[0] - wanted))[:MOST]
        found = max(near, key=lambda place: _alike(text, start, end, other, *place), default=None)
    return Same(*found) if found is not None else _between(text, start, end, other)


def missing(lines: Sequence[str], other: str) -> set[int]:
    """Return the numbers of the lines, with words in them, that do not stand in ``other``.

    White space is left aside, and so are the marks of notes the lines have.
    """
    known = {_bare(line) for line in other.split("\n")}
    whole = ""
    found: set[int] = set()
    looked, most = 0, max(LEAST_LOOKED, min(MOST_LOOKED, BUDGET // (len(other) + 1)))
    for n, line in enumerate(lines):
        bare = _bare(line)
        forms = {bare, _NOTE.sub("", bare)}
        if not bare or forms & known:
            continue
        if looked < most:  # it may be a part of a line, or several lines
            whole = whole or _bare(other)
            looked += 1
            if any(form in whole for form in forms):
                continue
        found.add(n)
    return found


def _words(piece: str) -> list[str]:
    """Return the words of a piece of text without the marks of notes; with them where it is nothing else."""
    return _NOTE.sub("", piece).split() or piece.split()


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(_GAP.join(map(_word, words)))


def _word(word: str) -> str:
    """Return the pattern of a word: marks of notes may stand before what follows its last letter."""
    tail = _TAIL.search(word)
    if tail is None:
        return re.escape(word)
    return f"{re.escape(word[: tail.start()])}{_NOTES}{re.escape(tail[0])}"


def _loosely(piece: str) -> str:
    """Return the pattern of a piece of text, any white space for each of its own."""
    return _GAP.join(map(_word, _SPACE.split(_NOTE.sub("", piece))))


def _with_surroundings(text: str, start: int, end: int, other: str, wanted: int) -> tuple[int, int] | None:
    """Return the place with the same words before and behind it as well, nearest to where it is wanted."""
    if end - start > FEW:
        return None
    before, behind = text[max(0, start - FEW) : start], text[end : end + FEW]
    before = before.partition(" ")[2] if start > FEW else before  # no word in halves
    behind = behind.rpartition(" ")[0] if end + FEW < len(text) else behind
    pattern = re.compile(f"{_loosely(before.lstrip())}({_loosely(text[start:end])}){_loosely(behind.rstrip())}")
    return min((m.span(1) for m in pattern.finditer(other)), key=lambda span: abs(span[0] - wanted), default=None)


def _places(words: list[str], other: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield where the words stand; long ones from their beginning to the nearest end that fits."""
    if len(words) <= LONG:
        for match in _pattern(words).finditer(other):
            yield match.span()
        return
    last = _pattern(words[-ENDS:])
    for match in _pattern(words[:ENDS]).finditer(other):
        most = match.start() + 2 * length + 2_000  # running heads may stand between two pages of it
        end = last.search(other, match.end(), most)
        if end is not None:
            yield match.start(), end.end()


def _alike(text: str, start: int, end: int, other: str, low: int, high: int) -> int:
    """Return how many code points before and behind two places are the same, white space aside."""
    before = _common(_bare(text[max(0, start - AROUND) : start])[::-1], _bare(other[max(0, low - AROUND) : low])[::-1])
    behind = _common(_bare(text[end : end + AROUND]), _bare(other[high : high + AROUND]))
    return before + behind


def _bare(words: str) -> str:
    return "".join(words.split())


def _common(one: str, two: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _between(text: str, start: int, end: int, other: str) -> Same | None:
    """Return where the words stand that are before these, or else those that are behind them."""
    before = _words(text[max(0, start - 20 * ENDS) : start])[-ENDS:]
    behind = _words(text[end : end + 20 * ENDS])[:ENDS]
    for words in (before, behind, before[-4:], behind[:4]):
        match = _pattern(words).search(other) if len(words) > 2 else None
        if match is not None:
            return Same(*match.span(), exact=False)
    return None
