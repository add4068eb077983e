"""The audit, live: figures, who speaks, where nobody is named, findings; each opens the passages behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from annotator.analysis.sourcing import Audit
from annotator.analysis.standards import Finding, no_longer_raised
from annotator.exporters import figures
from annotator.exporters.places import Places
from annotator.language import tr
from annotator.model import AnnotatedArticle, FindingAnswer, Id
from annotator.text import shortened
from annotator.ui.actions import caps
from annotator.ui.auditing import ARTICLE, CHECKED, PROJECT, SCOPES, SELECTION, Auditing, Finish, Outcome
from annotator.ui.charting import SCALE
from annotator.ui.controls import Button, EmptyNote, Label, Segmented, ShyScrollBar, column, row
from annotator.ui.days import day_of
from annotator.ui.labels import Line
from annotator.ui.panels.audit_chart import ChartSection
from annotator.ui.panels.audit_figures import TEACHER, FigureGrid, FigureList, FigureRow, rows_of
from annotator.ui.panels.audit_findings import FindingsSection
from annotator.ui.panels.audit_pages import Pages
from annotator.ui.panels.audit_pictures import ABOVE, COMPARED, PICTURES, Charts, Drawing, draw
from annotator.ui.panels.audit_places import words_at
from annotator.ui.panels.audit_rows import Asked, RowWords
from annotator.ui.theme import Theme, sheet
from annotator.ui.workspace import Workspace
from annotator.vocabulary import count

SIDE = 20
BAR = 10
"""What the scroll bar takes beside the page, px."""
PATIENCE = 250
"""Milliseconds a count may take before the figures are said to be old."""
QUOTES = '“”„«»‘「」"'
"""Words that hold one of these are told without quotes around them: two pairs are hard to read."""
TITLE = 32
"""So much of an article's title stands beside a finding."""


class Paper(QWidget):
    """What is scrolled; it tells when it is another width."""

    wider = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.wider.emit()


