"""Colours are legible in both themes, fonts and icons are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette

from annotator import paths
from annotator.ui import theme as themes
from annotator.ui.theme import DARK, LIGHT, Theme

_GROUNDS = ("page", "panel", "raised", "hover", "tint")
_TEXT = [(ink, ground) for ink in ("ink", "muted") for ground in _GROUNDS] + [
    ("ink", "band"),
    ("ink", "band2"),
    ("accent", "page"),
    ("accent", "panel"),
    ("accent", "raised"),
    ("accent", "hover"),
    ("on_accent", "accent"),
    ("page", "ink"),
    ("selink", "sel"),
]
_MARKS = [("edge", g) for g in ("page", "panel", "raised")] + [
    (mark, ground) for mark in ("claim", "source", "entity", "cue") for ground in ("page", "band", "band2")
]


def luminance(color: str) -> float:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize(("pairs", "least"), [(_TEXT, 4.5), (_MARKS, 3.0)], ids=["text", "marks"])
def test_contrast(theme: Theme, pairs: list[tuple[str, str]], least: float) -> None:
    found = {pair: contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


def test_shipped_fonts_are_used(qapp) -> None:
    themes.load_fonts()
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(themes.font("article")).family() == themes.SERIF
    assert QFontInfo(themes.font("body")).family() == themes.SANS
    assert themes.font("body", 600, italic=True, px=15).pixelSize() == 15


def test_a_changed_font_does_not_change_the_role(qapp) -> None:
    face = themes.font("body")
    face.setPixelSize(40)
    assert themes.font("body").pixelSize() == 13


def test_every_icon_named_in_the_code_is_shipped(qapp) -> None:
    code = "".join(p.read_text("utf-8") for p in (Path(themes.__file__).parent).rglob("*.py"))
    names = set(re.findall(r'\bicon\("([a-z0-9-]+)"', code))
    assert {n for n in names if not paths.resource("icons", f"{n}.svg").is_file()} == set()


def test_an_icon_takes_its_colour(qapp) -> None:
    image = themes.icon("check", "#ff0000").toImage()
    inked = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert any(c.alpha() == 255 and c.red() == 255 and c.green() == 0 for c in inked)
    assert themes.icon("no-such-icon", "#ff0000").toImage().pixelColor(3, 3).alpha() == 0


def test_palette_and_sheet_hold_the_theme(qapp) -> None:
    for theme in (LIGHT, DARK):
        made = themes.palette(theme)
        assert made.color(QPalette.ColorRole.Text) == QColor(theme.ink)
        assert theme.accent in themes.sheet(theme)
