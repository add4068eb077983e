"""The tables of a report as files for spreadsheets: one .xlsx with a sheet for each, or a .csv for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.exporters import wording
from annotator.exporters.document import (
    AnchorStart,
    Beside,
    Cell,
    Chart,
    Column,
    Inline,
    KeyFigures,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr
from annotator.tables import PerCent, Sheet, Value, sheet_name, to_csv, to_xlsx

_LETTER = 0.2
"""About how wide a letter of a spreadsheet stands, cm."""
_NOT_IN_FILES = re.compile(r"[^\w]+")
_LONGEST_NAME = 60
_CHAPTER = re.compile(r"a\d+_top")
"""The place where an article of several begins."""
_DASH = "–"
_SPACES = {0xA0: " ", 0x2002: " ", 0x2003: " "}


def xlsx(report: Report, options: ReportOptions, renderer: Renderer | None = None) -> bytes:
    """Return every table of a report as a sheet of one .xlsx file."""
    return to_xlsx(sheets(report), title=report.title, author=report.author)


def csv_files(report: Report, out: Path) -> dict[Path, bytes]:
    """Return a .csv file for each table, beside each other: OUT-claims.csv; the one table there is: OUT.csv itself."""
    found = sheets(report)
    if len(found) == 1:
        return {out: to_csv(found[0])}
    used: set[str] = set()
    return {out.with_name(f"{out.stem}-{_file_name(s.name, used)}{out.suffix}"): to_csv(s) for s in found}


def _file_name(name: str, used: set[str]) -> str:
    plain = _NOT_IN_FILES.sub("-", name.lower()).strip("-_")[:_LONGEST_NAME].strip("-_") or "table"
    found, number = plain, 1
    while found in used:
        number += 1
        found = f"{plain}-{number}"
    used.add(found)
    return found


def sheets(report: Report) -> list[Sheet]:
    """Return the tables of a report, those behind its pictures among them, then its data; a table told twice is one.

    What only shows how marks look, and forms to fill in by hand, are left out. Tables of one title in several chapters
    become one, with a column that names the article. A report without any table has one of its facts.
    """
    groups: dict[str, list[tuple[str, Sheet]]] = {}
    seen: set[Table] = set()
    chapter = tr("All articles")
    for part in report.parts:
        if isinstance(part, Paragraph):
            if _begins_chapter(part):
                chapter = _said(part.inlines)
            elif part.style == "Heading1" and not part.level:
                chapter = tr("All articles")
            continue
        for found in _found(part):
            if isinstance(found, Table):
                if found in seen:
                    continue
                seen.add(found)
                found = _of_table(found)
            groups.setdefault(found.name, []).append((chapter, found))
    used: set[str] = set()
    out = [sheet for group in groups.values() for sheet in _together(group)]
    out += map(_of_table, report.data)
    return [replace(sheet, name=sheet_name(sheet.name, used)) for sheet in out or [_facts(report)]]


def _begins_chapter(part: Paragraph) -> bool:
    """Say whether an article of several begins here."""
    titled = part.style == "Title" and part.level is not None
    return titled or any(isinstance(i, AnchorStart) and _CHAPTER.fullmatch(i.name) for i in part.inlines)


def _together(group: Sequence[tuple[str, Sheet]]) -> list[Sheet]:
    """Return tables of one title as one table, with every column that any of them has; as they are where that fails."""
    if len(group) == 1 or any(len(set(s.heads)) < len(s.heads) for _, s in group):
        return [sheet for _, sheet in group]
    if not any(s.heads for _, s in group):
        rows = [[chapter, *row] for chapter, sheet in group for row in sheet.rows]
        return [Sheet(group[0][1].name, (), rows, (30.0, *group[0][1].widths))]
    columns: dict[str, tuple[float, bool]] = {}
    for _, sheet in group:
        for head, wide, end in zip(sheet.heads, sheet.widths, sheet.ends, strict=True):
            columns.setdefault(head, (wide, end))
    rows: list[Sequence[Value]] = []
    for chapter, sheet in group:
        place = {head: n for n, head in enumerate(sheet.heads)}
        rows += ([chapter, *(row[place[h]] if h in place else None for h in columns)] for row in sheet.rows)
    widths, ends = zip(*columns.values(), strict=True)
    if len({chapter for chapter, _ in group}) == 1:
        return [Sheet(group[0][1].name, tuple(columns), [row[1:] for row in rows], widths, ends)]
    return [Sheet(group[0][1].name, (tr("Article"), *columns), rows, (30.0, *widths), (False, *ends))]


def _found(part: Part) -> Iterator[Table | Sheet]:
    if isinstance(part, Table):
        if part.look not in ("legend", "form") and part.rows:
            yield part
    elif isinstance(part, Chart):
        yield from _found(part.table)
    elif isinstance(part, Beside):
        for _, parts in part.columns:
            for inner in parts:
                yield from _found(inner)
    elif isinstance(part, KeyFigures):
        yield _of_figures(part)


def _of_table(table: Table) -> Sheet:
    columns, rows = table.columns, list(table.rows)
    half = len(columns) // 2
    if table.has_head and half and [c.head for c in columns[:half]] == [c.head for c in columns[half:]]:
        # Printed in two halves side by side; in a sheet the second stands below the first.
        columns, rows = (
            columns[:half],
            [r[:half] for r in rows] + [r[half:] for r in rows if any(map(_words, r[half:]))],
        )
    told = [[_values(cell) for cell in row] for row in rows]
    counts = [max([1, *(len(row[n]) for row in told)]) for n in range(len(columns))]
    heads = [head for column, count in zip(columns, counts, strict=True) for head in _heads(column, count)]
    return Sheet(
        table.title,
        tuple(heads) if table.has_head else (),
        [[v for found, count in zip(row, counts, strict=True) for v in _filled(found, count)] for row in told],
        tuple(c.width / _LETTER for c, count in zip(columns, counts, strict=True) for _ in range(count)),
        tuple(c.align_end for c, count in zip(columns, counts, strict=True) for _ in range(count)),
    )


def _values(cell: Cell) -> tuple[Value, ...]:
    """Return what a spreadsheet holds of a cell: its values, else its words; nothing of an empty one."""
    if any(p.values is not None for p in cell):
        return tuple(v for p in cell for v in p.values or ())
    words = _words(cell)
    return (words,) if words and words != _DASH else ()


def _filled(values: Sequence[Value], count: int) -> Sequence[Value]:
    return (*values, *[None] * (count - len(values)))


def _heads(column: Column, count: int) -> Sequence[str]:
    """Return the heads of the columns that become of one whose cells have several values."""
    if count == 1:
        return (column.head,)
    named = column.names or (
        column.head,
        tr("{head}: of", head=column.head),
        tr("{head}: share", head=column.head),
    )
    return [named[n] if n < len(named) else f"{column.head} {n + 1}" for n in range(count)]


def _of_figures(figures: KeyFigures) -> Sheet:
    rows = [
        [f.words, *_filled(f.values[:2], 2), None if f.share is None else PerCent(f.share)] for f in figures.figures
    ]
    heads = tr("Figure"), tr("Number"), tr("Of"), tr("Share")
    return Sheet(tr("Key figures"), heads, rows, (60, 10, 10, 10), (False, True, True, True))


def _words(cell: Cell) -> str:
    """Return a cell's words, a line for each paragraph."""
    lines = (_said(p.inlines) for p in cell)
    return "\n".join(line for line in lines if line)


def _said(inlines: Iterable[Inline]) -> str:
    """Return words without their looks, links and places."""
    told = (i.text if isinstance(i, Text) else i.words.text if isinstance(i, Link | WebLink) else "" for i in inlines)
    return "".join(told).translate(_SPACES).strip()


def _facts(report: Report) -> Sheet:
    rows: list[list[Value]] = [
        [tr("Report"), report.kind],
        [tr("Title"), report.title],
        [tr("Author"), report.author],
        [tr("Date"), wording.day(report.made)],
    ]
    return Sheet(tr("Facts"), (), rows, (20, 80), (False, False))
