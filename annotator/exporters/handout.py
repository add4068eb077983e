"""A lesson on paper: the article in numbered lines, then the tasks; with room to write, or with the answers in that room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from annotator.exporters import frame, marks, wording
from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    Cell,
    Column,
    Contents,
    Entry,
    Inline,
    NumberedLine,
    NumberedLines,
    Paragraph,
    Part,
    Report,
    Table,
    Text,
)
from annotator.exporters.lesson import ArticleLesson, Asked, Field, Given, Item, Lesson, Task, Words
from annotator.exporters.material import Material
from annotator.exporters.numbered import bullet, printed
from annotator.exporters.options import KINDS, ReportOptions
from annotator.language import tr

TITLE = tr("Who says so, and how do they know?")
_MARGIN, _KEY_MARGIN = 4.3, 3.0
"""Width of the margin, cm: to write in, and for the answers."""
"""Keeps a date after an Arabic name from turning round."""
_LONGEST_FACT = 120
_LONGEST_FOOTER = 70


def articles(lesson: Lesson, *, key: bool) -> list[Part]:
    """Return the articles with their tasks; where there are several, a list of them first and a chapter for each."""
    if len(lesson.articles) == 1:
        return _article(lesson.articles[0], key=key, many=0)
    entries = tuple(Entry(frame.short_title(a.chapter), f"article_{n}") for n, a in enumerate(lesson.articles, 1))
    out: list[Part] = [Contents(entries)]
    for n, article in enumerate(lesson.articles, 1):
        out += _article(article, key=key, many=n)
    return out


def _article(lesson: ArticleLesson, *, key: bool, many: int) -> list[Part]:
    title = frame.short_title(lesson.chapter)
    headed = any(b.zone == "headline" for b in marks.shown_blocks(lesson.annotated))
    if many:
        name = f"article_{many}"
        heading = Paragraph("Heading1", (AnchorStart(name), *title, AnchorEnd(name)), new_page=many > 1)
    else:
        heading = Paragraph("Heading2", (Text(tr("The article")),), level=0) if headed else Paragraph("Heading1", title)
    facts = _facts(lesson, key=key)
    out: list[Part] = [heading, *([Paragraph("SectionNote", facts)] if _has_words(facts) else [])]
    if lesson.lines:
        out.append(_numbered(lesson, key=key))
    for n, task in enumerate(lesson.tasks, 1):
        out += _task(task, n, key=key)
    return out


def _facts(lesson: ArticleLesson, *, key: bool) -> Words:
    article = lesson.annotated.article
    facts = (article.publication, wording.written_date(article.date or ""), article.byline)
    told = "".join(_sentence(wording.shortened(f, _LONGEST_FACT)) for f in facts if f and f.strip())
    legend = _legend(lesson, key=key) if lesson.lines else ""
    return (*lesson.chapter.foreign(told), Text(legend))


def _sentence(fact: str) -> str:
    return f"{fact}. " if fact.isascii() else f"{fact}. {marks.LEFT_TO_RIGHT}"


def _legend(lesson: ArticleLesson, *, key: bool) -> str:
    told: list[str] = []
    if lesson.annotated.claims:
        told.append(tr("Shaded: a claim."))
    if lesson.annotated.source_mentions:
        told.append(tr("Double underline: who speaks."))
    if lesson.annotated.cues:
        told.append(tr("Dashed: the word that hands a claim over."))
    if not key:
        told.append(tr("The margin on the right is yours."))
    elif lesson.annotated.claims:
        told.append(tr("In the margin: the claims that begin in the line, and who stands behind them."))
    return " ".join(told)


# -- the lines


def _numbered(lesson: ArticleLesson, *, key: bool) -> NumberedLines:
    """Return the article's lines; where nothing is marked, each is written whole."""
    annotated, lines = lesson.annotated, lesson.lines
    names = marks.Names("", "text", lesson.source_numbers, {})
    sweep = marks.Sweep(annotated, lines.blocks, names)
    tongue = next((t.language for t in lesson.chapter.quoted("a")), "")
    numbered = lesson.chapter.options.line_numbers
    labelled = lesson.labels and bool(annotated.claims)  # numbers in the text make lines longer
    beside = _beside(lesson) if lesson.answers else {}
    out: list[NumberedLine] = []
    for line, block in zip(lines, lines.blocks, strict=True):
        words: list[Inline] = [Text(bullet(line))] if line.bullet else []
        for piece in sweep.pieces(block):
            if isinstance(piece, marks.Words):
                look = ("Source",) if piece.source else ("Cue",) if piece.cue else ()
                words.append(Text(printed(piece.text), look, piece.claims, piece.script, piece.language or tongue))
            elif isinstance(piece, marks.Label) and lesson.labels:
                look = ("Claim Mark",) if piece.kind == "claim" else ("Source Mark",)
                words.append(Text(piece.text, look, piece.claims))
        out.append(
            NumberedLine(
                line.shown if numbered else "",
                tuple(words),
                beside.get(line.number, ()),
                rtl=line.rtl,
                first=line.first,
                style=line.style,
            )
        )
    return NumberedLines(tuple(out), _KEY_MARGIN if key or labelled else _MARGIN, tr("The article, line by line"))


