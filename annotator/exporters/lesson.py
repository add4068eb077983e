"""A lesson made from articles: what pupils are asked, with the answers, chosen once for the worksheet and its key.

The worksheet is the same lesson without its answers: ``without_answers`` takes them out before anything is written, so
that nothing hidden can stand in a file. The questions ask, they never judge (docs/CONTEXT.md, *lesson*).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from annotator.exporters.chapter import Chapter
from annotator.exporters.document import Inline
from annotator.exporters.numbered import Lines
from annotator.model import AnnotatedArticle, Claim, Id, Mention

Words = tuple[Inline, ...]
Hidden = Literal["answer", "sources", "verdicts"]
Layout = Literal["words", "rows", "list", "beside"]


@dataclass(frozen=True, slots=True)
class Given:
    """Words that stand on worksheet and key alike; ``quote``: words of the article."""

    words: tuple[Words, ...]
    quote: bool = False
    rtl: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What pupils find out: ``lines`` to write on, and on the key the ``answer``.

    ``kind`` says which option hides it: an "answer" always is, a source or a verdict may be told. With 0 lines there is
    no room left for it: it is told or not there. ``choices`` are words to circle.
    """

    lines: int
    answer: tuple[Words, ...] = ()
    label: str = ""
    kind: Hidden = "answer"
    choices: tuple[str, ...] = ()


Field = Given | Asked


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a task: its id, which worksheet and key share and neither prints, and what it holds, in order.

    ``heads`` stand above the columns of two accounts.
    """

    id: str
    fields: tuple[Field, ...]
    heads: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task: what is to be done, with its items; ``rule`` tells on the key how these were picked.

    ``columns`` are heads and widths (cm) of a task laid out in rows.
    """

    key: str
    title: str
    told: str
    layout: Layout
    items: tuple[Item, ...] = ()
    columns: tuple[tuple[str, float], ...] = ()
    after: tuple[Asked, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class ArticleLesson:
    """The lesson of one article: its lines, its tasks, and the marks that may be shown in the lines.

    ``language`` is that of the report's own words; ``labels``: claims and sources carry their numbers; ``answers``: the margin says who speaks.
    """

    annotated: AnnotatedArticle
    chapter: Chapter
    language: str
    lines: Lines
    tasks: tuple[Task, ...]
    source_numbers: Mapping[Id, int] = field(default_factory=dict[Id, int])
    labels: bool = True
    answers: bool = True


@dataclass(frozen=True)
class Lesson:
    """The lesson of all articles."""

    articles: tuple[ArticleLesson, ...]

    def without_answers(self, hide: frozenset[str]) -> Lesson:
        """Return the lesson as pupils get it: every answer out, and of the marks what ``hide`` names."""
        return Lesson(tuple(_bare(article, hide) for article in self.articles))


def _bare(lesson: ArticleLesson, hide: frozenset[str]) -> ArticleLesson:
    hidden = frozenset({"answer"} | (hide & {"sources", "verdicts"}))
    labelled = not hide & {"marks", "labels"}
    sourced = not hide & {"marks", "sources"}
    annotated = _stripped(lesson.annotated, claims="marks" not in hide, sources=sourced)
    chapter = Chapter(annotated, lesson.chapter.options, coder="", language=lesson.language)
    return ArticleLesson(
        annotated=annotated,
        chapter=chapter,
        language=lesson.language,
        lines=lesson.lines,
        tasks=tuple(_open(task, hidden) for task in lesson.tasks),
        source_numbers=lesson.source_numbers if sourced and labelled else {},
        labels=labelled,
        answers=sourced and labelled,
    )


def _stripped(annotated: AnnotatedArticle, *, claims: bool, sources: bool) -> AnnotatedArticle:
    """Return the article with only what may be seen of it: not even where a run of words ends may tell the rest."""
    nothing = {"verifications": {}, "evidence": {}, "claim_evidence": (), "relations": (), "sentence_marks": (),
               "entities": {}}  # fmt: skip
    if not claims:
        return annotated.changed(annotations=(), attributions=(), sources={}, **nothing)
    kept = [mark for mark in annotated.annotations if isinstance(mark, Claim) or (sources and not _is_entity(mark))]
    if sources:
        return annotated.changed(annotations=kept, **nothing)
    return annotated.changed(annotations=kept, attributions=(), sources={}, **nothing)


def _is_entity(mark: object) -> bool:
    return isinstance(mark, Mention)


def _open(task: Task, hidden: frozenset[str]) -> Task:
    items = tuple(replace(i, fields=tuple(_without(f, hidden) for f in i.fields)) for i in task.items)
    after = tuple(f for a in task.after if isinstance(f := _without(a, hidden), Asked))
    return replace(task, items=items, after=after, rule="")


def _without(field_: Field, hidden: frozenset[str]) -> Field:
    return replace(field_, answer=()) if isinstance(field_, Asked) and field_.kind in hidden else field_
