"""The researcher's appendix: numbering, context, what was coded, counts, vocabularies, claims that recur."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from annotator.exporters import ReportOptions, build, table_files, wording
from annotator.exporters.document import Paragraph, Report, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.word import body as word
from annotator.model import AnnotatedArticle, Claim, Ledger, SourceMention
from tests.exporters.conftest import TODAY, Maker
from tests.exporters.reading import Docx
from tests.exporters.test_annotated import assert_anchors
from tests.exporters.test_audit import _words, table, told

MakeReport = Callable[..., Report]
CLAIMS = replace(ReportOptions(), kind="claims")


def styled(report: Report, style: str) -> list[str]:
    return [_words(p) for p in report.parts if isinstance(p, Paragraph) and p.style == style]


def test_every_claim_stands_shaded_in_its_sentence(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    report = make_report(kind="claims")
    quotes = [p for p in report.parts if isinstance(p, Paragraph) and p.style == "CodedQuote"]
    assert len(quotes) == len(annotated.claims)
    assert _words(quotes[0]) == "The Quay Board says the bridge carries nine thousand carts a day."
    shaded = "".join(i.text for i in quotes[0].inlines if isinstance(i, Text) and i.claims)
    assert shaded == "the bridge carries nine thousand carts a day"
    split = quotes[2]
    assert [i.text for i in split.inlines if isinstance(i, Text) and i.claims] == [
        "“We stopped in spring,”",
        "“and the page is blank.”",
    ]


def test_without_context_only_the_claim_is_quoted(make_report: MakeReport) -> None:
    quotes = styled(make_report(kind="claims", context=False), "CodedQuote")
    assert quotes[0] == "the bridge carries nine thousand carts a day"


def test_what_was_coded_is_told(make_report: MakeReport) -> None:
    lines = styled(make_report(kind="claims"), "Coded")
    assert lines[0].strip() == "Worth checking. Said by: S1\u00a0Quay Board. Cue: “says” neutral."
    assert lines[1].startswith("Checking: Checked: mostly unsupported, ")
    assert "Nobody has looked yet. " in lines
    assert "Note: Ask for the book." in lines and "Twice: =SUM(A1) & <b>" in lines


def test_numbers_tell_article_and_claim_apart(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    other = annotated.changed(article=replace(annotated.article, id="other"))
    report = make_report(annotated, other, kind="claims")
    heads = styled(report, "CodedHead")
    n = len(annotated.claims)
    assert [h.partition("\t")[0] for h in heads] == [f"A{a}-C{c}" for a in (1, 2) for c in range(1, n + 1)]
    rows = table(report.parts, "Claims by article")
    assert rows[-1][0] == "All together" and rows[-1][1] == str(2 * n)
    assert_anchors(Docx(word.document(report, CLAIMS)))


def test_counts_name_their_whole(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    rows = table(make_report(kind="claims").parts, "Counts by value")
    assert ["Type of claim", "factual", "5 of 6"] in rows
    at = rows.index(["Form of claim", "indirect", "2 of 6"])
    assert rows[at + 1] == ["", "not filled in", "2 of 6"]
    assert all(len(row) == 3 for row in rows), "a short text shows counts only"


def test_vocabularies_tell_used_terms_and_name_the_others(make_report: MakeReport) -> None:
    report = make_report(kind="claims")
    assert [row[0] for row in table(report.parts, "Types of claims")] == ["Factual", "Opinion"]
    assert any(line.startswith("Not used: prediction, value") for line in told(report.parts, "Small"))
    without = make_report(kind="claims", vocabularies=False)
    assert not any(isinstance(p, Table) and p.title == "Types of claims" for p in without.parts)
    assert any(line.startswith("Vocabularies. ") for line in told(without.parts, "Small"))


def test_claims_that_recur_are_listed_once_with_each_stance() -> None:
    articles: list[AnnotatedArticle] = []
    for name, stance in (("one", "supports"), ("two", "opposes")):
        made = Maker("The Board said that the bridge is safe. It rained.")
        made.source("board", f"Board {name}", naming="named")
        mention = made.add(SourceMention, "The Board", source="board")
        claim = made.add(Claim, "the bridge is safe", type="factual", ledger="safe")
        made.link(claim, "board", source_mention=mention, stance=stance)
        annotated = made.annotated()
        articles.append(annotated.changed(article=replace(annotated.article, id=name)))
    material = Material(tuple(articles), ledger={"safe": Ledger(id="safe", wording="The bridge is safe")})
    report = build(material, CLAIMS, coder="Ada Reader", today=TODAY)
    rows = table(report.parts, "Claims that recur")
    assert [row[0].partition(" | ")[0] for row in rows] == ["A1-C1", "A2-C1"]
    assert [row[3] for row in rows] == ["supports", "opposes"]
    assert "Same claim: L1." in styled(report, "Coded")
    assert_anchors(Docx(word.document(report, CLAIMS)))
    sheets = {sheet.name: sheet for sheet in table_files.sheets(report)}
    recur, sources = sheets["Claims that recur"], sheets["Source register"]
    assert recur.heads[:3] == ("Entry", "Claim", "Place") and [r[:2] for r in recur.rows] == [
        ["L1", "A1-C1"],
        ["L1", "A2-C1"],
    ]
    assert sources.heads[:2] == ("Article", "No.") and [r[1] for r in sources.rows] == ["A1-S1", "A2-S1"]
    none = build(material, replace(CLAIMS, ledger=False), coder="Ada Reader", today=TODAY)
    assert "Same claim: L1." not in styled(none, "Coded")
    assert_anchors(Docx(word.document(none, CLAIMS)))


def test_an_article_without_a_mark(make_report: MakeReport, annotated: AnnotatedArticle) -> None:
    bare = annotated.changed(annotations=(), attributions=(), verifications={}, claim_evidence=(), evidence={})
    report = make_report(bare, kind="claims")
    assert "No claim has been marked yet." in told(report.parts)
    assert_anchors(Docx(word.document(report, CLAIMS)))


def test_words_from_the_right_take_no_figures_along(make_report: MakeReport) -> None:
    assert wording.apart(("صحيفة النهر", "1 March 2026")) == "صحيفة النهر\u200e, 1 March 2026"
    assert wording.apart(("The Lantern", None, "", "1 March 2026")) == "The Lantern, 1 March 2026"
    made = Maker("It rained.")
    made.article = replace(made.article, publication="صحيفة النهر", title="السد")
    report = make_report(made.annotated(), kind="claims")
    line = next(p for p in report.parts if isinstance(p, Paragraph) and p.style == "Facts")
    arabic, rest = (i for i in line.inlines if isinstance(i, Text))
    assert (arabic.text, arabic.script) == ("صحيفة النهر", "rtl")
    assert rest.text.startswith("\u200e, 26 February 2026") and rest.script == ""
    title = next(p for p in report.parts if isinstance(p, Paragraph) and p.style == "Title")
    assert title.rtl and title.align_end, "right to left, at the left edge"
