"""By keys alone: sentence by sentence, growing and shrinking back, from kind to kind, nested voices."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import text as texts
from annotator.model import Claim, Mention
from annotator.project import Project
from annotator.ui.article.voices import chain_of
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.filters import Filter
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.workspace import Workspace
from tests.e2e.conftest import Begin
from tests.e2e.driver import Driver

WALL = """The wall that nobody looked at

By Ida Vennemark

The port authority said the wall was “good for forty years”. Divers came last spring and looked at it.

The minister, Tomas Brightwater, denied that the money was gone, the Lantern reported. Nobody has seen his list.

It is believed that the port authority never paid. He added that the list was lost.
"""


@pytest.fixture
def driver(begin: Begin, tmp_path: Path) -> Driver:
    """The window on one article nobody marked."""
    path = tmp_path / "wall.txt"
    path.write_text(WALL, "utf-8")
    made = begin()
    made.answer(ImportDialog, made.accept, lambda: made.drop(path))
    made.until(lambda: made.window.workspace.sentences)
    made.until(made.window.column.text.hasFocus)
    made.press("Ctrl+Home")
    return made


def shown(driver: Driver) -> str:
    """Return the words outlined in dashes."""
    return " | ".join(driver.text()[a:b] for a, b in driver.window.column.proposed)


def test_j_c_l_enter_is_a_linked_claim_with_its_cue(driver: Driver) -> None:
    driver.press("J")
    sentence = "The port authority said the wall was “good for forty years”."
    assert shown(driver) == sentence
    driver.press("C", "L", "Return")
    claim = driver.chosen()
    assert claim.quote(driver.text()) == sentence
    assert driver.said_by(claim.id) == ["The port authority"]
    (link,) = driver.annotated.attributions_of[claim.id]
    assert driver.annotated.by_id[link.cue or ""].quote(driver.text()) == "said"
    assert (link.load, link.load_from) == ("neutral", "list")
    assert driver.annotated.by_id[link.source_mention or ""].quote(driver.text()) == "The port authority"
    driver.press("Ctrl+Z")
    assert not driver.annotated.attributions and not driver.annotated.source_mentions


def test_x_goes_on_to_the_next_open_sentence_by_itself(driver: Driver) -> None:
    driver.press("J", "X")
    assert shown(driver) == "Divers came last spring and looked at it."
    driver.press("X", "C")
    assert driver.chosen().quote(driver.text()).startswith("The minister")
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert len(driver.annotated.sentence_marks) == 1


def test_what_is_shown_goes_when_the_caret_goes(driver: Driver) -> None:
    driver.press("J")
    assert shown(driver)
    driver.press("Right")
    assert not shown(driver)
    driver.press("K", "J", "Escape")
    assert not shown(driver)


def test_it_grows_by_every_step_and_shrinks_back_through_them(driver: Driver) -> None:
    driver.caret_before("authority said")
    seen = []
    for key in ("Shift+Right", "Alt+Up", "Alt+Right", "Ctrl+Shift+Right", "Alt+Up", "Alt+Up"):
        seen.append(driver.selected())
        driver.press(key)
    assert seen[1:4] == ["a", "authority", "authority said"]
    assert driver.selected().startswith("The port") and driver.selected().endswith("looked at it.")
    for words in reversed(seen):
        driver.press("Alt+Down")
        assert driver.selected() == words


def test_a_new_selection_has_nothing_to_shrink_back_to(driver: Driver) -> None:
    driver.caret_before("authority said")
    driver.press("Alt+Up", "Alt+Up")
    driver.press("Left")
    driver.find("forty years")
    driver.press("Alt+Down")
    assert driver.selected() == "forty"


def test_names_are_gone_through_by_w_and_marked_whole(driver: Driver) -> None:
    driver.press("W", "S", "W", "E", "W", "E")
    assert driver.quotes("S") == ["Ida Vennemark"]
    assert driver.quotes("E") == ["Tomas Brightwater", "Lantern"]
    driver.press("W")
    assert driver.selected() == "" and len(driver.annotated.annotations) == 3


def test_from_one_mark_to_the_next_of_its_kind(driver: Driver) -> None:
    driver.press("J", "C", "L", "Return", "J", "X", "C", "L", "Return")
    driver.mark("E", "Divers")
    driver.press("Ctrl+Home", "Shift+C")
    first = driver.chosen()
    driver.press("Shift+C")
    assert isinstance(first, Claim) and isinstance(driver.chosen(), Claim) and driver.chosen().start > first.start
    driver.press("Ctrl+Shift+C")
    assert driver.chosen() == first
    driver.press("Shift+E")
    assert isinstance(driver.chosen(), Mention)
    driver.press("Ctrl+Home", "Shift+S")
    assert driver.chosen().quote(driver.text()) == "The port authority"


def test_a_voice_known_through_another(driver: Driver) -> None:
    driver.press("J", "J", "J", "C", "L", "Return")
    claim = driver.chosen().id
    assert driver.said_by(claim) == ["Tomas Brightwater"]
    driver.press("Shift+L", "Return")
    assert driver.said_by(claim) == ["the Lantern"]
    inner, outer = sorted(driver.annotated.attributions_of[claim], key=lambda a: a.via is None)
    assert inner.via == outer.id
    driver.press("Ctrl+Z")
    assert driver.said_by(claim) == ["Tomas Brightwater"]


def test_a_new_name_may_be_typed_for_who_passed_it_on(driver: Driver) -> None:
    driver.press("J", "C", "L", "Return", "Shift+L")
    driver.type("The Courier")
    driver.press("Ctrl+Return")
    assert driver.said_by(driver.chosen().id) == ["The Courier"]


def test_words_that_name_nobody_are_linked_by_enter(driver: Driver) -> None:
    driver.find("the port authority never paid")
    driver.press("C", "L", "Return")
    (link,) = driver.annotated.attributions_of[driver.chosen().id]
    assert driver.annotated.sources[link.source].kind == "unstated"
    assert driver.annotated.by_id[link.cue or ""].quote(driver.text()) == "It is believed"


def test_l_in_the_table_of_claims_gives_the_keyboard_back_to_it(driver: Driver) -> None:
    driver.press("J", "C")
    driver.window.side.show_panel("claims")
    driver.window.side.enter()
    panel = driver.window.findChild(ClaimsPanel)
    assert panel is not None
    panel.view.setFocus()  # a filter may have the keyboard first
    driver.press("Home", "L")
    driver.until(driver.window.card.isVisible)
    driver.press("Return")
    assert driver.annotated.attributions
    driver.until(lambda: panel.isAncestorOf(driver.focus()))


def test_a_project_that_cannot_be_written_says_so_and_asks_nothing(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.press("J", "C")
    monkeypatch.setattr(Project, "read_only", property(lambda _: True))
    monkeypatch.setattr(Project, "why_read_only", property(lambda _: "Somebody else has it open."))
    driver.press("L")
    assert not driver.window.card.isVisible()
    assert driver.window.status.news.text() == "Somebody else has it open."


def news(driver: Driver) -> list[str]:
    """Return a list that gets every short sentence the window says from now on."""
    heard: list[str] = []
    driver.window.notices.said.connect(heard.append)
    return heard


def test_a_sentence_with_a_claim_in_it_is_not_called_none(driver: Driver) -> None:
    heard = news(driver)
    driver.mark("C", "Divers came last spring")
    driver.caret_before("looked at it.")
    driver.press("X")
    assert heard[-1] == "Claim 1 stands in this sentence. Remove its mark first."
    assert not driver.annotated.sentence_marks


def test_words_outside_the_chosen_mark_cannot_be_cut_out_of_it(driver: Driver) -> None:
    heard = news(driver)
    claim = driver.mark("C", "Divers came last spring")
    driver.find("Nobody has seen")
    driver.window.workspace.choose(claim)
    driver.press("-")
    assert heard[-1] == "The chosen mark has none of these words."
    assert driver.chosen().quote(driver.text()) == "Divers came last spring"


def test_an_entity_inside_a_source_answers_for_the_source(driver: Driver) -> None:
    driver.mark("S", "The minister, Tomas Brightwater")
    entity = driver.mark("E", "Tomas Brightwater")
    claim = driver.mark("C", "Divers came last spring")
    driver.window.workspace.choose(claim)
    driver.window.workspace.choose(entity)
    driver.to_text()
    driver.press("L")
    assert driver.said_by(claim) == ["The minister, Tomas Brightwater"]
    assert driver.chosen().id == claim


def test_l_in_an_entity_asks_about_the_claim_it_stands_in(driver: Driver) -> None:
    claim = driver.mark("C", "Divers came last spring")
    driver.window.workspace.choose(driver.mark("E", "Divers"))
    driver.to_text()
    driver.press("L")
    assert driver.window.card.claim == claim


def test_j_before_the_sentences_were_found_does_not_call_them_done(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = news(driver)
    monkeypatch.setattr(Workspace, "coverage", None)
    driver.window.column.set_coverage(None)
    driver.press("J")
    assert heard[-1] == "The sentences are still being found."


def test_v_leads_back_into_the_evidence_being_typed(driver: Driver) -> None:
    driver.mark("C", "Divers came last spring")
    driver.press("V", "Return")
    driver.type("The log")
    driver.to_text()
    driver.press("V", "Tab", "Tab", "Return")
    driver.until(lambda: driver.annotated.evidence)
    assert [e.title for e in driver.annotated.evidence.values()] == ["The log"]


def test_enter_in_a_field_of_the_form_adds_one_piece_of_evidence(driver: Driver) -> None:
    driver.mark("C", "Divers came last spring")
    driver.press("V", "Return")
    driver.type("The log")
    driver.press("Return")
    assert [e.title for e in driver.annotated.evidence.values()] == ["The log"]


def test_a_chain_of_voices_grows_outwards(driver: Driver) -> None:
    driver.press("J", "C", "L", "Return")
    claim = driver.chosen().id
    for name in ("The Lantern", "The Courier"):
        driver.press("Shift+L")
        driver.type(name)
        driver.press("Ctrl+Return")
    (inner,) = [
        a
        for a in driver.annotated.attributions_of[claim]
        if driver.annotated.sources[a.source].label.endswith("authority")
    ]
    chain = [driver.annotated.sources[a.source].label for a in chain_of(driver.annotated, inner)]
    assert chain == ["The port authority", "The Lantern", "The Courier"]


def test_a_claim_takes_the_sentence_that_is_known_and_finds_none_anew(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.caret_before("came last spring")
    monkeypatch.setattr(texts, "sentences", lambda *_: pytest.fail("the paragraph was cut into sentences again"))
    driver.press("C")
    assert driver.chosen().quote(driver.text()) == "Divers came last spring and looked at it."


def test_a_mark_the_filter_leaves_out_is_told_of(driver: Driver) -> None:
    heard = news(driver)
    driver.mark("C", "Divers came last spring")
    assert not heard
    driver.window.column.filtering.set(Filter(kind=frozenset({"mention"})))
    driver.mark("C", "Nobody has seen his list.")
    assert heard[-1] == "Marked. The filter leaves it out as soon as something else is chosen."


def test_a_linked_claim_stays_a_claim_and_the_name_in_it_is_marked_as_well(driver: Driver) -> None:
    heard = news(driver)
    driver.find("denied")
    driver.press("Left", "C", "L", "Return")
    claim = driver.chosen().id
    assert driver.said_by(claim)
    driver.press("Ctrl+L", "Left", "E")
    assert driver.annotated.by_id[claim].kind == "claim" and not driver.annotated.mentions
    assert heard[-1] == "The claim is linked or described and stays. Select words in it, then press E."
    driver.caret_before("Brightwater")
    driver.window.workspace.choose(claim)
    driver.press("E")
    assert [m.quote(driver.text()) for m in driver.annotated.mentions] == ["Tomas Brightwater"]
    assert driver.said_by(claim) and driver.chosen().kind == "mention"
    assert heard[-1] == "Marked as well. The claim is linked or described and stays."


def test_a_mark_nothing_hangs_on_changes_its_kind_and_says_so(driver: Driver) -> None:
    heard = news(driver)
    claim = driver.mark("C", "Divers")
    driver.press("E")
    assert driver.annotated.by_id[claim].kind == "mention"
    assert heard[-1] == "It is marked as entity now. Ctrl+Z takes it back."
