"""Where marks lie on screen: from the lines of Qt's own layout, per paragraph and line, kept until that changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from annotator.model import Id
from annotator.ui.article.typesetting import Setting
from annotator.ui.highlights import STRIPED, Index, Span, occupy

RISE = 18.0
"""From the baseline up to a band's top, px at the standard size."""
BAND = 25.0
OUTLINE_RISE = 20.5
_LOOKED_AT = 600
"""So many characters say which way a text runs."""
LANES = 3
"""Rules that find room below a line; the marks past them are counted at its end."""
CROWD_PX = 9
"""Size of the figure that counts them, px."""


class Run(NamedTuple):
    """A stretch of a span on one line, in the paragraph's coordinates."""

    span: Span
    x0: float
    x1: float
    base: float
    line: int
    first: bool
    last: bool
    lane: int
    rtl: bool
    scale: float
    height: float
    """Height of the line, px."""

    @property
    def top(self) -> float:
        """Top of the band."""
        return self.base - RISE * self.scale

    @property
    def band(self) -> QRectF:
        """The ground behind the words."""
        return QRectF(self.x0, self.top, self.x1 - self.x0, BAND * self.scale)

    @property
    def outline(self) -> QRectF:
        """What an outline goes round; those of lines below each other touch."""
        top = self.base - OUTLINE_RISE * self.scale
        return QRectF(self.x0 - 2.5, top, self.x1 - self.x0 + 5, self.height + 0.5)


class Crowd(NamedTuple):
    """The marks of a line whose rules found no room, and where they are counted, in the paragraph's coordinates."""

    rect: QRectF
    ids: tuple[Id, ...]

    @property
    def words(self) -> str:
        """What is written there."""
        return f"+{len(self.ids)}"


class Extent(NamedTuple):
    """A span's stripe in one paragraph: first and last line, and its lane in the gutter."""

    first: int
    last: int
    lane: int


class _Paragraph(NamedTuple):
    """Which spans lie on which lines."""

    tops: list[float]
    ends: list[int]
    on_line: list[list[tuple[Span, int, int]]]
    extents: dict[Span, tuple[int, int]]


def is_bidi(words: str) -> bool:
    """Say whether a paragraph holds right-to-left letters."""
    return not words.isascii() and any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in words)


def runs_right_to_left(text: str) -> bool:
    """Say whether a text is mostly written from right to left, by its first letters."""
    sides = [bidirectional(c) for c in text[:_LOOKED_AT]]
    return sum(side in ("R", "AL") for side in sides) > sides.count("L")


