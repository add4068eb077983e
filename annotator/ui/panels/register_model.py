"""A register as a table: only the order of its rows is kept; what stands in a row is made when it is looked at."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from annotator.language import tr
from annotator.model import Id
from annotator.ui.models import CELL_ROLE, ROW_ROLE, AnyIndex, Cell, Column, Row

MANY = 64
"""So many rows are put in their places one by one; more are put in order all at once."""


class Place(NamedTuple):
    """Where an entry stands in its register, and what it is found by.

    ``rank`` and ``group`` are the group's place and name, the same for all where there are no groups; ``order`` is its
    place in the group.
    """

    order: tuple[Any, ...]
    name: str = ""
    rank: int = 0
    group: str = ""


class Listing(Protocol):
    """What a table shows. Each call is about one entry, and costs what that entry takes."""

    def ids(self) -> Iterable[Id]:
        """Return the entries, in any order."""
        ...

    def place(self, id_: Id) -> Place | None:
        """Return where an entry stands; None where it is not listed."""
        ...

    def row(self, id_: Id) -> Row:
        """Return what stands in the row of an entry that is listed."""
        ...


class Key(NamedTuple):
    """What shown rows are ordered by; the head of a group stands before its members."""

    rank: int
    member: bool
    sorted_by: Any
    order: tuple[Any, ...]
    id: Id


class _Down:
    """Turns an order round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Down) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and bool(other.value == self.value)

    __hash__ = None  # type: ignore[assignment]


