"""The bar above the text that says which marks stand out: a chip per facet, how many pass, dim or hide the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle
from annotator.ui.actions import key_words
from annotator.ui.article.find_bar import SymbolButton
from annotator.ui.article.pop_list import PopList
from annotator.ui.filters import FACETS, Filter, facet_title, options, words_of
from annotator.ui.labels import Hints, Label, painter, plain_tip
from annotator.ui.paint import Box, advance, focus_ring
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font, icon

ROW = 44
CHIP = 28
GAP = 5
SIDE = 16
MOST_VALUE = 150
"""A chip's value is cut at this width, px."""
LIST_ROW = 32
LIST_WIDTH = 260
_CLEAR = key_words("Shift+Del")
_HIDDEN_FACETS = {"teacher": ("status", "coder"), "editor": ("coder",)}


class Chip(QAbstractButton):
    """A facet and what is chosen in it. Clicked, Space, Enter or Down opens its list; Delete empties it, with Shift all."""

    asked = Signal()
    emptied = Signal()
    all_emptied = Signal()

    def __init__(self, theme: Theme, name: str, *, toggle: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._value = ""
        self.setCheckable(toggle)
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.asked)
        self.show_value("")

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def show_value(self, words: str) -> None:
        """Show what is chosen; "" where everything passes."""
        self._value = words
        if not self.isCheckable():
            self.setAccessibleName(tr("{facet}: {value}", facet=self._name, value=words or tr("any")))
            self.setToolTip(
                plain_tip(
                    tr(
                        "Enter opens the list; Del takes the choice back, {clear} all; Esc leads to the article",
                        clear=_CLEAR,
                    )
                    if words
                    else ""
                )
            )
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room name, value and sign take."""
        value = min(MOST_VALUE, advance(font("small", 600), self._value)) + 6 if self._value else 0
        sign = 40 if self.isCheckable() else 30
        return QSize(int(advance(font("small"), self._name) + value) + sign, CHIP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, empty, or go to the chip beside."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            everything = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.all_emptied if everything else self.emptied).emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild((key == Qt.Key.Key_Right) != self.isRightToLeft())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a pill; one with a choice has a heavier edge, a tint and its value in strong letters."""
        p, t = painter(self), self._theme
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        on = (bool(self._value) or self.isChecked()) and self.isEnabled()
        hovered = self.underMouse() or self.isDown()
        p.setPen(QPen(QColor(t.ink if on else t.edge if self.isEnabled() else t.line), 1.6 if on else 1))
        p.setBrush(QColor(t.tint if on else t.hover if hovered and self.isEnabled() else t.raised))
        p.drawRoundedRect(box.r.adjusted(1, 1, -1, -1), CHIP / 2 - 1, CHIP / 2 - 1)
        x = 11.0
        if self.isCheckable():
            _tick(p, box.rc(x - 2, 7, 14, 14), t, on=self.isChecked())
            x += 18
        width = advance(font("small"), self._name)
        box.text(p, self._name, x, 0, width + 2, CHIP, font("small"), t.ink if on else t.muted)
        x += width + 6
        if self._value:
            room = box.w - x - 18
            box.text(p, self._value, x, 0, room, CHIP, font("small", 600), t.ink)
        if not self.isCheckable():
            p.drawPixmap(box.rc(box.w - 18, 8, 12, 12).toRect(), icon("chevron-down", t.ink if on else t.muted, 12))
        if self.hasFocus():
            focus_ring(p, box.r, t, CHIP / 2)
        p.end()


