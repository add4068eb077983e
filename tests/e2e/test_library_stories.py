"""A folder becomes a library: added while one works, put in order, searched and gone through, all by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.project import Hit
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.dialogs.library_dialogs import GroupDialog, TagsDialog
from annotator.ui.panels.library_model import Arrangement, Heading
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

PAPERS = ("Valley Post", "Harbour Review")


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder of articles as a person keeps them: some in a folder below, one twice, one that is none."""
    folder = tmp_path / "Ferry press"
    (folder / "2031").mkdir(parents=True)
    for n in range(1, 9):
        where = folder if n % 2 else folder / "2031"
        text = (
            f"---\ntitle: Ferry {n} is late\npublication: {PAPERS[n % 2]}\ndate: 2031-0{n}-11\n---\n\n"
            f"The ferry was {n} minutes late, said Ida Vennemark. The harbour office did not answer.\n"
        )
        (where / f"ferry {n}.md").write_text(text, "utf-8")
    (folder / "ferry 3 again.md").write_bytes((folder / "ferry 3.md").read_bytes())
    (folder / "ferry 9.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return folder


@pytest.fixture
def driver(begin: Begin, press: Path) -> Driver:
    made = begin()
    made.drop(press)
    many = made.window.imports.many
    made.until(lambda: many.queue.items and not many.queue.running)
    made.until(lambda: made.window.workspace.annotated is not None)
    many.sheet.hide()
    made.activate()
    return made


def titles(driver: Driver) -> list[str]:
    rows = driver.window.library.model.rows
    return [r.name if isinstance(r, Heading) else r.article.title for r in rows]


def arrange(driver: Driver, words: str) -> None:
    """Choose in the menu of sorting and grouping."""
    before = driver.window.library.arrangement
    driver.pick_in_menu(words, lambda: driver.run("library.arrange"))
    driver.until(lambda: driver.window.library.arrangement != before)


def test_a_folder_becomes_a_project_with_one_step(driver: Driver, press: Path) -> None:
    queue = driver.window.imports.many.queue
    assert driver.project.name == "Ferry press"
    assert queue.told() == "Added 8 of 10 files, 1 was there already, 1 could not be added"
    failed = next(item for item in queue.items if item.state == "failed")
    assert failed.name == "ferry 9.pdf" and "picture" in failed.reason
    assert titles(driver) == [f"Ferry {n} is late" for n in (1, 3, 5, 7, 2, 4, 6, 8)]
    driver.to_text()
    driver.press("Ctrl+Z")
    assert not driver.project.articles()
    driver.press("Ctrl+Shift+Z")
    assert len(driver.project.articles()) == 8


def test_the_library_is_put_in_order_by_keys(driver: Driver) -> None:
    library = driver.window.library
    driver.to_text()
    arrange(driver, "Date")
    arrange(driver, "The other way round")
    assert titles(driver) == [f"Ferry {n} is late" for n in range(8, 0, -1)]
    driver.press("Ctrl+1")
    assert library.list.hasFocus()
    driver.press("Home", "Shift+Down", "Shift+Down")
    assert len(library.chosen) == 3 and library._count.text() == "3 chosen"

    def name(dialog: GroupDialog) -> None:
        QTest.keyClicks(dialog.field, "Autumn")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    driver.answer(GroupDialog, name, lambda: driver.run("library.group"))

    def tag(dialog: TagsDialog) -> None:
        QTest.keyClicks(dialog.field, "to read")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    driver.answer(TagsDialog, tag, lambda: driver.run("library.tags"))
    assert [s.tags for s in library.summaries_of(library.chosen)] == [("to read",)] * 3
    arrange(driver, "Group")
    assert titles(driver)[:4] == ["Autumn", "Ferry 8 is late", "Ferry 7 is late", "Ferry 6 is late"]
    library.list.setFocus()
    library.list.choose(2)
    driver.press("Left", "Left")
    assert titles(driver)[:2] == ["Autumn", "In no group"]
    driver.press("Down", "Down", "Ctrl+Shift+B")
    assert titles(driver)[-1] == "Archived"
    path = driver.project.path
    driver.window.workspace.close()
    assert driver.window.workspace.open(path)
    assert library.arrangement == Arrangement("date", True, "group", folded=frozenset({"group/Autumn"}))
    assert titles(driver)[0] == "Autumn" and titles(driver)[-1] == "Archived"


def test_a_search_leads_to_the_words_and_on_to_the_next_place(driver: Driver) -> None:
    driver.press("Ctrl+Shift+F")
    driver.type("minutes late")
    driver.press("Down")
    page = driver.window.library.found
    driver.until(lambda: page.list.hasFocus() and isinstance(page.list.current, Hit))
    driver.press("Return")
    driver.until(driver.window.column.text.hasFocus)
    assert driver.selected() in ("minutes", "late", "minutes late")
    assert driver.window.column.text.found
    first = driver.window.column.selection()
    driver.press("F3")
    assert driver.window.column.selection() != first
    driver.press("Escape", "Escape")
    assert not driver.window.column.text.found


def test_what_one_comes_to_with_the_arrows_is_shown_beside(driver: Driver) -> None:
    driver.press("Ctrl+Shift+F")
    driver.type("harbour office")
    driver.press("Down")
    page, window = driver.window.library.found, driver.window
    driver.until(lambda: page.list.hasFocus() and window.column.text.found)
    first = window.workspace.article
    driver.press("Down", "Down")
    driver.until(lambda: window.workspace.article != first and window.column.text.found)
    assert page.list.hasFocus() and driver.selected() in ("harbour", "office", "harbour office")
    assert window.workspace.article == page.list.current.article


def test_a_pattern_leads_to_its_places(driver: Driver) -> None:
    driver.press("Ctrl+Alt+F")
    driver.until(lambda: driver.window.library.search.hasFocus())
    driver.type(r"[5-8] minutes")
    page = driver.window.library.found
    driver.until(lambda: page._now is None and len(page.model.rows) == 8)
    driver.press("Down", "Return")
    driver.until(driver.window.column.text.hasFocus)
    assert driver.selected() == "5 minutes" and len(driver.window.column.text.found) == 1
    driver.press("Ctrl+1", "Escape")
    assert not driver.window.library.search.text() and not page.by_pattern


def test_a_few_files_are_looked_at_one_after_the_other(begin: Begin, press: Path) -> None:
    driver = begin()
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportDialog) and dialog.isVisible():
            field = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Title")
            seen.append(field.text())
            QTest.keyClick(dialog, Qt.Key.Key_Return if "1" in field.text() else Qt.Key.Key_Escape)

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(20)
    driver.drop(press / "ferry 1.md", press / "ferry 3.md")
    queue = driver.window.imports.many.queue
    driver.until(lambda: queue.items and not queue.running)
    watch.stop()
    assert seen == ["Ferry 1 is late", "Ferry 3 is late"]
    assert [s.article.title for s in driver.project.articles()] == ["Ferry 1 is late"]
    assert not driver.window.imports.many.sheet.isVisible()


def test_leaving_while_files_are_added_asks_and_keeps_what_is_there(
    begin: Begin, press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = begin()
    asked: list[str] = []
    monkeypatch.setattr("annotator.ui.dialogs.ask.confirm", lambda *a: asked.append(a[2]) or len(asked) > 1)
    driver.drop(press)
    queue = driver.window.imports.many.queue
    driver.until(lambda: queue.running)
    assert not driver.window.close() and driver.window.isVisible()
    if queue.running:
        assert driver.window.close()
        assert asked == ["Stop adding files?"] * 2
    assert not queue.running
