"""Writes a picture as SVG: a file of its own, or a piece of a page.

Every shape carries its colour and, as a class, the colour's name, so that a page may give the names other colours.
"""

from __future__ import annotations

from annotator.exporters.document import Chart
from annotator.exporters.escaping import escaped
from annotator.exporters.shapes import PRINT, Box, Line, Words

FACES = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK JP', sans-serif"
_POINT = 25.4 / 72
_EDGE = 0.25


def svg(chart: Chart) -> str:
    """Return a chart as an SVG file on white paper."""
    paper = f'<rect class="paper" width="100%" height="100%" fill="{PRINT["paper"]}"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{inline(chart, chart.key, paper=paper)}\n'


def inline(chart: Chart, id_: str, *, paper: str = "") -> str:
    """Return a chart as an ``svg`` element; ``id_`` keeps its ids apart from those of other charts on the page."""
    name = escaped("".join(c if c.isalnum() and c.isascii() else "-" for c in id_))
    filled = {s.colour: _pattern(name, s) for s in chart.shapes if isinstance(s, Box) and s.fill == "hatched"}
    patterns = "".join(filled.values())
    defs = f"<defs>{patterns}</defs>" if patterns else ""
    shapes = "".join(_box(s, name) if isinstance(s, Box) else _line(s) if isinstance(s, Line) else _words(s)
                     for s in chart.shapes)  # fmt: skip
    w, h = _number(chart.width), _number(chart.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc" font-family="{FACES}" fill="{PRINT["ink"]}">'
        f'<title id="{name}-title">{escaped(chart.title)}</title><desc id="{name}-desc">{escaped(chart.alt)}</desc>'
        f"{defs}{paper}{shapes}</svg>"
    )


_HATCHES = (
    '<pattern id="{id}" width="1.05" height="1.05" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="{colour}" width="1.05" height="1.05" fill="{value}" fill-opacity="0.1"/>'
    '<rect class="{colour}" width="0.3" height="1.05" fill="{value}"/></pattern>'
)


def _pattern(name: str, box: Box) -> str:
    id_ = f"{name}-{box.fill}-{box.colour}"
    return _HATCHES.format(id=id_, colour=box.colour, value=PRINT[box.colour])


def _box(box: Box, name: str) -> str:
    value = PRINT[box.colour]
    x, y, w, h = box.x, box.y, box.width, box.height
    if box.fill == "solid":
        look = f'class="{box.colour}" fill="{value}"'
    else:
        # The edge lies inside the box, so that neighbours do not touch; what is thinner than two edges has none.
        edge = min(_EDGE, w / 3, h / 3)
        x, y, w, h = x + edge / 2, y + edge / 2, w - edge, h - edge
        inner = "none" if box.fill == "empty" else f"url(#{name}-{box.fill}-{box.colour})"
        look = f'class="{box.colour}-edge" fill="{inner}" stroke="{value}" stroke-width="{_number(edge)}"'
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(w)}" height="{_number(h)}"'
    return f"<rect {place} {look}>{_tip(box.tip)}</rect>" if box.tip else f"<rect {place} {look}/>"


def _tip(tip: str) -> str:
    return f"<title>{escaped(tip)}</title>"


def _line(line: Line) -> str:
    place = f'x1="{_number(line.x1)}" y1="{_number(line.y1)}" x2="{_number(line.x2)}" y2="{_number(line.y2)}"'
    return (
        f'<line {place} class="{line.colour}-edge" stroke="{PRINT[line.colour]}" stroke-width="{_number(line.width)}"/>'
    )


def _words(words: Words) -> str:
    size = f'font-size="{_number(words.size * _POINT)}"'
    bold = ' font-weight="bold"' if words.bold else ""
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    look = f'class="{words.colour}" fill="{PRINT[words.colour]}"'
    return (
        f'<text x="{_number(words.x)}" y="{_number(words.y)}" {size}{bold}{anchor} {look}>{escaped(words.text)}</text>'
    )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
