"""Small and large changes to sound originals: in their bytes, in the parts of a container, in the streams of a PDF."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree

from tests.hostile import seeds
from tests.hostile.zips import pack

Change = Callable[[random.Random, bytes, tuple[bytes, ...]], bytes]

NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"99999999999999999999", b"1e99", b"NaN", b"")
ODD = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
    b"\x1b",
    b"\x80",
    b"\r",
    b"\n" * 50,
    b" " * 500,
)
TOKENS: dict[str, tuple[bytes, ...]] = {
    "txt": (b"\xc3", b"\xf0\x9f\x98\x80", b"---\n", b"By Ada Brandt\n", b"\x0c", b"\xe2\x80\xa8"),
    "md": (b"#", b">", b"- ", b"1. ", b"```", b"[", b"](", b"<!--", b"|", b"|-|", b"---\n", b"&#0;", b"*", b"_", b"\\", b"<b>", b"[a]: /x\n"),
    "html": (b"<", b">", b"</", b"<!--", b"-->", b"<table>", b"<td>", b"<li>", b"<ul>", b"<script>", b"</script>", b"<style>", b"<p>",
             b"<div hidden>", b"<template>", b"<svg>", b"<plaintext>", b"<br>", b"<h1>", b"&#xD800;", b"&#0;", b"&lt;", b'"', b"'", b"=",
             b"<![CDATA[", b'<script type="application/ld+json">{"@type":"NewsArticle","headline":[', b"<pre>", b"<blockquote>", b"<figcaption>"),
    "xml": (b"<", b">", b"/>", b"</", b"<!--", b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xFFFF;", b"&#xD800;", b"<?x ?>", b'"',
            b'xmlns:w="x"', b'xmlns="x"', b"<w:p>", b"</w:p>", b"<w:r>", b"<w:tbl>", b"<w:tc>", b"<w:del>", b"<w:ins>", b"<w:sdt>", b'<w:fldChar w:fldCharType="begin"/>',
            b'<w:fldChar w:fldCharType="end"/>', b"<w:instrText>x</w:instrText>", b'<w:footnoteReference w:id="1"/>', b"<w:tab/>", b"<w:br/>", b"<w:vanish/>",
            b'<w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr>', b"<text:p>", b"</text:p>", b"<text:list>", b"<text:h>", b'<text:s text:c="99"/>',
            b"<text:note>", b"<table:table>", b"<table:table-cell>", b"<text:tracked-changes>", b"<text:tab/>", b"<office:annotation>", b"<text:span>", b"<item/>", b"<itemref/>",
            b"<div>", b"<p>", b"<table>", b"<nav>", b'idref="i0"', b'href="one.xhtml"'),
    "rtf": (b"{", b"}", b"\\", b"\\par ", b"\\'e9", b"\\'", b"\\u-10179?", b"\\u8364?", b"\\uc0", b"\\uc9", b"\\bin3 ", b"\\bin99999", b"{\\*\\x ", b"\\cell ", b"\\row ",
            b"\\trowd", b"\\intbl", b"\\f1", b"\\f0", b"\\footnote ", b"\\field", b"\\fldinst ", b"\\fldrslt ", b"\\pict ", b"\\listtext ", b"\\v ", b"\\plain", b"\\pard",
            b"\\s1", b"\\stylesheet", b"\\fonttbl", b"\\ansicpg932", b"\\ansicpg", b"\\deleted", b"\\upr", b"\\ud", b"\\info{\\title x}", b"\\header ", b"\\~", b"\\-"),
    "mail": (b"\r\n", b"\r\n\r\n", b"--x1y2\r\n", b"--x1y2--", b"Content-Type: ", b"multipart/mixed; boundary=x1y2\r\n", b"message/rfc822\r\n", b"text/html\r\n",
             b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n", b"charset=utf-16", b"charset=x", b"=?utf-8?q?=?=", b"=?utf-8?b?",
             b"=", b"=\r\n", b";", b'"', b"(", b"<", b">", b":", b"Content-Disposition: attachment; filename*=utf-8''x\r\n", b"format=flowed", b"Content-ID: <a@b>\r\n", b"\t"),
    "pdf": (b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"/", b"1 0 R", b"2 0 R", b"3 0 R", b"4 0 R", b"5 0 R", b"99 0 R", b"obj", b"endobj", b"stream\n", b"endstream",
            b"xref\n", b"trailer", b"startxref", b"/Length", b"/Filter", b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/ASCIIHexDecode", b"/RunLengthDecode", b"/DecodeParms",
            b"<< /Predictor 15 /Columns 9 >>", b"/Kids", b"/Count", b"/Parent", b"/MediaBox", b"/Contents", b"/Resources", b"/Font", b"/Type0", b"/DescendantFonts", b"/ToUnicode", b"/Encoding",
            b"/Identity-H", b"/Widths", b"/Differences", b"/Encrypt", b"/ObjStm", b"/XRef", b"/Prev", b"/Root", b"null", b"true", b"BT", b"ET", b"Tj", b"TJ", b"Tf", b"Td", b"Tm", b"Do",
            b"BI", b"ID", b"EI", b"q", b"Q", b"cm", b"'", b'"', b"BDC", b"EMC", b"sh", b"%"),
}  # fmt: skip
"""Words of each format, to be put where they do not belong."""

MOST_BYTES = 2_000_000
"""What has grown beyond this is changed no more."""

MOST_ELEMENTS = 5_000
"""A tree does not grow by more at one change."""

_PIECE = re.compile(rb"<[^>]*>|[^<]+")
_NUMBER = re.compile(rb"-?\d+")
_STREAM = re.compile(rb"(/FlateDecode[^>]*>>\s*stream\n)(.*?)(\nendstream)", re.S)


_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.S)


def mutated(ending: str, seed: bytes, dice: random.Random) -> bytes:
    """Return a changed original; which changes, the dice say."""
    if ending in ("docx", "odt", "epub") and dice.random() < 0.8:
        return _in_a_part(seed, dice)
    if ending == "pdf" and dice.random() < 0.6:
        return _in_a_stream(seed, dice) if dice.random() < 0.5 else _in_an_object(seed, dice)
    if ending == "fodt" and dice.random() < 0.6:
        return tree_changed(seed, dice)
    words = {"fodt": "xml", "docx": "xml", "odt": "xml", "epub": "xml", "eml": "mail", "mhtml": "mail"}.get(
        ending, ending
    )
    return _changed(seed, dice, TOKENS[words])


def _changed(data: bytes, dice: random.Random, words: tuple[bytes, ...]) -> bytes:
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        if len(data) < MOST_BYTES:
            data = dice.choice(CHANGES)(dice, data, words)
    return data


def _in_a_part(seed: bytes, dice: random.Random) -> bytes:
    """Change one part of a container and pack it again, sums and sizes true."""
    with zipfile.ZipFile(io.BytesIO(seed)) as held:
        parts = {n: held.read(n) for n in held.namelist()}
    name = dice.choice([n for n in parts if n != "mimetype"] + [max(parts, key=lambda n: len(parts[n]))] * 3)
    words = TOKENS["html"] if name.endswith("xhtml") and dice.random() < 0.5 else TOKENS["xml"]
    if dice.random() < 0.7:
        parts[name] = tree_changed(parts[name], dice)
    else:
        parts[name] = _changed(parts[name], dice, words)
    if dice.random() < 0.1:
        parts.pop(dice.choice(list(parts)))
    return pack(parts)


def _in_a_stream(seed: bytes, dice: random.Random) -> bytes:
    """Change what a PDF's page draws, inside its compressed stream."""

    def again(match: re.Match[bytes]) -> bytes:
        return match[1] + zlib.compress(_changed(zlib.decompress(match[2]), dice, TOKENS["pdf"])) + match[3]

    return _STREAM.sub(again, seed, count=dice.choice((1, 2)))


