"""``annotator annotations``: marks out of a project in the formats of other programs, and back in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator import interchange
from annotator.cli_opening import articles_of, readable, writable
from annotator.errors import AnnotatorError
from annotator.interchange import FORMATS
from annotator.language import tr, trn
from annotator.model import Id
from annotator.paths import is_same
from annotator.project import Project

if TYPE_CHECKING:
    from annotator.interchange.incoming import Counts, Plan, Problem

SHOWN = 50
"""Most problems that are printed; all of them are in the file ``--problems`` names."""
WORDS = {
    "files": tr("files"), "coders": tr("coders"), "layers": tr("layers"), "terms": tr("terms of the code book"),
    "ledger": tr("entries of the ledger"), "entities": tr("entities"), "evidence": tr("pieces of evidence"),
    "articles": tr("articles"), "versions": tr("texts"), "sources": tr("sources"), "sentence_marks": tr("marked sentences"),
    "claims": tr("claims"), "source_mentions": tr("source mentions"), "mentions": tr("entity mentions"), "cues": tr("cues"),
    "loaded_terms": tr("loaded words"), "attributions": tr("attributions"), "relations": tr("relations"),
    "claim_evidence": tr("links to evidence"), "verifications": tr("steps of checking"), "answers": tr("answers to findings"),
    "merged_ids": tr("ids merged away"), "foreign_ids": tr("ids of other programs"),
}  # fmt: skip
"""What each kind of row is called."""

_path = click.Path(path_type=Path)
_article = click.option("--article", metavar="ID", help="Only this article: its id, or the beginning of it.")


@click.group("annotations")
def group() -> None:
    """Take marks out of a project in the formats of other programs, and back in."""


@group.command()
@click.argument("project", type=_path)
@click.argument("out", metavar="FILE", type=_path)
@click.option("--format", "format_", type=click.Choice([f.key for f in FORMATS.values() if f.writes]), required=True)
@_article
@click.option("--without-files", is_flag=True, help="json: leave the bytes of originals and of kept evidence out.")
def export(project: Path, out: Path, format_: str, article: str | None, without_files: bool) -> None:
    """Write all marks of a project, or of one article, to FILE. Tables as csv become FILE-claims.csv and so on."""
    with readable(project) as opened:
        ids = articles_of(opened, article)
        if is_same(out, project):
            raise AnnotatorError(tr("The export needs another name than the project itself."))
        write(opened, out, format_, ids[0] if article else None, files=not without_files)


@group.command("import")
@click.argument("project", type=_path)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_path)
@click.option("--format", "format_", type=click.Choice([f.key for f in FORMATS.values() if f.reads]), required=True)
@_article
@click.option("--coder", metavar="NAME", help="Whose marks they are: they go to a layer of that name.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and what cannot be placed; write nothing.")
@click.option(
    "--problems", type=_path, metavar="FILE", help="Write the whole list of what could not be placed to FILE."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_context
def import_(
    ctx: click.Context,
    project: Path,
    files: tuple[Path, ...],
    format_: str,
    article: str | None,
    coder: str | None,
    dry_run: bool,
    problems: Path | None,
    as_json: bool,
) -> None:
    """Take marks from FILE into a project, as one step. The same file again adds nothing.

    What cannot be placed is listed by line, and never stops the rest; the exit code is then 1.
    """
    with readable(project) if dry_run else writable(project) as opened:
        wanted = articles_of(opened, article)[0] if article else None
        found = interchange.plan(opened, files, format_, article=wanted, coder=coder)
        if not take(opened, found, dry_run=dry_run, as_json=as_json, problems=problems):
            ctx.exit(1)


def write(project: Project, out: Path, format_: str, article: Id | None, *, files: bool) -> None:
    """Export, and say what was written and what was left out."""
    found = interchange.export(project, out, format_, article=article, files=files)
    for path in found.files:
        click.echo(tr("Wrote {file}", file=path))
    _tell_problems(found.problems)


def take(project: Project, plan: Plan, *, dry_run: bool, as_json: bool, problems: Path | None) -> bool:
    """Do a plan, unless it is only to be shown, and say what comes of it; return whether all of the file came in."""
    if not dry_run:
        plan.take(project)
    if problems is not None:
        from annotator.writing import replace

        replace(problems, "".join(f"{p.told()}\n" for p in plan.problems).encode("utf-8", "replace"))
    if as_json:
        sys.stdout.write(json.dumps(_as_json(plan, dry_run), ensure_ascii=False, indent=2) + "\n")
    else:
        for line in lines(plan, dry_run=dry_run):
            click.echo(line)
        _tell_problems(plan.problems)
    return not any(not p.kept for p in plan.problems)


def lines(plan: Plan, *, dry_run: bool) -> list[str]:
    """Return what a plan does, for people: a line for each kind of row, then what became what."""
    counts = {list_: c for list_, c in plan.counts.items() if c.new or c.there or c.left_out or c.orphans}
    told = [_count(WORDS.get(list_, list_), c) for list_, c in counts.items()]
    told += [
        tr("{theirs} → {ours}: {n:,}", theirs=m.theirs, ours=WORDS.get(m.ours, m.ours), n=m.n) for m in plan.mappings
    ]
    told += plan.notes
    if plan.is_empty:
        told.append(tr("Nothing is new: the project stays as it is."))
    elif dry_run:
        told.append(tr("Nothing was written: this is what an import would do."))
    return told


def _count(name: str, counts: Counts) -> str:
    parts = [tr("{n:,} new", n=counts.new)]
    parts += [tr("{n:,} already there", n=counts.there)] if counts.there else []
    parts += [tr("{n:,} of them without a place", n=counts.orphans)] if counts.orphans else []
    parts += [tr("{n:,} left out", n=counts.left_out)] if counts.left_out else []
    return f"{name}: {', '.join(parts)}"


def _tell_problems(problems: Iterable[Problem]) -> None:
    found = list(problems)
    for problem in found[:SHOWN]:
        click.echo(problem.told().encode("utf-8", "replace").decode("utf-8"), err=True)
    more = len(found) - SHOWN
    if more > 0:
        click.echo(trn("and {n:,} more", "and {n:,} more", more), err=True)


def _as_json(plan: Plan, dry_run: bool) -> dict[str, Any]:
    return {
        "files": list(plan.files),
        "written": not dry_run and not plan.is_empty,
        "counts": {list_: vars(c) for list_, c in plan.counts.items()},
        "mappings": [vars(m) for m in plan.mappings],
        "problems": [vars(p) for p in plan.problems],
        "notes": plan.notes,
    }
