"""The library follows an action without reading every article again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.analysis.coverage import Coverage
from annotator.project import Project
from annotator.ui.panels.library import Library
from annotator.ui.panels.library_model import Arrangement, Heading
from annotator.ui.panels.library_summaries import counted_again
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace


@pytest.fixture
def library(qtbot: QtBot, tmp_path: Path) -> Iterator[Library]:
    project = Project.create(tmp_path / "many.annot")
    project.add_articles(
        importers.draft_from_text(f"Bridge {n} closes\n\nThe town said bridge {n} closes.") for n in range(30)
    )
    project.close()
    workspace = Workspace(backs_up=lambda: False)
    made = Library(workspace, LIGHT)
    qtbot.addWidget(made)
    assert workspace.open(tmp_path / "many.annot")
    yield made
    workspace.wait_for_jobs()
    workspace.close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which lists of every article were read."""
    told: list[str] = []
    whole = Project.articles

    def articles(project: Project) -> object:
        told.append("all")
        return whole(project)

    monkeypatch.setattr(Project, "articles", articles)
    return told


def test_a_mark_renews_one_row(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    shown = workspace.article
    assert shown is not None
    workspace.do(lambda p: p.mark(shown, "claim", [(20, 28)]))
    assert library.summaries[0].claims == 1
    workspace.undo()
    assert library.summaries[0].claims == 0
    assert not reads


def test_what_happens_to_another_article_renews_its_row(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    other = library.summaries[20].article.id
    workspace.do(lambda p: p.edit_article(other, title="A tunnel opens"))
    assert library.summaries[20].article.title == "A tunnel opens"
    workspace.do(lambda p: p.mark(other, "claim", [(20, 28)]))
    assert library.summaries[20].claims == 1
    assert not reads


def test_articles_that_come_or_go_are_rows_that_come_or_go(library: Library, reads: list[str]) -> None:
    workspace = library._workspace
    gone = library.summaries[3].article.id
    workspace.do(lambda p: p.delete_article(gone))
    assert len(library.model.rows) == 29 and gone not in [s.article.id for s in library.summaries]
    workspace.do(lambda p: p.add_article(importers.draft_from_text("New\n\nWords.")))
    assert len(library.model.rows) == 30 and library.summaries[-1].article.title == "New"
    assert not reads
    workspace.undo()
    workspace.undo()
    assert [s.article.id for s in library.summaries].index(gone) == 3
    assert library.summaries == workspace.project.articles()  # type: ignore[union-attr]


def test_many_articles_one_after_the_other_do_not_make_the_list_anew_each_time(
    library: Library, qtbot: QtBot, reads: list[str]
) -> None:
    workspace, shows = library._workspace, []
    library.model.modelReset.connect(lambda: shows.append(1))
    library._listing.last = (perf_counter(), 60)  # as if listing took a minute
    for n in range(10):
        workspace.do(lambda p, n=n: p.add_article(importers.draft_from_text(f"More {n}\n\nWords {n}.")))
    assert not shows and not reads and len(library.summaries) == 40
    library._listing.after(0)
    qtbot.waitUntil(lambda: len(library.model.rows) == 40)
    assert len(shows) == 1


# -- sorted, grouped, chosen


def group_halves(library: Library) -> None:
    ids = [s.article.id for s in library.summaries]
    library._workspace.do(lambda p: p.set_group(ids[:15], "First"))
    library._workspace.do(lambda p: p.set_group(ids[15:], "Second"))
    library.set_arrangement(Arrangement(group="group"))


def heads(library: Library) -> list[tuple[str, int, bool]]:
    return [(r.name, r.articles, r.open) for r in library.model.rows if isinstance(r, Heading)]


def test_headings_fold_by_keyboard(library: Library, qtbot: QtBot) -> None:
    library.show()
    group_halves(library)
    assert heads(library) == [("First", 15, True), ("Second", 15, True)]
    library.list.setFocus()
    library.list.choose(4)
    QTest.keyClick(library.list, Qt.Key.Key_Left)
    assert library.list.currentIndex().row() == 0
    QTest.keyClick(library.list, Qt.Key.Key_Left)
    assert heads(library) == [("First", 15, False), ("Second", 15, True)]
    assert library.list.currentIndex().row() == 0
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(library.list, key)
    assert heads(library)[0] == ("First", 15, True)


def test_a_click_on_a_heading_folds_it_and_one_on_an_article_goes_there(library: Library, qtbot: QtBot) -> None:
    library.resize(260, 700)
    library.show()
    group_halves(library)
    gone_to: list[str] = []
    library.opened.connect(gone_to.append)

    def click(row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = library.list.visualRect(library.model.index(row, 0)).center()
        QTest.mouseClick(library.list.viewport(), Qt.MouseButton.LeftButton, held, at)

    library.list.scrollToTop()
    click(2)
    assert gone_to == [library.model.rows[2].article.id]  # type: ignore[union-attr]
    click(4, Qt.KeyboardModifier.ShiftModifier)
    assert len(library.chosen) == 3 and len(gone_to) == 1
    assert library._count.text() == "3 chosen"
    library.list.scrollToTop()
    click(0)
    assert heads(library)[0] == ("First", 15, False)


def test_what_was_chosen_stays_chosen_when_the_list_is_made_anew(library: Library) -> None:
    ids = [s.article.id for s in library.summaries[3:7]]
    library.choose(set(ids))
    library._workspace.do(lambda p: p.tag_articles(ids, "water"))
    assert library.chosen == ids and all(s.tags == ("water",) for s in library.summaries_of(ids))
    library.set_arrangement(Arrangement(sort="title", down=True))
    assert set(library.chosen) == set(ids)


def test_how_it_is_arranged_is_kept_with_the_project(library: Library) -> None:
    group_halves(library)
    workspace = library._workspace
    steps = workspace.project.step_count()  # type: ignore[union-attr]
    library.set_arrangement(Arrangement(sort="words", group="status", down=True))
    path = workspace.project.path  # type: ignore[union-attr]
    assert workspace.project.step_count() == steps  # type: ignore[union-attr]
    workspace.close()
    assert library.arrangement.usual and not library.model.rows
    assert workspace.open(path)
    assert library.arrangement == Arrangement(sort="words", group="status", down=True)


def test_archived_articles_stand_at_the_end_under_a_heading(library: Library) -> None:
    ids = [s.article.id for s in library.summaries[:2]]
    library._workspace.do(lambda p: p.archive(ids))
    assert heads(library) == [("Archived", 2, False)]
    library.show_archived()
    assert heads(library) == [("Archived", 2, True)] and library.model.rows[-1].article.id == ids[1]  # type: ignore[union-attr]
    assert isinstance(library.list.current, Heading)
    library.show_archived()
    assert heads(library) == [("Archived", 2, False)]


def test_an_article_before_or_after_is_the_one_in_the_list(library: Library) -> None:
    library.set_arrangement(Arrangement(sort="title", down=True))
    listed = [r.article.id for r in library.model.rows]  # type: ignore[union-attr]
    library._workspace.show_article(listed[4])
    assert library.neighbour(1) == listed[5] and library.neighbour(-1) == listed[3]


def test_a_large_library_is_read_after_the_first_paint(
    library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.panels.library.MANY", 10)
    workspace = library._workspace
    path = workspace.project.path  # type: ignore[union-attr]
    workspace.close()
    assert workspace.open(path)
    assert not library.model.rows and "being read" in library._note.text()
    qtbot.waitUntil(lambda: len(library.model.rows) == 30)
    assert library.list.currentIndex().row() == 0


def test_a_summary_of_one_is_the_row_of_the_list(library: Library) -> None:
    project = library._workspace.project
    assert project is not None
    rows = project.articles()
    assert project.article_summary(rows[7].article.id) == rows[7]
    assert project.article_ids() == [row.article.id for row in rows]


def test_sentences_found_nearby_are_not_all_there_are(marked) -> None:
    annotated, project = marked.workspace.annotated, marked.project
    old = next(s for s in project.articles() if s.article.id == marked.article)
    near = Coverage([(0, 10)], complete=False)
    assert counted_again(old, annotated, near).sentences == old.sentences
    assert counted_again(old, annotated, Coverage([(0, 10)])).sentences == 1
