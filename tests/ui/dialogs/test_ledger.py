"""The claim ledger: what is said more than once, found, reworded, taken apart, gone to; a list of thousands stays quick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.importers import draft_from_text
from annotator.ui.dialogs.ledger import LedgerDialog
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace

TEXT = "A bridge\n\nIt carries nine trucks, said Ida Brook. It is forty years old. It was never counted."


@pytest.fixture
def workspace(qtbot, tmp_path):
    made = Workspace()
    assert made.create(tmp_path / "valley.annot", coder="Ana Reed")
    yield made
    made.close()
    made.wait_for_jobs()


@pytest.fixture
def claims(workspace):
    """The three claims of each of three articles, by article."""
    project = workspace.project
    found = []
    for n in range(3):
        article = project.add_article(draft_from_text(TEXT.replace("A bridge", f"Bridge {n}")))
        text = project.version(article).text
        spans = [
            (text.index(w), text.index(w) + len(w)) for w in ("It carries nine trucks", "It is forty", "It was never")
        ]
        found.append([project.mark(article, "claim", [span]) for span in spans])
    workspace.show_article(project.article_ids()[0])
    return found


def dialog(qtbot, workspace, entry=None):
    made = LedgerDialog(workspace, LIGHT, entry, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_an_empty_ledger_says_how_to_begin(qtbot, workspace, claims):
    made = dialog(qtbot, workspace)
    assert "Nothing is said twice yet" in made._empty.text()
    assert made._empty.isVisible() and not made.ok.isEnabled()


def test_entries_come_by_how_often_they_are_said_with_everybody_who_says_it(qtbot, workspace, claims):
    project = workspace.project
    project.same_as(claims[0][1], claims[0][0])
    often = project.same_as(claims[1][2], claims[0][2])
    project.same_as(claims[2][2], claims[0][2])
    project.add_evidence(claims[1][2], "supports", title="Log")
    project.verify(claims[1][2], "checked", verdict="4")
    made = dialog(qtbot, workspace)
    assert [e.told for e in made.rows.rows] == ["3 mentions in 3 articles", "2 mentions in 1 article"]
    assert made.entry == often
    assert [(m.where, m.who, m.checked) for m in made.places.rows] == [
        ("Bridge 0, claim 3", "not linked", "Not checked"),
        ("Bridge 1, claim 3", "not linked", "Mostly supported"),
        ("Bridge 2, claim 3", "not linked", "Not checked"),
    ]


def test_by_keys_a_wording_is_changed_and_a_claim_taken_out_and_put_back(qtbot, workspace, claims):
    project = workspace.project
    project.same_as(claims[1][0], claims[0][0])
    project.same_as(claims[2][0], claims[0][0])
    made = dialog(qtbot, workspace)
    qtbot.keyClick(made.entries, Qt.Key.Key_F2)
    qtbot.keyClicks(made.field, "The bridge carries nine trucks")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert made.isVisible() and [e.wording for e in made.rows.rows] == ["The bridge carries nine trucks"]
    qtbot.keyClick(made.entries, Qt.Key.Key_Right)
    qtbot.keyClick(made.mentions, Qt.Key.Key_Delete)
    assert [m.place.claim for m in made.places.rows] == [claims[1][0], claims[2][0]]
    qtbot.keyClick(made.mentions, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(made.places.rows) == 3


def test_enter_on_a_mention_answers_where_to_go(qtbot, workspace, claims):
    entry = workspace.project.same_as(claims[1][0], claims[0][0])
    made = dialog(qtbot, workspace, entry)
    qtbot.keyClick(made.entries, Qt.Key.Key_Return)
    qtbot.keyClick(made.mentions, Qt.Key.Key_Down)
    qtbot.keyClick(made.mentions, Qt.Key.Key_Return)
    assert made.result() and made.place.claim == claims[1][0]


def test_the_filter_narrows_and_esc_empties_it_before_it_closes(qtbot, workspace, claims):
    workspace.project.same_as(claims[1][0], claims[0][0])
    workspace.project.same_as(claims[1][1], claims[0][1])
    made = dialog(qtbot, workspace)
    made.filter.setFocus()
    qtbot.keyClicks(made.filter, "forty")
    assert [e.wording for e in made.rows.rows] == ["It is forty"]
    qtbot.keyClicks(made.filter, " zz")
    assert made._empty.isVisible()
    qtbot.keyClick(made.filter, Qt.Key.Key_Escape)
    assert made.isVisible() and len(made.rows.rows) == 2
    qtbot.keyClick(made.filter, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_every_control_has_a_name(qtbot, workspace, claims):
    workspace.project.same_as(claims[1][0], claims[0][0])
    made = dialog(qtbot, workspace)
    for control in (made.filter, made.order, made.entries, made.mentions, made.reword, made.field, made.ok):
        assert control.accessibleName()