def _beside(lesson: ArticleLesson) -> dict[int, Words]:
    """Return what stands in the margin of each line: the claims that begin there, and who is behind them."""
    found: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for claim in lesson.annotated.claims:
        numbers = lesson.source_numbers
        behind = tuple(n for s in lesson.annotated.sources_of(claim.id) if (n := numbers.get(s.id)) is not None)
        line = found.setdefault(lesson.lines.number(claim.start), {})
        line.setdefault(behind, []).append(lesson.annotated.claim_numbers[claim.id])
    return {line: _behind(groups) for line, groups in found.items()}


def _behind(groups: Mapping[tuple[int, ...], Sequence[int]]) -> Words:
    """Return "C4 S2  C5 C6 nobody": the claims of a line, those of the same voices together."""
    out: list[Inline] = []
    for sources, claims in groups.items():
        out += [Text("  ")] if out else []
        out += [Text(f"C{n}\u00a0", ("Claim Number",)) for n in claims]
        out += _spaced([Text(f"S{n}", ("Source Number",)) for n in sources]) or [Text(tr("nobody"))]
    return tuple(out)


def _spaced(words: Sequence[Text]) -> list[Text]:
    return [piece for n, each in enumerate(words) for piece in ((Text("\u00a0"), each) if n else (each,))]


# -- the tasks


def _task(task: Task, number: int, *, key: bool) -> list[Part]:
    kept = bool(task.items) or any(a.lines for a in task.after)
    out: list[Part] = [
        Paragraph("Task", (Text(f"{number}\t{task.title}"),)),
        Paragraph("TaskText", (Text(task.told),), keep_next=kept),
    ]
    match task.layout:
        case "rows":
            out.append(_rows(task, key=key))
        case "list":
            for n, item in enumerate(task.items):
                out += _listed(item, chr(ord("a") + n) if len(task.items) > 1 else "", key=key)
        case "beside":
            for item in task.items:
                out += _two(item, task.title, key=key)
        case "words":
            pass
    for asked in task.after:
        out += _below(asked, key=key)
    if key and task.rule:
        style = "Answer" if task.layout == "list" else "Small"
        out.append(Paragraph(style, (Text(task.rule, ("Quiet",)),)))
    return out


def _rows(task: Task, *, key: bool) -> Table:
    columns = tuple(Column(head, width) for head, width in task.columns)
    rows = tuple(tuple(_cell(f, key=key) for f in item.fields) for item in task.items)
    return Table(columns, rows, task.title, parted=True)


