"""How it looks, through the window: filter, list at the caret, looks, widths, numbers, the text alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui import viewing
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.theme import DARK_CONTRAST, LIGHT_CONTRAST, wanted
from tests.e2e.conftest import Begin, close
from tests.e2e.driver import Driver


@pytest.fixture
def driver(begin: Begin) -> Driver:
    """The window on the sample article."""
    made = begin()
    made.window.projects.open_sample()
    made.until(lambda: made.window.workspace.annotated)
    made.to_text()
    return made


def shown(driver: Driver) -> str:
    return driver.window.column.filtering.bar.count.text()


def test_open_claims_are_found_with_a_filter_by_keys_alone(driver: Driver) -> None:
    driver.run("view.filter")
    driver.press("Right", "Right", "Right", "Right", "Return", "Space", "Escape")
    driver.activate()
    annotated = driver.window.workspace.annotated
    assert annotated is not None
    open_ = {c.id for c in annotated.claims if not annotated.attributions_of.get(c.id)}
    driver.until(lambda: shown(driver).startswith(f"{len(open_)} of"))
    driver.to_text()
    driver.press("Ctrl+Home")
    walked: list[str] = []
    for _ in open_:
        driver.press("]")
        walked.append(driver.window.column.chosen or "")
    assert set(walked) == open_
    before = len(open_)
    driver.window.workspace.choose(walked[0])
    driver.run("link.author")  # it is linked now, and so no longer among the open ones
    driver.until(lambda: shown(driver).startswith(f"{before - 1} of"))
    driver.press("Escape", "Escape", "Escape")
    assert not driver.window.column.filtering.open


def test_esc_leaves_the_filter_as_it_is_and_says_how_to_come_back(driver: Driver) -> None:
    driver.run("view.filter")
    driver.press("Return", "Space", "Escape")
    driver.activate()
    kept = driver.window.column.filtering.filter
    assert kept
    driver.press("Escape")
    assert driver.window.column.text.hasFocus() and driver.window.column.filtering.filter == kept
    driver.until(lambda: driver.window.status.news.text().startswith("The filter stays."))
    driver.run("view.filter")
    driver.press("Shift+Del", "Escape")
    assert not driver.window.column.filtering.open and not driver.window.column.filtering.filter


def test_the_rest_is_hidden_or_dimmed(driver: Driver) -> None:
    driver.run("view.filter")
    driver.press("Return", "Space", "Escape")
    driver.run("view.filter_rest")
    text = driver.window.column.text
    assert isinstance(text, MarkedText) and text.hides
    driver.run("view.filter_rest")
    assert not text.hides


def test_of_marks_that_coincide_one_is_chosen_from_a_list(driver: Driver) -> None:
    annotated = driver.window.workspace.annotated
    assert annotated is not None
    inner = next(m for m in annotated.mentions if any(c.start < m.start and m.end < c.end for c in annotated.claims))
    driver.window.column.set_caret(inner.start + 1)
    driver.run("mark.choose")
    driver.press("Down", "Return")
    outer = annotated.by_id[driver.window.column.chosen or ""]
    assert outer.start <= inner.start and inner.end <= outer.end and outer is not inner
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("look", ["light-contrast", "dark-contrast"])
def test_high_contrast_is_chosen_in_the_menu(driver: Driver, look: str) -> None:
    driver.window.actions_[f"theme.{look}"].trigger()
    assert driver.window.theme.name == look
    assert driver.window.actions_[f"theme.{look}"].isChecked()
    driver.window.grab()


def test_the_system_says_whether_contrast_is_wanted() -> None:
    assert wanted("system", dark=False, contrast=True) is LIGHT_CONTRAST
    assert wanted("system", dark=True, contrast=True) is DARK_CONTRAST
    assert wanted("light", dark=True, contrast=True).name == "light"


def test_width_and_numbers_are_kept(begin: Begin, driver: Driver) -> None:
    usual = driver.window.column.text.viewport().width()
    driver.window.actions_["column.narrow"].trigger()
    driver.run("view.numbers")
    assert driver.window.column.text.viewport().width() < usual
    assert driver.window.column.numbered
    assert driver.window.actions_["view.numbers"].isChecked()
    close(driver)
    again = begin()
    assert again.window.column.numbered
    assert again.window.actions_["column.narrow"].isChecked()


def test_only_the_text(begin: Begin, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "HINT_MS", 1)
    window = driver.window
    around = (window.top, window.status, window.library, window.side)
    driver.run("view.alone")
    assert "Esc" in window.status.news.text()
    driver.until(lambda: not any(part.isVisible() for part in around))
    driver.activate()
    assert driver.window.column.text.hasFocus()
    driver.press("Escape")
    assert all(part.isVisible() for part in (window.top, window.status, window.side))
    assert window.library.isVisible() != window.columns.folded  # the screen here is small
    driver.run("view.alone")
    driver.press("Ctrl+Home", "]", "N")  # a note needs its field
    driver.until(lambda: window.side.isVisible())
    driver.to_text()
    driver.run("view.alone")
    close(driver)
    again = begin()
    again.until(lambda: not again.window.top.isVisible())
    again.press("F11")
    assert again.window.top.isVisible()
