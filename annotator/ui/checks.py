"""Going from claim to claim to check them, and the claim ledger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QDialog, QTextEdit, QWidget

from annotator.analysis.to_check import is_to_check
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Claim, Id, reading_order
from annotator.ui.frame import Side
from annotator.ui.keyboard import has_keyboard
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.project import FoundClaim


class Column(Protocol):
    """What is needed of the article's column; offsets are code points."""

    @property
    def text(self) -> QTextEdit:
        """The text itself."""
        ...

    def selection(self) -> tuple[int, int]:
        """Return the selection, or the caret twice."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and bring it into sight."""
        ...


class Checks:
    """Verbs about checking over a whole article, and over all of them."""

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        column: Column,
        side: Side,
        theme: Callable[[], Theme],
        say: Callable[[str], object],
    ) -> None:
        self._window = window
        self._workspace = workspace
        self._column = column
        self._side = side
        self._theme = theme
        self._say = say
        self._entry: Id | None = None
        """Where the ledger was left."""
        workspace.ledger_asked.connect(self.ledger)
        workspace.closed.connect(self._forget)

    def _forget(self) -> None:
        self._entry = None

    def next_unchecked(self) -> None:
        """Choose the next claim that is to be checked, from the end on from the beginning again."""
        annotated = self._workspace.annotated
        if annotated is None:
            return
        self._side.commit()  # what is typed may be the check of the claim that is left
        checking = has_keyboard(self._side) and self._side.in_details()
        left = [claim for claim in annotated.claims if is_to_check(annotated, claim)]
        if not left:
            self._say(_none_left(annotated))
            return
        chosen = annotated.by_id.get(self._workspace.chosen or "")
        caret = self._column.selection()[0]
        here = reading_order(chosen) if chosen is not None else (caret, -1, "")
        at = bisect_right(left, here, key=reading_order)
        claim = left[at % len(left)]
        self._column.set_caret(claim.start)
        self._workspace.choose(claim.id)
        if checking:
            self._side.edit("verdict")
        else:
            self._column.text.setFocus()
        self._say(_told(annotated, claim, len(left), again=at == len(left) and len(left) > 1))

    # -- the ledger

    def ledger(self, entry: Id | None = None) -> None:
        """Show what is said more than once, over all articles; a mention chosen there is gone to."""
        from annotator.ui.dialogs.ledger import LedgerDialog  # only now: the window starts without it

        if self._workspace.project is None:
            return
        self._side.commit()
        dialog = LedgerDialog(self._workspace, self._theme(), entry or self._entry, self._window)
        said = dialog.exec() == QDialog.DialogCode.Accepted
        self._entry = dialog.entry
        if said:
            self._go_to(dialog.place)
        dialog.deleteLater()

    def evidence(self) -> None:
        """Show every piece of evidence with the claims that rest on it; one chosen there is gone to."""
        from annotator.ui.dialogs.evidence import EvidenceDialog  # only now: the window starts without it

        if self._workspace.project is None:
            return
        self._side.commit()
        dialog = EvidenceDialog(self._workspace, self._theme(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._go_to(dialog.place)
        dialog.deleteLater()

    def _go_to(self, place: FoundClaim | None) -> None:
        if place is None:
            return
        self._workspace.go_to(place.claim, place.article)
        annotated = self._workspace.annotated
        if annotated is not None and place.claim in annotated.by_id:
            self._column.set_caret(annotated.by_id[place.claim].start)
            self._workspace.choose(place.claim)
        self._column.text.setFocus()


def _told(annotated: AnnotatedArticle, claim: Claim, left: int, *, again: bool) -> str:
    number = annotated.claim_number(claim.id)
    words = trn(
        "Claim {number}: the last one that is to be checked.",
        "Claim {number}: {n} are to be checked, this one among them.",
        left,
        number=number,
    )
    return tr("{words} From the beginning again.", words=words) if again else words


def _none_left(annotated: AnnotatedArticle) -> str:
    worth = [claim for claim in annotated.claims if claim.check_worthy == "yes"]
    if not worth:
        return tr("No claim is said to be worth checking. Its details say so: “Worth checking”.")
    return tr("Every claim worth checking was looked into.")
