"""History: every step kept, newest first, with where the project stands; Enter or a click goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from annotator.errors import AnnotatorError
from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Changes, Project, Step
from annotator.ui.actions import hints
from annotator.ui.days import time_of
from annotator.ui.labels import EmptyNote, Hints, Label, ShyScrollBar, column, plain_tip, row
from annotator.ui.models import CELL_ROLE
from annotator.ui.paint import Box, advance
from annotator.ui.panels.lists import RowDelegate, RowState
from annotator.ui.theme import Theme, font, sheet
from annotator.ui.workspace import Workspace
from annotator.vocabulary import capital

AnyIndex = QModelIndex | QPersistentModelIndex
PAGE = 64
"""Steps read at once; only those in sight are read."""
ROW = 48
WAIT = 200
"""More steps than this at once take a moment, and the pointer says so."""
SIDE = 16
TRACK = 22
"""Where the words begin, beside the track, px."""


@dataclass(frozen=True)
class HistoryRow:
    """One row: a step, or (without one) what was before the oldest step kept."""

    row: int
    step: Step | None
    here: bool
    undone: bool
    where: str = ""
    who: str = ""
    older: bool = False
    """Whether there were steps before, which are not kept."""

    @property
    def words(self) -> str:
        """What was done."""
        if self.step is None:
            return tr("Older steps are not kept") if self.older else tr("The beginning")
        return capital(self.step.name)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return tr("you are here") if self.here else tr("taken back") if self.undone else ""

    @property
    def details(self) -> str:
        """When, where, by whom."""
        time = time_of(self.step.at) if self.step is not None else ""
        return " · ".join(part for part in (time, self.where, self.who) if part)

    @property
    def to(self) -> int:
        """The number a jump to it takes."""
        return self.step.n if self.step is not None else 0


class StepsModel(QAbstractListModel):
    """The steps as rows, newest first, the beginning last. Rows are read in pieces when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self._pages: dict[int, list[Step]] = {}
        self._titles: dict[Id, str] = {}
        self._coders: dict[Id, str] = {}
        self.kept = 0
        self.undone = 0
        """Rows before the one where the project stands."""

    def follow(self, project: Project | None) -> None:
        """Take what the history holds now."""
        kept, undone = project.step_count() if project is not None else (0, 0)
        one_more = project is self._project and (kept, undone, self.undone) == (self.kept + 1, 0, 0)
        same = project is self._project and kept == self.kept
        self._pages.clear()
        self._titles.clear()
        self._coders = project.coder_names() if project is not None else {}
        if one_more:
            self.beginInsertRows(QModelIndex(), 0, 0)
        elif not same:
            self.beginResetModel()
        self._project, self.kept, self.undone = project, kept, undone
        if one_more:
            self.endInsertRows()
        elif not same:
            self.endResetModel()
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() or not self.kept else self.kept + 1

    def row_at(self, at: int) -> HistoryRow:
        """Return a row."""
        here, undone = at == self.undone, at < self.undone
        if at >= self.kept or self._project is None:
            oldest = self.row_at(self.kept - 1).step if self._project is not None and self.kept else None
            return HistoryRow(at, None, here, undone, older=oldest is not None and oldest.n > 1)
        number, within = divmod(at, PAGE)
        if number not in self._pages:
            self._pages[number] = self._project.latest_steps(number * PAGE, PAGE)
        page = self._pages[number]
        step = page[within] if within < len(page) else None
        if step is None:
            return HistoryRow(at, None, here, undone)
        return HistoryRow(at, step, here, undone, self._title(step.article), self._coders.get(step.coder or "", ""))

    def _title(self, article: Id | None) -> str:
        if article is None or self._project is None:
            return ""
        if article not in self._titles:
            try:
                self._titles[article] = self._project.article(article).title
            except AnnotatorError:  # the article of a step may be gone
                self._titles[article] = ""
        return self._titles[article]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row, or the row itself."""
        if not index.isValid():
            return None
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        place = self.row_at(index.row())
        if role == CELL_ROLE:
            return place
        words = ", ".join(part for part in (place.words, place.state, place.details) if part)
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class StepList(QListView):
    """The rows; Enter or a click goes to one."""

    gone_to = Signal(object)

    def __init__(self, theme: Theme, model: StepsModel) -> None:
        super().__init__()
        self._delegate = RowDelegate(theme, lambda _: ROW, _draw, inset=4, bar=False, parent=self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setAccessibleName(tr("Steps, the newest first"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._go)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        self.gone_to.emit(index.data(CELL_ROLE))


class HistoryPanel(QWidget):
    """The panel. It pulls while it is visible, and is stale while it is not."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._stale = True
        self.model = StepsModel()
        self.model.setParent(self)
        self.list = StepList(theme, self.model)
        self.setAccessibleName(tr("History"))
        self._count = Label(theme, "", "title", muted=True)
        self._empty = EmptyNote(
            theme, tr("Nothing was done yet. Every step you take stands here, and can be gone back to.")
        )
        self._keys = Hints(theme)
        head = row(Label(theme, tr("History"), "title"), self._count, None)
        head.setContentsMargins(SIDE, 12, SIDE, 8)
        note = row(self._empty)
        note.setContentsMargins(SIDE, 8, SIDE, 8)
        foot = row(self._keys)
        foot.setContentsMargins(SIDE, 4, SIDE, 6)
        lines = column(self)
        lines.addLayout(head)
        lines.addLayout(note)
        lines.addWidget(self.list, 1)
        lines.addLayout(foot)
        self._rest = QWidget()
        lines.addWidget(self._rest, 1)
        self.list.gone_to.connect(self.go)
        workspace.changed.connect(self._changed)
        workspace.opened.connect(self._changed)
        workspace.closed.connect(self._closed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme, and the keys as they are now."""
        self.setStyleSheet(sheet(theme))
        undo, redo = hints("edit.undo"), hints("edit.redo")
        back = [(key, tr("back")) for key, _ in undo]
        self._keys.set_pairs([("↵", tr("go there")), *back, *((key, tr("forward")) for key, _ in redo)])

    def go(self, place: HistoryRow) -> None:
        """Take back or do again all that lies between now and a place."""
        if place.here:
            return
        many = abs(place.row - self.model.undone) > WAIT
        if many:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._workspace.jump(place.to)
        finally:
            if many:
                QGuiApplication.restoreOverrideCursor()
        said = self.model.index(self.model.undone).data()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def refresh(self) -> None:
        """Pull what the history holds, and keep the place where the project stands in sight."""
        self._stale = False
        was = self.model.kept, self.model.undone
        self.model.follow(self._workspace.project)
        kept, undone = self.model.kept, self.model.undone
        back = f" · {trn('{n} taken back', '{n} taken back', undone)}" if undone else ""
        self._count.setText(f"{kept:,}{back}" if kept else "")
        self._empty.setVisible(not kept)
        self._rest.setVisible(not kept)
        self.list.setVisible(bool(kept))
        if kept:
            here = self.model.index(undone)
            if (kept, undone) != was or not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(here)
            self.list.scrollTo(here)

    def _changed(self, *_: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _closed(self) -> None:
        self.model.follow(None)
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Pull where something changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _draw(p: QPainter, box: Box, place: HistoryRow, state: RowState) -> None:
    """Draw a row: on the track a dot, a ring where it was taken back, a large dot in a ring where the project stands."""
    t = state.theme
    _draw_track(p, box, place, t)
    ink = t.muted if place.undone else t.ink
    chip = advance(font("small", 600 if place.here else 400), place.state) + 14 if place.state else 0
    room = box.w - TRACK - 12
    box.text(p, place.words, TRACK, 5, room, 20, font("body", 600 if place.here else 400, italic=place.undone), ink)
    box.text(p, place.details, TRACK, 25, room - chip - 8, 18, font("small"), t.muted)
    if place.here:
        at = box.rc(box.w - 8 - chip, 26, chip, 17)
        p.setPen(QPen(QColor(t.accent), 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        box.text(p, place.state, box.w - 8 - chip, 26, chip, 17, font("small", 600), t.ink, mid=True)
    elif place.state:
        box.text(p, place.state, box.w - 8 - chip, 25, chip, 18, font("small", italic=True), t.muted, mid=True)


def _draw_track(p: QPainter, box: Box, place: HistoryRow, t: Theme) -> None:
    middle = box.rc(8, 0, 1, box.h).center().x()
    pen = QPen(QColor(t.edge), 1.2, Qt.PenStyle.DashLine if place.undone else Qt.PenStyle.SolidLine)
    p.setPen(pen)
    top, bottom = int(box.r.top()) - 1, int(box.r.bottom()) + 1
    end = int(box.r.top()) + 15 if place.step is None else bottom
    p.drawLine(int(middle), top, int(middle), end)
    y = box.r.top() + 15
    p.setPen(QPen(QColor(t.ink if place.here else t.muted), 1.4))
    p.setBrush(QColor(t.panel if place.undone or place.here else t.muted))
    size = 6.0 if place.here else 3.5
    at = box.rc(8, 0, 1, 1).center()
    at.setY(y)
    p.drawEllipse(at, size, size)
    if place.here:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(t.accent))
        p.drawEllipse(at, 3, 3)
