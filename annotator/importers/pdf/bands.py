"""A page's rows cut into bands that are read one after the other: at headings, rules and gaps over everything."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.importers.pdf.lines import Line, PageLines

_HEADING = 1.22
"""Least size of a heading that parts bands, beside the body's letters."""

_GAP = 2.2
"""Least height of a white over the whole page that parts bands, in sizes of the body's letters."""

_NEIGHBOURS = 14
"""How many rows above and below are looked at."""

_RULE = 0.6
"""Least length of a rule that parts bands, beside the width of the text."""

_RULES = 4
"""Most such rules of a page: where there are more, they are a table's."""


_SHORT_RULE = 0.4
"""Longest rule over footnotes, beside the width of the page; what stands over feet is longer."""


def note_rules(page: PageLines) -> list[tuple[float, float, float]]:
    """Return the short rules that may part footnotes from the text: those that underline no words."""
    if not page.rows or not page.rules:
        return []
    return [
        (a, b, y)
        for a, b, y in page.rules
        if b - a < _SHORT_RULE * page.width
        and y < 0.7 * page.height
        and not any(0 <= row.y - y < 0.4 * row.size and a < row.x1 and row.x0 < b for row in page.rows)
    ]


def bands(page: PageLines, body: float) -> list[list[Line]]:
    """Return a page's rows in bands, from the top down."""
    rows = page.rows
    if not rows:
        return []
    at_gaps = (n for n, height in enumerate(_free(rows)) if n and height > _GAP * body)
    cuts = sorted({*_at_headings(rows, body), *_at_rules(page, rows), *at_gaps})
    return [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True) if b > a]


def _free(rows: Sequence[Line]) -> list[float]:
    """Return the height of the white over the whole page before each row: less than 0 where rows overlap."""
    lowest = float("inf")
    found: list[float] = []
    for row in rows:
        found.append(lowest - row.top)
        lowest = min(lowest, row.bottom)
    return found


def _at_headings(rows: Sequence[Line], body: float) -> list[int]:
    """Return where headings stand alone on their height, with text beside them both above and below."""
    free = [*_free(rows), float("inf")]
    found: list[int] = []
    n = 0
    while n < len(rows):
        if rows[n].size < _HEADING * body:
            n += 1
            continue
        end = n + 1
        while end < len(rows) and abs(rows[end].size - rows[n].size) < 0.1 * rows[n].size:
            end += 1
        alone = free[n] > 0.2 * body and free[end] > 0.2 * body
        beside = max(row.x1 for row in rows[n:end]) + body
        above, below = rows[max(0, n - _NEIGHBOURS) : n], rows[end : end + _NEIGHBOURS]
        if alone and all(any(row.x1 > beside for row in side) for side in (above, below)):
            found.append(n)
        n = end
    return found


def _at_rules(page: PageLines, rows: Sequence[Line]) -> list[int]:
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    heights = {round(y) for x0, x1, y in page.rules if min(x1, right) - max(x0, left) > _RULE * (right - left)}
    if not 0 < len(heights) <= _RULES:
        return []
    found: list[int] = []
    high = float("inf")
    for n, row in enumerate(rows):
        if n and high > row.top and any(row.top - 1 <= y <= high + 1 for y in heights):
            found.append(n)
        high = min(high, row.bottom)
    return found
