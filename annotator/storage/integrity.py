"""``check``: every promise of the file looked at, one line per fault; nothing is written."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from annotator import text as texts
from annotator.language import tr
from annotator.model import Segment
from annotator.model.values import NO_VERDICT_TYPES
from annotator.storage.changes import to_id
from annotator.storage.schema import APPLICATION_ID, LATEST, SEARCHED


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the check that found it, the id of what it is about, and a sentence."""

    check: str
    id: str | None
    text: str


def check(db: sqlite3.Connection, expected: frozenset[tuple[str, str, str, str | None]]) -> list[Fault]:
    """Run every check and return the faults found."""
    faults: list[Fault] = []
    for name, look in (
        ("integrity_check", _sqlite(db)),
        ("schema", _schema(db, expected)),
        ("search index", _search(db)),
        ("text", _texts(db)),
        ("segment", _segments(db)),
        ("via", _attributions(db)),
        ("verdict", _verdicts(db)),
        ("ledger", _ledger(db)),
    ):
        try:
            for fault in look:
                faults.append(fault)
        except sqlite3.Error as error:
            faults.append(
                Fault(name, None, tr("This could not be looked at to its end: {error}.", error=str(error)[:200]))
            )
    return faults


def _sqlite(db: sqlite3.Connection) -> Iterator[Fault]:
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Fault("integrity_check", None, line)
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Fault(
            "foreign_key_check",
            None,
            tr(
                "Row {row} of {table} leads to a row of {parent} that is not there.",
                row=row,
                table=table,
                parent=parent,
            ),
        )


def _schema(db: sqlite3.Connection, expected: frozenset[tuple[str, str, str, str | None]]) -> Iterator[Fault]:
    for name, wanted in (("application_id", APPLICATION_ID), ("user_version", LATEST)):
        found = db.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            yield Fault(
                name, None, tr("The file’s {name} is {found}, not {wanted}.", name=name, found=found, wanted=wanted)
            )
    found = frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())
    for kind, name, *_ in sorted(found ^ expected, key=str):
        said = tr("The {kind} {name} is missing or not as it should be.", kind=kind, name=name)
        yield Fault("schema", None, said if name else tr("The {kind} has no name.", kind=kind))


def _search(db: sqlite3.Connection) -> Iterator[Fault]:
    """Compare each search index with its table, in a copy in memory: FTS5's own check is a write."""
    from annotator.storage.query import is_spread  # only now: the window starts without it

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copied:
        db.backup(copied)
        indexes = [("text", "text_fts"), ("text", "unspaced_fts"), *((t, i) for t, (i, _) in SEARCHED.items())]
        for table, index in indexes:
            try:
                copied.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                yield Fault(
                    "search index",
                    None,
                    tr("The search index of {table} is not in step: {error}.", table=table, error=error),
                )

    wanted = {
        n
        for n, text in db.execute("SELECT n, CAST(text AS BLOB) FROM text")
        if is_spread(text.decode("utf-8", "replace"))
    }
    if wanted != {n for (n,) in db.execute("SELECT id FROM unspaced_fts_docsize")}:
        yield Fault(
            "search index", None, tr("The search index of scripts without spaces is not in step with the texts.")
        )


def _texts(db: sqlite3.Connection) -> Iterator[Fault]:
    # As bytes: a damaged text may be no UTF-8 any more.
    for sha, content in db.execute("SELECT sha256, CAST(text AS BLOB) FROM text"):
        if hashlib.sha256(content).hexdigest() != sha:
            yield Fault("text", sha, tr("A text is not the one that was stored: its SHA-256 differs."))
    for sha, name, content in db.execute("SELECT sha256, name, bytes FROM blob"):
        if hashlib.sha256(content).hexdigest() != sha:
            yield Fault(
                "original",
                sha,
                tr("The original “{name}” is not the one that was stored: its SHA-256 differs.", name=name),
            )


