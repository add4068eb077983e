"""What the styles of a report mean to whoever sets them, whatever they look like: one table for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Manner(NamedTuple):
    """How paragraphs of a style are set.

    ``level``: their place in the outline, from 0, where they do not say their own. ``hung``: a number hangs in the margin
    before them. ``columns``: a tab begins a new column. ``to_write_on``: they stand though they hold no words. ``leads``:
    they are never the last on a page.
    """

    level: int | None = None
    hung: bool = False
    columns: bool = False
    to_write_on: bool = False
    leads: bool = False


_PLAIN = (
    "Answer", "ArticleByline", "ArticleMasthead", "ArticleStandfirst", "BarText", "Caption", "Coded", "CodedQuote",
    "Contents1", "Contents2", "Facts", "Figure", "FigureLabel", "Lead", "Normal", "Note", "NoteAnswer", "NoteAsked",
    "NumberedLine", "NumberedMargin", "NumberedSmall", "Overline", "Picture", "Prose", "Quote", "SectionNote", "Small",
    "TableHead", "TableNote", "TableQuote", "TableText", "TaskText", "Title",
)  # fmt: skip

_ANY = Manner()
MANNERS: Mapping[str, Manner] = {
    **dict.fromkeys(_PLAIN, _ANY),
    "Heading1": Manner(level=0),
    "Heading2": Manner(level=1),
    "ArticleHeadline": Manner(level=0),
    "ArticleHeading1": Manner(level=1),
    "ArticleHeading2": Manner(level=2),
    "ArticleHeading3": Manner(level=3),
    "ArticleBody": Manner(hung=True),
    "ArticleQuote": Manner(hung=True),
    "ArticleList": Manner(hung=True),
    "ArticleBox": Manner(hung=True),
    "ArticleCorrection": Manner(hung=True),
    "ArticleCaption": Manner(hung=True),
    "NoteHead": Manner(columns=True),
    "CodedHead": Manner(columns=True),
    "Task": Manner(level=1, columns=True),
    "TaskQuote": Manner(columns=True),
    "NumberedHeadline": Manner(leads=True),
    "NumberedHeading": Manner(leads=True),
    "WritingLine": Manner(to_write_on=True),
    "WritingSpace": Manner(to_write_on=True),
}
"""Every style that a report's paragraphs may have."""


def manner(style: str) -> Manner:
    """Return how paragraphs of a style are set; of one that is not known, like any words."""
    return MANNERS.get(style, _ANY)
