"""The code book as a report: every list with its terms, what they mean, an example, and how often each is used."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator import vocabulary
from annotator.exporters import marks, wording
from annotator.exporters.document import Cell, Column, Inline, Paragraph, Part, Report, Table, Text
from annotator.exporters.sections import cell, plain, small
from annotator.language import tr
from annotator.model import CodeBook, Term, TermList
from annotator.model.code_book import CUE, LISTS, load_of
from annotator.project import Project
from annotator.vocabulary import capital, count

_LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Listed:
    """A list to print: its terms in order, how often each is used (by key); ``language`` of a list of cue words."""

    kind: TermList
    terms: tuple[Term, ...]
    uses: Mapping[str, int]
    language: str | None = None


def listed(project: Project) -> list[Listed]:
    """Return every list of a project's code book, of the cue words one for each language."""
    last = sorted(LISTS.items(), key=lambda item: item[0] == CUE)  # long ones, to be looked things up in
    return [
        Listed(kind, project.terms(list_, code), project.term_uses(list_), code)
        for list_, kind in last
        for code in (project.languages() if list_ == CUE else [None])
    ]


def build(lists: Sequence[Listed], book: CodeBook, *, project: str, coder: str, today: datetime.date) -> Report:
    """Return the code book of a project as a report; lists without a term are left out."""
    shown = [each for each in lists if each.terms]
    when = wording.day(today)
    parts: list[Part] = [
        Paragraph("Overline", (Text(tr("Code book")),)),
        Paragraph("Title", (Text(project),)),
        Paragraph("Facts", (Text(tr("{coder}, {when}", coder=coder, when=when)),)),
        Paragraph("Lead", (Text(_summary(shown)),)),
    ]
    for each in shown:
        parts += section(each, book)
    return Report(
        kind=tr("Code book"),
        title=tr("Code book of {project}", project=project),
        author=coder,
        made=today,
        language=_LANGUAGE,
        footer=tr("Code book of {project}, {when}", project=project, when=when),
        parts=tuple(parts),
    )


def _summary(lists: Sequence[Listed]) -> str:
    names = [
        tr("{list} ({n})", list=each.kind.title, n=f"{len(each.terms):,}") for each in lists if each.kind.id != CUE
    ]
    return tr("What the words of this project mean: {lists}.", lists=vocabulary.listed(names))


def section(each: Listed, book: CodeBook) -> list[Part]:
    """Return a list under its heading, with what it is about."""
    title = each.kind.title
    if each.language:
        title = tr("{list}: {language}", list=title, language=wording.language(each.language))
    head = [Paragraph("Heading1", (Text(title),), level=0), Paragraph("SectionNote", (Text(each.kind.about),))]
    return [*head, _cues(each, book) if each.kind.id == CUE else _terms(each)]


def _terms(each: Listed) -> Table:
    numbered = each.kind.id == "verdict"
    columns = (
        Column(tr("Term"), 4.2),
        Column(tr("What it means, and an example"), 9.8),
        Column(tr("Uses"), 2.0, align_end=True),
    )
    rows = tuple(_row(t, each.uses.get(t.key, 0), numbered=numbered) for t in each.terms)
    told = tr("Every term with its definition, an example and how often it is used")
    return Table(columns, rows, each.kind.title, told)


def _row(term: Term, uses: int, *, numbered: bool) -> tuple[Cell, ...]:
    number = (Text(f"{term.value or '–'}\u2002", ("Quiet",)),) if numbered else ()
    meant = [_told(plain, line) for line in wording.note_lines(term.definition)]
    for n, line in enumerate(wording.note_lines(term.example)):
        meant.append(_told(small, tr("Example: {words}", words=line) if n == 0 else line))
    return (
        cell(plain(*number, Text(capital(term.label), ("Strong",)))),
        cell(*(meant or [plain(Text("–", ("Quiet",)))])),
        cell(plain(Text(f"{uses:,}" if uses else "–"))._replace(values=(uses,))),
    )


def _told(style: Callable[[Inline], Paragraph], words: str) -> Paragraph:
    return style(Text(words))._replace(rtl=marks.is_rtl(words))


def _cues(each: Listed, book: CodeBook) -> Table:
    by_load: dict[str, list[Term]] = {}
    for term in each.terms:
        by_load.setdefault(load_of(term), []).append(term)
    columns = (Column(tr("Load"), 4.2), Column(tr("Words"), 11.8))
    rows = tuple(
        (
            cell(
                plain(Text(book.title("load", load), ("Strong",))),
                small(Text(count(len(found), "term"))),
            ),
            cell(plain(Text(_run(t.label for t in found))), *_defined(found)),
        )
        for load, found in by_load.items()
    )
    return Table(columns, rows, each.kind.title, tr("The cue words by the load a link is proposed to carry"))


def _defined(found: Iterable[Term]) -> list[Paragraph]:
    return [small(Text(f"{t.label}: "), Text(" ".join(t.definition.split()))) for t in found if t.definition]


def _run(words: Iterable[str]) -> str:
    return ", ".join(w.replace(" ", "\u00a0") for w in words)
