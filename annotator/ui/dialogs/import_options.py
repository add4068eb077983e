"""How an original is read: encoding, whole page, columns, running heads, footnotes, chapters; only what matters to it."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator import text as texts
from annotator.importers.left_out import left_out_words
from annotator.language import tr
from annotator.model import ENCODINGS, Chapter, Draft, ReadOptions
from annotator.ui.controls import Button, Label, Painted, QuietCombo, Segmented, Tick, row
from annotator.ui.labels import Line, column, plain_tip
from annotator.ui.paint import Box, advance, dashed_frame, focus_ring
from annotator.ui.panels.lists import RowList
from annotator.ui.reading_report import left_out_number
from annotator.ui.theme import Theme, font, icon, scroll_bar_sheet
from annotator.vocabulary import encoding_words, word_count

_HOW = {"guess": tr("guessed"), "bom": tr("marked"), "declared": tr("declared"), "given": tr("chosen"), "utf-8": ""}
COLUMNS = (None, 1, 2, 3)
CHOOSE_TIP = tr("Show the whole page with what is not the article struck out; Del takes a paragraph in or out.")
LOOKED_AT = 20_000
"""In so many code points from the beginning a script without spaces is looked for."""
TICKS = {
    "whole_page": (
        tr("Whole page"),
        tr("Keep all the text of the page, not only the article that was found in it."),
    ),
    "page_furniture": (
        tr("Running heads and page numbers"),
        tr("Keep what stands at the top and foot of each page."),
    ),
    "footnotes": (
        tr("Footnotes, at the end"),
        tr("Keep footnotes and endnotes, after the text."),
    ),
    "join_lines": (
        tr("Lines joined to paragraphs"),
        tr("Make one paragraph of lines that are broken at one width; an empty line parts two."),
    ),
}
"""Words and tips of what may be ticked, by the field of ReadOptions."""
GONE = {"page_furniture": ("page_head", "page_number"), "footnotes": ("note",)}
"""Kinds of what is left out where a tick is not set."""
WAIT_MS = 500
"""So long after the last tick among the chapters they are read again."""
ROW = 28
MOST_ROWS = 7
AnyIndex = QModelIndex | QPersistentModelIndex


class OptionsForm(QWidget):
    """The options a person has for one original."""

    changed = Signal(object)
    """ReadOptions to read the original with again."""
    choosing = Signal()
    """A person wants to choose, paragraph by paragraph, what of the whole page is kept; or no longer."""
    settling = Signal()
    """Whether ``settled`` may have changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._options = ReadOptions()
        self._lines = column(self, gap=6)
        self._lines.addWidget(Line(theme))
        self._lines.addSpacing(4)
        self._lines.addWidget(Label(theme, tr("How it is read"), "section"))
        self.chapters = Chapters(theme)
        self._lines.addWidget(self.chapters)
        self.guess = _please_check(theme)
        self.encoding = QuietCombo(theme, tr("Encoding"), [])
        self._encoding = self._row(tr("Encoding"), self.encoding, self.guess)
        self.plain = Segmented(theme, tr("Pasted as"), [tr("With its form"), tr("Plain text")])
        self._plain = self._row(tr("Pasted as"), self.plain)
        self.columns = Segmented(theme, tr("Columns of the page"), [tr("As found"), "1", "2", "3"])
        self._columns = self._row(tr("Columns"), self.columns)
        self.choose = Button(theme, tr("Choose what to keep"), "quiet")
        self.choose.clicked.connect(self.choosing)
        self._from = Label(theme, tr("Chosen from the whole page"), "body")
        self.ticks: dict[str, Tick] = {}
        self.gone: dict[str, Label] = {}
        """What is left out where a tick is not set, beside it."""
        for name in TICKS:
            self._add_tick(name)
        self.encoding.picked.connect(partial(self._say, "encoding"))
        self.columns.changed.connect(self._say_columns)
        self.chapters.chosen.connect(partial(self._say, "chapters"))
        self.chapters.settling.connect(self.settling)
        self._plain.hide()

    def _add_tick(self, name: str) -> None:
        words, tip = TICKS[name]
        self.ticks[name] = tick = Tick(self._theme, words)
        tick.setToolTip(plain_tip(tip))
        tick.clicked.connect(partial(self._say_tick, name))
        beside: list[QWidget | None] = [None]
        if name == "whole_page":
            beside = [self._from, None, self.choose]
        elif name in GONE:
            self.gone[name] = gone = Label(self._theme, "", "small", muted=True)
            beside = [gone, None]
        self._lines.addLayout(row(tick, *beside))

    def _row(self, words: str, *widgets: QWidget) -> QWidget:
        made = QWidget()
        label = Label(self._theme, words, "small", muted=True)
        label.setFixedWidth(84)
        line = row(label, *widgets, None)
        line.setContentsMargins(0, 0, 0, 0)
        made.setLayout(line)
        self._lines.addWidget(made)
        return made

    def offer_plain(self) -> None:
        """Offer to take what was pasted as plain text."""
        self._plain.show()
        self.show()

    def _say(self, name: str, value: Any) -> None:
        self._options = replace(self._options, **{name: value})
        self.changed.emit(self._options)

    def _say_tick(self, name: str, *_: object) -> None:
        self._say(name, self.ticks[name].isChecked())

    def _say_columns(self, at: int) -> None:
        self._say("columns", COLUMNS[at])

    @property
    def settled(self) -> bool:
        """Whether the draft shown is what is ticked here; not while a person ticks chapters, or none is ticked."""
        return self.chapters.isHidden() or self.chapters.settled

    def show_draft(self, draft: Draft, *, choosing: bool = False) -> None:
        """Show how a draft was read, and offer what would make a difference to it.

        ``choosing``: of its whole page a person chooses what to keep.
        """
        self._options = draft.options
        self._show_encoding(draft)
        self._columns.setVisible("columns" in draft.can)
        self.columns.blockSignals(True)
        self.columns.choose(COLUMNS.index(draft.options.columns) if draft.options.columns in COLUMNS else 0)
        self.columns.blockSignals(False)
        for name, tick in self.ticks.items():
            tick.setVisible(name in draft.can and not (choosing and name == "whole_page"))
            tick.setChecked(bool(getattr(draft.options, name)))
        for name, label in self.gone.items():
            n = _left_out(draft, GONE[name])
            label.setText(tr("{n:,} left out", n=n))
            label.setVisible(name in draft.can and n > 0)
        self._show_choosing(draft, choosing)
        self.chapters.setVisible("chapters" in draft.can and bool(draft.chapters))
        unspaced = texts.has_unspaced_script(draft.text[:LOOKED_AT])
        self.chapters.show_chapters(draft.chapters, draft.options.chapters, unspaced=unspaced)
        offered = draft.can & {"columns", "chapters", "encoding", *self.ticks}
        self.setVisible(bool(offered) or not self._plain.isHidden())

    def _show_choosing(self, draft: Draft, on: bool) -> None:
        self._from.setVisible(on)
        self.choose.setText(tr("Only the article found") if on else tr("Choose what to keep"))
        self.choose.setAccessibleName(self.choose.text())
        tip = tr("Leave the rest of the page out again.") if on else CHOOSE_TIP
        self.choose.setToolTip(plain_tip(tip))
        self.choose.setVisible(on or ("whole_page" in draft.can and not draft.options.whole_page))

    def _show_encoding(self, draft: Draft) -> None:
        self._encoding.setVisible("encoding" in draft.can and bool(draft.report.encoding))
        now = draft.report.encoding
        how = _HOW.get(draft.report.how, "")
        known = next((e for e in ENCODINGS if _codec(e) == _codec(now)), now)
        words = tr("{encoding}, {how}", encoding=known, how=how) if how else known
        others = [(e, encoding_words(e)) for e in ENCODINGS if e != known]
        self.encoding.set_choices([(now, words), *others], now)
        self.guess.setVisible(draft.report.how == "guess")


