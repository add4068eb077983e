"""What a report holds, whatever file it becomes: the first page, then each article with its sections."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from annotator import __version__, vocabulary
from annotator import text as texts
from annotator.exporters import method, sections, wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Column,
    Comment,
    Inline,
    Link,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.material import Material
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.sections import cell, plain
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Article, Claim

_LANGUAGE = "en-GB"
_MOST_OPEN = 14
_ENGLISH = re.compile(r"en-[A-Z]{2}")
_METHOD = "method"
_NOT_STATED = tr("Not stated in the article")


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
    language = _language(articles)
    many = len(articles) != 1
    chapters: list[Chapter] = []
    comments: list[Comment] = []
    for n, annotated in enumerate(articles, 1):
        chapter = Chapter(
            annotated,
            options,
            coder=coder,
            language=language,
            prefix=f"a{n}_" if many else "",
            first_comment=len(comments),
            depth=int(many),
        )
        chapters.append(chapter)
        comments += chapter.comments()
    when = wording.day(today)
    parts = _several(chapters, coder, when) if many else _one(chapters[0], coder, when)
    if options.method:
        parts += _method(articles)
    return Report(
        kind=tr("Annotated articles") if many else KINDS[options.kind],
        title=vocabulary.count(len(articles), "article") if many else articles[0].article.title,
        author=coder,
        made=today,
        language=language,
        footer=tr("Annotated by {coder}, {when}", coder=coder, when=when),
        parts=tuple(parts),
        comments=tuple(comments),
    )


def _language(articles: Sequence[AnnotatedArticle]) -> str:
    """Return the language of the report's own words: English, of the articles' country where they agree on one."""
    found = {a.article.language or "" for a in articles}
    only = next(iter(found)) if len(found) == 1 else ""
    return only if _ENGLISH.fullmatch(only) else _LANGUAGE


# -- the first page


def _one(chapter: Chapter, coder: str, when: str) -> list[Part]:
    body = _chapter(chapter)  # first: the opening links only to anchors that are there
    return [*_opening(chapter, KINDS[chapter.options.kind], coder, when), *_how_to_read(chapter), *body]


def _several(chapters: list[Chapter], coder: str, when: str) -> list[Part]:
    claims = sum(len(c.annotated.claims) for c in chapters)
    bodies = [_chapter(c) for c in chapters]
    out: list[Part] = [
        Paragraph("Overline", (Text(tr("Annotated articles")),)),
        Paragraph("Title", (Text(vocabulary.count(len(chapters), "article")),)),
        Paragraph(
            "Facts",
            (
                Text(
                    tr(
                        "Annotated by {coder}, {when}. {claims} in all.",
                        coder=coder,
                        when=when,
                        claims=vocabulary.count(claims, "claim"),
                    )
                ),
            ),
        ),
        Paragraph("Heading2", (Text(tr("Articles")),)),
        _article_list(chapters),
        *_how_to_read(chapters[0]),
    ]
    for n, (chapter, body) in enumerate(zip(chapters, bodies, strict=True), 1):
        out += _opening(chapter, tr("Article {n} of {all}", n=n, all=len(chapters)), coder, when)
        out += body
    return out


def _article_list(chapters: list[Chapter]) -> Table:
    columns = (
        Column(tr("No."), 1.0),
        Column(tr("Article"), 6.5),
        Column(tr("Published"), 5.1),
        Column(tr("Claims"), 1.5, align_end=True),
        Column(tr("No source"), 1.9, align_end=True),
    )
    rows = []
    for n, chapter in enumerate(chapters, 1):
        article, claims = chapter.annotated.article, chapter.annotated.claims
        nobody = sum(not _is_sourced(chapter, c) for c in claims)
        title = Link(f"{chapter.prefix}top", Text(_on_one_line(article.title), ("Strong",)))
        published = ", ".join(w for w in (article.publication, wording.written_date(article.date or "")) if w)
        rows.append(
            (
                cell(plain(Text(str(n), ("Quiet",)))),
                cell(plain(title)),
                cell(plain(*chapter.foreign(published or "–"))),
                cell(plain(Text(f"{len(claims):,}"))),
                cell(plain(Text(f"{nobody:,}"))),
            )
        )
    described = tr("Every article with its claims and how many of them have no source")
    return Table(columns, tuple(rows), tr("Articles"), described, look="tight")


def _opening(chapter: Chapter, overline: str, coder: str, when: str) -> list[Part]:
    """Return the head of a report or chapter: title, facts, the sentence that sums up, and what is open."""
    many = chapter.depth > 0
    title = chapter.foreign(_on_one_line(chapter.annotated.article.title))
    out: list[Part] = [
        Paragraph("Overline", (Text(overline),), new_page=many),
        Paragraph("Title", chapter.anchored("top", *title), level=0 if many else None),
        _facts(chapter, coder, when),
        Paragraph("Lead", (Text(_summary(chapter)),)),
        _contents(chapter),
    ]
    return out + _open_first(chapter) if chapter.options.unresolved_first else out


def _facts(chapter: Chapter, coder: str, when: str) -> Table:
    annotated, article = chapter.annotated, chapter.annotated.article
    unspaced = texts.has_unspaced_script(annotated.text)
    words = vocabulary.word_count(texts.count_words(annotated.text), unspaced=unspaced)
    length = tr("{words} in {paragraphs}", words=words, paragraphs=vocabulary.count(chapter.paragraphs, "paragraph"))
    digest = annotated.version.sha256
    facts: list[tuple[str, tuple[Inline, ...]]] = [
        (tr("Publication"), _fact(chapter, article, "publication")),
        (tr("Date"), _fact(chapter, article, "date")),
        (tr("Byline"), _fact(chapter, article, "byline")),
        (tr("Address"), _fact(chapter, article, "url")),
        (tr("Language"), _fact(chapter, article, "language")),
        (tr("Length"), (Text(length),)),
        (tr("Annotated"), chapter.foreign(f"{coder}, {when}")),
        (tr("Text"), (Text(tr("SHA-256 {digest} …, version {n}", digest=digest[:16], n=annotated.version.no)),)),
    ]
    if article.licence_note:
        facts.insert(5, (tr("Licence"), chapter.foreign(_on_one_line(article.licence_note))))
    rows = tuple(
        (cell(Paragraph("Facts", (Text(name, ("Quiet",)),))), cell(Paragraph("Facts", told))) for name, told in facts
    )
    return Table((Column("", 2.4), Column("", 13.6)), rows, tr("Facts about the article"), look="facts")


def _fact(chapter: Chapter, article: Article, name: str) -> tuple[Inline, ...]:
    """Return a fact: its words, that the article does not state it, or that nobody has filled it in."""
    if name in article.not_stated:
        return (Text(_NOT_STATED),)
    value: str | None = getattr(article, name)
    if not value or not value.strip():
        return (Text(tr("Not filled in"), ("Quiet",)),)
    if name == "url":
        return (WebLink(value.strip(), Text(_on_one_line(value))),)
    words = {"date": wording.written_date, "language": wording.language}.get(name, _on_one_line)(value)
    return chapter.foreign(words)


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


# -- what is open


def _is_sourced(chapter: Chapter, claim: Claim) -> bool:
    return any(not wording.is_unstated(s) for s in chapter.annotated.sources_of(claim.id))


def _is_to_check(chapter: Chapter, claim: Claim) -> bool:
    event = chapter.annotated.verification(claim.id)
    is_open = event is None or event.status in ("not_checked", "in_progress")
    return claim.check_worthy == "yes" and is_open and not wording.takes_no_verdict(claim)


def _summary(chapter: Chapter) -> str:
    """Return the one sentence (two where checking has begun) that sums an article up."""
    annotated, claims = chapter.annotated, chapter.annotated.claims
    if not claims:
        return tr("No claim has been marked yet.")
    said = sum(_is_sourced(chapter, c) for c in claims)
    voice = sum(annotated.is_author_voice(c.id) for c in claims)
    unlooked = sum(c.id not in annotated.attributions_of for c in claims)
    unstated = len(claims) - said - voice - unlooked
    others = [
        words
        for n, words in (
            (unlooked, tr("{n:,} nobody has looked at yet", n=unlooked)),
            (unstated, tr("for {n:,} the text names nobody", n=unstated)),
            (voice, trn("{n} is in the author’s voice", "{n} are in the author’s voice", voice)),
        )
        if n
    ]
    first = trn(
        "{said} of {n} claim says who is speaking",
        "{said} of {n} claims say who is speaking",
        len(claims),
        said=f"{said:,}",
    )
    first += f"; {vocabulary.listed(others)}." if others else "."
    worth = [c for c in claims if c.check_worthy == "yes"]
    if not worth:
        return first
    left = sum(_is_to_check(chapter, c) for c in worth)
    told = tr("Of {claims} worth checking, none is still open.", claims=vocabulary.count(len(worth), "claim"))
    if left:
        told = trn(
            "Of {claims} worth checking, {n} is still open.",
            "Of {claims} worth checking, {n} are still open.",
            left,
            claims=vocabulary.count(len(worth), "claim"),
        )
    return f"{first} {told}"


def _open_first(chapter: Chapter) -> list[Part]:
    """Return the claims that need somebody: nobody behind them first, then those worth checking."""
    ranked = sorted(
        (rank, n, claim)
        for n, claim in enumerate(chapter.annotated.claims)
        if (rank := _rank(chapter, claim)) is not None
    )
    found = [claim for _, _, claim in ranked]
    if not found:
        return []
    checked = sections.is_checked_at_all(chapter.annotated)
    columns = [Column(tr("No."), 1.0), Column(tr("Claim, in short"), 7.3), Column(tr("Who says so"), 3.9)]
    columns += [Column(tr("Status"), 2.1)] if checked else []
    columns.append(Column(tr("Place"), 1.7 if checked else 3.8, align_end=True))
    rows = []
    for claim in found[:_MOST_OPEN]:
        short = wording.in_short(claim, chapter.annotated.text)
        row = [
            cell(plain(chapter.claim_link(claim))),
            cell(plain(*chapter.quoted(short))),
            cell(plain(*chapter.who(claim))),
        ]
        if checked:
            row.append(cell(plain(Text(sections.status(chapter, claim)))))
        rows.append((*row, cell(plain(*chapter.place_link(claim.start)))))
    described = tr("The claims that nobody stands behind, then those still to be checked")
    out: list[Part] = [
        Paragraph("Heading2", (Text(tr("Open first")),)),
        Table(tuple(columns), tuple(rows), tr("Open first"), described, look="tight"),
    ]
    if len(found) > _MOST_OPEN:
        rest = tr("{n:,} more stand among the claims.", n=len(found) - _MOST_OPEN)
        out.append(Paragraph("Small", (Text(rest),)))
    return out


def _rank(chapter: Chapter, claim: Claim) -> int | None:
    """Return how early a claim is to be looked at; None where it is settled."""
    if claim.id not in chapter.annotated.attributions_of:
        return 0
    if chapter.annotated.sources_of(claim.id) and not _is_sourced(chapter, claim):
        return 1
    if not _is_to_check(chapter, claim):
        return None
    return 3 if _is_sourced(chapter, claim) else 2


# -- how to read it


def _how_to_read(chapter: Chapter) -> list[Part]:
    """Return the legend: each sample is made with the marks' own styles."""
    if not chapter.options.legend:
        return []

    def sample(words: str, *inlines: Inline) -> tuple[Paragraph, ...]:
        return Paragraph("TableQuote", inlines), Paragraph("TableNote", (Text(words),))

    def label(words: str, look: str = "Claim Mark", claims: int = 0) -> Text:
        return Text(words, (look,), claims)

    leads = tr("Its number leads to the note.") if chapter.options.notes else tr("It has a number.")
    first = (
        sample(f"{tr('Shaded: a claim.')} {leads}", label("C1\u00a0"), Text(tr("a claim, from here"), claims=1)),
        sample(
            tr("Darker where claims overlap; C4] closes the first."),
            Text(tr("two claims"), claims=2),
            label("C4]", claims=1),
            Text(tr(" one left"), claims=1),
        ),
        sample(
            tr("One claim in two parts."),
            Text(tr("first part"), claims=1),
            Text(tr(" she said ")),
            label("C7…\u00a0"),
            Text(tr("second"), claims=1),
        ),
    )
    second = (
        sample(
            tr("Double underline: a source, with its number."),
            Text(tr("who speaks"), ("Source",)),
            label("\u00a0S1", "Source Mark"),
        ),
        sample(tr("Outline: a person, place, body or work."), Text(tr("a name"), ("Entity",))),
        sample(tr("Dashed: the word that hands a claim over."), Text(tr("says, denies"), ("Cue",))),
    )
    columns = (Column("", 5.4), Column("", 5.3), Column("", 5.3))
    table = Table(columns, (first, second), tr("Legend: how the marks look"), look="legend")
    return [Paragraph("Heading2", (Text(tr("How to read the marks")),)), table]


