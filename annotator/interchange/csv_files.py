"""CSV and .xlsx: a table for each kind of thing out, and CSV tables back in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.anchoring import Selector
from annotator.errors import ReadError
from annotator.interchange.fields import LARGEST
from annotator.interchange.gathering import Gathering
from annotator.interchange.incoming import Mapped, Plan
from annotator.interchange.scanning import text_of
from annotator.interchange.tabular import COLUMNS, KINDS, LISTED, SPLIT, Tables, about
from annotator.language import tr
from annotator.model import Id
from annotator.model.exchange import Row
from annotator.model.values import NOT_STATED
from annotator.project import Project
from annotator.tables import to_csv, to_xlsx, unguarded

LONGEST_CELL = 1 << 24
"""Characters of a cell that is read."""
_SPAN = re.compile(r"(\d{1,16})[-–:](\d{1,16})")
_LISTS = {kind: list_ for list_, kind in KINDS.items()}
_TELLING = (
    ("quotations", {"attribution", "quote"}),
    ("annotations", {"kind", "segments"}),
    ("claims", {"number", "segments"}),
    ("attributions", {"claim", "source_label"}),
    ("sources", {"label", "naming"}),
    ("entities", {"name", "mentions"}),
    ("annotations", {"kind", "quote"}),
    ("annotations", {"kind", "start", "end"}),
)
"""Tables with columns that tell each from the others, looked for in this order."""


# -- out


def csv_files(project: Project, out: Path, article: Id | None = None) -> dict[Path, bytes]:
    """Return the CSV files of a project, or of one article, one for each table, beside each other."""
    tables = Tables(project.rows(article, files=False))
    return {out.with_name(f"{out.stem}-{name}{out.suffix}"): to_csv(tables.sheet(name)) for name in COLUMNS}


def xlsx(project: Project, article: Id | None = None) -> bytes:
    """Return the same tables, and what they were made from, as one .xlsx file."""
    lists = project.rows(article, files=False)
    tables = Tables(lists)
    return to_xlsx([*(tables.sheet(name) for name in COLUMNS), about(lists)], title=project.name)


def quotations(project: Project, out: Path, article: Id | None = None) -> bytes:
    """Return the table of quotations, a row for each attribution, as the ending of a name asks: .xlsx, or CSV."""
    lists = project.rows(article, files=False)
    sheet = Tables(lists).sheet("quotations")
    return to_xlsx([sheet, about(lists)], title=project.name) if out.suffix.lower() == ".xlsx" else to_csv(sheet)


# -- in


class _Table:
    """A CSV file as it was read: which table it is, and its rows by column, each with its line."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        try:
            self.content = path.read_bytes()
        except OSError as error:
            raise ReadError(tr("“{name}” cannot be read: {why}.", name=self.file, why=error.strerror)) from error
        text = text_of(self.file, self.content).replace("\0", "\ufffd")
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        self.columns = [unguarded(name).strip().casefold() for name in next(self._reader, [])]
        found = [name for name, telling in _TELLING if telling <= set(self.columns)]
        if not found or found[0] == "quotations":
            known = ", ".join(COLUMNS)
            raise ReadError(
                tr(
                    "“{name}” is none of the tables that are read ({known}): its first line names other columns.",
                    name=self.file,
                    known=known,
                )
            )
        self.table = found[0]

    def rows(self, told: Callable[[int, str], None]) -> Iterator[tuple[int, Row]]:
        """Yield line and cells by column, empty ones None; a row of more cells than columns is told and left out."""
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                told(line, tr("the rest cannot be read: {why}.", why=error))
                return
            if cells is None:
                return
            if len(cells) > len(self.columns):
                told(line, tr("it has {n} cells; there are {of} columns.", n=len(cells), of=len(self.columns)))
            elif any(cells):
                yield line, {name: unguarded(cell) or None for name, cell in zip(self.columns, cells, strict=False)}


