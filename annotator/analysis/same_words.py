"""Where the same words stand in another text of the same document: by the words, and by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONG = 40
"""Words of more than this many are found by their beginning and their end."""
ENDS = 14
"""So many words are a beginning, an end, or what stands before and behind."""
AROUND = 120
"""So many code points around a place are compared."""
MOST = 2_000
"""So many places with the same words are compared."""


@dataclass(frozen=True)
class Same:
    """A place in the other text. Not ``exact``: the words are not there, but those around them are."""

    start: int
    end: int
    exact: bool = True


def find_same(text: str, start: int, end: int, other: str) -> Same | None:
    """Return where the words of ``text[start:end]`` stand in ``other``; None where neither they nor those around do.

    Of several places with the same words the one whose surroundings are most alike is taken, then the one that is
    about as far into its text. White space counts alike, whatever it is.
    """
    words = text[start:end].split()
    if not words:
        return None
    found = max(
        _places(words, other, end - start),
        key=lambda place: (_alike(text, start, end, other, *place), -_apart(text, start, other, place[0])),
        default=None,
    )
    if found is not None:
        return Same(*found)
    return _between(text, start, end, other)


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words)))


def _places(words: list[str], other: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield where the words stand; long ones from their beginning to the nearest end that fits."""
    if len(words) <= LONG:
        for n, match in enumerate(_pattern(words).finditer(other)):
            if n == MOST:
                return
            yield match.span()
        return
    last = _pattern(words[-ENDS:])
    for n, match in enumerate(_pattern(words[:ENDS]).finditer(other)):
        if n == MOST:
            return
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


def _apart(text: str, start: int, other: str, low: int) -> float:
    return abs(start / max(1, len(text)) - low / max(1, len(other)))


def _between(text: str, start: int, end: int, other: str) -> Same | None:
    """Return where the words stand that are before these, or else those that are behind them."""
    before = text[max(0, start - 20 * ENDS) : start].split()[-ENDS:]
    behind = text[end : end + 20 * ENDS].split()[:ENDS]
    for words in (before, behind, before[-4:], behind[:4]):
        match = _pattern(words).search(other) if len(words) > 2 else None
        if match is not None:
            return Same(*match.span(), exact=False)
    return None
