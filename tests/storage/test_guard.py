"""What is not ours, newer or damaged is refused in one sentence, and its bytes stay as they are."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ChangedElsewhere, NotAProject, ProjectError
from annotator.project import Project
from annotator.storage import opening, schema
from tests.storage.conftest import marked


def sql(*statements: str) -> Callable[[Path], None]:
    def do(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for statement in statements:
                db.execute(statement)

    return do


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def cut_to_the_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(100)


def zeroed_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(4096))


CHANGES = {
    "newer": (sql("PRAGMA user_version = 999"), "newer Article Annotator"),
    "no version": (sql("PRAGMA user_version = 0"), "altered by another program"),
    "negative version": (sql("PRAGMA user_version = -1"), "newer|altered"),
    "foreign id": (sql("PRAGMA application_id = 7"), "another program’s file"),
    "trigger": (sql("CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END"), "not ours"),
    "view": (sql("CREATE VIEW v AS SELECT 1"), "not ours"),
    "table": (sql("CREATE TABLE extra (x)"), "not ours"),
    "index": (sql("CREATE INDEX i ON article(title)"), "not ours"),
    "missing table": (sql("DROP TABLE foreign_id"), "not ours"),
    "statistics": (sql("ANALYZE"), "not ours"),
    "added column": (sql("ALTER TABLE entity ADD COLUMN x"), "not ours"),
    "write-ahead log": (sql("PRAGMA journal_mode = WAL"), "altered by another program"),
    "cut": (cut, "damaged"),
    "cut to the header": (cut_to_the_header, "damaged|not ours"),
    "zeroed page": (zeroed_page, "damaged|not ours"),
}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("name", CHANGES)
def test_refused_and_left_as_it_is(closed: Path, name: str) -> None:
    change, words = CHANGES[name]
    change(closed)
    before = snapshot(closed.parent)
    for read_only in (False, True):
        with pytest.raises(NotAProject, match=words) as told:
            Project.open(closed, read_only=read_only)
        assert str(told.value).endswith(".")
        assert "\n" not in str(told.value)
    assert snapshot(closed.parent) == before


FILES = {
    "empty": b"",
    "text": b"To whom it may concern, this is no project at all. " * 20,
    "zip": b"PK\x03\x04" + bytes(200),
    "only the magic": b"SQLite format 3\x00",
    "magic and noise": b"SQLite format 3\x00" + bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", FILES)
def test_no_sqlite_file(path: Path, name: str) -> None:
    path.write_bytes(FILES[name])
    with pytest.raises(NotAProject):
        Project.open(path)
    assert snapshot(path.parent) == {path.name: FILES[name]}


def test_a_foreign_sqlite_file(path: Path) -> None:
    sql("CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')")(path)
    before = snapshot(path.parent)
    with pytest.raises(NotAProject, match="another program’s file"):
        Project.open(path)
    assert snapshot(path.parent) == before


def test_a_foreign_file_that_carries_our_id(path: Path) -> None:
    sql(
        "CREATE TABLE meta (key, value)", f"PRAGMA application_id = {schema.APPLICATION_ID}", "PRAGMA user_version = 1"
    )(path)
    with pytest.raises(NotAProject, match="not ours"):
        Project.open(path)


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is a folder"):
        Project.open(tmp_path)
    with pytest.raises(ProjectError, match="There is no file"):
        Project.open(tmp_path / "none.annot")
    assert list(tmp_path.iterdir()) == []


def test_a_project_is_made_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(ProjectError, match="No space left"):
        patched.setattr(opening, "move_into_place", fails)
        Project.create(path)
    assert list(path.parent.iterdir()) == []


def test_a_new_project_has_a_coder_a_layer_and_no_history(path: Path) -> None:
    made = Project.create(path, coder="  Tess \n Ek ")
    assert made.coder.name == "Tess Ek"
    assert made.coder.initials == "TE"
    assert made.layer.coder == made.coder.id
    assert made.steps() == []
    assert made.check() == []
    made.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_an_existing_file_is_never_overwritten(closed: Path, tmp_path: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(ProjectError, match="is there already"):
        Project.create(closed)
    with pytest.raises(ProjectError, match="cannot be made"):
        Project.create(tmp_path / "no" / "such" / "folder.annot")
    assert closed.read_bytes() == before


def test_the_fingerprint_is_that_of_the_migrations() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        opening.migrate(db)
        assert schema.fingerprint(db) == schema.FINGERPRINT
        assert db.execute("PRAGMA user_version").fetchone()[0] == schema.LATEST


def test_the_file_holds_no_trigger_and_no_view(closed: Path) -> None:
    opened = Project.open(closed)
    with closing(sqlite3.connect(closed)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0] == 0
    opened.close()


def test_the_modes_of_an_open_file(closed: Path) -> None:
    opened = Project.open(closed)
    modes = {
        "journal_mode": "delete", "synchronous": 3, "locking_mode": "normal", "foreign_keys": 1, "cell_size_check": 1, "mmap_size": 0,
        "secure_delete": 1, "recursive_triggers": 1, "temp_store": 2,
    }  # fmt: skip
    found = {m: opened._store.db.execute(f"PRAGMA {m}").fetchone() for m in modes}
    assert {m: row[0] if row else 0 for m, row in found.items()} == modes
    opened.close()


# -- places that may not be written; permissions do not bind root, so the answer of the system is given here


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_read_only_place_opens_to_read_and_says_so(
    closed: Path, tmp_path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden = closed if which == "file" else closed.parent
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != forbidden and allowed(p, mode))
    before = closed.read_bytes()
    opened = Project.open(closed)
    assert opened.read_only
    assert which in opened.why_read_only
    (article,) = opened.articles()
    assert opened.coverage(article.article.id).sentences
    copy = tmp_path / "copy"
    opened.backup(copy)
    opened.close()
    assert closed.read_bytes() == before
    monkeypatch.undo()
    again = Project.open(copy)
    assert not again.read_only
    again.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind root")
def test_real_permissions(closed: Path) -> None:
    closed.chmod(0o444)
    opened = Project.open(closed)
    assert opened.read_only
    opened.close()


def test_a_cut_off_write_in_a_read_only_place_is_no_damage(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_a_hot_journal(closed)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: mode != os.W_OK and allowed(p, mode))
    before = snapshot(closed.parent)
    with pytest.raises(ProjectError, match="cut off while it was written") as told:
        Project.open(closed)
    assert not isinstance(told.value, NotAProject)
    assert snapshot(closed.parent) == before
    monkeypatch.undo()
    mended = Project.open(closed)
    assert mended.check() == []
    mended.close()


def leave_a_hot_journal(path: Path) -> None:
    """Do what a process killed in the middle of a commit leaves behind."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("PRAGMA cache_spill = ON")
        db.execute("BEGIN IMMEDIATE")
        for n in range(200):
            db.execute("INSERT INTO blob(sha256, media_type, name, bytes) VALUES (?, '', '', zeroblob(4000))", [str(n)])
        torn = {p: p.read_bytes() for p in (path, path.with_name(f"{path.name}-journal"))}
        db.execute("ROLLBACK")
    for file, content in torn.items():
        file.write_bytes(content)


