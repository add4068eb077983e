"""The house rules dialog: rules are switched, weighed and limited at once, undone, and set back to what is shipped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import vocabulary
from annotator.ui.dialogs.house_rules import HouseRulesDialog
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace
from annotator.vocabulary import HouseRule
from tests.ui.panels.conftest import workspace

__all__ = ["workspace"]


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace) -> HouseRulesDialog:
    made = HouseRulesDialog(workspace, LIGHT, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def now(workspace: Workspace, key: str) -> HouseRule:
    assert workspace.project is not None
    return next(r for r in workspace.project.code_book.house_rules() if r.key == key)


def go_to(dialog: HouseRulesDialog, key: str) -> None:
    dialog.list.choose(next(n for n, r in enumerate(dialog.list.rows.rows) if r.key == key))


def test_every_rule_tells_what_it_asks_and_whose_standard_it_follows(dialog: HouseRulesDialog) -> None:
    for at, rule in enumerate(vocabulary.house_rules()):
        dialog.list.choose(at)
        assert (dialog.name.text(), dialog.about.text(), dialog.origin.text()) == (rule.title, rule.about, rule.origin)
    n = len(vocabulary.house_rules())
    assert dialog.count.text() == f"{n} of {n} rules ask"


def test_space_switches_a_rule_and_undo_takes_it_back(dialog: HouseRulesDialog, workspace: Workspace) -> None:
    rule = dialog.list.current
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert not now(workspace, rule.key).on and not dialog.on.isChecked()
    assert dialog.list.model().index(0, 0).data().startswith(f"{rule.title}, off")
    workspace.undo()
    assert now(workspace, rule.key).on and dialog.on.isChecked()


def test_a_click_on_the_box_switches_and_one_on_the_words_only_shows(
    dialog: HouseRulesDialog, workspace: Workspace
) -> None:
    rect = dialog.list.visualRect(dialog.list.model().index(2, 0))
    view, left = dialog.list.viewport(), Qt.MouseButton.LeftButton
    rule = dialog.list.rows.rows[2]
    QTest.mouseClick(view, left, pos=QPoint(rect.left() + 120, rect.center().y()))
    assert now(workspace, rule.key).on and dialog.name.text() == rule.title
    QTest.mouseClick(view, left, pos=QPoint(rect.left() + 20, rect.center().y()))
    assert not now(workspace, rule.key).on


def test_how_urgent_a_rule_is_and_its_numbers(dialog: HouseRulesDialog, workspace: Workspace) -> None:
    go_to(dialog, "long_passage")
    dialog.severity.choose(0)
    assert now(workspace, "long_passage").severity == "first"
    (field,) = dialog._limits.values()
    assert field.accessibleName() == "Words"
    field.setValue(150)
    assert dict(now(workspace, "long_passage").limits) == {"words": 150}
    workspace.undo()
    assert field.value() == 100
    go_to(dialog, "unnamed_single_source")
    assert dialog._limits == {}


def test_as_shipped_is_one_step(dialog: HouseRulesDialog, workspace: Workspace) -> None:
    assert not dialog.reset.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    go_to(dialog, "long_passage")
    dialog.severity.choose(2)
    assert dialog.reset.isEnabled()
    dialog.reset.click()
    assert workspace.project is not None
    assert workspace.project.code_book.house_rules() == vocabulary.house_rules()
    workspace.undo()
    assert now(workspace, "long_passage").severity == "note"
    assert workspace.project.code_book.house_rules() != vocabulary.house_rules()
