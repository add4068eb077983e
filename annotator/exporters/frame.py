"""What all kinds of report share: the head, the facts, the contents, the method note, and the language of their words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from annotator import text as texts
from annotator import vocabulary
from annotator.exporters import marks, method, wording
from annotator.exporters.chapter import Chapter, linked
from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Column,
    Comment,
    Contents,
    Entry,
    Inline,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
    WebLink,
)
from annotator.exporters.material import Material
from annotator.exporters.options import ReportOptions
from annotator.exporters.sections import cell
from annotator.language import tr
from annotator.model import AnnotatedArticle, Article

_LANGUAGE = "en-GB"
_ENGLISH = re.compile(r"en-[A-Z]{2}")
METHOD = "method"
_LONG_TITLE, _ENTRY = 140, 82
"""Longest title, in code points, of a head and of a line of the contents."""
_MANY_SECTIONS = 4


def report(
    parts: Iterable[Part],
    material: Material,
    *,
    kind: str,
    coder: str,
    today: datetime.date,
    footer: str,
    comments: Sequence[Comment] = (),
    data: Iterable[Table] = (),
) -> Report:
    """Return a report of these parts on the articles of the material."""
    articles = material.articles
    return Report(
        kind=kind,
        title=title_of(articles),
        author=coder,
        made=today,
        language=language(articles),
        footer=footer,
        parts=tuple(parts),
        comments=tuple(comments),
        data=tuple(data),
    )


def chapters(
    material: Material,
    options: ReportOptions,
    coder: str,
    *,
    home: str = "text",
    series: bool = False,
    deep: bool = False,
) -> list[Chapter]:
    """Return a chapter for each article, their anchors kept apart where there are several.

    ``home``: where a claim's number leads to; ``series``: it says which article it is of, "A2-C7"; ``deep``: an article
    alone is a chapter, too.
    """
    many = len(material.articles) != 1
    tongue = language(material.articles)
    made: list[Chapter] = []
    comments = 0
    for n, annotated in enumerate(material.articles, 1):
        chapter = Chapter(
            annotated,
            options,
            coder=coder,
            language=tongue,
            prefix=f"a{n}_" if many else "",
            first_comment=comments,
            depth=int(many or deep),
            home=home,
            series=f"A{n}-" if many and series else "",
        )
        made.append(chapter)
        comments += len(annotated.claims) if options.comments and chapter.paragraphs else 0
    linked(made, material.far)
    return made


def title_of(articles: Sequence[AnnotatedArticle]) -> str:
    """Return the article's title, or how many articles there are."""
    return articles[0].article.title if len(articles) == 1 else vocabulary.count(len(articles), "article")


def language(articles: Sequence[AnnotatedArticle]) -> str:
    """Return the language of the report's own words: English, of the articles' country where they agree on one."""
    found = {a.article.language or "" for a in articles}
    only = next(iter(found)) if len(found) == 1 else ""
    return only if _ENGLISH.fullmatch(only) else _LANGUAGE


def on_one_line(words: str) -> str:
    """Return words without line ends and double spaces."""
    return " ".join(words.split())


def marked_by(articles: Sequence[AnnotatedArticle], coder: str) -> str:
    """Return whose marks these are: the names of the layers' coders, else who hands the report over."""
    names = dict.fromkeys(name for a in articles if (name := a.coder_name(a.layer.coder)))
    return vocabulary.listed(list(names)) or coder


# -- heads


def head(
    overline: str, title: Sequence[Inline], *, new_page: bool = False, level: int | None = None
) -> tuple[Paragraph, Paragraph]:
    """Return the kind of report over its title."""
    rtl = marks.is_rtl("".join(i.text for i in title if isinstance(i, Text)))
    return (
        Paragraph("Overline", (Text(overline),), new_page=new_page),
        # A right-to-left title keeps to the left edge, under the words above it, and its own direction.
        Paragraph("Title", tuple(title), level=level, rtl=rtl, align_end=rtl),
    )


def short_title(chapter: Chapter) -> tuple[Inline, ...]:
    """Return an article's title for a head; one of hundreds of letters is cut, and stands whole among the facts."""
    return chapter.foreign(wording.shortened(chapter.annotated.article.title, _LONG_TITLE))


