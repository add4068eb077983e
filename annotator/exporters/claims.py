"""The researcher's appendix: the vocabularies used, counts, every claim with its context and coding, claims repeated."""

from __future__ import annotations

import datetime
from dataclasses import replace

from annotator import __version__, vocabulary
from annotator.exporters import claim_counts, data_rows, frame, method, sections, wording
from annotator.exporters.chapter import Chapter
from annotator.exporters.coded import Coded
from annotator.exporters.document import Column, Entry, Paragraph, Part, Report, Table, Text
from annotator.exporters.material import Material, Repeated
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.sections import cell, plain, small
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle, Claim, Id

_COUNTS, _VOCABULARIES, _CLAIMS, _SHARED = "counts", "vocabularies", "claims", "shared"
_QUOTE = 220


def build(
    material: Material,
    options: ReportOptions,
    *,
    coder: str,
    today: datetime.date,
    renderer: Renderer | None = None,
) -> Report:
    """Return the appendix on one article, or on several with their claims numbered "A2-C7"."""
    chapters = _chapters(material, options, coder)
    when = wording.day(today)
    body: list[Part] = [frame.heading(_COUNTS, tr("Counts"), level=0), *claim_counts.tables(material, chapters)]
    if options.vocabularies:
        body.append(frame.heading(_VOCABULARIES, tr("Vocabularies used"), level=0))
        body += claim_counts.vocabularies(material)
    body.append(frame.heading(_CLAIMS, tr("Claims"), level=0))
    body += [Paragraph("SectionNote", (Text(_how(options, many=len(chapters) > 1)),))]
    entries = {e: n for n, e in enumerate((r.entry.id for r in material.repeated), 1)} if options.ledger else {}
    coded = [Coded(c, material.sentences[c.annotated.article.id] if options.context else (), entries) for c in chapters]
    for each in coded:
        body += _claims_of(each)
    if entries:
        body += _shared(material, chapters)
    if options.method:
        passages = method.coded(material.articles, __version__, defined=options.vocabularies)
        body += frame.method_note(passages)
    contents = frame.contents(_entries(chapters, options, shared=bool(entries)))
    return frame.report(
        [*_head(material, chapters, coder, when), *contents, *body],
        material,
        kind=KINDS["claims"],
        coder=coder,
        today=today,
        footer=tr(
            "Coded by {coder}, {when}", coder=wording.closed(frame.marked_by(material.articles, coder)), when=when
        ),
        data=data_rows.claims(coded),
    )


def _chapters(material: Material, options: ReportOptions, coder: str) -> list[Chapter]:
    chosen = replace(options, comments=False, notes=False, tables=True)
    chapters = frame.chapters(material, chosen, coder, home="claim", series=True, deep=True)
    for chapter in chapters:
        chapter.anchors.update(f"{chapter.prefix}claim_C{n}" for n in range(1, len(chapter.annotated.claims) + 1))
        chapter.anchors.update(f"{chapter.prefix}src_S{n}" for n in chapter.source_numbers.values())
        chapter.anchors.update(f"{chapter.prefix}ev_E{n}" for n in chapter.evidence_numbers.values())
    return chapters


def _head(material: Material, chapters: list[Chapter], coder: str, when: str) -> list[Part]:
    claims = sum(len(c.annotated.claims) for c in chapters)
    articles = vocabulary.count(len(chapters), "article")
    audit = material.audit if chapters else None
    told = trn("{n} claim in {articles}", "{n} claims in {articles}", claims, articles=articles)
    if audit is not None and claims:
        checked = sum(n for (_, status), n in audit.types.items() if status == "checked")
        told = tr(
            "{claims}: {said} attributed, {checked} checked.",
            claims=told,
            said=f"{audit.attributed:,}",
            checked=f"{checked:,}",
        )
    else:
        told += "."
    if len(chapters) == 1:
        title = chapters[0].anchored("top", *frame.short_title(chapters[0]))
        line = frame.facts_line(chapters[0], coder, when)
    else:
        title = (Text(articles),)
        marked = tr(
            "marked by {coder}, {when}", coder=wording.closed(frame.marked_by(material.articles, coder)), when=when
        )
        line = Paragraph("Facts", (Text(f"{material.project}  ·  {marked}" if material.project else marked),))
    return [*frame.head(KINDS["claims"], title), line, Paragraph("Lead", (Text(told),))]


def _entries(chapters: list[Chapter], options: ReportOptions, *, shared: bool) -> list[Entry]:
    out = [frame.entry((Text(tr("Counts")),), _COUNTS)]
    if options.vocabularies:
        out.append(frame.entry((Text(tr("Vocabularies used")),), _VOCABULARIES))
    out.append(frame.entry((Text(tr("Claims")),), _CLAIMS))
    if len(chapters) > 1:
        out += [frame.title_entry(chapter, n, 1) for n, chapter in enumerate(chapters, 1)]
    if shared:
        out.append(frame.entry((Text(tr("Claims that recur")),), _SHARED))
    return [*out, frame.entry((Text(tr("Method")),), frame.METHOD)] if options.method else out


