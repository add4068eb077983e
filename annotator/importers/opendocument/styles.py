"""An OpenDocument file's styles and lists: what a paragraph of each is, and the numbers its lists show."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.importers.numerals import number, shown
from annotator.importers.style_names import Look, look_of

CHAIN = 12
"""How many styles may build upon each other."""

LEVELS = 10
_PLACE = re.compile(r"%(\d{1,2})%")
_CODED = re.compile(r"_([0-9a-fA-F]{1,6})_")
_FORMS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle", "一": "chineseCounting", "壹": "chineseCounting", "ア": "aiueo", "イ": "iroha",
    "甲": "ideographTraditional", "子": "ideographZodiac", "가": "ganada", "ㄱ": "chosung", "أ": "arabicAlpha",
    "א": "hebrew1", "ก": "thaiLetters", "А": "russianUpper", "а": "russianLower", "๑": "thaiNumbers", "१": "hindiNumbers",
}  # fmt: skip


@dataclass
class Style:
    """A style as it is told; what it does not say it has from its parent. ``family``: paragraph, text, ..."""

    name: str
    shown_name: str
    parent: str | None
    outline: int | None = None
    list_style: str | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_bold: bool | None = None
    font: str | None = None
    languages: tuple[str | None, str | None, str | None] = (None, None, None)
    """Of western words, of East Asian ones, of those in complex scripts."""


@dataclass(frozen=True)
class Styled:
    """What a style and its parents come to."""

    look: Look | None = None
    list_style: str = ""
    is_hidden: bool = False
    is_struck: bool = False
    is_bold: bool = False
    says_bold: bool = False
    font: str = ""
    languages: tuple[str | None, str | None, str | None] = (None, None, None)


class Styles:
    """The styles of a document, by family and name."""

    def __init__(self) -> None:
        self.lists: dict[str, ListStyle] = {}
        self.outline = ListStyle()
        self.default_languages: tuple[str | None, str | None, str | None] = (None, None, None)
        self._styles: dict[tuple[str, str], Style] = {}
        self._known: dict[tuple[str, str], Styled] = {}

    def add(self, family: str, style: Style) -> None:
        """Keep a style; one of the same name before it is forgotten."""
        self._styles[family, style.name] = style
        self._known.clear()

    def get(self, family: str, name: str | None) -> Styled:
        """Return what a style comes to; a name nobody defined says nothing but itself."""
        key = family, name or ""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolved(family, name or "")
        return found

    def _resolved(self, family: str, name: str) -> Styled:
        chain: list[Style] = []
        at: str | None = name
        while at and len(chain) < CHAIN and (style := self._styles.get((family, at))) is not None:
            chain.append(style)
            at = style.parent
        west, east, complex_ = (next((s.languages[n] for s in chain if s.languages[n]), None) for n in range(3))
        return Styled(
            _look(chain) if chain else look_of(plain_name(name)),
            next((s.list_style for s in chain if s.list_style is not None), ""),
            next((s.is_hidden for s in chain if s.is_hidden is not None), False),
            next((s.is_struck for s in chain if s.is_struck is not None), False),
            next((s.is_bold for s in chain if s.is_bold is not None), False),
            any(s.is_bold is not None for s in chain),
            next((s.font for s in chain if s.font is not None), ""),
            (west, east, complex_),
        )


def _look(chain: list[Style]) -> Look | None:
    for style in chain:
        found = look_of(style.shown_name)
        if found is not None:
            return found
        if style.outline is not None:
            return Look("heading", style.outline)
    return None


def plain_name(name: str) -> str:
    """Return a style's name as people know it: other signs than letters are written by their number in it."""

    def sign(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if 0x20 <= code < 0xD800 else match[0]

    return _CODED.sub(sign, name)


@dataclass(frozen=True)
class ListLevel:
    """How one level of a list counts and writes its numbers; no ``form`` for a bullet."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shows: int = 1
    pattern: str = ""


@dataclass
class ListStyle:
    """The levels of a list, from 1."""

    levels: dict[int, ListLevel] = field(default_factory=dict)


class Count:
    """The numbers of one list as it goes on."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def next(self, style: ListStyle, level: int, start: int | None = None) -> str:
        """Count one item of a level (from 1); return what is written before it, "" for a bullet."""
        own = style.levels.get(level, ListLevel())
        if start is not None:
            self._counts[level] = start
        else:
            self._counts[level] = self._counts.get(level, own.start - 1) + 1
        self.restart_below(level)
        if not own.form:
            return ""
        if own.pattern:
            return _PLACE.sub(lambda place: self._written(style, int(place[1])), own.pattern).strip()
        first = max(1, level - max(1, own.shows) + 1)
        numbers = [self._written(style, at) for at in range(first, level + 1)]
        return f"{own.before}{'.'.join(n for n in numbers if n)}{own.after}".strip()

    def restart_below(self, level: int) -> None:
        """Let the levels below one begin anew."""
        for below in [n for n in self._counts if n > level]:
            del self._counts[below]

    def _written(self, style: ListStyle, level: int) -> str:
        there = style.levels.get(level, ListLevel())
        return shown(self._counts.get(level, there.start), _FORMS.get(there.form[:1], "decimal")) if there.form else ""


class StyleElements:
    """The elements that tell styles and lists, as they come: they go ``into`` the styles of the document."""

    def __init__(self, into: Styles) -> None:
        self._into = into
        self._list_style: ListStyle | None = None
        self._style: tuple[str, Style] | None = None
        self._in_default = False

    def starts(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what to do where each of the elements begins."""
        return {
            "style:style": self._begin_style,
            "style:default-style": self._begin_default_style,
            "style:text-properties": self._text_properties,
            "text:list-style": self._begin_list_style,
            "text:outline-style": self._begin_outline_style,
            "text:list-level-style-number": self._list_level,
            "text:outline-level-style": self._list_level,
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        """Return what to do where each of them ends."""
        return {
            "style:style": self._end_style,
            "style:default-style": self._end_default_style,
            "text:list-style": self._end_list_style,
            "text:outline-style": self._end_list_style,
        }

    def forget(self) -> None:
        """Forget the elements that are open."""
        self._style = self._list_style = None
        self._in_default = False

    def _begin_style(self, attributes: dict[str, str]) -> None:
        name = attributes.get("style:name", "")
        outline = attributes.get("style:default-outline-level")
        shown_name = attributes.get("style:display-name") or plain_name(name)
        style = Style(name, shown_name, attributes.get("style:parent-style-name"))
        style.outline = number(outline) or None
        style.list_style = attributes.get("style:list-style-name")
        self._style = attributes.get("style:family", ""), style

    def _end_style(self) -> None:
        if self._style is not None:
            self._into.add(*self._style)
        self._style = None

    def _begin_default_style(self, attributes: dict[str, str]) -> None:
        self._in_default = attributes.get("style:family") == "paragraph"

    def _end_default_style(self) -> None:
        self._in_default = False

    def _text_properties(self, attributes: dict[str, str]) -> None:
        languages = (
            _tag(attributes.get("fo:language"), attributes.get("fo:country")),
            _tag(attributes.get("style:language-asian"), attributes.get("style:country-asian")),
            _tag(attributes.get("style:language-complex"), attributes.get("style:country-complex")),
        )
        if self._in_default:
            self._into.default_languages = languages
        if self._style is None:
            return
        style = self._style[1]
        style.languages = languages
        if "text:display" in attributes:
            style.is_hidden = attributes["text:display"] == "none"
        if "style:text-line-through-style" in attributes:
            style.is_struck = attributes["style:text-line-through-style"] != "none"
        if "fo:font-weight" in attributes:
            style.is_bold = attributes["fo:font-weight"] in ("bold", "600", "700", "800", "900")
        style.font = attributes.get("style:font-name") or attributes.get("fo:font-family") or style.font

    def _begin_list_style(self, attributes: dict[str, str]) -> None:
        self._list_style = self._into.lists[attributes.get("style:name", "")] = ListStyle()

    def _begin_outline_style(self, _: dict[str, str]) -> None:
        self._list_style = self._into.outline = ListStyle()

    def _end_list_style(self) -> None:
        self._list_style = None

    def _list_level(self, attributes: dict[str, str]) -> None:
        if self._list_style is not None:
            self._list_style.levels[number(attributes.get("text:level"), 1)] = ListLevel(
                form=attributes.get("style:num-format", ""),
                before=attributes.get("style:num-prefix", ""),
                after=attributes.get("style:num-suffix", ""),
                start=number(attributes.get("text:start-value"), 1),
                shows=min(number(attributes.get("text:display-levels"), 1), LEVELS),
                pattern=attributes.get("loext:num-list-format", ""),
            )


def _tag(language: str | None, country: str | None) -> str | None:
    """Return a language with its country; None where none is said ("none" says so)."""
    if not language or language == "none":
        return None
    return f"{language}-{country}" if country and country != "none" else language
