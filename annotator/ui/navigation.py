"""Moving about: marks and open sentences, finding, zoom, panels, and F6 from place to place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTextEdit, QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Id
from annotator.model.annotated import reading_order
from annotator.project import Hit
from annotator.ui.actions import caps, said_key
from annotator.ui.article.finding import Finding
from annotator.ui.frame import Columns, Side
from annotator.ui.keyboard import has_keyboard
from annotator.ui.notices import NoticeBar
from annotator.ui.panels.library import Library
from annotator.ui.workspace import Workspace

ZOOM_STEP = 10
STRETCH = 2000
"""In pieces of how many code points the next name is looked for."""
NONE_LEFT = {
    ("claim", 1): tr("No claim further on."),
    ("claim", -1): tr("No claim before this."),
    ("source_mention", 1): tr("No source further on."),
    ("source_mention", -1): tr("No source before this."),
    ("mention", 1): tr("No entity further on."),
    ("mention", -1): tr("No entity before this."),
}


class Column(Protocol):
    """What moving about needs of the article's column."""

    @property
    def text(self) -> QTextEdit:
        """The text itself."""
        ...

    @property
    def cards(self) -> QAbstractItemView:
        """The list of cards in the margin."""
        ...

    @property
    def finding(self) -> Finding:
        """What finds and outlines words."""
        ...

    @property
    def zoom(self) -> int:
        """The size of the text, per cent."""
        ...

    def set_zoom(self, zoom: int) -> None:
        """Set the size of the text."""
        ...

    def next_annotation(self, step: int = 1) -> Id | None:
        """Choose the next or the previous mark."""
        ...

    def passes(self, mark: Annotation) -> bool:
        """Say whether a filter lets a mark stand out."""
        ...

    def next_open_sentence(self, step: int = 1) -> bool:
        """Go to the next sentence nobody has looked at; False where there is none."""
        ...

    def open_find(self) -> None:
        """Open the find bar."""
        ...

    def find_next(self) -> None:
        """Go to the next place found."""
        ...

    def find_previous(self) -> None:
        """Go to the place found before."""
        ...

    def select(self, start: int, end: int) -> None:
        """Select words and show them."""
        ...

    def selection(self) -> tuple[int, int]:
        """Return what is selected; where nothing is, the caret twice."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and bring it into sight."""
        ...


