"""The white strips on a page that part its columns, or the cells of a table, from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.importers.pdf.lines import Line, Word

_GUTTER = 0.6
"""Least width of the white between columns, in sizes of the body's letters."""

_MOST_ROWS = 2_500
_MOST_OPEN = 80
_MOST_JUDGED = 500
_COLUMN_ROWS = 3
"""Least lines on both sides of a gutter."""

_PROSE_WORDS = 2.5
"""Least words in the middle line of a column; cells of tables have fewer."""

_WIDE, _PITCH = 2.5, 1.5
"""Distance of cells, and of the rows that all have them, at which they are a table's, however many words they hold."""

_FAR = 4.0
"""Distance, in sizes of the body's letters, at which two rows of cells are a table."""


@dataclass
class White:
    """A strip without words from one row to another."""

    x0: float
    x1: float
    first: int
    last: int
    table: bool = False

    @property
    def middle(self) -> float:
        """Half way between its sides."""
        return (self.x0 + self.x1) / 2

    def covers(self, row: int) -> bool:
        """Say whether it goes through a row."""
        return self.first <= row <= self.last


def known_strips(found: Sequence[Sequence[White]]) -> list[tuple[float, float]]:
    """Return the strips that are gutters on some page: on another one a line or two beside them are columns too."""
    known: list[tuple[float, float]] = []
    for white in (w for gutters in found for w in gutters if not w.table and w.last - w.first > 2 * _COLUMN_ROWS):
        if all(abs(white.x1 - x1) > 4 for _, x1 in known) and len(known) < 12:
            known.append((white.x0, white.x1))
    return known


def is_there(strip: tuple[float, float], found: Sequence[White]) -> bool:
    """Say whether a strip known from elsewhere was found among gutters."""
    return any(abs(w.x1 - strip[1]) < 4 for w in found)


def gutters(
    rows: Sequence[Line], width: float, body: float, columns: int | None, known: Sequence[tuple[float, float]]
) -> list[White]:
    """Return the gutters between rows. ``known``: strips that are gutters on other pages; ``columns``: see ReadOptions."""
    if len(rows) > _MOST_ROWS or columns == 1:
        return []
    found = _whites(rows, width, _GUTTER * body)
    good: list[White] = []
    for white in sorted(found, key=lambda w: (w.first - w.last, w.x0 - w.x1))[:_MOST_JUDGED]:
        if any(_meet(white, g) and g.first <= white.first and white.last <= g.last for g in good):
            continue
        sure = columns is not None or any(abs(white.x1 - b) < 4 and white.x0 < b - _GUTTER * body for _, b in known)
        for run in _runs(white, rows, good):
            judged = _judged(run, rows, body, good, least=1 if known and sure else 2 if sure else _COLUMN_ROWS)
            if judged is not None and not any(_meet(judged, other) for other in good):
                good.append(judged)
    if columns is None:
        _join_tables(good, rows)
        return good
    return _forced([w for w in good if not w.table], rows, columns, body)


def _join_tables(good: Sequence[White], rows: Sequence[Line]) -> None:
    """Make a gutter beside the cells of a table one of the table's, where its lines stand beside each other too."""
    for white in good:
        for table in (t for t in good if t.table and not white.table):
            shared = range(max(white.first, table.first), min(white.last, table.last) + 1)
            if len(shared) < 0.6 * (white.last - white.first + 1):
                continue
            sides = [_sides(rows[n], n, white, ()) for n in shared]
            right = sum(1 for _, after in sides if after)
            if right and sum(1 for before, after in sides if before and after) >= 0.8 * right:
                white.table, white.first, white.last = True, shared[0], shared[-1]


def _meet(one: White, other: White) -> bool:
    return one.first <= other.last and other.first <= one.last and one.x0 < other.x1 and other.x0 < one.x1


