"""The library: every article of the project with its counts and coverage, and what a search finds in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import ArticleSummary, Changes
from annotator.ui.actions import caps, key_of
from annotator.ui.controls import Button, ElidedLabel, EmptyNote, Label, Segmented, row, sign_search
from annotator.ui.labels import KeyCap, plain_tip
from annotator.ui.paint import Box
from annotator.ui.panels import library_rows as rows
from annotator.ui.panels.library_head import ArrangeButton
from annotator.ui.panels.library_list import LibraryList
from annotator.ui.panels.library_model import (
    ARCHIVED,
    DONE,
    SHOWN,
    Arrangement,
    Entry,
    Heading,
    LibraryModel,
    Listed,
    arrange,
    complete,
    id_of,
)
from annotator.ui.panels.library_summaries import Renewed, Summaries
from annotator.ui.panels.lists import RowDelegate, RowState
from annotator.ui.panels.pace import Pace
from annotator.ui.theme import Theme, font, icon, sheet
from annotator.ui.workspace import AFTER_PAINT, Workspace
from annotator.vocabulary import count

if TYPE_CHECKING:
    from annotator.ui.panels.search_list import SearchPage

FEW = 20
"""Touched articles beyond which the whole list is read anew."""
MANY = 300
"""Articles from which on the list of a project just opened is read after the window's first paint."""
ROW_COST = 20e-6
"""Seconds the view takes for each row when it lays them out, later."""
KEPT = "library"
"""Where the project keeps how the library is arranged."""


