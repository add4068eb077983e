"""The gutter: a stripe beside every claim and source, and a hollow dot where a sentence was not looked at yet."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLineF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextBlock
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.language import tr
from annotator.model import Id
from annotator.ui.article.geometry import BAND, RISE
from annotator.ui.article.marked_text import MarkedText, crowd_tip
from annotator.ui.highlights import STRIPED, Span
from annotator.ui.paint import advance, hatch, smooth
from annotator.ui.theme import Theme, font

WIDTH = 46
LANES = 3
_OUTER = 5
"""Room between the edge of the column and what stands first, px."""
_STRIPE = 4
_STEP = 8
_INNER = 6
"""Room between the first lane and the text's margin, px."""
_DOT = 6
_AROUND = 60


class Stripe(NamedTuple):
    """A span's stripe in the gutter's coordinates, as if text ran from left to right."""

    span: Span
    top: float
    bottom: float
    lane: int

    @property
    def rect(self) -> QRectF:
        """Where it is drawn."""
        x = WIDTH - _INNER - _STEP * (self.lane + 1)
        return QRectF(x, self.top, _STRIPE, self.bottom - self.top)


class Gutter(QWidget):
    """Stripes, claims solid and sources hatched; the lane is the stacking, so overlap is seen as parallel bars."""

    picked = Signal(object)
    listed = Signal(list, QRect)
    """Marks for whose stripes there is no room, to choose among, and where on the screen they are counted."""

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._open: list[int] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Stripes beside the text"))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def set_open(self, starts: Iterable[int]) -> None:
        """Say where sentences begin that nobody has looked at, in code points, in order."""
        self._open = list(starts)
        self.update()

    def stripes(self) -> list[Stripe]:
        """Return the stripes in sight."""
        found: dict[Span, Stripe] = {}
        text = self._text
        for block, at in self._text.in_sight(0, self.height()):
            extents = self._text.geometry_.extents(block)
            for run in self._text.geometry_.runs(block, -at.y() - _AROUND, self.height() - at.y() + _AROUND):
                if run.span.kind not in STRIPED or (text.hides and not text.stands_out(run.span.annotation)):
                    continue
                top = at.y() + run.base - (RISE - 2) * run.scale
                bottom = at.y() + run.base + (BAND - RISE) * run.scale
                known = found.get(run.span)
                if known is not None:
                    found[run.span] = known._replace(top=min(top, known.top), bottom=max(bottom, known.bottom))
                else:
                    found[run.span] = Stripe(run.span, top, bottom, extents[run.span].lane)
        return list(found.values())

    def dots(self) -> list[float]:
        """Return the heights of the dots in sight."""
        return [y for block, at in self._text.in_sight(0, self.height()) for y in self._dots_of(block, at.y())]

    def _dots_of(self, block: QTextBlock, top: float) -> list[float]:
        k = block.blockNumber()
        paragraphs = self._text.index.paragraphs
        first = bisect_left(self._open, paragraphs.starts[k])
        last = bisect_left(self._open, paragraphs.ends[k])
        scale = self._text.geometry_.settings[k].scale
        out: list[float] = []
        for start in self._open[first:last]:
            unit, _ = paragraphs.local16(start, start, k)
            out.append(top + self._text.geometry_.baseline(block, unit) - 5 * scale)
        return out

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw stripes, the dots between parts of a claim, and the dots of open sentences."""
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(self._theme.page))
        smooth(p)
        if self.isRightToLeft():
            p.translate(self.width(), 0)
            p.scale(-1, 1)
        lit, dim = self._sifted()
        p.setPen(QPen(QColor(self._theme.faint), 1))
        for stripe in dim:
            x = stripe.rect.center().x()
            p.drawLine(QLineF(x, stripe.top, x, stripe.bottom))
        shown, hidden = share(lit)
        self._draw_joints(p, shown)
        for stripe in shown:
            self._draw_stripe(p, stripe)
        p.setPen(QPen(QColor(self._theme.muted), 1.3))
        p.setBrush(QColor(self._theme.page))
        for y in self.dots():
            p.drawEllipse(QRectF(_OUTER, y - _DOT / 2, _DOT, _DOT))
        p.resetTransform()
        self._draw_rest(p, hidden)
        p.end()

    def _sifted(self) -> tuple[list[Stripe], list[Stripe]]:
        """Return the stripes of marks that stand out, and of those set back that found a lane."""
        stripes = self.stripes()
        if self._text.passes is None:
            return stripes, []
        lit = [s for s in stripes if self._text.stands_out(s.span.annotation)]
        kept = {s.span for s in lit}
        return lit, [s for s in stripes if s.span not in kept and s.lane < LANES]

    def _rest(self, hidden: list[Stripe]) -> list[tuple[QRectF, list[Span]]]:
        """Return where stripes without room are counted, and the spans counted there."""
        face = font("key")
        out: list[tuple[QRectF, list[Span]]] = []
        for top, spans in heaps(hidden):
            width = advance(face, f"+{len(spans)}") + 1
            x = self.width() - width - _OUTER + 1 if self.isRightToLeft() else _OUTER - 1
            out.append((QRectF(x, top, width, 16), spans))
        return out

    def _draw_stripe(self, p: QPainter, stripe: Stripe) -> None:
        rect = stripe.rect
        if stripe.span.kind == "claim":
            p.fillRect(rect, QColor(self._theme.claim))
        else:
            p.setPen(QPen(QColor(self._theme.source), self._theme.weight))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
            hatch(p, rect, self._theme.source, 4, 1)
        if stripe.span.id == self._text.chosen:
            p.setPen(QPen(QColor(self._theme.ink), 1.5))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(rect.adjusted(-2.5, -2.5, 2.5, 2.5))

    def _draw_joints(self, p: QPainter, stripes: list[Stripe]) -> None:
        """Join the parts of a split claim by dots."""
        parts: dict[Id, list[Stripe]] = defaultdict(list)
        for stripe in stripes:
            if stripe.span.kind == "claim":
                parts[stripe.span.id].append(stripe)
        p.setPen(QPen(QColor(self._theme.claim), 1.4, Qt.PenStyle.DotLine))
        for of_one in parts.values():
            of_one.sort(key=lambda s: s.top)
            for upper, lower in pairwise(of_one):
                if lower.top > upper.bottom:
                    x0, x1 = upper.rect.center().x(), lower.rect.center().x()
                    p.drawLine(QLineF(x0, upper.bottom, x1, lower.top))

    def _draw_rest(self, p: QPainter, hidden: list[Stripe]) -> None:
        """Say how many stripes found no room, where they begin."""
        face = font("key")
        p.setFont(face)
        p.setPen(QColor(self._theme.muted))
        for rect, spans in self._rest(hidden):
            words = f"+{len(spans)}"
            p.fillRect(rect, QColor(self._theme.page))
            p.drawText(rect, int(Qt.AlignmentFlag.AlignCenter.value), words)

    def event(self, event: QEvent) -> bool:
        """Tell over a "+n" what it is."""
        if isinstance(event, QHelpEvent):
            over = any(rect.contains(event.pos()) for rect, _ in self._rest(share(self._sifted()[0])[1]))
            QToolTip.showText(event.globalPos(), crowd_tip() if over else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark whose stripe was clicked."""
        point = event.position()
        shown, hidden = share(self._sifted()[0])
        for rect, spans in self._rest(hidden):
            if rect.adjusted(-1, -2, 1, 2).contains(point):
                at = self.mapToGlobal(rect.topLeft().toPoint())
                self.listed.emit(list(dict.fromkeys(s.id for s in spans)), QRect(at, rect.size().toSize()))
                return
        x = self.width() - point.x() if self.isRightToLeft() else point.x()
        for stripe in shown:
            if stripe.rect.adjusted(-2, 0, 2, 0).contains(x, point.y()):
                self.picked.emit(stripe.span.id)
                return


def share(stripes: list[Stripe]) -> tuple[list[Stripe], list[Stripe]]:
    """Return the stripes there is room for, and the rest.

    Where more than three lie side by side, the third gives its room to the figure that says how many are left out.
    """
    rest = [s for s in stripes if s.lane >= LANES]
    shown: list[Stripe] = []
    for stripe in stripes:
        if stripe.lane >= LANES:
            continue
        if stripe.lane == LANES - 1 and any(stripe.top < r.bottom and r.top < stripe.bottom for r in rest):
            rest.append(stripe)
        else:
            shown.append(stripe)
    return shown, rest


def heaps(stripes: list[Stripe]) -> list[tuple[float, list[Span]]]:
    """Return where stripes lie on a heap, and the spans of each: (top, spans)."""
    out: list[tuple[float, list[Span]]] = []
    bottom = 0.0
    for stripe in sorted(stripes, key=lambda s: s.top):
        if not out or stripe.top >= bottom:
            out.append((stripe.top, []))
            bottom = stripe.top
        out[-1][1].append(stripe.span)
        bottom = max(bottom, stripe.bottom)
    return out
