"""Relating a claim to another: in which way, and to which, found by its number or by words, in any article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.language import tr
from annotator.model import Id
from annotator.model.claim_search import Found, find_claims
from annotator.model.values import RELATION_KINDS
from annotator.text import shortened
from annotator.ui.controls import Button, QuietCombo, column, row
from annotator.ui.panels.attributions import quoted
from annotator.ui.panels.fields import suggest
from annotator.ui.theme import Theme, font
from annotator.ui.workspace import Job, Workspace

if TYPE_CHECKING:
    from annotator.project import FoundClaim
    from annotator.project.finding import Finder

OFFERED = 12
"""So many claims are offered while one types."""
CLAIM, TITLE = 160, 60
"""So many code points of a claim and of its article's title are offered: a list is looked over, not read."""
PAUSE_MS = 250
"""So long nothing is typed before the other articles are looked through."""
SAME = "same_as"
KINDS = {
    "teacher": ("contradicts",),
    "editor": ("replies_to", "contradicts", SAME),
    "researcher": (SAME, *RELATION_KINDS),
}
"""The kinds of a profile, in the order they are offered."""
TOWARDS = {
    SAME: tr("Says the same as"),
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
_ONE_WAY = ("contradicts", SAME)
"""Kinds that say the same from both ends."""


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of relation, and whether it starts from the claim it is said of."""

    kind: str
    towards: bool

    @property
    def key(self) -> str:
        """What it is known by in a list."""
        return self.kind if self.towards else f"{self.kind} from"

    @property
    def words(self) -> str:
        """What is said of the claim."""
        return (TOWARDS if self.towards else FROM)[self.kind]


def ways_of(profile: str) -> list[Way]:
    """Return how a profile relates claims; the reply is first offered as what answers this claim."""
    kinds = KINDS[profile]
    ways = [Way(kind, towards=True) for kind in kinds]
    ways += [Way(kind, towards=False) for kind in kinds if kind not in _ONE_WAY]
    answered = [way for way in ways if profile == "editor" and way == Way("replies_to", towards=False)]
    return answered + [way for way in ways if way not in answered]


def said(place: FoundClaim) -> str:
    """Return what a claim found in any article says, as it is listed."""
    return place.short_text or (place.quote if place.quote[:1] in '“«„"' else f"“{place.quote}”")


class RelationForm(QWidget):
    """How, and which claim: by its number or its words, in this article or another; Enter adds, Esc leaves."""

    asked = Signal(object, str)
    """A Way, and what was typed for the other claim."""
    left = Signal()

    def __init__(self, theme: Theme, ways: Sequence[Way], workspace: Workspace, claim: Id) -> None:
        super().__init__()
        self._workspace = workspace
        self._ways = {way.key: way for way in ways}
        self._claim = claim
        self._pieces: Iterator[list[Found]] = iter(())
        self._offered: dict[str, Id] = {}
        self._looking = self._timer(self._look_on)
        self._far = self._timer(self._look_far)
        self._finder: Finder | None = None
        self.how = QuietCombo(
            theme, tr("How it stands to another claim"), [(w.key, w.words) for w in ways], ways[0].key
        )
        self.which = QLineEdit()
        self.which.setAccessibleName(tr("The other claim"))
        self.which.setPlaceholderText(tr("Its number here, or words of any claim"))
        self.which.setToolTip(tr("Claims of this article come first, then those of the others"))
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

    def _timer(self, act: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(act)
        return made

    def begin(self) -> None:
        """Empty the form and go to it."""
        self.which.clear()
        self._offer("")
        self.show()
        self.how.setFocus()

    def claim_of(self, words: str) -> Id | None:
        """Return the claim that was offered in these words."""
        return self._offered.get(words)

    # -- offering

    def _offer(self, typed: str) -> None:
        """Offer the claims that fit what was typed: what one piece of the search holds now, more in the next turns."""
        annotated = self._workspace.annotated
        self._offered.clear()
        self._pieces = find_claims(annotated, typed) if annotated is not None and typed.strip() else iter(())
        self._show_offers()
        self._look_on()
        if len(typed.strip()) > 1:
            self._far.start(PAUSE_MS)
        else:
            self._far.stop()
            self._stop()

    def _show_offers(self) -> None:
        suggest(self.which, [(words, "") for words in self._offered], self._back)
        # A claim may fit by its short wording, which is not what is shown.
        self.which.completer().setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)

    def _back(self) -> None:
        if self.isVisible():  # Enter in the list may have added it already
            self.which.setFocus()

    def _look_on(self) -> None:
        annotated, piece = self._workspace.annotated, next(self._pieces, None)
        if annotated is None or piece is None or self.isHidden():
            return
        fits = [(n, c) for n, c in piece if c.id != self._claim]
        if fits:  # else the list stays as it is under the arrows
            for n, claim in fits[: OFFERED - len(self._offered)]:
                self._offered[f"{n}  {shortened(quoted(annotated, claim), CLAIM)}"] = claim.id
            self._show_offers()
        if len(self._offered) < OFFERED:
            self._looking.start(0)

    def _look_far(self) -> None:
        """Look for claims of other articles, beside the window's thread; what was looked for before is no longer wanted."""
        project, typed, shown = self._workspace.project, self.which.text(), self._workspace.article
        self._stop()
        if project is None or len(self._offered) >= OFFERED or self.isHidden():
            return
        self._finder = finder = project.finder()
        layer = project.layer.id

        def look(_: Job) -> list[FoundClaim]:
            with finder:
                return finder.find_claims(typed, layer, 2 * OFFERED)

        def found(places: list[FoundClaim]) -> None:
            if self._finder is finder:
                self._offer_far([place for place in places if place.article != shown])

        self._workspace.run_job(tr("Looking for claims"), look, found, lambda _: None, quiet=True)

    def _offer_far(self, places: Sequence[FoundClaim]) -> None:
        """Offer what other articles hold, below what this one does."""
        fresh = places[: max(0, OFFERED - len(self._offered))]
        for place in fresh:
            words, title = shortened(said(place), CLAIM), shortened(" ".join(place.title.split()), TITLE)
            self._offered[tr("{claim}  in “{title}”, {n}", claim=words, title=title, n=place.number)] = place.claim
        if fresh and self.isVisible():
            self._show_offers()
            if self.which.hasFocus():
                self.which.completer().complete()

    def _stop(self) -> None:
        if self._finder is not None:
            self._finder.stop()
        self._finder = None

    def add(self) -> None:
        """Hand over what was chosen."""
        words = self.which.text().strip()
        if words and self.how.value:
            self.asked.emit(self._ways[self.how.value], words)
        else:
            self.which.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
