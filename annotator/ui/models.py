"""Item models: a register as a table of cells, in groups where it has any; a list of plain rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from annotator.model import Id

AnyIndex = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

CELL_ROLE = Qt.ItemDataRole.UserRole
"""The Cell of an index; None for the head of a group."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The Row of an index."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: words, what to sort by, and how they are drawn.

    ``mark`` names a small drawing before the words: "source", or a status of checking.
    """

    text: str
    key: int | str = ""
    muted: bool = False
    italic: bool = False
    missing: bool = False
    mark: str | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        """What to sort by: numbers as numbers, words by their letters, nothing last."""
        if isinstance(self.key, int):
            return 0, self.key, ""
        words = (self.key or self.text).casefold()
        return 1 if words and not self.muted else 2, 0, words


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register; one without an id is the head of a group."""

    id: Id | None
    cells: tuple[Cell, ...]
    name: str
    group: str = ""
    also: str = ""
    editable: bool = True

    def holds(self, words: Sequence[str]) -> bool:
        """Say whether every one of these (folded) words is in the row."""
        hay = " ".join((*(c.text for c in self.cells), self.also)).casefold()
        return all(word in hay for word in words)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in px (0: what is left), and below which width of the table it is left out.

    ``main`` words are set in the body size; numbers stand at the end.
    """

    title: str
    width: int = 0
    number: bool = False
    needs: int = 0
    main: bool = False


class RegisterModel(QAbstractTableModel):
    """Rows in columns, sorted and filtered here; in groups with a head each, where the rows name one."""

    renamed = Signal(str, str)
    """An id and the name typed for it in place."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._query: tuple[str, ...] = ()
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self.editable = False

    # -- what it shows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; where only cells differ the view keeps its place."""
        self._all = tuple(rows)
        self._show()

    def set_filter(self, query: str) -> None:
        """Show only rows that hold every typed word."""
        self._query = tuple(query.casefold().split())
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, inside the groups; -1: the order the rows came in."""
        self._sorted_by = None if column < 0 else (column, order)
        self._show()

    def _show(self) -> None:
        rows = self._in_order()
        if [r.id for r in rows] == [r.id for r in self._shown]:
            self._shown = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    def _in_order(self) -> list[Row]:
        rows = [r for r in self._all if not self._query or r.holds(self._query)]
        if self._sorted_by is not None:
            column, order = self._sorted_by
            rows.sort(key=lambda r: r.cells[column].order, reverse=order == Qt.SortOrder.DescendingOrder)
        groups = list(dict.fromkeys(r.group for r in self._all if r.group))
        if not groups:
            return rows
        out: list[Row] = []
        for group in groups:
            members = [r for r in rows if r.group == group]
            if members:
                out.append(Row(None, (Cell(f"{group}  {len(members)}"),), f"{group}, {len(members)}", group))
                out += members
        return out

    @property
    def total(self) -> int:
        """How many rows there are, filter or not."""
        return len(self._all)

    @property
    def shown(self) -> int:
        """How many rows the filter lets through."""
        return sum(1 for r in self._shown if r.id is not None)

    @property
    def counts(self) -> tuple[int, int]:
        """How many entries are shown, of how many; rows that only stand for nobody or the author are not counted."""
        shown = sum(1 for r in self._shown if r.id is not None and r.editable)
        return shown, sum(1 for r in self._all if r.editable)

    def row_of(self, id_: Id | None) -> int:
        """Return the number of the row with this id; -1 where it is not shown."""
        return next((n for n, r in enumerate(self._shown) if id_ is not None and r.id == id_), -1)

    def row_at(self, index: AnyIndex) -> Row | None:
        """Return the row of an index, None outside the table."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its drawing, or what is read aloud."""
        row = self.row_at(index)
        if row is None:
            return None
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.text if cell else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._read_aloud(row, cell, index.column())
        if role == CELL_ROLE:
            return cell if row.id is not None else None
        return row if role == ROW_ROLE else None

    def _read_aloud(self, row: Row, cell: Cell | None, column: int) -> str:
        if column == 0 or cell is None:
            return row.name
        return f"{self.columns[column].title}: {cell.text}"

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Heads of groups cannot be chosen; names may be typed over where the register says so."""
        row = self.row_at(index)
        if row is None or row.id is None:
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable and row.editable and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a name typed in place on; the row follows once it was written."""
        row = self.row_at(index)
        name = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or row is None or row.id is None or not name or name == row.cells[0].text:
            return False
        self.renamed.emit(row.id, name)
        return True


class RowsModel(QAbstractListModel, Generic[T]):
    """A list of plain values, each with words to be read aloud."""

    def __init__(self, words: Callable[[T], str], rows: Sequence[T] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: list[T] = list(rows)

    @property
    def rows(self) -> list[T]:
        """The values shown."""
        return self._rows

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these values."""
        if list(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def set_row(self, at: int, row: T) -> None:
        """Keep another value of the same height in place of one; the view repaints that row.

        ``dataChanged`` would make a list of thousands lay out every row anew.
        """
        self._rows[at] = row

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a value, or the value itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self._rows[index.row()])
        return self._rows[index.row()] if role == CELL_ROLE else None
