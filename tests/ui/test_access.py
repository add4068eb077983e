"""Every control has a name, a role and a way to it by keyboard; what has the keyboard can be seen to have it."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.actions import COMMANDS
from annotator.ui.article.pop_list import PopList
from tests.ui import screens

Role = QAccessible.Role
W = TypeVar("W", bound=QWidget)
NOTHING = {Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.Border}
"""Roles a screen reader says nothing about."""

BY_COMMAND = {
    "Gutter": ("go.next", "mark.choose"),
    "Ruler": ("go.next", "go.next_open"),
    "StatusLine": ("go.next_open",),
    "ZoneMargin": (),  # Z in the text beside it, where the caret is
}
"""Painted widgets the pointer acts on, and the commands that do the same by keyboard."""


def own(widget: QWidget, *methods: str) -> bool:
    """Say whether one of our classes draws a widget, or takes its clicks, itself."""
    ours = [c for c in type(widget).__mro__ if c.__module__.startswith("annotator")]
    return any(method in c.__dict__ for c in ours for method in methods)


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def reached(widget: QWidget) -> bool:
    """Say whether the keyboard gets to a control, or does what it does."""
    if takes_tab(widget) or (isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty()):
        return True
    if type(widget).__name__ in BY_COMMAND:
        return set(BY_COMMAND[type(widget).__name__]) <= {c.id for c in COMMANDS}
    parent = widget.parentWidget()
    if isinstance(parent, QLineEdit):  # a sign in a field: typing, or the key its tool tip names, does the same
        return True
    if isinstance(widget, QRadioButton) or (isinstance(widget, QAbstractButton) and widget.autoExclusive()):
        group = [w for w in (parent.findChildren(type(widget)) if parent else []) if w.autoExclusive()]
        return any(takes_tab(w) for w in group)  # arrows go on from the one Tab leads to
    if isinstance(widget, QAbstractScrollArea) or parent is None:
        return True
    return isinstance(parent, QAbstractScrollArea | QComboBox)


def is_part(widget: QWidget) -> bool:
    """Say whether Qt speaks of a widget as part of another, or it only dims what lies under a window of ours."""
    return isinstance(widget.parentWidget(), QAbstractSpinBox) or type(widget).__name__ == "_Scrim"


def faults(root: QWidget) -> list[str]:
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        control = isinstance(widget, QAbstractButton) or takes_tab(widget)
        painted = own(widget, "paintEvent")
        clicked = own(widget, "mousePressEvent", "mouseReleaseEvent")
        if not widget.isVisible() or not (control or painted or clicked) or is_part(widget):
            continue
        said = QAccessible.queryAccessibleInterface(widget)
        wrong: list[str] = []
        silent = (isinstance(widget, QLabel) and not widget.text()) or type(widget).__name__ == "Painted"
        if said.role() not in (Role.Separator, Role.ScrollBar) and not silent and not said.text(QAccessible.Text.Name):
            wrong.append("no name")
        if said.role() in NOTHING and not isinstance(widget, QAbstractScrollArea):
            wrong.append("no role")
        if (
            (clicked or isinstance(widget, QAbstractButton))
            and not isinstance(widget, QScrollBar)
            and not reached(widget)
        ):
            wrong.append("no way by keyboard")
        if wrong:
            where = type(widget.parentWidget()).__name__
            found.append(f"{type(widget).__name__} {said.text(QAccessible.Text.Name)!r} in {where}: {', '.join(wrong)}")
    for view in root.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None:
            found += rows_without_words(view)
    return found


def rows_without_words(view: QAbstractItemView) -> list[str]:
    model = view.model()
    for row in range(min(model.rowCount(view.rootIndex()), 50)):
        index = model.index(row, 0, view.rootIndex())
        if not (index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)):
            return [f"row {row} of {view.accessibleName() or type(view).__name__} has no words"]
    return []


class Looker:
    """Gathers what is wrong, once each."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def __call__(self, name: str, root: QWidget) -> None:
        for fault in faults(root):
            self.found.setdefault(fault, name)

    def check(self) -> None:
        assert not self.found, "\n".join(["", *(f"{where}: {fault}" for fault, where in self.found.items())])