def _cell(field: Field, *, key: bool) -> Cell:
    if isinstance(field, Given):
        looks = ("Strong",) if field.strong else ()
        style = "TableQuote" if field.quote else "TableText"
        return tuple(Paragraph(style, _looked(words, looks), rtl=field.rtl) for words in field.words)
    if field.choices:
        chosen = [t.text for words in field.answer for t in words if isinstance(t, Text)]
        return _choices(field.choices, chosen, key=key)
    if field.answer or key:
        return tuple(Paragraph("TableText", words) for words in field.answer) or (Paragraph("TableText"),)
    return (Paragraph("WritingSpace"),) * max(1, field.lines)


def _choices(choices: Sequence[str], chosen: Sequence[str], *, key: bool) -> Cell:
    """Return the words to circle, two in a line; on the key only those that are right."""
    if key:
        return (Paragraph("TableText", tuple(Text(words) for words in chosen)),)
    pairs = [choices[n : n + 2] for n in range(0, len(choices), 2)]
    return tuple(Paragraph("TableText", (Text("   ".join(pair)),)) for pair in pairs)


def _looked(words: Words, looks: tuple[str, ...]) -> Words:
    return tuple(w._replace(looks=(*w.looks, *looks)) if isinstance(w, Text) else w for w in words) if looks else words


def _listed(item: Item, letter: str, *, key: bool) -> list[Part]:
    out: list[Part] = []
    lead: list[Inline] = [Text(letter, ("Claim Number",))] if letter else []
    place = [*item.heads[0], Text("   ")] if item.heads and _has_words(item.heads[0]) else []
    for field in item.fields:
        if isinstance(field, Asked):
            out += _below(field, key=key)
            continue
        for words in field.words:
            where = tuple(w._replace(looks=("Paragraph Number",)) for w in place if isinstance(w, Text))
            inlines = (*lead, Text("\t"), *where, *_looked(words, ("Strong",) if field.strong else ()))
            out.append(Paragraph("TaskQuote", inlines, rtl=field.rtl, keep_next=True))
            lead, place = [], []
    return out


def _has_words(words: Words) -> bool:
    return any(isinstance(w, Text) and w.text.strip() for w in words)


def _below(asked: Asked, *, key: bool) -> list[Part]:
    """Return an answer, or the lines to write it on."""
    label = (Text(f"{asked.label} ", ("Strong",)),) if asked.label else ()
    if asked.answer:
        paragraphs = [Paragraph("Answer", (*(label if not n else ()), *w)) for n, w in enumerate(asked.answer)]
        return [*(p._replace(keep_next=True) for p in paragraphs[:-1]), paragraphs[-1]]
    if key or not asked.lines:
        return []
    head: list[Part] = [Paragraph("TaskText", label, keep_next=True)] if label else []
    return head + [Paragraph("WritingLine", keep_next=n < asked.lines - 1) for n in range(asked.lines)]


def _two(item: Item, title: str, *, key: bool) -> list[Part]:
    """Return two accounts side by side, who says each below it, and what would settle it."""
    one, other, by_one, by_other, settle = item.fields
    heads = tuple("".join(w.text for w in words if isinstance(w, Text)) for words in item.heads)
    columns = tuple(Column(head, 8.0) for head in heads)
    asked = tr("Who says so, and how do they know?")
    rows = (
        (_cell(one, key=key), _cell(other, key=key)),
        tuple((Paragraph("TableNote", (Text(asked),)), *_cell(by, key=key)) for by in (by_one, by_other)),
    )
    out: list[Part] = [Table(columns, rows, title, tr("Two claims, and who says each"))]
    if not isinstance(settle, Asked):
        return out
    below = _below(settle, key=key)
    if key:
        return [*out, Paragraph("Small"), *below]
    return [*out, Paragraph("Small", (Text(settle.label, ("Strong",)),), keep_next=True), *below[1:]]


# -- the whole paper


def report(parts: Iterable[Part], material: Material, options: ReportOptions, coder: str, today: date) -> Report:
    """Return a worksheet or key of these parts."""
    kind = KINDS[options.kind]
    title = wording.shortened(frame.title_of(material.articles), _LONGEST_FOOTER)
    footer = tr("{kind}: {title}", kind=kind, title=title)
    return frame.report(parts, material, kind=kind, coder=coder, today=today, footer=footer)
