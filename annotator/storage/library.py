"""The library's rows: every article with its counts, tags, groups, and whether an article is there already."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from annotator.model import Article, Entity, Id, Term
from annotator.storage.changes import to_id, to_uid
from annotator.storage.records import Records, in_parts

TAG_LIST = "article_tag"
LONG_STEP = 1_000
"""Changed rows from which on a step takes a time one would notice."""


@dataclass(frozen=True)
class ArticleSummary:
    """One row of the library. Coverage is ``accounted`` of ``sentences``; both None until they were counted.

    ``open_claims`` are those nobody stands behind yet, not even the author; ``orphans`` marks without a place in the text;
    ``added`` orders articles as they came; ``media_type`` is the original's.
    """

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
    open_claims: int = 0
    orphans: int = 0
    tags: tuple[str, ...] = ()
    added: int = 0
    media_type: str = ""

    @property
    def group(self) -> str | None:
        """The group it is in."""
        return self.article.group_name

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.article.archived

    @property
    def status(self) -> str:
        """How far it is looked through: not_started, in_progress or complete."""
        if self.sentences and self.accounted == self.sentences:
            return "complete"
        return "in_progress" if self.accounted or self.claims or self.sources or self.entities else "not_started"


@dataclass(frozen=True)
class Hit:
    """One place where a search found something, or one article whose text holds it.

    ``where``: title, text, claim, note, source, entity or tag. ``snippet`` is one line of plain text, ``found`` the places
    in it that were looked for. ``start`` and ``end`` are where to go in the article's text, ``places`` every place found
    there (a text's first ones), all in code points. ``mark`` is an annotation, ``entry`` an entry of a register.
    """

    article: Id
    title: str
    snippet: str
    where: str
    start: int | None = None
    end: int | None = None
    found: tuple[tuple[int, int], ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    mark: Id | None = None
    entry: Id | None = None
    archived: bool = False


class Library:
    """Reads and writes what many articles at once are told apart by. Writing needs an open transaction."""

    def __init__(self, db: sqlite3.Connection, records: Records) -> None:
        self._db = db
        self._records = records

    def summaries(self, layer: Id, only: Id | None = None) -> list[ArticleSummary]:
        """Return every article, or one of them, with its counts in a layer, in the order they were added."""
        n = self._records.required("layer", layer)
        key = None if only is None else self._records.key("article", only)
        if only is not None and key is None:
            return []
        articles = self._records.find(Article) if key is None else self._records.where(Article, "t.n = ?", [key])
        one = "" if key is None else f" AND a.n = {key}"
        rows = self._db.execute(
            "SELECT a.n, v.words, v.code_points, t.sha256, v.media_type, c.accounted, c.total "
            "FROM article a CROSS JOIN article_version v ON v.article = a.n AND v.current JOIN text t ON t.n = v.text "
            f"LEFT JOIN sentence_count c ON c.version = v.n AND c.layer = ?{one.replace(' AND', ' WHERE', 1)} ORDER BY a.n",
            [n],
        ).fetchall()
        claims, sources, entities, attributions, linked, orphans = self._counts(n, key)
        tags = self._tags(key)
        return [
            ArticleSummary(
                article=article,
                words=words,
                code_points=points,
                sha256=sha,
                claims=claims.get(a, 0),
                sources=sources.get(a, 0),
                entities=entities.get(a, 0),
                attributions=attributions.get(a, 0),
                accounted=accounted,
                sentences=total,
                open_claims=claims.get(a, 0) - linked.get(a, 0),
                orphans=orphans.get(a, 0),
                tags=tags.get(a, ()),
                added=a,
                media_type=media_type,
            )
            for article, (a, words, points, sha, media_type, accounted, total) in zip(articles, rows, strict=True)
        ]

    def totals(self, layer: Id) -> tuple[int, int]:
        """Return how many articles there are, and how many accepted claims in a layer."""
        (articles,) = self._db.execute("SELECT count(*) FROM article").fetchone()
        (claims,) = self._db.execute(
            "SELECT count(*) FROM annotation WHERE layer = ? AND kind = 'claim' AND status = 'accepted'",
            [self._records.required("layer", layer)],
        ).fetchone()
        return int(articles), int(claims)

    def _counts(self, layer: int, article: int | None) -> list[dict[int, int]]:
        """Return, by article's key, the numbers of claims, sources, entities, attributions, claims linked, and orphans."""
        of = "" if article is None else f" AND m.article = {article}"
        here = f"WHERE m.layer = ?1 AND m.status = 'accepted'{of}"
        linked = f"FROM annotation m CROSS JOIN attribution x ON x.claim = m.n {here} AND m.kind = 'claim'"
        queries = (
            f"count(*) FROM annotation m {here} AND m.kind = 'claim'",
            "count(*) FROM source m WHERE coalesce(m.kind, '') NOT IN ('author', 'publication', 'unstated') AND ?1 "
            "AND (EXISTS (SELECT 1 FROM source_mention s WHERE s.source = m.n) "
            f"OR EXISTS (SELECT 1 FROM attribution x WHERE x.source = m.n)){of}",
            f"count(DISTINCT e.entity) FROM annotation m CROSS JOIN mention e ON e.annotation = m.n {here} AND m.kind = 'mention'",
            f"count(*) {linked}",
            f"count(DISTINCT m.n) {linked}",
            # Every mark has a place in the version it was made in: only where there is another one it may have none.
            "count(*) FROM annotation m WHERE m.layer = ?1 AND m.article IN (SELECT article FROM article_version WHERE NOT current) "
            "AND NOT EXISTS (SELECT 1 FROM segment s "
            f"JOIN article_version v ON v.n = s.version AND v.current WHERE s.annotation = m.n){of}",
        )
        return [
            dict(self._db.execute(f"SELECT m.article, {query} GROUP BY m.article", [layer]).fetchall())
            for query in queries
        ]

    def _tags(self, article: int | None) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = defaultdict(list)
        of = "" if article is None else f" WHERE g.article = {article}"
        for a, label in self._db.execute(
            f"SELECT g.article, w.label FROM article_tag g JOIN term w ON w.n = g.term{of} ORDER BY g.article, w.key"
        ):
            found[a].append(label)
        return {a: tuple(labels) for a, labels in found.items()}

    # -- many at once

    def find(self, articles: Iterable[Id]) -> list[Article]:
        """Return those of these articles that are there, in the order they were added."""
        found: list[Article] = []
        for part in in_parts([to_uid(id_) for id_ in dict.fromkeys(articles)]):
            found += self._records.where(Article, f"t.uid IN ({','.join('?' * len(part))})", part)
        return found

    def tagged(self, term: Id | None, articles: Iterable[Id]) -> set[Id]:
        """Return which of these articles have a tag."""
        if term is None:
            return set()
        found: set[Id] = set()
        for part in in_parts([to_uid(id_) for id_ in articles]):
            query = (
                "SELECT a.uid FROM article a JOIN article_tag g ON g.article = a.n JOIN term w ON w.n = g.term "
                f"WHERE w.uid = ? AND a.uid IN ({','.join('?' * len(part))})"
            )
            found.update(to_id(uid) for (uid,) in self._db.execute(query, [to_uid(term), *part]))
        return found

    def put_tag(self, term: Id, articles: Collection[Id], *, on: bool) -> None:
        """Give articles a tag, or take it from them."""
        write = "DELETE FROM article_tag WHERE term = ?1 AND article = (SELECT n FROM article WHERE uid = ?2)"
        if on:
            write = "INSERT OR IGNORE INTO article_tag SELECT n, ?1 FROM article WHERE uid = ?2"
        key = self._records.required("term", term)
        self._db.executemany(write, [(key, to_uid(id_)) for id_ in articles])

    def entities_in(self, articles: Collection[Id]) -> list[Entity]:
        """Return the entities that marks of any layer in these articles name."""
        found: dict[int, None] = {}
        for part in in_parts([to_uid(id_) for id_ in articles]):
            query = (
                "SELECT DISTINCT e.entity FROM article a CROSS JOIN annotation m ON m.article = a.n "
                "CROSS JOIN mention e ON e.annotation = m.n WHERE e.entity IS NOT NULL "
                f"AND a.uid IN ({','.join('?' * len(part))})"
            )
            found.update(dict.fromkeys(int(n) for (n,) in self._db.execute(query, part)))
        entities: list[Entity] = []
        for part in in_parts(sorted(found)):
            entities += self._records.where(Entity, f"t.n IN ({','.join('?' * len(part))})", part)
        return entities

    def delete(self, articles: Collection[Id]) -> None:
        """Remove articles and what hangs on them; those that are gone already are passed over."""
        for part in in_parts([to_uid(id_) for id_ in articles]):
            self._db.execute(f"DELETE FROM article WHERE uid IN ({','.join('?' * len(part))})", part)

    def take_place(self, new: Id, old: Id) -> None:
        """Give an article the group, the tags and the place in or out of the archive of another."""
        keys = [self._records.required("article", id_) for id_ in (new, old)]
        self._db.execute(
            "UPDATE article SET (group_name, archived) = (SELECT group_name, archived FROM article WHERE n = ?2) WHERE n = ?1",
            keys,
        )
        self._db.execute("INSERT OR IGNORE INTO article_tag SELECT ?1, term FROM article_tag WHERE article = ?2", keys)

    def is_worked_on(self, article: Id) -> bool:
        """Say whether anything was ever said about an article's text: a mark of any kind, layer and status, or a sentence."""
        n = self._records.required("article", article)
        return any(
            self._db.execute(query, [n]).fetchone()
            for query in (
                "SELECT 1 FROM annotation WHERE article = ? LIMIT 1",
                "SELECT 1 FROM sentence_mark m JOIN article_version v ON v.n = m.version WHERE v.article = ? LIMIT 1",
                "SELECT 1 FROM finding_answer WHERE article = ? LIMIT 1",
            )
        )

    def is_long(self, step: int) -> bool:
        """Say whether a step changed so many rows that replaying it takes a time one would notice."""
        rows = "SELECT count(*) FROM (SELECT 1 FROM history WHERE step = ? LIMIT ?)"
        return bool(self._db.execute(rows, [step, LONG_STEP]).fetchone()[0] == LONG_STEP)

    def tag(self, key: str) -> Term | None:
        """Return a tag of articles by its key."""
        return next(iter(self._records.find(Term, list=TAG_LIST, key=key)), None)

    def groups(self) -> list[tuple[str, int]]:
        """Return the groups with how many articles are in each, by name."""
        query = "SELECT group_name, count(*) FROM article WHERE group_name IS NOT NULL GROUP BY group_name"
        return sorted(self._db.execute(query).fetchall(), key=lambda found: found[0].casefold())

    def in_group(self, name: str) -> list[Id]:
        """Return the articles of a group."""
        return [
            to_id(uid) for (uid,) in self._db.execute("SELECT uid FROM article WHERE group_name = ? ORDER BY n", [name])
        ]

    # -- whether it is there already

    def with_content(self, text_sha256: str, original_sha256: str) -> Id | None:
        """Return the first article whose current version has this text, or was read from these bytes."""
        row = self._db.execute(
            "SELECT a.uid FROM article a JOIN article_version v ON v.article = a.n WHERE v.n = ("
            "SELECT min(n) FROM ("
            "SELECT v.n FROM text t JOIN article_version v ON v.text = t.n AND v.current WHERE t.sha256 = ?1 UNION ALL "
            "SELECT v.n FROM blob b JOIN article_version v ON v.original = b.n AND v.current WHERE b.sha256 = ?2))",
            [text_sha256, original_sha256],
        ).fetchone()
        return to_id(row[0]) if row else None

    def described_so(self, title: str, publication: str | None, date: str | None, url: str | None) -> Id | None:
        """Return the first article with this address, or with this title, publication and date.

        A publication that is not known, of either, is no other one.
        """
        row = self._db.execute(
            "SELECT uid FROM article WHERE n = (SELECT min(n) FROM (SELECT n FROM article WHERE url = ?1 AND url <> '' UNION ALL "
            "SELECT n FROM article WHERE title = ?2 AND date IS ?4 AND (publication = ?3 OR "
            "?4 IS NOT NULL AND (publication IS NULL OR ?3 IS NULL))))",
            [url, title, publication, date],
        ).fetchone()
        return to_id(row[0]) if row else None

    def clear_counts(self, articles: Iterable[Id], layer: Id | None) -> None:
        """Let the coverage of articles in a layer, or in every one, be counted when next asked for."""
        key = self._records.required("layer", layer) if layer is not None else None
        for part in in_parts([to_uid(id_) for id_ in articles]):
            self._db.execute(
                "DELETE FROM sentence_count WHERE layer = coalesce(?, layer) AND version IN (SELECT v.n FROM article a JOIN article_version v "
                f"ON v.article = a.n AND v.current WHERE a.uid IN ({','.join('?' * len(part))}))",
                [key, *part],
            )
