"""The text of one story of a Word file as it grows: paragraphs, rows, boxes, and what is left out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.importers.manuscript import Manuscript
from annotator.importers.spoken import Languages
from annotator.importers.story import Passages, Piece, Story, check_length
from annotator.importers.style_names import CONTENTS
from annotator.importers.symbols import LOST, SYMBOLS, character
from annotator.importers.word.numbering import Numbering
from annotator.importers.word.styles import Styles
from annotator.language import tr

PAGE_PARAGRAPHS = 50
"""After so many paragraphs a sign of life is given: about as many stand on two pages."""

_PRIVATE = re.compile(r"[\uf020-\uf0ff]")


@dataclass(slots=True)
class Run:
    """The properties of the run that is read. ``has_own_mark``: its words are the mark of a note."""

    hidden: bool | None = None
    style: str | None = None
    font: str = ""
    is_right_to_left: bool = False
    languages: tuple[str | None, str | None, str | None] = (None, None, None)
    has_own_mark: bool = False
    is_struck: bool = False
    is_bold: bool | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is read. ``goes_on``: its end is deleted, hidden or that of an initial: the next one joins it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    style: str | None = None
    num: str | None = None
    level: int | None = None
    outline: int | None = None
    goes_on: bool = False
    is_thinned: bool = False
    is_bold: bool = True
    boxes: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Field:
    """A field that has begun: what it does is passed over, its result is text."""

    code: str = ""
    has_result: bool = False


class Fields:
    """The fields around a place, which may stand in each other. An end without a beginning is passed over."""

    def __init__(self) -> None:
        self._open: list[Field] = []
        self._instructions = 0

    @property
    def hide(self) -> bool:
        """Say whether this place is in the instruction of a field around the innermost one.

        Words directly in an instruction are told otherwise by their element; if they are not, they are shown.
        """
        return self._instructions > int(bool(self._open) and not self._open[-1].has_result)

    def begin(self) -> None:
        """Begin a field with its instruction."""
        self._open.append(Field())
        self._instructions += 1

    def instruct(self, code: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open:
            self._open[-1].code = (self._open[-1].code + code)[:2_000]

    def begin_result(self) -> None:
        """Begin the result of the innermost field."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].has_result = True
            self._instructions -= 1

    def give_up(self) -> None:
        """Take instructions that do not end with their paragraph for text: an end that is missing would hide the rest."""
        for field_ in reversed(self._open):
            if not self._instructions:
                break
            self._instructions -= not field_.has_result
            field_.has_result = True

    def end(self) -> Field:
        """End the innermost field and return it."""
        ended = self._open.pop() if self._open else Field(has_result=True)
        self._instructions -= not ended.has_result
        return ended


@dataclass(slots=True)
class Row:
    """A table row as it is read. ``is_merged``: a cell of it spans several columns or rows.

    ``span``: of how many columns the open cell is.
    """

    is_merged: bool = False
    is_deleted: bool = False
    span: int = 1


@dataclass
class Context:
    """What the parts of one Word file share while they are read."""

    made: Manuscript
    styles: Styles
    numbering: Numbering
    progress: Callable[[], None]
    read_chunk: Callable[[str], None]
    """Reads a document that stands in the document, by the id of its relation."""
    words_in: Callable[[str], str]
    """Returns the words in the part of a chart or a diagram, by the id of its relation."""
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """Foot- and endnotes by ("footnote" or "endnote", id) with their numbers, in the order they are referred to."""
    languages: Languages = field(default_factory=Languages)
    addresses: list[str] = field(default_factory=list)


