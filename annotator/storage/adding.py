"""Whole rows into a file, in bulk: keys are given here, and what rows refer to is found by its id."""

from __future__ import annotations

import sqlite3
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any
from zlib import crc32

from annotator import text as texts
from annotator.model import Id
from annotator.model.exchange import FIELDS, MARKS, Field, Row
from annotator.storage.changes import to_uid
from annotator.storage.exchange_tables import CHILDREN, COLUMNS, DETAILS, KINDS, SHARED, TABLES


class Adding:
    """Rows of one import on their way in: keys are given here, references found by them."""

    def __init__(self, db: sqlite3.Connection, keep_text: Callable[[str, str], int]) -> None:
        self._db = db
        self._keep_text = keep_text
        self._keys: dict[str, dict[Id, int]] = defaultdict(dict)
        self._derived: list[tuple[int, Id]] = []

    @cached_property
    def _blobs(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT sha256, n FROM blob").fetchall())

    def key(self, list_: str, id_: Id) -> int:
        """Return the key of a row by its id. Raises KeyError where there is none."""
        table = TABLES[list_]
        known = self._keys[table].get(id_)
        if known is None:
            row = self._db.execute(f'SELECT n FROM "{table}" WHERE uid = ?', [to_uid(id_)]).fetchone()
            if row is None:
                raise KeyError(f"{list_} {id_}")
            known = self._keys[table][id_] = int(row[0])
        return known

    def add(self, list_: str, rows: list[Row]) -> None:
        """Write rows of a list; lists come in the order of FIELDS. Raises KeyError where a row refers to nothing."""
        if list_ == "merged_ids":
            pairs = [(to_uid(row["id"]), to_uid(row["now"])) for row in rows]
            self._db.executemany("INSERT OR IGNORE INTO old_uid VALUES (?, ?)", pairs)
        elif list_ == "foreign_ids":
            self._add_foreign(rows)
        elif list_ == "files":
            self._add_files(rows)
        else:
            self._add_rows(list_, rows)

    def _add_files(self, rows: list[Row]) -> None:
        kept = [
            (r["sha256"], r["media_type"], r["name"], b64decode(r["bytes"])) for r in rows if r["bytes"] is not None
        ]
        self._db.executemany("INSERT OR IGNORE INTO blob(sha256, media_type, name, bytes) VALUES (?, ?, ?, ?)", kept)
        self.__dict__.pop("_blobs", None)

    def _add_foreign(self, rows: list[Row]) -> None:
        made = [
            (TABLES[r["list"]], self.key(r["list"], r["row"]), r["format"], r["file_sha256"], r["id"], r["raw"])
            for r in rows
        ]
        self._db.executemany(
            "INSERT INTO foreign_id(kind, row, format, file_sha, id, raw) VALUES (?, ?, ?, ?, ?, ?)", made
        )

    def _add_rows(self, list_: str, rows: list[Row]) -> None:
        table = TABLES[list_]
        first = int(self._db.execute(f'SELECT coalesce(max(n), 0) + 1 FROM "{table}"').fetchone()[0])
        numbered = list(enumerate(rows, first))
        self._keys[table].update((row["id"], n) for n, row in numbered)
        if list_ == "versions":
            self._add_versions(numbered)
        else:
            fields = [f for f in FIELDS[list_] if f.kind not in CHILDREN]
            detail = DETAILS.get(list_)
            own = [f for f in fields if f.name not in SHARED] if detail else []
            kind = (("kind", KINDS[list_]),) if list_ in KINDS else ()
            self._insert(table, list_, [f for f in fields if f not in own], numbered, kind)
            if detail:
                self._insert(detail, list_, own, numbered, key="annotation")
        for field in FIELDS[list_]:
            if field.kind in CHILDREN and list_ != "versions":
                self._add_children(list_, field, numbered)

    def _insert(
        self,
        table: str,
        list_: str,
        fields: Sequence[Field],
        rows: Iterable[tuple[int, Row]],
        more: Sequence[tuple[str, str]] = (),
        key: str = "n",
    ) -> None:
        columns = [key, *("uid" if f.kind == "id" else COLUMNS.get((list_, f.name), f.name) for f in fields)]
        columns += [name for name, _ in more]
        takes, rest = [(f.name, self._taker(f)) for f in fields], [value for _, value in more]
        listed, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        self._db.executemany(
            f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',
            (
                [n, *(take(row[name]) if row[name] is not None and take else row[name] for name, take in takes), *rest]
                for n, row in rows
            ),
        )

    def _taker(self, field: Field) -> Callable[[Any], Any] | None:
        """Return what turns a value of a field, not null, into what is stored; None: it is stored as it is."""
        if field.kind == "id":
            return to_uid
        if field.kind == "ref":
            return lambda value: self.key(field.of, value)
        if field.kind == "sha256":
            return lambda value: self._blobs.get(value)
        if field.kind == "words":
            return " ".join
        return int if field.kind == "flag" else None

    def _add_versions(self, rows: Sequence[tuple[int, Row]]) -> None:
        query = (
            "INSERT INTO article_version(n, uid, article, no, text, words, code_points, rules, original, media_type, import_record, "
            "current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        for n, row in rows:
            text = self._keep_text(row["sha256"], row["text"])
            self._db.execute(
                query,
                [n, to_uid(row["id"]), self.key("articles", row["article"]), row["no"], text, texts.count_words(row["text"]),
                 len(row["text"]), row["rules"], self._blobs.get(row["original"] or ""), row["media_type"], row["import_record"],
                 int(row["current"])],
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)", ([n, *block] for block in row["blocks"])
            )

    def _add_children(self, list_: str, field: Field, rows: Sequence[tuple[int, Row]]) -> None:
        table = TABLES[list_]
        if field.kind == "texts":
            query = f"INSERT INTO {table}_alias VALUES (?, ?, ?)"
            self._db.executemany(query, ((n, no, name) for n, row in rows for no, name in enumerate(row[field.name])))
        elif field.name == "tags":
            query = f"INSERT OR IGNORE INTO {table}_tag VALUES (?, ?)"
            self._db.executemany(query, ((n, self.key("terms", tag)) for n, row in rows for tag in row["tags"]))
        elif field.name == "derived_from":
            self._derived += [(n, id_) for n, row in rows for id_ in row["derived_from"]]
        else:
            self._add_places(rows)

    def _add_places(self, rows: Sequence[tuple[int, Row]]) -> None:
        self._db.executemany("INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)", self._segments(rows))
        said = [
            (
                n,
                self.key("versions", p["version"]),
                p["outcome"],
                p["confirmed_by"] and self.key("coders", p["confirmed_by"]),
            )
            for n, row in rows
            for p in row["places"]
            if p["outcome"] is not None
        ]
        self._db.executemany("INSERT INTO anchoring VALUES (?, ?, ?, ?)", said)

    def _segments(self, rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, int, int, int, int, int]]:
        for n, row in rows:
            for place in row["places"]:
                version = self.key("versions", place["version"])
                for no, (start, end, words) in enumerate(place["segments"]):
                    yield n, version, no, start, end, crc32(words.encode("utf-8", "surrogatepass"))

    def finish(self) -> None:
        """Write what leads from row to row of one table."""
        pairs = ((n, self.key(MARKS, id_)) for n, id_ in self._derived)
        self._db.executemany("INSERT OR IGNORE INTO derived VALUES (?, ?)", pairs)
