"""Keeps the audit of what the panel is about right, off the window's thread: one article, those chosen, or all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from annotator.analysis import sourcing, standards
from annotator.analysis.coverage import body_sentences
from annotator.errors import AnnotatorError, RuleBroken
from annotator.language import tr
from annotator.model import AnnotatedArticle, Block, FindingAnswer, Id
from annotator.project import Changes
from annotator.ui.workspace import Cancelled, Job, Workspace

if TYPE_CHECKING:
    from annotator.project.auditing import Auditor

ARTICLE, SELECTION, PROJECT = "article", "selection", "project"
SCOPES = (ARTICLE, SELECTION, PROJECT)
FEWEST = 2
"""So many articles make a selection."""
CHECKED = 60
"""Of no more than so many articles at once the sourcing checks are made: each needs its sentences found."""


MANY = 200
"""From so many articles on what is kept of them is so many lasting objects that to look through them, and the window's, for
lost ones would halt the window."""

T = TypeVar("T")
Findings = tuple[standards.Finding, ...]


@dataclass(frozen=True)
class Outcome:
    """What was counted: the audit (None: there is no article) and what the checks ask.

    ``findings`` is None where the checks were not made: the sentences are still being found, or there are too many
    articles. ``titles`` are those of the articles where there are several; ``drawn`` is what ``finish`` made of it.
    """

    scope: str
    articles: tuple[Id, ...]
    audit: sourcing.Audit | None = None
    findings: Findings | None = None
    answers: tuple[FindingAnswer, ...] = ()
    """All answers kept of these articles, also of questions that do not stand any more."""
    titles: Mapping[Id, str] = field(default_factory=dict[Id, str])
    drawn: object = None

    @property
    def article(self) -> Id | None:
        """The one article this is about; None where it is about several or none."""
        return self.articles[0] if len(self.articles) == 1 else None


NOTHING = Outcome(ARTICLE, ())


@dataclass(frozen=True)
class _Kept:
    """What is kept of one of several articles: its tally, without passages where there are many, and what is asked."""

    title: str
    tally: sourcing.Tally
    findings: Findings | None = None


@dataclass(frozen=True)
class _Made:
    """What came of a count: the outcome, and what is kept of each of several articles;``one``: the one article."""

    outcome: Outcome
    kept: dict[Id, _Kept] = field(default_factory=dict[Id, _Kept])
    one: AnnotatedArticle | None = None


Finish = Callable[[Outcome, AnnotatedArticle | None, Callable[[Id], sourcing.Audit | None]], object]
"""Makes more of an outcome on the worker's thread: from it, the one article it is about, and the audit of each of several."""


