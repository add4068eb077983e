"""The worksheet: an article in numbered lines and six tasks, with room to write. It holds nothing that it hides."""

from __future__ import annotations

import datetime

from annotator.exporters import frame, handout
from annotator.exporters.document import Column, Paragraph, Part, Report, Table, Text
from annotator.exporters.lesson_tasks import lesson_of
from annotator.exporters.material import Material
from annotator.exporters.options import KINDS, ReportOptions
from annotator.exporters.rendering import Renderer
from annotator.language import tr

_HEAD = ((tr("Name"), 8.0), (tr("Class"), 3.2), (tr("Date"), 4.8))


def build(
    material: Material,
    options: ReportOptions,
    *,
    coder: str,
    today: datetime.date,
    renderer: Renderer | None = None,
) -> Report:
    """Return the worksheet on these articles: the lesson without its answers, and without the marks it hides."""
    language = frame.language(material.articles)
    lesson = lesson_of(material, options, language=language, renderer=renderer).without_answers(options.hide)
    row = tuple((Paragraph("TableNote", (Text(words),)),) for words, _ in _HEAD)
    head: list[Part] = [
        Paragraph("Overline", (Text(KINDS["worksheet"]),)),
        Paragraph("Title", (Text(handout.TITLE),)),
        Table(tuple(Column("", width) for _, width in _HEAD), (row,), tr("Name, class and date"), look="form"),
        Paragraph("Small"),
        Paragraph("Normal", (Text(_told(material)),)),
    ]
    return handout.report([*head, *handout.articles(lesson, key=False)], material, options, coder, today)


def _told(material: Material) -> str:
    if len(material.articles) == 1:
        return tr("Find out what the article claims, who stands behind each claim, and how they could know.")
    return tr("For each article find out what it claims, who stands behind each claim, and how they could know.")
