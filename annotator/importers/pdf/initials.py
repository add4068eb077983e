"""Large first letters that reach down beside the lines of their paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotator.importers.pdf.glyphs import Glyph

_LARGE = 1.8
"""Least size of an initial, beside the size of most letters."""

_LARGE_ONES = 1_000
_MOST = 12
"""Most initials of a page: where there are more large letters, they are something else."""


def with_initials(glyphs: list[Glyph]) -> list[Glyph]:
    """Return a page's signs with each initial set before the letters it belongs to, on their line."""
    sizes = Counter(round(g.size, 1) for g in glyphs)
    if not sizes:
        return glyphs
    body = sizes.most_common(1)[0][0]
    large = [g for g in glyphs if g.size >= _LARGE * body and g.text.strip()]
    if len(large) > _LARGE_ONES:
        return glyphs
    alone = [g for g in large if g.text.isupper() and not any(_is_beside(g, other) for other in large)]
    if len(alone) > _MOST:
        return glyphs
    for initial in alone:
        glyphs = _set_before(initial, glyphs, body)
    return glyphs


def _is_beside(one: Glyph, other: Glyph) -> bool:
    """Say whether two signs are of one word or heading."""
    if one is other or abs(one.y - other.y) > 0.3 * one.size:
        return False
    return max(one.x0, other.x0) - min(one.x1, other.x1) < 1.5 * one.size


def _set_before(initial: Glyph, glyphs: Sequence[Glyph], body: float) -> list[Glyph]:
    low, high = initial.y - 0.3 * body, initial.y + 0.95 * initial.size
    first: dict[float, Glyph] = {}
    for g in glyphs:
        small = g is not initial and g.size < 0.7 * initial.size and g.text.strip() != ""
        if small and low < g.y < high and initial.x1 - 0.2 * initial.size < g.x0 < initial.x1 + 1.2 * body:
            known = first.get(g.y)
            if known is None or g.x0 < known.x0:
                first[g.y] = g
    if len(first) < 2:
        return list(glyphs)
    top = first[max(first)]
    beside = {id(g) for g in first.values()}
    kept: list[Glyph] = []
    for g in glyphs:
        if g is initial:
            continue
        if g is top:
            kept.append(initial._replace(y=g.y, size=g.size, x1=min(initial.x1, g.x0 - (_space(initial, g, glyphs)))))
        elif id(g) in beside:
            g = g._replace(x0=initial.x0)
        kept.append(g)
    return kept


def _space(initial: Glyph, first: Glyph, glyphs: Sequence[Glyph]) -> float:
    """Return how wide a space belongs after an initial: one where it is a word, as "A", and the next word is one too."""
    if initial.text not in ("A", "I"):
        return 0.0
    at = next(n for n, g in enumerate(glyphs) if g is first)
    text = "".join(g.text for g in glyphs)
    word = "".join(g.text for g in glyphs[at : at + 30]).split(" ", 1)[0]
    return 0.3 * first.size if len(word) > 1 and f" {word} " in text else 0.0
