"""The search: words as they are typed, or a pattern; what was found, under its articles, with the words standing out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from threading import Lock

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Hit, Project
from annotator.project.finding import MOST_HITS, MOST_OF_A_KIND, Finder
from annotator.ui.actions import with_key
from annotator.ui.controls import EmptyNote, Label, QuietCombo, Tick, row
from annotator.ui.labels import column, plain_tip
from annotator.ui.models import RowsModel
from annotator.ui.panels import search_rows as rows
from annotator.ui.panels.library_list import LibraryList
from annotator.ui.panels.library_rows import INSET
from annotator.ui.panels.lists import RowDelegate
from annotator.ui.panels.pace import Pace
from annotator.ui.panels.search_rows import Found, HitHead
from annotator.ui.theme import Theme, sheet
from annotator.ui.workspace import Job, Workspace

WAIT_MS = 120
"""So long after the last key something is looked for."""
PATTERN_WAIT_MS = 300
AGAIN_MS = 600
"""So long after the project changed it is looked for again."""
LOOK_MS = 180
"""So long one stays on a hit until it is shown in its article."""
SMALL = 400_000
"""Code points in all articles up to which a search is so quick that it is done at once."""
PIECE = 200
"""So many places a pattern found are shown at once."""

ROW_COST = 20e-6
"""Seconds the view takes for each row when it lays them out, later."""

SCOPES = (
    ("", tr("Everywhere")),
    ("group", tr("This group")),
    ("chosen", tr("Those chosen")),
    ("article", tr("This article")),
)


class _Search:
    """One search on a worker thread; it can be ended from the window's at any moment."""

    def __init__(self, words: str, articles: list[Id] | None) -> None:
        self.words = words
        self.articles = articles
        self.stopped = False
        self._finder: Finder | None = None
        self._lock = Lock()

    def stop(self) -> None:
        """End it at once."""
        with self._lock:
            self.stopped = True
            finder = self._finder
        if finder is not None:
            finder.stop()

    def take(self, finder: Finder) -> bool:
        """Go on with a finder; False where it was ended before."""
        with self._lock:
            self._finder = finder
            return not self.stopped

    def leave(self) -> None:
        """Let go of the finder, which is about to close."""
        with self._lock:
            self._finder = None


