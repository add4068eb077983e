"""What a report prints one below the other, claims and findings, as tables for spreadsheets: a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from annotator import vocabulary
from annotator.analysis.standards import Finding
from annotator.exporters import figures, wording
from annotator.exporters.audit_findings import Group
from annotator.exporters.chapter import Chapter
from annotator.exporters.coded import Coded
from annotator.exporters.document import Inline, Link, Table, Text, WebLink
from annotator.exporters.drawing import Shown, table
from annotator.language import tr
from annotator.model import Claim

T = TypeVar("T")


def claims(coded: Iterable[Coded]) -> tuple[Table, ...]:
    """Return the claims of a report, each with its words, their sentence, and what was coded; none without claims."""
    articles = list(coded)
    found = [(each, claim) for each in articles for claim in each.chapter.annotated.claims]
    many = len(articles) > 1
    heads = [
        (tr("No."), 1.6),
        (tr("Article"), 6.0),
        (tr("Claim"), 10.0),
        (tr("In short"), 6.0),
        (tr("In its sentence"), 12.0),
        (tr("Type"), 2.4),
        (tr("Form"), 2.4),
        (tr("Worth checking"), 2.4),
        (tr("Who says so"), 6.0),
        (tr("Checking"), 6.0),
        (tr("Coded"), 10.0),
        (tr("Place"), 2.0),
    ]

    def told(row: tuple[Coded, Claim]) -> Sequence[Shown]:
        return _kept(_claim(*row), many)

    return (table(tr("Claims"), _kept(heads, many), found, told),) if found else ()


def _claim(coded: Coded, claim: Claim) -> list[Shown]:
    chapter, annotated = coded.chapter, coded.chapter.annotated
    _, sentence, *lines = coded.claim(claim)
    return [
        f"{chapter.series}C{annotated.claim_numbers[claim.id]}",
        _one_line(annotated.article.title),
        wording.quote(claim, annotated.text),
        _one_line(claim.short_text or ""),
        _said(sentence.inlines),
        vocabulary.title(claim.type),
        vocabulary.title(claim.form),
        vocabulary.title(claim.check_worthy),
        _said(chapter.who(claim)),
        wording.checking(annotated.verification(claim.id), annotated.code_book),
        "\n".join(_said(line.inlines) for line in lines),
        _place(chapter, claim.start),
    ]


def findings(chapters: Sequence[tuple[Chapter, Sequence[Group]]]) -> tuple[Table, ...]:
    """Return what the house rules asked about articles, a row for each finding; none where they asked nothing."""
    found = [(chapter, group, each) for chapter, groups in chapters for group in groups for each in group.findings]
    many = len(chapters) > 1
    heads = [
        (tr("No."), 1.2),
        (tr("Article"), 6.0),
        (tr("Finding"), 7.0),
        (tr("How urgent"), 2.8),
        (tr("What was found"), 10.0),
        (tr("Passages"), 12.0),
        (tr("Place"), 2.4),
        (tr("Answer"), 8.0),
        (tr("Answered by"), 5.0),
        (tr("Why it is asked"), 10.0),
        (tr("Whose standard"), 8.0),
    ]

    def told(row: tuple[Chapter, Group, Finding]) -> Sequence[Shown]:
        return _kept(_finding(*row), many)

    return (table(tr("Findings"), _kept(heads, many), found, told, numbers=(0,)),) if found else ()


def _finding(chapter: Chapter, group: Group, finding: Finding) -> list[Shown]:
    rule, answer, text = group.rule, finding.answer, chapter.annotated.text
    by_id = chapter.annotated.by_id
    marks = [(by_id.get(s.annotation or ""), s) for s in finding.spans]
    passages = [wording.quote(m, text) if isinstance(m, Claim) else _one_line(text[s.start : s.end]) for m, s in marks]
    places = dict.fromkeys(_place(chapter, s.start) for s in finding.spans)
    signed = wording.apart((chapter.annotated.coder_name(answer.coder), wording.day_of(answer.at))) if answer else ""
    return [
        group.number,
        _one_line(chapter.annotated.article.title),
        rule.title,
        figures.SEVERITY.get(rule.severity, rule.severity),
        finding.words,
        "\n".join(passages),
        ", ".join(p for p in places if p),
        answer.answer if answer else "",
        signed,
        rule.about,
        rule.origin,
    ]


def _kept(cells: Sequence[T], many: bool) -> Sequence[T]:
    """Return cells without the second, the article's title, where there is one article only."""
    return cells if many else [*cells[:1], *cells[2:]]


def _place(chapter: Chapter, offset: int) -> str:
    found = chapter.place(offset)
    return found.words if found else ""


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _said(inlines: Iterable[Inline]) -> str:
    told = (i.text if isinstance(i, Text) else i.words.text for i in inlines if isinstance(i, Text | Link | WebLink))
    return "".join(told).strip()