def _how(options: ReportOptions, *, many: bool) -> str:
    told = tr("In the order of the text.")
    if many:
        told = tr("A2-C7 is the seventh claim of the second article; the numbers stay while the marks do.")
    if options.context:
        told += " " + tr("Each claim is shaded in the sentence it stands in.")
    return told


def _claims_of(coded: Coded) -> list[Part]:
    chapter, annotated = coded.chapter, coded.chapter.annotated
    out: list[Part] = []
    if chapter.series:
        title = (Text(f"{chapter.series[:-1]}\u2002", ("Claim Number",)), *frame.short_title(chapter))
        out.append(Paragraph("Heading2", chapter.anchored("top", *title), level=1))
        article = annotated.article
        facts = wording.apart((article.publication, wording.written_date(article.date or "")))
        out += [Paragraph("SectionNote", chapter.foreign(facts))] if facts else []
    for claim in annotated.claims:
        out += coded.claim(claim)
    if not annotated.claims:
        out.append(Paragraph("Note", (Text(tr("No claim has been marked yet.")),)))
    for section in (sections.sources, sections.evidence):
        out += _below(section(chapter))
    return out


def _below(parts: list[Part]) -> list[Part]:
    """Return a section one step further down the outline."""
    return [
        p._replace(style="Heading2", level=2) if isinstance(p, Paragraph) and p.style == "Heading1" else p
        for p in parts
    ]


# -- claims that recur


def _shared(material: Material, chapters: list[Chapter]) -> list[Part]:
    by_article = {c.annotated.article.id: c for c in chapters}
    told = tr(
        "Each entry of the ledger is one statement in neutral words, with every claim of these articles that makes it. The "
        "stance is that of who speaks towards the matter reported."
    )
    out: list[Part] = [
        frame.heading(_SHARED, tr("Claims that recur"), level=0),
        Paragraph("SectionNote", (Text(told),)),
    ]
    for n, repeated in enumerate(material.repeated, 1):
        out += _entry(n, repeated, by_article)
    return out


def _entry(n: int, repeated: Repeated, chapters: dict[Id, Chapter]) -> list[Part]:
    articles = len({a.article.id for a, _ in repeated.claims})
    first = chapters[repeated.claims[0][0].article.id]
    times = trn(
        "{n} claim in {articles}",
        "{n} claims in {articles}",
        len(repeated.claims),
        articles=vocabulary.count(articles, "article"),
    )
    head = frame.heading(f"ledger_L{n}", f"L{n}")
    words = (head.inlines[0], Text(f"L{n}", ("Claim Number",)), head.inlines[2], Text("\t"))
    columns = (
        Column(tr("Claim"), 1.9, names=(tr("Entry"), tr("Claim"), tr("Place"))),
        Column(tr("Its words"), 6.4),
        Column(tr("Who says so"), 3.6),
        Column(tr("Stance"), 1.8),
        Column(tr("Checking"), 2.3),
    )
    rows = tuple(_mention(n, chapters[a.article.id], a, claim) for a, claim in repeated.claims)
    title = wording.shortened(repeated.entry.wording, 200)
    described = tr(
        "L{n}: {words}. Every claim that makes this statement, with who says it, the stance and the state of checking",
        n=n,
        words=title,
    )
    return [
        Paragraph(
            "CodedHead",
            (*words, *first.foreign(title), Text("\t" + times.replace(" ", "\u00a0"), ("Paragraph Number",))),
        ),
        Table(columns, rows, tr("Claims that recur"), described, look="tight"),
    ]


def _mention(n: int, chapter: Chapter, annotated: AnnotatedArticle, claim: Claim) -> tuple[tuple[Paragraph, ...], ...]:
    """Return a row of the ledger; a spreadsheet has all entries in one table, so there each row tells its own."""
    quote = wording.shortened(wording.quote(claim, annotated.text), _QUOTE)
    stances = dict.fromkeys(vocabulary.label(a.stance) for a in annotated.attributions_of.get(claim.id, ()) if a.stance)
    event = annotated.verification(claim.id)
    checked = wording.checking(event, annotated.code_book) or vocabulary.title("not_checked")
    place = chapter.place(claim.start)
    number = f"{chapter.series}C{annotated.claim_numbers[claim.id]}"
    values = f"L{n}", number, place.words if place else None
    return (
        cell(plain(chapter.claim_link(claim))._replace(values=values), small(*((Text(place.words),) if place else ()))),
        cell(Paragraph("TableQuote", chapter.quoted(quote))),
        cell(plain(*chapter.who(claim))),
        cell(plain(Text(", ".join(stances) or "–"))),
        cell(plain(Text(checked))),
    )
