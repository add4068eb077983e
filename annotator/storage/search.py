"""Search as one types: words in texts, titles, claims, notes, names and tags, ranked, each hit with its place."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from annotator.model import Id
from annotator.storage.changes import to_id
from annotator.storage.library import Hit
from annotator.storage.query import Query, excerpt, parsed
from annotator.storage.records import Records

MOST = 50
"""Hits of each kind."""
LOCATING_SECONDS = 0.2
"""Beyond that, of further texts only the beginning is looked through for the place: one types on meanwhile."""
BEGINNING = 20_000
_TEXTS_AT_ONCE = 2_000_000
"""Code points of texts handed on in one part."""


@dataclass(frozen=True)
class _Kind:
    """A kind of hit: the index and table of its words, the way to its article, and what stands for it: words, mark, entry."""

    where: str
    index: str
    table: str
    key: str
    joins: str
    words: str
    columns: tuple[str, ...]
    """Where its words stand, for scripts the index cannot look into."""
    mark: str = "NULL"
    entry: str = "NULL"
    only: str = "1"

    def query(self, found: str, condition: str, order: str, words: str | None = None) -> str:
        """Return a query for its rows: article, title, archived, the article's key, words, mark, entry, key."""
        return (
            f"SELECT a.uid, a.title, a.archived, a.n, {words or self.words}, {self.mark}, {self.entry}, {self.key} "
            f"FROM {found}{self.table} {self.joins} WHERE {condition} AND {self.only} {order} LIMIT {MOST}"
        )


_KINDS = {
    kind.where: kind
    for kind in (
        _Kind("title", "article_fts", "article AS a", "a.n", "",
              "a.title || coalesce(' · ' || a.publication, '') || coalesce(' · ' || a.byline, '')",
              ("a.title", "a.publication", "a.byline")),
        _Kind("claim", "claim_fts", "claim AS c", "c.annotation", "JOIN annotation m ON m.n = c.annotation JOIN article a ON a.n = m.article",
              "c.short_text", ("c.short_text",), mark="m.uid"),
        _Kind("note", "note_fts", "annotation AS m", "m.n", "JOIN article a ON a.n = m.article", "m.note", ("m.note",), mark="m.uid"),
        _Kind("source", "source_fts", "source AS s", "s.n", "JOIN article a ON a.n = s.article",
              "s.label || coalesce(' · ' || s.role, '') || coalesce(' · ' || s.affiliation, '')",
              ("s.label", "s.role", "s.affiliation"), entry="s.uid",
              only="coalesce(s.kind, '') NOT IN ('author', 'publication', 'unstated')"),
        _Kind("entity", "entity_fts", "entity AS e", "e.n",
              "JOIN article a ON a.n IN (SELECT m.article FROM mention x JOIN annotation m ON m.n = x.annotation WHERE x.entity = e.n)",
              "e.name", ("e.name",), entry="e.uid"),
    )
}  # fmt: skip
_ALIASED = {"source": "s.label || ' · ' || ?2", "entity": "e.name || ' · ' || ?2"}


