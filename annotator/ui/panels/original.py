"""The original beside the article: all its text as it was read, its source, and the report of reading."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPaintEvent, QPen, QShowEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from annotator import text as texts
from annotator.analysis.same_words import Same, find_same
from annotator.language import tr
from annotator.model import Draft, Id, ImportReport, ReadOptions
from annotator.project import Original
from annotator.ui.article import growth
from annotator.ui.article.blocks_text import BlocksText
from annotator.ui.article.find_bar import SymbolButton
from annotator.ui.controls import Button, ElidedLabel, Label, Segmented, column, row, sign_search
from annotator.ui.labels import EmptyNote, Line, painter, plain_tip
from annotator.ui.notices import Progress
from annotator.ui.paint import focus_ring
from annotator.ui.reading import Reading
from annotator.ui.reading_report import SectionsText, encoding_words, kind_words, report_sections
from annotator.ui.theme import Theme, font, scroll_bar_sheet, sheet
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import count

Span = tuple[int, int]

SOURCE_BYTES = 2_000_000
"""So much of the source is shown."""
LONGEST_LINE = 1_000
"""Longer lines of the source are shown broken: to lay one out takes the square of its length."""
FOLLOW_MS = 150
CARET_WORDS = 80
"""So many code points from the caret on are looked for where nothing is selected."""
FEW = 12
"""Where fewer follow the caret in its paragraph, those before it are looked for too."""
_TEXT_LIKE = ("text/", "message/", "multipart/", "application/rtf", "application/xhtml")
_ALL = ReadOptions(whole_page=True, page_furniture=True, footnotes=True)


def source_of(original: Original, encoding: str) -> str:
    """Return the characters of an original that is a text, in lines to be shown; empty where it is none."""
    head = original.content[:4096]
    if not original.media_type.startswith(_TEXT_LIKE) or (
        b"\0" in head and "16" not in encoding and "32" not in encoding
    ):
        return ""
    try:
        raw = original.content[:SOURCE_BYTES].decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError):
        raw = original.content[:SOURCE_BYTES].decode("utf-8", "replace")
    out: list[str] = []
    for line in texts.clean(raw).text.split("\n"):
        at = 0
        while len(line) - at > LONGEST_LINE:
            end = texts.snap(
                line, line.rfind(" ", at + LONGEST_LINE // 2, at + LONGEST_LINE) + 1 or at + LONGEST_LINE, up=False
            )
            out.append(line[at:end])
            at = end
        out.append(line[at:])
    return "\n".join(out)


class OriginalPanel(QWidget):
    """Shows what an article was read from, beside it, and follows the place that is looked at in the article."""

    closed = Signal()
    save_asked = Signal(str)
    """The original of an article is to be saved."""

    def __init__(self, workspace: Workspace, theme: Theme, reading: Reading, place: Callable[[], Span]) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self._reading = reading
        self._place = place
        self._article: Id | None = None
        self._original: Original | None = None
        self._draft: Draft | None = None
        self._source = ""
        self._job: Job | None = None
        self._pages: list[str] = []
        self._at_caret = False
        """Whether the place at the caret is to be shown as soon as there is something to show it in."""
        self._found: list[Span] = []
        self._found_at = 0
        self._follow_soon = QTimer(self)
        self._follow_soon.setSingleShot(True)
        self._follow_soon.setInterval(FOLLOW_MS)
        self._follow_soon.timeout.connect(self.follow)
        self.setAccessibleName(tr("The original"))
        self.setStyleSheet(sheet(theme))
        self._make(theme)
        workspace.article_changed.connect(self._article_changed)
        workspace.chosen_changed.connect(self.place_changed)

    # -- building

    def _make(self, theme: Theme) -> None:
        self.shut = SymbolButton(theme, "x", tr("Close the original"))
        self.shut.clicked.connect(self.closed)
        self.name = ElidedLabel(theme, "", "body")
        self.about = Label(theme, "", "small", muted=True, wrap=True)
        self.sha = ElidedLabel(theme, "", "small", muted=True)
        self.copy = Button(theme, tr("Copy"), "quiet", name=tr("Copy the SHA-256 of the file"))
        self.copy.clicked.connect(self._copy)
        self.save = Button(theme, tr("Save the original as…"), "quiet")
        self.save.clicked.connect(lambda: self.save_asked.emit(self._article or ""))
        self.switch = Segmented(theme, tr("What is shown of the original"), [tr("As read")])
        self.switch.changed.connect(self._turn)
        self.text = BlocksText(theme, tr("The original’s text as read"), px=15)
        self.source = _Source(theme)
        self.report = SectionsText(theme, tr("The report of reading"))
        self.note = EmptyNote(theme, "")
        self._progress = Progress(theme, tr("Reading the original"))
        self._stack = QStackedWidget()
        for page in (Framed(theme, self.text), Framed(theme, self.source), self.report, self._make_note()):
            self._stack.addWidget(page)
        self.told = Label(theme, "", "small", muted=True, wrap=True)
        self._lay_out(theme)

    def _make_note(self) -> QWidget:
        made = QWidget()
        lines = column(made, (0, 8, 0, 0), 10)
        lines.addWidget(self.note)
        lines.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        return made

    def _lay_out(self, theme: Theme) -> None:
        lines = column(self)
        head = row(Label(theme, tr("Original"), "section"), None, self.shut)
        head.setContentsMargins(16, 6, 8, 5)
        lines.addLayout(head)
        lines.addWidget(Line(theme))
        body = column(inner := QWidget(), (16, 10, 16, 8), 4)
        body.addLayout(row(self.name, self.save))
        body.addWidget(self.about)
        body.addLayout(row(self.sha, self.copy))
        body.addSpacing(4)
        body.addWidget(self._make_find(theme))
        body.addSpacing(4)
        body.addWidget(self._stack, 1)
        body.addWidget(self.told)
        lines.addWidget(inner, 1)

    def _make_find(self, theme: Theme) -> QWidget:
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setPlaceholderText(tr("Find in the original"))
        self.field.setAccessibleName(tr("Find in the original"))
        self.field.setToolTip(plain_tip(tr("Enter goes to the next place, Shift+Enter to the one before.")))
        sign_search(self.field, theme)
        self.field.textChanged.connect(self._look_for)
        self.place = Label(theme, "", "small", muted=True)
        self.back = SymbolButton(theme, "chevron-down", tr("Previous place (Shift+Enter)"), 180)
        self.forth = SymbolButton(theme, "chevron-down", tr("Next place (Enter)"))
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(1))
        made = QWidget()
        line = row(self.switch, self.field, self.place, self.back, self.forth, gap=4)
        line.insertSpacing(1, 4)
        made.setLayout(line)
        line.setStretch(2, 1)
        return made

    def set_theme(self, theme: Theme) -> None:
        """Take the theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))

    # -- what is shown

    def show_article(self, article: Id | None) -> None:
        """Show the original of an article; it is read again in the background."""
        if article == self._article and self._original is not None:
            return
        self._stop()
        self._article, self._draft, self._source = article, None, ""
        project = self._workspace.project
        self._original = project.original(article) if project is not None and article is not None else None
        self.told.setText("")
        self.field.clear()
        if project is None or article is None or self._original is None:
            self._show_none()
            return
        report = _report(project.version(article).import_record)
        self._source = source_of(self._original, report.encoding)
        self._show_head(self._original, report)
        self._show_pages()
        self._read(self._original, report)

    def _show_head(self, original: Original, report: ImportReport) -> None:
        self.name.setText(original.name)
        said = [kind_words(original.media_type), count(len(original.content), "byte"), encoding_words(report)]
        self.about.setText(" · ".join(part for part in said if part))
        self.about.setToolTip(plain_tip(original.media_type))
        self.sha.setText(tr("SHA-256 {sum}", sum=original.sha256))
        self.sha.setAccessibleName(self.sha.text())
        self.report.show_sections(report_sections(report))
        for button in (self.copy, self.save):
            button.setEnabled(True)

    def _show_none(self) -> None:
        self.name.setText(tr("No original"))
        self.about.setText("")
        self.sha.setText("")
        self._pages = []
        for button in (self.copy, self.save):
            button.setEnabled(False)
        self._tell(tr("This article has no original: nothing was kept of what it was read from."))

    def _show_pages(self) -> None:
        self._pages = ["text", *(["source"] if self._source else []), "report"]
        words = {"text": tr("As read"), "source": tr("Source"), "report": tr("Report")}
        self.switch.set_items([words[page] for page in self._pages])
        self.switch.choose(0)
        self.source.show_text(self._source)
        if self._original is not None and len(self._original.content) > SOURCE_BYTES and self._source:
            self.source.setAccessibleDescription(tr("The first 2 MB of it"))

    def _read(self, original: Original, report: ImportReport) -> None:
        """Read all the text of the bytes, nothing left out that can be kept."""
        encoding = report.encoding if report.how in ("given", "guess") else None
        options = ReadOptions(encoding or None, _ALL.whole_page, None, _ALL.page_furniture, _ALL.footnotes)
        self._tell(tr("Reading the original…"), busy=True)
        self._job = self._reading.run(
            tr("Reading the original"),
            lambda pool: pool.read_bytes(original.content, original.name, options),
            self._take,
            self._failed,
            quiet=True,
        )

    def _take(self, draft: Draft) -> None:
        self._job = None
        self._draft = draft
        self.text.show_text(draft.text, draft.blocks)
        self._turn(self.switch.current)
        self.follow()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._tell(str(error))

    def _stop(self) -> None:
        if self._job is not None:
            self._reading.stop(self._job)
            self._job = None

    def _tell(self, words: str, *, busy: bool = False) -> None:
        """Show a sentence in the place of the text."""
        self.note.setText(words)
        self._progress.setVisible(busy)
        self._stack.setCurrentIndex(3)

    def _turn(self, at: int) -> None:
        page = self._pages[at] if at < len(self._pages) else "text"
        if page == "text" and self._draft is None:
            self._stack.setCurrentIndex(3)
        else:
            self._stack.setCurrentIndex(("text", "source", "report").index(page))
        self.field.setEnabled(page != "report")
        self._look_for(self.field.text())
        self.follow()

    @property
    def _page(self) -> str:
        return self._pages[self.switch.current] if self.switch.current < len(self._pages) else ""

    @property
    def _shown(self) -> str:
        """The text of the page that is shown."""
        if self._page == "source":
            return self._source
        return self._draft.text if self._page == "text" and self._draft is not None else ""

    # -- following the article

    def _article_changed(self, article: Id | None) -> None:
        if self.isVisible():
            self.show_article(article)
        elif article != self._article:  # what is not looked at is not kept
            self._stop()
            self._article = self._original = self._draft = None

    def showEvent(self, event: QShowEvent) -> None:
        """Show the original of the article that is shown now."""
        super().showEvent(event)
        self.show_article(self._workspace.article)

    def place_changed(self, *_: object) -> None:
        """Follow, in a moment, what is selected or chosen in the article now."""
        if self.isVisible():
            self._follow_soon.start()

    def follow(self) -> None:
        """Show the words that are selected or chosen in the article; say so where they are not here."""
        self._show_same(self._span())

    def show_place(self) -> None:
        """Show the place at the caret too, where nothing is selected or chosen."""
        self._at_caret = True
        self.follow()

    def _span(self) -> Span | None:
        """Return which words of the article are looked at; None where it is none in particular."""
        annotated = self._workspace.annotated
        if annotated is None or annotated.article.id != self._article:
            return None
        start, end = self._place()
        mark = annotated.by_id.get(self._workspace.chosen or "")
        if start < end:
            return start, end
        if mark is not None:
            return mark.segments[0].start, mark.segments[0].end
        block = next((b for b in annotated.blocks if b.start <= start <= b.end), None)
        if not self._at_caret or block is None:
            return None
        high = min(block.end, start + CARET_WORDS)
        return (start if high - start >= FEW else max(block.start, high - CARET_WORDS)), high

    def _show_same(self, span: Span | None) -> None:
        annotated, shown = self._workspace.annotated, self._shown
        if annotated is None or span is None or not shown:
            return
        self._at_caret = False
        found = find_same(annotated.text, *span, shown)
        self._say(found)
        if found is not None:
            self._reveal(found.start, found.end)

    def _say(self, found: Same | None) -> None:
        if found is None:
            words = tr("Not found here: neither these words nor those around them.")
        elif not found.exact:
            words = tr("These very words are not here; what stands beside them is shown.")
        else:
            words = tr("The same words are selected here.")
        self.told.setText(words)
        self.told.setAccessibleName(words)

    def _reveal(self, start: int, end: int) -> None:
        if self._page == "source":
            self.source.reveal(start, end)
        else:
            self.text.reveal(start, end)

    # -- finding

    def _look_for(self, words: str) -> None:
        self._found = growth.find(self._shown, words) if words.strip() else []
        self._found_at = 0
        if not words.strip():
            self.place.setText("")
        elif not self._found:
            self.place.setText(tr("not here"))
        else:
            self._show_found()
        for button in (self.back, self.forth):
            button.setEnabled(bool(self._found))
        if self._page == "text" and not self._found:
            self.text.show_found((), None)

    def _step(self, by: int) -> None:
        if self._found:
            self._found_at = (self._found_at + by) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        self.place.setText(tr("{n} of {total}", n=f"{self._found_at + 1:,}", total=f"{len(self._found):,}"))
        if self._page == "source":
            self.source.reveal(*self._found[self._found_at])
        else:
            self.text.show_found(self._found, self._found_at)

    # -- keys and buttons

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter go from place to place; Esc empties the field first, then it is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        if self._original is not None:
            QGuiApplication.clipboard().setText(self._original.sha256)
            self.told.setText(tr("The SHA-256 of the file is on the clipboard."))

    def saved(self, words: str) -> None:
        """Tell what became of saving the original."""
        self.told.setText(words)


