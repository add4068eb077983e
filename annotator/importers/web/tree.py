"""Mark-up to the lines a browser would show, in reading order, at any depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import regex
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from annotator.errors import ReadError
from annotator.importers import limits
from annotator.importers.looked_for import name_set
from annotator.importers.web.names import is_kicker, is_name
from annotator.importers.web.page import APART, BREAK, Left, Line, Node, Page
from annotator.language import tr

_VOID = name_set("area base br col command embed hr img input keygen link meta param source track wbr")
_BLOCK = name_set("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
    form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noframes noscript ol optgroup p
    plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
""")
_ATTRIBUTES = name_set("""
    alt alttext aria-hidden aria-level content datetime hidden href http-equiv itemprop lang name open property rel reversed
    role shadowrootmode start style type value xml:lang
""")
_SIDE_BY_SIDE = name_set("a span time label small cite")
"""Inline elements that pages place beside each other without a space between them."""

_PRE = frozenset(("pre", "listing", "xmp", "plaintext"))
_RAW = frozenset(("script", "style"))
_GONE = {
    "template": "hidden", "noscript": "hidden", "noframes": "hidden", "noembed": "hidden",
    "button": "form", "select": "form", "option": "form", "optgroup": "form", "textarea": "form", "datalist": "form",
    "iframe": "frame", "object": "frame", "applet": "frame", "video": "frame", "audio": "frame", "canvas": "frame",
    "svg": "picture", "math": "formula", "rt": "reading", "rp": "reading",
}  # fmt: skip
"""Elements nothing of which is part of the text, with the kind of thing each is."""

_ONE = {"img": "picture", "input": "form", "frame": "frame", "embed": "frame"}
"""Elements that hold no text, with the kind of thing each is."""

_UNSEEN = name_set("""
    sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader assistive-text
    u-visually-hidden is-visually-hidden a11y-hidden hidden-visually
""")
"""Classes whose text is read out and not shown, by what they are called nearly everywhere."""

_AIDS = name_set("headerlink anchor-link anchorjs-link permalink-icon")
"""Classes of little links inside a line that are there to work on the page."""

_CAPTIONS = name_set("""
    caption wp-caption-text thumbcaption gallerytext image-caption photo-caption figure-caption media-caption img-caption
    picture-caption cutline wp-element-caption credit photo-credit image-credit media-credit
""")
_KINDS = {"li": "list", "blockquote": "quote", "figcaption": "caption", "caption": "caption"}
_FORMULA = regex.compile(r"(?:^|[\s_-])(?:math|tex|latex|formula|equation)(?:$|[\s_-])", regex.IGNORECASE)
_HEADING = regex.compile(r"h([1-6])")
_SPACE = regex.compile(r"[ \t\n\r\f]+")
_WIDE = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]"
_WIDE_BREAK = regex.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\n\r\f]*(?={_WIDE})")
_NOT_SHOWN = regex.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)",
    regex.IGNORECASE,
)
_KEEPS_SPACE = regex.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", regex.IGNORECASE)
_EMPTY_TAG = regex.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_SAVED_FROM = regex.compile(r"(?:saved from url=\(\d+\)|\burl:\s*)(https?://\S+)")
_SAVED_COMMENTS = 5
_TITLE = 2_000
_MUCH = 2_000
_HARDLY_ANY = 500
"""Letters of one passage a page hides, and characters that are shown and no link, where that passage is the page."""

_PIECE = 1 << 18
_MOST_TEXT = 3 * limits.TEXT_CODE_POINTS
"""Most characters of a page, of which its article is a part."""

_VALUE = 4_000
"""How much of an attribute is looked at: pictures may be written into one, megabytes long."""

_DEEPEST = 20
_LONG_CELL = 400
_CELL_LINES = 3
_PASSAGE = 2_400


