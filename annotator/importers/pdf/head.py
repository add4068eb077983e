"""The head of an article in a PDF: masthead, headline, standfirst and byline, by their size and place."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.importers import blocks as shapes
from annotator.importers.dates import iso_date
from annotator.importers.manuscript import Manuscript
from annotator.importers.pdf.facts import Fact
from annotator.importers.pdf.text import Paragraph
from annotator.language import tr

_HEADLINE = 1.2
"""Least size of a headline, beside the body's letters."""

_BEFORE = 1_500
"""Most characters above a headline."""

_HEAD = 12
"""How many paragraphs may belong to the head."""

_STANDFIRST_WORDS = 70
_MASTHEAD_WORDS = 6
_ABOVE_WORDS = 12
"""Most words of a line over a headline that is none of the text."""


def head(found: Sequence[Paragraph], said: Sequence[Fact], made: Manuscript, body: float) -> None:
    """Give the paragraphs of an article's head their zones, and keep the facts in it and those the file says."""
    text = [p for p in found[: 2 * _HEAD] if not p.block.running and p.zone == "body"]
    first = [p for p in text if p.page == text[0].page]
    headings = [p for n, p in enumerate(first) if p.kind == "heading" and sum(len(q.text) for q in first[:n]) < _BEFORE]
    title = next((fact.value for fact in said if fact.name == "title"), "")
    headline = _said(first, title) or _largest(headings, body)
    if headline is not None and headline is first[0]:
        below = _largest([p for p in headings if p is not headline], body)
        if below is not None and _is_masthead(headline, below):
            _masthead(first, headline, below, made)
            headline = below
    if headline is not None:
        headline.kind, headline.level, headline.zone = "heading", 1, "headline"
        made.fact("title", headline.text, tr("the headline"))
        _above(first[: first.index(headline)])
        _standfirst(first[first.index(headline) + 1 :], body)
    _byline(first, made)
    for fact in said:
        made.fact(fact.name, fact.value, fact.where)


def _said(first: Sequence[Paragraph], title: str) -> Paragraph | None:
    """Return the line of the page that is the title the file gives itself."""
    wanted = " ".join(title.casefold().split())
    return next((p for p in first if wanted and " ".join(p.text.casefold().split()) == wanted), None)


def _largest(headings: Sequence[Paragraph], body: float) -> Paragraph | None:
    largest = max(headings, key=lambda p: p.size, default=None)
    if largest is None or largest.size < _HEADLINE * body:
        return None
    alike = [p for p in headings if abs(p.size - largest.size) < 0.5]
    return largest if len(alike) == 1 or largest is headings[0] else None


def _is_masthead(first: Paragraph, below: Paragraph) -> bool:
    words = first.text.split()
    named = first.text.isupper() or words[0] == "The"
    return named and len(words) <= _MASTHEAD_WORDS and len(below.text.split()) > 2 and first.size > 1.1 * below.size


def _masthead(first: Sequence[Paragraph], name: Paragraph, headline: Paragraph, made: Manuscript) -> None:
    name.kind, name.level, name.zone = "paragraph", 0, "masthead"
    made.fact("publication", name.text, tr("the masthead"))
    for p in first[1 : first.index(headline)]:
        if p.kind == "paragraph" and len(p.lines) == 1:
            p.zone = "masthead"
            made.fact("date", iso_date(p.text), tr("a line with a date"))


def _above(lines: Sequence[Paragraph]) -> None:
    """Make short lines over a headline the masthead: a paper's name, a section."""
    if any(len(p.lines) > 1 or len(p.text.split()) > _ABOVE_WORDS or p.kind == "table_row" for p in lines):
        return
    for p in lines:
        if p.zone == "body" and shapes.byline(p.text) is None:
            p.kind, p.level, p.zone = "paragraph", 0, "masthead"


def _standfirst(after: Sequence[Paragraph], body: float) -> None:
    """Make what stands larger, or slanted, between headline and text the standfirst."""
    for p in after[:1]:
        other = p.size > 1.04 * body or all(line.italic or line.bold > 0.9 for line in p.lines)
        short = len(p.text.split()) <= _STANDFIRST_WORDS and shapes.byline(p.text) is None
        if other and short and p.kind in ("heading", "paragraph") and len(after) > 1 and len(p.text.split()) > 4:
            p.kind, p.level, p.zone = "paragraph", 0, "standfirst"


def _byline(first: Sequence[Paragraph], made: Manuscript) -> None:
    for p in first[:_HEAD]:
        who = shapes.byline(p.text) if p.kind in ("paragraph", "heading") and p.zone in ("body", "standfirst") else None
        if who:
            made.fact("byline", who, tr("the line “by …”"))
            p.kind, p.level, p.zone = "paragraph", 0, "byline"
            return
