"""The command line: everything the window does, without a window (contract in docs/command-line.md)."""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from annotator import __version__, cli_annotations, cli_report, exporters, importers
from annotator.cli_opening import articles_of as _articles
from annotator.cli_opening import readable as _readable
from annotator.cli_opening import writable as _writable
from annotator.errors import AnnotatorError
from annotator.exporters.rendering import Renderer
from annotator.exporters.wording import said_by
from annotator.model import AnnotatedArticle, Article, Attribution, Entity, Id, Source
from annotator.model.values import CHECK_WORTHY, NOT_STATED, ZONES
from annotator.project import Project
from annotator.vocabulary import count

OpenWindow = Callable[[list[Path]], int]


class _Group(click.Group):
    """Turns a user's error into one sentence on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AnnotatorError as error:
            click.echo(f"annotator: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="annotator")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Mark claims, sources and entities in articles, link who said what, hand over a Word report.

    Without a command, the window opens.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(_open_window(ctx)([]))


@dataclass(frozen=True)
class _Handed:
    """What only a room with Qt can do; ``renderer`` paints pictures and prints pages."""

    open_window: OpenWindow
    renderer: Callable[[], Renderer] | None = None


def run(arguments: list[str], open_window: OpenWindow, renderer: Callable[[], Renderer] | None = None) -> int:
    """Run a command line and return its exit code.

    ``open_window`` is called where a window is wanted, ``renderer`` where a report needs one; it may raise AnnotatorError.
    """
    handed = _Handed(open_window, renderer)
    try:
        code = main.main(args=arguments, prog_name="annotator", standalone_mode=False, obj=handed)
    except click.exceptions.Abort:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing but the end follows: pressed again it shows no trace
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code if isinstance(code, int) else 0


def _handed(ctx: click.Context) -> _Handed:
    found: _Handed = ctx.find_root().obj
    return found


def _open_window(ctx: click.Context) -> OpenWindow:
    return _handed(ctx).open_window


_path = click.Path(path_type=Path)
_article = click.option("--article", "article", metavar="ID", help="Only this article: its id, or the beginning of it.")
_layer = click.option(
    "--layer", "layer", metavar="NAME", help="The set of marks to read: the name of its coder or layer."
)
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@main.command("open")
@click.argument("files", nargs=-1, type=_path)
@click.pass_context
def open_(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Open a project or articles in the window."""
    ctx.exit(_open_window(ctx)(list(files)))


@main.command()
@click.argument("project", type=_path)
@click.option("--coder", default="Me", show_default=True, help="The name of the person who marks.")
def new(project: Path, coder: str) -> None:
    """Make a new, empty project."""
    if not project.name:
        raise AnnotatorError("The new project needs a name.")
    if project.suffix != ".annot":
        project = project.with_name(project.name + ".annot")
    Project.create(project, coder=coder).close()
    click.echo(f"Made {project}")


