"""The disk is full: one clear message, nothing half done, and the same action works once there is room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import ProjectError, StorageFull
from annotator.project import Changes, Project
from tests.project.drafts import PLAIN, draft
from tests.project.picture import picture

BIG = PLAIN * 200

CHILD = """
import resource, sys
from pathlib import Path
from annotator.errors import StorageFull
from annotator.project import Project
from tests.project.drafts import PLAIN, draft
project = Project.open(Path(sys.argv[1]))
size = Path(sys.argv[1]).stat().st_size
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(sys.argv[2]), hard))
done = 0
for n in range(400):
    try:
        project.add_article(draft(PLAIN * 20 + str(n)))
    except StorageFull as error:
        print("full", done, error, flush=True)
        break
    done += 1
assert len(project.articles()) == done + 1
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
project.add_article(draft(PLAIN * 20 + "again"))
assert project.check() == []
print("again", len(project.articles()), flush=True)
"""


@pytest.fixture
def full(project: Project) -> Callable[[bool], None]:
    """Takes the room away, and gives it back."""

    def switch(on: bool) -> None:
        db = project._store.db
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages if on else 1_000_000}")

    return switch


def test_nothing_is_half_done_and_a_retry_works(project: Project, claim: str, full: Callable[[bool], None]) -> None:
    told: list[Changes] = []
    project.subscribe(told.append)
    before = picture(project)
    full(True)
    with pytest.raises(StorageFull, match="the disk is full") as error:
        project.add_article(draft(BIG))
    assert "try again" in str(error.value)
    assert told == []
    assert picture(project) == before
    full(False)
    assert project.add_article(draft(BIG)) in {s.article.id for s in project.articles()}
    assert len(told) == 1
    assert project.check() == []


def test_many_articles_are_all_or_nothing(project: Project, full: Callable[[bool], None]) -> None:
    full(True)
    with pytest.raises(StorageFull):
        project.add_articles(draft(PLAIN * n) for n in range(1, 60))
    assert project.articles() == []
    assert project.steps() == []


def test_undo_on_a_full_disk(project: Project, article: str, full: Callable[[bool], None]) -> None:
    for n in range(300):
        project.mark(article, "claim", [(n % 90, n % 90 + 9)])
    project.delete_article(article)
    project._store.db.execute("PRAGMA incremental_vacuum")
    before = picture(project)
    full(True)
    try:
        project.undo()
    except StorageFull:
        assert picture(project) == before
        full(False)
        project.undo()
    assert len(project.annotated(article).claims) == 300
    assert project.check() == []


@pytest.mark.parametrize("room", [0, 3000, 40_000])
def test_a_limit_of_the_system(closed: Path, room: int) -> None:
    pytest.importorskip("resource")
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(closed), str(room)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "full" in run.stdout
    assert "could not be written" in run.stdout
    assert "again" in run.stdout
    opened = Project.open(closed)
    assert opened.check() == []
    opened.close()


def test_a_copy_elsewhere_works_while_the_disk_is_full(
    project: Project, claim: str, tmp_path: Path, full: Callable[[bool], None]
) -> None:
    full(True)
    with pytest.raises(StorageFull):
        project.add_article(draft(BIG))
    project.backup(tmp_path / "elsewhere.annot")
    saved = Project.open(tmp_path / "elsewhere.annot")
    assert saved.annotation(claim) is not None
    saved.add_article(draft(BIG))
    saved.close()


def test_a_new_project_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectError, match="cannot be made"):
        Project.create(tmp_path / "file" / "p.annot")
