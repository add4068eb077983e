"""The styles of a Word template as a painter needs them: what a report looks like stands in one place only.

Lengths are twentieths of a point, the unit of Word and of a PDF painted at 1,440 dots per inch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.exporters.word.markup import W
from annotator.exporters.word.styles import SANS
from annotator.exporters.word.template import Template

CM = 1440 / 2.54
MM = CM / 10
POINT = 20.0
INK = "#1f1d1a"
_Q = f"{{{W}}}"
_Node = Any
"""An lxml element; lxml brings no types."""
_DENSER = 240.0
"""What Word calls a line of single height."""
_TRACK = 0.085
"""The widest letters are spaced, by their size."""
Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Face:
    """How words look; ``size`` in twentieths of a point. ``underline`` and ``box`` are a kind and a colour."""

    families: tuple[str, ...] = (SANS.latin, SANS.arabic, SANS.east_asian)
    size: float = 190.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    colour: str = INK
    track: float = 0.0
    underline: tuple[str, str] = ("", "")
    box: tuple[str, str] = ("", "")
    fill: str = ""
    raised: bool = False

    @property
    def font(self) -> QFont:
        """The font, its pixels being twentieths of a point."""
        return _font(self.families, max(1, round(self.size)), self.bold, self.italic, self.caps, self.track)


@lru_cache(maxsize=256)
def _font(families: tuple[str, ...], size: int, bold: bool, italic: bool, caps: bool, track: float) -> QFont:
    made = QFont()
    made.clearFeatures()  # it is the window's type, whose figures of one width no reader of a PDF could find
    made.setFamilies(list(families))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in (
        "liga",
        "clig",
        "calt",
    ):  # a PDF forgets which letters such a shape was made of: none could be found
        made.setFeature(QFont.Tag(feature), 0)
    if caps:
        made.setCapitalization(QFont.Capitalization.AllUppercase)
    if track:
        # Wider, and a program that reads the page takes each letter for a word.
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, min(track, size * _TRACK))
    return made


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set. ``line`` is its height, which is ``rule``: exact, at least, or auto (times 240)."""

    face: Face
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    rule: str = "auto"
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    align: str = ""
    below: tuple[str, str] = ("", "")
    """The line below it, where it has one: its kind and colour."""
    bar: tuple[float, str, float] = (0.0, "", 0.0)
    """The bar before it: its thickness, colour and distance."""
    leader: str = ""
    tabs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Styles:
    """Every style of a template by our own id: paragraphs as they are set, looks of words as what they change."""

    paragraphs: Mapping[str, Setting]
    looks: Mapping[str, Mapping[str, Any]]
    _faces: dict[tuple[object, ...], Face] = field(default_factory=dict[tuple[object, ...], Face], repr=False)

    def paragraph(self, style: str) -> Setting:
        """Return how a style sets a paragraph; one nobody knows is set as the usual text."""
        return self.paragraphs.get(style) or self.paragraphs["Normal"]

    def face(self, ground: Face, looks: tuple[str, ...], claims: int) -> Face:
        """Return how words look in a paragraph; the first look is the strongest."""
        key = (ground, looks, claims)
        made = self._faces.get(key)
        if made is None:
            changes: Properties = {}
            for look in reversed(looks):
                changes |= self.looks.get(look.replace(" ", ""), {})
            if claims:
                changes["fill"] = self.looks.get("Claim" if claims == 1 else "ClaimOverlap", {}).get("fill", "")
            made = self._faces[key] = _changed(ground, changes)
        return made


def of_template(template: Template) -> Styles:
    """Return the styles of a template that was read for Word."""
    root = etree.fromstring(template.styles, etree.XMLParser(resolve_entities=False, no_network=True))
    nodes = {node.get(f"{_Q}styleId", ""): node for node in root.findall(f"{_Q}style")}
    ground = _run(root.find(f"{_Q}docDefaults/{_Q}rPrDefault/{_Q}rPr"))
    paragraphs: dict[str, Setting] = {}
    looks: dict[str, Mapping[str, Any]] = {}
    for ours, theirs in template.ids.items():
        node = nodes.get(theirs)
        if node is None:
            continue
        run, lines = _inherited(node, nodes)
        if node.get(f"{_Q}type") == "character":
            looks[ours] = run
        else:
            paragraphs[ours] = Setting(_changed(Face(), ground | run), **lines)
    paragraphs.setdefault("Normal", Setting(_changed(Face(), ground)))
    return Styles(paragraphs, looks)


def _changed(face: Face, changes: Mapping[str, Any]) -> Face:
    values = {name: getattr(face, name) for name in Face.__dataclass_fields__}
    return Face(**{**values, **changes})


