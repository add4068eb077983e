"""The original beside the article: all its text as it was read, its source, and the report of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QWidget

from annotator.analysis.same_words import Same, find_same, missing
from annotator.language import tr, trn
from annotator.model import Draft, Id, ImportReport, ReadOptions
from annotator.project import Original
from annotator.ui.article import growth
from annotator.ui.article.blocks_text import BlocksText
from annotator.ui.article.find_bar import SymbolButton
from annotator.ui.controls import Button, ElidedLabel, Hints, Label, Segmented, column, row, sign_search
from annotator.ui.frame import open_menu
from annotator.ui.labels import EmptyNote, Line, plain_tip
from annotator.ui.notices import Progress
from annotator.ui.panels.library_rows import kind_of
from annotator.ui.panels.source_text import SOURCE_BYTES, Framed, SourceText, source_of
from annotator.ui.pasting import name_words
from annotator.ui.reading import Reading
from annotator.ui.reading_report import SectionsText, encoding_words, report_sections
from annotator.ui.theme import Theme, font, sheet
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import count

if TYPE_CHECKING:
    from annotator.importers.sandbox import Pool

Span = tuple[int, int]

FOLLOW_MS = 150
CARET_WORDS = 80
"""So many code points from the caret on are looked for where nothing is selected."""
FEW = 12
"""Where fewer follow the caret in its paragraph, those before it are looked for too."""


class OriginalPanel(QWidget):
    """Shows what an article was read from, beside it, and follows the place that is looked at in the article."""

    closed = Signal()
    save_asked = Signal(str)
    """The original of an article is to be saved."""
    place_asked = Signal(int, int)
    """Words of the article are to be shown."""

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
        self._missing: set[int] = set()
        """Paragraphs of the original that are not in the article."""
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
        self.text.menu_asked.connect(self._ask)
        self.text.pale = lambda n: n in self._missing
        self.legend = Label(theme, "", "small", muted=True, wrap=True)
        self.source = SourceText(theme)
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
        body.addWidget(self.legend)
        foot = row(self.told, Hints(theme, [("O", tr("show in the article"))]))
        foot.setStretch(0, 1)
        body.addLayout(foot)
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
        self.name.setText(name_words(original.name))
        kind = kind_of(original.media_type) or original.media_type
        said = [kind, count(len(original.content), "byte"), encoding_words(report)]
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
        options = everything(report)
        annotated = self._workspace.annotated
        article = annotated.text if annotated is not None and annotated.article.id == self._article else ""

        def work(pool: Pool) -> tuple[Draft, set[int]]:
            draft = pool.read_bytes(original.content, original.name, options)
            return draft, missing([draft.text[b.start : b.end] for b in draft.blocks], article)

        self._tell(tr("Reading the original…"), busy=True)
        self._job = self._reading.run(tr("Reading the original"), work, self._take, self._failed, quiet=True)

    def _take(self, came: tuple[Draft, set[int]]) -> None:
        self._job = None
        self._draft, self._missing = came
        said = trn(
            "{n} paragraph is not in the article: it has a dashed line beside it.",
            "{n} paragraphs are not in the article: they have a dashed line beside them.",
            len(self._missing),
        )
        self.legend.setText(said if self._missing else tr("Every paragraph of it is in the article."))
        self.text.show_text(self._draft.text, self._draft.blocks)
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
        self.legend.hide()
        self._progress.setVisible(busy)
        self._stack.setCurrentIndex(3)

    def _turn(self, at: int) -> None:
        page = self._pages[at] if at < len(self._pages) else "text"
        if page == "text" and self._draft is None:
            self._stack.setCurrentIndex(3)
        else:
            self._stack.setCurrentIndex(("text", "source", "report").index(page))
        views: dict[str, QWidget] = {"text": self.text, "source": self.source, "report": self.report}
        self.setFocusProxy(views[page] if page != "text" or self._draft is not None else self.switch)
        self.field.setEnabled(page != "report")
        self.legend.setVisible(page == "text" and self._draft is not None)
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

    def show_in_article(self) -> None:
        """Go to the words in the article that are selected here."""
        annotated = self._workspace.annotated
        start, end = self.source.selected() if self._page == "source" else self.text.selected()
        if annotated is None or annotated.article.id != self._article or not self._shown:
            return
        if start == end:
            self.told.setText(tr("Select words here first; then O shows them in the article."))
            return
        found = find_same(self._shown, start, end, annotated.text)
        if found is None or not found.exact:
            self.told.setText(tr("These words are not in the article: they were left out, or changed in reading."))
        else:
            self.place_asked.emit(found.start, found.end)

    def _ask(self, at: QPoint) -> None:
        """Offer what can be done with the words selected in the text."""
        menu = QMenu(self)
        for words, act, key in (
            (tr("Copy"), self.text.copy, "Ctrl+C"),
            (tr("Show these words in the article"), self.show_in_article, "O"),
        ):
            action = menu.addAction(words, act)
            action.setShortcut(key)
            action.setEnabled(bool(self.text.selection()))
        open_menu(menu, self._theme, at)

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
        self.told.setText("")
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
        elif event.key() == Qt.Key.Key_O and not event.modifiers() and not self.field.hasFocus():
            self.show_in_article()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        if self._original is not None:
            QGuiApplication.clipboard().setText(self._original.sha256)
            self.told.setText(tr("The SHA-256 of the file is on the clipboard."))

    def saved(self, words: str) -> None:
        """Tell what became of saving the original."""
        self.told.setText(words)


def everything(report: ImportReport) -> ReadOptions:
    """Return how to read all there is in an original, in the way the article was read from it."""
    guessed = report.encoding if report.how in ("given", "guess") else ""
    return ReadOptions(
        encoding=report.options.encoding or guessed or None,
        columns=report.options.columns,
        join_lines=report.options.join_lines,
        whole_page=True,
        page_furniture=True,
        footnotes=True,
    )


def _report(record: str | None) -> ImportReport:
    """Return the report of reading an article has; an empty one where it has none that can be understood."""
    try:
        return ImportReport.from_json(record or "{}")
    except (ValueError, TypeError):
        return ImportReport("", "utf-8")