class AuditPanel(QWidget):
    """The panel. It counts while it is visible; hidden, nothing is counted."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._theme = theme
        self.auditing = Auditing(workspace, self, self._drawer)
        self._drawn: tuple[Audit | None, Drawing | None] = None, None
        """What the charts were drawn from, and how."""
        self._places: tuple[object, Places] | None = None
        self.setAccessibleName(tr("Sourcing audit"))
        self._make_head(theme)
        self._make_page(theme)
        self.pages = Pages(workspace, theme, self.auditing, self.main)
        self._lay_out()
        self._late = _timer(self, PATIENCE, self._say_old)
        self._wider = _timer(self, 40, self._draw_again)
        self._connect()
        self.set_theme(theme)

    # -- building

    def _make_head(self, theme: Theme) -> None:
        self.scope = Segmented(theme, tr("Counted"), [tr("This article"), tr("Selection"), tr("Project")])
        self.scope.setToolTip(tr("Count the article shown, the articles chosen in the library, or all of them"))
        self.says = Label(theme, "", "small", muted=True, wrap=True)
        self.says.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.stop = Button(theme, tr("Stop"), "quiet")
        self.stop.hide()

    def _make_page(self, theme: Theme) -> None:
        self.empty = EmptyNote(theme, "")
        self.grid = FigureGrid(theme)
        self.all = Button(theme, tr("All figures"), "quiet")
        self.all.setCheckable(True)
        self.figures = FigureList(theme)
        self.findings = FindingsSection(theme, self._words)
        self.charts = {key: ChartSection(self._workspace, theme, p.title) for key, p in PICTURES.items()}
        self.compared = self.charts[COMPARED] = ChartSection(self._workspace, theme, tr("Articles side by side"))
        self.main = QScrollArea()
        self.main.setWidgetResizable(True)
        self.main.setFrameShape(QFrame.Shape.NoFrame)
        self.main.setVerticalScrollBar(ShyScrollBar(Qt.Orientation.Vertical, self.main))
        self.main.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.main.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.paper = Paper()
        self.paper.setObjectName("paper")
        self._fill_paper(theme)
        self.main.setWidget(self.paper)

    def _fill_paper(self, theme: Theme) -> None:
        self.body = QWidget()
        lines = column(self.body)
        grid = row(self.grid)
        grid.setContentsMargins(SIDE - 6, 8, SIDE - 6, 0)
        lines.addLayout(grid)
        more = row(self.all, None)
        more.setContentsMargins(SIDE - 4, 0, SIDE, 0)
        lines.addLayout(more)
        listed = row(self.figures)
        listed.setContentsMargins(SIDE - 8, 0, SIDE - 8, 0)
        lines.addLayout(listed)
        self._parts: list[tuple[QWidget, QWidget]] = []
        """Each part with what holds it and the line above it."""
        parts: list[QWidget] = [self.compared, *(self.charts[k] for k in ABOVE), self.findings]
        for part in (*parts, *(self.charts[k] for k in PICTURES if k not in ABOVE)):
            around = QWidget()
            inside = column(around)
            line, within = row(Line(theme)), row(part)
            line.setContentsMargins(SIDE, 10, SIDE, 8)
            side = 0 if part is self.findings else SIDE
            within.setContentsMargins(side, 0, side, 0)
            inside.addLayout(line)
            inside.addLayout(within)
            lines.addWidget(around)
            self._parts.append((around, part))
        lines.addSpacing(16)
        paper = column(self.paper)
        note = row(self.empty)
        note.setContentsMargins(SIDE, 12, SIDE, 0)
        paper.addLayout(note)
        paper.addWidget(self.body)
        paper.addStretch(1)

    def _lay_out(self) -> None:
        lines = column(self)
        self._title = Label(self._theme, tr("Sourcing audit"), "title")
        head = row(self._title, None, self.scope, BAR)
        head.setContentsMargins(SIDE, 12, SIDE, 0)
        under = row(self.says, self.stop, BAR - 4)
        under.setStretch(0, 1)
        under.setContentsMargins(SIDE, 4, SIDE, 4)
        lines.addLayout(head)
        lines.addLayout(under)
        lines.addSpacing(4)
        lines.addWidget(Line(self._theme))
        lines.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.auditing.changed.connect(self._changed)
        self.auditing.progressed.connect(self._tell_progress)
        self.paper.wider.connect(self._wider.start)
        self.scope.changed.connect(self._choose_scope)
        self.stop.clicked.connect(self._stop)
        self.grid.opened.connect(self.open_figure)
        self.figures.gone_to.connect(self._open_row)
        self.all.toggled.connect(self._fill_again)
        for section in self.charts.values():
            section.view.opened.connect(partial(self.pages.open_box, section))
            section.table_asked.connect(self.pages.open_table)
            section.view.moved.connect(partial(self._reveal, section.view))
        self.figures.moved.connect(partial(self._reveal, self.figures))
        self.findings.list.moved.connect(partial(self._reveal, self.findings.list))
        self.grid.moved.connect(partial(self._reveal, self.grid))
        self.findings.gone_to.connect(self._go_to_finding)
        self.findings.answered.connect(self._answer)
        self.findings.taken_back.connect(self._take_back)
        self.findings.rules_asked.connect(self.open_rules)
        self.pages.left.connect(self._left_pages)

    # -- following

    @property
    def _plain(self) -> bool:
        """Whether only what a teacher needs is shown."""
        project = self._workspace.project
        return project is not None and project.profile == "teacher"

    def set_profile(self, _: str) -> None:
        """Show the figures of a profile."""
        self._fill(self.auditing.outcome)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme, and the keys as they are now."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))
        self._fill(self.auditing.outcome)

    def _fill_again(self, *_: object) -> None:
        self._fill(self.auditing.outcome)

    def _choose_scope(self, at: int) -> None:
        self.pages.close_all()
        self.auditing.set_scope(SCOPES[at])

    def _changed(self) -> None:
        if self.auditing.stale:
            if not self._late.isActive():
                self._late.start()
            return
        self._late.stop()
        self.stop.hide()
        self._fill(self.auditing.outcome)
        self.pages.refresh()

    def _say_old(self) -> None:
        """Say that the figures are old; those of something else than what is asked for are taken away."""
        if not self.auditing.stale or not self.auditing.counting:
            return
        self.says.setText(tr("Counting anew. Until then the figures are those of before."))
        if not self._is_of_this(self.auditing.outcome):
            self._fill(self.auditing.outcome)
            self.says.setText(tr("Counting…"))
        if self.auditing.scope != ARTICLE:
            self.stop.setText(tr("Stop"))
            self.stop.show()

    def _is_of_this(self, outcome: Outcome) -> bool:
        """Say whether an outcome is about what is asked for now, however old it is."""
        same = outcome.scope == self.auditing.scope
        return same and (outcome.scope != ARTICLE or outcome.article == self._workspace.article)

    def _tell_progress(self, done: float) -> None:
        if not self.stop.isHidden():
            self.says.setText(tr("Counting the articles: {share}", share=figures.per_cent(done)))

    def _stop(self) -> None:
        """Stop counting; pressed again, go on from there."""
        if self.auditing.counting:
            self.auditing.cancel()
            self._fill(self.auditing.outcome)
            self.says.setText(tr("Stopped. What was counted is kept, and the figures are not of all articles yet."))
            self.stop.setText(tr("Go on"))
        else:
            self.auditing.show(True)
            self._late.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Count where anything is old."""
        super().showEvent(event)
        self.auditing.show(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no more."""
        super().hideEvent(event)
        self.auditing.show(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title out where there is no room for it beside the switch."""
        super().resizeEvent(event)
        self._title.setVisible(self.width() >= self._title.sizeHint().width() + self.scope.width() + 3 * SIDE)

    def _reveal(self, widget: QWidget, rect: QRect) -> None:
        """Scroll so that a part of a widget is in sight, its top first: the lists here do not scroll by themselves."""
        at = widget.mapTo(self.paper, rect.topLeft())
        self.main.ensureVisible(0, at.y() + rect.height(), 0, 12)
        self.main.ensureVisible(0, at.y(), 0, 12)

    # -- showing an outcome

    def _fill(self, outcome: Outcome) -> None:
        audit = outcome.audit
        note = self._empty_note(outcome)
        self.empty.setText(note)
        self.empty.setVisible(bool(note))
        self.body.setVisible(not note)
        self.says.setText(self._about(outcome))
        if note or audit is None:
            return
        self.grid.show_figures(audit, TEACHER if self._plain else figures.KEY)
        self.all.setVisible(not self._plain)
        self.all.setText(tr("Fewer figures") if self.all.isChecked() else tr("All figures"))
        shown = self.all.isChecked() and not self._plain
        self.figures.setVisible(shown)
        if shown:
            self.figures.set_values(rows_of(audit))
        self._fill_findings(outcome)
        if outcome.drawn is not None and self._drawn[0] is not audit:
            self._show_charts(outcome, cast("tuple[Drawing, Charts]", outcome.drawn))
        elif self._drawn[1] != self._drawing():
            self._wider.start()

    def _about(self, outcome: Outcome) -> str:
        """Return the line below the title."""
        words = tr("Counts, not a score. Every figure opens the passages behind it.")
        if len(outcome.articles) > 1:
            words = f"{count(len(outcome.articles), 'article')}. {words}"
        if outcome.audit is not None and outcome.audit.claims and outcome.audit.is_short:
            words = f"{words} {tr('Fewer than ten attributed claims: no per cent.')}"
        return words

    def _empty_note(self, outcome: Outcome) -> str:
        """Return what to do where there is nothing to count; empty where there is."""
        if self._workspace.project is None:
            return tr("Open a project to see its audit.")
        if not self._is_of_this(outcome):
            return tr("Counting…") if self.auditing.counting else tr("Not counted yet.")
        if outcome.audit is not None and outcome.audit.claims:
            return ""
        if outcome.scope == SELECTION and not outcome.articles:
            return tr(
                "Choose two or more articles in the library, with Ctrl and a click or with Shift and the arrows: they are "
                "counted together and side by side. {library} goes to the library.",
                **caps(),
            )
        if not outcome.articles:
            return tr("There is no article to count yet.") if outcome.scope == PROJECT else tr("No article is shown.")
        if outcome.audit is None:
            return tr("Counting…")
        return tr(
            "No claims yet. Mark one with {claim} and say who stands behind it with {link}: from then on you see here how "
            "many claims have a source, who speaks, and where nobody is named.",
            **caps(),
        )

    def _drawing(self) -> Drawing:
        return Drawing(max(200, self.main.viewport().width() - 2 * SIDE) / SCALE, self._plain)

    def _drawer(self) -> Finish:
        """Return what draws the charts of an outcome, for the width the panel has now."""
        how = self._drawing()

        def finish(
            outcome: Outcome, one: AnnotatedArticle | None, audit_of: Callable[[Id], Audit | None]
        ) -> tuple[Drawing, Charts]:
            place = Places(one).__getitem__ if one is not None else str
            return how, draw(outcome, how, place, audit_of)

        return finish

    def _draw_again(self) -> None:
        """Draw the charts for another width or profile, beside the window's thread."""
        outcome, annotated = self.auditing.outcome, self._workspace.annotated
        if outcome.audit is None or self._drawn == (outcome.audit, self._drawing()):
            return
        one = annotated.snapshot() if annotated is not None and annotated.article.id == outcome.article else None
        finish, audit_of = self._drawer(), self.auditing.audit_of

        def came(made: object) -> None:
            if self.auditing.outcome is outcome:
                self._show_charts(outcome, cast("tuple[Drawing, Charts]", made))

        self._workspace.run_job(tr("Drawing"), lambda _: finish(outcome, one, audit_of), came, quiet=True)

    def _show_charts(self, outcome: Outcome, made: tuple[Drawing, Charts]) -> None:
        how, found = made
        self._drawn = outcome.audit, how
        for key, section in self.charts.items():
            section.set_chart(found.get(key))
        for around, part in self._parts:
            around.setVisible(not part.isHidden())
        self._wider.start()  # what was shown may bring a scroll bar, and with it another width

    # -- findings

    def _fill_findings(self, outcome: Outcome) -> None:
        found, annotated = outcome.findings, self._workspace.annotated
        if found is None:
            many = len(outcome.articles) > CHECKED
            note = tr("The checks are made for {n} articles at most. Choose fewer in the library.", n=CHECKED)
            self.findings.show_findings([], [], note if many else tr("The sentences are still being found."))
            return
        open_ = [_asked(f) for f in found if f.answer is None]
        answered = [_asked(f) for f in found if f.answer is not None]
        rules = {rule.key: rule for rule in annotated.code_book.house_rules()} if annotated is not None else {}
        answered += [Asked(None, a, rules.get(a.rule)) for a in no_longer_raised(found, outcome.answers)]
        self.findings.show_findings(open_, answered, tr("Nothing is asked: the house rules found nothing here."))

    def _words(self, asked: Asked) -> RowWords:
        """Return what a finding's row says: the words it is about, else what was found; where it stands; its answer."""
        annotated, finding, article = self._workspace.annotated, asked.finding, asked.key[1]
        answer = self._answer_words(asked.answer) if asked.answer is not None else ""
        here = annotated is not None and annotated.article.id == article
        title = self.auditing.outcome.titles.get(article, "")
        place, quote = shortened(title, TITLE), finding.quote if finding is not None else ""
        if here and annotated is not None and finding is not None and finding.spans and finding.subject != ARTICLE:
            quote = words_at(annotated, finding.spans[0])
            place = place or self._place(finding.spans[0].start)
        if not quote:
            return RowWords(asked.words, place, False, answer)
        if not any(mark in quote for mark in QUOTES):
            quote = tr("“{words}”", words=quote)
        return RowWords(quote, place, True, answer)

    def _place(self, offset: int) -> str:
        annotated = self._workspace.annotated
        if annotated is None:
            return ""
        if self._places is None or self._places[0] is not annotated.blocks:
            self._places = annotated.blocks, Places(annotated)
        return self._places[1][offset]

    def _answer_words(self, answer: FindingAnswer) -> str:
        annotated = self._workspace.annotated
        who = annotated.coder_name(answer.coder) if annotated is not None else ""
        told = ", ".join(part for part in (who, day_of(answer.at)) if part)
        return tr("{answer} ({who_and_when})", answer=answer.answer, who_and_when=told) if told else answer.answer

    def _answer(self, asked: Asked, words: str) -> None:
        finding = asked.finding
        if finding is not None:
            self._workspace.do(
                lambda p: p.answer_finding(
                    finding.rule.key, finding.subject, finding.article, words, words=finding.sentence
                )
            )

    def _take_back(self, asked: Asked) -> None:
        answer = asked.answer
        if answer is not None:
            self._workspace.do(lambda p: p.take_back_answer(answer.id))

    def open_rules(self) -> None:
        """Show the house rules, to switch and weigh."""
        from annotator.ui.dialogs.house_rules import HouseRulesDialog  # only now: few want it

        if self._workspace.project is not None:
            dialog = HouseRulesDialog(self._workspace, self._theme, self.window())
            dialog.exec()
            dialog.deleteLater()

    def _go_to_finding(self, asked: Asked) -> None:
        if asked.finding is not None and asked.finding.spans:
            self.pages.go_to(asked.finding.spans[0])

    def open_figure(self, key: str) -> None:
        """Show the passages behind a figure; of several articles, the articles first."""
        self.pages.open_figure(key)

    def _open_row(self, line: FigureRow) -> None:
        if line.opens:
            self.open_figure(line.key)

    def _left_pages(self) -> None:
        """Give the keyboard back to what opened the page, or to the switch where that is gone."""
        came = self.pages.came_from
        there = came is not None and self.paper.isAncestorOf(came) and came.isVisible()
        (came if there and came is not None else self.scope).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes an opened page first."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is not self.main:
            self.pages.back()
        else:
            super().keyPressEvent(event)


def _asked(finding: Finding) -> Asked:
    return Asked(finding, finding.answer, finding.rule)


def _timer(parent: QWidget, ms: int, act: Callable[[], object]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(ms)
    made.timeout.connect(act)
    return made
