"""The table of a register: rows of 32 px, one focus ring round the whole row, search by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.language import tr
from annotator.ui.labels import ShyScrollBar
from annotator.ui.models import CELL_ROLE, Cell, Column
from annotator.ui.paint import Box, advance, focus_ring, glyph, status_glyph
from annotator.ui.panels.register_model import RegisterModel
from annotator.ui.theme import Theme, font

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = 32
SIDE = 20
NAME_AT = 40
LETTERS_MS = 1500
"""So long the letters typed stay in view."""


class RegisterDelegate(QStyledItemDelegate):
    """Draws a cell: the tint runs over the whole row, numbers stand at the end, what is missing is in a dashed frame."""

    def __init__(self, theme: Theme, kind: str, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hovered = -1
        """The row under the pointer."""
        self._kind = kind
        self._columns = tuple(columns)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height of a row."""
        return QSize(40, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        cell: Cell | None = index.data(CELL_ROLE)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        box = Box(QRectF(rect), option.direction == Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if cell is None:
            self._paint_head(p, box, index)
        else:
            if chosen or index.row() == self.hovered:
                tint = self.theme.tint if chosen else self.theme.hover
                p.fillRect(QRectF(rect).adjusted(0, 1, 0, -1), QColor(tint))
            if index.column() == 0:
                self._paint_name(p, box, cell, chosen=chosen)
            else:
                self._paint_value(p, box, cell, index.column())
        p.restore()

    def _paint_head(self, p: QPainter, box: Box, index: AnyIndex) -> None:
        if index.column() == 0:
            box.text(p, str(index.data()), SIDE, 2, box.w - SIDE, 30, font("small", 600), self.theme.ink)
        p.fillRect(box.rc(0, box.h - 1, box.w, 1), QColor(self.theme.line))

    def _paint_name(self, p: QPainter, box: Box, cell: Cell, *, chosen: bool) -> None:
        if chosen:
            p.fillRect(box.rc(0, 1, 3, box.h - 2), QColor(self.theme.accent))
        at = box.rc(SIDE, 11, 10, 10)
        glyph(p, self._kind, at.x(), at.y(), self.theme)
        ink = self.theme.muted if cell.muted else self.theme.ink
        face = font("body", 600 if chosen else 400, italic=cell.italic)
        box.text(p, cell.text, NAME_AT, 0, box.w - NAME_AT - 4, box.h, face, ink)

    def _paint_value(self, p: QPainter, box: Box, cell: Cell, column_no: int) -> None:
        last = self._columns[column_no] is self._columns[-1]
        end = SIDE if last else 8
        ink = self.theme.muted if cell.muted else self.theme.ink
        if self._columns[column_no].number:
            box.text(p, cell.text, 0, 0, box.w - end, box.h, font("body"), ink, end=True)
            return
        x = 8
        if cell.mark == "source":
            at = box.rc(x, 11, 10, 10)
            glyph(p, "source", at.x(), at.y(), self.theme)
            x += 18
        elif cell.mark:
            at = box.rc(x, 10, 12, 12)
            status_glyph(p, cell.mark, at.x(), at.y(), self.theme, self.theme.muted)
            x += 20
        if cell.missing:
            self._paint_missing(p, box, x, cell.text)
            return
        role = "body" if self._columns[column_no].main else "small"
        face = font(role, italic=cell.italic)
        box.text(p, cell.text, x, 0, box.w - x - 4, box.h, face, ink)

    def _paint_missing(self, p: QPainter, box: Box, x: float, words: str) -> None:
        width = min(advance(font("small"), words) + 13, box.w - x - 4)
        pen = p.pen()
        pen.setColor(QColor(self.theme.edge))
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setWidthF(1)
        p.setPen(pen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(box.rc(x, 7, width, 18).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box.text(p, words, x + 6, 0, width - 8, box.h, font("small"), self.theme.ink)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Lay the field over the name, beside its mark."""
        box = Box(QRectF(option.rect), option.direction == Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
        editor.setGeometry(box.rc(NAME_AT - 9, 1, box.w - NAME_AT + 8, ROW - 2).toRect())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Return the field a name is typed into."""
        field = QLineEdit(parent)
        field.setFont(font("body"))
        field.setAccessibleName(tr("Name"))
        return field


class RegisterView(QTableView):
    """The table; one focus ring round the whole row, the end columns give way where it is narrow."""

    delete_pressed = Signal()
    letter_pressed = Signal(str)
    enter_pressed = Signal()
    left_upwards = Signal()
    """Up was pressed on the first row."""
    finding = Signal(str, bool)
    """The letters by which a row is looked for, and whether there is one; a little later none."""

    def __init__(self, theme: Theme, kind: str, name: str, model: RegisterModel) -> None:
        super().__init__()
        self._taken = False
        self._columns = model.columns
        self._rows = model
        self._typed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._forget_typed)
        self._shown = QTimer(self)
        self._shown.setSingleShot(True)
        self._shown.setInterval(LETTERS_MS)
        self._shown.timeout.connect(lambda: self.finding.emit("", True))
        self._delegate = RegisterDelegate(theme, kind, model.columns, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_headers()

    def _set_up_headers(self) -> None:
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(ROW)
        lines.setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setFont(font("small"))
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(36)
        header.setFixedHeight(ROW)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {NAME_AT}px; }}")
        for n, col in enumerate(self._columns):
            stretch = QHeaderView.ResizeMode.Stretch if not col.width else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(n, stretch)
            if col.width:
                header.resizeSection(n, col.width)
        self.setSortingEnabled(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._delegate.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        for n, col in enumerate(self._columns):
            self.setColumnHidden(n, self.width() < col.needs)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Light up none."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._delegate.hovered:
            self._delegate.hovered = at
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the ring round the one that has the keyboard."""
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            p = QPainter(self.viewport())
            top = self.rowViewportPosition(current.row())
            ring = QRectF(0, top, self.viewport().width(), ROW).adjusted(1, 0, -1, 0)
            focus_ring(p, ring, self._delegate.theme, 4)
            p.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row where none is chosen: Qt would make one current without showing it."""
        if not self.selectionModel().hasSelection():
            self.choose_first()
        super().focusInEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next name that begins, or has a word that begins, with what is typed."""
        again = not self._typed.strip(search)
        self._typed = search if again else self._typed + search
        self._typing.start(QGuiApplication.styleHints().keyboardInputInterval())
        at = self._rows.find(self._typed, self.currentIndex().row() - (0 if again else 1))
        if at >= 0:
            self.setCurrentIndex(self._rows.index(at, 0))
        self.finding.emit(self._typed, at >= 0)
        self._shown.start()

    def _forget_typed(self) -> None:
        self._typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass Delete and plain letters on; the search by typing keeps the letters no panel wants."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
            return
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.enter_pressed.emit()
            return
        if event.key() == Qt.Key.Key_Up and not editing and self.currentIndex().row() <= self._first():
            self.left_upwards.emit()
            return
        if event.text().isalpha() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._taken = False
            self.letter_pressed.emit(event.text().lower())
            if self._taken:
                return
        super().keyPressEvent(event)

    def take_letter(self) -> None:
        """Say, while a letter is passed on, that it was used."""
        self._taken = True

    def choose_first(self) -> None:
        """Make the first row current that can be chosen, without telling that a person chose it."""
        first = self._first()
        if first >= 0:
            self.setCurrentIndex(self._rows.index(first, 0))

    def _first(self) -> int:
        """Return the first row that can be chosen: the first of all, or the one below its group's head; -1 for none."""
        model = self._rows
        rows = range(min(2, model.rowCount()))
        return next((n for n in rows if model.index(n, 0).flags() & Qt.ItemFlag.ItemIsSelectable), -1)
