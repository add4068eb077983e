"""A small writer of PDF files for tests: text at places, in the fonts every reader has, and articles set in columns."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdfminer.fontmetrics import FONT_METRICS

FONTS = ("Times-Roman", "Times-Bold", "Times-Italic", "Helvetica", "Helvetica-Bold", "Courier")
_METRICS = {font: FONT_METRICS[font][1] for font in FONTS}


def width(text: str, size: float = 10, font: str = "Times-Roman") -> float:
    """Return how wide a text is set, points."""
    known = _METRICS[font]
    return sum(known.get(c, 500) for c in text) * size / 1000


def literal(text: str) -> bytes:
    """Return a text as a string of the file."""
    raw = text.encode("cp1252")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


@dataclass
class Page:
    """A page's size and its content so far."""

    width: float
    height: float
    content: list[bytes] = field(default_factory=list[bytes])
    extra: bytes = b""
    """Further entries of its dictionary."""

    def text(
        self, x: float, y: float, text: str, size: float = 10, font: str = "Times-Roman", *, spaces: float = 0.0
    ) -> None:
        """Set a text with its line at y; ``spaces`` is added to each space."""
        self.show(b"1 0 0 1 %.3f %.3f Tm" % (x, y), literal(text), size, font, b"%.3f Tw" % spaces)

    def show(
        self, matrix: bytes, string: bytes, size: float = 10, font: str = "Times-Roman", state: bytes = b""
    ) -> None:
        """Show a string as it is, at a matrix, in a state."""
        self.content.append(b"BT /F%d %.2f Tf %s %s %s Tj ET" % (FONTS.index(font), size, state, matrix, string))

    def raw(self, operators: bytes) -> None:
        """Add operators as they are."""
        self.content.append(operators)


class PdfWriter:
    """Pages and further objects, written as one file."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.objects: list[bytes] = []
        """Further objects; the first has the number 20."""
        self.catalog = b""
        self.info = b""
        self.fonts = b""
        """Further fonts, as "/Name 20 0 R"."""
        self.resources = b""

    def page(self, width: float = 420, height: float = 595) -> Page:
        """Add a page."""
        self.pages.append(Page(width, height))
        return self.pages[-1]

    def add(self, body: bytes) -> int:
        """Add an object; return its number."""
        self.objects.append(body)
        return 19 + len(self.objects)

    def stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """Add a stream; return its number."""
        return self.add(stream(data, entries, packed=packed))

    def to_bytes(self) -> bytes:
        """Return the file."""
        numbered: dict[int, bytes] = {20 + n: body for n, body in enumerate(self.objects)}
        first = 20 + len(self.objects)
        kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(self.pages)))
        numbered[1] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog
        numbered[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self.pages), kids)
        numbered[3] = b"<< %s >>" % self.info
        fonts = b" ".join(b"/F%d %d 0 R" % (n, 4 + n) for n in range(len(FONTS)))
        numbered[10] = b"<< /Font << %s %s >> %s >>" % (fonts, self.fonts, self.resources)
        for n, font in enumerate(FONTS):
            name = font.encode()
            numbered[4 + n] = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name
        for n, page in enumerate(self.pages):
            number = first + 2 * n
            numbered[number] = (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Resources 10 0 R /Contents %d 0 R %s >>"
                % (page.width, page.height, number + 1, page.extra)
            )
            numbered[number + 1] = stream(b"\n".join(page.content), packed=True)
        return written(numbered)


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """Return a stream object."""
    if packed:
        data, entries = zlib.compress(data), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def written(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R /Info 3 0 R") -> bytes:
    """Return objects as a file with its table of places."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


@dataclass(frozen=True)
class Layout:
    """How an article is set."""

    columns: int = 2
    width: float = 420
    height: float = 595
    margin: float = 50
    gutter: float = 14
    size: float = 9
    leading: float = 11
    hyphenate: bool = True
    indent: float = 10
    """Of the first lines of paragraphs; with 0 they stand half a line apart."""
    head: str = ""
    foot: str = ""
    """"{n}" in them is the page's number."""
    headline: str = ""


def article(paragraphs: Sequence[str], layout: Layout) -> PdfWriter:
    """Return an article set in justified columns, hyphenated, with running heads and feet."""
    made = PdfWriter()
    room = (layout.width - 2 * layout.margin - (layout.columns - 1) * layout.gutter) / layout.columns
    column, y = layout.columns, 0.0
    top = 0.0
    page = Page(0, 0)
    for n, text in enumerate(paragraphs):
        indent = layout.indent if n else 0.0
        lines = set_lines(text, room, indent, layout)
        for k, (words, full) in enumerate(lines):
            if y < layout.margin or column >= layout.columns:
                column += 1
                if column >= layout.columns:
                    page, top = _opened(made, layout)
                    column = 0
                y = top
            shift = indent if k == 0 else 0.0
            line = " ".join(words)
            free = room - shift - width(line, layout.size)
            spaces = free / (len(words) - 1) if full and len(words) > 1 else 0.0
            page.text(layout.margin + column * (room + layout.gutter) + shift, y, line, layout.size, spaces=spaces)
            y -= layout.leading
        if not layout.indent:
            y -= layout.leading / 2
    return made


def _opened(made: PdfWriter, layout: Layout) -> tuple[Page, float]:
    page = made.page(layout.width, layout.height)
    n = len(made.pages)
    if layout.head:
        page.text(layout.margin, layout.height - 28, layout.head.replace("{n}", str(n)), 8, "Helvetica")
    if layout.foot:
        page.text(layout.width / 2 - 10, 26, layout.foot.replace("{n}", str(n)), 8, "Helvetica")
    top = layout.height - layout.margin
    if n == 1 and layout.headline:
        page.text(layout.margin, top - 10, layout.headline, 20, "Times-Bold")
        top -= 36
    return page, top


def set_lines(text: str, room: float, indent: float, layout: Layout) -> list[tuple[list[str], bool]]:
    """Return lines of words, each with whether it is to fill the column."""
    lines: list[tuple[list[str], bool]] = []
    line: list[str] = []
    left = room - indent
    space = width(" ", layout.size)
    for word in text.split():
        while width(word, layout.size) + (space if line else 0) > left:
            head = _part(word, left - (space if line else 0), layout) if layout.hyphenate else ""
            if head:
                line.append(head)
                word = word[len(head.removesuffix("-")) if not word.startswith(head) else len(head) :]
            if not line:
                break
            lines.append((line, True))
            line, left = [], room
        left -= width(word, layout.size) + (space if line else 0)
        line.append(word)
    return [*lines, (line, False)]


def _part(word: str, room: float, layout: Layout) -> str:
    """Return the first part of a word that fits, with its hyphen; "" where it cannot be parted."""
    if not word.isalpha() and "-" in word[2:-2]:
        part = word[: word.index("-") + 1]
        return part if width(part, layout.size) <= room else ""
    letters = word.rstrip('.,;:!?”’")')
    if not letters.isalpha() or not letters.isascii() or len(letters) < 6:
        return ""
    for n in range(len(letters) - 3, 2, -1):
        if letters[n] not in "aeiou" and letters[n - 1] in "aeiou" and width(letters[:n] + "-", layout.size) <= room:
            return letters[:n] + "-"
    return ""
