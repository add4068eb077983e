"""How a file that is being added looks in the list, and what is read aloud for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.language import tr
from annotator.ui.import_items import (
    ADDED,
    FAILED,
    GONE,
    LOOKING,
    OTHER,
    READING,
    SKIPPED,
    STOPPED,
    THERE,
    WAITING,
    Item,
)
from annotator.ui.paint import Box, advance
from annotator.ui.panels.library_rows import short_date
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import count

ROW = 46

STATES = {
    WAITING: tr("waiting"),
    READING: tr("reading…"),
    LOOKING: tr("to look at"),
    ADDED: tr("added"),
    THERE: tr("already there"),
    FAILED: tr("failed"),
    SKIPPED: tr("left out by you"),
    STOPPED: tr("not read"),
    GONE: tr("taken back"),
    OTHER: tr("passed over"),
}


def facts(item: Item) -> str:
    """Return the facts found in a file, as far as they are known."""
    words = count(item.words, "word") if item.words else ""
    return " · ".join(part for part in (item.title, item.publication, short_date(item.date), words) if part)


def said(item: Item) -> str:
    """Return the second line of a file: what is wrong, or the facts found."""
    if item.state == FAILED or (item.state == ADDED and item.reason):
        return item.is_so or item.reason
    if item.state == THERE:
        return item.reason or tr("the same as “{title}”", title=item.twin)
    if item.state == OTHER:
        return tr("in {folder}", folder=item.folder)
    return facts(item)


def details(item: Item) -> str:
    """Return in full what a row has no room for."""
    if item.state == FAILED or (item.state == ADDED and item.reason):
        return item.reason
    if item.state == THERE:
        return tr("“{file}” is already in this project as “{title}”.", file=item.name, title=item.twin or item.title)
    if item.state == OTHER:
        return tr("Its name is of no kind of file that can be read. Try it again to see what is in it.")
    if item.encoding:
        return tr(
            "The encoding of “{file}”, {encoding}, is a guess: open the article and look at its accents.",
            file=item.name,
            encoding=item.encoding,
        )
    return ""


def spoken(item: Item) -> str:
    """Return what is read aloud for a file."""
    guess = tr("encoding guessed, please check") if item.encoding else ""
    return ", ".join(part for part in (item.name, STATES[item.state], said(item), guess) if part)


def tip(item: Item) -> str:
    """Return in full what a row may have no room for."""
    return "\n".join(part for part in (str(item.path), details(item) or facts(item)) if part)


def results(items: Sequence[Item]) -> str:
    """Return a line for each file: name, state, what was found or is wrong, parted by tabs."""
    return "\n".join("\t".join((str(i.path), STATES[i.state], said(i))) for i in items)


# -- drawing


def draw(p: QPainter, box: Box, item: Item, state: RowState) -> None:
    """Draw the line of a file."""
    t = state.theme
    _draw_sign(p, box, item, t)
    words = STATES[item.state]
    face = font("small", 600 if item.state == FAILED else 400)
    width = advance(face, words) + 4
    end = box.w - 12 - width
    box.text(p, words, end, 4, width, 20, face, t.ink if item.state == FAILED else t.muted, end=True)
    badge = tr("please check") if item.encoding and item.state == ADDED else ""
    if badge:
        chip = advance(font("small", px=11), badge) + 14
        end -= chip + 8
        at = box.rc(end, 5, chip, 18)
        p.setPen(QPen(QColor(t.edge), 1, Qt.PenStyle.DashLine))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box.text(p, badge, end, 5, chip, 18, font("small", px=11), t.ink, mid=True)
    waiting = item.state in (WAITING, STOPPED, SKIPPED, GONE, OTHER)
    box.text(p, item.name, 34, 4, end - 42, 20, font("body", 500), t.muted if waiting else t.ink)
    box.text(p, said(item), 34, 23, box.w - 46, 18, font("small"), t.ink if item.state == FAILED else t.muted)


def _draw_sign(p: QPainter, box: Box, item: Item, t: Theme) -> None:
    """Draw the sign of a state: a tick, a cross, two lines that are the same, a dash, a ring that fills."""
    at = box.rc(12, 14, 14, 14)
    middle = at.center()
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(QColor(t.ink), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if item.state == ADDED:
        p.drawPixmap(at.toRect(), icon("check", t.accent, 14))
    elif item.state == FAILED:
        for way in (1, -1):
            p.drawLine(middle + QPointF(-4, -4 * way), middle + QPointF(4, 4 * way))
    elif item.state == THERE:
        for y in (-2.5, 2.5):
            p.drawLine(middle + QPointF(-5, y), middle + QPointF(5, y))
    elif item.state in (SKIPPED, STOPPED, GONE, OTHER):
        p.drawLine(middle + QPointF(-4, 0), middle + QPointF(4, 0))
    else:
        p.setPen(QPen(QColor(t.edge if item.state == WAITING else t.accent), 1.6))
        p.drawEllipse(middle, 5, 5)
        if item.state != WAITING:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.accent))
            p.drawPie(QRectF(middle.x() - 5, middle.y() - 5, 10, 10), 90 * 16, -180 * 16)
