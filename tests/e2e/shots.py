"""Pictures of every screen, to be looked at: ``python -m tests.e2e.shots OUT``; in every look, small and large.

``python -m tests.e2e.shots --guide docs/pictures`` makes the pictures of the guide anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator import importers, paths
from annotator.exporters import KINDS
from annotator.model import Claim
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.application import Application
from annotator.ui.filters import Filter
from annotator.ui.main_window import MainWindow
from annotator.ui.panels.audit import AuditPanel
from annotator.ui.panels.library_model import Arrangement
from annotator.ui.theme import THEMES

if TYPE_CHECKING:
    from annotator.ui.dialogs.export import ExportDialog
    from annotator.ui.dialogs.import_article import ImportDialog
    from annotator.ui.panels.claims import ClaimsPanel
    from annotator.ui.panels.inspector import Inspector

SIZES = ((1280, 800), (1920, 1080))
SETTLE_MS = 5000

RIGHT_TO_LEFT = """تأخرت العبّارة مرة أخرى

كتبت سلمى النورس

قالت سلمى النورس إن العبّارة المسائية «تأخرت تسع دقائق» يوم الثلاثاء. ولم يرد مكتب الميناء على الأسئلة.

«ننتظر على الرصيف كل ليلة»، قال صياد من الجزيرة، «ولا أحد يسأل عنا». ويُعتقد أن المحرك قديم، لكن المحرك 2021 جديد.
"""


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slipway to stay shut</title>
<meta property="og:site_name" content="The Quay Lantern"><meta name="author" content="Ines Kallavere">
<meta property="article:published_time" content="2031-04-09"></head><body>
<nav><a href="/">Home</a> <a href="/quay">Quay</a> <a href="/weather">Weather</a></nav>
<article><h1>Slipway to stay shut until autumn</h1><p class="standfirst">Repairs wait for a part nobody has ordered</p>
<p class="byline">By Ines Kallavere</p>
<p>The slipway at the old quay will stay shut until the autumn, the harbour office said on Tuesday. It is the third time
in four years that the winch has failed, and the first time that nobody has said what the repair will cost.</p>
<figure><img src="winch.jpg"><figcaption>The winch, with its cover off. Photograph: the harbour office</figcaption></figure>
<h2>What is broken</h2>
<ul><li>the drum of the winch, cracked along its whole length</li><li>two of the four rails</li></ul>
<blockquote><p>We were told in March that the part was on a ship.</p></blockquote>
<p>That was Oskar Lindqvale, who keeps two boats on the slip and has written to the office four times since January. His
letters, he said, were answered by a machine that thanked him for his patience.</p>
<table><tr><th>Year</th><th>Days shut</th><th>Reason given</th></tr><tr><td>2028</td><td>41</td><td>winch</td></tr>
<tr><td>2030</td><td>66</td><td>winch, and a rail that had sunk</td></tr></table>
<p>The office did not say who inspects the winch, or how often. Its yearly report calls the slipway “in good order”.</p>
</article><section id="comments"><h3>Comments</h3><p>The machine answered me as well.</p></section>
<footer>The Quay Lantern. All rights reserved.</footer></body></html>
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

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the program work until something is so, or for as long as it may take."""
        clock, loop = QElapsedTimer(), QEventLoop()
        clock.start()
        while not condition() and clock.elapsed() < 4 * SETTLE_MS:
            QTimer.singleShot(10, loop.quit)
            loop.exec()

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

    def take_dialog(
        self, name: str, ask: Callable[[], object], before: Callable[[QDialog], object] = lambda _: None
    ) -> None:
        """Open a dialog that waits for its answer, do something ``before`` its picture is taken, leave it."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                before(dialog)
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
    in_the_check(camera)
    in_dialogs(camera, folder)
    the_reports(camera)
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
    in_the_audit(camera)
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


def in_the_check(camera: Camera) -> None:
    """A claim's check with its whole evidence form, a verdict that asks why, claims to be checked, and the ledger."""
    window, workspace = camera.window, camera.window.workspace
    annotated = workspace.annotated
    assert annotated is not None
    judged = next(c.id for c in annotated.claims if annotated.verdict_given(c.id) is not None)
    claims = [c.id for c in annotated.claims]
    workspace.do(lambda p: (p.same_as(claims[9], claims[1]), p.same_as(claims[15], claims[1])))
    workspace.choose(judged)
    window.side.edit("verdict")
    camera.settle()
    check = cast("Inspector", window.side.panel).page.check  # type: ignore[union-attr]
    check.give("1" if check.scale.verdict != "1" else "2")
    camera.take("check-asks-why")
    check.evidence.setFocus()
    camera.press(Qt.Key.Key_Return)
    camera.settle()
    camera.take("evidence-form")
    camera.press(Qt.Key.Key_Escape)
    window.side.show_panel("claims")
    cast("ClaimsPanel", window.side.panel).show_only("open")
    camera.take("claims-to-check")
    cast("ClaimsPanel", window.side.panel).show_only("all")
    window.side.show_panel("details")
    camera.take_dialog("ledger", window.actions_["view.ledger"].trigger)


