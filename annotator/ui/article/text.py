"""What a person does in the article's text: caret, selection, clicks, keys; what is copied out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)

from annotator.model import Annotation, Id
from annotator.ui.article.marked_text import MarkedText, crowd_tip
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
    listed = Signal(list, QRect)
    """Marks that coincide, to choose among, and where on the screen they are."""
    escaped = Signal()
    context_requested = Signal(QPoint, list)
    focused = Signal(bool)
    resized = Signal()
    zoom_asked = Signal(int)
    """Ctrl and the wheel: +1 or -1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._grown: list[tuple[int, int]] = []
        """Anchor and place of the caret before each step a selection grew by, in Qt's units."""
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
        return self.in_reach(smallest_first(found.values()))

    def here(self) -> list[Id]:
        """Return the marks at the caret that a person sees, the smallest first."""
        return self.in_reach(self.index.beside(self.caret()))

    def caret_rect(self) -> QRect:
        """Return where on the screen the caret stands."""
        rect = self.cursorRect()
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _pick_next(self, here: list[Id]) -> None:
        """Choose the smallest mark of a place; again, the next one."""
        if self.chosen in here:
            self.picked.emit(here[(here.index(self.chosen) + 1) % len(here)])
        else:
            self.picked.emit(here[0] if here else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline what is under the pointer."""
        super().mouseMoveEvent(event)
        here = event.position()
        crowd = self.crowd_at(here)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if crowd else Qt.CursorShape.IBeamCursor)
        self.setToolTip(crowd_tip() if crowd else "")
        self.show_hovered([] if event.buttons() else list(crowd) or self.hit(here))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the outline away."""
        super().leaveEvent(event)
        self.show_hovered([])

    def show_hovered(self, ids: list[Id]) -> None:
        """Outline marks in dots: under the pointer, or current in a list."""
        if ids != self.hover:
            self.hover = ids
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked, unless words were selected."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            crowd = self.crowd_at(event.position())
            if crowd:
                self.listed.emit(list(crowd), QRect(event.globalPosition().toPoint(), QSize(1, 8)))
            else:
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
            ids = self.here()
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
            here = self.here()
            if here == [self.chosen]:
                self.activated.emit(self.chosen)
            elif self.chosen in here:
                self.listed.emit(here, self.caret_rect())
            else:
                self._pick_next(here)
        elif event.key() == Qt.Key.Key_Escape:
            self.propose(())
            self.escaped.emit()
        else:
            before = self._ends()
            if not self._step_paragraph(event):
                super().keyPressEvent(event)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and _lies_in(before, self._ends()):
                self._grown.append(before)

    def _step_paragraph(self, event: QKeyEvent) -> bool:
        """Ctrl+Up and Ctrl+Down go by paragraphs, with Shift they select; Qt has keys for that on a Mac only."""
        held, key = event.modifiers() & ~_KEYPAD, event.key()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or held not in (control, control | shift):
            return False
        cursor, move = self.textCursor(), QTextCursor.MoveOperation
        mode = QTextCursor.MoveMode.KeepAnchor if held & shift else QTextCursor.MoveMode.MoveAnchor
        if key == Qt.Key.Key_Up and not cursor.atBlockStart():
            cursor.movePosition(move.StartOfBlock, mode)
        else:
            step = move.NextBlock if key == Qt.Key.Key_Down else move.PreviousBlock
            moved = cursor.movePosition(step, mode)
            while moved and cursor.block().length() <= 1:  # an empty line between two paragraphs
                moved = cursor.movePosition(step, mode)
            if not moved and key == Qt.Key.Key_Down:
                cursor.movePosition(move.EndOfBlock, mode)
        self.setTextCursor(cursor)
        return True

    def propose(self, spans: Sequence[tuple[int, int]]) -> None:
        """Outline spans in dashes; none: take them away."""
        if tuple(spans) != self.proposed:
            self.proposed = tuple(spans)
            self.viewport().update()

    # -- growing and shrinking back

    def grow_to(self, start: int, end: int) -> None:
        """Select more; ``shrink_back`` takes it back."""
        before = self._ends()
        self.select(start, end)
        if _lies_in(before, self._ends()):
            self._grown.append(before)

    def shrink_back(self) -> bool:
        """Take back the last step the selection grew by; False where it did not grow here."""
        while self._grown:
            anchor, position = self._grown.pop()
            if _lies_in((anchor, position), self._ends()):
                cursor = self.textCursor()
                cursor.setPosition(anchor)
                cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
                return True
        return False

    def _ends(self) -> tuple[int, int]:
        cursor = self.textCursor()
        return cursor.anchor(), cursor.position()

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
            if not self.textCursor().hasSelection():
                self._grown.clear()
            self.propose(())  # what was shown for the caret's place is shown no longer
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


def _lies_in(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Say whether a selection (anchor, caret) lies in another and is not the same."""
    return min(outer) <= min(inner) and max(inner) <= max(outer) and sorted(inner) != sorted(outer)
