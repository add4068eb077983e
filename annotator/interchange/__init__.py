"""Formats of other programs, and our own: what leaves a project and comes back. A format is one module and one line here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, WriteError
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.interchange.incoming import Plan, Problem
    from annotator.model import Id
    from annotator.project import Project

# The formats themselves are imported when first wanted.


@dataclass(frozen=True)
class Format:
    """A format: its key, what people call it, the endings of its files, and what it can do.

    ``lossless``: everything that goes out comes back. ``lost``: else what does not, in a few words.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool
    writes: bool = True
    lossless: bool = False
    lost: str = ""


FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        Format("json", tr("Article Annotator JSON"), (".json",), reads=True, lossless=True),
        Format("csv", tr("Tables as CSV"), (".csv",), reads=True,
               lost=tr("checking and evidence, relations, the ledger, older texts; marks are read back, with sources, entities and who said what")),
        Format("xlsx", tr("Tables as Excel"), (".xlsx",), reads=False, lost=tr("as CSV; cells beyond 32,767 letters are cut")),
        Format("jsonl", tr("JSONL for training (spaCy, Prodigy, doccano)"), (".jsonl",), reads=False,
               lost=tr("all but spans and their labels; spans that begin or end inside a token")),
        Format("quotations", tr("Table of quotations"), (".csv", ".xlsx"), reads=False,
               lost=tr("all but who said what: claims nobody is named for are not in it")),
    )
}  # fmt: skip
"""Every format by its key, in the order people see them."""


@dataclass(frozen=True)
class Exported:
    """The files an export wrote, and what was left out of them."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def export(project: Project, out: Path, format_: str, *, article: Id | None = None, files: bool = True) -> Exported:
    """Write a project, or one article, in a format; whole or not at all. ``files``: with the bytes of originals.

    Raises WriteError, and RuleBroken where the article is gone.
    """
    from annotator.writing import check_place, replace_all

    known = FORMATS[format_]
    if out.suffix.lower() not in known.suffixes:
        raise WriteError(
            tr(
                "“{name}” cannot be written in this format: its name must end in {known}.",
                name=out.name,
                known=", ".join(known.suffixes),
            )
        )
    check_place(out)
    made, problems = _made(project, out, format_, article, files)
    replace_all(made)
    return Exported(tuple(made), problems)


def _made(
    project: Project, out: Path, format_: str, article: Id | None, files: bool
) -> tuple[dict[Path, bytes], tuple[Problem, ...]]:
    if format_ == "json":
        from annotator.interchange import own_json

        return {out: own_json.write(project, article, files=files)}, ()
    if format_ == "jsonl":
        from annotator.interchange import jsonl

        content, problems = jsonl.write(project, out.name, article)
        return {out: content}, tuple(problems)
    from annotator.interchange import csv_files

    if format_ == "csv":
        return csv_files.csv_files(project, out, article), ()
    content = csv_files.xlsx(project, article) if format_ == "xlsx" else csv_files.quotations(project, out, article)
    return {out: content}, ()


def plan(
    project: Project, files: Sequence[Path], format_: str, *, article: Id | None = None, coder: str | None = None
) -> Plan:
    """Look through files before they are taken in: what comes in, and what cannot be placed and why; writes nothing.

    ``article``: the one the marks are of, where the files do not say. ``coder``: whose layer they go to; else the one at
    work. Raises ReadError where a file is none of this format.
    """
    if format_ == "json":
        from annotator.interchange import own_json

        if article is not None or coder is not None:
            raise AnnotatorError(tr("A file of this format says itself what its articles are and who marked them."))
        return own_json.plan(project, [*files])
    if format_ == "csv":
        from annotator.interchange import csv_files

        return csv_files.plan(project, [*files], article=article, coder=coder)
    raise AnnotatorError(tr("Files of the format “{format}” are written, not read.", format=FORMATS[format_].title))
