"""The registers: sources of an article, entities of the project, and which mention names which."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Attribution, Entity, Id, Mention, Source, SourceMention, now
from annotator.model.values import STANDING_KINDS
from annotator.project.core import one_line, reads, with_facts, written
from annotator.project.links import Links
from annotator.project.names import folded

SOURCE_FACTS = (
    "role",
    "affiliation",
    "side",
    "independence_group",
    "naming",
    "ground_rules",
    "anonymity_reason",
    "proximity",
)
"""Fields of a source of which the text may not tell; as ARTICLE_FACTS of an article."""

_LINK_FIELDS = (
    "source_mention", "cue", "function", "load", "load_from", "via", "polarity", "determinacy", "stance",
)  # fmt: skip

_LINES = ("label", "name", "role", "affiliation", "side", "independence_group", "external")


@dataclass(frozen=True)
class EntitySummary:
    """One row of the entity register."""

    entity: Entity
    mentions: int
    articles: int
    source_ids: tuple[Id, ...]


class Registers(Links):
    """Verbs and lists about sources and entities."""

    @reads
    def sources(self, article: Id) -> list[Source]:
        """Return an article's sources, the author and the publication among them."""
        return self._records.find(Source, article=article)

    @reads
    def entities(self) -> list[EntitySummary]:
        """Return the project's entities with their counts."""
        counts = self._store.articles.entity_counts()
        by_entity: dict[Id, list[Id]] = {}
        for source in self._records.find(Source):
            if source.entity:
                by_entity.setdefault(source.entity, []).append(source.id)
        return [EntitySummary(e, *counts[e.id], tuple(by_entity.get(e.id, ()))) for e in self._records.find(Entity)]

    @reads
    def entity_entries(self) -> list[Entity]:
        """Return the project's entities with their aliases; counts nothing, so it is what a search of names reads."""
        return self._records.find(Entity)

    @reads
    def entity_index(self) -> list[tuple[Id, str, str | None]]:
        """Return id, name and kind of every entity: what a long list needs before its rows are looked at."""
        return self._store.articles.entity_index()

    @reads
    def entity(self, entity: Id) -> EntitySummary:
        """Return one entity with its counts. Raises RuleBroken where it is gone."""
        found = self._need(Entity, entity)
        mentions, articles, sources = self._store.articles.entity_uses(found.id)
        return EntitySummary(found, mentions, articles, tuple(sources))

    @reads
    def find_entity(self, entity: Id) -> Entity | None:
        """Return an entity by its own id; None where it is gone, or was merged into another."""
        found = self._records.get(Entity, entity)
        return found if found is not None and found.id == entity else None

    @reads
    def entity_names(self) -> list[tuple[Id, str]]:
        """Return id and name of every entity, for a list to pick from."""
        return self._store.articles.entity_names()

    def add_source(self, article: Id, label: str, *, initiator: object | None = None, **fields: Any) -> Id:
        """Make a source. Raises RuleBroken for an empty label."""
        _refuse_standing(None, fields)
        made = Source(article=article, label=_required(label))
        made = with_facts(made, _cleaned(fields), SOURCE_FACTS)
        with self._action(tr("add source {name}", name=made.label), initiator):
            self._put_entry(made)
        return made.id

    def add_entity(self, name: str, *, initiator: object | None = None, **fields: Any) -> Id:
        """Make an entity. Raises RuleBroken for an empty name."""
        made = replace(Entity(name=_required(name)), **_cleaned(fields))
        with self._action(tr("add entity {name}", name=made.name), initiator):
            self._put_entry(made)
        return made.id

    def edit_source(self, source: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of a source; the value "not_stated" says that the text does not tell. Raises RuleBroken for no label."""
        old = self._need(Source, source)
        _refuse_standing(old, changed)
        new = with_facts(old, _cleaned(changed), SOURCE_FACTS)
        if new != old:
            name = _renamed(old.label, new.label) or tr("describe source {name}", name=old.label)
            with self._action(name, initiator):
                self._put_entry(new)

    def edit_entity(self, entity: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of an entity. Raises RuleBroken for an empty name."""
        old = self._need(Entity, entity)
        new = replace(old, **_cleaned(changed))
        if new != old:
            name = _renamed(old.name, new.name) or tr("describe entity {name}", name=old.name)
            with self._action(name, initiator):
                self._put_entry(new)

    def assign(self, mention: Id, entry: Id | None, *, initiator: object | None = None) -> None:
        """Say which source or entity a mention names (None: nobody knows yet); claims linked through it follow."""
        found = self._records.get(SourceMention, mention) or self._need(Mention, mention)
        if isinstance(found, SourceMention):
            source = self._need(Source, entry) if entry else None
            if source is not None and source.article != found.article:
                raise RuleBroken(tr("A mention names a source of its own article."))
            new, name = replace(found, source=entry), source.label if source else None
        else:
            new, name = replace(found, entity=entry), self._need(Entity, entry).name if entry else None
        if new != found:
            step = tr("say that {mark} is {name}", mark=self._called(found), name=name or tr("nobody yet"))
            with self._action(step, initiator) as records:
                if isinstance(new, SourceMention) and new.source is not None:
                    self._move_links_through(new.id, new.source)
                records.put(replace(new, modified=now()))
                self._drop_entry(found)

    def assign_named(self, mention: Id, name: str, *, initiator: object | None = None) -> None:
        """Say that a mention names the entry with this name or alias; where there is none, one is made.

        Raises RuleBroken for an empty name, and where several entries are called so.
        """
        found = self._records.get(SourceMention, mention) or self._need(Mention, mention)
        words = _required(name)
        step = tr("say that {mark} is {name}", mark=self._called(found), name=words)
        with self._action(step, initiator):
            if isinstance(found, SourceMention):
                entry = self._source_called(found.article, words) or self.add_source(found.article, words)
            else:
                entry = self._entity_called(words) or self.add_entity(words)
            self.assign(mention, entry)

    def identify(self, source: Id, name: str | None, *, initiator: object | None = None) -> None:
        """Say that a source is the entity with this name or alias, made where there is none; no name: nobody knows yet.

        Raises RuleBroken where several entities are called so.
        """
        old = self._need(Source, source)
        words = one_line(name)
        step = tr("say that {name} is {entity}", name=old.label, entity=words or tr("nobody yet"))
        with self._action(step, initiator):
            entity = (self._entity_called(words) or self.add_entity(words)) if words else None
            self.edit_source(source, entity=entity)

    def _source_called(self, article: Id, name: str) -> Id | None:
        """Return the source of an article that is called so; its author or publication only where nobody else is."""
        hits = self._names.sources(article, name)
        found = [s for s in self._records.find(Source, article=article) if s.id in hits] if len(hits) > 1 else []
        if not hits:
            standing = (s for s in self._records.find(Source, article=article) if not s.accountable)
            hits = frozenset(s.id for s in standing if folded(s.label) == folded(name))
        return _only(hits, {s.id: s.label for s in found}, name)

    def _entity_called(self, name: str) -> Id | None:
        hits = self._names.entities(name)
        found = [self._need(Entity, id_) for id_ in hits] if len(hits) > 1 else []
        return _only(hits, {e.id: e.name for e in found}, name)

    def _move_links_through(self, mention: Id, to: Id) -> None:
        """Let the claims linked through a mention be said by whom it names now; the author's voice is declared, never moved."""
        if not self._need(Source, to).accountable:
            return
        for link in self._records.find(Attribution, source_mention=mention):
            twin = [a for a in self._records.find(Attribution, claim=link.claim) if a.source == to and a.id != link.id]
            if twin:
                self._join_link(link, twin[0])
            else:
                self._records.put(replace(link, source=to))

    def _join_link(self, gone: Attribution, stays: Attribution) -> None:
        """Make one attribution of two of one claim: the one that stays takes the fields it lacks."""
        outer = stays.via if stays.via not in (None, gone.id) else gone.via
        # Who was known through the one that goes is known through the one that stays.
        for inner in self._records.find(Attribution, via=gone.id):
            self._records.put(replace(inner, via=stays.id if inner.id != stays.id else None))
        self._records.delete(Attribution, gone.id)
        filled = {f: getattr(gone, f) for f in _LINK_FIELDS if getattr(stays, f) is None}
        self._records.put(replace(stays, **filled | {"via": self._outward(stays.id, outer)}))
        if gone.cue and gone.cue != filled.get("cue"):
            self._drop_cue(gone.cue)

    def _outward(self, link: Id, via: Id | None) -> Id | None:
        """Return the outer attribution of one that took another's place; None where it would lead back to itself."""
        at = via
        while at is not None:
            if at == link:
                return None
            outer = self._records.get(Attribution, at)
            at = outer.via if outer is not None else None
        return via

    def delete_source(self, source: Id, *, move_to: Id | None = None, initiator: object | None = None) -> None:
        """Remove a source; its attributions go with it, or move to another source. Claims and mentions stay."""
        old = self._need(Source, source)
        if not old.accountable:
            raise RuleBroken(tr("The author and the publication belong to the article and stay."))
        target = self._need(Source, move_to) if move_to else None
        if target is not None and (target.id == old.id or target.article != old.article or not target.accountable):
            raise RuleBroken(tr("Claims move to another source of the same article, not to its author or publication."))
        step = tr("delete source {name}", name=old.label)
        if target is not None:
            step = tr("delete source {name}, its claims to {other}", name=old.label, other=target.label)
        with self._action(step, initiator) as records:
            for link in records.find(Attribution, source=source):
                if target is None:
                    self._remove_link(link)
                    continue
                twin = [a for a in records.find(Attribution, claim=link.claim) if a.source == target.id]
                if twin:
                    self._join_link(link, twin[0])
                else:
                    records.put(replace(link, source=target.id))
            if target is not None:
                for mention in self._store.articles.mentions_of_source(old.id):
                    records.put(replace(self._need(SourceMention, mention), source=target.id))
            self._delete_entry(old)

    def delete_entity(self, entity: Id, *, initiator: object | None = None) -> None:
        """Remove an entity; its mentions stay and wait for another."""
        old = self._need(Entity, entity)
        with self._action(tr("delete entity {name}", name=old.name), initiator):
            self._delete_entry(old)


def _refuse_standing(old: Source | None, changed: dict[str, Any]) -> None:
    """Keep one author, one publication and one *not stated* per article: none is made here, nor made something else."""
    kind = old.kind if old else None
    if "kind" in changed and changed["kind"] != kind and {kind, changed["kind"]} & {*STANDING_KINDS, "unstated"}:
        raise RuleBroken(
            tr(
                "Every article has one author, one publication and one “not stated”; no other source becomes one, and they stay."
            )
        )


def _renamed(old: str, new: str) -> str:
    return tr("rename {old} to {new}", old=old, new=new) if new != old else ""


def _only(hits: Collection[Id], called: Mapping[Id, str], name: str) -> Id | None:
    """Return the only hit, else the only one whose own name it is; None for no hit. Raises RuleBroken for several."""
    if len(hits) > 1:
        hits = [id_ for id_ in hits if folded(called[id_]) == folded(name)] or hits
    if len(hits) > 1:
        raise RuleBroken(tr("Several entries are called “{name}”. Merge them, or rename one, so that it is clear who is meant.",
                            name=name))  # fmt: skip
    return next(iter(hits), None)


def _required(name: str) -> str:
    found = one_line(name)
    if not found:
        raise RuleBroken(tr("A name is needed here."))
    return found


def _cleaned(changed: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in changed.items():
        if key in ("label", "name"):
            value = _required(value or "")
        elif key == "aliases":
            value = tuple(dict.fromkeys(a for a in (one_line(a) for a in value) if a))
        elif isinstance(value, str):
            value = one_line(value) if key in _LINES else written(value)
        made[key] = value
    return made
