"""Rich text (.rtf): its words in reading order, with headings, lists, quotations and tables; notes, comments, changes listed.

A tokenizer of our own in one pass: the libraries for it throw the structure away.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from annotator.errors import ReadError
from annotator.importers.encoding import Decoded
from annotator.importers.manuscript import Manuscript
from annotator.importers.properties import suggest
from annotator.importers.rich_text.reading import Reading
from annotator.importers.story import Filling
from annotator.language import tr
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "application/rtf"

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]*(?=\{\\rtf)")


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a rich text file as a draft. Raises ReadError where it is something else, empty or too long."""
    begin = _BEGIN.match(data)
    if begin is None:
        raise ReadError(
            tr(
                "is not a rich text file: it does not begin as one. "
                "If it is plain text, name it .txt and read it again."
            )
        )
    made = Manuscript(options)
    filling = Filling(made)
    reading = Reading(data, made, progress, filling.take)
    reading.run(begin.end())
    filling.end()
    for n, pieces in enumerate(reading.notes, 1):
        made.add_note(n, pieces)
    made.fact("language", reading.languages.most(), tr("the language its words are marked with"))
    draft = made.draft(data, file_name, MEDIA_TYPE, decoded=_decoded(reading))
    return suggest(draft, title=reading.info.get("title", ""), author=reading.info.get("author", ""))


def _decoded(reading: Reading) -> Decoded | None:
    """Return how its bytes became characters, where that was more than the fonts' own encodings."""
    if not reading.fonts.guessed:
        return None
    if given := reading.made.options.encoding:
        return Decoded("", given, "given")
    return Decoded("", reading.fonts.page or "cp1252", "declared" if reading.fonts.page else "guess")