def _inherited(node: _Node, nodes: Mapping[str, _Node]) -> tuple[Properties, Properties]:
    """Return the run and paragraph properties of a style with those it is based on."""
    run: Properties = {}
    lines: Properties = {}
    seen: set[str] = set()
    at: _Node = node
    while at is not None:
        run = _run(at.find(f"{_Q}rPr")) | run
        lines = _lines(at.find(f"{_Q}pPr")) | lines
        base = at.find(f"{_Q}basedOn")
        name = "" if base is None else base.get(f"{_Q}val", "")
        at = None if name in seen else nodes.get(name)
        seen.add(name)
    return run, lines


def _run(node: _Node) -> Properties:
    found: Properties = {}
    for child in () if node is None else node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        reader = _RUN.get(name)
        if reader is not None:
            found |= reader(child)
    return found


def _lines(node: _Node) -> Properties:
    found: Properties = {}
    for child in () if node is None else node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        reader = _LINES.get(name)
        if reader is not None:
            found |= reader(child)
    return found


def _value(node: _Node, name: str = "val") -> str:
    found: str | None = node.get(f"{_Q}{name}")
    return found or ""


def _on(node: _Node) -> bool:
    return _value(node) not in ("0", "false", "off", "none")


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        return 0.0


def _colour(words: str) -> str:
    known = len(words) == 6 and all(c in "0123456789abcdefABCDEF" for c in words)
    return f"#{words.lower()}" if known else ""


def _families(node: _Node) -> Properties:
    names = [_value(node, name) for name in ("ascii", "cs", "eastAsia")]
    return {"families": tuple(name for name in names if name)} if names[0] else {}


def _lined(node: _Node) -> tuple[str, str]:
    kind = _value(node)
    return ("", "") if kind in ("", "none", "nil") else (kind, _colour(_value(node, "color")) or INK)


def _filled(node: _Node) -> Properties:
    return {"fill": _colour(_value(node, "fill"))}


_RUN: dict[str, Callable[[_Node], Properties]] = {
    "rFonts": _families,
    "b": lambda n: {"bold": _on(n)},
    "i": lambda n: {"italic": _on(n)},
    "caps": lambda n: {"caps": _on(n)},
    "color": lambda n: {"colour": _colour(_value(n)) or INK},
    "spacing": lambda n: {"track": _number(_value(n))},
    "sz": lambda n: {"size": _number(_value(n)) * 10 or 190.0},
    "u": lambda n: {"underline": _lined(n)},
    "bdr": lambda n: {"box": _lined(n)},
    "shd": _filled,
    "vertAlign": lambda n: {"raised": _value(n) == "superscript"},
}


def _spacing(node: _Node) -> Properties:
    found: Properties = {n: _number(_value(node, n)) for n in ("before", "after", "line") if _value(node, n)}
    if "line" in found:
        found["rule"] = _value(node, "lineRule") or "auto"
    return found


def _indents(node: _Node) -> Properties:
    found: Properties = {}
    for name, also in (("left", "start"), ("right", "end"), ("hanging", "hanging")):
        words = _value(node, name) or _value(node, also)
        if words:
            found[name] = _number(words)
    return found


def _tabs(node: _Node) -> Properties:
    stops = [(_value(n), _number(_value(n, "pos"))) for n in node]
    gone = {at for kind, at in stops if kind == "clear"}
    leader = next((found for n in node if (found := _value(n, "leader"))), "")
    return {"tabs": tuple(s for s in stops if s[0] != "clear" and s[1] not in gone), "leader": leader}


def _border(node: _Node) -> Properties:
    found: Properties = {}
    below, bar = node.find(f"{_Q}bottom"), node.find(f"{_Q}left")
    if below is not None:
        found["below"] = _lined(below)
    if bar is not None:
        found["bar"] = (_number(_value(bar, "sz")) * 2.5, _lined(bar)[1], _number(_value(bar, "space")) * POINT)
    return found


_LINES: dict[str, Callable[[_Node], Properties]] = {
    "keepNext": lambda n: {"keep_next": _on(n)},
    "keepLines": lambda n: {"keep_lines": _on(n)},
    "spacing": _spacing,
    "ind": _indents,
    "tabs": _tabs,
    "jc": lambda n: {"align": _value(n)},
    "pBdr": _border,
}


def line_height(setting: Setting, natural: float) -> float:
    """Return how high a line is whose words ask for ``natural``."""
    match setting.rule:
        case "exact":
            return setting.line
        case "atLeast":
            return max(setting.line, natural)
        case _:
            return natural * (setting.line / _DENSER if setting.line else 1.0)


@lru_cache(maxsize=256)
def metrics(face: Face) -> QFontMetricsF:
    """Return the measures of a face."""
    return QFontMetricsF(face.font)
