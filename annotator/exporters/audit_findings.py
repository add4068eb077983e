"""The findings of an audit, by rule: what is asked and why, the quotes it is asked of, and what somebody answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.analysis import standards
from annotator.analysis.sourcing import Span
from annotator.analysis.standards import Finding
from annotator.exporters import figures, marks, wording
from annotator.exporters.chapter import Chapter, listed
from annotator.exporters.document import Column, Inline, Paragraph, Part, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.sections import cell, heading, plain, small
from annotator.language import tr
from annotator.model import Claim, FindingAnswer
from annotator.vocabulary import HouseRule, capital

_WORD = 40
_QUOTE = 420
"""Longest quote, in code points; of a longer one its beginning and its end are shown."""


@dataclass(frozen=True)
class Group:
    """The findings of one rule in one article; open ones stand before answered ones."""

    number: int
    rule: HouseRule
    findings: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """How many nobody has answered."""
        return sum(f.answer is None for f in self.findings)

    @property
    def title(self) -> str:
        """The rule's title with how many there are."""
        n = len(self.findings)
        return self.rule.title if n == 1 else tr("{title} ({n})", title=self.rule.title, n=f"{n:,}")

    def claims(self, chapter: Chapter, most: int) -> tuple[Inline, ...]:
        """Return the numbers of the claims it is about; where it is about none, the places."""
        found: dict[str, tuple[Inline, ...]] = {}
        for finding in self.findings:
            for span in finding.spans:
                found.setdefault(*_named(chapter, span))
        items = list(found.values())
        if len(items) <= most + 1:
            return listed(items)
        return (*listed(items[:most]), Text(tr(" and {n} more", n=f"{len(items) - most:,}"), ("Quiet",)))


def groups(material: Material, chapter: Chapter) -> list[Group]:
    """Return an article's findings by rule, in the order the rules weigh."""
    found: dict[str, list[Finding]] = {}
    for finding in material.findings[chapter.annotated.article.id]:
        found.setdefault(finding.rule.key, []).append(finding)
    ordered = [sorted(each, key=lambda f: f.answer is not None) for each in found.values()]
    return [Group(n, each[0].rule, tuple(each)) for n, each in enumerate(ordered, 1)]


def section(chapter: Chapter, groups_: Sequence[Group], material: Material) -> list[Part]:
    """Return the section of findings; where there are none, a sentence says so.

    In a chapter of several it is short: what each rule asks, and why, stands once for all (``rules``).
    """
    head = heading(chapter, "findings", tr("Findings"))._replace(new_page=not chapter.depth)
    if not groups_:
        told = tr("The house rules that are on ask nothing about this article.")
        return [head, Paragraph("SectionNote", (Text(told),), keep_next=False), *_settled(chapter, material)]
    out: list[Part] = [head] if chapter.depth else [head, Paragraph("SectionNote", (Text(_ABOUT),))]
    for group in groups_:
        out += _group(chapter, group)
    return [*out, *_settled(chapter, material)]


_ABOUT = tr(
    "Each is a question to the text, raised by one house rule; none says what is true. It can be answered, and the answer "
    "stays here. ¶ numbers count the article’s paragraphs without its head; the annotated article prints them."
)


def rules(found: Iterable[Group]) -> list[Part]:
    """Return what each rule that asked something asks, why, and whose standard it is: once for several articles."""
    asked = {g.rule.key: g.rule for g in found}
    if not asked:
        return []
    columns = (Column(tr("Rule"), 4.6), Column(tr("What it asks, and whose standard that is"), 11.4))
    rows = tuple(
        (
            cell(plain(Text(rule.title, ("Strong",))), small(Text(figures.SEVERITY.get(rule.severity, rule.severity)))),
            cell(plain(Text(rule.about)), small(Text(rule.origin))),
        )
        for rule in asked.values()
    )
    described = tr("Every house rule that asked something about these articles")
    return [Paragraph("SectionNote", (Text(_ABOUT),)), Table(columns, rows, tr("House rules"), described)]


def _group(chapter: Chapter, group: Group) -> list[Paragraph]:
    rule = group.rule
    severity = figures.SEVERITY.get(rule.severity, rule.severity)
    look = ("Strong",) if rule.severity == "first" else ("Paragraph Number",)
    head = Paragraph(
        "NoteHead",
        (
            *chapter.anchored(f"finding_{group.number}", Text(f"{group.number}", ("Claim Number",))),
            Text("\t"),
            Text(group.title),
            Text(f"\t{severity}", look),
        ),
    )
    out = [head]
    if not chapter.depth:
        out.append(Paragraph("Note", (Text(f"{rule.about} "), Text(rule.origin, ("Quiet",))), keep_next=True))
    by_remark: dict[str, list[Finding]] = {}
    for finding in group.findings:
        by_remark.setdefault(finding.words, []).append(finding)
    # A remark on one claim stands below its words; where another of the group is on several, all stand above.
    above = any(len(f.spans) != 1 for f in group.findings)
    for remark, found in by_remark.items():
        alike = len(found) > 1
        if alike and remark and len(by_remark) > 1:
            out.append(Paragraph("NoteAsked", chapter.foreign(remark, "Quiet"), keep_next=True))
        for finding in found:
            out += _finding(chapter, finding, "" if alike else remark, above=above)
    return out


