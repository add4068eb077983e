"""What a person changes of a draft before it is kept: zones, kinds, paragraphs to leave out. Lasts when it is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from annotator.language import trn
from annotator.model import Block, Draft, ImportReport

Key = tuple[str, int]
"""A paragraph by its words and which of several with the same words it is."""


@dataclass(frozen=True)
class Shape:
    """What a paragraph is and where in the article it stands, as a person chose it."""

    kind: str
    level: int
    zone: str


State = tuple[Mapping[Key, Shape], Set[Key], Set[Key]]
"""What a person changed: shapes, paragraphs left out, paragraphs taken in."""


SHAPES: Mapping[str, Shape] = {
    "paragraph": Shape("paragraph", 0, "body"),
    "heading1": Shape("heading", 1, "body"),
    "heading2": Shape("heading", 2, "body"),
    "heading3": Shape("heading", 3, "body"),
    "list": Shape("list", 1, "body"),
    "quote": Shape("quote", 1, "body"),
    "table_row": Shape("table_row", 0, "body"),
    "masthead": Shape("paragraph", 0, "masthead"),
    "headline": Shape("heading", 1, "headline"),
    "standfirst": Shape("paragraph", 0, "standfirst"),
    "byline": Shape("paragraph", 0, "byline"),
    "caption": Shape("caption", 0, "caption"),
    "box": Shape("paragraph", 0, "box"),
    "correction": Shape("paragraph", 0, "correction"),
}
"""What a paragraph can be made, by name."""


HEADINGS = ("heading1", "heading2", "heading3")


def shape_name(block: Block) -> str:
    """Return which of SHAPES a block is, or its kind where it is none of them."""
    if block.zone not in ("body", "caption"):
        return block.zone
    if block.kind == "heading":
        return HEADINGS[min(max(block.level, 1), 3) - 1]
    return "caption" if block.zone == "caption" else block.kind


class Edits:
    """Changes to the paragraphs of a draft; ``applied`` puts them on any reading of the same original."""

    def __init__(self) -> None:
        self._shapes: Mapping[Key, Shape] = {}
        self._dropped: Set[Key] = set()
        self._left: set[Key] = set()
        """What of a whole page is not in its article."""
        self._taken: Set[Key] = set()
        """What of that a person took in."""
        self._keys: list[Key] = []
        self._undone: list[State] = []
        self._done: list[State] = []

    @property
    def is_made(self) -> bool:
        """Whether a person has changed anything."""
        return bool(self._shapes or self._dropped or self._taken)

    def read(self, draft: Draft) -> None:
        """Take a draft as it was read: paragraphs are numbered by its blocks from now on."""
        seen: Counter[str] = Counter()
        self._keys = []
        for block in draft.blocks:
            words = draft.text[block.start : block.end]
            self._keys.append((words, seen[words]))
            seen[words] += 1

    def reshape(self, blocks: Iterable[int], shape: Shape) -> None:
        """Make paragraphs something else."""
        self._keep()
        self._shapes = {**self._shapes, **{self._keys[n]: shape for n in blocks}}

    def drop(self, blocks: Iterable[int], gone: bool) -> None:
        """Leave paragraphs out, or take them back in."""
        self._keep()
        keys = {self._keys[n] for n in blocks}
        self._dropped = self._dropped | (keys - self._left) if gone else self._dropped - keys
        self._taken = self._taken - keys if gone else self._taken | (keys & self._left)

    def leave(self, blocks: Iterable[int]) -> None:
        """Leave these paragraphs out as well where no person took them in, and no longer those of the last call."""
        self._left = {self._keys[n] for n in blocks}

    def is_dropped(self, n: int) -> bool:
        """Say whether a paragraph is left out."""
        key = self._keys[n]
        return key in self._dropped or (key in self._left and key not in self._taken)

    # -- there and back

    def _keep(self) -> None:
        self._done.append((self._shapes, self._dropped, self._taken))
        self._undone = []

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        return self._go(self._done, self._undone)

    def redo(self) -> bool:
        """Make the change that was taken back last once more; False where there is none."""
        return self._go(self._undone, self._done)

    def _go(self, back: list[State], forth: list[State]) -> bool:
        if not back:
            return False
        forth.append((self._shapes, self._dropped, self._taken))
        self._shapes, self._dropped, self._taken = back.pop()
        return True

    # -- what comes of it

    def is_changed(self, n: int) -> bool:
        """Say whether a person changed what a paragraph is."""
        return bool(self._shapes) and self._keys[n] in self._shapes

    def shaped(self, draft: Draft) -> Draft:
        """Return the draft with the paragraphs as they were chosen, none left out: what the look before shows."""
        if not self._shapes:
            return draft
        blocks = tuple(
            replace(b, kind=s.kind, level=s.level, zone=s.zone) if (s := self._shapes.get(key)) is not None else b
            for b, key in zip(draft.blocks, self._keys, strict=True)
        )
        return replace(draft, blocks=blocks)

    def left(self, draft: Draft) -> int:
        """Return how many paragraphs with words in them stay."""
        return sum(1 for n, b in enumerate(draft.blocks) if b.end > b.start and not self.is_dropped(n))

    def length(self, draft: Draft) -> int:
        """Return how many code points of the text stay."""
        gone = (b.end - b.start + 1 for n, b in enumerate(draft.blocks) if self.is_dropped(n))
        return max(0, len(draft.text) - sum(gone))

    def applied(self, draft: Draft) -> Draft:
        """Return the draft as it is to be kept; what a person left out is said in its report."""
        shaped = self.shaped(draft)
        kept = [b for n, b in enumerate(shaped.blocks) if not self.is_dropped(n)]
        if not kept or len(kept) == len(shaped.blocks):
            return shaped
        lines = [draft.text[b.start : b.end] for b in kept]
        blocks: list[Block] = []
        at = 0
        for block, line in zip(kept, lines, strict=True):
            blocks.append(replace(block, start=at, end=at + len(line)))
            at += len(line) + 1
        return replace(shaped, text="\n".join(lines), blocks=tuple(blocks), report=self.reported(draft))

    def reported(self, draft: Draft) -> ImportReport:
        """Return the report of a draft with what a person left out."""
        gone = sum(map(self.is_dropped, range(len(draft.blocks))))
        if not gone:
            return draft.report
        said = trn("{n} paragraph you left out", "{n} paragraphs you left out", gone)
        return replace(draft.report, left_out=(*draft.report.left_out, said))
