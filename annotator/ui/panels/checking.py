"""The check of a claim: status, verdict on a scale of five, and the evidence both rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolTip, QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, CodeBook, Id, Verification
from annotator.model.values import CHECK_STATUSES, EVIDENCE_STANCES, NO_VERDICT_TYPES
from annotator.ui.actions import key_of
from annotator.ui.controls import Button, EmptyNote, FieldRow, QuietCombo, SectionHead, Segmented, Tick, column, row
from annotator.ui.days import day_of
from annotator.ui.labels import painter, plain_tip
from annotator.ui.paint import Box, advance, elided, focus_ring
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.spoken import value_changed
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Workspace
from annotator.vocabulary import title

ROW_OF_EVIDENCE = 44
STEPS = ("5", "4", "3", "2", "1")
STANCE_SIGNS = {"supports": "+", "contradicts": "−", "context": "○"}
NO_VERDICT = {
    "opinion": tr(
        "An opinion takes no verdict: it cannot be checked as true or false. Check the facts inside it as claims of their own."
    ),
    "value": tr(
        "A value takes no verdict: it cannot be checked as true or false. Check the facts inside it as claims of their own."
    ),
}


def _needs_evidence(book: CodeBook) -> str:
    return tr(
        "A verdict needs evidence. Add a piece first; then choose from 5, {best}, to 1, {worst}.",
        best=book.label("verdict", "5"),
        worst=book.label("verdict", "1"),
    )


_BETWEEN = 12
_LEAST_SAID = 80
"""Room between a verdict's words and who gave it, and what is left for that at least, px."""


def _said(event: Verification, room: float) -> str:
    """Return who gave a verdict and when, in so many px; where it is too much, a name cut short and the day whole."""
    face, when = font("small"), day_of(event.at)
    if not event.person or not when:
        return event.person or when
    left = room - advance(face, f", {when}") - 1
    return f"{elided(face, event.person, left)}, {when}" if left > advance(face, "MM…") else when


