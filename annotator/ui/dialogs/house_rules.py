"""The house rules: which sourcing checks are made, how urgent each is, why, and whose standard it follows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from annotator import vocabulary
from annotator.errors import AnnotatorError
from annotator.exporters.figures import SEVERITY
from annotator.language import tr, trn
from annotator.ui.actions import keys_of
from annotator.ui.controls import Button, FieldRow, Label, Segmented, ShyScrollBar, Tick, column
from annotator.ui.dialogs.ask import Sheet, fill
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance
from annotator.ui.panels.audit_rows import severity_glyph
from annotator.ui.panels.lists import RowDelegate, RowList, RowState
from annotator.ui.theme import Theme, font, icon
from annotator.ui.workspace import Workspace
from annotator.vocabulary import SEVERITIES, HouseRule

SIZE = (900, 620)
LEFT = 400
ROW = 34
BOX = 16
LIMITS = {"words": tr("Words"), "sentences": tr("Sentences"), "per_cent": tr("Per cent")}
MOST = 10_000


class RuleList(RowList):
    """The rules, each with a box to tick; Space or a click on the box switches one."""

    switched = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self.rows: RowsModel[HouseRule] = RowsModel(_spoken)
        super().__init__(tr("House rules"), self.rows)
        self.rows.setParent(self)
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(theme, lambda _: ROW, _draw, inset=6, bar=True, parent=self))
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))

    def show_rules(self, rules: Sequence[HouseRule]) -> None:
        """Show rules; where they are the same ones, the current row stays."""
        if [r.key for r in rules] != [r.key for r in self.rows.rows]:
            self.rows.set_rows(rules)
        for at, rule in enumerate(rules):
            self.rows.set_row(at, rule)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row has the keyboard."""
        self.choose_any()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch a rule at Space."""
        if event.key() == Qt.Key.Key_Space and self.current is not None:
            self.switched.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch a rule by a click on its box."""
        super().mouseReleaseEvent(event)
        at: QPoint = event.position().toPoint()
        index: QModelIndex | QPersistentModelIndex = self.indexAt(at)
        x = self.viewport().width() - at.x() if self.isRightToLeft() else at.x()
        if index.isValid() and x < 6 + 8 + BOX + 8:
            self.switched.emit(index.data(CELL_ROLE))


def _spoken(rule: HouseRule) -> str:
    return ", ".join((rule.title, tr("on") if rule.on else tr("off"), SEVERITY[rule.severity]))


def _draw(p: QPainter, box: Box, rule: HouseRule, state: RowState) -> None:
    t = state.theme
    mark = box.rc(10, (box.h - BOX) / 2, BOX, BOX).adjusted(0.5, 0.5, -0.5, -0.5)
    p.setPen(QPen(QColor(t.ink if rule.on else t.edge), 1.3))
    p.setBrush(QColor(t.ink if rule.on else t.raised))
    p.drawRoundedRect(mark, 4, 4)
    if rule.on:
        p.drawPixmap(mark.adjusted(1, 1, -1, -1).toRect(), icon("check", t.page, 14))
    at = box.rc(box.w - 24, (box.h - 13) / 2, 13, 13)
    if rule.on:
        severity_glyph(p, rule.severity, at.x(), at.y(), t)
    changed = tr("changed") if rule != _shipped(rule.key) else ""
    wide = advance(font("small"), changed) + 2 if changed else 0.0
    box.text(p, rule.title, 36, 0, box.w - 72 - wide, box.h, font("body"), t.ink if rule.on else t.muted)
    box.text(p, changed, box.w - 32 - wide, 0, wide, box.h, font("small"), t.muted, end=True)


def _shipped(key: str) -> HouseRule | None:
    return next((r for r in vocabulary.house_rules() if r.key == key), None)


