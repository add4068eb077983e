"""An article in numbered lines, broken once for worksheet and key, so that "line 12" is the same line on both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from annotator.exporters import marks
from annotator.exporters.letter_widths import Widths
from annotator.exporters.rendering import Renderer
from annotator.model import AnnotatedArticle, Block

TEXT_WIDTH = 107.0
"""Width of the column of text on the worksheet, mm; the key's is 10 mm wider, its marks and numbers take room."""
_SAFE = 0.96
"""The part of the column lines are broken at: another machine's face may run a little wider."""
_EVERY = 5
_LIST_INDENT = 6.0
"""Room the bullet of a list takes, mm."""
_CELL = "\u2003"
"""What a tab between two cells is measured as: as wide as the bar that is printed for it."""
_BAR = " | "
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Look:
    """How the lines of a kind of block are printed: style, size in points, the part of the column they are broken at."""

    style: str
    size: float
    part: float = 1.0


_BODY = Look("NumberedLine", 11)
_HEADLINE = Look("NumberedHeadline", 15, 0.9)  # bold runs wider than the face the lines are measured in
_HEADING = Look("NumberedHeading", 11, 0.9)
_SMALL = Look("NumberedSmall", 9.5)
_LOOKS = {"masthead": _SMALL, "headline": _HEADLINE, "byline": _SMALL, "caption": _SMALL}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article: its number, its words in code points (white space at its end left out), how it looks.

    Lines of the masthead are not counted: they have the number of the line before them, 0 at the beginning.
    """

    number: int
    start: int
    end: int
    style: str = "NumberedLine"
    counted: bool = True
    rtl: bool = False
    first: bool = False
    bullet: bool = False

    @property
    def shown(self) -> str:
        """The number where it is printed: on the first line and every fifth."""
        shown = self.counted and (self.number == 1 or self.number % _EVERY == 0)
        return str(self.number) if shown else ""


class Lines(Sequence[Line]):
    """The lines of one article, in order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)
        self._starts = [line.start for line in self._lines]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def __getitem__(self, at: Any) -> Any:
        """Return a line or several by place."""
        return self._lines[at]

    def number(self, offset: int) -> int:
        """Return the number of the line an offset stands in; 1 before the first, 0 where there are none."""
        return max(1, self._lines[max(0, bisect_right(self._starts, offset) - 1)].number) if self._lines else 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The lines as blocks, for the sweep that cuts words at the edges of marks."""
        return tuple(Block(line.start, line.end) for line in self._lines)


def lines_of(annotated: AnnotatedArticle, renderer: Renderer | None = None) -> Lines:
    """Break an article into lines: by the renderer, else by a rule of thumb that leaves them a little short."""
    out: list[Line] = []
    number = 0
    for block in marks.shown_blocks(annotated):
        look = _look(block)
        words = annotated.text[block.start : block.end]
        bullet = block.kind == "list" and not marks.OWN_MARK.match(words)
        rtl = marks.is_rtl(words)
        width = TEXT_WIDTH * _SAFE * look.part - (_LIST_INDENT if bullet else 0)
        counted = block.zone != "masthead"
        first = counted or not out
        for start, end in broken(words.replace("\t", _CELL), width, look.size, rtl=rtl, renderer=renderer):
            if not words[start:end].strip():
                continue
            end = start + len(words[start:end].rstrip())
            number += counted
            at = block.start
            line = Line(number, at + start, at + end, look.style, counted, rtl, first, bullet and first)
            out.append(line)
            first = False
    return Lines(out)


def printed(words: str) -> str:
    """Return words as a line prints them: a bar stands between the cells of a table."""
    return words.replace("\t", _BAR)


def bullet(line: Line) -> str:
    """Return what stands before the words of a list's first line where the text has no mark of its own."""
    return marks.BULLET if line.bullet else ""


def _look(block: Block) -> Look:
    if block.zone in _LOOKS:
        return _LOOKS[block.zone]
    if block.kind == "caption":
        return _SMALL
    return _HEADING if block.kind == "heading" else _BODY


# -- breaking


def broken(
    text: str, width: float, size: float, *, rtl: bool = False, renderer: Renderer | None = None
) -> list[tuple[int, int]]:
    """Return (start, end) of each line of a paragraph, ``width`` in mm, ``size`` in points; together they are all of it.

    Breaks stand after white space or a hyphen, between signs of scripts without spaces, and where nothing else helps
    inside a word, never inside a grapheme.
    """
    if renderer is not None:
        return renderer.lines(text, width, size, rtl=rtl)
    room = width / (size * _MM)
    out: list[tuple[int, int]] = []
    start, filled = 0, 0.0
    for token in _tokens().finditer(text):
        at, end = token.span()
        wide = _SERIF.ems(token.group().rstrip())
        if filled + wide > room and at > start:
            out.append((start, at))
            start, filled = at, 0.0
        if wide > room:
            cuts = [at, *_cuts(text, at, end, room)]
            out += pairwise(cuts)
            start = cuts[-1]
            filled = _SERIF.ems(text[start:end])
        else:
            filled += _SERIF.ems(token.group())
    return [*out, (start, len(text))] if text else []


@cache
def _tokens() -> Any:
    import regex  # only here: what knows graphemes and scripts is imported when it is first wanted

    dense = (
        r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}"
        r"\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}"
    )
    stuck = r"[\p{Pe}\p{Pf}\p{M}、。，．：；！？・ー々\u200d]"
    leading = r"[\p{Ps}\p{Pi}\u0e40-\u0e44\u0ec0-\u0ec4]"  # and the vowels written before their consonant
    alone = rf"{leading}*+[{dense}]{stuck}*+"
    return regex.compile(rf"(?:{alone}|(?=\S)[\-–—]*+[^\s\-–—{dense}]*+[\-–—]*+)\s*+\p{{M}}*+|\s++")


def _cuts(text: str, start: int, end: int, room: float) -> list[int]:
    """Return where the further pieces of a word too long for a line begin."""
    filled, found = 0.0, [start]
    for match in _graphemes().finditer(text, start, end):
        wide = _SERIF.ems(match.group())
        if filled + wide > room and match.start() > found[-1]:
            found.append(match.start())
            filled = 0.0
        filled += wide
    return found[1:]


@cache
def _graphemes() -> Any:
    import regex

    return regex.compile(r"\X")


_SERIF = Widths(
    {
        char: wide
        for wide, chars in {
            320: " ',.:;jli-\u00a0‘’",
            420: '!"I_t^f`|()rs[]“”',
            520: "cz?J\\{}/ea*xFoqSgvyLk–",
            620: "bp$0123456789dnuPZhETB",
            720: "CYKXRVA&DGU",
            820: "NOQ#Hw",
            1000: "~%mM@W+<=>—…",
        }.items()
        for char in chars
    },
    arabic=560,
    other=740,
)
"""Each a little over that of the article's face."""
