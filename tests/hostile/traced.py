"""``python -m tests.hostile.traced FOLDER``: read originals twice, the second time between two marks; strace looks on.

The marks are files that are not there, opened by this process: ``FOLDER/begin`` and ``FOLDER/end``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from annotator.errors import ReadError
from annotator.importers.sandbox import Pool
from tests.hostile import seeds
from tests.hostile.cases import Case, Place
from tests.hostile.every import every

REACHING = ("entity-", "parameter-", "external-", "xinclude", "stylesheet", "reaches-out", "context-", "climbing", "include-text",
            "another-file", "uses-file", "spine-climbing", "chapter-reaches", "page-reaches", "location-file", "launches", "acts.")  # fmt: skip
"""What stands in the names of files that reach for something."""
SMALL = 200_000


def reaching(place: Place) -> list[Case]:
    """Return the cases that reach for a file or an address."""
    return [case for case in every(place) if any(word in case.name for word in REACHING)]


def main() -> int:
    """Read all, warm; then again, between the marks. Prints how many."""
    folder = Path(sys.argv[1])
    place = Place((folder / "secret.txt").as_uri(), "http://127.0.0.1:9/")
    files = {**seeds.seeds(), **{case.name: case.make() for case in reaching(place)}}
    read = 0
    with Pool() as pool:
        for mark in ("begin", "end"):
            for name, data in files.items():
                with suppress(ReadError):
                    pool.read_bytes(data, name)
                read += 1
            with suppress(FileNotFoundError):
                (folder / mark).read_bytes()
    print(read)
    return 0


if __name__ == "__main__":
    sys.exit(main())
