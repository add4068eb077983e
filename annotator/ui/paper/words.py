"""Paragraphs set in lines: each line is a strip that can stand on any page, with its shading, lines and boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

import regex
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.exporters.document import (
    AnchorEnd,
    AnchorStart,
    CommentEnd,
    CommentStart,
    Inline,
    Link,
    Paragraph,
    Text,
    WebLink,
)
from annotator.exporters.escaping import outside_address
from annotator.exporters.manners import manner
from annotator.exporters.word.styles import COLUMN_LEFT, COLUMN_RIGHT, LIST_LEFT, LIST_STEP
from annotator.ui.paper.styles import CM, POINT, Face, Setting, Styles, line_height, metrics

Paint = Callable[[QPainter, float, float], None]
"""Paints at a place: x from the left edge of the text, y from the top of the page."""
LONG = 6_000
"""Code points of a paragraph that are set at one time; what is longer goes on in further pieces nobody sees."""
_RTL = regex.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_USUAL = regex.compile(r"[\u0000-\u024f\u2000-\u206f\u20ac\u2190-\u2193\u2212]*", regex.DOTALL)
"""Words whose line is as high as the face says: marks of direction come from another face, which nobody sees."""
_CONTROL = regex.compile("[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff\ufffc\ufffe\uffff]")
_WORDS = regex.compile(r"\S*\s*", regex.DOTALL)
_RAISED = 34
"""How far such words stand above the line, per cent of their height."""
_SLACK = 30.0
"""What a line is wider by whose words end at a tab: they would else not fit for a hair."""
_TOUCHING = 3.0
"""Stretches of a line nearer than this are one."""
_HAIR = 8.0
"""How thick the lines of marks are: 0.4 points."""


@dataclass(slots=True)
class Strip:
    """A piece of a page that is never cut: a line, a row, a picture.

    ``before`` and ``after`` are the room around it, of which two neighbours take the larger; none is left at the top of
    a page. ``keep`` holds it to the next one. ``head`` is repeated above it where it begins a page.
    """

    height: float
    paint: Paint
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False
    anchors: tuple[str, ...] = ()
    comments: tuple[int, ...] = ()
    head: Strip | None = None
    baseline: float = 0.0
    """Where the words of a line stand, from its top."""


class _Range(NamedTuple):
    start: int
    end: int
    kind: str
    colour: str


@dataclass(slots=True)
class _Run:
    """A paragraph's words as Qt counts them, with all that stands on some of them."""

    text: list[str] = field(default_factory=list[str])
    length: int = 0
    formats: list[QTextLayout.FormatRange] = field(default_factory=list[QTextLayout.FormatRange])
    bands: list[_Range] = field(default_factory=list[_Range])
    lines: list[_Range] = field(default_factory=list[_Range])
    boxes: list[_Range] = field(default_factory=list[_Range])
    anchors: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    comments: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    waiting: list[str] = field(default_factory=list[str])
    """Anchors whose first words are still to come."""


@dataclass(slots=True)
class _Line:
    """A line as it is painted; it keeps the layout it belongs to alive."""

    layout: QTextLayout
    line: QTextLine
    setting: Setting
    x: float
    width: float
    height: float
    baseline: float
    marks: tuple[list[_Range], ...]
    mixed: bool
    rtl: bool

    def paint(self, p: QPainter, left: float, top: float) -> None:
        """Paint shading, words, then lines and boxes."""
        line, left = self.line, left + self.x
        down = top + self.baseline - line.ascent()
        bands, lines, boxes = self.marks
        if self.setting.bar[0]:
            _bar(p, self.setting, left, top, self.width, self.height, rtl=self.rtl)
        for band in bands:
            for a, b in _across(line, band, mixed=self.mixed):
                p.fillRect(QRectF(left + a, top, b - a, self.height), QColor(band.colour))
        p.setPen(QColor(self.setting.face.colour))
        line.draw(p, QPointF(left, down))
        for drawn in lines:
            for a, b in _across(line, drawn, mixed=self.mixed):
                _underline(p, drawn, left + a, left + b, down + line.ascent(), line.descent())
        for box in boxes:
            for a, b in _across(line, box, mixed=self.mixed):
                _box(p, box, left + a, left + b, top, self.height)


