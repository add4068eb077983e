"""How wide words stand in the report's faces, without a font: a little more than they take, never less.

Widths are millimetres, sizes points. Those of the sans face are measured from Inter; the faces that stand in for it are no
wider, save by the twentieth added here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from annotator import text as texts
from annotator.exporters import marks

_PLAIN = (
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624, 571,
    616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889, 753, 761,
    635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609,
    591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659,
)  # fmt: skip
"""Advance of each printable ASCII character, in thousandths of the size."""

_BOLD = 1.07
"""Bold letters are so much wider, on the whole."""

_SPARE = 1.05
_MM = 25.4 / 72
_FEW = {"…": 821, "–": 500, "—": 1000, "’": 185, "‘": 185, "“": 381, "”": 381, "·": 276, "¶": 599, "\u00a0": 281}
_WIDE = 1000
_WIDEST = frozenset("ЖЩШЮМФжшщюмфœæŒÆΩωMWmw")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0\ufdd1\ufeff\ufff9-\uffff\ud800-\udfff]+")
_RIGHT_TO_LEFT_MARK = "\u200f"


class Widths(dict[str, int]):
    """Advances of a face in thousandths of its size: those known, and of any other character one that is enough.

    ``arabic``: of a letter of the scripts that run from right to left; ``other``: of what nothing is known about.
    """

    def __init__(self, known: Mapping[str, int], *, arabic: int, other: int) -> None:
        super().__init__(known)
        self._arabic = arabic
        self._other = other

    def ems(self, words: str) -> float:
        """Return how wide words are, in the size of the face."""
        return sum(map(self.__getitem__, words)) / 1000

    def __missing__(self, char: str) -> int:
        """Reckon a character's advance when it is first met, and keep it."""
        found = self[char] = self._reckoned(char)
        return found

    def _reckoned(self, char: str) -> int:
        code = ord(char)
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
            return 0
        if unicodedata.east_asian_width(char) in ("W", "F") or char in _WIDEST or code > 0xFFFF:
            return _WIDE
        base = unicodedata.normalize("NFD", char)[0]
        if base != char:
            return self[base]
        if 0x590 <= code < 0x900 or 0xFB1D <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
            return self._arabic
        return self._other


_SANS = Widths({**{chr(32 + n): w for n, w in enumerate(_PLAIN)}, **_FEW}, arabic=600, other=700)


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words stand at a size in points, mm."""
    return _SANS.ems(words) * size * _MM * _SPARE * (_BOLD if bold else 1.0)


def one_line(words: str) -> str:
    """Return a name on one line, without characters that cannot be seen or would turn the words around it."""
    return " ".join(marks.TURNING.sub("", _UNSEEN.sub(" ", words)).split())


def fitted(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a name that takes no more than ``room`` mm: where it is longer, cut with an ellipsis, no grapheme in two."""
    flat = one_line(words[:1000])
    if width(flat, size, bold=bold) <= room:
        return flat
    left = room - width("…", size, bold=bold)
    at = 0
    for char in flat:
        left -= width(char, size, bold=bold)
        if left < 0:
            break
        at += 1
    kept = flat[: texts.snap(flat, at, up=False)].rstrip(" ,;:–")
    # In a name written from right to left the ellipsis belongs to its left end.
    turned = _RIGHT_TO_LEFT_MARK if kept and unicodedata.bidirectional(kept[-1]) in ("R", "AL") else ""
    return f"{kept}…{turned}"
