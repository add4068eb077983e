"""An invented article with every kind of mark: overlaps, a split quote, a claim over a paragraph's end, three scripts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator import text as texts
from annotator.exporters import ReportOptions, build
from annotator.exporters.document import Report
from annotator.exporters.material import Material
from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Article,
    Attribution,
    Block,
    Claim,
    ClaimEvidence,
    Coder,
    Cue,
    Entity,
    Evidence,
    Layer,
    Mention,
    Segment,
    Source,
    SourceMention,
    Verification,
    Version,
)

TEXT = (
    "The bridge that counts to nine\n"
    "How a toll became a forecast\n"
    "\n"
    "The Quay Board says the bridge carries nine thousand carts a day. Nobody counted them.\n"
    "Counting\n"
    "“We stopped in spring,” said Ilva Marr, who kept the book, “and the page is blank.” It rained.\n"
    "قالت الهيئة إن الجسر آمن في كل فصل.\n"
    "橋は安全だと委員会は述べた。\tEnd & <done> 🌉"
)
TODAY = datetime.date(2026, 3, 1)
WHEN = "2026-02-27T10:11:12.000+00:00"


class Maker:
    """Marks the article by its words."""

    def __init__(self, text: str = TEXT) -> None:
        self.text = text
        self.coder = Coder(id="coder", name="Ada Reader", initials="AR")
        self.layer = Layer(id="layer", coder="coder")
        self.article = Article(
            id="article",
            title="The bridge that counts to nine",
            publication="The Quay Lantern",
            date="2026-02-26",
            url="https://lantern.example/bridge?a=1&b=2",
            language="en-GB",
            not_stated=frozenset({"byline"}),
        )
        self.annotations: list[Annotation] = []
        self.attributions: list[Attribution] = []
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.verifications: dict[str, tuple[Verification, ...]] = {}
        self.evidence: dict[str, Evidence] = {}
        self.claim_evidence: list[ClaimEvidence] = []

    def segments(self, *words: str) -> tuple[Segment, ...]:
        out: list[Segment] = []
        for w in words:
            assert self.text.count(w) == 1, w
            out.append(Segment(self.text.index(w), self.text.index(w) + len(w)))
        return tuple(out)

    def _common(self, words: tuple[str, ...]) -> dict[str, object]:
        return {
            "id": f"mark{len(self.annotations)}",
            "layer": "layer",
            "article": "article",
            "coder": "coder",
            "created": WHEN,
            "modified": WHEN,
            "segments": self.segments(*words),
        }

    def add(self, kind: type[Annotation], *words: str, **fields: object) -> str:
        made = kind(**{**self._common(words), **fields})
        self.annotations.append(made)
        return made.id

    def link(self, claim: str, source: str, **fields: object) -> None:
        id_ = f"link{len(self.attributions)}"
        self.attributions.append(Attribution(id=id_, layer="layer", claim=claim, source=source, **fields))

    def source(self, id_: str, label: str, **fields: object) -> str:
        self.sources[id_] = Source(id=id_, article="article", label=label, **fields)
        return id_

    def annotated(self) -> AnnotatedArticle:
        zones = {0: ("heading", 1, "headline"), 1: ("paragraph", 0, "standfirst"), 4: ("heading", 2, "body")}
        blocks = tuple(
            Block(start, end, *zones.get(n, ("paragraph", 0, "body")))
            for n, (start, end) in enumerate(texts.lines(self.text))
        )
        return AnnotatedArticle(
            article=self.article,
            version=Version(id="version", article="article", text=self.text, sha256=texts.sha256(self.text)),
            blocks=blocks,
            layer=self.layer,
            coders={"coder": self.coder},
            annotations=tuple(self.annotations),
            sources=self.sources,
            entities=self.entities,
            attributions=tuple(self.attributions),
            verifications=self.verifications,
            evidence=self.evidence,
            claim_evidence=tuple(self.claim_evidence),
        )


def _fill(made: Maker) -> None:
    made.source("board", "Quay Board", naming="named", kind="institution", not_stated=frozenset({"affiliation"}))
    made.source("marr", "Ilva Marr", naming="named", kind="person", role="kept the book")
    made.source("author", "the author", kind="author")
    made.source("nobody", "Nobody named", kind="unstated", naming="unstated")
    made.entities["bridge"] = Entity(id="bridge", name="The bridge", kind="work")
    made.entities["marr"] = Entity(id="marr", name="Ilva Marr", kind="person")
    board = made.add(SourceMention, "The Quay Board", source="board")
    marr = made.add(SourceMention, "Ilva Marr, who kept the book", source="marr")
    made.add(Mention, "the bridge", entity="bridge")
    made.add(Mention, "Ilva Marr", entity="marr")
    says = made.add(Cue, "says")
    said = made.add(Cue, "said")
    carts = made.add(
        Claim, "the bridge carries nine thousand carts a day", type="factual", form="indirect", check_worthy="yes"
    )
    made.add(Claim, "nine thousand carts a day. Nobody counted them.\nCounting\n“We", type="factual")
    split = made.add(
        Claim,
        "“We stopped in spring,”",
        "“and the page is blank.”",
        type="factual",
        form="direct",
        note="Ask for the book.\nTwice: =SUM(A1) & <b>",
    )
    rain = made.add(Claim, "It rained.", type="opinion", form="narration")
    safe = made.add(Claim, "إن الجسر آمن", type="factual", form="indirect")
    end = made.add(Claim, "橋は安全", type="factual")
    made.link(carts, "board", source_mention=board, cue=says, load="neutral")
    made.link(split, "marr", source_mention=marr, cue=said, load="doubt")
    made.link(rain, "author")
    made.link(safe, "nobody")
    made.verifications[carts] = (Verification(claim=carts, status="checked", verdict="2"),)
    made.evidence["count"] = Evidence(
        id="count",
        title="Cart count",
        publisher="Quay Board",
        date="2025-05-01",
        url="javascript:alert(1)",
        is_primary=True,
    )
    made.claim_evidence.append(ClaimEvidence(claim=carts, evidence="count", stance="contradicts"))
    assert end


@pytest.fixture
def annotated() -> AnnotatedArticle:
    made = Maker()
    _fill(made)
    return made.annotated()


@pytest.fixture
def make_report(annotated: AnnotatedArticle) -> Callable[..., Report]:
    def make(*articles: AnnotatedArticle, **options: object) -> Report:
        chosen = replace(ReportOptions(), **options)
        return build(Material(articles or (annotated,)), chosen, coder="Ada Reader", today=TODAY)

    return make
