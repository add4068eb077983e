"""How a claim stands to others, of any article: says the same, contradicts, supports, answers; a row leads there.

What a profile sees: the Researcher every kind; the Editor what sourcing needs, which is the reply, the contradiction and
the second mention of the same; the Teacher the contradiction alone, of which two accounts side by side are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Claim, Id
from annotator.model.claim_search import find_claims
from annotator.model.values import RELATION_KINDS
from annotator.ui.actions import with_key
from annotator.ui.controls import Button, SectionHead, column
from annotator.ui.models import RowsModel
from annotator.ui.paint import Box, glyph
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.panels.relation_form import FROM, KINDS, SAME, TOWARDS, RelationForm, Way, said, ways_of
from annotator.ui.theme import Theme, font, icon
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count

if TYPE_CHECKING:
    from annotator.project import FoundClaim, LedgerClaim, Project

ROW = 44
MATES = 5
"""So many claims that say the same are listed; the ledger shows all."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as the list shows it, and the claim at its other end; one without a relation says the same.

    ``article``: where that claim stands, None for the article shown. One without a claim is the entry of the ledger.
    """

    relation: Id | None
    claim: Id | None
    how: str
    words: str
    number: int = 0
    article: Id | None = None
    title: str = ""
    entry: Id | None = None

    @property
    def where(self) -> str:
        """How it stands and where."""
        if self.claim is None:
            return self.how
        if self.article is None:
            return tr("{how} {n}", how=self.how, n=self.number)
        return tr("{how} {n} in “{title}”", how=self.how, n=self.number, title=self.title)


def related(
    annotated: AnnotatedArticle,
    claim: Id,
    kinds: Iterable[str] = RELATION_KINDS,
    far: Mapping[Id, FoundClaim] | None = None,
) -> list[Related]:
    """Return how a claim stands to others, what starts from it first; those of other articles where ``far`` has them."""
    found: list[Related] = []
    for words, mine, other in ((TOWARDS, "from_claim", "to_claim"), (FROM, "to_claim", "from_claim")):
        for relation in annotated.relations_of(claim):
            if getattr(relation, mine) == claim and relation.kind in kinds:
                there = _place(annotated, getattr(relation, other), far or {}, words[relation.kind], relation.id)
                found += [there] if there is not None else []
    return found


def _place(
    annotated: AnnotatedArticle, claim: Id, far: Mapping[Id, FoundClaim], how: str, relation: Id | None
) -> Related | None:
    there = annotated.by_id.get(claim)
    if isinstance(there, Claim):
        words = there.short_text or quoted(annotated, there)
        return Related(relation, claim, how, words, annotated.claim_number(claim))
    place = far.get(claim)
    if place is None:
        return None
    return Related(relation, claim, how, said(place), place.number, place.article, place.title)


def mates(annotated: AnnotatedArticle, claim: Claim, project: Project) -> list[Related]:
    """Return the entry of the ledger a claim is in, and the first of the claims that say the same."""
    if claim.ledger is None:
        return []
    entry, claims, articles = project.ledger_entry(claim.ledger)
    often = trn(
        "Said {n} time in {articles}", "Said {n} times in {articles}", claims, articles=count(articles, "article")
    )
    found = [Related(None, None, often, entry.wording, entry=entry.id)]
    there: list[LedgerClaim] = project.ledger_claims(entry.id, MATES + 1)
    far = {other.place.claim: other.place for other in there if other.place.claim != claim.id}
    for id_ in list(far)[:MATES]:
        place = _place(annotated, id_, far, TOWARDS[SAME], None)
        found += [place] if place is not None else []
    return found


def _spoken(item: Related) -> str:
    return f"{item.where}, {item.words}"


def _draw(p: QPainter, box: Box, item: Related, state: RowState) -> None:
    theme = state.theme
    if item.claim is None:
        p.drawPixmap(box.rc(6, 7, 14, 14).toRect(), icon("merge", theme.ink, 14))
    else:
        at = box.rc(8, 9, 10, 10)
        glyph(p, "claim", at.x(), at.y(), theme)
    box.text(p, item.words, 28, 4, box.w - 36, 20, font("body", 600 if item.claim is None else 400), theme.ink)
    box.text(p, item.where, 28, 22, box.w - 36, 18, font("small"), theme.muted)


def _tip(item: Related) -> str:
    keys = tr("Enter goes there, Del takes it away")
    if item.claim is None:
        keys = tr("Enter shows everybody who says it, Del takes this claim out")
    return "\n".join((item.words, item.where, keys))


class RelatedList(FitList):
    """How a claim stands to others. Enter or a click goes there, Delete takes away what the row says."""

    def __init__(self, theme: Theme, name: str) -> None:
        model: RowsModel[Related] = RowsModel(_spoken, tip=_tip)
        super().__init__(theme, name, _spoken, _draw, lambda _: ROW, model=model)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to go there and to take it away."""
        at = self.menu_place(event)
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            self.setCurrentIndex(self.indexAt(event.pos()))
        item: Related | None = self.current
        if item is None:
            return
        menu = QMenu(self)
        ledger = item.claim is None
        menu.addAction(tr("Show it in the ledger") if ledger else tr("Go there"), lambda: self.gone_to.emit(item))
        menu.addSeparator()
        words = tr("Take this claim out of the ledger") if ledger else tr("Take it away")
        menu.addAction(words, lambda: self.delete_asked.emit(item))
        menu.exec(at)
        menu.deleteLater()


