"""Which lines of a page are the article: what an extractor finds, mapped back on the page's own lines and completed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import regex
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from annotator.importers.looked_for import phrase_set
from annotator.importers.web import names
from annotator.importers.web.page import Node, Page

_LOG = logging.getLogger(__name__)
_EXTRACTOR_FAILS = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RecursionError, etree.LxmlError,
)  # fmt: skip
_EXTRACTOR_CHARACTERS = 2_500_000
_EXTRACTOR_ELEMENTS = 30_000
_EXTRACTOR_DEPTH = 200
_EXTRACTOR_STEPS = 1_000_000
_HEAD = 10_000
_LARGE = 300_000
_STYLE = regex.compile(r"<style\b")
_PICTURE = regex.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%_-]{200,}+")
"""Beyond these the extractor is not asked: it would lose text or take too long."""

ENOUGH = 200
"""Characters of an article or a part of one that are no chance find."""

_SHINGLE = 3
_ALIKE = 0.6
_CONTAINED = 0.85
_LINKED = 0.5
_MOST_OF_A_PAGE = 0.4
_PROSE = 40
_NEAR = 8
_PROMOTION = 1_500
"""Characters, without links, that nothing which leads away from an article has."""

_UNDER = 40
_BELOW = 30
"""How many lines below a headline a body may begin."""

_LITTLE = 1_000
_WIDER = 2.5
_MOST_SAID = 100
_TOKEN = regex.compile(r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+")
_SENTENCE_END = regex.compile(r"[.!?…。！？؟۔।:][\"'’”»)\]」』]*$")

_MAIN_TAGS = frozenset(("html", "body", "main", "article"))


_FEW = 5
_LABEL = 60
_LABELS = phrase_set("""
    advertisement
    story continues below advertisement
    skip advertisement
    article continues below
    article continues after this advertisement
    read more
    continue reading
    supported by
    share this
    share this article
    copy link
    listen to this article
    anzeige
    werbung
    mehr zum thema
    weiterlesen
    publicité
    lire la suite
    publicidad
    anuncio
    leer más
    pubblicità
    advertentie
    publicidade
    реклама
    広告
    广告
    廣告
    إعلان
    פרסומת
    โฆษณา
""")
_BUTTONS = phrase_set("""
    share
    print
    comments
    follow us
    sign up
    subscribe
    log in
    loading
    sponsored
    promoted
    save
    teilen
    partager
    compartir
    condividi
    deel
    поделиться
    分享
    مشاركة
    שתף
""")
_SAYS_NOTHING = frozenset("".join(phrase.split()) for phrase in _LABELS)
"""Lines that belong to the page and not to the article, whatever found them: their letters alone."""

_IS_A_BUTTON = frozenset("".join(phrase.split()) for phrase in _BUTTONS)
"""The same of lines that are a link or no paragraph: somebody may say "Save" in an article, too."""


@dataclass
class Found:
    """For each line of a page whether it is the article's (then ``""``) or what it is else: a kind of left_out."""

    why: list[str]
    area: list[str] = field(default_factory=list)
    """For each line what the names around it say it is beside the article, or ``""``."""
    is_whole: bool = False
    """No article was found: all of the page is kept."""
    is_little: bool = False
    """What was found is only a small part of what the page has to say."""

    def keeps(self, n: int) -> bool:
        """Say whether a line is the article's."""
        return not self.why[n]


