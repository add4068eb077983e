"""Reads hostile files in warm processes and says where anything but a text or one sentence came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import ReadError
from annotator.importers import Draft
from annotator.importers.sandbox import Pool
from tests.hostile.cases import SECRET, Case
from tests.hostile.watch import MOST_BYTES, Seen, seeing, watched

SLOW_SECONDS = 30.0
"""A file that took longer, though it has few pages, is a fault; the limits end it long before."""
_SENTENCE = re.compile(r"“.+” [^\n]+[.!?)”]", re.S)
_FAULTS = ("reading process stopped", "the answer makes no sense", "did not start")


@dataclass
class Result:
    """What came of a file: read, refused or broken; its text's length or its sentence; and what is wrong with that."""

    name: str
    came: str
    words: str
    seen: Seen
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        cost = f"{self.seen.seconds:6.2f} s {self.seen.grown >> 20:5} MiB"
        return "\n    FAULT: ".join([f"{cost}  {self.name}: {self.came}: {self.words}", *self.faults])


def check(files: Iterable[tuple[Case, Path]]) -> Iterator[Result]:
    """Read each file and yield what came of it."""
    with watched(), Pool() as pool:
        for case, path in files:
            yield _one(pool, case, path)


def _one(pool: Pool, case: Case, path: Path) -> Result:
    outcome: Draft | ReadError | None = None
    with seeing() as seen:
        try:
            outcome = pool.read(path)
        except ReadError as error:
            outcome = error
        except Exception as error:  # noqa: BLE001 - the fault that is looked for
            return Result(case.name, "broken", repr(error), seen, ["an exception that is no ReadError"])
    if isinstance(outcome, ReadError):
        result = Result(case.name, "refused", str(outcome), seen)
        result.faults += _refused(case, str(outcome), path.name)
    else:
        shown = f"{len(outcome.text):,} characters, {len(outcome.blocks):,} blocks"
        result = Result(case.name, "reads", shown, seen)
        result.faults += _read(case, outcome)
    result.faults += [f"not foreseen: {words}" for words in seen.unforeseen]
    if seen.grown > MOST_BYTES:
        result.faults.append(f"the process grew by {seen.grown >> 20} MiB")
    if seen.seconds > SLOW_SECONDS:
        result.faults.append(f"it took {seen.seconds:.0f} s")
    return result


def _refused(case: Case, sentence: str, name: str) -> Iterator[str]:
    if not _SENTENCE.fullmatch(sentence) or not sentence.startswith(f"“{name}” "):
        yield "not one sentence that names the file"
    if SECRET in sentence:
        yield "holds the secret"
    if any(words in sentence for words in _FAULTS):
        yield "the process ended"
    if case.outcome == "reads":
        yield "should have been read"
    if case.outcome == "refused" and not re.search(case.words, sentence):
        yield f"does not say “{case.words}”"


def _read(case: Case, draft: Draft) -> Iterator[str]:
    said = [draft.text, draft.title, *draft.facts.values(), *draft.report.notes, *(w for _, w in draft.passages)]
    if any(SECRET in words for words in said):
        yield "holds the secret"
    if case.outcome == "refused":
        yield f"should have been refused: {draft.text[:80]!r}"
    elif not re.search(case.words, draft.text):
        yield f"does not hold “{case.words}”: {draft.text[:80]!r}"
