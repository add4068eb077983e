"""What the control words and character numbers of rich text mean: tables, and nothing but tables."""

from __future__ import annotations

import codecs

CHARACTERS: dict[bytes, str] = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"emspace": "\u2003",
    b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"zwj": "\u200d", b"zwnj": "\u200c",
    b"zwbo": "\u200b", b"zwnbo": "\u2060", b"softhyphen": "\u00ad",
}  # fmt: skip
"""Control words that stand for a character."""

SYMBOLS: dict[bytes, str] = {
    b"~": "\u00a0",
    b"-": "\u00ad",
    b"_": "\u2011",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\t": "\t",
}

CODE_PAGES = {
    0: "cp1252", 10000: "mac_roman", 10001: "shift_jis", 10002: "big5", 10003: "euc_kr", 10004: "mac_arabic",
    10006: "mac_greek", 10007: "mac_cyrillic", 10008: "gb2312", 10029: "mac_latin2", 10081: "mac_turkish", 1361: "johab",
    20127: "ascii", 28591: "iso8859-1", 28592: "iso8859-2", 28595: "iso8859-5", 51932: "euc_jp", 51949: "euc_kr",
    54936: "gb18030", 65001: "utf-8",
}  # fmt: skip

CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950", 82: "johab", 83: "cp1255", 84: "mac_arabic",
    85: "mac_greek", 86: "mac_turkish", 87: "cp874", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949",
    130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    179: "cp1256", 180: "cp1256", 181: "cp1255", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""Encodings of a font's bytes by its \\fcharset; 0 and 1 are not here: they mean the document's own."""

SYMBOL_CHARSET = 2
"""The \\fcharset of fonts whose bytes are signs and no letters."""


def codec_of_page(page: int) -> str | None:
    """Return Python's name of a Windows code page, or None where it has none."""
    name = CODE_PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


SKIPPED = frozenset((
    b"colortbl", b"filetbl", b"nonshppict", b"nonesttables", b"objdata", b"objclass", b"objname", b"shprslt",
    b"picprop", b"xe", b"tc", b"rxe", b"txe", b"ftnsep", b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn",
    b"datafield", b"formfield", b"template", b"private", b"bkmkstart", b"bkmkend", b"atnid", b"atndate", b"atnref",
    b"atntime", b"atnicn", b"atnparent", b"atrfstart", b"atrfend", b"buptim", b"creatim", b"revtim", b"printim",
    b"falt", b"panose", b"fname", b"fontemb", b"keycode", b"listtable", b"listoverridetable", b"pn",
    b"blipuid", b"themedata",
))  # fmt: skip
"""Destinations without words for a reader, or with words that stand a second time elsewhere."""

TRANSPARENT = frozenset((b"shppict", b"nesttableprops", b"mmath", b"result", b"objtx", b"fldrslt"))
"""Starred destinations whose contents are read as if they were not."""

HEADS = frozenset((
    b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf",
))  # fmt: skip
