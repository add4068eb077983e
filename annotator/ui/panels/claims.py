"""Claims: every claim of the article with who says it, what its check rests on and how far it is; sorted and narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout

from annotator.analysis.to_check import is_to_check
from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id, reading_order
from annotator.model.values import CHECK_STATUSES
from annotator.project import Changes
from annotator.ui.actions import caps, keys_of
from annotator.ui.article.voices import said_by, status_of, verdict_of
from annotator.ui.controls import Hints, Label, QuietCombo, row
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
NOT_SAID = "–"
_WORTH = {"yes": 0, "undecided": 1, "no": 2}


Passes = Callable[[AnnotatedArticle, Claim], bool]


def _with_status(status: str) -> Passes:
    return lambda annotated, claim: status_of(annotated, claim.id) == status


SHOWN: dict[str, tuple[str, Passes]] = {
    "all": (tr("All claims"), lambda _annotated, _claim: True),
    "open": (tr("To be checked"), is_to_check),
    "worth": (tr("Worth checking"), lambda _, claim: claim.check_worthy == "yes"),
    "undecided": (tr("Not said whether worth checking"), lambda _, claim: claim.check_worthy in (None, "undecided")),
    **{status: (title(status), _with_status(status)) for status in CHECK_STATUSES},
    "judged": (tr("With a verdict"), lambda annotated, claim: verdict_of(annotated, claim.id) is not None),
    "bare": (tr("Without evidence"), lambda annotated, claim: not annotated.evidence_of(claim.id)),
    "contested": (
        tr("Contradicted"),
        lambda annotated, claim: any(
            r.kind == "contradicts" and annotated.stands(r) for r in annotated.relations_of(claim.id)
        ),
    ),
}
"""Which claims can be listed alone: their words, and what is asked of each."""
ORDERS = {
    -1: tr("As in the article"), 6: tr("How far checked"), 4: tr("Worth checking"), 5: tr("Least evidence first"),
    2: tr("Who says it"), 3: tr("Type"), 1: tr("Words"),
}  # fmt: skip
"""By which columns the claims can be sorted, and what that is called."""
_ORDER_OF_VERDICTS = {verdict: n for n, verdict in enumerate(("none", "1", "2", "3", "4", "5"), 4)}


def claim_row(annotated: AnnotatedArticle, claim: Claim) -> Row:
    """Return a claim's row."""
    number = annotated.claim_number(claim.id)
    status, said = status_of(annotated, claim.id), verdict_of(annotated, claim.id)
    words = claim.short_text or quoted(annotated, claim)
    who = who_says(annotated, claim.id)
    shown = tr("Verdict {verdict}", verdict=said) if said and said != "none" else title(said or status)
    spoken = annotated.code_book.title("verdict", said) if said else title(status)
    evidence = len(annotated.evidence_of(claim.id))
    worth = title(claim.check_worthy) if claim.check_worthy else NOT_SAID
    return Row(
        id=claim.id,
        cells=(
            Cell(str(number), number, muted=False),
            Cell(words, words),
            who,
            Cell(title(claim.type), claim.type or "", muted=True),
            Cell(worth, _WORTH.get(claim.check_worthy or "", len(_WORTH)), muted=claim.check_worthy != "yes"),
            Cell(str(evidence) if evidence else NOT_SAID, evidence, muted=not evidence),
            Cell(shown, _how_far(status, said), muted=True, mark=status),
        ),
        name=", ".join((tr("Claim {n}", n=number), words, who.text, spoken)),
        also=" ".join((claim.note or "", *claim.tags, label(claim.form), spoken, title(status))),
    )


