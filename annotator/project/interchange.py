"""What leaves a project for other programs and comes back: whole rows, each import one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from annotator.model import Article, Coder, Id
from annotator.project.core import reads
from annotator.project.library import Library

if TYPE_CHECKING:
    from annotator.model.exchange import Lists
    from annotator.storage.exchange import Exchange


class Interchange(Library):
    """Whole rows out of a project and into it."""

    @property
    def _exchange(self) -> Exchange:
        from annotator.storage.exchange import Exchange  # only now: the window starts without it

        return Exchange(self._store.db, lambda sha256, text: self._store.articles.keep_text(sha256, text))

    @reads
    def rows(self, article: Id | None = None, *, files: bool = True) -> Lists:
        """Return every row of the project, or of one article, by list (``model.exchange``); ``files``: with their bytes.

        Raises RuleBroken where the article is gone.
        """
        if article is not None:
            self._need(Article, article)
        return self._exchange.read(article, files=files)

    @reads
    def settings(self) -> dict[str, str]:
        """Return the project's settings by their keys."""
        return self._exchange.settings()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was done in this project yet."""
        return self._exchange.is_blank()

    @reads
    def coders(self) -> list[Coder]:
        """Return everybody who ever marked here."""
        return self._records.find(Coder)

    @reads
    def named(self, list_: str, name: str, article: Id | None = None) -> frozenset[Id]:
        """Return the sources of an article, or ("entities") the entities of the project, with this name or alias."""
        return (
            self._names.entities(name) if article is None or list_ == "entities" else self._names.sources(article, name)
        )

    @reads
    def present(self, list_: str, ids: Collection[Id]) -> set[Id]:
        """Return those of these ids that a list of rows holds already."""
        return self._exchange.present(list_, ids)

    @reads
    def lists_of_marks(self, ids: Collection[Id]) -> dict[Id, tuple[str, Id]]:
        """Return, of the marks with these ids that are there, the list each belongs to and its article."""
        return self._exchange.kinds_of(ids)

    @reads
    def term_ids(self) -> dict[tuple[str, str], Id]:
        """Return the id of every term of the code book by its list and key."""
        return self._exchange.terms()

    @reads
    def foreign_ids(self, format_: str, file_sha256: str) -> set[str]:
        """Return the ids that were taken from a file of a format already."""
        return self._exchange.foreign(format_, file_sha256)

    @reads
    def has_file(self, sha256: str) -> bool:
        """Say whether the bytes of an original, or of evidence, are in the project."""
        return self._exchange.has_file(sha256)

    @reads
    def has_evidence(self, claim: Id, evidence: Id) -> bool:
        """Say whether a piece of evidence stands with a claim already."""
        return self._exchange.has_evidence(claim, evidence)

    @reads
    def version_text(self, version: Id) -> tuple[Id, str] | None:
        """Return the article and the text of one version of it, or None where it is not in the project."""
        return self._exchange.version_text(version)

    @reads
    def article_of_source(self, source: Id) -> Id | None:
        """Return the article of a source, or None where it is not in the project."""
        return self._exchange.article_of_source(source)

    @reads
    def merged_ids(self, ids: Iterable[Id]) -> set[Id]:
        """Return those of these ids that were merged away."""
        return self._exchange.merged(ids)

    def take_rows(
        self, name: str, lists: Lists, settings: Mapping[str, str] | None = None, *, initiator: object | None = None
    ) -> None:
        """Write rows that were checked and are not there yet, as one step with this name.

        ``settings``: given for a project nothing was done in yet; the coder and the layer it was made with then make way
        for those of the rows.
        """
        with self._action(name, initiator):
            if settings is not None:
                self._exchange.clear_blank()
                self._exchange.put_settings(settings)
            self._exchange.add(lists)
            self._names.forget()
        if settings is not None:
            self._coder = self._layer = None
