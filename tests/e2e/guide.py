"""The pictures of the guide, of the sample, made by pressing the keys the guide names: ``shots --guide OUT``."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator import paths
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.welcome import WorkQuestion
from tests.e2e import guide_reading, guide_reports
from tests.e2e.driver import LIMIT_MS, Driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SIZE = (1280, 800)
REST_MS = 250
"""So long nothing happens before a picture is taken: what comes after the paint has come."""
DETAILS = QRect(960, 40, 320, 732)
FRAME = QColor("#b9b5aa")
COLOURS = 256
ALIKE = 10
"""Colours nearer to each other than this, in all three parts together, share a place in the palette."""


def save_small(picture: QPixmap, path: Path) -> None:
    """Save a picture of a window with a palette of its commonest colours: a third of the size, and no eye sees it."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = Counter(memoryview(image.constBits()).cast("I"))
    palette: list[int] = []
    for colour, _ in found.most_common(COLOURS * 16):
        if all(_apart(colour, other) >= ALIKE for other in palette):
            palette.append(colour)
        if len(palette) == COLOURS:
            break
    flat = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = image.convertToFormat(QImage.Format.Format_Indexed8, palette, flat)
    small.setDevicePixelRatio(1)
    if not small.save(str(path), "PNG", 0):  # quality 0 is the strongest compression
        raise OSError(f"cannot write {path}")


def _apart(one: int, other: int) -> int:
    return sum(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))


class Reader(Driver):
    """A person who does what the guide says, and takes a picture of it."""

    def __init__(self, out: Path, *, theme: str = "light", first: bool = False) -> None:
        settings = Settings.load(paths.config())
        asked = not first
        settings.put(theme=theme, coder_name="Sample editor", tour_done=asked, profile_asked=asked)
        super().__init__(Application(), cast("QtBot", None))
        self.out = out
        self.window.resize(*SIZE)
        self.window.show()
        self.activate()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        clock = QElapsedTimer()
        clock.start()
        while not condition():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            assert clock.elapsed() < LIMIT_MS, "the window did not come so far"

    def focus(self) -> QWidget:
        """Return what has the keyboard; a list that closed leaves the window without it here."""
        if not (QApplication.focusWidget() or QApplication.activePopupWidget() or QApplication.activeModalWidget()):
            self.activate()
        return super().focus()

    def sample(self) -> None:
        """Open the sample, all sentences counted."""
        self.window.projects.open_sample()
        self.until(lambda: self.window.workspace.sentences)
        self.to_text()

    def rest(self) -> None:
        """Nothing chosen, nothing selected, no bar, the article from its start, no news in the status line."""
        self.to_text()
        self.press("Escape", "Escape", "Escape", "Ctrl+Home")
        self.window.side.show_panel("details")
        self.window.status.say("")

    def top(self, words: str) -> None:
        """Scroll so that the line of some words stands high in the text."""
        text = self.window.column.text
        rect = self.window.column.anchor_rect(self.text().index(words), self.text().index(words) + 1)
        bar = text.verticalScrollBar()
        bar.setValue(bar.value() + text.viewport().mapFromGlobal(rect.topLeft()).y() - 40)

    def look(self, name: str, crop: QRect | None = None, over: QWidget | None = None) -> None:
        """Take a picture of the window, with what floats above it."""
        QTest.qWait(REST_MS)
        picture = self.window.grab()
        for above in (over, QApplication.activePopupWidget()):
            if above is not None:
                at = above.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
                self._lay(picture, above.grab(), at)
        self.keep(name, picture.copy(crop) if crop is not None else picture)

    @staticmethod
    def _lay(picture: QPixmap, above: QPixmap, at: QPoint) -> None:
        p = QPainter(picture)
        p.drawPixmap(at, above)
        p.setPen(FRAME)
        p.drawRect(QRect(at, above.size()).adjusted(-1, -1, 0, 0))
        p.end()

    def look_at_dialog(
        self, name: str, ask: Callable[[], object], do: Callable[[QDialog], object] | None = None
    ) -> None:
        """Open a dialog that waits for its answer, do something in it, take its picture alone, leave it."""

        def act(dialog: QDialog) -> None:
            if do is not None:
                do(dialog)
            QTest.qWait(REST_MS)
            picture = dialog.grab()
            self._lay(picture, picture.copy(), QPoint(0, 0))
            p = QPainter(picture)
            p.setPen(FRAME)
            p.drawRect(picture.rect().adjusted(0, 0, -1, -1))
            p.end()
            self.keep(name, picture)
            dialog.reject()

        self.answer(QDialog, act, ask)

    def keep_widget(self, name: str, widget: QWidget) -> None:
        """Take the picture of a window that stands beside this one."""
        QTest.qWait(REST_MS)
        self.keep(name, widget.grab())

    def keep(self, name: str, picture: QPixmap) -> None:
        """Save a picture under its name."""
        save_small(picture, self.out / f"{name}.png")

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.application.workspace.wait_for_jobs()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# -- the chapters


