"""Messages and saved pages in MIME: head lines and parts, read with the tolerance that what is in the wild needs.

Not by the library's own parser: that recurses into parts, is quadratic in their depth, and raises many kinds of errors
where a head line is other than it should be.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from annotator.errors import ReadError
from annotator.importers.encoding import Decoded, charset, declared_in, decode
from annotator.language import tr

PARTS = 10_000
"""Most parts of one message, those inside others counted."""

DEPTH = 50
"""How deep parts may stand in each other."""

HEAD_BYTES = 1_000_000
"""How much of a part's head is looked at."""

VALUE = 20_000
"""How much of one head line."""

_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_HEAD_LINE = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_LOST_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n(?=Content-[!-~]{1,40}:|\r?\n)", re.I | re.M)
_PREAMBLE_BYTES = 10_000
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))')
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_ESCAPED = re.compile(r"\\(.)")
_BAD_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")


@dataclass(eq=False)
class Part:
    """A message or a part of one: its head lines, and where in ``data`` its body stands."""

    data: bytes
    start: int
    end: int
    heads: list[tuple[str, str]]
    kind: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict[str, str])
    parts: list[Part] = field(default_factory=list["Part"])
    is_cut: bool = False
    """Whether its last part has no end."""
    damage: int = 0
    """How many places of its body could not be decoded; known once ``body`` was asked for."""

    def head(self, name: str) -> str:
        """Return the first head line of a name as people read it; empty where there is none."""
        return words(self.raw(name))

    def raw(self, name: str) -> str:
        """Return the first head line of a name as it stands."""
        return next((value for key, value in self.heads if key == name), "")

    @property
    def disposition(self) -> str:
        """How the part wants to be shown: "inline", "attachment", or empty."""
        return self.raw("content-disposition").split(";")[0].strip().casefold()

    @property
    def name(self) -> str:
        """The file's name of a part, empty where it has none."""
        found = _parameters(self.raw("content-disposition")).get("filename") or self.parameters.get("name", "")
        return " ".join(words(found).split())

    @property
    def packed_bytes(self) -> int:
        """How many bytes its body has before it is decoded."""
        return self.end - self.start

    def body(self) -> bytes:
        """Return its body's bytes, decoded as far as they can be."""
        raw = self.data[self.start : self.end]
        match self.raw("content-transfer-encoding").split(";")[0].strip().casefold():
            case "quoted-printable":
                self.damage = len(_BAD_QUOTED.findall(raw))
                return binascii.a2b_qp(raw)
            case "base64":
                return self._base64(raw)
            case _:
                return raw

    def _base64(self, raw: bytes) -> bytes:
        bad = len(_NOT_BASE64.findall(raw))
        raw = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)  # the end of a piece may stand in the middle of pieces put together
        rest = len(raw) % 4
        self.damage = bad + (rest == 1)
        return binascii.a2b_base64(raw[: len(raw) - (rest == 1)] + b"=" * (-len(raw) % 4 if rest != 1 else 0))


def parse(data: bytes) -> Part:
    """Return a message with all its parts. Raises ReadError where there are too many of them."""
    root = _part(data, 0, len(data), "text/plain")
    found = 1
    waiting = [(root, 1)]
    while waiting:
        part, depth = waiting.pop()
        _divide(part)
        found += len(part.parts)
        if found > PARTS:
            raise ReadError(tr("has more than {most:,} parts; it cannot be read.", most=PARTS))
        if part.parts and depth >= DEPTH:
            raise ReadError(tr("is nested too deeply to be read."))
        waiting += ((inner, depth + 1) for inner in part.parts)
    return root


def characters(part: Part, body: bytes, *, encoding: str | None = None, is_page: bool = False) -> Decoded:
    """Return a part's characters: as the user says, or strictly in UTF-8, else as declared, else guessed.

    ``is_page``: it is HTML, which may declare its encoding itself. Raises ReadError only for what the user says.
    """
    if encoding is not None:
        return decode(body, encoding=encoding)
    said = charset(part.parameters.get("charset", "")) or ((is_page and declared_in(body)) or "")
    try:
        return decode(body, declared=said or None)
    except ReadError:  # few bytes, or odd ones: the message is readable all the same
        name = said or "cp1252"
        text = body.decode(name, "replace")
        what = tr("bytes that are not {encoding}, replaced by U+FFFD", encoding=name)
        changes = {what: text.count("\ufffd")} if "\ufffd" in text else {}
        return Decoded(text, name, "declared" if said else "guess", changes)


def words(value: str) -> str:
    """Return a head line with its encoded words decoded ("=?utf-8?q?caf=C3=A9?=" is "café"), on one line."""
    pieces: list[str] = []
    held, held_in = bytearray(), ""
    at = 0
    for found in _ENCODED.finditer(value):
        between = value[at : found.start()]
        name = charset(found[1].split("*")[0]) or "utf-8"
        if between.strip() or name != held_in:
            pieces.append(_decoded(bytes(held), held_in))
            held.clear()
        if between.strip() or at == 0:
            pieces.append(between)
        held_in = name
        held += _word_bytes(found[2], found[3])  # a character may be cut between two words
        at = found.end()
    pieces += (_decoded(bytes(held), held_in), value[at:])
    return " ".join("".join(pieces).split())


