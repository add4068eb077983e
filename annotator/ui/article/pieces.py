"""A text cut into stretches that can be laid out one by one: its blocks, and the parts of those that are very long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model import Block
from annotator.text import has_unspaced_script

PART = 20_000
"""So many code points are loaded at once."""
UNBROKEN = 1_000
"""A run of letters without a space is cut after so many: to lay it out takes a time that grows with its square."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text that is one paragraph of what is shown: a block, or a part of a very long one."""

    start: int
    end: int
    block: int
    first: bool


class Pieces:
    """All stretches of a text, and which of them make a part to load."""

    def __init__(self, text: str = "", blocks: Sequence[Block] = ()) -> None:
        self._text = text
        self.all = list(_pieces(text, blocks))
        self.starts = [piece.start for piece in self.all]

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, k: int) -> Piece:
        return self.all[k]

    def at(self, offset: int) -> int:
        """Return the number of the piece an offset is in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def until(self, k: int) -> int:
        """Return where a part ends that begins with a piece."""
        high = k
        while high < len(self.all) and self.starts[high] - self.starts[k] < PART:
            high += 1
        return high

    def before(self, k: int, most: int = PART) -> int:
        """Return where a part of ``most`` code points begins that ends before a piece."""
        low = k
        while low > 0 and self.starts[k] - self.starts[low] < most:
            low -= 1
        return low

    def around(self, k: int) -> tuple[int, int]:
        """Return the pieces to load around one."""
        return self.before(k, PART // 2), self.until(k)

    def words(self, low: int, high: int) -> str:
        """Return the words of some pieces, a line for each."""
        return "\n".join(self._text[p.start : p.end] for p in self.all[low:high])


def _pieces(text: str, blocks: Sequence[Block]) -> Iterator[Piece]:
    for n, block in enumerate(blocks):
        length = block.end - block.start
        if length <= UNBROKEN or (length <= PART and not _is_unbroken(text, block.start)):
            yield Piece(block.start, block.end, n, True)
            continue
        at = block.start
        while at < block.end:
            end = _end(text, at, block.end)
            yield Piece(at, end, n, at == block.start)
            at = end


def _end(text: str, at: int, last: int) -> int:
    """Return where a part of a very long block ends that begins at an offset: behind a space, where there is one."""
    if _is_unbroken(text, at):
        return min(last, at + UNBROKEN)
    end = min(last, at + PART // 4)
    space = text.rfind(" ", at + PART // 8, end) if end < last else -1
    return space + 1 if space > 0 else end


def _is_unbroken(text: str, at: int) -> bool:
    run = text[at : at + UNBROKEN]
    return " " not in run and not has_unspaced_script(run)
