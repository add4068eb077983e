"""The figures of an audit as tables: each with what it counts, and a table behind every picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator import vocabulary
from annotator.analysis.sourcing import FIGURES, OPEN_ENDS, Audit, Diversity, Figure, Span
from annotator.exporters import cells, charts, figures, wording
from annotator.exporters.chapter import Chapter, listed
from annotator.exporters.document import Cell, Chart, Column, Inline, Paragraph, Part, Table, Text
from annotator.exporters.sections import cell, heading, plain, small, status
from annotator.language import tr, trn
from annotator.model import Claim

_MOST_CLAIMS = 14
_OF_WORDS = frozenset({"body_words_in_attributions", "loaded_cue_share"})
"""Figures that count words: no claims are listed behind them."""
_DASH: tuple[Inline, ...] = (Text("–", ("Quiet",)),)
_WIDTH, _NARROW = 160.0, 110.0
_MOST_ROWS = 400
"""So many rows of the table behind a picture are printed: word processors do not open tens of thousands."""


def figures_section(chapter: Chapter, audit: Audit) -> list[Part]:
    """Return every figure as "n of N" with its share, how it is counted, and its claims.

    In a chapter of several it is short: how figures are counted stands once for all (``counted``).
    """
    if not audit.claims:
        return []
    if chapter.depth:
        return [
            heading(chapter, "figures", tr("Figures")),
            _figures(chapter, audit),
            *_spread(chapter, audit),
            *_open_ends(chapter, audit),
        ]
    told = tr("Each figure is a count of a whole; “none” stands where there is nothing to count.")
    if audit.is_short:
        told += " " + tr("With fewer than ten attributed claims only counts are shown: shares of so few would mislead.")
    return [
        heading(chapter, "figures", tr("Figures")),
        Paragraph("SectionNote", (Text(told),)),
        _figures(chapter, audit),
        *_spread(chapter, audit),
        *_open_ends(chapter, audit),
    ]


def _figures(chapter: Chapter, audit: Audit) -> Table:
    heads = [(tr("Figure"), 7.6), (tr("n of N"), 2.6), (tr("Share"), 1.9), (tr("Claims"), 3.9)]
    if audit.is_short:
        heads = [(tr("Figure"), 8.3), (tr("n of N"), 2.6), (tr("Claims"), 5.1)]
    last = len(heads) - 1
    names = {1: (tr("Number"), tr("Of"))}
    columns = tuple(Column(h, w, align_end=0 < n < last, names=names.get(n, ())) for n, (h, w) in enumerate(heads))
    rows = [_figure(chapter, key, audit.figures[key], audit) for key in FIGURES if key in audit.figures]
    rows.insert(3, _longest(chapter, audit))
    told = tr("Every figure with how it is counted, as a count of a whole, with its share and the claims behind it")
    return Table(columns, tuple(rows), tr("Figures"), told, look="tight" if chapter.depth else "rows")


def counted(*, unspaced: bool) -> Table:
    """Return how every figure is counted: once for several articles."""
    columns = (Column(tr("Figure"), 4.6), Column(tr("How it is counted"), 11.4))
    rows = tuple(
        (
            cell(plain(Text(figures.title(key, unspaced=unspaced), ("Strong",)))),
            cell(plain(Text(figures.counted(key, unspaced=unspaced)))),
        )
        for key in figures.WORDS
    )
    return Table(columns, rows, tr("How the figures are counted"), tr("Every figure with its formula in words"))


def _row(
    chapter: Chapter, audit: Audit, key: str, n: Paragraph, share: Paragraph, behind: tuple[Inline, ...]
) -> tuple[Cell, ...]:
    title = chapter.anchored(figures.anchor(key), Text(figures.title(key, unspaced=audit.unspaced), ("Strong",)))
    first = cell(plain(*title), small(*_counted_so(chapter, key, unspaced=audit.unspaced)))
    middle = (cell(n), *(() if audit.is_short else (cell(share),)))
    return first, *middle, cell(plain(*behind))


def _counted_so(chapter: Chapter, key: str, *, unspaced: bool = False) -> tuple[Inline, ...]:
    return () if chapter.depth else (Text(figures.counted(key, unspaced=unspaced)),)


def _figure(chapter: Chapter, key: str, figure: Figure, audit: Audit) -> tuple[Cell, ...]:
    behind, rest = _claims(chapter, figure.spans), _claims(chapter, figure.rest)
    words: tuple[Inline, ...] = claims_listed(behind) if behind else _DASH
    if rest and len(rest) < len(behind):
        words = Text(tr("all but "), ("Quiet",)), *claims_listed(rest)
    elif len(behind) > 1 and not rest and figure.n == figure.of:
        words = (Text(tr("all"), ("Quiet",)),)
    if key in _OF_WORDS:
        words = _DASH
    share = cells.share(figure.share) if figure.of else cells.nothing()
    return _row(chapter, audit, key, cells.n_of(figure), share, words)


def _longest(chapter: Chapter, audit: Audit) -> tuple[Cell, ...]:
    key, longest = "longest_unattributed_passage", audit.longest
    if longest is None:
        return _row(chapter, audit, key, cells.n_of(Figure(0, 0)), cells.nothing(), _DASH)
    first = chapter.place_link(longest.span.start)
    last = chapter.place_link(max(longest.span.start, longest.span.end - 1))
    where = first if first == last else (*first, Text(tr(" to ")), *last)
    told = tr("{n} of {words}", n=f"{longest.words:,}", words=figures.words_of(audit.body_words, audit))
    figure = Figure(longest.words, audit.body_words)
    n = cells.n_of(figure)._replace(inlines=(Text(told),))
    return _row(chapter, audit, key, n, cells.share(figure.share), where)


def _claims(chapter: Chapter, spans: Iterable[Span]) -> list[tuple[Inline, ...]]:
    found: dict[str, Claim] = {}
    for span in spans:
        mark = chapter.annotated.by_id.get(span.annotation or "")
        if isinstance(mark, Claim):
            found[mark.id] = mark
    numbers = chapter.annotated.claim_numbers
    return [(chapter.claim_link(c),) for c in sorted(found.values(), key=lambda c: numbers[c.id])]


def claims_listed(items: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Return claims' numbers with commas; of many the first, and how many more there are."""
    if len(items) <= _MOST_CLAIMS + 1:
        return listed(items)
    more = Text(tr(" and {n} more", n=f"{len(items) - _MOST_CLAIMS:,}"), ("Quiet",))
    return (*listed(items[:_MOST_CLAIMS]), more)


