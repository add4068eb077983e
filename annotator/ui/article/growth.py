"""How a selection grows and shrinks by words and sentences, and how words are found in a text. No Qt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from annotator import text as texts
from annotator.ui.highlights import Paragraphs

Span = tuple[int, int]

_ALIKE = {
    "'": "['’‘]",
    "’": "['’‘]",
    "‘": "['’‘]",
    '"': '["“”„]',
    "“": '["“”„]',
    "”": '["“”„]',
    "-": "[-‐‑–]",
    "–": "[-‐‑–]",
}
"""Characters a person types for what stands in print."""


def find(text: str, query: str) -> list[Span]:
    """Return every place of ``query`` in a text, in code points, without regard to case and kind of white space.

    Straight quotes and hyphens also find printed ones. A blank query is found nowhere.
    """
    words = query.split()
    if not words:
        return []
    pattern = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words)
    import regex  # only now: the window starts without it

    return [m.span() for m in regex.finditer(pattern, text, regex.IGNORECASE | regex.FULLCASE | regex.VERSION1)]


def units(paragraphs: Paragraphs, sentences: Sequence[Span], unit: str, start: int, end: int) -> list[Span]:
    """Return the words or sentences around [start, end): of its paragraphs and the one before and after."""
    first = max(0, paragraphs.at(start) - 1)
    last = min(len(paragraphs) - 1, paragraphs.at(end) + 1)
    return list(_units(paragraphs, sentences, unit, first, last))


def _units(paragraphs: Paragraphs, sentences: Sequence[Span], unit: str, first: int, last: int) -> Iterator[Span]:
    for k in range(first, last + 1):
        low, high = paragraphs.starts[k], paragraphs.ends[k]
        if unit == "word":
            yield from texts.words(paragraphs.text, low, high)
            continue
        known = sentences[bisect_left(sentences, (low, low)) : bisect_left(sentences, (high, high))]
        yield from known or texts.sentences(paragraphs.text, low, high)


def unit_at(found: Sequence[Span], offset: int) -> Span | None:
    """Return the unit a caret stands in or at the end of; else the next one; else the last one."""
    for start, end in found:
        if offset <= end:
            return start, end
    return found[-1] if found else None


def grown(found: Sequence[Span], start: int, end: int, step: int, edge: str) -> Span:
    """Return a selection with one edge moved by a unit, out (``step`` +1) or in (-1); never emptied."""
    starts = [s for s, _ in found]
    ends = [e for _, e in found]
    if edge == "end":
        at = bisect_right(ends, end) if step > 0 else bisect_left(ends, end) - 1
        if 0 <= at < len(ends) and ends[at] > start:
            return start, ends[at]
    else:
        at = bisect_left(starts, start) - 1 if step > 0 else bisect_right(starts, start)
        if 0 <= at < len(starts) and starts[at] < end:
            return starts[at], end
    return start, end
