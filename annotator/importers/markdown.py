"""Markdown: the text without its mark-up, headings, lists, quotes, tables and code as blocks; front matter as facts."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator import text as texts
from annotator.importers import front_matter, plain
from annotator.importers.dates import iso_date
from annotator.importers.encoding import decode
from annotator.importers.manuscript import Manuscript
from annotator.language import tr
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "text/markdown"
NESTING = 60
"""How deep quotes and lists may stand in each other; a file that goes deeper is read as plain text, whole."""

_LEAVES = frozenset(("inline", "fence", "code_block", "html_block", "hr", "heading_open", "table_open"))
_REFERENCE = regex.compile(r"[>\s]*\[[^\]]+\]:")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_BREAK_TAG = regex.compile(r"<br\s*/?>", flags=regex.IGNORECASE)


@dataclass
class _Walk:
    """The state of one walk over the tokens: what it fills, and where in lists and quotes it stands."""

    made: Manuscript
    lists: list[int | None] = field(default_factory=list)
    quotes: int = 0
    prefix: str = ""
    heading: int = 0
    row: list[str] | None = None

    def add(self, text: str, kind: str | None = None, level: int = 0) -> None:
        """Add text, of the kind the walk stands in unless one is given."""
        if kind is None:
            kind, level = self._place()
        prefix, self.prefix = self.prefix, ""
        self.made.add(prefix + text, kind, level)

    def _place(self) -> tuple[str, int]:
        if self.heading:
            return "heading", self.heading
        if self.lists:
            return "list", len(self.lists)
        return ("quote", self.quotes) if self.quotes else ("paragraph", 0)


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a Markdown file as a draft. Raises ReadError where it is not text, empty or too long."""
    decoded = decode(data, encoding=options.encoding)
    cleaned = texts.clean(decoded.text)
    plain.check(cleaned.text)
    front = front_matter.parse(cleaned.text)
    source = cleaned.text[front.end :]
    tokens = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable(["table", "strikethrough"]).parse(source)
    if _loses_text(source, tokens):
        draft = plain.from_characters(decoded, data, file_name, options, MEDIA_TYPE)
        note = tr("Its quotes or lists stand too deep in each other: it is shown as plain text, mark-up included.")
        return replace(draft, report=replace(draft.report, notes=(*draft.report.notes, note)))
    made = Manuscript(options)
    made.changes.update(cleaned.counts)
    for name, value in front.facts.items():
        made.fact(name, (iso_date(value) or value) if name == "date" else value, tr("the front matter"))
    _walk(tokens, made)
    for key in front.other:
        made.leave_out_named(tr("front matter: {key}", key=key))
    return made.draft(data, file_name, MEDIA_TYPE, decoded=decoded)


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


def _walk(tokens: Iterable[Token], made: Manuscript) -> None:
    walk = _Walk(made)
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
                walk.add(_untagged(token.content, walk.made))
            case _:
                pass


def _number(walk: _Walk) -> None:
    number = walk.lists[-1]
    if number is None:
        walk.prefix = ""
        return
    walk.prefix = f"{number}. "
    walk.lists[-1] = number + 1


def _inline(walk: _Walk, token: Token) -> None:
    children = token.children or []
    text = _characters(children, walk.made)
    if walk.row is not None:
        walk.row.append(" ".join(text.split()))
    elif len(children) == 1 and children[0].type == "image":
        walk.add(text, "caption")
    else:
        walk.add(text)


def _characters(children: Iterable[Token], made: Manuscript) -> str:
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
                made.leave_out("picture")
                parts.append(_characters(child.children or [], made))
            case "html_inline":
                parts.append(_untagged(child.content, made))
            case "link_open":
                if child.markup != "autolink":
                    made.leave_out("address")
            case _:
                pass
    return "".join(parts)


def _untagged(markup: str, made: Manuscript) -> str:
    """Return HTML without its tags and comments; each is counted. One pass, whatever stands in it."""
    if _BREAK_TAG.fullmatch(markup.strip()):
        return "\n"
    if markup.lstrip()[:7].casefold().startswith(("<script", "<style")):
        made.leave_out("script")  # such a block ends with its own end tag: nothing of it is for readers
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
        made.leave_out("comment" if is_comment else "tag")
        at = end + (3 if is_comment else 1)
    parts.append(markup[at:])
    return html.unescape("".join(parts))
