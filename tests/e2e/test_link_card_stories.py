"""The card at the real window: what it asks about stays in sight, and it asks about the right person."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect

from annotator.ui.article.voices import said_by
from annotator.ui.dialogs.import_article import ImportDialog
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

SLUICE = """The sluice that was shut twice

By Ida Vennemark

"The sluice is safe, and I would sleep beside it," said Gen. Lind, who commands the engineers in the valley. She told
reporters on Tuesday that the steel had been tested three times. The general added that the last test took nine hours.

Tomas Moor, the town auditor, disagrees. "Nobody has shown me one page of those tests," he said in an interview.
According to Moor, the contract was changed eleven times without a vote.

An engineer at the sluice, who asked not to be named because he fears for his job, said two of the pillars stand on
sand. "We drew rock where there was no rock," he said.

The minister, the Lantern says, denied that he had read the letter. His spokeswoman did not answer three calls.
"""


@pytest.fixture
def driver(begin: Begin, tmp_path: Path) -> Driver:
    """A small window on one article nobody marked."""
    path = tmp_path / "sluice.txt"
    path.write_text(SLUICE, "utf-8")
    made = begin()
    made.window.resize(1280, 800)
    made.answer(ImportDialog, made.accept, lambda: made.drop(path))
    made.until(lambda: made.window.workspace.sentences)
    made.until(made.window.column.text.hasFocus)
    return made


def ask(driver: Driver, words: str) -> None:
    """Mark the sentence that begins with some words and press L."""
    spans = driver.window.workspace.sentences
    start, end = next(s for s in spans if driver.text()[slice(*s)].startswith(words))
    driver.window.column.select(start, end)
    driver.press("C", "L")


def hidden(driver: Driver) -> list[QRect]:
    """Return the lines of the claim and of what is proposed that the card lies over."""
    window, column = driver.window, driver.window.column
    card = QRect(window.card.mapToGlobal(QPoint()), window.card.size())
    spans = [(s.start, s.end) for s in driver.chosen().segments] + list(column.proposed)
    lines = [rect for span in spans for rect in column.on_screen(*span)]
    assert lines
    return [rect for rect in lines if rect.intersects(card)]


@pytest.mark.parametrize("height", [600, 800])
def test_the_card_hides_neither_the_claim_nor_who_is_proposed(driver: Driver, height: int) -> None:
    driver.window.resize(1280, height)
    for start, end in driver.window.workspace.sentences[-10:]:
        ask(driver, driver.text()[start:end])
        assert driver.window.card.isVisible() and not hidden(driver)
        driver.press("Escape")


def test_the_ones_who_speak_are_taken_by_enter(driver: Driver) -> None:
    who = {
        '"Nobody has': "Tomas Moor",
        "An engineer": "An engineer at the sluice",
        '"We drew': "An engineer at the sluice",
        "The minister": "The minister",
    }
    for words, name in who.items():
        ask(driver, words)
        driver.press("Return")
        assert driver.said_by(driver.chosen().id) == [name]
    driver.press("Shift+L", "Return")
    assert said_by(driver.annotated, driver.chosen().id) == ["The minister ← the Lantern"]
