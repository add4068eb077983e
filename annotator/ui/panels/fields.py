"""Fields one types in: a fact, a note, tags, a pick from the register. Each commits on Enter and when the focus leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from annotator.model.values import NOT_STATED
from annotator.ui.controls import NOT_FILLED_IN, ChoiceDelegate
from annotator.ui.labels import painter
from annotator.ui.paint import Box, advance, focus_ring
from annotator.ui.theme import Theme, font, icon

NOT_STATED_WORDS = "Not stated in the text"
FIELD_HEIGHT = 30


def _suggest(field: QLineEdit, words: Sequence[str]) -> QCompleter:
    """Give a field a list of words that fit what is typed, wherever in the word."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    popup = completer.popup()
    if popup is not None:
        popup.setFont(font("body"))
        popup.setItemDelegate(ChoiceDelegate(popup))
        popup.setAccessibleName(f"{field.accessibleName()}: suggestions")
    field.setCompleter(completer)
    return completer


class FactField(QLineEdit):
    """One line of text that may also be "not filled in" (None) or, where it applies, "not stated in the text"."""

    committed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        value: str | None,
        *,
        may_be_not_stated: bool = False,
        suggestions: Sequence[str] = (),
        hint: str = NOT_FILLED_IN,
    ) -> None:
        super().__init__()
        self._hint = hint
        self._value: str | None = None
        self._menu_action: QAction | None = None
        self.setAccessibleName(name)
        self.setFont(font("body"))
        self.setFixedHeight(FIELD_HEIGHT)
        if may_be_not_stated:
            self._menu_action = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
            self._menu_action.setToolTip("Not stated, not filled in (Alt+Down)")
            self._menu_action.triggered.connect(self._open_menu)
        if suggestions:
            _suggest(self, suggestions).activated.connect(self.commit)
        self.returnPressed.connect(self.commit)
        self.set_theme(theme)
        self.set_value(value)

    @property
    def value(self) -> str | None:
        """What is stored; typed text counts once it was committed."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a stored value; what is being typed is left alone."""
        if self.is_dirty() and self.hasFocus():
            self._value = value
            return
        self._value = value
        self._show()

    def is_dirty(self) -> bool:
        """Say whether something else was typed than what is stored."""
        return self.isModified() and self._typed() != self._value

    def commit(self) -> None:
        """Send what was typed, where it differs from what is stored."""
        if self.is_dirty():
            value = self._typed()
            self.setModified(False)
            self._value = value
            self.committed.emit(value)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Colour the chevron."""
        if self._menu_action is not None:
            self._menu_action.setIcon(QIcon(icon("chevron-down", theme.muted)))

    def _typed(self) -> str | None:
        text = " ".join(self.text().split())
        if text:
            return text
        return self._value if self._value == NOT_STATED else None

    def _show(self) -> None:
        stated = self._value not in (None, NOT_STATED)
        self.setText(self._value or "" if stated else "")
        self.setPlaceholderText(NOT_STATED_WORDS if self._value == NOT_STATED else self._hint)
        self.setAccessibleDescription("" if stated else self.placeholderText())
        self.setModified(False)
        self.setCursorPosition(0)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for value, words in ((NOT_STATED, NOT_STATED_WORDS), (None, NOT_FILLED_IN)):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(self._value == value)
            action.triggered.connect(lambda _=False, v=value: self._say(v))
        menu.exec(self.mapToGlobal(QPoint(0, self.height())))
        menu.deleteLater()

    def _say(self, value: str | None) -> None:
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.committed.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Down opens the choice, Esc takes back what was typed."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._menu_action:
            self._open_menu()
        elif event.key() == Qt.Key.Key_Escape and self.is_dirty():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the focus leaves; not for this field's own menu or list."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


class PickField(FactField):
    """Which register entry something belongs to: typing finds one, other words name a new one."""

    picked = Signal(str)
    """The id of an entry that was there."""
    named = Signal(str)
    """The name of an entry to be made."""

    def __init__(self, theme: Theme, name: str, entries: Sequence[tuple[str, str]], current: str | None) -> None:
        self._entries = list(entries)
        labels = dict(entries)
        super().__init__(
            theme,
            name,
            labels.get(current or ""),
            suggestions=[label for _, label in entries],
            hint="Nobody yet: type a name",
        )
        self.committed.connect(self._decide)

    def _decide(self, value: str | None) -> None:
        if not value:
            return
        wanted = value.casefold()
        for id_, label in self._entries:
            if label.casefold() == wanted:
                self.picked.emit(id_)
                return
        self.named.emit(value)


class NoteField(QPlainTextEdit):
    """A note of some lines; grows with what is written, up to a limit."""

    committed = Signal(object)
    LOW, HIGH = 60, 180

    def __init__(self, theme: Theme, name: str, note: str | None) -> None:
        super().__init__()
        self._value = note
        self.setAccessibleName(name)
        self.setFont(font("body"))
        self.setTabChangesFocus(True)
        self.setPlaceholderText("For you and for the report")
        self.setPlainText(note or "")
        self.document().setModified(False)
        self.textChanged.connect(self._grow)
        self._grow()

    def set_value(self, note: str | None) -> None:
        """Show a stored note; what is being typed is left alone."""
        if note != self._value and not (self.hasFocus() and self.is_dirty()):
            self.setPlainText(note or "")
        self._value = note

    def is_dirty(self) -> bool:
        """Say whether something else was typed than what is stored."""
        return self._typed() != self._value

    def commit(self) -> None:
        """Send what was typed, where it differs from what is stored."""
        if self.is_dirty():
            self._value = self._typed()
            self.committed.emit(self._value)

    def _typed(self) -> str | None:
        # toPlainText would turn no-break spaces into plain ones.
        text = self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
        return text or None

    def _grow(self) -> None:
        lines = max(1, self.document().size().toSize().height())
        height = int(lines * self.fontMetrics().lineSpacing()) + 20
        self.setFixedHeight(max(self.LOW, min(height, self.HIGH)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter commits."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the focus leaves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


class Chip(QAbstractButton):
    """One word with a cross; Delete, Backspace or a click on the cross takes it away."""

    removed = Signal(str)

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setFont(font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setAccessibleDescription("Delete takes it away")

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room word and cross take."""
        return QSize(min(240, int(advance(self.font(), self.text())) + 34), 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the word away by key."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the word away by its cross."""
        x = event.position().x()
        if (x < 22) if self.isRightToLeft() else (x > self.width() - 22):
            self.removed.emit(self.text())
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12.5, 12.5)
        box.text(p, self.text(), 10, 0, box.w - 30, box.h, self.font(), self._theme.ink)
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
        self, theme: Theme, name: str, words: Iterable[str], *, add: str, suggestions: Sequence[str] = ()
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
        if suggestions:
            _suggest(self._field, suggestions).activated.connect(self.commit, Qt.ConnectionType.QueuedConnection)
        self.set_words(tuple(words))

    @property
    def words(self) -> tuple[str, ...]:
        """The words shown."""
        return self._words

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
        elif (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.commit()
        return super().eventFilter(watched, event)
