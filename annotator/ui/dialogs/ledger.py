"""The claim ledger: what is said more than once, under one wording; and who says it, where, and how far that is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QMenu, QSplitter, QVBoxLayout, QWidget

from annotator.language import tr, trn
from annotator.model import CodeBook, Id, Verification
from annotator.project import Changes, FoundClaim, LedgerClaim
from annotator.ui.actions import key_of
from annotator.ui.controls import Button, EmptyNote, Hints, Label, QuietCombo, ShyScrollBar, column, row, sign_search
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.models import RowsModel
from annotator.ui.paint import Box, advance, elided, glyph, status_glyph
from annotator.ui.panels.lists import Draw, RowDelegate, RowList, RowState
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count, label, title

ENTRY_ROW, MENTION_ROW = 52, 76
WHO = 216
"""Room for who says it and how it stands, px."""
PAUSE_MS = 40
"""So long an entry is chosen before its mentions are read: the arrows may run over many."""
ORDERS = (("often", tr("Most often said first")), ("wording", tr("By wording")))


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the ledger: its wording, and how often it is said in how many articles."""

    id: Id
    wording: str
    claims: int
    articles: int

    @property
    def told(self) -> str:
        """How often it is said."""
        return trn(
            "{n} mention in {articles}",
            "{n} mentions in {articles}",
            self.claims,
            articles=count(self.articles, "article"),
        )


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A claim of an entry: its words and place, who says it there, and what its check came to."""

    place: FoundClaim
    who: str
    status: str
    checked: str

    @property
    def where(self) -> str:
        """The article and the claim's number in it."""
        return tr("{title}, claim {n}", title=" ".join(self.place.title.split()), n=self.place.number)

    @property
    def words(self) -> str:
        """What is said, as it is said there."""
        quote = self.place.quote
        return quote if quote[:1] in '“«„"' else f"“{quote}”"

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        return ", ".join((self.words, self.where, self.who, self.checked))


def mention_of(claim: LedgerClaim, book: CodeBook) -> MentionRow:
    """Return the row of a claim of the ledger."""
    return MentionRow(claim.place, _who(claim), _status(claim.verification), _checked(claim.verification, book))


def _who(claim: LedgerClaim) -> str:
    """Return who says it, each with the stance where one is noted; where nobody is named, how that is."""
    named = [s for s in claim.said if s.accountable]
    if named:
        stances = [tr("{who} ({stance})", who=s.label, stance=label(s.stance)) if s.stance else s.label for s in named]
        return ", ".join(dict.fromkeys(stances))
    return tr("author’s voice") if claim.said else tr("not linked")


def _status(event: Verification | None) -> str:
    return event.status if event is not None else "not_checked"


def _checked(event: Verification | None, book: CodeBook) -> str:
    if event is not None and event.verdict is not None:
        return book.title("verdict", event.verdict)
    return title(_status(event))


def entries_of(workspace: Workspace) -> list[EntryRow]:
    """Return the entries of the ledger."""
    project = workspace.project
    if project is None:
        return []
    sizes = project.ledger_sizes()
    return [EntryRow(e.id, e.wording, *sizes.get(e.id, (0, 0))) for e in project.ledger()]


def narrowed(entries: Sequence[EntryRow], order: str, words: str) -> list[EntryRow]:
    """Return the entries whose wording holds every word typed, in an order of ORDERS."""
    wanted = words.casefold().split()
    found = [e for e in entries if all(w in e.wording.casefold() for w in wanted)]
    if order == "wording":
        return sorted(found, key=lambda e: e.wording.casefold())
    return sorted(found, key=lambda e: (-e.articles, -e.claims, e.wording.casefold()))


# -- lists


def _draw_entry(p: QPainter, box: Box, entry: EntryRow, state: RowState) -> None:
    box.text(p, entry.wording, 16, 5, box.w - 26, 21, font("body", 600 if state.chosen else 400), state.theme.ink)
    box.text(p, entry.told, 16, 26, box.w - 26, 18, font("small"), state.theme.muted)


