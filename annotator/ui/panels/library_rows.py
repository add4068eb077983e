"""How the rows of the library look and what is read aloud for them: articles, headings, and what a search found."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from annotator.language import tr, trn
from annotator.project import ArticleSummary
from annotator.ui.days import written_day
from annotator.ui.paint import Box, advance, elided, focus_ring, glyph
from annotator.ui.panels.library_model import Entry, Heading, complete
from annotator.ui.panels.lists import RowState
from annotator.ui.theme import Theme, font, icon
from annotator.vocabulary import count

INSET = 8
SCROLL_BAR = 10
HEADING = 34
CHIPS = 22
"""Height of the line of tags, px."""
_LEAST_BAR = 16
"""A shorter bar says nothing, px."""
_TAG_MOST = 110
"""A longer tag is cut, px."""


def short_date(stated: str | None) -> str:
    """Return an ISO date as the user's system writes it, with the month's short name; other words as they are."""
    return written_day(stated, every_year=False)


_KINDS = (
    ("pdf", tr("PDF")), ("word", tr("Word")), ("opendocument", tr("OpenDocument")), ("rtf", tr("RTF")), ("epub", tr("E-book")),
    ("rfc822", tr("Mail")), ("multipart", tr("Saved page")), ("html", tr("Web page")), ("markdown", tr("Markdown")),
    ("text/plain", tr("Plain text")),
)  # fmt: skip
"""What an original is called, by a part of its media type."""


@lru_cache(maxsize=64)
def kind_of(media_type: str) -> str:
    """Return what an original of a media type is called; empty for one not known here."""
    return next((words for part, words in _KINDS if part in media_type.lower()), "")


def spoken(row: Entry) -> str:
    """Return what is read aloud for a row."""
    return _spoken_heading(row) if isinstance(row, Heading) else _spoken_article(row)


def _spoken_heading(head: Heading) -> str:
    articles = count(head.articles, "article")
    done = trn("{n} complete", "{n} complete", head.done)
    state = tr("open; Left folds") if head.open else tr("folded; Right opens")
    return tr("{heading}, {articles}, {done}, {state}", heading=head.name, articles=articles, done=done, state=state)


def _spoken_article(summary: ArticleSummary) -> str:
    article = summary.article
    facts = [article.title, article.publication, short_date(article.date)]
    counts = [count(summary.claims, "claim"), count(summary.sources, "source")]
    if summary.sentences is not None:
        counts.append(
            trn(
                "{accounted} of {n} sentence accounted for",
                "{accounted} of {n} sentences accounted for",
                summary.sentences,
                accounted=summary.accounted,
            )
        )
    if summary.tags:
        counts.append(tr("tags: {tags}", tags=", ".join(summary.tags)))
    if article.archived:
        counts.append(tr("archived"))
    return ", ".join([f for f in facts if f] + counts)


def tip(row: Entry) -> str:
    """Return in full what a row may have no room for."""
    if isinstance(row, Heading):
        return row.name
    article = row.article
    kind, words = kind_of(row.media_type), count(row.words, "word")
    facts = (article.publication, article.byline, short_date(article.date), words, kind)
    lines = [article.title, " · ".join(fact for fact in facts if fact)]
    if row.tags:
        lines.append(tr("Tags: {tags}", tags=", ".join(row.tags)))
    if row.orphans:
        lines.append(count(row.orphans, "orphan"))
    return "\n".join(lines)


# -- drawing


def room(width: float) -> float:
    """Return the width of a title in a list so wide.

    The scroll bar's place is always kept, or rows change height as it comes and goes.
    """
    return width - SCROLL_BAR - 2 * INSET - 20


def height(row: Entry, width: float) -> int:
    """Return the height of a row in a list so wide, px."""
    if isinstance(row, Heading):
        return HEADING
    return 62 + (17 if _lines(row.article.title, room(width)) == 1 else 33) + (CHIPS if row.tags else 0)


def draw(p: QPainter, box: Box, row: Entry, state: RowState, width: float, *, twin: bool = False) -> None:
    """Draw a row of a list so wide; ``twin``: another article has the same title, so tell them apart."""
    if isinstance(row, Heading):
        _draw_heading(p, box, row, state)
    else:
        _draw_article(p, box, row, state, room(width), twin=twin)


def _draw_heading(p: QPainter, box: Box, head: Heading, state: RowState) -> None:
    t = state.theme
    if state.hovered:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(t.hover))
        p.drawRoundedRect(box.r.adjusted(0, 4, 0, 0), 6, 6)
    chevron(p, box, 6, 11, t, is_open=head.open)
    number = f"{head.articles:,}"
    width = advance(font("small"), number) + 2
    box.text(p, head.name, 24, 5, box.w - 24 - width - 20, 26, font("small", 600), t.ink)
    box.text(p, number, box.w - 12 - width, 5, width, 26, font("small"), t.muted, end=True)
    p.setPen(QPen(QColor(t.line), 1))
    p.drawLine(box.r.left() + 4, int(box.r.bottom()), box.r.right() - 4, int(box.r.bottom()))  # type: ignore[call-overload]
    if state.focused:
        focus_ring(p, box.r.adjusted(0, 4, 0, 0), t)


def chevron(p: QPainter, box: Box, x: float, y: float, t: Theme, *, is_open: bool) -> None:
    """Draw the sign of a heading, 12 px: it points down where the heading is open, else towards the words."""
    at = box.rc(x, y, 12, 12)
    middle, way = at.center(), -1 if box.rtl else 1
    if is_open:
        points = [QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)]
    else:
        points = [QPointF(-2 * way, -4), QPointF(2 * way, 0), QPointF(-2 * way, 4)]
    p.setPen(QPen(QColor(t.muted), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    p.drawPolyline([middle + point for point in points])


def _second_line(summary: ArticleSummary, *, twin: bool) -> str:
    """Return what stands under a title: the publication; without one, or with a twin, what it was read from."""
    article = summary.article
    parts = [article.publication or ""]
    if twin or not article.publication:
        parts.append(kind_of(summary.media_type))
    if not (article.publication or article.date):
        parts.append(count(summary.words, "word"))
    return " · ".join(part for part in parts if part)


def _draw_article(p: QPainter, box: Box, summary: ArticleSummary, state: RowState, wide: float, *, twin: bool) -> None:
    t, article = state.theme, summary.article
    two = _lines(article.title, wide) > 1
    title = _in_two_lines(article.title, wide) if two else article.title
    ink = t.muted if article.archived else t.ink
    box.text(p, title, 12, 7 if two else 8, wide if two else box.w - 16, 38 if two else 20,
             font("body", 500), ink, wrap=two)  # fmt: skip
    y = 43 if two else 28
    when = short_date(article.date)
    end = advance(font("small"), when) + 8
    box.text(p, _second_line(summary, twin=twin), 12, y, box.w - 24 - end, 18, font("small"), t.muted)
    box.text(p, when, box.w - 12 - end, y, end, 18, font("small"), t.muted, end=True)
    after = _draw_counts(p, box, summary, y + 21, t)
    _draw_coverage(p, box, summary, y + 21, state, after)
    if summary.tags:
        draw_chips(p, box, summary.tags, y + 42, state)


def _draw_counts(p: QPainter, box: Box, summary: ArticleSummary, y: float, t: Theme) -> float:
    """Draw how many marks there are; returns where they end."""
    if not (summary.claims or summary.sources):
        box.text(p, tr("No marks yet"), 12, y, 90, 18, font("small"), t.muted)
        return 102
    x = 12.0
    for kind, n in (("claim", summary.claims), ("source", summary.sources)):
        at = box.rc(x, y + 4, 10, 10)
        glyph(p, kind, at.x(), at.y(), t, 9)
        box.text(p, str(n), x + 15, y, 34, 18, font("small"), t.ink)
        x += 23 + max(14.0, advance(font("small"), str(n)))
    return x


def _draw_coverage(p: QPainter, box: Box, summary: ArticleSummary, y: float, state: RowState, after: float) -> None:
    if summary.sentences is None or summary.accounted is None:
        return
    t = state.theme
    words = tr("{accounted} of {n}", accounted=summary.accounted, n=summary.sentences)
    width = max(advance(font("small"), "88 of 88"), advance(font("small"), words))
    box.text(p, words, box.w - 12 - width, y, width, 18, font("small"), t.ink, end=True)
    if complete(summary):
        p.drawPixmap(box.rc(box.w - 12 - width - 22, y + 3, 12, 12).toRect(), icon("check", t.accent, 12))
    elif summary.claims or summary.accounted:
        end = box.w - 12 - width - 6
        bar = min(48 if box.w > 205 else 30, end - after)
        if bar < _LEAST_BAR:
            return
        x = end - bar
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(t.faint if state.chosen else t.line))
        p.drawRoundedRect(box.rc(x, y + 7, bar, 4), 2, 2)
        if summary.accounted:
            p.setBrush(QColor(t.accent))
            p.drawRoundedRect(box.rc(x, y + 7, max(4.0, bar * summary.accounted / summary.sentences), 4), 2, 2)


def draw_chips(p: QPainter, box: Box, tags: tuple[str, ...], y: float, state: RowState) -> None:
    """Draw tags one beside the other; how many there was no room for stands at the end."""
    t, face, x = state.theme, font("small", px=11), 12.0
    for n, tag in enumerate(tags):
        words = elided(face, tag, _TAG_MOST)
        width = advance(face, words) + 12
        left = len(tags) - n - 1
        spare = advance(face, f"+{left}") + 8 if left else 0.0
        if n and x + width + spare > box.w - 12:
            box.text(p, f"+{len(tags) - n}", x + 2, y, 30, 17, face, t.muted)
            return
        draw_chip(p, box, words, QRectF(x, y, min(width, box.w - 12 - x), 17), t)
        x += width + 5


def draw_chip(p: QPainter, box: Box, words: str, at: QRectF, t: Theme) -> None:
    """Draw words in a thin frame, ``at`` being counted from the start side of the box."""
    p.setPen(QPen(QColor(t.edge), 1))
    p.setBrush(QColor(t.raised))
    p.drawRoundedRect(box.rc(at.x(), at.y(), at.width(), at.height()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    box.text(p, words, at.x() + 6, at.y(), at.width() - 11, at.height(), font("small", px=11), t.ink)


@lru_cache(maxsize=16384)
def _lines(title: str, room: float) -> int:
    """Return how many lines a title takes; two at most are drawn."""
    return 1 if advance(font("body", 500), title) <= room else 2


@lru_cache(maxsize=4096)
def _in_two_lines(title: str, room: float) -> str:
    """Return a title broken once; what the second line has no room for is an ellipsis."""
    face, words = font("body", 500), title.split()
    n = 1
    while n < len(words) and advance(face, " ".join(words[: n + 1])) <= room:
        n += 1
    lines = (" ".join(words[:n]), " ".join(words[n:]))
    metrics = QFontMetricsF(face)
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines if line)
