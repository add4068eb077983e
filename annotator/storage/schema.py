"""What a project file of this version looks like: its header, its schema's fingerprint, its recorded tables."""

from __future__ import annotations

import hashlib
import sqlite3

APPLICATION_ID = 0x41_41_4E_4E
"""Bytes 68 to 71 of the file: "AANN"."""

LATEST = 3
"""Number of migrations: the ``user_version`` of a file this program writes."""

FINGERPRINTS = {
    1: "313208dd5e6b36393ecec6572b8f3fc835d68f7302d18260c1712a3e6199e495",
    2: "88dc917b7b735a1d119b2fff333712baa58807d4ac53f9b218e707ada8e4da0e",
    3: "7c7077142e61dd4b45f78ba93d96aec7c6a148f09469fc4021f51e227c088742",
}
"""By version, the SHA-256 of what sqlite_master holds after so many migrations; a test makes them anew and compares."""

FINGERPRINT = FINGERPRINTS[LATEST]


def fingerprint(db: sqlite3.Connection) -> str:
    """Return the SHA-256 of a file's whole schema, order aside."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return hashlib.sha256("\n".join(sorted(repr(row) for row in rows)).encode()).hexdigest()


RECORDED = (
    "coder", "layer", "article", "article_version", "block", "sentence_mark", "annotation", "segment", "anchoring",
    "ledger", "claim", "entity", "entity_alias", "mention", "source", "source_alias", "source_mention",
    "attribution", "relation", "verification_event", "evidence", "claim_evidence", "finding_answer", "term",
    "annotation_tag", "derived", "old_uid", "foreign_id", "article_tag",
)  # fmt: skip
"""Tables whose changes are recorded for undo. Texts and originals are append-only and outside; so are
settings, and the counts of sentences, which are counted again after an undo."""

COME_WITH_ANOTHER = frozenset({"block"})
"""Tables of which no insertion is recorded: their rows are made with a row they belong to, and go with it."""

SEARCHED = {"article": ("article_fts", ("title", "publication", "byline")), "annotation": ("note_fts", ("note",)),
            "claim": ("claim_fts", ("short_text",)), "source": ("source_fts", ("label", "role", "affiliation")),
            "entity": ("entity_fts", ("name",))}  # fmt: skip
"""Tables kept in step with a full-text index, with its name and columns; ``text_fts`` follows ``text`` by hand, and so does
``unspaced_fts``, in which texts with scripts without spaces are found by their single characters."""
