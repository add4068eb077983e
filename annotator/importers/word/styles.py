"""A Word file's styles: what a paragraph of each is, its list, whether its words are hidden, their language."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.importers.markup import Element
from annotator.importers.numerals import number
from annotator.importers.style_names import Look, look_of
from annotator.importers.word.package import child, children, is_on, value

CHAIN = 12
"""How many styles may build upon each other; Word itself allows about as many."""


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    num: str | None
    level: int | None
    hidden: bool | None
    bold: bool | None
    languages: tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class Styled:
    """What a style, and those it builds upon, come to. ``num`` is "" for no list; ``level`` None where not said.

    ``languages``: of western words, of East Asian ones, and of those that run from right to left.
    """

    look: Look | None = None
    num: str = ""
    level: int | None = None
    num_from: str = ""
    hidden: bool = False
    is_bold: bool = False
    languages: tuple[str | None, str | None, str | None] = (None, None, None)


class Styles:
    """The styles of a document by their ids; an id that nobody defined is a style that says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._known: dict[str | None, Styled] = {}
        self.default: str | None = None
        """The style of paragraphs that name none."""
        self.languages = _languages(child(root, "docDefaults", "rPrDefault", "rPr"))
        for element in children(root, "style") if root is not None else ():
            key = value(element, "styleId") or ""
            self._styles[key] = _style(element)
            if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                self.default = key

    def __getitem__(self, key: str | None) -> Styled:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolved(key)
        return found

    def _resolved(self, key: str | None) -> Styled:
        chain: list[tuple[str, _Style]] = []
        at = key
        while at is not None and len(chain) < CHAIN and (style := self._styles.get(at)) is not None:
            chain.append((at, style))
            at = style.based_on
        look = self._look(key, [style for _, style in chain])
        num_from, num = next(((name, s.num) for name, s in chain if s.num is not None), ("", ""))
        hidden = next((s.hidden for _, s in chain if s.hidden is not None), False)
        return Styled(
            look,
            "" if num == "0" else num or "",
            next((s.level for _, s in chain if s.level is not None), None),
            num_from,
            hidden,
            next((s.bold for _, s in chain if s.bold is not None), False),
            _first([s.languages for _, s in chain]),
        )

    def _look(self, key: str | None, chain: list[_Style]) -> Look | None:
        if not chain:
            return look_of(key or "")
        for style in chain:
            if (found := look_of(style.name)) is not None:
                return found
            if style.outline is not None:
                return Look("heading", style.outline + 1) if 0 <= style.outline < 9 else None
        return None


def _style(element: Element) -> _Style:
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    outline, num = value(child(paragraph, "outlineLvl")), value(child(paragraph, "numPr", "numId"))
    level = value(child(paragraph, "numPr", "ilvl"))
    return _Style(
        value(child(element, "name")) or "",
        value(child(element, "basedOn")),
        None if outline is None else number(outline, 9),
        num,
        None if level is None else number(level),
        is_on(child(run, "vanish")),
        is_on(child(run, "b")),
        _languages(run),
    )


def _languages(run: Element | None) -> tuple[str | None, str | None, str | None]:
    found = child(run, "lang")
    return value(found, "val"), value(found, "eastAsia"), value(found, "bidi")


def _first(
    languages: list[tuple[str | None, str | None, str | None]],
) -> tuple[str | None, str | None, str | None]:
    west, east, bidi = (next((said[at] for said in languages if said[at]), None) for at in range(3))
    return west, east, bidi