def parse(page: str, progress: Callable[[], None] | None = None) -> Page:
    """Return what a page holds. Elements for readers without scripts count as shown where there is nothing else.

    Raises ReadError where there is far more text than an article may have.
    """
    found = _parsed(page, progress)
    shown = sum(len(line.text) - line.linked for line in found.lines)
    if found.most_hidden > _MUCH and shown < _HARDLY_ANY:
        return _parsed(page, progress, hidden=True)
    return found if found.lines else _parsed(page, progress, noscript=True)


def _parsed(page: str, progress: Callable[[], None] | None, *, noscript: bool = False, hidden: bool = False) -> Page:
    if _SURROGATE.search(page):
        page = _SURROGATE.sub("\ufffd", page)
    head = page[:2_000]
    if head.lstrip("\ufeff \t\r\n").startswith("<?xml") or "http://www.w3.org/1999/xhtml" in head:
        page = _EMPTY_TAG.sub(_closed, page)
    target = _Target(Page(without_scripts=noscript, with_hidden=hidden))
    parser: Any = etree.HTMLParser(target=target, huge_tree=True, encoding="utf-8")
    try:
        for start in range(0, len(page), _PIECE):
            parser.feed(page[start : start + _PIECE].encode("utf-8"))
            if progress is not None:
                progress()
        parser.close()
    except etree.LxmlError:  # it gives up where there is nothing at all
        target.close()
    return target.page


def _closed(match: Any) -> str:
    """Write an empty element of XHTML so that HTML understands it."""
    tag = match[1].casefold()
    return match[0] if tag in _VOID else f"<{match[1]}{match[2]}></{match[1]}>"


