"""Keys: every command with its keys, found by words or by the key; Enter on one and then the new key changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.language import tr
from annotator.ui.actions import COMMANDS, MENUS, bare, command, key_words
from annotator.ui.controls import Button, Label, row, sign_search
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.keys import FIXED, KeyTable, pressed, read_keys
from annotator.ui.labels import Hints, ShyScrollBar
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance, keycap, keycap_width
from annotator.ui.panels.lists import RowDelegate, RowState
from annotator.ui.projects import documents_folder
from annotator.ui.theme import Theme, font

ROW = 32
HEAD = 38
CAPTURE = Qt.Key.Key_Return, Qt.Key.Key_Enter


@dataclass(frozen=True)
class KeyRow:
    """A command with its keys; one without a command is the head of a group."""

    id: str
    words: str
    where: str = ""
    keys: tuple[str, ...] = ()
    own: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        if not self.id:
            return self.words
        keys = ", ".join(self.keys) or tr("no key")
        return ", ".join(part for part in (self.words, keys, self.where, tr("your own") if self.own else "") if part)


class KeyRows(RowsModel[KeyRow]):
    """The rows; heads of groups cannot be chosen."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let only commands be chosen."""
        head = index.isValid() and not self.rows[index.row()].id
        return Qt.ItemFlag.ItemIsEnabled if head else super().flags(index)


class KeyList(QListView):
    """The list. While a key is waited for, the row says so and every key goes to the dialog."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.waiting = ""
        """The command whose new key is waited for."""
        self.rows_model = KeyRows(lambda row: row.spoken)
        self.rows_model.setParent(self)
        self.setModel(self.rows_model)
        self.delegate = RowDelegate(theme, lambda r: ROW if r.id else HEAD, self._draw, inset=8, bar=True, parent=self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Commands and their keys"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    @property
    def current(self) -> str:
        """The command whose row is chosen; empty where none is."""
        index = self.currentIndex()
        return index.data(CELL_ROLE).id if index.isValid() else ""

    def choose(self, id_: str) -> None:
        """Choose a command's row, else the first one there is."""
        rows = self.rows_model.rows
        at = next((n for n, r in enumerate(rows) if r.id and r.id == id_), None)
        at = next((n for n, r in enumerate(rows) if r.id), None) if at is None else at
        if at is not None:
            self.setCurrentIndex(self.rows_model.index(at, 0))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self.delegate.theme = theme
        self.viewport().update()

    def _draw(self, p: QPainter, box: Box, each: KeyRow, state: RowState) -> None:
        t = state.theme
        if not each.id:
            box.text(p, each.words, 12, 10, box.w - 24, 24, font("section"), t.ink)
            p.fillRect(box.rc(12, box.h - 2, box.w - 24, 1), QColor(t.line))
            return
        end = box.w - 12
        if self.waiting == each.id:
            words = tr("Press the new key; Esc leaves it as it is")
            width = advance(font("small", 600), words) + 4
            box.text(p, words, end - width, 0, width, box.h, font("small", 600), t.accent)
            end -= width
        for key in reversed(each.keys if self.waiting != each.id else ()):
            keycap(p, box, key, end, (box.h - 18) / 2, t, end=True)
            end -= keycap_width(key) + 5
        if each.own and self.waiting != each.id:
            words = tr("yours")
            width = advance(font("small"), words) + 8
            box.text(p, words, end - width, 0, width, box.h, font("small"), t.muted)
            end -= width
        width = advance(font("body"), each.words)
        box.text(p, each.words, 12, 0, min(width + 2, end - 16), box.h, font("body"), t.ink)
        if each.where:
            box.text(p, each.where, 24 + width, 0, max(0.0, end - 32 - width), box.h, font("small"), t.muted)


