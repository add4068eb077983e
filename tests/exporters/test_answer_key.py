"""The answer key: item by item the worksheet, with the answers where pupils write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotator.exporters import ReportOptions
from annotator.exporters.document import Chart, Paragraph, Report, Table, Text
from annotator.exporters.lesson import Asked, Given, Lesson
from annotator.exporters.lesson_tasks import lesson_of
from annotator.exporters.material import Material
from annotator.exporters.word import body as word
from annotator.model import AnnotatedArticle, Claim, Relation
from tests.analysis.audited import annotated_texts, article
from tests.exporters.conftest import Maker
from tests.exporters.lessons import NUMBERS, all_words, article_words, made, numbered

HIDE = frozenset({"marks", "labels", "sources", "verdicts"})


def lessons(annotated: AnnotatedArticle) -> tuple[Lesson, Lesson]:
    lesson = lesson_of(Material((annotated,)), ReportOptions(kind="answer-key"), language="en-GB")
    return lesson.without_answers(HIDE), lesson


def _given_words(report: Report) -> list[str]:
    """Return the words of tasks that stand on both: heads, instructions, quotes, first columns."""
    out: list[str] = []
    started = False
    for part in report.parts:
        if isinstance(part, Paragraph):
            started = started or part.style == "Task"
            if started and part.style in ("Task", "TaskQuote"):
                out.append("".join(i.text for i in part.inlines if isinstance(i, Text)))
        elif isinstance(part, Table) and started:
            out += [part.title, *(c.head for c in part.columns)]
    return out


@settings(deadline=None, max_examples=60)
@given(annotated_texts())
def test_worksheet_and_key_agree_item_by_item(annotated: AnnotatedArticle) -> None:
    sheet, key = lessons(annotated)
    for ours, theirs in zip(sheet.articles, key.articles, strict=True):
        assert [t.key for t in ours.tasks] == [t.key for t in theirs.tasks]
        for asked, answered in zip(ours.tasks, theirs.tasks, strict=True):
            assert [i.id for i in asked.items] == [i.id for i in answered.items]
            assert (asked.title, asked.told, asked.columns) == (answered.title, answered.told, answered.columns)
            for one, other in zip(asked.items, answered.items, strict=True):
                assert one.heads == other.heads
                assert [type(f) for f in one.fields] == [type(f) for f in other.fields]
                assert [f for f in one.fields if isinstance(f, Given)] == [
                    f for f in other.fields if isinstance(f, Given)
                ]
        assert list(ours.lines) == list(theirs.lines)


@settings(deadline=None, max_examples=40)
@given(annotated_texts())
def test_on_paper_they_agree_too(annotated: AnnotatedArticle) -> None:
    sheet, key = made("worksheet", annotated), made("answer-key", annotated)
    shown = _given_words(sheet)
    assert _given_words(key)[: len(shown)] == shown
    for ours, theirs in zip(numbered(sheet), numbered(key), strict=True):
        assert [line.number for line in ours.lines] == [line.number for line in theirs.lines]
        assert article_words(ours) == article_words(theirs)
        assert ours.margin > theirs.margin


@settings(deadline=None, max_examples=40)
@given(annotated_texts())
def test_every_question_with_room_to_write_has_an_answer(annotated: AnnotatedArticle) -> None:
    _, key = lessons(annotated)
    for task in (t for a in key.articles for t in a.tasks):
        asked = [*task.after, *(f for i in task.items for f in i.fields if isinstance(f, Asked))]
        together = task.key == "accounts" and bool(task.after)  # two voices to find: who they are stands below both
        assert not together or _is_told(task.after[0])
        assert all(_is_told(f) for f in asked if f.lines and not (together and f not in task.after))


def _is_told(asked: Asked) -> bool:
    return any(isinstance(w, Text) and w.text.strip() for words in asked.answer for w in words)


@settings(deadline=None, max_examples=40)
@given(annotated_texts())
def test_a_worksheet_keeps_no_answer(annotated: AnnotatedArticle) -> None:
    sheet, _ = lessons(annotated)
    for task in (t for a in sheet.articles for t in a.tasks):
        fields = [*task.after, *(f for i in task.items for f in i.fields)]
        assert not any(f.answer for f in fields if isinstance(f, Asked))
        assert not task.rule


def test_the_margin_says_who_is_behind_each_claim(annotated: AnnotatedArticle) -> None:
    (lines,) = numbered(made("answer-key", annotated))
    margins = ["".join(i.text for i in line.margin) for line in lines.lines if line.margin]
    wanted = ["C1 S1  C2 nobody", "C3 S2", "C4 nobody", "C5 nobody", "C6 nobody"]
    assert [m.replace("\u00a0", " ") for m in margins] == wanted


def test_claims_of_one_line_with_the_same_voices_stand_together() -> None:
    maker = Maker("One. Two. Three.")
    maker.source("quay", "Quay", kind="institution")
    for words in ("One.", "Two.", "Three."):
        claim = maker.add(Claim, words)
        if words != "Two.":
            maker.link(claim, "quay")
    (lines,) = numbered(made("answer-key", maker.annotated()))
    assert "".join(i.text for i in lines.lines[0].margin).replace("\u00a0", " ") == "C1 C3 S1  C2 nobody"


def test_every_claim_is_shaded_and_numbered_in_the_text(annotated: AnnotatedArticle) -> None:
    (lines,) = numbered(made("answer-key", annotated))
    runs = [i for line in lines.lines for i in line.inlines]
    shown = {n for r in runs if r.looks == ("Claim Mark",) for n in NUMBERS.findall(r.text)}
    assert shown == {f"C{n}" for n in range(1, len(annotated.claims) + 1)}
    inside = set().union(*(range(s.start, s.end) for c in annotated.claims for s in c.segments))
    wanted = "".join(annotated.text[i] for i in sorted(inside) if not annotated.text[i].isspace())
    shaded = "".join(r.text for r in runs if r.claims and r.looks not in (("Claim Mark",), ("Source Mark",)))
    assert "".join(shaded.split()) == wanted


def test_answers_name_who_says_it_and_how_they_know(annotated: AnnotatedArticle) -> None:
    sources = {s.id: s.changed(proximity="first_hand") if s.id == "marr" else s for s in annotated.sources.values()}
    text = all_words(made("answer-key", annotated.changed(sources=sources)))
    assert "S2\u00a0Ilva Marr" in text
    assert "Was there, or did it (kept the book)" in text
    assert "Nobody: the author’s own voice" in text
    assert "Nobody: the text names no one" in text


def test_the_teachers_note_is_an_answer(annotated: AnnotatedArticle) -> None:
    assert "Ask for the book." in all_words(made("answer-key", annotated))


def test_it_says_that_readings_may_differ_and_what_nobody_has_linked(annotated: AnnotatedArticle) -> None:
    text = all_words(made("answer-key", annotated))
    assert "Readings may differ" in text
    assert "2 claims have not been linked to anybody yet" in text


def test_the_rubric_has_a_row_for_each_task(annotated: AnnotatedArticle) -> None:
    def rows(**options: object) -> int:
        report = made("answer-key", annotated, **options)
        return sum(len(p.rows) for p in report.parts if isinstance(p, Table) and p.title == "Rubric")

    assert rows() == 5
    assert rows(tasks=frozenset({"who", "trace"})) == 2
    assert "4 points in all" in all_words(made("answer-key", annotated, tasks=frozenset({"who", "trace"})))
    assert rows(tasks=frozenset()) == 0


def test_who_speaks_is_a_picture(annotated: AnnotatedArticle) -> None:
    (chart,) = [p for p in made("answer-key", annotated).parts if isinstance(p, Chart)]
    assert "Ilva Marr" in chart.alt
    assert not [p for p in made("answer-key", article("It rains.")).parts if isinstance(p, Chart)]


def test_a_relations_note_says_what_would_settle_it(annotated: AnnotatedArticle) -> None:
    a, b = (c.id for c in annotated.claims[:2])
    relation = Relation(from_claim=a, to_claim=b, kind="contradicts", note="Count the carts.")
    key = all_words(made("answer-key", annotated.changed(relations=[relation])))
    sheet = all_words(made("worksheet", annotated.changed(relations=[relation])))
    assert "What would settle it? Count the carts." in key
    assert "Count the carts." not in sheet


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_becomes_a_word_file(annotated: AnnotatedArticle, paper: str) -> None:
    assert word.document(made("answer-key", annotated, paper=paper), ReportOptions(kind="answer-key", paper=paper))


def test_the_key_hides_nothing(annotated: AnnotatedArticle) -> None:
    shown, hidden = (numbered(made("answer-key", annotated, hide=hide)) for hide in (frozenset[str](), HIDE))
    assert shown == hidden


def test_near_and_far_are_answered_by_the_words_to_circle(annotated: AnnotatedArticle) -> None:
    _, key = lessons(annotated)
    choices = [f for a in key.articles for t in a.tasks for i in t.items for f in i.fields if getattr(f, "choices", ())]
    assert choices
    for field in choices:
        assert isinstance(field, Asked)
        told = "".join(w.text for w in field.answer[0] if isinstance(w, Text))
        assert set(told.split(", ")) <= set(field.choices)


def test_without_a_mark_it_says_what_a_good_answer_is() -> None:
    assert "Any claim will do." in all_words(made("answer-key", article("It rains.\nA bridge fell.")))