def find(page: Page, source: str, *, body: str = "") -> Found:
    """Find the article in a page. ``source``: its mark-up; ``body``: the text it gives for its article, if it does."""
    return _Finder(page).find(source, body)


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = page.lines
        self.chars = [0, *accumulate(len(line.text) for line in self.lines)]
        self.linked = [0, *accumulate(line.linked for line in self.lines)]
        self.top = next((n for n, line in enumerate(self.lines) if line.kind == "heading" and line.level == 1), -1)
        self.area_of: dict[Node, str] = {}
        self.never: set[Node] = set()
        self.in_article: set[Node] = set()
        for node in page.nodes:
            if node.tag in ("article", "main") or self._in_article(node):
                self.in_article.add(node)
            if node.parent in self.never or self._is_never(node):
                self.never.add(node)
            self.area_of[node] = (self.area_of.get(node.parent, "") if node.parent else "") or self._area(node)
        self._bodies = [node for node in page.nodes if names.is_body(node)][:_MOST_SAID]
        self._said = [n for n in page.nodes if n.tag in ("article", "main")][:_MOST_SAID] + self._bodies
        self.dated = {node.first for node in page.nodes if node.tag == "time"}
        self.area = [self._line_area(line.node) for line in self.lines]

    def find(self, source: str, body: str) -> Found:
        if not self.lines:
            return Found([])
        asked = _extracted(source, self.page)
        hit = self._matches(asked)
        told = self._matches([body], even_links=True) if len(body) > ENOUGH else [False] * len(hit)
        if self._size(told) > 1.2 * self._size(hit):
            hit = told
        own = self._prose()
        if self._size(hit) < 0.5 * self._size(own):
            hit = own
        hit = [h and not self._is_furniture(n) for n, h in enumerate(hit)]
        if not any(hit):
            return Found([""] * len(hit), self.area, is_whole=True)
        keep = self._completed(hit)
        why = ["" if kept else self.area[n] or "around" for n, kept in enumerate(keep)]
        return Found(why, self.area, is_little=self._is_little(keep))

    def _is_little(self, keep: Sequence[bool]) -> bool:
        other = sum(
            len(line.text) - line.linked
            for n, line in enumerate(self.lines)
            if not keep[n] and not self.area[n] and len(line.text) >= _PROSE
        )
        found = self._size(keep)
        return found < _LITTLE and other > 2 * found

    # What a line stands in

    def _area(self, node: Node) -> str:
        """Return what an element's names say it is beside the article; most of a page is never that."""
        if not self._is_small(node):
            return ""
        said = names.area(node)
        if said == "navigation" and node.tag != "nav" and self._unlinked(node) > _PROMOTION:
            return ""
        if said == "around" and node.tag in ("aside", "footer") and self._in_article(node):
            return said if names.is_named_around(node) else ""
        return said

    def _is_never(self, node: Node) -> bool:
        return names.is_never(node) and self._is_small(node) and self._unlinked(node) <= _PROMOTION

    def _unlinked(self, node: Node) -> int:
        first, end = min(node.first, len(self.lines)), min(node.end, len(self.lines))
        return self.chars[end] - self.chars[first] - (self.linked[end] - self.linked[first])

    def _is_small(self, node: Node) -> bool:
        size = self.chars[min(node.end, len(self.lines))] - self.chars[min(node.first, len(self.lines))]
        has_headline = node.first <= self.top < node.end and node.tag != "nav"
        return node.tag not in _MAIN_TAGS and size <= _MOST_OF_A_PAGE * self.chars[-1] and not has_headline

    def _in_article(self, node: Node) -> bool:
        return node.parent is not None and node.parent in self.in_article

    def _line_area(self, node: Node | None) -> str:
        while node is not None and node not in self.area_of:
            node = node.parent
        return self.area_of[node] if node is not None else ""

    def _is_linked(self, n: int) -> bool:
        line = self.lines[n]
        return line.linked > _LINKED * len(line.text)

    def _is_furniture(self, n: int) -> bool:
        area, line = self.area[n], self.lines[n]
        if area in ("navigation", "reader_comment") or line.node in self.never:
            return True
        if line.kind != "heading" and self._says_nothing(n):
            return True
        return area == "around" and (self._is_linked(n) or len(line.text) < ENOUGH)

    def _says_nothing(self, n: int) -> bool:
        line = self.lines[n]
        if len(line.text) > _LABEL:
            return False
        said = normal(line.text)
        return said in _SAYS_NOTHING or (said in _IS_A_BUTTON and (line.node.tag != "p" or self._is_linked(n)))

    # Evidence

    def _matches(self, texts: Sequence[str], *, even_links: bool = False) -> list[bool]:
        """Say for each line whether its words stand in the texts, in whatever spacing.

        A line that is a link has to be a piece of them as a whole, unless ``even_links``: the first words of another
        article may be in this one too.
        """
        exact = {normal(part) for text in texts for part in text.split("\n")}
        tokens = [token for text in texts for token in _tokens(text)]
        shingles = set(_shingles(tokens))
        hits: list[bool] = []
        for line in self.lines:
            shown = normal(line.text)
            if not shown:
                hits.append(False)
            elif shown in exact or (line.linked > _LINKED * len(line.text) and not even_links):
                hits.append(shown in exact)
            else:
                mine = list(_shingles(_tokens(line.text)))
                hits.append(bool(mine) and sum(s in shingles for s in mine) >= _ALIKE * len(mine))
        return hits

    def _prose(self) -> list[bool]:
        """Return the lines of running text in the element that has most of it, less what is short or linked there."""
        weights = [self._weight(n) for n in range(len(self.lines))]
        sums = [0.0, *accumulate(weights)]

        def score(node: Node) -> tuple[float, int]:
            return sums[min(node.end, len(self.lines))] - sums[min(node.first, len(self.lines))], node.depth

        first, end = 0, len(self.lines)
        best = max(self.page.nodes, key=score, default=None)
        if best is not None and score(best)[0] >= sums[-1]:
            around = [n for n in self._said if n.first <= best.first and best.end <= n.end]
            wider = [n for n in around if score(n)[0] >= _ALIKE * score(best)[0]]
            best = max(wider, key=lambda n: n.depth, default=best)
            first, end = best.first, best.end
        return [first <= n < end and weights[n] > 0 for n in range(len(self.lines))]

    def _weight(self, n: int) -> float:
        line = self.lines[n]
        if self.area[n]:
            return -20.0 - 0.5 * len(line.text)
        length = len(line.text) if line.text.isascii() else 6 * len(_tokens(line.text))
        return length - 2.0 * line.linked * length / len(line.text) - (40 if line.linked else 15)

    def _size(self, hit: Sequence[bool]) -> int:
        return sum(len(line.text) for line, h in zip(self.lines, hit, strict=True) if h)

    # From evidence to the article

    def _completed(self, hit: list[bool]) -> list[bool]:
        """Fill the gaps between the lines found, and take what belongs to the article's head and foot."""
        first, end = self._container(hit)
        inside = [n for n in range(first, end) if hit[n]]
        keep = [h and first <= n < end for n, h in enumerate(hit)]
        begin, last = self._widened(inside)
        for n in range(begin, last):
            keep[n] = keep[n] or self._fills(hit, n) or self._goes_on(keep, hit, n) or self._goes_on_a_list(keep, n)
        self._drop_bare_headings(keep)
        self._drop_labels(keep)
        return keep

    def _container(self, hit: list[bool]) -> tuple[int, int]:
        """Return the lines of the smallest element that holds nearly all that was found."""
        found = [0, *accumulate(len(line.text) if h else 0 for line, h in zip(self.lines, hit, strict=True))]
        best = (0, len(self.lines))
        for node in self.page.nodes:
            end = min(node.end, len(self.lines))
            smaller = end - node.first <= best[1] - best[0]
            if smaller and found[end] - found[node.first] >= _CONTAINED * found[-1]:
                best = node.first, end
        around = [n for n in self._said if n.first <= best[0] and best[1] <= n.end and n.tag != "main"]
        if around:  # what else was found within the same article belongs to it
            wider = max(around, key=lambda n: n.depth)
            return wider.first, min(wider.end, len(self.lines))
        return (self.top if 0 <= self.top < best[0] <= self.top + _BELOW else best[0]), best[1]

    def _widened(self, inside: Sequence[int]) -> tuple[int, int]:
        """Return the lines from the first to the last found; all of the body, where the page says which it is."""
        begin, last = inside[0], inside[-1] + 1
        for node in self._bodies:
            whole = self.chars[min(node.end, len(self.lines))] - self.chars[node.first]
            if node.first <= begin and last <= node.end and whole < _WIDER * (self.chars[last] - self.chars[begin]):
                return node.first, min(node.end, len(self.lines))
        above = self.lines[begin - 1] if begin else None
        if above is not None and above.kind == "heading" and above.level > 1 and not self.area[begin - 1]:
            begin -= 1
        return begin, last

    def _fills(self, hit: Sequence[bool], n: int) -> bool:
        line = self.lines[n]
        if self.area[n] or self._says_nothing(n):
            return False
        if self._is_linked(n):  # the headings of a page of short pieces are links to them
            return line.kind == "heading" and n + 1 < len(hit) and hit[n + 1]
        if line.kind != "paragraph" or n in self.dated:
            return True
        return len(line.text) >= _PROSE or _SENTENCE_END.search(line.text) is not None

    def _goes_on(self, keep: Sequence[bool], hit: Sequence[bool], n: int) -> bool:
        """Say whether a line is one of a block, such as a verse or an address, of which the next line is kept."""
        if self.area[n] or self._is_linked(n):
            return False
        node = self.lines[n].node
        before = n > 0 and keep[n - 1] and self.lines[n - 1].node is node
        return before or (n + 1 < len(hit) and hit[n + 1] and self.lines[n + 1].node is node)

    def _goes_on_a_list(self, keep: list[bool], n: int) -> bool:
        """Say whether a line is an item, though all of it is a link, of a list that has a heading or an item kept."""
        if self.lines[n].kind != "list" or self.area[n]:
            return False
        before = next((m for m in range(n - 1, max(-1, n - _NEAR), -1) if not self.area[m]), n)
        return keep[before] and self.lines[before].kind in ("list", "heading")

    def _drop_bare_headings(self, keep: list[bool]) -> None:
        """Drop a heading, or a few words alone on a line, under which everything was left out."""
        for n, line in enumerate(self.lines):
            if keep[n] and self._is_label(n) and not keep[n + 1] and self._is_linked(n + 1):
                keep[n] = False
            if not keep[n] or line.kind != "heading":
                continue
            left_out = False
            for m in range(n + 1, min(n + _UNDER, len(keep))):
                under = self.lines[m]
                if under.kind == "heading" and under.level <= line.level:
                    keep[n] = not left_out
                    break
                if keep[m] and under.kind != "heading":
                    break
                left_out = left_out or not keep[m]

    def _drop_labels(self, keep: list[bool]) -> None:
        """Drop a few words alone on a line that speak of an offer or advertisement that was left out beside them."""
        for n in range(1, len(keep) - 1):
            alone = keep[n] and not (keep[n - 1] and keep[n + 1]) and self._is_label(n)
            if alone and names.beside_by_words(self.lines[n].text) != "around":
                keep[n] = False

    def _is_label(self, n: int) -> bool:
        text = self.lines[n].text
        few = len(_tokens(text)) <= _FEW and _SENTENCE_END.search(text.rstrip(":：")) is None
        return few and self.lines[n].kind == "paragraph" and n + 1 < len(self.lines) and n not in self.dated