class Search:
    """Looks through one connection; whoever interrupts it gets what was found so far."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def within(self, articles: Collection[Id] | None) -> str | None:
        """Return what to look in: the keys of articles as a JSON array; None for all of them."""
        if articles is None:
            return None
        return json.dumps(Records(self._db).keys("article", articles))

    def find(self, typed: str, within: str | None = None) -> list[Hit]:
        """Return the hits, ``MOST`` of each kind. Any text is a query."""
        query = parsed(typed)
        if query is None:
            return []
        hits = self._indexed(_KINDS["title"], query, within) + self._texts(query, within)
        for where, kind in _KINDS.items():
            if where != "title":
                found = self._indexed(kind, query, within)
                hits += self._aliased(kind, query, within, found) if where in _ALIASED else found
        return hits + self._tags(query, within)

    # -- texts

    def _texts(self, query: Query, within: str | None) -> list[Hit]:
        indexes = ["unspaced_fts"] if query.unspaced else ["text_fts"]
        if not query.unspaced and self._db.execute("SELECT 1 FROM unspaced_fts_docsize LIMIT 1").fetchone():
            indexes.append("unspaced_fts")  # a word that stands inside a run of such a script
        found: dict[int, tuple[Any, ...]] = {}
        for index in indexes:
            rows = self._db.execute(
                f"SELECT a.n, v.text, a.uid, a.title, a.archived FROM {index} f JOIN article_version v ON v.text = f.rowid AND v.current "
                f"JOIN article a ON a.n = v.article WHERE {index} MATCH ?{_scope(within)} ORDER BY rank LIMIT {MOST}",
                [query.match(), *_given(within)],
            )
            for row in rows.fetchall():
                found.setdefault(row[0], row)
        return list(self._located(query, list(found.values())[:MOST]))

    def _located(self, query: Query, rows: Iterable[tuple[Any, ...]]) -> Iterator[Hit]:
        start = time.monotonic()
        for _, n, uid, title, archived in rows:
            late = time.monotonic() - start > LOCATING_SECONDS
            column = f"substr(text, 1, {BEGINNING})" if late else "text"
            row = self._db.execute(f"SELECT {column} FROM text WHERE n = ?", [n]).fetchone()
            text = row[0] if row else ""  # nothing is locked from one read to the next: it may be gone by now
            places = query.places(text)
            if not row or (not places and not late and query.unspaced):
                continue  # its characters stand there, but not in this order
            at, end = places[query.best(text, places)] if places else (None, None)
            snippet, inside = excerpt(text, places, at or 0)
            yield Hit(to_id(uid), title, snippet, "text", at, end, inside, tuple(places), archived=bool(archived))

    def placed(self, hit: Hit, typed: str, text: str) -> Hit:
        """Return a hit in a text with its place, which a search in a hurry may have left out."""
        query = parsed(typed)
        places = query.places(text) if query is not None else []
        if query is None or not places:
            return hit
        start, end = places[query.best(text, places)]
        snippet, found = excerpt(text, places, start)
        return replace(hit, snippet=snippet, start=start, end=end, found=found, places=tuple(places))

    # -- the other kinds

    def _indexed(self, kind: _Kind, query: Query, within: str | None) -> list[Hit]:
        if query.unspaced:
            condition, values = _holds(query, kind.columns)
            asked = kind.query("", condition + _scope(within), f"ORDER BY {kind.key}")
        else:
            found, values = f"{kind.index} f CROSS JOIN ", [query.match()]
            condition = f"{kind.index} MATCH ? AND {kind.key} = f.rowid"
            asked = kind.query(found, condition + _scope(within), "ORDER BY rank")
        rows = self._db.execute(asked, [*values, *_given(within)]).fetchall()
        return self._with_places(kind.where, query, rows)

    def _with_places(self, where: str, query: Query, rows: Iterable[tuple[Any, ...]]) -> list[Hit]:
        hits: list[Hit] = []
        for uid, title, archived, article, words, mark, entry, key in rows:
            places = query.places(words)
            snippet, inside = excerpt(words, places, places[0][0] if places else 0)
            start, end = self._place(where, article, key)
            hits.append(
                Hit(to_id(uid), title, snippet, where, start, end, inside, mark=to_id(mark) if mark else None,
                    entry=to_id(entry) if entry else None, archived=bool(archived))
            )  # fmt: skip
        return hits

    def _place(self, where: str, article: int, key: int) -> tuple[int | None, int | None]:
        """Return where to go for a mark, or for the first mention of an entry in an article."""
        if where in ("title", "article_tag"):
            return None, None
        marks = {"source": "(SELECT annotation FROM source_mention WHERE source = ?1)",
                 "entity": "(SELECT annotation FROM mention WHERE entity = ?1)"}.get(where, "(?1)")  # fmt: skip
        row = self._db.execute(
            'SELECT s.start, s."end" FROM annotation m CROSS JOIN segment s ON s.annotation = m.n '
            "JOIN article_version v ON v.n = s.version AND v.current "
            f"WHERE m.n IN {marks} AND m.article = ?2 ORDER BY s.start LIMIT 1",
            [key, article],
        ).fetchone()
        return row or (None, None)

    def _aliased(self, kind: _Kind, query: Query, within: str | None, there: list[Hit]) -> list[Hit]:
        """Add the entries of a register that have another name that fits."""
        where = kind.where
        known = {(hit.article, hit.entry) for hit in there}
        found = list(there)
        for n, name in self._db.execute(f"SELECT {where}, name FROM {where}_alias").fetchall():
            if len(found) >= MOST:
                break
            if query.fits(name):
                asked = kind.query("", f"{kind.key} = ?1{_scope(within, 3)}", "", _ALIASED[where])
                rows = self._db.execute(asked, [n, name, *_given(within)]).fetchall()
                found += [h for h in self._with_places(where, query, rows) if (h.article, h.entry) not in known]
        return found[:MOST]

    def _tags(self, query: Query, within: str | None) -> list[Hit]:
        terms = self._db.execute(
            "SELECT n, label, list FROM term WHERE list IN ('tag', 'article_tag') ORDER BY list DESC, key"
        ).fetchall()
        hits: list[Hit] = []
        for n, label, list_ in terms:
            if not query.fits(label) or len(hits) >= MOST:
                continue
            tables = "article_tag g JOIN article a ON a.n = g.article"
            columns, order = "NULL, NULL, a.n", "a.n"
            if list_ == "tag":
                tables = "annotation_tag g JOIN annotation m ON m.n = g.annotation JOIN article a ON a.n = m.article"
                columns, order = "m.uid, NULL, m.n", "m.n"
            rows = self._db.execute(
                f"SELECT a.uid, a.title, a.archived, a.n, ?2, {columns} FROM {tables} WHERE g.term = ?1{_scope(within, 3)} "
                f"ORDER BY {order} LIMIT {MOST}",
                [n, label, *_given(within)],
            ).fetchall()
            found = self._with_places("tag" if list_ == "tag" else "article_tag", query, rows)
            hits += [replace(hit, where="tag") for hit in found]
        return hits[:MOST]

    # -- texts for a pattern

    def count(self, within: str | None = None) -> int:
        """Return how many articles would be looked through."""
        return int(
            self._db.execute(f"SELECT count(*) FROM article a WHERE 1{_scope(within)}", _given(within)).fetchone()[0]
        )

    def parts(self, within: str | None = None) -> Iterator[list[tuple[Id, str, bool, str]]]:
        """Yield every article's id, title, whether it is archived, and text, in the order they were added, in parts."""
        rows = self._db.execute(
            "SELECT a.uid, a.title, a.archived, v.text, v.code_points FROM article a JOIN article_version v ON v.article = a.n "
            f"AND v.current WHERE 1{_scope(within)} ORDER BY a.n",
            _given(within),
        ).fetchall()
        part: list[tuple[Id, str, bool, str]] = []
        size = 0
        for uid, title, archived, n, length in rows:
            found = self._db.execute("SELECT text FROM text WHERE n = ?", [n]).fetchone()
            if found is None:
                continue  # taken away meanwhile
            part.append((to_id(uid), title, bool(archived), found[0]))
            size += length
            if size >= _TEXTS_AT_ONCE:
                yield part
                part, size = [], 0
        if part:
            yield part


def _scope(within: str | None, number: int | None = None) -> str:
    given = "?" if number is None else f"?{number}"
    return "" if within is None else f" AND a.n IN (SELECT value FROM json_each({given}))"


def _given(within: str | None) -> list[str]:
    return [] if within is None else [within]


def _holds(query: Query, columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return a condition for every term standing in some of these columns as it was typed, and its values."""
    likes = " OR ".join(f"({column} IS NOT NULL AND {column} LIKE ?)" for column in columns)
    conditions = [f"({likes})"] * len(query.wanted) + [f"NOT ({likes})"] * len(query.unwanted)
    terms = (*query.wanted, *query.unwanted)  # letters, digits and spaces: nothing LIKE takes for a sign
    return " AND ".join(conditions), [f"%{term.raw}%" for term in terms for _ in columns]
