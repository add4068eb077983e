"""Plain text whose lines are broken at one width: to be seen, and to be made paragraphs again where a person says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import regex

_FEW_PAIRS, _FEW_GOING_ON = 3, 2
_SHORTEST, _LONGEST = 40, 100
_FULL = 0.6
"""A line that fills less of the usual width ends its paragraph."""
_PARTED = regex.compile(r"(\p{L}+)-$")
_REST = regex.compile(r"\p{Ll}+")
_WORD = regex.compile(r"\p{L}+(?:-\p{L}+)*")
_ITEM = regex.compile(r"\s|[-*•‣>]\s|\d{1,3}[.)]\s")


@dataclass(frozen=True)
class Joined:
    """A text with its lines joined to paragraphs, how many line ends went, and how many hyphens with them."""

    text: str
    lines: int
    hyphens: int


def is_wrapped(text: str) -> bool:
    """Say whether many lines of a text end in the middle of a sentence at about one width."""
    pairs = [(a, b) for a, b in pairwise(text.split("\n")) if a.strip() and b.strip()]
    going_on = sum(_goes_on(a.rstrip(), b.lstrip()) for a, b in pairs)
    return len(pairs) >= _FEW_PAIRS and going_on >= _FEW_GOING_ON and going_on * 3 > len(pairs)


def _goes_on(line: str, after: str) -> bool:
    return _SHORTEST <= len(line) <= _LONGEST and (line[-1].isalnum() or line[-1] in ",-") and after[0].islower()


def joined(text: str) -> Joined:
    """Return a text with the lines of each paragraph in one; an empty line, a short one or an indent parts two."""
    lines = text.split("\n")
    width = _width(lines)
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
    made: list[str] = []
    ends = hyphens = 0
    for line, before in zip(lines, ["", *lines], strict=False):
        if not before.strip() or not line.strip() or len(before.rstrip()) < _FULL * width or _ITEM.match(line):
            made.append(line)
            continue
        ends += 1
        parted, rest = _PARTED.search(made[-1].rstrip()), _REST.match(line)
        if parted is None or rest is None:
            made[-1] = f"{made[-1].rstrip()} {line}"
        elif _keeps_hyphen(parted[1], rest[0], words):
            made[-1] = made[-1].rstrip() + line
        else:
            hyphens += 1
            made[-1] = made[-1].rstrip()[:-1] + line
    return Joined("\n".join(made), ends, hyphens)


def _width(lines: list[str]) -> int:
    """Return how long most full lines are: nine of ten with words in them are not longer."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _keeps_hyphen(one: str, other: str, words: Counter[str]) -> bool:
    """Say whether a word parted at a line's end has a hyphen anyway: where the text writes it so elsewhere, and not without."""
    return words[f"{one}-{other}".casefold()] > words[f"{one}{other}".casefold()]