def _decoded(raw: bytes, name: str) -> str:
    if not raw:
        return ""
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return raw.decode(name, "replace")


def _word_bytes(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if how in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b" "), header=True)
    raw = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    raw = raw[: len(raw) - (len(raw) % 4 == 1)]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))


def _part(data: bytes, start: int, end: int, kind: str) -> Part:
    """Return the part between two places; ``kind``: what it is where it does not say so."""
    heads, body = _heads(data, start, end)
    return _typed(Part(data, body, end, heads), kind)


def _heads(data: bytes, start: int, end: int) -> tuple[list[tuple[str, str]], int]:
    """Return the head lines and where the body begins: behind an empty line, or at a line that can be no head line."""
    heads: list[tuple[str, list[bytes]]] = []
    at = start
    while at < end:
        line = _LINE.match(data, at, end)
        if line is None or line.end() == at:
            break
        text = line[1]
        if not text.strip(b" \t"):
            return _read_heads(heads), line.end()
        if at - start > HEAD_BYTES:
            blank = _BLANK.search(data, at, end)
            return _read_heads(heads), blank.end() if blank else end
        if text[:1] in b" \t" and heads:
            heads[-1][1].append(text)
        elif match := _HEAD_LINE.match(text):
            heads.append((match[1].decode("ascii").casefold(), [match[2]]))
        elif heads and (following := _LINE.match(data, line.end(), end)) and _HEAD_LINE.match(following[1]):
            heads.append(("", [text]))  # a damaged one between good ones
        else:
            return _read_heads(heads), at
        at = line.end()
    return _read_heads(heads), end if heads else start


def _read_heads(heads: list[tuple[str, list[bytes]]]) -> list[tuple[str, str]]:
    return [(name, _as_text(b"".join(lines)[:VALUE]).strip()) for name, lines in heads]


def _as_text(raw: bytes) -> str:
    """Return a head line that is not encoded as it should be: in UTF-8, or else as old programs write it."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _typed(part: Part, kind: str) -> Part:
    said = part.raw("content-type")
    found = said.split(";")[0].strip().casefold()
    part.kind = found if re.fullmatch(r"[\w.+-]+/[\w.+-]+", found) else kind
    part.parameters = _parameters(said)
    return part


def _parameters(value: str) -> dict[str, str]:
    """Return the parameters of a head line; those written in numbered pieces put together, those in a charset decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for name, quoted, bare in _PARAMETER.findall(value):
        text = _ESCAPED.sub(r"\1", quoted) if quoted else bare.strip()
        key, star, number = name.casefold().partition("*")
        number = number.rstrip("*")
        if not star:
            plain.setdefault(key, text)
        elif number == "" or (number.isascii() and number.isdecimal() and len(number) < 5):
            pieces.setdefault(key, {})[int(number or "0")] = text
    for key, parts in pieces.items():
        joined = "".join(parts[n] for n in sorted(parts))
        name, tick, rest = joined.partition("'")
        if tick and "'" in rest:
            raw = _PERCENT.sub(lambda m: bytes([int(m[1], 16)]), rest.partition("'")[2].encode())
            joined = raw.decode(charset(name) or "utf-8", "replace")
        plain[key] = joined
    return plain


def _divide(part: Part) -> None:
    """Find the parts in a part, if it has any."""
    if part.kind.startswith("multipart/"):
        kind = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
        spans = _spans(part)
        part.parts = [_part(part.data, start, end, kind) for start, end in spans or ()]
        if spans is None:  # it promises parts and has none: what is in it is its text
            part.kind = "text/plain"
    elif part.kind in ("message/rfc822", "message/global"):
        if part.raw("content-transfer-encoding").strip().casefold() in ("quoted-printable", "base64"):
            body = part.body()
            part.parts = [_part(body, 0, len(body), "text/plain")]
        else:
            part.parts = [_part(part.data, part.start, part.end, "text/plain")]


def _spans(part: Part) -> list[tuple[int, int]] | None:
    """Return where the parts between a multipart's boundary lines begin and end; None where there is no such line."""
    said = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    spans = _between(part, said) if said else None
    if spans is None:  # the line is other than was said, or it was not said
        found = _LOST_BOUNDARY.search(part.data, part.start, min(part.end, part.start + _PREAMBLE_BYTES))
        spans = _between(part, found[1]) if found else None
    return spans


def _between(part: Part, boundary: bytes) -> list[tuple[int, int]] | None:
    spans: list[tuple[int, int]] = []
    data, mark = part.data, b"--" + boundary
    line = re.compile(re.escape(mark) + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    begun: int | None = None
    seen = False
    at = part.start
    while (at := data.find(mark, at, part.end)) >= 0:
        found = line.match(data, at, part.end)
        if found is None or not (at == part.start or data[at - 1] in b"\r\n"):
            at += len(mark)
            continue
        seen = True
        if begun is not None:
            before = at - (2 if data[max(at - 2, begun) : at] == b"\r\n" else 1)
            spans.append((begun, max(begun, before)))
        begun = None if found[1] else found.end()
        at = found.end()
        if found[1] or len(spans) > PARTS:
            break
    if begun is not None:
        spans.append((begun, part.end))
        part.is_cut = True
    return spans if seen else None
