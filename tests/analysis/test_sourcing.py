"""The sourcing audit on texts short enough to count by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from annotator.analysis import sourcing
from annotator.analysis.sourcing import Audit, Basis, Span
from tests.analysis.story import Story, audit

# Body words: 14 in the first paragraph, 16 in the second; the headline is not body.
TEXT = """Bridge shuts
Ann said the bridge is safe and “very strong”. A source claimed it leaks.
It opened in 1999. Bo, says Ann, denied a leak. It is believed that ships wait."""


@pytest.fixture(scope="module")
def bridge() -> Story:
    story = Story(TEXT, zones=["headline"])
    ann = story.source("Ann", naming="named", affiliation="City", side="for", proximity="first_hand")
    unnamed = story.source("A source", naming="anonymous", proximity="second_hand")
    bo = story.source("Bo", naming="named", affiliation="Port", proximity="first_hand")

    safe = story.claim("the bridge is safe and “very strong”", type="factual", form="mixed", check_worthy="yes")
    story.link(safe, ann, by="Ann", cue="said", load="neutral")
    story.check(safe, "checked")
    leaks = story.claim("it leaks", type="factual", form="indirect", check_worthy="yes")
    story.link(leaks, unnamed, by="A source", cue="claimed", load="doubt")
    story.relate(leaks, safe, "contradicts")
    story.claim("It opened in 1999.", type="factual", form="narration", check_worthy="yes")
    leak = story.claim("a leak", type="factual", form="indirect", check_worthy="undecided")
    outer = story.link(leak, ann, by="Ann@2", cue="says", load="neutral")
    story.link(leak, bo, by="Bo", cue="denied", load="accusing", via=outer)
    wait = story.claim("ships wait", type="opinion", form="indirect", check_worthy="no")
    story.link(wait, story.not_stated(), cue="It is believed")
    shuts = story.claim("Bridge shuts", type="factual", form="headline", check_worthy="yes")
    story.link(shuts, "a the author")
    story.term("strong")
    story.term("shuts")
    story.term("ships")
    story.term("source")
    return story


# Six claims: safe (Ann), leaks (A source), opened (nobody), leak (Bo, known through Ann), wait (not stated), shuts (the author).
BY_HAND = [
    ("attribution_share", 4, 6, "all but opened and shuts: the author is no attribution"),
    ("attribution_share_excluding_nested", 3, 5, "the leak is known through Ann, so it is dropped"),
    ("body_words_in_attributions", 25, 30, "all but “It opened in 1999” and “that”"),
    ("check_worthy_unattributed", 2, 4, "opened and shuts, of safe, leaks, opened, shuts"),
    ("single_source_share", 4, 4, "Bo does not count beside Ann: she answers for him"),
    ("single_affiliation_share", 2, 2, "safe and leak: the City; the others' is not known"),
    ("anonymous_share", 1, 4, "leaks"),
    ("unnamed_share", 2, 4, "leaks and wait"),
    ("loaded_cue_share", 2, 5, "claimed and denied; of “It is believed” nobody said what it does"),
    ("claims_without_evidence", 3, 4, "of safe, leaks, opened, shuts only safe has some"),
    ("unchecked", 3, 4, "the same"),
    ("contested_share", 2, 6, "safe and leaks, at either end"),
    ("first_hand_share", 2, 4, "Ann's two; Bo is not who answers, and nobody is named for wait"),
]


@pytest.mark.parametrize(("name", "n", "of", "how"), BY_HAND, ids=[row[0] for row in BY_HAND])
def test_figures_by_hand(bridge: Story, name: str, n: float, of: int, how: str) -> None:
    found = audit(bridge).figures[name]
    assert (found.n, found.of) == (n, of), how


def test_every_figure_was_counted_by_hand() -> None:
    assert tuple(row[0] for row in BY_HAND) == sourcing.FIGURES


def test_each_figure_has_the_passages_it_counts_and_the_others(bridge: Story) -> None:
    found = audit(bridge).figures
    assert [s.annotation for s in found["check_worthy_unattributed"].spans] == [
        "a Bridge shuts",
        "a It opened in 1999.",
    ]
    assert [s.annotation for s in found["check_worthy_unattributed"].rest] == [
        "a the bridge is safe and “very strong”",
        "a it leaks",
    ]
    words = found["body_words_in_attributions"]
    assert [TEXT[s.start : s.end] for s in words.rest] == ["It opened in 1999", "that"]
    assert "Ann said the bridge" in TEXT[words.spans[0].start : words.spans[2].end]


def test_who_speaks(bridge: Story) -> None:
    found = [(s.label, s.verbatim_words, s.reported_words, s.share) for s in audit(bridge).speakers]
    assert found == [("Ann", 7, 2, 9 / 11), ("A source", 0, 2, 2 / 11)]


def test_diversity_leaves_out_who_is_not_known_and_says_so(bridge: Story) -> None:
    found = audit(bridge)
    assert found.is_short
    assert found.by_source.parts == (("Ann", 0.5), ("A source", 0.25))
    assert (found.by_source.known, found.by_source.of, found.by_source.is_whole) == (3, 4, False)
    assert found.by_source.effective_number == pytest.approx(2.0)  # exp(0.5 ln 2 + 0.25 ln 4)
    assert found.by_source.gini_simpson == pytest.approx(1 - 0.25 - 0.0625)
    assert (found.by_affiliation.top, found.by_affiliation.known) == (("City",), 2)


def test_the_longest_passage_nobody_is_named_for(bridge: Story) -> None:
    found = audit(bridge).longest
    assert found is not None
    assert (found.words, TEXT[found.span.start : found.span.end]) == (4, "It opened in 1999")


def test_loaded_words_by_whose_voice_they_are_in(bridge: Story) -> None:
    found = audit(bridge).loaded_terms
    assert (found.attributed, found.author_voice, found.elsewhere, found.n) == (2, 1, 1, 4)


def test_open_ends(bridge: Story) -> None:
    assert {name: (f.n, f.of) for name, f in audit(bridge).open_ends.items()} == {
        "claims_not_looked_at": (1, 6),
        "source_mentions_without_source": (0, 4),
        "sources_without_claim": (0, 3),
        "mentions_without_entity": (0, 0),
        "check_worthy_undecided": (1, 6),
        "failed_anchors": (0, 19),
    }


def test_tables(bridge: Story) -> None:
    found = audit(bridge)
    assert found.types == {("factual", "checked"): 1, ("factual", "not_checked"): 4, ("opinion", "not_checked"): 1}
    assert found.namings == {"named": 1, "anonymous": 1, "unstated": 1}
    assert found.affiliations == {"City": 1, None: 1}
    assert [(c.words, c.load, c.speakers) for c in found.cues if c.is_loaded] == [
        ("claimed", "doubt", ("A source",)),
        ("denied", "accusing", ("Bo",)),
    ]
    assert {s.annotation for s in found.contested_without_reply} == {
        "a it leaks",
        "a the bridge is safe and “very strong”",
    }


# -- nothing there


def test_of_nothing_there_is_no_share() -> None:
    found = audit(Story(""))
    assert (found.claims, found.attributed, found.body_words, found.longest, found.speakers) == (0, 0, 0, None, ())
    assert {(f.n, f.of, f.share) for f in found.figures.values()} == {(0, 0, None)}
    assert found.by_affiliation.top_share is None
    assert found.by_affiliation.effective_number is None


def test_of_a_text_without_marks_every_word_is_unattributed() -> None:
    found = audit(Story("One two.\nThree"))
    assert found.longest is not None
    assert (found.longest.words, found.longest.span) == (3, Span("a", 0, 14))
    assert (found.figures["body_words_in_attributions"].share, found.figures["attribution_share"].share) == (0, None)


def test_no_tally_is_no_audit() -> None:
    with pytest.raises(ValueError, match="one article"):
        sourcing.audit([])


def test_claims_without_a_form_are_counted_where_somebody_says_them():
    story = Story("Ann said one thing. Ann said two things. It is said three do. Four are mine.")
    ann = story.source("Ann", naming="named")
    story.link(story.claim("one thing", form="indirect"), ann)
    two = story.claim("two things")
    story.link(two, ann)
    story.link(story.claim("three do"), story.not_stated())
    story.link(story.claim("Four are mine."), "a the author")
    found = audit(story).formless
    assert (found.n, found.of) == (1, 2)
    assert [s.annotation for s in found.spans] == [two]


# -- who stands behind a claim


def test_a_claim_of_two_sources_is_shared_out() -> None:
    story = Story("Ann and Bo say it rains. Bo says it snows.")
    ann = story.source("Ann", affiliation="City", proximity="first_hand")
    bo = story.source("Bo", affiliation="Port")
    rains, snows = story.claim("it rains", form="indirect"), story.claim("it snows", form="indirect")
    story.link(rains, ann, by="Ann")
    story.link(rains, bo, by="Bo")
    story.link(snows, bo)
    found = audit(story)
    assert found.figures["first_hand_share"].n == 0.5
    assert found.by_affiliation.parts == (("Port", 0.75), ("City", 0.25))
    assert (found.figures["single_source_share"].n, found.figures["single_source_share"].of) == (1, 2)
    assert [(s.label, s.reported_words) for s in found.speakers] == [("Bo", 4), ("Ann", 2)]


def test_three_thirds_are_one() -> None:
    story = Story("They say it rains and it snows and it hails.")
    who = [story.source(name, proximity="first_hand") for name in ("A", "B", "C")]
    for words in ("it rains", "it snows", "it hails"):
        for source in who:
            story.link(story.claim(words), source)
    found = audit(story)
    assert found.figures["first_hand_share"].n == 3
    assert {share for _, share in found.by_source.parts} == {float(Fraction(1, 3))}
    assert found.by_source.top == ("A", "B", "C")
    assert found.by_source.effective_number == pytest.approx(3)


def test_an_author_who_tells_through_a_source_is_skipped() -> None:
    story = Story("It rains, Ann told me.")
    rains = story.claim("It rains")
    outer = story.link(rains, "a the author")
    story.link(rains, story.source("Ann"), via=outer)
    assert audit(story).by_source.parts == (("Ann", 1.0),)


def test_author_and_publication_alone_are_no_attribution_but_looked_at() -> None:
    story = Story("It rains. It snows.")
    story.link(story.claim("It rains."), "a the author")
    story.link(story.claim("It snows."), "a the publication")
    found = audit(story)
    assert (found.attributed, found.open_ends["claims_not_looked_at"].n) == (0, 0)


def test_one_entity_is_one_source_in_an_article_and_over_articles() -> None:
    stories: list[Story] = []
    for name, label in (("a", "the minister"), ("b", "Mr Elm")):
        story = Story("He says it rains.", id_=name)
        story.link(story.claim("it rains", form="indirect"), story.source(label, is_="Bo Elm"))
        stories.append(story)
    found = audit(*stories)
    assert [(s.label, s.source, s.reported_words, len(s.spans)) for s in found.speakers] == [
        ("Bo Elm", "a the minister", 4, 2)
    ]
    assert found.by_source.parts == (("Bo Elm", 1.0),)
    assert audit(stories[0]).speakers[0].label == "the minister"


def test_affiliations_that_differ_in_case_or_spaces_are_one() -> None:
    one, other = (Story("The bridge is safe.", id_=id_) for id_ in "ab")
    claim = one.claim("The bridge is safe.")
    for name, body in (("Ann", "Ministry of Water"), ("Bo", " ministry of  water"), ("Cy", " ")):
        one.link(claim, one.source(name, affiliation=body, side=body))
    other.link(other.claim("The bridge is safe."), other.source("Di", affiliation="MINISTRY OF WATER"))
    found = audit(one, other)
    assert (found.figures["single_affiliation_share"].n, found.figures["single_affiliation_share"].of) == (2, 2)
    assert [name for name, _ in found.by_affiliation.parts] == ["Ministry of Water"]
    assert [name for name, _ in found.by_side.parts] == ["Ministry of Water"]
    assert found.affiliations == {"Ministry of Water": 3, None: 1}
    assert {name: len(spans) for name, spans in found.affiliation_spans.items()} == found.affiliations


@pytest.mark.parametrize("namings", [("anonymous", "named"), ("named", "anonymous")])
def test_who_is_named_in_one_article_is_named_whichever_comes_first(namings: tuple[str, str]) -> None:
    stories = [Story("The bridge is safe.", id_=id_) for id_ in "ab"]
    for story, naming in zip(stories, namings, strict=True):
        story.link(story.claim("The bridge is safe."), story.source("Ann", is_="Ann", naming=naming))
    found = audit(*stories)
    assert (found.namings, found.speakers[0].naming) == ({"named": 1}, "named")
    assert len(found.naming_spans["named"]) == 2


def test_the_same_label_in_two_articles_is_not_the_same_source() -> None:
    stories: list[Story] = []
    for name in ("a", "b"):
        story = Story("Officials say it rains.", id_=name)
        story.link(story.claim("it rains", form="indirect"), story.source("Officials"))
        stories.append(story)
    assert len(audit(*stories).speakers) == 2


# -- one thing said in several articles


def _ledger(*who: tuple[str, str | None]) -> Audit:
    """Return the audit of as many articles as sources are given, in which each says the same thing."""
    stories: list[Story] = []
    for n, (label, affiliation) in enumerate(who):
        story = Story("They say it rains.", id_=f"a{n}")
        said = story.claim("it rains", ledger="rain")
        if label:
            story.link(said, story.source(label, is_=label, affiliation=affiliation))
        stories.append(story)
    return audit(*stories)


@pytest.mark.parametrize(
    ("who", "sources", "affiliations"),
    [
        ([("Ann", "City"), ("Ann", "City")], (1, 1), (1, 1)),
        ([("Ann", "City"), ("Bo", "City")], (0, 1), (1, 1)),
        ([("Ann", "City"), ("Bo", "Port")], (0, 1), (0, 1)),
        ([("Ann", "City"), ("", None)], (1, 1), (1, 1)),
        ([("Ann", None), ("Bo", None)], (0, 1), (0, 0)),
        ([("", None), ("", None)], (0, 0), (0, 0)),
    ],
)
def test_claims_of_one_ledger_entry_are_counted_once(
    who: list[tuple[str, str | None]], sources: tuple[int, int], affiliations: tuple[int, int]
) -> None:
    found = _ledger(*who).figures
    assert (found["single_source_share"].n, found["single_source_share"].of) == sources
    assert (found["single_affiliation_share"].n, found["single_affiliation_share"].of) == affiliations
    passages = found["single_source_share"].spans + found["single_source_share"].rest
    assert len(passages) == (len(who) if sources[1] else 0)


def test_nobody_named_in_two_articles_is_not_two_sources() -> None:
    stories: list[Story] = []
    for name in ("a", "b"):
        story = Story("It is said to rain.", id_=name)
        story.link(story.claim("rain", ledger="rain"), story.not_stated())
        stories.append(story)
    found = audit(*stories)
    assert (found.figures["single_source_share"].n, found.figures["single_source_share"].of) == (1, 1)
    assert found.figures["unnamed_share"].share == 1
    assert (found.speakers, found.by_source.parts, found.figures["first_hand_share"].n) == ((), (), 0)


# -- words


@pytest.mark.parametrize(
    ("text", "claim", "covered", "of"),
    [
        ("Ann: it was well-known.", ("it was well",), 2, 4),  # a word cut by the mark is not in it
        ("Ann: it was well-known.", ("it was well", "-known"), 2, 4),  # and segments are not glued
        ("Ann: 3.5 in the U.S. now", ("3.5 in the U.S.",), 6, 8),
        ("Ann: “it” rains, “she” says", ("“it” rains", "“she”"), 3, 5),
        ("Ann: 港务办公室", ("港务",), 2, 6),  # each character is a word
        ("Ann: ราคาน้ำ", ("คาน้ำ",), 3, 6),  # น้ำ is two clusters, of which the second begins with a vowel
        ("آن: قال مكتب الميناء", ("مكتب الميناء",), 2, 4),
        ("Ann: 𝒬𝓊𝒶𝓎 opens", ("𝒬𝓊𝒶𝓎",), 1, 3),
    ],
)
def test_a_word_counts_where_it_lies_wholly_in_one_segment(
    text: str, claim: tuple[str, ...], covered: int, of: int
) -> None:
    story = Story(text)
    story.link(story.claim(*claim), story.source("Ann"))
    found = audit(story)
    assert (found.figures["body_words_in_attributions"].n, found.body_words) == (covered, of)


def test_a_figure_that_counted_characters_says_so() -> None:
    assert audit(Story("港务办公室 said")).unspaced
    assert not audit(Story("قال مكتب الميناء")).unspaced
    assert not audit(Story("港务办公室\nIt rains", zones=["headline"])).unspaced


def test_words_quoted_and_reported_both_count_as_quoted_once() -> None:
    story = Story("Ann: “it rains” and it rains hard all day.")
    ann = story.source("Ann")
    story.link(story.claim("“it rains” and it", form="direct"), ann)
    story.link(story.claim("it rains@2", form="direct"), ann)
    story.link(story.claim("it rains hard", form="indirect"), ann)
    story.link(story.claim("all day", form="narration"), ann)
    assert [(s.verbatim_words, s.reported_words) for s in audit(story).speakers] == [(5, 1)]


def test_words_outside_the_body_are_not_counted_but_their_claims_are() -> None:
    story = Story("“It rains,” says Ann\nIt does.", zones=["headline"])
    story.link(story.claim("“It rains,”", form="direct"), story.source("Ann"))
    found = audit(story)
    assert (found.attributed, found.body_words) == (1, 2)
    assert [(s.label, s.verbatim_words, s.share) for s in found.speakers] == [("Ann", 0, None)]


def test_the_longest_passage_runs_over_paragraphs_and_the_first_wins_a_tie() -> None:
    story = Story("one two\nthree. it rains. four five six")
    story.link(story.claim("it rains"), story.source("Ann"))
    found = audit(story)
    assert found.longest is not None
    assert (found.longest.words, found.longest.span) == (3, Span("a", 0, 13))
    (strip,) = found.strips
    runs = [[(run.words, run.attributed, run.start) for run in runs] for _, runs in strip.paragraphs]
    assert runs == [[(2, False, 0)], [(1, False, 8), (2, True, 15), (3, False, 25)]]


def test_a_headline_between_does_not_end_a_run() -> None:
    found = audit(Story("one two\nA title\nthree", zones=["body", "headline"]))
    assert found.longest is not None
    assert found.longest.words == 3


# -- cues


def test_a_cue_span_counts_once_and_is_loaded_where_one_use_of_it_is() -> None:
    story = Story("Ann claims it rains and it snows, Ann says.")
    ann = story.source("Ann")
    story.link(story.claim("it rains"), ann, cue="claims", load="neutral")
    story.link(story.claim("it snows"), ann, cue="claims", load="doubt")
    story.link(story.claim("it rains and"), ann, cue="says", load=None)
    found = audit(story)
    assert (found.figures["loaded_cue_share"].n, found.figures["loaded_cue_share"].of) == (1, 2)
    assert [(c.words, c.load) for c in found.cues] == [("claims", "doubt"), ("says", None)]


# -- loaded words


def test_a_loaded_word_in_two_parts_is_in_a_claim_where_both_are() -> None:
    story = Story("Ann says the so very called plan, of all things, fails.")
    story.link(story.claim("the so very called plan"), story.source("Ann"))
    story.term("so", "called")
    story.term("very", "things")
    found = audit(story).loaded_terms
    assert (found.attributed, found.author_voice, found.elsewhere) == (1, 0, 1)


# -- replies


@pytest.mark.parametrize(
    ("reply", "without"),
    [
        (None, {"a it rains", "a it does not"}),
        (("it does not", "it rains"), set[str]()),
        (("he lies", "it rains"), {"a it does not"}),
    ],
)
def test_contested_claims_to_which_nobody_replies(reply: tuple[str, str] | None, without: set[str]) -> None:
    story = Story("it rains, it does not, he lies")
    for words in ("it rains", "it does not", "he lies"):
        story.claim(words)
    story.relate("a it does not", "a it rains", "contradicts")
    if reply:
        story.relate(f"a {reply[0]}", f"a {reply[1]}", "replies_to")
    assert {s.annotation for s in audit(story).contested_without_reply} == without


# -- a part of the claims


def test_a_basis_counts_some_claims_and_all_words(bridge: Story) -> None:
    made = bridge.made()
    found = sourcing.audit([sourcing.tally(made, Basis(zones=frozenset({"headline"})))])
    assert (found.claims, found.attributed, found.body_words) == (1, 0, 30)
    assert found.loaded_terms.elsewhere == 3
    worthy = sourcing.audit([sourcing.tally(made, Basis(check_worthy="yes"))])
    assert (worthy.claims, worthy.attributed) == (4, 2)
    assert sourcing.audit([sourcing.tally(made, Basis(tags=frozenset({"none has it"})))]).claims == 0


def test_a_spread_over_many_is_even_or_not() -> None:
    story = Story(" ".join(f"w{n}" for n in range(12)))
    for n in range(12):
        story.link(story.claim(f"w{n}"), story.source(f"S{n}", affiliation=f"K{n % 3}"))
    found = audit(story)
    assert not found.is_short
    assert found.by_affiliation.is_whole
    assert found.by_affiliation.effective_number == pytest.approx(3)
    assert found.by_affiliation.gini_simpson == pytest.approx(2 / 3)
    assert math.isclose(sum(share for _, share in found.by_source.parts), 1)
