"""Our own JSON: a whole project, or one article, with every row and every id; what goes out comes back the same.

What it holds stands in docs/format.md, for programs in resources/schemas/annotator-1.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from annotator import __version__
from annotator.errors import ReadError
from annotator.interchange import scanning
from annotator.interchange.fields import checked
from annotator.interchange.incoming import Plan, Problem
from annotator.interchange.whole import Whole
from annotator.language import tr
from annotator.model import Id
from annotator.model.exchange import FIELDS
from annotator.project import Project

NAME = "article-annotator"
VERSION = 1
HEAD = ("format", "version", "program", "scope", "settings")
OF_PERSONS = frozenset({"last_article"})
"""Settings of whoever looks at a project, not of the project."""


def write(project: Project, article: Id | None = None, *, files: bool = True) -> bytes:
    """Return a project, or one article, as JSON: a line for each row. ``files``: with the bytes of originals."""
    lists = project.rows(article, files=files)
    settings = {k: v for k, v in project.settings().items() if k not in OF_PERSONS} if article is None else {}
    head = {
        "format": NAME,
        "version": VERSION,
        "program": f"Article Annotator {__version__}",
        "scope": "project" if article is None else "article",
        "settings": settings,
    }
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
    parts = [f"{encode(key)}:{encode(value)}" for key, value in head.items()]
    for list_ in FIELDS:
        rows = ",\n".join(map(encode, lists[list_]))
        parts.append(f'"{list_}":[\n{rows}\n]' if rows else f'"{list_}":[]')
    return ("{" + ",\n".join(parts) + "}\n").encode("utf-8")


def plan(project: Project, files: list[Path]) -> Plan:
    """Look through files written by ``write`` (one at a time). Raises ReadError for what is none."""
    if len(files) != 1:
        raise ReadError(tr("One file of this format is taken in at a time: a project, or an article."))
    name = files[0].name
    try:
        content = files[0].read_bytes()
    except OSError as error:
        raise ReadError(tr("“{name}” cannot be read: {why}.", name=name, why=error.strerror)) from error
    found = Plan((name,))
    whole = Whole(project, found, sha256(content).hexdigest())
    head: dict[str, Any] = {}
    read = scanning.items(name, scanning.text_of(name, content))
    for item in _headed(name, read, head):
        _take(item, name, found, whole)
    settings = head.get("settings")
    whole.finish(cast("dict[str, object]", settings) if isinstance(settings, dict) else {})
    return found


def _headed(name: str, read: Iterable[scanning.Item], head: dict[str, Any]) -> Iterator[scanning.Item]:
    """Yield the rows of a file whose head says that it is one of ours. Raises ReadError where it does not."""
    for item in read:
        if item.index is None and item.name in HEAD:
            head[item.name] = item.value
            continue
        _refuse_others(name, head)
        yield item
    _refuse_others(name, head)


def _refuse_others(name: str, head: dict[str, Any]) -> None:
    if head.get("format") != NAME:
        raise ReadError(tr("“{name}” is no file of this format: it does not begin by saying so.", name=name))
    version = head.get("version")
    if type(version) is not int or version != VERSION:
        raise ReadError(
            tr("“{name}” is of version {version} of this format; this program knows version {known}. Update it, and try again.",
               name=name, version=str(version)[:20], known=VERSION)
        )  # fmt: skip


def _take(item: scanning.Item, name: str, found: Plan, whole: Whole) -> None:
    if item.index is None:
        why = tr("it stands twice; the first is read.") if item.twice else tr("nobody knows this here.")
        found.problems.append(Problem(name, item.line, item.name[:60], why))
        return
    if item.name not in FIELDS:
        if item.index == 0:
            found.problems.append(Problem(name, item.line, item.name[:60], tr("nobody knows this list here.")))
        return
    what = f"{item.name}[{item.index}]"

    def told(why: str, kept: bool) -> None:
        found.problems.append(Problem(name, item.line, what, why, kept))

    if item.twice:
        told(tr("a name stands twice in it: {names}", names=", ".join(sorted(set(item.twice)))[:60]), False)
        found.count(item.name).left_out += 1
        return
    row = checked(item.name, item.value, told)
    if row is None:
        found.count(item.name).left_out += 1
        return
    whole.take(item.name, row, item.line, what)
