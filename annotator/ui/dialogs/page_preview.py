"""A page of an article in a report, roughly as Word will show it: paper stays white, also in the dark theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from annotator.exporters.wording import who
from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Block, Claim
from annotator.text import Utf16Map
from annotator.ui.labels import painter
from annotator.ui.paint import Box, glyph
from annotator.ui.theme import LIGHT, Theme, font
from annotator.vocabulary import label, plain_form, title

SHOWN = 4000
"""So many code points of the article are laid out at most: more than one page holds."""
MOST_LINES = 4
"""Of a title no more lines are shown."""
_SHAPES = {"A4": (794.0, 297 / 210), "Letter": (816.0, 11 / 8.5)}
_INK, _SOFT, _FAINT = "#111111", "#333333", "#666666"


@dataclass(frozen=True)
class _Page:
    """Where the page lies and how much smaller than life it is."""

    rect: QRectF
    scale: float

    def px(self, n: float) -> float:
        return n * self.scale

    def serif(self, px: float, weight: int = 400) -> QFont:
        return font("article", weight, px=max(1, round(px * self.scale * 1.35)))

    def sans(self, px: float, weight: int = 400) -> QFont:
        return font("small", weight, px=max(1, round(px * self.scale * 1.35)))


class PagePreview(QWidget):
    """Shows the page; the options that change it are set as they are ticked."""

    def __init__(self, theme: Theme, annotated: AnnotatedArticle) -> None:
        super().__init__()
        self._theme = theme
        self._annotated = annotated
        self._comments = True
        self._paper = "A4"
        self.setAccessibleName(tr("Preview of a page of the article: {title}", title=annotated.article.title))

    def sizeHint(self) -> QSize:
        """Return the room of a page that can be read."""
        return QSize(700, 600)

    def set_options(self, *, comments: bool, paper: str) -> None:
        """Show the page with these options."""
        self._comments, self._paper = comments, paper
        self.update()

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk and the page on it."""
        p = painter(self)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(self._theme.hover))
        p.drawRoundedRect(QRectF(self.rect()), 8, 8)
        page = self._place()
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor("#ffffff"))
        p.drawRect(page.rect)
        p.setClipRect(page.rect)
        self._draw_page(p, page)
        p.end()

    def _place(self) -> _Page:
        width, ratio = _SHAPES[self._paper]
        w = min((self.height() - 32) / ratio, self.width() - 32.0)
        return _Page(QRectF((self.width() - w) / 2, 16, w, w * ratio), w / width)

    def _draw_page(self, p: QPainter, page: _Page) -> None:
        a, margin = self._annotated, page.px(64)
        room = page.rect.width() - margin - page.px(236 if self._comments else 64)
        box = Box(QRectF(page.rect.x() + margin, page.rect.y() + page.px(56), room, page.rect.height()))
        facts = " · ".join(f for f in (a.article.publication, a.article.byline, a.article.date) if f)
        called, heavy = " ".join(a.article.title.split()), page.serif(22, 700)
        line, height = QFontMetricsF(heavy).lineSpacing(), _height(heavy, called, room)
        further = 0.0
        if height > line * 1.5:
            further = min(height, MOST_LINES * line) - line + page.px(6)
            box.text(p, called, 0, 0, room, line + further - page.px(6), heavy, _INK, wrap=True)
        else:
            box.text(p, called, 0, 0, room, page.px(40), heavy, _INK)
        box.text(p, facts, 0, page.px(42) + further, room, page.px(20), page.sans(9.5), _FAINT)
        for at, kind in enumerate(("claim", "source", "entity", "cue")):
            x, y = at * page.px(96), page.px(76) + further
            glyph(p, kind, box.r.x() + x, box.r.y() + y, LIGHT, 8)
            box.text(p, title(kind), x + 14, y - 3, page.px(80), 14, page.sans(9), _SOFT)
        top = page.px(104) + further
        self._draw_article(p, page, box, top, page.rect.height() - page.px(56) - top - page.px(64))
        foot = Box(page.rect)
        y = page.rect.height() - page.px(44)
        foot.text(p, a.article.title, margin, y, room, page.px(16), page.sans(8.5), _FAINT)
        foot.text(p, "1", page.rect.width() - margin - 40, y, 40, page.px(16), page.sans(8.5), _FAINT, end=True)

    def _draw_article(self, p: QPainter, page: _Page, box: Box, top: float, room: float) -> None:
        begin = _beginning(self._annotated.blocks)
        shown = self._annotated.text[begin : begin + SHOWN]
        document = self._document(page, shown, begin, box.w)
        p.save()
        p.translate(box.r.x(), box.r.y() + top)
        bottom = _whole_lines(document, room)
        p.setClipRect(QRectF(-4, 0, page.rect.width(), bottom + 2))
        document.documentLayout().draw(p, QAbstractTextDocumentLayout.PaintContext())
        if self._comments:
            self._draw_comments(p, page, document, Utf16Map(shown), begin, bottom)
        p.restore()

    def _document(self, page: _Page, shown: str, begin: int, width: float) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(page.serif(11.5))
        document.setDocumentMargin(0)
        document.setTextWidth(width)
        document.setPlainText(shown)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        lines, letters = QTextBlockFormat(), QTextCharFormat()
        lines.setBottomMargin(page.px(8))
        lines.setLineHeight(128, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        letters.setForeground(QColor(_INK))
        cursor.mergeBlockFormat(lines)
        cursor.mergeCharFormat(letters)
        self._close_up(document)
        self._set_headings(cursor, page, Utf16Map(shown), begin)
        units = Utf16Map(shown)
        for mark in sorted(self._annotated.annotations, key=_painted_last):
            look = _look(mark)
            for s in mark.segments if look is not None else ():
                start, end = max(s.start - begin, 0), min(s.end - begin, len(shown))
                if start < end and look is not None:
                    cursor.setPosition(units.to_utf16(start))
                    cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
                    cursor.mergeCharFormat(look)
        return document

    def _set_headings(self, cursor: QTextCursor, page: _Page, units: Utf16Map, begin: int) -> None:
        heavy = QTextCharFormat()
        heavy.setFont(page.serif(12.5, 700))
        for block in self._annotated.blocks:
            if block.kind == "heading" and begin <= block.start and block.end - begin <= units.length:
                cursor.setPosition(units.to_utf16(block.start - begin))
                cursor.setPosition(units.to_utf16(block.end - begin), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(heavy)

    @staticmethod
    def _close_up(document: QTextDocument) -> None:
        """Let empty lines take no room: the report has none."""
        nothing = QTextBlockFormat()
        nothing.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        nothing.setBottomMargin(0)
        block = document.begin()
        while block.isValid():
            if not block.text().strip():
                QTextCursor(block).mergeBlockFormat(nothing)
            block = block.next()

    def _draw_comments(
        self, p: QPainter, page: _Page, document: QTextDocument, units: Utf16Map, begin: int, bottom: float
    ) -> None:
        used, width, height = -1e9, page.px(184), page.px(52)
        left = document.textWidth()
        for claim in self._annotated.claims:
            at = claim.start - begin
            if not 0 <= at < units.length:
                continue
            y = _line_top(document, units.to_utf16(at))
            top = max(y, used + page.px(6))
            if y > bottom or top + height > bottom:
                break
            p.setPen(QPen(QColor("#c9c3b6"), 1))
            p.drawLine(QPointF(left, y + page.px(8)), QPointF(left + page.px(20), top + page.px(10)))
            frame = QRectF(left + page.px(20), top, width, height)
            p.setBrush(QColor("#f6f4ee"))
            p.drawRoundedRect(frame, 3, 3)
            self._draw_comment(p, page, Box(frame), claim)
            used = top + height

    def _draw_comment(self, p: QPainter, page: _Page, box: Box, claim: Claim) -> None:
        a = self._annotated
        what = ", ".join(w for w in (label(claim.type), plain_form(claim.form)) if w)
        event = a.verification(claim.id)
        state = tr("Not checked")
        if event is not None:
            state = a.code_book.title("verdict", event.verdict) if event.verdict else title(event.status)
        number = tr("Claim {n}", n=a.claim_number(claim.id))
        lines = (
            (f"{number} · {what}" if what else number, 600, _INK),
            (who(a, claim), 400, _SOFT),
            (state, 400, _SOFT),
        )
        for at, (words, weight, ink) in enumerate(lines):
            box.text(
                p, words, page.px(7), page.px(5 + 14 * at), box.w - page.px(14), page.px(14), page.sans(8, weight), ink
            )


_UNDERLINES = {
    "source_mention": (QTextCharFormat.UnderlineStyle.SingleUnderline, LIGHT.source),
    "mention": (QTextCharFormat.UnderlineStyle.DotLine, LIGHT.entity),
    "cue": (QTextCharFormat.UnderlineStyle.DashUnderline, LIGHT.cue),
}
"""A character has one underline here: the outline of an entity is hinted at by dots, and gives way to a source's."""


def _height(face: QFont, words: str, width: float) -> float:
    """Return how high words stand in lines of a width, px."""
    return QFontMetricsF(face).boundingRect(QRectF(0, 0, width, 1e6), Qt.TextFlag.TextWordWrap, words).height()


def _beginning(blocks: Sequence[Block]) -> int:
    """Return where the text below the headline begins: a line over the headline would bring that in once more."""
    below = max((b.end for b in blocks if b.zone == "headline"), default=0)
    return next((b.start for b in blocks if b.zone == "body" and b.end > b.start >= below), below)


def _look(mark: Annotation) -> QTextCharFormat | None:
    made = QTextCharFormat()
    if mark.kind == "claim":
        made.setBackground(QColor(LIGHT.band))
        return made
    if mark.kind not in _UNDERLINES:
        return None
    style, color = _UNDERLINES[mark.kind]
    made.setUnderlineStyle(style)
    made.setUnderlineColor(QColor(color))
    return made


def _painted_last(mark: Annotation) -> int:
    return ("mention", "claim", "cue", "source_mention").index(mark.kind) if mark.kind in (*_UNDERLINES, "claim") else 0


def _line_top(document: QTextDocument, position: int) -> float:
    block = document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return document.documentLayout().blockBoundingRect(block).y() + (line.y() if line.isValid() else 0)


def _whole_lines(document: QTextDocument, room: float) -> float:
    """Return where the last line ends that fits as a whole."""
    bottom, block = 0.0, document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).y()
        for at in range(block.layout().lineCount()):
            line = block.layout().lineAt(at)
            end = top + line.y() + line.height()
            if end > room:
                return bottom
            bottom = end
        block = block.next()
    return bottom