def _finding(chapter: Chapter, finding: Finding, remark: str, *, above: bool) -> list[Paragraph]:
    """Return the quotes behind a bar, what was found of them, and the answer."""
    out = _quotes(chapter, finding.spans)
    if remark:
        style = "NoteAsked" if above else "NoteAnswer"
        told = Paragraph(style, chapter.foreign(remark, "Quiet"), rtl=marks.is_rtl(remark))
        out = [told, *out] if above else [*out, told]
    if finding.answer is not None:
        out.append(_answer(chapter, finding.answer))
    return [p._replace(keep_next=True) for p in out[:-1]] + out[-1:]


def _quotes(chapter: Chapter, spans: Sequence[Span]) -> list[Paragraph]:
    """Return a paragraph for each passage; single words, such as cues, share one."""
    text, by_id = chapter.annotated.text, chapter.annotated.by_id
    words = [wording.one_line(text[s.start : s.end]) for s in spans]
    few = all(
        len(w) <= _WORD and not isinstance(by_id.get(s.annotation or ""), Claim)
        for w, s in zip(words, spans, strict=True)
    )
    if len(spans) < 2 or not few:
        return [_quote(chapter, span) for span in spans]
    items = [
        (*chapter.quoted(w), Text("\u2002"), *chapter.place_link(s.start, "Paragraph Number"))
        for w, s in zip(words, spans, strict=True)
    ]
    return [Paragraph("Quote", listed(items, " · "), rtl=marks.is_rtl(words[0]))]


def _quote(chapter: Chapter, span: Span) -> Paragraph:
    """Return a passage with its number and place."""
    annotated = chapter.annotated
    mark = annotated.by_id.get(span.annotation or "")
    if isinstance(mark, Claim):
        words = wording.quote(mark, annotated.text)
        number: tuple[Inline, ...] = (chapter.claim_link(mark), Text("\u00a0"))
    else:
        words, number = wording.one_line(annotated.text[span.start : span.end]), ()
    shown = _shown(words)
    direction = Text("\u200e") if not shown.isascii() else Text("")
    place = chapter.place_link(span.start, "Paragraph Number")
    return Paragraph(
        "Quote", (*chapter.quoted(shown), Text("\u2002"), direction, *number, *place), rtl=marks.is_rtl(shown)
    )


def _shown(words: str) -> str:
    """Return a quote, or the beginning and the end of a long one."""
    if len(words) <= _QUOTE:
        return words
    half = _QUOTE // 2
    start = wording.shortened(words[: half * 2], half)
    return f"{start} {words[words.find(' ', len(words) - half) + 1 :]}"


def _named(chapter: Chapter, span: Span) -> tuple[str, tuple[Inline, ...]]:
    """Return a passage by its claim's number, or by its place."""
    mark = chapter.annotated.by_id.get(span.annotation or "")
    if isinstance(mark, Claim):
        return mark.id, (chapter.claim_link(mark),)
    place = chapter.place(span.start)
    words = place.words if place else "–"
    return words, chapter.place_link(span.start) or (Text(words),)


def _answer(chapter: Chapter, answer: FindingAnswer) -> Paragraph:
    words = answer.answer if answer.answer.rstrip().endswith((".", "!", "?", "…")) else f"{answer.answer}."
    signed = _signed(chapter, answer)
    return Paragraph(
        "NoteAnswer",
        (
            Text(tr("Answered. "), ("Strong",)),
            *chapter.foreign(" ".join(words.split())),
            *((Text(" "), *chapter.foreign(signed, "Quiet")) if signed else ()),
        ),
    )


def _signed(chapter: Chapter, answer: FindingAnswer) -> str:
    who = chapter.annotated.coder_name(answer.coder)
    when = wording.day_of(answer.at)
    return wording.apart((who, when))


def _settled(chapter: Chapter, material: Material) -> list[Part]:
    """Return the answers whose question is no longer raised: the text or its marks changed since."""
    article = chapter.annotated.article.id
    mine = [a for a in material.answers if a.article == article]
    gone = standards.no_longer_raised(material.findings[article], mine) if mine else ()
    if not gone:
        return []
    out: list[Part] = [
        Paragraph("Heading2", (Text(tr("Answered, and no longer asked")),)),
    ]
    for answer in gone:
        asked = " ".join((answer.words or capital(answer.rule.replace("_", " "))).split())
        out.append(Paragraph("Note", chapter.foreign(asked), keep_next=True))
        out.append(_answer(chapter, answer))
    return out