def _extracted(source: str, page: Page) -> list[str]:
    """Return what the extractor takes for the article, piece by piece; nothing where the page is too much for it."""
    source = _slim(source)
    too_much = len(source) > _EXTRACTOR_CHARACTERS or len(page.nodes) > _EXTRACTOR_ELEMENTS
    too_deep = page.deepest > _EXTRACTOR_DEPTH or page.deepest * len(page.nodes) > _EXTRACTOR_STEPS
    if too_much or too_deep:
        return []
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it complains of what is ordinary here
    if "<html" not in source[:_HEAD].casefold():
        source = f"<html><body>{source}</body></html>"  # it takes nothing else for a page
    try:
        document: Any = bare_extraction(source, include_comments=False)
    except _EXTRACTOR_FAILS as error:
        # it is made for pages as they should be; without it the page's own shape has to do
        _LOG.info("the extractor failed: %r", error)
        return []
    if document is None or document.body is None:
        return []
    return list(_parts(document.body))


def _slim(source: str) -> str:
    """Return a large page without what no reader sees: its styles, and pictures written into it."""
    if len(source) < _LARGE:
        return source
    pieces: list[str] = []
    at = 0
    for style in _STYLE.finditer(source):
        end = source.find("</style", style.end()) if style.start() >= at else -1
        if end >= 0:
            pieces.append(source[at : style.start()])
            at = end + len("</style>")
        elif style.start() >= at:
            break  # never closed: neither is any behind it
    pieces.append(source[at:])
    return _PICTURE.sub("data:,", "".join(pieces))


def _parts(body: Any) -> Iterable[str]:
    """Yield an extracted text so that each line of the page can be found in it as a whole, if it is there."""
    for piece in body.iter():
        own = "".join(piece.itertext()) if piece.tag in ("p", "item", "head", "cell", "quote", "code") else ""
        yield from (own, piece.text or "", piece.tail or "")


def normal(text: str) -> str:
    """Return a text's letters and digits alone, in lower case: what is left of it in any spacing."""
    return "".join(_tokens(text))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _shingles(tokens: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(tokens[k:] for k in range(_SHINGLE)), strict=False)