class HouseRulesDialog(Sheet):
    """Rules at the start, what one asks beside them. Every change is written at once; Ctrl+Z takes it back."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, tr("House rules"), parent, main=tr("Close"), cancel="")
        self.workspace = workspace
        self._filling = False
        self._limits: dict[str, QSpinBox] = {}
        self.list = RuleList(theme)
        self.list.switched.connect(self._switch)
        self.count = Label(theme, "", "small", muted=True)
        self.told = Label(theme, "", "small", wrap=True)
        self._make_details()
        self.reset = Button(theme, tr("As shipped"))
        self.reset.setToolTip(tr("Take back every change of this project to its house rules; one step to undo"))
        self.reset.clicked.connect(self._reset)
        self.foot_start.addWidget(self.reset)
        self.foot_start.addWidget(self.told, 1)
        self._lay_out()
        self.resize(*SIZE)
        self._make_keys()
        workspace.changed.connect(self.refresh)
        workspace.failed.connect(self._failed)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.refresh()
        self.list.choose(0)
        self.list.setFocus()

    def _make_details(self) -> None:
        theme = self.theme
        self.name = Label(theme, "", "title", wrap=True)
        self.about = Label(theme, "", "body", wrap=True)
        self.origin = Label(theme, "", "small", muted=True, wrap=True)
        self.on = Tick(theme, tr("Ask this"))
        self.severity = Segmented(theme, tr("How urgent"), [SEVERITY[s] for s in SEVERITIES])
        self.on.clicked.connect(lambda: self._switch(self.current))
        self.severity.changed.connect(self._weigh)

    def _lay_out(self) -> None:
        start = QWidget()
        start.setFixedWidth(LEFT)
        fill(start, self.theme.panel)
        lists = column(start, (0, 14, 0, 8))
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 12, 8)
        head.setSpacing(4)
        head.addWidget(Label(self.theme, tr("House rules"), "title"))
        head.addWidget(self.count)
        lists.addLayout(head)
        lists.addWidget(self.list, 1)
        inside = QWidget()
        inside.setObjectName("paper")
        right = column(inside, (24, 14, 24, 14), 10)
        note = tr("A rule asks a question. None says whether a claim is true or a text is fair.")
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self._fields.addWidget(self.on)
        for words, control in ((tr("How urgent"), self.severity),):
            self._fields.addWidget(FieldRow(self.theme, words, control))
        for widget in (self.name, self.about, self.origin):
            right.addWidget(widget)
        right.addSpacing(6)
        right.addLayout(self._fields)
        right.addStretch(1)
        right.addWidget(Label(self.theme, note, "small", muted=True, wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(start)
        body.addWidget(scroll, 1)
        self.set_body(body)

    def _make_keys(self) -> None:
        for keys, act in ((keys_of("edit.undo"), self.workspace.undo), (keys_of("edit.redo"), self.workspace.redo)):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.activated.connect(act)

    # -- following

    @property
    def current(self) -> HouseRule | None:
        """The rule shown."""
        return self.list.current

    @property
    def rules(self) -> tuple[HouseRule, ...]:
        """The rules as the project has them."""
        project = self.workspace.project
        return project.code_book.house_rules() if project is not None else ()

    def refresh(self, *_: object) -> None:
        """Show the rules as they are."""
        rules = self.rules
        project = self.workspace.project
        self.list.show_rules(rules)
        asking = sum(r.on for r in rules)
        self.count.setText(
            trn("{asking} of {n} rule asks", "{asking} of {n} rules ask", len(rules), asking=f"{asking:,}")
        )
        why = project.why_read_only if project is not None else ""
        if why or vocabulary.house_rules_fault():
            self.told.setText(why or vocabulary.house_rules_fault())
        for control in (self.on, self.severity):
            control.setEnabled(not why)
        self.reset.setEnabled(not why and rules != vocabulary.house_rules())
        self._show()

    def _show(self, *_: object) -> None:
        rule = self.current
        if rule is None:
            return
        self._filling = True
        self.name.setText(rule.title)
        self.about.setText(rule.about)
        self.origin.setText(rule.origin)
        self.on.setChecked(rule.on)
        self.severity.choose(SEVERITIES.index(rule.severity))
        self._show_limits(rule)
        self._filling = False

    def _show_limits(self, rule: HouseRule) -> None:
        """Show a field for each number of a rule; other fields than before only where it has others."""
        if [name for name, _ in rule.limits] != list(self._limits):
            while self._fields.count() > 2:
                item = self._fields.takeAt(2)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self._limits = {name: self._limit(name) for name, _ in rule.limits}
        for name, value in rule.limits:
            self._limits[name].setValue(value)

    def _limit(self, name: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(0, 100 if name == "per_cent" else MOST)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setKeyboardTracking(False)
        field.setFont(font("body"))
        field.setFixedSize(88, 30)
        words = LIMITS.get(name, name)
        field.setAccessibleName(words)
        field.setEnabled(self.on.isEnabled())
        field.valueChanged.connect(partial(self._set_limit, name))
        self._fields.addWidget(FieldRow(self.theme, words, field))
        return field

    # -- writing

    def _switch(self, rule: HouseRule | None) -> None:
        if rule is not None:
            on = not next((r.on for r in self.rules if r.key == rule.key), rule.on)
            self.told.clear()
            self.workspace.do(lambda p: p.set_house_rule(rule.key, on=on))

    def _weigh(self, at: int) -> None:
        rule = self.current
        if rule is not None and not self._filling:
            self.told.clear()
            self.workspace.do(lambda p: p.set_house_rule(rule.key, severity=SEVERITIES[at]))

    def _set_limit(self, name: str, value: int) -> None:
        rule = self.current
        if rule is not None and not self._filling:
            self.told.clear()
            self.workspace.do(lambda p: p.set_house_rule(rule.key, limits={name: value}))

    def _reset(self) -> None:
        self.told.clear()
        self.workspace.do(lambda p: p.reset_house_rules())

    def _failed(self, error: AnnotatorError, _: object) -> None:
        """Tell in the dialog what could not be written: the window's notices lie behind it."""
        self.told.setText(str(error))
        self.refresh()
