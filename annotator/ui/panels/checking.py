"""The check of a claim: status, verdict on a scale, the evidence both rest on, and how it came to that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, CodeBook, Evidence, Id, Verification
from annotator.model.values import CHECK_STATUSES, NO_VERDICT_TYPES
from annotator.project import EvidenceUse, Project
from annotator.ui.actions import key_of
from annotator.ui.controls import Button, EmptyNote, FieldRow, Label, QuietCombo, SectionHead, column, row
from annotator.ui.panels.asking import AskLine
from annotator.ui.panels.check_history import CheckHistory
from annotator.ui.panels.evidence import EvidenceList, Piece, open_page, pieces_of
from annotator.ui.panels.evidence_files import keep_file, save_file
from annotator.ui.panels.evidence_form import EvidenceForm, Typed
from annotator.ui.panels.verdict import KEYS, NONE, VerdictScale
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import title

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
        "A verdict needs evidence. Choose one from 5, {best}, to 1, {worst}, and the form for what it rests on opens.",
        best=book.label("verdict", "5"),
        worst=book.label("verdict", "1"),
    )


_AGAINST = ("1", "2")
"""Verdicts that mostly rest on what contradicts a claim."""


class CheckSection(QWidget):
    """Status, verdict and evidence of one claim; a Teacher sees no status.

    A verdict that still lacks something (a name, words, evidence) waits in ``_pending`` while that is asked for in place.
    """

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, profile: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._claim = claim
        self._pending: str | None = None
        self._asked = ""
        """What the line in place asks for: "name", "none" (why there is not enough evidence), "why", or nothing."""
        self._asked_of: Id | None = None
        """The event whose reason is asked for."""
        teacher = profile == "teacher"
        self._status = QuietCombo(theme, tr("Status"), [(s, title(s)) for s in CHECK_STATUSES], "not_checked")
        self._status.show_status()
        self._status.picked.connect(self._set_status)
        self._status_row = FieldRow(theme, tr("Status"), self._status)
        if teacher:  # to show a part that has no parent yet would open a window of its own
            self._status_row.hide()
        self.scale = VerdictScale(theme)
        self.scale.picked.connect(self.give)
        self.ask = AskLine(theme)
        self.ask.said.connect(self._answer)
        self.ask.left.connect(self._leave_question)
        self._why_none = EmptyNote(theme, "")
        self.evidence = EvidenceList(theme)
        self.evidence.delete_asked.connect(self._remove)
        self.evidence.gone_to.connect(self._edit)
        self.evidence.open_asked.connect(self._open)
        self.evidence.save_asked.connect(self._save)
        self.form = EvidenceForm(theme, self._find, self._file_of)
        self.form.hide()
        self.form.kept.connect(self._keep)
        self.form.left.connect(self._leave_form)
        self.form.more.turned.connect(self._bring_into_sight)
        self.form.grown.connect(self._bring_into_sight)
        self.add = Button(theme, tr("Add evidence"), "quiet", symbol="plus")
        self.add.clicked.connect(lambda: self._begin())
        self.history = CheckHistory(theme)
        self._lay_out(theme, tr("Verdict") if teacher else tr("Check"))

    def _lay_out(self, theme: Theme, name: str) -> None:
        layout = column(self, gap=4)
        layout.addWidget(SectionHead(theme, name, lambda: key_of("mark.verdict")))
        for part in (self._status_row, self.scale, self.ask, self._why_none):
            layout.addWidget(part)
        layout.addSpacing(4)
        self._count = Label(theme, tr("Evidence"), "small", muted=True)
        layout.addLayout(row(self._count, None, self.add))
        for part in (self.evidence, self.form, self.history):
            layout.addWidget(part)

    def set_theme(self, theme: Theme) -> None:
        """Keep the theme for what opens."""
        self._theme = theme

    # -- showing

    def refresh(self, annotated: AnnotatedArticle) -> None:
        """Show the claim's state."""
        claim = annotated.by_id.get(self._claim)
        if not isinstance(claim, Claim):
            return
        project = self._workspace.project
        book = project.code_book if project is not None else CodeBook()
        event = annotated.verification(claim.id)
        pieces = pieces_of(annotated, claim.id)
        self._status.set_value(event.status if event else "not_checked")
        self._show_scale(annotated, claim, book, pieces)
        self._count.setText(tr("Evidence: {n}", n=len(pieces)) if pieces else tr("Evidence"))
        self.evidence.set_values(pieces)
        self.evidence.setVisible(bool(pieces))
        self.add.setVisible(self.form.isHidden())
        self.history.refresh(annotated, claim.id)
        if self._asked == "why" and (event is None or event.id != self._asked_of):
            self._ask_no_more()  # what it was about was taken back

    def _show_scale(self, annotated: AnnotatedArticle, claim: Claim, book: CodeBook, pieces: Sequence[Piece]) -> None:
        takes_verdict = claim.type not in NO_VERDICT_TYPES
        given = annotated.verdict_given(claim.id)
        self.scale.set_book(book)
        self.scale.show_event(given)
        self.scale.set_able(bool(pieces) or given is not None)
        self.scale.setVisible(takes_verdict or given is not None)
        reads = self._workspace.project is not None and self._workspace.project.read_only
        self._why_none.setText(_needs_evidence(book) if takes_verdict else NO_VERDICT[claim.type or ""])
        bare = not pieces and given is None and not reads and self.form.isHidden() and not self._asked
        self._why_none.setVisible(bare or not takes_verdict)

    def go(self) -> None:
        """Put the keyboard where a verdict is given, or where its evidence is added; what is open comes first."""
        if not self.form.isHidden():
            self.form.title.setFocus()
        elif not self.ask.isHidden() and self._pending is not None:
            self.ask.field.setFocus()
        elif self.scale.isVisibleTo(self) and (self.scale.able or self.add.isHidden()):
            self.scale.setFocus()
        elif not self.scale.isVisibleTo(self) and self._status_row.isVisibleTo(self):
            self._status.setFocus()
        else:
            self.add.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a verdict by its digit from wherever the keyboard is here, but not from fields: those take digits."""
        if event.text() in KEYS and self.scale.isVisibleTo(self) and self.form.isHidden():
            self.scale.choose(event.text())
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """Write the evidence and the words being typed, so that nothing typed is lost."""
        if not self.form.isHidden() and self.form.is_dirty():
            self.form.add()
        if self._asked in ("why", NONE) and self.ask.typed:
            self._answer(self.ask.typed)

    # -- the verdict

    def _last(self) -> Verification | None:
        annotated = self._workspace.annotated
        return annotated.verification(self._claim) if annotated is not None else None

    def _verdict_now(self) -> str | None:
        return self.scale.verdict

    def give(self, verdict: str | None) -> None:
        """Give a verdict, or take it back (None); what it lacks is asked for first."""
        self._ask_no_more()
        if verdict is None:
            self._verify("in_progress", None)
            return
        name = self._workspace.name_to_ask()
        if name is not None:
            self._wait(verdict, "name")
            self.ask.ask(tr("A verdict is a person’s: your name, as readers see it"), tr("Your name"), name, enter=True)
        elif verdict == NONE:
            self._wait(verdict, NONE)
            asks = tr("Not enough evidence: what did you look for, and where?")
            self.ask.ask(asks, tr("Enter gives the verdict, Esc leaves it"), enter=True)
        elif not self.evidence.values:
            self._begin(verdict)
        else:
            self._verify("checked", verdict)

    def _wait(self, verdict: str, asked: str) -> None:
        self._pending, self._asked = verdict, asked
        self._why_none.hide()

    def _verify(self, status: str, verdict: str | None, why: str | None = None) -> None:
        """Write it; where it changes a verdict or leaves the claim unchecked, ask why, with the keyboard where it was."""
        before = self._verdict_now()
        if self._workspace.do(lambda p: (p.verify(self._claim, status, verdict=verdict, why=why), True)) is None:
            self._show_again()
            return
        now = self._last()
        if why is None and now is not None and ((before is not None and before != verdict) or status == "cannot_check"):
            self._asked, self._asked_of = "why", now.id
            asks = tr("Why can it not be checked?") if status == "cannot_check" else tr("Why the change?")
            self.ask.ask(asks, tr("One line, if you like; Tab leads here"), enter=False)

    def _show_again(self) -> None:
        if self._workspace.annotated is not None:
            self.refresh(self._workspace.annotated)

    def _set_status(self, status: str) -> None:
        if status == self._status_now():
            return
        self._ask_no_more()
        self._verify(status, None)

    def _status_now(self) -> str:
        last = self._last()
        return last.status if last is not None else "not_checked"

    # -- the question in place

    def _answer(self, words: str) -> None:
        asked, verdict = self._asked, self._pending
        if not words and asked != "why":
            return
        self._ask_no_more()
        if asked == "name":
            self._workspace.name_given(words)
            self.scale.setFocus()
            self.give(verdict)
        elif asked == NONE:
            self.scale.setFocus()
            self._verify("checked", NONE, words)
        elif words:
            self._workspace.do(lambda p: p.explain(self._claim, words))
            self.scale.setFocus()
        else:
            self._to_scale()

    def _leave_question(self) -> None:
        self._ask_no_more()
        self._to_scale()
        self._show_again()

    def _ask_no_more(self) -> None:
        self._pending, self._asked, self._asked_of = None, "", None
        self.ask.leave()

    def _to_scale(self) -> None:
        target = self.scale if self.scale.isVisibleTo(self) else self._status
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- evidence

    def _find(self, words: str) -> Sequence[EvidenceUse]:
        project = self._workspace.project
        return project.find_evidence(words) if project is not None else ()

    def _file_of(self, evidence: Evidence) -> str:
        project = self._workspace.project
        kept = project.attached(evidence.id) if project is not None else None
        return kept.name if kept is not None else ""

    def _begin(self, verdict: str | None = None) -> None:
        """Ask for a piece of evidence; a verdict that waits for it is given with it."""
        self._ask_no_more()
        self._pending = verdict
        self.add.hide()
        self._why_none.hide()
        wanted = ""
        if verdict is not None and self._workspace.project is not None:
            words = self._workspace.project.code_book.label("verdict", verdict)
            wanted = tr("What does “{verdict}” rest on? Adding it gives the verdict.", verdict=words)
        self.form.begin(wanted, "contradicts" if verdict in _AGAINST else "supports")
        self._bring_into_sight()

    def _edit(self, piece: Piece) -> None:
        if self._workspace.project is None or self._workspace.project.read_only:
            return
        self._ask_no_more()
        self.add.hide()
        self.form.edit(piece)
        self._bring_into_sight()

    def _bring_into_sight(self, *_: object) -> None:
        """Scroll so that the whole form is seen, once it has its height."""

        def scroll() -> None:
            above: QWidget | None = self
            while above is not None and not isinstance(above, QScrollArea):
                above = above.parentWidget()
            if above is not None and self.form.isVisible():
                above.ensureWidgetVisible(self.form, 0, 12)

        QTimer.singleShot(0, self, scroll)

    def _leave_form(self) -> None:
        """Close the form; the keyboard goes back to where it was asked for."""
        edited, waited = self.form.editing, self._pending is not None
        self._pending = None
        self.form.hide()
        self._show_again()
        if edited and self.evidence.values:
            self.evidence.setFocus()
        elif waited:
            self._to_scale()
        else:
            self.add.setFocus()

    def _keep(self, typed: Typed) -> None:
        verdict, editing = self._pending, self.form.editing

        def write(project: Project) -> bool:
            if editing:
                _edit(project, self._claim, typed)
            elif verdict is not None:
                with project.one_step(tr("give a verdict with its evidence")):
                    _add(project, self._claim, typed)
                    project.verify(self._claim, "checked", verdict=verdict)
            else:
                _add(project, self._claim, typed)
            return True

        if self._workspace.do(write) is not None:
            self._leave_form()

    def _remove(self, piece: Piece) -> None:
        """Take a piece of evidence away; a project that can only be read refuses in one sentence."""
        self._workspace.do(lambda p: p.remove_evidence(self._claim, piece.id))

    def _save(self, piece: Piece) -> None:
        save_file(self._workspace, piece.id, self.window())

    def _open(self, piece: Piece) -> None:
        open_page(piece.evidence.url, self.window(), self._theme)


def _add(project: Project, claim: Id, typed: Typed) -> None:
    """Add a piece to a claim, new or there already, with what was changed of it on the way: one step."""
    if typed.piece is None and typed.file is None:
        project.add_evidence(claim, typed.stance, **typed.link, **typed.fields)
        return
    with project.one_step(tr("add evidence")):
        if typed.piece is None:
            made = project.add_evidence(claim, typed.stance, **typed.link, **typed.fields)
        else:
            made = project.add_evidence(claim, typed.stance, evidence=typed.piece, **typed.link)
            if typed.fields:
                project.edit_evidence(made, **typed.fields)
        _put_file(project, made, typed)


def _edit(project: Project, claim: Id, typed: Typed) -> None:
    assert typed.piece is not None
    with project.one_step(tr("edit evidence")):
        if typed.fields:
            project.edit_evidence(typed.piece, **typed.fields)
        project.edit_claim_evidence(claim, typed.piece, stance=typed.stance, **typed.link)
        _put_file(project, typed.piece, typed)


def _put_file(project: Project, evidence: Id, typed: Typed) -> None:
    if typed.file is not None:
        keep_file(project, evidence, typed.file)
    elif typed.drops_file:
        project.detach(evidence)
