"""Draws marks: below the text bands, rules and chips; above it the outlines of what is chosen.

Kind is a shape first and a colour second. Rule lanes keep every layer of an overlap legible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.ui.article.geometry import Run
from annotator.ui.theme import Theme

CUE_DASHES = (2.2, 1.6)
PROPOSAL_DASHES = (3, 2)


def draw_bands(p: QPainter, runs: Sequence[Run], theme: Theme) -> None:
    """Draw the grounds of claims; where claims overlap, the stronger tint."""
    claims: dict[int, list[Run]] = defaultdict(list)
    band = QColor(theme.band)
    for run in runs:
        if run.span.kind == "claim":
            claims[run.line].append(run)
            p.fillRect(run.band, band)
    second = QColor(theme.band2)
    for on_line in claims.values():
        if len(on_line) < 2:
            continue
        for rect in _overlaps(on_line):
            p.fillRect(rect, second)


def _overlaps(runs: list[Run]) -> list[QRectF]:
    """Return where at least two runs of a line lie over each other: one sweep from left to right."""
    edges = sorted([(r.x0, 1) for r in runs] + [(r.x1, -1) for r in runs])
    band = runs[0].band
    out: list[QRectF] = []
    depth = 0
    begun = 0.0
    for x, step in edges:
        if depth == 1 and step == 1:
            begun = x
        elif depth == 2 and step == -1 and x > begun:
            out.append(QRectF(begun, band.y(), x - begun, band.height()))
        depth += step
    return out


def draw_rules(p: QPainter, runs: Iterable[Run], theme: Theme) -> None:
    """Draw what tells kinds and ends apart: rules, start bars, end feet, chips."""
    for run in runs:
        kind = run.span.kind
        if kind == "claim":
            _claim(p, run, theme)
        elif kind == "source_mention":
            _source(p, run, theme)
        elif kind == "cue":
            _dashes(p, run, theme.cue, CUE_DASHES)
        elif kind == "mention":
            _chip(p, run, theme)
        else:
            _dashes(p, run, theme.claim, (1, 1.4))


def _claim(p: QPainter, run: Run, theme: Theme) -> None:
    """One solid rule; a bar in the word gap where it starts, a foot below the rule where it ends."""
    y = run.rule
    p.setPen(QPen(QColor(theme.claim), 2))
    p.drawLine(QLineF(run.x0, y, run.x1, y))
    if run.first:
        x = run.x1 + 0.5 if run.rtl else run.x0 - 0.5
        p.drawLine(QLineF(x, run.top, x, y + 1))
    if run.last:
        x = run.x0 if run.rtl else run.x1
        p.drawLine(QLineF(x, y - 1, x, y + 5))


def _source(p: QPainter, run: Run, theme: Theme) -> None:
    p.setPen(QPen(QColor(theme.source), 1.2))
    for y in (run.rule - 0.8, run.rule + 1.6):
        p.drawLine(QLineF(run.x0, y, run.x1, y))


def _dashes(p: QPainter, run: Run, color: str, pattern: Sequence[float]) -> None:
    pen = QPen(QColor(color), 2)
    pen.setDashPattern(list(pattern))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    p.setPen(pen)
    p.drawLine(QLineF(run.x0, run.rule, run.x1, run.rule))


def _chip(p: QPainter, run: Run, theme: Theme) -> None:
    """Draw an outline, left open where it goes on in another line."""
    k = run.scale
    p.setPen(QPen(QColor(theme.entity), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    rect = QRectF(run.x0 - 0.5, run.base - 16.5 * k, run.x1 - run.x0 + 1, 21 * k)
    if run.first and run.last:
        p.drawRoundedRect(rect, 3.5, 3.5)
        return
    p.drawLine(rect.topLeft(), rect.topRight())
    p.drawLine(rect.bottomLeft(), rect.bottomRight())
    left = QLineF(rect.topLeft(), rect.bottomLeft())
    right = QLineF(rect.topRight(), rect.bottomRight())
    if run.first:
        p.drawLine(right if run.rtl else left)
    if run.last:
        p.drawLine(left if run.rtl else right)


def outline(rects: Iterable[QRectF]) -> QPainterPath:
    """Return one path round rectangles, those that touch joined."""
    whole = QPainterPath()
    for rect in rects:
        one = QPainterPath()
        one.addRect(rect)
        whole = whole.united(one)
    return whole.simplified()


def draw_outline(
    p: QPainter, rects: Iterable[QRectF], color: str, width: float, dashes: Sequence[float] | None = None
) -> None:
    """Draw an outline round rectangles: ink for what is chosen, accent for what is tied to it, dashes for proposals."""
    pen = QPen(QColor(color), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPath(outline(rects))


def draw_margin(p: QPainter, kind: str, x: float, first_base: float, height: float, scale: float, theme: Theme) -> None:
    """Draw what stands before an indented paragraph: a bar along a quotation, a dot before a list item."""
    if kind == "bar":
        p.fillRect(QRectF(x - 1, 0, 2, height), QColor(theme.line))
    elif kind == "dot":
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.muted))
        p.drawEllipse(QPointF(x, first_base - 5.5 * scale), 2.2 * scale, 2.2 * scale)
