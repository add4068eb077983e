"""Search over everything people read and write: ranked, placed, of some articles or all; and by pattern, in a child."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.analysis import patterns
from annotator.errors import ChangedElsewhere, RuleBroken
from annotator.model import Id
from annotator.project import Hit, Project
from annotator.project import finding as finding_module
from annotator.storage import search as search_module
from tests.project.drafts import HARD, PLAIN, draft, span


def where(hits: list[Hit]) -> list[str]:
    return [h.where for h in hits]


def emphasised(hit: Hit) -> list[str]:
    return [hit.snippet[a:b] for a, b in hit.found]


def test_each_kind_is_found_with_its_place(project: Project, article: Id, claim: Id) -> None:
    project.edit_article(article, title="Night boats")
    project.set_note(claim, "ask the night watch")
    project.edit_claim(claim, short_text="no night sailing", tags=("night shift",))
    project.tag_articles([article], "Nights at sea")
    mention = project.mark(article, "mention", [span(PLAIN, "harbour office")])
    entity = project.annotation(mention).entity  # type: ignore[union-attr]
    project.edit_entity(entity, name="The Night Office", aliases=("Nightingales",))
    link = project.link_words(claim, span(PLAIN, "Oda Lien"))
    source = project.attribution(link).source  # type: ignore[union-attr]
    project.edit_source(source, role="night nurse")
    hits = project.search("night")
    assert where(hits) == ["title", "claim", "note", "source", "entity", "tag", "tag"]
    by = {h.where: h for h in hits}
    assert all(h.article == article and h.title == "Night boats" and not h.archived for h in hits)
    assert all(emphasised(h)[0].casefold().startswith("night") for h in hits)
    at = PLAIN.index("It did not sail.")
    assert (by["claim"].mark, by["claim"].start, by["note"].mark) == (claim, at, claim)
    assert (by["source"].entry, by["source"].start) == (source, PLAIN.index("Oda Lien"))
    assert (by["entity"].entry, by["entity"].start) == (entity, PLAIN.index("harbour office"))
    assert [(h.snippet, h.mark) for h in hits if h.where == "tag"] == [("night shift", claim), ("Nights at sea", None)]
    assert [h.snippet for h in project.search("nightingale")] == ["The Night Office · Nightingales"]


def test_a_text_hit_says_every_place(project: Project, article: Id) -> None:
    (hit,) = (h for h in project.search("said ferr") if h.where == "text")
    assert [PLAIN[a:b] for a, b in hit.places] == ["ferr", "said", "ferr", "said"]
    assert emphasised(hit) == ["ferr", "said", "ferr"]
    assert (hit.start, hit.end) == (PLAIN.index("ferry"), PLAIN.index("ferry") + 4)
    assert "\n" not in hit.snippet


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("harbour ferry", True), ("harbour parrot", False), ("harbour -ferry", False), ("harbour -parrot", True),
        ('"the harbour office"', True), ('"office harbour"', False), ("“no crew”", True), ("HARB", True),
        ('"harb"', False), ("-harbour", False), ("ferry OR parrot", False), ("lien oda", True),
    ],
)  # fmt: skip
def test_all_words_a_phrase_and_what_is_not_to_be_there(project: Project, article: Id, typed: str, there: bool) -> None:
    assert ("text" in where(project.search(typed))) == there


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("渡轮", ["text", "claim", "note", "entity"]), ("公室", ["text"]), ("室公", []), ("渡轮 安全", []), ("五月 港口", ["text"]),
        ("渡轮 -五月", ["note", "entity"]), ("tokyo", ["text"]), ("ข้าว", ["text"]), ("ขาว", []), ("안전", ["text"]), ("عمر", ["text"]),
    ],
)  # fmt: skip
def test_words_inside_runs_of_scripts_without_spaces(project: Project, typed: str, kinds: list[str]) -> None:
    text = f"{HARD}\n在Tokyo的ชายคนหนึ่งกินข้าว"
    made = project.add_article(draft(text, title="Scripts"))
    marked = project.mark(made, "claim", [span(text, "渡轮五月开航")], short_text="渡轮五月开航", note="问渡轮公司")
    entity = project.mark(made, "mention", [span(text, "渡轮")])
    assert marked and entity
    assert where(project.search(typed)) == kinds


def test_words_of_two_scripts_are_found_in_names_in_any_case(project: Project) -> None:
    made = project.add_article(draft("100% 渡轮 a_b\n\nText.", title="100% 渡轮 Tokyo"))
    project.add_source(made, "渡轮 Tokyo")
    assert where(project.search("tokyo 渡轮")) == ["title", "source"]
    assert where(project.search("100 渡轮")) == ["title", "text"]


def test_within_some_articles_and_put_away_ones(project: Project, article: Id) -> None:
    other = project.add_article(draft("Another ferry\n\nThe ferry sank."))
    project.archive([other])
    assert {(h.article, h.archived) for h in project.search("ferry")} == {(article, False), (other, True)}
    assert {h.article for h in project.search("ferry", articles=[other])} == {other}
    assert project.search("ferry", articles=[]) == []
    with project.finder() as finder:
        assert {h.article for h in finder.search("ferry", [article])} == {article}


def test_of_each_kind_no_more_than_one_looks_at(project: Project) -> None:
    project.add_articles(draft(f"Tide {n}\n\nThe tide again, and tide {n}.") for n in range(70))
    assert (
        where(project.search("tide")).count("text")
        == search_module.MOST
        == where(project.search("tide")).count("title")
    )


def test_what_is_gone_is_not_found(project: Project, article: Id, claim: Id) -> None:
    project.edit_claim(claim, short_text="parrots", tags=("parrots",))
    project.add_source(article, "Parrot society", aliases=("Polly",))
    assert where(project.search("parrot")) == ["claim", "source", "tag"]
    assert where(project.search("polly")) == ["source"]
    project.unmark(claim)
    project.delete_source(next(s.id for s in project.sources(article) if s.label == "Parrot society"))
    assert project.search("parrot") == [] == project.search("polly")
    project.undo()
    project.undo()
    assert where(project.search("parrot")) == ["claim", "source", "tag"]
    project.delete_article(article)
    assert project.search("ferry") == []


def test_a_very_long_text_does_not_hold_one_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "LOCATING_SECONDS", -1.0)
    project.add_articles([draft("Near\n\ntide."), draft("Far\n\n" + "water " * 20_000 + "tide.")])
    hits = {h.title: h for h in project.search("tide") if h.where == "text"}
    assert (hits["Near"].start, hits["Far"].start) == (6, None)
    assert hits["Far"].snippet.startswith("Far")
    far = project.placed(hits["Far"], "tide")
    assert project.version(far.article).text[far.start : far.end] == "tide" == emphasised(far)[0]
    assert project.placed(hits["Near"], "tide") is hits["Near"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with closing(Project.create(tmp_path_factory.mktemp("search") / "library.annot")) as made:
        made.add_articles([draft(PLAIN), draft(HARD), draft("港口\n\n" + "渡轮 " * 5000)])
        claim = made.mark(
            made.article_ids()[0], "claim", [span(PLAIN, "It did not sail.")], note='* OR "', short_text="港"
        )
        made.set_tags(claim, ["a-b", "港口", "("])
        yield made


@given(st.text(max_size=80) | st.text(alphabet="ab\"-*()^:+{}[] '港ก์ORANDNEARé", max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_results_or_nothing(library: Project, typed: str) -> None:
    start = time.process_time()
    hits = library.search(typed)
    assert time.process_time() - start < 1
    for hit in hits:
        assert library.has_article(hit.article)
        assert all(0 <= a < b <= len(hit.snippet) for a, b in hit.found)


# -- beside the window's thread


def test_a_finder_reads_while_others_write(project: Project, article: Id) -> None:
    found: list[list[Hit]] = []

    def look() -> None:
        with project.finder() as finder:
            found.append(finder.search("ferry"))

    thread = threading.Thread(target=look)
    thread.start()
    project.tag_articles([article], "x")
    thread.join()
    assert found == [project.search("ferry")]


def test_a_stopped_finder_finds_nothing(project: Project, article: Id) -> None:
    with project.finder() as finder:
        finder.stop()
        assert list(finder.pattern("ferry")) == []
    finder.stop()  # too late is no fault


def test_a_file_that_is_gone_is_said_so(project: Project, article: Id, tmp_path: Path) -> None:
    finder = project.finder()
    project.path.rename(tmp_path / "moved")
    with pytest.raises(ChangedElsewhere, match="cannot be read now"), finder:
        pass


# -- patterns


def test_a_pattern_finds_its_places(project: Project, article: Id) -> None:
    other = project.add_article(draft("Timetable\n\nferry at 10:30, not at 9:15 🏠 and 7:05."))
    hits = list(project.find_pattern(r"\b\d+:\d\d\b"))
    text = project.version(other).text
    assert [(h.article, text[h.start : h.end], emphasised(h)) for h in hits] == [
        (other, "10:30", ["10:30"]), (other, "9:15", ["9:15"]), (other, "7:05", ["7:05"]),
    ]  # fmt: skip
    assert list(project.find_pattern(r"\d+:\d\d", articles=[article])) == []
    assert len(list(project.find_pattern("FERRY"))) == 3 > len(list(project.find_pattern("FERRY", ignore_case=False)))
    assert [h.start for h in project.find_pattern("^Timetable$|nothing")] == [0]
    assert list(project.find_pattern("x*")) == [], "a match of nothing is none"


@pytest.mark.parametrize(
    ("pattern", "said"), [("(", "at character 2: missing"), ("a[z-a]", "at character"), ("", "no pattern")]
)
def test_a_wrong_pattern_is_one_sentence(project: Project, article: Id, pattern: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said) as error:
        list(project.find_pattern(pattern))
    assert str(error.value).endswith(".")


@pytest.mark.parametrize(
    "pattern", ["a{1,60000}{1,60000}", "(" * 4000 + ")" * 4000, "(?:" * 300 + "a" + "){99}" * 300, "x" * 6000]
)
def test_a_pattern_too_large_is_refused_in_time(
    project: Project, article: Id, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_module, "_START_SECONDS", 4.0)
    start = time.monotonic()
    try:
        list(project.find_pattern(pattern))
    except RuleBroken as error:
        assert str(error).endswith(".")
    assert time.monotonic() - start < 20


def test_a_pattern_without_end_is_ended_by_the_clock(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.3)  # the child's own clock is slower: the parent's ends it
    monkeypatch.setattr(finding_module, "_GRACE_SECONDS", 0.2)
    project.add_article(draft("Before\n\nxy"))
    project.add_article(draft("Slow\n\n" + "x" * 5000))
    hits: list[Hit] = []
    with pytest.raises(RuleBroken, match="takes too long in “Slow”"):
        for hit in project.find_pattern(r"(x+x+)+y|xy"):
            hits.append(hit)
    assert [h.title for h in hits] == ["Before"]


def test_a_pattern_is_ended_at_once_by_who_looks(project: Project) -> None:
    project.add_article(draft("Slow\n\n" + "x" * 5000))
    start = time.monotonic()
    assert list(project.find_pattern(r"(x+x+)+y", cancelled=lambda: time.monotonic() - start > 0.5)) == []
    with project.finder() as finder:
        threading.Timer(0.5, finder.stop).start()
        assert list(finder.pattern(r"(x+x+)+y")) == []
    assert time.monotonic() - start < 4


def test_its_hits_are_bounded_and_its_progress_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding_module, "MOST_HITS", 7)
    project.add_articles(draft(f"T {n}\n\nferry ferry ferry ferry ferry") for n in range(3))
    told: list[tuple[int, int]] = []
    hits = list(project.find_pattern("ferry", progress=lambda done, of: told.append((done, of))))
    assert [h.title for h in hits] == ["T 0"] * 5 + ["T 1"] * 2
    assert told == [(1, 3), (2, 3)]


def test_leaving_early_ends_the_child(project: Project, article: Id) -> None:
    found = project.find_pattern("ferry")
    assert next(found).start is not None
    found.close()


def test_a_word_with_a_soft_hyphen_in_it_is_found(project: Project) -> None:
    made = project.add_article(draft("Der Bundes\u00adkanzler\n\nDer Bundes\u00adkanzler sagte nichts."))
    hits = project.search("Bundeskanzler")
    assert {hit.where for hit in hits if hit.article == made} >= {"text"}
    found = next(hit for hit in hits if hit.where == "text")
    assert project.version(made).text[found.start : found.end] == "Bundes\u00adkanzler"
    assert project.check() == []
