"""Copies: checked backups, a copy for others without what was deleted, one backup for each day of use."""

from __future__ import annotations

import gzip
import os
import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.errors import StorageFull
from annotator.project import Project
from annotator.storage import copies
from tests.project.drafts import PLAIN, draft, span
from tests.project.picture import picture

TODAY = date(2025, 6, 15)


def secret(n: int) -> str:
    return f"zq{n}secretword"


def test_a_backup_is_the_same_project(project: Project, claim: str, tmp_path: Path) -> None:
    project.set_note(claim, "x")
    project.backup(tmp_path / "b.annot")
    copy = Project.open(tmp_path / "b.annot")
    assert picture(copy) == picture(project)
    assert [s.name for s in copy.steps()] == [s.name for s in project.steps()]
    assert copy.check() == []
    copy.close()


@pytest.fixture
def with_secrets(project: Project, article: str, claim: str) -> Project:
    """A project in which every secret was written and then taken away again."""
    project.set_note(claim, secret(1))
    project.set_note(claim, None)
    gone = project.add_article(draft(f"Title {secret(2)}\nText {secret(3)}. " * 300))
    project.mark(gone, "claim", [(0, 5)])
    project.delete_article(gone)
    source = project.add_source(article, secret(4), note=secret(5), aliases=(secret(6),))
    project.delete_source(source)
    entity = project.add_entity(secret(7), aliases=(secret(8),))
    project.delete_entity(entity)
    other = project.mark(article, "claim", [span(PLAIN, "forty tickets were sold")])
    project.add_evidence(other, "supports", title=secret(9), quoted=secret(10))
    project.edit_claim(other, short_text=secret(11))
    project.verify(other, "in_progress", why=secret(12))
    project.unmark(other)
    project.set_note(claim, secret(13))
    project.undo()
    project.edit_article(article, title=secret(14))
    project.edit_article(article, title="Ferry")
    project.set_coder_name(secret(15))
    project.set_coder_name("Tess Ek")
    return project


def test_a_clean_copy_holds_nothing_that_was_deleted(with_secrets: Project, tmp_path: Path) -> None:
    with_secrets.backup(tmp_path / "clean.annot", clean=True)
    content = (tmp_path / "clean.annot").read_bytes()
    assert not [n for n in range(1, 16) if secret(n).encode() in content or secret(n)[2:].encode() in content]
    assert b"secretword" not in gzip.compress(content)
    clean = Project.open(tmp_path / "clean.annot")
    assert clean.steps() == []
    assert clean.check() == []
    assert clean.undo() is None
    assert not [h for n in range(1, 16) for h in clean.search(secret(n))]
    seen = picture(clean)
    mine = picture(with_secrets)
    assert (seen.summaries, seen.articles, seen.sources, seen.entities) == (
        mine.summaries,
        mine.articles,
        mine.sources,
        mine.entities,
    )
    assert seen.originals == mine.originals
    clean.close()


def test_a_clean_copy_leaves_the_project_as_it_was(with_secrets: Project, tmp_path: Path, path: Path) -> None:
    before = path.read_bytes()
    with_secrets.backup(tmp_path / "clean.annot", clean=True)
    assert path.read_bytes() == before
    assert with_secrets.undo() is not None


def test_the_project_itself_still_undoes_what_the_copy_forgot(with_secrets: Project) -> None:
    while with_secrets.undo():
        pass
    while with_secrets.redo():
        pass
    assert with_secrets.check() == []


def test_what_stood_there_stays_when_a_copy_fails(
    project: Project, claim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dest = tmp_path / "good.annot"
    project.backup(dest)
    before = dest.read_bytes()

    def fails(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies.os, "fsync", fails)
    with pytest.raises(StorageFull, match="No space left on device"):
        project.backup(dest)
    assert dest.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if "good" in p.name) == ["good.annot"]


def test_a_place_that_is_not_there(project: Project, tmp_path: Path) -> None:
    with pytest.raises(StorageFull, match="could not be written"):
        project.backup(tmp_path / "no" / "such" / "place.annot")


# -- a backup for each day of use


