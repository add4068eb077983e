"""A small project with some of everything a person does, made by the verbs a person uses."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from annotator.model import Id
from annotator.project import Project
from tests.project.drafts import FAMILY, HARD, draft, span

TEXT = "\n".join(
    [
        "The ferry that never sailed",
        "“We had no crew,” said Oda Lien, “and no fuel.” The harbour office said the ferry would sail in May.",
        f"Émile’s e\u0301tude {FAMILY} 🇳🇴 قال عمر إن السقف ثابت 港口办公室说 =SUM(A1) '=2 -3 @x.",
    ]
)


def add(project: Project, text: str = TEXT, **facts: str) -> Id:
    """Add an article to a project."""
    return project.add_article(cast("Any", draft(text, **facts)))


def marked(project: Project) -> Id:
    """Add an article with a split quote, a nested attribution, one of nobody, mentions and tags."""
    article = add(project, publication="The Lantern", date="2026-01-02", byline="not_stated")
    at = partial(span, TEXT)
    split = project.mark(
        article, "claim", [at("We had no crew"), at("and no fuel")], type="factual", form="direct", check_worthy="yes"
    )
    said = project.mark(article, "claim", [at("the ferry would sail in May")], type="prediction", form="indirect")
    odd = project.mark(article, "claim", [at("=SUM(A1)")], type="opinion")
    project.mark(article, "claim", [at("السقف ثابت")])
    oda = project.mark(article, "source_mention", [at("Oda Lien")])
    office = project.mark(article, "source_mention", [at("The harbour office")])
    project.mark(article, "mention", [at("Émile")])
    first = project.link_mention(split, oda, cue=(at("said Oda")[0], at("said Oda")[0] + 4), load="neutral")
    project.link_mention(said, office)
    project.link(said, project.sources(article)[2].id, via=None)
    project.edit_source(project.sources(article)[2].id, role="=cook", affiliation="not_stated", naming="named")
    nobody = next(s for s in project.sources(article) if s.kind == "author")
    project.link(odd, nobody.id)
    project.set_note(odd, "'= is not a formula\nsecond line")
    project.set_tags(split, ["Round 1", "+tag"])
    project.set_tags(odd, ["Round 1"])
    assert first
    return article


__all__ = ["HARD", "TEXT", "add", "marked"]
