"""Sources: every source of the article with its naming, mentions, claims and words quoted; renamed, merged, split, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from annotator import text as texts
from annotator.language import tr, trc, trn
from annotator.model import AnnotatedArticle, Claim, Id, Segment, Source, SourceMention
from annotator.project import Changes
from annotator.ui.actions import caps
from annotator.ui.controls import Button, Dot, Hints, Label, QuietCombo, column, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.register_model import Place
from annotator.ui.panels.register_view import SIDE
from annotator.ui.panels.table import RegisterPanel, paint_sheet
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label

NONE = trc("nothing in this cell", "none")
UNFILLED = trc("nothing was entered in this cell", "not filled in")
NO_FORM = tr("no form yet")
"""Stands for the words quoted where nobody said yet whether a claim quotes or reports."""
QUOTING = ("direct", "mixed")
"""Forms of claims that have the source's own words."""
NOTED = ("anonymous", "unstated", "role_only", "collective")
"""Namings that are set in ink: who reads the table looks for them."""


class QuotedWords:
    """Counts the words quoted from a source; what was counted of a claim is kept while its words stay the same."""

    def __init__(self) -> None:
        self._of: dict[Id, tuple[str, tuple[Segment, ...], list[int]]] = {}

    def count(self, annotated: AnnotatedArticle, source: Id) -> int:
        """Return how many words lie in the direct and mixed claims of a source; each counts once."""
        found: set[int] = set()
        for link in annotated.attributions_with(source):
            claim = annotated.by_id.get(link.claim)
            if link.source == source and isinstance(claim, Claim) and claim.form in QUOTING:
                found.update(self._words(annotated, claim))
        return len(found)

    def _words(self, annotated: AnnotatedArticle, claim: Claim) -> list[int]:
        kept = self._of.get(claim.id)
        if kept is None or kept[:2] != (annotated.version.id, claim.segments):
            starts = [at for s in claim.segments for at in whole_words(annotated.text, s.start, s.end)]
            self._of[claim.id] = kept = (annotated.version.id, claim.segments, starts)
        return kept[2]


def whole_words(text: str, start: int, end: int) -> list[int]:
    """Return where the words begin that lie wholly inside a stretch of a text."""
    before, after = start, end
    while before > 0 and not text[before - 1].isspace():
        before -= 1
    while after < len(text) and not text[after].isspace():
        after += 1
    return [a for a, b in texts.words(text, before, after) if start <= a and b <= end]


def source_row(annotated: AnnotatedArticle, source: Source, words: int) -> Row:
    """Return a source's row; ``words`` are those quoted."""
    claims = {link.claim for link in annotated.attributions_with(source.id) if link.source == source.id}
    formless = not words and any(isinstance(c := annotated.by_id.get(id_), Claim) and c.form is None for id_ in claims)
    n, mentions = len(claims), len(annotated.mentions_of_source(source.id))
    standing = not source.accountable
    naming = tr("author’s voice") if standing else annotated.code_book.label("naming", source.naming) or UNFILLED
    noted = source.naming in NOTED and not standing
    untold = "affiliation" in source.not_stated
    stated = tr("not stated") if untold else source.affiliation or (NONE if standing else UNFILLED)
    return Row(
        id=source.id,
        cells=(
            Cell(source.label, source.label, muted=standing, italic=standing),
            Cell(naming, naming, muted=not noted),
            Cell(stated, source.affiliation or "", muted=True, italic=untold),
            _number(mentions),
            _number(n),
            Cell(NO_FORM, 0, muted=True) if formless else _number(words),
        ),
        name=", ".join(
            (
                source.label,
                naming,
                trn("{n} mention", "{n} mentions", mentions),
                trn("{n} claim", "{n} claims", n),
                NO_FORM if formless else trn("{n} word quoted", "{n} words quoted", words),
            )
        ),
        also=" ".join((*source.aliases, source.role or "", source.note or "", label(source.kind))),
        editable=not standing and source.kind != "unstated",
    )


def _number(n: int) -> Cell:
    return Cell(f"{n:,}" if n else NONE, n, muted=not n)