def test_one_backup_a_day(closed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = Project.daily_backup(closed, folder, TODAY)
    assert made == folder / "ferry 2025-06-15.annot"
    before = made.read_bytes()
    assert Project.daily_backup(closed, folder, TODAY) is None
    assert made.read_bytes() == before
    assert Project.daily_backup(closed, folder, TODAY + timedelta(1)) is not None
    assert len(list(folder.iterdir())) == 2
    opened = Project.open(made)
    assert opened.check() == []
    opened.close()


def test_a_backup_is_made_while_the_project_is_open(project: Project, path: Path, claim: str, tmp_path: Path) -> None:
    made = Project.daily_backup(path, tmp_path / "backups", TODAY)
    assert made is not None
    project.set_note(claim, "work goes on")
    opened = Project.open(made)
    assert opened.annotation(claim) is not None
    opened.close()


def test_a_corrupt_file_never_becomes_a_backup_nor_costs_an_old_one(closed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for days in range(20):
        assert Project.daily_backup(closed, folder, TODAY - timedelta(60 - days))
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with closed.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 3)
    with pytest.raises(StorageFull):
        Project.daily_backup(closed, folder, TODAY)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("content", [b"", b"no project at all" * 100, b"SQLite format 3\x00" + bytes(4096)])
def test_what_is_no_project_is_not_backed_up(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.annot"
    path.write_bytes(content)
    with pytest.raises(StorageFull):
        Project.daily_backup(path, tmp_path / "backups", TODAY)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_made(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(StorageFull):
        Project.daily_backup(closed, tmp_path / "backups", TODAY)


def test_thinning_keeps_days_weeks_and_months() -> None:
    folder = Path("backups")
    there = [folder / f"p {TODAY - timedelta(days)}.annot" for days in range(400)]
    gone = set(copies.superfluous(there, "p", TODAY))
    kept = sorted((TODAY - date.fromisoformat(p.stem[2:])).days for p in there if p not in gone)
    assert kept[:8] == list(range(8))
    weeks = [d for d in kept if 7 < d <= 56]
    assert 7 <= len(weeks) <= 8
    assert all(b - a == 7 for a, b in pairwise(weeks[1:]))
    months = [d for d in kept if d > 56]
    assert 11 <= len(months) <= 13


def test_thinning_settles(tmp_path: Path) -> None:
    """Thinned every day or all at once: a backup that was kept for its month is still there a year later."""
    there: list[Path] = []
    for days in range(500):
        today = TODAY + timedelta(days)
        there.append(Path(f"p {today}.annot"))
        gone = set(copies.superfluous(there, "p", today))
        there = [p for p in there if p not in gone]
    months = {p.stem[2:9] for p in there}
    assert len(months) == 17
    assert len(there) <= 8 + 8 + 17


def test_thinning_touches_only_its_own(tmp_path: Path, closed: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    others = ["ferry two 2020-01-01.annot", "ferry 2020-13-45.annot", "ferry.annot", "other 2020-01-01.annot"]
    for name in others:
        shutil.copy(closed, folder / name)
    Project.daily_backup(closed, folder, TODAY)
    assert {p.name for p in folder.iterdir()} >= set(others)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_only_an_ordinary_file_is_replaced(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for dest, words in ((tmp_path / "pipe", "not an ordinary file"), (tmp_path, "a folder"), (Path("/"), "a folder")):
        with pytest.raises(StorageFull, match=words):
            project.backup(dest)
    assert (tmp_path / "pipe").is_fifo()


def test_the_text_of_an_import_that_was_undone_goes_with_the_way_back(project: Project) -> None:
    kept = project.add_article(draft("One boat left."))
    project.add_article(draft("A secret boat came."))
    project.undo()
    assert texts(project) == 2, "redo still needs it"
    assert project.redo() is not None
    assert project.check() == []
    project.undo()
    project.edit_article(kept, title="Boats")
    assert texts(project) == 1
    assert project.search("secret") == []
    assert project.check() == []


def test_the_text_of_a_deleted_article_stays_while_undo_can_bring_it_back(project: Project) -> None:
    article = project.add_article(draft("One boat left."))
    other = project.add_article(draft("Two boats stayed."))
    project.delete_article(article)
    project.add_article(draft("Another came."))
    project.undo()
    project.edit_article(other, title="Boats")  # forgets what was undone, and sweeps
    assert texts(project) == 2
    assert project.undo() is not None
    assert project.undo() is not None
    assert project.version(article).text == "One boat left."
    assert project.original(article) is not None
    assert project.check() == []


def texts(project: Project) -> int:
    return project._store.db.execute("SELECT count(*) FROM text").fetchone()[0]
