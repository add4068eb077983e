"""From the signs of a page to its lines: rows of words, read in the order their script is read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import regex

from annotator import text as texts
from annotator.importers.pdf.glyphs import Box, Glyph, Sheet
from annotator.importers.pdf.initials import with_initials
from annotator.importers.pdf.marks import RAISED, UNSPACED, WIDE, with_marks, with_raised
from annotator.importers.pdf.vertical import TURN, with_vertical
from annotator.language import tr

_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "Ĳ": "IJ", "ĳ": "ij",
}  # fmt: skip
_ARABIC_FORM = regex.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LTR = regex.compile(r"\p{Bidi_Class=L}")
_DIGITS = regex.compile(r"[\p{Bidi_Class=EN}\p{Bidi_Class=AN}]")
_BETWEEN_DIGITS = frozenset(".,:/-−–%$€£+#")
_SPACES = frozenset(" \u00a0\t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_NOT_SEEN = "\u200b\u2060\ufeff\r\n"
_SHADOW = 0.25
"""How far apart, in widths of the sign, two of the same may stand and still be one, printed twice to look bold."""

_UP, _DOWN = 0.72, 0.22
"""How far letters reach over and under their line, in ems."""


@dataclass(slots=True)
class Word:
    """A word as it stands on a page; what its signs are is kept as text, for there are millions of them."""

    pieces: str | tuple[str, ...]
    """Its signs from left to right; more than a letter each only where they are not a text of letters."""
    x0: float
    x1: float
    y: float
    size: float
    bold: int
    """How many of its signs are."""
    italic: int
    raised: str = ""
    """Small signs in it that stand high, such as the mark of a note."""
    raised_at: int = 0
    """Which of its pieces is the first of them."""
    furniture: bool = False


@dataclass(slots=True)
class Line:
    """Words that follow each other on one line of writing; ``text`` is in reading order."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    bold: float
    """Share of its letters that are."""
    italic: bool
    page: int
    furniture: bool = False
    text: str = ""
    table: bool = False
    """Whether it is a row of a table; its text is set then."""

    @property
    def top(self) -> float:
        """Where its tall letters end."""
        return self.y + _UP * self.size

    @property
    def bottom(self) -> float:
        """Where its long letters end."""
        return self.y - _DOWN * self.size


@dataclass
class PageLines:
    """A page as rows of words: on a page read from the right, x grows to the left."""

    number: int
    width: float
    height: float
    rows: list[Line]
    rules: list[tuple[float, float, float]]
    boxes: list[Box]
    pictures: list[Box]
    uprights: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    running: list[Line] = field(default_factory=list[Line])
    """Running heads, feet and page numbers that are to be kept, from the top down."""
    rtl: bool = False
    pictured: float = 0.0
    turned: list[str] = field(default_factory=list[str])
    """Lines set across the others."""
    outside: list[str] = field(default_factory=list[str])
    """Lines that lie outside of the page."""
    hidden: str = ""
    """What stands on the page and cannot be seen."""
    letters: int = 0
    unknown: int = 0
    """How many of the letters the file gives no text for."""