def _tick(p: QPainter, rect: QRectF, t: Theme, *, on: bool) -> None:
    p.setPen(QPen(QColor(t.ink if on else t.edge), 1.2))
    p.setBrush(QColor(t.ink) if on else Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
    if on:
        p.setPen(QPen(QColor(t.page), 1.8))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPolyline([rect.topLeft() + QPointF(*d) for d in ((3, 7), (6, 10), (11, 4))])


class Option(NamedTuple):
    """A value a facet offers, its words, and whether it is chosen."""

    value: str
    words: str
    on: bool

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return tr("{value}, chosen", value=self.words) if self.on else self.words


def _draw_option(p: QPainter, box: Box, option: Option, state: RowState) -> None:
    t = state.theme
    _tick(p, box.rc(8, (box.h - 14) / 2, 14, 14), t, on=option.on)
    box.text(p, option.words, 32, 0, box.w - 40, box.h, font("body", 600 if option.on else 400), t.ink)


class FilterBar(QWidget):
    """Asks; whoever owns it applies the filter and answers with ``show_count``."""

    changed = Signal(object)
    """The Filter a person made."""
    hiding = Signal(bool)
    cleared = Signal()
    closed = Signal()
    left = Signal()
    """The keyboard wants to be in the text again; what stands out stays."""

    def __init__(self, theme: Theme, article: Callable[[], AnnotatedArticle | None]) -> None:
        super().__init__()
        self._theme = theme
        self._article = article
        self._profile = "editor"
        self._filter = Filter()
        self._list: PopList | None = None
        self._asking = ""
        self._counts = ("", "")
        """How many marks pass, in words and in figures alone."""
        self.setAccessibleName(tr("Filter of marks"))
        self.chips = {facet: Chip(theme, facet_title(facet)) for facet in FACETS}
        self.rest = Chip(theme, tr("Hide the rest"), toggle=True)
        self.rest.setAccessibleName(tr("Hide the marks that do not match"))
        self.rest.setToolTip(plain_tip(tr("Otherwise they are drawn thin and pale")))
        self.count = Label(theme, "", "small")
        self.hints = Hints(theme, [("Esc", tr("to the article")), (_CLEAR, tr("show all"))])
        self.clear = SymbolButton(theme, "undo-2", tr("Show all marks again ({key})", key=_CLEAR))
        self.shut = SymbolButton(theme, "x", tr("Show all marks and close"))
        for part in (*self.chips.values(), self.rest, self.count, self.hints, self.clear, self.shut):
            part.setParent(self)
        for facet, chip in self.chips.items():
            chip.asked.connect(lambda facet=facet: self._ask(facet))
            chip.emptied.connect(lambda facet=facet: self._set(facet, ()))
            chip.all_emptied.connect(self.cleared)
        self.rest.all_emptied.connect(self.cleared)
        self.rest.toggled.connect(self.hiding)
        self.clear.clicked.connect(self.cleared)
        self.shut.clicked.connect(self.closed)
        self.show_filter(self._filter)

    # -- what it shows

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        for part in (*self.chips.values(), self.rest, self.count, self.hints, self.clear, self.shut):
            part.set_theme(theme)
        if self._list is not None:
            self._list.set_theme(theme)
        self.update()

    def set_profile(self, profile: str) -> None:
        """Offer what a profile works with; a facet that is in use stays."""
        self._profile = profile
        self._share()

    def show_filter(self, wanted: Filter) -> None:
        """Show a filter."""
        self._filter = wanted
        annotated = self._article()
        for facet, chip in self.chips.items():
            values = wanted.values(facet)
            chip.show_value(words_of(annotated, facet, values) if annotated is not None else "")
        self.clear.setEnabled(bool(wanted))
        self.rest.setEnabled(bool(wanted))
        self._share()

    def show_count(self, shown: int | None, total: int) -> None:
        """Say how many marks pass, of how many; None: not counted yet."""
        if not self._filter:
            words = trn("{n} mark", "{n} marks", total)
        elif shown is None:
            words = tr("counting…")
        else:
            words = tr("{shown} of {total} shown", shown=f"{shown:,}", total=f"{total:,}")
        short = f"{shown:,} / {total:,}" if self._filter and shown is not None else words
        self._counts = words, short
        self.count.setAccessibleName(words)
        self._share()

    def enter(self) -> None:
        """Give the first chip the keyboard."""
        first = next((c for c in self.chips.values() if not c.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- asking

    def _options(self, facet: str) -> list[Option]:
        annotated = self._article()
        if annotated is None:
            return []
        chosen = self._filter.values(facet)
        return [Option(value, words, value in chosen) for value, words in options(annotated, facet, self._profile)]

    def _ask(self, facet: str) -> None:
        if self._list is None:
            self._list = PopList(
                self._theme, tr("Values to filter by"), lambda o: o.spoken, _draw_option, LIST_ROW, self
            )
            self._list.taken.connect(self._take)
        self._asking = facet
        chip = self.chips[facet]
        self._list.setAccessibleName(facet_title(facet))
        at = QRect(chip.mapToGlobal(QPoint(0, 0)), chip.size())
        self._list.open_at(self._options(facet), at, LIST_WIDTH)

    def _take(self, option: Option) -> None:
        """Take a value in or out; the list stays for another."""
        self._set(self._asking, self._filter.values(self._asking) ^ {option.value})
        if self._list is not None:
            self._list.set_rows(self._options(self._asking))

    def _set(self, facet: str, values: frozenset[str] | tuple[()]) -> None:
        self.changed.emit(self._filter.with_values(facet, values))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the text with what was chosen kept; where nothing is chosen the bar goes too."""
        if event.key() == Qt.Key.Key_Escape:
            (self.left if self._filter else self.closed).emit()
        else:
            super().keyPressEvent(event)

    # -- room

    def _offered(self) -> list[QWidget]:
        out: list[QWidget] = []
        for facet, chip in self.chips.items():
            offered = facet not in _HIDDEN_FACETS.get(self._profile, ()) or bool(self._filter.values(facet))
            chip.setVisible(offered)
            if offered:
                out.append(chip)
        return [*out, self.rest, self.count]

    def _share(self) -> None:
        """Put chips and count from the start, in as many rows as they take; buttons stand at the end of the first."""
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        self._show_counts(self._counts[0])
        x = box.w - 12
        for part in (self.shut, self.clear):
            x -= part.width()
            part.move(box.rc(x, (ROW - part.height()) / 2, part.width(), 0).topLeft().toPoint())
            x -= GAP
        first_row = x
        x, row = float(SIDE), 0
        self.rest.resize(self.rest.sizeHint())
        for part in self._offered():
            limit = first_row if row == 0 else box.w - SIDE
            if part is self.count and x + part.width() > limit:
                self._show_counts(self._counts[1])
            if x > SIDE and x + part.width() > limit:
                x, row = float(SIDE), row + 1
            y = row * (CHIP + GAP) + (ROW - CHIP) / 2
            part.move(box.rc(x, y, part.width(), CHIP).topLeft().toPoint())
            x += part.width() + GAP
        self._place_hints(box, x, row, first_row if row == 0 else box.w - SIDE)
        height = ROW + row * (CHIP + GAP)
        if height != self.height():
            self.setFixedHeight(height)

    def _place_hints(self, box: Box, start: float, row: int, end: float) -> None:
        """Say at the end of the last row how to leave and how to clear, where there is room and something to keep."""
        size = self.hints.sizeHint()
        x = end - size.width() - GAP
        self.hints.setVisible(bool(self._filter) and x >= start + SIDE)
        y = row * (CHIP + GAP) + (ROW - size.height()) / 2
        self.hints.setGeometry(box.rc(x, y, size.width(), size.height()).toRect())

    def _show_counts(self, words: str) -> None:
        self.count.setText(words)
        self.count.resize(self.count.sizeHint().width() + 1, CHIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the room."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Share it out anew where the window is mirrored."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._share()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below."""
        p = painter(self)
        p.fillRect(self.rect(), QColor(self._theme.panel))
        p.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(self._theme.line))
        p.end()
