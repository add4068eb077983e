"""Proposals: the nearest source mention first, with the cue that stands beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.analysis.proposals import find_words, propose
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
    assert proposed(text, ["The bridge broke."], ["Ida Brook"]) == [("Ida Brook", "5 sentences before", "")]


def test_no_claim_no_proposals():
    annotated, _, units = article("Ida Brook came.", ["came"], ["Ida Brook"])
    assert propose(annotated, annotated.source_mentions[0].id, units, CUES) == []


def test_a_headline_counts_as_one_unit():
    text = "Brook speaks\nRain fell. It froze."
    annotated, claim, _ = article(text, ["Rain fell."], ["Brook"])
    blocks = (Block(0, 12, "heading", 1, "headline"), Block(13, len(text)))
    found = propose(annotated.changed(blocks=blocks), claim, sentences(text, 13, len(text)), CUES)
    assert [p.where for p in found] == ["sentence before"]


def test_who_speaks_is_proposed_before_anybody_marked_them():
    text = "It rained. The harbour office said the ferry was late."
    annotated, claim, units = article(text, ["the ferry was late"], [])
    (found,) = propose(annotated, claim, units, CUES)
    assert found.words is not None and text[slice(*found.words)] == "The harbour office"
    assert (found.source, found.speaks, found.cue and found.cue.text) == (None, True, "said")


def test_a_family_name_is_known_from_the_register():
    text = "Ida Brook came. Brook said the ferry was late."
    annotated, claim, units = article(text, ["the ferry was late"], ["Ida Brook"])
    found = propose(annotated, claim, units, CUES)[0]
    assert (found.label, found.source) == ("Ida Brook", annotated.source_mentions[0].source)
    assert found.words == (16, 21)


def test_a_relative_is_somebody_else():
    text = "Ida Brook came. Tom Brook said the ferry was late."
    annotated, claim, units = article(text, ["the ferry was late"], ["Ida Brook"])
    found = propose(annotated, claim, units, CUES)[0]
    assert (found.label, found.source) == ("Tom Brook", None)


def test_a_pronoun_means_who_spoke_before():
    text = "Tarn Works paid. Ida Brook said it rained. She has told the council that it froze."
    found = proposed(text, ["it froze"], ["Tarn Works", "Ida Brook", "the council"])[0]
    assert found == ("Ida Brook", "sentence before", "has told")


def test_the_rest_of_a_quote_has_its_speaker_in_the_sentence_before():
    text = "“It was low,” said Ida Brook. “Nobody counted.” Old Tom came."
    assert proposed(text, ["“Nobody counted.”"], ["Old Tom", "Ida Brook"])[0] == (
        "Ida Brook",
        "sentence before",
        "said",
    )


def test_a_whole_sentence_has_the_speaker_it_begins_with():
    text = "The minister claimed the wall holds, the Lantern said."
    labels = [p[0] for p in proposed(text, [text], ["the Lantern", "The minister"])]
    assert labels == ["The minister", "the Lantern"]


def test_a_voice_put_in_between_is_the_outer_one():
    text = "The minister, the Lantern says, claimed that the wall holds."
    labels = [p[0] for p in proposed(text, [text], ["The minister", "the Lantern"])]
    assert labels == ["The minister", "the Lantern"]
    assert [p[0] for p in proposed(text, [text], [])] == labels


def test_words_that_name_nobody_are_proposed():
    text = "It is believed that the wall holds."
    annotated, claim, units = article(text, ["the wall holds"], [])
    (found,) = propose(annotated, claim, units, CUES)
    assert found.nobody and found.cue is not None and found.cue.text == "It is believed"


def test_only_the_neighbourhood_is_looked_at():
    class Counted(list[SourceMention]):
        looked = 0

        def __getitem__(self, at):  # type: ignore[override]
            got = super().__getitem__(at)
            Counted.looked += len(got) if isinstance(got, list) else 1
            return got

        def __iter__(self):
            Counted.looked += len(self)
            return super().__iter__()

    many = " ".join(f"Clerk{n} said it rained." for n in range(2000))
    annotated, claim, units = article(many + " It froze.", ["It froze"], [])
    marks = [
        SourceMention(layer=LAYER.id, article=annotated.article.id, segments=(Segment(at, at + 5),))
        for at in range(0, len(many), 20)
    ]
    whole = annotated.changed(annotations=[*annotated.annotations, *marks])
    whole._of_kind["source_mention"] = Counted(whole._of_kind["source_mention"])  # type: ignore[assignment]
    assert propose(whole, claim, units, CUES)
    assert Counted.looked < 200


def in_paragraphs(text: str, claim: str, mentions: list[str]) -> list[tuple[str, bool]]:
    """Return (who, speaks) of the proposals where every line is a paragraph."""
    annotated, claim_id, _ = article(text, [claim], mentions)
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    units = [unit for b in blocks for unit in sentences(text, b.start, b.end)]
    return [(p.label, p.speaks) for p in propose(annotated.changed(blocks=tuple(blocks)), claim_id, units, CUES)]


def test_a_pronoun_means_the_one_its_paragraph_begins_with():
    text = 'Gen. Lind said it held.\nIda Brook, the auditor, disagrees. "Nobody has shown me a page," she said.'
    assert in_paragraphs(text, '"Nobody has shown me a page,"', ["Gen. Lind"])[0] == ("Ida Brook", True)


def test_a_pronoun_goes_back_to_the_paragraph_before_where_its_own_has_no_name():
    text = 'Ida Brook said it held.\n"It froze in Tollmouth," she said.'
    assert in_paragraphs(text, '"It froze in Tollmouth,"', ["Ida Brook"])[0] == ("Ida Brook", True)


def test_a_pronoun_means_nobody_rather_than_somebody_of_another_paragraph():
    text = "Gen. Lind said it held.\nThe flood came to Tollmouth Bay. It rained. He said it froze."
    assert ("Gen. Lind", True) not in in_paragraphs(text, "it froze", ["Gen. Lind"])


def test_he_is_no_board():
    text = "Ida Brook said it held. The water board said it fell. She said it froze."
    assert in_paragraphs(text, "it froze", ["The water board", "Ida Brook"])[0] == ("Ida Brook", True)


def test_one_who_is_not_named_speaks_on():
    text = "An engineer, who asked not to be named because he fears for his job, said it cracked. It sank, he said."
    assert in_paragraphs(text, "It sank", [])[0] == ("An engineer", True)


def test_the_cue_of_the_next_sentence_belongs_to_the_claim_there():
    text = "It rained. According to Ida Brook, it froze."
    annotated, claim, units = article(text, ["It rained."], ["Ida Brook"])
    (alone,) = propose(annotated, claim, units, CUES)
    assert alone.cue is not None
    start = text.index("it froze")
    other = Claim(layer=LAYER.id, article=annotated.article.id, segments=(Segment(start, start + 8),))
    both = annotated.changed(annotations=[*annotated.annotations, other])
    (beside,) = propose(both, claim, units, CUES)
    assert beside.cue is None
    (own,) = propose(both, other.id, units, CUES)
    assert own.cue is not None and own.cue.text == "According to"


def test_words_are_found_beside_a_claim_with_their_cue():
    text = "A clerk waits. The sluice was shut, said a  clerk. It froze, as nobody on the quay said. It thawed. A keeper came."
    annotated, claim, units = article(text, ["The sluice was shut"], [])
    found = find_words(annotated, claim, units, CUES, "A clerk")
    assert found is not None and found.words is not None and found.cue is not None
    assert (text[slice(*found.words)], found.where, found.cue.text) == ("a  clerk", "same sentence", "said")
    far = find_words(annotated, claim, units, CUES, "It froze")
    assert far is not None and (far.where, far.cue) == ("sentence after", None)
    assert find_words(annotated, claim, units, CUES, "a keeper") is None
    assert find_words(annotated, claim, units, CUES, "cler") is None


def test_he_means_the_one_named_before_with_what_they_are():
    text = "It rained.\nDeputy mayor Robert Haim defended it. “It is dear,” he has told us. Figures came, the Lantern says."
    (first, *_) = in_paragraphs(text, "“It is dear,” he has told us.", [])
    assert first == ("Robert Haim", True)
    text = "It rained.\nIt was defended by mayor Robert Haim. “It is dear,” he has told us."
    assert in_paragraphs(text, "“It is dear,”", [])[0] == ("Robert Haim", True)


def test_a_quote_whose_own_sentence_has_a_speaker_looks_for_none_beside_it():
    text = "The flood came to Tollmouth Bay. “It froze,” she said. The council says it thawed."
    assert in_paragraphs(text, "“It froze,” she said.", []) == []


def paragraphs(text: str, claim: str, *, named: dict[str, str | None]) -> tuple[AnnotatedArticle, str]:
    """An article of paragraphs, its claim, and a source and its mention for each words named, with their naming."""
    annotated, claim_id, _ = article(text, [claim], list(named))
    blocks, at = [], 0
    for words in text.split("\n"):
        blocks.append(Block(at, at + len(words)))
        at += len(words) + 1
    sources = {s.id: replace(s, naming=named[s.label]) for s in annotated.sources.values()}
    return replace_parts(annotated, blocks=tuple(blocks), sources=sources), claim_id


def replace_parts(annotated: AnnotatedArticle, **parts: object) -> AnnotatedArticle:
    kept = {
        "article": annotated.article,
        "version": annotated.version,
        "blocks": annotated.blocks,
        "layer": annotated.layer,
        "coders": {},
        "annotations": tuple(annotated.by_id.values()),
        "sources": dict(annotated.sources),
        "entities": {},
        "attributions": (),
        "verifications": {},
        "evidence": {},
    }
    return AnnotatedArticle(**(kept | parts))  # type: ignore[arg-type]


def every_sentence(annotated: AnnotatedArticle) -> list[tuple[int, int]]:
    return [span for b in annotated.blocks for span in sentences(annotated.text, b.start, b.end)]


FUND = "The fund was set up in 2019 and has paid for 31 buildings."


@pytest.mark.parametrize(
    ("text", "claim", "apart"),
    [
        (f"{FUND}\nA clerk said the money went to one firm.", FUND, True),
        (f"A clerk said the money went to one firm.\n{FUND}", FUND, True),
        (f"A clerk said the money went to one firm. {FUND}", FUND, False),
        ("The fund was closed, she claimed.\nA clerk said so.", "The fund was closed", False),
    ],
)
def test_a_name_in_another_paragraph_is_apart_where_nobody_speaks_in_the_claims_sentence(text, claim, apart):
    annotated, claim_id = paragraphs(text, claim, named={"A clerk": "anonymous"})
    (found, *_) = propose(annotated, claim_id, every_sentence(annotated), CUES)
    assert (found.label, found.apart) == ("A clerk", apart)


def test_the_person_is_the_unnamed_person_who_is_there_already():
    text = "A person who works there said the lists were kept.\n“Everybody knew about it,” the person said."
    annotated, claim_id = paragraphs(text, "“Everybody knew about it,”", named={"A person": None})
    first, second = propose(annotated, claim_id, every_sentence(annotated), CUES)[:2]
    (source,) = annotated.sources
    assert (first.label, first.source, first.cue and first.cue.text) == ("A person", source, "said")
    assert first.where == "the text says “the person”, same sentence"
    assert annotated.text[slice(*(first.words or (0, 0)))] == "the person"
    assert (second.label, second.source) == ("the person", None)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"A person": None, "Another person": None}, "the person"),  # which of the two?
        ({"Person Works": None}, "the person"),
        ({"A person": "named"}, "the person"),
        ({"A person": None}, "the other clerk"),
        ({"A person": None}, "a person"),
    ],
)
def test_nobody_is_taken_up_where_it_is_not_plain_who(others, said):
    text = f"{' and '.join(others)} said the lists were kept.\n“Everybody knew about it,” {said} said."
    annotated, claim_id = paragraphs(text, "“Everybody knew about it,”", named=others)
    first = propose(annotated, claim_id, every_sentence(annotated), CUES)[0]
    assert "the text says" not in first.where


@pytest.mark.parametrize("again", ["Mr Moor", "Mr. Moor", "Moor", "Piet Moor"])
def test_who_was_named_with_what_they_are_is_known_again_by_name_and_title(again):
    text = f"The firm was paid, said its manager Piet Moor. “It was paid twice,” {again} said."
    annotated, claim_id = paragraphs(text, "The firm was paid", named={})
    (first, *_) = propose(annotated, claim_id, every_sentence(annotated), CUES)
    assert first.label == "manager Piet Moor"
    annotated, claim_id = paragraphs(text, "“It was paid twice,”", named={"manager Piet Moor": "named"})
    (found, *_) = propose(annotated, claim_id, every_sentence(annotated), CUES)
    (source,) = annotated.sources
    assert (found.source, found.where) == (source, "same sentence")
