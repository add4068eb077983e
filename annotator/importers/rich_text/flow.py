"""Rich text on its way to paragraphs: what holds inside a group, and the streams of text that run beside each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from annotator.importers.story import Piece, Story

DEEPEST_TABLE = 50
"""Tables nested deeper than this are read as if they stood at this depth."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class State:
    """What holds inside a group until its end; ``copy`` is taken where a group begins."""

    flow: Flow
    font: int | None = None
    fallbacks: int = 1
    """How many characters stand for a Unicode character, for programs that know none."""
    hidden: bool = False
    deleted: bool = False
    language: int = 0
    bold: bool = False
    style: int = 0
    outline: int | None = None
    table: int = 0
    """How many tables the paragraph stands in."""
    listed: bool = False
    list_level: int = 0

    def copy(self) -> State:
        """Return a state of the same values."""
        return State(
            self.flow, self.font, self.fallbacks, self.hidden, self.deleted, self.language, self.bold, self.style,
            self.outline, self.table, self.listed, self.list_level,
        )  # fmt: skip

    def plain(self) -> None:
        """Go back to ordinary characters."""
        self.font, self.hidden, self.deleted, self.language, self.bold = None, False, False, 0, False

    def ordinary(self) -> None:
        """Go back to an ordinary paragraph."""
        self.style, self.outline, self.table, self.listed, self.list_level = 0, None, 0, False, 0


class Flow:
    """A stream of paragraphs: the body, a footnote, a text box, a comment; or of characters, as a field's words.

    ``kind`` says which; finished paragraphs go to ``out``.
    """

    def __init__(self, kind: str, parent: Flow | None = None, out: Callable[[Piece], None] | None = None) -> None:
        self.kind = kind
        self.parent = parent
        self.parts: list[str] = []
        self.is_bold = True
        """Whether all of the paragraph so far is in bold."""
        self.mark = ""
        """The number or sign of the list item that is being read."""
        self.pieces: list[Piece] = []
        self.boxes: list[Piece] = []
        """Paragraphs of text boxes, which follow the paragraph they are anchored in."""
        self._story = Story(out or self.pieces.append)
        self._rows = 0

    def taken(self) -> str:
        """Return the characters since the last paragraph, and begin a new one."""
        text = "".join(self.parts)
        self.parts.clear()
        if _SURROGATE.search(text):  # a character beyond the first plane comes as two
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return text

    def add(self, piece: Piece, depth: int) -> None:
        """Add a paragraph that stands in so many tables."""
        depth = min(depth, DEEPEST_TABLE)
        self._close_rows(depth)
        self._open_rows(depth)
        self._story.put(piece)
        self._put_boxes()

    def end_cell(self, depth: int) -> None:
        """End a cell of a table at this depth."""
        depth = min(max(depth, 1), DEEPEST_TABLE)
        self._close_rows(depth)
        self._open_rows(depth)
        self._story.end_cell()
        self._story.hold()

    def end_row(self, depth: int | None = None) -> None:
        """End a row of the table at this depth, or of the innermost one."""
        self._close_rows((self._rows if depth is None else depth) - 1)

    def end(self) -> None:
        """Finish what was begun."""
        self._close_rows(0)
        self._put_boxes()

    def words(self) -> str:
        """Return all its finished paragraphs as one line."""
        return " ".join(piece.text for piece in self.pieces)

    def _open_rows(self, depth: int) -> None:
        while self._rows < depth:
            self._story.begin_row()
            self._story.hold()
            self._rows += 1

    def _close_rows(self, depth: int) -> None:
        while self._rows > max(depth, 0):
            rest = self._story.release()  # of a last cell that has no end
            if rest:
                self._story.hold()
                self._story.hand_on(rest)
                self._story.end_cell()
            self._story.end_row()
            self._rows -= 1

    def _put_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        self._story.hand_on(boxes)
