"""Who says it? A small card under the claim: the nearest source first, typing searches, every key is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QWidget

from annotator.analysis.proposals import FoundCue, Proposal, propose
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Claim, CodeBook, Id, SourceMention
from annotator.project import Project
from annotator.ui.controls import Hints, Label, Line, column, retheme, row
from annotator.ui.labels import painter
from annotator.ui.link_offers import (
    HEIGHTS,
    ROW_HEIGHT,
    Offer,
    OffersModel,
    Register,
    draw_offer,
    load_words,
    offers_without_words,
    spoken,
)
from annotator.ui.panels.lists import FitList
from annotator.ui.theme import Theme, font, sheet
from annotator.ui.workspace import Workspace

WIDTH = 432
GAP = 10
EDGE = 8
_ANSWERS = {"author": tr("the author’s own voice"), "nobody": tr("nobody who is named")}
KIND_OF_ENTITY = {"person": "person", "organisation": "institution", "group": "group", "work": "document"}


class LinkCard(QFrame):
    """Asks who says a claim. The field keeps the keyboard; nothing is written before an answer is accepted."""

    accepted = Signal(str)
    """The attribution made or changed."""
    closed = Signal()
    proposed = Signal(list)
    """Spans (start, end) in code points to show as proposed: the mention and its cue; empty when the card goes."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.theme = theme
        self._claim: Id | None = None
        self._replace: Id | None = None
        self._through: Id | None = None
        self._anchor = QRect()
        self._proposals: list[Proposal] = []
        self._all: list[Proposal] = []
        self._register: Register | None = None
        self.setAccessibleName(tr("Who says it?"))
        self._build()
        self.hide()
        workspace.article_changed.connect(self.dismiss)
        workspace.chosen_changed.connect(self._chosen_changed)

    def _build(self) -> None:
        self.setFixedWidth(WIDTH)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        self.setGraphicsEffect(shadow)
        self.edit = QLineEdit()
        self.edit.setFont(font("body"))
        self.edit.setFixedHeight(34)
        self.edit.setAccessibleName(tr("Who says it? Name of the source"))
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._search)
        self.list = FitList(
            self.theme,
            tr("Answers"),
            spoken,
            draw_offer,
            lambda o: HEIGHTS.get(o.kind, ROW_HEIGHT),
            inset=8,
            bar=True,
            model=OffersModel(spoken),
        )
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.gone_to.connect(self._accept)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._number = Label(self.theme, "", "small", muted=True)
        self._hints = Hints(self.theme)
        self._title = Label(self.theme, tr("Who says it?"), "section")
        head = row(self._title, None, self._number)
        head.setContentsMargins(16, 10, 16, 0)
        field = row(self.edit)
        field.setContentsMargins(12, 8, 12, 6)
        foot = row(self._hints)
        foot.setContentsMargins(16, 5, 12, 5)
        layout = column(self, (1, 1, 1, 1))
        layout.addLayout(head)
        layout.addLayout(field)
        layout.addWidget(self.list)
        layout.addSpacing(4)
        layout.addWidget(Line(self.theme))
        layout.addLayout(foot)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(sheet(self.theme))
        shadow = self.graphicsEffect()
        if isinstance(shadow, QGraphicsDropShadowEffect):
            shadow.setColor(QColor(0, 0, 0, 160 if self.theme.dark else 70))

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self._dress()
        retheme(self, theme)
        self.update()

    # -- opening and leaving

    def open_for(self, claim: Id, rect: QRect, *, replace: Id | None = None, through: Id | None = None) -> None:
        """Ask about a claim, under ``rect`` (global) where there is room, else above it.

        ``replace`` names an attribution of the claim whose source the answer takes the place of; ``through`` one of
        which is asked through whom it is known.
        """
        annotated, project = self.workspace.annotated, self.workspace.project
        if annotated is None or project is None or not isinstance(annotated.by_id.get(claim), Claim):
            return
        self._claim, self._replace, self._through, self._anchor = claim, replace, through, rect
        self._title.setText(tr("Through whom is it known?") if through else tr("Who says it?"))
        self._register = Register(annotated, project)
        verbs = project.cue_verbs(annotated.article.language)
        self._all = propose(annotated, claim, self.workspace.sentences, verbs, limit=40)
        linked = {a.source for a in annotated.attributions_of.get(claim, ())}
        self._proposals = [p for p in self._all if p.source is None or p.source not in linked][:3]
        self._number.setText(tr("Claim {n}", n=annotated.claim_number(claim)))
        self.edit.setPlaceholderText(tr("Enter accepts, or type a name") if self._proposals else tr("Type who says it"))
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self.show()  # before the rows: whoever hears what is proposed looks whether the card is there
        self.raise_()
        self._show_offers(offers_without_words(annotated, self._proposals))
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self._come_first()

    def _come_first(self) -> None:
        """Hear the field's keys before anything that began to listen when it got the keyboard."""
        self.edit.installEventFilter(self)

    @property
    def claim(self) -> Id | None:
        """The claim the card asks about."""
        return self._claim if self.isVisible() else None

    def dismiss(self) -> None:
        """Leave without an answer."""
        if self.isVisible():
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that the card is gone."""
        super().hideEvent(event)
        if self._claim is not None:
            self._claim = None
            self.proposed.emit([])
            self.closed.emit()

    def _chosen_changed(self, chosen: Id | None) -> None:
        if chosen != self._claim:
            self.dismiss()

    def _place(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        if parent is None:
            return
        at = parent.mapFromGlobal(self._anchor.topLeft())
        x = max(EDGE, min(at.x(), parent.width() - self.width() - EDGE))
        y = at.y() + self._anchor.height() + GAP
        if y + self.height() > parent.height() - EDGE:
            above = at.y() - GAP - self.height()
            y = above if above >= EDGE else max(EDGE, parent.height() - self.height() - EDGE)
        self.move(QPoint(x, y))

    # -- rows

    def _search(self, query: str) -> None:
        annotated = self.workspace.annotated
        if annotated is None or self._register is None or self._claim is None:
            return
        if query.strip():
            self._show_offers(self._register.offers(self._all, query))
        else:
            self._show_offers(offers_without_words(annotated, self._proposals))

    def _show_offers(self, offers: list[Offer]) -> None:
        if self._through is not None:  # a voice that passes the claim on is somebody's
            offers = [
                o for o in offers if o.kind not in ("author", "nobody") and not (o.proposal and o.proposal.nobody)
            ]
            offers = [o for n, o in enumerate(offers) if o.kind != "head" or n + 1 < len(offers)]
        self.list.set_values(offers)
        first = next((n for n, o in enumerate(offers) if o.kind != "head"), None)
        if first is not None:
            self.list.choose(first)
        self._place()
        self._moved()

    def _moved(self) -> None:
        offer: Offer | None = self.list.current
        if self._claim is None:
            return
        if offer is None:  # nothing is offered, so there is nothing to link or to choose yet
            self._hints.set_pairs([("Esc", tr("later"))])
            self.edit.setPlaceholderText(tr("Type who says it"))
            self.proposed.emit([])
            return
        change = [("Tab", tr("change cue"))] if offer.proposal and offer.proposal.cues else []
        self._hints.set_pairs([("↵", tr("link")), ("↑↓", tr("choose")), *change, ("Esc", tr("later"))])
        self.proposed.emit(self._spans(offer))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, spoken(offer)))

    def _spans(self, offer: Offer) -> list[tuple[int, int]]:
        annotated = self.workspace.annotated
        if annotated is None or offer.proposal is None:
            return []
        mention = annotated.by_id.get(offer.proposal.source_mention or "")
        spans = [(s.start, s.end) for s in mention.segments] if mention else []
        if offer.proposal.words is not None:
            spans.append(offer.proposal.words)
        if offer.cue is not None:
            spans.append((offer.cue.start, offer.cue.end))
        return spans

    def _step(self, by: int) -> None:
        offers: list[Offer] = self.list.values
        at = self.list.currentIndex().row()
        for n in range(1, len(offers) + 1):
            to = (at + by * n) % len(offers)
            if offers[to].kind != "head":
                self.list.choose(to)
                return

    def _next_cue(self, by: int) -> None:
        """Take the next cue found near the source, or none, in turn."""
        offer: Offer | None = self.list.current
        if offer is None or offer.proposal is None or not offer.proposal.cues:
            return
        turns: list[FoundCue | None] = [*offer.proposal.cues, None]
        cue = turns[(turns.index(offer.cue) + by) % len(turns)]
        at = self.list.currentIndex().row()
        book = self.workspace.annotated.code_book if self.workspace.annotated is not None else CodeBook()
        changed = replace(offer, cue=cue, load=load_words(book, cue))
        self.list.set_values([changed if n == at else o for n, o in enumerate(self.list.values)])
        self.list.choose(at)
        self._moved()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the card's keys before the field and before the window's shortcuts."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._action(event) is not None:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
        if watched is self.edit and event.type() == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, self._come_first)
        if watched is self.edit and isinstance(event, QFocusEvent) and event.lostFocus():
            stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in stays:
                self.dismiss()
        return super().eventFilter(watched, event)

    def _action(self, event: QKeyEvent) -> str | None:
        """Return what a key does here; None for one that belongs to the field."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "new" if control else "accept"
        if control:
            return None
        return {
            Qt.Key.Key_Escape: "later",
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Down: "down",
            Qt.Key.Key_Tab: "cue",
            Qt.Key.Key_Backtab: "cue back",
        }.get(Qt.Key(key))

    def _press(self, event: QKeyEvent) -> bool:
        action = self._action(event)
        if action is None:
            return False
        if action == "accept":
            self._accept(self.list.current)
        elif action == "new":
            self._accept(Offer("new", ""))
        elif action == "later":
            self.dismiss()
        elif action in ("up", "down"):
            self._step(1 if action == "down" else -1)
        else:
            self._next_cue(1 if action == "cue" else -1)
        return True

    # -- writing

    def answer(self, kind: str) -> None:
        """Take a standing answer, "author" or "nobody"; a voice that passes the claim on is neither."""
        if self._through is None:
            self._accept(Offer(kind, ""))

    def _accept(self, offer: Offer | None) -> None:
        claim = self._claim
        if offer is None or claim is None:
            return
        words = " ".join(self.edit.text().split())
        if offer.kind == "new" and not words:
            return
        made = self.workspace.do(lambda project: self._write_whole(project, claim, offer, words))
        if made is not None:
            self.hide()
            self.accepted.emit(made)
        elif self.workspace.project is not None and self.workspace.project.read_only:
            self.hide()  # nothing can be written: the sentence that says why is shown already

    def _write_whole(self, project: Project, claim: Id, offer: Offer, words: str) -> Id:
        """Write what was chosen as one step of the history."""
        with project.one_step(tr("link claim to {source}", source=_ANSWERS.get(offer.kind) or offer.text or words)):
            return self._write(project, claim, offer, words)

    def _write(self, project: Project, claim: Id, offer: Offer, words: str) -> Id:
        if self._through is not None:
            return self._write_outer(project, claim, offer, words, self._through)
        old = self._replace
        if (
            old is not None
            and offer.kind not in ("author", "nobody")
            and not (offer.proposal and offer.proposal.nobody)
        ):
            who, mention = self._named(project, claim, offer, words)
            if who is not None:
                return self._rewrite(project, claim, offer, who, mention, old)
        made = self._write_new(project, claim, offer, words)
        if old is not None and old != made and project.attribution(old) is not None:  # some answers take it away
            project.unlink(old)
        return made

    def _write_new(self, project: Project, claim: Id, offer: Offer, words: str) -> Id:
        if offer.kind == "author":
            return project.link_author(claim)
        if offer.kind == "nobody":
            return project.link_not_stated(claim, instead=True)
        if offer.kind == "new":
            return project.link_new(claim, words)
        if offer.kind == "entity":
            return project.link_new(claim, offer.text, **_entity_facts(project, offer))
        proposal, given = offer.proposal, _given(offer.cue)
        if proposal is not None and proposal.nobody:
            return project.link_not_stated(claim, **given)
        if proposal is not None and proposal.words is not None:
            return project.link_words(claim, proposal.words, source=offer.id, **given)
        mention = proposal.source_mention if proposal else None
        if offer.id is None:
            return project.link_new(claim, offer.text, source_mention=mention, **given)
        return project.link(claim, offer.id, source_mention=mention, **given)

    def _write_outer(self, project: Project, claim: Id, offer: Offer, words: str, inner: Id) -> Id:
        """Make the attribution another one is known through."""
        who, mention = self._named(project, claim, offer, words)
        name = offer.text or words
        return project.link_through(inner, who, label=name, source_mention=mention, **_given(offer.cue))

    def _named(self, project: Project, claim: Id, offer: Offer, words: str) -> tuple[Id | None, Id | None]:
        """Return the source an answer names, made where it is a new one, and its mention; no source: one in no register."""
        article, proposal = project.annotation(claim), offer.proposal
        mention = proposal.source_mention if proposal else None
        if article is None:
            return offer.id, mention
        if proposal is not None and proposal.words is not None:
            fields: dict[str, Any] = {"source": offer.id} if offer.id is not None else {}
            mention = project.mark(article.article, SourceMention.kind, [proposal.words], **fields)
            made = project.annotation(mention)
            return (made.source if isinstance(made, SourceMention) else offer.id), mention
        if offer.kind == "entity":
            return project.add_source(article.article, offer.text, **_entity_facts(project, offer)), mention
        if offer.kind == "new":
            return project.add_source(article.article, words), mention
        return offer.id, mention

    def _rewrite(self, project: Project, claim: Id, offer: Offer, source: Id, mention: Id | None, link: Id) -> Id:
        """Give an attribution another source, with the mention and cue that go with it; what it is known through stays."""
        annotated = self.workspace.annotated
        others = annotated.attributions_of.get(claim, ()) if annotated else ()
        if any(a.source == source and a.id != link for a in others):
            project.unlink(link)
            return project.link(claim, source, source_mention=mention, **_given(offer.cue))
        none: dict[str, Any] = {"cue": None, "load": None, "function": None, "load_from": None}
        project.edit_attribution(link, source=source, source_mention=mention, **(none | _given(offer.cue)))
        return link

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the raised ground."""
        p = painter(self)
        p.setPen(QPen(QColor(self.theme.edge), 1))
        p.setBrush(QColor(self.theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        p.end()


def _entity_facts(project: Project, offer: Offer) -> dict[str, Any]:
    """Return what a new source takes over from the entity chosen. Raises RuleBroken where that is gone by now."""
    entity = project.find_entity(offer.id or "")
    if entity is None:
        raise RuleBroken(tr("This entity is no longer in the project."))
    return {"entity": entity.id, "kind": KIND_OF_ENTITY.get(entity.kind or "")}


def _given(cue: FoundCue | None) -> dict[str, Any]:
    """Return what a cue brings to an attribution; its load is the word list's until a person says otherwise."""
    if cue is None:
        return {}
    where = cue.annotation or (cue.start, cue.end)
    return {"cue": where, "load": cue.load, "function": cue.function, "load_from": "list"}
