"""What the pages of a PDF repeat at their edges: running heads and feet, and page numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from annotator.importers.pdf.bands import note_rules
from annotator.importers.pdf.lines import Line, PageLines, finish
from annotator.importers.pdf.marks import NOTE

_DEEP = 4
"""How many rows a running head or foot may have."""

_EDGE = 0.17
"""Part of the page's height, at either edge, that they stand in."""

_SAME_PLACE = 8.0
_WORDS = 30
_NUMBERS = 6
"""Most numbers of a row of which one may be looked for as the page's."""

_MOST_PAGES = 0.6
"""Share of the pages that a row is on which is surely none of the text."""

_CELL_WORDS = 4

_LETTERS = regex.compile(r"\p{L}+")
_FIGURES = regex.compile(r"\d+")
_NUMBER = regex.compile(
    r"(?:\p{L}{1,8}\.?\s{1,3}|p\.)?[-–—|·.\[(]{0,2}\s?(?P<n>\d{1,5}|[ivxlc]{1,7})\s?[-–—|·.\])]{0,2}"
    r"(?:\s{0,3}(?:of|/|von|de|sur|di|из|av|af|van|z)\s{0,3}\d{1,5})?",
    flags=regex.IGNORECASE,
)
_AT_THE_ENDS = regex.compile(r"^\d{1,5}(?!\S)|(?<!\S)\d{1,5}$")
_ROMAN_ALONE = regex.compile(r"[ivxlc]{1,7}", flags=regex.IGNORECASE)
PRINTED_FOOT = regex.compile(r"(?P<url>(?:https?|file)://\S+)\s+\d{1,4}/\d{1,4}")
"""What browsers print below a page, on its only page too."""

_PRINTED_HEAD = regex.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?: ?[AP]M)?\b.*")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Running:
    """A row that is no part of the text: "page_head" or "page_number", and its words."""

    kind: str
    text: str
    row: Line


@dataclass
class _Edge:
    """A row at the edge of a page, and how it is told again on another page."""

    page: PageLines
    row: Line
    place: int
    """How many rows lie outside of it."""
    at: float
    numbers: set[int]
    """Those at its beginning and end."""
    signs: tuple[tuple[object, ...], ...]
    """What is the same of it on each page: its words and numbers, but for one that counts on with the pages."""
    inner: list[Line]
    """The rows next to it, inward."""
    apart: bool = False
    """Whether white lies between the text and it, or the few rows that it is one of; or they are set otherwise."""

    @property
    def slot(self) -> int:
        """Which strip of the page it lies in."""
        return round(self.at / _SAME_PLACE)


@dataclass
class _Seen:
    """On which pages rows are told again, and which numbers count on."""

    pages: int
    counted: dict[int, set[int]]
    """By how much printed numbers differ from the pages' own, with the strips of the page they stand in."""
    roman: set[int]
    where: Mapping[tuple[object, int], set[int]]
    apart: Mapping[object, int]
    """On how many pages the row stands apart from the text."""


def running(pages: Sequence[PageLines]) -> dict[int, list[Running]]:
    """Return the running rows of each page, by page number."""
    edges = {top: {page.number: list(_edges(page, top=top)) for page in pages} for top in (True, False)}
    every = [edge for side in edges.values() for rows in side.values() for edge in rows]
    counted, roman = _counted(every, len(pages))
    printed = any(PRINTED_FOOT.fullmatch(e.row.text) for rows in edges[False].values() for e in rows)
    found: dict[int, list[Running]] = defaultdict(list)
    for side in edges.values():
        seen = _seen(side, len(pages), counted, roman)
        for number, rows in side.items():
            for edge in rows:
                kind = _kind(edge, seen)
                if printed and (PRINTED_FOOT.fullmatch(edge.row.text) or _PRINTED_HEAD.fullmatch(edge.row.text)):
                    kind = "page_head"
                if not kind:
                    break  # what lies inside of a line of the text is text
                found[number].append(Running(kind, edge.row.text, edge.row))
    return found


