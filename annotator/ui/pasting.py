"""What is on the clipboard, or dropped as words: with its form or plain, and as a draft with a title of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from annotator.errors import ReadError
from annotator.language import tr
from annotator.model import ReadOptions

if TYPE_CHECKING:
    from annotator.importers import Draft
    from annotator.importers.sandbox import Pool

_PAGE, _RICH, _TEXT = "pasted.html", "pasted.rtf", "pasted.txt"
"""The names what is pasted is kept under, for the endings of the files one may make of it."""
_RICH_TEXT = ("text/rtf", "application/rtf", "text/richtext", 'application/x-qt-windows-mime;value="Rich Text Format"')
"""What programs call rich text that they put on the clipboard."""


def clipboard() -> QMimeData:
    """Return what is on the clipboard; nothing where it is empty, for which Qt has no data at all."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def has_form(name: str) -> bool:
    """Say whether something of this name was pasted with a form of its own."""
    return name in (_PAGE, _RICH)


def name_words(name: str) -> str:
    """Return what people call an original: its file's name, but what was pasted has none."""
    return tr("From the clipboard") if name in (_PAGE, _RICH, _TEXT) else name


def formed(data: QMimeData) -> tuple[bytes, str] | None:
    """Return what holds words with their form, a page before rich text, and a name for it; None where there is none."""
    page = fragment(data.html())
    if page:
        return page.encode("utf-8", "replace"), _PAGE
    for format_ in _RICH_TEXT:
        rich = bytes(data.data(format_).data())
        if rich.strip(b"\0 \r\n"):
            return rich.rstrip(b"\0"), _RICH
    return None


def fragment(page: str) -> str:
    """Return what was copied of a page that is on the clipboard."""
    start = page.find("<!--StartFragment-->")
    end = page.rfind("<!--EndFragment-->")
    return (page[start + len("<!--StartFragment-->") : end] if 0 <= start < end else page).strip()


def plain(words: str, options: ReadOptions | None = None) -> Draft:
    """Return words as a draft: their characters are known, and no encoding is to be chosen. Raises ReadError."""
    from annotator import importers  # only now: the window starts without it

    asked = ReadOptions(join_lines=options is not None and options.join_lines)
    draft = importers.draft_from_text(words, file_name=_TEXT, options=asked)
    return _titled(replace(draft, can=draft.can - {"encoding"}, report=replace(draft.report, how="utf-8")))


def read(pool: Pool, data: bytes, name: str, options: ReadOptions) -> Draft:
    """Read all of what was pasted with its form. Raises ReadError."""
    try:
        draft = pool.read_bytes(data, name, replace(options, whole_page=True))
    except ReadError as error:
        said = tr("What was pasted {is_so}", is_so=error.is_so)
        raise ReadError(said, ask=error.ask, is_so=error.is_so) from error
    return _titled(replace(draft, can=draft.can - {"encoding", "whole_page"}))


def _titled(draft: Draft) -> Draft:
    """Return a draft whose title is no file's name: its first heading, or else its first words."""
    from annotator.importers.blocks import first_words  # only now: the window starts without it

    if draft.title != PurePath(draft.file_name).stem:
        return draft
    filled = [b for b in draft.blocks if draft.text[b.start : b.end].strip()]
    heading = next((b for b in filled if b.kind == "heading"), None)
    block = heading or filled[0]
    title = first_words(draft.text[block.start : block.end])
    where = tr("the first heading") if heading else tr("the first words")
    return replace(
        draft, title=title, report=replace(draft.report, facts_from={**draft.report.facts_from, "title": where})
    )
