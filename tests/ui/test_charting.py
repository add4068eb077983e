"""Shapes painted: in the colours of the look or of print, hatched and empty told apart without colour, mirrored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from annotator.exporters.shapes import Box, Fill, Line, Shape, Words
from annotator.ui.charting import PRINT, box_rect, inks_of, paint
from annotator.ui.theme import THEMES, Theme

SCALE = 10.0
GROUND = QColor("#123456")


def painted(*shapes: Shape, mirrored: float | None = None, within: QRectF | None = None) -> QImage:
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    p = QPainter(image)
    paint(p, shapes, PRINT, SCALE, mirrored=mirrored, within=within)
    p.end()
    return image


def ink_share(image: QImage, rect: QRectF, color: str) -> float:
    """Return the part of a rectangle that is nearer to a colour than to white."""
    inside = rect.adjusted(3, 3, -3, -3).toRect()
    pixels = [
        image.pixelColor(x, y)
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    ]
    return sum(abs(p.lightness() - QColor(color).lightness()) < abs(p.lightness() - 255) for p in pixels) / len(pixels)


@pytest.mark.parametrize(("fill", "low", "high"), [("solid", 1, 1), ("hatched", 0.15, 0.7), ("empty", 0, 0)])
def test_fills_can_be_told_apart_in_grey(qtbot: QtBot, fill: Fill, low: float, high: float) -> None:
    box = Box(2, 2, 20, 5, "source", fill)
    assert low <= ink_share(painted(box), box_rect(box, SCALE), PRINT.source) <= high


def test_a_thin_box_is_a_line_and_never_nothing(qtbot: QtBot) -> None:
    assert painted(Box(2, 2, 0.1, 5, "claim", "hatched")).pixelColor(20, 45) != GROUND


def test_a_mirrored_window_has_the_box_on_the_other_side(qtbot: QtBot) -> None:
    image = painted(Box(0, 0, 5, 5, "ink"), mirrored=30)
    assert image.pixelColor(20, 20) == GROUND and image.pixelColor(280, 20) == QColor(PRINT.ink)


def test_what_lies_outside_is_left_out(qtbot: QtBot) -> None:
    image = painted(Box(0, 0, 5, 5, "ink"), Box(20, 0, 5, 5, "ink"), within=QRectF(150, 0, 150, 100))
    assert image.pixelColor(20, 20) == GROUND and image.pixelColor(220, 20) == QColor(PRINT.ink)


def columns(image: QImage) -> list[int]:
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != GROUND for y in range(image.height()))]


def test_words_stand_where_they_should(qtbot: QtBot) -> None:
    start = columns(painted(Words(15, 5, "nine trucks")))
    end = columns(painted(Words(15, 5, "nine trucks", anchor="end")))
    middle = columns(painted(Words(15, 5, "nine trucks", anchor="middle")))
    assert start[0] in range(148, 156) and end[-1] in range(144, 152)
    assert abs((middle[0] + middle[-1]) / 2 - 150) < 4
    assert columns(painted(Words(15, 5, "nine trucks"), mirrored=30))[-1] in range(144, 152)


def test_lines_are_at_least_one_pixel(qtbot: QtBot) -> None:
    assert columns(painted(Line(1, 1, 1, 9, "muted", 0.01)))


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_look_has_colours_that_are_seen(theme: Theme) -> None:
    inks = inks_of(theme)
    assert QColor(inks.paper) == QColor(theme.panel)
    for name in ("claim", "source", "ink", "muted"):
        assert abs(QColor(inks[name]).lightness() - QColor(inks.paper).lightness()) > 60, name  # type: ignore[index]
    assert abs(QColor(inks.quiet).lightness() - QColor(inks.paper).lightness()) < 60


def test_the_place_of_a_box_is_where_it_is_painted() -> None:
    assert box_rect(Box(1, 2, 3, 4, "ink"), 10).center().toPoint() == QPoint(25, 40)
