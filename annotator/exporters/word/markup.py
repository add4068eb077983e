"""WordprocessingML as text: escaping, and run and paragraph properties in the order the schema wants.

Sizes and distances of text are in points, indents in cm. Everything a reader or a file brings in goes through
``escaped``, so no character of it can break the XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.exporters.escaping import escaped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
EXTENDED = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)
"""Namespaces of what came after the standard; a program that does not know them may leave it out."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

INK, GREY, RULE, DOTS, FAINT = "1F1D1A", "5F5A52", "D5CFC2", "8E887D", "EFEBE1"

_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
    "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
    "lang", "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
RUN_ORDER = {tag: n for n, tag in enumerate(_RUN_ORDER)}

_PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "bidi", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl",
    "rPr", "sectPr",
)  # fmt: skip
_PARAGRAPH_RANK = {tag: n for n, tag in enumerate(_PARAGRAPH_ORDER)}


def one_line(text: str, limit: int = 255) -> str:
    """Return text escaped, on one line and at most ``limit`` code points long, for properties and descriptions."""
    plain = " ".join(text.split())
    if len(plain) > limit:
        plain = plain[: limit - 1] + "…"
    return escaped(plain)


def twips(cm: float) -> int:
    """Return cm in twentieths of a point, the unit of widths."""
    return round(cm * 567)


def element(tag: str, **attributes: object) -> str:
    """Return ``<w:tag w:name="value"/>``; an attribute that is None is left out. Values must be escaped already."""
    told = "".join(f' w:{name}="{value}"' for name, value in attributes.items() if value is not None)
    return f"<w:{tag}{told}/>"


def ordered_run(properties: dict[str, str]) -> str:
    """Return a run's property elements, given by tag, in schema order."""
    return "".join(xml for _, xml in sorted(properties.items(), key=lambda item: RUN_ORDER.get(item[0], 99)))


@dataclass(frozen=True)
class Face:
    """A type face with its companions for the scripts it does not have."""

    latin: str
    arabic: str
    east_asian: str

    @property
    def xml(self) -> str:
        """The ``w:rFonts`` element."""
        return element("rFonts", ascii=self.latin, hAnsi=self.latin, cs=self.arabic, eastAsia=self.east_asian)


def run_properties(
    *,
    face: Face | None = None,
    size: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    caps: bool = False,
    color: str | None = None,
    track: int | None = None,
    underline: tuple[str, str] | None = None,
    box: tuple[str, str] | None = None,
    fill: str | None = None,
    superscript: bool = False,
    no_proof: bool = False,
) -> str:
    """Return the children of a ``w:rPr``; track is in twentieths of a point, underline and box are (kind, colour)."""
    made: dict[str, str] = {}
    if face:
        made["rFonts"] = face.xml
    for tag, on in (("b", bold), ("i", italic)):
        if on is not None:
            value = None if on else "0"
            made[tag], made[tag + "Cs"] = element(tag, val=value), element(tag + "Cs", val=value)
    if caps:
        made["caps"] = element("caps")
    if no_proof:
        made["noProof"] = element("noProof")
    if color:
        made["color"] = element("color", val=color)
    if track is not None:
        made["spacing"] = element("spacing", val=track)
    if size:
        half_points = round(size * 2)
        made["sz"], made["szCs"] = element("sz", val=half_points), element("szCs", val=half_points)
    if underline:
        made["u"] = element("u", val=underline[0], color=underline[1])
    if box:
        made["bdr"] = element("bdr", val=box[0], sz=4, space=0, color=box[1])
    if fill:
        made["shd"] = element("shd", val="clear", color="auto", fill=fill)
    if superscript:
        made["vertAlign"] = element("vertAlign", val="superscript")
    return ordered_run(made)


def paragraph_properties(
    *,
    style: str | None = None,
    before: float | None = None,
    after: float | None = None,
    line: float | None = None,
    exact: bool = False,
    left: float | None = None,
    right: float | None = None,
    hanging: float | None = None,
    keep_next: bool | None = None,
    keep_lines: bool | None = None,
    new_page: bool = False,
    widow: bool = False,
    align: str | None = None,
    rtl: bool = False,
    level: int | None = None,
    tabs: Iterable[tuple[str, float] | tuple[str, float, str]] = (),
    borders: Mapping[str, tuple[int, str, int, str]] | None = None,
) -> str:
    """Return the children of a ``w:pPr``. ``align`` is a ``w:jc`` value, ``level`` the outline level from 0.

    A tab is (kind, place, leader), a border by side (eighths of a point, colour, gap in points, kind).
    """
    made: dict[str, str] = {}
    if style:
        made["pStyle"] = element("pStyle", val=style)
    for tag, on in (("keepNext", keep_next), ("keepLines", keep_lines)):
        if on is not None:
            made[tag] = element(tag, val=None if on else "0")
    for tag, on in (("pageBreakBefore", new_page), ("widowControl", widow), ("bidi", rtl)):
        if on:
            made[tag] = element(tag)
    if (before, after, line) != (None, None, None):
        made["spacing"] = element(
            "spacing",
            before=_twentieths(before),
            after=_twentieths(after),
            line=_twentieths(line),
            lineRule=None if line is None else "exact" if exact else "atLeast",
        )
    if (left, right, hanging) != (None, None, None):
        made["ind"] = element("ind", left=_in_twips(left), right=_in_twips(right), hanging=_in_twips(hanging))
    if align:
        made["jc"] = element("jc", val=align)
    if level is not None:
        made["outlineLvl"] = element("outlineLvl", val=level)
    stops = "".join(
        element("tab", val=kind, leader=leader[0] if leader else None, pos=twips(at)) for kind, at, *leader in tabs
    )
    if stops:
        made["tabs"] = f"<w:tabs>{stops}</w:tabs>"
    if borders:
        sides = (
            element(side, val=borders[side][3], sz=borders[side][0], space=borders[side][2], color=borders[side][1])
            for side in ("top", "left", "bottom", "right", "between")
            if side in borders
        )
        made["pBdr"] = f"<w:pBdr>{''.join(sides)}</w:pBdr>"
    return "".join(xml for _, xml in sorted(made.items(), key=lambda item: _PARAGRAPH_RANK[item[0]]))


def _twentieths(points: float | None) -> int | None:
    return None if points is None else round(points * 20)


def _in_twips(cm: float | None) -> int | None:
    return None if cm is None else twips(cm)


_BETWEEN = '</w:t>{}<w:t xml:space="preserve">'
_TAB, _BREAK = _BETWEEN.format("<w:tab/>"), _BETWEEN.format("<w:br/>")


def run(text: str, properties: str = "") -> str:
    """Return a run: tabs and line ends in the text become Word's own; ``properties`` are children of its ``w:rPr``."""
    content = f'<w:t xml:space="preserve">{escaped(text)}</w:t>'
    if "\t" in text or "\n" in text:
        content = content.replace("\t", _TAB).replace("\n", _BREAK).replace('<w:t xml:space="preserve"></w:t>', "")
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>" if properties else f"<w:r>{content}</w:r>"


def page_field(code: str, shown: str, properties: str = "") -> str:
    """Return a field (PAGE, NUMPAGES) with the result shown until Word counts."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = (
        element("fldChar", fldCharType="begin"),
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        element("fldChar", fldCharType="separate"),
        f"<w:t>{shown}</w:t>",
        element("fldChar", fldCharType="end"),
    )
    return "".join(f"<w:r>{props}{piece}</w:r>" for piece in pieces)
