"""What the register panels share: the table, its head with a filter, an empty state, a foot with actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import (
    QItemSelection,
    QPoint,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QWidget,
)

from annotator.language import tr
from annotator.model import Id
from annotator.project import Changes
from annotator.ui.controls import sign_search
from annotator.ui.labels import EmptyNote, Label, column, retheme, row
from annotator.ui.models import ROW_ROLE, Column, Row
from annotator.ui.panels.register_model import Place, RegisterModel
from annotator.ui.panels.register_view import ROW, SIDE, RegisterView
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import EntryTask, Workspace


class RegisterPanel(QWidget):
    """A panel that lists one kind of thing. It pulls when it is visible, and is stale while it is not."""

    title = ""
    kind = "claim"
    columns: Sequence[Column] = ()
    filter_words = ""
    nothing_found = tr("Nothing here fits what you typed.")

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = theme
        self._stale = True
        self._syncing = False
        self.model = RegisterModel(self.columns, self, self)
        self.view = RegisterView(theme, self.kind, self.title, self.model)
        self.setAccessibleName(self.title)
        self._build()
        workspace.changed.connect(self._changed)
        workspace.article_changed.connect(self._article_changed)
        workspace.chosen_changed.connect(self._follow)

    # -- building

    def _build(self) -> None:
        self.setStyleSheet(sheet(self.theme))
        self._count = Label(self.theme, "", "title", muted=True)
        self.filter = self._filter_field()
        self._note = EmptyNote(self.theme, "")
        self._note.hide()
        note_row = QHBoxLayout()
        note_row.setContentsMargins(SIDE, 8, SIDE, 8)
        note_row.addWidget(self._note)
        head = row(Label(self.theme, self.title, "title"), self._count, None, self.filter)
        head.setContentsMargins(SIDE, 12, SIDE, 8)
        layout = column(self)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(note_row)
        layout.addStretch(0)
        self._foot = QWidget()
        self.foot = column(self._foot)
        layout.addWidget(self._foot)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.enter_pressed.connect(self._go_on)
        self.view.finding.connect(self._show_letters)
        self.view.left_upwards.connect(self.filter.setFocus)
        self.view.clicked.connect(self._go_on)
        self.view.delete_pressed.connect(lambda: self.current and self.delete(self.current))
        self.view.letter_pressed.connect(self._letter)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.model.modelReset.connect(self._show_state)

    def _filter_field(self) -> QLineEdit:
        words = self.filter_words
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        field.setFont(font("small"))
        field.setFixedHeight(ROW)
        field.setMinimumWidth(96)
        field.setMaximumWidth(200)
        self._search = sign_search(field, self.theme)
        field.textChanged.connect(self._filter_changed)
        field.returnPressed.connect(self.view.setFocus)
        return field

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._search.setIcon(QIcon(icon("search", theme.muted)))
        retheme(self, theme)
        self._show_state()

    # -- what a register says of itself

    def empty(self) -> str:
        """Return what to do where there is nothing yet."""
        raise NotImplementedError

    def ids(self) -> Iterable[Id]:
        """Return the entries of the register, in any order."""
        raise NotImplementedError

    def place(self, id_: Id) -> Place | None:
        """Return where an entry stands; None where it is not listed."""
        raise NotImplementedError

    def row(self, id_: Id) -> Row:
        """Return what stands in an entry's row."""
        raise NotImplementedError

    def touched(self, changes: Changes) -> set[Id] | None:
        """Return the entries a step made, changed or removed; None: whatever there is may have changed."""
        return None

    def chosen_id(self) -> Id | None:
        """Return the id of the row that stands for what is chosen in the article."""
        raise NotImplementedError

    def go(self, id_: Id | None) -> None:
        """Choose in the article what a row stands for."""
        raise NotImplementedError

    def actions_for(self, menu: QMenu, row: Row) -> None:
        """Add what can be done with a row to its context menu."""

    def delete(self, id_: Id) -> None:
        """Remove what a row stands for, or ask first."""

    def ask(self, what: Literal["merge", "split", "others"], id_: Id | None = None) -> None:
        """Ask for something that takes a dialog to be done with an entry, the chosen one unless given."""
        entry = id_ if isinstance(id_, str) else self.current
        if entry is not None:
            self.workspace.entry_asked.emit(EntryTask(what, entry))

    def letter(self, key: str, id_: Id) -> bool:
        """Use a letter typed on a row; False where it means nothing here."""
        return False

    def _letter(self, key: str) -> None:
        if self.current is not None and self.letter(key, self.current):
            self.view.take_letter()

    # -- pulling

    def mark_stale(self, *_: object) -> None:
        """Pull now where the panel is visible, else when it next is."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Pull everything."""
        self._stale = False
        keep = self.current
        self._syncing = True
        self.model.reload()
        self._syncing = False
        self._show_state()
        self._make_current(self.chosen_id() or keep)

    def _article_changed(self, _: object) -> None:
        self.mark_stale()

    def _changed(self, changes: Changes) -> None:
        """Pull what a step touched, where the panel is up to the step before."""
        touched = None if self._stale or not self.isVisible() else self.touched(changes)
        if touched is None:
            self.mark_stale()
            return
        keep, at = self.current, self.view.currentIndex().row()
        self._syncing = True
        self.model.take(touched)
        self._syncing = False
        self._show_state()
        wanted = self.chosen_id() or keep
        if wanted is not None and self.model.row_of(wanted) < 0 and self.view.hasFocus():
            wanted = self.model.near(at)  # its row is gone: the keyboard goes to the one that took its place
        if wanted != self.current or wanted in touched:
            self._make_current(wanted)
        else:
            self.current_changed()

    def showEvent(self, event: object) -> None:
        """Pull what changed meanwhile."""
        if self._stale:
            self.refresh()
        super().showEvent(event)  # type: ignore[arg-type]

    def _show_state(self) -> None:
        total, shown = self.model.total, self.model.shown
        here, of = self.model.counts
        self._count.setText(tr("{n} of {all}", n=f"{here:,}", all=f"{of:,}") if here != of else f"{of:,}")
        self._note.setText(self.empty() if not total else self.nothing_found)
        self._note.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self._foot.setVisible(bool(shown))

    def _show_letters(self, letters: str, found: bool) -> None:
        """Show in the head by which letters the list goes to a name; where none are typed, how many rows there are."""
        if letters and found:
            self._count.setText(tr("to “{letters}”", letters=letters))
        elif letters:
            self._count.setText(tr("no name begins with “{letters}”", letters=letters))
        else:
            self._show_state()

    def _filter_changed(self, text: str) -> None:
        keep = self.current
        self._syncing = True
        self.model.set_filter(text)
        self._syncing = False
        self._show_state()
        self._make_current(keep)

    # -- choosing

    @property
    def current(self) -> Id | None:
        """The id of the chosen row."""
        index = self.view.currentIndex()
        return self.model.id_at(index) if self.view.selectionModel().isSelected(index) else None

    def _make_current(self, id_: Id | None) -> None:
        at = self.model.row_of(id_)
        self._syncing = True
        if at >= 0:
            index = self.model.index(at, 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        else:
            self.view.clearSelection()
        self._syncing = False
        self.current_changed()

    def _follow(self, _: object) -> None:
        if self.isVisible() and not self._stale:
            id_ = self.chosen_id()
            if id_ is not None and id_ != self.current:
                self._make_current(id_)

    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if not self._syncing:
            self.current_changed()
            # A click goes there when the button is let go: going here too would pass over the first place.
            if self.view.hasFocus() and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
                self.go(self.current)

    def _go_on(self) -> None:
        self.go(self.current)

    def current_changed(self) -> None:
        """Hear that another row is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the filter empty; Down goes from there into the list, F2 renames the chosen row."""
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
            self.view.setFocus()
        elif event.key() == Qt.Key.Key_F2 and self.filter.hasFocus():
            self.rename_current()
        elif event.key() == Qt.Key.Key_Down and self.filter.hasFocus() and self.view.isVisible():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def _open_menu(self, at: QPoint) -> None:
        found: Row | None = self.view.indexAt(at).data(ROW_ROLE)
        if found is None or found.id is None:
            return
        menu = QMenu(self)
        self.actions_for(menu, found)
        if not menu.isEmpty():
            menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def rename_current(self) -> None:
        """Type a new name over the chosen row."""
        index = self.view.currentIndex().siblingAtColumn(0)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)
        else:
            self.view.setFocus()


def paint_sheet(widget: QWidget, theme: Theme) -> None:
    """Paint the ground of a sheet that lies under a list: the page's colour, an edge towards the list."""
    p = QPainter(widget)
    p.fillRect(widget.rect(), QColor(theme.page))
    p.fillRect(QRectF(0, 0, widget.width(), 1), QColor(theme.edge))
    p.end()
