"""Saved web pages (.mhtml, .mht): the page in the archive, read as any web page; what was saved with it is not needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from annotator.errors import ReadError
from annotator.importers import mail, mime, web
from annotator.importers.encoding import Decoded
from annotator.importers.manuscript import Manuscript
from annotator.importers.mime import Part
from annotator.language import tr
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "multipart/related"

TRIED = 20
"""Pages of an archive that are looked at until one has text: the one it shows, then the longest."""

_PAGES = ("text/html", "application/xhtml+xml")
_TEMPLATE = re.compile(r"<template\b([^<>]{0,2000})>", re.I)
_SHADOW = re.compile(r"\bshadow(?:root)?mode\s*=", re.I)
_ADDRESSES = ("http://", "https://")


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a saved page as a draft. Raises ReadError where there is no page in it, or no text in the page."""
    archive = mime.parse(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if not archive.heads:
        raise ReadError(tr("is not a saved web page: it has no head lines. Save the page again."))
    pages = _pages(archive)
    if not pages:
        raise ReadError(tr("holds no web page, only what belongs to one: save the page again."))
    made, page, decoded = _filled(pages[0], options, progress)
    for other in pages[1:TRIED]:
        if not made.is_empty:
            break
        progress()
        made, page, decoded = _filled(other, options, progress)
    progress()
    made.can.add("whole_page")
    made.fact("title", archive.head("subject"), tr("the archive’s own title"))
    made.fact("url", _address(archive, page), tr("the address the archive was saved from"))
    if saved := mail.iso_day(archive.raw("date")):
        made.note(tr("The page was saved on {date}.", date=saved))
    if page.damage:
        made.note(tr("It was damaged on its way: some of its characters may be wrong or missing."))
    if archive.is_cut:
        made.note(tr("The archive ends in the middle: something may be missing."))
    return made.draft(data, file_name, MEDIA_TYPE, decoded=decoded, head=False)


def _filled(page: Part, options: ReadOptions, progress: Callable[[], None]) -> tuple[Manuscript, Part, Decoded]:
    made = Manuscript(options)
    decoded = mime.characters(page, page.body(), encoding=options.encoding, is_page=True)
    web.fill(made, _unshadowed(decoded.text), whole=options.whole_page, progress=progress)
    return made, page, decoded


def _unshadowed(page: str) -> str:
    """Return a page with what its scripts had set into it shown, as it was on the screen; browsers save it as templates."""
    heads = [found[1] for found in _TEMPLATE.finditer(page)]
    if not heads or not all(_SHADOW.search(head) for head in heads):
        return page  # one template that is none of these, and which end belongs to which is not known
    return re.sub(r"<(/?)template\b", r"<\1div", page, flags=re.I)


def _pages(archive: Part) -> list[Part]:
    """Return the pages in the archive: the one it shows first, then the others, the longest first."""
    shown = archive
    while shown.parts:  # never more than mime.DEPTH
        root = mail.root_of(shown)
        if root is None:
            break
        shown = root
    others = [part for part in _leaves(archive) if part is not shown and part.kind in _PAGES]
    others.sort(key=lambda part: -part.packed_bytes)
    is_page = shown.kind in _PAGES or (not shown.parts and not others and shown.kind.startswith("text/"))
    return [shown, *others] if is_page else others


def _leaves(part: Part) -> Iterator[Part]:
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if part.parts:
            waiting += reversed(part.parts)
        else:
            yield part


def _address(archive: Part, page: Part) -> str:
    said = (archive.raw("snapshot-content-location"), page.raw("content-location"), archive.raw("content-location"))
    return next((mime.words(value) for value in said if value.startswith(_ADDRESSES)), "")
