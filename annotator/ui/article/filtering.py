"""Keeps the filter of the article shown: asks for it in a bar, tells the text what stands out, counts in pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.model import AnnotatedArticle, Annotation
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.ruler import Ruler
from annotator.ui.filters import Filter
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.article.filter_bar import FilterBar

PIECE = 1500
"""So many marks are counted before the window is given its turn."""


class Filtering(QObject):
    """The filter outlives the article shown; what only makes sense in one article is dropped with it."""

    changed = Signal()
    """Other marks stand out now, or the rest is hidden now and was not before."""
    left = Signal()
    """The bar was closed by its own key."""

    def __init__(self, text: MarkedText, ruler: Ruler, place: Callable[[QWidget], object], theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._ruler = ruler
        self._place = place
        self._theme = theme
        self._profile = "editor"
        self._annotated: AnnotatedArticle | None = None
        self._bar: FilterBar | None = None
        self._waiting: list[Annotation] = []
        self._at = self._shown = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_on)
        self.filter = Filter()

    @property
    def bar(self) -> FilterBar:
        """The bar, made when it is first asked for."""
        if self._bar is None:
            from annotator.ui.article.filter_bar import FilterBar  # only now: the window starts without it

            self._bar = bar = FilterBar(self._theme, lambda: self._annotated)
            bar.hide()
            self._place(bar)
            bar.set_profile(self._profile)
            bar.changed.connect(self.set)
            bar.hiding.connect(self.set_hiding)
            bar.cleared.connect(self.clear)
            bar.closed.connect(self._close_and_leave)
        return self._bar

    @property
    def open(self) -> bool:
        """Whether the bar is there."""
        return self._bar is not None and not self._bar.isHidden()

    @property
    def hides(self) -> bool:
        """Whether the rest is hidden, not dimmed."""
        return self._text.hides

    def ask(self) -> None:
        """Show the bar with the keyboard in it."""
        if self._annotated is None:
            return
        self.bar.show_filter(self.filter)
        self.bar.show()
        self.bar.enter()
        self._count()

    def close(self) -> None:
        """Close the bar; all marks stand out again."""
        self.clear()
        if self._bar is not None:
            self._bar.hide()

    def _close_and_leave(self) -> None:
        self.close()
        self.left.emit()

    def set(self, wanted: Filter) -> None:
        """Let other marks stand out."""
        self.filter = wanted
        self._apply()

    def clear(self) -> None:
        """Let all marks stand out."""
        if self.filter:
            self.set(Filter())

    def set_hiding(self, hides: bool) -> None:
        """Leave the rest out, or dim it."""
        if hides != self._text.hides:
            self._text.hides = hides
            if self._bar is not None:
                self._bar.rest.setChecked(hides)
            self._tell_changed()

    def _tell_changed(self) -> None:
        self._text.viewport().update()
        self.changed.emit()

    # -- following

    def show_article(self, annotated: AnnotatedArticle | None) -> None:
        """Take another article."""
        self._annotated = annotated
        self.filter = self.filter.elsewhere()
        if annotated is None and self._bar is not None:
            self._bar.hide()
        if self.filter or self.open or self._text.passes is not None:
            self._apply()

    def follow(self, annotated: AnnotatedArticle) -> None:
        """Ask anew after marks or links changed."""
        self._annotated = annotated
        if self.filter or self.open:
            self._apply()

    def set_profile(self, profile: str) -> None:
        """Offer what a profile works with."""
        self._profile = profile
        if self._bar is not None:
            self._bar.set_profile(profile)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        self._theme = theme
        if self._bar is not None:
            self._bar.set_theme(theme)

    def _apply(self) -> None:
        self._text.passes = self.filter.test(self._annotated) if self._annotated is not None else None
        self._tell_changed()
        if self._bar is not None:
            self._bar.show_filter(self.filter)
        self._count()

    # -- counting

    def _count(self) -> None:
        """Begin to count; a count that runs is given up."""
        marks = self._text.index.annotations
        self._timer.stop()
        if self._text.passes is None:
            self._ruler.forget()
            self._tell(len(marks), len(marks))
            return
        self._waiting = list(marks.values())
        self._at = self._shown = 0
        self._ruler.sift()
        self._tell(None, len(self._waiting))
        self._timer.start(0)

    def _count_on(self) -> None:
        test = self._text.passes
        if test is None:
            return
        piece = self._waiting[self._at : self._at + PIECE]
        passing = [mark for mark in piece if test(mark)]
        self._shown += len(passing)
        self._ruler.add(passing)
        self._at += len(piece)
        if self._at < len(self._waiting):
            self._timer.start(0)
            return
        total, self._waiting = len(self._waiting), []
        self._tell(self._shown, total)

    def _tell(self, shown: int | None, total: int) -> None:
        if self._bar is not None:
            self._bar.show_count(shown, total)
