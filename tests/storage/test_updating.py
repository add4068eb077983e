"""A file of an earlier version is brought up to this one: copied first, then all or nothing; or shown from a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.errors import NotAProject, ProjectError, ReadOnlyProject
from annotator.project import Project
from annotator.storage import copies, opening, schema

OLD = Path(__file__).parents[1] / "data" / "schema-1.annot"
SECOND = OLD.with_name("schema-2.annot")
CHILD = """
import resource, sys
from pathlib import Path
from annotator.project import Project
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
project = Project.open(Path(sys.argv[1]))
print("updated" if project.updated else "for reading" if project.read_only else "new", project.why_read_only)
project.close()
"""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    return Path(shutil.copy(OLD, tmp_path / "old.annot"))


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may write everywhere: say that this may not be written."""
    monkeypatch.setattr(opening, "hold", lambda path: ("The file may not be written.", None))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return opening.version(db)


def seen(project: Project) -> dict[str, Any]:
    """What a reader of the old program saw."""
    ids = project.article_ids()
    return {
        "titles": [project.article(i).title for i in ids],
        "texts": [project.version(i).sha256 for i in ids],
        "marks": [[(a.kind, a.segments, a.note, a.tags) for a in project.annotated(i).annotations] for i in ids],
        "said": [[(x.claim, x.source, x.cue) for x in project.annotated(i).attributions] for i in ids],
        "counts": [(s.claims, s.sources, s.accounted, s.sentences) for s in project.articles()],
        "steps": [(s.name, s.undone) for s in project.steps()],
        "tags": project.tags(),
    }


WANTED = {
    "titles": ["The ferry that never sailed", "港口"],
    "counts": [(1, 1, 2, 5), (1, 0, 1, 9)],
    "tags": ["money", "to check"],
}


def check_content(project: Project) -> None:
    found = seen(project)
    assert {name: found[name] for name in ("titles", "tags")} == {n: WANTED[n] for n in ("titles", "tags")}
    assert [c[:2] for c in found["counts"]] == [(1, 1), (1, 0)]
    assert found["steps"][-1] == ("write the note of claim “港口办公室说，渡轮五月开航。”", True)
    assert project.check() == []