class DeleteSheet(QWidget):
    """Asks, under the list, what becomes of a source's claims; the text stays in view."""

    confirmed = Signal(object)
    """The source the claims move to, or None: their links are removed."""
    left = Signal()

    def __init__(self, theme: Theme, source: Source, claims: int, others: Sequence[Source]) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("Delete source {name}", name=source.label))
        self.setAutoFillBackground(True)
        self._remove = Dot(theme, self._loss(claims), True)
        self._move = Dot(theme, tr("Move it to") if claims == 1 else tr("Move them to"))
        self._target = QuietCombo(
            theme, tr("Move the claims to"), [(s.id, s.label) for s in others], others[0].id if others else None
        )
        self._target.setMaximumWidth(240)
        self._target.picked.connect(lambda: self._move.setChecked(True))
        self._move.setVisible(bool(others and claims))
        self._target.setVisible(bool(others and claims))
        group = QButtonGroup(self)
        group.addButton(self._remove)
        group.addButton(self._move)
        delete = Button(theme, tr("Delete"), "primary", name=tr("Delete source {name}", name=source.label))
        delete.clicked.connect(self._confirm)
        cancel = Button(theme, tr("Cancel"))
        cancel.clicked.connect(self.left)
        head = row(
            Label(theme, tr("Delete “{name}”", name=source.label), "section"),
            None,
            Label(theme, tr("one step to undo"), "small", muted=True),
        )
        layout = column(self, (SIDE, 14, SIDE, 12), 6)
        layout.addLayout(head)
        layout.addLayout(row(self._remove, None))
        layout.addLayout(row(self._move, self._target, None, gap=4))
        keys = Hints(theme, [("↵", tr("delete")), ("Esc", tr("cancel"))])
        layout.addLayout(row(delete, cancel, 8, keys, None))
        self._first = delete if not claims else self._remove

    @staticmethod
    def _loss(claims: int) -> str:
        if not claims:
            return tr("No claim is linked to it; its mentions stay in the text")
        return trn(
            "Remove its link; the claim stays, not linked", "Remove its {n} links; the claims stay, not linked", claims
        )

    def begin(self) -> None:
        """Put the keyboard here."""
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.confirmed.emit(self._target.value if self._move.isChecked() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter deletes, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the edge towards the list."""
        paint_sheet(self, self._theme)


class SourcesPanel(RegisterPanel):
    """The source register of the article shown."""

    title = tr("Sources")
    kind = "source"
    filter_words = tr("Filter sources")
    columns: Sequence[Column] = (
        Column(tr("Name")),
        Column(tr("Naming"), 98, needs=400),
        Column(tr("Affiliation"), 128, needs=640),
        Column(tr("Mentions"), 78, number=True, needs=340),
        Column(tr("Claims"), 66, number=True),
        Column(tr("Quoted"), 94, number=True),
    )

    def empty(self) -> str:
        """Return what to do where there is nothing yet."""
        return tr(
            "No sources yet. Select who is speaking in the article and press {source}, or press {link} on a claim.",
            **caps(),
        )

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._quoted = QuotedWords()
        self._named_by: dict[Id, Id] = {}
        """The source of each mention and attribution, as it was when last looked at."""
        super().__init__(workspace, theme)
        self.model.editable = True
        self.model.renamed.connect(self._rename)
        self.sheet: DeleteSheet | None = None
        rename = Button(theme, tr("Rename"), "quiet", name=tr("Rename the chosen source"))
        rename.clicked.connect(self.rename_current)
        merge = Button(theme, tr("Merge…"), "quiet", name=tr("Merge the chosen source with another"))
        merge.clicked.connect(partial(self.ask, "merge"))
        delete = Button(theme, tr("Delete…"), "quiet", name=tr("Delete the chosen source"))
        delete.clicked.connect(lambda: self.current and self.delete(self.current))
        self._actions = QWidget()
        hints = Hints(theme, [("↵", tr("next place")), ("F2", tr("rename"))])
        layout = row(rename, merge, delete, None, hints)
        layout.setContentsMargins(SIDE - 4, 4, SIDE, 6)
        self._actions.setLayout(layout)
        self.foot.addWidget(self._actions)
        workspace.article_changed.connect(self._leave_sheet)

    def ids(self) -> Iterable[Id]:
        """Return the sources of the article shown."""
        annotated = self.workspace.annotated
        if annotated is None:
            return ()
        self._named_by = {m.id: m.source for m in annotated.source_mentions if m.source}
        self._named_by.update((a.id, a.source) for a in annotated.attributions)
        return annotated.sources

    def place(self, id_: Id) -> Place | None:
        """Return where a source stands: by its first mention or claim; author and publication only where a claim is theirs."""
        annotated = self.workspace.annotated
        source = annotated.sources.get(id_) if annotated else None
        if annotated is None or source is None or not (source.accountable or annotated.is_named(id_)):
            return None
        return Place(annotated.first_named(source), source.label)

    def row(self, id_: Id) -> Row:
        """Return a source's row."""
        annotated = self.workspace.annotated
        assert annotated is not None
        return source_row(annotated, annotated.sources[id_], self._quoted.count(annotated, id_))

    def touched(self, changes: Changes) -> set[Id] | None:
        """Return the sources a step touched: those of its marks and links, as they were and as they are."""
        annotated = self.workspace.annotated
        if annotated is None or changes.articles or changes.code_book:
            return None
        found = set(changes.registers)
        for id_ in changes.marks | changes.links:
            mark, link = annotated.by_id.get(id_), annotated.attributions_by_id.get(id_)
            now = mark.source if isinstance(mark, SourceMention) else link.source if link is not None else None
            found |= {s for s in (self._named_by.pop(id_, None), now) if s is not None}
            if now is not None:
                self._named_by[id_] = now
            found.update(a.source for a in annotated.attributions_of.get(id_, ()))
        return found

    def chosen_id(self) -> Id | None:
        """Return the source the chosen mention names."""
        annotated = self.workspace.annotated
        mark = annotated.by_id.get(self.workspace.chosen or "") if annotated else None
        return mark.source if isinstance(mark, SourceMention) else None

    def go(self, id_: Id | None) -> None:
        """Choose the source's first mention; again: the next one; without a mention its claims."""
        annotated = self.workspace.annotated
        if annotated is None or id_ is None:
            return
        marks = annotated.mentions_of_source(id_) or annotated.claims_of(id_)
        ids = [m.id for m in marks]
        if ids:
            at = ids.index(self.workspace.chosen) + 1 if self.workspace.chosen in ids else 0
            self.workspace.choose(ids[at % len(ids)])

    def actions_for(self, menu: QMenu, row: Row) -> None:
        """Offer to rename, merge, split, mark other places and delete."""
        id_ = row.id
        if id_ is None:
            return
        menu.addAction(tr("Go there"), lambda: self.go(id_))
        if row.editable:
            menu.addAction(tr("Mark other places of the name…"), lambda: self.ask("others", id_))
            menu.addSeparator()
            menu.addAction(tr("Rename"), self.rename_current)
            menu.addAction(tr("Merge with another…"), lambda: self.ask("merge", id_))
            menu.addAction(tr("Split…"), lambda: self.ask("split", id_))
            menu.addSeparator()
            menu.addAction(tr("Delete…"), lambda: self.delete(id_))

    def _rename(self, id_: Id, name: str) -> None:
        self.workspace.do(lambda p: p.edit_source(id_, label=name))

    def delete(self, id_: Id) -> None:
        """Ask what becomes of the source's claims, then delete it."""
        annotated = self.workspace.annotated
        source = annotated.sources.get(id_) if annotated else None
        if annotated is None or source is None or not source.accountable:
            return
        self._leave_sheet()
        others = [s for s in annotated.source_order if s.accountable and s.id != id_]
        self.sheet = DeleteSheet(self.theme, source, len(annotated.claims_of(id_)), others)
        self.sheet.confirmed.connect(partial(self._delete, id_))
        self.sheet.left.connect(self._cancel)
        self.foot.insertWidget(0, self.sheet)
        self._actions.hide()
        self.sheet.begin()

    def _delete(self, id_: Id, move_to: Id | None) -> None:
        self._leave_sheet()
        self.workspace.do(lambda p: p.delete_source(id_, move_to=move_to))
        self.view.setFocus()

    def _cancel(self) -> None:
        self._leave_sheet()
        self.view.setFocus()

    def _leave_sheet(self) -> None:
        if self.sheet is not None:
            self.foot.removeWidget(self.sheet)
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
            self._actions.show()
