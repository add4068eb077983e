"""What a PDF says of itself beside its pages: title, author, language; comments, links and files attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import regex
from pdfminer.pdftypes import PDFStream

from annotator.importers.dates import iso_date
from annotator.importers.pdf.file import FAILURES, PdfFile, items, name, table, value, words
from annotator.importers.properties import author_of, from_properties, title_of

_PACKET_BYTES = 500_000
_ANNOTATIONS = 20_000
_COMMENTS = frozenset({"Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Stamp", "Caret", "Note"})


@dataclass(frozen=True)
class Fact:
    """A fact with where it was found."""

    name: str
    value: str
    where: str


def facts(file: PdfFile) -> Iterator[Fact]:
    """Yield what the document properties say of the article; what is only a file's or a computer's name is passed over."""
    info, packet = file.info, _packet(file)
    where = from_properties()
    for title in (words(info.get("Title")), _first(packet, "dc:title")):
        yield Fact("title", title_of(title), where)
    for author in (words(info.get("Author")), _first(packet, "dc:creator")):
        yield Fact("byline", author_of(author), where)
    yield Fact("publication", _first(packet, "prism:publicationName"), where)
    date = _first(packet, "prism:publicationDate") or _first(packet, "prism:coverDate")
    yield Fact("date", iso_date(date) or date, where)
    url = _first(packet, "prism:url")
    yield Fact("url", url if url.startswith(("http://", "https://")) else "", where)
    yield Fact("language", words(file.catalog.get("Lang")) or _first(packet, "dc:language"), where)


def _packet(file: PdfFile) -> str:
    found = value(file.catalog.get("Metadata"))
    if not isinstance(found, PDFStream):
        return ""
    try:
        return found.get_data()[:_PACKET_BYTES].decode("utf-8", "replace")
    except FAILURES:
        return ""


def _first(packet: str, element: str) -> str:
    """Return an element's (or attribute's) first text in a metadata packet, by its usual name."""
    at = packet.find(f"<{element}")
    if at >= 0:
        end = packet.find(f"</{element}", at)
        inner = packet[at : end if 0 <= end < at + 20_000 else at]
        inner = inner[inner.find(">") + 1 :]
        said = regex.search(r"<rdf:li[^>]*>([^<]*)<", inner)
        return unescape(said[1] if said else "" if "<" in inner else inner).strip()
    attribute = regex.search(rf"{element}\s*=\s*\"([^\"]{{0,2000}})\"", packet)
    return unescape(attribute[1]).strip() if attribute else ""


def beside(file: PdfFile) -> Iterator[tuple[str, int, str]]:
    """Yield what lies on the pages or in the file and is not their text: (kind of ``left_out``, how many, words)."""
    links = forms = 0
    left = _ANNOTATIONS
    for page in file.pages:
        for found in items(page.attributes.get("Annots"))[:left]:
            left -= 1
            annotation = table(found)
            kind = name(annotation.get("Subtype"))
            said = words(annotation.get("Contents"))
            if kind == "Link":
                links += "URI" in table(annotation.get("A"))
            elif kind == "Widget":
                forms += 1
            elif kind == "FileAttachment":
                yield "attachment", 1, said
            elif kind in _COMMENTS and said.strip():
                yield "margin_comment", 1, said
    yield "address", links, ""
    yield "form", forms, ""
    attached = items(table(table(file.catalog.get("Names")).get("EmbeddedFiles")).get("Names"))
    yield "attachment", len(attached) // 2, ""