def _left_out(draft: Draft, kinds: Sequence[str]) -> int:
    """Return how much of these kinds was left out, as the report tells."""
    numbers = ((line, left_out_number(line)) for line in draft.report.left_out)
    return sum(n for line, n in numbers if any(line == left_out_words(kind, n) for kind in kinds))


def _codec(encoding: str) -> str:
    """Return what one encoding of several names is called within."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:  # how a text is written may have a name of our own
        return encoding


def _please_check(theme: Theme) -> Painted:
    width = int(advance(font("small"), tr("please check"))) + 16

    def draw(p: QPainter, box: Box, t: Theme) -> None:
        dashed_frame(p, box.r.adjusted(0, 1, 0, -1), t, 4)
        box.text(p, tr("please check"), 0, 0, box.w, box.h, font("small"), t.ink, mid=True)

    return Painted(theme, draw, tr("The encoding is a guess: please check"), QSize(width, 22))


class Chapters(QWidget):
    """The parts of a book with how long each is; ticked ones are read."""

    chosen = Signal(object)
    """Keys of the chapters to read; none where all are."""
    settling = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = _ChaptersModel()
        self._told = Label(theme, "", "small", muted=True)
        self.all = Button(theme, tr("All"), "quiet", name=tr("Take all chapters"))
        self.none = Button(theme, tr("None"), "quiet", name=tr("Take no chapter, then tick those to read"))
        self.list = _ChapterList(theme, self._model)
        lines = column(self, gap=4)
        lines.addLayout(row(Label(theme, tr("Chapters"), "small", muted=True), self._told, None, self.all, self.none))
        lines.addWidget(self.list)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._say)
        self._unspaced = False
        self._model.ticked.connect(self._ticked)
        self.all.clicked.connect(lambda: self._model.tick_all(True))
        self.none.clicked.connect(lambda: self._model.tick_all(False))

    @property
    def settled(self) -> bool:
        """Whether some are ticked, and nobody is ticking."""
        return bool(self._model.on) and not self._wait.isActive()

    def show_chapters(self, chapters: Sequence[Chapter], keys: Sequence[str], *, unspaced: bool = False) -> None:
        """Show a book's chapters, ticked where they are read. ``unspaced``: their words may be single characters."""
        if chapters == self._model.chapters and not self.settled:
            return  # a person is ticking still
        self._unspaced = self._model.unspaced = unspaced
        self._model.take(chapters, set(keys) or {c.key for c in chapters})
        self.list.setFixedHeight(min(MOST_ROWS, max(1, len(chapters))) * ROW + 10)
        self._tell()

    def _ticked(self) -> None:
        self._tell()
        self._wait.start()
        self.settling.emit()

    def _tell(self) -> None:
        on = self._model.on
        if on:
            long = word_count(sum(c.words for c in self._model.chapters if c.key in on), unspaced=self._unspaced)
            said = tr("{n} of {all}, {words}", n=len(on), all=len(self._model.chapters), words=long)
        else:
            said = tr("tick at least one")
        self._told.setText(said)

    def _say(self) -> None:
        chapters, on = self._model.chapters, self._model.on
        if on:
            self.chosen.emit(() if len(on) == len(chapters) else tuple(c.key for c in chapters if c.key in on))
        self.settling.emit()


