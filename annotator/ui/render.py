"""What a report needs that only Qt can do: pictures as PNG, lines broken in the article's face, pages as PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextLayout,
    QTextOption,
)

from annotator.exporters.document import Chart, Report
from annotator.exporters.options import ReportOptions
from annotator.exporters.word.package import PAPERS
from annotator.exporters.word.styles import SERIF
from annotator.text import Utf16Map
from annotator.ui.charting import PRINT, paint
from annotator.ui.pages import Pages
from annotator.ui.paper.parts import print_face
from annotator.ui.paper.styles import MM, POINT, Face
from annotator.ui.theme import load_fonts

_INCH = 25.4
_LONG = 20_000
"""Code points of a paragraph whose lines are broken at one time."""
Told = Callable[[float], object]


class QtRenderer:
    """Implements ``exporters.rendering.Renderer``; may be used on any thread.

    ``told`` hears how much of a PDF is done, 0 to 1, and may raise to end it.
    """

    def __init__(self, told: Told = lambda _: None) -> None:
        self._told = told

    def picture(self, chart: Chart, dpi: int) -> bytes:
        """Return a chart as a PNG of its true size at so many dots per inch."""
        scale = dpi / _INCH
        image = QImage(
            max(1, round(chart.width * scale)), max(1, round(chart.height * scale)), QImage.Format.Format_RGB32
        )
        image.fill(QColor(PRINT.paper))
        image.setDotsPerMeterX(round(dpi / _INCH * 1000))
        image.setDotsPerMeterY(round(dpi / _INCH * 1000))
        p = QPainter(image)
        # Set in the units of the printed page: words are then as wide here as they are there.
        p.scale(scale / MM, scale / MM)
        paint(p, chart.shapes, PRINT, MM, face=print_face)
        p.end()
        data = QByteArray()
        device = QBuffer(data)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(device, QByteArray(b"png")).write(image)
        device.close()
        return bytes(data.data())

    def lines(self, text: str, width: float, size: float, *, rtl: bool) -> list[tuple[int, int]]:
        """Break a paragraph set in the article's face of ``size`` points into lines of ``width`` mm.

        Returns (start, end) of each in code points of ``text``; white space at a break belongs to the line before it.
        """
        shown = text.replace("\n", "\u2028").replace("\t", " ")
        out: list[tuple[int, int]] = []
        at = 0
        while at < len(shown):
            piece = shown[at : at + _LONG]
            found = _lines(piece, width * MM, size, rtl=rtl)
            if at + len(piece) < len(shown) and len(found) > 1:
                found.pop()  # it may go on
            out += [(at + start, at + end) for start, end in found]
            at = out[-1][1]
        return out

    def pdf(self, report: Report, options: ReportOptions) -> bytes:
        """Return the report as a PDF: what the preview shows, with its words to search and its links to follow."""
        pages = Pages(report, options)
        while pages.lay_out(pages.count + 10):
            self._told(0.5 * pages.count / (pages.count + 50))
        data = QByteArray()
        device = QBuffer(data)
        device.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(device)
        width, height = PAPERS[options.paper]
        writer.setResolution(1440)
        writer.setPageSize(QPageSize(QSizeF(width * 10, height * 10), QPageSize.Unit.Millimeter))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(f"{report.kind}: {' '.join(report.title.split())}"[:300])
        writer.setAuthor(report.author)
        writer.setCreator("Article Annotator")
        p = QPainter(writer)
        try:
            for n in range(pages.count):
                if n:
                    writer.newPage()
                pages.paint(p, n)
                self._told(0.5 + 0.5 * (n + 1) / pages.count)
        finally:
            p.end()
            device.close()
        return bytes(data.data())


def _lines(text: str, width: float, size: float, *, rtl: bool) -> list[tuple[int, int]]:
    """Return where the lines of a piece of a paragraph begin and end; ``width`` in twentieths of a point."""
    face = Face((SERIF.latin, SERIF.arabic, SERIF.east_asian), size * POINT)
    layout = QTextLayout(text, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    units = Utf16Map(text)
    out: list[tuple[int, int]] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        start = line.textStart()
        out.append((units.to_code_point(start), units.to_code_point(start + line.textLength())))
    layout.endLayout()
    return out


def renderer(told: Told = lambda _: None) -> QtRenderer:
    """Return a renderer; where no window is open, Qt is begun without a screen."""
    _application()
    return QtRenderer(told)


def _application() -> QGuiApplication:
    global _ours  # Qt wants the one application to live as long as the program
    there = QGuiApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    _ours = QGuiApplication(["annotator", "-platform", "offscreen"])
    load_fonts()
    return _ours


_ours: QGuiApplication | None = None
