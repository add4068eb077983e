"""Markdown: the text without its mark-up, headings, lists, quotes, tables and code as blocks; front matter as facts."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import blocks as shapes
from annotator.importers import front_matter, plain
from annotator.importers.dates import iso_date
from annotator.importers.encoding import Decoded, decode
from annotator.language import tr, trn
from annotator.model import Block, Draft

MEDIA_TYPE = "text/markdown"
NESTING = 60
"""How deep quotes and lists may stand in each other; a file that goes deeper is read as plain text, whole."""

_LEAVES = frozenset(("inline", "fence", "code_block", "html_block", "hr", "heading_open", "table_open"))
_REFERENCE = regex.compile(r"[>\s]*\[[^\]]+\]:")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_BREAK_TAG = regex.compile(r"<br\s*/?>", flags=regex.IGNORECASE)


def _left_out(what: str, n: int) -> str:
    """Return the words for what was counted while walking."""
    match what:
        case "address":
            return trn("{n} address of a link", "{n} addresses of links", n)
        case "tag":
            return trn("{n} HTML tag", "{n} HTML tags", n)
        case "comment":
            return trn("{n} HTML comment", "{n} HTML comments", n)
        case "script":
            return trn("{n} script or style", "{n} scripts and styles", n)
        case _:
            return trn("{n} picture", "{n} pictures", n)


@dataclass
class _Walk:
    """The state of one walk over the tokens: lines made so far and where in lists and quotes the walk stands."""

    lines: list[tuple[str, str, int]] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)
    quotes: int = 0
    prefix: str = ""
    heading: int = 0
    row: list[str] | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, kind: str | None = None, level: int = 0) -> None:
        """Append text as one line per line in it; of the kind the walk stands in unless one is given."""
        if kind is None:
            kind, level = self._place()
        prefix, self.prefix = self.prefix, ""
        for line in (prefix + text).split("\n"):
            if line.strip():
                self.lines.append((line.rstrip(), kind, level))

    def _place(self) -> tuple[str, int]:
        if self.heading:
            return "heading", self.heading
        if self.lists:
            return "list", len(self.lists)
        return ("quote", self.quotes) if self.quotes else ("paragraph", 0)


def read(data: bytes, file_name: str, encoding: str | None) -> Draft:
    """Return a Markdown file as a draft. Raises ReadError where it is not text, empty or too long."""
    decoded = decode(data, encoding=encoding)
    cleaned = texts.clean(decoded.text)
    plain.check(cleaned.text)
    front = front_matter.parse(cleaned.text)
    source = cleaned.text[front.end :]
    tokens = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"]).parse(source)
    if _loses_text(source, tokens):
        draft = plain.from_characters(decoded, data, file_name, MEDIA_TYPE)
        note = tr("Its quotes or lists stand too deep in each other: it is shown as plain text, mark-up included.")
        return replace(draft, report=replace(draft.report, notes=(*draft.report.notes, note)))
    walk = _walk(tokens)
    text, made = _assemble(walk.lines)
    after = texts.clean(text)  # character references may stand for what no text may hold
    if after.text != text:
        text, made = after.text, shapes.line_blocks(after.text)
    if not text.strip():
        raise ReadError(tr("has no text."))
    counts = Counter(cleaned.counts)
    counts.update(after.counts)
    return _finished(text, made, front, walk, decoded, counts, data, file_name)


def _finished(
    text: str,
    made: Sequence[Block],
    front: front_matter.FrontMatter,
    walk: _Walk,
    decoded: Decoded,
    counts: Counter[str],
    data: bytes,
    file_name: str,
) -> Draft:
    plain.check(text)
    facts = {name: value for name, value in front.facts.items() if name != "title"}
    if "date" in facts:
        facts["date"] = iso_date(facts["date"]) or facts["date"]
    title = front.facts.get("title", "")
    found = shapes.describe(text, made, guess_subheads=False, title=title)
    for name, value in facts.items():
        found.facts[name] = value
        found.facts_from[name] = tr("the front matter")
    if title:
        found.title = title
        found.facts_from["title"] = tr("the front matter")
    left_out = [_left_out(what, n) for what, n in walk.left_out.items() if n]
    left_out += [tr("front matter: {key}", key=key) for key in front.other]
    return plain.finished(found, text, decoded, counts, data, file_name, MEDIA_TYPE, left_out=left_out)


def _loses_text(source: str, tokens: Iterable[Token]) -> bool:
    """Say whether a line with words in it belongs to no token: the parser skips what is nested too deeply."""
    lines = source.split("\n")
    covered = bytearray(len(lines) + 1)
    for token in tokens:
        if token.map is not None and token.type in _LEAVES:
            start, end = token.map
            covered[start:end] = b"\x01" * (min(end, len(covered)) - start)
    in_reference = False
    for line, known in zip(lines, covered, strict=False):
        if known or not line.strip():
            in_reference = False
        elif _REFERENCE.match(line):
            in_reference = True
        elif not in_reference and _LETTER.search(line) and not regex.fullmatch(r"[>\s]*\d{1,9}[.)]\s*", line):
            return True
    return False


def _walk(tokens: Iterable[Token]) -> _Walk:
    walk = _Walk()
    for token in tokens:
        match token.type:
            case "heading_open":
                walk.heading = int(token.tag[1:])
            case "heading_close":
                walk.heading = 0
            case "bullet_list_open":
                walk.lists.append(None)
            case "ordered_list_open":
                walk.lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                walk.lists.pop()
            case "list_item_open":
                _number(walk)
            case "blockquote_open":
                walk.quotes += 1
            case "blockquote_close":
                walk.quotes -= 1
            case "tr_open":
                walk.row = []
            case "tr_close":
                walk.add("\t".join(walk.row or ()), "table_row")
                walk.row = None
            case "inline":
                _inline(walk, token)
            case "fence" | "code_block":
                walk.add(token.content.rstrip("\n"), "paragraph")
            case "html_block":
                walk.add(_untagged(token.content, walk.left_out))
            case _:
                pass
    return walk


def _number(walk: _Walk) -> None:
    number = walk.lists[-1]
    if number is None:
        walk.prefix = ""
        return
    walk.prefix = f"{number}. "
    walk.lists[-1] = number + 1


def _inline(walk: _Walk, token: Token) -> None:
    children = token.children or []
    text = _characters(children, walk.left_out)
    if walk.row is not None:
        walk.row.append(" ".join(text.split()))
    elif len(children) == 1 and children[0].type == "image":
        walk.add(text, "caption")
    else:
        walk.add(text)


def _characters(children: Iterable[Token], left_out: Counter[str]) -> str:
    parts: list[str] = []
    for child in children:
        match child.type:
            case "text" | "code_inline" | "text_special":
                parts.append(child.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "image":
                left_out["picture"] += 1
                parts.append(_characters(child.children or [], left_out))
            case "html_inline":
                parts.append(_untagged(child.content, left_out))
            case "link_open":
                left_out["address"] += child.markup != "autolink"
            case _:
                pass
    return "".join(parts)


def _untagged(markup: str, left_out: Counter[str]) -> str:
    """Return HTML without its tags and comments; each is counted. One pass, whatever stands in it."""
    if _BREAK_TAG.fullmatch(markup.strip()):
        return "\n"
    if markup.lstrip()[:7].casefold().startswith(("<script", "<style")):
        left_out["script"] += 1  # such a block ends with its own end tag: nothing of it is for readers
        return ""
    parts: list[str] = []
    at = 0
    while (start := markup.find("<", at)) >= 0:
        following = markup[start + 1 : start + 2]
        if not (following.isalpha() or following in ("/", "!", "?")):
            parts.append(markup[at : start + 1])
            at = start + 1
            continue
        is_comment = markup.startswith("<!--", start)
        end = markup.find("-->", start + 4) if is_comment else markup.find(">", start)
        if end < 0:
            break
        parts.append(markup[at:start])
        left_out["comment" if is_comment else "tag"] += 1
        at = end + (3 if is_comment else 1)
    parts.append(markup[at:])
    return html.unescape("".join(parts))


def _assemble(lines: Sequence[tuple[str, str, int]]) -> tuple[str, list[Block]]:
    """Join lines by line ends and return the text with a block for each."""
    made: list[Block] = []
    at = 0
    for line, kind, level in lines:
        zone = "caption" if kind == "caption" else "body"
        made.append(Block(at, at + len(line), kind, level, zone))
        at += len(line) + 1
    return "\n".join(line for line, _, _ in lines), made
