"""Claims, sources, entities: tables that follow the article and lead into it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from annotator.model import Claim
from annotator.ui.models import CELL_ROLE
from annotator.ui.panels.claims import ClaimsPanel, claim_row
from annotator.ui.panels.entities import EntitiesPanel
from annotator.ui.panels.sources import SourcesPanel, whole_words


def shown(qtbot, marked, theme, kind):
    panel = kind(marked.workspace, theme)
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    return panel


@pytest.fixture
def claims(qtbot, marked, theme):
    return shown(qtbot, marked, theme, ClaimsPanel)


@pytest.fixture
def sources(qtbot, marked, theme):
    return shown(qtbot, marked, theme, SourcesPanel)


@pytest.fixture
def entities(qtbot, marked, theme):
    return shown(qtbot, marked, theme, EntitiesPanel)


def cells(panel, column):
    model = panel.model
    return [model.index(n, column).data() for n in range(model.rowCount())]


def select(panel, id_):
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(panel.model.row_of(id_), 0))


def test_claims_say_who_says_it_in_three_ways(claims, marked):
    who = {c.id: claim_row(marked.annotated, c).cells[2] for c in marked.annotated.claims}
    assert who[marked.ids["low"]].text == "Ida Brook"
    assert (who[marked.ids["plans"]].text, who[marked.ids["plans"]].italic) == ("author’s voice", True)
    assert (who[marked.ids["count"]].text, who[marked.ids["count"]].missing) == ("not linked", True)


def test_choosing_a_row_chooses_in_the_article_and_back(claims, marked):
    select(claims, marked.ids["low"])
    assert marked.workspace.chosen == marked.ids["low"]
    marked.workspace.choose(marked.ids["plans"])
    assert claims.current == marked.ids["plans"]


def test_filter_counts_and_says_when_nothing_fits(qtbot, claims):
    claims.filter.setText("commercially")
    assert claims.model.shown == 1
    assert claims._count.text() == "1 of 5"
    claims.filter.setText("zzz")
    assert claims._note.isVisible()
    qtbot.keyClick(claims.filter, Qt.Key.Key_Escape)
    assert claims.model.shown == 5


@pytest.mark.parametrize("kind", [ClaimsPanel, SourcesPanel, EntitiesPanel])
def test_down_goes_from_the_field_into_the_list_and_up_from_its_first_row_back(qtbot, marked, theme, kind):
    panel = shown(qtbot, marked, theme, kind)
    qtbot.waitUntil(panel.isActiveWindow)
    panel.filter.setFocus()
    qtbot.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.view.hasFocus() and panel.current is not None
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    assert panel.filter.hasFocus()


def test_sorting_keeps_the_chosen_row(claims, marked):
    select(claims, marked.ids["low"])
    claims.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cells(claims, 0) == ["5", "4", "3", "2", "1"]
    assert marked.workspace.chosen == marked.ids["low"]


def test_a_hidden_panel_pulls_when_it_is_shown(claims, marked):
    claims.hide()
    marked.project.unmark(marked.ids["count"])
    assert claims.model.total == 5
    claims.show()
    assert claims.model.total == 4


def test_delete_key_removes_a_claim(qtbot, claims, marked):
    select(claims, marked.ids["count"])
    qtbot.keyClick(claims.view, Qt.Key.Key_Delete)
    assert marked.ids["count"] not in marked.annotated.by_id


def test_l_on_a_row_asks_who_says_it(qtbot, claims, marked):
    select(claims, marked.ids["count"])
    with qtbot.waitSignal(claims.link_requested) as asked:
        qtbot.keyClick(claims.view, Qt.Key.Key_L)
    assert asked.args == [marked.ids["count"], None]


def test_sources_count_claims_and_whole_words(sources, marked):
    at = sources.model.row_of(marked.ids["ida_source"])
    assert [sources.model.index(at, c).data() for c in (1, 3, 4, 5)] == ["named", "1", "1", "15"]
    assert whole_words("one two three", 2, 13) == [4, 8]
    none = sources.model.index(sources.model.row_of(marked.ids["piet_source"]), 4)
    assert none.data() == "none"
    assert none.data(CELL_ROLE).muted


def test_what_nobody_entered_is_not_called_none(sources, marked):
    ida = marked.ids["ida_source"]
    (said,) = marked.annotated.claims_of(ida)
    marked.workspace.do(lambda p: (p.edit_claim(said.id, form=None), p.edit_source(ida, naming=None)))
    at = sources.model.row_of(ida)
    assert [sources.model.index(at, c).data() for c in (1, 5)] == ["not filled in", "no form yet"]
    assert "no form yet" in sources.model.row_at(sources.model.index(at, 0)).name


def test_the_head_counts_what_is_listed(sources, marked):
    marked.workspace.do(lambda p: p.link_author(marked.ids["count"]))
    assert sources._count.text() == str(sources.model.rowCount())


def test_enter_leads_to_the_mentions_in_turn(sources, marked):
    select(sources, marked.ids["ida_source"])
    assert marked.workspace.chosen == marked.ids["ida"]


def test_a_click_leads_to_the_first_place_and_the_next_click_on(qtbot, sources, marked):
    second = marked.project.mark(marked.article, "source_mention", [marked.span("who kept the books")])
    marked.project.assign(second, marked.ids["ida_source"])
    index = sources.model.index(sources.model.row_of(marked.ids["ida_source"]), 0)
    at = sources.view.visualRect(index).center()
    qtbot.mouseClick(sources.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert marked.workspace.chosen == marked.ids["ida"]
    qtbot.mouseClick(sources.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert marked.workspace.chosen == second


def test_letters_that_lead_to_a_name_are_shown(qtbot, sources):
    sources.view.setFocus()
    count = sources._count.text()
    qtbot.keyClicks(sources.view, "id")
    assert sources._count.text() == "to “id”"
    qtbot.keyClicks(sources.view, "zz")
    assert sources._count.text() == "no name begins with “idzz”"
    qtbot.waitUntil(lambda: sources._count.text() == count)


def test_the_chosen_row_is_renamed_from_the_filter_too(qtbot, sources, marked):
    select(sources, marked.ids["ida_source"])
    sources.filter.setFocus()
    qtbot.keyClick(sources.filter, Qt.Key.Key_F2)
    field = sources.view.findChild(QLineEdit)
    assert field is not None and field.text() == "Ida Brook"


def test_rename_in_place(qtbot, sources, marked):
    select(sources, marked.ids["ida_source"])
    qtbot.keyClick(sources.view, Qt.Key.Key_F2)
    editor = sources.view.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Ida M. Brook")
    with qtbot.waitSignal(marked.workspace.changed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert marked.annotated.sources[marked.ids["ida_source"]].label == "Ida M. Brook"
    assert "Ida M. Brook" in cells(sources, 0)


def test_deleting_a_source_asks_and_moves_its_links(sources, marked):
    sources.delete(marked.ids["ida_source"])
    assert marked.ids["ida_source"] in marked.annotated.sources
    sources.sheet.confirmed.emit(marked.ids["board_source"])
    assert [a.source for a in marked.links("low")] == [marked.ids["board_source"]]
    assert sources.sheet is None


def test_deleting_a_source_may_remove_its_links(qtbot, sources, marked):
    select(sources, marked.ids["ida_source"])
    qtbot.keyClick(sources.view, Qt.Key.Key_Delete)
    qtbot.keyClick(sources.sheet, Qt.Key.Key_Return)
    assert not marked.links("low")
    assert marked.ids["low"] in marked.annotated.by_id


def test_the_author_is_never_deleted(sources, marked):
    author = next(s for s in marked.annotated.sources.values() if s.kind == "author")
    sources.delete(author.id)
    assert sources.sheet is None


def test_entities_stand_in_groups(entities):
    assert cells(entities, 0) == ["People  1", "Ida Brook", "Organisations  1", "Harl & Sons"]
    head = entities.model.index(0, 0)
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable


def test_entity_row_leads_to_its_mention(entities, marked):
    select(entities, marked.ids["harl_entity"])
    assert marked.workspace.chosen == marked.ids["harl"]


def test_empty_registers_say_what_to_do(qtbot, workspace, theme):
    panel = ClaimsPanel(workspace, theme)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    assert panel._note.isVisible()
    assert "press C" in panel._note.text()


def test_rows_are_read_aloud(claims, marked):
    at = claims.model.row_of(marked.ids["low"])
    spoken = claims.model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Claim 3, ")
    assert "Ida Brook" in spoken


def test_kinds_are_called_by_the_projects_words_while_no_article_is_shown(entities, marked):
    marked.project.rename_term("entity_kind", "organisation", "firm")
    marked.workspace.show_article(None)
    id_ = marked.ids["harl_entity"]
    assert "firm" in entities.row(id_).name
    entities.model.reload()
    assert entities.place(id_).group == "Firm"


# -- claims to check


def listed(claims):
    return [claims.model.id_at(claims.model.index(n, 0)) for n in range(claims.model.rowCount())]


def test_claims_worth_checking_and_not_checked_are_listed_alone_and_leave_when_they_are(claims, marked):
    marked.project.edit_claim(marked.ids["count"], check_worthy="yes")
    claims.show_only("open")
    assert listed(claims) == [marked.ids["count"], marked.ids["low"]]
    assert claims._count.text() == "2 of 5"
    marked.project.verify(marked.ids["low"], "in_progress")
    assert listed(claims) == [marked.ids["count"], marked.ids["low"]]
    marked.project.verify(marked.ids["low"], "cannot_check")
    assert listed(claims) == [marked.ids["count"]]
    marked.project.edit_claim(marked.ids["count"], type="opinion")
    assert claims._note.isVisible() and "To be checked" in claims._note.text()
    marked.project.undo()
    assert listed(claims) == [marked.ids["count"]]


def test_contradicted_claims_are_listed_alone(claims, marked):
    claims.show_only("contested")
    assert not listed(claims)
    marked.project.relate(marked.ids["low"], marked.ids["count"], "contradicts")
    assert listed(claims) == [marked.ids["count"], marked.ids["low"]]
    with marked.project._action("reject", None) as records:
        records.put(records.get(Claim, marked.ids["low"]).changed(status="rejected"))
    assert not listed(claims)


def test_the_order_by_how_far_checked_begins_with_what_is_to_be_done(claims, marked):
    project = marked.project
    project.add_evidence(marked.ids["count"], "supports", title="Log")
    project.verify(marked.ids["count"], "checked", verdict="4")
    project.verify(marked.ids["plans"], "in_progress")
    claims._sort("6")
    assert listed(claims)[-2:] == [marked.ids["plans"], marked.ids["count"]]
    assert claims.order.value == "6"
    claims.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert claims.order.value == "-1"


def test_claims_tell_worth_and_evidence_and_are_found_by_their_verdict(claims, marked):
    project = marked.project
    project.add_evidence(marked.ids["low"], "supports", title="Log")
    project.verify(marked.ids["low"], "checked", verdict="4")
    row = claim_row(marked.annotated, marked.claim("low"))
    assert [c.text for c in row.cells[4:]] == ["Yes", "1", "Verdict 4"]
    claims.filter.setText("mostly supported")
    assert listed(claims) == [marked.ids["low"]]


def test_v_on_a_row_goes_to_its_check(qtbot, claims, marked):
    select(claims, marked.ids["count"])
    with qtbot.waitSignal(claims.verdict_requested):
        qtbot.keyClick(claims.view, Qt.Key.Key_V)
    assert marked.workspace.chosen == marked.ids["count"]
