"""``annotator audit``: figures for people, a line each, and JSON with exactly the contract's keys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator import cli, paths
from annotator.project import Project
from tests.project.drafts import draft


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.run(["audit", *(str(a) for a in arguments)], lambda _: 0)
    return code, *capsys.readouterr()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.annot"
    shutil.copyfile(paths.resources() / "sample.annot", path)
    return path


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A project of one article with one attributed claim, and one without any mark."""
    path = tmp_path / "short.annot"
    project = Project.create(path)
    text = "A title\n\nAnn \x1b[31mOak\u202e said 雨が降る and it rains."
    article = project.add_article(draft(text, title="A \u202e title"))
    text = project.version(article).text
    at = text.index("it rains")
    claim = project.mark(article, "claim", [(at, at + 8)])
    project.link_new(claim, "Ann \x1b[31mOak")
    project.add_article(draft("Nothing is marked here.", title="Empty"))
    project.close()
    return path


# The contract's names, in its order, and what each holds.
FIGURE = {"n", "of", "share", "spans"}
DIVERSITY = {"n", "top", "top_share", "effective_number", "gini_simpson"}
ENDS = {
    "claims_not_looked_at",
    "source_mentions_without_source",
    "sources_without_claim",
    "mentions_without_entity",
    "check_worthy_undecided",
    "failed_anchors",
}
KEYS: dict[str, set[str]] = {
    **dict.fromkeys(
        ("attribution_share", "attribution_share_excluding_nested", "body_words_in_attributions", "check_worthy_unattributed",
         "single_source_share", "single_affiliation_share", "anonymous_share", "unnamed_share", "loaded_cue_share",
         "claims_without_evidence", "unchecked", "contested_share", "first_hand_share", "silent_sources"),
        FIGURE,
    ),
    **dict.fromkeys(("diversity_by_affiliation", "diversity_by_source", "diversity_by_side"), DIVERSITY),
    "longest_unattributed_passage": {"words", "start", "end"},
    "loaded_terms": FIGURE | {"author_voice", "attributed", "elsewhere"},
    "open_ends": FIGURE | ENDS,
}  # fmt: skip


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found.keys() == {"article", "layer", "basis", "metrics"}
    assert found["basis"].keys() == {"zones", "status"}
    return found


def test_json_has_exactly_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    project = Project.open(sample, read_only=True)
    (article,) = project.article_ids()
    marks = project.annotated(article).by_id
    found = told(capsys, sample, "--article", article[:8])
    assert (found["article"], found["layer"]) == (article, project.layer.id)
    project.close()
    metrics = found["metrics"]
    assert metrics.keys() == KEYS.keys() | {"who_speaks"}
    assert {name: set(metrics[name]) for name in KEYS} == KEYS
    assert {tuple(each) for each in metrics["who_speaks"]} == {("source", "verbatim_words", "reported_words", "share")}
    spans = [span for name in KEYS for span in metrics[name].get("spans", ())]
    assert spans
    assert {tuple(span) for span in spans} == {("annotation", "start", "end")}
    assert {span["annotation"] for span in spans} <= marks.keys()
    assert (metrics["attribution_share"]["n"], metrics["attribution_share"]["of"]) == (17, 27)
    assert metrics["attribution_share"]["share"] == pytest.approx(17 / 27)
    assert metrics["diversity_by_source"]["top"] == ["Petra Oyelund", "Tomas Brightwater"]
    assert metrics["silent_sources"]["n"] == 2


def test_json_of_a_whole_project_has_no_article_and_says_where_the_longest_passage_is(
    capsys: pytest.CaptureFixture[str], sample: Path
) -> None:
    found = told(capsys, sample)
    assert found["article"] is None
    assert found["metrics"]["longest_unattributed_passage"].keys() == {"article", "words", "start", "end"}


def test_shares_of_nothing_are_null_and_a_short_text_has_no_diversity(
    capsys: pytest.CaptureFixture[str], short: Path
) -> None:
    metrics = told(capsys, short)["metrics"]
    assert metrics["check_worthy_unattributed"] == {"n": 0, "of": 0, "share": None, "spans": []}
    assert metrics["diversity_by_source"] == {
        "n": 1,
        "top": ["Ann \ufffd[31mOak"],
        "top_share": None,
        "effective_number": None,
        "gini_simpson": None,
    }


def test_people_read_a_line_for_each_figure(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    code, out, err = run(capsys, sample)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Sourcing audit: The ferry that is always on time"
    assert "    17 of 27   63 %  claims are attributed" in lines
    assert "  261 of 583   45 %  words stand inside an attribution" in lines
    assert "          21   13 %  Petra Oyelund: 7 quoted, 14 reported" in lines
    assert any("54         words in a row with nobody named, from “The engines" in line for line in lines)
    assert any(line.endswith("insisted (doubt): Petra Oyelund") for line in lines)
    assert not any(line != line.rstrip() for line in lines)


def test_a_short_text_is_counted_without_per_cents_on_one_line_each(
    capsys: pytest.CaptureFixture[str], short: Path
) -> None:
    code, out, _ = run(capsys, short)
    assert code == 0
    assert "Few attributed claims: counts only." in out
    assert "%" not in out
    assert "none" in out
    assert "words and characters" in out
    assert all(c.isprintable() for line in out.splitlines() for c in line)


def test_an_article_without_any_mark_is_counted(capsys: pytest.CaptureFixture[str], short: Path) -> None:
    project = Project.open(short, read_only=True)
    article = project.article_ids()[1]
    project.close()
    code, out, _ = run(capsys, short, "--article", article)
    assert code == 0
    assert out.startswith("Sourcing audit: Empty\n")
    assert "none" in out


def test_claims_are_chosen_by_zone_tag_and_worth(capsys: pytest.CaptureFixture[str], short: Path) -> None:
    project = Project.open(short)
    (claim,) = project.annotated(project.article_ids()[0]).claims
    project.set_tags(claim.id, ["Weather"])
    project.close()

    def counted(*options: str) -> tuple[int, dict[str, Any]]:
        code, out, err = run(capsys, short, *options, "--json")
        assert (code, err) == (0, "")
        found = json.loads(out)
        return found["metrics"]["attribution_share"]["of"], found["basis"]

    zones = counted()[1]["zones"]
    assert counted("--zone", "headline", "--zone", "caption") == (
        0,
        {"zones": ["headline", "caption"], "status": "accepted"},
    )
    assert counted("--tag", "weather") == (1, {"zones": zones, "status": "accepted", "tags": ["Weather"]})
    assert counted("--worth", "yes") == (0, {"zones": zones, "status": "accepted", "check_worthy": "yes"})
    out = run(capsys, short, "--zone", "body", "--tag", "Weather", "--worth", "no")[1]
    assert out.splitlines()[1:5] == [
        "Counts, not a score. Claims that are accepted; words of the body.",
        "Only claims of these zones: body.",
        "Only claims with one of these tags: Weather.",
        "Only claims that are not worth checking.",
    ]


def test_what_is_wrong_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path) -> None:
    assert run(capsys, sample, "--tag", "no\x1bsuch")[::2] == (1, "annotator: The project has no tag “no\ufffdsuch”.\n")
    empty = tmp_path / "empty.annot"
    Project.create(empty).close()
    assert run(capsys, empty)[::2] == (1, "annotator: The project holds no article yet. Import one first.\n")
    assert run(capsys, sample, "--article", "zzz")[0] == 1
    assert "No set of marks is called" in run(capsys, sample, "--layer", "nobody")[2]
