"""The link card: the nearest source by Enter, any other by typing, all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.analysis.proposals import FoundCue
from annotator.project import Project
from annotator.ui.actions import take_keys
from annotator.ui.link_card import LinkCard
from annotator.ui.link_offers import CUE, KEY, Offer, _cue_room
from annotator.ui.paint import advance
from annotator.ui.theme import LIGHT, font
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


@pytest.mark.parametrize(("answer", "kind"), [("author", "author"), ("nobody", "unstated")])
def test_the_two_standing_answers(card, marked, answer, kind):
    ask(card, marked, "readings")
    card.answer(answer)
    assert marked.annotated.sources[marked.links("readings")[0].source].kind == kind


def test_the_standing_answers_show_the_keys_the_window_has_for_them(card, marked):
    take_keys({"link.nobody": ("Ctrl+U",)})
    try:
        ask(card, marked, "readings")
    finally:
        take_keys({})
    keys = {offer.kind: offer.key for offer in card.list.values}
    assert keys["author"] == "Ctrl+." and keys["nobody"] == "Ctrl+U"


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


@pytest.mark.parametrize(("kind", "left"), [("author", "author"), ("nobody", "unstated")])
def test_a_standing_answer_takes_the_place_of_a_link_that_is_changed(card, marked, kind, left):
    ask(card, marked, "low", replace=marked.ids["link"])
    card.answer(kind)
    assert [marked.annotated.sources[a.source].kind for a in marked.links("low")] == [left]
    assert not card.isVisible()


def test_an_entity_that_is_gone_is_a_sentence_and_not_an_error(qtbot, card, marked):
    heard = []
    marked.workspace.failed.connect(lambda error, _: heard.append(error))
    ask(card, marked, "readings")
    qtbot.keyClicks(card.edit, "harl")
    marked.project.delete_entity(marked.ids["harl_entity"])
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert [str(error) for error in heard] == ["This entity is no longer in the project."]
    assert not marked.links("readings")


def test_where_nothing_is_offered_no_key_is_taught_that_does_nothing(card, marked):
    ask(card, marked, "low", through=marked.ids["link"])
    card._show_offers([])
    assert card._hints.accessibleName() == "Keys: Esc later"


def test_a_link_that_is_changed_to_somebody_new_is_still_what_another_is_known_through(qtbot, card, marked):
    inner = marked.project.link(marked.ids["low"], marked.ids["piet_source"])
    marked.project.edit_attribution(inner, via=marked.ids["link"])
    for words in ("The Lantern", "harl"):
        ask(card, marked, "low", replace=marked.ids["link"])
        qtbot.keyClicks(card.edit, words)
        qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    links = {a.id: a for a in marked.links("low")}
    assert links.keys() == {inner, marked.ids["link"]}
    assert links[inner].via == marked.ids["link"]
    assert marked.annotated.sources[links[marked.ids["link"]].source].label == "Harl & Sons"


def test_a_claim_that_is_linked_says_to_whom(card, marked):
    ask(card, marked, "low")
    assert card._title.text() == "Who else says it? Linked: Ida Brook"
    ask(card, marked, "readings")
    assert card._title.text() == "Who says it?"


def test_enter_adds_and_shift_enter_changes(qtbot, card, marked):
    assert {a.source for a in marked.links("low")} == {marked.ids["ida_source"]}
    ask(card, marked, "low")
    qtbot.keyClicks(card.edit, "piet")
    assert "Shift+↵ change" in card._hints.accessibleName()
    qtbot.keyClick(card.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert {a.source for a in marked.links("low")} == {marked.ids["piet_source"]}
    ask(card, marked, "low")
    qtbot.keyClicks(card.edit, "brook")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert {a.source for a in marked.links("low")} == {marked.ids["piet_source"], marked.ids["ida_source"]}


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, CONTROL])
def test_a_new_source_is_marked_where_its_name_stands(qtbot, card, marked, modifier):
    steps = len(marked.project.steps())
    ask(card, marked, "readings")
    qtbot.keyClicks(card.edit, "a spokesperson")
    assert marked.span("A spokesperson") in card._spans(card.list.values[-1])
    qtbot.keyClick(card.edit, Qt.Key.Key_Return, modifier)
    (link,) = marked.links("readings")
    mention, cue = marked.annotated.by_id[link.source_mention], marked.annotated.by_id[link.cue]
    assert (mention.start, mention.end) == marked.span("A spokesperson")
    assert (cue.start, cue.end) == marked.span("claimed")
    assert marked.annotated.sources[link.source].label == "a spokesperson"
    assert len(marked.project.steps()) == steps + 1


def test_a_key_that_is_held_down_types_nothing(card, marked):
    ask(card, marked, "readings")
    for key, text in ((Qt.Key.Key_L, "l"), (Qt.Key.Key_Return, "\r")):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, True)
        QApplication.sendEvent(card.edit, event)
    assert card.isVisible() and card.edit.text() == ""
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "", True)
    first = card.list.current
    QApplication.sendEvent(card.edit, down)
    assert card.list.current != first


def test_where_nothing_has_room_the_text_moves_up(card, marked):
    window = card.parentWidget()
    window.resize(460, 420)
    moved = [0]
    start, end = marked.span("the readings were “commercially sensitive”")

    def lines(a, b):
        at = window.mapToGlobal(QPoint(40, 150 - moved[0]))
        return [QRect(at, QSize(300, 24))] if (a, b) == (start, end) else []

    def bring_up(offset, by):
        assert offset == start
        moved[0] += min(by, 140)

    card.lines, card.bring_up = lines, bring_up
    ask(card, marked, "readings")
    (line,) = (QRect(window.mapFromGlobal(r.topLeft()), r.size()) for r in lines(start, end))
    assert moved[0] > 0
    assert not card.geometry().intersects(line)


def test_enter_alone_does_not_take_back_who_says_it(qtbot, card, marked, monkeypatch):
    monkeypatch.setattr("annotator.ui.link_card.propose", lambda *_, **__: [])
    ask(card, marked, "low")
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert card.isVisible() and [a.id for a in marked.links("low")] == [marked.ids["link"]]
    qtbot.keyClick(card.edit, Qt.Key.Key_Down)
    assert card.list.current.kind == "nobody"
    assert "↵ change" in card._hints.accessibleName()


def test_enter_alone_makes_no_quotation_the_author_s_own(qtbot, card, marked, monkeypatch):
    monkeypatch.setattr("annotator.ui.link_card.propose", lambda *_, **__: [])
    marked.project.unlink(marked.ids["link"])
    ask(card, marked, "low")
    assert card.list.current is None
    assert [o.kind for o in card.list.values] == ["nobody", "author"]
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert card.isVisible() and not marked.links("low")
    qtbot.keyClick(card.edit, Qt.Key.Key_Down)
    assert card.list.current.kind == "nobody"
    ask(card, marked, "count")
    assert card.list.current.kind == "author"


def test_a_claim_in_the_author_s_voice_says_so(qtbot, card, marked):
    before = marked.links("plans")
    ask(card, marked, "plans")
    assert card._title.text() == "Who says it? Linked: the author’s own voice"
    assert [o.meta for o in card.list.values if o.kind == "author"] == ["linked now"]
    qtbot.keyClick(card.edit, Qt.Key.Key_Return)
    assert card.isVisible() and marked.links("plans") == before
    qtbot.keyClick(card.edit, Qt.Key.Key_Down)
    assert "↵ change" in card._hints.accessibleName()


def test_a_cue_takes_the_room_the_source_leaves() -> None:
    cue = FoundCue(0, 6, "denied", "accusing")
    short, long = (
        Offer("proposal", name, cue=cue, load="accusing, suggested by the list") for name in ("Ida", "I" * 200)
    )
    needed = advance(font("small"), short.load)
    assert _cue_room(560, short) - 18 - KEY >= needed
    assert _cue_room(560, long) == CUE