class VerdictScale(QWidget):
    """Five numbered steps, the chosen one spelled out, who said so and when at the end."""

    picked = Signal(object)
    """A verdict, or None to take it back."""
    HEIGHT, STEPS_HEIGHT = 56, 30

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._event: Verification | None = None
        self._book = CodeBook()
        self._why = ""
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_event(None)

    @property
    def verdict(self) -> str | None:
        """The verdict shown."""
        return self._event.verdict if self._event else None

    def show_event(self, event: Verification | None) -> None:
        """Show the state a claim's checking is in."""
        self._event = event
        if self.verdict in STEPS:
            self._cursor = STEPS.index(self.verdict or "")
        self._tell()
        self.update()

    def set_book(self, book: CodeBook) -> None:
        """Take the words of the verdicts from a code book."""
        if book is not self._book:
            self._book = book
            self._tell()
            self.update()

    def set_read_only(self, why: str) -> None:
        """Show the verdict and take none; the tool tip says why."""
        self._why = why

    def set_able(self, able: bool) -> None:
        """Take no verdict, and spare the words, while there is no evidence."""
        self.setEnabled(able)
        self.setFixedHeight(self.HEIGHT if able else self.STEPS_HEIGHT)

    def _tell(self) -> None:
        self.setAccessibleName(tr("Verdict: {words}", words=self._words()))
        step, words = STEPS[self._cursor], self._book.title("verdict", STEPS[self._cursor])
        self.setAccessibleDescription(tr("At {step}, {words}; Enter chooses it", step=step, words=words))

    def spoken_value(self) -> str:
        """Return the words of the step Enter would choose."""
        return self._book.title("verdict", STEPS[self._cursor])

    def _words(self) -> str:
        return self._book.title("verdict", self.verdict) if self.verdict else tr("No verdict yet")

    def event(self, event: QEvent) -> bool:
        """Say in a tool tip what the step under the pointer means."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._why or self._meaning(event.pos())), self)
            return True
        return super().event(event)

    def _meaning(self, at: QPoint) -> str:
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        for n, value in enumerate(STEPS):
            if self._step_rect(box, n).contains(at):
                return "\n".join((self._book.title("verdict", value), self._book.tip("verdict", value)))
        return self._book.tip("verdict", self.verdict)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the scale."""
        return QSize(200, self.HEIGHT)

    def _step_rect(self, box: Box, n: int) -> QRectF:
        width = (box.w - 16) / len(STEPS)
        return box.rc(n * (width + 4), 1, width, 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter chooses, a digit chooses its step; Delete takes the verdict back."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            step = -step if self.isRightToLeft() else step
            self._cursor = max(0, min(self._cursor + step, len(STEPS) - 1))
            self._tell()
            value_changed(self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(STEPS[self._cursor])
        elif event.text() in STEPS:
            self._pick(event.text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.verdict and not self._why:
            self.picked.emit(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the step under the pointer; the chosen one again takes the verdict back."""
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        for n, value in enumerate(STEPS):
            if self._step_rect(box, n).contains(event.position()):
                self._pick(None if value == self.verdict else value)
                return

    def _pick(self, verdict: str | None) -> None:
        if verdict != self.verdict and not self._why:
            self.picked.emit(verdict)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw steps and words."""
        p = painter(self)
        theme = self._theme
        box = Box(QRectF(self.rect()), self.isRightToLeft())
        for n, value in enumerate(STEPS):
            self._paint_step(p, self._step_rect(box, n), value, at_cursor=self.hasFocus() and n == self._cursor)
        if not self.isEnabled():
            p.end()
            return
        face, ink = font("body", 600 if self.verdict else 400), theme.ink if self.verdict else theme.muted
        room = max(_LEAST_SAID, box.w - advance(face, self._words()) - _BETWEEN) if self.verdict and self._event else 0
        box.text(p, self._words(), 0, 33, box.w - room - (_BETWEEN if room else 0), 22, face, ink)
        if self.verdict and self._event:
            said = _said(self._event, room)
            box.text(p, said, box.w - room, 33, room, 22, font("small"), theme.muted, end=True)
        p.end()

    def _paint_step(self, p: QPainter, rect: QRectF, value: str, *, at_cursor: bool) -> None:
        theme = self._theme
        on = value == self.verdict
        able = self.isEnabled()
        p.setPen(QPen(QColor(theme.ink if on else theme.edge if able else theme.line), 1))
        p.setBrush(QColor(theme.ink if on else theme.raised if able else theme.panel))
        p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        p.setFont(font("body", 600 if on else 400))
        p.setPen(QColor(theme.page if on else theme.ink if able else theme.muted))
        p.drawText(rect, Qt.AlignmentFlag.AlignCenter, value)
        if at_cursor:
            focus_ring(p, rect, theme, 5)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as the list shows it."""

    id: Id
    stance: str
    title: str
    meta: str
    primary: bool


def pieces_of(annotated: AnnotatedArticle, claim: Id) -> list[Piece]:
    """Return a claim's evidence, in the order it was added."""
    found: list[Piece] = []
    for link in annotated.evidence_of(claim):
        item = annotated.evidence.get(link.evidence)
        if item is not None:
            name = item.title or item.citation or item.url or ""
            meta = " · ".join(
                w for w in (title(link.stance), item.publisher or "", item.date or "", item.url or "") if w
            )
            found.append(Piece(item.id, link.stance, name, meta, bool(item.is_primary)))
    return found


def _spoken(piece: Piece) -> str:
    words = f"{piece.title}, {piece.meta}"
    return tr("{evidence}, primary", evidence=words) if piece.primary else words


def _draw_piece(p: QPainter, box: Box, piece: Piece, state: RowState) -> None:
    theme = state.theme
    sign = box.rc(8, 6, 18, 18)
    p.setPen(QPen(QColor(theme.edge), 1))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(sign.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    p.setFont(font("body", 600))
    p.setPen(QColor(theme.ink))
    p.drawText(sign, Qt.AlignmentFlag.AlignCenter, STANCE_SIGNS.get(piece.stance, ""))
    end = 56 if piece.primary else 0
    box.text(p, piece.title, 34, 3, box.w - 42, 20, font("body"), theme.ink)
    box.text(p, piece.meta, 34, 21, box.w - 42 - end, 18, font("small"), theme.muted)
    if end:
        box.text(p, tr("primary"), box.w - end - 8, 21, end, 18, font("small"), theme.muted, end=True)


class EvidenceForm(QWidget):
    """A few fields to add a piece of evidence; Enter adds, Esc leaves."""

    added = Signal(str, dict)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = self._field(tr("Title or citation"), tr("What it is: title or citation"))
        self.url = self._field(tr("Web address"), tr("Web address, if it has one"))
        self._stance = Segmented(theme, tr("This evidence"), [title(s) for s in EVIDENCE_STANCES])
        self._primary = Tick(theme, tr("Primary source"))
        add = Button(theme, tr("Add"), "primary", name=tr("Add evidence"))
        add.clicked.connect(self.add)
        cancel = Button(theme, tr("Cancel"))
        cancel.clicked.connect(self.left)
        layout = column(self, (0, 4, 0, 4), 8)
        layout.addWidget(self.title)
        layout.addWidget(self.url)
        layout.addLayout(row(self._stance, None))
        layout.addLayout(row(self._primary, None, add, cancel))

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setFont(font("body"))
        return field

    def begin(self) -> None:
        """Empty the fields and go to the first."""
        self.title.clear()
        self.url.clear()
        self._primary.setChecked(False)
        self.show()
        self.title.setFocus()

    def is_dirty(self) -> bool:
        """Say whether anything was typed."""
        return bool(self.title.text().strip() or self.url.text().strip())

    def add(self) -> None:
        """Hand over what was typed."""
        if not self.is_dirty():
            self.title.setFocus()
            return
        fields: dict[str, Any] = {"is_primary": self._primary.isChecked() or None}
        if self.title.text().strip():
            fields["title"] = self.title.text()
        if self.url.text().strip():
            fields["url"] = self.url.text()
        self.added.emit(EVIDENCE_STANCES[self._stance.current], fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form; Enter adds from whichever part has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        else:
            super().keyPressEvent(event)


class CheckSection(QWidget):
    """Status, verdict and evidence of one claim; a Teacher sees no status."""

    why_wanted = Signal()
    """A verdict of "not enough evidence" needs a note that says why."""

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, profile: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._claim = claim
        self._note: str | None = None
        teacher = profile == "teacher"
        self._status = QuietCombo(theme, tr("Status"), [(s, title(s)) for s in CHECK_STATUSES], "not_checked")
        self._status.show_status()
        self._status.picked.connect(self._set_status)
        self._status_row = FieldRow(theme, tr("Status"), self._status)
        if teacher:  # to show a part that has no parent yet would open a window of its own
            self._status_row.hide()
        self.scale = VerdictScale(theme)
        self.scale.picked.connect(self._set_verdict)
        self._why_none = EmptyNote(theme, "")
        self._not_enough = Button(theme, "", "quiet")
        self._not_enough.clicked.connect(self._say_not_enough)
        self.evidence = FitList(theme, tr("Evidence"), _spoken, _draw_piece, lambda _: ROW_OF_EVIDENCE)
        self.evidence.delete_asked.connect(self._remove)
        self.form = EvidenceForm(theme)
        self.form.hide()
        self.form.added.connect(self._add)
        self.form.left.connect(self._leave_form)
        self.add = Button(theme, tr("Add evidence"), "quiet", symbol="plus")
        self.add.clicked.connect(self._begin)
        layout = column(self, gap=4)
        layout.addWidget(SectionHead(theme, tr("Verdict") if teacher else tr("Check"), lambda: key_of("mark.verdict")))
        for part in (self._status_row, self.scale, self._why_none, self.evidence, self.form):
            layout.addWidget(part)
        layout.addLayout(row(self.add, None, self._not_enough))

    def refresh(self, annotated: AnnotatedArticle) -> None:
        """Show the claim's state."""
        claim = annotated.by_id.get(self._claim)
        if not isinstance(claim, Claim):
            return
        event = annotated.verification(claim.id)
        pieces = pieces_of(annotated, claim.id)
        book = self._workspace.project.code_book if self._workspace.project else CodeBook()
        self.scale.set_book(book)
        self._not_enough.setText(book.title("verdict", "none"))
        self._not_enough.setAccessibleName(book.title("verdict", "none"))
        self._not_enough.setToolTip(plain_tip(book.tip("verdict", "none")))
        self._status.set_value(event.status if event else "not_checked")
        self.scale.show_event(event)
        judged = self.scale.verdict is not None
        takes_verdict = claim.type not in NO_VERDICT_TYPES
        self.scale.setVisible(takes_verdict)
        self.scale.set_able(bool(pieces) or judged)
        self._why_none.setText(_needs_evidence(book) if takes_verdict else NO_VERDICT[claim.type or ""])
        reads = self._workspace.project is not None and self._workspace.project.read_only
        self._why_none.setVisible(not takes_verdict or not (pieces or judged or reads))
        self._not_enough.setVisible(takes_verdict and not judged and self.form.isHidden())
        self.evidence.set_values(pieces)
        self.evidence.setVisible(bool(pieces))
        self._note = claim.note

    def go(self) -> None:
        """Put the keyboard where a verdict is given, or where its evidence is added; an open form comes first."""
        if not self.form.isHidden():
            self.form.title.setFocus()
        elif self.scale.isVisibleTo(self) and self.scale.isEnabled():
            self.scale.setFocus()
        elif self._status_row.isVisibleTo(self) and not self.scale.isVisibleTo(self):
            self._status.setFocus()
        else:
            self.add.setFocus()

    def commit(self) -> None:
        """Add the piece of evidence being typed, so that nothing typed is lost."""
        if not self.form.isHidden() and self.form.is_dirty():
            self.form.add()

    def _set_status(self, status: str) -> None:
        if status == "checked" and self.scale.verdict is not None:
            return
        done = self._workspace.do(lambda p: (p.verify(self._claim, status), True))
        if done is None and self._workspace.annotated is not None:
            self.refresh(self._workspace.annotated)

    def _set_verdict(self, verdict: str | None) -> None:
        self._workspace.do(lambda p: p.verify(self._claim, "checked", verdict=verdict))

    def _say_not_enough(self) -> None:
        why = self._note
        if why:
            self._workspace.do(lambda p: p.verify(self._claim, "checked", verdict="none", why=why))
        else:
            self.why_wanted.emit()

    def _begin(self) -> None:
        self.add.hide()
        self._not_enough.hide()
        self.form.begin()

    def _leave_form(self) -> None:
        self.form.hide()
        self.add.show()
        self.add.setFocus()
        if self._workspace.annotated is not None:
            self.refresh(self._workspace.annotated)

    def _add(self, stance: str, fields: dict[str, Any]) -> None:
        added = self._workspace.do(lambda p: p.add_evidence(self._claim, stance, **fields))
        if added is not None:
            self._leave_form()

    def _remove(self, piece: Piece) -> None:
        """Take a piece of evidence away; a project that can only be read refuses in one sentence."""
        self._workspace.do(lambda p: p.remove_evidence(self._claim, piece.id))
