"""What a report needs that only the window's room can do; handed down, so that no exporter knows Qt."""

from __future__ import annotations

from typing import Protocol

from annotator.exporters.document import Chart, Report
from annotator.exporters.options import ReportOptions


class Renderer(Protocol):
    """Paints pictures, breaks lines and prints pages."""

    def picture(self, chart: Chart, dpi: int) -> bytes:
        """Return a chart as a PNG of its true size at so many dots per inch."""
        ...

    def lines(self, text: str, width: float, size: float, *, rtl: bool) -> list[tuple[int, int]]:
        """Break a paragraph set in the article's face of ``size`` points into lines of ``width`` mm.

        Returns (start, end) of each in code points of ``text``; white space at a break belongs to the line before it.
        """
        ...

    def pdf(self, report: Report, options: ReportOptions) -> bytes:
        """Return the report as a PDF."""
        ...
