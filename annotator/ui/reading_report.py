"""How an original was read, in words: encoding, what was changed and left out, where the facts came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QPaintEvent,
    QPalette,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from annotator.language import tr, trn
from annotator.model import ImportReport, ReadOptions
from annotator.ui.labels import painter
from annotator.ui.paint import focus_ring
from annotator.ui.theme import Theme, font, scroll_bar_sheet
from annotator.vocabulary import capital

HOW = {
    "bom": tr("named by the mark at its beginning"),
    "utf-8": tr("certain"),
    "declared": tr("declared in the file"),
    "guess": tr("a guess: please check"),
    "given": tr("given by you"),
}
FACT_WORDS = {
    "title": tr("Title"),
    "publication": tr("Publication"),
    "byline": tr("Byline"),
    "date": tr("Date"),
    "url": tr("Web address"),
    "language": tr("Language"),
    "licence_note": tr("Licence"),
}
_NUMBER = re.compile(r"\d[\d,.\u00a0\u202f’]*(?=\s)")
"""How many of a kind, at the beginning of its line."""


@dataclass(frozen=True)
class Section:
    """Some lines under a heading. ``words``: they are words of the original, not ours."""

    title: str
    lines: tuple[str, ...]
    words: bool = False


def encoding_words(report: ImportReport) -> str:
    """Return "windows-1252, a guess: please check"; empty where the original is no text."""
    if not report.encoding:
        return ""
    return tr("{encoding}, {how}", encoding=report.encoding, how=HOW.get(report.how, report.how))


def options_words(options: ReadOptions) -> tuple[str, ...]:
    """Return what a person decided about a reading, a line for each; none where all was left as it was found."""
    said: list[str] = []
    if options.encoding:
        said.append(tr("encoding {encoding}", encoding=options.encoding))
    if options.columns:
        said.append(trn("{n} column on each page", "{n} columns on each page", options.columns))
    if options.whole_page:
        said.append(tr("the whole page"))
    if options.page_furniture:
        said.append(tr("running heads and page numbers"))
    if options.footnotes:
        said.append(tr("footnotes, at the end"))
    if options.join_lines:
        said.append(tr("lines joined to paragraphs"))
    if options.chapters:
        said.append(trn("{n} chapter of the book", "{n} chapters of the book", len(options.chapters)))
    return tuple(map(capital, said))


def report_sections(report: ImportReport) -> list[Section]:
    """Return the report of a reading, a section for each thing to be told."""
    changes = tuple(tr("{n:,} × {what}", n=n, what=what) for what, n in report.changes.items() if n)
    found = tuple(
        tr("{fact}: from {where}", fact=FACT_WORDS.get(name, name), where=from_words(where))
        for name, where in report.facts_from.items()
    )
    made = [
        Section(tr("Read with"), options_words(report.options)),
        Section(tr("Changed in reading"), changes or (tr("Nothing: every character is as it was."),)),
        Section(tr("Left out"), report.left_out or (tr("Nothing: all of its text was kept."),)),
        Section(tr("To know"), report.notes),
        Section(tr("Where the facts came from"), found or (tr("No fact was found in it."),)),
    ]
    if report.encoding:
        made.insert(3, Section(tr("Encoding"), (encoding_words(report),)))
    return [section for section in made if section.lines]


def from_words(where: str) -> str:
    """Return where a fact was found, for people."""
    return tr("what you said") if where == "given" else where


def left_out_count(report: ImportReport) -> int:
    """Return how many things were left out, of all the kinds that are told."""
    return sum(map(left_out_number, report.left_out))


def left_out_number(line: str) -> int:
    """Return how many of a kind a line about what was left out tells; 1 where it gives no number."""
    found = _NUMBER.match(line)
    return int("".join(filter(str.isdigit, found[0]))) if found else 1


def left_out_sections(report: ImportReport, passages: Sequence[tuple[str, str]]) -> list[Section]:
    """Return what was left out: how much of each kind, then the passages themselves, kind by kind."""
    by_kind: dict[str, list[str]] = {}
    for what, words in passages:
        by_kind.setdefault(what, []).append(words)
    if not report.left_out and not by_kind:
        return [Section(tr("Nothing was left out"), (tr("All the text of the original is in the article."),))]
    made = [Section(tr("Left out"), report.left_out)] if report.left_out else []
    for what, found in by_kind.items():
        made.append(Section(capital(what), tuple(found), words=True))
    return made


class SectionsText(QTextEdit):
    """Sections to read and to copy; never mark-up, whatever stands in them."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._sections: Sequence[Section] = ()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.document().setDocumentMargin(14)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        made, role = self.palette(), QPalette.ColorRole
        made.setColor(role.Base, Qt.GlobalColor.transparent)
        made.setColor(role.Text, QColor(theme.ink))
        made.setColor(role.Highlight, QColor(theme.sel))
        made.setColor(role.HighlightedText, QColor(theme.selink))
        self.setPalette(made)
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))
        self.show_sections(self._sections)

    def loadResource(self, kind: int, name: object) -> object:
        """Load nothing, whatever a text may name."""
        return None

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections from the beginning."""
        self._sections = sections
        self.clear()
        cursor = QTextCursor(self.document())
        first = True
        for section in sections:
            for n, line in enumerate((section.title, *section.lines)):
                if not first:
                    cursor.insertBlock()
                cursor.setBlockFormat(_block(heading=n == 0, first=first))
                cursor.insertText(line.replace("\n", " "), self._letters(section, heading=n == 0))
                first = False
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _letters(self, section: Section, *, heading: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font("section") if heading else font("quote", px=15) if section.words else font("body"))
        made.setForeground(QColor(self._theme.ink if heading or not section.words else self._theme.muted))
        return made

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text in a frame, which is the ring while it has the keyboard."""
        super().paintEvent(event)
        p = painter(self.viewport())
        if self.hasFocus():
            focus_ring(p, self.viewport().rect(), self._theme)
        else:
            p.setPen(QPen(QColor(self._theme.line), 1))
            p.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.end()


def _block(*, heading: bool, first: bool) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(18 if heading and not first else 0)
    made.setBottomMargin(6)
    made.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made
