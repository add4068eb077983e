"""Several articles side by side: the same figures of each, as small bars in a grid."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.analysis.sourcing import Audit, Figure
from annotator.exporters import cells, figures
from annotator.exporters.document import Chart, Paragraph, Table, Text
from annotator.exporters.drawing import SIZE, SMALL, TINY, Drawing, Look, Shown, table
from annotator.exporters.letter_widths import fitted, one_line, width
from annotator.language import tr, trn
from annotator.tables import PerCent

COMPARED = (
    "attribution_share",
    "body_words_in_attributions",
    "check_worthy_unattributed",
    "unnamed_share",
    "unchecked",
)
"""The figures compared, unless others are asked for."""
MOST = 30
_STEP = 8.4


def side_by_side(
    audits: Sequence[tuple[str, Audit]], width_: float, keys: Sequence[str] = COMPARED, *, most: int = MOST
) -> Chart | None:
    """Return the same figures of each article, by its title, as bars in columns; None for fewer than two articles."""
    if len(audits) < 2:
        return None
    shown = audits[:most]
    drawing = Drawing(width_)
    left = min(max(width(one_line(t), SMALL) for t, _ in shown) + 4, width_ * 0.3)
    wide = (width_ - left) / len(keys)
    with_share = all(_room(a.figures[k], _share(a, a.figures[k])) <= wide - 4 for _, a in shown for k in keys)
    names = _names(audits, keys)
    _heads(drawing, names, left, wide)
    for title, audit in shown:
        for n, line in enumerate(_lines(one_line(title), left - 4, SMALL, 2)):
            drawing.words(0, drawing.y + 2.8 + 3.1 * n, line, SMALL)
        for n, key in enumerate(keys):
            _cell(drawing, left + n * wide, wide - 4, title, key, audit, with_share=with_share)
        drawing.y += _STEP
        drawing.line(0, drawing.y - 1.2, width_, drawing.y - 1.2, "quiet", 0.2)
    if len(audits) > most:
        more = trn("{n} more article stands in the table", "{n} more articles stand in the table", len(audits) - most)
        drawing.words(0, drawing.y + 2.6, more, TINY, colour="muted")
        drawing.y += 4.4
    title = tr("Articles side by side")
    told = [f"{one_line(t)}: {'; '.join(_told(k, a) for k in keys)}." for t, a in shown]
    return Chart(
        "side_by_side",
        title,
        " ".join([f"{title}.", *told]),
        width_,
        drawing.height(),
        tuple(drawing.shapes),
        _table(audits, keys, names),
    )


def _names(audits: Sequence[tuple[str, Audit]], keys: Sequence[str]) -> list[str]:
    unspaced = any(audit.unspaced for _, audit in audits)
    return [figures.title(key, unspaced=unspaced) for key in keys]


def _heads(drawing: Drawing, names: Sequence[str], left: float, wide: float) -> None:
    """Write the figures' names above their columns, on up to three lines each, all ending on the same one."""
    heads = [_lines(name, wide - 3, TINY, 4) for name in names]
    high = max(map(len, heads))
    for n, lines in enumerate(heads):
        for m, words in enumerate(lines):
            drawing.words(left + n * wide, 2.9 + 3.3 * (high - len(lines) + m), words, TINY, colour="muted")
    drawing.y = 3.3 * high + 1.6
    drawing.line(0, drawing.y, drawing.width, drawing.y, "ink", 0.25)
    drawing.y += 1.6


def _lines(words: str, room: float, size: float, most: int) -> list[str]:
    """Return words broken between words to lines of a room; what does not go into so many is cut."""
    out = [""]
    for word in words.split():
        longer = f"{out[-1]} {word}".strip()
        if len(out) == most or width(longer, size) <= room or not out[-1]:
            out[-1] = longer
        else:
            out.append(word)
    return [fitted(line, room, size) for line in out]


def _room(figure: Figure, share: str) -> float:
    """Return how much room a figure takes with its share, mm."""
    told = width(figures.number(figure.n), SIZE, bold=True) + width(tr("of {n}", n=f"{figure.of:,}"), TINY)
    return told + 2.8 + width(share, TINY) if share else 0.0


def _cell(drawing: Drawing, x: float, room: float, title: str, key: str, audit: Audit, *, with_share: bool) -> None:
    figure = audit.figures[key]
    tip = f"{one_line(title)}: {figures.sentence(key, figure, unspaced=audit.unspaced)}"
    y = drawing.y
    if figure.share is None:
        drawing.words(x, y + 3.0, tr("none"), TINY, colour="muted")
        return
    end = drawing.words(x, y + 3.0, figures.number(figure.n), SIZE, bold=True)
    drawing.words(end + 0.8, y + 3.0, tr("of {n}", n=f"{figure.of:,}"), TINY, colour="muted")
    if with_share:
        drawing.words_before(x + room, y + 3.0, _share(audit, figure), TINY, colour="muted")
    drawing.box(x, y + 4.0, room, 1.2, Look("quiet", "solid", ""), tip)
    if figure.share:
        drawing.box(x, y + 4.0, room * min(figure.share, 1.0), 1.2, Look("ink", "solid", ""), tip, figure.spans)


def _share(audit: Audit, figure: Figure) -> str:
    """Return the per cent; nothing of a short text, of which only counts are told."""
    return "" if audit.is_short else figures.per_cent(figure.share)


def _told(key: str, audit: Audit) -> str:
    figure = audit.figures[key]
    told = f"{figures.title(key, unspaced=audit.unspaced)} {figures.n_of(figure)}"
    share = _share(audit, figure) if figure.of else ""
    return f"{told}, {share}" if share else told


def _table(audits: Sequence[tuple[str, Audit]], keys: Sequence[str], names: Sequence[str]) -> Table:
    wide = 10.6 / len(keys)
    heads = [(tr("Article"), 5.4), *((name, wide) for name in names)]

    def cell(audit: Audit, key: str) -> Paragraph:
        figure = audit.figures[key]
        made = cells.n_of(figure)
        share = _share(audit, figure) if figure.of else ""
        if not share:
            return made
        words = (Text(f"{figures.n_of(figure)}, {share}"),)
        return made._replace(inlines=words, values=(figure.n, figure.of, PerCent(figure.share or 0.0)))

    def told(row: tuple[str, Audit]) -> list[Shown]:
        return [one_line(row[0]), *(cell(row[1], key) for key in keys)]

    return table(tr("Articles side by side"), heads, audits, told, numbers=range(1, len(heads)),
                 described=tr("Each article with the same figures"))  # fmt: skip
