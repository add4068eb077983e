"""Reads originals in fresh interpreters of little memory and time, without a network; nothing they say is trusted."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotator import text as texts
from annotator.child import Child, Ended, Message, Silent
from annotator.errors import ReadError
from annotator.importers import limits, plain
from annotator.importers.encoding import Decoded, known_encoding
from annotator.language import tr
from annotator.model import Block, Chapter, Draft, ImportReport, ReadOptions
from annotator.model.values import BLOCK_KINDS, ZONES

_LOG = logging.getLogger(__name__)
WORKER = "annotator.importers.worker"
FILES_A_WORKER = 500
"""After so many files a worker is replaced, whatever state it is in."""


AHEAD = 64
AHEAD_BYTES = 32 << 20
"""How many files, and bytes of them, are read ahead of who asks: the processes work on while a batch is written."""


class Pool:
    """Warm processes that read originals, ``jobs`` at a time; to be closed, and safe to use from any thread.

    Each file has its own time and memory. A process that was ended over a file, or came out of one worn, is replaced.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        self._free = threading.BoundedSemaphore(self.jobs)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: dict[_Worker, _Order] = {}
        self._orders: set[_Order] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, options: ReadOptions | None = None) -> Draft:
        """Return the article in a file.

        Whatever is in the file, this raises nothing but ReadError, whose sentence names it. ``options``: what the
        user decided about reading it.
        """
        with self._ordered() as order:
            return self._read(path, options, order)

    def read_bytes(self, data: bytes, file_name: str, options: ReadOptions | None = None) -> Draft:
        """Return the article in bytes that are already at hand, as if they were a file of this name. Raises ReadError."""
        with self._ordered() as order, _Named(file_name) as name:
            return self._read_bytes(data, name, _checked(options), order)

    def read_all(
        self, paths: Iterable[Path], options: ReadOptions | None = None
    ) -> Generator[tuple[Path, Draft | ReadError]]:
        """Yield each file with what came of it, in the order given; a few are read ahead.

        Closing the iterator early ends at once what is being read for it; the pool goes on. Where ``stop`` or
        ``close`` is called from another thread, it ends.
        """
        with self._ordered() as order, ThreadPoolExecutor(self.jobs, "reading") as threads:
            ahead: deque[tuple[Path, Future[Draft | ReadError]]] = deque()
            sizes: deque[int] = deque()
            try:
                for path in paths:
                    ahead.append((path, threads.submit(self._outcome, path, options, order)))
                    sizes.append(_size(path))
                    while len(ahead) > AHEAD or (len(ahead) > 2 * self.jobs and sum(sizes) > AHEAD_BYTES):
                        sizes.popleft()
                        yield from _told(ahead.popleft(), order)
                    if order.is_ended:
                        return
                while ahead:
                    yield from _told(ahead.popleft(), order)
            finally:
                for _, outcome in ahead:
                    outcome.cancel()
                self._end(order)

    @property
    def is_reading(self) -> bool:
        """Whether a process is at work on a file."""
        return bool(self._busy)

    def stop(self) -> None:
        """End at once whatever is being read: those calls raise ReadError. The pool goes on with what is asked next."""
        with self._lock:
            orders = list(self._orders)
        for order in orders:
            self._end(order)

    def close(self) -> None:
        """End all processes, and what they are reading. May be called again."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        self.stop()
        for worker in idle:
            worker.child.end()

    # -- orders: which calls wait for which processes, so that some of them can be ended

    def _ordered(self) -> _Order:
        order = _Order(self)
        with self._lock:
            if self._closed:
                order.is_ended = True
            self._orders.add(order)
        return order

    def forget(self, order: _Order) -> None:
        """Let go of an order that is done."""
        with self._lock:
            self._orders.discard(order)

    def _end(self, order: _Order) -> None:
        with self._lock:
            order.is_ended = True
            workers = [worker for worker, its in self._busy.items() if its is order]
            for worker in workers:
                worker.child.kill()

    def _take(self, order: _Order) -> _Worker:
        with self._lock:
            if order.is_ended:
                raise _stopped()
            worker = self._idle.pop() if self._idle else None
            if worker is not None:
                self._busy[worker] = order
                return worker
        try:
            worker = _Worker(Child(WORKER))
        except (OSError, ValueError) as error:
            raise ReadError(tr("could not be read: the reading process did not start ({why}).", why=error)) from error
        with self._lock:
            self._busy[worker] = order
            if order.is_ended:
                worker.child.kill()
        return worker

    def _give_back(self, worker: _Worker, *, fit: bool) -> None:
        with self._lock:
            order = self._busy.pop(worker)
            keep = fit and not self._closed and not order.is_ended and worker.files < FILES_A_WORKER
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.child.end()

    # -- reading

    def _outcome(self, path: Path, options: ReadOptions | None, order: _Order) -> Draft | ReadError:
        try:
            return self._read(path, options, order)
        except ReadError as error:
            return error

    def _read(self, path: Path, options: ReadOptions | None, order: _Order) -> Draft:
        with _Named(path.name) as name:
            return self._read_bytes(_bytes_of(path), name, _checked(options), order)

    def _read_bytes(self, data: bytes, name: str, options: ReadOptions, order: _Order) -> Draft:
        if not data:
            raise ReadError(tr("has no text: the file is empty."))
        if len(data) > limits.FILE_BYTES:
            raise ReadError(_too_large(len(data)))
        with self._free:
            message = self._answer(data, name, options, order)
        if "unforeseen" in message.values:
            _LOG.warning("reading %r: %s", name, message.values["unforeseen"])
        if "error" in message.values:
            raise ReadError(str(message.values["error"]), ask=str(message.values.get("ask", "")))
        return _draft(message, data, name, options)

    def _answer(self, data: bytes, name: str, options: ReadOptions, order: _Order) -> Message:
        """Return a process's last word about the bytes; a used one that ends over them may be a former file's fault."""
        while True:
            worker, fit = self._take(order), False
            try:
                message = worker.answer(data, name, options)
                fit = not message.values.get("worn")
                return message
            except Silent:
                raise (_stopped() if order.is_ended else ReadError(_too_long())) from None
            except Ended as ended:
                if order.is_ended:
                    raise _stopped() from None
                if worker.files == 1 or ended.why == "time":
                    raise ReadError(_ended(ended)) from ended
            finally:
                self._give_back(worker, fit=fit)


class _Order:
    """What one call asked for: may be ended while it waits for a process or while one reads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.is_ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.forget(self)


