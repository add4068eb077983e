"""The fact-checker's draft: the article with its marks, a comment for each claim, what is open first, then the tables."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from annotator import __version__, vocabulary
from annotator.analysis.to_check import is_to_check
from annotator.exporters import annotated_front as front
from annotator.exporters import cells, checking, frame, method, sections, wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import (
    Column,
    Entry,
    Inline,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
)
from annotator.exporters.material import Material
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.sections import cell, plain
from annotator.language import tr

_LONG = 24_000
"""From so many code points on, an article's report has contents with page numbers."""


def build(
    material: Material,
    options: ReportOptions,
    *,
    coder: str,
    today: datetime.date,
    renderer: Renderer | None = None,
) -> Report:
    """Return the report of one article, or of several with a chapter each."""
    articles = material.articles
    many = len(articles) != 1
    chapters = frame.chapters(material, options, coder)
    comments = [comment for chapter in chapters for comment in chapter.comments()]
    when = wording.day(today)
    parts = _several(chapters, material, coder, when) if many else _one(chapters[0], material, coder, when)
    if options.method:
        parts += frame.method_note(method.passages(articles, __version__))
    return frame.report(
        parts,
        material,
        kind=tr("Annotated articles") if many else KINDS["annotated"],
        coder=coder,
        today=today,
        footer=tr("Annotated by {coder}, {when}", coder=wording.closed(coder), when=when),
        comments=comments,
    )


def _one(chapter: Chapter, material: Material, coder: str, when: str) -> list[Part]:
    body = _chapter(chapter)  # first: the opening links only to anchors that are there
    entries = _entries(chapter)
    long = len(chapter.annotated.text) > _LONG
    opening = front.opening(
        chapter, material, KINDS["annotated"], coder, when, [] if long else [_line(chapter, entries)]
    )
    return [*opening, *(frame.contents(entries) if long else []), *body]


def _several(chapters: list[Chapter], material: Material, coder: str, when: str) -> list[Part]:
    claims = sum(len(c.annotated.claims) for c in chapters)
    bodies = [_chapter(c) for c in chapters]
    count = vocabulary.count(len(chapters), "article")
    told = tr(
        "{claims} in all, marked by {coder}, {when}.", claims=vocabulary.count(claims, "claim"), coder=coder, when=when
    )
    entries = [frame.title_entry(c, n) for n, c in enumerate(chapters, 1)]
    if chapters and chapters[0].options.method:
        entries.append(frame.entry((Text(tr("Method")),), frame.METHOD))
    out: list[Part] = [
        *frame.head(tr("Annotated articles"), (Text(count),)),
        Paragraph("Facts", (Text(f"{material.project}  ·  {told}" if material.project else told),)),
        Paragraph("Caption", (Text(tr("Articles")),)),
        _article_list(chapters),
        *frame.contents(entries),
        *front.legend(chapters[0] if chapters else None),
    ]
    for n, (chapter, body) in enumerate(zip(chapters, bodies, strict=True), 1):
        over = tr("Article {n} of {all}", n=n, all=len(chapters))
        out += front.opening(chapter, material, over, coder, when, [_line(chapter, _entries(chapter))])
        out += body
    return out


def _article_list(chapters: list[Chapter]) -> Table:
    columns = (
        Column(tr("No."), 1.0),
        Column(tr("Article"), 6.0),
        Column(tr("Published"), 4.0),
        Column(tr("Claims"), 1.5, align_end=True),
        Column(tr("Not attributed"), 1.9, align_end=True),
        Column(tr("To check"), 1.6, align_end=True),
    )
    rows = []
    for n, chapter in enumerate(chapters, 1):
        article, claims = chapter.annotated.article, chapter.annotated.claims
        nobody = sum(not chapter.annotated.sources_of(c.id) for c in claims)
        to_check = sum(is_to_check(chapter.annotated, c) for c in claims)
        title = Link(f"{chapter.prefix}top", Text(f"A{n}", ("Claim Number",)))
        published = wording.apart((article.publication, wording.written_date(article.date or "")))
        rows.append(
            (
                cell(plain(title)),
                cell(plain(*chapter.foreign(wording.shortened(article.title, 160), "Strong"))),
                cell(plain(*chapter.foreign(published or "–"))),
                *(cell(cells.number(count)) for count in (len(claims), nobody, to_check)),
            )
        )
    described = tr("Every article with its claims, how many are not attributed, and how many are still to be checked")
    return Table(columns, tuple(rows), tr("Articles"), described, look="tight")


_SECTIONS = {
    "article": tr("Article"),
    "notes": tr("Notes"),
    "claims": tr("Claims"),
    "sources": tr("Sources"),
    "entities": tr("Entities"),
    "evidence": tr("Evidence"),
    "history": tr("Check history"),
}


def _entries(chapter: Chapter) -> list[Entry]:
    """Return the sections of an article's report that are there."""
    found = [
        frame.entry((Text(name),), chapter.prefix + section)
        for section, name in _SECTIONS.items()
        if chapter.prefix + section in chapter.anchors
    ]
    return [*found, frame.entry((Text(tr("Method")),), frame.METHOD)] if chapter.options.method else found


def _line(chapter: Chapter, entries: Sequence[Entry]) -> Paragraph:
    """Return the line that leads to the sections."""
    inlines: list[Inline] = [Text(tr("In this chapter: ") if chapter.depth else tr("In this file: "), ("Quiet",))]
    for entry in entries:
        words = "".join(i.text for i in entry.words if isinstance(i, Text))
        inlines += [Link(entry.anchor, Text(words, ("Strong",))), Text("   ")]
    return Paragraph("Small", tuple(inlines))


# -- an article with its sections


def _chapter(chapter: Chapter) -> list[Part]:
    """Return the article and the sections after it."""
    options = chapter.options
    chapter.place_anchors()
    article = chapter.annotated.article
    facts = (article.publication, wording.written_date(article.date or ""))
    over = wording.apart((w for w in facts if w and not _says_itself(chapter, w)), " · ")
    top = chapter.anchored("article", *chapter.foreign(over or tr("The article")))
    out: list[Part] = [Paragraph("Overline", top, new_page=True, indented=True), *chapter.article()]
    if options.notes:
        out += sections.notes(chapter)
    if options.tables:
        for section in (sections.claims, sections.sources, sections.entities, sections.evidence, checking.history):
            out += section(chapter)
    return out


def _says_itself(chapter: Chapter, fact: str) -> bool:
    """Say whether the article has a masthead, or gives a fact where it says who wrote it."""
    annotated = chapter.annotated
    if any(b.zone == "masthead" for b in annotated.blocks):
        return True
    told = (annotated.text[b.start : b.end] for b in annotated.blocks if b.zone == "byline")
    return any(fact.casefold() in words.casefold() for words in told)
