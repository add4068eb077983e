"""From the rows of a page to blocks of lines in reading order: columns, what stands over all of them, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from annotator.importers.pdf.bands import bands, note_rules
from annotator.importers.pdf.gutters import White, aligned, gutters, is_there, known_strips
from annotator.importers.pdf.lines import Line, PageLines, Word, finish, line_of
from annotator.importers.pdf.marks import NOTE

_Rule = tuple[float, float, float]
_MOST_BLOCKS = 200
SAME_SIZE = 0.07
"""By how much letters of one size may differ."""

_NEAR = 2.2
"""Most distance of lines within a block, in sizes of their letters."""


@dataclass
class Block:
    """Lines below each other in one column; ``left`` and ``right`` are the column's edges."""

    lines: list[Line]
    left: float
    right: float
    table: bool = False
    first: int = 0
    last: int = 0
    """Its first and last row on the page."""
    note: bool = False
    """Whether it may be footnotes, that the text does not go on with: below a short rule, and begun with a mark."""
    running: bool = False
    """Whether it is a head or foot of its page, between whose lines the text goes on."""

    @cached_property
    def ragged(self) -> bool:
        """Whether its lines begin here and there: centred, or set at the far edge."""
        return len(self.lines) > 2 and aligned(line.x0 for line in self.lines) < 0.35

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.lines[-1].bottom

    @property
    def x0(self) -> float:
        """Where its text begins."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Where its text ends."""
        return max(line.x1 for line in self.lines)


@dataclass
class _Piece:
    """Part of a row between two gutters."""

    line: Line
    row: int
    column: tuple[int, int]
    """The gutters at its left and right, by number; -1 for the edge of the text."""
    cells: list[list[Word]] = field(default_factory=list[list[Word]])


def blocks(pages: Sequence[PageLines], body: float, columns: int | None, progress: Callable[[], None]) -> list[Block]:
    """Return the lines of pages in blocks, in the order they are read. ``body``: size of the body's letters.

    ``columns``: how many columns the user says the pages have; None as found. ``progress``: called after each page.
    """
    parts: list[tuple[PageLines, list[Line]]] = []
    found: list[list[White]] = []
    for page in pages:
        for band in bands(page, body):
            parts.append((page, band))
            found.append(gutters(band, page.width, body, columns, ()))
        progress()
    known = known_strips(found)
    by_page: dict[int, list[Block]] = {page.number: [] for page in pages}
    rules = {page.number: note_rules(page) for page in pages}
    for (page, band), strips in zip(parts, found, strict=True):
        if known and columns is None and any(not is_there(strip, strips) for strip in known):
            strips = gutters(band, page.width, body, columns, known)
        by_page[page.number] += _of_band(band, strips, rules[page.number], rtl=page.rtl)
    return [block for page in pages for block in _with_running(page, by_page[page.number])]


def _with_running(page: PageLines, found: list[Block]) -> list[Block]:
    heads, feet = (
        [Block([row], row.x0, row.x1, running=True) for row in page.running if (2 * row.y > page.height) == top]
        for top in (True, False)
    )
    return [*heads, *found, *feet]


def _of_band(rows: Sequence[Line], strips: Sequence[White], rules: Sequence[_Rule], *, rtl: bool) -> list[Block]:
    pieces = [piece for n, row in enumerate(rows) for piece in _split(row, n, strips)]
    for piece in pieces:
        _finish(piece, rtl=rtl)
    return _in_reading_order(_stacked([p for p in pieces if p.line.text.strip()], rules), strips)


def _split(row: Line, n: int, whites: Sequence[White]) -> list[_Piece]:
    """Cut a row at the gutters that run through it; a word that lies over one keeps both sides together."""
    if row.table:
        return [_Piece(row, n, (-1, -1))]
    covering = sorted((w.middle, k) for k, w in enumerate(whites) if w.covers(n) and not w.table)
    cells = sorted((w.middle, k) for k, w in enumerate(whites) if w.covers(n) and w.table)
    cuts = [(x, k) for x, k in covering if not any(w.x0 < x < w.x1 for w in row.words)]
    pieces: list[_Piece] = []
    left = -1
    rest = row.words
    for x, k in [*cuts, (float("inf"), -1)]:
        part = [w for w in rest if w.x1 <= x or (w.x0 + w.x1) / 2 < x]
        rest = rest[len(part) :]
        if part:
            piece = _Piece(line_of(part, row.page), n, (left, k))
            inner = [c for c, _ in cells if part[0].x0 < c < part[-1].x1]
            if inner:
                piece.cells = _cells(part, inner)
            pieces.append(piece)
        left = k
    return pieces


def _cells(words: Sequence[Word], cuts: Sequence[float]) -> list[list[Word]]:
    found: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in words:
        found[sum(1 for c in cuts if c < (word.x0 + word.x1) / 2)].append(word)
    return [cell for cell in found if cell]


def _finish(piece: _Piece, *, rtl: bool) -> None:
    if piece.line.table:
        return
    if len(piece.cells) < 2:
        finish(piece.line, rtl=rtl)
        return
    parts: list[str] = []
    for cell in piece.cells:
        line = line_of(cell, piece.line.page)
        finish(line, rtl=rtl)
        parts.append(line.text)
    piece.line.text = "\t".join(parts)


