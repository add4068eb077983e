"""A PDF page's content, run: which signs it shows, where, and how large; pictures are counted, never unpacked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.pdftypes import PDFObjRef, PDFStream

from annotator.errors import ReadError
from annotator.importers.pdf.file import Page, content, items, name, number, table, value, words
from annotator.importers.pdf.fonts import Face, Faces
from annotator.importers.pdf.tokens import Name, Word, tokens
from annotator.language import tr

_DEPTH = 12
"""How deep forms may be set into forms; none in use is deeper than about five."""

_FORMS = 4_000
_OPERATORS = 3_000_000
_GLYPHS = 150_000
"""Most signs of one page: a newspaper page in small type has about 30,000."""

_DRAWN = 500
"""Most rules and boxes of one page that are looked at."""

_ACTUAL_LENGTH = 200
_WRONG_OPERANDS = (AttributeError, IndexError, TypeError, ValueError, OverflowError)
"""What an operator fails with whose operands are too few or of the wrong kind: it does nothing then."""
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Glyph(NamedTuple):
    """A sign as it stands on the page, in points from its lower left corner, x1 being where the next one would begin."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    turn: int
    """Quarter turns against the clock of its line of writing; 4 and more: askew."""
    furniture: bool
    """Whether the file itself calls it a running head or foot."""


@dataclass
class Sheet:
    """What was found on one page."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list[Glyph])
    rules: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    """Horizontal rules: x0, x1, y."""
    uprights: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])
    """Vertical rules: x, lower and upper end."""
    boxes: list[Box] = field(default_factory=list[Box])
    """Frames and grounds that are drawn."""
    pictures: list[Box] = field(default_factory=list[Box])
    pictured: float = 0.0
    """Share of the page that its largest picture covers."""
    unseen: list[str] = field(default_factory=list[str])
    """Signs that are too small or too far away to be seen, or on a layer that is not shown."""
    vertical: int = 0
    """How many signs are written from top to bottom."""


def sheet(page: Page, faces: Faces, hidden: frozenset[int] = frozenset()) -> Sheet:
    """Run a page's content; what is damaged in it is passed over. Raises ReadError for more than a page can hold.

    ``hidden``: numbers of the layers that are not shown.
    """
    x0, y0, x1, y1 = _box(page.attributes)
    turned = int(number(page.attributes.get("Rotate"))) % 360
    base: Matrix = {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1), 180: (-1.0, 0.0, 0.0, -1.0, x1, y1), 270: (0.0, 1.0, -1.0, 0.0, y1, -x0)
    }.get(turned, (1.0, 0.0, 0.0, 1.0, -x0, -y0))  # fmt: skip
    width, height = (y1 - y0, x1 - x0) if turned in (90, 270) else (x1 - x0, y1 - y0)
    made = Sheet(page.number, width, height)
    runner = _Runner(made, faces, hidden)
    contents = value(page.attributes.get("Contents"))
    streams = contents if isinstance(contents, list) else [contents]
    data = b"\n".join(filter(None, map(content, streams[:20_000])))
    runner.run(data, table(page.attributes.get("Resources")), base, depth=0)
    return made


def _box(attributes: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return the part of the page that is shown, in its own coordinates."""
    boxes = [[number(n) for n in items(attributes.get(key))[:4]] for key in ("CropBox", "MediaBox")]
    for box in boxes:
        if len(box) == 4:
            x0, x1 = sorted((box[0], box[2]))
            y0, y1 = sorted((box[1], box[3]))
            if x1 - x0 > 10 and y1 - y0 > 10:
                return x0, y0, x1, y1
    return 0.0, 0.0, 612.0, 792.0


@dataclass
class _State:
    """What stays until it is set anew, between ``q`` and ``Q``."""

    ctm: Matrix
    face: Face | None = None
    size: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> _State:
        return _State(
            self.ctm, self.face, self.size, self.spacing, self.word_spacing, self.scale, self.leading, self.rise
        )


