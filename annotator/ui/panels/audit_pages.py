"""The pages of the audit panel: the figures, and over them what stands behind one; each page leads back to the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.analysis.sourcing import Audit, Span
from annotator.exporters import figures
from annotator.exporters.document import Chart
from annotator.exporters.shapes import Box
from annotator.language import tr, trn
from annotator.model import Id
from annotator.ui.auditing import Auditing, Outcome
from annotator.ui.keyboard import has_keyboard
from annotator.ui.panels.audit_chart import ChartSection
from annotator.ui.panels.audit_figures import amount_of, rest_of, spans_of, value_of
from annotator.ui.panels.audit_places import ArticleRow, PlacesPage, Shown
from annotator.ui.panels.audit_table import TablePage
from annotator.ui.theme import Theme
from annotator.ui.workspace import Workspace


class Pages(QStackedWidget):
    """The figures, the passages or articles behind one, the table behind a chart."""

    left = Signal()
    """The figures are shown again, and the keyboard was in what was closed."""

    def __init__(self, workspace: Workspace, theme: Theme, auditing: Auditing, main: QWidget) -> None:
        super().__init__()
        self._workspace = workspace
        self._auditing = auditing
        self._main = main
        self._open: list[Callable[[], None]] = []
        """What makes each opened page anew, the one shown last."""
        self.came_from: QWidget | None = None
        """What had the keyboard when the first page was opened."""
        self.places = PlacesPage(theme, lambda: workspace.annotated)
        self.table = TablePage(theme)
        for page in (main, self.places, self.table):
            self.addWidget(page)
        self.places.gone_to.connect(self._go)
        self.places.left.connect(self.back)
        self.table.left.connect(self.back)

    def refresh(self) -> None:
        """Show what stands behind the open page's figure now."""
        if self._open:
            self._open[-1]()

    def open_figure(self, key: str) -> None:
        """Show the passages behind a figure; of several articles, the articles first."""
        self._show_page(lambda: self._show_figure(key))

    def _show_figure(self, key: str) -> None:
        outcome = self._auditing.outcome
        if outcome.audit is None:
            return
        unspaced, said = outcome.audit.unspaced, _said(outcome.audit, key)
        title, counted = figures.title(key, unspaced=unspaced), figures.counted(key, unspaced=unspaced)
        if len(outcome.articles) == 1:
            self.places.show_places(
                Shown(title, said, counted, spans_of(outcome.audit, key), rest_of(outcome.audit, key))
            )
            return
        self.places.show_places(Shown(title, said, counted, key=key))
        self._auditing.of_each(
            lambda audit: (amount_of(audit, key), _said(audit, key)),
            lambda each: self._show_each(outcome, Shown(title, said, counted, key=key), each),
        )

    def _show_each(self, outcome: Outcome, shown: Shown, each: Mapping[Id, tuple[float, str]]) -> None:
        """Show of each article how much of a figure is its own, most first; where somebody has gone on, nothing."""
        if self._auditing.outcome is not outcome or self.places.shown != shown:
            return
        order = sorted((id_ for id_ in outcome.articles if id_ in each), key=lambda id_: -each[id_][0])
        rows = tuple(ArticleRow(id_, outcome.titles[id_], each[id_][1], not each[id_][0]) for id_ in order)
        inside = has_keyboard(self.places)
        self.places.show_places(replace(shown, articles=rows))
        if inside:
            self.places.enter()

    def open_box(self, section: ChartSection, box: Box) -> None:
        """Show the passages a box of a chart stands for."""
        self._show_page(lambda: self._show_box(section, box))

    def _show_box(self, section: ChartSection, box: Box) -> None:
        chart = section.view.chart
        alike = [b for b in section.view.boxes if _called(b) == _called(box) and b.fill == box.fill]
        now = alike[0] if len(alike) == 1 else box
        title = chart.title if chart is not None else ""
        if len(self._auditing.outcome.articles) > 1:
            self._show_by_article(title, now.tip, now.spans)
            return
        annotated = self._workspace.annotated
        spans = tuple(
            s for s in now.spans if annotated is None or s.annotation is None or s.annotation in annotated.by_id
        )
        self.places.show_places(Shown(title, now.tip, spans=spans))

    def _show_by_article(self, title: str, said: str, spans: tuple[Span, ...]) -> None:
        """Show in which articles passages stand; each of them shows its own."""
        within: dict[Id, list[Span]] = {}
        for span in spans:
            within.setdefault(span.article, []).append(span)
        titles = self._auditing.outcome.titles
        rows = tuple(
            ArticleRow(id_, titles[id_], trn("{n} passage", "{n} passages", len(found)))
            for id_, found in within.items()
            if id_ in titles
        )
        shown = {id_: tuple(found) for id_, found in within.items()}
        self.places.show_places(Shown(title, said, articles=rows, passages=shown))

    def open_table(self, chart: Chart) -> None:
        """Show the table behind a chart."""
        self.close_all()
        self.came_from = self.window().focusWidget()
        self.table.show_table(chart.title, chart.table)
        self.setCurrentWidget(self.table)
        self.table.enter()

    def _show_page(self, fill: Callable[[], None]) -> None:
        if not self._open:
            self.came_from = self.window().focusWidget()
        self._open.append(fill)
        fill()
        self.setCurrentWidget(self.places)
        self.places.enter()

    def back(self) -> None:
        """Go back to what was shown before the page."""
        inside = has_keyboard(self)
        if self._open:
            self._open.pop()
        if self._open:
            self._open[-1]()
            self.places.enter()
            return
        self.setCurrentWidget(self._main)
        if inside:
            self.left.emit()

    def close_all(self) -> None:
        """Show the figures again."""
        self._open.clear()
        self.setCurrentWidget(self._main)

    def _go(self, value: Span | Id) -> None:
        if isinstance(value, Span):
            self.go_to(value)
            return
        shown = self.places.shown
        key, known = shown.key, shown.passages.get(value)
        self._workspace.show_article(value)
        if known is not None:
            said = tr("{figure}: {article}", figure=shown.title, article=self._title)
            self._show_page(lambda: self.places.show_places(Shown(said, shown.value, spans=known)))
            return
        self._show_page(lambda: self._auditing.passages(value, lambda audit: self._show_in(key, audit)))

    def _show_in(self, key: str, audit: Audit) -> None:
        said, counted = _said(audit, key), figures.counted(key, unspaced=audit.unspaced)
        figure = figures.title(key, unspaced=audit.unspaced)
        title = tr("{figure}: {article}", figure=figure, article=self._title)
        inside = has_keyboard(self.places)
        self.places.show_places(Shown(title, said, counted, spans_of(audit, key), rest_of(audit, key), key=key))
        if inside:
            self.places.enter()

    def go_to(self, span: Span) -> None:
        """Show a passage in its article: choose its mark, or select its words. The keyboard stays here."""
        workspace = self._workspace
        if workspace.article != span.article:
            workspace.show_article(span.article)
        annotated = workspace.annotated
        if annotated is None or span.article != annotated.article.id:
            return
        if span.annotation is not None and span.annotation in annotated.by_id:
            workspace.place_asked.emit(span.start, span.start)
            workspace.choose(span.annotation)
        else:
            workspace.choose(None)
            workspace.place_asked.emit(span.start, span.end)

    @property
    def _title(self) -> str:
        """The title of the article shown."""
        annotated = self._workspace.annotated
        return annotated.article.title if annotated is not None else ""


def _said(audit: Audit, key: str) -> str:
    """Return "15 of 20  75 %"."""
    value, per_cent, _ = value_of(audit, key)
    return "  ".join(part for part in (value, per_cent) if part)


def _called(box: Box) -> str:
    return box.tip.partition(":")[0]