def _how_far(status: str, verdict: str | None) -> int:
    """Return what the check is ordered by: what is still to be done first, then by verdict from against to for."""
    if verdict is not None:
        return _ORDER_OF_VERDICTS.get(verdict, 4)
    return ("not_checked", "in_progress", "cannot_check", "checked").index(status)


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
        Column(tr("Worth checking"), 104, needs=760),
        Column(tr("Evidence"), 76, needs=620, number=True),
        Column(tr("Check"), 118, needs=460),
    )

    link_requested = Signal(str, object)
    """A claim whose source is to be given."""
    verdict_requested = Signal()
    """The chosen claim is to be checked."""

    def empty(self) -> str:
        """Return what to do where there is nothing yet."""
        return tr(
            "No claims yet. Select words in the article and press {claim}, or put the caret in a sentence and press {claim}.",
            **caps(),
        )

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__(workspace, theme)
        self.only = QuietCombo(theme, tr("Claims to list"), [(key, words) for key, (words, _) in SHOWN.items()], "all")
        self.only.picked.connect(self._narrow)
        orders = [(str(n), words) for n, words in ORDERS.items()]
        self.order = QuietCombo(theme, tr("Order of the claims"), orders, "-1")
        self.order.picked.connect(self._sort)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        above = self.layout()
        assert isinstance(above, QVBoxLayout)
        choices = row(self.only, 8, Label(theme, tr("Order"), "small", muted=True), self.order, None, gap=4)
        choices.setContentsMargins(SIDE - 8, 0, SIDE, 4)
        above.insertLayout(1, choices)
        keys = Hints(theme, self._hints)
        layout = row(keys)
        layout.setContentsMargins(SIDE, 4, SIDE, 6)
        self.foot.addLayout(layout)

    def ids(self) -> Iterable[Id]:
        """Return the claims of the article shown."""
        annotated = self.workspace.annotated
        return [c.id for c in annotated.claims] if annotated else ()

    def place(self, id_: Id) -> Place | None:
        """Return where a claim stands, in reading order; None where it is not among those listed."""
        annotated = self.workspace.annotated
        claim = annotated.by_id.get(id_) if annotated is not None else None
        if (
            annotated is None
            or not isinstance(claim, Claim)
            or not SHOWN[self.only.value or "all"][1](annotated, claim)
        ):
            return None
        return Place(reading_order(claim))

    def _narrow(self, _: object) -> None:
        self.refresh()

    def show_only(self, which: str) -> None:
        """List the claims of one kind, by its name in SHOWN."""
        self.only.set_value(which)
        self.refresh()

    def _sort(self, column: str) -> None:
        self.view.horizontalHeader().setSortIndicator(int(column), Qt.SortOrder.AscendingOrder)

    def _sorted(self, column: int, _: Qt.SortOrder) -> None:
        """Say how it is sorted, by whatever it was said; by the number is as in the article."""
        self.order.set_value(str(column if column in ORDERS else -1))

    def _show_state(self) -> None:
        super()._show_state()
        annotated, only = self.workspace.annotated, self.only.value or "all"
        if annotated is None or only == "all":
            return
        here, of = self.model.counts[0], len(annotated.claims)
        self._count.setText(tr("{n} of {all}", n=f"{here:,}", all=f"{of:,}"))
        if of and not self.model.total:
            self._note.setText(tr("No claim here: “{words}”.", words=SHOWN[only][0]))

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
        if (self.model.arranged or self.only.value == "contested") and (changes.links or changes.registers):
            return None  # who says it, or what it is contradicted by, may be what they are listed by
        if self.only.value == "contested" and changes.marks:
            return None  # a claim that counts no more contradicts no other
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
        menu.addAction(tr("Check it…"), lambda: self._check(id_))
        menu.addSeparator()
        menu.addAction(tr("Author’s own voice"), lambda: self.workspace.do(lambda p: p.link_author(id_)))
        menu.addAction(tr("Nobody is named"), lambda: self.workspace.do(lambda p: p.link_not_stated(id_, instead=True)))
        menu.addSeparator()
        menu.addAction(tr("Remove claim"), lambda: self.workspace.do(lambda p: p.unmark(id_)))

    def _check(self, id_: Id) -> None:
        self.go(id_)
        self.verdict_requested.emit()

    def delete(self, id_: Id) -> None:
        """Remove a claim's mark; undo brings it back."""
        self.workspace.do(lambda p: p.unmark(id_))

    @staticmethod
    def _keys_of(command: str) -> list[str]:
        return [key for key in keys_of(command) if len(key) == 1]

    def _hints(self) -> list[tuple[str, str]]:
        letters = [(self._keys_of("link.source"), tr("link")), (self._keys_of("mark.verdict"), tr("verdict"))]
        return [
            ("↵", tr("go there")),
            *((keys[0], words) for keys, words in letters if keys),
            (tr("Del"), tr("remove")),
        ]

    def letter(self, key: str, id_: Id) -> bool:
        """Ask who says the chosen claim, or go to its check, at the letters that do so in the text."""
        if key.upper() in self._keys_of("link.source"):
            self.link_requested.emit(id_, None)
        elif key.upper() in self._keys_of("mark.verdict"):
            self._check(id_)
        else:
            return False
        return True
