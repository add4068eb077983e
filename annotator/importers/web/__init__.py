"""Web pages: the article in them, its facts, and everything around it counted and shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import regex

from annotator.errors import ReadError
from annotator.importers import plain
from annotator.importers.encoding import declared_in, decode
from annotator.importers.manuscript import Manuscript
from annotator.importers.web import article as web_article
from annotator.importers.web import facts as web_facts
from annotator.importers.web import names, word_page
from annotator.importers.web import tree as web_tree
from annotator.importers.web import zones as web_zones
from annotator.importers.web.article import Found
from annotator.importers.web.facts import Facts
from annotator.importers.web.page import APART, Node, Page
from annotator.language import tr, trn
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "text/html"
_FRAMES = regex.compile(r"<i?frame\b", regex.IGNORECASE)
_SCRIPT = regex.compile(r"<script\b", regex.IGNORECASE)
_TAG = regex.compile(r"<(?:[A-Za-z!/?])")
_PARTS = frozenset(("nav", "header", "footer", "aside", "section", "article", "main", "form", "body"))
_PART_DEPTH = 40
_LARGE = 1_000_000
_PICTURE = regex.compile(rb"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%_-]{200,}+")
_ASKED = 400
_SIGNS = 1_000
"""After so many lines the reader says that it is still at work."""

_TAGS_WITHIN = 100_000


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return the article of a saved page as a draft. Raises ReadError where it is no text, or too long."""
    decoded = decode(_slim(data), encoding=options.encoding, declared=declared_in(data))
    if not _TAG.search(decoded.text, 0, _TAGS_WITHIN):
        return plain.from_characters(decoded, data, file_name, options)
    made = Manuscript(options)
    progress()
    fill(made, decoded.text, whole=options.whole_page, progress=progress)
    if made.is_empty:
        raise ReadError(_why_empty(decoded.text))
    return made.draft(data, file_name, MEDIA_TYPE, decoded=decoded, head=False)


def _slim(data: bytes) -> bytes:
    """Return a large page without the pictures that are written into it: they would only take memory."""
    return data if len(data) < _LARGE else _PICTURE.sub(b"data:,", data)


def _nothing() -> None:
    """Give no sign."""


def fill(made: Manuscript, page: str, *, whole: bool, progress: Callable[[], None] = _nothing) -> None:
    """Fill a manuscript from a page's mark-up. ``whole``: all its text, no article is looked for.

    Facts the page's head gives are added behind those already known. ``progress``: called as it goes on.
    """
    page = word_page.mended(page)
    found = web_tree.parse(page, progress)
    progress()
    if _only_asks_for_scripts(found):
        return
    facts = web_facts.of_head(found)
    if whole:
        article = Found([""] * len(found.lines), [""] * len(found.lines))
    else:
        article = web_article.find(found, page, body=facts.body)
    progress()
    if not whole and article.is_whole:
        made.note(tr("No article was found in the page: all of its text is here."))
    elif article.is_little:
        made.note(tr("Little of the page was taken for the article; “Whole page” shows all of it."))
    zones, headline = web_zones.settle(found, article, facts)
    progress()
    web_facts.of_text(facts, found, _head_and_foot(article, zones))
    web_facts.settle_title(facts, found, " ".join(found.lines[n].text for n in headline))
    if made.options.whole_page or any(article.why):
        made.can.add("whole_page")
    progress()
    _put(made, found, article, zones, progress)
    for name, (value, where) in facts.values.items():
        made.fact(name, value, where)
    _told(made, found, article, facts)


def _only_asks_for_scripts(page: Page) -> bool:
    """Say whether all a page shows is that its scripts have to run first."""
    return page.without_scripts and page.counts["script"] > 0 and sum(len(line.text) for line in page.lines) < _ASKED


def _why_empty(page: str) -> str:
    """Return why a page has no text, as the end of a sentence that begins with its name."""
    if _FRAMES.search(page):
        return tr("has no text of its own: it only shows other pages in frames. Save the page in the frame.")
    if _SCRIPT.search(page):
        return tr("has no text: scripts fill the page when a browser opens it. Open it there and save it again.")
    return tr("has no text.")


