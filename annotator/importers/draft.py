"""What every reader ends in: a clean text in blocks, the facts found, and a report of what was done on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self, cast, get_args

from annotator.errors import ReadError
from annotator.model import Block

TEXT_LIMIT = 5_000_000
"""Longest text of an article, in code points."""

PARAGRAPH_LIMIT = 50_000
"""Most paragraphs (lines with something on them) an article may have."""

How = Literal["bom", "utf-8", "declared", "guess", "given"]
"""How the encoding is known: a byte order mark, strict UTF-8, the document says so, a guess, or the user said so."""


@dataclass(frozen=True)
class ImportReport:
    """How a document became a text: what was decoded, changed and left out, and where each fact was found."""

    encoding: str = "utf-8"
    how: How = "utf-8"
    changes: dict[str, int] = field(default_factory=dict[str, int])
    """What was changed in the text, and how often."""
    left_out: tuple[str, ...] = ()
    """What the document held that the text does not."""
    notes: tuple[str, ...] = ()
    """What the user should look at; whole sentences."""
    facts_from: dict[str, str] = field(default_factory=dict[str, str])
    """Where a fact was found ("front matter", "byline line, paragraph 3"), by the fact's name."""

    def to_json(self) -> str:
        """Return the report as JSON, for keeping in a project."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, source: str) -> Self:
        """Make a report from its JSON; unknown or missing parts are passed over."""
        found: object = json.loads(source)
        return cls.from_dict(cast("Mapping[str, Any]", found) if isinstance(found, dict) else {})

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Self:
        """Make a report from the mapping its JSON holds."""
        how = found.get("how")
        return cls(
            encoding=str(found.get("encoding", "utf-8")),
            how=how if how in get_args(How) else "utf-8",
            changes={str(k): int(v) for k, v in found.get("changes", {}).items()},
            left_out=tuple(map(str, found.get("left_out", ()))),
            notes=tuple(map(str, found.get("notes", ()))),
            facts_from={str(k): str(v) for k, v in found.get("facts_from", {}).items()},
        )


@dataclass(frozen=True)
class Draft:
    """An article as it was read, not yet in a project. ``blocks`` has one block for every line of ``text``."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    facts: dict[str, str]
    original: bytes
    file_name: str
    media_type: str
    report: ImportReport

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the original bytes as JSON values."""
        return {
            "title": self.title,
            "text": self.text,
            "blocks": [[b.start, b.end, b.kind, b.level, b.zone] for b in self.blocks],
            "facts": self.facts,
            "file_name": self.file_name,
            "media_type": self.media_type,
            "report": asdict(self.report),
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any], original: bytes) -> Self:
        """Make a draft from ``to_dict`` and the original bytes. Raises KeyError, TypeError or ValueError."""
        return cls(
            title=str(found["title"]),
            text=str(found["text"]),
            blocks=tuple(Block(int(s), int(e), str(k), int(n), str(z)) for s, e, k, n, z in found["blocks"]),
            facts={str(k): str(v) for k, v in found["facts"].items()},
            original=original,
            file_name=str(found["file_name"]),
            media_type=str(found["media_type"]),
            report=ImportReport.from_dict(found["report"]),
        )


def check_text(text: str, name: str) -> None:
    """Refuse a text that is empty or too long. Raises ReadError."""
    if not text.strip("\ufffd\u200b\u2060\u00ad \t\n\r\xa0") or text.isspace():
        raise ReadError(f"“{name}” has no text.")
    if len(text) > TEXT_LIMIT:
        raise ReadError(f"“{name}” is too long: {len(text):,} characters, the limit is {TEXT_LIMIT:,}. Split it first.")


def check_paragraphs(blocks: Sequence[Block], name: str) -> None:
    """Refuse a text of too many paragraphs. Raises ReadError."""
    found = sum(1 for b in blocks if b.end > b.start)
    if found > PARAGRAPH_LIMIT:
        raise ReadError(
            f"“{name}” is too long: {found:,} paragraphs, the limit is {PARAGRAPH_LIMIT:,}. Split it first."
        )
