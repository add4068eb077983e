"""Item models: a register as a table of cells, in groups where it has any; a list of plain rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from annotator.model import Id
from annotator.ui.labels import plain_tip

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

    ``main`` words are set in the body size; numbers stand at the end. A ``natural`` one sorts as the register stands.
    """

    title: str
    width: int = 0
    number: bool = False
    needs: int = 0
    main: bool = False
    natural: bool = False


class RowsModel(QAbstractListModel, Generic[T]):
    """A list of plain values, each with words to be read aloud."""

    def __init__(
        self,
        words: Callable[[T], str],
        rows: Sequence[T] = (),
        parent: QObject | None = None,
        *,
        tip: Callable[[T], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._tip = tip
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
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(self._rows[index.row()])) if self._tip is not None else None
        return self._rows[index.row()] if role == CELL_ROLE else None
