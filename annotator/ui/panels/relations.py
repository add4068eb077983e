"""How a claim stands to others: contradicts, supports, answers ...; a row leads to the other claim, Delete takes it away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, Claim, Id
from annotator.model.claim_search import Found, find_claims
from annotator.model.values import RELATION_KINDS
from annotator.ui.controls import Button, QuietCombo, SectionHead, column, row
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.fields import suggest
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Workspace

ROW = 44
OFFERED = 12
"""So many claims are offered while one types."""
REPLY = ("replies_to",)
TOWARDS = {
    "supports": tr("Supports"),
    "contradicts": tr("Contradicts"),
    "elaborates": tr("Elaborates"),
    "part_of": tr("Is part of"),
    "context_for": tr("Gives context for"),
    "replies_to": tr("Replies to"),
}
FROM = {
    "supports": tr("Is supported by"),
    "contradicts": tr("Is contradicted by"),
    "elaborates": tr("Is elaborated by"),
    "part_of": tr("Has as a part"),
    "context_for": tr("Has as context"),
    "replies_to": tr("Is answered by"),
}
"""The same kinds, said of the claim they lead to."""


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of relation, and whether it starts from the claim it is said of."""

    kind: str
    towards: bool

    @property
    def words(self) -> str:
        """What is said of the claim."""
        return (TOWARDS if self.towards else FROM)[self.kind]


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as the list shows it, and the claim at its other end."""

    relation: Id
    claim: Id
    how: str
    number: int
    words: str


def related(annotated: AnnotatedArticle, claim: Id, kinds: tuple[str, ...] = RELATION_KINDS) -> list[Related]:
    """Return how a claim stands to others of the article, what starts from it first."""
    found: list[Related] = []
    for words, mine, other in ((TOWARDS, "from_claim", "to_claim"), (FROM, "to_claim", "from_claim")):
        for relation in annotated.relations_of(claim):
            there = annotated.by_id.get(getattr(relation, other))
            if getattr(relation, mine) == claim and relation.kind in kinds and isinstance(there, Claim):
                number, said = annotated.claim_number(there.id), there.short_text or quoted(annotated, there)
                found.append(Related(relation.id, there.id, words[relation.kind], number, said))
    return found


def _spoken(item: Related) -> str:
    return tr("{how} claim {n}, {words}", how=item.how, n=item.number, words=item.words)


def _draw(p: QPainter, box: Box, item: Related, state: RowState) -> None:
    at = box.rc(8, 9, 10, 10)
    glyph(p, "claim", at.x(), at.y(), state.theme)
    box.text(p, item.words, 28, 4, box.w - 36, 20, font("body"), state.theme.ink)
    box.text(p, f"{item.how} {item.number}", 28, 22, box.w - 36, 18, font("small"), state.theme.muted)


class RelationForm(QWidget):
    """How, and which claim: by its number or its words; Enter adds, Esc leaves."""

    asked = Signal(object, str)
    """A Way, and what was typed for the other claim."""
    left = Signal()

    def __init__(self, theme: Theme, ways: Sequence[Way], workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._ways = list(ways)
        self._pieces: Iterator[list[Found]] = iter(())
        self._offered: list[tuple[str, str]] = []
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look_on)
        self.how = QuietCombo(
            theme, tr("How it stands to another claim"), [(str(n), w.words) for n, w in enumerate(self._ways)], "0"
        )
        self.which = QLineEdit()
        self.which.setAccessibleName(tr("The other claim"))
        self.which.setPlaceholderText(tr("Number or words of the claim"))
        self.which.setFont(font("body"))
        self.which.returnPressed.connect(self.add)
        self.which.textEdited.connect(self._offer)
        add = Button(theme, tr("Add"), "primary", name=tr("Add the relation"))
        add.clicked.connect(self.add)
        cancel = Button(theme, tr("Cancel"))
        cancel.clicked.connect(self.left)
        layout = column(self, (0, 4, 0, 4), 6)
        layout.addLayout(row(self.how, None))
        layout.addWidget(self.which)
        layout.addLayout(row(None, add, cancel))

    def begin(self) -> None:
        """Empty the form and go to it."""
        self.which.clear()
        self._offer("")
        self.show()
        self.how.setFocus()

    def _offer(self, typed: str) -> None:
        """Offer the claims that fit what was typed: what one piece of the search holds now, more in the next turns."""
        annotated = self._workspace.annotated
        self._offered.clear()
        self._pieces = find_claims(annotated, typed) if annotated is not None and typed.strip() else iter(())
        suggest(self.which, (), self.which.setFocus)
        self._look_on()

    def _look_on(self) -> None:
        annotated, piece = self._workspace.annotated, next(self._pieces, None)
        if annotated is None or piece is None or self.isHidden():
            return
        if piece:  # else the list stays as it is under the arrows
            self._offered += [(f"{n}  {quoted(annotated, c)}", "") for n, c in piece[: OFFERED - len(self._offered)]]
            suggest(self.which, self._offered, self.which.setFocus)
        if len(self._offered) < OFFERED:
            self._looking.start(0)

    def add(self) -> None:
        """Hand over what was chosen."""
        words = self.which.text().strip()
        if words and self.how.value:
            self.asked.emit(self._ways[int(self.how.value)], words)
        else:
            self.which.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class RelationSection(QWidget):
    """The relations of one claim: of all kinds, or only the right of reply."""

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, *, replies_only: bool) -> None:
        super().__init__()
        self._workspace = workspace
        self._claim = claim
        self._kinds = REPLY if replies_only else RELATION_KINDS
        title = tr("Right of reply") if replies_only else tr("Other claims")
        ways = [Way(kind, towards=True) for kind in self._kinds]
        ways += [Way(kind, towards=False) for kind in self._kinds if kind != "contradicts"]
        words = tr("Add reply") if replies_only else tr("Relate")
        self.add = Button(theme, words, "quiet", symbol="plus", name=tr("Relate to another claim"))
        self.add.clicked.connect(self._begin)
        self.list = FitList(theme, title, _spoken, _draw, lambda _: ROW)
        self.list.gone_to.connect(self._go_to)
        self.list.delete_asked.connect(self._remove)
        self.form = RelationForm(theme, ways[::-1] if replies_only else ways, workspace)
        self.form.hide()
        self.form.asked.connect(self._relate)
        self.form.left.connect(self._leave)
        layout = column(self, gap=4)
        layout.addWidget(SectionHead(theme, title, "", self.add))
        layout.addWidget(self.list)
        layout.addWidget(self.form)

    def refresh(self, annotated: AnnotatedArticle) -> None:
        """Show the claim's relations."""
        found = related(annotated, self._claim, self._kinds)
        self.list.set_values(found)
        self.list.setVisible(bool(found))
        self.add.setVisible(self.form.isHidden())

    def commit(self) -> None:
        """Leave what is half typed: which claim is meant is not known before Enter."""

    def _go_to(self, item: Related) -> None:
        self._workspace.choose(item.claim)

    def _remove(self, item: Related) -> None:
        self._workspace.do(lambda p: p.unrelate(item.relation))

    def _begin(self) -> None:
        self.add.hide()
        self.form.begin()

    def _leave(self) -> None:
        self.form.hide()
        self.add.show()
        self.add.setFocus()

    def _relate(self, way: Way, words: str) -> None:
        other = self._meant(words)
        if other is None:
            self.form.which.selectAll()
            self.form.which.setFocus()
            return
        ends = (self._claim, other) if way.towards else (other, self._claim)
        if self._workspace.do(lambda p: p.relate(*ends, way.kind)) is not None:
            self._leave()

    def _meant(self, words: str) -> Id | None:
        """Return the claim that a number, or words only one other claim has, stand for."""
        annotated = self._workspace.annotated
        if annotated is None:
            return None
        number = words.split()[0].rstrip(".:")
        if number.isdecimal() and 1 <= int(number) <= len(annotated.claims):
            return annotated.claims[int(number) - 1].id
        fitting = (c.id for piece in find_claims(annotated, words) for _, c in piece if c.id != self._claim)
        found = list(islice(fitting, 2))
        return found[0] if len(found) == 1 else None
