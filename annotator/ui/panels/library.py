"""The library: every article of the project with its counts and coverage, and what a search finds in them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QDate, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QStackedWidget, QVBoxLayout, QWidget

from annotator.analysis.coverage import Coverage
from annotator.language import tr, trc, trn
from annotator.model import AnnotatedArticle, Id
from annotator.project import ArticleSummary, Changes, Hit
from annotator.ui.actions import caps, key_of
from annotator.ui.controls import Button, ElidedLabel, EmptyNote, Label, Segmented, row, sign_search
from annotator.ui.days import short_day
from annotator.ui.labels import KeyCap
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance, glyph
from annotator.ui.panels.lists import RowDelegate, RowState
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count

SHOWN = (tr("All"), trc("articles", "To do"), trc("articles", "Done"))
ALL, _, DONE = range(len(SHOWN))
SCROLL_BAR = 10
INSET = 8
SEARCH_MS = 150
FEW = 20
"""Touched articles beyond which the whole list is read anew."""
_WHERE = {
    "title": tr("in the title"),
    "text": tr("in the text"),
    "note": tr("in a note"),
    "claim": tr("in a claim’s wording"),
}


def complete(summary: ArticleSummary) -> bool:
    """Say whether every sentence of an article is accounted for."""
    return summary.sentences is not None and summary.sentences == summary.accounted


def short_date(stated: str | None) -> str:
    """Return an ISO date as the user's system writes it, with the month's short name; other words as they are."""
    found = QDate.fromString(stated or "", Qt.DateFormat.ISODate)
    if not found.isValid():
        return stated or ""
    return short_day(found)


def spoken(summary: ArticleSummary) -> str:
    """Return what is read aloud for an article."""
    article = summary.article
    facts = [article.title, article.publication, short_date(article.date)]
    counts = [count(summary.claims, "claim"), count(summary.sources, "source")]
    if summary.sentences is not None:
        counts.append(
            trn(
                "{accounted} of {n} sentence accounted for",
                "{accounted} of {n} sentences accounted for",
                summary.sentences,
                accounted=summary.accounted,
            )
        )
    return ", ".join([f for f in facts if f] + counts)


def spoken_hit(hit: Hit) -> str:
    """Return what is read aloud for a hit."""
    return f"{hit.title}, {_WHERE.get(hit.where, hit.where)}: {hit.snippet}"


def _counted_again(old: ArticleSummary, annotated: AnnotatedArticle, coverage: Coverage | None) -> ArticleSummary:
    """Return a summary brought up to the marks at hand; no coverage where not all sentences are known."""
    known = coverage if coverage is not None and coverage.complete else None
    return replace(
        old,
        article=annotated.article,
        claims=len(annotated.claims),
        sources=annotated.sources_named,
        entities=annotated.entities_named,
        attributions=len(annotated.attributions),
        accounted=known.accounted if known else old.accounted,
        sentences=len(known.sentences) if known else old.sentences,
    )


class _List(QListView):
    """Rows of the library; Enter or a click goes there."""

    gone_to = Signal(object)

    def __init__(self, name: str, model: RowsModel) -> None:  # type: ignore[type-arg]
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._go)

    def _go(self, index: QModelIndex) -> None:
        self.gone_to.emit(index.data(CELL_ROLE))

    def choose(self, at: int) -> None:
        """Choose a row by its number."""
        self.setCurrentIndex(self.model().index(at, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a row where none is: Qt would make one current without showing it."""
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.choose(max(0, self.currentIndex().row()))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the chosen row."""
        value = self.currentIndex().data(CELL_ROLE)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and value is not None:
            self.gone_to.emit(value)
        else:
            super().keyPressEvent(event)


_LEAST_BAR = 16
"""A shorter bar says nothing, px."""


class Library(QWidget):
    """The first column. It lists articles, or what was found while the search field holds words."""

    add_asked = Signal()
    opened = Signal(str)
    """An article to show, with the keyboard in its text."""
    hit_opened = Signal(object, str)
    """A Hit to show, and the words it was found by."""
    menu_asked = Signal(str, QPoint)
    """The context menu of an article, at a point of the screen."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._stale = True
        self._all: list[ArticleSummary] = []
        self._at: dict[Id, int] = {}
        self._layer = ""
        self.setMinimumWidth(200)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Library"))
        self._make_parts()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_MS)
        self._timer.timeout.connect(self._search)
        workspace.opened.connect(self._reset)
        workspace.closed.connect(self._reset)
        workspace.changed.connect(self._changed)
        workspace.article_changed.connect(self._follow)
        workspace.coverage_changed.connect(self._renew_shown)
        self.set_theme(theme)

    # -- building

    def _make_parts(self) -> None:
        theme = self._theme
        self._name = ElidedLabel(theme, "", "section")
        self._count = Label(theme, "", "small", muted=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the project"))
        self.search.setAccessibleName(tr("Search the project"))
        self.search.setFont(font("small"))
        self.search.setFixedHeight(32)
        self._sign = sign_search(self.search, theme)
        self.filter = Segmented(theme, tr("Show"), SHOWN)
        self.model: RowsModel[ArticleSummary] = RowsModel(spoken, ())
        self.list = _List(tr("Articles"), self.model)
        self._delegate = RowDelegate(theme, self._height, self._draw, inset=INSET, bar=True, parent=self.list)
        self.list.setItemDelegate(self._delegate)
        self.hit_model: RowsModel[Hit] = RowsModel(spoken_hit, ())
        self.hits = _List(tr("Found"), self.hit_model)
        self._hit_delegate = RowDelegate(theme, lambda _: 74, self._draw_hit, inset=INSET, bar=True, parent=self.hits)
        self.hits.setItemDelegate(self._hit_delegate)
        self._note = EmptyNote(theme, "")
        self.add = Button(theme, tr("Add article"), "quiet", symbol="plus")

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(8)
        top = row(self._name, self._count)
        top.setStretch(0, 1)
        head.addLayout(top)
        head.addWidget(self.search)
        head.addLayout(row(self.filter, None))
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(self._note)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        for page in (self.list, self.hits, empty):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 16, 8)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(KeyCap(self._theme, lambda: key_of("project.open")))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(self._pages, 1)
        lines.addLayout(foot)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._into_list)
        self.filter.changed.connect(self._show)
        self.list.gone_to.connect(self._open)
        self.hits.gone_to.connect(self._open_hit)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask_menu)
        self.add.clicked.connect(self.add_asked)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))
        self._sign.setIcon(QIcon(icon("search", theme.muted)))
        self._delegate.theme = self._hit_delegate.theme = theme
        self.list.viewport().update()
        self.hits.viewport().update()

    # -- pulling

    def _reset(self) -> None:
        self.search.clear()
        self._timer.stop()
        self._pull()

    def _changed(self, changes: Changes) -> None:
        """Pull every row where articles came or went; else renew those of the few that were touched."""
        project, touched = self._workspace.project, changes.touched_articles
        if project is None or project.layer.id != self._layer or len(touched) > FEW or not self._known(touched):
            self._pull()
        elif touched <= {self._workspace.article} and not changes.articles:
            self._renew_shown()
        else:
            for article in touched:
                self._put(project.article_summary(article))
        if self.search.text().strip():
            self._timer.start()

    def _pull(self) -> None:
        project = self._workspace.project
        self._all = project.articles() if project is not None else []
        self._at = {s.article.id: n for n, s in enumerate(self._all)}
        self._layer = project.layer.id if project is not None else ""
        self._name.setText(project.name if project is not None else "")
        self._count.setText(count(len(self._all), "article") if project is not None else "")
        self._show()

    def _renew_shown(self) -> None:
        """Count the article shown again from what is at hand: a library of thousands is not read for one mark."""
        annotated = self._workspace.annotated
        at = self._at.get(annotated.article.id, -1) if annotated is not None else -1
        if annotated is not None and at >= 0:
            self._put(_counted_again(self._all[at], annotated, self._workspace.coverage))

    def _known(self, touched: frozenset[Id]) -> bool:
        """Say whether articles are in the list and in the project, so that the list stays as long as it is."""
        project = self._workspace.project
        return project is not None and all(a in self._at and project.has_article(a) for a in touched)

    def _put(self, new: ArticleSummary) -> None:
        """Put an article's row in the place of the one it had."""
        at = self._at[new.article.id]
        old, self._all[at] = self._all[at], new
        shown = next((n for n, s in enumerate(self.model.rows) if s.article.id == new.article.id), -1)
        if shown >= 0 and complete(new) == complete(old) and new.article.title == old.article.title:
            self.model.set_row(shown, new)
            self.list.update(self.model.index(shown, 0))
        else:
            self._show()

    def _show(self, *_: object) -> None:
        wanted = self.filter.current
        kept = [s for s in self._all if wanted == ALL or complete(s) == (wanted == DONE)]
        self.model.set_rows(kept)
        self._show_page()
        self._follow()

    def _show_page(self) -> None:
        if self.search.text().strip():
            self._note.setText(tr("Nothing in the project holds these words."))
            self._pages.setCurrentIndex(1 if self.hit_model.rows else 2)
        else:
            self._note.setText(self._why_empty())
            self._pages.setCurrentIndex(0 if self.model.rows else 2)

    def _why_empty(self) -> str:
        if not self._all:
            return tr("No articles yet. Press {open}, drop a file here, or paste a text with {paste}.", **caps())
        if self.filter.current == DONE:
            return tr(
                "No article is complete yet: {next_open} goes to the next sentence nobody has looked at.", **caps()
            )
        return tr("Every sentence of every article is accounted for.")

    def _follow(self, *_: object) -> None:
        """Choose the row of the article shown."""
        at = next((n for n, s in enumerate(self.model.rows) if s.article.id == self._workspace.article), -1)
        if at < 0:
            self.list.clearSelection()
        elif self.list.currentIndex().row() != at or not self.list.selectionModel().hasSelection():
            self.list.choose(at)

    def _open(self, summary: ArticleSummary | None) -> None:
        if summary is not None:
            self.opened.emit(summary.article.id)

    def _open_hit(self, hit: Hit | None) -> None:
        if hit is not None:
            self.hit_opened.emit(hit, self.search.text())

    # -- searching

    def _typed(self, _words: str) -> None:
        self._timer.start()

    def _search(self) -> None:
        query, project = self.search.text().strip(), self._workspace.project
        self.hit_model.set_rows(project.search(query) if query and project is not None else [])
        self._show_page()

    def _into_list(self) -> None:
        """Go from the field to what was found, else to the articles."""
        self._timer.stop()
        self._search()
        shown = next((list_ for list_ in (self.list, self.hits) if self._pages.currentWidget() is list_), None)
        if shown is not None:
            shown.setFocus()
            if not shown.selectionModel().hasSelection():
                shown.choose(0)

    def start_search(self) -> None:
        """Give the search field the keyboard."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter(self) -> None:
        """Give the list the keyboard, or the search field where there is none."""
        page = self._pages.currentWidget()
        (page if page in (self.list, self.hits) else self.search).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the search; Down leads from the field to what was found."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._into_list()
            return
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self._search()
            self.enter()
        else:
            super().keyPressEvent(event)

    def neighbour(self, step: int) -> Id | None:
        """Return the article before or after the one shown, as listed; None at either end."""
        ids = [s.article.id for s in self.model.rows]
        if self._workspace.article not in ids:
            return ids[0] if ids else None
        at = ids.index(self._workspace.article) + step
        return ids[at] if 0 <= at < len(ids) else None

    def _ask_menu(self, at: QPoint) -> None:
        summary: ArticleSummary | None = self.list.indexAt(at).data(CELL_ROLE)
        if summary is not None:
            self.menu_asked.emit(summary.article.id, self.list.viewport().mapToGlobal(at))

    # -- rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give titles their lines anew."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def _room(self) -> float:
        """Return the width of a title; the scroll bar's place is always kept, or rows change height as it comes and goes."""
        return self.width() - SCROLL_BAR - 2 * INSET - 20

    def _height(self, summary: ArticleSummary) -> int:
        return 62 + (17 if _lines(summary.article.title, self._room()) == 1 else 33)

    def _draw(self, p: QPainter, box: Box, summary: ArticleSummary, state: RowState) -> None:
        t, article = state.theme, summary.article
        two = _lines(article.title, self._room()) > 1
        title = _in_two_lines(article.title, self._room()) if two else article.title
        box.text(p, title, 12, 7 if two else 8, self._room() if two else box.w - 16, 38 if two else 20,
                 font("body", 500), t.ink, wrap=two)  # fmt: skip
        y = 43 if two else 28
        when = short_date(article.date)
        room = advance(font("small"), when) + 8
        box.text(p, article.publication or "", 12, y, box.w - 24 - room, 18, font("small"), t.muted)
        box.text(p, when, box.w - 12 - room, y, room, 18, font("small"), t.muted, end=True)
        after = self._draw_counts(p, box, summary, y + 21, t)
        self._draw_coverage(p, box, summary, y + 21, state, after)

    @staticmethod
    def _draw_counts(p: QPainter, box: Box, summary: ArticleSummary, y: float, t: Theme) -> float:
        """Draw how many marks there are; returns where they end."""
        if not (summary.claims or summary.sources):
            box.text(p, tr("No marks yet"), 12, y, 90, 18, font("small"), t.muted)
            return 102
        x = 12.0
        for kind, n in (("claim", summary.claims), ("source", summary.sources)):
            at = box.rc(x, y + 4, 10, 10)
            glyph(p, kind, at.x(), at.y(), t, 9)
            box.text(p, str(n), x + 15, y, 34, 18, font("small"), t.ink)
            x += 23 + max(14.0, advance(font("small"), str(n)))
        return x

    @staticmethod
    def _draw_coverage(p: QPainter, box: Box, summary: ArticleSummary, y: float, state: RowState, after: float) -> None:
        if summary.sentences is None or summary.accounted is None:
            return
        t = state.theme
        words = tr("{accounted} of {n}", accounted=summary.accounted, n=summary.sentences)
        width = max(advance(font("small"), "88 of 88"), advance(font("small"), words))
        box.text(p, words, box.w - 12 - width, y, width, 18, font("small"), t.ink, end=True)
        if complete(summary):
            p.drawPixmap(box.rc(box.w - 12 - width - 22, y + 3, 12, 12).toRect(), icon("check", t.accent, 12))
        elif summary.claims or summary.accounted:
            end = box.w - 12 - width - 6
            bar = min(48 if box.w > 205 else 30, end - after)
            if bar < _LEAST_BAR:
                return
            x = end - bar
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.faint if state.chosen else t.line))
            p.drawRoundedRect(box.rc(x, y + 7, bar, 4), 2, 2)
            if summary.accounted:
                p.setBrush(QColor(t.accent))
                p.drawRoundedRect(box.rc(x, y + 7, max(4.0, bar * summary.accounted / summary.sentences), 4), 2, 2)

    @staticmethod
    def _draw_hit(p: QPainter, box: Box, hit: Hit, state: RowState) -> None:
        t = state.theme
        where = _WHERE.get(hit.where, hit.where)
        box.text(p, hit.title, 12, 6, box.w - 20, 20, font("body", 500), t.ink)
        box.text(p, " ".join(hit.snippet.split()), 12, 26, box.w - 20, 32, font("small"), t.ink, wrap=True)
        box.text(p, where, 12, 55, box.w - 20, 16, font("small"), t.muted)


@lru_cache(maxsize=4096)
def _lines(title: str, room: float) -> int:
    """Return how many lines a title takes; two at most are drawn."""
    return 1 if advance(font("body", 500), title) <= room else 2


@lru_cache(maxsize=4096)
def _in_two_lines(title: str, room: float) -> str:
    """Return a title broken once; what the second line has no room for is an ellipsis."""
    face, words = font("body", 500), title.split()
    n = 1
    while n < len(words) and advance(face, " ".join(words[: n + 1])) <= room:
        n += 1
    lines = (" ".join(words[:n]), " ".join(words[n:]))
    metrics = QFontMetricsF(face)
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines if line)
