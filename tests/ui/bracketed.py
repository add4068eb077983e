"""Run by ``test_words`` in a process of its own: shows everything in a language of brackets, writes down what has none.

The language is chosen before a module with words is imported. Data has no brackets: it is in Greek letters, and only Latin ones are looked at.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import language


class Brackets(gettext.NullTranslations):
    """Puts every word between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


language.take(Brackets())

from PySide6.QtCore import QModelIndex, Qt  # noqa: E402
from PySide6.QtGui import QAction  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot  # noqa: E402

from annotator import importers, vocabulary  # noqa: E402
from annotator.ui.main_window import MainWindow  # noqa: E402
from tests.ui import screens  # noqa: E402

_READ = vocabulary.read_house_rules


def _translated(written: str) -> tuple[vocabulary.HouseRule, ...]:
    """Read the house rules as a file of them in another language says them: the words of rules are in files."""
    return tuple(
        replace(rule, title=f"⟦{rule.title}⟧", about=f"⟦{rule.about}⟧", origin=f"⟦{rule.origin}⟧")
        for rule in _READ(written)
    )


vocabulary.read_house_rules = _translated

IN_BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z]{3,}")
NO_WORDS = re.compile(
    r"[\w-]+\.(?:docx|txt|annot)\b|(?:/[\w.-]+){2,}|\b(Ctrl|Shift|Alt|Meta|Esc|Tab|Del|Backspace|PgDown|PgUp|PgDn|Enter|Return|Space|Home|End|Left|Right|Up|Down|Ins"
    r"|utf|windows|iso|shift_jis|koi8|euc|big5|gb18030|mac-roman|https?|Letter|docx|dotx|annot|txt|text/plain|SHA|Qt|pt-BR|Article Annotator)\b|[0-9a-f]{8,}"
)


def shown_words(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of what is seen of a widget and its children, and of what is read aloud of them."""
    for widget in [root, *root.findChildren(QWidget)]:
        name = type(widget).__name__
        yield f"window of {name}", widget.windowTitle() if widget.isWindow() else ""
        if not widget.isVisible():
            continue
        yield f"name of {name}", widget.accessibleName()
        yield f"description of {name}", widget.accessibleDescription()
        yield f"tool tip of {name}", re.sub(r"<[^>]*>", "", widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton):
            yield f"text of {name}", widget.text()
        elif isinstance(widget, QLineEdit):
            yield f"hint of {name}", widget.placeholderText()
        elif isinstance(widget, QTabBar):
            yield from ((f"tab of {name}", widget.tabText(at)) for at in range(widget.count()))
        elif isinstance(widget, QComboBox):
            yield from ((f"choice of {name}", widget.itemText(at)) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = model.columnCount(QModelIndex()) if isinstance(widget, QTableView) else 0
            for section in range(columns):
                head = model.headerData(section, Qt.Orientation.Horizontal)
                yield f"head of {name}", str(head or "")
            for row in range(min(model.rowCount(QModelIndex()), 40)):
                index = model.index(row, 0)
                yield f"row of {name}", str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
    for action in root.findChildren(QAction):
        yield "menu", action.text()
        yield "tip of a menu", re.sub(r"<[^>]*>", "", action.toolTip())


class Looker:
    """Gathers words outside brackets that are no data."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def __call__(self, name: str, root: QWidget) -> None:
        for where, words in shown_words(root):
            bare = words
            while (less := IN_BRACKETS.sub(" ", bare)) != bare:
                bare = less
            left = WORD.findall(NO_WORDS.sub(" ", bare))
            if left:
                self.found.setdefault(f"{where}: {words[:120]!r}", f"{name}: {' '.join(left)[:60]}")


TEXT = """Η γέφυρα κλείνει

Ο δήμος είπε ότι η γέφυρα κλείνει αύριο. Ο Πέτρος αρνήθηκε. Κανείς δεν ρώτησε γιατί.

Η Άννα μένει στην πόλη.
"""


def open_marked(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Make a project in letters no English word is made of, with a mark of each kind."""
    assert window.workspace.create(folder / "α.annot", coder="Ζωή")
    project = window.workspace.project
    assert project is not None
    article = project.add_article(importers.draft_from_text(TEXT, file_name="α"))
    text = project.version(article).text
    for kind, words in (
        ("claim", "η γέφυρα κλείνει αύριο"), ("source_mention", "Ο δήμος"), ("source_mention", "Ο Πέτρος"),
        ("mention", "Άννα"), ("cue", "αρνήθηκε"),
    ):  # fmt: skip
        at = text.index(words)
        project.mark(article, kind, [(at, at + len(words))])
    window.workspace.show_article(article)
    qtbot.waitUntil(lambda: window.workspace.coverage is not None)
    window.column.text.setFocus()


def test_bracketed(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Looker()
    with screens.shown_application(qtbot) as application:
        window = application.window
        look("start page", window)
        open_marked(window, tmp_path, qtbot)
        screens.panels(application, look)
        screens.bars_and_cards(application, look, qtbot)
        screens.library(application, look, qtbot, tmp_path)
        screens.dialogs(application, look, monkeypatch)
        look("menus", window)
    Path(os.environ["BRACKETS"]).write_text("".join(f"{a}  ({b})\n" for a, b in look.found.items()), "utf-8")
