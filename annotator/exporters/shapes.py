"""Plain shapes a picture is made of: painted in the window, written as SVG, PNG or bars of a table.

Lengths are millimetres, x to the right and y down; sizes of words are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.analysis.sourcing import Span

Fill = Literal["solid", "hatched", "empty"]
Colour = Literal["claim", "source", "ink", "muted", "quiet", "paper"]
"""Names of colours; who paints gives them their values: brown belongs to claims, blue to sources, quiet is a pale grey."""


PRINT: Mapping[Colour, str] = {
    "claim": "#7a4e00",
    "source": "#0b57a4",
    "ink": "#1f1d1a",
    "muted": "#5f5a52",
    "quiet": "#e9e4d8",
    "paper": "#ffffff",
}
"""The colours on paper, whatever file a picture stands in."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; ``spans`` are the passages it stands for, ``tip`` its figure in words."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    fill: Fill = "solid"
    tip: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: Colour
    width: float = 0.2


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a point: ``x`` is where they start, end or have their middle, ``y`` the line they stand on."""

    x: float
    y: float
    text: str
    size: float = 8.0
    bold: bool = False
    colour: Colour = "ink"
    anchor: Literal["start", "middle", "end"] = "start"


Shape = Box | Line | Words