# -- how claims are spread


def _spread(chapter: Chapter, audit: Audit) -> list[Part]:
    """Return how attributed claims are spread over affiliations, sources and sides; nothing for a short text."""
    if audit.is_short:
        return []
    columns = (
        Column(tr("Spread over"), 4.2),
        Column(tr("Filled in"), 2.6, align_end=True, names=(tr("Filled in"), tr("Of"))),
        Column(tr("Number"), 1.8, align_end=True),
        Column(tr("Most"), 3.8, names=(tr("Most"), tr("Share"))),
        Column(tr("Effective number"), 1.9, align_end=True),
        Column(tr("Gini-Simpson"), 1.7, align_end=True),
    )
    kinds = (
        ("diversity_by_affiliation", audit.by_affiliation),
        ("diversity_by_source", audit.by_source),
        ("diversity_by_side", audit.by_side),
    )
    rows = tuple(_diversity(chapter, key, each) for key, each in kinds)
    told = tr(
        "A claim of several sources is shared out among them. What nobody filled in is left out; the effective number and "
        "Gini-Simpson are shown only where all is filled in."
    )
    described = tr("How attributed claims are spread over affiliations, sources and sides")
    head = Paragraph("Heading2", (Text(tr("How varied the voices are")),))
    if chapter.depth:
        return [head, Table(columns, rows, tr("Spread of attributed claims"), described, look="tight")]
    return [
        head,
        Paragraph("SectionNote", (Text(told),)),
        Table(columns, rows, tr("Spread of attributed claims"), described),
    ]


def _diversity(chapter: Chapter, key: str, each: Diversity) -> tuple[Cell, ...]:
    names = {
        "diversity_by_affiliation": tr("Affiliations"),
        "diversity_by_source": tr("Sources"),
        "diversity_by_side": tr("Sides"),
    }
    told = figures.spread(each)
    return (
        cell(plain(*chapter.anchored(figures.anchor(key), Text(names[key], ("Strong",))))),
        cell(cells.n_of(Figure(each.known, each.of))),
        cell(cells.number(len(each.parts))),
        _most(chapter, told.most, each.top_share),
        cell(_index(told.effective, each.effective_number)),
        cell(_index(told.gini, each.gini_simpson)),
    )


def _most(chapter: Chapter, names: str, share: float | None) -> Cell:
    """Return who has most claims, with the share below."""
    if not names or share is None:
        return cell(cells.nothing())
    return cell(plain(*chapter.foreign(names))._replace(values=(names,)), cells.share(share, style="TableNote"))


def _index(words: str, value: float | None) -> Paragraph:
    return plain(Text(words))._replace(values=(value,)) if words else cells.nothing()


# -- open ends


