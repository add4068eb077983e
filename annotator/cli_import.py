"""``annotator import``: files and folders into a project, in batches, a line for each file in the order given."""

from __future__ import annotations

import hashlib
import logging
import signal
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

import click

from annotator import importers
from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers.sandbox import Pool
from annotator.language import tr, trn
from annotator.model import Draft, Id
from annotator.project import Project, importing
from annotator.vocabulary import word_count

OTHERS = 20
"""Most files passed over in a folder that are named."""

Told = tuple[Path, Draft | ReadError]


def import_files(
    project: Project, names: Sequence[Path], options: importers.ReadOptions, *, jobs: int, again: bool = False
) -> int:
    """Add what the files and folders hold; returns how many could not be read.

    A line is printed for each file once its batch is in the project, so what was printed stays, whatever happens.
    ``again``: add, too, what the project holds already. Raises click's Exit where the user ended it, which is said.
    """
    logging.getLogger("annotator").addHandler(logging.NullHandler())  # a failure is one sentence, not a trace
    batches = project.importing()
    try:
        with _ended_once():
            return _import(project, batches, names, options, jobs=jobs, again=again)
    except KeyboardInterrupt:
        n = batches.count
        said = trn("Ended: {n} article is in the project.", "Ended: {n} articles are in the project.", n)
        click.echo(said, err=True)
        raise click.exceptions.Exit(1) from None


@contextmanager
def _ended_once() -> Generator[None]:
    """Let Ctrl+C end what is inside; whoever presses it again does not disturb the tidying up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, end)
    yield
    signal.signal(signal.SIGINT, before)  # not after Ctrl+C: then nothing but the program's end follows


def _import(
    project: Project,
    batches: importing.Importing,
    names: Sequence[Path],
    options: importers.ReadOptions,
    *,
    jobs: int,
    again: bool,
) -> int:
    files, empty = _walked(names)
    failed = 0
    with (
        _Progress(len(files)) as progress,
        Pool(min(jobs, len(files))) as pool,
        closing(pool.read_all(files, options)) as told,
    ):
        for part in importing.batched(progress.counting(told), _bytes_of, most=importing.BATCH):
            lines = _Lines(project, again)
            ids = batches.put([draft for path, outcome in part if (draft := lines.take(path, outcome)) is not None])
            progress.clear()
            failed += lines.print(ids)
        progress.end(batches.count, failed)
    return failed + empty


def _walked(names: Sequence[Path]) -> tuple[list[Path], int]:
    """Return the files, folders walked, and how many folders hold none; says what was passed over."""
    files: list[Path] = []
    empty = 0
    for name in names:
        if not importers.is_folder(name):
            files.append(name)
            continue
        found = importers.files_in(name)
        files += found.files
        for folder in found.closed:
            empty += 1
            words = tr("may not be looked into: you have no permission to list it.")
            click.echo(tr("failed  {file}: {why}", file=_shown(folder), why=words), err=True)
        if not (found.files or found.closed):
            empty += 1
            words = tr("“{folder}” holds no file that can be read.", folder=name.name)
            click.echo(tr("failed  {file}: {why}", file=_shown(name), why=words), err=True)
        elif found.others:
            others = trn("{n} file of another kind", "{n} files of other kinds", len(found.others))
            named = [_shown(path.relative_to(name)) for path in found.others[:OTHERS]]
            named += ["…"] if len(found.others) > OTHERS else []
            said = tr("passed over  {folder}: {n} ({names})", folder=_shown(name), n=others, names=", ".join(named))
            click.echo(said, err=True)
    return files, empty


def _shown(path: Path) -> str:
    """Return a file's name for one line of a terminal, whatever stands in it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in str(path))


def _bytes_of(told: Told) -> int:
    """Return how many bytes one file that was read holds."""
    return len(told[1].original) if isinstance(told[1], Draft) else 0


class _Lines:
    """The lines of one batch: which of its files are to be added, and what is said of each."""

    def __init__(self, project: Project, again: bool) -> None:
        self._project = project
        self._again = again
        self._said: list[tuple[Path, Draft | ReadError | str]] = []
        self._here: dict[str, str] = {}

    def take(self, path: Path, outcome: Draft | ReadError) -> Draft | None:
        """Return a draft that is to be added, None for a failure and for what is there already."""
        there = self._there(outcome) if isinstance(outcome, Draft) and not self._again else None
        self._said.append((path, outcome if there is None else there))
        return outcome if isinstance(outcome, Draft) and there is None else None

    def print(self, ids: Iterable[Id]) -> int:
        """Say what became of each file, those added by their ids; returns how many could not be read."""
        added = iter(ids)
        failed = 0
        for path, what in self._said:
            if isinstance(what, ReadError):
                failed += 1
                click.echo(tr("failed  {file}: {why}", file=_shown(path), why=what.is_so), err=True)
            elif isinstance(what, str):
                click.echo(tr("already there  {file}: “{title}”", file=_shown(path), title=what))
            else:
                click.echo(f"{next(added)}  {what.title} ({_about(what)})  {_shown(path)}")
        sys.stdout.flush()
        return failed

    def _there(self, draft: Draft) -> str | None:
        """Return the title of an article of the project or of this batch with the same content."""
        keys = texts.sha256(draft.text), hashlib.sha256(draft.original).hexdigest()
        here = next((self._here[key] for key in keys if key in self._here), None)
        if here is not None:
            return here
        found = self._project.same_content(draft)
        if found is not None:
            return self._project.article(found).title
        self._here.update(dict.fromkeys(keys, draft.title))
        return None


def _about(draft: Draft) -> str:
    """Return how long a text is, in words (where it counts characters as words, it says so), and what to look at."""
    words = word_count(texts.count_words(draft.text), unspaced=texts.has_unspaced_script(draft.text))
    if draft.report.how != "guess":
        return words
    return tr("{words}, {encoding} guessed: please check", words=words, encoding=draft.report.encoding)


class _Progress:
    """How far the reading is, on one line of a terminal; nothing where standard error is none, or for a few files."""

    def __init__(self, of: int, stream: IO[str] | None = None) -> None:
        self._of = of
        self._stream = stream or sys.stderr
        self._is_shown = of > 1 and self._stream.isatty()
        self._width = 0

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def counting(self, told: Iterable[Told]) -> Iterator[Told]:
        """Yield what is told, and say after each how many there were."""
        for n, (path, outcome) in enumerate(told, 1):
            if self._is_shown:
                words = tr("{n:,} of {of:,} read", n=n, of=self._of)
                self._width = max(self._width, len(words))
                self._stream.write(f"\r{words.ljust(self._width)}")
                self._stream.flush()
            yield path, outcome

    def end(self, added: int, failed: int) -> None:
        """Say what came of it, where the progress was shown."""
        if self._is_shown:
            others = self._of - added - failed
            words = [trn("{n} article added", "{n} articles added", added)]
            words += [trn("{n} already there", "{n} already there", others)] if others > 0 else []
            words += [trn("{n} failed", "{n} failed", failed)] if failed else []
            self.clear()
            self._stream.write(f"{', '.join(words)}\n")

    def clear(self) -> None:
        """Take the line away, for what is to be printed."""
        if self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
            self._width = 0
