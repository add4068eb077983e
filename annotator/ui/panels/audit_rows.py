"""A finding of the sourcing checks as a row: its shape, rule, quote and place; the chosen one tells what was found and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from annotator.analysis.standards import Finding
from annotator.exporters.figures import SEVERITY
from annotator.language import tr
from annotator.model import FindingAnswer
from annotator.ui.paint import Box, advance, smooth
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import HouseRule

GLYPH = 13
START, END = 34, 12
ROW, TOP = 48, 24
LINE = 19
GAP = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks, or asked: a finding, or an answer whose question does not stand any more."""

    finding: Finding | None
    answer: FindingAnswer | None
    rule: HouseRule | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by, whatever else of it changes."""
        if self.finding is not None:
            return self.finding.rule.key, self.finding.article, self.finding.subject
        assert self.answer is not None
        return self.answer.rule, self.answer.article or "", self.answer.subject

    @property
    def title(self) -> str:
        """What the rule is called."""
        return self.rule.title if self.rule is not None else tr("A rule that is no longer there")

    @property
    def words(self) -> str:
        """What was found, in a sentence."""
        if self.finding is not None:
            return self.finding.words
        return (self.answer.words if self.answer is not None else None) or ""

    @property
    def severity(self) -> str:
        """How urgent it is, in words; where the question does not stand any more, that."""
        if self.finding is None:
            return tr("No longer raised")
        return SEVERITY[self.finding.rule.severity]


@dataclass(frozen=True, slots=True)
class RowWords:
    """What stands in a row: the quote or what was found, where, and for an answered one the answer with who and when."""

    quote: str
    place: str
    is_quote: bool
    answer: str = ""


def severity_glyph(p: QPainter, severity: str, x: float, y: float, theme: Theme) -> None:
    """Draw how urgent a finding is, 13 px: filled triangle with "!", half a diamond, ring. Bold ink, never a colour."""
    smooth(p)
    ink = QColor(theme.ink)
    p.setPen(QPen(ink, 1.3))
    p.setBrush(Qt.BrushStyle.NoBrush)
    if severity == "first":
        p.setBrush(ink)
        p.drawPolygon(QPolygonF([QPointF(x + 6.5, y + 1), QPointF(x + 12.5, y + 12), QPointF(x + 0.5, y + 12)]))
        p.setPen(QPen(QColor(theme.panel), 1.6))
        p.drawLine(QPointF(x + 6.5, y + 5), QPointF(x + 6.5, y + 8.2))
        p.drawPoint(QPointF(x + 6.5, y + 10.3))
    elif severity == "look":
        top, right = QPointF(x + 6.5, y + 0.5), QPointF(x + 12.5, y + 6.5)
        bottom, left = QPointF(x + 6.5, y + 12.5), QPointF(x + 0.5, y + 6.5)
        p.drawPolygon(QPolygonF([top, right, bottom, left]))
        p.setBrush(ink)
        p.drawPolygon(QPolygonF([top, bottom, left]))
    else:
        p.drawEllipse(QRectF(x + 2.5, y + 2.5, 8, 8))


def wrapped(face: QFont, words: str, width: float) -> int:
    """Return the height words take in a width, px; at least one line."""
    if not words:
        return 0
    flags = int(Qt.TextFlag.TextWordWrap.value)
    return max(LINE, round(QFontMetricsF(face).boundingRect(QRectF(0, 0, width, 1e5), flags, words).height()) + 2)


def parts_of(asked: Asked, words: RowWords) -> Sequence[tuple[str, QFont, bool]]:
    """Return what an open row tells below its title: words, their type, and whether they are muted."""
    body, small = font("body"), font("small")
    found = [(words.quote, font("quote", px=14) if words.is_quote else body, False)]
    if words.is_quote:
        found.append((asked.words, body, False))
    if words.answer:
        found.append((words.answer, font("body", 600), False))
    if asked.rule is not None and asked.finding is not None:
        found += [(asked.rule.about, small, True), (asked.rule.origin, small, True)]
    return [part for part in found if part[0]]


def _beside(words: RowWords) -> float:
    """Return the room the place takes beside the first lines, px."""
    return advance(font("small"), words.place) + 12 if words.place else 0.0


def open_height(asked: Asked, words: RowWords, width: float) -> int:
    """Return the height of an open row without its buttons, px; ``width`` is that of the list."""
    room, first, high = width - START - END - 16, _beside(words), TOP
    for told, face, _ in parts_of(asked, words):
        high += wrapped(face, told, room - first) + GAP
        first = 0.0
    return high


def draw_row(p: QPainter, box: Box, asked: Asked, state: RowState, words: RowWords, *, is_open: bool) -> None:
    """Draw a row."""
    t, small = state.theme, font("small")
    if is_open and not state.chosen:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(t.tint))
        p.drawRoundedRect(box.r, 6, 6)
    at = box.rc(START - GLYPH - 9, 7, GLYPH, GLYPH)
    if asked.finding is not None:
        severity_glyph(p, asked.finding.rule.severity, at.x(), at.y(), t)
    said = advance(small, asked.severity) + 4
    ink = t.ink if asked.finding is not None else t.muted
    box.text(p, asked.title, START, 3, box.w - START - END - said - 8, 20, font("body", 600), ink)
    box.text(p, asked.severity, box.w - END - said, 3, said, 20, small, t.muted, end=True)
    wide, room = _beside(words), box.w - START - END
    box.text(p, words.place, box.w - END - wide, 23, wide, 20, small, t.muted, end=True)
    if is_open:
        _draw_open(p, box, asked, words, t)
    elif words.answer:
        box.text(p, words.answer, START, 23, room - wide, 20, font("body"), t.ink)
    else:
        face = font("quote", px=14) if words.is_quote else font("body")
        box.text(p, words.quote, START, 23, room - wide, 20, face, ink)


def _draw_open(p: QPainter, box: Box, asked: Asked, words: RowWords, t: Theme) -> None:
    room, first, y = box.w - START - END, _beside(words), float(TOP)
    for told, face, muted in parts_of(asked, words):
        high = wrapped(face, told, room - first)
        box.text(p, told, START, y, room - first, high + 4, face, t.muted if muted else t.ink, wrap=True)
        y, first = y + high + GAP, 0.0
