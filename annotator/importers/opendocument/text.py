"""The text of an OpenDocument file as it grows: paragraphs, rows, boxes, and what is held apart or left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.importers.manuscript import Manuscript
from annotator.importers.opendocument.styles import Count, ListStyle, Styles
from annotator.importers.spoken import Languages
from annotator.importers.story import Passages, Piece, Story, check_length
from annotator.importers.style_names import CONTENTS
from annotator.importers.symbols import LOST, SYMBOLS, character
from annotator.language import tr

PAGE_PARAGRAPHS = 50
"""After so many paragraphs a sign of life is given: about as many stand on two pages."""

_BLANKS = re.compile(r"[ \t\r\n]+")
_PRIVATE = re.compile(r"[\uf020-\uf0ff]")


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is read. ``heading``: its level, 0 for none."""

    style: str | None
    heading: int = 0
    is_counted: bool = True
    parts: list[str] = field(default_factory=list)
    length: int = 0
    ends_blank: bool = True
    is_hidden: bool = False
    is_bold: bool = True
    boxes: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class ListPlace:
    """A list that is open: its style, its numbers (shared by all lists in it), and the item that is open in it."""

    style: ListStyle
    count: Count
    level: int
    has_paragraph: bool = False
    is_numbered: bool = True
    start: int | None = None


