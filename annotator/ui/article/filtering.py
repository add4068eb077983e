"""Keeps the filter of the article shown: asks for it in a bar, tells the text what stands out, counts in pieces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.model import AnnotatedArticle, Annotation, Attribution, Id, SourceMention
from annotator.model.code_book import CodeBook
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.ruler import Ruler
from annotator.ui.filters import NONE, Filter
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.article.filter_bar import FilterBar

PIECE = 1500
"""So many marks are counted before the window is given its turn."""


class Filtering(QObject):
    """The filter outlives the article shown, and goes with the project; what only makes sense in one article is dropped."""

    changed = Signal()
    """Other marks stand out now, or the rest is hidden now and was not before."""
    left = Signal()
    """The bar was left for the text, or closed, by its own key."""

    def __init__(self, text: MarkedText, ruler: Ruler, place: Callable[[QWidget], object], theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._ruler = ruler
        self._place = place
        self._theme = theme
        self._profile = "editor"
        self._annotated: AnnotatedArticle | None = None
        self._bar: FilterBar | None = None
        self._book: CodeBook | None = None
        self._waiting: list[Annotation] = []
        self._at = 0
        self._passing: set[Id] = set()
        """The marks that pass, as far as they were counted."""
        self._ties: dict[Id, _Tie] = {}
        """What every link tied, where the filter asks for links: a link that is gone tells it no more."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_on)
        ruler.lost.connect(self._count, Qt.ConnectionType.QueuedConnection)  # told while it paints
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
            bar.left.connect(self.left)
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
        self._show_counts()

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
        self.filter = self.filter.elsewhere() if annotated is not None else Filter()
        if annotated is None:
            self.set_hiding(False)
            if self._bar is not None:
                self._bar.hide()
        if self.filter or self.open or self._text.passes is not None:
            self._apply()

    def follow(
        self,
        annotated: AnnotatedArticle,
        before: Mapping[Id, Annotation | None] | None = None,
        links: Collection[Id] = (),
        checked: Collection[Id] = (),
        entries: Collection[Id] = (),
    ) -> None:
        """Ask anew about marks that changed, given as they were, and about those that hang on changed links and checks.

        ``before`` is None where any mark may have changed. Costs what is given, not what is there.
        """
        self._annotated = annotated
        wanted = self._brought_up(annotated, before or {}, links)
        self._book = annotated.code_book
        if wanted != self.filter:
            self.set(wanted)
        elif not self.filter:
            if self.open:
                self._show_counts()
        elif before is None or self._timer.isActive() or (self.filter.source and entries):
            self._apply()
        else:
            self._ask_about(annotated, before, {*links}, {*checked})

    def _brought_up(
        self, annotated: AnnotatedArticle, before: Mapping[Id, Annotation | None], links: Iterable[Id]
    ) -> Filter:
        """Return the filter with what was renamed under its new name, and without what is gone."""
        wanted = self.filter
        gone = wanted.source - annotated.sources.keys()
        if gone:
            wanted = wanted.became("source", {s: self._heir(annotated, s, before, links) for s in gone})
        if wanted.tag and self._book is not None and annotated.code_book is not self._book:
            now = {t.id: t.label for t in annotated.code_book.terms("tag")}
            wanted = wanted.became("tag", {t.label: now.get(t.id) for t in self._book.terms("tag")})
        left = wanted.coder - annotated.coders.keys() - {NONE}
        return wanted.became("coder", dict.fromkeys(left)) if left else wanted

    def _heir(
        self, annotated: AnnotatedArticle, source: Id, before: Mapping[Id, Annotation | None], links: Iterable[Id]
    ) -> Id | None:
        """Return the source that took over what a gone one said or was named by; None where nothing is left of it."""
        for id_ in links:
            link = annotated.attributions_by_id.get(id_)
            if link is not None and self._ties.get(id_, _NO_TIE).source == source:
                return link.source
        for id_, was in before.items():
            now = annotated.by_id.get(id_)
            if isinstance(was, SourceMention) and was.source == source and isinstance(now, SourceMention):
                return now.source
        return None

    def _ask_about(
        self, annotated: AnnotatedArticle, before: Mapping[Id, Annotation | None], links: set[Id], checked: set[Id]
    ) -> None:
        asked = {*before, *checked}
        for id_ in links:
            link = annotated.attributions_by_id.get(id_)
            was, now = self._ties.pop(id_, _NO_TIE), _NO_TIE
            if link is not None:
                now = self._ties[id_] = _tie(link)
            asked |= {id_ for id_ in (was.claim, was.cue, now.claim, now.cue) if id_}
        test, marks = self._text.passes, self._text.index.annotations
        gone: list[Annotation | None] = []
        come: list[Annotation | None] = []
        for id_ in asked:
            mark = marks.get(id_)
            if id_ in self._passing:
                gone.append(before.get(id_, mark))
                self._passing.discard(id_)
            if mark is not None and test is not None and test(mark):
                come.append(mark)
                self._passing.add(id_)
        self._ruler.exchange(gone, come)
        self._tell_changed()
        self._show_counts()

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
        annotated = self._annotated
        self._text.passes = self.filter.test(annotated) if annotated is not None else None
        self._book = annotated.code_book if annotated is not None else None
        follows = annotated is not None and (self.filter.source or self.filter.link)
        self._ties = {link.id: _tie(link) for link in annotated.attributions} if annotated and follows else {}
        self._tell_changed()
        if self._bar is not None:
            self._bar.show_filter(self.filter)
        self._count()

    # -- counting

    def _count(self) -> None:
        """Begin to count; a count that runs is given up."""
        self._timer.stop()
        self._passing.clear()
        if self._text.passes is None:
            self._waiting = []
            self._ruler.forget()
        else:
            self._waiting = list(self._text.index.annotations.values())
            self._at = 0
            self._ruler.sift()
            self._count_on()
        self._show_counts()

    def _count_on(self) -> None:
        test = self._text.passes
        if test is None:
            return
        piece = self._waiting[self._at : self._at + PIECE]
        passing = [mark for mark in piece if test(mark)]
        self._passing.update(mark.id for mark in passing)
        self._ruler.exchange((), passing)
        self._at += len(piece)
        if self._at < len(self._waiting):
            self._timer.start(0)
            return
        self._waiting = []
        self._show_counts()

    def _show_counts(self) -> None:
        if self._bar is not None:
            total = len(self._text.index.annotations)
            shown = total if self._text.passes is None else len(self._passing)
            self._bar.show_count(None if self._timer.isActive() else shown, total)


class _Tie(NamedTuple):
    """What a link tied together when it was last looked at."""

    claim: Id
    cue: Id | None
    source: Id


_NO_TIE = _Tie("", None, "")


def _tie(link: Attribution) -> _Tie:
    return _Tie(link.claim, link.cue, link.source)