@main.command("import")
@click.argument("project", type=_path)
@click.argument("files", nargs=-1, required=True, type=_path)
@click.option("--encoding", help="The files’ encoding, where it is known.")
@click.option("--whole-page", is_flag=True, help="All text of a web page, not only the article found in it.")
@click.option("--join-lines", is_flag=True, help="Make paragraphs of plain text whose lines are broken at one width.")
@click.option("--again", is_flag=True, help="Add, too, what the project holds already.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="How many files are read at a time.")
@click.pass_context
def import_(
    ctx: click.Context,
    project: Path,
    files: tuple[Path, ...],
    encoding: str | None,
    whole_page: bool,
    join_lines: bool,
    again: bool,
    jobs: int | None,
) -> None:
    """Add articles to a project, folders with all in them; one line each, a bad file fails alone.

    What the project holds already is said and not added twice. Ctrl+C ends it: what was printed is in the project.
    """
    from annotator.cli_import import import_files  # only here: the other commands need no readers
    from annotator.importers.encoding import known_encoding
    from annotator.importers.limits import default_jobs

    if encoding is not None:
        try:
            encoding = known_encoding(encoding)
        except AnnotatorError as error:
            raise click.BadParameter(str(error), param_hint="--encoding") from error
    options = importers.ReadOptions(encoding=encoding, whole_page=whole_page, join_lines=join_lines)
    with _writable(project) as opened:
        failed = import_files(opened, files, options, jobs=jobs or default_jobs(), again=again)
    if failed:
        ctx.exit(1)


@main.command("list")
@click.argument("project", type=_path)
@click.argument("kind", type=click.Choice(["articles", "claims", "sources", "entities", "attributions"]))
@_article
@_layer
@_json
def list_(project: Path, kind: str, article: str | None, layer: str | None, as_json: bool) -> None:
    """List what a project holds."""
    with _readable(project) as opened:
        ids, marks = _articles(opened, article), _layer_of(opened, layer)
        if as_json:
            _write_json(list(_rows(opened, kind, ids, marks)))
            return
        made = _spoken_rows(opened, kind, ids, marks) if kind in _SPOKEN else _rows(opened, kind, ids, marks)
        rows = [[_cell(row.get(name)) for name in _SHOWN[kind]] for row in made]
    _write_columns([name.replace("_", " ") for name in _SHOWN[kind]], rows)


_SHOWN = {
    "articles": ("id", "words", "date", "publication", "title"),
    "claims": ("number", "type", "form", "check_worthy", "who_says_it", "quote"),
    "sources": ("claims", "mentions", "naming", "kind", "affiliation", "label"),
    "entities": ("mentions", "kind", "name"),
    "attributions": ("claim", "cue_load", "cue", "source"),
}
"""Columns of the lists for people: what may be long stands last. Programs read JSON."""

_SPOKEN = frozenset({"claims", "attributions"})
_WIDEST = 40
"""A column is padded to so many characters at most; longer words push the rest of their line."""


def _write_columns(heads: list[str], rows: list[list[str]]) -> None:
    """Write rows under their headings, a column below the other; nothing where there is no row."""
    if not rows:
        return
    lines = [heads, *rows]
    widths = [min(max(len(line[n]) for line in lines), _WIDEST) for n in range(len(heads) - 1)]
    for line in lines:
        padded = (word.ljust(width) for word, width in zip(line, [*widths, 0], strict=True))
        click.echo("  ".join(padded))


@main.command(epilog=cli_report.help_of_options())
@click.argument("project", type=_path)
@click.argument("out", type=_path)
@_article
@_layer
@click.option("--kind", type=click.Choice(sorted(exporters.KINDS)), default="annotated", show_default=True)
@click.option("--template", type=_path, help="A Word file whose styles the report takes.")
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    help="An option of the report; those of each kind stand below.",
)
@click.pass_context
def report(
    ctx: click.Context,
    project: Path,
    out: Path,
    article: str | None,
    layer: str | None,
    kind: str,
    template: Path | None,
    options: tuple[str, ...],
) -> None:
    """Write a report: OUT ends in .docx, .html, .pdf, or in .xlsx or .csv for its tables.

    Without --article, one document with a chapter for each article. A file of that name is replaced, which is said.
    """
    chosen = exporters.options_from(kind, template, cli_report.pairs(options))
    with _readable(project) as opened:
        ids, marks = _articles(opened, article), _layer_of(opened, layer)
        cli_report.write_report(opened, out, ids, marks, chosen, _handed(ctx).renderer)


