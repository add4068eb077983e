"""Somebody else writes, replaces, cuts or removes the file while it is open: noticed before anything is acknowledged."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import ChangedElsewhere, RuleBroken
from annotator.project import Changes, Project
from annotator.storage import opening
from tests.project.drafts import PLAIN, draft, span
from tests.storage.conftest import marked


@pytest.fixture
def older(project: Project, path: Path, article: str) -> Path:
    """A copy of the file as it was before the claim was made."""
    return Path(shutil.copy(path, path.with_name("older.annot")))


def another_connection_writes(path: Path, _: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE meta SET value = 'other' WHERE key = 'revision'")


def another_program_writes(path: Path, _: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE article SET title = 'Other words'")


def replaced(path: Path, older: Path) -> None:
    os.replace(older, path)  # noqa: PTH105 - the system's own call, as a synchronising program makes it


def deleted(path: Path, _: Path) -> None:
    path.unlink()


def moved(path: Path, _: Path) -> None:
    path.rename(path.with_name("moved.annot"))


def overwritten_in_place(path: Path, older: Path) -> None:
    content = older.read_bytes()
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()


def cut_short(path: Path, _: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


def emptied(path: Path, _: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(0)


def made_a_folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


BEFALLS: list[Callable[[Path, Path], None]] = [
    another_connection_writes,
    another_program_writes,
    replaced,
    deleted,
    moved,
    overwritten_in_place,
    cut_short,
    emptied,
    made_a_folder,
]
WHOLE = [replaced, deleted, moved, another_connection_writes, made_a_folder]


def acts(project: Project, article: str, claim: str) -> list[Callable[[], object]]:
    return [
        lambda: project.set_note(claim, "x"),
        lambda: project.mark(article, "claim", [(0, 3)]),
        lambda: project.undo(),
        lambda: project.link_new(claim, "Oda Lien"),
        lambda: project.add_article(draft(PLAIN)),
        lambda: project.unmark(claim),
        lambda: project.set_meta("last_article", article),
    ]


@pytest.mark.parametrize("befalls", BEFALLS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("which", range(7))
def test_noticed_before_anything_is_acknowledged(
    project: Project,
    path: Path,
    article: str,
    older: Path,
    claim: str,
    befalls: Callable[[Path, Path], None],
    which: int,
) -> None:
    told: list[Changes] = []
    project.subscribe(told.append)
    befalls(path, older)
    with pytest.raises(ChangedElsewhere) as error:
        acts(project, article, claim)[which]()
    assert str(error.value).endswith(".")
    assert told == []
    assert not project._store.db.in_transaction
    with pytest.raises(ChangedElsewhere):
        project.set_note(claim, "again")


@pytest.mark.parametrize("befalls", WHOLE, ids=lambda f: f.__name__)
def test_a_copy_can_be_saved_of_what_is_still_there(
    project: Project,
    path: Path,
    tmp_path: Path,
    article: str,
    older: Path,
    claim: str,
    befalls: Callable[[Path, Path], None],
) -> None:
    project.set_note(claim, "kept")
    befalls(path, older)
    with pytest.raises(ChangedElsewhere):
        project.set_note(claim, "lost")
    taken = tmp_path / "taken.annot"
    taken.write_text("an old copy")
    project.backup(taken)
    saved = Project.open(taken)
    note = saved.annotation(claim)
    assert note is not None
    assert note.note == "kept"
    assert saved.check() == []
    assert saved.undo() is not None
    saved.close()


def test_what_stands_in_place_of_the_file_is_left_alone(project: Project, path: Path, older: Path, claim: str) -> None:
    replaced(path, older)
    before = path.read_bytes()
    with pytest.raises(ChangedElsewhere):
        project.set_note(claim, "x")
    project.close()
    assert path.read_bytes() == before


def test_replaced_in_the_middle_of_an_action(project: Project, path: Path, older: Path, claim: str) -> None:
    def swap(_: Changes) -> None:
        replaced(path, older)

    project._store.before_commit = swap
    with pytest.raises(ChangedElsewhere):
        project.set_note(claim, "x")
    project._store.before_commit = None
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM annotation").fetchone()[0] == 0


def test_a_file_that_another_program_holds_may_be_tried_again(
    project: Project, path: Path, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project._store.db.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(ChangedElsewhere, match="Try again in a moment"):
            project.set_note(claim, "x")
        db.execute("ROLLBACK")
    project.set_note(claim, "x")
    assert project.check() == []


def test_the_same_file_touched_or_read_is_no_change(project: Project, path: Path, claim: str) -> None:
    path.touch()
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT count(*) FROM article").fetchone()
    project.set_note(claim, "x")
    found = project.annotation(claim)
    assert found is not None and found.note == "x"


def test_two_windows_on_one_file_by_two_names(path: Path, tmp_path: Path) -> None:
    """A hard link has a lock file of its own: the counter in the file still tells."""
    made = Project.create(path)
    article = marked(made)
    other_name = tmp_path / "other.annot"
    os.link(path, other_name)
    second = Project.open(other_name)
    assert not second.read_only
    made.mark(article, "claim", [span(PLAIN, "It did not sail.")])
    with pytest.raises(ChangedElsewhere):
        second.mark(article, "claim", [(0, 3)])
    second.close()
    made.close()


def test_a_copy_never_takes_the_name_of_the_project(project: Project, path: Path, tmp_path: Path, claim: str) -> None:
    link = tmp_path / "link.annot"
    link.symlink_to(path)
    for dest in (path, link):
        with pytest.raises(RuleBroken, match="another name"):
            project.backup(dest)
    project.set_note(claim, "x")


def test_any_revision_text_can_be_counted_on() -> None:
    assert opening.next_revision("4:ab").startswith("5:")
    for odd in ("", "x:1", "²:1", ":"):
        assert opening.next_revision(odd).startswith("1:")


def test_an_article_another_window_removed_is_said_to_be_gone_though_its_text_is_known(
    project: Project, path: Path, article: str
) -> None:
    with closing(Project.open(path, read_only=True)) as second:
        assert second.annotated(article).text
        project.delete_article(article)
        with pytest.raises(RuleBroken, match="no longer in the project"):
            second.annotated(article)
