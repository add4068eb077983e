"""Export: which report, of what, with which parts, as which file; beside its pages as they will be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator import exporters
from annotator.exporters.options import FORMATS, KINDS, PAPERS, ReportOptions, formats_of
from annotator.language import tr, trn
from annotator.paths import is_there
from annotator.ui.controls import Button, FieldRow, Label, QuietCombo, Segmented, row
from annotator.ui.dialogs.ask import Sheet, confirm
from annotator.ui.dialogs.page_preview import PagePreview
from annotator.ui.dialogs.report_options import OptionsForm
from annotator.ui.labels import ElidedLabel, Hints, Line
from annotator.ui.models import RowsModel
from annotator.ui.paint import Box
from annotator.ui.panels.lists import RowDelegate, RowList, RowState
from annotator.ui.previewing import Maker
from annotator.ui.theme import Theme, font

_KIND_HEIGHT = 54
_LEFT = 312


@dataclass(frozen=True)
class ReportKind:
    """A kind of report as it is offered."""

    key: str
    title: str
    text: str


REPORTS = tuple(
    ReportKind(key, KINDS[key], text)
    for key, text in (
        ("annotated", tr("The text with comments, claims, sources")),
        ("audit", tr("One page of figures, then findings")),
        ("worksheet", tr("The article in lines, tasks, no answers")),
        ("answer-key", tr("The same items, your marks, a rubric")),
        ("claims", tr("Every claim in context, for a thesis")),
    )
)

_ABOUT = {
    "docx": tr("As Word will show it, or very nearly: Word breaks lines by its own rules."),
    "pdf": tr("The pages as they will be."),
    "html": tr("The same parts in one web page, which works offline and has no page ends."),
    "xlsx": tr("The tables alone, each on a sheet of its own."),
    "csv": tr("The tables alone, each in a file of its own."),
}
_FILTERS = {
    "docx": tr("Word documents (*.docx)"),
    "pdf": tr("PDF files (*.pdf)"),
    "html": tr("Web pages (*.html)"),
    "xlsx": tr("Spreadsheets (*.xlsx)"),
    "csv": tr("Tables (*.csv)"),
}
_FILE_WORDS = {
    "annotated": "annotated", "audit": "sourcing-audit", "worksheet": "worksheet", "answer-key": "answer-key",
    "claims": "claims",
}  # fmt: skip
"""What the name of a file ends in; no words for people: files of one project sort together in any language."""


@dataclass(frozen=True)
class Reach:
    """What there is to report on beside one article: all of a project, and those chosen in the library, in numbers."""

    project: str
    articles: int
    chosen: int = 0
    """None or one: nothing that need be offered."""
    chosen_meant: bool = True
    """Whether those chosen are what the report is to be of, unless somebody says otherwise."""


class ExportDialog(Sheet):
    """Answers with ``options``, ``scope``, ``dest`` and ``coder_name``.

    ``scope.value`` is "one", "chosen" or "all". ``maker`` builds the report to be shown, on a thread that is not the
    window's. ``ask_name``: the name proposed to a person who has none yet; None asks for no name.
    """

    def __init__(
        self,
        theme: Theme,
        article: str,
        reach: Reach,
        options: ReportOptions,
        folder: Path,
        parent: QWidget | None,
        *,
        maker: Maker,
        ask_name: str | None = None,
    ) -> None:
        super().__init__(theme, tr("Export report"), parent, main=tr("Export…"))
        self.dest: Path | None = None
        self._article = article
        self._reach = reach
        self._folder = folder
        self._options = options
        self.kinds = _kind_list(theme)
        self.form = OptionsForm(theme)
        self.scope = QuietCombo(
            theme, tr("Articles"), _scopes(reach), "chosen" if reach.chosen > 1 and reach.chosen_meant else "one"
        )
        self.format = QuietCombo(theme, tr("Format"), [("docx", FORMATS["docx"])], "docx")
        self.paper = QuietCombo(theme, tr("Paper"), [(p, p) for p in PAPERS], options.paper)
        self.template = QuietCombo(theme, tr("Template"), self._templates(), str(options.template or ""))
        self.name_field = None if ask_name is None else _name_field(ask_name)
        self.preview = PagePreview(theme, maker)
        self._name = ElidedLabel(theme, "", "small", muted=True)
        self.foot_start.addWidget(self._name, 1)
        self._make_body()
        self.kinds.choose([kind.key for kind in REPORTS].index(options.kind))
        self._take_kind()
        self.kinds.selectionModel().currentChanged.connect(self._take_kind)
        self.form.changed.connect(self._changed)
        for combo in (self.paper, self.scope, self.format):
            combo.picked.connect(self._changed)
        self.template.picked.connect(self._template_picked)
        self.preview.turned.connect(self._tell_page)
        self.resize(1120, 760)
        (self.name_field or self.kinds).setFocus()

    # -- what stands where

    def _make_body(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(8, 18, 0, 8)
        left.setSpacing(0)
        left.addWidget(_indented(Label(self.theme, tr("Export report"), "title"), 16, 8))
        left.addWidget(self.kinds)
        left.addSpacing(6)
        left.addWidget(_indented(Line(self.theme), 16, 6))
        left.addWidget(_indented(Label(self.theme, tr("In this report"), "section"), 16, 2))
        left.addWidget(_indented(self.form, 12, 0), 1)
        left.addSpacing(6)
        self._rows = {
            name: _indented(FieldRow(self.theme, words, control), 16, 0)
            for name, words, control in (
                ("scope", tr("Articles"), self.scope),
                ("format", tr("Format"), self.format),
                ("paper", tr("Paper"), self.paper),
                ("template", tr("Template"), self.template),
            )
        }
        for field in self._rows.values():
            left.addWidget(field)
        self._rows["scope"].setVisible(self.scope.count() > 1)
        if self.name_field is not None:
            left.addSpacing(6)
            asked = Label(self.theme, tr("Your name, as readers see it"), "small", muted=True)
            asked.setBuddy(self.name_field)
            left.addWidget(_indented(asked, 16, 4))
            left.addWidget(_indented(self.name_field, 16, 0))
        narrow = QWidget()
        narrow.setLayout(left)
        narrow.setFixedWidth(_LEFT)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(narrow)
        body.addLayout(self._pages(), 1)
        self.set_body(body)

    def _pages(self) -> QVBoxLayout:
        """Return the preview, with what turns its pages and what it is, below."""
        self._back = Button(self.theme, "", "quiet", name=tr("Page before"), symbol="chevron-left")
        self._on = Button(self.theme, "", "quiet", name=tr("Next page"), symbol="chevron-right")
        self._back.setToolTip(tr("The page before (Page Up)"))
        self._on.setToolTip(tr("The next page (Page Down)"))
        self._back.clicked.connect(partial(self._turn, -1))
        self._on.clicked.connect(partial(self._turn, 1))
        self._page = Label(self.theme, "", "small")
        self._page.setMinimumWidth(104)
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_ = Segmented(self.theme, tr("Size of the page"), [tr("Whole page"), tr("Full width")])
        self.size_.setToolTip(tr("How large the page is shown (W)"))
        self.size_.changed.connect(self._resize)
        hints = Hints(self.theme, [(tr("PgUp"), ""), (tr("PgDn"), tr("turn"))])
        self._about = Label(self.theme, "", "small", muted=True, wrap=True)
        for key, step in ((Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)):
            QShortcut(QKeySequence(key), self, partial(self._turn, step))
        right = QVBoxLayout()
        right.setContentsMargins(12, 18, 20, 10)
        right.setSpacing(6)
        right.addWidget(self.preview, 1)
        right.addLayout(row(self._back, self._page, self._on, 8, hints, None, self.size_, gap=4))
        right.addWidget(self._about)
        return right

    def _turn(self, by: int) -> None:
        self.preview.turn(self.preview.page + by)

    def _resize(self, at: int) -> None:
        self.preview.set_wide(at == 1)

    # -- answering

    @property
    def ticks(self) -> dict[str, QWidget]:
        """The ticks of the options shown, by name."""
        return dict(self.form.ticks)

    @property
    def coder_name(self) -> str:
        """The name given here; an empty text where none was asked for or given."""
        return " ".join(self.name_field.text().split()) if self.name_field is not None else ""

    def options(self) -> ReportOptions:
        """Return the options as they stand."""
        return self._options

    def choose_kind(self, kind: str) -> None:
        """Choose a kind of report by its name on the command line."""
        self.kinds.choose([k.key for k in REPORTS].index(kind))

    def file_name(self) -> str:
        """Return the name offered for the file."""
        scope, reach = self.scope.value, self._reach
        words = self._article if scope == "one" else reach.project
        if scope == "chosen":
            words = trn("{project} {n} article", "{project} {n} articles", reach.chosen, project=words)
        return f"{slug(words)}-{_FILE_WORDS[self._options.kind]}.{self._options.format}"

    def accept(self) -> None:
        """Ask where the report goes; stay open where nothing was said."""
        format_ = self._options.format
        start = str(self._folder / self.file_name())
        name, _ = QFileDialog.getSaveFileName(self, tr("Export report"), start, _FILTERS[format_])
        if not name:
            return
        path = Path(name)
        typed = path.suffix.lower().lstrip(".")
        if typed in formats_of(self._options.kind):
            self._options = replace(self._options, format=typed)
        else:
            path = path.with_name(f"{path.name}.{format_}")
        if self._may_write(path, asked=path.name == Path(name).name):
            self.dest = path
            super().accept()

    def done(self, result: int) -> None:
        """Make no more pages."""
        self.preview.close_down()
        super().done(result)

    def _may_write(self, path: Path, *, asked: bool) -> bool:
        """Ask before files are replaced that the file dialog did not ask about."""
        named = "" if asked or not is_there(path) else path.name
        other = exporters.companion(self._options, path)
        if other is not None and is_there(other):
            named = other.name
        words = tr("“{name}” is there already.", name=named)
        if not named and path.suffix.lower() == ".csv":
            # Which tables there will be is known only once the report is made.
            named = next((file.name for file in path.parent.glob(f"{_literal(path.stem)}-*.csv")), "")
            words = tr("“{name}” and perhaps others of that beginning are there and may be replaced.", name=named)
        if not named:
            return True
        return confirm(self, self.theme, tr("Replace what is there?"), words, tr("Replace"))

    # -- following

    def _take_kind(self, *_: object) -> None:
        chosen: ReportKind | None = self.kinds.current
        kind = chosen.key if chosen is not None else self._options.kind
        offered = formats_of(kind)
        format_ = self._options.format if self._options.format in offered else "docx"
        self._options = replace(self._options, kind=kind, format=format_)
        self.form.show_kind(self._options)
        self.format.set_choices([(name, FORMATS[name]) for name in offered], format_)
        self._changed()

    def _changed(self, *_: object) -> None:
        format_ = self.format.value or "docx"
        self._options = replace(
            self.form.applied(self._options), format=format_, paper=self.paper.value or "A4",
        )  # fmt: skip
        self.form.follow_format(format_)
        self._rows["paper"].setVisible(format_ in ("docx", "pdf"))
        self._rows["template"].setVisible(format_ in ("docx", "pdf"))
        self.preview.show_report(self._options, self.scope.value or "one")
        self._name.setText(self._file_words())
        self._about.setText(self._about_words())

    def _file_words(self) -> str:
        name = self.file_name()
        other = exporters.companion(self._options, Path(name))
        return name if other is None else tr("{name} and {other}", name=name, other=other.name)

    def _about_words(self) -> str:
        return " ".join(words for words in (_ABOUT[self._options.format], self.preview.shown_of) if words)

    def _tell_page(self) -> None:
        view = self.preview
        if not view.pages:
            self._page.setText("")
        elif view.is_counted:
            self._page.setText(tr("Page {n} of {all}", n=view.page + 1, all=view.pages))
        else:
            self._page.setText(tr("Page {n} of many", n=view.page + 1))
        self._back.setEnabled(view.page > 0)
        self._on.setEnabled(view.page + 1 < view.pages)
        self.size_.choose(int(view.is_wide))
        self._about.setText(self._about_words())

    # -- template

    def _templates(self) -> list[tuple[str, str]]:
        template = self._options.template
        own = [(str(template), template.name)] if template is not None else []
        return [("", tr("Standard")), *own, ("…", tr("Choose a Word file…"))]

    def _template_picked(self, value: str) -> None:
        template = Path(value) if value else None
        if value == "…":
            name, _ = QFileDialog.getOpenFileName(
                self, tr("Template"), str(self._folder), tr("Word files (*.docx *.dotx)")
            )
            template = Path(name) if name else self._options.template
        self._options = replace(self._options, template=template)
        self.template.set_choices(self._templates(), str(template or ""))
        self._changed()


def _kind_list(theme: Theme) -> RowList:
    def words(kind: ReportKind) -> str:
        return f"{kind.title}: {kind.text}"

    model: RowsModel[ReportKind] = RowsModel(words)
    made = RowList(tr("Kind of report"), model)
    model.setParent(made)
    model.set_rows(REPORTS)
    made.setItemDelegate(RowDelegate(theme, lambda _: _KIND_HEIGHT, _draw_kind, inset=8, bar=True, parent=made))
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFixedHeight(_KIND_HEIGHT * len(REPORTS) + 2)
    made.setFixedWidth(_LEFT - 16)
    return made


def _scopes(reach: Reach) -> list[tuple[str, str]]:
    several = reach.chosen > 1
    chosen = ("chosen", trn("The {n} chosen", "The {n} chosen", reach.chosen))
    all_ = ("all", trn("The {n} article", "All {n} articles", reach.articles))
    return [("one", tr("This article")), *([chosen] if several else []), *([all_] if reach.articles > 1 else [])]


def slug(title: str) -> str:
    """Return a short file name made of a title, in any script."""
    words = re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")
    return words[:60].strip("-") or "article"


def _literal(stem: str) -> str:
    """Return a name as a pattern that means it."""
    return re.sub(r"([*?[])", r"[\1]", stem)


def _name_field(proposed: str) -> QLineEdit:
    made = QLineEdit(proposed)
    made.setFont(font("body"))
    made.setFixedHeight(28)
    made.setPlaceholderText(tr("Me"))
    made.setAccessibleName(tr("Your name, as readers see it"))
    made.setAccessibleDescription(tr("It stands on the report and on its Word comments."))
    made.setToolTip(made.accessibleDescription())
    return made


def _draw_kind(p: QPainter, box: Box, kind: ReportKind, state: RowState) -> None:
    t = state.theme
    box.text(p, kind.title, 14, 6, box.w - 24, 20, font("body", 600 if state.chosen else 500), t.ink)
    box.text(p, kind.text, 14, 27, box.w - 20, 18, font("small"), t.muted)


def _indented(widget: QWidget, left: int, below: int) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(left, 0, 12, below)
    layout.addWidget(widget, 1)
    return holder
