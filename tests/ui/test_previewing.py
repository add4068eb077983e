"""Pages as pictures beside the window: the newest wish wins, what was made is kept, errors are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from annotator import exporters, paths
from annotator.errors import AnnotatorError
from annotator.exporters import table_files
from annotator.exporters.document import Column, Comment, CommentEnd, CommentStart, Paragraph, Report, Table, Text
from annotator.exporters.material import Material
from annotator.exporters.options import ReportOptions
from annotator.project import Project
from annotator.tables import PerCent, Sheet
from annotator.ui import previewing
from annotator.ui.pages import Pages
from annotator.ui.previewing import Made, Previewer, Shown, Wish
from annotator.ui.workspace import Cancelled

CELL = (Paragraph("TableText", (Text("a cell"),)),)
TABLE = Table((Column("Head", 4),), ((CELL,),) * 3, "Claims")
COMMENT = Comment("Ida", "I", "2026-01-01T00:00:00Z", ((Text("a note"),),))
WORDS = tuple(Paragraph("ArticleBody", (Text(f"Paragraph {n}."),)) for n in range(600))
REPORT = Report(
    "Audit", "Bridge", "Ida", date(2026, 1, 1), "en-GB", "by Ida",
    (Paragraph("Normal", (CommentStart(0), Text("claim"), CommentEnd(0))), TABLE, *WORDS), (COMMENT,),
)  # fmt: skip


class Maker:
    """Counts what is asked of it; ``gate`` holds it back."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def __call__(self, options: ReportOptions, scope: str) -> Made:
        self.gate.wait(10)
        self.asked.append((options.kind, scope))
        if self.error is not None:
            raise self.error
        return Made(REPORT, "some" if scope == "all" else "")


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def previewer(qtbot: QtBot, maker: Maker) -> Iterator[Previewer]:
    made = Previewer(maker)
    yield made
    maker.gate.set()
    made.wait()
    made.stop()


def wish(page: int = 0, scope: str = "one", **options: object) -> Wish:
    return Wish(ReportOptions(**options), scope, page, 300)  # type: ignore[arg-type]


def seen(qtbot: QtBot, previewer: Previewer, asked: Wish) -> Shown:
    """Ask, and return the last picture of that wish."""
    found: list[Shown] = []
    previewer.shown.connect(found.append)
    previewer.ask(asked)
    qtbot.waitUntil(lambda: any(s.wish == asked and s.complete for s in found), timeout=10_000)
    return found[-1]


def test_a_page_is_painted_and_all_are_counted(qtbot: QtBot, previewer: Previewer) -> None:
    shown = seen(qtbot, previewer, wish())
    assert shown.count > 10 and shown.page == 0 and shown.image.width() == 300 and shown.of == ""
    last = seen(qtbot, previewer, wish(9_999))
    assert last.page == last.count - 1


def test_turning_makes_no_new_report_but_paper_and_options_do(qtbot: QtBot, previewer: Previewer, maker: Maker) -> None:
    seen(qtbot, previewer, wish())
    seen(qtbot, previewer, wish(3))
    seen(qtbot, previewer, wish(format="pdf"))
    assert maker.asked == [("annotated", "one")]
    seen(qtbot, previewer, wish(3, paper="Letter"))  # a first page is filled by the room there is
    assert maker.asked == [("annotated", "one")] * 2
    seen(qtbot, previewer, wish(notes=False))
    assert seen(qtbot, previewer, wish(notes=False, scope="all")).of == "some"
    assert maker.asked[2:] == [("annotated", "one"), ("annotated", "all")]


def test_what_is_wished_for_meanwhile_is_left_but_for_the_newest(
    qtbot: QtBot, previewer: Previewer, maker: Maker
) -> None:
    maker.gate.clear()
    found: list[Shown] = []
    previewer.shown.connect(found.append)
    for kind in ("annotated", "audit", "worksheet", "claims"):
        previewer.ask(wish(kind=kind))
    maker.gate.set()
    qtbot.waitUntil(lambda: bool(found) and found[-1].complete, timeout=10_000)
    assert {s.wish.options.kind for s in found} == {"claims"}
    assert len(maker.asked) <= 2, "the one that was being made, and the newest"


def test_comments_stand_beside_the_page_only_as_word_shows_them(qtbot: QtBot, previewer: Previewer) -> None:
    def shape(asked: Wish) -> float:
        image = seen(qtbot, previewer, asked).image
        return image.width() / image.height()

    plain = shape(wish(format="pdf"))
    assert shape(wish()) > plain * 1.2
    assert shape(wish(comments=False)) == pytest.approx(plain, abs=0.01)


