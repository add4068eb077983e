"""Word (.docx, .docm): the text as Word shows it, its structure as blocks, and a list of what is no part of the text.

In the text: paragraphs in order, tables row by row, text boxes behind the paragraph they are fixed to, lists with the
numbers Word counts, the results of fields, tracked insertions, and formulas in one line. Left out and listed, with
their words: tracked deletions, hidden text, comments, foot- and endnotes (kept at the end on demand), running heads
and feet, placeholders, and what a picture shows by its description. Macros and outside addresses are never touched.
"""

from __future__ import annotations

from collections.abc import Callable

from annotator.errors import ReadError
from annotator.importers.encoding import declared_in, decode
from annotator.importers.manuscript import Manuscript
from annotator.importers.markup import Element, walk
from annotator.importers.properties import suggest
from annotator.importers.story import Filling, Piece, words_of
from annotator.importers.word.numbering import Numbering
from annotator.importers.word.package import PREFIXES, Package, local
from annotator.importers.word.story import WordStory
from annotator.importers.word.styles import Styles
from annotator.importers.word.text import Context
from annotator.language import tr
from annotator.model import Draft, ReadOptions

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO_MEDIA_TYPE = "application/vnd.ms-word.document.macroEnabled.12"
_CHUNK_BYTES = 20_000_000
_DRAWN_WORDS = 200


def read(data: bytes, file_name: str, options: ReadOptions, progress: Callable[[], None]) -> Draft:
    """Return a Word file as a draft. Raises ReadError where it is none, damaged, protected, empty or too long."""
    package = Package(data)
    made = Manuscript(options)
    filling = Filling(made)
    progress()
    context = Context(
        made,
        Styles(_side(package, "styles")),
        Numbering(_side(package, "numbering")),
        progress,
        lambda relation: _read_chunk(package, relation, made, filling),
        lambda relation: _words_in(package, relation),
    )
    _body(package, context, filling)
    _notes(package, context)
    _comments(package, context)
    _running_heads(package, context)
    for address in context.addresses:
        made.leave_out("address", text=address)
    core = _core(package)
    made.fact("language", context.languages.most(), tr("the language its words are marked with"))
    for fault in dict.fromkeys(package.faults):
        made.note(tr("It {is_so}", is_so=fault))
    has_macros = any(name.casefold().endswith("vbaproject.bin") for name in package.container.names)
    if has_macros:
        made.note(tr("It holds macros; they were not run."))
    draft = made.draft(data, file_name, MACRO_MEDIA_TYPE if has_macros else MEDIA_TYPE)
    return suggest(draft, title=core.get("title", ""), author=core.get("creator", ""))


def _side(package: Package, kind: str) -> Element | None:
    """Return the root of the part with styles or numbers; None where it is not there."""
    name = next(package.parts(kind), None)
    return None if name is None else package.tree(name)


def _body(package: Package, context: Context, filling: Filling) -> None:
    story = WordStory(context, package.related, filling.take)
    walk(package.container.chunks(package.main), story, PREFIXES, package.main)
    story.close()
    filling.end()
    for part in package.missing():
        context.made.note(tr("A part of it is missing: “{part}”.", part=part))


