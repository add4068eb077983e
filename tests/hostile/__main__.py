"""``python -m tests.hostile OUT``: write every hostile file into a folder, read each, and say what came of it.

Ends with 1 for any fault. ``--only TEXT``: files whose names hold it; ``--write``: only write them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.cases import Case
from tests.hostile.check import check
from tests.hostile.every import every, formats
from tests.hostile.project import untouched
from tests.hostile.watch import Bait


def main() -> int:
    """Write, read, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--write", action="store_true", help="write the files and read none")
    parser.add_argument("--keep", action="store_true", help="leave the files that were read in the folder")
    parser.add_argument("--faults", action="store_true", help="tell only of faults")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    bait = Bait(given.out / "beside")
    cases = [case for case in every(bait.place) if given.only in case.name]

    def files() -> Iterator[tuple[Case, Path]]:
        for case in cases:
            path = given.out / case.name
            path.write_bytes(case.make())
            yield case, path
            if not given.write and not given.keep:
                path.unlink(missing_ok=True)

    if given.write:
        print(f"{sum(1 for _ in files())} files: {formats(cases)}")
        return 0
    faulty, came = 0, {"reads": 0, "refused": 0, "broken": 0}
    refused: list[Case] = []
    for result, case in zip(check(files()), cases, strict=True):
        came[result.came] += 1
        faulty += bool(result.faults)
        if result.came == "refused" and result.seen.seconds < 0.5:
            refused.append(case)
        if result.faults or not given.faults:
            print(result, flush=True)
    touched = untouched(refused, given.out) if refused else ""
    bait.close()
    print(f"{len(cases)} files {formats(cases)}: {came}, {faulty} with faults, {bait.came} connections")
    print(
        touched
        or f"{len(refused)} refused files imported from the command line: the project is as it was, byte for byte"
    )
    return 1 if faulty or bait.came or touched else 0


if __name__ == "__main__":
    sys.exit(main())
