"""Kills a working process again and again, and looks for what it had promised: ``python -m tests.kill.loop --rounds 300``.

Each round a child works on one project file and says after each action that it is done. At a random moment it is killed
(SIGKILL), the file is opened again, and everything that was said to be done must be there. At most one action may stand
in the file beyond that: the one that was under way; taking it back must lead to what was said. Ends with 1 for any loss
or fault. ``--broken`` makes the child speak before COMMIT, to show that the loop would see it.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.project import Project
from tests.kill.state import counter, digest
from tests.project.drafts import HARD, PLAIN, draft

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.06
"""Seconds a child works at most before it is killed."""


@dataclass
class Tally:
    """What came of the rounds."""

    rounds: int = 0
    acknowledged: int = 0
    under_way: int = 0
    losses: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.acknowledged} actions acknowledged, {self.under_way} found whole that were under way, "
            f"{len(self.losses)} losses, {len(self.faults)} faults"
        )


def start(path: Path) -> None:
    """Make the project the rounds work on."""
    project = Project.create(path)
    project.add_articles([draft(PLAIN), draft(HARD)])
    project.close()


def one_round(path: Path, seed: int, tally: Tally, *, broken: bool = False) -> None:
    """Let a child work, kill it, and look."""
    command = [sys.executable, "-m", "tests.kill.child", str(path), str(seed), *(["--broken"] if broken else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline()]
        time.sleep(random.Random(seed).uniform(0, LONGEST))
        child.kill()
        said += child.stdout.read().splitlines(keepends=True)
    lines: list[dict[str, Any]] = [json.loads(line) for line in said if line.endswith(b"\n")]
    tally.rounds += 1
    if not lines:
        tally.faults.append(f"round {seed}: the child did not begin")
        return
    tally.acknowledged += sum("done" in line for line in lines) - 1
    compare(path, seed, lines, tally)


def compare(path: Path, seed: int, lines: list[dict[str, Any]], tally: Tally) -> None:
    """Open the file again and compare it with the last thing that was said."""
    last = next(line for line in reversed(lines) if "done" in line)
    doing = next((line["begin"] for line in reversed(lines) if "begin" in line), "")
    try:
        project = Project.open(path)
    except AnnotatorError as error:
        tally.faults.append(f"round {seed}: {error}")
        return
    try:
        if project.read_only:
            tally.faults.append(f"round {seed}: {project.why_read_only}")
        tally.faults += [f"round {seed}: {fault}" for fault in project.check()]
        there = counter(project)
        if there < last["done"]:
            tally.losses.append(f"round {seed}: {last['done'] - there} lost while doing {doing}")
        elif there == last["done"] and digest(project) != last["state"]:
            tally.losses.append(f"round {seed}: another state after {doing}")
        elif there == last["done"] + 1:
            tally.under_way += 1
            take_back(project, seed, doing, last["state"], tally)
        elif there > last["done"] + 1:
            tally.faults.append(f"round {seed}: {there - last['done']} actions that nobody spoke of")
    finally:
        project.close()
    look_at_copy(path.with_name("copy.annot"), seed, tally)


def take_back(project: Project, seed: int, doing: str, state: str, tally: Tally) -> None:
    """Take back the action that was under way: what stands then is what was said last."""
    if doing == "undo":
        project.redo()
    else:
        project.undo()
    if digest(project) != state:
        tally.losses.append(f"round {seed}: taking back {doing} does not lead to what was said")


def look_at_copy(copy: Path, seed: int, tally: Tally) -> None:
    """A copy is whole or not there; what a killed one left half done is hidden and swept here."""
    for part in copy.parent.glob(f".{copy.name}.*.part*"):
        part.unlink()
    if copy.exists() and seed % 10 == 0:
        made = Project.open(copy, read_only=True)
        tally.faults += [f"round {seed}, copy: {fault}" for fault in made.check()]
        made.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", action="store_true", help="acknowledge before COMMIT: losses must be seen")
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="annotator-kill-") as folder:
        path = Path(folder) / "kill.annot"
        start(path)
        for n in range(options.rounds):
            one_round(path, options.seed + n, tally, broken=options.broken)
    for line in [*tally.losses, *tally.faults]:
        print(line)
    print(tally)
    return 1 if tally.losses or tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
