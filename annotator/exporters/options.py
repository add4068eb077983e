"""What a report shows and how: the options of the report dialog and of the command line, in one table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, cast

from annotator.errors import AnnotatorError
from annotator.language import tr
from annotator.paths import is_there

KINDS = {
    "annotated": tr("Annotated article"),
    "audit": tr("Sourcing audit"),
    "worksheet": tr("Worksheet"),
    "answer-key": tr("Answer key"),
    "claims": tr("Claims appendix"),
}
"""The kinds of report by the name the command line knows, with their words for people."""

FORMATS = {
    "docx": tr("Word (.docx)"),
    "html": tr("Web page (.html)"),
    "pdf": tr("PDF (.pdf)"),
    "xlsx": tr("Tables (.xlsx)"),
    "csv": tr("Tables (.csv)"),
}
"""The files a report may become, by the ending of their names."""

PAPERS = ("A4", "Letter")
HIDDEN = {
    "marks": tr("All marks"),
    "labels": tr("Labels"),
    "sources": tr("Sources"),
    "verdicts": tr("Verdicts"),
}
"""What a worksheet may keep from its readers."""

TASKS = {
    "mark": tr("Mark the claims"),
    "who": tr("Who says so, and how do they know"),
    "trace": tr("Claims to trace"),
    "verbs": tr("Verb pairs"),
    "accounts": tr("Two accounts side by side"),
    "lateral": tr("Lateral reading"),
}
"""The tasks of a worksheet."""

_LESSON = frozenset({"worksheet", "answer-key"})
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})


@dataclass(frozen=True, slots=True)
class Option:
    """An option by its name in ReportOptions: which kinds of report it belongs to, its words, what it may hold.

    ``of``: "flag" is yes or no, "several" any of ``choices``, "number" from ``low`` to ``high``.
    """

    name: str
    kinds: frozenset[str]
    words: str
    note: str = ""
    of: Literal["flag", "several", "number"] = "flag"
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 0


def _flag(name: str, kinds: str, words: str, note: str = "") -> Option:
    return Option(name, frozenset(kinds.split(",")), words, note)


OPTIONS: tuple[Option, ...] = (
    _flag("comments", "annotated", tr("Comments in the margin"), tr("One for each claim: who says it, its status, the note.")),
    _flag("notes", "annotated", tr("Notes section for printing"), tr("What the comments say, after the article.")),
    _flag("verdicts", "annotated", tr("Verdicts and evidence"), tr("What was checked, how it came out, and by which evidence.")),
    _flag("unresolved_first", "annotated", tr("Open claims first"), tr("The claims that still need somebody stand on the first page.")),
    _flag("legend", "annotated", tr("Legend of the marks"), tr("How to read the shading, the lines and the boxes.")),
    _flag("findings", "audit", tr("Findings with quotes"), tr("What the house rules ask about, with the passages and the answers.")),
    _flag("context", "claims", tr("Claims with their sentence"), tr("Each claim stands in the sentence around it.")),
    _flag("vocabularies", "claims", tr("Vocabularies used"), tr("The code book: each term with its definition.")),
    _flag("ledger", "claims", tr("Claims that articles share"), tr("Each proposition once, with all that repeat it.")),
    _flag("tables", "annotated", tr("Tables of claims, sources, entities")),
    _flag("tables", "audit", tr("Tables behind the pictures"), tr("Every figure of every picture, in numbers.")),
    _flag("method", "annotated,audit,claims", tr("Method note"), tr("How everything was counted, and which word lists were used.")),
    Option(
        "tasks", _LESSON, tr("Tasks"), tr("What pupils are asked to do; the key answers the same."),
        "several", tuple(TASKS.items()),
    ),
    Option("trace", _LESSON, tr("Claims to trace"), tr("Picked worth checking, with nobody or one source behind them."), "number", low=1, high=20),
    Option(
        "hide", frozenset({"worksheet"}), tr("Hide"), tr("What is not printed on the worksheet; the key shows it."),
        "several", tuple(HIDDEN.items()),
    ),
    Option("lines", frozenset({"worksheet"}), tr("Room to write"), tr("Lines below a question; 2 is for a class that writes small."), "number", low=1, high=6),
    _flag("line_numbers", "worksheet,answer-key", tr("Line numbers"), tr("A class finds a place by its number.")),
    _flag("both", "worksheet,answer-key", tr("Worksheet and key together"), tr("Writes both files, side by side.")),
)  # fmt: skip
"""Every option of the kinds of report, in the order of the dialog; the same one may have other words in another kind."""


def options_of(kind: str) -> list[Option]:
    """Return the options that matter to a kind of report."""
    return [option for option in OPTIONS if kind in option.kinds]


def formats_of(kind: str) -> tuple[str, ...]:
    """Return the formats a kind of report can be written in: what is worked on with a pen is no table."""
    return ("docx", "html", "pdf") if kind in _LESSON else tuple(FORMATS)


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """Options of a report.

    ``comments``: each claim carries a comment in the margin; ``notes``: the same notes printed after the article;
    ``verdicts``: verdict and evidence stand in comments, notes and tables; ``unresolved_first``: the claims still open
    stand on the first page; ``legend``, ``tables``, ``method``, ``findings``, ``context``, ``vocabularies``,
    ``ledger``: those parts are there. ``tasks``, ``trace`` (how many claims), ``hide``, ``line_numbers``, ``lines`` (how many to
    write on below a question): the worksheet and its key; ``both``: one export writes the two. ``format`` is the one last chosen: the name of the file decides.
    ``template``: a Word file whose styles the report takes.
    """

    kind: str = "annotated"
    comments: bool = True
    notes: bool = True
    verdicts: bool = True
    unresolved_first: bool = True
    legend: bool = True
    tables: bool = True
    method: bool = True
    findings: bool = True
    context: bool = True
    vocabularies: bool = True
    ledger: bool = True
    tasks: frozenset[str] = frozenset(TASKS)
    trace: int = 5
    hide: frozenset[str] = frozenset(HIDDEN)
    lines: int = 2
    line_numbers: bool = True
    both: bool = False
    paper: str = "A4"
    format: str = "docx"
    template: Path | None = None

    def to_json(self) -> str:
        """Return the options as JSON, to be kept."""
        return json.dumps({f.name: _plain(getattr(self, f.name)) for f in fields(self)}, ensure_ascii=False)

    def with_json(self, kept: str) -> ReportOptions:
        """Return the options with what was kept in the place of these; what makes no sense (any more) is passed over."""
        try:
            found: object = json.loads(kept)
        except (ValueError, RecursionError):
            return self
        if not isinstance(found, dict):
            return self
        taken = {name: _taken(name, value) for name, value in cast("dict[str, object]", found).items()}
        return replace(self, **{name: value for name, value in taken.items() if value is not None})


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
    if template is not None and not (is_there(template) and template.is_file()):
        raise AnnotatorError(tr("The template “{template}” was not found.", template=template))
    options = ReportOptions(kind=kind, template=template)
    known = {o.name: o for o in OPTIONS}
    for key, value in given.items():
        name = key.strip().lower().replace("-", "_")
        if name == "paper":
            options = replace(options, paper=_paper(value))
        elif name not in known:
            told = ", ".join((*(o.name for o in options_of(kind)), "paper"))
            raise AnnotatorError(tr("A report has no option “{name}”. It has: {known}.", name=key, known=told))
        elif not any(o.name == name for o in options_of(kind)):
            told = ", ".join((*(o.name for o in options_of(kind)), "paper"))
            raise AnnotatorError(
                tr(
                    "The option “{name}” does not belong to the report “{kind}”. It has: {known}.",
                    name=key, kind=kind, known=told,
                )
            )  # fmt: skip
        else:
            options = replace(options, **{name: _said(known[name], key, value)})
    return options


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    return str(value) if isinstance(value, Path) else value


def _taken(name: str, value: object) -> Any:
    """Return what was kept as an option holds it; None where it cannot."""
    option = next((o for o in OPTIONS if o.name == name), None)
    if option is None:
        allowed = {"kind": KINDS, "paper": PAPERS, "format": FORMATS}.get(name)
        if allowed is not None:
            return value if isinstance(value, str) and value in allowed else None
        return Path(value) if name == "template" and isinstance(value, str) and value else None
    match option.of:
        case "flag":
            return value if isinstance(value, bool) else None
        case "number":
            if not isinstance(value, int) or isinstance(value, bool):
                return None
            return value if option.low <= value <= option.high else None
        case "several":
            offered = {key for key, _ in option.choices}
            return (
                frozenset(v for v in cast("list[object]", value) if v in offered) if isinstance(value, list) else None
            )


def _said(option: Option, key: str, value: str) -> bool | int | frozenset[str]:
    match option.of:
        case "flag":
            return _switch(key, value)
        case "number":
            return _number(option, key, value)
        case "several":
            return _several(option, key, value)


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


def _number(option: Option, key: str, value: str) -> int:
    word = value.strip()
    if word.isascii() and word.isdigit() and len(word) < 6 and option.low <= int(word) <= option.high:
        return int(word)
    raise AnnotatorError(
        tr(
            "The option “{name}” is a number from {low} to {high}, not “{value}”.",
            name=key, low=option.low, high=option.high, value=value,
        )
    )  # fmt: skip


def _several(option: Option, key: str, value: str) -> frozenset[str]:
    """Return the choices in "one,another", of "all" or of "none"."""
    word = value.strip().casefold()
    offered = [name for name, _ in option.choices]
    if word in ("all", "none"):
        return frozenset(offered if word == "all" else ())
    said = [part.strip().casefold().replace("-", "_") for part in value.split(",")]
    for part in said:
        if part not in offered:
            raise AnnotatorError(
                tr(
                    "“{value}” is not among the {name}: {known}, all or none.",
                    value=part, name=key, known=", ".join(offered),
                )
            )  # fmt: skip
    return frozenset(said)