class Auditing(QObject):
    """Counts while somebody looks (``shown``). The newest state wins; until it is counted, the old figures stay."""

    changed = Signal()
    """There is another outcome, or the one there is became old."""
    progressed = Signal(float)

    def __init__(
        self,
        workspace: Workspace,
        parent: QObject | None = None,
        finish: Callable[[], Finish] | None = None,
    ) -> None:
        """Keep right what is counted; ``finish`` is asked, as a count begins, for what to do with its outcome."""
        super().__init__(parent)
        self._finish = finish
        self._workspace = workspace
        self.scope = ARTICLE
        self.outcome = NOTHING
        self.stale = True
        """Whether something happened since the outcome was counted."""
        self._shown = False
        self._job: Job | None = None
        self._auditor: Auditor | None = None
        self._kept: dict[Id, _Kept] = {}
        """Only of articles nothing happened to since."""
        self._under_way: dict[Id, _Kept] = {}
        """What the count under way keeps, article by article."""
        self._kept_for: tuple[object, Id, bool] | None = None
        """The project and the layer these belong to, and whether they are few."""
        self._since: set[Id] = set()
        """Articles something happened to while a count is under way."""
        self._words: tuple[str, tuple[Block, ...], sourcing.BodyWords] | None = None
        self._once_more = False
        """Whether to count again once the count under way has ended."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # first whoever shows the action: they hear of it after this
        self._timer.timeout.connect(self._count)
        workspace.changed.connect(self._told)
        workspace.article_changed.connect(self._turned)
        workspace.coverage_changed.connect(self._sentences_found)
        workspace.picked_changed.connect(self._picked)
        workspace.opened.connect(self._again)
        workspace.closed.connect(self._closed)

    # -- what is asked for

    @property
    def counting(self) -> bool:
        """Whether a count is under way or about to be."""
        return self._job is not None or self._timer.isActive()

    def set_scope(self, scope: str) -> None:
        """Count one article, those chosen in the library, or the whole project."""
        if scope != self.scope:
            self.scope = scope
            self._again()

    def show(self, shown: bool) -> None:
        """Begin to count where anything is old; hidden, nothing is counted."""
        self._shown = shown
        if shown and self.stale:
            self._timer.start()
        elif not shown:
            self.cancel()

    def cancel(self) -> None:
        """Stop what is under way; what was counted of several articles is kept."""
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        if self._auditor is not None:
            self._auditor.stop()
            self._keep(dict(self._under_way))
        self._auditor = None
        self._once_more = False

    def _keep(self, kept: dict[Id, _Kept]) -> None:
        """Keep what was counted of articles nothing happened to since."""
        if len(kept) - len(self._kept) > MANY:
            gc.freeze()  # lasting ones, among which to look for lost ones would halt the window; until the project is closed
        self._kept = {id_: one for id_, one in kept.items() if id_ not in self._since}
        self._under_way = {}

    def articles(self) -> tuple[Id, ...]:
        """Return the articles the count is about."""
        workspace = self._workspace
        if workspace.project is None:
            return ()
        if self.scope == ARTICLE:
            return (workspace.article,) if workspace.article is not None else ()
        if self.scope == PROJECT:
            return tuple(workspace.project.article_ids())
        there = set(workspace.project.article_ids())
        picked = tuple(id_ for id_ in workspace.picked() if id_ in there)
        return picked if len(picked) >= FEWEST else ()

    def audit_of(self, article: Id) -> sourcing.Audit | None:
        """Return what was counted of one article among several."""
        kept = self._kept.get(article)
        return sourcing.audit([kept.tally]) if kept is not None else None

    def of_each(self, told: Callable[[sourcing.Audit], T], done: Callable[[dict[Id, T]], None]) -> None:
        """Tell something of each of several articles, beside the window's thread."""
        kept = {id_: self._kept[id_].tally for id_ in self.outcome.articles if id_ in self._kept}

        def work(_: Job) -> dict[Id, T]:
            return {id_: told(sourcing.audit([tally])) for id_, tally in kept.items()}

        self._workspace.run_job(tr("Counting"), work, done, quiet=True)

    # -- hearing

    def _told(self, changes: Changes) -> None:
        touched = changes.touched_articles | changes.articles
        self._since |= touched
        if changes.code_book or changes.rules:  # the house rules may be others now, or the layer
            self._again()
            self._kept.clear()  # after what is under way was stopped: that was counted by the old ones
            return
        for article in touched:
            self._kept.pop(article, None)
        if self.scope != ARTICLE or self._workspace.article in touched:
            self._again(keep=True)

    def _turned(self, _: Id | None) -> None:
        if self.scope == ARTICLE and self._workspace.project is not None:
            self._again()

    def _picked(self) -> None:
        if self.scope == SELECTION and self.articles() != self.outcome.articles:
            self._again()

    def _sentences_found(self) -> None:
        if self.scope == ARTICLE and self.outcome.findings is None:
            self._again(keep=True)

    def _closed(self) -> None:
        self.cancel()
        self._kept.clear()
        self.outcome, self.stale, self._kept_for = NOTHING, True, None
        self.changed.emit()

    def _again(self, *, keep: bool = False) -> None:
        """Count anew. ``keep``: what is under way is of use, and is let end first."""
        if not keep:
            self.cancel()
        was, self.stale = self.stale, True
        if self._job is not None:
            self._once_more = True
        elif self._shown:
            self._timer.start()
        if not was:
            self.changed.emit()

    # -- counting

    def _count(self) -> None:
        if self._job is not None or not self._shown:
            return
        self._since.clear()
        articles = self.articles()
        if self.scope == ARTICLE:
            self._count_one()
        elif articles:
            self._count_many(articles)
        else:
            self._take(Outcome(self.scope, ()))

    def _count_one(self) -> None:
        project, annotated = self._workspace.project, self._workspace.annotated
        if project is None or annotated is None:
            self._take(NOTHING)
            return
        frozen, article = annotated.snapshot(), annotated.article.id
        known = self._workspace.coverage
        sentences = known.sentences if known is not None and known.complete else None
        answers = project.finding_answers([article])

        def work(_: Job) -> _Made:
            counted = sourcing.audit([sourcing.tally(frozen, words=self._words_of(frozen))])
            found = _checked(frozen, sentences, answers, counted) if sentences is not None else None
            return _Made(Outcome(ARTICLE, (article,), counted, found, tuple(answers)), one=frozen)

        self._run(work)

    def _words_of(self, annotated: AnnotatedArticle) -> sourcing.BodyWords:
        """Return the words of a body, kept while text and blocks stay the same; on the worker's thread."""
        kept = self._words
        if kept is None or kept[0] is not annotated.text or kept[1] is not annotated.blocks:
            made = sourcing.BodyWords(annotated.text, annotated.blocks)
            kept = self._words = annotated.text, annotated.blocks, made
        return kept[2]

    def passages(self, article: Id, done: Callable[[sourcing.Audit], None]) -> None:
        """Count the article shown with its passages, and hand it over where it is still shown then."""
        annotated = self._workspace.annotated
        if annotated is None or annotated.article.id != article:
            return
        frozen = annotated.snapshot()

        def came(audit: sourcing.Audit) -> None:
            if self._workspace.article == article:
                done(audit)

        self._workspace.run_job(tr("Counting"), lambda _: sourcing.audit([sourcing.tally(frozen)]), came, quiet=True)

    def _count_many(self, articles: tuple[Id, ...]) -> None:
        """Count the articles something happened to since, on a connection of its own; the rest is added to them."""
        project = self._workspace.project
        if project is None:
            return
        kept_for = project, project.layer.id, len(articles) <= CHECKED
        if self._kept_for != kept_for:
            self._kept.clear()
            self._kept_for = kept_for
        answers: dict[Id, list[FindingAnswer]] | None = None
        if len(articles) <= CHECKED:
            answers = {}
            for answer in project.finding_answers(articles):
                answers.setdefault(answer.article or "", []).append(answer)
        self._auditor = auditor = project.auditor()
        scope, kept = self.scope, dict(self._kept)
        self._under_way = kept
        if len(articles) - len(kept) > MANY:
            gc.freeze()
        self._run(lambda job: _count_all(job, auditor, scope, articles, answers, kept))

    def _run(self, work: Callable[[Job], _Made]) -> None:
        finish = self._finish() if self._finish is not None else None

        def whole(job: Job) -> _Made:
            made = work(job)

            def audit_of(article: Id) -> sourcing.Audit | None:
                return sourcing.audit([made.kept[article].tally]) if article in made.kept else None

            drawn = finish(made.outcome, made.one, audit_of) if finish is not None else None
            return replace(made, outcome=replace(made.outcome, drawn=drawn))

        def broke(error: Exception) -> None:
            self._failed(job, error)

        job = self._job = self._workspace.run_job(
            tr("Counting"), whole, lambda made: self._came(job, made), broke, quiet=True
        )
        job.progressed.connect(self._tell_progress)

    @Slot(float)
    def _tell_progress(self, done: float) -> None:
        """Pass on how far the count is, on the window's thread; what one that was stopped still tells is dropped."""
        if self.sender() is self._job:
            self.progressed.emit(done)

    def _came(self, job: Job, made: _Made) -> None:
        if job is not self._job:
            return
        self._job = self._auditor = None
        if made.kept:
            self._keep(made.kept)
        if self._once_more:
            self._once_more = False
            self._timer.start()
        else:
            self._take(made.outcome)

    def _failed(self, job: Job, error: Exception) -> None:
        """Tell an error of the user's; what was shown stays, as old."""
        if job is not self._job:
            return
        self._job = self._auditor = None
        self._once_more = False
        if not isinstance(error, AnnotatorError):
            raise error
        self._workspace.failed.emit(error, self._again)
        self.changed.emit()

    def _take(self, outcome: Outcome) -> None:
        self.outcome, self.stale = outcome, False
        self.changed.emit()


