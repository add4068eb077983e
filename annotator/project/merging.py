"""Merging and splitting register entries: which mention and which attribution belong to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from annotator.errors import RuleBroken
from annotator.language import tr, trn
from annotator.model import Attribution, Entity, Id, Mention, Source, SourceMention
from annotator.model.values import NOT_STATED
from annotator.project.core import one_line, reads
from annotator.project.names import folded
from annotator.project.registers import SOURCE_FACTS, Registers
from annotator.vocabulary import listed

E = TypeVar("E", bound=Source | Entity)

SOURCE_FIELDS = (
    "kind", "naming", "entity", "role", "affiliation", "side", "independence_group", "proximity", "class_", "ground_rules",
    "anonymity_reason", "note",
)  # fmt: skip
ENTITY_FIELDS = ("kind", "external", "note")


@dataclass(frozen=True)
class Conflict:
    """A field of which the entries to be merged say different things: what stays, and what goes."""

    field: str
    kept: Any
    lost: tuple[Any, ...]


@dataclass(frozen=True)
class Merged:
    """What a merge did: the entry that stayed, and the fields of which only one value could be kept."""

    id: Id
    conflicts: tuple[Conflict, ...] = ()


def merged_entry(keep: E, others: Sequence[E]) -> tuple[E, tuple[Conflict, ...]]:
    """Return the entry that stays as it will be, and its conflicts: empty fields filled, other names made aliases."""
    new, conflicts = keep, list[Conflict]()
    for name in SOURCE_FIELDS if isinstance(keep, Source) else ENTITY_FIELDS:
        said = [v for v in (value_of(entry, name) for entry in (keep, *others)) if v is not None]
        if not said:
            continue
        new = _with_value(new, name, said[0])
        lost = tuple(dict.fromkeys(v for v in said[1:] if v != said[0]))
        if lost:
            conflicts.append(Conflict(name, said[0], lost))
    return new.changed(aliases=_aliases(keep, others)), tuple(conflicts)


def value_of(entry: Source | Entity, name: str) -> Any:
    """Return a field of an entry: its value, NOT_STATED, or None where it is not filled in."""
    if isinstance(entry, Source) and name in entry.not_stated:
        return NOT_STATED
    return getattr(entry, name)


def _with_value(entry: E, name: str, value: Any) -> E:
    if isinstance(entry, Source) and name in SOURCE_FACTS:
        stated = entry.not_stated | {name} if value == NOT_STATED else entry.not_stated - {name}
        return entry.changed(not_stated=stated, **{name: None if value == NOT_STATED else value})
    return entry.changed(**{name: value})


def names_of(entry: Source | Entity) -> tuple[str, ...]:
    """Return an entry's name, then its aliases."""
    return (entry.label if isinstance(entry, Source) else entry.name, *entry.aliases)


def _aliases(keep: Source | Entity, others: Iterable[Source | Entity]) -> tuple[str, ...]:
    own = names_of(keep)[0]
    found = {folded(own): own}
    for name in (*keep.aliases, *(n for other in others for n in names_of(other))):
        found.setdefault(folded(name), name)
    return tuple(list(found.values())[1:])


