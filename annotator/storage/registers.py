"""Register entries that become one: what names them moves in one statement each, whatever there is of it."""

from __future__ import annotations

import sqlite3

from annotator.model import Entity, Id, Source
from annotator.storage.changes import to_id, to_uid
from annotator.storage.records import Records

_MENTIONS = {"source": "source_mention", "entity": "mention"}
"""By register, the table whose rows name its entries."""
_LONGEST_INITIALS = 6


class Registers:
    """Rows of the registers and of what names their entries. Writing needs an open transaction."""

    def __init__(self, db: sqlite3.Connection, records: Records) -> None:
        self._db = db
        self._records = records

    def move_mentions(self, gone: Source | Entity, to: Id, only: list[Id] | None = None) -> None:
        """Let every mention of an entry (or ``only`` these) name another one.

        The marks themselves stay as they were, the time of their last change included: it is the register that changed.
        """
        register = "source" if isinstance(gone, Source) else "entity"
        table = _MENTIONS[register]
        keys = [self._records.required(register, gone.id), self._records.required(register, to)]
        if only is None:
            self._db.execute(f'UPDATE "{table}" SET "{register}" = ?2 WHERE "{register}" = ?1', keys)
            return
        self._db.executemany(
            f'UPDATE "{table}" SET "{register}" = ?3 WHERE annotation = ?1 AND "{register}" = ?2',
            [(self._records.required("annotation", mention), *keys) for mention in only],
        )

    def move_links(self, gone: Id, to: Id) -> list[tuple[Id, Id]]:
        """Let the attributions to a source lead to another one, but those of claims both stand behind.

        Returns these, as pairs of ids: the attribution to the source that is to go, the one to the other.
        """
        keys = [self._records.required("source", gone), self._records.required("source", to)]
        twice = self._db.execute(
            "SELECT a.uid, b.uid FROM attribution a JOIN attribution b ON b.claim = a.claim AND b.source = ?2 "
            "WHERE a.source = ?1 ORDER BY a.n",
            keys,
        ).fetchall()
        self._db.execute(
            "UPDATE attribution SET source = ?2 WHERE source = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM attribution b WHERE b.claim = attribution.claim AND b.source = ?2)",
            keys,
        )
        return [(to_id(a), to_id(b)) for a, b in twice]

    def move_entity(self, gone: Id, to: Id) -> None:
        """Let the sources that are an entity be another one."""
        keys = [self._records.required("entity", gone), self._records.required("entity", to)]
        self._db.execute("UPDATE source SET entity = ?2 WHERE entity = ?1", keys)

    def remember(self, gone: Id, now: Id) -> None:
        """Let an id that was given to others lead to the entry that stayed."""
        self._db.execute("INSERT OR REPLACE INTO old_uid VALUES (?, ?)", [to_uid(gone), to_uid(now)])

    def names_with(self, words: list[str]) -> list[Id]:
        """Return the entities whose name or alias holds one of these words, or has its letters as initials; oldest first."""
        found: dict[int, bytes] = {}
        for word in words:
            plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            likes = [f"%{plain}%"]
            if 1 < len(word) <= _LONGEST_INITIALS and word.isalnum():
                likes.append("".join(f"{letter}% " for letter in word).rstrip())
            for like in likes:
                query = (
                    "SELECT n, uid FROM entity WHERE name LIKE ?1 ESCAPE '\\' UNION "
                    "SELECT e.n, e.uid FROM entity_alias a JOIN entity e ON e.n = a.entity WHERE a.name LIKE ?1 ESCAPE '\\'"
                )
                found.update(self._db.execute(query, [like]).fetchall())
        return [to_id(found[n]) for n in sorted(found)]
