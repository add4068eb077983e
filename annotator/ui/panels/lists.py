"""Short lists inside a panel or a card: as tall as their rows, painted by a function, real lists for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, focus_ring
from annotator.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row stands: chosen, with the keyboard, under the pointer; its theme."""

    theme: Theme
    chosen: bool
    focused: bool
    hovered: bool


Draw = Callable[[QPainter, Box, Any, RowState], None]
Height = Callable[[Any], int]


class RowDelegate(QStyledItemDelegate):
    """Tint and a bar at the start say *chosen*, a ring says *has the keyboard*."""

    def __init__(self, theme: Theme, height: Height, draw: Draw, *, inset: int, bar: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._height = height
        self._draw = draw
        self._inset = inset
        self._bar = bar

    def height(self, value: Any) -> int:
        """Return the height of a row, in px."""
        return self._height(value)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row."""
        return QSize(40, self._height(index.data(CELL_ROLE)))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a row."""
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft  # type: ignore[attr-defined]
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shown = RowState(
            self.theme,
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_HasFocus),
            bool(state & QStyle.StateFlag.State_MouseOver),
        )
        inner = QRectF(rect).adjusted(self._inset, 1, -self._inset, -1)
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self._paint_ground(p, inner, shown, mirrored=mirrored)
        self._draw(p, Box(inner, mirrored), index.data(CELL_ROLE), shown)
        p.restore()

    def _paint_ground(self, p: QPainter, inner: QRectF, shown: RowState, *, mirrored: bool) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        if shown.chosen or shown.hovered:
            p.setBrush(QColor(self.theme.tint if shown.chosen else self.theme.hover))
            p.drawRoundedRect(inner, 6, 6)
        if shown.chosen and self._bar:
            p.setBrush(QColor(self.theme.accent))
            p.drawRoundedRect(Box(inner, mirrored).rc(0, 8, 3, inner.height() - 16), 1.5, 1.5)
        if shown.focused:
            focus_ring(p, inner, self.theme)


class RowList(QListView):
    """A list of painted rows without a frame, scrolled by pixels and never sideways."""

    def __init__(self, name: str, model: QAbstractItemModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    @property
    def current(self) -> Any:
        """The current row's value, or None."""
        index = self.currentIndex()
        return index.data(CELL_ROLE) if index.isValid() else None

    def choose(self, at: int) -> None:
        """Choose a row by its number."""
        self.setCurrentIndex(self.model().index(at, 0))

    def choose_any(self) -> None:
        """Choose a row where none is: given the keyboard, Qt would make one current without showing it."""
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.choose(max(0, self.currentIndex().row()))

    def menu_place(self, event: QContextMenuEvent) -> QPoint:
        """Return where a menu opens on the screen: under the pointer, or by the keyboard under the current row."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        return event.globalPos()


class FitList(RowList):
    """A list without frame or scroll bar, as tall as its rows. A click or Enter goes to a row; Delete asks to remove it."""

    gone_to = Signal(object)
    delete_asked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: Callable[[Any], str],
        draw: Draw,
        height: Height,
        *,
        inset: int = 0,
        bar: bool = False,
        model: RowsModel[Any] | None = None,
    ) -> None:
        super().__init__(name, model or RowsModel(words))
        self.rows_model = cast("RowsModel[Any]", self.model())
        self.rows_model.setParent(self)
        self.delegate = RowDelegate(theme, height, draw, inset=inset, bar=bar, parent=self)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._go)

    @property
    def values(self) -> list[Any]:
        """The rows' values."""
        return self.rows_model.rows

    def set_values(self, values: Sequence[Any]) -> None:
        """Show these rows and take their height."""
        at = self.currentIndex().row()
        self.rows_model.set_rows(values)
        self.setFixedHeight(sum(self.delegate.height(v) for v in values) + self.frame_room())
        if at >= 0 and self.hasFocus() and values:
            self.choose(min(at, len(values) - 1))

    def frame_room(self) -> int:
        """Return what the list takes beside its rows, in px."""
        return 2

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self.delegate.theme = theme
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row has the keyboard."""
        self.choose_any()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no chosen row while the keyboard is elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Delete asks to remove."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.gone_to.emit(self.current)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current is not None:
            self.delete_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        value = index.data(CELL_ROLE)
        if value is not None:
            self.gone_to.emit(value)
