"""Reports: what they hold (format-free), and the files they become."""

from __future__ import annotations

from annotator.exporters.document import Report
from annotator.exporters.options import KINDS, PAPERS, ReportOptions, options_from
from annotator.exporters.report import build
from annotator.exporters.writing import WRITERS, write

__all__ = ["KINDS", "PAPERS", "WRITERS", "Report", "ReportOptions", "build", "options_from", "write"]
