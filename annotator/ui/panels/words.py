"""Words as chips: tags, other names; a layout that begins a new line where a widget does not fit."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QLineEdit, QSizePolicy, QWidget

from annotator.language import tr
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, advance, focus_ring
from annotator.ui.panels.fields import FIELD_HEIGHT, Offers, suggest
from annotator.ui.theme import Theme, font, icon


class Chip(QAbstractButton):
    """One word with a cross; Delete, Backspace or a click on the cross takes it away."""

    removed = Signal(str)

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._why = ""
        self.setText(text)
        self.setFont(font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setAccessibleDescription(tr("Delete takes it away"))
        self.setToolTip(tr("Delete takes it away"))

    def set_read_only(self, why: str) -> None:
        """Stay; the tool tip says why."""
        self._why = why
        self.setAccessibleDescription(why)
        self.setToolTip(plain_tip(why))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room word and cross take."""
        room = 22 if self._why else 34
        return QSize(min(240, int(advance(self.font(), self.text())) + room), 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the word away by key."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._why:
            self.removed.emit(self.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the word away by its cross."""
        x = event.position().x()
        if not self._why and ((x < 22) if self.isRightToLeft() else (x > self.width() - 22)):
            self.removed.emit(self.text())
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12.5, 12.5)
        box.text(p, self.text(), 10, 0, box.w - (18 if self._why else 30), box.h, self.font(), self._theme.ink)
        if not self._why:
            p.drawPixmap(box.rc(box.w - 20, 7, 12, 12).toRect(), icon("x", self._theme.muted, 12))
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), self._theme, 11)
        p.end()


class FlowLayout(QLayout):
    """Puts widgets side by side and begins a new line where one does not fit."""

    GAP = 6

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Return an item or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the lines take."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the smallest size."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the room of the widest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        y = 0
        for line in self._lines(rect.width()):
            height = max(size.height() for _, size in line)
            if place:
                self._place(line, rect, rect.y() + y, height)
            y += height + self.GAP
        return max(0, y - self.GAP)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._items:
            size = item.sizeHint()
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, size))
            x += size.width() + self.GAP
        return lines

    def _place(self, line: list[tuple[QLayoutItem, QSize]], rect: QRect, top: int, height: int) -> None:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        x = 0
        for item, size in line:
            left = rect.right() + 1 - x - size.width() if mirrored else rect.x() + x
            item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
            x += size.width() + self.GAP


class TagEditor(QWidget):
    """Words as chips and a field to add one; used for tags and for other names of an entry."""

    changed = Signal(tuple)

    def __init__(
        self, theme: Theme, name: str, words: Iterable[str], *, add: str, offers: Offers | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._flow = FlowLayout(self)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._field = QLineEdit(self)
        self._field.setFont(font("small"))
        self._field.setFixedSize(max(96, int(advance(font("small"), add)) + 28), FIELD_HEIGHT)
        self._field.setPlaceholderText(add)
        self._field.setAccessibleName(add)
        self._field.returnPressed.connect(self.commit)
        self._field.installEventFilter(self)
        self._offers = offers
        self.set_words(tuple(words))

    @property
    def words(self) -> tuple[str, ...]:
        """The words shown."""
        return self._words

    def set_read_only(self, why: str) -> None:
        """Show the words and take none; the tool tip says why."""
        self._field.hide()
        self.setToolTip(plain_tip(why))
        for chip in self.findChildren(Chip):
            chip.set_read_only(why)

    @property
    def field(self) -> QLineEdit:
        """The field where a word is typed."""
        return self._field

    def set_words(self, words: tuple[str, ...]) -> None:
        """Show these words."""
        if words == self._words and self._flow.count():
            return
        self._words = words
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, Chip):
                widget.hide()
                widget.deleteLater()
        before: QWidget | None = None
        for word in words:
            chip = Chip(self._theme, word)
            chip.removed.connect(self._remove)
            self._flow.addWidget(chip)
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        self._flow.addWidget(self._field)
        if before is not None:
            QWidget.setTabOrder(before, self._field)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for chips to come."""
        self._theme = theme

    def commit(self) -> None:
        """Add the typed word."""
        word = " ".join(self._field.text().split())
        self._field.clear()
        if word and word.casefold() not in (w.casefold() for w in self._words):
            self._change((*self._words, word))

    def _remove(self, word: str) -> None:
        self._field.setFocus()
        self._change(tuple(w for w in self._words if w != word))

    def _change(self, words: tuple[str, ...]) -> None:
        self.set_words(words)
        self.changed.emit(words)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Backspace in the empty field takes the last word away; leaving the field adds what was typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace and not self._field.text() and self._words:
                self._remove(self._words[-1])
                return True
        elif event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and self._offers is not None:
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                suggest(self._field, self._offers(), self.commit)
        elif (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.commit()
        return super().eventFilter(watched, event)
