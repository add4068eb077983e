"""An editor checks claims by keys alone: verdicts with what they rest on, reasons, the ledger; and takes it all back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.importers import draft_from_text
from annotator.model import Claim
from annotator.project import Project
from annotator.storage.schema import RECORDED
from annotator.ui.dialogs.ledger import LedgerDialog
from annotator.ui.panels.asking import AskLine
from annotator.ui.panels.verdict import VerdictScale
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

FIRST = """Wall will hold, says port

Divers found two cracks in the wall. The wall was built in 1931. The port paid nine crews.

The list of stones has been lost. It was the best of days.
"""
SECOND = """Port counts its stones

The wall has stood since 1931, the port says. Nobody counted the stones.
"""
CLAIMS = ("Divers found two cracks in the wall", "The wall was built in 1931", "The port paid nine crews")


@pytest.fixture
def driver(begin: Begin, tmp_path: Path) -> Driver:
    """Two articles with claims; three of the first are worth checking."""
    path = tmp_path / "port.annot"
    project = Project.create(path, coder="Ida Vennemark")
    first, second = (project.add_article(draft_from_text(text)) for text in (FIRST, SECOND))
    for article, words in [*((first, w) for w in CLAIMS), (second, "The wall has stood since 1931")]:
        at = project.version(article).text.index(words)
        claim = project.mark(article, "claim", [(at, at + len(words))])
        project.edit_claim(claim, type="factual", check_worthy="yes" if article == first else None)
    project.close()
    made = begin(path)
    made.window.column.text.setFocus()
    made.window.workspace.show_article(first)
    return made


def state(driver: Driver) -> dict[str, tuple[str, str | None]]:
    """Return status and verdict of every claim that has one, by its words."""
    now = driver.annotated
    events = {c.quote(now.text): now.verification(c.id) for c in now.claims}
    return {words: (event.status, event.verdict) for words, event in events.items() if event is not None}


def heard(driver: Driver) -> list[str]:
    said: list[str] = []
    driver.window.notices.said.connect(said.append)
    return said


def rows(project: Project) -> dict[str, set[object]]:
    return {table: set(project._store.db.execute(f'SELECT * FROM "{table}"')) for table in RECORDED}


def in_scale(driver: Driver) -> bool:
    return isinstance(driver.focus(), VerdictScale)


def test_an_editor_checks_three_claims_in_a_row_by_keys_and_takes_all_back(driver: Driver) -> None:
    said, before = heard(driver), rows(driver.project)
    driver.press("F7")
    assert driver.chosen().quote(driver.text()) == CLAIMS[0]
    assert said[-1] == "Claim 1: 3 are to be checked, this one among them."
    driver.press("V", "4")
    driver.type("The divers’ log")
    driver.press("Return")
    driver.until(lambda: in_scale(driver))
    assert state(driver) == {CLAIMS[0]: ("checked", "4")}

    driver.press("F7")
    driver.until(lambda: driver.chosen().quote(driver.text()) == CLAIMS[1])
    driver.press("2")
    driver.type("The divers")
    driver.until(lambda: QApplication.activePopupWidget() is not None)
    driver.press("Down", "Return")
    page = driver.window.side.panel.page  # type: ignore[union-attr]
    driver.activate()
    driver.until(lambda: page.check.form.known.isVisible())
    driver.press("Return")
    driver.until(lambda: in_scale(driver))
    assert len(driver.annotated.evidence) == 1
    assert state(driver)[CLAIMS[1]] == ("checked", "2")

    driver.press("F7")
    assert said[-1] == "Claim 3: the last one that is to be checked."
    driver.press("0")
    driver.until(lambda: isinstance(driver.focus().parentWidget(), AskLine))
    driver.type("Asked the port twice, no answer")
    driver.press("Return")
    driver.until(lambda: in_scale(driver))
    assert state(driver)[CLAIMS[2]] == ("checked", "none")
    driver.press("F7")
    assert said[-1] == "Every claim worth checking was looked into."

    driver.to_text()
    while driver.project.undo_step is not None and driver.project.undo_step.name.startswith("give a verdict"):
        driver.press("Ctrl+Z")
    assert rows(driver.project) == before


def test_a_changed_verdict_asks_why_in_place_and_the_answer_is_part_of_the_step(driver: Driver) -> None:
    driver.press("F7", "V", "4")
    driver.type("The log")
    driver.press("Return")
    driver.until(lambda: in_scale(driver))
    steps = len(driver.project.steps())
    driver.press("2")
    driver.until(lambda: state(driver)[CLAIMS[0]] == ("checked", "2"))
    assert in_scale(driver)
    driver.press("Tab")
    driver.type("It is another wall")
    driver.press("Return")
    driver.until(lambda: in_scale(driver))
    event = driver.annotated.verification(driver.chosen().id)
    assert event is not None and event.why == "It is another wall" and event.person == "Ida Vennemark"
    assert len(driver.project.steps()) == steps + 1
    driver.press("Delete")
    driver.until(lambda: state(driver)[CLAIMS[0]] == ("in_progress", None))


def test_the_first_verdict_of_somebody_without_a_name_asks_for_it(begin: Begin, tmp_path: Path) -> None:
    path = tmp_path / "port.annot"
    project = Project.create(path)
    article = project.add_article(draft_from_text(FIRST))
    at = project.version(article).text.index(CLAIMS[0])
    claim = project.mark(article, "claim", [(at, at + len(CLAIMS[0]))])
    project.add_evidence(claim, "supports", title="The log")
    project.close()
    driver = begin(path)
    driver.window.column.text.setFocus()
    driver.press("Shift+C", "V", "5")
    driver.until(lambda: isinstance(driver.focus().parentWidget(), AskLine))
    assert state(driver) == {}
    driver.type("Ida Vennemark")
    driver.press("Return")
    driver.until(lambda: state(driver) == {CLAIMS[0]: ("checked", "5")})
    event = driver.annotated.verification(claim)
    assert event is not None and event.person == "Ida Vennemark"
    assert driver.project.coder.name == "Ida Vennemark"


def test_a_claim_of_another_article_is_found_by_typing_and_gone_to_through_the_ledger(driver: Driver) -> None:
    driver.press("F7", "F7")
    claim: Claim = driver.chosen()
    driver.until(lambda: driver.window.side.panel is not None)
    driver.until(lambda: driver.window.side.panel.page.claim == claim.id)  # type: ignore[union-attr]
    page = driver.window.side.panel.page  # type: ignore[union-attr]
    page.relations.add.click()
    driver.pick("How it stands to another claim", "Says the same as")
    driver.activate()
    driver.press("Tab")
    driver.type("stood since")
    driver.until(lambda: page.relations.form._offered)
    driver.until(lambda: QApplication.activePopupWidget() is not None)
    driver.press("Down", "Return")
    driver.activate()
    driver.until(lambda: page.relations.list.values)
    assert [r.where.partition(" in “")[0] for r in page.relations.list.values] == [
        "Said 2 times in 2 articles",
        "Says the same as 1",
    ]

    def look(dialog: LedgerDialog) -> None:
        assert [m.where for m in dialog.places.rows] == [
            "Port counts its stones, claim 1",
            "Wall will hold, says port, claim 2",
        ]
        QTest.keyClick(dialog.entries, Qt.Key.Key_Return)
        QTest.keyClick(dialog.mentions, Qt.Key.Key_Return)

    driver.answer(LedgerDialog, look, lambda: driver.press("F9"))
    driver.until(lambda: driver.annotated.article.title == "Port counts its stones")
    assert driver.chosen().quote(driver.text()) == "The wall has stood since 1931"
