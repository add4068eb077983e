"""Made-up articles of a given size with marks of every kind, the same each time."""

from __future__ import annotations

import random
from pathlib import Path

from annotator import importers
from annotator.project import Project

_WORDS = [
    "the",
    "harbour",
    "office",
    "said",
    "that",
    "nine",
    "of",
    "ten",
    "boats",
    "leave",
    "within",
    "ten",
    "minutes",
    "of",
    "their",
    "time",
    "while",
    "on",
    "the",
    "quay",
    "people",
    "count",
    "otherwise",
    "and",
    "nobody",
    "keeps",
    "a",
    "list",
    "of",
    "arrivals",
    "since",
    "the",
    "new",
    "timetable",
    "came",
    "into",
    "force",
    "last",
    "spring",
    "when",
    "a",
    "second",
    "crew",
    "was",
    "hired",
    "for",
    "one",
    "week",
]


def text(length: int, seed: int = 1) -> str:
    """Return about ``length`` code points of prose in paragraphs of some 600."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    size = 0
    while size < length:
        sentences: list[str] = []
        while sum(map(len, sentences)) < 600:
            words = [chance.choice(_WORDS) for _ in range(chance.randint(8, 24))]
            sentences.append(" ".join(words).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:length]


def project(path: Path, length: int, marks: int) -> str:
    """Make a project with one article and that many marks; every fifth claim is linked. Returns the article's id."""
    chance = random.Random(2)
    made = Project.create(path)
    article = made.add_article(importers.draft_from_text(text(length), title="Bench"))
    body = made.version(article).text
    with made.one_step("mark"):
        mention = made.mark(article, "source_mention", [(4, 18)])
        for n in range(marks - 1):
            start = chance.randrange(0, len(body) - 220)
            kind = ("claim", "claim", "claim", "source_mention", "mention")[n % 5]
            span = (start, start + chance.randint(20, 200 if kind == "claim" else 40))
            id_ = made.mark(article, kind, [span])
            if n % 5 == 0:
                made.link_mention(id_, mention)
                made.set_note(id_, "Ask who counted, and when.")
    made.coverage(article)
    made.close()
    return article
