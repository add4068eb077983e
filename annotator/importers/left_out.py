"""What an original may hold that is no part of the article's text: one table of words for every reader."""

from __future__ import annotations

from collections.abc import Callable

from annotator.language import tr, trn

_WORDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "address": (tr("address of a link"), lambda n: trn("{n} address of a link", "{n} addresses of links", n)),
    "tag": (tr("HTML tag"), lambda n: trn("{n} HTML tag", "{n} HTML tags", n)),
    "comment": (tr("HTML comment"), lambda n: trn("{n} HTML comment", "{n} HTML comments", n)),
    "script": (tr("script or style"), lambda n: trn("{n} script or style", "{n} scripts and styles", n)),
    "picture": (tr("picture"), lambda n: trn("{n} picture", "{n} pictures", n)),
    "advertisement": (tr("advertisement"), lambda n: trn("{n} advertisement", "{n} advertisements", n)),
    "related": (
        tr("list of other articles"),
        lambda n: trn("{n} list of other articles", "{n} lists of other articles", n),
    ),
    "sign_up": (
        tr("offer of a newsletter or subscription"),
        lambda n: trn("{n} offer of a newsletter or subscription", "{n} offers of newsletters or subscriptions", n),
    ),
    "cookies": (tr("cookie notice"), lambda n: trn("{n} cookie notice", "{n} cookie notices", n)),
    "sharing": (
        tr("invitation to share or follow"),
        lambda n: trn("{n} invitation to share or follow", "{n} invitations to share or follow", n),
    ),
    "writer": (tr("note on who wrote it"), lambda n: trn("{n} note on who wrote it", "{n} notes on who wrote it", n)),
    "header": (tr("header of the page"), lambda n: trn("{n} header of the page", "{n} headers of the page", n)),
    "footer": (tr("footer of the page"), lambda n: trn("{n} footer of the page", "{n} footers of the page", n)),
    "around": (
        tr("passage around the article"),
        lambda n: trn("{n} passage around the article", "{n} passages around the article", n),
    ),
    "navigation": (
        tr("passage of navigation"),
        lambda n: trn("{n} passage of navigation", "{n} passages of navigation", n),
    ),
    "reader_comment": (
        tr("comment by a reader"),
        lambda n: trn("{n} comment by a reader", "{n} comments by readers", n),
    ),
    "hidden": (
        tr("passage that is not shown"),
        lambda n: trn("{n} passage that is not shown", "{n} passages that are not shown", n),
    ),
    "form": (tr("form or button"), lambda n: trn("{n} form or button", "{n} forms and buttons", n)),
    "frame": (
        tr("page or player set into the page"),
        lambda n: trn("{n} page or player set into the page", "{n} pages and players set into the page", n),
    ),
    "note": (tr("footnote or endnote"), lambda n: trn("{n} footnote or endnote", "{n} footnotes and endnotes", n)),
    "margin_comment": (
        tr("comment in the margin"),
        lambda n: trn("{n} comment in the margin", "{n} comments in the margin", n),
    ),
    "deleted": (
        tr("passage deleted as a tracked change"),
        lambda n: trn("{n} passage deleted as a tracked change", "{n} passages deleted as tracked changes", n),
    ),
    "page_head": (
        tr("running head or foot"),
        lambda n: trn("{n} running head or foot", "{n} running heads and feet", n),
    ),
    "page_number": (tr("page number"), lambda n: trn("{n} page number", "{n} page numbers", n)),
    "turned": (
        tr("line set across the page"),
        lambda n: trn("{n} line set across the page", "{n} lines set across the page", n),
    ),
    "outside": (
        tr("line outside of its page"),
        lambda n: trn("{n} line outside of its page", "{n} lines outside of their pages", n),
    ),
    "object": (tr("embedded object"), lambda n: trn("{n} embedded object", "{n} embedded objects", n)),
    "reading": (
        tr("reading aid above the line"),
        lambda n: trn("{n} reading aid above the line", "{n} reading aids above the line", n),
    ),
    "formula": (tr("formula"), lambda n: trn("{n} formula", "{n} formulas", n)),
    "chapter": (
        tr("chapter that was not chosen"),
        lambda n: trn("{n} chapter that was not chosen", "{n} chapters that were not chosen", n),
    ),
    "attachment": (tr("attachment"), lambda n: trn("{n} attachment", "{n} attachments", n)),
    "field": (
        tr("head line of the message"),
        lambda n: trn("{n} head line of the message", "{n} head lines of the message", n),
    ),
}


def left_out_words(what: str, n: int) -> str:
    """Return the words for how many of a kind of thing were left out. Raises KeyError for a kind nobody named."""
    return _WORDS[what][1](n)


def left_out_name(what: str) -> str:
    """Return the words for one thing of a kind, as the heading of a passage that was left out."""
    return _WORDS[what][0]


KINDS = frozenset(_WORDS)
"""Every kind of thing that readers leave out."""
