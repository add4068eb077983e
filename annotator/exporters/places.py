"""Where in an article something stands, in words: paragraphs are numbered here, for reports, panels and lists alike."""

from __future__ import annotations

from bisect import bisect_right

from annotator import vocabulary
from annotator.exporters import marks
from annotator.language import tr
from annotator.model import AnnotatedArticle, Block


def is_numbered(block: Block) -> bool:
    """Say whether a block is a paragraph with a number: of the body, a box, a caption or a correction, no heading."""
    return block.zone == "caption" or (block.kind != "heading" and block.zone in ("body", "box", "correction"))


class Places:
    """The places of an article: "¶ 4", "Headline". ``blocks`` are those that hold words, ``numbers`` theirs (0: none)."""

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self.blocks = marks.shown_blocks(annotated)
        self.numbers: list[int] = []
        self.words: list[str] = []
        self._starts = [block.start for block in self.blocks]
        number = 0
        for block in self.blocks:
            numbered = is_numbered(block)
            number += numbered
            self.numbers.append(number if numbered else 0)
            heading = tr("Heading") if block.zone == "body" else vocabulary.title(block.zone)
            self.words.append(f"¶\u00a0{number}" if numbered else heading)

    def index(self, offset: int) -> int | None:
        """Return which block an offset stands in, or after; None in an article without words."""
        return max(0, bisect_right(self._starts, offset) - 1) if self._starts else None

    def __getitem__(self, offset: int) -> str:
        """Return the words for the place of an offset; empty in an article without words."""
        at = self.index(offset)
        return "" if at is None else self.words[at]