class _Each:
    """A handler that reads each element of some kinds (a note, a comment) as a story of its own."""

    def __init__(self, context: Context, package: Package, part: str, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._story = WordStory(context, package.relations(part), lambda piece: self._pieces.append(piece))
        self._is_open = False
        self._attributes: dict[str, str] = {}
        self._pieces: list[Piece] = []
        self.found: list[tuple[dict[str, str], list[Piece]]] = []
        """The attributes of each, and its pieces."""
        try:
            walk(package.container.chunks(part), self, PREFIXES, part)
        except ReadError as error:  # the text can be read without it
            package.faults.append(str(error))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_open:
            self._story.start(name, attributes)
        elif name in self._kinds:
            self._attributes, self._pieces, self._is_open = attributes, [], True

    def end(self, name: str) -> None:
        if self._is_open and name in self._kinds:
            self._story.close()
            self._is_open = False
            self.found.append((self._attributes, self._pieces))
        elif self._is_open:
            self._story.end(name)

    def text(self, characters: str) -> None:
        if self._is_open:
            self._story.text(characters)


def _notes(package: Package, context: Context) -> None:
    """Put foot- and endnotes at the end, or leave them out: in the order the text refers to them."""
    found: dict[tuple[str, str], list[Piece]] = {}
    for kind in ("footnote", "endnote"):
        for part in package.parts(f"{kind}s"):
            for attributes, pieces in _Each(context, package, part, (f"w:{kind}",)).found:
                if attributes.get("w:type", "normal") == "normal" and pieces:
                    found[kind, attributes.get("w:id", "")] = pieces
    unused = [note for note in found if note not in context.notes]
    for note in (*context.notes, *unused):
        if pieces := found.get(note):
            context.made.add_note(context.notes.get(note), pieces)


def _comments(package: Package, context: Context) -> None:
    for part in package.parts("comments"):
        for attributes, pieces in _Each(context, package, part, ("w:comment",)).found:
            author, words = attributes.get("w:author", "").strip(), words_of(pieces)
            context.made.leave_out("margin_comment", text=f"{author}: {words}" if author else words)


def _running_heads(package: Package, context: Context) -> None:
    known: set[str] = set()
    for kind, element in (("header", "w:hdr"), ("footer", "w:ftr")):
        for part in package.parts(kind):
            for _, pieces in _Each(context, package, part, (element,)).found:
                words = words_of(pieces)
                if words and words not in known:
                    known.add(words)
                    context.made.leave_out("page_head", text=words)


def _read_chunk(package: Package, relation: str, made: Manuscript, filling: Filling) -> None:
    """Read a document that stands in the document, where it is a web page or plain text; others are left out."""
    filling.flush()
    target = package.related.get(relation)
    part = package.container.find(target.target) if target is not None and not target.outside else None
    ending = part.rpartition(".")[2].casefold() if part else ""
    if part is None or ending not in ("htm", "html", "xhtml", "txt"):
        made.leave_out("object", text=part or "")
        return
    data = b""
    for chunk in package.container.chunks(part):
        data += chunk
        if len(data) > _CHUNK_BYTES:
            made.leave_out("object", text=part)
            return
    try:
        decoded = decode(data, declared=None if ending == "txt" else declared_in(data))
    except ReadError:  # the text can be read without it
        made.leave_out("object", text=part)
        return
    made.changes.update(decoded.changes)
    if decoded.how == "guess":
        made.note(
            tr("“{part}” says no encoding; it was guessed to be {encoding}.", part=part, encoding=decoded.encoding)
        )
    if ending == "txt":
        made.add(decoded.text)
    else:
        from annotator.importers import web  # few documents hold a page

        web.fill(made, decoded.text, whole=True)


class _Drawn:
    """A handler that keeps the first words of a chart or a diagram."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._listens = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._listens = name in ("a:t", "c:v") and len(self.words) < _DRAWN_WORDS

    def end(self, name: str) -> None:
        self._listens = False

    def text(self, characters: str) -> None:
        if self._listens:
            self.words.append(characters)


def _words_in(package: Package, relation: str) -> str:
    target = package.related.get(relation)
    part = package.container.find(target.target) if target is not None and not target.outside else None
    drawn = _Drawn()
    if part is not None:
        try:
            walk(package.container.chunks(part), drawn, PREFIXES, part)
        except ReadError as error:  # the text can be read without it
            package.faults.append(str(error))
    return " ".join(drawn.words)


def _core(package: Package) -> dict[str, str]:
    """Return the document's properties by their names without namespaces."""
    part = next((r.target for r in package.relations("").values() if r.kind == "core-properties" and not r.outside), "")
    root = package.tree(part)
    return {} if root is None else {local(element): element.text or "" for element in root}
