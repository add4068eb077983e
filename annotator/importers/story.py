"""A running text with tables and boxes in it, piece by piece: what the files of word processors come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import limits
from annotator.importers.blocks import byline
from annotator.importers.dates import iso_date
from annotator.importers.manuscript import PASSAGE_CODE_POINTS, Manuscript
from annotator.language import tr

CELL_PARAGRAPHS = 3
"""A cell with more paragraphs than this holds text that is laid out, not a value."""

COLUMNS = 64
"""Most columns one cell is taken to span."""

SUBHEAD_WORDS = 9
PARAGRAPH_WORDS = 20
"""A line of so few words may be a subhead between paragraphs of so many."""

_SENTENCE_ENDS = frozenset('.!?…:;,。！？؟؛،”»"’)')


@dataclass(slots=True)
class Piece:
    """What becomes a block, or several where its text has line ends."""

    text: str
    kind: str = "paragraph"
    level: int = 0
    zone: str = "body"
    is_bold: bool = False
    """All of it is in bold, and not because it is a heading."""


def words_of(pieces: list[Piece]) -> str:
    """Return the words of pieces in one line."""
    return " ".join(" ".join(piece.text.split()) for piece in pieces)


class Story:
    """Takes pieces as they end in the original and hands them on in reading order.

    Cells and boxes may stand in each other to any depth. Raises ReadError as soon as what it holds is more than an
    article may have.
    """

    def __init__(self, take: Callable[[Piece], None]) -> None:
        self._take = take
        self._held: list[list[Piece]] = []
        self._rows: list[list[list[Piece]]] = []
        self._count = 0
        self._length = 0

    def put(self, piece: Piece) -> None:
        """Add a piece where the story stands now: in the open cell or box, or at the end of the text."""
        if not piece.text.strip():
            return
        self._count += not self._rows  # a row of a table is one paragraph, however many cells it has
        self._length += len(piece.text)
        self._check_count()
        check_length(self._length)
        self._hand_on(piece)

    def _check_count(self) -> None:
        if self._count > limits.PARAGRAPHS:
            raise ReadError(
                tr("has more than {most:,} paragraphs; split it and read the parts.", most=limits.PARAGRAPHS)
            )

    def _hand_on(self, piece: Piece) -> None:
        if self._held:
            self._held[-1].append(piece)
        else:
            self._take(piece)

    def hold(self) -> None:
        """Keep the pieces that follow, until ``release``."""
        self._held.append([])

    def release(self) -> list[Piece]:
        """Return the pieces kept since the last ``hold``."""
        return self._held.pop()

    def hand_on(self, pieces: list[Piece]) -> None:
        """Add pieces that were kept; they are counted already."""
        if self._held and not self._held[-1]:
            self._held[-1] = pieces
            return
        for piece in pieces:
            self._hand_on(piece)

    def begin_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append([])

    def end_cell(self, span: int = 1) -> None:
        """End a cell that ``hold`` began, and that is as wide as several; one outside any row is ordinary text."""
        pieces = self.release()
        if self._rows:
            self._rows[-1].append(pieces)
            self._rows[-1].extend([] for _ in range(min(span, COLUMNS) - 1))
        else:
            self.hand_on(pieces)

    def end_row(self, *, is_merged: bool = False) -> None:
        """End a row: its cells become one piece, or, where they hold text that is laid out, the pieces they hold.

        ``is_merged``: a single cell is one of a table with more of them, and no frame around a text.
        """
        cells = self._rows.pop()
        self._count += not self._rows
        self._check_count()
        if _is_layout(cells, is_merged=is_merged):
            for pieces in cells:
                self.hand_on(pieces)
            return
        row = "\t".join(" ".join(_in_line(p.text) for p in pieces if p.zone != "box") for pieces in cells)
        if row.strip():
            self._hand_on(Piece(row, "table_row"))
        for pieces in cells:
            self.hand_on([p for p in pieces if p.zone == "box"])

    def drop_row(self) -> str:
        """End a row that is no part of the text; return its words."""
        return " ".join(p.text for pieces in self._rows.pop() for p in pieces)


def check_length(length: int) -> None:
    """Raise ReadError where a text of this many code points is longer than an article may be."""
    if length > limits.TEXT_CODE_POINTS:
        raise ReadError(
            tr("has more than {most:,} characters; split it and read the parts.", most=limits.TEXT_CODE_POINTS)
        )


def _is_layout(cells: list[list[Piece]], *, is_merged: bool) -> bool:
    if len(cells) == 1 and not is_merged:
        return True
    return any(
        len(pieces) > CELL_PARAGRAPHS
        or any(p.kind == "table_row" or (len(pieces) > 1 and p.kind in ("heading", "list")) for p in pieces)
        for pieces in cells
    )


def _in_line(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ").strip() if "\t" in text or "\n" in text else text.strip()


class Passages:
    """What is left out of a text and told with its words: those of one kind that stand together are one passage."""

    def __init__(self, made: Manuscript) -> None:
        self._made = made
        self._kind = ""
        self._words: list[str] = []
        self._length = 0

    def take(self, kind: str, words: str) -> None:
        """Add words to the passage of this kind, or begin one."""
        if kind != self._kind:
            self.end()
            self._kind = kind
        if self._length < 4 * PASSAGE_CODE_POINTS:  # no more of it is shown
            self._words.append(words)
            self._length += len(words)

    def end_paragraph(self) -> None:
        """End the passage with its paragraph; the lines of a table of contents are one."""
        if self._kind == "navigation":
            self.take("navigation", "\n")
        else:
            self.end()

    def end(self) -> None:
        """End the passage; one without words was none."""
        words = "".join(self._words)
        if words.strip():
            self._made.leave_out(self._kind, text=words)
        self._kind, self._length = "", 0
        self._words.clear()


class Filling:
    """Fills a manuscript with pieces; what stands in the style of a headline or a byline is a fact, too.

    Where a text has no headings, a short line all in bold between two real paragraphs is one.
    """

    def __init__(self, made: Manuscript) -> None:
        self._made = made
        self._headline: list[str] = []
        self._has_begun = False
        self._has_headings = False
        self._before = ""
        self._waiting: Piece | None = None

    def take(self, piece: Piece) -> None:
        """Add a piece."""
        waiting = self._waiting
        if waiting is not None and not piece.is_bold and _is_long(piece.text):
            waiting.kind, waiting.level = "heading", 2
            self._made.note(tr("Short bold lines between paragraphs are taken as subheads."))
        self.flush()
        if not self._has_headings and _may_be_subhead(piece) and _is_long(self._before):
            self._waiting = piece
        else:
            self._add(piece)

    def flush(self) -> None:
        """Add what waits for the piece that follows."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._add(waiting)

    def end(self) -> None:
        """End the text, and tell the manuscript the headline that was found."""
        self.flush()
        self._made.fact("title", " ".join(self._headline), tr("the headline"))

    def _add(self, piece: Piece) -> None:
        if piece.zone in ("headline", "standfirst") and self._has_begun:
            piece.zone = "body"  # the style of a title, used for the parts of a longer text
        self._has_begun = self._has_begun or (piece.zone == "body" and _is_long(piece.text))
        if piece.kind == "heading" and "\n" in piece.text.strip():
            self._made.change(tr("line ends within headings made spaces"), piece.text.strip().count("\n"))
            piece.text = " ".join(line.strip() for line in piece.text.strip().split("\n"))
        first, *more = piece.text.lstrip("\n").split("\n") if piece.kind == "list" else [piece.text]
        self._made.add(first, piece.kind, piece.level, piece.zone)
        for line in more:  # it goes on with the item and begins none
            self._made.add(line, "paragraph", 0, piece.zone)
        self._before = piece.text if piece.kind in ("paragraph", "quote", "list") and not piece.is_bold else ""
        if piece.kind == "heading" and piece.zone == "body" and not piece.is_bold:
            self._has_headings = True
        if piece.zone == "headline":
            self._headline.append(" ".join(piece.text.split()))
        elif piece.zone == "byline" and iso_date(piece.text.strip()) is None:
            said = piece.text.strip()
            who = byline(said) or (byline(f"By {said}") if " " in said else None)
            self._made.fact("byline", who, tr("a paragraph in the style of a byline"))


def _may_be_subhead(piece: Piece) -> bool:
    text = piece.text.strip()
    is_line = piece.is_bold and piece.kind == "paragraph" and piece.zone == "body" and "\n" not in text
    return is_line and len(text) <= 80 and text[-1] not in _SENTENCE_ENDS and texts.count_words(text) <= SUBHEAD_WORDS


def _is_long(text: str) -> bool:
    """Say whether a text is a real paragraph's."""
    return len(text) > 80 and texts.count_words(text[:800]) >= PARAGRAPH_WORDS
