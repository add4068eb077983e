"""A PDF file's objects, by pdfminer.six, with every stream, loop and range of them bounded."""

from __future__ import annotations

import logging
import struct
import zlib
from binascii import a2b_hex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import regex
from pdfminer.ascii85 import ascii85decode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect, PDFXRef
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from annotator.errors import ReadError
from annotator.language import tr

STREAM_BYTES = 48_000_000
"""Most a single stream may unpack to."""

UNPACKED_BYTES = 300_000_000
"""Most that all that is read of a file may unpack to."""

PAGES = 3_000
"""Most pages of a file; their text is bounded besides."""

_TREE_DEPTH = 60
_OBJECTS = 400_000
_PYTHON_FILTER_BYTES = 4_000_000
_TOKEN_BYTES = 2_000_000
_OBJECT = regex.compile(rb"(?<![0-9])(\d{1,8})[ \t\r\n]{1,4}(\d{1,5})[ \t\r\n]{1,4}obj\b")
_HEADER = b"%PDF-"

FAILURES = (PSException, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError,
            StopIteration, TypeError, ValueError, struct.error, zlib.error)  # fmt: skip
"""What pdfminer.six raises over damaged objects: it documents its own errors, and lets Python's through."""


def value(found: Any) -> Any:
    """Return what a reference leads to (a chain of them is followed only so far), or None."""
    for _ in range(20):
        if not isinstance(found, PDFObjRef):
            return found
        try:
            found = found.resolve()
        except FAILURES:
            return None
    return None


def table(found: Any) -> dict[str, Any]:
    """Return a dictionary of the file, a stream's own included; anything else is an empty one."""
    known = value(found)
    if isinstance(known, PDFStream):
        known = known.attrs
    return known if isinstance(known, dict) else {}


def items(found: Any) -> list[Any]:
    """Return an array of the file; anything else is an empty one."""
    known = value(found)
    return known if isinstance(known, list) else []


def number(found: Any, otherwise: float = 0.0) -> float:
    """Return a number of the file that can be reckoned with."""
    known = value(found)
    usable = isinstance(known, int | float) and not isinstance(known, bool) and -1e9 < known < 1e9
    return float(known) if usable else otherwise


def name(found: Any) -> str:
    """Return a name of the file, "" where there is none."""
    known = value(found)
    return literal_name(known) if isinstance(known, PSLiteral) else ""


