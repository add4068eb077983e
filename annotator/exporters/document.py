"""What a report is made of, whatever file it becomes: paragraphs, tables, links, marks in the text, comments."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from annotator.exporters.shapes import Shape

if TYPE_CHECKING:
    from annotator.tables import Value
from annotator.language import tr

Script = Literal["", "rtl", "cjk"]


class Text(NamedTuple):
    """Words under none, one or several named looks ("Claim", "Source" ...); the first look is the strongest.

    ``claims`` is how many claims these words lie in. ``script`` and ``language`` (BCP 47) are those of the words.
    """

    text: str
    looks: tuple[str, ...] = ()
    claims: int = 0
    script: Script = ""
    language: str = ""


class Link(NamedTuple):
    """Words that lead to an anchor of the same report; ``tip`` is shown while the pointer rests on them."""

    anchor: str
    words: Text
    tip: str = ""


class WebLink(NamedTuple):
    """Words that lead to an address outside; a writer makes a link only of http, https and mailto."""

    url: str
    words: Text


class AnchorStart(NamedTuple):
    """Where the place a link leads to begins; it may end in a later paragraph."""

    name: str


class AnchorEnd(NamedTuple):
    """Where an anchor ends."""

    name: str


class CommentStart(NamedTuple):
    """Where the words a comment is about begin; ``number`` counts the report's comments from 0."""

    number: int


class CommentEnd(NamedTuple):
    """Where a comment's words end."""

    number: int


Inline = Text | Link | WebLink | AnchorStart | AnchorEnd | CommentStart | CommentEnd


class Paragraph(NamedTuple):
    """A paragraph in a named style.

    ``level`` is its place in the outline, from 0; None leaves that to the style. ``keep_next`` holds it on the page of
    the next paragraph. ``deeper``: in how many lists the list it belongs to stands. ``values`` are what a spreadsheet
    holds in place of its words: of "1,204" a number, of "15 of 20" two, of a dash none; None: the words themselves.
    """

    style: str
    inlines: tuple[Inline, ...] = ()
    rtl: bool = False
    new_page: bool = False
    indented: bool = False
    align_end: bool = False
    level: int | None = None
    keep_next: bool = False
    deeper: int = 0
    values: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head (empty in a table without one) and its width in cm.

    ``names`` are those of the columns a spreadsheet makes of it where its cells have several values.
    """

    head: str
    width: float
    align_end: bool = False
    names: tuple[str, ...] = ()


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``title`` and ``description`` are for readers who do not see it."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    title: str
    description: str = ""
    look: Literal["rows", "tight", "facts", "legend", "form"] = "rows"
    parted: bool = False
    """Whether its rows may stand on different pages however few they are."""

    @property
    def has_head(self) -> bool:
        """Whether any column has a head."""
        return any(c.head for c in self.columns)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures: its shapes, ``width`` by ``height`` mm, what it says in words, and the table behind it.

    ``key`` names it in the report ("who_speaks"); ``alt`` tells all its figures to readers who do not see it.
    """

    key: str
    title: str
    alt: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the figures on a first page: "15 of 20, 75 %, claims say who is speaking", with a bar of its share.

    ``n`` is "15" and ``of`` "20" (the writer puts the word between); where the whole is nothing ``n`` is "none" and
    ``of`` empty. ``per_cent`` is empty where only counts are shown, ``share`` None where the whole is nothing.
    ``anchor``: where its passages stand in the report. ``values``: what a spreadsheet holds, n and the whole.
    """

    n: str
    of: str
    per_cent: str
    words: str
    share: float | None
    anchor: str = ""
    values: tuple[Value, ...] = ()

    def inlines(self) -> tuple[Inline, ...]:
        """Return "15 of 20  75 %": the number leads to its place."""
        n = Text(self.n)
        whole = (Text(tr(" of {n}", n=self.of), ("Figure Whole",)),) if self.of else ()
        share = (Text(f"\u2003{self.per_cent}", ("Figure Share",)),) if self.per_cent else ()
        return (Link(self.anchor, n) if self.anchor else n, *whole, *share)


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A grid of figures, three in a row."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts side by side, in columns of these widths (cm): for pictures, never for reading order."""

    columns: tuple[tuple[float, tuple[Part, ...]], ...]


class NumberedLine(NamedTuple):
    """A line of an article as a worksheet prints it: its number where it is shown, and what stands in the margin."""

    number: str
    inlines: tuple[Inline, ...]
    margin: tuple[Inline, ...] = ()
    rtl: bool = False
    first: bool = False
    """Whether a paragraph begins here."""
    style: str = "NumberedLine"


@dataclass(frozen=True, slots=True)
class NumberedLines:
    """An article in lines with a margin of ``margin`` cm to write in, or that holds a key's answers."""

    lines: tuple[NumberedLine, ...]
    margin: float
    title: str


class Entry(NamedTuple):
    """A line of the contents."""

    words: tuple[Inline, ...]
    anchor: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of what the report holds, with page numbers where the file has pages."""

    entries: tuple[Entry, ...]


Part = Paragraph | Table | Chart | KeyFigures | Beside | NumberedLines | Contents


@dataclass(frozen=True, slots=True)
class Comment:
    """A note in the margin: who wrote it, when (ISO 8601, UTC), its lines, and whether it is done with."""

    author: str
    initials: str
    at: str
    lines: tuple[tuple[Text, ...], ...]
    done: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report. ``language`` is that of its own words; the article's words carry theirs.

    ``data`` are tables for spreadsheets alone: what is printed as paragraphs, as rows.
    """

    kind: str
    title: str
    author: str
    made: datetime.date
    language: str
    footer: str
    parts: tuple[Part, ...]
    comments: tuple[Comment, ...] = field(default=())
    data: tuple[Table, ...] = ()
