"""The plain text of a message as paragraphs: lines broken for mail are joined again, what is quoted becomes a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from annotator.errors import ReadError
from annotator.importers import limits
from annotator.importers.manuscript import Manuscript
from annotator.language import tr

_LONGEST_WRAPPED = 100
_NARROWEST = 50
_QUOTED = re.compile(r"(?:>[ ]?)+")
_FLOWED_QUOTED = re.compile(r">+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•‣–]\s+|\d{1,3}[.)]\s+)\S")
_RULE = re.compile(r"\s*([-=_*~#])(?:\s*\1){2,}\s*")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_PACKED = re.compile(r"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n([!-`][ -`]{1,64})\r?\n", re.M)
_SIGNATURE = "-- "


@dataclass(slots=True)
class _Line:
    """A line without its quotation marks: how deep it is quoted, and whether it goes on in the next one."""

    depth: int
    text: str
    goes_on: bool = False


def fill(made: Manuscript, text: str, *, flowed: bool = False, del_space: bool = False) -> None:
    """Add a message's plain text.

    ``flowed``: it is format=flowed, where a space at a line's end says that it goes on; ``del_space``: that space is
    no part of the text. Raises ReadError where it has more lines than an article may have.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > limits.LINES:
        raise ReadError(tr("has more than {most:,} lines; split it and read the parts.", most=limits.LINES))
    raw = text.split("\n")
    lines = _flowed(raw, del_space=del_space) if flowed else _fixed(raw)
    marks = sum(line.depth for line in lines)
    made.change(tr("“>” before quoted lines removed"), marks)
    joined = 0
    begun: list[str] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        begun.append(line.text)
        if line.goes_on and following is not None and following.depth == line.depth and following.text.strip():
            joined += 1
            continue
        paragraph = _joined(begun, spaced=not flowed)
        kind = "quote" if line.depth else "list" if _LIST_ITEM.match(paragraph) else "paragraph"
        made.add(paragraph, kind, line.depth or (1 if kind == "list" else 0))
        begun.clear()
    made.change(tr("line ends inside paragraphs, made by the mail program, removed"), joined)


def unpacked(text: str) -> tuple[str, list[str]]:
    """Return a text without the files that old programs wrote into it (uuencode), and the names of these."""
    kept: list[str] = []
    names: list[str] = []
    begun = at = 0
    while (found := _PACKED.search(text, at)) is not None:
        at = found.end(1)
        line = found[2].rstrip()
        told = ((ord(line[0]) - 32) % 64 + 2) // 3 * 4  # the first sign says how many bytes the line holds
        if not told - 4 <= len(line) - 1 <= told + 1:
            continue
        end = text.find("\nend", found.end() - 1)
        if end < 0:
            break
        kept.append(text[begun : found.start()])
        names.append(found[1].strip())
        begun = at = end + len("\nend")
    return "".join([*kept, text[begun:]]), names


def _flowed(raw: list[str], *, del_space: bool) -> list[_Line]:
    lines: list[_Line] = []
    for text in raw:
        mark = _FLOWED_QUOTED.match(text)
        depth = len(mark[0]) if mark else 0
        text = text[depth:].removeprefix(" ")
        goes_on = text.endswith(" ") and text != _SIGNATURE
        lines.append(_Line(depth, text[:-1] if goes_on and del_space else text, goes_on))
    return lines


def _fixed(raw: list[str]) -> list[_Line]:
    """Tell which lines go on: those whose next line's first word had no room left in the width of the message."""
    lines: list[_Line] = []
    for text in raw:
        mark = _QUOTED.match(text)
        depth = mark[0].count(">") if mark else 0
        lines.append(_Line(depth, text[mark.end() :] if mark else text))
    lengths = [len(line.text.rstrip()) for line in lines if line.text.strip()]
    wrapped = [n for n in lengths if n <= _LONGEST_WRAPPED]
    width = max(wrapped, default=0)
    if width < _NARROWEST or len(lengths) - len(wrapped) > len(lengths) // 5:
        return lines
    for line, following in pairwise(lines):
        text, after = line.text.rstrip(), following.text
        if not text.strip() or not after.strip() or following.depth != line.depth:
            continue
        if _LIST_ITEM.match(after) or _RULE.fullmatch(after) or _RULE.fullmatch(text) or line.text == _SIGNATURE:
            continue
        first = len(after.split(maxsplit=1)[0])
        line.goes_on = len(text) + 1 + min(first, width // 3) > width and len(text) * 2 > width
    return lines


def _joined(lines: list[str], *, spaced: bool) -> str:
    """Return lines as one; ``spaced``: a space stands for a line's end, but not between signs of a script without them."""
    if not spaced:
        return "".join(lines)
    text = lines[0].rstrip()
    parts = [text]
    for line in lines[1:]:
        line = line.strip()
        between = "" if _WIDE.match(text[-1:]) and _WIDE.match(line[:1]) else " "
        parts += (between, line)
        text = line
    return "".join(parts)