def words(found: Any) -> str:
    """Return a text string of the file (UTF-16 or UTF-8 with a mark, else PDFDocEncoding, near enough Latin-1)."""
    known = value(found)
    if not isinstance(known, bytes):
        return ""
    known = known[:_TOKEN_BYTES]
    if known[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return known.decode("utf-16", "replace")
    if known[:3] == b"\xef\xbb\xbf":
        return known[3:].decode("utf-8", "replace")
    return known.decode("cp1252", "replace")


def content(stream: Any) -> bytes:
    """Return what a stream holds, unpacked; nothing where it is none or cannot be unpacked."""
    known = value(stream)
    if not isinstance(known, PDFStream):
        return b""
    try:
        return known.get_data()
    except FAILURES:
        return b""


class _Budget:
    """How much may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, n: int) -> None:
        self.left -= n
        if self.left < 0:
            raise ReadError(
                tr("unpacks to more than {most} MB; print it to a new PDF and read that.", most=UNPACKED_BYTES // 10**6)
            )


class _Stream(PDFStream):
    """A stream that unpacks within bounds, and forgets what it unpacked."""

    def __init__(self, attrs: dict[str, Any], raw: bytes, decipher: Any, budget: _Budget) -> None:
        super().__init__(attrs, raw, decipher)
        self._budget = budget
        self._small: bytes | None = None

    def get_data(self) -> bytes:
        if self._small is not None:
            return self._small
        data = self.rawdata or b""
        if self.decipher is not None and self.objid is not None:
            data = self.decipher(self.objid, self.genno or 0, data, self.attrs)
        for how, parameters in self.get_filters():
            data = self._unpacked(data, literal_name(how), table(parameters))
        if len(data) < 1 << 16:
            self._small = data
        return data

    def _unpacked(self, data: bytes, how: str, parameters: dict[str, Any]) -> bytes:
        filter_ = _FILTERS.get(how)
        if filter_ is None:
            return b""  # a picture's, or unknown
        data = filter_(data)
        self._budget.spend(len(data))
        if len(data) >= STREAM_BYTES:
            raise ReadError(tr("has a part that unpacks to more than {most} MB.", most=STREAM_BYTES // 10**6))
        return _predicted(data, parameters)


def _inflated(data: bytes) -> bytes:
    """Unpack as far as it goes: what is whole of a damaged stream is better than nothing."""
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        machine = zlib.decompressobj(wbits)
        found: list[bytes] = []
        left = STREAM_BYTES
        try:
            for at in range(0, len(data), 1 << 14):
                piece = machine.decompress(data[at : at + (1 << 14)], left)
                while piece:
                    found.append(piece)
                    left -= len(piece)
                    piece = machine.decompress(machine.unconsumed_tail, left) if left > 0 else b""
                if left <= 0 or machine.eof:
                    break
        except zlib.error:
            pass
        if found or wbits < 0:
            return b"".join(found)
        data = data[2:]  # a spoilt head: the rest may still be good
    return b""


def _unlzw(data: bytes) -> bytes:
    found: list[bytes] = []
    left = _PYTHON_FILTER_BYTES * 4
    try:
        for piece in LZWDecoder(BytesIO(data[:_PYTHON_FILTER_BYTES])).run():
            found.append(piece)
            left -= len(piece)
            if left < 0:
                break
    except FAILURES:
        pass  # what came before is whole
    return b"".join(found)


def _run_lengths(data: bytes) -> bytes:
    found = bytearray()
    at = 0
    while at < len(data) and len(found) < STREAM_BYTES:
        n = data[at]
        if n == 128:
            break
        if n < 128:
            found += data[at + 1 : at + 2 + n]
            at += 2 + n
        else:
            found += data[at + 1 : at + 2] * (257 - n)
            at += 2
    return bytes(found)


def _unhex(data: bytes) -> bytes:
    digits = regex.sub(rb"[^0-9A-Fa-f]", b"", data.split(b">", 1)[0])
    return a2b_hex(digits + b"0" * (len(digits) % 2))


def _un85(data: bytes) -> bytes:
    return ascii85decode(data[: _PYTHON_FILTER_BYTES * 4])


_FILTERS: dict[str, Callable[[bytes], bytes]] = {
    "FlateDecode": _inflated, "Fl": _inflated, "LZWDecode": _unlzw, "LZW": _unlzw,
    "ASCII85Decode": _un85, "A85": _un85, "ASCIIHexDecode": _unhex, "AHx": _unhex,
    "RunLengthDecode": _run_lengths, "RL": _run_lengths, "Crypt": lambda data: data,
}  # fmt: skip


def _predicted(data: bytes, parameters: dict[str, Any]) -> bytes:
    kind = int(number(parameters.get("Predictor"), 1))
    if kind < 2:
        return data
    colors, columns, bits = (
        int(number(parameters.get(k), otherwise))
        for k, otherwise in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
    )
    row = colors * columns * bits // 8
    if not 0 < row <= 1 << 20 or len(data) > 8 * _PYTHON_FILTER_BYTES:
        return b""
    if kind == 2:
        return apply_tiff_predictor(colors, columns, bits, data[: len(data) // row * row])
    return apply_png_predictor(kind, colors, columns, bits, data)


class _Parser(PDFParser):
    """A parser whose streams are bounded ones."""

    def __init__(self, data: bytes, budget: _Budget) -> None:
        self._budget = budget
        super().__init__(BytesIO(data))

    def push(self, *objs: Any) -> None:
        for where, found in objs:
            if type(found) is PDFStream:
                found = _Stream(found.attrs, found.rawdata or b"", found.decipher, self._budget)
            self.curstack.append((where, found))


class _Document(PDFDocument):
    """A document whose chain of cross-reference tables has an end; ``scan``: find the objects without them."""

    def __init__(self, data: bytes, *, scan: bool) -> None:
        self._data = data
        self._scan = scan
        self._tables_read: set[int] = set()
        self._resolving: set[int] = set()
        super().__init__(_Parser(data, _Budget(UNPACKED_BYTES)), fallback=False)

    def find_xref(self, parser: PDFParser) -> int:
        if self._scan:
            parser.fallback = True  # lengths are not to be trusted
            self.xrefs.append(_Scanned(self._data, parser))
            raise PDFNoValidXRef("looked for without")
        at = self._data.rfind(b"startxref")
        found = regex.match(rb"startxref\s*(\d{1,9})", self._data[at : at + 40]) if at >= 0 else None
        if found is None or int(found[1]) >= len(self._data):
            raise PDFNoValidXRef("no startxref")
        return int(found[1])

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[Any]) -> None:
        if start in self._tables_read or len(self._tables_read) > 500:
            return
        self._tables_read.add(start)
        super().read_xref_from(parser, start, xrefs)

    def getobj(self, objid: int) -> object:
        if objid in self._resolving or len(self._resolving) > 100:
            raise PSException("an object that is made of itself")
        self._resolving.add(objid)
        try:
            return super().getobj(objid)
        finally:
            self._resolving.discard(objid)


class _Scanned(PDFXRef):
    """Where the objects of a damaged file are, found by looking for them."""

    def __init__(self, data: bytes, parser: PDFParser) -> None:
        super().__init__()
        self._roots: list[int] = []
        for n, found in enumerate(_OBJECT.finditer(data)):
            if n >= _OBJECTS:
                break
            self.offsets[int(found[1])] = (None, found.start(), int(found[2]))
            if regex.match(rb"[^>]{0,400}/Type\s*/Catalog\b", data[found.end() : found.end() + 500]):
                self._roots.append(int(found[1]))
        self._read_trailers(data, parser)
        if "Root" not in self.trailer:
            self.trailer["Root"] = PDFObjRef(parser.doc, self._roots[-1]) if self._roots else {}

    def _read_trailers(self, data: bytes, parser: PDFParser) -> None:
        at = data.rfind(b"trailer")
        for _ in range(20):
            if at < 0 or "Root" in self.trailer:
                return
            try:
                parser.seek(at)
                self.load_trailer(parser)
            except FAILURES:
                self.trailer.pop("Root", None)
            at = data.rfind(b"trailer", 0, at)


@dataclass(frozen=True)
class Page:
    """A page's own dictionary, with what it inherits."""

    number: int
    attributes: dict[str, Any]


class PdfFile:
    """A PDF that opened. Raises ReadError, as the end of a sentence, where it is none, is locked or is damaged."""

    def __init__(self, data: bytes) -> None:
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
        at = data.find(_HEADER, 0, 4096)
        if at < 0:
            raise ReadError(tr("is no PDF: it does not begin like one. Perhaps its name has the wrong ending."))
        data = data[at:] if at else data
        self.cut_off = b"%%EOF" not in data[-2048:]
        """Whether the end of the file is not the end of a PDF."""
        self.repaired = False
        self._document = self._opened(data)
        self.pages = list(self._pages())
        if not self.pages and not self.repaired:
            self._document = self._opened(data, scan=True)
            self.pages = list(self._pages())
        if not self.pages:
            raise ReadError(self._without_pages())
        if len(self.pages) > PAGES:
            raise ReadError(tr("has more than {most:,} pages; split it and read the parts.", most=PAGES))

    def _without_pages(self) -> str:
        if self.cut_off:
            return tr("is damaged: it ends before it is complete. Get it anew.")
        if self.repaired and not self.catalog:
            return tr("is damaged: its contents cannot be found. Get it anew, or print it to a new PDF.")
        return tr("has no pages.")

    def _opened(self, data: bytes, *, scan: bool = False) -> PDFDocument:
        locked = tr("is encrypted: it opens with a password only. Save it without one, then read it.")
        for searched in (True,) if scan else (False, True):
            self.repaired = searched
            try:
                document = _Document(data, scan=searched)
                if table(document.catalog).get("Pages") is not None or searched:
                    return document
            except PDFPasswordIncorrect as error:
                raise ReadError(locked) from error
            except PDFEncryptionError as error:
                said = tr("is encrypted in a way this program does not know. Save it without protection, then read it.")
                raise ReadError(said) from error
            except FAILURES as error:
                if searched:
                    said = tr("is damaged: its contents cannot be found. Get it anew, or print it to a new PDF.")
                    raise ReadError(said) from error
        raise ReadError(tr("has no pages."))

    @property
    def catalog(self) -> dict[str, Any]:
        """The file's root."""
        return table(self._document.catalog)

    @property
    def info(self) -> dict[str, Any]:
        """The document properties, the newest first."""
        known: dict[str, Any] = {}
        for part in self._document.info:
            for key, found in table(part).items():
                known.setdefault(key, found)
        return known

    @property
    def is_form_only(self) -> bool:
        """Whether it is a form of the kind (XFA) whose pages say nothing but that another program should open it."""
        return "XFA" in table(self.catalog.get("AcroForm")) and len(self.pages) < 3

    @property
    def hidden_layers(self) -> frozenset[int]:
        """The numbers of the layers that are not shown when the file is opened."""
        usual = table(table(self.catalog.get("OCProperties")).get("D"))
        return frozenset(layer.objid for layer in items(usual.get("OFF")) if isinstance(layer, PDFObjRef))

    def _pages(self) -> Iterator[Page]:
        n = 0
        for attributes in _leaves(self.catalog.get("Pages")):
            n += 1
            yield Page(n, attributes)
            if n > PAGES:
                return
        if n == 0 and self.repaired:
            for attributes in self._loose_pages():
                n += 1
                yield Page(n, attributes)

    def _loose_pages(self) -> Iterator[dict[str, Any]]:
        """Pages of a damaged file that its tree does not lead to, in the order of their numbers."""
        for xref in self._document.xrefs:
            for objid in sorted(xref.get_objids())[:PAGES]:
                found = table(PDFObjRef(self._document, objid))
                if name(found.get("Type")) == "Page":
                    yield found


_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")


def _leaves(root: Any) -> Iterator[dict[str, Any]]:
    """Yield the pages of a tree in order; a branch that was met before is no branch."""
    met: set[int] = set()
    waiting: list[tuple[Any, dict[str, Any], int]] = [(root, {}, 0)]
    while waiting:
        node, inherited, depth = waiting.pop()
        if isinstance(node, PDFObjRef):
            if node.objid in met:
                continue
            met.add(node.objid)
        found = table(node)
        if not found:
            continue
        known = {**inherited, **{k: found[k] for k in _INHERITED if k in found}}
        if "Kids" in found and name(found.get("Type")) != "Page":
            if depth < _TREE_DEPTH:
                waiting.extend((kid, known, depth + 1) for kid in reversed(items(found["Kids"])))
        else:
            yield {**known, **found}
