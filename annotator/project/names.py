"""Which entries of the registers bear a name: kept beside the file, so that a mention is matched without reading them all."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from annotator.model import Entity, Id, Source
from annotator.storage.records import Records


def folded(name: str) -> str:
    """Return a name as the registers compare it: NFC, case folded, white space made single."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


class _Bearers:
    """Ids by folded name, and back."""

    def __init__(self) -> None:
        self._by_name: dict[str, set[Id]] = defaultdict(set)
        self._names: dict[Id, frozenset[str]] = {}

    def put(self, id_: Id, names: Iterable[str]) -> None:
        for name in self._names.pop(id_, ()):
            self._by_name[name].discard(id_)
        kept = frozenset(map(folded, names))
        if kept:
            self._names[id_] = kept
        for name in kept:
            self._by_name[name].add(id_)

    def of(self, name: str) -> frozenset[Id]:
        return frozenset(self._by_name.get(folded(name), ()))


class Names:
    """The names of both registers, read when first asked for and brought up to each action by ``renew``."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._entities: _Bearers | None = None
        self._sources: dict[Id, _Bearers] = {}

    def entities(self, name: str) -> frozenset[Id]:
        """Return the entities of the project with this name or alias."""
        if self._entities is None:
            self._entities = _Bearers()
            for entity in self._records.find(Entity):
                self._entities.put(entity.id, (entity.name, *entity.aliases))
        return self._entities.of(name)

    def sources(self, article: Id, name: str) -> frozenset[Id]:
        """Return the sources of an article, author and publication left out, with this name or alias or their entity's."""
        if article not in self._sources:
            self._sources[article] = made = _Bearers()
            for source in self._records.find(Source, article=article):
                made.put(source.id, self._names_of(source))
        return self._sources[article].of(name)

    def _names_of(self, source: Source) -> tuple[str, ...]:
        if not source.accountable:
            return ()
        entity = self._records.get(Entity, source.entity) if source.entity else None
        return (source.label, *source.aliases, *((entity.name, *entity.aliases) if entity is not None else ()))

    def renew(self, ids: Iterable[Id]) -> None:
        """Read again what these entries are called; those that are gone are called nothing."""
        if self._entities is None and not self._sources:
            return  # nothing was read yet
        for id_ in ids:
            entity = self._records.get(Entity, id_)
            if entity is not None and entity.id == id_:
                if self._entities is not None:
                    self._entities.put(id_, (entity.name, *entity.aliases))
                for source in self._records.find(Source, entity=id_):
                    self._renew_source(source)
                continue
            source = self._records.get(Source, id_)
            if source is not None and source.id == id_:
                self._renew_source(source)
                continue
            for known in (self._entities, *self._sources.values()):
                if known is not None:
                    known.put(id_, ())

    def _renew_source(self, source: Source) -> None:
        if source.article in self._sources:
            self._sources[source.article].put(source.id, self._names_of(source))

    def forget(self) -> None:
        """Forget everything: what was read may not have been kept."""
        self._entities = None
        self._sources.clear()
