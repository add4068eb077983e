"""Export: which report, of what, with which parts; beside a picture of a page of the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.exporters.options import PAPERS, ReportOptions
from annotator.language import tr, trn
from annotator.model import AnnotatedArticle
from annotator.ui.controls import FieldRow, Label, QuietCombo, Tick
from annotator.ui.dialogs.ask import Sheet
from annotator.ui.dialogs.page_preview import PagePreview
from annotator.ui.labels import ElidedLabel, Line
from annotator.ui.paint import Box
from annotator.ui.panels.lists import FitList, RowState
from annotator.ui.theme import Theme, font


@dataclass(frozen=True)
class ReportKind:
    """A kind of report as it is offered."""

    key: str
    title: str
    text: str


REPORTS = (
    ReportKind(
        "annotated", tr("Annotated article"), tr("The text with Word comments, claims table, sources, entities")
    ),
)

SWITCHES = (
    ("comments", tr("Comments in the margin")),
    ("notes", tr("Notes section for printing")),
    ("unresolved_first", tr("Open claims first")),
    ("legend", tr("Legend of the marks")),
    ("tables", tr("Tables of claims, sources, entities")),
    ("method", tr("Method note")),
)
"""Names of switches of ReportOptions with their words."""


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

    ``scope.value`` is "one", "chosen" or "all". ``ask_name``: the name proposed to a person who has none yet; None asks
    for no name.
    """

    def __init__(
        self,
        theme: Theme,
        annotated: AnnotatedArticle,
        reach: Reach,
        options: ReportOptions,
        folder: Path,
        parent: QWidget | None,
        *,
        ask_name: str | None = None,
    ) -> None:
        super().__init__(theme, tr("Export report"), parent, main=tr("Export…"))
        self.dest: Path | None = None
        self._annotated = annotated
        self._reach = reach
        self._folder = folder
        self._base = options
        self._template = options.template
        self.ticks = {name: Tick(theme, words, getattr(options, name)) for name, words in SWITCHES}
        self.scope = QuietCombo(
            theme, tr("Articles"), _scopes(reach), "chosen" if reach.chosen > 1 and reach.chosen_meant else "one"
        )
        self.paper = QuietCombo(theme, tr("Paper"), [(p, p) for p in PAPERS], options.paper)
        self.template = QuietCombo(theme, tr("Template"), self._templates(), str(options.template or ""))
        self.name_field = None if ask_name is None else _name_field(ask_name)
        self._preview = PagePreview(theme, annotated)
        self._name = ElidedLabel(theme, "", "small", muted=True)
        self.foot_start.addWidget(self._name, 1)
        self._make_body()
        for tick in self.ticks.values():
            tick.toggled.connect(self._show)
        self.paper.picked.connect(self._show)
        self.scope.picked.connect(self._show)
        self.template.picked.connect(self._template_picked)
        self._show()
        self.resize(1080, 744)
        (self.name_field or self.ok).setFocus()

    def _make_body(self) -> None:
        kinds = FitList(
            self.theme,
            tr("Kind of report"),
            lambda k: f"{k.title}: {k.text}",
            _draw_kind,
            lambda _: 64,
            inset=8,
            bar=True,
        )
        kinds.set_values(REPORTS)
        kinds.choose(0)
        kinds.setFixedWidth(264)
        left = QVBoxLayout()
        left.setContentsMargins(8, 20, 0, 8)
        left.setSpacing(0)
        left.addWidget(_indented(Label(self.theme, tr("Export report"), "title"), 16, 10))
        left.addWidget(kinds)
        left.addSpacing(8)
        left.addWidget(_indented(Line(self.theme), 16, 8))
        left.addWidget(_indented(Label(self.theme, tr("In this report"), "section"), 16, 4))
        for tick in self.ticks.values():
            left.addWidget(_indented(tick, 14, 0))
        left.addSpacing(12)
        fields = [(tr("Paper"), self.paper), (tr("Template"), self.template)]
        for words, control in ([(tr("Articles"), self.scope)] if self.scope.count() > 1 else []) + fields:
            left.addWidget(_indented(FieldRow(self.theme, words, control), 16, 0))
        if self.name_field is not None:
            left.addSpacing(8)
            asked = Label(self.theme, tr("Your name, as readers see it"), "small", muted=True)
            asked.setBuddy(self.name_field)
            left.addWidget(_indented(asked, 16, 4))
            left.addWidget(_indented(self.name_field, 16, 0))
        left.addStretch(1)
        narrow = QWidget()
        narrow.setLayout(left)
        narrow.setFixedWidth(288)
        right = QVBoxLayout()
        right.setContentsMargins(16, 20, 20, 16)
        right.addWidget(self._preview, 1)
        right.addWidget(
            Label(
                self.theme,
                tr("Roughly, a page of the article: facts, counts and lists stand around it"),
                "small",
                muted=True,
            )
        )
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(narrow)
        body.addLayout(right, 1)
        self.set_body(body)

    # -- template

    def _templates(self) -> list[tuple[str, str]]:
        own = [(str(self._template), self._template.name)] if self._template is not None else []
        return [("", tr("Standard")), *own, ("…", tr("Choose a Word file…"))]

    def _template_picked(self, value: str) -> None:
        if value == "…":
            name, _ = QFileDialog.getOpenFileName(
                self, tr("Template"), str(self._folder), tr("Word files (*.docx *.dotx)")
            )
            if name:
                self._template = Path(name)
        else:
            self._template = Path(value) if value else None
        self.template.set_choices(self._templates(), str(self._template or ""))

    # -- answering

    @property
    def coder_name(self) -> str:
        """The name given here; an empty text where none was asked for or given."""
        return " ".join(self.name_field.text().split()) if self.name_field is not None else ""

    def options(self) -> ReportOptions:
        """Return the options as they stand."""
        switches = {name: tick.isChecked() for name, tick in self.ticks.items()}
        return replace(self._base, paper=self.paper.value or "A4", template=self._template, **switches)

    def _show(self, *_: object) -> None:
        self._preview.set_options(comments=self.ticks["comments"].isChecked(), paper=self.paper.value or "A4")
        self._name.setText(self.file_name())

    def file_name(self) -> str:
        """Return the name offered for the file."""
        scope, reach = self.scope.value, self._reach
        words = self._annotated.article.title if scope == "one" else reach.project
        if scope == "chosen":
            words = trn("{project} {n} article", "{project} {n} articles", reach.chosen, project=words)
        return tr("{name}-annotated.docx", name=slug(words))

    def accept(self) -> None:
        """Ask where the report goes; stay open where nothing was said."""
        start = str(self._folder / self.file_name())
        name, _ = QFileDialog.getSaveFileName(self, tr("Export report"), start, tr("Word documents (*.docx)"))
        if name:
            path = Path(name)
            self.dest = path if path.suffix.lower() == ".docx" else path.with_name(path.name + ".docx")
            super().accept()


def _scopes(reach: Reach) -> list[tuple[str, str]]:
    several = reach.chosen > 1
    chosen = ("chosen", trn("The {n} chosen", "The {n} chosen", reach.chosen))
    all_ = ("all", trn("The {n} article", "All {n} articles", reach.articles))
    return [("one", tr("This article")), *([chosen] if several else []), *([all_] if reach.articles > 1 else [])]


def slug(title: str) -> str:
    """Return a short file name made of a title, in any script."""
    words = re.sub(r"[^\w]+", "-", title.casefold()).strip("-_")
    return words[:60].strip("-") or "article"


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
    box.text(p, kind.title, 14, 6, box.w - 30, 20, font("body", 600 if state.chosen else 500), t.ink)
    box.text(p, kind.text, 14, 26, box.w - 24, 34, font("small"), t.muted, wrap=True)


def _indented(widget: QWidget, left: int, below: int) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(left, 0, 12, below)
    layout.addWidget(widget, 0 if isinstance(widget, Tick) else 1, Qt.AlignmentFlag.AlignVCenter)
    if isinstance(widget, Tick):
        layout.addStretch(1)
    return holder
