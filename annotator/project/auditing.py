"""Auditing beside the window's thread: tallies of articles, through a reading connection of its own, ended at any time."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Self

from annotator.analysis import sourcing
from annotator.analysis.sourcing import EVERY_CLAIM, Basis, Tally
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import AnnotatedArticle, CodeBook, Coder, Id, Layer, Term
from annotator.project.code_book import book_of
from annotator.project.reading import with_marks
from annotator.storage.beside import Beside


class Auditor:
    """Audits one project file from one thread, the one that enters it; ``stop`` ends it from any other.

    Each article is read in a transaction of its own, so that whoever writes meanwhile waits for one article at most, and
    is held in memory only while it is counted.
    """

    def __init__(self, path: Path) -> None:
        self._file = Beside(path)
        self._layers: dict[Id | None, Layer] = {}
        self._coders: dict[Id, Coder] = {}
        self._book = CodeBook()

    def __enter__(self) -> Self:
        """Open the file for reading. Raises ChangedElsewhere where it is gone."""
        self._file.__enter__()
        self.renew()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self._file.__exit__()

    def stop(self) -> None:
        """End what is under way, and whatever would follow, at once."""
        self._file.stop()

    @property
    def stopped(self) -> bool:
        """Whether it was ended, so that nothing is read any more."""
        return self._file.stopped

    def renew(self) -> None:
        """Read layers, coders and the code book anew: after an action that touched the code book."""
        with self._file.reading() as found:
            layers = {layer.id: layer for layer in found.records.find(Layer)}
            current = found.meta("layer")
            work = next(layer for layer in layers.values() if layer.kind == "work")
            self._layers = {**layers, None: layers.get(current or "", work)}
            self._coders = {c.id: c for c in found.records.find(Coder)}
            self._book = book_of(found.records.find(Term))

    def annotated(self, article: Id, layer: Id | None = None) -> AnnotatedArticle | None:
        """Return what ``Project.annotated`` would; None where it was stopped.

        Raises RuleBroken where the article or the layer is gone, ChangedElsewhere.
        """
        if layer not in self._layers:
            raise RuleBroken(tr("This set of marks is no longer in the project."))
        if self._file.stopped:
            return None
        with self._file.reading() as found:
            try:
                version = found.articles.version(article)
                return with_marks(found.records, found.articles, version, self._layers[layer], self._coders, self._book)
            except KeyError:
                raise RuleBroken(tr("This article is no longer in the project.")) from None
        return None  # it was stopped while it read

    def tally(
        self, article: Id, layer: Id | None = None, basis: Basis = EVERY_CLAIM, *, spans: bool = False
    ) -> Tally | None:
        """Count one article in a layer, the current one unless given; None where it was stopped. Raises as ``annotated``."""
        annotated = self.annotated(article, layer)
        return None if annotated is None else sourcing.tally(annotated, basis, spans=spans)

    def tallies(
        self, articles: Iterable[Id], layer: Id | None = None, basis: Basis = EVERY_CLAIM, *, spans: bool = False
    ) -> Generator[Tally]:
        """Yield the tallies of articles one by one, until it is stopped; articles that are gone are left out."""
        for article in articles:
            try:
                counted = self.tally(article, layer, basis, spans=spans)
            except RuleBroken:
                continue
            if counted is None:
                return
            yield counted
