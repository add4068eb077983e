"""The registers: sources of an article, entities of the project, and which mention names which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from annotator.errors import RuleBroken
from annotator.model import Attribution, Entity, Id, Mention, Source, SourceMention, Term, now
from annotator.model.values import STANDING_KINDS
from annotator.project.core import one_line, reads, with_facts, written
from annotator.project.links import Links

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
    def entity_names(self) -> list[tuple[Id, str]]:
        """Return id and name of every entity, for a list to pick from."""
        return self._store.articles.entity_names()

    @reads
    def affiliations(self) -> list[str]:
        """Return the affiliations used in the project so far."""
        return self._store.articles.affiliations()

    @reads
    def terms(self, list_: str) -> list[Term]:
        """Return a list of the code book ("tag" ...), in its order."""
        return sorted(self._records.find(Term, list=list_), key=lambda t: (t.position, t.label.casefold()))

    @reads
    def tags(self) -> list[str]:
        """Return the project's tags."""
        return [t.label for t in self.terms("tag")]

    def add_source(self, article: Id, label: str, *, initiator: object | None = None, **fields: Any) -> Id:
        """Make a source. Raises RuleBroken for an empty label."""
        _refuse_standing(None, fields)
        made = Source(article=article, label=_required(label, "source"))
        made = with_facts(made, _cleaned(fields, "source"), SOURCE_FACTS)
        with self._action(f"add source {made.label}", initiator) as records:
            records.put(made)
        return made.id

    def add_entity(self, name: str, *, initiator: object | None = None, **fields: Any) -> Id:
        """Make an entity. Raises RuleBroken for an empty name."""
        made = replace(Entity(name=_required(name, "entity")), **_cleaned(fields, "entity"))
        with self._action(f"add entity {made.name}", initiator) as records:
            records.put(made)
        return made.id

    def edit_source(self, source: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of a source; the value "not_stated" says that the text does not tell. Raises RuleBroken for no label."""
        old = self._need(Source, source)
        _refuse_standing(old, changed)
        new = with_facts(old, _cleaned(changed, "source"), SOURCE_FACTS)
        if new != old:
            name = f"rename {old.label} to {new.label}" if new.label != old.label else f"describe source {old.label}"
            with self._action(name, initiator) as records:
                records.put(new)

    def edit_entity(self, entity: Id, *, initiator: object | None = None, **changed: Any) -> None:
        """Set fields of an entity. Raises RuleBroken for an empty name."""
        old = self._need(Entity, entity)
        new = replace(old, **_cleaned(changed, "entity"))
        if new != old:
            name = f"rename {old.name} to {new.name}" if new.name != old.name else f"describe entity {old.name}"
            with self._action(name, initiator) as records:
                records.put(new)

    def assign(self, mention: Id, entry: Id | None, *, initiator: object | None = None) -> None:
        """Say which source or entity a mention names; None: nobody knows yet."""
        found = self._records.get(SourceMention, mention) or self._need(Mention, mention)
        if isinstance(found, SourceMention):
            source = self._need(Source, entry) if entry else None
            if source is not None and source.article != found.article:
                raise RuleBroken("A mention names a source of its own article.")
            new, name = replace(found, source=entry), source.label if source else "nobody yet"
        else:
            new, name = replace(found, entity=entry), self._need(Entity, entry).name if entry else "nobody yet"
        if new != found:
            with self._action(f"say that {self._called(found)} is {name}", initiator) as records:
                records.put(replace(new, modified=now()))
                self._drop_entry(found)

    def delete_source(self, source: Id, *, move_to: Id | None = None, initiator: object | None = None) -> None:
        """Remove a source; its attributions go with it, or move to another source. Claims and mentions stay."""
        old = self._need(Source, source)
        if not old.accountable:
            raise RuleBroken("The author and the publication belong to the article and stay.")
        target = self._need(Source, move_to) if move_to else None
        if target is not None and (target.id == old.id or target.article != old.article or not target.accountable):
            raise RuleBroken("Claims move to another source of the same article, not to its author or publication.")
        with self._action(
            f"delete source {old.label}" + (f", its claims to {target.label}" if target else ""), initiator
        ) as records:
            for link in records.find(Attribution, source=source):
                if target is None or any(a.source == target.id for a in records.find(Attribution, claim=link.claim)):
                    self._remove_link(link)
                else:
                    records.put(replace(link, source=target.id))
            if target is not None:
                for mention in self._store.articles.mentions_of_source(old.id):
                    records.put(replace(self._need(SourceMention, mention), source=target.id))
            records.delete(Source, source)

    def delete_entity(self, entity: Id, *, initiator: object | None = None) -> None:
        """Remove an entity; its mentions stay and wait for another."""
        old = self._need(Entity, entity)
        with self._action(f"delete entity {old.name}", initiator) as records:
            records.delete(Entity, entity)


def _refuse_standing(old: Source | None, changed: dict[str, Any]) -> None:
    """Keep one author, one publication and one *not stated* per article: none is made here, nor made something else."""
    kind = old.kind if old else None
    if "kind" in changed and changed["kind"] != kind and {kind, changed["kind"]} & {*STANDING_KINDS, "unstated"}:
        raise RuleBroken(
            "Every article has one author, one publication and one “not stated”; no other source becomes one, and they stay."
        )


def _required(name: str, what: str) -> str:
    found = one_line(name)
    if not found:
        raise RuleBroken(f"A name is needed for this {what}.")
    return found


def _cleaned(changed: dict[str, Any], what: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in changed.items():
        if key in ("label", "name"):
            value = _required(value or "", what)
        elif key == "aliases":
            value = tuple(dict.fromkeys(a for a in (one_line(a) for a in value) if a))
        elif isinstance(value, str):
            value = one_line(value) if key in _LINES else written(value)
        made[key] = value
    return made