def _head_and_foot(article: Found, zones: Sequence[str]) -> list[int]:
    """Return the lines in which facts may stand: those above the body, and bylines below it."""
    kept = [n for n in range(len(zones)) if article.keeps(n)]
    first = next((place for place, n in enumerate(kept) if zones[n] == "body"), len(kept))
    return [n for place, n in enumerate(kept) if zones[n] == "byline" or (place < first and zones[n] != "caption")]


def _put(made: Manuscript, page: Page, article: Found, zones: Sequence[str], progress: Callable[[], None]) -> None:
    """Add the article's lines, and leave out the others, those that stand together as one passage."""
    comments = Counter(node.first for node in page.nodes if names.is_comment(node))
    beside = _Beside(page, article)
    run: list[int] = []
    for n, line in enumerate(page.lines):
        if n % _SIGNS == _SIGNS - 1:
            progress()
        if run and (beside.what(n) != beside.what(run[-1]) or not _stand_together(page, run[-1], n)):
            _leave_out(made, page, beside.what(run[-1]), run, comments)
            run = []
        if article.why[n]:
            run.append(n)
            continue
        made.add(line.text, line.kind, line.level, zones[n])
        made.leave_out("address", line.addresses)
    if run:
        _leave_out(made, page, beside.what(run[-1]), run, comments)
    for left in page.left:
        if left.what == "hidden" or _stands_in(article, left.at):
            made.leave_out(left.what, text=left.text)


def _leave_out(made: Manuscript, page: Page, what: str, run: Sequence[int], comments: Counter[int]) -> None:
    number = sum(comments[n] for n in run) if what == "reader_comment" else 1
    text = APART.join(page.lines[n].text for n in run)
    what = names.beside_by_words(text) if what == "around" else what
    made.leave_out(what, max(1, number), text=text)


class _Beside:
    """Tells what each line that was left out is, by the innermost element around it whose names say it."""

    def __init__(self, page: Page, article: Found) -> None:
        self._page = page
        self._why = article.why
        self._of: dict[Node, str] = {}

    def what(self, n: int) -> str:
        """Return a kind of ``left_out``; nothing for a line of the article."""
        return self._named(self._page.lines[n].node) if self._why[n] == "around" else self._why[n]

    def _named(self, node: Node | None) -> str:
        passed: list[Node] = []
        found = "around"
        while node is not None and found == "around":
            found = self._of.get(node) or names.beside(node)
            passed.append(node)
            node = node.parent
        self._of.update(dict.fromkeys(passed, found))
        return found


def _stand_together(page: Page, a: int, b: int) -> bool:
    """Say whether two lines that follow each other stand in the same part of a page."""
    return _part(page.lines[a].node) is _part(page.lines[b].node)


def _part(node: Node | None) -> Node | None:
    for _ in range(_PART_DEPTH):
        if node is None or node.tag in _PARTS:
            break
        node = node.parent
    return node


def _stands_in(article: Found, at: int) -> bool:
    return any(0 <= n < len(article.why) and article.keeps(n) for n in (at - 1, at))


def _told(made: Manuscript, page: Page, article: Found, facts: Facts) -> None:
    made.leave_out("comment", page.counts["comment"])
    made.leave_out("script", page.counts["script"])
    told = sum((line.made for n, line in enumerate(page.lines) if line.made and article.keeps(n)), Counter[str]())
    made.change(tr("quotation marks a browser sets, put into the text"), told["q"])
    made.change(tr("spaces set between words that stand apart on the page"), told["space"])
    if told["struck"]:
        made.note(tr("Words that are struck out on the page are part of the text."))
    if page.with_hidden:
        made.note(tr("Nearly all of its text is hidden until a script shows it; it was taken as shown."))
    if not facts.is_free:
        made.note(tr("The page says that not everyone may read all of it: the end may be missing."))
    shown = sum(len(line.text) for n, line in enumerate(page.lines) if article.keeps(n))
    if len(facts.body) > max(_ASKED, 1.5 * shown):
        made.note(
            tr(
                "The page’s data (JSON-LD) holds {n:,} characters of the article, but the page shows {shown:,}.",
                n=len(facts.body),
                shown=shown,
            )
        )
    if facts.damaged:
        made.note(
            trn(
                "One piece of the page’s data (JSON-LD) is damaged and was passed over.",
                "{n} pieces of the page’s data (JSON-LD) are damaged and were passed over.",
                facts.damaged,
            )
        )
