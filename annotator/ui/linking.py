"""Linking: who stands behind a claim, by the card or from the text; following links and coming back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Mention, SourceMention
from annotator.model.annotated import reading_order
from annotator.project import Project
from annotator.ui.actions import caps
from annotator.ui.article.voices import chain_of, said_by
from annotator.ui.workspace import Workspace

if TYPE_CHECKING:
    from annotator.ui.link_card import LinkCard


class Through(NamedTuple):
    """An attribution of which somebody asks through whom it is known."""

    attribution: Id


class Column(Protocol):
    """What linking needs of the article's column; offsets are code points."""

    def caret(self) -> int:
        """Return where the caret is."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere."""
        ...

    def annotations_at(self, offset: int) -> list[Id]:
        """Return the marks at an offset, the smallest first."""
        ...

    def propose(self, spans: list[tuple[int, int]]) -> None:
        """Outline words with dashes."""
        ...

    def anchor_rect(self, start: int, end: int) -> QRect:
        """Return where the last line of a span is on the screen."""
        ...

    def on_screen(self, start: int, end: int) -> list[QRect]:
        """Return where words are on the screen, a line at a time."""
        ...

    def bring_up(self, start: int, by: int) -> None:
        """Scroll the text up by so many pixels; an offset stays in sight."""
        ...

    def setFocus(self) -> None:
        """Give the text the keyboard."""
        ...


