"""Putting a report on disk: made whole in memory, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from annotator.errors import WriteError
from annotator.exporters import html, table_files
from annotator.exporters.document import Report
from annotator.exporters.options import ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.exporters.word import body as word
from annotator.language import tr
from annotator.paths import is_same
from annotator.writing import replace_all

Writer = Callable[[Report, ReportOptions, Renderer | None], bytes]


def _pdf(report: Report, options: ReportOptions, renderer: Renderer | None) -> bytes:
    if renderer is None:
        raise WriteError(
            tr("A PDF needs PySide6, which is not installed here. Install it: pip install PySide6-Essentials")
        )
    return renderer.pdf(report, options)


WRITERS: dict[str, Writer] = {
    "docx": word.document,
    "html": html.document,
    "pdf": _pdf,
    "xlsx": table_files.xlsx,
}
"""What makes the bytes of a file, by the ending of its name."""

SEVERAL: dict[str, Callable[[Report, Path], dict[Path, bytes]]] = {"csv": table_files.csv_files}
"""The same for what may become several files beside each other."""


def write(report: Report, out: Path, options: ReportOptions, renderer: Renderer | None = None) -> tuple[Path, ...]:
    """Write a report in the format its name asks for; returns the files written, all of them or none.

    Raises WriteError where the ending is unknown or the disk refuses; what stood there before is then intact.
    """
    files = made(report, out, options, renderer)
    replace_all(files)
    return tuple(files)


def made(report: Report, out: Path, options: ReportOptions, renderer: Renderer | None = None) -> dict[Path, bytes]:
    """Return what is to be written of a report, by file, in the format its name asks for. Raises WriteError."""
    ending = _ending(out)
    if ending not in WRITERS and ending not in SEVERAL:
        known = ", ".join(f".{suffix}" for suffix in sorted((*WRITERS, *SEVERAL)))
        raise WriteError(
            tr("A report cannot be written as “{name}”: its name must end in {known}.", name=out.name, known=known)
        )
    if options.template is not None and is_same(out, options.template):
        raise WriteError(tr("“{name}” is the template itself. Choose another name for the report.", name=out.name))
    return SEVERAL[ending](report, out) if ending in SEVERAL else {out: WRITERS[ending](report, options, renderer)}


def _ending(out: Path) -> str:
    return out.suffix.lower().lstrip(".")
