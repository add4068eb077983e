"""Pictures of every screen, to be looked at: ``python -m tests.e2e.shots OUT``; in every look, small and large.

``python -m tests.e2e.shots --guide docs/pictures`` makes the pictures of the guide anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator import importers, paths
from annotator.model import Claim
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.filters import Filter
from annotator.ui.main_window import MainWindow
from annotator.ui.theme import THEMES

SIZES = ((1280, 800), (1920, 1080))
SETTLE_MS = 5000

RIGHT_TO_LEFT = """تأخرت العبّارة مرة أخرى

كتبت سلمى النورس

قالت سلمى النورس إن العبّارة المسائية «تأخرت تسع دقائق» يوم الثلاثاء. ولم يرد مكتب الميناء على الأسئلة.

«ننتظر على الرصيف كل ليلة»، قال صياد من الجزيرة، «ولا أحد يسأل عنا». ويُعتقد أن المحرك قديم، لكن المحرك 2021 جديد.
"""


class Camera:
    """One window at one size and theme, and the pictures taken of it."""

    def __init__(self, out: Path, theme: str, size: tuple[int, int]) -> None:
        self._name = f"{theme}-{size[0]}"
        self._out = out
        Settings.load(paths.config()).put(theme=theme, tour_done=True)
        self.application = Application()
        self.window: MainWindow = self.application.window
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self._taken = 0

    def settle(self) -> None:
        """Let everything that is about to be shown be shown."""
        clock = QElapsedTimer()
        clock.start()
        workspace = self.window.workspace
        while clock.elapsed() < SETTLE_MS:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if workspace.article is None or (workspace.sentences and clock.elapsed() > 150):
                break
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def take(self, name: str, over: QWidget | None = None) -> None:
        """Take a picture of the window, a dialog laid over it."""
        self.settle()
        picture = self.window.grab()
        if over is not None:
            self._lay(over.grab(), picture)
        self._taken += 1
        picture.save(str(self._out / f"{self._taken:02}-{name}-{self._name}.png"))

    @staticmethod
    def _lay(dialog: QPixmap, picture: QPixmap) -> None:
        p = QPainter(picture)
        p.fillRect(picture.rect(), Qt.GlobalColor.transparent)
        p.setOpacity(0.35)
        p.fillRect(picture.rect(), Qt.GlobalColor.black)
        p.setOpacity(1.0)
        size = dialog.deviceIndependentSize()
        p.drawPixmap(int((picture.width() - size.width()) / 2), int((picture.height() - size.height()) / 2), dialog)
        p.end()

    def take_dialog(self, name: str, ask: Callable[[], object]) -> None:
        """Open a dialog that waits for its answer, take its picture, leave it."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                self.take(name, dialog)
                dialog.reject()

        QTimer.singleShot(200, look)
        ask()
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, words: str) -> None:
        """Type ASCII words where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)

    def choose_linked_claim(self) -> Claim:
        """Choose a claim with a source marked in the text and a cue, in the middle of the article."""
        annotated = self.window.workspace.annotated
        assert annotated is not None
        whole = [a for a in annotated.attributions if a.source_mention and a.cue]
        claim = annotated.by_id[whole[len(whole) // 2].claim]
        assert isinstance(claim, Claim)
        self.window.workspace.choose(claim.id)
        return claim

    def choose_open_claim(self) -> None:
        """Choose a claim without a link; make one where all are linked."""
        annotated, workspace = self.window.workspace.annotated, self.window.workspace
        assert annotated is not None
        found = next((c for c in annotated.claims if not annotated.attributions_of.get(c.id)), None)
        if found is None:
            start = annotated.text.index("The engines were replaced")
            end = annotated.text.index("What changed that year")
            made = workspace.do(lambda p: p.mark(annotated.article.id, "claim", [(start, end - 1)]))
            workspace.choose(made)
        else:
            workspace.choose(found.id)

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.application.workspace.wait_for_jobs()
        self.window.deleteLater()
        QApplication.processEvents()


def of_everything(camera: Camera, folder: Path) -> None:
    """Take every picture, in the order a person would meet the screens."""
    window = camera.window
    camera.take("welcome")
    window.projects.open_sample()
    camera.settle()
    camera.take("main")
    camera.choose_linked_claim()
    camera.take("claim-linked")
    in_the_article(camera)
    in_the_panels(camera)
    in_dialogs(camera, folder)
    elsewhere(camera, folder)


def in_the_article(camera: Camera) -> None:
    """Link card, find bar, filter, line numbers, the text alone, and palette."""
    window = camera.window
    camera.choose_open_claim()
    window.linking.link()
    camera.take("link-card")
    camera.type("ha")
    camera.take("link-typed")
    window.card.dismiss()
    window.column.open_find()
    camera.type("table")
    camera.take("find")
    camera.press(Qt.Key.Key_Escape)
    window.actions_["view.filter"].trigger()
    window.column.filtering.set(Filter(kind=frozenset({"claim"}), link=frozenset({"unlinked"})))
    camera.take("filter")
    window.column.filtering.close()
    window.actions_["view.numbers"].trigger()
    window.actions_["view.alone"].trigger()
    camera.take("only-the-text")
    window.viewing.leave_alone()
    window.actions_["view.numbers"].trigger()
    window.open_palette()
    camera.take("palette")
    camera.type("zone")
    camera.take("palette-typed")
    camera.press(Qt.Key.Key_Escape)


def in_the_panels(camera: Camera) -> None:
    """Every panel of every profile that is not the article's own."""
    window = camera.window
    for panel in ("claims", "sources", "entities", "history"):
        window.side.show_panel(panel)
        camera.take(panel)
    window.side.show_panel("details")
    annotated = window.workspace.annotated
    assert annotated is not None
    for name, marks in (("source", annotated.source_mentions), ("entity", annotated.mentions)):
        window.workspace.choose(marks[0].id)
        camera.take(f"details-{name}")
    window.choose_profile("researcher")
    camera.choose_linked_claim()
    camera.take("researcher")
    window.choose_profile("teacher")
    camera.take("teacher")
    window.choose_profile("editor")


