"""Import: the text as it will be kept, what was found and left out, and how it is read, before anything is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.importers.manuscript import Manuscript
from annotator.model import Chapter, Draft, ReadOptions
from annotator.ui.dialogs.import_article import Asked, ImportDialog, Twin
from annotator.ui.dialogs.language_field import language_words
from annotator.ui.theme import DARK

RAW = "Café prices rise\n\nBy Zoë Ürgen\n\nThe “price” of coffee rose – said Åsa Böhm.\n\nNobody asked the cafés.\n"


class Reader:
    """Stands for what reads again: keeps what was asked, answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.stopped = 0
        self.done: Callable[[Draft], None] = lambda _: None
        self.failed: Callable[[str], None] = lambda _: None

    def __call__(
        self, asked: Asked, done: Callable[[Draft], None], failed: Callable[[str], None]
    ) -> Callable[[], object]:
        self.asked.append(asked)
        self.done, self.failed = done, failed
        return self._stop

    def _stop(self) -> None:
        self.stopped += 1


def page(options: ReadOptions | None = None, *, more: tuple[str, ...] = ()) -> Draft:
    """Return the draft of a page with something of everything."""
    made = Manuscript(options)
    made.add("Ferry late again", "heading", 1, "headline")
    made.add("By Ana Reed", zone="byline")
    made.add("The ferry was late, the skippers said.")
    made.add("nine minutes", "list", 1)
    made.add("Nobody apologised.", "quote", 1)
    made.add("Day\tMinutes", "table_row")
    made.add("Monday\t9", "table_row")
    for words in more:
        made.add(words)
    made.fact("title", "Ferry late again", "the page’s data (JSON-LD)")
    made.fact("publication", "The Quay", "the page’s data (JSON-LD)")
    made.leave_out("navigation", text="Home News")
    made.leave_out("script", 3)
    made.can |= {"whole_page", "columns", "footnotes", "page_furniture", "chapters"}
    made.chapters = [Chapter("a", "One", 100), Chapter("b", "Two", 200)]
    return made.draft(b"x", "ferry.html", "text/html", head=False)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer every question with yes, and return what was asked."""
    found: list[str] = []

    def answer(_parent: object, _theme: object, title: str, *_: str) -> bool:
        found.append(title)
        return True

    monkeypatch.setattr("annotator.ui.dialogs.import_article.confirm", answer)
    return found


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def dialog(qtbot: QtBot, reader: Reader) -> ImportDialog:
    made = ImportDialog(DARK, page(), None, reread=reader)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_guess_is_shown_as_a_guess_and_another_encoding_can_be_tried(
    qtbot: QtBot, tmp_path: Path, reader: Reader
) -> None:
    file = tmp_path / "café.txt"
    file.write_bytes(RAW.encode("cp1252"))
    dialog = ImportDialog(DARK, importers.read(file), None, reread=reader)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._guess.isVisible() and dialog.options.encoding.currentText() == "windows-1252, guessed"
    offered = [dialog.options.encoding.itemText(n) for n in range(dialog.options.encoding.count())]
    assert "koi8-r, Cyrillic" in offered and sum("1252" in words for words in offered) == 1
    assert "Åsa Böhm" in dialog._preview.toPlainText()
    dialog.options.encoding.picked.emit("koi8-r")
    assert reader.asked == [Asked(ReadOptions(encoding="koi8-r"))] and not dialog.ok.isEnabled()
    reader.done(importers.read(file, ReadOptions(encoding="koi8-r")))
    assert "Åsa Böhm" not in dialog._preview.toPlainText() and dialog.ok.isEnabled()
    assert not dialog._guess.isVisible()


def test_each_fact_says_where_it_was_found(dialog: ImportDialog) -> None:
    found = {name: label.text() for name, label in dialog.form.found.items()}
    assert found["title"] == "from the page’s data (JSON-LD)" and found["date"] == "not found"
    dialog.form.fields["date"].setText("2031-04-09")
    assert dialog.form.found["date"].text() == "typed by you"
    dialog.form.ticks["publication"].setChecked(True)
    assert "does not tell" in dialog.form.found["publication"].text()
    dialog.form.fields["language"].setText("pt-BR")
    assert dialog.form.found["language"].text().startswith("Portuguese (Brazil)")


def test_facts_typed_here_go_into_the_draft(qtbot: QtBot) -> None:
    read = importers.draft_from_text(RAW)
    dialog = ImportDialog(DARK, read, None, more=2)
    qtbot.addWidget(dialog)
    dialog.form.fields["title"].setText("Coffee")
    dialog.form.fields["publication"].setText("The Vale Post")
    dialog.form.ticks["date"].setChecked(True)
    made = dialog.result_draft()
    assert (made.title, made.facts["publication"]) == ("Coffee", "The Vale Post")
    assert made.facts["date"] == "not_stated" and "byline" in made.facts and "url" not in made.facts
    assert made.text == read.text and made.original == read.original


def test_mark_up_in_a_text_is_shown_as_it_is(qtbot: QtBot) -> None:
    text = "A title\n\n<b>bold</b> <img src='file:///etc/passwd'>"
    dialog = ImportDialog(DARK, importers.draft_from_text(text), None)
    qtbot.addWidget(dialog)
    assert "<b>bold</b>" in dialog._preview.toPlainText()


def test_what_a_person_changed_stays_when_it_is_read_again(dialog: ImportDialog, reader: Reader) -> None:
    dialog.form.fields["byline"].setText("Ana Reed, Tom Hill")
    dialog._preview.choose(2)
    dialog._preview.reshape("box")
    dialog._preview.choose(4)
    dialog._preview.toggle_dropped()
    dialog.options.ticks["whole_page"].click()
    assert reader.asked[-1].options.whole_page
    reader.done(page(reader.asked[-1].options, more=("And more.",)))
    assert dialog.form.fields["byline"].text() == "Ana Reed, Tom Hill"
    assert dialog.options.ticks["whole_page"].isChecked()
    made = dialog.result_draft()
    assert "Nobody apologised." not in made.text and made.text.endswith("And more.")
    box = next(b for b in made.blocks if b.zone == "box")
    assert made.text[box.start : box.end] == "The ferry was late, the skippers said."
    assert made.report.left_out[-1] == "1 paragraph you left out"
    assert [made.text[b.start : b.end] for b in made.blocks] == made.text.split("\n")


def test_of_a_whole_page_a_person_chooses_what_to_keep(dialog: ImportDialog, reader: Reader) -> None:
    dialog.options.choose.click()
    assert reader.asked[-1].options.whole_page
    reader.done(page(ReadOptions(whole_page=True), more=("Home News", "Read on: the mayor.")))
    last = len(dialog._preview.blocks) - 1
    assert [n for n in range(last + 1) if dialog._preview.edits.is_dropped(n)] == [last - 1, last]
    assert dialog._preview.text.hasFocus() and not dialog.options.ticks["whole_page"].isVisible()
    dialog._preview.choose(last)
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Delete)
    made = dialog.result_draft()
    assert made.text.endswith("Read on: the mayor.") and "Home News" not in made.text
    dialog.options.ticks["footnotes"].click()
    reader.done(page(reader.asked[-1].options, more=("Home News", "Read on: the mayor.")))
    assert dialog.result_draft().text == made.text and not dialog.options.ticks["whole_page"].isVisible()
    assert dialog.options.choose.text() == "Only the article found"
    dialog.options.choose.click()
    assert not reader.asked[-1].options.whole_page
    reader.done(page())
    assert dialog.result_draft().text == page().text and dialog.options.choose.text() == "Choose what to keep"
    assert dialog.options.ticks["whole_page"].isVisible()


def test_in_another_encoding_nothing_is_chosen_of_the_page_any_more(dialog: ImportDialog, reader: Reader) -> None:
    dialog.options.choose.click()
    reader.done(page(ReadOptions(whole_page=True), more=("Home News",)))
    dialog.options.encoding.picked.emit("koi8-r")
    assert reader.asked[-1].options == ReadOptions(encoding="koi8-r")
    reader.failed("“ferry.html” cannot be read as koi8-r.")
    assert dialog.options.choose.text() == "Only the article found" and "Home News" not in dialog.result_draft().text


def test_what_a_tick_would_bring_back_is_told_beside_it(dialog: ImportDialog) -> None:
    made = Manuscript()
    made.add("The ferry was late.")
    for kind, n in (("note", 2), ("page_head", 1), ("page_number", 4), ("picture", 3)):
        made.leave_out(kind, n)
    made.can |= {"footnotes", "page_furniture"}
    dialog._show(made.draft(b"x", "ferry.pdf", "application/pdf"))
    gone = dialog.options.gone
    assert gone["footnotes"].text() == "2 left out" and gone["footnotes"].isVisible()
    assert gone["page_furniture"].text() == "5 left out"
    dialog._show(page())
    assert not gone["footnotes"].isVisible()


def test_a_reading_that_fails_is_told_here_and_all_stays_as_it_was(dialog: ImportDialog, reader: Reader) -> None:
    before = dialog._preview.toPlainText()
    dialog.options.columns.choose(2)
    assert dialog._progress.isVisible()
    reader.failed("“ferry.html” has no text.")
    assert [b.text for b in dialog._banners] == ["“ferry.html” has no text."]
    assert dialog._preview.toPlainText() == before and dialog.options.columns.current == 0
    assert dialog.ok.isEnabled() and not dialog._progress.isVisible()
    dialog.options.columns.choose(1)
    reader.done(page(ReadOptions(columns=1)))
    assert not dialog._banners and dialog.options.columns.current == 1


def test_reading_can_be_stopped_and_a_new_choice_stops_the_one_before(dialog: ImportDialog, reader: Reader) -> None:
    dialog.options.ticks["footnotes"].click()
    dialog.options.ticks["whole_page"].click()
    assert reader.stopped == 1 and reader.asked[-1].options == ReadOptions(footnotes=True, whole_page=True)
    dialog._give_up.click()
    assert reader.stopped == 2 and dialog.ok.isEnabled()
    assert not dialog.options.ticks["footnotes"].isChecked()


def test_chapters_are_ticked_and_none_is_not_read(qtbot: QtBot, dialog: ImportDialog, reader: Reader) -> None:
    chapters = dialog.options.chapters
    assert chapters._told.text() == "2 of 2, 300 words"
    chapters.none.click()
    assert chapters._told.text() == "tick at least one" and not dialog.ok.isEnabled()
    chapters._wait.timeout.emit()
    assert not dialog.ok.isEnabled() and not reader.asked
    chapters.list.setCurrentIndex(chapters.list.model().index(1, 0))
    with qtbot.waitSignal(chapters.chosen, timeout=5000):
        QTest.keyClick(chapters.list, Qt.Key.Key_Space)
    assert reader.asked[-1].options.chapters == ("b",) and not dialog.ok.isEnabled()
    reader.done(page(reader.asked[-1].options))
    assert dialog.ok.isEnabled() and chapters._told.text() == "1 of 2, 200 words"
    chapters.all.click()
    assert not dialog.ok.isEnabled()


def test_a_chapter_in_a_script_without_spaces_is_counted_by_its_characters(qtbot: QtBot, dialog: ImportDialog) -> None:
    dialog._show(page(more=("渡輪晚點。",)))
    assert dialog.options.chapters._told.text() == "2 of 2, 300 words and characters"
    assert "characters" in dialog._told.text()


def test_what_was_left_out_is_shown_by_kind(dialog: ImportDialog) -> None:
    dialog._switch.choose(1)
    shown = dialog._left_out.toPlainText().split("\n")
    assert shown[:3] == ["Left out", "1 passage of navigation", "3 scripts and styles"]
    assert shown[3:] == ["Passage of navigation", "Home News"]
    assert "Left out · 4" in dialog._switch._items
    dialog._preview.toggle_dropped()
    assert dialog._left_out.toPlainText().split("\n")[3] == "1 paragraph you left out"
    assert "Left out · 5" in dialog._switch._items
    dialog._switch.choose(2)
    assert "Publication: from the page’s data (JSON-LD)" in dialog._report.toPlainText()


def test_zones_are_changed_by_keys(qtbot: QtBot, dialog: ImportDialog) -> None:
    dialog._preview.choose(1)
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Down)
    assert dialog._preview.text.current() == 2
    menu = dialog._preview.menu()
    assert menu is not None
    assert next(a.text() for a in menu.actions() if a.isChecked()) == "Paragraph"
    next(a for a in menu.actions() if a.text() == "Correction").trigger()
    assert dialog._preview.blocks[2].zone == "correction"
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Delete)
    assert dialog._preview.edits.is_dropped(2)
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Delete)
    assert not dialog._preview.edits.is_dropped(2)


def test_what_was_changed_is_taken_back_and_a_row_of_a_table_is_one_again(dialog: ImportDialog) -> None:
    text = dialog._preview.text
    dialog._preview.choose(5)
    before = dialog._preview.blocks
    dialog._preview.reshape("heading1")
    QTest.keyClick(text, Qt.Key.Key_Delete)
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not dialog._preview.edits.is_dropped(5) and dialog._preview.blocks[5].kind == "heading"
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog._preview.blocks == before and not dialog._preview.edits.is_made
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert dialog._preview.blocks[5].kind == "heading"
    menu = dialog._preview.menu()
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Table").trigger()
    assert dialog._preview.blocks[5] == before[5]


def test_what_was_worked_on_is_not_left_without_a_question(dialog: ImportDialog, asked: list[str]) -> None:
    dialog.reject()
    assert asked == []
    dialog.show()
    dialog._preview.toggle_dropped()
    dialog.reject()
    assert asked == ["Leave this article?"]
    dialog._preview.edits.undo()
    dialog.form.ticks["date"].setChecked(True)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(asked) == 2


def test_the_names_of_paragraphs_stand_where_their_lines_begin(qtbot: QtBot, dialog: ImportDialog) -> None:
    preview = dialog._preview
    assert preview.margin.x() < preview.text.x()
    made = Manuscript()
    made.add("تأخرت العبّارة مرة أخرى", "heading", 1, "headline")
    made.add("قالت سلمى النورس إن العبّارة تأخرت.")
    made.add("In English: late again.")
    dialog._show(made.draft(b"x", "ar.html", "text/html", head=False))
    qtbot.waitUntil(lambda: preview.margin.x() > preview.text.x())
    first = preview.text.document().firstBlock()
    assert first.textDirection() == Qt.LayoutDirection.RightToLeft
    assert preview.text.document().lastBlock().textDirection() == Qt.LayoutDirection.LeftToRight


def test_a_long_title_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    draft = replace(page(), title="Ferry late again, and again, and again, " * 6)
    dialog = ImportDialog(DARK, draft, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    title = dialog.form.fields["title"]
    qtbot.waitUntil(title.hasFocus)
    assert title.cursorPosition() == 0


def test_nothing_is_added_where_everything_is_left_out(dialog: ImportDialog) -> None:
    dialog._preview.text.selectAll()
    dialog._preview.toggle_dropped()
    assert not dialog.ok.isEnabled()


def test_the_same_content_is_told_and_can_be_opened(qtbot: QtBot, asked: list[str]) -> None:
    dialog = ImportDialog(DARK, page(), None, twin=Twin("id", "Ferry late"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "already in the project as “Ferry late”" in dialog._banners[0].text and dialog.ok.text() == "Add anyway"
    dialog._preview.text.setFocus()
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Return)
    assert dialog.said == "open" and dialog.result() == 0 and not asked
    dialog.show()
    dialog.form.fields["byline"].setText("Ana Reed")
    dialog._open.click()
    assert asked == ["Leave this article?"]
    dialog.show()
    dialog.ok.click()
    assert dialog.said == "add" and dialog.result() == 1


def test_what_only_looks_like_another_can_be_opened_or_added(qtbot: QtBot) -> None:
    dialog = ImportDialog(DARK, page(), None, to="Harbour", twin=Twin("id", "Ferry late", same=False))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.isDefault() and dialog.ok.text() == "Add article"
    assert "ferry.html · for the project “Harbour”" in [label.text() for label in dialog.findChildren(QLabel)]
    next(b for b in dialog._banners[0].findChildren(QPushButton) if b.text() == "Open it").click()
    assert dialog.said == "open"


def test_enter_adds_from_the_text_and_escape_skips(dialog: ImportDialog) -> None:
    dialog._preview.text.setFocus()
    QTest.keyClick(dialog._preview.text, Qt.Key.Key_Return)
    assert dialog.said == "add" and dialog.result() == 1
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0


def test_what_was_pasted_can_be_taken_as_plain_text(qtbot: QtBot, reader: Reader) -> None:
    dialog = ImportDialog(DARK, page(ReadOptions(whole_page=True)), None, reread=reader, rich=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.options.plain.choose(1)
    assert reader.asked[-1].plain
    reader.done(replace(importers.draft_from_text("Ferry late\n\nIt was late."), can=frozenset()))
    assert dialog.options.plain.isVisible() and dialog.options.plain.current == 1
    dialog.options.plain.choose(0)
    assert reader.asked[-1] == Asked(ReadOptions(whole_page=True))


def test_a_long_text_is_loaded_as_one_scrolls(qtbot: QtBot) -> None:
    text = "\n".join(f"Paragraph {n} says what paragraphs say." for n in range(4000))
    dialog = ImportDialog(DARK, importers.draft_from_text(text), None)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = dialog._preview.text
    assert len(shown.toPlainText()) < 30_000
    bar = shown.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    before = bar.maximum()
    bar.setValue(before)
    qtbot.waitUntil(lambda: bar.maximum() > before)
    QTest.keyClick(shown, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert shown.toPlainText().endswith("Paragraph 3999 says what paragraphs say.")
    assert shown.blocks[shown.current()].end == len(text)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "English"),
        ("pt-BR", "Portuguese (Brazil)"),
        ("zh-Hant", "Chinese (Traditional Han)"),
        ("qqq", ""),
        ("", ""),
    ],
)
def test_languages_are_named(code: str, words: str) -> None:
    assert language_words(code) == words
