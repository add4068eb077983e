"""What the child process does that reads originals: one after another, each with its own time and memory.

It hears ``{"read": file's name, "number": …, "options": …, "means": …}`` with the bytes, says ``{"alive": true}`` any
number of times, then ``{"draft": …}`` with the text as bytes, or ``{"error": "…"}``, each with the number it was asked
under. ``worn`` in the answer: take another child for the next file. ``unforeseen``: for the log, where a reader met what it was not written for.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from typing import Any

from annotator.child import Talk
from annotator.confined import Means
from annotator.errors import ReadError
from annotator.importers.readers import ReadBytes
from annotator.importers.recognition import recognise
from annotator.language import tr
from annotator.model import Draft, ReadOptions

GROWN_BYTES = 128 << 20
"""A child that holds so much more than at its beginning is worn: what it keeps would count against the next file."""
_SIGN_SECONDS = 0.2


def serve(talk: Talk, means: Means) -> None:
    """Read one original after another until no more comes."""
    at_first = held = means.memory()
    while (message := talk.hear()) is not None:
        values = message.values
        means.renew(*values["means"], held=held)
        answer, text = _answer(message.payload, values, _Alive(talk, means, values["number"]))
        answer["number"] = values["number"]
        del message
        held = means.memory()
        if means.threads or held - at_first > GROWN_BYTES:
            answer["worn"] = True
        talk.say(answer, text)


def _answer(data: bytes, values: Mapping[str, Any], alive: _Alive) -> tuple[dict[str, Any], bytes]:
    try:
        draft = _read(data, str(values["read"]), ReadOptions.from_plain(values["options"]), alive)
        return {"draft": to_plain(draft)}, draft.text.encode("utf-8", "surrogatepass")
    except ReadError as error:
        return {"error": str(error), "ask": error.ask}, b""
    except MemoryError:
        return {"error": tr("needs more memory to read than one article may take."), "worn": True}, b""
    except RecursionError as error:
        return {"error": tr("is nested too deeply to be read."), "unforeseen": _trace(error), "worn": True}, b""
    except Exception as error:  # noqa: BLE001 - the last net: whatever a library raises is one sentence about the file
        why = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        said = tr("could not be read: it is damaged, or unlike other files of its kind ({why}).", why=why)
        return {"error": said, "unforeseen": _trace(error), "worn": True}, b""


def _read(data: bytes, file_name: str, options: ReadOptions, alive: _Alive) -> Draft:
    found = recognise(data, file_name)
    if len(data) > found.reader.most_bytes:
        raise ReadError(too_large(len(data)))
    read: ReadBytes = import_module(found.reader.module).read
    alive()
    draft = read(data, file_name, options, alive)
    if found.note:
        draft = replace(draft, report=replace(draft.report, notes=(found.note, *draft.report.notes)))
    return draft


def too_large(size: int) -> str:
    """Return the end of a sentence about a file of text of so many bytes."""
    from annotator.importers import limits

    return tr(
        "is {size:,.0f} MB large; an article may have {most:,} characters. Split it and read the parts.",
        size=size / 1_000_000,
        most=limits.TEXT_CODE_POINTS,
    )


@dataclass
class _Alive:
    """A sign of life: more time for the file, and a word to the parent if the last is a while ago."""

    talk: Talk
    means: Means
    number: int
    last: float = field(default_factory=time.monotonic)

    def __call__(self) -> None:
        self.means.more()
        now = time.monotonic()
        if now - self.last > _SIGN_SECONDS:
            self.last = now
            self.talk.say({"alive": True, "number": self.number})


def to_plain(draft: Draft) -> dict[str, Any]:
    """Return a draft as values JSON knows, without its text, and without the original, which the parent has."""
    return {
        "title": draft.title,
        "blocks": [[b.start, b.end, b.kind, b.level, b.zone] for b in draft.blocks],
        "facts": draft.facts,
        "media_type": draft.media_type,
        "report": asdict(draft.report),
        "can": sorted(draft.can),
        "chapters": [[c.key, c.title, c.words] for c in draft.chapters],
        "passages": draft.passages,
    }


def _trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))[-4_000:]
