"""The sheet of many files being added: how far it is, a line for each file, and what can be done where it failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QListView, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from annotator.language import tr, trn
from annotator.model import ENCODINGS, Id
from annotator.ui.controls import Button, EmptyNote, Label, Segmented, Tick, row
from annotator.ui.dialogs.ask import Sheet, confirm, fill
from annotator.ui.dialogs.import_rows import ROW, details, draw, results, spoken, tip
from annotator.ui.frame import open_menu
from annotator.ui.import_items import (
    ADDED,
    DONE,
    FAILED,
    GONE,
    LOOKING,
    OTHER,
    READING,
    SKIPPED,
    STOPPED,
    THERE,
    TO_TRY,
    WAITING,
    Item,
)
from annotator.ui.import_queue import ImportQueue
from annotator.ui.models import RowsModel
from annotator.ui.notices import Progress
from annotator.ui.panels.lists import RowDelegate, RowList
from annotator.ui.theme import Theme, sheet
from annotator.vocabulary import encoding_words

INSET = 6
TICK_MS = 80
"""The sheet is brought up so often while files come in."""

FILTERS: tuple[tuple[str, Callable[[Item], bool]], ...] = (
    (tr("All"), lambda _: True),
    (tr("Failed"), lambda item: item.state in (FAILED, STOPPED)),
    (tr("Already there"), lambda item: item.state == THERE),
    (tr("To check"), lambda item: item.state == ADDED and bool(item.encoding)),
    (tr("Other kinds"), lambda item: item.state == OTHER),
)
TO_CHECK, OTHERS = 3, 4


class FileList(RowList):
    """The files; several may be chosen."""

    def __init__(self, theme: Theme, act: Callable[[], object], menu: Callable[[object], object]) -> None:
        self.rows: RowsModel[Item] = RowsModel(spoken, (), tip=tip)
        super().__init__(tr("Files"), self.rows)
        self.rows.setParent(self)
        self._act = act
        self._menu = menu
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._delegate = RowDelegate(theme, lambda _: ROW, draw, inset=INSET, bar=True, parent=self)
        self.setItemDelegate(self._delegate)
        self.doubleClicked.connect(self._opened)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def chosen(self) -> list[Item]:
        """The chosen files, as listed."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.rows[at] for at in rows]

    def _opened(self, _: QModelIndex) -> None:
        self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what was made of a file."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self._act()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the chosen files."""
        self._menu(self.menu_place(event))


