"""Cards in the margin: a real list of the claims whose rows stand beside their lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip

from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id
from annotator.ui.article import voices
from annotator.ui.article.card import Card
from annotator.ui.article.card_places import (
    BETWEEN,
    MOST_STACKED,
    REST,
    ROW,
    Rest,
    Slot,
    room_below,
    row_height,
    shares,
    spread,
    stacked,
)
from annotator.ui.article.geometry import Run
from annotator.ui.article.marked_text import MarkedText, crowd_tip
from annotator.ui.labels import plain_tip
from annotator.ui.paint import Box, focus_ring, smooth
from annotator.ui.theme import Theme, font

WIDEST = 440
LEAST = 96
_ABOVE_BASE = 5
"""The middle of a card stands this far above its line's baseline, px."""
_AROUND = MOST_STACKED * (ROW + 1)
"""So far outside of what is seen, px, cards are placed: those of a line above it may reach into it."""
_ID = Qt.ItemDataRole.UserRole
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible

AnyIndex = QModelIndex | QPersistentModelIndex


class ClaimRows(QAbstractListModel):
    """The claims of an article in reading order, each with a name to be read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.annotated: AnnotatedArticle | None = None
        self._claims: Sequence[tuple[int, int, Id]] = ()
        self._count = 0

    def show(self, annotated: AnnotatedArticle | None, claims: Sequence[tuple[int, int, Id]]) -> None:
        """Show these claims: (start, end, id) in reading order."""
        self.beginResetModel()
        self.annotated = annotated
        self._claims = claims
        self._count = len(claims)
        self.endResetModel()

    def claims_changed(self, annotated: AnnotatedArticle, touched: Iterable[Id], gone: Sequence[int]) -> None:
        """Follow the list of claims, which has changed; one made or removed is one row made or removed.

        ``gone`` are the rows of those removed, as they were.
        """
        self.annotated = annotated
        grown = len(self._claims) - self._count
        at = [n for n in (self._place(annotated, id_) for id_ in touched) if n is not None]
        if grown == 0:
            self._tell_changed(at)
        elif grown == 1 and len(at) == 1:
            self.beginInsertRows(QModelIndex(), at[0], at[0])
            self._count += 1
            self.endInsertRows()
        elif grown == -1 and len(gone) == 1 and not at:
            self.beginRemoveRows(QModelIndex(), gone[0], gone[0])
            self._count -= 1
            self.endRemoveRows()
        else:
            self.show(annotated, self._claims)

    def _place(self, annotated: AnnotatedArticle, id_: Id) -> int | None:
        claim = annotated.by_id.get(id_)
        if not isinstance(claim, Claim):
            return None
        at = bisect_left(self._claims, (claim.start, claim.end, claim.id))
        return at if at < len(self._claims) and self._claims[at][2] == id_ else None

    def _tell_changed(self, rows: list[int]) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many claims there are."""
        return 0 if parent.isValid() else self._count

    def id(self, row: int) -> Id:
        """Return the id of a row's claim."""
        return self._claims[row][2]

    def claim(self, row: int) -> Claim | None:
        """Return the claim of a row."""
        found = self.annotated.by_id.get(self.id(row)) if self.annotated is not None else None
        return found if isinstance(found, Claim) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a claim's name, or its id."""
        if not index.isValid() or index.row() >= self._count:
            return None
        if role == _ID:
            return self.id(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            claim = self.claim(index.row())
            if claim is not None and self.annotated is not None:
                return voices.card_name(self.annotated, claim, index.row() + 1)
        return None


class Cards(QListView):
    """The margin. The list has no scrolling of its own: it follows the text."""

    picked = Signal(object)
    activated_card = Signal(str)
    escaped = Signal()
    context_requested = Signal(QPoint, list)
    listed = Signal(list, QRect)
    """Claims for whose cards there is no room, to choose among, and where on the screen they are counted."""

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._profile = "editor"
        self._rows = ClaimRows()
        self._slots: dict[Id, Slot] = {}
        self._rests: list[Rest] = []
        self._folded: list[float] = []
        """Middles of the lines whose claims a filter sets back."""
        self._syncing = False
        self.setModel(self._rows)
        self.setAccessibleName(tr("Claims beside the text"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._was_clicked)
        self.doubleClicked.connect(self._was_double_clicked)

    def _was_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(_ID))

    def _was_double_clicked(self, index: QModelIndex) -> None:
        self.activated_card.emit(index.data(_ID))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.viewport().update()

    def set_profile(self, profile: str) -> None:
        """Show what a profile shows: a teacher sees verdicts, others the status of checking."""
        self._profile = profile
        self.viewport().update()

    def show_claims(self, annotated: AnnotatedArticle | None) -> None:
        """Show the claims of another article, or of other rules for what is shown."""
        self._rows.show(annotated, self._text.index.claims)
        self.show_chosen(self._text.chosen)

    def claims_changed(self, annotated: AnnotatedArticle, touched: Iterable[Id], gone: Sequence[int]) -> None:
        """Show the claims after an action on these marks; ``gone`` are the rows of those removed, as they were."""
        self._rows.claims_changed(annotated, touched, gone)
        self.show_chosen(self._text.chosen)

    def show_chosen(self, id_: Id | None) -> None:
        """Make the chosen claim the current row, without saying that a person did it."""
        row = self.row_of(id_)
        index = self._rows.index(row) if row is not None else QModelIndex()
        self._syncing = True
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._syncing = False
        self.viewport().update()

    def row_of(self, id_: Id | None) -> int | None:
        """Return the row of a claim; its number is one more."""
        number = self._text.index.claim_number(id_)
        return None if number is None or number > self._rows.rowCount() else number - 1

    def doItemsLayout(self) -> None:
        """Lay nothing out: where a row stands is asked of the text when it is painted."""
        self.viewport().update()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the card at a place."""
        self.selectionModel().select(self.indexAt(rect.center()), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what to repaint when another card is chosen."""
        return QRegion(self.viewport().rect())

    # -- the list's own shape: rows stand where their lines are

    def _place(self) -> dict[Id, Slot]:
        """Put every card level with its line; more claims that begin there below it or, without room, beside it.

        Only where lines are lower than the lowest card it stands as near as the others let it, joined by a leader.
        """
        lines: dict[float, list[tuple[int, int, Id]]] = {}
        self._folded = []
        height = self.viewport().height()
        for block, at in self._text.in_sight(0, height):
            for run in self._text.geometry_.runs(block, -at.y() - _AROUND, height - at.y() + _AROUND):
                if not _begins_claim(run):
                    continue
                middle = round(at.y() + run.base - _ABOVE_BASE * run.scale, 1)
                mark = run.span.annotation
                if self._text.stands_out(mark):
                    lines.setdefault(middle, []).append((mark.start, mark.end, mark.id))
                elif not self._text.hides:
                    self._folded.append(middle)
        rows = [(middle, [id_ for *_, id_ in sorted(found)]) for middle, found in sorted(lines.items())]
        row = row_height([middle for middle, _ in rows])
        chosen = self._text.chosen
        stacks = self._stack(rows, row)
        held = next((ids[0] for _, _, ids in stacks if chosen in ids), None)
        tops = spread([(ids[0], top) for _, top, ids in stacks], held, row)
        slots: dict[Id, Slot] = {}
        self._rests = []
        for middle, _, ids in stacks:
            self._share_row(ids, Slot(middle, tops[ids[0]], row), slots)
        return slots

    def _stack(self, rows: list[tuple[float, list[Id]]], row: float) -> list[tuple[float, float, list[Id]]]:
        """Return rows of cards (middle of the line, top, claims): a line with several claims has more than one."""
        room = self.viewport().width() - 8.0
        found: list[tuple[float, float, list[Id]]] = []
        for n, (middle, ids) in enumerate(rows):
            top = middle - row / 2
            following = rows[n + 1][0] - row / 2 if n + 1 < len(rows) else None
            for k, part in enumerate(stacked(ids, room, room_below(top, following, row))):
                found.append((middle, top + k * (row + 1), part))
        return found

    def _share_row(self, ids: list[Id], at: Slot, slots: dict[Id, Slot]) -> None:
        """Give the cards of one line their places along it."""
        cells, rest = shares(ids, self.viewport().width() - 8.0, self._text.chosen)
        x = 4.0
        for id_, width in cells:
            slots[id_] = at._replace(x=x, width=width)
            x += width + BETWEEN
        if rest:
            self._rests.append(Rest(at._replace(x=x, width=REST), tuple(rest)))

    def _whole(self) -> Box:
        return Box(QRectF(self.viewport().rect()), self.isRightToLeft())

    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a claim's card stands; an empty rectangle for one out of sight."""
        slot = self._slots.get(index.data(_ID) or "")
        return slot.rect(self._whole()).toAlignedRect() if slot else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the card at a point."""
        whole = self._whole()
        for id_, slot in self._slots.items():
            if slot.rect(whole).contains(QPointF(point)):
                row = self.row_of(id_)
                if row is not None:
                    return self._rows.index(row)
        return QModelIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """List the claims a "+3" stands for; everything else is the list's own."""
        whole = self._whole()
        for rest in self._rests:
            rect = rest.slot.rect(whole)
            if rect.contains(event.position()):
                at = self.viewport().mapToGlobal(rect.topLeft().toPoint())
                self.listed.emit(list(rest.ids), QRect(at, rect.size().toSize()))
                return
        super().mousePressEvent(event)

    def scrollTo(self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = _ENSURE) -> None:
        """Bring the claim's line into sight instead."""
        mark = self._text.index.annotations.get(index.data(_ID) or "") if index.isValid() else None
        if mark is not None and self.hasFocus():
            self._text.reveal(mark.start)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move from claim to claim, in sight or not."""
        move = QAbstractItemView.CursorAction
        steps = {move.MoveUp: -1, move.MovePrevious: -1, move.MoveDown: 1, move.MoveNext: 1}
        pages = {move.MovePageUp: -10, move.MovePageDown: 10}
        last = self._rows.rowCount() - 1
        step = steps.get(action, pages.get(action, 0))
        row = self.currentIndex().row() + step
        if action == move.MoveHome:
            row, step = 0, 1
        elif action == move.MoveEnd:
            row, step = last, -1
        row = max(0, min(row, last))
        while 0 <= row <= last and not self._stands_out(row):  # over cards a filter sets back
            row += 1 if step > 0 else -1
        return self._rows.index(row) if 0 <= row <= last else self.currentIndex()

    def _stands_out(self, row: int) -> bool:
        claim = self._rows.claim(row)
        return claim is not None and self._text.stands_out(claim)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Choose the claim the keyboard moved to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._syncing and self.hasFocus():
            self.picked.emit(current.data(_ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the card, Esc goes back to the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_card.emit(self.currentIndex().data(_ID))
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose a card in sight where none is chosen, so that the focus is seen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() or not self.selectionModel().hasSelection():
            first = next(iter(self._place()), None)
            row = self.row_of(first) if first else (0 if self._rows.rowCount() else None)
            if row is not None:
                self.setCurrentIndex(self._rows.index(row))
                self.picked.emit(self._rows.id(row))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu for a card."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self.picked.emit(index.data(_ID))
            place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.context_requested.emit(place, [index.data(_ID)])

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a claim's whole words over its card."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            claim = self._rows.claim(index.row()) if index.isValid() else None
            annotated = self._rows.annotated
            if claim is not None and annotated is not None:
                voice = voices.voice_of(annotated, claim.id)
                words = tr("{who}: {what}", who=voice.words, what=voices.short_of(annotated, claim))
                QToolTip.showText(event.globalPos(), plain_tip(words), self, self.visualRect(index))
            else:
                over = any(rest.slot.rect(self._whole()).contains(QPointF(event.pos())) for rest in self._rests)
                QToolTip.showText(event.globalPos(), crowd_tip() if over else "", self)
            return True
        return super().viewportEvent(event)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cards in sight, and a fine line for each that a filter sets back."""
        self._slots = self._place()
        p = QPainter(self.viewport())
        p.fillRect(self.viewport().rect(), QColor(self._theme.page))
        smooth(p)
        whole = self._whole()
        p.setPen(QPen(QColor(self._theme.faint), 1))
        for middle in self._folded:
            p.drawLine(whole.rc(12, middle, 0, 0).topLeft(), whole.rc(32, middle, 0, 0).topLeft())
        order = sorted(self._slots, key=lambda id_: id_ == self._text.chosen)
        for id_ in order:
            slot = self._slots[id_]
            row = self.row_of(id_)
            if row is not None and -ROW < slot.top < whole.h:
                self._draw_card(p, row, slot, whole)
        for rest in self._rests:
            x, width = rest.slot.x, rest.slot.width
            words = f"+{len(rest.ids)}"
            whole.text(
                p, words, x, rest.slot.top, width, rest.slot.height, font("key", 600), self._theme.muted, mid=True
            )
        p.end()

    def _draw_card(self, p: QPainter, row: int, slot: Slot, whole: Box) -> None:
        annotated = self._rows.annotated
        claim = self._rows.claim(row)
        if claim is None or annotated is None:
            return
        theme = self._theme
        box = Box(slot.rect(whole), self.isRightToLeft())
        chosen = claim.id == self._text.chosen
        if chosen:
            p.setPen(QPen(QColor(theme.ink), 1.5))
            p.setBrush(QColor(theme.raised))
            p.drawRoundedRect(box.r, 6, 6)
            if slot.x <= 4:
                self._lead(p, whole, slot, 4)
        elif abs(slot.line - slot.top - slot.height / 2) > 2:
            p.setPen(QPen(QColor(theme.muted), 1))
            self._lead(p, whole, slot, 11)
        Card(p, box, theme, self._profile).draw(annotated, claim, row + 1, 600 if chosen else 400)
        if chosen and self.hasFocus():
            focus_ring(p, box.r.adjusted(-3, -3, 3, 3), theme, 8)

    def _lead(self, p: QPainter, whole: Box, slot: Slot, reach: float) -> None:
        """Draw the leader from the text's edge to the card."""
        start = whole.rc(0, slot.line, 0, 0).topLeft()
        end = whole.rc(reach, slot.top + slot.height / 2, 0, 0).topLeft()
        p.drawLine(QPointF(start), QPointF(end))


def _begins_claim(run: Run) -> bool:
    return run.first and run.span.part == 0 and run.span.kind == "claim"
