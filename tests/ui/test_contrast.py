"""Words and marks are legible in every look, also to eyes that see fewer colours, and kinds differ by shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette

from annotator.ui import paint
from annotator.ui.theme import DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, THEMES, Theme

Rgb = tuple[float, float, float]

# Machado, Oliveira, Fernandes (2009), severity 1.0, for linear RGB; grey is luminance.
SIGHTS: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}

_GROUNDS = ("page", "panel", "raised", "hover", "tint")
TEXT = [(ink, ground) for ink in ("ink", "muted") for ground in _GROUNDS] + [
    ("ink", "band"),
    ("ink", "band2"),
    ("muted", "band"),
    ("accent", "page"),
    ("accent", "panel"),
    ("accent", "raised"),
    ("accent", "hover"),
    ("on_accent", "accent"),
    ("page", "ink"),
    ("selink", "sel"),
]
MARKS = [
    *((sign, ground) for sign in ("edge", "accent", "ink") for ground in ("page", "panel", "raised", "tint")),
    *(
        (mark, ground)
        for mark in ("claim", "source", "entity", "cue")
        for ground in ("page", "band", "band2", "raised")
    ),
]


def linear(color: str) -> Rgb:
    r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in (r, g, b))  # type: ignore[return-value]


def seen(color: str, sight: str) -> Rgb:
    found = linear(color)
    return tuple(  # type: ignore[return-value]
        min(1.0, max(0.0, sum(k * x for k, x in zip(row, found, strict=True)))) for row in SIGHTS[sight]
    )


def contrast(a: str, b: str, sight: str = "full") -> float:
    low, high = sorted(
        sum(k * x for k, x in zip((0.2126, 0.7152, 0.0722), seen(c, sight), strict=True)) for c in (a, b)
    )
    return (high + 0.05) / (low + 0.05)


def too_faint(theme: Theme, pairs: list[tuple[str, str]], least: float, sight: str) -> dict[tuple[str, str], float]:
    found = {pair: contrast(getattr(theme, pair[0]), getattr(theme, pair[1]), sight) for pair in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_words_are_legible(theme: Theme, sight: str) -> None:
    assert too_faint(theme, TEXT, 4.5, sight) == {}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_marks_are_seen_on_their_grounds(theme: Theme, sight: str) -> None:
    assert too_faint(theme, MARKS, 3.0, sight) == {}


@pytest.mark.parametrize("theme", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda t: t.name)
def test_high_contrast_has_no_pale_tints(theme: Theme) -> None:
    assert {theme.page, theme.ink} == {"#ffffff", "#000000"}
    assert theme.weight > LIGHT.weight
    grounds = {g for g in ("panel", "raised", "band", "band2", "tint") if getattr(theme, g) != theme.page}
    assert too_faint(theme, [(g, "page") for g in grounds], 3.0, "full") == {}
    assert too_faint(theme, [(mark, "page") for mark in ("claim", "source", "entity", "cue", "ink")], 7.0, "full") == {}


def blended(top: str, below: str, alpha: int) -> str:
    parts = ((int(top[i : i + 2], 16) * alpha + int(below[i : i + 2], 16) * (255 - alpha)) // 255 for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_selected_words_are_legible_on_every_ground(qtbot, theme: Theme, sight: str) -> None:
    from annotator.ui.article.marked_text import MarkedText

    text = MarkedText(theme)
    qtbot.addWidget(text)
    ground = text.palette().color(QPalette.ColorRole.Highlight)
    ink = text.palette().color(QPalette.ColorRole.HighlightedText).name()
    for below in (theme.page, theme.band, theme.band2):
        assert contrast(ink, blended(ground.name(), below, ground.alpha()), sight) >= 4.5
        assert contrast(theme.ink, blended(theme.sel, below, 120), sight) >= 4.5  # a place found


def test_a_measure_that_works() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    assert contrast("#ff0000", "#000000", "protanopia") < contrast("#ff0000", "#000000") / 1.5
    assert contrast("#ff0000", "#000000", "grey") == pytest.approx(contrast("#ff0000", "#000000"))


def picture(kind: str) -> bytes:
    """Return the glyph of a kind as black and white pixels: its shape, without its colour."""
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    p = QPainter(image)
    paint.glyph(p, kind, 4, 4, LIGHT, 20)
    p.end()
    dark = bytes(image.pixelColor(x, y).lightness() < 200 for y in range(32) for x in range(32))
    assert any(dark)
    return dark


def test_every_kind_has_a_glyph_of_its_own(qapp) -> None:
    kinds = ("claim", "source_mention", "mention", "cue", "loaded_term")
    assert len({picture(kind) for kind in kinds}) == len(kinds)


def test_every_status_has_a_shape_of_its_own(qapp) -> None:
    shapes: set[bytes] = set()
    for status in ("not_checked", "in_progress", "checked", "cannot_check"):
        image = QImage(16, 16, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        p = QPainter(image)
        paint.status_glyph(p, status, 1, 1, LIGHT)
        p.end()
        shapes.add(bytes(image.pixelColor(x, y).lightness() < 160 for y in range(16) for x in range(16)))
    assert len(shapes) == 4


def drawn(kind: str, theme: Theme) -> frozenset[tuple[int, int]]:
    """Return where the rule of a kind leaves ink, bands left out."""
    from annotator.model import Claim, Cue, LoadedTerm, Mention, Segment, SourceMention
    from annotator.ui.article import marks
    from annotator.ui.article.geometry import Run
    from annotator.ui.highlights import Span

    kinds = {k.kind: k for k in (Cue, Claim, LoadedTerm, Mention, SourceMention)}
    mark = kinds[kind](layer="l", article="a", segments=(Segment(0, 9),))
    run = Run(Span(mark, mark.id, kind, 0, 9, 0), 10, 70, 30, 0, True, True, 0, False, 1.0, 31)
    image = QImage(80, 48, QImage.Format.Format_ARGB32)
    image.fill(theme.page)
    p = QPainter(image)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    marks.draw_rules(p, [run], theme)
    p.end()
    ground = image.pixelColor(0, 0)
    return frozenset((x, y) for y in range(48) for x in range(80) if image.pixelColor(x, y) != ground)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_every_kind_is_drawn_in_a_shape_of_its_own(qapp, theme: Theme) -> None:
    shapes = {kind: drawn(kind, theme) for kind in ("claim", "source_mention", "mention", "cue", "loaded_term")}
    assert all(shapes.values())
    for kind, shape in shapes.items():
        for other, of_other in shapes.items():
            if kind < other:
                assert len(shape ^ of_other) > 20, (kind, other)


def test_the_outline_of_what_is_chosen_is_there_without_colour(qapp) -> None:
    from annotator.ui.article import marks

    image = QImage(80, 48, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    p = QPainter(image)
    marks.draw_outline(p, [QRectF(10, 10, 60, 25)], LIGHT.ink, 2)
    p.end()
    assert image.pixelColor(40, 10).lightness() < 80
