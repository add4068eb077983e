"""The sourcing audit as a report: a first page to read, then findings with their quotes, then every figure and table."""

from __future__ import annotations

import datetime
from dataclasses import replace

from annotator import __version__, vocabulary
from annotator.analysis.sourcing import Audit
from annotator.exporters import (
    audit_findings,
    audit_front,
    audit_tables,
    cells,
    checking,
    data_rows,
    figures,
    frame,
    method,
    sections,
    wording,
)
from annotator.exporters.audit_findings import Group
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import Column, Entry, Link, Paragraph, Part, Report, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.sections import cell, plain
from annotator.language import tr

_TOGETHER, _COUNTED, _RULES = "together", "counted", "rules"


def build(
    material: Material,
    options: ReportOptions,
    *,
    coder: str,
    today: datetime.date,
    renderer: Renderer | None = None,
) -> Report:
    """Return the audit of one article, or of several side by side with a chapter each."""
    chapters = _chapters(material, options, coder)
    when = wording.day(today)
    made = [_Part(material, c, options) for c in chapters]
    parts = _one(made[0], coder, when) if len(made) == 1 else _several(material, made, options, coder, when)
    if options.method:
        parts += frame.method_note(method.counted(material.articles, __version__))
    return frame.report(
        parts,
        material,
        kind=KINDS["audit"],
        coder=coder,
        today=today,
        footer=tr("Counts, not judgements. {coder}, {when}", coder=wording.closed(coder), when=when),
        data=data_rows.findings([(part.chapter, part.groups) for part in made]),
    )


def _chapters(material: Material, options: ReportOptions, coder: str) -> list[Chapter]:
    # The article is not repeated here: a claim's number leads to its row.
    made = frame.chapters(material, replace(options, comments=False, notes=False), coder, home="row")
    for chapter in made:
        if len(made) > 1:
            rows = range(1, len(chapter.annotated.claims) + 1) if options.tables else ()
            chapter.anchors.update(f"{chapter.prefix}row_C{n}" for n in rows)
        else:
            chapter.place_anchors()
    return made


class _Part:
    """What one article's chapter holds: made before its first page, which leads to it."""

    def __init__(self, material: Material, chapter: Chapter, options: ReportOptions) -> None:
        self.chapter = chapter
        self.paper = options.paper
        self.audit = material.audit_of(chapter.annotated.article.id)
        self.groups: list[Group] = audit_findings.groups(material, chapter) if options.findings else []
        self.body: list[Part] = []
        if options.findings:
            self.body += audit_findings.section(self.chapter, self.groups, material)
        self.body += audit_tables.figures_section(self.chapter, self.audit)
        if options.tables:
            self.body += audit_tables.pictures(self.chapter, self.audit)
        if options.tables and chapter.depth:
            self.body += audit_tables.claims(self.chapter)
        elif options.tables:
            self.body += sections.claims(self.chapter)
            self.body += sections.sources(self.chapter)
            self.body += sections.evidence(self.chapter)

    def front(self, above: list[Part]) -> list[Part]:
        """Return the first page: what stands above, and as many figures and pictures as fit below it."""
        return above + audit_front.page(self.chapter, self.audit, self.groups, self.paper, above)


def _one(made: _Part, coder: str, when: str) -> list[Part]:
    title = made.chapter.anchored("top", *frame.short_title(made.chapter))
    return made.front([*frame.head(KINDS["audit"], title), frame.facts_line(made.chapter, coder, when)]) + made.body