def test_the_start_page_and_notices(qtbot: QtBot) -> None:
    look = Looker()
    with screens.shown_application(qtbot) as application:
        screens.start_page(application, look)
    look.check()


def test_the_window_in_each_profile_with_each_panel(qtbot: QtBot, tmp_path: Path) -> None:
    look = Looker()
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.panels(application, look)
    look.check()


def test_what_opens_over_the_text(qtbot: QtBot, tmp_path: Path) -> None:
    look = Looker()
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.bars_and_cards(application, look, qtbot)
    look.check()


def test_the_library_and_many_files(qtbot: QtBot, tmp_path: Path) -> None:
    look, seen = Looker(), FocusLooker()
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.library(application, look, qtbot, tmp_path)
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.library(application, seen, qtbot, tmp_path)
    look.check()
    seen.check()


def test_every_dialog(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = Looker()
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.dialogs(application, look, monkeypatch)
    look.check()


def test_a_control_without_a_name_or_a_way_is_found(qtbot: QtBot) -> None:
    """The test above would see it."""
    root = QWidget()
    qtbot.addWidget(root)
    button = _Nameless(root)
    root.show()
    QApplication.processEvents()
    assert any("no name" in f and "no way by keyboard" in f for f in faults(root))
    button.setAccessibleName("Close")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert not faults(root)


class _Nameless(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: object) -> None:
        pass


# -- where the keyboard is


class FocusLooker:
    """Gives the keyboard to every control in turn and looks whether a pixel says so."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.looked: set[tuple[str, str]] = set()

    def __call__(self, name: str, root: QWidget) -> None:
        before = QApplication.focusWidget()
        for widget in root.findChildren(QWidget):
            kind = (type(widget).__name__, widget.accessibleName())
            if kind in self.looked or not (widget.isVisible() and widget.isEnabled() and takes_tab(widget)):
                continue
            if isinstance(widget.parentWidget(), PopList):  # it is there while it has the keyboard, and no longer
                continue
            if widget.focusProxy() is not None or is_part(widget):
                continue
            self.looked.add(kind)
            if not differs_with_focus(root, widget):
                self.found[f"{kind[0]} {kind[1]!r}"] = name
        if before is not None:
            before.setFocus()

    def check(self) -> None:
        assert self.looked
        assert not self.found, "\n".join(
            ["", *(f"{where}: {what} looks the same" for what, where in self.found.items())]
        )


def differs_with_focus(root: QWidget, widget: QWidget) -> bool:
    """Say whether a widget, with a little around it, looks otherwise with the keyboard than without."""
    for area in root.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    around = QRect(widget.mapTo(root, QPoint()), widget.size()).adjusted(-4, -4, 4, 4)

    def look() -> QImage:
        QApplication.processEvents()
        return root.grab(around).toImage()

    widget.clearFocus()
    if widget.hasFocus() or QApplication.focusWidget() is not None:
        root.setFocus()
    without = look()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return not widget.isVisible() or look() != without


def test_what_has_the_keyboard_can_be_seen(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = FocusLooker()
    with screens.shown_application(qtbot) as application:
        screens.start_page(application, look)
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.panels(application, look)
        screens.bars_and_cards(application, look, qtbot)
        screens.dialogs(application, look, monkeypatch)
    look.check()


# -- dialogs by keyboard


class DialogLooker:
    """Looks whether Tab leads to every control of a dialog, and whether each letter under Alt is given once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, name: str, root: QWidget) -> None:
        letters = [letter for w in visible(root, QAbstractButton) if (letter := mnemonic(w.text()))]
        letters += [letter for w in visible(root, QLabel) if w.buddy() and (letter := mnemonic(w.text()))]
        self.found += [f"{name}: Alt+{letter} twice" for letter in set(letters) if letters.count(letter) > 1]
        chain = tab_chain(root)
        missed = [w for w in visible(root, QWidget) if takes_tab(w) and w.isEnabled() and w not in chain]
        self.found += [f"{name}: Tab does not lead to {w.accessibleName() or type(w).__name__}" for w in missed
                       if not w.focusProxy() and not is_part(w) and not isinstance(w, QRadioButton)]  # fmt: skip


def visible(root: QWidget, kind: type[W]) -> list[W]:
    return [w for w in root.findChildren(kind) if w.isVisible()]


