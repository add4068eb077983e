"""Many files at once: read in the background, added in small batches under one undo step, each with what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator import text as texts
from annotator.errors import AnnotatorError, ReadError
from annotator.importers.folders import Found, files_in, is_folder
from annotator.importers.limits import default_jobs
from annotator.language import tr, trn
from annotator.model import Id
from annotator.project import Changes, Project
from annotator.project.importing import TakenBack, corrected
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
    WAITING,
    Item,
)
from annotator.ui.import_run import Run
from annotator.ui.workspace import Job, Workspace
from annotator.vocabulary import count

if TYPE_CHECKING:
    from annotator.importers import Draft, ReadOptions
    from annotator.ui.imports import Look

ASK_FOR = 5
"""So many files or fewer are looked at one by one, unless a person says otherwise."""
SLICE = 0.04
"""Seconds the window's thread may take at once to add drafts."""
LEAST_AT_ONCE, MOST_AT_ONCE = 4, 20
BREATH_MS = 5
"""So long the window has for itself between two batches."""


class ImportQueue(QObject):
    """Reads files and adds them.

    ``need_project`` makes a project where none is open; ``look`` shows a draft and returns what the person said.
    """

    changed = Signal()
    """Something about some file is known now."""
    began = Signal()
    ended = Signal()
    """Every file is done, or the rest will not be read."""
    _walked = Signal(object, object)
    _came = Signal(object, object, object, str, int)

    def __init__(
        self,
        workspace: Workspace,
        need_project: Callable[[str], bool],
        look: Callable[[Draft, str, int], Look],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._need_project = need_project
        self._look = look
        self._run: Run | None = None
        self._asking = False
        self._at_once = LEAST_AT_ONCE
        """How many drafts can be added in a slice of time, as far as is known."""
        self._adding = QTimer(self)
        self._adding.setSingleShot(True)
        self._adding.setInterval(BREATH_MS)
        self._adding.timeout.connect(self._add_some)
        self.items: list[Item] = []
        self.name = ""
        """What a project made for these files is called."""
        self.looks = True
        """Whether each file is looked at before it is added."""
        self._made: dict[Id, Item] = {}
        """The files that became articles."""
        self._walks: list[Job] = []
        """Folders that are being looked through."""
        self.others: list[Item] = []
        """Files of the folders that are of no kind that can be read; they can be tried all the same."""
        self._walked.connect(self._take_files)
        self._came.connect(self._take)
        workspace.closing.connect(self._leave)
        workspace.changed.connect(self._follow)

    # -- asking

    @property
    def running(self) -> bool:
        """Whether files are still being read or added."""
        return self._run is not None

    def start(self, paths: Sequence[Path]) -> None:
        """Add files, and what is in folders; while others are being added they wait behind them."""
        if self._run is None:
            self.items, self.others = [], []
            self._made.clear()
        self.name = self.name if self._run is not None else paths[0].stem if paths else ""
        if not any(is_folder(path) for path in paths):
            self._take_files(None, Found(tuple(paths), ()))
            return
        walk = self._workspace.run_job(tr("Looking through the folder"), lambda job: self._walk(job, paths))
        self._walks.append(walk)

    def _walk(self, job: Job, paths: Sequence[Path]) -> None:
        """Find the files in folders; on a worker thread."""
        found: list[Path] = []
        others: list[Path] = []
        closed: list[Path] = []
        for path in paths:
            if is_folder(path):
                there = files_in(path, is_cancelled=lambda: job.cancelled)
                found += there.files
                others += there.others
                closed += there.closed
            else:
                found.append(path)
        if not job.cancelled:
            self._walked.emit(job, Found(tuple(found), tuple(others), tuple(closed)))

    def _take_files(self, walk: Job | None, found: Found) -> None:
        if walk is not None and walk.cancelled:
            return  # what was found for one project goes into no other
        self._walks = [other for other in self._walks if other is not walk]
        self.others += [Item(path, OTHER) for path in found.others]
        self.items += [Item(path) for path in found.files]
        for path in found.closed:
            shut = Item(path)
            shut.end(
                FAILED, tr("“{folder}” may not be looked into: you have no permission to list it.", folder=shut.name)
            )
            self.items.append(shut)
        self.looks = len(self.items) <= ASK_FOR
        if self._run is not None:
            self.began.emit()
            self.changed.emit()
        elif not self._go_on():
            self.began.emit()
            self.changed.emit()
            self.ended.emit()

    def retry(self, items: Sequence[Item], options: ReadOptions | None = None, *, anyway: bool = False) -> None:
        """Read files again, in another way if ``options`` say so; ``anyway``: add them though they are there already."""
        if self._run is not None or not items:
            return
        tried = {id(item) for item in items if item.state == OTHER}
        if tried:
            self.items += [item for item in items if id(item) in tried]
            self.others = [item for item in self.others if id(item) not in tried]
        for item in items:
            item.options = options or (item.options if anyway else None)
            item.old = item.article if item.state == ADDED else None
            item.state, item.reason, item.anyway = WAITING, "", anyway or item.old is not None
            item.is_so = ""
        self._go_on()

    def set_looks(self, on: bool) -> None:
        """Look at each file before it is added, or no more."""
        self.looks = on
        run = self._run
        if run is not None:
            run.look = on
            if not on:
                run.pending.extend(run.looks)
                run.looks.clear()
                self._adding.start()

    def cancel(self) -> None:
        """Read no further; what was added stays."""
        run = self._run
        if run is None:
            return
        for item in self.items:
            if item.state not in DONE:
                item.end(STOPPED)
        run.end()
        self._finish(run)

    def _leave(self) -> None:
        """Stop: the project closes, and nothing can be added to it any more."""
        for walk in self._walks:
            walk.cancel()
        self._walks.clear()
        self.cancel()
        self.items, self.others = [], []
        self._made.clear()
        self.changed.emit()

    def _follow(self, changes: Changes) -> None:
        """Say so of files whose articles were taken back or deleted, or are there again."""
        touched, project = changes.touched_articles & self._made.keys(), self._workspace.project
        if not touched or project is None:
            return
        there = {id_ for id_ in touched if id_ not in changes.articles or project.has_article(id_)}
        before = self.tally()
        for id_ in touched - there:
            if self._made[id_].state == ADDED and self._made[id_].article == id_:
                self._made[id_].state = GONE
        for id_ in there:
            item = self._made[id_]
            if item.state == GONE:  # what it was before it was read otherwise may be there again
                item.state, item.article = ADDED, id_
        if self.tally() != before:
            self.changed.emit()

    # -- reading

    def _go_on(self) -> bool:
        """Read the files that wait and are to be read in the same way as the first of them; False where none waits."""
        waiting = [item for item in self.items if item.state == WAITING]
        if not waiting:
            return False
        options = waiting[0].options
        self._go([item for item in waiting if item.options == options], options)
        return True

    def _go(self, items: list[Item], options: ReadOptions | None) -> None:
        self._run = run = Run(items, options, self.looks)
        self._mark_reading(run)
        self._workspace.run_job(
            tr("Reading {files}", files=count(len(items), "file")), lambda job: self._read(job, run),
            lambda _: self._all_read(run), lambda error: self._broke(run, error), quiet=True,
        )  # fmt: skip
        self.began.emit()
        self.changed.emit()

    def _read(self, job: Job, run: Run) -> None:
        """Read the files of a run; on a worker thread."""
        run.read_all(
            lambda: job.cancelled,
            lambda item, outcome, sha, words: self._came.emit(run, item, outcome, sha, words),
        )

    def _mark_reading(self, run: Run) -> None:
        """Say which files are likely being read: the first that nothing came of yet."""
        ahead = run.items[run.came : run.came + default_jobs()]
        for item in ahead:
            if item.state == WAITING:
                item.state = READING

    def _take(self, run: Run, item: Item, outcome: Draft | ReadError, sha: str, words: int) -> None:
        """Take what came of a file."""
        if run is not self._run or run.stopped:
            return
        run.came += 1
        self._mark_reading(run)
        if isinstance(outcome, ReadError):
            item.end(FAILED, str(outcome))
            item.is_so = outcome.is_so
            run.room.release()
        else:
            item.take(outcome, words)
            item.sha = sha
            if run.look:
                item.state = LOOKING
                run.looks.append((item, outcome))
                QTimer.singleShot(0, self, self._look_at_next)
            else:
                run.pending.append((item, outcome))
                self._adding.start()
        self.changed.emit()

    def _all_read(self, run: Run) -> None:
        run.read = True
        self._end_where_done(run)

    def _broke(self, run: Run, error: Exception) -> None:
        """Something is wrong with reading itself: no file is to blame."""
        if not isinstance(error, AnnotatorError):
            self._fail_rest(run, tr("Reading ended unexpectedly. Try again."))
            raise error
        self._fail_rest(run, str(error))

    # -- adding

    def _add_some(self) -> None:
        """Add as many of the drafts that wait as a moment allows, then let the window breathe."""
        run = self._run
        if run is None or run.stopped or not run.pending or self._asking:
            return
        if not self._have_project(run):
            return
        project = self._workspace.project
        if project is None:
            return
        began = perf_counter()
        part: list[tuple[Item, Draft]] = []
        while run.pending and len(part) < self._at_once and perf_counter() - began < SLICE:
            item, draft = run.pending.popleft()
            run.room.release()
            if not self._is_there(project, run, item, draft):
                part.append((item, draft))
        if part and not self._put_part(run, part):
            return
        self._learn(perf_counter() - began, full=len(part) >= self._at_once)
        self.changed.emit()
        if run.pending:
            self._adding.start()
        else:
            self._end_where_done(run)

    def _learn(self, took: float, *, full: bool) -> None:
        """Add more at once where there was time for it, fewer where it took too long; each commit has its own cost."""
        if took > SLICE:
            self._at_once = max(LEAST_AT_ONCE, self._at_once * 3 // 4)
        elif full:
            self._at_once = min(MOST_AT_ONCE, self._at_once + 1)

    def _have_project(self, run: Run) -> bool:
        """Make a project where none is open; nothing is added where that failed."""
        if self._workspace.project is not None or self._need_project(self.name or tr("Articles")):
            return True
        self._fail_rest(run, tr("No project could be made for it."))
        return False

    def _is_there(self, project: Project, run: Run, item: Item, draft: Draft) -> bool:
        """Say whether the project, or a file before this one, has the same content; note which."""
        if item.anyway:
            return False
        before = run.texts.get(item.sha)
        if before is not None and before is not item:
            item.state, item.article, item.twin = THERE, before.article, before.title
            item.reason = tr("the same as “{file}”", file=before.name)
            return True
        found = project.same_content(draft)
        if found is not None:
            item.state, item.article = THERE, found
            item.twin = project.article(found).title
            return True
        run.texts[item.sha] = item
        return False

    def _put_part(self, run: Run, part: list[tuple[Item, Draft]]) -> bool:
        """Add drafts in one transaction; where that fails nothing more is read."""
        why: list[AnnotatorError] = []

        def put(project: Project) -> bool:
            try:
                if run.batches is None:
                    run.batches = project.importing()
                ids = run.batches.put(
                    [_as_described(project, item, draft) for item, draft in part], [item.old for item, _ in part]
                )
            except TakenBack as error:
                why.append(error)
                return True
            except AnnotatorError as error:
                why.append(error)
                raise
            for (item, draft), id_ in zip(part, ids, strict=True):
                self._is_made(item, id_, draft)
            return True

        self._workspace.do(put)
        if why:
            self._fail_rest(run, str(why[0]))
            return False
        return True

    def _is_made(self, item: Item, article: Id, draft: Draft) -> None:
        """Note that a file became an article."""
        item.state, item.reason, item.article = ADDED, "", article
        self._made[article] = item
        item.facts[article] = {**draft.facts, "title": draft.title}
        item.old = None

    def _fail_rest(self, run: Run, why: str) -> None:
        """Say of every file that is not done why it was not added, and read no further."""
        if run is not self._run:
            return
        for item in self.items:  # those that came later and wait behind these, too
            if item.state not in DONE:
                item.end(FAILED, why)
        run.end()
        self._finish(run)

    # -- looking at each

    def _look_at_next(self) -> None:
        """Show the next draft and do with it what the person says."""
        run = self._run
        if run is None or run.stopped or not run.looks or self._asking:
            return
        item, draft = run.looks.popleft()
        run.room.release()
        self._asking = True
        try:
            at = run.items.index(item) + 1
            place = tr("{file}, {at} of {n}", file=item.name, at=at, n=len(run.items)) if len(run.items) > 1 else ""
            answer = self._look(draft, place, len(run.items) - at)
        finally:
            self._asking = False
        if run is not self._run or run.stopped:
            return
        if answer.said in ("add", "all"):
            self._add_looked_at(run, item, answer)
        elif answer.said == "open":
            item.state, item.article = THERE, answer.twin
            if answer.twin is not None:
                self._workspace.show_article(answer.twin)
        else:
            item.state = SKIPPED
        if answer.said == "all":
            self.set_looks(False)
        self.changed.emit()
        self._end_where_done(run)
        QTimer.singleShot(0, self, self._look_at_next)
        self._adding.start()

    def _add_looked_at(self, run: Run, item: Item, answer: Look) -> None:
        """Add a draft as the person left it, under one step with the others, and show it."""
        draft = answer.draft
        item.take(draft, item.words)
        item.sha = texts.sha256(draft.text)
        if not self._have_project(run) or not self._put_part(run, [(item, draft)]):
            return
        item.encoding = ""
        run.texts[item.sha] = item
        self._workspace.show_article(item.article)

    # -- ending

    def _end_where_done(self, run: Run) -> None:
        if run is self._run and run.read and not run.pending and not run.looks and not self._asking:
            self._finish(run)

    def _finish(self, run: Run) -> None:
        if run is not self._run:
            return
        self._run = None
        if run.stopped or not self._go_on():
            self.changed.emit()
            self.ended.emit()

    # -- telling

    def tally(self) -> Counter[str]:
        """Return how many files there are in each state."""
        return Counter(item.state for item in self.items)

    def count(self, *states: str) -> int:
        """Return how many files are in one of these states."""
        tally = self.tally()
        return sum(tally[state] for state in states)

    @property
    def share(self) -> float:
        """How much of all is done, 0 to 1."""
        return self.count(*DONE) / len(self.items) if self.items else 1.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take, where that can be said."""
        run = self._run
        if run is None or run.look:
            return None
        return run.seconds_left

    def told(self) -> str:
        """Return in one sentence what came of it."""
        tally = self.tally()
        added, n = tally[ADDED], len(self.items)
        there, failed, skipped, stopped = tally[THERE], tally[FAILED], tally[SKIPPED], tally[STOPPED]
        parts = [trn("Added {added} of {n} file", "Added {added} of {n} files", n, added=added)]
        if there:
            parts.append(trn("{n} was there already", "{n} were there already", there))
        if failed:
            parts.append(trn("{n} could not be added", "{n} could not be added", failed))
        if skipped:
            parts.append(trn("{n} left out by you", "{n} left out by you", skipped))
        if stopped:
            parts.append(trn("{n} not read", "{n} not read", stopped))
        return ", ".join(parts)


def _as_described(project: Project, item: Item, draft: Draft) -> Draft:
    """Return a draft with what a person has said since of the article it takes the place of."""
    if item.old is None or item.old not in item.facts or not project.has_article(item.old):
        return draft
    return corrected(draft, item.facts[item.old], project.article(item.old))
