"""The EQ fields of word processors: signs set over each other, with which words get their reading, or a ring around."""

from __future__ import annotations

import re

_OVER = re.compile(r"\\o((?:\s*\\a[lcrd])?)\s*\(", re.IGNORECASE)
_RAISED = re.compile(r"\s*\\s(?:\s*\\(?:up|do|ai|di)\s*-?\d{0,4})+\s*\(", re.IGNORECASE)
_MOST = 2_000


def overstruck(code: str) -> tuple[str, str] | None:
    """Return the word in a field of signs set over each other, and the reading above it; None for another field."""
    code = code[:_MOST]
    found = _OVER.search(code)
    parts = _arguments(code, found.end()) if found else []
    words: list[str] = []
    readings: list[str] = []
    for part in parts:
        raised = _RAISED.match(part)
        if raised is None:
            words.append(part)
        else:
            readings += _arguments(part, raised.end())
    word = words[-1].strip() if words else ""
    return (_plain(word), _plain(" ".join(readings)).strip()) if word else None


def _arguments(code: str, at: int) -> list[str]:
    """Return what stands between brackets that are open here, at each comma; nothing where they do not close."""
    found: list[str] = []
    depth, begun = 0, at
    while at < len(code):
        sign = code[at]
        if sign == "\\":
            at += 1
        elif sign == "(":
            depth += 1
        elif sign in ",;)" and depth == 0:
            found.append(code[begun:at])
            begun = at + 1
            if sign == ")":
                return found
        elif sign == ")":
            depth -= 1
        at += 1
    return []


def _plain(text: str) -> str:
    return re.sub(r"\\([(),;\\])", r"\1", text)
