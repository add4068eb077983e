"""The footnotes of a PDF, told from its text by their type, their place and their marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from annotator.importers.pdf.lines import Line, PageLines, finish
from annotator.importers.pdf.marks import NOTE, RAISED
from annotator.importers.pdf.text import ENDS, SMALL, Paragraph, set_text


@dataclass
class Note:
    """A footnote: its mark, and its paragraphs without it."""

    mark: str
    parts: list[Paragraph]


def notes(made: list[Paragraph], pages: Sequence[PageLines], body: float) -> list[Note]:
    """Take the footnotes out of a document and return them: type at a page's foot that begins with a mark.

    Only what is clearly one: small below a rule, or small or below a rule and its mark raised in the page's text.
    """
    by_page = {page.number: page for page in pages}
    found: list[Note] = []
    gone: set[int] = set()
    for p in made:
        page = by_page[p.page]
        first = p.lines[0]
        small = p.size <= SMALL * body
        if p.size > 1.02 * body or p.kind == "table_row" or _is_over_text(p, page, body):
            continue
        ruled = any(
            first.top - 4 < y < first.top + 3.5 * first.size and a < first.x1 and first.x0 < b for a, b, y in page.rules
        )
        marked = NOTE.match(p.text)
        if marked and ((ruled and small) or ((ruled or small or p.block.note) and _is_raised(p, page))):
            p.text = p.text[marked.end() :]
            found.append(Note(marked["mark"] or marked["set_off"], [p]))
        elif found and small and _goes_on(found[-1].parts[-1], p):
            found[-1].parts.append(p)
        elif found and small and p.block.note and not ENDS.search(found[-1].parts[-1].text):
            _add_rest(found[-1], p)
        else:
            continue
        p.kind, p.level = ("paragraph" if p.kind == "heading" else p.kind), 0
        gone.add(id(p))
    made[:] = [p for p in made if id(p) not in gone]
    return found


def set_marks(made: Sequence[Paragraph], found: Sequence[Note], pages: Sequence[PageLines], *, kept: bool) -> None:
    """Write the marks of notes in brackets where these are kept, and take them out of the text where they are not."""
    by_page = {page.number: page for page in pages if not page.rtl}
    wanted: dict[int, set[str]] = {}
    for note in found:
        wanted.setdefault(note.parts[0].page, set()).add(note.mark)
    for p in made:
        lines = [line for line in p.lines if wanted.get(line.page) and line.page in by_page]
        changed = [line for line in lines if _set_in(line, wanted[line.page], kept=kept)]
        for line in changed if p.kind != "table_row" else ():
            finish(line, rtl=False)
        if changed and p.kind != "table_row":
            set_text(p, Counter())


def _set_in(line: Line, wanted: set[str], *, kept: bool) -> bool:
    """Set the marks in a line, each once: what stands high there again is a number of another kind."""
    changed = False
    for word in line.words:
        pieces = list(word.pieces)
        end = word.raised_at + len(word.raised)
        marks = set(regex.split(r"[,;]", word.raised))
        power = regex.search(r"(?:^|[^\p{L}])[kcdm]?m$", "".join(pieces[: word.raised_at])) is not None
        if word.raised and marks <= wanted and "".join(pieces[word.raised_at : end]) == word.raised and not power:
            shown = [f"[{mark}]" for mark in regex.split(r"[,;]", word.raised)] if kept else []
            word.pieces = (*pieces[: word.raised_at], *shown, *pieces[end:])
            word.raised = ""
            wanted -= marks
            changed = True
    return changed


def _goes_on(before: Paragraph, p: Paragraph) -> bool:
    below = before.page == p.page and before.lines[-1].y > p.lines[0].y
    return below and abs(before.size - p.size) < 0.5


def _add_rest(note: Note, p: Paragraph) -> None:
    """Add what stands in the next column or on the next page to a note that was cut there."""
    last = note.parts[-1]
    last.lines += p.lines
    set_text(last, Counter())
    if len(note.parts) == 1 and (marked := NOTE.match(last.text)):
        last.text = last.text[marked.end() :]


def _is_over_text(paragraph: Paragraph, page: PageLines, body: float) -> bool:
    """Say whether text of the body's size stands below a passage on its page."""
    first = paragraph.lines[0]
    if first.y > 0.85 * page.height:
        return True
    if paragraph.block.note:
        return False  # what lies below are notes, too, of any size
    below = (row for row in page.rows if row.y < paragraph.lines[-1].y - 1 and row.size > SMALL * body)
    return any(row.x0 < first.x1 and first.x0 < row.x1 for row in below)


def _is_raised(paragraph: Paragraph, page: PageLines) -> bool:
    """Say whether the mark a note begins with stands raised in the text of its page."""
    mark = regex.match(r"\d+|[*†‡§¶]+", paragraph.text.lstrip("["))
    if mark is None:
        return False
    for row in page.rows:
        if row.y <= paragraph.lines[0].y:
            continue
        for word in row.words:
            alone = word.size < RAISED * row.size and word.y > row.y + 0.1 * row.size
            raised = "".join(word.pieces) if alone else word.raised
            if raised and mark[0] in regex.split(r"[,;]", raised):
                return True
    return False