def page_lines(sheet: Sheet, changes: Counter[str]) -> PageLines:
    """Return a page's rows; what had to be mended in the signs is counted in ``changes``."""
    glyphs = with_vertical(sheet.glyphs)
    main = _main_turn(sheet.glyphs) if glyphs is None else TURN
    glyphs = sheet.glyphs if glyphs is None else glyphs
    width, height = (sheet.height, sheet.width) if main in (1, 3) else (sheet.width, sheet.height)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    left, low = _origin(main, sheet)
    for g in glyphs:
        if g.turn == main:
            g = g._replace(x0=g.x0 - left, x1=g.x1 - left, y=g.y - low) if main else g
            x = (g.x0 + g.x1) / 2
            (inside if -1 < x < width + 1 and -1 < g.y + 0.3 * g.size < height + 1 else outside).append(g)
    page = PageLines(sheet.number, width, height, [], [], [], [], pictured=sheet.pictured)
    page.letters = sum(1 for g in inside if not g.text.isspace())
    page.rtl = _is_rtl(inside)
    if main == 0:
        page.rules, page.boxes, page.pictures = sheet.rules, sheet.boxes, sheet.pictures
    if page.rtl:
        inside = [g._replace(x0=width - g.x1, x1=width - g.x0) for g in inside]
        page.rules = [(width - b, width - a, y) for a, b, y in page.rules]
        page.boxes, page.pictures = (
            [(width - x1, y0, width - x0, y1) for x0, y0, x1, y1 in found] for found in (page.boxes, page.pictures)
        )
    inside = with_initials(inside)
    page.rows = _rows(inside, sheet.number, changes, rtl=page.rtl)
    page.uprights = [(width - x, y0, y1) if page.rtl else (x, y0, y1) for x, y0, y1 in sheet.uprights if main == 0]
    page.unknown = sum(p.count(texts.REPLACEMENT) for row in page.rows for w in row.words for p in w.pieces)
    page.outside = _read_only(outside, sheet.number)
    page.hidden = "".join(sheet.unseen).strip()
    page.turned = _turned(glyphs, sheet.number, main)
    return page


def _main_turn(glyphs: Iterable[Glyph]) -> int:
    """Return how most lines of a page are turned; not at all where many are not."""
    counts = Counter(g.turn for g in glyphs if not g.text.isspace())
    main = counts.most_common(1)[0][0] if counts else 0
    return 0 if counts[0] * 3 > counts[main] else main


def _origin(main: int, sheet: Sheet) -> tuple[float, float]:
    """Return the corner that turned lines are reckoned from, in their own coordinates."""
    return {1: (0.0, -sheet.width), 2: (-sheet.width, -sheet.height), 3: (-sheet.height, 0.0)}.get(main, (0.0, 0.0))


def _turned(shown: Sequence[Glyph], number: int, main: int) -> list[str]:
    found: list[str] = []
    for turn in range(5):
        glyphs = [g for g in shown if g.turn == turn] if turn != main else []
        if glyphs and turn < 4:
            found += _read_only(glyphs, number)
        elif glyphs:
            found.append("".join(g.text for g in glyphs))
    return [line for line in found if line.strip()]


def _read_only(glyphs: list[Glyph], number: int) -> list[str]:
    rows = _rows(glyphs, number, Counter(), rtl=False)
    for row in rows:
        finish(row, rtl=False)
    return [row.text for row in rows if row.text.strip()]


def _is_rtl(glyphs: Iterable[Glyph]) -> bool:
    right = left = 0
    for g in glyphs:
        if not g.text.isascii() and _RTL.search(g.text):
            right += 1
        elif g.text.isalpha():
            left += 1
    return right > left


def _rows(glyphs: list[Glyph], number: int, changes: Counter[str], *, rtl: bool) -> list[Line]:
    """Return rows from the top down; signs stand in one row when they stand on one line of writing."""
    by_line: dict[int, list[Glyph]] = {}
    for g in with_marks(glyphs):
        by_line.setdefault(round(g.y * 4), []).append(g)
    rows: list[list[Glyph]] = []
    height = 0.0
    for key in sorted(by_line, reverse=True):
        group = by_line[key]
        y = key / 4
        if rows and height - y <= 0.12 * min(group[0].size, rows[-1][0].size):
            rows[-1] += group
        else:
            rows.append(group)
            height = y
    rows = with_raised(rows)
    made = [_row(sorted(row, key=_where), number, changes, rtl=rtl) for row in rows]
    return [row for row in made if row.words]


def _where(g: Glyph) -> float:
    return g.x0


def _row(glyphs: list[Glyph], number: int, changes: Counter[str], *, rtl: bool) -> Line:
    glyphs = _without_shadows(_without_strokes(glyphs, changes), changes)
    return line_of(_words(glyphs, changes), number)