def draw_quote(p: QPainter, box: Box, words: str, x: float, room: float, theme: Theme) -> float:
    """Draw a quote on two lines at most, from 6 px below the top; returns where what stands below it begins."""
    face = font("quote", px=14)
    # A little less than twice the room, since no line is filled to its end.
    box.text(p, elided(face, words, 1.85 * room), x, 6, room, 44, face, theme.ink, wrap=True)
    return 29 if advance(face, words) <= room else 52


def _draw_mention(p: QPainter, box: Box, mention: MentionRow, state: RowState) -> None:
    theme = state.theme
    who = min(WHO, box.w * 0.4)
    room = box.w - 36 - who - 16
    at = box.rc(14, 12, 10, 10)
    glyph(p, "claim", at.x(), at.y(), theme)
    below = draw_quote(p, box, mention.words, 36, room, theme)
    box.text(p, mention.where, 36, below, room, 18, font("small"), theme.muted)
    box.text(p, mention.who, box.w - who, 7, who - 10, 20, font("body"), theme.ink)
    at = box.rc(box.w - who, 31, 12, 12)
    status_glyph(p, mention.status, at.x(), at.y(), theme, theme.muted)
    box.text(p, mention.checked, box.w - who + 18, 28, who - 28, 18, font("small"), theme.muted)


