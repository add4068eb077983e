"""A library of 2,000 articles: brought in, listed, searched; each beside the same rows in a bare connection."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.importers.limits import default_jobs
from annotator.importers.sandbox import Pool
from annotator.model import Claim, Draft, Id
from annotator.project import Project
from annotator.project.importing import BATCH, batched
from annotator.storage.search import MOST
from tests.bench.measure import Row, Run, alternate, median, p95, timed
from tests.bench.stage import MODES

ARTICLES = 2_000
CODE_POINTS = 5_000
CLAIMED = 500
"""Articles with a few marks and counted sentences."""
ROUNDS = 9
IMPORTS = 3
TYPED = ("t", "te", "tek", "valo", "valo mi", "rotani", "sa rotani te")
"""What stands in the field while one types: beginnings that thousands of words share, and whole words."""

_COPIED = ("coder", "layer", "article", "article_version", "block", "source", "text", "blob")
_INDEXED = {"text": ("text_fts", "text"), "article": ("article_fts", "title, publication, byline")}


def rows(run: Run) -> list[Row]:
    """Return a row for the import, one for the list, one for the search."""
    files = _write_files(run.folder / "originals")
    made = [_import_row(run, files)]
    project = Project.open(run.folder / "library 0.annot")
    try:
        _mark(project)
        return [*made, _list_row(run, project), _search_row(run, project)]
    finally:
        project.close()


# -- texts


def _vocabulary(chance: random.Random) -> list[str]:
    syllables = ["".join(pair) for pair in itertools.product("ptkbdgmnslrv", "aeiou")]
    return ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(8_000)]


def _article(n: int, words: list[str]) -> str:
    """Return an article of some 5,000 code points; a few words are in nearly every sentence, most in few articles."""
    chance = random.Random(n)
    lines, size = [f"Report {n} on {chance.choice(words)}"], 0
    while size < CODE_POINTS:
        made = [words[min(int(chance.paretovariate(0.7)) - 1, len(words) - 1)] for _ in range(chance.randint(30, 90))]
        lines.append(" ".join(made).capitalize() + ".")
        size += len(lines[-1]) + 2
    return "\n\n".join(lines)[:CODE_POINTS]


def _write_files(folder: Path) -> list[Path]:
    folder.mkdir()
    words = _vocabulary(random.Random(1))
    files = [folder / f"article {n:04}.txt" for n in range(ARTICLES)]
    for n, file in enumerate(files):
        file.write_text(_article(n, words), "utf-8")
    return files


# -- import


def _import_row(run: Run, files: list[Path]) -> Row:
    ours: list[float] = []
    bare: list[float] = []
    for n in range(IMPORTS):
        path = run.folder / f"library {n}.annot"
        ours.append(run.timer(lambda path=path: _import(path, files)))
        rows_of = _rows(path)
        bare.append(timed(lambda n=n, rows_of=rows_of: _import_bare(run.folder / f"bare {n}.db", rows_of, files)))
    return Row(
        f"import {ARTICLES:,} text files of {CODE_POINTS:,} characters, read in another process",
        median(ours),
        "files read and the same rows, originals and index written by bare sqlite3, in the same batches",
        median(bare),
        8,
    )


def _import(path: Path, files: list[Path]) -> None:
    project = Project.create(path)
    try:
        batches = project.importing()
        with Pool(default_jobs()) as pool:
            for part in batched(_read(pool, files), seconds=1e9):  # the same batches as the bare ones
                batches.put(part)
        if batches.count != len(files):
            raise RuntimeError("not every file was imported")
    finally:
        project.close()


def _read(pool: Pool, files: list[Path]) -> Iterator[Draft]:
    for _, outcome in pool.read_all(files):
        if not isinstance(outcome, Draft):
            raise outcome
        yield outcome


def _import_bare(path: Path, rows_of: _Rows, files: list[Path]) -> None:
    """Read every file and write the rows another project has of it."""
    db = sqlite3.connect(path, isolation_level=None)
    for mode in MODES:
        db.execute(f"PRAGMA {mode}")
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in rows_of.schema:
        db.execute(statement)
    db.execute("BEGIN")
    for n, file in enumerate(files):
        if n and n % BATCH == 0:
            db.execute("COMMIT")
            db.execute("BEGIN")
        content = file.read_bytes()
        content.decode("utf-8")
        for statement, values in rows_of.of_article[n]:
            db.executemany(statement, values)
    db.execute("COMMIT")
    db.close()


class _Rows:
    def __init__(self, schema: list[str], of_article: list[list[tuple[str, list[tuple[Any, ...]]]]]) -> None:
        self.schema, self.of_article = schema, of_article


def _rows(like: Path) -> _Rows:
    """Return the schema and, per article, the statements with their rows."""
    db = sqlite3.connect(f"{like.as_uri()}?mode=ro", uri=True)
    schema = [
        sql
        for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%_fts_%'")
        if "sqlite_sequence" not in sql
    ]
    of_article: list[list[tuple[str, list[tuple[Any, ...]]]]] = []
    versions = db.execute("SELECT n, article, text, original FROM article_version ORDER BY n").fetchall()
    for version, article, text, original in versions:
        wanted = {"article": ("n", article), "blob": ("n", original), "text": ("n", text), "article_version": ("n", version),
                  "block": ("version", version), "source": ("article", article)}  # fmt: skip
        statements: list[tuple[str, list[tuple[Any, ...]]]] = []
        for table, (column, key) in wanted.items():
            found = db.execute(f'SELECT * FROM "{table}" WHERE "{column}" = ?', [key]).fetchall()
            statements.append((f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(found[0]))})', found))
        for table, (index, columns) in _INDEXED.items():
            key = text if table == "text" else article
            found = db.execute(f"SELECT n, {columns} FROM {table} WHERE n = ?", [key]).fetchall()
            marks = ", ".join("?" * len(found[0]))
            statements.append((f"INSERT INTO {index}(rowid, {columns}) VALUES ({marks})", found))
        of_article.append(statements)
    db.close()
    return _Rows(schema, of_article)


# -- list


def _mark(project: Project) -> None:
    """Give some articles claims, sources and counted sentences, and some a group and a tag."""
    ids = project.article_ids()
    for n, article in enumerate(ids[:CLAIMED]):
        text = project.version(article).text
        spans = [(at, text.index(" ", at + 40)) for at in range(200, 1_400, 300)]
        claims = [project.mark(article, Claim.kind, [span]) for span in spans]
        if n % 2:
            project.link_new(claims[0], f"Source {n}")
            project.mark(article, "mention", [spans[1]])
        project.coverage(article)
    project.set_group(ids[:300], "Round 1")
    project.tag_articles(ids[200:600], "to check")


_LIST = (
    "SELECT a.*, v.words, v.code_points, t.sha256, v.media_type, c.accounted, c.total, "
    "(SELECT count(*) FROM annotation m WHERE m.article = a.n AND m.layer = 1 AND m.kind = 'claim' AND m.status = 'accepted'), "
    "(SELECT count(*) FROM source s WHERE s.article = a.n AND coalesce(s.kind, '') NOT IN ('author', 'publication', 'unstated') "
    "  AND (EXISTS (SELECT 1 FROM source_mention m WHERE m.source = s.n) OR EXISTS (SELECT 1 FROM attribution x WHERE x.source = s.n))), "
    "(SELECT count(DISTINCT e.entity) FROM annotation m JOIN mention e ON e.annotation = m.n WHERE m.article = a.n AND m.layer = 1 "
    "  AND m.kind = 'mention' AND m.status = 'accepted'), "
    "(SELECT count(*) FROM annotation m JOIN attribution x ON x.claim = m.n WHERE m.article = a.n AND m.layer = 1), "
    "(SELECT count(*) FROM annotation m WHERE m.article = a.n AND m.layer = 1 AND m.kind = 'claim' AND m.status = 'accepted' "
    "  AND NOT EXISTS (SELECT 1 FROM attribution x WHERE x.claim = m.n)), "
    "(SELECT count(*) FROM annotation m WHERE m.article = a.n AND m.layer = 1 AND NOT EXISTS "
    "  (SELECT 1 FROM segment s WHERE s.annotation = m.n AND s.version = v.n)), "
    "(SELECT group_concat(w.label) FROM article_tag g JOIN term w ON w.n = g.term WHERE g.article = a.n) "
    "FROM article a JOIN article_version v ON v.article = a.n AND v.current JOIN text t ON t.n = v.text "
    "LEFT JOIN sentence_count c ON c.version = v.n AND c.layer = 1 ORDER BY a.n"
)


def _list_row(run: Run, project: Project) -> Row:
    db = sqlite3.connect(f"{project.path.as_uri()}?mode=ro", uri=True)
    ours, bare = alternate(project.articles, lambda: db.execute(_LIST).fetchall(), ROUNDS, run.timer)
    db.close()
    return Row(
        f"the list of {ARTICLES:,} articles with counts and stored coverage",
        median(ours),
        "one bare query of the same columns",
        median(bare),
        5,
        p95(ours),
        bare_p95=p95(bare),
    )


# -- search


_SNIPPETS = (
    "SELECT a.uid, a.title, snippet(text_fts, 0, '[', ']', '…', 20) FROM text_fts JOIN article_version v ON v.text = text_fts.rowid "
    f"AND v.current JOIN article a ON a.n = v.article WHERE text_fts MATCH ? ORDER BY rank LIMIT {MOST}"
)


def _search_row(run: Run, project: Project) -> Row:
    db = sqlite3.connect(f"{project.path.as_uri()}?mode=ro", uri=True)
    ours: list[float] = []
    bare: list[float] = []
    worst, found = 0.0, 0
    for typed in TYPED:
        match = " ".join(f'"{word}"' for word in typed.split()) + " *"
        hits: list[list[Any]] = []
        mine, other = alternate(
            lambda typed=typed, hits=hits: hits.append(project.search(typed)),
            lambda match=match: db.execute(_SNIPPETS, [match]).fetchall(),
            ROUNDS,
            run.timer,
        )
        texts: set[Id] = {h.article for h in hits[0] if h.where == "text"}
        there = {row[0] for row in db.execute(_SNIPPETS, [match])}
        if len(texts) != len(there):
            raise RuntimeError(f"“{typed}”: {len(texts)} articles found, {len(there)} by the bare query")
        found += len(texts)
        worst = max(worst, median(mine) / median(other))
        ours.append(median(mine))
        bare.append(median(other))
    db.close()
    return Row(
        f"search {ARTICLES * CODE_POINTS // 1_000_000} MB as one types",
        sum(ours) / len(ours),
        f"the bare full-text query with the same {MOST} ranked snippets",
        sum(bare) / len(bare),
        5,
        note=f"the mean of {len(TYPED)} words being typed, {found} articles shown; the worst of them {worst:.2f} x",
    )
