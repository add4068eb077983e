"""The table behind a chart, in the panel: read row by row, copied with Ctrl+C."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from annotator.exporters.document import Cell, Link, Table, Text, WebLink
from annotator.language import tr
from annotator.ui.controls import Button, Hints, Label, column, row
from annotator.ui.theme import Theme, font, sheet

AnyIndex = QModelIndex | QPersistentModelIndex
SIDE = 20
ROW = 30
PAD = 4
"""Room beside the longest words of a column, px."""
NAMES = 0.45
"""The first column takes no more of the width where not all columns fit."""
SHORT = 9
"""Heads of no more letters stand in one line."""


def words_of(cell: Cell) -> str:
    """Return the words of a cell of a report's table."""
    lines = (
        "".join(
            part.text if isinstance(part, Text) else part.words.text
            for part in paragraph.inlines
            if isinstance(part, Text | Link | WebLink)
        )
        for paragraph in cell
    )
    return "\n".join(lines)


def in_two_lines(head: str) -> str:
    """Return a column's head, a long one parted at the space nearest its middle."""
    spaces = [at for at, letter in enumerate(head) if letter == " "]
    if len(head) <= SHORT or not spaces:
        return head
    at = min(spaces, key=lambda n: abs(n - len(head) / 2))
    return f"{head[:at]}\n{head[at + 1 :]}"


class CellsModel(QAbstractTableModel):
    """The cells of a report's table as words."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: list[str] = []
        self._in_two: list[str] = []
        self._ends: list[bool] = []
        self._rows: list[list[str]] = []

    def set_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._heads = [c.head for c in table.columns]
        self._in_two = [in_two_lines(head) for head in self._heads]
        self._ends = [c.align_end for c in table.columns]
        self._rows = [[words_of(cell) for cell in cells] for cells in table.rows]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words and how they stand."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._in_two[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._heads[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, at: int) -> int:
        side = Qt.AlignmentFlag.AlignTrailing if self._ends[at] else Qt.AlignmentFlag.AlignLeading
        return (side | Qt.AlignmentFlag.AlignVCenter).value

    def as_text(self, rows: list[int]) -> str:
        """Return some rows under the heads, cells parted by tabs; all rows where none is named."""
        wanted = rows or range(len(self._rows))
        lines = [self._heads, *(self._rows[n] for n in wanted)]
        return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in lines)


class _View(QTableView):
    left = Signal()
    wider = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of another size."""
        super().resizeEvent(event)
        self.wider.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows, or all; Esc goes back."""
        if event.matches(QKeySequence.StandardKey.Copy):
            model = self.model()
            assert isinstance(model, CellsModel)
            rows = sorted(i.row() for i in self.selectionModel().selectedRows())
            QGuiApplication.clipboard().setText(model.as_text(rows if len(rows) > 1 else []))
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TablePage(QWidget):
    """The page of a chart's table, with a way back."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.back = Button(theme, tr("Back"), "quiet", name=tr("Back to the figures"), symbol="chevron-left")
        self.head = Label(theme, "", "title", wrap=True)
        self.model = CellsModel()
        self.model.setParent(self)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setFont(font("body"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setShowGrid(False)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(ROW)
        self.view.horizontalHeader().setFont(font("small"))
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setTabKeyNavigation(False)
        top, head, foot = row(self.back, None), row(self.head), row(Hints(theme, self._hints))
        top.setContentsMargins(SIDE - 8, 8, SIDE, 0)
        head.setContentsMargins(SIDE, 2, SIDE, 8)
        foot.setContentsMargins(SIDE, 4, SIDE, 6)
        body = row(self.view)
        body.setContentsMargins(SIDE - 8, 0, SIDE - 8, 0)
        lines = column(self)
        lines.addLayout(top)
        lines.addLayout(head)
        lines.addLayout(body, 1)
        lines.addLayout(foot)
        self.back.clicked.connect(self.left)
        self.view.left.connect(self.left)
        self.view.wider.connect(self._set_widths)
        self.set_theme(theme)

    @staticmethod
    def _hints() -> list[tuple[str, str]]:
        return [("Ctrl+C", tr("copy")), ("Esc", tr("back"))]

    def set_theme(self, theme: Theme) -> None:
        """Show which row has the keyboard: the sheet of panels leaves that to painted rows."""
        chosen = f"QTableView::item:selected {{ background:{theme.tint}; color:{theme.ink}; }}"
        room = "QTableView::item { padding:0 4px; } QHeaderView::section { padding:4px; } QHeaderView::section:last { padding-right:4px; }"
        bar = f"QScrollBar:horizontal {{ height:10px; background:transparent; }} QScrollBar::handle:horizontal {{ background:{theme.faint}; }}"
        focus = f"QTableView:focus {{ border:2px solid {theme.accent}; border-radius:6px; }}"
        self.view.setStyleSheet(f"{sheet(theme)} {room} {bar} {chosen} {focus}")

    def show_table(self, title: str, table: Table) -> None:
        """Show a table."""
        self.head.setText(title)
        self.view.setAccessibleName(table.title or title)
        self.view.setAccessibleDescription(table.description)
        self.model.set_table(table)
        self._set_widths()

    def _set_widths(self) -> None:
        """Give each column what its words need, and the first one what is left; more than there is room for is scrolled."""
        header = self.view.horizontalHeader()
        if not header.count():
            return
        wanted = [
            max(self.view.sizeHintForColumn(at) + PAD, header.sectionSizeHint(at)) for at in range(header.count())
        ]
        room = self.view.viewport().width()
        wanted[0] = max(room - sum(wanted[1:]), min(wanted[0], round(room * NAMES)))
        for at, width in enumerate(wanted):
            header.resizeSection(at, width)

    def enter(self) -> None:
        """Give the table the keyboard."""
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.model.rowCount():
            self.view.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
