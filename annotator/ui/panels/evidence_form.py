"""The form for a piece of evidence: what it is, where, how it bears on the claim; the rest of the record behind "More"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.language import tr, trn
from annotator.model import ClaimEvidence, Evidence, Id
from annotator.model.values import EVIDENCE_STANCES
from annotator.text import shortened
from annotator.ui.controls import NOT_FILLED_IN, Button, FieldRow, Label, QuietCombo, Segmented, Tick, column, row
from annotator.ui.days import written_day
from annotator.ui.panels.evidence import Piece, name_of, told_of
from annotator.ui.panels.evidence_files import KeptFile
from annotator.ui.panels.fields import NoteField, suggest
from annotator.ui.panels.folding import Fold
from annotator.ui.theme import Theme, font
from annotator.ui.typed_days import today, typed_day
from annotator.vocabulary import count, title

if TYPE_CHECKING:
    from annotator.project import EvidenceUse

Find = Callable[[str], Sequence["EvidenceUse"]]
"""What finds the pieces of the project that fit some words, those used most first."""
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")


@dataclass(frozen=True)
class Typed:
    """What was typed: the piece it is about (None: a new one), its fields, and how it bears on the claim.

    Of a piece that is there already ``fields`` holds what is to be other than it was.
    """

    piece: Id | None
    stance: str
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    link: dict[str, Any] = field(default_factory=dict[str, Any])
    file: Path | None = None
    """Another file to keep with it."""
    drops_file: bool = False


class _Line(QLineEdit):
    """A line of text whose beginning is shown, and which says when it is left."""

    left = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(font("body"))

    def show_words(self, words: str | None) -> None:
        """Show words from their beginning."""
        self.setText(words or "")
        self.setCursorPosition(0)

    @property
    def words(self) -> str | None:
        """What stands here on one line; None for nothing."""
        return " ".join(self.text().split()) or None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that it was left; not for its own list or menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class _Day(_Line):
    """A day, typed as one likes; once it is left it shows how it was understood."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name, hint)
        self._stored: str | None = None
        self.left.connect(lambda: self.show_day(self.day))

    def show_day(self, stored: str | None) -> None:
        """Show a stored day as the user's system writes it."""
        self._stored = stored
        self.show_words(written_day(stored))

    @property
    def day(self) -> str | None:
        """The day as it is stored."""
        return self._stored if self.text() == written_day(self._stored) else typed_day(self.text())


