"""Tables drawn with lines: their rows, each with its cells parted by tabs, however many lines a cell has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.importers.pdf.glyphs import Box
from annotator.importers.pdf.lines import Line, PageLines, Word, finish, line_of

_SAME = 2.5
"""How far apart lines may be drawn and still be one, points."""

_MOST = 2_000
_CELL_WORDS = 100
"""Most words of a cell; what has more is a column of a page."""


@dataclass(frozen=True)
class _Grid:
    """Where a table's lines are: from left to right, from the top down."""

    columns: list[float]
    rows: list[float]

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[-1], self.columns[-1], self.rows[0]


def with_tables(page: PageLines) -> None:
    """Put a row of cells in the place of the lines in each row of a drawn table."""
    for grid in _grids(page, page.uprights):
        left, low, right, high = grid.box
        inside: list[tuple[Line, list[Word]]] = []
        rest: list[Line] = []
        for row in page.rows:
            words = [w for w in row.words if left - _SAME < (w.x0 + w.x1) / 2 < right + _SAME]
            if not words or row.table or not low - _SAME < row.y + 0.3 * row.size < high + _SAME:
                rest.append(row)
                continue
            inside.append((row, words))
            if len(words) < len(row.words):
                taken = {id(w) for w in words}
                rest.append(line_of([w for w in row.words if id(w) not in taken], row.page))
        made = _rows(grid, inside, rtl=page.rtl)
        if any("\t" in row.text for row in made) and all(
            len(row.words) < _CELL_WORDS * len(grid.columns) for row in made
        ):
            page.rows = sorted([*rest, *made], key=lambda row: -row.y)
            page.rules = [rule for rule in page.rules if not _is_within(rule, grid.box)]


def _is_within(rule: tuple[float, float, float], box: Box) -> bool:
    return box[0] - _SAME < rule[0] and rule[1] < box[2] + _SAME and box[1] - _SAME < rule[2] < box[3] + _SAME


def _grids(page: PageLines, uprights: Sequence[tuple[float, float, float]]) -> list[_Grid]:
    if not 3 <= len(uprights) <= _MOST:
        return []
    found: list[_Grid] = []
    for group in _together(_merged(uprights)):
        columns = _distinct(x for x, _, _ in group)
        low, high = min(a for _, a, _ in group), max(b for _, _, b in group)
        box = columns[0], low, columns[-1], high
        rows = _distinct([low, high, *(y for x0, x1, y in page.rules if _is_within((x0, x1, y), box))])[::-1]
        if len(columns) > 2 and len(rows) > 2:  # lines between the columns of a page have none across them
            found.append(_Grid(columns, rows))
    return found


def _distinct(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for x in sorted(places):
        if not kept or x - kept[-1] > _SAME:
            kept.append(x)
    return kept


def _merged(uprights: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join pieces of one line, as they are drawn cell by cell."""
    kept: list[tuple[float, float, float]] = []
    for x, low, high in sorted(uprights, key=lambda u: (round(u[0] / _SAME), u[1])):
        if kept and abs(kept[-1][0] - x) <= _SAME and low <= kept[-1][2] + 2 * _SAME:
            kept[-1] = kept[-1][0], kept[-1][1], max(high, kept[-1][2])
        else:
            kept.append((x, low, high))
    return kept


def _together(uprights: Sequence[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Group lines that stand beside each other."""
    groups: list[list[tuple[float, float, float]]] = []
    for upright in sorted(uprights, key=lambda u: -u[2]):
        for group in groups:
            low = min(a for _, a, _ in group)
            if upright[2] > low + _SAME:
                group.append(upright)
                break
        else:
            groups.append([upright])
    return groups


def _rows(grid: _Grid, inside: Sequence[tuple[Line, list[Word]]], *, rtl: bool) -> list[Line]:
    cells: dict[int, dict[int, list[list[Word]]]] = {}
    for row, words in inside:
        n = sum(1 for y in grid.rows[1:] if row.y + 0.3 * row.size < y)
        by_column: dict[int, list[Word]] = {}
        for word in words:
            column = bisect_right(grid.columns, (word.x0 + word.x1) / 2)
            by_column.setdefault(min(max(column, 1), len(grid.columns) - 1), []).append(word)
        for column, said in by_column.items():
            cells.setdefault(n, {}).setdefault(column, []).append(said)
    number = inside[0][0].page if inside else 0
    return [_row(cells[n], len(grid.columns), number, rtl=rtl) for n in sorted(cells)]


def _row(cells: dict[int, list[list[Word]]], columns: int, number: int, *, rtl: bool) -> Line:
    texts: list[str] = []
    for column in range(1, columns):
        lines = [line_of(words, number) for words in cells.get(column, ())]
        for line in lines:
            finish(line, rtl=rtl)
        texts.append(" ".join(line.text for line in lines))
    row = line_of([w for lines in cells.values() for words in lines for w in words], number)
    row.text, row.table = "\t".join(texts).rstrip("\t"), True
    row.y = max(w.y for lines in cells.values() for words in lines for w in words)
    return row