class ImportQueueSheet(Sheet):
    """Stands beside the work and not in its way; Esc hides it while files are being added."""

    def __init__(
        self, theme: Theme, queue: ImportQueue, parent: QWidget | None, show_article: Callable[[Id], object]
    ) -> None:
        super().__init__(theme, tr("Add files"), parent, main=tr("Close"), cancel=tr("Stop"))
        self._queue = queue
        self._show_article = show_article
        self._showing: Sequence[Item] = ()
        self.setModal(False)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)
        queue.changed.connect(self._soon)
        queue.began.connect(self.refresh)
        queue.ended.connect(self.refresh)
        self.resize(760, 560)
        self.refresh()
        self.list.setFocus()

    def _make_parts(self) -> None:
        theme = self.theme
        self.title = Label(theme, "", "title")
        self.progress = Progress(theme, tr("How many files are done"))
        self.progress.setMinimumWidth(160)
        self.progress.setMaximumWidth(16_777_215)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.counts = Label(theme, "", "small", muted=True)
        self.looks = Tick(theme, tr("Look at each before adding"), self._queue.looks)
        self.filter = Segmented(theme, tr("Which files"), [words for words, _ in FILTERS])
        self.list = FileList(theme, self.open_article, self._open_menu)
        self.why = Label(theme, "", "small", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = EmptyNote(theme, "")
        self.again = Button(theme, tr("Try again"), "quiet")
        self.otherwise = Button(theme, tr("Try again as…"), "quiet")
        self.opener = Button(theme, tr("Open article"), "quiet")
        self.anyway = Button(theme, tr("Add anyway"), "quiet")
        self.copy = Button(theme, tr("Copy results"), "quiet")
        self._acts = (self.again, self.otherwise, self.anyway, self.opener, self.copy)
        self.again.setToolTip(tr("Read the chosen files once more; without a choice all that failed"))
        self.otherwise.setToolTip(tr("Read the chosen files in another encoding, or the whole of a page"))
        self.anyway.setToolTip(tr("Add the chosen files though their content is in the project already"))
        self.copy.setToolTip(tr("Put a line for each file on the clipboard"))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 18, 24, 8)
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addLayout(row(self.progress))
        head.addWidget(self.counts)
        head.addLayout(row(self.filter, None, self.looks))
        empty = QWidget()
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.addWidget(self._note)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(empty)
        below = QVBoxLayout()
        below.setContentsMargins(24, 4, 24, 6)
        below.addWidget(self.why)
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 10, 0)
        middle.addWidget(self._pages)
        body.addLayout(middle, 1)
        body.addLayout(below)
        self.set_body(body)
        for button in self._acts:
            self.foot_start.addWidget(button)
        self.foot_start.addStretch(1)

    def _connect(self) -> None:
        self.looks.toggled.connect(self._queue.set_looks)
        self.filter.changed.connect(self._refiltered)
        self.list.selectionModel().selectionChanged.connect(self._follow_choice)
        self.again.clicked.connect(lambda: self.retry())
        self.otherwise.clicked.connect(self._ask_how)
        self.opener.clicked.connect(self.open_article)
        self.anyway.clicked.connect(self.add_anyway)
        self.copy.clicked.connect(self.copy_results)
        if self.cancel is not None:
            self.cancel.clicked.disconnect(self.reject)
            self.cancel.clicked.connect(self.stop)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme: the sheet stays while one changes it."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        fill(self, theme.page)
        self.list.set_theme(theme)

    # -- following the queue

    def _soon(self) -> None:
        if not self._tick.isActive():
            self._tick.start()

    def refresh(self) -> None:
        """Show how far it is."""
        queue, n = self._queue, len(self._queue.items)
        self._tick.stop()
        running = queue.running
        title = trn("Adding {n} file", "Adding {n} files", n) if running else _ended(queue)
        self.title.setText(title)
        self.setWindowTitle(title)
        self.progress.setVisible(running)
        self.progress.set_share(queue.share)
        self.counts.setText(_progress(queue))
        self.looks.blockSignals(True)
        self.looks.setChecked(queue.looks)
        self.looks.blockSignals(False)
        self.looks.setVisible(running)
        for part in (self.filter, *self._acts):
            part.setVisible(n > 0 or bool(queue.others))
        self.filter.set_items(_filters(queue))
        wanted = FILTERS[self.filter.current][1]
        items = [item for item in (queue.others if self.filter.current == OTHERS else queue.items) if wanted(item)]
        if items != self._showing:
            self._show_items(items)
        if running and items and not self.list.selectionModel().hasSelection():
            at = next((n for n, item in enumerate(items) if item.state not in DONE), len(items) - 1)
            self.list.scrollTo(self.list.rows.index(min(at + 1, len(items) - 1)))
        self.list.viewport().update()
        self._note.setText(_why_empty(queue, self.filter.current))
        self._pages.setCurrentIndex(0 if items else 1)
        self.ok.setText(tr("Hide") if running else tr("Close"))
        self.ok.setAccessibleName(self.ok.text())
        if self.cancel is not None:
            self.cancel.setVisible(running)
        self._follow_choice()

    def _refiltered(self, _: int) -> None:
        self.refresh()

    def _show_items(self, items: list[Item]) -> None:
        """List these files; those that were chosen stay chosen."""
        chosen = self.list.chosen
        self._showing = items
        self.list.rows.set_rows(items)
        if chosen and chosen[0] in items:
            self.list.setCurrentIndex(self.list.rows.index(items.index(chosen[0])))

    def _follow_choice(self, *_: object) -> None:
        """Offer what can be done with the chosen files, and say in full what is wrong with one."""
        chosen, idle = self.list.chosen, not self._queue.running
        failed = [i for i in chosen or self._queue.items if i.state in TO_TRY]
        self.again.setEnabled(idle and bool(failed))
        self.otherwise.setEnabled(idle and any(i.state == FAILED or i.encoding for i in chosen))
        self.opener.setEnabled(len(chosen) == 1 and chosen[0].article is not None and chosen[0].state != GONE)
        self.anyway.setEnabled(idle and any(i.state == THERE for i in chosen))
        self.copy.setEnabled(bool(self._queue.items or self._queue.others))
        words = details(chosen[0]) if len(chosen) == 1 else ""
        self.why.setText(words)
        self.why.setVisible(bool(words))

    # -- acting

    def retry(self, options: object | None = None) -> None:
        """Read the chosen files that failed once more; without a choice all of them."""
        chosen = self.list.chosen or list(self._queue.items)
        items = [i for i in chosen if i.state in TO_TRY or (options is not None and i.encoding)]
        self._queue.retry(items, options)  # type: ignore[arg-type]

    def _ask_how(self) -> None:
        """Offer the ways in which the chosen files can be read instead."""
        from annotator.importers import ReadOptions  # only now: the window starts without it

        menu = QMenu(self)
        menu.addAction(tr("The whole page"), lambda: self.retry(ReadOptions(whole_page=True)))
        menu.addSeparator()
        for name in ENCODINGS:
            menu.addAction(encoding_words(name), lambda name=name: self.retry(ReadOptions(encoding=name)))
        self._popup(menu, self.otherwise.mapToGlobal(self.otherwise.rect().topLeft()), above=True)

    def add_anyway(self) -> None:
        """Add the chosen files that are there already."""
        self._queue.retry([i for i in self.list.chosen if i.state == THERE], anyway=True)

    def open_article(self) -> None:
        """Show the article made of the chosen file."""
        chosen = self.list.chosen
        if len(chosen) == 1 and chosen[0].article is not None and chosen[0].state != GONE:
            self._show_article(chosen[0].article)

    def copy_results(self) -> None:
        """Put a line for each file on the clipboard."""
        listed = [*self._queue.items, *self._queue.others]
        QGuiApplication.clipboard().setText(results(listed))
        self.counts.setText(trn("Copied {n} line.", "Copied {n} lines.", len(listed)))

    def _open_menu(self, at: object) -> None:
        menu = QMenu(self)
        for button, act in (
            (self.opener, self.open_article), (self.again, self.retry), (self.otherwise, self._ask_how), (self.anyway, self.add_anyway),
        ):  # fmt: skip
            menu.addAction(button.text(), act).setEnabled(button.isEnabled())
        menu.addSeparator()
        menu.addAction(self.copy.text(), self.copy_results)
        self._popup(menu, at)

    def _popup(self, menu: QMenu, at: object, *, above: bool = False) -> None:
        point = at if not above else at - QPointF(0, menu.sizeHint().height()).toPoint()  # type: ignore[operator]
        open_menu(menu, self.theme, point)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Read no further, once the user said so."""
        left = self._queue.count(WAITING, READING, LOOKING)
        text = trn(
            "{n} file is not read yet. What was added stays.", "{n} files are not read yet. What was added stays.", left
        )
        if not self._queue.running or confirm(self, self.theme, tr("Stop adding files?"), text, tr("Stop")):
            self._queue.cancel()


# -- words


def _ended(queue: ImportQueue) -> str:
    if not queue.items:
        return tr("Nothing to add")
    return trn("Added {added} of {n} file", "Added {added} of {n} files", len(queue.items), added=queue.count(ADDED))


def _filters(queue: ImportQueue) -> list[str]:
    """Return the words of the filters, each with how many files pass it."""
    tally = queue.tally()
    failed, there = tally[FAILED] + tally[STOPPED], tally[THERE]
    check = sum(1 for item in queue.items if item.encoding and FILTERS[TO_CHECK][1](item))
    numbers = (len(queue.items), failed, there, check, len(queue.others))
    return [
        tr("{words} {n}", words=words, n=f"{n:,}") if n else words
        for (words, _), n in zip(FILTERS, numbers, strict=True)
    ]


def _progress(queue: ImportQueue) -> str:
    """Return how many are done, how many failed, how long it takes."""
    tally, n = queue.tally(), len(queue.items)
    done = sum(tally[state] for state in DONE)
    parts = [tr("{done} of {n}", done=f"{done:,}", n=f"{n:,}")] if queue.running else []
    if failed := tally[FAILED]:
        parts.append(trn("{n} failed", "{n} failed", failed))
    if there := tally[THERE]:
        parts.append(trn("{n} already there", "{n} already there", there))
    if skipped := tally[SKIPPED]:
        parts.append(trn("{n} left out by you", "{n} left out by you", skipped))
    if stopped := tally[STOPPED]:
        parts.append(trn("{n} not read", "{n} not read", stopped))
    if gone := tally[GONE]:
        parts.append(trn("{n} taken back", "{n} taken back", gone))
    if n_others := len(queue.others):
        parts.append(
            trn("{n} other file is of no kind that can be read", "{n} other files are of no kind that can be read", n_others)
        )  # fmt: skip
    seconds = queue.seconds_left
    if seconds is not None:
        parts.append(time_left(seconds))
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """Return about how long something takes."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return trn("about {n} second left", "about {n} seconds left", round(seconds / 5) * 5)
    return trn("about {n} minute left", "about {n} minutes left", round(seconds / 60))


def _why_empty(queue: ImportQueue, filtered: int) -> str:
    if not queue.items and filtered != OTHERS:
        return tr("There is no file here that can be read.")
    return (
        "", tr("No file failed."), tr("No file was there already."), tr("No encoding had to be guessed."),
        tr("Every file is of a kind that can be read."),
    )[filtered]  # fmt: skip
