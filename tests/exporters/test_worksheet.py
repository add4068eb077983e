"""The worksheet: what it asks, and that nothing it hides stands anywhere in its bytes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.exporters import ReportOptions, html
from annotator.exporters.document import NumberedLines, Paragraph, Report, Table, Text
from annotator.exporters.lesson import Asked
from annotator.exporters.lesson_tasks import lesson_of
from annotator.exporters.material import Material
from annotator.exporters.options import HIDDEN
from annotator.exporters.word import body as word
from annotator.model import AnnotatedArticle, Claim, Relation, Source
from tests.analysis.audited import annotated_texts, article
from tests.exporters.conftest import Maker
from tests.exporters.lessons import (
    NUMBERS,
    TODAY,
    Secrets,
    all_words,
    article_words,
    bare,
    ids,
    made,
    numbered,
    unzipped,
)
from tests.exporters.reading import Docx, W

UNTOLD = frozenset({"mark", "lateral"})
"""The tasks that do not depend on what is marked."""


def docx(report: Report) -> bytes:
    return word.document(report, ReportOptions(kind="worksheet"))


def titles(report: Report) -> list[str]:
    return ["".join(i.text for i in p.inlines) for p in report.parts if isinstance(p, Paragraph) and p.style == "Task"]


# -- nothing hidden is there


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_no_id_and_no_word_of_a_person_is_in_the_bytes(annotated: AnnotatedArticle) -> None:
    secrets = Secrets()
    told = secrets.in_all_of(annotated)
    report = made("worksheet", told)
    for text in (unzipped(docx(report)), html.document(report, ReportOptions(kind="worksheet")).decode(), repr(report)):
        assert not [w for w in (*secrets.words, *ids(told)) if len(w) > 3 and w in text]
    assert not NUMBERS.search(all_words(report))


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_the_file_is_that_of_an_article_without_a_mark(annotated: AnnotatedArticle) -> None:
    marked, unmarked = (docx(made("worksheet", a, tasks=UNTOLD)) for a in (annotated, bare(annotated)))
    assert unzipped(marked) == unzipped(unmarked)


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_no_run_of_the_article_is_cut_where_an_answer_ends(annotated: AnnotatedArticle) -> None:
    marked, unmarked = (numbered(made("worksheet", a)) for a in (annotated, bare(annotated)))
    assert marked == unmarked


def test_there_is_no_comment_bookmark_property_or_tip(annotated: AnnotatedArticle) -> None:
    report = made("worksheet", annotated)
    file = Docx(docx(report))
    assert not report.comments
    assert "word/comments.xml" not in file.parts
    for tag in ("bookmarkStart", "hyperlink", "commentReference", "vanish", "drawing"):
        assert not list(file.body.iter(f"{W}{tag}")), tag
    assert not [name for name in file.parts if "custom" in name]
    assert "Ask for the book" not in unzipped(docx(report))


def test_the_verdict_and_its_evidence_are_not_there(annotated: AnnotatedArticle) -> None:
    text = unzipped(docx(made("worksheet", annotated)))
    assert "mostly unsupported" not in text
    assert "Cart count" not in text


def test_a_pdf_does_not_hold_it_either(annotated: AnnotatedArticle, qapp: object) -> None:
    from pdfminer.high_level import extract_text
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    from annotator.ui.render import renderer

    secrets = Secrets()
    report = made("worksheet", secrets.in_all_of(annotated))
    data = renderer().pdf(report, ReportOptions(kind="worksheet"))
    text = " ".join(extract_text(io.BytesIO(data)).split()) + str(PDFDocument(PDFParser(io.BytesIO(data))).info)
    assert "Leave the page" in text
    assert not [w for w in secrets.words if w in text or w.encode() in data or w.encode("utf-16-be") in data]


# -- what may be shown


@pytest.mark.parametrize(
    ("shown", "marks", "numbers", "speakers"),
    [
        (set[str](), False, False, False),
        ({"marks"}, True, False, False),
        ({"marks", "labels"}, True, True, False),
        ({"marks", "labels", "sources"}, True, True, True),
        ({"labels", "sources"}, False, False, False),
    ],
)
def test_marks_numbers_and_speakers_are_shown_one_by_one(
    annotated: AnnotatedArticle, shown: set[str], marks: bool, numbers: bool, speakers: bool
) -> None:
    (lines,) = numbered(made("worksheet", annotated, hide=frozenset(HIDDEN) - shown))
    runs = [i for line in lines.lines for i in line.inlines]
    assert any(r.claims for r in runs) is marks
    assert any(r.looks == ("Claim Mark",) for r in runs) is numbers
    assert any("Source" in r.looks for r in runs) is speakers
    assert any(line.margin for line in lines.lines) is speakers


def test_sources_that_are_shown_are_filled_in(annotated: AnnotatedArticle) -> None:
    hidden = all_words(made("worksheet", annotated))
    shown = all_words(made("worksheet", annotated, hide=frozenset({"marks", "labels", "verdicts"})))
    assert "S1\u00a0Quay Board" not in hidden
    assert "S1\u00a0Quay Board" in shown


def test_verdicts_that_are_shown_are_told(annotated: AnnotatedArticle) -> None:
    shown = all_words(made("worksheet", annotated, hide=frozenset({"marks", "labels", "sources"})))
    assert "Checked: mostly unsupported. Evidence: Cart count (contradicts)." in shown


def test_what_is_shown_is_not_asked_for(annotated: AnnotatedArticle) -> None:
    def told(*hidden: str) -> str:
        return all_words(made("worksheet", annotated, hide=frozenset(hidden), tasks=frozenset({"mark"})))

    assert "Underline five claims" in told("marks")
    assert "The shaded words are claims. Draw a box" in told("labels", "sources", "verdicts")
    assert "Put a question mark in the margin" in told("labels", "verdicts")


@settings(deadline=None, max_examples=30)
@given(annotated_texts())
def test_answers_and_notes_never_are(annotated: AnnotatedArticle) -> None:
    secrets = Secrets()
    told = secrets.in_all_of(annotated)
    text = all_words(made("worksheet", told, hide=frozenset()))
    notes = [n for a in told.annotations for n in (a.note, *a.tags) if n]
    assert not [n for n in notes if n in text]


# -- what it asks


def test_it_has_six_tasks_in_order(annotated: AnnotatedArticle) -> None:
    a, b = (c.id for c in annotated.claims[:2])
    contested = annotated.changed(relations=[Relation(from_claim=a, to_claim=b, kind="contradicts")])
    assert titles(made("worksheet", contested)) == [
        "1\tMark the text",
        "2\tWho says so, and how do they know?",
        "3\tFive claims to trace",
        "4\tVerbs that lean",
        "5\tTwo accounts",
        "6\tLeave the page",
    ]


def test_tasks_can_be_left_out_and_are_counted_anew(annotated: AnnotatedArticle) -> None:
    assert titles(made("worksheet", annotated, tasks=frozenset({"who", "lateral"}))) == [
        "1\tWho says so, and how do they know?",
        "2\tLeave the page",
    ]


def test_without_a_mark_nothing_empty_is_asked() -> None:
    report = made("worksheet", article("It rains.\nA bridge fell."))
    assert titles(report) == ["1\tMark the text", "2\tWho says so, and how do they know?", "3\tLeave the page"]
    assert "Choose three of the claims you underlined." in all_words(report)
    assert [line.number for line in numbered(report)[0].lines] == ["1", ""]


def test_an_article_without_a_word_makes_a_sheet() -> None:
    report = made("worksheet", article(""))
    assert not numbered(report)
    assert docx(report)


def test_one_claim_makes_one_row_and_one_to_trace() -> None:
    claim = Claim(layer="a-layer", article="a", segments=article_span(0, 14), type="factual")
    report = made("worksheet", article("A bridge fell. It rains.", annotations=[claim]))
    assert "2\tWho says so, and how do they know?" in titles(report)
    assert "3\tA claim to trace" in titles(report)
    tables = [p for p in report.parts if isinstance(p, Table) and p.title.startswith("Who says")]
    assert [len(t.rows) for t in tables] == [1]


def test_an_unknown_language_without_cues_has_no_verbs() -> None:
    claim = Claim(layer="a-layer", article="a", segments=article_span(0, 14), type="factual")
    made_ = article("Most zawalił się.", annotations=[claim])
    polish = made_.changed(article=made_.article.changed(language="pl"))
    assert not any("Verbs" in t for t in titles(made("worksheet", polish)))


def test_writing_lines_are_as_many_as_asked_for(annotated: AnnotatedArticle) -> None:
    def lines(n: int) -> int:
        parts = made("worksheet", annotated, lines=n, tasks=frozenset({"trace"})).parts
        return sum(isinstance(p, Paragraph) and p.style == "WritingLine" for p in parts)

    assert lines(4) == 2 * lines(2) == 4 * lines(1) > 0


def test_line_numbers_can_be_left_out(annotated: AnnotatedArticle) -> None:
    report = made("worksheet", annotated, line_numbers=False)
    assert not any(line.number for line in numbered(report)[0].lines)
    assert not re.search(r"\bline \d", all_words(report).lower())
    assert re.search(r"\bline \d", all_words(made("worksheet", annotated)))


def test_name_class_and_date_stand_first(annotated: AnnotatedArticle) -> None:
    report = made("worksheet", annotated)
    form = next(p for p in report.parts if isinstance(p, Table))
    assert form.look == "form"
    assert [cell[0].inlines[0].text for cell in form.rows[0]] == ["Name", "Class", "Date"]


def test_several_articles_have_a_list_and_their_own_lines(annotated: AnnotatedArticle) -> None:
    other = article("It snows.", id="b")
    report = made("worksheet", annotated, other)
    file = Docx(docx(report))
    anchors = {n.get(f"{W}name") for n in file.body.iter(f"{W}bookmarkStart")}
    links = {n.get(f"{W}anchor") for n in file.body.iter(f"{W}hyperlink")}
    assert links == {"article_1", "article_2"} <= anchors
    assert [lines.lines[0].number for lines in numbered(report)] == ["1", "1"]


def test_what_the_article_states_stands_there_and_what_it_does_not(annotated: AnnotatedArticle) -> None:
    (table,) = [p for p in made("worksheet", annotated).parts if isinstance(p, Table) and p.title == "Leave the page"]
    said = {row[0][0].inlines[0].text: row[1] for row in table.rows}
    assert said["Who publishes it?"][0].inlines[0].text == "The Quay Lantern"
    assert said["Who wrote it?"][0].inlines[0].text == "Not stated in the article"
    assert said["Who owns and pays for it?"][0].style == "WritingSpace"


# -- what is picked


def article_span(start: int, end: int) -> tuple[Any, ...]:
    from annotator.model import Segment

    return (Segment(start, end),)


def _traced(annotated: AnnotatedArticle, trace: int = 5) -> list[str]:
    options = ReportOptions(kind="worksheet", trace=trace)
    (lesson,) = lesson_of(Material((annotated,)), options, language="en-GB").articles
    return [i.id.removeprefix("trace:") for task in lesson.tasks if task.key == "trace" for i in task.items]


def _claims(*kinds: tuple[str, str, str]) -> AnnotatedArticle:
    """Make an article with a claim for each (worth checking, type, source)."""
    text = "".join(f"Claim {n:02}. " for n in range(len(kinds)))
    maker = Maker(text)
    maker.sources = {"named": Source(id="named", article="article", label="Ilva", naming="named", kind="person"),
                     "nameless": Source(id="nameless", article="article", label="aide", naming="anonymous", kind="person")}  # fmt: skip
    for n, (worth, type_, source) in enumerate(kinds):
        claim = maker.add(Claim, f"Claim {n:02}.", check_worthy=worth or None, type=type_ or None)
        for each in source.split():
            maker.link(claim, each)
    return maker.annotated()


def test_claims_to_trace_are_picked_in_turn_of_who_stands_behind_them() -> None:
    found = _claims(
        ("yes", "factual", ""),
        ("yes", "factual", ""),
        ("yes", "factual", "named nameless"),
        ("yes", "factual", "nameless"),
        ("yes", "factual", "named"),
        ("yes", "opinion", ""),
        ("no", "factual", ""),
        ("", "factual", ""),
    )
    assert _traced(found, 3) == ["mark0", "mark3", "mark4"]
    assert _traced(found, 4) == ["mark0", "mark1", "mark3", "mark4"]
    assert _traced(found, 20) == ["mark0", "mark1", "mark3", "mark4", "mark7"]


def _repeated(*said: dict[str, Any] | None) -> list[AnnotatedArticle]:
    """Return articles that make the same claim, each with the source given (None: nobody's)."""
    out: list[AnnotatedArticle] = []
    for n, source in enumerate(said):
        made_ = Maker("The bridge is safe.")
        claim = made_.add(Claim, "The bridge is safe.", ledger="safe", check_worthy="yes")
        if source is not None:
            made_.source("voice", **{"label": "A Voice", **source})
            made_.link(claim, "voice")
        found = made_.annotated()
        (mark,) = found.annotations
        sources = {f"voice{n}": s.changed(id=f"voice{n}") for s in found.sources.values()}
        links = [link.changed(source=f"voice{n}", claim=f"claim{n}") for link in found.attributions]
        found = found.changed(annotations=[mark.changed(id=f"claim{n}")], attributions=links, sources=sources)
        out.append(found.changed(article=replace(found.article, id=f"a{n}", title=f"Paper {n}")))
    return out


def _answers(*articles: AnnotatedArticle) -> list[str]:
    """Return the answers of the key to the claims to trace, one for each article."""
    lesson = lesson_of(Material(articles), ReportOptions(kind="answer-key"), language="en")
    fields = [f for a in lesson.articles for t in a.tasks if t.key == "trace" for i in t.items for f in i.fields]
    return ["".join(w.text for w in f.answer[0] if isinstance(w, Text)) for f in fields if isinstance(f, Asked)]


def test_one_who_says_the_same_in_two_articles_is_one_voice_to_trace() -> None:
    answers = _answers(*_repeated(*[{"naming": "named", "entity": "marr"}] * 2))
    assert len(answers) == 2 and all("A Voice" in a for a in answers)
    assert not _answers(*_repeated({"entity": "marr"}, {"entity": "board"}))


def test_what_two_articles_do_not_state_is_one_voice_to_trace() -> None:
    answers = _answers(*_repeated(*[{"kind": "unstated", "naming": "unstated"}] * 2))
    assert len(answers) == 2 and all(a.startswith("Nobody: the text names no one. A voice") for a in answers)


def test_a_claim_nobody_makes_here_is_traced_to_the_voice_it_has_elsewhere() -> None:
    here, there = _answers(*_repeated(None, {"naming": "named", "kind": "institution", "label": "Quay Board"}))
    assert here.startswith("Nobody here; the same claim is said by Quay Board (in “Paper 1”). Ask for the papers")
    assert there.startswith("S1\u00a0Quay Board. Ask for the papers")


def test_claims_of_one_ledger_entry_are_traced_once_with_all_their_voices() -> None:
    found = _claims(
        ("yes", "factual", "named"), ("yes", "factual", "nameless"), ("yes", "factual", ""), ("yes", "", "")
    )
    same = [c.changed(ledger="two" if n < 2 else "none") for n, c in enumerate(found.claims)]
    assert _traced(found.changed(annotations=same)) == ["mark2"]


def test_two_articles_can_hold_the_two_accounts() -> None:
    one, other = _claims(("yes", "factual", "named")), _claims(("yes", "factual", "nameless"))
    other = other.changed(
        article=other.article.changed(id="other", title="The other paper"),
        annotations=[c.changed(id="far") for c in other.claims],
    )
    relation = Relation(from_claim="far", to_claim="mark0", kind="contradicts")
    report = made("worksheet", one.changed(relations=[relation]), other.changed(relations=[relation]))
    tables = [p for p in report.parts if isinstance(p, Table) and p.title == "Two accounts"]
    assert [[c.head for c in t.columns] for t in tables] == [
        ["Line 1", "The other paper, line 1"],
        ["Line 1", "The bridge that counts to nine, line 1"],
    ]


def test_sides_are_looked_for_where_nothing_contradicts() -> None:
    found = _claims(("yes", "factual", "named"), ("yes", "factual", "nameless"))
    sides = {s.id: s.changed(side=s.id) for s in found.sources.values()}
    text = all_words(made("worksheet", found.changed(sources=sides)))
    assert "Find two voices in the text that do not agree" in text
    assert "nameless" not in text


def test_forty_claims_are_no_more_work_than_ten() -> None:
    few, many = (made("worksheet", _claims(*[("yes", "factual", "")] * n)) for n in (10, 40))
    assert len(titles(few)) == len(titles(many))
    rest = [[p for p in r.parts if not isinstance(p, NumberedLines)] for r in (few, many)]
    assert len(rest[0]) == len(rest[1])


def test_lines_hold_the_words_of_the_article(annotated: AnnotatedArticle) -> None:
    (lines,) = numbered(made("worksheet", annotated))
    shown = " ".join(article_words(lines)).replace(" | ", "\t")
    assert shown.split() == annotated.text.split()


def test_the_same_material_makes_the_same_file(annotated: AnnotatedArticle) -> None:
    assert docx(made("worksheet", annotated)) == docx(made("worksheet", annotated))
    assert made("worksheet", annotated).made == TODAY
