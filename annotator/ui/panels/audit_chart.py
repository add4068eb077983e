"""A chart in a panel: painted, walked through by arrows, its passages opened by Enter or a click; copied and saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

from annotator import writing
from annotator.errors import AnnotatorError
from annotator.exporters.document import Chart
from annotator.exporters.shapes import Box
from annotator.language import tr
from annotator.ui.charting import PRINT, SCALE, box_rect, inks_of, paint
from annotator.ui.controls import Button, SectionHead, column
from annotator.ui.frame import open_menu
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import focus_ring
from annotator.ui.spoken import value_changed
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

NEAR = 5.0
"""So near a box (px) above or below it, a click is meant for it; beside it anywhere in its row."""
COPIED = 3
"""A copied picture has so many times the points of the window's."""
PNG_DPI = 192


def picture(chart: Chart, scale: float) -> QImage:
    """Return a chart as it is printed, on white, ``scale`` px to a mm. May run in any thread."""
    made = QImage(QSize(round(chart.width * scale), round(chart.height * scale)), QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.white)
    p = QPainter(made)
    paint(p, chart.shapes, PRINT, scale)
    p.end()
    return made


def as_file(chart: Chart, ending: str) -> bytes:
    """Return a chart as a file of its own: ".svg", else PNG."""
    if ending == ".svg":
        from annotator.exporters.svg import svg  # only now: few want it

        return svg(chart).encode("utf-8")
    made = picture(chart, PNG_DPI / 25.4)
    made.setDotsPerMeterX(round(PNG_DPI / 0.0254))
    made.setDotsPerMeterY(round(PNG_DPI / 0.0254))
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    made.save(held, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - it takes any device
    return bytes(held.data().data())


class ChartView(QWidget):
    """A chart as wide as it was made. Arrows walk its boxes, Enter or a click opens one, its menu copies and saves it."""

    opened = Signal(object)
    """A Box whose passages are asked for."""
    table_asked = Signal(object)
    """The Chart whose table is asked for."""
    moved = Signal(QRect)
    """Where the box lies that has the keyboard now."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._chart: Chart | None = None
        self._boxes: list[Box] = []
        self._at = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    @property
    def boxes(self) -> list[Box]:
        """The boxes that stand for something, in their order."""
        return self._boxes

    def set_chart(self, chart: Chart | None) -> None:
        """Show a chart; None leaves the place empty."""
        self._chart = chart
        self._boxes = [s for s in chart.shapes if isinstance(s, Box) and (s.spans or s.tip)] if chart else []
        self._at = min(self._at, len(self._boxes) - 1)
        self.setFixedHeight(round(chart.height * SCALE) + 2 if chart else 0)
        self.setVisible(chart is not None)
        self.setAccessibleName(chart.title if chart else "")
        self.setAccessibleDescription(chart.alt if chart else "")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def spoken_value(self) -> str:
        """Return what the box says that has the keyboard."""
        return self._boxes[self._at].tip if 0 <= self._at < len(self._boxes) else ""

    # -- places

    @property
    def _mirrored(self) -> float | None:
        return self.width() / SCALE if self.isRightToLeft() else None

    def rect_of(self, box: Box) -> QRectF:
        """Return where a box lies, px."""
        return box_rect(box, SCALE, self._mirrored)

    def box_at(self, at: QPoint) -> Box | None:
        """Return the box under a point, or the nearest one in its row."""
        best: Box | None = None
        least = 0.0
        for box in self._boxes:
            rect = self.rect_of(box)
            if not rect.top() - NEAR <= at.y() <= rect.bottom() + NEAR:
                continue
            away = max(rect.left() - at.x(), at.x() - rect.right(), 0.0)
            if best is None or away < least:
                best, least = box, away
        return best

    # -- mouse and keys

    def event(self, event: QEvent) -> bool:
        """Tell what the box under the pointer stands for."""
        if event.type() == QEvent.Type.ToolTip:
            help_ = cast("QHelpEvent", event)
            box = self.box_at(help_.pos())
            if box is not None and box.tip:
                QToolTip.showText(help_.globalPos(), plain_tip(box.tip), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be opened."""
        box = self.box_at(event.position().toPoint())
        opens = box is not None and bool(box.spans)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the box under the pointer."""
        box = self.box_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and box is not None:
            self._at = self._boxes.index(box)
            self.update()
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the boxes; Enter opens the one that has the keyboard."""
        last = len(self._boxes) - 1
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.isRightToLeft():
            forward, back = back, forward
        to = {
            forward: self._at + 1, Qt.Key.Key_Down: self._at + 1, back: self._at - 1, Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if to is not None and last >= 0:
            self._go(max(0, min(to, last)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        self._at = at
        rect = self.rect_of(self._boxes[at]).toAlignedRect()
        self.moved.emit(rect)
        QToolTip.showText(self.mapToGlobal(rect.bottomLeft()), plain_tip(self._boxes[at].tip), self)
        value_changed(self)
        self.update()

    def _open(self) -> None:
        if 0 <= self._at < len(self._boxes) and self._boxes[self._at].spans:
            QToolTip.hideText()
            self.opened.emit(self._boxes[self._at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the first box."""
        super().focusInEvent(event)
        if self._at < 0 and self._boxes:
            self._at = 0
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no box with the keyboard."""
        super().focusOutEvent(event)
        self.update()

    # -- handing over

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the table behind the chart, and the chart as a picture."""
        if self._chart is None:
            return
        menu = QMenu(self)
        menu.addAction(tr("As a table"), partial(self.table_asked.emit, self._chart))
        menu.addSeparator()
        menu.addAction(tr("Copy picture"), self.copy)
        menu.addAction(tr("Save as PNG…"), partial(self._ask_file, "png", tr("PNG pictures (*.png)")))
        menu.addAction(tr("Save as SVG…"), partial(self._ask_file, "svg", tr("SVG pictures (*.svg)")))
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        open_menu(menu, self._theme, self.mapToGlobal(self.rect().center()) if by_key else event.globalPos())

    def copy(self) -> None:
        """Put the chart on the clipboard, as it is printed."""
        if self._chart is not None:
            QGuiApplication.clipboard().setImage(picture(self._chart, COPIED * SCALE))

    def _ask_file(self, ending: str, kinds: str) -> None:
        if self._chart is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the picture"), f"{self._chart.title}.{ending}", kinds)
        if name:
            self.save(Path(name if name.lower().endswith(f".{ending}") else f"{name}.{ending}"))

    def save(self, to: Path) -> None:
        """Write the chart as a picture, by the ending of the file's name; what cannot be written is told."""
        if self._chart is None:
            return
        try:
            writing.replace(to, as_file(self._chart, to.suffix.lower()))
        except AnnotatorError as error:
            self._workspace.failed.emit(error, None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, and the ring of the box that has the keyboard."""
        if self._chart is None:
            return
        p = painter(self)
        inks = inks_of(self._theme)
        paint(p, self._chart.shapes, inks, SCALE, mirrored=self._mirrored, within=QRectF(event.rect()))
        if self.hasFocus():
            if 0 <= self._at < len(self._boxes):
                ring = self.rect_of(self._boxes[self._at]).adjusted(-3, -3, 3, 3)
                focus_ring(p, ring.intersected(QRectF(self.rect())), self._theme, 3)
            else:
                focus_ring(p, QRectF(self.rect()), self._theme)
        p.end()


class ChartSection(QWidget):
    """A chart under its title, with the way to its table."""

    table_asked = Signal(object)

    def __init__(self, workspace: Workspace, theme: Theme, title: str) -> None:
        super().__init__()
        self.view = ChartView(workspace, theme)
        self.table = Button(theme, tr("As a table"), "quiet", name=tr("{chart}, as a table", chart=title))
        lines = column(self, gap=4)
        lines.addWidget(SectionHead(theme, title, action=self.table))
        lines.addWidget(self.view)
        self.table.clicked.connect(lambda: self.table_asked.emit(self.view.chart))
        self.view.table_asked.connect(self.table_asked)
        self.hide()

    def set_chart(self, chart: Chart | None) -> None:
        """Show a chart; None hides the section."""
        self.view.set_chart(chart)
        self.setVisible(chart is not None)
