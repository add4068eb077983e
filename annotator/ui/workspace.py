"""Workspace: the one object views share: the open project, the article shown, what is chosen, and background jobs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from annotator import paths
from annotator.analysis.coverage import Coverage, coverage_of
from annotator.errors import AnnotatorError
from annotator.language import tr
from annotator.model import AnnotatedArticle, Block, Claim, Id
from annotator.project import Changes, Project, Step
from annotator.ui.touched import places

T = TypeVar("T")
MANY = 2_000
"""Marks from which on an article is so many lasting objects that to look through them for lost ones would halt the window."""
LONG = 50_000
"""Code points from which on finding all sentences takes a time one would wait for."""
NEAR = 4_000
"""Code points around what is in sight whose sentences are found first."""
AFTER_PAINT = 40
"""Milliseconds until work on an article begins that would take time from its first paint."""


class Job(QObject):
    """A piece of work off the window's thread. ``progress`` is 0 to 1; a cancelled job's outcome is dropped.

    All signals reach the window's thread. ``done`` and ``failed`` exclude each other; ``ended`` follows either.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)
    ended = Signal()
    stopped = Signal()
    """It was asked to stop."""
    _came_out = Signal(object, object)

    def __init__(self, title: str, work: Callable[[Job], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.cancelled = False
        self._work = work
        self._came_out.connect(self._deliver)

    def cancel(self) -> None:
        """Ask the work to stop at its next look at ``cancelled``."""
        self.cancelled = True
        self.stopped.emit()

    def run(self) -> None:
        """Do the work; called on a worker thread. One of two places that catch every error, to report it."""
        try:
            outcome = self._work(self)
        except Exception as error:  # noqa: BLE001
            self._came_out.emit(None, error)
        else:
            self._came_out.emit(outcome, None)

    @Slot(object, object)
    def _deliver(self, outcome: Any, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(error)
        else:
            self.done.emit(outcome)
        self.ended.emit()


class Cancelled(Exception):
    """Raised by work that stops because its job was cancelled; nobody is told."""


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


@dataclass(frozen=True)
class EntryTask:
    """What takes a dialog to be done with a register entry; a merge may name the other one to look at first."""

    what: Literal["merge", "split", "others"]
    entry: Id
    other: Id | None = None


class _Made:
    """Says whether what was made is many lasting things."""

    many = False


@contextmanager
def _lasting() -> Generator[_Made]:
    """Look for no lost objects while lasting ones are made, and never among them where they are many."""
    looking, made = gc.isenabled(), _Made()
    gc.disable()
    try:
        yield made
    finally:
        if made.many:
            gc.freeze()
        if looking:
            gc.enable()


class Workspace(QObject):
    """Owns the project and the selection. Views read from it, write through ``do`` and pull when ``changed`` says so."""

    opened = Signal()
    closing = Signal()
    closed = Signal()
    changed = Signal(object)
    article_changed = Signal(object)
    chosen_changed = Signal(object)
    coverage_changed = Signal()
    saving = Signal(str)
    failed = Signal(object, object)
    replayed = Signal(object)
    """Where undo, redo or a jump touched something in the article shown: a set of (start, end)."""
    job_started = Signal(object)
    entry_asked = Signal(object)
    """What a view wants done with a register entry: an EntryTask."""
    ledger_asked = Signal(object)
    """A view wants the claim ledger shown, at an entry or (None) where it was left."""
    picked_changed = Signal()
    """Other articles are chosen in the library."""
    place_asked = Signal(int, int)
    """A view wants words of the article shown to be selected: start, end."""

    def __init__(self, parent: QObject | None = None, *, backs_up: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._backs_up = backs_up
        self.project: Project | None = None
        self.article: Id | None = None
        self.chosen: Id | None = None
        self.annotated: AnnotatedArticle | None = None
        self._looking: tuple[str, tuple[Block, ...]] | None = None
        self._counting: Job | None = None
        self._near: Coverage | None = None
        self._at_rest = Event()
        self._at_rest.set()
        self.in_sight: Callable[[], tuple[int, int]] = lambda: (0, 0)
        """Which offsets of the article are in sight; told by the view."""
        self.name_to_ask: Callable[[], str | None] = lambda: None
        """The name to propose where the person at work has none yet, None where there is one; told by the window."""
        self.name_given: Callable[[str], object] = lambda _name: None
        """Takes the name of the person at work; told by the window."""
        self.picked: Callable[[], list[Id]] = list
        """Which articles are chosen in the library; told by it."""
        self._since: set[Id] = set()
        """Marks, and marks on sentences, that changed since the sentences began to be looked for."""
        self._replayed: list[Changes] | None = None
        self._touched: set[tuple[int, int]] = set()
        self._threads = QThreadPool(self)
        self._jobs: set[Job] = set()

    # -- the project

    def open(self, path: Path) -> bool:
        """Open a project in place of the present one; False, with ``failed`` emitted, where it cannot be opened."""
        # The file of the open project may be gone: what is opened then is a copy of it.
        with suppress(OSError):
            if self.project is not None and path.samefile(self.project.path):
                return True
        return self._take(lambda: Project.open(path))

    def create(self, path: Path, *, coder: str = "Me", profile: str = "editor") -> bool:
        """Make a new project and open it; False, with ``failed`` emitted, where it cannot be made."""
        return self._take(lambda: Project.create(path, coder=coder, profile=profile))

    def _take(self, opener: Callable[[], Project]) -> bool:
        try:
            project = opener()
        except AnnotatorError as error:
            self.failed.emit(error, None)
            return False
        self.close()
        self.project = project
        project.subscribe(self._told)
        self.opened.emit()
        self.saving.emit("read-only" if project.read_only else "saved")
        last = project.meta("last_article")
        articles = project.article_ids()
        self.show_article(last if last in articles else articles[0] if articles else None)
        QTimer.singleShot(2000, self, self._daily_backup)
        return True

    def close(self) -> None:
        """Close the project, keeping which article was shown."""
        if self.project is None:
            return
        self.closing.emit()  # while the project can still take what is being typed
        self._stop_looking()
        project, self.project = self.project, None
        if self.article and not project.read_only and project.meta("last_article") != self.article:
            # The place in a project is not worth a message when its file is gone.
            with suppress(AnnotatorError):
                project.set_meta("last_article", self.article)
        project.close()
        self.article = self.chosen = self.annotated = None
        gc.unfreeze()  # what lasted as long as the project may be lost now
        self.closed.emit()
        self.article_changed.emit(None)
        self.chosen_changed.emit(None)

    def _daily_backup(self) -> None:
        if self.project is None or self.project.read_only or not self._backs_up():
            return
        path, folder, today = self.project.path, paths.backups(self.project.path), date.today()
        self.run_job(tr("Daily backup"), lambda _: Project.daily_backup(path, folder, today), quiet=True)

    # -- what is shown and chosen

    def show_article(self, article: Id | None) -> None:
        """Show an article (None: none); its sentences are found in the background."""
        with _lasting() as made:
            self._show(article)
            made.many = self.annotated is not None and len(self.annotated.annotations) > MANY
        QTimer.singleShot(AFTER_PAINT, self, self._find_sentences)

    def _show(self, article: Id | None) -> None:
        if self.project is None or article is None:
            self.article = self.annotated = None
        else:
            try:
                self.article, self.annotated = article, self.project.annotated(article)
            except AnnotatorError as error:
                self.article = self.annotated = None
                self.failed.emit(error, None)
        self._stop_looking()
        self.chosen = None
        self.article_changed.emit(self.article)
        self.chosen_changed.emit(None)

    def choose(self, annotation: Id | None) -> None:
        """Choose an annotation of the article shown, or none."""
        if annotation is not None and (self.annotated is None or annotation not in self.annotated.by_id):
            annotation = None
        if annotation != self.chosen:
            self.chosen = annotation
            self.chosen_changed.emit(annotation)

    def go_to(self, annotation: Id, article: Id | None = None) -> None:
        """Choose an annotation, of another article where one is named."""
        if article is not None and article != self.article:
            self.show_article(article)
        self.choose(annotation)

    @property
    def coverage(self) -> Coverage | None:
        """The sentences of the article shown and which are accounted for; None until they were found.

        In a long article those near what is read are known first; then it is not ``complete``.
        """
        if self.project is None or self.article is None:
            return None
        return self.project.coverage(self.article) if self.project.has_coverage(self.article) else self._near

    @property
    def sentences(self) -> Sequence[tuple[int, int]]:
        """Body sentences of the article shown, in code points; empty until they were found."""
        found = self.coverage
        return found.sentences if found is not None else ()

    def _stop_looking(self) -> None:
        """Look no more for the sentences of the article that was shown: nobody waits for them."""
        if self._counting is not None:
            self._counting.cancel()
        self._looking = self._near = self._counting = None

    def _find_sentences(self) -> None:
        """Find the sentences of the article shown on a worker thread, where they are not known; near ones first."""
        project, annotated = self.project, self.annotated
        if project is None or annotated is None or project.has_coverage(annotated.article.id):
            return
        text, blocks, language = annotated.text, annotated.blocks, annotated.article.language
        if self._looking == (text, blocks):
            return
        self._looking = (text, blocks)
        claims = [(c.id, [(s.start, s.end) for s in c.segments]) for c in annotated.claims]
        marks = list(annotated.sentence_marks)
        since: set[Id] = set()
        self._since = since

        def found(made: Coverage) -> None:
            now = self.annotated
            if self.project is not project or now is None or now.text is not text or now.blocks != blocks:
                return
            _bring_up(made, now, since)
            if made.complete:
                self._looking = self._near = self._counting = None
                self._guarded(lambda: project.take_coverage(now.article.id, made))
            else:
                self._near = made
                look(None)
            self.coverage_changed.emit()

        def look(near: tuple[int, int] | None) -> None:
            self._counting = self.run_job(
                tr("Counting sentences"),
                lambda job: coverage_of(text, blocks, language, claims, marks, near, lambda: self._give_way(job)),
                found,
                quiet=True,
            )  # fmt: skip

        start, end = self.in_sight()
        look((start - NEAR, end + NEAR) if len(text) > LONG else None)

    # -- writing

    def do(self, verb: Callable[[Project], T]) -> T | None:
        """Run a verb of the project; None, with ``failed`` emitted and a retry offered, where it raised a user's error."""
        if self.project is None:
            return None
        return self._guarded(lambda: self._run(verb), retry=lambda: self.do(verb))

    def _run(self, verb: Callable[[Project], T]) -> T:
        project = self._open_project()
        self._at_rest.clear()
        try:
            with project.held():
                return verb(project)
        finally:
            self._at_rest.set()

    def _give_way(self, job: Job) -> None:
        """On a worker thread: let the window's thread have its turn, all of it while an action is done."""
        if job.cancelled:
            raise Cancelled
        sleep(0.0005)
        self._at_rest.wait(1)

    def _open_project(self) -> Project:
        if self.project is None:
            raise AnnotatorError(tr("No project is open."))
        return self.project

    def _guarded(self, act: Callable[[], T], retry: Callable[[], object] | None = None) -> T | None:
        try:
            outcome = act()
        except AnnotatorError as error:
            self.saving.emit("read-only" if self.project is not None and self.project.read_only else "failed")
            self.failed.emit(error, retry)
            QTimer.singleShot(0, self, self._find_sentences)  # a failed action forgets what was counted
            return None
        if self.project is not None and not self.project.read_only:
            self.saving.emit("saved")
        return outcome

    def undo(self) -> None:
        """Take back the last step and go to the article it happened in."""
        self._replay(lambda p: p.undo())

    def redo(self) -> None:
        """Do the last step taken back again and go to its article."""
        self._replay(lambda p: p.redo())

    def jump(self, to: int) -> Step | None:
        """Go to just after a step of the history (0: before the first) and to its article; returns the last one replayed."""
        return self._replay(lambda p: p.jump(to))

    def _replay(self, verb: Callable[[Project], Step | None]) -> Step | None:
        """Replay steps, go to their article and tell where something was touched, before or after."""
        before, notices = self.article, list[Changes]()
        self._replayed, self._touched = notices, set()
        try:
            step = self.do(verb)
        finally:
            self._replayed = None
        self._go_to_step(step)
        touched = self._touched if before == self.article else set[tuple[int, int]]()
        for changes in notices:
            touched |= places(self.annotated, changes)
        if touched:
            self.replayed.emit(touched)
        return step

    def _go_to_step(self, step: Step | None) -> None:
        if self.project is None or step is None:
            return
        if self.article is not None and step.article in (None, self.article):
            return
        there = self.project.article_ids()  # the step may have taken its article away
        wanted = step.article if step.article in there else self.article or next(iter(there), None)
        if wanted != self.article:
            self.show_article(wanted)

    @Slot(object)
    def _told(self, changes: Changes) -> None:
        """Pull what the notice is about, then pass it on."""
        project = self.project
        if project is None:
            return
        if self._replayed is not None:
            self._replayed.append(changes)
            self._touched |= places(self.annotated, changes)  # what goes is no longer known below
        there = project.article_ids() if changes.articles else None
        if there is not None and self.article not in (None, *there):
            self.show_article(there[0] if there else None)
        elif self.article is not None and (changes.code_book or self.article in changes.touched_articles):
            old = self.annotated
            self.annotated = project.renewed(old, changes) if old is not None else project.annotated(self.article)
            self._since |= changes.marks | changes.sentences
            if self._near is not None:
                _bring_up(self._near, self.annotated, changes.marks | changes.sentences)
            if self.chosen is not None and self.chosen not in self.annotated.by_id:
                self.choose(None)
            self._find_sentences()
        self.changed.emit(changes)

    # -- background work

    def run_job(
        self, title: str, work: Callable[[Job], T], on_done: Callable[[T], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None, *, quiet: bool = False,
    ) -> Job:  # fmt: skip
        """Run ``work`` on a worker thread and its outcome on this one; without ``quiet`` the window shows progress.

        A user's error goes to ``on_failed`` or ``failed``; any other goes to the window's exception hook.
        """
        job = Job(title, work, self)
        self._jobs.add(job)

        def finished(outcome: T) -> None:
            if on_done is not None and not job.cancelled:
                on_done(outcome)

        def broke(error: Exception) -> None:
            if job.cancelled:
                return
            if on_failed is not None:
                on_failed(error)
            elif isinstance(error, AnnotatorError):
                self.failed.emit(error, None)
            else:
                raise error

        job.done.connect(finished)
        job.failed.connect(broke)
        job.ended.connect(lambda: self._forget(job))
        if not quiet:
            self.job_started.emit(job)
        self._threads.start(_Runner(job))
        return job

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        job.deleteLater()

    def wait_for_jobs(self) -> None:
        """Cancel what still runs and wait for it to end; before the program ends."""
        for job in list(self._jobs):
            job.cancel()
        self._threads.waitForDone()


def _bring_up(coverage: Coverage, now: AnnotatedArticle, changed: Iterable[Id]) -> None:
    """Put into a coverage what has changed since its claims and sentence marks were read."""
    said = now.sentence_marks_by_id
    for id_ in changed:
        mark = now.by_id.get(id_)
        spans = [(s.start, s.end) for s in mark.segments] if isinstance(mark, Claim) else []
        coverage.put(id_, [(said[id_].start, said[id_].end)] if id_ in said else spans)
