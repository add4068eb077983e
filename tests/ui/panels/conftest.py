"""A real project with one marked article, and a workspace that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from annotator.model import Block
from annotator.ui.theme import LIGHT
from annotator.ui.workspace import Workspace

TITLE = "The borrowed bridge"
TEXT = "\n".join(
    [
        TITLE,
        "The Tarn Water Board has told the council four times that the bridge carries nine trucks an hour. "
        "The figure appears in two plans and a speech.",
        "“Somebody took the low count and it became the number,” said Ida Brook, who kept the books. "
        "“After that nobody counted again.”",
        "A spokesperson for Harl & Sons, Piet Moor, claimed the readings were “commercially sensitive”. "
        "It is widely believed in the valley that the real figure is twenty. 🌉",
        "Two clerks, who asked not to be named, described how the count was copied from plan to plan. "
        "The next plan is due in November.",
    ]
)


@dataclass(frozen=True)
class Report:
    """An import report that says nothing."""

    def to_json(self) -> str:
        return "{}"


@dataclass(frozen=True)
class NewArticle:
    """What an importer would hand over."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]
    original: bytes = b"The borrowed bridge"
    file_name: str = "bridge.txt"
    media_type: str = "text/plain"
    report: Report = field(default_factory=Report)


def made_article(text: str = TEXT) -> NewArticle:
    blocks, at = [], 0
    for n, line in enumerate(text.split("\n")):
        zone, kind = ("headline", "heading") if n == 0 else ("body", "paragraph")
        blocks.append(Block(at, at + len(line), kind, 1 if n == 0 else 0, zone))
        at += len(line) + 1
    title = text.partition("\n")[0]
    return NewArticle(title, text, tuple(blocks), {"publication": "The Valley Post", "byline": "Ana Reed"})


class Marked:
    """The project with ids by short names."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        project = workspace.project
        assert project is not None
        self.project = project
        self.article = project.add_article(made_article())
        self.ids: dict[str, str] = {}
        self._mark_all()
        project.sentences(self.article)
        workspace.show_article(self.article)

    def span(self, words: str) -> tuple[int, int]:
        at = TEXT.index(words)
        return at, at + len(words)

    def _mark(self, name: str, kind: str, *words: str) -> str:
        self.ids[name] = self.project.mark(self.article, kind, [self.span(w) for w in words])
        return self.ids[name]

    def _mark_all(self) -> None:
        project = self.project
        self._mark("count", "claim", "the bridge carries nine trucks an hour")
        self._mark("plans", "claim", "The figure appears in two plans and a speech.")
        first, second = "“Somebody took the low count and it became the number,”", "“After that nobody counted again.”"
        self._mark("low", "claim", first, second)
        self._mark("readings", "claim", "the readings were “commercially sensitive”")
        self._mark("copied", "claim", "the count was copied from plan to plan")
        self._mark("board", "source_mention", "Tarn Water Board")
        self._mark("ida", "source_mention", "Ida Brook")
        self._mark("piet", "source_mention", "Piet Moor")
        self._mark("clerks", "source_mention", "Two clerks")
        self._mark("harl", "mention", "Harl & Sons")
        self._mark("ida_entity", "mention", "Ida Brook")
        low = project.annotated(self.article)
        by_mention = {m.id: m.source for m in low.source_mentions}
        self.ids["ida_source"] = by_mention[self.ids["ida"]] or ""
        self.ids["board_source"] = by_mention[self.ids["board"]] or ""
        self.ids["piet_source"] = by_mention[self.ids["piet"]] or ""
        self.ids["clerks_source"] = by_mention[self.ids["clerks"]] or ""
        project.edit_source(self.ids["ida_source"], naming="named", kind="person", role="kept the books")
        project.edit_source(self.ids["clerks_source"], naming="anonymous", kind="group", affiliation="Tarn Water Board")
        self.ids["link"] = project.link(
            self.ids["low"],
            self.ids["ida_source"],
            source_mention=self.ids["ida"],
            cue=self.span("said"),
            load="neutral",
        )
        project.link(self.ids["copied"], self.ids["clerks_source"], source_mention=self.ids["clerks"])
        project.link_author(self.ids["plans"])
        project.edit_claim(self.ids["low"], type="factual", form="direct", check_worthy="yes")
        project.edit_claim(self.ids["readings"], type="opinion", form="mixed")
        project.set_tags(self.ids["low"], ["baseline", "ask again"])
        entities = {m.id: m.entity for m in project.annotated(self.article).mentions}
        self.ids["harl_entity"] = entities[self.ids["harl"]] or ""
        project.edit_entity(self.ids["harl_entity"], kind="organisation", aliases=("the firm",))
        project.edit_entity(entities[self.ids["ida_entity"]] or "", kind="person")

    def claim(self, name: str):
        return self.annotated.by_id[self.ids[name]]

    @property
    def annotated(self):
        return self.project.annotated(self.article)

    def links(self, name: str):
        return self.annotated.attributions_of.get(self.ids[name], ())


@pytest.fixture
def workspace(qtbot, tmp_path):
    made = Workspace()
    assert made.create(tmp_path / "valley.annot", coder="Ana Reed")
    yield made
    made.close()
    made.wait_for_jobs()


@pytest.fixture
def marked(workspace):
    return Marked(workspace)


@pytest.fixture
def theme():
    return LIGHT
