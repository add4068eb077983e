"""An open project with one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.model import Id
from annotator.project import Project
from tests.project.drafts import PLAIN, draft, span

Mark = Callable[..., Id]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "ferry.annot", coder="Tess Ek")
    yield made
    made.close()


@pytest.fixture
def article(project: Project) -> Id:
    return project.add_article(draft(PLAIN, byline="Ina Berg", publication="The Quay"))


@pytest.fixture
def mark(project: Project, article: Id) -> Mark:
    """Marks words of the article."""

    def do(kind: str, *words: str, **values: object) -> Id:
        return project.mark(article, kind, [span(PLAIN, w) for w in words], **values)

    return do


@pytest.fixture
def claim(mark: Mark) -> Id:
    return mark("claim", "It did not sail.")