def plan(project: Project, files: list[Path], *, article: Id | None = None, coder: str | None = None) -> Plan:
    """Look through CSV tables of ours, several of one export together. Raises ReadError for what is none."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        tables = [_Table(path) for path in files]
        order = ("entities", "sources", "annotations", "claims", "attributions")
        tables.sort(key=lambda t: order.index(t.table))
        sha = sha256(b"".join(sorted(sha256(t.content).digest() for t in tables))).hexdigest()
        reading = _Reading(
            Gathering(project, Plan(tuple(p.name for p in files)), "csv", sha, article=article, coder=coder)
        )
        for table in tables:
            reading.read(table)
        return reading.finish()
    finally:
        csv.field_size_limit(before)


class _Reading:
    """Rows of CSV tables on their way to rows of ours."""

    def __init__(self, into: Gathering) -> None:
        self._into = into
        self._seen: set[Id] = set()
        self._same: dict[Id, Id] = {}
        """Authors and publications of the file, and those of the project they are."""
        self._mapped: dict[str, int] = {}

    def read(self, table: _Table) -> None:
        """Take what a table holds."""
        take = {
            "entities": self._entity,
            "sources": self._source,
            "annotations": self._mark,
            "claims": self._mark,
            "attributions": self._attribution,
        }[table.table]
        for line, row in table.rows(lambda at, why: self._into.tell(table.file, at, table.table, why)):
            take(table, line, row)

    def finish(self) -> Plan:
        """Return the plan, with what became what."""
        found = self._into.finish()
        found.mappings += [Mapped(theirs, _LISTS[theirs], n) for theirs, n in self._mapped.items()]
        return found

    def _what(self, table: _Table, row: Row) -> str:
        return f"{table.table} {row.get('id') or ''}".strip()[:80]

    def _article(self, table: _Table, line: int, row: Row) -> Id | None:
        found = self._into.article(row.get("article"), row.get("text_sha256"), row.get("article_title"))
        if found is None:
            list_ = "claims" if table.table == "annotations" else table.table
            self._into.tell(table.file, line, self._what(table, row), tr("no article of the project is meant by it: neither id, nor text, nor title."))  # fmt: skip
            self._into.plan.count(list_).left_out += 1
        return found

    def _entity(self, table: _Table, line: int, row: Row) -> None:
        made = {f: row.get(f) for f in ("name", "kind", "external", "note")}
        foreign = row.get("id") or f"#{line}"
        id_ = self._into.id_of("entities", foreign)
        self._into.take("entities", {**made, "id": id_, "aliases": _several(row.get("aliases"))}, table.file, line,
                        self._what(table, row), foreign=foreign)  # fmt: skip

    def _source(self, table: _Table, line: int, row: Row) -> None:
        article = self._article(table, line, row)
        if article is None:
            return
        foreign = row.get("id") or f"#{line}"
        id_ = self._into.id_of("sources", foreign)
        own = self._into.standing(article).get(row.get("kind") or "")
        if own is not None:
            self._same[id_] = own  # each article has its author and its publication
            return
        stated = {f: row.get(f) for f in _SOURCE_FIELDS}
        made = {
            **{f: None if v == NOT_STATED else v for f, v in stated.items()}, "id": id_, "article": article,
            "label": row.get("label"), "aliases": _several(row.get("aliases")), "note": row.get("note"),
            "entity": row.get("entity") and self._into.id_of("entities", str(row["entity"])),
            "not_stated": [f for f, v in stated.items() if v == NOT_STATED],
        }  # fmt: skip
        self._into.take("sources", made, table.file, line, self._what(table, row), foreign=foreign)

    def _mark(self, table: _Table, line: int, row: Row) -> None:
        what = self._what(table, row)
        kind = "claim" if table.table == "claims" else row.get("kind") or ""
        list_ = _LISTS.get(kind)
        if list_ is None:
            known = ", ".join(_LISTS)
            self._into.tell(
                table.file,
                line,
                what,
                tr("“{kind}” is none of the kinds of marks: {known}.", kind=kind[:40], known=known),
            )
            self._into.plan.count("claims").left_out += 1
            return
        foreign = row.get("id") or f"#{line}"
        id_ = self._into.id_of(list_, foreign)
        if id_ in self._seen:
            return  # a claim stands in two of the tables
        article = self._article(table, line, row)
        if article is None:
            return
        self._seen.add(id_)
        self._mapped[kind] = self._mapped.get(kind, 0) + 1
        fields = {f: row[f] for f in _MARK_FIELDS.get(list_, ()) if row.get(f)}
        shared = {f: row[f] for f in ("status", "note", "created", "modified") if row.get(f)}
        if list_ == "claims":
            fields["reasons"] = _several(row.get("reasons"))
        if list_ == "mentions" and row.get("loaded") in ("yes", "no"):
            fields["loaded"] = row["loaded"] == "yes"
        fields |= self._names(table, line, row, list_, article, what)
        fields["tags"] = [self._tag(tag, table, line) for tag in _several(row.get("tags"))]
        self._into.mark(list_, article, selectors(row), table.file, line, what, foreign=foreign, **shared, **fields)

    def _names(self, table: _Table, line: int, row: Row, list_: str, article: Id, what: str) -> dict[str, Any]:
        """Return which entry of the registers a mention names: by id where it is there, else by its name."""
        field, register = {"source_mentions": ("source", "sources"), "mentions": ("entity", "entities")}.get(
            list_, ("", "")
        )
        if not field:
            return {}
        given = row.get("names")
        id_ = given and self._into.id_of(register, given)
        if id_ and self._into.has(register, id_):
            return {field: id_}
        name = row.get("name")
        of = article if register == "sources" else None
        return {field: self._into.entry(register, name, of, table.file, line, what) if name else None}

    def _tag(self, words: str, table: _Table, line: int) -> Id:
        return self._into.tag(" ".join(words.split()), table.file, line)

    def _attribution(self, table: _Table, line: int, row: Row) -> None:
        what = self._what(table, row)
        article = self._article(table, line, row)
        if article is None:
            return
        foreign = row.get("id") or f"#{line}"
        source = row.get("source") and self._into.id_of("sources", str(row["source"]))
        source = self._same.get(source or "", source)
        if source is None or not self._into.has("sources", source):
            source = self._named_source(table, line, row, article, what)
        made = {
            **{f: row.get(f) for f in ("function", "load", "load_from", "polarity", "determinacy", "stance")},
            "id": self._into.id_of("attributions", foreign), "layer": self._into.layer, "source": source,
            **{f: row.get(f) and self._into.id_of(list_, str(row[f])) for f, list_ in _LINKED.items()},
        }  # fmt: skip
        self._into.take("attributions", made, table.file, line, what, foreign=foreign)

    def _named_source(self, table: _Table, line: int, row: Row, article: Id, what: str) -> Id | None:
        label = row.get("source_label")
        if not label:
            return None
        for source in self._into.project.sources(article):
            if not source.accountable and source.label == label:
                return source.id
        return self._into.entry("sources", label, article, table.file, line, what)


_SOURCE_FIELDS = ("naming", "kind", "role", "affiliation", "side", "proximity", "class", "ground_rules", "anonymity_reason",
                  "independence_group")  # fmt: skip
_MARK_FIELDS: Mapping[str, tuple[str, ...]] = {
    "claims": ("type", "form", "check_worthy", "short_text"),
    "source_mentions": ("role",),
    "mentions": ("form", "whose_word"),
}
_LINKED = {"claim": "claims", "source_mention": "source_mentions", "cue": "cues", "via": "attributions"}


def _several(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(LISTED.strip()) if part.strip()]


def selectors(row: Row) -> list[Selector]:
    """Return where a row says its mark is: by its segments, else by start and end, each with its words where that is clear."""
    parted = (row.get("segments") or "").replace(";", " ").replace(",", " ").split()
    found = [_SPAN.fullmatch(part) for part in parted]
    spans = [(int(m[1]), int(m[2])) for m in found if m is not None] if all(found) else []
    start, end = row.get("start") or "", row.get("end") or ""
    if not spans and start.isdecimal() and end.isdecimal() and len(start + end) < 32:
        spans = [(int(start), int(end))]
    spans = [(min(a, LARGEST), min(b, LARGEST)) for a, b in spans]
    quote = row.get("quote")
    parts = quote.split(SPLIT) if quote and len(spans) != 1 else [quote]
    if not spans:
        return [Selector(quote=part) for part in parts]
    quotes = parts if len(parts) == len(spans) else [None] * len(spans)
    return [Selector(a, b, words) for (a, b), words in zip(spans, quotes, strict=True)]
