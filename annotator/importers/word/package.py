"""The parts of a Word file and how they are related; which of them is the document, and what it is if it is none."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from annotator.errors import ReadError
from annotator.importers.containers import Container
from annotator.importers.markup import Element, parse
from annotator.language import tr

SIDE_PART_BYTES = 16_000_000
"""Largest part that is held as a tree (styles, numbering, properties); the text itself is read as a stream."""

_OFFICE, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
PREFIXES: dict[str, str] = {
    **{f"{_OFFICE}{path}": short for path, short in (
        ("wordprocessingml/2006/main", "w"), ("officeDocument/2006/relationships", "r"),
        ("officeDocument/2006/math", "m"), ("markup-compatibility/2006", "mc"), ("drawingml/2006/main", "a"),
        ("drawingml/2006/wordprocessingDrawing", "wp"), ("drawingml/2006/picture", "pic"),
        ("drawingml/2006/chart", "c"), ("drawingml/2006/diagram", "dgm"),
    )},
    **{f"{_STRICT}{path}": short for path, short in (
        ("wordprocessingml/main", "w"), ("officeDocument/relationships", "r"), ("officeDocument/math", "m"),
        ("drawingml/main", "a"), ("drawingml/wordprocessingDrawing", "wp"), ("drawingml/picture", "pic"),
        ("drawingml/chart", "c"), ("drawingml/diagram", "dgm"),
    )},
    "urn:schemas-microsoft-com:vml": "v",
    "http://www.w3.org/XML/1998/namespace": "xml",
}  # fmt: skip
"""Short names of the namespaces of both sets that Word's format has, transitional and strict."""

PASSED_OVER = frozenset(
    """w:tabs w:sectPr w:tblPr w:tblGrid w:tblPrEx w:pPrChange w:rPrChange w:sectPrChange w:tblPrChange w:trPrChange
    w:tcPrChange w:tblGridChange w:numberingChange w:sdtEndPr w:delInstrText w:fldData m:ctrlPr m:rPr
    w:separator w:continuationSeparator""".split()  # noqa: SIM905
)
"""Elements that hold nothing of the text, but what would be taken for it or for a property of it."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    "xl/workbook.xml": tr("is a spreadsheet, not a Word document: copy the article out of it."),
    "ppt/presentation.xml": tr("is a presentation, not a Word document: copy the article out of it."),
    "visio/document.xml": tr("is a drawing, not a Word document."),
    "Index/Document.iwa": tr("is a Pages document, not a Word document: export it as Word in Pages."),
    "META-INF/container.xml": tr("is an e-book, not a Word document: give it the ending .epub."),
    "META-INF/manifest.xml": tr("is an OpenDocument file, not a Word document: give it the ending .odt."),
}


@dataclass(frozen=True)
class Relation:
    """What a part is related to: the last word of the relation's kind, and the other part's name or an address."""

    kind: str
    target: str
    outside: bool = False
    """The target is an address, and never opened."""


class Package:
    """A Word file's parts. Raises ReadError, as the end of a sentence, for what is no readable Word document."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLD_OFFICE):
            raise ReadError(_old_office(data))
        self.container = Container(data)
        self.faults: list[str] = []
        """What is wrong with parts that hold no text, as ends of sentences; the text can be read without them."""
        found = [r.target for r in self.relations("").values() if r.kind == "officeDocument" and not r.outside]
        main = next((part for name in (*found, "word/document.xml") if (part := self.container.find(name))), None)
        other = next((words for name, words in _OTHERS.items() if name in self.container), None)
        if other is not None and (main is None or not self._is_word(main)):
            raise ReadError(other)
        if main is None:
            raise ReadError(tr("is no Word document, or a damaged one: the part with its text is missing."))
        self.main = main
        self.related: Mapping[str, Relation] = self.relations(main)

    def _is_word(self, main: str) -> bool:
        return main.casefold() not in {name.casefold() for name in _OTHERS}

    def relations(self, part: str) -> dict[str, Relation]:
        """Return a part's relations by id ("" for the package's own); none where they are not told."""
        folder, name = posixpath.split(part)
        found = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        if found is None:
            return {}
        related: dict[str, Relation] = {}
        for element in children(found, "Relationship"):
            kind = (value(element, "Type") or "").rpartition("/")[2]
            target, outside = value(element, "Target") or "", value(element, "TargetMode") == "External"
            related[value(element, "Id") or ""] = Relation(kind, target if outside else _name(folder, target), outside)
        return related

    def parts(self, kind: str) -> Iterator[str]:
        """Yield the names of the parts of a kind the document is related to, once each, that are there."""
        names = (self.container.find(r.target) for r in self.related.values() if r.kind == kind and not r.outside)
        yield from dict.fromkeys(name for name in names if name)

    def missing(self) -> list[str]:
        """Return the names of the parts the document is related to and that are not there."""
        wanted = (r.target for r in self.related.values() if not r.outside and r.kind in _HOLD_WORDS)
        return [name for name in dict.fromkeys(wanted) if self.container.find(name) is None]

    def tree(self, name: str) -> Element | None:
        """Return the root of a small part; None where there is no such part, or it cannot be read."""
        found = self.container.find(name)
        if found is None:
            return None
        try:
            return self._tree(found)
        except ReadError as error:
            self.faults.append(str(error))
            return None

    def _tree(self, found: str) -> Element:
        held = bytearray()
        for chunk in self.container.chunks(found):
            held += chunk
            if len(held) > SIDE_PART_BYTES:
                raise ReadError(
                    tr(
                        "cannot be read: “{part}” is larger than {most:,} MB.",
                        part=found,
                        most=SIDE_PART_BYTES // 1_000_000,
                    )
                )
        return parse(bytes(held), found)


_HOLD_WORDS = ("comments", "footnotes", "endnotes", "header", "footer", "numbering", "styles", "aFChunk")


def _name(folder: str, target: str) -> str:
    """Return the name of the part a relation leads to."""
    path = unquote(target.partition("#")[0].replace("\\", "/"))
    joined = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath(joined).lstrip("/")


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return tr("is protected by a password: open it with the password and save it without one.")
    if "WordDocument".encode("utf-16-le") in data:
        return tr("is a document of an old Word (.doc): open it in a word processor and save it as .docx.")
    return tr("is a file of an old Office program: open it there and save it as .docx.")


def local(element: Element) -> str:
    """Return an element's name without its namespace: both sets of names Word's format has are read alike."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the direct children of a name."""
    return (child for child in element if local(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of a name, its first child of the next, and so on; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace; None where there is none, or no element."""
    if element is None:
        return None
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool | None:
    """Return what a property that is on or off says; None where it is not there."""
    return None if element is None else on(value(element))


def on(said: str | None) -> bool:
    """Say whether a value means on; no value does."""
    return said not in ("0", "false", "off", "none")
