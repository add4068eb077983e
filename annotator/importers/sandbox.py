"""Reads originals in a fresh interpreter with little memory, little time and no network; only JSON comes back."""

from __future__ import annotations

import json
import logging
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any

from annotator import language
from annotator import text as texts
from annotator.errors import ReadError
from annotator.importers import limits, plain
from annotator.importers.encoding import Decoded, known_encoding
from annotator.importers.readers import EXTENSIONS, Reader, reader_for
from annotator.language import tr
from annotator.model import Block, Chapter, Draft, ImportReport, ReadOptions
from annotator.model.values import BLOCK_KINDS, ZONES

_LOG = logging.getLogger(__name__)
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from annotator import language; language.speak(*json.loads(sys.argv[2])); "
    "from annotator.importers.worker import main; sys.exit(main(sys.argv[3:]))"
)
_ANSWER_BYTES = 160_000_000


def read(path: Path, options: ReadOptions | None = None) -> Draft:
    """Return the article in a file.

    The file is read in a child process; whatever is in it, this raises nothing but ReadError, whose sentence names
    the file. ``options``: what the user decided about reading it.
    """
    file_name = path.name.encode("utf-8", "replace").decode("utf-8")
    options = options or ReadOptions()
    if options.encoding:
        options = replace(options, encoding=known_encoding(options.encoding))
    try:
        reader = reader_for(path.name)
        if reader is None:
            raise ReadError(
                tr(
                    "is of a kind that cannot be read yet; this program reads {kinds} files.",
                    kinds=", ".join(EXTENSIONS),
                )
            )
        data = _bytes_of(path, reader)
        answer = _ask_child(reader, data, file_name, json.dumps(asdict(options)))
        return _draft(answer, data, file_name, options)
    except ReadError as error:
        raise ReadError(tr("“{file}” {is_so}", file=file_name, is_so=error)) from error


def draft_from_text(raw: str, *, title: str | None = None, file_name: str = "pasted.txt") -> Draft:
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
        draft = plain.from_characters(decoded, raw.encode("utf-8", "surrogatepass"), file_name)
    except ReadError as error:
        raise ReadError(tr("The text {is_so}", is_so=error)) from error
    return plain.titled(draft, title) if title and title.strip() else draft


def _bytes_of(path: Path, reader: Reader) -> bytes:
    """Return a file's bytes; a file that is too large is refused without being read."""
    try:
        if path.is_dir():
            raise ReadError(tr("is a folder; choose the files in it."))
        if path.exists() and not path.is_file():
            raise ReadError(tr("is not an ordinary file."))
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise ReadError(
                tr(
                    "is {size} large; a file may have {most}.",
                    size=_megabytes(size),
                    most=_megabytes(limits.FILE_BYTES),
                )
            )
        if size > reader.most_bytes:
            raise ReadError(
                tr(
                    "is {size} large; an article may have {most:,} characters. Split it and read the parts.",
                    size=_megabytes(size),
                    most=limits.TEXT_CODE_POINTS,
                )
            )
        with path.open("rb") as file:
            data = file.read(reader.most_bytes + 1)
    except FileNotFoundError as error:
        raise ReadError(tr("was not found.")) from error
    except PermissionError as error:
        raise ReadError(tr("may not be read: you have no permission to open it.")) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(tr("could not be read from the disk: {reason}.", reason=reason)) from error
    if len(data) > reader.most_bytes:
        raise ReadError(tr("grew while it was read; try again."))
    if not data:
        raise ReadError(tr("has no text: the file is empty."))
    return data


def _megabytes(size: int) -> str:
    return tr("{n:,.0f} MB", n=size / 1_000_000)


class _Ended(Exception):
    """The child ended, or talked nonsense, before it had said anything final."""


def _ask_child(reader: Reader, data: bytes, file_name: str, options: str) -> dict[str, Any]:
    """Have a child process read the bytes; return its last answer. Raises ReadError for every way it can end badly."""
    with tempfile.TemporaryFile() as complaints:
        try:
            child = _start(reader, file_name, options, complaints)
        except (OSError, ValueError) as error:
            raise ReadError(tr("could not be read: the reading process did not start ({why}).", why=error)) from error
        answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
        listener = threading.Thread(target=_listen, args=(child.stdout, answers), daemon=True)
        feeder.start()
        listener.start()
        try:
            return _last_answer(answers)
        except _Ended:
            try:
                child.wait(1.0)  # its own way of ending says more than being killed
            except subprocess.TimeoutExpired:
                child.kill()
            raise ReadError(_why(child.wait(), file_name, complaints)) from None
        finally:
            child.kill()
            child.wait()
            feeder.join()
            listener.join()


