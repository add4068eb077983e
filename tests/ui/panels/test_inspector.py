"""Details: follows what is chosen, one step per edit, nothing typed is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.model import Verification
from annotator.model.values import CUE_FUNCTIONS, NOT_STATED
from annotator.ui.controls import QuietCombo
from annotator.ui.days import day_of
from annotator.ui.labels import EmptyNote, Label
from annotator.ui.panels.attributions import FUNCTION_TIPS, AttributionCard, parts_of
from annotator.ui.panels.fields import FactField, TermCombo
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.verdict import said
from annotator.ui.theme import DARK


@pytest.fixture
def inspector(qtbot, marked, theme):
    made = Inspector(marked.workspace, theme)
    qtbot.addWidget(made)
    made.resize(352, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    # The panel pulls once the window has painted; here at once.
    for signal in (marked.workspace.changed, marked.workspace.chosen_changed, marked.workspace.article_changed):
        signal.connect(made.refresh_if_stale)
    return made


def named(inspector, kind, name):
    for found in inspector.page.findChildren(kind):
        if found.accessibleName() == name:
            return found
    raise AssertionError(f"no {kind.__name__} named {name}")


def words(inspector):
    return [w.text() for w in inspector.page.findChildren(Label) if w.isVisibleTo(inspector.page)]


def pick(combo: QuietCombo, value):
    combo.setCurrentIndex(next(i for i in range(combo.count()) if combo.itemData(i) == value))
    combo.activated.emit(combo.currentIndex())


def type_into(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_claim_shows_its_number_and_words(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    shown = words(inspector)
    assert "Claim 3" in shown
    assert "of 5" in shown
    assert any("Somebody took the low count" in w and " … " in w for w in shown)


def test_picking_a_type_is_one_step(inspector, marked):
    marked.workspace.choose(marked.ids["count"])
    before = len(marked.project.steps())
    pick(named(inspector, QuietCombo, "Type"), "prediction")
    assert marked.claim("count").type == "prediction"
    assert len(marked.project.steps()) == before + 1


def test_undo_shows_the_old_value_on_the_same_page(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    page = inspector.page
    pick(named(inspector, QuietCombo, "Form"), "mixed")
    marked.workspace.undo()
    assert inspector.page is page
    assert named(inspector, QuietCombo, "Form").value == "direct"


def test_typed_note_is_written_when_another_mark_is_chosen(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    note = inspector.page.note_field
    note.setFocus()
    qtbot.keyClicks(note, "Ask her again")
    marked.workspace.choose(marked.ids["plans"])
    assert marked.claim("low").note == "Ask her again"
    assert marked.claim("plans").note is None


def test_typed_affiliation_is_written_when_the_article_changes(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["ida"])
    type_into(qtbot, named(inspector, FactField, "Affiliation"), "Mill Street")
    marked.workspace.show_article(None)
    assert marked.annotated.sources[marked.ids["ida_source"]].affiliation == "Mill Street"


def test_enter_commits_and_keeps_the_page(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["ida"])
    field = named(inspector, FactField, "Role")
    type_into(qtbot, field, "bookkeeper")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert marked.annotated.sources[marked.ids["ida_source"]].role == "bookkeeper"
    assert marked.project.undo_step is not None
    assert named(inspector, FactField, "Role") is field


def test_escape_takes_back_what_was_typed(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["ida"])
    field = named(inspector, FactField, "Role")
    type_into(qtbot, field, "baker")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "kept the books"


def test_not_stated_is_a_value_of_its_own(inspector, marked):
    marked.workspace.choose(marked.ids["ida"])
    field = named(inspector, FactField, "Affiliation")
    field._say(NOT_STATED)
    source = marked.annotated.sources[marked.ids["ida_source"]]
    assert source.affiliation is None
    assert "affiliation" in source.not_stated
    assert field.placeholderText() == "Not stated in the text"
    field.set_value(None)
    assert field.placeholderText() == "Not filled in"


def test_who_says_it_follows_links(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    card = inspector.page.findChild(AttributionCard)
    assert [p.head for p in card.values][:2] == ["Ida Brook", "“said”"]
    card.gone_to.emit(card.values[0])
    assert marked.workspace.chosen == marked.ids["ida"]


def test_unlink_by_key_leaves_an_empty_place_that_says_what_to_do(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    card = inspector.page.findChild(AttributionCard)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert not marked.links("low")
    assert any("Press L" in n.text() for n in inspector.page.attributions.findChildren(EmptyNote))


def test_author_voice_is_said_by_a_person(inspector, marked):
    marked.workspace.choose(marked.ids["plans"])
    card = inspector.page.findChild(AttributionCard)
    assert card.values[0].head == "Author’s own voice"


def test_add_source_asks_for_the_link_card(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["readings"])
    with qtbot.waitSignal(inspector.link_requested) as asked:
        inspector.page.attributions._add.click()
    assert asked.args == [marked.ids["readings"], None]


def test_a_verdict_needs_evidence_and_opinions_take_none(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    check = inspector.page.check
    assert not check.scale.able
    check.form.title.setText("Field notes")
    check.form.add()
    assert check.scale.able
    check.scale.picked.emit("3")
    assert check.scale.verdict == "3"
    marked.workspace.choose(marked.ids["readings"])
    assert not inspector.page.check.scale.isVisible()
    assert "opinion" in inspector.page.check._why_none.text()


def test_what_each_function_of_a_cue_means_is_told(inspector, marked) -> None:
    assert set(FUNCTION_TIPS) == set(CUE_FUNCTIONS)
    marked.workspace.choose(marked.ids["low"])
    combo = next(c for c in inspector.page.findChildren(TermCombo) if c.accessibleName() == "Cue function")
    at = combo.findData("accusation")
    assert "Accusation without a reply" in combo.itemData(at, Qt.ItemDataRole.ToolTipRole)


def test_verdict_by_keyboard(qtbot, inspector, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Field notes")
    marked.workspace.choose(marked.ids["low"])
    assert inspector.edit_verdict()
    qtbot.keyClick(inspector.page.check.scale, Qt.Key.Key_Right)
    qtbot.keyClick(inspector.page.check.scale, Qt.Key.Key_Return)
    assert inspector.page.check.scale.verdict == "4"


def test_reassigning_a_mention_by_typing(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["piet"])
    field = named(inspector, FactField, "Refers to")
    type_into(qtbot, field, "ida brook")
    field.commit()
    assert marked.claim("piet").source == marked.ids["ida_source"]
    field = named(inspector, FactField, "Refers to")
    type_into(qtbot, field, "Piet Moor the younger")
    field.commit()
    assert marked.annotated.sources[marked.claim("piet").source].label == "Piet Moor the younger"


def test_another_name_typed_for_a_mention_finds_the_entry_and_makes_none(qtbot, inspector, marked):
    marked.project.edit_source(marked.ids["ida_source"], aliases=("The bookkeeper",))
    marked.workspace.choose(marked.ids["piet"])
    type_into(qtbot, named(inspector, FactField, "Refers to"), "the bookkeeper")
    named(inspector, FactField, "Refers to").commit()
    assert marked.claim("piet").source == marked.ids["ida_source"]


def test_where_two_entries_are_called_so_none_is_taken_and_it_is_said(qtbot, inspector, marked):
    project = marked.project
    for _ in range(2):
        project.add_entity("Maria Soto")
    told = []
    marked.workspace.failed.connect(lambda *said: told.append(str(said[0])))
    marked.workspace.choose(marked.ids["harl"])
    type_into(qtbot, named(inspector, FactField, "Refers to"), "Maria Soto")
    named(inspector, FactField, "Refers to").commit()
    assert marked.claim("harl").entity == marked.ids["harl_entity"]
    assert len(told) == 1 and "Several entries" in told[0]
    assert [e.name for e in project.entity_entries()].count("Maria Soto") == 2


def test_tags_are_added_and_taken_away(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    field = inspector.page.tags.field
    field.setFocus()
    qtbot.keyClicks(field, "river")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "river" in marked.claim("low").tags
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert "river" not in marked.claim("low").tags


def test_article_facts_where_nothing_is_chosen(qtbot, inspector, marked):
    field = named(inspector, FactField, "Publication")
    assert field.text() == "The Valley Post"
    type_into(qtbot, field, "The Hill Post")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert marked.project.article(marked.article).publication == "The Hill Post"


def test_an_empty_title_is_refused_and_the_old_one_shown(qtbot, inspector, marked):
    field = named(inspector, FactField, "Title")
    with qtbot.waitSignal(marked.workspace.failed):
        type_into(qtbot, field, " ")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "The borrowed bridge"


def test_teacher_sees_plain_words_and_fewer_fields(inspector, marked):
    marked.project.edit_claim(marked.ids["low"], form="mixed")
    marked.project.set_profile("teacher")
    marked.workspace.choose(marked.ids["low"])
    inspector.set_profile("teacher")
    form = named(inspector, QuietCombo, "Form")
    assert form.currentText() == "Quoted"
    pick(form, "direct")
    assert marked.claim("low").form == "mixed"
    assert not inspector.page.check._status_row.isVisible()


@pytest.mark.parametrize("profile", ["teacher", "editor", "researcher"])
@pytest.mark.parametrize("what", ["low", "readings", "ida", "harl", "cue", None])
def test_every_control_has_a_name(inspector, marked, profile, what):
    marked.project.set_profile(profile)
    marked.workspace.choose(marked.annotated.cues[0].id if what == "cue" else marked.ids.get(what or ""))
    inspector.set_theme(DARK)
    for control in inspector.page.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert control.accessibleName(), type(control).__name__


def test_no_article(inspector, marked):
    marked.workspace.show_article(None)
    assert any("No article is shown" in n.text() for n in inspector.page.findChildren(EmptyNote))


def test_commit_writes_and_shows_what_it_led_to(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["ida"])
    type_into(qtbot, named(inspector, FactField, "Name"), "Ida M. Brook")
    inspector.commit()
    assert marked.annotated.sources[marked.ids["ida_source"]].label == "Ida M. Brook"
    assert named(inspector, FactField, "Refers to").text() == "Ida M. Brook"


def test_a_refused_choice_shows_the_stored_value_again(inspector, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Field notes")
    marked.project.verify(marked.ids["low"], "checked", verdict="4")
    marked.workspace.choose(marked.ids["low"])
    combo = named(inspector, QuietCombo, "Type")
    pick(combo, "opinion")
    assert combo.value == "factual"


def test_tab_goes_from_top_to_bottom(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    start = named(inspector, QuietCombo, "Type")
    seen, at = [], start
    for _ in range(400):
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isEnabled():
            seen.append(at.mapTo(inspector.page, at.rect().center()).y())
        at = at.nextInFocusChain()
        if at is start:
            break
    assert len(seen) > 10
    assert all(b >= a - 2 for a, b in pairwise(seen))


def test_a_nested_source_shows_who_it_is_known_through(marked):
    outer = marked.project.link(marked.ids["low"], marked.ids["board_source"])
    marked.project.edit_attribution(marked.ids["link"], via=outer)
    annotated = marked.annotated
    link = annotated.attributions_by_id[marked.ids["link"]]
    kinds = [(p.kind, p.head) for p in parts_of(annotated, link, marked.claim("low"), plain=False)]
    assert kinds[:2] == [("via", "Tarn Water Board"), ("source", "Ida Brook")]


def test_a_verdict_keeps_its_day_where_a_name_is_too_long(qtbot) -> None:
    event = Verification(claim="c", status="checked", verdict="2", person="Somebody with a rather long name")
    when = day_of(event.at)
    assert said(event, 1000) == f"{event.person}, {when}"
    cut = said(event, 120)
    assert cut.endswith(f"…, {when}")
    assert said(event, 50) == when


def test_one_part_is_not_counted(inspector, marked) -> None:
    annotated = marked.workspace.annotated
    for name, counted in (("count", False), ("low", True)):
        claim = annotated.by_id[marked.ids[name]]
        link = next(iter(annotated.attributions))
        assert ("part" in parts_of(annotated, link, claim, plain=False)[-1].meta) == counted
