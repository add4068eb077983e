"""A project file with one marked article, closed or open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.project import Project
from tests.project.drafts import PLAIN, draft, span


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ferry.annot"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    made = Project.create(path, coder="Tess Ek")
    yield made
    made.close()


@pytest.fixture
def article(project: Project) -> str:
    return project.add_article(draft(PLAIN, byline="Ina Berg", publication="The Quay"))


@pytest.fixture
def claim(project: Project, article: str) -> str:
    return project.mark(article, "claim", [span(PLAIN, "It did not sail.")])


@pytest.fixture
def closed(path: Path) -> Path:
    """A file with a claim, a source, evidence and a verdict, closed."""
    made = Project.create(path, coder="Tess Ek")
    marked(made)
    made.close()
    return path


@pytest.fixture
def reopened(path: Path) -> Iterator[Callable[[], Project]]:
    """Opens the file again, and closes it in the end."""
    there: list[Project] = []

    def reopen() -> Project:
        there.append(Project.open(path))
        return there[-1]

    yield reopen
    for made in there:
        made.close()


def marked(project: Project) -> str:
    """Mark one article a little; returns its id."""
    article = project.add_article(draft(PLAIN, byline="Ina Berg"))
    claim = project.mark(article, "claim", [span(PLAIN, "“We had no crew,”"), span(PLAIN, "“and no fuel.”")])
    mention = project.mark(article, "source_mention", [span(PLAIN, "Oda Lien")])
    at, _ = span(PLAIN, "said Oda Lien")
    project.link_mention(claim, mention, cue=(at, at + len("said")))
    project.add_evidence(claim, "supports", title="Log of the harbour office")
    project.verify(claim, "checked", verdict="5")
    project.set_note(claim, "a note")
    return article
