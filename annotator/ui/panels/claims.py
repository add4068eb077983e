"""Claims: every claim of the article with who says it and how far its check is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id, reading_order
from annotator.project import Changes
from annotator.ui.actions import caps, keys_of
from annotator.ui.article.voices import said_by
from annotator.ui.controls import Hints, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.register_model import Place
from annotator.ui.panels.register_view import SIDE
from annotator.ui.panels.table import RegisterPanel
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label, title

NOT_LINKED = tr("not linked")
AUTHOR_VOICE = tr("author’s voice")


def claim_row(annotated: AnnotatedArticle, claim: Claim) -> Row:
    """Return a claim's row."""
    number = annotated.claim_number(claim.id)
    event = annotated.verification(claim.id)
    status = event.status if event else "not_checked"
    said = event.verdict if event and event.verdict else None
    words = claim.short_text or quoted(annotated, claim)
    who = who_says(annotated, claim.id)
    shown = tr("Verdict {verdict}", verdict=said) if said and said != "none" else title(status)
    spoken = annotated.code_book.title("verdict", said) if said else title(status)
    return Row(
        id=claim.id,
        cells=(
            Cell(str(number), number, muted=False),
            Cell(words, words),
            who,
            Cell(title(claim.type), claim.type or "", muted=True),
            Cell(shown, f"{status} {said or ''}", muted=True, mark=status),
        ),
        name=", ".join((tr("Claim {n}", n=number), words, who.text, spoken)),
        also=" ".join((claim.note or "", *claim.tags, label(claim.form))),
    )


def who_says(annotated: AnnotatedArticle, claim: Id) -> Cell:
    """Return who stands behind a claim as a cell; nobody has looked yet: in a dashed frame."""
    said = said_by(annotated, claim)
    if said:
        return Cell(", ".join(said), said[0])
    if annotated.is_author_voice(claim):
        return Cell(AUTHOR_VOICE, AUTHOR_VOICE, muted=True, italic=True)
    return Cell(NOT_LINKED, " ", missing=True)


class ClaimsPanel(RegisterPanel):
    """The table of claims."""

    title = tr("Claims")
    kind = "claim"
    filter_words = tr("Filter claims")
    columns: Sequence[Column] = (
        Column(tr("No."), 70, natural=True),
        Column(tr("Claim"), main=True),
        Column(tr("Who says it"), 140, needs=340),
        Column(tr("Type"), 84, needs=640),
        Column(tr("Check"), 118, needs=460),
    )

    link_requested = Signal(str, object)
    """A claim whose source is to be given."""

    def empty(self) -> str:
        """Return what to do where there is nothing yet."""
        return tr(
            "No claims yet. Select words in the article and press {claim}, or put the caret in a sentence and press {claim}.",
            **caps(),
        )

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__(workspace, theme)
        keys = Hints(theme, self._hints)
        layout = row(keys)
        layout.setContentsMargins(SIDE, 4, SIDE, 6)
        self.foot.addLayout(layout)

    def ids(self) -> Iterable[Id]:
        """Return the claims of the article shown."""
        annotated = self.workspace.annotated
        return [c.id for c in annotated.claims] if annotated else ()

    def place(self, id_: Id) -> Place | None:
        """Return where a claim stands: in reading order."""
        claim = self.workspace.annotated.by_id.get(id_) if self.workspace.annotated else None
        return Place(reading_order(claim)) if isinstance(claim, Claim) else None

    def row(self, id_: Id) -> Row:
        """Return a claim's row."""
        annotated = self.workspace.annotated
        claim = annotated.by_id[id_] if annotated else None
        assert annotated is not None and isinstance(claim, Claim)
        return claim_row(annotated, claim)

    def touched(self, changes: Changes) -> set[Id] | None:
        """Return the claims a step touched; the numbers of those behind may be others now."""
        annotated = self.workspace.annotated
        if annotated is None or changes.articles or changes.code_book:
            return None
        if self.model.arranged and (changes.links or changes.registers):  # who says it may be what they are ordered by
            return None
        self.model.forget_cells()
        links = (annotated.attributions_by_id.get(link) for link in changes.links)
        return {*changes.marks, *changes.verification, *(link.claim for link in links if link is not None)}

    def chosen_id(self) -> Id | None:
        """Return the chosen claim."""
        annotated, chosen = self.workspace.annotated, self.workspace.chosen
        return chosen if annotated and isinstance(annotated.by_id.get(chosen or ""), Claim) else None

    def go(self, id_: Id | None) -> None:
        """Choose the claim in the article."""
        if id_ is not None:
            self.workspace.choose(id_)

    def actions_for(self, menu: QMenu, row: Row) -> None:
        """Offer to link and to remove."""
        id_ = row.id
        if id_ is None:
            return
        menu.addAction(tr("Go there"), lambda: self.go(id_))
        menu.addAction(tr("Say who says it…"), lambda: self.link_requested.emit(id_, None))
        menu.addSeparator()
        menu.addAction(tr("Author’s own voice"), lambda: self.workspace.do(lambda p: p.link_author(id_)))
        menu.addAction(tr("Nobody is named"), lambda: self.workspace.do(lambda p: p.link_not_stated(id_, instead=True)))
        menu.addSeparator()
        menu.addAction(tr("Remove claim"), lambda: self.workspace.do(lambda p: p.unmark(id_)))

    def delete(self, id_: Id) -> None:
        """Remove a claim's mark; undo brings it back."""
        self.workspace.do(lambda p: p.unmark(id_))

    @staticmethod
    def _link_keys() -> list[str]:
        return [key for key in keys_of("link.source") if len(key) == 1]

    def _hints(self) -> list[tuple[str, str]]:
        link = [(key, tr("link")) for key in self._link_keys()[:1]]
        return [("↵", tr("go there")), *link, (tr("Del"), tr("remove"))]

    def letter(self, key: str, id_: Id) -> bool:
        """Ask who says the chosen claim at the letter that asks it in the text."""
        if key.upper() in self._link_keys():
            self.link_requested.emit(id_, None)
            return True
        return False