class Merging(Registers):
    """Verbs that make one entry of several, or two of one; mentions and claims always stay."""

    # -- one of several

    def merge_sources(
        self, keep: Id, others: Iterable[Id], *, initiator: object | None = None, **chosen: Any
    ) -> Merged:
        """Make one source of several of an article; their mentions and attributions lead to the one that stays.

        ``chosen`` are values to take where the entries disagree. Raises RuleBroken over articles, for the author, the
        publication and *not stated*.
        """
        stays = self._need(Source, keep)
        going = self._others(Source, stays, others)
        if any(s.article != stays.article for s in going):
            raise RuleBroken(tr("Only sources of one article are merged."))
        if any(not s.accountable or s.kind == "unstated" for s in (stays, *going)):
            raise RuleBroken(
                tr("The author, the publication and “not stated” belong to the article: they are never merged.")
            )
        new, conflicts = merged_entry(stays, going)
        with self._action(_merge_name(stays, going), initiator):
            for other in going:
                self._store.registers.move_mentions(other, stays.id)
                self._join_links(other.id, stays.id)
                self._delete_entry(other)
                self._store.registers.remember(other.id, stays.id)
            self._put_entry(new)
            if chosen:
                self.edit_source(stays.id, **chosen)
        return Merged(stays.id, conflicts)

    def merge_entities(
        self, keep: Id, others: Iterable[Id], *, initiator: object | None = None, **chosen: Any
    ) -> Merged:
        """Make one entity of several; their mentions in all articles and the sources they are lead to the one that stays."""
        stays = self._need(Entity, keep)
        going = self._others(Entity, stays, others)
        new, conflicts = merged_entry(stays, going)
        with self._action(_merge_name(stays, going), initiator):
            for other in going:
                self._store.registers.move_mentions(other, stays.id)
                self._store.registers.move_entity(other.id, stays.id)
                self._delete_entry(other)
                self._store.registers.remember(other.id, stays.id)
            self._put_entry(new)
            if chosen:
                self.edit_entity(stays.id, **chosen)
        return Merged(stays.id, conflicts)

    def _others(self, kind: type[E], stays: E, others: Iterable[Id]) -> list[E]:
        found = {o.id: o for o in (self._need(kind, id_) for id_ in others)}
        found.pop(stays.id, None)
        if not found:
            raise RuleBroken(tr("Choose another entry to merge “{name}” with.", name=names_of(stays)[0]))
        return list(found.values())

    def _join_links(self, gone: Id, stays: Id) -> None:
        """Let the attributions of one source lead to another; two of one claim become one."""
        for going, kept in self._store.registers.move_links(gone, stays):
            self._join_link(self._need(Attribution, going), self._need(Attribution, kept))

    # -- two of one

    def split_source(
        self,
        source: Id,
        label: str,
        mentions: Iterable[Id] = (),
        attributions: Iterable[Id] = (),
        *,
        initiator: object | None = None,
    ) -> Id:
        """Make a new source of some of a source's mentions and attributions; links made through a mention go with it.

        Returns its id. Raises RuleBroken for an empty label, where nothing is chosen or something is another source's.
        """
        old = self._need(Source, source)
        if not old.accountable or old.kind == "unstated":
            raise RuleBroken(
                tr("The author, the publication and “not stated” belong to the article: they are never split.")
            )
        moved = [self._need(SourceMention, m) for m in dict.fromkeys(mentions)]
        links = {a.id: a for a in (self._need(Attribution, id_) for id_ in attributions)}
        for mention in moved:
            for link in self._records.find(Attribution, source_mention=mention.id):
                if link.source == old.id:
                    links[link.id] = link
        if any(m.source != old.id for m in moved) or any(a.source != old.id for a in links.values()):
            raise RuleBroken(tr("Only what belongs to “{name}” can be split off.", name=old.label))
        name = _split_name(old.label, label, moved, links)
        with self._action(name, initiator) as records:
            made = self.add_source(old.article, label)
            self._store.registers.move_mentions(old, made, [m.id for m in moved])
            for link in links.values():
                records.put(replace(link, source=made))
        return made

    def split_entity(self, entity: Id, name: str, mentions: Iterable[Id], *, initiator: object | None = None) -> Id:
        """Make a new entity of some of an entity's mentions; returns its id.

        Raises RuleBroken for an empty name, where no mention is chosen or one names another entity.
        """
        old = self._need(Entity, entity)
        moved = [self._need(Mention, m) for m in dict.fromkeys(mentions)]
        if any(m.entity != old.id for m in moved):
            raise RuleBroken(tr("Only what belongs to “{name}” can be split off.", name=old.name))
        with self._action(_split_name(old.name, name, moved, ()), initiator):
            made = self.add_entity(name, kind=old.kind)
            self._store.registers.move_mentions(old, made, [m.id for m in moved])
        return made

    # -- many mentions of one

    def mark_mentions(
        self, article: Id, entry: Id, spans: Iterable[tuple[int, int]], *, initiator: object | None = None
    ) -> list[Id]:
        """Mark these places as mentions of a source of the article or of an entity, in one step; returns their ids."""
        source = self._records.get(Source, entry)
        named: Source | Entity = source if source is not None else self._need(Entity, entry)
        if isinstance(named, Source) and named.article != article:
            raise RuleBroken(tr("A mention names a source of its own article."))
        places = list(dict.fromkeys(spans))
        if not places:
            return []
        kind, field = (SourceMention.kind, "source") if isinstance(named, Source) else (Mention.kind, "entity")
        words = trn("mark {n} mention of {name}", "mark {n} mentions of {name}", len(places), name=names_of(named)[0])
        with self._action(words, initiator):
            return [self.mark(article, kind, [span], **{field: named.id}) for span in places]

    # -- who may be the same

    @reads
    def entities_like(self, entity: Id) -> list[Entity]:
        """Return the entities that may be the same as one, likeliest first, as their names tell; nothing is written."""
        from annotator.analysis.mentions import alike, tellers  # only now: the window starts without it

        one = self._records.get(Entity, entity)
        if one is None:
            return []
        near = self._store.registers.names_with([w for name in names_of(one) for w in tellers(name)])
        found = [e for e in (self._records.get(Entity, id_) for id_ in near if id_ != one.id) if e is not None]
        same_kind = [e for e in found if None in (e.kind, one.kind) or e.kind == one.kind]
        ranked = alike(names_of(one), {e.id: names_of(e) for e in same_kind})
        by_id = {e.id: e for e in same_kind}
        return [by_id[id_] for id_ in ranked]


def _merge_name(stays: Source | Entity, going: Sequence[Source | Entity]) -> str:
    named = [tr("“{name}”", name=names_of(o)[0]) for o in going[:2]]
    others = listed(named)
    if len(going) > 2:
        others = ", ".join(named)
        return trn("merge {others} and {n} more into “{name}”", "merge {others} and {n} more into “{name}”", len(going) - 2,
                   others=others, name=names_of(stays)[0])  # fmt: skip
    return tr("merge {others} into “{name}”", others=others, name=names_of(stays)[0])


def _split_name(old: str, new: str, moved: Sequence[object], links: Collection[object]) -> str:
    """Return the name of a split's step. Raises RuleBroken for an empty name, or where nothing is to be moved."""
    if not moved and not links:
        raise RuleBroken(tr("Choose at least one mention that belongs to somebody else."))
    name = one_line(new)
    if not name:
        raise RuleBroken(tr("A name is needed for whom the chosen mentions belong to."))
    return tr("split “{new}” off “{old}”", new=name, old=old)