def _several(material: Material, made: list[_Part], options: ReportOptions, coder: str, when: str) -> list[Part]:
    audit = material.audit
    words = vocabulary.word_count(audit.body_words, unspaced=audit.unspaced)
    told = tr("{words}  ·  marked by {coder}, {when}", words=words, coder=wording.closed(coder), when=when)
    out: list[Part] = [
        *frame.head(KINDS["audit"], (Text(vocabulary.count(len(made), "article")),)),
        Paragraph("Facts", (Text(f"{material.project}  ·  {told}" if material.project else told),)),
        Paragraph("Lead", (Text(figures.summary(audit, sum(map(checking.to_nobody_named, material.articles)))),)),
        audit_front.key_figures(audit, None),
        Paragraph("Caption", (Text(tr("Side by side")),)),
        _compared(material, made),
    ]
    out += frame.contents(_entries(made, options))
    out += [
        frame.heading(_TOGETHER, tr("All articles together"), new_page=True, level=0),
        *audit_front.together(audit, tables=options.tables),
    ]
    for n, part in enumerate(made, 1):
        over = tr("Article {n} of {all}", n=n, all=len(made))
        title = part.chapter.anchored("top", *frame.short_title(part.chapter))
        head = frame.head(over, title, new_page=True, level=0)
        out += part.front([*head, frame.facts_line(part.chapter, coder, when)]) + part.body
    out += [
        frame.heading(_COUNTED, tr("How the figures are counted"), level=0),
        audit_tables.counted(unspaced=audit.unspaced),
    ]
    rules = audit_findings.rules(group for part in made for group in part.groups)
    return [*out, frame.heading(_RULES, tr("House rules"), level=0), *rules] if rules else out


def _entries(made: list[_Part], options: ReportOptions) -> list[Entry]:
    out = [frame.entry((Text(tr("All articles together")),), _TOGETHER)]
    out += [frame.title_entry(p.chapter, n) for n, p in enumerate(made, 1)]
    out.append(frame.entry((Text(tr("How the figures are counted")),), _COUNTED))
    if any(p.groups for p in made):
        out.append(frame.entry((Text(tr("House rules")),), _RULES))
    return [*out, frame.entry((Text(tr("Method")),), frame.METHOD)] if options.method else out


_COMPARED = {
    "attribution_share": (tr("Attributed"), 1.7),
    "body_words_in_attributions": (tr("Words in attributions"), 2.4),
    "check_worthy_unattributed": (tr("Worth checking, not attributed"), 1.9),
    "single_source_share": (tr("One source"), 1.6),
    "unnamed_share": (tr("Only unnamed"), 1.6),
    "unchecked": (tr("Worth checking, not checked"), 1.9),
}
"""The six figures of a first page where articles stand side by side: heads and widths (cm)."""


_OF_WORDS, _CHARACTERS = "body_words_in_attributions", tr("Words and characters in attributions")


def _compared(material: Material, made: list[_Part]) -> Table:
    """Return one row for each article with the six figures of a first page, and all of them together below."""
    width = 16.0 - sum(w for _, w in _COMPARED.values())
    unspaced = material.audit.unspaced
    columns = (
        Column(tr("Article"), width),
        *(
            Column(_CHARACTERS if unspaced and key == _OF_WORDS else words, w, align_end=True)
            for key, (words, w) in _COMPARED.items()
        ),
    )
    rows = []
    for n, part in enumerate(made, 1):
        number = Link(f"{part.chapter.prefix}top", Text(tr("A{n}", n=n), ("Claim Number",)))
        words = part.chapter.foreign(wording.shortened(part.chapter.annotated.article.title, 90))
        rows.append((cell(plain(number, Text("\u2002"), *words)), *_figures(part.audit)))
    rows.append((cell(plain(Text(tr("All together"), ("Strong",)))), *_figures(material.audit)))
    told = tr("One row for each article with the same six figures, and all articles together in the last")
    return Table(columns, tuple(rows), tr("Articles side by side"), told, look="tight")


def _figures(audit: Audit) -> list[tuple[Paragraph, ...]]:
    out: list[tuple[Paragraph, ...]] = []
    for key in _COMPARED:
        figure = audit.figures[key]
        share = not audit.is_short and figure.of
        out.append(cell(cells.n_of(figure), *((cells.share(figure.share, style="TableNote"),) if share else ())))
    return out
