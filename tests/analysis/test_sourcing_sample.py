"""The audit of the sample project: what comes out, and how a reader of its table of marks gets there.

The table: resources/sample/marks.toml.
"""

from __future__ import annotations

import shutil

import pytest

from annotator import paths
from annotator.analysis import sourcing
from annotator.analysis.sourcing import Audit
from annotator.model import AnnotatedArticle
from annotator.project import Project


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> AnnotatedArticle:
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    shutil.copyfile(paths.resources() / "sample.annot", path)
    project = Project.open(path, read_only=True)
    try:
        (article,) = project.article_ids()
        return project.annotated(article)
    finally:
        project.close()


@pytest.fixture(scope="module")
def audit(sample: AnnotatedArticle) -> Audit:
    return sourcing.audit([sourcing.tally(sample)])


FIGURES = [
    (
        "attribution_share",
        17,
        27,
        "17 claims have links or are not stated, 3 are the author's voice, 7 nobody looked at",
    ),
    ("attribution_share_excluding_nested", 16, 26, "the minister is known through the Northern Wire only"),
    ("check_worthy_unattributed", 10, 22, "22 worth checking; of the 10 without a source none is of no worth"),
    ("single_source_share", 17, 17, "none has two; the minister and the Northern Wire are one, the Wire"),
    ("single_affiliation_share", 13, 13, "all but Harn, the guide, al-Nawras (not stated) and nobody"),
    ("anonymous_share", 2, 17, "the crew, twice"),
    ("unnamed_share", 5, 17, "the crew twice, the auditor (role), the economists (collective), nobody"),
    ("loaded_cue_share", 4, 17, "insisted, found, denied, warn; two claims share one “said”, one has two cues"),
    ("claims_without_evidence", 17, 22, "five have some: 98 per cent, the plan, ten minutes, fog, 31 of 60"),
    ("unchecked", 14, 22, "four are checked, three in progress, one cannot be checked"),
    ("contested_share", 6, 27, "the warning and its denial, the old engines and the new, 98 per cent and 31 of 60"),
    ("first_hand_share", 12, 17, "Harn, Brightwater 3, Oyelund 3, the crew 2, al-Nawras, the Office, Vesper Lines"),
]


@pytest.mark.parametrize(("name", "n", "of", "how"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures(audit: Audit, name: str, n: int, of: int, how: str) -> None:
    found = audit.figures[name]
    assert (found.n, found.of) == (n, of), how


def test_words_inside_attributions_are_those_of_its_parts(audit: Audit, sample: AnnotatedArticle) -> None:
    found = audit.figures["body_words_in_attributions"]
    outside = sum(len(sample.text[s.start : s.end].replace("-", "").split()) for s in found.rest)
    assert (found.n, found.of) == (261, 583)
    assert outside >= found.of - found.n  # a sign between spaces is no word


def test_spread(audit: Audit) -> None:
    # The County: the Office 1, Brightwater 3, Oyelund 3, the auditor 1. Vesper Lines: the crew 2, itself 1.
    assert audit.by_affiliation.parts == (
        ("County", 8 / 17),
        ("Vesper Lines", 3 / 17),
        ("Marrow College", 1 / 17),
        ("Northern Wire", 1 / 17),
    )
    assert (audit.by_affiliation.known, audit.by_source.known, audit.by_side.known) == (13, 16, 5)
    assert audit.by_source.top == ("Petra Oyelund", "Tomas Brightwater")
    assert not audit.is_short


def test_who_speaks(audit: Audit) -> None:
    spoken = {s.label: (s.verbatim_words, s.reported_words) for s in audit.speakers}
    # “the table ‘a service to the public’” is 7; “The office has no record of a warning” 8 and “the method had never been
    # criticised” 6.
    assert spoken["Petra Oyelund"] == (7, 14)
    assert spoken["Lovisa Harn"] == (10 + 9, 0)  # one quotation in two parts
    assert spoken["Northern Wire"] == (0, 9)  # what the minister denied is the Wire's word
    assert "Minister for the coast" not in spoken
    assert "not stated" not in spoken
    assert sum(s.share or 0 for s in audit.speakers) == pytest.approx(1)


def test_the_longest_passage_without_a_name(audit: Audit, sample: AnnotatedArticle) -> None:
    assert audit.longest is not None
    words = sample.text[audit.longest.span.start : audit.longest.span.end]
    assert audit.longest.words == len(words.replace("\n", " ").split()) == 54
    assert words.startswith("The engines were replaced") and words.endswith("a matter of tables")


def test_open_ends_and_silence(audit: Audit, sample: AnnotatedArticle) -> None:
    assert {name: f.n for name, f in audit.open_ends.items() if f.n} == {
        "claims_not_looked_at": 7,
        "check_worthy_undecided": 2,
    }
    assert [sample.text[s.start : s.end] for s in audit.silent] == ["His office", "Vesper Lines"]


def test_contested_claims_nobody_replies_to(audit: Audit) -> None:
    # All six but the warning, to which the office replies, and that reply.
    assert len(audit.contested_without_reply) == 4


def test_loaded_words(audit: Audit) -> None:
    # “ever” in a claim nobody looked at; “dropped”, “a service to the public” and “a bedtime story” in attributed ones.
    terms = audit.loaded_terms
    assert (terms.author_voice, terms.attributed, terms.elsewhere) == (1, 3, 0)


def test_tables(audit: Audit) -> None:
    assert sum(audit.types.values()) == 27
    assert audit.types["factual", "checked"] == 4
    assert audit.namings == {"named": 8, "role_only": 1, "anonymous": 1, "collective": 1, "unstated": 1}
    assert audit.affiliations == {"County": 4, "Vesper Lines": 2, "Northern Wire": 1, "Marrow College": 1, None: 3}
