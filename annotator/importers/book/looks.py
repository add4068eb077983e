"""What a book's style sheets show as headings where its chapters mark none, as those word processors write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"\s*(?:p|span)?\.([\w-]{1,100})\s*")
_SIZE = re.compile(r"(?:^|[;\s])font-size:\s*(\d{1,3}(?:\.\d{1,6})?)(pt|px|em|rem|%)")
_BOLD = re.compile(r"(?:^|[;\s])font-weight:\s*(?:bold|[6-9]00)")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12}
_USUAL = 12.0
"""Size of letters nothing is said of, points."""

_MARKED = re.compile(r"<h[1-6][ >]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p(?P<own>(?: [^<>]*)?)>(?P<inner>[^<]*(?:<(?!/?p[ >])[^<>]*>[^<]*)*+)</p>")
_PART = re.compile(r"<(?P<tag>/?[a-z0-9]+)(?P<said>[^<>]*)>|[^<]+")
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_WITHIN = frozenset(("span", "b", "i", "em", "strong", "a", "small", "u"))
_LARGE = 1.15
"""Least size of a bold heading, beside the usual letters."""

_LARGER = 1.3
"""Least size of one that is not bold."""

_WORDS = 25
_SHARE = 0.25
"""Most of a chapter's letters that may be in headings."""


@dataclass(frozen=True)
class Look:
    """How a class is set: the size of its letters, 0 where it does not say, and whether they are bold."""

    size: float
    bold: bool


def looks(style_sheet: str) -> dict[str, Look]:
    """Return how the classes of a style sheet are set, those that say something of their letters."""
    found: dict[str, Look] = {}
    for rule in _RULE.finditer(style_sheet):
        size = _SIZE.search(rule[2])
        points = float(size[1]) * _POINTS[size[2]] if size else 0.0
        bold = _BOLD.search(rule[2]) is not None
        for name in rule[1].split(",") if points or bold else ():
            if one := _CLASS.fullmatch(name):
                found[one[1]] = Look(points, bold)
    return found


def with_headings(page: str, known: Mapping[str, Look]) -> str:
    """Return a chapter whose short paragraphs in large letters are headings; one that has any keeps its own."""
    if not known or _MARKED.search(page):
        return page
    seen = [(p, *_set(p, known)) for p in _PARAGRAPH.finditer(page)]
    letters: Counter[float] = Counter()
    for p, size, _ in seen:
        letters[size] += len(p["inner"])
    if not letters:
        return page
    usual = max((n, size) for size, n in letters.items())[1] or _USUAL
    headings = [
        (p, size)
        for p, size, bold in seen
        if size >= (_LARGE if bold else _LARGER) * usual and len(_words(p["inner"]).split()) <= _WORDS
    ]
    if sum(len(p["inner"]) for p, _ in headings) > _SHARE * letters.total():
        return page
    sizes = sorted({size for _, size in headings}, reverse=True)
    parts: list[str] = []
    end = 0
    for p, size in headings:
        tag = f"h{min(sizes.index(size) + 1, 6)}"
        parts += page[end : p.start()], f"<{tag}{p['own']}>{p['inner']}</{tag}>"
        end = p.end()
    return "".join(parts) + page[end:]


def _words(inner: str) -> str:
    return re.sub(r"<[^<>]*>", " ", inner)


def _set(paragraph: re.Match[str], known: Mapping[str, Look]) -> tuple[float, bool]:
    """Return the size of a paragraph's smallest letters, and whether all are bold; 0 where it has more than letters."""
    stack = [_of(paragraph["own"], known, Look(_USUAL, False))]
    found: list[Look] = []
    for part in _PART.finditer(paragraph["inner"]):
        tag = part["tag"]
        if tag is None:
            if part[0].strip():
                found.append(stack[-1])
        elif tag.startswith("/"):
            del stack[max(len(stack) - 1, 1) :]
        elif tag in _WITHIN:
            above = stack[-1]
            stack.append(_of(part["said"], known, Look(above.size, above.bold or tag in ("b", "strong"))))
        else:
            return 0.0, False
    return (min(look.size for look in found), all(look.bold for look in found)) if found else (0.0, False)


def _of(said: str, known: Mapping[str, Look], above: Look) -> Look:
    classes = _CLASSES.search(said)
    size, bold = above.size, above.bold
    for name in classes[1].split() if classes else ():
        if look := known.get(name):
            size, bold = look.size or size, bold or look.bold
    return Look(size, bold)
