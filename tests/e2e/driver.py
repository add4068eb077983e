"""A person at the window: finds words, presses keys, drags the mouse, answers dialogs. It does nothing they cannot do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.model import AnnotatedArticle, Annotation, Claim, Mention, SourceMention
from annotator.project import Project
from annotator.ui.actions import command
from annotator.ui.application import Application
from annotator.ui.controls import QuietCombo
from annotator.ui.main_window import MainWindow

LIMIT_MS = 10_000
DIALOG_LOOKS = 500
T = TypeVar("T", bound=QWidget)
D = TypeVar("D", bound=QDialog)

KINDS: dict[str, type[Annotation]] = {"C": Claim, "S": SourceMention, "E": Mention}


class Driver:
    """Keys and mouse on one window; the readers at the end only look at what came of it."""

    def __init__(self, application: Application, qtbot: QtBot) -> None:
        self.application = application
        self.window: MainWindow = application.window
        self.qtbot = qtbot

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LIMIT_MS)

    def activate(self) -> None:
        """Make the window the active one again: what a window manager does, and there is none here."""
        if self.window.isVisible():
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)

    # -- keys

    def press(self, *keys: str) -> None:
        """Press keys ("C", "Ctrl+Z", "Alt+Right") where the keyboard is."""
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())

    def run(self, command_id: str) -> None:
        """Press the first key of a command."""
        self.press(command(command_id).keys[0])

    def type(self, words: str) -> None:
        """Type words where the keyboard is, in any script."""
        for letter in words:
            if letter.isascii():
                QTest.keyClick(self.focus(), letter)
            else:  # QTest knows ASCII only and ends the process at anything else
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                    QApplication.sendEvent(self.focus(), event)

    def focus(self) -> QWidget:
        """Return what has the keyboard: an open list or menu first."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def to_text(self) -> None:
        """Go to the article by F6."""
        for _ in range(5):
            if self.window.column.text.hasFocus():
                return
            self.press("F6")
        raise AssertionError(f"F6 does not lead to the article but to {QApplication.focusWidget()}")

    # -- words

    def find(self, words: str, nth: int = 1) -> None:
        """Find words by Ctrl+F and Enter; Esc leaves them selected."""
        self.to_text()
        self.press("Ctrl+F")
        self.type(words)
        for _ in range(self.text().casefold().count(words.casefold())):
            if self.selected() == words and self.text()[: self.window.column.caret()].count(words) == nth:
                break
            self.press("Return")
        self.press("Escape")
        self.until(self.window.column.text.hasFocus)
        assert self.selected() == words, (self.selected(), words)

    def place(self) -> str:
        """Return what the find bar says: "1 of 2"."""
        return self.window.column._find.place.text()

    def shift_select(self, words: str) -> None:
        """Select words by walking to them and holding Shift, the caret's own keys."""
        start = self.text().index(words)
        self.press("Ctrl+Home", *["Right"] * self._presses(0, start))
        self.press(*["Shift+Right"] * self._presses(start, start + len(words)))
        assert self.selected() == words

    def _presses(self, start: int, end: int) -> int:
        """Return how often Right is pressed from one offset to another, where every character is one step."""
        return len(self.text()[start:end])

    def caret_before(self, words: str) -> None:
        """Put the caret before words: find them, then Left."""
        self.find(words)
        self.press("Left")

    # -- mouse

    def point_at(self, offset: int) -> QPoint:
        """Return a point just inside a character, in the text's viewport; its outline begins some pixels before it."""
        text = self.window.column.text
        rect = self.window.column.anchor_rect(offset, offset + 1)
        return text.viewport().mapFromGlobal(QPoint(rect.left() + 4, rect.center().y()))

    def _leftwards(self, offset: int) -> bool:
        """Say whether a character is of a script that runs from right to left."""
        return bidirectional(self.text()[offset]) in ("R", "AL")

    def _caret_point(self, offset: int) -> QPoint:
        """Return a point at an offset of a right-to-left text in Unicode's first plane; Qt takes what is left of it for the next."""
        cursor = self.window.column.text.textCursor()
        cursor.setPosition(offset)
        return self.window.column.text.cursorRect(cursor).center() + QPoint(4, 0)

    def drag(self, words: str) -> None:
        """Select words with the mouse."""
        start = self.text().index(words)
        self.drag_offsets(start, start + len(words))
        assert self.selected() == words, (self.selected(), words)

    def drag_offsets(self, start: int, end: int) -> None:
        """Press at one character, move, release at another."""
        view = self.window.column.text.viewport()
        last = self.window.column.anchor_rect(end - 1, end)
        leftwards = self._leftwards(end - 1)
        to = view.mapFromGlobal(QPoint(last.right(), last.center().y()))
        to = self._caret_point(end) if leftwards else to
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, pos=self._caret_point(start) if leftwards else self.point_at(start))
        QTest.mouseMove(view, to + QPoint(3 if leftwards else -3, 0))
        QTest.mouseMove(view, to)
        QTest.mouseRelease(view, left, pos=to)

    def click(self, words: str) -> None:
        """Click in the middle of words in the text."""
        at = self.text().index(words) + len(words) // 2
        QTest.mouseClick(self.window.column.text.viewport(), Qt.MouseButton.LeftButton, pos=self.point_at(at))

    def click_on(self, widget: QWidget) -> None:
        """Click a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def drop(self, *files: Path) -> None:
        """Drop files on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(f)) for f in files])
        self.drop_data(data)

    def drop_data(self, data: QMimeData) -> None:
        """Drop anything on the window."""
        at = QPoint(200, 200)
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, copy, data, left, none)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(at, copy, data, left, none))

    # -- marks

    def mark(self, key: str, words: str, nth: int = 1) -> str:
        """Find words and make them a mark; returns its id."""
        self.find(words, nth)
        self.press(key)
        made = self.chosen()
        assert isinstance(made, KINDS[key]) and made.quote(self.text()) == words, (made, words)
        return made.id

    def choose(self, words: str) -> None:
        """Choose the smallest mark at words by the keyboard."""
        self.window.column.text.setFocus()
        self.caret_before(words)
        self.press("Return")

    # -- menus, dialogs, panels

    def menu(self, *path: str) -> None:
        """Choose a command in the menus by Alt and the arrows: ``menu("Article", "Zone of this paragraph", "Byline")``."""
        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{path[0][0]}"), Qt.KeyboardModifier.AltModifier)
        for level, words in enumerate(path[1:], 1):
            menu = self._popup(level)
            self._walk_to(menu, words)
            QTest.keyClick(menu, Qt.Key.Key_Return)

    def menu_words(self, top: str) -> list[str]:
        """Open a menu, read it, close it."""
        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{top[0]}"), Qt.KeyboardModifier.AltModifier)
        menu = self._popup(1)
        words = [a.text().replace("&", "") for a in menu.actions() if not a.isSeparator()]
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        self.until(lambda: QApplication.activePopupWidget() is None)
        with suppress(AssertionError):
            self.to_text()
        return words

    def _popup(self, level: int) -> QMenu:
        found: list[QMenu] = []

        def there() -> bool:
            popup = QApplication.activePopupWidget()
            if isinstance(popup, QMenu) and popup.isVisible():
                found[:] = [popup]
            return bool(found)

        self.until(there)
        assert level >= 1
        return found[0]

    @staticmethod
    def _walk_to(menu: QMenu, words: str) -> None:
        for _ in range(len(menu.actions()) + 1):
            active = menu.activeAction()
            if active is not None and active.text().replace("&", "").startswith(words):
                return
            QTest.keyClick(menu, Qt.Key.Key_Down)
        raise AssertionError(f"“{words}” is not in the menu")

    def answer(self, kind: type[D], act: Callable[[D], None], ask: Callable[[], object]) -> None:
        """Do what opens a dialog, and do something in the dialog once it is open; it must be closed by that."""
        seen: list[bool] = []
        trouble: list[BaseException] = []
        looks = 0

        def look() -> None:
            nonlocal looks
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and dialog.isVisible():
                seen.append(True)
                try:
                    act(dialog)
                except AssertionError as error:
                    trouble.append(error)
                    dialog.reject()
            elif looks < DIALOG_LOOKS:
                looks += 1
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)
        ask()
        self.until(lambda: seen)
        self.until(lambda: QApplication.activeModalWidget() is None)
        self.activate()
        if trouble:
            raise trouble[0]

    def pick_in_menu(self, words: str, ask: Callable[[], object]) -> None:
        """Do what opens a menu that waits for its answer, and choose in it by arrows and Enter."""
        trouble: list[BaseException] = []
        looks = 0

        def look() -> None:
            nonlocal looks
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu) and menu.isVisible():
                try:
                    self._walk_to(menu, words)
                    QTest.keyClick(menu, Qt.Key.Key_Return)
                except AssertionError as error:
                    trouble.append(error)
                    menu.close()
            elif looks < DIALOG_LOOKS:
                looks += 1
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)
        ask()
        self.activate()
        if trouble:
            raise trouble[0]

    @staticmethod
    def accept(dialog: QDialog) -> None:
        """Press Enter in a dialog."""
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def tab_to(self, kind: type[T], name: str, limit: int = 60) -> T:
        """Go to a field by Tab; returns it."""
        for _ in range(limit):
            now = QApplication.focusWidget()
            if isinstance(now, kind) and now.accessibleName() == name:
                return now
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to “{name}”")

    def to_panel(self) -> None:
        """Go to the panel on the right by F6."""
        for _ in range(5):
            now = QApplication.focusWidget()
            if now is not None and self.window.side.isAncestorOf(now):
                return
            self.press("F6")
        raise AssertionError("F6 does not lead to the panel")

    def pick(self, name: str, words: str) -> None:
        """Choose a value in a list of the panel: Tab to it, Space, arrows, Enter."""
        combo = self.tab_to(QuietCombo, name)
        self.press("Space")
        self.until(lambda: combo.view().isVisible())
        view = combo.view()
        QTest.keyClick(view, Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if view.currentIndex().data() == words:
                break
            QTest.keyClick(view, Qt.Key.Key_Down)
        assert view.currentIndex().data() == words, f"“{words}” is not offered"
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.until(lambda: not combo.view().isVisible())

    def fill(self, name: str, words: str) -> None:
        """Type into a field of the panel and press Enter."""
        field = self.tab_to(QLineEdit, name)
        field.selectAll()
        self.type(words)
        self.press("Return")

    def button(self, words: str) -> QPushButton:
        """Return a visible button of the window by its words."""
        found = [b for b in self.window.findChildren(QPushButton) if b.isVisible() and b.text() == words]
        assert found, f"no button “{words}”"
        return found[0]

    # -- looking

    @property
    def project(self) -> Project:
        """The project that is open."""
        assert self.window.workspace.project is not None
        return self.window.workspace.project

    @property
    def annotated(self) -> AnnotatedArticle:
        """The article shown with its marks."""
        assert self.window.workspace.annotated is not None
        return self.window.workspace.annotated

    def text(self) -> str:
        """The article's text."""
        return self.annotated.text

    def selected(self) -> str:
        """The words selected."""
        start, end = self.window.column.selection()
        return self.text()[start:end]

    def chosen(self) -> Any:
        """The mark that is chosen."""
        return self.annotated.by_id.get(self.window.workspace.chosen or "")

    def quotes(self, key: str) -> list[str]:
        """The words of all marks of a kind."""
        return [a.quote(self.text()) for a in self.annotated.annotations if isinstance(a, KINDS[key])]

    def said_by(self, claim: str) -> list[str]:
        """The labels of a claim's sources."""
        return [s.label for s in self.annotated.sources_of(claim)]

    @property
    def saved(self) -> bool:
        """Whether the status line says so."""
        return self.window.status.saved.words == "Saved"
