"""Registers by keys alone: mark every place of a name, merge two entries, split one, and take it all back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.dialogs.mentions import PlacesDialog
from annotator.ui.dialogs.merge import MergeDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

STORY = """Wall will hold, says port

By Ida Vennemark

Divers found two cracks in the wall. “Every stone is sound,” said Oskar Lindqvale, who looked at it.

Nobody has seen the list of Oskar Lindqvale. Mr Lindqvale declined to comment. The Lindqvale Fund paid him.

“It is a good list,” said Oskar Lindqvale on Monday.
"""


@pytest.fixture
def driver(begin: Begin, tmp_path: Path) -> Driver:
    path = tmp_path / "wall.txt"
    path.write_text(STORY, "utf-8")
    made = begin()
    made.answer(ImportDialog, made.accept, lambda: made.drop(path))
    made.until(made.window.column.text.hasFocus)
    return made


def labels(driver: Driver) -> list[str]:
    return [s.label for s in driver.annotated.source_order if s.accountable]


def test_the_other_places_of_a_name_are_looked_at_and_marked_in_one_step(driver: Driver) -> None:
    driver.mark("S", "Oskar Lindqvale")
    seen: list[tuple[str, bool]] = []

    def look(dialog: PlacesDialog) -> None:
        rows = dialog.places.places.rows
        seen.extend((r.words, r.ticked) for r in rows)
        QTest.keyClick(dialog.places, Qt.Key.Key_Down)
        at = rows[dialog.places.currentIndex().row()]
        assert driver.window.column.text.proposed == ((at.start, at.end),)
        QTest.keyClick(dialog.places, Qt.Key.Key_Space)
        QTest.keyClick(dialog.places, Qt.Key.Key_Return)

    driver.answer(PlacesDialog, look, lambda: driver.run("mark.others"))
    assert seen == [("Oskar Lindqvale", True), ("Lindqvale", False), ("Lindqvale", False), ("Oskar Lindqvale", True)]
    assert driver.quotes("S") == ["Oskar Lindqvale", "Oskar Lindqvale", "Lindqvale", "Oskar Lindqvale"]
    assert labels(driver) == ["Oskar Lindqvale"]
    assert driver.window.column.text.proposed == ()
    driver.press("Ctrl+Z")
    assert driver.quotes("S") == ["Oskar Lindqvale"]


def test_two_entries_that_look_alike_become_one_and_two_again(driver: Driver) -> None:
    driver.mark("C", "Every stone is sound")
    driver.press("L")
    driver.type("Lindqvale")
    driver.press("Return")
    driver.mark("S", "Oskar Lindqvale")
    assert sorted(labels(driver)) == ["Lindqvale", "Oskar Lindqvale"]
    driver.until(lambda: [b for b in driver.window.side.findChildren(QPushButton) if b.text() == "Same as Lindqvale?"])

    def merge(dialog: MergeDialog) -> None:
        assert dialog.candidates.current is not None and dialog.candidates.current.alike
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)

    driver.answer(MergeDialog, merge, lambda: driver.run("register.merge"))
    (source,) = [s for s in driver.annotated.sources.values() if s.accountable]
    assert (source.label, source.aliases) == ("Oskar Lindqvale", ("Lindqvale",))
    assert driver.said_by(driver.annotated.claims[0].id) == ["Oskar Lindqvale"]
    driver.press("Ctrl+Z")
    assert sorted(labels(driver)) == ["Lindqvale", "Oskar Lindqvale"]
    driver.press("Ctrl+Shift+Z")
    assert labels(driver) == ["Oskar Lindqvale"]


def test_what_is_somebody_elses_is_split_off(driver: Driver) -> None:
    driver.mark("S", "Oskar Lindqvale")
    driver.answer(PlacesDialog, driver.accept, lambda: driver.run("mark.others"))
    assert len(driver.quotes("S")) == 3

    def split(dialog: PlacesDialog) -> None:
        assert not dialog.ok.isEnabled()
        QTest.keyClicks(dialog.name, "Another Lindqvale")
        QTest.keyClick(dialog.name, Qt.Key.Key_Down)
        QTest.keyClick(dialog.places, Qt.Key.Key_End)
        QTest.keyClick(dialog.places, Qt.Key.Key_Space)
        QTest.keyClick(dialog.places, Qt.Key.Key_Return)

    driver.answer(PlacesDialog, split, lambda: driver.run("register.split"))
    assert labels(driver) == ["Oskar Lindqvale", "Another Lindqvale"]
    last = driver.annotated.source_mentions[-1]
    assert last.source is not None and driver.annotated.sources[last.source].label == "Another Lindqvale"


def test_a_row_of_the_panel_is_meant_while_it_has_the_keyboard(driver: Driver) -> None:
    driver.mark("S", "Divers")
    driver.mark("S", "Oskar Lindqvale")
    driver.press("Ctrl+4")
    driver.to_panel()
    panel = driver.window.side.panel
    panel.view.setFocus()
    driver.press("Home")
    driver.type("osk")
    assert panel.model.row_at(panel.view.currentIndex()).cells[0].text == "Oskar Lindqvale"

    def look(dialog: MergeDialog) -> None:
        assert dialog.windowTitle() == "Merge “Oskar Lindqvale”"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.answer(MergeDialog, look, lambda: driver.run("register.merge"))
    assert panel.view.hasFocus()


def test_what_is_being_typed_is_written_before_it_is_asked_which_entry_is_meant(driver: Driver) -> None:
    driver.mark("E", "Divers")
    driver.mark("E", "Oskar Lindqvale")
    driver.press("Return")
    field = driver.focus()
    assert isinstance(field, QLineEdit) and field.accessibleName() == "Refers to"
    field.selectAll()
    driver.type("Port office")

    def look(dialog: MergeDialog) -> None:
        assert dialog.windowTitle() == "Merge “Port office”"  # the entry of the mention as it is now
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.answer(MergeDialog, look, lambda: driver.run("register.merge"))


def test_a_command_in_a_register_is_never_about_what_is_chosen_elsewhere(driver: Driver) -> None:
    for words in ("Ida Vennemark", "Oskar Lindqvale", "Divers"):
        driver.mark("S", words)
    driver.press("Ctrl+4")
    panel = driver.window.side.panel
    driver.type("lind")
    assert panel.filter.hasFocus() and panel.current is None
    driver.run("register.merge")  # no dialog: nothing is chosen among the rows in view
    driver.until(lambda: driver.window.status.news.text().startswith("Choose a row of the list first"))
    driver.press("Down")
    assert panel.view.hasFocus() and panel.model.row_at(panel.view.currentIndex()).cells[0].text == "Oskar Lindqvale"

    def look(dialog: MergeDialog) -> None:
        assert dialog.windowTitle() == "Merge “Oskar Lindqvale”"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    driver.answer(MergeDialog, look, lambda: driver.run("register.merge"))
    driver.press("Up")
    assert panel.filter.hasFocus()
    driver.press("Down", "Escape")
    assert not panel.filter.text() and panel.view.hasFocus()
    driver.press("Escape")
    assert driver.window.column.text.hasFocus()
