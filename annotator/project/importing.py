"""Many articles added in batches: each batch is in the file when it is acknowledged, all of them are one undo step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr, trn
from annotator.model import Article, Draft, Id
from annotator.model.values import ARTICLE_FACTS, NOT_STATED
from annotator.project.core import one_line

if TYPE_CHECKING:
    from annotator.project.library import Library
    from annotator.storage import Step

T = TypeVar("T")

BATCH = 200
BATCH_SECONDS = 1.0
BATCH_BYTES = 64 << 20
"""What a batch holds at most: so much waits in memory, and so much is lost where the program is killed."""


class TakenBack(RuleBroken):
    """What was imported so far was taken back meanwhile."""


class Importing:
    """An import under way. Other actions may come between its batches: then what follows is a further step."""

    def __init__(self, project: Library, initiator: object | None) -> None:
        self._project = project
        self._initiator = initiator
        self._step: Step | None = None
        self._in_step = 0
        self._anew = True
        """Whether all in this step are files that were there already, read otherwise."""
        self._last: Id | None = None
        self.count = 0
        """Articles added so far."""

    def put(self, drafts: Sequence[Draft], places: Sequence[Id | None] = ()) -> list[Id]:
        """Add a batch, all or nothing; returns its ids when it is in the file, and one notice was told.

        ``places``: of files read otherwise than before, the articles they were, whose places they take (``read_anew``).
        Raises TakenBack, and adds nothing, where a batch before it was taken back meanwhile; else what a verb raises.
        """
        if not drafts:
            return []
        state = self._project.state_of(self._step) if self._step is not None else "none"
        if state == "undone" or (
            state == "gone" and self._last is not None and not self._project.has_article(self._last)
        ):
            raise TakenBack(
                tr("What was imported so far was taken back, and so the import ends. Begin it again to go on.")
            )
        if state != "newest":
            self._step, self._in_step, self._anew = None, 0, True
        self._anew = self._anew and len(places) == len(drafts) and None not in places
        name = self._name(drafts[0], self._in_step + len(drafts))
        ids, self._step = self._project.put_batch(drafts, places, name, self._step, self._initiator)
        self._in_step += len(ids)
        self.count += len(ids)
        self._last = ids[-1]
        return ids

    def _name(self, first: Draft, n: int) -> str:
        """Return what the step is called with so many articles in it."""
        if not self._anew:
            return trn("add {n} article", "add {n} articles", n)
        if n == 1:
            return tr("read “{file}” in another way", file=texts.shortened(first.file_name, 40))
        return trn("read {n} file in another way", "read {n} files in another way", n)


def corrected(draft: Draft, were: Mapping[str, str], article: Article) -> Draft:
    """Return a draft with the facts a person has changed in an article since it was made with these; others are its own."""
    changed: dict[str, str | None] = {}
    for name in ARTICLE_FACTS:
        value = NOT_STATED if name in article.not_stated else getattr(article, name)
        if value != one_line(were.get(name)):
            changed[name] = value
    title = changed.pop("title", None) if were.get("title") else None
    facts = {**draft.facts, **changed}
    return replace(draft, title=title or draft.title, facts={k: v for k, v in facts.items() if v is not None})


def batched(
    told: Iterable[T],
    size: Callable[[T], int] = lambda _: 0,
    *,
    most: int = BATCH,
    seconds: float = BATCH_SECONDS,
    most_bytes: int = BATCH_BYTES,
) -> Iterator[list[T]]:
    """Yield what comes in lists of at most so many and of about so many bytes, or what came in about so many seconds."""
    part: list[T] = []
    since, held = time.monotonic(), 0
    for one in told:
        part.append(one)
        held += size(one)
        if len(part) >= most or held >= most_bytes or time.monotonic() - since >= seconds:
            yield part
            part = []
            since, held = time.monotonic(), 0
    if part:
        yield part
