"""The first page of an audit: a sentence, six figures, what to look at first, and the pictures that fit on it."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.analysis.sourcing import Audit
from annotator.exporters import charts, checking, figures, measures
from annotator.exporters.audit_findings import Group
from annotator.exporters.chapter import Chapter
from annotator.exporters.document import (
    Beside,
    Chart,
    Column,
    Inline,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Part,
    Table,
    Text,
)
from annotator.exporters.sections import cell, plain
from annotator.language import tr, trn

_WIDTH = 160.0
_LEFT, _RIGHT = 84.0, 72.0
"""Widths of the pictures in mm: one across the page, two side by side."""
_COLUMNS = (8.8, 7.2)
_MOST_FIRST = 5
_SHORT = 40
"""Longest table, in rows, that stands below a picture of several articles."""
_MOST_CLAIMS = 8
_FEWEST_BARS, _MOST_BARS = 3, 12
_LEAST_BARS = 140.0
"""Room in points below which who speaks would show too few bars: the map of the article is then one strip."""
_SPARE = 10.0


def page(chapter: Chapter, audit: Audit, groups: Sequence[Group], paper: str, above: Sequence[Part]) -> list[Part]:
    """Return what follows the head of a first page (``above``); its pictures are chosen so that all stays on that page."""
    out: list[Part] = [Paragraph("Lead", (*_summary(chapter, audit),))]
    if not audit.claims:
        return out
    out += [key_figures(audit, chapter.prefix)]
    out += _look_first(chapter, groups)
    room = measures.ROOM[paper] - measures.height([*above, *out]) - _SPARE
    return out + _pictures(chapter, audit, room)


def together(audit: Audit, *, tables: bool) -> list[Part]:
    """Return the pictures of several articles together, with their tables (``tables``) where those are short."""
    wide = [c for c in (charts.who_speaks(audit, _WIDTH), charts.loaded_verbs(audit, _WIDTH)) if c is not None]
    both = [c for c in (charts.sources_by_naming(audit, _LEFT), charts.types_by_status(audit, _RIGHT)) if c is not None]
    out: list[Part] = [*wide, *_beside(both)]
    shown = [c.table for c in (*wide, *both) if tables and len(c.table.rows) <= _SHORT]
    for table in shown:
        out += [Paragraph("Caption", (Text(table.title),)), table]
    return out


def key_figures(audit: Audit, prefix: str | None) -> KeyFigures:
    """Return the six figures, each leading to its row (None: there are no rows); of a short text counts only."""
    made: list[KeyFigure] = []
    for key in figures.KEY:
        figure = audit.figures[key]
        counted = figure.of > 0
        shares = counted and not audit.is_short
        made.append(
            KeyFigure(
                n=figures.number(figure.n) if counted else tr("none"),
                of=f"{figure.of:,}" if counted else "",
                per_cent=figures.per_cent(figure.share) if shares else "",
                words=figures.says(key, figure.of, unspaced=audit.unspaced) if counted else figures.nothing(key),
                share=figure.share if shares else None,
                anchor="" if prefix is None else f"{prefix}{figures.anchor(key)}",
                values=(figure.n, figure.of),
            )
        )
    return KeyFigures(tuple(made))


def _summary(chapter: Chapter, audit: Audit) -> list[Inline]:
    told = figures.summary(audit, checking.to_nobody_named(chapter.annotated))
    longest = audit.longest
    if longest is None or not audit.claims:
        return [Text(told)]
    first, last = chapter.place(longest.span.start), chapter.place(max(longest.span.start, longest.span.end - 1))
    words = figures.words_of(longest.words, audit)
    if first is None or last is None:
        return [Text(f"{told} {tr('The longest passage without a source runs {words}.', words=words)}")]
    where = first.words if first == last else tr("{first} to {last}", first=first.words, last=last.words)
    passage = tr("The longest passage without a source runs {words} ({where}).", words=words, where=where)
    return [Text(f"{told} {passage}")]


def _look_first(chapter: Chapter, groups: Sequence[Group]) -> list[Part]:
    """Return the open findings of the most urgent rules, each with the numbers of its claims."""
    open_ = [g for g in groups if g.open]
    if not open_:
        return []
    urgent = [g for g in open_ if g.rule.severity == open_[0].rule.severity]
    rows = [
        (
            cell(plain(chapter.to(f"finding_{g.number}", f"{g.number}", "Claim Number"))),
            cell(plain(Text(g.title))),
            cell(plain(*g.claims(chapter, _MOST_CLAIMS))),
        )
        for g in urgent[:_MOST_FIRST]
    ]
    title = figures.SEVERITY[open_[0].rule.severity]
    columns = (Column("", 0.8), Column("", 8.4), Column("", 6.8, align_end=True))
    described = tr("The findings of the most urgent rules, with the claims they are about")
    out: list[Part] = [
        Paragraph("Caption", (Text(title),)),
        Table(columns, tuple(rows), title, described, look="tight"),
    ]
    rest = len(open_) - len(rows)
    if rest:
        told = trn("{n} more question follows below.", "{n} more questions follow below.", rest)
        out.append(Paragraph("Small", (Text(told),)))
    return out


def _pictures(chapter: Chapter, audit: Audit, room: float) -> list[Part]:
    """Return the pictures that fit: who speaks, then where nobody is named beside claims by type and status."""
    types = charts.types_by_status(audit, _RIGHT)
    low = _beside([c for c in (charts.nobody_named(audit, _LEFT, chapter.place_words), types) if c is not None])
    left = room - measures.height(low)
    if low and left < (_LEAST_BARS if audit.speakers else 0):
        low = _beside([c for c in (charts.strip(audit, _LEFT, chapter.place_words), types) if c is not None])
        left = room - measures.height(low)
    most = next(
        (
            n
            for n in range(_MOST_BARS, _FEWEST_BARS - 1, -1)
            if (made := charts.who_speaks(audit, _WIDTH, most=n)) is None or measures.picture(made) <= left
        ),
        0,
    )
    who = charts.who_speaks(audit, _WIDTH, most=most) if most else None
    return [*([who] if who else []), *(low if measures.height(low) <= room else [])]


def _beside(both: Sequence[Chart]) -> list[Part]:
    if len(both) < 2:
        return list(both)
    return [Beside(tuple((width, (chart,)) for width, chart in zip(_COLUMNS, both, strict=True)))]