def _count_all(
    job: Job,
    auditor: Auditor,
    scope: str,
    articles: tuple[Id, ...],
    answers: Mapping[Id, list[FindingAnswer]] | None,
    kept: dict[Id, _Kept],
) -> _Made:
    """Count what is missing of several articles and add all up, on a worker thread. Without ``answers`` none is checked."""
    missing = [id_ for id_ in articles if id_ not in kept]
    with auditor:
        for n, id_ in enumerate(missing):
            with suppress(RuleBroken):  # it is gone meanwhile; who removed it told so
                annotated = auditor.annotated(id_)
                if annotated is None or job.cancelled:
                    raise Cancelled
                job.progressed.emit(n / len(missing))
                kept[id_] = _kept_of(annotated, answers.get(id_, ()) if answers is not None else None)
    there = tuple(id_ for id_ in articles if id_ in kept)
    counted = sourcing.audit([kept[id_].tally for id_ in there]) if there else None
    titles = {id_: kept[id_].title for id_ in there}
    if answers is None:
        return _Made(Outcome(scope, there, counted, titles=titles), kept)
    asked = tuple(f for id_ in there for f in kept[id_].findings or ())
    given = tuple(a for id_ in there for a in answers.get(id_, ()))
    return _Made(Outcome(scope, there, counted, asked, given, titles), kept)


def _kept_of(annotated: AnnotatedArticle, answers: Iterable[FindingAnswer] | None) -> _Kept:
    """Count one of several articles; without ``answers`` it is not checked, and its passages are not kept."""
    tally = sourcing.tally(annotated, spans=answers is not None)
    if answers is None:
        return _Kept(annotated.article.title, tally)
    sentences = body_sentences(annotated.text, annotated.blocks, annotated.article.language)
    return _Kept(annotated.article.title, tally, _checked(annotated, sentences, answers, sourcing.audit([tally])))


def _checked(
    annotated: AnnotatedArticle,
    sentences: Sequence[tuple[int, int]],
    answers: Iterable[FindingAnswer],
    audit: sourcing.Audit,
) -> Findings:
    return standards.findings(annotated, sentences, annotated.code_book.house_rules(), answers, audit=audit)