def _report(record: str | None) -> ImportReport:
    """Return the report of reading an article has; an empty one where it has none that can be understood."""
    try:
        return ImportReport.from_json(record or "{}")
    except (ValueError, TypeError):
        return ImportReport("", "utf-8")


class _Source(QPlainTextEdit):
    """The characters of a text file as they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("The original’s source"))
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        made = font("small")
        made.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
        self.setFont(made)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.setStyleSheet(
            f"QPlainTextEdit {{ background:transparent; color:{theme.ink}; border:0; padding:8px;"
            f" selection-background-color:{theme.sel}; selection-color:{theme.selink}; }}"
        )
        self.verticalScrollBar().setStyleSheet(scroll_bar_sheet(theme, "transparent", 10))

    def show_text(self, text: str) -> None:
        """Show characters, from the first."""
        self._text = text
        self.setPlainText(text)

    def reveal(self, start: int, end: int) -> None:
        """Select [start, end), code points, and bring it into sight."""
        units = texts.Utf16Map(self._text)
        cursor = self.textCursor()
        cursor.setPosition(units.to_utf16(start))
        cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()


class Framed(QWidget):
    """A text in a frame, which is the ring while it has the keyboard."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._inner = inner
        self.setAccessibleName(inner.accessibleName())
        column(self, (2, 2, 2, 2)).addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show or hide the ring as the keyboard comes and goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        p = painter(self)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(self._theme.page))
        p.drawRoundedRect(QRectF(self.rect()), 6, 6)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if self._inner.hasFocus():
            focus_ring(p, self.rect(), self._theme)
        else:
            p.setPen(QPen(QColor(self._theme.line), 1))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        p.end()