class Library(QWidget):
    """The first column. It lists articles, or what was found while the search field holds words."""

    add_asked = Signal()
    opened = Signal(str)
    """An article to show, with the keyboard in its text."""
    hit_opened = Signal(object, str)
    """A Hit to go to, and the words it was found by."""
    hit_shown = Signal(object, str)
    """The same, to be shown while the keyboard stays in the list."""
    menu_asked = Signal(QPoint)
    """The menu of the chosen articles, at a point of the screen."""
    delete_asked = Signal()
    dropped = Signal(object)
    """The Heading of a group that the chosen articles were dropped on."""
    arranging_asked = Signal()
    """The menu of sorting and grouping."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._summaries = Summaries()
        self._listed = Listed((), 0)
        self._doubled: frozenset[str] = frozenset()
        """Titles that several articles have."""
        self._archived = 0
        self._reading = Pace(self._pull, self)
        self._listing = Pace(self._show, self)
        self.arrangement = Arrangement()
        self._found: SearchPage | None = None
        self.setMinimumWidth(200)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Library"))
        self._make_parts()
        self._lay_out()
        self._connect()
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
        self.arrange_button = ArrangeButton(theme)
        self.model = LibraryModel(rows.spoken, rows.tip)
        self.list = LibraryList(tr("Articles"), self.model, several=True)
        self._delegate = RowDelegate(
            theme,
            lambda value: rows.height(value, self.width()),
            self._draw,
            inset=rows.INSET,
            bar=True,
            parent=self.list,
        )
        self.list.setItemDelegate(self._delegate)
        self._note = EmptyNote(theme, "")
        self.add = Button(theme, tr("Add article"), "quiet", symbol="plus")

    def _draw(self, p: QPainter, box: Box, row_: Entry, state: RowState) -> None:
        twin = not isinstance(row_, Heading) and row_.article.title in self._doubled
        rows.draw(p, box, row_, state, self.width(), twin=twin)

    def _lay_out(self) -> None:
        head = self._head = QVBoxLayout()
        head.setContentsMargins(16, 10, 16, 8)
        head.setSpacing(8)
        top = row(self._name, self._count)
        top.setStretch(0, 1)
        head.addLayout(top)
        head.addWidget(self.search)
        self._arranging = QWidget()
        self._arranging.setLayout(row(self.filter, None, self.arrange_button))
        head.addWidget(self._arranging)
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(self._note)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        for page in (self.list, empty):
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

    def _connect(self) -> None:
        workspace = self._workspace
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._into_list)
        self.filter.changed.connect(self._relist)
        self.arrange_button.clicked.connect(self.arranging_asked)
        self.list.gone_to.connect(self._open)
        self.list.folded.connect(self._fold)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.delete_asked.connect(self.delete_asked)
        self.model.dropped.connect(self.dropped)
        self.list.selectionModel().selectionChanged.connect(self._count_chosen)
        self.list.selectionModel().selectionChanged.connect(workspace.picked_changed)
        self.add.clicked.connect(self.add_asked)
        workspace.opened.connect(self._reset)
        workspace.closed.connect(self._reset)
        workspace.changed.connect(self._changed)
        workspace.article_changed.connect(self._follow)
        workspace.coverage_changed.connect(self._renew_shown)

    @property
    def found(self) -> SearchPage:
        """The page of what was found, made when something is first searched for."""
        if self._found is None:
            from annotator.ui.panels.search_list import SearchPage  # only now: the window starts without it

            self._found = page = SearchPage(self._workspace, self._theme)
            self._pages.addWidget(page)
            self._head.addWidget(page.head)
            page.hit_opened.connect(self.hit_opened)
            page.hit_shown.connect(self.hit_shown)
            page.asked_again.connect(self._show_page)
            page.scope_asked = self._scope
            page.code_points = self._code_points
        return self._found

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))
        self._sign.setIcon(QIcon(icon("search", theme.muted)))
        self._delegate.theme = theme
        self.list.viewport().update()
        self.search.setToolTip(_search_tip())

    # -- pulling

    def _reset(self) -> None:
        """Show another project; a large one's list is read once the window has been painted."""
        self._end_search()
        self._reading.stop()
        project = self._workspace.project
        self.arrangement = Arrangement.from_json(project.meta(KEPT) if project is not None else None)
        self._name.setText(project.name if project is not None else "")
        if project is not None and project.totals()[0] > MANY:
            self._reading.after(AFTER_PAINT)
            self._summaries.clear()
            self._listing.now()
        else:
            self._reading.now()

    def _changed(self, changes: Changes) -> None:
        """Renew the rows of the few articles that were touched; where they are many, read the whole list."""
        project, touched = self._workspace.project, changes.touched_articles
        if project is None or self._reading.waits:
            return
        if project.layer.id != self._summaries.layer or len(touched) > FEW:
            self._reading.soon()
        elif touched == frozenset((self._workspace.article or "",)) and not changes.articles:
            self._renew_shown()
        elif touched:
            renewed = self._summaries.renew(project, touched)
            if renewed is None:
                self._reading.soon()
            else:
                self._renew_rows(renewed)
        if self._found is not None and self.search.text().strip():
            self._found.look_again()

    def _pull(self) -> float:
        self._summaries.read(self._workspace.project)
        self._listing.now()
        return ROW_COST * len(self.model.rows)

    def _renew_shown(self) -> None:
        annotated = self._workspace.annotated
        if annotated is not None:
            self._renew_rows(self._summaries.recount(annotated, self._workspace.coverage))

    def _renew_rows(self, renewed: Renewed) -> None:
        """Put new rows in the places of the old ones; list all anew where one stands elsewhere now, or is taller."""
        if renewed.came_or_went or not all(self._stays(old, new) for old, new in renewed.pairs):
            self._listing.soon()
            return
        for _, new in renewed.pairs:
            for n in self.model.rows_of(new.article.id):
                self.model.set_row(n, new)
                self.list.update(self.model.index(n, 0))

    def _stays(self, old: ArticleSummary, new: ArticleSummary) -> bool:
        """Say whether a row keeps its place and its height."""
        same = complete(new) == complete(old) and new.article == old.article and new.tags == old.tags
        arranged = self.arrangement
        if arranged.sort in ("coverage", "claims"):
            same = same and new.claims == old.claims and new.accounted == old.accounted
        return same and (arranged.group != "status" or new.status == old.status)

    # -- showing

    def _relist(self, *_: object) -> None:
        self._listing.now()

    def _show(self) -> float:
        """List the articles as they are wanted; those that were chosen stay chosen."""
        chosen, current = set(self.chosen), self.list.current
        self._listed = arrange(self._summaries.all, self.arrangement, self.filter.current)
        titles = Counter(s.article.title for s in self._summaries.all)
        self._doubled = frozenset(title for title, n in titles.items() if n > 1)
        self._archived = sum(s.article.archived for s in self._summaries.all)
        self.model.set_rows(self._listed.rows)
        self._show_page()
        if len(chosen) > 1:
            self.choose(chosen)
        elif isinstance(current, Heading):
            self._go_to_heading(current.place)
        else:
            self._follow()
        self._count_chosen()
        self.arrange_button.show_arrangement(self.arrangement, self.filter.current)
        return ROW_COST * len(self.model.rows)

    def set_arrangement(self, wanted: Arrangement) -> None:
        """Sort and group otherwise, now and when the project is opened again."""
        if wanted == self.arrangement:
            return
        self.arrangement = wanted
        self._listing.now()
        project = self._workspace.project
        if project is not None and not project.read_only:
            self._workspace.do(lambda p: p.set_meta(KEPT, wanted.to_json()))

    def _fold(self, head: Heading) -> None:
        self.set_arrangement(self.arrangement.turned(head.place))
        self._go_to_heading(head.place)

    def _go_to_heading(self, place: str) -> None:
        at = next((n for n, r in enumerate(self.model.rows) if isinstance(r, Heading) and r.place == place), -1)
        if at >= 0:
            self.list.choose(at)

    @property
    def searching(self) -> bool:
        """Whether what was found is shown in place of the articles."""
        return bool(self.search.text().strip()) or (self._found is not None and self._found.by_pattern)

    def _show_page(self) -> None:
        searching = self.searching
        self._arranging.setVisible(not searching)
        self._count_chosen()
        if self._found is not None:
            self._found.head.setVisible(searching)
        if searching:
            self._pages.setCurrentWidget(self.found)
            return
        self._note.setText(self._why_empty())
        self._pages.setCurrentIndex(0 if self.model.rows else 1)

    def _why_empty(self) -> str:
        if self._reading.waits:
            return tr("The articles are being read…")
        if not self._summaries.all:
            return tr(
                "No articles yet. Press {open}, drop files or a folder here, or paste a text with {paste}.", **caps()
            )
        if self.arrangement.tag:
            return tr("No article here has the tag “{tag}”.", tag=self.arrangement.tag)
        if self.filter.current == DONE:
            return tr(
                "No article is complete yet: {next_open} goes to the next sentence nobody has looked at.", **caps()
            )
        return tr("Every sentence of every article is accounted for.")

    def _count_chosen(self, *_: object) -> None:
        """Say how many articles there are, or how many are chosen."""
        several = len(self.list.selectionModel().selectedRows()) if not self.searching else 0
        words = count(len(self._summaries.all) - self._archived, "article")
        if self._workspace.project is None:
            words = ""
        elif several > 1:
            words = trn("{n} chosen", "{n} chosen", len(self.chosen))
        self._count.setText(words)
        if self._archived and words:
            words = trn("{shown}, {n} archived", "{shown}, {n} archived", self._archived, shown=words)
        self._count.setToolTip(plain_tip(words))
        self._count.setAccessibleName(words)

    def _follow(self, *_: object) -> None:
        """Choose the row of the article shown, unless several are chosen and it is among them."""
        shown = self._workspace.article
        if len(self.list.selectionModel().selectedRows()) > 1 and shown in self.chosen:
            return
        if id_of(self.list.current) == shown and self.list.selectionModel().hasSelection():
            return
        at = self.model.rows_of(shown) if shown is not None else ()
        if at:
            self.list.choose(at[0])
        else:
            self.list.clearSelection()

    # -- what is chosen

    @property
    def chosen(self) -> list[Id]:
        """The articles whose rows are chosen, as listed, each once."""
        return list(dict.fromkeys(id_ for value in self.list.chosen if (id_ := id_of(value)) is not None))

    @property
    def summaries(self) -> Sequence[ArticleSummary]:
        """Every article, in the order they were added."""
        return self._summaries.all

    def summaries_of(self, articles: Sequence[Id]) -> list[ArticleSummary]:
        """Return what is listed for some articles; those that are gone are left out."""
        return self._summaries.of(articles)

    def choose(self, articles: set[Id]) -> None:
        """Choose several articles."""
        self.list.choose_rows(sorted(n for id_ in articles for n in self.model.rows_of(id_)))

    def choose_under(self, head: Heading) -> None:
        """Choose every article under a heading, opening it first."""
        if not head.open:
            self._fold(head)
        at = next((n for n, r in enumerate(self.model.rows) if isinstance(r, Heading) and r.place == head.place), 0)
        under = {id_of(row) or "" for row in self.model.rows[at + 1 : at + 1 + head.articles]}
        self.choose(under)
        self.list.setFocus()

    def show_archived(self) -> None:
        """Open the heading of the archived articles and go to it; fold it where it is open."""
        self._end_search()
        if self._listed.archived:
            self.set_arrangement(self.arrangement.turned(ARCHIVED))
            self._go_to_heading(ARCHIVED)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def neighbour(self, step: int) -> Id | None:
        """Return the article before or after the one shown, as listed; None at either end."""
        ids = list(dict.fromkeys(id_ for value in self.model.rows if (id_ := id_of(value)) is not None))
        if self._workspace.article not in ids:
            return ids[0] if ids else None
        at = ids.index(self._workspace.article) + step
        return ids[at] if 0 <= at < len(ids) else None

    def _open(self, summary: ArticleSummary | None) -> None:
        if summary is not None:
            self.opened.emit(summary.article.id)

    # -- searching

    def _code_points(self) -> int:
        """Return how long all articles are together; more than a search at once bears where that is not known yet."""
        return sum(s.code_points for s in self._summaries.all) if not self._reading.waits else 1 << 30

    def _typed(self, words: str) -> None:
        if words.strip() or self._found is not None:
            self.found.look_for(words)
            self._show_page()

    def _scope(self, scope: str) -> list[Id] | None:
        """Return the articles a search is narrowed to: "chosen", "group", "article"; None for all of them."""
        shown = self._workspace.article
        if scope == "article":
            return [shown] if shown is not None else []
        if scope == "chosen":
            return self.chosen
        if scope == "group":
            here = self.summaries_of([shown] if shown is not None else [])
            return [
                s.article.id for s in self._summaries.all if here and s.article.group_name == here[0].article.group_name
            ]
        return None

    def _into_list(self) -> None:
        """Go from the field to what was found, else to the articles."""
        if self.searching:
            self.found.enter_when_found()
        elif self.model.rows:
            self.list.setFocus()

    def start_search(self, *, pattern: bool | None = None) -> None:
        """Give the search field the keyboard; ``pattern`` turns the search by patterns on or off."""
        if pattern is not None:
            self.found.set_by_pattern(pattern)
            self._show_page()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def enter(self) -> None:
        """Give the list the keyboard, or the search field where there is none."""
        if self.searching:
            target: QWidget = self.found.list if self.found.model.rows else self.search
        else:
            target = self.list if self.model.rows else self.search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end_search(self) -> None:
        """Show the articles again."""
        if self._found is not None:
            self._found.set_by_pattern(False)
        self.search.clear()
        self._show_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the search; Down leads from the field to what was found."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self._into_list()
        elif event.key() == Qt.Key.Key_Escape and self.searching:
            self._end_search()
            self.enter()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give titles their lines anew."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()


def _search_tip() -> str:
    return tr(
        "Finds words in titles, texts, claims, notes, sources, entities and tags. “Quotes” keep words together, -word "
        "leaves out; Down goes to what was found, Esc ends the search"
    )
