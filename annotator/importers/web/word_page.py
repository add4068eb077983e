"""Pages Word wrote, or copied: lists that are paragraphs with a bullet in them become lists."""

from __future__ import annotations

import html

import regex

_SIGN = "mso-list:"
_END = "</p>"
_LEVEL = regex.compile(r"mso-list:\s{0,9}l\d{1,4}\s{1,9}level(\d)")
_MARKER = "<![if !supportlists]>", "<![endif]>"
_TAG = regex.compile(r"<[^<>]{0,2000}>")
_NUMBER = regex.compile(r"\(?[\p{L}\p{N}]{1,6}[.)](?:\p{N}{1,3}[.)]?){0,8}")
"""A marker that says which item it is; the letter "o" of a bullet has no full stop behind it."""
_OF_A_TAG, _OF_AN_ITEM, _OF_A_MARKER = 2_000, 50_000, 2_000
"""So many code points each may be long."""


def mended(page: str) -> str:
    """Return a page with Word's list paragraphs as list items: bullets go, numbers stay; other pages as they are."""
    if _SIGN not in page:
        return page
    lower = page.lower() if len(page.lower()) == len(page) else page
    out: list[str] = []
    done = close = 0
    at = lower.find(_SIGN)
    while at >= 0 and close >= 0:
        if close <= at:
            close = lower.find(_END, at)  # looked for once, not from every place
        item = _item(page, lower, at, done, close)
        if item is None:
            at = lower.find(_SIGN, at + len(_SIGN))
            continue
        start, end, words = item
        out += [page[done:start], words]
        done = end
        at = lower.find(_SIGN, end)
    return "".join([*out, page[done:]])


def _item(page: str, lower: str, at: int, done: int, end: int) -> tuple[int, int, str] | None:
    """Return the paragraph, up to ``end``, whose start tag says at ``at`` that it is a list's, and what it becomes."""
    level = _LEVEL.match(lower, at)
    start = lower.rfind("<", max(done, at - _OF_A_TAG), at)
    if level is None or start < 0 or not lower.startswith("<p", start) or not lower[start + 2].isspace():
        return None
    inner = lower.find(">", at, at + _OF_A_TAG) + 1
    if not 0 < inner <= end <= inner + _OF_AN_ITEM:
        return None
    depth = max(1, int(level[1]))
    words = _marked(page[inner:end], lower[inner:end])
    return start, end + len(_END), f"{'<ul><li>' * depth}{words}{'</li></ul>' * depth}"


def _marked(inner: str, lower: str) -> str:
    """Return what an item holds, its marker as plain words where it is a number, and else without it."""
    begin, end = _MARKER
    start = lower.find(begin)
    stop = lower.find(end, start + len(begin), start + len(begin) + _OF_A_MARKER) if start >= 0 else -1
    if stop < 0:
        return inner
    marker = " ".join(html.unescape(_TAG.sub("", inner[start + len(begin) : stop])).split())
    kept = f"{html.escape(marker)} " if _NUMBER.fullmatch(marker) else ""
    return inner[:start] + kept + inner[stop + len(end) :]
