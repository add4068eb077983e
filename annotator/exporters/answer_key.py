"""The answer key: the worksheet's lesson with its answers where pupils write, our marks in the text, and a rubric."""

from __future__ import annotations

import datetime

from annotator.exporters import charts, frame, handout
from annotator.exporters.document import Column, Paragraph, Part, Report, Table, Text
from annotator.exporters.lesson import Lesson
from annotator.exporters.lesson_tasks import lesson_of
from annotator.exporters.material import Material
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr, trn

_WIDTH = 160.0
"""Width of a picture, mm."""


def build(
    material: Material,
    options: ReportOptions,
    *,
    coder: str,
    today: datetime.date,
    renderer: Renderer | None = None,
) -> Report:
    """Return the key to the worksheet that the same material and options make."""
    language = frame.language(material.articles)
    lesson = lesson_of(material, options, language=language, renderer=renderer)
    head: list[Part] = [
        Paragraph("Overline", (Text(KINDS["answer-key"]),)),
        Paragraph("Title", (Text(handout.TITLE),)),
        Paragraph(
            "Lead",
            (
                Text(
                    tr(
                        "The same items as the worksheet, with one careful reader’s answers. Readings may differ: an "
                        "answer is good when the words of the text carry it."
                    )
                ),
            ),
        ),
        *_open(material),
    ]
    parts = [*head, *handout.articles(lesson, key=True), *_rubric(lesson), *_who_speaks(material)]
    return handout.report(parts, material, options, coder, today)


def _open(material: Material) -> list[Part]:
    """Return a line on claims nobody has linked yet: the key would call them nobody's."""
    n = sum(c.id not in a.attributions_of for a in material.articles for c in a.claims)
    if not n:
        return []
    told = trn(
        "{n} claim has not been linked to anybody yet and stands here as nobody’s.",
        "{n} claims have not been linked to anybody yet and stand here as nobody’s.",
        n,
    )
    return [Paragraph("Small", (Text(told),))]


def _who_speaks(material: Material) -> list[Part]:
    """Return the picture of who speaks, one for each article, to be shown once the class is done."""
    out: list[Part] = []
    for annotated in material.articles:
        chart = charts.who_speaks(material.audit_of(annotated.article.id), _WIDTH)
        if chart is not None:
            title = "" if len(material.articles) == 1 else " ".join(annotated.article.title.split())
            out += [*([Paragraph("Heading2", (Text(title),))] if title else []), chart]
    if not out:
        return []
    told = tr("To show when the class is done: who is given how many words, in their own words or reported.")
    return [
        Paragraph("Heading1", (Text(tr("Who speaks")),)),
        Paragraph("SectionNote", (Text(told),)),
        *out,
    ]


# -- rubric

_RUBRIC = {
    "mark": (
        tr("Finds claims"),
        tr("Marks what can be so or not so; leaves out what only describes or moves the text along"),
        tr("Marks most of them; some are descriptions"),
        tr("Marks whole paragraphs, or nothing"),
    ),
    "who": (
        tr("Names who speaks, and how they know"),
        tr("Names speakers, sees where nobody speaks, tells near from far by words of the text"),
        tr("Names most speakers; gives no words that show how they know"),
        tr("Takes the author for the speaker, or guesses"),
    ),
    "trace": (
        tr("Plans a check"),
        tr("Names a document or person, and what would have to be found there"),
        tr("Names a place to look"),
        tr("“Look it up”"),
    ),
    "verbs": (
        tr("Hears what a verb does"),
        tr("Says what readers will think because of the verb"),
        tr("Sees that the verbs differ"),
        tr("Takes them for the same"),
    ),
    "accounts": (
        tr("Holds two accounts apart"),
        tr("Says who tells which, and what would settle it"),
        tr("Says that they differ"),
        tr("Decides by feeling who is right"),
    ),
    "lateral": (
        tr("Leaves the page"),
        tr("Uses two pages that do not depend on each other, with addresses"),
        tr("Uses one other page"),
        tr("Stays on the page"),
    ),
}


def _rubric(lesson: Lesson) -> list[Part]:
    """Return the rubric of the tasks that are there."""
    asked = {task.key for article in lesson.articles for task in article.tasks}
    rows = tuple(
        (
            (Paragraph("TableText", (Text(name, ("Strong",)),)),),
            *((Paragraph("TableText", (Text(words),)),) for words in shown),
        )
        for key, (name, *shown) in _RUBRIC.items()
        if key in asked
    )
    if not rows:
        return []
    columns = (Column("", 3.1), Column(tr("2 points"), 4.9), Column(tr("1 point"), 4.2), Column(tr("0 points"), 3.8))
    told = trn("{n} point in all.", "{n} points in all.", 2 * len(rows))
    argued = tr("A pupil who argues for another reading from the words of the text gets the points.")
    table = Table(columns, rows, tr("Rubric"), tr("For each skill, what an answer of 2, 1 and 0 points shows"))
    return [Paragraph("Heading1", (Text(tr("Rubric")),)), table, Paragraph("Small", (Text(f"{told} {argued}"),))]