def test_the_sample_of_version_1_is_one() -> None:
    assert version(OLD) == 1
    with closing(sqlite3.connect(f"{OLD.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        assert schema.fingerprint(db) == schema.FINGERPRINTS[1]


def test_every_version_has_its_fingerprint() -> None:
    assert sorted(schema.FINGERPRINTS) == list(range(1, schema.LATEST + 1))


def test_it_is_brought_up_and_the_user_is_told_where_the_old_one_is(old: Path) -> None:
    before = old.read_bytes()
    with closing(Project.open(old)) as project:
        assert not project.read_only
        (kept,) = paths.backups(old).glob("*.annot")
        assert str(kept) in project.updated
        check_content(project)
        # What it could not do before:
        project.tag_articles(project.article_ids(), "ports")
        assert {h.where for h in project.search("办公室")} == {"text"}
        assert {h.where for h in project.search("lien")} == {"text", "source"}
    assert version(old) == schema.LATEST
    assert version(kept) == 1
    with closing(sqlite3.connect(kept)) as db, closing(sqlite3.connect(OLD)) as first:
        assert list(db.iterdump()) == list(first.iterdump())
    assert before == OLD.read_bytes()
    with closing(Project.open(old)) as project:
        assert project.updated == ""
        assert project.articles()[0].tags == ("ports",)


def test_its_history_goes_on(old: Path) -> None:
    with closing(Project.open(old)) as project:
        now = seen(project)
        assert project.redo() is not None
        assert any(a.note == "ask the port again" for a in project.annotated(project.article_ids()[1]).annotations)
        while project.undo():
            pass
        assert project.articles() == []
        assert project.check() == []
        while project.redo():
            pass
        assert project.undo() is not None
        assert seen(project)["marks"] == now["marks"]
        assert project.check() == []


def test_what_version_2_kept_of_checking_is_there_and_can_be_taken_back(tmp_path: Path) -> None:
    """Its history has rows without the columns that came since: who added evidence and when, when a relation was made."""
    assert version(SECOND) == 2
    with closing(sqlite3.connect(f"{SECOND.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        assert schema.fingerprint(db) == schema.FINGERPRINTS[2]
    with closing(Project.open(Path(shutil.copy(SECOND, tmp_path / "second.annot")))) as project:
        first, second = (project.annotated(i) for i in project.article_ids())
        sailed = first.claims[0].id
        (link,) = first.evidence_of(sailed)
        assert (link.stance, link.coder, link.at) == ("supports", None, None)
        given = first.verdict_given(sailed)
        assert given is not None and (given.verdict, given.person) == ("5", "Tess Ek")
        (relation,) = first.relations
        assert relation in second.relations and relation.note == "two counts" and relation.at is None
        steps = len(project.steps())
        kept = [(len(a.relations), len(list(a.claim_evidence))) for a in (first, second)]
        while project.undo():
            pass
        assert project.articles() == []
        for _ in range(steps - 1):  # the last one had been taken back already
            assert project.redo() is not None
        again = [project.annotated(i) for i in project.article_ids()]
        assert [(len(a.relations), len(list(a.claim_evidence))) for a in again] == kept
        assert project.check() == []
        project.answer_finding("unattributed", sailed, first.article.id, "Seen by the reporter.")
        assert [a.answer for a in project.finding_answers(project.article_ids())] == ["Seen by the reporter."]


@pytest.mark.parametrize("row", ["", "[", "{}", "7", "[1]", "null", "x" * 100_000])
def test_a_history_that_is_not_ours_is_brought_up_and_not_taken_back(tmp_path: Path, row: str) -> None:
    path = Path(shutil.copy(SECOND, tmp_path / "second.annot"))
    with closing(sqlite3.connect(path)) as db:
        changed = db.execute("UPDATE history SET row = ? WHERE kind = 'claim_evidence' AND op IN ('U', 'D')", [row])
        assert changed.rowcount > 0
        db.commit()
    with closing(Project.open(path)) as project:
        assert not project.read_only
        before = seen(project)
        with pytest.raises(ProjectError):
            while project.undo():
                before = seen(project)
        assert seen(project) == before
        assert project.check() == []


def test_where_it_may_not_be_written_a_copy_is_shown(old: Path, read_only: None) -> None:
    before = old.read_bytes()
    project = Project.open(old)
    try:
        assert project.read_only
        assert "may not be written" in project.why_read_only
        assert project.path == old
        check_content(project)
        with project.finder() as finder:
            assert finder.search("ferry") == project.search("ferry") != []
        with pytest.raises(ReadOnlyProject):
            project.archive(project.article_ids())
        shown = project._store.file
        assert shown.exists()
    finally:
        project.close()
    assert not shown.parent.exists()
    assert old.read_bytes() == before
    assert not paths.backups(old).exists()


def test_for_reading_only_nothing_is_changed(old: Path) -> None:
    before = old.read_bytes()
    with closing(Project.open(old, read_only=True)) as project:
        check_content(project)
    assert old.read_bytes() == before


def test_a_copy_of_what_is_shown_is_of_this_version(old: Path, read_only: None, tmp_path: Path) -> None:
    with closing(Project.open(old)) as project:
        project.backup(tmp_path / "copy.annot")
    assert version(tmp_path / "copy.annot") == schema.LATEST


def test_backups_that_cannot_be_written_are_kept_beside_it(old: Path) -> None:
    paths.data().mkdir(parents=True)
    (paths.data() / "backups").write_text("in the way")
    with closing(Project.open(old)) as project:
        kept = old.with_name(f"old before version {schema.LATEST}.annot")
        assert str(kept) in project.updated
    assert version(kept) == 1


def test_a_copy_is_never_written_over_another(old: Path) -> None:
    for n in range(2):
        shutil.copy(OLD, old)
        with closing(Project.open(old)) as project:
            assert project.updated
        assert len(list(paths.backups(old).glob("*.annot"))) == n + 1


def test_without_a_copy_nothing_is_changed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No place for the copy: it opens for reading, and says why."""
    before, copy = old.read_bytes(), copies.copy

    def full(db: sqlite3.Connection, dest: Path, **rest: Any) -> None:
        if "before version" in dest.name:
            raise copies.StorageFull("A copy could not be written: no room.")
        copy(db, dest, **rest)

    monkeypatch.setattr(copies, "copy", full)
    with closing(Project.open(old)) as project:
        assert project.read_only
        assert "no room" in project.why_read_only
        assert "nothing in it was changed" in project.why_read_only
        check_content(project)
    assert old.read_bytes() == before
    monkeypatch.setattr(copies, "copy", copy)
    with closing(Project.open(old)) as project:
        assert not project.read_only


def test_a_faulty_old_file_is_left_as_it_is(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        db.execute("DELETE FROM article WHERE n = 1")  # its rows lead nowhere
        db.commit()
    before = old.read_bytes()
    with pytest.raises(NotAProject, match="leads nowhere"):
        Project.open(old)
    assert old.read_bytes() == before


def test_an_old_file_with_tables_that_are_not_ours_is_refused(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        db.execute("CREATE TABLE extra (x)")
    before = old.read_bytes()
    with pytest.raises(NotAProject, match="not ours"):
        Project.open(old)
    assert old.read_bytes() == before


def child(path: Path, *, room: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(room)], capture_output=True, text=True, timeout=60
    )


def ended_before_statement(path: Path, at: int) -> bool:
    """Open a project in a process that kills itself before its so manieth statement; False where it came to its end."""
    process = os.fork()
    if process == 0:
        connect, left = opening.connect, [at]

        def look(_: str) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(path: Path, mode: str) -> sqlite3.Connection:
            db = connect(path, mode)
            db.set_trace_callback(look)
            return db

        opening.connect = watched
        try:
            Project.open(path).close()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that begins where this one is")
def test_killed_in_it_the_file_is_the_old_or_the_new_one(old: Path) -> None:
    at, found = 1, set[int]()
    while ended_before_statement(old, at):
        with closing(sqlite3.connect(old)) as db:
            now = opening.version(db)
            assert schema.fingerprint(db) == schema.FINGERPRINTS[now], f"between two versions, before statement {at}"
        if at % 40 == 0 or now not in found:
            with closing(Project.open(old)) as project:
                assert not project.read_only
                check_content(project)
        found.add(now)
        shutil.rmtree(paths.data(), ignore_errors=True)
        shutil.copy(OLD, old)
        at += 1
    assert found == {1, schema.LATEST} and at > 40


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit to the size of files")
def test_a_full_disk_leaves_it_as_it_was(old: Path) -> None:
    digest = hashlib.sha256(old.read_bytes()).hexdigest()
    size = old.stat().st_size
    for room in (1000, size // 2, size + 4096, size + 3 * 4096):
        done = child(old, room=room)
        assert "Traceback" not in done.stderr or ProjectError.__name__ in done.stderr or "StorageFull" in done.stderr
        assert not done.stdout.startswith("updated")
        assert hashlib.sha256(old.read_bytes()).hexdigest() == digest
    assert child(old, room=100 * size).stdout.startswith("updated")
