"""Claims of all articles at once: found by their words, told apart by where they stand, joined by ledger and evidence."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from annotator.model import Attribution, Evidence, Id, Source, Verification
from annotator.storage.changes import to_id, to_uid
from annotator.storage.records import Records, in_parts

if TYPE_CHECKING:
    from annotator.storage.query import Query

LONGEST_QUOTE = 400
"""Code points of a claim's words that are told; what goes on beyond ends in dots."""
TEXTS = 50
"""So many texts, the best ones, are looked through for claims."""
SOUGHT = 5_000
"""So many pieces of evidence, the newest, are looked through for what was typed."""
FITTING = 200
"""So many of those that fit are counted and sorted."""
SEEKING_SECONDS = 0.3
"""Beyond that no further text is looked through: somebody types on meanwhile."""


@dataclass(frozen=True)
class FoundClaim:
    """An accepted claim of any article and where it stands; ``number`` is its number there, ``quote`` its words."""

    claim: Id
    article: Id
    title: str
    number: int
    quote: str
    short_text: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """Who stands behind a claim in its article: the source's label, what it holds of the matter, how it is introduced."""

    label: str
    stance: str | None
    load: str | None
    accountable: bool


@dataclass(frozen=True)
class LedgerClaim:
    """A claim of a ledger entry: where it stands, who says it there, and what its checking came to."""

    place: FoundClaim
    said: tuple[Said, ...]
    verification: Verification | None


@dataclass(frozen=True)
class EvidenceUse:
    """A piece of evidence with how many claims, in how many articles, it is used for."""

    evidence: Evidence
    claims: int
    articles: int


