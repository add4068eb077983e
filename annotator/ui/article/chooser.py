"""The list at the caret: asks which of the marks that coincide there is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.language import tr
from annotator.model import AnnotatedArticle, Annotation, Claim, Id, Mention, SourceMention
from annotator.ui.article import voices
from annotator.ui.article.pop_list import PopList
from annotator.ui.paint import Box, glyph, keycap
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font
from annotator.vocabulary import title

ROW = 46
WIDTH = 420


class Candidate(NamedTuple):
    """One mark of the list: its words, what it is, and whose."""

    id: Id
    kind: str
    words: str
    what: str
    digit: str

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.what}: {self.words}"


class Chooser(PopList):
    """Shows the marks of a place, the smallest first; what is current is outlined in the text by whoever listens."""

    chosen = Signal(str)
    pointed = Signal(list)
    """The mark now current in the list, alone; nothing once the list is gone."""
    chosen_again = Signal(str)
    """Taken was the mark that is chosen already: it is to be opened."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, tr("Marks at this place"), lambda c: c.spoken, _draw, ROW, parent)
        self._present: Id | None = None
        self.taken.connect(self._take)
        self.moved.connect(self._point)

    def ask(self, annotated: AnnotatedArticle, ids: Iterable[Id], anchor: QRect, at: Id | None = None) -> None:
        """Ask which of some marks is meant, beginning with the one after ``at``."""
        self._present = at
        marks = [annotated.by_id[id_] for id_ in ids if id_ in annotated.by_id]
        rows = [candidate(annotated, mark, n) for n, mark in enumerate(marks, 1)]
        here = next((n for n, row in enumerate(rows) if row.id == at), -1)
        self.open_at(rows, anchor, WIDTH, (here + 1) % len(rows) if rows else 0)

    def _point(self, row: Candidate | None) -> None:
        self.pointed.emit([row.id] if row is not None else [])

    def _take(self, row: Candidate) -> None:
        self.hide()
        (self.chosen_again if row.id == self._present else self.chosen).emit(row.id)


def candidate(annotated: AnnotatedArticle, mark: Annotation, n: int) -> Candidate:
    """Return the row of a mark; ``n`` counts from 1."""
    words = " ".join(mark.quote(annotated.text, " … ").split())
    parts = [title(mark.kind)]
    if isinstance(mark, Claim):
        number = annotated.claim_number(mark.id)
        parts = [tr("Claim {n}", n=number), voices.voice_of(annotated, mark.id).words]
    elif isinstance(mark, SourceMention):
        source = annotated.sources.get(mark.source or "")
        parts.append(source.label if source is not None else tr("in no register yet"))
    elif isinstance(mark, Mention):
        entity = annotated.entities.get(mark.entity or "")
        parts.append(entity.name if entity is not None else tr("in no register yet"))
    return Candidate(mark.id, mark.kind, words, " · ".join(parts), str(n) if n <= 9 else "")


def _draw(p: QPainter, box: Box, row: Candidate, state: RowState) -> None:
    t = state.theme
    at = box.rc(12, 9, 10, 10)
    glyph(p, row.kind, at.x(), at.y(), t)
    end = 30 if row.digit else 8
    box.text(p, row.words, 34, 3, box.w - 34 - end, 21, font("quote", px=15), t.ink)
    box.text(p, row.what, 34, 24, box.w - 34 - end, 16, font("small"), t.muted)
    if row.digit:
        keycap(p, box, row.digit, box.w - 8, 12, t, end=True)
