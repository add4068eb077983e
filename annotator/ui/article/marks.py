"""Draws marks: below the text bands, rules and chips; above it the outlines of what is chosen.

Kind is a shape first and a colour second. Rule lanes keep every layer of an overlap legible.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.ui.article.geometry import CROWD_PX, LANES, Crowd, Run
from annotator.ui.theme import Theme, font

CUE_DASHES = (2.2, 1.6)
TERM_DOTS = (1, 1.4)
PROPOSAL_DASHES = (3, 2)
_LANE = 3.5
"""From the rule of one lane to that of the next, px."""
_LEAST_LANE = 2.8
"""The same in small letters: what lies lower would touch the next line."""


def draw_bands(p: QPainter, runs: Sequence[Run], theme: Theme) -> None:
    """Draw the grounds of claims; where claims overlap, the stronger tint. High contrast has no tints."""
    if theme.band == theme.page:
        return
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
    """Draw what tells kinds and ends apart: rules, start bars, end feet, chips. Lanes past the last have no rule."""
    for run in runs:
        if run.lane >= LANES:
            continue
        kind = run.span.kind
        if kind == "claim":
            _claim(p, run, theme)
        elif kind == "source_mention":
            _source(p, run, theme)
        elif kind == "cue":
            _dashes(p, run, theme.cue, CUE_DASHES, theme)
        elif kind == "mention":
            _chip(p, run, theme)
        else:
            _dashes(p, run, theme.claim, TERM_DOTS, theme)


def _rule(run: Run, theme: Theme) -> float:
    """Return the height of a rule; thicker rules stand further apart."""
    step = min(_LANE, max(_LEAST_LANE, _LANE * run.scale)) + 1.5 * (theme.weight - 1)
    return run.base + 6 * run.scale + step * run.lane


def _claim(p: QPainter, run: Run, theme: Theme) -> None:
    """One solid rule; a bar in the word gap where it starts, a foot below the rule where it ends."""
    y = _rule(run, theme)
    p.setPen(QPen(QColor(theme.claim), 2 * theme.weight))
    p.drawLine(QLineF(run.x0, y, run.x1, y))
    if run.first:
        x = run.x1 + 0.5 if run.rtl else run.x0 - 0.5
        p.drawLine(QLineF(x, run.top, x, y + 1))
    if run.last:
        x = run.x0 if run.rtl else run.x1
        p.drawLine(QLineF(x, y - 1, x, y + 5))


def _source(p: QPainter, run: Run, theme: Theme) -> None:
    middle = _rule(run, theme) + 0.4
    p.setPen(QPen(QColor(theme.source), 1.2 * theme.weight))
    for y in (middle - 1.2 * theme.weight, middle + 1.2 * theme.weight):
        p.drawLine(QLineF(run.x0, y, run.x1, y))


def _dashes(p: QPainter, run: Run, color: str, pattern: Sequence[float], theme: Theme) -> None:
    pen = QPen(QColor(color), 2 * theme.weight)
    pen.setDashPattern(list(pattern))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    p.setPen(pen)
    y = _rule(run, theme)
    p.drawLine(QLineF(run.x0, y, run.x1, y))


def draw_dim(p: QPainter, runs: Iterable[Run], theme: Theme) -> None:
    """Draw marks that a filter sets back: a thin, pale rule in the shape of the kind, no ground."""
    made = {
        kind: _thin(theme, pattern)
        for kind, pattern in (("claim", None), ("cue", CUE_DASHES), ("loaded_term", TERM_DOTS), ("mention", (1, 3)))
    }
    for run in runs:
        if run.lane >= LANES:
            continue
        p.setPen(made.get(run.span.kind, made["claim"]))
        y = _rule(run, theme)
        p.drawLine(QLineF(run.x0, y, run.x1, y))
        if run.span.kind == "source_mention":
            p.drawLine(QLineF(run.x0, y + 2.2, run.x1, y + 2.2))


def _thin(theme: Theme, pattern: Sequence[float] | None) -> QPen:
    pen = QPen(QColor(theme.faint), 1)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern:
        pen.setDashPattern([2 * length for length in pattern])
    return pen


def draw_crowds(p: QPainter, crowds: Iterable[Crowd], theme: Theme) -> None:
    """Say at the ends of lines how many marks found no lane."""
    for crowd in crowds:
        p.setPen(QPen(QColor(theme.edge), 1))
        p.setBrush(QColor(theme.raised))
        p.drawRoundedRect(crowd.rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        p.setFont(font("key", 600, px=CROWD_PX))
        p.setPen(QColor(theme.ink))
        p.drawText(crowd.rect, int(Qt.AlignmentFlag.AlignCenter.value), crowd.words)


def _chip(p: QPainter, run: Run, theme: Theme) -> None:
    """Draw an outline, left open where it goes on in another line."""
    k = run.scale
    p.setPen(QPen(QColor(theme.entity), theme.weight))
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
