"""Draws over the words: what is pointed at, tied together, chosen, proposed, found and selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock

from annotator.ui.article import marks, typesetting
from annotator.ui.article.geometry import Run
from annotator.ui.paint import smooth

if TYPE_CHECKING:
    from annotator.ui.article.marked_text import MarkedText


def paint(text: MarkedText, strips: Sequence[tuple[QTextBlock, QPointF, list[Run]]]) -> None:
    """Draw over the paragraphs of a painted strip, each with where its layout's origin is and the runs in it."""
    if text.chosen is None and not (text.hover or text.proposed or text.found or text.textCursor().hasSelection()):
        return
    p = QPainter(text.viewport())
    smooth(p)
    for _, at, runs in strips:
        p.save()
        p.translate(at)
        for id_ in text.hover:
            if id_ != text.chosen:
                hovered = [r.outline for r in runs if r.span.id == id_]
                marks.draw_outline(p, hovered, text.theme.ink, 1, (1, 2))
        linked = [r.outline for r in runs if r.span.id in text.linked]
        marks.draw_outline(p, linked, text.theme.accent, 1.6)
        chosen = [r for r in runs if r.span.id == text.chosen]
        marks.draw_outline(p, [r.outline for r in chosen], text.theme.ink, 2)
        _leader(text, p, chosen)
        p.restore()
    for start, end in text.proposed:
        marks.draw_outline(p, text.rects(start, end), text.theme.accent, 2, marks.PROPOSAL_DASHES)
    if text.found_at is not None:
        marks.draw_outline(p, text.rects(*text.found[text.found_at]), text.theme.ink, 1.5)
    _selection_edge(text, p)
    p.end()


def _leader(text: MarkedText, p: QPainter, chosen: list[Run]) -> None:
    """Join a chosen claim's first line to its card."""
    first = next((r for r in chosen if r.first and r.span.part == 0 and r.span.kind == "claim"), None)
    if first is None or text.leader_to is None:
        return
    y = first.base - 5 * first.scale
    on_line = [r for r in chosen if r.line == first.line]
    pen = p.pen()
    pen.setColor(QColor(text.theme.ink))
    pen.setWidthF(1.5)
    pen.setStyle(Qt.PenStyle.SolidLine)
    p.setPen(pen)
    margin = typesetting.DOCUMENT_MARGIN
    width = text.viewport().width()
    if text.isRightToLeft():
        left = min(r.x0 for r in on_line) - 3
        p.drawLine(QPointF(left if left < 40 else -4, y), QPointF(-text.leader_to - margin, y))
    else:
        right = max(r.x1 for r in on_line) + 3
        edge = width - 2 * margin
        p.drawLine(QPointF(right if right > edge - 40 else edge + 4, y), QPointF(width + text.leader_to, y))


def _selection_edge(text: MarkedText, p: QPainter) -> None:
    """Draw a fine edge round the selection: over bands its ground alone is faint in grey."""
    start, end = text.selection()
    if start == end:
        return
    rects = [r.adjusted(2, 1.5, -2, -1.5) for r in text.rects(start, end)]
    for rect in rects:
        p.setPen(QColor(text.theme.source))
        p.drawLine(rect.bottomLeft(), rect.bottomRight())
