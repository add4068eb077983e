"""The audit as a report: its first page, the findings with their quotes and answers, every figure, articles compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.analysis.sourcing import FIGURES, Diversity, Figure
from annotator.exporters import ReportOptions, audit_tables, build, figures
from annotator.exporters.document import Chart, Contents, KeyFigures, Paragraph, Part, Report, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.word import body as word
from annotator.model import AnnotatedArticle, Claim, FindingAnswer, Segment
from tests.exporters.conftest import TODAY, Maker
from tests.exporters.reading import Docx, W, style, words
from tests.exporters.test_annotated import assert_anchors

MakeReport = Callable[..., Report]
AUDIT = replace(ReportOptions(), kind="audit")


def told(parts: tuple[Part, ...], style_: str = "") -> list[str]:
    return [
        "".join(i.text for i in p.inlines if isinstance(i, Text))
        for p in parts
        if isinstance(p, Paragraph) and (not style_ or p.style == style_)
    ]


def table(parts: tuple[Part, ...], title: str) -> list[list[str]]:
    found = next(p for p in parts if isinstance(p, Table) and p.title == title)
    return [[" | ".join(_words(p) for p in cell) for cell in row] for row in found.rows]


def _words(p: Paragraph) -> str:
    return "".join(i.text if isinstance(i, Text) else getattr(i, "words", Text("")).text for i in p.inlines)


def many_claims(claims: int, sources: int = 1, paragraphs: int = 1) -> AnnotatedArticle:
    """An article of sentences that are claims, shared out among its sources."""
    sentences = [f"The keeper number {n} said that the gate stayed shut all day." for n in range(claims)]
    per = -(-claims // paragraphs)
    made = Maker("\n".join(["A title", "By line", *(" ".join(sentences[i : i + per]) for i in range(0, claims, per))]))
    for n in range(sources):
        made.source(f"s{n}", f"Source of a long name number {n}", naming="named", affiliation=f"Body {n % 3}")
    for n, sentence in enumerate(sentences):
        claim = made.add(Claim, sentence, type="factual", form="indirect", check_worthy="yes")
        if n % 5 < 4:
            made.link(claim, f"s{n % sources}")
    return made.annotated()


def test_the_first_page_says_what_a_busy_editor_reads(make_report: MakeReport) -> None:
    report = make_report(kind="audit")
    assert report.kind == "Sourcing audit"
    lead = told(report.parts, "Lead")[0]
    assert lead.startswith(
        "3 of 6 claims are attributed (1 of them to nobody named). Every one worth checking is attributed."
    )
    key = next(p for p in report.parts if isinstance(p, KeyFigures))
    first = key.figures[0]
    assert (first.n, first.of, first.words) == ("3", "6", "claims are attributed")
    assert [f.per_cent for f in key.figures] == [""] * 6, "a short text shows counts only"
    assert [f.share for f in key.figures] == [None] * 6


def test_shares_are_shown_of_a_long_text_and_nothing_is_none(make_report: MakeReport) -> None:
    report = make_report(many_claims(20), kind="audit")
    key = next(p for p in report.parts if isinstance(p, KeyFigures)).figures
    assert (key[0].n, key[0].of, key[0].per_cent, key[0].share) == ("16", "20", "80 %", 0.8)
    rows = {row[0].partition(" | ")[0]: row[1:3] for row in table(report.parts, "Figures")}
    assert rows["Attributed claims"] == ["16 of 20", "80 %"]
    assert rows["Cues that are not neutral"] == ["none", "–"]
    assert len(rows) == len(FIGURES) + 1
    spread = table(report.parts, "Spread of attributed claims")
    assert spread[0][:3] == ["Affiliations", "16 of 16", "1"]
    assert spread[2][1:3] == ["0 of 16", "0"]


def test_every_figure_says_how_it_is_counted(make_report: MakeReport) -> None:
    rows = [row[0] for name in ("Figures", "Open ends") for row in table(make_report(kind="audit").parts, name)]
    for key in (*FIGURES, "longest_unattributed_passage", "silent_sources", "loaded_terms"):
        assert f"{figures.title(key, unspaced=True)} | {figures.counted(key, unspaced=True)}" in rows


def test_a_figure_of_nothing_says_what_there_is_nothing_of() -> None:
    assert all(figures.nothing(key) for key in FIGURES)
    assert (
        figures.sentence("single_affiliation_share", Figure(0, 0))
        == "none: no source behind a claim has an affiliation"
    )
    assert figures.attributed(2, 3, 1) == "2 of 3 claims are attributed (1 of them to nobody named)"
    spread = Diversity(3, 3, (("A", 0.5), ("B", 0.5)), ("A", "B"), 0.5, 2.0, 0.5)
    assert figures.spread(spread) == ("3 of 3", "2", "A and B", "50 %", "2.0", "0.50")
    assert figures.spread(replace(spread, known=2))[4:] == ("", "")


def test_findings_stand_by_rule_with_quotes_answers_and_places(annotated: AnnotatedArticle) -> None:
    material = Material((annotated,))
    found = material.findings["article"]
    assert found
    answer = FindingAnswer(
        rule=found[0].rule.key,
        subject=found[0].subject,
        article="article",
        answer="accepted, because it <b>rained</b>",
        coder="coder",
        at="2026-02-28T10:00:00.000+00:00",
    )
    report = build(replace(material, answers=(answer,)), AUDIT, coder="Ada Reader", today=TODAY)
    heads = [_words(p) for p in report.parts if isinstance(p, Paragraph) and p.style == "NoteHead"]
    rules = dict.fromkeys(f.rule.key for f in found)
    assert len(heads) == len(rules)
    assert heads[0].startswith("1\t")
    answers = [t for t in told(report.parts, "NoteAnswer") if t.startswith("Answered")]
    assert answers == ["Answered. accepted, because it <b>rained</b>. Ada Reader, 28 February 2026"]
    quotes = [_words(p) for p in report.parts if isinstance(p, Paragraph) and p.style == "Quote"]
    assert any("\u2002" in q and "¶" in q for q in quotes)


def test_what_is_left_out_is_left_out(make_report: MakeReport) -> None:
    report = make_report(kind="audit", findings=False, tables=False, method=False)
    assert not any(isinstance(p, Paragraph) and p.style in ("Quote", "NoteHead") for p in report.parts)
    assert [p.title for p in report.parts if isinstance(p, Table)] == ["Figures", "Open ends"]
    assert_anchors(Docx(word.document(report, AUDIT)))


def test_every_picture_has_its_table(make_report: MakeReport) -> None:
    report = make_report(many_claims(20, sources=4, paragraphs=5), kind="audit")
    charts = _charts(report.parts)
    tables = {p.title for p in report.parts if isinstance(p, Table)}
    assert {c.key for c in charts} >= {"who_speaks", "nobody_named", "types_by_status"}
    assert {c.table.title for c in charts} <= tables
    assert all(c.alt for c in charts)


def _charts(parts: tuple[Part, ...]) -> list[Chart]:
    out: list[Chart] = []
    for part in parts:
        if isinstance(part, Chart):
            out.append(part)
        out += _charts(tuple(p for _, inner in getattr(part, "columns", ()) for p in inner)) if _is_beside(part) else []
    return out


def _is_beside(part: object) -> bool:
    return type(part).__name__ == "Beside"


def test_several_articles_stand_side_by_side_with_a_chapter_each(
    make_report: MakeReport, annotated: AnnotatedArticle
) -> None:
    other = many_claims(12, sources=3)
    other = other.changed(article=replace(other.article, id="other"))
    report = make_report(annotated, other, kind="audit")
    rows = table(report.parts, "Articles side by side")
    assert [row[0].partition("\u2002")[0] for row in rows] == ["A1", "A2", "All together"]
    assert rows[0][1] == "3 of 6" and rows[1][1] == "10 of 12 | 83 %" and rows[2][1].startswith("13 of 18")
    contents = next(p for p in report.parts if isinstance(p, Contents))
    assert [e.anchor for e in contents.entries] == ["together", "a1_top", "a2_top", "counted", "rules", "method"]
    docx = Docx(word.document(report, AUDIT))
    assert_anchors(docx)
    fields = [n.text.split()[1] for n in docx.body.iter(f"{W}instrText")]
    names = {n.get(f"{W}name") for n in docx.body.iter(f"{W}bookmarkStart")}
    assert fields and set(fields) <= names


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("claims", "sources", "paragraphs"), [(12, 1, 1), (60, 10, 30), (90, 30, 60)])
def test_the_first_page_is_one_page(
    make_report: MakeReport, paper: str, claims: int, sources: int, paragraphs: int
) -> None:
    """Counted as the pictures and lines are tall; that LibreOffice agrees is looked at by ``test_validators``."""
    report = make_report(many_claims(claims, sources, paragraphs), kind="audit", paper=paper)
    points = 0.0
    for part in report.parts:
        if isinstance(part, Paragraph) and part.new_page:
            break
        match part:
            case Chart():
                points += part.height * 2.835 + 28
            case KeyFigures():
                points += 122
            case Table():
                points += 17 * len(part.rows)
            case Paragraph():
                points += {"Title": 36, "Lead": 58, "Overline": 16}.get(part.style, 24)
            case _:
                points += max(c.height for c in _charts((part,))) * 2.835 + 28
    assert points < {"A4": 714, "Letter": 664}[paper]
    assert points > 330, "the page is filled"


def test_an_article_without_a_mark_and_one_with_a_single_claim(
    make_report: MakeReport, annotated: AnnotatedArticle
) -> None:
    bare = annotated.changed(annotations=(), attributions=(), verifications={}, claim_evidence=(), evidence={})
    report = make_report(bare, kind="audit")
    assert told(report.parts, "Lead") == ["No claim has been marked yet, so there is nothing to count."]
    assert_anchors(Docx(word.document(report, AUDIT)))
    made = Maker("It rained.")
    made.add(Claim, "It rained.")
    docx = Docx(word.document(make_report(made.annotated(), kind="audit"), AUDIT))
    assert_anchors(docx)
    assert any("0 of 1 claim is attributed." in "".join(words(p)) for p in docx.body if style(p) == "Lead")


def test_a_long_quote_shows_its_beginning_and_its_end(make_report: MakeReport) -> None:
    text = "Start " + "word " * 400 + "end."
    made = Maker(text)
    made.annotations.append(
        Claim(id="c", layer="layer", article="article", segments=(Segment(0, len(text)),), check_worthy="yes")
    )
    report = make_report(made.annotated(), kind="audit")
    quotes = [_words(p) for p in report.parts if isinstance(p, Paragraph) and p.style == "Quote"]
    assert quotes
    assert all(len(q) < 500 and q.startswith("Start") and "end." in q for q in quotes)


def test_a_picture_of_very_many_rows_prints_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_tables, "_MOST_ROWS", 3)
    made = Maker("\n".join(f"The board counted {n} carts." for n in range(9)))  # two of them are its head
    made.source("board", "The board", naming="named")
    made.link(made.add(Claim, "counted 4 carts", type="factual", form="indirect"), "board")
    report = build(Material((made.annotated(),)), AUDIT, coder="Ada Reader", today=TODAY)
    assert len(table(report.parts, "Where nobody is named")) == 3
    assert "4 more rows are left out here." in told(report.parts, "Small")
