"""What stands behind a figure: its passages as a list, or the articles it is counted in; both lead to their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QWidget

from annotator import text as texts
from annotator.analysis.sourcing import Span
from annotator.exporters.places import Places
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Annotation, Claim, Cue, Id, LoadedTerm, Mention, SourceMention
from annotator.text import shortened
from annotator.ui.article.voices import voice_of
from annotator.ui.controls import Button, EmptyNote, Hints, Label, Segmented, column, row
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance, glyph
from annotator.ui.panels.lists import RowDelegate, RowList, RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import title, word_count

ROW = 48
SIDE = 20
LONG = 20_000
"""The words of a longer passage are not counted only to tell how long it is."""
MOST = 400
"""So many code points of a passage are shown at most."""


def words_at(annotated: AnnotatedArticle, span: Span) -> str:
    """Return the words of a passage in one line; the parts of a mark joined by dots, long ones cut."""
    mark = annotated.by_id.get(span.annotation or "")
    if mark is not None and len(mark.segments) > 1:
        words = mark.quote(annotated.text, " … ")
    else:
        words = annotated.text[span.start : min(span.end, span.start + MOST + 1)]
    return shortened(" ".join(words.split()), MOST)


def what_it_is(annotated: AnnotatedArticle, span: Span) -> tuple[str, str]:
    """Return the kind of the mark of a passage ("" for words under none), and who it is or who says it."""
    mark: Annotation | None = annotated.by_id.get(span.annotation or "")
    match mark:
        case Claim():
            said = voice_of(annotated, mark.id)
            return mark.kind, f"{annotated.claim_number(mark.id)} · {said.words}"
        case SourceMention():
            source = annotated.sources.get(mark.source or "")
            return mark.kind, source.label if source is not None else tr("in no register yet")
        case Mention():
            entity = annotated.entities.get(mark.entity or "")
            return mark.kind, entity.name if entity is not None else tr("in no register yet")
        case Cue() | LoadedTerm():
            return mark.kind, title(mark.kind)
        case _:
            return "", _length(annotated, span)


def _length(annotated: AnnotatedArticle, span: Span) -> str:
    """Return how long words under no mark are."""
    if span.end - span.start > LONG:
        return trn("{n} character", "{n} characters", span.end - span.start)
    words = sum(1 for _ in texts.words(annotated.text, span.start, span.end))
    unspaced = texts.has_unspaced_script(annotated.text[span.start : span.end])
    return tr("Under no mark: {words}", words=word_count(words, unspaced=unspaced))


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article a figure is counted in."""

    article: Id
    title: str
    value: str
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its head, "4 of 20, 20 %", how it is counted, and the passages or the articles."""

    title: str
    value: str = ""
    counted: str = ""
    spans: tuple[Span, ...] = ()
    rest: tuple[Span, ...] = ()
    """The passages that are of the whole and not counted."""
    articles: tuple[ArticleRow, ...] = ()
    key: str = ""
    """The name of the figure, where it is one."""
    passages: Mapping[Id, tuple[Span, ...]] = field(default_factory=dict[Id, tuple[Span, ...]])
    """The passages in each of the articles, where they are known."""


class PlaceList(RowList):
    """Passages or articles; Enter or a click goes there."""

    gone_to = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, name: str, model: RowsModel[Any], draw: Callable[..., None]) -> None:
        super().__init__(name, model)
        model.setParent(self)
        self._delegate = RowDelegate(theme, lambda _: ROW, draw, inset=8, bar=True, parent=self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.clicked.connect(self._go)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._delegate.theme = theme
        self.viewport().update()

    def _go(self, index: QModelIndex) -> None:
        self.gone_to.emit(index.data(CELL_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Esc and Backspace go back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.gone_to.emit(self.current)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PlacesPage(QWidget):
    """The page behind a figure, with a way back."""

    gone_to = Signal(object)
    """A Span or the id of an article that a person goes to."""
    left = Signal()

    def __init__(self, theme: Theme, annotated: Callable[[], AnnotatedArticle | None]) -> None:
        super().__init__()
        self._annotated = annotated
        self._places: tuple[AnnotatedArticle, int, Places] | None = None
        self.shown = Shown("")
        self.back = Button(theme, tr("Back"), "quiet", name=tr("Back to the figures"), symbol="chevron-left")
        self.back.setToolTip(tr("Back to the figures (Esc)"))
        self.head = Label(theme, "", "title", wrap=True)
        self.value = Label(theme, "", "body")
        self.counted = Label(theme, "", "small", muted=True, wrap=True)
        self.switch = Segmented(theme, tr("Passages"), ["", ""])
        self.empty = EmptyNote(theme, tr("Nothing stands behind this figure any more."))
        self.passages: RowsModel[Span] = RowsModel(self._spoken)
        self.articles: RowsModel[ArticleRow] = RowsModel(self._spoken_article)
        self.list = PlaceList(theme, tr("Passages"), self.passages, self._draw)
        self.article_list = PlaceList(theme, tr("Articles"), self.articles, self._draw_article)
        for label in (self.head, self.value, self.counted):
            label.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self._lay_out(theme)
        self.back.clicked.connect(self.left)
        self.switch.changed.connect(self._fill)
        for list_ in (self.list, self.article_list):
            list_.gone_to.connect(self._go)
            list_.left.connect(self.left)

    def _lay_out(self, theme: Theme) -> None:
        lines = column(self)
        top = row(self.back, None)
        top.setContentsMargins(SIDE - 8, 8, SIDE, 0)
        lines.addLayout(top)
        for label, above in ((self.head, 2), (self.value, 2), (self.counted, 4)):
            line = row(label)
            line.setContentsMargins(SIDE, above, SIDE, 0)
            lines.addLayout(line)
        which = row(self.switch, None)
        which.setContentsMargins(SIDE, 8, SIDE, 0)
        lines.addLayout(which)
        note = row(self.empty)
        note.setContentsMargins(SIDE, 12, SIDE, 0)
        lines.addSpacing(8)
        lines.addLayout(note)
        lines.addWidget(self.list, 1)
        lines.addWidget(self.article_list, 1)
        self._rest = QWidget()
        lines.addWidget(self._rest, 1)
        foot = row(Hints(theme, [("↵", tr("go there")), ("Esc", tr("back"))]))
        foot.setContentsMargins(SIDE, 4, SIDE, 6)
        lines.addLayout(foot)

    def show_places(self, shown: Shown) -> None:
        """Show what stands behind a figure; the row that was current stays so where it is still there."""
        if (shown.title, shown.key) != (self.shown.title, self.shown.key):
            self.switch.choose(0)
        self.shown = shown
        self.switch.setVisible(bool(shown.rest))
        self.switch.set_items(
            [tr("Counted {n}", n=f"{len(shown.spans):,}"), tr("Not counted {n}", n=f"{len(shown.rest):,}")]
        )
        self.head.setText(shown.title)
        self.value.setText(shown.value)
        self.value.setVisible(bool(shown.value))
        self.counted.setText(shown.counted)
        self.counted.setVisible(bool(shown.counted))
        self._fill()

    @property
    def _spans(self) -> tuple[Span, ...]:
        return self.shown.rest if self.shown.rest and self.switch.current else self.shown.spans

    def _fill(self, *_: object) -> None:
        self._set(self.list, self.passages, self._spans)
        self._set(self.article_list, self.articles, self.shown.articles)
        there = bool(self._spans or self.shown.articles)
        self.empty.setVisible(not there)
        self._rest.setVisible(not there)

    @staticmethod
    def _set(list_: PlaceList, model: RowsModel[Any], rows: Sequence[object]) -> None:
        at, inside = list_.currentIndex().row(), list_.hasFocus()
        model.set_rows(rows)
        list_.setVisible(bool(rows))
        list_.viewport().update()
        if rows and at >= 0:
            list_.choose(min(at, len(rows) - 1))
            if inside:
                list_.setFocus()

    def enter(self) -> None:
        """Give the list the keyboard, or the way back where there is none."""
        list_ = self.article_list if self.shown.articles else self.list
        if self._spans or self.shown.articles:
            list_.setFocus(Qt.FocusReason.TabFocusReason)
            list_.choose_any()
        else:
            self.back.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, value: object) -> None:
        self.gone_to.emit(value.article if isinstance(value, ArticleRow) else value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- rows, made when they are looked at

    def _place(self, annotated: AnnotatedArticle, offset: int) -> str:
        known = self._places
        if known is None or known[0] is not annotated or known[1] != id(annotated.blocks):
            known = self._places = annotated, id(annotated.blocks), Places(annotated)
        return known[2][offset]

    def _here(self, span: Span) -> AnnotatedArticle | None:
        annotated = self._annotated()
        return annotated if annotated is not None and annotated.article.id == span.article else None

    def _spoken(self, span: Span) -> str:
        annotated = self._here(span)
        if annotated is None:
            return ""
        kind, what = what_it_is(annotated, span)
        return ", ".join(
            part
            for part in (
                title(kind) if kind else "",
                what,
                words_at(annotated, span),
                self._place(annotated, span.start),
            )
            if part
        )

    def _spoken_article(self, article: ArticleRow) -> str:
        return f"{article.title}, {article.value}"

    def _draw(self, p: QPainter, box: Box, span: Span, state: RowState) -> None:
        annotated = self._here(span)
        if annotated is None:
            return
        t, small = state.theme, font("small")
        kind, what = what_it_is(annotated, span)
        if kind:
            at = box.rc(12, 8, 11, 10)
            glyph(p, kind, at.x(), at.y(), t)
        place = self._place(annotated, span.start)
        wide = advance(small, place) + 4
        box.text(p, what, 32, 3, box.w - 56 - wide, 20, font("small", 500), t.ink)
        box.text(p, place, box.w - 12 - wide, 3, wide, 20, small, t.muted, end=True)
        box.text(p, words_at(annotated, span), 32, 22, box.w - 44, 21, font("quote", px=14), t.ink)

    def _draw_article(self, p: QPainter, box: Box, article: ArticleRow, state: RowState) -> None:
        t, small = state.theme, font("small")
        ink = t.muted if article.is_none else t.ink
        box.text(p, article.title, 12, 4, box.w - 24, 20, font("body", 500), ink)
        box.text(p, article.value, 12, 24, box.w - 24, 18, small, t.muted)
