"""Import: the text as it will be kept, the facts that were found, and the encoding, shown before anything is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QPaintEvent,
    QPalette,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from annotator import text as texts
from annotator.importers import Draft
from annotator.language import tr
from annotator.model.values import NOT_STATED
from annotator.ui.controls import Button, Label, Painted, QuietCombo, row
from annotator.ui.dialogs.ask import Sheet, fill
from annotator.ui.dialogs.facts import FACTS, FactsForm
from annotator.ui.labels import Line, painter
from annotator.ui.paint import Box, advance, dashed_frame, focus_ring
from annotator.ui.theme import Theme, font
from annotator.vocabulary import count

PREVIEW_LIMIT = 20_000
"""Longest text, in code points, shown before it is added: enough to see that it was read well."""

ENCODINGS = (
    "utf-8",
    "windows-1252",
    "iso-8859-1",
    "windows-1250",
    "windows-1251",
    "utf-16",
    "shift_jis",
    "gb18030",
    "koi8-r",
)
_HOW = {"guess": tr("guessed"), "bom": tr("marked"), "declared": tr("declared"), "given": tr("chosen"), "utf-8": ""}

Reread = Callable[[str, Callable[[Draft], None]], None]
"""Reads the same file in another encoding and hands the new draft over."""


class ImportDialog(Sheet):
    """One document before it is added. ``result_draft`` is what is to be added."""

    def __init__(
        self,
        theme: Theme,
        draft: Draft,
        parent: QWidget | None,
        *,
        place: str = "",
        reread: Reread | None = None,
        more: int = 0,
    ) -> None:
        super().__init__(theme, tr("Add article"), parent, main=tr("Add article"))
        self.draft = draft
        self.take_all = False
        self._reread = reread
        self._preview = _Preview(theme)
        self._told = Label(theme, "", "small", muted=True, wrap=True)
        self._guess = _please_check(theme)
        self.encoding = QuietCombo(theme, tr("Encoding"), [])
        self.form = FactsForm(theme, {**draft.facts, "title": draft.title})
        self._make_body(place)
        if more:
            self._make_foot(more)
        self.form.fields["title"].textChanged.connect(self._title_typed)
        self.encoding.picked.connect(self._read_again)
        self._show(draft)
        self.resize(1000, 680)
        self.form.fields["title"].setFocus()

    # -- building

    def _make_body(self, place: str) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(24, 20, 16, 16)
        left.setSpacing(8)
        left.addLayout(
            row(Label(self.theme, tr("Add article"), "title"), None, Label(self.theme, place, "small", muted=True))
        )
        left.addWidget(self._told)
        left.addWidget(self._preview, 1)
        side = QWidget()
        fill(side, self.theme.panel)
        side.setFixedWidth(420)
        lines = QVBoxLayout(side)
        lines.setContentsMargins(24, 20, 20, 12)
        lines.setSpacing(10)
        lines.addWidget(Label(self.theme, tr("Facts"), "section"))
        lines.addWidget(self.form)
        self._from = Label(self.theme, "", "small", muted=True, wrap=True)
        lines.addWidget(self._from)
        lines.addWidget(Line(self.theme))
        lines.addLayout(row(Label(self.theme, tr("Encoding"), "small", muted=True), self.encoding, self._guess, None))
        self._notes = Label(self.theme, "", "small", wrap=True)
        lines.addWidget(self._notes)
        lines.addStretch(1)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(side)
        self.set_body(body)

    def _make_foot(self, more: int) -> None:
        everything = Button(self.theme, tr("Add all {n} as they are", n=more + 1), "quiet")
        everything.clicked.connect(self._take_all)
        self.foot_start.addWidget(everything)
        self.foot_start.addStretch(1)
        if self.cancel is not None:
            self.cancel.setText(tr("Skip"))

    def _title_typed(self, title: str) -> None:
        self.ok.setEnabled(bool(title.strip()))

    def _take_all(self) -> None:
        self.take_all = True
        self.accept()

    # -- showing

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        self._preview.show_draft(draft)
        words = sum(1 for _ in texts.words(draft.text[:PREVIEW_LIMIT]))
        paragraphs = sum(1 for b in draft.blocks if b.end > b.start)
        counts = {"paragraphs": count(paragraphs, "paragraph"), "words": count(words, "word")}
        if len(draft.text) <= PREVIEW_LIMIT:
            told = tr("As it will be kept: {paragraphs}, {words}.", **counts)
        else:
            told = tr("As it will be kept: {paragraphs}, {words} in the part shown.", **counts)
        changed = "; ".join(f"{what}: {n:,}" for what, n in draft.report.changes.items())
        self._told.setText(f"{told} {tr('Changed: {what}.', what=changed)}" if changed else told)
        names = {name: words.lower() for name, words, *_ in FACTS}
        found = "; ".join(
            tr("{fact} from {where}", fact=names.get(name, name), where=where)
            for name, where in draft.report.facts_from.items()
        )
        self._from.setText(
            tr("Found: {found}.", found=found)
            if found
            else tr("Nothing was found in the text; what you know goes here.")
        )
        self._notes.setText(
            "\n".join((*draft.report.notes, *(tr("Left out: {what}", what=what) for what in draft.report.left_out)))
        )
        self._show_encoding(draft)

    def _show_encoding(self, draft: Draft) -> None:
        now = draft.report.encoding
        how = _HOW.get(draft.report.how, "")
        offered = [(now, f"{now}, {how}" if how else now)]
        if self._reread is not None:
            offered += [(e, e) for e in ENCODINGS if e != now.lower()]
        self.encoding.set_choices(offered, now)
        self._guess.setVisible(draft.report.how == "guess")

    def _read_again(self, encoding: str) -> None:
        if self._reread is not None:
            self._reread(encoding, self._take)

    def _take(self, draft: Draft) -> None:
        """Show the text as another encoding reads it; the title follows where nobody touched it."""
        title = self.form.fields["title"]
        if not title.isModified():
            title.setText(draft.title)
            title.setModified(False)
        self._show(draft)

    # -- answering

    def result_draft(self) -> Draft:
        """Return the draft with the facts as they stand in the fields."""
        values = self.form.values()
        title = values.pop("title") or self.draft.title
        return replace(
            self.draft, title=title, facts={k: v for k, v in values.items() if v is not None and v != NOT_STATED}
        )

    def not_stated(self) -> dict[str, str]:
        """Return the facts the text does not state, as ``edit_article`` takes them."""
        return {k: v for k, v in self.form.values().items() if v == NOT_STATED}


def _please_check(theme: Theme) -> Painted:
    width = int(advance(font("small"), tr("please check"))) + 16

    def draw(p: object, box: Box, t: Theme) -> None:
        dashed_frame(p, box.r.adjusted(0, 1, 0, -1), t, 4)  # type: ignore[arg-type]
        box.text(p, tr("please check"), 0, 0, box.w, box.h, font("small"), t.ink, mid=True)  # type: ignore[arg-type]

    return Painted(theme, draw, tr("The encoding is a guess: please check"), QSize(width, 22))


class _Preview(QTextEdit):
    """The text in reading type, to look at only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The text as it will be kept"))
        self.setTabChangesFocus(True)
        self.document().setDefaultFont(font("article", px=16))
        self.document().setDocumentMargin(12)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

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

    def loadResource(self, kind: int, name: object) -> object:
        """Load nothing, whatever a text may name."""
        return None

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's beginning, headings as headings."""
        shown = draft.text[:PREVIEW_LIMIT]
        self.setCurrentCharFormat(QTextCharFormat())
        self.setPlainText(shown + ("\n…" if len(shown) < len(draft.text) else ""))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        usual = QTextBlockFormat()
        usual.setLineHeight(25, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        usual.setBottomMargin(10)
        cursor.mergeBlockFormat(usual)
        for block, line in zip(draft.blocks, self._lines(), strict=False):
            if block.end == block.start:
                line.mergeBlockFormat(_nothing())
            style = _style(block.zone, block.kind, self._theme)
            if style is not None:
                line.mergeCharFormat(style[0])
                line.mergeBlockFormat(style[1])
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _lines(self) -> list[QTextCursor]:
        found: list[QTextCursor] = []
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            found.append(cursor)
            block = block.next()
        return found


def _nothing() -> QTextBlockFormat:
    """Return the format of an empty line: it takes no room, the paragraphs have their own distance."""
    made = QTextBlockFormat()
    made.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    made.setBottomMargin(0)
    return made


def _style(zone: str, kind: str, theme: Theme) -> tuple[QTextCharFormat, QTextBlockFormat] | None:
    faces: dict[str, tuple[QFont, int]] = {
        "headline": (font("article", 700, px=24), 34),
        "standfirst": (font("article", italic=True, px=16), 25),
        "byline": (font("small"), 22),
        "masthead": (font("small"), 22),
    }
    face = faces.get(zone) or ((font("article", 700, px=18), 28) if kind == "heading" else None)
    if face is None:
        return None
    letters, line = QTextCharFormat(), QTextBlockFormat()
    letters.setFont(face[0])
    if zone in ("byline", "masthead"):
        letters.setForeground(QColor(theme.muted))
    line.setLineHeight(face[1], QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return letters, line


class PasteDialog(Sheet):
    """A text to paste or type where the clipboard holds none."""

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(theme, tr("Paste an article"), parent, main=tr("Go on"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(tr("Paste or type the article’s text here"))
        self.text.setAccessibleName(tr("The article’s text"))
        self.text.setTabChangesFocus(True)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(10)
        body.addWidget(Label(theme, tr("Paste an article"), "title"))
        body.addWidget(self.text, 1)
        self.set_body(body)
        self.ok.setEnabled(False)
        self.text.textChanged.connect(lambda: self.ok.setEnabled(bool(self.text.toPlainText().strip())))
        self.resize(640, 460)
