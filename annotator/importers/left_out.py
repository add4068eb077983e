"""What an original may hold that is no part of the article's text: one table of words for every reader."""

from __future__ import annotations

from collections.abc import Callable

from annotator.language import trn

_WORDS: dict[str, Callable[[int], str]] = {
    "address": lambda n: trn("{n} address of a link", "{n} addresses of links", n),
    "tag": lambda n: trn("{n} HTML tag", "{n} HTML tags", n),
    "comment": lambda n: trn("{n} HTML comment", "{n} HTML comments", n),
    "script": lambda n: trn("{n} script or style", "{n} scripts and styles", n),
    "picture": lambda n: trn("{n} picture", "{n} pictures", n),
    "around": lambda n: trn("{n} passage around the article", "{n} passages around the article", n),
    "navigation": lambda n: trn("{n} passage of navigation", "{n} passages of navigation", n),
    "reader_comment": lambda n: trn("{n} comment by a reader", "{n} comments by readers", n),
    "hidden": lambda n: trn("{n} passage that is not shown", "{n} passages that are not shown", n),
    "form": lambda n: trn("{n} form or button", "{n} forms and buttons", n),
    "frame": lambda n: trn("{n} page or player set into the page", "{n} pages and players set into the page", n),
    "note": lambda n: trn("{n} footnote or endnote", "{n} footnotes and endnotes", n),
    "margin_comment": lambda n: trn("{n} comment in the margin", "{n} comments in the margin", n),
    "deleted": lambda n: trn("{n} passage deleted as a tracked change", "{n} passages deleted as tracked changes", n),
    "page_head": lambda n: trn("{n} running head or foot", "{n} running heads and feet", n),
    "page_number": lambda n: trn("{n} page number", "{n} page numbers", n),
    "turned": lambda n: trn("{n} line set across the page", "{n} lines set across the page", n),
    "outside": lambda n: trn("{n} line outside of its page", "{n} lines outside of their pages", n),
    "object": lambda n: trn("{n} embedded object", "{n} embedded objects", n),
    "reading": lambda n: trn("{n} reading aid above the line", "{n} reading aids above the line", n),
    "formula": lambda n: trn("{n} formula", "{n} formulas", n),
    "chapter": lambda n: trn("{n} chapter that was not chosen", "{n} chapters that were not chosen", n),
    "attachment": lambda n: trn("{n} attachment", "{n} attachments", n),
    "field": lambda n: trn("{n} head line of the message", "{n} head lines of the message", n),
}


def left_out_words(what: str, n: int) -> str:
    """Return the words for how many of a kind of thing were left out. Raises KeyError for a kind nobody named."""
    return _WORDS[what](n)


def left_out_name(what: str) -> str:
    """Return the words for one thing of a kind, as the heading of a passage that was left out."""
    return left_out_words(what, 1).removeprefix("1 ")


KINDS = frozenset(_WORDS)
"""Every kind of thing that readers leave out."""
