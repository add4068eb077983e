"""Opening a project for one command, and finding in it what the command line names."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from annotator.errors import AnnotatorError, ReadOnlyProject
from annotator.model import Id
from annotator.project import Project


@contextmanager
def readable(path: Path) -> Generator[Project]:
    """Open a project for reading; one that is open in a window may be read."""
    opened = Project.open(path, read_only=True)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def writable(path: Path) -> Generator[Project]:
    """Open a project for writing. Raises ReadOnlyProject where somebody has it open."""
    opened = Project.open(path)
    try:
        if opened.read_only:
            raise ReadOnlyProject(f"“{path.name}” cannot be written: {opened.why_read_only}")
        if opened.updated:
            click.echo(opened.updated, err=True)
        yield opened
    finally:
        opened.close()


def articles_of(project: Project, wanted: str | None) -> list[Id]:
    """Return every article, or the one whose id begins so. Raises AnnotatorError where none does, or more than one."""
    ids = project.article_ids()
    if wanted is None:
        return ids
    found = [i for i in ids if i.startswith(wanted.lower())]
    if len(found) != 1:
        raise AnnotatorError(f"{'No' if not found else 'More than one'} article has an id that begins with “{wanted}”.")
    return found
