"""Articles as a whole: versions with their texts, blocks and originals, stored counts, and full-text search."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator import text as texts
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
)
from annotator.storage.changes import to_id, to_uid
from annotator.storage.records import Records, in_parts

_NAMED_IN = {"source": ("source_mention", "attribution"), "entity": ("mention", "source")}
"""Tables whose rows name an entry of a register, in the column of that name."""


@dataclass(frozen=True)
class ArticleSummary:
    """One row of the library. Coverage is ``accounted`` of ``sentences``; both None until they were counted."""

    article: Article
    words: int
    code_points: int
    sha256: str
    claims: int
    sources: int
    entities: int
    attributions: int
    accounted: int | None
    sentences: int | None


@dataclass(frozen=True)
class Hit:
    """One place where a search found something. ``start`` is a code point of the text, where it was found there."""

    article: Id
    title: str
    snippet: str
    where: str
    start: int | None = None


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

    def add_version(self, version: Version, blocks: Iterable[Block], words: int) -> None:
        """Write a version of an article's text with its blocks; it becomes the current one."""
        article = self._records.required("article", version.article)
        self._db.execute("UPDATE article_version SET current = 0 WHERE article = ? AND current", [article])
        original = self._db.execute("SELECT n FROM blob WHERE sha256 = ?", [version.original]).fetchone()
        cursor = self._db.execute(
            "INSERT INTO article_version(uid, article, no, text, words, code_points, rules, original, media_type, import_record, current) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            [to_uid(version.id), article, version.no, self._keep_text(version), words, len(version.text), version.rules,
             original[0] if original else None, version.media_type, version.import_record],
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)",
            [(cursor.lastrowid, b.start, b.end, b.kind, b.level, b.zone) for b in blocks],
        )

    def _keep_text(self, version: Version) -> int:
        found = self._db.execute("SELECT n FROM text WHERE sha256 = ?", [version.sha256]).fetchone()
        if found:
            return int(found[0])
        n = self._db.execute("INSERT INTO text(sha256, text) VALUES (?, ?)", [version.sha256, version.text]).lastrowid
        self._db.execute("INSERT INTO text_fts(rowid, text) VALUES (?, ?)", [n, version.text])
        return int(n or 0)

    def keep_blob(self, content: bytes, name: str, media_type: str) -> str:
        """Keep bytes as they are, once per content; return their SHA-256 in hex."""
        sha = hashlib.sha256(content).hexdigest()
        self._db.execute(
            "INSERT OR IGNORE INTO blob(sha256, media_type, name, bytes) VALUES (?, ?, ?, ?)",
            [sha, media_type, name, content],
        )
        return sha

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

    def summaries(self, layer: Id, only: Id | None = None) -> list[ArticleSummary]:
        """Return every article, or one of them, with its counts in a layer, in the order they were added."""
        n = self._records.required("layer", layer)
        articles = self._records.find(Article) if only is None else [self._records.get(Article, only)]
        if None in articles:
            return []
        keys = [n] if only is None else [n, self._records.required("article", only)]
        rows = self._db.execute(
            "SELECT v.words, v.code_points, t.sha256, c.accounted, c.total, "
            "(SELECT count(*) FROM source s WHERE s.article = a.n AND coalesce(s.kind, '') NOT IN ('author', 'publication', 'unstated') "
            "  AND (EXISTS (SELECT 1 FROM source_mention m WHERE m.source = s.n) OR EXISTS (SELECT 1 FROM attribution x WHERE x.source = s.n))), "
            "(SELECT count(*) FROM annotation m WHERE m.article = a.n AND m.layer = ?1 AND m.kind = 'claim' AND m.status = 'accepted'), "
            "(SELECT count(DISTINCT e.entity) FROM annotation m JOIN mention e ON e.annotation = m.n WHERE m.article = a.n AND m.layer = ?1 "
            "  AND m.kind = 'mention' AND m.status = 'accepted'), "
            "(SELECT count(*) FROM annotation m JOIN attribution x ON x.claim = m.n WHERE m.article = a.n AND m.layer = ?1 "
            "  AND m.kind = 'claim' AND m.status = 'accepted') "
            "FROM article a JOIN article_version v ON v.article = a.n AND v.current JOIN text t ON t.n = v.text "
            "LEFT JOIN sentence_count c ON c.version = v.n AND c.layer = ?1 "
            f"{'' if only is None else 'WHERE a.n = ?2 '}ORDER BY a.n",
            keys,
        ).fetchall()
        return [
            ArticleSummary(article, words, points, sha, claims, sources, entities, attributions, accounted, total)
            for article, (words, points, sha, accounted, total, sources, claims, entities, attributions) in zip(
                articles, rows, strict=True
            )
            if article is not None
        ]

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
                "SELECT a.uid FROM annotation a JOIN segment s ON s.annotation = a.n JOIN article_version v ON v.n = s.version AND v.current "
                'WHERE a.article = ? AND a.layer = ? AND a.kind = ? AND s.start = ? AND s."end" = ?',
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

    # -- search

    def search(self, query: str, limit: int = 200) -> list[Hit]:
        """Find words in titles, texts, notes and short claims; the last word may be unfinished. Any text is a query.

        A hit in a text comes without its snippet: the text is read by who asks.
        """
        told = query[:_QUERY_CODE_POINTS].encode("utf-8", "replace").decode("utf-8")
        words = list(dict.fromkeys(told[a:b] for a, b in texts.words(told)))[-_QUERY_WORDS:]
        if not words:
            return []
        match = " ".join('"' + w.replace('"', '""') + '"' for w in words) + " *"
        hits: list[Hit] = []
        for where, sql in _SEARCHES:
            for uid, title, found in self._db.execute(sql, [match, limit]):
                hits.append(Hit(to_id(uid), title, excerpt(found, folded_find(found, words[0]) or 0), where))
        return hits[:limit]


