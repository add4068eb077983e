"""What the pages of a PDF repeat at their edges: running heads and feet, and page numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from annotator.importers.pdf.lines import Line, PageLines, finish

_DEEP = 4
"""How many rows a running head or foot may have."""

_EDGE = 0.17
"""Part of the page's height, at either edge, that they stand in."""

_SAME_PLACE = 8.0
_WORDS = 30
_LETTERS = regex.compile(r"\p{L}+")
_NUMBER = regex.compile(
    r"(?:\p{L}{1,8}\.?\s{1,3}|p\.)?[-–—|·.\[(]{0,2}\s?(?P<n>\d{1,5}|[ivxlc]{1,7})\s?[-–—|·.\])]{0,2}"
    r"(?:\s{0,3}(?:of|/|von|de|sur|di|из|av|af|van|z)\s{0,3}\d{1,5})?",
    flags=regex.IGNORECASE,
)
_AT_THE_ENDS = regex.compile(r"^\d{1,5}(?!\S)|(?<!\S)\d{1,5}$")
_ROMAN_ALONE = regex.compile(r"[ivxlc]{1,7}")
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
    """A row at the edge of a page: how many rows lie outside of it, and how it is told again on another page."""

    page: PageLines
    row: Line
    place: int
    key: str
    at: float
    numbers: set[int]
    """Those at its beginning and end."""


def running(pages: Sequence[PageLines]) -> dict[int, list[Running]]:
    """Return the running rows of each page, by page number."""
    edges = {top: {page.number: list(_edges(page, top=top)) for page in pages} for top in (True, False)}
    counted = _counted([edge for side in edges.values() for rows in side.values() for edge in rows], len(pages))
    printed = any(PRINTED_FOOT.fullmatch(e.row.text) for rows in edges[False].values() for e in rows)
    found: dict[int, list[Running]] = defaultdict(list)
    for side in edges.values():
        repeated = _repeated(side, len(pages))
        for number, rows in side.items():
            for edge in rows:
                kind = _kind(edge, counted, repeated, len(pages))
                if printed and (PRINTED_FOOT.fullmatch(edge.row.text) or _PRINTED_HEAD.fullmatch(edge.row.text)):
                    kind = "page_head"
                if not kind:
                    break  # what lies inside of a line of the text is text
                found[number].append(Running(kind, edge.row.text, edge.row))
    return found


def _kind(edge: _Edge, counted: set[int], repeated: dict[str, list[tuple[int, float]]], pages: int) -> str:
    """Return what running row a row at a page's edge is, "" where it is none."""
    alone = _NUMBER.fullmatch(edge.row.text.strip()) is not None
    counts_on = any(n - edge.page.number in counted for n in edge.numbers)
    if alone and (counts_on or (pages > 2 and _ROMAN_ALONE.fullmatch(edge.row.text.strip()))) and _stands_apart(edge):
        return "page_number"
    if edge.row.furniture or _is_repeated(edge, repeated):
        return "page_head"
    short = len(edge.row.text.split()) <= _WORDS // 2
    return "page_head" if counts_on and short and pages > 2 and _stands_apart(edge) else ""


def _edges(page: PageLines, *, top: bool) -> Iterator[_Edge]:
    rows = page.rows if top else page.rows[::-1]
    for place, row in enumerate(rows[: _DEEP if len(rows) > 1 else 0]):
        inside = row.y > (1 - _EDGE) * page.height if top else row.y < _EDGE * page.height
        if not inside and not row.furniture:
            return
        if not row.text:
            finish(row, rtl=page.rtl)
        at = page.height - row.y if top else row.y
        yield _Edge(page, row, place, _key(row.text), at, _numbers(row.text))


def _key(text: str) -> str:
    """Return what stays the same of a running line from page to page: its words without numbers, in any order."""
    return " ".join(sorted(_LETTERS.findall(text.casefold())))


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


def _repeated(edges: dict[int, list[_Edge]], pages: int) -> dict[str, list[tuple[int, float]]]:
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, rows in edges.items():
        for edge in rows:
            if edge.key and len(edge.row.text.split()) <= _WORDS:
                places[edge.key].append((number, edge.at))
    least = max(2, round(0.25 * pages)) if pages > 2 else 2
    return {key: found for key, found in places.items() if len({n for n, _ in found}) >= min(least, 4)}


def _is_repeated(edge: _Edge, repeated: dict[str, list[tuple[int, float]]]) -> bool:
    others = repeated.get(edge.key, []) if edge.key else []
    return len({n for n, at in others if abs(at - edge.at) < _SAME_PLACE}) > 1 and _stands_apart(edge)


def _stands_apart(edge: _Edge) -> bool:
    """Say whether a row is farther from the text than the text's lines are from each other, or is set otherwise."""
    rows = edge.page.rows
    n = next(k for k, row in enumerate(rows) if row is edge.row)
    inner = rows[n + 1] if edge.row.y > edge.page.height / 2 and n + 1 < len(rows) else rows[n - 1] if n > 0 else None
    if inner is None:
        return True
    return abs(inner.y - edge.row.y) > 1.4 * max(edge.row.size, inner.size) or abs(inner.size - edge.row.size) > 0.4


def _counted(edges: Sequence[_Edge], pages: int) -> set[int]:
    """Return by how much the printed numbers differ from the pages' own, where they count on from page to page."""
    places: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        for n in edge.numbers:
            places[n - edge.page.number].add(edge.page.number)
    if pages == 1:
        return {0} if 0 in places else set()
    least = 2 if pages < 5 else max(3, round(0.3 * pages))
    return {difference for difference, found in places.items() if len(found) >= least}
