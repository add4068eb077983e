"""The code book's lists and terms as rows: the models the window shows, and how a row is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from annotator.language import tr, trn
from annotator.model import CodeBook, Term, TermList
from annotator.model.code_book import CUE, explained, load_of
from annotator.ui.labels import ShyScrollBar, plain_tip
from annotator.ui.paint import Box, focus_ring
from annotator.ui.theme import Theme, font

AnyIndex = QModelIndex | QPersistentModelIndex
LIST_ROLE = Qt.ItemDataRole.UserRole
"""The id of the list a term is in."""
ROW = 30
TERM, MARK, MEANING, USES = range(4)
WIDTHS = {TERM: 220, MARK: 108, USES: 64}


@dataclass(frozen=True)
class Shelf:
    """A list of the code book as it is picked: cue words are a list for each language."""

    kind: TermList
    language: str | None = None
    title: str = ""


class TermsModel(QAbstractTableModel):
    """The terms of one list that hold what is searched for, in their order."""

    renamed = Signal(str, str)
    """A key and the words typed for it in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shelf: Shelf | None = None
        self.can_write = True
        self._all: tuple[Term, ...] = ()
        self._shown: list[Term] = []
        self._uses: Mapping[str, int] = {}
        self._book = CodeBook()
        self._query: tuple[str, ...] = ()

    def show(self, shelf: Shelf, terms: Sequence[Term], uses: Mapping[str, int], book: CodeBook) -> None:
        """Show the terms of a list; where it is the same list the view keeps its place."""
        same = shelf == self.shelf and [t.key for t in terms] == [t.key for t in self._all]
        self.shelf, self._all, self._uses, self._book = shelf, tuple(terms), uses, book
        self._fill(same=same)

    def search(self, words: str) -> None:
        """Show only terms that hold every word typed."""
        self._query = tuple(words.casefold().split())
        self._fill(same=False)

    def _fill(self, *, same: bool) -> None:
        found = [t for t in self._all if all(word in _hay(t) for word in self._query)]
        if same and [t.key for t in found] == [t.key for t in self._shown]:
            self._shown = found
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, USES))
            return
        self.beginResetModel()
        self._shown = found
        self.endResetModel()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms of the list, searched for or not."""
        return self._all

    @property
    def searching(self) -> bool:
        """Whether some terms may be left out."""
        return bool(self._query)

    def row_of(self, key: str) -> int:
        """Return the row of a term; -1 where it is not shown."""
        return next((n for n, t in enumerate(self._shown) if t.key == key), -1)

    def term_at(self, index: AnyIndex) -> Term | None:
        """Return the term of an index, or None."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def uses(self, key: str) -> int:
        """Return how often a term is used."""
        return self._uses.get(key, 0)

    @property
    def mark_shown(self) -> bool:
        """Whether the list has a number or a load beside each term."""
        return self.shelf is not None and self.shelf.kind.id in (CUE, "verdict")

    @property
    def uses_shown(self) -> bool:
        """Whether uses are counted in the list."""
        return self.shelf is not None and self.shelf.kind.id != CUE

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many terms are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else USES + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == USES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        mark = tr("Number") if self.shelf is not None and self.shelf.kind.id == "verdict" else tr("Load")
        return {TERM: tr("Term"), MARK: mark, MEANING: tr("What it means"), USES: tr("Uses")}.get(section)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its tool tip, or what is read aloud."""
        term = self.term_at(index)
        if term is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._words(term, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(explained(term))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(term) if index.column() == TERM else self._words(term, index.column())
        return term.list if role == LIST_ROLE else None

    def _words(self, term: Term, column: int) -> str:
        if column == TERM:
            return term.label
        if column == MARK:
            return self._book.label("load", load_of(term)) if term.list == CUE else term.value or "–"
        if column == MEANING:
            return " ".join((term.definition or "").split())
        n = self.uses(term.key)
        return f"{n:,}" if n else "–"

    def _spoken(self, term: Term) -> str:
        parts = [term.label]
        if self.mark_shown:
            parts.append(self._words(term, MARK))
        parts.append(self._words(term, MEANING) or tr("not defined yet"))
        if self.uses_shown:
            parts.append(trn("used once", "used {n} times", self.uses(term.key)))
        return ", ".join(parts)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let words be typed over where the list's words are the project's."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TERM and self.can_write and self.shelf is not None and self.shelf.kind.renamed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass words typed in place on; the row follows once they were written."""
        term = self.term_at(index)
        words = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or term is None or not words or words == term.label:
            return False
        self.renamed.emit(term.key, words)
        return True