class RelationSection(QWidget):
    """The relations of one claim that a profile sees."""

    def __init__(self, workspace: Workspace, theme: Theme, claim: Id, profile: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._claim = claim
        self._kinds = KINDS[profile]
        teacher = profile == "teacher"
        title = tr("Two accounts") if teacher else tr("Other claims")
        words = tr("Add the other account") if teacher else tr("Relate")
        self.add = Button(theme, words, "quiet", symbol="plus", name=tr("Relate to another claim"))
        self.add.setToolTip(_about(profile))
        self.add.clicked.connect(self.begin)
        self.list = RelatedList(theme, title)
        self.list.gone_to.connect(self._go_to)
        self.list.delete_asked.connect(self._remove)
        self.form = RelationForm(theme, ways_of(profile), workspace, claim)
        self.form.hide()
        self.form.asked.connect(self._relate)
        self.form.left.connect(self._leave)
        layout = column(self, gap=4)
        layout.addWidget(SectionHead(theme, title, "", self.add))
        layout.addWidget(self.list)
        layout.addWidget(self.form)

    def refresh(self, annotated: AnnotatedArticle) -> None:
        """Show the claim's relations."""
        project, claim = self._workspace.project, annotated.by_id.get(self._claim)
        if project is None or not isinstance(claim, Claim):
            return
        ends = {end for r in annotated.relations_of(claim.id) for end in (r.from_claim, r.to_claim)}
        away = ends - annotated.by_id.keys()
        found = related(annotated, claim.id, self._kinds, project.far_claims(away) if away else {})
        if SAME in self._kinds:
            found = mates(annotated, claim, project) + found
        self.list.set_values(found)
        self.list.setVisible(bool(found))
        self.add.setVisible(self.form.isHidden())

    def commit(self) -> None:
        """Leave what is half typed: which claim is meant is not known before Enter."""

    def _go_to(self, item: Related) -> None:
        if item.claim is None:
            self._workspace.ledger_asked.emit(item.entry)
            return
        self._workspace.go_to(item.claim, item.article)

    def _remove(self, item: Related) -> None:
        relation, claim = item.relation, item.claim
        if relation is not None:
            self._workspace.do(lambda p: p.unrelate(relation))
        else:
            self._workspace.do(lambda p: p.leave_ledger(claim or self._claim))

    def begin(self) -> None:
        """Ask which other claim is meant, and how the two stand to each other."""
        self.add.hide()
        self.form.begin()

    def _leave(self) -> None:
        self.form.hide()
        self.add.show()
        self.add.setFocus()

    def _relate(self, way: Way, words: str) -> None:
        other = self.form.claim_of(words) or self._meant(words)
        if other is None:
            self.form.which.selectAll()
            self.form.which.setFocus()
            return
        ends = (self._claim, other) if way.towards else (other, self._claim)
        if way.kind == SAME:
            done = self._workspace.do(lambda p: p.same_as(*ends))
        else:
            done = self._workspace.do(lambda p: p.relate(*ends, way.kind))
        if done is not None:
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


def _about(profile: str) -> str:
    if profile == "teacher":
        return tr("Another claim that tells it otherwise: the worksheet sets both side by side")
    return with_key(
        tr("Who answers it, contradicts it or says the same; all that is said more than once"), "view.ledger"
    )
