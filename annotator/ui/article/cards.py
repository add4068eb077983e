"""Cards in the margin: a real list of the claims whose rows stand beside their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

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
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QToolTip

from annotator.model import AnnotatedArticle, Claim, Id
from annotator.ui.article import voices
from annotator.ui.article.geometry import Run
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.labels import plain_tip
from annotator.ui.paint import Box, advance, focus_ring, glyph, smooth, status_glyph
from annotator.ui.theme import Theme, font

ROW = 28
GAP = 3
NARROW = 176
"""Below this width, px, a card shows a bar, its number and the speaker; from here on the status shape too."""
WIDE = 300
"""From this width on, px, a card shows the claim's short text too."""
WIDEST = 440
LEAST = 96
_ABOVE_BASE = 19
_AROUND = 60
_ID = Qt.ItemDataRole.UserRole
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible

AnyIndex = QModelIndex | QPersistentModelIndex


class ClaimRows(QAbstractListModel):
    """The claims of an article in reading order, each with a name to be read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.annotated: AnnotatedArticle | None = None
        self.ids: list[Id] = []

    def show(self, annotated: AnnotatedArticle | None, ids: Sequence[Id]) -> None:
        """Show these claims; one made or removed is one row made or removed."""
        fresh = list(ids)
        old = self.ids
        self.annotated = annotated
        at = next((i for i, (a, b) in enumerate(zip(old, fresh, strict=False)) if a != b), min(len(old), len(fresh)))
        if fresh == old:
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
        elif len(fresh) == len(old) + 1 and fresh[at + 1 :] == old[at:]:
            self.beginInsertRows(QModelIndex(), at, at)
            self.ids = fresh
            self.endInsertRows()
        elif len(fresh) == len(old) - 1 and fresh[at:] == old[at + 1 :]:
            self.beginRemoveRows(QModelIndex(), at, at)
            self.ids = fresh
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self.ids = fresh
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many claims there are."""
        return 0 if parent.isValid() else len(self.ids)

    def claim(self, row: int) -> Claim | None:
        """Return the claim of a row."""
        found = self.annotated.by_id.get(self.ids[row]) if self.annotated is not None else None
        return found if isinstance(found, Claim) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a claim's name, or its id."""
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role == _ID:
            return self.ids[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            claim = self.claim(index.row())
            if claim is not None and self.annotated is not None:
                return voices.card_name(self.annotated, claim, index.row() + 1)
        return None


class Slot(NamedTuple):
    """Where a card stands: the height of its line, and its own."""

    line: float
    top: float


class Cards(QListView):
    """The margin. The list has no scrolling of its own: it follows the text."""

    picked = Signal(object)
    activated_card = Signal(str)
    escaped = Signal()
    context_requested = Signal(QPoint, list)

    def __init__(self, text: MarkedText, theme: Theme) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._profile = "editor"
        self._rows = ClaimRows()
        self._slots: dict[Id, Slot] = {}
        self._syncing = False
        self.setModel(self._rows)
        self.setAccessibleName("Claims beside the text")
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

    def show_claims(self, annotated: AnnotatedArticle | None, ids: Sequence[Id]) -> None:
        """Show these claims, in reading order."""
        self._rows.show(annotated, ids)
        self.show_chosen(self._text.chosen)
        self.viewport().update()

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
        """Put every card of the lines in sight level with its line, or as near as the others let it."""
        wanted: list[tuple[float, int, Id]] = []
        height = self.viewport().height()
        for block, at in self._text.in_sight(0, height):
            for run in self._text.geometry_.runs(block, -at.y() - _AROUND, height - at.y() + _AROUND):
                if _begins_claim(run):
                    wanted.append((at.y() + run.base - _ABOVE_BASE, run.span.start, run.span.id))
        wanted.sort()
        return spread([(id_, line) for line, _, id_ in wanted], self._text.chosen)

    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a claim's card stands; an empty rectangle for one out of sight."""
        slot = self._slots.get(index.data(_ID) or "")
        return QRect(4, int(slot.top), self.viewport().width() - 8, ROW) if slot else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the card at a point."""
        for id_, slot in self._slots.items():
            if slot.top <= point.y() < slot.top + ROW:
                row = self.row_of(id_)
                if row is not None:
                    return self._rows.index(row)
        return QModelIndex()

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
        row = self.currentIndex().row() + steps.get(action, pages.get(action, 0))
        if action == move.MoveHome:
            row = 0
        elif action == move.MoveEnd:
            row = last
        return self._rows.index(max(0, min(row, last)))

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
            row = self.row_of(first) if first else (0 if self._rows.ids else None)
            if row is not None:
                self.setCurrentIndex(self._rows.index(row))
                self.picked.emit(self._rows.ids[row])
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
                words = f"{voice.words}: {voices.short_of(annotated, claim)}"
                QToolTip.showText(event.globalPos(), plain_tip(words), self, self.visualRect(index))
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cards in sight."""
        self._slots = self._place()
        p = QPainter(self.viewport())
        p.fillRect(self.viewport().rect(), QColor(self._theme.page))
        smooth(p)
        order = sorted(self._slots, key=lambda id_: id_ == self._text.chosen)
        for id_ in order:
            slot = self._slots[id_]
            row = self.row_of(id_)
            if row is not None and -ROW < slot.top < self.viewport().height():
                self._draw_card(p, row, slot)
        p.end()

    def _draw_card(self, p: QPainter, row: int, slot: Slot) -> None:
        annotated = self._rows.annotated
        claim = self._rows.claim(row)
        if claim is None or annotated is None:
            return
        theme = self._theme
        width = self.viewport().width()
        whole = Box(QRectF(0, 0, width, self.viewport().height()), self.isRightToLeft())
        box = Box(QRectF(4, slot.top, width - 8, ROW), self.isRightToLeft())
        chosen = claim.id == self._text.chosen
        if chosen:
            p.setPen(QPen(QColor(theme.ink), 1.5))
            p.setBrush(QColor(theme.raised))
            p.drawRoundedRect(box.r, 6, 6)
            self._lead(p, whole, slot, 4)
        elif abs(slot.line - slot.top) > 2:
            p.setPen(QPen(QColor(theme.faint), 1))
            self._lead(p, whole, slot, 9)
        x = self._draw_number(p, box, row + 1)
        if width >= NARROW:
            self._draw_state(p, box, annotated, claim.id)
        end = 24 if width >= NARROW else 2
        strong = 600 if chosen else 400
        voice = voices.voice_of(annotated, claim.id)
        if width >= WIDE:
            at = box.w - end - 148
            words = voices.short_of(annotated, claim)
            box.text(p, words, x, 0, at - x - 12, ROW, font("small", strong), theme.ink)
            self._draw_voice(p, box, voice, at, 144, 400)
        else:
            self._draw_voice(p, box, voice, x, box.w - x - end, strong)
        if chosen and self.hasFocus():
            focus_ring(p, box.r.adjusted(-3, -3, 3, 3), theme, 8)

    def _lead(self, p: QPainter, whole: Box, slot: Slot, reach: float) -> None:
        """Draw the leader from the text's edge to the card."""
        start = whole.rc(0, slot.line + ROW / 2, 0, 0).topLeft()
        end = whole.rc(reach, slot.top + ROW / 2, 0, 0).topLeft()
        p.drawLine(QPointF(start), QPointF(end))

    def _draw_number(self, p: QPainter, box: Box, number: int) -> float:
        """Draw sign and number and return where the words begin."""
        face = font("small", 600)
        x = 8.0
        if self.viewport().width() >= NARROW:
            at = box.rc(x, 9, 10, 10)
            glyph(p, "claim", at.x(), at.y(), self._theme)
            x += 18
        else:
            p.fillRect(box.rc(x, 8, 3, 12), QColor(self._theme.claim))
            x += 9
        width = max(15.0, advance(face, str(number)))
        box.text(p, str(number), x, 0, width + 1, ROW, face, self._theme.ink)
        return x + width + 7

    def _draw_state(self, p: QPainter, box: Box, annotated: AnnotatedArticle, claim: Id) -> None:
        """Draw how the checking stands: a verdict's number for a teacher, the status's shape for others."""
        if self._profile != "teacher":
            at = box.rc(box.w - 20, 8, 12, 12)
            status_glyph(p, voices.status_of(annotated, claim), at.x(), at.y(), self._theme)
            return
        verdict = voices.verdict_of(annotated, claim)
        if not verdict:
            return
        cap = box.rc(box.w - 22, 6, 16, 16)
        p.setPen(QPen(QColor(self._theme.edge), 1))
        p.setBrush(QColor(self._theme.raised))
        p.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        p.setFont(font("key", 600))
        p.setPen(QColor(self._theme.ink))
        p.drawText(cap, int(Qt.AlignmentFlag.AlignCenter.value), verdict if verdict.isdigit() else "–")

    def _draw_voice(self, p: QPainter, box: Box, voice: voices.Voice, x: float, width: float, weight: int) -> None:
        """Draw who says it. The three kinds of nobody differ in words and form, not in colour."""
        theme = self._theme
        if voice.kind == voices.SPEAKER:
            box.text(p, voice.words, x, 0, width, ROW, font("small", weight), theme.ink)
        elif voice.kind == voices.OPEN:
            face = font("small")
            p.setPen(QPen(QColor(theme.edge), 1, Qt.PenStyle.DashLine))
            p.setBrush(Qt.BrushStyle.NoBrush)
            frame = min(width + 2, advance(face, voice.words) + 12)
            p.drawRoundedRect(box.rc(x - 2, 5, frame, 18), 4, 4)
            box.text(p, voice.words, x + 4, 0, frame - 10, ROW, face, theme.ink)
        else:
            box.text(p, voice.words, x, 0, width, ROW, font("small", italic=True), theme.muted)


def _begins_claim(run: Run) -> bool:
    return run.first and run.span.part == 0 and run.span.kind == "claim"


def spread(wanted: Sequence[tuple[Id, float]], chosen: Id | None) -> dict[Id, Slot]:
    """Return a place for each card so that none overlap; the chosen one stands exactly at its line."""
    tops: list[float] = []
    least = -1e9
    for _, line in wanted:
        tops.append(max(line, least))
        least = tops[-1] + ROW + GAP
    held = next((i for i, (id_, _) in enumerate(wanted) if id_ == chosen), None)
    if held is not None:
        tops[held] = wanted[held][1]
        for i in range(held - 1, -1, -1):
            tops[i] = min(tops[i], tops[i + 1] - ROW - GAP)
        for i in range(held + 1, len(tops)):
            tops[i] = max(wanted[i][1], tops[i - 1] + ROW + GAP)
    return {id_: Slot(line, top) for (id_, line), top in zip(wanted, tops, strict=True)}
