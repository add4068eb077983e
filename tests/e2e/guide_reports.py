"""The guide's pictures of the audit, of checking, and of the reports: their pages painted as the PDF has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from annotator import exporters, importers
from annotator.exporters.material import Material
from annotator.exporters.options import ReportOptions
from annotator.ui.pages import Pages
from annotator.ui.previewing import painted
from annotator.ui.render import QtRenderer

if TYPE_CHECKING:
    from annotator.model import Id
    from annotator.ui.dialogs.export import ExportDialog
    from annotator.ui.dialogs.house_rules import HouseRulesDialog
    from annotator.ui.panels.audit import AuditPanel
    from annotator.ui.panels.claim_page import ClaimPage
    from annotator.ui.panels.inspector import Inspector
    from tests.e2e.guide import Reader

SMALL, WIDE, TALL = (1280, 800), (1440, 900), (1280, 1500)
AIR = 12
"""Room around a part of the panel, px."""
PAGE, ALONE, GAP = 620, 1040, 24
"""How wide a page is on a picture beside another, and alone with its comments, and what is around it, px."""
AROUND = QColor("#e4e1d8")
EDGE = QColor("#8d897e")
TODAY = date(2031, 6, 12)

REPORTS = {
    "report-annotated": ("annotated", (1,)),
    "report-audit": ("audit", (0, 1)),
    "report-worksheet": ("worksheet", (0, 2)),
    "report-key": ("answer-key", (0, 2)),
    "report-claims": ("claims", (0, 4)),
}
"""Each picture of a report: its kind, and which of its pages."""
OF_SEVERAL = {"report-several": ("audit", (0,))}


@dataclass(frozen=True)
class Said:
    """A claim of one of the other articles: its words, who says it (None: the author), where named, the cue and its load."""

    words: str
    source: str | None
    named: str = ""
    cue: str = ""
    load: str = "neutral"
    same: bool = False
    """Whether it says what the sample's figure says."""


PRESS = (
    (
        "The boats keep their word",
        "The Harbour Review",
        "The evening ferry is on time in 98 of 100 crossings, the Harbour Office announced on Monday. “We are proud of "
        "every one of them,” said Petra Oyelund, its director. A new ticket hall opens in June. It will cost 400,000 "
        "crowns, according to the county.",
        (
            Said("The evening ferry is on time in 98 of 100 crossings", "Harbour Office", "the Harbour Office", "announced", same=True),
            Said("“We are proud of every one of them,”", "Petra Oyelund", "Petra Oyelund", "said"),
            Said("A new ticket hall opens in June.", None),
            Said("It will cost 400,000 crowns", "The county", "the county", "according to"),
        ),
    ),
    (
        "Islanders count for themselves",
        "Valley Post",
        "For six weeks Ida Vennemark noted when the boat came in. It was late on 31 evenings of 42, she claims. Skippers "
        "admit that the bell is rung early. “Nobody ever asked us,” complained one of them. The office insists that 98 "
        "per cent of its boats are on time. The list hangs in the bakery.",
        (
            Said("It was late on 31 evenings of 42", "Ida Vennemark", "Ida Vennemark", "claims", "doubt"),
            Said("the bell is rung early", "Skippers", "Skippers", "admit", "accusing"),
            Said("“Nobody ever asked us,”", "Skippers", "one of them", "complained", "other"),
            Said("98 per cent of its boats are on time", "Harbour Office", "The office", "insists", "emphatic", same=True),
            Said("The list hangs in the bakery.", None),
        ),
    ),
    (
        "A bonus for nine minutes",
        "Eastbank Weekly",
        "Vesper Lines is to receive 1.2 million crowns if its boats stay on time, as 98 per cent of them are. The "
        "contract ends in December. “It was earned,” said Harald Quist, who speaks for the company. Whether anybody "
        "looks at the log is not known.",
        (
            Said("Vesper Lines is to receive 1.2 million crowns if its boats stay on time", None),
            Said("98 per cent of them are", None, same=True),
            Said("The contract ends in December.", None),
            Said("“It was earned,”", "Harald Quist", "Harald Quist", "said"),
        ),
    ),
)  # fmt: skip
"""Three articles about the sample's ferry: title, publication, text, and what is said in them by whom."""


# -- the audit


def counted(reader: Reader) -> AuditPanel:
    """Open the audit and wait until it is right."""
    if "audit" not in type(reader.window.side.panel).__name__.lower():
        reader.press("Ctrl+7")
    panel = cast("AuditPanel", reader.window.side.panel)
    kept = panel.auditing
    reader.until(lambda: not kept.stale and not kept.counting and kept.outcome.findings is not None)
    reader.until(lambda: panel._drawn == (kept.outcome.audit, panel._drawing()))
    return panel


def audit(reader: Reader) -> None:
    """The sample's audit beside the article; a figure opened; a finding answered; the house rules."""
    reader.rest()
    reader.window.resize(*WIDE)
    panel = counted(reader)
    reader.to_text()
    reader.press("Ctrl+Home")
    reader.look("audit")
    next(t for t in panel.grid.tiles if t.key == "check_worthy_unattributed").setFocus()
    reader.press("Return")
    reader.until(lambda: panel.pages.currentWidget() is panel.pages.places)
    reader.press("Down", "Down", "Return")
    reader.look("audit-passages")
    reader.press("Escape")
    side = QRect(panel.mapTo(reader.window, panel.rect().topLeft()), panel.size())
    panel.findings.list.setFocus()
    panel.findings.list.choose(1)
    reader.press("A")
    reader.type("the log is quoted from a copy that the Lantern has; it is in the file")
    bar = panel.main.verticalScrollBar()
    bar.setValue(panel.findings.mapTo(panel.paper, panel.findings.rect().topLeft()).y() - 8)
    reader.look("audit-answer", side)
    reader.press("Escape")
    reader.rest()
    reader.window.resize(*SMALL)
    reader.look_at_dialog("house-rules", reader.window.actions_["project.house_rules"].trigger, _choose_rule)


