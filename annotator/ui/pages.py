"""A report as pages: laid out as far as they are asked for, and painted into a preview or a PDF alike."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from annotator.exporters.document import Paragraph, Report, Text
from annotator.exporters.options import ReportOptions
from annotator.exporters.word import template as templates
from annotator.exporters.word.package import PAPERS
from annotator.exporters.word.styles import TEXT_WIDTH
from annotator.language import tr
from annotator.ui.paper import margin
from annotator.ui.paper.parts import Parts
from annotator.ui.paper.styles import CM, of_template
from annotator.ui.paper.words import Strip, Words

TOP, BOTTOM, HEADER, FOOTER = 2.3 * CM, 2.2 * CM, 1.15 * CM, 1.05 * CM
KEPT = 200
"""So many pages are kept as they were laid out; later ones are laid out again when they are painted."""
_LONGEST_CHAIN = 300
"""So many strips that hold on to each other are looked at together."""
_SHORT_TITLE = 90


@dataclass(frozen=True, slots=True)
class _Placed:
    strip: Strip
    y: float


class Pages:
    """The pages of a report on a paper. Lengths are twentieths of a point.

    May be made and used on any one thread. ``with_margin``: a strip beside the page shows its comments, as Word does.
    """

    def __init__(self, report: Report, options: ReportOptions, *, with_margin: bool = False) -> None:
        self.report = report
        self._margin = margin.WIDTH if with_margin and report.comments else 0.0
        template = templates.read(options.template or templates.shipped(), report.language)
        self._words = Words(of_template(template))
        paper = PAPERS[options.paper]
        self._paper = paper[0] * CM
        self.width, self.height = self._paper + self._margin, paper[1] * CM
        self._left = (self._paper - TEXT_WIDTH * CM) / 2
        self._room = self.height - TOP - BOTTOM
        self._page_of: dict[str, int] = {}
        self._kept: list[list[_Placed] | None] = []
        self._coming: Iterator[list[_Placed]] = self._laid_out()
        self._again: tuple[int, Iterator[list[_Placed]]] = (0, iter(()))
        self.complete = False
        """Whether all pages were laid out."""

    @property
    def count(self) -> int:
        """How many pages there are, as far as they were laid out."""
        return len(self._kept)

    def lay_out(self, most: int | None = None) -> bool:
        """Lay out pages until there are so many, or all; says whether there may be more."""
        while not self.complete and (most is None or len(self._kept) < most):
            page = next(self._coming, None)
            if page is None:
                self.complete = True
                break
            self._kept.append(page if len(self._kept) < KEPT else None)
        return not self.complete

    def page_of(self, anchor: str) -> int:
        """Return the page an anchor stands on, counted from 1; 0 where it was not laid out (yet)."""
        return self._page_of.get(anchor, 0)

    def paint(self, p: QPainter, n: int) -> None:
        """Paint page ``n``, counted from 0, with its head and foot; the painter's origin is the page's corner."""
        page = self._page(n)
        if self._margin:
            comments = self.report.comments
            places = [(x.y, comments[k]) for x in page for k in x.strip.comments if k < len(comments)]
            margin.paint(p, self._words, places, self._paper, self.height)
        for placed in page:
            placed.strip.paint(p, self._left, placed.y)
        self._paint_around(p, n)

    # -- laying out

    def _strips(self) -> Iterator[Strip]:
        return Parts(self._words, self.page_of).strips(self.report.parts)

    def _laid_out(self) -> Iterator[list[_Placed]]:
        page = _Column(self._room)
        number = 1
        for chain in _chains(self._strips()):
            for done in page.take(chain):
                yield done
                number += 1
            for strip in chain:
                for name in strip.anchors:
                    self._page_of.setdefault(name, number)
        if page.placed or number == 1:
            yield page.placed

    def _page(self, n: int) -> list[_Placed]:
        self.lay_out(n + 1)
        if n >= len(self._kept):
            return []
        kept = self._kept[n]
        if kept is not None:
            return kept
        at, pages = self._again
        if at > n or at == 0:
            at, pages = 0, self._laid_out()
        page: list[_Placed] = []
        while at <= n:
            page = next(pages, [])
            at += 1
        self._again = (at, pages)
        return page

    # -- around the text

    def _paint_around(self, p: QPainter, n: int) -> None:
        report, width = self.report, TEXT_WIDTH * CM
        if n:
            title = " ".join(report.title.split())
            short = title if len(title) <= _SHORT_TITLE else title[: _SHORT_TITLE - 1].rstrip() + "…"
            self._line(p, "Header", HEADER, (Text(report.kind, ("Strong",)), Text(f"\t{short}")), width)
        told = tr("Page {n} of {all}", n=n + 1, all=self.count) if self.complete else tr("Page {n}", n=n + 1)
        foot = (Text(f"{report.footer}\t{told}"),)
        self._line(p, "Footer", -FOOTER, foot, width)

    def _line(self, p: QPainter, style: str, y: float, inlines: tuple[Text, ...], width: float) -> None:
        strips = self._words.strips(Paragraph(style, inlines), width)
        top = y if y > 0 else self.height + y - sum(s.height for s in strips)
        for strip in strips:
            strip.paint(p, self._left, top)
            top += strip.height


class _Column:
    """Strips one below the other on a page after the other."""

    def __init__(self, room: float) -> None:
        self.placed: list[_Placed] = []
        self._room = room
        self._y = 0.0
        self._last: Strip | None = None

    def take(self, chain: list[Strip]) -> list[list[_Placed]]:
        """Place strips that hold on to each other; returns the pages that are done."""
        done: list[list[_Placed]] = []
        first = chain[0]
        height = sum(s.height for s in chain) + sum(max(a.after, b.before) for a, b in itertools.pairwise(chain))
        fits = self._y + self._gap(first) + height <= self._room
        fits_elsewhere = height + (first.head.height if first.head else 0.0) <= self._room
        if self.placed and (first.new_page or (not fits and fits_elsewhere)):
            done.append(self._turn(first))
        for strip in chain:
            if self.placed and self._y + self._gap(strip) + strip.height > self._room and self._last is not None:
                done.append(self._turn(strip))
            self._put(strip)
        return done

    def _gap(self, strip: Strip) -> float:
        return max(self._last.after, strip.before) if self._last is not None else 0.0

    def _turn(self, strip: Strip) -> list[_Placed]:
        page, self.placed = self.placed, []
        self._y, self._last = 0.0, None
        if strip.head is not None and strip.head is not strip:
            self._put(strip.head)
        return page

    def _put(self, strip: Strip) -> None:
        self._y += self._gap(strip)
        self.placed.append(_Placed(strip, TOP + self._y))
        self._y += strip.height
        self._last = strip


def _chains(strips: Iterator[Strip]) -> Iterator[list[Strip]]:
    """Yield strips by those that hold on to each other."""
    chain: list[Strip] = []
    for strip in strips:
        if strip.new_page and chain:
            yield chain
            chain = []
        chain.append(strip)
        if not strip.keep or len(chain) >= _LONGEST_CHAIN:
            yield chain
            chain = []
    if chain:
        yield chain
