"""The findings of the sourcing checks in the panel: open ones and answered ones; A answers, Enter goes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from annotator.language import tr, trn
from annotator.ui.controls import Button, EmptyNote, Hints, KeyCap, Label, SectionHead, Segmented, column, row
from annotator.ui.frame import open_menu
from annotator.ui.keyboard import has_keyboard
from annotator.ui.models import CELL_ROLE
from annotator.ui.paint import Box
from annotator.ui.panels.audit_rows import END, ROW, START, Asked, RowWords, draw_row, open_height
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font

FIRST = 12
"""So many findings are shown until all are asked for."""
BUTTONS, FORM = 30, 118
"""Height of an open row's buttons, and of the form that answers it, px."""


class AnswerField(QPlainTextEdit):
    """Takes an answer; Enter keeps it, Shift+Enter begins a line, Esc leaves."""

    kept = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setAccessibleName(tr("Accepted, because"))
        self.setPlaceholderText(tr("the ministry confirmed it in writing; the letter is in the file"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(52)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc leaves."""
        entering = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entering and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keep(self) -> None:
        """Hand over what was typed, where anything was."""
        words = self.toPlainText().strip()
        if words:
            self.kept.emit(words)


class FindingFoot(QWidget):
    """Lies at the end of the open row: what can be done with a finding, or the form that answers it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.go = Button(theme, tr("Go there"), "quiet")
        self.answer = Button(theme, tr("Answer…"), "quiet")
        self.answer.setToolTip(tr("Say why this is as it should be (A)"))
        self.take_back = Button(theme, tr("Take the answer back"), "quiet")
        self.take_back.setToolTip(tr("The question is open again (Del)"))
        self.field = AnswerField()
        self.keep = Button(theme, tr("Keep"), "primary")
        self._buttons, self._form = QWidget(), QWidget()
        self._keys = [KeyCap(theme, key) for key in ("↵", "A", tr("Del"))]
        line = row(
            self.go, self._keys[0], 12, self.answer, self._keys[1], 12, self.take_back, self._keys[2], None, gap=4
        )
        self._buttons.setLayout(line)
        lines = column(self._form, gap=4)
        lines.addWidget(Label(theme, tr("Accepted, because …"), "small", muted=True))
        lines.addWidget(self.field)
        lines.addLayout(row(Hints(theme, [("↵", tr("keep")), ("Esc", tr("leave"))]), None, self.keep))
        whole = column(self)
        whole.addWidget(self._buttons)
        whole.addWidget(self._form)
        self.keep.clicked.connect(self.field.keep)
        self.show_form(asked=False)

    def offer(self, *, go: bool, answer: bool, take_back: bool) -> None:
        """Show what can be done, each with its key."""
        for button, key, there in zip(
            (self.go, self.answer, self.take_back), self._keys, (go, answer, take_back), strict=True
        ):
            button.setVisible(there)
            key.setVisible(there)

    def show_form(self, *, asked: bool) -> None:
        """Show the form, or the buttons."""
        self._form.setVisible(asked)
        self._buttons.setVisible(not asked)


class FindingList(FitList):
    """Rows of findings; the one chosen last is open and tells more."""

    answer_asked = Signal(object)
    opened = Signal()
    moved = Signal(QRect)
    """Where the open row lies."""
    menu_asked = Signal(QPoint)
    """Where on the screen the menu of the current row is to open."""

    def __init__(self, theme: Theme, words: Callable[[Asked], RowWords]) -> None:
        self._row_words = words
        self.open_key: tuple[str, str, str] | None = None
        self.answering = False
        super().__init__(theme, tr("Findings"), self._spoken, self._draw, self._height, inset=8, bar=True)
        self.foot = FindingFoot(theme, self.viewport())
        self.foot.hide()
        self.selectionModel().currentChanged.connect(self._open_current)

    def _spoken(self, asked: Asked) -> str:
        words = self._row_words(asked)
        return ", ".join(part for part in (asked.severity, asked.title, words.quote, words.place, words.answer) if part)

    def is_open(self, asked: Asked) -> bool:
        """Say whether a row tells more."""
        return asked.key == self.open_key

    def _height(self, asked: Asked) -> int:
        if not self.is_open(asked):
            return ROW
        return open_height(asked, self._row_words(asked), self.viewport().width()) + (
            FORM if self.answering else BUTTONS
        )

    def _draw(self, p: QPainter, box: Box, asked: Asked, state: RowState) -> None:
        draw_row(p, box, asked, state, self._row_words(asked), is_open=self.is_open(asked))

    @property
    def open_row(self) -> Asked | None:
        """What is open."""
        return next((a for a in self.values if a.key == self.open_key), None)

    def set_values(self, values: Any) -> None:
        """Show these findings; what is open stays so."""
        super().set_values(values)
        self.lay_out()

    def lay_out(self) -> None:
        """Take the heights of the rows anew, and put the foot at the end of the open one."""
        self.setFixedHeight(sum(self.delegate.height(v) for v in self.values) + self.frame_room())
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        at = next((n for n, a in enumerate(self.values) if a.key == self.open_key), -1)
        self.foot.setVisible(at >= 0)
        if at >= 0:
            rect = self.visualRect(self.model().index(at, 0))
            high = FORM if self.answering else BUTTONS
            start, wide = 8 + START - 4, rect.width() - 16 - START - END + 4
            left = rect.right() + 1 - start - wide if self.isRightToLeft() else rect.left() + start
            self.foot.setGeometry(left, rect.bottom() - high - 4, wide, high)
        self.viewport().update()

    def _open_current(self, index: QModelIndex, _: QModelIndex) -> None:
        asked = index.data(CELL_ROLE)
        if asked is not None and asked.key != self.open_key:
            self.open_key, self.answering = asked.key, False
            self.opened.emit()
            self.lay_out()
            if self.hasFocus():
                self.reveal()

    def reveal(self) -> None:
        """Tell where the open row lies, so that it can be brought into sight."""
        at = next((n for n, a in enumerate(self.values) if a.key == self.open_key), -1)
        if at >= 0:
            self.moved.emit(self.visualRect(self.model().index(at, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the open row anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current row."""
        if self.current is not None:
            self.menu_asked.emit(self.menu_place(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer at A; the rest is a list's."""
        if event.key() == Qt.Key.Key_A and not event.modifiers() and self.current is not None:
            self.answer_asked.emit(self.current)
        else:
            super().keyPressEvent(event)


class FindingsSection(QWidget):
    """Findings with their head: open or answered, the house rules, and the way to all where there are many."""

    gone_to = Signal(object)
    """An Asked whose place a person goes to."""
    answered = Signal(object, str)
    taken_back = Signal(object)
    rules_asked = Signal()

    def __init__(self, theme: Theme, words: Callable[[Asked], RowWords]) -> None:
        super().__init__()
        self._theme = theme
        self._open: list[Asked] = []
        self._answered: list[Asked] = []
        self._note = ""
        self._all = False
        self._drafts: dict[tuple[str, str, str], str] = {}
        self.switch = Segmented(theme, tr("Findings"), [tr("Open"), tr("Answered")])
        self.list = FindingList(theme, words)
        self.note = EmptyNote(theme, "")
        self.more = Button(theme, "", "quiet")
        self.rules = Button(theme, tr("House rules…"), "quiet")
        self.rules.setToolTip(tr("Which checks are made, how urgent each is, and whose standard it follows"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        lines = column(self, gap=4)
        head = row(SectionHead(self._theme, tr("Findings"), action=self.switch))
        head.setContentsMargins(20, 0, 20, 0)
        note = row(self.note)
        note.setContentsMargins(20, 0, 20, 0)
        foot = row(self.more, None, self.rules)
        foot.setContentsMargins(16, 0, 16, 0)
        lines.addLayout(head)
        lines.addLayout(note)
        lines.addWidget(self.list)
        lines.addLayout(foot)

    def _connect(self) -> None:
        self.switch.changed.connect(self._switched)
        self.more.clicked.connect(self._show_all)
        self.rules.clicked.connect(self.rules_asked)
        self.list.gone_to.connect(self.gone_to)
        self.list.answer_asked.connect(self.answer)
        self.list.delete_asked.connect(self.take_back)
        self.list.opened.connect(self._turned)
        self.list.menu_asked.connect(self._menu)
        foot = self.list.foot
        foot.go.clicked.connect(lambda: self._with_open(self.gone_to.emit))
        foot.answer.clicked.connect(lambda: self._with_open(self.answer))
        foot.take_back.clicked.connect(lambda: self._with_open(self.take_back))
        foot.field.kept.connect(self._keep)
        foot.field.left.connect(self._leave)

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for menus."""
        self._theme = theme

    # -- what is shown

    def show_findings(self, open_: list[Asked], answered: list[Asked], note: str) -> None:
        """Show findings; ``note`` says why there are none."""
        for asked in answered:
            if asked.answer is not None and self._drafts.get(asked.key) == asked.answer.answer:
                del self._drafts[asked.key]
        self._open, self._answered, self._note = open_, answered, note
        self.switch.set_items([tr("Open {n}", n=f"{len(open_):,}"), tr("Answered {n}", n=f"{len(answered):,}")])
        self._fill()

    def _fill(self) -> None:
        rows = self._answered if self.switch.current else self._open
        if self.switch.current and not rows:
            note = tr(
                "Nothing was answered yet. What was looked at and found to be in order is kept here, with who and when."
            )
        else:
            note = "" if rows else self._note
        self.note.setText(note)
        self.note.setVisible(bool(note))
        shown = rows if self._all else rows[:FIRST]
        self.list.set_values(shown)
        self.list.setVisible(bool(shown))
        left = len(rows) - len(shown)
        self.more.setText(trn("Show {n} more", "Show {n} more", left))
        self.more.setVisible(left > 0)
        self._follow_foot()

    def _switched(self, _: int) -> None:
        self._all = False
        if self.list.answering:
            self._leave()
        self._fill()

    def _show_all(self) -> None:
        at = len(self.list.values)
        self._all = True
        self._fill()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.choose(at)

    def _menu(self, at: QPoint) -> None:
        asked = self.list.current
        if asked is None:
            return
        menu = QMenu(self)
        menu.addAction(tr("Go there"), lambda: self.gone_to.emit(asked))
        menu.addAction(tr("Answer…"), lambda: self.answer(asked))
        if asked.answer is not None:
            menu.addAction(tr("Take the answer back"), lambda: self.take_back(asked))
        menu.addSeparator()
        menu.addAction(tr("House rules…"), self.rules_asked.emit)
        open_menu(menu, self._theme, at)

    # -- answering

    def _with_open(self, act: Callable[[Asked], object]) -> None:
        asked = self.list.open_row
        if asked is not None:
            act(asked)

    def _turned(self) -> None:
        self.list.foot.show_form(asked=False)
        self._follow_foot()

    def _follow_foot(self) -> None:
        """Offer in the open row what can be done with it."""
        asked, foot = self.list.open_row, self.list.foot
        if asked is None:
            if self.list.answering and self.list.open_key is not None:
                self._drafts[self.list.open_key] = foot.field.toPlainText()
                self.list.answering = False
                foot.show_form(asked=False)
            return
        foot.answer.setText(tr("Change the answer…") if asked.answer is not None else tr("Answer…"))
        foot.offer(
            go=asked.finding is not None and bool(asked.finding.spans),
            answer=asked.finding is not None,
            take_back=asked.answer is not None,
        )

    def answer(self, asked: Asked) -> None:
        """Open the form that answers a finding, with what was typed before."""
        if asked.finding is None:
            return
        self.list.open_key, self.list.answering = asked.key, True
        foot = self.list.foot
        said = asked.answer.answer if asked.answer is not None else ""
        foot.field.setPlainText(self._drafts.get(asked.key, said))
        foot.show_form(asked=True)
        self._follow_foot()
        self.list.lay_out()
        self.list.moved.emit(foot.geometry())
        foot.field.setFocus(Qt.FocusReason.OtherFocusReason)
        foot.field.selectAll()

    def _keep(self, words: str) -> None:
        asked = self.list.open_row
        if asked is None:
            return
        self._drafts[asked.key] = words  # until it is stored: where that fails, nothing typed is lost
        self._close_form()
        self.answered.emit(asked, words)

    def _leave(self) -> None:
        asked = self.list.open_row
        if asked is not None:
            self._drafts[asked.key] = self.list.foot.field.toPlainText()
        self._close_form()

    def _close_form(self) -> None:
        if has_keyboard(self.list.foot):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # first: hidden, it would pass the keyboard on
        self.list.answering = False
        self.list.foot.show_form(asked=False)
        self._follow_foot()
        self.list.lay_out()

    def take_back(self, asked: Asked) -> None:
        """Take back an answer; the question is open again."""
        if asked.answer is not None:
            self.taken_back.emit(asked)
