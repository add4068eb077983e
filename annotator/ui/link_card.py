"""Who says it? A small card under the claim: the nearest source first, typing searches, every key is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QWidget

from annotator.analysis.proposals import FoundCue, Proposal, find_words, propose
from annotator.analysis.speakers import is_quotation
from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Claim, CodeBook, Id
from annotator.ui.article.voices import AUTHOR, said_by, voice_of
from annotator.ui.controls import Hints, Label, Line, column, retheme, row
from annotator.ui.labels import painter
from annotator.ui.link_answer import STANDING, Answer
from annotator.ui.link_offers import (
    HEIGHTS,
    ROW_HEIGHT,
    Offer,
    OffersModel,
    Register,
    draw_offer,
    is_near,
    load_words,
    new_meta,
    offers_without_words,
    spoken,
)
from annotator.ui.link_place import GAP, clamp, place, whole
from annotator.ui.panels.lists import FitList
from annotator.ui.theme import Theme, font, sheet
from annotator.ui.workspace import Workspace

WIDTH = 432
TITLE_ROOM = 310
ANSWERS = ("accept", "instead", "new")
"""What a key does that writes something."""


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
        self._instead: Id | None = None
        self._linked = False
        self._author = False
        self._quoted = False
        self.lines: Callable[[int, int], list[QRect]] = lambda _start, _end: []
        """Where words of the article are on the screen, a line at a time."""
        self.bring_up: Callable[[int, int], None] = lambda _start, _by: None
        """Scroll the text up by so many pixels; an offset stays in sight."""
        self._side = ""
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
        """Ask about a claim whose last line is at ``rect`` (global), beside its words and those it proposes.

        ``replace`` names an attribution of the claim whose source the answer takes the place of; ``through`` one of
        which is asked through whom it is known.
        """
        annotated, project = self.workspace.annotated, self.workspace.project
        if annotated is None or project is None or not isinstance(annotated.by_id.get(claim), Claim):
            return
        self._claim, self._replace, self._through, self._anchor = claim, replace, through, rect
        self._side = ""
        self._say_what_is_asked(annotated, claim)
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
        self._show_offers(self._offers(annotated))
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self._come_first()

    def _say_what_is_asked(self, annotated: AnnotatedArticle, claim: Id) -> None:
        """Title the card; where the claim is linked, say to whom, as the answer is added to them."""
        links = annotated.attributions_of.get(claim, ())
        outer = {link.via for link in links}
        direct = [link.id for link in links if link.id not in outer]
        names = ", ".join(said_by(annotated, claim))
        words = tr("Who says it?")
        self._instead, self._linked = None, False
        mark = annotated.by_id[claim]
        self._quoted = is_quotation(annotated.text, [(s.start, s.end) for s in mark.segments])
        self._author = voice_of(annotated, claim).kind == AUTHOR and self._replace is None
        if self._through is not None:
            words = tr("Through whom is it known?")
        elif self._author:
            words, self._linked = tr("Who says it? Linked: the author’s own voice"), True
        elif names and self._replace is None:
            words = tr("Who else says it? Linked: {names}", names=names)
            self._instead, self._linked = direct[0] if len(direct) == 1 else None, True
        self._title.setText(QFontMetrics(self._title.font()).elidedText(words, Qt.TextElideMode.ElideRight, TITLE_ROOM))
        self._title.setToolTip(words)
        self.setAccessibleName(words)
        self.edit.setAccessibleName(tr("{question} Name of the source", question=words))

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
        for scrolled in (False, True):
            claim, words = self._taken(parent)
            found = place(self.size(), parent.rect(), claim, words, self._side)
            if found is not None:
                self._side = found[0]
                self.move(found[1])
                return
            if not scrolled:
                lacking = whole(claim).bottom() + 2 * GAP + self.height() - parent.height()
                self.bring_up(self._said_at(), lacking)
        self.move(clamp(self.size(), parent.rect(), claim))

    def _said_at(self) -> int:
        mark = self._mark()
        return mark.start if mark is not None else 0

    def _mark(self) -> Annotation | None:
        annotated = self.workspace.annotated
        return annotated.by_id.get(self._claim or "") if annotated is not None else None

    def _taken(self, parent: QWidget) -> tuple[list[QRect], list[QRect]]:
        """Return the lines of the claim and those of what is proposed, in the window."""
        mark = self._mark()
        offer: Offer | None = self.list.current
        parts = [(s.start, s.end) for s in mark.segments] if mark is not None else []
        claim = [rect for part in parts for rect in self.lines(*part)] or [self._anchor]
        words = [rect for span in (self._spans(offer) if offer else []) for rect in self.lines(*span)]
        home = parent.mapFromGlobal(QPoint())
        return [r.translated(home) for r in claim], [r.translated(home) for r in words]

    # -- rows

    def _search(self, query: str) -> None:
        annotated = self.workspace.annotated
        if annotated is None or self._register is None or self._claim is None:
            return
        if query.strip():
            self._show_offers(self._register.offers(self._all, query, self._found(query)))
        else:
            self._show_offers(self._offers(annotated))

    def _offers(self, annotated: AnnotatedArticle) -> list[Offer]:
        return offers_without_words(annotated, self._proposals, quoted=self._quoted, author=self._author)

    def _found(self, words: str) -> Proposal | None:
        """Return where typed words stand beside the claim, unmarked: a new source of that name is marked there."""
        annotated, project = self.workspace.annotated, self.workspace.project
        if annotated is None or project is None or self._claim is None:
            return None
        verbs = project.cue_verbs(annotated.article.language)
        return find_words(annotated, self._claim, self.workspace.sentences, verbs, words)

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
        if not self.edit.text().strip() and not self._may_accept(self.list.current):
            self.list.setCurrentIndex(QModelIndex())
        self._moved()

    def _may_accept(self, offer: Offer | None) -> bool:
        """Say whether Enter alone may answer with what is offered first.

        It never takes back who says it, nor makes a quotation the author's own or that of somebody far off.
        """
        if offer is None or self._through is not None:
            return True
        if self._author or (self._linked and offer.kind in STANDING):
            return False
        return not self._quoted or self._replace is not None or is_near(offer.proposal)

    def _moved(self) -> None:
        offer: Offer | None = self.list.current
        if self._claim is None:
            return
        if offer is None:  # nothing is offered or near, so there is nothing to link yet
            self._hints.set_pairs([*([("↑↓", tr("choose"))] if self.list.values else []), ("Esc", tr("later"))])
            self.edit.setPlaceholderText(tr("Type who says it"))
            self.proposed.emit([])
            self._place()
            return
        change = [("Tab", tr("change cue"))] if offer.proposal and offer.proposal.cues else []
        take = [("↵", tr("link")), ("↑↓", tr("choose"))]
        if self._author:
            take = [("↵", tr("change")), ("↑↓", tr("choose"))]
        if self._instead is not None:  # there is one link: the answer is added to it, or put in its place
            take = (
                [("↵", tr("add")), ("Shift+↵", tr("change"))] if offer.kind not in STANDING else [("↵", tr("change"))]
            )
        self._hints.set_pairs([*take, *change, ("Esc", tr("later"))])
        self.proposed.emit(self._spans(offer))
        self._place()
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
        if offer.kind == "new":
            changed = replace(changed, meta=new_meta(offer.proposal, cue))
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
            if control:
                return "new"
            return "instead" if bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) else "accept"
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
        if event.isAutoRepeat() and ((event.text() and event.text().isprintable()) or action in ANSWERS):
            return True  # the key that opened the card is held down still
        if action is None:
            return False
        if action in ("accept", "instead"):
            if action == "instead":
                self._replace = self._instead or self._replace
            self._accept(self.list.current)
        elif action == "new":
            offers: list[Offer] = self.list.values
            self._accept(next((o for o in offers if o.kind == "new"), Offer("new", "")))
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
        annotated = self.workspace.annotated
        links = tuple(annotated.attributions_of.get(claim, ())) if annotated is not None else ()
        answer = Answer(claim, offer, words, self._replace, self._through, links)
        made = self.workspace.do(answer.write)
        if made is not None:
            self.hide()
            self.accepted.emit(made)
        elif self.workspace.project is not None and self.workspace.project.read_only:
            self.hide()  # nothing can be written: the sentence that says why is shown already

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the raised ground."""
        p = painter(self)
        p.setPen(QPen(QColor(self.theme.edge), 1))
        p.setBrush(QColor(self.theme.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        p.end()
