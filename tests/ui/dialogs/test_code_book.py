"""The code book's window: every change by keyboard, at once, and one step each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from annotator.project import Project
from annotator.ui.dialogs.code_book import CodeBookDialog, MergeDialog
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace
from tests.ui.panels.conftest import Marked

Key = Qt.Key


@pytest.fixture
def workspace(qtbot, tmp_path):
    made = Workspace(backs_up=lambda: False)
    assert made.create(tmp_path / "valley.annot", coder="Ana Reed")
    yield made
    made.close()
    made.wait_for_jobs()


@pytest.fixture
def marked(workspace):
    return Marked(workspace)


@pytest.fixture
def dialog(qtbot, marked):
    made = CodeBookDialog(marked.workspace, LIGHT, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def turn(dialog, list_):
    at = next(n for n, s in enumerate(dialog._shelf_list) if s.kind.id == list_)
    dialog.shelves.setCurrentIndex(dialog.shelves.model().index(at, 0))


def words(dialog):
    model = dialog.model
    return [model.index(n, 0).data() for n in range(model.rowCount())]


def choose(dialog, key):
    dialog.view.choose(dialog.model.row_of(key))
    dialog.view.setFocus()


def steps(marked):
    return [s.name for s in marked.project.steps() if not s.undone]


def test_it_opens_on_the_tags_with_their_uses(dialog):
    assert words(dialog) == ["ask again", "baseline"]
    assert dialog.model.index(0, 3).data() == "1"
    assert dialog.shelves.hasFocus()


def test_a_term_is_added_and_defined_without_the_mouse(qtbot, dialog, marked):
    dialog.new.setFocus()
    qtbot.keyClicks(dialog.new, "later")
    qtbot.keyClick(dialog.new, Key.Key_Return)
    assert dialog.current.label == "later"
    assert dialog.new.text() == ""
    dialog.definition.setFocus()
    qtbot.keyClicks(dialog.definition, "After the print run.")
    dialog.example.setFocus()
    assert marked.project.code_book.get("tag", "later").definition == "After the print run."
    assert steps(marked)[-2:] == ["add later to “Tags”", "define later"]


def test_a_term_is_renamed_in_place_everywhere(qtbot, dialog, marked):
    choose(dialog, "baseline")
    qtbot.keyClick(dialog.view, Key.Key_F2)
    field = dialog.view.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "Base line")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: "Base line" in marked.claim("low").tags)
    assert dialog.current.key == "base line"
    assert dialog.focusWidget() is dialog.view
    qtbot.keyClick(dialog.view, Key.Key_F2)
    assert any(field.isVisible() for field in dialog.view.findChildren(QLineEdit))


def test_what_is_typed_is_written_when_another_term_or_list_is_chosen(qtbot, dialog, marked):
    choose(dialog, "baseline")
    dialog.definition.setFocus()
    qtbot.keyClicks(dialog.definition, "First count")
    dialog.view.choose(0)
    assert dialog.definition.toPlainText() == ""
    qtbot.keyClicks(dialog.definition, "Call back")
    turn(dialog, "verdict")
    found = {t.key: t.definition for t in marked.project.terms("tag")}
    assert found == {"baseline": "First count", "ask again": "Call back"}


def test_a_used_term_stays_and_the_foot_says_how_to_go_on(qtbot, dialog, marked):
    choose(dialog, "baseline")
    qtbot.keyClick(dialog.view, Key.Key_Delete)
    assert "Merge it" in dialog._told.text()
    assert words(dialog) == ["ask again", "baseline"]


def test_merging_moves_the_uses(qtbot, dialog, marked, monkeypatch):
    choose(dialog, "baseline")
    monkeypatch.setattr(MergeDialog, "exec", lambda self: self.DialogCode.Accepted)
    qtbot.keyClick(dialog.view, Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert words(dialog) == ["ask again"]
    assert marked.claim("low").tags == ("ask again",)


def test_order_is_changed_by_alt_and_arrows(qtbot, dialog, marked):
    choose(dialog, "baseline")
    qtbot.keyClick(dialog.view, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert words(dialog) == ["baseline", "ask again"]
    assert dialog.current.key == "baseline"
    qtbot.keyClick(dialog.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(dialog) == ["ask again", "baseline"]


def test_search_looks_in_words_and_definitions(qtbot, dialog, marked):
    turn(dialog, "verdict")
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, "opposite")
    assert words(dialog) == ["contradicted by evidence"]
    assert not dialog.up.isVisible()


def test_a_cue_word_gets_another_load(dialog, marked):
    turn(dialog, "cue")
    choose(dialog, "en:said")
    dialog.load.picked.emit("doubt")
    assert {v.text: v.load for v in marked.project.cue_verbs("en")}["said"] == "doubt"
    assert dialog.model.index(dialog.model.row_of("en:said"), 1).data() == "doubt"


def test_words_of_the_program_are_defined_and_not_renamed(dialog, marked):
    turn(dialog, "claim_type")
    assert not dialog.rename.isVisible()
    assert not dialog.new.isVisible()
    index = dialog.model.index(0, 0)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert dialog.definition.toPlainText().startswith("Says that something")


def test_a_project_that_can_only_be_read_says_why(qtbot, marked, tmp_path):
    path = tmp_path / "copy.annot"
    marked.project.backup(path)
    workspace = Workspace(backs_up=lambda: False)
    workspace.project = Project.open(path, read_only=True)
    made = CodeBookDialog(workspace, LIGHT, None)
    qtbot.addWidget(made)
    made.show()
    made.view.choose(0)
    assert made._told.text() == workspace.project.why_read_only != ""
    assert made.definition.isReadOnly()
    assert not made.rename.isEnabled()
    assert not made.new.isVisible()
    made.close()
    workspace.project.close()


def test_every_row_says_what_it_is(dialog):
    index = dialog.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "ask again, not defined yet, used once"
    shelf = dialog.shelves.model().index(0, 0)
    assert shelf.data(Qt.ItemDataRole.AccessibleTextRole) == "Tags, 2 terms"


def test_an_empty_list_says_what_to_do(qtbot, dialog):
    turn(dialog, "side")
    assert dialog._empty.isVisible()
    assert "press Enter" in dialog._empty.text()
    dialog.new.setFocus()
    qtbot.keyClicks(dialog.new, "the valley")
    qtbot.keyClick(dialog.new, Key.Key_Return)
    assert not dialog._empty.isVisible()
    dialog.search.setText("nowhere")
    assert "Nothing here fits" in dialog._empty.text()
    assert not dialog.definition.isEnabled()


def test_tab_goes_as_one_reads(qtbot, dialog):
    seen = []
    for _ in range(12):
        seen.append(dialog.focusWidget())
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
    order = [dialog.shelves, dialog.search, dialog.view, dialog.new, dialog.rename]
    assert seen[:5] == order
    assert seen.index(dialog.definition) < seen.index(dialog.example) < seen.index(dialog.ok)