def test_opening_while_another_program_writes_says_so(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(closed, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectError, match="being written by another program") as told:
            Project.open(closed)
        assert not isinstance(told.value, NotAProject)


def test_a_name_with_every_kind_of_character(tmp_path: Path) -> None:
    path = tmp_path / "50% of “Å” #1 ?x=1 'quoted'.annot"
    made = Project.create(path)
    marked(made)
    made.close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    opened = Project.open(path)
    assert not opened.read_only
    assert len(opened.articles()) == 1
    opened.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.annot")
    with pytest.raises(NotAProject, match="not an ordinary file"):
        Project.open(tmp_path / "pipe.annot")


def test_a_schema_that_is_no_text_is_refused(closed: Path) -> None:
    content = closed.read_bytes()
    at = content.index(b"CREATE TABLE source_alias")
    closed.write_bytes(content[: at + 7] + b"\xc0" + content[at + 8 :])
    with pytest.raises(NotAProject, match="damaged"):
        Project.open(closed)
    assert [p.name for p in closed.parent.iterdir() if p.name.endswith(".lock")] == []


def test_a_value_that_is_no_text_is_told_when_it_is_read(closed: Path) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as db:
        db.execute("UPDATE source SET label = CAST(x'c041' AS TEXT)")
    project = Project.open(closed)
    try:
        for read in (project.entities, lambda: project.annotated(project.articles()[0].article.id)):
            with pytest.raises(ChangedElsewhere, match="damaged"):
                read()
    finally:
        project.close()
