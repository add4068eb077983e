"""Searching beside the window's thread: words and patterns, through a reading connection of its own, ended at any time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Generator, Mapping
from pathlib import Path
from typing import Any, Self

from annotator.analysis import patterns
from annotator.child import Child, Ended, Silent
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Id
from annotator.storage.beside import Beside
from annotator.storage.claims import FoundClaim
from annotator.storage.library import Hit
from annotator.storage.query import excerpt
from annotator.storage.search import MOST, Search

MOST_HITS = 10_000
"""Places a pattern is looked for in all: whoever wants more wants another pattern."""
MOST_OF_A_KIND = MOST
"""Hits of each kind that a search for words returns at most, the best ones."""
_LOOK_SECONDS = 0.05
_GRACE_SECONDS = 1.0
_START_SECONDS = 20.0

Cancelled = Callable[[], bool]
Progress = Callable[[int, int], None]


class Finder:
    """Searches one project file from one thread, the one that enters it; ``stop`` ends it from any other."""

    def __init__(self, path: Path) -> None:
        self._file = Beside(path)

    def __enter__(self) -> Self:
        """Open the file for reading. Raises ChangedElsewhere where it is gone."""
        self._file.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self._file.__exit__()

    def stop(self) -> None:
        """End what is under way, and whatever would follow, at once."""
        self._file.stop()

    def search(self, typed: str, articles: Collection[Id] | None = None) -> list[Hit]:
        """Return what ``Project.search`` would; nothing where it was stopped. Raises ChangedElsewhere."""
        with self._file.searching() as search:
            return search.find(typed, search.within(articles))
        return []

    def find_claims(self, typed: str, layer: Id, most: int = 12, near: Id | None = None) -> list[FoundClaim]:
        """Return what ``Project.find_claims`` would of a layer; nothing where it was stopped. Raises ChangedElsewhere."""
        with self._file.claims() as claims:
            return [] if self._file.stopped else claims.find(typed, layer, most, near)
        return []

    def pattern(
        self,
        pattern: str,
        articles: Collection[Id] | None = None,
        *,
        ignore_case: bool = True,
        cancelled: Cancelled = lambda: False,
        progress: Progress = lambda _done, _of: None,
    ) -> Generator[Hit]:
        """Yield the places of a regular expression in the texts, by article, ``MOST_HITS`` at most.

        ``progress`` is told how many articles of how many were looked through. Raises RuleBroken for a wrong pattern, or
        one that takes too long; ChangedElsewhere.
        """
        try:
            with _Worker(lambda: self._file.stopped or cancelled()) as worker, self._file.searching() as search:
                worker.take(pattern, ignore_case=ignore_case)
                yield from _matches(search, worker, articles, progress)
        except _Stopped:
            return


def _matches(search: Search, worker: _Worker, articles: Collection[Id] | None, progress: Progress) -> Generator[Hit]:
    within = search.within(articles)
    done, total, left = 0, search.count(within), MOST_HITS
    for part in search.parts(within):
        for id_, title, archived, text in part:
            found = worker.places(title, text, left)
            for start, end in found:
                snippet, inside = excerpt(text, [(start, end)], start)
                yield Hit(id_, title, snippet, "text", start, end, inside, ((start, end),), archived=archived)
            done, left = done + 1, left - len(found)
            progress(done, total)
            if left <= 0:
                return


class _Stopped(Exception):
    """Nobody waits for the answer any more."""


class _Worker:
    """The child that looks for a pattern; ended when it is left."""

    def __init__(self, ended: Cancelled) -> None:
        self._ended = ended
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.end()

    def take(self, pattern: str, *, ignore_case: bool) -> None:
        """Hand the pattern over. Raises RuleBroken where it is wrong."""
        try:
            self._child = Child("annotator.analysis.patterns")
        except (OSError, ValueError) as error:
            raise RuleBroken(
                tr("The search by pattern could not be started: {why}. Close other programs and try again.", why=error)
            ) from error
        answer = self._ask({"pattern": pattern, "ignore_case": ignore_case}, b"", _START_SECONDS)
        if answer is None:
            raise RuleBroken(tr("The pattern is too large to look for. Make it shorter."))
        if "wrong" in answer:
            raise RuleBroken(str(answer["wrong"]))

    def places(self, title: str, text: str, most: int) -> list[tuple[int, int]]:
        """Return where the pattern matches in a text. Raises RuleBroken where that takes too long."""
        answer = self._ask({"most": most}, text.encode("utf-8"), patterns.SECONDS + _GRACE_SECONDS)
        if answer is None or "slow" in answer:
            raise RuleBroken(
                tr(
                    "The pattern takes too long in “{title}”. Make it plainer: one repetition inside another is slow.",
                    title=title,
                )
            )
        return [(int(start), int(end)) for start, end in answer.get("places", ())]

    def _ask(self, values: Mapping[str, Any], payload: bytes, seconds: float) -> dict[str, Any] | None:
        """Return the child's answer, None where it took too long or came to an end over it. Raises _Stopped."""
        child = self._child
        if child is None:
            return None
        child.say(values, payload)
        until = time.monotonic() + seconds
        while not self._ended():
            try:
                return child.hear(_LOOK_SECONDS).values
            except Silent:
                if time.monotonic() > until:
                    return None
            except Ended:
                return None
        raise _Stopped