def _segments(db: sqlite3.Connection) -> Iterator[Fault]:
    rows = db.execute(
        'SELECT v.n, a.uid, s.no, s.start, s."end", s.checksum FROM segment s JOIN annotation a ON a.n = s.annotation '
        "JOIN article_version v ON v.n = s.version ORDER BY v.n, a.n, s.no"
    )
    version, text = None, ""
    last: tuple[bytes, int] = (b"", 0)
    for of, uid, _, start, end, checksum in rows:
        if of != version:
            version = of
            query = "SELECT CAST(t.text AS BLOB) FROM article_version v JOIN text t ON t.n = v.text WHERE v.n = ?"
            text = db.execute(query, [of]).fetchone()[0].decode("utf-8", "replace")
            last = (b"", 0)
        segment = Segment(start, end)
        if not 0 <= start < end <= len(text):
            yield Fault(
                "segment", to_id(uid), tr("A segment ({start}, {end}) lies outside its text.", start=start, end=end)
            )
            continue
        if segment.checksum(text) != checksum:
            yield Fault(
                "segment",
                to_id(uid),
                tr("The words at ({start}, {end}) are not those that were marked.", start=start, end=end),
            )
        if not (texts.is_grapheme_boundary(text, start) and texts.is_grapheme_boundary(text, end)):
            yield Fault(
                "segment", to_id(uid), tr("A segment ({start}, {end}) cuts a character in two.", start=start, end=end)
            )
        if last[0] == uid and start < last[1]:
            yield Fault(
                "segment",
                to_id(uid),
                tr("A segment ({start}, {end}) overlaps the one before it.", start=start, end=end),
            )
        last = (uid, end)
    nowhere = (
        "SELECT uid FROM annotation WHERE n NOT IN (SELECT annotation FROM segment) "
        "AND n NOT IN (SELECT annotation FROM anchoring WHERE outcome = 'orphan')"
    )
    for (uid,) in db.execute(nowhere):
        yield Fault("segment", to_id(uid), tr("An annotation has no segment."))


def _attributions(db: sqlite3.Connection) -> Iterator[Fault]:
    outer = dict(db.execute("SELECT n, via FROM attribution WHERE via IS NOT NULL").fetchall())
    uids = dict(db.execute("SELECT n, uid FROM attribution WHERE via IS NOT NULL").fetchall())
    for n in outer:
        seen, at = {n}, outer.get(n)
        while at is not None and at not in seen:
            seen.add(at)
            at = outer.get(at)
        if at is not None:
            yield Fault("via", to_id(uids[n]), tr("An attribution leads back to itself."))


def _verdicts(db: sqlite3.Connection) -> Iterator[Fault]:
    state: dict[int, tuple[bytes, str | None, str | None, str | None, str | None]] = {}
    evidence: dict[int, int] = defaultdict(
        int, db.execute("SELECT claim, count(*) FROM claim_evidence GROUP BY claim").fetchall()
    )
    for claim, uid, verdict, person, why, kind in db.execute(
        "SELECT e.claim, a.uid, e.verdict, e.person, e.why, c.type FROM verification_event e JOIN annotation a ON a.n = e.claim "
        "JOIN claim c ON c.annotation = e.claim ORDER BY e.n"
    ):
        state[claim] = uid, verdict, person, why, kind
    for claim, (uid, verdict, person, why, kind) in state.items():
        if verdict is None:
            continue
        if kind in NO_VERDICT_TYPES:
            yield Fault("verdict", to_id(uid), tr("An opinion or value has a verdict."))
        if not person:
            yield Fault("verdict", to_id(uid), tr("A verdict has no person."))
        if verdict == "none" and not why and not evidence[claim]:
            yield Fault("verdict", to_id(uid), tr("“Not enough evidence” has neither evidence nor a note."))
        if verdict != "none" and not evidence[claim]:
            yield Fault("verdict", to_id(uid), tr("A verdict has no evidence."))


def _ledger(db: sqlite3.Connection) -> Iterator[Fault]:
    lonely = "SELECT uid FROM ledger l WHERE (SELECT count(*) FROM claim c WHERE c.ledger = l.n) < 2"
    for (uid,) in db.execute(lonely):
        yield Fault("ledger", to_id(uid), tr("An entry of the ledger has fewer than two claims."))
