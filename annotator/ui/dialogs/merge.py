"""Merging two entries of a register: which is the same, which stays, and what the one that stays will say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QListView, QWidget

from annotator.analysis.name_search import Name, find_names
from annotator.language import tr, trn
from annotator.model import Entity, Id, Source
from annotator.model.values import NOT_STATED
from annotator.project import Conflict, merged_entry, names_of, value_of
from annotator.ui.controls import Dot, Hints, Label, ShyScrollBar, column, row
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.labels import Line, painter
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, focus_ring, glyph
from annotator.ui.panels.lists import FitList, RowDelegate, RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import listed, title

Entry = Source | Entity
FIELDS = {
    "kind": tr("Kind"),
    "naming": tr("Naming"),
    "entity": tr("Is the entity"),
    "role": tr("Role"),
    "affiliation": tr("Affiliation"),
    "side": tr("Side"),
    "independence_group": tr("Independence"),
    "proximity": tr("Proximity"),
    "class_": tr("Class"),
    "ground_rules": tr("Ground rules"),
    "anonymity_reason": tr("Reason given"),
    "external": tr("Web address"),
    "note": tr("Note"),
}
CODED = frozenset({"kind", "naming", "proximity", "class_", "ground_rules", "anonymity_reason"})
OFFERED = 200
"""So many entries are listed; typing finds the others."""
LEAST = 62
"""Where there is little room the list of entries shrinks to so much, px; the comparison is always whole."""
OTHER_AT = 0.56
"""Where the second column of a comparison begins, of its width."""


@dataclass(frozen=True)
class MergeCandidate:
    """An entry that may be the same, and whether its name says so."""

    id: Id
    label: str
    aliases: tuple[str, ...] = ()
    alike: bool = False


@dataclass(frozen=True)
class Compared:
    """A field with what each entry says of it; ``kept`` is which of the two values will stay."""

    field: str
    values: tuple[str, str]
    kept: int
    differs: bool


class Candidates(QListView):
    """The entries one of which is the same."""

    def __init__(self, theme: Theme, kind: str) -> None:
        super().__init__()
        self._kind, self._theme = kind, theme
        self.rows: RowsModel[MergeCandidate] = RowsModel(self._spoken, (), self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(theme, lambda _: 30, self._draw, inset=0, bar=True, parent=self))
        self.setAccessibleName(tr("Entries that may be the same"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setMinimumHeight(LEAST)
        self.setMaximumHeight(152)

    @staticmethod
    def _spoken(shown: MergeCandidate) -> str:
        also = ", ".join(shown.aliases)
        return ", ".join(p for p in (shown.label, also, tr("looks alike") if shown.alike else "") if p)

    def _draw(self, p: QPainter, box: Box, shown: MergeCandidate, state: RowState) -> None:
        at = box.rc(12, 9, 10, 10)
        glyph(p, self._kind, at.x(), at.y(), state.theme)
        face = font("body", 600 if state.chosen else 400)
        box.text(p, shown.label, 32, 0, box.w - 32 - 112, box.h, face, state.theme.ink)
        end = tr("looks alike") if shown.alike else ", ".join(shown.aliases)
        box.text(p, end, box.w - 112, 0, 100, box.h, font("small"), state.theme.muted, end=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows; while none is chosen, the ring of the keyboard goes around the list."""
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            p = painter(self.viewport())
            focus_ring(p, self.viewport().rect(), self._theme)
            p.end()

    @property
    def current(self) -> MergeCandidate | None:
        """The chosen entry."""
        index = self.currentIndex()
        return index.data(CELL_ROLE) if index.isValid() else None

    def show_rows(self, rows: Sequence[MergeCandidate], *, choose: bool) -> None:
        """Show these and choose the first, or none: Enter must not merge what nobody chose."""
        self.rows.set_rows(rows)
        self.setCurrentIndex(self.rows.index(0, 0) if choose and rows else QModelIndex())


