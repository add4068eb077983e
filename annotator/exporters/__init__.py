"""Reports: what they hold (format-free), and the files they become."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exporters.options import FORMATS, KINDS, PAPERS, ReportOptions, formats_of, options_from
from annotator.paths import is_there

if TYPE_CHECKING:
    from annotator.exporters.document import Report
    from annotator.exporters.material import Material
    from annotator.exporters.rendering import Renderer

__all__ = [
    "FORMATS",
    "KINDS",
    "PAPERS",
    "ReportOptions",
    "build",
    "check",
    "companion",
    "formats_of",
    "left_there",
    "options_from",
    "undisturbed",
    "write",
    "write_reports",
]

# The makers are imported when first wanted: the window starts without them.


def build(
    material: Material, options: ReportOptions, *, coder: str, today: date, renderer: Renderer | None = None
) -> Report:
    """Return the report of a kind, format-free; ``coder`` is who hands it over.

    A worksheet's lines are broken by the renderer; without one, by a rule of thumb that leaves them a little short.
    """
    from importlib import import_module

    module = import_module(f"annotator.exporters.{_MAKERS[options.kind]}")
    with undisturbed():
        made: Report = module.build(material, options, coder=coder, today=today, renderer=renderer)
    return made


@contextmanager
def undisturbed() -> Generator[None]:
    """Look for lost objects afterwards: a report is hundreds of thousands of lasting ones, and looking takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write(report: Report, out: Path, options: ReportOptions, renderer: Renderer | None = None) -> tuple[Path, ...]:
    """Write a report to a file, by its ending; returns the files written: tables as .csv may be several.

    Raises WriteError; what stood there before is then intact. Pictures and PDF need the renderer; without one a Word
    file has bars of table cells in their place.
    """
    from annotator.exporters import writing

    with undisturbed():
        return writing.write(report, out, options, renderer)


def write_reports(
    material: Material,
    out: Path,
    options: ReportOptions,
    *,
    coder: str,
    today: date,
    renderer: Renderer | None = None,
    before_step: Callable[[], object] = lambda: None,
) -> tuple[Path, ...]:
    """Build a report and write it; with ``options.both`` the worksheet and its key, side by side.

    Returns the files written: all of them, or none. ``before_step`` is called before each step, the last time before
    anything is on disk, and may raise to end it there. Raises WriteError, also where ``check`` does.
    """
    from dataclasses import replace

    from annotator.exporters import writing
    from annotator.writing import replace_all

    check(options.kind, out)
    made: dict[Path, bytes] = {}
    wanted = [(options.kind, out)]
    other = companion(options, out)
    if other is not None:
        wanted.append((_OTHER[options.kind], other))
    for kind, path in wanted:
        chosen = replace(options, kind=kind)
        with undisturbed():
            before_step()
            report = build(material, chosen, coder=coder, today=today, renderer=renderer)
            before_step()
            made |= writing.made(report, path, chosen, renderer)
    before_step()
    replace_all(made)
    return tuple(made)


def left_there(out: Path, written: Sequence[Path]) -> tuple[Path, ...]:
    """Return the tables beside those written that bear their name and are not of them: perhaps of an earlier report."""
    if out.suffix.lower() != ".csv":
        return ()
    try:
        named = [p for p in out.parent.iterdir() if p.suffix.lower() == ".csv" and p.name.startswith(f"{out.stem}-")]
    except OSError:  # a folder that may be written and not listed
        named = []
    return tuple(sorted({*named, *([out] if is_there(out) else [])} - set(written)))


def check(kind: str, out: Path) -> None:
    """Look whether a report of a kind can be written to a file, before it is made. Raises WriteError.

    Raised for an ending nobody knows, for tables of what is worked on with a pen, and where no file may be put.
    """
    from annotator.errors import WriteError
    from annotator.language import tr
    from annotator.writing import check_place

    if out.suffix.lower().lstrip(".") not in formats_of(kind):
        known = ", ".join(f".{name}" for name in formats_of(kind))
        raise WriteError(
            tr(
                "A report of the kind “{kind}” cannot be written as “{name}”: its name must end in {known}.",
                kind=kind,
                name=out.name,
                known=known,
            )
        )
    check_place(out)


def companion(options: ReportOptions, out: Path) -> Path | None:
    """Return the file that is written beside ``out``: the key to a worksheet, the worksheet to a key; else None."""
    other = _OTHER.get(options.kind) if options.both else None
    return None if other is None else out.with_name(f"{out.stem}-{other}{out.suffix}")


_OTHER = {"worksheet": "answer-key", "answer-key": "worksheet"}
_MAKERS = {
    "annotated": "annotated",
    "audit": "audit",
    "worksheet": "worksheet",
    "answer-key": "answer_key",
    "claims": "claims",
}
"""The module that makes each kind of report."""
