"""The audit's figures in the panel: tiles with a bar for the first ones, a list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.analysis.sourcing import FIGURES, OPEN_ENDS, Audit, Diversity, Figure, Span
from annotator.exporters import figures
from annotator.language import tr
from annotator.ui.charting import quiet
from annotator.ui.controls import painter, plain_tip
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance, focus_ring
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font

TEACHER = ("attribution_share", "check_worthy_unattributed", "unnamed_share")
"""The figures a teacher sees."""
GAP, PAD = 24, 6
"""Between the bars of two tiles, and from a tile's edge to its bar, px."""
LEAST = 140
"""No tile is narrower, px."""
LOW, HIGH = 56, 74
"""Height of a tile with a title of one line, and of two."""
ROW, TALL, HEAD = 30, 48, 34


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of the list of all figures; one without a ``key`` is the head of a group."""

    key: str
    title: str
    value: str = ""
    per_cent: str = ""
    more: str = ""
    share: float | None = None
    opens: bool = False
    counted: str = ""
    """How it is counted."""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.value, self.per_cent, self.more) if part)

    @property
    def height(self) -> int:
        """Its height, px."""
        return HEAD if not self.key else TALL if self.more else ROW


def spans_of(audit: Audit, key: str) -> tuple[Span, ...]:
    """Return the passages behind a figure by its name."""
    if key in audit.figures:
        return audit.figures[key].spans
    if key in audit.open_ends:
        return audit.open_ends[key].spans
    if key == "longest_unattributed_passage":
        return (audit.longest.span,) if audit.longest is not None else ()
    if key == "loaded_terms":
        return audit.loaded_terms.spans
    if key == "silent_sources":
        return audit.silent
    return audit.contested_without_reply if key == "contested_without_reply" else ()


def rest_of(audit: Audit, key: str) -> tuple[Span, ...]:
    """Return the passages of a figure's whole that it does not count."""
    return audit.figures[key].rest if key in audit.figures else ()


def amount_of(audit: Audit, key: str) -> float:
    """Return how many a figure counts."""
    return audit.figures[key].n if key in audit.figures else float(len(spans_of(audit, key)))


def value_of(audit: Audit, key: str) -> tuple[str, str, float | None]:
    """Return a figure as "15 of 20", its per cent (empty where only counts are shown) and its share."""
    figure = audit.figures.get(key)
    if figure is not None:
        shown = "" if audit.is_short or not figure.of else figures.per_cent(figure.share)
        return figures.n_of(figure), shown, figure.share
    return count_of(audit, key), "", None


def count_of(audit: Audit, key: str) -> str:
    """Return a figure that is a mere count."""
    if key in audit.open_ends:
        return figures.number(audit.open_ends[key].n)
    if key == "longest_unattributed_passage":
        return figures.words_of(audit.longest.words, audit) if audit.longest is not None else tr("none")
    if key == "loaded_terms":
        return figures.number(audit.loaded_terms.n)
    return figures.number(len(spans_of(audit, key)))


def rows_of(audit: Audit) -> list[FigureRow]:
    """Return all figures in groups."""
    return [
        FigureRow("", tr("Shares")),
        *(_row(audit, key) for key in FIGURES),
        _row(audit, "contested_without_reply"),
        FigureRow("", tr("Passages")),
        _row(audit, "longest_unattributed_passage"),
        _row(audit, "loaded_terms", _terms(audit)),
        _row(audit, "silent_sources"),
        *_spread(audit),
        FigureRow("", tr("Open ends")),
        *(_row(audit, key) for key in OPEN_ENDS if key in audit.open_ends),
    ]


def _row(audit: Audit, key: str, more: str = "") -> FigureRow:
    value, per_cent, share = value_of(audit, key)
    opens = bool(spans_of(audit, key)) or (len(audit.articles) > 1 and key in audit.figures)
    title = figures.title(key, unspaced=audit.unspaced)
    counted = figures.counted(key, unspaced=audit.unspaced)
    return FigureRow(key, title, value, per_cent, more, share, opens, counted)


