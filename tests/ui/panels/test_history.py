"""The history panel: steps by name, time and place; jumping; only what is in sight is read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.project import Project, Step
from annotator.storage import store
from annotator.ui.panels import history
from annotator.ui.panels.history import HistoryPanel, HistoryRow
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace
from tests.ui.panels.conftest import Marked


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, marked: Marked) -> HistoryPanel:
    made = HistoryPanel(workspace, LIGHT)
    qtbot.addWidget(made)
    made.resize(340, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def places(panel: HistoryPanel) -> list[HistoryRow]:
    return [panel.model.row_at(n) for n in range(panel.model.rowCount())]


def test_a_row_tells_what_when_where_and_by_whom(panel: HistoryPanel, marked: Marked) -> None:
    first, *_, last = places(panel)
    assert first.here and not first.undone and first.step == marked.project.undo_step
    assert first.words[0].isupper() and "Ana Reed" in first.details and "The borrowed bridge" in first.details
    assert last.step is None and last.to == 0
    words = panel.model.index(0).data()
    assert "you are here" in words and first.words in words


def test_undone_steps_say_so_and_the_place_moves(panel: HistoryPanel, workspace: Workspace) -> None:
    workspace.undo()
    workspace.undo()
    shown = places(panel)
    assert [p.undone for p in shown[:3]] == [True, True, False] and shown[2].here
    assert "taken back" in panel.model.index(0).data()
    assert panel.list.currentIndex().row() == 2


def test_enter_goes_to_a_step_as_one_act_and_forward_again(
    panel: HistoryPanel, workspace: Workspace, marked: Marked
) -> None:
    heard: list[object] = []
    workspace.changed.connect(heard.append)
    panel.list.setFocus()
    for _ in range(5):
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    wanted = panel.model.row_at(5)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert len(heard) == 1 and marked.project.undo_step == wanted.step
    assert panel.model.undone == 5 and panel.list.currentIndex().row() == 5
    panel.go(panel.model.row_at(0))
    assert len(heard) == 2 and marked.project.redo_step is None
    panel.go(panel.model.row_at(0))
    assert len(heard) == 2


def test_the_beginning_can_be_gone_to(panel: HistoryPanel, workspace: Workspace, marked: Marked) -> None:
    assert places(panel)[-1].words == "The beginning"
    panel.go(places(panel)[-1])
    assert marked.project.articles() == [] and workspace.article is None
    assert places(panel)[-1].here
    panel.go(places(panel)[0])
    assert len(marked.project.articles()) == 1


def test_the_last_row_says_where_older_steps_were_forgotten(
    panel: HistoryPanel, workspace: Workspace, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "HISTORY_STEPS", 2)
    workspace.do(lambda p: p.set_note(marked.ids["count"], "one"))
    assert [place.words for place in places(panel)][-1:] == ["Older steps are not kept"]


def test_a_new_step_comes_on_top_and_forgets_those_taken_back(
    panel: HistoryPanel, workspace: Workspace, marked: Marked
) -> None:
    kept = panel.model.kept
    workspace.do(lambda p: p.set_note(marked.ids["count"], "one"))
    assert panel.model.kept == kept + 1 and panel.list.currentIndex().row() == 0
    workspace.undo()
    workspace.undo()
    workspace.do(lambda p: p.set_note(marked.ids["count"], "two"))
    assert panel.model.kept == kept and panel.model.undone == 0


def test_only_what_is_in_sight_is_read(
    panel: HistoryPanel, workspace: Workspace, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 8)
    read: list[int] = []
    real = Project.latest_steps

    def counted(self: Project, skip: int, most: int) -> list[Step]:
        read.append(most)
        return real(self, skip, most)

    for n in range(120):
        marked.project.set_note(marked.ids["count"], f"note {n}")
    monkeypatch.setattr(Project, "latest_steps", counted)
    workspace.do(lambda p: p.set_note(marked.ids["count"], "last"))
    panel.grab()
    assert 0 < sum(read) <= 32 < panel.model.kept
