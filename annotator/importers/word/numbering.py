"""The numbers Word writes before the paragraphs of numbered lists; they stand nowhere in the text and are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.importers.markup import Element
from annotator.importers.numerals import number, shown
from annotator.importers.word.package import child, children, on, value

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts and writes its numbers. ``restart``: None after any level above it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    decimal_above: bool = False
    style: str = ""


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    style_link: str = ""


@dataclass
class _Use:
    """One use of a list: which, and with what levels of its own."""

    of: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document. ``next`` gives the number of each paragraph, asked in the document's order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for element in children(root, "abstractNum"):
            key = value(element, "abstractNumId") or ""
            self._lists[key] = _list(element)
            style = value(child(element, "styleLink"))
            if style:
                links[style] = key
        for element in children(root, "num"):
            self._uses[value(element, "numId") or ""] = self._use(element, links)

    def _use(self, element: Element, links: dict[str, str]) -> _Use:
        key = value(child(element, "abstractNumId")) or ""
        linked = self._lists.get(key)
        if linked is not None and linked.style_link:
            key = links.get(linked.style_link, key)
        use = _Use(key)
        for over in children(element, "lvlOverride"):
            level = number(value(over, "ilvl"))
            start = child(over, "startOverride")
            if start is not None:
                use.starts[level] = number(value(start), 1)
            own = child(over, "lvl")
            if own is not None:
                use.levels[level] = _level(own)
        return use

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level a paragraph style has in a list."""
        use = self._uses.get(num)
        levels = self._lists[use.of].levels if use is not None and use.of in self._lists else {}
        return next((n for n, level in levels.items() if level.style == style), 0)

    def next(self, num: str, level: int) -> str | None:
        """Count one paragraph; return its number as Word shows it, "" for a bullet, None where there is no such list."""
        use = self._uses.get(num)
        of = self._lists.get(use.of) if use is not None else None
        if use is None or of is None:
            return None
        level = max(0, min(level, LEVELS - 1))
        levels = {**of.levels, **use.levels}
        own = levels.get(level, _Level())
        self._count(use, of, levels, level)
        if own.form == "bullet":
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            there = levels.get(at, _Level())
            count = of.counts.get(at, use.starts.get(at, there.start))
            return shown(count, "decimal" if own.decimal_above else there.form)

        return _PLACE.sub(written, own.text).strip()

    def _count(self, use: _Use, of: _List, levels: dict[int, _Level], level: int) -> None:
        own = levels.get(level, _Level())
        if level in use.starts and level not in use.begun:
            of.counts[level] = use.starts[level]
        elif level in of.counts:
            of.counts[level] += 1
        else:
            of.counts[level] = own.start
        use.begun.add(level)
        for below in [n for n in of.counts if n > level]:
            restart = levels.get(below, _Level()).restart
            if restart is None or level < restart:
                del of.counts[below]


def _list(element: Element) -> _List:
    levels = {number(value(lvl, "ilvl")): _level(lvl) for lvl in children(element, "lvl")}
    return _List(levels, style_link=value(child(element, "numStyleLink")) or "")


def _level(element: Element) -> _Level:
    restart = child(element, "lvlRestart")
    picture = child(element, "lvlPicBulletId") is not None
    legal = child(element, "isLgl")
    form = child(element, "numFmt")
    if form is None:  # newer forms stand in a choice of their own, with one that all know beside it
        form = child(element, "AlternateContent", "Fallback", "numFmt")
    return _Level(
        start=number(value(child(element, "start")), 1),
        form="bullet" if picture else value(form) or "decimal",
        text=value(child(element, "lvlText")) or "",
        restart=None if restart is None else number(value(restart)),
        decimal_above=legal is not None and on(value(legal)),
        style=value(child(element, "pStyle")) or "",
    )