def _without_strokes(glyphs: list[Glyph], changes: Counter[str]) -> list[Glyph]:
    """Return a row without the strokes that stretch an Arabic word and stand for no letter."""
    if not any(g.text[:1] == texts.REPLACEMENT for g in glyphs):
        return glyphs
    kept: list[Glyph] = []
    strokes = 0
    for n, g in enumerate(glyphs):
        if g.text[:1] == texts.REPLACEMENT and kept and _ARABIC.match(kept[-1].text):
            following = next((o.text for o in glyphs[n + 1 : n + 12] if o.text[:1] != texts.REPLACEMENT), "")
            if _ARABIC.match(following):
                strokes += 1
                last = kept[-1]
                kept[-1] = last._replace(text=last.text + g.text[1:], x1=max(last.x1, g.x1))
                continue
        kept.append(g)
    if strokes:
        changes[tr("strokes that stretch Arabic words left out")] += strokes
    return kept


def _without_shadows(glyphs: list[Glyph], changes: Counter[str]) -> list[Glyph]:
    kept: list[Glyph] = []
    doubled = 0
    for g in glyphs:
        twin = False
        for other in reversed(kept[-3:]):
            if (
                other.text == g.text
                and other.size == g.size
                and abs(other.x0 - g.x0) < _SHADOW * max(g.x1 - g.x0, 0.2 * g.size)
            ):
                twin = not g.text.isspace()
        if twin:
            doubled += 1
        else:
            kept.append(g)
    if doubled:
        changes[tr("letters printed twice, to look bold, kept once")] += doubled
    return kept


def _words(glyphs: list[Glyph], changes: Counter[str]) -> list[Word]:
    """Split a row at spaces and where the distance between signs is one."""
    spaced = sum(1 for g in glyphs if g.text in _SPACES)
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs) if a.text not in _SPACES and b.text not in _SPACES]
    usual = max(0.0, median(gaps)) if len(gaps) > 4 else 0.0
    words: list[list[Glyph]] = []
    space = True
    end = 0.0
    for g in glyphs:
        if g.text in _SPACES:
            space = True
            if g.text != " ":
                changes[tr("tabs and special spaces made spaces")] += 1
            continue
        if not g.text.strip(_NOT_SEEN):
            continue
        if words and not space:
            last = words[-1][-1]
            wide = 0.55 if WIDE.match(g.text) or WIDE.match(last.text) else (0.26 if spaced else 0.16)
            space = g.x0 - end > wide * min(g.size, last.size) + usual
        if space:
            words.append([g])
            end = g.x1
        else:
            words[-1].append(g)
            end = max(end, g.x1)
        space = False
    return [_word(signs) for signs in words]


def _word(signs: list[Glyph]) -> Word:
    first = signs[0]
    size, y, raised, raised_at = first.size, first.y, "", 0
    if any(g.size != size for g in signs):
        size = max(Counter(g.size for g in signs).items(), key=lambda s: (s[1], s[0]))[0]
        y = next(g.y for g in signs if g.size == size)
        high = [n for n, g in enumerate(signs) if g.size < RAISED * size and g.y > y + 0.1 * size]
        raised, raised_at = "".join(signs[n].text for n in high), high[0] if high else 0
    pieces = tuple(g.text for g in signs)
    joined = "".join(pieces)
    return Word(
        joined if len(joined) == len(pieces) else pieces, min(g.x0 for g in signs), max(g.x1 for g in signs),
        y, size, sum(g.bold for g in signs), sum(g.italic for g in signs), raised, raised_at,
        all(g.furniture for g in signs),
    )  # fmt: skip


