"""All hostile files of all formats."""

from __future__ import annotations

from collections.abc import Iterable

from tests.hostile import books, containers, documents, mails, mark_up, pages, pdfs, rich, texts
from tests.hostile.cases import Case, Place

ROOMS = (texts, pages, containers, mark_up, documents, books, rich, mails, pdfs)


def every(place: Place) -> list[Case]:
    """Return every case. Raises ValueError where two have one name."""
    made = [case for room in ROOMS for case in room.cases(place)]
    names = [case.name for case in made]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise ValueError(f"twice: {twice}")
    return made


def formats(cases: Iterable[Case]) -> dict[str, int]:
    """Return how many cases each ending has."""
    counted: dict[str, int] = {}
    for case in cases:
        ending = case.name.rpartition(".")[2]
        counted[ending] = counted.get(ending, 0) + 1
    return counted
