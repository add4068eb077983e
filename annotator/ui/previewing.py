"""A report's pages as pictures, made on a thread of their own: the newest wish wins, the window never waits."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter

from annotator.errors import AnnotatorError
from annotator.exporters.document import Column, Paragraph, Part, Report, Table, Text
from annotator.exporters.options import ReportOptions
from annotator.exporters.word.styles import TEXT_WIDTH
from annotator.language import tr
from annotator.tables import PerCent, Sheet, Value
from annotator.ui.workspace import Cancelled

if TYPE_CHECKING:
    from annotator.ui.pages import Pages


class Made(NamedTuple):
    """A report to be shown; ``of`` says where it is not of everything the written one will be of: how much of it."""

    report: Report
    of: str = ""


Maker = Callable[[ReportOptions, str], Made]
"""Builds the report of a scope ("one", "chosen", "all") on the calling thread. Raises AnnotatorError, Cancelled."""
_AT_A_TIME = 8
_ROWS, _COLUMNS = 200, 9
"""So much of a sheet is shown."""
_FAR = 200
"""Pages are counted by so many at a time; no more than these can be turned to."""


@dataclass(frozen=True)
class Wish:
    """A page, from 0, of a report; ``width`` is that of its picture in pixels of the screen."""

    options: ReportOptions
    scope: str
    page: int
    width: int


@dataclass(frozen=True)
class Shown:
    """A page as it was painted: of ``count`` pages so far, of all where ``complete``; ``of`` as its report has it."""

    wish: Wish
    page: int
    count: int
    complete: bool
    image: QImage
    of: str


class Previewer(QObject):
    """Paints what is wished for last. Its signals reach the thread it was made on."""

    shown = Signal(object)
    failed = Signal(str)
    _broke = Signal(object)
    _ended = Signal()

    def __init__(self, maker: Maker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maker = maker
        self._newest = 0
        self._at_work = 0
        self._leaves = False
        self._made: tuple[object, Made] | None = None
        self._pages: tuple[object, Pages] | None = None
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._broke.connect(self._raise)
        self._ended.connect(self._count_off)

    def ask(self, wish: Wish) -> None:
        """Wish for a page; what was wished for before and is not done is left."""
        self._newest += 1
        self._at_work += 1
        self._threads.start(_Task(self, wish, self._newest))

    def stop(self) -> None:
        """Leave all work. What is being made ends unseen, and with it this object, whatever became of its parent."""
        self._newest += 1
        application = QCoreApplication.instance()
        if not self._leaves and self._at_work and application is not None:
            self._leaves = True
            self.setParent(application)
            # Nothing may be painted after the application is gone, which need not have run.
            application.aboutToQuit.connect(self.wait)
            atexit.register(self.wait)

    def wait(self) -> None:
        """Return once nothing is being made any more."""
        self._threads.waitForDone()

    def _count_off(self) -> None:
        self._at_work -= 1
        if self._leaves and not self._at_work:
            atexit.unregister(self.wait)
            self.deleteLater()

    def _raise(self, error: Exception) -> None:
        raise error

    # -- on the worker's thread

    def work(self, wish: Wish, number: int) -> None:
        """Paint a wish, then count the pages that follow; called on the worker's thread."""
        try:
            if number == self._newest:
                self._paint(wish, number)
        except Cancelled:
            pass
        except AnnotatorError as error:
            if number == self._newest:
                self.failed.emit(str(error))
        except Exception as error:  # noqa: BLE001 - a worker's thread has nobody to tell: the window's hook logs it
            self.failed.emit(tr("No preview could be made."))
            self._broke.emit(error)
        finally:
            self._ended.emit()

    def _paint(self, wish: Wish, number: int) -> None:
        pages = self._laid_out(wish)
        if number == self._newest:
            pages.lay_out(wish.page + 1)
        self._show(pages, wish, number)
        if pages.complete:
            return
        while number == self._newest and pages.count < max(_FAR, wish.page + 1):
            if not pages.lay_out(pages.count + _AT_A_TIME):
                break
        self._show(pages, wish, number)  # once more, for its foot and the contents name the other pages

    def _show(self, pages: Pages, wish: Wish, number: int) -> None:
        page = min(wish.page, max(0, pages.count - 1))
        if number == self._newest and self._made is not None:
            image = painted(pages, page, wish.width)
            self.shown.emit(Shown(wish, page, pages.count, pages.complete, image, self._made[1].of))

    def _laid_out(self, wish: Wish) -> Pages:
        from annotator.ui.pages import Pages  # only on the worker's thread: what it takes loads slowly

        options = wish.options
        plain = replace(options, format="docx", template=None, both=False)
        key = (plain, wish.scope)
        if self._made is None or self._made[0] != key:
            self._made, self._pages = (key, self._maker(options, wish.scope)), None
        tables_only = options.format in ("xlsx", "csv")
        with_margin = options.format == "docx" and options.comments
        laid = (options.paper, options.template, tables_only, with_margin)
        if self._pages is None or self._pages[0] != laid:
            report = self._made[1].report
            if tables_only:
                report = _only_tables(report)
            self._pages = (laid, Pages(report, options, with_margin=with_margin))
        return self._pages[1]


class _Task(QRunnable):
    def __init__(self, previewer: Previewer, wish: Wish, number: int) -> None:
        super().__init__()
        self._previewer, self._wish, self._number = previewer, wish, number

    def run(self) -> None:
        self._previewer.work(self._wish, self._number)


def painted(pages: Pages, n: int, width: int) -> QImage:
    """Return a page as a picture ``width`` pixels wide."""
    scale = width / pages.width
    image = QImage(width, max(1, round(pages.height * scale)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    p = QPainter(image)
    p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    p.scale(scale, scale)
    pages.paint(p, n)
    p.end()
    return image


def _only_tables(report: Report) -> Report:
    """Return a report of the sheets alone that a file of tables holds."""
    from annotator.exporters.table_files import sheets  # only on the worker's thread

    parts: list[Part] = []
    for sheet in sheets(report):
        parts += [Paragraph("Heading2", (Text(sheet.name),)), _printed(sheet)]
    return replace(report, parts=tuple(parts), comments=())


def _printed(sheet: Sheet) -> Table:
    """Return the beginning of a sheet as a table on a page: a sheet is as wide as it likes, a page is not."""
    rows = [list(row) for row in islice(sheet.rows, _ROWS)]
    count = len(sheet.heads) or max((len(row) for row in rows), default=1)
    letters = [min(max(width, 6.0), 40.0) for width in (*sheet.widths, *[12.0] * count)][:count]
    shown = min(count, _COLUMNS)
    more = shown < count
    unit = (TEXT_WIDTH - 0.6 * more) / sum(letters[:shown])
    heads = (*sheet.heads, *[""] * count)
    ends = (*sheet.ends, *[False] * count)
    columns = [Column(heads[n], letters[n] * unit, align_end=ends[n]) for n in range(shown)]
    columns += [Column("…", 0.6)] if more else []
    cells = [[_said(value) for value in row[:shown]] + [""] * (len(columns) - len(row[:shown])) for row in rows]
    made = tuple(tuple((Paragraph("TableText", (Text(words),)),) for words in row) for row in cells)
    return Table(tuple(columns), made, sheet.name, look="tight", parted=True)


def _said(value: Value) -> str:
    """Return a value as a spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, PerCent):
        return f"{100 * value:.1f} %"
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
