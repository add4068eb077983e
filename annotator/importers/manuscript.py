"""The neutral form every reader fills: an article piece by piece in reading order, with what was found, changed and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import blocks as shapes
from annotator.importers import limits
from annotator.importers.encoding import Decoded
from annotator.importers.left_out import left_out_name, left_out_words
from annotator.importers.spoken import plain_tag
from annotator.language import tr
from annotator.model import Block, Chapter, Draft, ImportReport, ReadOptions
from annotator.vocabulary import listed

PASSAGES = 200
"""Most passages left out that are kept to be looked at."""

PASSAGE_CODE_POINTS = 600
"""How much of each of them."""


class NotePart(Protocol):
    """A paragraph of a note."""

    text: str
    kind: str
    level: int


class Manuscript:
    """An article as a reader takes it from an original; ``draft`` closes it.

    Text is cleaned as it is added; the first of several values for a fact stays. Raises ReadError, as the end of a
    sentence, as soon as there is more text than an article may have.
    """

    def __init__(self, options: ReadOptions | None = None) -> None:
        self.options = options or ReadOptions()
        self.can: set[str] = set()
        """Fields of ReadOptions that would make a difference to this original."""
        self.chapters: list[Chapter] = []
        self.facts: dict[str, str] = {}
        self.facts_from: dict[str, str] = {}
        self.changes: Counter[str] = Counter()
        self.notes: list[str] = []
        self._lines: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._left_out: Counter[str] = Counter()
        self._further: list[str] = []
        self._passages: list[tuple[str, str]] = []

    @property
    def is_empty(self) -> bool:
        """Whether no text was added yet."""
        return not self._lines

    @property
    def words(self) -> int:
        """How many words there are so far."""
        return sum(map(texts.count_words, self._lines))

    @property
    def first_heading(self) -> str:
        """Return the first heading so far; empty where there is none."""
        return next(
            (line for line, block in zip(self._lines, self._blocks, strict=True) if block.kind == "heading"), ""
        )

    @property
    def opening(self) -> tuple[str, ...]:
        """Return the first ten lines so far."""
        return tuple(self._lines[:10])

    def add(self, text: str, kind: str = "paragraph", level: int = 0, zone: str = "") -> None:
        """Add text; each of its lines with words in it becomes a block. Zone: body, or caption for a caption."""
        cleaned = texts.clean(text)
        self.changes.update(cleaned.counts)
        for line in cleaned.text.split("\n"):
            if line.strip():
                self._add_line(
                    line.rstrip(" " if kind == "table_row" else None),
                    kind,
                    level,
                    zone or ("caption" if kind == "caption" else "body"),
                )

    def _add_line(self, line: str, kind: str, level: int, zone: str) -> None:
        start = self._length + 1 if self._lines else 0
        self._lines.append(line)
        self._blocks.append(Block(start, start + len(line), kind, level, zone))
        self._length = start + len(line)
        self._check(len(self._lines), self._length)

    @staticmethod
    def _check(lines: int, length: int) -> None:
        if lines > limits.PARAGRAPHS:
            raise ReadError(
                tr("has more than {most:,} paragraphs; split it and read the parts.", most=limits.PARAGRAPHS)
            )
        if length > limits.TEXT_CODE_POINTS:
            raise ReadError(
                tr("has more than {most:,} characters; split it and read the parts.", most=limits.TEXT_CODE_POINTS)
            )

    def take(self, part: Manuscript) -> None:
        """Add all of another manuscript, made with the same options; its facts stay behind those known already.

        Raises ReadError, and takes nothing, where both together have more text than an article may have.
        """
        shift = self._length + 1 if self._lines else 0
        self._check(len(self._lines) + len(part._lines), shift + part._length)
        if part._lines:
            self._lines += part._lines
            self._blocks += [replace(b, start=b.start + shift, end=b.end + shift) for b in part._blocks]
            self._length = shift + part._length
        for name, value in part.facts.items():
            self.fact(name, value, part.facts_from[name])
        for sentence in part.notes:
            self.note(sentence)
        self.can |= part.can
        self.changes.update(part.changes)
        self._left_out.update(part._left_out)
        self._further += part._further
        self._passages += part._passages[: max(PASSAGES - len(self._passages), 0)]

    def add_note(self, mark: int | str | None, parts: Sequence[NotePart]) -> None:
        """Keep a footnote or an endnote behind the text, or leave it out, as the options say.

        ``mark``: what refers to it in the text; nothing does where None, and then it is left out.
        """
        if mark is not None:
            self.can.add("footnotes")
        if mark is not None and self.options.footnotes:
            for place, part in enumerate(parts):
                text = part.text.strip() if place else f"[{mark}] {part.text.lstrip()}"
                self.add(text, part.kind, part.level, "box")
        elif parts:
            self.leave_out("note", text=" ".join(" ".join(part.text.split()) for part in parts))

    def leave_out(self, what: str, n: int = 1, *, text: str = "") -> None:
        """Count what is no part of the text (a kind of ``left_out.KINDS``); its words are kept to be looked at."""
        self._left_out[what] += n
        words = " ".join(text[: 4 * PASSAGE_CODE_POINTS].split())
        if words and len(self._passages) < PASSAGES:
            cut = (
                words[: texts.snap(words, PASSAGE_CODE_POINTS, up=False)] if len(words) > PASSAGE_CODE_POINTS else words
            )
            shown = texts.clean(cut).text + ("…" if cut != words else "")
            self._passages.append((left_out_name(what), shown))

    def leave_out_named(self, words: str) -> None:
        """Say in words what else was left out."""
        self._further.append(words)

    def change(self, what: str, n: int = 1) -> None:
        """Count characters that are other in the text than in the original, by what was done to them."""
        if n:
            self.changes[what] += n

    def note(self, sentence: str) -> None:
        """Tell the reader of the report something, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def fact(self, name: str, value: str | None, where: str) -> None:
        """Keep a fact (a field of ARTICLE_FACTS) with where it was found, unless it is known already.

        A language is kept as BCP 47 writes it; what is none is no fact.
        """
        kept = " ".join(texts.clean(value or "").text.replace("\u00ad", "").split())  # no fact is set in lines
        kept = (plain_tag(kept) or "") if name == "language" else kept
        if kept and name not in self.facts:
            self.facts[name] = kept
            self.facts_from[name] = where

    def draft(
        self, original: bytes, file_name: str, media_type: str, *, decoded: Decoded | None = None, head: bool = True
    ) -> Draft:
        """Return the draft. ``head``: look for headline, byline and date among the first lines.

        ``decoded``: how the characters were found, where the original is text. Raises ReadError where there is no text.
        """
        if not self._lines:
            raise ReadError(self._why_empty())
        text = "\n".join(self._lines)
        blocks = self._blocks
        if head:
            blocks = self._described(text)
        self.fact("title", PurePath(file_name).stem or file_name, tr("the file’s name"))
        title = self.facts.pop("title")
        changes = Counter(decoded.changes if decoded else ())
        changes.update(self.changes)
        report = ImportReport(
            encoding=decoded.encoding if decoded else "",
            how=decoded.how if decoded else "utf-8",
            changes=dict(changes),
            left_out=(*(left_out_words(what, n) for what, n in self._left_out.items() if n), *self._further),
            notes=(*(decoded.notes if decoded else ()), *self.notes),
            facts_from=self.facts_from,
            options=self.options,
        )
        return Draft(
            title, text, tuple(blocks), self.facts, original, file_name, media_type, report,
            can=frozenset(self.can | ({"encoding"} if decoded else set())),
            chapters=tuple(self.chapters), passages=tuple(self._passages),
        )  # fmt: skip

    def _why_empty(self) -> str:
        things = [left_out_words(what, n) for what, n in self._left_out.items() if n]
        return tr("has no text: all it holds is {things}.", things=listed(things)) if things else tr("has no text.")

    def _described(self, text: str) -> list[Block]:
        found = shapes.describe(text, self._blocks, guess_subheads=False, title=self.facts.get("title", ""))
        for name, value in found.facts.items():
            self.fact(name, value, found.facts_from[name])
        if found.title:
            self.fact("title", found.title, found.facts_from.get("title", tr("the headline")))
        return list(found.blocks)
