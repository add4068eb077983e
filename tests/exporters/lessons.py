"""What the tests of worksheet and key share: both made of one article, secrets put wherever a person may write."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.exporters import ReportOptions, build
from annotator.exporters.document import Link, NumberedLines, Paragraph, Part, Report, Table, Text
from annotator.exporters.material import Material
from annotator.model import AnnotatedArticle, Coder, Record

TODAY = datetime.date(2026, 3, 1)
LABELS = {("Claim Mark",), ("Source Mark",)}


def made(kind: str, *articles: AnnotatedArticle, **options: Any) -> Report:
    chosen = replace(ReportOptions(kind=kind), **options)
    return build(Material(articles), chosen, coder="Ada Reader", today=TODAY)


def bare(annotated: AnnotatedArticle) -> AnnotatedArticle:
    """Return the same text with no mark in it."""
    return annotated.changed(
        annotations=(), attributions=(), sources={}, entities={}, verifications={}, evidence={}, claim_evidence=(),
        relations=(), sentence_marks=(),
    )  # fmt: skip


class Secrets:
    """Words that stand nowhere else, put into every field a person writes in."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def word(self) -> str:
        self.words.append(f"Zqx{len(self.words)}k")
        return self.words[-1]

    def told(self, record: Any) -> Any:
        """Return a record with a secret in each of its fields of free text."""
        free = {"note", "short_text", "label", "role", "affiliation", "side", "independence_group", "name", "external",
                "title", "citation", "publisher", "quoted", "person", "why", "whose_word"}  # fmt: skip
        found: dict[str, Any] = {name: self.word() for name in free if name in record.__dict__}
        if "tags" in record.__dict__:
            found["tags"] = (self.word(),)
        if "aliases" in record.__dict__:
            found["aliases"] = (self.word(),)
        return record.changed(**found)

    def in_all_of(self, annotated: AnnotatedArticle) -> AnnotatedArticle:
        def each(records: dict[str, Any]) -> dict[str, Any]:
            return {id_: self.told(r) for id_, r in records.items()}

        coder = Coder(id="coder", name=self.word())
        return annotated.changed(
            annotations=[self.told(a) for a in annotated.annotations],
            sources=each(annotated.sources),
            entities=each(annotated.entities),
            evidence=each(annotated.evidence),
            claim_evidence=[self.told(link) for link in annotated.claim_evidence],
            relations=[self.told(r) for r in annotated.relations],
            verifications={c: [self.told(v) for v in events] for c, events in annotated.verifications.items()},
            coders={"coder": coder},
            layer=annotated.layer.changed(coder="coder", name=self.word()),
        )


def ids(annotated: AnnotatedArticle) -> set[str]:
    records: list[Record] = [
        *annotated.annotations, *annotated.sources.values(), *annotated.entities.values(), *annotated.attributions,
        *annotated.relations, *annotated.evidence.values(), *annotated.claim_evidence,
    ]  # fmt: skip
    return {r.id for r in records}


def unzipped(data: bytes) -> str:
    """Return the bytes of every part of a .docx, and their names, as one text."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "\n".join(f"{name}\n{file.read(name).decode('utf-8', 'replace')}" for name in file.namelist())


def numbered(report: Report) -> list[NumberedLines]:
    return [p for p in report.parts if isinstance(p, NumberedLines)]


def article_words(lines: NumberedLines) -> list[str]:
    """Return the words of each line, without the numbers of claims and sources in it."""
    return [
        "".join(i.text for i in line.inlines if isinstance(i, Text) and i.looks not in LABELS) for line in lines.lines
    ]


def words(part: Part) -> Iterator[str]:
    """Yield the words of a paragraph, table or lines."""
    match part:
        case Paragraph():
            yield "".join(
                i.text if isinstance(i, Text) else i.words.text for i in part.inlines if isinstance(i, Text | Link)
            )
        case Table():
            yield from (c.head for c in part.columns)
            for row in part.rows:
                for cell in row:
                    for p in cell:
                        yield from words(p)
        case NumberedLines():
            yield from article_words(part)
            yield from ("".join(i.text for i in line.margin if isinstance(i, Text)) for line in part.lines)
        case _:
            yield ""


def all_words(report: Report) -> str:
    return "\n".join(w for part in report.parts for w in words(part))


NUMBERS = re.compile(r"\b[CS]\d+\b")
"""What a claim's or a source's number looks like."""
