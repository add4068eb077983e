"""The command line's report: read, build, write, and say what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from annotator import exporters
from annotator.errors import AnnotatorError
from annotator.exporters.options import Option, options_of
from annotator.exporters.rendering import Renderer
from annotator.language import tr
from annotator.model import Id
from annotator.paths import is_same, is_there
from annotator.project import Project

MakeRenderer = Callable[[], Renderer]
"""Makes what only Qt can do. Raises AnnotatorError where Qt is not to be had here."""
_MANY = 100
"""Articles from which on the reading is told of."""


def write_report(
    project: Project,
    out: Path,
    articles: Sequence[Id],
    layer: Id | None,
    options: exporters.ReportOptions,
    make_renderer: MakeRenderer | None,
) -> None:
    """Write a report and say which files it became. Raises AnnotatorError."""
    from annotator.exporters.material import Material  # only here: the other commands need no audit

    if not articles:
        raise AnnotatorError(tr("The project holds no article yet. Import one first."))
    if is_same(out, project.path):
        raise AnnotatorError(tr("The report needs another name than the project itself."))
    exporters.check(options.kind, out)
    renderer = _renderer(options.kind, out, make_renderer)
    there = _there(out)
    material = Material.read(project, articles, layer, _teller(len(articles)))
    made = exporters.write_reports(
        material, out, options, coder=project.coder.name, today=date.today(), renderer=renderer
    )
    for path in made:
        told = tr("Wrote {path}", path=path)
        if path in there:
            told = tr("Wrote {path}, in the place of the file that was there", path=path)
        click.echo(told)
    for path in exporters.left_there(out, made):
        click.echo(tr("Not of this report, perhaps of an earlier one: {path}", path=path), err=True)


def _there(out: Path) -> set[Path]:
    """Return the files a report may replace; where the folder may not be listed, the one that is known by name."""
    try:
        return set(out.parent.iterdir())
    except OSError:
        return {out} if is_there(out) else set()


def told_of(kind: str) -> str:
    """Return the options of a kind of report with what each may hold, as a command line's help tells them."""
    by_value: dict[str, list[str]] = {}
    for option in options_of(kind):
        by_value.setdefault(_values(option), []).append(option.name)
    by_value.setdefault(_joined(exporters.PAPERS), []).append("paper")
    return "; ".join(f"{', '.join(names)}: {values}" for values, names in by_value.items())


def _values(option: Option) -> str:
    match option.of:
        case "flag":
            return tr("yes or no")
        case "number":
            return tr("{low} to {high}", low=option.low, high=option.high)
        case "several":
            return tr("any of {known}, all or none", known=",".join(key for key, _ in option.choices))


def _joined(words: tuple[str, ...]) -> str:
    return tr("{first} or {last}", first=", ".join(words[:-1]), last=words[-1])


def help_of_options() -> str:
    """Return the options of every kind, a paragraph each."""
    told = [tr("Options of {kind}: {options}.", kind=kind, options=told_of(kind)) for kind in exporters.KINDS]
    return "\n\n".join(told)


def _renderer(kind: str, out: Path, make_renderer: MakeRenderer | None) -> Renderer | None:
    """Return what paints pictures and breaks lines, where this report has any; without Qt only a PDF is refused."""
    is_pdf = out.suffix.lower() == ".pdf"
    if make_renderer is None or (kind == "annotated" and not is_pdf):
        return None
    try:
        return make_renderer()
    except AnnotatorError:
        if is_pdf:
            raise
        return None


def _teller(articles: int) -> Callable[[int], None]:
    """Return what tells every tenth of the reading on standard error, where there are many articles."""
    step = max(1, articles // 10)

    def tell(read: int) -> None:
        if articles >= _MANY and read % step == 0:
            click.echo(tr("Read {n:,} of {all:,} articles", n=read, all=articles), err=True)

    return tell


def pairs(options: Sequence[str]) -> Mapping[str, str]:
    """Return KEY=VALUE options by key. Raises click.BadParameter."""
    found: dict[str, str] = {}
    for option in options:
        key, sign, value = option.partition("=")
        if not sign or not key:
            raise click.BadParameter(tr("“{option}” is not KEY=VALUE.", option=option), param_hint="--option")
        found[key] = value
    return found
