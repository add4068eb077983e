"""The evidence of the project: each piece once, found, with the claims that rest on it; one is gone to."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.ui.dialogs.evidence import EvidenceDialog
from annotator.ui.theme import LIGHT
from tests.ui.dialogs.test_ledger import claims, workspace

__all__ = ["claims", "workspace"]


def dialog(qtbot, workspace):
    made = EvidenceDialog(workspace, LIGHT, None)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_without_evidence_it_says_how_to_begin(qtbot, workspace, claims):
    made = dialog(qtbot, workspace)
    assert "No evidence yet" in made._empty.text() and not made.ok.isEnabled()


def test_a_piece_is_listed_once_with_all_its_claims_and_one_is_gone_to(qtbot, workspace, claims):
    project = workspace.project
    project.add_evidence(
        claims[0][0], "supports", title="Toll book", url="https://toll.example/1", publisher="The board"
    )
    log = project.add_evidence(claims[0][1], "supports", title="Log")
    project.add_evidence(claims[1][1], "contradicts", evidence=log)
    made = dialog(qtbot, workspace)
    assert [u.evidence.title for u in made.rows.rows] == ["Log", "Toll book"]
    assert [c.title for c in made.places.rows] == ["Bridge 0", "Bridge 1"]
    assert not made.to_page.isVisible()
    qtbot.keyClick(made.pieces, Qt.Key.Key_Return)
    qtbot.keyClick(made.claims, Qt.Key.Key_Down)
    qtbot.keyClick(made.claims, Qt.Key.Key_Return)
    assert made.result() and made.place.claim == claims[1][1]


def test_it_is_found_by_publisher_or_address(qtbot, workspace, claims):
    project = workspace.project
    project.add_evidence(
        claims[0][0], "supports", title="Toll book", url="https://toll.example/1", publisher="The board"
    )
    project.add_evidence(claims[0][1], "supports", title="Log")
    made = dialog(qtbot, workspace)
    qtbot.keyClicks(made.filter, "board toll.example")
    assert [u.evidence.title for u in made.rows.rows] == ["Toll book"]
    assert made.to_page.isVisible()
    made.filter.setFocus()
    qtbot.keyClick(made.filter, Qt.Key.Key_Escape)
    assert made.isVisible() and len(made.rows.rows) == 2
