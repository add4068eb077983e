"""Where nobody is named: an article seen from far away, a bar for each paragraph as long as its words, or one strip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from annotator.analysis.sourcing import Audit, Passage, Run, Span
from annotator.exporters import cells, figures
from annotator.exporters.document import Chart, Table
from annotator.exporters.drawing import SMALL, Drawing, Look, Shown, table
from annotator.exporters.letter_widths import width
from annotator.language import tr, trn
from annotator.model import Id

MOST_ROWS = 40
"""An article of more paragraphs is drawn in so many rows of equal length, as a printed column would be."""
_FINEST = 0.3
"""Stretches shorter than this, mm, are drawn with what stands beside them: whichever has more words."""
_STEP, _HIGH = 5.1, 3.3

Places = Callable[[int], str]
"""Says in words where an offset of the article stands ("¶ 6")."""


class _Run(NamedTuple):
    """Words in a row that are all attributed, or not; ``longest``: they belong to the longest passage without a source."""

    words: int
    attributed: bool
    longest: bool
    span: Span


class _Row(NamedTuple):
    label: str
    runs: tuple[_Run, ...]

    @property
    def words(self) -> int:
        return sum(r.words for r in self.runs)


def nobody_named(audit: Audit, width_: float, places: Places | None = None) -> Chart | None:
    """Return one article's body as a bar for each paragraph; None without words, or for several articles.

    ``places`` tells how paragraphs are called; without it they are counted.
    """
    paragraphs = _paragraphs(audit, places)
    if not paragraphs:
        return None
    rows = paragraphs if len(paragraphs) <= MOST_ROWS else _folded(paragraphs)
    attributed, nobody = _looks()
    drawing = Drawing(width_)
    left = max(width(r.label, SMALL) for r in rows) + 2.2
    drawing.key((attributed, nobody))
    has_longest = any(run.longest for row in rows for run in row.runs)
    if has_longest:
        _longest_key(drawing, (attributed, nobody))
    unit = (width_ - left - 1) / max(r.words for r in rows)
    for row in rows:
        drawing.words_before(left - 2.2, drawing.y + 2.9, row.label, SMALL, colour="muted")
        _bar(drawing, audit, left, drawing.y + 0.2, unit, row.runs)
        drawing.y += _STEP
    title = tr("Where nobody is named")
    return Chart(
        "nobody_named",
        title,
        _alt(audit, title, paragraphs),
        width_,
        drawing.height(),
        tuple(drawing.shapes),
        _table(audit, paragraphs),
    )


def strip(audit: Audit, width_: float, places: Places | None = None) -> Chart | None:
    """Return the same in one line: filled where somebody is named, the longest passage without under a bracket."""
    paragraphs = _paragraphs(audit, places)
    if not paragraphs:
        return None
    runs = [run for row in paragraphs for run in row.runs]
    unit = width_ / sum(r.words for r in runs)
    drawing = Drawing(width_)
    top, below = 0.2, 5.2
    at = 0.0
    for wide, run in _coarse(runs, unit):
        look = Look("source" if run.attributed else "paper", "solid", "")
        drawing.box(at, top, wide, below - top, look, _tip(run, audit), (run.span,))
        at += wide
    _outline(drawing, 0.1, top, width_ - 0.1, below)
    start, end = _bracket(runs, unit)
    if end:
        for x1, y1, x2, y2 in ((start, 0.5, start, 1.7), (start, 1.7, end, 1.7), (end, 0.5, end, 1.7)):
            drawing.line(x1, below + y1, x2, below + y2, thick=0.35)
    _below(drawing, audit, (start + end) / 2, below + 5.0)
    drawing.y = below + 6.4
    title = tr("Where nobody is named")
    return Chart(
        "nobody_named_strip",
        title,
        _alt(audit, title, paragraphs),
        width_,
        drawing.height(),
        tuple(drawing.shapes),
        _table(audit, paragraphs),
    )


def _outline(drawing: Drawing, left: float, top: float, right: float, bottom: float) -> None:
    for x1, y1, x2, y2 in (
        (left, top, right, top),
        (right, top, right, bottom),
        (right, bottom, left, bottom),
        (left, bottom, left, top),
    ):
        drawing.line(x1, y1, x2, y2, thick=0.2)


def _bracket(runs: Sequence[_Run], unit: float) -> tuple[float, float]:
    """Return where the longest passage begins and ends, mm; (0, 0) where there is none."""
    at, start, end = 0.0, 0.0, 0.0
    for run in runs:
        if run.longest:
            start, end = start if end else at, at + run.words * unit
        at += run.words * unit
    return start, end


def _below(drawing: Drawing, audit: Audit, middle: float, y: float) -> None:
    """Write where the strip begins and ends, and how long the longest passage is under its bracket."""
    first, last = tr("start of article"), tr("end")
    told = tr("longest: {words}", words=figures.words_of(audit.longest.words, audit)) if audit.longest else ""
    half = width(told, SMALL) / 2
    middle = min(max(middle, half), drawing.width - half)
    if told:
        drawing.words_about(middle, y, told, SMALL)
    if not told or width(first, SMALL) + 2 < middle - half:
        drawing.words(0, y, first, SMALL, colour="muted")
    if not told or middle + half + 2 < drawing.width - width(last, SMALL):
        drawing.words_before(drawing.width, y, last, SMALL, colour="muted")


# -- what is drawn


def _looks() -> tuple[Look, Look]:
    return Look("source", "solid", tr("attributed")), Look("claim", "hatched", tr("nobody named"))


def _paragraphs(audit: Audit, places: Places | None) -> list[_Row]:
    """Return the paragraphs of one article that hold words, with their runs."""
    if len(audit.strips) != 1:
        return []
    out: list[_Row] = []
    for paragraph, runs in audit.strips[0].paragraphs:
        if not any(run.words for run in runs):
            continue
        label = places(paragraph.start) if places else f"¶\u00a0{len(out) + 1}"
        marked = (_run(paragraph.article, run, audit.longest) for run in runs if run.words)
        out.append(_Row(label, tuple(marked)))
    return out


def _run(article: Id, run: Run, longest: Passage | None) -> _Run:
    is_longest = (
        longest is not None and not run.attributed and longest.span.start <= run.start and run.end <= longest.span.end
    )
    return _Run(run.words, run.attributed, is_longest, Span(article, run.start, run.end))


def _folded(rows: Sequence[_Row]) -> list[_Row]:
    """Return a long article in rows of equal length, each called after the paragraph it begins in."""
    room = -(-sum(r.words for r in rows) // MOST_ROWS)
    out: list[_Row] = []
    label, held, left = "", list[_Run](), room
    for row in rows:
        for run in row.runs:
            taken = 0
            while taken < run.words:
                label = label or row.label
                now = min(run.words - taken, left)
                held.append(_piece(run, taken, taken + now))
                taken, left = taken + now, left - now
                if not left:
                    out.append(_Row(label, tuple(held)))
                    label, held, left = "", [], room
    if held:
        out.append(_Row(label, tuple(held)))
    return out


def _piece(run: _Run, first: int, last: int) -> _Run:
    """Return some words of a run; where they stand is reckoned, as if all words were equally long."""
    if last - first == run.words:
        return run
    start, length = run.span.start, run.span.end - run.span.start
    at, to = start + length * first // run.words, start + length * last // run.words
    return run._replace(words=last - first, span=Span(run.span.article, at, to))


def _coarse(runs: Sequence[_Run], unit: float) -> Iterator[tuple[float, _Run]]:
    """Yield (mm, run): what is too short to be seen joins what stands beside it, so that few shapes are drawn."""
    held: list[_Run] = []
    wide = 0.0
    for run in runs:
        held.append(run)
        wide += run.words * unit
        if wide >= _FINEST:
            yield wide, _joined(held)
            held, wide = [], 0.0
    if held:
        yield wide, _joined(held)


def _joined(runs: Sequence[_Run]) -> _Run:
    if len(runs) == 1:
        return runs[0]
    named = sum(r.words for r in runs if r.attributed)
    all_ = sum(r.words for r in runs)
    span = Span(runs[0].span.article, runs[0].span.start, runs[-1].span.end)
    return _Run(all_, named * 2 >= all_, any(r.longest for r in runs), span)


def _bar(drawing: Drawing, audit: Audit, left: float, y: float, unit: float, runs: Sequence[_Run]) -> None:
    attributed, nobody = _looks()
    x = left
    under: tuple[float, float] | None = None
    for wide, run in _coarse(runs, unit):
        look = attributed if run.attributed else nobody
        drawing.box(x, y, max(wide - 0.25, wide * 0.6), _HIGH, look, _tip(run, audit), (run.span,))
        if run.longest:
            under = (under[0] if under else x, x + wide)
        x += wide
    if under:
        drawing.line(under[0], y + _HIGH + 0.65, under[1] - 0.25, y + _HIGH + 0.65, thick=0.7)


def _tip(run: _Run, audit: Audit) -> str:
    words = figures.words_of(run.words, audit)
    if run.attributed:
        return tr("{words} inside attributions", words=words)
    return tr("{words} nobody stands behind", words=words)


def _longest_key(drawing: Drawing, looks: Sequence[Look]) -> None:
    """Write what the line under a bar means, beside the key or below it."""
    words = tr("longest such run")
    x = sum(9.2 + width(look.words, SMALL) for look in looks)
    y = drawing.y - 5.6
    if x + 5.2 + width(words, SMALL) > drawing.width:
        x, y = 0.0, drawing.y - 1.2
        drawing.y += 4.4
    drawing.line(x, y + 1.85, x + 4, y + 1.85, thick=0.7)
    drawing.words(x + 5.2, y + 2.85, words, SMALL, colour="muted")


# -- in words


def _named(row: _Row) -> int:
    return sum(r.words for r in row.runs if r.attributed)


def _alt(audit: Audit, title: str, rows: Sequence[_Row]) -> str:
    """Return the picture in words; of a long article, its first paragraphs."""
    inside, all_ = sum(map(_named, rows)), sum(r.words for r in rows)
    out = [
        f"{title}.",
        tr("{n} of {words} stand inside an attribution.", n=f"{inside:,}", words=figures.words_of(all_, audit)),
    ]
    if audit.longest:
        first = [row.label for row in rows if any(r.longest for r in row.runs)]
        where = f", {first[0]}" if len(first) == 1 else f", {first[0]} – {first[-1]}" if first else ""
        out.append(tr("The longest passage without a source has {words}{where}.",
                      words=figures.words_of(audit.longest.words, audit), where=where))  # fmt: skip
    told = [tr("{place}: {n} of {of}", place=r.label, n=f"{_named(r):,}", of=f"{r.words:,}") for r in rows[:MOST_ROWS]]
    out.append(f"{'; '.join(told)}.")
    if len(rows) > MOST_ROWS:
        out.append(
            trn(
                "{n} more paragraph stands in the table.",
                "{n} more paragraphs stand in the table.",
                len(rows) - MOST_ROWS,
            )
        )
    return " ".join(out)


def _table(audit: Audit, rows: Sequence[_Row]) -> Table:
    unit = tr("Words and characters") if audit.unspaced else tr("Words")
    heads = ((tr("Paragraph"), 4.0), (unit, 3.0), (tr("Inside attributions"), 3.6), (tr("Share"), 2.0),
             (tr("Longest run without"), 3.4))  # fmt: skip

    def told(row: _Row) -> list[Shown]:
        longest = max((r.words for r in row.runs if not r.attributed), default=0)
        named = _named(row)
        return [row.label, row.words, named, cells.share(named / row.words), longest]

    described = tr("Each paragraph of the body with its words and how many of them stand inside an attribution")
    return table(tr("Where nobody is named"), heads, rows, told, numbers=(1, 2, 3, 4), described=described)
