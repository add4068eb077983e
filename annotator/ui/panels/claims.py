"""Claims: every claim of the article with who says it and how far its check is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from annotator.model import AnnotatedArticle, Claim, Id
from annotator.ui.controls import Hints, row
from annotator.ui.models import Cell, Column, Row
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.table import SIDE, RegisterPanel
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace
from annotator.vocabulary import label, title

NOT_LINKED = "not linked"
AUTHOR_VOICE = "author’s voice"


def claim_rows(annotated: AnnotatedArticle) -> list[Row]:
    """Return one row per claim, in reading order."""
    return [_claim_row(annotated, n, claim) for n, claim in enumerate(annotated.claims, 1)]


def _claim_row(annotated: AnnotatedArticle, number: int, claim: Claim) -> Row:
    event = annotated.verification(claim.id)
    status = event.status if event else "not_checked"
    said = event.verdict if event and event.verdict else None
    words = claim.short_text or quoted(annotated, claim)
    who = who_says(annotated, claim.id)
    shown = f"Verdict {said}" if said and said != "none" else title(status)
    spoken = title(said) if said else title(status)
    return Row(
        id=claim.id,
        cells=(
            Cell(str(number), number, muted=False),
            Cell(words, words),
            who,
            Cell(title(claim.type), claim.type or "", muted=True),
            Cell(shown, f"{status} {said or ''}", muted=True, mark=status),
        ),
        name=f"Claim {number}, {words}, {who.text}, {spoken}",
        also=" ".join((claim.note or "", *claim.tags, label(claim.form))),
    )


def who_says(annotated: AnnotatedArticle, claim: Id) -> Cell:
    """Return who stands behind a claim as a cell; nobody has looked yet: in a dashed frame."""
    sources = annotated.sources_of(claim)
    if sources:
        return Cell(", ".join(s.label for s in sources), sources[0].label)
    if annotated.is_author_voice(claim):
        return Cell(AUTHOR_VOICE, AUTHOR_VOICE, muted=True, italic=True)
    return Cell(NOT_LINKED, " ", missing=True)


class ClaimsPanel(RegisterPanel):
    """The table of claims."""

    title = "Claims"
    kind = "claim"
    columns: Sequence[Column] = (
        Column("No.", 70),
        Column("Claim", main=True),
        Column("Who says it", 140, needs=340),
        Column("Type", 84, needs=640),
        Column("Check", 118, needs=460),
    )
    empty = "No claims yet. Select words in the article and press C, or put the caret in a sentence and press C."

    link_requested = Signal(str, object)
    """A claim whose source is to be given."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__(workspace, theme)
        hints = Hints(theme, [("↵", "go there"), ("L", "link"), ("Del", "remove")])
        layout = row(hints)
        layout.setContentsMargins(SIDE, 4, SIDE, 6)
        self.foot.addLayout(layout)

    def rows(self) -> Sequence[Row]:
        """Return one row per claim of the article shown."""
        annotated = self.workspace.annotated
        return claim_rows(annotated) if annotated else ()

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
        menu.addAction("Go there", lambda: self.go(id_))
        menu.addAction("Say who says it…", lambda: self.link_requested.emit(id_, None))
        menu.addSeparator()
        menu.addAction("Author’s own voice", lambda: self.workspace.do(lambda p: p.link_author(id_)))
        menu.addAction("Nobody is named", lambda: self.workspace.do(lambda p: p.link_not_stated(id_)))
        menu.addSeparator()
        menu.addAction("Remove claim", lambda: self.workspace.do(lambda p: p.unmark(id_)))

    def delete(self, id_: Id) -> None:
        """Remove a claim's mark; undo brings it back."""
        self.workspace.do(lambda p: p.unmark(id_))

    def letter(self, key: str, id_: Id) -> bool:
        """L asks who says the chosen claim."""
        if key == "l":
            self.link_requested.emit(id_, None)
            return True
        return False
