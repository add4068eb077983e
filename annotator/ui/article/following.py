"""Brings the text and all that stands beside it up to the marks: all of them, or those that changed."""

from __future__ import annotations

from collections.abc import Collection

from annotator.model import AnnotatedArticle, Annotation, Id
from annotator.ui.article.cards import Cards
from annotator.ui.article.gutter import Gutter
from annotator.ui.article.head import Head, counts_of
from annotator.ui.article.marked_text import MarkedText
from annotator.ui.article.ruler import Ruler


class Following:
    """Knows the parts that show marks, and which marks the profile shows."""

    def __init__(self, text: MarkedText, head: Head, gutter: Gutter, cards: Cards, ruler: Ruler) -> None:
        self._text = text
        self._head = head
        self._gutter = gutter
        self._cards = cards
        self._ruler = ruler
        self.profile = "editor"

    def _shows(self, mark: Annotation | None) -> bool:
        """Say whether the profile shows a mark: a teacher's three kinds leave cues out."""
        return mark is not None and (self.profile != "teacher" or mark.kind != "cue")

    def show_all(self, annotated: AnnotatedArticle | None) -> None:
        """Bring all parts up to the marks of an article, whichever they are; None: there is no article."""
        if annotated is not None:
            self._text.set_marks(mark for mark in annotated.annotations if self._shows(mark))
        self._cards.show_claims(annotated)
        self._ruler.forget()
        self._follow(annotated)

    def show_changed(self, annotated: AnnotatedArticle, marks: Collection[Id]) -> dict[Id, Annotation | None]:
        """Bring them up to the marks that changed, and return those as they were shown before."""
        now = {id_: annotated.by_id.get(id_) for id_ in marks}
        changed = {id_: mark if self._shows(mark) else None for id_, mark in now.items()}
        index = self._text.index
        before = {id_: index.annotations.get(id_) for id_ in marks}
        numbers = [index.claim_number(id_) for id_ in marks if changed[id_] is None]
        self._text.take_marks(changed)
        self._cards.claims_changed(annotated, marks, [n - 1 for n in numbers if n is not None])
        if self._text.passes is None:  # else what passes is counted where it is asked
            moved = [id_ for id_ in marks if not _same_place(before[id_], changed[id_])]
            self._ruler.exchange([before[id_] for id_ in moved], [changed[id_] for id_ in moved])
        self._follow(annotated)
        return before

    def _follow(self, annotated: AnnotatedArticle | None) -> None:
        if annotated is not None:
            self._head.set_counts(counts_of(annotated))
        self._gutter.update()
        self._cards.viewport().update()


def _same_place(old: Annotation | None, new: Annotation | None) -> bool:
    """Say whether a mark stands where it stood, as what it was."""
    return old is new or (old is not None and new is not None and (old.segments, old.kind) == (new.segments, new.kind))