class Words:
    """Sets paragraphs in the styles of a template."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._formats: dict[Face, QTextCharFormat] = {}

    def strips(
        self, p: Paragraph, width: float, *, x: float = 0.0, keep: bool = False, end: bool = False
    ) -> list[Strip]:
        """Return a paragraph's lines in a column of ``width`` that begins at ``x``; ``end`` sets it to the far edge."""
        setting = _placed(p, self.styles.paragraph(p.style), end=end)
        out: list[Strip] = []
        pieces = list(_pieces(p.inlines))
        for n, inlines in enumerate(pieces):
            if n == 1:
                setting = replace(setting, hanging=0.0)
            out += self._piece(inlines, setting, width, x, rtl=p.rtl)
        last = out[-1]
        if setting.below[0]:
            _rule_below(last, setting, width, x)
        out[0].before, out[0].new_page = setting.before, p.new_page
        last.after = setting.after
        whole = setting.keep_lines and len(out) < 60
        for n, strip in enumerate(out[:-1]):
            strip.keep = whole or n in (0, len(out) - 2)
        last.keep = keep or setting.keep_next or p.keep_next
        return out

    def end_of(self, p: Paragraph, width: float) -> float:
        """Return how far the last line of a paragraph reaches."""
        setting = _placed(p, self.styles.paragraph(p.style), end=False)
        run = _Run()
        for inline in p.inlines:
            self._take(run, inline, setting.face)
        layout = QTextLayout("".join(run.text), setting.face.font)
        layout.setFormats(run.formats)
        layout.setTextOption(_option(setting, rtl=p.rtl))
        _break(layout, setting, width, rtl=p.rtl)
        count = layout.lineCount()
        return layout.lineAt(count - 1).naturalTextRect().right() if count else 0.0

    def _piece(self, inlines: Sequence[Inline], setting: Setting, width: float, x: float, *, rtl: bool) -> list[Strip]:
        run = _Run()
        for inline in inlines:
            self._take(run, inline, setting.face)
        if run.waiting and run.formats:
            _name(run.formats[-1], run.waiting)
        text = "".join(run.text)
        layout = QTextLayout(text, setting.face.font)
        layout.setCacheEnabled(True)
        layout.setTextOption(_option(setting, rtl=rtl))
        if run.formats:
            layout.setFormats(run.formats)
        _break(layout, setting, width, rtl=rtl)
        mixed = rtl or (not text.isascii() and _RTL.search(text) is not None)
        usual = text.isascii() or _USUAL.fullmatch(text) is not None
        return [
            self._line(layout, n, run, setting, x, mixed=mixed, usual=usual, rtl=rtl, width=width)
            for n in range(layout.lineCount())
        ]

    def _line(
        self,
        layout: QTextLayout,
        n: int,
        run: _Run,
        setting: Setting,
        x: float,
        *,
        mixed: bool,
        usual: bool,
        rtl: bool,
        width: float,
    ) -> Strip:
        line = layout.lineAt(n)
        first, last = line.textStart(), line.textStart() + line.textLength()
        is_last = n + 1 == layout.lineCount()
        marks = tuple(_within(r, first, last) for r in (run.bands, run.lines, run.boxes))
        ground = metrics(setting.face)
        natural, descent = (ground.height(), ground.descent()) if usual else (line.height(), line.descent())
        height = line_height(setting, natural)
        if setting.rule == "exact":
            descent = ground.descent()
        return Strip(
            height,
            _Line(layout, line, setting, x, width, height, height - descent, marks, mixed, rtl).paint,
            anchors=tuple(name for at, name in run.anchors if first <= at < last or (is_last and at >= last)),
            comments=tuple(c for at, c in run.comments if first <= at < last or (is_last and at >= last)),
            baseline=height - descent,
        )

    # -- words

    def _take(self, run: _Run, inline: Inline, ground: Face) -> None:
        match inline:
            case Text():
                self._put(run, inline, ground)
            case Link(anchor, words):
                self._put(run, words, ground, f"#{anchor}")
            case WebLink(url, words):
                target = outside_address(url)
                styled = words if target is None else words._replace(looks=(*words.looks, "Web Address"))
                # Qt writes the address between brackets and does not mind those in it.
                self._put(run, styled, ground, (target or "").replace("(", "%28").replace(")", "%29"))
            case AnchorStart(name):
                run.anchors.append((run.length, name))
                run.waiting.append(name)
            case CommentStart(number):
                run.comments.append((run.length, number))
            case AnchorEnd() | CommentEnd():
                pass

    def _put(self, run: _Run, words: Text, ground: Face, target: str = "") -> None:
        text = words.text.replace("\r\n", "\n").replace("\n", "\u2028")
        if not text.isprintable():
            text = _CONTROL.sub("\ufffd", text)
        if not text:
            return
        length = len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2
        start = run.length
        run.text.append(text)
        run.length += length
        face = self.styles.face(ground, words.looks, words.claims)
        names, run.waiting = run.waiting, []
        if face != ground or target or names:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = start, length, self._format(face)
            if target:
                changed = made.format
                changed.setAnchor(True)
                changed.setAnchorHref(target)
                made.format = changed
            if names:
                _name(made, names)
            run.formats.append(made)
        if face.fill:
            _join(run.bands, _Range(start, run.length, "band", face.fill))
        if face.underline[0]:
            _join(run.lines, _Range(start, run.length, *face.underline))
        if face.box[0]:
            _join(run.boxes, _Range(start, run.length, *face.box))

    def _format(self, face: Face) -> QTextCharFormat:
        made = self._formats.get(face)
        if made is None:
            made = self._formats[face] = QTextCharFormat()
            made.setFont(face.font)
            made.setForeground(QColor(face.colour))
            if face.raised:
                made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                made.setSuperScriptBaseline(_RAISED)
        return QTextCharFormat(made)


