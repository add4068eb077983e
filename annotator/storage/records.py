"""Records to rows and back: one table of what goes where, so that no verb of the project needs SQL."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar, cast

from annotator import model as m
from annotator.model import Annotation, Id, Record, Segment
from annotator.storage.changes import to_id, to_uid

R = TypeVar("R", bound=Record)
A = TypeVar("A", bound=Annotation)
K = TypeVar("K")


@dataclass(frozen=True)
class Table:
    """Where a kind of record is kept and which of its fields need turning."""

    name: str
    refs: Mapping[str, str]
    sets: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    renamed: Mapping[str, str] | None = None
    aliases: str | None = None
    skipped: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()
    """Fields that name stored bytes by their SHA-256."""

    def column(self, name: str) -> str:
        """Return the column of a field."""
        return (self.renamed or {}).get(name, name)


def _set(*names: str) -> frozenset[str]:
    return frozenset(names)


TABLES: dict[type[Record], Table] = {
    m.Coder: Table("coder", {"merged_into": "coder"}),
    m.Layer: Table("layer", {"coder": "coder"}, flags=_set("locked")),
    m.Article: Table("article", {}, sets=_set("not_stated"), flags=_set("archived")),
    m.SentenceMark: Table("sentence_mark", {"version": "article_version", "layer": "layer"}),
    m.Ledger: Table("ledger", {}),
    m.Entity: Table("entity", {}, aliases="entity_alias", skipped=_set("aliases")),
    m.Source: Table(
        "source", {"article": "article", "entity": "entity"}, sets=_set("not_stated"), renamed={"class_": "class"},
        aliases="source_alias", skipped=_set("aliases"),
    ),
    m.Attribution: Table(
        "attribution",
        {"layer": "layer", "claim": "annotation", "source": "source", "source_mention": "annotation", "cue": "annotation",
         "via": "attribution"},
    ),
    m.Relation: Table("relation", {"from_claim": "annotation", "to_claim": "annotation", "coder": "coder"}),
    m.Verification: Table("verification_event", {"claim": "annotation"}),
    m.Evidence: Table("evidence", {}, flags=_set("is_primary"), blobs=_set("blob")),
    m.ClaimEvidence: Table(
        "claim_evidence", {"claim": "annotation", "evidence": "evidence", "coder": "coder"}, flags=_set("independent")
    ),
    m.FindingAnswer: Table("finding_answer", {"article": "article", "coder": "coder"}),
    m.Term: Table("term", {}),
}  # fmt: skip

_ANNOTATION = Table("annotation", {"layer": "layer", "article": "article", "coder": "coder"},
                    skipped=_set("tags", "segments"))  # fmt: skip
_DETAILS: dict[type[Annotation], Table | None] = {
    m.Claim: Table("claim", {"ledger": "ledger"}, sets=_set("reasons")),
    m.SourceMention: Table("source_mention", {"source": "source"}),
    m.Mention: Table("mention", {"entity": "entity"}, flags=_set("loaded")),
    m.Cue: None,
    m.LoadedTerm: None,
}
KINDS: dict[str, type[Annotation]] = {t.kind: t for t in _DETAILS}


@cache
def _fields(kind: type[Record], own_only: bool = False) -> tuple[str, ...]:
    names = tuple(f.name for f in fields(kind) if f.name != "id")
    if own_only:
        base = {f.name for f in fields(Annotation)}
        return tuple(n for n in names if n not in base)
    return names


class Records:
    """Reads and writes records through one connection. Writing needs an open transaction; nothing here begins one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # -- keys

    def key(self, table: str, id_: Id) -> int | None:
        """Return the integer key of an id; an id that was merged away leads to the one that stayed."""
        uid = to_uid(id_)
        row = self._db.execute(f'SELECT n FROM "{table}" WHERE uid = ?', [uid]).fetchone()
        if row is None:
            moved = self._db.execute("SELECT now FROM old_uid WHERE uid = ?", [uid]).fetchone()
            return self.key(table, to_id(moved[0])) if moved else None
        return int(row[0])

    def keys(self, table: str, ids: Iterable[Id]) -> list[int]:
        """Return the integer keys of those ids that are there, in no order."""
        found: list[int] = []
        for part in in_parts([to_uid(id_) for id_ in ids]):
            query = f'SELECT n FROM "{table}" WHERE uid IN ({",".join("?" * len(part))})'
            found += [int(n) for (n,) in self._db.execute(query, part)]
        return found

    def required(self, table: str, id_: Id) -> int:
        """Return the integer key of an id. Raises KeyError where there is none."""
        n = self.key(table, id_)
        if n is None:
            raise KeyError(f"{table} {id_}")
        return n

    # -- plain records

    def get(self, kind: type[R], id_: Id) -> R | None:
        """Return the record with this id, or None."""
        if issubclass(kind, Annotation):
            n = self.key("annotation", id_)
            kinds = [kind.kind] if kind.kind else tuple(KINDS)
            return cast("R | None", None if n is None else next(self.annotations(keys=[n], kinds=kinds), None))
        n = self.key(TABLES[kind].name, id_)
        return None if n is None else next(self._read(kind, "t.n = ?", [n]))

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """Return the records whose fields equal these values, in the order they were made; no value: all."""
        table = TABLES[kind]
        where, values = ["1"], []
        for name, value in equal.items():
            where.append(f't."{table.column(name)}" IS ?')
            values.append(self.required(table.refs[name], cast("Id", value)) if name in table.refs and value else value)
        return list(self._read(kind, " AND ".join(where), values))

    def some(self, kind: type[R], ids: Iterable[Id]) -> list[R]:
        """Return those of the records with these ids that are there; costs what is asked for, not what is stored."""
        found = self.keys(TABLES[kind].name, ids)
        return [r for part in in_parts(found) for r in self._read(kind, f"t.n IN ({','.join('?' * len(part))})", part)]

    def where(self, kind: type[R], where: str, values: Sequence[object]) -> list[R]:
        """Return records by a condition on the table, named t; for the other modules of this room."""
        return list(self._read(kind, where, values))

    def _read(self, kind: type[R], where: str, values: Sequence[object]) -> Iterator[R]:
        table, columns, make = TABLES[kind], *_reading(kind)
        rows = self._db.execute(
            f'SELECT t.n, t.uid, {columns} FROM "{table.name}" t WHERE {where} ORDER BY t.n', values
        ).fetchall()
        if not table.aliases:
            for _, *row in rows:
                yield make(row)
            return
        aliases = self._aliases(table, [r[0] for r in rows])
        for n, *row in rows:
            yield make(row, aliases=tuple(aliases.get(n, ())))

    def _aliases(self, table: Table, keys: list[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for part in in_parts(keys):
            marks = ",".join("?" * len(part))
            query = f'SELECT "{table.name}", name FROM {table.aliases} WHERE "{table.name}" IN ({marks}) ORDER BY no'
            for n, name in self._db.execute(query, part):
                found[n].append(name)
        return found

    def put(self, record: Record) -> int:
        """Write a record, new or changed; nothing is written where nothing differs. Returns its key.

        Raises RuleBroken where a field of a fixed vocabulary holds something else.
        """
        record.check_values()
        if isinstance(record, Annotation):
            return self._put_annotation(record)
        table = TABLES[type(record)]
        n = self._put_row(table, record, [f for f in _fields(type(record)) if f not in table.skipped])
        if table.aliases:
            wanted = list(cast("m.Entity | m.Source", record).aliases)
            if self._aliases(table, [n]).get(n, []) != wanted:
                self._db.execute(f'DELETE FROM {table.aliases} WHERE "{table.name}" = ?', [n])
                self._db.executemany(
                    f"INSERT INTO {table.aliases} VALUES (?, ?, ?)", [(n, i, a) for i, a in enumerate(wanted)]
                )
        return n

    def add(self, record: Record, **keys: int) -> int:
        """Write a record that was made this moment, without looking for it first. Returns its key.

        ``keys``: by field, the keys of what it refers to, where they are known. Raises RuleBroken as ``put`` does.
        """
        record.check_values()
        table = TABLES[type(record)]
        names = [f for f in _fields(type(record)) if f not in table.skipped]
        return self._insert(table, record, names, self._row(table, record, names, keys))

    def _insert(self, table: Table, record: Record, names: list[str], values: list[object]) -> int:
        listed = ", ".join(f'"{c}"' for c in ["uid", *map(table.column, names)])
        marks = ", ".join("?" * (len(names) + 1))
        cursor = self._db.execute(
            f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', [to_uid(record.id), *values]
        )
        return cast("int", cursor.lastrowid)

    def _put_row(self, table: Table, record: Record, names: list[str]) -> int:
        values = self._row(table, record, names)
        n = self.key(table.name, record.id)
        if n is None:
            return self._insert(table, record, names, values)
        self._update(table.name, "n", n, [table.column(name) for name in names], values)
        return n

    def _update(self, table: str, key: str, n: int, columns: list[str], values: list[object]) -> None:
        if not columns:
            return
        sets = ", ".join(f'"{c}" = ?' for c in columns)
        differs = " OR ".join(f'"{c}" IS NOT ?' for c in columns)
        self._db.execute(f'UPDATE "{table}" SET {sets} WHERE "{key}" = ? AND ({differs})', [*values, n, *values])

    def _row(
        self, table: Table, record: Record, names: Iterable[str], keys: Mapping[str, int] | None = None
    ) -> list[object]:
        row: list[object] = []
        for name in names:
            value: Any = getattr(record, name)
            if keys is not None and name in keys:
                value = keys[name]
            elif name in table.refs and value is not None:
                value = self.required(table.refs[name], value)
            elif name in table.blobs and value is not None:
                value = self._db.execute("SELECT n FROM blob WHERE sha256 = ?", [value]).fetchone()[0]
            elif name in table.sets:
                value = " ".join(sorted(cast("frozenset[str]", value)))
            elif name in table.flags and value is not None:
                value = int(value)
            row.append(value)
        return row

    def delete(self, kind: type[Record], id_: Id) -> None:
        """Remove a record and what hangs on it. Raises KeyError where there is none."""
        table = "annotation" if issubclass(kind, Annotation) else TABLES[kind].name
        self._db.execute(f'DELETE FROM "{table}" WHERE n = ?', [self.required(table, id_)])

    # -- annotations

    def annotations(
        self,
        *,
        article: int | None = None,
        layer: int | None = None,
        keys: Sequence[int] | None = None,
        kinds: Iterable[str] = tuple(KINDS),
    ) -> Iterator[Annotation]:
        """Yield annotations with the segments of their article's current version: by keys, or by article and layer.

        Annotations without a segment there (orphans) are left out.
        """
        conditions: list[tuple[str, list[Any]]] = [
            ("t.article = ? AND (? IS NULL OR t.layer = ?)", [article, layer, layer])
        ]
        if keys is not None:
            conditions = [(f"t.n IN ({','.join('?' * len(part))})", part) for part in in_parts(list(keys))]
        for where, values in conditions:
            segments, tags = self._segments(where, values), self._tags(where, values)
            for kind in kinds:
                yield from self._annotations_of(KINDS[kind], where, values, segments, tags)

    def mentions(self, kind: type[A], ids: Iterable[Id]) -> dict[Id, dict[str, Any]]:
        """Return, per source (or entity) mention with one of these ids, its own fields alone: entry, role, form ..."""
        detail, own = cast("Table", _DETAILS[kind]), _fields(kind, own_only=True)
        found: dict[Id, dict[str, Any]] = {}
        for part in in_parts([to_uid(id_) for id_ in ids]):
            rows = self._db.execute(
                f'SELECT t.uid, {_columns(kind, detail, own, "d")} FROM annotation t JOIN "{detail.name}" d ON d.annotation = t.n '
                f"WHERE t.uid IN ({','.join('?' * len(part))})",
                part,
            )
            found.update((to_id(uid), _values(detail, own, row)) for uid, *row in rows)
        return found

    def _segments(self, where: str, values: list[Any]) -> dict[int, list[Segment]]:
        found: dict[int, list[Segment]] = defaultdict(list)
        query = (
            'SELECT s.annotation, s.start, s."end" FROM annotation t CROSS JOIN segment s ON s.annotation = t.n '
            f"JOIN article_version v ON v.n = s.version AND v.current WHERE {where} ORDER BY s.annotation, s.no"
        )
        for n, start, end in self._db.execute(query, values):
            found[n].append(Segment(start, end))
        return found

    def _tags(self, where: str, values: list[Any]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        query = (
            "SELECT g.annotation, w.label FROM annotation t CROSS JOIN annotation_tag g ON g.annotation = t.n "
            f"JOIN term w ON w.n = g.term WHERE {where} ORDER BY g.annotation, w.key"
        )
        for n, label in self._db.execute(query, values):
            found[n].append(label)
        return found

    def _annotations_of(
        self,
        kind: type[A],
        where: str,
        values: list[Any],
        segments: dict[int, list[Segment]],
        tags: dict[int, list[str]],
    ) -> Iterator[A]:
        detail, (columns, make) = _DETAILS[kind], _reading(kind)
        join = "" if detail is None else f'JOIN "{detail.name}" d ON d.annotation = t.n'
        query = f"SELECT t.n, t.uid, {columns} FROM annotation t {join} WHERE {where} AND t.kind = '{kind.kind}' ORDER BY t.n"
        for n, *row in self._db.execute(query, values):
            if n in segments:
                yield make(row, segments=tuple(segments[n]), tags=tuple(tags.get(n, ())))

    def _put_annotation(self, record: Annotation) -> int:
        n = self._put_row(
            _ANNOTATION, record, ["kind", *(f for f in _fields(Annotation) if f not in _ANNOTATION.skipped)]
        )
        self._put_detail(n, record)
        self._put_segments(n, record)
        self._put_tags(n, record)
        return n

    def _put_detail(self, n: int, record: Annotation) -> None:
        for kind, detail in _DETAILS.items():
            if detail is None:
                continue
            there = self._db.execute(f'SELECT 1 FROM "{detail.name}" WHERE annotation = ?', [n]).fetchone()
            if not isinstance(record, kind):
                if there:
                    self._db.execute(f'DELETE FROM "{detail.name}" WHERE annotation = ?', [n])
                continue
            own = list(_fields(kind, own_only=True))
            columns, values = [detail.column(c) for c in own], self._row(detail, record, own)
            if there:
                self._update(detail.name, "annotation", n, columns, values)
            else:
                marks = ", ".join("?" * (len(columns) + 1))
                listed = ", ".join(f'"{c}"' for c in ["annotation", *columns])
                self._db.execute(f'INSERT INTO "{detail.name}" ({listed}) VALUES ({marks})', [n, *values])

    def _put_segments(self, n: int, record: Annotation) -> None:
        version, text = self.current_text(self.required("article", record.article))
        wanted = [(n, version, i, s.start, s.end, s.checksum(text)) for i, s in enumerate(record.segments)]
        query = "SELECT * FROM segment WHERE annotation = ? AND version = ? ORDER BY no"
        if self._db.execute(query, [n, version]).fetchall() != wanted:
            self._db.execute("DELETE FROM segment WHERE annotation = ? AND version = ?", [n, version])
            self._db.executemany("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", wanted)

    def _put_tags(self, n: int, record: Annotation) -> None:
        query = "SELECT w.key FROM annotation_tag g JOIN term w ON w.n = g.term WHERE g.annotation = ?"
        wanted = {tag.casefold(): tag for tag in reversed(record.tags)}
        if {r[0] for r in self._db.execute(query, [n])} == set(wanted):
            return
        self._db.execute("DELETE FROM annotation_tag WHERE annotation = ?", [n])
        for key, tag in wanted.items():
            found = self._db.execute("SELECT n FROM term WHERE list = 'tag' AND key = ?", [key]).fetchone()
            term = found[0] if found else self.put(m.Term(list="tag", key=key, label=tag))
            self._db.execute("INSERT OR IGNORE INTO annotation_tag VALUES (?, ?)", [n, term])

    # -- texts

    def current_text(self, article: int) -> tuple[int, str]:
        """Return the key and the text of an article's current version."""
        row = self._db.execute(
            "SELECT v.n, v.text FROM article_version v WHERE v.article = ? AND v.current", [article]
        ).fetchone()
        return int(row[0]), self._text(int(row[1]))

    def forget_text(self) -> None:
        """Forget the text read last: its key may come to stand for another one."""
        self._last = 0, ""

    def _text(self, n: int) -> str:
        if n != self._last[0]:
            self._last = n, str(self._db.execute("SELECT text FROM text WHERE n = ?", [n]).fetchone()[0])
        return self._last[1]

    _last: tuple[int, str] = (0, "")


def _columns(kind: type[Record], table: Table, names: Iterable[str], alias: str) -> str:
    out: list[str] = []
    # A damaged file may hold bytes where words belong: they are read as words, or as no text at all, which is told.
    words = {f.name for f in fields(kind) if f.type in ("str", "str | None")} | table.sets
    words -= table.blobs | table.refs.keys()
    for name in names:
        column = f'{alias}."{table.column(name)}"'
        if name in words:
            out.append(f"CAST({column} AS TEXT)")
            continue
        ref = table.refs.get(name)
        read = f'(SELECT uid FROM "{ref}" WHERE n = {column})' if ref else column
        out.append(f"(SELECT sha256 FROM blob WHERE n = {column})" if name in table.blobs else read)
    return ", ".join(out)


def _values(table: Table, names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    turns = _turns(table, names)
    return {
        name: turns[at](value) if at in turns and value is not None else value
        for at, (name, value) in enumerate(zip(names, row, strict=True))
    }


def _turns(table: Table, names: Iterable[str]) -> dict[int, Callable[[Any], Any]]:
    """Return, by their places, what turns the values of a row that are not kept as they are."""
    turns: dict[int, Callable[[Any], Any]] = {}
    for at, name in enumerate(names):
        if name in table.refs:
            turns[at] = to_id
        elif name in table.sets:
            turns[at] = _set_of
        elif name in table.flags:
            turns[at] = bool
    return turns


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def _reading(kind: type[R]) -> tuple[str, Callable[..., R]]:
    """Return the columns a kind of record is read from, after its uid, and what makes one of a row of them.

    Of tens of thousands read at once, most of the time went into asking each value of each row what it is.
    """
    detail = _DETAILS.get(cast("type[Annotation]", kind))
    if not issubclass(kind, Annotation):
        tables = [(TABLES[kind], "t", [n for n in _fields(kind) if n not in TABLES[kind].skipped])]
    else:
        tables = [(_ANNOTATION, "t", [n for n in _fields(Annotation) if n not in _ANNOTATION.skipped])]
        tables += [(detail, "d", list(_fields(kind, own_only=True)))] if detail is not None else []
    names, turns = ["id"], [(0, cast("Callable[[Any], Any]", to_id))]
    for table, _, own in tables:
        turns += [(len(names) + at, turn) for at, turn in _turns(table, own).items()]
        names += own

    def make(row: list[Any], **rest: Any) -> R:
        for at, turn in turns:
            if row[at] is not None:
                row[at] = turn(row[at])
        made = object.__new__(kind)  # a record does nothing when it is made
        made.__dict__.update(zip(names, row, strict=True))
        made.__dict__.update(rest)
        return made

    return ", ".join(_columns(kind, table, own, alias) for table, alias, own in tables), make


def in_parts(keys: list[K], size: int = 500) -> Iterator[list[K]]:
    """Yield a long list in lengths a query can take."""
    for i in range(0, len(keys), size):
        yield keys[i : i + size]
