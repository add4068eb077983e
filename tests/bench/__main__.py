"""``python -m tests.bench``: measure what is promised and print the table of figures (``--help`` for the options).

Ends with 1 where a bound is not kept. ``--write`` also puts the table into docs/measured.md, and a few rows of it into
README.md.
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
from tests.bench.measure import Profiler, Row, Run, machine, short_table, table, write_json

Group = Callable[[Run], list[Row]]
GROUPS = {
    "start": "everyday:start",
    "small": "everyday:small",
    "report": "everyday:report",
    "reports": "reports:rows",
    "web": "web_pages:rows",
    "open": "opening:rows",
    "mark": "marking:rows",
    "move": "moving:rows",
    "hover": "moving:hover",
    "registers": "registers:rows",
    "memory": "memory:rows",
    "slots": "slots:rows",
    "sandbox": "sandbox:rows",
    "library": "library:rows",
    "audit": "audit:rows",
    "interchange": "interchange:rows",
    "quality": "reading:quality",
}
"""Name of a group to the module and function that measures it."""


def group(name: str) -> Group:
    """Return the function of a group; its module is imported now."""
    module, _, function = GROUPS[name].partition(":")
    return getattr(importlib.import_module(f"tests.bench.{module}"), function)


IN_SHORT = (
    "process start to painted window",
    "open 1,000,000 characters",
    "add one mark, key press to painted and committed, 100,000",
    "scroll a page",
    "annotated Word report of",
    "audit of 2,000 articles",
    "import 2,000 text files",
    "search 10 MB",
    "memory of a process",
    "main text of 20 pages",
)
"""How the rows begin that README shows."""


def put(page: Path, figures: str) -> None:
    """Put figures between a page's marks."""
    head, _, rest = page.read_text("utf-8").partition("<!-- bench -->")
    page.write_text(f"{head}<!-- bench -->\n{figures}<!-- /bench -->{rest.partition('<!-- /bench -->')[2]}", "utf-8")


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
    parser.add_argument("--write", action="store_true", help="put the figures into docs/measured.md and README.md")
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
    if given.write:
        home = paths.resources().parent
        put(home / "docs" / "measured.md", out)
        put(home / "README.md", short_table([row for row in rows if row.what.startswith(IN_SHORT)]))
    return 0 if all(row.within(given.slack) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