_SECTIONS = {
    "article": tr("Article"),
    "notes": tr("Notes"),
    "claims": tr("Claims"),
    "sources": tr("Sources"),
    "entities": tr("Entities"),
    "evidence": tr("Evidence"),
    "method": tr("Method"),
}


def _contents(chapter: Chapter) -> Paragraph:
    """Return the line that leads to the sections."""
    inlines: list[Inline] = [Text(tr("In this file: ") if not chapter.depth else tr("In this chapter: "), ("Quiet",))]
    for section, name in _SECTIONS.items():
        anchor = chapter.prefix + section
        if section == "method" and not chapter.depth and chapter.options.method:
            anchor = _METHOD
        if anchor in chapter.anchors or anchor == _METHOD:
            inlines += [Link(anchor, Text(name, ("Strong",))), Text("   ")]
    return Paragraph("Small", tuple(inlines))


# -- an article with its sections


def _chapter(chapter: Chapter) -> list[Part]:
    """Return the article and the sections after it."""
    options = chapter.options
    chapter.place_anchors()
    article = chapter.annotated.article
    facts = (article.publication, wording.written_date(article.date or ""))
    over = " · ".join(w for w in facts if w and not _says_itself(chapter, w))
    top = chapter.anchored("article", *chapter.foreign(_on_one_line(over) or tr("The article")))
    out: list[Part] = [Paragraph("Overline", top, new_page=True, indented=True), *chapter.article()]
    if options.notes:
        out += sections.notes(chapter)
    if options.tables:
        for section in (sections.claims, sections.sources, sections.entities, sections.evidence):
            out += section(chapter)
    return out


def _says_itself(chapter: Chapter, fact: str) -> bool:
    """Say whether the article has a masthead, or gives a fact where it says who wrote it."""
    annotated = chapter.annotated
    if any(b.zone == "masthead" for b in annotated.blocks):
        return True
    told = (annotated.text[b.start : b.end] for b in annotated.blocks if b.zone == "byline")
    return any(fact.casefold() in words.casefold() for words in told)


def _method(articles: Sequence[AnnotatedArticle]) -> list[Part]:
    """Return how the marks were made, once for the whole report."""
    out: list[Part] = [Paragraph("Heading1", (AnchorStart(_METHOD), Text(tr("Method")), AnchorEnd(_METHOD)), level=0)]
    for passage in method.passages(articles, __version__):
        words = (Text(f"{passage.head}. ", ("Strong",)), Text(passage.words))
        out.append(Paragraph("Small" if passage.small else "Prose", words))
    return out
