"""Articles and windows that run from right to left: read, select, and draw the right way round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import importers
from annotator.model import Claim
from annotator.ui.main_window import MainWindow
from annotator.ui.paint import Box, keycap
from annotator.ui.theme import LIGHT
from tests.ui import screens

TEXT = "الجسر يغلق غدا\n\nقال المجلس إن الجسر Tollmouth سيغلق غدا. لم يسأل أحد عن السبب.\n"
CLAIM = "الجسر Tollmouth سيغلق غدا"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with screens.shown_application(qtbot) as application:
        window = application.window
        assert window.workspace.create(tmp_path / "rtl.annot")
        project = window.workspace.project
        assert project is not None
        article = project.add_article(importers.draft_from_text(TEXT))
        window.workspace.show_article(article)
        qtbot.waitUntil(lambda: window.workspace.coverage is not None)
        window.column.text.setFocus()
        yield window


def place(window: MainWindow, at: int) -> QPoint:
    """Return the middle of the caret's place at an offset, in the text's viewport."""
    text = window.column.text
    cursor = text.textCursor()
    cursor.setPosition(at)
    return text.cursorRect(cursor).center()


def test_paragraphs_begin_at_the_right(window: MainWindow) -> None:
    text = window.column.text
    start = window.workspace.annotated.text.index("قال")  # type: ignore[union-attr]
    block = text.document().findBlock(start)
    assert block.layout().textOption().textDirection() == Qt.LayoutDirection.RightToLeft or (
        block.textDirection() == Qt.LayoutDirection.RightToLeft
    )
    assert place(window, start).x() > place(window, start + 12).x() > text.viewport().width() / 4


def test_dragging_over_mixed_words_selects_what_lies_between_in_the_text(window: MainWindow) -> None:
    text, whole = window.column.text, window.workspace.annotated.text  # type: ignore[union-attr]
    start = whole.index(CLAIM)
    end = start + len(CLAIM)
    QTest.mousePress(text.viewport(), Qt.MouseButton.LeftButton, pos=place(window, start))
    QTest.mouseMove(text.viewport(), place(window, start + 8))
    QTest.mouseMove(text.viewport(), place(window, end))
    QTest.mouseRelease(text.viewport(), Qt.MouseButton.LeftButton, pos=place(window, end))
    assert window.column.selection() == (start, end)
    QTest.keyClick(text, Qt.Key.Key_C)
    marks = [a for a in window.workspace.annotated.annotations if isinstance(a, Claim)]  # type: ignore[union-attr]
    assert [whole[m.start : m.end] for m in marks] == [CLAIM]


def test_the_left_arrow_goes_on_in_the_text(window: MainWindow) -> None:
    start = window.workspace.annotated.text.index("قال")  # type: ignore[union-attr]
    window.column.set_caret(start)
    QTest.keyClick(window.column.text, Qt.Key.Key_Left)
    assert window.column.caret() == start + 1
    QTest.keyClick(window.column.text, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert window.column.selection() == (start + 1, start + 2)


@pytest.fixture
def mirrored(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window made where the user's language runs from right to left."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        with screens.shown_application(qtbot) as made:
            screens.open_sample(made.window, tmp_path, qtbot)
            QApplication.processEvents()
            yield made.window
    finally:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_window_from_right_to_left_is_the_mirror_of_the_other(mirrored: MainWindow) -> None:
    assert mirrored.isRightToLeft()
    library = mirrored.library.mapTo(mirrored, QPoint(mirrored.library.width(), 0)).x()
    assert abs(library - mirrored.width()) <= 2
    assert mirrored.side.mapTo(mirrored, QPoint()).x() <= 2
    segments = mirrored.library.filter
    QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert segments.current == 2
    QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=QPoint(segments.width() - 8, 12))
    assert segments.current == 0
    QTest.keyClick(segments, Qt.Key.Key_Left)
    assert segments.current == 1


def test_the_name_of_a_key_is_never_mirrored(qtbot: QtBot) -> None:
    drawn: list[QImage] = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        image = QImage(40, 20, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        p = QPainter(image)
        p.setLayoutDirection(direction)
        keycap(p, Box(QRectF(0, 0, 40, 20)), "[", 1, 1, LIGHT)
        p.end()
        drawn.append(image)
    assert drawn[0] == drawn[1]
