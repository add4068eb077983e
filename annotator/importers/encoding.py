"""Bytes to characters: byte order mark, then strict UTF-8, then a guess that is shown as a guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

import regex

from annotator.errors import ReadError
from annotator.language import tr

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_FOR_NAMES = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))
"""Encodings of names and of source code: no file is written in them, and they raise errors of their own."""
_AS_USED = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "iso-2022-jp": "iso2022_jp_ext", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "iso-8859-8-i": "iso8859-8", "unicode-1-1-utf-7": "utf-7", "macintosh": "mac_roman", "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip
"""What names of encodings mean where they are used: the larger set where one contains the other."""

_LOOK_LIKE_ASCII = ("iso2022", "hz", "utf7")
"""Encodings whose text looks like ASCII: here the declaration is right and strict UTF-8 is not."""

_DECLARED_WITHIN = 4_096
_META = regex.compile(rb"<meta[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", regex.IGNORECASE)
_XML = regex.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1a\x1b\x1c\x1d\x1e\x1f")
_HARDLY_ANY = 10
"""At least so many good characters beyond ASCII for each bad one."""

_SAMPLE = 1 << 16
_GUESS_SAMPLE = 1 << 18
_LONE_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_TEXT_LIKE = regex.compile(r"[\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{Sc}\t\n\r\ufeff]")
_COMMON = regex.compile(r"[ \n\r\u3000。、]")
_WESTERN = regex.compile(r"[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸ‘’“”„‚–—…•€£§°«»©®™½¼¾¿¡ª·´\xa0\xad]")
_ODD = regex.compile(r"(?<=\p{L})[\p{S}\p{No}¿¡]|[\p{S}¿¡](?=\p{Ll})|\p{Ll}\p{Lu}")
"""What hardly stands in a word of any language: signs of an encoding that is not the right one."""
_DAMAGED = tr("bytes that are not UTF-8, replaced by U+FFFD")


@dataclass(frozen=True)
class Decoded:
    """Characters, the encoding they were read in, how it became known, and what could not be read as it stood."""

    text: str
    encoding: str
    how: str
    changes: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def known_encoding(name: str) -> str:
    """Return the ordinary name of a text encoding. Raises ReadError where there is none of this name."""
    if not name.isascii() or not name.isprintable():
        raise ReadError(_unknown(name))
    try:
        found = codecs.lookup(name).name
        if found in _FOR_NAMES:
            raise LookupError(found)
        b"    ".decode(found, "replace")  # a codec that turns bytes into bytes is found too, and raises here
    except (LookupError, ValueError) as error:
        raise ReadError(_unknown(name)) from error
    return found


def _unknown(name: str) -> str:
    return tr("“{name}” is not the name of a text encoding; try utf-8 or windows-1252.", name=name)


def charset(name: str) -> str:
    """Return Python's name for an encoding as pages and mail name it; empty where it has none."""
    name = name.strip().strip("\"'").casefold()
    try:
        return known_encoding(_AS_USED.get(name, name)) if name else ""
    except ReadError:
        return ""


