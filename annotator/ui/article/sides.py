"""How the room is shared: numbers, gutter, the text's column, cards and ruler, mirrored with the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from annotator.ui.article import cards as margin
from annotator.ui.article import gutter, ruler
from annotator.ui.article.cards import Cards
from annotator.ui.article.geometry import runs_right_to_left
from annotator.ui.article.gutter import Gutter
from annotator.ui.article.line_numbers import LineNumbers
from annotator.ui.article.marked_text import SCROLL_BAR, MarkedText
from annotator.ui.article.ruler import Ruler
from annotator.ui.article.typesetting import DOCUMENT_MARGIN, LEAST_SHARE, Measure
from annotator.ui.theme import Theme

LEAST_COLUMN = 120
COMFORT = 176
"""Cards as wide as this show how the checking stands, and most speakers' names whole, px."""


class Sides:
    """What stands beside the text. Line numbers are made when they are first wanted."""

    def __init__(self, text: MarkedText, gutter_: Gutter, cards: Cards, ruler_: Ruler) -> None:
        self._text = text
        self._gutter = gutter_
        self._cards = cards
        self._ruler = ruler_
        self._numbers: LineNumbers | None = None
        self._arranging = False

    @property
    def numbered(self) -> bool:
        """Whether line numbers are shown."""
        return self._numbers is not None and not self._numbers.isHidden()

    def set_numbered(self, numbered: bool, theme: Theme) -> None:
        """Show line numbers, or take them away; the room is to be shared anew then."""
        if numbered and self._numbers is None:
            self._numbers = LineNumbers(self._text, theme)
        if self._numbers is not None:
            self._numbers.setVisible(numbered)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        if self._numbers is not None:
            self._numbers.set_theme(theme)

    def mirror(self, text: str) -> None:
        """Let a text that runs from right to left have its gutter where its lines begin, whichever way the window runs."""
        if runs_right_to_left(text):
            self._text.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        else:
            self._text.unsetLayoutDirection()

    def follow(self) -> None:
        """Follow the text as it scrolls."""
        if self._numbers is not None:
            self._numbers.update()

    def arrange(self, measured: Measure, *, gives_way: bool) -> None:
        """Give the text its column, the cards what is left up to their widest, and centre both.

        A column that ``gives_way`` leaves the cards room for names where the window is narrow.
        """
        if self._arranging:
            return
        self._arranging = True
        before = gutter.WIDTH + (self._numbers.room if self._numbers is not None and self.numbered else 0)
        room = max(LEAST_COLUMN, self._text.width() - SCROLL_BAR - ruler.WIDTH - before)
        column = min(room, measured.column + 2 * DOCUMENT_MARGIN)
        if gives_way and room - column < COMFORT:
            column = min(column, max(round(measured.column * LEAST_SHARE) + 2 * DOCUMENT_MARGIN, room - COMFORT))
        beside = min(margin.WIDEST, room - column)
        beside = beside if beside >= margin.LEAST else 0
        spare = room - column - beside
        self._text.set_measure(measured)
        self._text.set_column(column)
        self._place(spare // 2 + before, spare - spare // 2 + beside + ruler.WIDTH, beside)
        self._text.leader_to = 4.0 if beside else None
        self._arranging = False

    def _place(self, start: int, end: int, beside: int) -> None:
        text = self._text
        mirrored = text.isRightToLeft()
        text.set_margins(*((end, start) if mirrored else (start, end)))
        view = text.viewport().geometry()
        if mirrored:
            self._gutter.setGeometry(view.right() + 1, 0, gutter.WIDTH, view.height())
            self._cards.setGeometry(view.x() - beside, 0, beside, view.height())
            self._ruler.setGeometry(SCROLL_BAR, 0, ruler.WIDTH, view.height())
        else:
            self._gutter.setGeometry(view.x() - gutter.WIDTH, 0, gutter.WIDTH, view.height())
            self._cards.setGeometry(view.right() + 1, 0, beside, view.height())
            self._ruler.setGeometry(text.width() - SCROLL_BAR - ruler.WIDTH, 0, ruler.WIDTH, view.height())
        if self._numbers is not None:
            room = self._numbers.room
            x = self._gutter.geometry().right() + 1 if mirrored else self._gutter.x() - room
            self._numbers.setGeometry(x, 0, room, view.height())
        self._cards.setVisible(beside > 0)
