"""Importers: a file, or pasted text, becomes a draft; files are read in a child process of limited means."""

from __future__ import annotations

from pathlib import Path

from annotator.importers.folders import Found, files_in, is_folder
from annotator.importers.readers import EXTENSIONS, READERS, Reader, file_filter
from annotator.model import Chapter, Draft, ImportReport, ReadOptions

__all__ = [
    "EXTENSIONS",
    "READERS",
    "Chapter",
    "Draft",
    "Found",
    "ImportReport",
    "ReadOptions",
    "Reader",
    "draft_from_text",
    "file_filter",
    "files_in",
    "is_folder",
    "read",
]

# What reads is imported when first wanted: the window starts without it.


def read(path: Path, options: ReadOptions | None = None) -> Draft:
    """Read a file in a child process of limited means. Raises ReadError, one sentence that names the file."""
    from annotator.importers import sandbox

    return sandbox.read(path, options)


def draft_from_text(
    raw: str, *, title: str | None = None, file_name: str = "pasted.txt", options: ReadOptions | None = None
) -> Draft:
    """Make a draft of pasted text. Raises ReadError where there is none or too much of it."""
    from annotator.importers import sandbox

    return sandbox.draft_from_text(raw, title=title, file_name=file_name, options=options)
