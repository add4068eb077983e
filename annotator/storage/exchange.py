"""Whole rows out of a file and into one, in bulk: what an exchange file holds, by ``model.exchange``."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from annotator.model import Id
from annotator.model.exchange import FIELDS, MARK_LISTS, MARKS, Field, Lists, Row
from annotator.storage.adding import Adding
from annotator.storage.changes import to_id, to_uid
from annotator.storage.exchange_tables import (
    CHILDREN,
    COLUMNS,
    DETAILS,
    ENTITIES,
    KINDS,
    LIST_OF,
    OF_ARTICLE,
    SHARED,
    TABLES,
)
from annotator.storage.records import in_parts


class Exchange:
    """Reads and writes whole lists through one connection. Writing needs an open transaction."""

    def __init__(self, db: sqlite3.Connection, keep_text: Callable[[str, str], int]) -> None:
        self._db = db
        self._keep_text = keep_text

    # -- out

    def settings(self) -> dict[str, str]:
        """Return the project's settings, by key; the counter of its revisions is none."""
        return dict(self._db.execute("SELECT key, value FROM meta WHERE key <> 'revision' ORDER BY key").fetchall())

    def read(self, article: Id | None = None, *, files: bool = True) -> Lists:
        """Return every list, of the project or of one article, rows in the order they were made.

        ``files``: with the bytes of originals and evidence. Raises KeyError where the article is not there.
        """
        key = {} if article is None else {"a": self._key("articles", article)}
        found: Lists = {}
        for list_, of_article in OF_ARTICLE.items():
            found[list_] = self._rows(list_, "1" if article is None else of_article, key, files=files)
        found["merged_ids"] = self._merged_ids(key)
        found["foreign_ids"] = self._foreign_ids(key)
        if article is not None:
            _forget_left_out(found)
        _put_words(found)
        return found

    def _rows(self, list_: str, where: str, key: Mapping[str, int], *, files: bool) -> list[Row]:
        table, detail = TABLES[list_], DETAILS.get(list_)
        if list_ in KINDS:
            where = f"{where} AND t.kind = '{KINDS[list_]}'"
        fields = [f for f in FIELDS[list_] if f.kind not in CHILDREN]
        columns = ", ".join(self._column(list_, f, files) for f in fields)
        join = f'JOIN "{detail}" d ON d.annotation = t.n' if detail else ""
        names, turns = [f.name for f in fields], _turns(fields)
        rows = self._db.execute(f'SELECT t.n, {columns} FROM "{table}" t {join} WHERE {where} ORDER BY t.n', key)
        children = {f.name: self._children(list_, f, where, key) for f in FIELDS[list_] if f.kind in CHILDREN}
        order = [f.name for f in FIELDS[list_]]
        found: list[Row] = []
        for n, *values in rows:
            for at, turn in turns:
                if values[at] is not None:
                    values[at] = turn(values[at])
            row = dict(zip(names, values, strict=True))
            if children:
                row.update((name, of.get(n, [])) for name, of in children.items())
                row = {name: row[name] for name in order}
            found.append(row)
        return found

    def _column(self, list_: str, field: Field, files: bool) -> str:
        own = list_ in DETAILS and field.name not in SHARED
        column = f'{"d" if own else "t"}."{COLUMNS.get((list_, field.name), field.name)}"'
        if field.kind == "id":
            return "t.uid"
        if field.kind == "ref":
            return f'(SELECT uid FROM "{TABLES[field.of]}" WHERE n = {column})'
        if list_ == "versions" and field.name in ("text", "sha256"):
            return f"(SELECT {field.name} FROM text WHERE n = t.text)"
        if list_ != "files" and field.kind == "sha256":
            return f"(SELECT sha256 FROM blob WHERE n = {column})"
        return "NULL" if field.kind == "base64" and not files else column

    def _children(self, list_: str, field: Field, where: str, key: Mapping[str, int]) -> dict[int, list[Any]]:
        table = TABLES[list_]
        if field.kind == "texts":
            query = f'SELECT c."{table}", c.name FROM "{table}_alias" c JOIN "{table}" t ON t.n = c."{table}" WHERE {where} ORDER BY 1, c.no'
        elif field.name == "tags":
            query = (
                f'SELECT c."{table}", w.uid FROM "{table}_tag" c JOIN term w ON w.n = c.term JOIN "{table}" t ON t.n = c."{table}" '
                f"WHERE {where} ORDER BY 1, w.n"
            )
        elif field.name == "derived_from":
            query = (
                "SELECT c.annotation, w.uid FROM derived c JOIN annotation w ON w.n = c.from_annotation "
                f"JOIN annotation t ON t.n = c.annotation WHERE {where} ORDER BY 1, w.n"
            )
        elif field.kind == "blocks":
            query = (
                'SELECT c.version, c.start, c."end", c.kind, c.level, c.zone FROM block c JOIN article_version t ON t.n = c.version '
                f"WHERE {where} ORDER BY 1, c.start"
            )
            return _grouped(self._db.execute(query, key), list)
        else:
            return self._places(where, key)
        return _grouped(self._db.execute(query, key), _first if field.kind == "texts" else _first_id)

    def _places(self, where: str, key: Mapping[str, int]) -> dict[int, list[Any]]:
        query = (
            'SELECT c.annotation, c.version, c.start, c."end" FROM annotation t CROSS JOIN segment c ON c.annotation = t.n '
            f"WHERE {where} ORDER BY c.annotation, c.version, c.no"
        )
        said = (
            "SELECT c.annotation, c.version, c.outcome, (SELECT uid FROM coder WHERE n = c.confirmed_by) FROM anchoring c "
            f"JOIN annotation t ON t.n = c.annotation WHERE {where}"
        )
        outcomes = {(a, v): (outcome, by) for a, v, outcome, by in self._db.execute(said, key)}
        ids = {n: to_id(uid) for n, uid in self._db.execute("SELECT n, uid FROM article_version")}
        found: dict[int, list[Any]] = defaultdict(list)
        segments_of: dict[tuple[int, int], list[Any]] = {}
        for a, v, start, end in self._db.execute(query, key):
            if (a, v) not in segments_of:
                outcome, by = outcomes.pop((a, v), (None, None))
                segments = segments_of[a, v] = []
                place = {"version": ids[v], "segments": segments, "outcome": outcome, "confirmed_by": by and to_id(by)}
                found[a].append(place)
            segments_of[a, v].append([start, end])
        for (a, v), (outcome, by) in sorted(outcomes.items()):
            found[a].append({"version": ids[v], "segments": [], "outcome": outcome, "confirmed_by": by and to_id(by)})
        return found

    def _merged_ids(self, key: Mapping[str, int]) -> list[Row]:
        where = f" WHERE now IN (SELECT uid FROM source WHERE article = :a UNION SELECT uid FROM entity WHERE n IN ({ENTITIES}))"
        rows = self._db.execute(f"SELECT uid, now FROM old_uid{where if key else ''} ORDER BY uid", key)
        return [{"id": to_id(uid), "now": to_id(now)} for uid, now in rows]

    def _foreign_ids(self, key: Mapping[str, int]) -> list[Row]:
        found: list[tuple[int, Row]] = []
        for (table,) in self._db.execute("SELECT DISTINCT kind FROM foreign_id").fetchall():
            if table != "annotation" and table not in LIST_OF:
                continue
            list_ = LIST_OF.get(table, MARKS)
            kind = ", t.kind" if list_ == MARKS else ", ''"
            where = "1" if not key else OF_ARTICLE["claims" if list_ == MARKS else list_]
            rows = self._db.execute(
                f'SELECT f.n, t.uid{kind}, f.format, f.file_sha, f.id, f.raw FROM foreign_id f JOIN "{table}" t ON t.n = f.row '
                f"WHERE f.kind = '{table}' AND {where}",
                key,
            )
            names = {kind: of for of, kind in KINDS.items()}
            found += [
                (n, {"list": names.get(kind, list_), "row": to_id(uid), "format": format_, "file_sha256": sha, "id": id_,
                     "raw": raw})
                for n, uid, kind, format_, sha, id_, raw in rows
            ]  # fmt: skip
        return [row for _, row in sorted(found, key=itemgetter(0))]

    # -- what is there

    def _key(self, list_: str, id_: Id) -> int:
        row = self._db.execute(f'SELECT n FROM "{TABLES[list_]}" WHERE uid = ?', [to_uid(id_)]).fetchone()
        if row is None:
            raise KeyError(id_)
        return int(row[0])

    def present(self, list_: str, ids: Collection[Id]) -> set[Id]:
        """Return those of these ids that a list holds already; of one list of marks: whatever mark has them."""
        found: set[Id] = set()
        for part in in_parts([to_uid(id_) for id_ in ids]):
            query = f'SELECT uid FROM "{TABLES[list_]}" WHERE uid IN ({",".join("?" * len(part))})'
            found.update(to_id(uid) for (uid,) in self._db.execute(query, part))
        return found

    def kinds_of(self, ids: Collection[Id]) -> dict[Id, tuple[str, Id]]:
        """Return, of marks with these ids, the list each belongs to and its article."""
        names = {kind: of for of, kind in KINDS.items()}
        found: dict[Id, tuple[str, Id]] = {}
        for part in in_parts([to_uid(id_) for id_ in ids]):
            query = (
                "SELECT t.uid, t.kind, a.uid FROM annotation t JOIN article a ON a.n = t.article "
                f"WHERE t.uid IN ({','.join('?' * len(part))})"
            )
            found.update((to_id(uid), (names[kind], to_id(of))) for uid, kind, of in self._db.execute(query, part))
        return found

    def terms(self) -> dict[tuple[str, str], Id]:
        """Return the id of every term by its list and key."""
        rows = self._db.execute("SELECT list, key, uid FROM term")
        return {(list_, key): to_id(uid) for list_, key, uid in rows}

    def foreign(self, format_: str, file_sha: str) -> set[str]:
        """Return the foreign ids taken from a file already."""
        query = "SELECT id FROM foreign_id WHERE format = ? AND file_sha = ?"
        return {id_ for (id_,) in self._db.execute(query, [format_, file_sha])}

    def has_file(self, sha256: str) -> bool:
        """Say whether bytes are kept here."""
        return self._db.execute("SELECT 1 FROM blob WHERE sha256 = ?", [sha256]).fetchone() is not None

    def has_evidence(self, claim: Id, evidence: Id) -> bool:
        """Say whether a piece of evidence stands with a claim already."""
        query = (
            "SELECT 1 FROM claim_evidence c JOIN annotation a ON a.n = c.claim JOIN evidence e ON e.n = c.evidence "
            "WHERE a.uid = ? AND e.uid = ?"
        )
        return self._db.execute(query, [to_uid(claim), to_uid(evidence)]).fetchone() is not None

    def version_text(self, version: Id) -> tuple[Id, str] | None:
        """Return the article and the text of a version, or None where it is not there."""
        query = (
            "SELECT a.uid, x.text FROM article_version v JOIN article a ON a.n = v.article JOIN text x ON x.n = v.text "
            "WHERE v.uid = ?"
        )
        row = self._db.execute(query, [to_uid(version)]).fetchone()
        return None if row is None else (to_id(row[0]), row[1])

    def article_of_source(self, source: Id) -> Id | None:
        """Return the article a source belongs to, or None where it is not there."""
        query = "SELECT a.uid FROM source s JOIN article a ON a.n = s.article WHERE s.uid = ?"
        row = self._db.execute(query, [to_uid(source)]).fetchone()
        return None if row is None else to_id(row[0])

    def merged(self, ids: Iterable[Id]) -> set[Id]:
        """Return those of these ids that were merged away here."""
        found: set[Id] = set()
        for part in in_parts([to_uid(id_) for id_ in ids]):
            query = f"SELECT uid FROM old_uid WHERE uid IN ({','.join('?' * len(part))})"
            found.update(to_id(uid) for (uid,) in self._db.execute(query, part))
        return found

    def is_blank(self) -> bool:
        """Say whether nothing was done in this project yet: it holds a coder and a layer, as it was made."""
        full = any(
            self._db.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone()
            for table in ("article", "entity", "term", "evidence", "ledger", "finding_answer")
        )
        return not full and all(
            self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= 1 for table in ("coder", "layer")
        )

    # -- in

    def clear_blank(self) -> None:
        """Remove the coder and the layer a project was made with: those of the rows to come take their place."""
        self._db.execute("DELETE FROM layer")
        self._db.execute("DELETE FROM coder")

    def put_settings(self, settings: Mapping[str, str]) -> None:
        """Write settings of the project, as part of an action but outside its history."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", settings.items())

    def add(self, lists: Lists) -> None:
        """Write rows that are not there yet, checked before; what they refer to is among them, or there already."""
        self._db.execute("PRAGMA defer_foreign_keys = ON")
        adding = Adding(self._db, self._keep_text)
        for list_ in FIELDS:
            rows = lists.get(list_)
            if rows:
                adding.add(list_, rows)
        adding.finish()


def _put_words(found: Lists) -> None:
    """Put the words of each segment beside its offsets."""
    text_of = {row["id"]: row["text"] for row in found["versions"]}
    for row in (row for list_ in MARK_LISTS for row in found[list_]):
        for place in row["places"]:
            text = text_of[place["version"]]
            for segment in place["segments"]:
                segment.append(text[segment[0] : segment[1]])


def _forget_left_out(found: Lists) -> None:
    """Let rows of one article lead to nothing that is not among them."""
    ledger = {row["id"] for row in found["ledger"]}
    marks = {row["id"] for list_ in MARK_LISTS for row in found[list_]}
    coders = {row["id"] for row in found["coders"]}
    entities = {row["id"] for row in found["entities"]}
    for row in found["claims"]:
        if row["ledger"] not in ledger:
            row["ledger"] = None
    for row in (row for list_ in MARK_LISTS for row in found[list_]):
        row["derived_from"] = [id_ for id_ in row["derived_from"] if id_ in marks]
    for list_, known in (("coders", coders), ("entities", entities)):
        for row in found[list_]:
            if row["merged_into"] not in known:
                row["merged_into"] = None


def _turns(fields: Sequence[Field]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Return, by their places, what turns stored values that are not as they leave."""
    turns: dict[str, Callable[[Any], Any]] = {
        "id": to_id,
        "ref": to_id,
        "flag": bool,
        "words": str.split,
        "base64": lambda value: b64encode(value).decode("ascii"),
    }
    return [(at, turns[f.kind]) for at, f in enumerate(fields) if f.kind in turns]


def _first(row: Sequence[Any]) -> Any:
    return row[0]


def _first_id(row: Sequence[Any]) -> Id:
    return to_id(row[0])


def _grouped(rows: Iterable[Sequence[Any]], turn: Callable[[Sequence[Any]], Any]) -> dict[int, list[Any]]:
    """Return what rows hold behind their first column, by that column; rows stand in its order."""
    return {n: [turn(row[1:]) for row in part] for n, part in groupby(rows, itemgetter(0))}