def first_minutes(reader: Reader) -> None:
    """The start page, the window, and the first claim linked."""
    reader.window.projects.open_sample()
    reader.until(lambda: reader.window.workspace.sentences)
    reader.choose("98 per cent of crossings")
    reader.look("window")
    reader.rest()
    reader.window.start_sample()
    reader.until(lambda: reader.window.tour.running)
    reader.to_text()
    reader.press("J")
    reader.look("tour", QRect(0, 0, 1280, 420))
    reader.press("C", "L")
    reader.look("link-card", QRect(226, 74, 734, 640))
    reader.press("Escape", "Ctrl+Z")


def marking(reader: Reader) -> None:
    """Marks read, shaped and told apart."""
    reader.rest()
    reader.top("On the quay")
    reader.look("marks", QRect(226, 40, 734, 420))
    reader.choose("I have missed the last")
    reader.top("On the quay")
    reader.look("parts", QRect(226, 40, 734, 230))
    reader.press("Escape", "Escape")
    reader.find("nine minutes less")
    reader.press("Left", ".")
    reader.top("It is widely believed")
    reader.press("Escape", ".")
    reader.look("marks-here", QRect(226, 40, 734, 470))
    reader.press("Escape")
    reader.activate()


def linking(reader: Reader) -> None:
    """Who says it: proposed, typed, nested, nobody."""
    reader.rest()
    reader.find("every one of those boats was on time")
    reader.press("C", "L")
    reader.look("link-cue", QRect(226, 170, 734, 602))
    reader.press("Escape", "Ctrl+Z")
    reader.choose("No other week was ever")
    reader.top("The figure itself")
    reader.press("L")
    reader.type("bri")
    reader.look("link-typed", QRect(226, 40, 734, 560))
    reader.press("Escape")
    reader.rest()
    reader.choose("he had seen the report")
    reader.look("nested")
    reader.rest()


def registers(reader: Reader) -> None:
    """Sources: listed, merged, split, marked elsewhere."""
    reader.rest()
    reader.press("Ctrl+4", "Down", "Return")
    reader.look("sources")
    reader.rest()
    reader.find("Brightwater")
    reader.press("S")
    reader.look_at_dialog("merge", lambda: reader.press("Ctrl+J"))
    reader.press("Ctrl+Z")
    reader.rest()
    reader.choose("The company")
    reader.look_at_dialog("split", lambda: reader.press("Ctrl+Shift+J"), _split_the_company)
    reader.rest()
    reader.choose("The Harbour Office")
    reader.look_at_dialog("other-places", lambda: reader.press("Ctrl+M"))
    reader.rest()


def _split_the_company(dialog: QDialog) -> None:
    from annotator.ui.dialogs.mentions import PlacesDialog

    assert isinstance(dialog, PlacesDialog) and dialog.name is not None
    QTest.keyClicks(dialog.name, "Spokesman of Vesper Lines")
    QTest.keyClick(dialog.name, Qt.Key.Key_Down)
    QTest.keyClick(dialog.places, Qt.Key.Key_Down)
    QTest.keyClick(dialog.places, Qt.Key.Key_Space)


