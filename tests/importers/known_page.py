"""The known article as a page of HTML or XHTML, written by hand."""

from __future__ import annotations

from html import escape
from itertools import groupby

from tests.importers import known
from tests.importers.known import Piece

_TAGS = {"paragraph": "p", "quote": "blockquote", "caption": "figcaption"}


def page() -> str:
    """Return the article's body: each list, and each table, one element."""
    parts: list[str] = []
    for kind, pieces in groupby(known.PIECES, lambda piece: piece.kind):
        if kind == "table_row":
            parts.append(f"<table>{''.join(map(_row, pieces))}</table>")
        elif kind == "list":
            parts.append(_list([*pieces]))
        else:
            parts += map(_block, pieces)
    return "".join(parts)


def _block(piece: Piece) -> str:
    tag = f"h{piece.level}" if piece.kind == "heading" else _TAGS[piece.kind]
    return f"<{tag}>{_kept(piece.text)}</{tag}>"


def _row(piece: Piece) -> str:
    return f"<tr>{''.join(f'<td>{_kept(cell)}</td>' for cell in piece.text.split(chr(9)))}</tr>"


def _list(pieces: list[Piece]) -> str:
    """Return nested lists of bullets; numbers are written, as a page in HTML would have them counted in other ways."""
    parts: list[str] = []
    depth = 0
    for piece in pieces:
        parts.append("<ul>" * (piece.level - depth) or "</ul>" * (depth - piece.level))
        depth = piece.level
        parts.append(f"<li>{_kept(piece.text)}</li>")
    return "".join(parts) + "</ul>" * depth


def _kept(text: str) -> str:
    """Return text as HTML that keeps its tabs."""
    return escape(text).replace("\t", '<span style="white-space: pre">\t</span>')
