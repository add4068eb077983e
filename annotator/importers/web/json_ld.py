"""What a page says of its article in JSON-LD: read as plain JSON, no context is ever fetched."""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import regex

_MOST_BYTES = 4_000_000
_MOST_OBJECTS = 20_000
_WRAPPING = regex.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:(?://|/\*)?\s*\]\]>(?:\s*\*/)?|-->)\s*;?\s*\Z"
)
_LOOSE_COMMA = regex.compile(r",(?=\s*[}\]])")
_ARTICLE = regex.compile(
    r"(?:.*article|.*posting|report|newsitem|analysis\w*|opinion\w*|review\w*|statement)", regex.IGNORECASE
)
_PAGE = frozenset(("webpage", "itempage", "medicalwebpage", "aboutpage"))
_ELSEWHERE = frozenset(
    (
        "itemListElement",
        "hasPart",
        "liveBlogUpdate",
        "comment",
        "relatedLink",
        "mentions",
        "citation",
        "blogPost",
        "review",
    )
)
"""Under these keys stand other articles than the page's own."""


@dataclass(frozen=True)
class LinkedData:
    """What was found, empty where nothing is said; ``damaged``: how many pieces could not be read."""

    headline: str = ""
    name: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    description: str = ""
    is_free: bool = True
    """Whether everyone may read all of it; false only where the page says so."""
    damaged: int = 0


def find(pieces: Sequence[str]) -> LinkedData:
    """Return what a page's pieces of JSON-LD say of its article; damaged ones are passed over and counted."""
    values: list[Any] = []
    damaged = 0
    for piece in pieces:
        try:
            values.append(_loaded(piece))
        except (ValueError, RecursionError):
            damaged += bool(piece.strip())
    objects = list(_objects(values))
    by_id = {o["@id"]: o for o in reversed(objects) if isinstance(o.get("@id"), str) and len(o) > 1}
    best = next((o for o in objects if _is(o, article=True)), None) or next((o for o in objects if _is(o)), None)
    if best is None:
        return LinkedData(damaged=damaged)
    page = next((o for o in objects if o is not best and _is(o)), {})
    return _described(best, page, by_id, damaged)


def _described(
    best: dict[str, Any], page: dict[str, Any], by_id: dict[str, dict[str, Any]], damaged: int
) -> LinkedData:
    def first(*keys: str) -> str:
        return next((word for key in keys for word in _words(best.get(key))), "")

    main = best.get("mainEntityOfPage")
    address = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    said = [*_words(best.get("url")), *_words(address), *_words(page.get("url"))]
    return LinkedData(
        headline=first("headline"),
        name=first("name"),
        authors=tuple(dict.fromkeys(_names(best.get("author"), by_id) or _names(best.get("creator"), by_id))),
        date=first("datePublished", "dateCreated") or next(iter(_words(page.get("datePublished"))), ""),
        publisher=next(iter(_names(best.get("publisher"), by_id) or _names(page.get("publisher"), by_id)), ""),
        url=next((word for word in said if word.startswith(("http://", "https://"))), ""),
        language=first("inLanguage") or next(iter(_words(page.get("inLanguage"))), ""),
        body="\n".join(_words(best.get("articleBody"))),
        is_free=str(best.get("isAccessibleForFree", True)).casefold() not in ("false", "no", "http://schema.org/false"),
        description=first("description", "alternativeHeadline"),
        damaged=damaged,
    )


def _loaded(piece: str) -> Any:
    if len(piece) > _MOST_BYTES:
        raise ValueError("too large")
    try:
        return json.loads(piece, strict=False)
    except ValueError:
        return json.loads(_LOOSE_COMMA.sub("", _WRAPPING.sub("", piece)), strict=False)


def _objects(values: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Yield the objects that may speak of the page, outer ones first."""
    left: deque[Any] = deque(values)
    n = 0
    while left and n < _MOST_OBJECTS:
        value = left.popleft()
        n += 1
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, dict):
            yield value
            left.extend(
                inner for key, inner in value.items() if key not in _ELSEWHERE and isinstance(inner, dict | list)
            )


def _is(value: dict[str, Any], *, article: bool = False) -> bool:
    """Say whether an object is an article, or else a page."""
    kinds = [word.rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold() for word in _words(value.get("@type"))]
    return any(_ARTICLE.fullmatch(kind) if article else kind in _PAGE for kind in kinds)


def _words(value: Any) -> list[str]:
    """Return the strings a value is, or is a list of, as they are read; objects of JSON-LD give their value."""
    if isinstance(value, dict):
        value = value.get("@value")
    values = value if isinstance(value, list) else [value]
    return [html.unescape(v).strip() for v in values if isinstance(v, str) and v.strip()]


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> list[str]:
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            known = by_id.get(str(one.get("@id")), {})
            found += _words(one.get("name")) or _words(known.get("name"))
        else:
            found += _words(one)
    return found
