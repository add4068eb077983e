"""Where in an article a step has touched something, and going there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Protocol

from PySide6.QtCore import QRect

from annotator.model import AnnotatedArticle, Id
from annotator.project import Changes

Span = tuple[int, int]

MOST = 50
"""Of no more than so many places near the ones in sight is asked whether they are."""


class Column(Protocol):
    """What going to a place needs of the article's column; offsets are code points."""

    def in_sight(self) -> Span:
        """Return the offsets of the paragraphs in sight."""
        ...

    def on_screen(self, start: int, end: int) -> list[QRect]:
        """Return where words are on the screen, a line at a time."""
        ...

    def set_caret(self, offset: int) -> None:
        """Put the caret somewhere and show it."""
        ...


def places(annotated: AnnotatedArticle | None, changes: Changes) -> set[Span]:
    """Return where the marks and sentences stand that a notice is about, by what an article holds now."""
    if annotated is None:
        return set()
    links = (annotated.attributions_by_id.get(id_) for id_ in changes.links)
    marks: set[Id] = {link.claim for link in links if link is not None}
    marks |= changes.marks | changes.mentions | changes.verification
    found = [annotated.by_id[id_] for id_ in marks if id_ in annotated.by_id]
    sentences = annotated.sentence_marks_by_id
    said = [sentences[id_] for id_ in changes.sentences if id_ in sentences]
    return {(m.start, m.end) for m in found} | {(s.start, s.end) for s in said}


def go_to_any(column: Column, touched: Collection[Span]) -> None:
    """Bring the nearest of some places into sight, with the caret, where none of them is."""
    if not touched:
        return
    low, high = column.in_sight()
    near: Iterable[Span] = (span for span in touched if low <= span[1] and span[0] <= high)
    if not any(column.on_screen(*span) for span in islice(near, MOST)):
        column.set_caret(min(touched, key=lambda span: (abs(span[0] - low), span))[0])