@main.command()
@click.argument("project", type=_path)
@_article
@_layer
@click.option(
    "--zone", "zones", multiple=True, type=click.Choice(ZONES), help="Only claims of this zone, or of one of several."
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only claims with this tag, or with one of several.")
@click.option("--worth", type=click.Choice(CHECK_WORTHY), help="Only claims that are worth checking, or are not.")
@_json
def audit(
    project: Path,
    article: str | None,
    layer: str | None,
    zones: tuple[str, ...],
    tags: tuple[str, ...],
    worth: str | None,
    as_json: bool,
) -> None:
    """Count who says what in an article, or in the whole project.

    Figures, not a score: how many claims say who is speaking, in whose words, and where nobody is named.
    """
    from annotator import cli_audit  # only here: the other commands count nothing

    with _readable(project) as opened:
        ids, marks = _articles(opened, article), _layer_of(opened, layer)
        if not ids:
            raise AnnotatorError("The project holds no article yet. Import one first.")
        basis = cli_audit.basis_of(opened, zones, tags, worth)
        found = cli_audit.audit_of(opened, ids, marks, basis, spans=as_json)
        if as_json:
            _write_json(cli_audit.as_json(found, ids[0] if article else None, marks or opened.layer.id))
            return
        for line in cli_audit.lines(opened, found):
            click.echo(line)


main.add_command(cli_annotations.group)


@main.command()
@click.argument("project", type=_path)
@click.argument("query")
@click.option("--pattern", is_flag=True, help="QUERY is a regular expression, looked for in the texts.")
@_json
def search(project: Path, query: str, pattern: bool, as_json: bool) -> None:
    """Search titles, texts, claims, notes, names and tags.

    All words are to be there; "a phrase" stands in quotation marks, and what follows a hyphen is not to be there.
    """
    from annotator.project.finding import MOST_HITS, MOST_OF_A_KIND  # only here: what it takes loads late

    with _readable(project) as opened:
        hits = list(opened.find_pattern(query)) if pattern else opened.search(query)
    most = MOST_HITS if pattern else MOST_OF_A_KIND
    if max(Counter("text" if pattern else h.where for h in hits).values(), default=0) >= most:
        click.echo(f"There may be more: of each kind the best {most:,} are shown.", err=True)
    if as_json:
        _write_json(
            [
                {
                    "article": h.article,
                    "title": h.title,
                    "where": h.where,
                    "snippet": h.snippet,
                    "start": h.start,
                    "end": h.end,
                    "annotation": h.mark,
                    "entry": h.entry,
                }
                for h in hits
            ]
        )
        return
    for hit in hits:
        click.echo(f"{(hit.article or '-')[:8].ljust(8)}  {hit.title} ({hit.where}): {hit.snippet}")
    if not hits:
        click.echo("Nothing found.")


@main.command()
@click.argument("project", type=_path)
@_json
@click.pass_context
def check(ctx: click.Context, project: Path, as_json: bool) -> None:
    """Look whether a project is as it should be; write nothing.

    Every promise the file makes is looked at: text, marks, links, history.
    """
    with _readable(project) as opened:
        faults = opened.check()
    if as_json:
        _write_json({"ok": not faults, "faults": [{"check": f.check, "id": f.id, "text": f.text} for f in faults]})
    else:
        for fault in faults:
            click.echo(f"{fault.check}  {fault.id or '-'}  {fault.text}")
        click.echo("Everything is as it should be." if not faults else f"{count(len(faults), 'fault')} found.")
    if faults:
        ctx.exit(1)


@main.command()
@click.argument("project", type=_path)
@click.argument("dest", type=_path)
@click.option("--clean", is_flag=True, help="Leave the history out: for a copy that others get.")
def backup(project: Path, dest: Path, clean: bool) -> None:
    """Write a checked copy of a project."""
    with _readable(project) as opened:
        opened.backup(dest, clean=clean)
    click.echo(f"Wrote {dest}")


# -- rows, as the contract has them


def _rows(project: Project, kind: str, ids: list[Id], layer: Id | None) -> Iterator[dict[str, Any]]:
    if kind == "articles":
        yield from _article_rows(project, ids)
    elif kind == "entities":
        yield from _entity_rows(project, [project.annotated(i, layer) for i in ids])
    else:
        make = {"claims": _claim_rows, "sources": _source_rows, "attributions": _attribution_rows}[kind]
        for id_ in ids:
            yield from make(project.annotated(id_, layer))


def _spoken_rows(project: Project, kind: str, ids: list[Id], layer: Id | None) -> Iterator[dict[str, Any]]:
    """Yield claims or attributions as a person reads them: by number and label, with who says it."""
    for annotated in (project.annotated(i, layer) for i in ids):
        if kind == "claims":
            for claim, row in zip(annotated.claims, _claim_rows(annotated), strict=True):
                yield row | {"who_says_it": said_by(annotated, claim)}
            continue
        for claim in annotated.claims:
            for a in annotated.attributions_of.get(claim.id, ()):
                cue = _cue(annotated, a)
                yield {
                    "claim": annotated.claim_number(claim.id), "source": annotated.sources[a.source].label,
                    "cue": cue and cue["text"], "cue_load": a.load,
                }  # fmt: skip


def _article_rows(project: Project, ids: list[Id]) -> Iterator[dict[str, Any]]:
    wanted = set(ids)
    for s in project.articles():
        if s.article.id not in wanted:
            continue
        a = s.article
        accounted, total = s.accounted, s.sentences
        if total is None:
            counted = project.coverage(a.id)
            accounted, total = counted.accounted, len(counted.sentences)
        yield {
            "id": a.id, "article": a.id, "title": a.title,
            **{fact: _stated(a, fact) for fact in ("publication", "byline", "date", "url", "language")},
            "sha256": s.sha256, "code_points": s.code_points, "words": s.words,
            "counts": {"claims": s.claims, "sources": s.sources, "entities": s.entities, "attributions": s.attributions},
            "coverage": {"n": accounted, "of": total},
        }  # fmt: skip


def _claim_rows(annotated: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    for number, c in enumerate(annotated.claims, 1):
        event = annotated.verification(c.id)
        linked = {a.source: annotated.sources[a.source] for a in annotated.attributions_of.get(c.id, ())}
        yield {
            "id": c.id, "article": c.article, "number": number, "status": c.status, "type": c.type, "form": c.form,
            "check_worthy": c.check_worthy, "segments": [[s.start, s.end] for s in c.segments], "quote": c.quote(annotated.text),
            "sources": [{"id": s.id, "label": s.label, "accountable": s.accountable} for s in linked.values()],
            "verification": {"status": event.status if event else "not_checked", "verdict": event.verdict if event else None},
            "note": c.note, "tags": list(c.tags),
        }  # fmt: skip


def _stated(record: Article | Source, name: str) -> str | None:
    return NOT_STATED if name in record.not_stated else getattr(record, name)


def _source_rows(annotated: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    for s in annotated.source_order:
        yield {
            "id": s.id, "article": s.article, "label": s.label, "naming": _stated(s, "naming"), "kind": s.kind,
            "affiliation": _stated(s, "affiliation"), "role": _stated(s, "role"), "entity": s.entity,
            "mentions": len(annotated.mentions_of_source(s.id)), "claims": len(annotated.claims_of(s.id)),
        }  # fmt: skip


def _entity_rows(project: Project, annotated: list[AnnotatedArticle]) -> Iterator[dict[str, Any]]:
    counts: dict[Id, int] = {}
    found: dict[Id, Entity] = {}
    first: dict[Id, Id] = {}
    for a in annotated:
        found.update(a.entities)
        for m in a.mentions:
            if m.entity:
                counts[m.entity] = counts.get(m.entity, 0) + 1
                first.setdefault(m.entity, a.article.id)
    if len(annotated) == len(project.articles()):
        found.update({s.entity.id: s.entity for s in project.entities()})
    for e in sorted(found.values(), key=lambda e: e.name.casefold()):
        yield {
            "id": e.id,
            "article": first.get(e.id),
            "name": e.name,
            "kind": e.kind,
            "aliases": list(e.aliases),
            "mentions": counts.get(e.id, 0),
        }


def _attribution_rows(annotated: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    for a in annotated.attributions:
        claim = annotated.by_id[a.claim]
        yield {
            "id": a.id, "article": claim.article, "claim": a.claim, "source": a.source, "source_mention": a.source_mention,
            "cue": _cue(annotated, a), "cue_load": a.load, "cue_function": a.function, "via": a.via,
        }  # fmt: skip


def _cue(annotated: AnnotatedArticle, attribution: Attribution) -> dict[str, Any] | None:
    cue = annotated.by_id.get(attribution.cue or "")
    return None if cue is None else {"start": cue.start, "end": cue.end, "text": cue.quote(annotated.text)}


# -- shared parts


def _layer_of(project: Project, wanted: str | None) -> Id | None:
    if wanted is None:
        return None
    found = [
        layer.id for layer, name in project.layers() if wanted.casefold() in (name.casefold(), layer.name.casefold())
    ]
    if len(found) != 1:
        raise AnnotatorError(f"{'No' if not found else 'More than one'} set of marks is called “{wanted}”.")
    return found[0]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if value == NOT_STATED:
        return "not stated"
    return " ".join(str(value).split())


def _write_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
