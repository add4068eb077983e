"""Taking 100,000 annotations out and in: own JSON, JSONL and CSV beside json, csv and bare sqlite3 for the same rows."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import uuid
from itertools import count
from pathlib import Path
from typing import Any, cast

from annotator import interchange
from annotator.model.exchange import Lists, Row
from annotator.project import Project
from tests.bench import corpus
from tests.bench.measure import Row as Measured
from tests.bench.measure import Run, alternate, median
from tests.project.drafts import draft

ARTICLES = 10
CLAIMS, SOURCES, MENTIONS = 5_000, 2_500, 2_500
"""Marks of each article; two in five claims have an attribution."""
_STEP, _LENGTH = 85, 60
AT_MOST = 10.0
ROUNDS = 2


def rows(run: Run) -> list[Measured]:
    """Out and in, each format beside the barest way to the same rows."""
    full = _full(run.folder / "full.annot")
    empty = run.folder / "empty.annot"
    _empty(empty, full).close()
    found: list[Measured] = []
    for format_ in ("json", "jsonl", "csv"):
        found.append(_out(run, full, format_))
    found += [_in(run, full, empty, format_) for format_ in ("json", "csv")]
    full.close()
    return found


def _full(path: Path) -> Project:
    """Return a project of 100,000 annotations."""
    project = Project.create(path)
    text = corpus.text(CLAIMS * _STEP + 200)
    for n in range(ARTICLES):
        article = project.add_article(cast("Any", draft(f"Article {n}\n{text}")))
        project.take_rows("mark", _marks(project, article))
    return project


def _empty(path: Path, full: Project) -> Project:
    """Return a project of the same texts without a mark."""
    project = Project.create(path)
    for article in full.article_ids():
        project.add_article(cast("Any", draft(full.version(article).text)))
    return project


def _marks(project: Project, article: str) -> Lists:
    version = project.version(article)
    source = project.sources(article)[0].id
    shared: Row = {
        "layer": project.layer.id, "article": article, "status": "accepted", "coder": project.coder.id, "created": "2026-01-01",
        "modified": "2026-01-01", "note": None, "tags": [], "derived_from": [],
    }  # fmt: skip
    entity = str(uuid.uuid4())
    begins = [m * _STEP + 20 for m in range(CLAIMS)]
    lists: Lists = {
        "entities": [
            {
                "id": entity,
                "name": "Ada",
                "kind": "person",
                "aliases": [],
                "note": None,
                "external": None,
                "merged_into": None,
            }
        ]
    }

    def made(start: int, length: int, **fields: object) -> Row:
        while version.text[start].isspace():
            start += 1
        end = start + length
        while version.text[end - 1].isspace():
            end -= 1
        place = {
            "version": version.id,
            "segments": [[start, end, version.text[start:end]]],
            "outcome": None,
            "confirmed_by": None,
        }
        return {"id": str(uuid.uuid4()), **shared, "places": [place], **fields}

    lists["claims"] = [
        made(at, _LENGTH, type="factual", form="indirect", check_worthy="yes", reasons=[], short_text=None, ledger=None)
        for at in begins
    ]
    lists["source_mentions"] = [made(at, 8, source=source, role=None) for at in begins[:SOURCES]]
    lists["mentions"] = [
        made(at, 6, entity=entity, form="name", loaded=None, whose_word=None) for at in begins[:MENTIONS]
    ]
    link = dict.fromkeys(("source_mention", "cue", "function", "load_from", "via", "polarity", "determinacy", "stance"))
    lists["attributions"] = [
        {
            "id": str(uuid.uuid4()),
            "layer": shared["layer"],
            "claim": claim["id"],
            "source": source,
            "load": "neutral",
            **link,
        }
        for claim in lists["claims"][::2]
    ]
    return lists


_QUERY = (
    'SELECT a.uid, a.kind, a.status, a.created, a.modified, a.note, s.start, s."end", c.type, c.form, c.check_worthy, sm.source, '
    "m.entity FROM annotation a JOIN segment s ON s.annotation = a.n LEFT JOIN claim c ON c.annotation = a.n "
    "LEFT JOIN source_mention sm ON sm.annotation = a.n LEFT JOIN mention m ON m.annotation = a.n ORDER BY a.n"
)


def _bare_rows(path: Path) -> tuple[list[list[Any]], list[list[Any]], dict[int, str]]:
    with sqlite3.connect(path) as db:
        marks = [[r[0].hex(), *r[1:]] for r in db.execute(_QUERY)]
        links = [
            [r[0].hex(), *r[1:]] for r in db.execute("SELECT uid, claim, source, load FROM attribution ORDER BY n")
        ]
        texts = dict(db.execute("SELECT n, text FROM text"))
    db.close()
    return marks, links, texts


def _out(run: Run, full: Project, format_: str) -> Measured:
    """Ours beside reading the marks and writing the same rows, made before."""
    out, bare = run.folder / f"out.{format_}", run.folder / f"bare.{format_}"
    made = interchange.export(full, out, format_).files
    if format_ == "csv":
        tables = [list(csv.reader(f.read_text("utf-8-sig").splitlines(keepends=True))) for f in made]
    else:
        values = [
            json.loads(line)
            for line in (out.read_text("utf-8").split("\n")[:-1] if format_ == "jsonl" else [out.read_text("utf-8")])
        ]

    def ours() -> None:
        interchange.export(full, out, format_)

    def other() -> None:
        _bare_rows(full.path)
        if format_ == "csv":
            words = io.StringIO()
            for table in tables:
                csv.writer(words, quoting=csv.QUOTE_NONNUMERIC).writerows(table)
        else:
            words = io.StringIO("\n".join(json.dumps(value, ensure_ascii=False) for value in values))
        bare.write_text(words.getvalue(), "utf-8")

    mine, its = alternate(ours, other, ROUNDS, run.timer)
    return Measured(
        f"100,000 annotations out as {format_}",
        median(mine),
        "SELECT, the same rows by json or csv",
        median(its),
        AT_MOST,
    )


def _in(run: Run, full: Project, empty: Path, format_: str) -> Measured:
    """Ours beside reading the same file and writing the same rows, none of them looked at."""
    numbers = count()
    made = interchange.export(full, run.folder / f"in.{format_}", format_).files
    files = [f for f in made if format_ == "json" or not f.stem.endswith("claims")]
    marks, links, _ = _bare_rows(full.path)

    def ours() -> None:
        copy = run.folder / f"copy-{next(numbers)}.annot"
        if format_ == "csv":
            copy.write_bytes(empty.read_bytes())
        project = Project.open(copy) if format_ == "csv" else Project.create(copy)
        plan = interchange.plan(project, files, format_)
        assert not plan.problems
        plan.take(project)
        project.close()

    def other() -> None:
        copy = run.folder / f"copy-{next(numbers)}.annot"
        copy.write_bytes(empty.read_bytes())
        for path in files:
            words = path.read_text("utf-8-sig")
            if format_ == "json":
                json.loads(words)
            else:
                list(csv.DictReader(words.splitlines(keepends=True)))
        db = sqlite3.connect(copy, isolation_level=None)
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute("BEGIN")
        _insert(db, marks, links)
        db.execute("COMMIT")
        db.close()

    mine, its = alternate(ours, other, ROUNDS, run.timer)
    return Measured(
        f"100,000 annotations in from {format_}", median(mine), "json or csv, executemany", median(its), AT_MOST
    )


def _insert(db: sqlite3.Connection, marks: list[list[Any]], links: list[list[Any]]) -> None:
    """Write the same rows, without a look at any of them."""
    layer, article = (db.execute(f"SELECT n FROM {t} LIMIT 1").fetchone()[0] for t in ("layer", "article"))
    db.executemany(
        "INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)",
        ((n, bytes.fromhex(m[0]), layer, article, *m[1:3], *m[3:6]) for n, m in enumerate(marks, 1)),
    )
    version = db.execute("SELECT n FROM article_version LIMIT 1").fetchone()[0]
    db.executemany(
        "INSERT INTO segment VALUES (?, ?, 0, ?, ?, 0)", ((n, version, m[6], m[7]) for n, m in enumerate(marks, 1))
    )
    claims = [(n, *m[8:11]) for n, m in enumerate(marks, 1) if m[1] == "claim"]
    db.executemany("INSERT INTO claim(annotation, type, form, check_worthy) VALUES (?, ?, ?, ?)", claims)
    for kind, at in (("source_mention", 11), ("mention", 12)):
        of = [(n,) for n, m in enumerate(marks, 1) if m[1] == kind and m[at] is not None]
        db.executemany(f"INSERT INTO {kind}(annotation) VALUES (?)", of)
    db.executemany(
        "INSERT INTO attribution(uid, layer, claim, source, load) VALUES (?, ?, ?, ?, ?)",
        ((bytes.fromhex(k[0]), layer, claims[n % len(claims)][0], 1, k[3]) for n, k in enumerate(links)),
    )