def line_of(words: Sequence[Word], number: int) -> Line:
    """Return words as a line; its height, size and weight are those of most of its letters."""
    if not words:
        return Line([], 0.0, 0.0, 0.0, 1.0, 0.0, False, number)
    first = words[0]
    size, y = first.size, first.y
    if any(w.size != size or w.y != y for w in words):
        sizes: Counter[float] = Counter()
        heights: Counter[tuple[float, float]] = Counter()
        for w in words:
            sizes[round(w.size, 1)] += len(w.pieces)
            heights[round(w.size, 1), w.y] += len(w.pieces)
        size = max(sizes.items(), key=lambda s: (s[1], s[0]))[0]
        y = max((n, at) for (of, at), n in heights.items() if of == size)[1]
    letters = sum(len(w.pieces) for w in words)
    line = Line(
        list(words), min(w.x0 for w in words), max(w.x1 for w in words), y, max(round(size, 1), 0.1),
        sum(w.bold for w in words) / letters, 2 * sum(w.italic for w in words) > letters, number,
    )  # fmt: skip
    line.furniture = all(w.furniture for w in words)
    return line


def finish(line: Line, *, rtl: bool) -> None:
    """Set a line's text: its signs in the order they are read, whichever way its scripts run."""
    pieces: list[str] = []
    for word in line.words:
        said = word.pieces
        if pieces and not (UNSPACED.match(pieces[-1][-1:]) and WIDE.match(said[0])):
            pieces.append(" ")
        pieces += said
    text = "".join(pieces)
    if rtl:
        text = "".join(_from_the_right(pieces))
    elif not text.isascii() and _RTL.search(text):
        text = "".join(_from_the_left(pieces))
    line.text = text


def _kind(piece: str) -> str:
    """Return how a sign runs: "L" from the left, "R" from the right, "N" a digit, " " as its neighbours do."""
    if _LTR.match(piece):
        return "L"
    if _RTL.match(piece):
        return "R"
    return "N" if _DIGITS.match(piece) else " "


def _from_the_right(pieces: list[str]) -> list[str]:
    """Return signs of a line read from the right, with what in it is read from the left turned around."""
    kinds = "".join(map(_kind, pieces))
    kept: list[str] = []
    at = 0
    for run in regex.finditer(r"[LN][LN ]*L|L", kinds):
        kept += _numbers_turned(pieces[at : run.start()], kinds[at : run.start()])
        kept += pieces[run.start() : run.end()][::-1]
        at = run.end()
    return kept + _numbers_turned(pieces[at:], kinds[at:])


def _from_the_left(pieces: list[str]) -> list[str]:
    """Return signs of a line read from the left, with what in it is read from the right turned around."""
    kinds = "".join(map(_kind, pieces))
    kept: list[str] = []
    at = 0
    for run in regex.finditer(r"R[RN ]*R|R", kinds):
        kept += pieces[at : run.start()]
        kept += _numbers_turned(pieces[run.start() : run.end()][::-1], kinds[run.start() : run.end()][::-1])
        at = run.end()
    return kept + pieces[at:]


def _numbers_turned(pieces: list[str], kinds: str) -> list[str]:
    """Return signs with each number among them turned around."""
    kept: list[str] = []
    run: list[str] = []
    for n, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        inner = bool(run) and piece in _BETWEEN_DIGITS and kinds[n + 1 : n + 2] == "N"
        if kind == "N" or inner:
            run.append(piece)
        else:
            kept += [*run[::-1], piece]
            run = []
    return kept + run[::-1]


def mended(text: str, changes: Counter[str]) -> str:
    """Return text with ligatures and Arabic letter forms as letters; each is counted."""
    if text.isascii():
        return text
    for ligature, letters in _LIGATURES.items():
        n = text.count(ligature)
        if n:
            changes[tr("ligatures made letters")] += n
            text = text.replace(ligature, letters)
    if _ARABIC_FORM.search(text):
        text, n = _ARABIC_FORM.subn(lambda m: unicodedata.normalize("NFKC", m[0]), text)
        changes[tr("Arabic letter forms made letters")] += n
    return text
