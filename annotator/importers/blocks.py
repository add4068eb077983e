"""A clean text's lines as blocks: what each is, where in the article it stands, and the facts its head gives away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from annotator import text as texts
from annotator.importers.dates import iso_date
from annotator.language import tr
from annotator.model import Block

HEAD_LINES = 10
"""How many lines with words in them may belong to the head of an article."""

_HEADLINE_WORDS = 25
_HEADLINE_LENGTH = 160
_STANDFIRST_LENGTH = 400
_LONG_WORDS = 40
_SUBHEAD_WORDS = 9
_TITLE_LENGTH = 90
_BYLINE = regex.compile(r"\s*by\s+(?P<who>\S.*?)\s*", flags=regex.IGNORECASE)
_NAME = regex.compile(r"[\p{Lu}\p{Lo}][^\s]*")
_JOINS = {
    "and", "for", "in", "of", "the", "our", "with", "from", "at", "de", "da", "di", "del", "della", "van", "von", "der",
    "den", "la", "le", "al", "el", "bin", "ibn", "y", "e", "und", "et", "&", "|", "–",
}  # fmt: skip
_NO_NAMES = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas", "Easter", "January",
    "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
}  # fmt: skip
_NEWSPAPER = regex.compile(
    r"\b(?:argus|banner|bulletin|chronicle|courier|daily|dispatch|echo|examiner|gazette|guardian|herald|journal|"
    r"lantern|leader|mail|mercury|messenger|mirror|news|observer|post|press|record|register|review|sentinel|standard|"
    r"star|sun|telegraph|times|tribune|voice|weekly|wire|worker)s?$",
    flags=regex.IGNORECASE,
)
_OF_A_NEWSPAPER = regex.compile(
    r"\b(?:newspaper|weekly|daily|monthly|magazine|journal|paper|news agency|news site|news service)\b",
    flags=regex.IGNORECASE,
)
_URL = regex.compile(r"https?://[^\s<>\"]+", flags=regex.IGNORECASE)
_LIST_ITEM = regex.compile(r"\s*(?:[-*•‣–]\s+|\d{1,3}[.)]\s+)\S")
_QUOTE_LINE = regex.compile(r"\s*>\s?\S")
_NO_HEADLINE_END = frozenset(".,;:。、，；：،؛۔।")
_SENTENCE_END = regex.compile(r"[.!?…:;,。！？][\"'’”»)\]]*$")


@dataclass
class Found:
    """Blocks with zones, the title, and the facts that stand in the article's head, with where they were found."""

    blocks: list[Block]
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    facts_from: dict[str, str] = field(default_factory=dict)

    def fact(self, name: str, value: str, where: str) -> None:
        """Keep a fact unless it is known already."""
        if value and name not in self.facts:
            self.facts[name] = value
            self.facts_from[name] = where


def line_blocks(text: str) -> list[Block]:
    """Return one block per line of a clean text, kinds by the shape of each line, all in zone body."""
    return [Block(start, end, _kind(text, start, end)) for start, end in texts.lines(text)]


def describe(text: str, blocks: Sequence[Block], *, guess_subheads: bool = True, title: str = "") -> Found:
    """Find the head of an article: masthead, headline, standfirst, byline, date; everything else stays body.

    Careful rather than clever: a line is only taken out of the body where its shape and its place both say so.
    Where the ``title`` is known already, only a heading or the title itself is made the headline.
    """
    found = Found(list(blocks), " ".join(title.split()))
    filled = [n for n, b in enumerate(found.blocks) if text[b.start : b.end].strip()]
    if guess_subheads:
        _subheads(text, found.blocks, filled)
    head = _head(text, found.blocks, filled)
    used = _facts_of_lines(text, found, head)
    rest = [n for n in head if n not in used]
    rest = _masthead(text, found, rest, before=_first_byline(found, head))
    _headline(text, found, rest, filled)
    if not found.title:
        first = found.blocks[filled[0]]
        found.title = first_words(text[first.start : first.end])
        found.facts_from["title"] = tr("the first words")
    return found


def _kind(text: str, start: int, end: int) -> str:
    if _LIST_ITEM.match(text, start, end):
        return "list"
    if _QUOTE_LINE.match(text, start, end):
        return "quote"
    return "paragraph"


def _words(text: str, block: Block) -> int:
    return sum(1 for _ in texts.words(text, block.start, block.end))


def _is_short(text: str, block: Block) -> bool:
    return block.end - block.start <= _HEADLINE_LENGTH and _words(text, block) <= _HEADLINE_WORDS


def _head(text: str, blocks: Sequence[Block], filled: Sequence[int]) -> list[int]:
    """Return the lines before the first long paragraph, as far as a head may reach."""
    head: list[int] = []
    for n in filled[:HEAD_LINES]:
        block = blocks[n]
        if _words(text, block) > _LONG_WORDS or block.end - block.start > _STANDFIRST_LENGTH:
            break
        head.append(n)
    return head


