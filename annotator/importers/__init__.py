"""Importers: a file, or pasted text, becomes a draft; files are read in a child process of limited means."""

from __future__ import annotations

from annotator.importers.readers import EXTENSIONS, READERS, Reader, file_filter
from annotator.importers.sandbox import draft_from_text, read
from annotator.model import Draft, ImportReport

__all__ = ["EXTENSIONS", "READERS", "Draft", "ImportReport", "Reader", "draft_from_text", "file_filter", "read"]
