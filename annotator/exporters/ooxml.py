"""WordprocessingML as text: escaped words, properties in the order the schema wants, runs, paragraphs, tables.

Distances are in points, widths and indents in centimetres, colours in hex. Nothing here knows what a report holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
TEXT_WIDTH = 16.0
"""Width of the text in cm, the same on A4 and Letter, so that one set of table widths serves both."""

_PARAGRAPH_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
_RUN_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]
_PARAGRAPH_RANK = {tag: n for n, tag in enumerate(_PARAGRAPH_ORDER)}
RUN_RANK = {tag: n for n, tag in enumerate(_RUN_ORDER)}

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_ENTITIES = {'"': "&quot;"}


def clean(words: str) -> str:
    """Return the words with every character XML cannot hold replaced by U+FFFD."""
    return words if words.isascii() and words.isprintable() else _ILLEGAL.sub("\ufffd", words)


def text(words: str) -> str:
    """Return words escaped for an element's content."""
    return escape(clean(words))


def attribute(words: str) -> str:
    """Return words escaped for an attribute in double quotes, on one line."""
    return escape(clean(words).replace("\n", " "), _TEXT_ENTITIES)


def twips(cm: float) -> int:
    """Return centimetres as twentieths of a point."""
    return round(cm * 567)


def _on(tag: str, value: bool) -> str:
    return f"<w:{tag}/>" if value else f'<w:{tag} w:val="0"/>'


Tab = tuple[str, float]
"""Kind of a tab stop (left, right, clear) and its place in cm."""

Edge = tuple[int, str, int, str]
"""A border: width in eighths of a point, colour, gap in points, kind of line."""


@dataclass(frozen=True)
class Paragraph:
    """Direct paragraph properties; None leaves a property to the style."""

    before: float | None = None
    after: float | None = None
    line: float | None = None
    exact: bool = False
    left: float | None = None
    right: float | None = None
    hang: float | None = None
    keep: bool | None = None
    together: bool | None = None
    page: bool | None = None
    widow: bool | None = None
    align: str = ""
    bidi: bool | None = None
    level: int | None = None
    tabs: tuple[Tab, ...] = ()
    borders: tuple[tuple[str, Edge], ...] = ()

    def properties(self) -> dict[str, str]:
        """Return the properties as XML by tag."""
        out: dict[str, str] = {}
        for tag, value in (
            ("keepNext", self.keep),
            ("keepLines", self.together),
            ("pageBreakBefore", self.page),
            ("widowControl", self.widow),
            ("bidi", self.bidi),
        ):
            if value is not None:
                out[tag] = _on(tag, value)
        out |= self._distances()
        if self.align:
            out["jc"] = f'<w:jc w:val="{self.align}"/>'
        if self.level is not None:
            out["outlineLvl"] = f'<w:outlineLvl w:val="{self.level}"/>'
        if self.tabs:
            stops = "".join(f'<w:tab w:val="{kind}" w:pos="{twips(at)}"/>' for kind, at in self.tabs)
            out["tabs"] = f"<w:tabs>{stops}</w:tabs>"
        if self.borders:
            edges = "".join(_edge(side, edge) for side, edge in self.borders)
            out["pBdr"] = f"<w:pBdr>{edges}</w:pBdr>"
        return out

    def _distances(self) -> dict[str, str]:
        out: dict[str, str] = {}
        spacing = ""
        for name, points in (("before", self.before), ("after", self.after), ("line", self.line)):
            if points is not None:
                spacing += f' w:{name}="{round(points * 20)}"'
        if self.line is not None:
            spacing += f' w:lineRule="{"exact" if self.exact else "atLeast"}"'
        if spacing:
            out["spacing"] = f"<w:spacing{spacing}/>"
        indent = ""
        for name, cm in (("left", self.left), ("right", self.right), ("hanging", self.hang)):
            if cm is not None:
                indent += f' w:{name}="{twips(cm)}"'
        if indent:
            out["ind"] = f"<w:ind{indent}/>"
        return out


def _edge(side: str, edge: Edge) -> str:
    size, color, gap, kind = edge
    return f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{gap}" w:color="{color}"/>'


@lru_cache(maxsize=512)
def paragraph_properties(style_id: str, direct: Paragraph | None = None) -> str:
    """Return ``<w:pPr>`` with a style and direct properties, in the schema's order; empty where there is nothing."""
    found = direct.properties() if direct else {}
    if style_id:
        found["pStyle"] = f'<w:pStyle w:val="{style_id}"/>'
    inner = "".join(found[tag] for tag in sorted(found, key=_PARAGRAPH_RANK.__getitem__))
    return f"<w:pPr>{inner}</w:pPr>" if inner else ""


