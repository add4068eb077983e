"""The text as it will be kept, with what each paragraph is in a slim margin; a click or a key there changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from annotator.language import tr
from annotator.model import Block, Draft
from annotator.ui.article.blocks_text import BlocksText
from annotator.ui.article.geometry import runs_right_to_left
from annotator.ui.dialogs.import_edits import SHAPES, Edits, shape_name
from annotator.ui.frame import open_menu
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, focus_ring
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import title

MARGIN = 96
"""Width of the margin, px."""
KEYS = (("Z", tr("what the paragraph is")), (tr("Del"), tr("leave it out, or take it in")), ("Ctrl+Z", tr("undo")))
UNDO, REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
_NAMES = {
    "paragraph": tr("Paragraph"),
    "heading1": tr("Heading"),
    "heading2": tr("Subheading"),
    "heading3": tr("Small heading"),
    "list": tr("List item"),
    "quote": tr("Quotation"),
    "table_row": tr("Table"),
}


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction a text is mostly written in."""
    return Qt.LayoutDirection.RightToLeft if runs_right_to_left(text) else Qt.LayoutDirection.LeftToRight


def shape_words(name: str) -> str:
    """Return the words for what a paragraph is."""
    return _NAMES.get(name) or title(name)


class Preview(QWidget):
    """A draft's text; ``edits`` takes what a person changes of it."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._read: Draft | None = None
        self._draft: Draft | None = None
        self.edits = Edits()
        self.text = BlocksText(theme, tr("The text as it will be kept"))
        self.text.dropped = self.edits.is_dropped
        self.margin = ZoneMargin(theme, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 2, 2, 2)
        row.setSpacing(0)
        row.addWidget(self.margin)
        row.addWidget(self.text, 1)
        self.setFocusProxy(self.text)
        self.setAccessibleName(tr("The text and what each paragraph is"))
        self.text.installEventFilter(self)
        self.text.menu_asked.connect(self.ask)
        self.text.followed.connect(self.margin.update)
        self.text.moved.connect(self._moved)
        self.text.focused.connect(self._lit)

    def _lit(self, _: bool) -> None:
        self.update()
        self.margin.update()

    def toPlainText(self) -> str:
        """Return what is shown of the text."""
        return self.text.toPlainText()

    def show_draft(self, draft: Draft, *, keep: bool = False) -> None:
        """Show a draft with the changes made so far; ``keep``: where the one before was looked at."""
        self.edits.read(draft)
        self._read, self._draft = draft, self.edits.shaped(draft)
        self.setLayoutDirection(direction_of(draft.text))
        self.text.show_text(self._draft.text, self._draft.blocks, keep=keep)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs as they are shown."""
        return self._draft.blocks if self._draft is not None else ()

    def _moved(self, n: int) -> None:
        self.margin.update()
        if 0 <= n < len(self.blocks):
            self.text.setAccessibleDescription(self._said(n))

    def _said(self, n: int) -> str:
        words = shape_words(shape_name(self.blocks[n]))
        return tr("{what}, left out", what=words) if self.edits.is_dropped(n) else words

    # -- changing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that change a paragraph, or take a change back."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            for key, act in ((UNDO, self.edits.undo), (REDO, self.edits.redo)):
                if event.matches(key):
                    event.accept()
                    if event.type() == QEvent.Type.KeyPress and act():
                        self._show_changes()
                    return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            if event.key() == Qt.Key.Key_Z:
                self.ask(self.text.caret_place())
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.toggle_dropped()
                return True
        return False

    def ask(self, at: QPoint) -> None:
        """Offer what the paragraphs chosen can be."""
        menu = self.menu()
        if menu is not None:
            open_menu(menu, self._theme, at)

    def menu(self) -> QMenu | None:
        """Return the menu for the paragraphs chosen; None where there is none."""
        numbers = self.text.chosen()
        if not numbers:
            return None
        made = QMenu(self)
        now = {shape_name(self.blocks[n]) for n in numbers}
        group = QActionGroup(made)
        for name in SHAPES:
            if name == "masthead":
                made.addSeparator()
            action = made.addAction(shape_words(name))
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(now == {name})
            action.triggered.connect(lambda _=False, name=name: self.reshape(name))
        made.addSeparator()
        gone = all(self.edits.is_dropped(n) for n in numbers)
        made.addAction(tr("Take it back in") if gone else tr("Leave it out"), self.toggle_dropped).setShortcut("Del")
        copy = QAction(tr("Copy the words"), made)
        copy.setEnabled(bool(self.text.selection()))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text.selection()))
        made.addAction(copy)
        return made

    def reshape(self, name: str) -> None:
        """Make the paragraphs chosen something else, by a name of SHAPES."""
        self._change(lambda numbers: self.edits.reshape(numbers, SHAPES[name]))

    def toggle_dropped(self) -> None:
        """Leave the paragraphs chosen out, or take them back in where all of them are out."""
        self._change(lambda numbers: self.edits.drop(numbers, not all(map(self.edits.is_dropped, numbers))))

    def _change(self, act: Callable[[list[int]], None]) -> None:
        numbers = self.text.chosen()
        if self._draft is None or not numbers:
            return
        act(numbers)
        self._show_changes(numbers)

    def _show_changes(self, numbers: Iterable[int] | None = None) -> None:
        """Show what was changed of some paragraphs; None: of any."""
        if self._draft is None or self._read is None:
            return
        self._draft = self.edits.shaped(self._read)
        self.text.reshape(self._draft.blocks, range(len(self._draft.blocks)) if numbers is None else numbers)
        self._moved(self.text.current())
        self.edited.emit()

    def choose(self, n: int) -> None:
        """Put the caret into a paragraph."""
        start = self.blocks[n].start
        self.text.reveal(start, start)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, which is the ring while the text has the keyboard."""
        p = painter(self)
        if self.text.hasFocus():
            focus_ring(p, self.rect(), self._theme)
        else:
            p.setPen(QPen(QColor(self._theme.line), 1))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.end()


class ZoneMargin(QWidget):
    """Names what each paragraph is where it is not like the one before; the one at the caret always."""

    def __init__(self, theme: Theme, preview: Preview) -> None:
        super().__init__()
        self._theme = theme
        self._preview = preview
        self._hovered = -1
        self.setFixedWidth(MARGIN)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("What each paragraph is"))
        self.setToolTip(
            plain_tip(tr("What this paragraph is. Click, or press Z in the text, to change it; Del leaves it out."))
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def _at(self, point: QPointF) -> int:
        text = self._preview.text
        for block, rect in text.in_sight():
            if rect.top() <= point.y() < rect.bottom():
                return text.block_number(block)
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the paragraph, and offer what it can be."""
        n = self._at(event.position())
        if n < 0:
            return
        if n not in self._preview.text.chosen():
            self._preview.choose(n)
        self._preview.text.setFocus(Qt.FocusReason.MouseFocusReason)
        self._preview.ask(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Do nothing: the press has asked already."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the paragraph under the pointer."""
        n = self._at(event.position())
        if n != self._hovered:
            self._hovered = n
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Name the paragraph under the pointer."""
        super().enterEvent(event)
        self._hovered = self._at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Name none."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names beside the first line of their paragraphs."""
        p = painter(self)
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        t, preview = self._theme, self._preview
        p.fillRect(box.rc(box.w - 1, 6, 1, box.h - 12), QColor(t.line))
        current, before = preview.text.current(), ""
        lit = preview.text.hasFocus()
        for block, rect in preview.text.in_sight():
            n = preview.text.block_number(block)
            if n < 0 or not preview.text.is_first(block):
                continue
            shown = preview.blocks[n]
            if shown.end == shown.start:
                continue
            name = shape_name(shown)
            pointed = n == self._hovered or (n == current and lit)
            if pointed or name != before or preview.edits.is_changed(n) or preview.edits.is_dropped(n):
                quiet = name == "paragraph" and not pointed and not preview.edits.is_changed(n)
                self._draw(p, box, preview.text.first_line(block), n, "" if quiet else name, pointed)
            if n == current and lit:
                p.fillRect(box.rc(box.w - 2, rect.top(), 2, rect.height()), QColor(t.accent))
            before = name
        p.end()

    def _draw(self, p: QPainter, box: Box, y: float, n: int, name: str, pointed: bool) -> None:
        t, gone = self._theme, self._preview.edits.is_dropped(n)
        words = tr("Left out") if gone else shape_words(name) if name else ""
        if not words:
            return
        changed = gone or self._preview.edits.is_changed(n)
        ink = t.ink if pointed or changed else t.muted
        room = box.w - 14 - (14 if pointed else 0)
        box.text(p, words, 8, y - 10, room, 20, font("key", 600 if changed else 500), ink, end=True)
        if pointed:
            p.drawPixmap(box.rc(box.w - 20, y - 6, 12, 12).toRect(), icon("chevron-down", t.muted, 12))