def _name(made: QTextLayout.FormatRange, names: list[str]) -> None:
    changed = QTextCharFormat(made.format)
    changed.setAnchor(True)
    changed.setAnchorNames([*changed.anchorNames(), *names])
    made.format = changed


def _placed(p: Paragraph, setting: Setting, *, end: bool) -> Setting:
    """Return how a paragraph is set where it stands: indented, in a list, from right to left, against the far edge."""
    if p.indented:
        setting = replace(setting, left=COLUMN_LEFT * CM)
    if p.deeper and not p.rtl:
        left = (LIST_LEFT + LIST_STEP * p.deeper) * CM
        setting = replace(setting, left=left, hanging=left, tabs=(("left", left),))
    if p.rtl and p.style.startswith("Article"):
        setting = replace(setting, left=COLUMN_RIGHT * CM, right=COLUMN_LEFT * CM)
        if manner(p.style).hung:
            setting = replace(setting, hanging=(COLUMN_RIGHT - 0.5) * CM, tabs=(("left", COLUMN_RIGHT * CM),))
    return replace(setting, align="right") if end or p.align_end else setting


def _option(setting: Setting, *, rtl: bool) -> QTextOption:
    made = QTextOption()
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    at_end = setting.align in ("right", "end")
    if setting.align == "center":
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    elif at_end != rtl:  # a layout alone does not mirror what is left and right
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
    start = setting.left - setting.hanging
    stops = [(kind, at - start) for kind, at in setting.tabs]
    if setting.hanging and not any(abs(at - setting.hanging) < 2 for _, at in stops):
        stops.append(("left", setting.hanging))
    usual, other = QTextOption.TabType.LeftTab, QTextOption.TabType.RightTab
    if rtl:  # Qt turns them round
        usual, other = other, usual
    kinds = {"right": other, "center": QTextOption.TabType.CenterTab}
    tabs: list[QTextOption.Tab] = []
    for kind, at in sorted(stops, key=lambda s: s[1]):
        if at > 0:
            tab = QTextOption.Tab()
            tab.position, tab.type = at, kinds.get(kind, usual)
            tabs.append(tab)
    if tabs:
        made.setTabs(tabs)
    return made


def _break(layout: QTextLayout, setting: Setting, width: float, *, rtl: bool) -> None:
    slack = _SLACK if any(kind == "right" for kind, _ in setting.tabs) else 0.0
    layout.beginLayout()
    first = True
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        start = setting.left - (setting.hanging if first else 0.0)
        line.setLineWidth(max(POINT * 6, width - start - setting.right) + slack)
        line.setPosition(QPointF(setting.right if rtl else start, 0.0))
        first = False
    layout.endLayout()