def folded_find(text: str, word: str) -> int | None:
    """Return where a word first stands in a text, whatever its case; None where it stands only in another form."""
    at = text.casefold().find(word.casefold()) if text.isascii() else text.lower().find(word.lower())
    return at if at >= 0 and len(text.lower()) == len(text) else None


def excerpt(text: str, at: int) -> str:
    """Return the words around an offset of a text as one line, with dots where it goes on."""
    start, end = max(0, at - 30), min(len(text), at + 90)
    before, after = text[start:at], text[at:end]
    if start > 0:
        before = "…" + before[before.find(" ") + 1 :]
    if end < len(text):
        after = (after[: after.rfind(" ")] if " " in after else after) + "…"
    return (before + after).replace("\n", " ¶ ")


_QUERY_CODE_POINTS = 2000
_QUERY_WORDS = 32
"""A longer query, such as a page pasted by mistake, would take minutes; the words beyond are not looked for."""

# Not with snippet(): its time grows with the square of the hits, to minutes in one long text.
_SEARCHES: Sequence[tuple[str, str]] = (
    ("title", "SELECT a.uid, a.title, a.title || coalesce(' · ' || a.publication, '') || coalesce(' · ' || a.byline, '') FROM article_fts f JOIN article a ON a.n = f.rowid "
              "WHERE article_fts MATCH ? ORDER BY rank LIMIT ?"),
    ("text", "SELECT a.uid, a.title, '' FROM text_fts f JOIN article_version v ON v.text = f.rowid AND v.current "
             "JOIN article a ON a.n = v.article WHERE text_fts MATCH ? ORDER BY rank LIMIT ?"),
    ("note", "SELECT a.uid, a.title, m.note FROM note_fts f JOIN annotation m ON m.n = f.rowid "
             "JOIN article a ON a.n = m.article WHERE note_fts MATCH ? ORDER BY rank LIMIT ?"),
    ("claim", "SELECT a.uid, a.title, c.short_text FROM claim_fts f JOIN claim c ON c.annotation = f.rowid JOIN annotation m ON m.n = f.rowid "
              "JOIN article a ON a.n = m.article WHERE claim_fts MATCH ? ORDER BY rank LIMIT ?"),
)  # fmt: skip