def seeing(reader: Reader) -> None:
    """Coverage, the filter, the text alone."""
    reader.rest()
    reader.press("J")
    reader.look("coverage", QRect(0, 250, 960, 550))
    reader.rest()
    reader.press("Ctrl+D", "Return", "Space", "Escape")
    reader.press(*["Right"] * 4)
    reader.press("Return", "Space", "Escape")
    reader.to_text()
    reader.top("The figure itself")
    reader.look("filter", QRect(226, 40, 734, 420))
    reader.rest()
    reader.press("F8", "F11")
    reader.window.showNormal()  # the screen here is smaller than the picture
    reader.window.resize(*SIZE)
    reader.window.status.hide()
    reader.top("The figure itself")
    reader.look("only-the-text")
    reader.press("Escape", "F8")


def describing(reader: Reader) -> None:
    """A claim checked, the code book, profiles, history, keys."""
    reader.rest()
    reader.choose("98 per cent of crossings")
    reader.press("V")
    reader.look("check", DETAILS)
    reader.rest()
    reader.look_at_dialog("code-book", lambda: reader.press("Ctrl+Shift+K"), _show_cue_words)
    reader.choose("98 per cent of crossings")
    both: list[QPixmap] = []
    for profile in ("teacher", "researcher"):
        reader.window.choose_profile(profile)
        QTest.qWait(REST_MS)
        both.append(reader.window.grab(DETAILS))
    reader.window.choose_profile("editor")
    reader.keep("profiles", _beside(both))
    reader.press("Escape", "Escape")
    reader.find("the school was closed")
    reader.press("C", "L", "Return")
    reader.choose("31 of 60")
    reader.press("Alt+Right", "Alt+Left")
    reader.press("Escape", "Ctrl+6", "Down", "Down", "Return")
    reader.look("history", DETAILS)
    reader.press("Home", "Return")
    reader.rest()
    reader.look_at_dialog("keys", lambda: reader.press("F1"))
    reader.press("Ctrl+K")
    reader.type("merge")
    reader.look("palette", QRect(0, 0, 1280, 250))
    reader.press("Escape")
    reader.rest()


def _show_cue_words(dialog: QDialog) -> None:
    from annotator.ui.dialogs.code_book import CodeBookDialog

    assert isinstance(dialog, CodeBookDialog)
    while not str(dialog.shelves.currentIndex().data()).startswith("Cue words"):
        QTest.keyClick(dialog.shelves, Qt.Key.Key_Down)
    QTest.keyClicks(dialog.search, "insist")
    dialog.view.choose(2)


def _beside(pictures: list[QPixmap]) -> QPixmap:
    made = QPixmap(sum(p.width() + 16 for p in pictures) - 16, max(p.height() for p in pictures))
    made.fill(Qt.GlobalColor.white)
    p, x = QPainter(made), 0
    for picture in pictures:
        p.drawPixmap(x, 0, picture)
        x += picture.width() + 16
    p.end()
    return made


def read_only(reader: Reader) -> None:
    """A project another window holds."""
    held = Project.open(paths.data() / "Sample.annot")
    try:
        reader.window.projects.open_project(held.path)
        reader.until(lambda: reader.window.workspace.sentences)
        reader.look("read-only", QRect(0, 0, 1280, 330))
    finally:
        reader.window.workspace.close()
        held.close()


@contextmanager
def reading(out: Path, *, theme: str = "light", first: bool = False) -> Iterator[Reader]:
    """Give a window in folders of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANNOTATOR_HOME"] = str(Path(home).resolve())
        reader = Reader(out, theme=theme, first=first)
        try:
            yield reader
        finally:
            reader.close()


def main(out: Path) -> None:
    """Take all pictures of the guide into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    with reading(out, first=True) as reader:
        reader.application.start(())
        reader.until(lambda: reader.window.findChild(WorkQuestion))
        reader.look("first-start", QRect(0, 0, 1280, 330))
    with reading(out) as reader:
        reader.look("welcome")
        first_minutes(reader)
    with reading(out) as reader:
        reader.sample()
        for chapter in (marking, linking, registers, seeing, describing):
            chapter(reader)
        reader.window.workspace.close()
        read_only(reader)
    with reading(out) as reader:
        reader.sample()
        guide_reports.main(reader)
    with reading(out) as reader, tempfile.TemporaryDirectory() as folder:
        guide_reading.main(reader, Path(folder))
    for theme, name in (("dark", "dark"), ("dark-contrast", "high-contrast")):
        with reading(out, theme=theme) as reader:
            reader.sample()
            reader.choose("98 per cent of crossings")
            reader.look(name)
