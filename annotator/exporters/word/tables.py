"""Tables as WordprocessingML: properties, rows and cells in the order the schema wants. Widths are twentieths of a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.exporters.word.markup import INK, RULE, element, one_line

GAP = 159
"""Space at the right of a cell (0.28 cm)."""

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
MOST_COLUMNS = 60
"""Word refuses tables of more than 63."""

_TOP = '<w:vAlign w:val="top"/>'
_HEAD = (
    f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
    '<w:tcMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/>'
)


def properties(
    widths: Sequence[int],
    title: str,
    description: str = "",
    *,
    ruled: str = "",
    head: bool = False,
    pads: tuple[float, float] = (0, 0),
    gap: int = GAP,
) -> str:
    """Return a table's properties and grid; ``pads`` are points above and below what a cell holds.

    ``ruled`` names the hairlines: "insideH" below every row, "bottom" below the last, none where it is empty.
    """
    lines = "".join(
        element(side, val="single", sz=4, space=0, color=RULE)
        if ruled and side in ("bottom", ruled)
        else element(side, val="nil")
        for side in SIDES
    )
    margins = "".join(
        element(side, w=width, type="dxa")
        for side, width in (("top", round(pads[0] * 20)), ("left", 0), ("bottom", round(pads[1] * 20)), ("right", gap))
    )
    look = element(
        "tblLook",
        val="0620" if head else "0600",
        firstRow=int(head),
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    described = f'<w:tblDescription w:val="{one_line(description, 2000)}"/>' if description else ""
    grid = "".join(element("gridCol", w=w) for w in widths)
    return (
        f"<w:tblPr>{element('tblW', w=sum(widths), type='dxa')}{element('tblInd', w=0, type='dxa')}"
        f"<w:tblBorders>{lines}</w:tblBorders>{element('tblLayout', type='fixed')}"
        f"<w:tblCellMar>{margins}</w:tblCellMar>{look}"
        f'<w:tblCaption w:val="{one_line(title)}"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def row(
    cells: Sequence[str],
    *,
    whole: bool = True,
    head: bool = False,
    height: int | None = None,
    at_least: int | None = None,
) -> str:
    """Return a row; a ``whole`` one is never cut by a page's end, ``height`` is exact."""
    told = "<w:cantSplit/>" if whole else ""
    if height is not None:
        told += element("trHeight", val=height, hRule="exact")
    elif at_least is not None:
        told += element("trHeight", val=at_least, hRule="atLeast")
    if head:
        told += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{told}</w:trPr>{''.join(cells)}</w:tr>" if told else f"<w:tr>{''.join(cells)}</w:tr>"


def cell(
    width: int,
    content: str,
    *,
    head: bool = False,
    span: int = 1,
    borders: Mapping[str, str] | None = None,
    shade: str = "",
    margins: Mapping[str, int] | None = None,
) -> str:
    """Return a cell; ``borders`` are elements by side, ``shade`` the ``w:shd`` element, ``margins`` its own by side."""
    told = element("tcW", w=width, type="dxa")
    if span > 1:
        told += element("gridSpan", val=span)
    if head:
        return f"<w:tc><w:tcPr>{told}{_HEAD}</w:tcPr>{content}</w:tc>"
    if borders:
        told += f"<w:tcBorders>{''.join(borders[s] for s in SIDES if s in borders)}</w:tcBorders>"
    told += shade
    if margins:
        inner = "".join(
            element(side, w=margins[side], type="dxa") for side in ("top", "left", "bottom", "right") if side in margins
        )
        told += f"<w:tcMar>{inner}</w:tcMar>"
    return f"<w:tc><w:tcPr>{told}{_TOP}</w:tcPr>{content}</w:tc>"
