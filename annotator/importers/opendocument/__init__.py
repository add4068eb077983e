"""OpenDocument text (.odt, .fodt): the text as a word processor shows it, its structure as blocks, and what is left out.

In the text: paragraphs in order, tables row by row, text boxes behind the paragraph they are fixed to, lists with
their numbers, the shown values of fields, tracked insertions. Left out and listed, with their words: tracked
deletions, hidden passages, comments, foot- and endnotes (kept at the end on demand), running heads and feet,
placeholders, reading aids, formulas, and what a picture shows by its description. No address is ever opened.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from annotator.errors import ReadError
from annotator.importers.containers import Container
from annotator.importers.manuscript import Manuscript
from annotator.importers.markup import walk
from annotator.importers.opendocument.story import PREFIXES, OpenStory
from annotator.importers.opendocument.styles import Styles
from annotator.importers.opendocument.text import OpenText
from annotator.importers.properties import suggest
from annotator.importers.story import Filling
from annotator.language import tr
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
FLAT_MEDIA_TYPE = "application/vnd.oasis.opendocument.text-flat-xml"
_MARK_UP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ \t\r\n\x00]*<")
_MANIFEST_BYTES = 8_000_000
_FORMULA_BYTES = 200_000
_OTHERS = {
    "spreadsheet": tr("is a spreadsheet, not a text: copy the article out of it."),
    "presentation": tr("is a presentation, not a text: copy the article out of it."),
    "drawing": tr("is a drawing, not a text."),
    "chart": tr("is a chart, not a text."),
}


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return an OpenDocument text as a draft. Raises ReadError where it is none, damaged, protected, empty, too long."""
    is_flat = _MARK_UP.match(data) is not None
    container = None if is_flat else Container(data)
    made = Manuscript(options)
    progress()
    filling = Filling(made)
    text = OpenText(made, Styles(), progress, filling.take)
    story = OpenStory(text, _Formulas(container))
    if container is None:
        walk(data, story, PREFIXES)
    else:
        _refuse_protected(container)
        for part in ("meta.xml", "styles.xml", "content.xml"):
            if part == "content.xml" and part not in container:
                raise ReadError(tr("is damaged, or no OpenDocument text: the part with its text is missing."))
            if part in container:
                _walk(container, part, story, made)
    text.close()
    if story.body != "text":
        raise ReadError(_OTHERS.get(story.body) or tr("is no OpenDocument text."))
    filling.end()
    for n, pieces in enumerate(story.notes, 1):
        if pieces:
            made.add_note(n, pieces)
    for address in story.addresses:
        made.leave_out("address", text=address)
    made.fact("language", text.languages.most(), tr("the language its words are marked with"))
    draft = made.draft(data, file_name, FLAT_MEDIA_TYPE if is_flat else MEDIA_TYPE)
    author = story.meta.get("meta:initial-creator") or story.meta.get("dc:creator", "")
    return suggest(draft, title=story.meta.get("dc:title", ""), author=author)


def _walk(container: Container, part: str, story: OpenStory, made: Manuscript) -> None:
    """Read a part; where one that holds no text cannot be read, the text still can, and the report says so."""
    try:
        walk(container.chunks(part), story, PREFIXES, part)
    except ReadError as error:
        if part == "content.xml":
            raise
        made.note(tr("It {is_so}", is_so=error))
        story.begin_anew()


def _refuse_protected(container: Container) -> None:
    manifest = b"".join(_at_most(container, "META-INF/manifest.xml", _MANIFEST_BYTES))
    if b"encryption-data" in manifest or "encrypted-package" in container:
        raise ReadError(tr("is protected by a password: open it with the password and save it without one."))


def _at_most(container: Container, part: str, most: int) -> Iterator[bytes]:
    """Yield a part's bytes, up to a number of them; nothing where there is no such part."""
    left = most
    for chunk in container.chunks(part) if part in container else ():
        yield chunk
        left -= len(chunk)
        if left <= 0:
            return


class _Formulas:
    """Finds the formula in an embedded object, as its author typed it."""

    def __init__(self, container: Container | None) -> None:
        self._container = container

    def __call__(self, address: str) -> str | None:
        """Return the words of a formula; None where the object at this address is something else."""
        part = posixpath.normpath(posixpath.join(address.removeprefix("./"), "content.xml"))
        if self._container is None or part not in self._container:
            return None
        content = b"".join(_at_most(self._container, part, _FORMULA_BYTES))
        if b"<math" not in content and b":math" not in content:
            return None
        told = _Annotation()
        try:
            walk(content, told, PREFIXES, part)
        except ReadError:  # a damaged formula is still left out as one
            return ""
        return " ".join("".join(told.words).split())


class _Annotation:
    """A handler that keeps the annotation of a formula."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._listens = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._listens = name == "math:annotation"

    def end(self, name: str) -> None:
        self._listens = False

    def text(self, characters: str) -> None:
        if self._listens:
            self.words.append(characters)
