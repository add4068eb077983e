"""A list that pops up over the article: arrows move, Enter or a digit takes, Esc leaves; long ones are searched by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from annotator.language import tr
from annotator.ui.labels import column
from annotator.ui.panels.lists import Draw, FitList
from annotator.ui.theme import Theme, font, sheet

SEARCHED_FROM = 12
"""Lists of more rows than this get a field to search in."""
MOST_HEIGHT = 400
EDGE = 6


class PopList(QFrame):
    """Asks for one of several rows. It stays until ``hide``: who takes the answer decides whether there is another."""

    taken = Signal(object)
    """The value of the row a person took."""
    moved = Signal(object)
    """The value of the row now current, None once the list is gone."""
    gone = Signal()

    def __init__(
        self, theme: Theme, name: str, words: Callable[[Any], str], draw: Draw, row: int, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._words = words
        self._row = row
        self._all: list[Any] = []
        self.setAccessibleName(name)
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setPlaceholderText(tr("Type to search"))
        self.field.setAccessibleName(tr("Search in: {list}", list=name))
        self.list = FitList(theme, name, words, draw, lambda _: row, inset=4)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._owner = parent
        lines = self._lines = column(self, (EDGE, EDGE, EDGE, EDGE), EDGE)
        lines.addWidget(self.field)
        lines.addWidget(self.list)
        for part in (self.field, self.list):
            part.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.list.gone_to.connect(self.taken)
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))
        self.list.set_theme(theme)

    # -- opening

    def open_at(self, rows: Sequence[Any], anchor: QRect, width: int, at: int = 0) -> None:
        """Show rows under ``anchor`` (on the screen), or above it, with row ``at`` current; ``width`` in px."""
        self._all = list(rows)
        searched = len(self._all) > SEARCHED_FROM
        self.field.setVisible(searched)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.setFixedWidth(width)
        self._show(self._all)
        self.setLayoutDirection(self._owner.layoutDirection())
        self._place(anchor)
        self.show()
        (self.field if searched else self.list).setFocus(Qt.FocusReason.PopupFocusReason)
        if rows:
            self.list.choose(at)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows that say something else now; search and place are kept."""
        at = self.list.currentIndex().row()
        self._all = list(rows)
        self._search(self.field.text())
        if 0 <= at < len(self.list.values):
            self.list.choose(at)

    def _show(self, rows: list[Any]) -> None:
        self.list.set_values(rows)
        self.list.setFixedHeight(min(self.list.height(), MOST_HEIGHT, max(1, len(rows)) * self._row + 2))
        self.setFixedHeight(self._lines.sizeHint().height())

    def _place(self, anchor: QRect) -> None:
        screen = self.screen().availableGeometry()
        x = anchor.right() - self.width() if self.isRightToLeft() else anchor.left()
        y = anchor.bottom() + 4
        if y + self.height() > screen.bottom():
            y = max(screen.top(), anchor.top() - 4 - self.height())
        self.move(QPoint(max(screen.left(), min(x, screen.right() - self.width())), y))

    def _search(self, words: str) -> None:
        wanted = words.casefold().split()
        found = [r for r in self._all if all(word in self._words(r).casefold() for word in wanted)]
        self._show(found)
        if found:
            self.list.choose(0)

    def _tell(self, *_: object) -> None:
        if self.isVisible():
            self.moved.emit(self.list.current)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that the list is gone."""
        super().hideEvent(event)
        self.moved.emit(None)
        self.gone.emit()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the list's keys wherever the keyboard is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys that come to the frame itself."""
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key does here; False for one that means something to the field."""
        key, n = event.key(), len(self.list.values)
        typing = not self.field.isHidden()
        at = self.list.currentIndex().row()
        steps = {Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1}
        if not typing:
            steps |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: n - 1}
        digit = key - Qt.Key.Key_1
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in steps and n:
            self.list.choose(steps[Qt.Key(key)] % n)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (key == Qt.Key.Key_Space and not typing):
            if n and at >= 0:
                self.taken.emit(self.list.current)
        elif not typing and 0 <= digit < min(9, n):
            self.list.choose(digit)
            self.taken.emit(self.list.current)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the raised ground and its edge."""
        p = QPainter(self)
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRect(self.rect().adjusted(0, 0, -1, -1))
        p.end()