class RegisterModel(QAbstractTableModel):
    """Rows in columns, sorted and filtered here; in groups with a head each, where the places name one."""

    renamed = Signal(str, str)
    """An id and the name typed for it in place."""

    def __init__(self, columns: Sequence[Column], listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.editable = False
        self._listing = listing
        self._places: dict[Id, Place] = {}
        self._keys: dict[Id, Key] = {}
        self._order: list[Key] = []
        self._members: Counter[int] = Counter()
        self._groups: dict[int, str] = {}
        self._rows: dict[Id, Row] = {}
        self._query: tuple[str, ...] = ()
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    # -- what it shows

    def reload(self) -> None:
        """Show the register as it is now."""
        self._rows.clear()
        self._places = {id_: p for id_ in self._listing.ids() if (p := self._listing.place(id_)) is not None}
        self._show()

    def take(self, ids: Iterable[Id]) -> None:
        """Put rows in their places that were made, changed or removed; the others stay untouched."""
        touched = set(ids)
        if len(touched) > MANY:
            self.reload()
            return
        for id_ in touched:
            self._rows.pop(id_, None)
            self._place(id_, self._listing.place(id_))
            self._put(id_)
        self.tell_cells()

    def _place(self, id_: Id, place: Place | None) -> None:
        if place is None:
            self._places.pop(id_, None)
        else:
            self._places[id_] = place

    def tell_cells(self, ids: Iterable[Id] | None = None) -> None:
        """Say that cells read differently now, though no row moved; ``ids``: theirs are made anew, else of all."""
        if ids is not None:
            for id_ in ids:
                self._rows.pop(id_, None)
        if self._order:
            last = self.index(len(self._order) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def forget_cells(self) -> None:
        """Make what stands in every row anew when it is next looked at."""
        self._rows.clear()

    def set_filter(self, query: str) -> None:
        """Show only rows that hold every typed word."""
        self._query = tuple(query.casefold().split())
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, inside the groups; -1: the register's own order."""
        self._sorted_by = None if column < 0 else (column, order)
        self._show()

    def _show(self) -> None:
        keys = {id_: key for id_ in self._places if (key := self._key(id_)) is not None}
        members = Counter(key.rank for key in keys.values())
        self._groups = {p.rank: p.group for p in self._places.values() if p.group}
        heads = [self._head(rank) for rank in members if rank in self._groups]
        order = sorted((*keys.values(), *heads))
        if order == self._order:
            self.tell_cells()
            return
        self.beginResetModel()
        self._keys, self._members, self._order = keys, members, order
        self.endResetModel()

    def _key(self, id_: Id) -> Key | None:
        """Return the key of an entry that is shown; None where it is not listed, or filtered out."""
        place = self._places.get(id_)
        if place is None or (self._query and not self._row(id_).holds(self._query)):
            return None
        by: Any = ()
        if self._sorted_by is not None:
            column, order = self._sorted_by
            by = place.order if self.columns[column].natural else self._row(id_).cells[column].order
            by = _Down(by) if order == Qt.SortOrder.DescendingOrder else by
        return Key(place.rank, True, by, place.order, id_)

    @staticmethod
    def _head(rank: int) -> Key:
        return Key(rank, False, (), (), "")

    def _put(self, id_: Id) -> None:
        old, new = self._keys.get(id_), self._key(id_)
        if new is not None and (place := self._places[id_]).group:
            self._groups[place.rank] = place.group
        if old == new:
            return
        if old is not None:
            self._remove(old)
        if new is not None:
            self._insert(new)

    def _insert(self, key: Key) -> None:
        if not self._members[key.rank] and key.rank in self._groups:
            self._insert_at(self._head(key.rank))
        self._members[key.rank] += 1
        self._keys[key.id] = key
        self._insert_at(key)

    def _insert_at(self, key: Key) -> None:
        at = bisect_left(self._order, key)
        self.beginInsertRows(QModelIndex(), at, at)
        insort(self._order, key)
        self.endInsertRows()

    def _remove(self, key: Key) -> None:
        del self._keys[key.id]
        self._remove_at(key)
        self._members[key.rank] -= 1
        if not self._members[key.rank] and key.rank in self._groups:
            self._remove_at(self._head(key.rank))

    def _remove_at(self, key: Key) -> None:
        at = bisect_left(self._order, key)
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._order[at]
        self.endRemoveRows()

    @property
    def arranged(self) -> bool:
        """Whether the rows are filtered, or sorted otherwise than the register stands."""
        return bool(self._query) or self._sorted_by is not None

    @property
    def total(self) -> int:
        """How many entries there are, filter or not."""
        return len(self._places)

    @property
    def shown(self) -> int:
        """How many entries the filter lets through."""
        return len(self._keys)

    @property
    def counts(self) -> tuple[int, int]:
        """How many entries are shown, of how many."""
        return len(self._keys), len(self._places)

    def row_of(self, id_: Id | None) -> int:
        """Return the number of the row with this id; -1 where it is not shown."""
        key = self._keys.get(id_ or "")
        return -1 if key is None else bisect_left(self._order, key)

    def id_at(self, index: AnyIndex) -> Id | None:
        """Return the entry of an index; None outside the table and on the head of a group."""
        key = self._order[index.row()] if index.isValid() and index.row() < len(self._order) else None
        return key.id if key is not None and key.member else None

    def near(self, at: int) -> Id | None:
        """Return the entry at a row, else the one before it."""
        for n in (at, at - 1, at - 2):
            if 0 <= n < len(self._order) and self._order[n].member:
                return self._order[n].id
        return None

    def row_at(self, index: AnyIndex) -> Row | None:
        """Return the row of an index, None outside the table."""
        if not index.isValid() or index.row() >= len(self._order):
            return None
        key = self._order[index.row()]
        return self._row(key.id) if key.member else self._head_row(key.rank)

    def _row(self, id_: Id) -> Row:
        if id_ not in self._rows:
            self._rows[id_] = self._listing.row(id_)
        return self._rows[id_]

    def _head_row(self, rank: int) -> Row:
        name, n = self._groups[rank], self._members[rank]
        return Row(None, (Cell(f"{name}  {n:,}"),), f"{name}, {n:,}", name, editable=False)

    def find(self, typed: str, after: int) -> int:
        """Return the next row whose name, or a word of it, begins with what was typed; -1 where none does."""
        wanted = " ".join(typed.casefold().split())
        for step in range(1, len(self._order) + 1):
            at = (after + step) % len(self._order)
            key = self._order[at]
            name = self._places[key.id].name.casefold() if key.member else ""
            if name.startswith(wanted) or f" {wanted}" in name:
                return at
        return -1

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

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
        if role not in _ANSWERED:
            return None
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
        return row

    def _read_aloud(self, row: Row, cell: Cell | None, column: int) -> str:
        if column == 0 or cell is None:
            return row.name
        return tr("{column}: {value}", column=self.columns[column].title, value=cell.text)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Heads of groups cannot be chosen; names may be typed over where the register says so."""
        id_ = self.id_at(index)
        if id_ is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.editable and index.column() == 0 and self._row(id_).editable:
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


_ANSWERED = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.EditRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(CELL_ROLE),
        int(ROW_ROLE),
    }
)
