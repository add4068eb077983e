"""``python -m tests.hostile.fuzz --rounds 200``: read so many changed originals of each format, and say what broke.

Anything but a text or one sentence is a fault: an exception that was not foreseen, a process that ended, too much
memory. Each file is known by seed, ending and number, and made again from them; ``--keep`` writes those with faults.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from annotator.errors import ReadError
from annotator.importers import ReadOptions
from annotator.importers.sandbox import Pool
from tests.hostile import seeds
from tests.hostile.mutations import mutated
from tests.hostile.richer import richer
from tests.hostile.watch import MOST_BYTES, Seen, seeing, watched

OTHER_ENDINGS = ("txt", "html", "docx", "pdf", "doc", "zip", "eml", "xyz", "rtf", "odt")
"""A tenth of the files bear a name of another kind."""
_ENDED = ("reading process stopped", "the answer makes no sense", "did not start")


@dataclass
class Tally:
    """What came of the changed originals of one format."""

    reads: int = 0
    refused: int = 0
    too_long: int = 0
    most_grown: int = 0
    slowest: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def note(self, fault: str, name: str) -> None:
        """Count a fault, and keep the first file that showed it."""
        self.faults[fault] += 1
        self.first.setdefault(fault, name)

    def __str__(self) -> str:
        told = (
            f"{self.reads} read, {self.refused} refused ({self.too_long} for their time), slowest {self.slowest:.1f} s, "
            f"most {self.most_grown >> 20} MiB, {sum(self.faults.values())} faults"
        )
        return "\n  ".join([told, *(f"{n} x {fault} (first: {self.first[fault]})" for fault, n in self.faults.items())])


def fuzz(ending: str, rounds: int, seed: int, *, until: float | None = None, keep: Path | None = None) -> Tally:
    """Read changed originals of one format in warm processes; ends at a moment of the monotonic clock, where given."""
    tally = Tally()
    with watched(), Pool() as pool:
        for n in range(rounds):
            if until is not None and time.monotonic() > until:
                break
            name = f"{seed}-{n}.{ending if n % 10 else OTHER_ENDINGS[n // 10 % len(OTHER_ENDINGS)]}"
            data = changed(ending, seed, n)
            before = sum(tally.faults.values())
            with seeing() as seen:
                sentence = _read(pool, data, name, options(ending, seed, n), tally)
            _judge(tally, name, sentence, seen)
            if keep is not None and sum(tally.faults.values()) > before:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / name).write_bytes(data)
    return tally


def changed(ending: str, seed: int, n: int) -> bytes:
    """Return the changed original of this seed and number."""
    sound = _sound(ending)
    return mutated(ending, sound[n % len(sound)], random.Random(f"{seed}-{ending}-{n}"))


@cache
def _sound(ending: str) -> tuple[bytes, ...]:
    return seeds.seeds()[f"seed.{ending}"], richer()[f"rich.{ending}"]


def options(ending: str, seed: int, n: int) -> ReadOptions:
    """Return what a person might have decided for the file of this seed and number; half of the time nothing."""
    dice = random.Random(f"{seed}-{ending}-{n}-options")
    if dice.random() < 0.5:
        return ReadOptions()
    return ReadOptions(
        encoding=dice.choice((None, None, None, "utf-8", "cp1252", "utf-16", "cp932", "utf-7", "punycode")),
        whole_page=dice.random() < 0.5,
        columns=dice.choice((None, 1, 2, 3)),
        page_furniture=dice.random() < 0.5,
        footnotes=dice.random() < 0.5,
        chapters=dice.choice(((), (), ("none",), ("i0", "one.xhtml", "OEBPS/two.xhtml"))),
    )


def _read(pool: Pool, data: bytes, name: str, decided: ReadOptions, tally: Tally) -> str:
    """Read one; return the sentence of its refusal, empty where it reads."""
    try:
        pool.read_bytes(data, name, decided)
    except ReadError as error:
        tally.refused += 1
        return str(error)
    except Exception as error:  # noqa: BLE001 - the fault that is looked for
        tally.note(repr(error)[:300], name)
        return ""
    tally.reads += 1
    return ""


def _judge(tally: Tally, name: str, sentence: str, seen: Seen) -> None:
    tally.most_grown, tally.slowest = max(tally.most_grown, seen.grown), max(tally.slowest, seen.seconds)
    tally.too_long += "takes too long" in sentence
    if "\n" in sentence or (sentence and not sentence.startswith(f"“{name}” ")):
        tally.note("not one sentence that names the file", name)
    if any(words in sentence for words in _ENDED):
        tally.note(sentence.partition("” ")[2], name)
    for trace in seen.unforeseen:
        lines = trace.strip().split("\n")
        where = [line.strip() for line in lines if "/annotator/" in line]
        tally.note(f"not foreseen: {lines[-1][:200]} ({where[-1] if where else ''})", name)
    if seen.grown > MOST_BYTES:
        tally.note("more than 512 MiB", name)


def main() -> int:
    """Change, read, tell; ends with 1 for any fault."""
    endings = [name.rpartition(".")[2] for name in seeds.seeds()]
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="for each format")
    parser.add_argument("--seconds", type=float, help="for all formats together, in equal parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=endings, action="append")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write files with faults there")
    given = parser.parse_args()
    faults = 0
    chosen = given.only or endings
    for ending in chosen:
        until = time.monotonic() + given.seconds / len(chosen) if given.seconds else None
        tally = fuzz(ending, given.rounds, given.seed, until=until, keep=given.keep)
        faults += sum(tally.faults.values())
        print(f"{ending}: {tally}", flush=True)
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
