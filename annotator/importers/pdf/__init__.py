"""PDF: text from the places of its letters, in reading order, with what pages add to it left out and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from annotator.errors import ReadError
from annotator.importers.manuscript import Manuscript
from annotator.importers.pdf import facts as pdf_facts
from annotator.importers.pdf.columns import blocks
from annotator.importers.pdf.file import PdfFile
from annotator.importers.pdf.fonts import Faces
from annotator.importers.pdf.furniture import PRINTED_FOOT, running
from annotator.importers.pdf.glyphs import sheet
from annotator.importers.pdf.head import head
from annotator.importers.pdf.lines import PageLines, page_lines
from annotator.importers.pdf.notes import notes, set_marks
from annotator.importers.pdf.tables import with_tables
from annotator.importers.pdf.text import body_size, paragraphs, set_beside
from annotator.language import tr, trn
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "application/pdf"

_FEW = 25
"""Letters of a page that is a picture but for a number or a stamp."""


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a PDF as a draft. Raises ReadError where it is locked, damaged, or holds no text."""
    made = Manuscript(options)
    file = PdfFile(data)
    pages = _pages(file, made.changes, progress)
    _check(file, pages)
    _set_apart(pages, made)
    body = body_size(pages)
    found = paragraphs(blocks(pages, body, options.columns, progress), body, made.changes)
    made.can.add("columns")
    at_foot = notes(found, pages, body)
    set_marks(found, at_foot, pages, kept=options.footnotes)
    set_beside(found, pages, body)
    head(found, list(pdf_facts.facts(file)), made, body)
    for paragraph in found:
        made.add(paragraph.text, paragraph.kind, paragraph.level, paragraph.zone)
    for note in at_foot:
        made.add_note(note.mark, note.parts)
    _left_out(file, pages, made)
    return made.draft(data, file_name, MEDIA_TYPE)


def _pages(file: PdfFile, changes: Counter[str], progress: Callable[[], None]) -> list[PageLines]:
    faces, hidden = Faces(), file.hidden_layers
    pages: list[PageLines] = []
    for page in file.pages:
        pages.append(page_lines(sheet(page, faces, hidden), changes))
        progress()
    return pages


def _check(file: PdfFile, pages: Sequence[PageLines]) -> None:
    """Raise ReadError where the pages hold no text that can be read."""
    letters = sum(page.letters for page in pages)
    unknown = sum(page.unknown for page in pages)
    if file.is_form_only and letters < 3_000:
        raise ReadError(
            tr("is a form that only Adobe’s programs can show: print it to a new PDF there, and read that.")
        )
    if letters == 0 and any(page.pictured > 0.3 for page in pages):
        raise ReadError(
            trn(
                "holds a picture of a page and no text: have its letters recognised (OCR), then read it.",
                "holds pictures of {n} pages and no text: have their letters recognised (OCR), then read it.",
                len(pages),
            )
        )
    if letters == 0 and any(page.pictures for page in pages):
        raise ReadError(tr("holds pictures and no text."))
    if letters == 0:
        raise ReadError(tr("has no text: its pages are empty, or drawn in lines without letters."))
    if 2 * unknown > letters:
        raise ReadError(tr("has letters that carry no text, only shapes: have them recognised (OCR), then read it."))


def _set_apart(pages: Sequence[PageLines], made: Manuscript) -> None:
    """Take what pages repeat at their edges out of them, unless it is to be kept."""
    found = running(pages)
    if found:
        made.can.add("page_furniture")
    for page in pages:
        rows = found.get(page.number, [])
        gone = {id(r.row) for r in rows}
        for r in rows:
            foot = PRINTED_FOOT.fullmatch(r.text)
            if foot and foot["url"].startswith("http"):
                made.fact("url", foot["url"], tr("the foot of the page"))
        if made.options.page_furniture:
            page.running = [row for row in page.rows if id(row) in gone]
        else:
            for r in rows:
                made.leave_out(r.kind, text=r.text)
        page.rows = [row for row in page.rows if id(row) not in gone]
        with_tables(page)
        if page.turned:
            made.can.add("page_furniture")


def _left_out(file: PdfFile, pages: Sequence[PageLines], made: Manuscript) -> None:
    """Say what else the file holds."""
    for page in pages:
        for line in page.turned:
            if made.options.page_furniture:
                made.add(line)
            else:
                made.leave_out("turned", text=line)
        for line in page.outside:
            made.leave_out("outside", text=line)
        if page.hidden:
            made.leave_out("hidden", text=page.hidden)
    made.leave_out("picture", sum(len(page.pictures) for page in pages))
    for kind, n, text in pdf_facts.beside(file):
        made.leave_out(kind, n, text=text)
    unknown = sum(page.unknown for page in pages)
    if unknown:
        made.note(
            trn(
                "{n} letter carries no text, only its shape; it is shown as �.",
                "{n} letters carry no text, only their shape; they are shown as �.",
                unknown,
            )
        )
    if file.repaired:
        made.note(tr("The file is damaged: its parts were found by looking for them; some may be missing."))
    elif file.cut_off:
        made.note(tr("The file’s end is missing."))
    letters = sum(page.letters for page in pages)
    scanned = sum(1 for page in pages if page.letters < _FEW and page.pictured > 0.5)
    if scanned and letters:
        made.note(
            trn(
                "{n} page is a picture; what stands on it is not in the article.",
                "{n} pages are pictures; what stands on them is not in the article.",
                scanned,
            )
        )
