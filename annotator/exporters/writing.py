"""Putting a report on disk: made whole in memory, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.errors import WriteError
from annotator.exporters.document import Report
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.word import body as word
from annotator.language import tr
from annotator.writing import replace

Writer = Callable[[Report, ReportOptions, Renderer | None], bytes]

WRITERS: dict[str, Writer] = {"docx": word.document}
"""What makes the bytes of a file, by the ending of its name."""


def write(report: Report, out: Path, options: ReportOptions, renderer: Renderer | None = None) -> None:
    """Write a report in the format its name asks for.

    Raises WriteError where the ending is unknown or the disk refuses; what stood there before is then intact.
    """
    writer = WRITERS.get(out.suffix.lower().lstrip("."))
    if writer is None:
        known = ", ".join(f".{suffix}" for suffix in sorted(WRITERS))
        raise WriteError(
            tr("A report cannot be written as “{name}”: its name must end in {known}.", name=out.name, known=known)
        )
    if options.template is not None and _same(out, options.template):
        raise WriteError(tr("“{name}” is the template itself. Choose another name for the report.", name=out.name))
    replace(out, writer(report, options, renderer))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False
