"""The preview: pages turned and scrolled by keys and wheel, shown whole or wide, on white paper in any theme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.exporters.document import Paragraph, Report, Text
from annotator.exporters.options import ReportOptions
from annotator.ui.dialogs.page_preview import PagePreview
from annotator.ui.previewing import Made
from annotator.ui.theme import DARK, THEMES, Theme

REPORT = Report(
    "Audit", "Bridge", "Ida", date(2026, 1, 1), "en-GB", "by Ida",
    tuple(Paragraph("ArticleBody", (Text(f"Paragraph {n} of the article."),)) for n in range(90)),
)  # fmt: skip


def made_with(qtbot: QtBot, theme: Theme) -> PagePreview:
    made = PagePreview(theme, lambda _options, _scope: Made(REPORT))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_report(ReportOptions(), "one")
    qtbot.waitUntil(lambda: made.is_counted, timeout=10_000)
    return made


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[PagePreview]:
    made = made_with(qtbot, DARK)
    yield made
    made.close_down()


def wheel(preview: PagePreview, steps: int) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, -120 * steps), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(preview.viewport(), event)


def test_keys_turn_pages_and_stop_at_both_ends(qtbot: QtBot, preview: PagePreview) -> None:
    last = preview.pages - 1
    assert last >= 3 and preview.page == 0
    for key, page in (
        (Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, 0), (Qt.Key.Key_PageUp, 0), (Qt.Key.Key_End, last),
        (Qt.Key.Key_PageDown, last), (Qt.Key.Key_Home, 0),
    ):  # fmt: skip
        QTest.keyClick(preview, key)
        assert preview.page == page
        qtbot.waitUntil(lambda page=page: preview.page_shown == page, timeout=10_000)
        assert preview.accessibleDescription() == f"Page {page + 1} of {last + 1}"


def test_the_wheel_turns_a_whole_page_and_scrolls_a_wide_one(qtbot: QtBot, preview: PagePreview) -> None:
    wheel(preview, 1)
    assert preview.page == 1
    QTest.keyClick(preview, Qt.Key.Key_W)
    assert preview.is_wide
    qtbot.waitUntil(lambda: preview.verticalScrollBar().maximum() > 0, timeout=10_000)
    wheel(preview, 1)
    assert preview.page == 1 and preview.verticalScrollBar().value() > 0
    QTest.keyClick(preview, Qt.Key.Key_Up)
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page == 2 and preview.verticalScrollBar().value() == 0


def test_another_kind_begins_at_its_first_page_other_options_stay(qtbot: QtBot, preview: PagePreview) -> None:
    preview.turn(2)
    preview.show_report(ReportOptions(notes=False), "one")
    qtbot.waitUntil(lambda: preview.page_shown == 2, timeout=10_000)
    preview.show_report(ReportOptions(kind="audit"), "one")
    qtbot.waitUntil(lambda: preview.kind == "audit" and preview.page_shown == 0, timeout=10_000)


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda t: t.name)
def test_paper_is_white_in_every_theme(qtbot: QtBot, theme: Theme) -> None:
    preview = made_with(qtbot, theme)
    try:
        picture = preview.grab().toImage()
        ratio = preview.devicePixelRatioF()
        middle = picture.pixelColor(round(picture.width() / 2), round(picture.height() - 60 * ratio))
        assert middle.name() == "#ffffff"
        assert picture.pixelColor(round(20 * ratio), round(20 * ratio)).name() == theme.hover
    finally:
        preview.close_down()


def test_before_there_is_a_page_it_says_so(qtbot: QtBot) -> None:
    preview = PagePreview(DARK, lambda _options, _scope: Made(REPORT))
    qtbot.addWidget(preview)
    assert preview.accessibleDescription() == "Making the preview…" and preview.pages == 0
    assert not preview.grab().isNull()
    preview.close_down()
