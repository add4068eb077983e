"""What the register panels share: a table of 32 px rows, its head with a filter, an empty state, a foot with actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from annotator.model import Id
from annotator.ui.labels import EmptyNote, Label, ShyScrollBar, column, retheme, row
from annotator.ui.models import CELL_ROLE, ROW_ROLE, Cell, Column, RegisterModel, Row
from annotator.ui.paint import Box, advance, focus_ring, glyph, status_glyph
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import Workspace

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = 32
SIDE = 20
NAME_AT = 40


class RegisterDelegate(QStyledItemDelegate):
    """Draws a cell: the tint runs over the whole row, numbers stand at the end, what is missing is in a dashed frame."""

    def __init__(self, theme: Theme, kind: str, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
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
            if chosen or state & QStyle.StateFlag.State_MouseOver:
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
        field.setAccessibleName("Name")
        return field


class RegisterView(QTreeView):
    """The table; one focus ring round the whole row, the end columns give way where it is narrow."""

    delete_pressed = Signal()
    letter_pressed = Signal(str)
    enter_pressed = Signal()

    def __init__(self, theme: Theme, kind: str, name: str, model: RegisterModel) -> None:
        super().__init__()
        self._taken = False
        self._columns = model.columns
        self._delegate = RegisterDelegate(theme, kind, model.columns, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAllColumnsShowFocus(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_header()

    def _set_up_header(self) -> None:
        header = self.header()
        header.setFont(font("small"))
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(36)
        header.setFixedHeight(ROW)
        header.setSectionsClickable(True)
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

    def drawRow(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the ring round the row that has the keyboard."""
        super().drawRow(p, option, index)
        if self.hasFocus() and index.row() == self.currentIndex().row():
            p.save()
            focus_ring(p, QRectF(option.rect).adjusted(1, 0, -1, 0), self._delegate.theme, 4)  # type: ignore[attr-defined]
            p.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row where none is chosen: Qt would make one current without showing it."""
        if not self.selectionModel().hasSelection():
            self.choose_first()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass Delete and plain letters on; Qt's own search by letter keeps the letters no panel wants."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
            return
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.enter_pressed.emit()
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
        model = self.model()
        for n in range(model.rowCount()):
            index = model.index(n, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return


class RegisterPanel(QWidget):
    """A panel that lists one kind of thing. It pulls when it is visible, and is stale while it is not."""

    title = ""
    kind = "claim"
    columns: Sequence[Column] = ()
    empty = ""
    nothing_found = "Nothing here fits what you typed."

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self.workspace = workspace
        self.theme = theme
        self._stale = True
        self._syncing = False
        self.model = RegisterModel(self.columns, self)
        self.view = RegisterView(theme, self.kind, self.title, self.model)
        self.setAccessibleName(self.title)
        self._build()
        workspace.changed.connect(self._changed)
        workspace.article_changed.connect(self.mark_stale)
        workspace.chosen_changed.connect(self._follow)

    # -- building

    def _build(self) -> None:
        self.setStyleSheet(sheet(self.theme))
        self._count = Label(self.theme, "", "title", muted=True)
        self.filter = self._filter_field()
        self._note = EmptyNote(self.theme, self.empty)
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
        self.view.clicked.connect(self._go_on)
        self.view.delete_pressed.connect(lambda: self.current and self.delete(self.current))
        self.view.letter_pressed.connect(self._letter)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.model.modelReset.connect(self._show_state)

    def _filter_field(self) -> QLineEdit:
        words = f"Filter {self.title.lower()}"
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        field.setFont(font("small"))
        field.setFixedHeight(ROW)
        field.setMinimumWidth(96)
        field.setMaximumWidth(200)
        field.setClearButtonEnabled(True)
        self._search = field.addAction(
            QIcon(icon("search", self.theme.muted)), QLineEdit.ActionPosition.LeadingPosition
        )
        field.textChanged.connect(self._filter_changed)
        field.returnPressed.connect(self.view.setFocus)
        return field

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._search.setIcon(QIcon(icon("search", theme.muted)))
        retheme(self, theme)

    # -- what a register says of itself

    def rows(self) -> Sequence[Row]:
        """Return the rows to show, from the workspace."""
        raise NotImplementedError

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
        """Pull the rows."""
        self._stale = False
        keep = self.current
        self._syncing = True
        self.model.set_rows(self.rows())
        self._syncing = False
        self._show_state()
        self._make_current(self.chosen_id() or keep)

    def _changed(self, _: object) -> None:
        self.mark_stale()

    def showEvent(self, event: object) -> None:
        """Pull what changed meanwhile."""
        if self._stale:
            self.refresh()
        super().showEvent(event)  # type: ignore[arg-type]

    def _show_state(self) -> None:
        total, shown = self.model.total, self.model.shown
        here, of = self.model.counts
        self._count.setText(f"{here} of {of}" if here != of else str(of))
        self._note.setText(self.empty if not total else self.nothing_found)
        self._note.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self._foot.setVisible(bool(shown))

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
        rows = self.view.selectionModel().selectedRows()
        found = self.model.row_at(rows[0]) if rows else None
        return found.id if found else None

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
        """Esc leaves the filter empty."""
        if event.key() == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
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