def stretches(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return the x ranges of UTF-16 units [start, end) on a line of both directions, left to right.

    They are taken from the glyphs: cursor positions are far off there.
    """
    boxes = (g.boundingRect() for g in line.glyphRuns(start, end - start))
    out: list[tuple[float, float]] = []
    for left, right in sorted((box.left(), box.right()) for box in boxes if box.width() > 0):
        if out and left <= out[-1][1] + 0.5:
            out[-1] = out[-1][0], max(out[-1][1], right)
        else:
            out.append((left, right))
    return out


def _cursor_x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # a pair, unlike what its annotation says
    return float(found[0] if isinstance(found, tuple) else found)


class Geometry:
    """Runs of marks, line by line. Costs what is asked for; ``forget`` what has changed."""

    def __init__(self, document: QTextDocument, index: Index, settings: list[Setting]) -> None:
        self.document = document
        self.index = index
        self.settings = settings
        self._paragraphs: dict[int, _Paragraph] = {}
        self._runs: dict[int, dict[int, list[Run]]] = {}
        self._extents: dict[int, dict[Span, Extent]] = {}
        self._bidi: dict[int, bool] = {}

    def forget(self, paragraphs: set[int]) -> None:
        """Drop what is known of some paragraphs."""
        for k in paragraphs:
            self._paragraphs.pop(k, None)
            self._runs.pop(k, None)
            self._extents.pop(k, None)

    def forget_all(self) -> None:
        """Drop everything: the document was laid out anew."""
        self._paragraphs.clear()
        self._runs.clear()
        self._extents.clear()

    def bidi(self, k: int) -> bool:
        """Say whether paragraph k holds right-to-left letters."""
        found = self._bidi.get(k)
        if found is None:
            found = self._bidi[k] = is_bidi(self.index.paragraphs.line(k))
        return found

    def visible(self, top: float, bottom: float, scroll: QPointF) -> Iterator[tuple[QTextBlock, QPointF]]:
        """Yield the paragraphs between two heights of the viewport, with where their layout's origin is."""
        layout = self.document.documentLayout()
        at = layout.hitTest(QPointF(0, scroll.y() + top), Qt.HitTestAccuracy.FuzzyHit)
        block = self.document.findBlock(max(0, at))
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            origin = block.layout().position() - scroll
            if origin.y() > bottom:
                return
            yield block, origin
            block = block.next()

    def _paragraph(self, block: QTextBlock) -> _Paragraph:
        k = block.blockNumber()
        found = self._paragraphs.get(k)
        if found is None:
            found = self._paragraphs[k] = self._lay_out(block, k)
        return found

    def _lay_out(self, block: QTextBlock, k: int) -> _Paragraph:
        layout = block.layout()
        lines = [layout.lineAt(i) for i in range(layout.lineCount())]
        tops = [line.y() for line in lines]
        ends = [line.textStart() + line.textLength() for line in lines]
        on_line: list[list[tuple[Span, int, int]]] = [[] for _ in lines]
        extents: dict[Span, tuple[int, int]] = {}
        for span in sorted(self.index.spans(k), key=lambda s: (s.start - s.end, s.id)):
            start, end = self.index.paragraphs.local16(span.start, span.end, k)
            if start >= end or not lines:
                continue
            first = min(bisect_right(ends, start), len(ends) - 1)
            last = min(bisect_left(ends, end), len(ends) - 1)
            extents[span] = first, last
            for i in range(first, last + 1):
                on_line[i].append((span, start, end))
        return _Paragraph(tops, ends, on_line, extents)

    def runs(self, block: QTextBlock, top: float = -1e9, bottom: float = 1e9) -> list[Run]:
        """Return the runs on the lines of a paragraph between two heights, in its coordinates."""
        k = block.blockNumber()
        paragraph = self._paragraph(block)
        known = self._runs.setdefault(k, {})
        first = max(0, bisect_right(paragraph.tops, top) - 1)
        out: list[Run] = []
        for i in range(first, bisect_right(paragraph.tops, bottom)):
            found = known.get(i)
            if found is None:
                found = known[i] = self._line_runs(block, k, i, paragraph.on_line[i]) if paragraph.on_line[i] else []
            out += found
        return out

    def _line_runs(self, block: QTextBlock, k: int, i: int, spans: list[tuple[Span, int, int]]) -> list[Run]:
        line = block.layout().lineAt(i)
        lanes = self.index.lanes(k)
        paragraphs = self.index.paragraphs
        line_start = line.textStart()
        line_end = line_start + line.textLength()
        out: list[Run] = []
        for span, start, end in spans:
            first = line_start <= start and span.start >= paragraphs.starts[k]
            last = end <= line_end and span.end <= paragraphs.ends[k]
            pieces = self.pieces(block, line, max(start, line_start), min(end, line_end))
            rtl = block.textDirection() == Qt.LayoutDirection.RightToLeft
            for n, (x0, x1) in enumerate(pieces):
                at_start = n == (len(pieces) - 1 if rtl else 0)
                at_end = n == (0 if rtl else len(pieces) - 1)
                found = self.settings[k]
                out.append(
                    Run(
                        span, x0, x1, line.y() + line.ascent(), i, first and at_start, last and at_end,
                        lanes.get(span, 0), rtl, found.scale, found.line,
                    )
                )  # fmt: skip
        return out

    def crowds(self, block: QTextBlock, runs: Iterable[Run]) -> list[Crowd]:
        """Return, line by line, which of these runs' marks have no rule. The sign stands where the line ends."""
        over: dict[int, dict[Id, Run]] = {}
        for run in runs:
            if run.lane >= LANES:
                over.setdefault(run.line, {})[run.span.id] = run
        out: list[Crowd] = []
        for i, found in over.items():
            line = block.layout().lineAt(i)
            run = next(iter(found.values()))
            width = 5.5 + 5.5 * (1 + len(str(len(found))))
            text = line.naturalTextRect()
            x = text.left() - width - 1 if run.rtl else text.right() + 1
            out.append(Crowd(QRectF(x, run.base + 1, width, 12), tuple(found)))
        return out

    def pieces(self, block: QTextBlock, line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
        """Return the x ranges of UTF-16 units [start, end) of a line, none under a space that hangs over its end."""
        if self.bidi(block.blockNumber()):
            return stretches(line, start, end)
        text = line.naturalTextRect()
        reach = text.right()
        line_start = line.textStart()
        # Asking where a letter stands costs as much as the line is long: the ends of the line are known.
        x0 = text.left() if start <= line_start else _cursor_x(line, start)
        x1 = reach if end >= line_start + line.textLength() else _cursor_x(line, end)
        return [(x0, max(x0, min(x1, reach)))]

    def extents(self, block: QTextBlock) -> dict[Span, Extent]:
        """Return the gutter stripes of a paragraph. Two spans that share a line never share a lane."""
        k = block.blockNumber()
        if k in self._extents:
            return self._extents[k]
        paragraphs = self.index.paragraphs
        top = paragraphs.at(min((s.start for s in self.index.spans(k)), default=paragraphs.starts[k]))
        missing = k
        while missing > top and missing - 1 not in self._extents:
            missing -= 1
            block = block.previous()
        for i in range(missing, k + 1):
            self._extents[i] = self._lay_stripes(block, i)
            block = block.next()
        return self._extents[k]

    def _lay_stripes(self, block: QTextBlock, k: int) -> dict[Span, Extent]:
        start = self.index.paragraphs.starts[k]
        above = self._extents.get(k - 1, {})
        lines = [(s, first, last) for s, (first, last) in self._paragraph(block).extents.items() if s.kind in STRIPED]
        lines.sort(key=lambda z: (z[0].start >= start, z[1], -z[2], z[0].id))
        ends: list[int] = []
        out: dict[Span, Extent] = {}
        for span, first, last in lines:
            held = above.get(span) if span.start < start else None
            lane = held.lane if held else next((i for i, end in enumerate(ends) if end < first), len(ends))
            occupy(ends, lane, last)
            out[span] = Extent(first, last, lane)
        return out

    def baseline(self, block: QTextBlock, unit: int) -> float:
        """Return the baseline of the line a UTF-16 unit of a paragraph stands on, in its coordinates."""
        line = block.layout().lineForTextPosition(unit)
        return line.y() + line.ascent() if line.isValid() else 0.0
