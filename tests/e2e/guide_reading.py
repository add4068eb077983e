"""The guide's pictures of reading and of the library: files written for them, read, put in order and searched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from annotator.project import Hit
from annotator.ui.panels.library_model import Arrangement
from tests.e2e.shots import PAGE
from tests.importers.pdf_writer import Layout, PdfWriter, article

if TYPE_CHECKING:
    from annotator.ui.dialogs.import_article import ImportDialog
    from tests.e2e.guide import Reader

LIBRARY = QRect(0, 40, 226, 700)
PAPERS = ("The Harbour Review", "Valley Post", "Eastbank Weekly")
NEWS = (
    "Evening ferry late for the ninth time", "Who pays for the new pier", "Night boat stays in the timetable",
    "Nobody counts the cars on the quay", "Ticket office closes at noon", "Second ferry waits for its engine",
    "Skippers ask for a longer slipway", "Bus to the harbour is cut", "Harbour office moves to the old school",
    "New lamps for the breakwater", "Fares rise in summer", "Seals on the south pier", "A bridge nobody wants to plan",
    "Ferry yard takes four apprentices", "Fog, and no announcement", "The winter timetable is out",
)  # fmt: skip
SAID = (
    "The evening ferry left {n} minutes late, said Ida Vennemark, who has taken it for eleven years. ",
    "It will cost more than was said in spring, according to the harbour office. ",
    "Boats were late on {n} days of thirty, skippers say. ",
    "About {n} per cent of the cars turn round on the quay, it is believed. ",
)
MINUTES = (
    "The council met on the ninth of April to hear what the repair of the slipway will cost. The harbourmaster said that "
    "no offer had come in, and that the winch could not be had before the autumn. Two members asked who had inspected "
    "it, and were told that the report of the year before had called the slipway in good order.",
    "A letter from Oskar Lindqvale was read out. It was the fourth. The council took note of it and asked the office "
    "to answer within a week, by hand, and to say on which ship the part was thought to be.",
    "The owner of the yard offered to lift smaller boats with his crane until the slipway opens again. He named a price "
    "that several members called reasonable and one called a joke. It was left open who would pay it.",
)

COPIED = """<html><body><!--StartFragment--><h2>Two boats left over</h2><p>The yard has <b>two boats</b> left over,
its owner said.</p><ul><li>the Petrel</li><li>the Sanderling</li></ul><!--EndFragment--></body></html>"""
COPIED_WORDS = "Two boats left over\nThe yard has two boats left over, its owner said.\nthe Petrel\nthe Sanderling\n"


def write_press(folder: Path) -> Path:
    """Write a folder of articles as a person keeps them: one there twice, one a scan, one in an unknown encoding."""
    press = folder / "Ferry press"
    press.mkdir()
    for n, title in enumerate(NEWS, 1):
        said = [SAID[(n + k) % len(SAID)].format(n=n + 3 * k + 2) for k in range(3)]
        text = (
            f"---\npublication: {PAPERS[n % 3]}\ndate: 2031-0{n % 3 + 2}-{n + 8:02}\n---\n\n# {title}\n\n"
            f"{said[0]}The harbour office did not answer.\n\n{said[1]}“We were told on the quay,” said a passenger, "
            f"number {n} in the queue.\n\n{said[2]}An answer is promised for May.\n"
        )
        (press / f"ferry {n}.md").write_text(text, "utf-8")
    (press / "slipway.html").write_text(PAGE, "utf-8")
    (press / "ferry 4 copy.md").write_bytes((press / "ferry 4.md").read_bytes())
    (press / "cafe.txt").write_bytes(
        "Caf\xe9 shut\n\nThe caf\xe9 on the quay is shut, its owner said.\n".encode("cp1252")
    )
    (press / "minutes, scanned.pdf").write_bytes(_scan())
    (press / "winch.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    return press


def _scan() -> bytes:
    made = PdfWriter()
    made.resources = b"/XObject << /I 20 0 R >>"
    made.stream(b"\0" * 8, b"/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray")
    made.page().raw(b"q 420 0 0 595 0 0 cm /I Do Q")
    return made.to_bytes()


def write_minutes(folder: Path) -> Path:
    """Write a PDF in two columns with a running head and page numbers."""
    file = folder / "minutes.pdf"
    layout = Layout(head="Harbour council, minutes", foot="{n}", headline="The slipway, again", height=300)
    file.write_bytes(article(MINUTES * 2, layout).to_bytes())
    return file


def previews(reader: Reader, folder: Path) -> None:
    """A saved page, a PDF and what was copied, before they are added; what was left out."""
    page = folder / "slipway.html"
    page.write_text(PAGE, "utf-8")
    reader.look_at_dialog("preview", lambda: reader.drop(page), _in_the_text)
    reader.look_at_dialog("left-out", lambda: reader.drop(page), lambda dialog: _turn(dialog, 1))
    reader.look_at_dialog("preview-pdf", lambda: reader.drop(write_minutes(folder)))
    copied = QMimeData()
    copied.setHtml(COPIED)
    copied.setText(COPIED_WORDS)
    QGuiApplication.clipboard().setMimeData(copied)
    reader.look_at_dialog("paste", lambda: reader.press("Ctrl+Shift+V"))
    QGuiApplication.clipboard().clear()  # it would outlive the interpreter that made what it holds


def _in_the_text(dialog: QDialog) -> None:
    """Go to the standfirst, whose name shows beside it."""
    shown = cast("ImportDialog", dialog)._preview
    shown.text.setFocus()
    shown.choose(1)


def _turn(dialog: QDialog, page: int) -> None:
    cast("ImportDialog", dialog)._switch.choose(page)


def many_files(reader: Reader, folder: Path) -> None:
    """A folder added: one scan failed, one file was there already."""
    reader.drop(write_press(folder))
    many = reader.window.imports.many
    reader.until(lambda: many.queue.items and not many.queue.running)
    reader.until(lambda: reader.window.workspace.annotated is not None)
    sheet = many.sheet
    items = many.queue.items
    sheet.list.setCurrentIndex(sheet.list.rows.index(next(n for n, item in enumerate(items) if item.state == "failed")))
    sheet.list.scrollToBottom()
    reader.keep_widget("queue", sheet)
    sheet.hide()
    reader.activate()


def library(reader: Reader) -> None:
    """Articles under headings, tagged; words found, and a pattern."""
    window = reader.window
    ids = reader.project.article_ids()
    reader.project.set_group(ids[:5], "The ferry")
    reader.project.set_group(ids[5:9], "The slipway")
    reader.project.tag_articles(ids[1:4], "for class 9b")
    reader.project.archive(ids[-2:])
    window.library.set_arrangement(Arrangement(sort="date", down=True, group="group"))
    reader.press("Ctrl+1")
    reader.press("Home", "Down", "Shift+Down", "Shift+Down")
    reader.look("library", LIBRARY)
    for name, key, words in (
        ("search", "Ctrl+Shift+F", "harbour answer"),
        ("pattern", "Ctrl+Alt+F", r"\d+ (minutes|days)"),
    ):
        reader.press(key)
        window.library.search.clear()
        reader.type(words)
        page = window.library.found
        reader.press("Down")
        reader.until(
            lambda page=page: page._now is None and page.list.hasFocus() and isinstance(page.list.current, Hit)
        )
        reader.press("Return")
        reader.until(window.column.text.hasFocus)
        reader.look(name, QRect(0, 0, 960, 480))
    reader.press("Ctrl+1", "Escape")


def original(reader: Reader) -> None:
    """The bytes an article was read from, beside it, at the same words."""
    slipway = next(s.article.id for s in reader.project.articles() if "Slipway" in s.article.title)
    reader.window.workspace.show_article(slipway)
    reader.until(lambda: reader.window.workspace.sentences)
    reader.find("nobody has said what the repair will cost")
    reader.press("O")
    panel = reader.window.originals.panel
    reader.until(lambda: panel.text.selection())
    reader.look("original")
    reader.press("Ctrl+Shift+O")


def main(reader: Reader, folder: Path) -> None:
    """Take the pictures in the order a person would come to the screens."""
    reader.window.projects.create(folder / "Harbour.annot")
    previews(reader, folder)
    reader.window.workspace.close()
    many_files(reader, folder)
    library(reader)
    original(reader)
