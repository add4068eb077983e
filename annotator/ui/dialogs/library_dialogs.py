"""Dialogs about several articles at once: the group they are in, their tags, the facts they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.language import tr, trn
from annotator.model import Article
from annotator.text import shortened
from annotator.ui.controls import Label
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.models import CELL_ROLE, RowsModel
from annotator.ui.paint import Box, advance
from annotator.ui.panels.lists import RowDelegate, RowList, RowState
from annotator.ui.reading_report import FACT_WORDS
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import count

NONE, SOME, EVERY = range(3)
ROW = 30
AROUND = 262
"""Height of what stands around a list of offers, px."""
TITLE = 60
"""So much of an article's title is shown in a sentence."""

SHARED_FACTS = ("publication", "byline", "date", "language", "licence_note")
"""Facts that several articles may share."""


@dataclass(frozen=True)
class Offer:
    """A row to choose: a group or a tag. ``state``: none, some or every one of the articles has it."""

    words: str
    note: str = ""
    state: int = NONE
    ticked: bool = False
    """Whether the row has a box to tick."""


class OfferList(RowList):
    """Rows to choose or to tick; Space, Enter or a click takes one."""

    taken = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        self.rows: RowsModel[Offer] = RowsModel(_spoken, ())
        super().__init__(name, self.rows)
        self.rows.setParent(self)
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(theme, lambda _: ROW, _draw, inset=2, bar=False, parent=self))
        self.clicked.connect(self._take)

    def _take(self, index: QModelIndex) -> None:
        value = index.data(CELL_ROLE)
        if value is not None:
            self.taken.emit(value)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these; an empty list takes no keyboard."""
        self.rows.set_rows(offers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if offers else Qt.FocusPolicy.NoFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row has the keyboard."""
        self.choose_any()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes a row; so does Enter where rows are ticked."""
        value = self.currentIndex().data(CELL_ROLE)
        entering = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and value is not None and not value.ticked
        if value is not None and (event.key() == Qt.Key.Key_Space or entering):
            self.taken.emit(value)
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)


def _spoken(offer: Offer) -> str:
    if not offer.ticked:
        return f"{offer.words}, {offer.note}" if offer.note else offer.words
    said = (tr("not set"), tr("set for some"), tr("set"))[offer.state]
    return f"{offer.words}, {said}"


def _draw(p: QPainter, box: Box, offer: Offer, state: RowState) -> None:
    t, x = state.theme, 10.0
    if offer.ticked:
        mark = box.rc(x, (box.h - 16) / 2, 16, 16).adjusted(0.5, 0.5, -0.5, -0.5)
        p.setPen(QPen(QColor(t.ink if offer.state else t.edge), 1.3))
        p.setBrush(QColor(t.ink if offer.state == EVERY else t.raised))
        p.drawRoundedRect(mark, 4, 4)
        if offer.state == EVERY:
            p.drawPixmap(mark.adjusted(1, 1, -1, -1).toRect(), icon("check", t.page, 14))
        elif offer.state == SOME:
            p.fillRect(mark.adjusted(3.5, 6.5, -3.5, -6.5), QColor(t.ink))
        x += 26
    width = advance(font("small"), offer.note) + 2 if offer.note else 0.0
    box.text(p, offer.words, x, 0, box.w - x - width - 20, box.h, font("body"), t.ink)
    box.text(p, offer.note, box.w - 10 - width, 0, width, box.h, font("small"), t.muted, end=True)


class _Asking(Sheet):
    """A field over a list: what is typed narrows the list, or is new."""

    def __init__(self, theme: Theme, title: str, note: str, words: str, main: str, parent: QWidget | None) -> None:
        super().__init__(theme, title, parent, main=main)
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.list = OfferList(theme, title)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 12)
        body.setSpacing(10)
        body.addWidget(Label(theme, title, "title"))
        body.addWidget(Label(theme, note, "small", muted=True, wrap=True))
        self.says = Label(theme, "", "small", muted=True, wrap=True)
        body.addWidget(self.field)
        body.addWidget(self.says)
        body.addWidget(self.list, 1)
        self.set_body(body)
        self.field.textChanged.connect(self._narrow)
        self.list.taken.connect(self._take)
        self.field.setFocus()

    def _fit(self, rows: int) -> None:
        """Be as high as so many rows need, within bounds."""
        self.resize(420, min(460, AROUND + ROW * max(2, rows)))

    @property
    def typed(self) -> str:
        """What stands in the field, spaces tidied."""
        return " ".join(self.field.text().split())

    def _offers(self) -> list[Offer]:
        raise NotImplementedError

    def _take(self, offer: Offer) -> None:
        raise NotImplementedError

    def _what_enter_does(self, same: str | None, others: int) -> str:
        """Return what is done with what is typed: there is an offer of the same words, or so many that hold them."""
        raise NotImplementedError

    def _narrow(self, *_: object) -> None:
        words, offers = self.typed.casefold(), self._offers()
        found = [o for o in offers if words in o.words.casefold()]
        same = next((o.words for o in offers if o.words.casefold() == words), None)
        self.says.setText(self._what_enter_does(same, len(found)) if words else "")
        self.list.show_offers(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the field into the list."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus() and self.list.rows.rows:
            self.list.setFocus()
            self.list.setCurrentIndex(self.list.rows.index(0))
        else:
            super().keyPressEvent(event)


def _new(words: str, others: int) -> str:
    """Return what is new, and how to come to what is there."""
    return tr("{words}; ↓ goes to those there", words=words) if others else words


class GroupDialog(_Asking):
    """Answers with ``group``: a name, or None for no group."""

    def __init__(
        self, theme: Theme, groups: Sequence[tuple[str, int]], now: str, titles: Sequence[str], parent: QWidget | None
    ) -> None:
        note = trn(
            "“{title}” stands under this heading where the library is grouped. An article is in one group.",
            "The {n} articles stand under this heading where the library is grouped. An article is in one group.",
            len(titles),
            title=shortened(titles[0], TITLE),
        )
        super().__init__(theme, tr("Group"), note, tr("Name of a group, new or there already"), tr("Set group"), parent)
        self._groups, self._now = groups, now
        self.field.setText(now)
        self.field.selectAll()
        self._narrow()
        self._fit(len(groups))

    @property
    def group(self) -> str | None:
        """The group that was chosen."""
        return self.typed or None

    def _offers(self) -> list[Offer]:
        return [Offer(name, count(n, "article")) for name, n in self._groups]

    def _narrow(self, *_: object) -> None:
        """List every group while the present one stands in the field."""
        if self.typed == self._now:
            self.says.setText("")
            self.list.show_offers(self._offers())
        else:
            super()._narrow()

    def _what_enter_does(self, same: str | None, others: int) -> str:
        if same is not None:
            return tr("The group “{name}”", name=same)
        return _new(tr("New group “{name}”", name=self.typed), others)

    def _take(self, offer: Offer) -> None:
        self.field.setText(offer.words)


class NameDialog(Sheet):
    """Answers with ``name``: another name of a group; that of another group puts both together."""

    def __init__(self, theme: Theme, old: str, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Rename group"), parent, main=tr("Rename"))
        self.field = QLineEdit(old)
        self.field.setFont(font("body"))
        self.field.setAccessibleName(tr("Name of the group"))
        self.field.selectAll()
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(10)
        body.addWidget(Label(theme, tr("Rename group"), "title"))
        note = tr("The name of another group puts both together.")
        body.addWidget(Label(theme, note, "small", muted=True, wrap=True))
        body.addWidget(self.field)
        self.set_body(body)
        self.resize(420, 180)
        self.field.textChanged.connect(self._typed)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """The name, spaces tidied."""
        return " ".join(self.field.text().split())

    def _typed(self) -> None:
        self.ok.setEnabled(bool(self.name))


class TagsDialog(_Asking):
    """Answers with ``changed()``: which tags to give (True) or take away (False)."""

    def __init__(
        self,
        theme: Theme,
        tags: Sequence[str],
        has: Sequence[frozenset[str]],
        titles: Sequence[str],
        parent: QWidget | None,
    ) -> None:
        note = trn(
            "Tags of “{title}”.", "Tags of {n} articles. A dash: some of them have it.", len(titles),
            title=shortened(titles[0], TITLE),
        )  # fmt: skip
        super().__init__(theme, tr("Tags"), note, tr("New tag, or part of one"), tr("Set tags"), parent)
        known = dict.fromkeys((*tags, *sorted(frozenset().union(*has))))
        self._before = {tag: _state(tag, has) for tag in known}
        self._now = dict(self._before)
        self._entered = False
        self.field.returnPressed.connect(self._enter)
        self._narrow()
        self._fit(len(known) + 2)

    def _offers(self) -> list[Offer]:
        return [Offer(tag, state=state, ticked=True) for tag, state in self._now.items()]

    def _take(self, offer: Offer) -> None:
        self._now[offer.words] = NONE if offer.state == EVERY else EVERY
        rows = self.list.rows
        at = next((n for n, row in enumerate(rows.rows) if row.words == offer.words), -1)
        if at >= 0:
            rows.set_row(at, replace(offer, state=self._now[offer.words]))
            self.list.update(rows.index(at))

    def _what_enter_does(self, same: str | None, others: int) -> str:
        if same is not None:
            return tr("Enter sets “{tag}”", tag=same)
        return _new(tr("Enter makes a new tag “{tag}”", tag=self.typed), others)

    def _enter(self) -> None:
        """Take what was typed; the same key does not end the dialog as well."""
        self._entered = bool(self.typed)
        self._add()

    def _add(self) -> None:
        """Take what was typed as a tag to set."""
        words = self.typed
        if not words:
            return
        same = next((tag for tag in self._now if tag.casefold() == words.casefold()), words)
        self._now[same] = EVERY
        self.field.clear()
        self._narrow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field adds what was typed; only with an empty field it ends the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._entered:
            self._entered = False
            return
        super().keyPressEvent(event)

    def accept(self) -> None:
        """Take what was still being typed, too."""
        self._add()
        super().accept()

    def changed(self) -> dict[str, bool]:
        """Return the tags to give and to take away."""
        return {tag: now == EVERY for tag, now in self._now.items() if now != self._before.get(tag, NONE)}


def _state(tag: str, has: Sequence[frozenset[str]]) -> int:
    n = sum(tag in tags for tags in has)
    return NONE if not n else EVERY if n == len(has) else SOME


class SharedFactsDialog(Sheet):
    """Facts for several articles; a field that is left as it is changes nothing."""

    def __init__(self, theme: Theme, articles: Sequence[Article], parent: QWidget | None) -> None:
        title = trn("Facts of {n} article", "Facts of {n} articles", len(articles))
        super().__init__(theme, title, parent, main=tr("Save"))
        self.fields: dict[str, QLineEdit] = {}
        self._before: dict[str, str] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(SHARED_FACTS):
            words = FACT_WORDS[name]
            values = {getattr(a, name) or "" for a in articles}
            shared = values.pop() if len(values) == 1 else ""
            field = QLineEdit(shared)
            field.setFont(font("body"))
            field.setAccessibleName(words)
            if values:
                field.setPlaceholderText(tr("different in each; left as they are"))
                field.setAccessibleDescription(field.placeholderText())
            label = Label(theme, words, "small", muted=True)
            label.setBuddy(field)
            label.setFixedWidth(84)
            grid.addWidget(label, at, 0)
            grid.addWidget(field, at, 1)
            self.fields[name] = field
            self._before[name] = shared
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addWidget(Label(theme, title, "title"))
        note = tr("What you write here is set for every one of them, as one step.")
        body.addWidget(Label(theme, note, "small", muted=True, wrap=True))
        body.addLayout(grid)
        body.addStretch(1)
        self.set_body(body)
        self.resize(520, 330)
        self.fields["publication"].setFocus()

    def changed(self) -> dict[str, str | None]:
        """Return the facts to set; None: nobody has filled it in."""
        now = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        return {name: words or None for name, words in now.items() if words != self._before[name]}
