"""The check of a claim: evidence typed, found again, edited; verdicts, reasons and history; pages opened on purpose only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.model import Evidence
from annotator.ui.panels import evidence as evidence_module
from annotator.ui.panels.check_history import changes_of
from annotator.ui.panels.evidence import foldable, page_of, pieces_of
from annotator.ui.panels.evidence_form import with_scheme
from tests.ui.panels.test_inspector import inspector, pick, type_into

__all__ = ["inspector"]


@pytest.fixture
def check(inspector, marked):
    marked.workspace.choose(marked.ids["low"])
    return inspector.page.check


def pieces(marked, claim="low"):
    return pieces_of(marked.annotated, marked.ids[claim])


def last(marked, claim="low"):
    return marked.annotated.verification(marked.ids[claim])


# -- evidence


def test_the_whole_record_is_typed_behind_more(qtbot, check, marked):
    check.add.click()
    form = check.form
    assert not form.publisher.isVisible()
    form.more.click()
    type_into(qtbot, form.title, "Harbour log")
    type_into(qtbot, form.url, "log.example/2031?a=1")
    type_into(qtbot, form.publisher, "Harbour Office")
    type_into(qtbot, form.date, "9 April 2031")
    type_into(qtbot, form.accessed, "today")
    type_into(qtbot, form.archive, "https://kept.example/9")
    type_into(qtbot, form.quoted, "nine trucks")
    type_into(qtbot, form.note, "Two pages are missing")
    form.primary.setChecked(True)
    pick(form.independent, "yes")
    form.stance.choose(1)
    qtbot.keyClick(form.publisher, Qt.Key.Key_Return)
    (piece,) = pieces(marked)
    made = piece.evidence
    assert (made.title, made.url, made.publisher) == ("Harbour log", "https://log.example/2031?a=1", "Harbour Office")
    assert made.date == "2031-04-09" and len(made.accessed) == 10 and made.archive_url == "https://kept.example/9"
    assert made.is_primary and (piece.stance, piece.link.independent) == ("contradicts", True)
    assert (piece.link.quoted, piece.link.note) == ("nine trucks", "Two pages are missing")
    assert check.form.isHidden()


def test_editing_shows_what_is_there_and_writes_only_what_changed(qtbot, check, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Log", publisher="The office", quoted="nine")
    check.evidence.gone_to.emit(check.evidence.values[0])
    form = check.form
    assert form.publisher.isVisible() and form.keep.text() == "Save"
    assert form.known.isHidden()
    steps = len(marked.project.steps())
    form.add()
    assert len(marked.project.steps()) == steps
    check.evidence.gone_to.emit(check.evidence.values[0])
    type_into(qtbot, form.quoted, "ten")
    form.stance.choose(2)
    form.add()
    (piece,) = pieces(marked)
    assert (piece.link.quoted, piece.stance, piece.evidence.publisher) == ("ten", "context", "The office")
    assert len(marked.project.steps()) == steps + 1


def test_a_piece_of_the_project_is_offered_while_one_types_and_used_again(qtbot, check, marked):
    made = marked.project.add_evidence(marked.ids["count"], "supports", title="Toll book", publisher="The board")
    check.add.click()
    qtbot.keyClicks(check.form.title, "board")
    offered = check.form.title.completer().model()
    assert offered.index(0, 0).data() == "Toll book · The board"
    check.form.title.setText("Toll book · The board")
    check.form._take()
    assert "used for 1 claim in 1 article" in check.form.known.text()
    check.form.add()
    assert [p.id for p in pieces(marked)] == [made]
    assert len(marked.project.all_evidence()) == 1


def test_the_address_of_a_piece_that_is_there_takes_that_piece(qtbot, check, marked):
    made = marked.project.add_evidence(marked.ids["count"], "supports", title="Toll book", url="https://toll.example/1")
    check.add.click()
    type_into(qtbot, check.form.url, "toll.example/1")
    check.form.url.left.emit()
    assert check.form.title.text() == "Toll book"
    check.form.add()
    assert [p.id for p in pieces(marked)] == [made]


def test_a_piece_of_several_claims_says_that_a_change_is_theirs_too(check, marked):
    made = marked.project.add_evidence(marked.ids["count"], "supports", title="Toll book")
    marked.project.add_evidence(marked.ids["low"], "supports", evidence=made)
    check.evidence.gone_to.emit(check.evidence.values[0])
    assert "2 claims rest on it" in check.form.known.text()
    check.form.title.setText("Toll book 2")
    check.form.add()
    assert [p.title for p in pieces(marked, "count")] == ["Toll book 2"]


def test_what_is_half_typed_is_added_when_another_claim_is_chosen(qtbot, check, marked):
    check.add.click()
    qtbot.keyClicks(check.form.title, "The ledger of tolls")
    marked.workspace.choose(marked.ids["count"])
    assert [p.title for p in pieces(marked)] == ["The ledger of tolls"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "javascript://host/%0aalert(1)",
        "file://host/share",
        "ftp://host/x",
        "file:///etc/passwd",
        "//host/x",
        "mailto:a@b",
        "x",
        None,
        "http://",
    ],
)
def test_only_web_addresses_are_ever_opened(address):
    assert page_of(address) is None


def test_a_page_is_opened_only_once_its_address_was_shown(monkeypatch, check, marked):
    opened, asked = [], []
    monkeypatch.setattr(evidence_module.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    monkeypatch.setattr("annotator.ui.dialogs.ask.confirm", lambda *said: asked.append(said[2:]) or len(asked) > 1)
    marked.project.add_evidence(marked.ids["low"], "supports", title="Log", url="https://log.example/a?b=%3Cb%3E9")
    check.evidence.open_asked.emit(check.evidence.values[0])
    assert not opened and asked[0][0] == "Open a page of log.example in the browser?"
    check.evidence.open_asked.emit(check.evidence.values[0])
    assert len(opened) == 1 and asked[0][1].replace("\u200b", "") == "https://log.example/a?b=%3Cb%3E9"


def test_a_long_address_can_be_broken_and_is_cut():
    assert foldable("a" * 40).replace("\u200b", "") == "a" * 40
    assert len(foldable("a" * 9000)) < 700


def test_an_address_typed_without_its_scheme_gets_one():
    assert with_scheme("www.log.example/9") == "https://www.log.example/9"
    assert with_scheme("javascript:x") == "javascript:x"
    assert with_scheme("Harbour log 9.4") == "Harbour log 9.4"


def test_the_menu_of_a_piece_offers_its_page(check, marked):
    piece = evidence_module.Piece(Evidence(title="x", url="https://a.example"), None)  # type: ignore[arg-type]
    menu = evidence_module.piece_menu(check, piece, *[lambda _: None] * 4)
    assert isinstance(menu, QMenu)
    assert "Open its page in the browser" in [a.text() for a in menu.actions()]


def test_a_file_is_kept_with_a_piece_and_taken_away_again(check, marked, tmp_path):
    file = tmp_path / "page 9.png"
    file.write_bytes(b"\x89PNG scan")
    check.add.click()
    check.form.title.setText("Log")
    check.form.file.chosen = file
    check.form.add()
    (piece,) = pieces(marked)
    kept = marked.project.attached(piece.id)
    assert (kept.name, kept.media_type, kept.content) == ("page 9.png", "image/png", b"\x89PNG scan")
    check.evidence.gone_to.emit(check.evidence.values[0])
    assert check.form.file.named == "page 9.png"
    check.form.file._press()
    check.form.add()
    assert marked.project.attached(piece.id) is None
    marked.project.undo()
    assert marked.project.attached(piece.id).name == "page 9.png"


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_written(qtbot, check, marked, tmp_path):
    check.add.click()
    check.form.title.setText("Log")
    check.form.file.chosen = tmp_path / "gone.pdf"
    with qtbot.waitSignal(marked.workspace.failed) as told:
        check.form.add()
    assert "cannot be read" in str(told.args[0])
    assert not pieces(marked) and check.form.isVisible()


# -- verdicts


def test_a_verdict_without_evidence_asks_for_it_and_is_one_step_with_it(qtbot, check, marked):
    steps = len(marked.project.steps())
    qtbot.keyClick(check.add, Qt.Key.Key_3)
    assert "mixed or lacks context" in check.form._for.text()
    qtbot.keyClicks(check.form.title, "Log")
    qtbot.keyClick(check.form.title, Qt.Key.Key_Return)
    assert last(marked).verdict == "3"
    assert len(marked.project.steps()) == steps + 1
    marked.project.undo()
    assert last(marked) is None and not pieces(marked)


@pytest.mark.parametrize(
    ("verdict", "stance"), [("5", "supports"), ("3", "supports"), ("2", "contradicts"), ("1", "contradicts")]
)
def test_a_verdict_against_a_claim_asks_for_what_contradicts_it(qtbot, check, marked, verdict, stance):
    check.give(verdict)
    qtbot.keyClicks(check.form.title, "Log")
    qtbot.keyClick(check.form.title, Qt.Key.Key_Return)
    assert [piece.stance for piece in pieces(marked)] == [stance]
    check.add.click()
    assert check.form.stance.current == 0  # a piece that no verdict waits for


def test_leaving_the_form_gives_no_verdict(qtbot, check, marked):
    check.give("3")
    qtbot.keyClick(check.form.title, Qt.Key.Key_Escape)
    assert last(marked) is None
    check.add.click()
    check.form.title.setText("Log")
    check.form.add()
    assert last(marked) is None


def test_not_enough_evidence_needs_words(qtbot, check, marked):
    check.give("none")
    qtbot.keyClick(check.ask.field, Qt.Key.Key_Return)
    assert last(marked) is None
    qtbot.keyClicks(check.ask.field, "Asked twice")
    qtbot.keyClick(check.ask.field, Qt.Key.Key_Return)
    assert (last(marked).verdict, last(marked).why) == ("none", "Asked twice")


def test_a_reason_being_typed_is_kept_when_another_claim_is_chosen(qtbot, check, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Log")
    check.give("4")
    check.give("2")
    qtbot.keyClicks(check.ask.field, "A later page")
    marked.workspace.choose(marked.ids["count"])
    assert last(marked).why == "A later page"


def test_the_question_goes_when_what_it_is_about_is_taken_back(check, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Log")
    check.give("4")
    check.give("2")
    assert check.ask.isVisible()
    marked.workspace.undo()
    assert not check.ask.isVisible()


def test_a_claim_that_cannot_be_checked_asks_why(check, marked):
    check._set_status("cannot_check")
    assert last(marked).status == "cannot_check" and check.ask.isVisible()
    check.ask.said.emit("")
    assert not check.ask.isVisible()


def test_every_change_is_told_with_who_and_why(check, marked):
    marked.project.add_evidence(marked.ids["low"], "supports", title="Log")
    check.give("4")
    check.give("2")
    check.ask.said.emit("A later page")
    check.give(None)
    told = [(c.what, c.why) for c in changes_of(marked.annotated, marked.ids["low"])]
    assert told == [
        ("Took back “mostly unsupported”: in progress", ""),
        ("Mostly unsupported, before: mostly supported", "A later page"),
        ("Mostly supported", ""),
    ]
    assert check.history._fold.text() == "3 changes" and not check.history.list.isVisible()
    check.history._fold.click()
    assert check.history.list.isVisible()


def test_an_opinion_takes_no_digit(qtbot, inspector, marked):
    marked.workspace.choose(marked.ids["readings"])
    check = inspector.page.check
    qtbot.keyClick(check.add, Qt.Key.Key_3)
    assert check.form.isHidden() and last(marked, "readings") is None


# -- relations over articles


def test_a_claim_of_another_article_is_shown_and_gone_to(inspector, marked):
    from tests.ui.panels.conftest import made_article

    project = marked.project
    other = project.add_article(made_article("A second bridge\nIt carries nine trucks."))
    at = project.version(other).text.index("It carries")
    far = project.mark(other, "claim", [(at, at + 23)])
    project.set_profile("researcher")
    project.same_as(far, marked.ids["low"])
    project.relate(far, marked.ids["low"], "supports")
    marked.workspace.choose(marked.ids["low"])
    section = inspector.page.relations
    assert [r.where for r in section.list.values] == [
        "Said 2 times in 2 articles",
        "Says the same as 1 in “A second bridge”",
        "Is supported by 1 in “A second bridge”",
    ]
    section.list.delete_asked.emit(section.list.values[0])
    assert [r.how for r in section.list.values] == ["Is supported by"]
    section.list.gone_to.emit(section.list.values[0])
    assert (marked.workspace.article, marked.workspace.chosen) == (other, far)
