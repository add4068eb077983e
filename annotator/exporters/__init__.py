"""Reports: what they hold (format-free), and the files they become."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exporters.options import KINDS, PAPERS, ReportOptions, options_from
from annotator.model import AnnotatedArticle

if TYPE_CHECKING:
    from annotator.exporters.document import Report

__all__ = ["KINDS", "PAPERS", "ReportOptions", "build", "options_from", "write"]

# The two makers are imported when first wanted: the window starts without them.


def build(articles: Sequence[AnnotatedArticle], options: ReportOptions, *, coder: str, today: date) -> Report:
    """Return the report on some articles, format-free; ``coder`` is who hands it over."""
    from annotator.exporters import report

    return report.build(articles, options, coder=coder, today=today)


def write(report: Report, out: Path, options: ReportOptions) -> None:
    """Write a report to a file, by its ending. Raises WriteError; what stood there before is then intact."""
    from annotator.exporters import writing

    writing.write(report, out, options)