def test_of_tables_only_the_tables_are_shown(qtbot: QtBot, previewer: Previewer) -> None:
    assert seen(qtbot, previewer, wish(format="xlsx")).count == 1
    assert seen(qtbot, previewer, wish(format="pdf")).count > 10


def test_the_preview_of_tables_has_every_sheet_of_the_file(tmp_path: Path) -> None:
    copy = tmp_path / "sample.annot"
    copy.write_bytes(paths.resource("sample.annot").read_bytes())
    project = Project.open(copy, read_only=True)
    try:
        material = Material.read(project, project.article_ids())
    finally:
        project.close()
    for kind in ("annotated", "audit", "claims"):
        options = ReportOptions(kind=kind)
        report = exporters.build(material, options, coder="Ida", today=date(2026, 1, 1))
        shown = previewing._only_tables(report)
        names = [p.inlines[0].text for p in shown.parts if isinstance(p, Paragraph)]
        assert names == [sheet.name for sheet in table_files.sheets(report)] and len(names) > 1
        Pages(shown, options).lay_out()


def test_a_sheet_of_any_shape_is_a_table() -> None:
    wide = Sheet("Wide", tuple(f"Head {n}" for n in range(30)), [list(range(30))], (4.0,) * 30)
    odd = Sheet("Odd", (), [["=1+1", None, True, 1234, PerCent(0.128)], ["short"]])
    made, other = previewing._printed(wide), previewing._printed(odd)
    assert made.columns[-1].head == "…" and sum(c.width for c in made.columns) == pytest.approx(16)
    words = [[cell[0].inlines[0].text for cell in row] for row in other.rows]
    assert words == [["=1+1", "", "True", "1,234", "12.8 %"], ["short", "", "", "", ""]]
    assert previewing._printed(Sheet("None", ("a",), [])).rows == ()


def test_a_users_error_is_told_and_the_next_wish_is_heard(qtbot: QtBot, previewer: Previewer, maker: Maker) -> None:
    maker.error = AnnotatorError("The disk is gone.")
    with qtbot.waitSignal(previewer.failed) as told:
        previewer.ask(wish())
    assert told.args == ["The disk is gone."]
    maker.error = None
    assert seen(qtbot, previewer, wish()).count > 1


def test_of_what_was_left_nothing_is_told(qtbot: QtBot, previewer: Previewer, maker: Maker) -> None:
    maker.error = Cancelled()
    previewer.failed.connect(pytest.fail)
    previewer.ask(wish())
    previewer.wait()
    maker.error = None
    assert seen(qtbot, previewer, wish()).count > 1


def test_an_error_nobody_expected_is_told_and_reaches_the_hook(
    qtbot: QtBot, previewer: Previewer, maker: Maker
) -> None:
    maker.error = ZeroDivisionError("one")
    with capture_exceptions() as errors, qtbot.waitSignal(previewer.failed) as told:
        previewer.ask(wish())
        qtbot.waitUntil(lambda: bool(errors), timeout=10_000)
    assert told.args == ["No preview could be made."] and errors[0][0] is ZeroDivisionError


def test_after_the_end_nothing_is_shown(qtbot: QtBot, maker: Maker) -> None:
    previewer = Previewer(maker)
    maker.gate.clear()
    found: list[Shown] = []
    previewer.shown.connect(found.append)
    previewer.ask(wish())
    previewer.stop()
    maker.gate.set()
    previewer.wait()
    QCoreApplication.sendPostedEvents()
    assert not found


def test_the_window_does_not_wait_for_what_is_left_and_the_rest_goes_by_itself(qtbot: QtBot, maker: Maker) -> None:
    parent = QObject()
    previewer = Previewer(maker, parent)
    maker.gate.clear()
    previewer.ask(wish())
    previewer.ask(wish(kind="audit"))
    previewer.stop()  # returns although the gate is shut
    parent.deleteLater()
    QCoreApplication.sendPostedEvents()
    assert not maker.asked
    with qtbot.waitSignal(previewer.destroyed, timeout=10_000):
        maker.gate.set()
    assert maker.asked in ([], [("annotated", "one")])


def test_a_wish_is_a_value() -> None:
    assert wish() == wish() != replace(wish(), page=1)
