"""What is done with the articles chosen in the library: groups, tags, archive, facts, deleting; and the menus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.storage import library as stored
from annotator.ui import library_commands
from annotator.ui.dialogs.library_dialogs import EVERY, NONE, SOME, GroupDialog, SharedFactsDialog, TagsDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.panels.library_model import Arrangement, Heading
from annotator.ui.theme import LIGHT
from tests.ui import screens


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with screens.shown_application(qtbot) as application:
        made = application.window
        assert made.workspace.create(tmp_path / "shelf.annot")
        project = made.workspace.project
        assert project is not None
        project.add_articles(importers.draft_from_text(f"Article {n}\n\nSomebody said {n}.") for n in range(6))
        made.workspace.show_article(project.article_ids()[0])
        yield made


def choose(window: MainWindow, *numbers: int) -> list[str]:
    """Choose articles with the keyboard in the library."""
    library = window.library
    ids = [library.summaries[n].article.id for n in numbers]
    library.list.setFocus()
    library.choose(set(ids))
    assert library.list.held
    return ids


def answer(monkeypatch: pytest.MonkeyPatch, act: Callable[[Any], None]) -> None:
    """Let a person do something in the next dialog and accept it."""

    def shown(dialog: QDialog) -> int:
        dialog.show()
        act(dialog)
        if dialog.isVisible():
            dialog.accept()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", shown)


def rows(window: MainWindow, ids: list[str]) -> list[Any]:
    return window.library.summaries_of(ids)


def test_a_group_for_those_chosen(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = choose(window, 1, 2, 4)
    told: list[str] = []
    window.notices.said.connect(told.append)
    answer(monkeypatch, lambda d: d.field.setText("  Spring   series "))
    window.actions_["library.group"].trigger()
    assert [s.article.group_name for s in rows(window, ids)] == ["Spring series"] * 3
    project = window.workspace.project
    assert project is not None and project.groups() == [("Spring series", 3)]
    assert project.step_count()[0] == 2 and set(window.library.chosen) == set(ids)
    window.shelf.set_group(None)
    assert not project.groups()
    assert told == ["Put 3 articles into the group “Spring series”", "Took 3 articles out of their groups"]


def test_articles_are_dragged_onto_the_heading_of_a_group(window: MainWindow) -> None:
    project, library = window.workspace.project, window.library
    assert project is not None
    project.set_group(project.article_ids()[:1], "Spring")
    library.set_arrangement(Arrangement(group="group"))
    ids = choose(window, 2, 3)
    data = library.model.mimeData([])
    drop = Qt.DropAction.CopyAction

    def drop_on(row: int) -> None:
        index = library.model.index(row, 0)
        if library.model.canDropMimeData(data, drop, -1, -1, index) and index.flags() & Qt.ItemFlag.ItemIsDropEnabled:
            library.model.dropMimeData(data, drop, -1, -1, index)

    drop_on(1)
    assert project.groups() == [("Spring", 1)]
    drop_on(0)
    assert project.groups() == [("Spring", 3)] and set(library.chosen) == set(ids)
    drop_on(next(n for n, r in enumerate(library.model.rows) if isinstance(r, Heading) and r.group == ""))
    assert project.groups() == [("Spring", 1)]
    library.set_arrangement(Arrangement(group="status"))
    assert not library.model.index(0, 0).flags() & Qt.ItemFlag.ItemIsDropEnabled


def test_tags_for_those_chosen_are_one_step(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    first, ids = choose(window, 1), choose(window, 1, 2)
    project = window.workspace.project
    assert project is not None
    project.tag_articles(first, "water")
    project.tag_articles(ids, "roads")
    steps = project.step_count()[0]
    choose(window, 1, 2)

    def act(dialog: TagsDialog) -> None:
        found = {r.words: r.state for r in dialog.list.rows.rows}
        assert found == {"water": SOME, "roads": EVERY}
        QTest.keyClicks(dialog.field, "new one")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert dialog.isVisible() and not dialog.field.text()
        dialog.list.taken.emit(next(r for r in dialog.list.rows.rows if r.words == "roads"))

    answer(monkeypatch, act)
    window.actions_["library.tags"].trigger()
    assert [s.tags for s in rows(window, ids)] == [("new one", "water"), ("new one",)]
    assert project.step_count()[0] == steps + 1


def test_away_from_the_library_the_article_shown_is_meant(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = choose(window, 2, 3)
    window.column.text.setFocus()
    window.actions_["library.archive"].trigger()
    project = window.workspace.project
    assert project is not None
    assert [s.article.archived for s in project.articles()] == [True, *[False] * 5]
    choose(window, 2, 3)
    window.actions_["library.archive"].trigger()
    assert all(s.article.archived for s in rows(window, ids))
    window.shelf.show_archived()
    choose(window, 2, 3)
    window.actions_["library.archive"].trigger()
    assert not any(s.article.archived for s in rows(window, ids))


def test_several_are_deleted_as_one_step(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("annotator.ui.dialogs.ask.confirm", lambda *a: asked.append(f"{a[2]} {a[3]}") or True)
    choose(window, 0, 1, 5)
    QTest.keyClick(window.library.list, Qt.Key.Key_Delete)
    project = window.workspace.project
    assert project is not None and len(project.articles()) == 3 and len(window.library.model.rows) == 3
    assert asked == [
        "Delete 3 articles? 3 articles go with all their marks, 0 claims among them. Ctrl+Z brings everything back."
    ]
    window.workspace.undo()
    assert len(window.library.summaries) == 6


def test_facts_several_share(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = choose(window, 0, 1)
    project = window.workspace.project
    assert project is not None
    project.edit_article(ids[0], publication="Post", language="en")
    project.edit_article(ids[1], publication="Courier", language="en")
    choose(window, 0, 1)

    def act(dialog: SharedFactsDialog) -> None:
        assert (dialog.fields["publication"].text(), dialog.fields["language"].text()) == ("", "en")
        assert "different" in dialog.fields["publication"].placeholderText()
        assert not dialog.changed()
        dialog.fields["language"].setText("nl")

    answer(monkeypatch, act)
    window.actions_["article.facts"].trigger()
    assert [(a.publication, a.language) for a in map(project.article, ids)] == [("Post", "nl"), ("Courier", "nl")]


def test_a_report_of_those_chosen(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = choose(window, 1, 3)
    found: list[Any] = []
    offered: list[int] = []
    answer(
        monkeypatch,
        lambda d: (
            found.append((d.scope.value, d.scope.currentText())), offered.append(d.scope.findText("The 2 chosen")), d.reject()
        ),
    )  # fmt: skip
    window.actions_["report.export"].trigger()
    assert found == [("chosen", "The 2 chosen")] and len(ids) == 2
    window.column.text.setFocus()
    window.actions_["report.export"].trigger()
    assert found[-1] == ("one", "This article") and offered[-1] == 1


# -- menus


def popup(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def words(menu: QMenu) -> list[str]:
    return [a.text().split("\t")[0] for a in menu.actions() if not a.isSeparator()]


def test_the_menu_of_one_and_of_several(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, 1)
    window.library.menu_asked.emit(QPoint(50, 50))
    menu = popup(qtbot)
    assert words(menu) == ["Facts…", "Show original", "Group", "Tags", "Archive", "Export report…", "Delete article…"]
    menu.close()
    choose(window, 1, 2)
    window.library.menu_asked.emit(QPoint(50, 50))
    menu = popup(qtbot)
    assert words(menu)[0] == "2 articles" and words(menu)[-1] == "Delete 2 articles…"
    menu.close()


def test_the_library_is_sorted_and_grouped_by_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    project = window.workspace.project
    assert project is not None
    project.tag_articles(project.article_ids()[:2], "water & roads")
    window.actions_["library.arrange"].trigger()
    menu = popup(qtbot)
    chosen = [a.text() for a in menu.actions() if a.isChecked()]
    assert chosen == ["When added", "No headings"]
    next(a for a in menu.actions() if a.text() == "Title").trigger()
    menu.close()
    for pick in ("The other way round", "Status"):
        window.shelf.arrange()
        menu = popup(qtbot)
        next(a for a in menu.actions() if a.text() == pick).trigger()
        menu.close()
    assert window.library.arrangement == Arrangement(sort="title", down=True, group="status")
    assert "by title, the other way round" in window.library.arrange_button.accessibleName()
    heads = [r.name for r in window.library.model.rows if isinstance(r, Heading)]
    assert heads == ["Not started"]
    window.shelf.arrange()
    menu = popup(qtbot)
    tags = next(a.menu() for a in menu.actions() if a.text() == "Only with the tag")
    assert isinstance(tags, QMenu) and words(tags) == ["water && roads"]
    tags.actions()[0].trigger()
    assert window.library.arrangement.tag == "water & roads" and len(window.library.model.rows) == 3
    menu.close()
    window.shelf.arrange()
    menu = popup(qtbot)
    next(a for a in menu.actions() if a.text() == "As usual").trigger()
    menu.close()
    assert window.library.arrangement.usual


def test_pattern_and_archive_have_their_commands(window: MainWindow) -> None:
    window.actions_["find.pattern"].trigger()
    assert window.library.found.by_pattern and window.library.search.hasFocus()
    QTest.keyClick(window.library.search, Qt.Key.Key_Escape)
    assert not window.library.found.by_pattern and window.library.list.isVisible()
    told: list[str] = []
    window.notices.said.connect(told.append)
    window.actions_["library.archived"].trigger()
    assert told == ["No article is archived."]


def test_the_menu_of_a_heading(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    project, library = window.workspace.project, window.library
    assert project is not None
    project.set_group(project.article_ids()[:4], "Spring")
    library.set_arrangement(Arrangement(group="group"))
    library.list.setFocus()
    library.list.choose(0)
    library.menu_asked.emit(QPoint(50, 50))
    menu = popup(qtbot)
    assert words(menu) == ["Fold", "Choose the 4 articles", "Rename group…", "Dissolve group"]
    menu.actions()[1].trigger()
    assert len(library.chosen) == 4 and library.list.held
    menu.close()
    answer(monkeypatch, lambda d: d.field.setText(" Autumn  2031 "))
    window.shelf.rename_group("Spring")
    assert project.groups() == [("Autumn 2031", 4)]
    library.list.choose(0)
    library.menu_asked.emit(QPoint(50, 50))
    menu = popup(qtbot)
    menu.actions()[-1].trigger()
    menu.close()
    assert not project.groups()


# -- dialogs by themselves


def test_a_group_is_picked_from_those_there(qtbot: QtBot) -> None:
    dialog = GroupDialog(LIGHT, [("Autumn", 2), ("Spring", 1)], "Spring", ["Tram"], None)
    qtbot.addWidget(dialog)
    assert dialog.group == "Spring" and len(dialog.list.rows.rows) == 2
    dialog.list.taken.emit(dialog.list.rows.rows[0])
    assert dialog.group == "Autumn"
    assert dialog.says.text() == "The group “Autumn”"
    dialog.field.setText("Spr")
    assert dialog.says.text() == "New group “Spr”; ↓ goes to those there" and len(dialog.list.rows.rows) == 1
    dialog.field.setText("Winter")
    assert dialog.says.text() == "New group “Winter”" and not dialog.list.rows.rows
    dialog.field.clear()
    assert dialog.group is None and not dialog.says.text()


def test_a_tag_that_was_taken_back_is_no_change(qtbot: QtBot) -> None:
    dialog = TagsDialog(LIGHT, ["roads", "water"], [frozenset({"water"}), frozenset()], ["Tram", "Bus"], None)
    qtbot.addWidget(dialog)
    assert [r.state for r in dialog.list.rows.rows] == [NONE, SOME]
    dialog.list.taken.emit(dialog.list.rows.rows[0])
    dialog.list.taken.emit(dialog.list.rows.rows[0])
    assert dialog.changed() == {}
    dialog.field.setText("wat")
    assert dialog.says.text() == "Enter makes a new tag “wat”; ↓ goes to those there"
    dialog.field.setText("WATER")
    assert dialog.says.text() == "Enter sets “water”"
    dialog.accept()
    assert dialog.changed() == {"water": True}


def test_the_head_counts_what_is_put_away_by_itself(window: MainWindow) -> None:
    choose(window, 1, 2)
    window.shelf.archive()
    assert window.library._count.text() == "4 articles"
    assert "4 articles, 2 archived" in window.library._count.toolTip()
    choose(window, 3, 4)
    assert window.library._count.text() == "2 chosen"
    window.library.search.setText("said")
    assert window.library._count.text() == "4 articles"
    window.library._end_search()
    assert window.library._count.text() == "2 chosen"
    window.workspace.undo()
    window.library.choose(set())
    assert window.library._count.text() == "6 articles"


def test_a_dialog_about_one_article_names_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(window, 1, 3)
    window.column.text.setFocus()
    told: list[str] = []
    answer(monkeypatch, lambda d: (told.extend(label.text() for label in d.findChildren(QLabel)), d.reject()))
    window.shelf.tags()
    window.shelf.group()
    assert sum("“Article 0”" in words for words in told) == 2


def test_what_takes_its_time_says_so_before_it_begins(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_commands, "MANY", 3)
    told: list[str] = []
    seen: list[str] = []
    window.notices.said.connect(told.append)
    project = window.workspace.project
    assert project is not None

    def look(_: object) -> None:
        cursor = QApplication.overrideCursor()
        seen.append(told[-1] if cursor is not None and cursor.shape() == Qt.CursorShape.WaitCursor else "")

    project.subscribe(look)
    choose(window, 1, 2)
    window.shelf.set_group("Few")
    assert seen == [""]
    choose(window, 1, 2, 4)
    window.shelf.set_group("Many")
    assert seen[1:] == ["Working…"] and QApplication.overrideCursor() is None
    assert told[-1] == "Put 3 articles into the group “Many”"
    monkeypatch.setattr(stored, "LONG_STEP", 3)
    window.history.undo()
    assert seen[2:] == ["Working…"] and told[-1].startswith("Taken back")
