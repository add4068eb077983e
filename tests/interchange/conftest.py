"""Projects to take from and to bring to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.project import Project

NewProject = Callable[[str], Project]


@pytest.fixture
def new_project(tmp_path: Path) -> Iterator[NewProject]:
    """Return what makes new, empty projects by their names."""
    made: list[Project] = []

    def make(name: str) -> Project:
        made.append(Project.create(tmp_path / f"{name}.annot", coder="Ada Reader"))
        return made[-1]

    yield make
    for project in made:
        project.close()