def _stacked(pieces: Sequence[_Piece], rules: Sequence[_Rule]) -> list[Block]:
    """Stack pieces of one column that follow each other closely."""
    edges: dict[tuple[tuple[int, int], int], tuple[float, float]] = {}
    for p in pieces:
        key = p.column, round(p.line.size)
        a, b = edges.get(key, (p.line.x0, p.line.x1))
        edges[key] = min(a, p.line.x0), max(b, p.line.x1)
    made: list[Block] = []
    last: dict[tuple[int, int], Block] = {}
    for p in pieces:
        block = last.get(p.column)
        table = len(p.cells) > 1 or p.line.table
        if (
            block is not None
            and block.table == table
            and _follows(p.line, block, rules)
            and not _between(p, block, last)
        ):
            block.lines.append(p.line)
            block.last = p.row
            continue
        above = block
        left, right = edges[p.column, round(p.line.size)]
        block = Block([p.line], left, right, table, p.row, p.row)
        block.note = not table and ((above is not None and above.note) or _begins_notes(p.line, above, rules))
        last[p.column] = block
        made.append(block)
    return made


def _begins_notes(line: Line, above: Block | None, rules: Sequence[_Rule]) -> bool:
    """Say whether a line is the first of the notes: close below a rule, and begun with a mark, or small and the rest of one."""
    close = (a < line.x1 and line.x0 < b and line.top - 4 < y < line.top + 3.5 * line.size for a, b, y in rules)
    small = above is not None and line.size < (1 - SAME_SIZE) * above.lines[-1].size
    return (small or NOTE.match(line.text) is not None) and any(close)


def _follows(line: Line, block: Block, rules: Sequence[_Rule]) -> bool:
    before = block.lines[-1]
    if any(line.y < y < before.y and a < line.x1 and line.x0 < b for a, b, y in rules) and NOTE.match(line.text):
        return False
    size = max(line.size, before.size)
    alike = abs(line.size - before.size) <= SAME_SIZE * size
    return alike and line.top <= before.bottom + 0.6 * size and before.y - line.y <= _NEAR * size


def _between(piece: _Piece, block: Block, last: dict[tuple[int, int], Block]) -> bool:
    """Say whether something of another column's stands between a block and the line that would go on with it."""
    low, high = piece.line.y, block.lines[-1].y
    for column, other in last.items():
        if column == piece.column:
            continue
        line = other.lines[-1]
        if low < line.y < high and line.x0 < piece.line.x1 and piece.line.x0 < line.x1:
            return True
    return False


def _in_reading_order(made: list[Block], strips: Sequence[White]) -> list[Block]:
    """Order blocks: above before below where they share a part of the width; left before right in columns.

    T. M. Breuel, High Performance Document Layout Analysis (2003): left comes first unless something over both of
    them lies between. Here, only where both stand beside one gutter, or beside each other.
    """
    n = len(made)
    if n > _MOST_BLOCKS:
        return sorted(made, key=lambda b: -b.top)
    boxes = [(b.x0, b.x1, b.bottom, b.top) for b in made]
    wide = [c for c in range(n) if _lies_over_two(boxes[c], boxes)]
    before: list[set[int]] = [set() for _ in range(n)]
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            if _over(boxes[i], boxes[j]) or not _are_beside(made[i], made[j], strips):
                first = sum(boxes[i][2:]) > sum(boxes[j][2:])
            else:
                first = boxes[i][0] < boxes[j][0] and not _is_parted(boxes[i], boxes[j], [boxes[c] for c in wide])
            if first:
                before[j].add(i)
    order: list[int] = []
    left = set(range(n))
    while left:
        ready = [i for i in left if not before[i] & left]
        pick = min(ready or left, key=lambda i: (-boxes[i][3], boxes[i][0]))
        order.append(pick)
        left.discard(pick)
    return [made[i] for i in order]


def _are_beside(one: Block, other: Block, strips: Sequence[White]) -> bool:
    """Say whether two blocks stand beside each other, or on either side of a gutter."""
    if one.bottom < other.top and other.bottom < one.top:
        return True
    left, right = (one, other) if one.x0 < other.x0 else (other, one)
    return any(
        left.x1 <= g.middle <= right.x0
        and all(g.first <= block.last and block.first <= g.last for block in (one, other))
        for g in strips
        if not g.table
    )


_Box = tuple[float, float, float, float]


def _over(one: _Box, other: _Box) -> bool:
    """Say whether two boxes share a part of the width."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > min(4.0, 0.1 * min(one[1] - one[0], other[1] - other[0]))


def _lies_over_two(box: _Box, boxes: Sequence[_Box]) -> bool:
    """Say whether a box lies over two others that stand beside each other."""
    shared = [other for other in boxes if _over(box, other)]
    return bool(shared) and min(other[1] for other in shared) <= max(other[0] for other in shared)


def _is_parted(one: _Box, other: _Box, wide: Sequence[_Box]) -> bool:
    """Say whether something over both of two boxes lies between the left one, lower down, and the right one."""
    if one[3] >= other[2]:
        return False
    return any(
        lies is not one and lies is not other and _over(lies, one) and _over(lies, other)
        and one[3] - 1 < (lies[2] + lies[3]) / 2 < other[2] + 1
        for lies in wide
    )  # fmt: skip
