"""Which sentences of an article are accounted for (docs/CONTEXT.md, *coverage*)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from annotator import text as texts
from annotator.model import Annotation, Block, SentenceMark, merged, spans_union


def body_sentences(text: str, blocks: Iterable[Block], language: str | None) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence in the blocks of zone body, in code points, in order."""
    found: list[tuple[int, int]] = []
    for block in blocks:
        if block.zone == "body":
            found += texts.sentences(text, block.start, block.end, language)
    return found


def accounted(
    sentences: Sequence[tuple[int, int]], claims: Iterable[Annotation], marks: Iterable[SentenceMark]
) -> list[bool]:
    """Say for each sentence whether a word of it lies in an accepted claim, or a person marked it as not a claim.

    ``sentences`` and the result run parallel. A sentence mark counts for the sentence that overlaps it.
    """
    return accounted_by(sentences, spans_union(c for c in claims if c.status == "accepted"), marks)


def accounted_by(
    sentences: Sequence[tuple[int, int]], claimed: Iterable[tuple[int, int]], marks: Iterable[SentenceMark]
) -> list[bool]:
    """Say the same from the (start, end) of the accepted claims' segments, in any order."""
    spans = merged([*claimed, *((m.start, m.end) for m in marks)])
    starts = [s for s, _ in spans]
    return [_touches(spans, starts, start, end) for start, end in sentences]


def _touches(spans: list[tuple[int, int]], starts: list[int], start: int, end: int) -> bool:
    first = max(0, bisect_right(starts, start) - 1)
    return any(s < end and start < e for s, e in spans[first : bisect_left(starts, end)])
