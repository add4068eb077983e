"""XML parts of originals: no document type's entities, no network, any depth; events as they come, or a tree."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from html.entities import html5
from itertools import chain
from typing import Any, Protocol, TypeAlias
from xml.parsers import expat

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from annotator.errors import ReadError
from annotator.importers.encoding import known_encoding
from annotator.language import tr

Element: TypeAlias = Any
"""An lxml element; lxml brings no types."""

TREE_DEPTH = 2_000
"""How deep the elements of a tree may stand in each other; events have no such limit."""

NAMES = 100_000
"""Most different names of elements and attributes in one part."""

TOKEN_BYTES = 8_000_000
"""Longest single tag or comment."""

_BETWEEN = " "
_PIECE = 1 << 20
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_KNOWN_TO_EXPAT = frozenset(("utf-8", "iso8859-1", "ascii"))


class Handler(Protocol):
    """What ``walk`` calls, in the document's order. Names as ``prefix:local`` for namespaces it was told of."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        ...

    def end(self, name: str) -> None:
        """Take its end."""
        ...

    def text(self, characters: str) -> None:
        """Take characters; one run of them may come in several pieces."""
        ...


def walk(source: bytes | Iterable[bytes], handler: Handler, prefixes: Mapping[str, str], part: str = "") -> None:
    """Hand an XML document to a handler piece by piece, however deep it is; comments and instructions are passed over.

    ``prefixes``: the short name of each namespace that matters; two may have one. Elements and attributes of others
    are called ``{address}local``. ``part``: what to call the document in an error. Raises ReadError, as the end of a
    sentence that begins with the file's name, for what is no XML or declares entities.
    """
    chunks = iter((source,) if isinstance(source, bytes) else source)
    beginning = next(chunks, b"")
    if not beginning:
        raise _damaged(part, tr("it is empty"))
    encoding, decoder = _encoding(beginning, part)
    parser = _parser(encoding, handler, _Names(prefixes))
    try:
        _feed(parser, chain((beginning,), chunks), decoder, part)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _damaged(part, tr("line {n:,} is no XML", n=error.lineno)) from error
    except UnicodeDecodeError as error:
        raise _damaged(part, tr("it is not in the encoding it says")) from error


def _feed(
    parser: expat.XMLParserType, chunks: Iterable[bytes], decoder: codecs.IncrementalDecoder | None, part: str
) -> None:
    """Feed a parser. A tag that is not yet whole is looked at from its beginning each time: so it is fed ever more."""
    fed = unfinished = 0
    waiting = bytearray()
    for chunk in chunks:
        for at in range(0, len(chunk), _PIECE):
            piece = chunk[at : at + _PIECE]
            waiting += decoder.decode(piece).encode("utf-8") if decoder is not None else piece
            if len(waiting) < unfinished:
                continue
            parser.Parse(bytes(waiting), False)
            fed += len(waiting)
            waiting.clear()
            unfinished = fed - parser.CurrentByteIndex
            if unfinished > TOKEN_BYTES:
                raise _damaged(part, tr("one piece of its mark-up is longer than an article may be"))
    parser.Parse(bytes(waiting), False)


def parse(data: bytes, part: str = "") -> Element:
    """Return the root element of an XML document, names as lxml writes them; comments are left out.

    Raises ReadError as ``walk`` does, and for more than TREE_DEPTH levels.
    """
    builder = _Builder(part)
    walk(data, builder, {}, part)
    return builder.close()


class _Builder:
    """Makes a tree of lxml's from the events of a walk."""

    def __init__(self, part: str) -> None:
        self._builder = etree.TreeBuilder()
        self._part = part
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > TREE_DEPTH:
            raise ReadError(tr("is nested too deeply to be read."))
        try:
            self._builder.start(name, attributes)
        except ValueError as error:  # lxml allows fewer names than XML does
            raise _damaged(self._part, tr("a name in it is no name")) from error

    def end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(name)

    def text(self, characters: str) -> None:
        self._builder.data(characters)

    def close(self) -> Element:
        return self._builder.close()


class _Names(dict[str, str]):
    """Names as the parser has them (address, blank, local) to the short ones; filled as they come."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        if len(self) >= NAMES:
            raise ReadError(tr("holds more kinds of mark-up than any article does; it cannot be read."))
        address, found, local = name.rpartition(_BETWEEN)
        prefix = self._prefixes.get(address)
        made = f"{prefix}:{local}" if prefix else f"{{{address}}}{local}" if found else local
        self[name] = made
        return made


def _encoding(beginning: bytes, part: str) -> tuple[str | None, codecs.IncrementalDecoder | None]:
    """Return the encoding to tell the parser (None: it finds out), and what decodes for it where it cannot itself."""
    declared = _DECLARED.match(beginning)
    if declared is None:
        return None, None
    try:
        name = known_encoding(declared[1].decode("ascii"))
    except ReadError as error:
        raise _damaged(part, tr("it is not in the encoding it says")) from error
    if name in _KNOWN_TO_EXPAT:
        return None, None
    if name.startswith(("utf-16", "utf-32")):  # it was written as bytes of one each, whatever it says
        return "utf-8", None
    return "utf-8", codecs.getincrementaldecoder(name)()


def _parser(encoding: str | None, handler: Handler, short: _Names) -> expat.XMLParserType:
    def start(name: str, attributes: list[str]) -> None:
        pairs = {short[attributes[at]]: attributes[at + 1] for at in range(0, len(attributes), 2)}
        handler.start(short[name], pairs)

    def end(name: str) -> None:
        handler.end(short[name])

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            known = html5.get(f"{name};")
            if known is None:
                raise ReadError(tr("uses the entity “{name}”, which nothing in it explains.", name=name[:40]))
            handler.text(known)

    parser = expat.ParserCreate(encoding, _BETWEEN)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = _refuse_entity
    parser.SkippedEntityHandler = skipped
    return parser


def _refuse_entity(*_: object) -> None:
    raise ReadError(tr("declares entities in its mark-up, as no word processor does; it is not read."))


def _damaged(part: str, why: str) -> ReadError:
    if part:
        return ReadError(tr("is damaged: “{part}” cannot be read ({why}).", part=part, why=why))
    return ReadError(tr("is damaged: its mark-up cannot be read ({why}).", why=why))
