"""Finds words in the article shown: asks in the bar, outlines the places, goes from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from annotator.ui.article import growth
from annotator.ui.article.find_bar import FindBar
from annotator.ui.article.growth import Span
from annotator.ui.article.text import ArticleText

FEW = 80
"""A selection of so many characters is what is looked for."""


class Finding(QObject):
    """What the find bar asks for, answered from the text."""

    def __init__(self, text: ArticleText, bar: FindBar) -> None:
        super().__init__(bar)
        self._text = text
        self._bar = bar
        self._words = ""
        bar.typed.connect(self._look_for)
        bar.next_asked.connect(lambda: self.step(1))
        bar.previous_asked.connect(lambda: self.step(-1))
        bar.closed.connect(self.close)

    def open(self) -> None:
        """Open the bar, with the selected words where they are few; without an article there is nothing to find."""
        if not self._text.isVisible():
            return
        start, end = self._text.selection()
        few = start < end and end - start <= FEW
        self._bar.open_with(" ".join(self._text.quote(start, end).split()) if few else "")
        self._look_for(self._bar.field.text())

    @property
    def shows(self) -> bool:
        """Whether the bar is open, or places are outlined."""
        return self._bar.isVisible() or bool(self._text.found)

    def show(self, places: Sequence[Span], at: int = 0) -> None:
        """Outline places that were found elsewhere and go to one of them; ``step`` goes on among them."""
        if not places:
            return
        self._bar.hide()
        self._text.found = list(places)
        self._text.viewport().update()
        self._show(self._text.found, at)

    def close(self, *, back_to_text: bool = True) -> None:
        """Close the bar; caret and selection stay at the place found."""
        self._bar.hide()
        self._text.found = []
        self._text.found_at = None
        self._text.viewport().update()
        if back_to_text:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next place (-1: the one before), after the last to the first; where nothing was looked for open the bar.

        With the bar closed the words looked for last are gone on with, and the keyboard stays in the text.
        """
        found = self._text.found
        if not found and self._words and not self._bar.isVisible():
            found = growth.find(self._text.index.paragraphs.text, self._words)
        if not found:
            self.open()
            return
        start, end = self._text.selection()
        at = bisect_left(found, (start, start))
        if at < len(found) and found[at] == (start, end):
            at += by
        elif by < 0:
            at -= 1
        self._show(found, at % len(found))

    def _look_for(self, words: str) -> None:
        if not self._bar.isVisible():
            return
        self._words = words
        self._text.found = growth.find(self._text.index.paragraphs.text, words)
        self._text.found_at = None
        self._text.viewport().update()
        if self._text.found:
            start, _ = self._text.selection()
            self._show(self._text.found, bisect_left(self._text.found, (start, start)) % len(self._text.found))
        else:
            self._bar.show_place(None, 0)

    def _show(self, found: list[Span], at: int) -> None:
        if found is self._text.found:
            self._text.found_at = at
        self._bar.show_place(at, len(found))
        start, end = found[at]
        self._text.select(start, end)
        self._text.reveal(start)
        self._text.announce(self._bar.place.text())
