"""The audit panel: figures open their passages, passages lead to their place, findings are answered, all by keyboard."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.analysis import sourcing
from annotator.errors import AnnotatorError
from annotator.ui import auditing
from annotator.ui.auditing import SELECTION
from annotator.ui.panels import audit_chart, panels_for
from annotator.ui.panels.audit import AuditPanel
from annotator.ui.panels.audit_chart import ChartView
from annotator.ui.panels.audit_figures import TEACHER
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.workspace import Workspace
from tests.ui.panels.conftest import TEXT, Marked, made_article


def settled(qtbot: QtBot, panel: AuditPanel) -> None:
    qtbot.waitUntil(lambda: not panel.auditing.stale and not panel.auditing.counting)
    qtbot.waitUntil(lambda: not panel._wider.isActive())


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace, marked: Marked) -> AuditPanel:
    made = AuditPanel(workspace, LIGHT)
    qtbot.addWidget(made)
    made.resize(560, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    settled(qtbot, made)
    return made


def tile(panel: AuditPanel, key: str):
    return next(t for t in panel.grid.tiles if t.key == key)


def press(widget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def test_it_is_offered_in_every_profile() -> None:
    for profile in ("teacher", "editor", "researcher"):
        assert "audit" in [p.key for p in panels_for(profile)]


def test_figures_are_told_as_n_of_n_and_no_per_cent_on_short_texts(panel: AuditPanel) -> None:
    share = tile(panel, "attribution_share")
    assert share.accessibleName() == "2 of 5 claims are attributed"
    assert share.accessibleDescription() == "" and "no per cent" in panel.says.text()
    assert tile(panel, "check_worthy_unattributed").accessibleName() == "0 of 1 claim worth checking is not attributed"


def test_nothing_to_count_is_none_and_never_nought_per_cent(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    marked.workspace.do(lambda p: p.edit_claim(marked.ids["low"], check_worthy=None))
    settled(qtbot, panel)
    found = tile(panel, "check_worthy_unattributed")
    assert found.accessibleName().startswith("none") and "%" not in found.accessibleDescription()


def test_a_figure_opens_its_passages_and_each_leads_to_its_place(
    panel: AuditPanel, workspace: Workspace, marked: Marked
) -> None:
    share = tile(panel, "attribution_share")
    share.setFocus()
    press(share, Qt.Key.Key_Return)
    list_ = panel.pages.places.list
    assert panel.pages.currentWidget() is panel.pages.places and list_.hasFocus()
    assert {s.annotation for s in panel.pages.places.passages.rows} == {marked.ids["low"], marked.ids["copied"]}
    words = list_.model().index(0, 0).data()
    assert "Ida Brook" in words and "¶\u00a02" in words and "Somebody took the low count" in words
    press(list_, Qt.Key.Key_Return)
    assert workspace.chosen == marked.ids["low"] and list_.hasFocus()
    press(list_, Qt.Key.Key_Down)
    press(list_, Qt.Key.Key_Return)
    assert workspace.chosen == marked.ids["copied"]
    press(list_, Qt.Key.Key_Escape)
    assert panel.pages.currentWidget() is panel.main and share.hasFocus()


def test_words_without_a_mark_are_selected(qtbot: QtBot, panel: AuditPanel, workspace: Workspace) -> None:
    asked: list[tuple[int, int]] = []
    workspace.place_asked.connect(lambda start, end: asked.append((start, end)))
    panel.open_figure("longest_unattributed_passage")
    press(panel.pages.places.list, Qt.Key.Key_Return)
    assert panel.auditing.outcome.audit is not None and panel.auditing.outcome.audit.longest is not None
    longest = panel.auditing.outcome.audit.longest.span
    assert asked == [(longest.start, longest.end)] and workspace.chosen is None
    assert TEXT[longest.start : longest.start + 8] in panel.pages.places.list.model().index(0, 0).data()


def test_an_open_page_follows_what_is_done(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    panel.open_figure("claims_not_looked_at")
    before = len(panel.pages.places.passages.rows)
    marked.workspace.do(lambda p: p.link_author(marked.ids["count"]))
    settled(qtbot, panel)
    assert len(panel.pages.places.passages.rows) == before - 1
    for claim in [s.annotation for s in panel.pages.places.passages.rows]:
        marked.workspace.do(lambda p, claim=claim: p.link_author(claim or ""))
    settled(qtbot, panel)
    assert not panel.pages.places.passages.rows and panel.pages.places.empty.isVisible()


def test_what_a_figure_does_not_count_is_one_key_away(panel: AuditPanel, marked: Marked) -> None:
    panel.open_figure("attribution_share")
    places = panel.pages.places
    assert places.switch.isVisible()
    places.switch.setFocus()
    press(places.switch, Qt.Key.Key_Right)
    assert {s.annotation for s in places.passages.rows} == {marked.ids[n] for n in ("count", "plans", "readings")}
    panel.open_figure("claims_not_looked_at")
    assert not places.switch.isVisible() and len(places.passages.rows) == 2


def test_arrows_walk_the_tiles(panel: AuditPanel) -> None:
    first, second, *_ = panel.grid.tiles
    first.setFocus()
    press(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    press(second, Qt.Key.Key_Left)
    press(first, Qt.Key.Key_Down)
    assert panel.grid.tiles[3].hasFocus()


def test_all_figures_are_a_list_with_what_each_counts(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    assert not panel.figures.isVisible()
    panel.all.click()
    assert panel.figures.isVisible()
    told = [row.spoken for row in panel.figures.values]
    assert any("Claims nobody has attributed, 2" in t for t in told)
    assert any("Under ten attributed claims" in t for t in told)
    at = next(n for n, row in enumerate(panel.figures.values) if row.key == "claims_not_looked_at")
    panel.figures.setFocus()
    assert panel.figures.current.key == "attribution_share"
    panel.figures.choose(at)
    press(panel.figures, Qt.Key.Key_Return)
    assert {s.annotation for s in panel.pages.places.passages.rows} == {marked.ids["count"], marked.ids["readings"]}


def test_a_teacher_sees_the_plain_ones(panel: AuditPanel, marked: Marked) -> None:
    marked.project.set_profile("teacher")
    panel.set_profile("teacher")
    assert tuple(t.key for t in panel.grid.tiles) == TEACHER
    assert not panel.all.isVisible() and panel.charts["who_speaks"].isVisible()
    assert not panel.charts["verbs"].isVisible()


def test_a_bar_opens_its_words_by_arrows_and_enter(panel: AuditPanel, workspace: Workspace, marked: Marked) -> None:
    view: ChartView = panel.charts["who_speaks"].view
    assert view.accessibleName() and "Ida Brook" in view.accessibleDescription()
    view.setFocus()
    assert "Ida Brook" in view.spoken_value()
    press(view, Qt.Key.Key_Return)
    press(panel.pages.places.list, Qt.Key.Key_Return)
    assert workspace.chosen == marked.ids["low"]
    press(panel.pages.places.list, Qt.Key.Key_Escape)
    assert view.hasFocus()


def test_a_click_on_the_strip_opens_what_lies_there(panel: AuditPanel) -> None:
    view = panel.charts["nobody_named"].view
    box = next(b for b in view.boxes if b.spans)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect_of(box).center().toPoint())
    assert panel.pages.currentWidget() is panel.pages.places and panel.pages.places.passages.rows == list(box.spans)


def test_a_chart_is_a_table_too_and_is_copied(panel: AuditPanel) -> None:
    section = panel.charts["who_speaks"]
    section.table.click()
    view = panel.pages.table.view
    assert panel.pages.currentWidget() is panel.pages.table and view.hasFocus()
    names = [panel.pages.table.model.index(n, 0).data() for n in range(panel.pages.table.model.rowCount())]
    assert "Ida Brook" in names
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Ida Brook\t" in QGuiApplication.clipboard().text()
    press(view, Qt.Key.Key_Escape)
    assert panel.pages.currentWidget() is panel.main
    section.view.copy()
    image = QGuiApplication.clipboard().image()
    assert image.width() > section.view.width() and image.pixelColor(0, 0).lightness() > 240
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(("ending", "begins"), [(".svg", b"<"), (".png", b"\x89PNG")])
def test_a_chart_is_saved_as_a_picture(panel: AuditPanel, tmp_path, ending: str, begins: bytes) -> None:
    to = tmp_path / f"who{ending}"
    panel.charts["who_speaks"].view.save(to)
    assert to.read_bytes().startswith(begins)


def test_a_picture_that_cannot_be_written_is_told(panel: AuditPanel, workspace: Workspace, tmp_path) -> None:
    told: list[object] = []
    workspace.failed.connect(lambda error, _: told.append(error))
    panel.charts["who_speaks"].view.save(tmp_path / "nowhere" / "who.png")
    assert len(told) == 1


def test_a_finding_is_answered_in_place_and_taken_back(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    section, list_ = panel.findings, panel.findings.list
    asked = list_.values[0]
    open_ = len(section._open)
    list_.setFocus()
    press(list_, Qt.Key.Key_A)
    field = list_.foot.field
    assert field.hasFocus() and field.isVisible()
    QTest.keyClicks(field, "The clerks were heard.")
    press(field, Qt.Key.Key_Escape)
    assert list_.hasFocus() and not field.isVisible()
    press(list_, Qt.Key.Key_A)
    assert field.toPlainText() == "The clerks were heard."
    press(field, Qt.Key.Key_Return)
    settled(qtbot, panel)
    (answer,) = marked.project.finding_answers([marked.article])
    assert (answer.rule, answer.answer) == (asked.key[0], "The clerks were heard.")
    assert len(section._open) == open_ - 1 and list_.hasFocus()
    section.switch.choose(1)
    (row,) = list_.values
    assert row.key == asked.key
    assert "The clerks were heard. (Ana Reed" in list_.model().index(0, 0).data()
    list_.setFocus()
    press(list_, Qt.Key.Key_Delete)
    settled(qtbot, panel)
    assert marked.project.finding_answers([marked.article]) == [] and not list_.values
    marked.workspace.undo()
    settled(qtbot, panel)
    assert [r.key for r in list_.values] == [asked.key]


def test_what_was_typed_is_not_lost_where_it_cannot_be_stored(
    qtbot: QtBot, panel: AuditPanel, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AnnotatorError("The disk is full.")

    told: list[object] = []
    marked.workspace.failed.connect(lambda error, _: told.append(error))
    monkeypatch.setattr(marked.project, "answer_finding", refuse)
    list_ = panel.findings.list
    list_.setFocus()
    press(list_, Qt.Key.Key_A)
    QTest.keyClicks(list_.foot.field, "The clerks were heard.")
    press(list_.foot.field, Qt.Key.Key_Return)
    assert len(told) == 1 and list_.hasFocus()
    press(list_, Qt.Key.Key_A)
    assert list_.foot.field.toPlainText() == "The clerks were heard."


def test_a_finding_leads_to_its_place(panel: AuditPanel, workspace: Workspace) -> None:
    list_ = panel.findings.list
    at = next(n for n, a in enumerate(list_.values) if a.finding.spans and a.finding.spans[0].annotation)
    list_.setFocus()
    list_.choose(at)
    press(list_, Qt.Key.Key_Return)
    assert workspace.chosen == list_.values[at].finding.spans[0].annotation


def test_an_open_row_tells_why_and_is_as_tall_as_its_words(panel: AuditPanel) -> None:
    list_ = panel.findings.list
    list_.setFocus()
    tall = [list_.delegate.height(a) for a in list_.values]
    assert tall[0] > 2 * tall[1] and list_.foot.isVisible()
    last = list_.model().index(len(list_.values) - 1, 0)
    assert list_.visualRect(last).bottom() <= list_.viewport().height()
    assert list_.visualRect(list_.model().index(0, 0)).contains(list_.foot.geometry())


def test_the_row_that_has_the_keyboard_is_in_sight(qtbot: QtBot, panel: AuditPanel) -> None:
    panel.resize(560, 300)
    QApplication.processEvents()
    list_ = panel.findings.list
    list_.setFocus()
    for _ in range(len(list_.values)):
        press(list_, Qt.Key.Key_Down)
        rect = list_.visualRect(list_.currentIndex())
        top = list_.mapTo(panel.main.viewport(), rect.topLeft()).y()
        assert 0 <= top < panel.main.viewport().height() - 20
    press(list_, Qt.Key.Key_A)
    field = list_.foot.field
    assert panel.main.viewport().rect().contains(field.mapTo(panel.main.viewport(), field.rect().center()))
    panel.grid.tiles[0].setFocus()
    press(panel.grid.tiles[0], Qt.Key.Key_Right)
    assert panel.grid.tiles[1].mapTo(panel.main.viewport(), QPoint(0, 0)).y() >= 0


def test_no_claims_says_what_to_do_first(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    marked.workspace.show_article(other)
    settled(qtbot, panel)
    assert panel.empty.text().startswith("No claims yet. Mark one with C") and not panel.body.isVisible()


def test_no_selection_says_how_to_make_one(qtbot: QtBot, panel: AuditPanel) -> None:
    panel.scope.choose(1)
    settled(qtbot, panel)
    assert panel.auditing.scope == SELECTION
    assert panel.empty.text().startswith("Choose two or more articles in the library")


def test_figures_of_one_article_never_stand_for_the_project(
    qtbot: QtBot, panel: AuditPanel, marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = Event(), sourcing.tally

    def slow(*args: Any, **named: Any) -> sourcing.Tally:
        go.wait(5)
        return real(*args, **named)

    monkeypatch.setattr(auditing.sourcing, "tally", slow)
    panel.scope.choose(2)
    qtbot.waitUntil(lambda: panel.stop.isVisible())
    assert not panel.body.isVisible() and panel.empty.text() == "Counting…"
    panel.stop.click()
    assert panel.stop.text() == "Go on" and panel.says.text().startswith("Stopped.")
    assert not panel.body.isVisible()
    go.set()
    panel.stop.click()
    settled(qtbot, panel)
    assert panel.body.isVisible() and not panel.stop.isVisible()


def test_no_project_says_so(qtbot: QtBot, panel: AuditPanel, workspace: Workspace) -> None:
    workspace.close()
    panel.set_theme(DARK)
    assert panel.empty.text() == "Open a project to see its audit."


def test_of_several_articles_a_figure_opens_the_articles_first(
    qtbot: QtBot, panel: AuditPanel, workspace: Workspace, marked: Marked
) -> None:
    other = marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    claim = marked.project.mark(other, "claim", [(15, 22)])
    panel.scope.choose(2)
    settled(qtbot, panel)
    assert panel.compared.isVisible()
    panel.open_figure("claims_not_looked_at")
    list_ = panel.pages.places.article_list
    qtbot.waitUntil(list_.hasFocus)
    assert [r.article for r in panel.pages.places.articles.rows] == [marked.article, other]
    assert list_.model().index(1, 0).data() == "Another bridge, 1"
    list_.choose(1)
    press(list_, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [s.annotation for s in panel.pages.places.passages.rows] == [claim])
    assert workspace.article == other and panel.pages.places.list.hasFocus()
    press(panel.pages.places.list, Qt.Key.Key_Return)
    assert workspace.chosen == claim
    press(panel.pages.places.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(list_.hasFocus)
    press(list_, Qt.Key.Key_Escape)
    assert panel.pages.currentWidget() is panel.main


def test_of_several_articles_a_bar_opens_the_articles_with_its_passages(
    qtbot: QtBot, panel: AuditPanel, workspace: Workspace, marked: Marked
) -> None:
    marked.project.add_article(made_article("Another bridge\nNobody said a word."))
    panel.scope.choose(2)
    settled(qtbot, panel)
    view = panel.charts["who_speaks"].view
    view.setFocus()
    press(view, Qt.Key.Key_Return)
    (row,) = panel.pages.places.articles.rows
    assert row.article == marked.article
    press(panel.pages.places.article_list, Qt.Key.Key_Return)
    assert marked.ids["low"] in {s.annotation for s in panel.pages.places.passages.rows}


def test_names_are_words_whatever_mark_up_they_hold(qtbot: QtBot, panel: AuditPanel, marked: Marked) -> None:
    marked.workspace.do(lambda p: p.edit_source(marked.ids["ida_source"], label="<b>=cmd|' /C calc'!A0</b>"))
    settled(qtbot, panel)
    view = panel.charts["who_speaks"].view
    assert "<b>" in view.accessibleDescription()
    panel.open_figure("attribution_share")
    assert "<b>=cmd" in panel.pages.places.list.model().index(0, 0).data()
    panel.grab()


def test_painting_draws_only_what_is_in_sight(panel: AuditPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    real = audit_chart.paint
    monkeypatch.setattr(audit_chart, "paint", lambda *a, **k: (painted.append(a[1]), real(*a, **k)))
    panel.resize(560, 300)
    QApplication.processEvents()
    painted.clear()
    hidden = [panel.charts[key].view for key in ("types", "naming")]
    for view in hidden:
        view.update()
    QApplication.processEvents()
    for view in hidden:
        assert view.chart is not None and all(shapes is not view.chart.shapes for shapes in painted)


def test_a_narrow_panel_has_two_or_one_in_a_row(qtbot: QtBot, panel: AuditPanel) -> None:
    def in_a_row() -> int:
        top = panel.grid.tiles[0].y()
        return sum(t.y() == top for t in panel.grid.tiles)

    assert in_a_row() == 3
    panel.resize(380, 900)
    QApplication.processEvents()
    assert in_a_row() == 2
    panel.resize(300, 900)
    QApplication.processEvents()
    assert in_a_row() == 1
    assert QPoint(0, 0) == panel.pages.widget(0).mapTo(panel.pages, QPoint(0, 0))
