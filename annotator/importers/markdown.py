"""Markdown: the text without its mark-up, headings, lists, quotes, tables and code as blocks; front matter as facts."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import regex
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
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

_LEAVES = frozenset(("inline", "fence", "code_block", "html_block", "hr", "heading_open", "table_open", "definition"))
_BEFORE = regex.compile(r"[>\s]*+")
_ADDRESS = regex.compile(
    r"<?(?:[a-z][a-z0-9+.-]*:\S|[./#?]|www\.|[^\s/]+/|[^\s/]+\.[a-z0-9]{2,5}>?$)", flags=regex.IGNORECASE
)
_INLINE_SIGNS = 50_000
_SIGNS = 1_000
"""After so many blocks, or pieces of text, the reader says that it is still at work."""

_LETTER = regex.compile(r"[\p{L}\p{N}]")
_BREAK_TAG = regex.compile(r"<br\s*/?>", flags=regex.IGNORECASE)


@dataclass
class _Walk:
    """The state of one walk over the tokens: what it fills, and where in lists and quotes it stands."""

    made: Manuscript
    source: list[str]
    parser: MarkdownIt
    used: frozenset[str] = frozenset()
    """Labels of the definitions of addresses that the text refers to."""
    row_at: int = 0
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
    parser = _parser(progress)
    tokens = parser.parse(source)
    if _loses_text(source, tokens):
        draft = plain.from_characters(decoded, data, file_name, options, MEDIA_TYPE)
        note = tr("Its quotes or lists stand too deep in each other: it is shown as plain text, mark-up included.")
        return replace(draft, report=replace(draft.report, notes=(*draft.report.notes, note)))
    made = Manuscript(options)
    made.changes.update(cleaned.counts)
    for name, value in front.facts.items():
        made.fact(name, (iso_date(value) or value) if name == "date" else value, tr("the front matter"))
    _walk(tokens, _Walk(made, source.split("\n"), parser, _used(tokens)))
    progress()
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
    return any(
        not known and _LETTER.search(line) and not regex.fullmatch(r"[>\s]*\d{1,9}[.)]\s*", line)
        for line, known in zip(lines, covered, strict=False)
    )


def _parser(progress: Callable[[], None]) -> MarkdownIt:
    """Return a parser that gives signs of life, and keeps the definitions of addresses where they stand."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING, "inline_definitions": True, "store_labels": True}).enable(
        ["table", "strikethrough"]
    )
    blocks = signs = 0

    def at_block(_state: StateBlock, _line: int, _end: int, _silent: bool) -> bool:
        nonlocal blocks
        blocks += 1
        if blocks % _SIGNS == 0:
            progress()
        return False

    def at_sign(_state: StateInline, silent: bool) -> bool:
        nonlocal signs
        signs += not silent  # looking ahead may be without end, and gets no more time
        if not silent and signs % _INLINE_SIGNS == 0:
            progress()
        return False

    def inline(state: StateCore) -> None:
        pieces = [token for token in state.tokens if token.type == "inline"]
        for n, token in enumerate(pieces, 1):
            token.children = []
            parser.inline.parse(token.content, parser, state.env, token.children)
            if n % _SIGNS == 0:
                progress()

    parser.block.ruler.before("table", "signs_of_life", at_block)
    parser.inline.ruler.before("newline", "signs_of_life", at_sign)
    parser.core.ruler.at("inline", inline)
    return parser


def _used(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the labels of the definitions that links and pictures refer to."""
    waiting = list(tokens)
    found: set[str] = set()
    while waiting:
        token = waiting.pop()
        if token.type in ("link_open", "image") and "label" in token.meta:
            found.add(str(token.meta["label"]))
        waiting += token.children or ()
    return frozenset(found)


def _walk(tokens: Iterable[Token], walk: _Walk) -> None:
    defined: set[str] = set()
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
                walk.row_at = token.map[0] if token.map else -1
            case "definition":
                _definition(walk, token, is_used=token.meta["id"] in walk.used - defined)
                defined.add(token.meta["id"])
            case "tr_close":
                walk.row = [*(walk.row or ()), *_surplus(walk)]
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


def _definition(walk: _Walk, token: Token, *, is_used: bool) -> None:
    """Leave out what says an address; what only looks so, and nothing refers to, is text: "[Question]: Why?"."""
    start, end = token.map or [0, 0]
    said = " ".join(_BEFORE.sub("", line, count=1) for line in walk.source[start:end])
    said = said[said.find("[") :].strip()
    if is_used:
        is_plain = _ADDRESS.match(token.meta["url"]) is not None
        walk.made.leave_out("address", 0, text=token.meta["title"] if is_plain else said)  # the link itself is counted
    elif _ADDRESS.match(token.meta["url"]):
        walk.made.leave_out("address", text=said)
    else:
        walk.add(said)


def _surplus(walk: _Walk) -> list[str]:
    """Return the cells of a row beyond those its table has columns for, which the parser drops."""
    row = walk.row or []
    line = walk.source[walk.row_at] if 0 <= walk.row_at < len(walk.source) else ""
    cells = escapedSplit(_BEFORE.sub("", line, count=1).strip())
    cells = cells[1:] if cells and not cells[0] else cells
    cells = cells[:-1] if cells and not cells[-1] else cells
    further = [walk.parser.parseInline(cell.strip()) for cell in cells[len(row) :]]
    return [" ".join(_characters(tokens[0].children or [], walk.made).split()) for tokens in further if tokens]


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
                made.leave_out("picture", text=_title(child))
                parts.append(_characters(child.children or [], made))
            case "html_inline":
                parts.append(_untagged(child.content, made))
            case "link_open":
                if child.markup != "autolink":
                    made.leave_out("address", text=_title(child))
            case _:
                pass
    return "".join(parts)


def _title(token: Token) -> str:
    """Return the words a link or a picture shows when it is pointed at."""
    return "" if "label" in token.meta else str(token.attrs.get("title", ""))  # a definition tells its own


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
