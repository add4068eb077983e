"""The code book's rows: how often a term is used, and changing it wherever it is used in one statement each."""

from __future__ import annotations

import sqlite3

from annotator.model import Id
from annotator.storage.changes import to_uid

_KEPT_IN = {
    "entity_kind": ("entity", "kind"),
    "affiliation": ("source", "affiliation"),
    "side": ("source", "side"),
    "load": ("attribution", "load"),
    "claim_type": ("claim", "type"),
    "claim_form": ("claim", "form"),
    "naming": ("source", "naming"),
    "proximity": ("source", "proximity"),
    "ground_rules": ("source", "ground_rules"),
}
"""Table and column that hold what was coded with a list: its keys, or its words."""

_TAGGED = {"tag": "annotation", "article_tag": "article"}
"""What has the tags of a list."""


class Terms:
    """Rows that hold what was coded with the code book's lists. Writing needs an open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def in_use(self, list_: str) -> dict[str, int]:
        """Return how often each value of a list is used, by key or words; a list nothing keeps (cue words): none."""
        if list_ in _TAGGED:
            query = f"SELECT t.key, count(*) FROM {_TAGGED[list_]}_tag g JOIN term t ON t.n = g.term GROUP BY t.n"
        elif list_ == "verdict":
            query = (
                "SELECT e.verdict, count(*) FROM verification_event e WHERE e.verdict IS NOT NULL "
                "AND e.n = (SELECT max(n) FROM verification_event l WHERE l.claim = e.claim) GROUP BY e.verdict"
            )
        elif list_ in _KEPT_IN:
            table, column = _KEPT_IN[list_]
            query = f'SELECT "{column}", count(*) FROM "{table}" WHERE "{column}" <> \'\' GROUP BY "{column}"'
        else:
            return {}
        return {str(value): int(n) for value, n in self._db.execute(query)}

    def replace_value(self, list_: str, old: list[str], new: str) -> None:
        """Put a value in the place of others wherever a list is used."""
        table, column = _KEPT_IN[list_]
        marks = ",".join("?" * len(old))
        self._db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" IN ({marks})', [new, *old])

    def merge_tags(self, list_: str, tag: Id, into: Id) -> None:
        """Give every annotation (of the list "article_tag": article) with a tag the other one instead."""
        # A row whose key is changed could not be found again by undo: a new row, and the old one goes.
        source, target, owner = to_uid(tag), to_uid(into), _TAGGED[list_]
        self._db.execute(
            f"INSERT OR IGNORE INTO {owner}_tag SELECT g.{owner}, (SELECT n FROM term WHERE uid = ?) "
            f"FROM {owner}_tag g JOIN term t ON t.n = g.term WHERE t.uid = ?",
            [target, source],
        )
        self._db.execute(f"DELETE FROM {owner}_tag WHERE term = (SELECT n FROM term WHERE uid = ?)", [source])

    def languages(self) -> list[str]:
        """Return the languages of the project's articles, as they were filled in."""
        query = "SELECT DISTINCT language FROM article WHERE language <> '' ORDER BY language"
        return [str(row[0]) for row in self._db.execute(query)]
