"""Own keys, the palette, the history panel and the tour, through the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import importers, paths
from annotator.settings import Settings
from annotator.ui.actions import take_keys
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.panels.history import HistoryPanel
from annotator.ui.welcome import Choice
from tests.e2e.conftest import Begin, close
from tests.e2e.driver import Driver
from tests.e2e.test_stories import WALL


@pytest.fixture(autouse=True)
def usual_keys():
    yield
    take_keys({})


@pytest.fixture
def driver(begin: Begin) -> Driver:
    made = begin()
    paths.documents().mkdir(parents=True, exist_ok=True)
    assert made.window.projects.create(paths.documents() / "Wall.annot")
    made.window.workspace.show_article(made.project.add_article(importers.draft_from_text(WALL)))
    made.until(lambda: made.window.workspace.sentences)
    made.to_text()
    return made


def at_keyboard(driver: Driver, dialog: KeysDialog) -> None:
    """Make the dialog the active window, which a window manager would do."""
    dialog.activateWindow()
    driver.until(lambda: dialog.isAncestorOf(QApplication.focusWidget() or driver.window))


def test_a_key_is_changed_by_keys_alone_and_holds_after_a_restart(driver: Driver, begin: Begin) -> None:
    def change(dialog: KeysDialog) -> None:
        at_keyboard(driver, dialog)
        driver.type("sentence is not")
        driver.press("Down", "Return", "Q", "Escape")

    driver.answer(KeysDialog, change, lambda: driver.press("F1"))
    driver.find("Divers")
    driver.press("Q")
    assert len(driver.annotated.sentence_marks) == 1
    assert "(Q)" in driver.window.actions_["mark.not_a_claim"].toolTip()
    path = driver.project.path
    close(driver)
    assert Settings.load(paths.config()).list_("keys") == ("mark.not_a_claim Q",)
    again = begin()
    assert again.project.path == path
    again.find("Nobody")
    again.press("X")
    assert len(again.annotated.sentence_marks) == 1
    again.press("Q")
    assert len(again.annotated.sentence_marks) == 2


def test_a_window_key_of_ones_own_works_in_a_field_too(driver: Driver) -> None:
    def change(dialog: KeysDialog) -> None:
        at_keyboard(driver, dialog)
        driver.type("command palette")
        driver.press("Down", "Return", "Ctrl+U", "Escape")

    driver.answer(KeysDialog, change, lambda: driver.press("F1"))
    driver.window.library.search.setFocus()
    driver.type("words")
    driver.press("Ctrl+U")
    assert driver.window.commands.isVisible() and driver.window.library.search.text() == "words"
    driver.press("Escape")


def test_the_palette_shows_what_cannot_be_done_now_and_what_was_done_lately(driver: Driver) -> None:
    driver.find("Divers")
    driver.press("Ctrl+K")
    palette = driver.window.commands
    driver.type("remove the claim")
    (entry,) = palette.list.values
    assert entry.why_not == "choose a claim first"
    driver.press("Return")
    assert palette.isVisible()
    palette.edit.clear()
    driver.type("not a claim")
    driver.press("Return")
    assert len(driver.annotated.sentence_marks) == 1
    driver.press("Ctrl+K")
    assert palette.list.values[0].id == "mark.not_a_claim"
    everything = {e.id for e in palette._found if e.id}
    assert everything | {"view.palette"} == set(driver.window.actions_._actions)
    driver.press("Up")
    assert palette.list.values[-1] is palette._found[-1]
    driver.press("Escape")


def test_a_claim_is_related_from_the_palette(driver: Driver) -> None:
    driver.mark("C", "Nobody has seen his list.")
    driver.press("Ctrl+K")
    palette = driver.window.commands
    driver.type("zzzz")
    assert palette._count.text() == "Nothing is called so"
    palette.edit.clear()
    driver.type("relate")
    assert palette.list.values[0].id == "mark.relate"
    driver.press("Return")
    page = driver.window.side.panel.page  # type: ignore[union-attr]
    driver.until(lambda: page.relations.form.isVisible() and page.relations.form.how.hasFocus())


def test_the_palette_offers_what_the_panel_does_and_changes_a_key(driver: Driver) -> None:
    driver.mark("C", "Nobody has seen his list.")
    driver.press("Ctrl+3")
    driver.until(lambda: driver.window.side.panel is not None and driver.window.side.panel.isVisible())
    driver.window.side.panel.view.choose_first()  # type: ignore[union-attr]
    driver.press("Ctrl+K")
    assert [e.words for e in driver.window.commands._offered]
    driver.type("zoom in")

    def look(dialog: KeysDialog) -> None:
        at_keyboard(driver, dialog)
        assert dialog.list.current == "zoom.in" and dialog.list.hasFocus()
        driver.press("Escape")

    driver.answer(KeysDialog, look, lambda: driver.press("Ctrl+Return"))


def test_a_click_in_the_history_goes_back_and_forward_after_a_restart_too(driver: Driver, begin: Begin) -> None:
    for words in ("Divers", "Nobody", "believed"):
        driver.find(words)
        driver.press("C")
    driver.press("Ctrl+6")
    panel = driver.window.side.panel
    assert isinstance(panel, HistoryPanel) and panel.list.hasFocus()
    row = panel.list.visualRect(panel.model.index(2))
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row.center().y()))
    assert driver.quotes("C") == ["Divers"]
    driver.press("End", "Return")
    assert driver.window.workspace.article is None
    driver.press("Home", "Return")
    assert len(driver.quotes("C")) == 3 and panel.list.hasFocus()
    driver.press("Down", "Down", "Return")
    assert driver.quotes("C") == ["Divers"]
    close(driver)
    again = begin()
    assert again.quotes("C") == ["Divers"]
    again.press("Ctrl+6")
    again.until(lambda: isinstance(again.window.side.panel, HistoryPanel))
    again.press("Home", "Return")
    assert len(again.quotes("C")) == 3


def test_the_tour_waits_is_left_and_goes_on_another_day(begin: Begin) -> None:
    driver = begin(first=True)
    driver.until(lambda: isinstance(QApplication.focusWidget(), Choice))
    driver.press("Right", "Return")
    driver.until(lambda: driver.window.notices.texts)
    assert driver.window.column.text.hasFocus()
    chosen = driver.project.profile
    assert chosen == driver.window.settings.text("profile")
    notices = driver.window.notices
    driver.to_text()
    claim = driver.annotated.claims[0].id
    driver.window.workspace.do(lambda p: p.set_note(claim, "an old claim is no new one"))
    assert notices.texts[-1].startswith("1 of 3")
    driver.press("J", "C")
    assert notices.texts[-1].startswith("2 of 3")
    driver.press("Ctrl+Z", "Ctrl+Shift+Z")
    assert notices.texts[-1].startswith("2 of 3")
    driver.click_on(driver.button("Leave the tour"))
    assert not driver.window.tour.running and driver.window.settings.number("tour_stop") == 1
    close(driver)
    again = begin()
    again.window.workspace.close()
    assert again.window.welcome.first.accessibleName() == "Go on with the tour"
    again.window.actions_["help.tour"].trigger()
    assert again.window.notices.texts[-1].startswith("2 of 3")


def test_the_tour_names_the_key_the_person_gave(begin: Begin, own_folders: Path) -> None:
    Settings.load(paths.config()).put(keys=("mark.claim Q",), profile_asked=True)
    driver = begin(first=True)
    assert "Press Q, and it is a claim" in driver.window.notices.texts[-1]


def test_esc_leads_from_any_panel_to_the_article(driver: Driver) -> None:
    driver.mark("C", "Divers")
    for key in ("Ctrl+3", "Ctrl+4", "Ctrl+6"):
        driver.press(key)
        driver.until(lambda: not driver.window.column.text.hasFocus())
        driver.press("Escape")
        assert driver.window.column.text.hasFocus(), key


def test_a_panel_the_profile_leaves_out_says_so(driver: Driver) -> None:
    driver.window.actions_["profile.teacher"].trigger()
    driver.press("Ctrl+5")
    assert driver.window.status.news.text().startswith("The profile leaves this panel out.")


def test_undo_and_redo_lead_to_what_they_touch(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    lines = "\n\n".join(f"Line {n}: rain fell on the quay and nobody came to see it." for n in range(120))
    path.write_text(f"Rain\n\nIda Brook said it fell.\n\n{lines}\n\nThe end of it all.", "utf-8")
    driver = begin()
    driver.answer(ImportDialog, driver.accept, lambda: driver.drop(path))
    driver.until(driver.window.column.text.hasFocus)
    column = driver.window.column
    driver.mark("C", "Ida Brook said it fell.")
    start = driver.chosen().start
    driver.press("Ctrl+End")
    assert not column.on_screen(start, start + 5)
    driver.press("Ctrl+Z")
    assert not driver.quotes("C") and column.on_screen(start, start + 5)
    driver.press("Ctrl+End")
    driver.press("Ctrl+Shift+Z")
    assert driver.quotes("C") and column.on_screen(start, start + 5)
    driver.press("Ctrl+Home")
    top = column.text.verticalScrollBar().value()
    caret = column.caret()
    driver.press("Ctrl+Z")
    assert (column.text.verticalScrollBar().value(), column.caret()) == (top, caret)  # in sight: nothing jumps