def in_the_audit(camera: Camera) -> None:
    """The figures, a finding that is being answered, all figures, the passages behind one, the table behind a picture."""
    panel = camera.window.side.show_panel("audit")
    assert isinstance(panel, AuditPanel)
    kept = panel.auditing
    camera.wait(lambda: not kept.stale and not kept.counting and kept.outcome.findings is not None)
    camera.take("audit")
    panel.findings.list.setFocus()
    panel.findings.list.choose(1)
    camera.take("audit-finding")
    camera.press(Qt.Key.Key_A)
    camera.type("Both were asked.")
    camera.take("audit-answer")
    camera.press(Qt.Key.Key_Escape)
    panel.all.click()
    panel.figures.setFocus()
    panel.figures.choose(4)
    camera.take("audit-all-figures")
    camera.press(Qt.Key.Key_Return)
    camera.take("audit-passages")
    camera.press(Qt.Key.Key_Escape)
    panel.all.click()
    panel.charts["types"].table.click()
    camera.take("audit-table")
    camera.press(Qt.Key.Key_Escape)
    panel.scope.choose(1)
    camera.wait(lambda: not kept.stale and not kept.counting)
    camera.take("audit-selection")
    panel.scope.choose(0)


def in_dialogs(camera: Camera, folder: Path) -> None:
    """Dialogs over the window."""
    window = camera.window
    text = folder / "caf\xe9.txt"
    text.write_bytes(
        "Caf\xe9 shut\n\nBy Ines Kallavere\n\nThe caf\xe9 on the quay is shut, its owner said.\n".encode("cp1252")
    )
    draft = importers.read(text)
    camera.take_dialog("import", lambda: window.imports._offer(draft))
    page = folder / "slipway.html"
    page.write_text(PAGE, "utf-8")
    read = importers.read(page)
    for name, at in (("import-page", 0), ("import-left-out", 1), ("import-report", 2)):
        camera.take_dialog(
            name,
            lambda: window.imports._offer(read),
            lambda dialog, at=at: cast("ImportDialog", dialog)._switch.choose(at),
        )
    window.originals.show()
    panel, clock = window.originals.panel, QElapsedTimer()
    clock.start()
    while panel._job is not None and clock.elapsed() < SETTLE_MS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    panel.show_place()
    camera.take("original")
    window.originals.close()
    for name, command in (
        ("facts", "article.facts"),
        ("code-book", "project.code_book"),
        ("house-rules", "project.house_rules"),
        ("preferences", "app.preferences"),
        ("keys", "help.keys"),
        ("about", "help.about"),
        ("delete", "article.delete"),
    ):
        camera.take_dialog(name, window.actions_[command].trigger)