def _terms(audit: Audit) -> str:
    terms = audit.loaded_terms
    if not terms.n:
        return ""
    return tr(
        "{author} in the author’s voice, {attributed} in attributed claims, {elsewhere} elsewhere",
        author=f"{terms.author_voice:,}", attributed=f"{terms.attributed:,}", elsewhere=f"{terms.elsewhere:,}",
    )  # fmt: skip


def _spread(audit: Audit) -> Iterator[FigureRow]:
    """Yield how claims are spread over affiliations, sources and sides; nothing of it on a short text."""
    yield FigureRow("", tr("Spread"))
    if audit.is_short:
        yield FigureRow("spread", tr("Under ten attributed claims: no figures of spread"))
        return
    for key, spread in (
        ("diversity_by_source", audit.by_source),
        ("diversity_by_affiliation", audit.by_affiliation),
        ("diversity_by_side", audit.by_side),
    ):
        value = figures.n_of(Figure(spread.known, spread.of))
        yield FigureRow(key, figures.title(key), value, "", _told(spread), counted=figures.counted(key))


def _told(found: Diversity) -> str:
    told = figures.spread(found)
    if not told.share:
        return tr("not known of any")
    if not told.effective:  # of a part of the claims the two numbers below would say little
        return tr(
            "{n} in all, {share} {top}; not known of all, so no figures of spread",
            n=told.n,
            share=told.share,
            top=told.most,
        )
    return tr(
        "{n} in all, {share} {top}; effective number {effective}, Gini-Simpson {gini}",
        n=told.n, share=told.share, top=told.most, effective=told.effective, gini=told.gini,
    )  # fmt: skip


class FigureTile(QPushButton):
    """A figure: how many, of how many, per cent, a bar, and what it is. Pressed, it opens its passages."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.key = key
        self._theme = theme
        self._n = self._of = self._per_cent = ""
        self._share: float | None = None
        self._title = figures.title(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(figures.counted(key)))

    def show_figure(self, audit: Audit) -> None:
        """Take the figure from an audit."""
        figure = audit.figures[self.key]
        self._title = figures.title(self.key, unspaced=audit.unspaced)
        self.setToolTip(plain_tip(figures.counted(self.key, unspaced=audit.unspaced)))
        value, self._per_cent, self._share = value_of(audit, self.key)
        self._n = figures.number(figure.n) if figure.of else tr("none")
        self._of = tr("of {n}", n=f"{figure.of:,}") if figure.of else ""
        says = figures.says(self.key, figure.of, unspaced=audit.unspaced) if figure.of else self._title
        self.setAccessibleName(" ".join(part for part in (value, says) if part))
        self.setAccessibleDescription(self._per_cent)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def lines(self, width: float) -> int:
        """Return how many lines the title takes in a tile of a width, two at most."""
        return 1 if advance(font("small"), self._title) <= width else 2

    def sizeHint(self) -> QSize:
        """Return the least room of a tile."""
        return QSize(LEAST, LOW)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show it no more."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        p = painter(self)
        t, box = self._theme, Box(QRectF(self.rect()), self.isRightToLeft())
        if self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.hover))
            p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        self._draw(p, Box(QRectF(self.rect()).adjusted(PAD, 4, -PAD, -2), box.rtl), t)
        if self.hasFocus():
            focus_ring(p, QRectF(self.rect()), t)
        p.end()

    def _draw(self, p: QPainter, box: Box, t: Theme) -> None:
        big, small = font("figure"), font("small")
        wide = advance(big, self._n)
        cent = advance(small, self._per_cent) + 2 if self._per_cent else 0.0
        box.text(p, self._n, 0, 0, box.w, 24, big, t.ink if self._of else t.muted)
        box.text(p, self._of, wide + 6, 3, box.w - wide - 10 - cent, 20, small, t.muted)
        box.text(p, self._per_cent, box.w - cent, 3, cent, 20, small, t.muted, end=True)
        p.fillRect(box.rc(0, 27, box.w, 3), QColor(quiet(t)))
        if self._share:
            p.fillRect(box.rc(0, 27, max(2.0, box.w * min(1.0, self._share)), 3), QColor(t.ink))
        box.text(p, self._title, 0, 33, box.w, box.h - 33, small, t.ink, wrap=True)


class FigureGrid(QWidget):
    """Tiles side by side, three in a row where there is room; Tab goes to one, arrows to the others."""

    opened = Signal(str)
    """The name of a figure whose passages are asked for."""
    moved = Signal(QRect)
    """Where the tile lies that has the keyboard now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.tiles: list[FigureTile] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Figures"))

    def show_figures(self, audit: Audit, keys: Sequence[str]) -> None:
        """Show these figures of an audit."""
        if [t.key for t in self.tiles] != list(keys):
            for tile in self.tiles:
                tile.deleteLater()
            self.tiles = [self._make(key) for key in keys]
            self._arrange()
        for tile in self.tiles:
            tile.show_figure(audit)

    def _make(self, key: str) -> FigureTile:
        tile = FigureTile(self._theme, key)
        tile.setParent(self)
        tile.clicked.connect(lambda: self.opened.emit(key))
        tile.installEventFilter(self)
        tile.show()
        return tile

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for tiles made later."""
        self._theme = theme

    @property
    def _in_a_row(self) -> int:
        return max(1, min(3, int((self.width() + GAP) // (LEAST + GAP))))

    def _arrange(self) -> None:
        n, gap = self._in_a_row, GAP - 2 * PAD
        wide = (self.width() - (n - 1) * gap) / n
        y = 0
        for first in range(0, len(self.tiles), n):
            line = self.tiles[first : first + n]
            high = HIGH if any(t.lines(wide - 2 * PAD) > 1 for t in line) else LOW
            for k, tile in enumerate(line):
                x = k * (wide + gap)
                left = self.width() - x - wide if self.isRightToLeft() else x
                tile.setGeometry(round(left), y, round(wide), high)
            y += high + 6
        self.setFixedHeight(max(0, y - 6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tiles anew."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Walk the tiles by arrows; Enter opens one."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, FigureTile):
            return self._key(self.tiles.index(watched), event)
        return super().eventFilter(watched, event)

    def _key(self, at: int, event: QKeyEvent) -> bool:
        side = -1 if self.isRightToLeft() else 1
        n = self._in_a_row
        step = {Qt.Key.Key_Right: side, Qt.Key.Key_Left: -side, Qt.Key.Key_Down: n, Qt.Key.Key_Up: -n}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tiles[at].click()
            return True
        if key in step and 0 <= at + step[key] < len(self.tiles):
            to = self.tiles[at + step[key]]
            to.setFocus(Qt.FocusReason.TabFocusReason)
            self.moved.emit(to.geometry())
            return True
        return False


class _Rows(RowsModel[FigureRow]):
    """The lines; the head of a group cannot be chosen."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a line."""
        row = index.data(CELL_ROLE)
        return super().flags(index) if row is not None and row.key else Qt.ItemFlag.NoItemFlags