def _open_ends(chapter: Chapter, audit: Audit) -> list[Part]:
    """Return what still waits for somebody, loaded words and silent sources."""
    columns = (
        Column(tr("What"), 9.6),
        Column(tr("n"), 2.2, align_end=True, names=(tr("Number"), tr("Of"))),
        Column(tr("Claims"), 4.2),
    )
    rows = [
        _counted(chapter, key, _open_end(audit.open_ends[key]), audit.open_ends[key].spans)
        for key in OPEN_ENDS
        if key in audit.open_ends and (audit.open_ends[key].n or not chapter.depth)
    ]
    loaded = audit.loaded_terms
    told = tr(
        "{voice} in the author’s voice, {attributed} in attributed claims, {elsewhere} elsewhere",
        voice=f"{loaded.author_voice:,}",
        attributed=f"{loaded.attributed:,}",
        elsewhere=f"{loaded.elsewhere:,}",
    )
    words = (Text(told, ("Quiet",)),) if loaded.n else _DASH
    others = (
        ("loaded_terms", loaded.n, (), words),
        ("silent_sources", len(audit.silent), audit.silent, ()),
        ("contested_without_reply", len(audit.contested_without_reply), audit.contested_without_reply, ()),
    )
    for key, n, spans, told_of in others:
        if n or not chapter.depth:
            rows.append(_counted(chapter, key, cells.number(n), spans, told_of))
    if not rows:
        return []
    described = tr("What the marks leave open, loaded words, silent sources and contested claims without a reply")
    return [
        Paragraph("Heading2", (Text(tr("Open ends")),)),
        Table(columns, tuple(rows), tr("Open ends"), described, look="tight" if chapter.depth else "rows"),
    ]


def _open_end(figure: Figure) -> Paragraph:
    return cells.n_of(figure) if figure.of else cells.number(figure.n)


def _counted(
    chapter: Chapter, key: str, n: Paragraph, spans: Sequence[Span], words: tuple[Inline, ...] = ()
) -> tuple[Cell, ...]:
    claims = _claims(chapter, spans)
    behind = words or (claims_listed(claims) if claims else _places(chapter, spans))
    title = chapter.anchored(figures.anchor(key), Text(figures.WORDS[key].title, ("Strong",)))
    return (
        cell(plain(*title), small(*_counted_so(chapter, key))),
        cell(n),
        cell(plain(*behind)),
    )


def _places(chapter: Chapter, spans: Sequence[Span]) -> tuple[Inline, ...]:
    """Return where passages stand that are no claims."""
    found: dict[str, tuple[Inline, ...]] = {}
    for span in spans:
        place = chapter.place(span.start)
        if place is not None and span.end > span.start:
            found.setdefault(place.words, chapter.place_link(span.start))
    return claims_listed(list(found.values())) if found else _DASH


# -- a table behind every picture


def pictures(chapter: Chapter, audit: Audit) -> list[Part]:
    """Return each picture's table; the pictures that found no room on the first page stand above theirs."""
    if not audit.claims:
        return []

    made: list[tuple[str, Chart | None, bool]] = [
        ("who", charts.who_speaks(audit, _WIDTH), False),
        ("nobody", charts.nobody_named(audit, _WIDTH, chapter.place_words), False),
        ("types", charts.types_by_status(audit, _NARROW), False),
        ("naming", charts.sources_by_naming(audit, _NARROW), True),
        ("verbs", charts.loaded_verbs(audit, _WIDTH), True),
    ]
    out: list[Part] = []
    for name, chart, shown in made:
        if chart is not None and not (shown and chapter.depth):  # of several articles those are drawn together
            out += _picture(chapter, name, chart, shown=shown)
    return out


def _picture(chapter: Chapter, name: str, chart: Chart, *, shown: bool) -> list[Part]:
    if shown:  # its caption is its title
        return [chart, chart.table]
    head = heading(chapter, f"table_{name}", chart.title)
    level = chapter.depth + 1 if chapter.depth else 1
    titled = head._replace(style="Heading2", level=level)
    left_out = len(chart.table.rows) - _MOST_ROWS
    if left_out <= 0:
        return [titled, chart.table]
    told = trn("{n} more row is left out here.", "{n} more rows are left out here.", left_out)
    cut = replace(chart.table, rows=tuple(chart.table.rows[:_MOST_ROWS]))
    return [titled, cut, Paragraph("Small", (Text(told),))]


def claims(chapter: Chapter) -> list[Part]:
    """Return the claims of a chapter of several in short: a line for each, to look a number up."""
    annotated = chapter.annotated
    if not annotated.claims:
        return []
    columns = (
        Column(tr("No."), 1.0),
        Column(tr("Claim, in short"), 6.2),
        Column(tr("Type"), 2.4),
        Column(tr("Who says so"), 3.6),
        Column(tr("Status"), 2.8),
    )
    numbers = annotated.claim_numbers
    rows: list[tuple[Cell, ...]] = []
    for claim in annotated.claims:
        event = annotated.verification(claim.id)
        told = wording.checking(event, annotated.code_book) if event else status(chapter, claim)
        number = Text(f"C{numbers[claim.id]}", ("Claim Number",))
        rows.append(
            (
                cell(plain(*chapter.anchored(f"row_C{numbers[claim.id]}", number))),
                cell(plain(*chapter.quoted(wording.in_short(claim, annotated.text)))),
                cell(plain(Text(vocabulary.title(claim.type) or "–"))),
                cell(plain(*chapter.foreign(wording.said_by(annotated, claim)))),
                cell(plain(Text(told))),
            )
        )
    described = tr("Every claim in short with its type, who says it and its state of checking")
    table = Table(columns, tuple(rows), tr("Claims"), described, look="tight")
    return [heading(chapter, "claims", tr("Claims")), table]
