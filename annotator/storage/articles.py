"""Articles as a whole: versions with their texts, blocks and originals, and stored counts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import (
    Article,
    Attribution,
    Block,
    ClaimEvidence,
    Entity,
    Evidence,
    Id,
    Relation,
    Segment,
    SentenceMark,
    Source,
    Verification,
    Version,
    accountable,
)
from annotator.storage.changes import to_id, to_uid
from annotator.storage.records import Records, in_parts

_NAMED_IN = {"source": ("source_mention", "attribution"), "entity": ("mention", "source")}
"""Tables whose rows name an entry of a register, in the column of that name."""


@dataclass(frozen=True)
class Original:
    """The bytes an article was read from, as they were."""

    sha256: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Details:
    """What hangs on the claims of one article in one layer."""

    attributions: tuple[Attribution, ...]
    verifications: dict[Id, tuple[Verification, ...]]
    evidence: dict[Id, Evidence]
    claim_evidence: tuple[ClaimEvidence, ...]
    relations: tuple[Relation, ...]


class Articles:
    """Reads and writes what belongs to an article's text, through one connection."""

    def __init__(self, db: sqlite3.Connection, records: Records) -> None:
        self._db = db
        self._records = records

    # -- versions

    def add(self, article: Article, version: Version, original: Original, blocks: Iterable[Block], words: int) -> int:
        """Write a new article with its first version, its blocks and the bytes it was read from; returns its key."""
        n = self._records.add(article)
        blob = self.keep_blob(original)
        cursor = self._db.execute(
            "INSERT INTO article_version(uid, article, no, text, words, code_points, rules, original, media_type, import_record, current) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            [to_uid(version.id), n, version.no, self.keep_text(version.sha256, version.text), words, len(version.text), version.rules, blob,
             version.media_type, version.import_record],
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)",
            [(cursor.lastrowid, b.start, b.end, b.kind, b.level, b.zone) for b in blocks],
        )
        return n

    def keep_text(self, sha256: str, text: str) -> int:
        """Keep a text once per content, in the search index too; returns its key."""
        found = self._db.execute("SELECT n FROM text WHERE sha256 = ?", [sha256]).fetchone()
        if found:
            return int(found[0])
        n = self._db.execute("INSERT INTO text(sha256, text) VALUES (?, ?)", [sha256, text]).lastrowid
        self._db.execute("INSERT INTO text_fts(rowid, text) VALUES (?, ?)", [n, text])
        if not text.isascii():
            from annotator.storage.query import is_spread, spread  # only now: the window starts without it

            if is_spread(text):
                self._db.execute("INSERT INTO unspaced_fts(rowid, text) VALUES (?, ?)", [n, spread(text)])
        return int(n or 0)

    def keep_blob(self, original: Original) -> int:
        """Keep bytes as they are, once per content."""
        found = self._db.execute("SELECT n FROM blob WHERE sha256 = ?", [original.sha256]).fetchone()
        if found:
            return int(found[0])
        kept = "INSERT INTO blob(sha256, media_type, name, bytes) VALUES (?, ?, ?, ?)"
        values = [original.sha256, original.media_type, original.name, original.content]
        return int(self._db.execute(kept, values).lastrowid or 0)

    def version(self, article: Id) -> Version:
        """Return the current version with its text. Raises KeyError where the article is unknown."""
        row = self._db.execute(
            "SELECT v.uid, v.no, t.text, t.sha256, v.rules, b.sha256, v.media_type, v.import_record FROM article_version v "
            "JOIN text t ON t.n = v.text LEFT JOIN blob b ON b.n = v.original WHERE v.article = ? AND v.current",
            [self._records.required("article", article)],
        ).fetchone()
        uid, no, text, sha, rules, original, media_type, record = row
        return Version(
            id=to_id(uid), article=article, no=no, text=text, sha256=sha, rules=rules, original=original, media_type=media_type,
            import_record=record,
        )  # fmt: skip

    def blocks(self, version: Id) -> tuple[Block, ...]:
        """Return a version's blocks in order."""
        return tuple(
            Block(*row)
            for row in self._db.execute(
                'SELECT start, "end", kind, level, zone FROM block WHERE version = ? ORDER BY start',
                [self._records.required("article_version", version)],
            )
        )

    def put_block(self, version: Id, block: Block) -> None:
        """Change the kind, level and zone of the block that starts where this one does."""
        self._db.execute(
            "UPDATE block SET kind = ?1, level = ?2, zone = ?3 WHERE version = ?4 AND start = ?5 AND (kind, level, zone) IS NOT (?1, ?2, ?3)",
            [block.kind, block.level, block.zone, self._records.required("article_version", version), block.start],
        )

    def kept(self, sha256: str) -> Original | None:
        """Return bytes that are kept, by their SHA-256 in hex, or None where they are not in the file."""
        row = self._db.execute("SELECT sha256, name, media_type, bytes FROM blob WHERE sha256 = ?", [sha256]).fetchone()
        return Original(*row) if row else None

    def original(self, article: Id) -> Original | None:
        """Return the bytes the current version was read from, or None where they are not in the file."""
        row = self._db.execute(
            "SELECT b.sha256, b.name, b.media_type, b.bytes FROM article_version v JOIN blob b ON b.n = v.original "
            "WHERE v.article = ? AND v.current",
            [self._records.required("article", article)],
        ).fetchone()
        return Original(*row) if row else None

    # -- counts

    def set_counts(self, version: Id, layer: Id, counts: tuple[int, int] | None) -> None:
        """Store the coverage (accounted, total) of a version in a layer; None: to be counted when next asked for."""
        keys = [self._records.required("article_version", version), self._records.required("layer", layer)]
        if counts is None:
            self._db.execute("DELETE FROM sentence_count WHERE version = ? AND layer = ?", keys)
        else:
            self._db.execute("INSERT OR REPLACE INTO sentence_count VALUES (?, ?, ?, ?)", [*keys, counts[1], counts[0]])

    def ids(self) -> list[Id]:
        """Return the id of every article, in the order they were added."""
        return [to_id(uid) for (uid,) in self._db.execute("SELECT uid FROM article ORDER BY n")]

    def entity_names(self) -> list[tuple[Id, str]]:
        """Return id and name of every entity, in the order they were made."""
        return [(to_id(uid), name) for uid, name in self._db.execute("SELECT uid, name FROM entity ORDER BY n")]

    def entity_index(self) -> list[tuple[Id, str, str | None]]:
        """Return id, name and kind of every entity, in the order they were made."""
        rows = self._db.execute("SELECT uid, name, kind FROM entity ORDER BY n")
        return [(to_id(uid), name, kind) for uid, name, kind in rows]

    def entity_uses(self, entity: Id) -> tuple[int, int, list[Id]]:
        """Return how many mentions an entity has, in how many articles, and the sources that are it."""
        n = self._records.required("entity", entity)
        counted = "SELECT count(*), count(DISTINCT a.article) FROM mention m JOIN annotation a ON a.n = m.annotation WHERE m.entity = ?"
        mentions, articles = self._db.execute(counted, [n]).fetchone()
        sources = self._db.execute("SELECT uid FROM source WHERE entity = ? ORDER BY n", [n])
        return mentions, articles, [to_id(uid) for (uid,) in sources]

    def entity_counts(self) -> dict[Id, tuple[int, int]]:
        """Return, per entity, how many mentions it has and in how many articles."""
        return {
            to_id(uid): (mentions, articles)
            for uid, mentions, articles in self._db.execute(
                "SELECT e.uid, count(a.n), count(DISTINCT a.article) FROM entity e LEFT JOIN mention m ON m.entity = e.n "
                "LEFT JOIN annotation a ON a.n = m.annotation GROUP BY e.n"
            )
        }

    def claimed_spans(self, version: Id, layer: Id) -> dict[Id, list[tuple[int, int]]]:
        """Return, per accepted claim of a version and layer, (start, end) of its segments in code points."""
        found: dict[Id, list[tuple[int, int]]] = defaultdict(list)
        for uid, start, end in self._db.execute(
            'SELECT a.uid, s.start, s."end" FROM segment s JOIN annotation a ON a.n = s.annotation '
            "WHERE s.version = ? AND a.layer = ? AND a.kind = 'claim' AND a.status = 'accepted'",
            [self._records.required("article_version", version), self._records.required("layer", layer)],
        ):
            found[to_id(uid)].append((start, end))
        return found

    def sentence_marks(self, version: Id, layer: Id) -> list[SentenceMark]:
        """Return the marks persons set on a version's sentences in a layer."""
        return self._records.find(SentenceMark, version=version, layer=layer)

    def sentence_marks_in(self, version: Id, layer: Id, start: int, end: int) -> list[SentenceMark]:
        """Return those of them that touch [start, end), in code points."""
        keys = [self._records.required("article_version", version), self._records.required("layer", layer)]
        return self._records.where(
            SentenceMark, 't.version = ? AND t.layer = ? AND t.start < ? AND t."end" > ?', [*keys, end, start]
        )

    def is_used(self, entry: Source | Entity) -> bool:
        """Say whether a mention, an attribution or a source names a register entry."""
        column = "source" if isinstance(entry, Source) else "entity"
        n = self._records.required(column, entry.id)
        return any(
            self._db.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1', [n]).fetchone()
            for table in _NAMED_IN[column]
        )

    def annotations_at(self, article: Id, layer: Id, kind: str, segment: Segment) -> list[Id]:
        """Return the annotations of a kind with exactly this segment in the current version."""
        return [
            to_id(uid)
            for (uid,) in self._db.execute(
                "SELECT a.uid FROM article_version v CROSS JOIN segment s ON s.version = v.n CROSS JOIN annotation a ON a.n = s.annotation "
                'WHERE v.article = ? AND v.current AND a.layer = ? AND a.kind = ? AND s.start = ? AND s."end" = ? ORDER BY a.n',
                [
                    self._records.required("article", article),
                    self._records.required("layer", layer),
                    kind,
                    segment.start,
                    segment.end,
                ],
            )
        ]

    def mentions_of_source(self, source: Id) -> list[Id]:
        """Return the source mentions that name a source, whatever layer they are in."""
        query = (
            "SELECT a.uid FROM source_mention m JOIN annotation a ON a.n = m.annotation WHERE m.source = ? ORDER BY a.n"
        )
        return [to_id(uid) for (uid,) in self._db.execute(query, [self._records.required("source", source)])]

    def orphans(self, article: Id, layer: Id) -> int:
        """Count the annotations that have no place in the current version."""
        row = self._db.execute(
            "SELECT count(*) FROM annotation a WHERE a.article = ? AND a.layer = ? AND NOT EXISTS (SELECT 1 FROM segment s "
            "JOIN article_version v ON v.n = s.version AND v.current WHERE s.annotation = a.n)",
            [self._records.required("article", article), self._records.required("layer", layer)],
        ).fetchone()
        return int(row[0])

    def details(self, article: Id, layer: Id) -> Details:
        """Return what hangs on the claims of an article in a layer."""
        claims = "SELECT n FROM annotation WHERE article = ? AND layer = ? AND kind = 'claim'"
        return self._details(
            claims, [self._records.required("article", article), self._records.required("layer", layer)]
        )

    def details_of(self, claims: Iterable[Id]) -> Details:
        """Return what hangs on some claims; those that are gone are left out."""
        keys = [n for n in (self._records.key("annotation", claim) for claim in claims) if n is not None]
        parts = [self._details(",".join("?" * len(part)), part) for part in in_parts(keys)]
        return Details(
            tuple(link for part in parts for link in part.attributions),
            {claim: events for part in parts for claim, events in part.verifications.items()},
            {id_: found for part in parts for id_, found in part.evidence.items()},
            tuple(link for part in parts for link in part.claim_evidence),
            (),
        )

    def _details(self, claims: str, keys: list[int]) -> Details:
        read = self._records.where
        verifications: dict[Id, list[Verification]] = defaultdict(list)
        for event in read(Verification, f"t.claim IN ({claims})", keys):
            verifications[event.claim].append(event)
        evidence = read(Evidence, f"t.n IN (SELECT evidence FROM claim_evidence WHERE claim IN ({claims}))", keys)
        return Details(
            tuple(read(Attribution, f"t.claim IN ({claims})", keys)),
            {claim: tuple(events) for claim, events in verifications.items()},
            {e.id: e for e in evidence},
            tuple(read(ClaimEvidence, f"t.claim IN ({claims})", keys)),
            tuple(read(Relation, f"t.from_claim IN ({claims}) OR t.to_claim IN ({claims})", [*keys, *keys])),
        )

    def far_sources(self, claims: Iterable[Id], article: Id, layer: Id) -> dict[Id, tuple[Source, ...]]:
        """Return who is accountable for those of some claims that other articles have in a layer: accepted, with a place.

        One that nobody is named for is there without a source; all others are left out. It costs what is asked for.
        """
        asked = self._records.keys("annotation", claims)
        mine = [self._records.required("article", article), self._records.required("layer", layer)] if asked else []
        keys: dict[int, Id] = {}
        for part in in_parts(asked):
            keys |= {
                n: to_id(uid)
                for n, uid in self._db.execute(
                    f"SELECT a.n, a.uid FROM annotation a WHERE a.n IN ({','.join('?' * len(part))}) AND a.article <> ? "
                    "AND a.layer = ? AND a.kind = 'claim' AND a.status = 'accepted' AND EXISTS (SELECT 1 FROM segment s "
                    "JOIN article_version v ON v.n = s.version AND v.current WHERE s.annotation = a.n)",
                    [*part, *mine],
                )
            }
        said: list[Attribution] = []
        for part in in_parts(list(keys)):
            said += self._records.where(Attribution, f"t.claim IN ({','.join('?' * len(part))})", part)
        links = self._with_outer({link.id: link for link in said}, mine[1:])
        sources = {s.id: s for s in self._records.some(Source, {link.source for link in links.values()})}
        found: dict[Id, dict[Id, Source]] = {id_: {} for id_ in keys.values()}
        for link in said:
            source = accountable(link, links, sources)
            if source is not None:
                found[link.claim][source.id] = source
        return {id_: tuple(each.values()) for id_, each in sorted(found.items())}

    def _with_outer(self, links: dict[Id, Attribution], layer: list[int]) -> dict[Id, Attribution]:
        """Return attributions with those they are known through, however many stand between, of claims that count."""
        wanted = {link.via for link in links.values() if link.via} - links.keys()
        while wanted:
            outer: dict[Id, Attribution] = {}
            for part in in_parts([to_uid(id_) for id_ in wanted]):
                where = (
                    f"t.uid IN ({','.join('?' * len(part))}) AND t.claim IN "
                    "(SELECT n FROM annotation WHERE n = t.claim AND layer = ? AND status = 'accepted')"
                )
                outer |= {link.id: link for link in self._records.where(Attribution, where, [*part, *layer])}
            links = links | outer
            wanted = {link.via for link in outer.values() if link.via} - links.keys()
        return links

    def links(self, ids: Iterable[Id]) -> tuple[list[Attribution], list[Relation]]:
        """Return the attributions and the relations with these ids; those that are gone are left out."""
        attributions: list[Attribution] = []
        relations: list[Relation] = []
        for part in in_parts([to_uid(id_) for id_ in ids]):
            where = f"t.uid IN ({','.join('?' * len(part))})"
            attributions += self._records.where(Attribution, where, part)
            relations += self._records.where(Relation, where, part)
        return attributions, relations

    def verdict_of(self, claim: Id) -> str | None:
        """Return the verdict of a claim's last verification event, or None."""
        row = self._db.execute(
            "SELECT verdict FROM verification_event WHERE claim = ? ORDER BY n DESC LIMIT 1",
            [self._records.required("annotation", claim)],
        ).fetchone()
        return row[0] if row else None
