"""How what a search found looks and is read aloud: under each article its places, the words found standing out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Hit
from annotator.text import Utf16Map
from annotator.ui.paint import Box, advance, glyph
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import count

WHERE = {
    "title": tr("in the title"),
    "text": tr("in the text"),
    "note": tr("in a note"),
    "claim": tr("in a claim’s wording"),
    "source": tr("a source"),
    "entity": tr("an entity"),
    "tag": tr("a tag"),
}
ARTICLE_ROW = 34
LINE = 17
MOST_PLACES = 100
"""A text in which words stand more often is said to have so many places, or more."""


@dataclass(frozen=True)
class HitHead:
    """The article some hits are in, and how many places they are."""

    article: Id
    title: str
    places: int
    archived: bool = False

    @property
    def number(self) -> str:
        """How many places, as it is shown."""
        return f"{self.places:,}"


Found = HitHead | Hit


def by_article(hits: Iterable[Hit]) -> list[Found]:
    """Put hits under their articles, in the order these were first found."""
    heads: dict[Id, HitHead] = {}
    under: dict[Id, list[Hit]] = {}
    for hit in hits:
        head = heads.get(hit.article) or HitHead(hit.article, hit.title, 0, hit.archived)
        heads[hit.article] = replace(head, places=head.places + max(1, len(hit.places)))
        under.setdefault(hit.article, []).append(hit)
    return [row for id_, head in heads.items() for row in (head, *under[id_])]


def spoken(row: Found) -> str:
    """Return what is read aloud for a row."""
    if isinstance(row, HitHead):
        places = count(row.places, "place")
        if row.archived:
            return tr("{title}, {places}, archived", title=row.title, places=places)
        return tr("{title}, {places}", title=row.title, places=places)
    words = tr("{where}: {words}", where=WHERE.get(row.where, row.where), words=row.snippet)
    if len(row.places) > 1:
        return f"{words}, {count(len(row.places), 'place')}"
    return words


def tip(row: Found) -> str:
    """Return in full what a row may have no room for."""
    return row.title if isinstance(row, HitHead) else f"{row.snippet}\n{WHERE.get(row.where, row.where)}"


def height(row: Found) -> int:
    """Return the height of a row, px."""
    if isinstance(row, HitHead):
        return ARTICLE_ROW
    return 2 * LINE + 10 + (0 if row.where in ("text", "title") and len(row.places) < 2 else LINE)


def draw(p: QPainter, box: Box, row: Found, state: RowState) -> None:
    """Draw a row."""
    t = state.theme
    if isinstance(row, HitHead):
        width = advance(font("small"), row.number) + 4
        box.text(p, row.title, 8, 6, box.w - 28 - width, 24, font("body", 500), t.muted if row.archived else t.ink)
        box.text(p, row.number, box.w - 12 - width, 6, width, 24, font("small"), t.muted, end=True)
        p.setPen(QPen(QColor(t.line), 1))
        edge = box.rc(8, box.h, box.w - 16, 0)
        p.drawLine(QPointF(edge.left(), edge.top()), QPointF(edge.right(), edge.top()))
        return
    _draw_sign(p, box, row, t)
    draw_snippet(p, box, row, QRectF(30, 4, box.w - 40, 2 * LINE), t)
    more = _more(row)
    if more:
        box.text(p, more, 30, 4 + 2 * LINE, box.w - 40, LINE, font("small", px=11), t.muted)


def _more(hit: Hit) -> str:
    """Return what stands under a snippet: where it is, or how often the words stand in the text."""
    if hit.where == "text" and len(hit.places) > 1:
        n = len(hit.places)
        if n >= MOST_PLACES:
            return tr("{n} places in the text, or more", n=n)
        return trn("{n} place in the text", "{n} places in the text", n)
    return "" if hit.where in ("text", "title") else WHERE.get(hit.where, hit.where)


def _draw_sign(p: QPainter, box: Box, hit: Hit, t: Theme) -> None:
    at = box.rc(10, 7, 12, 12)
    if hit.where in ("claim", "source", "entity"):
        glyph(p, hit.where, at.x() + 1, at.y() + 1, t, 10)
        return
    if hit.where in _ICONS:
        p.drawPixmap(at.toRect(), icon(_ICONS[hit.where], t.muted, 12))
        return
    p.setFont(font("small", 600))
    p.setPen(QColor(t.muted))
    p.drawText(at.adjusted(-2, -3, 2, 3), int(Qt.AlignmentFlag.AlignCenter.value), _LETTERS.get(hit.where, "·"))


_ICONS = {"title": "book-open", "text": "file-text"}
_LETTERS = {"note": "✎", "tag": "#"}


def draw_snippet(p: QPainter, box: Box, hit: Hit, at: QRectF, t: Theme) -> None:
    """Draw the words around a place in two lines at most; those that were found are heavier, on a ground of their own.

    ``at`` is counted from the start side.
    """
    words = hit.snippet
    layout = QTextLayout(words, font("small"))
    side = Qt.AlignmentFlag.AlignRight if box.rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = Utf16Map(words)
    layout.setFormats([_format(units.to_utf16(start), units.to_utf16(end), t) for start, end in hit.found])
    rect = box.rc(at.x(), at.y(), at.width(), at.height())
    layout.beginLayout()
    for n in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, n * LINE))
    layout.endLayout()
    p.setPen(QColor(t.ink))
    layout.draw(p, rect.topLeft())


def _format(start: int, end: int, t: Theme) -> QTextLayout.FormatRange:
    """Return how found words look, counted in UTF-16 units."""
    made = QTextLayout.FormatRange()
    made.start = start  # type: ignore[attr-defined]
    made.length = end - start  # type: ignore[attr-defined]
    look = QTextCharFormat()
    look.setFontWeight(700)
    look.setForeground(QColor(t.selink))
    look.setBackground(QColor(t.sel))
    made.format = look  # type: ignore[attr-defined]
    return made