def _hay(term: Term) -> str:
    return " ".join((term.label, term.definition or "", term.example or "", term.value or "")).casefold()


class TermDelegate(QStyledItemDelegate):
    """Draws a cell; the chosen row is tinted, the row with the keyboard has a ring (drawn by the view)."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of a row."""
        return QSize(40, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        box = Box(QRectF(rect), option.direction == Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
        column, words = index.column(), str(index.data() or "")
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            p.fillRect(QRectF(rect), QColor(self.theme.tint if chosen else self.theme.hover))
        if column == TERM:
            if chosen:
                p.fillRect(box.rc(0, 0, 3, box.h), QColor(self.theme.accent))
            box.text(p, words, 12, 0, box.w - 18, box.h, font("body", 600 if chosen else 400), self.theme.ink)
        elif column == USES:
            box.text(p, words, 0, 0, box.w - 12, box.h, font("body"), self.theme.muted, end=True)
        elif words or column == MARK:
            box.text(p, words, 8, 0, box.w - 12, box.h, font("small"), self.theme.ink)
        elif index.data(LIST_ROLE) != CUE:
            box.text(p, tr("not defined yet"), 8, 0, box.w - 12, box.h, font("small", italic=True), self.theme.muted)
        p.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Return the field words are typed into."""
        field = QLineEdit(parent)
        field.setFont(font("body"))
        field.setAccessibleName(tr("Words of the term"))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Lay the field over the words."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.adjusted(3, 0, 0, 0))


class ShelfDelegate(QStyledItemDelegate):
    """Draws a list's name with how many terms it has."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of a row."""
        return QSize(40, 34)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        box = Box(QRectF(rect), option.direction == Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
        inner = box.rc(8, 1, box.w - 16, box.h - 2)
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(self.theme.tint if chosen else self.theme.hover))
            p.drawRoundedRect(inner, 6, 6)
        if chosen:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(self.theme.accent))
            p.drawRoundedRect(box.rc(8, 9, 3, box.h - 18), 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(p, inner, self.theme)
        face = font("body", 600 if chosen else 400)
        box.text(p, str(index.data() or ""), 20, 0, box.w - 72, box.h, face, self.theme.ink)
        n = str(index.data(Qt.ItemDataRole.UserRole) or "–")
        box.text(p, n, box.w - 56, 0, 36, box.h, font("small"), self.theme.muted, end=True)
        p.restore()


class TermsView(QTreeView):
    """The table of terms: F2 or a double click types over the words, Delete removes, Alt+arrows move."""

    def __init__(self, theme: Theme, model: TermsModel) -> None:
        super().__init__()
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(TermDelegate(theme, self))
        self.setAccessibleName(tr("Terms"))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setAllColumnsShowFocus(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        header = self.header()
        header.setFont(font("small"))
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(28)
        header.setStyleSheet("QHeaderView::section:first { padding-left: 12px; }")
        for n, width in WIDTHS.items():
            header.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(n, width)
        header.setSectionResizeMode(MEANING, QHeaderView.ResizeMode.Stretch)

    def drawRow(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ring round the row that has the keyboard."""
        super().drawRow(p, option, index)
        if self.hasFocus() and index.row() == self.currentIndex().row():
            p.save()
            focus_ring(p, QRectF(option.rect).adjusted(1, 0, -1, 0), self._theme, 4)  # type: ignore[attr-defined]
            p.restore()

    def choose(self, at: int) -> None:
        """Make a row current."""
        if 0 <= at < self.model().rowCount():
            self.setCurrentIndex(self.model().index(at, TERM))
