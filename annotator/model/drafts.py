"""What an importer hands over: an article's clean text in blocks, the facts that were found, and what was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from annotator.model.records import Block

ENCODINGS = (
    "utf-8", "windows-1252", "iso-8859-15", "windows-1250", "windows-1251", "koi8-r", "windows-1253", "windows-1254",
    "windows-1255", "windows-1256", "cp874", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "utf-16", "mac-roman",
)  # fmt: skip
"""The encodings of a text a person is offered."""
DECODED_HOW = ("bom", "utf-8", "declared", "guess", "given")
"""How an encoding became known: byte order mark, strict UTF-8, said by the document, guessed, said by the user."""


@dataclass(frozen=True)
class ReadOptions:
    """What a person decides about reading an original; the rest is found out.

    ``encoding``: the name of a text's encoding. ``whole_page``: all of a page's text, not the article found in it.
    ``columns``: how many columns a printed page has; None as found. ``page_furniture``: keep running heads, feet and
    page numbers. ``footnotes``: keep foot- and endnotes, at the end. ``chapters``: keys of the parts of a book to
    read; none means all of them. ``join_lines``: make paragraphs of a plain text's lines broken at one width.
    """

    encoding: str | None = None
    whole_page: bool = False
    columns: int | None = None
    page_furniture: bool = False
    footnotes: bool = False
    chapters: tuple[str, ...] = ()
    join_lines: bool = False

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> Self:
        """Return what was decided from values JSON knows; unknown keys are passed over."""
        encoding, columns = values.get("encoding"), values.get("columns")
        return cls(
            encoding=None if encoding is None else str(encoding),
            whole_page=bool(values.get("whole_page")),
            columns=None if columns is None else int(columns),
            page_furniture=bool(values.get("page_furniture")),
            footnotes=bool(values.get("footnotes")),
            chapters=tuple(map(str, values.get("chapters", ()))),
            join_lines=bool(values.get("join_lines")),
        )


@dataclass(frozen=True)
class Chapter:
    """A part of a book that can be chosen: its key in ReadOptions, its title, and how many words it has."""

    key: str
    title: str
    words: int


@dataclass(frozen=True)
class ImportReport:
    """What happened between the original's bytes and the article's text; every line of it is for the user to read.

    ``changes`` counts characters that were replaced or removed, by what was done to them; ``left_out`` lists what the
    original holds and the text does not; ``facts_from`` says for each fact, by field, where it was found. ``options``:
    what a person decided about the reading.
    """

    encoding: str
    how: str
    changes: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    facts_from: dict[str, str] = field(default_factory=dict)
    options: ReadOptions = field(default_factory=ReadOptions)

    def to_json(self) -> str:
        """Return the report as JSON, as it is kept with the article's text."""
        values = {**vars(self), "options": vars(self.options)}  # not asdict: it copies what is only written out
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the report kept in ``text``; unknown keys are passed over. Raises ValueError or TypeError for others."""
        table: dict[str, Any] = dict(json.loads(text))
        how = str(table.get("how", "utf-8"))
        if how not in DECODED_HOW:
            raise ValueError(f"not a way to know an encoding: {how}")
        return cls(
            encoding=str(table.get("encoding", "utf-8")),
            how=how,
            changes={str(k): int(v) for k, v in dict(table.get("changes", {})).items()},
            left_out=tuple(map(str, table.get("left_out", ()))),
            notes=tuple(map(str, table.get("notes", ()))),
            facts_from={str(k): str(v) for k, v in dict(table.get("facts_from", {})).items()},
            options=ReadOptions.from_plain(dict(table.get("options", {}))),
        )


@dataclass(frozen=True)
class Draft:
    """An article that was read and is not yet in a project.

    ``text`` is clean, in code points; ``blocks`` covers its lines, one each; ``facts`` holds what the original says of
    publication, byline, date, url and language, by field ("not_stated" where a person said that the text does not
    tell); ``original`` is the bytes that were read.

    The rest is for the look before it is kept: which fields of ReadOptions would make a difference to this original
    (``can``), the parts of a book, and passages that were left out, each with what it is and its words (a first part
    of them: enough to see whether it was right).
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]
    original: bytes
    file_name: str
    media_type: str
    report: ImportReport
    can: frozenset[str] = frozenset()
    chapters: tuple[Chapter, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> ReadOptions:
        """What a person decided about how it was read."""
        return self.report.options