class MergeDialog(Sheet):
    """Asks what a merge needs to know. After it was accepted ``keep``, ``gone`` and ``chosen`` tell."""

    def __init__(
        self,
        theme: Theme,
        entry: Entry,
        candidates: Sequence[MergeCandidate],
        get: Callable[[Id], Entry | None],
        uses: Callable[[Id], tuple[int, int]],
        words: Callable[[str, Any], str],
        parent: QWidget | None,
        *,
        first: Id | None = None,
    ) -> None:
        """``get`` reads an entry, ``uses`` counts its mentions and claims, ``words`` says a field's value."""
        name = names_of(entry)[0]
        super().__init__(theme, tr("Merge “{name}”", name=name), parent, main=tr("Merge"))
        self._entry, self._other = entry, cast("Entry | None", None)
        self._all, self._get, self._uses, self._words = list(candidates), get, uses, words
        self._picked: dict[str, Any] = {}
        kind = "source" if isinstance(entry, Source) else "entity"
        self.search = self._search_field()
        self.candidates = Candidates(theme, kind)
        self._own, self._others = Dot(theme, name), Dot(theme, "")
        self._keep = Label(theme, tr("Keep the name"), "small", muted=True)
        self._group = QButtonGroup(self)
        for dot in (self._own, self._others):
            self._group.addButton(dot)
        self.table: FitList = FitList(
            theme, tr("What the entry that stays will say"), self._spoken, self._draw, lambda _: 28
        )
        self.table.installEventFilter(self)
        self._agrees = Label(theme, "", "small", muted=True, wrap=True)
        self._result = Label(theme, "", "body", wrap=True)
        self._lay_out(theme, name)
        self.search.textChanged.connect(self._find)
        self.candidates.selectionModel().currentChanged.connect(self._turn)
        self._group.buttonClicked.connect(self._decide)
        self.table.gone_to.connect(self._turn_value)
        self.resize(600, 560)
        self._find("")
        self._choose(first)
        self.search.setFocus()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setFont(font("body"))
        field.setFixedHeight(30)
        field.setPlaceholderText(tr("Type to find the other entry"))
        field.setAccessibleName(tr("The same as"))
        field.installEventFilter(self)
        return field

    def _choose(self, first: Id | None) -> None:
        at = next((n for n, c in enumerate(self.candidates.rows.rows) if c.id == first), -1)
        if at >= 0:
            self.candidates.setCurrentIndex(self.candidates.rows.index(at, 0))

    def _lay_out(self, theme: Theme, name: str) -> None:
        body = self._body = QWidget()
        layout = column(body, (24, 18, 24, 12), 0)
        layout.addWidget(Label(theme, tr("Merge “{name}” with", name=name), "title"))
        layout.addSpacing(8)
        layout.addWidget(self.search)
        layout.addSpacing(4)
        layout.addWidget(self.candidates)
        layout.addSpacing(8)
        layout.addWidget(Line(theme))
        layout.addSpacing(8)
        layout.addLayout(row(self._keep, 8, self._own, self._others, None))
        layout.addSpacing(4)
        layout.addWidget(self.table)
        layout.addWidget(self._agrees)
        layout.addSpacing(8)
        layout.addWidget(self._result)
        layout.addStretch(1)
        self.set_body(body)
        keys = Hints(theme, [("↵", tr("merge")), ("Tab", tr("on")), ("Space", tr("take the other value"))])
        self.foot_start.addWidget(keys)
        self.foot_start.addStretch(1)

    # -- the answer

    @property
    def keep(self) -> Entry:
        """The entry that stays."""
        stays_other = self._others.isChecked() and self._other is not None
        return self._other if stays_other and self._other is not None else self._entry

    @property
    def gone(self) -> Entry | None:
        """The entry that is merged into it."""
        return self._entry if self.keep is self._other else self._other

    @property
    def chosen(self) -> dict[str, Any]:
        """Values to take where the entries disagree and the one that stays was not to win."""
        return {f: v for f, v in self._picked.items() if v != value_of(self.keep, f)}

    # -- finding the other

    def _find(self, typed: str) -> None:
        if typed.strip():
            names = [Name(c.id, c.label, c.aliases) for c in self._all]
            found = [n.id for n in find_names(typed, names, limit=OFFERED)]
            by_id = {c.id: c for c in self._all}
            shown = [by_id[id_] for id_ in found]
        else:
            shown = sorted(self._all, key=lambda c: not c.alike)[:OFFERED]
        typed_or_alike = bool(typed.strip()) or any(c.alike for c in shown[:1])
        self.candidates.show_rows(shown, choose=typed_or_alike)
        self._turn()

    def _turn(self, *_: object) -> None:
        """Compare with another entry; the fuller name is kept unless a person says otherwise."""
        current = self.candidates.current
        self._other = self._get(current.id) if current is not None else None
        self._picked.clear()
        if self._other is not None:
            self._others.setText(names_of(self._other)[0])
            self._others.updateGeometry()
            stays = max((self._entry, self._other), key=self._weight)
            (self._others if stays is self._other else self._own).setChecked(True)
        self._others.setVisible(self._other is not None)
        self._own.setVisible(self._other is not None)
        self._decide()

    def _weight(self, entry: Entry) -> tuple[int, int, bool]:
        words = [w for w in names_of(entry)[0].split() if not w.endswith(".")]
        return len(words), sum(self._uses(entry.id)), entry is self._entry

    # -- comparing

    def _decide(self, *_: object) -> None:
        keep, gone = self.keep, self.gone
        self.ok.setEnabled(gone is not None)
        if gone is None:
            self.table.set_values(())
            self._agrees.setText("")
            some = bool(self.candidates.rows.rows)
            self._result.setText(
                tr("Choose the entry that is the same.") if some else tr("Nothing here fits what you typed.")
            )
            self.table.hide()
            self._keep.hide()
            self._make_room()
            return
        self._keep.show()
        new, conflicts = merged_entry(keep, [gone])
        by_field = {c.field: c for c in conflicts}
        self._picked = {f: v for f, v in self._picked.items() if f in by_field}
        rows = [self._compared(f, keep, gone, by_field.get(f)) for f in FIELDS if _said(keep, f) or _said(gone, f)]
        self.table.set_values([r for r in rows if r.values[0] != r.values[1]])
        self.table.setVisible(bool(self.table.values))
        same = [FIELDS[r.field] for r in rows if r.values[0] == r.values[1]]
        self._agrees.setText(tr("They agree in: {fields}.", fields=", ".join(same)) if same else "")
        self._agrees.setVisible(bool(same))
        self._tell(keep, gone, new)
        self._make_room()

    def _make_room(self) -> None:
        """Grow where the comparison would not be seen whole; the room of words that wrap is not known before."""
        body, lines = self._body.layout(), self.layout()
        if body is None or lines is None:
            return
        items = (lines.itemAt(n) for n in range(1, lines.count()))
        rest = sum(item.sizeHint().height() for item in items if item is not None)
        self.setMinimumHeight(body.minimumHeightForWidth(self.width()) + rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for words that wrap otherwise now."""
        super().resizeEvent(event)
        self._make_room()

    def _compared(self, field: str, keep: Entry, gone: Entry, conflict: Conflict | None) -> Compared:
        stays, goes = value_of(keep, field), value_of(gone, field)
        other = self._picked.get(field, stays) != stays if conflict is not None else stays is None
        return Compared(field, (self._words(field, stays), self._words(field, goes)), int(other), conflict is not None)

    def _tell(self, keep: Entry, gone: Entry, new: Entry) -> None:
        mentions, claims = self._uses(gone.id)
        into, name = names_of(keep)[0], names_of(gone)[0]
        moved = [trn("{n} mention", "{n} mentions", mentions)] if mentions else []
        moved += [trn("{n} claim", "{n} claims", claims)] if claims else []
        told = [tr("“{name}” becomes another name of “{into}”.", name=name, into=into)]
        if name not in new.aliases:
            told = [tr("“{name}” becomes a part of “{into}”.", name=name, into=into)]
        if moved:
            told.append(tr("{what} will lead to “{into}”.", what=listed(moved), into=into))
        told.append(tr("One step to undo."))
        self._result.setText(" ".join(told))

    def _spoken(self, shown: Compared) -> str:
        said = tr("{field}: {value} is kept, {other} goes", field=FIELDS[shown.field], value=shown.values[shown.kept],
                  other=shown.values[1 - shown.kept])  # fmt: skip
        return tr("{words}; they differ, Space takes the other", words=said) if shown.differs else said

    def _draw(self, p: QPainter, box: Box, shown: Compared, state: RowState) -> None:
        theme, first, second = state.theme, 112.0, box.w * OTHER_AT
        box.text(p, FIELDS[shown.field], 4, 0, first - 8, box.h, font("small"), theme.muted)
        for n, x, width in ((0, first, second - first - 12), (1, second, box.w - second - 4)):
            kept = n == shown.kept
            if shown.differs:
                _dot(p, box, x, theme, kept)
            words, at = shown.values[n], x + (20 if shown.differs else 0)
            face = font("body", 600 if kept and shown.differs else 400)
            box.text(p, words, at, 0, width - (at - x), box.h, face, theme.ink if kept else theme.muted)

    def _turn_value(self, shown: Compared) -> None:
        """Take the other value of a field of which the entries say different things."""
        if not shown.differs or self.gone is None:
            return
        stays, goes = value_of(self.keep, shown.field), value_of(self.gone, shown.field)
        self._picked[shown.field] = goes if shown.kept == 0 else stays
        at = self.table.currentIndex().row()
        self._decide()
        self.table.choose(at)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while one types; in the comparison Space takes the other value, Enter merges."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        key = event.key() if pressed and isinstance(event, QKeyEvent) else None
        if watched is self.search and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            at = max(0, min(self.candidates.currentIndex().row() + step, len(self.candidates.rows.rows) - 1))
            self.candidates.setCurrentIndex(self.candidates.rows.index(at, 0))
            return True
        if watched is self.table and key == Qt.Key.Key_Space and self.table.current is not None:
            self._turn_value(self.table.current)
            return True
        if watched is self.table and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keyPressEvent(cast("QKeyEvent", event))
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter merges, wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.ok.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)


def _said(entry: Entry, field: str) -> bool:
    return hasattr(entry, field) and value_of(entry, field) is not None


def _dot(p: QPainter, box: Box, x: float, theme: Theme, on: bool) -> None:
    at = box.rc(x, (box.h - 14) / 2, 14, 14).adjusted(0.5, 0.5, -0.5, -0.5)
    p.setPen(QPen(QColor(theme.ink if on else theme.edge), 1.3))
    p.setBrush(QColor(theme.raised))
    p.drawEllipse(QRectF(at))
    if on:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(theme.ink))
        p.drawEllipse(at.adjusted(4, 4, -4, -4))


def value_words(value: Any) -> str:
    """Return a value as words: nothing, not stated, or what was typed or picked."""
    if value is None:
        return tr("not filled in")
    return tr("not stated in the text") if value == NOT_STATED else str(value)


def coded_words(value: Any) -> str:
    """Return a picked value as words."""
    return value_words(value) if value in (None, NOT_STATED) else title(value)