def _start(reader: Reader, file_name: str, options: str, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    package_home = str(Path(__file__).resolve().parents[2])
    search = list(dict.fromkeys([*(p for p in sys.path if p and Path(p).is_absolute()), package_home]))
    means = [str(limits.CPU_SECONDS), str(limits.MEMORY_BYTES)]
    spoken = json.dumps(language.asked())
    return subprocess.Popen(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            _CHILD,
            json.dumps(search),
            spoken,
            reader.module,
            file_name,
            options,
            *means,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _feed(pipe: IO[bytes] | None, data: bytes) -> None:
    if pipe is None:
        return
    try:
        pipe.write(data)
    except (OSError, ValueError) as error:  # the child is gone; what it said is what counts
        _LOG.debug("the reading process took no more: %s", error)
    try:
        pipe.close()
    except OSError as error:
        _LOG.debug("the reading process took no more: %s", error)


def _listen(pipe: IO[bytes] | None, answers: queue.SimpleQueue[bytes | None]) -> None:
    if pipe is not None:
        left = _ANSWER_BYTES
        with pipe:
            while left > 0 and (line := pipe.readline(left)):
                left -= len(line)
                answers.put(line)
    answers.put(None)


def _last_answer(answers: queue.SimpleQueue[bytes | None]) -> dict[str, Any]:
    end = time.monotonic() + limits.TOTAL_SECONDS
    while True:
        try:
            line = answers.get(timeout=max(0.0, min(limits.SILENT_SECONDS, end - time.monotonic())))
        except queue.Empty:
            raise ReadError(tr("takes too long to read; split it, or save it as plain text.")) from None
        try:
            answer: Any = json.loads(line or b"")
        except ValueError:
            raise _Ended from None
        if isinstance(answer, dict) and "error" in answer:
            raise ReadError(str(answer["error"]))
        if isinstance(answer, dict) and isinstance(answer.get("draft"), dict):
            return answer["draft"]


def _why(code: int, file_name: str, complaints: IO[bytes]) -> str:
    complaints.seek(0)
    said = complaints.read(1 << 16).decode("utf-8", "replace").strip()
    _LOG.warning("the reading process for %r ended with %s: %s", file_name, code, said)
    if code < 0 and -code == getattr(signal, "SIGXCPU", 0):
        return tr("takes too long to read; split it, or save it as plain text.")
    last = said.rsplit("\n", 1)[-1][:200]
    if "MemoryError" in last:
        return tr("needs more memory to read than one article may take.")
    if last:
        return tr("could not be read: the reading process stopped ({why}).", why=last)
    return tr("could not be read: the reading process stopped without a word.")


def _draft(answer: dict[str, Any], data: bytes, file_name: str, options: ReadOptions) -> Draft:
    """Build the draft from the child's answer; nothing in it is taken on trust."""
    try:
        report = ImportReport.from_json(json.dumps(answer["report"]))
        blocks = tuple(Block(int(b[0]), int(b[1]), str(b[2]), int(b[3]), str(b[4])) for b in answer["blocks"])
        facts = {str(name): str(value) for name, value in dict(answer["facts"]).items()}
        can = frozenset(str(name) for name in answer["can"])
        chapters = tuple(Chapter(str(key), str(name), int(words)) for key, name, words in answer["chapters"])
        passages = tuple((str(what), str(words)) for what, words in answer["passages"])
        text, title, media_type = str(answer["text"]), str(answer["title"]), str(answer["media_type"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ReadError(tr("could not be read: the answer makes no sense ({why}).", why=error)) from error
    lines = list(texts.lines(text))
    fits = [(b.start, b.end) for b in blocks] == lines
    known = all(b.kind in BLOCK_KINDS and b.zone in ZONES for b in blocks)
    if not fits or not known or not title or texts.clean(text).text != text:
        raise ReadError(tr("could not be read: the answer makes no sense."))
    return Draft(
        title, text, blocks, facts, data, file_name, media_type, report,
        options=options, can=can, chapters=chapters, passages=passages,
    )  # fmt: skip