class _Named:
    """Gives a file's name as text, and completes the sentence of every ReadError with it."""

    def __init__(self, name: str) -> None:
        self._name = name.encode("utf-8", "replace").decode("utf-8")

    def __enter__(self) -> str:
        return self._name

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ReadError):
            name = " ".join(texts.clean(self._name).text.split())
            said = tr("“{file}” {is_so}", file=name, is_so=error.is_so)
            raise ReadError(said, ask=error.ask, is_so=error.is_so) from error


class _Worker:
    """One process, and how many files it has read."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.files = 0

    def answer(self, data: bytes, name: str, options: ReadOptions) -> Message:
        """Have the bytes read; return the process's last word. Raises Silent, or Ended."""
        self.files += 1
        self.child.forget_complaints()
        means = [limits.CPU_SECONDS, limits.TOTAL_SECONDS, limits.MEMORY_BYTES]
        asked = {"read": name, "number": self.files, "options": asdict(options), "means": means}
        self.child.say(asked, data)
        end = time.monotonic() + limits.TOTAL_SECONDS
        while True:
            try:
                message = self.child.hear(min(limits.SILENT_SECONDS, end - time.monotonic()))
            except Silent:
                if time.monotonic() < end and self.child.is_at_work:
                    continue  # on a busy machine ten seconds pass quickly; its processor time ends it in any case
                raise
            if message.values.get("number") != self.files:
                raise Ended("words", tr("an answer to another question"))
            if "draft" in message.values or "error" in message.values:
                return message


def read(path: Path, options: ReadOptions | None = None) -> Draft:
    """Return the article in one file, from a process of its own. Raises nothing but ReadError, which names the file."""
    with Pool() as pool:
        return pool.read(path, options)


