"""Which sentences of an article are accounted for (docs/CONTEXT.md, *coverage*)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence

from annotator import text as texts
from annotator.model import Block, Id, SentenceMark


def body_sentences(
    text: str, blocks: Iterable[Block], language: str | None, between: Callable[[], object] = lambda: None
) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in the blocks of zone body, in code points, in order.

    ``between`` is called after each block, for who must give way to others meanwhile.
    """
    found: list[tuple[int, int]] = []
    for block in blocks:
        if block.zone == "body":
            found += texts.sentences(text, block.start, block.end, language)
            between()
    return found


class Coverage:
    """The sentences of an article's body and which of them are accounted for, kept up as marks come and go.

    A sentence is accounted for while a word of it lies in an accepted claim, or a person marked it as not a claim.
    """

    def __init__(self, sentences: Sequence[tuple[int, int]], *, complete: bool = True) -> None:
        self.complete = complete
        """Whether these are all sentences of the body, and not only those near what is read."""
        self.sentences = sentences
        """(start, end) of each, in code points, in order."""
        self.open = [start for start, _ in sentences]
        """Where the sentences begin that are not accounted for, in order."""
        self._starts = list(self.open)
        self._marks = [0] * len(sentences)
        self._by_mark: dict[Id, list[int]] = {}

    def put(self, mark: Id, spans: Iterable[tuple[int, int]]) -> None:
        """Count a claim or a sentence mark with these spans, whatever it had before; no spans: it is gone."""
        for k in self._by_mark.pop(mark, ()):
            self._marks[k] -= 1
            if not self._marks[k]:
                insort(self.open, self._starts[k])
        touched = sorted({k for start, end in spans for k in self._touched(start, end)})
        if touched:
            self._by_mark[mark] = touched
        for k in touched:
            if not self._marks[k]:
                del self.open[bisect_left(self.open, self._starts[k])]
            self._marks[k] += 1

    def _touched(self, start: int, end: int) -> Iterator[int]:
        for k in range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)):
            if start < self.sentences[k][1]:
                yield k

    @property
    def accounted(self) -> int:
        """How many sentences are accounted for."""
        return len(self.sentences) - len(self.open)

    @property
    def states(self) -> list[bool]:
        """For each sentence, whether it is accounted for."""
        return [n > 0 for n in self._marks]


def coverage_of(
    text: str,
    blocks: Iterable[Block],
    language: str | None,
    claims: Iterable[tuple[Id, Iterable[tuple[int, int]]]],
    marks: Iterable[SentenceMark],
    near: tuple[int, int] | None = None,
    between: Callable[[], object] = lambda: None,
) -> Coverage:
    """Return an article's coverage from values alone: may run in any thread. Each claim comes with its spans.

    With ``near`` only the sentences of the blocks that touch these offsets are looked for.
    """
    if near is not None:
        blocks = [b for b in blocks if b.start < near[1] and near[0] < b.end]
    made = Coverage(body_sentences(text, blocks, language, between), complete=near is None)
    for claim, spans in claims:
        made.put(claim, spans)
    for mark in marks:
        made.put(mark.id, [(mark.start, mark.end)])
    return made
