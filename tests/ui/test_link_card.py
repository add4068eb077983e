"""The link card: the nearest source by Enter, any other by typing, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from annotator.project import Project
from annotator.ui.link_card import LinkCard
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace
from annotator.vocabulary import CueVerb
from tests.ui.panels.conftest import Marked

CUES = (CueVerb("said", "neutral"), CueVerb("claimed", "doubt"), CueVerb("has told", "neutral"))
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def marked(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(Project, "cue_verbs", lambda *_: CUES)
    workspace = Workspace()
    assert workspace.create(tmp_path / "valley.annot", coder="Ana Reed")
    yield Marked(workspace)
    workspace.close()
    workspace.wait_for_jobs()


@pytest.fixture
def card(qtbot, marked):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 600)
    made = LinkCard(marked.workspace, LIGHT, window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield made


def ask(card, marked, name, **options):
    marked.workspace.choose(marked.ids[name])
    at = card.parentWidget().mapToGlobal(QPoint(60, 60))
    card.open_for(marked.ids[name], QRect(at, QSize(120, 24)), **options)


def test_enter_accepts_the_nearest_with_its_cue(qtbot, card, marked):
    spans = []
    card.proposed.connect(spans.append)
    ask(card, marked, "readings")
    assert spans[-1] == [marked.span("Piet Moor"), marked.span("claimed")]
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    (link,) = marked.links("readings")
    cue = marked.annotated.by_id[link.cue]
    assert (link.source, link.source_mention, link.load) == (marked.ids["piet_source"], marked.ids["piet"], "doubt")
    assert (cue.start, cue.end) == marked.span("claimed")
    assert not card.isVisible()
    assert spans[-1] == []


def test_linking_is_one_step(qtbot, card, marked):
    before = len(marked.project.steps())
    ask(card, marked, "readings")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert len(marked.project.steps()) == before + 1


def test_tab_takes_the_cue_away(qtbot, card, marked):
    ask(card, marked, "readings")
    qtbot.keyClick(card.edit, Qt.Key.Key_Tab)
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert marked.links("readings")[0].cue is None


def test_typing_finds_sources_of_the_article(qtbot, card, marked):
    ask(card, marked, "readings")
    qtbot.keyClicks(card.edit, "brook")
    assert [o.text for o in card.list.values if o.kind == "source"] == ["Ida Brook"]
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert marked.links("readings")[0].source == marked.ids["ida_source"]


def test_typing_finds_entities_of_the_project(qtbot, card, marked):
    ask(card, marked, "readings")
    qtbot.keyClicks(card.edit, "harl")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    source = marked.annotated.sources[marked.links("readings")[0].source]
    assert (source.label, source.kind, source.entity) == ("Harl & Sons", "institution", marked.ids["harl_entity"])


def test_control_enter_makes_a_new_source(qtbot, card, marked):
    ask(card, marked, "readings")
    qtbot.keyClicks(card.edit, "Ida")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return, CONTROL)
    assert marked.annotated.sources[marked.links("readings")[0].source].label == "Ida"


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_Period, "author"), (Qt.Key.Key_0, "unstated")])
def test_the_two_standing_answers(qtbot, card, marked, key, kind):
    ask(card, marked, "readings")
    qtbot.keyClick(card.edit, key, CONTROL)
    assert marked.annotated.sources[marked.links("readings")[0].source].kind == kind


def test_arrows_pass_over_heads(qtbot, card, marked):
    ask(card, marked, "readings")
    kinds = []
    for _ in range(len(card.list.values)):
        qtbot.keyClick(card.edit, Qt.Key.Key_Down)
        kinds.append(card.list.current.kind)
    assert "head" not in kinds
    assert {"author", "nobody"} <= set(kinds)


def test_escape_writes_nothing(qtbot, card, marked):
    ask(card, marked, "readings")
    with qtbot.waitSignal(card.closed):
        qtbot.keyClick(card.edit, Qt.Key.Key_Escape)
    assert not marked.links("readings")


def test_it_goes_when_something_else_is_chosen(card, marked):
    ask(card, marked, "readings")
    marked.workspace.choose(marked.ids["low"])
    assert not card.isVisible()


def test_change_puts_another_source_in_place(qtbot, card, marked):
    ask(card, marked, "low", replace=marked.ids["link"])
    qtbot.keyClicks(card.edit, "piet")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    (link,) = marked.links("low")
    assert (link.id, link.source) == (marked.ids["link"], marked.ids["piet_source"])


def test_nothing_typed_makes_no_new_source(qtbot, card, marked):
    ask(card, marked, "readings")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return, CONTROL)
    assert card.isVisible()
    assert not marked.links("readings")


def test_it_stays_inside_the_window(card, marked):
    marked.workspace.choose(marked.ids["readings"])
    corner = card.parentWidget().mapToGlobal(QPoint(650, 570))
    card.open_for(marked.ids["readings"], QRect(corner, QSize(40, 24)))
    assert card.parentWidget().rect().contains(card.geometry())
