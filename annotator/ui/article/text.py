"""What a person does in the article's text: caret, selection, clicks, keys; what is copied out of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)

from annotator.model import Annotation, Id
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.highlights import smallest_first
from annotator.ui.theme import Theme

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_AROUND = 40
"""How far above or below a point a mark's line may begin, px."""


class ArticleText(MarkedText):
    """The text under a person's hands. Offsets are code points."""

    caret_moved = Signal(int)
    selected = Signal(int, int)
    picked = Signal(object)
    """A person chose a mark, or none, in the text."""
    activated = Signal(str)
    escaped = Signal()
    context_requested = Signal(QPoint, list)
    focused = Signal(bool)
    resized = Signal()
    zoom_asked = Signal(int)
    """Ctrl and the wheel: +1 or -1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.cursorPositionChanged.connect(self._tell_caret)
        self.selectionChanged.connect(self._tell_selection)

    # -- mouse

    def hit(self, point: QPointF) -> list[Id]:
        """Return the marks drawn at a point of the viewport, the smallest first."""
        found: dict[Id, Annotation] = {}
        for block, at in self.in_sight(point.y() - 1, point.y() + 1):
            inside = point - at
            for run in self.geometry_.runs(block, inside.y() - _AROUND, inside.y() + _AROUND):
                if run.outline.adjusted(2.5, 0, -2.5, 0).contains(inside):
                    found[run.span.id] = run.span.annotation
        return smallest_first(found.values())

    def _pick_next(self, here: list[Id]) -> None:
        """Choose the smallest mark of a place; again, the next one."""
        if self.chosen in here:
            self.picked.emit(here[(here.index(self.chosen) + 1) % len(here)])
        else:
            self.picked.emit(here[0] if here else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline what is under the pointer."""
        super().mouseMoveEvent(event)
        self._set_hover([] if event.buttons() else self.hit(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the outline away."""
        super().leaveEvent(event)
        self._set_hover([])

    def _set_hover(self, ids: list[Id]) -> None:
        if ids != self.hover:
            self.hover = ids
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked, unless words were selected."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._pick_next(self.hit(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu for what is under the pointer or the caret."""
        event.accept()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = self.viewport().mapFromGlobal(event.globalPos())
            ids = self.hit(QPointF(point))
            if not self.textCursor().hasSelection():
                self.setTextCursor(self.cursorForPosition(point))
            place = event.globalPos()
        else:
            ids = self.index.beside(self.caret())
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        if ids and self.chosen not in ids and not self.textCursor().hasSelection():
            self.picked.emit(ids[0])
        self.context_requested.emit(place, ids)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    # -- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says what is here, Esc goes back; everything else is Qt's caret."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            here = self.index.beside(self.caret())
            if here == [self.chosen]:
                self.activated.emit(self.chosen)
            else:
                self._pick_next(here)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that single letters act now."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that they do no longer."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the view share out the room."""
        super().resizeEvent(event)
        self.resized.emit()

    def _tell_caret(self) -> None:
        if not self.loading:
            self.caret_moved.emit(self.caret())

    def _tell_selection(self) -> None:
        if not self.loading:
            self.selected.emit(*self.selection())
            self.viewport().update()

    # -- what goes in and out

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the canonical words, and nothing but words."""
        data = QMimeData()
        data.setText(self.quote(*self.selection()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take nothing in."""
        return False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take nothing in."""

    def loadResource(self, type: int, name: Any) -> Any:
        """Load nothing: a text never reaches for files or the net."""
        return None

    def announce(self, words: str) -> None:
        """Have a screen reader say what the caret cannot show."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
