"""Moving about: marks and open sentences, finding, zoom, panels, and F6 from place to place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from annotator.model import Id
from annotator.project import Hit
from annotator.ui.frame import Columns, Side
from annotator.ui.panels.library import Library
from annotator.ui.workspace import Workspace

ZOOM_STEP = 10


class Column(Protocol):
    """What moving about needs of the article's column."""

    @property
    def text(self) -> QTextEdit:
        """The text itself."""
        ...

    @property
    def cards(self) -> QWidget:
        """The list of cards in the margin."""
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


class Navigation:
    """The verbs of the View menu and of finding."""

    def __init__(
        self,
        workspace: Workspace,
        column: Column,
        columns: Columns,
        library: Library,
        side: Side,
        say: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._column = column
        self._columns = columns
        self._library = library
        self._side = side
        self._say = say

    # -- in the article

    def next_mark(self) -> None:
        """Choose the next mark."""
        self._column.next_annotation(1)

    def previous_mark(self) -> None:
        """Choose the mark before."""
        self._column.next_annotation(-1)

    def next_open(self) -> None:
        """Go to the next sentence nobody has looked at."""
        self._open_sentence(1)

    def previous_open(self) -> None:
        """Go to the open sentence before."""
        self._open_sentence(-1)

    def _open_sentence(self, step: int) -> None:
        if not self._column.next_open_sentence(step):
            done = all(self._workspace.accounted)
            self._say("Every sentence is accounted for." if done else "No open sentence further on.")
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
        """Show where a search found something."""
        self.open_article(hit.article)
        annotated = self._workspace.annotated
        if annotated is None or hit.start is None:
            return
        whole = query.strip()
        at = annotated.text.casefold().find(whole.casefold()) if annotated.text.isascii() else -1
        start = at if at >= 0 else hit.start
        length = len(whole) if at >= 0 else len(whole.split()[0])
        self._column.select(start, min(start + length, len(annotated.text)))

    # -- places

    def library(self) -> None:
        """Go to the library, bringing it back where it is folded; from inside it, fold it."""
        if self._library.isVisible() and self._inside(self._library):
            self._columns.show_library(False)
            self._column.text.setFocus()
            return
        self._columns.show_library(True)
        self._library.enter()

    def next_panel(self) -> None:
        """Show the next panel."""
        self._side.step(1)

    def previous_panel(self) -> None:
        """Show the panel before."""
        self._side.step(-1)

    def next_place(self) -> None:
        """Library, text, cards, panel, and round again."""
        self._step_place(1)

    def previous_place(self) -> None:
        """Go the other way round."""
        self._step_place(-1)

    def _step_place(self, step: int) -> None:
        """Go on from the place that has the keyboard; from nowhere to the text."""
        text, cards = self._column.text, self._column.cards
        places: list[tuple[QWidget, Callable[[], object]]] = []
        if self._library.isVisible():
            places.append((self._library, self._library.enter))
        places.append((text, lambda: text.setFocus(Qt.FocusReason.ShortcutFocusReason)))
        if cards.isVisible() and cards.isEnabled() and cards.focusPolicy() != Qt.FocusPolicy.NoFocus:
            places.append((cards, lambda: cards.setFocus(Qt.FocusReason.ShortcutFocusReason)))
        places.append((self._side, self._side.enter))
        # The cards lie inside the text's widget: look at the innermost places first.
        order = sorted(range(len(places)), key=lambda n: places[n][0] is not cards)
        here = next((n for n in order if self._inside(places[n][0])), None)
        text_at = next(n for n, (place, _) in enumerate(places) if place is text)
        places[text_at if here is None else (here + step) % len(places)][1]()

    @staticmethod
    def _inside(place: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is place or place.isAncestorOf(focused))
