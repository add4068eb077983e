"""A project with one marked article, for dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import importers
from annotator.project import Project

TEXT = "Bridge to close\n\nBy Ida Vennemark\n\nThe town said the bridge will close. Nobody said when 🌉.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "bridge.annot")
    article = made.add_article(importers.draft_from_text(TEXT))
    at = TEXT.index("the bridge will close")
    made.mark(article, "claim", [(at, at + 21)])
    yield made
    made.close()


@pytest.fixture
def article(project: Project) -> str:
    return project.articles()[0].article.id