def declared_in(page: bytes) -> str | None:
    """Return the encoding a page says it is in, as browsers take it; None where it says none that is known."""
    head = page[:_DECLARED_WITHIN]
    match = _META.search(head) or _XML.search(head)
    said = charset(match[1].decode("ascii")) if match else ""
    if said.startswith(("utf-16", "utf-32")):
        return "utf-8"  # what was read so far is ASCII
    return said or None


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Return the characters of a text file's bytes.

    ``encoding`` is the user's word and taken strictly; ``declared`` is the original's own and tried after UTF-8.
    Raises ReadError, as the end of a sentence that begins with the file's name, where this is not text.
    """
    if encoding is not None:
        return _given(data, encoding)
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _marked(data, bom, name)
    binary = _is_binary(data)
    if binary or b"\x00" in data[:_SAMPLE]:
        wide = _wide(data)
        if wide is not None:
            return wide
    if binary:
        raise ReadError(tr("is not a text file."))
    if declared is not None and declared.replace("-", "").replace("_", "").casefold().startswith(_LOOK_LIKE_ASCII):
        found = _declared(data, declared)
        if found is not None:
            return found
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        pass
    return (
        _declared(data, declared)
        or _surrogate_pairs(data)
        or _damaged(data)
        or _declared_damaged(data, declared)
        or _guess(data)
    )


def _given(data: bytes, encoding: str) -> Decoded:
    name = known_encoding(encoding)
    try:
        return Decoded(data.decode(name), name, "given")
    except UnicodeDecodeError as error:
        raise ReadError(
            tr("cannot be read as {name}: byte {n:,} does not fit.", name=name, n=error.start + 1), ask="encoding"
        ) from error
    except ValueError as error:  # some codecs have errors of their own
        raise ReadError(tr("cannot be read as {name}.", name=name), ask="encoding") from error


def _marked(data: bytes, bom: bytes, name: str) -> Decoded:
    body = data[len(bom) :]
    notes = (tr("It begins with a byte order mark, which is not part of the text."),)
    try:
        return Decoded(body.decode(name), name, "bom", {tr("byte order marks removed"): 1}, notes)
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
    what = tr("bytes that are not {encoding}, replaced by U+FFFD", encoding=name.upper())
    changes = {tr("byte order marks removed"): 1, what: text.count("\ufffd")}
    return Decoded(text, name, "bom", changes, notes)


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None:
        return None
    try:
        name = known_encoding(declared)
        return Decoded(data.decode(name), name, "declared")
    except (ReadError, UnicodeDecodeError):
        return None


def _declared_damaged(data: bytes, declared: str | None) -> Decoded | None:
    """Read an encoding the original is said to be in though some bytes do not fit: hardly any of them."""
    if declared is None:
        return None
    try:
        name = known_encoding(declared)
        text = data.decode(name, "replace")
    except (ReadError, ValueError):
        return None
    bad = text.count("\ufffd")
    beyond = sum(1 for c in text if c > "\x7f") - bad
    if not bad or bad * _HARDLY_ANY > beyond:
        return None
    what = tr("bytes that are not {encoding}, replaced by U+FFFD", encoding=name.upper())
    return Decoded(text, name, "declared", {what: bad}, (tr("Some of its bytes do not fit its encoding."),))


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 or UTF-32 that has no byte order mark: the reading that looks most like text, if one does."""
    best: tuple[float, str] | None = None
    for name in _WIDE:
        width = 4 if "32" in name else 2
        if len(data) % width:
            continue
        try:
            sample = data[:_SAMPLE].decode(name)
        except UnicodeDecodeError:
            continue
        likeness = len(_TEXT_LIKE.findall(sample)) / len(sample)
        likeness += (
            0.2 * bool(_COMMON.search(sample)) + 0.2 * (width == 4) + 0.1 * sum(map(str.isascii, sample)) / len(sample)
        )
        if likeness > 1.05 and (best is None or likeness > best[0]):
            best = likeness, name
    if best is None:
        return None
    try:
        return Decoded(data.decode(best[1]), best[1], "guess")
    except UnicodeDecodeError:
        return None


def _is_binary(data: bytes) -> bool:
    """Say whether there are too many control characters for a text, in the beginning or in all of it."""
    for part in (data[:_SAMPLE], data):
        controls = len(part) - len(part.translate(None, _CONTROLS))
        if controls > 3 + len(part) // 200 or controls * 4 > len(part):
            return True
    return False


def _surrogate_pairs(data: bytes) -> Decoded | None:
    """Read CESU-8: characters beyond the first plane written as two surrogates of three bytes each."""
    try:
        text = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    note = tr("Characters such as emoji were stored as pairs (CESU-8) and have been put together.")
    return Decoded(text, "cesu-8", "guess", notes=(note,))


def _damaged(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few bad bytes in it: clearly more good sequences of several bytes than bad ones."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    if bad * 4 > good:
        return None
    return Decoded(text, "utf-8", "guess", {_DAMAGED: bad}, (tr("It is UTF-8 with damaged places."),))


def _guess(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # slow to import; few files need it

    western = _western(data)
    if western is not None:
        return western
    best: tuple[int, str, str] | None = None
    for match in from_bytes(data[:_GUESS_SAMPLE]):
        try:
            text = data.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        odd = len(_ODD.findall(text[:_GUESS_SAMPLE]))
        if not _LONE_SURROGATE.search(text) and (best is None or odd < best[0]):
            best = odd, text, match.encoding
    if best is not None:
        return Decoded(best[1], best[2], "guess")
    said = tr("is not in an encoding that could be recognised; choose its encoding and try again.")
    raise ReadError(said, ask="encoding")


def _western(data: bytes) -> Decoded | None:
    """Read Windows-1252 where every character beyond ASCII is one that western text has, and few words hold two."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    beyond = [c for c in text if c > "\x7f"]
    if not all(_WESTERN.match(c) for c in beyond):
        return None
    dense = len(beyond) > len(text) // 8
    return None if dense else Decoded(text, "cp1252", "guess")