class LedgerList(RowList):
    """A long list of rows of one height; keys it has no use for go on to the dialog."""

    gone_to = Signal(object)
    pointed = Signal(object)
    delete_asked = Signal(object)
    menu_asked = Signal(QPoint)
    open_asked = Signal(object)
    """Ctrl+Enter."""

    def __init__(self, theme: Theme, name: str, model: RowsModel[Any], height: int, draw: Draw) -> None:
        super().__init__(name, model)
        model.setParent(self)
        self.setItemDelegate(RowDelegate(theme, lambda _: height, draw, inset=6, bar=True, parent=self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.selectionModel().currentChanged.connect(self._point)
        self.doubleClicked.connect(lambda: self.current is not None and self.gone_to.emit(self.current))

    def _point(self, now: QModelIndex) -> None:
        self.pointed.emit(self.current if now.isValid() else None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row has the keyboard."""
        self.choose_any()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Delete takes away; the rest is the list's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.current is not None:
            self.open_asked.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.gone_to.emit(self.current)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current is not None:
            self.delete_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about the row."""
        at = self.menu_place(event)
        if self.current is not None:
            self.menu_asked.emit(at)


class LedgerDialog(Sheet):
    """Entries at the start, the mentions of the chosen one beside them. Accepted: ``place`` is where to go."""

    def __init__(self, workspace: Workspace, theme: Theme, entry: Id | None, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Claim ledger"), parent, main=tr("Go there"), cancel=tr("Close"))
        self._workspace = workspace
        self._wanted = entry
        """The entry to begin with."""
        self._all: list[EntryRow] = []
        self._told: Id | None = None
        """The entry whose mentions are shown."""
        self._entered = False
        self.order = QuietCombo(theme, tr("Order"), ORDERS, "often")
        self.filter = QLineEdit()
        self.filter.setFont(font("body"))
        self.filter.setPlaceholderText(tr("Filter by wording"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        sign_search(self.filter, theme)
        self.rows: RowsModel[EntryRow] = RowsModel(lambda e: f"{e.wording}, {e.told}", tip=lambda e: e.wording)
        self.entries = LedgerList(theme, tr("What is said more than once"), self.rows, ENTRY_ROW, _draw_entry)
        self.places: RowsModel[MentionRow] = RowsModel(lambda m: m.spoken, tip=lambda m: f"{m.words}\\n{m.where}")
        self.mentions = LedgerList(theme, tr("Who says it, and where"), self.places, MENTION_ROW, _draw_mention)
        self._count = Label(theme, "", "title", muted=True)
        self._empty = EmptyNote(theme, "")
        self.wording = Label(theme, "", "section", wrap=True)
        self.reword = Button(theme, tr("Reword"), "quiet")
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setAccessibleName(tr("The wording of all its mentions"))
        self.field.hide()
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(PAUSE_MS)
        self._lay_out(theme)
        self._connect()
        self.resize(1040, 640)
        self._reload()
        (self.entries if self.rows.rows else self.filter).setFocus()

    def _lay_out(self, theme: Theme) -> None:
        start, end = QWidget(), QWidget()
        lines = column(start, (0, 0, 8, 0), 6)
        lines.addWidget(self.filter)
        lines.addLayout(row(self.order, None))
        lines.addWidget(self.entries, 1)
        other = column(end, (8, 0, 0, 0), 6)
        head = row(self.wording, self.reword)
        head.setStretch(0, 1)
        head.setAlignment(self.reword, Qt.AlignmentFlag.AlignTop)
        head.insertWidget(1, self.field, 1)
        other.addLayout(head)
        other.addWidget(self.mentions, 1)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(start)
        self._parts.addWidget(end)
        self._parts.setSizes([380, 620])
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 20, 8)
        body.setSpacing(10)
        body.addLayout(row(Label(theme, tr("Claim ledger"), "title"), self._count, None))
        about = tr("What several claims say alike, of one article or many, under one neutral wording.")
        body.addWidget(Label(theme, about, "small", muted=True, wrap=True))
        body.addWidget(self._empty)
        body.addWidget(self._parts, 1)
        body.addStretch(0)
        self.set_body(body)
        keys = [("↵", tr("go there")), ("F2", tr("reword")), (tr("Del"), tr("take a claim out")), ("Esc", tr("close"))]
        self.foot_start.addWidget(Hints(theme, keys), 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.order.picked.connect(self._narrow)
        self.entries.pointed.connect(self._read_soon)
        self.entries.gone_to.connect(self._enter_mentions)
        self.entries.menu_asked.connect(self._entry_menu)
        self._reading.timeout.connect(self._show_mentions)
        self.mentions.gone_to.connect(self.accept)
        self.mentions.delete_asked.connect(self._take_out)
        self.mentions.menu_asked.connect(self._mention_menu)
        self.mentions.pointed.connect(self._follow)
        self.reword.clicked.connect(self._begin_wording)
        self.field.returnPressed.connect(self._word_typed)
        self._workspace.changed.connect(self._changed)

    # -- what is chosen

    @property
    def entry(self) -> Id | None:
        """The entry chosen."""
        now: EntryRow | None = self.entries.current
        return now.id if now is not None else None

    @property
    def place(self) -> FoundClaim | None:
        """The claim to go to: the mention chosen, else the first one."""
        now: MentionRow | None = self.mentions.current or next(iter(self.places.rows), None)
        return now.place if now is not None else None

    # -- showing

    def _changed(self, _: Changes) -> None:
        self._reload()

    def _reload(self) -> None:
        self._all = entries_of(self._workspace)
        self._narrow()

    def _narrow(self, *_: object) -> None:
        wanted = self.entry or self._wanted
        found = narrowed(self._all, self.order.value or "often", self.filter.text())
        self.rows.set_rows(found)
        any_ = bool(found) or bool(self.filter.text().strip())
        self._count.setText(f"{len(found):,}" if found else "")
        self._parts.setVisible(any_)
        self._empty.setVisible(not found)
        self._empty.setText(tr("No wording holds these words.") if any_ else _how_to())
        at = next((n for n, e in enumerate(found) if e.id == wanted), 0)
        if found:
            self.entries.choose(at)
            self.entries.scrollTo(self.rows.index(at), QListView.ScrollHint.EnsureVisible)
        self._show_mentions()

    def _show_mentions(self) -> None:
        """Show the mentions of the chosen entry."""
        self._reading.stop()
        project, now = self._workspace.project, self.entries.current
        entry: EntryRow | None = now if self.rows.rows else None
        there = project.ledger_claims(entry.id) if project is not None and entry is not None else []
        same = entry is not None and entry.id == self._told
        at = max(0, self.mentions.currentIndex().row()) if same else 0
        self._told = entry.id if entry is not None else None
        book = project.code_book if project is not None else CodeBook()
        self.places.set_rows([mention_of(claim, book) for claim in there])
        if there:
            self.mentions.choose(min(at, len(there) - 1))
        self.wording.setText(entry.wording if entry is not None else "")
        self.reword.setVisible(entry is not None and project is not None and not project.read_only)
        self._end_wording()
        self._follow()

    def _read_soon(self, *_: object) -> None:
        self._reading.start()

    def _enter_mentions(self, *_: object) -> None:
        self.mentions.setFocus()

    def _follow(self, *_: object) -> None:
        self.ok.setEnabled(self.place is not None)

    # -- doing

    def _begin_wording(self) -> None:
        entry: EntryRow | None = self.entries.current
        if entry is not None and self.reword.isVisibleTo(self):
            self.field.setText(entry.wording)
            self.field.selectAll()
            self._show_field(True)
            self.field.setFocus()

    def _show_field(self, shown: bool) -> None:
        self.field.setVisible(shown)
        self.wording.setVisible(not shown)
        self.reword.setEnabled(not shown)

    def _end_wording(self) -> None:
        if self.field.isVisibleTo(self):
            if self.field.hasFocus():
                self.entries.setFocus()
            self._show_field(False)

    def _word_typed(self) -> None:
        """Keep the wording; the same key does not end the dialog as well."""
        self._entered = True
        self._keep_wording()

    def _keep_wording(self) -> None:
        entry, words = self.entry, " ".join(self.field.text().split())
        if entry is None or not words:
            return
        self._workspace.do(lambda p: p.rename_ledger(entry, words))
        self._end_wording()

    def _take_out(self, mention: MentionRow) -> None:
        self._workspace.do(lambda p: p.leave_ledger(mention.place.claim))

    def _entry_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Reword…"), self._begin_wording)
        menu.exec(at)
        menu.deleteLater()

    def _mention_menu(self, at: QPoint) -> None:
        mention: MentionRow | None = self.mentions.current
        if mention is None:
            return
        menu = QMenu(self)
        menu.addAction(tr("Go there"), self.accept)
        menu.addSeparator()
        menu.addAction(tr("Take this claim out"), lambda: self._take_out(mention))
        menu.exec(at)
        menu.deleteLater()

    def accept(self, *_: object) -> None:
        """Go to the chosen mention; a wording being typed is kept first."""
        if self.field.isVisible():
            self._keep_wording()
        elif self.filter.hasFocus() and self.rows.rows:
            self.entries.setFocus()
        elif self.place is not None:
            super().accept()

    def reject(self) -> None:
        """Close; Esc in the wording leaves only that, in a filter with words empties it."""
        if self.field.hasFocus():
            self._end_wording()
        elif self.filter.hasFocus() and self.filter.text():
            self.filter.clear()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the filter into the list, Right to the mentions; F2 rewords, undo and redo work as everywhere."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._entered:
            self._entered = False
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._workspace.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._workspace.redo()
        elif key == Qt.Key.Key_F2:
            self._begin_wording()
        elif key == Qt.Key.Key_Down and self.filter.hasFocus():
            self.entries.setFocus()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and (self.entries.hasFocus() or self.mentions.hasFocus()):
            forward = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            (self.mentions if forward else self.entries).setFocus()
        else:
            super().keyPressEvent(event)


def _how_to() -> str:
    return tr(
        "Nothing is said twice yet. Choose a claim, go to “Other claims” in its details ({key}), and say that it “Says the "
        "same as” another one, of this article or of any other.",
        key=key_of("panel.details"),
    )
