"""A made-up article with every kind of mark, built from model records alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from annotator.exporters import Report, ReportOptions, build
from annotator.model import (
    AnnotatedArticle,
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
    Relation,
    Segment,
    Source,
    SourceMention,
    Verification,
    Version,
)
from annotator.text import sha256

LINES = [
    ("masthead", "paragraph", "THE LOWLAND COURIER"),
    ("headline", "heading", "The nine-per-cent river"),
    ("standfirst", "paragraph", "How one estimate of water loss travelled from an old field survey into national law"),
    ("byline", "paragraph", "By our water correspondent"),
    ("body", "paragraph", "On a grey morning in March, Mara Oduya unfolded a photocopied table on the bonnet of her car and pointed at a single cell. The Ministry of Waters has told parliament four times since 2019 that the delta loses nine per cent of its treated water before it reaches a tap. The figure appears in the national water plan, in two court filings and in a speech by the minister. It is also, according to the only survey anyone can name, at least thirteen years old."),
    ("body", "paragraph", "That survey was carried out by Lyden College in the summer of 2011 and covered 212 households in three districts. Its authors wrote that losses were “between nine and fourteen per cent, with wide uncertainty in the eastern branches”. The ministry’s version dropped the range, the districts and the year. “Somebody took the low end and it became the number,” said Oduya, who worked on the field team. “After that, every document cites the document before it.”"),
    ("body", "heading", "What the meters say"),
    ("body", "paragraph", "Aqualine N.V., which runs the network under a concession until 2031, says its own meters show losses of 11.8 per cent, and that this is lower than the continental average of 23 per cent. The company would not share the readings. A spokesperson, Piet de Wael, said the data were “commercially sensitive” 🌊 and referred questions to the regulator. The regulator said it does not hold them."),
    ("body", "paragraph", "قالت الوزارة إن تقديرات الفاقد من المياه في الدلتا استندت إلى مسح أُجري عام 2011، وإن الأرقام المنشورة لا تعكس الوضع الحالي. وأكد باحثون من كلية Lyden أن النسبة تتراوح بين 9 و14 في المئة."),
    ("body", "paragraph", "日本の研究者も同じ数字を引用したが、元の調査は十年以上前のものである。据水务部发言人称，三角洲地区的供水损失率约为百分之九。"),
    ("caption", "caption", "A pumping station on the eastern branch. It is believed that a third of its meters are broken."),
    ("body", "paragraph", "If losses are nearer fourteen per cent than nine, the plan under-counts roughly 38 million cubic metres a year, enough for the city of Zurring for most of a winter. The Delta Bank used nine per cent in its appraisal and has not revised it. An internal review seen by this newspaper calls the choice “defensible but undocumented”."),
    ("body", "paragraph", "Critics inside the ministry put it more bluntly. Two officials, who asked not to be named because they were not cleared to speak, described a drafting process in which numbers were carried from annex to annex until nobody could say where the first of them came from. A third, Dr. Hélène Çelmin, agreed to be quoted: the estimate, she said, was “a placeholder that nobody came back for”."),
    ("body", "list", "A new measurement campaign will begin next spring, the ministry said."),
    ("box", "paragraph", "Correction: an earlier version gave the wrong year for the survey."),
]  # fmt: skip

TEXT = "\n".join(line for _, _, line in LINES)


def span(words: str, after: str = "") -> Segment:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Segment(start, start + len(words))


def blocks() -> tuple[Block, ...]:
    found: list[Block] = []
    at = 0
    for zone, kind, line in LINES:
        found.append(Block(at, at + len(line), kind, 1 if zone == "headline" else 2 if kind == "heading" else 0, zone))
        at += len(line) + 1
    return tuple(found)


def _ids() -> Callable[[str], str]:
    count: dict[str, int] = {}

    def make(kind: str) -> str:
        count[kind] = count.get(kind, 0) + 1
        return f"{kind}-{count[kind]:03}"

    return make


class Maker:
    """Marks the article; ids are counted, so that everything made from it is the same each time."""

    def __init__(self) -> None:
        self.id = _ids()
        self.coder = Coder(id="coder", name="R. Almeira", initials="RA")
        self.layer = Layer(id="layer", coder="coder")
        self.article = Article(
            id="article", title="The nine-per-cent river", publication="The Lowland Courier", date="2025-04-12",
            url="https://lowland-courier.example/water?id=9&x=%7B1%7D", language="en", not_stated=frozenset({"byline"}),
        )  # fmt: skip
        self.common = {"layer": "layer", "article": "article", "coder": "coder"} | dict.fromkeys(
            ("created", "modified"), "2025-04-23T09:00:00.123+00:00"
        )
        self.annotations: list[Claim | SourceMention | Mention | Cue] = []
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.links: list[Attribution] = []
        self.verifications: dict[str, tuple[Verification, ...]] = {}
        self.evidence: dict[str, Evidence] = {}
        self.uses: list[ClaimEvidence] = []
        self.relations: list[Relation] = []

    def source(self, label: str, *mentions: Segment, **facts: object) -> str:
        source = Source(id=self.id("source"), article="article", label=label, **facts)
        self.sources[source.id] = source
        for at in mentions:
            self.annotations.append(SourceMention(id=self.id("mention"), source=source.id, segments=(at,), **self.common))
        return source.id

    def entity(self, name: str, kind: str, *mentions: Segment) -> str:
        entity = Entity(id=self.id("entity"), name=name, kind=kind)
        self.entities[entity.id] = entity
        for at in mentions:
            self.annotations.append(Mention(id=self.id("named"), entity=entity.id, segments=(at,), **self.common))
        return entity.id

    def claim(self, *segments: Segment, source: str = "", cue: Segment | None = None, load: str = "neutral", status: str = "",
              verdict: str | None = None, evidence: tuple[str, ...] = (), via: str = "", **facts: object) -> str:  # fmt: skip
        claim = Claim(id=self.id("claim"), segments=segments, **facts, **self.common)
        self.annotations.append(claim)
        if source:
            cue_id = None
            if cue is not None:
                cue_id = self.id("cue")
                self.annotations.append(Cue(id=cue_id, segments=(cue,), **self.common))
            self.links.append(Attribution(id=self.id("link"), layer="layer", claim=claim.id, source=source, cue=cue_id,
                                          load=load if cue else None, via=via or None))  # fmt: skip
        if status:
            event = Verification(id=self.id("check"), claim=claim.id, status=status, verdict=verdict, person="R. Almeira")
            self.verifications[claim.id] = (event,)
        for item in evidence:
            self.uses.append(ClaimEvidence(id=self.id("use"), claim=claim.id, evidence=item, stance="supports"))
        return claim.id

    def done(self) -> AnnotatedArticle:
        version = Version(id="version", article="article", text=TEXT, sha256=sha256(TEXT))
        return AnnotatedArticle(
            self.article, version, blocks(), self.layer, {"coder": self.coder}, tuple(self.annotations), self.sources,
            self.entities, tuple(self.links), self.verifications, self.evidence, tuple(self.uses), tuple(self.relations),
        )  # fmt: skip


def _registers(m: Maker) -> dict[str, str]:
    return {
        "ministry": m.source("Ministry of Waters", span("The Ministry of Waters"), span("الوزارة"), span("the ministry said"), naming="named", kind="institution", role="ministry", affiliation="Government", proximity="party_to_event", note="Speaks to parliament; no official is named."),
        "survey": m.source("Field survey of 2011", span("the only survey anyone can name"), span("Its authors"), naming="named", kind="document", role="survey report", affiliation="Lyden College", proximity="document"),
        "oduya": m.source("Mara Oduya", span("Oduya, who worked on the field team"), naming="named", kind="person", role="worked on the field team", affiliation="Lyden College", proximity="first_hand"),
        "aqualine": m.source("Aqualine N.V.", span("Aqualine N.V., which runs the network under a concession until 2031,"), naming="named", kind="institution", role="network operator", affiliation="Aqualine", proximity="party_to_event", note="Did not share its readings."),
        "wael": m.source("Piet de Wael", span("A spokesperson, Piet de Wael,"), naming="named", kind="person", role="spokesperson", affiliation="Aqualine", proximity="party_to_event"),
        "regulator": m.source("The regulator", span("The regulator"), naming="role_only", kind="institution", proximity="second_hand", not_stated=frozenset({"affiliation"})),
        "review": m.source("Internal review", span("An internal review seen by this newspaper"), naming="anonymous", kind="document", affiliation="Ministry of Waters", note="No author, date or title is given."),
        "officials": m.source("Two officials", span("Two officials, who asked not to be named because they were not cleared to speak,"), naming="anonymous", kind="group", affiliation="Ministry of Waters", proximity="first_hand", ground_rules="background", anonymity_reason="yes", independence_group="the drafting office"),
        "celmin": m.source("Dr. Hélène Çelmin", span("Dr. Hélène Çelmin"), naming="named", kind="person", affiliation="Ministry of Waters", proximity="first_hand"),
        "nobody": m.source("Not stated", naming="unstated", kind="unstated"),
        "author": m.source("By our water correspondent", kind="author"),
    }  # fmt: skip


def _entities(m: Maker) -> None:
    m.entity("Aqualine N.V.", "organisation", span("Aqualine N.V."))
    m.entity("Çelmin, Hélène", "person", span("Dr. Hélène Çelmin"))
    m.entity("The delta", "place", span("the delta"), span("الدلتا"), span("三角洲地区"))
    m.entity("Lyden College", "organisation", span("Lyden College"), span("كلية Lyden"))
    m.entity("Ministry of Waters", "organisation", span("The Ministry of Waters"), span("水务部"))
    m.entity("National water plan", "work", span("the national water plan"))
    m.entity("Oduya, Mara", "person", span("Mara Oduya"), span("Oduya", "said Oduya"))
    m.entity("de Wael, Piet", "person", span("Piet de Wael"))
    m.entity("The river", "place", span("river"))
    m.entity("Zurring", "place", span("Zurring"))


def _claims(m: Maker, s: dict[str, str]) -> None:
    plan = Evidence(id="plan", title="National water plan, second edition", publisher="Government", date="2022", is_primary=True, accessed="2025-04-20", url="https://plan.example/annex-3")
    report = Evidence(id="report", title="Water losses in the delta: report of the field survey", publisher="Lyden College", date="2012", is_primary=True)
    m.evidence |= {"plan": plan, "report": report}
    fact = {"type": "factual", "check_worthy": "yes"}
    first = m.claim(span("the delta loses nine per cent of its treated water before it reaches a tap"), source=s["ministry"], cue=span("has told"), form="indirect", short_text="The delta loses nine per cent of its treated water", note="The survey the figure comes from gives a range, nine to fourteen. See https://plan.example/table?a=1&b=2.", status="checked", verdict="2", evidence=("report", "plan"), **fact)
    m.claim(span("The figure appears in the national water plan, in two court filings and in a speech by the minister."), source=s["author"], form="narration", note="Four documents, none cited by title or date.", status="in_progress", evidence=("plan",), **fact)
    m.claim(span("It is also, according to the only survey anyone can name, at least thirteen years old"), source=s["survey"], cue=span("according to"), form="indirect", status="checked", verdict="5", evidence=("report",), **fact)
    m.claim(span("losses were “between nine and fourteen per cent, with wide uncertainty in the eastern branches”"), source=s["survey"], cue=span("wrote"), form="mixed", note="Word for word on page 14 of the report.", tags=("range", "field work"), **fact)
    m.claim(span("The ministry’s version dropped the range, the districts and the year."), form="narration", **fact)
    m.claim(span("dropped the range, the districts and the year. “Somebody took the low end and it became the number,”"), source=s["oduya"], type="opinion", form="mixed", note="An inference that joins the author’s sentence to Oduya’s.")
    second = m.claim(span("“Somebody took the low end and it became the number,”"), span("“After that, every document cites the document before it.”"), source=s["oduya"], cue=span("said", "number,” said"), form="direct", note="One quotation in two parts.\n“Every document” cannot be tested; the four named ones can.", status="cannot_check", **fact)
    m.claim(span("its own meters show losses of 11.8 per cent, and that this is lower than the continental average of 23 per cent"), source=s["aqualine"], cue=span("says"), form="indirect", **fact)
    m.claim(span("this is lower than the continental average of 23 per cent"), source=s["aqualine"], form="indirect", **fact)
    m.claim(span("the data were “commercially sensitive” 🌊"), source=s["wael"], cue=span("said", "Wael, said"), load="doubt", type="value", form="mixed", check_worthy="no")
    m.claim(span("it does not hold them"), source=s["regulator"], form="indirect", **fact)
    m.claim(span("استندت إلى مسح أُجري عام 2011، وإن الأرقام المنشورة لا تعكس الوضع الحالي"), source=s["ministry"], cue=span("قالت"), form="indirect", note="In Arabic.", **fact)
    m.claim(span("元の調査は十年以上前のものである"), type="factual", form="narration", check_worthy="undecided")
    m.claim(span("a third of its meters are broken"), source=s["nobody"], cue=span("It is believed that"), form="indirect", type="factual")
    m.claim(span("If losses are nearer fourteen per cent than nine, the plan under-counts roughly 38 million cubic metres a year, enough for the city of Zurring for most of a winter."), form="narration", note="The most striking figure of the article, and nobody stands behind it.", **fact)
    outer = m.claim(span("the choice “defensible but undocumented”.\nCritics inside the ministry put it more bluntly."), source=s["review"], cue=span("calls"), type="value", form="mixed", note="Runs over a paragraph border.")
    m.claim(span("numbers were carried from annex to annex until nobody could say where the first of them came from"), source=s["officials"], cue=span("described"), form="indirect", **fact)
    m.claim(span("the estimate", "agreed to be quoted"), span("was “a placeholder that nobody came back for”"), source=s["celmin"], cue=span("she said"), type="opinion", form="mixed")
    last = m.claim(span("A new measurement campaign will begin next spring"), source=s["ministry"], type="prediction", form="indirect")
    m.claim(span("nine-per-cent river"), form="headline")
    m.relations.append(Relation(id="relation", from_claim=second, to_claim=first, kind="contradicts"))
    m.links.append(Attribution(id="outer", layer="layer", claim=last, source=s["celmin"]))
    m.links.append(Attribution(id="inner", layer="layer", claim=outer, source=s["officials"], via="link-001"))


@pytest.fixture(scope="session")
def annotated() -> AnnotatedArticle:
    maker = Maker()
    sources = _registers(maker)
    _entities(maker)
    _claims(maker, sources)
    return maker.done()


@pytest.fixture
def report(annotated: AnnotatedArticle) -> Report:
    return build([annotated], ReportOptions(), coder="R. Almeira", today=date(2025, 4, 23))


def with_title(annotated: AnnotatedArticle, title: str) -> AnnotatedArticle:
    return replace(annotated, article=replace(annotated.article, title=title))
