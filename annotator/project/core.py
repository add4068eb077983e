"""What every verb of a project stands on: the store, one named action, one notice."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from annotator import text as texts
from annotator.analysis import coverage
from annotator.errors import RuleBroken
from annotator.model import Article, Coder, Id, Layer, Record, Source, Version
from annotator.model.values import NOT_STATED
from annotator.storage import Changes, Store
from annotator.storage.records import Records

C = TypeVar("C", bound="Core")
P = ParamSpec("P")
R = TypeVar("R", bound=Record)
T = TypeVar("T")
Described = TypeVar("Described", Article, Source)

TEXTS_KEPT = 8
"""Texts kept in memory before they are read anew."""


def reads(method: Callable[Concatenate[C, P], T]) -> Callable[Concatenate[C, P], T]:
    """Make what befell the file while a method read it the user's error, ChangedElsewhere."""

    @functools.wraps(method)
    def guarded(self: C, *given: P.args, **named: P.kwargs) -> T:
        with self._store.reading():  # pyright: ignore[reportPrivateUsage]
            return method(self, *given, **named)

    return guarded


class Core:
    """The store with its current coder and layer, the listeners, and texts already read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: Records = store.records
        store.before_commit = self._renew
        self._listeners: list[Callable[[Changes], None]] = []
        self._versions: dict[Id, Version] = {}
        self._sentences: dict[Id, list[tuple[int, int]]] = {}
        self._in_action = False
        self._coder: Coder | None = None
        self._layer: Layer | None = None

    @property
    @reads
    def coder(self) -> Coder:
        """The person at work."""
        if self._coder is None:
            self._coder = self._need(Coder, self.layer.coder or "")
        return self._coder

    @property
    @reads
    def layer(self) -> Layer:
        """The set of marks at work."""
        if self._layer is None:
            id_ = self._store.meta("layer")
            found = self._records.get(Layer, id_) if id_ else None
            self._layer = found or self._records.find(Layer, kind="work")[0]
        return self._layer

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call ``listener`` with one Changes after each action, undo and redo; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def _action(self, name: str, initiator: object | None) -> Generator[Records]:
        """Do one named action: one transaction, one undo step, one notice; inside another one, a part of it."""
        if self._in_action:
            yield self._records
            return
        self._in_action = True
        try:
            with self._store.step(name, coder=self.coder.id, initiator=initiator) as written:
                yield self._records
        finally:
            self._in_action = False
        self._tell(written.changes)

    @contextmanager
    def one_step(self, name: str, *, initiator: object | None = None) -> Generator[None]:
        """Make several verbs one action: all or nothing, one undo step with this name, one notice."""
        with self._action(name, initiator):
            yield

    def _tell(self, changes: Changes | None) -> None:
        if changes is None:
            return
        for listener in list(self._listeners):
            listener(changes)

    def _need(self, kind: type[R], id_: Id) -> R:
        with self._store.reading():
            found = self._records.get(kind, id_)
            if found is None:
                self._store.must_be_unchanged()
        if found is None:
            raise RuleBroken(f"This {kind.__name__.lower()} is no longer in the project.")
        return found

    # -- texts

    def version(self, article: Id) -> Version:
        """Return the current version of an article, its text with it."""
        if article not in self._versions:
            if len(self._versions) > TEXTS_KEPT:
                self._versions.clear()
            try:
                with self._store.reading():
                    self._versions[article] = self._store.articles.version(article)
            except KeyError:
                raise RuleBroken("This article is no longer in the project.") from None
        return self._versions[article]

    def _text(self, article: Id) -> str:
        return self.version(article).text

    # -- coverage

    def sentences(self, article: Id) -> list[tuple[int, int]]:
        """Return the sentences of zone body; slow the first time for a long article (see ``give_sentences``)."""
        if article not in self._sentences:
            version = self.version(article)
            language = self._need(Article, article).language
            found = coverage.body_sentences(version.text, self._store.articles.blocks(version.id), language)
            self.give_sentences(article, found)
        return self._sentences[article]

    def give_sentences(self, article: Id, sentences: list[tuple[int, int]]) -> None:
        """Take an article's sentences found elsewhere (another thread) and store its coverage."""
        self._sentences[article] = sentences
        if not self._store.read_only:
            with self._store.unrecorded():
                self._store_coverage(article)

    def has_sentences(self, article: Id) -> bool:
        """Say whether an article's sentences are known already."""
        return article in self._sentences

    @reads
    def accounted(self, article: Id) -> list[bool]:
        """Say for each sentence of ``sentences(article)`` whether it is accounted for in the current layer."""
        layer, version = self.layer.id, self.version(article)
        return coverage.accounted_by(
            self.sentences(article),
            self._store.articles.claimed_spans(version.id, layer),
            self._store.articles.sentence_marks(version.id, layer),
        )

    def coverage(self, article: Id) -> tuple[int, int]:
        """Return (accounted, sentences) of an article, counting now where it was not counted before."""
        states = self.accounted(article)
        return sum(states), len(states)

    def _renew(self, changes: Changes) -> None:
        """Forget what was read before and count coverage again, inside the action's own transaction."""
        if changes.code_book:
            self._coder = self._layer = None
        for article in changes.touched_articles:
            gone = self._records.key("article", article) is None
            if gone or article in changes.articles:
                self._versions.pop(article, None)
                self._sentences.pop(article, None)
            if not gone:
                self._store_coverage(article)

    def _store_coverage(self, article: Id) -> None:
        """Store an article's coverage; where its sentences are not known now, it is counted when next asked for."""
        counts = None
        if article in self._sentences:
            counts = self.coverage(article)
        self._store.articles.set_counts(self.version(article).id, self.layer.id, counts)


def folded(name: str) -> str:
    """Return a name as the registers compare it: NFC, case folded, white space made single."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def written(value: str | None) -> str | None:
    """Return typed text as it is kept: cleaned like an article's text, trimmed; None where nothing is left."""
    if value is None:
        return None
    kept = texts.clean(value).text.strip()
    return kept or None


def one_line(value: str | None) -> str | None:
    """Return typed text as one trimmed line; None where nothing is left."""
    kept = written(value)
    return " ".join(kept.split()) if kept else None


def with_facts(record: Described, fields: dict[str, object], listed: tuple[str, ...]) -> Described:
    """Return a record with these fields set; the value NOT_STATED of a listed field goes to its not_stated set."""
    not_stated = set(record.not_stated)
    made: dict[str, object] = {}
    for name, value in fields.items():
        if name in listed:
            if value == NOT_STATED:
                not_stated.add(name)
                value = None
            else:
                not_stated.discard(name)
        made[name] = value
    return record.changed(**made, not_stated=frozenset(not_stated))