class Linking:
    """Opens the card for a claim; a click on a source in the text answers it as well.

    ``card`` returns the card, made when it is first wanted; whoever makes it calls ``hear`` with it.
    """

    def __init__(
        self, workspace: Workspace, column: Column, card: Callable[[], LinkCard], say: Callable[[str], None]
    ) -> None:
        self._workspace = workspace
        self._column = column
        self._card = card
        self._say = say
        self._last_claim: Id | None = None
        self._asked: Id | None = None
        self._waiting: Id | None = None
        self._origin: QWidget | None = None
        self._followed: list[tuple[Id, int, Id | None]] = []
        workspace.chosen_changed.connect(self._chosen_changed)

    def hear(self, card: LinkCard) -> None:
        """Follow a card that was just made."""
        card.accepted.connect(self._accepted)
        card.closed.connect(self._closed)
        card.proposed.connect(self._column.propose)
        card.lines, card.bring_up = self._column.on_screen, self._column.bring_up

    # -- linking

    def link(self) -> None:
        """Ask who says the chosen claim; on a source in the text, link the claim chosen before to it."""
        annotated = self._workspace.annotated
        if annotated is None:
            return
        chosen = self._mark(annotated, self._workspace.chosen) or self._mark_at_caret(annotated)
        around = self._around(annotated, chosen)
        source = next((m for m in around if isinstance(m, SourceMention)), None)
        claim = next((m for m in around if isinstance(m, Claim)), None)
        waits = isinstance(self._mark(annotated, self._last_claim), Claim)
        if source is not None and (waits or source is chosen or claim is None):
            self._link_mention(annotated, source)
        elif claim is not None:
            self.link_claim(claim.id)
        else:
            self._say(tr("Choose a claim first, then press {link}.", **caps()))

    def through(self) -> None:
        """Ask through whom the chosen claim is known: "the minister, the paper says, …"."""
        annotated, claim = self._workspace.annotated, self._claim_meant()
        links = annotated.attributions_of.get(claim or "", ()) if annotated is not None else ()
        outer = {link.via for link in links}
        direct = [link for link in links if link.id not in outer and link.via is None]
        if annotated is not None and claim is not None and links:
            last = direct[-1] if direct else chain_of(annotated, links[-1])[-1]  # a chain goes one voice further out
            self.link_claim(claim, Through(last.id))
        elif claim is not None:
            self._say(tr("Say first who says it; then through whom that is known."))

    def link_claim(self, claim: Id, attribution: Id | Through | None = None) -> None:
        """Open the card for a claim; with an attribution, to put another source in its place or before it."""
        annotated = self._workspace.annotated
        said = self._mark(annotated, claim)
        project = self._workspace.project
        if said is None or annotated is None or project is None:
            return
        if project.read_only:
            self._say(project.why_read_only)
            return
        self._origin = QApplication.focusWidget()
        self._workspace.choose(claim)
        self._asked = claim
        last = said.segments[-1]
        place = self._column.anchor_rect(last.start, last.end)
        if isinstance(attribution, Through):
            self._card().open_for(claim, place, through=attribution.attribution)
        else:
            self._card().open_for(claim, place, replace=attribution)

    def _link_mention(self, annotated: AnnotatedArticle, mention: SourceMention) -> None:
        claim = self._mark(annotated, self._last_claim)
        if not isinstance(claim, Claim):
            self._say(tr("Choose the claim first, then the source, and press {link}.", **caps()))
            return
        made = self._workspace.do(lambda p: p.link_mention(claim.id, mention.id))
        if made is not None:
            self._tell_link(claim.id)
            self._workspace.choose(claim.id)

    def _around(self, annotated: AnnotatedArticle, chosen: Annotation | None) -> list[Annotation]:
        """Return a claim or source alone; of another mark those it begins in: an entity may stand inside a source."""
        if chosen is None or isinstance(chosen, Claim | SourceMention):
            return [chosen] if chosen is not None else []
        return [annotated.by_id[i] for i in self._column.annotations_at(chosen.start) if i in annotated.by_id]

    def _mark_at_caret(self, annotated: AnnotatedArticle) -> Annotation | None:
        found = [annotated.by_id[i] for i in self._column.annotations_at(self._column.caret()) if i in annotated.by_id]
        return next((m for m in found if isinstance(m, Claim)), found[0] if found else None)

    @staticmethod
    def _mark(annotated: AnnotatedArticle | None, id_: Id | None) -> Annotation | None:
        return annotated.by_id.get(id_ or "") if annotated is not None else None

    def author_voice(self) -> None:
        """Say that the claim chosen, or at the caret, is the author's own; with the card open, answer it so."""
        if self._answered("author"):
            return
        chosen = self._claim_meant()
        if chosen is not None and self._workspace.do(lambda p: p.link_author(chosen)) is not None:
            self._tell_link(chosen)

    def nobody(self) -> None:
        """Say that the text names nobody for the claim chosen, or at the caret; with the card open, answer it so."""
        if self._answered("nobody"):
            return
        chosen = self._claim_meant()
        if chosen is not None and self._workspace.do(lambda p: p.link_not_stated(chosen, instead=True)) is not None:
            self._tell_link(chosen)

    def _answered(self, kind: str) -> bool:
        """Give the card a standing answer where it is open."""
        if self._asked is None or self._card().claim is None:
            return False
        self._card().answer(kind)
        return True

    def _claim_meant(self) -> Id | None:
        """Return the claim chosen, else the one at the caret; where there is none, say what to do."""
        annotated = self._workspace.annotated
        if annotated is None:
            return None
        meant = self._mark(annotated, self._workspace.chosen) or self._mark_at_caret(annotated)
        if isinstance(meant, Claim):
            return meant.id
        self._say(tr("Choose a claim first."))
        return None

    def unlink(self) -> None:
        """Take back who stands behind the chosen claim."""
        annotated, chosen = self._workspace.annotated, self._workspace.chosen
        links = annotated.attributions_of.get(chosen or "", ()) if annotated is not None else ()
        if not links or annotated is None or chosen is None:
            self._say(tr("This claim is not linked."))
            return
        number = annotated.claim_number(chosen)
        self._workspace.do(lambda p: _remove_links(p, [a.id for a in links], tr("unlink claim {n}", n=number)))

    def _accepted(self, _attribution: str) -> None:
        if self._last_claim is not None:
            self._tell_link(self._last_claim)

    def _tell_link(self, claim: Id) -> None:
        annotated = self._workspace.annotated
        if annotated is None or not isinstance(annotated.by_id.get(claim), Claim):
            return
        names = ", ".join(said_by(annotated, claim)) or tr("the author’s own voice")
        self._say(tr("Claim {n}: {names}", n=annotated.claim_number(claim), names=names))

    def _closed(self) -> None:
        """Give the keyboard back to where it came from; where a click closed the card, a source it chooses answers it."""
        clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._waiting, self._asked = (self._asked if clicked else None), None
        self._column.propose([])
        origin, self._origin = self._origin, None
        if origin is not None and not clicked and isValid(origin) and origin.isVisible():
            origin.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._column.setFocus()

    def _chosen_changed(self, chosen: Id | None) -> None:
        """Remember the claim; a source chosen by the click that closed the card is the answer to it."""
        annotated = self._workspace.annotated
        mark = self._mark(annotated, chosen)
        waiting, self._waiting = self._waiting, None
        if isinstance(mark, Claim):
            self._last_claim = mark.id
        elif waiting is not None and annotated is not None:
            source = next((m for m in self._around(annotated, mark) if isinstance(m, SourceMention)), None)
            if source is not None:
                self._last_claim = waiting
                self._link_mention(annotated, source)

    # -- following

    def follow(self) -> None:
        """From a claim to where its source is named, from a source to its first claim, from an entity to its next mention."""
        annotated = self._workspace.annotated
        chosen = self._mark(annotated, self._workspace.chosen)
        if annotated is None or chosen is None:
            return
        target = _followed_from(annotated, chosen)
        if target is None:
            self._say(
                tr("There is nothing to follow from here: it is not linked, or its source is not marked in the text.")
            )
            return
        self._followed.append((annotated.article.id, self._column.caret(), chosen.id))
        del self._followed[:-50]
        self._go(target.id, target.start)

    def back(self) -> None:
        """Go back to where the last link was followed from."""
        if not self._followed:
            self._say(tr("No link was followed yet."))
            return
        article, caret, chosen = self._followed.pop()
        if article != self._workspace.article:
            self._workspace.show_article(article)
        self._go(chosen, caret)

    def _go(self, chosen: Id | None, caret: int) -> None:
        self._column.set_caret(caret)
        self._workspace.choose(chosen)
        self._column.setFocus()


def _remove_links(project: Project, links: list[Id], name: str) -> None:
    with project.one_step(name):
        for link in links:
            project.unlink(link)


def _followed_from(annotated: AnnotatedArticle, chosen: Annotation) -> Annotation | None:
    """Return what a mark leads to."""
    if isinstance(chosen, Claim):
        links = annotated.attributions_of.get(chosen.id, ())
        used = [annotated.by_id[a.source_mention] for a in links if a.source_mention in annotated.by_id]
        named = [m for a in links for m in annotated.mentions_of_source(a.source)]
        return next(iter(used), None) or min(named, key=lambda m: abs(m.start - chosen.start), default=None)
    if isinstance(chosen, SourceMention) and chosen.source is not None:
        through = [annotated.by_id.get(a.claim) for a in annotated.attributions_with(chosen.id)]
        found = [c for c in through if c is not None] or annotated.claims_of(chosen.source)
        return min(found, key=reading_order, default=None)
    if isinstance(chosen, Mention) and chosen.entity is not None:
        same = annotated.mentions_of_entity(chosen.entity)
        at = bisect_right(same, chosen.start, key=lambda m: m.start)
        return same[at % len(same)] if len(same) > 1 else None
    return next((annotated.by_id.get(a.claim) for a in annotated.attributions_with(chosen.id)), None)