class KeysDialog(Sheet):
    """``changed`` is called with the lines for the settings at each change: it holds at once."""

    def __init__(
        self,
        theme: Theme,
        lines: tuple[str, ...],
        paper: str,
        changed: Callable[[tuple[str, ...]], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(theme, tr("Keys"), parent, main=tr("Close"), cancel="")
        self.table = KeyTable(read_keys(lines))
        self._paper = paper
        self._changed = changed
        self._asked: Callable[[], object] | None = None
        self._adding = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("A command, or a key such as Ctrl+L"))
        self.search.setAccessibleName(tr("Find a command or a key"))
        self.search.setFont(font("body"))
        self.search.setFixedHeight(32)
        sign_search(self.search, theme)
        self.list = KeyList(theme)
        self.said = Label(theme, "", "body", wrap=True)
        self.said.setMinimumHeight(36)
        self.take = Button(theme, tr("Take it"))
        self.leave = Button(theme, tr("Leave it"), "quiet")
        self._lay_out(theme)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(self._double_clicked)
        self.take.clicked.connect(self._answered)
        self.leave.clicked.connect(self._say_usual)
        self._fill()
        self._say_usual()
        self.resize(720, 680)
        self.search.setFocus()

    def _lay_out(self, theme: Theme) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 10)
        body.setSpacing(10)
        body.addLayout(row(Label(theme, tr("Keys"), "title"), None))
        body.addWidget(self.search)
        body.addWidget(self.list, 1)
        answer = row(self.said, self.take, self.leave)
        answer.setStretch(0, 1)
        body.addLayout(answer)
        hints = [("↵", tr("new key")), ("Shift+↵", tr("one more")), (key_words("Del"), tr("no key"))]
        body.addWidget(Hints(theme, [*hints, (key_words("Backspace"), tr("as it was made"))]))
        self.set_body(body)
        for words, act in (
            (tr("Print…"), self.print_card),
            (tr("Save as PDF…"), self.save_pdf),
            (tr("All as they were made"), self.reset_all),
        ):
            button = Button(theme, words, "quiet")
            button.clicked.connect(act)
            self.foot_start.addWidget(button)
        self.foot_start.addStretch(1)

    # -- rows

    def _fill(self, *_: object) -> None:
        """Show the commands that fit what is typed, by menu."""
        wanted = self.search.text().casefold().split()
        keep = self.list.current
        rows: list[KeyRow] = []
        for path in MENUS:
            found = [self._row(c.id) for c in COMMANDS if c.menu == path]
            found = [r for r in found if all(w in f"{r.words} {r.where} {' '.join(r.keys)}".casefold() for w in wanted)]
            if found:
                top = path.partition("/")[0]
                head = bare(MENUS[path]) if path == top else f"{bare(MENUS[top])} > {bare(MENUS[path])}"
                rows += [KeyRow("", head), *found]
        self.list.rows_model.set_rows(rows)
        self.list.choose(keep)

    def _row(self, id_: str) -> KeyRow:
        each = command(id_)
        where = tr("in the article") if each.scope == "text" else ""
        where = tr("always so") if id_ in FIXED else where
        keys = tuple(key_words(k) for k in self.table.keys(id_))
        return KeyRow(id_, each.plain.rstrip("…"), where, keys, self.table.differs(id_))

    def show_command(self, id_: str) -> None:
        """Choose a command's row and give it the keyboard."""
        self.search.clear()
        self.list.choose(id_)
        self.list.setFocus()

    # -- changing

    def wait(self, *, add: bool = False) -> None:
        """Wait for the new key of the chosen command (``add``: for one more)."""
        id_ = self.list.current
        if not id_:
            return
        if id_ in FIXED:
            self._say(self.table.refusal(id_, ""))
            return
        self._adding = add
        self.list.waiting = id_
        self.list.setFocus()
        self.list.viewport().update()
        self._say(tr("Press the new key for “{command}”.", command=command(id_).plain))

    def _double_clicked(self, _: QModelIndex) -> None:
        self.wait()

    def _stop_waiting(self) -> None:
        self.list.waiting = ""
        self.list.viewport().update()

    def _pressed(self, key: str) -> None:
        id_, add = self.list.waiting, self._adding
        refused = self.table.refusal(id_, key)
        if refused:
            self._say(refused)  # and goes on waiting: the sentence asks for another key
            return
        self._stop_waiting()
        holder = self.table.holder(key, id_)
        if holder is None:
            self._give(id_, key, add=add)
            return
        words = tr("{key} is “{command}”. Take it from there?", key=key_words(key), command=holder.plain.rstrip("…"))
        self._ask(words, lambda: self._give(id_, key, add=add))

    def _give(self, id_: str, key: str, *, add: bool) -> None:
        loser = self.table.give(id_, key, add=add)
        words = tr("“{command}” is now {key}.", command=command(id_).plain.rstrip("…"), key=key_words(key))
        if loser is not None and not self.table.keys(loser.id):
            words += " " + tr("“{command}” has no key now.", command=loser.plain.rstrip("…"))
        self._keep(words)

    def clear_key(self) -> None:
        """Leave the chosen command without a key."""
        id_ = self.list.current
        if id_ in FIXED:
            self._say(self.table.refusal(id_, ""))
        elif id_ and self.table.keys(id_):
            self.table.clear(id_)
            self._keep(tr("“{command}” has no key now; the palette still finds it.", command=command(id_).plain))

    def reset(self) -> None:
        """Give the chosen command its usual keys, asking where another one has them by now."""
        id_ = self.list.current
        if not id_ or not self.table.differs(id_):
            return
        holders = self.table.held_elsewhere(id_)
        said = tr("“{command}” has its usual keys.", command=command(id_).plain.rstrip("…"))

        def do() -> None:
            self.table.reset(id_)
            self._keep(said)

        others = [c for c in holders if c.id != id_]
        if others:
            names = ", ".join(f"“{c.plain.rstrip('…')}”" for c in others)
            self._ask(tr("Its usual key belongs to {commands} now. Take it from there?", commands=names), do)
        else:
            do()

    def reset_all(self) -> None:
        """Give every command its usual keys, after a question."""
        if not self.table.own:
            self._say(tr("Every command has its usual keys."))
            return

        def do() -> None:
            self.table.reset_all()
            self._keep(tr("Every command has its usual keys."))

        self._ask(tr("All your own keys go, and the usual ones come back. Do it?"), do)

    def _keep(self, words: str) -> None:
        self._fill()
        self.list.setFocus()
        self._say(words)
        self._changed(self.table.lines())

    # -- what is said and asked

    def _say(self, words: str) -> None:
        self._asked = None
        for button in (self.take, self.leave):
            button.hide()
        self.said.setText(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _say_usual(self) -> None:
        self._say(tr("Press Enter on a command, then the new key."))
        self.list.setFocus()

    def _ask(self, words: str, do: Callable[[], object]) -> None:
        self._say(words)
        self._asked = do
        for button in (self.take, self.leave):
            button.show()
        self.take.setFocus()

    def _answered(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key while one is waited for; else Enter, Delete and the arrows from the field."""
        if watched is self.list and self.list.waiting:
            if event.type() == QEvent.Type.FocusOut:
                self._stop_waiting()
                self._say(tr("Nothing was changed."))
            elif event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                self._take_pressed(event)
                return True
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return self._search_key(event) if watched is self.search else self._list_key(event)

    def _take_pressed(self, event: QKeyEvent) -> None:
        key = pressed(event)
        if key == "Esc":
            self._stop_waiting()
            self._say(tr("Nothing was changed."))
        elif key is not None:
            self._pressed(key)

    def _search_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and self.list.current:
            self.list.setFocus()
            return True
        if event.key() in CAPTURE:
            self.wait(add=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    def _list_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in CAPTURE:
            self.wait(add=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Delete:
            self.clear_key()
        elif key == Qt.Key.Key_Backspace:
            self.reset()
        elif key == Qt.Key.Key_Up and self.list.currentIndex().row() <= 1:
            self.search.setFocus()
        elif (
            event.text().isprintable()
            and event.text().strip()
            and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        ):
            self.search.setFocus()
            self.search.setText(event.text())
        else:
            return False
        return True

    # -- the card

    def print_card(self) -> None:
        """Print the card of keys."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only now: it takes long to load

        from annotator.ui.key_card import paint_card, prepare

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, self._paper)
        dialog: Any = QPrintDialog(printer, self)
        if dialog.exec() and not paint_card(printer, self.table):
            self._say(tr("The printer could not be used. Save the card as a PDF and print that."))

    def save_pdf(self) -> None:
        """Write the card of keys as a PDF."""
        start = str(documents_folder() / (tr("Keys") + ".pdf"))
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the card of keys"), start, tr("PDF files (*.pdf)"))
        if name:
            self.write_pdf(Path(name))

    def write_pdf(self, path: Path) -> None:
        """Write the card of keys to a file, and say whether that went well."""
        from annotator.ui.key_card import write_pdf

        if write_pdf(self.table, self._paper, str(path)):
            self._say(tr("The card is in “{file}”.", file=path))
        else:
            self._say(
                tr("“{file}” cannot be written. Choose another folder, or close the file where it is open.", file=path)
            )