def facts_line(chapter: Chapter, coder: str, when: str) -> Paragraph:
    """Return "The Quay Lantern, 26 February 2026 · 473 words · marked by Ada Reader, 1 March 2026" as one paragraph."""
    annotated, article = chapter.annotated, chapter.annotated.article
    told: list[str] = []
    if len(on_one_line(article.title)) > _LONG_TITLE:
        told.append(on_one_line(article.title))
    published = [_stated(article, "publication"), wording.written_date(_stated(article, "date"))]
    told.append(wording.apart(published))
    unspaced = texts.has_unspaced_script(annotated.text)
    told.append(vocabulary.word_count(texts.count_words(annotated.text), unspaced=unspaced))
    told.append(tr("marked by {coder}, {when}", coder=wording.closed(marked_by([annotated], coder)), when=when))
    return Paragraph("Facts", chapter.foreign("  ·  ".join(wording.closed(w) for w in told if w)))


def _stated(article: Article, name: str) -> str:
    value: str | None = None if name in article.not_stated else getattr(article, name)
    return on_one_line(value or "")


def facts(chapter: Chapter, coder: str, when: str) -> Table:
    """Return what is known about an article as a table."""
    annotated, article = chapter.annotated, chapter.annotated.article
    unspaced = texts.has_unspaced_script(annotated.text)
    words = vocabulary.word_count(texts.count_words(annotated.text), unspaced=unspaced)
    length = tr("{words} in {paragraphs}", words=words, paragraphs=vocabulary.count(chapter.paragraphs, "paragraph"))
    digest = annotated.version.sha256
    told: list[tuple[str, tuple[Inline, ...]]] = [
        (tr("Publication"), _fact(chapter, article, "publication")),
        (tr("Date"), _fact(chapter, article, "date")),
        (tr("Byline"), _fact(chapter, article, "byline")),
        (tr("Address"), _fact(chapter, article, "url")),
        (tr("Language"), _fact(chapter, article, "language")),
        (tr("Length"), (Text(length),)),
        (tr("Annotated"), chapter.foreign(wording.apart((coder, when)))),
        (tr("Text"), (Text(tr("SHA-256 {digest} …, version {n}", digest=digest[:16], n=annotated.version.no)),)),
    ]
    if article.licence_note:
        told.insert(5, (tr("Licence"), chapter.foreign(on_one_line(article.licence_note))))
    if len(on_one_line(article.title)) > _LONG_TITLE:
        told.insert(0, (tr("Title"), chapter.foreign(on_one_line(article.title))))
    rows = tuple(
        (cell(Paragraph("Facts", (Text(name, ("Quiet",)),))), cell(Paragraph("Facts", said))) for name, said in told
    )
    return Table((Column("", 2.4), Column("", 13.6)), rows, tr("Facts about the article"), look="facts")


def _fact(chapter: Chapter, article: Article, name: str) -> tuple[Inline, ...]:
    """Return a fact: its words, that the article does not state it, or that nobody has filled it in."""
    if name in article.not_stated:
        return (Text(tr("Not stated in the article")),)
    value: str | None = getattr(article, name)
    if not value or not value.strip():
        return (Text(tr("Not filled in"), ("Quiet",)),)
    if name == "url":
        return (WebLink(value.strip(), Text(on_one_line(value))),)
    words = {"date": wording.written_date, "language": wording.language}.get(name, on_one_line)(value)
    return chapter.foreign(words)


# -- finding one's way


def contents(entries: Sequence[Entry]) -> list[Part]:
    """Return the contents with page numbers; nothing where they would hold hardly anything."""
    if len(entries) < _MANY_SECTIONS:
        return []
    return [Paragraph("Heading2", (Text(tr("Contents")),)), Contents(tuple(entries))]


def entry(words: Sequence[Inline], anchor: str, level: int = 0) -> Entry:
    """Return a line of the contents; anchors in the words are left out: they stand where the words come from."""
    return Entry(tuple(i for i in words if isinstance(i, Text)), anchor, level)


def title_entry(chapter: Chapter, number: int, level: int = 0) -> Entry:
    """Return the line of the contents that leads to an article: its number and its title on one line."""
    first = Text(f"A{number}\u2002", ("Claim Number",))
    title = chapter.foreign(wording.shortened(chapter.annotated.article.title, _ENTRY))
    return entry((first, *title), f"{chapter.prefix}top", level)


def heading(name: str, words: str, *, level: int | None = None, new_page: bool = False) -> Paragraph:
    """Return a heading of the whole report, which the contents lead to."""
    return Paragraph("Heading1", (AnchorStart(name), Text(words), AnchorEnd(name)), level=level, new_page=new_page)


def method_note(passages: Iterable[method.Passage]) -> list[Part]:
    """Return how everything was made and counted, once for the whole report."""
    out: list[Part] = [heading(METHOD, tr("Method"), level=0)]
    for passage in passages:
        words = (Text(f"{passage.head}. ", ("Strong",)), Text(passage.words))
        out.append(Paragraph("Small" if passage.small else "Prose", words))
    return out
