"""Annotated texts for tests of the audit: written by hand in a few lines, or random ones of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from annotator import text as texts
from annotator.model import (
    AnnotatedArticle,
    Annotation,
    Article,
    Attribution,
    Block,
    Claim,
    ClaimEvidence,
    Cue,
    Entity,
    Evidence,
    Id,
    Layer,
    LoadedTerm,
    Mention,
    Relation,
    Segment,
    Source,
    SourceMention,
    Verification,
    Version,
)
from annotator.model.values import (
    CHECK_STATUSES,
    CHECK_WORTHY,
    CLAIM_FORMS,
    CLAIM_TYPES,
    CUE_LOADS,
    PROXIMITIES,
    SOURCE_CLASSES,
    SOURCE_NAMINGS,
)

WORDS = (
    "said", "the", "the minister’s", "3.5", "U.S.", "well-known", "naïve", "e\u0301te\u0301", "قال", "مكتب", "الميناء", "港务办公室",
    "ราคาน้ำ", "𝒬𝓊𝒶𝓎", "👩🏽‍🔧", "co\u00adop", "“", "”", "—", "、", "x", "12", "가격", "かな", "ｶﾞ", "",
)  # fmt: skip
_FORMS = (*CLAIM_FORMS, "direct", "indirect", "indirect", None)
"""Forms of claims, most of them with words that are quoted or reported."""
ZONES = ("body", "body", "body", "headline", "caption")


def article(text: str, *, id: Id = "a", zones: Sequence[str] = (), **given: Any) -> AnnotatedArticle:
    """Return an article whose blocks are the lines of its text, of these zones, the rest body; marks as arguments."""
    lines = list(texts.lines(text))
    kinds = [*zones, *["body"] * (len(lines) - len(zones))]
    blocks = [Block(start, end, zone=zone) for (start, end), zone in zip(lines, kinds, strict=True)]
    sources = {s.id: s for s in given.pop("sources", ())}
    return AnnotatedArticle(
        article=Article(id=id, title="t"),
        version=Version(article=id, text=text, sha256=texts.sha256(text)),
        blocks=blocks,
        layer=Layer(id="l"),
        coders={},
        annotations=given.pop("annotations", ()),
        sources=sources,
        entities=given.pop("entities", {}),
        **given,
    )


@st.composite
def annotated_texts(draw: st.DrawFn, number: int = 0) -> AnnotatedArticle:
    """A short text in any script, with marks laid anywhere, split and overlapping, and everything that hangs on them."""
    pieces = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
    joints = draw(st.lists(st.sampled_from((" ", " ", " ", "\n", "", "-")), min_size=len(pieces), max_size=len(pieces)))
    text = "".join(piece + joint for piece, joint in zip(pieces, joints, strict=True)) or "x"
    lines = list(texts.lines(text))
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=len(lines), max_size=len(lines)))
    name = f"a{number}"
    entities = {e: Entity(id=e, name=f"Entity {e}") for e in ("e1", "e2")}
    sources = [
        _source(draw, name, n, kind)
        for n, kind in enumerate(("author", "publication", "unstated", "person", "person", "person"))
    ]
    marks = draw(st.lists(_marks(name, len(text), [s.id for s in sources]), max_size=12))
    of = [m for m in marks if isinstance(m, Claim)]
    attributions = _attributions(draw, of, sources, marks)
    return article(
        text,
        id=name,
        zones=zones,
        annotations=marks,
        sources=sources,
        entities=entities,
        attributions=attributions,
        relations=_relations(draw, of),
        far={"elsewhere": tuple(draw(st.sets(st.sampled_from(sources[3:]), max_size=1)))},
        **_checking(draw, of),
        orphans=draw(st.integers(0, 2)),
    )


def _maybe(values: Sequence[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


def _source(draw: st.DrawFn, name: Id, n: int, kind: str) -> Source:
    somebody = kind not in ("author", "publication", "unstated")
    return Source(
        id=f"{name}-s{n}",
        article=name,
        label=f"{kind} {n}",
        kind=kind,
        naming="unstated" if kind == "unstated" else draw(_maybe(SOURCE_NAMINGS)),
        entity=draw(_maybe(("e1", "e2"))) if somebody else None,
        affiliation=draw(_maybe(("North", "South", "NORTH ", " north  "))) if somebody else None,
        side=draw(_maybe(("for", "against", "For"))) if somebody else None,
        proximity=draw(_maybe(PROXIMITIES)),
        class_=draw(_maybe(SOURCE_CLASSES)),
    )


@st.composite
def _marks(draw: st.DrawFn, name: Id, length: int, sources: list[Id]) -> Annotation:
    edges = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    shared: dict[str, Any] = {
        "layer": "l",
        "article": name,
        "segments": tuple(Segment(start, end) for start, end in pairs),
        "tags": tuple(draw(st.sets(st.sampled_from(("one", "two")), max_size=2))),
    }
    kind = draw(st.sampled_from((Claim, Claim, Claim, SourceMention, Cue, LoadedTerm, Mention)))
    if kind is Claim:
        shared |= {
            "type": draw(_maybe(CLAIM_TYPES)),
            "form": draw(st.sampled_from(_FORMS)),
            "check_worthy": draw(_maybe(CHECK_WORTHY)),
            "ledger": draw(_maybe(("k1", "k2"))),
        }
    elif kind is SourceMention:
        shared |= {"source": draw(_maybe(sources)), "role": draw(_maybe(("speaker", "declined_or_silent")))}
    elif kind is Mention:
        shared |= {"entity": draw(_maybe(("e1", "e2")))}
    elif kind is Cue:
        shared |= {"segments": shared["segments"][:1]}
    return kind(**shared)


def _attributions(
    draw: st.DrawFn, claims: Sequence[Claim], sources: Sequence[Source], marks: Sequence[Annotation]
) -> list[Attribution]:
    made: list[Attribution] = []
    ends: dict[type[Annotation], list[Id]] = {
        kind: [m.id for m in marks if isinstance(m, kind)] for kind in (Cue, SourceMention)
    }
    for claim in claims:
        for source in draw(st.lists(st.sampled_from(sources), max_size=3, unique_by=lambda s: s.id)):
            made.append(
                Attribution(
                    layer="l",
                    claim=claim.id,
                    source=source.id,
                    cue=draw(_maybe(ends[Cue])) if ends[Cue] else None,
                    source_mention=draw(_maybe(ends[SourceMention])) if ends[SourceMention] else None,
                    load=draw(_maybe(CUE_LOADS)),
                    via=draw(_maybe([link.id for link in made])) if made else None,
                )
            )
    return made


def _relations(draw: st.DrawFn, claims: Sequence[Claim]) -> list[Relation]:
    ids = [c.id for c in claims]
    if not ids:
        return []
    kind = st.sampled_from(("contradicts", "replies_to", "supports"))
    pair = st.tuples(st.sampled_from(ids), st.sampled_from([*ids, "elsewhere", "rejected"]), kind)
    found = draw(st.lists(pair.filter(lambda p: p[0] != p[1]), max_size=4))
    return [Relation(from_claim=a, to_claim=b, kind=k) for a, b, k in found]


def _checking(draw: st.DrawFn, claims: Sequence[Claim]) -> dict[str, Any]:
    found = Evidence(id="found", title="A register")
    events = {c.id: draw(st.lists(st.sampled_from(CHECK_STATUSES), max_size=2)) for c in claims}
    checked = [c for c in claims if draw(st.booleans())]
    return {
        "verifications": {
            id_: tuple(Verification(claim=id_, status=s) for s in said) for id_, said in events.items() if said
        },
        "evidence": {"found": found},
        "claim_evidence": [ClaimEvidence(claim=c.id, evidence="found", stance="context") for c in checked],
    }


BASES = st.builds(
    dict[str, Any],
    zones=st.sampled_from((frozenset[str](), frozenset({"body"}), frozenset({"headline", "caption"}))),
    tags=st.sampled_from((frozenset[str](), frozenset({"one"}))),
    check_worthy=_maybe(("yes", "no")),
)
"""What a basis is made from."""