def in_dialogs(camera: Camera, folder: Path) -> None:
    """Dialogs over the window."""
    window = camera.window
    text = folder / "caf\xe9.txt"
    text.write_bytes(
        "Caf\xe9 shut\n\nBy Ines Kallavere\n\nThe caf\xe9 on the quay is shut, its owner said.\n".encode("cp1252")
    )
    draft = importers.read(text)
    camera.take_dialog("import", lambda: window.imports._offer(draft))
    for name, command in (
        ("facts", "article.facts"),
        ("export", "report.export"),
        ("code-book", "project.code_book"),
        ("preferences", "app.preferences"),
        ("keys", "help.keys"),
        ("about", "help.about"),
        ("delete", "article.delete"),
    ):
        camera.take_dialog(name, window.actions_[command].trigger)


def elsewhere(camera: Camera, folder: Path) -> None:
    """A project that can only be read, one of many articles, one written from right to left."""
    window = camera.window
    held = Project.create(folder / "Held elsewhere.annot")
    try:
        held.add_article(importers.read(paths.resource("sample", "article.txt")))
        window.projects.open_project(held.path)
        camera.take("read-only")
    finally:
        window.workspace.close()
        held.close()
    window.projects.create(folder / "From right to left.annot")
    camera.take("empty-project")
    project = window.workspace.project
    assert project is not None
    article = project.add_article(importers.draft_from_text(RIGHT_TO_LEFT))
    project.edit_article(article, language="ar")
    text = project.version(article).text
    for kind, words in (
        ("source_mention", "سلمى النورس"),
        ("claim", "العبّارة المسائية «تأخرت تسع دقائق»"),
        ("mention", "مكتب الميناء"),
    ):
        at = text.rindex(words)
        project.mark(article, kind, [(at, at + len(words))])
    annotated = project.annotated(article)
    claim, source = annotated.claims[0].id, annotated.source_mentions[0].id
    project.link_mention(claim, source)
    window.workspace.show_article(article)
    window.workspace.choose(claim)
    camera.take("right-to-left")


def main(out: Path) -> None:
    """Take all pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as home:
                os.environ["ANNOTATOR_HOME"] = home
                camera = Camera(out, theme, size)
                of_everything(camera, Path(home))
                camera.close()


if __name__ == "__main__":
    if sys.argv[1] == "--guide":
        from tests.e2e import guide  # brings the tests' driver, which the pictures of the screens do without

        guide.main(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