def draft_from_text(
    raw: str, *, title: str | None = None, file_name: str = "pasted.txt", options: ReadOptions | None = None
) -> Draft:
    """Return pasted text as a draft. Raises ReadError where there is no text in it, or too much."""
    if len(raw) > limits.TEXT_CODE_POINTS + limits.LINES:
        raise ReadError(
            tr(
                "The text has {n:,} characters; an article may have {most:,}.",
                n=len(raw),
                most=limits.TEXT_CODE_POINTS,
            )
        )
    decoded = Decoded(raw, "utf-8", "given")
    try:
        original = raw.encode("utf-8", "surrogatepass")
        draft = plain.from_characters(decoded, original, file_name, options or ReadOptions())
    except ReadError as error:
        raise ReadError(tr("The text {is_so}", is_so=error.is_so), is_so=error.is_so) from error
    return plain.titled(draft, title) if title and title.strip() else draft


def _size(path: Path) -> int:
    """Return how large a file is; one that cannot be looked at will be told of when it is read."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _told(asked: tuple[Path, Future[Draft | ReadError]], order: _Order) -> Iterator[tuple[Path, Draft | ReadError]]:
    """Yield a file with what came of it, once it did; nothing where its order was ended meanwhile."""
    path, future = asked
    outcome = future.result()
    if not order.is_ended:
        yield path, outcome


def _checked(options: ReadOptions | None) -> ReadOptions:
    options = options or ReadOptions()
    return replace(options, encoding=known_encoding(options.encoding)) if options.encoding else options


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes; a file that is too large is refused without being read."""
    try:
        if path.is_dir():
            raise ReadError(tr("is a folder; choose the files in it."))
        if path.exists() and not path.is_file():
            raise ReadError(tr("is not an ordinary file."))
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise ReadError(_too_large(size))
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise ReadError(tr("was not found.")) from error
    except PermissionError as error:
        raise ReadError(tr("may not be read: you have no permission to open it.")) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(tr("could not be read from the disk: {reason}.", reason=reason)) from error
    if len(data) > limits.FILE_BYTES:
        raise ReadError(tr("grew while it was read; try again."))
    return data


def _too_large(size: int) -> str:
    megabytes = [tr("{n:,.0f} MB", n=n / 1_000_000) for n in (size, limits.FILE_BYTES)]
    return tr("is {size} large; a file may have {most}.", size=megabytes[0], most=megabytes[1])


def _too_long() -> str:
    return tr("takes too long to read; split it, or save it as plain text.")


def _stopped() -> ReadError:
    return ReadError(tr("was not read: reading was stopped."))


def _ended(ended: Ended) -> str:
    if ended.why == "time":
        return _too_long()
    if ended.why == "memory":
        return tr("needs more memory to read than one article may take.")
    if ended.said:
        said = " ".join(texts.clean(ended.said).text.split())
        return tr("could not be read: the reading process stopped ({why}).", why=said)
    return tr("could not be read: the reading process stopped without a word.")


def _draft(message: Message, data: bytes, file_name: str, options: ReadOptions) -> Draft:
    """Build the draft from the process's answer; nothing in it is taken on trust."""
    answer: Any = message.values.get("draft")
    try:
        report = replace(ImportReport.from_json(json.dumps(answer["report"])), options=options)
        blocks = tuple(Block(int(b[0]), int(b[1]), str(b[2]), int(b[3]), str(b[4])) for b in answer["blocks"])
        facts = {str(name): str(value) for name, value in dict(answer["facts"]).items()}
        can = frozenset(str(name) for name in answer["can"])
        chapters = tuple(Chapter(str(key), str(name), int(words)) for key, name, words in answer["chapters"])
        passages = tuple((str(what), str(words)) for what, words in answer["passages"])
        text, title, media_type = message.payload.decode("utf-8"), str(answer["title"]), str(answer["media_type"])
        told = [title, media_type, *facts, *facts.values(), *can, *(w for p in passages for w in p), report.to_json()]
        "".join([*told, *(w for c in chapters for w in (c.key, c.title))]).encode()  # half a character is no words
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ReadError(tr("could not be read: the answer makes no sense ({why}).", why=error)) from error
    fits = [(b.start, b.end) for b in blocks] == list(texts.lines(text))
    known = all(b.kind in BLOCK_KINDS and b.zone in ZONES for b in blocks)
    if not fits or not known or not title or texts.clean(text).text != text:
        raise ReadError(tr("could not be read: the answer makes no sense."))
    return Draft(
        title, text, blocks, facts, data, file_name, media_type, report,
        can=can, chapters=chapters, passages=passages,
    )  # fmt: skip