class OpenText:
    """What the elements of an OpenDocument text write into; ``take`` is given the pieces in reading order."""

    def __init__(
        self, made: Manuscript, styles: Styles, progress: Callable[[], None], take: Callable[[Piece], None]
    ) -> None:
        self.made = made
        self.styles = styles
        self.languages = Languages()
        self.lists: list[ListPlace] = []
        self.spans: list[str] = []
        self.deleted = 0
        self.hidden = 0
        self.readings = 0
        self.placeholders = 0
        self.contents = 0
        """How many of what leaves words out are open around this place, by what it is."""
        self._progress = progress
        self._story = Story(take)
        self._passages = Passages(made)
        self._paragraphs: list[Paragraph] = []
        self._outline = Count()
        self._outside: list[tuple[list[Paragraph], list[ListPlace], list[str]]] = []
        self._merged: list[bool] = []
        self._page_boxes: list[Piece] = []
        self._carried: tuple[int, list[str]] = 0, []
        self._read = 0

    @property
    def paragraph(self) -> Paragraph | None:
        """Return the paragraph that is open."""
        return self._paragraphs[-1] if self._paragraphs else None

    def close(self) -> None:
        """End the text; what is fixed to a page and not to a paragraph comes last."""
        self._passages.end()
        if self._carried[1]:
            self._story.put(Piece("".join(self._carried[1])))
        self._story.hand_on(self._page_boxes)

    def forget(self) -> None:
        """Forget what is held apart: its part cannot be read further."""
        while self._outside:
            self.release()
        self._paragraphs.clear()

    # -- characters

    def characters(self, words: str) -> None:
        """Write characters of the document: a run of blanks counts as one, and as none at a paragraph's beginning."""
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        words = _BLANKS.sub(" ", words)
        if paragraph.ends_blank:
            words = words.removeprefix(" ")
        if words:
            paragraph.ends_blank = words.endswith(" ")
            self.write(words)

    def sign(self, words: str) -> None:
        """Write what an element stands for: a tab, a line end, further blanks."""
        if self._paragraphs:
            self._paragraphs[-1].ends_blank = False
            self.write(words)

    def write(self, words: str) -> None:
        """Write words where the text stands, or leave them out."""
        paragraph = self._paragraphs[-1]
        kind = self._kind_left_out(paragraph)
        if kind:
            self._passages.take(kind, words)
            return
        if words.strip():
            self._passages.end()
        span = self.styles.get("text", self.spans[-1]) if self.spans else None
        if _PRIVATE.search(words):
            font = (span.font if span else "") or self.styles.get("paragraph", paragraph.style).font
            words = self._of_symbol_font(words, font)
        if span is not None and span.is_struck:
            self.made.note(tr("Some of its words are struck through; they are in the text."))
        if words.strip():
            weight = span if span is not None and span.says_bold else self.styles.get("paragraph", paragraph.style)
            paragraph.is_bold = paragraph.is_bold and weight.is_bold
        paragraph.parts.append(words)
        paragraph.length += len(words)
        check_length(paragraph.length)
        self._count_language(words, paragraph)

    def _kind_left_out(self, paragraph: Paragraph) -> str:
        if self.deleted:
            return "deleted"
        if self.readings:
            return "reading"
        if self.hidden or paragraph.is_hidden:
            return "hidden"
        if self.placeholders:
            return "form"
        look = self.styles.get("paragraph", paragraph.style).look
        return "navigation" if self.contents or (look is not None and look.kind == CONTENTS) else ""

    def _of_symbol_font(self, words: str, font: str) -> str:
        def known(match: re.Match[str]) -> str:
            found = character(font, ord(match[0]))
            self.made.change(SYMBOLS, int(found != LOST))
            return match[0] if found == LOST else found

        return _PRIVATE.sub(known, words)

    def _count_language(self, words: str, paragraph: Paragraph) -> None:
        first = next((c for c in words if c.isalpha()), "")
        if not first:
            return
        at = 2 if "\u0590" <= first <= "\u0fff" else 1 if "\u2e80" <= first <= "\ud7ff" or first > "\U00020000" else 0
        of_span = self.styles.get("text", self.spans[-1]).languages[at] if self.spans else None
        of_paragraph = self.styles.get("paragraph", paragraph.style).languages[at]
        self.languages.add(of_span or of_paragraph or self.styles.default_languages[at], words)

    # -- paragraphs

    def begin_paragraph(self, style: str | None, heading: int = 0, *, is_counted: bool = True) -> None:
        """Begin a paragraph; ``is_counted``: a heading that has its number."""
        paragraph = Paragraph(style, heading, is_counted)
        paragraph.is_hidden = self.styles.get("paragraph", style).is_hidden
        depth, parts = self._carried
        if parts and depth == len(self._outside):
            paragraph.parts, paragraph.length = parts, sum(map(len, parts))
            self._carried = 0, []
        self._paragraphs.append(paragraph)

    def end_paragraph(self) -> None:
        """End the innermost paragraph."""
        paragraph = self._paragraphs.pop()
        self._passages.end_paragraph()
        self._read += 1
        if self._read % PAGE_PARAGRAPHS == 0:
            self._progress()
        if self.deleted:  # its end is deleted with what stands before it: the next paragraph goes on with it
            self._carried = len(self._outside), paragraph.parts
            self._story.hand_on(paragraph.boxes)
            return
        text = "".join(paragraph.parts)
        if text.strip():
            self._story.put(self._piece(text.removesuffix(" ") if paragraph.ends_blank else text, paragraph))
        self._story.hand_on(paragraph.boxes)

    def hide_paragraph(self) -> None:
        """Hide the whole paragraph that is open."""
        if self._paragraphs:
            paragraph = self._paragraphs[-1]
            paragraph.is_hidden = True
            self._passages.take("hidden", "".join(paragraph.parts))
            paragraph.parts.clear()

    def _piece(self, text: str, paragraph: Paragraph) -> Piece:
        styled = self.styles.get("paragraph", paragraph.style)
        look = styled.look
        place = self.lists[-1] if self.lists else None
        begins_item = place is not None and place.is_numbered and not place.has_paragraph
        number = self._number(paragraph, place)
        if number:
            text = f"{number} {text.lstrip()}"
        zone = look.zone if look is not None else "body"
        if paragraph.heading:
            return Piece(text, "heading", look.level if look and zone == "headline" else paragraph.heading, zone)
        if look is not None and look.kind != "paragraph":
            return Piece(text, look.kind, look.level, zone)
        if place is not None and begins_item:
            return Piece(text, "list", place.level, zone)
        return Piece(text, zone=zone, is_bold=paragraph.is_bold)

    def _number(self, paragraph: Paragraph, place: ListPlace | None) -> str:
        if place is not None:
            if place.has_paragraph or not place.is_numbered:
                return ""
            place.has_paragraph = True
            style = place.style
            if not style.levels:  # the list names none: the paragraph's own style may
                style = self.styles.lists.get(self.styles.get("paragraph", paragraph.style).list_style, style)
            return place.count.next(style, place.level, place.start)
        if paragraph.heading and paragraph.is_counted:
            return self._outline.next(self.styles.outline, paragraph.heading)
        return ""

    # -- what is held apart: notes, comments, deletions, boxes, cells

    def hold(self) -> None:
        """Begin something that stands apart from the paragraph and the list around it."""
        self._outside.append((self._paragraphs, self.lists, self.spans))
        self._paragraphs, self.lists, self.spans = [], [], []
        self._story.hold()

    def release(self) -> list[Piece]:
        """End it; return its pieces."""
        self._paragraphs, self.lists, self.spans = self._outside.pop()
        return self._story.release()

    def end_box(self) -> None:
        """End a text box: its text comes behind the paragraph it is fixed to."""
        pieces = self.release()
        for piece in pieces:
            piece.zone = "box" if piece.zone == "body" else piece.zone
        if self._paragraphs:
            self._paragraphs[-1].boxes.extend(pieces)
        elif self._outside:
            self._story.hand_on(pieces)
        else:
            self._page_boxes.extend(pieces)

    def begin_row(self) -> None:
        """Begin a row of a table."""
        self._story.begin_row()
        self._merged.append(False)

    def end_cell(self, *, is_merged: bool, span: int = 1) -> None:
        """End a cell that ``hold`` began."""
        self._paragraphs, self.lists, self.spans = self._outside.pop()
        self._story.end_cell(span)
        if is_merged and self._merged:
            self._merged[-1] = True

    def end_row(self) -> None:
        """End the innermost row."""
        self._story.end_row(is_merged=self._merged.pop())