def _pieces(inlines: Sequence[Inline]) -> Iterator[Sequence[Inline]]:
    """Yield a paragraph's inlines in pieces that are set one after the other; nearly always there is one."""
    if sum(len(i.text) for i in inlines if isinstance(i, Text)) <= LONG:
        yield inlines
        return
    piece: list[Inline] = []
    room = LONG
    for inline in inlines:
        for part in _cut(inline):
            size = len(part.text) if isinstance(part, Text) else 0
            if size > room and piece:
                yield piece
                piece, room = [], LONG
            piece.append(part)
            room -= size
    yield piece


def _cut(inline: Inline) -> Iterable[Inline]:
    """Return an inline in parts of at most a quarter of a piece, cut behind white space where there is any."""
    if not isinstance(inline, Text) or len(inline.text) <= LONG // 4:
        return (inline,)
    parts: list[Inline] = []
    made, size = list[str](), 0
    for word in _WORDS.findall(inline.text):
        for at in range(0, len(word), LONG // 4):
            bit = word[at : at + LONG // 4]
            if size + len(bit) > LONG // 4:
                parts.append(inline._replace(text="".join(made)))
                made, size = [], 0
            made.append(bit)
            size += len(bit)
    parts.append(inline._replace(text="".join(made)))
    return parts


def _join(ranges: list[_Range], new: _Range) -> None:
    """Add a range; one that goes on where the last of its kind ended becomes part of it."""
    if ranges and ranges[-1].end == new.start and ranges[-1][2:] == new[2:]:
        new = ranges.pop()._replace(end=new.end)
    ranges.append(new)


def _within(ranges: list[_Range], first: int, last: int) -> list[_Range]:
    return [
        r._replace(start=max(r.start, first), end=min(r.end, last)) for r in ranges if r.start < last and r.end > first
    ]


def _across(line: QTextLine, r: _Range, *, mixed: bool) -> list[tuple[float, float]]:
    """Return where a range lies on a line: one stretch, or several where directions change."""
    if not mixed:
        return [(_x(line, r.start), _x(line, r.end))]
    found: list[tuple[float, float]] = []
    for run in line.glyphRuns(r.start, r.end - r.start):
        rect = run.boundingRect()
        a, b = rect.left(), rect.right()
        if found and (abs(found[-1][1] - a) < _TOUCHING or abs(found[-1][0] - b) < _TOUCHING):
            a, b = min(a, found[-1][0]), max(b, found.pop()[1])
        found.append((a, b))
    return found


def _x(line: QTextLine, at: int) -> float:
    found = cast("float | tuple[float, int]", line.cursorToX(at))
    return found[0] if isinstance(found, tuple) else found


# -- marks


def _underline(p: QPainter, drawn: _Range, left: float, right: float, baseline: float, descent: float) -> None:
    pen = QPen(QColor(drawn.colour), _HAIR * 1.4)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if drawn.kind.startswith("dash"):
        pen.setWidthF(_HAIR * 1.6)
        pen.setDashPattern([4, 2.5])
    elif drawn.kind.startswith("dot"):
        pen.setDashPattern([1, 2])
    p.setPen(pen)
    y = baseline + min(descent * 0.42, 46.0)
    p.drawLine(QLineF(left, y, right, y))
    if drawn.kind == "double":
        p.drawLine(QLineF(left, y + _HAIR * 3.4, right, y + _HAIR * 3.4))


def _box(p: QPainter, box: _Range, left: float, right: float, top: float, height: float) -> None:
    pen = QPen(QColor(box.colour), _HAIR)
    if box.kind.startswith("dot"):
        pen.setDashPattern([1.6, 2.4])
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(QRectF(left, top + 10, right - left, height - 20))


def _bar(p: QPainter, setting: Setting, left: float, top: float, width: float, height: float, *, rtl: bool) -> None:
    thick, colour, space = setting.bar
    x = left + width - setting.left + space if rtl else left + setting.left - space - thick
    p.fillRect(QRectF(x, top, thick, height), QColor(colour))


def _rule_below(last: Strip, setting: Setting, width: float, x: float) -> None:
    """Draw the line below a paragraph's last line."""
    inner, height = last.paint, last.height
    kind, colour = setting.below
    pen = QPen(QColor(colour), _HAIR * 1.2)
    if kind.startswith("dot"):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 3.2])

    def paint(p: QPainter, left: float, top: float) -> None:
        inner(p, left, top)
        p.setPen(pen)
        y = top + height - _HAIR
        p.drawLine(QLineF(left + x + setting.left, y, left + x + width - setting.right, y))

    last.paint = paint
