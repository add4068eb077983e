"""An article's text to look at, paragraph by paragraph, before or beside the article: only a part of it is laid out.

What is loaded grows as one scrolls, in both directions; going far away loads the part around that place alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from annotator.model import Block
from annotator.text import Utf16Map
from annotator.ui.article import marks, tables, typesetting
from annotator.ui.article.pieces import Piece, Pieces
from annotator.ui.article.typesetting import Measure, Style
from annotator.ui.labels import ShyScrollBar, painter
from annotator.ui.theme import Theme, font, scroll_bar_sheet

MARGIN = 14
WIDEST = 700
"""Longer lines are hard to read, px."""
MOST_FOUND = 500
"""So many places are shown as found in the part that is loaded."""

Span = tuple[int, int]


class BlocksText(QTextEdit):
    """Shows a text with its blocks. Offsets are code points, paragraphs are numbered as the blocks are."""

    moved = Signal(int)
    """The paragraph the caret is in now."""
    menu_asked = Signal(QPoint)
    """A menu for the paragraphs chosen is asked for, at a place on the screen."""
    followed = Signal()
    """Where the paragraphs stand in the viewport has changed."""
    focused = Signal(bool)

    def __init__(self, theme: Theme, name: str, *, px: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self._measure = Measure(px, round(px * 1.62), 0)
        self._text = ""
        self._blocks: Sequence[Block] = ()
        self._pieces = Pieces()
        self._styles: list[Style] = []
        self._low = self._high = 0
        self._found: Sequence[Span] = ()
        self._shown_found: Span | None = None
        self._loading = False
        self.dropped: Callable[[int], bool] = lambda _: False
        """Whether a paragraph is to be left out: it is struck through."""
        self.pale: Callable[[int], bool] = lambda _: False
        """Whether a paragraph is there to be seen only: it is set back, with a dashed line before it."""
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(MARGIN)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.cursorPositionChanged.connect(lambda: self.moved.emit(self.current()))
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        made, role = self.palette(), QPalette.ColorRole
        made.setColor(role.Base, Qt.GlobalColor.transparent)
        made.setColor(role.Text, QColor(theme.ink))
        made.setColor(role.Highlight, QColor(theme.sel))
        made.setColor(role.HighlightedText, QColor(theme.selink))
        self.setPalette(made)
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))
        if self._pieces:
            self._load(self._low, self._high, keep=True)

    def loadResource(self, kind: int, name: object) -> object:
        """Load nothing, whatever a text may name."""
        return None

    # -- what is shown

    @property
    def blocks(self) -> Sequence[Block]:
        """The paragraphs of the text."""
        return self._blocks

    def show_text(self, text: str, blocks: Sequence[Block], *, keep: bool = False) -> None:
        """Show a text from its beginning; ``keep``: from where the one before was looked at."""
        share = self._pieces[self._top()].start / max(1, len(self._text)) if keep and self._pieces else 0.0
        self._text, self._blocks = text, blocks
        self._pieces = Pieces(text, blocks)
        self._styles = [typesetting.style_of(b) for b in blocks]
        self._found, self._shown_found = (), None
        at = self._pieces.at(int(share * len(text)))
        self._load(*self._pieces.around(at))
        if at:
            self._bring_up(at)

    def reshape(self, blocks: Sequence[Block], numbers: Iterable[int]) -> None:
        """Show some paragraphs as something else; the text is the same."""
        self._blocks = blocks
        for n in numbers:
            self._styles[n] = typesetting.style_of(blocks[n])
        self._set(self._low, self._high)
        self._follow_soon()

    def _load(self, low: int, high: int, *, keep: bool = False) -> None:
        bar = self.verticalScrollBar()
        was, caret = bar.value(), self.textCursor().position()
        self._loading = True
        self._low, self._high = low, high
        self.document().setDefaultFont(font("article", px=self._measure.px))
        self.setCurrentCharFormat(QTextCharFormat())
        self.setPlainText(self._pieces.words(low, high))
        self._set(low, high)
        if keep:
            cursor = self.textCursor()
            cursor.setPosition(min(caret, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
            bar.setValue(was)
        self._loading = False
        self._show_found()
        self._follow_soon()

    def _grow(self) -> None:
        """Load one part more where the end, or the beginning, of what is loaded is near."""
        bar = self.verticalScrollBar()
        if self._loading or not self._pieces:
            return
        if self._high < len(self._pieces) and bar.value() > bar.maximum() - 2 * bar.pageStep():
            self._append()
        elif self._low > 0 and bar.value() < 2 * bar.pageStep():
            self._prepend()

    def _append(self) -> None:
        high = self._pieces.until(self._high)
        self._loading = True
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n" + self._pieces.words(self._high, high))
        low, self._high = self._high, high
        self._set(low, high)
        self._loading = False
        self._show_found()

    def _prepend(self) -> None:
        bar = self.verticalScrollBar()
        low = self._pieces.before(self._low)
        self._loading = True
        before = self.document().size().height()
        cursor = QTextCursor(self.document())
        cursor.insertText(self._pieces.words(low, self._low) + "\n")
        high, self._low = self._low, low
        self._set(low, high)
        bar.setValue(round(bar.value() + self.document().size().height() - before))
        self._loading = False
        self._show_found()

    # -- setting

    def _set(self, low: int, high: int) -> None:
        """Set pieces by what their blocks are."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        at_table = tables.Stops()
        block = self.document().findBlockByNumber(low - self._low)
        for k in range(low, high):
            piece = self._pieces[k]
            style = self._styles[piece.block]
            is_row = self._blocks[piece.block].kind == "table_row" and piece.end > piece.start
            if is_row and not (k > low and self._is_row(k - 1)):
                at_table = self._stops(k)
            found = typesetting.setting(style, self._measure)
            made = typesetting.block_format(found, self._measure)
            if is_row:
                tables.set_stops(made, at_table, rtl=block.textDirection() == Qt.LayoutDirection.RightToLeft)
                if k + 1 == len(self._pieces) or not self._is_row(k + 1):
                    tables.end_table(made, self._measure)
            if k + 1 < len(self._pieces) and not self._pieces[k + 1].first:
                made.setBottomMargin(0)
            if not piece.first:
                made.setTopMargin(0)
            self._set_block(block, made, found)
            block = block.next()
        cursor.endEditBlock()

    def _set_block(self, block: QTextBlock, made: QTextBlockFormat, found: typesetting.Setting) -> None:
        letters = typesetting.char_format(found, self._measure, self._theme)
        n = self._pieces[self._low + block.blockNumber()].block
        if self.dropped(n) or self.pale(n):
            letters.setFontStrikeOut(self.dropped(n))
            letters.setForeground(QColor(self._theme.muted))
        cursor = QTextCursor(block)
        cursor.setBlockFormat(made)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)

    def _is_row(self, k: int) -> bool:
        piece = self._pieces[k]
        return self._blocks[piece.block].kind == "table_row" and piece.end > piece.start

    def _stops(self, k: int) -> tables.Stops:
        rows: list[str] = []
        while k < len(self._pieces) and self._is_row(k) and len(rows) < tables.MEASURED_ROWS:
            rows.append(self._text[self._pieces[k].start : self._pieces[k].end])
            k += 1
        face = font("article", px=round(self._measure.px * typesetting.TABLE_SHARE))
        return tables.stops(rows, face, max(240.0, self.lineWrapColumnOrWidth() - 2 * MARGIN))

    # -- places

    def _position(self, offset: int) -> int:
        """Return where an offset stands in the document that is loaded."""
        k = min(max(self._pieces.at(offset), self._low), self._high - 1)
        piece = self._pieces[k]
        words = self._text[piece.start : piece.end]
        unit = Utf16Map(words).to_utf16(min(max(offset - piece.start, 0), len(words)))
        return self.document().findBlockByNumber(k - self._low).position() + unit

    def block_number(self, block: QTextBlock) -> int:
        """Return the number of the paragraph a block of the document shows; -1 where there is none."""
        k = self._low + block.blockNumber()
        return self._pieces[k].block if block.isValid() and k < len(self._pieces) else -1

    def is_first(self, block: QTextBlock) -> bool:
        """Say whether a block of the document begins its paragraph."""
        k = self._low + block.blockNumber()
        return k < len(self._pieces) and self._pieces[k].first

    def current(self) -> int:
        """Return the paragraph the caret is in; -1 in an empty text."""
        return self.block_number(self.textCursor().block())

    def chosen(self) -> list[int]:
        """Return the paragraphs that are selected, or the one the caret is in."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        low, high = self.block_number(first), self.block_number(last)
        if high > low and cursor.selectionEnd() == last.position():
            high -= 1  # the selection ends before its first letter
        return [n for n in range(max(0, low), high + 1) if self._blocks[n].end > self._blocks[n].start]

    def selected(self) -> Span:
        """Return what is selected; where nothing is, the caret twice."""
        cursor = self.textCursor()
        if not len(self._pieces):
            return 0, 0
        return self._offset(cursor.selectionStart()), self._offset(cursor.selectionEnd())

    def selection(self) -> str:
        """Return the words of the text that are selected, as they are kept."""
        start, end = self.selected()
        return self._text[start:end]

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the words as they are kept, not as Qt shows them."""
        made = QMimeData()
        made.setText(self.selection())
        return made

    def _offset(self, position: int) -> int:
        block = self.document().findBlock(position)
        piece = self._pieces[self._low + block.blockNumber()]
        return piece.start + Utf16Map(self._text[piece.start : piece.end]).to_code_point(position - block.position())

    def in_sight(self) -> list[tuple[QTextBlock, QRectF]]:
        """Return the paragraphs in sight with where they stand in the viewport."""
        found: list[tuple[QTextBlock, QRectF]] = []
        block = self.cursorForPosition(QPoint(self.viewport().width() // 2, 1)).block()
        layout, shift = self.document().documentLayout(), QPointF(0, -self.verticalScrollBar().value())
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            rect = layout.blockBoundingRect(block).translated(shift)
            if rect.top() > self.viewport().height():
                break
            found.append((block, rect))
            block = block.next()
        return found

    def first_line(self, block: QTextBlock) -> float:
        """Return how high in the viewport the middle of a paragraph's first line is."""
        layout = block.layout()
        top = layout.position().y() - self.verticalScrollBar().value()
        line = layout.lineAt(0) if layout.lineCount() else None
        return top + (line.y() + line.ascent() - 5 if line is not None else 12)

    def _top(self) -> int:
        return self._low + self.cursorForPosition(QPoint(self.viewport().width() // 2, 4)).blockNumber()

    # -- going to places

    def reveal(self, start: int, end: int) -> None:
        """Select [start, end) and bring it into sight, wherever in the text it is."""
        low, high = self._pieces.at(start), self._pieces.at(max(start, end - 1))
        if not (self._low <= low and high < self._high):
            self._load(*self._pieces.around(low))
            self._high_enough(high)
        cursor = self.textCursor()
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._bring_up(low)

    def _high_enough(self, k: int) -> None:
        while k >= self._high and self._high < len(self._pieces):
            self._append()

    def _bring_up(self, k: int) -> None:
        """Scroll so that a piece stands a third from the top, where it is not comfortably in sight."""
        block = self.document().findBlockByNumber(k - self._low)
        rect = self.document().documentLayout().blockBoundingRect(block)
        bar = self.verticalScrollBar()
        here = self.cursorRect() if self.textCursor().block() == block else None
        top = here.top() + bar.value() if here is not None else rect.top()
        if not bar.value() + 24 <= top <= bar.value() + self.viewport().height() - 80:
            bar.setValue(round(top - self.viewport().height() / 3))

    def show_found(self, found: Sequence[Span], at: int | None) -> None:
        """Outline places that were found, one of them the present one, which is brought into sight."""
        self._found = found
        self._shown_found = found[at] if at is not None and found else None
        if self._shown_found is not None:
            self.reveal(*self._shown_found)
        self._show_found()

    def _show_found(self) -> None:
        if not self._pieces:
            return
        low, high = self._pieces[self._low].start, self._pieces[self._high - 1].end
        selections: list[QTextEdit.ExtraSelection] = []
        first = bisect_right(self._found, (low, low))
        for start, end in self._found[max(0, first - 1) : first + MOST_FOUND]:
            if start >= high:
                break
            if start < low:
                continue
            made = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._position(start))
            cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
            shade = QColor(self._theme.sel)
            shade.setAlpha(110)
            letters = QTextCharFormat()
            letters.setBackground(shade)
            made.cursor, made.format = cursor, letters  # type: ignore[attr-defined]
            selections.append(made)
        self.setExtraSelections(selections)

    def _scrolled(self) -> None:
        self.followed.emit()
        QTimer.singleShot(0, self, self._grow)

    def _follow_soon(self) -> None:
        QTimer.singleShot(0, self, self.followed.emit)

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the ends of the whole text, step by paragraph; everything else is Qt's caret."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if held and key == Qt.Key.Key_Home and self._low > 0:
            self._load(*self._pieces.around(0))
        elif held and key == Qt.Key.Key_End and self._high < len(self._pieces):
            self._load(*self._pieces.around(len(self._pieces) - 1))
            self.moveCursor(QTextCursor.MoveOperation.End)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the paragraph under the pointer, or of those selected."""
        event.accept()
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            cursor = self.cursorForPosition(self.viewport().mapFromGlobal(at))
            own = self.textCursor()
            if not own.selectionStart() <= cursor.position() <= own.selectionEnd():
                self.setTextCursor(cursor)
        else:
            at = self.caret_place()
        self.menu_asked.emit(at)

    def caret_place(self) -> QPoint:
        """Return where on the screen the line below the caret is."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard left."""
        super().focusOutEvent(event)
        self.focused.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set tables anew where the width changed; in a moment, for Qt may be in the middle of laying out."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setLineWrapColumnOrWidth(min(event.size().width(), WIDEST))
            QTimer.singleShot(0, self, self._set_tables)
        self._follow_soon()

    def _set_tables(self) -> None:
        if not self._loading and any(self._styles[p.block].is_row for p in self._loaded):
            self._set(self._low, self._high)

    @property
    def _loaded(self) -> list[Piece]:
        return self._pieces.all[self._low : self._high]

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stands before list items and along quotations, then Qt's own text."""
        p = painter(self.viewport())
        for block, _ in self.in_sight():
            self._paint_sign(p, block)
        p.end()
        super().paintEvent(event)

    def _paint_dashes(self, p: QPainter, block: QTextBlock) -> None:
        """Draw a dashed line along a paragraph, at the edge where its lines begin."""
        layout = block.layout()
        top = layout.position().y() - self.verticalScrollBar().value() + 3
        mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
        x = self.lineWrapColumnOrWidth() - 4 if mirrored else 4
        p.setPen(QPen(QColor(self._theme.edge), 1.6, Qt.PenStyle.DashLine))
        p.drawLine(QPointF(x, top), QPointF(x, top + layout.boundingRect().height() - 6))

    def _paint_sign(self, p: QPainter, block: QTextBlock) -> None:
        n = self.block_number(block)
        style = self._styles[n] if n >= 0 else typesetting.BODY
        layout = block.layout()
        if n >= 0 and self.pale(n) and layout.lineCount():
            self._paint_dashes(p, block)
        if not style.rule or not layout.lineCount():
            return
        if style.rule == "dot" and (
            not self.is_first(block) or typesetting.has_own_mark(block.text()[: typesetting.MARK_ROOM])
        ):
            return
        found = typesetting.setting(style, self._measure)
        line = layout.lineAt(0)
        mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
        x = line.x() + line.width() + 10 if mirrored else line.x() - 10
        p.save()
        p.translate(layout.position() - QPointF(0, self.verticalScrollBar().value()))
        height = layout.boundingRect().height()
        marks.draw_margin(p, style.rule, x, line.y() + line.ascent(), height, found.scale, self._theme)
        p.restore()
