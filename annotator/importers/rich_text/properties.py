"""What rich text says of its pictures and shapes in words: values in groups that are passed over otherwise."""

from __future__ import annotations

import re

_DESCRIPTION = re.compile(rb"wzDescription\}\s*\{\\sv ([^{}]{1,2000})\}")
_SHAPE_TEXT = re.compile(rb"gtextUNICODE\}\s*\{\\sv ([^{}]{1,4000})\}")
_ESCAPE = re.compile(rb"\\'([0-9a-fA-F]{2})|\\u(-?[0-9]{1,6}) ?\??|\\[a-zA-Z]+-?[0-9]* ?")
_WITHIN = 20_000


def description(data: bytes, start: int, end: int, page: str | None) -> str:
    """Return what a picture shows, as its author wrote it; empty where that is not said. ``page``: of its bytes."""
    return _value(_DESCRIPTION, data, start, end, page)


def shape_text(data: bytes, start: int, end: int, page: str | None) -> str:
    """Return the words a shape is made of; empty where this property of it is another."""
    return _value(_SHAPE_TEXT, data, start, end, page)


def _value(wanted: re.Pattern[bytes], data: bytes, start: int, end: int, page: str | None) -> str:
    def meant(escape: re.Match[bytes]) -> bytes:
        if escape[1]:
            return bytes.fromhex(escape[1].decode()).decode(page or "cp1252", "replace").encode()
        return chr(int(escape[2]) & 0xFFFF).encode("utf-8", "replace") if escape[2] else b""

    found = wanted.search(data, start, min(end, start + _WITHIN))
    return _ESCAPE.sub(meant, found[1]).decode("utf-8", "replace") if found else ""