def _kind(edge: _Edge, seen: _Seen) -> str:
    """Return what running row a row at a page's edge is, "" where it is none."""
    if edge.row.furniture:
        return "page_head"
    if _is_in_table(edge):
        return ""
    text = edge.row.text.strip()
    offsets = [n - edge.page.number for n in edge.numbers]
    if _NUMBER.fullmatch(text) and edge.apart:
        roman = _ROMAN_ALONE.fullmatch(text) is not None and any(n in seen.roman for n in offsets)
        if roman or any(n in seen.counted for n in offsets):
            return "page_number"
    if _is_repeated(edge, seen):
        return "page_head"
    short = seen.pages > 2 and len(text.split()) <= _WORDS // 2
    counts = any(seen.counted.get(n, set()) & {edge.slot - 1, edge.slot, edge.slot + 1} for n in offsets)
    return "page_head" if short and counts and not _is_note(edge) and _stands_far(edge) else ""


def _edges(page: PageLines, *, top: bool) -> Iterator[_Edge]:
    rows = page.rows if top else page.rows[::-1]
    for place, row in enumerate(rows[: _DEEP if len(rows) > 1 else 0]):
        inside = row.y > (1 - _EDGE) * page.height if top else row.y < _EDGE * page.height
        if not inside and not row.furniture:
            return
        if not row.text:
            finish(row, rtl=page.rtl)
        at = page.height - row.y if top else row.y
        inner = rows[place + 1 : place + 2 * _DEEP]
        apart = _stands_apart(row, place, inner)
        yield _Edge(page, row, place, at, _numbers(row.text), tuple(_signs(row.text, page.number)), inner, apart)


def _signs(text: str, page: int) -> Iterator[tuple[object, ...]]:
    """Yield what stays the same of a running line from page to page, in any order.

    A number may differ only as the pages' do: lines of a table differ in any way.
    """
    key = " ".join(sorted(_LETTERS.findall(text.casefold())))
    if not key or len(text.split()) > _WORDS:
        return
    numbers = sorted(_FIGURES.findall(text))
    yield key, tuple(numbers)
    if len(numbers) <= _NUMBERS:
        for n, said in enumerate(numbers):
            if len(said) <= 5 and said not in numbers[:n]:
                yield key, (*numbers[:n], *numbers[n + 1 :]), int(said) - page


def _numbers(text: str) -> set[int]:
    """Return the numbers that a row begins or ends with, or that it is."""
    found = {int(n) for n in _AT_THE_ENDS.findall(text.strip())}
    whole = _NUMBER.fullmatch(text.strip())
    if whole is not None:
        said = whole["n"].casefold()
        found.add(int(said) if said.isdigit() else _roman(said))
    return found


def _roman(said: str) -> int:
    values = [_ROMAN[c] for c in said]
    return sum(-v if any(w > v for w in values[n + 1 :]) else v for n, v in enumerate(values))


def _counted(edges: Iterable[_Edge], pages: int) -> tuple[dict[int, set[int]], set[int]]:
    """Return by how much printed numbers differ from the pages' own, where they count on: with their strips; roman."""
    places: dict[int, dict[int, int]] = defaultdict(dict)
    roman: Counter[int] = Counter()
    for edge in edges:
        for n in edge.numbers:
            places[n - edge.page.number][edge.page.number] = edge.slot
        if _ROMAN_ALONE.fullmatch(edge.row.text.strip()):
            roman.update(n - edge.page.number for n in edge.numbers)
    least = 1 if pages == 1 else 2 if pages < 5 else max(3, round(0.3 * pages))
    kept = {n: found for n, found in places.items() if len(found) >= least and (pages > 1 or n == 0)}
    strips = {n: {s for s, k in Counter(found.values()).items() if k > 1} for n, found in kept.items()}
    return strips, {n for n, k in roman.items() if k > 1}


def _seen(side: Mapping[int, Sequence[_Edge]], pages: int, counted: dict[int, set[int]], roman: set[int]) -> _Seen:
    where: dict[tuple[object, int], set[int]] = defaultdict(set)
    on: dict[object, set[int]] = defaultdict(set)
    apart: Counter[object] = Counter()
    for number, rows in side.items():
        for edge in rows:
            for sign in edge.signs:
                where[sign, edge.slot].add(number)
                apart[sign] += edge.apart and number not in on[sign]
                on[sign].add(number)
    least = min(max(2, round(0.25 * pages)), 4)
    often = {place: found for place, found in where.items() if len(on[place[0]]) >= least}
    return _Seen(pages, counted, roman, often, apart)


