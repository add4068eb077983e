"""The Word report: comments, ranges, links, words, determinism."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from annotator.exporters import ReportOptions, wording, write
from annotator.exporters.document import Report
from annotator.exporters.word import body as word
from annotator.model import AnnotatedArticle, Article, Claim, Relation, Verification
from tests.exporters.conftest import Maker
from tests.exporters.reading import Docx, W, is_label, run_words, style, words

MakeReport = Callable[..., Report]


@pytest.fixture
def docx(make_report: MakeReport) -> Docx:
    return Docx(word.document(make_report(), ReportOptions()))


def test_each_claim_has_one_comment_with_start_end_and_reference(docx: Docx, annotated: AnnotatedArticle) -> None:
    ids = [str(n) for n in range(len(annotated.claims))]
    assert list(docx.comments()) == ids
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(n.get(f"{W}id") for n in docx.body.iter(f"{W}{tag}")) == ids


def test_a_range_covers_the_claim_from_first_to_last_part(docx: Docx, annotated: AnnotatedArticle) -> None:
    ranges = docx.ranges()
    for n, claim in enumerate(annotated.claims):
        assert ranges[str(n)] == annotated.text[claim.start : claim.end]


def test_only_the_parts_of_a_claim_are_shaded(docx: Docx, annotated: AnnotatedArticle) -> None:
    shaded = []
    for p in docx.article():
        for run in p.iter(f"{W}r"):
            if run.find(f"{W}rPr/{W}shd") is not None and not is_label(run):
                shaded.append(run_words(run))
    inside = set().union(*(range(s.start, s.end) for c in annotated.claims for s in c.segments))
    wanted = "".join(annotated.text[i] for i in sorted(inside) if annotated.text[i] != "\n")
    assert "".join(shaded) == wanted


def test_the_article_stands_word_for_word(docx: Docx, annotated: AnnotatedArticle) -> None:
    lines = ["".join(words(p, labels=False)) for p in docx.article()]
    assert "\n".join(lines) == "\n".join(line for line in annotated.text.split("\n") if line)


def test_zones_and_headings_have_their_styles(docx: Docx) -> None:
    assert [style(p) for p in docx.article()][:4] == [
        "ArticleHeadline",
        "ArticleStandfirst",
        "ArticleBody",
        "ArticleHeading2",
    ]


def test_comments_say_what_the_contract_says(docx: Docx) -> None:
    comments = list(docx.comments().values())
    assert comments[0] == [
        "Claim 1 · factual · indirect",
        "Source: Quay Board (named)",
        "Checked: mostly unsupported",
        "Evidence (contradicts): Cart count, Quay Board, 1 May 2025",
    ]
    assert comments[1] == ["Claim 2 · factual", "Nobody has looked yet"]
    split = comments[2]
    assert split[0] == "In two parts: “We stopped in spring,” […] “and the page is blank.”"
    assert split[1:] == [
        "Claim 3 · factual · direct",
        "Source: Ilva Marr (named)",
        "Ask for the book.",
        "Twice: =SUM(A1) & <b>",
    ]
    assert comments[3] == ["Claim 4 · opinion · narration", "Author's voice"]
    assert comments[4][1] == "Source: not stated"


def _nested() -> Maker:
    made = Maker()
    made.source("wire", "Quay Wire", naming="named")
    made.source("marr", "Ilva Marr", naming="role_only")
    made.source("author", "the author", kind="author")
    claim = made.add(Claim, "the bridge carries nine thousand carts a day", tags=("call back", "figure"))
    other = made.add(Claim, "It rained.")
    made.link(claim, "author")
    made.link(claim, "wire", via="link0")
    made.link(claim, "marr", via="link1")
    made.link(other, "wire")
    return made


def test_a_nested_claim_names_who_is_accountable_and_who_said_it(make_report: MakeReport) -> None:
    docx = Docx(word.document(make_report(_nested().annotated()), ReportOptions()))
    first, second = docx.comments().values()
    assert first[1:] == ["Source: Quay Wire (named), citing Ilva Marr (role only)", "Tags: call back, figure"]
    assert second[1] == "Source: Quay Wire (named)"
    rows = ["".join(words(row)).replace("\u00a0", " ") for row in docx.body.iter(f"{W}tr")]
    claim, register = (next(r for r in rows if r.startswith(head)) for head in ("C1the bridge", "S1Ilva Marr"))
    assert "Tags: call back, figure" in claim and "S2 Quay Wire, citing S1 Ilva Marr" in claim
    assert register.endswith("C1 through S2")
    assert next(r for r in rows if r.startswith("S2Quay Wire")).endswith("C1, C2")
    notes = "".join("".join(words(p)) for p in docx.body.iter(f"{W}p") if style(p) == "Note").replace("\u00a0", " ")
    assert "S2 Quay Wire, citing S1 Ilva Marr." in notes and "Tags: call back, figure" in notes
    assert_anchors(docx)


def test_somebody_cited_without_a_name_is_said_to_be_so() -> None:
    made = Maker()
    made.source("wire", "Quay Wire", naming="named")
    made.source("nobody", "not stated", kind="unstated")
    made.link(made.add(Claim, "It rained."), "wire")
    made.link(made.annotations[0].id, "nobody", via="link0")
    annotated = made.annotated()
    told = wording.who(annotated, annotated.claims[0])
    assert told == "Source: Quay Wire (named), citing someone it does not name"


def test_what_the_article_says_of_itself_is_not_said_twice(
    make_report: MakeReport, annotated: AnnotatedArticle
) -> None:
    def overlines(article: AnnotatedArticle) -> list[str]:
        docx = Docx(word.document(make_report(article), ReportOptions()))
        return ["".join(words(p)) for p in docx.body.iter(f"{W}p") if style(p) == "Overline"]

    assert overlines(annotated)[1] == "The Quay Lantern · 26 February 2026"
    article = Maker("A bridge\n26 February 2026\nIt rained.").annotated()
    article.blocks = tuple(replace(b, zone="byline") if n == 1 else b for n, b in enumerate(article.blocks))
    assert overlines(article)[1] == "The Quay Lantern"


def test_comments_carry_author_initials_and_utc_date(docx: Docx) -> None:
    first = docx.tree("word/comments.xml")[0]
    assert [first.get(f"{W}{a}") for a in ("author", "initials", "date")] == [
        "Ada Reader",
        "AR",
        "2026-02-27T10:11:12Z",
    ]


@pytest.mark.parametrize(
    "options",
    [
        dict(zip(("notes", "tables", "legend", "unresolved_first", "comments"), on, strict=True))
        for on in itertools.product((True, False), repeat=5)
        if sum(on) in (0, 1, 4, 5)
    ],
)
def test_every_link_has_its_bookmark(make_report: MakeReport, options: dict[str, bool]) -> None:
    docx = Docx(word.document(make_report(**options), ReportOptions()))
    assert_anchors(docx)
    assert bool(docx.comments()) == options["comments"]


def assert_anchors(docx: Docx) -> None:
    names = [n.get(f"{W}name") for n in docx.body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)
    starts = sorted(n.get(f"{W}id") for n in docx.body.iter(f"{W}bookmarkStart"))
    assert starts == sorted(n.get(f"{W}id") for n in docx.body.iter(f"{W}bookmarkEnd"))
    links = {n.get(f"{W}anchor") for n in docx.body.iter(f"{W}hyperlink")} - {None}
    assert links <= set(names)


def test_rows_lead_to_the_text_and_back(docx: Docx, annotated: AnnotatedArticle) -> None:
    links = {n.get(f"{W}anchor") for n in docx.body.iter(f"{W}hyperlink")}
    for n in range(1, len(annotated.claims) + 1):
        assert {f"text_C{n}", f"note_C{n}", f"row_C{n}"} <= links
    assert {"text_S1_1", "src_S1", "ent_1", "ent_1_1", "ev_E1"} <= links


def test_only_web_addresses_become_outside_links(docx: Docx) -> None:
    relations = docx.parts["word/_rels/document.xml.rels"].decode()
    assert "https://lantern.example/bridge?a=1&amp;b=2" in relations
    assert "javascript" not in relations


def test_missing_facts_are_told_apart(docx: Docx) -> None:
    facts = ["".join(words(row)) for row in docx.body.find(f"{W}tbl").findall(f"{W}tr")]
    assert "BylineNot stated in the article" in facts
    docx_words = "".join(words(docx.body))
    assert "Not filled in" not in docx_words


def test_the_length_counts_every_paragraph_whose_words_it_counts(docx: Docx, annotated: AnnotatedArticle) -> None:
    facts = ["".join(words(row)) for row in docx.body.find(f"{W}tbl").findall(f"{W}tr")]
    length = next(fact for fact in facts if fact.startswith("Length"))
    lines = [line for line in annotated.text.split("\n") if line.strip()]
    assert length.endswith(f" in {len(lines)} paragraphs")


def test_tables_have_captions_and_repeating_heads(docx: Docx) -> None:
    for table in docx.body.iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
    heads = {
        table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for table in docx.body.iter(f"{W}tbl") if with_head(table)
    }
    assert heads == {
        *("Open first", "Checked", "Claims", "Source register", "Entity index", "Evidence", "Check history"),
    }


def with_head(table: etree._Element) -> bool:
    return table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def test_verdicts_and_evidence_stay_out_where_they_are_not_wanted(make_report: MakeReport) -> None:
    docx = Docx(word.document(make_report(verdicts=False, method=False), ReportOptions()))
    told = "".join(words(docx.body)) + "".join(line for lines in docx.comments().values() for line in lines)
    assert "unsupported" not in told and "Cart count" not in told and "Check history" not in told
    assert "word/commentsExtended.xml" not in docx.parts
    assert_anchors(docx)


def test_the_comments_of_checked_claims_are_done_with(docx: Docx, annotated: AnnotatedArticle) -> None:
    w14, w15 = (f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}" for year in (2010, 2012))
    states = docx.tree("word/commentsExtended.xml")
    assert [s.get(f"{w15}done") for s in states] == ["1", *["0"] * (len(annotated.claims) - 1)]
    last = [c.findall(f"{W}p")[-1].get(f"{w14}paraId") for c in docx.tree("word/comments.xml")]
    assert [s.get(f"{w15}paraId") for s in states] == last


def test_every_change_of_a_check_is_told_with_who_when_and_why(
    make_report: MakeReport, annotated: AnnotatedArticle
) -> None:
    claim = annotated.claims[0].id
    events = (
        Verification(
            claim=claim, status="in_progress", person="Ada Reader", at="2026-02-20T08:00:00.000+00:00", why="Asked."
        ),
        Verification(
            claim=claim, status="checked", verdict="2", person="Ada Reader", at="2026-02-21T08:00:00.000+00:00"
        ),
    )
    docx = Docx(word.document(make_report(annotated.changed(verifications={claim: events})), ReportOptions()))
    rows = ["".join(words(row)) for row in table_of(docx, "Check history")]
    assert rows[1:] == [
        "C120 February 2026Ada ReaderIn progressAsked.",
        "21 February 2026Ada ReaderChecked: mostly unsupported–",
    ]
    settled = ["".join(words(row)) for row in table_of(docx, "Checked")]
    assert settled[1].endswith("Mostly unsupportedE1Ada Reader, 21 February 2026")


def table_of(docx: Docx, title: str) -> list[etree._Element]:
    return next(
        list(t.iter(f"{W}tr"))
        for t in docx.body.iter(f"{W}tbl")
        if t.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == title
    )


def test_sentences_nobody_looked_at_are_counted_with_their_places(docx: Docx) -> None:
    told = ["".join(words(p)) for p in docx.body.iter(f"{W}p") if style(p) == "Small"]
    assert any(
        t.startswith("1 of 8 sentences holds no claim, and nobody has said that it need not: ¶") for t in told
    ), told


def test_relations_are_told_from_both_sides(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    one, other = annotated.claims[0].id, annotated.claims[2].id
    related = annotated.changed(
        relations=[Relation(from_claim=other, to_claim=one, kind="contradicts", note="of carts")]
    )
    docx = Docx(word.document(make_report(related), ReportOptions()))
    notes = ["".join(words(p)) for p in docx.body.iter(f"{W}p") if style(p) == "Note"]
    assert "Contradicted by C3 (of carts). " in notes and "Contradicts C1 (of carts). " in notes


def test_right_to_left_and_east_asian_words_carry_their_language(docx: Docx) -> None:
    arabic, japanese = docx.article()[-2:]
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert all(r.find(f"{W}rPr/{W}rtl") is not None for r in arabic.iter(f"{W}r") if run_words(r) and not is_label(r))
    languages = {n.get(f"{W}eastAsia") for n in japanese.iter(f"{W}lang")}
    assert "ja-JP" in languages


def test_the_same_report_gives_the_same_bytes(make_report: MakeReport) -> None:
    assert word.document(make_report(), ReportOptions()) == word.document(make_report(), ReportOptions())


def test_several_articles_are_chapters_with_their_own_anchors(
    make_report: MakeReport, annotated: AnnotatedArticle
) -> None:
    docx = Docx(word.document(make_report(annotated, annotated), ReportOptions()))
    assert_anchors(docx)
    assert len(docx.comments()) == 2 * len(annotated.claims)


def test_text_that_no_xml_can_hold_does_not_raise(
    make_report: MakeReport, annotated: AnnotatedArticle, tmp_path: Path
) -> None:
    article = replace(
        annotated.article, title='A\x00\ud800 <&" ' + "long " * 200, publication="\x01", language="xx'\"<"
    )
    out = tmp_path / "odd.docx"
    write(make_report(annotated.changed(article=article)), out, ReportOptions())
    assert_anchors(Docx(out.read_bytes()))


def test_an_article_without_marks_or_words(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    bare = annotated.changed(annotations=(), attributions=(), verifications={}, claim_evidence=(), evidence={})
    docx = Docx(word.document(make_report(bare), ReportOptions()))
    assert_anchors(docx)
    assert docx.comments() == {}
    empty = bare.changed(
        article=Article(title=""),
        version=replace(bare.version, text=""),
        blocks=(),
        sources={},
        entities={},
    )
    assert_anchors(Docx(word.document(make_report(empty), ReportOptions())))