def _in_an_object(seed: bytes, dice: random.Random) -> bytes:
    """Change one object of a PDF; the table of places is right."""
    objects = {int(m[1]): m[2] for m in _OBJECT.finditer(seed)}
    number = dice.choice(list(objects))
    objects[number] = _changed(objects[number], dice, TOKENS["pdf"])
    return seeds.pdf(objects)


# -- changes to bytes


def _at(dice: random.Random, data: bytes) -> int:
    return dice.randrange(len(data) + 1)


def _piece(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = _at(dice, data)
    return start, min(len(data), start + dice.choice((1, 2, 8, 60, 500)))


def _flip(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 30)) if made else 0):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _cut(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    return data[: _at(dice, data)]


def _remove(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    start, end = _piece(dice, data)
    return data[:start] + data[end:]


def _double(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    start, end = _piece(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 2, 50, 2_000)) + data[end:]


def _move(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    start, end = _piece(dice, data)
    piece, rest = data[start:end], data[:start] + data[end:]
    at = _at(dice, rest)
    return rest[:at] + piece + rest[at:]


def _insert(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    for _ in range(dice.choice((1, 1, 3, 12))):
        at = _at(dice, data)
        word = dice.choice(words if dice.random() < 0.8 else ODD)
        data = data[:at] + word * dice.choice((1, 1, 1, 2, 300)) + data[at:]
    return data


def _replace(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    start, end = _piece(dice, data)
    return data[:start] + dice.choice(words) + data[end:]


def _number(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    match = dice.choice(found)
    return data[: match.start()] + dice.choice(NUMBERS) + data[match.end() :]


def _shuffle(dice: random.Random, data: bytes, words: tuple[bytes, ...]) -> bytes:
    """Change the order of tags and what stands between them, leave some out, repeat some."""
    pieces = _PIECE.findall(data)
    for _ in range(dice.choice((1, 2, 10)) if len(pieces) > 1 else 0):
        a, b = dice.randrange(len(pieces)), dice.randrange(len(pieces))
        what = dice.randrange(4)
        if what == 0:
            pieces[a], pieces[b] = pieces[b], pieces[a]
        elif what == 1:
            most = max(1, MOST_BYTES // max(1, len(pieces[b])))  # what is repeated may be repeated again
            pieces.insert(a, pieces[b] * min(most, dice.choice((1, 1, 400))))
        elif len(pieces) > 2:
            pieces.pop(a)
    return b"".join(pieces)


CHANGES: tuple[Change, ...] = (
    _flip,
    _cut,
    _remove,
    _double,
    _move,
    _insert,
    _insert,
    _replace,
    _number,
    _number,
    _shuffle,
    _shuffle,
)


# -- changes to the tree of well-formed mark-up


def tree_changed(data: bytes, dice: random.Random) -> bytes:
    """Return mark-up that is still well-formed, elements and attributes elsewhere, repeated or gone; else as it was."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(dice.choice((1, 2, 4, 12))):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        one, other = dice.choice(elements), dice.choice(elements)
        dice.choice(_TREE)(dice, root, one, other)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _copied(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    piece = copy.deepcopy(one)
    size = sum(1 for _ in piece.iter())
    for _ in range(min(dice.choice((1, 1, 5, 200)), MOST_ELEMENTS // size)):
        other.append(copy.deepcopy(piece))


def _gone(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _wrapped(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        for _ in range(dice.choice((1, 3, 300))):
            around = etree.Element(other.tag, other.attrib)
            parent.replace(one, around)
            around.append(one)
            one = around


def _renamed(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    one.tag = other.tag


def _attributed(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    for name in list(one.attrib) or list(other.attrib):
        one.set(
            name,
            dice.choice(
                ("", "-1", "99999999999999999999", "x", "..", "true", "\u202e", "1e9", "NULL", *other.attrib.values())
            ),
        )


def _worded(dice: random.Random, root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    one.text = dice.choice(
        (None, "", " ", "\u200b", "quay " * 5_000, "\U0001f600", "\u0301", "\ufeff", "\x85", "99999999999")
    )
    one.tail = dice.choice((one.tail, "loose words", None))


_TREE = (_copied, _gone, _wrapped, _renamed, _attributed, _attributed, _worded)
