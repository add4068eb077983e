"""What every verb of a project stands on: the store, one named action, one notice."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from annotator import text as texts
from annotator.analysis.coverage import Coverage, coverage_of
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import (
    Annotation,
    Article,
    Claim,
    Coder,
    Entity,
    Id,
    Layer,
    Record,
    SentenceMark,
    Source,
    Version,
)
from annotator.model.values import NOT_STATED
from annotator.project.names import Names
from annotator.storage import Changes, Store
from annotator.storage.records import Records

if TYPE_CHECKING:
    from annotator.storage.claims import Claims

C = TypeVar("C", bound="Core")
P = ParamSpec("P")
R = TypeVar("R", bound=Record)
T = TypeVar("T")
Described = TypeVar("Described", Article, Source)

TEXTS_KEPT = 8
"""Texts kept in memory before they are read anew."""
_GONE: dict[type[Record], str] = {
    Article: tr("This article is no longer in the project."),
    Claim: tr("This claim is no longer in the project."),
    Source: tr("This source is no longer in the project."),
}


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
        self._names = Names(self._records)
        self._coverage: dict[Id, Coverage] = {}
        self._now: tuple[Changes, dict[Id, Annotation]] | None = None
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
    def _action(self, name: str, initiator: object | None, goes_on: int | None = None) -> Generator[Records]:
        """Do one named action: one transaction, one undo step, one notice; inside another one, a part of it.

        ``goes_on``: the newest step, which this one makes longer.
        """
        if self._in_action:
            yield self._records
            return
        self._in_action = True
        try:
            step = self._store.step(name, coder=self.coder.id, initiator=initiator, goes_on=goes_on)
            with self._all_or_nothing(), step as written:
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
            raise RuleBroken(_GONE.get(kind) or tr("This is no longer in the project."))
        return found

    @cached_property
    def _claims(self) -> Claims:
        """What claims of different articles have to do with each other."""
        from annotator.storage.claims import Claims  # only now: the window starts without it

        return Claims(self._store.db, self._records)

    # -- the registers

    def _put_entry(self, entry: Source | Entity) -> None:
        """Write an entry of the registers; from here on, in this step too, it is found by its names."""
        self._records.put(entry)
        self._names.renew([entry.id])

    def _delete_entry(self, entry: Source | Entity) -> None:
        """Remove an entry of the registers, and let what was found by its names be so no more."""
        are_it = self._records.find(Source, entity=entry.id) if isinstance(entry, Entity) else []
        self._records.delete(type(entry), entry.id)
        self._names.renew([entry.id, *(s.id for s in are_it)])

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
                raise RuleBroken(tr("This article is no longer in the project.")) from None
        return self._versions[article]

    def _text(self, article: Id) -> str:
        return self.version(article).text

    # -- coverage

    def coverage(self, article: Id) -> Coverage:
        """Return what is known of an article's sentences; slow the first time (see ``take_coverage``)."""
        if article not in self._coverage:
            version = self.version(article)
            language = self._need(Article, article).language
            with self._store.reading():
                blocks = self._store.articles.blocks(version.id)
                claims = self._store.articles.claimed_spans(version.id, self.layer.id)
                marks = self._store.articles.sentence_marks(version.id, self.layer.id)
            made = coverage_of(version.text, blocks, language, claims.items(), marks)
            self.take_coverage(article, made)
        return self._coverage[article]

    def take_coverage(self, article: Id, made: Coverage) -> None:
        """Take an article's coverage found elsewhere (another thread) and store its counts."""
        self._coverage[article] = made
        if not self._store.read_only:
            with self._store.unrecorded():
                self._store_coverage(article)

    def has_coverage(self, article: Id) -> bool:
        """Say whether an article's sentences are known already."""
        return article in self._coverage

    def sentences(self, article: Id) -> Sequence[tuple[int, int]]:
        """Return (start, end) of the sentences of zone body; slow the first time."""
        return self.coverage(article).sentences

    def _renew(self, changes: Changes) -> None:
        """Bring what is kept beside the file up to an action, inside its own transaction."""
        if changes.code_book:
            self._coder = self._layer = None
        self._now = None
        self._names.renew(changes.registers)
        self._store.library.clear_counts(changes.texts, None)
        for article in changes.texts:
            self._versions.pop(article, None)
            self._coverage.pop(article, None)
        known = changes.recounted & self._coverage.keys()
        for article in known:
            self._count_again(article, changes)
            self._store_coverage(article)
        self._store.library.clear_counts(changes.recounted - known, self.layer.id)

    def _count_again(self, article: Id, changes: Changes) -> None:
        known, layer, version = self._coverage[article], self.layer.id, self.version(article).id
        marks = self._marks_now(changes)
        for id_ in changes.marks - changes.mentions:
            mark = marks.get(id_)
            counts = isinstance(mark, Claim) and (mark.article, mark.layer, mark.status) == (article, layer, "accepted")
            known.put(id_, [(s.start, s.end) for s in mark.segments] if counts and mark is not None else ())
        for id_ in changes.sentences:
            said = self._records.get(SentenceMark, id_)
            counts = said is not None and (said.version, said.layer) == (version, layer)
            known.put(id_, [(said.start, said.end)] if counts and said is not None else ())

    def _marks_now(self, changes: Changes) -> dict[Id, Annotation]:
        """Return the annotations an action changed that are there, read once; without those of ``changes.mentions``."""
        if self._now is None or self._now[0] is not changes:
            keys = self._records.keys("annotation", changes.marks - changes.mentions)
            self._now = changes, {a.id: a for a in self._records.annotations(keys=keys)}
        return self._now[1]

    def _store_coverage(self, article: Id) -> None:
        """Store an article's coverage; where its sentences are not known now, it is counted when next asked for."""
        known = self._coverage.get(article)
        counts = (known.accounted, len(known.sentences)) if known is not None else None
        self._store.articles.set_counts(self.version(article).id, self.layer.id, counts)

    @contextmanager
    def _all_or_nothing(self) -> Generator[None]:
        """Where an action fails, forget what was brought up to it already."""
        try:
            yield
        except BaseException:
            self._coverage.clear()
            self._versions.clear()
            self._names.forget()
            self._now = None
            raise


def written(value: str | None) -> str | None:
    """Return typed text as it is kept: cleaned like an article's text, trimmed; None where nothing is left."""
    if value is None:
        return None
    kept = texts.clean(value).text.strip()
    return kept or None


def one_line(value: str | None) -> str | None:
    """Return typed text as one trimmed line; None where nothing is left that anybody could see."""
    kept = written(value)
    seen = kept is not None and any(c.isprintable() and not c.isspace() for c in kept)
    return " ".join(kept.split()) if kept and seen else None


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
