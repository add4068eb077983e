"""A PDF page's content, cut into numbers, strings, names, lists and operators; nothing in it can make this long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import regex
from pdfminer.psparser import LIT

_TOKEN = regex.compile(
    rb"[\0\t\n\f\r ]+|%[^\r\n]*"
    rb"|(?P<number>[+-]*(?:\d+\.?\d*|\.\d+)[\d.\-]*)"
    rb"|(?P<string>\((?:[^()\\]|\\.)*+\))"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*)"
    rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<opens>\[|<<)|(?P<closes>\]|>>)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<nested>\()|.",
    flags=regex.DOTALL,
)
_ESCAPE = regex.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))|\r\n?", flags=regex.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_IMAGE_END = regex.compile(rb"[\s>]EI(?=[\s/]|$)(?=[\t\n\r -~\s]{0,16})")


_DEPTH = 30
"""How deep lists may stand in lists."""


class Word(NamedTuple):
    """An operator."""

    word: str


class Name(NamedTuple):
    """A name, as after a slash."""

    name: str


def tokens(data: bytes) -> Iterator[Any]:
    """Yield numbers, strings, names, lists, dictionaries and operators."""
    start, end = 0, len(data)
    open_: list[list[Any]] = []
    while start < end:
        at, start = start, end
        for match in _TOKEN.finditer(data, at):
            kind = match.lastgroup
            if kind is None:
                continue
            simple = _SIMPLE.get(kind)
            if simple is not None:
                token = simple(match)
            elif kind == "opens":
                if len(open_) < _DEPTH:
                    open_.append([])
                continue
            elif kind == "closes":
                if not open_:
                    continue
                held = open_.pop()
                token = held if match[0] == b"]" else _dictionary(held)
            else:
                token, start = _nested(data, match.end())
            if type(token) is Word and token.word == "ID":
                token, open_, start = Word("EI"), [], _picture_end(data, match.end())
            if type(token) is Word:
                open_ = []  # a list that was never closed
            if open_:
                open_[-1].append(token)
            else:
                yield token
            if start < end or kind == "nested":
                break


def _picture_end(data: bytes, at: int) -> int:
    found = _IMAGE_END.search(data, at)
    return found.end() if found else len(data) - 1


def _word(match: regex.Match[bytes]) -> Word | bool | None:
    word = match[0].decode("ascii")
    return Word(word) if word not in _CONSTANTS else _CONSTANTS[word]


def _hex(match: regex.Match[bytes]) -> bytes:
    digits = b"".join(match["hex"].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


_CONSTANTS = {"true": True, "false": False, "null": None}
_SIMPLE: dict[str, Callable[[regex.Match[bytes]], Any]] = {
    "number": lambda match: _number(match[0]),
    "string": lambda match: _string(match[0][1:-1]),
    "name": lambda match: Name(_named(match["name"])),
    "hex": _hex,
    "word": _word,
}


def _number(found: bytes) -> float:
    try:
        return float(found) if b"." in found else int(found[:18])
    except ValueError:
        digits = regex.match(rb"([+-]*)(\d*\.?\d*)", found)
        sign = -1 if digits and b"-" in digits[1] else 1
        return sign * float(digits[2]) if digits and digits[2] not in (b"", b".") else 0.0


def _string(inner: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, inner) if b"\\" in inner or b"\r" in inner else inner


def _escaped(match: regex.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    if match[2] is None:
        return b"" if match[0][:1] == b"\\" else b"\n"
    return _ESCAPED.get(match[2], match[2])


def _nested(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a string with brackets in it and where it ends."""
    depth, start = 1, at
    for match in regex.finditer(rb"\\.|[()]", data, flags=regex.DOTALL, pos=at):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if depth == 0:
                return _string(data[start : match.start()]), match.end()
    return b"", len(data)


def _named(found: bytes) -> str:
    if b"#" in found:
        found = regex.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), found)
    return found.decode("utf-8", "replace")


def _dictionary(found: list[Any]) -> dict[str, Any]:
    """Return a dictionary written in the content, names as the file's objects have them."""
    known: dict[str, Any] = {}
    for key, what in zip(found[::2], found[1::2], strict=False):
        if isinstance(key, Name):
            known[key.name] = LIT(what.name) if isinstance(what, Name) else what
    return known
