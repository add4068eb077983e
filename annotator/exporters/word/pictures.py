"""Charts in a Word document: a picture of its true size, or bars of table cells where nothing can paint one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.exporters.document import Chart
from annotator.exporters.escaping import escaped
from annotator.exporters.shapes import PRINT, Box, Words
from annotator.exporters.word import tables
from annotator.exporters.word.markup import RULE, element
from annotator.exporters.word.styles import CLAIM_TINT, SOURCE_TINT

DPI = 192
_EMU = 36000
"""English metric units in a millimetre."""
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_COLOURS = {name: value[1:].upper() for name, value in PRINT.items()}
_PALE = {
    "claim": CLAIM_TINT,
    "source": SOURCE_TINT,
    "ink": "DDDAD4",
    "muted": "E6E2DA",
    "quiet": "F4F1EA",
    "paper": "FFFFFF",
}
_DARK = frozenset({"claim", "source", "ink", "muted"})
_NEAR = 0.6
"""A box that begins this near (mm) below another one belongs to its row."""
_LEAST = 0.4
_BETWEEN = 50
"""Height of the room between two rows of bars, in twentieths of a point."""
_BESIDE = {"left": 70, "right": 60}


def inline(chart: Chart, number: int, relation: str) -> str:
    """Return the run that holds a picture; ``number`` counts the document's pictures from 1."""
    size = f'cx="{round(chart.width * _EMU)}" cy="{round(chart.height * _EMU)}"'
    name = escaped(" ".join(chart.title.split()))
    told = f'name="{name}" descr="{escaped(" ".join(chart.alt.split()))}" title="{name}"'
    # All four distances: without them LibreOffice leaves 3.2 mm at each side.
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"'
        f' xmlns:wp="{_MAIN}/wordprocessingDrawing"><wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" {told}/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_MAIN}/main"'
        f' noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="{_MAIN}/main">'
        f'<a:graphicData uri="{_MAIN}/picture"><pic:pic xmlns:pic="{_MAIN}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" {told}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a row: from ``start`` to ``end`` (mm), a box or what is between boxes, and the words on it."""

    start: float
    end: float
    box: Box | None = None
    words: tuple[Words, ...] = ()


def bars(chart: Chart, words: Callable[[Sequence[Words]], str], gap: str) -> str:
    """Return a chart as a table of shaded cells; an empty text where it has too many edges for one.

    ``words`` makes the paragraph of a cell, ``gap`` is one that takes no room.
    """
    bands = _bands(chart)
    rows = [_pieces(band, chart) for band in bands]
    edges = sorted({round(at, 1) for row in rows for p in row for at in (p.start, p.end)})
    if not rows or len(edges) > tables.MOST_COLUMNS:
        return ""
    widths = [round((b - a) * 56.7) for a, b in pairwise(edges)]
    between = tables.row([tables.cell(sum(widths), gap, span=len(widths))], height=_BETWEEN)
    out = [f"<w:tbl>{tables.properties(widths, chart.title, chart.alt, pads=(0, 0), gap=0)}"]
    for n, (row, (boxes, _)) in enumerate(zip(rows, bands, strict=True)):
        cells: list[str] = []
        for piece in row:
            first, last = edges.index(round(piece.start, 1)), edges.index(round(piece.end, 1))
            box = piece.box
            cells.append(
                tables.cell(
                    sum(widths[first:last]),
                    words(piece.words) if piece.words else gap,
                    span=last - first,
                    shade=_shade(box) if box else "",
                    borders=_frame(box) if box else None,
                    margins=None if box else _BESIDE,
                )
            )
        tall = round(max((b.height for b in boxes), default=0.0) * 50)
        made = tables.row(cells, at_least=tall or None)
        out.append(between + made if n else made)
    out.append("</w:tbl>")
    return "".join(out)


_Band = tuple[list[Box], list[Words]]


def _bands(chart: Chart) -> list[_Band]:
    """Return the chart's boxes and words by row, from the top down; words beside no box have a row of their own."""
    boxes = sorted((s for s in chart.shapes if isinstance(s, Box) and s.width > 0), key=lambda b: (b.y, -b.height))
    bands: list[_Band] = []
    for box in boxes:
        if bands and box.y <= bands[-1][0][0].y + bands[-1][0][0].height + _NEAR:
            bands[-1][0].append(box)
        else:
            bands.append(([box], []))
    lone: dict[float, list[Words]] = {}
    for shape in chart.shapes:
        if isinstance(shape, Words):
            near = next((band for band in bands if _is_beside(shape, band[0][0])), None)
            (near[1] if near else lone.setdefault(round(shape.y), [])).append(shape)
    rows = [(band[0][0].y, band) for band in bands] + [(y - 3.0, ([], words)) for y, words in lone.items()]
    return [band for _, band in sorted(rows, key=lambda row: row[0])]


def _is_beside(words: Words, box: Box) -> bool:
    """Say whether words stand on the height of a box."""
    return box.y - 0.6 <= words.y - 1.0 <= box.y + box.height + 0.4


def _pieces(band: tuple[list[Box], list[Words]], chart: Chart) -> list[_Piece]:
    """Return a row's stretches without gaps: words before and after its boxes, words on a box inside it."""
    words = sorted(band[1], key=lambda w: w.x)
    out: list[_Piece] = []
    at = 0.0
    for box in sorted(band[0], key=lambda b: (b.x, -b.height)):
        start, end = max(box.x, at), min(box.x + box.width, chart.width)
        if end - start < _LEAST:  # a bracket below a bar lies over it
            continue
        if start - at >= _LEAST:
            words, found = _split(words, lambda w, to=start: w.x <= to)
            out.append(_Piece(at, start, None, found))
        else:
            start = at
        words, found = _split(words, lambda w, a=start, b=end: w.anchor == "middle" and a <= w.x <= b)
        out.append(_Piece(start, end, box, found))
        at = end
    if chart.width - at >= _LEAST:
        out.append(_Piece(at, chart.width, None, tuple(words)))
    return out


def _split(words: list[Words], is_here: Callable[[Words], bool]) -> tuple[list[Words], tuple[Words, ...]]:
    return [w for w in words if not is_here(w)], tuple(w for w in words if is_here(w))


def _shade(box: Box) -> str:
    colour = _COLOURS[box.colour]
    match box.fill:
        case "solid":
            return element("shd", val="clear", color="auto", fill=colour)
        case "hatched":
            return element("shd", val="thinDiagStripe", color=colour, fill=_PALE[box.colour])
        case "empty":
            return element("shd", val="clear", color="auto", fill="FFFFFF")


def _frame(box: Box) -> dict[str, str]:
    colour = _COLOURS[box.colour] if box.colour in _DARK else RULE
    return {
        side: element(side, val="single", sz=4, space=0, color=colour) for side in ("top", "left", "bottom", "right")
    }
