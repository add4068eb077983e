"""Signs that belong to others: accents and vowel marks, raised figures; and the scripts that matter here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from annotator.importers.pdf.glyphs import Glyph

_RTL = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
UNSPACED = regex.compile(
    r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\p{Script=Tibetan}\u3000-\u303f\uff00-\uffef]"
)
"""Signs of scripts that set no spaces between words, and their marks of punctuation."""

WIDE = regex.compile(r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]")

NOTE = regex.compile(r"(?:(?P<mark>\d{1,3}(?!\d)|[*†‡§¶]{1,3})|\[(?P<set_off>\d{1,3})\])[\s.)]?\s*(?=\S)")
"""What a footnote begins with."""

_LARGEST = 72.0
"""Largest letters that figures are looked for beside."""

RAISED = 0.82
"""Most size of a raised or lowered sign, beside that of the letters it stands at."""


def with_marks(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the signs with combining marks set behind the sign they belong to, wherever they were drawn."""
    kept: list[Glyph] = []
    before: list[Glyph] = []
    """Marks that wait for the sign after them, as they stand where text was laid out from the right."""
    for g in glyphs:
        marks = g.text and not g.text.isascii() and all(unicodedata.category(c) in ("Mn", "Me") for c in g.text)
        if marks or (g.x1 - g.x0 < 0.01 * g.size and g.text.strip()):
            n = _bearer(g, kept) if marks or not _RTL.match(g.text) else None
            if n is not None:
                kept[n] = kept[n]._replace(text=kept[n].text + g.text)
            else:
                before.append(g)
            continue
        if before:
            g = _behind(g, before, kept)
            before = []
        kept.append(g)
    return kept + before


def _bearer(mark: Glyph, kept: list[Glyph]) -> int | None:
    """Return which of the last few signs a mark stands over."""
    middle = (mark.x0 + mark.x1) / 2
    for n in range(len(kept) - 1, max(len(kept) - 5, -1), -1):
        g = kept[n]
        near = abs(g.y - mark.y) < 1.3 * mark.size and not g.text.isspace()
        if near and g.x0 - 0.1 * mark.size <= middle <= g.x1 + 0.3 * mark.size:
            return n
    last = kept[-1] if kept else None
    from_the_right = "\u0590" <= mark.text[0] <= "\u08ff"
    if last is None or from_the_right or last.text.isspace() or abs(last.y - mark.y) > mark.size:
        return None
    return len(kept) - 1 if abs(last.x1 - middle) < mark.size else None  # pushed away where a line was stretched


def _behind(g: Glyph, marks: list[Glyph], kept: list[Glyph]) -> Glyph:
    own = [
        m
        for m in marks
        if abs(m.y - g.y) < 1.3 * g.size and g.x0 - 0.3 * g.size <= (m.x0 + m.x1) / 2 <= g.x1 + 0.1 * g.size
    ]
    kept += [m for m in marks if m not in own]
    return g._replace(text=g.text + "".join(m.text for m in own))


def with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put raised and lowered small signs (footnote marks, "H₂O") into the row whose sign they stand beside."""
    sizes = {g.size for row in rows for g in row}
    if not sizes or min(sizes) > RAISED * max(sizes):
        return rows
    smallest = min(sizes)
    ends: dict[tuple[int, int], list[Glyph]] = {}
    for row in rows:
        for g in row:
            if g.size * RAISED >= smallest and not g.text.isspace():
                for key in _ends_at(g):
                    ends.setdefault(key, []).append(g)
    home = {id(g): n for n, row in enumerate(rows) for g in row}
    moved: set[int] = set()
    kept: list[list[Glyph]] = [[] for _ in rows]
    for row in rows:
        for g in sorted(row, key=_where):
            for other in ends.get((round(g.x0 / 4), int(g.y // 6)), ()):
                if _is_raised_beside(g, other) or (id(other) in moved and _goes_on(g, other)):
                    home[id(g)] = home[id(other)]
                    moved.add(id(g))
                    for key in _ends_at(g):
                        ends.setdefault(key, []).append(g)
                    break
            kept[home[id(g)]].append(g)
    return _with_marks_before([row for row in kept if row])


def _with_marks_before(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put a row of a few small signs that is the raised mark before a row into that row."""
    for n, row in enumerate(rows):
        signs = [g for g in row if g.text.strip()]
        if not 0 < len(signs) <= 4:
            continue
        last = max(signs, key=_where)
        for other in (m for m in range(n + 1, min(n + 3, len(rows))) if rows[m]):
            first = min(rows[other], key=_where)
            up, gap = last.y - first.y, first.x0 - last.x1
            high = 0.1 * first.size < up < 0.65 * first.size and last.size <= RAISED * first.size
            if high and -0.1 * first.size < gap < 1.5 * first.size:
                rows[other] += row
                rows[n] = []
                break
    return [row for row in rows if row]


def _ends_at(g: Glyph) -> Iterator[tuple[int, int]]:
    """Yield where on the page what stands beside a sign would begin."""
    if g.size > _LARGEST:
        return
    x = round(g.x1 / 4)
    for y in range(int((g.y - 0.35 * g.size) // 6), int((g.y + 0.65 * g.size) // 6) + 1):
        yield from ((x - 1, y), (x, y), (x + 1, y))


def _is_raised_beside(g: Glyph, other: Glyph) -> bool:
    up = g.y - other.y
    small = 0.42 * other.size <= g.size <= RAISED * other.size and g.text.strip() != ""
    high = -0.35 * other.size <= up <= 0.65 * other.size and abs(up) > 0.02 * other.size
    return small and high and -0.12 * other.size <= g.x0 - other.x1 <= 0.2 * other.size


def _goes_on(g: Glyph, other: Glyph) -> bool:
    return g is not other and g.size == other.size and g.y == other.y and abs(g.x0 - other.x1) < 0.2 * g.size


def _where(g: Glyph) -> float:
    return g.x0
