"""Small drawings every view shares: glyphs of the marks, status shapes, key caps, mirrored boxes.

Shape carries the meaning, colour repeats it: everything here can be told apart in grey.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextOption

from annotator.ui.theme import Theme, font

GLYPH = 10
"""Usual size of a glyph, px."""
STATUS_SIZE = 12
KEYCAP_HEIGHT = 18

_WIDEST_LETTER = 1.1
"""No Latin letter is wider, in sizes of its type."""

_ALIASES = {"source_mention": "source", "mention": "entity"}


def smooth(p: QPainter) -> None:
    """Turn antialiasing on."""
    p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignAbsolute
_ONE_LINE = {
    side: (side | Qt.AlignmentFlag.AlignVCenter).value | Qt.TextFlag.TextSingleLine.value
    for side in (_LEFT, _RIGHT, _MIDDLE)
}
"""Flags of one line of text by side, as numbers: joining them anew for every word is what painting text costs most."""


class Box:
    """A rectangle whose inside is addressed from the start side, so that drawings mirror themselves."""

    def __init__(self, rect: QRectF | QRect, rtl: bool = False) -> None:
        self.r = QRectF(rect)
        self.rtl = rtl

    @property
    def w(self) -> float:
        """Width, px."""
        return self.r.width()

    @property
    def h(self) -> float:
        """Height, px."""
        return self.r.height()

    def rc(self, x: float, y: float, w: float, h: float) -> QRectF:
        """Return the rectangle ``x`` px from the start side and ``y`` px from the top."""
        left = self.r.right() - x - w if self.rtl else self.r.x() + x
        return QRectF(left, self.r.y() + y, w, h)

    def text(
        self,
        p: QPainter,
        words: str,
        x: float,
        y: float,
        w: float,
        h: float,
        face: QFont,
        color: str,
        end: bool = False,
        wrap: bool = False,
        mid: bool = False,
    ) -> None:
        """Draw words at the start (``end``: at the end, ``mid``: in the middle) of a rectangle.

        One line, cut with an ellipsis, or ``wrap``. The words run in their own direction, the box keeps its place.
        """
        p.setFont(face)
        p.setPen(QColor(color))
        p.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        align = _MIDDLE if mid else _RIGHT if end != self.rtl else _LEFT
        if wrap:
            option = QTextOption(align | Qt.AlignmentFlag.AlignTop)
            option.setWrapMode(QTextOption.WrapMode.WordWrap)
            option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            p.drawText(self.rc(x, y, w, h), words, option)
            return
        p.drawText(self.rc(x, y, w, h), _ONE_LINE[align], elided(face, words, w))


@lru_cache(maxsize=4096)
def elided(face: QFont, words: str, w: float) -> str:
    """Return words on one line, cut with an ellipsis at a width; the same few are drawn again and again."""
    if words.isascii() and len(words) * face.pixelSize() * _WIDEST_LETTER < w and "\n" not in words:
        return words  # measuring costs more than drawing
    return QFontMetricsF(face).elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, w)


@lru_cache(maxsize=4096)
def advance(face: QFont, words: str) -> float:
    """Return the width of words in a font, px."""
    return QFontMetricsF(face).horizontalAdvance(words)


def glyph(p: QPainter, kind: str, x: float, y: float, theme: Theme, size: float = GLYPH) -> None:
    """Draw the sign of a kind of mark: square = claim, double bar = source, ring = entity, dashes = cue, dots = loaded term.

    ``kind`` is an annotation's kind, or "source" or "entity" for entries of the registers.
    """
    smooth(p)
    k = size / GLYPH
    kind = _ALIASES.get(kind, kind)
    if kind == "claim":
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.claim))
        p.drawRect(QRectF(x, y, size, size))
    elif kind == "source":
        p.setPen(QPen(QColor(theme.source), 2 * k))
        for bar in (3, 8):
            p.drawLine(QPointF(x, y + bar * k), QPointF(x + size + 1, y + bar * k))
    elif kind == "entity":
        p.setPen(QPen(QColor(theme.entity), 1.6 * k))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(QRectF(x - 0.5, y + 0.8 * k, size + 2, size - 1.6 * k), 3 * k, 3 * k)
    elif kind == "loaded_term":
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.claim))
        for dot in (0, 4, 8):
            p.drawEllipse(QRectF(x + dot * k, y + 4 * k, 2.4 * k, 2.4 * k))
    else:
        p.setPen(QPen(QColor(theme.cue), 2 * k))
        for dash in (0, 4.2, 8.4):
            p.drawLine(QPointF(x + dash * k, y + 5 * k), QPointF(x + (dash + 2.4) * k, y + 5 * k))


def status_glyph(p: QPainter, status: str, x: float, y: float, theme: Theme, color: str | None = None) -> None:
    """Draw a status of checking, 12 px: ring, half, full with a tick, ring with a bar."""
    smooth(p)
    ink = QColor(color or theme.muted)
    ring = QRectF(x + 1, y + 1, 10, 10)
    p.setPen(QPen(ink, 1.5))
    p.setBrush(ink if status == "checked" else Qt.BrushStyle.NoBrush)
    p.drawEllipse(ring)
    if status == "checked":
        p.setPen(QPen(QColor(theme.page), 1.6))
        p.drawPolyline([QPointF(x + 3.4, y + 6.2), QPointF(x + 5.3, y + 8), QPointF(x + 8.6, y + 4.2)])
    elif status == "in_progress":
        p.setBrush(ink)
        p.drawPie(ring, 90 * 16, 180 * 16)
    elif status == "cannot_check":
        p.drawLine(QPointF(x + 3, y + 9), QPointF(x + 9, y + 3))


def keycap_width(key: str) -> float:
    """Return the width of a key cap, px."""
    return max(float(KEYCAP_HEIGHT), advance(font("key"), key) + 10)


def keycap(
    p: QPainter, box: Box, key: str, x: float, y: float, theme: Theme, h: float = KEYCAP_HEIGHT, end: bool = False
) -> float:
    """Draw a key cap at ``x`` from the start (``end``: with its end there) and return its width."""
    smooth(p)
    w = keycap_width(key)
    cap = box.rc(x - w if end else x, y, w, h)
    p.setPen(QPen(QColor(theme.edge), 1))
    p.setBrush(QColor(theme.raised))
    p.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    p.setFont(font("key"))
    p.setPen(QColor(theme.ink))
    p.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # "[" is that key in any window, never its mirror
    p.drawText(cap, int(Qt.AlignmentFlag.AlignCenter.value), key)
    return w


def hatch(p: QPainter, rect: QRectF, color: str, step: float = 4, width: float = 1.2) -> None:
    """Fill a rectangle with slanted lines ``step`` px apart, each cut where the rectangle ends: clipping costs more."""
    p.setPen(QPen(QColor(color), width))
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    lines: list[QLineF] = []
    y = top + step
    while y < bottom + rect.width():
        low, high = max(0.0, y - bottom), min(right - left, y - top)
        lines.append(QLineF(left + low, y - low, left + high, y - high))
        y += step
    p.drawLines(lines)


def dashed_frame(p: QPainter, rect: QRectF, theme: Theme, radius: float = 8) -> None:
    """Draw the frame that says everywhere: something is missing here."""
    smooth(p)
    p.setPen(QPen(QColor(theme.edge), 1, Qt.PenStyle.DashLine))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(p: QPainter, rect: QRectF | QRect, theme: Theme, radius: float = 6) -> None:
    """Draw the 2 px ring of what has the keyboard, inside ``rect``."""
    smooth(p)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(QColor(theme.accent), 2))
    p.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
