"""The sourcing audit: of one article and of 2,000, beside the same rows read by bare sqlite3 and one pass of the word rule."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop

from annotator import importers
from annotator import text as texts
from annotator.analysis import sourcing, standards
from annotator.model import (
    Annotation,
    Attribution,
    Claim,
    ClaimEvidence,
    Cue,
    Entity,
    Evidence,
    Id,
    Ledger,
    Mention,
    Record,
    Relation,
    Segment,
    Source,
    SourceMention,
    Verification,
    new_id,
)
from annotator.model.values import CHECK_STATUSES, CHECK_WORTHY, CLAIM_FORMS, CLAIM_TYPES, CUE_LOADS, SOURCE_NAMINGS
from annotator.project import Project
from annotator.project.auditing import Auditor
from annotator.storage import Store
from tests.bench import corpus
from tests.bench.measure import Row, Run, alternate, median, timed

ONE = (100_000, 1_000)
"""Code points and annotations of the one article."""
ARTICLES = 2_000
EACH = (3_000, 50)
"""Code points and annotations of each of many."""
ENTITIES = 400
MEMORY_ARTICLES = (200, ARTICLES)
LIVE_ROUNDS = 9
PATIENCE = 60
"""Seconds the audit may take to be right again."""
MEMORY_MORE = 40.0
"""Megabytes a project of 2,000 articles may take beyond one of 200."""


def rows(run: Run) -> list[Row]:
    """Return a row for one article, one for many, one for the memory these take, one for what the window waits for."""
    one, many = run.folder / "one.annot", run.folder / "many.annot"
    make(one, 1, *ONE)
    make(many, ARTICLES, *EACH)
    return [
        _row(run, one, 9, f"audit of an article with {ONE[1]:,} annotations on {ONE[0]:,} characters"),
        _row(run, many, 3, f"audit of {ARTICLES:,} articles with {ARTICLES * EACH[1]:,} annotations"),
        _memory_row(many),
        _live_row(run, one),
    ]


def _row(run: Run, path: Path, rounds: int, what: str) -> Row:
    with Auditor(path) as auditor:
        project = Project.open(path, read_only=True)
        ids = project.article_ids()
        project.close()
        only_one = len(ids) == 1
        ours, bare = alternate(
            lambda: sourcing.audit(auditor.tallies(ids, spans=only_one)), lambda: _bare(path), rounds, run.timer
        )
    return Row(
        what, median(ours), "the same rows and texts read by bare sqlite3, one pass of the word rule", median(bare), 10
    )


_READ = (
    "SELECT * FROM annotation", "SELECT * FROM claim", "SELECT * FROM source_mention", "SELECT * FROM mention",
    "SELECT * FROM segment", "SELECT * FROM attribution", "SELECT * FROM source", "SELECT * FROM entity", "SELECT * FROM relation",
    "SELECT * FROM verification_event", "SELECT * FROM claim_evidence", "SELECT * FROM evidence", "SELECT * FROM block",
)  # fmt: skip


def _bare(path: Path) -> int:
    """Read every row the audit needs, table by table, and find the words of the texts."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    n = sum(1 for query in _READ for _ in db.execute(query))
    for (text,) in db.execute("SELECT t.text FROM article_version v JOIN text t ON t.n = v.text WHERE v.current"):
        n += sum(1 for _ in texts.words(text))
    db.close()
    return n


# -- memory


def _memory_row(path: Path) -> Row:
    few, many = (_peak(path, n) for n in MEMORY_ARTICLES)
    what = f"memory of a process that audits {MEMORY_ARTICLES[1]:,} articles, at most"
    limit = f"one that audits {MEMORY_ARTICLES[0]:,} of them"
    return Row(what, many, limit, few, round((few + MEMORY_MORE) / few, 2), unit="MB")


def _peak(path: Path, articles: int) -> float:
    command = [sys.executable, "-m", "tests.bench.audit", str(path), str(articles)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=600)
    return int(told.stdout) / 1e6


