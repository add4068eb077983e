"""What the marks of an article are looked up by: their order, what they name, what they lead to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from annotator.model.records import Annotation, Attribution, ClaimEvidence, Id, Mention, Source, SourceMention

T = TypeVar("T", Attribution, ClaimEvidence)


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Return the key claims are numbered by: start, end, id."""
    return annotation.start, annotation.end, annotation.id


def accountable(link: Attribution, links: Mapping[Id, Attribution], sources: Mapping[Id, Source]) -> Source | None:
    """Return the accountable source of an attribution: the first from the outermost inwards that is accountable."""
    if link.via is None:
        source = sources.get(link.source)
        return source if source is not None and source.accountable else None
    chain = [link]
    while (outer := links.get(chain[-1].via or "")) is not None and outer not in chain:
        chain.append(outer)
    found = (sources.get(each.source) for each in reversed(chain))
    return next((source for source in found if source is not None and source.accountable), None)


def mentions_in(annotations: Iterable[Annotation]) -> dict[Id, list[Annotation]]:
    """Return, by the entry of a register they name, the mentions among annotations, in their order."""
    found: dict[Id, list[Annotation]] = defaultdict(list)
    for a in annotations:
        entry = entry_of(a)
        if entry is not None:
            found[entry].append(a)
    return found


def entry_of(annotation: Annotation) -> Id | None:
    """Return the entry of a register that a mention names."""
    if isinstance(annotation, SourceMention):
        return annotation.source
    return annotation.entity if isinstance(annotation, Mention) else None


def ends_of(link: Attribution) -> list[Id]:
    """Return what an attribution leads to: its source, and the mention and the cue it goes through."""
    return [end for end in (link.source, link.source_mention, link.cue) if end is not None]


def put_in_place(was: list[Annotation], now: list[Annotation], old: Annotation | None, new: Annotation | None) -> None:
    """Take a mark out of the list it was in and put another in; where its place stays, nothing is moved."""
    at = bisect_left(was, reading_order(old), key=reading_order) if old is not None else 0
    if old is not None and new is not None and was is now and reading_order(old) == reading_order(new):
        was[at] = new
        return
    if old is not None:
        del was[at]
    if new is not None:
        insort(now, new, key=reading_order)


def grouped(links: Iterable[T], claim: Callable[[T], Id]) -> dict[Id, tuple[T, ...]]:
    """Return links by the claim they belong to, in their order."""
    found: dict[Id, list[T]] = defaultdict(list)
    for link in links:
        found[claim(link)].append(link)
    return {of: tuple(list_) for of, list_ in found.items()}
