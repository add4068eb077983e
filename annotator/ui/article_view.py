"""The article column: head, find bar, and the text with its gutter, cards and ruler."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from annotator.model import AnnotatedArticle, Annotation, Id
from annotator.ui.article import cards as margin
from annotator.ui.article import growth, gutter, ruler, voices
from annotator.ui.article.cards import Cards
from annotator.ui.article.empty import EmptyPage
from annotator.ui.article.find_bar import FindBar
from annotator.ui.article.growth import Span
from annotator.ui.article.gutter import Gutter
from annotator.ui.article.head import Head, counts_of
from annotator.ui.article.marked_text import SCROLL_BAR
from annotator.ui.article.ruler import Ruler
from annotator.ui.article.text import ArticleText
from annotator.ui.article.typesetting import DOCUMENT_MARGIN, Measure, measure
from annotator.ui.theme import Theme

LEAST_ZOOM = 70
MOST_ZOOM = 200
ZOOM_STEP = 10


class ArticleColumn(QWidget):
    """Shows one article with its marks. Offsets are code points; it reads, and never writes, the article."""

    chosen_changed = Signal(object)
    """Id of the mark now chosen, or None."""
    activated = Signal(str)
    """Enter on the mark that is chosen, in the text or in the margin; a double click on a card."""
    selection_changed = Signal(int, int)
    caret_moved = Signal(int)
    context_requested = Signal(QPoint, list)
    """Where on the screen a menu is asked for, and the ids of the marks there."""
    library_requested = Signal()
    zoom_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._annotated: AnnotatedArticle | None = None
        self._profile = "editor"
        self._zoom = 100
        self._sentences: list[Span] = []
        self._open: list[int] = []
        self._arranging = False
        self._head = Head(theme)
        self._find = FindBar(theme)
        self._find.hide()
        self._text = ArticleText(theme)
        self._gutter = Gutter(self._text, theme)
        self._cards = Cards(self._text, theme)
        self._ruler = Ruler(self._text, theme)
        self._empty = EmptyPage(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._head, self._find, self._pages):
            layout.addWidget(widget)
        self.setAutoFillBackground(True)
        self.setAccessibleName("Article")
        self.setMinimumWidth(360)
        self.setFocusProxy(self._text)
        QWidget.setTabOrder(self._text, self._cards)
        self._connect()
        self.set_theme(theme)

    def _connect(self) -> None:
        text = self._text
        text.caret_moved.connect(self.caret_moved)
        text.selected.connect(self.selection_changed)
        text.picked.connect(self._pick)
        text.activated.connect(self.activated)
        text.escaped.connect(self._go_back)
        text.context_requested.connect(self.context_requested)
        text.focused.connect(self._head.set_lit)
        text.resized.connect(self._arrange)
        text.relaid.connect(self._follow)
        text.relaid.connect(self._ruler.marks_changed)
        text.zoom_asked.connect(self._zoom_by)
        text.verticalScrollBar().valueChanged.connect(self._follow)
        self._cards.picked.connect(self._pick_card)
        self._cards.activated_card.connect(self.activated)
        self._cards.escaped.connect(self._text.setFocus)
        self._cards.context_requested.connect(self.context_requested)
        self._gutter.picked.connect(self._pick)
        self._head.library_asked.connect(self.library_requested)
        self._find.typed.connect(self._look_for)
        self._find.next_asked.connect(self.find_next)
        self._find.previous_asked.connect(self.find_previous)
        self._find.closed.connect(self._close_find)

    # -- parts others need

    @property
    def text(self) -> QTextEdit:
        """The text; single-letter actions are added to it."""
        return self._text

    @property
    def cards(self) -> QWidget:
        """The margin, a place of its own for the keyboard."""
        return self._cards

    # -- what is shown

    def show_article(
        self, annotated: AnnotatedArticle | None, sentences: Sequence[Span] = (), accounted: Sequence[bool] = ()
    ) -> None:
        """Show another article from its beginning; None: no article. Nothing is chosen then."""
        was = self._text.chosen
        self._annotated = annotated
        self._close_find(back_to_text=False)
        if annotated is None:
            self._text.load("", (), self._measured())
            self._head.set_counts({})
            self._pages.setCurrentWidget(self._empty)
        else:
            self._text.load(annotated.text, annotated.blocks, self._measured())
            self._text.setAccessibleName(f"Article text: {annotated.article.title}")
            self._pages.setCurrentWidget(self._text)
            self._arrange()
            self._text.set_marks(self._visible_marks())
        self._show_marks()
        self.set_coverage(sentences, accounted)
        if was is not None:
            self.chosen_changed.emit(None)

    def refresh(
        self, annotated: AnnotatedArticle, accounted: Sequence[bool] = (), sentences: Sequence[Span] | None = None
    ) -> None:
        """Show other marks on the same text; only paragraphs whose marks changed are laid out and painted anew."""
        self._annotated = annotated
        self._text.set_blocks(annotated.blocks)
        touched = self._text.set_marks(self._visible_marks())
        if self._text.chosen is not None and self._text.chosen not in self._text.index.annotations:
            self._set_chosen(None)
        elif self._text.chosen is not None:
            self._text.linked = voices.tied_to(annotated, self._text.index.annotations[self._text.chosen])
            self._text.viewport().update()
        self._show_marks()
        self.set_coverage(self._sentences if sentences is None else sentences, accounted)
        if touched:
            self._ruler.marks_changed()

    def set_coverage(self, sentences: Sequence[Span], accounted: Sequence[bool]) -> None:
        """Say which sentences there are and whether each is accounted for; known later than the text."""
        self._sentences = list(sentences)
        self._open = [start for (start, _), done in zip(sentences, accounted, strict=False) if not done]
        self._gutter.set_open(self._open)

    def _visible_marks(self) -> Iterable[Annotation]:
        if self._annotated is None:
            return ()
        if self._profile == "teacher":
            return [a for a in self._annotated.annotations if a.kind != "cue"]
        return self._annotated.annotations

    def _show_marks(self) -> None:
        """Bring head, cards, gutter and ruler up to the marks."""
        if self._annotated is not None:
            self._head.set_counts(counts_of(self._annotated))
        self._cards.show_claims(self._annotated, [id_ for _, _, id_ in self._text.index.claims])
        self._gutter.update()

    def _follow(self) -> None:
        """Let everything beside the text follow it."""
        self._gutter.update()
        self._cards.viewport().update()
        self._ruler.update()

    # -- what is chosen

    @property
    def chosen(self) -> Id | None:
        """The mark that is chosen."""
        return self._text.chosen

    def choose(self, id_: Id | None, scroll: bool = True) -> None:
        """Choose a mark, or none. The caret goes to its start unless words are selected."""
        mark = self._text.index.annotations.get(id_ or "")
        if mark is not None:
            if not self._text.textCursor().hasSelection() and not mark.start <= self.caret() <= mark.end:
                self._move_caret(mark.start)
            if scroll:
                self._text.reveal(mark.start)
        self._set_chosen(mark)

    def _move_caret(self, offset: int) -> None:
        """Move the caret without the jump that bringing it into sight would be."""
        bar = self._text.verticalScrollBar()
        at = bar.value()
        self._text.select(offset, offset)
        bar.setValue(at)

    def _set_chosen(self, mark: Annotation | None) -> None:
        id_ = mark.id if mark is not None else None
        if id_ == self._text.chosen:
            return
        self._text.chosen = id_
        self._text.linked = frozenset()
        if mark is not None and self._annotated is not None:
            self._text.linked = voices.tied_to(self._annotated, mark)
            self._text.announce(voices.mark_name(self._annotated, mark, self._text.index.claim_number(id_)))
        self._cards.show_chosen(id_)
        self._text.viewport().update()
        self._follow()
        self.chosen_changed.emit(id_)

    def _pick(self, id_: Id | None) -> None:
        self._set_chosen(self._text.index.annotations.get(id_ or ""))

    def _pick_card(self, id_: Id) -> None:
        self.choose(id_)

    def _go_back(self) -> None:
        """Esc in the text: first the selection goes, then what is chosen, then the find bar."""
        if self._text.textCursor().hasSelection():
            caret = self.caret()
            self._text.select(caret, caret)
        elif self._text.chosen is not None:
            self._set_chosen(None)
        elif self._find.isVisible():
            self._close_find()

    def next_annotation(self, step: int = 1) -> Id | None:
        """Choose the next mark in reading order (-1: the one before), from the chosen one or the caret."""
        reading = self._text.index.reading
        chosen = self._text.index.annotations.get(self._text.chosen or "")
        caret = self.caret()
        if chosen is not None and chosen.start <= caret <= chosen.end:
            at = bisect_left(reading, (chosen.start, chosen.end, chosen.id)) + step
        else:
            at = bisect_left(reading, (caret, -1, "")) - (step < 0)
        if not 0 <= at < len(reading):
            self._text.announce("No mark further on" if step > 0 else "No mark before this")
            return None
        start, _, id_ = reading[at]
        self._move_caret(start)
        self.choose(id_)
        return id_

    def next_open_sentence(self, step: int = 1) -> bool:
        """Put the caret where the next sentence begins that nobody looked at; False where there is none."""
        caret = self.caret()
        at = bisect_right(self._open, caret) if step > 0 else bisect_left(self._open, caret) - 1
        if not 0 <= at < len(self._open):
            self._text.announce("No open sentence further on" if step > 0 else "No open sentence before this")
            return False
        start = self._open[at]
        self._set_chosen(None)
        self._move_caret(start)
        self._text.reveal(start)
        k = bisect_left(self._sentences, (start, start))
        if k < len(self._sentences):
            self._text.announce(self._text.quote(*self._sentences[k]))
        return True

    def annotations_at(self, offset: int) -> list[Id]:
        """Return the marks on the character at an offset, the smallest first."""
        return self._text.index.at(offset)

    # -- selection

    def selection(self) -> Span:
        """Return what is selected, exactly; where nothing is, the caret twice."""
        return self._text.selection()

    def caret(self) -> int:
        """Return where the caret stands."""
        return self._text.caret()

    def set_caret(self, offset: int) -> None:
        """Move the caret and bring it into sight."""
        self._text.select(offset, offset)
        self._text.reveal(offset)

    def select(self, start: int, end: int) -> None:
        """Select [start, end) and bring it into sight."""
        self._text.select(start, end)
        self._text.reveal(start)

    def unit_at(self, offset: int, unit: str = "word") -> Span | None:
        """Return the word or sentence a caret stands in; None in an empty text."""
        found = growth.units(self._text.index.paragraphs, self._sentences, unit, offset, offset)
        return growth.unit_at(found, offset)

    def grow(self, step: int, unit: str = "word", edge: str = "end") -> None:
        """Move one edge of the selection by a word or sentence, outwards (+1) or inwards (-1).

        Where nothing is selected, growing selects the word or sentence under the caret.
        """
        start, end = self.selection()
        if start == end:
            here = self.unit_at(start, unit) if step > 0 else None
            if here is not None:
                self._text.select(*here)
            return
        found = growth.units(self._text.index.paragraphs, self._sentences, unit, start, end)
        self._text.select(*growth.grown(found, start, end, step, edge))

    def propose(self, spans: Iterable[Span]) -> None:
        """Outline spans in dashes, as something about to be tied to the chosen mark; none: take them away."""
        self._text.proposed = tuple(spans)
        self._text.viewport().update()

    def anchor_rect(self, start: int, end: int) -> QRect:
        """Return where the last line of [start, end) is on the screen."""
        rect = self._text.last_line_rect(start, end).toAlignedRect()
        return QRect(self._text.viewport().mapToGlobal(rect.topLeft()), rect.size())

    # -- finding

    def open_find(self) -> None:
        """Open the find bar, with the selected words where they are few."""
        if self._annotated is None:
            return
        start, end = self.selection()
        few = start < end and end - start <= 80
        self._find.open_with(" ".join(self._text.quote(start, end).split()) if few else "")
        self._look_for(self._find.field.text())

    def _look_for(self, words: str) -> None:
        if self._annotated is None or not self._find.isVisible():
            return
        self._text.found = growth.find(self._annotated.text, words)
        self._text.found_at = None
        self._text.viewport().update()
        if self._text.found:
            start, _ = self.selection()
            self._show_found(bisect_left(self._text.found, (start, start)) % len(self._text.found))
        else:
            self._find.show_place(None, 0)

    def find_next(self) -> None:
        """Go to the next place, after the last one to the first; without a bar, open it."""
        self._step_found(1)

    def find_previous(self) -> None:
        """Go to the place before."""
        self._step_found(-1)

    def _step_found(self, step: int) -> None:
        found = self._text.found
        if not found:
            self.open_find()
            return
        start, end = self.selection()
        if self._text.found_at is not None and found[self._text.found_at] == (start, end):
            at = self._text.found_at + step
        else:
            at = bisect_left(found, (start, start)) - (step < 0)
        self._show_found(at % len(found))

    def _show_found(self, at: int) -> None:
        self._text.found_at = at
        self._find.show_place(at, len(self._text.found))
        self.select(*self._text.found[at])
        self._text.announce(self._find.place.text())

    def _close_find(self, back_to_text: bool = True) -> None:
        """Close the bar; caret and selection stay at the place found."""
        self._find.hide()
        self._text.found = []
        self._text.found_at = None
        self._text.viewport().update()
        if back_to_text:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- how it is shown

    def set_hints(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show up to four keys and what they do now."""
        self._head.set_hints(pairs)

    def set_folded(self, folded: bool) -> None:
        """Offer the library while it is folded."""
        self._head.set_folded(folded)

    def set_profile(self, profile: str) -> None:
        """Show what a profile ("teacher", "editor", "researcher") shows."""
        if profile == self._profile:
            return
        self._profile = profile
        self._head.set_profile(profile)
        self._cards.set_profile(profile)
        self._arrange()
        if self._annotated is not None:
            self._text.set_marks(self._visible_marks())
            self._show_marks()

    @property
    def zoom(self) -> int:
        """Size of the text, per cent."""
        return self._zoom

    def _zoom_by(self, steps: int) -> None:
        self.set_zoom(self._zoom + steps * ZOOM_STEP)

    def set_zoom(self, zoom: int) -> None:
        """Set the size of the text, 70 to 200 per cent."""
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._arrange()
            self.zoom_changed.emit(zoom)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours; nothing moves."""
        self._theme = theme
        made = self.palette()
        made.setColor(QPalette.ColorRole.Window, QColor(theme.page))
        self.setPalette(made)
        for part in (self._head, self._find, self._text, self._gutter, self._cards, self._ruler, self._empty):
            part.set_theme(theme)

    def _measured(self) -> Measure:
        return measure(self.window().width(), self._profile, self._zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room anew."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Mirror gutter and margin with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def _arrange(self) -> None:
        """Give the text its column, the cards what is left of the room up to their widest, and centre both."""
        if self._arranging or self._annotated is None:
            return
        self._arranging = True
        measured = self._measured()
        room = max(120, self._text.width() - SCROLL_BAR - ruler.WIDTH - gutter.WIDTH)
        column = min(room, measured.column + 2 * DOCUMENT_MARGIN)
        beside = min(margin.WIDEST, room - column)
        beside = beside if beside >= margin.LEAST else 0
        spare = room - column - beside
        self._text.set_measure(measured)
        self._text.set_column(column)
        start = spare // 2 + gutter.WIDTH
        end = spare - spare // 2 + beside + ruler.WIDTH
        self._place_sides(start, end, beside)
        self._text.leader_to = 4.0 if beside else None
        self._arranging = False

    def _place_sides(self, start: int, end: int, beside: int) -> None:
        text = self._text
        mirrored = text.isRightToLeft()
        text.set_margins(*((end, start) if mirrored else (start, end)))
        view = text.viewport().geometry()
        if mirrored:
            text_end = view.x() - beside
            self._gutter.setGeometry(view.right() + 1, 0, gutter.WIDTH, view.height())
            self._cards.setGeometry(text_end, 0, beside, view.height())
            self._ruler.setGeometry(SCROLL_BAR, 0, ruler.WIDTH, view.height())
        else:
            self._gutter.setGeometry(view.x() - gutter.WIDTH, 0, gutter.WIDTH, view.height())
            self._cards.setGeometry(view.right() + 1, 0, beside, view.height())
            self._ruler.setGeometry(text.width() - SCROLL_BAR - ruler.WIDTH, 0, ruler.WIDTH, view.height())
        self._cards.setVisible(beside > 0)
