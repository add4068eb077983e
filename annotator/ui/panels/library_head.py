"""The button over the library that says how it is sorted and grouped, and opens the menu of that."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from annotator.language import tr
from annotator.ui.actions import with_key
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, focus_ring
from annotator.ui.panels.library_model import GROUPS, SORTS, Arrangement
from annotator.ui.theme import Theme

SIZE = 28


class ArrangeButton(QAbstractButton):
    """Three lines, each shorter; a dot where the library does not stand as it usually does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._arrangement = Arrangement()
        self.setFixedSize(SIZE + 4, SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_arrangement(Arrangement(), 0)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(SIZE + 4, SIZE)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and the key as it is now."""
        self._theme = theme
        self.show_arrangement(self._arrangement, 0)

    def show_arrangement(self, arrangement: Arrangement, _shown: int) -> None:
        """Say how the library is arranged."""
        self._arrangement = arrangement
        words = said(arrangement)
        self.setAccessibleName(tr("Sort and group: {how}", how=words))
        self.setToolTip(plain_tip(with_key(tr("Sort and group: {how}", how=words), "library.arrange")))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines; a frame under the pointer, a ring with the keyboard."""
        p = painter(self)
        t, box = self._theme, Box(QRectF(self.rect()), self.isRightToLeft())
        if self.underMouse() or self.isDown():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.hover))
            p.drawRoundedRect(box.r, 6, 6)
        p.setPen(QPen(QColor(t.ink), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        widths = (14.0, 10.0, 6.0)
        for n, width in enumerate(reversed(widths) if self._arrangement.down else widths):
            at = box.rc(9, 9.5 + 5 * n, width, 0)
            p.drawLine(QPointF(at.left(), at.top()), QPointF(at.right(), at.top()))
        if not self._arrangement.usual:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.accent))
            p.drawEllipse(box.rc(box.w - 10, 4, 6, 6))
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), t)
        p.end()


def said(arrangement: Arrangement) -> str:
    """Return an arrangement in words."""
    words = SORTS[arrangement.sort]
    by = tr("by {what}, the other way round", what=words) if arrangement.down else tr("by {what}", what=words)
    parts = [by]
    if arrangement.group:
        parts.append(tr("under headings by {what}", what=GROUPS[arrangement.group]))
    if arrangement.tag:
        parts.append(tr("only the tag “{tag}”", tag=arrangement.tag))
    return ", ".join(parts)