class Claims:
    """Reads what claims of different articles have to do with each other, through one connection."""

    def __init__(self, db: sqlite3.Connection, records: Records) -> None:
        self._db = db
        self._records = records

    # -- where they stand

    def places(self, ids: Iterable[Id]) -> dict[Id, FoundClaim]:
        """Return, per id of an accepted claim that has a place in its article, where that is, in the order given."""
        wanted = list(dict.fromkeys(ids))
        rows: dict[int, tuple[Any, ...]] = {}
        segments: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for part in in_parts(self._records.keys("annotation", wanted)):
            marks = ",".join("?" * len(part))
            for row in self._db.execute(
                "SELECT a.n, a.uid, a.layer, t.n, t.uid, t.title, c.short_text, v.n, v.text FROM annotation a "
                "JOIN claim c ON c.annotation = a.n JOIN article t ON t.n = a.article "
                "JOIN article_version v ON v.article = t.n AND v.current "
                f"WHERE a.n IN ({marks}) AND a.status = 'accepted'",
                part,
            ):
                rows[row[0]] = row
            for n, start, end in self._db.execute(
                'SELECT s.annotation, s.start, s."end" FROM segment s JOIN article_version v ON v.n = s.version AND v.current '
                f"WHERE s.annotation IN ({marks}) ORDER BY s.annotation, s.no",
                part,
            ):
                segments[n].append((start, end))
        numbers: dict[tuple[int, int], dict[int, int]] = {}
        found: dict[Id, FoundClaim] = {}
        for n, uid, layer, article, article_uid, title, short, version, text in rows.values():
            if not segments[n]:
                continue
            if (article, layer) not in numbers:
                numbers[article, layer] = self._numbers(article, layer, version)
            if n not in numbers[article, layer]:
                continue
            found[to_id(uid)] = FoundClaim(
                to_id(uid), to_id(article_uid), title, numbers[article, layer][n], self._quote(text, segments[n]), short,
                segments[n][0][0], segments[n][-1][1],
            )  # fmt: skip
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def _numbers(self, article: int, layer: int, version: int) -> dict[int, int]:
        """Return the numbers of the claims of an article in a layer, by their keys."""
        rows = self._db.execute(
            "SELECT a.n FROM annotation a CROSS JOIN segment s ON s.annotation = a.n AND s.version = ? "
            "WHERE a.article = ? AND a.layer = ? AND a.kind = 'claim' AND a.status = 'accepted' "
            'GROUP BY a.n ORDER BY min(s.start), max(s."end"), a.uid',
            [version, article, layer],
        )
        return {n: number for number, (n,) in enumerate(rows, 1)}

    def _quote(self, text: int, segments: list[tuple[int, int]]) -> str:
        parts: list[str] = []
        left = LONGEST_QUOTE
        for start, end in segments:
            cut = min(end - start, left)
            row = self._db.execute("SELECT substr(text, ?, ?) FROM text WHERE n = ?", [start + 1, cut, text]).fetchone()
            words = row[0] if row else ""  # beside whoever writes it may be gone by now
            parts.append(" ".join(words.split()) + ("…" if cut < end - start else ""))
            left -= cut
            if left <= 0:
                break
        return " … ".join(parts)

    # -- found by typing

    def find(self, typed: str, layer: Id, most: int, near: Id | None) -> list[FoundClaim]:
        """Return accepted claims of a layer whose words or short wording hold all that was typed, those of ``near`` first.

        A number finds the claim of that number there.
        """
        query, key = _query(typed), self._records.required("layer", layer)
        here = self._records.key("article", near) if near is not None else None
        if query is None:
            return []
        until = time.monotonic() + SEEKING_SECONDS
        numbered = self._numbered(typed, here, key)
        keys = chain(numbered, self._in_texts(query, key, here, until), self._by_short(query, key, here))
        chosen = list(islice(dict.fromkeys(keys), most))
        ids = dict(self._uids(chosen))
        places = self.places(ids[n] for n in chosen if n in ids)
        return list(places.values())

    def _uids(self, keys: list[int]) -> Iterator[tuple[int, Id]]:
        for part in in_parts(keys):
            for n, uid in self._db.execute(
                f"SELECT n, uid FROM annotation WHERE n IN ({','.join('?' * len(part))})", part
            ):
                yield n, to_id(uid)

    def _numbered(self, typed: str, article: int | None, layer: int) -> list[int]:
        wanted = typed.strip().removeprefix("#")
        if article is None or not (wanted.isascii() and wanted.isdigit()):
            return []
        version, _ = self._db.execute(
            "SELECT n, text FROM article_version WHERE article = ? AND current", [article]
        ).fetchone()
        return [n for n, number in self._numbers(article, layer, version).items() if str(number) == wanted]

    def _by_short(self, query: Query, layer: int, here: int | None) -> Iterator[int]:
        """Yield the keys of claims whose short wording fits, best first, those of an article before the others."""
        first = "ORDER BY a.article IS NOT ?, rank LIMIT 200"
        asked = "SELECT c.annotation, c.short_text FROM claim_fts f CROSS JOIN claim c ON c.annotation = f.rowid"
        condition, values = "claim_fts MATCH ? AND c.short_text IS NOT NULL", [query.match()]
        if query.unspaced:
            asked, first = "SELECT c.annotation, c.short_text FROM claim c", "ORDER BY a.article IS NOT ? LIMIT 200"
            condition = " AND ".join(["c.short_text IS NOT NULL AND c.short_text LIKE ?"] * len(query.wanted))
            values = [f"%{term.raw}%" for term in query.wanted]
        for n, short in self._db.execute(
            f"{asked} JOIN annotation a ON a.n = c.annotation WHERE {condition} AND a.layer = ? AND a.status = 'accepted' {first}",
            [*values, layer, here],
        ).fetchall():
            if query.fits(short):
                yield n

    def _in_texts(self, query: Query, layer: int, here: int | None, until: float) -> Iterator[int]:
        """Yield the keys of claims whose own words fit."""
        indexes = ["unspaced_fts"] if query.unspaced else ["text_fts", "unspaced_fts"]
        seen: set[int] = set()
        for index in indexes:
            rows = self._db.execute(
                f"SELECT v.n, v.text FROM {index} f JOIN article_version v ON v.text = f.rowid AND v.current "
                f"WHERE {index} MATCH ? ORDER BY v.article IS NOT ?, rank LIMIT {TEXTS}",
                [query.match(), here],
            ).fetchall()
            for version, text in rows:
                if version not in seen and time.monotonic() < until:
                    seen.add(version)
                    yield from self._in_text(query, layer, version, text)

    def _in_text(self, query: Query, layer: int, version: int, key: int) -> Iterator[int]:
        segments: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for n, start, end in self._db.execute(
            'SELECT a.n, s.start, s."end" FROM article_version v JOIN annotation a ON a.article = v.article '
            "CROSS JOIN segment s ON s.annotation = a.n AND s.version = v.n "
            "WHERE v.n = ? AND a.layer = ? AND a.kind = 'claim' AND a.status = 'accepted' ORDER BY s.start",
            [version, layer],
        ):
            segments[n].append((start, end))
        row = self._db.execute("SELECT text FROM text WHERE n = ?", [key]).fetchone() if segments else None
        if row is None:
            return
        for n, spans in segments.items():
            if query.fits(" ".join(row[0][a:b] for a, b in spans)):
                yield n

    # -- the ledger

    def ledger_sizes(self, entry: Id | None = None) -> dict[Id, tuple[int, int]]:
        """Return, per entry or for one, how many accepted claims make it, in how many articles."""
        one, values = ("", []) if entry is None else ("WHERE l.n = ? ", [self._records.required("ledger", entry)])
        rows = self._db.execute(
            "SELECT l.uid, count(*), count(DISTINCT a.article) FROM ledger l CROSS JOIN claim c ON c.ledger = l.n "
            f"CROSS JOIN annotation a ON a.n = c.annotation AND a.status = 'accepted' {one}GROUP BY l.n",
            values,
        )
        return {to_id(uid): (claims, articles) for uid, claims, articles in rows}

    def in_ledger(self, entry: Id, most: int = -1) -> list[Id]:
        """Return the claims of an entry, whatever their layer and status, in the order they were made; -1: all."""
        query = (
            "SELECT a.uid FROM claim c JOIN annotation a ON a.n = c.annotation WHERE c.ledger = ? ORDER BY a.n LIMIT ?"
        )
        return [to_id(uid) for (uid,) in self._db.execute(query, [self._records.required("ledger", entry), most])]

    def ledgers_in(self, articles: Iterable[Id]) -> list[Id]:
        """Return the entries that claims of these articles make."""
        found: dict[Id, None] = {}
        for part in in_parts(self._records.keys("article", articles)):
            found |= dict.fromkeys(
                to_id(uid)
                for (uid,) in self._db.execute(
                    "SELECT DISTINCT l.uid FROM claim c JOIN annotation a ON a.n = c.annotation JOIN ledger l ON l.n = c.ledger "
                    f"WHERE a.article IN ({','.join('?' * len(part))})",
                    part,
                )
            )
        return list(found)

    def told(self, claims: Iterable[Id]) -> list[LedgerClaim]:
        """Return accepted claims with who says each in its article and what its checking came to, in reading order."""
        places = self.places(claims)
        said: dict[Id, list[Said]] = defaultdict(list)
        checked: dict[Id, Verification] = {}
        for part in in_parts(self._records.keys("annotation", places)):
            where = f"t.claim IN ({','.join('?' * len(part))})"
            links = self._records.where(Attribution, where, part)
            sources = self._sources(link.source for link in links)
            for link in links:
                who = sources[link.source]
                said[link.claim].append(Said(who.label, link.stance, link.load, who.accountable))
            checked |= {event.claim: event for event in self._records.where(Verification, where, part)}
        found = (LedgerClaim(p, tuple(said[id_]), checked.get(id_)) for id_, p in places.items())
        return sorted(found, key=lambda c: (c.place.title.casefold(), c.place.article, c.place.number))

    def _sources(self, ids: Iterable[Id]) -> dict[Id, Source]:
        keys = self._records.keys("source", set(ids))
        parts = (self._records.where(Source, f"t.n IN ({','.join('?' * len(p))})", p) for p in in_parts(keys))
        return {source.id: source for part in parts for source in part}

    # -- evidence

    def all_evidence(self) -> list[EvidenceUse]:
        """Return every piece of evidence, the most used first."""
        return self._uses(self._records.find(Evidence))

    def find_evidence(self, typed: str, most: int) -> list[EvidenceUse]:
        """Return pieces of evidence whose title, citation, publisher or address hold all that was typed, the most used first.

        Of very many the newest are looked at, so that typing costs the same in every library.
        """
        query = _query(typed)
        if query is None:
            return []
        fields = "coalesce(title, '') || ' ' || coalesce(citation, '') || ' ' || coalesce(publisher, '') || ' ' || coalesce(url, '')"
        rows = self._db.execute(f"SELECT n, {fields} FROM evidence ORDER BY n DESC LIMIT {SOUGHT}")
        keys = list(islice((n for n, words in rows if query.fits(words)), FITTING))
        rows.close()
        marks = ",".join("?" * len(keys))
        found = self._records.where(Evidence, f"t.n IN ({marks})", keys)
        return self._uses(found, f"WHERE x.evidence IN ({marks}) ", keys)[:most]

    def _uses(self, evidence: list[Evidence], among: str = "", keys: Sequence[int] = ()) -> list[EvidenceUse]:
        """Return pieces of evidence with their uses, the most used first; of the others nothing is counted."""
        counts: Mapping[Id, tuple[int, int]] = {
            to_id(uid): (claims, articles)
            for uid, claims, articles in self._db.execute(
                "SELECT e.uid, count(*), count(DISTINCT a.article) FROM claim_evidence x JOIN evidence e ON e.n = x.evidence "
                f"JOIN annotation a ON a.n = x.claim {among}GROUP BY e.n",
                keys,
            )
        }
        uses = [EvidenceUse(e, *counts.get(e.id, (0, 0))) for e in evidence]
        return sorted(uses, key=lambda u: (-u.claims, u.evidence.name.casefold()))

    def with_evidence(self, evidence: Id) -> list[Id]:
        """Return the claims a piece of evidence is used for, in the order it was added to them."""
        query = (
            "SELECT a.uid FROM claim_evidence x JOIN annotation a ON a.n = x.claim WHERE x.evidence = ? ORDER BY x.n"
        )
        return [to_id(uid) for (uid,) in self._db.execute(query, [self._records.required("evidence", evidence)])]

    # -- checking

    def step_that_made(self, event: Id) -> tuple[int | None, str]:
        """Return number and name of the newest step where it made this verification event; else None and nothing."""
        row = self._db.execute(
            "SELECT s.n, s.name FROM step s WHERE s.n = (SELECT max(n) FROM step WHERE NOT undone) AND EXISTS (SELECT 1 "
            "FROM history h WHERE h.step = s.n AND h.kind = 'verification_event' AND h.op = 'I' AND h.row = json_array(?))",
            [self._records.required("verification_event", event)],
        ).fetchone()
        return row or (None, "")

    # -- answers

    def now_of(self, sources: Iterable[Id]) -> dict[Id, Id]:
        """Return, per id of a source that was merged away, the one that stayed; the others are left out."""
        found: dict[Id, Id] = {}
        for part in in_parts([to_uid(id_) for id_ in sources]):
            moved = f"SELECT uid FROM old_uid WHERE uid IN ({','.join('?' * len(part))})"
            for (uid,) in self._db.execute(moved, part).fetchall():
                key = self._records.key("source", to_id(uid))
                if key is not None:
                    (now,) = self._db.execute("SELECT uid FROM source WHERE n = ?", [key]).fetchone()
                    found[to_id(uid)] = to_id(now)
        return found


def _query(typed: str) -> Query | None:
    from annotator.storage.query import parsed  # only now: the window starts without it

    return parsed(typed)
