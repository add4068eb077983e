"""Names by typing: the entries whose name fits what was typed, the likeliest first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model import Id

FUZZY_AT_LEAST = 72.0
"""Similarity (0 to 100) from which a name with a typing error still counts as found."""


@dataclass(frozen=True)
class Name:
    """Something that can be found by its name: a label and other names of it."""

    id: Id
    label: str
    aliases: tuple[str, ...] = ()


def find_names(query: str, names: Iterable[Name], *, limit: int = 8) -> list[Name]:
    """Return the names that fit what was typed: its start first, then a word's start, any part, then near misses."""
    wanted = folded(query)
    if not wanted:
        return []
    scored: list[tuple[float, str, Name]] = []
    for name in names:
        score = max(_score(wanted, text) for text in (name.label, *name.aliases))
        if score > 0:
            scored.append((-score, name.label.casefold(), name))
    scored.sort(key=lambda item: item[:2])
    return [name for _, _, name in scored[:limit]]


def folded(text: str) -> str:
    """Return a text as names are compared when typed: no case, no accents, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def _score(wanted: str, text: str) -> float:
    name = folded(text)
    if name == wanted:
        return 500.0
    at = name.find(wanted)
    if at == 0:
        return 400.0
    if at > 0:
        return 300.0 if not name[at - 1].isalnum() else 200.0
    if len(wanted) < 3:
        return 0.0
    from rapidfuzz import fuzz  # only now: the window starts without it

    similarity = max((fuzz.ratio(wanted, part[: len(wanted) + 1]) for part in (name, *name.split())), default=0.0)
    return similarity if similarity >= FUZZY_AT_LEAST else 0.0
