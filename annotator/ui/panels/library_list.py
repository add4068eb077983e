"""The lists of the library column: several rows may be chosen, headings fold, Enter or a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.panels.library_model import Heading
from annotator.ui.panels.lists import RowList

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class LibraryList(RowList):
    """Rows of the library; Enter or a click goes there, or folds a heading."""

    gone_to = Signal(object)
    folded = Signal(object)
    """A Heading to fold or to open."""
    menu_asked = Signal(QPoint)
    """The menu of what is chosen, at a point of the screen."""
    delete_asked = Signal()

    def __init__(self, name: str, model: RowsModel[Any], *, several: bool = False) -> None:
        super().__init__(name, model)
        model.setParent(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._joining = False
        self.held = False
        """Whether the keyboard is in the list, or left it for a menu only."""
        self.clicked.connect(self._clicked)
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
            self.setDefaultDropAction(Qt.DropAction.CopyAction)

    @property
    def chosen(self) -> list[Any]:
        """The values of the chosen rows, as listed."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(row, 0).data(CELL_ROLE) for row in rows]

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Choose several rows, given in their order."""
        model, selection, start = self.model(), QItemSelection(), 0
        for at, row in enumerate(rows):
            if at + 1 == len(rows) or rows[at + 1] != row + 1:  # one range for rows that follow each other
                selection.select(model.index(rows[start], 0), model.index(row, 0))
                start = at + 1
        if rows:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(rows[0], 0), flag)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _go(self, value: Any) -> None:
        if isinstance(value, Heading):
            self.folded.emit(value)
        elif value is not None:
            self.gone_to.emit(value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the row that was clicked; with Ctrl or Shift it only joins what is chosen."""
        self._joining = bool(event.modifiers() & _HELD)
        super().mouseReleaseEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if not self._joining:
            self._go(index.data(CELL_ROLE))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row has the keyboard; a heading is never chosen."""
        if not isinstance(self.current, Heading):
            self.choose_any()
        self.held = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Note whether it is left for more than a menu or another window."""
        passing = (
            Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason,
        )  # fmt: skip
        self.held = event.reason() in passing
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the row; Left and Right fold and open headings; Delete asks to remove what is chosen."""
        key, value = Qt.Key(event.key()), self.current
        out, into = (Qt.Key.Key_Right, Qt.Key.Key_Left) if self.isRightToLeft() else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and value is not None:
            self._go(value)
        elif key == Qt.Key.Key_Space and isinstance(value, Heading):
            self.folded.emit(value)
        elif key in (out, into) and not event.modifiers() & _HELD:
            self._fold(value, opening=key == into)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and value is not None:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def _fold(self, value: Any, *, opening: bool) -> None:
        """Fold or open the heading; from a row below it go to it first."""
        if isinstance(value, Heading):
            if value.open != opening:
                self.folded.emit(value)
        elif not opening:
            model = self.model()
            above = range(self.currentIndex().row() - 1, -1, -1)
            at = next((row for row in above if isinstance(model.index(row, 0).data(CELL_ROLE), Heading)), -1)
            if at >= 0:
                self.choose(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is chosen: under the pointer, or under the row with the keyboard."""
        self.menu_asked.emit(self.menu_place(event))
