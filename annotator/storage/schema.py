"""What a project file of this version looks like: its header, its schema's fingerprint, its recorded tables."""

from __future__ import annotations

import hashlib
import sqlite3

APPLICATION_ID = 0x41_41_4E_4E
"""Bytes 68 to 71 of the file: "AANN"."""

LATEST = 1
"""Number of migrations: the ``user_version`` of a file this program writes."""

FINGERPRINT = "313208dd5e6b36393ecec6572b8f3fc835d68f7302d18260c1712a3e6199e495"
"""SHA-256 of what sqlite_master holds after all migrations; a test makes them anew and compares."""


def fingerprint(db: sqlite3.Connection) -> str:
    """Return the SHA-256 of a file's whole schema, order aside."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return hashlib.sha256("\n".join(sorted(repr(row) for row in rows)).encode()).hexdigest()


RECORDED = (
    "coder", "layer", "article", "article_version", "block", "sentence_mark", "annotation", "segment", "anchoring",
    "ledger", "claim", "entity", "entity_alias", "mention", "source", "source_alias", "source_mention",
    "attribution", "relation", "verification_event", "evidence", "claim_evidence", "finding_answer", "term",
    "annotation_tag", "derived", "old_uid", "foreign_id",
)  # fmt: skip
"""Tables whose changes are recorded for undo. Texts and originals are append-only and outside; so are
settings, and the counts of sentences, which are counted again after an undo."""

SEARCHED = {"article": ("article_fts", ("title", "publication", "byline")), "annotation": ("note_fts", ("note",)),
            "claim": ("claim_fts", ("short_text",))}  # fmt: skip
"""Tables kept in step with a full-text index, with its name and columns; ``text_fts`` follows ``text`` by hand."""
