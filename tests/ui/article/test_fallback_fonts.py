from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from annotator.ui.article.fallback_fonts import FallbackFonts, samples


def test_one_character_stands_for_a_range_and_latin_needs_none() -> None:
    assert samples("plain words, naïve ones", set()) == []
    found = samples("قالت الوزارة 🌊 plain", set())
    assert len(found) == 2 and "🌊" in found


def test_what_was_asked_for_is_not_asked_for_again(qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    fonts = FallbackFonts(owner)
    fonts.expect("قالت 🌊", QFont())
    qtbot.waitUntil(lambda: len(fonts._known) == 2)
    assert samples("الوزارة 🌊", fonts._known) == []
