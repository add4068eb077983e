"""The registry of readers: one line for each kind of original that can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from annotator.importers import limits
from annotator.language import tr
from annotator.model import Draft, ReadOptions

ReadBytes = Callable[[bytes, str, ReadOptions, Callable[[], None]], Draft]
"""Bytes, the file's name, what the user decided, and what to call after each page or chapter; raises ReadError with
the end of a sentence that begins with the file's name."""


@dataclass(frozen=True)
class Reader:
    """A kind of original: its name for people, the endings of its files, and the module whose ``read`` reads it."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    module: str
    most_bytes: int = limits.FILE_BYTES


READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("plain", tr("Plain text"), (".txt", ".text"), "annotator.importers.plain", limits.TEXT_BYTES),
        Reader("markdown", tr("Markdown"), (".md", ".markdown"), "annotator.importers.markdown", limits.TEXT_BYTES),
        Reader("web", tr("Web page"), (".html", ".htm", ".xhtml"), "annotator.importers.web"),
        Reader("web_archive", tr("Saved web page"), (".mhtml", ".mht"), "annotator.importers.web_archive"),
        Reader("word", tr("Word"), (".docx", ".docm"), "annotator.importers.word"),
        Reader("opendocument", tr("OpenDocument text"), (".odt", ".fodt"), "annotator.importers.opendocument"),
        Reader("rich_text", tr("Rich text"), (".rtf",), "annotator.importers.rich_text"),
        Reader("pdf", tr("PDF"), (".pdf",), "annotator.importers.pdf"),
        Reader("book", tr("E-book"), (".epub",), "annotator.importers.book"),
        Reader("mail", tr("Mail"), (".eml",), "annotator.importers.mail"),
    )
}

EXTENSIONS: tuple[str, ...] = tuple(suffix for reader in READERS.values() for suffix in reader.suffixes)


def reader_for(file_name: str) -> Reader | None:
    """Return the reader for a file by its name's ending, or None; a name without an ending is taken as plain text."""
    suffix = PurePath(file_name).suffix.casefold()
    if not suffix:
        return READERS["plain"]
    return next((reader for reader in READERS.values() if suffix in reader.suffixes), None)


def file_filter() -> str:
    """Return the choices for a file dialogue, in Qt's form: "Articles (*.txt *.md);;Plain text (*.txt);;…"."""
    everything = " ".join(f"*{suffix}" for suffix in EXTENSIONS)
    kinds = [f"{r.label} ({' '.join(f'*{s}' for s in r.suffixes)})" for r in READERS.values()]
    return ";;".join([tr("Articles ({everything})", everything=everything), *kinds])
