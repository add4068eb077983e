"""Search by a regular expression, in a child process that can be ended: what it is told, and what it answers.

First ``{"pattern", "ignore_case"}``, answered by ``{}`` or ``{"wrong": sentence}``; then texts, one message each: UTF-8,
with ``{"most": n}``, answered by ``{"places": [[start, end], ...]}`` in code points or ``{"slow": true}``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.errors import RuleBroken
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.child import Talk
    from annotator.confined import Means

SECONDS = 5.0
"""Longest time for one text."""
MEMORY = 512 * 1024 * 1024
LONGEST = 5_000


def compiled(pattern: str, *, ignore_case: bool) -> Any:
    """Return a pattern ready to look through texts. Raises RuleBroken: one sentence that says what is wrong where."""
    import regex  # slow to import, and only wanted here

    if not pattern:
        raise RuleBroken(tr("There is no pattern yet."))
    if len(pattern) > LONGEST:
        raise RuleBroken(tr("The pattern is longer than {n} characters.", n=f"{LONGEST:,}"))
    flags = regex.MULTILINE | (regex.IGNORECASE if ignore_case else 0)
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        at, why = getattr(error, "pos", None), getattr(error, "msg", str(error))
        if isinstance(at, int):
            raise RuleBroken(tr("The pattern is wrong at character {n}: {why}.", n=at + 1, why=why)) from error
        raise RuleBroken(tr("The pattern is wrong: {why}.", why=why)) from error
    except (RecursionError, OverflowError, MemoryError, ValueError, IndexError, KeyError) as error:
        raise RuleBroken(tr("The pattern is too large to look for. Make it shorter.")) from error


def places(found: Any, text: str, most: int, seconds: float = SECONDS) -> list[tuple[int, int]]:
    """Return where a pattern matches in a text, at most so often; empty matches are none. Raises TimeoutError."""
    made: list[tuple[int, int]] = []
    for match in found.finditer(text, timeout=seconds):
        if match.end() > match.start():
            made.append(match.span())
            if len(made) >= most:
                break
    return made


def serve(talk: Talk, means: Means) -> None:
    """Be the child: take a pattern, then texts."""
    found: Any = None
    while (message := talk.hear()) is not None:
        means.renew(SECONDS, SECONDS, MEMORY)
        if "pattern" in message.values:
            try:
                found = compiled(message.values["pattern"], ignore_case=bool(message.values.get("ignore_case")))
                talk.say({})
            except RuleBroken as error:
                talk.say({"wrong": str(error)})
            continue
        try:
            talk.say({"places": places(found, message.payload.decode("utf-8"), int(message.values["most"]))})
        except TimeoutError:
            talk.say({"slow": True})