def the_reports(camera: Camera) -> None:
    """The export dialog with each kind of report, its page made."""
    for kind in KINDS:

        def show(dialog: QDialog, kind: str = kind) -> None:
            asked = cast("ExportDialog", dialog)
            asked.choose_kind(kind)
            camera.wait(lambda: asked.preview.is_counted and asked.preview.kind == kind)
            if kind == "annotated":
                asked.preview.turn(1)  # the article itself
                camera.wait(lambda: asked.preview.page_shown == 1)

        name = "export" if kind == "annotated" else f"export-{kind}"
        camera.take_dialog(name, camera.window.actions_["report.export"].trigger, show)


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


def in_the_library(camera: Camera, folder: Path) -> None:
    """Many files added, put in groups, tagged, searched by words and by a pattern."""
    window, press = camera.window, folder / "Ferry press"
    press.mkdir()
    papers = ("The Harbour Review", "Valley Post", "Eastbank Weekly")
    for n in range(1, 25):
        text = (
            f"---\ntitle: Ferry {n} is late, and nobody on the quay was told\npublication: {papers[n % 3]}\n"
            f"date: 2031-0{n % 9 + 1}-1{n % 10}\n---\n\nThe ferry was {n} minutes late, said Ida Vennemark. "
            f"About {n} per cent of the boats are. The harbour office did not answer.\n"
        )
        (press / f"ferry {n}.md").write_text(text, "utf-8")
    (press / "again.md").write_bytes((press / "ferry 3.md").read_bytes())
    (press / "caf\xe9.txt").write_bytes("Caf\xe9 shut\n\nThe caf\xe9 on the quay is shut.\n".encode("cp1252"))
    (press / "accounts.xlsx").write_bytes(b"PK")
    (press / "scan.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    window.projects.create(folder / "Ferry press.annot")
    queue = window.imports.many.queue
    window.imports.add_files([press])
    camera.wait(lambda: queue.count("added") > 4)
    sheet = window.imports.many.sheet
    camera.take("many-files-running", sheet)
    camera.wait(lambda: not queue.running)
    sheet.filter.choose(1)
    sheet.list.setCurrentIndex(sheet.list.rows.index(0))
    camera.take("many-files-failed", sheet)
    sheet.filter.choose(4)
    camera.take("many-files-others", sheet)
    sheet.hide()
    project, library = window.workspace.project, window.library
    assert project is not None
    ids = project.article_ids()
    project.set_group(ids[:9], "Spring series")
    project.set_group(ids[9:14], "Autumn series")
    project.tag_articles(ids[:6], "for class 9b")
    project.tag_articles(ids[4:11], "delays")
    project.archive(ids[-3:])
    library.set_arrangement(
        Arrangement(sort="date", down=True, group="group", folded=frozenset({"group/Spring series"}))
    )
    window.activateWindow()
    camera.settle()
    library.list.setFocus()
    library.list.scrollToTop()
    library.choose(set(ids[9:12]))
    camera.take("library-in-groups")
    camera.take_dialog("article-tags", window.actions_["library.tags"].trigger)
    camera.take_dialog("article-group", window.actions_["library.group"].trigger)
    for name, pattern, words in (
        ("search", False, "per cent of boats"),
        ("search-pattern", True, r"\d+ (minutes|per cent)"),
    ):
        library.start_search(pattern=pattern)
        library.search.setText(words)
        camera.wait(lambda: library.found._now is None and not library.found._timer.isActive())
        library.found.enter_when_found()
        QTest.keyClick(library.found.list, Qt.Key.Key_Return)
        camera.take(name)


def main(out: Path) -> None:
    """Take all pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for theme in THEMES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as home:
                os.environ["ANNOTATOR_HOME"] = home
                camera = Camera(out, theme, size)
                of_everything(camera, Path(home))
                in_the_library(camera, Path(home))
                camera.close()


if __name__ == "__main__":
    if sys.argv[1] == "--guide":
        from tests.e2e import guide  # brings the tests' driver, which the pictures of the screens do without

        guide.main(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
