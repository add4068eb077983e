"""The child process that reads one original: takes its bytes on standard input, answers in lines of JSON.

Lines of the answer: ``{"alive": true}`` any number of times, then one ``{"draft": …}`` or ``{"error": "…"}``.
Its means are limited before the first byte is looked at, and it can reach neither the network nor another program.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from importlib import import_module
from typing import Any, NoReturn

from annotator.errors import ReadError
from annotator.importers.readers import ReadBytes
from annotator.language import tr
from annotator.model import Draft, ReadOptions

_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.kill", "shutil.",
    "urllib.", "ftplib.", "http.", "smtplib.", "webbrowser.",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Read standard input as ``arguments`` say: reader's module, file's name, options as JSON, seconds, bytes."""
    module, file_name, options, seconds, memory = arguments
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    try:
        read: ReadBytes = import_module(module).read
        _limit_means(int(seconds), int(memory))
        _say(answers, {"alive": True})
        data = sys.stdin.buffer.read()
        draft = read(data, file_name, from_plain(json.loads(options)), lambda: _say(answers, {"alive": True}))
        _say(answers, {"draft": to_plain(draft)})
    except ReadError as error:
        _say(answers, {"error": str(error)})
    except MemoryError:
        _say(answers, {"error": tr("needs more memory to read than one article may take.")})
    except RecursionError:
        _say(answers, {"error": tr("is nested too deeply to be read.")})
    return 0


def to_plain(draft: Draft) -> dict[str, Any]:
    """Return a draft as values JSON knows, without the original, which the parent has."""
    blocks = [[b.start, b.end, b.kind, b.level, b.zone] for b in draft.blocks]
    return {
        "title": draft.title,
        "text": draft.text,
        "blocks": blocks,
        "facts": draft.facts,
        "media_type": draft.media_type,
        "report": asdict(draft.report),
        "can": sorted(draft.can),
        "chapters": [[c.key, c.title, c.words] for c in draft.chapters],
        "passages": draft.passages,
    }


def from_plain(values: dict[str, Any]) -> ReadOptions:
    """Return what a person decided from values JSON knows."""
    return replace(ReadOptions(), **{**values, "chapters": tuple(values.get("chapters", ()))})


def _say(answers: Any, line: dict[str, Any]) -> None:
    answers.write(json.dumps(line) + "\n")  # ASCII: no encoding of the pipe can spoil it
    answers.flush()


def _limit_means(seconds: int, memory: int) -> None:
    sys.dont_write_bytecode = True
    sys.addaudithook(_guard)
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 1 << 20)  # enough for a complaint on standard error
    _lower(resource.RLIMIT_CPU, seconds, grace=1)  # the kind signal comes first: it says why
    _lower(resource.RLIMIT_AS, memory)


def _lower(kind: int, value: int, *, grace: int = 0) -> None:
    """Lower one limit; a system that does not know it, or has a lower one, keeps its own."""
    import resource

    _, hard = resource.getrlimit(kind)
    most = value + grace
    if hard != resource.RLIM_INFINITY:
        value, most = min(value, hard), min(most, hard)
    try:
        resource.setrlimit(kind, (value, most))
    except (ValueError, OSError) as error:
        print(f"limit {kind} stays as it was: {error}", file=sys.stderr)  # noqa: T201 - the parent's log


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        _refuse(event)
    if event == "open":
        mode = arguments[1]
        if isinstance(mode, str) and set(mode) & set("wax+"):
            _refuse(f"{event} to write")


def _refuse(what: str) -> NoReturn:
    raise PermissionError(f"a reader may not do this: {what}")
