"""``python -m tests.bench``: measure what is promised and print the table of figures (``--help`` for the options).

Ends with 1 where a bound is not kept. ``--readme`` also puts the table into README.md.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from annotator import paths
from tests.bench.measure import Profiler, Row, Run, machine, table, write_json

Group = Callable[[Run], list[Row]]
GROUPS = {
    "start": "everyday:start",
    "small": "everyday:small",
    "report": "everyday:report",
    "open": "opening:rows",
    "mark": "marking:rows",
    "move": "moving:rows",
    "hover": "moving:hover",
    "registers": "registers:rows",
    "memory": "memory:rows",
    "slots": "slots:rows",
    "sandbox": "sandbox:rows",
    "library": "library:rows",
    "quality": "reading:quality",
}
"""Name of a group to the module and function that measures it."""


def group(name: str) -> Group:
    """Return the function of a group; its module is imported now."""
    module, _, function = GROUPS[name].partition(":")
    return getattr(importlib.import_module(f"tests.bench.{module}"), function)


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", action="append", choices=GROUPS, metavar="NAME", help=", ".join(GROUPS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", action="store_true", help="print where the time of the measured acts goes")
    parser.add_argument(
        "--marks", action="append", type=int, metavar="N", help="measure `mark` and `hover` with N marks only"
    )
    parser.add_argument("--folder", type=Path, help="where the measured projects lie: the disk counts")
    parser.add_argument(
        "--slack",
        type=float,
        default=1,
        metavar="F",
        help="end with 1 only where a ratio is F times its bound (for shared machines)",
    )
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="annotator-bench-", dir=given.folder))
    rows: list[Row] = []
    try:
        for name in given.only or GROUPS:
            profile = Profiler(given.profile)
            found = group(name)(Run(folder, profile, tuple(given.marks or ())))
            rows += found
            sys.stderr.write(f"{table(found)}\n\n{profile.told(name)}")
            sys.stderr.flush()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    out = (
        f"{table(rows)}\n\n{machine()}, {date.today().isoformat()}. Medians; each limit is measured in the same run.\n"
    )
    sys.stdout.write(out)
    if given.json:
        write_json(rows, given.json)
    if given.readme:
        readme = paths.resources().parent / "README.md"
        head, _, rest = readme.read_text("utf-8").partition("<!-- bench -->")
        tail = rest.partition("<!-- /bench -->")[2]
        readme.write_text(f"{head}<!-- bench -->\n{out}<!-- /bench -->{tail}", "utf-8")
    return 0 if all(row.within(given.slack) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