def _is_repeated(edge: _Edge, seen: _Seen) -> bool:
    """Say whether a row is told again at its place on other pages, and stands apart from the text on most of them."""
    for sign in edge.signs:
        on: set[int] = set()
        for slot in (edge.slot - 1, edge.slot, edge.slot + 1):
            on |= seen.where.get((sign, slot), set())
        if on and edge.page.number == min(on) and _is_over_cells(edge):
            return False  # the head of a table is told again on each page, and once it is text
        surely = edge.place == 0 and len(on) >= max(_MOST_PAGES * seen.pages, 3 if _counts_on(sign) else 5)
        if len(on) > 1 and (surely or (2 * seen.apart[sign] >= len(on) and not _is_note(edge))):
            return True
    return False


def _counts_on(sign: tuple[object, ...]) -> bool:
    """Say whether a row is told again by a number that counts on with the pages."""
    return len(sign) == 3


def _is_in_table(edge: _Edge) -> bool:
    """Say whether a row is one of a table's: a line is drawn through it, or its cells stand over those further in."""
    row = edge.row
    if any(row.x0 < x < row.x1 and low - 2 < row.y < high for x, low, high in edge.page.uprights):
        return True
    return not edge.apart and _is_over_cells(edge)


def _is_over_cells(edge: _Edge) -> bool:
    """Say whether a row stands over cells of few words, as one of a table does and none over columns of text."""
    cells = _cells(edge.row)
    return len(cells) > 1 and any(
        len(row.words) <= _CELL_WORDS * len(cells) and _are_over(cells, _cells(row)) for row in edge.inner[:2]
    )


def _cells(row: Line) -> list[tuple[float, float]]:
    """Return where the parts of a row begin and end that stand an em or more apart."""
    found: list[tuple[float, float]] = []
    for word in row.words:
        if found and word.x0 - found[-1][1] < row.size:
            found[-1] = found[-1][0], max(found[-1][1], word.x1)
        else:
            found.append((word.x0, word.x1))
    return found


def _are_over(cells: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]) -> bool:
    return len(cells) == len(others) and all(
        abs(a - c) < 3 or abs(b - d) < 3 or abs(a + b - c - d) < 6 for (a, b), (c, d) in zip(cells, others, strict=True)
    )


def _is_note(edge: _Edge) -> bool:
    """Say whether a row is a footnote: it begins with a mark, below a short rule."""
    row = edge.row
    if 2 * row.y > edge.page.height or not NOTE.match(row.text):
        return False
    return any(row.y < y and a < row.x1 and row.x0 < b for a, b, y in note_rules(edge.page))


def _stands_apart(row: Line, place: int, inner: Sequence[Line]) -> bool:
    rows = [row, *inner]
    for n in range(_DEEP - place):
        if n + 1 >= len(rows):
            return True
        usual = _distances(rows[n + 1 :])
        least = max(1.4 * max(rows[n].size, rows[n + 1].size), 1.15 * median(usual) if usual else 0.0)
        if abs(rows[n].y - rows[n + 1].y) > least or abs(rows[n].size - rows[n + 1].size) > 0.4:
            return True
    return False


def _stands_far(edge: _Edge) -> bool:
    """Say whether a row is farther from the text than its paragraphs are from each other, or in smaller letters."""
    if not edge.inner:
        return True
    inner = edge.inner[0]
    if edge.row.size > inner.size + 0.4:
        return False  # a numbered heading
    far = max([1.4 * edge.row.size, *(1.2 * distance for distance in _distances(edge.inner))])
    return abs(edge.row.y - inner.y) > far or edge.row.size < inner.size - 0.4


def _distances(rows: Sequence[Line]) -> list[float]:
    """Return how far rows lie from each other; those beside each other do not count."""
    return [d for one, other in pairwise(rows) if (d := abs(one.y - other.y)) > 0.6 * one.size]
