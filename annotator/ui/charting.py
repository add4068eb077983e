"""Charts in the window: a chart's plain shapes painted in a theme's colours, or in those of print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.exporters import shapes
from annotator.exporters.shapes import Box, Colour, Line, Shape, Words
from annotator.ui.paint import hatch, smooth
from annotator.ui.theme import Theme, font

SCALE = 4.25
"""Pixels of the window to a millimetre of a chart: its 8 point words are then 12 px, the window's small type."""
POINT = 25.4 / 72
"""Millimetres to a point."""
_HATCH = 1.0
_LINE = 0.28

Face = Callable[[float, bool], QFont]
"""Makes the font of words from their size in px and whether they are bold."""


@dataclass(frozen=True)
class Inks:
    """What the named colours of shapes are painted in, as ``#rrggbb``."""

    claim: str
    source: str
    ink: str
    muted: str
    quiet: str
    paper: str

    def __getitem__(self, name: Colour) -> str:
        """Return the value of a named colour."""
        return self._values[name]

    @property
    def _values(self) -> Mapping[Colour, str]:
        return {
            "claim": self.claim, "source": self.source, "ink": self.ink, "muted": self.muted, "quiet": self.quiet,
            "paper": self.paper,
        }  # fmt: skip


def inks_of(theme: Theme, ground: str = "") -> Inks:
    """Return a theme's colours for charts on a ground, the panel's unless given."""
    return Inks(theme.claim, theme.source, theme.ink, theme.muted, quiet(theme), ground or theme.panel)


def quiet(theme: Theme) -> str:
    """Return the pale colour that carries no meaning; lines of high contrast would read as bars."""
    return theme.hover if theme.weight > 1 else theme.line


def window_face(px: float, bold: bool) -> QFont:
    """Return the window's type in a size."""
    return font("small", 600 if bold else 400, px=max(1, round(px)))


def paint(
    p: QPainter,
    shapes: Iterable[Shape],
    inks: Inks,
    scale: float,
    *,
    face: Face = window_face,
    mirrored: float | None = None,
    within: QRectF | None = None,
) -> None:
    """Paint shapes at ``scale`` px to a mm, from the painter's origin.

    ``mirrored`` is the width (mm) at which left and right change places; ``within`` (px) leaves out what lies outside.
    """
    smooth(p)
    for shape in shapes:
        if isinstance(shape, Box):
            at = box_rect(shape, scale, mirrored)
            if within is None or at.intersects(within):
                _paint_box(p, shape, at, inks, scale)
        elif isinstance(shape, Line):
            _paint_line(p, shape, inks, scale, mirrored)
        else:
            top, bottom = (shape.y - 6) * scale, (shape.y + 3) * scale
            if within is None or (bottom >= within.top() and top <= within.bottom()):
                _paint_words(p, shape, inks, scale, face, mirrored)


def box_rect(box: Box, scale: float, mirrored: float | None = None) -> QRectF:
    """Return where a box lies, px."""
    x = box.x if mirrored is None else mirrored - box.x - box.width
    return QRectF(x * scale, box.y * scale, box.width * scale, box.height * scale)


def _paint_box(p: QPainter, box: Box, at: QRectF, inks: Inks, scale: float) -> None:
    color = QColor(inks[box.colour])
    if box.fill == "solid":
        p.fillRect(at, color)
        return
    edge = at.adjusted(0.5, 0.5, -0.5, -0.5)
    if edge.width() <= 1 or edge.height() <= 1:
        p.fillRect(at, color)  # too thin for a pattern: better a line than nothing
        return
    p.fillRect(at, QColor(inks.paper))
    if box.fill == "hatched":
        hatch(p, edge, color.name(), _HATCH * scale, _LINE * scale)
    p.setPen(QPen(color, max(1.0, 0.2 * scale)))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(edge)


def _paint_line(p: QPainter, line: Line, inks: Inks, scale: float, mirrored: float | None) -> None:
    x1, x2 = (line.x1, line.x2) if mirrored is None else (mirrored - line.x1, mirrored - line.x2)
    pen = QPen(QColor(inks[line.colour]), max(1.0, line.width * scale))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    p.setPen(pen)
    p.drawLine(QLineF(x1 * scale, line.y1 * scale, x2 * scale, line.y2 * scale))


def _paint_words(p: QPainter, words: Words, inks: Inks, scale: float, face: Face, mirrored: float | None) -> None:
    made = face(words.size * POINT * scale, words.bold)
    width = QFontMetricsF(made).horizontalAdvance(words.text)
    x = words.x if mirrored is None else mirrored - words.x
    at_end = words.anchor == ("end" if mirrored is None else "start")
    left = x * scale - (width / 2 if words.anchor == "middle" else width if at_end else 0)
    p.setFont(made)
    p.setPen(QColor(inks[words.colour]))
    p.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    p.drawText(QPointF(left, words.y * scale), words.text)


PRINT = Inks(**shapes.PRINT)
"""The colours of charts on paper."""