class FigureList(FitList):
    """All figures in lines; Enter or a click opens the passages of one."""

    moved = Signal(QRect)
    """Where the current line lies."""

    def __init__(self, theme: Theme) -> None:
        rows = _Rows(lambda row: row.spoken, tip=lambda row: row.counted)
        super().__init__(
            theme, tr("All figures"), lambda row: row.spoken, _draw_row, lambda row: row.height, model=rows
        )
        self.selectionModel().currentChanged.connect(self._tell)

    def _tell(self, index: QModelIndex, _: QModelIndex) -> None:
        if self.hasFocus() and index.isValid():
            self.moved.emit(self.visualRect(index))

    def choose_any(self) -> None:
        """Choose the first figure where none is chosen: the first line is a head."""
        if not self.selectionModel().hasSelection() and len(self.values) > 1:
            self.choose(max(1, self.currentIndex().row()))


def _draw_row(p: QPainter, box: Box, row: FigureRow, state: RowState) -> None:
    t = state.theme
    if not row.key:
        box.text(p, row.title, 8, 8, box.w - 16, 24, font("section"), t.ink)
        return
    small = font("small")
    box.text(p, row.title, 8, 3, box.w - 190, 22, font("body"), t.ink)
    box.text(p, row.value, box.w - 180, 3, 120, 22, font("body", 600), t.ink if row.opens else t.muted, end=True)
    box.text(p, row.per_cent, box.w - 56, 3, 48, 22, small, t.muted, end=True)
    if row.more:
        box.text(p, row.more, 8, 24, box.w - 16, 20, small, t.muted)
