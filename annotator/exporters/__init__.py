"""Reports: what they hold (format-free), and the files they become."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exporters.options import KINDS, PAPERS, ReportOptions, options_from

if TYPE_CHECKING:
    from annotator.exporters.document import Report
    from annotator.exporters.material import Material
    from annotator.exporters.rendering import Renderer

__all__ = ["KINDS", "PAPERS", "ReportOptions", "build", "options_from", "write"]

# The makers are imported when first wanted: the window starts without them.


def build(
    material: Material, options: ReportOptions, *, coder: str, today: date, renderer: Renderer | None = None
) -> Report:
    """Return the report of a kind, format-free; ``coder`` is who hands it over.

    A worksheet's lines are broken by the renderer; without one, by a rule of thumb that leaves them a little short.
    """
    from importlib import import_module

    module = import_module(f"annotator.exporters.{_MAKERS[options.kind]}")
    made: Report = module.build(material, options, coder=coder, today=today, renderer=renderer)
    return made


def write(report: Report, out: Path, options: ReportOptions, renderer: Renderer | None = None) -> None:
    """Write a report to a file, by its ending. Raises WriteError; what stood there before is then intact.

    Pictures and PDF need the renderer; without one a Word file has bars of table cells in their place.
    """
    from annotator.exporters import writing

    writing.write(report, out, options, renderer)


_MAKERS = {
    "annotated": "annotated",
    "audit": "audit",
    "worksheet": "worksheet",
    "answer-key": "answer_key",
    "claims": "claims",
}
"""The module that makes each kind of report."""
