"""Places of an article to be looked through and ticked: other places of a name, or mentions that are somebody else's."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.language import tr
from annotator.ui.controls import Hints, Label, ShyScrollBar, column
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance, focus_ring, glyph
from annotator.ui.theme import Theme, font, icon

AnyIndex = QModelIndex | QPersistentModelIndex
ROW = 48
REACH = 60
"""So many code points of context are kept on either side of a place."""


@dataclass(frozen=True, slots=True)
class Review:
    """A place to be looked at: where it is, its words with some before and after, a remark, and whether it is ticked.

    ``key`` is what the asker knows it by; ``kind`` the glyph drawn before it.
    """

    key: Any
    start: int
    end: int
    before: str
    words: str
    after: str
    kind: str
    note: str = ""
    ticked: bool = True

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        return ", ".join(p for p in (f"{self.before} {self.words} {self.after}".strip(), self.note) if p)


def review(text: str, key: object, start: int, end: int, kind: str, *, note: str = "", ticked: bool = True) -> Review:
    """Return a place with what stands before and after it in its paragraph."""
    before = text[max(0, start - REACH) : start].rpartition("\n")[2]
    after = text[end : end + REACH].partition("\n")[0]
    flat = [" ".join(part.split()) for part in (before, text[start:end], after)]
    return Review(key, start, end, *flat, kind=kind, note=note, ticked=ticked)


class ReviewModel(RowsModel[Review]):
    """Places with a tick each, which screen readers are told."""

    def __init__(self, rows: Sequence[Review]) -> None:
        super().__init__(lambda r: r.spoken, rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a place, or its tick."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            return Qt.CheckState.Checked if self.rows[index.row()].ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Say that a place can be chosen and ticked."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def tick(self, at: int, ticked: bool) -> None:
        """Tick a place, or take its tick away."""
        if self.rows[at].ticked != ticked:
            self.set_row(at, replace(self.rows[at], ticked=ticked))
            index = self.index(at, 0)
            self.dataChanged.emit(index, index, [int(Qt.ItemDataRole.CheckStateRole)])

    @property
    def ticked(self) -> list[Review]:
        """The ticked places."""
        return [r for r in self.rows if r.ticked]


class ReviewDelegate(QStyledItemDelegate):
    """Draws a tick, the words in their place, and a remark below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a place."""
        return QSize(200, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a place."""
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        box = Box(QRectF(rect), option.direction == Qt.LayoutDirection.RightToLeft)  # type: ignore[attr-defined]
        shown: Review = index.data(CELL_ROLE)
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            p.fillRect(QRectF(rect).adjusted(0, 1, 0, -1), QColor(self.theme.tint if chosen else self.theme.hover))
        if chosen:
            p.fillRect(box.rc(0, 1, 3, box.h - 2), QColor(self.theme.accent))
        down = 0 if shown.note else 6
        self._tick(p, box.rc(24, 9 + down, 16, 16), shown.ticked)
        at = box.rc(52, 12 + down, 10, 10)
        glyph(p, shown.kind, at.x(), at.y(), self.theme)
        self._words(p, box, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(p, QRectF(rect).adjusted(1, 0, -1, 0), self.theme, 4)
        p.restore()

    def _tick(self, p: QPainter, at: QRectF, on: bool) -> None:
        mark = at.adjusted(0.5, 0.5, -0.5, -0.5)
        p.setPen(QPen(QColor(self.theme.ink if on else self.theme.edge), 1.3))
        p.setBrush(QColor(self.theme.ink if on else self.theme.raised))
        p.drawRoundedRect(mark, 4, 4)
        if on:
            p.drawPixmap(mark.adjusted(1, 1, -1, -1).toRect(), icon("check", self.theme.page, 14))

    def _words(self, p: QPainter, box: Box, shown: Review) -> None:
        """Draw the words with as much before and after them as there is room for; the line runs as the article does."""
        y = 4 if shown.note else 10
        line = Box(box.rc(72, y, box.w - 72 - 20, 26), _runs_leftwards(f"{shown.words} {shown.after} {shown.before}"))
        ink, muted = self.theme.ink if shown.ticked else self.theme.muted, self.theme.muted
        heavy, plain = font("body", 600), font("body")
        words = min(advance(heavy, shown.words) + 2, line.w * 0.7)
        before = _end_of(shown.before, (line.w - words) * 0.45)
        taken = advance(plain, before + " ") if before else 0.0
        if before:
            line.text(p, before, 0, 0, taken + 2, line.h, plain, muted)
        line.text(p, shown.words, taken, 0, words, line.h, heavy, ink)
        rest = line.w - taken - words
        if shown.after and rest > 24:
            gap = "" if not shown.after[0].isalnum() else " "
            line.text(p, gap + shown.after, taken + words, 0, rest, line.h, plain, muted)
        if shown.note:
            box.text(p, shown.note, 72, 25, box.w - 72 - 20, 18, font("small"), muted)


def _runs_leftwards(words: str) -> bool:
    """Say whether the first letter that has a direction runs from right to left."""
    return next((d != "L" for d in map(unicodedata.bidirectional, words) if d in ("L", "R", "AL")), False)


def _end_of(words: str, room: float) -> str:
    """Return the end of some words that fits in a width, whole words only."""
    face = font("body")
    if advance(face, words) <= room:
        return words
    kept = words.split(" ")
    while kept and advance(face, "… " + " ".join(kept)) > room:
        kept.pop(0)
    return "… " + " ".join(kept) if kept else ""


class ReviewList(QListView):
    """The places: arrows move, Space ticks, Enter does what the dialog is for."""

    pointed = Signal(object)
    """The place the keyboard is at."""
    ticks_changed = Signal()

    def __init__(self, theme: Theme, name: str, rows: Sequence[Review]) -> None:
        super().__init__()
        self.places = ReviewModel(rows)
        self.places.setParent(self)
        self.setModel(self.places)
        self.setItemDelegate(ReviewDelegate(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._point)

    def _point(self, now: QModelIndex) -> None:
        self.pointed.emit(now.data(CELL_ROLE))

    def go_to(self, at: int) -> None:
        """Go to a place."""
        self.setCurrentIndex(self.places.index(at, 0))

    def toggle(self, at: int) -> None:
        """Tick a place, or take its tick away."""
        if 0 <= at < len(self.places.rows):
            self.places.tick(at, not self.places.rows[at].ticked)
            self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Tick every place; where all are, none."""
        every = len(self.places.ticked) < len(self.places.rows)
        for at in range(len(self.places.rows)):
            self.places.tick(at, every)
        self.ticks_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a place where none is."""
        if not self.currentIndex().isValid() and self.places.rows:
            self.go_to(0)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Ctrl+A ticks all or none."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tick_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialog's own button
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Change the tick that was clicked; elsewhere a click only goes there."""
        super().mouseReleaseEvent(event)
        x = self.width() - event.position().x() if self.isRightToLeft() else event.position().x()
        if event.button() == Qt.MouseButton.LeftButton and x < 48:
            self.toggle(self.indexAt(event.position().toPoint()).row())


class PlacesDialog(Sheet):
    """Shows places with a tick each. ``pointed`` tells where the keyboard is, so that the article can show it."""

    pointed = Signal(int, int)

    def __init__(
        self, theme: Theme, title: str, about: str, rows: Sequence[Review], parent: QWidget | None, *, main: str,
        named: str = "",
    ) -> None:  # fmt: skip
        """Show the places; ``main`` is the verb on the button, ``named`` asks besides for a name and labels its field."""
        super().__init__(theme, title, parent, main=main)
        self.places = ReviewList(theme, title, rows)
        self.name = self._name_field(named) if named else None
        self._count = Label(theme, "", "small", muted=True)
        body = QWidget()
        layout = column(body, (0, 18, 0, 0), 0)
        head = QWidget()
        lines = column(head, (24, 0, 24, 10), 4)
        lines.addWidget(Label(theme, title, "title"))
        lines.addWidget(Label(theme, about, "small", muted=True, wrap=True))
        if self.name is not None:
            label = Label(theme, named, "small", muted=True)
            label.setBuddy(self.name)
            lines.addSpacing(6)
            lines.addWidget(label)
            lines.addWidget(self.name)
        layout.addWidget(head)
        layout.addWidget(self.places, 1)
        keys = QWidget()
        below = column(keys, (24, 6, 24, 8), 0)
        below.addWidget(
            Hints(theme, [("↑↓", tr("look")), ("Space", tr("tick")), ("Ctrl+A", tr("all or none")), ("↵", tr("do it"))])
        )
        layout.addWidget(keys)
        self.set_body(body)
        self.foot_start.addWidget(self._count)
        self.foot_start.addStretch(1)
        self.places.pointed.connect(self._point)
        self.places.ticks_changed.connect(self._show_count)
        self._show_count()
        self.resize(520, 560)
        (self.name or self.places).setFocus()

    def _name_field(self, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(font("body"))
        field.setFixedHeight(30)
        field.setAccessibleName(words)
        field.textChanged.connect(self._show_count)
        return field

    def _point(self, place: Review | None) -> None:
        if place is not None:
            self.pointed.emit(place.start, place.end)

    def begin(self) -> None:
        """Go to the first place that is ticked."""
        rows = self.places.places.rows
        self.places.go_to(next((n for n, r in enumerate(rows) if r.ticked), 0))

    @property
    def ticked(self) -> list[Any]:
        """What the asker knows the ticked places by."""
        return [r.key for r in self.places.places.ticked]

    def _show_count(self) -> None:
        n, of = len(self.places.places.ticked), len(self.places.places.rows)
        self._count.setText(tr("{n} of {all} ticked", n=f"{n:,}", all=f"{of:,}"))
        named = self.name is None or bool(self.name.text().strip())
        self.ok.setEnabled(bool(n) and named)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, wherever the keyboard is; the down arrow leads from the name to the places."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.ok.isEnabled():
            self.accept()
        elif event.key() == Qt.Key.Key_Down and self.name is not None and self.name.hasFocus():
            self.places.setFocus()
        else:
            super().keyPressEvent(event)