def _whites(rows: Sequence[Line], width: float, least: float) -> list[White]:
    """Return every strip of white as tall as it can be made."""
    done: list[White] = []
    open_: list[White] = []
    for n, row in enumerate(rows):
        gaps = _gaps(row, width, least)
        going_on: dict[tuple[float, float], White] = {}
        for white in open_:
            continued = False
            for x0, x1 in gaps:
                a, b = max(x0, white.x0), min(x1, white.x1)
                if b - a >= least:
                    continued = continued or (a == white.x0 and b == white.x1)
                    known = going_on.get((a, b))
                    if known is None or known.first > white.first:
                        going_on[a, b] = White(a, b, white.first, n)
            if not continued:
                done.append(white)
        for x0, x1 in gaps:
            going_on.setdefault((x0, x1), White(x0, x1, n, n))
        open_ = sorted(going_on.values(), key=lambda w: w.first)[:_MOST_OPEN]
    done += open_
    return [w for w in done if w.last - w.first + 1 >= _COLUMN_ROWS]


def _gaps(row: Line, width: float, least: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    at = -1000.0
    for word in row.words:
        if word.x0 - at >= least:
            found.append((at, word.x0))
        at = max(at, word.x1)
    if width + 1000.0 - at >= least:
        found.append((at, width + 1000.0))
    return found


def _sides(row: Line, n: int, white: White, good: Sequence[White]) -> tuple[list[Word], list[Word]]:
    """Return a row's words left and right of a strip, as far as the gutters known already."""
    middle = white.middle
    low, high = float("-inf"), float("inf")
    for other in good:
        if other.first <= n <= other.last:
            if other.middle < middle:
                low = max(low, other.middle)
            else:
                high = min(high, other.middle)
    left: list[Word] = []
    right: list[Word] = []
    for word in row.words:
        if word.x1 <= middle:
            if word.x1 > low:
                left.append(word)
        elif word.x0 < high:
            right.append(word)
    return left, right


def _runs(white: White, rows: Sequence[Line], good: Sequence[White]) -> list[White]:
    """Return the parts of a strip between rows that cross it with no more than a space between words."""
    gaps: dict[int, tuple[float, float]] = {}
    for n in range(white.first, white.last + 1):
        left, right = _sides(rows[n], n, white, good)
        if left and right:
            gaps[n] = left[-1].x1, right[0].x0
    usual = _usual(list(gaps.values()), white.x1 - white.x0)
    spaces = [n for n, (a, b) in gaps.items() if b - a < max(0.55 * usual, 0.5 * rows[n].size)]
    edges = [white.first - 1, *spaces, white.last + 1]
    runs = [White(white.x0, white.x1, a + 1, b - 1) for a, b in pairwise(edges) if b - a > _COLUMN_ROWS]
    return sorted(runs, key=lambda w: w.first - w.last)


def _usual(gaps: Sequence[tuple[float, float]], least: float) -> float:
    """Return how wide gaps are between lines that fill their columns, where most lines behind them begin.

    ``least``: the white that they share. Far wider gaps lie beside an empty stretch of a column, and say nothing.
    """
    near = [(a, b) for a, b in gaps if b - a <= 3 * least + 10]
    if not near:
        return least
    starts = Counter(round(b) for _, b in near)
    often = [b for b, n in starts.items() if n >= max(2, 0.15 * len(near))]
    start = min(often) if often else starts.most_common(1)[0][0]  # the indented ones lie behind it
    aligned_ones = sorted(b - a for a, b in near if abs(b - start) < 2)
    return aligned_ones[len(aligned_ones) // 5]  # the lines that come near the edge, where they are ragged


def _judged(white: White, rows: Sequence[Line], body: float, good: Sequence[White], *, least: int) -> White | None:
    """Return a strip as a gutter between columns or cells, cut to where it is one; None where it is neither.

    ``least``: how many lines there have to be on both sides; with few it is known to be one between columns.
    """
    first, last = white.first, white.last
    sides = {n: _sides(rows[n], n, white, good) for n in range(first, last + 1)}
    between = [(left[-1].x1, right[0].x0) for left, right in sides.values() if left and right]
    usual = _usual(between, white.x1 - white.x0)
    left = {n: sides[n][0] for n in range(first, last + 1) if sides[n][0]}
    right = {n: sides[n][1] for n in range(first, last + 1) if sides[n][1]}
    fewest = min(len(left), len(right))
    far = fewest == 2 and usual >= _FAR * body
    if fewest < least and not far:
        return None
    first, last = max(min(left), min(right)), min(max(left), max(right))
    if first > last or sum(1 for n in range(first, last + 1) if n in left or n in right) < min(least, fewest):
        return None
    # what stands beside nothing still stands in a column where the strip goes on beside it, but for a heading over it
    top, end = min(min(left), min(right)), max(max(left), max(right))
    large = 1.25 * median(rows[n].size for n in (*left, *right))
    while top < first and rows[top].size > large:
        top += 1
    cut = White(white.x0, white.x1, top, end)
    if least < _COLUMN_ROWS:
        return cut
    begins = aligned(words[0].x0 for words in right.values())
    straight = max(begins, aligned(words[-1].x1 for words in left.values()))
    reach = 1.6 * (white.x1 - white.x0)
    prose = min(_cell(left.values(), reach, -1), _cell(right.values(), reach, 1))
    shared = sum(1 for n in left if n in right)
    wide = usual >= _WIDE * body and begins >= 0.9 and shared >= 0.95 * max(len(left), len(right))
    apart = wide and shared >= _COLUMN_ROWS and _pitch(rows[first : last + 1]) >= _PITCH * body
    if prose >= _PROSE_WORDS and not far and not apart:
        return cut if straight >= 0.4 else None
    cut.table = True
    cut.first, cut.last = first, last
    ok = shared >= 0.7 * min(len(left), len(right)) and begins >= 0.7 and usual >= 1.2 * body
    return cut if ok and (shared >= _COLUMN_ROWS or far) and not _is_list(left.values()) else None


def _pitch(rows: Sequence[Line]) -> float:
    """Return how far rows lie from each other."""
    return median(one.y - other.y for one, other in pairwise(rows))


def aligned(edges: Iterable[float]) -> float:
    """Return the share of edges that lie at one place."""
    places = Counter(round(x / 1.5) for x in edges)
    (most, n), *_ = places.most_common(1)
    return (n + max(places[most - 1], places[most + 1])) / sum(places.values())


def _is_list(left: Collection[list[Word]]) -> bool:
    """Say whether what stands left of a strip are the marks of a list."""
    return all(len(words) == 1 and len(words[0].pieces) <= 3 for words in left)


def _cell(sides: Iterable[list[Word]], reach: float, way: int) -> float:
    """Return how many words stand in the middle line next to a strip, up to the next one as wide."""
    counts: list[int] = []
    for words in sides:
        ordered = words if way > 0 else words[::-1]
        n = 1
        for one, other in pairwise(ordered):
            gap = other.x0 - one.x1 if way > 0 else one.x0 - other.x1
            if gap > max(reach, 8.0):
                break
            n += 1
        signs = sum(len(w.pieces) for w in ordered[:n])
        counts.append(max(n, signs // 5))  # scripts without spaces have words too
    return median(counts)


def _forced(found: list[White], rows: Sequence[Line], columns: int, body: float) -> list[White]:
    """Return the gutters of as many columns as the user says: those found nearest, else in the middle between."""
    lines = [row for row in rows if row.words]
    if not lines:
        return []
    left, right = min(r.x0 for r in lines), max(r.x1 for r in lines)
    kept: list[White] = []
    for k in range(1, columns):
        expected = left + (right - left) * k / columns
        near = [w for w in found if abs(w.middle - expected) < 0.25 * (right - left) / columns]
        if near:
            kept += [w for w in near if not any(_meet(w, other) for other in kept)]
            continue
        half = _GUTTER * body / 2
        kept.append(White(expected - half, expected + half, 0, len(rows) - 1))
    return kept
