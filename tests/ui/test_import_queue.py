"""Many files: read in the background, added in batches under one step, each with what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.errors import StorageFull
from annotator.importers import Found, ReadOptions, folders
from annotator.project.importing import Importing
from annotator.ui import import_queue as queues
from annotator.ui.dialogs import import_queue as sheets
from annotator.ui.dialogs import import_rows as rows
from annotator.ui.import_items import ADDED, DONE, FAILED, GONE, SKIPPED, STOPPED, THERE, Item
from annotator.ui.imports import Imports, Look
from annotator.ui.many_files import ManyFiles
from annotator.ui.notices import NoticeBar
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace

LIMIT = 20_000


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace(backs_up=lambda: False)
    assert made.create(tmp_path / "many.annot")
    yield made
    made.close()
    made.wait_for_jobs()


@pytest.fixture
def imports(qtbot: QtBot, workspace: Workspace) -> Iterator[Imports]:
    window = QWidget()
    qtbot.addWidget(window)
    notices = NoticeBar(LIGHT)
    qtbot.addWidget(notices)
    made = Imports(window, workspace, notices, lambda: LIGHT, lambda _: True)
    yield made
    made.many.queue.cancel()
    made.reading.close()


@pytest.fixture
def many(imports: Imports) -> ManyFiles:
    return imports.many


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "press"
    (made / "below").mkdir(parents=True)
    for n in range(9):
        (made / f"{n}.txt").write_text(f"Bridge {n} closes\n\nThe town said bridge {n} closes.", "utf-8")
    (made / "empty.txt").write_bytes(b"")
    (made / "cafe.txt").write_bytes("Café shut\n\nThe café on the quay is shut, he said.".encode("cp1252"))
    (made / "below" / "copy of 3.txt").write_bytes((made / "3.txt").read_bytes())
    (made / "notes.xyz").write_bytes(b"something")
    return made


def wait(many: ManyFiles, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(many.queue.items) and not many.queue.running, timeout=LIMIT)


def states(many: ManyFiles) -> dict[str, str]:
    return {item.name: item.state for item in many.queue.items}


def test_a_folder_is_added_as_one_step(many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot) -> None:
    many.start([folder])
    wait(many, qtbot)
    project, found = workspace.project, states(many)
    assert project is not None
    assert {n: s for n, s in found.items() if s != ADDED} == {
        "empty.txt": FAILED, "copy of 3.txt": THERE,
    }  # fmt: skip
    assert len(project.articles()) == 10 and project.step_count() == (1, 0)
    assert [item.name for item in many.queue.others] == ["notes.xyz"]
    cafe = next(i for i in many.queue.items if i.name == "cafe.txt")
    assert cafe.encoding and cafe.title == "Café shut" and cafe.words > 5
    assert many.queue.told() == "Added 10 of 12 files, 1 was there already, 1 could not be added"
    workspace.undo()
    assert not project.articles()


def test_files_that_come_while_others_are_added_wait_behind_them(
    many: ManyFiles, workspace: Workspace, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    late = tmp_path / "late"
    late.mkdir()
    (late / "late.txt").write_text("Late\n\nIt came late.", "utf-8")
    (late / "3 again.txt").write_bytes((folder / "3.txt").read_bytes())
    many.start([folder])
    qtbot.waitUntil(lambda: many.queue.running)
    many.start([late])
    qtbot.waitUntil(lambda: len(many.queue.items) == 14 and not many.queue.running, timeout=LIMIT)
    found = states(many)
    assert found["late.txt"] == ADDED and found["3 again.txt"] == THERE and many.queue.count(ADDED) == 11


def test_one_works_on_while_files_are_added(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "LEAST_AT_ONCE", 1)
    monkeypatch.setattr(queues, "MOST_AT_ONCE", 1)
    many.queue._at_once = 1
    marked: list[str | None] = []

    def mark() -> None:
        project = workspace.project
        if project is not None and len(project.article_ids()) == 4 and not marked:
            marked.append(workspace.do(lambda p: p.mark(p.article_ids()[0], "claim", [(0, 6)])))

    many.queue.changed.connect(mark)
    many.start([folder])
    wait(many, qtbot)
    project = workspace.project
    assert project is not None and marked[0] and len(project.articles()) == 10
    assert [s.name for s in project.steps()][1].startswith("mark") and project.step_count() == (3, 0)


def test_an_import_taken_back_meanwhile_ends(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "LEAST_AT_ONCE", 1)
    monkeypatch.setattr(queues, "MOST_AT_ONCE", 1)
    many.queue._at_once = 1
    undone: list[bool] = []

    def undo() -> None:
        if many.queue.count(ADDED) == 3 and not undone:
            undone.append(True)
            workspace.undo()

    many.queue.changed.connect(undo)
    many.start([folder])
    wait(many, qtbot)
    assert workspace.project is not None and not workspace.project.articles()
    assert any("taken back" in i.reason for i in many.queue.items if i.state == FAILED)


def test_what_ends_an_import_ends_what_waits_behind_it_too(
    many: ManyFiles, workspace: Workspace, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = tmp_path / "late"
    late.mkdir()
    (late / "late.txt").write_text("Late\n\nIt came late.", "utf-8")
    asked: list[bool] = []

    def put(_self: Importing, _drafts: object, _places: object) -> list[str]:
        if not asked:
            asked.append(True)
            many.queue._take_files(None, Found((late / "late.txt",), ()))
        raise StorageFull("The disk is full: nothing was written.")

    with monkeypatch.context() as patch:
        patch.setattr(Importing, "put", put)
        many.start([folder])
        wait(many, qtbot)
    assert states(many)["late.txt"] == FAILED and many.queue.share == 1.0


def test_cancelled_it_keeps_what_was_added(many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot) -> None:
    stop = many.queue.changed.connect(lambda: many.queue.cancel() if many.queue.count(ADDED) else None)
    many.start([folder])
    wait(many, qtbot)
    QObject.disconnect(stop)
    project = workspace.project
    assert project is not None and 0 < len(project.articles()) < 10
    assert many.queue.count(ADDED) == len(project.articles())
    assert many.queue.count(STOPPED) + many.queue.count(*DONE - {STOPPED}) == 12
    many.sheet.list.clearSelection()
    many.sheet.retry()
    wait(many, qtbot)
    assert len(project.articles()) == 10


def test_a_project_that_closes_ends_it(many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot) -> None:
    many.start([folder])
    qtbot.waitUntil(lambda: many.queue.running)
    workspace.close()
    assert not many.queue.running and not many.queue.items and not many.sheet.isVisible()


def test_a_full_disk_ends_it_and_says_why(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    workspace.failed.connect(lambda error, _: told.append(error))

    def put(_self: Importing, _drafts: object, _places: object) -> list[str]:
        raise StorageFull("The disk is full: nothing was written.")

    with monkeypatch.context() as patch:
        patch.setattr(Importing, "put", put)
        many.start([folder])
        wait(many, qtbot)
    assert len(told) == 1 and many.queue.count(FAILED) >= 11
    assert many.queue.items[1].reason == "The disk is full: nothing was written."
    many.sheet.list.clearSelection()
    many.sheet.retry()
    wait(many, qtbot)
    assert many.queue.count(ADDED) == 10


# -- what a person does in the sheet


def choose(many: ManyFiles, name: str) -> Item:
    sheet = many.sheet
    sheet.refresh()
    at = next(n for n, i in enumerate(sheet.list.rows.rows) if i.name == name)
    sheet.list.setCurrentIndex(sheet.list.rows.index(at))
    return sheet.list.rows.rows[at]


def test_the_sheet_lists_filters_and_explains(many: ManyFiles, folder: Path, qtbot: QtBot) -> None:
    many.start([folder])
    wait(many, qtbot)
    sheet = many.sheet
    assert sheet.isVisible() and not sheet.isModal()
    item = choose(many, "empty.txt")
    assert sheet.why.text() == item.reason and "“empty.txt”" in item.reason
    assert sheet.again.isEnabled() and not sheet.opener.isEnabled() and not sheet.anyway.isEnabled()
    assert "“" not in rows.said(item) and "failed" in rows.spoken(item)
    assert sheet.filter._items == ["All 12", "Failed 1", "Already there 1", "To check 1", "Other kinds 1"]
    for at, names in ((1, ["empty.txt"]), (2, ["copy of 3.txt"]), (4, ["notes.xyz"]), (3, ["cafe.txt"])):
        sheet.filter.choose(at)
        assert [i.name for i in sheet.list.rows.rows] == names
    assert "guess" in rows.details(choose(many, "cafe.txt"))
    sheet.filter.choose(0)
    sheet.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 13 and any(line.startswith(str(folder / "empty.txt") + "\tfailed\t") for line in lines)
    assert sheet.ok.text() == "Close" and not sheet.cancel.isVisible()  # type: ignore[union-attr]


def test_tried_again_as_another_encoding(many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot) -> None:
    many.start([folder / "cafe.txt", folder / "0.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    item = choose(many, "cafe.txt")
    assert many.sheet.otherwise.isEnabled()
    first = item.article
    many.sheet.retry(ReadOptions(encoding="mac-roman"))
    wait(many, qtbot)
    project = workspace.project
    assert project is not None and item.title == "CafÈ shut" and not item.encoding
    assert item.state == ADDED and item.article != first and len(project.articles()) == 2
    steps = project.step_count()[0]
    assert [s.name for s in project.steps()][-1] == "read “cafe.txt” in another way" and steps == 2
    workspace.undo()
    assert project.has_article(first or "") and len(project.articles()) == 2
    workspace.redo()
    choose(many, "cafe.txt")
    item.encoding = "mac-roman"
    many.sheet.retry(ReadOptions(encoding="shift_jis"))
    wait(many, qtbot)
    assert item.state == ADDED and project.has_article(item.article or "")


def test_added_anyway_a_file_is_read_as_it_was_asked_to_be(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    twin = folder.parent / "twin.txt"
    twin.write_bytes((folder / "cafe.txt").read_bytes())
    many.start([folder / "cafe.txt", twin, folder / "0.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    item = choose(many, "twin.txt")
    assert item.state == THERE
    item.options = ReadOptions(encoding="mac-roman")
    many.sheet.anyway.click()
    wait(many, qtbot)
    assert item.state == ADDED and item.title == "CafÈ shut"


def test_a_marked_article_stays_when_its_file_is_read_otherwise(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    many.start([folder / "cafe.txt", folder / "0.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    item, project = choose(many, "cafe.txt"), workspace.project
    assert project is not None and item.article is not None
    workspace.do(lambda p: p.mark_sentence(item.article or "", 11, 49))
    many.sheet.retry(ReadOptions(encoding="mac-roman"))
    wait(many, qtbot)
    assert len(project.articles()) == 3


def test_what_was_taken_back_says_so_and_can_be_added_again(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    many.start([folder])
    wait(many, qtbot)
    workspace.undo()
    assert many.queue.count(GONE) == 10 and "taken back" in rows.spoken(choose(many, "0.txt"))
    assert not many.sheet.opener.isEnabled()
    workspace.redo()
    assert many.queue.count(ADDED) == 10
    project = workspace.project
    assert project is not None
    project.delete_articles([many.queue.items[0].article or ""])
    choose(many, "0.txt")
    many.sheet.again.click()
    wait(many, qtbot)
    assert len(project.articles()) == 10 and many.queue.items[0].state == ADDED


def test_the_same_content_is_added_when_one_says_so(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    many.start([folder])
    wait(many, qtbot)
    item = choose(many, "copy of 3.txt")
    assert "“3.txt”" in rows.said(item) and "already" in rows.details(item)
    many.sheet.anyway.click()
    wait(many, qtbot)
    project = workspace.project
    assert item.state == ADDED and project is not None and len(project.articles()) == 11
    many.start([folder / "3.txt", folder / "4.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    assert set(states(many).values()) == {THERE}
    assert many.queue.items[0].twin == "Bridge 3 closes"
    workspace.show_article(project.article_ids()[0])
    choose(many, "4.txt")
    QTest.keyClick(many.sheet.list, Qt.Key.Key_Return)
    assert workspace.article == many.queue.items[1].article


def test_hidden_it_goes_on_and_says_where_it_is(imports: Imports, many: ManyFiles, folder: Path, qtbot: QtBot) -> None:
    many.start([folder])
    qtbot.waitUntil(lambda: many.sheet.isVisible())
    QTest.keyClick(many.sheet, Qt.Key.Key_Escape)
    assert not many.sheet.isVisible()
    if many.queue.running:
        many._retell()
        assert many._notices.texts == [f"Adding files: {many.queue.count(*DONE)} of {len(many.queue.items)}"]
        many.queue.items[0].state = FAILED
        many._retell()
        assert many._notices.texts[0].endswith(", 1 failed")
    wait(many, qtbot)
    assert many._notices.texts == [f"{many.queue.told()}."]
    many.sheet.filter.choose(2)
    imports.show_list()
    assert many.sheet.isVisible() and not many._notices.texts
    many.start([folder / "0.txt", folder / "1.txt"])
    assert many.sheet.filter.current == 0
    many.queue.set_looks(False)
    wait(many, qtbot)


def test_leaving_asks_while_files_are_added(
    many: ManyFiles, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [False]
    monkeypatch.setattr("annotator.ui.dialogs.ask.confirm", lambda *_: said[0])
    assert many.may_leave()
    many.start([folder])
    qtbot.waitUntil(lambda: many.queue.running)
    assert not many.may_leave() and many.queue.running
    said[0] = True
    assert many.may_leave() and not many.queue.running


# -- each looked at


@pytest.fixture
def few(folder: Path) -> list[Path]:
    return [folder / f"{n}.txt" for n in (0, 1, 2, 3)]


def answers(imports: Imports, monkeypatch: pytest.MonkeyPatch, *said: str) -> list[str]:
    """Let a person say these things, one after the other; returns what stood over each draft."""
    places: list[str] = []
    waiting = list(said)

    def look(draft, *, place="", more=0, words=""):
        places.append(place)
        told = replace(draft, facts=draft.facts | {"byline": "not_stated"})
        return Look(told, waiting.pop(0))  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "look", look)
    return places


def test_few_files_are_looked_at_one_by_one(
    imports: Imports, few: list[Path], qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = answers(imports, monkeypatch, "add", "skip", "add", "add")
    imports.add_files(few)
    wait(imports.many, qtbot)
    assert list(states(imports.many).values()) == [ADDED, SKIPPED, ADDED, ADDED]
    assert places == ["0.txt, 1 of 4", "1.txt, 2 of 4", "2.txt, 3 of 4", "3.txt, 4 of 4"]
    project = workspace.project
    assert project is not None and len(project.articles()) == 3
    assert project.articles()[0].article.not_stated == {"byline"} and project.step_count() == (1, 0)
    assert not imports.many.sheet.isVisible()  # there is nothing more to say


def test_all_the_rest_are_added_as_they_are(
    imports: Imports, few: list[Path], qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = answers(imports, monkeypatch, "all")
    imports.add_files(few)
    wait(imports.many, qtbot)
    assert len(places) == 1 and imports.many.queue.count(ADDED) == 4
    assert workspace.project is not None and len(workspace.project.articles()) == 4


def test_what_is_there_already_is_opened_instead(
    imports: Imports, few: list[Path], qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.do(lambda p: p.add_article(importers.read(few[0])))
    twin = workspace.project.article_ids()[0]  # type: ignore[union-attr]
    monkeypatch.setattr(imports, "look", lambda draft, **_: Look(draft, "open", twin))
    imports.add_files(few[:2])
    wait(imports.many, qtbot)
    assert set(states(imports.many).values()) == {THERE} and workspace.article == twin


def test_one_file_does_not_go_through_the_queue(
    imports: Imports, few: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = answers(imports, monkeypatch, "skip")
    imports.add_files(few[:1])
    qtbot.waitUntil(lambda: bool(places), timeout=LIMIT)
    assert not imports.many.queue.items


def test_a_project_that_can_only_be_read_says_so_at_once(
    imports: Imports, workspace: Workspace, few: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(workspace.project), "read_only", True)
    monkeypatch.setattr(type(workspace.project), "why_read_only", "It is open in another window.")
    for add in (lambda: imports.add_files(few), lambda: imports.add_files(few[:1]), imports.add_folder, imports.paste):
        add()
    assert set(imports._notices.texts) == {"Nothing can be added. It is open in another window."}
    assert imports._many is None


def test_an_empty_folder_says_so(many: ManyFiles, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "nothing").mkdir()
    many.start([tmp_path / "nothing"])
    qtbot.waitUntil(lambda: many.sheet.isVisible())
    assert "no file here" in many.sheet._note.text() and not many.queue.running
    assert many.sheet.title.text() == "Nothing to add" and not many.sheet.filter.isVisible()


def test_the_time_left_is_told_in_round_numbers() -> None:
    assert sheets.time_left(4) == "a few seconds left"
    assert sheets.time_left(43) == "about 45 seconds left"
    assert sheets.time_left(200) == "about 3 minutes left"


@pytest.mark.skipif(os.name == "nt", reason="a name that is no text is not possible there")
def test_a_name_that_is_no_text_is_shown(many: ManyFiles, tmp_path: Path, qtbot: QtBot) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("Rain\n\nIt rained.", "utf-8")
    (tmp_path / "b.txt").write_text("Snow\n\nIt snowed.", "utf-8")
    many.start([odd, tmp_path / "b.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    assert many.queue.items[0].name == "caf?.txt" and many.queue.count(ADDED) == 2
    many.sheet.copy.click()
    assert isinstance(many.sheet, QDialog)


# -- read otherwise


def test_files_read_otherwise_are_one_step_and_keep_what_was_said_of_them(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    twin = folder.parent / "quay.txt"
    twin.write_bytes("Quay café\n\nThe café is open again.".encode("cp1252"))
    many.start([folder / "cafe.txt", twin, folder / "0.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    project = workspace.project
    assert project is not None
    cafe, quay = choose(many, "cafe.txt"), choose(many, "quay.txt")
    first = cafe.article or ""
    workspace.do(lambda p: p.edit_article(first, publication="The Quay", byline="not_stated"))
    workspace.do(lambda p: p.set_group([first], "Cafés"))
    before = project.step_count()[0]
    many.sheet.filter.choose(sheets.TO_CHECK)
    many.sheet.list.selectAll()
    many.sheet.retry(ReadOptions(encoding="mac-roman"))
    wait(many, qtbot)
    assert project.step_count()[0] == before + 1
    assert project.undo_step is not None and project.undo_step.name == "read 2 files in another way"
    assert len(project.article_ids()) == 3 and not project.has_article(first)
    made = project.article(cafe.article or "")
    assert (made.title, made.publication, made.group_name) == ("CafÈ shut", "The Quay", "Cafés")
    assert made.not_stated == {"byline"} and project.article(quay.article or "").publication is None
    workspace.undo()
    assert cafe.state == ADDED and cafe.article == first
    workspace.redo()
    assert cafe.state == ADDED and cafe.article == made.id


def test_stopped_while_it_is_read_otherwise_a_file_stays_what_it_was(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot
) -> None:
    many.start([folder / "cafe.txt", folder / "0.txt"])
    many.queue.set_looks(False)
    wait(many, qtbot)
    item = choose(many, "cafe.txt")
    many.sheet.retry(ReadOptions(encoding="mac-roman"))
    many.queue.cancel()
    assert item.state == ADDED and workspace.project is not None
    assert workspace.project.has_article(item.article or "") and many.queue.told() == "Added 2 of 2 files"


def test_a_folder_looked_through_when_its_project_closes_goes_into_no_other(
    many: ManyFiles, workspace: Workspace, folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    many.start([folder])
    assert workspace.create(tmp_path / "another.annot")
    workspace._threads.waitForDone()
    QApplication.processEvents()
    assert not many.queue.running and not many.queue.items


def test_a_file_of_another_kind_is_named_and_can_be_tried(many: ManyFiles, folder: Path, qtbot: QtBot) -> None:
    (folder / "notes.xyz").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    many.start([folder])
    wait(many, qtbot)
    many.sheet.filter.choose(sheets.OTHERS)
    item = choose(many, "notes.xyz")
    assert rows.said(item) == "in press" and rows.STATES[item.state] == "passed over" and many.sheet.again.isEnabled()
    many.sheet.again.click()
    wait(many, qtbot)
    assert item.state == FAILED and "“notes.xyz”" in item.reason and not many.queue.others
    assert "Failed 2" in many.sheet.filter._items and len(many.queue.items) == 13


def test_what_may_not_be_looked_at_fails_alone(
    many: ManyFiles, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, listed = folder / "below", folders._listed

    def look(place: Path, seen: set[tuple[int, int]]) -> object:
        if place == shut:
            raise PermissionError(13, "Permission denied")
        return listed(place, seen)

    monkeypatch.setattr(folders, "_listed", look)
    many.start([folder, folder / ("x" * 5000)])
    wait(many, qtbot)
    assert many.queue.count(ADDED) == 10 and many.queue.count(FAILED) == 3
    failed = {item.path: item.reason for item in many.queue.items if item.state == FAILED}
    assert failed[shut] == "“below” may not be looked into: you have no permission to list it."


def test_after_files_were_looked_at_the_list_has_the_keyboard(
    imports: Imports, few: list[Path], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(imports, monkeypatch, "skip")
    imports._window.show()
    imports.add_files([few[0], folder / "empty.txt"])
    qtbot.waitUntil(lambda: imports.many.sheet.isVisible())
    imports._window.activateWindow()
    wait(imports.many, qtbot)
    qtbot.waitUntil(lambda: imports.many.sheet.isActiveWindow() and imports.many.sheet.list.hasFocus())
    assert "1 left out by you" in imports.many.sheet.counts.text()
    QTest.keyClick(imports.many.sheet.list, Qt.Key.Key_Escape)
    assert not imports.many.sheet.isVisible()