def _facts_of_lines(text: str, found: Found, head: Sequence[int]) -> set[int]:
    """Take byline, date and address lines out of the head; return which lines they are."""
    used: set[int] = set()
    for place, n in enumerate(head):
        block = found.blocks[n]
        line = text[block.start : block.end].strip()
        who = byline(line) if place > 0 or len(head) > 1 else None
        date = iso_date(line)
        if who is not None and "byline" not in found.facts:
            found.fact("byline", who, tr("the line “by …”"))
            zone = "byline"
        elif date is not None and "date" not in found.facts:
            found.fact("date", date, tr("a line with a date"))
            zone = "byline"
        elif _URL.fullmatch(line):
            found.fact("url", line, tr("a line with an address"))
            zone = "masthead"
        else:
            continue
        kind = "table_row" if block.kind == "table_row" else "paragraph"
        found.blocks[n] = replace(block, zone=zone, kind=kind, level=0)
        used.add(n)
    return used


def byline(line: str) -> str | None:
    """Return who wrote it where a line is a byline ("By Ana Reed and Tom Hill"), else None."""
    match = _BYLINE.fullmatch(line)
    if match is None or len(line) > 120 or line.rstrip()[-1] in "!?…:;":
        return None
    who = match["who"].rstrip(".,")
    parts = who.replace(",", " ").split()
    if not parts or parts[0] in _NO_NAMES or len(parts) > 12:
        return None
    if parts[0] in ("our", "a", "the"):  # "by our Arab affairs correspondent": a byline without a name
        last = parts[-1].casefold()
        return who if last in ("correspondent", "correspondents", "reporter", "reporters", "staff", "writer") else None
    named = all(_NAME.match(p) or p.casefold() in _JOINS for p in parts)
    return who if named and _NAME.match(parts[0]) else None


def _first_byline(found: Found, head: Sequence[int]) -> int | None:
    return next((n for n in head if found.blocks[n].zone == "byline"), None)


def _masthead(text: str, found: Found, rest: list[int], *, before: int | None) -> list[int]:
    """Take a newspaper's name, with its motto, from the top; return what is left of the head."""
    if len(rest) < 2 or found.blocks[rest[0]].kind == "heading":
        return rest
    name, second = (text[found.blocks[n].start : found.blocks[n].end].strip() for n in rest[:2])
    parts = name.split()
    if len(parts) > 6 or not all(p[:1].isupper() or p.casefold() in _JOINS for p in parts):
        return rest
    named = _NEWSPAPER.search(name) is not None
    motto = len(rest) > 2 and _OF_A_NEWSPAPER.search(second) is not None
    if not (named and (motto or name.isupper() or parts[0] == "The")) or (before is not None and before < rest[1]):
        return rest
    taken = 2 if motto else 1
    for n in rest[:taken]:
        found.blocks[n] = replace(found.blocks[n], zone="masthead", kind="paragraph")
    found.fact("publication", name, tr("the masthead"))
    return rest[taken:]


def _headline(text: str, found: Found, rest: Sequence[int], filled: Sequence[int]) -> None:
    """Make the first short line the headline, and what stands alone between it and the byline the standfirst."""
    if not rest or not _is_short(text, found.blocks[rest[0]]):
        return
    n = rest[0]
    block = found.blocks[n]
    if block.kind not in ("paragraph", "heading") or (block.kind == "paragraph" and n == filled[-1]):
        return
    line = text[block.start : block.end].strip()
    if found.title and block.kind != "heading" and line.casefold() != found.title.casefold():
        return
    if block.kind == "paragraph" and (line[-1] in _NO_HEADLINE_END or _goes_on(text, found.blocks, n)):
        return
    found.blocks[n] = replace(block, kind="heading", level=1, zone="headline")
    found.title = " ".join(line.split())
    found.facts_from["title"] = tr("the headline")
    after = [m for m in filled if m > n]
    by = next((m for m in after if found.blocks[m].zone == "byline"), None)
    if by is not None and len(after) > 1 and after[0] in rest and after[1] == by:
        block = found.blocks[after[0]]
        if block.kind in ("paragraph", "heading"):
            found.blocks[after[0]] = replace(block, zone="standfirst", kind="paragraph", level=0)


def _goes_on(text: str, blocks: Sequence[Block], n: int) -> bool:
    """Say whether a line is the first of a paragraph in short lines: the next one begins in lower case."""
    following = text[blocks[n + 1].start : blocks[n + 1].end].lstrip() if n + 1 < len(blocks) else ""
    return following[:1].islower() and byline(following) is None


def _subheads(text: str, blocks: list[Block], filled: Sequence[int]) -> None:
    """Make a short line without a full stop, alone between two real paragraphs, a subhead."""
    for place in range(1, len(filled) - 1):
        n = filled[place]
        block = blocks[n]
        alone = n - 1 != filled[place - 1] and n + 1 != filled[place + 1]
        line = text[block.start : block.end].strip()
        if not alone or block.kind != "paragraph" or len(line) > 80 or not line[0].isalnum() or line[0].islower():
            continue
        if _words(text, block) > _SUBHEAD_WORDS or _SENTENCE_END.search(line):
            continue
        around = (blocks[filled[place - 1]], blocks[filled[place + 1]])
        if all(_words(text, b) >= 20 for b in around):
            blocks[n] = replace(block, kind="heading", level=2)


def first_words(line: str) -> str:
    """Return the beginning of a line, as a title for what has none."""
    words = " ".join(line.split())
    if len(words) <= _TITLE_LENGTH:
        return words
    cut = words[:_TITLE_LENGTH].rsplit(" ", 1)[0]
    return cut[: texts.snap(words, len(cut), up=False)].rstrip(" ,;:–-") + "…"