class _Words(NoteField):
    """Words of some lines; Ctrl+Enter is the form's, as Enter is in its other fields."""

    entered = Signal()
    LOW = 46

    def __init__(self, theme: Theme, name: str, hint: str) -> None:
        super().__init__(theme, name, None)
        self.words: str | None = None
        self.setPlaceholderText(hint)
        self.committed.connect(self._take)

    def _take(self, words: object) -> None:
        self.words = words if isinstance(words, str) else None

    def show_words(self, words: str | None) -> None:
        """Show words that are stored."""
        self.words = words
        self.setPlainText(words or "")
        self.set_value(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends the form."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.commit()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class EvidenceForm(QWidget):
    """Adds a piece of evidence, an older one of the project among them, or edits one. Enter keeps, Esc leaves."""

    kept = Signal(object)
    """What is to be written: a Typed."""
    left = Signal()
    grown = Signal()
    """It is higher or lower than before."""

    def __init__(self, theme: Theme, find: Find, file_of: Callable[[Evidence], str]) -> None:
        super().__init__()
        self._find = find
        self._file_of = file_of
        self._piece: Evidence | None = None
        self._link: ClaimEvidence | None = None
        self._offered: dict[str, EvidenceUse] = {}
        self.title = _Line(tr("Title or citation"), tr("What it is: title or citation"))
        self.title.textEdited.connect(self._offer)
        self.title.textChanged.connect(self._title_changed)
        self.url = _Line(tr("Web address"), tr("Web address, if it has one"))
        self.url.left.connect(self._known_address)
        self.stance = Segmented(theme, tr("This evidence"), [title(s) for s in EVIDENCE_STANCES])
        self.known = Label(theme, "", "small", muted=True, wrap=True)
        self._for = Label(theme, "", "small", wrap=True)
        self.more = Fold(theme, tr("More"), tr("Less"))
        self.more.setToolTip(tr("Quote, publisher, dates, archive, independence, note"))
        self.more.turned.connect(self.show_more)
        self._rest = self._make_rest(theme)
        self.keep = Button(theme, tr("Add"), "primary", name=tr("Add evidence"))
        self.keep.clicked.connect(self.add)
        cancel = Button(theme, tr("Cancel"))
        cancel.clicked.connect(self.left)
        layout = column(self, (0, 4, 0, 4), 8)
        for part in (self._for, self.title, self.known, self.url):
            layout.addWidget(part)
        layout.addLayout(row(self.stance, None))
        layout.addWidget(self._rest)
        layout.addLayout(row(self.more, None, cancel, self.keep))
        for part in (self._for, self.known, self._rest):
            part.hide()

    def _make_rest(self, theme: Theme) -> QWidget:
        self.quoted = _Words(theme, tr("Quoted passage"), tr("The passage that counts, word for word"))
        self.publisher = _Line(tr("Publisher"), NOT_FILLED_IN)
        self.date = _Day(tr("Date"), tr("Day, or as it is dated"))
        self.accessed = _Day(tr("Seen on"), tr("When you looked"))
        self.archive = _Line(tr("Archive address"), tr("Address of a kept copy"))
        self.citation = _Line(tr("Citation"), tr("As a reference list has it"))
        self.file = KeptFile(theme)
        self.primary = Tick(theme, tr("Primary source"))
        self.primary.setToolTip(tr("A document, a record, a witness: not a report about them"))
        yes_no = [(None, NOT_FILLED_IN), ("yes", title("yes")), ("no", title("no"))]
        self.independent = QuietCombo(theme, tr("Independent of the claim’s source"), yes_no)
        self.independent.setToolTip(tr("Whether it knows this from elsewhere than the source of the claim"))
        self.note = _Words(theme, tr("Note on this evidence"), tr("What it shows, what it leaves open"))
        now = Button(theme, tr("Today"), "quiet", name=tr("Seen today"))
        now.clicked.connect(lambda: self.accessed.show_day(today()))
        seen = QWidget()
        seen.setLayout(row(self.accessed, now, gap=4))
        holder = QWidget()
        lines = column(holder, gap=6)
        lines.addWidget(self.quoted)
        for words, control in (
            (tr("Publisher"), self.publisher),
            (tr("Date"), self.date),
            (tr("Seen on"), seen),
            (tr("Archived at"), self.archive),
            (tr("Citation"), self.citation),
            (tr("File"), self.file),
        ):
            lines.addWidget(FieldRow(theme, words, control, stretch=True))
        lines.addWidget(FieldRow(theme, tr("Independent"), self.independent))
        lines.addLayout(row(self.primary, None))
        lines.addWidget(self.note)
        for words in (self.quoted, self.note):
            words.entered.connect(self.add)
        return holder

    # -- beginning

    @property
    def editing(self) -> bool:
        """Whether a piece of the claim is being edited, none added."""
        return self._link is not None

    def begin(self, wanted: str = "", stance: str = EVIDENCE_STANCES[0]) -> None:
        """Ask for a new piece; ``wanted`` says what is to rest on it, ``stance`` how such a piece mostly bears on a claim."""
        self._show(None, None)
        self.stance.choose(EVIDENCE_STANCES.index(stance))
        self._for.setText(wanted)
        self._for.setVisible(bool(wanted))
        self.keep.setText(tr("Add"))
        self.keep.setAccessibleName(tr("Add evidence"))
        self.show_more(False)
        self.show()
        self.title.setFocus()

    def edit(self, piece: Piece) -> None:
        """Edit a piece and how it bears on the claim."""
        self._show(piece.evidence, piece.link)
        self._for.hide()
        self.keep.setText(tr("Save"))
        self.keep.setAccessibleName(tr("Save the evidence"))
        self.show_more(self._has_more())
        self.show()
        self.title.setFocus()

    def _show(self, evidence: Evidence | None, link: ClaimEvidence | None) -> None:
        self._link = link
        self._offered = {}
        self._show_piece(evidence)
        self.stance.choose(EVIDENCE_STANCES.index(link.stance) if link and link.stance in EVIDENCE_STANCES else 0)
        self.quoted.show_words(link.quoted if link else None)
        self.note.show_words(link.note if link else None)
        self.independent.set_value({True: "yes", False: "no"}.get(link.independent) if link else None)  # type: ignore[arg-type]
        self._tell_known(None)

    def _show_piece(self, evidence: Evidence | None) -> None:
        """Fill in the fields of a piece; None: those of a new one are empty."""
        self._piece = None  # while the title changes
        shown = evidence or Evidence()
        self.title.show_words(shown.title or shown.citation)
        self.citation.show_words(shown.citation if shown.title else None)
        self.url.show_words(shown.url)
        self.publisher.show_words(shown.publisher)
        self.archive.show_words(shown.archive_url)
        self.date.show_day(shown.date)
        self.accessed.show_day(shown.accessed)
        self.primary.setChecked(bool(shown.is_primary))
        self.file.show_name(self._file_of(shown) if shown.blob else "")
        self._piece = evidence

    def _has_more(self) -> bool:
        lines = (self.publisher, self.date, self.accessed, self.archive, self.citation)
        words = (self.quoted, self.note)
        typed = bool(self.file.named) or any(line.text() for line in lines) or any(w.words for w in words)
        return typed or self.primary.isChecked() or self.independent.value is not None

    def show_more(self, more: bool) -> None:
        """Show the whole record, or its three fields."""
        self.more.open(more)
        self._rest.setVisible(more)

    # -- pieces that are there already

    def _offer(self, typed: str) -> None:
        """Offer the pieces of the project that fit what is typed."""
        if self._link is not None:  # this piece is being edited: it does not become another
            return
        found = self._find(typed) if typed.strip() else ()
        self._offered = {}
        for use in found:
            words = " · ".join(shortened(part, 90) for part in (name_of(use.evidence), *told_of(use.evidence)))
            self._offered.setdefault(words, use)
        suggest(self.title, [(words, _used(use)) for words, use in self._offered.items()], self._take)
        self.title.completer().setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)

    def _take(self) -> None:
        use = self._offered.get(self.title.text())
        if use is not None:
            self._show_piece(use.evidence)
            self._tell_known(use)
            self.stance.setFocus()

    def _title_changed(self, words: str) -> None:
        """Begin a new piece where the title of one that was taken is emptied."""
        if self._link is None and self._piece is not None and not words:
            self._piece = None
            self._tell_known(None)

    def _known_address(self) -> None:
        """Take the piece of the project that has the address just typed, where nothing says it is another."""
        address = with_scheme(self.url.words)
        if self._link is not None or self._piece is not None or not address or self.title.words:
            return
        same = next((use for use in self._find(address) if use.evidence.url == address), None)
        if same is not None:
            self._show_piece(same.evidence)
            self._tell_known(same)

    def _tell_known(self, use: EvidenceUse | None) -> None:
        words = ""
        if use is not None:
            words = tr("Already in this project, {used}. What you change here is changed there.", used=_used(use))
        elif self._link is not None and self._piece is not None:
            uses = next((u for u in self._find(name_of(self._piece)) if u.evidence.id == self._piece.id), None)
            if uses is not None and uses.claims > 1:
                words = trn(
                    "{n} claim rests on it: title, address and dates change there too.",
                    "{n} claims rest on it: title, address and dates change there too.",
                    uses.claims,
                )
        self.known.setText(words)
        if self.known.isHidden() == bool(words):
            self.known.setVisible(bool(words))
            self.grown.emit()

    # -- handing over

    def is_dirty(self) -> bool:
        """Say whether anything was typed that would be lost."""
        for words in (self.quoted, self.note):
            words.commit()
        if self._link is None:
            return bool(self.title.words or self.url.words)
        typed = self._typed()
        return bool(typed.fields or typed.link or typed.stance != self._link.stance or self.file.changed)

    def add(self) -> None:
        """Hand over what was typed."""
        for words in (self.quoted, self.note):
            words.commit()
        if not (self.title.words or self.url.words or self.citation.words):
            self.title.setFocus()
            return
        self.kept.emit(self._typed())

    def _typed(self) -> Typed:
        fields, piece, link = self._fields(), self._piece, self._link
        if piece is not None:
            fields = {name: value for name, value in fields.items() if value != getattr(piece, name)}
        bearing: dict[str, Any] = {
            "quoted": self.quoted.words,
            "note": self.note.words,
            "independent": {"yes": True, "no": False}.get(self.independent.value or ""),
        }
        if link is not None:
            bearing = {name: value for name, value in bearing.items() if value != getattr(link, name)}
        stance = EVIDENCE_STANCES[self.stance.current]
        id_ = piece.id if piece is not None else None
        return Typed(id_, stance, fields, bearing, self.file.chosen, self.file.dropped)

    def _fields(self) -> dict[str, Any]:
        """Return the fields of the record as they stand in the form."""
        title_, citation = self.title.words, self.citation.words
        if self._piece is not None and not self._piece.title and self._piece.citation and citation is None:
            title_, citation = None, title_  # it never had a title: what stands in its place is its citation
        primary = True if self.primary.isChecked() else None
        if primary is None and self._piece is not None and self._piece.is_primary is False:
            primary = False
        return {
            "title": title_,
            "citation": citation,
            "url": with_scheme(self.url.words),
            "publisher": self.publisher.words,
            "date": self.date.day,
            "accessed": self.accessed.day,
            "archive_url": with_scheme(self.archive.words),
            "is_primary": primary,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form; Enter keeps it from whichever part has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        else:
            super().keyPressEvent(event)


def _used(use: EvidenceUse) -> str:
    """Return how often a piece is used."""
    where = count(use.claims, "claim")
    return tr("used for {claims} in {articles}", claims=where, articles=count(use.articles, "article"))


def with_scheme(address: str | None) -> str | None:
    """Return an address as it is stored: one typed without "https://", as browsers take it, gets it."""
    if address and _BARE_HOST.fullmatch(address):
        return f"https://{address}"
    return address
