"""How an article is set: sizes by window and profile, one style per paragraph by its zone and kind.

Styles are formats of the shown document only; they never change the text, so no offset depends on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from annotator.model import Block
from annotator.ui.theme import Theme, font

DOCUMENT_MARGIN = 16
INDENT = 24
WIDE_WINDOW = 1400
_PROBE = "the report says that regional water boards have seldom published"
_STANDARD = 18
"""Text size, px, the measures of marks and gaps are given for."""


@dataclass(frozen=True)
class Measure:
    """Type size and line of running text, px, and how wide its column would like to be."""

    px: int
    line: int
    column: int

    @property
    def scale(self) -> float:
        """How much larger than the standard text this is."""
        return self.px / _STANDARD


_SIZES = {17: (29, 61), 18: (31, 64), 20: (34, 58)}
"""Type size: line height, letters of running prose in a line."""
_LETTERS = {"narrow": 56, "wide": 84}
"""Letters in a line where a person chose the width; the usual one is the type size's own."""
ROOMY_WINDOW = 1600
_ROOMY = 68
"""Letters in a usual line where the window has room for them."""
LEAST_SHARE = 0.84
"""A usual column gives up to a sixth of its width to the cards beside it; one whose width was chosen does not."""


def measure(window_width: int, profile: str, zoom: int, width: str = "usual") -> Measure:
    """Return the measure for a window ``window_width`` px wide at ``zoom`` per cent, in a column "narrow" to "wide"."""
    if profile == "teacher":
        px = 20
    else:
        px = 18 if window_width >= WIDE_WINDOW else 17
    line, usual = _SIZES[px]
    if profile != "teacher" and window_width >= ROOMY_WINDOW:
        usual = _ROOMY
    letters = _LETTERS.get(width, usual)
    shown = max(8, round(px * zoom / 100))
    prose = QFontMetricsF(font("article", px=shown)).horizontalAdvance(_PROBE)
    return Measure(shown, round(line * shown / px), round(prose / len(_PROBE) * letters))


@dataclass(frozen=True)
class Style:
    """How a paragraph is set. Sizes are factors of the running text's size, gaps px at the standard size."""

    px: float = 1.0
    line: float = 1.72
    top: int = 0
    bottom: int = 15
    bold: bool = False
    italic: bool = False
    muted: bool = False
    indent: int = 0
    rule: str = ""
    """Drawn at the start side: "bar" (a quotation), "dot" (a list item) or nothing."""
    is_row: bool = False
    """Whether it is the row of a table, whose cells stand under each other."""


TABLE_SHARE = 0.89
"""Size of a table's words, of the running text's."""
BODY = Style()
BLANK = Style(line=0.3, bottom=0)
_ZONES = {
    "masthead": Style(px=0.78, line=1.4, bottom=6, muted=True),
    "headline": Style(px=29 / 18, line=40 / 29, top=12, bottom=4, bold=True),
    "standfirst": Style(line=1.5, bottom=20, italic=True),
    "byline": Style(px=0.83, line=1.5, bottom=18, muted=True),
    "caption": Style(px=0.83, line=1.5, bottom=16, italic=True, muted=True),
    "box": Style(px=0.89, line=1.62, bottom=12, indent=1, rule="bar"),
    "correction": Style(px=0.89, line=1.62, top=8, italic=True),
}
_HEADINGS = {
    1: Style(px=1.34, line=1.34, top=14, bottom=8, bold=True),
    2: Style(px=1.17, line=1.4, top=12, bottom=6, bold=True),
}
_KINDS = {
    "heading": Style(px=1.06, line=1.5, top=10, bottom=4, bold=True),
    "list": Style(bottom=7, indent=1, rule="dot"),
    "quote": Style(indent=1, rule="bar"),
    "caption": _ZONES["caption"],
    "table_row": Style(px=TABLE_SHARE, line=1.62, bottom=4, is_row=True),
}