class WordText:
    """What the elements of a story write into; it decides what of it is text. ``take`` is given the pieces in order."""

    def __init__(self, context: Context, take: Callable[[Piece], None]) -> None:
        self.context = context
        self.run: Run | None = None
        self.fields = Fields()
        self.placeholders: list[bool] = []
        """For each content control around this place, whether it shows only what is to be entered there."""
        self.deleted = 0
        self.readings = 0
        self.found = 0
        """Grows with everything that is found, text or not."""
        self._hidden = 0
        self._story = Story(take)
        self._passages = Passages(context.made)
        self._paragraphs: list[Paragraph] = []
        self._carried: list[Paragraph | None] = [None]
        self._outside: list[tuple[Run | None, Fields, bool]] = []
        self._rows: list[Row] = []
        self._read = 0

    @property
    def paragraph(self) -> Paragraph | None:
        """Return the paragraph that is open."""
        return self._paragraphs[-1] if self._paragraphs else None

    @property
    def row(self) -> Row | None:
        """Return the table row that is open."""
        return self._rows[-1] if self._rows else None

    def close(self) -> None:
        """End the story; another may follow."""
        self._passages.end()
        self.fields = Fields()
        self._end_carried()

    def write(self, words: str, change: str = "") -> None:
        """Write words where the story stands; ``change``: what was done to get them, counted if they are text."""
        if not words or (self.run is not None and self.run.has_own_mark):
            return
        self.found += 1
        kind = self._kind_left_out()
        if kind:
            if self._paragraphs:
                self._paragraphs[-1].is_thinned = True
            self._passages.take(kind, words)
            return
        if words.strip():
            self._passages.end()
        if not self._paragraphs:
            self.begin_paragraph()
        if change:
            self.context.made.change(change)
        run, paragraph = self.run, self._paragraphs[-1]
        if run is not None and _PRIVATE.search(words):
            words = self._of_symbol_font(words, run.font)
        if words.strip() and not self._is_bold(paragraph):
            paragraph.is_bold = False
        if run is not None and run.is_struck:
            self.context.made.note(tr("Some of its words are struck through; they are in the text."))
        paragraph.parts.append(words)
        paragraph.length += len(words)
        check_length(paragraph.length)
        self._count_language(words)

    def _of_symbol_font(self, words: str, font: str) -> str:
        def known(match: re.Match[str]) -> str:
            found = character(font, ord(match[0]))
            self.context.made.change(SYMBOLS, int(found != LOST))
            return match[0] if found == LOST else found

        return _PRIVATE.sub(known, words)

    def _kind_left_out(self) -> str:
        """Return the kind of thing that words at this place are if they are no part of the text, else nothing."""
        if self.deleted:
            return "deleted"
        if self.readings:
            return "reading"
        if self._hidden or self.fields.hide or self._is_hidden():
            return "hidden"
        if self.placeholders and self.placeholders[-1]:
            return "form"
        look = self.context.styles[self._style_of(self._paragraphs[-1])].look if self._paragraphs else None
        return "navigation" if look is not None and look.kind == CONTENTS else ""

    def _is_hidden(self) -> bool:
        styles = self.context.styles
        if self.run is not None:
            if self.run.hidden is not None:
                return self.run.hidden
            if self.run.style is not None and styles[self.run.style].hidden:
                return True
        return bool(self._paragraphs) and styles[self._style_of(self._paragraphs[-1])].hidden

    def _is_bold(self, paragraph: Paragraph) -> bool:
        styles = self.context.styles
        if self.run is not None and self.run.is_bold is not None:
            return self.run.is_bold
        if self.run is not None and self.run.style is not None and styles[self.run.style].is_bold:
            return True
        return styles[self._style_of(paragraph)].is_bold

    def leave_out(self, kind: str, words: str = "") -> None:
        """Leave out a thing of a kind, with its words; one in a deleted passage went with it."""
        self.found += 1
        if not self.deleted:
            self.context.made.leave_out(kind, text=words)

    def link(self, address: str) -> None:
        """Leave out the address of a link; it is told behind all that has words of its own."""
        self.found += 1
        if not self.deleted:
            self.context.addresses.append(address)

    def _count_language(self, words: str) -> None:
        first = next((c for c in words if c.isalpha()), "")
        if not first:
            return
        run = self.run or Run()
        at = 2 if run.is_right_to_left else 1 if "\u2e80" <= first <= "\ud7ff" or first >= "\U00020000" else 0
        styles = self.context.styles
        said = run.languages[at] or (styles[run.style].languages[at] if run.style is not None else None)
        said = said or styles[self._style_of(self._paragraphs[-1])].languages[at] or styles.languages[at]
        self.context.languages.add(said, words)

    # -- paragraphs

    def _style_of(self, paragraph: Paragraph) -> str | None:
        return paragraph.style if paragraph.style is not None else self.context.styles.default

    def begin_paragraph(self) -> None:
        """Begin a paragraph, or go on with one whose end is gone."""
        carried, self._carried[-1] = self._carried[-1], None
        paragraph = Paragraph()
        if carried is not None:
            paragraph.parts, paragraph.length, paragraph.boxes = carried.parts, carried.length, carried.boxes
            paragraph.is_bold = carried.is_bold
        self._paragraphs.append(paragraph)

    def end_paragraph(self) -> None:
        """End the innermost paragraph."""
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        self._passages.end_paragraph()
        self.fields.give_up()
        self._read += 1
        if self._read % PAGE_PARAGRAPHS == 0:
            self.context.progress()
        if paragraph.goes_on:
            self._carried[-1] = paragraph
        else:
            self._put(paragraph)

    def _end_carried(self) -> None:
        carried, self._carried[-1] = self._carried[-1], None
        if carried is not None:
            self._put(carried)

    def _put(self, paragraph: Paragraph) -> None:
        self._story.put(self._piece("".join(paragraph.parts), paragraph))
        self._story.hand_on(paragraph.boxes)

    def _piece(self, text: str, paragraph: Paragraph) -> Piece:
        styled = self.context.styles[self._style_of(paragraph)]
        look = styled.look
        counted, level = self._numbered(text, paragraph)
        if counted:
            text = f"{counted} {text.lstrip()}"
        zone = look.zone if look is not None else "body"
        if paragraph.outline is not None and (look is None or look.kind in ("paragraph", "heading")):
            if 0 <= paragraph.outline < 9:
                return Piece(text, "heading", paragraph.outline + 1, zone)
            look = None if zone == "body" else look
        if look is not None and look.kind != "paragraph":
            return Piece(text, look.kind, look.level, look.zone)
        if counted is not None:
            return Piece(text, "list", level + 1, zone)
        return Piece(text, zone=zone, is_bold=paragraph.is_bold)

    def _numbered(self, text: str, paragraph: Paragraph) -> tuple[str | None, int]:
        """Return what is written before a list's paragraph (None: it is in no list), and its level from 0."""
        numbering = self.context.numbering
        styled = self.context.styles[self._style_of(paragraph)]
        num = styled.num if paragraph.num is None else paragraph.num
        has_text = bool(text.strip())
        if not num or num == "0" or (paragraph.is_thinned and not has_text):
            return None, 0
        level = paragraph.level
        if level is None and paragraph.num is None:
            level = styled.level if styled.level is not None else numbering.level_of_style(num, styled.num_from)
        counted = numbering.next(num, level or 0)
        return counted if has_text else None, level or 0

    # -- tables, boxes, choices

    def begin_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append(Row())
        self._story.begin_row()

    def end_row(self) -> None:
        """End the innermost row."""
        row = self._rows.pop()
        if row.is_deleted:
            self.leave_out("deleted", self._story.drop_row())
        else:
            self._story.end_row(is_merged=row.is_merged)

    def begin_cell(self) -> None:
        """Begin a cell."""
        self._story.hold()
        self._carried.append(None)

    def end_cell(self) -> None:
        """End the innermost cell."""
        self._end_carried()
        self._carried.pop()
        span = 1
        if self._rows:
            span, self._rows[-1].span = self._rows[-1].span, 1
        self._story.end_cell(span)

    def begin_box(self) -> None:
        """Begin a text box, whose text comes behind the paragraph it is fixed to."""
        is_hidden = self._kind_left_out() == "hidden"
        self._hidden += is_hidden
        self._outside.append((self.run, self.fields, is_hidden))
        self.run, self.fields = None, Fields()
        self.begin_cell()
        self.found += 1

    def end_box(self) -> None:
        """End the innermost text box."""
        self._end_carried()
        self._carried.pop()
        pieces = self._story.release()
        self.run, self.fields, is_hidden = self._outside.pop()
        self._hidden -= is_hidden
        for piece in pieces:
            piece.zone = "box" if piece.zone == "body" else piece.zone
        if self._paragraphs:
            self._paragraphs[-1].boxes += pieces
        else:
            self._story.hand_on(pieces)
