"""A PDF page's content, cut into numbers, strings, names, lists and operators; nothing in it can make this long."""

from __future__ import annotations

from collections.abc import Iterator
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


class Word(NamedTuple):
    """An operator."""

    word: str


class Name(NamedTuple):
    """A name, as after a slash."""

    name: str


def tokens(data: bytes) -> Iterator[Any]:
    """Yield numbers, strings, names, lists, dictionaries and operators."""
    at = 0
    stack: list[list[Any]] = []
    end = len(data)
    while at < end:
        restart = end
        for match in _TOKEN.finditer(data, at):
            kind = match.lastgroup
            if kind is None:
                continue
            token: Any
            if kind == "number":
                token = _number(match[0])
            elif kind == "string":
                token = _string(match[0][1:-1])
            elif kind == "word":
                word = match[0].decode("ascii")
                if word == "ID":
                    found = _IMAGE_END.search(data, match.end())
                    restart = found.end() if found else end
                    stack = []
                    yield Word("EI")
                    break
                token = True if word == "true" else False if word == "false" else Word(word)
                if stack and type(token) is Word:
                    if word != "null":
                        stack = []  # a list that was never closed
                        yield token
                    continue
            elif kind == "name":
                token = Name(_named(match["name"]))
            elif kind == "opens":
                if len(stack) < 30:
                    stack.append([])
                continue
            elif kind == "closes":
                if not stack:
                    continue
                found_items = stack.pop()
                token = found_items if match[0] == b"]" else _dictionary(found_items)
            elif kind == "hex":
                digits = b"".join(match["hex"].split())
                token = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            else:
                token, restart = _nested(data, match.end())
            if stack:
                if len(stack[-1]) < 100_000:
                    stack[-1].append(token)
            else:
                yield token
            if kind == "nested":
                break
        at = restart


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
