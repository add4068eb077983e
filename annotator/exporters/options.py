"""What a report shows and how: the options of the report dialog and of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.language import tr

KINDS = {
    "annotated": tr("Annotated article"),
    "audit": tr("Sourcing audit"),
    "worksheet": tr("Worksheet"),
    "answer-key": tr("Answer key"),
    "claims": tr("Claims appendix"),
}
"""The kinds of report by the name the command line knows, with their words for people."""

PAPERS = ("A4", "Letter")
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """Options of a report.

    ``comments``: each claim carries a comment in the margin; ``notes``: the same notes printed after the article;
    ``unresolved_first``: the claims still open stand on the first page; ``legend``, ``tables``, ``method``: those parts
    are there; ``template``: a Word file whose styles the report takes.
    """

    kind: str = "annotated"
    comments: bool = True
    notes: bool = True
    unresolved_first: bool = True
    legend: bool = True
    tables: bool = True
    method: bool = True
    paper: str = "A4"
    template: Path | None = None


_SWITCHES = ("comments", "notes", "unresolved_first", "legend", "tables", "method")


def options_from(kind: str, template: Path | None, given: Mapping[str, str]) -> ReportOptions:
    """Make options from words, as a command line gives them. Raises AnnotatorError for an unknown name or value."""
    if kind not in KINDS:
        raise AnnotatorError(
            tr(
                "There is no report of the kind “{kind}”. There is: {kinds}.",
                kind=kind,
                kinds=", ".join(sorted(KINDS)),
            )
        )
    if template is not None and not template.is_file():
        raise AnnotatorError(tr("The template “{template}” was not found.", template=template))
    options = ReportOptions(kind=kind, template=template)
    for key, value in given.items():
        name = key.strip().lower().replace("-", "_")
        if name == "paper":
            options = replace(options, paper=_paper(value))
        elif name in _SWITCHES:
            options = replace(options, **{name: _switch(key, value)})
        else:
            known = ", ".join((*_SWITCHES, "paper"))
            raise AnnotatorError(tr("A report has no option “{name}”. It has: {known}.", name=key, known=known))
    return options


def _paper(value: str) -> str:
    for paper in PAPERS:
        if value.strip().casefold() == paper.casefold():
            return paper
    raise AnnotatorError(
        tr("“{value}” is not a paper size of the report. There is: {sizes}.", value=value, sizes=", ".join(PAPERS))
    )


def _switch(key: str, value: str) -> bool:
    word = value.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise AnnotatorError(tr("The option “{name}” is yes or no, not “{value}”.", name=key, value=value))
