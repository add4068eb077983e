"""The audit as people meet it: it follows what is marked, leads to the place, and keeps what was answered."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.ui.auditing import Auditing
from annotator.ui.panels.audit import AuditPanel
from annotator.ui.panels.audit_figures import FigureTile
from annotator.ui.panels.audit_findings import FindingList
from annotator.ui.panels.audit_places import PlaceList
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver


@pytest.fixture
def driver(begin: Begin) -> Driver:
    """The window on the sample, with the audit beside it."""
    made = begin()
    made.window.projects.open_sample()
    made.until(lambda: made.window.workspace.coverage is not None and made.window.workspace.coverage.complete)
    made.run("panel.audit")
    settle(made)
    return made


def panel(driver: Driver) -> AuditPanel:
    return cast("AuditPanel", driver.window.side.panel)


def settle(driver: Driver) -> None:
    kept: Auditing = panel(driver).auditing
    driver.until(lambda: not kept.stale and not kept.counting and kept.outcome.findings is not None)


def figure(driver: Driver, key: str) -> tuple[int, int]:
    """Return a figure as its tile tells it."""
    audit = panel(driver).auditing.outcome.audit
    assert audit is not None
    found = audit.figures[key]
    tile = next(t for t in panel(driver).grid.tiles if t.key == key)
    assert tile.accessibleName().startswith(f"{int(found.n)} of {found.of} ")
    return int(found.n), found.of


def test_marking_and_linking_changes_the_figures_and_undo_changes_them_back(driver: Driver) -> None:
    with_source, claims = figure(driver, "attribution_share")
    open_ = next(c for c in driver.annotated.claims if c.id not in driver.annotated.attributions_of)
    driver.to_text()
    driver.window.workspace.choose(open_.id)
    driver.press("L", "Return")
    settle(driver)
    assert figure(driver, "attribution_share") == (with_source + 1, claims)
    driver.press("Ctrl+Z")
    settle(driver)
    assert figure(driver, "attribution_share") == (with_source, claims)
    driver.window.workspace.choose(open_.id)
    driver.press("Del")
    settle(driver)
    assert figure(driver, "attribution_share") == (with_source, claims - 1)


def test_from_a_figure_to_the_place_and_back_by_keys(driver: Driver) -> None:
    first = driver.tab_to(FigureTile, panel(driver).grid.tiles[0].accessibleName())
    driver.press("Return")
    list_ = cast("PlaceList", driver.focus())
    assert isinstance(list_, PlaceList) and list_ is panel(driver).pages.places.list
    driver.press("Down", "Return")
    wanted = panel(driver).pages.places.passages.rows[1]
    assert driver.window.workspace.chosen == wanted.annotation
    start, end = driver.window.column.in_sight()
    assert start <= wanted.start < end
    driver.press("Escape")
    assert first.hasFocus()
    driver.press("Escape")
    assert driver.window.column.text.hasFocus()


def test_a_finding_is_answered_kept_and_taken_back(driver: Driver) -> None:
    found = panel(driver).findings
    open_ = len(found._open)
    list_ = driver.tab_to(FindingList, "Findings")
    asked = list_.current
    driver.press("A")
    driver.type("Both were asked.")
    driver.press("Return")
    settle(driver)
    assert len(found._open) == open_ - 1
    assert asked.key in [a.key for a in found._answered]
    driver.press("Ctrl+Z")
    settle(driver)
    assert len(found._open) == open_


def test_the_house_rules_open_from_the_menu_and_a_rule_that_is_off_asks_nothing(driver: Driver) -> None:
    from annotator.ui.dialogs.house_rules import HouseRulesDialog

    rule = panel(driver).findings._open[0].key[0]

    def switch(dialog: HouseRulesDialog) -> None:
        dialog.list.choose(next(n for n, r in enumerate(dialog.list.rows.rows) if r.key == rule))
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        dialog.accept()

    driver.answer(HouseRulesDialog, switch, lambda: driver.window.actions_["project.house_rules"].trigger())
    settle(driver)
    assert all(a.key[0] != rule for a in panel(driver).findings._open)


def test_the_project_is_counted_from_the_switch_by_arrows(driver: Driver) -> None:
    panel(driver).scope.setFocus()
    driver.press("Right", "Right")
    settle(driver)
    assert panel(driver).auditing.outcome.articles == tuple(driver.project.article_ids())


def test_nothing_of_the_audit_is_made_until_it_is_asked_for(begin: Begin) -> None:
    made = begin()
    made.window.projects.open_sample()
    made.until(lambda: made.window.side.panel is not None)
    assert "audit" not in made.window.side._made