def _choose_rule(dialog: QDialog) -> None:
    cast("HouseRulesDialog", dialog).list.choose(6)


# -- checking


def checking(reader: Reader) -> None:
    """A piece of evidence with all that can be said of it; how a check went."""
    reader.rest()
    reader.window.resize(*TALL)
    reader.choose("98 per cent of crossings")
    reader.press("V")
    inspector = cast("Inspector", reader.window.side.panel)
    section = cast("ClaimPage", inspector.page).check
    section.evidence.setFocus()
    reader.press("Home", "Return")
    reader.until(lambda: section.form.title.hasFocus())
    reader.look("evidence", _place(reader, section))
    reader.press("Escape")
    section.history._fold.setFocus()
    reader.press("Return")
    reader.look("check-history", _place(reader, section))
    reader.rest()
    reader.window.resize(*SMALL)


def _place(reader: Reader, part: QWidget) -> QRect:
    """Return where a part of the panel lies in the window, with the room around it."""
    QTest.qWait(100)
    at = part.mapTo(reader.window, part.rect().topLeft())
    return QRect(at.x() - AIR, at.y() - AIR, part.width() + 2 * AIR, part.height() + 2 * AIR)


# -- several articles


def write_press(reader: Reader) -> None:
    """Add the other articles to the sample's project, marked, their claims in one entry of the ledger."""
    project = reader.project
    figure = next(c.id for c in reader.annotated.claims if c.quote(reader.text()).startswith("98 per cent"))
    known: dict[str, Id] = {}
    for title, publication, text, all_said in PRESS:
        article = project.add_article(importers.draft_from_text(text, title=title))
        project.edit_article(article, publication=publication)
        stored = project.version(article).text
        known.clear()
        for said in all_said:
            claim = project.mark(article, "claim", [_span(stored, said.words)], type="factual", check_worthy="yes")
            if said.same:
                project.same_as(claim, figure)
            if said.source is None:
                project.link_author(claim)
                continue
            if said.source not in known:
                known[said.source] = project.add_source(article, said.source)
                project.edit_source(known[said.source], naming="named")
            named = project.mark(article, "source_mention", [_span(stored, said.named)], source=known[said.source])
            project.link(claim, known[said.source], source_mention=named, cue=_span(stored, said.cue), load=said.load)


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def several(reader: Reader) -> None:
    """The ledger, the evidence, and the audit of the whole project; the first page of its report."""
    write_press(reader)
    reader.rest()
    reader.look_at_dialog("ledger", lambda: reader.press("F9"))
    reader.rest()
    reader.look_at_dialog("evidence-all", lambda: reader.press("Shift+F9"))
    reader.rest()
    reader.window.resize(*WIDE)
    panel = counted(reader)
    panel.scope.setFocus()
    reader.press("Right", "Right")
    reader.until(lambda: len(panel.auditing.outcome.articles) > 1)
    counted(reader).main.verticalScrollBar().setValue(0)
    reader.look("audit-project")
    reader.window.resize(*SMALL)
    reports(reader, OF_SEVERAL)


# -- reports


def exporting(reader: Reader) -> None:
    """The dialog with a page of the article; the pages of every kind of report."""
    reader.rest()

    def show_marked_page(dialog: QDialog) -> None:
        preview = cast("ExportDialog", dialog).preview
        reader.until(lambda: preview.is_counted)
        preview.turn(1)
        reader.until(lambda: preview.page_shown == 1)

    reader.look_at_dialog("export", lambda: reader.press("Ctrl+E"), show_marked_page)
    reports(reader, REPORTS)


def reports(reader: Reader, wanted: Mapping[str, tuple[str, tuple[int, ...]]]) -> None:
    """Keep pages of reports on all articles of the project."""
    material = Material.read(reader.project, reader.project.article_ids())
    for name, (kind, numbers) in wanted.items():
        options = ReportOptions(kind=kind)
        report = exporters.build(material, options, coder=reader.project.coder.name, today=TODAY, renderer=QtRenderer())
        pages = Pages(report, options, with_margin=kind == "annotated")
        pages.lay_out()
        reader.keep(name, _side_by_side(pages, numbers))


def _side_by_side(pages: Pages, numbers: tuple[int, ...]) -> QPixmap:
    shown = [painted(pages, n, PAGE if len(numbers) > 1 else ALONE) for n in numbers]
    wide = sum(image.width() for image in shown) + GAP * (len(shown) + 1)
    made = QPixmap(wide, max(image.height() for image in shown) + 2 * GAP)
    made.fill(AROUND)
    p, x = QPainter(made), GAP
    for image in shown:
        p.drawImage(x, GAP, image)
        p.setPen(EDGE)
        p.drawRect(QRect(x - 1, GAP - 1, image.width() + 1, image.height() + 1))
        x += image.width() + GAP
    p.end()
    return made


def main(reader: Reader) -> None:
    """Take the pictures of the sample, then of the project it has become with other articles."""
    for chapter in (audit, checking, exporting, several):
        chapter(reader)
