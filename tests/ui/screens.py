"""Everything the window can show, one after the other: for tests that look at every control there is.

``look`` is called with a name and the widget that holds what is to be looked at, shown. Dialogs come through the commands
that open them, so a new one is looked at as soon as a command leads to it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from annotator import importers, paths
from annotator.model import Claim, Cue, Mention, SourceMention
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.main_window import MainWindow
from annotator.ui.panels import PROFILES, panels_for
from annotator.ui.panels.library_model import Arrangement

Look = Callable[[str, QWidget], None]
SIZE = (1680, 1000)
DIALOGS = (
    "report.export", "project.code_book", "app.preferences", "article.facts", "article.delete",
    "article.paste", "mark.others", "register.merge", "register.split", "help.keys", "help.about",
    "library.group", "library.tags", "project.house_rules",
)  # fmt: skip
"""The commands that open one, each with what it needs chosen."""


@contextmanager
def shown_application(qtbot: QtBot, **settings: object) -> Iterator[Application]:
    """Open the program on nothing, at a size that shows all columns, and close it in the end."""
    Settings.load(paths.config()).put(**({"theme": "light", "tour_done": True} | settings))  # type: ignore[arg-type]
    made = Application()
    qtbot.addWidget(made.window)
    made.window.resize(*SIZE)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    try:
        yield made
    finally:
        made.window.side.commit()
        made.workspace.wait_for_jobs()
        made.workspace.close()


def open_sample(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Open a copy of the sample and wait for its sentences."""
    copy = folder / "sample.annot"
    shutil.copyfile(paths.resource("sample.annot"), copy)
    assert window.workspace.open(copy)
    qtbot.waitUntil(lambda: window.workspace.coverage is not None)
    window.column.text.setFocus()


def choose_one(window: MainWindow, kind: type) -> None:
    """Choose the first mark of a kind."""
    annotated = window.workspace.annotated
    assert annotated is not None
    mark = next(a for a in annotated.annotations if isinstance(a, kind))
    window.column.select(mark.start, mark.start)
    window.column.choose(mark.id)
    window.workspace.choose(mark.id)
    QApplication.processEvents()


def start_page(application: Application, look: Look) -> None:
    """Show the start page and the notices."""
    window = application.window
    look("start page", window)
    window.notices.warn("Something", [("Try again", lambda: None)], "one")
    window.notices.offer("Something", [("Open", lambda: None)], "two")
    QApplication.processEvents()
    look("notices", window.notices)
    for key in ("one", "two"):
        window.notices.dismiss(key)


def panels(application: Application, look: Look) -> None:
    """Show each panel of each profile, and the page of each kind of mark."""
    window = application.window
    for profile in PROFILES:
        window.choose_profile(profile)
        window.workspace.choose(None)
        for kind in panels_for(profile):
            window.side.show_panel(kind.key)
            QApplication.processEvents()
            look(f"{profile}: {kind.key}", window)
        window.side.show_panel("details")
        for mark in (Claim, SourceMention, Mention, Cue):
            if mark is Cue and profile == "teacher":
                continue
            choose_one(window, mark)
            look(f"{profile}: {mark.__name__}", window)


def original(application: Application, look: Look, qtbot: QtBot) -> None:
    """Show the original beside the article, each of its pages, and take it away again."""
    window = application.window
    window.actions_["article.original"].trigger()
    panel = window.originals.panel
    qtbot.waitUntil(lambda: panel._job is None, timeout=20_000)
    for at in range(len(panel._pages)):
        panel.switch.choose(at)
        QApplication.processEvents()
        look(f"original: {panel._page}", window)
    window.actions_["article.original"].trigger()


def bars_and_cards(application: Application, look: Look, qtbot: QtBot) -> None:
    """Show what opens over the text or above it."""
    window = application.window
    window.choose_profile("researcher")
    actions = window.actions_
    for id_ in ("find.open", "view.filter", "view.numbers"):
        actions[id_].trigger()
        QApplication.processEvents()
    look("bars above the text", window)
    actions["view.filter_clear"].trigger()
    window.column.text.setFocus()
    choose_one(window, Claim)
    for id_ in ("link.source", "mark.choose", "view.palette"):
        actions[id_].trigger()
        QApplication.processEvents()
        look(id_, window)
        for _ in range(2):
            if (focus := QApplication.focusWidget()) is not None:
                QTest.keyClick(focus, Qt.Key.Key_Escape)
    menus = window.top.menus
    for menu in window.menus.values():
        menu.aboutToShow.emit()
    look("menus", menus)
    original(application, look, qtbot)


def library(application: Application, look: Look, qtbot: QtBot, folder: Path) -> None:
    """Show the library in groups, with tags, searched by words and by a pattern; and many files being added."""
    window = application.window
    shelf, project = window.library, window.workspace.project
    assert project is not None
    project.add_articles(
        importers.draft_from_text(f"Γέφυρα {n}\n\nΟ δήμος είπε {n} τοις εκατό.", file_name="α") for n in range(3)
    )
    ids = project.article_ids()
    project.tag_articles(ids[:2], "δρόμοι")
    project.archive(ids[-1:])
    shelf.set_arrangement(Arrangement(sort="title", group="status", folded=frozenset({"archived"})))
    look("library in groups", shelf)
    for pattern, words in ((False, "δήμος"), (False, "τίποτα"), (True, r"\d+ τοις")):
        shelf.start_search(pattern=pattern)
        shelf.search.setText(words)
        qtbot.waitUntil(lambda: shelf.found._now is None and not shelf.found._timer.isActive(), timeout=10_000)
        look(f"search for {words}", shelf)
    shelf.found.set_by_pattern(False)
    shelf.search.clear()
    shelf.set_arrangement(Arrangement())
    (folder / "α.txt").write_text("Βροχή\n\nΈβρεξε.", "utf-8")
    (folder / "β.txt").write_bytes(b"")
    queue = window.imports.many.queue
    window.imports.add_files([folder / "α.txt", folder / "β.txt"])
    queue.set_looks(False)
    qtbot.waitUntil(lambda: not queue.running, timeout=10_000)
    sheet = window.imports.many.sheet
    sheet.list.setCurrentIndex(sheet.list.rows.index(1))
    sheet.show()
    look("many files", sheet)
    for at in (1, 2, 3, 0):
        sheet.filter.choose(at)
        look("many files, filtered", sheet)
    sheet.reject()


def dialogs(application: Application, look: Look, monkeypatch: MonkeyPatch) -> None:
    """Show every dialog, as its command opens it; each is left by Esc."""
    window, seen = application.window, set[str]()

    def shown(dialog: QDialog) -> int:
        dialog.show()
        QApplication.processEvents()
        seen.add(type(dialog).__name__)
        look(type(dialog).__name__, dialog)
        if dialog.isVisible():
            dialog.reject()
        return 0

    monkeypatch.setattr(QDialog, "exec", shown)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    window.choose_profile("researcher")
    QApplication.clipboard().clear()
    for id_ in DIALOGS:
        choose_one(window, SourceMention)
        before = len(seen)
        window.actions_[id_].trigger()
        QApplication.processEvents()
        assert len(seen) > before or id_ in ("mark.others", "register.merge", "register.split"), id_
    window.imports._offer(importers.draft_from_text("Η γέφυρα\n\nΟ δήμος είπε ότι η γέφυρα κλείνει."))
    assert "ImportDialog" in seen
