"""The main job, story by story, through the window by keys and mouse alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator import paths
from annotator.model.values import NOT_STATED
from annotator.project import Project
from annotator.ui.dialogs.ask import Question
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.facts import FactsDialog
from annotator.ui.dialogs.import_article import ImportDialog
from annotator.ui.panels.fields import FactField, NoteField
from annotator.ui.welcome import Choice
from tests.e2e.conftest import Begin, close
from tests.e2e.driver import Driver

WALL = """Wall will hold, says port

By Ida Vennemark

The port authority said the wall was “good for forty years”. Divers found two cracks in it last spring 🌊 👩‍👩‍👧.

“We looked at every stone,” said Oskar Lindqvale, “and every stone is sound.” Nobody has seen his list.

It is believed that the port authority never paid for the survey. Oskar Lindqvale declined to comment.
"""
FERRY = "# Ferry late again\n\nThe evening ferry left nine minutes late, *skippers* said.\n"


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    path = tmp_path / "wall.txt"
    path.write_text(WALL, "utf-8")
    return path


@pytest.fixture
def driver(begin: Begin, wall: Path) -> Driver:
    """The window on one article, brought in by dropping its file."""
    made = begin()
    made.answer(ImportDialog, made.accept, lambda: made.drop(wall))
    made.until(lambda: made.window.workspace.sentences)
    made.until(made.window.column.text.hasFocus)
    return made


# -- 1. start


def test_1_the_first_start_shows_the_annotated_sample(begin: Begin) -> None:
    driver = begin(first=True)
    assert driver.project.path.parent == paths.data()
    assert len(driver.annotated.claims) >= 10 and driver.annotated.attributions
    driver.until(lambda: driver.window.workspace.sentences)
    assert driver.window.column.text.toPlainText().startswith("THE TOLLMOUTH LANTERN")
    driver.until(lambda: isinstance(QApplication.focusWidget(), Choice))
    driver.press("Return")
    driver.until(lambda: driver.window.notices.texts)
    assert driver.window.notices.texts[-1].startswith("1 of 3")
    claims = len(driver.annotated.claims)
    driver.to_text()
    driver.press("J", "C")
    assert len(driver.annotated.claims) == claims + 1
    assert driver.window.notices.texts[-1].startswith("2 of 3")
    driver.press("L", "Return")
    assert driver.annotated.attributions_of[driver.window.workspace.chosen or ""]
    assert driver.window.notices.texts[-1].startswith("3 of 3")


# -- 2. open


def test_2_articles_come_in_by_drop_menu_paste_and_command_line(
    begin: Begin, wall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ferry = tmp_path / "ferry.md"
    ferry.write_text(FERRY, "utf-8")
    driver = begin()
    driver.answer(ImportDialog, driver.accept, lambda: driver.drop(wall))
    assert driver.project.path.name == "Wall will hold, says port.annot"
    assert [driver.text()[b.start : b.end] for b in driver.annotated.blocks if b.zone == "byline"] == [
        "By Ida Vennemark"
    ]

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(ferry)], ""))
    driver.answer(ImportDialog, driver.accept, lambda: driver.menu("File", "Open…"))
    assert driver.annotated.article.title == "Ferry late again"
    assert "skippers said" in driver.text()

    QGuiApplication.clipboard().setText("Pasted words\n\nIt rained on the quay.")
    driver.answer(ImportDialog, driver.accept, lambda: driver.press("Ctrl+Shift+V"))
    titles = ["Wall will hold, says port", "Ferry late again", "Pasted words"]
    assert sorted(s.article.title for s in driver.project.articles()) == sorted(titles)
    original = driver.project.original(
        next(s.article.id for s in driver.project.articles() if s.article.title == titles[0])
    )
    assert original is not None and original.content == WALL.encode()

    path = driver.project.path
    close(driver)
    later = tmp_path / "later.txt"
    later.write_bytes("Caf\xe9 shut\n\nThe caf\xe9 on the quay is shut, its owner said.".encode("cp1252"))

    def look_at_the_guess(dialog: ImportDialog) -> None:
        assert dialog.draft.report.how == "guess" and dialog._guess.isVisible()
        driver.accept(dialog)

    def start_again() -> None:
        begin(path, later)

    driver.answer(ImportDialog, look_at_the_guess, start_again)
    project = Project.open(path, read_only=True)
    try:
        assert "Caf\xe9 shut" in [s.article.title for s in project.articles()]
    finally:
        project.close()


def test_2_facts_and_zones_are_filled_in_and_words_are_found(driver: Driver) -> None:
    def tell(dialog: FactsDialog) -> None:
        for name, words in (
            ("title", "Wall will hold"),
            ("publication", "The Harbour Courier"),
            ("date", "2031-04-09"),
        ):
            field = dialog.form.fields[name]
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, words)
        QTest.keyClick(dialog.form.ticks["url"], Qt.Key.Key_Space)
        driver.accept(dialog)

    driver.answer(FactsDialog, tell, lambda: driver.run("article.facts"))
    article = driver.annotated.article
    assert (article.title, article.publication, article.date) == ("Wall will hold", "The Harbour Courier", "2031-04-09")
    assert "url" in article.not_stated and article.url is None and "language" not in article.not_stated

    driver.caret_before("It is believed")
    driver.menu("Article", "Zone of this paragraph", "Standfirst")
    zones = {driver.text()[b.start : b.start + 5]: b.zone for b in driver.annotated.blocks}
    assert zones["It is"] == "standfirst" and zones["The p"] == "body"

    driver.press("Ctrl+F")
    driver.type("stone")
    assert driver.place() == "1 of 2"
    driver.press("Return")
    assert driver.place() == "2 of 2"
    driver.press("Escape")
    assert driver.selected() == "stone" and driver.window.column.text.hasFocus()


# -- 3. mark


def test_3_words_are_marked_by_keyboard_and_mouse_and_overlap(driver: Driver) -> None:
    driver.shift_select("The port authority")
    driver.press("S")
    driver.drag("the wall was “good for forty years”")
    driver.press("C")
    driver.drag("forty years")
    driver.press("C")
    driver.drag("🌊 👩‍👩‍👧")
    driver.press("C")
    assert driver.chosen().quote(driver.text()) == "🌊 👩‍👩‍👧"
    driver.find("port authority")
    driver.press("E")
    driver.find("The port authority said the wall was “good for forty years”.")
    driver.press("C")
    assert driver.quotes("S") == ["The port authority"]
    assert driver.quotes("E") == ["port authority"]
    assert len(driver.quotes("C")) == 4
    assert driver.saved
    cards = driver.window.column.cards
    assert cards.isVisible() and len(driver.annotated.claims) == cards.model().rowCount()

    driver.press("Escape", "Escape")
    driver.click("forty years")
    assert driver.chosen().quote(driver.text()) == "forty years"
    driver.click("forty years")
    assert driver.chosen().quote(driver.text()) == "the wall was “good for forty years”"


def test_3_a_mark_grows_shrinks_splits_takes_parts_changes_kind_and_goes(driver: Driver) -> None:
    driver.mark("C", "found two cracks")
    driver.press("Alt+Right", "Alt+Right", "Alt+Shift+Left")
    assert driver.quotes("C") == ["Divers found two cracks in it"]
    driver.press("Alt+Left", "Alt+Shift+Right")
    assert driver.quotes("C") == ["found two cracks in"]
    driver.press("Escape", *["Right"] * len("found two"))
    driver.press("Return", "Ctrl+/")
    assert sorted(driver.quotes("C")) == ["cracks in", "found two"]
    driver.press("Delete")
    assert len(driver.quotes("C")) == 1

    driver.mark("C", "“We looked at every stone,”")
    driver.find("“and every stone is sound.”")
    driver.press("+")
    assert driver.chosen().quote(driver.text()) == "“We looked at every stone,” […] “and every stone is sound.”"
    driver.find("at every")
    driver.press("-")
    assert driver.chosen().quote(driver.text()) == "“We looked […] stone,” […] “and every stone is sound.”"

    driver.mark("E", "Oskar Lindqvale")
    driver.press("S")
    assert driver.quotes("S") == ["Oskar Lindqvale"] and not driver.quotes("E")


def test_3_a_known_name_goes_to_its_entry_in_the_register(driver: Driver) -> None:
    first = driver.mark("S", "The port authority")
    second = driver.mark("S", "the port authority")
    driver.mark("E", "Oskar Lindqvale")
    driver.mark("E", "Oskar Lindqvale", nth=2)
    by_id = driver.annotated.by_id
    assert by_id[first].source == by_id[second].source
    named = [s.label for s in driver.annotated.source_order if driver.annotated.mentions_of_source(s.id)]
    assert named == ["The port authority"]
    assert [(e.entity.name, e.mentions) for e in driver.project.entities()] == [("Oskar Lindqvale", 2)]


# -- 4. link


def test_4_l_links_to_the_nearest_by_typing_on_a_source_and_to_nobody(driver: Driver) -> None:
    driver.mark("S", "The port authority")
    driver.mark("S", "Oskar Lindqvale")
    near = driver.mark("C", "the wall was “good for forty years”")
    driver.press("L")
    driver.until(driver.window.card.isVisible)
    driver.press("Return")
    assert driver.said_by(near) == ["The port authority"]
    link = driver.annotated.attributions_of[near][0]
    assert driver.annotated.by_id[link.cue or ""].quote(driver.text()) == "said"

    driver.press("L")
    driver.type("osk")
    driver.press("Return")
    assert driver.said_by(near) == ["The port authority", "Oskar Lindqvale"]

    nearby = driver.mark("C", "“We looked at every stone,”")
    driver.find("Oskar Lindqvale")
    driver.press("Left", "Return", "L")
    assert driver.said_by(nearby) == ["Oskar Lindqvale"]

    by_mouse = driver.mark("C", "every stone is sound")
    driver.press("L")
    driver.until(driver.window.card.isVisible)
    driver.click("The port authority")
    assert driver.said_by(by_mouse) == ["The port authority"]

    new = driver.mark("C", "two cracks")
    driver.press("L")
    driver.type("The divers")
    driver.press("Ctrl+Return")
    assert driver.said_by(new) == ["The divers"]

    own = driver.mark("C", "Nobody has seen his list")
    driver.press("Ctrl+.")
    assert driver.annotated.is_author_voice(own)
    nobody = driver.mark("C", "never paid for the survey")
    driver.press("L", "Ctrl+Shift+.")
    kinds = [driver.annotated.sources[a.source].kind for a in driver.annotated.attributions_of[nobody]]
    assert kinds == ["unstated"] and not driver.annotated.is_author_voice(nobody)
    assert driver.saved


def test_4_f_follows_the_link_and_b_comes_back(driver: Driver) -> None:
    source = driver.mark("S", "The port authority")
    claim = driver.mark("C", "good for forty years")
    driver.press("L", "Return", "F")
    assert driver.window.workspace.chosen == source
    assert driver.window.column.caret() == driver.text().index("The port authority")
    driver.press("F")
    assert driver.window.workspace.chosen == claim
    driver.press("B", "B")
    assert driver.window.workspace.chosen == claim
    driver.press("Ctrl+Shift+L")
    assert not driver.said_by(claim)


# -- 5. describe


def test_5_a_claim_is_described_by_the_keyboard(driver: Driver) -> None:
    claim = driver.mark("C", "the wall was “good for forty years”")
    driver.to_panel()
    driver.pick("Type", "Prediction")
    driver.pick("Form", "Indirect")
    driver.pick("Worth checking", "Yes")
    driver.to_text()
    driver.press("N")
    driver.until(lambda: isinstance(QApplication.focusWidget(), NoteField))
    driver.type("Ask for the survey")
    driver.press("Ctrl+Return")
    driver.to_text()
    driver.press("T")
    driver.type("safety")
    driver.press("Return")
    found = driver.annotated.by_id[claim]
    assert (found.type, found.form, found.check_worthy) == ("prediction", "indirect", "yes")
    assert found.note == "Ask for the survey" and found.tags == ("safety",)
    driver.press("Shift+F6")
    assert driver.saved


def test_5_a_source_and_an_entity_are_described_by_the_keyboard(driver: Driver) -> None:
    mark = driver.mark("S", "Oskar Lindqvale")
    driver.to_panel()
    driver.fill("Name", "O. Lindqvale")
    driver.pick("Naming", "Named")
    driver.pick("Kind", "Person")
    driver.fill("Role", "harbour master")
    field = driver.tab_to(FactField, "Affiliation")
    assert field.value is None
    driver.pick_in_menu("Not stated in the text", lambda: driver.press("Alt+Down"))
    source = driver.annotated.sources[driver.annotated.by_id[mark].source or ""]
    assert (source.label, source.naming, source.kind, source.role) == (
        "O. Lindqvale",
        "named",
        "person",
        "harbour master",
    )
    assert source.affiliation is None and source.not_stated == {"affiliation"}
    assert field.value == NOT_STATED

    driver.to_text()
    driver.mark("E", "Ida Vennemark")
    driver.to_panel()
    driver.pick("Kind", "Person")
    driver.fill("Add a name", "I. V.")
    entity = driver.project.entities()[0].entity
    assert (entity.name, entity.kind, entity.aliases) == ("Ida Vennemark", "person", ("I. V.",))


# -- 6. undo


def test_6_undo_goes_over_articles_by_name_and_after_reopening(driver: Driver, begin: Begin) -> None:
    first = driver.window.workspace.article
    driver.mark("S", "The port authority")
    driver.mark("C", "good for forty years")
    driver.press("L", "Return")
    QGuiApplication.clipboard().setText("Another\n\nIt rained on the quay.")
    driver.answer(ImportDialog, driver.accept, lambda: driver.press("Ctrl+Shift+V"))
    second = driver.window.workspace.article
    assert second != first
    driver.mark("C", "It rained")
    assert "Undo: mark claim “It rained”" in driver.menu_words("Edit")
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert driver.window.workspace.article == first
    assert "Undo: link claim to The port authority" in driver.menu_words("Edit")
    path = driver.project.path

    close(driver)
    driver = begin()
    assert driver.project.path == path
    assert "Undo: link claim to The port authority" in driver.menu_words("Edit")
    driver.to_text()
    driver.press("Ctrl+Z")
    assert not driver.annotated.attributions
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert not driver.annotated.annotations
    driver.press(*["Ctrl+Shift+Z"] * 3)
    assert len(driver.annotated.attributions) == 1
    assert driver.quotes("C") == ["good for forty years"]
    driver.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert driver.window.workspace.article == second and driver.quotes("C") == ["It rained"]


def test_6_a_deleted_article_and_a_new_one_come_and_go_with_undo(driver: Driver) -> None:
    driver.mark("C", "good for forty years")
    driver.answer(Question, driver.accept, lambda: driver.menu("Article", "Delete article"))
    assert driver.window.workspace.annotated is None
    driver.press("Ctrl+Z")
    assert driver.quotes("C") == ["good for forty years"]
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert driver.window.workspace.annotated is None and not driver.project.articles()
    driver.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert driver.quotes("C") == ["good for forty years"]


def test_6_undo_from_a_note_leaves_the_keyboard_where_letters_do_something(driver: Driver) -> None:
    driver.mark("C", "good for forty years")
    driver.press("N")
    driver.type("no")
    driver.press("Ctrl+Z")
    assert driver.quotes("C") and isinstance(driver.focus(), NoteField)
    driver.press("Ctrl+Z")
    assert not driver.quotes("C") and driver.window.column.text.hasFocus()


# -- 7. trust it


def test_7_what_is_shown_as_saved_is_in_the_file_at_once(driver: Driver) -> None:
    words = ["The port authority", "good for forty years", "Oskar Lindqvale"]
    for n, (key, phrase) in enumerate(zip("SCE", words, strict=True), 1):
        driver.mark(key, phrase)
        assert driver.saved
        reader = Project.open(driver.project.path, read_only=True)
        try:
            there = reader.annotated(reader.articles()[0].article.id)
            assert len(there.annotations) == n
            assert not reader.check()
        finally:
            reader.close()


def test_7_what_is_being_typed_is_written_when_the_window_is_closed(driver: Driver) -> None:
    driver.mark("C", "good for forty years")
    path = driver.project.path
    driver.press("N")
    driver.type("half a thought")
    close(driver)
    reader = Project.open(path, read_only=True)
    try:
        assert [c.note for c in reader.annotated(reader.articles()[0].article.id).claims] == ["half a thought"]
    finally:
        reader.close()


# -- 8. hand over


def test_8_the_report_holds_a_comment_for_every_claim(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.mark("S", "The port authority")
    driver.mark("C", "the wall was “good for forty years”")
    driver.press("L", "Return")
    driver.mark("C", "“We looked at every stone,”")
    driver.find("“and every stone is sound.”")
    driver.press("+")
    driver.mark("C", "every stone is sound")
    out = tmp_path / "wall report"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))

    def export(dialog: ExportDialog) -> None:
        assert dialog.file_name() == "wall-will-hold-says-port-annotated.docx"
        driver.accept(dialog)

    driver.answer(ExportDialog, export, lambda: driver.menu("File", "Export report…"))
    written = out.with_suffix(".docx")
    driver.until(written.is_file)
    driver.until(lambda: any("wall report.docx" in words for words in driver.window.notices.texts))
    document = Document(str(written))
    comments = [c.text for c in document.comments]
    assert len(comments) == len(driver.annotated.claims) == 3
    assert any("The port authority" in c for c in comments)
    headings = [p.text for p in document.paragraphs if (p.style.name or "").startswith("Heading")]
    assert headings