def _audit_first(path: Path, articles: int) -> int:
    """Audit some of a project's articles; returns the most bytes this process has held in memory."""
    project = Project.open(path, read_only=True)
    ids = project.article_ids()[:articles]
    with project.auditor() as auditor:
        sourcing.audit(auditor.tallies(ids))
    project.close()
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells on Linux is of the process this one was started from, if that held more
        (line,) = [line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


# -- after an action


def _live_row(run: Run, path: Path) -> Row:
    """Measure from when an action is done and shown until figures and findings are right, beside one audit by itself."""
    from annotator.ui.panels.audit import AuditPanel
    from tests.bench.stage import Stage

    stage = Stage(run.folder, path)
    stage.window.actions_["panel.audit"].trigger()
    stage.settle()
    panel = stage.window.side.panel
    annotated = stage.workspace.annotated
    if not isinstance(panel, AuditPanel) or annotated is None:
        raise RuntimeError("there is no audit to look at")
    claims = [c.id for c in annotated.claims][: LIVE_ROUNDS + 1]
    sentences = stage.project().sentences(annotated.article.id)
    rules = annotated.code_book.house_rules()

    def until_right() -> None:
        limit = time.monotonic() + PATIENCE
        while panel.auditing.stale or panel.auditing.counting:
            stage.app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > limit:
                raise RuntimeError("the audit does not come")
        if panel.auditing.outcome.findings is None:
            raise RuntimeError("nothing was checked")

    def once() -> None:
        counted = sourcing.audit([sourcing.tally(annotated)])
        standards.findings(annotated, sentences, rules, audit=counted)

    until_right()
    ours: list[float] = []
    bare: list[float] = []
    for claim in claims:
        stage.workspace.do(lambda p, c=claim: p.link_author(c))
        ours.append(run.timer(until_right))
        bare.append(timed(once))
    stage.close()
    what = f"after one action, until audit and findings of {ONE[1]:,} annotations are right again"
    return Row(what, median(ours[1:]), "one audit of that article with its findings", median(bare[1:]), 1.5)


# -- what is audited


def make(path: Path, articles: int, length: int, marks: int) -> None:
    """Make a project of articles that are marked densely, with everything an audit looks at."""
    project = Project.create(path)
    layer, coder = project.layer, project.coder
    batches = project.importing()
    drafts = [importers.draft_from_text(corpus.text(length, seed=n + 1), title=f"Report {n}") for n in range(articles)]
    ids = [id_ for n in range(0, articles, 200) for id_ in batches.put(drafts[n : n + 200])]
    project.close()
    store = Store.open(path)
    chance = random.Random(5)
    entities = [Entity(name=f"Somebody {n}", kind="person") for n in range(ENTITIES)]
    entries = [Ledger(wording=f"Proposition {n}") for n in range(ENTITIES)]
    with store.unrecorded():
        for record in (*entities, *entries):
            store.records.put(record)
        for article in ids:
            text = store.articles.version(article).text
            for record in _records(chance, article, layer.id, coder.id, len(text), marks, entities, entries):
                store.records.put(record)
    store.close()


def _records(
    chance: random.Random,
    article: Id,
    layer: Id,
    coder: Id,
    length: int,
    marks: int,
    entities: list[Entity],
    entries: list[Ledger],
) -> Iterator[Record]:
    """Yield sources, marks (four of ten claims, every twentieth split), and what hangs on them."""
    sources = [
        Source(article=article, label=f"Source {n}", naming=chance.choice(SOURCE_NAMINGS), kind="person",
               affiliation=f"Body {n % 4}" if n % 3 else None, proximity=chance.choice(("first_hand", "second_hand")),
               entity=chance.choice(entities).id if n % 2 else None)
        for n in range(max(6, marks // 50))
    ]  # fmt: skip
    yield from sources
    made: list[Annotation] = []
    for n in range(marks):
        start = chance.randrange(0, length - 220)
        shared: dict[str, Any] = {"layer": layer, "article": article, "coder": coder}
        kind = (Claim, SourceMention, Claim, Cue, Mention, Claim, SourceMention, Claim, Cue, Mention)[n % 10]
        end = start + chance.randint(20, 200 if kind is Claim else 40)
        spans = (Segment(start, end),) if n % 20 else (Segment(start, end - 10), Segment(end - 5, end))
        if kind is Claim:
            shared |= {"type": chance.choice(CLAIM_TYPES), "form": chance.choice(CLAIM_FORMS),
                       "check_worthy": chance.choice(CHECK_WORTHY),
                       "ledger": chance.choice(entries).id if n % 5 == 0 else None}  # fmt: skip
        elif kind is SourceMention:
            shared |= {"source": chance.choice(sources).id, "role": "speaker"}
        elif kind is Mention:
            shared |= {"entity": chance.choice(entities).id}
        made.append(kind(segments=spans, **shared))
    yield from made
    yield from _hanging(chance, layer, made, sources)


def _hanging(chance: random.Random, layer: Id, made: list[Annotation], sources: list[Source]) -> Iterator[Record]:
    claims = [mark for mark in made if isinstance(mark, Claim)]
    named = [mark for mark in made if isinstance(mark, SourceMention)]
    cues = [mark for mark in made if isinstance(mark, Cue)]
    for n, claim in enumerate(claims):
        outer: Id | None = None
        for _ in range((1, 1, 0, 2)[n % 4]):
            link = Attribution(
                id=new_id(), layer=layer, claim=claim.id, source=chance.choice(sources).id, cue=chance.choice(cues).id,
                source_mention=chance.choice(named).id, load=chance.choice(CUE_LOADS), via=outer,
            )  # fmt: skip
            yield link
            outer = link.id
        if n % 6 == 0:
            found = Evidence(title="A register")
            yield found
            yield ClaimEvidence(claim=claim.id, evidence=found.id, stance="context")
            yield Verification(claim=claim.id, status=chance.choice(CHECK_STATUSES))
        if n % 7 == 1:
            yield Relation(from_claim=claim.id, to_claim=claims[n - 1].id, kind="contradicts")


if __name__ == "__main__":
    sys.stdout.write(str(_audit_first(Path(sys.argv[1]), int(sys.argv[2]))))
