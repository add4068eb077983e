"""What each house rule asks, and what it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from annotator.analysis import sourcing, standards
from annotator.analysis.coverage import body_sentences
from annotator.analysis.standards import ARTICLE, CHECKS, Finding, no_longer_raised
from annotator.model import CodeBook, FindingAnswer, Source, SourceMention, Term
from annotator.vocabulary import SEVERITIES, house_rules
from tests.analysis.story import Story, audit

TEXT = """Bridge shuts
Ann said the bridge is safe. A source called the plan stupid. It opened in 1999.
The weather was fine. Nobody counted the ships. Bo, who has the key, denied a leak, insisted it holds and blamed Ann."""
RULES = {rule.key: rule for rule in house_rules()}
NO_LIMITS: Mapping[str, int] = {}


def asked(
    story: Story, *keys: str, answers: tuple[FindingAnswer, ...] = (), limits: Mapping[str, int] = NO_LIMITS
) -> tuple[Finding, ...]:
    """Return what some rules ask about a story, each switched on; no key: all of them."""
    made = story.made()
    rules = [replace(r, on=True) for key, r in RULES.items() if not keys or key in keys]
    rules = [replace(r, limits=tuple((n, limits.get(n, of)) for n, of in r.limits)) for r in rules]
    sentences = body_sentences(made.text, made.blocks, "en")
    return standards.findings(made, sentences, rules, answers)


def words(story: Story, key: str, **limits: int) -> list[str]:
    return [found.words for found in asked(story, key, limits=limits)]


@pytest.fixture
def story() -> Story:
    return Story(TEXT, zones=["headline"])


def safe(story: Story, **fields: str) -> str:
    return story.claim("the bridge is safe", **{"type": "factual", "check_worthy": "yes", **fields})


# -- all of them together


def test_every_rule_has_its_check_and_every_check_its_rule() -> None:
    assert CHECKS.keys() == RULES.keys()


def test_an_article_without_marks_is_asked_nothing(story: Story) -> None:
    assert asked(story, limits={"words": 1}) == ()


def test_a_rule_that_is_off_asks_nothing(story: Story) -> None:
    safe(story)
    made = story.made()
    off = [replace(rule, on=False) for rule in RULES.values()]
    assert standards.findings(made, [], off) == ()
    assert standards.findings(made, [], [replace(RULES["unattributed"], key="of another version")]) == ()


def test_the_most_urgent_come_first_then_as_they_stand_in_the_text(story: Story) -> None:
    unnamed = story.source("A source", naming="anonymous", kind="person")
    story.link(story.claim("the plan stupid", type="opinion", check_worthy="yes"), unnamed, by="A source", cue="called")
    safe(story)
    story.claim("It opened in 1999.", check_worthy="yes")
    found = asked(story)
    severities = [SEVERITIES.index(f.rule.severity) for f in found]
    assert severities == sorted(severities)
    assert [f.spans[0].start for f in found if f.rule.key == "unattributed"] == [
        TEXT.index("the bridge is"),
        TEXT.index("It opened"),
    ]


def test_the_words_of_a_claim_stand_apart_from_what_was_found(story: Story) -> None:
    story.claim("Nobody counted the ships", "blamed Ann", check_worthy="yes")
    (found,) = asked(story, "unattributed")
    assert found.words == "Worth checking; no source is linked to it."
    assert found.quote == "Nobody counted the ships … blamed Ann"
    assert found.sentence == "“Nobody counted the ships … blamed Ann”: Worth checking; no source is linked to it."
    assert (found.subject, found.spans[0].annotation) == ("a Nobody counted the ships", "a Nobody counted the ships")


# -- answers


def test_an_answer_stays_with_its_question_and_outlives_it(story: Story) -> None:
    claim = safe(story)
    answer = FindingAnswer(rule="unattributed", subject=claim, article="a", answer="Seen by the reporter.")
    of_another = FindingAnswer(rule="unattributed", subject=claim, article="b", answer="No.")
    gone = FindingAnswer(rule="far_attribution", subject=claim, article="a", answer="It is clear.")
    found = asked(story, answers=(of_another, answer, gone))
    assert [f.answer for f in found if f.rule.key == "unattributed"] == [answer]
    assert no_longer_raised(found, (answer, gone)) == (gone,)
    story.link(claim, story.source("Ann", naming="named"), by="Ann")
    assert no_longer_raised(asked(story, answers=(answer, gone)), (answer, gone)) == (answer, gone)


# -- claims


def test_unattributed(story: Story) -> None:
    safe(story)
    story.claim("It opened in 1999.", check_worthy="no")
    story.link(story.claim("The weather was fine.", check_worthy="yes"), "a the author")
    story.link(story.claim("Nobody counted the ships.", check_worthy="yes"), story.not_stated())
    assert words(story, "unattributed") == [
        "Worth checking; no source is linked to it.",
        "Worth checking; it stands in the author’s own voice.",
    ]


@pytest.mark.parametrize(
    ("naming", "kind", "expected"),
    [
        ("anonymous", "person", "Rests on one source, not named: A source (anonymous)."),
        ("collective", "group", "Rests on one source, not named: A source (collective)."),
        ("role_only", "person", "Rests on one source, not named: A source (role only)."),
        ("role_only", "institution", None),
        ("named", "person", None),
        (None, "person", None),
    ],
)
def test_unnamed_single_source(story: Story, naming: str | None, kind: str, expected: str | None) -> None:
    source = story.source("A source", naming=naming, kind=kind)
    story.link(safe(story), source, by="A source")
    assert words(story, "unnamed_single_source") == ([expected] if expected else [])


def test_an_unnamed_source_beside_another_is_not_alone(story: Story) -> None:
    claim = safe(story)
    story.link(claim, story.source("A source", naming="anonymous"))
    assert len(words(story, "unnamed_single_source")) == 1
    story.link(claim, story.source("Ann", naming="named"))
    assert words(story, "unnamed_single_source") == []


def test_a_claim_nobody_is_named_for_rests_on_nobody(story: Story) -> None:
    story.link(safe(story), story.not_stated())
    assert words(story, "unnamed_single_source") == ["Rests on nobody who is named."]


def test_far_attribution(story: Story) -> None:
    ann = story.source("Ann", naming="named")
    story.link(safe(story), ann, by="Ann")
    story.link(story.claim("the plan stupid"), ann, by="Ann")  # one sentence on
    story.link(story.claim("It opened in 1999."), ann, by="Ann")  # two
    story.link(story.claim("Nobody counted the ships."), ann)  # named nowhere
    story.link(story.claim("Bridge shuts"), ann, by="Ann")  # in the headline
    assert words(story, "far_attribution") == ["Stands 2 sentences away from the words that name its source, Ann."]
    assert len(words(story, "far_attribution", sentences=0)) == 2
    assert words(story, "far_attribution", sentences=2) == []


def test_the_nearest_of_several_sources_counts(story: Story) -> None:
    claim = story.claim("It opened in 1999.")
    story.link(claim, story.source("Ann", naming="named"), by="Ann")
    story.link(claim, story.source("A source", naming="anonymous"), by="A source")
    assert words(story, "far_attribution") == []


def test_anonymous_opinion(story: Story) -> None:
    unnamed = story.source("A source", naming="anonymous")
    story.link(story.claim("the plan stupid", type="value"), unnamed, by="A source")
    story.link(safe(story), unnamed)
    assert words(story, "anonymous_opinion") == ["Coded as value; its source stays anonymous: A source."]


def test_opinion_in_the_authors_voice(story: Story) -> None:
    story.link(story.claim("The weather was fine.", type="opinion"), "a the author")
    story.claim("the plan stupid", type="value", form="narration")
    story.claim("Bridge shuts", type="interpretation", form="headline")
    story.link(story.claim("it holds", type="interpretation"), story.source("Bo", naming="named"))
    story.link(story.claim("It opened in 1999.", type="factual"), "a the author")
    assert words(story, "opinion_in_authors_voice") == [
        "Coded as value; it stands in the article’s own words.",
        "Coded as opinion; it stands in the author’s own voice.",
    ]


def test_one_affiliation(story: Story) -> None:
    claim = safe(story)
    story.link(claim, story.source("Ann", naming="named", affiliation="City"))
    assert words(story, "one_affiliation") == []  # one source
    story.link(claim, story.source("Bo", naming="named", affiliation=" city "))
    assert words(story, "one_affiliation") == ["All of its sources belong to City: Ann and Bo."]
    story.link(claim, story.source("Cy", naming="named"))
    assert words(story, "one_affiliation") == []  # who knows where Cy belongs


# -- who replied


def accused(story: Story, *, is_: str | None = None) -> str:
    claim = story.claim("blamed Ann", type="factual")
    story.link(claim, story.source("Bo", is_=is_, naming="named"), by="Bo", cue="blamed", function="accusation")
    return claim


def test_accusation_without_reply(story: Story) -> None:
    accused(story)
    assert words(story, "accusation_without_reply") == ["An accusation by Bo, with no reply and no second source."]


def test_who_did_not_answer_is_told(story: Story) -> None:
    accused(story)
    story.mark(SourceMention, "Ann", source=story.source("Ann"), role="declined_or_silent")
    assert words(story, "accusation_without_reply")[0].endswith("no second source; Ann did not answer or declined.")


REPLIES: list[tuple[str, Callable[[Story, str], None]]] = [
    ("a reply", lambda s, c: s.relate(safe(s), c, "replies_to")),
    ("a reply in another article", lambda s, c: s.relate(s.elsewhere("b"), c, "replies_to")),
    ("a second source", lambda s, c: void(s.link(c, s.source("Ann", naming="named")))),
    ("a second source of a claim that supports it", lambda s, c: supported(s, c)),
    ("a claim of another article that supports it", lambda s, c: s.relate(s.elsewhere("b", ANN), c, "supports")),
]
NO_REPLIES: list[tuple[str, Callable[[Story, str], None]]] = [
    ("a rejected reply", lambda s, c: s.relate("rejected", c, "replies_to")),
    ("a claim that supports it and was rejected", lambda s, c: s.relate("rejected", c, "supports")),
    ("a claim of another article without a source", lambda s, c: s.relate(s.elsewhere("b"), c, "supports")),
    ("a claim of another article by nobody", lambda s, c: s.relate(s.elsewhere("b", NOBODY), c, "supports")),
    ("a claim of another article by the same", lambda s, c: s.relate(s.elsewhere("b", BO), c, "supports")),
    ("somebody nobody names", lambda s, c: void(s.link(c, s.not_stated()))),
]
ANN = Source(id="ann there", article="b", label="Ann", entity="Ann")
BO = Source(id="bo there", article="b", label="Bo Oak", entity="Bo")
NOBODY = Source(id="nobody there", article="b", label="not stated", kind="unstated", naming="unstated")


def void(_: str) -> None: ...


def supported(story: Story, claim: str) -> None:
    other = safe(story)
    story.link(other, story.source("Ann", naming="named"), by="Ann")
    story.relate(other, claim, "supports")


@pytest.mark.parametrize(("how", "reply"), REPLIES, ids=[how for how, _ in REPLIES])
def test_what_answers_an_accusation(story: Story, how: str, reply: Callable[[Story, str], None]) -> None:
    reply(story, accused(story))
    assert words(story, "accusation_without_reply") == [], how


@pytest.mark.parametrize(("how", "nothing"), NO_REPLIES, ids=[how for how, _ in NO_REPLIES])
def test_what_does_not_answer_an_accusation(story: Story, how: str, nothing: Callable[[Story, str], None]) -> None:
    nothing(story, accused(story, is_="Bo"))
    assert len(words(story, "accusation_without_reply")) == 1, how


def test_a_reply_to_another_claim_is_none_to_this_one(story: Story) -> None:
    story.relate(accused(story), safe(story), "replies_to")
    assert len(words(story, "accusation_without_reply")) == 1


def test_officials_of_one_group_are_no_second_source(story: Story) -> None:
    claim = safe(story)
    for name in ("Bo", "Cy"):
        story.link(
            claim, story.source(name, independence_group="The  harbour office"), cue="blamed", function="accusation"
        )
    assert len(words(story, "accusation_without_reply")) == 1
    story.link(claim, story.source("Di", independence_group="another office"))
    assert words(story, "accusation_without_reply") == []


def test_contested_without_reply(story: Story) -> None:
    one, other = safe(story), story.claim("a leak")
    story.relate(other, one, "contradicts")
    assert words(story, "contested_without_reply") == ["Contradicts “a leak”; no reply is marked."]
    story.relate(other, one, "replies_to")
    assert words(story, "contested_without_reply") == []


def test_contested_from_another_article(story: Story) -> None:
    story.relate(story.elsewhere("b"), safe(story), "contradicts")
    assert words(story, "contested_without_reply") == [
        "Contradicted by a claim of another article; no reply is marked."
    ]


def test_a_claim_that_does_not_count_contests_nothing(story: Story) -> None:
    story.relate("rejected", safe(story), "contradicts")
    assert words(story, "contested_without_reply") == []
    assert audit(story).figures["contested_share"].n == 0


def test_contested_is_asked_about_where_the_audit_counts_it(story: Story) -> None:
    one, other, third = safe(story), story.claim("a leak"), story.claim("It opened in 1999.")
    story.relate(one, other, "contradicts")
    story.relate(third, other, "contradicts")
    made = story.made()
    counted = {s.annotation for s in sourcing.audit([sourcing.tally(made)]).contested_without_reply}
    found = asked(story, "contested_without_reply")
    assert {s.annotation for f in found for s in f.spans} == counted == {one, other, third}


# -- what a check left behind


def test_checked_without_evidence(story: Story) -> None:
    story.check(safe(story), "checked", with_evidence=False, person="Tess Ek")
    opinion = story.claim("the plan stupid", type="opinion")
    story.check(opinion, "checked", with_evidence=False)
    story.check(story.claim("a leak"), "checked", person="Tess Ek", verdict="5")
    story.check(story.claim("it holds"), "checked", with_evidence=False, verdict="none", why="no log is kept")
    story.check(story.claim("It opened in 1999."), "in_progress")
    assert words(story, "checked_without_evidence") == ["Set to checked by Tess Ek; no evidence is kept."]


def test_checked_without_verdict(story: Story) -> None:
    story.check(safe(story), "checked", person="Tess Ek")
    story.check(story.claim("a leak"), "checked", verdict="5")
    story.check(story.claim("it holds"), "cannot_check", with_evidence=True)
    assert words(story, "checked_without_verdict") == [
        "Set to checked by Tess Ek with 1 piece of evidence; no verdict is given."
    ]


# -- sources


def test_single_source_is_asked_once_of_each_source(story: Story) -> None:
    ann = story.source("Ann", naming="named")
    story.link(safe(story), ann)
    story.link(story.claim("It opened in 1999.", check_worthy="yes"), ann)
    story.link(story.claim("a leak", check_worthy="no"), ann)
    found = asked(story, "single_source")
    assert [f.words for f in found] == ["2 claims worth checking rest on one source: Ann."]
    assert (found[0].subject, len(found[0].spans)) == (ann, 2)


@pytest.mark.parametrize("answered", ["Ann", "Bo", "Cy"])
def test_an_answer_to_one_of_a_group_is_an_answer_to_the_group(story: Story, answered: str) -> None:
    claim = safe(story)
    for name in ("Cy", "Ann", "Bo"):
        story.link(claim, story.source(name, naming="named", independence_group="Port"))
    answer = FindingAnswer(rule="single_source", subject=f"a {answered}", article="a", answer="there is no other")
    (found,) = asked(story, "single_source", answers=(answer,))
    assert (found.subject, found.answer) == (answer.subject, answer)
    assert no_longer_raised((found,), (answer,)) == ()


def test_officials_of_one_group_count_once(story: Story) -> None:
    ann = story.source("Ann", naming="named", independence_group="Port")
    bo = story.source("Bo", naming="named", independence_group=" port")
    claim = safe(story)
    story.link(claim, ann)
    story.link(claim, bo)
    story.link(story.claim("a leak", check_worthy="yes"), bo)
    (found,) = asked(story, "single_source")
    assert found.words == "2 claims worth checking rest on one source: Ann and Bo, who count as one (Port)."
    assert found.subject == min(ann, bo)


def test_two_entries_that_are_one_entity_count_once(story: Story) -> None:
    claim = safe(story)
    story.link(claim, story.source("Ann", naming="named", is_="Ann Lee"))
    story.link(claim, story.source("Ms Lee", naming="named", is_="Ann Lee"))
    assert words(story, "single_source") == ["1 claim worth checking rests on one source: Ann."]


def test_a_claim_repeated_in_the_article_has_the_sources_of_both(story: Story) -> None:
    story.link(safe(story, ledger="x"), story.source("Ann", naming="named"))
    assert len(words(story, "single_source")) == 1
    story.link(story.claim("it holds", ledger="x", check_worthy="yes"), story.source("Bo", naming="named"))
    assert words(story, "single_source") == []


def test_what_an_unnamed_source_alone_is_asked_about_is_not_asked_twice(story: Story) -> None:
    story.link(safe(story), story.source("A source", naming="anonymous"))
    assert [f.rule.key for f in asked(story, "single_source", "unnamed_single_source")] == ["unnamed_single_source"]
    assert len(words(story, "single_source")) == 1  # where the stronger rule is off


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("anonymity_reason", "no", "The article does not say why A source stays unnamed."),
        ("anonymity_reason", None, "Whether the article says why A source stays unnamed is not filled in."),
        ("anonymity_reason", "yes", None),
        ("anonymity_reason", "not_applicable", None),
        ("ground_rules", "not_stated", "The article does not say on what terms A source spoke."),
        ("ground_rules", None, "On what terms A source spoke is not filled in."),
        ("ground_rules", "background", None),
    ],
)
def test_terms_of_an_anonymous_source(story: Story, field: str, value: str | None, expected: str | None) -> None:
    key = {"anonymity_reason": "no_reason_for_anonymity", "ground_rules": "ground_rules_not_stated"}[field]
    story.link(safe(story), story.source("A source", naming="anonymous", **{field: value}), by="A source")
    story.link(story.claim("a leak"), story.source("Bo", naming="named"))
    story.source("Silent", naming="anonymous")  # nothing is linked to it
    assert words(story, key) == ([expected] if expected else [])


def test_what_the_text_does_not_say_is_not_what_nobody_filled_in(story: Story) -> None:
    not_stated = frozenset({"anonymity_reason", "ground_rules", "role", "affiliation"})
    story.link(safe(story), story.source("A source", naming="anonymous", not_stated=not_stated), by="A source")
    assert words(story, "no_reason_for_anonymity")[0].startswith("The article does not say why")
    assert words(story, "ground_rules_not_stated")[0].startswith("The article does not say on")
    assert words(story, "unnamed_without_role") == ["The article gives neither role nor affiliation of A source."]


@pytest.mark.parametrize(
    ("label", "fields", "is_bare"),
    [
        ("A source", {}, True),
        ("two officials", {}, True),
        ("“Sources”", {}, True),
        ("A source close to the talks", {}, False),
        ("A source", {"role": "clerk"}, False),
        ("A source", {"affiliation": "City"}, False),
        ("=1+1", {}, False),
        ("…", {}, False),
    ],
)
def test_bare_label(story: Story, label: str, fields: dict[str, str], is_bare: bool) -> None:
    story.link(safe(story), story.source(label, naming="anonymous", **fields))
    assert bool(words(story, "bare_label")) == is_bare


@pytest.mark.parametrize(
    ("naming", "kind", "role", "asks"),
    [
        ("anonymous", "person", None, "unnamed_without_role"),
        ("anonymous", "group", None, "unnamed_without_role"),
        ("anonymous", "person", "clerk", None),
        ("anonymous", "document", None, None),
        ("named", "person", None, "named_without_role"),
        ("named", "person", "clerk", None),
        ("named", "institution", None, None),
        ("role_only", "person", None, None),
    ],
)
def test_persons_without_a_role(story: Story, naming: str, kind: str, role: str | None, asks: str | None) -> None:
    story.link(safe(story), story.source("Ann", naming=naming, kind=kind, role=role))
    found = asked(story, "unnamed_without_role", "named_without_role")
    assert [f.rule.key for f in found] == ([asks] if asks else [])


def test_loaded_cues(story: Story) -> None:
    bo = story.source("Bo", naming="named")
    story.link(story.claim("a leak"), bo, cue="denied", load="accusing")
    assert words(story, "loaded_cues") == ["The word that introduces Bo does more than introduce: denied (accusing)."]
    story.link(story.claim("it holds"), bo, cue="insisted", load="doubt")
    assert words(story, "loaded_cues") == [
        "All 2 words that introduce Bo do more than introduce: denied (accusing) and insisted (doubt)."
    ]
    story.link(safe(story), bo, cue="said", load="neutral")
    story.link(story.claim("the plan stupid"), "a the author", cue="called", load="doubt")
    (found,) = asked(story, "loaded_cues")
    assert found.words == (
        "2 of the 3 words that introduce Bo do more than introduce: denied (accusing) and insisted (doubt)."
    )
    assert (found.subject, [s.annotation for s in found.spans]) == (bo, ["a denied", "a insisted"])


def test_words_that_weigh_where_nobody_is_named(story: Story) -> None:
    nobody = story.not_stated()
    story.link(story.claim("a leak"), nobody, cue="denied", load="accusing")
    assert words(story, "loaded_cues") == ["Where nobody is named, 1 word does more than introduce: denied (accusing)."]


def test_sources_that_are_one_are_told_of_in_the_order_they_were_linked(story: Story) -> None:
    claim = story.claim("the plan stupid", type="opinion")
    for label, is_ in (("A man", "Cy"), ("A source", None), ("The man", "Cy")):
        story.link(claim, story.source(label, is_=is_, naming="anonymous"))
    assert words(story, "anonymous_opinion")[0].endswith("its source stays anonymous: A man and A source.")


def test_one_cue_of_two_claims_counts_once(story: Story) -> None:
    bo = story.source("Bo", naming="named")
    for claim in ("a leak", "it holds"):
        story.link(story.claim(claim), bo, cue="denied", load="accusing")
    assert words(story, "loaded_cues")[0].startswith("The word")


# -- the article


def test_long_passage(story: Story) -> None:
    story.link(safe(story), story.source("Ann", naming="named"), by="Ann", cue="said")
    (found,) = asked(story, "long_passage", limits={"words": 30})
    assert found.subject == ARTICLE
    assert found.words == "For 32 words in a row no source is named; the house rule asks beyond 30."
    assert TEXT[found.spans[0].start : found.spans[0].end].startswith("A source called")
    assert words(story, "long_passage", words=32) == []


def test_a_passage_of_a_script_without_spaces_counts_characters() -> None:
    story = Story("渡轮五月开航。可是没有开。")
    story.claim("可是没有开")
    assert words(story, "long_passage", words=5) == [
        "For 11 words and characters in a row no source is named; the house rule asks beyond 5."
    ]


def test_the_audit_that_was_made_already_is_used(story: Story) -> None:
    safe(story)
    made = story.made()
    known = sourcing.audit([sourcing.tally(made)])
    assert known.longest is not None
    told = replace(known, longest=replace(known.longest, words=9999))
    rules = [RULES["long_passage"]]
    assert standards.findings(made, [], rules, audit=told)[0].words.startswith("For 9,999 words")
    of_others = replace(told, articles=("b",))
    assert standards.findings(made, [], rules, audit=of_others) == ()


def many(n: int, **fields: str) -> Story:
    made = Story("\n".join(f"Claim {i} here." for i in range(n)))
    who = made.source("Bo", naming="named", **fields)
    for i in range(n):
        made.link(made.claim(f"Claim {i} here"), who)
    return made


def test_few_first_hand() -> None:
    found = asked(many(12, proximity="second_hand"), "few_first_hand")
    assert [f.words for f in found] == [
        "0 of 12 claims with a source come from somebody who saw it, did it or has its record; the house rule asks below 25 %."
    ]
    assert (found[0].subject, len(found[0].spans)) == (ARTICLE, 12)
    assert words(many(9, proximity="second_hand"), "few_first_hand") == []  # a short text
    assert words(many(12, proximity="first_hand"), "few_first_hand") == []
    assert words(many(12), "few_first_hand") == []  # not filled in: it may be all of them
    assert words(many(12, class_="primary"), "few_first_hand") == []


# -- names and numbers


def test_long_and_odd_names_stay_short_and_plain(story: Story) -> None:
    label = "=HYPERLINK(1) <b>" + "x" * 300
    ann = story.source(label, naming="named")
    story.link(safe(story), ann)
    (told,) = words(story, "single_source")
    assert "=HYPERLINK(1) <b>" in told and len(told) < 110
    claim = story.claim("It opened in 1999.", check_worthy="yes")
    for n in range(7):
        story.link(claim, story.source(f"Source {n}", naming="named", affiliation="City"))
    assert words(story, "one_affiliation") == [
        "All of its sources belong to City: Source 0, Source 1, Source 2 and 4 more."
    ]


def test_loads_are_called_as_the_project_calls_them(story: Story) -> None:
    story.link(story.claim("a leak"), story.source("Bo"), cue="denied", load="accusing")
    made = story.made()
    made.code_book = CodeBook({"load": (Term(list="load", key="accusing", label="puts in the wrong"),)})
    (found,) = standards.findings(made, [], [RULES["loaded_cues"]])
    assert found.words.endswith("denied (puts in the wrong).")
