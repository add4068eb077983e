"""The article column: head, find bar, and the text with its gutter, cards and ruler."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from annotator.analysis.coverage import Coverage
from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Id
from annotator.settings import BY_KEY
from annotator.ui.article import growth, voices
from annotator.ui.article.cards import Cards
from annotator.ui.article.empty import EmptyPage
from annotator.ui.article.fallback_fonts import FallbackFonts
from annotator.ui.article.filtering import Filtering
from annotator.ui.article.find_bar import FindBar
from annotator.ui.article.finding import Finding
from annotator.ui.article.following import Following
from annotator.ui.article.growth import Span
from annotator.ui.article.gutter import Gutter
from annotator.ui.article.head import Head
from annotator.ui.article.ruler import Ruler
from annotator.ui.article.sides import Sides
from annotator.ui.article.text import ArticleText
from annotator.ui.article.typesetting import Measure, measure
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.article.chooser import Chooser

LEAST_ZOOM, MOST_ZOOM = BY_KEY["zoom"].low, BY_KEY["zoom"].high
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
    escaped = Signal()
    """Esc in the text, where it had nothing to leave."""
    zoom_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._annotated: AnnotatedArticle | None = None
        self._profile = "editor"
        self._zoom = 100
        self._coverage: Coverage | None = None
        self._width = "usual"
        self._head = Head(theme)
        self._find = FindBar(theme)
        self._find.hide()
        self._text = ArticleText(theme)
        self.finding = Finding(self._text, self._find)
        self._gutter = Gutter(self._text, theme)
        self._cards = Cards(self._text, theme)
        self._ruler = Ruler(self._text, theme)
        self._following = Following(self._text, self._head, self._gutter, self._cards, self._ruler)
        self._sides = Sides(self._text, self._gutter, self._cards, self._ruler)
        self._chooser: Chooser | None = None
        self._empty = EmptyPage(theme)
        self._fonts = FallbackFonts(self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._head, self._find, self._pages):
            layout.addWidget(widget)
        self.filtering = Filtering(self._text, self._ruler, lambda bar: layout.insertWidget(2, bar), theme)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Article"))
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
        text.relaid.connect(self._ruler.relaid)
        text.zoom_asked.connect(self._zoom_by)
        text.verticalScrollBar().valueChanged.connect(self._follow)
        self._cards.picked.connect(self._pick_card)
        self._cards.activated_card.connect(self.activated)
        self._cards.escaped.connect(self._text.setFocus)
        self._cards.context_requested.connect(self.context_requested)
        self._gutter.picked.connect(self._pick)
        for part in (text, self._gutter, self._cards):
            part.listed.connect(self._list)
        self.filtering.changed.connect(self._follow)
        self.filtering.left.connect(text.setFocus)
        self._head.library_asked.connect(self.library_requested)

    # -- parts others need

    @property
    def text(self) -> QTextEdit:
        """The text; single-letter actions are added to it."""
        return self._text

    @property
    def cards(self) -> Cards:
        """The margin, a place of its own for the keyboard."""
        return self._cards

    # -- what is shown

    @property
    def full(self) -> bool:
        """Whether an article is shown."""
        return self._annotated is not None

    def show_article(self, annotated: AnnotatedArticle | None, coverage: Coverage | None = None) -> None:
        """Show another article from its beginning; None: no article. Nothing is chosen then."""
        was = self._text.chosen
        self._annotated = annotated
        self.finding.close(back_to_text=False)
        if annotated is None:
            self._text.load("", (), self._measured())
            self._head.set_counts({})
            self._pages.setCurrentWidget(self._empty)
        else:
            self._sides.mirror(annotated.text)
            self._text.load(annotated.text, annotated.blocks, self._measured())
            self._fonts.expect(annotated.text, self._text.document().defaultFont())
            self._text.setAccessibleName(tr("Article text: {title}", title=annotated.article.title))
            self._pages.setCurrentWidget(self._text)
            self._arrange()
        self._following.show_all(annotated)
        self.filtering.show_article(annotated)
        self.set_coverage(coverage)
        if was is not None:
            self.chosen_changed.emit(None)

    def refresh(
        self,
        annotated: AnnotatedArticle,
        coverage: Coverage | None = None,
        marks: Collection[Id] | None = None,
        *,
        links: Collection[Id] = (),
        checked: Collection[Id] = (),
        entries: Collection[Id] = (),
    ) -> None:
        """Show other marks on the same text; only paragraphs whose marks changed are laid out and painted anew.

        ``marks`` are the ids of those that may have changed; None: any of them. So are ``links`` of attributions,
        ``checked`` of claims whose checking and ``entries`` of sources and entities that changed.
        """
        self._annotated = annotated
        self._text.set_blocks(annotated.blocks)
        if marks is None:
            self._following.show_all(annotated)
            self.filtering.follow(annotated)
        else:
            before = self._following.show_changed(annotated, marks)
            self.filtering.follow(annotated, before, links, checked, entries)
        if self._text.chosen is not None and self._text.chosen not in self._text.index.annotations:
            self._set_chosen(None)
        elif self._text.chosen is not None:
            self._text.linked = voices.tied_to(annotated, self._text.index.annotations[self._text.chosen])
            self._text.viewport().update()
        self.set_coverage(coverage)

    def set_coverage(self, coverage: Coverage | None) -> None:
        """Say which sentences there are and which are accounted for; known later than the text, None until then."""
        self._coverage = coverage
        self._gutter.set_open(coverage.open if coverage is not None else ())
        self._ruler.set_open(coverage.open if coverage is not None else (), self._sentences)

    def _follow(self) -> None:
        """Let everything beside the text follow it."""
        self._sides.follow()
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
        elif self.finding.shows:
            self.finding.close()
        elif self.filtering.open:
            self.filtering.close()
        else:
            self.escaped.emit()

    def passes(self, mark: Annotation) -> bool:
        """Say whether a filter lets a mark stand out; all do where there is none."""
        return self._text.passes is None or self._text.passes(mark)

    def list_here(self) -> bool:
        """List the marks at the caret, to choose among; False where there is none."""
        here = self._text.here()
        if here:
            self._list(here, self._text.caret_rect())
        return bool(here)

    def _list(self, ids: list[Id], anchor: QRect) -> None:
        if self._annotated is None:
            return
        if self._chooser is None:
            from annotator.ui.article.chooser import Chooser  # only now: the window starts without it

            self._chooser = chooser = Chooser(self._theme, self)
            chooser.pointed.connect(self._text.show_hovered)
            chooser.chosen.connect(self._pick)
            chooser.chosen_again.connect(self.activated)
        self._chooser.set_theme(self._theme)
        self._chooser.ask(self._annotated, ids, anchor, self._text.chosen)

    def next_annotation(self, step: int = 1) -> Id | None:
        """Choose the next mark that stands out in reading order (-1: the one before), from the chosen one or the caret."""
        mark = self._text.beyond(step)
        if mark is None:
            self._text.announce(tr("No mark further on") if step > 0 else tr("No mark before this"))
            return None
        self._move_caret(mark.start)
        self.choose(mark.id)
        return mark.id

    def next_open_sentence(self, step: int = 1) -> bool:
        """Put the caret where the next sentence begins that nobody looked at; False where there is none."""
        caret = self.caret()
        starts = self._coverage.open if self._coverage is not None else []
        at = bisect_right(starts, caret) if step > 0 else bisect_left(starts, caret) - 1
        if not 0 <= at < len(starts):
            self._text.announce(tr("No open sentence further on") if step > 0 else tr("No open sentence before this"))
            return False
        start = starts[at]
        self._set_chosen(None)
        self._move_caret(start)
        self._text.reveal(start)
        sentence = self._sentences[bisect_left(self._sentences, (start, start))]
        self._text.propose((sentence,))
        self._text.announce(self._text.quote(*sentence))
        return True

    def annotations_at(self, offset: int) -> list[Id]:
        """Return the marks on the character at an offset, the smallest first."""
        return self._text.index.at(offset)

    def left_out(self, id_: Id) -> bool:
        """Say whether the filter leaves a mark out; while it is chosen it is seen all the same."""
        mark, passes = self._text.index.annotations.get(id_), self._text.passes
        return mark is not None and passes is not None and not passes(mark)

    @property
    def _sentences(self) -> Sequence[Span]:
        return self._coverage.sentences if self._coverage is not None else ()

    # -- selection

    def selection(self) -> Span:
        """Return what is selected, exactly; where nothing is, the caret twice."""
        return self._text.selection()

    def caret(self) -> int:
        """Return where the caret stands."""
        return self._text.caret()

    def in_sight(self) -> Span:
        """Return the offsets of the paragraphs in sight."""
        paragraphs = self._text.index.paragraphs
        numbers = [block.blockNumber() for block, _ in self._text.in_sight(0, self._text.viewport().height())]
        return (paragraphs.starts[numbers[0]], paragraphs.ends[numbers[-1]]) if numbers else (0, 0)

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
                self._text.grow_to(*here)
            return
        found = growth.units(self._text.index.paragraphs, self._sentences, unit, start, end)
        self._text.grow_to(*growth.grown(found, start, end, step, edge))

    def grow_to(self, start: int, end: int) -> None:
        """Select more words; ``shrink_back`` takes it back."""
        self._text.grow_to(start, end)

    def shrink_back(self) -> bool:
        """Take back the last step the selection grew by; False where there is none."""
        return self._text.shrink_back()

    def propose(self, spans: Iterable[Span]) -> None:
        """Outline spans in dashes, as something about to be tied to the chosen mark; none: take them away."""
        self._text.propose(tuple(spans))

    @property
    def proposed(self) -> Sequence[Span]:
        """What is outlined in dashes."""
        return self._text.proposed

    def anchor_rect(self, start: int, end: int) -> QRect:
        """Return where the last line of [start, end) is on the screen."""
        rect = self._text.last_line_rect(start, end).toAlignedRect()
        return QRect(self._text.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def on_screen(self, start: int, end: int) -> list[QRect]:
        """Return where [start, end) is on the screen, a line at a time."""
        return self._text.on_screen(start, end)

    def bring_up(self, start: int, by: int) -> None:
        """Scroll the text up by so many pixels; an offset stays in sight."""
        self._text.bring_up(start, by)

    # -- finding

    def open_find(self) -> None:
        """Open the find bar, with the selected words where they are few."""
        self.finding.open()

    def find_next(self) -> None:
        """Go to the next place, after the last one to the first; without a bar, open it."""
        self.finding.step(1)

    def find_previous(self) -> None:
        """Go to the place before."""
        self.finding.step(-1)

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
        self._profile = self._following.profile = profile
        self._head.set_profile(profile)
        self._cards.set_profile(profile)
        self.filtering.set_profile(profile)
        self._arrange()
        if self._annotated is not None:
            self._following.show_all(self._annotated)

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
        parts = (self._head, self._find, self._text, self._gutter, self._cards, self._ruler, self._empty)
        for part in (*parts, self._sides, self.filtering):
            part.set_theme(theme)

    @property
    def numbered(self) -> bool:
        """Whether line numbers are shown."""
        return self._sides.numbered

    def set_numbered(self, numbered: bool) -> None:
        """Show line numbers, or take them away."""
        self._sides.set_numbered(numbered, self._theme)
        self._arrange()

    def set_width(self, width: str) -> None:
        """Set the text in a "narrow", "usual" or "wide" column."""
        self._width = width
        self._arrange()

    def set_bare(self, bare: bool) -> None:
        """Leave the line above the text out, or bring it back."""
        self._head.setVisible(not bare)

    def _measured(self) -> Measure:
        return measure(self.window().width(), self._profile, self._zoom, self._width)

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
        if self._annotated is not None:
            self._sides.arrange(self._measured(), gives_way=self._width == "usual")
