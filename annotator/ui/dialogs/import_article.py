"""Import: the text as it will be kept, the facts and where they came from, and how it is read, before anything is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator import text as texts
from annotator.analysis.same_words import missing
from annotator.language import tr
from annotator.model import Draft, Id, ReadOptions
from annotator.ui.controls import Button, ElidedLabel, Hints, Label, Segmented, row
from annotator.ui.dialogs.ask import Sheet, confirm, fill
from annotator.ui.dialogs.facts import FactsForm
from annotator.ui.dialogs.import_options import OptionsForm
from annotator.ui.dialogs.import_preview import KEYS, Preview
from annotator.ui.labels import column
from annotator.ui.notices import Notice, Progress
from annotator.ui.pasting import name_words
from annotator.ui.reading_report import SectionsText, left_out_count, left_out_sections, report_sections
from annotator.ui.theme import Theme, scroll_bar_sheet
from annotator.vocabulary import count, word_count

COUNTED = 200_000
"""Words of texts up to so many code points are counted; longer ones tell their characters."""
SIDE = 440
USUAL = QSize(1280, 860)
AROUND = QSize(56, 48)
"""What is seen of the window around the dialog, px."""


@dataclass(frozen=True)
class Twin:
    """An article of the project that has the same content, or nearly so."""

    article: Id
    title: str
    same: bool = True


@dataclass(frozen=True)
class Asked:
    """How an original is to be read again; ``plain``: what was pasted is taken as plain text."""

    options: ReadOptions
    plain: bool = False


Reread = Callable[[Asked, Callable[[Draft], None], Callable[[str], None]], Callable[[], object]]
"""Reads the same original in another way, hands the draft or a sentence over, and returns what stops it."""


class ImportDialog(Sheet):
    """One document before it is added. ``result_draft`` is what is to be added.

    ``place``: what stands over it; ``to``: the project it is added to. ``more``: so many documents wait behind this one. ``rich``: what was pasted has a form of its own. ``said`` is
    "add", "all" (this and those that wait), "open" (the article that is there already) or "skip".
    """

    def __init__(
        self,
        theme: Theme,
        draft: Draft,
        parent: QWidget | None,
        *,
        place: str = "",
        to: str = "",
        reread: Reread | None = None,
        more: int = 0,
        twin: Twin | None = None,
        rich: bool = False,
    ) -> None:
        super().__init__(theme, tr("Add article"), parent, main=tr("Add article"), cancel=tr("Skip") if more else None)
        self.draft = draft
        self.said = "skip"
        self._reread = reread
        self._stop: Callable[[], object] | None = None
        self._plain = False
        self._first_options = draft.options
        self._article: str | None = None
        """The article that was found, while of its whole page a person chooses what else to keep."""
        self._awaited: str | None = None
        """The same for what is being read."""
        self._banners: list[Notice] = []
        self._everything: Button | None = None
        self._preview = Preview(theme)
        self._told = Label(theme, "", "small", muted=True, wrap=True)
        self._switch = Segmented(theme, tr("What is shown"), [tr("Text"), tr("Left out"), tr("Report")])
        self._left_out = SectionsText(theme, tr("What was left out"))
        self._report = SectionsText(theme, tr("The report of reading"))
        self._pages = QStackedWidget()
        self.form = FactsForm(theme, {**draft.facts, "title": draft.title}, told=True)
        self.options = OptionsForm(theme)
        self._notes = Label(theme, "", "small", muted=True, wrap=True)
        place = place or name_words(draft.file_name)
        self._make_body(tr("{place} · for the project “{project}”", place=place, project=to) if to else place)
        self._make_foot(more)
        if rich:
            self.options.offer_plain()
        self._connect()
        self._show(draft)
        if twin is not None:
            self._tell_twin(twin)
        self._set_size(parent)
        self.form.fields["title"].setFocus()

    # -- what others look at

    @property
    def encoding(self) -> QWidget:
        """The choice of an encoding."""
        return self.options.encoding

    @property
    def _guess(self) -> QWidget:
        return self.options.guess

    @property
    def take_all(self) -> bool:
        """Whether those that wait are to be added as they are."""
        return self.said == "all"

    # -- building

    def _make_body(self, place: str) -> None:
        for page in (self._preview, self._left_out, self._report):
            self._pages.addWidget(page)
        self._lines_left = left = QVBoxLayout()
        left.setContentsMargins(24, 18, 16, 6)
        left.setSpacing(6)
        left.addLayout(row(Label(self.theme, tr("Add article"), "title"), None, self._switch))
        left.addWidget(ElidedLabel(self.theme, place, "small"))
        left.addWidget(self._told)
        left.addSpacing(2)
        left.addWidget(self._pages, 1)
        self._hints = Hints(self.theme, KEYS)
        left.addWidget(self._hints)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(left, 1)
        body.addWidget(self._make_side())
        self.set_body(body)

    def _make_side(self) -> QWidget:
        side = QWidget()
        fill(side, self.theme.panel)
        lines = column(side, (24, 20, 16, 12), 10)
        lines.addWidget(Label(self.theme, tr("Facts"), "section"))
        lines.addWidget(self.form)
        lines.addWidget(self.options)
        lines.addWidget(self._notes)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(side)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFixedWidth(SIDE)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.verticalScrollBar().setStyleSheet(scroll_bar_sheet(self.theme, self.theme.panel, 10))
        return area

    def _make_foot(self, more: int) -> None:
        self._reading = Label(self.theme, tr("Reading again…"), "small", muted=True)
        self._progress = Progress(self.theme, tr("Reading again"))
        self._give_up = Button(self.theme, tr("Stop"), "quiet", name=tr("Stop reading"))
        for widget in (self._reading, self._progress, self._give_up):
            self.foot_start.addWidget(widget)
            widget.hide()
        if more:
            self._everything = Button(self.theme, tr("Add all {n} as they are", n=more + 1), "quiet")
            self._everything.clicked.connect(lambda: self._end("all"))
            self.foot_start.addWidget(self._everything)
        self.foot_start.addStretch(1)

    def _connect(self) -> None:
        self.form.fields["title"].textChanged.connect(self._allow)
        self.options.changed.connect(self._read_otherwise)
        self.options.settling.connect(self._allow)
        self.options.choosing.connect(self._choose)
        self.options.plain.changed.connect(self._read_plain)
        self._switch.changed.connect(self._turn)
        self._give_up.clicked.connect(self._stop_reading)
        self._preview.edited.connect(self._tell)
        self._preview.edited.connect(self._allow)

    def _set_size(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        self.resize(USUAL if window is None or not window.isVisible() else USUAL.boundedTo(window.size() - AROUND))

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._hints.setVisible(page == 0)

    # -- showing

    def _show(self, draft: Draft, *, keep: bool = False) -> None:
        self.draft = draft
        self._preview.show_draft(draft, keep=keep)
        self.form.show_found({**draft.facts, "title": draft.title}, draft.report.facts_from)
        self.options.show_draft(draft, choosing=self._article is not None)
        self._notes.setText("\n".join(draft.report.notes))
        self._notes.setVisible(bool(draft.report.notes))
        self._tell()
        self._allow()

    def _tell(self) -> None:
        edits = self._preview.edits
        if len(self.draft.text) > COUNTED:
            size = tr("{n:,} characters", n=edits.length(self.draft))
        else:
            kept = edits.applied(self.draft).text
            size = word_count(texts.count_words(kept), unspaced=texts.has_unspaced_script(kept))
        stay = edits.left(self.draft)
        told = tr("As it will be kept: {paragraphs}, {size}.", paragraphs=count(stay, "paragraph"), size=size)
        changes = self.draft.report.changes
        changed = "; ".join(tr("{n:,} × {what}", n=n, what=what) for what, n in changes.items() if n)
        self._told.setText(f"{told} {tr('Changed: {what}.', what=changed)}" if changed else told)
        self._tell_left_out()

    def _tell_left_out(self) -> None:
        report = self._preview.edits.reported(self.draft)
        self._left_out.show_sections(left_out_sections(report, self.draft.passages))
        self._report.show_sections(report_sections(report))
        n = left_out_count(report)
        self._switch.set_items([tr("Text"), tr("Left out · {n}", n=n) if n else tr("Left out"), tr("Report")])

    def _allow(self, *_: object) -> None:
        """Let it be added where it has a title and text, and is not being read."""
        title = self.form.fields["title"].text().strip()
        settled = self._stop is None and self.options.settled
        self.ok.setEnabled(bool(title) and settled and self._preview.edits.left(self.draft) > 0)
        if self._everything is not None:
            self._everything.setEnabled(self.ok.isEnabled())

    def _banner(self, text: str, acts: list[tuple[str, Callable[[], object]]], *, may_close: bool = True) -> Notice:
        made = Notice(self.theme, text, acts, problem=True, may_close=may_close)
        made.closed.connect(self._drop_banner)
        self._lines_left.insertWidget(3, made)
        self._banners.append(made)
        return made

    def _drop_banner(self, banner: Notice) -> None:
        if banner in self._banners:
            self._banners.remove(banner)
            banner.hide()
            self._lines_left.removeWidget(banner)
            banner.deleteLater()

    def _tell_twin(self, twin: Twin) -> None:
        said = (
            tr("This is already in the project as “{title}”.", title=twin.title)
            if twin.same
            else tr("The project has an article that looks like this one: “{title}”.", title=twin.title)
        )
        words = tr("Open it")
        if not twin.same:
            self._banner(said, [(words, self._open_other)], may_close=False)
            return
        self._banner(said, [], may_close=False)
        self.ok.setText(tr("Add anyway"))
        self.ok.setAccessibleName(self.ok.text())
        self.ok.set_kind("")
        self._open = Button(self.theme, words, "primary")  # Enter adds nothing twice
        self._open.setDefault(True)
        self._open.clicked.connect(self._open_other)
        self.foot_end.addWidget(self._open)

    # -- reading again

    def _read_plain(self, at: int) -> None:
        self._plain = at == 1
        self._read_again(self._first_options if at == 0 else self.draft.options)

    def _choose(self) -> None:
        """Show the whole page, what is not in the article left out until it is taken in; or the article alone again."""
        on = self._article is None
        self._read_again(replace(self.draft.options, whole_page=on), self.draft.text if on else None)

    def _read_otherwise(self, options: ReadOptions) -> None:
        """Read with other options; what of a whole page is chosen stays, unless it will be other characters."""
        if self._article is not None and options.encoding != self.draft.options.encoding:
            self._read_again(replace(options, whole_page=False))
        else:
            self._read_again(options, self._article)

    def _read_again(self, options: ReadOptions, article: str | None = None) -> None:
        if self._reread is None:
            return
        self._awaited = article
        if self._stop is not None:
            self._stop()
        self._stop = lambda: None
        self._show_reading(True)
        stop = self._reread(Asked(options, self._plain), self._take, self._failed)
        if self._stop is not None:  # else it is there already
            self._stop = stop

    def _show_reading(self, on: bool) -> None:
        for widget in (self._reading, self._progress, self._give_up):
            widget.setVisible(on)
        self._allow()

    def _take(self, draft: Draft) -> None:
        """Show the original as it was read now; what a person typed or changed stays."""
        self._stop = None
        self._show_reading(False)
        self._drop_failures()
        begun = self._awaited is not None and self._article is None
        self._article = article = self._awaited
        edits = self._preview.edits
        edits.read(draft)
        edits.leave(() if article is None else missing([draft.text[b.start : b.end] for b in draft.blocks], article))
        if begun:
            self._switch.choose(0)
            self._preview.setFocus()
        self._show(draft, keep=not begun)

    def _failed(self, sentence: str) -> None:
        """Tell why it could not be read so; the text stays as it was, and so do the choices."""
        self._stop = None
        self._show_reading(False)
        self._back()
        self._drop_failures()
        self._banner(sentence, []).setProperty("failed", True)

    def _drop_failures(self) -> None:
        for banner in [b for b in self._banners if b.property("failed")]:
            self._drop_banner(banner)

    def _back(self) -> None:
        self.options.show_draft(self.draft, choosing=self._article is not None)
        self._plain = self.draft.media_type == "text/plain"
        self.options.plain.blockSignals(True)
        self.options.plain.choose(int(self._plain))
        self.options.plain.blockSignals(False)

    def _stop_reading(self) -> None:
        if self._stop is not None:
            self._stop()
        self._stop = None
        self._show_reading(False)
        self._back()

    # -- answering

    def _end(self, said: str) -> None:
        self.said = said
        self.done(0 if said in ("open", "skip") else 1)

    def reject(self) -> None:
        """Leave it; ask first where a person has worked on it."""
        if self._may_leave():
            super().reject()

    def _open_other(self) -> None:
        if self._may_leave():
            self._end("open")

    def _may_leave(self) -> bool:
        if not (self._preview.edits.is_made or self.form.is_typed):
            return True
        text = tr("It is not added, and what you changed here is lost.")
        return confirm(self, self.theme, tr("Leave this article?"), text, tr("Leave it"))

    def accept(self) -> None:
        """Add it."""
        self.said = "add"
        super().accept()

    def done(self, result: int) -> None:
        """Stop reading, and close."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        super().done(result)

    def result_draft(self) -> Draft:
        """Return the draft with the facts as they stand in the fields, and the paragraphs as they were chosen.

        A fact the text does not state is "not_stated".
        """
        values = self.form.values()
        title = values.pop("title") or self.draft.title
        kept = self._preview.edits.applied(self.draft)
        return replace(kept, title=title, facts={k: v for k, v in values.items() if v is not None})


class PasteDialog(Sheet):
    """A text to paste or type where the clipboard holds none."""

    def __init__(self, theme: Theme, parent: QWidget | None, *, note: str = "") -> None:
        super().__init__(theme, tr("Paste an article"), parent, main=tr("Go on"))
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(tr("Paste or type the article’s text here"))
        self.text.setAccessibleName(tr("The article’s text"))
        self.text.setTabChangesFocus(True)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(10)
        body.addWidget(Label(theme, tr("Paste an article"), "title"))
        self._note = Label(theme, note, "small", muted=True, wrap=True)
        self._note.setVisible(bool(note))
        body.addWidget(self._note)
        body.addWidget(self.text, 1)
        self.set_body(body)
        self.ok.setEnabled(False)
        self.text.textChanged.connect(lambda: self.ok.setEnabled(bool(self.text.toPlainText().strip())))
        self.resize(640, 460)
