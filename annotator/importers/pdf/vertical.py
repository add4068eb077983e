"""Writing that runs from top to bottom: Chinese and Japanese columns of signs, read from the right."""

from __future__ import annotations

from itertools import pairwise

from annotator.importers.pdf.glyphs import Glyph
from annotator.importers.pdf.marks import WIDE

TURN = 3
"""How its lines are kept: as if the page were turned a quarter, so that they run like any other."""

_LEAST = 12
"""Fewest signs below each other by which a page is taken as written so."""

_UP, _DOWN = 0.88, 0.12
"""How far a sign reaches over and under its line, in ems."""


def with_vertical(glyphs: list[Glyph]) -> list[Glyph] | None:
    """Return a page's signs with those set below each other turned, None where most are set beside each other."""
    below = [_is_below(a, b) for a, b in pairwise(glyphs)]
    beside = [_is_beside(a, b) for a, b in pairwise(glyphs)]
    signs = [WIDE.match(g.text) is not None for g in glyphs]
    down, across = (sum(a and b for a, b in zip(pairs, signs, strict=False)) for pairs in (below, beside))
    if down < _LEAST or down < 0.5 * sum(signs) or down < 2 * across:
        return None
    kept: list[Glyph] = []
    for n, g in enumerate(glyphs):
        upright = g.turn == 0 and any(below[max(0, n - 1) : n + 1])
        alone = g.turn == 0 and signs[n] and not any(beside[max(0, n - 1) : n + 1])
        if upright or alone:
            g = _turned(g)
            last = kept[-1] if kept else g
            if last.turn == TURN and abs(last.y - g.y) < g.size and abs(g.x0 - last.x1) < g.size:
                g = g._replace(y=last.y)  # marks of punctuation stand in a corner of their square
        kept.append(g)
    return kept


def _is_below(one: Glyph, other: Glyph) -> bool:
    size = one.size
    under = 0.8 * size < one.y - other.y < 1.7 * size
    return under and one.turn == other.turn == 0 and abs((one.x0 + one.x1) - (other.x0 + other.x1)) < 0.3 * size


def _is_beside(one: Glyph, other: Glyph) -> bool:
    return one.turn == other.turn == 0 and abs(one.y - other.y) < 0.1 * one.size and abs(other.x0 - one.x1) < one.size


def _turned(g: Glyph) -> Glyph:
    middle = (g.x0 + g.x1) / 2
    return g._replace(
        x0=-(g.y + _UP * g.size), x1=-(g.y - _DOWN * g.size), y=middle - (0.5 - _DOWN) * g.size, turn=TURN
    )