def _times(m: Matrix, n: Matrix) -> Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n  # noqa: E741 - as in every book on matrices
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


class _Runner:
    """Runs content; one for a page, for all the forms set into it."""

    def __init__(self, made: Sheet, faces: Faces, hidden: frozenset[int]) -> None:
        self._made = made
        self._faces = faces
        self._hidden = hidden
        self._concealed = 0
        """How many of the open marks and forms are on layers that are not shown."""
        self._forms = 0
        self._operators = 0
        self._within: set[int] = set()
        self._marks: list[tuple[str, int, bool, bool]] = []
        """Open marks: the text they stand for, how many glyphs there were before, running head or foot, hidden."""

    def run(self, data: bytes, resources: dict[str, Any], ctm: Matrix, *, depth: int) -> None:
        """Run one stream's content."""
        _Run(self, resources, _State(ctm), depth).run(data)

    def count(self) -> None:
        """Count an operator. Raises ReadError for more of them than a page may have."""
        self._operators += 1
        if self._operators > _OPERATORS:
            raise ReadError(
                tr("has a page of more than {most:,} drawing steps (page {n}).", most=_OPERATORS, n=self._made.number)
            )

    def show(self, glyph: Glyph) -> None:
        """Keep a sign. Raises ReadError for more of them than a page may have."""
        if self._concealed or not (
            0.01 < glyph.size < 1e5 and abs(glyph.x0) < 1e6 and abs(glyph.x1) < 1e6 and abs(glyph.y) < 1e6
        ):
            self._made.unseen.append(glyph.text)
        else:
            self._made.glyphs.append(glyph)
        if len(self._made.glyphs) + len(self._made.unseen) > _GLYPHS:
            raise ReadError(
                tr("has a page of more than {most:,} characters (page {n}).", most=_GLYPHS, n=self._made.number)
            )

    @property
    def furniture(self) -> bool:
        """Whether what is shown now is called a running head or foot."""
        return bool(self._marks) and self._marks[-1][2]

    def open_mark(self, tag: str, said: Any) -> None:
        """Begin a passage that the file says something of."""
        properties = table(said)
        hidden = tag == "OC" and self._is_hidden(said)
        self._concealed += hidden
        subtype, kind = name(properties.get("Subtype")), name(properties.get("Type"))
        running = tag == "Artifact" and (kind == "Pagination" or subtype in ("Header", "Footer", "Watermark"))
        text = words(properties.get("ActualText"))
        self._marks.append((text, len(self._made.glyphs), running or self.furniture, hidden))

    def close_mark(self) -> None:
        """End it: a text that the file gives for a few signs on one line takes their place."""
        if not self._marks:
            return
        said, first, _, hidden = self._marks.pop()
        self._concealed -= hidden
        glyphs = self._made.glyphs[first:]
        if not said or not glyphs or len(said) > _ACTUAL_LENGTH or "\n" in said:
            return
        one = glyphs[0]
        if any(abs(g.y - one.y) > 0.6 * one.size or g.turn != one.turn for g in glyphs):
            return
        x0, x1 = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
        self._made.glyphs[first:] = [one._replace(text=said, x0=x0, x1=x1)]

    def _is_hidden(self, layer: Any) -> bool:
        """Say whether a layer, or all that a passage belongs to, are not shown."""
        if isinstance(layer, PDFObjRef) and layer.objid in self._hidden:
            return True
        several = table(layer).get("OCGs")
        layers = [several] if isinstance(several, PDFObjRef) else items(several)
        return bool(layers) and all(isinstance(one, PDFObjRef) and one.objid in self._hidden for one in layers)

    def form(self, found: Any, resources: dict[str, Any], ctm: Matrix, depth: int) -> None:
        """Run a form, count a picture."""
        known = value(found)
        if not isinstance(known, PDFStream):
            return
        kind = name(known.get("Subtype"))
        if kind == "Image":
            self.picture(ctm)
            return
        key = found.objid if isinstance(found, PDFObjRef) else id(known)
        self._forms += 1
        if kind != "Form" or key in self._within or depth >= _DEPTH or self._forms > _FORMS:
            return
        matrix = tuple(number(n) for n in items(known.get("Matrix"))[:6])
        own = table(known.get("Resources")) or resources
        hidden = self._is_hidden(known.get("OC"))
        self._within.add(key)
        self._concealed += hidden
        self.run(content(known), own, _times(matrix, ctm) if len(matrix) == 6 else ctm, depth=depth + 1)
        self._concealed -= hidden
        self._within.discard(key)

    def picture(self, ctm: Matrix) -> None:
        """Count a picture and how much of the page it covers."""
        covers = abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]) / (self._made.width * self._made.height)
        self._made.pictured = max(self._made.pictured, min(covers, 1.0))
        a, b, c, d, e, f = ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        self._made.pictures.append((min(xs), min(ys), max(xs), max(ys)))

    def drawn(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Keep a rectangle that is drawn, where it is a horizontal rule, or a box that text may stand in."""
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if y1 - y0 < 3 and x1 - x0 > 30 and len(self._made.rules) < _DRAWN:
            self._made.rules.append((x0, x1, (y0 + y1) / 2))
        if x1 - x0 < 3 and y1 - y0 > 8 and len(self._made.uprights) < 4 * _DRAWN:
            self._made.uprights.append(((x0 + x1) / 2, y0, y1))
        part = (x1 - x0) * (y1 - y0) / (self._made.width * self._made.height)
        if x1 - x0 > 80 and y1 - y0 > 40 and part < 0.55 and len(self._made.boxes) < _DRAWN:
            self._made.boxes.append((x0, y0, x1, y1))

    def face(self, resources: dict[str, Any], called: str) -> Face:
        """Return a font by its name in the resources."""
        return self._faces.face(table(resources.get("Font")).get(called))

    def wrote_vertically(self) -> None:
        """Count a sign written from top to bottom."""
        self._made.vertical += 1


class _Run:
    """One stream's content in progress."""

    def __init__(self, runner: _Runner, resources: dict[str, Any], state: _State, depth: int) -> None:
        self._runner = runner
        self._resources = resources
        self._state = state
        self._saved: list[_State] = []
        self._depth = depth
        self._matrix: Matrix = _IDENTITY
        self._line: Matrix = _IDENTITY
        self._path: list[tuple[float, float]] = []
        self._rectangles: list[tuple[tuple[float, float], tuple[float, float]]] = []

    def run(self, data: bytes) -> None:
        """Go through the operators; what is no operator is an operand of the next one."""
        operands: list[Any] = []
        for token in tokens(data):
            if type(token) is not Word:
                if len(operands) < 1000:
                    operands.append(token)
                continue
            self._runner.count()
            do = _OPERATORS_OF.get(token.word)
            if do is not None:
                with suppress(*_WRONG_OPERANDS):
                    do(self, operands)
            operands = []

    # the graphics state

    def save(self, _: list[Any]) -> None:
        if len(self._saved) < 500:
            self._saved.append(self._state.copy())

    def restore(self, _: list[Any]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def concatenate(self, o: list[Any]) -> None:
        self._state.ctm = _times(_matrix(o), self._state.ctm)

    def external_state(self, o: list[Any]) -> None:
        font = items(table(table(self._resources.get("ExtGState")).get(o[-1].name)).get("Font"))
        if len(font) == 2:
            self._state.face, self._state.size = self._runner.face({"Font": {"": font[0]}}, ""), number(font[1])

    # text

    def begin(self, _: list[Any]) -> None:
        self._matrix = self._line = _IDENTITY

    def font(self, o: list[Any]) -> None:
        self._state.face = self._runner.face(self._resources, o[-2].name)
        self._state.size = float(o[-1])

    def spacing(self, o: list[Any]) -> None:
        self._state.spacing = float(o[-1])

    def word_spacing(self, o: list[Any]) -> None:
        self._state.word_spacing = float(o[-1])

    def scale(self, o: list[Any]) -> None:
        self._state.scale = float(o[-1]) / 100

    def leading(self, o: list[Any]) -> None:
        self._state.leading = float(o[-1])

    def rise(self, o: list[Any]) -> None:
        self._state.rise = float(o[-1])

    def move(self, o: list[Any]) -> None:
        self._line = self._matrix = _times((1.0, 0.0, 0.0, 1.0, float(o[-2]), float(o[-1])), self._line)

    def move_leading(self, o: list[Any]) -> None:
        self._state.leading = -float(o[-1])
        self.move(o)

    def text_matrix(self, o: list[Any]) -> None:
        self._line = self._matrix = _matrix(o)

    def next_line(self, _: list[Any]) -> None:
        self.move([0.0, -self._state.leading])

    def show(self, o: list[Any]) -> None:
        self._show(o[-1:])

    def show_adjusted(self, o: list[Any]) -> None:
        self._show(o[-1])

    def next_line_show(self, o: list[Any]) -> None:
        self.next_line(o)
        self._show(o[-1:])

    def next_line_show_spaced(self, o: list[Any]) -> None:
        self._state.word_spacing, self._state.spacing = float(o[-3]), float(o[-2])
        self.next_line_show(o)

    def _show(self, parts: list[Any]) -> None:
        state = self._state
        face = state.face
        if face is None:
            return
        if face.vertical:
            self._show_vertically(parts, face)
            return
        a, b, c, d, e, f = _times(self._matrix, state.ctm)
        size = state.size
        shift = 0.0
        tall = abs(size * face.em) * (c * c + d * d) ** 0.5
        turn = _turn(a * size, b * size)
        up = state.rise
        bold, italic, furniture = (
            face.bold,
            face.italic or (turn == 0 and abs(c) > 0.1 * abs(d)),
            self._runner.furniture,
        )
        word_spacing = 0.0 if face.is_multibyte else state.word_spacing
        for part in parts:
            if type(part) is not bytes:
                if isinstance(part, int | float):
                    shift -= part * 0.001 * size * state.scale
                continue
            for code in face.decode(part):
                text, width = face.glyph(code)
                advance = width * size * state.scale
                x, y = shift * a + up * c + e, shift * b + up * d + f
                x1, y1 = x + advance * a, y + advance * b
                if turn == 0:
                    self._runner.show(Glyph(text, x, x1, y, tall, bold, italic, 0, furniture))
                else:
                    self._runner.show(Glyph(text, *_upright(turn, x, y, x1, y1), tall, bold, italic, turn, furniture))
                shift += advance + (state.spacing + (word_spacing if code == 32 else 0.0)) * state.scale
        self._matrix = _times((1.0, 0.0, 0.0, 1.0, shift, 0.0), self._matrix)

    def _show_vertically(self, parts: list[Any], face: Face) -> None:
        """Show text that runs down the page; it is kept as if turned a quarter, line above line."""
        state = self._state
        _, _, c, d, e, f = _times(self._matrix, state.ctm)
        tall = abs(state.size) * (c * c + d * d) ** 0.5
        shift = 0.0
        for part in parts:
            if type(part) is not bytes:
                if isinstance(part, int | float):
                    shift -= part * 0.001 * state.size
                continue
            for code in face.decode(part):
                text, width = face.glyph(code)
                advance = width * state.size or -state.size
                x, y, y1 = shift * c + e, shift * d + f, (shift + advance) * d + f
                self._runner.show(Glyph(text, -y, -y1, x, tall, face.bold, face.italic, 3, self._runner.furniture))
                self._runner.wrote_vertically()
                shift += advance + state.spacing + (state.word_spacing if code == 32 else 0.0)
        self._matrix = _times((1.0, 0.0, 0.0, 1.0, 0.0, shift), self._matrix)

    # what else a page says

    def form(self, o: list[Any]) -> None:
        found = table(self._resources.get("XObject")).get(o[-1].name)
        self._runner.form(found, self._resources, self._state.ctm, self._depth)

    def inline_picture(self, _: list[Any]) -> None:
        self._runner.picture(self._state.ctm)

    def open_mark(self, o: list[Any]) -> None:
        tag, properties = (o[-2].name, o[-1]) if len(o) > 1 else (o[-1].name, {})
        if isinstance(properties, Name):
            properties = table(self._resources.get("Properties")).get(properties.name)
        self._runner.open_mark(tag, properties)

    def close_mark(self, _: list[Any]) -> None:
        self._runner.close_mark()

    def point(self, o: list[Any]) -> None:
        if len(self._path) < 8:
            self._path.append((float(o[-2]), float(o[-1])))

    def rectangle(self, o: list[Any]) -> None:
        x, y, w, h = map(float, o[-4:])
        if len(self._rectangles) < _DRAWN:
            self._rectangles.append(((x, y), (x + w, y + h)))

    def paint(self, _: list[Any]) -> None:
        if len(self._path) in (2, 4, 5):
            xs, ys = [p[0] for p in self._path], [p[1] for p in self._path]
            self._rectangles.append(((min(xs), min(ys)), (max(xs), max(ys))))
        a, b, c, d, e, f = self._state.ctm
        for (x0, y0), (x1, y1) in self._rectangles:
            self._runner.drawn(x0 * a + y0 * c + e, x0 * b + y0 * d + f, x1 * a + y1 * c + e, x1 * b + y1 * d + f)
        self.unpainted([])

    def unpainted(self, _: list[Any]) -> None:
        self._path = []
        self._rectangles = []


_Operator = Callable[[_Run, list[Any]], None]
_OPERATORS_OF: dict[str, _Operator] = {
    "q": _Run.save, "Q": _Run.restore, "cm": _Run.concatenate, "gs": _Run.external_state, "BT": _Run.begin,
    "Tf": _Run.font, "Tc": _Run.spacing, "Tw": _Run.word_spacing, "Tz": _Run.scale, "TL": _Run.leading,
    "Ts": _Run.rise, "Td": _Run.move, "TD": _Run.move_leading, "Tm": _Run.text_matrix, "T*": _Run.next_line,
    "Tj": _Run.show, "TJ": _Run.show_adjusted, "'": _Run.next_line_show, '"': _Run.next_line_show_spaced,
    "Do": _Run.form, "EI": _Run.inline_picture, "BMC": _Run.open_mark, "BDC": _Run.open_mark, "EMC": _Run.close_mark,
    "m": _Run.point, "l": _Run.point, "re": _Run.rectangle, "S": _Run.paint, "s": _Run.paint, "f": _Run.paint,
    "F": _Run.paint, "f*": _Run.paint, "B": _Run.paint, "b": _Run.paint, "B*": _Run.paint, "b*": _Run.paint, "n": _Run.unpainted,
}  # fmt: skip


def _matrix(o: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(n) for n in o[-6:])
    return a, b, c, d, e, f


def _turn(a: float, b: float) -> int:
    """Return how a line of writing is turned: quarters against the clock, 4 for askew."""
    if a > 0 and abs(b) <= 0.05 * a:
        return 0
    if b > 0 and abs(a) <= 0.05 * b:
        return 1
    if a < 0 and abs(b) <= -0.05 * a:
        return 2
    if b < 0 and abs(a) <= -0.05 * b:
        return 3
    return 4


def _upright(turn: int, x: float, y: float, x1: float, y1: float) -> tuple[float, float, float]:
    """Return where a sign of a turned line begins and ends along it, and how high the line is, as if it were not."""
    if turn == 1:
        return y, y1, -x
    if turn == 2:
        return -x, -x1, -y
    if turn == 3:
        return -y, -y1, x
    return x, max(x1, x), y
