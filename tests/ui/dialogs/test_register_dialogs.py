"""Merging asks which stays and what it will say; places are looked through with a tick each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from annotator.model import Source
from annotator.ui.dialogs.mentions import PlacesDialog, review
from annotator.ui.dialogs.merge import MergeCandidate, MergeDialog, coded_words, value_words
from annotator.ui.theme import DARK, LIGHT

TEXT = "Divers said so.\nThen Oda Lien spoke of Oda Lien."


def source(label, **fields):
    return Source(article="a" * 32, label=label, **fields)


@pytest.fixture
def entries():
    return {
        "soto": source("Maria Soto", affiliation="Army", role="general", naming="named"),
        "gen": source("Gen. Soto", affiliation="Staff", side="east", naming="named", aliases=("the general",)),
        "lien": source("Oda Lien"),
    }


@pytest.fixture
def dialog(qtbot, entries):
    by_id = {e.id: e for e in entries.values()}
    candidates = [
        MergeCandidate(e.id, e.label, e.aliases, alike=name == "soto") for name, e in entries.items() if name != "gen"
    ]
    made = MergeDialog(
        LIGHT, entries["gen"], candidates[::-1], by_id.get, lambda _: (2, 1), lambda f, v: value_words(v), None
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_one_that_looks_alike_is_first_and_the_fuller_name_stays(qtbot, dialog, entries):
    assert dialog.keep == entries["soto"]
    assert dialog.gone == entries["gen"]
    assert [r.field for r in dialog.table.values if r.differs] == ["affiliation"]
    assert "2 mentions and 1 claim" in dialog._result.text()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.chosen == {}


def test_the_other_name_may_be_kept(dialog, entries):
    dialog._own.click()
    assert (dialog.keep, dialog.gone) == (entries["gen"], entries["soto"])


def test_of_what_they_disagree_in_either_value_is_taken(qtbot, dialog):
    dialog.table.setFocus()
    at = next(n for n, r in enumerate(dialog.table.values) if r.differs)
    dialog.table.choose(at)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.chosen == {"affiliation": "Staff"}
    assert dialog.table.values[at].kept == 1
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.chosen == {}


def test_typing_finds_another_and_the_arrows_move_while_one_types(qtbot, dialog, entries):
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.gone is not None and entries["lien"] in (dialog.keep, dialog.gone)
    qtbot.keyClicks(dialog.search, "maria")
    assert entries["soto"] in (dialog.keep, dialog.gone)
    qtbot.keyClicks(dialog.search, "zzzz")
    assert dialog.gone is None
    assert not dialog.ok.isEnabled()


def test_enter_never_merges_what_nobody_chose(qtbot, entries):
    by_id = {e.id: e for e in entries.values()}
    made = MergeDialog(
        LIGHT, entries["lien"], [MergeCandidate(entries["soto"].id, "Maria Soto")], by_id.get, lambda _: (0, 0), lambda f, v: value_words(v), None
    )  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made.search, Qt.Key.Key_Return)
    assert made.isVisible() and made.gone is None
    qtbot.keyClick(made.search, Qt.Key.Key_Down)
    assert made.ok.isEnabled()


def test_values_are_said_in_words():
    assert value_words(None) == "not filled in"
    assert coded_words("role_only") == "Role only"
    assert value_words("not_stated") == "not stated in the text"


@pytest.fixture
def places(qtbot):
    rows = [review(TEXT, n, at, at + 8, "source_mention", ticked=n == 0) for n, at in enumerate((21, 39))]
    made = PlacesDialog(DARK, "Other places", "Look", rows, None, main="Mark")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.begin()
    return made


def test_a_place_is_shown_with_its_paragraph_alone():
    shown = review(TEXT, 1, 21, 29, "source_mention")
    assert (shown.before, shown.words, shown.after) == ("Then", "Oda Lien", "spoke of Oda Lien.")


def test_arrows_show_the_place_and_space_ticks_it(qtbot, places):
    with qtbot.waitSignal(places.pointed) as pointed:
        qtbot.keyClick(places.places, Qt.Key.Key_Down)
    assert pointed.args == [39, 47]
    assert places.ticked == [0]
    qtbot.keyClick(places.places, Qt.Key.Key_Space)
    assert places.ticked == [0, 1]
    qtbot.keyClick(places.places, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert places.ticked == []
    assert not places.ok.isEnabled()
    index = places.places.places.index(0, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_a_click_on_the_tick_changes_it(qtbot, places):
    rect = places.places.visualRect(places.places.places.index(1, 0))
    qtbot.mouseClick(places.places.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + rect.center() / 8)
    assert 1 in places.ticked


def test_where_there_is_little_room_the_comparison_is_whole_and_nothing_lies_on_it(qtbot, dialog, entries):
    dialog.resize(480, 300)
    qtbot.waitUntil(lambda: dialog.height() >= dialog.minimumHeight())
    dialog.layout().activate()
    shown = [dialog.search, dialog.candidates, dialog.table, dialog._agrees, dialog._result]
    places = [(w.geometry().top(), w.geometry().bottom()) for w in shown if w.isVisible()]
    assert all(above[1] < below[0] for above, below in pairwise(places))
    assert dialog._result.height() >= dialog._result.heightForWidth(dialog._result.width())
    assert places[-1][1] <= dialog._body.height()
    assert dialog.candidates.height() < 152
