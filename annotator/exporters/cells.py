"""Cells of figures: what is printed, and the values that a spreadsheet holds in its place."""

from __future__ import annotations

from annotator.analysis.sourcing import Figure
from annotator.exporters import figures
from annotator.exporters.document import Paragraph, Text
from annotator.tables import PerCent

_STYLE = "TableText"


def number(n: float) -> Paragraph:
    """Return a count, or a part of one."""
    return Paragraph(_STYLE, (Text(figures.number(n)),), values=(n,))


def share(value: float | None, *, style: str = _STYLE) -> Paragraph:
    """Return a share, 0 to 1; "none" for None, which a spreadsheet leaves empty."""
    held = () if value is None else (PerCent(value),)
    return Paragraph(style, (Text(figures.per_cent(value)),), values=held)


def n_of(figure: Figure) -> Paragraph:
    """Return "15 of 20", two values of a spreadsheet."""
    return Paragraph(_STYLE, (Text(figures.n_of(figure)),), values=(figure.n, figure.of))


def nothing() -> Paragraph:
    """Return a dash, which a spreadsheet leaves empty."""
    return Paragraph(_STYLE, (Text("–", ("Quiet",)),), values=())