def style_of(block: Block | None) -> Style:
    """Return how a block is set: by its kind, or else by the zone it stands in."""
    if block is None:
        return BODY
    if block.end <= block.start:
        return BLANK
    if block.zone == "headline" or (block.zone != "body" and block.kind == "paragraph"):
        return _ZONES.get(block.zone, BODY)
    if block.kind == "heading":
        return _HEADINGS.get(block.level, _KINDS["heading"])
    style = _KINDS.get(block.kind, BODY)
    depth = max(0, block.level - 1) if block.kind in ("list", "quote") else 0
    return replace(style, indent=style.indent + depth) if depth else style


MARK_ROOM = 12
"""The mark of a list item stands within so many characters from its beginning."""
_OWN_MARK = re.compile(r"\s*(?:[-*•‣–—·▪◦]|\(?\w{1,4}[.)])\s")


def has_own_mark(line: str) -> bool:
    """Say whether a list item's words begin with its mark or number: then none is drawn before it."""
    return _OWN_MARK.match(line) is not None


@dataclass(frozen=True)
class Setting:
    """A style in px: what a paragraph's marks are drawn by."""

    style: Style
    px: int
    line: int

    @property
    def scale(self) -> float:
        """How much larger than the standard text this paragraph is."""
        return self.px / _STANDARD


def styles_of(starts: Sequence[int], blocks: Iterable[Block]) -> list[Style]:
    """Return the style of every paragraph; one that no block describes is running text."""
    by_start: Mapping[int, Block] = {b.start: b for b in blocks}
    return [style_of(by_start.get(start)) for start in starts]


def setting(style: Style, measured: Measure) -> Setting:
    """Return a style in px."""
    px = max(8, round(measured.px * style.px))
    return Setting(style, px, measured.line if style is BODY else round(px * style.line))


def set_whole(document: QTextDocument, measured: Measure) -> None:
    """Set every paragraph of a document as running text."""
    document.setDefaultFont(font("article", px=measured.px))
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setCharFormat(QTextCharFormat())
    cursor.setBlockFormat(block_format(setting(BODY, measured), measured))


def set_paragraph(document: QTextDocument, k: int, style: Style, measured: Measure, theme: Theme) -> None:
    """Set one paragraph."""
    found = setting(style, measured)
    cursor = QTextCursor(document.findBlockByNumber(k))
    cursor.setBlockFormat(block_format(found, measured))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(char_format(found, measured, theme))


def block_format(found: Setting, measured: Measure) -> QTextBlockFormat:
    """Return how the lines of a paragraph stand."""
    made = QTextBlockFormat()
    made.setLineHeight(found.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    made.setTopMargin(round(found.style.top * measured.scale))
    made.setBottomMargin(round(found.style.bottom * measured.scale))
    indent = found.style.indent * round(INDENT * measured.scale)
    made.setLeftMargin(indent)
    return made


def char_format(found: Setting, measured: Measure, theme: Theme) -> QTextCharFormat:
    """Return how the letters of a paragraph look."""
    made = QTextCharFormat()
    style = found.style
    if found.px == measured.px and not (style.bold or style.italic or style.muted):
        return made
    face = font("article", px=found.px)
    face.setBold(style.bold)
    face.setItalic(style.italic)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFont(face)
    if style.muted:
        made.setForeground(QColor(theme.muted))
    return made


def has_endless_word(text: str, blocks: Sequence[Block]) -> bool:
    """Say whether a stretch without a place to break a line is so long that Qt would look for one for minutes."""
    return any(b.end - b.start >= _ENDLESS and _UNBROKEN.search(text, b.start, b.end) for b in blocks)


_ENDLESS = 5_000
_UNBROKEN = re.compile(rf"[!-\u0dff]{{{_ENDLESS}}}")
"""Not of the scripts beyond, which are written without spaces: between their letters a line may break."""
