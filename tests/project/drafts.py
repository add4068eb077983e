"""Articles as an importer would hand them over, and texts with everything that makes offsets hard."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.model import Block

PLAIN = "\n".join(
    [
        "The ferry that never sailed",
        "The harbour office said the ferry would sail in May. It did not sail. “We had no crew,” said Oda Lien, “and no fuel.”",
        "According to the ledger, forty tickets were sold. Nobody has asked for the money back.",
    ]
)
FAMILY = "👩‍👩‍👧‍👦"
HARD = "\n".join(
    [
        f"Émile’s e\u0301tude {FAMILY} 🇳🇴",
        f"“It\u00a0fell,” said Zoe\u0308 Å\u030angstrom {FAMILY} on Monday.\u00a0 The roof 🏠 held. \u202bقال عمر إن السقف ثابت\u202c.",
        "港口办公室说，渡轮五月开航。可是没有开。다리는 아직 안전하다.",
        "Oda Lien said so.   ",
        "e\u0301\u0301\u0301 \u00ad x\u200by\tz — “¿no?”",
    ]
)
TEXTS = (PLAIN, HARD)


@dataclass(frozen=True)
class Report:
    """An import report that says nothing."""

    def to_json(self) -> str:
        return "{}"


@dataclass(frozen=True)
class Draft:
    """What an importer hands over."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    facts: dict[str, str] = field(default_factory=dict)
    original: bytes = b""
    file_name: str = "article.txt"
    media_type: str = "text/plain"
    report: Report = field(default_factory=Report)


def draft(text: str = PLAIN, *, title: str | None = None, **facts: str) -> Draft:
    """Return an article whose first line is a headline and whose others are body."""
    blocks, at = [], 0
    for n, line in enumerate(text.split("\n")):
        kind, zone = ("heading", "headline") if n == 0 else ("paragraph", "body")
        blocks.append(Block(at, at + len(line), kind, 0, zone))
        at += len(line) + 1
    return Draft(title or text.partition("\n")[0], text, tuple(blocks), facts, text.encode())


def span(text: str, words: str) -> tuple[int, int]:
    """Return where these words stand in a text; they must stand once."""
    assert text.count(words) == 1, words
    at = text.index(words)
    return at, at + len(words)
