"""Front matter of a Markdown file: the ``key: value`` lines between ``---`` (or ``+++``, TOML) at its top."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

LONGEST = 20_000
"""Most code points front matter may have; a longer one is text."""

_FACTS = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "by": "byline",
    "date": "date",
    "published": "date",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "publication": "publication",
    "publisher": "publication",
    "site": "publication",
    "lang": "language",
    "language": "language",
    "licence": "licence_note",
    "license": "licence_note",
    "licence_note": "licence_note",
}
_FENCED = regex.compile(r"(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", regex.DOTALL)
_PAIR = regex.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = regex.compile(r"[ \t]*-[ \t]+(.*)")


@dataclass(frozen=True)
class FrontMatter:
    """The facts front matter told, the names of what it held beside them, and the text below it."""

    rest: str
    title: str | None = None
    facts: dict[str, str] = field(default_factory=dict[str, str])
    left_out: tuple[str, ...] = ()


def split(text: str) -> FrontMatter:
    """Take front matter from the top of a clean text; a text without one comes back whole."""
    match = _FENCED.match(text)
    if match is None or match.end() > LONGEST:
        return FrontMatter(text)
    pairs = _yaml(match.group(2)) if match.group(1) == "---" else _toml(match.group(2))
    if not pairs:
        return FrontMatter(text)
    facts: dict[str, str] = {}
    others: list[str] = []
    for key, value in pairs.items():
        name = _FACTS.get(key.lower().replace("-", "_"))
        if name is None or not value:
            others.append(key)
        else:
            facts.setdefault(name, value)
    left_out = (f"front matter: {', '.join(others)}",) if others else ()
    return FrontMatter(text[match.end() :], facts.pop("title", None), facts, left_out)


def _toml(source: str) -> dict[str, str]:
    try:
        found: Mapping[str, object] = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return {}
    return {k: ", ".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in found.items()}


def _yaml(source: str) -> dict[str, str]:
    """Return the top-level pairs with a text, a number or a list of these; empty where a line is none of them."""
    pairs: dict[str, str] = {}
    key = ""
    for line in source.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _ITEM.fullmatch(line)
        pair = _PAIR.fullmatch(line)
        if pair is not None:
            key = pair.group(1)
            pairs[key] = _scalar(pair.group(2) or "")
        elif item is not None and key:
            pairs[key] = ", ".join(part for part in (pairs[key], _scalar(item.group(1))) if part)
        elif not (line[0].isspace() and key):
            return {}
    return pairs


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_scalar(part) for part in value[1:-1].split(",") if part.strip())
    return "" if value in ("|", ">", "|-", ">-") else value