class _Target:
    """Takes the parser's events and makes lines of them. Nothing in it recurses, so no depth is too deep."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._stack: list[Node] = [Node("", {}, None)]
        self._open: Counter[str] = Counter()
        self._runs: list[tuple[str, bool]] = []
        self._taken = 0
        self._linked = 0
        self._addresses = 0
        self._made: Counter[str] = Counter()
        self._raw: list[str] | None = None
        self._raw_kind = ""
        self._ended = ""
        self._side_by_side = False
        self._quotes = 0
        self._rows: list[tuple[int, list[list[int]]]] = []

    # The parser's events

    def start(self, tag: Any, attributes: Any) -> None:
        tag = str(tag).casefold()
        attrs = _known(attributes)
        parent = self._stack[-1]
        self._side_by_side = tag in _SIDE_BY_SIDE and (self._ended in _SIDE_BY_SIDE or self._side_by_side)
        self._ended = ""
        if tag in _RAW or (tag == "title" and not self.page.title and not parent.gone):
            self._begin_raw(tag, attrs)
        elif tag == "meta":
            self._meta(attrs)
        elif tag == "base":
            self.page.base = self.page.base or attrs.get("href", "")
        elif tag == "link":
            self.page.links.append((attrs.get("rel", "").casefold(), attrs.get("href", "")))
        node = Node(tag, attrs, parent, parent.kind, parent.level, parent.gone, parent.pre, parent.depth + 1)
        node.item = node if tag == "li" else parent.item
        node.links = parent.links or (tag == "a" and "href" in attrs)
        self._stack.append(node)
        self._open[tag] += 1
        self.page.deepest = max(self.page.deepest, node.depth)
        if node.gone:
            if tag in _BLOCK or tag == "br":
                self.page.parts.append(BREAK)
            return
        node.apart = node.kind == "heading" and tag not in _BLOCK and is_kicker(node)
        if tag in _BLOCK or node.apart:
            self._flush()
        node.gone = self._why_gone(node)
        node.first, node.part = len(self.page.lines), len(self.page.parts)
        if node.gone:
            self._begin_gone()
            return
        self._enter(node)
        if tag not in ("html", "head", "body", "meta", "link", "br", "script", "style"):
            self.page.nodes.append(node)

    def end(self, tag: Any) -> None:
        tag = str(tag).casefold()
        self._ended = tag
        if not self._open[tag]:
            return
        while len(self._stack) > 1:
            node = self._stack[-1]
            self._leave(node)
            self._stack.pop()
            self._open[node.tag] -= 1
            if node.tag == tag:
                return

    def data(self, text: Any) -> None:
        text = str(text)
        if self._raw is not None:
            self._raw.append(text)
            return
        self._ended = ""
        node = self._stack[-1]
        if self._side_by_side:
            self._part(node, text)
        self.page.parts.append(text)
        self._taken += len(text)
        if self._taken > _MOST_TEXT:
            raise ReadError(
                tr("has more than {most:,} characters; split it and read the parts.", most=limits.TEXT_CODE_POINTS)
            )
        if node.gone:
            return
        self._runs.append((text, node.pre))
        if node.links:
            self._linked += len(text.strip())

    def _part(self, node: Node, text: str) -> None:
        """Set a space between two inline elements that stand side by side on the page and would run together."""
        self._side_by_side = False
        before = self._runs[-1][0][-1:] if self._runs else ""
        apart = (before.isalnum() or before in ".!?…:;,)”’") and (text[0].isdigit() or text[0].isupper())
        if apart and not node.pre and not node.gone:
            self._runs.append((" ", False))
            self.page.parts.append(" ")
            self._made["space"] += 1

    def comment(self, text: Any) -> None:
        self.page.counts["comment"] += 1
        if self.page.counts["comment"] <= _SAVED_COMMENTS and not self.page.saved_from:
            match = _SAVED_FROM.search(str(text)[:2_000])
            self.page.saved_from = match[1] if match else ""

    def close(self) -> None:
        while len(self._stack) > 1:
            self.end(self._stack[-1].tag)
        self._flush()

    # Elements

    def _begin_raw(self, tag: str, attrs: dict[str, str]) -> None:
        self._raw = []
        is_data = tag == "script" and "ld+json" in attrs.get("type", "").casefold()
        self._raw_kind = "json_ld" if is_data else tag
        if tag in _RAW and not is_data:
            self.page.counts["script"] += 1

    def _end_raw(self) -> None:
        text = "".join(self._raw or ())
        if self._raw_kind == "json_ld":
            self.page.json_ld.append(text)
        elif self._raw_kind == "title":
            self.page.title = " ".join(text[:_TITLE].split())
        self._raw = None

    def _meta(self, attrs: dict[str, str]) -> None:
        content = attrs.get("content", "")
        for name in ("property", "name", "itemprop", "http-equiv"):
            for key in attrs.get(name, "").casefold().split():
                self.page.metas.append((f"{name}:{key}", content))

    def _why_gone(self, node: Node) -> str:
        tag, attrs = node.tag, node.attrs
        if (tag == "noscript" and self.page.without_scripts) or (tag == "template" and "shadowrootmode" in attrs):
            return ""
        if tag in _GONE:
            return _GONE[tag]
        if self.page.with_hidden:
            return ""
        hidden = "hidden" in attrs and attrs["hidden"].casefold() != "until-found"
        hidden = hidden or (tag == "dialog" and "open" not in attrs)
        hidden = hidden or (tag in _BLOCK and attrs.get("aria-hidden", "").casefold() == "true")
        style, classes = attrs.get("style"), frozenset(attrs.get("class", "").casefold().split())
        if classes & _AIDS and tag not in _BLOCK:
            return "navigation"
        hidden = hidden or bool(classes & _UNSEEN)
        hidden = hidden or (style is not None and _NOT_SHOWN.search(style) is not None)
        return "hidden" if hidden and tag not in ("html", "body") else ""

    def _begin_gone(self) -> None:
        self.page.parts.append(BREAK)

    def _enter(self, node: Node) -> None:
        tag, attrs, page = node.tag, node.attrs, self.page
        if tag == "br":
            self._runs.append(("\n", True))
            page.parts.append(BREAK)
        elif tag in _ONE:
            self._leave_one(tag, attrs)
        elif tag == "html":
            page.language = attrs.get("lang") or attrs.get("xml:lang", "")
        elif tag == "a" and "href" in attrs:
            self._addresses += 1
        elif tag == "q":
            self._runs.append(("‘" if self._quotes % 2 else "“", False))
            self._quotes += 1
            self._made["q"] += 2
        elif tag in ("del", "s", "strike"):
            self._made["struck"] += 1
        if tag in _BLOCK:
            page.parts.append(BREAK)
            self._enter_block(node)
        if tag in _PRE or _KEEPS_SPACE.search(attrs.get("style", "")):
            node.pre = True

    def _leave_one(self, tag: str, attrs: dict[str, str]) -> None:
        words = attrs.get("alt", "") if tag == "img" else ""
        what = "formula" if tag == "img" and _FORMULA.search(attrs.get("class", "")) else _ONE[tag]
        if not (tag == "input" and attrs.get("type", "").casefold() == "hidden"):
            self.page.left.append(Left(what, words, len(self.page.lines)))

    def _enter_block(self, node: Node) -> None:
        tag, attrs, parent = node.tag, node.attrs, node.parent
        heading = _HEADING.fullmatch(tag)
        if heading or attrs.get("role", "").casefold() == "heading":
            level = heading[1] if heading else attrs.get("aria-level", "2")
            node.kind, node.level = "heading", int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
        elif tag in ("ul", "ol", "menu", "dir"):
            node.level = _deeper(parent, "list")
            node.count = _number(attrs.get("start")) or 1
        elif tag in _KINDS:
            node.kind = _KINDS[tag]
            if tag == "li":
                node.marker, node.level = self._marker(node), max(1, node.level)
            else:
                node.level = _deeper(parent, "quote") if tag == "blockquote" else 0
        elif not _CAPTIONS.isdisjoint(attrs.get("class", "").casefold().split()):
            node.kind, node.level = "caption", 0
        elif tag in ("table", "dl"):
            node.kind, node.level = "paragraph", 0
        elif tag == "tr":
            self._rows.append((len(self.page.nodes), []))
        elif tag in ("td", "th") and self._rows:
            self._rows[-1][1].append([len(self.page.lines), len(self.page.lines)])

    def _marker(self, node: Node) -> str:
        parent = node.parent
        if parent is None or parent.tag != "ol":
            return ""
        parent.count = _number(node.attrs.get("value")) or parent.count
        n = parent.count
        parent.count += -1 if "reversed" in parent.attrs else 1
        style = parent.attrs.get("type", "1")
        if style in ("a", "A") and 1 <= n <= 26:
            return f"{chr(ord(style) + n - 1)}. "
        return f"{n}. "

    def _leave(self, node: Node) -> None:
        page = self.page
        if self._raw is not None:
            self._end_raw()
        if node.gone:
            if node.parent is not None and not node.parent.gone:
                self._end_gone(node)
            return
        if node.tag == "q":
            self._quotes -= 1
            self._runs.append(("’" if self._quotes % 2 else "”", False))
        if node.tag in _BLOCK or node.apart:
            self._flush()
            page.parts.append(BREAK)
        node.end, node.part_end = len(page.lines) + bool(self._runs), len(page.parts)
        if node.tag in ("td", "th") and self._rows and self._rows[-1][1]:
            self._rows[-1][1][-1][1] = node.end
        elif node.tag == "tr" and self._rows:
            self._row(*self._rows.pop(), node)

    def _end_gone(self, node: Node) -> None:
        page = self.page
        said = "".join(page.parts[node.part :])
        if node.gone == "hidden" and node.tag not in _GONE:
            page.most_hidden = max(page.most_hidden, sum(map(str.isalpha, said)))
        words = node.attrs.get("alttext", "") or said[: 2 * _PASSAGE]
        del page.parts[node.part :]
        pieces = filter(None, (" ".join(piece.split()) for piece in words.split(BREAK)))
        page.left.append(Left(node.gone, APART.join(pieces)[:_PASSAGE], len(page.lines)))

    # Lines

    def _flush(self) -> None:
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        linked, addresses = self._linked, self._addresses
        made: Counter[str] | None = self._made or None
        self._linked = self._addresses = 0
        if made:
            self._made = Counter()
        texts = [line for line in _laid_out(runs) if line.strip()]
        node = self._stack[-1]
        level = 0 if node.kind == "paragraph" else node.level
        total = sum(map(len, texts)) or 1
        for line in texts:
            marked = self._marked(node, line)
            share = min(len(line), round(linked * len(line) / total))
            self.page.lines.append(Line(marked, node.kind, level, node, share, addresses, made))
            addresses, made = 0, None

    def _marked(self, node: Node, line: str) -> str:
        """Put the number of the list item before its first line, be it a heading."""
        at = node.item
        if at is None or not at.marker:
            return line
        marker, at.marker = at.marker, ""
        return marker + line

    def _row(self, first_node: int, cells: list[list[int]], node: Node) -> None:
        """Make one line of a row of a table, cells parted by tabs, unless the table only lays out the page."""
        page = self.page
        if len(page.lines) <= node.first or not _is_data(page.lines, cells, node):
            return
        lines = page.lines[node.first :]
        texts = [" ".join(line.text for line in page.lines[a:b]) for a, b in cells]
        whole = Line("\t".join(" ".join(t.split("\t")) for t in texts), "table_row", 0, node)
        whole.linked = sum(line.linked for line in lines)
        whole.addresses = sum(line.addresses for line in lines)
        whole.made = sum((line.made for line in lines if line.made), Counter()) or None
        page.lines[node.first :] = [whole]
        for inner in page.nodes[first_node:]:
            inner.first, inner.end = node.first, node.first + 1
        for left in reversed(page.left):
            if left.at <= node.first:
                break
            left.at = node.first
        node.end = node.first + 1


def _is_data(lines: list[Line], cells: list[list[int]], row: Node) -> bool:
    """Say whether a row holds short values side by side."""
    filled = [(a, b) for a, b in cells if a < b]
    if not filled or sum(b - a for a, b in filled) != len(lines) - row.first:
        return False
    if len(filled) < 2 and (len(cells) < 2 or any(len(lines[a].text) > _LONG_CELL // 4 for a, _ in filled)):
        return False
    return all(
        b - a <= _CELL_LINES
        and all(line.kind not in ("table_row", "heading") and len(line.text) <= _LONG_CELL for line in lines[a:b])
        for a, b in filled
    )


def _laid_out(runs: list[tuple[str, bool]]) -> list[str]:
    """Return the lines characters are laid out in: white space collapses as in a browser, but for what is kept."""
    pieces: list[str] = []
    plain: list[str] = []
    kept = False
    for text, pre in runs:
        if not pre:
            plain.append(text)
            continue
        if plain:
            pieces.append(_collapsed("".join(plain)))
            plain = []
        pieces.append(text)
        kept = kept or text != "\n"
    if plain:
        pieces.append(_collapsed("".join(plain)))
    lines = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if kept else [line.strip(" ") for line in lines]


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", _WIDE_BREAK.sub("", text))


def _deeper(parent: Node | None, kind: str) -> int:
    """Return how deep a list or a quote stands in others of its kind, from 1."""
    return min(parent.level + 1, _DEEPEST) if parent is not None and parent.kind == kind else 1


def _known(attributes: Any) -> dict[str, str]:
    """Return those of an element's attributes that say anything of its text."""
    found: dict[str, str] = {}
    for name, value in attributes.items():
        name = str(name).casefold()
        if name in _ATTRIBUTES or is_name(name):
            found[name] = str(value)[:_VALUE]
    return found


def _number(value: str | None) -> int | None:
    """Return a whole number as an attribute gives it, or None."""
    value = (value or "").strip()
    return int(value) if value.isascii() and value.removeprefix("-").isdigit() and len(value) < 9 else None