class Navigation:
    """The verbs of the View menu and of finding."""

    def __init__(
        self,
        workspace: Workspace,
        column: Column,
        columns: Columns,
        library: Library,
        side: Side,
        notices: NoticeBar,
    ) -> None:
        self._workspace = workspace
        self._column = column
        self._columns = columns
        self._library = library
        self._side = side
        self._notices = notices
        self._say = notices.say
        self._came_to: list[Id] | None = None
        """What was chosen in the library when its key led there, as long as nothing else was done; else None."""
        QApplication.instance().focusChanged.connect(self._forget_way)  # type: ignore[union-attr]
        workspace.changed.connect(self._forget_way)
        notices.left.connect(column.text.setFocus)
        workspace.article_changed.connect(notices.clear_read)
        library.hit_opened.connect(self.open_hit)
        library.hit_shown.connect(self.show_hit)

    # -- in the article

    def next_mark(self) -> None:
        """Choose the next mark."""
        self._column.next_annotation(1)

    def previous_mark(self) -> None:
        """Choose the mark before."""
        self._column.next_annotation(-1)

    def next_of_kind(self, kind: str) -> None:
        """Choose the next mark of a kind ("claim", "source_mention", "mention")."""
        self._step_kind(kind, 1)

    def previous_of_kind(self, kind: str) -> None:
        """Choose the mark of a kind before."""
        self._step_kind(kind, -1)

    def _step_kind(self, kind: str, step: int) -> None:
        annotated = self._workspace.annotated
        if annotated is None:
            return
        by_kind: dict[str, Sequence[Annotation]] = {
            "claim": annotated.claims,
            "source_mention": annotated.source_mentions,
            "mention": annotated.mentions,
        }
        found, (caret, _) = by_kind[kind], self._column.selection()
        chosen = annotated.by_id.get(self._workspace.chosen or "")
        here = (caret, caret, "")
        if chosen is not None and chosen.start <= caret <= chosen.end:
            here = reading_order(chosen)
        at = (bisect_right if step > 0 else bisect_left)(found, here, key=reading_order) - (step < 0)
        while 0 <= at < len(found) and not self._column.passes(found[at]):
            at += step
        if not 0 <= at < len(found):
            self._say(NONE_LEFT[kind, step])
            return
        self._column.set_caret(found[at].start)
        self._workspace.choose(found[at].id)
        self._column.text.setFocus()

    def next_name(self) -> None:
        """Select the next name that is marked as neither source nor entity, by its capitals."""
        annotated = self._workspace.annotated
        if annotated is None:
            return
        _, at = self._column.selection()
        marked = (annotated.source_mentions, annotated.mentions)
        for start, end in _names_from(annotated, at):
            if not any(_marked(marks, start, end) for marks in marked):
                self._column.select(start, end)
                self._column.text.setFocus()
                return
        self._say(tr("No name further on that is not marked."))

    def next_open(self) -> None:
        """Go to the next sentence nobody has looked at."""
        self._open_sentence(1)

    def previous_open(self) -> None:
        """Go to the open sentence before."""
        self._open_sentence(-1)

    def _open_sentence(self, step: int) -> None:
        if not self._column.next_open_sentence(step):
            known = self._workspace.coverage
            if known is None or not known.complete:
                self._say(tr("The sentences are still being found."))
            else:
                self._say(_said_of_others(known.open, self._column.selection()[0], step))
        self._column.text.setFocus()

    def copy(self) -> None:
        """Copy the selected words as they stand in the article."""
        self._column.text.copy()

    def find(self) -> None:
        """Open the find bar."""
        self._column.open_find()

    def find_next(self) -> None:
        """Go to the next place found."""
        self._column.find_next()

    def find_previous(self) -> None:
        """Go to the place found before."""
        self._column.find_previous()

    def zoom_in(self) -> None:
        """Make the text larger."""
        self._column.set_zoom(self._column.zoom + ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make the text smaller."""
        self._column.set_zoom(self._column.zoom - ZOOM_STEP)

    def zoom_reset(self) -> None:
        """Take the usual size."""
        self._column.set_zoom(100)

    # -- in the project

    def search_project(self) -> None:
        """Go to the search field of the library."""
        self._columns.show_library(True)
        self._library.start_search()

    def open_article(self, article: str) -> None:
        """Show an article with the keyboard in its text."""
        if article != self._workspace.article:
            self._workspace.show_article(article)
        self._column.text.setFocus()

    def open_hit(self, hit: Hit, query: str) -> None:
        """Go to where a search found something."""
        self.show_hit(hit, query)
        self._column.text.setFocus()

    def show_hit(self, hit: Hit, query: str) -> None:
        """Show where a search found something; the keyboard stays where it is."""
        if hit.article != self._workspace.article:
            self._workspace.show_article(hit.article)
        annotated, project = self._workspace.annotated, self._workspace.project
        if annotated is None or project is None or annotated.article.id != hit.article:
            return
        hit = project.placed(hit, query)
        mark = annotated.by_id.get(hit.mark or "") or _mention_of(annotated, hit.entry)
        if mark is not None:
            self._column.set_caret(mark.start)
            self._workspace.choose(mark.id)
        elif hit.start is not None and hit.end is not None:
            here = (hit.start, hit.end)
            places = [place for place in hit.places or (here,) if place[1] <= len(annotated.text)]
            self._column.finding.show(places, places.index(here) if here in places else 0)

    # -- places

    def library(self) -> None:
        """Go to the library, bringing it back where it is folded; pressed twice in a row, fold it."""
        key, inside = said_key("view.library"), self._library.isVisible() and has_keyboard(self._library)
        if inside and self._library.chosen == self._came_to:
            self._columns.show_library(False)
            self._column.text.setFocus()
            self._say(tr("The library is folded; {key} brings it back.", key=key))
            return
        self._columns.show_library(True)
        self._enter_library()
        self._came_to = self._library.chosen
        if inside:  # nothing else is seen to happen
            self._say(tr("The keyboard is in the library; {key} again folds it.", key=key))

    def _enter_library(self) -> None:
        """Give the library the keyboard, with the row that has it in sight."""
        self._library.enter()
        rows = self._library.list
        if rows.isVisible():
            rows.scrollTo(rows.currentIndex())

    def _forget_way(self, *_: object) -> None:
        self._came_to = None

    def show_panel(self, panel: str) -> None:
        """Show a panel with the keyboard in it; one the profile leaves out says so."""
        if self._side.show_panel(panel) is not None:
            self._side.enter()
        else:
            self._say(tr("The profile leaves this panel out. View > Profile shows it."))

    def next_panel(self) -> None:
        """Show the next panel."""
        self._side.step(1)

    def previous_panel(self) -> None:
        """Show the panel before."""
        self._side.step(-1)

    def next_place(self) -> None:
        """Notices, library, text, cards, panel, and round again."""
        self._step_place(1)

    def previous_place(self) -> None:
        """Go the other way round."""
        self._step_place(-1)

    def _step_place(self, step: int) -> None:
        """Go on from the place that has the keyboard; from nowhere to the text."""
        text, cards = self._column.text, self._column.cards
        places: list[tuple[QWidget, Callable[[], object]]] = []
        if self._notices.can_enter:
            places.append((self._notices, self._notices.enter))
        if self._library.isVisible():
            places.append((self._library, self._enter_library))
        places.append((text, lambda: text.setFocus(Qt.FocusReason.ShortcutFocusReason)))
        # Without a card nothing there would show that it has the keyboard.
        if cards.isVisible() and cards.isEnabled() and cards.model().rowCount():
            places.append((cards, lambda: cards.setFocus(Qt.FocusReason.ShortcutFocusReason)))
        places.append((self._side, self._side.enter))
        # The cards lie inside the text's widget: look at the innermost places first.
        order = sorted(range(len(places)), key=lambda n: places[n][0] is not cards)
        here = next((n for n in order if has_keyboard(places[n][0])), None)
        text_at = next(n for n, (place, _) in enumerate(places) if place is text)
        places[text_at if here is None else (here + step) % len(places)][1]()


def _said_of_others(starts: Sequence[int], caret: int, step: int) -> str:
    """Return what to say where no open sentence begins further on (step 1) or before the caret (-1)."""
    if not starts:
        return tr("Every sentence is accounted for.")
    n = bisect_left(starts, caret) if step > 0 else len(starts) - bisect_right(starts, caret)
    if not n:
        return tr("No other sentence is open.")
    if step > 0:
        return trn(
            "No open sentence further on, {n} before this: {previous_open}.",
            "No open sentence further on, {n} before this: {previous_open}.",
            n,
            **caps(),
        )
    return trn(
        "No open sentence before this, {n} further on: {next_open}.",
        "No open sentence before this, {n} further on: {next_open}.",
        n,
        **caps(),
    )


def _mention_of(annotated: AnnotatedArticle, entry: Id | None) -> Annotation | None:
    """Return the first place that names a register entry."""
    if entry is None:
        return None
    named = (*annotated.source_mentions, *annotated.mentions)
    found = (m for m in named if entry in (getattr(m, "source", None), getattr(m, "entity", None)))
    return min(found, key=reading_order, default=None)


def _names_from(annotated: AnnotatedArticle, at: int) -> Iterator[tuple[int, int]]:
    """Yield the names from an offset on, paragraph by paragraph, as far as somebody asks."""
    from annotator.analysis.names import names  # only now: the window starts without it

    first = max(0, bisect_right(annotated.blocks, at, key=lambda b: b.start) - 1)
    # The heads of a table are words with a capital, and rarely anybody's name.
    for block in (b for b in annotated.blocks[first:] if b.kind != "table_row"):
        for low in range(max(block.start, at - STRETCH), block.end, STRETCH):
            yield from (n for n in names(annotated.text, low, min(block.end, low + STRETCH)) if n[0] >= at)


def _marked(marks: Sequence[Annotation], start: int, end: int) -> bool:
    """Say whether a mark lies on the words, looking at those that begin near them alone."""
    low = bisect_left(marks, start - STRETCH // 10, key=lambda m: m.start)
    high = bisect_left(marks, end, key=lambda m: m.start)
    return any(s.start < end and start < s.end for m in marks[low:high] for s in m.segments)
