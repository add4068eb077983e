"""Facts written above a Markdown text: ``key: value`` lines between ``---``, or TOML between ``+++``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import regex

_FIELDS = {
    "title": ("title", "headline"),
    "publication": (
        "publication",
        "publisher",
        "site",
        "site_name",
        "sitename",
        "newspaper",
        "outlet",
        "container-title",
    ),
    "byline": ("byline", "author", "authors", "by"),
    "date": ("date", "published", "publishdate", "date_published", "pubdate"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url", "source"),
    "language": ("language", "lang"),
}
_BY_KEY = {key: name for name, keys in _FIELDS.items() for key in keys}
_FENCED = regex.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<inside>.*?)\n?^(?P=mark)[ \t]*(?:\n|\Z)", regex.DOTALL | regex.MULTILINE
)
_KEY_LINE = regex.compile(r"(?P<key>[A-Za-z_][\w .-]*?)\s*:(?:\s+(?P<value>.*))?")
_ITEM = regex.compile(r"\s*-\s+(?P<value>.+)")
_LONGEST = 20_000


@dataclass(frozen=True)
class FrontMatter:
    """The facts found, the keys that have no place in an article's facts, and where the text begins."""

    facts: dict[str, str] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    end: int = 0


def parse(text: str) -> FrontMatter:
    """Return what stands above a text; nothing at all where any line of it is not a plain fact."""
    match = _FENCED.match(text, 0, min(len(text), _LONGEST))
    if match is None:
        return FrontMatter()
    table = _toml(match["inside"]) if match["mark"] == "+++" else _lines(match["inside"])
    if not table:
        return FrontMatter()
    facts: dict[str, str] = {}
    other: list[str] = []
    for key, values in table.items():
        name = _BY_KEY.get(key.casefold().replace(" ", "_"))
        value = _joined(values)
        if name == "url" and not value.startswith(("http://", "https://")):
            name = None
        if name is None or name in facts:
            other.append(key)
        elif value:
            facts[name] = value
    return FrontMatter(facts, tuple(other), match.end())


def _joined(values: list[str]) -> str:
    if len(values) < 3:
        return " and ".join(values)
    return ", ".join(values[:-1]) + " and " + values[-1]


def _lines(inside: str) -> dict[str, list[str]] | None:
    """Read the small part of YAML people write by hand: scalars, flow lists and lists of items."""
    table: dict[str, list[str]] = {}
    key = None
    for line in inside.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, fact = _ITEM.fullmatch(line), _KEY_LINE.fullmatch(line)
        if item is not None and key is not None:
            table[key].append(_unquoted(item["value"]))
        elif fact is not None:
            key = fact["key"]
            table[key] = _values(fact["value"] or "")
        elif line[:1].isspace() and key is not None:
            table[key].append(_unquoted(line))
        else:
            return None
    return table


def _values(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [v for v in (_unquoted(part) for part in value[1:-1].split(",")) if v]
    value = _unquoted(value)
    return [value] if value and value not in ("|", ">", "null", "~") else []


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
    return value


def _toml(inside: str) -> dict[str, list[str]] | None:
    try:
        table: dict[str, Any] = tomllib.loads(inside)
    except tomllib.TOMLDecodeError:
        return None
    found: dict[str, list[str]] = {}
    for key, value in table.items():
        values: list[Any] = list(value) if isinstance(value, list) else [value]
        found[key] = [
            v.isoformat() if isinstance(v, date | datetime) else str(v) for v in values if not isinstance(v, dict)
        ]
    return found
