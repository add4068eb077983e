"""Words measured without a font take no more room than was reckoned, in the face they are set in."""

from __future__ import annotations

import pytest

from annotator import paths
from annotator.exporters import letter_widths, numbered
from annotator.exporters.letter_widths import fitted, width

WORDS = [
    "Ministry of Environment",
    "WWW MMM @@@ %%%",
    "ill-fitting lilliputian",
    "Dr. Hélène Çelik, Łódź",
    "1,204 of 56,789 · 75 %",
    "«Économie» — “quoted”",
    "Министерство охраны природы",
    "Υπουργείο Περιβάλλοντος",
    "fjord ﬁsh ß œuvre",
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("bold", [False, True])
def test_reckoned_widths_are_no_less_than_the_true_ones(qapp: object, words: str, bold: bool) -> None:
    from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

    for file in ("Inter-Regular.otf", "Inter-Bold.otf"):
        QFontDatabase.addApplicationFont(str(paths.resource("fonts", "inter", file)))
    font = QFont("Inter")
    font.setPixelSize(1000)
    font.setBold(bold)
    true = QFontMetricsF(font).horizontalAdvance(words) / 1000 * 8 * 25.4 / 72
    assert true <= width(words, 8, bold=bold) <= true * 1.35


def test_both_faces_agree_on_what_is_wide_and_what_takes_no_room() -> None:
    for face in (letter_widths._SANS, numbered._SERIF):
        assert face.ems("橋") == face.ems("👩") == 1.0
        assert face.ems("\u200d\u202e\u0301\u064e") == 0
        assert face.ems("é") == face.ems("e\u0301") == face.ems("e")
        assert 0.5 < face.ems("م") == face.ems("ب") < 0.7
    assert width("é", 8) > 0


def test_an_ellipsis_stands_at_the_end_of_a_name_from_right_to_left() -> None:
    cut = fitted("وزارة المياه والسدود والجسور", 15, 8)
    assert cut.endswith("…\u200f")