def run_properties(found: Mapping[str, str]) -> str:
    """Return ``<w:rPr>`` from properties by tag, in the schema's order; empty where there is nothing."""
    inner = "".join(found[tag] for tag in sorted(found, key=lambda tag: RUN_RANK.get(tag, len(RUN_RANK))))
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def run(words: str, properties: str = "") -> str:
    """Return a run; tabs and line ends become Word's own."""
    if "\t" not in words and "\n" not in words:
        return f'<w:r>{properties}<w:t xml:space="preserve">{text(words)}</w:t></w:r>'
    inner = ""
    for piece in re.split("([\t\n])", words):
        if piece == "\t":
            inner += "<w:tab/>"
        elif piece == "\n":
            inner += "<w:br/>"
        elif piece:
            inner += f'<w:t xml:space="preserve">{text(piece)}</w:t>'
    return f"<w:r>{properties}{inner}</w:r>"


def paragraph(style_id: str, content: str, direct: Paragraph | None = None) -> str:
    """Return a paragraph of finished runs."""
    return f"<w:p>{paragraph_properties(style_id, direct)}{content}</w:p>"


def link(anchor: str, content: str) -> str:
    """Return a link to a bookmark of this document around finished runs."""
    return f'<w:hyperlink w:anchor="{attribute(anchor)}" w:history="1">{content}</w:hyperlink>'


def field(code: str, shown: str, properties: str = "") -> str:
    """Return a complex field (PAGE, NUMPAGES) with the value shown until it is counted."""

    def piece(inner: str) -> str:
        return f"<w:r>{properties}{inner}</w:r>"

    return (
        piece('<w:fldChar w:fldCharType="begin"/>')
        + piece(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + piece('<w:fldChar w:fldCharType="separate"/>')
        + piece(f"<w:t>{shown}</w:t>")
        + piece('<w:fldChar w:fldCharType="end"/>')
    )


@dataclass(frozen=True)
class Grid:
    """How a table looks: widths in cm, padding above and below a cell in points, hairlines or none."""

    widths: tuple[float, ...]
    title: str
    description: str = ""
    ruled: bool = True
    padding: tuple[float, float] = (3.2, 3.4)
    gap: float = 0.28
    style_id: str = ""

    def properties(self, has_head: bool) -> str:
        """Return ``<w:tblPr>`` and ``<w:tblGrid>``."""
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (
                ("top", round(self.padding[0] * 20)),
                ("left", 0),
                ("bottom", round(self.padding[1] * 20)),
                ("right", twips(self.gap)),
            )
        )
        style = f'<w:tblStyle w:val="{self.style_id}"/>' if self.style_id else ""
        described = f'<w:tblDescription w:val="{attribute(self.description)}"/>' if self.description else ""
        look = f'w:val="{"0620" if has_head else "0600"}" w:firstRow="{int(has_head)}"'
        columns = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in self.widths)
        return (
            f'<w:tblPr>{style}<w:tblW w:w="{twips(sum(self.widths))}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            f'<w:tblLook {look} w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{attribute(self.title)}"/>{described}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        )


SHORT_TABLE = 7
"""Up to so many rows, the head among them, a table stays on one page."""


def table(grid: Grid, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; every cell is one or more finished paragraphs.

    Heads repeat, rows never break, a short table stays on one page and a long one leaves no lone row at either end.
    """
    body = list(rows)
    count = len(body) + bool(head)
    out = ["<w:tbl>", grid.properties(bool(head))]
    if head:
        out.append(_row(grid, head, is_head=True, keep=True))
    for n, cells in enumerate(body, count - len(body)):
        keep = n < count - 1 and (count <= SHORT_TABLE or n in (1, count - 2))
        out.append(_row(grid, cells, is_head=False, keep=keep))
    out.append("</w:tbl>")
    return "".join(out)


def _row(grid: Grid, cells: Sequence[str], *, is_head: bool, keep: bool) -> str:
    out = ["<w:tr><w:trPr><w:cantSplit/>", "<w:tblHeader/>" if is_head else "", "</w:trPr>"]
    margins = '<w:tcMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tcMar>' if is_head else ""
    align = "bottom" if is_head else "top"
    for width, cell in zip(grid.widths, cells, strict=True):
        content = _kept(cell) if keep else cell
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{margins}<w:vAlign w:val="{align}"/></w:tcPr>'
            f"{content}</w:tc>"
        )
    out.append("</w:tr>")
    return "".join(out)


_STYLED = re.compile(r"(<w:pPr><w:pStyle [^>]*/>)(?!<w:keepNext)")


def _kept(cell: str) -> str:
    """Return a cell whose paragraphs stay with the next row."""
    return _STYLED.sub(r"\1<w:keepNext/>", cell)
