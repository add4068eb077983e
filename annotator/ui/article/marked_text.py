"""The article's text as it is shown: set in type, with marks painted under and over Qt's own words.

The document never changes after it was loaded. Positions come out of Qt as UTF-16 units and are converted here;
words never come out of Qt at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit

from annotator.language import tr
from annotator.model import Annotation, Block, Id
from annotator.text import snap
from annotator.ui.actions import said_key
from annotator.ui.article import marks, over, tables, typesetting
from annotator.ui.article.geometry import Geometry, Run
from annotator.ui.article.typesetting import BODY, Measure, Setting, Style
from annotator.ui.filters import Test
from annotator.ui.highlights import Index
from annotator.ui.labels import plain_tip
from annotator.ui.paint import smooth
from annotator.ui.theme import Theme, font, scroll_bar_sheet

Span = tuple[int, int]

SCROLL_BAR = 12
_AROUND = 40
"""How far outside a painted strip marks may reach, px."""
_HIGHLIGHT_ALPHA = 165
"""Selected text keeps its bands and rules visible."""


def crowd_tip() -> str:
    """Return the tool tip of every "+n"."""
    key = said_key("mark.choose")
    return plain_tip(tr("Marks that found no room: a click here, or {key} in the line, lists them", key=key))


class MarkedText(QTextEdit):
    """A read-only text with marks. Offsets are code points."""

    relaid = Signal()
    """Lines lie elsewhere now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.index = Index("")
        self.geometry_ = Geometry(self.document(), self.index, [])
        self.chosen: Id | None = None
        self.linked: frozenset[Id] = frozenset()
        self.proposed: tuple[Span, ...] = ()
        self.found: list[Span] = []
        self.found_at: int | None = None
        """Which of the places found is shown."""
        self.leader_to: float | None = None
        """Distance, px, from the viewport's end edge to where the chosen card's leader begins; None: no card."""
        self.passes: Test | None = None
        """Asked of each mark in sight whether it stands out; None: all do."""
        self.hides = False
        """Whether marks that do not stand out are left out altogether."""
        self._measure: Measure | None = None
        self._blocks: tuple[Block, ...] = ()
        self._styles: list[Style] = [BODY]
        self.hover: list[Id] = []
        self.loading = False
        self._prepare()

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setReadOnly(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        reading = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(reading)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursorWidth(2)
        self.setAccessibleName(tr("Article text"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setDocumentMargin(typesetting.DOCUMENT_MARGIN)
        self.viewport().setMouseTracking(True)
        self.set_theme(self.theme)
        self.document().documentLayout().documentSizeChanged.connect(self._was_laid_out)

    # -- content and setting

    def load(self, text: str, blocks: tuple[Block, ...], measured: Measure) -> None:
        """Show another text, with no marks yet."""
        self.loading = True
        self._measure = measured
        self.index = Index(text)
        self._blocks = blocks
        self._styles = typesetting.styles_of(self.index.paragraphs.starts, blocks)
        self.geometry_ = Geometry(self.document(), self.index, self._settings())
        self.chosen = None
        self.linked = frozenset()
        self.proposed = ()
        self.found = []
        self.found_at = None
        self.hover = []
        self.document().setDefaultFont(font("article", px=measured.px))
        self.setCurrentCharFormat(QTextCharFormat())  # plain text takes on the format at the caret
        endless = typesetting.has_endless_word(text, blocks)
        wrap = QTextOption.WrapMode
        self.clear()  # another mode lays out anew what is there, which may be the long word of the text before
        self.setWordWrapMode(wrap.WrapAnywhere if endless else wrap.WrapAtWordBoundaryOrAnywhere)
        self.setPlainText(text)
        self._set_type(measured)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self.loading = False
        self.set_marks(())

    def _settings(self) -> list[Setting]:
        assert self._measure is not None
        known = {style: typesetting.setting(style, self._measure) for style in set(self._styles)}
        return [known[style] for style in self._styles]

    def _set_type(self, measured: Measure) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        typesetting.set_whole(self.document(), measured)
        for k, style in enumerate(self._styles):
            if style is not BODY:
                typesetting.set_paragraph(self.document(), k, style, measured, self.theme)
        self._set_tables()
        cursor.endEditBlock()
        self.geometry_.settings = self._settings()
        self._was_laid_out()

    def set_measure(self, measured: Measure) -> None:
        """Set the text in another size; what is read stays in sight."""
        if measured == self._measure:
            return
        top = self._first_in_sight()
        self._measure = measured
        self._set_type(measured)
        self._bring_to_top(top)

    def set_column(self, width: int) -> None:
        """Set the width, px, of the text with its margins; what is read stays in sight."""
        if width == self.lineWrapColumnOrWidth():
            return
        top = self._first_in_sight()
        self.setLineWrapColumnOrWidth(width)
        self._set_tables()
        self._was_laid_out()
        self._bring_to_top(top)

    def set_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Set anew the paragraphs whose zone or kind has changed."""
        if blocks == self._blocks:
            return
        self._blocks = blocks
        styles = typesetting.styles_of(self.index.paragraphs.starts, blocks)
        changed = [k for k, (old, new) in enumerate(zip(self._styles, styles, strict=True)) if old != new]
        if not changed or self._measure is None:
            return
        self._styles = styles
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for k in changed:
            typesetting.set_paragraph(self.document(), k, styles[k], self._measure, self.theme)
        self._set_tables()
        cursor.endEditBlock()
        self.geometry_.settings = self._settings()
        self._was_laid_out()

    def _set_tables(self) -> None:
        """Let the cells of each table stand under each other in the width there is."""
        if self._measure is not None and any(style.is_row for style in self._styles):
            paragraphs = self.index.paragraphs
            room = self.lineWrapColumnOrWidth() - 2 * typesetting.DOCUMENT_MARGIN
            tables.set_all(
                self.document(), self._styles, self._measure, room,
                lambda k: paragraphs.text[paragraphs.starts[k] : paragraphs.ends[k]],
            )  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.theme = theme
        made = self.palette()
        role = QPalette.ColorRole
        highlight = QColor(theme.sel)
        if theme.weight == 1:  # in high contrast nothing shines through
            highlight.setAlpha(_HIGHLIGHT_ALPHA)
        made.setColor(role.Base, QColor(theme.page))
        made.setColor(role.Window, QColor(theme.page))
        made.setColor(role.Text, QColor(theme.ink))
        made.setColor(role.Highlight, highlight)
        made.setColor(role.HighlightedText, QColor(theme.selink))
        self.setPalette(made)
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, theme.page, SCROLL_BAR))
        if self._measure is not None:
            for k, style in enumerate(self._styles):
                if style.muted:
                    typesetting.set_paragraph(self.document(), k, style, self._measure, theme)
        self.viewport().update()

    def set_marks(self, annotations: Iterable[Annotation]) -> set[int]:
        """Show these marks; lay out and repaint only the paragraphs that changed, and return their numbers."""
        return self._touched(self.index.update(annotations))

    def take_marks(self, changed: Mapping[Id, Annotation | None]) -> set[int]:
        """Put marks in the place of those with their ids (None: gone); as ``set_marks`` otherwise."""
        return self._touched(self.index.take(changed))

    def _touched(self, paragraphs: set[int]) -> set[int]:
        if paragraphs:
            self.geometry_.forget(paragraphs)
            self.update_paragraphs(paragraphs)
        return paragraphs

    def update_paragraphs(self, paragraphs: Iterable[int]) -> None:
        """Ask for the paragraphs that are in sight to be painted anew."""
        height = self.viewport().height()
        wanted = set(paragraphs)
        strips = [
            self.document().documentLayout().blockBoundingRect(block).translated(-self.scrolled)
            for block, _ in self.in_sight(0, height)
            if block.blockNumber() in wanted
        ]
        if strips:
            top = min(r.top() for r in strips)
            bottom = max(r.bottom() for r in strips)
            self.viewport().update(QRect(0, int(top) - 6, self.viewport().width(), int(bottom - top) + 16))

    def _was_laid_out(self, *_: object) -> None:
        self.geometry_.forget_all()
        self.viewport().update()
        self.relaid.emit()

    def set_margins(self, left: int, right: int) -> None:
        """Leave room beside the text, px."""
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)

    # -- positions

    @property
    def scrolled(self) -> QPointF:
        """How far the document is scrolled, px."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def in_sight(self, top: float, bottom: float) -> list[tuple[QTextBlock, QPointF]]:
        """Return the paragraphs between two heights of the viewport, with where their layout's origin is."""
        return list(self.geometry_.visible(top, bottom, self.scrolled))

    def selection(self) -> Span:
        """Return the selection; where nothing is selected, the caret twice."""
        cursor = self.textCursor()
        units = self.index.paragraphs.units
        return units.to_code_point(cursor.selectionStart()), units.to_code_point_up(cursor.selectionEnd())

    def caret(self) -> int:
        """Return the caret's offset."""
        return self.index.paragraphs.units.to_code_point(self.textCursor().position())

    def select(self, start: int, end: int) -> None:
        """Select [start, end) with the caret at its end; equal offsets move the caret."""
        text = self.index.paragraphs.text
        units = self.index.paragraphs.units
        low = snap(text, start, up=False)
        high = snap(text, end, up=True) if end > start else low
        cursor = self.textCursor()
        cursor.setPosition(units.to_utf16(low))
        cursor.setPosition(units.to_utf16(high), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def quote(self, start: int, end: int) -> str:
        """Return the canonical words of [start, end)."""
        return self.index.paragraphs.text[start:end]

    def line_rect(self, offset: int) -> QRectF:
        """Return the line an offset stands on, in the viewport: as wide as the words, as high as its setting."""
        k = self.index.paragraphs.at(offset)
        block = self.document().findBlockByNumber(k)
        self.document().documentLayout().blockBoundingRect(block)  # makes Qt lay out up to here
        unit, _ = self.index.paragraphs.local16(offset, offset, k)
        line = block.layout().lineForTextPosition(unit)
        if not line.isValid():
            return QRectF()
        origin = block.layout().position() - self.scrolled
        found = self.geometry_.settings[k]
        top = origin.y() + line.y() + line.ascent() - 20.5 * found.scale
        return QRectF(origin.x() + line.x(), top, line.naturalTextWidth(), found.line)

    def last_line_rect(self, start: int, end: int) -> QRectF:
        """Return what [start, end) covers of its last line, in the viewport."""
        line = self.line_rect(max(start, end - 1))
        rects = [r for r in self.rects(start, end) if abs(r.center().y() - line.center().y()) < line.height() / 2]
        if not rects:
            return line
        whole = rects[0]
        for rect in rects[1:]:
            whole = whole.united(rect)
        return whole

    def on_screen(self, start: int, end: int) -> list[QRect]:
        """Return where [start, end) is on the screen, a line at a time; what is out of sight is left out."""
        view = self.viewport()
        rects = (rect.toAlignedRect() for rect in self.rects(start, end))
        return [QRect(view.mapToGlobal(r.topLeft()), r.size()) for r in rects if view.rect().intersects(r)]

    def bring_up(self, start: int, by: int) -> None:
        """Scroll the text up by so many pixels, but never the line of an offset out of sight."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(0, min(by, int(self.line_rect(start).top()) - 8)))

    def reveal(self, start: int) -> None:
        """Scroll so that an offset is comfortably in sight."""
        line = self.line_rect(start)
        if not line.isValid():
            return
        if line.top() < 8 or line.bottom() > self.viewport().height() - 40:
            bar = self.verticalScrollBar()
            bar.setValue(int(bar.value() + line.top() - self.viewport().height() / 3))

    def _first_in_sight(self) -> int:
        if self.verticalScrollBar().value() == 0:
            return -1
        return self.cursorForPosition(QPoint(0, 4)).position()

    def _bring_to_top(self, unit: int) -> None:
        if unit < 0:
            return
        offset = self.index.paragraphs.units.to_code_point(unit)
        bar = self.verticalScrollBar()
        bar.setValue(int(bar.value() + self.line_rect(offset).top()))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bands and rules, Qt's own text over them, then the outlines."""
        top, bottom = event.rect().top(), event.rect().bottom()
        strips = [
            (block, at, self.geometry_.runs(block, top - at.y() - _AROUND, bottom - at.y() + _AROUND))
            for block, at in self.in_sight(top, bottom)
        ]
        p = QPainter(self.viewport())
        smooth(p)
        for block, at, runs in strips:
            p.save()
            p.translate(at)
            self._paint_margin(p, block)
            lit, dim = self.sift(runs)
            marks.draw_bands(p, lit, self.theme)
            if dim:
                marks.draw_dim(p, dim, self.theme)
            marks.draw_rules(p, lit, self.theme)
            marks.draw_crowds(p, self.geometry_.crowds(block, lit), self.theme)
            p.restore()
        if self.found:
            self._paint_found(p, strips[0][0] if strips else None, strips[-1][0] if strips else None)
        p.end()
        super().paintEvent(event)
        over.paint(self, strips)

    def sift(self, runs: list[Run]) -> tuple[list[Run], list[Run]]:
        """Part runs into those that stand out and those set back; hidden ones are in neither."""
        if self.passes is None:
            return runs, []
        lit: list[Run] = []
        dim: list[Run] = []
        for run in runs:
            (lit if self.stands_out(run.span.annotation) else dim).append(run)
        return lit, [] if self.hides else dim

    def stands_out(self, mark: Annotation) -> bool:
        """Say whether a mark is at full strength: it passes the filter, or it is the one chosen."""
        return self.passes is None or mark.id == self.chosen or self.passes(mark)

    def beyond(self, step: int) -> Annotation | None:
        """Return the next mark that stands out in reading order (-1: the one before), from the chosen one or the caret."""
        reading, marks = self.index.reading, self.index.annotations
        chosen, caret = marks.get(self.chosen or ""), self.caret()
        if chosen is not None and chosen.start <= caret <= chosen.end:
            at = bisect_left(reading, (chosen.start, chosen.end, chosen.id)) + step
        else:
            at = bisect_left(reading, (caret, -1, "")) - (step < 0)
        while 0 <= at < len(reading):
            mark = marks[reading[at][2]]
            if self.passes is None or self.passes(mark):
                return mark
            at += step
        return None

    def in_reach(self, ids: Iterable[Id]) -> list[Id]:
        """Return those of some marks that a person sees and so can choose."""
        found = list(ids)
        if self.passes is None or not self.hides:
            return found
        return [id_ for id_ in found if self.stands_out(self.index.annotations[id_])]

    def crowd_at(self, point: QPointF) -> tuple[Id, ...]:
        """Return the marks a "+n" at a point of the viewport stands for."""
        for block, at in self.in_sight(point.y() - 1, point.y() + 1):
            inside = point - at
            runs, _ = self.sift(self.geometry_.runs(block, inside.y() - _AROUND, inside.y() + _AROUND))
            for crowd in self.geometry_.crowds(block, runs):
                if crowd.rect.adjusted(-3, -3, 3, 3).contains(inside):
                    return crowd.ids
        return ()

    def _paint_margin(self, p: QPainter, block: QTextBlock) -> None:
        found = self.geometry_.settings[block.blockNumber()]
        if not found.style.rule or not block.layout().lineCount():
            return
        if found.style.rule == "dot" and typesetting.has_own_mark(block.text()[: typesetting.MARK_ROOM]):
            return
        layout = block.layout()
        rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
        first = layout.lineAt(0)
        x = first.x() + first.width() + 12 if rtl else first.x() - 12
        base = first.y() + first.ascent()
        marks.draw_margin(p, found.style.rule, x, base, layout.boundingRect().height(), found.scale, self.theme)

    def _paint_found(self, p: QPainter, first: QTextBlock | None, last: QTextBlock | None) -> None:
        if first is None or last is None:
            return
        low = self.index.paragraphs.starts[first.blockNumber()]
        high = self.index.paragraphs.ends[last.blockNumber()]
        color = QColor(self.theme.sel)
        color.setAlpha(120)
        for start, end in self.found[
            max(0, bisect_left(self.found, (low, low)) - 1) : bisect_left(self.found, (high, high))
        ]:
            if low < end:
                for rect in self.rects(start, end):
                    p.fillRect(rect.adjusted(1.5, 2, -1.5, -3), color)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return the outlines of any [start, end) on the lines in sight, in the viewport."""
        out: list[QRectF] = []
        paragraphs = self.index.paragraphs
        wanted = paragraphs.touched(start, end)
        height = self.viewport().height()
        for block, at in self.in_sight(0, height):
            k = block.blockNumber()
            if k not in wanted:
                continue
            low, high = paragraphs.local16(start, end, k)
            layout = block.layout()
            found = self.geometry_.settings[k]
            for i in range(layout.lineCount()):
                line = layout.lineAt(i)
                first = max(low, line.textStart())
                last = min(high, line.textStart() + line.textLength())
                if first >= last or not -60 < at.y() + line.y() < height + 60:
                    continue
                top = line.y() + line.ascent() - 20.5 * found.scale
                for x0, x1 in self.geometry_.pieces(block, line, first, last):
                    out.append(QRectF(x0 - 2.5, top, x1 - x0 + 5, found.line + 0.5).translated(at))
        return out