def mnemonic(text: str) -> str:
    at = text.replace("&&", "  ").find("&")
    return text[at + 1].upper() if 0 <= at < len(text) - 1 else ""


def tab_chain(root: QWidget) -> list[QWidget]:
    """Return what Tab leads to, in turn, in a circle."""
    first = root
    chain, widget = [], first
    for _ in range(2000):
        if root.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and takes_tab(widget):
            chain.append(widget)
        widget = widget.nextInFocusChain()
        if widget is first:
            break
    return chain


def test_dialogs_by_keyboard(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = DialogLooker()
    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.dialogs(application, look, monkeypatch)
    assert not look.found, "\n".join(["", *look.found])


def test_escape_leaves_every_dialog_and_enter_does_its_main_act(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: dict[str, bool] = {}

    def look(name: str, root: QWidget) -> None:
        assert isinstance(root, QDialog)
        if not any(b.isDefault() for b in visible(root, QPushButton)) and name not in OWN_ENTER:
            left[f"{name} does nothing on Enter"] = False
        QTest.keyClick(root.focusWidget() or root, Qt.Key.Key_Escape)
        left[f"{name} is left by Esc"] = not root.isVisible()

    with screens.shown_application(qtbot) as application:
        screens.open_sample(application.window, tmp_path, qtbot)
        screens.dialogs(application, look, monkeypatch)
    assert all(left.values()), [what for what, so in left.items() if not so]


OWN_ENTER = {"CodeBookDialog", "KeysDialog", "PlacesDialog"}
"""Dialogs in which Enter belongs to the list."""


# -- what is read aloud


def test_the_text_tells_its_caret_and_selection(qtbot: QtBot, tmp_path: Path) -> None:
    with screens.shown_application(qtbot) as application:
        window = application.window
        screens.open_sample(window, tmp_path, qtbot)
        text = window.column.text
        said = QAccessible.queryAccessibleInterface(text)
        assert said.role() == Role.EditableText and said.state().readOnly
        window.column.select(20, 40)
        face = said.textInterface()
        assert face.selectionCount() == 1
        start, end = text.textCursor().selectionStart(), text.textCursor().selectionEnd()
        assert face.text(start, end) == text.toPlainText()[start:end]
        QTest.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert face.cursorPosition() == text.textCursor().position()


def test_a_painted_choice_tells_its_value(qtbot: QtBot, tmp_path: Path) -> None:
    with screens.shown_application(qtbot) as application:
        window = application.window
        screens.open_sample(window, tmp_path, qtbot)
        segments = window.library.filter
        said = QAccessible.queryAccessibleInterface(segments)
        assert (said.role(), said.text(QAccessible.Text.Name)) == (Role.ComboBox, "Show")
        segments.setFocus()
        QTest.keyClick(segments, Qt.Key.Key_Right)
        assert said.text(QAccessible.Text.Value) == "To do"
        assert said.state().focusable and said.state().focused


def test_choosing_a_mark_says_what_it_is(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda e: told.append(e.message()) if isinstance(e, QAccessibleAnnouncementEvent) else None,
    )
    with screens.shown_application(qtbot) as application:
        window = application.window
        screens.open_sample(window, tmp_path, qtbot)
        told.clear()
        QTest.keyClick(window.column.text, Qt.Key.Key_BracketRight)
    assert told and "Claim" in "".join(told), told


def test_everything_works_while_a_screen_reader_listens(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interfaces are made, asked and thrown away with their widgets."""

    def look(_name: str, root: QWidget) -> None:
        for widget in root.findChildren(QWidget):
            said = QAccessible.queryAccessibleInterface(widget)
            for child in range(min(said.childCount(), 20)):
                part = said.child(child)
                if part is not None and part.isValid():
                    part.text(QAccessible.Text.Name)

    QAccessible.setActive(True)
    try:
        with screens.shown_application(qtbot) as application:
            screens.open_sample(application.window, tmp_path, qtbot)
            screens.panels(application, look)
            screens.bars_and_cards(application, look, qtbot)
            screens.dialogs(application, look, monkeypatch)
            gc.collect()
    finally:
        QAccessible.setActive(False)
