"""Proposals: the nearest source mention first, with the cue that stands beside it."""

from __future__ import annotations

from dataclasses import replace

from annotator.analysis.proposals import Name, find_names, propose
from annotator.model import (
    AnnotatedArticle,
    Article,
    Block,
    Claim,
    Layer,
    Segment,
    Source,
    SourceMention,
    Version,
)
from annotator.text import sentences
from annotator.vocabulary import CueVerb

CUES = (
    CueVerb("said", "neutral"),
    CueVerb("says", "neutral"),
    CueVerb("claimed", "doubt"),
    CueVerb("according to", "neutral"),
    CueVerb("has told", "neutral"),
)
LAYER = Layer(kind="work")


def article(text: str, claim: list[str], mentions: list[str]) -> tuple[AnnotatedArticle, str, list[tuple[int, int]]]:
    """An article of one paragraph with one claim (its parts) and one source per mention, found by their words."""
    facts = Article(title="Harbour")
    at = 0
    parts = []
    for words in claim:
        at = text.index(words, at)
        parts.append(Segment(at, at + len(words)))
    made = Claim(layer=LAYER.id, article=facts.id, segments=tuple(parts))
    sources = [Source(article=facts.id, label=m, kind="person") for m in mentions]
    marks = [
        SourceMention(
            layer=LAYER.id,
            article=facts.id,
            source=s.id,
            segments=(Segment(text.index(s.label), text.index(s.label) + len(s.label)),),
        )
        for s in sources
    ]
    annotated = AnnotatedArticle(
        article=facts,
        version=Version(article=facts.id, text=text, sha256=""),
        blocks=(Block(0, len(text)),),
        layer=LAYER,
        coders={},
        annotations=(made, *marks),
        sources={s.id: s for s in sources},
        entities={},
        attributions=(),
        verifications={},
        evidence={},
    )
    return annotated, made.id, sentences(text, 0, len(text))


def proposed(text: str, claim: list[str], mentions: list[str]) -> list[tuple[str, str, str]]:
    annotated, claim_id, units = article(text, claim, mentions)
    found = propose(annotated, claim_id, units, CUES)
    return [(p.label, p.where, p.cue.text if p.cue else "") for p in found]


def test_same_sentence_comes_before_neighbours():
    text = "Tarn Works says all is well. A spokesperson, Ida Brook, said the data were private. The council waits."
    assert proposed(text, ["the data were private"], ["Tarn Works", "Ida Brook", "The council"]) == [
        ("Ida Brook", "same sentence", "said"),
        ("Tarn Works", "sentence before", "says"),
        ("The council", "sentence after", ""),
    ]


def test_cue_between_the_parts_of_an_interrupted_quote():
    text = "“It was low,” claimed Ida Brook, who kept the books. “After that nobody looked.”"
    assert proposed(text, ["“It was low,”", "“After that nobody looked.”"], ["Ida Brook"]) == [
        ("Ida Brook", "same sentence", "claimed")
    ]


def test_according_to_before_the_name_and_said_after_it():
    assert proposed("According to the council, rain fell.", ["rain fell"], ["the council"])[0][2] == "According to"
    assert proposed("Rain fell, the council said.", ["Rain fell"], ["the council"])[0][2] == "said"


def test_a_cue_word_inside_the_claim_is_not_a_cue():
    assert proposed("The council: nobody said so.", ["nobody said so"], ["The council"])[0][2] == ":"


def test_load_comes_from_the_list():
    annotated, claim, units = article("Ida Brook claimed rain fell.", ["rain fell"], ["Ida Brook"])
    cue = propose(annotated, claim, units, CUES)[0].cue
    assert cue is not None
    assert (cue.start, cue.end, cue.load) == (10, 17, "doubt")


def test_a_source_named_only_inside_the_claim_ranks_last():
    text = "Ida Brook said the council lost the books. Old Tom said little."
    labels = [p[0] for p in proposed(text, ["the council lost the books"], ["the council", "Ida Brook", "Old Tom"])]
    assert labels == ["Ida Brook", "Old Tom", "the council"]


def test_a_far_mention_is_proposed_only_where_nothing_is_near():
    text = "Ida Brook came. It rained. It snowed. It froze. It thawed. The bridge broke."
    assert proposed(text, ["The bridge broke."], ["Ida Brook"]) == [("Ida Brook", "five sentences before", "")]


def test_no_claim_no_proposals():
    annotated, _, units = article("Ida Brook came.", ["came"], ["Ida Brook"])
    assert propose(annotated, annotated.source_mentions[0].id, units, CUES) == []


def test_names_start_before_middle_before_near_miss():
    names = [
        Name("1", "Ida Brook"),
        Name("2", "Brook Council"),
        Name("3", "Seabrook"),
        Name("4", "Harbour", ("The brokers",)),
    ]
    assert [n.id for n in find_names("brook", names)] == ["2", "1", "3", "4"]
    assert [n.id for n in find_names("brok", names)] == ["4", "2", "1"]


def test_nothing_typed_finds_nothing():
    assert find_names("  ", [Name("1", "Ida Brook")]) == []


def test_accents_need_not_be_typed():
    assert [n.id for n in find_names("celik", [Name("1", "Hélène Çelik"), Name("2", "Ida Brook")])] == ["1"]


def test_a_headline_counts_as_one_unit():
    text = "Brook speaks\nRain fell. It froze."
    annotated, claim, _ = article(text, ["Rain fell."], ["Brook"])
    blocks = (Block(0, 12, "heading", 1, "headline"), Block(13, len(text)))
    found = propose(replace(annotated, blocks=blocks), claim, sentences(text, 13, len(text)), CUES)
    assert [p.where for p in found] == ["sentence before"]