class SearchPage(QWidget):
    """What was found. ``head``, to be put under the field, holds scope, pattern switch and how many there are."""

    hit_opened = Signal(object, str)
    """A Hit to go to, and the words it was found by."""
    hit_shown = Signal(object, str)
    """The same, to be shown beside the list, which keeps the keyboard."""
    asked_again = Signal()
    """Pattern or scope was changed: the page may have to come or go."""
    _some = Signal(object, object)
    _at = Signal(object, int, int)

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._words = ""
        self._now: _Search | None = None
        self._hits: list[Hit] = []
        self._enter = False
        self.scope_asked: Callable[[str], list[Id] | None] = lambda _: None
        """Returns the articles of a scope; None for all of them."""
        self.code_points: Callable[[], int] = lambda: SMALL + 1
        """Returns how many code points all articles have."""
        self._looked_at: Hit | None = None
        self._trouble = False
        """Whether the latest search could not be done."""
        self._make_parts(theme)
        self._lay_out()
        self._timer = self._single_shot(self.search)
        self._look = self._single_shot(self._look_at)
        self._look.setInterval(LOOK_MS)
        self._showing = Pace(self._show_so_far, self)
        self.list.gone_to.connect(self._go)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.scope.picked.connect(self._changed)
        self.pattern.toggled.connect(self._changed)
        self._some.connect(self._came)
        self._at.connect(self._looked_through)
        workspace.closing.connect(self._forget)
        self.set_theme(theme)

    def _make_parts(self, theme: Theme) -> None:
        self.model: RowsModel[Found] = RowsModel(rows.spoken, (), tip=rows.tip)
        self.list = LibraryList(tr("Found"), self.model)
        self._delegate = RowDelegate(theme, rows.height, rows.draw, inset=INSET, bar=True, parent=self.list)
        self.list.setItemDelegate(self._delegate)
        self.scope = QuietCombo(theme, tr("Where to search"), SCOPES, "")
        self.pattern = Tick(theme, tr("Pattern"))
        self.count = Label(theme, "", "small", muted=True, wrap=True)
        self.head = QWidget()
        self.head.setObjectName("search-head")
        self._note = EmptyNote(theme, "")

    def _single_shot(self, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        top = column(self.head, gap=4)
        top.addLayout(row(self.scope, None, self.pattern))
        top.addWidget(self.count)
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(self._note)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(empty)
        column(self).addWidget(self._pages)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme, and the key as it is now."""
        self._delegate.theme = theme
        self.setStyleSheet(sheet(theme))
        self.list.viewport().update()
        tip = tr("Search by a regular expression: \\d+ per cent, say, or (mayor|council) \\w+ed")
        self.pattern.setToolTip(plain_tip(with_key(tip, "find.pattern")))

    # -- asking

    @property
    def by_pattern(self) -> bool:
        """Whether what is typed is a pattern."""
        return self.pattern.isChecked()

    def set_by_pattern(self, on: bool) -> None:
        """Take what is typed as a pattern, or as words."""
        self.pattern.setChecked(on)

    def look_for(self, words: str) -> None:
        """Look for words, or a pattern, in a moment: more may be typed."""
        self._words = words if self.by_pattern else words.strip()
        self._enter = False
        if not self._words.strip():
            self._stop()
            self._show([], "")
        else:
            self._timer.start(PATTERN_WAIT_MS if self.by_pattern else WAIT_MS)

    def look_again(self) -> None:
        """Look once more: the project changed. A pattern waits until it is asked for, it may take long."""
        if self._words.strip() and not self.by_pattern and not self._timer.isActive():
            self._timer.start(AGAIN_MS)

    def enter_when_found(self) -> None:
        """Look at once, and give the list the keyboard as soon as there is something in it."""
        self._enter = True
        if self._timer.isActive():
            self.search()
        elif self._now is None:
            self._enter_list()

    def _enter_list(self) -> None:
        if self._enter and self.model.rows:
            self._enter = False
            if not self.list.selectionModel().hasSelection():
                self.list.choose(next((n for n, r in enumerate(self.model.rows) if not isinstance(r, HitHead)), 0))
            self.list.setFocus()
            self._look.start()

    def _changed(self, *_: object) -> None:
        self.asked_again.emit()
        self.look_for(self._words)

    # -- looking

    def search(self) -> None:
        """Look for what was typed, the latest question alone."""
        self._trouble = False
        self._timer.stop()
        self._stop()
        project = self._workspace.project
        if project is None or not self._words.strip():
            self._show([], "")
            return
        articles = self.scope_asked(self.scope.value or "")
        if not self.by_pattern and self.code_points() <= SMALL:
            self._told(project.search(self._words, articles=articles))
            return
        self._now = search = _Search(self._words, articles)
        self._hits = []
        if self.by_pattern:
            self.count.setText(tr("Searching… Esc ends it"))
        self._workspace.run_job(
            tr("Searching"), lambda job: self._run(job, search, project, by_pattern=self.by_pattern),
            lambda _: self._finished(search), lambda error: self._broke(search, error), quiet=True,
        )  # fmt: skip

    def _run(self, job: Job, search: _Search, project: Project, *, by_pattern: bool) -> None:
        """Look with a reading connection of one's own; on a worker thread."""
        if search.stopped:
            return
        with project.finder() as find:
            if not search.take(find):
                return
            try:
                if by_pattern:
                    self._look_by_pattern(job, search, find)
                else:
                    self._some.emit(search, find.search(search.words, search.articles))
            finally:
                search.leave()

    def _look_by_pattern(self, job: Job, search: _Search, find: Finder) -> None:
        def stopped() -> bool:
            return search.stopped or job.cancelled

        hits: Iterator[Hit] = find.pattern(
            search.words, search.articles, cancelled=stopped, progress=lambda done, of: self._at.emit(search, done, of)
        )
        while not stopped():
            piece = list(islice(hits, PIECE))
            if not piece:
                return
            self._some.emit(search, piece)

    def _stop(self) -> None:
        if self._now is not None:
            self._now.stop()
            self._now = None

    def _forget(self) -> None:
        """End what runs: the project closes."""
        self._timer.stop()
        self._stop()
        self._words = ""
        self._show([], "")

    # -- what came

    def _came(self, search: _Search, hits: list[Hit]) -> None:
        if search is not self._now:
            return
        self._hits += hits
        if self.by_pattern:
            self._showing.soon()

    def _show_so_far(self) -> float:
        """Show what a search has found that still goes on."""
        if self._now is not None:
            self._show(self._hits, self.count.text())
        return ROW_COST * len(self.model.rows)

    def _looked_through(self, search: _Search, done: int, of: int) -> None:
        """Say how far a long search is."""
        if search is self._now and done < of:
            so_far = _found(self._hits) if self._hits else tr("Nothing so far")
            self.count.setText(tr("{found} · {done} of {n} articles. Esc ends it", found=so_far, done=done, n=of))
            self.count.show()

    def _finished(self, search: _Search) -> None:
        if search is self._now:
            self._now = None
            self._told(self._hits)

    def _broke(self, search: _Search, error: Exception) -> None:
        """Say what is wrong with a pattern, or why nothing could be read."""
        if search is not self._now:
            return
        self._now = None
        if not isinstance(error, AnnotatorError):
            raise error
        self._trouble = True
        self._show(self._hits, str(error))

    def _told(self, hits: list[Hit]) -> None:
        """Show all that was found, and say how much it is."""
        words = _found(hits) if hits else ""
        if len(hits) >= MOST_HITS:
            words = tr("The first {found}: the search ended there", found=words)
        elif not self.by_pattern and max(Counter(hit.where for hit in hits).values(), default=0) >= MOST_OF_A_KIND:
            words = tr("The best hits, not all: {found}", found=words)
        self._show(hits, words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words or self._note.text()))

    def _show(self, hits: list[Hit], words: str) -> None:
        self._hits = hits
        self.count.setText(words)
        self.count.setVisible(bool(words))
        at = self.list.currentIndex().row()
        before = self.list.current
        self.model.set_rows(rows.by_article(hits))
        if before is not None and 0 <= at < len(self.model.rows) and self.list.hasFocus():
            self.list.choose(self.model.rows.index(before) if before in self.model.rows else at)
        self._note.setText(self._why_empty())
        self._pages.setCurrentIndex(0 if hits else 1)
        self._enter_list()

    def _why_empty(self) -> str:
        if not self._words.strip():
            if self.by_pattern:
                return tr(
                    "Type a regular expression. \\d+ is a number, \\w+ a word, (a|b) one of two; the case of letters "
                    "does not matter."
                )
            return ""
        if self._now is not None or self._timer.isActive():
            return tr("Searching…")
        if self._trouble:
            return tr("Mend the pattern above: it is looked for as you type.")
        if self.by_pattern:
            return tr("Nothing found: no text matches this pattern.")
        return tr("Nothing found: nothing here holds all of these words.")

    def _moved(self, *_: object) -> None:
        if self.list.hasFocus():
            self._look.start()

    def _look_at(self) -> None:
        """Show the hit one has come to with the arrows."""
        found = self.list.current
        if isinstance(found, Hit) and found != self._looked_at and self.list.hasFocus():
            self._looked_at = found
            self.hit_shown.emit(self._with_others(found), self._words)

    def _go(self, found: Found) -> None:
        self._look.stop()
        if isinstance(found, HitHead):  # there is always a hit below it: go to the first that has a place in the text
            here = [hit for hit in self._hits if hit.article == found.article]
            found = next((hit for hit in here if hit.where == "text"), here[0])
        self.hit_opened.emit(self._with_others(found), self._words)

    def _with_others(self, hit: Hit) -> Hit:
        """Return a hit with all places found in its text: a pattern finds each by itself."""
        if hit.where != "text" or len(hit.places) > 1:
            return hit
        same = [h for h in self._hits if h.article == hit.article and h.where == "text"]
        return replace(hit, places=tuple(place for h in same for place in h.places)) if len(same) > 1 else hit


def _found(hits: list[Hit]) -> str:
    """Return "12 places in 3 articles"."""
    places = sum(max(1, len(hit.places)) for hit in hits)
    articles = len({hit.article for hit in hits})
    return tr(
        "{places} in {articles}",
        places=trn("{n} place", "{n} places", places),
        articles=trn("{n} article", "{n} articles", articles),
    )
