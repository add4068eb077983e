"""What an action touched, read from the history it left: the one notice views are told."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from annotator.model import Id
from annotator.storage.history import RowChange

_MARK_TABLES = frozenset({"segment", "anchoring", "annotation_tag", "claim", "mention", "source_mention", "derived"})
"""Tables whose rows are part of an annotation, by their column of that name."""
_PROJECT_TABLES = ("term", "coder", "layer")
_AT_ONCE = 500
"""So many rows are looked up by one query."""


@dataclass(frozen=True)
class Changes:
    """One notice per action: the ids of each kind of thing that was made, changed or removed.

    ``marks`` are annotations, ``mentions`` those of them of which only the fields of a mention changed (the register's entry it
    names, role, form), ``links`` attributions and relations, ``registers`` sources and entities, ``sentences`` what
    persons said of sentences, ``verification`` claims whose checking or evidence changed, ``answers`` those to findings,
    ``ledger`` its entries; ``touched_articles`` every article any of them belongs to, or that has a relation to one of them:
    what stands behind one claim counts for the other; ``code_book`` is true where terms,
    coders or layers changed, ``rules`` where a project's switches of the house rules are among them. Of the articles, ``texts``
    are those that came, went, or whose text, blocks or language changed, and ``recounted`` those with another coverage.
    """

    step: str
    articles: frozenset[Id] = frozenset()
    marks: frozenset[Id] = frozenset()
    mentions: frozenset[Id] = frozenset()
    links: frozenset[Id] = frozenset()
    registers: frozenset[Id] = frozenset()
    sentences: frozenset[Id] = frozenset()
    verification: frozenset[Id] = frozenset()
    answers: frozenset[Id] = frozenset()
    ledger: frozenset[Id] = frozenset()
    touched_articles: frozenset[Id] = frozenset()
    texts: frozenset[Id] = frozenset()
    recounted: frozenset[Id] = frozenset()
    code_book: bool = False
    rules: bool = False
    undone: bool = False
    initiator: object | None = None


class Telling:
    """Turns the recorded row changes of one step into a Changes notice."""

    def __init__(self, db: sqlite3.Connection, changes: Iterable[RowChange]) -> None:
        self._db = db
        self._were: dict[str, dict[object, list[dict[str, object]]]] = defaultdict(_lists)
        self._keys: dict[str, set[object]] = defaultdict(set)
        self._texts: set[object] = set()
        self._new_articles: set[object] = set()
        self._mentions: set[object] = set()
        others: set[object] = set()
        for change in changes:
            row = change.row
            key = row[_owner_column(change.kind, row)]
            self._keys[_owner(change.kind)].add(key)
            if change.kind in _MARK_TABLES or change.kind == "annotation":
                only_fields = change.op == "U" and change.kind in ("source_mention", "mention")
                (self._mentions if only_fields else others).add(key)
            if change.kind in ("block", "article_version"):
                self._texts.add(key)
            if change.kind == "article" and (change.op != "U" or self._speaks_otherwise(row)):
                self._new_articles.add(key)
            if change.op != "I" and "n" in row:
                self._were[change.kind][row["n"]].append(row)
        self._mentions -= others
        self._touched: set[object] | None = None

    def _speaks_otherwise(self, row: dict[str, object]) -> bool:
        """Say whether an article's language is another one now: its sentences are found by it."""
        now = self._db.execute("SELECT language FROM main.article WHERE n = ?", [row["n"]]).fetchone()
        return now is None or now[0] != row["language"]

    def notice(self, step: str, *, undone: bool, initiator: object | None) -> Changes:
        """Return the notice."""
        ids = {table: frozenset(self._uids(table, keys)) for table, keys in self._keys.items()}
        texts = self._new_articles | self._values("article_version", "article", self._texts)
        spoken_of = self._values(
            "article_version", "article", self._values("sentence_mark", "version", self._keys["sentence_mark"])
        )
        marked = self._values("annotation", "article", self._keys["annotation"] - self._mentions)
        return Changes(
            step=step,
            articles=ids.get("article", frozenset())
            | frozenset(self._uids("article", self._values("article_version", "article", self._texts)))
            | self._tagged_articles(),
            texts=frozenset(self._uids("article", texts)),
            recounted=frozenset(self._uids("article", texts | spoken_of | marked)),
            marks=ids.get("annotation", frozenset()) | self._tagged(),
            mentions=frozenset(self._uids("annotation", self._mentions)) if self._mentions else frozenset(),
            links=ids.get("attribution", frozenset()) | ids.get("relation", frozenset()),
            registers=ids.get("source", frozenset()) | ids.get("entity", frozenset()),
            sentences=ids.get("sentence_mark", frozenset()),
            verification=frozenset(self._uids("annotation", self._checked_claims())),
            touched_articles=frozenset(self._uids("article", self._articles() | self._related())),
            code_book=any(self._keys.get(t) for t in _PROJECT_TABLES),
            rules="house_rule" in self._values("term", "list", self._keys["term"]),
            answers=ids.get("finding_answer", frozenset()),
            ledger=ids.get("ledger", frozenset()),
            undone=undone,
            initiator=initiator,
        )

    def article(self) -> int | None:
        """Return the key of an article the step touched, to go there on undo; None where it touched none."""
        found = sorted(k for k in self._articles() if isinstance(k, int))
        return found[0] if found else None

    def _articles(self) -> set[object]:
        if self._touched is None:
            self._touched = self._touched_articles()
        return self._touched

    def _touched_articles(self) -> set[object]:
        found = set(self._keys["article"])
        found |= self._values("annotation", "article", self._keys["annotation"])
        for term in self._keys["term"]:
            query = "SELECT DISTINCT a.article FROM annotation_tag g JOIN annotation a ON a.n = g.annotation WHERE g.term = ?"
            found.update(row[0] for row in self._db.execute(query, [term]))
            found.update(row[0] for row in self._db.execute("SELECT article FROM article_tag WHERE term = ?", [term]))
        found |= self._values("source", "article", self._keys["source"])
        versions = self._keys["article_version"] | self._values("sentence_mark", "version", self._keys["sentence_mark"])
        found |= self._values("article_version", "article", versions)
        claims = self._values("attribution", "claim", self._keys["attribution"]) | self._checked_claims()
        for end in ("from_claim", "to_claim"):
            claims |= self._values("relation", end, self._keys["relation"])
        claims |= self._holders("claim", "annotation", "ledger")
        found |= self._values("annotation", "article", claims)
        found |= self._values("finding_answer", "article", self._keys["finding_answer"])
        for key in self._keys["entity"]:
            found.update(
                r[0]
                for r in self._db.execute(
                    "SELECT DISTINCT a.article FROM mention m JOIN annotation a ON a.n = m.annotation WHERE m.entity = ? "
                    "UNION SELECT article FROM source WHERE entity = ?",
                    [key, key],
                )
            )
        return found - {None}

    def _related(self) -> set[object]:
        """Return the articles of claims that have a relation to one that changed, or of which who stands behind it did."""
        if self._db.execute("SELECT 1 FROM main.relation LIMIT 1").fetchone() is None:
            return set()
        links, through = set(self._keys["attribution"]), set(self._keys["attribution"])
        while through:  # who is known through another changes with it
            through = self._column("attribution", "n", "via", through) - links
            links |= through
        claims = self._keys["annotation"] | self._values("attribution", "claim", links)
        claims |= self._column("attribution", "claim", "source", self._keys["source"])
        ends = self._column("relation", "to_claim", "from_claim", claims)
        ends |= self._column("relation", "from_claim", "to_claim", claims)
        return self._values("annotation", "article", ends)

    def _column(self, table: str, column: str, of: str, keys: Iterable[object]) -> set[object]:
        """Return a column of the rows of a table in which another holds one of these keys."""
        wanted, found = list(keys), set[object]()
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            query = f'SELECT DISTINCT "{column}" FROM main."{table}" WHERE "{of}" IN ({",".join("?" * len(part))})'
            found.update(row[0] for row in self._db.execute(query, part))
        return found

    def _tagged(self) -> frozenset[Id]:
        """Return the annotations with a tag whose term changed: they read differently now."""
        query = "SELECT a.uid FROM annotation_tag g JOIN annotation a ON a.n = g.annotation WHERE g.term = ?"
        return frozenset(to_id(uid) for term in self._keys["term"] for (uid,) in self._db.execute(query, [term]))

    def _tagged_articles(self) -> frozenset[Id]:
        """Return the same of articles."""
        query = "SELECT a.uid FROM article_tag g JOIN article a ON a.n = g.article WHERE g.term = ?"
        return frozenset(to_id(uid) for term in self._keys["term"] for (uid,) in self._db.execute(query, [term]))

    def _checked_claims(self) -> set[object]:
        return (
            self._values("verification_event", "claim", self._keys["verification_event"])
            | self._values("claim_evidence", "claim", self._keys["claim_evidence"])
            | self._holders("claim_evidence", "claim", "evidence")
        )

    def _holders(self, table: str, column: str, changed: str) -> set[object]:
        """Return a column of the rows of a table that lead to a changed row of another, in the column of its name."""
        query = f'SELECT "{column}" FROM main."{table}" WHERE "{changed}" = ?'
        return {row[0] for key in self._keys[changed] for row in self._db.execute(query, [key])}

    def _values(self, table: str, column: str, keys: Iterable[object]) -> set[object]:
        """Return a column of rows by key, from the file and, as they were, from the history."""
        wanted = list(keys)
        there: dict[object, object] = {}
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            query = f'SELECT n, "{column}" FROM main."{table}" WHERE n IN ({",".join("?" * len(part))})'
            there.update(self._db.execute(query, part))
        # Over several steps a key may have been another row's before.
        were = (row[column] for key in wanted for row in self._were[table].get(key, ()))
        return {*there.values(), *were}

    def _uids(self, table: str, keys: Iterable[object]) -> set[Id]:
        if table not in (
            "article",
            "annotation",
            "attribution",
            "relation",
            "source",
            "entity",
            "sentence_mark",
            "finding_answer",
            "ledger",
        ):
            return set()
        return {to_id(v) for v in self._values(table, "uid", keys) if isinstance(v, bytes)}


def _lists() -> dict[object, list[dict[str, object]]]:
    return defaultdict(list)


def _owner(table: str) -> str:
    if table in _MARK_TABLES:
        return "annotation"
    if table == "block":
        return "article_version"
    if table == "article_tag":
        return "article"
    if table in ("entity_alias", "source_alias"):
        return table.removesuffix("_alias")
    return table


def _owner_column(table: str, row: dict[str, object]) -> str:
    owner = _owner(table)
    if owner == table:
        return "n" if "n" in row else next(iter(row))
    return {"article_version": "version"}.get(owner, owner)


@lru_cache(maxsize=4096)
def to_id(uid: bytes) -> Id:
    """Return a stored 16-byte id as UUID text; kept for a while, as every mark names the same article, layer and coder."""
    h = uid.hex()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def to_uid(id_: Id) -> bytes:
    """Return UUID text as the 16 bytes that are stored."""
    uid = bytes.fromhex(id_.replace("-", ""))
    if len(uid) != 16:
        raise ValueError(f"{id_} is not a UUID")
    return uid
