"""The main window by keys and mouse, on a real project file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import importers, paths
from annotator.errors import StorageFull
from annotator.model import Block, Claim, Mention, SourceMention, claim_search
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui import application as app_module
from annotator.ui import notices as notices_module
from annotator.ui.actions import ALSO, COMMANDS, command
from annotator.ui.application import Application
from annotator.ui.filters import Filter
from annotator.ui.main_window import MainWindow
from annotator.ui.navigation import _names_from
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.welcome import WorkQuestion

TEXT = """Wall will hold, says port

By Ida Vennemark

The port authority said the wall was “good for forty years”. Divers found two cracks in it last spring 🌊.

“We looked at every stone,” said Oskar Lindqvale, “and every stone is sound.” Nobody has seen his list.
"""
KEYS = {"c": Qt.Key.Key_C, "s": Qt.Key.Key_S, "e": Qt.Key.Key_E}
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def application(qtbot: QtBot, own_folders: Path) -> Iterator[Application]:
    Settings.load(paths.config()).put(theme="light", tour_done=True)
    made = Application()
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    yield made
    made.window.side.commit()
    made.workspace.wait_for_jobs()
    made.workspace.close()


@pytest.fixture
def window(application: Application, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    window = application.window
    assert window.projects.create(tmp_path / "port.annot")
    project = window.workspace.project
    assert project is not None
    made = project.add_article(importers.draft_from_text(TEXT))
    window.workspace.show_article(made)
    qtbot.waitUntil(lambda: bool(window.workspace.sentences))
    window.column.text.setFocus()
    qtbot.waitUntil(window.column.text.hasFocus)
    return window


def text_of(window: MainWindow) -> str:
    annotated = window.workspace.annotated
    assert annotated is not None
    return annotated.text


def select(window: MainWindow, words: str) -> tuple[int, int]:
    at = text_of(window).index(words)
    window.column.select(at, at + len(words))
    return at, at + len(words)


def put_caret(window: MainWindow, words: str, inside: int = 1) -> None:
    window.workspace.choose(None)
    window.column.set_caret(text_of(window).index(words) + inside)


def press(window: MainWindow, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.column.text, KEYS[key] if isinstance(key, str) else key, held)


def marks(window: MainWindow, kind: type) -> list[str]:
    annotated = window.workspace.annotated
    assert annotated is not None
    return [a.quote(annotated.text) for a in annotated.annotations if isinstance(a, kind)]


def chosen(window: MainWindow) -> object:
    annotated = window.workspace.annotated
    assert annotated is not None
    return annotated.by_id.get(window.workspace.chosen or "")


# -- marking


def test_selected_words_become_marks_by_one_key(window: MainWindow) -> None:
    for key, words, kind in (
        ("c", "the wall was “good for forty years”", Claim),
        ("s", "The port authority", SourceMention),
        ("e", "Oskar Lindqvale", Mention),
    ):
        select(window, words)
        press(window, key)
        assert marks(window, kind) == [words]
        assert isinstance(chosen(window), kind)
    assert window.status.saved.words == "Saved"


def test_without_a_selection_the_sentence_or_the_word_is_marked(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    assert marks(window, Claim) == ["Divers found two cracks in it last spring 🌊."]
    put_caret(window, "Lindqvale")
    press(window, "e")
    assert marks(window, Mention) == ["Oskar Lindqvale"]


def test_a_key_on_the_chosen_mark_changes_its_kind_and_undo_names_it(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "The port authority")
    press(window, "e")
    press(window, "s")
    assert marks(window, SourceMention) == ["The port authority"] and not marks(window, Mention)
    assert window.actions_["edit.undo"].text() == "&Undo: make entity “The port authority” a source"
    press(window, Qt.Key.Key_Z, CTRL)
    assert marks(window, Mention) == ["The port authority"]
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert marks(window, SourceMention) == ["The port authority"]


def test_a_span_grows_shrinks_and_splits(window: MainWindow) -> None:
    select(window, "found two cracks")
    press(window, "c")
    press(window, Qt.Key.Key_Right, ALT)
    press(window, Qt.Key.Key_Right, ALT)
    assert marks(window, Claim) == ["found two cracks in it"]
    press(window, Qt.Key.Key_Left, ALT)
    press(window, Qt.Key.Key_Left, ALT | SHIFT)
    assert marks(window, Claim) == ["Divers found two cracks in"]
    press(window, Qt.Key.Key_Right, ALT | SHIFT)
    window.column.set_caret(text_of(window).index(" cracks"))
    press(window, Qt.Key.Key_Slash, CTRL)
    assert sorted(marks(window, Claim)) == ["cracks in", "found two"]


def test_a_second_part_is_added_and_cut_out(window: MainWindow) -> None:
    select(window, "“We looked at every stone,”")
    press(window, "c")
    select(window, "“and every stone is sound.”")
    press(window, Qt.Key.Key_Plus)
    assert marks(window, Claim) == ["“We looked at every stone,” […] “and every stone is sound.”"]
    select(window, "at every")
    press(window, Qt.Key.Key_Minus)
    assert marks(window, Claim) == ["“We looked […] stone,” […] “and every stone is sound.”"]


def test_delete_removes_the_chosen_mark(window: MainWindow) -> None:
    select(window, "The port authority")
    press(window, "s")
    press(window, Qt.Key.Key_Delete)
    assert not marks(window, SourceMention)


def test_letters_act_only_while_the_article_has_the_keyboard(window: MainWindow) -> None:
    put_caret(window, "Divers")
    window.library.search.setFocus()
    QTest.keyClicks(window.library.search, "csex")
    assert not marks(window, Claim) and window.library.search.text() == "csex"


def test_a_sentence_is_said_to_be_no_claim_and_the_next_open_one_is_shown(window: MainWindow) -> None:
    coverage = window.workspace.coverage
    assert coverage is not None
    before, text = coverage.accounted, text_of(window)
    put_caret(window, "Divers")
    press(window, Qt.Key.Key_X)
    assert coverage.accounted == before + 1
    assert window.status.coverage.text() == f"{before + 1} of {len(window.workspace.sentences)} sentences accounted for"
    next_open = window.column.caret()
    assert next_open > text.index("Divers") and next_open in coverage.open
    assert window.column.proposed[0][0] == next_open
    put_caret(window, "Divers")
    press(window, Qt.Key.Key_X)
    assert coverage.accounted == before


def test_j_goes_to_the_next_open_sentence(window: MainWindow) -> None:
    window.column.set_caret(0)
    press(window, Qt.Key.Key_J)
    assert window.column.caret() == text_of(window).index("The port authority")
    press(window, Qt.Key.Key_J)
    assert window.column.caret() == text_of(window).index("Divers")
    press(window, Qt.Key.Key_K)
    assert window.column.caret() == text_of(window).index("The port authority")


def test_the_last_open_sentence_above_is_named_and_no_answer_goes_by_surprise(window: MainWindow) -> None:
    coverage, text = window.workspace.coverage, text_of(window)
    assert coverage is not None
    window.column.set_caret(0)
    press(window, Qt.Key.Key_J)
    first = window.column.caret()
    press(window, Qt.Key.Key_J)
    while len(coverage.open) > 1:
        press(window, Qt.Key.Key_X)
    assert coverage.open == [first]
    assert window.status.news.text() == "Not a claim. No open sentence further on, 1 before this: K."
    press(window, Qt.Key.Key_J)
    assert window.status.news.text() == "No open sentence further on, 1 before this: K."
    foot = window.status.next_open
    assert (foot.text(), foot.command) == ("before", "go.previous_open") and "(K)" in foot.toolTip()
    press(window, Qt.Key.Key_X)
    assert coverage.open == [first]
    assert window.status.news.text() == "It is marked as no claim already. X again takes that back."
    press(window, Qt.Key.Key_X)
    assert len(coverage.open) == 2
    press(window, Qt.Key.Key_X)
    foot.click()
    assert window.column.caret() == first == text.index("The port authority")
    assert foot.command == "go.next_open"
    press(window, Qt.Key.Key_K)
    assert window.status.news.text() == "No other sentence is open."
    window.column.set_caret(0)
    press(window, Qt.Key.Key_K)
    assert window.status.news.text() == "No open sentence before this, 1 further on: J."
    press(window, Qt.Key.Key_J)
    press(window, Qt.Key.Key_X)
    assert window.status.news.text() == "Not a claim. Ctrl+Z takes it back."
    press(window, Qt.Key.Key_J)
    assert window.status.news.text() == "Every sentence is accounted for."


# -- linking


def test_l_links_by_typing_and_f_follows(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "The port authority")
    press(window, "s")
    mention = window.workspace.chosen
    select(window, "the wall was “good for forty years”")
    press(window, "c")
    claim = window.workspace.chosen
    assert claim is not None
    press(window, Qt.Key.Key_L)
    assert window.card.isVisible()
    QTest.keyClicks(window.card.edit, "port")
    QTest.keyClick(window.card.edit, Qt.Key.Key_Return)
    assert not window.card.isVisible()
    annotated = window.workspace.annotated
    assert annotated is not None
    assert [s.label for s in annotated.sources_of(claim)] == ["The port authority"]
    assert window.workspace.chosen == claim
    press(window, Qt.Key.Key_F)
    assert window.workspace.chosen == mention
    press(window, Qt.Key.Key_B)
    assert window.workspace.chosen == claim


def test_l_on_a_source_links_the_claim_chosen_before(window: MainWindow) -> None:
    select(window, "Oskar Lindqvale")
    press(window, "s")
    mention = window.workspace.chosen
    select(window, "“We looked at every stone,”")
    press(window, "c")
    claim = window.workspace.chosen
    window.workspace.choose(mention)
    press(window, Qt.Key.Key_L)
    annotated = window.workspace.annotated
    assert annotated is not None and claim is not None
    assert [s.label for s in annotated.sources_of(claim)] == ["Oskar Lindqvale"]


def test_a_click_on_a_source_answers_the_card(window: MainWindow, qtbot: QtBot) -> None:
    start, end = select(window, "Oskar Lindqvale")
    press(window, "s")
    select(window, "“We looked at every stone,”")
    press(window, "c")
    claim = window.workspace.chosen
    press(window, Qt.Key.Key_L)
    at = window.column.text.viewport().mapFromGlobal(window.column.anchor_rect(start, end).center())
    QTest.mouseClick(window.column.text.viewport(), Qt.MouseButton.LeftButton, pos=at)
    annotated = window.workspace.annotated
    assert annotated is not None and claim is not None
    assert [s.label for s in annotated.sources_of(claim)] == ["Oskar Lindqvale"]


def test_the_authors_voice_is_one_key(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    press(window, Qt.Key.Key_Period, CTRL)
    annotated = window.workspace.annotated
    assert annotated is not None and window.workspace.chosen is not None
    assert annotated.is_author_voice(window.workspace.chosen)


# -- the window around it


def test_undo_of_a_step_in_another_article_goes_there_and_says_so(window: MainWindow) -> None:
    first = window.workspace.article
    put_caret(window, "Divers")
    press(window, "c")
    window.imports._add(importers.draft_from_text("Another article\n\nIt rained."))
    window.workspace.do(lambda p: p.undo())  # take the import back, then bring it again to stand elsewhere
    window.workspace.do(lambda p: p.redo())
    project = window.workspace.project
    assert project is not None
    other = next(s.article.id for s in project.articles() if s.article.id != first)
    project.undo()
    project.redo()
    window.workspace.show_article(first)
    select(window, "Oskar Lindqvale")
    press(window, "e")
    window.workspace.show_article(other)
    window.history.undo()
    assert window.workspace.article == first
    assert "Taken back in “Wall will hold, says port”" in window.status.news.text()


def test_undo_reaches_the_project_from_a_field_with_nothing_to_undo(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    window.library.search.setFocus()
    QTest.keyClick(window.library.search, Qt.Key.Key_Z, CTRL)
    assert not marks(window, Claim)


def test_undo_is_said_by_name(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    QTest.keyClick(window.column.text, Qt.Key.Key_Z, CTRL)
    assert window.status.news.text().startswith("Taken back: ")


def test_ctrl_e_and_ctrl_k_are_the_windows_in_every_field(window: MainWindow, qtbot: QtBot) -> None:
    run: list[str] = []
    for id_ in ("report.export", "view.palette"):
        action = window.actions_[id_]
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, i=id_: run.append(i))
    field = window.library.search
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.setText("words")
    field.setCursorPosition(0)
    QTest.keyClick(field, Qt.Key.Key_E, CTRL)
    QTest.keyClick(field, Qt.Key.Key_K, CTRL)
    assert run == ["report.export", "view.palette"] and field.text() == "words"


def test_esc_in_the_details_goes_back_to_the_article(window: MainWindow, qtbot: QtBot) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: not window.column.text.hasFocus())
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert window.column.text.hasFocus() and len(marks(window, Claim)) == 1


def test_the_letters_of_an_open_menu_are_not_the_articles(window: MainWindow, qtbot: QtBot) -> None:
    put_caret(window, "Divers")
    QTest.keyClick(window, Qt.Key.Key_A, ALT)
    menu = window.menus["article"]
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_C)  # no entry's letter here: nothing happens
    assert not marks(window, Claim) and menu.isVisible()
    menu.close()
    window.column.text.setFocus()
    press(window, "c")
    assert len(marks(window, Claim)) == 1


def test_f6_goes_round_the_places(window: MainWindow, qtbot: QtBot) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    seen: list[QWidget | None] = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[0] is window.column.cards
    assert seen[1] is not None and window.side.isAncestorOf(seen[1])
    assert seen[2] is window.library.list
    assert seen[3] is window.column.text


def test_f6_leaves_out_the_cards_where_there_are_none_and_stops_at_a_notice(window: MainWindow) -> None:
    window.notices.warn("old.doc is of a kind that cannot be read.")
    seen: list[QWidget | None] = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[0] is not None and window.side.isAncestorOf(seen[0])
    assert seen[1] is not None and window.notices.isAncestorOf(seen[1])
    assert seen[2] is window.library.list and seen[3] is window.column.text


def test_esc_closes_the_notice_that_has_the_keyboard(window: MainWindow) -> None:
    notices, text = window.notices, window.column.text
    notices.warn("old.doc is of a kind that cannot be read.")
    notices.offer("Open for reading only.", [("Save a copy…", lambda: None)], "read-only", may_close=False)
    assert notices.enter()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert text.hasFocus() and len(notices.texts) == 2  # one that must stay is only left
    notices.dismiss("read-only")
    assert notices.enter()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    assert text.hasFocus() and not notices.texts and not notices.isVisible()


def test_a_notice_that_goes_gives_the_keyboard_to_the_article(window: MainWindow) -> None:
    window.notices.offer("Wrote “a.docx”.", [("Open report", lambda: None)], "report")
    window.notices.enter()
    window.notices.dismiss("report")
    assert window.column.text.hasFocus()


def test_a_problem_that_was_read_goes_with_the_next_action(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.notices.warn("old.doc is of a kind that cannot be read.")
    window.notices.warn("old.doc is of a kind that cannot be read.")
    window.notices.warn("The project is kept elsewhere.", key="settings")
    window.notices.offer("Wrote “a.docx”.", [("Open report", lambda: None)], "report")
    assert len(window.notices.texts) == 3  # the same is told once
    put_caret(window, "Divers")
    press(window, "c")
    assert len(window.notices.texts) == 3  # nobody can have read it yet
    monkeypatch.setattr(notices_module, "READ_MS", 0)
    put_caret(window, "Nobody")
    press(window, Qt.Key.Key_X)
    kept = ["The project is kept elsewhere.", "Wrote “a.docx”."]
    assert window.notices.texts == kept
    window.notices.warn("Nothing can be added.")
    window.workspace.show_article(None)
    assert window.notices.texts == kept


def test_a_place_that_folds_away_gives_the_keyboard_to_the_article(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    window.side.edit("note")
    assert window.side.in_details()
    window.side.show_over(QLabel("in its place"))
    assert window.column.text.hasFocus()
    window.side.show_over(None)
    window.library.enter()
    assert window.library.list.hasFocus()
    window.resize(1000, 700)
    assert not window.library.isVisible() and window.column.text.hasFocus()
    window.columns.show_library(True)
    window.library.enter()
    window.columns.set_alone(True)
    assert window.column.text.hasFocus()


def test_another_panel_keeps_the_keyboard_among_the_panels(window: MainWindow) -> None:
    window.side.enter()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_PageDown, CTRL)
        focused = QApplication.focusWidget()
        assert focused is not None and window.side.isAncestorOf(focused)


def test_the_librarys_key_folds_it_when_pressed_twice_in_a_row_alone(window: MainWindow) -> None:
    library, news = window.library, window.status.news

    def go() -> None:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_1, CTRL)

    go()
    assert library.list.hasFocus()
    window.open_palette()
    window.commands.leave()
    assert library.list.hasFocus()
    go()
    assert library.list.hasFocus() and "again folds it" in news.text()
    go()
    assert not library.isVisible() and window.column.text.hasFocus() and "brings it back" in news.text()
    go()
    assert library.isVisible() and library.list.hasFocus()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("import", ["project.add_folder", "project.import_list", "project.open"]),
        ("files", ["project.add_folder", "project.import_list", "project.open"]),
        ("add article", ["article.paste", "project.open"]),
        ("settings", ["app.preferences"]),
        ("word doc", ["report.export"]),
    ],
)
def test_the_palette_knows_other_words_for_commands(window: MainWindow, typed: str, found: list[str]) -> None:
    window.open_palette()
    QTest.keyClicks(window.commands.edit, typed)
    assert set(found) <= {row.id for row in window.commands.list.values}
    window.commands.leave()


def test_the_heads_of_a_table_are_not_gone_through_as_names() -> None:
    text = "We paid Passengers well.\nPassengers\tSubsidy\nThe office asked Ida Brook."
    blocks, at = [], 0
    for line, kind in zip(text.split("\n"), ("paragraph", "table_row", "paragraph"), strict=True):
        blocks.append(Block(at, at + len(line), kind))
        at += len(line) + 1
    found = list(_names_from(SimpleNamespace(text=text, blocks=blocks), 0))  # type: ignore[arg-type]
    assert [text[a:b] for a, b in found] == ["Passengers", "Ida Brook"]


def test_other_words_belong_to_commands_there_are() -> None:
    assert set(ALSO) <= {c.id for c in COMMANDS}


def test_panels_change_by_key_and_wide_ones_fold_the_library(window: MainWindow) -> None:
    QTest.keyClick(window.column.text, Qt.Key.Key_PageDown, CTRL)
    assert window.side.current is not None and window.side.current.key == "claims"
    assert window.columns.folded and not window.library.isVisible()
    QTest.keyClick(window.column.text, Qt.Key.Key_1, CTRL)
    assert window.library.isVisible()
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_PageUp, CTRL)
    assert window.side.current.key == "details" and not window.columns.folded


def test_the_palette_finds_runs_and_goes_to_a_claim(window: MainWindow) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    claim = window.workspace.chosen
    put_caret(window, "Nobody")
    QTest.keyClick(window.column.text, Qt.Key.Key_K, CTRL)
    palette = window.commands
    assert palette.isVisible()
    QTest.keyClicks(palette.edit, "not a clai")
    assert [e.words for e in palette.list.values] == ["Sentence is not a claim"]
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert not palette.isVisible() and window.column.text.hasFocus()
    annotated = window.workspace.annotated
    assert annotated is not None and len(annotated.sentence_marks) == 1
    QTest.keyClick(window.column.text, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(palette.edit, "#1")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert window.workspace.chosen == claim


def test_the_palette_looks_for_claims_in_pieces(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_search, "PIECE", 1)
    for words in ("Divers", "Nobody", "port"):
        put_caret(window, words)
        press(window, "c")
    window.commands.open(None)
    QTest.keyClicks(window.commands.edit, "#NOBODY")
    assert window.commands.list.values == []
    qtbot.waitUntil(lambda: [act.words for act in window.commands.list.values] == ["3  Nobody has seen his list."])
    QTest.keyClick(window.commands.edit, Qt.Key.Key_Escape)


def test_the_palette_goes_to_who_is_named_first_and_to_whom_only_claims_name(window: MainWindow) -> None:
    for words, key in (("Oskar Lindqvale", "s"), ("Divers", "s"), ("Nobody", "c")):
        put_caret(window, words)
        press(window, key)
    claim = window.workspace.chosen
    assert claim is not None
    window.workspace.do(lambda p: p.link_new(claim, "Ann Reed"))
    window.commands.open(None)
    QTest.keyClicks(window.commands.edit, "@")
    assert [act.words for act in window.commands.list.values][:3] == ["Divers", "Oskar Lindqvale", "Ann Reed"]
    window.commands.edit.setText("@ann")
    window.workspace.choose(None)
    QTest.keyClick(window.commands.edit, Qt.Key.Key_Return)
    assert window.workspace.chosen == claim


def test_the_palette_outlives_the_field_it_was_opened_from(window: MainWindow, qtbot: QtBot) -> None:
    field = QLineEdit(window)
    field.show()
    window.commands.open(field)
    with qtbot.waitSignal(field.destroyed):
        field.deleteLater()
    QTest.keyClick(window.commands.edit, Qt.Key.Key_Escape)
    assert not window.commands.isVisible()


def test_a_project_whose_file_is_gone_goes_on_in_a_copy(window: MainWindow, tmp_path: Path) -> None:
    project = window.workspace.project
    assert project is not None
    project.path.unlink()
    assert window.projects.go_on_in_copy(tmp_path / "rescued.annot")
    assert window.workspace.project is not None and window.workspace.project.name == "rescued"


def test_a_users_error_nobody_caught_is_told_in_its_own_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    app_module.catch_errors(window)
    error = StorageFull("Error calling Python override of QWidget::showEvent(): The disk is full.")
    sys.excepthook(StorageFull, error, None)
    assert window.notices.texts[-1] == "The disk is full."


def test_the_library_searches_and_goes_to_what_it_finds(window: MainWindow, qtbot: QtBot) -> None:
    field = window.library.search
    field.setFocus()
    QTest.keyClicks(field, 'cracks" OR (')
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.clear()
    QTest.keyClicks(field, "cracks")
    QTest.keyClick(field, Qt.Key.Key_Down)
    hits = window.library.found.list
    assert hits.isVisible() and hits.hasFocus()
    assert hits.selectionModel().hasSelection()
    QTest.keyClick(hits, Qt.Key.Key_Return)
    start, end = window.column.selection()
    assert text_of(window)[start:end] == "cracks"


def test_the_zone_of_the_paragraph_at_the_caret_is_set_and_shown(window: MainWindow) -> None:
    window.column.set_caret(text_of(window).index("Divers"))
    window.actions_["zone.standfirst"].trigger()
    block = window.articles.block()
    assert block is not None and block.zone == "standfirst"
    window.menus["article"].aboutToShow.emit()
    assert window.actions_["zone.standfirst"].isChecked() and not window.actions_["zone.body"].isChecked()


def test_a_profile_hides_panels_and_is_kept_in_the_project(window: MainWindow) -> None:
    window.actions_["profile.teacher"].trigger()
    project = window.workspace.project
    assert project is not None and project.profile == "teacher"
    tabs = [window.side.tabs.tabText(n) for n in range(window.side.tabs.count())]
    assert tabs == ["Details", "Claims", "Sources", "Audit", "History"]
    assert window.status.profile.text() == "Teacher view"


def test_files_and_text_are_dropped(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[list[Path]] = []
    monkeypatch.setattr(window.imports, "add_files", offered.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    assert offered == [[tmp_path / "a.txt"]]


# -- projects


def test_everything_is_there_again_after_reopening(window: MainWindow, tmp_path: Path) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    path = tmp_path / "port.annot"
    window.close()
    assert window.workspace.project is None
    project = Project.open(path)
    try:
        annotated = project.annotated(project.articles()[0].article.id)
        assert [c.quote(annotated.text) for c in annotated.claims] == ["Divers found two cracks in it last spring 🌊."]
        assert project.undo_step is not None
    finally:
        project.close()


def test_a_closed_window_is_gone_before_its_work_has_ended(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    wait = window.workspace.wait_for_jobs
    monkeypatch.setattr(window.workspace, "wait_for_jobs", lambda: (seen.append(window.isVisible()), wait()))
    window.close()
    assert seen == [False]


def test_a_project_held_elsewhere_opens_for_reading_and_says_so(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "held.annot"
    held = Project.create(path)
    held.add_article(importers.draft_from_text(TEXT))
    try:
        assert window.projects.open_project(path)
        assert window.status.saved.words == "Read-only"
        assert "another window" in window.notices.texts[-1]
        put_caret(window, "Divers")
        press(window, "c")
        assert not marks(window, Claim) and "Save a copy" in window.notices.texts[-1]
        assert window.projects.go_on_in_copy(tmp_path / "copy.annot")
        press(window, "c")
        assert window.status.saved.words == "Saved"
    finally:
        window.workspace.close()
        held.close()


def test_a_file_that_is_no_project_is_refused_in_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    bad = tmp_path / "bad.annot"
    bad.write_bytes(b"nothing of the kind")
    assert not window.projects.open_project(bad)
    assert "bad.annot" in window.notices.texts[-1]
    assert window.workspace.project is not None and window.workspace.project.name == "port"


def test_a_file_is_read_shown_and_added_with_its_bytes(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.dialogs.import_article.ImportDialog.exec", lambda _self: 1)
    good, bad = tmp_path / "rain.txt", tmp_path / "empty.txt"
    good.write_bytes(b"Rain at last\r\n\r\nIt rained in the Vale.\r\n")
    bad.write_bytes(b"")
    window.imports.add_files([bad, good])
    project = window.workspace.project
    assert project is not None
    qtbot.waitUntil(lambda: len(project.articles()) == 2, timeout=15_000)
    qtbot.waitUntil(lambda: not window.imports.many.queue.running)
    assert [i.state for i in window.imports.many.queue.items] == ["failed", "added"]
    added = project.articles()[-1].article
    assert added.title == "Rain at last" and window.workspace.article == added.id
    original = project.original(added.id)
    assert original is not None and original.content == good.read_bytes()
    assert project.undo_step is not None and project.undo_step.name == "add 1 article"


def test_a_full_disk_is_told_and_the_action_tried_again(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real, full = Project.mark, [True]

    def mark(self: Project, *args: object, **named: object) -> str:
        if full:
            raise StorageFull("The disk is full: nothing was written.")
        return real(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "mark", mark)
    put_caret(window, "Divers")
    press(window, "c")
    assert window.status.saved.words == "Not saved" and window.notices.texts[-1].startswith("The disk is full")
    full.clear()
    again = next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Try again")
    again.click()
    assert marks(window, Claim) == ["Divers found two cracks in it last spring 🌊."]
    assert window.status.saved.words == "Saved" and not window.notices.isVisible()


def test_a_file_changed_by_another_program_is_noticed_and_opened_again(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "port.annot"
    other = tmp_path / "other.annot"
    project = window.workspace.project
    assert project is not None
    project.backup(other)
    other.replace(path)
    put_caret(window, "Divers")
    press(window, "c")
    assert not marks(window, Claim) and window.status.saved.words == "Not saved"
    again = next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Open it again")
    again.click()
    put_caret(window, "Divers")
    press(window, "c")
    assert len(marks(window, Claim)) == 1


def test_a_note_still_being_typed_is_kept_when_the_window_closes(window: MainWindow, tmp_path: Path) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    press(window, Qt.Key.Key_N)
    field = QApplication.focusWidget()
    assert field is not None and window.side.isAncestorOf(field)
    QTest.keyClicks(field, "ask the divers")
    window.close()
    project = Project.open(tmp_path / "port.annot")
    try:
        claim = project.annotated(project.articles()[0].article.id).claims[0]
        assert claim.note == "ask the divers"
    finally:
        project.close()


def test_recent_projects_stand_in_the_menu_and_on_the_start_page(window: MainWindow, tmp_path: Path) -> None:
    put_caret(window, "Divers")
    press(window, "c")
    window.projects.close()
    assert window.pages.currentWidget() is window.welcome and window.column.chosen is None
    (recent,) = window.welcome.recent.values
    assert (recent.path, recent.articles, recent.claims) == (tmp_path / "port.annot", 1, 1)
    window.menus["file"].aboutToShow.emit()
    assert [a.text() for a in window.recent_menu.actions()] == ["port"]
    window.recent_menu.actions()[0].trigger()
    assert window.workspace.project is not None and len(marks(window, Claim)) == 1


def test_pasted_text_makes_a_project_where_none_is_open(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = application.window
    assert window.pages.currentWidget() is window.welcome
    QGuiApplication.clipboard().setText(TEXT)
    monkeypatch.setattr("annotator.ui.dialogs.import_article.ImportDialog.exec", lambda _self: 1)
    window.imports.paste()
    project = window.workspace.project
    assert project is not None and project.path.parent == paths.documents()
    assert [s.article.title for s in project.articles()] == ["Wall will hold, says port"]


# -- the application


def test_the_look_changes_while_the_window_is_open(application: Application) -> None:
    window = application.window
    assert application.theme is LIGHT
    window.actions_["theme.dark"].trigger()
    assert window.theme is DARK and Settings.load(paths.config()).text("theme") == "dark"


def test_an_error_nobody_expected_is_logged_and_told(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    app_module.catch_errors(application.window)
    try:
        raise KeyError("nobody expected this")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    assert "Your work is saved" in application.window.notices.texts[-1]
    assert "nobody expected this" in paths.log_file().read_text("utf-8")


def test_the_first_start_opens_the_sample_with_its_tour(qtbot: QtBot, own_folders: Path) -> None:
    if not paths.resource("sample.annot").is_file():
        pytest.skip("the sample project is not built")
    made = Application()
    qtbot.addWidget(made.window)
    made.window.show()
    made.start()
    try:
        assert made.workspace.project is not None and made.workspace.project.path.parent == paths.data()
        assert made.window.tour.running and not made.window.notices.texts
        qtbot.waitUntil(lambda: bool(made.window.findChildren(WorkQuestion)))
        (question,) = made.window.findChildren(WorkQuestion)
        QTest.keyClick(question.choices["researcher"], Qt.Key.Key_Return)
        assert made.workspace.project.profile == made.settings.text("profile") == "researcher"
        assert made.window.notices.texts[-1].startswith("1 of 3")
        article, text = made.workspace.article, text_of(made.window)
        made.workspace.do(
            lambda p: p.mark(str(article), "claim", [(text.index("On paper"), text.index("On paper") + 8)])
        )
        assert made.window.notices.texts[-1].startswith("2 of 3")
        made.window.preferences.tour_ended()
        assert made.settings.flag("tour_done")
        assert made.window.notices.findChild(QLineEdit) is None  # nothing that looks ready to be typed into and is not
        assert made.window.preferences.name_to_ask() is None  # the sample's marks have their own author
    finally:
        made.workspace.close()


# -- the table


def test_every_command_has_a_handler_a_tip_and_no_key_twice(window: MainWindow) -> None:
    seen: dict[tuple[str, str], str] = {}
    for each in COMMANDS:
        assert each.tip and each.menu, each.id
        for key in each.keys:
            assert ("", key) not in seen, (each.id, seen)
            seen["", key] = each.id
    assert command("mark.claim").keys == ("C",)


def test_everything_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    unnamed: list[str] = []
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        if takes and widget.isVisible() and not named and widget.parentWidget() is not window.top.menus:
            unnamed.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert not unnamed


def test_the_text_alone_ends_with_the_text(window: MainWindow, qtbot: QtBot) -> None:
    window.viewing.toggle_alone()
    assert window.top.isHidden()
    window.workspace.close()
    qtbot.waitUntil(lambda: not window.viewing.alone)
    assert window.top.isVisible()
    assert window.status.isHidden()  # the start page has none
    assert not window.windowState() & Qt.WindowState.WindowFullScreen
    window.settings.put(text_alone=True)
    window.viewing.restore()
    assert not window.viewing.alone


def test_the_text_stays_alone_from_one_project_to_the_next(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.viewing.toggle_alone()
    other = Project.create(tmp_path / "other.annot")
    other.add_article(importers.draft_from_text(TEXT))
    other.close()
    assert window.projects.open_project(tmp_path / "other.annot")
    QApplication.processEvents()
    assert window.viewing.alone


def test_a_filter_goes_with_its_project(window: MainWindow) -> None:
    filtering, path = window.column.filtering, window.workspace.project.path
    filtering.ask()
    filtering.set(Filter(kind=frozenset({"mention"})))
    filtering.set_hiding(True)
    window.workspace.close()
    window.workspace.open(path)
    assert (filtering.filter, filtering.hides, filtering.open) == (Filter(), False, False)


def test_damaged_widths_are_left_out(own_folders: Path, qtbot: QtBot) -> None:
    made = Application()
    state = made.window._state
    for name, kept in (("library", "abc"), ("side", "1, 2"), ("wide_side", "99999999999")):
        state.setValue(f"columns/{name}", kept)
    made.window._restore()
    assert vars(made.window.columns.widths) == {"library": 0, "side": 0, "wide_side": 0}
    qtbot.addWidget(made.window)


def test_a_last_project_no_file_can_be_called_is_none(own_folders: Path, qtbot: QtBot) -> None:
    Settings.load(paths.config()).put(last_project="x" * 5000, recent_projects=("y" * 5000,), tour_done=True)
    made = Application()
    qtbot.addWidget(made.window)
    made.start()
    assert made.workspace.project is None
    assert made.window.recent.all() == []


def filtered(window: MainWindow, **facets: str) -> set[str]:
    """Set a filter and return what passes once it was counted."""
    window.column.filtering.set(Filter(**{facet: frozenset({value}) for facet, value in facets.items()}))
    return counted(window)


def counted(window: MainWindow) -> set[str]:
    """Return what was counted as passing; it is what asking every mark gives."""
    filtering, annotated = window.column.filtering, window.workspace.annotated
    while filtering._timer.isActive():
        QApplication.processEvents()
    test = filtering.filter.test(annotated)
    assert filtering._passing == {m.id for m in annotated.annotations if test(m)}
    return set(filtering._passing)


def test_a_filter_follows_what_it_asks_for(window: MainWindow) -> None:
    do, project = window.workspace.do, window.workspace.project
    article = window.workspace.article
    assert project is not None and article is not None
    wall, cracks = (select(window, words) for words in ("good for forty years", "two cracks in it"))
    one = do(lambda p: p.mark(article, "claim", [wall]))
    do(lambda p: p.set_tags(one, ["water", "port"]))
    assert filtered(window, tag="water") == {one}
    do(lambda p: p.rename_term("tag", "water", "rivers"))
    assert window.column.filtering.filter.tag == {"rivers"}
    assert counted(window) == {one}
    do(lambda p: p.undo())
    assert window.column.filtering.filter.tag == {"water"}
    do(lambda p: p.set_tags(one, ["port"]))
    do(lambda p: p.remove_term("tag", "water"))
    assert not window.column.filtering.filter
    two = do(lambda p: p.mark(article, "claim", [cracks]))
    port, authority = (do(lambda p, n=n: p.add_source(article, n)) for n in ("Port", "Port authority"))
    do(lambda p: p.link(one, port))
    assert filtered(window, source=port) == {one}
    do(lambda p: p.link(two, port))
    assert counted(window) == {one, two}
    do(lambda p: p.undo())
    assert counted(window) == {one}
    do(lambda p: p.merge_sources(authority, [port]))
    assert window.column.filtering.filter.source == {authority}
    assert counted(window) == {one}
    assert filtered(window, link="unlinked") == {two}
    do(lambda p: p.link(two, authority))
    assert counted(window) == set()
    do(lambda p: p.undo())
    assert counted(window) == {two}


def test_an_action_asks_a_filter_about_what_changed_alone(window: MainWindow) -> None:
    article = window.workspace.article
    assert article is not None
    for at in range(0, 60, 3):
        window.workspace.do(lambda p, at=at: p.mark(article, "claim", [(at, at + 2)]))
    filtered(window, kind="claim")
    asked: list[str] = []
    test = window.column.text.passes
    window.column.text.passes = lambda mark: asked.append(mark.id) or test(mark)
    window.hide()  # what is painted asks too
    made = window.workspace.do(lambda p: p.mark(article, "claim", [(70, 80)]))
    assert set(asked) == {made}
    assert made in window.column.filtering._passing


def test_news_takes_the_room_it_needs(window: MainWindow) -> None:
    window.resize(880, 560)
    status = window.status
    long = "Only the text: Esc or F11 brings everything back, and nothing that was done is lost by it. " * 2
    status.say("Done.")
    assert not status.ticks.isHidden()
    status.say(long[:90])
    QApplication.processEvents()
    assert status.next_open.isHidden()
    status.say("")
    assert not status.next_open.isHidden()


def test_going_from_claim_to_claim_follows_the_filter(window: MainWindow) -> None:
    do, article = window.workspace.do, window.workspace.article
    assert article is not None
    spans = [select(window, words) for words in ("good for forty years", "two cracks", "every stone is sound")]
    first, _, last = (do(lambda p, s=s: p.mark(article, "claim", [s])) for s in spans)
    for claim in (first, last):
        do(lambda p, c=claim: p.edit_claim(c, type="opinion"))
    filtered(window, type="opinion")
    window.workspace.choose(None)
    window.column.set_caret(0)
    for wanted in (first, last, last):
        window.navigation.next_of_kind("claim")
        assert window.workspace.chosen == wanted
    window.navigation.previous_of_kind("claim")
    assert window.workspace.chosen == first


def test_the_keyboard_stays_in_a_panel_that_goes_through_the_history(window: MainWindow, qtbot: QtBot) -> None:
    window.navigation.show_panel("history")
    focused = QApplication.focusWidget()
    assert window.side.isAncestorOf(focused)
    window.workspace.jump(0)
    assert window.workspace.article is None
    window.workspace.jump(1)
    assert window.workspace.article is not None
    assert window.side.isAncestorOf(QApplication.focusWidget())