class _ChaptersModel(QAbstractListModel):
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chapters: Sequence[Chapter] = ()
        self.on: set[str] = set()
        self.unspaced = False

    def long(self, chapter: Chapter) -> str:
        """Return how long a chapter is, in words."""
        return word_count(chapter.words, unspaced=self.unspaced)

    def take(self, chapters: Sequence[Chapter], on: set[str]) -> None:
        """Show other chapters, or others ticked."""
        self.on = on
        if chapters != self.chapters:
            self.beginResetModel()
            self.chapters = chapters
            self.endResetModel()
        else:
            self._tell()

    def _tell(self) -> None:
        if self.chapters:
            self.dataChanged.emit(self.index(0), self.index(len(self.chapters) - 1))

    def tick_all(self, on: bool) -> None:
        """Tick every chapter, or none."""
        self.on = {c.key for c in self.chapters} if on else set()
        self._tell()
        self.ticked.emit()

    def toggle(self, index: AnyIndex) -> None:
        """Tick a chapter, or take its tick away."""
        if index.isValid():
            self.on ^= {self.chapters[index.row()].key}
            self.dataChanged.emit(index, index)
            self.ticked.emit()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many chapters there are."""
        return 0 if parent.isValid() else len(self.chapters)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a chapter's title, state, or what is read aloud."""
        chapter = self.chapters[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return chapter.title
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if chapter.key in self.on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = tr("read") if chapter.key in self.on else tr("not read")
            return tr("{title}, {words}, {state}", title=chapter.title, words=self.long(chapter), state=state)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(chapter.title)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return that a chapter can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class _ChapterList(RowList):
    """Space, Enter or a click ticks."""

    def __init__(self, theme: Theme, model: _ChaptersModel) -> None:
        super().__init__(tr("Chapters to read; Space ticks"), model)
        self.chapters = model
        self.setItemDelegate(_ChapterRow(theme, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.clicked.connect(model.toggle)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space; Enter is the dialog's."""
        if event.key() == Qt.Key.Key_Space:
            self.chapters.toggle(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _ChapterRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: _ChapterList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the size of a row."""
        return QSize(60, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a tick box, the title, how many words."""
        t = self._theme
        rect: QRect = option.rect  # type: ignore[attr-defined]
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        box = Box(QRectF(rect), mirrored)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        model = self._view.chapters
        chapter = model.chapters[index.row()]
        p.save()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_MouseOver:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.hover))
            p.drawRoundedRect(box.rc(0, 0, box.w, box.h), 5, 5)
        mark = box.rc(6, 6, 16, 16).adjusted(0.5, 0.5, -0.5, -0.5)
        p.setPen(QColor(t.ink if on else t.edge))
        p.setBrush(QColor(t.ink if on else t.raised))
        p.drawRoundedRect(mark, 4, 4)
        if on:
            p.drawPixmap(mark.adjusted(1, 1, -1, -1).toRect(), icon("check", t.page, 14))
        long = model.long(chapter)
        room = advance(font("small"), long)
        box.text(p, chapter.title, 30, 0, box.w - room - 46, box.h, font("body"), t.ink if on else t.muted)
        box.text(p, long, box.w - room - 10, 0, room + 2, box.h, font("small"), t.muted, end=True)
        if self._view.hasFocus() and index == self._view.currentIndex():
            focus_ring(p, box.r, t, 5)
        p.restore()
