"""The pages of a report as they will be: turned by keys, whole or as wide as there is room; paper stays white."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from annotator.exporters.options import ReportOptions
from annotator.language import tr
from annotator.ui.paint import Box, focus_ring
from annotator.ui.previewing import Maker, Previewer, Shown, Wish
from annotator.ui.theme import Theme, font

_MARGIN = 16
_WAIT = 120
"""Milliseconds after the last change until the pages are made anew."""


class PagePreview(QAbstractScrollArea):
    """Shows one page. ``turned`` tells that another page, or another number of pages, is shown."""

    turned = Signal()

    def __init__(self, theme: Theme, maker: Maker) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._options = ReportOptions()
        self._scope = "one"
        self._page = 0
        self._wide = False
        self._asked = False
        self._closed = False
        self._words = tr("Making the preview…")
        self._previewer = Previewer(maker, self)
        self._previewer.shown.connect(self._take)
        self._previewer.failed.connect(self._tell)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setToolTip(tr("Page Up and Page Down turn the pages, W shows them as wide as there is room"))
        self._name()

    # -- what is shown

    @property
    def page(self) -> int:
        """The page shown, counted from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages were laid out; 0 where none was yet."""
        return self._shown.count if self._shown is not None else 0

    @property
    def is_counted(self) -> bool:
        """Whether all pages were laid out."""
        return self._shown is not None and self._shown.complete

    @property
    def page_shown(self) -> int:
        """The page whose picture is there, which may not be the one wished for yet; -1 where there is none."""
        return self._shown.page if self._shown is not None else -1

    @property
    def kind(self) -> str:
        """The kind of the report shown; an empty text where none is yet."""
        return self._shown.wish.options.kind if self._shown is not None else ""

    @property
    def shown_of(self) -> str:
        """How much is shown of what will be written; an empty text where that is all."""
        return self._shown.of if self._shown is not None else ""

    @property
    def is_wide(self) -> bool:
        """Whether a page is as wide as there is room."""
        return self._wide

    def show_report(self, options: ReportOptions, scope: str) -> None:
        """Show a report made with these options; soon, for there may be more to come."""
        if (options.kind, scope) != (self._options.kind, self._scope):
            self._page = 0
        self._options, self._scope = options, scope
        self._later.start(_WAIT if self._asked else 0)

    def turn(self, to: int) -> None:
        """Show another page, as far as there is one."""
        most = max(0, self.pages - 1)
        to = max(0, min(to, most))
        if to != self._page:
            self._page = to
            self.verticalScrollBar().setValue(0)
            self._ask()
            self.turned.emit()

    def set_wide(self, wide: bool) -> None:
        """Show pages as wide as there is room, or whole."""
        if wide != self._wide:
            self._wide = wide
            self._ask()
            self.turned.emit()

    def close_down(self) -> None:
        """Make no more pages, whatever is asked for."""
        self._closed = True
        self._later.stop()
        self._previewer.stop()

    def _ask(self) -> None:
        self._later.stop()
        if self._closed:
            return
        self._asked = True
        ratio = self.devicePixelRatioF()
        self._previewer.ask(Wish(self._options, self._scope, self._page, max(64, round(self._width() * ratio))))

    def _width(self) -> float:
        """Return how wide a page is shown, px."""
        room = self.viewport().size()
        width = room.width() - 2.0 * _MARGIN
        if not self._wide:
            width = min(width, (room.height() - 2 * _MARGIN) * self._shape())
        return max(64.0, width)

    def _shape(self) -> float:
        """Return width by height of a page; until the first is there, that of the paper."""
        if self._shown is not None:
            return self._shown.image.width() / self._shown.image.height()
        return 210 / 297

    def _take(self, shown: Shown) -> None:
        was = self._shape()
        self._shown, self._words, self._page = shown, "", shown.page
        if abs(self._shape() - was) > 0.01:
            self._later.start(0)  # another shape of page takes another width
        self._measure()
        self._name()
        self.viewport().update()
        self.turned.emit()

    def _tell(self, words: str) -> None:
        self._shown, self._words = None, words
        self._name()
        self.viewport().update()
        self.turned.emit()

    def _name(self) -> None:
        self.setAccessibleName(tr("Preview of the report"))
        told = tr("Page {n} of {all}", n=self._page + 1, all=self.pages) if self.pages else self._words
        self.setAccessibleDescription(told)

    def _measure(self) -> None:
        """Let the scroll bar follow the height of the page."""
        over = self._width() / self._shape() + 2 * _MARGIN - self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(over)) if self._wide else 0)
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    # -- events

    def sizeHint(self) -> QSize:
        """Return the room of a page that can be read."""
        return QSize(700, 600)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the page as large as there is room."""
        super().resizeEvent(event)
        self._measure()
        if self._asked:
            self._later.start(_WAIT)

    def changeEvent(self, event: QEvent) -> None:
        """Show whether there is the keyboard."""
        super().changeEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that there is the keyboard."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, scroll a wide one, change its size."""
        key = Qt.Key(event.key())
        pages = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.pages - 1,
        }
        if key in pages:
            self.turn(pages[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (60 if key == Qt.Key.Key_Down else -60))
        elif key == Qt.Key.Key_W:
            self.set_wide(not self._wide)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll a wide page; turn a whole one."""
        bar = self.verticalScrollBar()
        steps = event.angleDelta().y()
        if bar.maximum() > 0:
            super().wheelEvent(event)
        elif steps:
            self.turn(self._page + (-1 if steps > 0 else 1))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: there is one picture only."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the page and the ring of the keyboard."""
        p = QPainter(self.viewport())
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.viewport().rect())
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(self._theme.hover))
        p.drawRoundedRect(area, 8, 8)
        if self._shown is None:
            Box(area).text(
                p,
                self._words,
                24,
                area.height() / 2 - 40,
                area.width() - 48,
                80,
                font("body"),
                self._theme.muted,
                wrap=True,
            )
        else:
            page = self._place()
            p.drawImage(page, self._shown.image)
            p.setPen(QPen(QColor(self._theme.edge), 1))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            focus_ring(p, area, self._theme, 8)
        p.end()

    def _place(self) -> QRectF:
        width, room = self._width(), self.viewport().size()
        height = width / self._shape()
        top = max(_MARGIN, (room.height() - height) / 2) - self.verticalScrollBar().value()
        return QRectF((room.width() - width) / 2, top, width, height)
