"""About which page an anchor stands on: shown in the contents until Word or LibreOffice count for themselves."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.exporters import measures
from annotator.exporters.document import AnchorStart, Contents, Inline, NumberedLines, Paragraph, Part, Report, Table
from annotator.exporters.options import ReportOptions

_AFTER_HEADING = 40.0
"""A heading goes to the next page where less than this would follow it."""
_HEADING = 24.0


def page_numbers(report: Report, options: ReportOptions) -> dict[str, int]:
    """Return the page (from 1) that each anchor is expected on; empty where the report has no contents."""
    if not any(isinstance(part, Contents) for part in report.parts):
        return {}
    column = _Column(measures.ROOM[options.paper])
    for part in report.parts:
        column.take(part)
    return column.pages


class _Column:
    """The text as one column, cut into pages."""

    def __init__(self, height: float) -> None:
        self.pages: dict[str, int] = {}
        self._height = height
        self._page, self._at = 1, 0.0

    def take(self, part: Part) -> None:
        """Put a part below those before it."""
        match part:
            case Paragraph():
                if part.new_page and self._at:
                    self._page, self._at = self._page + 1, 0.0
                self._put(measures.paragraph(part), part.inlines, is_heading=part.style.startswith("Heading"))
            case Table():
                self._take_table(part)
            case NumberedLines():
                for line in part.lines:
                    self._put(measures.numbered_line(first=line.first), line.inlines)
            case _:
                self._put(measures.height([part]), ())

    def _take_table(self, table: Table) -> None:
        heights = [measures.row(table.columns, row, table.look) for row in table.rows]
        head = measures.head(table)
        kept = len(heights) + table.has_head <= measures.KEPT and not table.parted
        if kept and self._at + head + sum(heights) > self._height:
            self._page, self._at = self._page + 1, _HEADING  # its heading goes with it
        self._put(head, ())
        for height, row in zip(heights, table.rows, strict=True):
            self._put(height, [i for cell in row for p in cell for i in p.inlines])

    def _put(self, height: float, inlines: Iterable[Inline], *, is_heading: bool = False) -> None:
        if self._at + height + _AFTER_HEADING * is_heading > self._height and self._at:
            self._page, self._at = self._page + 1, 0.0
        for inline in inlines:
            if isinstance(inline, AnchorStart):
                self.pages[inline.name] = self._page
        self._at += height
        while self._at > self._height:
            self._page, self._at = self._page + 1, self._at - self._height
