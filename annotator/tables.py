"""Rows of values as files for spreadsheets: CSV, guarded against formulas, and .xlsx, in which nothing is a formula."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotator import text as texts
from annotator.language import tr

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Value = str | int | float | bool | None


class PerCent(float):
    """A share, 0 to 1, that a spreadsheet shows in per cent."""


MOST_ROWS = 1_048_576
"""Rows of a sheet, its head among them: what Excel can hold."""
MOST_LETTERS = 32_767
"""Letters of a cell, in UTF-16 units."""
MOST_NAME = 31
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
"""What a spreadsheet may take for a formula; apostrophes before it count, so that guarding can be undone."""
_GUARDED = re.compile(r"''*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RESERVED = frozenset({"history"})
_WIDEST, _NARROWEST = 90.0, 6.0
_LINE_HEIGHT, _MOST_LINES = 15.0, 12
_A_DAY = datetime.datetime(2000, 1, 1)
"""When every .xlsx file says it was made, so that the same rows make the same bytes."""


@dataclass(frozen=True)
class Sheet:
    """A table: its name, the heads of its columns (none where it has no heads), its rows, and widths in letters.

    ``ends``: which columns hold figures, and are set against their far edge.
    """

    name: str
    heads: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    widths: tuple[float, ...] = ()
    ends: tuple[bool, ...] = ()


# -- CSV


def guarded(words: str) -> str:
    """Return words that no spreadsheet takes for a formula: an apostrophe is put before those it might."""
    return f"'{words}" if _FORMULA.match(words) else words


def unguarded(words: str) -> str:
    """Return words as they were before ``guarded``."""
    return words[1:] if _GUARDED.match(words) else words


def to_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV: UTF-8 with a byte order mark, commas, CR LF; all words stand between quotation marks."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if sheet.heads:
        writer.writerow([guarded(h) for h in sheet.heads])
    writer.writerows([_plain(v) for v in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _plain(value: Value) -> str | int | float:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return guarded(value) if isinstance(value, str) else value


# -- .xlsx


def to_xlsx(sheets: Iterable[Sheet], *, title: str = "", author: str = "") -> bytes:
    """Return sheets as one .xlsx file: heads bold and frozen, words never a formula or a link.

    A sheet of more rows than a sheet can have goes on in the next; a cell too long is cut, and says so.
    """
    from xlsxwriter import Workbook  # only when such a file is written

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(out, options) as book:
        book.set_properties({"title": _cell(title)[:250], "author": _cell(author)[:250], "created": _A_DAY})
        looks = _Looks(book)
        used: set[str] = set()
        for sheet in sheets:
            _add(book, sheet, used, looks)
        if not used:
            book.add_worksheet(tr("Empty"))
    return out.getvalue()


class _Looks:
    """The looks of cells: heads and words at either edge, numbers."""

    def __init__(self, book: Workbook) -> None:
        top, end = {"valign": "top"}, {"align": "right"}
        head = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}
        self.heads: tuple[Any, Any] = book.add_format(head), book.add_format({**head, **end})
        words = {"text_wrap": True, **top}
        self.words: tuple[Any, Any] = book.add_format(words), book.add_format({**words, **end})
        self._whole: Any = book.add_format({"num_format": "#,##0", **top})
        self._number: Any = book.add_format({"num_format": "#,##0.###", **top})
        self._share: Any = book.add_format({"num_format": "0.0 %", **top})

    def number(self, value: int | float) -> Any:
        """Return the look of a number."""
        if isinstance(value, PerCent):
            return self._share
        return self._whole if isinstance(value, int) else self._number


def _add(book: Workbook, sheet: Sheet, used: set[str], looks: _Looks) -> None:
    heads = bool(sheet.heads)
    rows = iter(sheet.rows)
    number = 1
    while True:
        name = sheet.name if number == 1 else f"{sheet.name[:24]} {number}"
        page = book.add_worksheet(sheet_name(name, used))
        for n, wide in enumerate(sheet.widths):
            page.set_column(n, n, min(max(wide, _NARROWEST), _WIDEST))
        for n, head in enumerate(sheet.heads):
            page.write_string(0, n, _cell(head), looks.heads[_at_end(sheet, n)])
        if heads:
            page.set_row(0, _LINE_HEIGHT * _lines(sheet.heads, [0.85 * w for w in sheet.widths]))
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        at = int(heads)
        for at, row in enumerate(islice(rows, MOST_ROWS - heads), int(heads)):
            lines = _lines(row, sheet.widths)
            if lines > 1:
                page.set_row(at, _LINE_HEIGHT * lines)
            for n, value in enumerate(row):
                _write(page, at, n, value, looks, end=_at_end(sheet, n))
        if heads and at:
            page.autofilter(0, 0, at, len(sheet.heads) - 1)
        following = next(rows, None)
        if following is None:
            return
        rows = _behind(following, rows)
        number += 1


def _lines(row: Sequence[Value], widths: Sequence[float]) -> int:
    """Return how many lines a row needs, at most what is seen at once: not every program finds that out by itself."""
    needed = 1
    for value, wide in zip(row, widths, strict=False):
        if isinstance(value, str):
            room = max(int(min(max(wide, _NARROWEST), _WIDEST)), 1)
            needed = max(needed, sum(-(-len(line) // room) or 1 for line in value[:2000].split("\n")))
    return min(needed, _MOST_LINES)


def _behind(first: Sequence[Value], others: Iterator[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    yield first
    yield from others


def _at_end(sheet: Sheet, column: int) -> bool:
    return column < len(sheet.ends) and sheet.ends[column]


def _write(page: Any, row: int, column: int, value: Value, looks: _Looks, *, end: bool) -> None:
    if isinstance(value, bool):
        page.write_string(row, column, tr("yes") if value else tr("no"), looks.words[end])
    elif isinstance(value, str):
        if value:
            page.write_string(row, column, _cell(value), looks.words[end])
    elif value is not None and math.isfinite(value):
        # A spreadsheet has fifteen digits: a longer number would be another one.
        if abs(value) >= 10**15:
            page.write_string(row, column, str(value), looks.words[end])
        else:
            page.write_number(row, column, value, looks.number(value))


def _cell(words: str) -> str:
    """Return words a cell can hold."""
    words = _NOT_IN_CELLS.sub("\ufffd", words)
    if _units(words) <= MOST_LETTERS:
        return words
    kept = MOST_LETTERS - 60
    while _units(words[:kept]) > MOST_LETTERS - 60:
        kept -= max(1, _units(words[:kept]) - (MOST_LETTERS - 60)) // 2 or 1
    kept = texts.snap(words, kept, up=False)
    return words[:kept] + tr(" … ({n:,} more letters do not fit here)", n=len(words) - kept)


def _units(words: str) -> int:
    return len(words) if words.isascii() else len(words) + sum(c > "\uffff" for c in words)


def sheet_name(name: str, used: set[str]) -> str:
    """Return a name that Excel takes, at most 31 letters, unlike all of ``used`` (in lower case), and add it there."""
    plain = " ".join(_NOT_IN_CELLS.sub("", _NOT_IN_NAMES.sub(" ", name)).split()).strip("' ") or tr("Table")
    if plain.lower() in _RESERVED:
        plain = f"{plain} 1"
    number, found = 1, plain if _units(plain) <= MOST_NAME else f"{_cut(plain, MOST_NAME - 1)}…"
    while found.lower() in used:
        number += 1
        tail = f" ({number})"
        found = _cut(plain, MOST_NAME - len(tail)) + tail
    used.add(found.lower())
    return found


def _cut(words: str, most: int) -> str:
    """Return at most so many UTF-16 units of a name."""
    while _units(words) > most:
        words = words[:-1]
    return words.rstrip("' ")
