"""Comments beside a page, as Word shows them: cards on a strip of their own, each with a line to its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.exporters.document import Comment, Paragraph, Text
from annotator.language import tr
from annotator.ui.paper.styles import CM
from annotator.ui.paper.words import Strip, Words

WIDTH = 6.2 * CM
"""How much wider a page is with its comments."""
_CARD, _INSET, _PAD, _GAP = 5.3 * CM, 0.7 * CM, 110.0, 120.0
_SMALLER = 0.82
_MOST_LINES = (9, 6, 4, 3)
"""How many lines a card shows: fewer where more cards would find no room."""
_MOST_WORDS = 30
"""No line of a card holds more."""
_EDGE_ROOM = 1.5 * CM
_GROUND, _PAPER, _EDGE = "#f1eee6", "#ffffff", "#c9c3b6"


def paint(p: QPainter, words: Words, places: Sequence[tuple[float, Comment]], left: float, height: float) -> None:
    """Paint comments beside a page that ends at ``left``; each place is where its words begin, from the page's top."""
    p.fillRect(QRectF(left, 0, WIDTH, height), QColor(_GROUND))
    cards: list[list[Strip]] = []
    tops: list[float] = []
    for most in _MOST_LINES:
        cards = [_lines(words, comment, most) for _, comment in places]
        tops = _stacked([place for place, _ in places], [_height(card) for card in cards], height - _EDGE_ROOM)
        if not tops or tops[0] >= _EDGE_ROOM:
            break
    for n, (card, top) in enumerate(zip(cards, _from(tops, _EDGE_ROOM), strict=True)):
        if top + _height(card) > height - _EDGE_ROOM:
            _tell_rest(p, words, len(cards) - n, left, top)
            return
        place = places[n][0]
        p.setPen(QPen(QColor(_EDGE), 12))
        p.drawPolyline(
            [QPointF(left - 1.9 * CM, place + 200), QPointF(left, place + 200), QPointF(left + _INSET, top + 160)]
        )
        p.setBrush(QColor(_PAPER))
        p.drawRoundedRect(QRectF(left + _INSET, top, _CARD, _height(card)), 60, 60)
        _paint_lines(p, card, left + _INSET + _PAD, top + _PAD)


def _stacked(places: Sequence[float], heights: Sequence[float], foot: float) -> list[float]:
    """Return the tops of cards beside their places: pushed down by those above, and up again by the foot of the page."""
    tops: list[float] = []
    used = 0.0
    for place, height in zip(places, heights, strict=True):
        tops.append(max(place, used))
        used = tops[-1] + height + _GAP
    below = foot + _GAP
    for n in range(len(tops) - 1, -1, -1):
        tops[n] = min(tops[n], below - _GAP - heights[n])
        below = tops[n]
    return tops


def _from(tops: list[float], first: float) -> list[float]:
    """Return tops that begin on the page: where even the shortest cards find no room, the last ones fall off."""
    return tops if not tops or tops[0] >= first else [top + first - tops[0] for top in tops]


def _height(card: Sequence[Strip]) -> float:
    return sum(s.height for s in card) * _SMALLER + 2 * _PAD


def _lines(words: Words, comment: Comment, most: int) -> list[Strip]:
    """Return a comment's lines, at most so many; where more is said, the last one ends in an ellipsis."""
    paragraphs = [(Text(comment.author, ("Strong",)),), *comment.lines]
    out: list[Strip] = []
    for n, inlines in enumerate(paragraphs):
        made = _set(words, inlines)
        is_last = n + 1 == len(paragraphs)
        if len(out) + len(made) < most or (is_last and len(out) + len(made) == most):
            out += made
            continue
        return out + _shortened(words, inlines, max(1, most - len(out)), whole=len(out) + len(made) <= most)
    return out


def _set(words: Words, inlines: tuple[Text, ...]) -> list[Strip]:
    return words.strips(Paragraph("CommentText", inlines), (_CARD - 2 * _PAD) / _SMALLER)


def _shortened(words: Words, inlines: tuple[Text, ...], most: int, *, whole: bool) -> list[Strip]:
    """Return words in so many lines with an ellipsis behind the last; ``whole``: all of them fit, and more is to come."""
    said = "".join(inline.text for inline in inlines).split()
    looks = inlines[0].looks if inlines else ()
    if not whole:
        said = said[: most * _MOST_WORDS]
    while True:
        made = _set(words, (Text(" ".join(said) + " …", looks),))
        if len(made) <= most or len(said) < 2:
            return made[:most]
        said = said[: min(len(said) - 1, len(said) * most // len(made) + 1)]


def _paint_lines(p: QPainter, strips: Sequence[Strip], left: float, top: float) -> None:
    p.save()
    p.translate(left, top)
    p.scale(_SMALLER, _SMALLER)
    y = 0.0
    for strip in strips:
        strip.paint(p, 0.0, y)
        y += strip.height
    p.restore()


def _tell_rest(p: QPainter, words: Words, rest: int, left: float, top: float) -> None:
    told = Paragraph("CommentText", (Text(tr("{n} more", n=rest), ("Quiet",)),))
    _paint_lines(p, words.strips(told, _CARD), left + _INSET + _PAD, top)
